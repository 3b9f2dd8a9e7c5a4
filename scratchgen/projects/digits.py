"""The digit project: 64 counts of a drawing, read by a dense and a convolutional network side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scratchgen.codegen.languages import ENGLISH
from scratchgen.codegen.network_text import Addition
from scratchgen.codegen.templates import render
from scratchgen.errors import NetworkError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.projects.answering import Answering, answering_project
from scratchgen.projects.digits_look import DigitsLook
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.program import Project

__all__ = ["COUNTS", "PIXELS", "digits_manifest", "digits_project"]

PIXELS = "pixels"
COUNTS = 64


def digits_project(
    networks: Mapping[str, TrainedNetwork], style: str = "readable", *, language: str = ENGLISH
) -> Project:
    """Return the project that reads digits with these networks, named as ``dense`` or ``convolutional``.

    ``style`` is readable, or fast with long sums instead of loops. NetworkError when a network does not take
    64 counts, InputError when there is no such language.
    """
    look = DigitsLook(networks, language)
    context: dict[str, Any] = {"pixels": PIXELS, "counts": COUNTS, "look": look}
    answering = []
    for (name, trained), per_cents in zip(networks.items(), look.per_cents, strict=True):
        maps = trained is look.convolutional
        scripts = [
            render("digits/hand_over.txt", language=language, per_cents=per_cents),
            render("digits/filters.txt", language=language, **context) if maps else "",
        ]
        addition = Addition(
            headers=render("digits/network_headers.txt", maps=maps),
            calls=("hand over the per cents",),
            scripts="\n".join(scripts),
        )
        manifest = digits_manifest(name, trained, style, language)
        answering.append(Answering(trained=trained, manifest=manifest, addition=addition))
    return answering_project("digits/project.txt", answering, context, look.pictures())


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
