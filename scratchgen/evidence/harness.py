"""A harness: a script that asks a file's network many questions in one run, in a copy of the file.

The copy is the file's own text with a few entries put into the network's sprite: not one byte of the file is
changed or left out, and that is checked. The script does for each question what the file's own script does
when it is asked: it sets the input variables and calls the same custom blocks in the same order, all of them,
and then takes down the logits and the answer. It runs without screen refresh, where the file's own script
takes one question a frame.

A file is refused when its script does more than to call custom blocks, or when those do more than to compute:
what only computes gives the same results whoever calls it, and whenever.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scratchgen.errors import ProgramError, ProjectFileError
from scratchgen.evidence.json_text import insert_into
from scratchgen.evidence.stacks import Stacks, Step, argument_free_call, list_of, variable_of
from scratchgen.scratch.archive import read_archive, unpack_archive
from scratchgen.scratch.manifest import Manifest

__all__ = ["Harness", "harness_for"]

EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
KINDS = ("variables", "lists", "broadcasts", "blocks")
"""What the harness adds to in the network's sprite."""
COMPUTING = frozenset(
    """
    control_repeat control_repeat_until control_while control_for_each control_if control_if_else control_stop
    data_variable data_setvariableto data_changevariableby
    data_listcontents data_addtolist data_deleteoflist data_deletealloflist data_insertatlist
    data_replaceitemoflist data_itemoflist data_itemnumoflist data_lengthoflist data_listcontainsitem
    operator_add operator_subtract operator_multiply operator_divide operator_mod operator_round
    operator_mathop operator_gt operator_lt operator_equals operator_and operator_or operator_not
    operator_join operator_letter_of operator_length operator_contains
    procedures_call procedures_definition procedures_prototype
    argument_reporter_string_number argument_reporter_boolean
    """.split()
)
"""Blocks whose outcome depends on variables, lists and arguments alone."""
LEAVES = "this script"
"""What `stop` says to leave a custom block; whatever else it says would stop the harness too."""
CHANCES = frozenset({"random", "any"})
"""What as an index of a list means one drawn at random."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harness:
    """A copy of a file that answers many questions in one run.

    ``questions`` are lists of the sprite, one an input; ``logits`` are those that the harness fills, one a
    logit; ``lengths`` tells how many logits there were, and ``answers`` what the answer was.
    """

    data: bytes
    sprite: str
    broadcast: str
    questions: tuple[str, ...]
    logits: tuple[str, ...]
    lengths: str
    answers: str

    @property
    def results(self) -> tuple[str, ...]:
        """The lists that the harness fills: the logits', the lengths, the answers."""
        return (*self.logits, self.lengths, self.answers)


def harness_for(data: bytes, manifest: Manifest, *, where: str = "the project") -> Harness:
    """Return a copy of the project in ``data`` with a harness; ProgramError when it takes none.

    ProjectFileError when the bytes are no project.
    """
    archive = read_archive(data, where=where)
    try:
        return _harness(data, archive.project, manifest, archive.duplicate_keys)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):  # what JSON may hold is without end
        reason = "its project.json has not the form that the Scratch editor writes"
    except _Refused as refusal:
        reason = str(refusal)
    raise ProgramError(
        f"no script can be added that asks many questions in one run: {reason}",
        where=where,
        todo="ask one question after the other",
    )


class _Refused(Exception):
    """Why a file takes no harness."""


def _harness(
    data: bytes, project: dict[str, Any], manifest: Manifest, duplicate_keys: tuple[str, ...]
) -> Harness:
    if duplicate_keys:
        raise _Refused(f"the key {duplicate_keys[0]!r} stands twice in an object")
    places = [at for at, target in enumerate(project["targets"]) if target["name"] == manifest.sprite]
    if len(places) != 1:
        raise _Refused(f"{len(places)} sprites are called {manifest.sprite!r}")
    [place] = places
    calls = _calls(project, project["targets"][place], manifest)
    prefix = _unused_prefix(project)
    harness = Harness(
        data=b"",
        sprite=manifest.sprite,
        broadcast=f"{prefix} ask",
        questions=tuple(f"{prefix} {entry.variable}" for entry in manifest.inputs),
        logits=tuple(f"{prefix} logit {number}" for number in range(1, len(manifest.names) + 1)),
        lengths=f"{prefix} number of logits",
        answers=f"{prefix} answer",
    )
    added = _entries(harness, project["targets"][0], manifest, calls, prefix)
    text, assets = unpack_archive(data, where=manifest.sprite)
    copy = insert_into(text.decode("utf-8"), {("targets", place, kind): added[kind] for kind in KINDS})
    packed = _packed(copy.encode("utf-8"), assets)
    try:
        again = read_archive(packed, where="the copy").project
    except ProjectFileError as fault:
        raise _Refused(str(fault)) from None
    _require_untouched(project, again, place, prefix)
    return replace(harness, data=packed)


