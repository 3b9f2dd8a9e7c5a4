"""The structure that the official schema asks of ``project.json``, as tables: keys, types and ranges.

It refuses whatever npm's ``scratch-parser`` 6.0.1 refuses, and a little more (a stage must be there, short
forms must be whole). Whether ids, names and opcodes mean anything is left to the other rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scratchgen.scratch.linting.findings import WHOLE_PROJECT, Fault, Place, Rule, quoted
from scratchgen.scratch.linting.view import ProjectView, as_dict, as_list
from scratchgen.scratch.numbers import is_number

__all__ = ["RULES"]


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of value: in words, and as a test."""

    words: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Record:
    """The keys of an object; those not named may hold anything."""

    required: Mapping[str, Type]
    optional: Mapping[str, Type] = field(default_factory=dict)


def is_whole(value: Any) -> bool:
    """Whether a value is a JSON number without a fraction."""
    return is_number(value) and float(value).is_integer()


def of(words: str, *types: type) -> Type:
    """A JSON value of one of these types, each of which JSON knows by itself: ``true`` is no number."""
    return Type(words, lambda value: type(value) in types)


def one_of(*values: object) -> Type:
    """One of a few values, told apart by type too."""
    types = {type(value) for value in values}
    return Type(
        " or ".join(quoted(value) for value in values),
        lambda value: type(value) in types and value in values,
    )


def matching(words: str, pattern: str) -> Type:
    """Text that a pattern describes from beginning to end."""
    compiled = re.compile(pattern)
    return Type(words, lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None)


def either(*types: Type) -> Type:
    """Any of several types."""
    return Type(" or ".join(one.words for one in types), lambda value: any(one.fits(value) for one in types))


def row(words: str, *items: Type, more: Type | None = None, longest: int | None = None) -> Type:
    """An array that begins with these items; up to ``longest`` further ones are of type ``more``."""

    least, most = len(items), longest or len(items)

    def fits(value: object) -> bool:
        if not isinstance(value, list) or not least <= len(value) <= most:
            return False
        for one, item in zip(items, value, strict=False):
            if not one.fits(item):
                return False
        return len(value) == least or (
            more is not None and all(more.fits(item) for item in value[len(items) :])
        )

    return Type(words, fits)


TEXT = of("text", str)
NUMBER = of("a number", int, float)
WHOLE = Type("a whole number", is_whole)
NOT_NEGATIVE = Type("a whole number from 0 up", lambda value: is_whole(value) and value >= 0)
POSITIVE = Type("a whole number from 1 up", lambda value: is_whole(value) and value >= 1)
YES_NO = of("true or false", bool)
OBJECT = of("an object", dict)
ARRAY = of("an array", list)
NULL = one_of(None)
SCALAR = of("text or a number or true or false", str, int, float, bool)
TEXT_OR_NUMBER = of("text or a number", str, int, float)
ID_OR_NULL = of("an id or null", str, type(None))
FLAG = either(one_of("true", "false", "null"), YES_NO, NULL)
HASH = matching("32 hexadecimal digits", r"[a-fA-F0-9]{32}")
COMMENT_TEXT = Type(
    "text of at most 8000 characters", lambda value: isinstance(value, str) and len(value) <= 8000
)

VARIABLE = row("a name, a value and perhaps true", TEXT, SCALAR, more=one_of(True), longest=3)
LIST_ITEMS = Type(
    "an array of texts, numbers and booleans",
    lambda value: isinstance(value, list) and all(SCALAR.fits(item) for item in value),
)
LIST = row("a name and an array of texts, numbers and booleans", TEXT, LIST_ITEMS)

