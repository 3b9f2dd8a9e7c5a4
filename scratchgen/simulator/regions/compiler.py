"""Compiles a routine's statements into lines of Python over local names.

What is known of each variable and list is carried from statement to statement. A loop is gone through, with
nothing written, until what is known at the start of a turn holds at the start of every turn: what a turn only
adds to a variable is multiplied by the turns, all else is joined until it no longer changes.

In lanes a condition may differ from lane to lane. Then both branches are done, and every value that they set
is chosen by a mask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from scratchgen.simulator.regions.facts import (
    ANY,
    NOTHING_ADDED,
    UNKNOWN_LIST,
    Fact,
    ListFact,
    State,
)
from scratchgen.simulator.regions.list_changes import change_list
from scratchgen.simulator.regions.loops import Loop
from scratchgen.simulator.regions.ranges import Range, hull
from scratchgen.simulator.regions.refinement import refined
from scratchgen.simulator.regions.routine import (
    Assign,
    Branch,
    Call,
    Change,
    Expression,
    ListChange,
    NotStraight,
    Operation,
    Read,
    Repeat,
    Slot,
    Statement,
    expressions_of,
    walk_expression,
    walk_statements,
)
from scratchgen.simulator.regions.terms import Term, as_number, as_value, condition, term_of

__all__ = ["Compiled", "compile_routine"]

INDENT = "    "
DEEPEST = 12
"""Python takes 20 nested blocks."""
ROUNDS = 4
"""So often a loop is gone through before what still changes counts as unknown."""
MOST_WORK = 20_000
"""Statements gone through, loops anew each time, before a routine counts as too long."""
MOST_TURNS = 2.0**20
"""So often a loop may repeat for its sums to be bounded; the stopwatch allows no more than 64,001 turns."""
ONE = Range(1.0, 1.0, whole=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A routine in Python.

    ``lines`` use the local names in ``locals``. ``loaded`` are the slots whose value from before is needed,
    with the facts that must hold of them; ``written`` those to be stored afterwards, as the expressions of
    their values. ``looks`` bounds how often the engine looks at its stopwatch. ``lists_read`` are the lists
    of which something from before is needed, ``lists_written`` those that change. ``final`` is what is known
    at the end.
    """

    lines: list[str]
    locals: Mapping[Slot, str]
    loaded: Mapping[Slot, Fact]
    written: Mapping[Slot, str]
    looks: Range
    lists_read: frozenset[str]
    lists_written: frozenset[str]
    final: State


def compile_routine(
    statements: tuple[Statement, ...],
    *,
    entry: Callable[[Slot], Fact],
    lists: Mapping[str, ListFact],
    note_looks: bool = True,
) -> Compiled:
    """Compile statements; NotStraight if it fails.

    ``entry`` tells what a slot is expected to hold before, ``lists`` what is known of lists; one that is not
    there may hold anything. With ``note_looks`` the lines count the looks at the
    stopwatch on ``thread.left`` where they are not the same every time.
    """
    compiled = _Compiler(statements, entry, lists, note_looks=False).compile()
    if not note_looks or compiled.looks.low == compiled.looks.high:
        return compiled
    return _Compiler(statements, entry, lists, note_looks=True).compile()


@dataclass(slots=True)
class _Lines:
    """What was written so far; nothing is kept while a loop is only gone through."""

    is_kept: bool = True
    found: list[str] = field(default_factory=list)

    def write(self, line: str, depth: int) -> None:
        if self.is_kept:
            self.found.append(INDENT * depth + line)


