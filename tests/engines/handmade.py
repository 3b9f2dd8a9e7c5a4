"""Small projects made by hand, so that the engines are tested without our own writer."""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Sequence
from typing import Any

COSTUME = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
)
COSTUME_ID = hashlib.md5(COSTUME).hexdigest()


def target(name: str, **content: Any) -> dict[str, Any]:
    """A target as project.json has it; ``blocks``, ``variables`` … replace what is empty."""
    is_stage = name == "Stage"
    return {
        "isStage": is_stage,
        "name": name,
        "variables": {},
        "lists": {},
        "broadcasts": {},
        "blocks": {},
        "comments": {},
        "currentCostume": 0,
        "costumes": [
            {
                "name": "square",
                "assetId": COSTUME_ID,
                "md5ext": f"{COSTUME_ID}.svg",
                "dataFormat": "svg",
                "rotationCenterX": 10,
                "rotationCenterY": 10,
            }
        ],
        "sounds": [],
        "volume": 100,
        "layerOrder": 0 if is_stage else 1,
        **content,
    }


def chain(*blocks: dict[str, Any], prefix: str = "b") -> dict[str, dict[str, Any]]:
    """Blocks one below the other, as project.json has them; the first is at the top."""
    made: dict[str, dict[str, Any]] = {}
    for place, block in enumerate(blocks):
        made[f"{prefix}{place}"] = {
            "next": f"{prefix}{place + 1}" if place + 1 < len(blocks) else None,
            "parent": f"{prefix}{place - 1}" if place else None,
            "inputs": {},
            "fields": {},
            "shadow": False,
            "topLevel": not place,
            **({} if place else {"x": 0, "y": 0}),
            **block,
        }
    return made


def sb3(*targets: dict[str, Any], monitors: Sequence[dict[str, Any]] = ()) -> bytes:
    """The bytes of a project with these targets, and the one costume."""
    project = {"targets": targets, "monitors": monitors, "extensions": [], "meta": {"semver": "3.0.0"}}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("project.json", json.dumps(project))
        archive.writestr(f"{COSTUME_ID}.svg", COSTUME)
    return buffer.getvalue()


FLAG = {"opcode": "event_whenflagclicked"}


def received(name: str) -> dict[str, Any]:
    return {"opcode": "event_whenbroadcastreceived", "fields": {"BROADCAST_OPTION": [name, f"id of {name}"]}}


def say(text: str) -> dict[str, Any]:
    return {"opcode": "looks_say", "inputs": {"MESSAGE": [1, [10, text]]}}


def wait(seconds: float) -> dict[str, Any]:
    return {"opcode": "control_wait", "inputs": {"DURATION": [1, [5, str(seconds)]]}}


def set_variable(name: str, value: list[Any] | str) -> dict[str, Any]:
    """`set [name] to (value)`; the value as an input's second part: [10, "text"], or the id of a block."""
    return {
        "opcode": "data_setvariableto",
        "fields": {"VARIABLE": [name, f"id of {name}"]},
        "inputs": {"VALUE": [3, value, [10, ""]]},
    }


def read(name: str) -> list[Any]:
    """A variable's reporter in a slot."""
    return [12, name, f"id of {name}"]


def forever() -> bytes:
    """A project that counts ``turns`` from the flag on, without end and without drawing anything."""
    blocks = chain(FLAG, {"opcode": "control_forever", "inputs": {"SUBSTACK": [2, "count"]}})
    blocks["count"] = {
        "opcode": "data_changevariableby",
        "next": None,
        "parent": "b1",
        "fields": {"VARIABLE": ["turns", "id of turns"]},
        "inputs": {"VALUE": [1, [4, "1"]]},
        "shadow": False,
        "topLevel": False,
    }
    return sb3(target("Stage", blocks=blocks, variables={"id of turns": ["turns", 0]}))


def reporter(opcode: str, parent: str, **inputs: list[Any]) -> dict[str, Any]:
    """A block that reports, by the names of its inputs."""
    filled = {name: [3, value, [4, ""]] for name, value in inputs.items()}
    return {
        "opcode": opcode,
        "next": None,
        "parent": parent,
        "inputs": filled,
        "fields": {},
        "shadow": False,
        "topLevel": False,
    }


def adder() -> bytes:
    """A project that answers *add* with x + y in ``sum`` and in the list ``parts``."""
    blocks = chain(
        received("add"),
        {"opcode": "data_deletealloflist", "fields": {"LIST": ["parts", "id of parts"]}},
        set_variable("sum", "plus"),
        {
            "opcode": "data_addtolist",
            "fields": {"LIST": ["parts", "id of parts"]},
            "inputs": {"ITEM": [3, read("x"), [10, ""]]},
        },
    )
    blocks["plus"] = reporter("operator_add", "b2", NUM1=read("x"), NUM2=read("y"))
    stage = target(
        "Stage",
        variables={f"id of {name}": [name, 0] for name in ("x", "y", "sum")},
        lists={"id of parts": ["parts", []]},
        broadcasts={"id of add": "add"},
    )
    return sb3(stage, target("Sprite", blocks=blocks))


def same(one: object, other: object) -> bool:
    """Equal to the last bit and of one type; texts as UTF-16, where a pair of surrogates is one character."""
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or (
            one == other and math.copysign(1, one) == math.copysign(1, other)
        )
    if isinstance(one, str) and isinstance(other, str):
        return one.encode("utf-16", "surrogatepass") == other.encode("utf-16", "surrogatepass")
    return type(one) is type(other) and one == other
