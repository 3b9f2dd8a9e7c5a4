"""The languages of what a pupil reads: names of colours, buttons, and comments, from gettext catalogues.

English texts stand in the templates and are the keys; each other language is one file such as
``templates/languages/de.po``. What a catalogue does not know stays as it is. Variables, lists, custom blocks
and messages keep their English names, by which scripts find one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel.messages.pofile import read_po

from scratchgen.errors import InputError
from scratchgen.resources import resource_folder

__all__ = ["ENGLISH", "catalogue", "languages", "translated"]

ENGLISH = "en"
FOLDER = "languages"


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, English first.

    >>> languages()[0]
    'en'
    """
    files = (resource_folder("templates") / FOLDER).glob("*.po")
    return (ENGLISH, *sorted(path.stem for path in files))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the translations by their English texts; InputError when there is no such language.

    A comment is one line, so blanks and line ends within a translation become one blank.
    """
    if language == ENGLISH:
        return {}
    if language not in languages():
        raise InputError(f"there is no language {language!r}", todo=f"choose one of {', '.join(languages())}")
    with (resource_folder("templates") / FOLDER / f"{language}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    return {
        str(message.id): " ".join(str(message.string).split())
        for message in messages
        if message.id and message.string and not message.fuzzy
    }


def translated(text: str, language: str) -> str:
    """Return a text in a language; what no catalogue knows stays English.

    >>> translated("red", "en"), translated("red", "de"), translated("my own name", "de")
    ('red', 'rot', 'my own name')
    """
    return catalogue(language).get(text, text)
