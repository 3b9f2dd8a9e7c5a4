"""The digit project: 64 counts of a drawing, read by a dense and a convolutional network side by side."""

from __future__ import annotations

from collections.abc import Mapping

from scratchgen.codegen.languages import ENGLISH
from scratchgen.errors import NetworkError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.projects.answering import Answering, answering_project
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.program import Project

__all__ = ["COUNTS", "PIXELS", "digits_manifest", "digits_project"]

PIXELS = "pixels"
COUNTS = 64


def digits_project(
    networks: Mapping[str, TrainedNetwork], style: str = "readable", language: str = ENGLISH
) -> Project:
    """Return the project that reads digits with these networks, called ``dense`` and ``convolutional``.

    ``style`` is readable, or fast with long sums instead of loops; what pupils read is in the language.
    NetworkError when a network does not take 64 counts, InputError when there is no such language.
    """
    answering = [
        Answering(trained=trained, manifest=digits_manifest(name, trained, style, language))
        for name, trained in networks.items()
    ]
    return answering_project("digits/project.txt", answering, {"pixels": PIXELS, "counts": COUNTS})


def digits_manifest(
    name: str, trained: TrainedNetwork, style: str = "readable", language: str = ENGLISH
) -> Manifest:
    """Return how to ask one of the networks of a digit project."""
    domain = trained.network.domain
    if len(domain) != COUNTS or len(trained.names) != 10:
        raise NetworkError(
            f"a network of {len(domain)} inputs and {len(trained.names)} answers reads no digits",
            where=f"the {name} network",
            todo=f"give one that takes {COUNTS} counts and gives 10 logits",
        )
    return Manifest(
        kind="digits",
        sprite=f"{name.capitalize()} network",
        inputs=tuple(
            ManifestInput(variable=PIXELS, low=low, high=high, place=place)
            for place, (low, high) in enumerate(zip(domain.low, domain.high, strict=True), start=1)
        ),
        broadcast=f"read with the {name} network",
        logits=f"{name} logits",
        answer=f"{name} digit",
        names=trained.names,
        language=language,
        style=style,
        weights_sha256=trained.network.digest(),
    )
