"""What a user gets from the wheel: it works from any folder, with its templates and weights inside."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import scratchgen

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    [wheel] = folder.glob("*.whl")
    # the dependencies come from the environment of the tests, so that nothing is fetched a second time
    venv.create(folder / "fresh", with_pip=True, system_site_packages=False)
    programs = folder / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", "--no-deps", wheel, folder=folder)
    site = run(
        programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder
    )
    shared = run(
        sys.executable, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder
    )
    (Path(site.strip()) / "shared.pth").write_text(shared, encoding="utf-8")
    return programs / "scratchgen"


def test_the_wheel_builds_names_and_verifies_in_a_folder_with_spaces_and_umlauts(
    installed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Schöne Farben, für alle"
    folder.mkdir()
    run(installed, "build", folder=folder)
    assert run(installed, "name", "255,255,255", "black", folder=folder).split("\n")[:2] == ["white", "black"]
    assert "all equal" in run(installed, "verify", "out/colours.sb3", folder=folder)
    found = run(
        installed.parent / "python", "-c", "import scratchgen; print(scratchgen.__file__)", folder=folder
    )
    assert not Path(found.strip()).is_relative_to(ROOT)


def test_every_public_name_has_a_home() -> None:
    assert sorted(scratchgen.HOMES) == sorted(scratchgen.__all__)
    assert set(scratchgen.__all__) <= set(dir(scratchgen))
    for name in scratchgen.__all__:
        assert getattr(scratchgen, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        scratchgen.nothing  # noqa: B018
