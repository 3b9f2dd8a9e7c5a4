"""Translates a sprite's scripts into Python, once, and makes them for each target that runs them.

A clone runs the same code over variables of its own. What single blocks become is said in
:mod:`~scratchgen.simulator.statements` and :mod:`~scratchgen.simulator.expressions`; here are the functions
around them: scripts, custom blocks with and without screen refresh, and where they find their variables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from scratchgen.errors import SimulationError
from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.program import Block, Procedure, Reference, Script, Sprite, all_blocks
from scratchgen.simulator import operations, values
from scratchgen.simulator.expressions import literal, slot
from scratchgen.simulator.fast import FastPath, Knowledge, fast_lines
from scratchgen.simulator.regions.compiler import Compiled
from scratchgen.simulator.signals import KILLED, NEXT_STEP, RUNNING, SETTLED, Signal
from scratchgen.simulator.statements import INDENT, edge_lines, statements
from scratchgen.simulator.variables import Names
from scratchgen.simulator.waiting import SETTLING, last_blocks, may_yield

__all__ = ["NAMESPACE", "Hat", "TranslatedSprite", "procedures_of", "translate_sprite"]

DEEPEST = 12
"""Python takes 20 nested blocks; a repeat may need two, so deeper blocks are moved out at 12."""

NAMESPACE: dict[str, Any] = {
    **{name: vars(operations)[name] for name in vars(operations) if not name.startswith("_")},
    **{name: vars(values)[name] for name in vars(values) if not name.startswith("_")},
    "RUNNING": RUNNING,
    "NEXT_STEP": NEXT_STEP,
    "KILLED": KILLED,
    "SETTLED": SETTLED,
    "SimulationError": SimulationError,
    "sqrt": math.sqrt,
    "inf": float("inf"),
    "nan": float("nan"),
}
"""What translated code may name besides its own target and machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hat:
    """A script's hat: its opcode, its menus in capital letters, and the Python name of its function."""

    opcode: str
    fields: Mapping[str, str]
    function: str
    block: Block


Mode = Literal["plain", "warp", "enters warp"]
"""With screen refresh; without it; without it, in a custom block called from where there is refresh."""

