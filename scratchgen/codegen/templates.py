"""Renders the Scratch templates: Jinja over plain scratchblocks text.

The filters put names and values into the notation safely, whatever characters a user's labels hold.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from functools import cache
from typing import Any

import jinja2

from scratchgen.codegen.languages import ENGLISH, catalogue
from scratchgen.codegen.text_width import fitted
from scratchgen.resources import resource_folder
from scratchgen.scratch.notation import escape_comment, escape_text, escape_words, value_literal
from scratchgen.scratch.program import Value

__all__ = ["render", "render_svg", "template_bytes", "template_value"]

ITEMS_A_LINE = 24
"""How many items of a list stand on one line of the rendered text."""


def list_items(values: Iterable[Value]) -> str:
    """Return a list's items in the notation, continued over several lines when there are many.

    >>> list_items([1, -2, "red"])
    '(1) (-2) [red]'
    """
    literals = [value_literal(value) for value in values]
    lines = [literals[at : at + ITEMS_A_LINE] for at in range(0, len(literals), ITEMS_A_LINE)]
    return "\n//! + ".join(" ".join(line) for line in lines)


@cache
def _environment(language: str, *, autoescape: bool = False) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource_folder("templates")),
        undefined=jinja2.StrictUndefined,
        autoescape=autoescape,  # not for Scratch text; the filters below escape for that
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    texts = catalogue(language)

    def one(text: str) -> str:
        found = texts.get(text, text)
        return html.escape(found) if autoescape else escape_comment(found)  # Jinja takes it for safe

    def one_or_more(text: str, more: str, count: int) -> str:
        return one(text if count == 1 else more)

    environment.install_gettext_callables(one, one_or_more, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "text": escape_text,
        "items": list_items,
        "literal": value_literal,
        "words": escape_words,
        "fitted": fitted,
    }
    return environment


def render(template: str, *, language: str = ENGLISH, **context: Any) -> str:
    """Render the template of that path under ``templates/``.

    Its ``{{ _("…") }}``, which are comments, come in the language, ``%(name)s`` in them filled in; so a per
    cent sign is written twice there, as everywhere in gettext. InputError when there is no such language.

    >>> layer = {"title": "layer 1", "target": "hidden 1"}
    >>> print(render("layers/relu.txt", layer=layer).splitlines()[2])
    define layer 1 keeps what is positive //! warp
    """
    return _environment(language).get_template(template).render(**context)


def render_svg(template: str, *, language: str = ENGLISH, **context: Any) -> bytes:
    """Render a picture as :func:`render` does a text; translations and values are escaped for XML.

    Blanks that do not break become plain ones: Scratch's renderer refuses a picture with one.
    """
    text = _environment(language, autoescape=True).get_template(template).render(**context)
    return text.replace("\u00a0", " ").strip().encode()


def template_value(template: str, name: str, *, language: str = ENGLISH) -> Any:
    """Return what a template sets under that name, its ``_("…")`` in the language.

    >>> template_value("teach/messages.txt", "first_names", language="de")
    ['warm', 'kalt']
    """
    return getattr(_environment(language).get_template(template).module, name)


def template_bytes(name: str) -> bytes:
    """Return a file under ``templates/`` as it is: a costume, say."""
    return (resource_folder("templates") / name).read_bytes()
