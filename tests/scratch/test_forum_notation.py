"""What we print, scratchblocks understands: every block that it has a text for, alone and in scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scratchgen.engines.forum import ForumBlock, read_forum_texts
from scratchgen.scratch.catalogue import CATALOGUE, BlockType, FieldType, InputType
from scratchgen.scratch.printer import print_scripts
from scratchgen.scratch.program import Block, Input, Reference, Reporter, Script, Shadow, Stack
from tests.scratch.forum_identifiers import FORUM_IDENTIFIERS, TAKEN_FOR_ANOTHER

NO_IDENTIFIER = {
    "argument_reporter_boolean",
    "argument_reporter_string_number",
    "data_listcontents",
    "data_variable",
    "procedures_call",
    "procedures_definition",
}
KNOWN = [CATALOGUE[opcode] for opcode in FORUM_IDENTIFIERS]


def identifier(opcode: str) -> str | None:
    return TAKEN_FOR_ANOTHER.get(opcode) or FORUM_IDENTIFIERS.get(opcode)


def test_the_table_has_every_block_that_the_catalogue_says_scratchblocks_knows() -> None:
    in_forum = {block.opcode for block in CATALOGUE.values() if block.has_forum_text and block.label}
    assert set(FORUM_IDENTIFIERS) == in_forum
    assert set(TAKEN_FOR_ANOTHER) <= set(FORUM_IDENTIFIERS)


def reporters(depth: int) -> st.SearchStrategy[Block]:
    return st.sampled_from([known for known in KNOWN if known.shape == "reporter"]).flatmap(
        lambda known: usual(known, depth)
    )


def conditions(depth: int) -> st.SearchStrategy[Block]:
    return st.sampled_from([known for known in KNOWN if known.shape == "boolean"]).flatmap(
        lambda known: usual(known, depth)
    )


@st.composite
def usual(draw: st.DrawFn, known: BlockType, depth: int) -> Block:
    """A block as the editor makes it: names and values that a pupil would choose."""
    held: dict[str, Input] = {}
    for slot in known.inputs:
        inner = None
        if depth > 0 and draw(st.booleans()):
            inner = draw(reporters(depth - 1) if slot.shadow else conditions(depth - 1))
        if slot.shadow:
            shadow = Shadow(opcode=slot.shadow, value=slot.default)
            held[slot.name] = shadow if inner is None else Reporter(block=inner, shadow=shadow)
        elif inner is not None:
            held[slot.name] = Reporter(block=inner)
    for mouth in known.mouths:
        held[mouth] = Stack(blocks=(draw(st.sampled_from(STACKED).flatmap(lambda one: usual(one, 0))),))
    return Block(opcode=known.opcode, fields={f.name: draw(chosen(f)) for f in known.fields}, inputs=held)


def chosen(field: FieldType) -> st.SearchStrategy[str | Reference]:
    if field.kind == "broadcast":
        return st.just("go")
    if field.menu is None:
        return st.just(Reference(name="score"))
    return st.sampled_from([*field.menu.choices.values()] or ["backdrop1"])


STACKED = [known for known in KNOWN if known.shape == "stack"]


def printed(chain: tuple[Block, ...]) -> str:
    """The text of a script, without the ``//!`` lines above it, which scratchblocks shows as comments."""
    lines = print_scripts([Script(blocks=chain)]).splitlines()
    return "\n".join(line for line in lines if not line.startswith("//!"))


def expected(block: Block) -> Iterator[str | None]:
    """Our opcodes, in the order of the text, as scratchblocks calls them."""
    yield identifier("control_if" if block.opcode == "control_if_else" else block.opcode)
    known = CATALOGUE[block.opcode]
    names = [argument.name for argument in known.arguments if isinstance(argument, InputType)]
    for name in (*names, *known.mouths):
        match block.inputs.get(name):
            case Reporter(block=inner):
                yield from expected(inner)
            case Stack(blocks=inner_blocks):
                for inner in inner_blocks:
                    yield from expected(inner)


def understood(text: str) -> list[list[str | None]]:
    (scripts,) = read_forum_texts([text])
    return [[found.identifier for top in script.blocks for found in real(top)] for script in scripts]


def real(block: ForumBlock) -> Iterator[ForumBlock]:
    """The blocks, without the words else and end, which scratchblocks takes for blocks."""
    return (
        found for found in block.blocks() if found.identifier not in ("CONTROL_ELSE", "scratchblocks:end")
    )


@pytest.mark.engine
def test_every_block_alone(engines_installed: Path) -> None:
    made = [default_block(known) for known in KNOWN]
    texts = [printed((block,)) for block in made]
    for block, text, scripts in zip(made, texts, read_forum_texts(texts), strict=True):
        found = [one.identifier for script in scripts for top in script.blocks for one in real(top)]
        assert found == [identifier(block.opcode)], text


def default_block(known: BlockType) -> Block:
    """The block as it lies in the palette."""
    return Block(
        opcode=known.opcode,
        fields={
            field.name: next(iter(field.menu.choices.values()), "backdrop1")
            if field.menu
            else ("go" if field.kind == "broadcast" else Reference(name="score"))
            for field in known.fields
        },
        inputs={
            slot.name: Shadow(opcode=slot.shadow, value=slot.default) for slot in known.inputs if slot.shadow
        },
    )


@pytest.mark.engine
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whole_scripts(engines_installed: Path, data: st.DataObject) -> None:
    made = [
        tuple(
            data.draw(usual(known, 2))
            for known in data.draw(st.lists(st.sampled_from(SCRIPTED), min_size=1, max_size=4))
        )
        for _ in range(150)
    ]
    texts = [printed(chain) for chain in made]
    for chain, text, scripts in zip(made, texts, read_forum_texts(texts), strict=True):
        found = [one.identifier for script in scripts for top in script.blocks for one in real(top)]
        assert found == [opcode for block in chain for opcode in expected(block)], text


SCRIPTED = [known for known in KNOWN if known.shape in ("stack", "c", "e")]


@pytest.mark.engine
def test_what_scratchblocks_has_no_text_for_is_marked(engines_installed: Path) -> None:
    unknown = [known for known in CATALOGUE.values() if not known.has_forum_text]
    for known in unknown:
        text = printed((default_block(known),))
        assert f":: {known.opcode}" in text
        assert all(found is None for script in understood(text) for found in script[:1])


TEXT = """\
define jump (height) if <wanted> // up we go
if <wanted> then
  change y by (height)
end

when flag clicked
set [score v] to (10)
say (score)
jump (score) if <mouse down?>
add (score) to [log v]
say (log :: list)
"""


@pytest.mark.engine
def test_custom_blocks_variables_and_lists(engines_installed: Path) -> None:
    (scripts,) = read_forum_texts([TEXT])
    categories = [
        [(one.identifier, one.category) for one in top.blocks()] for s in scripts for top in s.blocks
    ]
    flat = [pair for top in categories for pair in top]
    assert ("PROCEDURES_DEFINITION", "custom") in flat
    assert ("PROCEDURES_CALL", "custom") in flat
    assert (None, "variables") in flat
    assert (None, "list") in flat
    assert (None, "custom-arg") in flat
    assert scripts[0].blocks[0].comment == " up we go"
