"""Many questions at once are answered as one after the other, and no lie in a file stays hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scratchgen.engines.engine import Engine
from scratchgen.errors import EngineError
from scratchgen.evidence import askers
from scratchgen.evidence.askers import Harnessed, OneByOne
from scratchgen.evidence.harness import harness_for
from scratchgen.evidence.verify import Claim, Mismatch, read_claim
from scratchgen.networks.weights import TrainedNetwork
from tests.evidence.changed_files import Change, entry, network, tampered
from tests.evidence.small_networks import NETWORKS, files

pytestmark = pytest.mark.engine

ROWS = np.random.default_rng(1).integers(0, 256, (400, 3))
ROWS[:8] = [[a, b, c] for a in (0, 255) for b in (0, 255) for c in (0, 255)]
ROWS[8] = [7, 8, 9]


@pytest.fixture(scope="module", params=["official_engine", "turbowarp_engine"])
def engine(request: pytest.FixtureRequest) -> Engine:
    running: Engine = request.getfixturevalue(request.param)
    return running


def asked_at_once(engine: Engine, claim: Claim) -> list[Mismatch]:
    harness = harness_for(claim.path.read_bytes(), claim.manifest)
    found = Harnessed(engine, harness, claim).differing(ROWS, claim.trained.network.reference(ROWS))
    assert engine.compile_errors == []
    return found


def asked_one_by_one(engine: Engine, claim: Claim) -> list[Mismatch]:
    engine.load(claim.path)
    return OneByOne(engine, claim.manifest).differing(ROWS, claim.trained.network.reference(ROWS))


@pytest.mark.parametrize("style", ["readable", "fast"])
@pytest.mark.parametrize("trained", NETWORKS.values(), ids=NETWORKS)
def test_what_the_file_computes_is_found_equal(
    trained: TrainedNetwork, style: str, engine: Engine, tmp_path: Path
) -> None:
    assert asked_at_once(engine, read_claim(files(tmp_path, trained, style=style))) == []


def item(kind: str, name: str, place: int, value: object) -> Change:
    """Another value for an item of a list, in the network's sprite or (kind "stage") on the stage."""

    def change(project: dict[str, Any]) -> None:
        target = project["targets"][0] if kind == "stage" else network(project)
        entry(target, "lists", name)[1][1][place] = value

    return change


def another(name: str) -> Change:
    """The first item of a list, one more."""

    def change(project: dict[str, Any]) -> None:
        entry(network(project), "lists", name)[1][1][0] += 1

    return change


def names_swapped(project: dict[str, Any]) -> None:
    entry(project["targets"][0], "lists", "names")[1][1].reverse()


def after_the_winner(*blocks: dict[str, Any]) -> Change:
    """Blocks behind the last call of the custom block that names."""

    def change(project: dict[str, Any]) -> None:
        target = network(project)
        stage = project["targets"][0]
        [call] = [
            id_
            for id_, block in target["blocks"].items()
            if block["opcode"] == "procedures_call" and block["mutation"]["proccode"] == "pick the winner"
        ]
        fields = {"LIST": ["logits", entry(stage, "lists", "logits")[0]]}
        fields |= {"VARIABLE": ["name", entry(stage, "variables", "name")[0]]}
        before = call
        for number, block in enumerate(blocks):
            id_ = f"extra{number}"
            wanted = block.get("wanted", ())
            target["blocks"][before]["next"] = id_
            target["blocks"][id_] = {
                "opcode": block["opcode"],
                "next": None,
                "parent": before,
                "inputs": block["inputs"],
                "fields": {key: fields[key] for key in wanted},
                "shadow": False,
                "topLevel": False,
            }
            before = id_

    return change


