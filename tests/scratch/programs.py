"""Hypothesis strategies for programs: every block of the catalogue, odd names, odd values, odd nesting.

What they make can be written and read; rooms that compare engines narrow them down by ``opcodes``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS, BlockType, InputType
from scratchgen.scratch.procedures import placeholders
from scratchgen.scratch.program import (
    Asset,
    Block,
    Comment,
    Costume,
    Input,
    ListVariable,
    Monitor,
    Parameter,
    Procedure,
    Project,
    Reference,
    Reporter,
    Script,
    Shadow,
    Sound,
    Sprite,
    Stack,
    Value,
    Variable,
)
from tests.scratch.program_values import characters, names, numbers, places, texts, values

__all__ = ["NameSet", "blocks", "names", "projects", "scripts", "values"]

CODES = [
    "jump", "jump %s", "jump %s if %b", "%s", "%s %s", "%b jump", "a  b %s", "define %s", "end", "else",
    "show", "say %s", "move %n steps", "100%s", "+ %s", "// %s", "a :: b", "(x) %s", "\n%s", "Jump %s", "…",
]  # fmt: skip


@dataclass(frozen=True)
class NameSet:
    """The names that the blocks of a sprite can use."""

    variables: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    hidden_variables: tuple[str, ...] = ()
    """Variables of the stage that the sprite has under the same name."""
    codes: tuple[str, ...] = ()
    broadcasts: tuple[str, ...] = ("go", "message1")


def comments() -> st.SearchStrategy[Comment]:
    """Comments with and without a place."""
    plain = st.builds(Comment, text=texts | st.text(characters, max_size=20))
    placed = st.builds(
        Comment,
        text=texts,
        x=places,
        y=places,
        width=st.integers(50, 400),
        height=st.integers(50, 400),
        minimized=st.booleans(),
    )
    return plain | placed


maybe_comment = st.none() | st.none() | st.none() | comments()


@st.composite
def shadows(draw: st.DrawFn, slot: InputType, name_set: NameSet) -> Shadow:
    """What can lie in a slot: mostly what belongs there."""
    opcode = slot.shadow or draw(st.sampled_from(["text", "math_number"]))
    if draw(st.integers(0, 19)) == 0:
        opcode = draw(st.sampled_from([*SHADOWS, "other_menu_thing"]))
    known = SHADOWS.get(opcode)
    if known is None:
        return Shadow(
            opcode=opcode, value=draw(texts), field=draw(st.sampled_from(["thing", "odd name", "="]))
        )
    if opcode == "event_broadcast_menu":
        return Shadow(opcode=opcode, value=draw(st.sampled_from(name_set.broadcasts)))
    if known.menu is not None:
        choices = [*known.menu.choices.values(), *known.menu.choices, "Cat"]
        return Shadow(opcode=opcode, value=draw(st.sampled_from(choices) | names | st.integers(0, 9)))
    if known.notation == "colour":
        return Shadow(opcode=opcode, value=draw(st.sampled_from(["#ff0000", "#0FBD8C", "#abc", "red"])))
    usual: st.SearchStrategy[Value] = numbers if known.notation == "number" else texts
    return Shadow(opcode=opcode, value=draw(usual | numbers | texts | st.booleans()))


@st.composite
def inputs(draw: st.DrawFn, slot: InputType, name_set: NameSet, depth: int) -> Input | None:
    """What a slot holds: nothing, a value, or a block over a value."""
    kind = draw(st.integers(0, 9))
    if kind == 0 or (not slot.shadow and kind < 4):
        return None
    if depth <= 0 or kind < 6:
        return draw(shadows(slot, name_set)) if slot.shadow or kind == 5 else None
    block = draw(reporters(name_set, depth - 1))
    default = Shadow(opcode=slot.shadow, value=slot.default) if slot.shadow else None
    covered = st.just(default) if draw(st.booleans()) else st.none() | shadows(slot, name_set)
    return Reporter(block=block, shadow=draw(covered))


@st.composite
def fields(draw: st.DrawFn, known: BlockType, name_set: NameSet) -> dict[str, str | Reference] | None:
    """What the menus of a block say; None when there is no name for one of them."""
    chosen: dict[str, str | Reference] = {}
    for field in known.fields:
        if field.kind == "broadcast":
            chosen[field.name] = draw(st.sampled_from(name_set.broadcasts))
        elif field.menu is not None:
            choices = [*field.menu.choices.values()] or ["Cat"]
            chosen[field.name] = draw(st.sampled_from(choices) | names)
        else:
            known_names = name_set.variables if field.kind == "variable" else name_set.lists
            if not known_names:
                return None
            name = draw(st.sampled_from(known_names))
            hidden = field.kind == "variable" and name in name_set.hidden_variables and draw(st.booleans())
            chosen[field.name] = Reference(name=name, scope="stage" if hidden else "nearest")
    return chosen


@st.composite
def filled(draw: st.DrawFn, known: BlockType, name_set: NameSet, depth: int) -> Block:
    """A block of the catalogue with something in its slots and mouths."""
    chosen = draw(fields(known, name_set))
    if chosen is None:
        return Block(opcode="sensing_answer" if known.shape in ("reporter", "boolean") else "looks_show")
    held: dict[str, Input] = {}
    for slot in known.inputs:
        if (value := draw(inputs(slot, name_set, depth))) is not None:
            held[slot.name] = value
    for mouth in known.mouths:
        if depth > 0 and (chain := draw(chains(name_set, depth - 1))):
            held[mouth] = Stack(blocks=chain)
    return Block(opcode=known.opcode, fields=chosen, inputs=held, comment=draw(maybe_comment))


@st.composite
def calls(draw: st.DrawFn, name_set: NameSet, depth: int) -> Block:
    """A call of a custom block that the sprite defines, or of one that nobody does."""
    code = draw(st.sampled_from([*name_set.codes, *CODES]))
    held: dict[str, Input] = {}
    for place, mark in enumerate(placeholders(code)):
        slot = InputType(
            name=str(place), shadow={"%s": "text", "%n": "math_number", "%b": ""}[mark], default=""
        )
        if (value := draw(inputs(slot, name_set, depth))) is not None:
            held[str(place)] = value
    return Block(opcode="procedures_call", call=code, inputs=held, comment=draw(maybe_comment))


@st.composite
def unknown(draw: st.DrawFn, name_set: NameSet, depth: int) -> Block:
    """A block of another's extension."""
    slot = InputType(name="", shadow="text", default="")
    held: dict[str, Input] = {}
    for name in draw(
        st.lists(st.sampled_from(["A", "B C", "=", "SUBSTACK", "x-y"]), unique=True, max_size=2)
    ):
        if name == "SUBSTACK":
            if depth > 0 and (chain := draw(chains(name_set, depth - 1))):
                held[name] = Stack(blocks=chain)
        elif (value := draw(inputs(slot, name_set, depth))) is not None:
            held[name] = value
    return Block(
        opcode=draw(st.sampled_from(["my_block", "my-ext_block.x", "odd opcode)", "hat", "other"])),
        fields=draw(st.dictionaries(st.sampled_from(["F", "a b", ""]), texts, max_size=1)),
        inputs=held,
        mutation=draw(st.none() | st.just({"tagName": "mutation", "list": ["]", 1, None]})),
        comment=draw(maybe_comment),
    )


