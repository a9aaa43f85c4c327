"""The picture that a link to a page shows elsewhere: the page's title, on the colours of the site.

An SVG is written here and drawn by resvg, a small library without a browser, with one font of the locked packages and
none of the machine's: the same title gives the same bytes anywhere. A title drawn once is not drawn again.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from calculators.web.engine import bundle
from calculators.web.engine.bundle import NODE, ROOT, digest, run

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HEIGHT", "WIDTH", "draw", "lines_of", "picture"]

WIDTH, HEIGHT = 1200, 630
FOLDER = "assets/apercus"

_SCRIPT = ROOT / "calculators/web/publish/node/draw_cards.mjs"
_LOGO = ROOT / "docs/assets/img/logo.svg"
_STYLES = ROOT / "docs/assets/css/site.css"
#: A letter of the titles is half as wide as it is high, a little less; with some room to spare.
_LETTER = 0.53
_MARGIN = 90
#: Sizes of a title, the largest first, each with the lines that it may have.
_SIZES = ((92, 3), (76, 4), (60, 5))


def draw(site: Path, site_name: str, titles: Iterable[str]) -> dict[str, str]:
    """Put the picture of each title into `site`; give their addresses from its root."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    svgs = {title: picture(title, site_name) for title in titles}
    if not svgs:
        return {}
    cache = bundle.BUILD / "apercus"
    cache.mkdir(parents=True, exist_ok=True)
    tools = _SCRIPT.read_bytes() + (ROOT / "package-lock.json").read_bytes()
    files = {title: cache / f"apercu-{digest(svg.encode() + tools)}.png" for title, svg in svgs.items()}
    if missing := {file: svgs[title] for title, file in files.items() if not file.is_file()}:
        _draw_missing(missing, cache)
    (site / FOLDER).mkdir(parents=True)
    return {title: f"{FOLDER}/{Path(shutil.copy(file, site / FOLDER)).name}" for title, file in files.items()}


def _draw_missing(missing: dict[Path, str], cache: Path) -> None:
    """Draw aside, and put each picture in its place whole: another build may be drawing the same ones."""
    with TemporaryDirectory(dir=cache) as aside:
        job = Path(aside) / "job.json"
        job.write_text(json.dumps({f"{aside}/{file.name}": svg for file, svg in missing.items()}), "utf-8")
        run("preview images", [str(NODE), str(_SCRIPT), str(job)])
        for file in missing:
            (Path(aside) / file.name).replace(file)


def picture(title: str, site_name: str) -> str:
    """Write the picture of a title."""
    colours = dict(re.findall(r"--me-([\w-]+): (#\w{6});", _STYLES.read_text("utf-8").partition("slate")[0]))
    # The font has no narrow space that does not break.
    size, lines = lines_of(title.replace("\u202f", "\u00a0"))
    first = HEIGHT / 2 - (len(lines) - 1) * size * 0.6 - 20
    spans = "".join(
        f'<tspan x="{_MARGIN}" y="{first + number * size * 1.2:.0f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    logo = _LOGO.read_text("utf-8").replace(
        "<svg ", f'<svg x="{_MARGIN}" y="{HEIGHT - 130}" width="72" height="72" ', 1
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours["fond"]}"/>'
        f'<rect width="{WIDTH}" height="18" fill="{colours["marque"]}"/>'
        f'<text font-family="Gelasio" font-weight="700" font-size="{size}" fill="{colours["encre"]}">{spans}</text>'
        f'{logo}<text font-family="Gelasio" font-weight="700" font-size="36" fill="{colours["marque"]}" '
        f'x="{_MARGIN + 96}" y="{HEIGHT - 82}">{escape(site_name)}</text></svg>'
    )


def lines_of(title: str) -> tuple[int, list[str]]:
    """Choose the size of a title, and cut it into lines that fit; what cannot fit ends with an ellipsis.

    >>> lines_of("Le compte joint")
    (92, ['Le compte joint'])
    >>> lines_of("Consigner et récupérer une provision")
    (92, ['Consigner et', 'récupérer une', 'provision'])
    """
    for size, most in _SIZES:
        lines = _wrap(title, int((WIDTH - 2 * _MARGIN) / (size * _LETTER)))
        if len(lines) <= most:
            return size, lines
    lines = lines[:most]
    lines[-1] = f"{lines[-1].rsplit(' ', 1)[0]}…"
    return size, lines


def _wrap(title: str, width: int) -> list[str]:
    lines = [""]
    for word in title.split(" "):  # words joined by a space that does not break stay together
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return lines
