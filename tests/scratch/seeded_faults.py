"""Faults, each a small change of the good project, with the rule that must find it."""

from __future__ import annotations

from tests.scratch.project_changes import (
    Seed,
    asset,
    big_asset,
    cat,
    clone_in_loop,
    many_blocks,
    new_blocks,
    of_block,
    of_cat,
    of_comment,
    of_costume,
    of_fields,
    of_inputs,
    of_meta,
    of_monitor,
    of_mutation,
    of_project,
    of_sound,
    of_stage,
    second_definition,
    stage,
    warp_loop,
    without,
)
from tests.scratch.sample_project import SVG_ID, WAV_ID, block, costume

SCHEMA = (
    Seed("schema-project", "no meta data", without("meta")),
    Seed("schema-project", "targets that are no array", of_project(targets={})),
    Seed("schema-project", "no targets", of_project(targets=[])),
    Seed("schema-meta", "a project of Scratch 2", of_meta(semver="2.0.0")),
    Seed("schema-meta", "a strange version of the engine", of_meta(vm="five")),
    Seed("schema-target", "a null for the stage", lambda p, _: p["targets"].__setitem__(0, None)),
    Seed("schema-target", "a stage with another name", of_stage(name="Bühne")),
    Seed("schema-target", "a stage in front", of_stage(layerOrder=1)),
    Seed("schema-target", "a sprite behind the stage", of_cat(layerOrder=0)),
    Seed("schema-target", "a sprite that is a second stage", of_cat(isStage=True)),
    Seed("schema-target", "a sprite without a name", without("targets", 1, "name")),
    Seed("schema-target", "a sprite without variables", without("targets", 1, "variables")),
    Seed("schema-target", "a position that is text", of_cat(x="12")),
    Seed("schema-target", "a null for a direction", of_cat(direction=None)),
    Seed("schema-target", "an unknown rotation style", of_cat(rotationStyle="upside down")),
    Seed("schema-target", "a negative costume", of_cat(currentCostume=-1)),
    Seed("schema-variable", "a null for a value", of_cat(variables={"variable own": ["own", None]})),
    Seed("schema-variable", "a variable without a value", of_cat(variables={"variable own": ["own"]})),
    Seed("schema-variable", "a cloud mark that is text", of_stage(variables={"v": ["score", 0, "yes"]})),
    Seed("schema-list", "a null in a list", of_stage(lists={"list names": ["names", [1, None]]})),
    Seed("schema-list", "a list in a list", of_stage(lists={"list names": ["names", [[1]]]})),
    Seed("schema-broadcast", "a broadcast that is a number", of_stage(broadcasts={"broadcast go": 1})),
    Seed("schema-comment", "a comment that is too long", of_comment(text="x" * 8001)),
    Seed("schema-comment", "a comment without a text", without("targets", 1, "comments", "note", "text")),
    Seed("schema-costume", "no costume", of_cat(costumes=[])),
    Seed("schema-costume", "a short hash", of_costume(assetId="12ab")),
    Seed("schema-costume", "an unknown format", of_costume(dataFormat="tiff")),
    Seed("schema-costume", "the same costume twice", of_cat(costumes=[costume("cat"), costume("cat")])),
    Seed("schema-sound", "a rate with a fraction", of_sound(rate=0.5)),
    Seed("schema-block", "a block without an opcode", without("targets", 1, "blocks", "pen", "opcode")),
    Seed("schema-block", "a place that is null", of_block("received", x=None)),
    Seed("schema-block", "a next that is a number", of_block("stop", next=0)),
    Seed("schema-block", "a loose number", new_blocks(loose=[4, "1"])),
    Seed("schema-block", "a block that is null", new_blocks(nothing=None)),
    Seed("schema-input", "a null in a value", of_inputs("loop", {"TIMES": [1, [6, None]]})),
    Seed("schema-input", "an input of kind 4", of_inputs("loop", {"TIMES": [4, [6, "1"]]})),
    Seed("schema-input", "a colour that is none", of_inputs("loop", {"TIMES": [1, [9, "red"]]})),
    Seed("schema-field", "a null for a name", of_fields("set", {"VARIABLE": [None, "variable score"]})),
    Seed("schema-field", "a field that is text", of_fields("stop", {"STOP_OPTION": "all"})),
    Seed("schema-mutation", "a warp that is neither", of_mutation("prototype", warp="yes")),
    Seed("schema-mutation", "no children", without("targets", 1, "blocks", "draw", "mutation", "children")),
    Seed("schema-monitor", "a monitor without parameters", without("monitors", 0, "params")),
)

