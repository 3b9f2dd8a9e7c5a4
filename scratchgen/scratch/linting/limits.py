"""Rules about size and number: what the website, the editor and the engine take, and what costs much time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scratchgen.scratch.linting.findings import WHOLE_PROJECT, Fault, Place, Rule, quoted
from scratchgen.scratch.linting.repetition import runs_of_blocks
from scratchgen.scratch.linting.view import ProjectView, as_dict, as_list, as_text
from scratchgen.scratch.linting.words import block_place

__all__ = ["RULES"]

MEGABYTE = 1_000_000
LARGEST_PROJECT = 5 * MEGABYTE
LONGEST_LIST = 200_000
MOST_CLONES = 300
LARGE_MONITOR = 10_000
"""Bytes of a list's items that are worth a word when they are stored twice."""

MANY_BLOCKS = 1_000
SECONDS_TO_OPEN = 0.6
SECONDS_PER_BLOCK = 0.002
"""The editor opens on the first sprite and draws all of its scripts: 2,000 blocks took 4.6 s, 20,000 took
40 s on a machine with two cores."""

DATA_MONITORS = {"data_variable": "variable", "data_listcontents": "list"}


def _project_size(view: ProjectView) -> Iterator[Fault]:
    size = view.archive.project_bytes
    if size > LARGEST_PROJECT:
        yield WHOLE_PROJECT, f"project.json has {size / MEGABYTE:.2f} MB, and the website takes 5 MB"


def _list_length(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for declaration in as_dict(target.raw.get("lists")).values():
            name, items = ([*as_list(declaration), None, None])[:2]
            if len(as_list(items)) > LONGEST_LIST:
                count = len(as_list(items))
                yield Place(target.name), f"the list {quoted(name)} has {count:,} items; 200,000 are allowed"


def _list_monitor(view: ProjectView) -> Iterator[Fault]:
    for monitor in as_list(view.raw.get("monitors")):
        monitor = as_dict(monitor)
        value = monitor.get("value")
        if monitor.get("opcode") == "data_listcontents" and isinstance(value, list):
            size = len(json.dumps(value, separators=(",", ":")))
            if size > LARGE_MONITOR:
                name = quoted(as_dict(monitor.get("params")).get("LIST"))
                words = (
                    f"the list {name} was once shown on the stage and is stored twice: {size:,} bytes more"
                )
                yield Place(as_text(monitor.get("spriteName"))), words


def _lost_monitor(view: ProjectView) -> Iterator[Fault]:
    targets = {target.name: target for target in view.targets}
    for monitor in as_list(view.raw.get("monitors")):
        monitor = as_dict(monitor)
        sprite = monitor.get("spriteName")
        kind = DATA_MONITORS.get(as_text(monitor.get("opcode")))
        owner = view.stage if sprite is None else targets.get(as_text(sprite))
        if owner is None:
            yield WHOLE_PROJECT, f"a monitor is of the sprite {quoted(sprite)}, which does not exist"
        elif kind:
            declared = owner.variables if kind == "variable" else owner.lists
            if as_text(monitor.get("id")) not in declared:
                shown = quoted(as_dict(monitor.get("params")).get(kind.upper()))
                yield WHOLE_PROJECT, f"a monitor shows the {kind} {shown}, which does not exist"


def _first_sprite(view: ProjectView) -> Iterator[Fault]:
    first = next((target for target in view.targets if not target.is_stage), view.stage)
    count = len(first.blocks) if first else 0
    if first and count > MANY_BLOCKS:
        seconds = SECONDS_TO_OPEN + SECONDS_PER_BLOCK * count
        words = (
            f"the first sprite has {count:,} blocks, and the editor takes about {seconds:.0f} s to open it"
        )
        yield Place(first.name), f"{words}; put a small sprite first"


def _clones(view: ProjectView) -> Iterator[Fault]:
    """Where loops with written numbers make more clones than there can be, and nothing deletes any."""
    if next(view.of_opcode("control_delete_this_clone"), None) is not None:
        return
    for target in view.targets:
        makers = list(target.of_opcode("control_create_clone_of"))
        runs = runs_of_blocks(target) if makers else {}
        for block in makers:
            if runs.get(block.id, 1) > MOST_CLONES:
                count = f"{runs[block.id]:,.0f}"
                yield block_place(target, block), f"it makes {count} clones, and there can be 300"


RULES = (
    Rule("project-size", "error", "project.json has at most 5 MB", _project_size),
    Rule("list-length", "error", "a list has at most 200,000 items", _list_length),
    Rule("list-monitor", "warning", "no long list is stored twice", _list_monitor),
    Rule("lost-monitor", "warning", "monitors show what there is", _lost_monitor),
    Rule("first-sprite", "warning", "the first sprite opens quickly", _first_sprite),
    Rule("clones", "warning", "there are at most 300 clones", _clones),
)
