"""What our blocks have in common: they are filled from the data, and a mistake names the page and the block."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import yaml
from pymdownx.blocks.block import Block

from calculators.errors import CalculatorsError, LawDataError, UnknownKeyError
from calculators.outcome import Refused, ask_calculator
from calculators.web.guides.tree import frozen, page_of
from calculators.web.page.elements import article_link, el, extend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from calculators.law import Article
    from calculators.outcome import Answered
    from calculators.result import Calculator

__all__ = ["DAY", "DataBlock", "cited", "of_the_day", "texts"]

#: The setting of every block: the day the site is built for.
DAY = "day"


class DataBlock(Block):
    """A block whose content comes from the data: ``/// name | argument``, with a body read as text."""

    ARGUMENT: bool | None = True

    @property
    def day(self) -> date:
        """The day the site is built for."""
        day: date = self.config[DAY]
        return day

    def on_create(self, parent: ET.Element) -> ET.Element:
        """Begin its element."""
        return ET.SubElement(parent, "div")

    def on_markdown(self) -> str:
        """Leave its body as it is typed."""
        return "raw"

    def on_end(self, block: ET.Element) -> None:
        """Put the content in the place of the body.

        Raises:
            LawDataError: a mistake of the page; with the page, the block and the reason.
        """
        body = "".join(block.itertext()).strip()
        block.clear()
        try:
            self.fill(block, (self.argument or "").strip(), body)
        except CalculatorsError as error:
            key = f"/// {self.NAME} | {self.argument or ''}"
            raise LawDataError(page_of(self.md), key, str(error)) from None
        frozen(block)

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        """Put the block's content into its element."""
        raise NotImplementedError


def texts(body: str) -> Any:
    """Read the YAML of a block's body, every scalar a text: as a form has it, and never a binary float."""
    return yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506  # BaseLoader builds nothing but texts


def of_the_day(calculator: Calculator[Any], given: Mapping[str, object], day: date) -> Answered:
    """Ask a calculator on the day of the build.

    Raises:
        UnknownKeyError: it refuses; with each field and what is wrong.
    """
    outcome = ask_calculator(calculator, {"aujourdhui": day.isoformat(), **given})
    if isinstance(outcome, Refused):
        raise UnknownKeyError("; ".join(f"{e.champ}: {e.message}" for e in outcome.erreurs))
    return outcome


def cited(articles: Iterable[Article]) -> ET.Element:
    """Articles one after the other, each a link to what it provides."""
    links = el("span")
    for number, article in enumerate(articles):
        extend(links, [", " if number else "", article_link(article)])
    return links
