"""The word project: a name is read letter by letter, and after every letter a colour is guessed."""

from __future__ import annotations

from scratchgen.codegen.languages import ENGLISH
from scratchgen.errors import NetworkError
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.projects.answering import Answering, answering_project
from scratchgen.projects.words_look import WordsLook
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.program import Project
from scratchgen.words.letters import ALPHABET, UNKNOWN

__all__ = ["words_manifest", "words_project"]

LETTER, BEGINS = "letter number", "begins"


def words_project(trained: TrainedNetwork, style: str = "readable", *, language: str = ENGLISH) -> Project:
    """Return the project that turns names into colours; NetworkError when the network does not fit.

    ``style`` is readable, or fast with long sums instead of loops. What pupils read is in the language, but
    the names that the network reads stay English. InputError when there is no such language.
    """
    look = WordsLook(language)
    answering = Answering(trained=trained, manifest=words_manifest(trained, style, language))
    context = {
        "alphabet": list(ALPHABET),
        "unknown": UNKNOWN,
        "letter": LETTER,
        "begins": BEGINS,
        "look": look,
    }
    return answering_project("words/project.txt", [answering], context, look.pictures())


def words_manifest(trained: TrainedNetwork, style: str = "readable", language: str = ENGLISH) -> Manifest:
    """Return how to ask a word project: one letter a question, and whether a name begins with it."""
    domain = trained.network.domain
    if (domain.low, domain.high) != ((1,), (UNKNOWN,)) or len(trained.names) != 3:
        raise NetworkError(
            f"a network of {len(domain)} inputs and {len(trained.names)} answers reads no names of colours",
            todo=f"give one that takes a letter of 1 to {UNKNOWN} and gives red, green and blue",
        )
    return Manifest(
        kind="words",
        sprite="Network",
        inputs=(
            ManifestInput(variable=LETTER, low=1, high=UNKNOWN),
            ManifestInput(variable=BEGINS, low=0, high=1),
        ),
        broadcast="read a letter",
        logits="red green blue",
        answer="colour",
        names=trained.names,
        language=language,
        style=style,
        weights_sha256=trained.network.digest(),
        begins=BEGINS,
        form="colour",
    )
