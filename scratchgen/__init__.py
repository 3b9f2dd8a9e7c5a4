"""Compile small neural networks to plain Scratch, and prove that the blocks answer exactly as the reference."""

__version__ = "0.1.0"
