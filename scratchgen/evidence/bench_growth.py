"""What a large network costs before it answers: compiling it, and opening it in the official editor."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scratchgen.engines.editor import Editor
from scratchgen.errors import EngineError
from scratchgen.evidence.bench_projects import bench_manifest
from scratchgen.evidence.network_bench import forms_of
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.writer import write_project

__all__ = ["Compilation", "measure_compilation", "measure_openings"]

SCRIPT = """
import sys
from time import perf_counter
start = perf_counter()
from scratchgen.evidence.bench_projects import bench_manifest, network
from scratchgen.evidence.memory import peak_memory
from scratchgen.evidence.network_bench import random_network
from scratchgen.scratch.writer import write_project
trained = random_network({sizes!r})
made = perf_counter()
write_project(network(trained, bench_manifest(trained), None).project, {path!r})
print(made - start, perf_counter() - made, peak_memory() or 0)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """A network compiled in the readable style, in a process of its own.

    ``seconds`` from the network to the file, ``memory`` the most that the process held, ``file`` the size of
    the ``.sb3``; both in bytes.
    """

    sizes: tuple[int, ...]
    seconds: float
    memory: int
    file: int


def measure_compilation(sizes: Sequence[int]) -> Compilation:
    """Compile a random network of these sizes to a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.sb3"
        command = [sys.executable, "-c", SCRIPT.format(sizes=tuple(sizes), path=str(path))]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        _, seconds, memory = map(float, done.stdout.split())
        return Compilation(sizes=tuple(sizes), seconds=seconds, memory=int(memory), file=path.stat().st_size)


def measure_openings(trained: TrainedNetwork) -> Mapping[str, float]:
    """Return the seconds that the official editor takes to open each form of a network.

    EngineError when the editor or Chromium is missing, or when the editor refuses a form.
    """
    manifest = bench_manifest(trained)
    found: dict[str, float] = {}
    with TemporaryDirectory() as folder, Editor() as editor:
        for name, form in forms_of(trained, manifest).items():
            path = Path(folder) / f"{name}.sb3"
            write_project(form.project, path)
            opening = editor.load(path)
            if not opening.loaded:
                raise EngineError(f"it refuses the form {name!r}: {opening.reason}", where="the editor")
            found[name] = opening.seconds
    return found
