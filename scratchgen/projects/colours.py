"""The colour project: a guide that asks, a network that answers, a stage that holds both sides' variables."""

from __future__ import annotations

from dataclasses import replace

from scratchgen.codegen.exactness import require_exact_answer
from scratchgen.codegen.languages import ENGLISH, NAMES, translated
from scratchgen.codegen.network_text import Addition, fast_network_text, network_text
from scratchgen.codegen.passes import optimise
from scratchgen.codegen.plan import Plan
from scratchgen.codegen.templates import render
from scratchgen.errors import InputError, NetworkError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.projects.colours_look import Look
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.manifest import Manifest, ManifestInput, manifest_comment
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Project

__all__ = ["CHANNELS", "colours_project"]

CHANNELS = ("red", "green", "blue")


def colours_project(trained: TrainedNetwork, plan: Plan | None = None, *, language: str = ENGLISH) -> Project:
    """Return the project that names colours with the network, in the readable style or by a plan.

    What pupils read is in the language. NetworkError when the network does not take red, green and blue,
    InputError when there is no such language or when two names are one word in it.

    >>> from scratchgen.networks.weights import read_weights
    >>> from scratchgen.resources import resource_folder
    >>> project = colours_project(read_weights(resource_folder("trained_weights") / "colours.json"))
    >>> [sprite.name for sprite in project.sprites][:4]
    ['Stage', 'Guide', 'Network', 'Name']
    """
    style = "readable" if plan is None else "fast"
    manifest = colours_manifest(trained, style, language)
    look = Look(trained, manifest)
    context = {"manifest": manifest, "look": look, "inside": look.inside}
    addition = Addition(
        headers=render("colours/network_headers.txt", language=language, **context),
        calls=("find the best three",),
        scripts=render("colours/network_scripts.txt", language=language, **context),
    )
    network = (
        network_text(trained, manifest, addition)
        if plan is None
        else fast_network_text(trained, manifest, plan, addition)
    )
    text = render("colours/project.txt", language=language, network=network, **context)
    project = parse_project(text, where="colours/project.txt", assets=look.pictures(context))
    if plan is not None:
        project = optimise(project, manifest)
    require_exact_answer(project, manifest)
    stage = project.stage
    signed = replace(stage, comments=(*stage.comments, manifest_comment(manifest)))
    return arrange(replace(project, sprites=(signed, *project.sprites[1:])))


def colours_manifest(trained: TrainedNetwork, style: str, language: str = ENGLISH) -> Manifest:
    """Return how to ask a colour project; errors as for :func:`colours_project`."""
    domain = trained.network.domain
    if len(domain) != len(CHANNELS):
        raise NetworkError(f"a colour has 3 channels, and the network takes {len(domain)} inputs")
    return Manifest(
        kind="colours",
        sprite="Network",
        inputs=tuple(
            ManifestInput(variable=name, low=low, high=high)
            for name, low, high in zip(CHANNELS, domain.low, domain.high, strict=True)
        ),
        broadcast="name colour",
        logits="logits",
        answer="name",
        names=_names(trained.names, language),
        language=language,
        style=style,
        weights_sha256=trained.network.digest(),
    )


def _names(names: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the names as pupils say them."""
    found: dict[str, str] = {}
    for name in names:
        word = translated(name, language, NAMES)
        if word in found:
            raise InputError(
                f"the names {found[word]!r} and {name!r} are both {word!r} in the language {language!r}",
                todo="rename one of the labels, or build the project in English",
            )
        found[word] = name
    return tuple(found)
