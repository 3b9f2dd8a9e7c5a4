"""The project in the official editor, as a pupil uses it: opened, dragged, pressed, stopped, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.image
import numpy as np
import pytest
from numpy.typing import NDArray

from scratchgen.cli import run_command_line
from scratchgen.engines.editor import Editor, open_in_editor
from scratchgen.engines.schema import schema_check
from scratchgen.evidence.verify import read_claim, verify_claim
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import read_weights
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_file
from scratchgen.simulator import Simulator

WEIGHTS = resource_folder("trained_weights") / "colours.json"
TRAINED = read_weights(WEIGHTS)
TRACK_LEFT, TRACKS = -224, (-68, -114, -160)
SWATCH = (-200, 140)
SCREENSHOTS = Path(__file__).parent.parent.parent / "out" / "screenshots"
BUTTONS = {"random": (146, -62), "map": (146, -107), "inside": (146, -152)}
RIM = 2
"""Pixels."""
PAINTED = 60
"""Frames that the colour map takes, and some more."""
pytestmark = pytest.mark.engine


@pytest.fixture(scope="module", params=["readable", "fast"])
def project(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    path = tmp_path_factory.mktemp(request.param) / "colours.sb3"
    assert run_command_line(["build", "--style", request.param, "--output", str(path)]) == 0
    return path


def test_the_official_schema_check_takes_it(project: Path, engines_installed: Path) -> None:
    [verdict] = schema_check([project])
    assert verdict.valid, verdict.reason


def test_the_editor_draws_every_block_runs_it_and_saves_it_unharmed(
    project: Path, tmp_path: Path, editor_installed: Path
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    [report] = open_in_editor([project], save_to=saved)
    assert report.problems == []
    assert {one.sprite: one.blocks for one in report.drawn}["Network"] > 100
    simulator = Simulator.load(project)
    simulator.click_flag()
    assert not simulator.run(seconds=1)  # it goes on until somebody stops it
    assert report.state == simulator.state()

    # what the editor saved answers as the reference does, and so does what our text makes of it
    file = saved / "colours.sb3"
    assert [finding for finding in check_file(file) if finding.severity == "error"] == []
    assert run_command_line(["text", str(file), "-o", str(tmp_path / "saved.txt")]) == 0
    assert run_command_line(["compile", str(tmp_path / "saved.txt"), "-o", str(tmp_path / "again.sb3")]) == 0
    for path in (file, tmp_path / "again.sb3"):
        claim = read_claim(path, weights=WEIGHTS)
        assert verify_claim(claim, Simulator.load(path), engine_name="s").mismatches == ()


# -- as a pupil uses it


@pytest.fixture(scope="module")
def opened(editor_installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    path = tmp_path_factory.mktemp("opened") / "colours.sb3"
    assert run_command_line(["build", "--output", str(path)]) == 0
    with Editor() as editor:
        assert editor.load(path).loaded
        editor.click_flag()
        editor.wait_frames(10)
        yield editor
        assert editor.troubles() == ([], [])


def variables(editor: Editor) -> dict[str, str]:
    found: dict[str, str] = editor.state()["Stage"]["variables"]
    return found


def picture(editor: Editor, name: str) -> NDArray[Any]:
    """The stage, uint8 of shape (height, width, 3); it is left in ``out/`` to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    editor.screenshot(path, "stage")
    image: NDArray[Any] = (matplotlib.image.imread(path)[:, :, :3] * 255).round()
    return image.astype(np.uint8)


def pixel(image: NDArray[Any], place: tuple[float, float]) -> list[int]:
    found: list[int] = image[round(180 - place[1]), round(240 + place[0])].astype(int).tolist()
    return found


def name_of(colour: list[int]) -> str:
    return TRAINED.names[int(IntegerNetwork.winners(TRAINED.network.reference(np.array([colour])))[0])]


def drag(editor: Editor, slider: int, value: int) -> None:
    """Press beside the value, go there, and let go."""
    y = TRACKS[slider]
    editor.drag([(TRACK_LEFT + min(value + 9, 255), y), (TRACK_LEFT + value, y - 3)])


def test_dragged_sliders_give_the_name_that_the_reference_gives(opened: Editor) -> None:
    draw = np.random.default_rng(7)
    colour = [128, 128, 128]
    for number in range(30):
        slider, value = number % 3, int(draw.integers(0, 256))
        colour[slider] = value
        drag(opened, slider, value)
        opened.wait_frames(2)
        now = variables(opened)
        assert [now["red"], now["green"], now["blue"]] == list(map(str, colour))
        assert now["name"] == name_of(colour)
        # the engine keeps a pen's hue, saturation and brightness, which may be one off in each channel
        shown = pixel(picture(opened, "colour"), SWATCH)
        assert max(abs(one - other) for one, other in zip(shown, colour, strict=True)) <= 1


