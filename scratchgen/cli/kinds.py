"""`make` and `train` for digits and words: the projects beside colours, from data to proof."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from scratchgen.cli.console import note, print_line, progress_bar
from scratchgen.cli.proving import EngineName, summary_line, verify_all_claims
from scratchgen.colours.survey import survey_names
from scratchgen.digits.data import SOURCE, DigitRows, handwritten_digits
from scratchgen.digits.idx import mnist_digits
from scratchgen.errors import InputError
from scratchgen.networks.layers import Conv2d
from scratchgen.networks.weights import TrainedNetwork, read_weights, write_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.digits import COUNTS, digits_project
from scratchgen.projects.words import words_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.program import Project
from scratchgen.training.digits import DigitFigures, DigitNetwork, DigitOptions, train_digits
from scratchgen.training.options import LARGEST_SEED
from scratchgen.training.words import NamedColours, WordOptions, train_words

__all__ = ["make_digits", "make_words", "named_colours", "train_digits_to", "train_words_to"]

OUT = Path("out")
SHIPPED_SEED = 0
SURVEY = "the colour survey: 949 names and their colours, CC0, as matplotlib ships them"
Figures = list[tuple[str, str]]


def make_digits(seed: int | None, style: str, language: str) -> int:
    """Train both networks, or take the shipped ones without scikit-learn; write and prove the file."""
    try:
        rows = handwritten_digits()
    except InputError:
        note("scikit-learn, which holds the digits, is missing: the shipped networks are taken")
        shipped = {
            kind.value: read_weights(resource_folder("trained_weights") / f"digits_{kind.value}.json")
            for kind in DigitNetwork
        }
        figures = [(name, _shipped_accuracy(trained)) for name, trained in shipped.items()]
        return _finish(OUT / "digits.sb3", digits_project(shipped, style, language=language), figures)
    networks, figures = _digit_networks(rows, SOURCE, seed, OUT)
    return _finish(OUT / "digits.sb3", digits_project(networks, style, language=language), figures)


def train_digits_to(folder: Path, *, mnist: Path | None, seed: int | None) -> None:
    """Train both networks that read digits, and write their weights into a folder."""
    if mnist is None:
        rows, source = handwritten_digits(), SOURCE
    else:
        rows, source = mnist_digits(mnist), f"MNIST's training digits in {mnist.name}"
    _, figures = _digit_networks(rows, source, seed, folder)
    _print(figures)


def make_words(seed: int | None, style: str, language: str) -> int:
    """Train the network that reads names, write the project, and prove it."""
    trained, figures = _word_network(seed, OUT / "words.json")
    return _finish(OUT / "words.sb3", words_project(trained, style, language=language), figures)


def train_words_to(path: Path, *, seed: int | None) -> None:
    """Train the network that reads names, and write its weights."""
    _print(_word_network(seed, path)[1])


def other_project(trained: TrainedNetwork, style: str, language: str) -> Project | None:
    """Return the project of a network that reads digits or names; None of any other network."""
    inputs = len(trained.network.domain)
    if inputs == COUNTS:
        kinds = {layer.kind for layer in trained.network.layers}
        network = DigitNetwork.CONVOLUTIONAL if Conv2d.kind in kinds else DigitNetwork.DENSE
        return digits_project({network.value: trained}, style, language=language)
    if inputs == 1:
        return words_project(trained, style, language=language)
    return None


def named_colours() -> NamedColours:
    """Return the survey's names with their colours."""
    names = survey_names()
    return NamedColours(names=tuple(names), colours=np.array(list(names.values())))


def _digit_networks(
    rows: DigitRows, source: str, seed: int | None, folder: Path
) -> tuple[Mapping[str, TrainedNetwork], Figures]:
    networks: dict[str, TrainedNetwork] = {}
    figures: Figures = []
    for kind in DigitNetwork:
        options = DigitOptions(network=kind, **_seeded(seed))
        with progress_bar(f"training the {kind.value} network") as progress:
            networks[kind.value], found = train_digits(rows, options, source=source, progress=progress)
        write_weights(networks[kind.value], folder / f"digits_{kind.value}.json")
        figures.append((kind.value, _digit_line(found)))
    return networks, figures


def _seeded(seed: int | None) -> dict[str, int]:
    """Return the option of the seed; without one, there is that of the shipped networks."""
    if seed is None:
        return {}
    if not 0 <= seed <= LARGEST_SEED:
        raise InputError(f"the seed is {seed}", todo=f"give 0 to {LARGEST_SEED:,}")
    return {"seed": seed}


def _digit_line(found: DigitFigures) -> str:
    return (
        f"{found.integer_accuracy:.1%} of {found.held_out_rows:,} digits kept aside; "
        f"float and integer network agree on {found.agreement:.1%}"
    )


def _shipped_accuracy(trained: TrainedNetwork) -> str:
    figures = trained.training.get("figures", {})
    return _digit_line(DigitFigures(**figures))


def _word_network(seed: int | None, path: Path) -> tuple[TrainedNetwork, Figures]:
    data, options = named_colours(), WordOptions(**_seeded(seed))
    with progress_bar("training") as progress:
        trained, found = train_words(data, options, source=SURVEY, progress=progress)
    write_weights(trained, path)
    line = (
        f"a mean CIELAB distance of {found.integer_distance:.1f} on {found.held_out_names} names kept aside "
        f"(float {found.float_distance:.1f})"
    )
    return trained, [("distance", line)]


def _finish(path: Path, project: Project, figures: Figures) -> int:
    """Write and prove the project; return the exit code."""
    size = build_project(project, path)
    verifications = verify_all_claims(path, EngineName.SIMULATOR)
    _print(
        [
            *figures,
            ("size", f"{size:,} bytes"),
            *(("verified", summary_line(each)) for each in verifications),
            ("file", str(path)),
            ("next", "open it in the Scratch editor with File > Load from your computer"),
        ]
    )
    return int(any(each.mismatches for each in verifications))


def _print(figures: Figures) -> None:
    width = max(len(label) for label, _ in figures) + 1
    for label, text in figures:
        print_line(f"{label:<{max(width, 11)}}{text}")
