"""Answers are timed by the manifest alone, for files of one network and of several."""

from pathlib import Path

import pytest

from scratchgen.evidence import answer_bench
from scratchgen.evidence.answer_bench import measure_answers

SHIPPED = Path(__file__).parent.parent.parent / "out" / "colours.sb3"


@pytest.mark.engine
def test_the_shipped_network_is_timed(engines_installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_bench, "SECONDS_OF_WARMING_UP", 0.05)
    monkeypatch.setattr(answer_bench, "SECONDS_OF_MEASURING", 0.05)
    [measured] = measure_answers(SHIPPED)
    assert (measured.project, measured.network, measured.weights) == ("colours.sb3", "Network", 131)
    assert measured.bytes == SHIPPED.stat().st_size
    assert 0 < measured.milliseconds < 100
