"""The benchmark of the simulator measures what it says; how fast this machine is, is not asserted."""

from pathlib import Path

import pytest

from scratchgen.evidence import simulator_bench
from scratchgen.evidence.simulator_bench import measure_lanes, measure_speeds, measure_starts
from scratchgen.evidence.verify import read_claim
from tests.evidence.small_networks import dense, files, trained

SMALL = trained(dense(2, 3, 3), names=["10", "9"], high=20)


@pytest.mark.engine
def test_simulator_and_engine_are_timed_in_turns(
    tmp_path: Path, engines_installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulator_bench, "QUESTIONS", 20)
    told: list[tuple[int, int]] = []
    claim = read_claim(files(tmp_path, SMALL))
    speeds = measure_speeds(
        claim.path, claim.manifest, progress=lambda done, total: told.append((done, total))
    )
    assert min(speeds.simulator, speeds.slow_path, speeds.engine) > 0
    assert speeds.ratio == speeds.simulator / speeds.engine
    assert told == [(number, 5) for number in range(1, 6)]


def test_lanes_are_timed_over_all_questions(tmp_path: Path) -> None:
    times = measure_lanes(read_claim(files(tmp_path, SMALL)))
    assert times.questions == 21**3
    assert times.seconds > 0


def test_the_start_is_timed_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulator_bench, "ROUNDS", 1)
    starts = measure_starts()
    assert starts.importing > 0
    assert starts.loading > 0
