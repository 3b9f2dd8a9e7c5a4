"""Layers to and from plain JSON values, for every registered kind alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from scratchgen.errors import NetworkError
from scratchgen.networks.layers import LAYER_KINDS, Layer

__all__ = ["layer_from_json", "layer_to_json"]


def layer_to_json(layer: Layer) -> dict[str, Any]:
    """Return the layer as JSON values: its kind, then its fields.

    >>> from scratchgen.networks.layers import Dense
    >>> layer_to_json(Dense(weights=[[1, 2]], biases=[3]))
    {'kind': 'dense', 'weights': [[1, 2]], 'biases': [3]}
    """
    content: dict[str, Any] = {"kind": layer.kind}
    for field in fields(layer):  # type: ignore[arg-type]
        value = getattr(layer, field.name)
        content[field.name] = _plain(value)
    return content


def _plain(value: object) -> object:
    match value:
        case np.ndarray():
            return value.tolist()
        case Layer():
            return layer_to_json(value)
    return value


def layer_from_json(content: object) -> Layer:
    """Return the layer that the JSON values describe; NetworkError when they do not describe one."""
    if not isinstance(content, Mapping):
        raise NetworkError("a layer is not a JSON object")
    kind = content.get("kind")
    cls = LAYER_KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise NetworkError(
            f"a layer has the kind {kind!r}", todo=f"known kinds: {', '.join(sorted(LAYER_KINDS))}"
        )
    names = {field.name for field in fields(cls)}  # type: ignore[arg-type]
    given = set(content) - {"kind"}
    if given != names:
        raise NetworkError(f"a layer of kind {kind!r} has the fields {sorted(given)}, not {sorted(names)}")
    return cls(**{name: _part(content[name]) for name in names})


def _part(value: object) -> object:
    """Return a field's value; what has a kind of its own is a layer within the layer."""
    return layer_from_json(value) if isinstance(value, Mapping) else value
