"""A small project that is good in every respect, as JSON and as a file, for tests to break."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

Json = dict[str, Any]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2"/></svg>'
SVG_ID = hashlib.md5(SVG).hexdigest()
WAV = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"
    b"\x80\xbb\x00\x00\x00w\x01\x00\x02\x00\x10\x00data\x00\x00\x00\x00"
)
WAV_ID = hashlib.md5(WAV).hexdigest()


def costume(name: str) -> Json:
    return {
        "name": name,
        "dataFormat": "svg",
        "assetId": SVG_ID,
        "md5ext": f"{SVG_ID}.svg",
        "rotationCenterX": 1,
        "rotationCenterY": 1,
    }


def block(opcode: str, **keys: Any) -> Json:
    """A block with the keys that the editor writes; those given replace them."""
    plain: Json = {
        "opcode": opcode,
        "next": None,
        "parent": None,
        "inputs": {},
        "fields": {},
        "shadow": False,
        "topLevel": False,
    }
    return plain | keys


def procedure(proccode: str, *names: str, warp: str = "false") -> Json:
    """The mutation of a custom block's prototype, whose argument ids are the names with a prefix."""
    return {
        "tagName": "mutation",
        "children": [],
        "proccode": proccode,
        "argumentids": json.dumps([f"id {name}" for name in names]),
        "argumentnames": json.dumps(list(names)),
        "argumentdefaults": json.dumps(["" for _ in names]),
        "warp": warp,
    }


def call(proccode: str, *names: str, warp: str = "false") -> Json:
    """The mutation of a call of that custom block."""
    mutation = procedure(proccode, *names, warp=warp)
    return {key: mutation[key] for key in ("tagName", "children", "proccode", "argumentids", "warp")}


def stage_blocks() -> Json:
    return {
        "flag": block("event_whenflagclicked", next="send", topLevel=True, x=0, y=0),
        "send": block(
            "event_broadcast", parent="flag", inputs={"BROADCAST_INPUT": [1, [11, "go", "broadcast go"]]}
        ),
    }


def cat_blocks() -> Json:
    return {
        "received": block(
            "event_whenbroadcastreceived",
            next="loop",
            fields={"BROADCAST_OPTION": ["go", "broadcast go"]},
            topLevel=True,
            x=0,
            y=0,
            comment="note",
        ),
        "loop": block(
            "control_repeat",
            parent="received",
            next="branch",
            inputs={"TIMES": [1, [6, "3"]], "SUBSTACK": [2, "set"]},
        ),
        "set": block(
            "data_setvariableto",
            parent="loop",
            next="draw",
            fields={"VARIABLE": ["score", "variable score"]},
            inputs={"VALUE": [3, "item", [10, "0"]]},
        ),
        "item": block(
            "data_itemoflist",
            parent="set",
            fields={"LIST": ["names", "list names"]},
            inputs={"INDEX": [3, [12, "own", "variable own"], [7, "1"]]},
        ),
        "draw": block(
            "procedures_call",
            parent="set",
            mutation=call("draw %s %b", "text", "shown", warp="true"),
            inputs={"id text": [1, [10, "hello"]], "id shown": [2, "less"]},
        ),
        "less": block(
            "operator_lt",
            parent="draw",
            inputs={"OPERAND1": [3, [12, "score", "variable score"], [10, ""]], "OPERAND2": [1, [10, "50"]]},
        ),
        "branch": block(
            "control_if",
            parent="loop",
            next="costume",
            inputs={"CONDITION": [2, "touching"], "SUBSTACK": [2, "pen"]},
        ),
        "touching": block(
            "sensing_touchingobject", parent="branch", inputs={"TOUCHINGOBJECTMENU": [1, "edge"]}
        ),
        "edge": block(
            "sensing_touchingobjectmenu",
            parent="touching",
            shadow=True,
            fields={"TOUCHINGOBJECTMENU": ["_edge_", None]},
        ),
        "pen": block("pen_clear", parent="branch"),
        "costume": block("looks_switchcostumeto", parent="branch", inputs={"COSTUME": [1, "costumes"]}),
        "costumes": block("looks_costume", parent="costume", shadow=True, fields={"COSTUME": ["cat", None]}),
        "define": block(
            "procedures_definition",
            next="say",
            inputs={"custom_block": [1, "prototype"]},
            topLevel=True,
            x=400,
            y=0,
        ),
        "prototype": block(
            "procedures_prototype",
            parent="define",
            shadow=True,
            inputs={"id text": [1, "text"], "id shown": [1, "shown"]},
            mutation=procedure("draw %s %b", "text", "shown", warp="true"),
        ),
        "text": block(
            "argument_reporter_string_number",
            parent="prototype",
            shadow=True,
            fields={"VALUE": ["text", None]},
        ),
        "shown": block(
            "argument_reporter_boolean", parent="prototype", shadow=True, fields={"VALUE": ["shown", None]}
        ),
        "say": block(
            "looks_say", parent="define", next="stop", inputs={"MESSAGE": [3, "argument", [10, "Hello!"]]}
        ),
        "argument": block("argument_reporter_string_number", parent="say", fields={"VALUE": ["text", None]}),
        "stop": block(
            "control_stop",
            parent="say",
            fields={"STOP_OPTION": ["this script", None]},
            mutation={"tagName": "mutation", "children": [], "hasnext": "false"},
        ),
    }


