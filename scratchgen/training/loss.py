"""How wrong a network is: soft cross-entropy, its gradient, and accuracy. Leaves weighing to the sampling."""

from __future__ import annotations

import numpy as np

from scratchgen.training.float_layers import FloatArray

__all__ = ["accuracy", "soft_cross_entropy", "softmax"]


def softmax(logits: FloatArray) -> FloatArray:
    """Turn each row of logits into shares that add up to 1.

    >>> softmax(np.array([[0.0, 0.0], [0.0, 800.0]])).tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    # taking the greatest from all changes no share, and keeps e^x from overflowing
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: FloatArray = powers / powers.sum(axis=1, keepdims=True)
    return shares


def soft_cross_entropy(logits: FloatArray, votes: FloatArray) -> tuple[float, FloatArray]:
    """Return the mean loss over rows, and its gradient by the logits.

    ``votes`` are the shares that are wanted; both arrays have the shape (rows, names). Through softmax and
    logarithm the gradient becomes simply what is given less what is wanted.

    >>> loss, gradient = soft_cross_entropy(np.array([[0.0, 0.0]]), np.array([[0.25, 0.75]]))
    >>> round(loss, 4), gradient.tolist()
    (0.6931, [[0.25, -0.25]])
    """
    shares = softmax(logits)
    loss = -(votes * np.log(np.maximum(shares, 1e-300))).sum(axis=1).mean()
    gradient: FloatArray = (shares - votes) / len(logits)
    return float(loss), gradient


def accuracy(logits: FloatArray, votes: FloatArray) -> float:
    """Return the share of rows whose greatest logit is at a name with the most votes (any of equals).

    >>> accuracy(np.array([[3.0, 1.0], [3.0, 1.0]]), np.array([[0.5, 0.5], [0.0, 1.0]]))
    0.5
    """
    chosen = logits.argmax(axis=1)
    wanted = votes.max(axis=1)
    return float((votes[np.arange(len(votes)), chosen] == wanted).mean())
