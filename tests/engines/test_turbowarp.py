"""What only TurboWarp's engine is asked for: whether it compiled what it ran."""

from __future__ import annotations

import pytest

from scratchgen.engines.turbowarp import TurboWarpEngine
from tests.engines.handmade import FLAG, chain, reporter, sb3, set_variable, target

pytestmark = pytest.mark.engine


def test_scripts_are_compiled_and_what_cannot_be_is_told(turbowarp_engine: TurboWarpEngine) -> None:
    for opcode, compiled in (("operator_add", True), ("operator_teleport", False)):
        blocks = chain(FLAG, set_variable("x", "inner"))
        blocks["inner"] = reporter(opcode, "b1", NUM1=[4, "1"], NUM2=[4, "2"])
        turbowarp_engine.load(sb3(target("Stage", blocks=blocks, variables={"id of x": ["x", 0]})))
        turbowarp_engine.click_flag()
        turbowarp_engine.run()
        assert (turbowarp_engine.compile_errors == []) is compiled
        assert (turbowarp_engine.variable("x") == 3) is compiled
