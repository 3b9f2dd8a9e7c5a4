"""The notation: what is said of text that means nothing."""

from __future__ import annotations

import re

import pytest

from scratchgen.errors import SyntaxErrors
from scratchgen.scratch.parser import parse_project, parse_scripts
from scratchgen.scratch.program import Block, Comment, Project, Reporter, Script, Shadow

HEADER = """\
//! stage
//! variable [red v] = (128)
//! list [names v] = [red] [green]
//! sprite [Cat]
"""


def faults(text: str) -> str:
    with pytest.raises(SyntaxErrors) as caught:
        parse_project(text, where="bird.txt")
    return str(caught.value)


def fault(line: str) -> str:
    """What is said of one line, without its place and picture."""
    report = faults(HEADER + line).splitlines()[0]
    return re.sub(r"^bird\.txt:\d+:\d+: ", "", report)


def test_one_run_reports_all_faults_in_order_with_a_caret() -> None:
    text = HEADER + "when flag clicked\nmvoe (10) steps\nsay [hello\n  set [rde v] to (1)\n"
    assert faults(text) == (
        "bird.txt:6:1: there is no block “mvoe () steps”; did you mean “move () steps”\n"
        "    mvoe (10) steps\n"
        "    ^\n"
        "bird.txt:7:5: this [ is never closed\n"
        "    say [hello\n"
        "        ^\n"
        "bird.txt:8:7: there is no variable “rde”; did you mean “red”\n"
        "      set [rde v] to (1)\n"
        "          ^"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("say (unknown)", "there is no variable, list or parameter “unknown”"),
        ("say (rde)", "did you mean “red”"),
        ("say hello", "there is no block “say hello”; did you mean “say []”"),
        ("wait until (5)", "a condition is needed here"),
        ("wait until <timer>", "“timer” is no condition; write (timer)"),
        ("set [gost v] effect to (1)", "the menu has no choice “gost”; did you mean “ghost”"),
        ("set [red] to (1)", "a menu is needed here; write [red v]"),
        ("say [red v]", "a menu does not fit here"),
        ("add (1) to [red v]", "“red” is not a list"),
        ("move (1)) steps", "this ) closes nothing"),
        ("say (join [a] [b]", "this ( is never closed"),
        ("say {a}", "{ has no meaning in Scratch 3"),
        ("end", "this end closes nothing"),
        ("else", "this else belongs to no if"),
        ("repeat (2)\nelse\nend", "“repeat (2)” of line 5 has no place for this else"),
        ("repeat (2)\nshow", "“repeat (2)” has no end"),
        (
            "show :: control_whlie",
            "no block of Scratch has the opcode control_whlie; did you mean control_while",
        ),
        ("show :: looks_hide", "looks_hide is not written so; write “hide :: looks_hide”"),
        ("show //! wrap", "there is no option “wrap”; did you mean “warp”"),
        ("show //! note 1 [x]", "this line has no block number 1"),
        ("define", "a custom block needs a name"),
        ("define jump ((1) + (2))", "a parameter is only a name"),
        ("repeat (2)\n(timer)\nend", "a reporter cannot stand in a mouth"),
        ("repeat (2)\nstop [all v]\nhide\nend", "nothing can hang under the block before"),
        ("//! varable [x v]", "there is no header “//! varable”; did you mean “//! variable”"),
        ("//! costume [c] from [c.svg]", "the text does not hold the file “c.svg”"),
        ("//! variable [x v] = x", "here should stand a value"),
        ("//! variable [x v] = (1) (2)", "this does not belong to the header"),
        ("//! list [l v] =\n//! list [l v] =", "the list “l” is declared twice"),
        ("//! stage", "the stage has a section already"),
        ("//! + (1)", "this goes on with nothing"),
        ("a S " + "((a S " * 51 + ":: a) :: stack)" * 51 + " :: a", "more than 50 deep"),
    ],
)
def test_what_is_wrong_is_said_in_words(line: str, message: str) -> None:
    assert message in fault(line)


def test_a_file_that_cannot_be_read_is_a_fault_of_its_line() -> None:
    def missing(name: str) -> bytes:
        raise FileNotFoundError(2, "No such file or directory", name)

    with pytest.raises(SyntaxErrors, match=r"“c.svg” cannot be read \(No such file"):
        parse_project(HEADER + "//! costume [c] from [c.svg]", assets=missing)


def test_a_script_before_the_first_section_belongs_to_nobody() -> None:
    assert "a script stands before the first sprite" in faults("show\n" + HEADER)


def test_sections_do_not_fit_into_a_fragment() -> None:
    with pytest.raises(SyntaxErrors, match="here are only scripts"):
        parse_scripts(HEADER)


def test_empty_texts() -> None:
    assert parse_scripts("") == ()
    assert len(parse_project("").sprites) == 1


def test_long_lines_are_cut_around_the_caret() -> None:
    report = faults(HEADER + "say [" + "x" * 500 + "] )").splitlines()
    assert len(report[1]) < 140
    assert report[1][report[2].index("^")] == ")"


def test_positions_and_comments_can_be_mixed_above_a_script() -> None:
    (script,) = parse_scripts("// why\n//! at (1) (2)\nshow")
    assert script == Script(blocks=(Block(opcode="looks_show", comment=Comment(text="why")),), x=1, y=2)


def test_no_nesting_is_too_deep() -> None:
    (script,) = parse_scripts("say " + "(round " * 5000 + "(1)" + ")" * 5000)
    depth, filled = 0, script.blocks[0].inputs["MESSAGE"]
    while isinstance(filled, Reporter):
        depth, filled = depth + 1, filled.block.inputs["NUM"]
    assert (depth, filled) == (5000, Shadow(opcode="math_number", value=1))


def test_a_project_is_a_value() -> None:
    assert isinstance(parse_project(HEADER), Project)
    assert parse_project(HEADER + "show") == parse_project(HEADER + "show")
