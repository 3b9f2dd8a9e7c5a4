"""The rows of all categories of blocks that are calls of the machine's parts."""

from __future__ import annotations

from collections.abc import Mapping

from scratchgen.simulator import looks, motion, pen, sensing, sound
from scratchgen.simulator.rows import Row

__all__ = ["EDGE_HATS", "REPORTER_ROWS", "STATEMENT_ROWS"]

STATEMENT_ROWS: Mapping[str, Row] = {
    **motion.STATEMENTS,
    **looks.STATEMENTS,
    **sound.STATEMENTS,
    **pen.STATEMENTS,
    **sensing.STATEMENTS,
}
REPORTER_ROWS: Mapping[str, Row] = {
    **motion.REPORTERS,
    **looks.REPORTERS,
    **sound.REPORTERS,
    **sensing.REPORTERS,
}
EDGE_HATS: Mapping[str, Row | None] = {
    "event_whentouchingobject": None,
    "event_whengreaterthan": Row(
        call="sensing.is_greater", arguments=("WHENGREATERTHANMENU:field", "VALUE:number")
    ),
}
"""The hats of which the machine asks every step whether they start, in the engine's order; None where that
would take pixels."""