VARIABLE_OR_LIST = row("a variable or list", one_of(12, 13), TEXT, TEXT, more=NUMBER, longest=5)
VALUES: Mapping[object, Type] = {
    **dict.fromkeys((4, 5, 6, 7, 8), row("a number", NUMBER, TEXT_OR_NUMBER)),
    9: row("a colour", NUMBER, matching("a colour", r"#[a-fA-F0-9]{6}")),
    10: row("a text", NUMBER, TEXT_OR_NUMBER),
    11: row("a broadcast", NUMBER, TEXT, TEXT),
    12: VARIABLE_OR_LIST,
    13: VARIABLE_OR_LIST,
}
"""The values in inputs, by the number that they begin with."""


def fits_slot(content: object) -> bool:
    """Whether something can be in a slot: the id of a block, nothing, or a value."""
    if content is None or type(content) is str:
        return True
    if type(content) is not list or not content or type(content[0]) is not int:
        return False
    kind = VALUES.get(content[0])
    return kind is not None and kind.fits(content)


def fits_input(value: object) -> bool:
    """Whether something can be an input: a number that says which contents are the slot's own, and those."""
    if not isinstance(value, list) or len(value) not in (2, 3) or type(value[0]) is not int:
        return False
    return 1 <= value[0] <= 3 and fits_slot(value[1]) and (len(value) == 2 or fits_slot(value[2]))


INPUT = Type("a number from 1 to 3 and one or two of: the id of a block, null, a value", fits_input)

PROJECT = Record({"meta": OBJECT, "targets": ARRAY}, {"monitors": ARRAY, "extensions": ARRAY})
META = Record(
    {"semver": matching("a version 3.x.y", r"3\.[0-9]+\.[0-9]+")},
    {"vm": matching("a version x.y.z", r"(?s)[0-9]+\.[0-9]+\.[0-9]+(-.*)?"), "agent": TEXT, "origin": TEXT},
)
_TARGET = {"variables": OBJECT, "costumes": ARRAY, "sounds": ARRAY, "blocks": OBJECT}
_TARGET_OPTIONS = {
    "lists": OBJECT,
    "broadcasts": OBJECT,
    "comments": OBJECT,
    "currentCostume": NOT_NEGATIVE,
    "volume": NUMBER,
}
STAGE = Record(
    {"name": one_of("Stage"), "isStage": one_of(True), **_TARGET},
    {
        **_TARGET_OPTIONS,
        "tempo": NUMBER,
        "videoTransparency": NUMBER,
        "videoState": one_of("on", "off", "on-flipped"),
        "layerOrder": Type("0", lambda value: is_whole(value) and value == 0),
    },
)
SPRITE = Record(
    {
        "name": Type(
            'text other than "_stage_"', lambda value: isinstance(value, str) and value != "_stage_"
        ),
        "isStage": one_of(False),
        **_TARGET,
    },
    {
        **_TARGET_OPTIONS,
        "visible": YES_NO,
        "x": NUMBER,
        "y": NUMBER,
        "size": NUMBER,
        "direction": NUMBER,
        "draggable": YES_NO,
        "rotationStyle": one_of("all around", "don't rotate", "left-right"),
        "layerOrder": POSITIVE,
    },
)
COSTUME = Record(
    {"assetId": HASH, "dataFormat": one_of("png", "svg", "jpeg", "jpg", "bmp", "gif"), "name": TEXT},
    {
        "bitmapResolution": WHOLE,
        "md5ext": matching("32 hexadecimal digits, a dot and letters", r"[a-fA-F0-9]{32}\.[a-zA-Z]+"),
        "rotationCenterX": NUMBER,
        "rotationCenterY": NUMBER,
    },
)
SOUND = Record(
    {"assetId": HASH, "dataFormat": one_of("wav", "wave", "mp3"), "name": TEXT},
    {
        "md5ext": matching("32 hexadecimal digits, a dot and letters", r"[a-fA-F0-9]{32}\.[a-zA-Z0-9]+"),
        "rate": WHOLE,
        "sampleCount": WHOLE,
    },
)
BLOCK = Record(
    {"opcode": TEXT},
    {
        "comment": TEXT,
        "inputs": OBJECT,
        "fields": OBJECT,
        "next": ID_OR_NULL,
        "parent": ID_OR_NULL,
        "topLevel": YES_NO,
        "shadow": YES_NO,
        "x": NUMBER,
        "y": NUMBER,
        "mutation": OBJECT,
    },
)
MUTATION = Record(
    # The editor writes the mutation out as XML and needs these two, though the schema does not.
    {"tagName": one_of("mutation"), "children": ARRAY},
    {"proccode": TEXT, "argumentids": TEXT, "warp": FLAG, "hasnext": FLAG},
)
COMMENT = Record(
    {"text": COMMENT_TEXT},
    {
        "blockId": ID_OR_NULL,
        "minimized": YES_NO,
        "x": either(NUMBER, NULL),
        "y": either(NUMBER, NULL),
        "width": NUMBER,
        "height": NUMBER,
    },
)
MONITOR = Record(
    {"id": TEXT, "opcode": TEXT, "params": OBJECT},
    {"mode": TEXT, "spriteName": Type("text or null", ID_OR_NULL.fits), "visible": YES_NO},
)


