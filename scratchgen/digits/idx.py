"""Reads IDX files, in which MNIST comes: gzip or not. A damaged one is one error with the figure.

An IDX file is four bytes (0, 0, the type, the number of dimensions), four bytes for each dimension, high byte
first, then the numbers (Y. LeCun et al., *The MNIST database of handwritten digits*).
"""

from __future__ import annotations

import gzip
import zlib
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scratchgen.digits.data import DigitRows
from scratchgen.digits.drawing import GRID, count_blocks
from scratchgen.errors import TableError

__all__ = ["mnist_digits", "read_idx"]

UNSIGNED_BYTES = 8
LARGEST = 256 * 2**20
"""Bytes, unpacked; MNIST's largest file has 47 MB."""
INK = 128
"""From so bright on, a pixel of MNIST is ink."""
FILES = {"images": "train-images-idx3-ubyte", "labels": "train-labels-idx1-ubyte"}
LARGEST_SIDE = GRID


def read_idx(path: Path | str) -> NDArray[np.uint8]:
    """Return the numbers of an IDX file of unsigned bytes; TableError when it cannot be used."""
    path = Path(path)
    data = _unpacked(path)
    if len(data) < 4 or data[0] or data[1]:
        raise TableError("this is not an IDX file: it does not begin with two zeros", where=str(path))
    if data[2] != UNSIGNED_BYTES:
        raise TableError(f"its numbers have the type {data[2]:#04x}, not 0x08", where=str(path))
    dimensions = data[3]
    begin = 4 + 4 * dimensions
    if not dimensions or len(data) < begin:
        raise TableError(f"its head of {dimensions} dimensions is cut off", where=str(path))
    shape = tuple(int.from_bytes(data[4 + 4 * at : 8 + 4 * at], "big") for at in range(dimensions))
    if len(data) - begin != prod(shape):
        raise TableError(
            f"it holds {len(data) - begin:,} numbers, and its head promises "
            f"{' × '.join(map(str, shape))} = {prod(shape):,}",
            where=str(path),
            todo="fetch the file again",
        )
    return np.frombuffer(data, dtype=np.uint8, offset=begin).reshape(shape)


def mnist_digits(folder: Path | str) -> DigitRows:
    """Return MNIST's training digits as the project would see them drawn on its grid.

    ``folder`` holds ``train-images-idx3-ubyte`` and ``train-labels-idx1-ubyte``, with or without ``.gz``.
    TableError when one is missing, damaged, or does not fit the other.
    """
    images, labels = (read_idx(_found(Path(folder), name)) for name in FILES.values())
    if images.ndim != 3 or labels.ndim != 1 or len(images) != len(labels) or not len(labels):
        raise TableError(
            f"there are images of shape {images.shape} and labels of shape {labels.shape}", where=str(folder)
        )
    if max(images.shape[1:]) > LARGEST_SIDE or labels.max() > 9:
        raise TableError(
            f"there are images of {images.shape[1]} × {images.shape[2]} pixels and labels up to "
            f"{labels.max()}; at most {LARGEST_SIDE} × {LARGEST_SIDE} and 9 are read",
            where=str(folder),
        )
    cells = np.zeros((len(images), GRID, GRID), dtype=bool)
    cells[:, : images.shape[1], : images.shape[2]] = images >= INK
    return DigitRows(counts=np.array([count_blocks(each) for each in cells]), labels=labels.astype(np.int64))


def _found(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise TableError(f"there is no {name}, nor {name}.gz", where=str(folder), todo="name MNIST's folder")


def _unpacked(path: Path) -> bytes:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as fault:
        raise TableError(
            f"it cannot be read: {fault}", where=str(path), todo="fetch the file again"
        ) from None
    if len(data) > LARGEST:
        raise TableError(f"it holds more than {LARGEST:,} bytes", where=str(path))
    return data