def good_project() -> Json:
    """A fresh copy of the project: two targets, three scripts, a custom block, and one of everything else."""
    stage = {
        "isStage": True,
        "name": "Stage",
        "variables": {"variable score": ["score", 0]},
        "lists": {"list names": ["names", ["light", "dark", 3]]},
        "broadcasts": {"broadcast go": "go"},
        "blocks": stage_blocks(),
        "comments": {},
        "currentCostume": 0,
        "costumes": [costume("backdrop")],
        "sounds": [],
        "volume": 100,
        "layerOrder": 0,
        "tempo": 60,
        "videoTransparency": 50,
        "videoState": "on",
        "textToSpeechLanguage": None,
    }
    cat = {
        "isStage": False,
        "name": "Cat",
        "variables": {"variable own": ["own", 1]},
        "lists": {},
        "broadcasts": {},
        "blocks": cat_blocks(),
        "comments": {
            "note": {
                "blockId": "received",
                "x": 250,
                "y": 0,
                "width": 200,
                "height": 200,
                "minimized": False,
                "text": "begins here",
            }
        },
        "currentCostume": 0,
        "costumes": [costume("cat")],
        "sounds": [
            {
                "name": "pop",
                "assetId": WAV_ID,
                "dataFormat": "wav",
                "format": "",
                "rate": 48000,
                "sampleCount": 0,
                "md5ext": f"{WAV_ID}.wav",
            }
        ],
        "volume": 100,
        "layerOrder": 1,
        "visible": True,
        "x": 0,
        "y": 0,
        "size": 100,
        "direction": 90,
        "draggable": False,
        "rotationStyle": "all around",
    }
    monitor = {
        "id": "variable score",
        "mode": "default",
        "opcode": "data_variable",
        "params": {"VARIABLE": "score"},
        "spriteName": None,
        "value": 0,
        "width": 0,
        "height": 0,
        "x": 5,
        "y": 5,
        "visible": True,
        "sliderMin": 0,
        "sliderMax": 100,
        "isDiscrete": True,
    }
    return {
        "targets": [stage, cat],
        "monitors": [monitor],
        "extensions": ["pen"],
        "meta": {"semver": "3.0.0", "vm": "5.0.300", "agent": ""},
    }


def good_assets() -> dict[str, bytes]:
    return {f"{SVG_ID}.svg": SVG, f"{WAV_ID}.wav": WAV}


def pack(project: Any, assets: dict[str, bytes] | None = None, *, folder: str = "") -> bytes:
    """The bytes of an ``.sb3`` file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        files: dict[str, str | bytes] = {
            "project.json": json.dumps(project),
            **(good_assets() if assets is None else assets),
        }
        for name, data in files.items():
            # without a fixed time the bytes would change every two seconds
            entry = zipfile.ZipInfo(folder + name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()
