"""Ten thousand mutated files: everything that reads files succeeds or says in one line why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
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


def test_a_hundred_mutated_files_pass_through_the_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = set()
    for number in range(100):
        path = tmp_path / f"{number}.sb3"
        path.write_bytes(mutated_file(number))
        for command in ("check", "text"):
            code = run_command_line([command, str(path)])
            codes.add(code)
            faults = capsys.readouterr().err.splitlines()
            assert code in (0, 1, 2), (number, command)
            assert len(faults) == 1 or code != 2, (number, command, faults)
    assert codes == {0, 1, 2}


@pytest.mark.parametrize("command", ["check", "text"])
def test_a_damaged_file_is_exit_2_and_one_line_in_a_shell(command: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged.sb3"
    path.write_bytes(b"PK")
    line = [sys.executable, "-W", "error", "-m", "scratchgen", command, str(path)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    [fault] = done.stderr.splitlines()
    assert str(path) in fault
