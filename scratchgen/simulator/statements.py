"""Translates stack blocks into lines of Python.

A script becomes a generator: where the engine lets other threads go on, it yields. What a yield means, and
how long a thread may work without one, is the machine's; here stand only the places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from scratchgen.scratch.program import Block, Reference
from scratchgen.simulator.categories import EDGE_HATS, STATEMENT_ROWS
from scratchgen.simulator.expressions import (
    Scope,
    argument_codes,
    called,
    literal,
    number,
    slot,
    text,
    truth,
)
from scratchgen.simulator.rows import Row
from scratchgen.simulator.waiting import branch

__all__ = ["STATEMENTS", "StatementScope", "edge_lines", "statements"]

INDENT = "    "
YIELD = "yield RUNNING"


class StatementScope(Scope, Protocol):
    """Where statements stand; besides a reporter's scope, how loops and calls work there."""

    @property
    def warp(self) -> bool:
        """Whether the script runs without screen refresh here."""
        ...

    @property
    def depth(self) -> int:
        """How many Python blocks stand around."""
        ...

    def deeper(self, levels: int) -> StatementScope:
        """Return the scope inside so many more Python blocks."""
        ...

    def outline(self, blocks: tuple[Block, ...]) -> list[str] | None:
        """Move blocks into a function of their own where they stand too deep; the lines that call it."""
        ...

    def call(self, block: Block) -> list[str]:
        """Return the lines that call a custom block."""
        ...

    def may_settle(self, block: Block) -> bool:
        """Tell whether the last that a block does may be to wait for an alarm."""
        ...

    def after_settling(self, blocks: tuple[Block, ...]) -> list[str]:
        """Return lines for the blocks after such a wait where they run otherwise than without it."""
        ...

    def fast_runs(self, blocks: tuple[Block, ...]) -> dict[int, tuple[int, str]]:
        """Return where stretches begin that have a fast form: their ends, and the call that tells whether it
        was used."""
        ...

    def slow(self) -> StatementScope:
        """Return the scope for the blocks of a stretch where its fast form is not used."""
        ...


def statements(blocks: tuple[Block, ...], scope: StatementScope) -> list[str]:
    """Return the lines for blocks under one another; ``pass`` where there are none."""
    outlined = scope.outline(blocks)
    if outlined is not None:
        return outlined
    lines: list[str] = []
    runs = scope.fast_runs(blocks)
    place = 0
    while place < len(blocks):
        if place in runs:
            end, call = runs[place]
            slow = scope.slow()
            lines.append(f"if not {call}:")
            for block in blocks[place:end]:  # none of these waits
                lines += _indented(_statement(block, slow))
            place = end
            continue
        lines += _statement(blocks[place], scope)
        rest = blocks[place + 1 :]
        if rest and scope.may_settle(blocks[place]):
            lines += ["if thread.is_settling:", *_indented(["yield SETTLED", *scope.after_settling(rest)])]
        place += 1
    return lines or ["pass"]


def _statement(block: Block, scope: StatementScope) -> list[str]:
    translate = STATEMENTS.get(block.opcode)
    return [scope.unknown(block)] if translate is None else translate(block, scope)


def _indented(lines: list[str]) -> list[str]:
    return [INDENT + line for line in lines]


# -- control


def _turn(body: tuple[Block, ...], scope: StatementScope) -> list[str]:
    """Return the lines at the end of a loop's turn."""
    turn = ["thread.left -= 1", "if thread.left < 0:", INDENT + YIELD] if scope.warp else [YIELD]
    if not (body and scope.may_settle(body[-1])):
        return turn
    # a loop whose turn ends with such a wait has had its turn
    return ["if thread.is_settling:", INDENT + "yield SETTLED", "else:", *_indented(turn)]


def _drawn_anew(name: str, *codes: str) -> list[str]:
    """Return the lines for what the engine computes anew each time it comes back to a block that goes on.

    That counts only where it draws at random, as later draws then give other numbers.
    """
    return [f"{name}_again = {code}" for code in codes if "random" in code]


def _repeat(block: Block, scope: StatementScope) -> list[str]:
    code, body = slot(block, "TIMES", scope), branch(block, "SUBSTACK")
    left = scope.temporary()
    begin = [f"{left} = turns({code.text})"]
    again = _drawn_anew(left, code.text)
    if scope.warp and not again and all(block.opcode in WITHOUT_TURNS for block in body):
        inner = scope.deeper(2)
        return [
            *begin,
            f"while {left} > 0:",
            f"{INDENT}{left}_now = min({left}, thread.left + 1)",
            f"{INDENT}for _ in range({left}_now):",
            *_indented(_indented(statements(body, inner))),
            f"{INDENT}{left} -= {left}_now",
            f"{INDENT}thread.left -= {left}_now",
            f"{INDENT}if thread.left < 0:",
            f"{INDENT}{INDENT}{YIELD}",
        ]
    inner = scope.deeper(1)
    return [
        *begin,
        f"while {left} > 0:",
        *_indented([f"{left} -= 1", *statements(body, inner), *_turn(body, scope), *again]),
    ]


