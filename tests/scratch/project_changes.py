"""Changes of the good project, from which the seeded faults are made.

A change takes the project's JSON and its assets and alters them in place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.scratch.sample_project import Json, block, costume, procedure

Assets = dict[str, bytes]
Change = Callable[[Json, Assets], object]


class Seed(NamedTuple):
    """A fault: the rule that must find it, what it is, and how the good project gets it."""

    rule: str
    words: str
    change: Change


def stage(project: Json) -> Json:
    return project["targets"][0]  # type: ignore[no-any-return]


def cat(project: Json) -> Json:
    return project["targets"][1]  # type: ignore[no-any-return]


def of_project(**keys: Any) -> Change:
    return lambda project, _: project.update(keys)


def of_meta(**keys: Any) -> Change:
    return lambda project, _: project["meta"].update(keys)


def of_stage(**keys: Any) -> Change:
    return lambda project, _: stage(project).update(keys)


def of_cat(**keys: Any) -> Change:
    return lambda project, _: cat(project).update(keys)


def of_costume(**keys: Any) -> Change:
    return lambda project, _: cat(project)["costumes"][0].update(keys)


def of_sound(**keys: Any) -> Change:
    return lambda project, _: cat(project)["sounds"][0].update(keys)


def of_monitor(**keys: Any) -> Change:
    return lambda project, _: project["monitors"][0].update(keys)


def of_block(name: str, **keys: Any) -> Change:
    return lambda project, _: cat(project)["blocks"][name].update(keys)


def of_inputs(name: str, inputs: Json) -> Change:
    return lambda project, _: cat(project)["blocks"][name]["inputs"].update(inputs)


def of_fields(name: str, fields: Json) -> Change:
    return lambda project, _: cat(project)["blocks"][name]["fields"].update(fields)


def of_mutation(name: str, **keys: Any) -> Change:
    return lambda project, _: cat(project)["blocks"][name]["mutation"].update(keys)


def of_comment(**keys: Any) -> Change:
    return lambda project, _: cat(project)["comments"]["note"].update(keys)


def new_blocks(**blocks: Any) -> Change:
    return lambda project, _: cat(project)["blocks"].update(blocks)


def without(*path: str | int) -> Change:
    """Take away what lies at the end of a path into the project."""

    def change(project: Json, _: Assets) -> None:
        holder: Any = project
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]

    return change


def both(*changes: Change) -> Change:
    return lambda project, assets: [change(project, assets) for change in changes]


def hat(following: str | None = None, **keys: Any) -> Json:
    return block("event_whenflagclicked", topLevel=True, x=900, y=900, next=following, **keys)


def script(opcode: str, **keys: Any) -> Change:
    """A script of its own that holds one block more."""
    return new_blocks(hat=hat("more"), more=block(opcode, parent="hat", **keys))


def asset(change: Callable[[Assets], object]) -> Change:
    return lambda _, assets: change(assets)


def big_asset(project: Json, assets: Assets) -> None:
    data = b"<svg>" + b" " * 10_000_001
    digest = hashlib.md5(data).hexdigest()
    assets[f"{digest}.svg"] = data
    cat(project)["costumes"].append(costume("big") | {"assetId": digest, "md5ext": f"{digest}.svg"})


def many_blocks(project: Json, _: Assets) -> None:
    for number in range(1001):
        cat(project)["blocks"][f"hat {number}"] = hat() | {"x": 2000 + 100 * number}


def second_definition(name: str, code: str, *parameters: str, warp: str = "false") -> Json:
    """A definition with nothing in it, at a place of its own, and its prototype."""
    return {
        f"define {name}": block(
            "procedures_definition",
            inputs={"custom_block": [1, f"prototype {name}"]},
            topLevel=True,
            x=1500,
            y=0,
        ),
        f"prototype {name}": block(
            "procedures_prototype",
            parent=f"define {name}",
            shadow=True,
            mutation=procedure(code, *parameters, warp=warp),
        ),
    }


def warp_loop(opcode: str, **inputs: Any) -> Change:
    """A definition without screen refresh that holds a loop around one block."""
    blocks = second_definition("loop", "loop", warp="true")
    blocks["define loop"]["next"] = "long"
    blocks["long"] = block(opcode, parent="define loop", inputs={**inputs, "SUBSTACK": [2, "inside"]})
    blocks["inside"] = block(
        "data_changevariableby",
        parent="long",
        fields={"VARIABLE": ["own", "variable own"]},
        inputs={"VALUE": [1, [4, "1"]]},
    )
    return new_blocks(**blocks)


def clone_in_loop(times: str) -> Change:
    return new_blocks(
        hat=hat("many"),
        many=block(
            "control_repeat", parent="hat", inputs={"TIMES": [1, [6, times]], "SUBSTACK": [2, "clone"]}
        ),
        clone=block("control_create_clone_of", parent="many", inputs={"CLONE_OPTION": [1, "myself"]}),
        myself=block(
            "control_create_clone_of_menu",
            parent="clone",
            shadow=True,
            fields={"CLONE_OPTION": ["_myself_", None]},
        ),
    )
