"""What the licences of the packed player ask for: who made its parts, and the texts of the licences.

The texts are read from the installed packages; the table says which packages have parts in the player.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scratchgen.engines.install import NODE_FOLDER
from scratchgen.errors import EngineError

__all__ = ["PARTS", "notices", "packed_with"]

PACKAGE = "@turbowarp/packager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A package that has a part in the player: its name, its licence, and the files that hold the text.

    ``files`` are relative to the folder of packages; ``copyright`` stands in where the package has none.
    """

    name: str
    licence: str
    files: tuple[str, ...] = ()
    copyright: str = ""


PARTS = (
    Part(
        name="TurboWarp's packager, scaffolding and changes to Scratch",
        licence="Mozilla Public License 2.0",
        files=("@turbowarp/packager/LICENSE",),
    ),
    Part(
        name="The fonts of Scratch (scratch-render-fonts)",
        licence="Apache License 2.0, SIL Open Font License 1.1",
        files=("scratch-render-fonts/LICENSE.txt", "scratch-render-fonts/OFL.txt"),
    ),
    Part(name="DOMPurify", licence="MPL 2.0 or Apache 2.0", files=("dompurify/LICENSE",)),
    Part(name="@turbowarp/json", licence="MIT", files=("@turbowarp/json/LICENSE",)),
    Part(name="JSZip", licence="MIT (chosen of MIT or GPL 3)", files=("@turbowarp/jszip/LICENSE.markdown",)),
    Part(name="pako", licence="MIT and Zlib", files=("pako/LICENSE",)),
    Part(name="lie", licence="MIT", files=("lie/license.md",)),
    Part(name="immediate", licence="MIT", files=("immediate/LICENSE.txt",)),
    Part(name="setimmediate", licence="MIT", files=("setimmediate/LICENSE.txt",)),
    Part(name="twgl.js", licence="MIT", files=("twgl.js/LICENSE.md",)),
    Part(name="hull.js", licence="BSD", files=("hull.js/LICENSE",)),
    Part(name="js-md5", licence="MIT", files=("js-md5/LICENSE.txt",)),
    Part(name="buffer", licence="MIT", files=("buffer/LICENSE",)),
    Part(name="base64-js", licence="MIT", files=("base64-js/LICENSE",)),
    Part(name="ieee754", licence="BSD-3-Clause", files=("ieee754/LICENSE",)),
    Part(name="cross-fetch", licence="MIT", files=("cross-fetch/LICENSE",)),
    Part(name="canvas-toBlob", licence="MIT", files=("canvas-toBlob/LICENSE.md",)),
    Part(name="uuid", licence="MIT", files=("uuid/LICENSE.md",)),
    Part(name="atob", licence="MIT or Apache 2.0", files=("atob/LICENSE",)),
    Part(name="arraybuffer-loader", licence="MIT", files=("arraybuffer-loader/LICENSE",)),
    Part(name="@babel/runtime", licence="MIT", files=("@babel/runtime/LICENSE",)),
    Part(
        name="isarray", licence="MIT", copyright="Copyright (c) 2013 Julian Gruber <julian@juliangruber.com>"
    ),
    Part(name="process", licence="MIT", copyright="Copyright (c) 2013 Roman Shtylman <shtylman@gmail.com>"),
    Part(name="webpack, worker-loader", licence="MIT", copyright="Copyright JS Foundation and contributors"),
)
"""Everything in the player besides Scratch itself, whose text the packager writes into the page."""

OWN_NOTICE = re.compile(r"/\*!\n(Parts of this script are from .*?)\*/", re.DOTALL)
"""The comment in a packed page with TurboWarp's own notice and that of Scratch."""


@cache
def packed_with() -> str:
    """Return the name and version of the packager.

    >>> packed_with()
    '@turbowarp/packager 3.13.0'
    """
    locked = json.loads((NODE_FOLDER / "package.json").read_text("utf-8"))
    return f"{PACKAGE} {locked['dependencies'][PACKAGE]}"


def notices(page: str, packages: Path) -> str:
    """Return all notices as HTML: the one in the packed page, then the licence of each part.

    ``packages`` is the folder of the installed packages. EngineError when one of the texts is missing.
    """
    found = OWN_NOTICE.search(page)
    if found is None:
        raise EngineError("the packager's page holds no notice", todo="install the engines again")
    sections = [("The player", found[1].strip())]
    sections += [(f"{part.name}: {part.licence}", _text(part, packages)) for part in PARTS]
    return "\n".join(
        f"<h3>{html.escape(heading)}</h3>\n<pre>{html.escape(text, quote=False)}</pre>"
        for heading, text in sections
    )


def _text(part: Part, packages: Path) -> str:
    if not part.files:
        return f"{part.copyright}\n\n{(NODE_FOLDER / 'mit_licence.txt').read_text('utf-8').strip()}"
    try:
        texts = [(packages / file).read_text("utf-8").strip() for file in part.files]
    except OSError:
        raise EngineError(
            f"the licence of {part.name} is missing", todo="run `scratchgen engines install`"
        ) from None
    return "\n\n".join(texts)