def _loop(form: str, *, negated: bool = False) -> Callable[[Block, StatementScope], list[str]]:
    def translate(block: Block, scope: StatementScope) -> list[str]:
        check = truth(block, "CONDITION", scope).text if "{}" in form else ""
        head = form.format(f"not {check}" if negated else check)
        body = branch(block, "SUBSTACK")
        return [head, *_indented([*statements(body, scope.deeper(1)), *_turn(body, scope)])]

    return translate


def _for_each(block: Block, scope: StatementScope) -> list[str]:
    variable = scope.variable(_reference(block, "VARIABLE"))
    index, code = scope.temporary(), slot(block, "VALUE", scope)
    body = branch(block, "SUBSTACK")
    inside = [f"{index} += 1.0", f"{variable} = {index}", *statements(body, scope.deeper(1))]
    return [
        f"{index} = 0.0",
        f"while {index} < number_or_nan({code.text}):",
        *_indented([*inside, *_turn(body, scope)]),
    ]


def _if(block: Block, scope: StatementScope) -> list[str]:
    body = statements(branch(block, "SUBSTACK"), scope.deeper(1))
    return [f"if {truth(block, 'CONDITION', scope).text}:", *_indented(body)]


def _if_else(block: Block, scope: StatementScope) -> list[str]:
    otherwise = statements(branch(block, "SUBSTACK2"), scope.deeper(1))
    return [*_if(block, scope), "else:", *_indented(otherwise)]


def _all_at_once(block: Block, scope: StatementScope) -> list[str]:
    return statements(branch(block, "SUBSTACK"), scope.deeper(0))


def _wait(block: Block, scope: StatementScope) -> list[str]:
    start, duration = scope.temporary(), number(slot(block, "DURATION", scope), scope)
    pause = [*_pause(scope), *_drawn_anew(start, duration)]
    return [
        f"{start}, {start}_wait = machine.now, 1000 * {duration}",
        "machine.redraw = True",
        *pause,
        f"while machine.now - {start} < {start}_wait:",
        *_indented(pause),
    ]


def _wait_until(block: Block, scope: StatementScope) -> list[str]:
    return [f"while not {truth(block, 'CONDITION', scope).text}:", *_indented(_pause(scope))]


def _pause(scope: StatementScope) -> list[str]:
    """Return the lines with which a block that waits lets others go on.

    Without screen refresh the engine tries again and again until the thread's time is up; nothing else can
    run meanwhile, so nothing is lost by giving the time up at once.
    """
    return ["thread.left = -1", YIELD] if scope.warp else [YIELD]


STOPS = {
    "all": ["machine.stop_all()", "yield KILLED"],
    "this script": ["return True"],
    "other scripts in sprite": ["machine.stop_others(thread)"],
    "other scripts in stage": ["machine.stop_others(thread)"],
}


def _stop(block: Block, scope: StatementScope) -> list[str]:
    return list(STOPS.get(str(block.fields["STOP_OPTION"]), ["pass"]))


def _create_clone(block: Block, scope: StatementScope) -> list[str]:
    return [f"machine.create_clone(target, {text(slot(block, 'CLONE_OPTION', scope))})"]


def _delete_clone(block: Block, scope: StatementScope) -> list[str]:
    return ["if machine.delete_clone(target):", INDENT + "yield KILLED"]


# -- events


def _broadcast(block: Block, scope: StatementScope) -> list[str]:
    return [f"machine.broadcast({text(slot(block, 'BROADCAST_INPUT', scope))})"]


def _broadcast_and_wait(block: Block, scope: StatementScope) -> list[str]:
    threads, name = scope.temporary(), text(slot(block, "BROADCAST_INPUT", scope))
    return [
        f"{threads} = machine.broadcast({name})",
        f"while machine.any_alive({threads}):",
        f"{INDENT}if machine.all_waiting({threads}):",
        f"{INDENT}{INDENT}yield NEXT_STEP",
        f"{INDENT}else:",
        *_indented(_indented(_pause(scope))),
        *_indented(_drawn_anew(threads, name)),
    ]


# -- data


def _reference(block: Block, name: str) -> Reference:
    field = block.fields[name]
    return field if isinstance(field, Reference) else Reference(name=field)


def _set_variable(block: Block, scope: StatementScope) -> list[str]:
    return [f"{scope.variable(_reference(block, 'VARIABLE'))} = {slot(block, 'VALUE', scope).text}"]


def _change_variable(block: Block, scope: StatementScope) -> list[str]:
    variable, name = scope.variable(_reference(block, "VARIABLE")), scope.temporary()
    old = f"({name} if type({name} := {variable}) is float and {name} == {name} else to_number({name}))"
    return [f"{variable} = {old} + {number(slot(block, 'VALUE', scope), scope)}"]


