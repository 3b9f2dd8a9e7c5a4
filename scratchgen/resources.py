"""Where the files that travel with the package are: templates and trained weights.

In a checkout they lie beside the package, in a wheel inside it; this is the only place that knows.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource_folder"]


def resource_folder(name: str) -> Path:
    """Return the folder of that name, in an installed wheel or in a checkout.

    >>> (resource_folder("trained_weights") / "colours.json").is_file()
    True
    """
    package = Path(__file__).parent
    for folder in (package / "_resources" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installed package lacks its folder {name!r}; install scratchgen again")
