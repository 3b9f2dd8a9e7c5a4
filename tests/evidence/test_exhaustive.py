"""Every question there is: found equal where it is, and found out where a single weight is not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scratchgen.engines.engine import Engine
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.errors import EngineError, InputError
from scratchgen.evidence import exhaustive
from scratchgen.evidence.exhaustive import verify_all, verify_rows
from scratchgen.evidence.questions import draw_questions
from scratchgen.evidence.verify import read_claim
from scratchgen.networks.layers import Dense, Relu
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.program import Block, Shadow, Sprite
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import write_project
from scratchgen.simulator import Lanes, Simulator
from tests.evidence.small_networks import NETWORKS, dense, files, trained

SMALL = trained(dense(4, 3, 1), Relu(), dense(3, 4, 2), names=["a", "b", "c"], high=20)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_lanes_answer_as_one_question_after_the_other(network: TrainedNetwork, tmp_path: Path) -> None:
    claim = read_claim(files(tmp_path, network))
    project = read_project(claim.path)
    rows = np.random.default_rng(1).integers(0, 256, (300, 3))
    rows[:8] = [[a, b, c] for a in (0, 255) for b in (0, 255) for c in (0, 255)]
    logits, answers = Lanes(project, claim.manifest).ask(rows.astype(np.float64))
    single = Simulator(project).ask(claim.manifest, rows.tolist())
    assert [tuple(row) for row in logits.tolist()] == [answer.logits for answer in single]
    assert answers.tolist() == [answer.answer for answer in single]


@pytest.mark.parametrize("processes", [1, 2])
def test_all_questions_of_a_small_domain_are_equal(processes: int, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    found = verify_all(
        read_claim(files(tmp_path, SMALL)),
        processes=processes,
        progress=lambda done, total: told.append((done, total)),
    )
    assert (found.questions, found.differing, found.mismatches) == (21**3, 0, ())
    assert told[-1] == (21**3, 21**3)
    assert found.one_by_one == ""


def test_ties_are_counted(tmp_path: Path) -> None:
    same = Dense(weights=np.array([[1, 2, 3], [1, 2, 3]]), biases=np.array([5, 5]))
    found = verify_all(read_claim(files(tmp_path, trained(same, names=["first", "second"], high=5))))
    assert (found.ties, found.differing) == (6**3, 0)


def changed(path: Path, change: Callable[[Sprite], Sprite]) -> Path:
    """Write the project again with its network's sprite changed."""
    project = read_project(path)
    stage, *sprites = project.sprites
    sprites = [change(each) if each.name == "Network" else each for each in sprites]
    write_project(replace(project, sprites=(stage, *sprites)), path)
    return path


def with_another_weight(sprite: Sprite) -> Sprite:
    """The weight of the third input in the first neuron, one more."""
    weights, *others = sprite.lists
    items = list(weights.items)
    items[2] = int(items[2]) + 1
    return replace(sprite, lists=(replace(weights, items=tuple(items)), *others))


def with_a_word_first(sprite: Sprite) -> Sprite:
    """The script that answers says something first, which no lane can."""
    say = Block(opcode="looks_say", inputs={"MESSAGE": Shadow(opcode="text", value="hm")})
    scripts = [
        replace(script, blocks=(script.blocks[0], say, *script.blocks[1:]))
        if script.blocks[0].opcode == "event_whenbroadcastreceived"
        else script
        for script in sprite.scripts
    ]
    return replace(sprite, scripts=tuple(scripts))


def test_a_file_that_differs_in_one_weight_is_found_out(tmp_path: Path) -> None:
    network = trained(dense(2, 3, 3), names=["10", "9"], high=20)
    path = changed(files(tmp_path, network), with_another_weight)
    found = verify_all(read_claim(path))
    # every colour with any blue has another first logit, and no other colour
    assert found.differing == 21 * 21 * 20
    assert len(found.mismatches) == 1000
    for mismatch in found.mismatches:
        blue = mismatch.question[2]
        assert mismatch.given.logits[0] == float(mismatch.expected.logits[0]) + blue
        assert mismatch.given.logits[1] == mismatch.expected.logits[1]


