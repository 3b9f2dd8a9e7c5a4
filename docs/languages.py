"""Brings the catalogues of all languages up to date with the templates: `make languages`.

New messages are added without a translation, obsolete ones are dropped; the tests list what is missing.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from scratchgen.colours.names import BASIC_NAMES

TEMPLATES = Path(__file__).parent.parent / "templates"
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def messages() -> Catalog:
    """Return all messages of the templates, and the names of the shipped network."""
    found = Catalog(project="scratchgen", fuzzy=False)
    for name in BASIC_NAMES:
        found.add(name, locations=[("names", 1)])
    for path in sorted([*TEMPLATES.rglob("*.txt"), *TEMPLATES.rglob("*.svg")]):
        with path.open("rb") as file:
            for line, _, text, _ in babel_extract(file, ["_"], [], OPTIONS):
                text = (
                    text if isinstance(text, str) else text[0]
                )  # with arguments, it is the first of several
                found.add(text, locations=[(path.relative_to(TEMPLATES).as_posix(), line)])
    return found


def main() -> None:
    """Update every catalogue."""
    for path in sorted((TEMPLATES / "languages").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem)
        catalogue.update(messages(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        content = BytesIO()
        write_po(content, catalogue, width=110, omit_header=True, include_lineno=False)
        heading = f"# What pupils read, in the language {path.stem}; see docs/languages.md.\n"
        path.write_bytes(heading.encode() + b"\n" + content.getvalue().lstrip())


if __name__ == "__main__":
    main()
