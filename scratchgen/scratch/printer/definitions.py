"""The definition of a custom block as a line of text: its words and parameters, and what options add."""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.scratch.notation import escape_text, escape_words
from scratchgen.scratch.printer.slots import is_plain_name
from scratchgen.scratch.procedures import code_parts
from scratchgen.scratch.program import Procedure

__all__ = ["definition_options", "definition_text"]


def definition_text(procedure: Procedure) -> str:
    """The line without its options; the code has as many places as there are parameters.

    >>> definition_text(Procedure(code="jump high"))
    'define jump high'
    """
    words = ["define"]
    for place, piece in enumerate(code_parts(procedure.code)):
        if place % 2 == 0:
            words += map(escape_words, piece.split())
        else:
            parameter = procedure.parameters[place // 2]
            words.append(_parameter_text(parameter.name, parameter.kind))
    return " ".join(words)


def definition_options(procedure: Procedure) -> Iterator[str]:
    """What the words of the line do not say: *warp*, an odd code, defaults."""
    if procedure.warp:
        yield "warp"
    if _spelled_code(procedure) != procedure.code:
        yield f"code [{escape_text(procedure.code)}]"
    if any(parameter.default for parameter in procedure.parameters):
        yield "defaults " + " ".join(
            f"[{escape_text(parameter.default)}]" for parameter in procedure.parameters
        )


def _spelled_code(procedure: Procedure) -> str:
    """The code that the parser makes of the line."""
    spelled: list[str] = []
    for place, piece in enumerate(code_parts(procedure.code)):
        is_boolean = place % 2 == 1 and procedure.parameters[place // 2].kind == "boolean"
        spelled += piece.split() if place % 2 == 0 else ["%b" if is_boolean else "%s"]
    return " ".join(spelled)


def _parameter_text(name: str, kind: str) -> str:
    if kind == "boolean":
        return f"<{escape_words(name)}>"
    return f"({escape_words(name)})" if is_plain_name(name) else f"[{escape_text(name)}]"
