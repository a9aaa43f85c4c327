"""Drawings of the guides: written in the page, so that they follow its colours.

A picture that a page only points at knows nothing of the scheme that the reader chose, and a strict policy forbids it a
style of its own. A writer still writes `![What it says.](../assets/img/chemin-x.svg)`; the drawing takes the place of
that image, its words read with French typography and its description said to those who do not see it. Its colours
are names of site.css with the light value beside, for whoever opens the file alone: `var(--me-encre, #282420)`.
A drawing without a description, `![](assets/img/picto-x.svg)`, only decorates the words beside it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from calculators.errors import LawDataError
from calculators.typography import french
from calculators.web.guides.tree import page_of

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["Drawings", "drawing"]

_NAMESPACE = "{http://www.w3.org/2000/svg}"
#: Only for whoever opens the file alone: in a page, the description says it.
_TITLE = "title"
_PLACE = re.compile(r"(?:.*/)?assets/img/([a-z-]+\.svg)")


@lru_cache
def _source(path: Path) -> str:
    return path.read_text("utf-8")


def drawing(path: Path, description: str, page: str = "guide") -> ET.Element:
    """Read a drawing, as the element of a page: its description for those who hear the page; without, nothing.

    Raises:
        LawDataError: there is no such file, or it is not an SVG; with the page that shows it.
    """
    try:
        # A file of this project, not one that a reader sends.
        root = ET.fromstring(_source(path))  # noqa: S314
    except (OSError, ET.ParseError) as error:
        raise LawDataError(page, path.name, f"not a drawing that can be read: {error}") from None
    for parent in root.iter():
        parent.tag = parent.tag.removeprefix(_NAMESPACE)
        for child in [child for child in parent if child.tag.removeprefix(_NAMESPACE) == _TITLE]:
            parent.remove(child)
        for text in ("text", "tail"):
            if words := getattr(parent, text):
                setattr(parent, text, AtomicString(french(words)))
    if description:
        said = {"class": "dessin", "role": "img", "aria-label": french(description)}
    else:
        said = {"class": "picto", "aria-hidden": "true"}
    root.attrib.update({**said, "data-search-exclude": ""})
    return root


class Drawings(Treeprocessor):
    """Put in the page the drawings that it shows as images."""

    def __init__(self, md: Markdown, folder: str) -> None:
        super().__init__(md)
        self._folder = Path(folder)

    def run(self, root: ET.Element) -> None:
        """Go through the page."""
        for parent in list(root.iter()):
            for place, image in enumerate(list(parent)):
                found = _PLACE.fullmatch(image.get("src", "")) if image.tag == "img" else None
                if found:
                    parent[place] = drawing(self._folder / found[1], image.get("alt", ""), page_of(self.md))
                    parent[place].tail = image.tail
