"""A file read and written is the same file, up to the names of its ids; a program written and read, the same
program. Over programs of every block of the catalogue, and of blocks that no catalogue knows."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scratchgen.scratch.layout import arrange
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.printer import print_project
from scratchgen.scratch.program import Block, Project, Script, Sprite, Stack
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes, project_to_json
from tests.scratch.programs import projects
from tests.scratch.test_printer import exact

slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

KEYED_BY_ID = ("variables", "lists", "broadcasts", "blocks", "comments")
ARGUMENT_IDS = "argumentids"


def saved(content: Any) -> bytes:
    """The bytes of a bare ``project.json``."""
    return json.dumps(content).encode()


def renamed(content: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same project with other ids: those that the writer makes are found, wherever they stand."""
    content = copy.deepcopy(content)
    generator = random.Random(seed)
    ids = {key for target in content["targets"] for part in KEYED_BY_ID for key in target[part]}
    for target in content["targets"]:
        for block in target["blocks"].values():
            if isinstance(block, dict) and ARGUMENT_IDS in block.get("mutation", {}):
                ids.update(json.loads(block["mutation"][ARGUMENT_IDS]))
    new = {old: f"id {generator.randrange(10**9)} of {len(old)} {old[::-1]}" for old in sorted(ids)}
    for target in content["targets"]:
        for part in KEYED_BY_ID:
            target[part] = {new[key]: value for key, value in target[part].items()}
        for key in ("variables", "lists"):
            assert all(isinstance(row[0], str) for row in target[key].values())
        target["blocks"] = {key: renamed_block(block, new) for key, block in target["blocks"].items()}
        for comment in target["comments"].values():
            comment["blockId"] = new.get(comment["blockId"])
    for monitor in content["monitors"]:
        monitor["id"] = new.get(monitor["id"], monitor["id"])
    return content


def renamed_block(block: Any, new: dict[str, str]) -> Any:
    """A block whose ids are renamed where they stand."""
    if isinstance(block, list):
        return [*block[:2], new[block[2]], *block[3:]]
    inputs = {
        new.get(name, name) if "call" in block["opcode"] or "proto" in block["opcode"] else name: [
            slot[0],
            *(
                new[part] if isinstance(part, str) else part[:2] + [new[each] for each in part[2:]]
                for part in slot[1:]
            ),
        ]
        for name, slot in block["inputs"].items()
    }
    fields = {name: [value, new.get(id_)] for name, (value, id_) in block["fields"].items()}
    renamed = {**block, "next": new.get(block["next"]), "parent": new.get(block["parent"])}
    renamed |= {"inputs": inputs, "fields": fields}
    if "comment" in block:
        renamed["comment"] = new[block["comment"]]
    if ARGUMENT_IDS in block.get("mutation", {}):
        ids = [new[each] for each in json.loads(block["mutation"][ARGUMENT_IDS])]
        renamed["mutation"] = {**block["mutation"], ARGUMENT_IDS: json.dumps(ids, separators=(",", ":"))}
    return renamed


@slow
@given(projects(), st.integers())
def test_a_file_read_and_written_is_the_same_up_to_ids(project: Project, seed: int) -> None:
    content, _ = project_to_json(arrange(project))
    other_ids = renamed(content, seed)
    assert other_ids["targets"][0]["costumes"] == content["targets"][0]["costumes"]
    back, _ = project_to_json(project_from_bytes(saved(other_ids)))
    assert back == content


@slow
@given(projects())
def test_a_program_written_and_read_is_the_same(project: Project) -> None:
    project = arrange(project)
    back = project_from_bytes(project_to_bytes(project))
    assert exact(as_the_file_says(project, back)) == exact(back)


@slow
@given(projects())
def test_a_file_goes_through_text_and_back(project: Project) -> None:
    data = project_to_bytes(project)
    from_file = project_from_bytes(data)
    assert exact(parse_project(print_project(from_file))) == exact(from_file)
    assert project_to_bytes(parse_project(print_project(from_file))) == project_to_bytes(from_file)


@slow
@given(projects())
def test_the_same_program_is_the_same_bytes(project: Project) -> None:
    assert project_to_bytes(project) == project_to_bytes(copy.deepcopy(project))


def as_the_file_says(project: Project, back: Project) -> Project:
    """The program with what the writer adds: empty costumes, broadcasts and extensions that are used."""
    sprites = tuple(
        replace(
            sprite,
            costumes=sprite.costumes or written.costumes,
            broadcasts=(*sprite.broadcasts, *written.broadcasts[len(sprite.broadcasts) :]),
        )
        for sprite, written in zip(project.sprites, back.sprites, strict=True)
    )
    assert set(project.extensions) <= set(back.extensions)
    assert {"semver": "3.0.0", **project.meta} == back.meta
    return replace(project, sprites=sprites, extensions=back.extensions, meta=back.meta)


def test_what_the_writer_adds_is_all_that_it_adds() -> None:
    script_less = Project(sprites=(Sprite(name="Stage", is_stage=True),))
    back = project_from_bytes(project_to_bytes(script_less))
    assert back.stage.costumes[0].name == "backdrop1"
    assert replace(back, sprites=(replace(back.stage, costumes=()),), meta={}) == script_less


def test_mouths_of_unknown_blocks_keep_all_their_blocks() -> None:
    chain = (Block(opcode="looks_show"), Block(opcode="looks_hide"))
    block = Block(opcode="my_loop", inputs={"DO": Stack(blocks=chain)})
    stage = Sprite(name="Stage", is_stage=True)
    project = Project(sprites=(stage, Sprite(name="Cat", scripts=(Script(blocks=(block,), x=0, y=0),))))
    back = project_from_bytes(project_to_bytes(project))
    assert back.sprites[1].scripts == project.sprites[1].scripts
