"""The simulator and the catalogue speak of the same blocks."""

import pytest

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.simulator.expressions import REPORTERS
from scratchgen.simulator.statements import STATEMENTS

COMPLETE = ("operator_", "data_", "control_", "procedures_", "argument_")
"""The categories of which the simulator knows every block."""
SAYS = {"looks_say", "looks_think", "looks_sayforsecs", "looks_thinkforsecs"}


@pytest.mark.parametrize("opcode", sorted({*STATEMENTS, *REPORTERS}))
def test_what_is_translated_is_in_the_catalogue_with_that_shape(opcode: str) -> None:
    is_reporter = CATALOGUE[opcode].shape in ("reporter", "boolean")
    assert is_reporter == (opcode in REPORTERS)
    assert (not is_reporter) == (opcode in STATEMENTS)


def test_every_block_of_the_complete_categories_is_translated() -> None:
    wanted = {
        opcode for opcode, row in CATALOGUE.items() if opcode.startswith(COMPLETE) and row.shape != "hat"
    }
    assert wanted | SAYS <= {*STATEMENTS, *REPORTERS}
