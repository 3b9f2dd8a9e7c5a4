"""How long each network of a file takes for an answer, asked by its own manifest on the official engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scratchgen.engines.official import OfficialEngine
from scratchgen.evidence.verify import Claim, read_claims

__all__ = ["AnswerTimes", "measure_answers"]

QUESTIONS = 20
SECONDS_OF_WARMING_UP, SECONDS_OF_MEASURING = 1.5, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """A network of a project: its name, its numbers, the bytes of the file, milliseconds an answer."""

    project: str
    network: str
    weights: int
    bytes: int
    milliseconds: float


def measure_answers(path: Path) -> Iterator[AnswerTimes]:
    """Yield what each network of a file takes; ProjectFileError or WeightsError as for ``read_claims``.

    Processor time of the engine, once it has warmed up; what an answer shows on stage is not in it.
    """
    for claim in read_claims(path):
        layers = claim.trained.network.layers
        with OfficialEngine(simulated_clock=False) as engine:
            engine.load(path)
            yield AnswerTimes(
                project=path.name,
                network=claim.manifest.sprite,
                weights=sum(items.size for layer in layers for _, items in layer.tables()),
                bytes=path.stat().st_size,
                milliseconds=1000 * _seconds(engine, claim),
            )


def _seconds(engine: OfficialEngine, claim: Claim) -> float:
    draw = np.random.default_rng(0)
    inputs = claim.manifest.inputs
    rows = [[int(draw.integers(each.low, each.high + 1)) for each in inputs] for _ in range(QUESTIONS)]
    start = engine.processor_seconds
    while engine.processor_seconds - start < SECONDS_OF_WARMING_UP:
        engine.ask(claim.manifest, rows)
    start, answers = engine.processor_seconds, 0
    while engine.processor_seconds - start < SECONDS_OF_MEASURING:
        engine.ask(claim.manifest, rows)
        answers += len(rows)
    return (engine.processor_seconds - start) / answers
