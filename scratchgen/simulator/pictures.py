"""How large a costume's picture is, read from its file without drawing it."""

from __future__ import annotations

import re
import struct

from scratchgen.scratch.program import Costume

__all__ = ["picture_size"]

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
SVG_SIDE = r"""\b{}\s*=\s*["']\s*([0-9.]+)\s*(?:px)?\s*["']"""


def picture_size(costume: Costume) -> tuple[float, float] | None:
    """Return a costume's width and height in units of the stage; None where its file does not say.

    Of an SVG file its ``width`` and ``height`` count, of a PNG file its pixels by the costume's resolution.
    """
    data = costume.asset.data or b""
    if data.startswith(PNG_SIGNATURE) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        sides = (width / costume.bitmap_resolution, height / costume.bitmap_resolution)
    else:
        tag = SVG_TAG.search(data)
        text = tag.group().decode("utf-8", "replace") if tag else ""
        found = [re.search(SVG_SIDE.format(side), text) for side in ("width", "height")]
        try:
            sides = (float(found[0][1]), float(found[1][1])) if found[0] and found[1] else (0.0, 0.0)
        except ValueError:
            return None
    return sides if min(sides) > 0 else None