class _Compiler:
    def __init__(
        self,
        statements: tuple[Statement, ...],
        entry: Callable[[Slot], Fact],
        lists: Mapping[str, ListFact],
        *,
        note_looks: bool,
    ) -> None:
        self.statements = statements
        self.note_looks = note_looks
        self.entry = {slot: replace(entry(slot), is_entry=True, added=None) for slot in _slots_of(statements)}
        self.entry_lists = {
            name: replace(lists.get(name, UNKNOWN_LIST), is_entry=True) for name in _lists_of(statements)
        }
        changed = {each for each in walk_statements(statements) if isinstance(each, ListChange)}
        self.resized = {each.items for each in changed if each.opcode != "data_replaceitemoflist"}
        self.locals = {slot: f"v{place}" for place, slot in enumerate(self.entry)}
        self.not_integers: set[Slot] = set()

    def compile(self) -> Compiled:
        while True:
            self.state = State(slots=dict(self.entry), lists=dict(self.entry_lists))
            self.lines = _Lines()
            self.depth, self.mask, self.temporaries, self.work = 0, "", 0, 0
            self.loaded: dict[Slot, Fact] = {}
            self.lists_read: set[str] = set()
            self.looks: Range | None = NOTHING_ADDED
            known = len(self.not_integers)
            self.stack(self.statements)
            written = self.written()
            for slot in written:
                if self.state.slots[slot].is_entry:  # it may hold what it held before
                    self.loaded.setdefault(slot, ANY)
            self.not_integers |= self.loaded.keys()
            values = {slot: as_value(self._term(slot)) for slot in written if slot.place}
            if len(self.not_integers) == known:
                break
        if self.looks is None:
            raise NotStraight("it may go on for ever")
        return Compiled(
            lines=self.lines.found,
            locals=self.locals,
            loaded=self.loaded,
            written=values,
            looks=self.looks,
            lists_read=frozenset(self.lists_read),
            lists_written=frozenset(
                each.items for each in walk_statements(self.statements) if isinstance(each, ListChange)
            ),
            final=self.state,
        )

    def written(self) -> list[Slot]:
        return list(
            dict.fromkeys(
                each.slot for each in walk_statements(self.statements) if isinstance(each, Assign | Change)
            )
        )

    # -- what expressions ask for

    def _term(self, slot: Slot) -> Term:
        known = self.state.slots[slot]
        fact = replace(known, added=None, is_entry=False)
        if known.is_entry or known.varied or known.range is None or not known.range.is_exact:
            self.not_integers.add(slot)
        return Term(text=self.locals[slot], fact=fact, is_integer=slot not in self.not_integers)

    def read(self, slot: Slot) -> Term:
        """Return a slot's value, and note that it was read."""
        if self.state.slots[slot].is_entry:
            self.loaded[slot] = self.entry[slot]
        return self._term(slot)

    def list_fact(self, name: str, places: range | None = None) -> ListFact:
        """Return what is known of a list, and note that it was read: at these places, if they are known.

        Nothing from before is read where all of them have been replaced since, nor with the length of a list
        that always keeps it.
        """
        fact = self.state.lists[name]
        wanted = range(1, int(fact.length.high) + 1) if places is None else places
        if fact.is_entry and (name in self.resized or not fact.is_new_at(wanted)):
            self.lists_read.add(name)
        return fact

    def temporary(self) -> str:
        """Return a Python name that nothing else uses."""
        self.temporaries += 1
        return f"t{self.temporaries}"

    # -- statements

    def write(self, line: str) -> None:
        self.lines.write(line, self.depth)

    def stack(self, statements: tuple[Statement, ...]) -> None:
        start = len(self.lines.found)
        for statement in statements:
            self.work += 1
            if self.work > MOST_WORK:
                raise NotStraight("its loops within loops are too many")
            match statement:
                case Assign(slot=slot, value=expression):
                    self.set(slot, term_of(expression, self))
                case Change(slot=slot, amount=expression):
                    self.change(slot, Operation("operator_add", (Read(slot), expression)))
                case ListChange():
                    change_list(self, statement.opcode, statement.items, self.terms(statement))
                case Repeat():
                    self.repeat(statement)
                case Branch():
                    self.branch(statement)
                case Call():
                    self.looks = self.looks + ONE if self.looks else None
                    if self.note_looks:
                        self.write("thread.left -= 1")
        if self.depth and self.lines.is_kept and len(self.lines.found) == start:
            self.write("pass")

    def terms(self, statement: ListChange) -> list[Term]:
        return [term_of(operand, self) for operand in statement.operands]

    def set(self, slot: Slot, term: Term, added: Range | None = None) -> None:
        name, text = self.locals[slot], term.text
        fact = replace(term.fact, added=added)
        if self.mask:
            old = self.read(slot)
            fact = replace(fact, varied=True)
            if term.fact.kind != old.fact.kind:
                raise NotStraight(f"the variable {slot.name!r} is a number in one lane and a text in another")
            text = f"where({self.mask}, {as_value(term)}, {as_value(old)})"
            self.not_integers.add(slot)
        elif slot in self.not_integers:
            text = as_value(term)
        elif not term.is_integer:
            self.not_integers.add(slot)
        self.write(f"{name} = {text}")
        self.state.slots[slot] = fact

    def change(self, slot: Slot, sum_of: Operation) -> None:
        old = self.state.slots[slot]
        amount = as_number(term_of(sum_of.operands[1], self), self)
        added = old.added + amount.range if old.added and amount.range and old.range else None
        self.set(slot, term_of(sum_of, self), added)

    def branch(self, statement: Branch) -> None:
        check = condition(term_of(statement.condition, self))
        before, looks, outer = self.state, self.looks, self.mask
        where_it_holds = refined(before, statement.condition, True, self.range_of)
        elsewhere = refined(before, statement.condition, False, self.range_of)
        if check.fact.varied:
            chosen = self.temporary()
            self.write(f"{chosen} = {outer} & {check.text}" if outer else f"{chosen} = {check.text}")
            self.state, self.mask = where_it_holds, chosen
            self.stack(statement.then)
            where_it_holds = self.state
            if statement.otherwise:
                self.mask = self.temporary()
                contrary = f"negation({chosen})"
                self.write(f"{self.mask} = {outer} & {contrary}" if outer else f"{self.mask} = {contrary}")
            self.state = _as_columns(elsewhere, statement.then)
            self.stack(statement.otherwise)
            self.state, self.mask = where_it_holds.joined(self.state), outer
            return
        self.write(f"if {check.text}:")
        after_then, looks_then = self.inside(statement.then, where_it_holds)
        self.state, self.looks = elsewhere, looks
        if statement.otherwise:
            self.write("else:")
            self.inside(statement.otherwise, elsewhere)
        self.state = after_then.joined(self.state)
        self.looks = hull(looks_then, self.looks)

    def range_of(self, expression: Expression) -> Range | None:
        """Return the range of an expression that is a finite number."""
        return term_of(expression, self).range

    def inside(self, statements: tuple[Statement, ...], state: State) -> tuple[State, Range | None]:
        """Go through the blocks in a mouth; return what is known after them, and the looks till then."""
        self.state = state
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotStraight("its blocks are nested too deeply")
        self.stack(statements)
        self.depth -= 1
        return self.state, self.looks

    # -- loops

    def repeat(self, statement: Repeat) -> None:
        times = as_number(term_of(statement.times, self), self)
        if times.range is None or times.fact.varied:
            raise NotStraight("nobody knows how often it repeats")
        bounds = times.range.rounded_out()
        turns = Range(max(bounds.low, 0.0), max(bounds.high, 0.0), whole=True)
        if turns.high == 0:
            return
        if turns.high > MOST_TURNS:
            raise NotStraight("it repeats too often")
        loop, looks = Loop.of(statement, self.state, turns), self.looks
        head, looks_of_turn = self.head_of_turns(statement, loop)
        count = times.text if times.is_integer else f"turns({as_value(times)})"
        if self.note_looks:
            self.write(f"thread.left -= max({count}, 0)")
        self.write(f"for _ in range({count}):")
        end, _ = self.inside(statement.body, loop.at_start_of_turn(head))
        self.state = loop.after(end)
        whole_turn = looks_of_turn + ONE if looks_of_turn else None
        total = whole_turn.times(turns) if whole_turn else None
        self.looks = looks + total if looks and total else None

    def head_of_turns(self, statement: Repeat, loop: Loop) -> tuple[State, Range | None]:
        """Return what holds at the start of every turn, and how often a turn looks at the stopwatch."""
        kept = self.lines.is_kept
        self.lines.is_kept = False
        head = loop.before
        rounds = 0
        while True:
            self.looks = NOTHING_ADDED
            after, looks = self.inside(statement.body, loop.at_start_of_turn(head))
            found = loop.head(after)
            if loop.covers(head, found):
                break
            rounds += 1
            if rounds > 2 * ROUNDS:
                raise NotStraight("what its loop does cannot be bounded")
            head = loop.given_up(head, found) if rounds > ROUNDS else loop.widened(head, found)
        self.lines.is_kept = kept
        return head, looks


def _as_columns(state: State, statements: tuple[Statement, ...]) -> State:
    """Return the same of what statements have set in other lanes: it is held in columns since."""
    for statement in walk_statements(statements):
        match statement:
            case Assign(slot=slot) | Change(slot=slot):
                state.slots[slot] = replace(state.slots[slot], varied=True)
            case ListChange(items=name) if items := state.lists[name].items:
                state.lists[name] = replace(state.lists[name], items=replace(items, varied=True))
    return state


def _slots_of(statements: tuple[Statement, ...]) -> list[Slot]:
    found = []
    for statement in walk_statements(statements):
        if isinstance(statement, Assign | Change):
            found.append(statement.slot)
        for expression in expressions_of(statement):
            found += [each.slot for each in walk_expression(expression) if isinstance(each, Read)]
    return list(dict.fromkeys(found))


def _lists_of(statements: tuple[Statement, ...]) -> list[str]:
    found = []
    for statement in walk_statements(statements):
        if isinstance(statement, ListChange):
            found.append(statement.items)
        for expression in expressions_of(statement):
            found += [
                each.items
                for each in walk_expression(expression)
                if isinstance(each, Operation) and each.items
            ]
    return list(dict.fromkeys(found))