def _unused_prefix(project: dict[str, Any]) -> str:
    """Return a word that occurs nowhere in the project: what begins with it is the harness's."""
    text, prefix = json.dumps(project, ensure_ascii=False).casefold(), "harness"
    while prefix in text:
        prefix += "'"
    return prefix


# -- what the file does when it is asked


def _calls(project: dict[str, Any], sprite: dict[str, Any], manifest: Manifest) -> list[Step]:
    """Return the calls under the hat that receives the manifest's broadcast."""
    hats = [
        (target, block)
        for target in project["targets"]
        for block in target["blocks"].values()
        if isinstance(block, dict)
        and block["opcode"] == "event_whenbroadcastreceived"
        and block["fields"]["BROADCAST_OPTION"][0].upper() == manifest.broadcast.upper()
    ]
    if len(hats) != 1 or hats[0][0] is not sprite:
        raise _Refused(f"not one script, and in sprite {manifest.sprite!r}, receives {manifest.broadcast!r}")
    blocks = sprite["blocks"]
    calls = []
    for block in _stack(blocks, hats[0][1]["next"]):
        if block["opcode"] != "procedures_call":
            raise _Refused(f"its script does more than to call custom blocks: {block['opcode']}")
        parts = [part for given in block["inputs"].values() for part in given[1:]]
        if any(not isinstance(part, list) for part in parts):
            raise _Refused("its script computes what it gives to custom blocks")
        calls.append(Step(opcode="procedures_call", inputs=block["inputs"], mutation=block["mutation"]))
    for block in _reached(blocks, [call.mutation["proccode"] for call in calls]):
        if block["opcode"] not in COMPUTING:
            raise _Refused(f"{block['opcode']} does more than to compute")
        if block["fields"].get("STOP_OPTION", [LEAVES])[0] != LEAVES:
            raise _Refused("more than a custom block is stopped")
        if "LIST" in block["fields"] and _may_be_chance(block["inputs"].get("INDEX")):
            raise _Refused("an item of a list is drawn at random")
    return calls


def _stack(blocks: Mapping[str, Any], first: str | None) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    while first is not None:
        if first in seen:
            raise _Refused("a script goes round in a circle")
        seen.add(first)
        yield blocks[first]
        first = blocks[first]["next"]


def _reached(blocks: Mapping[str, Any], names: list[str]) -> Iterator[dict[str, Any]]:
    """Yield each block that calls of these custom blocks can run, reporters and menus included."""
    definitions: dict[str, list[str]] = {}
    for id_, block in blocks.items():
        if isinstance(block, dict) and block["opcode"] == "procedures_prototype":
            definitions.setdefault(block["mutation"]["proccode"], []).append(block["parent"])
        elif isinstance(block, dict) and block["opcode"] == "procedures_definition":
            prototype = blocks[block["inputs"]["custom_block"][1]]
            definitions.setdefault(prototype["mutation"]["proccode"], []).append(id_)
    seen: set[str] = set()
    waiting = [id_ for name in names for id_ in definitions.get(name, [])]
    while waiting:
        id_ = waiting.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        block = blocks[id_]
        if not isinstance(block, dict):  # a variable that lies about loose
            continue
        yield block
        if block["opcode"] == "procedures_call":
            waiting += definitions.get(block["mutation"]["proccode"], [])
        parts = [part for given in block["inputs"].values() for part in given[1:] if isinstance(part, str)]
        waiting += parts if block["next"] is None else [*parts, block["next"]]