LINKS = (
    Seed("dangling-next", "a next that points nowhere", of_block("stop", next="gone")),
    Seed("dangling-input", "an input that points nowhere", of_inputs("branch", {"CONDITION": [2, "gone"]})),
    Seed("dangling-parent", "a parent that points nowhere", of_block("pen", parent="gone")),
    Seed("wrong-parent", "another parent", of_block("pen", parent="loop")),
    Seed("wrong-parent", "no parent", of_block("pen", parent=None)),
    Seed("two-parents", "a block in two mouths", of_inputs("loop", {"SUBSTACK": [2, "pen"]})),
    Seed("top-level-child", "a child that begins a script", of_block("pen", topLevel=True)),
    Seed("cycle", "a script that leads back", of_block("costume", next="loop")),
    Seed("cycle", "a block that follows itself", of_block("costume", next="costume")),
    Seed("cycle", "a block within itself", of_inputs("less", {"OPERAND2": [3, "less", [10, ""]]})),
    Seed("lost-block", "a script that begins nowhere", of_block("received", topLevel=False)),
    Seed(
        "lost-shadow",
        "a menu in no slot",
        new_blocks(menu=block("looks_costume", shadow=True, fields={"COSTUME": ["cat", None]})),
    ),
    Seed("missing-next", "no next", without("targets", 1, "blocks", "stop", "next")),
    Seed("missing-comment", "a comment that is not there", of_block("pen", comment="gone")),
    Seed("one-sided-comment", "another block's comment", of_block("pen", comment="note")),
    Seed("comment-elsewhere", "a comment of no block", of_comment(blockId="gone")),
    Seed("comment-elsewhere", "a comment of another block", of_comment(blockId="pen")),
)

VOCABULARY = (
    Seed("unknown-opcode", "an opcode of nobody", of_block("pen", opcode="pen_wipe")),
    Seed("unknown-opcode", "a misspelt opcode", of_block("say", opcode="looks_sya")),
    Seed("unknown-opcode", "an empty opcode", of_block("pen", opcode="")),
    Seed("foreign-block", "a block of a foreign extension", of_block("pen", opcode="skins_wear")),
    Seed("unknown-extension", "a foreign extension", of_project(extensions=["pen", "skins"])),
    Seed("undeclared-extension", "an extension that is not declared", of_project(extensions=[])),
    Seed("unknown-input", "an input of another block", of_inputs("say", {"SECS": [1, [4, "1"]]})),
    Seed("empty-slot", "nothing in a slot", without("targets", 1, "blocks", "loop", "inputs", "TIMES")),
    Seed("missing-field", "no variable", of_block("set", fields={})),
    Seed("unknown-field", "a menu of another block", of_fields("say", {"STOP_OPTION": ["all", None]})),
    Seed("menu-choice", "a choice that is not in the menu", of_fields("stop", {"STOP_OPTION": ["me", None]})),
    Seed("misplaced-block", "a command in a slot", of_inputs("say", {"MESSAGE": [3, "stop", [10, ""]]})),
    Seed("misplaced-block", "a value in a mouth", of_inputs("loop", {"SUBSTACK": [2, "item"]})),
    Seed("misplaced-next", "a hat under a block", of_block("stop", next="received")),
    Seed("misplaced-block", "text in a mouth", of_inputs("loop", {"SUBSTACK": [1, [10, "a"]]})),
    Seed("misplaced-next", "a block under a value", of_block("item", next="pen")),
    Seed("round-condition", "a number as a condition", of_inputs("branch", {"CONDITION": [2, "item"]})),
    Seed("round-condition", "text as a condition", of_inputs("branch", {"CONDITION": [1, [10, "yes"]]})),
    Seed("after-the-end", "a block under stop", of_block("stop", next="pen")),
    Seed("shadow-mark", "a value that is not marked", of_block("edge", shadow=False)),
    Seed(
        "motion-of-stage",
        "a stage that moves",
        lambda p, _: stage(p)["blocks"]["send"].update(opcode="motion_ifonedgebounce", inputs={}),
    ),
)