def faults_of(value: object, record: Record) -> Iterator[str]:
    """What is wrong with an object, key by key."""
    if not isinstance(value, dict):
        yield f"is {quoted(value)}, but must be an object"
        return
    for key, kind in record.required.items():
        if key not in value:
            yield f"has no {quoted(key)}"
        elif not kind.fits(value[key]):
            yield f"has {quoted(value[key])} as {quoted(key)}, but it must be {kind.words}"
    for key, kind in record.optional.items():
        if key in value and not kind.fits(value[key]):
            yield f"has {quoted(value[key])} as {quoted(key)}, but it must be {kind.words}"


def _targets(view: ProjectView) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    for number, target in enumerate(as_list(view.raw.get("targets"))):
        if isinstance(target, dict):
            name = target.get("name")
            yield Place(name if isinstance(name, str) and name else f"(number {number})"), target


def _project(view: ProjectView) -> Iterator[Fault]:
    for fault in faults_of(view.raw, PROJECT):
        yield WHOLE_PROJECT, f"the project {fault}"
    if view.raw.get("targets") == []:
        yield WHOLE_PROJECT, "the project has no stage"


def _meta(view: ProjectView) -> Iterator[Fault]:
    if "meta" in view.raw:
        for fault in faults_of(view.raw["meta"], META):
            yield WHOLE_PROJECT, f"the project's meta data {fault}"


def _target(view: ProjectView) -> Iterator[Fault]:
    for number, target in enumerate(as_list(view.raw.get("targets"))):
        name = as_dict(target).get("name")
        place = Place(name if isinstance(name, str) and name else f"(number {number})")
        kind, record = ("sprite", SPRITE) if number else ("stage", STAGE)
        for fault in faults_of(target, record):
            yield place, f"the {kind} {fault}"


def _keyed(key: str, kind: str, shape: Type | Record) -> Callable[[ProjectView], Iterator[Fault]]:
    """A check of everything in one of the targets' objects."""

    def check(view: ProjectView) -> Iterator[Fault]:
        for place, target in _targets(view):
            for name, value in as_dict(target.get(key)).items():
                if isinstance(shape, Record):
                    for fault in faults_of(value, shape):
                        yield place, f"the {kind} {quoted(name)} {fault}"
                elif not shape.fits(value):
                    yield place, f"the {kind} {quoted(name)} must be {shape.words}"

    return check


def _assets(key: str, kind: str, record: Record) -> Callable[[ProjectView], Iterator[Fault]]:
    """A check of costumes or sounds, none of which may stand there twice."""

    def check(view: ProjectView) -> Iterator[Fault]:
        for place, target in _targets(view):
            assets = as_list(target.get(key))
            if key == "costumes" and target.get(key) == []:
                yield place, "there is no costume, but there must be one"
            seen: set[str] = set()
            for number, asset in enumerate(assets, 1):
                for fault in faults_of(asset, record):
                    yield place, f"{kind} {number} {fault}"
                written = re.sub(r"-0\.0\b", "0", json.dumps(asset, sort_keys=True))
                if written in seen:
                    yield place, f"{kind} {number} is the same as one before it"
                seen.add(written)

    return check


