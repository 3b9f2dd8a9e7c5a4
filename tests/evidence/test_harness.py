"""A harness adds to a copy, changes nothing in it, and is refused where it would not do as the file does."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scratchgen.engines.schema import schema_check
from scratchgen.errors import ProgramError
from scratchgen.evidence import harness as module
from scratchgen.evidence.harness import KINDS, Harness, harness_for
from scratchgen.evidence.verify import read_claim
from scratchgen.networks.weights import TrainedNetwork
from tests.evidence.changed_files import Change, hat, network, tampered
from tests.evidence.small_networks import NETWORKS, files


def project_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.json").decode()


def harnessed(path: Path) -> Harness:
    return harness_for(path.read_bytes(), read_claim(path).manifest, where=str(path))


@pytest.mark.parametrize("trained", NETWORKS.values(), ids=NETWORKS)
def test_everything_of_the_file_is_in_the_copy_byte_for_byte(trained: TrainedNetwork, tmp_path: Path) -> None:
    path = files(tmp_path, trained)
    original, copy = project_text(path.read_bytes()), project_text(harnessed(path).data)
    before, after = json.loads(original), json.loads(copy)
    sprite, changed = network(before), network(after)
    for id_, block in sprite["blocks"].items():
        written = json.dumps({id_: block}, ensure_ascii=False, separators=(",", ":"))[1:-1]
        assert written in original
        assert written in copy
    # what was added stands at the end of four objects, and without it the text is the file's
    for kind in KINDS:
        added = {key: changed[kind].pop(key) for key in [*changed[kind]] if key not in sprite[kind]}
        piece = json.dumps(added, separators=(",", ":"))[1:-1]
        assert copy.count(piece) == 1
        copy = copy.replace(f",{piece}" if sprite[kind] else piece, "")
    assert copy == original
    assert before == after


HARNESS = "harness ask"
"""The broadcast of the script that is added."""


def called(blocks: dict[str, Any], id_: str | None) -> list[str]:
    """The custom blocks that a stack calls, in order."""
    names = []
    while id_ is not None:
        if blocks[id_]["opcode"] == "procedures_call":
            names.append(blocks[id_]["mutation"]["proccode"])
        id_ = blocks[id_]["next"]
    return names


def test_the_harness_calls_all_that_the_files_own_script_calls(tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["relu"])
    copy = network(json.loads(project_text(harnessed(path).data)))["blocks"]
    heard = ("name colour", HARNESS)
    [own, added] = [
        id_ for id_, block in copy.items() if block["fields"].get("BROADCAST_OPTION", [""])[0] in heard
    ]
    assert called(copy, own) == ["find the name", "find the per cent", "find the best three"]
    assert called(copy, added) == ["harness work"]
    [loop] = [
        block
        for id_, block in copy.items()
        if id_.startswith("harness") and block["opcode"] == "control_repeat"
    ]
    assert called(copy, loop["inputs"]["SUBSTACK"][1]) == called(copy, own)


def test_the_assets_are_in_the_copy(tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["relu"])
    with (
        zipfile.ZipFile(path) as original,
        zipfile.ZipFile(io.BytesIO(harnessed(path).data)) as copy,
    ):
        assert sorted(original.namelist()) == sorted(copy.namelist())
        for name in set(original.namelist()) - {"project.json"}:
            assert original.read(name) == copy.read(name)


def test_a_copy_that_would_differ_elsewhere_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files(tmp_path, NETWORKS["relu"])

    def careless(text: str, entries: Any) -> str:
        return text.replace('"value"', '"valve"').replace("128", "129", 1)

    monkeypatch.setattr(module, "insert_into", careless)
    with pytest.raises(ProgramError, match="changed the copy elsewhere"):
        harnessed(path)


@pytest.mark.engine
def test_the_official_check_takes_the_copy(tmp_path: Path, engines_installed: Path) -> None:
    path = files(tmp_path, NETWORKS["curve"])
    copy = tmp_path / "copy.sb3"
    copy.write_bytes(harnessed(path).data)
    [verdict] = schema_check([copy])
    assert verdict.reason == ""


def test_names_that_the_file_has_are_left_to_it(tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["relu"])
    tampered(path, lambda project: network(project)["variables"].update({"HARNESS": ["Harness'", 0]}))
    assert harnessed(path).broadcast == "harness'' ask"


def says_something(project: dict[str, Any]) -> None:
    sprite = network(project)
    id_, answering = hat(sprite)
    sprite["blocks"]["say"] = {
        "opcode": "looks_say",
        "next": answering["next"],
        "parent": id_,
        "inputs": {"MESSAGE": [1, [10, "hm"]]},
        "fields": {},
        "shadow": False,
        "topLevel": False,
    }
    answering["next"] = "say"


def says_something_within(project: dict[str, Any]) -> None:
    """The say block comes right under the first definition."""
    sprite = network(project)
    says_something(project)
    blocks = sprite["blocks"]
    blocks[hat(sprite)[0]]["next"] = blocks["say"]["next"]
    [(id_, definition), *_] = [
        (id_, block) for id_, block in blocks.items() if block["opcode"] == "procedures_definition"
    ]
    blocks["say"] |= {"next": definition["next"], "parent": id_}
    definition["next"] = "say"


def stops(what: str) -> Change:
    def change(project: dict[str, Any]) -> None:
        says_something_within(project)
        network(project)["blocks"]["say"] |= {
            "opcode": "control_stop",
            "inputs": {},
            "fields": {"STOP_OPTION": [what, None]},
        }

    return change


def replaces(opcode: str, by: str) -> Change:
    def change(project: dict[str, Any]) -> None:
        blocks = network(project)["blocks"].values()
        next(block for block in blocks if block["opcode"] == opcode)["opcode"] = by

    return change


def draws_an_item(project: dict[str, Any]) -> None:
    blocks = network(project)["blocks"].values()
    block = next(block for block in blocks if block["opcode"] == "data_itemoflist")
    block["inputs"]["INDEX"] = [1, [7, "Random"]]


def answers_twice(project: dict[str, Any]) -> None:
    blocks = network(project)["blocks"]
    blocks["again"] = {**hat(network(project))[1], "next": None, "fields": {}}
    blocks["again"]["fields"] = {"BROADCAST_OPTION": ["NAME COLOUR", "b-1"]}
    blocks["again"].pop("comment", None)


def calls_with_something_computed(project: dict[str, Any]) -> None:
    sprite = network(project)
    computed = next(id_ for id_, block in sprite["blocks"].items() if block["opcode"] == "operator_add")
    sprite["blocks"][hat(sprite)[1]["next"]]["inputs"] = {"a": [3, computed, [10, ""]]}


def goes_round(project: dict[str, Any]) -> None:
    sprite = network(project)
    first = hat(sprite)[1]["next"]
    sprite["blocks"][first]["next"] = first


def answers_elsewhere(project: dict[str, Any]) -> None:
    network(project)["name"] = "Elsewhere"


def test_leaving_a_custom_block_is_computing(tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["relu"])
    manifest = read_claim(path).manifest
    assert harness_for(tampered(path, stops("this script")).read_bytes(), manifest).data


REFUSED: dict[str, tuple[Change, str]] = {
    "says something first": (says_something, "more than to call custom blocks: looks_say"),
    "says something within": (says_something_within, "looks_say does more than to compute"),
    "draws a number": (replaces("operator_add", "operator_random"), "operator_random does more than"),
    "asks the clock": (replaces("data_lengthoflist", "sensing_timer"), "sensing_timer does more than"),
    "stops all": (stops("all"), "more than a custom block is stopped"),
    "draws an item": (draws_an_item, "drawn at random"),
    "answers twice": (answers_twice, "not one script, and in sprite 'Network', receives 'name colour'"),
    "computes an input": (calls_with_something_computed, "computes what it gives to custom blocks"),
    "goes round": (goes_round, "goes round in a circle"),
    "is elsewhere": (answers_elsewhere, "0 sprites are called 'Network'"),
    "has no blocks": (lambda project: network(project).pop("blocks"), "has not the form"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_more_than_to_compute_is_refused(change: Change, message: str, tmp_path: Path) -> None:
    path = files(tmp_path, NETWORKS["curve"])
    manifest = read_claim(path).manifest
    harness_for(path.read_bytes(), manifest)
    tampered(path, change)
    with pytest.raises(ProgramError, match=message):
        harness_for(path.read_bytes(), manifest, where=str(path))
