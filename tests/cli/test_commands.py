"""Every command as a user types it: results on standard output, one line for what is wrong, exit codes."""

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
from scratchgen.evidence.verify import file_digest
from scratchgen.resources import resource_folder
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import write_project
from tests.evidence.small_networks import dense, files, trained


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "colours.sb3"
    assert run_command_line(["build", "--output", str(path)]) == 0
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_name_takes_every_notation(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    colours = ["#000000", "255,255,255", "red", "xkcd:royal blue"]
    assert run_command_line(["name", *colours, "--project", str(project)]) == 0
    assert lines(capsys) == ["black", "white", "red", "blue"]


def test_name_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["name", "black", "--json", "--project", str(project)]) == 0
    assert json.loads(capsys.readouterr().out) == [{"r": 0, "g": 0, "b": 0, "name": "black"}]


def test_name_answers_a_table(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text("b,g,r\n0,0,0\n255,255,255\n", encoding="utf-8")
    assert run_command_line(["name", "--csv", str(tmp_path / "t.csv"), "--project", str(project)]) == 0
    assert lines(capsys) == ["r,g,b,name", "0,0,0,black", "255,255,255,white"]


def test_name_reads_standard_input(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"r,g,b\n0,0,0\n")))
    assert run_command_line(["name", "--csv", "-", "--project", str(project)]) == 0
    assert lines(capsys) == ["r,g,b,name", "0,0,0,black"]


