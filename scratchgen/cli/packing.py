"""`page`: one HTML file that plays a project without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scratchgen.cli.console import note, print_line
from scratchgen.engines.packager import ONLINE_EXTENSIONS, pack_page
from scratchgen.errors import ProjectFileError
from scratchgen.files import write_whole
from scratchgen.scratch.manifest import read_manifest
from scratchgen.scratch.program import Project, all_blocks
from scratchgen.scratch.reader import read_project

__all__ = ["add_commands"]


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: scratchgen page out/colours.sb3")(page)


def page(
    file: Annotated[Path, typer.Argument(help="Any Scratch 3 project.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The page to write; else beside the project.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The page's language, as in “de”; else that of the project's manifest.")
    ] = None,
) -> None:
    """Pack a project into one HTML file that plays it in any browser, without a network."""
    project = read_project(file)
    text = pack_page(file, title=file.stem, language=language or _language(project))
    target = output or file.with_suffix(".html")
    write_whole(target, text)
    for extension in sorted(_extensions(project) & set(ONLINE_EXTENSIONS)):
        note(f"{ONLINE_EXTENSIONS[extension]} asks a server; without a network its blocks do nothing")
    print_line(f"{target}: {target.stat().st_size:,} bytes")


def _language(project: Project) -> str | None:
    try:
        return read_manifest(project).language
    except ProjectFileError:
        return None  # not one of ours


def _extensions(project: Project) -> set[str]:
    scripts = [script for sprite in project.sprites for script in sprite.scripts]
    return {block.opcode.partition("_")[0] for script in scripts for block in all_blocks(script.blocks)}
