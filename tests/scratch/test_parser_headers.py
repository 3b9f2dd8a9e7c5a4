"""The notation: what the lines before the scripts say of a sprite and of the project."""

from __future__ import annotations

import pytest

from scratchgen.errors import SyntaxErrors
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Comment

HEADER = """\
//! stage
//! variable [red v] = (128)
//! list [names v] = [red] [green]
//! sprite [Cat]
"""


def test_headers_say_what_a_project_holds() -> None:
    project = parse_project(
        """\
//! stage
//! variable [a v] = (1)
//! variable [b v] = [1]
//! variable [c v] = <true>
//! variable [☁ d v] cloud = (0)
//! variable [e v]
//! list [l v] = (1) [x]
//! + <false> (-2)
//! list [m v] =
//! broadcast [go v]
//! sprite [Cat]
//! state [x] = (-140)
//! state [visible] = [false]
//! state [currentCostume] = (1)
//! state [volume] = (50.5)
//! costume [cat] from [cat.svg] centre (48) (50) resolution (2)
//! sound [pop] from [pop.wav] rate (22050) samples (258) format [adpcm]
//! comment [free\\ntext] at (1) (2) minimized
//! variable [own v] = [x]
//! extension [pen]
//! meta [agent] = [me]
//! monitor [data_variable] param [VARIABLE] [a] mode [large] value (3) set [x] (7)
""",
        assets={"cat.svg": b"<svg/>", "pop.wav": b"RIFF"}.__getitem__,
    )
    stage, cat = project.sprites
    assert [variable.value for variable in stage.variables] == [1, "1", True, 0, 0]
    assert [variable.cloud for variable in stage.variables] == [False, False, False, True, False]
    assert stage.lists[0].items == (1, "x", False, -2)
    assert stage.lists[1].items == ()
    assert stage.broadcasts == ("go",)
    assert dict(cat.state) == {"x": -140, "visible": False}
    assert (cat.current_costume, cat.volume) == (1, 50.5)
    costume, sound = cat.costumes[0], cat.sounds[0]
    assert (costume.asset.data, costume.centre_x, costume.bitmap_resolution) == (b"<svg/>", 48, 2)
    assert costume.asset.digest == "56f6e8ba8d86e5bd91caa96e8e3d8ebd" or len(costume.asset.digest) == 32
    assert (sound.rate, sound.sample_count, sound.format) == (22050, 258, "adpcm")
    assert cat.comments == (Comment(text="free\ntext", x=1, y=2, minimized=True),)
    assert cat.variables[0].name == "own"
    assert (project.extensions, dict(project.meta)) == (("pen",), {"agent": "me"})
    assert project.monitors[0].params == {"VARIABLE": "a"}
    assert project.monitors[0].settings == {"x": 7}


def test_files_can_be_embedded() -> None:
    text = HEADER + "//! costume [cat] from [cat.svg]\n\n//! asset [cat.svg] =\n//! + [PHN2]\n//! + [Zy8+]\n"
    costume = parse_project(text).sprites[1].costumes[0]
    assert costume.asset.data == b"<svg/>"


def test_a_project_without_a_stage_gets_one() -> None:
    project = parse_project("//! sprite [Cat]\nshow")
    assert [sprite.name for sprite in project.sprites] == ["Stage", "Cat"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    project = parse_project("\ufeff" + (HEADER + "show\nhide").replace("\n", end))
    assert len(project.sprites[1].scripts[0].blocks) == 2


def test_an_arranged_page_has_the_places_of_the_layout() -> None:
    text = "//! sprite [Cat]\n\n// why\nwhen flag clicked\n\n//! at (7) (9)\nwhen this sprite clicked\n"
    assert parse_project("//! arranged\n" + text) == arrange(parse_project(text))
    assert parse_project(text).sprites[1].scripts[0].x is None


@pytest.mark.parametrize("header", ["arranged please", "numbers as", "nothing under"])
def test_headers_of_the_whole_page_are_read_to_their_end(header: str) -> None:
    with pytest.raises(SyntaxErrors, match=r"here should stand|does not belong"):
        parse_project(f"//! {header}\n//! sprite [Cat]")
