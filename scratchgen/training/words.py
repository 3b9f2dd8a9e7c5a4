"""Trains the network that reads a colour's name letter by letter, and turns it into integers.

A letter's numbers drive a gated recurrent unit; after every letter a dense layer guesses red, green and blue.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense as IntegerDense
from scratchgen.networks.layers import Embedding as IntegerEmbedding
from scratchgen.networks.layers import Gru as IntegerGru
from scratchgen.networks.layers import Rescale
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.training.calibrate import fraction, steps_of
from scratchgen.training.chain import Chain
from scratchgen.training.float_layers import Dense, FloatArray
from scratchgen.training.float_sequences import Embedding, Gru
from scratchgen.training.integers import curve_table
from scratchgen.training.optimiser import Adam, RunningMean, cosine_rate
from scratchgen.words.lab import distances, distances_and_slopes
from scratchgen.words.letters import UNKNOWN, padded

__all__ = ["NAMES", "NamedColours", "WordFigures", "WordOptions", "hold_out_names", "train_words"]

NAMES = ("red", "green", "blue")
BATCH = 64
MEAN_STEPS = 200
UNKNOWN_SHARE = 0.02
"""The share of letters that become unknown ones, so that the network learns to go on after one."""
EARLY_SHARE = 0.1
"""What the guesses before the last letter count together, beside the last one."""
STATE_TOP = 255
GATE_BITS = 8
TABLE_SIZE = 1024
FULL = 255
"""The greatest value of a channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedColours:
    """Names and their colours, sRGB channels of 0 to 255, int64 of shape (names, 3)."""

    names: tuple[str, ...]
    colours: np.ndarray

    def __len__(self) -> int:
        return len(self.names)

    def rows(self, places: Sequence[int]) -> NamedColours:
        """Return some of them."""
        return NamedColours(
            names=tuple(self.names[at] for at in places), colours=self.colours[np.array(places, dtype=int)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOptions:
    """How to train: neurons that remember, rounds, how much is forgotten at random, and the seed."""

    size: int = 48
    epochs: int = 200
    dropped: float = 0.5
    decay: float = 1e-3
    rate: float = 0.006
    bits: int = 8
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFigures:
    """Mean CIELAB distances to the survey's colours of the names kept aside, and between both networks."""

    held_out_names: int
    float_distance: float
    integer_distance: float
    between: float


def hold_out_names(data: NamedColours, *, seed: int) -> tuple[NamedColours, NamedColours]:
    """Return nine tenths of the names to train on, and a tenth to test on."""
    order = np.random.default_rng(seed).permutation(len(data)).tolist()
    count = round(len(data) / 10)
    return data.rows(order[count:]), data.rows(order[:count])


def train_words(
    data: NamedColours,
    options: WordOptions,
    *,
    source: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[TrainedNetwork, WordFigures]:
    """Train on nine tenths of the names, quantize, and measure on the tenth that was kept aside."""
    training, held_out = hold_out_names(data, seed=0)
    chain = _fit(training, options, progress)
    network = _integers(chain, options.bits)
    figures = _figures(chain, network, held_out)
    trained = TrainedNetwork(
        names=NAMES,
        network=network,
        logit_scale=1 / FULL,
        training={"source": source, "options": asdict(options), "figures": asdict(figures)},
    )
    return trained, figures


def _fit(training: NamedColours, options: WordOptions, progress: Callable[[int, int], None]) -> Chain:
    generator = np.random.default_rng(options.seed)
    size = options.size
    chain = Chain(
        [
            Embedding(generator.normal(0, 0.5, (UNKNOWN, 3 * size))),
            Gru(generator.normal(0, 1 / np.sqrt(size), (3 * size, size))),
            Dense(generator.normal(0, 0.1 / np.sqrt(size), (3, size)), np.full(3, 0.5)),
        ]
    )
    optimiser, mean = Adam(chain.parameters), RunningMean(chain.parameters, steps=MEAN_STEPS)
    letters, lengths = padded(training.names)
    wanted = training.colours / FULL
    batches = -(-len(training) // BATCH)
    for epoch in range(options.epochs):
        order = generator.permutation(len(training))
        for number in range(batches):
            rows = order[number * BATCH : (number + 1) * BATCH]
            _learn(chain, letters[rows], lengths[rows], wanted[rows], options.dropped, generator)
            rate = cosine_rate(options.rate, (epoch * batches + number) / (options.epochs * batches))
            optimiser.step(rate)
            for parameter in chain.parameters:  # weight decay, decoupled (Loshchilov and Hutter, 2019)
                parameter.values *= 1 - rate * options.decay
            mean.update()
        progress(epoch + 1, options.epochs)
    chain.take(mean.values)
    return chain


def _learn(
    chain: Chain,
    letters: np.ndarray,
    lengths: np.ndarray,
    wanted: FloatArray,
    dropped: float,
    generator: np.random.Generator,
) -> None:
    """Set every gradient by one batch: the last guess counts most, those before it a little."""
    steps = int(lengths.max())
    letters = letters[:, :steps].copy()
    letters[generator.random(letters.shape) < UNKNOWN_SHARE] = UNKNOWN
    embedding, gru, dense = chain.layers
    states = gru.forward(embedding.forward(letters[..., None].astype(np.float64)))
    # some neurons are silent for a whole name, so that no name hangs on one (N. Srivastava et al., 2014)
    kept = (generator.random((len(letters), 1, states.shape[2])) >= dropped) / (1 - dropped)
    guesses = dense.forward(states * kept)
    _, slopes = distances_and_slopes(np.clip(guesses, 0, 1), wanted[:, None, :])
    # beyond the ends of a channel the slope is kept where it leads back
    slopes *= ~(((guesses < 0) & (slopes > 0)) | ((guesses > 1) & (slopes < 0)))
    at = np.arange(steps)[None, :]
    shares = np.where(at < lengths[:, None] - 1, EARLY_SHARE / lengths[:, None], 0.0)
    shares[np.arange(len(letters)), lengths - 1] = 1.0
    blamed = dense.backward(slopes * shares[..., None] / len(letters))
    embedding.backward(gru.backward(blamed * kept))


def _integers(chain: Chain, bits: int) -> IntegerNetwork:
    """Return the integer network: states of −255 to 255, gates of 0 to 256, weights of so many bits."""
    embedding, gru, dense = chain.layers
    assert isinstance(embedding, Embedding)
    assert isinstance(gru, Gru)
    assert isinstance(dense, Dense)
    step = steps_of(gru.weights.values, bits)
    unit = step / STATE_TOP
    out_step = steps_of(dense.weights.values, bits)
    out_unit = out_step / STATE_TOP
    multiplier, shift = fraction(out_unit * FULL)
    # half a channel's step more, so that rounding down rounds to the nearest
    biases = np.rint((dense.biases.values + 0.5 / FULL) / out_unit)
    layers = (
        IntegerEmbedding(vectors=np.rint(embedding.vectors.values / unit).astype(np.int64)),
        IntegerGru(
            weights=np.rint(gru.weights.values / step).astype(np.int64),
            gate=curve_table("sigmoid", unit, top=2**GATE_BITS, size=TABLE_SIZE),
            curve=curve_table("tanh", unit, top=STATE_TOP, size=TABLE_SIZE),
            one_bits=GATE_BITS,
        ),
        IntegerDense(
            weights=np.rint(dense.weights.values / out_step).astype(np.int64), biases=biases.astype(np.int64)
        ),
        Rescale(multiplier=multiplier, shift=shift, least=0, most=FULL),
    )
    return IntegerNetwork(domain=Interval(low=(1,), high=(UNKNOWN,)), layers=layers)


def _figures(chain: Chain, network: IntegerNetwork, held_out: NamedColours) -> WordFigures:
    letters, lengths = padded(held_out.names)
    last = (np.arange(len(held_out)), lengths - 1)
    by_float = np.clip(chain.forward(letters[..., None].astype(np.float64))[last], 0, 1)
    by_integers = network.sequences(letters[..., None])[last] / FULL
    wanted = held_out.colours / FULL
    return WordFigures(
        held_out_names=len(held_out),
        float_distance=float(distances(by_float, wanted).mean()),
        integer_distance=float(distances(by_integers, wanted).mean()),
        between=float(distances(by_integers, by_float).mean()),
    )
