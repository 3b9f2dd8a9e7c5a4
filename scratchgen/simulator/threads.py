"""A running script: a stack of generators, and what the machine knows of it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from scratchgen.simulator.signals import KILLED, NEXT_STEP, Pause, Signal

if TYPE_CHECKING:
    from scratchgen.simulator.targets import Target

__all__ = ["TURNS_IN_WARP", "Thread"]

TURNS_IN_WARP = 64_001
"""Looks at the stopwatch that 500 ms allow, at 1/128 ms a look: how long a script may go on without screen
refresh before the others have their turn. Simulated time counts turns; real time would differ each run."""

RECURSION_FRAMES = 6
"""How many enclosing blocks the engine looks at to see whether a call is a recursive one."""


def _nothing() -> Generator[Signal, None, None]:
    """A script that has nothing more to do."""
    yield from ()


class Thread:
    """A script that runs for a target, from a hat."""

    __slots__ = (
        "calls",
        "hat",
        "is_done",
        "is_killed",
        "is_settling",
        "left",
        "next_step",
        "stack",
        "target",
        "wakes_at",
    )

    def __init__(self, target: Target, hat: object, script: Generator[Signal, None, Any] | None) -> None:
        self.target = target
        self.hat = hat
        self.stack: list[Generator[Signal, None, Any]] = [script] if script is not None else []
        self.left = TURNS_IN_WARP
        self.calls: list[tuple[str, int]] = []
        self.is_done = False
        self.is_killed = False
        self.is_settling = False
        self.next_step = False
        self.wakes_at: float | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it has nothing to do before the next step."""
        return self.next_step or self.wakes_at is not None

    def is_recursive(self, code: str, enclosing: int) -> bool:
        """Tell whether the engine would see a call of ``code`` as recursive.

        It looks at the six blocks around: those that enclose the call in its custom block, the call of that
        custom block, those that enclose it there, and so on.
        """
        frames = RECURSION_FRAMES - enclosing
        for called, around in reversed(self.calls):
            frames -= 1
            if frames < 0:
                return False
            if called == code:
                return True
            frames -= around
        return False

    def run(self) -> None:
        """Go on until the script yields, waits or ends."""
        self.left = TURNS_IN_WARP
        self.is_settling = False
        self._go_on()

    def settle(self) -> None:
        """Take note that the time has come for which the script waited.

        The engine does so before the step: it looks for the block that comes next, and finds out if the
        script is at its end. The next block itself has to wait for the script's turn.
        """
        self.wakes_at = None
        self.is_settling = True
        self._go_on()
        if self.is_done:  # that is found out, too, when it is the script's turn
            self.is_done = False
            self.stack.append(_nothing())

    def _go_on(self) -> None:
        stack = self.stack
        while stack:
            try:
                signal = next(stack[-1])
            except StopIteration:
                stack.pop()
                continue
            if isinstance(signal, Generator):
                stack.append(signal)
                continue
            if isinstance(signal, Pause):
                if signal is KILLED:
                    break
                self.next_step = signal is NEXT_STEP
            else:
                self.wakes_at = signal
            return
        self.end()

    def end(self) -> None:
        """Let nothing of the script run any more."""
        self.is_done = True
        self.stack = []
        self.wakes_at, self.next_step = None, False

    def kill(self) -> None:
        """Stop it from outside, or from within: the generators are left where they stand."""
        self.is_killed = True
        self.end()
