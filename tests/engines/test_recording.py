"""What the editor records of frames and inputs: in their order, none missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scratchgen.engines.editor import Editor
from scratchgen.engines.recording import Recording, read_recording
from tests.engines.handmade import chain, sb3, set_variable, target


def test_the_last_change_is_found_by_its_place() -> None:
    frames = [
        {"number": number, "milliseconds": 10.0 * number, "painted": False, "values": values}
        for number, values in enumerate([["a", "x"], ["b", "x"], ["b", "x"]])
    ]
    recording = read_recording({"frames": frames, "inputs": []})
    first = recording.last_change(0)
    assert first is not None
    assert first.number == 1
    assert recording.last_change(1) is None
    assert recording.longest_gap() == 10.0
    assert Recording((), ()).longest_gap() == 0.0


@pytest.mark.engine
def test_a_key_and_what_follows_from_it_are_recorded(editor_installed: Path, tmp_path: Path) -> None:
    key = {"opcode": "event_whenkeypressed", "fields": {"KEY_OPTION": ["a", None]}}
    blocks = chain(
        key,
        set_variable("heard", [10, "yes"]),
        {"opcode": "looks_hide"},
        {"opcode": "control_wait", "inputs": {"DURATION": [1, [5, "0.2"]]}},
        set_variable("heard", [10, "done"]),
    )
    path = tmp_path / "keys.sb3"
    lists = {"id of some": ["some", ["one", 2]]}
    cat = target("Cat", blocks=blocks, variables={"id of heard": ["heard", "no"]}, lists=lists)
    path.write_bytes(sb3(target("Stage"), cat))
    with Editor() as editor:
        assert editor.load(path).loaded
        editor.record([("Cat", "heard"), ("Cat", "some"), ("Dog", "heard")])
        editor.press_key("a")
        assert editor.wait_until("heard", "done", sprite="Cat", max_frames=60)
        assert not editor.wait_until("heard", "never", sprite="Cat", max_frames=3)
        recording = editor.recorded()
    values = [frame.values for frame in recording.frames]
    assert (
        list(dict.fromkeys(values))
        == [(heard, "one 2", None) for heard in ("no", "yes", "done")][values[0][0] != "no" :]
    )
    numbers = [frame.number for frame in recording.frames]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    [down, up] = [one for one in recording.inputs if one.device == "keyboard"]
    heard = next(frame for frame in recording.frames if frame.values[0] == "yes")
    assert heard.number == down.frame + 1
    assert heard.painted
    assert not recording.frames[-1].painted
    assert down.milliseconds < heard.milliseconds
    assert up.frame > down.frame