def test_a_fault_in_the_last_row_prints_no_half_table(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.csv").write_text("r,g,b\n0,0,0\n0,0,256\n", encoding="utf-8")
    assert run_command_line(["name", "--csv", str(tmp_path / "t.csv"), "--project", str(project)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "row 3, column b: b is '256'; give a whole number from 0 to 255" in err


def test_evaluate_scores_labels(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["0,0,0,black,test", "255,255,255,black,test", "255,255,255,white,train", "9,9,9,mauve,test"]
    (tmp_path / "t.csv").write_text("\n".join(["r,g,b,label,split", *rows]), encoding="utf-8")
    arguments = ["evaluate", str(tmp_path / "t.csv"), "--project", str(project)]
    assert run_command_line([*arguments, "--only", "split=test", "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["rows"], outcome["right"]) == (3, 1)
    assert outcome["recall"] == {"black": 0.5, "mauve": 0.0}
    assert outcome["confusion"]["black"] == {"black": 1, "white": 1}
    assert run_command_line(arguments) == 0
    printed = capsys.readouterr().out
    assert "accuracy 50.00% (2 of 4)" in printed
    assert "worst recall 0.00% (mauve)" in printed


def test_evaluate_takes_labels_in_the_language_of_the_file_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = str(tmp_path / "farben.sb3"), tmp_path / "t.csv"
    assert run_command_line(["build", "--language", "de", "--output", path]) == 0

    table.write_text("r,g,b,label\n0,0,0,schwarz\n255,255,255,weiß\n", encoding="utf-8")
    capsys.readouterr()
    assert run_command_line(["evaluate", str(table), "--project", path]) == 0
    out, err = capsys.readouterr()
    assert "accuracy 100.00% (2 of 2)" in out
    assert "never answers" not in err

    table.write_text("r,g,b,label\n0,0,0,schwarz\n255,255,255,white\n", encoding="utf-8")
    assert run_command_line(["evaluate", str(table), "--project", path]) == 0
    out, err = capsys.readouterr()
    assert "accuracy 50.00% (1 of 2)" in out
    assert "the project never answers white; its names, in the language 'de', are schwarz, weiß, " in err

    table.write_text("r,g,b,label\n0,0,0,black\n255,255,255,white\n", encoding="utf-8")
    assert run_command_line(["evaluate", str(table), "--project", path]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert (
        "t.csv: the project answers none of the labels black, white; its names, in the language 'de'" in err
    )


def test_a_language_that_is_not_there_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "farben.sb3"
    assert run_command_line(["build", "--language", "tlh", "--output", str(path)]) == 2
    assert "there is no language 'tlh'; choose one of en, de, es, fr" in capsys.readouterr().err
    assert not path.exists()


def test_verify_says_what_was_tried(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["verify", str(project)]) == 0
    printed = capsys.readouterr().out
    assert "4,096 of a grid, 500 closest races" in printed
    assert "reference = the Python simulator: all equal" in printed
    assert run_command_line(["verify", str(project), "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["equal"] is True
    assert outcome["colours"] >= 4596
    assert outcome["mismatches"] == []


def test_verify_finds_a_changed_weight(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = read_project(project)
    network = next(sprite for sprite in changed.sprites if sprite.name == "Network")
    place = next(at for at, each in enumerate(network.lists) if each.name == "biases 2")
    first, *rest = network.lists[place].items
    assert isinstance(first, int)
    lists = list(network.lists)
    lists[place] = replace(lists[place], items=(first + 1, *rest))
    sprites = tuple(
        replace(sprite, lists=tuple(lists)) if sprite is network else sprite for sprite in changed.sprites
    )
    write_project(replace(changed, sprites=sprites), tmp_path / "changed.sb3")
    assert run_command_line(["verify", str(tmp_path / "changed.sb3")]) == 1
    printed = lines(capsys)
    assert printed[0].startswith("mismatch at 0,0,0: logit 1 is ")
    assert "differ" in printed[-1]


def test_verify_all_asks_every_colour_of_the_domain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files(tmp_path, trained(dense(2, 3, 3), names=["10", "9"], high=20))
    assert run_command_line(["verify", str(path), "--all"]) == 0
    [line] = lines(capsys)
    assert line.startswith("9,261 colours, all there are (")
    assert "all equal" in line
    assert file_digest(path) in line

    assert run_command_line(["verify", str(path), "--all", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["colours"], found["equal"], found["mismatches"]) == (9261, True, [])

    project = read_project(path)
    [names] = [each for each in project.stage.lists if each.name == "names"]
    other = replace(names, items=tuple(reversed(names.items)))
    lists = tuple(other if each is names else each for each in project.stage.lists)
    write_project(replace(project, sprites=(replace(project.stage, lists=lists), *project.sprites[1:])), path)
    assert run_command_line(["verify", str(path), "--all"]) == 1
    *mismatches, more, last = lines(capsys)
    assert len(mismatches) == 20
    assert "the file answers" in mismatches[0]
    assert more == "… and 9,241 more"
    assert "9,261 differ" in last

    assert run_command_line(["verify", str(path), "--all", "--count", "3"]) == 2
    assert "--all leaves nothing to draw" in capsys.readouterr().err


def test_verify_draws_more_questions(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["verify", str(project), "--count", "1000", "--seed", "7"]) == 0
    first, second = lines(capsys)
    assert "500 closest races" in first
    assert second.startswith("1,000 more, drawn with seed 7 (")
    assert second.endswith("every logit and the name, reference = the Python simulator: all equal")


@pytest.mark.engine
def test_verify_all_asks_turbowarp_too(
    engines_installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files(tmp_path, trained(dense(2, 3, 3), names=["10", "9"], high=20))
    arguments = ["verify", str(path), "--engine", "turbowarp", "--all"]
    assert run_command_line(arguments) == 0
    [line] = lines(capsys)
    assert line.startswith("9,261 colours, all there are (")
    assert "the file's blocks on TurboWarp: all equal" in line
    assert run_command_line([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["colours"], found["equal"]) == (9261, True)
    assert found["engine"] == "TurboWarp, by a harness in a copy"


@pytest.mark.engine
def test_verify_draws_more_questions_for_the_official_engine(
    engines_installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files(tmp_path, trained(dense(2, 3, 3), names=["10", "9"], high=20))
    project = read_project(path)
    [names] = [each for each in project.stage.lists if each.name == "names"]
    other = replace(names, items=("11", "8"))
    lists = tuple(other if each is names else each for each in project.stage.lists)
    write_project(replace(project, sprites=(replace(project.stage, lists=lists), *project.sprites[1:])), path)
    arguments = ["verify", str(path), "--engine", "scratch", "--count", "100", "--json"]
    assert run_command_line(arguments) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["engine"], found["equal"]) == ("the official engine", False)
    drawn = found["drawn"]
    assert drawn["engine"] == "the official engine, by a harness in a copy"
    assert (drawn["colours"], drawn["equal"], drawn["differing"]) == (100, False, 100)
    assert {mismatch["file"]["name"] for mismatch in drawn["mismatches"]} <= {"11", "8"}


SAYS_HELLO = """\
//! stage
//! sprite [Cat]

when flag clicked
say [hello]
"""


def test_run_prints_what_is_said_and_writes_the_state(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "new folder" / "state.json"
    (tmp_path / "hello.txt").write_text(SAYS_HELLO, encoding="utf-8")
    assert run_command_line(["compile", str(tmp_path / "hello.txt")]) == 0
    capsys.readouterr()
    assert run_command_line(["run", str(tmp_path / "hello.sb3")]) == 0
    assert lines(capsys) == ["hello"]
    assert run_command_line(["run", str(project), "--seconds", "0.5", "--state", str(state)]) == 0
    assert lines(capsys) == []
    content = json.loads(state.read_text(encoding="utf-8"))
    assert content["Stage"]["variables"]["red"] == "128"
    assert content["Stage"]["variables"]["name"] == "grey"
    assert len(content["Stage"]["lists"]["logits"]) == 11


def test_train_learns_any_labels_and_its_project_verifies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{r},{r},{r},{'dark ] side' if r < 128 else 'bright'}" for r in range(0, 256, 3)]
    (tmp_path / "my.csv").write_text("r,g,b,label\n" + "\n".join(rows), encoding="utf-8")
    weights, project = str(tmp_path / "my.json"), str(tmp_path / "my.sb3")
    quick = ["--epochs", "5", "--restarts", "1", "--hidden", "4,3", "--activation", "tanh"]
    assert run_command_line(["train", "--data", str(tmp_path / "my.csv"), *quick, "--output", weights]) == 0
    assert run_command_line(["build", "--weights", weights, "--output", project]) == 0
    capsys.readouterr()
    assert run_command_line(["verify", project]) == 0  # finds the weights beside the project
    assert run_command_line(["name", "black", "white", "--project", project]) == 0
    assert lines(capsys)[-2:] == ["dark ] side", "bright"]


BAD = {
    "no project": ["name", "red", "--project", "nowhere.sb3"],
    "not a zip": ["verify", "text.txt"],
    "a folder": ["run", "."],
    "no manifest": ["name", "red", "--project", "bare.sb3"],
    "a channel": ["name", "256,0,0"],
    "no colour": ["name", "bleu"],
    "nothing": ["name"],
    "both": ["name", "red", "--csv", "t.csv"],
    "no table": ["evaluate", "nowhere.csv"],
    "no label": ["evaluate", "channels.csv"],
    "one label": ["train", "--data", "one.csv"],
    "bad only": ["evaluate", "two.csv", "--only", "split"],
    "no such value": ["evaluate", "two.csv", "--only", "split=dev"],
    "bits": ["train", "--bits", "3"],
    "hidden": ["train", "--hidden", "eight"],
    "activation": ["train", "--activation", "step"],
    "seconds": ["run", "bare.sb3", "--seconds", "nan"],
    "weights": ["build", "--weights", "text.txt"],
    "wrong weights": ["verify", "colours.sb3", "--weights", "text.txt"],
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD)
def test_bad_input_costs_one_line_and_exit_2(
    arguments: list[str],
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        "text.txt": b"hello",
        "bare.sb3": b'{"targets": [{"isStage": true, "name": "Stage"}]}',
        "channels.csv": b"r,g,b\n1,2,3\n",
        "one.csv": b"r,g,b,label\n1,2,3,ink\n",
        "two.csv": b"r,g,b,label,split\n1,2,3,ink,test\n3,2,1,paper,test\n",
        "colours.sb3": project.read_bytes(),
    }
    for file, data in files.items():
        Path(file).write_bytes(data)
    assert run_command_line(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert len(err.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)


@pytest.mark.parametrize(
    "arguments", [["frobnicate"], ["name", "--frobnicate"], ["verify", "--engine", "abacus"]]
)
def test_wrong_usage_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err


def test_fast_blocks_are_built_explained_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fast blöcks.sb3"
    assert run_command_line(["build", "--style", "fast", "--explain", "--output", str(path)]) == 0
    said = capsys.readouterr().out
    assert "weights in the blocks" in said
    assert "layer 2, dense, not loops over lists: " in said
    # the packed sums are larger than all that the network's own bounds allow
    bound = re.search(r"no number passes ([\d,]+), which is below 2\^53", said)
    assert bound is not None
    assert 23_821_847 < int(bound[1].replace(",", "")) < 2**53
    assert run_command_line(["verify", str(path)]) == 0
    assert "all equal" in capsys.readouterr().out


def test_a_budget_too_small_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fast.sb3"
    command = ["build", "--style", "fast", "--budget-bytes", "100", "--output", str(path)]
    assert run_command_line(command) == 2
    assert "of the budget; raise --budget-blocks" in " ".join(capsys.readouterr().err.split())
    assert not path.exists()


COMMANDS = [
    "make",
    "train",
    "build",
    "verify",
    "name",
    "evaluate",
    "run",
    "report",
    "bench",
    "engines install",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line([*command.split(), "--help"]) == 0
    assert f"Example: scratchgen {command.split()[0]}" in capsys.readouterr().out


def test_the_module_runs_and_a_closed_pipe_is_silent(project: Path) -> None:
    command = [sys.executable, "-m", "scratchgen", "name", *["red"] * 2000, "--project", str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "red\n"
        process.stdout.close()
        assert process.stderr.read() == ""


def test_output_is_plain_off_a_terminal(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scratchgen", "verify", str(project)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr.splitlines() == [f"asking {project.name} on the Python simulator …"]


def test_the_shipped_weights_are_the_default() -> None:
    assert (resource_folder("trained_weights") / "colours.json").is_file()
