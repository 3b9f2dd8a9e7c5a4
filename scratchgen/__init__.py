"""Compile small neural networks to plain Scratch, and prove that the blocks answer as the reference does."""

__version__ = "0.1.0"
