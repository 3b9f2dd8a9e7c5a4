"""Projects to be measured: a network in one of its forms, and a script that asks it many questions.

The same script surrounds every form, the empty one too, so that what it takes can be subtracted. The baseline
is written by hand, as a hobbyist writes a network in Scratch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scratchgen.codegen.expressions import added, literal, operation, variable
from scratchgen.codegen.network_text import PER_CENT, fast_network_text, network_text
from scratchgen.codegen.passes import optimise
from scratchgen.codegen.plan import Plan
from scratchgen.codegen.templates import render, template_bytes
from scratchgen.errors import NetworkError
from scratchgen.networks.layers import Dense, IntegerArray, Relu
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Block, Project, Script, Sprite, Stack
from scratchgen.scratch.writer import project_to_bytes

__all__ = [
    "BENCH",
    "ROUNDS",
    "BenchProject",
    "bench_manifest",
    "bench_project",
    "empty",
    "hobbyist",
    "naive",
    "network",
    "table",
    "unoptimised",
]

BENCH, ROUNDS = "bench", "bench rounds"
"""The broadcast that asks all questions, and the variable that says how often."""
NOTHING = "bench nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchProject:
    """A form of a network: the project without the questions, and the calls that give an answer."""

    project: Project
    calls: tuple[Block, ...]

    @property
    def sprite(self) -> Sprite:
        """The sprite that holds the network."""
        return self.project.sprites[1]


def bench_manifest(trained: TrainedNetwork) -> Manifest:
    """Return how a measured network of any size is asked."""
    domain = trained.network.domain
    return Manifest(
        kind="bench",
        sprite="Network",
        inputs=tuple(
            ManifestInput(variable=f"input {place}", low=low, high=high)
            for place, (low, high) in enumerate(zip(domain.low, domain.high, strict=True), start=1)
        ),
        broadcast="answer",
        logits="logits",
        answer="name",
        names=trained.names,
        language="en",
        style="fast",
        weights_sha256=trained.network.digest(),
    )


def network(trained: TrainedNetwork, manifest: Manifest, plan: Plan | None) -> BenchProject:
    """Return the network in the readable style, or as a plan has it."""
    text = network_text(trained, manifest) if plan is None else fast_network_text(trained, manifest, plan)
    form = unoptimised(text, manifest)
    return form if plan is None else _form(optimise(form.project, manifest), manifest)


def unoptimised(sprite: str, manifest: Manifest) -> BenchProject:
    """Return the form that a network's sprite in the notation is, as it stands there."""
    return _form(_parsed(sprite, manifest), manifest)


def hobbyist(trained: TrainedNetwork, manifest: Manifest) -> BenchProject:
    """Return the baseline: dense layers with ReLU between them, in nested loops written by hand."""
    content = [
        {
            "weights": layer.weights.ravel().tolist(),
            "biases": layer.biases.tolist(),
            "inputs": layer.weights.shape[1],
            "outputs": layer.weights.shape[0],
        }
        for layer in _dense_layers(trained)
    ]
    return _form(_parsed(render("bench/hobbyist.txt", manifest=manifest, layers=content), manifest), manifest)


def naive(trained: TrainedNetwork, manifest: Manifest) -> BenchProject:
    """Return the network without loops as one would first write it: weights in the blocks, variables."""
    values = [variable(entry.variable, on_stage=True) for entry in manifest.inputs]
    content = []
    for number, layer in enumerate(_dense_layers(trained), start=1):
        rows = [
            added(
                [
                    literal(bias),
                    *(
                        operation("operator_multiply", value, literal(weight))
                        for weight, value in zip(row, values, strict=True)
                    ),
                ]
            )
            for row, bias in zip(layer.weights.tolist(), layer.biases.tolist(), strict=True)
        ]
        values = [variable(f"n{number} {place}") for place in range(1, len(rows) + 1)]
        content.append({"rows": [row.text for row in rows], "outputs": len(rows)})
    return _form(_parsed(render("bench/naive.txt", manifest=manifest, layers=content), manifest), manifest)


def _dense_layers(trained: TrainedNetwork) -> list[Dense]:
    """Return the dense layers of a network of dense layers and ReLU, which the baselines are made for."""
    rest = {each.kind for each in trained.network.layers} - {Dense.kind, Relu.kind}
    if rest:
        raise NetworkError(f"the baselines do not know layers of the kind {min(rest)!r}")
    return [each for each in trained.network.layers if isinstance(each, Dense)]


def table(trained: TrainedNetwork, manifest: Manifest) -> BenchProject:
    """Return a table of names for every sixteenth value of three inputs, which is no network at all."""
    values = np.arange(8, 256, 16)
    rows = np.stack(np.meshgrid(values, values, values, indexing="ij"), axis=-1).reshape(-1, 3)
    winners = trained.network.winners(trained.network.reference(rows))
    names = [trained.names[winner] for winner in winners.tolist()]
    return _form(_parsed(render("bench/table.txt", manifest=manifest, table=names), manifest), manifest)


def empty(form: BenchProject) -> BenchProject:
    """Return the same project where questions are put and nothing is called but an empty block."""
    return replace(form, calls=())


def bench_project(form: BenchProject, manifest: Manifest, questions: IntegerArray) -> bytes:
    """Return the file that asks the questions, int64 of shape (questions, inputs)."""
    text = render("bench/questions.txt", manifest=manifest, columns=questions.T.tolist())
    asking = parse_project(text).sprites[1]
    scripts = [replace(each, blocks=_with_calls(each.blocks, form.calls)) for each in asking.scripts]
    sprite = replace(
        form.sprite,
        variables=(*form.sprite.variables, *asking.variables),
        lists=(*form.sprite.lists, *asking.lists),
        scripts=(*form.sprite.scripts, *scripts),
    )
    stage = form.project.stage
    stage = replace(stage, broadcasts=(*stage.broadcasts, BENCH))
    return project_to_bytes(replace(form.project, sprites=(stage, sprite)))


def _parsed(sprite: str, manifest: Manifest) -> Project:
    text = render("bench/stage.txt", manifest=manifest, sprite=sprite)
    return parse_project(text, where="the benchmark", assets=lambda name: template_bytes(f"stage/{name}"))


def _form(project: Project, manifest: Manifest) -> BenchProject:
    """Find the calls that give the answer: those under the hat but for the per cent, which only decorate."""
    [script] = [each for each in project.sprites[1].scripts if _answers(each, manifest)]
    return BenchProject(
        project=project, calls=tuple(block for block in script.blocks[1:] if block.call != PER_CENT)
    )


def _answers(script: Script, manifest: Manifest) -> bool:
    hat = script.blocks[0]
    return hat.fields.get("BROADCAST_OPTION") == manifest.broadcast


def _with_calls(blocks: Sequence[Block], calls: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the calls in the place of the call that does nothing."""

    def replaced(block: Block) -> Iterable[Block]:
        if block.call == NOTHING and calls:
            return calls
        inputs = {
            name: Stack(blocks=_with_calls(slot.blocks, calls)) if isinstance(slot, Stack) else slot
            for name, slot in block.inputs.items()
        }
        return (replace(block, inputs=inputs),)

    return tuple(each for block in blocks for each in replaced(block))
