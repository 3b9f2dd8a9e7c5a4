"""The colour project: a guide that asks, a network that answers, a stage that holds both sides' variables."""

from __future__ import annotations

from dataclasses import replace

from scratchgen.codegen.exactness import require_exact_answer
from scratchgen.codegen.network_text import network_text
from scratchgen.codegen.templates import render, template_bytes
from scratchgen.errors import NetworkError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.manifest import Manifest, ManifestInput, manifest_comment
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Project

__all__ = ["CHANNELS", "colours_project"]

CHANNELS = ("red", "green", "blue")


def colours_project(trained: TrainedNetwork) -> Project:
    """Return the project that names colours with the network.

    NetworkError when the network does not take red, green and blue.

    >>> from scratchgen.networks.weights import read_weights
    >>> from scratchgen.resources import resource_folder
    >>> project = colours_project(read_weights(resource_folder("trained_weights") / "colours.json"))
    >>> [sprite.name for sprite in project.sprites]
    ['Stage', 'Guide', 'Network']
    """
    domain = trained.network.domain
    if len(domain) != len(CHANNELS):
        raise NetworkError(f"a colour has 3 channels, and the network takes {len(domain)} inputs")
    manifest = Manifest(
        kind="colours",
        sprite="Network",
        inputs=tuple(
            ManifestInput(variable=name, low=low, high=high)
            for name, low, high in zip(CHANNELS, domain.low, domain.high, strict=True)
        ),
        broadcast="name colour",
        logits="logits",
        answer="name",
        names=trained.names,
        language="en",
        style="readable",
        weights_sha256=trained.network.digest(),
    )
    text = render("colours/project.txt", manifest=manifest, network=network_text(trained, manifest))
    project = parse_project(
        text, where="colours/project.txt", assets=lambda name: template_bytes(f"colours/{name}")
    )
    require_exact_answer(project, manifest)
    stage = project.stage
    signed = replace(stage, comments=(*stage.comments, manifest_comment(manifest)))
    return arrange(replace(project, sprites=(signed, *project.sprites[1:])))
