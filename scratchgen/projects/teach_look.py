"""What the stage of the project that learns shows: letters, sentences, buttons, and the steps of settings."""

from __future__ import annotations

from functools import partial

from scratchgen.codegen.templates import render_svg, template_value
from scratchgen.codegen.text_width import BLANK_WIDTH, TABLE_SIZE
from scratchgen.projects.letters import letter_pictures, letters
from scratchgen.projects.stage_ink import LIGHT_LIMIT, light
from scratchgen.projects.stage_pictures import Picture, Pictures, text_picture
from scratchgen.training.in_scratch_order import ACTIVATION_NAMES

__all__ = ["TeachLook"]

INK = "#22303c"
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1)
MOMENTA = (0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
SENTENCE_WIDTH, SENTENCE_HEIGHT, LARGEST_SENTENCE = 468, 20, 13
"""Pixels; a long sentence gets smaller letters."""


class TeachLook:
    """All that the templates of the stage are given; ``pictures`` makes the costumes that they name."""

    light_limit = LIGHT_LIMIT
    font_size, blank_width = TABLE_SIZE, BLANK_WIDTH
    settings = ("learning rate", "momentum", "hidden units", "hidden units 2", "activation", "seed")
    steps = (*RATES, *MOMENTA)
    rates = (1, len(RATES))
    momenta = (len(RATES) + 1, len(RATES) + len(MOMENTA))
    """Where rates and momenta are among the steps, first and last."""
    activations = ACTIVATION_NAMES

    def __init__(self, language: str) -> None:
        self.language = language
        self.letters = list(letters())
        self.light = light()
        self.first_names: list[str] = template_value("teach/messages.txt", "first_names", language=language)

    def pictures(self) -> Pictures:
        """Return the costumes that the project names."""
        made: dict[str, Picture] = letter_pictures(INK)
        for page in ("start", "names", "settings"):
            made[f"{page}.svg"] = partial(render_svg, f"teach/{page}.svg", language=self.language)
        sentences: dict[str, str] = template_value("teach/messages.txt", "say", language=self.language)
        for key, sentence in sentences.items():
            made[f"message {key}.svg"] = text_picture(
                sentence,
                width=SENTENCE_WIDTH,
                height=SENTENCE_HEIGHT,
                size=LARGEST_SENTENCE,
                middle=True,
                fill=INK,
            )
        for button in template_value("teach/places.txt", "buttons", language=self.language):
            for costume in button["costumes"]:
                made[f"button {costume}.svg"] = partial(
                    render_svg,
                    "teach/button.svg",
                    language=self.language,
                    button=costume,
                    key=button["key"],
                    box=button["box"],
                )
        return Pictures(made)
