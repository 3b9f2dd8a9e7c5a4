"""The project that learns inside Scratch: its sprite *Learner*, and the stage around it.

What pupils give and see (settings, examples, names, loss, accuracy, the curve) belongs to the stage, so that
other sprites can be put around the learner; what it has learnt stands in the learner's own lists.
"""

from __future__ import annotations

from dataclasses import replace

from scratchgen.codegen.languages import ENGLISH, NAMES, translated
from scratchgen.codegen.templates import render
from scratchgen.colours.survey_examples import survey_examples
from scratchgen.projects.teach_look import TeachLook
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.learning_manifest import LearningManifest, learning_comment
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.program import Project
from scratchgen.training.exact_exponential import EXPONENTIAL, LN_2, POWERS
from scratchgen.training.in_scratch_order import (
    FEWEST_NAMES,
    LARGEST_PULL,
    LARGEST_VALUE,
    MODULUS,
    MOST_NAMES,
    MOST_UNITS,
    MULTIPLIER,
    Settings,
)

__all__ = ["EXAMPLE_LISTS", "LEARNER", "LEARNT_LISTS", "teach_project"]

LEARNER = "Learner"
EXAMPLE_LISTS = ("example red", "example green", "example blue", "example name")
LEARNT_LISTS = ("red weights", "green weights", "blue weights", "weights", "biases")
SPEEDS = ("red speeds", "green speeds", "blue speeds", "speeds", "bias speeds")
BROADCASTS = (
    "learn",
    "stop learning",
    "learn steps",
    "forget",
    "forget with another seed",
    "start with the survey",
    "name colour",
    "show",
    "this is it",
    "learn or stop",
    "remove",
    "new name",
    "rename",
    "settings",
    "ask for the survey",
    "one step",
)
MANIFEST = LearningManifest(
    sprite=LEARNER,
    fill="start with the survey",
    forget="forget",
    learn="learn steps",
    steps="steps to learn",
    learning_rate="learning rate",
    momentum="momentum",
    hidden=("hidden units", "hidden units 2"),
    activation="activation",
    seed="seed",
    names="names",
    examples=EXAMPLE_LISTS,
    learnt=LEARNT_LISTS,
)
OWN_VARIABLES = """
    rate; momentum kept; curve; first; second; outputs; before names; wanted first; largest pull; kept; ready;
    red in; green in; blue in; right name; example; other; position; examples seen; different names;
    chance; limit;
    neuron; source; target; weight; number; sum; value; blame; pull; bent; winner; largest; total; share;
    power; sixteenths; rest; logarithm; share left; part; square; series; loss sum; right so far;
    started; took
"""


def teach_project(*, seed: int = 1, language: str = ENGLISH) -> Project:
    """Return the project, with two names to begin with and no example; ``seed`` is of its first weights.

    What pupils read is in the language. InputError when there is no such language.

    >>> [sprite.name for sprite in teach_project().sprites][:4]
    ['Stage', 'Guide', 'Learner', 'Painter']
    """
    defaults, look = Settings(), TeachLook(language)
    examples = survey_examples()
    text = render(
        "teach/project.txt",
        language=language,
        settings={
            "learning rate": defaults.learning_rate,
            "momentum": defaults.momentum,
            "hidden units": defaults.hidden[0],
            "hidden units 2": 0,
            "activation": defaults.activation,
            "seed": seed,
            "steps to learn": 0,
            "learning": 0,
            "loss": 0,
            "accuracy": 0,
            "steps learned": 0,
            "message": "",
            "red": 128,
            "green": 128,
            "blue": 128,
            "name": "",
            "page": 1,
            "chosen": 1,
            "chosen name": 1,
            "chosen example": 0,
            "renamings": 0,
            "row pitch": 30,
        },
        lists=(*EXAMPLE_LISTS, "logits", "shares", "losses", "accuracies", "dot pitches"),
        names=look.first_names,
        broadcasts=BROADCASTS,
        look=look,
        own_lists=(*LEARNT_LISTS, *SPEEDS, "values", "pulls", "order"),
        learnt=(*LEARNT_LISTS, *SPEEDS, "values", "pulls"),
        own_variables=[" ".join(name.split()) for name in OWN_VARIABLES.split(";")],
        powers=POWERS,
        survey={
            "red": [each.colour[0] for each in examples],
            "green": [each.colour[1] for each in examples],
            "blue": [each.colour[2] for each in examples],
            "name": [translated(each.name, language, NAMES) for each in examples],
        },
        exponential=EXPONENTIAL,
        ln_2=LN_2,
        largest_value=int(LARGEST_VALUE),
        largest_pull=int(LARGEST_PULL),
        most_units=MOST_UNITS,
        fewest_names=FEWEST_NAMES,
        most_names=MOST_NAMES,
        multiplier=MULTIPLIER,
        modulus=MODULUS,
    )
    project = parse_project(text, where="teach/project.txt", assets=look.pictures())
    stage = project.stage
    signed = replace(stage, comments=(*stage.comments, learning_comment(MANIFEST)))
    return arrange(replace(project, sprites=(signed, *project.sprites[1:])))
