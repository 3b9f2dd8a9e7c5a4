"""Weights files: a trained network as JSON that a person can read, and that restores it exactly.

Numbers travel as Python's ``repr``, which restores every double. A file appears whole or not at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scratchgen.errors import NetworkError, WeightsError
from scratchgen.files import write_whole
from scratchgen.networks.intervals import Interval
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.serial import layer_from_json, layer_to_json

__all__ = ["WEIGHTS_VERSION", "TrainedNetwork", "read_weights", "write_weights"]

WEIGHTS_VERSION = 1
LARGEST_FILE = 64 * 2**20
"""Bytes; 200,000 weights, the most that a Scratch list holds, take about a hundredth of it a layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedNetwork:
    """An integer network, the names of its answers, and how it came to be.

    ``logit_scale`` is the real logit that one unit of the integer logits stands for; softmax needs it.
    ``training`` is for people and tests (seed, data hash, accuracies, float weights); nothing that the
    project computes depends on it.
    """

    names: tuple[str, ...]
    network: IntegerNetwork
    logit_scale: float
    training: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        outputs = self.network.sizes[-1]
        if len(self.names) != outputs or len(set(self.names)) != outputs:
            raise NetworkError(f"{outputs} outputs need {outputs} different names, not {list(self.names)}")
        if not (math.isfinite(self.logit_scale) and self.logit_scale > 0):
            raise NetworkError(f"the scale of the logits is {self.logit_scale!r}, not a positive number")


def to_text(trained: TrainedNetwork) -> str:
    """Return the weights file's text: JSON with one row of numbers a line."""
    network = trained.network
    bounds = [
        {"largest": bound.largest, "low": list(bound.output.low), "high": list(bound.output.high)}
        for bound in network.bounds()
    ]
    content = {
        "format": "scratchgen weights",
        "version": WEIGHTS_VERSION,
        "names": list(trained.names),
        "domain": {"low": list(network.domain.low), "high": list(network.domain.high)},
        "logit_scale": trained.logit_scale,
        "layers": [layer_to_json(layer) for layer in network.layers],
        "bounds": bounds,
        "sha256": network.digest(),
        "training": dict(trained.training),
    }
    return "\n".join(_lines(content, "")) + "\n"


def _lines(value: object, indent: str) -> list[str]:
    """Lay JSON out with every innermost list, and every other plain value, on one line."""
    deeper = indent + "  "
    if isinstance(value, Mapping) and value:
        parts = [(f"{json.dumps(key)}: ", item) for key, item in value.items()]
        opening, closing = "{", "}"
    elif isinstance(value, list) and any(isinstance(item, list | dict) for item in value):
        parts = [("", item) for item in value]
        opening, closing = "[", "]"
    else:
        return [json.dumps(value, ensure_ascii=False, allow_nan=False)]
    lines = [opening]
    for number, (label, item) in enumerate(parts, start=1):
        inner = _lines(item, deeper)
        inner[0] = deeper + label + inner[0]
        inner[-1] += "," if number < len(parts) else ""
        lines += inner
    return [*lines, indent + closing]


def write_weights(trained: TrainedNetwork, path: Path | str) -> None:
    """Write the weights file; it appears whole or not at all."""
    write_whole(path, to_text(trained))


def read_weights(path: Path | str) -> TrainedNetwork:
    """Read a weights file; WeightsError, of one line, when it cannot be used."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise WeightsError(f"the file is larger than {LARGEST_FILE:,} bytes", where=str(path))
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise WeightsError(
            fault.strerror or "the file cannot be read",
            where=str(path),
            todo="name a weights file that `scratchgen train` wrote",
        ) from None
    except UnicodeDecodeError:
        raise WeightsError("the file is not UTF-8 text", where=str(path)) from None
    try:
        return from_text(text)
    except (WeightsError, NetworkError) as fault:
        raise WeightsError(
            str(fault), where=str(path), todo="make the file again with `scratchgen train`"
        ) from None


def from_text(text: str) -> TrainedNetwork:
    """Return what the text of a weights file describes; WeightsError or NetworkError when it is damaged."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise WeightsError("the text is not JSON") from None
    if not isinstance(content, Mapping) or content.get("format") != "scratchgen weights":
        raise WeightsError("this is not a weights file")
    if content.get("version") != WEIGHTS_VERSION:
        raise WeightsError(f"version {content.get('version')!r} is not {WEIGHTS_VERSION}")
    names, domain, layers = (content.get(key) for key in ("names", "domain", "layers"))
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise WeightsError("'names' is not a list of texts")
    if not isinstance(layers, list):
        raise WeightsError("'layers' is not a list")
    scale, training = content.get("logit_scale"), content.get("training", {})
    if isinstance(scale, bool) or not isinstance(scale, int | float) or not isinstance(training, Mapping):
        raise WeightsError("'logit_scale' is not a number, or 'training' not an object")
    network = IntegerNetwork(domain=_domain(domain), layers=tuple(map(layer_from_json, layers)))
    if network.digest() != content.get("sha256"):
        raise WeightsError("the numbers do not have the SHA-256 that the file says: it was changed")
    return TrainedNetwork(names=tuple(names), network=network, logit_scale=float(scale), training=training)


def _domain(content: object) -> Interval:
    if isinstance(content, Mapping):
        low, high = content.get("low"), content.get("high")
        if all(isinstance(ends, list) and all(type(end) is int for end in ends) for ends in (low, high)):
            try:
                return Interval(low=tuple(low or ()), high=tuple(high or ()))
            except ValueError:
                pass
    raise WeightsError("'domain' does not hold a low and a high integer for each input")
