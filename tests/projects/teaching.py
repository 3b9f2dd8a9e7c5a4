"""What tests of the project that learns share: how it is set up, told, and taken as the editor saves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.survey_examples import survey_examples
from scratchgen.engines.engine import Engine
from scratchgen.projects.teach import EXAMPLE_LISTS, LEARNER, LEARNT_LISTS, teach_project
from scratchgen.scratch.program import Project, Value
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from scratchgen.training.in_scratch_order import Example, Settings

PROJECT = teach_project()
DATA = project_to_bytes(PROJECT)
SURVEY: list[Example] = [(*each.colour, BASIC_NAMES.index(each.name)) for each in survey_examples()]


def set_up(machine: Engine | Simulator, settings: Settings) -> None:
    given: Mapping[str, Value] = {
        "learning rate": settings.learning_rate,
        "momentum": settings.momentum,
        "hidden units": settings.hidden[0],
        "hidden units 2": settings.hidden[1] if len(settings.hidden) > 1 else 0,
        "activation": settings.activation,
        "seed": settings.seed,
    }
    for name, value in given.items():
        machine.set_variable(name, value)


def tell(machine: Engine | Simulator, broadcast: str) -> None:
    assert machine.broadcast(broadcast)
    if isinstance(machine, Simulator):
        machine.run(seconds=0.2)  # the stage, once begun, is never done
    else:
        machine.run()


def learn(machine: Engine | Simulator, steps: int) -> None:
    machine.set_variable("steps to learn", steps)
    tell(machine, "learn steps")


def weights_of(machine: Engine | Simulator) -> dict[str, list[Value]]:
    return {name: machine.list_items(name, LEARNER) for name in LEARNT_LISTS}


def show(machine: Engine | Simulator, examples: list[tuple[Value, Value, Value, str]]) -> None:
    columns = list(zip(*examples, strict=True)) if examples else [()] * 4
    for name, column in zip(EXAMPLE_LISTS, columns, strict=True):
        machine.set_list(name, list(column))


def with_variables(project: Project, values: Mapping[str, Value]) -> Project:
    stage = project.stage
    changed = tuple(replace(each, value=values.get(each.name, each.value)) for each in stage.variables)
    return replace(project, sprites=(replace(stage, variables=changed), *project.sprites[1:]))


def with_stage_lists(project: Project, values: Mapping[str, Sequence[Value]]) -> Project:
    stage = project.stage
    changed = tuple(replace(each, items=tuple(values.get(each.name, each.items))) for each in stage.lists)
    return replace(project, sprites=(replace(stage, lists=changed), *project.sprites[1:]))


def with_lists(machine: Simulator) -> Project:
    """The project with the machine's lists, as the editor would save it."""
    return replace(
        PROJECT,
        sprites=tuple(
            replace(
                sprite,
                lists=tuple(
                    replace(each, items=tuple(machine.list_items(each.name, sprite.name)))
                    for each in sprite.lists
                ),
            )
            for sprite in PROJECT.sprites
        ),
    )
