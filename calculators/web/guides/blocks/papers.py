"""« Qu'avez-vous reçu ? »: the questions, the papers as they look, and where each leads.

Nothing here needs a script: an answer is a fold, and what it leads to is inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import CalculatorsError, UnknownKeyError
from calculators.law import law
from calculators.typography import french
from calculators.web.guides.blocks.base import DataBlock
from calculators.web.guides.papers import FIRST, Form, Way, papers
from calculators.web.guides.tree import unsearched
from calculators.web.guides.values import told
from calculators.web.page.elements import SITE, el, extend

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator
    from datetime import date

    from calculators.web.guides.papers import Answer, Paper

__all__ = ["PapersBlock"]

#: What the drawing of a paper shows beside its words, said to those who do not see it.
_SHOWN = {
    Form.ACTE: "des feuilles agrafées, avec un sceau rond",
    Form.LETTRE: "une lettre",
    Form.RECOMMANDE: "une lettre recommandée",
    Form.DECISION: "une décision de plusieurs pages, signée",
    Form.AVIS: "un petit papier",
    Form.MESSAGE: "un message sur un écran",
}
#: What is stuck on a paper of this form.
_LABELS = {Form.RECOMMANDE: "Recommandé avec avis de réception"}


class PapersBlock(DataBlock):
    """``/// recu``: « Qu'avez-vous reçu ? », from its first question to the guide of each paper."""

    NAME = "recu"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        first = papers().questions[FIRST]
        folds = (self._fold(answer) for answer in first.reponses)
        # The search finds the guides, and this page by its own words: not fifty papers that all lead to them.
        block.append(unsearched(el("div", el("h2", first.question, id=FIRST), *folds, class_="recu")))

    def _fold(self, answer: Answer) -> ET.Element:
        """An answer, and inside it the next question or the papers among which to choose."""
        words = el("summary", el("span", answer.mots, class_="recu__reponse"))
        if answer.aide:
            extend(words, [" ", el("span", answer.aide, class_="recu__aide")])
        fold = el("details", words, class_="recu__choix")
        if answer.question:
            following = papers().questions[answer.question]
            fold.append(el("p", following.question, class_="recu__question"))
            fold.extend(self._fold(each) for each in following.reponses)
        else:
            chosen = [papers().papiers[name] for name in answer.papiers]
            if len(chosen) > 1:
                fold.append(el("p", "Lequel ressemble au vôtre ?", class_="recu__question"))
            fold.append(el("ul", *(_item(paper, self.day) for paper in chosen), class_="recu__papiers"))
        return fold


def _item(paper: Paper, day: date) -> ET.Element:
    """A paper: its name, what it looks like, what it may be taken for, and folded, what is urgent and where to go.

    Raises:
        UnknownKeyError: a text asks for what the law data do not have; with the paper.
    """
    try:
        known, urgent, today = (told(text, law(), day) for text in (paper.reconnaitre, paper.urgence, paper.aujourdhui))
    except CalculatorsError as error:
        raise UnknownKeyError(f"{paper.nom}: {error}") from None
    mine = el(
        "details",
        el("summary", "C'est ce papier", el("span", f" : {paper.titre}", class_="hors-ecran")),
        el("p", el("strong", "D'abord :"), " ", *urgent, class_="recu__urgence"),
        el("p", el("strong", "Aujourd'hui :"), " ", *today),
        None
        if paper.couvert
        else el("p", el("strong", "Ce site n'a pas de guide sur ce papier."), " Voici où vous tourner :"),
        el("ul", *map(_way, _ways(paper))),
        class_="recu__suite",
    )
    return el(
        "li",
        el("h3", paper.titre, id=paper.nom),
        _drawing(paper),
        el("p", *known),
        *_alike(paper),
        mine,
        class_="recu__papier",
    )


def _ways(paper: Paper) -> Iterator[Way]:
    """Where a paper leads."""
    yield from paper.suites
    if paper.dossier:
        yield Way(page="mon-dossier", ancre=f"recu={paper.nom}", mots="Suivre cette affaire dans un dossier")


def _way(way: Way) -> ET.Element:
    anchor = f"#{way.ancre}" if way.ancre else ""
    return el("li", el("a", way.mots, href=f"{SITE}{way.page}/{anchor}"))


def _alike(paper: Paper) -> Iterator[ET.Element]:
    if paper.sosies:
        items = (
            el("li", el("a", papers().papiers[name].titre, href=f"#{name}"), f" : {difference}")
            for name, difference in paper.sosies.items()
        )
        yield el("p", "À ne pas confondre avec :", class_="recu__sosies")
        yield el("ul", *items, class_="recu__sosies")


def _drawing(paper: Paper) -> ET.Element:
    """Our own drawing of the top of a paper: one image for those who hear the page."""
    words = (
        f"Dessin : {_SHOWN[paper.forme]}. En haut : « {', '.join(paper.tete)} ». En gros : « {' '.join(paper.lu)} »."
    )
    label = _LABELS.get(paper.forme)
    return el(
        "div",
        el("span", label, class_="feuille__etiquette") if label else None,
        el("span", *_lines(paper.tete), class_="feuille__tete"),
        el("span", *_lines(paper.lu), class_="feuille__titre"),
        el("span", class_="feuille__lignes"),
        class_=f"feuille feuille--{paper.forme}",
        role="img",
        aria_label=french(words),
    )


def _lines(words: tuple[str, ...]) -> Iterator[ET.Element]:
    return (el("span", line) for line in words)
