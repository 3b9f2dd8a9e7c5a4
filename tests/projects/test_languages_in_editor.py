"""In every language, the official editor shows each picture of the projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from scratchgen.codegen.languages import ENGLISH, languages
from scratchgen.engines.editor import Editor
from scratchgen.networks.weights import read_weights
from scratchgen.projects.colours import colours_project
from scratchgen.projects.teach import teach_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.writer import project_to_bytes

pytestmark = pytest.mark.engine


def test_no_language_breaks_a_picture(tmp_path: Path, editor_installed: Path) -> None:
    trained = read_weights(resource_folder("trained_weights") / "colours.json")
    with Editor() as editor:
        for language in languages():
            if language == ENGLISH:  # other tests open the English ones
                continue
            for project in (colours_project(trained, language=language), teach_project(language=language)):
                file = tmp_path / "project.sb3"
                file.write_bytes(project_to_bytes(project))
                assert editor.load(file).loaded
                editor.click_flag()
                editor.wait_frames(10)
                assert editor.troubles() == ([], []), (language, project.sprites[1].name)
