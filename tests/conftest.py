"""What every room's tests may use: hypothesis profiles, the real engines, counts of what was compared."""

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
from tests.compared import Compared, summary

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


@pytest.fixture
def compared(request: pytest.FixtureRequest) -> Compared:
    """Notes what the test compares with an engine; the totals are the last thing that a run says."""
    return Compared(request.node.user_properties)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was compared with the engines, and how much of it differed."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    if lines := summary(each for each in reports if each.when == "call"):
        terminalreporter.section("compared with the real engines")
        for line in lines:
            terminalreporter.write_line(line)