ScriptFunction = Callable[[Any], Generator[Signal, None, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedSprite:
    """A sprite's code. ``source`` is the Python text; ``bind`` makes its functions for one target."""

    hats: tuple[Hat, ...]
    source: str
    names: Names
    bind: Callable[..., dict[str, ScriptFunction]]


def translate_sprite(sprite: Sprite, names: Names, knowledge: Knowledge | None = None) -> TranslatedSprite:
    """Translate all scripts of a sprite that begin with a hat; loose blocks never run.

    With ``knowledge`` of the project, what can be is compiled as a whole besides. SimulationError when the
    nesting is deeper than Python can take.
    """
    try:
        return _Translator(sprite, names, knowledge).translate()
    except RecursionError:
        raise SimulationError(
            "its blocks are nested too deeply to be run", where=f"sprite {sprite.name!r}"
        ) from None


def procedures_of(sprite: Sprite) -> dict[str, tuple[Procedure, tuple[Block, ...]]]:
    """Return a sprite's custom blocks by their code; of two of one code the engine takes the first."""
    found: dict[str, tuple[Procedure, tuple[Block, ...]]] = {}
    for script in sprite.scripts:
        definition = script.blocks[0].procedure
        if definition is not None:
            found.setdefault(definition.code, (definition, script.blocks[1:]))
    return found


class _Translator:
    """Collects the functions of one sprite."""

    def __init__(self, sprite: Sprite, names: Names, knowledge: Knowledge | None) -> None:
        self.sprite = sprite
        self.names = names
        self.procedures = procedures_of(sprite)
        self.calls = {code: self._called(blocks) for code, (_, blocks) in self.procedures.items()}
        self.yielding = self._yielding()
        self.recursive = {code for code in self.procedures if self._reaches(code, code)}
        self.settling = self._settling()
        self.fast = (
            FastPath(names=names, procedures=self.procedures, knowledge=knowledge) if knowledge else None
        )
        self.functions: dict[tuple[str, Mode, bool], str] = {}
        self.waiting: list[tuple[str, Mode, bool]] = []
        self.lines: list[str] = []
        self.temporaries = 0

    def translate(self) -> TranslatedSprite:
        hats = [
            self._hat(script, number)
            for number, script in enumerate(self.sprite.scripts)
            if _is_hat(script.blocks[0])
        ]
        while self.waiting:
            self._procedure(*self.waiting.pop())
        names = [hat.function for hat in hats]
        body = [
            "def bind(machine, target, own, shared, own_lists, shared_lists, random, profile):",
            *(INDENT + line for line in self._list_names()),
            *(INDENT + line for line in self.lines),
            f"{INDENT}return {{{', '.join(f'{name!r}: {name}' for name in names)}}}",
        ]
        source = "\n".join(body) + "\n"
        namespace = dict(NAMESPACE)
        try:
            exec(compile(source, f"<sprite {self.sprite.name}>", "exec"), namespace)
        except (MemoryError, SyntaxError) as fault:
            raise RecursionError(str(fault)) from None
        return TranslatedSprite(hats=tuple(hats), source=source, names=self.names, bind=namespace["bind"])

    def _list_names(self) -> list[str]:
        lines = []
        for side, count in (("own", self.names.own_lists), ("shared", self.names.shared_lists)):
            lines += [f"{side}_list_{place} = {side}_lists[{place}]" for place in count.values()]
        return lines

    # -- what calls what

    def _called(self, blocks: tuple[Block, ...]) -> set[str]:
        return {block.call for block in all_blocks(blocks) if block.call in self.procedures and block.call}

    def _reaches(self, start: str, goal: str) -> bool:
        seen: set[str] = set()
        todo = [start]
        while todo:
            for code in self.calls[todo.pop()] - seen:
                if code == goal:
                    return True
                seen.add(code)
                todo.append(code)
        return False

    def _yielding(self) -> set[str]:
        """Return the custom blocks whose lines may yield, themselves or through what they call."""
        found = {
            code for code, (_, blocks) in self.procedures.items() if any(map(may_yield, all_blocks(blocks)))
        }
        # a call of itself may have to yield in the engine, and is kept on a stack of ours besides
        found |= {code for code in self.procedures if self._reaches(code, code)}
        while more := {code for code, called in self.calls.items() if called & found} - found:
            found |= more
        return found

    def _settling(self) -> set[str]:
        """Return the custom blocks whose last deed may be to wait for an alarm."""
        found: set[str] = set()
        while True:
            more = {
                code
                for code, (_, blocks) in self.procedures.items()
                if any(last.opcode in SETTLING or last.call in found for last in last_blocks(blocks))
            }
            if more == found:
                return found
            found = more

    def may_settle(self, block: Block) -> bool:
        """Tell whether the last that a block does may be to wait for an alarm."""
        return any(last.opcode in SETTLING or last.call in self.settling for last in last_blocks((block,)))

    # -- functions

    def _hat(self, script: Script, number: int) -> Hat:
        first, *rest = script.blocks
        function = f"script_{number}"
        scope = _Scope(translator=self, title=_title(first))
        body = [*edge_lines(first, number, scope), *statements(tuple(rest), scope)]
        self._define(function, "thread", [*body, "if False:", INDENT + "yield RUNNING"])
        fields = {
            name: (entry.name if isinstance(entry, Reference) else entry).upper()
            for name, entry in first.fields.items()
        }
        return Hat(opcode=first.opcode, fields=fields, function=function, block=first)

    def function_for(self, code: str, *, warp: bool, is_slow: bool) -> str:
        """Return the Python name of a custom block's function, translating it when it is first wanted.

        ``warp`` tells whether the call stands where the screen is not refreshed, ``is_slow`` whether it
        stands where a fast form could not be used: then none is made for what is called.
        """
        procedure, blocks = self.procedures[code]
        mode: Mode = "warp" if warp else "plain"
        if procedure.warp and not warp:
            mode = "enters warp" if any(map(self.may_settle, blocks)) else "warp"
        wanted = (code, mode, is_slow)
        if wanted not in self.functions:
            self.functions[wanted] = f"block_{len(self.functions)}"
            self.waiting.append(wanted)
        return self.functions[wanted]

    def _procedure(self, code: str, mode: Mode, is_slow: bool) -> None:
        procedure, blocks = self.procedures[code]
        parameters = {parameter.name: f"p{place}" for place, parameter in enumerate(procedure.parameters)}
        scope = _Scope(translator=self, title=code, parameters=parameters, mode=mode, is_slow=is_slow)
        arguments = ", ".join(["thread", *(f"p{place}" for place in range(len(procedure.parameters)))])
        self._define(self.functions[code, mode, is_slow], arguments, statements(blocks, scope))

    def _define(self, name: str, arguments: str, body: list[str]) -> None:
        self.lines += [f"def {name}({arguments}):", *(INDENT + line for line in body)]

    def fast_function(self, compiled: Compiled, scope: _Scope) -> str:
        """Make a function of a stretch that was compiled as a whole, and return its call."""
        self.temporaries += 1
        name = f"fast_{self.temporaries}"
        arguments = ", ".join(["thread", *scope.parameters.values()])
        self._define(name, arguments, fast_lines(compiled))
        return f"{name}({arguments})"

    def outlined(self, body: list[str], scope: _Scope) -> list[str]:
        """Make a function of lines, and return those that call it."""
        self.temporaries += 1
        name = f"part_{self.temporaries}"
        arguments = ", ".join(["thread", *scope.parameters.values()])
        self._define(name, arguments, body)
        call = f"{name}({arguments})"
        if any(line.lstrip().startswith("yield") or "yield from" in line for line in body):
            call = f"(yield from {call})"
        return [f"if {call}:", INDENT + "return True"]

    def hoisted(self, code: str, scope: _Scope) -> str:
        """Make a function of an expression, and return its call."""
        self.temporaries += 1
        name = f"value_{self.temporaries}"
        arguments = ", ".join(["thread", *scope.parameters.values()])
        self._define(name, arguments, [f"return {code}"])
        return f"{name}({arguments})"


@dataclass(frozen=True, kw_only=True)
class _Scope:
    """Where blocks stand: how deep, with which parameters, with screen refresh or without."""

    translator: _Translator
    title: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    mode: Mode = "plain"
    depth: int = 0
    enclosing: int = 0
    is_slow: bool = False

    def variable(self, reference: Reference) -> str:
        return self.translator.names.variable(reference)

    def list_name(self, reference: Reference) -> str:
        return self.translator.names.list_name(reference)

    def parameter(self, name: str) -> str | None:
        return self.parameters.get(name)

    def temporary(self) -> str:
        self.translator.temporaries += 1
        return f"t{self.translator.temporaries}"

    def hoist(self, code: str) -> str:
        return self.translator.hoisted(code, self)

    def deeper(self, levels: int) -> _Scope:
        return replace(self, depth=self.depth + levels, enclosing=self.enclosing + 1)

    def fast_runs(self, blocks: tuple[Block, ...]) -> dict[int, tuple[int, str]]:
        fast = self.translator.fast
        if fast is None or self.is_slow:
            return {}
        return {
            start: (end, self.translator.fast_function(compiled, self))
            for start, end, compiled in fast.runs(blocks, warp=self.warp, parameters=self.parameters)
        }

    def slow(self) -> _Scope:
        return replace(self, depth=self.depth + 1, is_slow=True)

    def outline(self, blocks: tuple[Block, ...]) -> list[str] | None:
        if self.depth < DEEPEST or not blocks:
            return None
        return self.translator.outlined(statements(blocks, replace(self, depth=0)), self)

    def unknown(self, block: Block) -> str:
        place = f"sprite {self.translator.sprite.name!r}, script {self.title!r}"
        label = CATALOGUE[block.opcode].label if block.opcode in CATALOGUE else ""
        return f"machine.unknown({block.opcode!r}, {label!r}, {place!r})"

    @property
    def warp(self) -> bool:
        return self.mode != "plain"

    def may_settle(self, block: Block) -> bool:
        return self.translator.may_settle(block)

    def after_settling(self, blocks: tuple[Block, ...]) -> list[str]:
        if self.mode != "enters warp" or self.enclosing:
            return []
        # the engine loses a custom block's own "without screen refresh" when a wait in it is over
        plain = replace(self, mode="plain", depth=0)
        [call, _] = self.translator.outlined(statements(blocks, plain), plain)
        return [f"return {call.removeprefix('if ').removesuffix(':')}"]

    def call(self, block: Block) -> list[str]:
        translator = self.translator
        code = block.call
        if code is None or code not in translator.procedures:
            return ["pass"]
        procedure = translator.procedures[code][0]
        arguments = ["thread"]
        for place, parameter in enumerate(procedure.parameters):
            given = slot(block, str(place), self) if str(place) in block.inputs else None
            arguments.append(given.text if given else literal(parameter.default))
        function = translator.function_for(code, warp=self.warp, is_slow=self.is_slow)
        call = f"{function}({', '.join(arguments)})"
        turn = ["thread.left -= 1"] if self.warp else []
        if code not in translator.yielding:
            return [*turn, call]
        if self.warp:
            turn += ["if thread.left < 0:", f"{INDENT}yield RUNNING"]
        if code not in translator.recursive:
            return [*turn, f"yield from {call}"]
        if self.warp:
            # the thread's own stack takes it, so that recursion may be of any depth
            return [*turn, f"yield {call}"]
        lines = (
            []
            if procedure.warp
            else [f"if thread.is_recursive({code!r}, {self.enclosing}):", f"{INDENT}yield RUNNING"]
        )
        return [
            *lines,
            f"thread.calls.append(({code!r}, {self.enclosing}))",
            f"yield {call}",
            "thread.calls.pop()",
        ]


def _is_hat(block: Block) -> bool:
    return block.opcode != "procedures_definition" and (
        block.opcode in CATALOGUE and CATALOGUE[block.opcode].shape == "hat"
    )


def _title(hat: Block) -> str:
    """Return a script's hat in words."""
    label = CATALOGUE[hat.opcode].label
    for place, argument in enumerate(CATALOGUE[hat.opcode].arguments, start=1):
        entry = hat.fields.get(argument.name, "…")
        label = label.replace(f"%{place}", entry.name if isinstance(entry, Reference) else entry)
    return label
