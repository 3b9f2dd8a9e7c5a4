"""The rules of the linter, a module for each of the things that can be wrong with a project file.

They look at the file's JSON, where ids still exist, through :mod:`~scratchgen.scratch.linting.view`; running
them is :mod:`~scratchgen.scratch.linter`'s business.
"""
