"""What every room's tests may use: hypothesis profiles and the real engines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from scratchgen.engines.editor_install import find_chromium, install_editor
from scratchgen.engines.install import find_node, install_engines
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.errors import EngineError

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

# Time varies on shared machines, so no example has a deadline; in CI the same examples are tried every time.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if IN_CI else "dev")


def _need(prepare: Callable[[], object]) -> None:
    """Fail in CI, and skip with the reason elsewhere, when something that engines need is missing."""
    try:
        prepare()
    except EngineError as fault:
        if IN_CI:
            raise
        pytest.skip(str(fault))


@pytest.fixture(scope="session")
def engines_installed() -> Path:
    """The folder of the installed engines; installs them when they are missing."""
    _need(find_node)
    _need(install_engines)
    return install_engines()


@pytest.fixture(scope="session")
def official_engine(engines_installed: Path) -> Iterator[OfficialEngine]:
    """The official engine with a simulated clock, one process for all tests; load a project first."""
    with OfficialEngine() as engine:
        yield engine


@pytest.fixture(scope="session")
def turbowarp_engine(engines_installed: Path) -> Iterator[TurboWarpEngine]:
    """TurboWarp's engine with a simulated clock, one process for all tests; load a project first."""
    with TurboWarpEngine() as engine:
        yield engine


@pytest.fixture(scope="session")
def editor_installed(engines_installed: Path) -> Path:
    """The folder of the official editor, with Chromium at hand; installs the editor when it is missing."""
    _need(find_chromium)
    _need(install_editor)
    return install_editor()
