"""Compile small neural networks to plain Scratch, and prove that the blocks answer as the reference does.

The same as the command line, in Python. A file, its text, and what it says when its flag is clicked:

>>> from scratchgen import Simulator, arrange, parse_project, read_weights, resource_folder
>>> project = arrange(parse_project('''//! stage
... //! sprite [Cat]
... when flag clicked
... say (join [six times seven is ] ((6) * (7)))
... '''))
>>> simulator = Simulator(project)
>>> simulator.click_flag()
>>> simulator.run(), [say.text for say in simulator.says]
(True, ['six times seven is 42'])

The shipped network, and the reference for one colour:

>>> trained = read_weights(resource_folder("trained_weights") / "colours.json")
>>> logits = trained.network.reference([[255, 255, 255]])
>>> trained.names[trained.network.winners(logits)[0]]
'white'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scratchgen.errors import ScratchgenError
    from scratchgen.networks.network import IntegerNetwork
    from scratchgen.networks.weights import TrainedNetwork, read_weights, write_weights
    from scratchgen.projects.build import build_project
    from scratchgen.projects.colours import colours_project
    from scratchgen.resources import resource_folder
    from scratchgen.scratch.layout import arrange
    from scratchgen.scratch.linter import check_file
    from scratchgen.scratch.parser import parse_project
    from scratchgen.scratch.printer import print_project
    from scratchgen.scratch.reader import read_project
    from scratchgen.scratch.writer import write_project
    from scratchgen.simulator import Simulator

__all__ = [
    "IntegerNetwork",
    "ScratchgenError",
    "Simulator",
    "TrainedNetwork",
    "arrange",
    "build_project",
    "check_file",
    "colours_project",
    "parse_project",
    "print_project",
    "read_project",
    "read_weights",
    "resource_folder",
    "write_project",
    "write_weights",
]

__version__ = "0.1.0"

HOMES = {
    "ScratchgenError": "scratchgen.errors",
    "IntegerNetwork": "scratchgen.networks.network",
    "TrainedNetwork": "scratchgen.networks.weights",
    "read_weights": "scratchgen.networks.weights",
    "write_weights": "scratchgen.networks.weights",
    "build_project": "scratchgen.projects.build",
    "colours_project": "scratchgen.projects.colours",
    "resource_folder": "scratchgen.resources",
    "arrange": "scratchgen.scratch.layout",
    "check_file": "scratchgen.scratch.linter",
    "parse_project": "scratchgen.scratch.parser",
    "print_project": "scratchgen.scratch.printer",
    "read_project": "scratchgen.scratch.reader",
    "write_project": "scratchgen.scratch.writer",
    "Simulator": "scratchgen.simulator",
}
"""Where each name lives; its room is opened when it is first asked for, so that importing takes no time."""


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *HOMES})
