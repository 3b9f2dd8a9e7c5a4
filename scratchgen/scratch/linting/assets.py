"""Rules about costumes, sounds and the files that they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from scratchgen.scratch.linting.findings import WHOLE_PROJECT, Fault, Place, Rule, quoted
from scratchgen.scratch.linting.view import ProjectView, as_text

__all__ = ["RULES"]

MEGABYTE = 1_000_000
LARGEST_ASSET = 10 * MEGABYTE
"""What the website takes."""

SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "wav": (b"RIFF", b"RIFX", b"RF64"),
    "wave": (b"RIFF", b"RIFX", b"RF64"),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"\xff\xe3", b"\xff\xe2"),
}
"""How a file of that format begins; SVG is text, which is looked through."""


def _named(view: ProjectView) -> Iterator[tuple[Place, str, Mapping[str, Any]]]:
    """Every costume and sound, with its place and what it is called."""
    for target in view.targets:
        for kind, assets in (("costume", target.costumes), ("sound", target.sounds)):
            for asset in assets:
                yield Place(target.name), f"the {kind} {quoted(asset.get('name'))}", asset


def _file_name(asset: Mapping[str, Any]) -> str:
    return f"{as_text(asset.get('assetId'))}.{as_text(asset.get('dataFormat'))}"


def _held(view: ProjectView) -> Iterator[tuple[Place, str, Mapping[str, Any], bytes]]:
    """The costumes and sounds whose files are there, each file once."""
    seen: set[str] = set()
    for place, words, asset in _named(view):
        name = _file_name(asset)
        if name in view.archive.assets and name not in seen:
            seen.add(name)
            yield place, words, asset, view.archive.assets[name]


def _missing(view: ProjectView) -> Iterator[Fault]:
    for place, words, asset in _named(view):
        if _file_name(asset) not in view.archive.assets:
            yield place, f"{words} has no file {quoted(_file_name(asset))} in the project"


def _hash(view: ProjectView) -> Iterator[Fault]:
    for place, words, asset, data in _held(view):
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
        if as_text(asset.get("assetId")).lower() != digest:
            yield place, f"{words} is not the file that it says: the MD5 of its bytes is {digest}"


def _size(view: ProjectView) -> Iterator[Fault]:
    for place, words, _, data in _held(view):
        if len(data) > LARGEST_ASSET:
            yield place, f"{words} has {len(data) / MEGABYTE:.1f} MB, and the website takes 10 MB"


def _format(view: ProjectView) -> Iterator[Fault]:
    for place, words, asset, data in _held(view):
        kind = as_text(asset.get("dataFormat"))
        signatures = SIGNATURES.get(kind, ())
        is_other = not data.startswith(signatures) if signatures else kind == "svg" and b"<svg" not in data
        if is_other:
            yield place, f"{words} does not look like a file of the format {kind}"


def _md5ext(view: ProjectView) -> Iterator[Fault]:
    for place, words, asset in _named(view):
        if "md5ext" in asset and asset["md5ext"] != _file_name(asset):
            yield place, f"{words} names two files, {quoted(asset['md5ext'])} and {quoted(_file_name(asset))}"


def _unused(view: ProjectView) -> Iterator[Fault]:
    used = {_file_name(asset) for _, _, asset in _named(view)}
    for name in sorted(set(view.archive.assets) - used):
        yield WHOLE_PROJECT, f"nothing uses the file {quoted(name)}"


def _current_costume(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        current = target.raw.get("currentCostume")
        if isinstance(current, int) and target.costumes and current >= len(target.costumes):
            yield Place(target.name), f"it shows costume {current + 1}, but has {len(target.costumes)}"


RULES = (
    Rule("missing-asset", "error", "every costume and sound has its file", _missing),
    Rule("asset-hash", "error", "a file's name is the MD5 of its bytes", _hash),
    Rule("asset-size", "error", "a file has at most 10 MB", _size),
    Rule("asset-format", "warning", "a file is of the format that it claims", _format),
    Rule("asset-name", "warning", "both names of a file agree", _md5ext),
    Rule("unused-asset", "warning", "every file is a costume or sound", _unused),
    Rule("current-costume", "warning", "the costume shown exists", _current_costume),
)
