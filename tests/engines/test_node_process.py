"""A process in Node answers, or ends with words that help, in bounded time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scratchgen.engines.install import NODE_FOLDER
from scratchgen.engines.node_process import NodeProcess
from scratchgen.errors import EngineError

pytestmark = pytest.mark.engine

SCRIPT = """
const {options, serve} = require(PROTOCOL);
if (options.fail) throw new TypeError('cannot start');
serve({
    echo: request => request,
    nothing: () => undefined,
    chatter: () => { for (let line = 0; line < 10000; line++) console.log('x'.repeat(1000)); },
    forget: () => { Promise.reject(new Error('nobody waits for this')); },
    refuse: () => { throw {validationError: 'no', sb3Errors: [{dataPath: '.targets', message: 'is bad'}]}; },
    die: () => { process.stderr.write('y'.repeat(1e6)); process.exit(3); },
    sleep: () => new Promise(() => {}),
    spin: () => { for (;;); }
});
"""


@pytest.fixture
def script(engines_installed: Path, tmp_path: Path) -> str:
    path = tmp_path / "script.cjs"
    path.write_text(SCRIPT.replace("PROTOCOL", repr(str(NODE_FOLDER / "protocol.cjs"))))
    return str(path)


@pytest.fixture
def node(script: str) -> Iterator[NodeProcess]:
    with NodeProcess(script, title="the echo", seconds=60) as process:
        yield process


def test_requests_are_answered_in_order(node: NodeProcess) -> None:
    assert node.request("echo", text="ä😀\ud83d\u2028\n", number=1.5) == {
        "text": "ä😀\ud83d\u2028\n",
        "number": 1.5,
    }
    assert node.request("nothing") is None


def test_what_a_project_prints_does_not_disturb(node: NodeProcess) -> None:
    node.request("chatter")
    node.request("forget")
    assert node.request("echo", number=1) == {"number": 1}


def test_a_refusal_is_told_in_its_own_words_and_is_not_the_end(node: NodeProcess) -> None:
    with pytest.raises(EngineError, match=r"the echo: `refuse` failed: \.targets is bad$"):
        node.request("refuse")
    with pytest.raises(EngineError, match=r"`unknown` failed"):
        node.request("unknown")
    assert node.request("echo", number=1) == {"number": 1}


def test_a_process_that_ends_is_told_with_few_words(node: NodeProcess) -> None:
    with pytest.raises(EngineError, match="Node ended with code 3: yyy") as caught:
        node.request("die")
    assert len(str(caught.value)) < 500
    with pytest.raises(EngineError, match="Node ended with code 3"):
        node.request("echo")


@pytest.mark.parametrize("command", ["sleep", "spin"])
def test_time_is_bounded(node: NodeProcess, command: str) -> None:
    with pytest.raises(
        EngineError, match=rf"`{command}` was not done after 0\.3 seconds; start the engine again"
    ):
        node.request(command, seconds=0.3)


def test_a_script_that_does_not_start_says_why(script: str) -> None:
    with pytest.raises(EngineError, match="Node ended with code 1: TypeError: cannot start"):
        NodeProcess(script, title="the echo", options={"fail": True})
