"""What digits and words share: a stage with what the networks are asked and answer, and their sprites.

The stage is the template's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scratchgen.codegen.any_network import any_network_text
from scratchgen.codegen.exactness import require_exact_answer
from scratchgen.codegen.network_text import NO_ADDITION, Addition
from scratchgen.codegen.templates import render
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.projects.stage_pictures import Pictures
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.manifest import Manifest, manifest_comment
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Project

__all__ = ["Answering", "answering_project"]

COMMENT_HEIGHT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """A network, how it is asked, and what else is in its sprite."""

    trained: TrainedNetwork
    manifest: Manifest
    addition: Addition = NO_ADDITION


def answering_project(
    template: str, networks: Sequence[Answering], context: Mapping[str, Any], pictures: Pictures
) -> Project:
    """Return the project of a template with a sprite for each network, and a manifest for each on the stage.

    What pupils read is in the language of the first manifest. ProgramError when an answer would not be the
    same in every browser.
    """
    texts = [any_network_text(each.trained, each.manifest, each.addition) for each in networks]
    manifests = [each.manifest for each in networks]
    language = manifests[0].language
    text = render(template, language=language, manifests=manifests, networks=texts, **context)
    project = parse_project(text, where=template, assets=pictures)
    for manifest in manifests:
        require_exact_answer(project, manifest)
    comments = [manifest_comment(each, y=COMMENT_HEIGHT * at) for at, each in enumerate(manifests)]
    stage = replace(project.stage, comments=(*project.stage.comments, *comments))
    return arrange(replace(project, sprites=(stage, *project.sprites[1:])))
