"""How much memory the process, or those that it started, has held."""

from __future__ import annotations

import sys

__all__ = ["peak_memory"]


def peak_memory(*, children: bool = False) -> int | None:
    """Return the most memory that this process has held, in bytes; None where the system does not say.

    With ``children``, of the processes that it started and that have ended, the most that one of them held.
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
