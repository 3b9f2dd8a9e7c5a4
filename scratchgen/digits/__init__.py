"""Handwritten digits: where they come from, how a drawing becomes one, and how one becomes many."""
