"""Draws the scripts of the shipped network and makes the printable worksheet: `make pictures`.

The lesson shows the pictures; the worksheet's page is made of worksheet.md and is one file, with pictures and
style inside, that prints on two sheets of A4.
"""

import base64
import re
from pathlib import Path

from markdown_it import MarkdownIt

from scratchgen.engines.install import install_engines
from scratchgen.engines.pictures import draw_scripts
from scratchgen.files import write_whole
from scratchgen.scratch.printer import print_scripts
from scratchgen.scratch.reader import read_project

DOCS = Path(__file__).parent
PROJECT = DOCS.parent / "out" / "colours.sb3"
SPRITE = "Network"
SCALE = 0.8
SCRIPTS = {
    "answer": "when I receive [name colour v]",
    "find-the-name": "define find the name",
    "layer-1-adds-up": "define layer 1 adds up",
    "layer-1-keeps-what-is-positive": "define layer 1 keeps what is positive",
    "layer-2-adds-up": "define layer 2 adds up",
    "pick-the-winner": "define pick the winner",
    "find-the-per-cent": "define find the per cent",
}
"""The pictures by file, and the first block of the script that each shows."""
PICTURE = re.compile(r'src="(scripts/[\w-]+\.svg)"')
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  @page {{ size: A4; margin: 12mm 16mm; }}
  body {{ font: 11pt/1.4 Helvetica, Arial, sans-serif; color: #1d2430; max-width: 178mm; margin: 0 auto; }}
  h1 {{ font-size: 19pt; margin: 0 0 2mm; }}
  h2 {{ font-size: 13pt; margin: 4mm 0 1mm; break-after: avoid; }}
  p, ol, ul {{ margin: 1.5mm 0; }}
  li {{ margin: 1mm 0; }}
  table {{ border-collapse: collapse; margin: 2mm 0; break-inside: avoid; }}
  th, td {{ border: 1px solid #5c677d; padding: 1.2mm 2mm; text-align: left; height: 5mm; }}
  td:empty {{ min-width: 38mm; }}
  code {{ font: inherit; font-weight: bold; }}
  img {{ float: right; height: 74mm; margin: 0 0 0 6mm; }}
  hr {{ border: 0; break-before: page; clear: both; }}
  @media screen {{ body {{ padding: 8mm; }} hr {{ border-top: 1px dashed #8a94a6; }} }}
</style>
{body}</html>
"""


def script_pictures() -> dict[str, str]:
    """Return the pictures of the network's scripts, as SVG by the name of their file."""
    sprites = {sprite.name: sprite for sprite in read_project(PROJECT).sprites}
    drawn = draw_scripts(print_scripts(sprites[SPRITE].scripts), scale=SCALE)
    by_first_block = {picture.text.partition("\n")[0]: picture.svg for picture in drawn}
    return {f"{name}.svg": by_first_block[first] + "\n" for name, first in SCRIPTS.items()}


def worksheet_page() -> str:
    """Return the worksheet as one page of HTML; the pictures must have been drawn."""
    text = (DOCS / "worksheet.md").read_text("utf-8")
    body = MarkdownIt("commonmark").enable("table").render(text)
    title = text.partition("\n")[0].removeprefix("# ")
    return PAGE.format(title=title, body=PICTURE.sub(_embedded, body))


def _embedded(source: re.Match[str]) -> str:
    data = base64.b64encode((DOCS / source[1]).read_bytes()).decode()
    return f'src="data:image/svg+xml;base64,{data}"'


def main() -> None:
    """Write the pictures into docs/scripts, then docs/worksheet.html."""
    install_engines()
    for name, svg in script_pictures().items():
        write_whole(DOCS / "scripts" / name, svg)
    write_whole(DOCS / "worksheet.html", worksheet_page())


if __name__ == "__main__":
    main()
