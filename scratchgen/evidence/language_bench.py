"""How the language scales: processor seconds to parse, write, read, lint and print ever larger programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from time import process_time
from typing import TypeVar

from scratchgen.evidence.memory import peak_memory
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.printer import print_project
from scratchgen.scratch.program import Project
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes

__all__ = ["LanguageTimes", "measure_language", "program_text"]

Outcome = TypeVar("Outcome")

SIZES = (12_500, 25_000, 50_000, 100_000)
SCRIPT = """\
when flag clicked
repeat (10)
  change [score v] by ((score) + (({number}) * (item (1) of [names v])))
  if <(score) > ({number})> then
    say (join [score: ] (score))
  end
end

"""
BLOCKS_A_SCRIPT = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageTimes:
    """The processor seconds of each step for so many blocks; ``memory`` is the peak so far, in bytes."""

    blocks: int
    parse: float
    arrange: float
    write: float
    lint: float
    read: float
    print: float
    memory: int | None

    @property
    def compile(self) -> float:
        """The seconds from text to a checked file: parse, arrange, write and lint."""
        return self.parse + self.arrange + self.write + self.lint


def program_text(blocks: int) -> str:
    """Return the text of a project with so many blocks, or a few less."""
    return "//! stage\n//! variable [score v] = (0)\n//! list [names v] =\n//! sprite [Cat]\n\n" + "".join(
        SCRIPT.format(number=number) for number in range(blocks // BLOCKS_A_SCRIPT)
    )


def measure_language(sizes: tuple[int, ...] = SIZES) -> Iterator[LanguageTimes]:
    """Yield the times for one size after the other; ascending, since memory is the peak so far."""
    for size in sizes:
        text = program_text(size)
        parsed, parse = _timed(partial(parse_project, text))
        placed, place = _timed(partial(arrange, parsed))
        data, write = _timed(partial(project_to_bytes, placed))
        _, lint = _timed(partial(check_bytes, data))
        project, read = _timed(partial(project_from_bytes, data))
        _, printing = _timed(partial(print_project, project))
        yield LanguageTimes(
            blocks=_count(project),
            parse=parse,
            arrange=place,
            write=write,
            lint=lint,
            read=read,
            print=printing,
            memory=peak_memory(),
        )


def _timed(work: Callable[[], Outcome]) -> tuple[Outcome, float]:
    start = process_time()
    outcome = work()
    return outcome, process_time() - start


def _count(project: Project) -> int:
    return sum(BLOCKS_A_SCRIPT for sprite in project.sprites for _ in sprite.scripts)