def _may_be_chance(index: list[Any] | None) -> bool:
    """Tell whether an index may be a word that means chance; what is computed is a number in our files.

    A word that a variable holds is not seen here; the comparison finds what is drawn, as it finds any lie.
    """
    return index is not None and any(
        isinstance(part, list) and str(part[1]).lower() in CHANCES for part in index[1:]
    )


# -- what is added


def _entries(
    harness: Harness, stage: dict[str, Any], manifest: Manifest, calls: list[Step], prefix: str
) -> dict[str, dict[str, Any]]:
    """Return the entries for the sprite's variables, lists, broadcasts and blocks."""
    row, row_id = f"{prefix} row", f"{prefix}-row"
    own = {name: f"{prefix}-list-{at}" for at, name in enumerate((*harness.questions, *harness.results))}
    inputs = {entry.variable: _id_of(stage["variables"], entry.variable) for entry in manifest.inputs}
    logits = (manifest.logits, _id_of(stage["lists"], manifest.logits))
    answer = (manifest.answer, _id_of(stage["variables"], manifest.answer))
    row_number = variable_of(row, row_id)

    def item(list_name: str, list_id: str, index: list[Any] | Step) -> Step:
        return Step(opcode="data_itemoflist", fields=list_of(list_name, list_id), inputs={"INDEX": index})

    def add(list_name: str, value: list[Any] | Step) -> Step:
        return Step(
            opcode="data_addtolist", fields=list_of(list_name, own[list_name]), inputs={"ITEM": value}
        )

    def set_to(variable: str, id_: str, value: list[Any] | Step) -> Step:
        return Step(
            opcode="data_setvariableto", fields={"VARIABLE": [variable, id_]}, inputs={"VALUE": value}
        )

    first = harness.questions[0]
    asking = [
        Step(
            opcode="data_changevariableby", fields={"VARIABLE": [row, row_id]}, inputs={"VALUE": [1, [4, 1]]}
        ),
        *(
            set_to(variable, id_, item(name, own[name], row_number))
            for (variable, id_), name in zip(inputs.items(), harness.questions, strict=True)
        ),
        *calls,
        *(add(name, item(*logits, [1, [7, number]])) for number, name in enumerate(harness.logits, start=1)),
        add(harness.lengths, Step(opcode="data_lengthoflist", fields=list_of(*logits))),
        add(harness.answers, variable_of(*answer)),
    ]
    work = [
        set_to(row, row_id, [1, [10, 0]]),
        Step(
            opcode="control_repeat",
            inputs={
                "TIMES": Step(opcode="data_lengthoflist", fields=list_of(first, own[first])),
                "SUBSTACK": asking,
            },
        ),
    ]
    stacks = Stacks(prefix)
    stacks.define(f"{prefix} work", work)
    stacks.add(
        [
            Step(
                opcode="event_whenbroadcastreceived",
                fields={"BROADCAST_OPTION": [harness.broadcast, f"{prefix}-broadcast"]},
            ),
            argument_free_call(f"{prefix} work", "true"),
        ]
    )
    return {
        "variables": {row_id: [row, 0]},
        "lists": {id_: [name, []] for name, id_ in own.items()},
        "broadcasts": {f"{prefix}-broadcast": harness.broadcast},
        "blocks": stacks.blocks,
    }


def _id_of(entries: Mapping[str, list[Any]], name: str) -> str:
    found = [id_ for id_, entry in entries.items() if entry[0] == name]
    if len(found) != 1:
        raise _Refused(f"the stage has {len(found)} variables or lists called {name!r}")
    return found[0]


def _packed(text: bytes, assets: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {"project.json": text, **assets}.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST_TIME), content)
    return buffer.getvalue()


# -- what is checked


def _require_untouched(original: dict[str, Any], copy: dict[str, Any], place: int, prefix: str) -> None:
    """Refuse a copy that is more or less than the file with entries of the harness in one sprite."""
    sprite = copy["targets"][place]
    for kind in KINDS:
        sprite[kind] = {key: entry for key, entry in sprite[kind].items() if not key.startswith(prefix)}
    if _canonical(original) != _canonical(copy):
        raise _Refused("what was put into a copy of it has changed the copy elsewhere")


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":"))
