"""What is known of how accessible the site is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.guides.blocks.base import DataBlock
from calculators.web.guides.rgaa import grid_list

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["AccessBlock"]


class AccessBlock(DataBlock):
    """``/// rgaa``: each criterion of the French standard, with what is known of the site, and how."""

    NAME = "rgaa"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        block.extend(grid_list())
