"""The rows of all categories of blocks that are calls of the machine's parts."""

from __future__ import annotations

from collections.abc import Mapping

from scratchgen.simulator import looks, motion, pen, sensing, sound
from scratchgen.simulator.rows import Row

__all__ = ["REPORTER_ROWS", "STATEMENT_ROWS"]

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
