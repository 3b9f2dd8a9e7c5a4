"""TurboWarp's engine, which compiles scripts to JavaScript, out of npm's ``@turbowarp/packager``.

It runs many projects that the official engine refuses: that it runs a file is never a proof that the file is
valid.
"""

from __future__ import annotations

from scratchgen.engines.engine import Engine

__all__ = ["TurboWarpEngine"]


class TurboWarpEngine(Engine):
    """TurboWarp's engine in compiled mode, driven as the official one is; it has no seed."""

    SCRIPT = "turbowarp.cjs"
    TITLE = "TurboWarp"

    @property
    def compile_errors(self) -> list[str]:
        """Why scripts that were started could not be compiled; those run slowly, with the same results."""
        return list(self._node.request("compile_errors"))