def with_shape(*shapes: str) -> list[BlockType]:
    """The blocks of the catalogue that have one of the shapes and are written like any other."""
    own = {"procedures_definition", "procedures_call"}
    return [known for known in CATALOGUE.values() if known.shape in shapes and known.opcode not in own]


REPORTERS = with_shape("reporter", "boolean")
STACKED = with_shape("stack", "c", "e")
CAPS = with_shape("cap", "c cap")
HATS = with_shape("hat")


def reporters(name_set: NameSet, depth: int) -> st.SearchStrategy[Block]:
    """Blocks that report something."""
    usual = st.sampled_from(REPORTERS).flatmap(lambda known: filled(known, name_set, depth))
    return usual | usual | usual | st.deferred(lambda: unknown(name_set, depth))


@st.composite
def chains(draw: st.DrawFn, name_set: NameSet, depth: int) -> tuple[Block, ...]:
    """Blocks that hang together, without a hat."""
    usual = st.sampled_from(STACKED).flatmap(lambda known: filled(known, name_set, depth))
    one = usual | usual | usual | calls(name_set, depth) | st.deferred(lambda: unknown(name_set, depth))
    chain = draw(st.lists(one, max_size=3))
    if draw(st.integers(0, 4)) == 0:
        chain.append(draw(st.sampled_from(CAPS).flatmap(lambda known: filled(known, name_set, depth))))
    if chain and draw(st.integers(0, 29)) == 0:  # what no editor writes: a hat or reporter in the middle
        odd = draw(st.sampled_from([*HATS, *REPORTERS]).flatmap(lambda known: filled(known, name_set, depth)))
        chain.insert(draw(st.integers(0, len(chain))), odd)
    return tuple(chain)


