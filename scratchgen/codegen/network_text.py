"""From an integer network to the text of the sprite that computes it: lists, layers, winner, per cent.

One template a kind of layer and shape. What a template is given follows from the layer itself: each table of
numbers becomes a list, so a new kind of layer needs a template and nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scratchgen.codegen.carriers import Carrier, Vector
from scratchgen.codegen.comparing import comparison_order
from scratchgen.codegen.expressions import call, variable
from scratchgen.codegen.placed import INPUTS, defined_block, place_layers
from scratchgen.codegen.plan import Plan
from scratchgen.codegen.steps import Step
from scratchgen.codegen.templates import render
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.manifest import Manifest

__all__ = ["NO_ADDITION", "PER_CENT", "WINNER", "Addition", "fast_network_text", "network_text"]

WINNER, PER_CENT = "pick the winner", "find the per cent"
PLAIN_WINNER, STRAIGHT_WINNER = "layers/winner.txt", "layers/winner.straight.txt"
MOST_STRAIGHT_NAMES = 64
"""Beyond so many, the greatest logit is looked for in a loop."""
WINNER_VARIABLES = ("number", "winner", "share", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What a project has in the network's sprite besides the network: lines of headers, calls that follow an
    answer, and scripts, which may call *find the name*."""

    headers: str = ""
    calls: tuple[str, ...] = ()
    scripts: str = ""


NO_ADDITION = Addition()


def network_text(trained: TrainedNetwork, manifest: Manifest, addition: Addition = NO_ADDITION) -> str:
    """Return the network's sprite in the readable style, answering the manifest's broadcast.

    NetworkError when a list would be longer than Scratch allows.
    """
    layers = place_layers(trained.network, manifest.logits, manifest.language)
    texts = [layer.text() for layer in layers]
    activations = dict.fromkeys([INPUTS, *(layer.target for layer in layers)])
    activations.pop(manifest.logits)
    return render(
        "layers/network.txt",
        language=manifest.language,
        manifest=manifest,
        lists={name: items for layer in layers for name, items in layer.items()},
        activations=list(activations),
        calls=[defined_block(text) for text in texts],
        layer_texts=texts,
        logit_scale=trained.logit_scale,
        addition=addition,
    )


def fast_network_text(
    trained: TrainedNetwork, manifest: Manifest, plan: Plan, addition: Addition = NO_ADDITION
) -> str:
    """Return the network's sprite in the fast style, as the plan has it.

    A layer whose inputs are arguments is called by the layer before, any other by the script that answers.
    """
    count = trained.network.sizes[-1]
    is_straight = count <= MOST_STRAIGHT_NAMES
    texts, calls = [], []
    if plan.inputs.carrier is Carrier.LIST:
        texts.append(render("layers/inputs.txt", language=manifest.language, manifest=manifest))
        calls.append(defined_block(texts[0]))
    for step, after in zip(plan.steps, [*plan.steps[1:], None], strict=True):
        texts.append(step.text(after.block if after else WINNER, ends=after is None))
        if step is plan.steps[0] and plan.inputs.carrier is Carrier.ARGUMENTS:
            given = [variable(entry.variable, on_stage=True) for entry in manifest.inputs]
            calls.append(call(step.block, given))
        elif step.source.carrier is not Carrier.ARGUMENTS:
            calls.append(step.block)
    return render(
        "layers/network.fast.txt",
        language=manifest.language,
        manifest=manifest,
        order=comparison_order(trained.network) if is_straight else (),
        lists=_lists(plan, manifest),
        variables=_variables(plan.steps),
        calls=calls if plan.steps[-1].straight is not None else [*calls, WINNER],
        texts=texts,
        winner=STRAIGHT_WINNER if is_straight else PLAIN_WINNER,
        logit_scale=trained.logit_scale,
        addition=addition,
    )


def _lists(plan: Plan, manifest: Manifest) -> Mapping[str, list[int]]:
    """Return the lists of the sprite: those that steps need, and those that values travel in."""
    found: dict[str, list[int]] = {}
    for step in plan.steps:
        found |= {name: list(items) for name, items in step.lists.items()}
    vectors: list[Vector] = [plan.inputs, *(step.target for step in plan.steps)]
    travelling = {each.names[0]: list[int]() for each in vectors if each.carrier is Carrier.LIST}
    travelling.pop(manifest.logits, None)
    return found | travelling


def _variables(steps: tuple[Step, ...]) -> list[str]:
    names = [name for step in steps for name in step.variables]
    return list(dict.fromkeys([*names, *WINNER_VARIABLES, "best"]))
