"""Runs the blocks of an .sb3 file as the official engine does, in Python."""