def blocks(name_set: NameSet, depth: int = 2, opcodes: Iterable[str] = CATALOGUE) -> st.SearchStrategy[Block]:
    """Single blocks of the catalogue, of any shape."""
    own = {"procedures_definition", "procedures_call"}
    chosen = [CATALOGUE[opcode] for opcode in opcodes if opcode not in own]
    return st.sampled_from(chosen).flatmap(lambda known: filled(known, name_set, depth))


@st.composite
def scripts(draw: st.DrawFn, name_set: NameSet, depth: int = 2) -> Script:
    """Scripts of any kind, most of them under a hat."""
    x, y = draw(st.just((None, None)) | st.tuples(places, places))
    if draw(st.integers(0, 5)) == 0:
        return Script(blocks=(draw(reporters(name_set, depth)),), x=x, y=y)
    chain = draw(chains(name_set, depth))
    if not chain or draw(st.booleans()):
        hat = draw(st.sampled_from(HATS).flatmap(lambda known: filled(known, name_set, depth)))
        chain = (hat, *chain)
    return Script(blocks=chain, x=x, y=y)


@st.composite
def definitions(draw: st.DrawFn, name_set: NameSet, code: str) -> Script:
    """A definition of a custom block, with blocks that use its parameters."""
    marks = placeholders(code)
    parameter_names = draw(st.lists(names, min_size=len(marks), max_size=len(marks)))
    parameters = tuple(
        Parameter(
            name=name,
            kind="boolean" if mark == "%b" else "text",
            default=draw(st.sampled_from(["", "", "1", "a]"])),
        )
        for name, mark in zip(parameter_names, marks, strict=True)
    )
    head = Block(
        opcode="procedures_definition",
        procedure=Procedure(code=code, parameters=parameters, warp=draw(st.booleans())),
        comment=draw(maybe_comment),
    )
    x, y = draw(st.just((None, None)) | st.tuples(places, places))
    body = draw(chains(name_set, 1))
    uses = [
        Block(
            opcode="looks_say",
            inputs={
                "MESSAGE": Reporter(
                    block=Block(
                        opcode="argument_reporter_boolean"
                        if parameter.kind == "boolean"
                        else "argument_reporter_string_number",
                        fields={"VALUE": parameter.name},
                    ),
                    shadow=Shadow(opcode="text", value="Hello!"),
                )
            },
        )
        for parameter in parameters
    ]
    return Script(blocks=(head, *uses, *body), x=x, y=y)


def assets(extension: str) -> st.SearchStrategy[Asset]:
    """Files, held or only named."""

    def held(data: bytes) -> Asset:
        return Asset(
            extension=extension, data=data, digest=hashlib.md5(data, usedforsecurity=False).hexdigest()
        )

    return st.binary(max_size=120).map(held) | st.just(Asset(extension=extension, data=None, digest="a" * 32))


