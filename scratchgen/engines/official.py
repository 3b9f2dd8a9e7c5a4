"""The official engine: npm's ``scratch-vm``, unpatched, in plain Node.

What the engine does with a project is in :class:`~scratchgen.engines.engine.Engine`; here is what only the
official one is asked for: single operator blocks on any values, as an oracle for other implementations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scratchgen.engines.engine import TURN_MILLISECONDS, Engine
from scratchgen.engines.node_process import SECONDS
from scratchgen.engines.states import StrokeRecord, stroke_record
from scratchgen.engines.values import decode_value, encode_value
from scratchgen.scratch.program import Value

__all__ = ["ListOutcome", "OfficialEngine", "OperatorCall"]

OperatorCall = tuple[str, Mapping[str, Value | Sequence[Value]]]
"""An opcode and its arguments by their names in the engine, fields included: ``("operator_mathop",
{"OPERATOR": "sqrt", "NUM": 2})``. A list block gets its list's items as ``LIST``."""

ListOutcome = tuple[Value | None, list[Value]]
"""What a list block reported (None for a command), and the list's items afterwards."""

CALLS_A_REQUEST = 20_000


class OfficialEngine(Engine):
    """The official engine, driven from Python.

    ::

        with OfficialEngine() as engine:
            engine.load("out/colours.sb3")
            engine.click_flag()
            engine.run()
            print(engine.variable("name"))

    ``seed`` makes *pick random* and the other random choices of blocks repeatable: they take
    ``(state - 1) / 2147483646`` from Park and Miller's generator, ``state = 48271 state mod 2147483647``,
    which begins with ``seed mod 2147483646 + 1`` and moves on before each number. With ``drawn`` the engine
    gets a renderer that draws nothing, for projects with vector costumes: what changes the picture ends the
    step as in a browser, sizes have limits, and :attr:`strokes` are kept. The other parameters are those of
    :class:`~scratchgen.engines.engine.Engine`.
    """

    SCRIPT = "official.cjs"
    TITLE = "the official engine"

    def __init__(
        self,
        *,
        simulated_clock: bool = True,
        turn_milliseconds: float = TURN_MILLISECONDS,
        seed: int | None = None,
        drawn: bool = False,
        seconds: float = SECONDS,
    ) -> None:
        super().__init__(
            simulated_clock=simulated_clock,
            turn_milliseconds=turn_milliseconds,
            seconds=seconds,
            options={"seed": seed, "drawn": drawn},
        )

    @property
    def strokes(self) -> list[StrokeRecord]:
        """What the pens have drawn since the last *erase all*, in order; only with ``drawn``."""
        return list(map(stroke_record, self._node.request("strokes")))

    def count_blocks(self) -> None:
        """Count from now on how often each block is executed; to be asked for before the first step."""
        self._node.request("count_blocks")

    @property
    def executed(self) -> dict[str, int]:
        """How often blocks were executed, by opcode, since :meth:`count_blocks`; hats do not count."""
        return dict(self._node.request("executed"))

    def operators(self, calls: Sequence[OperatorCall]) -> list[Value | ListOutcome | None]:
        """Return what the engine's own functions of these blocks report, in order.

        Values go in and come out exactly: text that looks like a number, lone surrogates, NaN, infinities and
        −0. A list block's outcome is a pair, see :data:`ListOutcome`.
        """
        outcomes: list[Value | ListOutcome | None] = []
        for at in range(0, len(calls), CALLS_A_REQUEST):
            part = [(opcode, _encode_arguments(given)) for opcode, given in calls[at : at + CALLS_A_REQUEST]]
            outcomes += map(_decode_outcome, self._node.request("operators", calls=part))
        return outcomes


def _encode_arguments(given: Mapping[str, Value | Sequence[Value]]) -> dict[str, object]:
    return {
        name: encode_value(value)
        if isinstance(value, str | int | float)
        else [encode_value(item) for item in value]
        for name, value in given.items()
    }


def _decode_outcome(outcome: Any) -> Value | ListOutcome | None:
    if type(outcome) is list:
        reported, items = outcome
        return None if reported is None else decode_value(reported), [decode_value(item) for item in items]
    return None if outcome is None else decode_value(outcome)
