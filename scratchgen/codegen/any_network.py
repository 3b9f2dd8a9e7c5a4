"""The sprite of any network: what it is given may be a list, it may remember, it may answer with a colour.

Nothing here knows the kinds of layers. A layer's tables become lists; what its template sets or empties is
declared; what it remembers begins as zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scratchgen.codegen.network_text import NO_ADDITION, Addition
from scratchgen.codegen.placed import INPUTS, defined_block, place_layers
from scratchgen.codegen.templates import render
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.manifest import Manifest

__all__ = ["any_network_text"]

SETTING = re.compile(r"^\s*set \[(.+?) v\] to ", re.MULTILINE)
EMPTYING = re.compile(r"^\s*delete all of \[(.+?) v\]", re.MULTILINE)
PER_CENT = "per cent"
SHELL_VARIABLES = ("number", "winner", "share", "total")
FIND = "run the network"


def any_network_text(trained: TrainedNetwork, manifest: Manifest, addition: Addition = NO_ADDITION) -> str:
    """Return the network's sprite in the manifest's style, answering the manifest's broadcast.

    NetworkError when a list would be longer than Scratch allows.
    """
    layers = place_layers(trained.network, manifest.logits, manifest.language)
    texts = [layer.text(long_sums=manifest.style == "fast") for layer in layers]
    states = {layer.state: layer.network_layer.state_size for layer in layers if layer.state}
    lists: dict[str, list[int]] = {name: items for layer in layers for name, items in layer.items()}
    lists |= {name: [0] * size for name, size in states.items()}
    lists |= {name: [] for name in [INPUTS, *_found(EMPTYING, texts)] if name not in lists}
    lists.pop(manifest.logits, None)
    if manifest.form == "name":
        lists[PER_CENT] = []
    return render(
        "layers/any_network.txt",
        language=manifest.language,
        manifest=manifest,
        find=FIND,
        lists=lists,
        states=states,
        variables=_found(SETTING, [*texts, *(f"set [{name} v] to " for name in SHELL_VARIABLES)]),
        pixels=manifest.inputs[0].variable if manifest.inputs[0].place else "",
        calls=[defined_block(text) for text in texts],
        layer_texts=texts,
        logit_scale=trained.logit_scale,
        addition=addition,
    )


def _found(pattern: re.Pattern[str], texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for text in texts for name in pattern.findall(text)))
