"""How many training steps a second the official engine takes: of its own work, and with the stage live."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from scratchgen.engines.official import OfficialEngine
from scratchgen.scratch.learning_manifest import LearningManifest

__all__ = ["TeachSpeed", "measure_teaching"]

FRAME = 1 / 30
WARM_UP_STEPS = 1000
LIVE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachSpeed:
    """Steps a second of processor time, and of real time at 30 frames a second; the longest frame."""

    work: float
    live: float
    longest_frame: float


def measure_teaching(
    path: Path, manifest: LearningManifest, *, steps: int = 4000, live_seconds: float = LIVE_SECONDS
) -> TeachSpeed:
    """Measure a project that learns, on the survey's examples, without drawing."""
    with OfficialEngine(simulated_clock=False) as engine:
        engine.load(path)
        engine.broadcast(manifest.fill)
        engine.run()
        for count in (WARM_UP_STEPS, steps):
            engine.set_variable(manifest.steps, count)
            before = engine.processor_seconds
            engine.broadcast(manifest.learn)
            engine.run()
            work = count / (engine.processor_seconds - before)
        taken = float(engine.variable("steps learned"))
        engine.broadcast("learn")
        begun, longest = time.perf_counter(), 0.0
        while time.perf_counter() - begun < live_seconds:
            frame = time.perf_counter()
            engine.step()
            lasted = time.perf_counter() - frame
            longest = max(longest, lasted)
            time.sleep(max(0.0, FRAME - lasted))
        live = (float(engine.variable("steps learned")) - taken) / (time.perf_counter() - begun)
        return TeachSpeed(work=work, live=live, longest_frame=longest)
