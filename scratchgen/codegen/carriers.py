"""How values travel between two layers: in a list, in variables, or as arguments of a custom block.

A loop needs a list. Straight code may use any of the three; which is the cheapest depends on how often each
value is read, since an argument is the quickest to read and a list the slowest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scratchgen.codegen.expressions import Executed, Expression, argument, call, item, variable
from scratchgen.scratch.notation import escape_text, escape_words

__all__ = ["MOST_ARGUMENTS", "Carrier", "Vector", "hand_on", "handing_on"]

MOST_ARGUMENTS = 48
"""Of one custom block; the editor draws all of them in one line."""


class Carrier(StrEnum):
    """What holds the values that a layer leaves for the next one."""

    LIST = "list"
    VARIABLES = "variables"
    ARGUMENTS = "arguments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """The values between two layers: of a list, its name; else the name of each variable or parameter."""

    carrier: Carrier
    names: tuple[str, ...]
    size: int
    on_stage: bool = False

    @classmethod
    def of(cls, carrier: Carrier, name: str, size: int, *, on_stage: bool = False) -> Vector:
        """Return a vector whose parts are named after ``name``.

        >>> Vector.of(Carrier.VARIABLES, "hidden 1", 2).names
        ('hidden 1 1', 'hidden 1 2')
        """
        if carrier is Carrier.LIST:
            names: tuple[str, ...] = (name,)
        else:
            names = tuple(f"{name} {place}" for place in range(1, size + 1))
        return cls(carrier=carrier, names=names, size=size, on_stage=on_stage)

    def read(self, place: int) -> Expression:
        """Return the value at a place, from 0."""
        match self.carrier:
            case Carrier.LIST:
                return item(place + 1, self.names[0], on_stage=self.on_stage)
            case Carrier.VARIABLES:
                return variable(self.names[place], on_stage=self.on_stage)
            case Carrier.ARGUMENTS:
                return argument(self.names[place])

    @property
    def parameters(self) -> str:
        """The parameters of a custom block that is given these values, as its definition names them."""
        if self.carrier is not Carrier.ARGUMENTS:
            return ""
        return "".join(f" ({escape_words(name)})" for name in self.names)


def hand_on(outputs: Sequence[Expression], target: Vector, block: str) -> list[str]:
    """Return the lines that leave a layer's outputs to the next layer, whose custom block is ``block``."""
    match target.carrier:
        case Carrier.LIST:
            name = escape_text(target.names[0])
            return [f"delete all of [{name} v]", *(f"add {each.text} to [{name} v]" for each in outputs)]
        case Carrier.VARIABLES:
            names = map(escape_text, target.names)
            return [f"set [{name} v] to {each.text}" for name, each in zip(names, outputs, strict=True)]
        case Carrier.ARGUMENTS:
            return [call(block, outputs)]


def handing_on(target: Vector) -> Executed:
    """Return what :func:`hand_on` executes besides the outputs; arguments count where they arrive."""
    place = "@stage" if target.on_stage else ""
    match target.carrier:
        case Carrier.LIST:
            return Counter({f"data_deletealloflist{place}": 1, f"data_addtolist{place}": target.size})
        case Carrier.VARIABLES:
            return Counter({f"data_setvariableto{place}": target.size})
        case Carrier.ARGUMENTS:
            return Counter()