def test_what_cannot_run_in_lanes_is_asked_one_by_one(tmp_path: Path) -> None:
    network = trained(dense(2, 3, 3), names=["10", "9"], high=4)
    path = changed(files(tmp_path, network), with_a_word_first)
    found = verify_all(read_claim(path), processes=1)
    assert (found.questions, found.differing) == (125, 0)
    assert "looks_say" in found.one_by_one
    wrong = verify_all(read_claim(changed(path, with_another_weight)), processes=1)
    assert wrong.differing == 100


@pytest.mark.engine
@pytest.mark.parametrize("open_engine", [OfficialEngine, TurboWarpEngine])
@pytest.mark.parametrize("processes", [1, 2])
def test_all_questions_are_asked_on_real_engines(
    open_engine: type[Engine],
    processes: int,
    engines_installed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exhaustive, "PART_HARNESSED", 1000)
    told: list[tuple[int, int]] = []
    path = files(tmp_path, SMALL)
    found = verify_all(
        read_claim(path),
        open_engine=open_engine,
        processes=processes,
        progress=lambda done, total: told.append((done, total)),
    )
    assert (found.questions, found.differing, found.one_by_one, found.not_compiled) == (21**3, 0, "", ())
    assert found.ties == verify_all(read_claim(path), processes=1).ties
    assert len(told) == 10
    assert told[-1] == (21**3, 21**3)


@pytest.mark.engine
def test_real_engines_find_the_same_as_the_simulator(engines_installed: Path, tmp_path: Path) -> None:
    network = trained(dense(2, 3, 3), names=["10", "9"], high=9)
    claim = read_claim(changed(files(tmp_path, network), with_another_weight))
    simulated = verify_all(claim, processes=1)
    assert simulated.differing == 900
    assert verify_all(claim, open_engine=TurboWarpEngine, processes=2) == simulated
    rows = draw_questions(network.network, 50, seed=1)
    here = verify_rows(claim, rows)
    assert 0 < here.differing < here.questions == 50
    assert verify_rows(claim, rows, open_engine=TurboWarpEngine) == here


@pytest.mark.engine
def test_what_takes_no_harness_is_asked_one_by_one(engines_installed: Path, tmp_path: Path) -> None:
    network = trained(dense(2, 3, 3), names=["10", "9"], high=4)
    claim = read_claim(changed(files(tmp_path, network), with_a_word_first))
    found = verify_all(claim, open_engine=TurboWarpEngine, processes=1)
    assert (found.questions, found.differing) == (125, 0)
    assert "looks_say" in found.one_by_one
    changed(claim.path, with_another_weight)
    assert verify_all(claim, open_engine=TurboWarpEngine, processes=1).differing == 100


@pytest.mark.engine
def test_what_was_not_compiled_is_told(
    engines_installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TurboWarpEngine, "compile_errors", ["Network: why", "Network: why"])
    network = trained(dense(2, 3, 3), names=["10", "9"], high=4)
    found = verify_all(read_claim(files(tmp_path, network)), open_engine=TurboWarpEngine, processes=2)
    assert found.not_compiled == ("Network: why",)


@pytest.mark.engine
def test_an_engine_that_fails_ends_it_all(
    engines_installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exhaustive, "PART_HARNESSED", 1000)

    def ends(*arguments: object, **others: object) -> None:
        raise EngineError("it ended")

    monkeypatch.setattr(TurboWarpEngine, "work", ends)
    with pytest.raises(EngineError, match="it ended"):
        verify_all(read_claim(files(tmp_path, SMALL)), open_engine=TurboWarpEngine, processes=2)


def test_more_questions_than_anyone_can_ask_are_refused(tmp_path: Path) -> None:
    network = trained(dense(2, 3, 3), names=["10", "9"], high=2000)
    with pytest.raises(InputError, match="too many to ask all"):
        verify_all(read_claim(files(tmp_path, network)))
