"""Files that have been tampered with, by their JSON, for the tests of evidence."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["Change", "entry", "hat", "network", "tampered"]

Change = Callable[[dict[str, Any]], None]


def tampered(path: Path, change: Change) -> Path:
    """Change the project's JSON in place, its assets untouched."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    project = json.loads(contents["project.json"])
    change(project)
    contents["project.json"] = json.dumps(project).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def network(project: dict[str, Any]) -> dict[str, Any]:
    """The sprite that holds the network."""
    found: list[dict[str, Any]] = [each for each in project["targets"] if each["name"] == "Network"]
    return found[0]


def entry(target: dict[str, Any], kind: str, name: str) -> tuple[str, list[Any]]:
    """A variable or list by its name: its id, and its name and value."""
    [found] = [(id_, each) for id_, each in target[kind].items() if each[0] == name]
    return found


def hat(sprite: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The script that answers: the hat's id, and the hat."""
    [found] = [
        (id_, block)
        for id_, block in sprite["blocks"].items()
        if block["fields"].get("BROADCAST_OPTION", [""])[0] == "name colour"
    ]
    return found
