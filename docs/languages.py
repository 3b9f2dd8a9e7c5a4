"""Brings the catalogues of all languages up to date with the templates: `make languages`.

New messages are added without a translation, obsolete ones are dropped; the tests list what is missing.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from scratchgen.codegen.languages import NAMES
from scratchgen.colours.names import BASIC_NAMES

TEMPLATES = Path(__file__).parent.parent / "templates"
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def messages() -> Catalog:
    """Return all messages of the templates, and the names of the shipped network."""
    found = Catalog(project="scratchgen", fuzzy=False)
    for name in BASIC_NAMES:
        found.add(name, locations=[("names", 1)], context=NAMES)
    for path in sorted([*TEMPLATES.rglob("*.txt"), *TEMPLATES.rglob("*.svg")]):
        with path.open("rb") as file:
            for line, _, text, _ in babel_extract(file, ["_"], [], OPTIONS):
                message = text if isinstance(text, str) else text[0]  # values may follow it
                found.add(message, locations=[(path.relative_to(TEMPLATES).as_posix(), line)])
    return found


def updated(content: bytes, language: str) -> bytes:
    """Return a catalogue with the messages that there are, and what is translated of them."""
    catalogue = read_po(BytesIO(content), locale=language, abort_invalid=True)
    catalogue.update(messages(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    heading = f"What pupils read, in the language {language}; see docs/languages.md."
    for (
        message
    ) in catalogue:  # without gettext's own header, the heading is taken for the first one's comment
        message.user_comments = [line for line in message.user_comments if line != heading]
    written = BytesIO()
    write_po(written, catalogue, width=110, omit_header=True, include_lineno=False)
    return f"# {heading}\n\n".encode() + written.getvalue().lstrip()


def main() -> None:
    """Update every catalogue."""
    for path in sorted((TEMPLATES / "languages").glob("*.po")):
        path.write_bytes(updated(path.read_bytes(), path.stem))


if __name__ == "__main__":
    main()
