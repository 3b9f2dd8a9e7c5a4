"""The command's front door: `scratchgen` and `python -m scratchgen` both come in here."""

from __future__ import annotations

import sys

from scratchgen.cli import run_command_line

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
