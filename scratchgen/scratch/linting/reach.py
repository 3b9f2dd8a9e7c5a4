"""Rules about what can never happen: scripts that nothing starts, messages that nobody hears or sends, menus
that name what the project does not have."""

from __future__ import annotations

from collections.abc import Iterator

from scratchgen.scratch.catalogue import CATALOGUE, SHADOWS
from scratchgen.scratch.linting.findings import Fault, Rule, quoted
from scratchgen.scratch.linting.view import BlockView, ProjectView, TargetView, as_text
from scratchgen.scratch.linting.words import block_place, in_blocks

__all__ = ["RULES"]

SENDERS = ("event_broadcast", "event_broadcastandwait")
RECEIVER = "event_whenbroadcastreceived"
BROADCAST_LITERAL = 11

MENUS = {
    "looks_costume": "costume",
    "looks_backdrops": "backdrop",
    "event_whenbackdropswitchesto": "backdrop",
    "sound_sounds_menu": "sound",
    "motion_goto_menu": "sprite",
    "motion_glideto_menu": "sprite",
    "motion_pointtowards_menu": "sprite",
    "control_create_clone_of_menu": "sprite",
    "sensing_touchingobjectmenu": "sprite",
    "event_touchingobjectmenu": "sprite",
    "sensing_distancetomenu": "sprite",
    "sensing_of_object_menu": "sprite",
}
"""What a menu of that opcode names, besides the choices in the catalogue."""
OTHER_CHOICES = {"next costume", "previous costume"}
"""Names that the engine knows, though no menu offers them."""


Found = Iterator[tuple[BlockView, str]]


def _idle_script(target: TargetView) -> Found:
    for head in target.scripts:
        block = target.blocks[head]
        row = CATALOGUE.get(block.opcode)
        if row is not None and row.shape != "hat":
            yield block, "no hat starts this script; it runs only when somebody clicks on it"


def _uncalled_definition(target: TargetView) -> Found:
    called = {as_text(block.mutation.get("proccode")) for block in target.of_opcode("procedures_call")}
    for definition in target.definitions:
        if definition.code not in called:
            yield definition.block, "nothing calls this block"


def _sent(view: ProjectView) -> tuple[set[str], bool]:
    """The names of the messages that are sent, in small letters, and whether some are worked out."""
    names, worked_out = set(), False
    for target, block in view.of_opcode(*SENDERS):
        slot = next(iter(block.inputs.get("BROADCAST_INPUT", ())), None)
        menu = target.blocks.get(slot) if isinstance(slot, str) else None
        if isinstance(slot, list) and slot[:1] == [BROADCAST_LITERAL] and len(slot) > 1:
            names.add(as_text(slot[1]).lower())
        elif menu is not None and menu.opcode == "event_broadcast_menu":
            names.add(as_text(menu.value("BROADCAST_OPTION")).lower())
        else:
            worked_out = True
    return names, worked_out


def _unsent_message(view: ProjectView) -> Iterator[Fault]:
    sent, worked_out = _sent(view)
    for target, block in view.of_opcode(RECEIVER):
        name = as_text(block.value("BROADCAST_OPTION"))
        if name.lower() not in sent and not worked_out:
            yield block_place(target, block), f"no script sends the message {quoted(name)}"


def _unheard_message(view: ProjectView) -> Iterator[Fault]:
    heard = {as_text(block.value("BROADCAST_OPTION")).lower() for _, block in view.of_opcode(RECEIVER)}
    for name in sorted(_sent(view)[0] - heard):
        sender = next(view.of_opcode(*SENDERS))
        yield block_place(*sender), f"no script receives the message {quoted(name)}"


def _clone_hat(view: ProjectView) -> Iterator[Fault]:
    if next(view.of_opcode("control_create_clone_of"), None) is None:
        for target, block in view.of_opcode("control_start_as_clone"):
            yield block_place(target, block), "no script makes a clone"


def _known_names(view: ProjectView, target: TargetView) -> dict[str, set[str]]:
    stage = view.stage.costumes if view.stage else []
    named = {"costume": target.costumes, "backdrop": stage, "sound": target.sounds}
    names = {kind: {as_text(asset.get("name")) for asset in assets} for kind, assets in named.items()}
    return names | {"sprite": {other.name for other in view.targets if not other.is_stage}}


def _unknown_name(view: ProjectView) -> Iterator[Fault]:
    for target in view.targets:
        known = _known_names(view, target)
        for block in target.of_opcode(*MENUS):
            kind, name = MENUS[block.opcode], _chosen(block)
            if _is_covered(target, block):
                continue
            if name and name not in known[kind] and not _is_choice(block.opcode, name):
                yield block_place(target, block), f"there is no {kind} called {quoted(name)}"


def _is_covered(target: TargetView, block: BlockView) -> bool:
    """Whether a menu lies under a block that was put into its slot: nothing is chosen in it then."""
    around = target.blocks.get(block.parent or "")
    slots = around.inputs.values() if block.shadow and around is not None else ()
    return any(block.id in slot[1:] for slot in slots)


def _chosen(block: BlockView) -> str:
    shadow = SHADOWS.get(block.opcode)
    return as_text(block.value(shadow.field if shadow else "BACKDROP"))


def _is_choice(opcode: str, name: str) -> bool:
    """Whether a menu offers the name by itself, or the engine takes it for a number."""
    shadow = SHADOWS.get(opcode)
    offered = shadow.menu.labels if shadow and shadow.menu else {}
    return name in offered or name in OTHER_CHOICES or name.strip().replace(".", "", 1).isdigit()


RULES = (
    Rule("idle-script", "warning", "a hat starts every script", in_blocks(_idle_script)),
    Rule("uncalled-definition", "warning", "every custom block is called", in_blocks(_uncalled_definition)),
    Rule("unsent-message", "warning", "received messages are sent", _unsent_message),
    Rule("unheard-message", "warning", "sent messages are received", _unheard_message),
    Rule("clone-hat", "warning", "clones are made where scripts wait for them", _clone_hat),
    Rule("unknown-name", "warning", "menus name what there is", _unknown_name),
)
