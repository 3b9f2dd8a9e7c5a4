"""A whole integer network: layers in a row over a domain of inputs, proven exact when it is made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import numpy as np

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import EXACT_LIMIT, Bounds, Interval
from scratchgen.networks.layers import IntegerArray, Layer
from scratchgen.networks.serial import layer_to_json

__all__ = ["IntegerNetwork"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegerNetwork:
    """Layers in order, and the domain of the inputs for which the bounds hold.

    Making one proves it: NetworkError when shapes do not fit or when a number could reach 2^53.

    >>> from scratchgen.networks.layers import Dense, Relu
    >>> domain = Interval(low=(0, 0), high=(255, 255))
    >>> network = IntegerNetwork(domain=domain, layers=(Dense(weights=[[1, -1]], biases=[-3]), Relu()))
    >>> network.reference(np.array([[10, 2], [2, 10]])).tolist()
    [[5], [0]]
    >>> [bounds.largest for bounds in network.bounds()]
    [513, 258]
    """

    domain: Interval
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not self.layers or not len(self.domain):
            raise NetworkError("a network needs an input and a layer at least")
        sizes = self.sizes  # checks the shapes
        for number, bounds in enumerate(self.bounds(), start=1):
            if bounds.largest >= EXACT_LIMIT:
                raise NetworkError(
                    f"a sum can reach {bounds.largest:,}, which is not below 2^53",
                    where=f"layer {number} ({self.layers[number - 1].kind}) of {'-'.join(map(str, sizes))}",
                    todo="use fewer bits or smaller weights",
                )

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, and of each layer's outputs."""
        sizes = [len(self.domain)]
        for number, layer in enumerate(self.layers, start=1):
            try:
                sizes.append(layer.output_size(sizes[-1]))
            except NetworkError as fault:
                raise NetworkError(fault.what, where=f"layer {number} ({layer.kind})") from None
        return tuple(sizes)

    def bounds(self) -> tuple[Bounds, ...]:
        """Return each layer's proven bounds over the whole domain."""
        proven = []
        interval = self.domain
        for layer in self.layers:
            proven.append(layer.bounds(interval))
            interval = proven[-1].output
        return tuple(proven)

    def activations(self, inputs: object) -> tuple[IntegerArray, ...]:
        """Return each layer's outputs, int64 of shape (rows, outputs), for inputs of shape (rows, inputs).

        NetworkError when an input is not an integer of the domain.
        """
        values = self._checked(inputs)
        outputs = []
        for layer in self.layers:
            values = layer.reference(values)
            outputs.append(values)
        return tuple(outputs)

    def _checked(self, inputs: object) -> IntegerArray:
        values = np.asarray(inputs)
        if values.ndim != 2 or values.shape[1] != len(self.domain) or values.dtype.kind not in "iu":
            raise NetworkError(
                f"the inputs have the shape {values.shape} and the type {values.dtype}",
                todo=f"give integers in rows of {len(self.domain)}",
            )
        values = values.astype(np.int64)
        if ((values < np.array(self.domain.low)) | (values > np.array(self.domain.high))).any():
            raise NetworkError("an input lies outside the domain for which the network is proven")
        return values

    def reference(self, inputs: object) -> IntegerArray:
        """Return the logits, int64 of shape (rows, outputs)."""
        return self.activations(inputs)[-1]

    def sequences(self, inputs: object) -> IntegerArray:
        """Return the logits after every step of sequences, int64 of shape (rows, steps, outputs).

        ``inputs`` has the shape (rows, steps, inputs). What layers remember begins as 0 with every row.
        NetworkError when an input is not an integer of the domain.
        """
        steps = np.asarray(inputs)
        if steps.ndim != 3:
            raise NetworkError(
                f"the sequences have the shape {steps.shape}", todo="give rows of steps of inputs"
            )
        states = [np.zeros((len(steps), layer.state_size), dtype=np.int64) for layer in self.layers]
        outputs = []
        for at in range(steps.shape[1]):
            values = self._checked(steps[:, at])
            for number, layer in enumerate(self.layers):
                values, states[number] = layer.step(values, states[number])
            outputs.append(values)
        return np.stack(outputs, axis=1)

    @property
    def remembers(self) -> bool:
        """Whether an answer depends on the questions before it."""
        return any(layer.state_size for layer in self.layers)

    @staticmethod
    def winners(logits: IntegerArray) -> IntegerArray:
        """Return the number of the greatest logit of each row, counted from 0; the first of equals wins.

        >>> IntegerNetwork.winners(np.array([[4, 9, 9], [7, 7, 1]])).tolist()
        [1, 0]
        """
        winners: IntegerArray = np.argmax(logits, axis=1)
        return winners

    def digest(self) -> str:
        """Return the SHA-256 of the network's numbers, the same on every machine; files name it."""
        content = {
            "domain": [list(self.domain.low), list(self.domain.high)],
            "layers": [layer_to_json(layer) for layer in self.layers],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
