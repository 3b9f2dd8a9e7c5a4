"""Runs the blocks of an .sb3 file as the official engine does, in Python."""

from scratchgen.simulator.events import Event, parse_events, print_events, read_events
from scratchgen.simulator.lanes import Lanes
from scratchgen.simulator.machine import Say
from scratchgen.simulator.simulator import Simulator

__all__ = ["Event", "Lanes", "Say", "Simulator", "parse_events", "print_events", "read_events"]
