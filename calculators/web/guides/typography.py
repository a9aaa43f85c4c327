"""French typography in the texts of a page, and in its table of contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown.treeprocessors import Treeprocessor

from calculators.typography import french
from calculators.web.guides.tree import LEFT_ALONE, readable

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["Contents", "Typography"]


class Typography(Treeprocessor):
    """French no-break spaces and apostrophes in every text of the page."""

    def run(self, root: ET.Element) -> None:
        """Go through the page."""
        for element in readable(root):
            if element.text and element.tag not in LEFT_ALONE:
                element.text = french(element.text)
            for child in element:
                if child.tail:
                    child.tail = french(child.tail)
            for name in ("alt", "title", "aria-label"):
                if name in element.attrib:
                    element.set(name, french(element.attrib[name]))


class Contents(Treeprocessor):
    """The same in the table of contents."""

    def run(self, root: ET.Element) -> None:  # noqa: ARG002  # the library's signature
        """Go through the entries."""
        left: list[dict[str, Any]] = list(getattr(self.md, "toc_tokens", ()))
        for entry in left:
            # Its names are HTML: an entity ends with a semicolon that is no punctuation.
            entry["name"] = "".join(
                part if part.startswith("&") else french(part) for part in re.split(r"(&#?\w+;)", entry["name"])
            )
            left += entry["children"]
