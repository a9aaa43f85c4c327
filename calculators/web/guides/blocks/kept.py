"""What the site keeps in the reader's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.guides.blocks.base import DataBlock
from calculators.web.guides.kept import kept_list

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["KeptBlock"]


class KeptBlock(DataBlock):
    """``/// conservation``: what the site keeps in the reader's browser, until when, and what erases it."""

    NAME = "conservation"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        block.append(kept_list())
