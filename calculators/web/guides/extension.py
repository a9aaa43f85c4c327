"""The Markdown extension of the guides: blocks, law values, words of the glossary, drawings and typography.

A plain Python-Markdown extension, so that MkDocs and Zensical render the same pages. It runs at build; a mistake in
a page (an unknown key, an example the calculator refuses) stops the build with the page, the key and the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import InlineProcessor
from pymdownx.blocks import BlocksExtension

from calculators.errors import CalculatorsError, LawDataError
from calculators.law import law
from calculators.web.guides.blocks import BLOCKS
from calculators.web.guides.blocks.base import DAY
from calculators.web.guides.drawings import Drawings
from calculators.web.guides.glossary import FirstWords
from calculators.web.guides.tree import UNSEARCHED, frozen, page_of
from calculators.web.guides.typography import Contents, Typography
from calculators.web.guides.values import VALUE, render_value
from calculators.web.project.settings import Settings

if TYPE_CHECKING:
    import re
    import xml.etree.ElementTree as ET
    from datetime import date

    from markdown import Markdown
    from markdown.extensions import Extension

__all__ = ["GuideExtension", "makeExtension"]

# After inline patterns (20), before the table of contents (5) reads the headings.
_TYPOGRAPHY_PRIORITY = 12
# Before the typography, which makes of every text a plain one: what our blocks wrote can no longer be told apart.
_GLOSSARY_PRIORITY = 15
# Once the table of contents (5) is made: it takes every kind of space for an ordinary one.
_CONTENTS_PRIORITY = 4
# Once attributes written beside an image (8) are its own.
_DRAWINGS_PRIORITY = 3
_VALUE_PRIORITY = 185


class _Value(InlineProcessor):
    """``{{ kind:key }}`` in the text."""

    def __init__(self, md: Markdown, day: date) -> None:
        super().__init__(VALUE, md)
        self._day = day

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  # the library's signature
    ) -> tuple[ET.Element, int, int]:
        try:
            element = render_value(m.group(1), law(), self._day)
        except CalculatorsError as error:
            raise LawDataError(page_of(self.md), m.group(0), str(error)) from None
        return frozen(element), m.start(0), m.end(0)


class GuideExtension(BlocksExtension):
    """Everything the guides need beyond Markdown."""

    def __init__(self, **configuration: Any) -> None:
        self.config = {
            "glossaire": ["", "the page that defines the words of the law, from the project's folder"],
            "dessins": ["", "the folder of the drawings that are written in the pages, from the project's folder"],
        }
        # A builder has no other way to hand a setting on: it makes the extension from its name.
        self._day = Settings.read().day
        super().__init__(**configuration)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002, N802  # the library's name
        """Register the blocks."""
        for block in BLOCKS:
            block_mgr.register(block, {**self.getConfigs(), DAY: self._day})

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register the blocks, the law values and the typography."""
        super().extendMarkdown(md)
        md.block_level_elements.append(UNSEARCHED)
        md.inlinePatterns.register(_Value(md, self._day), "loi", _VALUE_PRIORITY)
        if path := self.getConfig("glossaire"):
            md.treeprocessors.register(FirstWords(md, path), "glossaire", _GLOSSARY_PRIORITY)
        md.treeprocessors.register(Typography(md), "typographie", _TYPOGRAPHY_PRIORITY)
        md.treeprocessors.register(Contents(md), "sommaire", _CONTENTS_PRIORITY)
        if folder := self.getConfig("dessins"):
            md.treeprocessors.register(Drawings(md, folder), "dessins", _DRAWINGS_PRIORITY)


def makeExtension(**configuration: Any) -> Extension:  # noqa: N802  # the name Python-Markdown looks for
    """Return the extension."""
    return GuideExtension(**configuration)
