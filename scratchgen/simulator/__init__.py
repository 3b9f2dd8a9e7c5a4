"""Runs the blocks of an .sb3 file as the official engine does, in Python."""

from scratchgen.simulator.machine import Say
from scratchgen.simulator.simulator import Simulator

__all__ = ["Say", "Simulator"]
