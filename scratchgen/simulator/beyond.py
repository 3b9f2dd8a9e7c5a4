"""The blocks that ask for more than a simulator without a picture and a network has, and why."""

from __future__ import annotations

from collections.abc import Mapping

from scratchgen.scratch.catalogue import CATALOGUE
from scratchgen.scratch.program import Value

__all__ = ["REASONS", "neutral_value"]

PIXELS = "needs the pixels of the costumes"
CAMERA = "needs a camera"
NETWORK = "needs the network"

REASONS: Mapping[str, str] = {
    "motion_ifonedgebounce": PIXELS,
    "sensing_touchingobject": PIXELS,
    "sensing_touchingcolor": PIXELS,
    "sensing_coloristouchingcolor": PIXELS,
    "videoSensing_videoOn": CAMERA,
    "videoSensing_videoToggle": CAMERA,
    "videoSensing_setVideoTransparency": CAMERA,
    "text2speech_speakAndWait": NETWORK,
    "text2speech_setVoice": NETWORK,
    "text2speech_setLanguage": NETWORK,
    "translate_getTranslate": NETWORK,
    "translate_getViewerLanguage": NETWORK,
}
"""Why a block cannot be run; of other blocks that are not known there is nothing to say."""


def neutral_value(opcode: str) -> Value:
    """Return what a block that cannot be run answers under ``lenient``.

    That is *false* where a boolean is asked for, and empty text, which counts as 0, elsewhere; a block that
    does something does nothing. So answers the official engine where it has no picture, as under Node.

    >>> neutral_value("sensing_touchingobject"), neutral_value("translate_getTranslate")
    (False, '')
    """
    return False if opcode in CATALOGUE and CATALOGUE[opcode].shape == "boolean" else ""