def _blocks(view: ProjectView) -> Iterator[Fault]:
    for place, target in _targets(view):
        for block_id, block in as_dict(target.get("blocks")).items():
            if not isinstance(block, list):
                for fault in faults_of(block, BLOCK):
                    yield place, f"the block with the id {quoted(block_id)} {fault}"
            elif not VARIABLE_OR_LIST.fits(block):
                yield place, f"the block with the id {quoted(block_id)} must be a variable or list"


def _within_blocks(key: str, kind: str, fault_in: Callable[[object], str]) -> Callable[..., Iterator[Fault]]:
    """A check of every value in one of the blocks' objects."""

    def check(view: ProjectView) -> Iterator[Fault]:
        for place, target in _targets(view):
            for block_id, block in as_dict(target.get("blocks")).items():
                for name, value in as_dict(as_dict(block).get(key)).items():
                    if fault := fault_in(value):
                        yield place, f"the {kind} {quoted(name)} of the block {quoted(block_id)} {fault}"

    return check


def _input_fault(value: object) -> str:
    return "" if INPUT.fits(value) else f"must be {INPUT.words}"


def _field_fault(value: object) -> str:
    """The schema leaves fields free, but the engine takes a value, and perhaps an id, from an array."""
    if not isinstance(value, list) or len(value) not in (1, 2):
        return "must be an array of a value and perhaps an id"
    return "" if SCALAR.fits(value[0]) else f"holds {quoted(value[0])}, but must hold text"


def _mutations(view: ProjectView) -> Iterator[Fault]:
    for place, target in _targets(view):
        for block_id, block in as_dict(target.get("blocks")).items():
            if isinstance(block, dict) and isinstance(block.get("mutation"), dict):
                for fault in faults_of(block["mutation"], MUTATION):
                    yield place, f"the mutation of the block {quoted(block_id)} {fault}"


def _monitors(view: ProjectView) -> Iterator[Fault]:
    for number, monitor in enumerate(as_list(view.raw.get("monitors")), 1):
        for fault in faults_of(monitor, MONITOR):
            yield WHOLE_PROJECT, f"monitor {number} {fault}"


def _rule(name: str, demand: str, check: Callable[[ProjectView], Iterator[Fault]]) -> Rule:
    return Rule(f"schema-{name}", "error", demand, check)


RULES = (
    _rule("project", "the project has meta data and targets, the stage first", _project),
    _rule("meta", "the meta data name a version 3.x.y", _meta),
    _rule("target", "the stage and the sprites have all that the editor asks for", _target),
    _rule("variable", "a variable is a name and a value", _keyed("variables", "variable", VARIABLE)),
    _rule("list", "a list is a name and its items", _keyed("lists", "list", LIST)),
    _rule("broadcast", "a broadcast is a name", _keyed("broadcasts", "broadcast", TEXT)),
    _rule("comment", "a comment has at most 8000 characters", _keyed("comments", "comment", COMMENT)),
    _rule("costume", "a costume names its file and its format", _assets("costumes", "costume", COSTUME)),
    _rule("sound", "a sound names its file and its format", _assets("sounds", "sound", SOUND)),
    _rule("block", "a block has an opcode, and keys of the right types", _blocks),
    _rule("input", "an input is a block or a value", _within_blocks("inputs", "input", _input_fault)),
    _rule("field", "a field is a value and perhaps an id", _within_blocks("fields", "field", _field_fault)),
    _rule("mutation", "a mutation has what the editor writes out again", _mutations),
    _rule("monitor", "a monitor names a block to show", _monitors),
)
