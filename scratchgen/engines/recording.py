"""What the editor recorded while a project ran: each frame of the engine, and each input that reached it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["RecordedFrame", "RecordedInput", "Recording", "read_recording"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFrame:
    """A frame: its number since the editor started, when it ended, and what it left.

    ``painted`` tells whether anything on the stage changed in it; ``values`` are the texts of the variables
    that are watched, a list's items with blanks between them, None for what is not there.
    """

    number: int
    milliseconds: float
    painted: bool
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedInput:
    """What the mouse or a key told the engine: after which frame, when, and the mouse's x on the stage."""

    device: str
    frame: int
    milliseconds: float
    x: float | None


@dataclass(frozen=True, slots=True)
class Recording:
    """Frames and inputs in their order."""

    frames: tuple[RecordedFrame, ...]
    inputs: tuple[RecordedInput, ...]

    def last_change(self, place: int) -> RecordedFrame | None:
        """Return the last frame that changed the watched variable of that place; None when none did."""
        changes = [
            after
            for before, after in zip(self.frames, self.frames[1:], strict=False)
            if before.values[place] != after.values[place]
        ]
        return changes[-1] if changes else None

    def longest_gap(self) -> float:
        """Return the most milliseconds from the end of one frame to the end of the next.

        >>> frames = [RecordedFrame(number=n, milliseconds=t, painted=True, values=())
        ...           for n, t in [(1, 0.0), (2, 33.0), (3, 83.0)]]
        >>> Recording(tuple(frames), ()).longest_gap()
        50.0
        """
        return max(
            (
                after.milliseconds - before.milliseconds
                for before, after in zip(self.frames, self.frames[1:], strict=False)
            ),
            default=0.0,
        )


def read_recording(content: Mapping[str, Any]) -> Recording:
    """Return the recording that the editor's page sent."""
    return Recording(
        tuple(RecordedFrame(**{**frame, "values": tuple(frame["values"])}) for frame in content["frames"]),
        tuple(RecordedInput(**one) for one in content["inputs"]),
    )
