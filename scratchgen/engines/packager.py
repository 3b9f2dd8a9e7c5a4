"""Packs a project into one HTML page that plays it without a network, with npm's ``@turbowarp/packager``.

The packager makes the player's page. What is added here is for a classroom: a bar with flag and stop sign
that a keyboard reaches, the page's language, a policy under which the browser itself lets no request out,
and the notices that the licences of the player's parts ask for (:mod:`~scratchgen.engines.packager_notices`).
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from string import Template

from scratchgen.engines.install import NODE_FOLDER, engine_folder
from scratchgen.engines.node_process import NodeProcess
from scratchgen.engines.packager_notices import notices, packed_with
from scratchgen.errors import EngineError, InputError

__all__ = ["ONLINE_EXTENSIONS", "pack_page"]

ONLINE_EXTENSIONS = {"text2speech": "Text to Speech", "translate": "Translate"}
"""Extensions, by their part of an opcode, whose blocks ask a server and so do nothing in a packed page."""

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a language tag (BCP 47)."""
UNKNOWN_LANGUAGE = "und"
WORDS = {
    "en": {"start": "Start", "stop": "Stop", "about": "About this page"},
    "de": {"start": "Start", "stop": "Stopp", "about": "Über diese Seite"},
    "fr": {"start": "Démarrer", "stop": "Arrêter", "about": "À propos de cette page"},
    "es": {"start": "Empezar", "stop": "Parar", "about": "Acerca de esta página"},
}
"""The words of the bar."""

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline'; "
)
POLICY += "img-src data: blob:; font-src data: blob:; media-src data: blob:; connect-src data: blob:; "
POLICY += "worker-src data: blob:; form-action 'none'; base-uri 'none'"
"""What the page may fetch: nothing but what it holds itself."""


def pack_page(path: Path | str, *, title: str, language: str | None = None) -> str:
    """Return the text of a page that plays the project: the flag is clicked when it opens.

    ``path`` is that of an ``.sb3`` file that is known to be one. ``language`` is the tag of the project's
    language, None when it is not known. The same project gives the same text. InputError when ``language``
    is no tag, EngineError when Node or the engines are missing or the packager fails.
    """
    if language is not None and not LANGUAGE.fullmatch(language):
        raise InputError(f"{language!r} is no language tag", todo="write it as in “de” or “pt-BR”")
    with NodeProcess("packager.cjs", title="the packager") as node:
        page = str(node.request("pack", path=str(Path(path).absolute()), title=title))
    return _framed(page, title=title, language=language or UNKNOWN_LANGUAGE)


def _framed(page: str, *, title: str, language: str) -> str:
    spoken = language.partition("-")[0].lower()
    spoken = spoken if spoken in WORDS else "en"
    bar = Template((NODE_FOLDER / "page_bar.html").read_text("utf-8")).substitute(
        {word: html.escape(text) for word, text in WORDS[spoken].items()},
        bar_language=spoken,
        title=html.escape(title),
        package=packed_with(),
        notices=notices(page, engine_folder() / "node_modules"),
    )
    page = _replaced(page, "<html>", f'<html lang="{language}">')
    page = _replaced(page, ", maximum-scale=1.0, user-scalable=no", "")  # whoever sees badly may zoom
    page = _replaced(page, "default-src * 'self' 'unsafe-inline' 'unsafe-eval' data: blob:", POLICY)
    page = _replaced(
        page,
        "We only include this to explicitly loosen the CSP of various packager environments. "
        "It does not provide any security.",
        "Nothing is fetched from outside.",
    )
    start, found, end = page.rpartition("</body>")
    if not found:
        raise EngineError("the packager wrote a page without an end", todo="install the engines again")
    return start + bar + found + end


def _replaced(page: str, old: str, new: str) -> str:
    """Replace what stands once in the page's head; what is not there means that this is another packager."""
    head, found, rest = page.partition("</head>")
    if not found or head.count(old) != 1:
        raise EngineError(
            f"the packager's page does not hold {old[:40]!r} once", todo="install the engines again"
        )
    return head.replace(old, new) + found + rest