NAMES = (
    Seed("undeclared-variable", "no such variable", of_fields("set", {"VARIABLE": ["gone", "v gone"]})),
    Seed("undeclared-variable", "in a slot", of_inputs("say", {"MESSAGE": [3, [12, "gone", "g"], [10, ""]]})),
    Seed("undeclared-variable", "loose on the page", new_blocks(loose=[12, "gone", "g", 900, 900])),
    Seed("undeclared-list", "no such list", of_stage(lists={})),
    Seed("undeclared-broadcast", "no such broadcast", of_stage(broadcasts={})),
    Seed("other-id", "another name for the same id", of_fields("set", {"VARIABLE": ["x", "variable score"]})),
    Seed("other-id", "another id for the same name", of_fields("set", {"VARIABLE": ["score", "x"]})),
    Seed("broadcast-on-sprite", "a broadcast of a sprite", of_cat(broadcasts={"b": "mine"})),
    Seed("shared-id", "a list with a variable's id", of_stage(lists={"variable score": ["names", []]})),
    Seed("shared-id", "an id of the stage's", of_cat(variables={"variable score": ["own", 0]})),
    Seed("two-of-one-name", "two variables", of_cat(variables={"variable own": ["own", 1], "b": ["own", 2]})),
    Seed("two-broadcasts", "two broadcasts", of_stage(broadcasts={"broadcast go": "go", "b": "GO"})),
    Seed("list-and-variable", "a list like a variable", of_cat(lists={"list own": ["own", []]})),
    Seed(
        "hidden-name",
        "a variable like the stage's",
        of_cat(variables={"variable own": ["own", 1], "b": ["score", 2]}),
    ),
    Seed(
        "two-targets",
        "two sprites of one name",
        lambda p, _: p["targets"].append(cat(p) | {"blocks": {}, "comments": {}}),
    ),
    Seed("reserved-name", "a sprite called like the mouse", of_cat(name="_mouse_")),
    Seed(
        "nameless", "a variable without a name", of_cat(variables={"variable own": ["own", 1], "b": ["", 2]})
    ),
    Seed(
        "two-costumes",
        "two costumes of one name",
        of_cat(costumes=[costume("cat"), costume("cat") | {"rotationCenterX": 0}]),
    ),
)
PROCEDURES = (
    Seed("missing-prototype", "a definition of nothing", of_block("define", inputs={})),
    Seed(
        "missing-prototype",
        "a prototype without a code",
        without("targets", 1, "blocks", "prototype", "mutation", "proccode"),
    ),
    Seed("parameter-lists", "too few names", of_mutation("prototype", argumentnames='["text"]')),
    Seed(
        "parameter-lists", "ids that are no JSON", of_mutation("prototype", argumentids="id text, id shown")
    ),
    Seed("parameter-lists", "defaults that are numbers", of_mutation("prototype", argumentdefaults="[1, 2]")),
    Seed("call-lists", "too many ids", of_mutation("draw", argumentids='["a", "b", "c"]')),
    Seed("call-lists", "a call of nothing", without("targets", 1, "blocks", "draw", "mutation", "proccode")),
    Seed(
        "duplicate-definition",
        "a block defined twice",
        new_blocks(**second_definition("b", "draw %s %b", "text", "shown")),
    ),
    Seed(
        "same-parameter",
        "two parameters of one name",
        of_mutation("prototype", argumentnames='["text", "text"]'),
    ),
    Seed(
        "parameter-reporter", "a parameter shown as another", of_fields("shown", {"VALUE": ["hidden", None]})
    ),
    Seed("undefined-procedure", "a call of what nobody defined", of_mutation("draw", proccode="paint %s %b")),
    Seed("argument-mismatch", "other ids", of_mutation("draw", argumentids='["x", "y"]')),
    Seed("argument-mismatch", "an argument too many", of_inputs("draw", {"third": [1, [10, ""]]})),
    Seed(
        "missing-argument",
        "an argument too few",
        without("targets", 1, "blocks", "draw", "inputs", "id text"),
    ),
    Seed("stray-parameter", "a parameter of another block", of_fields("argument", {"VALUE": ["gone", None]})),
)

