"""What Scratch takes for granted: state of sprites and monitors that need not be said.

The writer adds it, the reader takes it away, so that programs and their text say only what is special.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = [
    "ARGUMENT_DEFAULTS",
    "MONITOR_SETTINGS",
    "SLIDER_SETTINGS",
    "SPRITE_STATE",
    "STAGE_STATE",
    "special",
]

STAGE_STATE: Mapping[str, Any] = MappingProxyType(
    {"tempo": 60, "videoTransparency": 50, "videoState": "on", "textToSpeechLanguage": None}
)
SPRITE_STATE: Mapping[str, Any] = MappingProxyType(
    {
        "visible": True,
        "x": 0,
        "y": 0,
        "size": 100,
        "direction": 90,
        "draggable": False,
        "rotationStyle": "all around",
    }
)
"""In the order in which the editor saves it."""

MONITOR_SETTINGS: Mapping[str, Any] = MappingProxyType(
    {"width": 0, "height": 0, "x": 5, "y": 5, "visible": True}
)
SLIDER_SETTINGS: Mapping[str, Any] = MappingProxyType({"sliderMin": 0, "sliderMax": 100, "isDiscrete": True})
"""Of a monitor that is no list's."""

ARGUMENT_DEFAULTS: Mapping[str, str] = MappingProxyType({"text": "", "boolean": "false"})
"""What the editor stores for a parameter of either kind."""


def special(content: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What of the content is not as usual; ``True`` is not ``1`` here.

    >>> special({"x": 0, "y": 7, "visible": 1}, SPRITE_STATE)
    {'y': 7, 'visible': 1}
    """
    return {
        key: value
        for key, value in content.items()
        if key not in defaults
        or defaults[key] != value
        or isinstance(defaults[key], bool) != isinstance(value, bool)
    }