def test_keys_do_what_the_mouse_does(opened: Editor) -> None:
    for key, channel in (("1", "red"), ("2", "green"), ("3", "blue")):
        opened.press_key(key)
        before = int(variables(opened)[channel])
        arrow, step = ("ArrowRight", 1) if before < 200 else ("ArrowLeft", -1)
        opened.press_key(arrow)
        opened.wait_frames(2)
        now = variables(opened)
        assert step * (int(now[channel]) - before) in range(1, 5)
        assert now["chosen"] == key
        assert now["name"] == name_of([int(now[each]) for each in ("red", "green", "blue")])
    before_chance = variables(opened)
    opened.press_key("Space")
    opened.wait_frames(3)
    now = variables(opened)
    assert now["name"] == name_of([int(now[each]) for each in ("red", "green", "blue")])
    assert [now[each] for each in ("red", "green")] != [before_chance[each] for each in ("red", "green")]
    for key, page in (("m", "2"), ("i", "3"), ("i", "1"), ("m", "2"), ("m", "1")):
        opened.press_key(key)
        opened.wait_frames(2)
        assert variables(opened)["page"] == page


def test_buttons_and_clicks_on_the_picture_turn_the_pages(opened: Editor) -> None:
    before = variables(opened)
    opened.click(BUTTONS["random"])
    opened.wait_frames(3)
    assert [variables(opened)[each] for each in ("red", "green", "blue")] != [
        before[each] for each in ("red", "green", "blue")
    ]
    for button, page in (("map", "2"), ("inside", "3"), ("inside", "1")):
        opened.click(BUTTONS[button])
        opened.wait_frames(2)
        assert variables(opened)["page"] == page
        picture(opened, f"page {page}")
    for page in ("2", "3", "1"):
        opened.click(SWATCH)
        opened.wait_frames(2)
        assert variables(opened)["page"] == page


def test_the_map_is_painted_while_sliders_move(opened: Editor) -> None:
    drag(opened, 2, 60)
    opened.press_key("m")
    opened.wait_frames(5)
    drag(opened, 0, 200)  # red moves the ring, and the painting goes on
    assert variables(opened)["red"] == "200"
    opened.wait_frames(PAINTED)
    assert variables(opened)["map rows"] == "90"
    image = picture(opened, "map")
    palette = [int(number) for number in opened.state()["Stage"]["lists"]["name colours"]]
    right = 0
    for red, green in ((20, 230), (230, 20), (20, 20), (235, 235), (128, 60), (60, 140)):
        place = (-212 + red * 240 / 255, -10 + green * 180 / 255)
        number = palette[TRAINED.names.index(name_of([red, green, 60]))]
        wanted = [number >> 16, number >> 8 & 255, number & 255]
        right += max(abs(a - b) for a, b in zip(pixel(image, place), wanted, strict=True)) <= 2
    assert right >= 5  # one of them may lie under the number of a name
    opened.press_key("m")
    opened.wait_frames(2)


def test_stop_and_flag_give_the_same_picture_again(opened: Editor) -> None:
    opened.wait_frames(3)
    first = picture(opened, "before stop")
    opened.click_stop()
    opened.wait_frames(2)
    opened.click_flag()
    opened.wait_frames(12)
    again = picture(opened, "after flag")
    inside = slice(RIM, -RIM)  # the rim belongs to the editor's own round corners
    assert (again[inside, inside] == first[inside, inside]).all()


def test_full_screen_shows_the_same_larger(opened: Editor) -> None:
    small = picture(opened, "colour")
    opened.toggle_full_screen()
    opened.wait_frames(5)
    full = picture(opened, "full screen")
    opened.toggle_full_screen()
    height, width = full.shape[:2]
    assert width > 1000
    assert abs(width / height - 4 / 3) < 0.01
    for place in (SWATCH, (-150, 20), (200, 100), (-230, -60), (0, -175)):
        row, column = (180 - place[1]) / 360 * height, (240 + place[0]) / 480 * width
        shown = full[round(row), round(column)].astype(int).tolist()
        assert max(abs(a - b) for a, b in zip(shown, pixel(small, place), strict=True)) <= 2