def only_for_7_8_9(project: dict[str, Any]) -> None:
    """If the colour is the one that is asked ninth, the second logit is 5."""
    red = ["red", entry(project["targets"][0], "variables", "red")[0]]
    after_the_winner({"opcode": "control_if", "inputs": {"CONDITION": [2, "seven"], "SUBSTACK": [2, "lie"]}})(
        project
    )
    common: dict[str, Any] = {
        "next": None,
        "parent": "extra0",
        "fields": {},
        "shadow": False,
        "topLevel": False,
    }
    logits = ["logits", entry(project["targets"][0], "lists", "logits")[0]]
    network(project)["blocks"] |= {
        "seven": {
            **common,
            "opcode": "operator_equals",
            "inputs": {"OPERAND1": [3, [12, *red], [10, ""]], "OPERAND2": [1, [10, "7"]]},
        },
        "lie": {
            **common,
            "opcode": "data_replaceitemoflist",
            "inputs": {"INDEX": [1, [7, "2"]], "ITEM": [1, [10, "5"]]},
            "fields": {"LIST": logits},
        },
    }


def to_list(opcode: str, **inputs: list[Any]) -> dict[str, Any]:
    return {"opcode": opcode, "inputs": inputs, "wanted": ["LIST"]}


LIES: dict[str, Change] = {
    "another weight": another("weights 1"),
    "another bias": another("biases 2"),
    "a weight that is text": item("sprite", "weights 2", 3, "1e-9"),
    "a name misspelt": item("stage", "names", 1, "B"),
    "a name that is a number": item("stage", "names", 0, 7),
    "names swapped": names_swapped,
    "a logit too many": after_the_winner(to_list("data_addtolist", ITEM=[1, [10, "1"]])),
    "a logit too few": after_the_winner(to_list("data_deleteoflist", INDEX=[1, [7, "3"]])),
    "a logit as text": after_the_winner(
        to_list("data_replaceitemoflist", INDEX=[1, [7, "1"]], ITEM=[1, [10, "text"]])
    ),
    "no answer": after_the_winner(
        {"opcode": "data_setvariableto", "inputs": {"VALUE": [1, [10, ""]]}, "wanted": ["VARIABLE"]}
    ),
    "one colour alone": only_for_7_8_9,
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_every_lie_is_found_and_told_as_one_by_one(lie: Change, engine: Engine, tmp_path: Path) -> None:
    claim = read_claim(tampered(files(tmp_path, NETWORKS["relu"]), lie))
    found = asked_at_once(engine, claim)
    assert found
    again = asked_one_by_one(engine, claim)
    assert [each.question for each in found] == [each.question for each in again]
    for one, other in zip(found[: askers.MOST_ASKED_AGAIN], again, strict=False):
        assert one == other
    if lie is only_for_7_8_9:
        assert [7, 8, 9] in [list(each.question) for each in found]
        assert {each.question[0] for each in found} == {7}


def test_questions_are_asked_in_pieces_that_take_about_a_second(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(askers, "SECONDS", 1e-6)
    monkeypatch.setattr(askers, "FEWEST", 50)
    claim = read_claim(tampered(files(tmp_path, NETWORKS["relu"]), another("biases 2")))
    found = asked_at_once(engine, claim)
    assert [each.question for each in found] == list(map(tuple, ROWS.tolist()))


def test_a_harness_that_breaks_off_is_an_error(engine: Engine, tmp_path: Path) -> None:
    claim = read_claim(files(tmp_path, NETWORKS["relu"]))

    def breaks_off(project: dict[str, Any]) -> None:
        """The loop of the harness runs three times, whatever it was given."""
        blocks = network(project)["blocks"]
        [loop] = [
            block
            for id_, block in blocks.items()
            if id_.startswith("harness") and block["opcode"] == "control_repeat"
        ]
        loop["inputs"]["TIMES"] = [1, [6, "3"]]

    harness = harness_for(claim.path.read_bytes(), claim.manifest)
    copy = tmp_path / "copy.sb3"
    copy.write_bytes(harness.data)
    asker = Harnessed(engine, harness, claim)
    engine.load(tampered(copy, breaks_off))
    with pytest.raises(EngineError, match="256 questions got 3 to 3 answers"):
        asker.differing(ROWS, claim.trained.network.reference(ROWS))
