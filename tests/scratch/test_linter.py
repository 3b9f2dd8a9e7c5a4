"""The linter: silent about what is good, and it finds every fault of the seeded set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from scratchgen.errors import ProjectFileError
from scratchgen.scratch.linter import MOST_FINDINGS, RULES, Finding, check_bytes, check_file
from scratchgen.scratch.linting import links
from scratchgen.scratch.program import Project
from scratchgen.scratch.writer import project_to_bytes
from tests.scratch.programs import projects
from tests.scratch.project_changes import Seed, cat, hat, new_blocks, second_definition, stage, warp_loop
from tests.scratch.sample_project import Json, block, good_assets, good_project, pack
from tests.scratch.seeded_faults import SEEDS


def check(project: Json, assets: dict[str, bytes] | None = None) -> list[Finding]:
    return check_bytes(pack(project, assets))


def findings_of(seed: Seed) -> list[Finding]:
    project, assets = good_project(), good_assets()
    seed.change(project, assets)
    return check(project, assets)


def test_the_good_project_has_no_findings() -> None:
    assert check(good_project()) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.rule}: {seed.words}")
def test_every_seeded_fault_is_found_by_its_rule(seed: Seed) -> None:
    findings = findings_of(seed)
    assert seed.rule in {finding.rule for finding in findings}, [str(finding) for finding in findings]


def test_every_rule_has_a_seed_and_a_name_of_its_own() -> None:
    names = [rule.id for rule in RULES]
    assert len(set(names)) == len(names)
    # A key that stands twice is a fault of the JSON's text, which the seeds do not see.
    assert {seed.rule for seed in SEEDS} == set(names) - {"duplicate-key"}
    assert len(SEEDS) >= 100


def test_a_key_that_stands_twice_is_found() -> None:
    text = json.dumps(good_project()).replace('"tempo": 60', '"tempo": 60, "tempo": 61')
    findings = [finding for finding in check_bytes(text.encode()) if finding.rule != "missing-asset"]
    assert [finding.rule for finding in findings] == ["duplicate-key"]


def test_the_place_is_in_words() -> None:
    project = good_project()
    cat(project)["blocks"]["item"]["fields"]["LIST"] = ["shades", "list shades"]
    [finding] = check(project)
    assert str(finding) == (
        'error: sprite "Cat", script "when I receive [go]", block "item (own) of [shades]": '
        'the list "shades" is not declared (undeclared-list)'
    )


def test_text_from_the_file_cannot_break_the_line_or_fill_the_screen() -> None:
    project = good_project()
    cat(project)["name"] = "\x1b[2J\n" + "x" * 10_000
    cat(project)["blocks"]["stop"]["next"] = "\r\n\ud800"
    [finding] = check(project)
    assert str(finding).isprintable()
    assert len(str(finding)) < 400


def test_errors_come_before_warnings() -> None:
    project = good_project()
    project["targets"].append("none")
    cat(project)["currentCostume"] = 7
    cat(project)["blocks"]["stop"]["next"] = "gone"
    severities = [finding.severity for finding in check(project)]
    assert severities == ["error", "error", "warning"]


def test_very_many_findings_of_a_kind_are_cut_short() -> None:
    project = good_project()
    for number in range(3 * MOST_FINDINGS):
        x = 1000 + 100 * number
        cat(project)["blocks"][f"{number}"] = hat("gone", parent=None) | {"x": x}
    findings = check(project)
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1].message == "and there are more of this kind"


def test_a_file_is_checked_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "project.sb3"
    path.write_bytes(pack(good_project() | {"extensions": []}))
    assert [finding.rule for finding in check_file(path)] == ["undeclared-extension"]
    with pytest.raises(ProjectFileError, match="no such file"):
        check_file(tmp_path / "gone.sb3")


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(projects())
def test_what_the_writer_writes_hangs_together(project: Project) -> None:
    """Whatever the program: its blocks may be odd, but their links and the names they mention are sound."""
    found = {finding.rule for finding in check_bytes(project_to_bytes(project))}
    assert found & {rule.id for rule in links.RULES} == set()
    assert found & SOUND == set()


SOUND = {
    "schema-project",
    "schema-meta",
    "schema-target",
    "schema-variable",
    "schema-list",
    "schema-comment",
    "schema-block",
    "schema-input",
    "schema-field",
    "schema-monitor",
    "undeclared-variable",
    "undeclared-list",
    "undeclared-broadcast",
    "undeclared-extension",
    "shared-id",
    "shadow-mark",
    "parameter-lists",
    "argument-mismatch",
    "asset-hash",
    "unused-asset",
}
"""Rules that no program can break by itself, only the writer."""


class TestWhatIsNoFault:
    """Things that a hasty rule would report."""

    def silent(self, project: Json) -> None:
        assert [str(finding) for finding in check(project)] == []

    def test_stop_other_scripts_goes_on(self) -> None:
        project = good_project()
        blocks = cat(project)["blocks"]
        blocks["stop"] |= {"fields": {"STOP_OPTION": ["other scripts in sprite", None]}, "next": "hide"}
        blocks["hide"] = block("looks_hide", parent="stop")
        self.silent(project)

    def test_a_message_may_be_worked_out(self) -> None:
        project = good_project()
        stage(project)["blocks"]["send"]["inputs"]["BROADCAST_INPUT"] = [
            3,
            [12, "score", "variable score"],
            [11, "go", "broadcast go"],
        ]
        self.silent(project)

    def test_a_costume_may_be_chosen_by_its_number(self) -> None:
        project = good_project()
        cat(project)["blocks"]["costumes"]["fields"]["COSTUME"] = ["1", None]
        self.silent(project)

    def test_a_loop_of_warp_that_is_short_or_can_end(self) -> None:
        project = good_project()
        warp_loop("control_repeat", TIMES=[1, [6, "1000"]])(project, {})
        blocks = cat(project)["blocks"]
        blocks["long"]["opcode"] = "control_forever"
        blocks["long"]["inputs"].pop("TIMES")
        blocks["inside"]["next"] = "end"
        blocks["end"] = block("control_stop", parent="inside", fields={"STOP_OPTION": ["this script", None]})
        rules = {finding.rule for finding in check(project)}
        assert rules == {"uncalled-definition"}

    def test_scripts_side_by_side(self) -> None:
        project = good_project()
        for number in range(50):
            column, row = divmod(number, 10)
            new_blocks(**{f"{number}": hat() | {"x": 700 + 200 * column, "y": 100 * row}})(project, {})
        self.silent(project)

    def test_definitions_of_one_name_in_two_sprites(self) -> None:
        project = good_project()
        new_blocks(**second_definition("own", "jump"))(project, {})
        cat(project)["blocks"]["jump"] = block("procedures_call", parent="stop") | {
            "mutation": cat(project)["blocks"]["draw"]["mutation"] | {"proccode": "jump", "argumentids": "[]"}
        }
        cat(project)["blocks"]["stop"]["fields"]["STOP_OPTION"][0] = "other scripts in sprite"
        cat(project)["blocks"]["stop"]["next"] = "jump"
        stage(project)["blocks"] |= second_definition("own", "jump")
        assert [finding.rule for finding in check(project)] == ["uncalled-definition"]
