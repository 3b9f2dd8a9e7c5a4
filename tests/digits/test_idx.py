"""IDX files that the tests make: sound ones, gzip or not, and every way to damage them."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from scratchgen.digits.drawing import count_blocks
from scratchgen.digits.idx import mnist_digits, read_idx
from scratchgen.errors import TableError

DRAWN = np.random.default_rng(3)
IMAGES = DRAWN.integers(0, 256, (5, 28, 28)).astype(np.uint8)
LABELS = np.array([3, 1, 4, 1, 5], dtype=np.uint8)


def idx(numbers: np.ndarray) -> bytes:
    head = bytes([0, 0, 8, numbers.ndim]) + b"".join(side.to_bytes(4, "big") for side in numbers.shape)
    return head + numbers.astype(np.uint8).tobytes()


def mnist(folder: Path, images: bytes = idx(IMAGES), labels: bytes = idx(LABELS)) -> Path:
    (folder / "train-images-idx3-ubyte").write_bytes(images)
    (folder / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(labels))
    return folder


def test_images_become_what_the_project_would_see(tmp_path: Path) -> None:
    rows = mnist_digits(mnist(tmp_path))
    assert rows.labels.tolist() == LABELS.tolist()
    cells = np.zeros((32, 32), dtype=bool)
    cells[2:30, 4:32] = IMAGES[2] >= 128
    assert rows.counts[2].tolist() == count_blocks(cells).tolist()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_numbers_are_read_packed_or_not(pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    (tmp_path / "x").write_bytes(pack(idx(IMAGES)))
    assert np.array_equal(read_idx(tmp_path / "x"), IMAGES)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "two zeros"),
        (b"PK\x03\x04", "two zeros"),
        (idx(LABELS)[:-1], "it holds 4 numbers, and its head promises 5 = 5"),
        (idx(LABELS) + b"\0", "it holds 6 numbers"),
        (idx(IMAGES)[:9], "head of 3 dimensions is cut off"),
        (b"\0\0\x0d\x01" + bytes(8), "type 0x0d"),
        (b"\0\0\x08\0", "0 dimensions"),
        (gzip.compress(idx(IMAGES))[:-20], "cannot be read"),
        (b"\x1f\x8b" + bytes(40), "cannot be read"),
    ],
)
def test_a_damaged_file_is_one_error_that_names_it(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(data)
    with pytest.raises(TableError, match=says) as caught:
        read_idx(tmp_path / "damaged")
    assert str(caught.value).startswith(str(tmp_path / "damaged"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("images", "labels", "says"),
    [
        (idx(IMAGES[:4]), idx(LABELS), "images of shape"),
        (idx(IMAGES), idx(LABELS + 9), "labels up to 14"),
        (idx(np.zeros((5, 33, 28))), idx(LABELS), "33 × 28"),
        (idx(LABELS), idx(LABELS), "images of shape"),
    ],
)
def test_files_that_do_not_fit_are_refused(images: bytes, labels: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=says):
        mnist_digits(mnist(tmp_path, images, labels))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="train-images-idx3-ubyte"):
        mnist_digits(tmp_path)
