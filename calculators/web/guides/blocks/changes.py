"""What changed in the law, and what this site said wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.edition import edition
from calculators.law import law
from calculators.law.pieces import demarches
from calculators.versions.history import since_before
from calculators.web.guides.blocks.base import DataBlock, cited
from calculators.web.guides.changes import changes, corrections
from calculators.web.guides.feeds import feed_link
from calculators.web.page.elements import SITE, el, extend

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.law import Correction

__all__ = ["ChangesBlock", "CorrectionsBlock", "FeedsBlock", "VersionsBlock"]


class ChangesBlock(DataBlock):
    """``/// changements``: every dated change of the law files, newest first, under its year."""

    NAME = "changements"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        today, year, items = self.day, "", el("ul")
        block.set("class", "changements")
        for change in changes(law()):
            heading = str(change.jour.year) if change.jour <= today else "À venir"
            if heading != year:
                year, items = heading, el("ul")
                block.extend([el("h3", year), items])
            when = el("time", in_words(change.jour), datetime=change.jour.isoformat())
            text: ET.Element | str | None = change.texte or None
            if change.texte and change.lien:
                text = el("a", change.texte, href=change.lien, rel="external")
            item = el("li", el("strong", when), " : ", change.quoi)
            if text is not None:
                extend(item, (" ", el("span", "(", text, ")", class_="changements-texte")))
            items.append(item)


class CorrectionsBlock(DataBlock):
    """``/// corrections``: what this site said wrongly, before and now, newest first, under its day."""

    NAME = "corrections"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        block.set("class", "changements")
        day = None
        for correction in corrections(law()):
            if correction.le != day:
                day = correction.le
                block.append(el("h3", "Depuis le ", el("time", in_words(day), datetime=day.isoformat())))
            block.append(self._fold(correction))

    def _fold(self, correction: Correction) -> ET.Element:
        rule = cited(correction.articles)
        if correction.texte:
            extend(rule, [", " if correction.articles else "", correction.texte])
        return el(
            "details",
            el("summary", correction.sujet),
            el("p", el("strong", "Avant : "), correction.avant),
            el("p", el("strong", "Maintenant : "), correction.maintenant),
            el("p", "(", rule, ")", class_="changements-texte") if correction.articles or correction.texte else None,
            el("p", el("a", "Lire la page corrigée", href=f"{SITE}{correction.page}/")),
            class_="calc-pli",
        )


class FeedsBlock(DataBlock):
    """``/// flux``: the feed of each démarche."""

    NAME = "flux"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        block.append(el("ul", *(el("li", feed_link(one.nom, one.titre)) for one in demarches().values())))


class VersionsBlock(DataBlock):
    """``/// versions``: that of this site, then each published one, newest first, with what changed in it."""

    NAME = "versions"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        block.append(el("p", "Ce site répond avec les ", el("strong", edition().dite), "."))
        for step in since_before():
            block.append(
                el(
                    "details",
                    el("summary", step.titre),
                    el("ul", *(el("li", line) for line in step.lignes)),
                    class_="calc-pli",
                )
            )
