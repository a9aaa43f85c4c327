"""The letters, as data: one TOML file for each, all of it; loaded once, validated on load.

A file says who the letter goes to, what it is for, what it asks (``demande``: its own questions, or those that
``_communs.toml`` shares), its text, a paragraph at a time, each with the answers it is for (``si``), what is enclosed,
how it leaves, before when (``limites``: deadlines of the law data), what it takes for granted (``verifications``), the
deadlines that leave it to be sent once they are over (``apres``), the articles it rests on, how certain that is, and
what the letter is not (``prudence``).

A text quotes an answer by the name of its question, between braces; without an answer, the letter shows a blank
(``blanc``). Questions are written as those of a démarche are; besides a list of answers, one may have ``date``,
``montant``, ``nombre`` or ``texte``. In a case, ``donnee`` stands for any day. The name of a file is the letter's.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from calculators.law.courriers.model import (
    AJoindre,
    Courrier,
    Envoi,
    Genre,
    Groupe,
    Limite,
    Paragraphe,
    QuestionDeCourrier,
    Tableau,
    Verification,
)
from calculators.law.courriers.reading import load_courriers, questions_of
from calculators.law.loader import law

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.law.model import Law

__all__ = [
    "AJoindre",
    "Courrier",
    "Envoi",
    "Genre",
    "Groupe",
    "Limite",
    "Paragraphe",
    "QuestionDeCourrier",
    "Tableau",
    "Verification",
    "courriers",
    "load_courriers",
    "questions_of",
]


def courriers(known: Law | None = None) -> Mapping[str, Courrier]:
    """Return the letters shipped with the package, read once a law.

    Args:
        known: the law; that of this package when none is given.

    >>> courriers()["banque-sommes"].groupe
    <Groupe.BANQUE: 'banque'>
    """
    return _courriers(known or law())


@cache
def _courriers(known: Law) -> Mapping[str, Courrier]:
    return load_courriers(resources.files("calculators.law.courriers"), known)
