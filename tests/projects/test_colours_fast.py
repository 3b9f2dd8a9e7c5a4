"""The colour project in the fast style: optimised, flawless, and every answer the reference's."""

import numpy as np

from scratchgen.codegen.plan import Budget, make_plan
from scratchgen.evidence.verify import compare, reference_answers
from scratchgen.networks.weights import read_weights
from scratchgen.projects.colours import colours_manifest, colours_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator


def test_the_optimised_project_answers_as_the_reference() -> None:
    trained = read_weights(resource_folder("trained_weights") / "colours.json")
    manifest = colours_manifest(trained, "fast")
    data = project_to_bytes(colours_project(trained, make_plan(trained.network, manifest, Budget())))
    assert check_bytes(data) == []
    project = project_from_bytes(data)
    [hat] = [
        script
        for script in project.sprites[2].scripts
        if script.blocks[0].fields.get("BROADCAST_OPTION") == manifest.broadcast
    ]
    assert all(block.opcode == "procedures_call" for block in hat.blocks[1:])
    definitions = [script.blocks[0].procedure for script in project.sprites[2].scripts if script is not hat]
    # the winner is picked by the layer that nobody else follows
    assert "pick the winner" not in [each.code for each in definitions if each]
    rows = np.random.default_rng(3).integers(0, 256, (60, 3))
    given = Simulator(project).ask(manifest, rows.tolist())
    expected = reference_answers(trained.network, manifest.names, rows)
    assert list(compare(rows.tolist(), expected, given)) == []