ASSETS = (
    Seed("missing-asset", "a costume without its file", asset(lambda assets: assets.pop(f"{SVG_ID}.svg"))),
    Seed("missing-asset", "another costume's file", of_costume(assetId="0" * 32, md5ext="0" * 32 + ".svg")),
    Seed("asset-hash", "a changed file", asset(lambda assets: assets.update({f"{SVG_ID}.svg": b"<svg/>"}))),
    Seed("asset-size", "a costume of 10 MB and a byte", big_asset),
    Seed(
        "asset-format", "a sound that is text", asset(lambda assets: assets.update({f"{WAV_ID}.wav": b"pop"}))
    ),
    Seed("asset-name", "two names for a file", of_costume(md5ext="0" * 32 + ".svg")),
    Seed("unused-asset", "a file too many", asset(lambda assets: assets.update({"notes.txt": b"hello"}))),
    Seed("current-costume", "a costume that is not there", of_cat(currentCostume=1)),
)

LIMITS = (
    Seed("project-size", "more than 5 MB", of_stage(lists={"list names": ["names", ["x" * 5_000_000]]})),
    Seed("list-length", "200,001 items", of_stage(lists={"list names": ["names", [0] * 200_001]})),
    Seed(
        "list-monitor",
        "a long list on the stage",
        of_monitor(id="list names", opcode="data_listcontents", params={"LIST": "names"}, value=[1] * 9999),
    ),
    Seed("lost-monitor", "a monitor of no variable", of_monitor(id="gone")),
    Seed("lost-monitor", "a monitor of no sprite", of_monitor(spriteName="Dog")),
    Seed("first-sprite", "a thousand blocks in the first sprite", many_blocks),
    Seed("clones", "301 clones", clone_in_loop("301")),
)

REACH = (
    Seed(
        "idle-script",
        "a script without a hat",
        new_blocks(idle=block("looks_hide", topLevel=True, x=900, y=0)),
    ),
    Seed(
        "uncalled-definition", "a block that is not called", of_block("draw", opcode="pen_stamp", inputs={})
    ),
    Seed("unsent-message", "a message that is not sent", lambda p, _: stage(p).update(blocks={})),
    Seed(
        "unheard-message",
        "a message that is not received",
        of_block("received", opcode="event_whenflagclicked", fields={}),
    ),
    Seed(
        "clone-hat",
        "clones that nobody makes",
        of_block("received", opcode="control_start_as_clone", fields={}),
    ),
    Seed("unknown-name", "a costume that is not there", of_fields("costumes", {"COSTUME": ["dog", None]})),
    Seed(
        "unknown-name", "a sprite that is not there", of_fields("edge", {"TOUCHINGOBJECTMENU": ["Dog", None]})
    ),
)

REPETITION = (
    Seed("long-warp", "a loop of ten million turns", warp_loop("control_repeat", TIMES=[1, [6, "10000000"]])),
    Seed("endless-warp", "a loop without an end", warp_loop("control_forever")),
)

PLACEMENT = (
    Seed("overlap", "two scripts at one place", of_block("define", x=0, y=0)),
    Seed("overlap", "a script over another's end", of_block("define", x=30, y=100)),
)

SEEDS = SCHEMA + LINKS + VOCABULARY + NAMES + PROCEDURES + ASSETS + LIMITS + REACH + REPETITION + PLACEMENT
