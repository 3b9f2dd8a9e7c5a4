"""Scratch as a language: block catalogue, program tree, parser, printer, layout, linter and the .sb3 file. Knows nothing of networks."""
