"""What a translated script tells the machine when it yields."""

from __future__ import annotations

from collections.abc import Generator
from enum import Enum
from typing import Any

__all__ = ["KILLED", "NEXT_STEP", "RUNNING", "SETTLED", "Signal"]


class Pause(Enum):
    """The reasons to yield that need no further word."""

    RUNNING = "other threads may go on; this one has more to do"
    NEXT_STEP = "nothing to do before the next step"
    KILLED = "the thread was stopped"
    SETTLED = "what it waited for has come; it goes on when it is its turn"


RUNNING, NEXT_STEP, KILLED, SETTLED = Pause.RUNNING, Pause.NEXT_STEP, Pause.KILLED, Pause.SETTLED

Signal = Pause | float | Generator[Any, None, Any]
"""A number is the time, in milliseconds, until which the thread waits; a generator is a call to be made."""
