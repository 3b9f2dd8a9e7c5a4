"""scratchblocks reads the notation, and what it does not know is told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from scratchgen.engines.forum import ForumBlock, ForumScript, ForumValue, read_forum_texts

pytestmark = pytest.mark.engine

TEXT = """\
when flag clicked
repeat (10) // ten times
  set [sum v] to ((sum) + (item (neuron) of [weights v]))
end

teleport [home]
"""


def test_blocks_slots_mouths_and_comments(engines_installed: Path) -> None:
    (scripts, empty) = read_forum_texts([TEXT, ""])
    assert empty == []
    first, second = scripts
    flag, repeat = first.blocks
    assert flag.identifier == "EVENT_WHENFLAGCLICKED"
    assert (repeat.identifier, repeat.shape, repeat.comment) == ("CONTROL_REPEAT", "c-block", " ten times")
    assert [part for part in repeat.parts if isinstance(part, ForumValue)] == [
        ForumValue(shape="number", text="10")
    ]
    (mouth,) = (part for part in repeat.parts if isinstance(part, ForumScript))
    assert [block.identifier for block in mouth.blocks[0].blocks()] == [
        "DATA_SETVARIABLETO",
        "OPERATORS_ADD",
        None,
        "DATA_ITEMOFLIST",
        None,
    ]
    assert [block.identifier for block in second.blocks] == [None]


def test_many_texts_come_back_in_order(engines_installed: Path) -> None:
    read = read_forum_texts([f"wait ({count}) seconds" for count in range(1200)])
    values = [
        part.text for (script,) in read for part in script.blocks[0].parts if isinstance(part, ForumValue)
    ]
    assert values == [str(count) for count in range(1200)]
    assert all(isinstance(script.blocks[0], ForumBlock) for (script,) in read)
