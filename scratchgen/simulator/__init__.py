"""Runs the blocks of an .sb3 file as the official engine does, in Python."""

from scratchgen.simulator.lanes import Lanes
from scratchgen.simulator.machine import Say
from scratchgen.simulator.simulator import Simulator

__all__ = ["Lanes", "Say", "Simulator"]
