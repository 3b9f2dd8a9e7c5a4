"""Scratch as a language: blocks, programs, text and files.

Block catalogue, program tree, parser, printer, layout, linter and the ``.sb3`` file live here. Nothing here
knows of networks.
"""