costumes = st.builds(
    Costume,
    name=names,
    asset=assets("svg"),
    centre_x=places,
    centre_y=places,
    bitmap_resolution=st.sampled_from([1, 2]),
)
sounds = st.builds(
    Sound,
    name=names,
    asset=assets("wav"),
    format=st.sampled_from(["", "adpcm"]),
    rate=st.sampled_from([48000, 22050]),
    sample_count=st.integers(0, 10**6),
)


def variables(limit: int = 4) -> st.SearchStrategy[tuple[Variable, ...]]:
    """Variables, each with a name of its own."""
    one = st.builds(Variable, name=names, value=values, cloud=st.sampled_from([False, False, True]))
    return st.lists(one, max_size=limit, unique_by=lambda variable: variable.name).map(tuple)


def lists(limit: int = 3) -> st.SearchStrategy[tuple[ListVariable, ...]]:
    """Lists, each with a name of its own."""
    items = st.lists(values, max_size=30).map(tuple)
    one = st.builds(ListVariable, name=names, items=items)
    return st.lists(one, max_size=limit, unique_by=lambda each: each.name).map(tuple)


@st.composite
def sprites(draw: st.DrawFn, stage: Sprite | None) -> Sprite:
    """The stage (``stage`` None), or a sprite that can use the stage's names."""
    own_variables, own_lists = draw(variables()), draw(lists())
    outer = (stage.variables, stage.lists) if stage else ((), ())
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=3))
    own_names = {each.name for each in own_variables}
    name_set = NameSet(
        variables=tuple(dict.fromkeys(each.name for each in (*own_variables, *outer[0]))),
        lists=tuple(dict.fromkeys(each.name for each in (*own_lists, *outer[1]))),
        hidden_variables=tuple(each.name for each in outer[0] if each.name in own_names),
        codes=tuple(codes),
    )
    found = draw(st.lists(scripts(name_set), max_size=3))
    found += [draw(definitions(name_set, code)) for code in codes]
    state: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {}, optional={"tempo": st.sampled_from([30, 90.5]), "videoState": st.just("off")}
        )
        if stage is None
        else st.fixed_dictionaries(
            {},
            optional={
                "x": places.filter(bool),
                "visible": st.just(False),
                "rotationStyle": st.just("left-right"),
            },
        )
    )
    return Sprite(
        name=draw(names) if stage else "Stage",
        is_stage=stage is None,
        variables=own_variables,
        lists=own_lists,
        broadcasts=draw(st.lists(names, max_size=2, unique=True).map(tuple)) if stage is None else (),
        scripts=tuple(found),
        comments=tuple(draw(st.lists(comments(), max_size=2))),
        costumes=tuple(draw(st.lists(costumes, max_size=2))),
        sounds=tuple(draw(st.lists(sounds, max_size=1))),
        volume=draw(st.sampled_from([100, 50, 0.5])),
        layer_order=None,
        state=state,
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Whole projects: a stage and up to two sprites."""
    stage = draw(sprites(None))
    others = tuple(draw(sprites(stage)) for _ in range(draw(st.integers(0, 2))))
    monitors = [
        Monitor(opcode="data_variable", params={"VARIABLE": each.name}, value=each.value, settings={"x": 9})
        for each in stage.variables[:1]
    ]
    monitors += [
        Monitor(opcode="data_listcontents", params={"LIST": each.name}, mode="list", value=each.items)
        for each in stage.lists[:1]
    ]
    return Project(
        sprites=(stage, *others),
        monitors=tuple(monitors),
        extensions=tuple(draw(st.lists(st.sampled_from(["pen", "my"]), unique=True))),
        meta=draw(st.sampled_from([{}, {"semver": "3.0.0", "agent": "me", "platform": {"name": "x]"}}])),
    )
