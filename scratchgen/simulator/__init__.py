"""Runs the blocks of an .sb3 file as the official engine does, in Python."""

from scratchgen.simulator.bubbles import Say
from scratchgen.simulator.events import Event, parse_events, print_events, read_events
from scratchgen.simulator.lanes import Lanes
from scratchgen.simulator.simulator import Simulator
from scratchgen.simulator.view import PenView, SpriteView

__all__ = [
    "Event",
    "Lanes",
    "PenView",
    "Say",
    "Simulator",
    "SpriteView",
    "parse_events",
    "print_events",
    "read_events",
]
