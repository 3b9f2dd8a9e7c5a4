"""Lanes: a file's own blocks, run for many inputs at once.

The script that answers the manifest's broadcast is compiled as a whole over columns of numpy: a variable is a
column where lanes differ and one value where they agree. Every lane begins with what the file holds, so a
script whose answer depends on the question before cannot be run so, nor one whose loops turn more often in
one lane than in another. What the answer does not need, such as percentages, is left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import SimulationError
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.program import Block, Project, Value
from scratchgen.simulator.elementary import PROFILES
from scratchgen.simulator.machine import Machine
from scratchgen.simulator.regions.compiler import Compiled, compile_routine
from scratchgen.simulator.regions.facts import Fact, ListFact, fact_of_items, fact_of_value
from scratchgen.simulator.regions.ranges import Range
from scratchgen.simulator.regions.routine import NotStraight, Slot, Statement, read_routine
from scratchgen.simulator.regions.slicing import needed_for
from scratchgen.simulator.targets import Target
from scratchgen.simulator.translate import NAMESPACE, procedures_of

__all__ = ["Lanes"]

Column = NDArray[np.float64]
INDENT = "    "


class Lanes:
    """A file that answers many questions at once; SimulationError says why a file cannot.

    ::

        lanes = Lanes(read_project("out/colours.sb3"), manifest)
        logits, answers = lanes.ask(np.array([[255.0, 0.0, 0.0], [0.0, 0.0, 255.0]]))
    """

    def __init__(self, project: Project, manifest: Manifest) -> None:
        self._machine = Machine(project, profile=PROFILES["fdlibm"], fast=False)
        self._manifest = manifest
        self._target, blocks = self._script(manifest.broadcast)
        try:
            self._routine = self._read(blocks)
            self._compiled = self._compile()
        except NotStraight as reason:
            raise SimulationError(
                f"its script cannot be run for many questions at once: {reason}",
                where=f"sprite {self._target.name!r}, broadcast {manifest.broadcast!r}",
                todo="ask one question after the other",
            ) from None
        self._function = self._defined()

    def ask(self, rows: Column) -> tuple[Column, NDArray[np.object_]]:
        """Answer questions, float64 of shape (questions, inputs).

        Returns the logits, float64 of shape (questions, logits), and the answers, text or numbers. The inputs
        must lie within the manifest's bounds and be whole.
        """
        columns = np.ascontiguousarray(rows.T)
        with np.errstate(all="ignore"):  # masked lanes may divide by what their branch excludes
            logits, answer = self._function(columns)
        count = len(rows)
        table = np.empty((count, len(logits)))
        for place, column in enumerate(logits):
            table[:, place] = column
        answers = np.empty(count, dtype=object)
        answers[:] = answer.item() if isinstance(answer, np.generic) else answer
        return table, answers

    # -- the script

    def _script(self, broadcast: str) -> tuple[Target, tuple[Block, ...]]:
        found = [
            (target, script.blocks[1:])
            for target in self._machine.targets
            for hat in target.code.hats
            if hat.opcode == "event_whenbroadcastreceived"
            and hat.fields.get("BROADCAST_OPTION") == broadcast.upper()
            for script in target.sprite.scripts
            if script.blocks[0] is hat.block
        ]
        if len(found) != 1:
            raise SimulationError(
                f"{len(found)} scripts receive the broadcast {broadcast!r}, not one",
                where="the project",
                todo="ask one question after the other",
            )
        return found[0]

    def _read(self, blocks: tuple[Block, ...]) -> tuple[Statement, ...]:
        routine = read_routine(
            blocks,
            names=self._target.code.names,
            procedures=procedures_of(self._target.sprite),
            warp=False,
            loops_yield=False,
        )
        return needed_for([self._slot(self._manifest.answer), self._list(self._manifest.logits)], routine)

    def _side(self) -> tuple[str, dict[str, int], dict[str, int]]:
        """Return how the script calls what belongs to the stage."""
        names = self._target.code.names
        if self._target is self._machine.stage:
            return "own", names.own_variables, names.own_lists
        return "shared", names.shared_variables, names.shared_lists

    def _slot(self, name: str) -> Slot:
        side, variables, _ = self._side()
        if name not in variables:
            raise SimulationError(f"there is no variable {name!r}", where="the stage")
        return Slot(f"{side}[{variables[name]}]", name)

    def _list(self, name: str) -> str:
        side, _, lists = self._side()
        if name not in lists:
            raise SimulationError(f"there is no list {name!r}", where="the stage")
        return f"{side}_list_{lists[name]}"

    # -- compiling

    def _compile(self) -> Compiled:
        asked = {
            self._slot(entry.variable): Fact(
                kind="number", range=Range(float(entry.low), float(entry.high), whole=True), varied=True
            )
            for entry in self._manifest.inputs
        }
        values = self._values()

        def entry(slot: Slot) -> Fact:
            return asked.get(slot) or fact_of_value(values.get(slot.place or "", 0.0))

        compiled = compile_routine(self._routine, entry=entry, lists=self._lists(), note_looks=False)
        kept = [slot.name for slot in compiled.written.keys() & compiled.loaded.keys()]
        if kept:
            raise NotStraight(f"the variable {kept[0]!r} carries something from one question to the next")
        if compiled.lists_read & compiled.lists_written:
            raise NotStraight("a list carries something from one question to the next")
        logits = compiled.final.lists.get(self._list(self._manifest.logits))
        if logits is None or logits.length.low != logits.length.high:
            raise NotStraight("nobody knows how many logits there are")
        if logits.items is None or logits.items.kind != "number":
            raise NotStraight("nobody knows whether all logits are numbers")
        if self._slot(self._manifest.answer) not in compiled.written:
            raise NotStraight("it never sets the answer")
        return compiled

    def _values(self) -> dict[str, Value]:
        sides = (("own", self._target), ("shared", self._machine.stage))
        return {
            f"{side}[{place}]": value for side, target in sides for place, value in enumerate(target.values)
        }

    def _lists(self) -> dict[str, ListFact]:
        sides = (("own", self._target), ("shared", self._machine.stage))
        return {
            f"{side}_list_{place}": ListFact(
                length=Range(float(len(items)), float(len(items)), whole=True), items=fact_of_items(items)
            )
            for side, target in sides
            for place, items in enumerate(target.lists)
        }

    def _defined(self) -> Any:
        compiled, manifest = self._compiled, self._manifest
        inputs = {self._slot(entry.variable): place for place, entry in enumerate(manifest.inputs)}
        lines = []
        for name in sorted(self._used_lists()):
            side, place = name.split("_list_")
            # every question begins with the file's own list
            form = "list({})" if name in compiled.lists_written else "{}"
            lines.append(f"{name} = {form.format(f'{side}_lists[{place}]')}")
        for slot in compiled.loaded:
            column = f"columns[{inputs[slot]}]" if slot in inputs else slot.place
            lines.append(f"{compiled.locals[slot]} = {column}")
        lines += compiled.lines
        lines.append(f"return {self._list(manifest.logits)}, {compiled.written[self._slot(manifest.answer)]}")
        source = "\n".join(["def answer(columns):", *(INDENT + line for line in lines)])
        machine = self._machine
        namespace = {
            **NAMESPACE,
            **LANE_FUNCTIONS,
            "own": self._target.values,
            "shared": machine.stage.values,
            "own_lists": self._target.lists,
            "shared_lists": machine.stage.lists,
            "random": machine.random,
            "profile": machine.profile,
        }
        exec(compile(source, f"<lanes of sprite {self._target.name}>", "exec"), namespace)
        return namespace["answer"]

    def _used_lists(self) -> frozenset[str]:
        return frozenset(self._compiled.final.lists)


# -- what columns are worked with, where numbers are worked with Python's own


def gather(items: list[Any], index: Any) -> Any:
    """Return for each lane the item at the lane's index, from 1; all lanes may still have the same."""
    places = np.asarray(index).astype(np.intp) - 1
    if not places.ndim:
        return items[int(places)]
    if not any(isinstance(item, np.ndarray) for item in items):
        kind = np.float64 if all(type(item) is float for item in items) else object
        # lanes that a branch leaves out may have any index here
        return np.array(items, dtype=kind).take(places, mode="clip")
    columns = [np.broadcast_to(item, places.shape) for item in items]
    places = places.clip(0, len(items) - 1)
    return np.concatenate(columns).take(places * len(places) + np.arange(len(places)))


