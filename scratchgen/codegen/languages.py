"""The languages of what a pupil reads: names of colours, buttons, and comments, from gettext catalogues.

English texts stand in the templates and are the keys; each other language is one file such as
``templates/languages/de.po``. What a catalogue does not know stays as it is. Variables, lists, custom blocks
and messages keep their English names, by which scripts find one another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from scratchgen.errors import InputError
from scratchgen.resources import resource_folder

__all__ = ["ENGLISH", "NAMES", "catalogue", "languages", "translated"]

ENGLISH = "en"
NAMES = "colour name"
"""The context of what a network answers: so a label *space* is not taken for the key."""
FOLDER = "languages"
BLANKS = re.compile(r"[ \t\r\n]+")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|%")


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, English first.

    >>> languages()[0]
    'en'
    """
    files = (resource_folder("templates") / FOLDER).glob("*.po")
    return (ENGLISH, *sorted(path.stem for path in files))


@cache
def catalogue(language: str, context: str = "") -> Mapping[str, str]:
    """Return the translations of a context by their English texts.

    A comment is one line, so blanks and line ends within a translation become one blank; the French blank
    before a colon, which does not break, stays. InputError when there is no such language, when its file
    cannot be read, or when a translation is to be filled in otherwise than its English text.
    """
    if language == ENGLISH:
        return {}
    if language not in languages():
        raise InputError(f"there is no language {language!r}", todo=f"choose one of {', '.join(languages())}")
    path = resource_folder("templates") / FOLDER / f"{language}.po"
    try:
        with path.open("rb") as file:
            messages = list(read_po(file, abort_invalid=True))
    except (PoFileError, ValueError) as fault:
        raise InputError(f"it is no catalogue in gettext's format: {fault}", where=str(path)) from None
    found = [
        message
        for message in messages
        if message.id and message.string and not message.fuzzy and (message.context or "") == context
    ]
    if not context:  # names are not filled in, so a per cent sign is itself there
        for message in found:
            _require_same_placeholders(message, str(path))
    return {str(message.id): BLANKS.sub(" ", str(message.string)).strip(" ") for message in found}


def placeholders(text: str) -> set[str]:
    """Return what is filled in, and "%" when a per cent sign stands alone.

    >>> sorted(placeholders("%(layer)s is 50 %% of %(layer)s")), placeholders("50 % of it")
    (['%(layer)s'], {'%'})
    """
    return set(PLACEHOLDER.findall(text)) - {"%%"}


def _require_same_placeholders(message: Message, path: str) -> None:
    english, translation = placeholders(str(message.id)), placeholders(str(message.string))
    if "%" in translation:
        raise InputError(
            f"a per cent sign stands alone in {message.string!r}", where=path, todo="write it twice, as %%"
        )
    if english != translation:
        wanted = ", ".join(sorted(english)) or "nothing to fill in"
        raise InputError(
            f"the translation {message.string!r} should hold {wanted}",
            where=path,
            todo="keep each %(…)s of the English text as it is",
        )


def translated(text: str, language: str, context: str = "") -> str:
    """Return a text in a language; what no catalogue knows stays English.

    >>> translated("red", "en"), translated("red", "de"), translated("my own name", "de")
    ('red', 'rot', 'my own name')
    >>> translated("space", "de"), translated("space", "de", NAMES)
    ('Leertaste', 'space')
    """
    return catalogue(language, context).get(text, text)
