"""What blocks do besides giving a value: whether they write, draw at random, wait, or can be left out.

Passes ask here before they drop, repeat or move anything. What is not named here counts as doing something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scratchgen.codegen.passes.rewriting import expressions_in, stacked
from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.program import Block, Procedure, Reference, Reporter, Script, Shadow, Sprite

__all__ = [
    "WRITERS",
    "Names",
    "Place",
    "always_the_same",
    "defined_procedures",
    "is_plain",
    "plain_procedures",
    "writes_only",
]

WRITERS: Mapping[str, str] = {
    "data_setvariableto": "VARIABLE",
    "data_changevariableby": "VARIABLE",
    "data_addtolist": "LIST",
    "data_insertatlist": "LIST",
    "data_replaceitemoflist": "LIST",
    "data_deleteoflist": "LIST",
    "data_deletealloflist": "LIST",
}
"""The blocks that change a variable or list and do nothing else, and the field that names it."""

NUMERIC = frozenset(
    """
    operator_add operator_subtract operator_multiply operator_divide operator_mod operator_round
    operator_mathop operator_length data_lengthoflist data_itemnumoflist
    """.split()
)
"""Reporters whose value is a number whatever lies in their slots."""
PURE = NUMERIC | frozenset(
    """
    operator_lt operator_gt operator_equals operator_and operator_or operator_not operator_join
    operator_letter_of operator_contains data_variable data_itemoflist data_listcontents
    data_listcontainsitem argument_reporter_string_number argument_reporter_boolean
    """.split()
)
"""Reporters that give the same value as long as what they read is the same."""

DRAWING_PLACES = frozenset({"random", "any"})
"""As the place of an item, these words draw one at random."""

PLAIN_STATEMENTS = frozenset(WRITERS) | frozenset(
    """
    control_if control_if_else control_repeat control_repeat_until control_while control_for_each
    looks_say looks_think procedures_call
    data_showvariable data_hidevariable data_showlist data_hidelist
    """.split()
)
"""Blocks that neither wait nor stop anything nor start other scripts."""


def draws_a_place(block: Block) -> bool:
    """Tell whether the place that a block's slot names in a list may be drawn at random."""
    match block.inputs.get("INDEX"):
        case None:
            return False
        case Shadow(value=value):
            return value in DRAWING_PLACES
        case Reporter(block=Block(opcode=opcode)):
            return opcode not in NUMERIC  # a variable may hold the word
    return True


def is_pure(block: Block) -> bool:
    """Tell whether a reporter, what lies in its slots aside, depends on nothing but what it reads."""
    return block.opcode in PURE and not draws_a_place(block)


def always_the_same(block: Block) -> bool:
    """Tell whether the reporters in a block's slots give the same values as long as what they read does."""
    return all(map(is_pure, expressions_in(block)))


def writes_only(block: Block) -> bool:
    """Tell whether a block does nothing but change a variable or list."""
    return block.opcode in WRITERS and not draws_a_place(block) and always_the_same(block)


@dataclass(frozen=True, slots=True)
class Place:
    """A variable or list: the kind of field that names it, whether it is the stage's, and its name."""

    kind: str
    on_stage: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The variables and lists that a sprite has itself, by kind and name."""

    own: frozenset[tuple[str, str]]
    words: frozenset[str]
    """The names alone."""
    is_stage: bool

    @classmethod
    def of(cls, sprite: Sprite) -> Names:
        """Return the names of a sprite."""
        variables = [("VARIABLE", each.name) for each in sprite.variables]
        own = frozenset([*variables, *(("LIST", each.name) for each in sprite.lists)])
        return cls(own=own, words=frozenset(name for _, name in own), is_stage=sprite.is_stage)

    def places(self, block: Block) -> list[Place]:
        """Return the variables and lists that a block's fields name."""
        return [
            self._place(name, field if isinstance(field, Reference) else Reference(name=field))
            for name, field in block.fields.items()
            if isinstance(field, Reference) or name in ("VARIABLE", "LIST")
        ]

    def _place(self, kind: str, reference: Reference) -> Place:
        hidden = reference.scope == "stage" or (kind, reference.name) not in self.own
        return Place(kind, hidden and not self.is_stage, reference.name)


# -- custom blocks


def defined_procedures(sprite: Sprite) -> Mapping[str, tuple[Procedure, Script]]:
    """Return a sprite's custom blocks by their code; of two of one code the first, as the engine does."""
    found: dict[str, tuple[Procedure, Script]] = {}
    for script in sprite.scripts:
        if script.blocks and (procedure := script.blocks[0].procedure) is not None:
            found.setdefault(procedure.code, (procedure, script))
    return found


def plain_procedures(sprite: Sprite) -> Mapping[str, Script]:
    """Return the custom blocks in which and in whose callees nothing waits, stops or calls itself.

    What is called comes before what calls it. Such blocks leave no trace of how they are nested: neither a
    wait at their end nor the engine's look for recursion can tell whether they are there.
    """
    waiting = {code: script for code, (_, script) in defined_procedures(sprite).items()}
    known = frozenset(waiting)
    found: dict[str, Script] = {}
    while True:
        more = {code: script for code, script in waiting.items() if is_plain(script, found, known)}
        if not more:
            return found
        found |= more
        waiting = {code: script for code, script in waiting.items() if code not in more}


def is_plain(script: Script, plain: Mapping[str, Script], known: frozenset[str]) -> bool:
    """Tell whether nothing in a script waits, stops or starts anything; ``known`` are all custom blocks."""
    for block in stacked(script.blocks[1:]):
        if block.opcode not in PLAIN_STATEMENTS:
            return False
        if block.call is not None and block.call in known and block.call not in plain:
            return False
        if not all(_is_core_reporter(each) for each in expressions_in(block)):
            return False
    return True


def _is_core_reporter(block: Block) -> bool:
    row = CATALOGUE.get(block.opcode)
    return row is not None and row.shape in ("reporter", "boolean") and not row.extension
