"""Measures the letters that projects can write on their stage: `make letters`.

How wide each is comes from the font that Scratch's renderer draws "Sans Serif" with, Noto Sans Medium; the
font itself stays in the engine's folder.
"""

from __future__ import annotations

import json
from pathlib import Path

from matplotlib.ft2font import FT2Font, LoadFlags

from scratchgen.codegen.text_width import TABLE_SIZE
from scratchgen.engines.install import engine_folder
from scratchgen.projects.letters import ALPHABET

FONT = "node_modules/scratch-render-fonts/src/NotoSans-Medium.ttf"
TABLE = Path(__file__).parent.parent / "templates" / "stage" / "letters.json"
FIXED_POINT = 65_536
"""FreeType gives advances in so many parts of a pixel."""


def measured() -> dict[str, float]:
    """Return how far each letter of the alphabet moves on, in pixels of TABLE_SIZE."""
    font = FT2Font(str(engine_folder() / FONT))
    font.set_size(TABLE_SIZE, 72)
    return {
        letter: round(
            font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / FIXED_POINT, 2
        )
        for letter in ALPHABET
    }


def main() -> None:
    """Write the table."""
    TABLE.write_text(json.dumps(measured(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
