"""Ten thousand mutated files: everything that reads files succeeds or says in one line why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scratch.mutated_files import mutated_file

BATCHES, BATCH = 4, 2_500
ROOT = Path(__file__).parents[2]


def feed_in_a_process(first: int, count: int) -> str:
    """Feed the files in a process of their own, whose memory is limited; return what it says of them."""
    # Libraries reserve address space for every thread that they might start.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "error", "-m", "tests.scratch.mutated_files", str(first), str(count)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_mutated_file_breaks_a_reader(batch: int) -> None:
    outcomes = feed_in_a_process(batch * BATCH, BATCH)
    assert outcomes.count("read") == 1
    assert outcomes.count("refused") == 1


def test_the_files_are_fixed_by_their_numbers_and_differ() -> None:
    files = [mutated_file(number) for number in range(100)]
    assert files == [mutated_file(number) for number in range(100)]
    assert len(set(files)) > 95