def gather_or_empty(items: list[Any], index: Any) -> Any:
    """Return for each lane the text at the lane's index, from 1, and empty text where there is none."""
    places = np.asarray(index)
    is_there = (places >= 1) & (places < len(items) + 1)
    # the place before the first is the empty text
    return np.array(["", *items], dtype=object).take(np.where(is_there, places, 0).astype(np.intp))


def first_equal(items: list[Any], value: Any) -> Any:
    """Return for each lane the place, from 1, of the first number that equals its own; 0 where none does."""
    found: Any = 0.0
    for place in range(len(items), 0, -1):
        found = np.where(items[place - 1] == value, float(place), found)
    return found


def round_each(numbers: Column) -> Column:
    """Return the nearest whole numbers, halves up; −0.2 gives −0."""
    below = np.floor(numbers)
    nearest: Column = np.copysign(below + (numbers - below >= 0.5), numbers)
    return nearest


def remainder(dividend: Any, divisor: Any) -> Any:
    """Return the floored remainders of a positive divisor."""
    rest = np.fmod(dividend, divisor)
    return np.where(rest < 0, rest + divisor, rest)


LANE_FUNCTIONS: dict[str, Any] = {
    "where": np.where,
    "negation": np.logical_not,
    "first_equal": first_equal,
    "gather": gather,
    "gather_or_empty": gather_or_empty,
    "floor_each": np.floor,
    "ceiling_each": np.ceil,
    "round_each": round_each,
    "remainder": remainder,
    "root": np.sqrt,
}