def _on_list(form: str, *names: str) -> Callable[[Block, StatementScope], list[str]]:
    def translate(block: Block, scope: StatementScope) -> list[str]:
        items = scope.list_name(_reference(block, "LIST"))
        return [form.format(items, *(slot(block, name, scope).text for name in names))]

    return translate


def _monitor(shown: bool, field: str) -> Callable[[Block, StatementScope], list[str]]:
    def translate(block: Block, scope: StatementScope) -> list[str]:
        reference = _reference(block, field)
        place = scope.list_name(reference) if field == "LIST" else scope.variable(reference)
        owner = "machine.stage" if place.startswith("shared") else "target"
        return [f"machine.show_monitor({owner}, {literal(reference.name)}, {shown})"]

    return translate


# -- looks


def _say(kind: str) -> Callable[[Block, StatementScope], list[str]]:
    def translate(block: Block, scope: StatementScope) -> list[str]:
        return [f"machine.bubbles.say(target, {kind!r}, {slot(block, 'MESSAGE', scope).text})"]

    return translate


def _say_for(kind: str) -> Callable[[Block, StatementScope], list[str]]:
    def translate(block: Block, scope: StatementScope) -> list[str]:
        message, seconds = slot(block, "MESSAGE", scope).text, slot(block, "SECS", scope).text
        return [f"yield machine.bubbles.say_for(target, {kind!r}, {message}, {seconds})"]

    return translate


# -- blocks that are calls


def _row(row: Row) -> Callable[[Block, StatementScope], list[str]]:
    def translate(block: Block, scope: StatementScope) -> list[str]:
        if row.waits == "never":
            return [called(row, block, scope).text]
        call = called(row, block, scope, "thread").text
        if row.waits == "alarm" or "random" not in call:
            return [f"yield from {call}"]
        signal = scope.temporary()
        again = _drawn_anew(signal, f"({argument_codes(row, block, scope)})")
        return [f"for {signal} in {call}:", *_indented([f"yield {signal}", *again])]

    return translate


def edge_lines(hat: Block, number_of_script: int, scope: StatementScope) -> list[str]:
    """Return the lines that begin a script whose hat looks itself whether its time has come."""
    if hat.opcode not in EDGE_HATS:
        return []
    row = EDGE_HATS[hat.opcode]
    check = called(row, hat, scope).text if row else scope.unknown(hat)
    return [
        f"if not machine.rises(target, {number_of_script}, {check}):",
        f"{INDENT}return",
        YIELD,
    ]


STATEMENTS: Mapping[str, Callable[[Block, StatementScope], list[str]]] = {
    "control_repeat": _repeat,
    "control_forever": _loop("while True:"),
    "control_repeat_until": _loop("while {}:", negated=True),
    "control_while": _loop("while {}:"),
    "control_for_each": _for_each,
    "control_if": _if,
    "control_if_else": _if_else,
    "control_all_at_once": _all_at_once,
    "control_wait": _wait,
    "control_wait_until": _wait_until,
    "control_stop": _stop,
    "control_create_clone_of": _create_clone,
    "control_delete_this_clone": _delete_clone,
    "control_incr_counter": lambda block, scope: ["machine.counter += 1.0"],
    "control_clear_counter": lambda block, scope: ["machine.counter = 0.0"],
    "event_broadcast": _broadcast,
    "event_broadcastandwait": _broadcast_and_wait,
    "data_setvariableto": _set_variable,
    "data_changevariableby": _change_variable,
    "data_showvariable": _monitor(True, "VARIABLE"),
    "data_hidevariable": _monitor(False, "VARIABLE"),
    "data_showlist": _monitor(True, "LIST"),
    "data_hidelist": _monitor(False, "LIST"),
    "data_addtolist": _on_list("append({}, {})", "ITEM"),
    "data_deleteoflist": _on_list("delete({}, {}, random)", "INDEX"),
    "data_deletealloflist": _on_list("{}.clear()"),
    "data_insertatlist": _on_list("insert({}, {}, {}, random)", "ITEM", "INDEX"),
    "data_replaceitemoflist": _on_list("replace({}, {}, {}, random)", "INDEX", "ITEM"),
    "looks_say": _say("say"),
    "looks_think": _say("think"),
    "looks_sayforsecs": _say_for("say"),
    "looks_thinkforsecs": _say_for("think"),
    "procedures_call": lambda block, scope: scope.call(block),
    **{opcode: _row(row) for opcode, row in STATEMENT_ROWS.items()},
}
"""Every stack block that the simulator knows."""

WITHOUT_TURNS = frozenset(
    opcode for opcode in STATEMENTS if opcode.startswith(("data_", "looks_say", "looks_think"))
) - {"looks_sayforsecs", "looks_thinkforsecs"}
"""Blocks that neither wait nor loop nor call: a loop of these alone can do many turns without a look up."""
