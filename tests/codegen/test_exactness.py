"""Only exact operations may lie on the way to the answer, by value or by condition."""

import pytest

from scratchgen.codegen.exactness import require_exact_answer
from scratchgen.errors import ProgramError
from scratchgen.scratch.manifest import Manifest, ManifestInput
from scratchgen.scratch.parser import parse_project

MANIFEST = Manifest(
    kind="colours",
    sprite="Network",
    inputs=(ManifestInput(variable="red", low=0, high=255),),
    broadcast="ask",
    logits="logits",
    answer="name",
    names=("a", "b"),
    language="en",
    style="readable",
    weights_sha256="0" * 64,
)

HEADER = """\
//! stage
//! variable [red v] = (0)
//! variable [name v] = []
//! variable [a v] = (0)
//! variable [b v] = (0)
//! variable [confidence v] = (0)
//! list [logits v] =
//! broadcast [ask v]
//! sprite [Network]

"""


def check(script: str) -> None:
    require_exact_answer(parse_project(HEADER + script), MANIFEST)


EXACT = [
    "set [name v] to ([floor v] of ((red) / (1024)))",
    "set [name v] to (round ((red) * (3)))",
    "set [name v] to (((red) mod (67108864)) + (-5))",
    "set [confidence v] to ([e ^ v] of (red))",
    "set [red v] to (pick random (0) to (255))\nset [name v] to (red)",
    "set [a v] to ([sin v] of (red))\nset [confidence v] to (a)",
    "if <([ln v] of (red)) > (1)> then\nset [confidence v] to (1)\nend\nset [name v] to (2)",
]

OTHERS = """define f
set [name v] to (1)

when I receive [ask v]
f

when flag clicked
repeat until <(timer) > (1)>
f
end"""


def test_who_else_calls_the_blocks_does_not_matter_to_the_answer() -> None:
    check(OTHERS)


INEXACT = [
    ("define f\nset [name v] to (1)\n\nwhen I receive [ask v]\nif <(timer) > (1)> then\nf\nend", "timer"),
    ("when I receive [ask v]\nset [name v] to (a)\n\nwhen flag clicked\nset [a v] to (timer)", "timer"),
    ("set [name v] to ([e ^ v] of (red))", "e \\^"),
    ("add ([ln v] of (red)) to [logits v]", "ln"),
    ("set [name v] to ((red) / (3))", "operator_divide"),
    ("set [name v] to ((red) / (a))", "operator_divide"),
    ("set [name v] to ((red) / (0))", "operator_divide"),
    ("set [name v] to ((red) / (0.5))", "operator_divide"),
    ("set [name v] to ([sqrt v] of (red))", "sqrt"),
    ("set [name v] to (pick random (1) to (2))", "operator_random"),
    ("set [a v] to ([sin v] of (red))\nset [b v] to (a)\nset [name v] to (b)", "sin"),
    ("if <([ln v] of (red)) > (1)> then\nset [name v] to (1)\nend", "ln"),
    ("repeat ([log v] of (red))\nchange [name v] by (1)\nend", "log"),
    ("repeat until <(timer) > (1)>\nchange [name v] by (1)\nend", "sensing_timer"),
    ("define f (x)\nset [name v] to (x)\n\nwhen flag clicked\nf ([e ^ v] of (red))", "e \\^"),
    ("define f\nset [name v] to (1)\n\nwhen flag clicked\nif <([ln v] of (red)) > (1)> then\nf\nend", "ln"),
    (
        "define f\ng\n\ndefine g\nadd (1) to [logits v]\n\nwhen flag clicked\nrepeat (timer)\nf\nend",
        "sensing_timer",
    ),
    ("set [name v] to (item ([ceiling v] of ([tan v] of (red))) of [logits v])", "tan"),
]


@pytest.mark.parametrize("script", EXACT)
def test_exact_programs_pass(script: str) -> None:
    check(script)


@pytest.mark.parametrize(("script", "culprit"), INEXACT)
def test_inexact_programs_are_refused_by_name(script: str, culprit: str) -> None:
    with pytest.raises(ProgramError, match=rf"sprite 'Network'.*{culprit}.*browsers may disagree"):
        check(script)
