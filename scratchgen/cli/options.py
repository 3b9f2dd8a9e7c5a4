"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["DEFAULT_PROJECT", "JsonOption", "ProjectOption"]

DEFAULT_PROJECT = Path("out/colours.sb3")
TEACH_PROJECT = DEFAULT_PROJECT.with_name("teach.sb3")

ProjectOption = Annotated[Path, typer.Option(help="The project whose blocks answer.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
