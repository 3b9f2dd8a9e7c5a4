"""Layers with their names in the project: titles, lists, and what flows from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scratchgen.codegen.languages import ENGLISH
from scratchgen.codegen.templates import render
from scratchgen.errors import NetworkError
from scratchgen.networks.layers import Layer
from scratchgen.networks.network import IntegerNetwork
from scratchgen.resources import resource_folder

__all__ = ["INPUTS", "LONGEST_LIST", "PlacedLayer", "defined_block", "place_layers"]

LONGEST_LIST = 200_000
"""Items; Scratch drops what is added beyond it without a word."""

LONGEST_TEXT = 60_000
"""Characters of a layer's text; about 3,000 blocks."""

INPUTS = "inputs"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLayer:
    """A layer with its name in the project, and the lists that it reads and fills.

    ``lists`` names the list of each of the layer's tables of numbers: ``weights`` → ``weights 1``.
    """

    number: int
    source: str
    target: str
    lists: dict[str, str]
    network_layer: Layer
    language: str = ENGLISH

    @property
    def title(self) -> str:
        """What its custom blocks' names begin with."""
        return f"layer {self.number}"

    def items(self) -> Iterator[tuple[str, list[int]]]:
        """Yield the name of each list and its items."""
        for table, numbers in self.network_layer.tables():
            yield self.lists[table], numbers.ravel().tolist()

    @property
    def state(self) -> str:
        """The list that it remembers in; empty when it remembers nothing."""
        return self.own("state") if self.network_layer.state_size else ""

    def own(self, name: str) -> str:
        """Return what a list is called that the layer's template works with: ``framed`` → ``framed 1``."""
        return f"{name} {self.number}"

    def text(self, *, long_sums: bool = False) -> str:
        """Return the layer's custom block in the notation, as loops over lists.

        With ``long_sums`` each sum of products is one long expression instead of a loop, which is about twice
        as fast, if there is a template for that and its text does not become too long to open quickly.
        """
        kind = self.network_layer.kind
        if long_sums and f"{kind}.long" in _templates():
            text = self._rendered(f"{kind}.long")
            if len(text) <= LONGEST_TEXT:
                return text
        return self._rendered(kind)

    def _rendered(self, name: str) -> str:
        return render(f"layers/{name}.txt", language=self.language, layer=self)


@cache
def _templates() -> frozenset[str]:
    return frozenset(path.stem for path in (resource_folder("templates") / "layers").glob("*.txt"))


def place_layers(network: IntegerNetwork, logits: str, language: str = ENGLISH) -> tuple[PlacedLayer, ...]:
    """Give every layer its title and its lists; ``language`` is that of the comments.

    A layer that works value by value changes its list in place and keeps the number of the layer before; any
    other begins a new number and fills a list of its own, the last one the list of the logits. NetworkError
    when no layer fills a list of its own, or when a list would be longer than Scratch allows.
    """
    last = max((at for at, layer in enumerate(network.layers) if not layer.elementwise), default=None)
    if last is None:
        raise NetworkError("the network only bends its inputs", todo="give it one dense layer at least")
    placed: list[PlacedLayer] = []
    number, source, kinds = 0, INPUTS, set[str]()
    for at, layer in enumerate(network.layers):
        if not layer.elementwise or layer.kind in kinds or number == 0:
            number, kinds = number + 1, set()
        kinds.add(layer.kind)
        target = source if layer.elementwise else logits if at == last else f"hidden {number}"
        tables = dict(layer.tables())
        for name, numbers in tables.items():
            _require_short(f"{name} {number}", numbers.size)
        _require_short(target, network.sizes[at + 1])
        placed.append(
            PlacedLayer(
                number=number,
                source=source,
                target=target,
                lists={name: f"{name} {number}" for name in tables},
                network_layer=layer,
                language=language,
            )
        )
        source = target
    return tuple(placed)


def _require_short(name: str, count: int) -> None:
    if count > LONGEST_LIST:
        raise NetworkError(
            f"the list {name!r} would hold {count:,} items; Scratch allows {LONGEST_LIST:,}",
            todo="train a smaller network",
        )


def defined_block(text: str) -> str:
    """Return the custom block that a layer's text defines, as a call of it is written."""
    line = next(line for line in text.splitlines() if line.startswith("define "))
    return line.removeprefix("define ").partition("//")[0].strip()
