"""The letters in the guides: a link that opens one, and all of them by whom they go to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.errors import UnknownKeyError
from calculators.law.courriers import Groupe, courriers
from calculators.letters.words.groups import GROUPS
from calculators.registry import get
from calculators.result import Partie
from calculators.web.guides.blocks.base import DataBlock, of_the_day
from calculators.web.page.elements import SITE, el
from calculators.web.page.letter import letter_view

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.law.courriers import Courrier

__all__ = ["LetterBlock", "LettersBlock"]


#: What a model does without: who writes, to whom, when.
_HEAD = {Partie.EXPEDITEUR, Partie.DESTINATAIRE, Partie.LIEU, Partie.ENVOI}


class LetterBlock(DataBlock):
    """``/// courrier | banque-sommes``: « Écrire ce courrier », under the step of a guide that asks for it.

    Its text, with its blanks, is folded below, for who has no JavaScript.
    """

    NAME = "courrier"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it."""
        if argument not in courriers():
            raise UnknownKeyError(f"unknown letter {argument!r}: expected one of {', '.join(courriers())}")
        letter = courriers()[argument]
        block.append(el("p", _link(letter, "Écrire ce courrier"), f" : {letter.titre}.", class_="courrier-lien"))
        written = of_the_day(get("courriers"), {"courrier": letter.nom}, self.day).result.lettre
        if written:
            body = tuple(part for part in written.blocs if part.partie not in _HEAD)
            sheet = letter_view(replace(written, blocs=body))
            block.append(
                el("details", el("summary", "Lire le texte de ce courrier"), sheet, class_="calc-pli courrier-modele")
            )


class LettersBlock(DataBlock):
    """``/// courriers``: every letter, under whom it goes to."""

    NAME = "courriers"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        """Fill it."""
        for group in Groupe:
            letters = [letter for letter in courriers().values() if letter.groupe is group]
            items = el("ul", *(el("li", _link(letter, letter.titre), f". {letter.but}") for letter in letters))
            block.extend([el("p", el("strong", GROUPS[group])), items])


def _link(letter: Courrier, words: str) -> ET.Element:
    return el("a", words, href=f"{SITE}calculateurs/courriers/#courrier={letter.nom}")
