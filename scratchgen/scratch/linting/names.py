"""Rules about names: variables, lists and broadcasts that nobody declared, and names that two things share.

The engine finds a variable by its id, else by its name; what it finds neither way it makes up silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from scratchgen.scratch.linting.findings import WHOLE_PROJECT, Fault, Place, Rule, quoted
from scratchgen.scratch.linting.view import BlockView, Mention, ProjectView, TargetView, as_list
from scratchgen.scratch.linting.words import block_place

__all__ = ["RULES"]

KINDS = ("variable", "list", "broadcast")
RESERVED_NAMES = {"_mouse_", "_stage_", "_edge_", "_myself_", "_random_"}


def _mentions(view: ProjectView) -> Iterator[tuple[TargetView, Mention, BlockView | None]]:
    """What each sprite names, with the first block that does; None for a value loose on the page."""
    for target in view.targets:
        for mention, block in target.mentions.items():
            yield target, mention, block


def _place(target: TargetView, block: BlockView | None) -> Place:
    return block_place(target, block) if block else Place(target.name)


def _declared(target: TargetView, kind: str) -> dict[str, str]:
    return {"variable": target.variables, "list": target.lists, "broadcast": target.broadcasts}[kind]


def _scopes(view: ProjectView, target: TargetView, kind: str) -> list[dict[str, str]]:
    """Where the engine looks: in the sprite, then on the stage; for broadcasts only there."""
    stage = [view.stage] if view.stage else []
    owners = stage if kind == "broadcast" else [target, *stage]
    return [_declared(owner, kind) for owner in owners]


class Known(NamedTuple):
    """The ids and names that are declared where a sprite looks; the names of broadcasts in small letters."""

    ids: set[str]
    names: set[str]


def _known(view: ProjectView, kind: str) -> dict[str, Known]:
    """What is declared for each sprite. (Sprites that share a name have a finding of their own.)"""
    known = {}
    for target in view.targets:
        declared = [pair for scope in _scopes(view, target, kind) for pair in scope.items()]
        names = {name.lower() if kind == "broadcast" else name for _, name in declared}
        known[target.name] = Known({key for key, _ in declared}, names)
    return known


def _undeclared(kind: str) -> Rule:
    def check(view: ProjectView) -> Iterator[Fault]:
        known = _known(view, kind)
        for target, mention, block in _mentions(view):
            if mention.kind == kind and not _is_declared(mention, known[target.name]):
                yield _place(target, block), f"the {kind} {quoted(mention.name)} is not declared"

    return Rule(f"undeclared-{kind}", "error", f"every {kind} is declared", check)


def _is_declared(mention: Mention, known: Known) -> bool:
    """By its id, else by its name; a broadcast by its name only where it has no id."""
    name = mention.name or ""
    if mention.kind == "broadcast" and mention.id is None:
        return name.lower() in known.names
    return mention.id in known.ids or (mention.kind != "broadcast" and name in known.names)


def _other_id(view: ProjectView) -> Iterator[Fault]:
    for target, mention, block in _mentions(view):
        kind, name, place = mention.kind, mention.name, partial(_place, target, block)
        scopes = _scopes(view, target, kind)
        found = next((scope[mention.id] for scope in scopes if mention.id in scope), None)
        if found is not None and found != name:
            yield place(), f"the {kind} is called {quoted(found)}, but here {quoted(name)}"
        elif found is None and kind != "broadcast" and any(name in scope.values() for scope in scopes):
            yield place(), f"the {kind} {quoted(name)} goes by another id here"


def _broadcast_on_sprite(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        if target.broadcasts and not target.is_stage:
            yield (
                Place(target.name),
                "broadcasts are declared here, but the engine looks for them on the stage",
            )


def _shared_id(view: ProjectView) -> Iterator[Fault]:
    """The engine keeps variables, lists and broadcasts together, by id; a sprite's hides the stage's."""
    shared = _ids(view.stage) if view.stage else set()
    for target in view.targets:
        counts = Counter(key for kind in KINDS for key in _declared(target, kind))
        for key, count in counts.items():
            if count > 1 or (key in shared and not target.is_stage):
                yield Place(target.name), f"two variables, lists or broadcasts have the id {quoted(key)}"


def _ids(target: TargetView) -> set[str]:
    return {key for kind in KINDS for key in _declared(target, kind)}


def _repeated(names: Iterator[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _two_of_one_name(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for kind in ("variable", "list"):
            for name in _repeated(iter(_declared(target, kind).values())):
                yield Place(target.name), f"there are two {kind}s called {quoted(name)}"


def _two_broadcasts(view: ProjectView) -> Iterator[Fault]:
    """The engine takes no notice of capital letters in the names of broadcasts."""
    for target in view.targets:
        for name in _repeated(name.lower() for name in target.broadcasts.values()):
            yield Place(target.name), f"there are two broadcasts called {quoted(name)}"


def _list_and_variable(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for name in sorted(set(target.lists.values()) & set(target.variables.values())):
            yield Place(target.name), f"a list and a variable are both called {quoted(name)}"


def _hidden_name(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for kind in ("variable", "list"):
            if view.stage and not target.is_stage:
                stage = set(_declared(view.stage, kind).values())
                for name in sorted(stage & set(_declared(target, kind).values())):
                    yield Place(target.name), f"the sprite's {kind} {quoted(name)} hides one for all sprites"


def _two_targets(view: ProjectView) -> Iterator[Fault]:
    for name in _repeated(target.name for target in view.targets):
        yield Place(name), "two sprites have this name, and the engine renames one of them"


def _reserved_name(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        if target.name in RESERVED_NAMES or not target.name:
            yield Place(target.name), f"a sprite should not be called {quoted(target.name)}"


def _nameless(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for kind in KINDS:
            if "" in _declared(target, kind).values():
                yield Place(target.name), f"a {kind} has no name"


def _two_costumes(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        for key, kind in (("costumes", "costume"), ("sounds", "sound")):
            assets = as_list(target.raw.get(key))
            names = [asset.get("name") for asset in assets if isinstance(asset, dict)]
            for name in _repeated(name for name in names if isinstance(name, str)):
                yield Place(target.name), f"two {kind}s are called {quoted(name)}"


def _duplicate_key(view: ProjectView) -> Iterator[Fault]:
    for key in view.archive.duplicate_keys:
        yield WHOLE_PROJECT, f"the JSON says twice what {quoted(key)} is; the second time counts"


RULES = (
    *(_undeclared(kind) for kind in KINDS),
    Rule("other-id", "warning", "ids and names of variables agree", _other_id),
    Rule("broadcast-on-sprite", "warning", "broadcasts are declared on the stage", _broadcast_on_sprite),
    Rule("shared-id", "error", "variables, lists and broadcasts have ids of their own", _shared_id),
    Rule("two-of-one-name", "error", "a sprite's variables have different names", _two_of_one_name),
    Rule("two-broadcasts", "warning", "broadcasts have different names", _two_broadcasts),
    Rule("list-and-variable", "warning", "no list is called like a variable", _list_and_variable),
    Rule("hidden-name", "warning", "no sprite hides a variable of the stage", _hidden_name),
    Rule("two-targets", "error", "sprites have different names", _two_targets),
    Rule("reserved-name", "warning", "no sprite is called like a place", _reserved_name),
    Rule("nameless", "warning", "variables, lists and broadcasts have names", _nameless),
    Rule("two-costumes", "warning", "costumes and sounds have different names", _two_costumes),
    Rule("duplicate-key", "error", "the JSON says everything once", _duplicate_key),
)
