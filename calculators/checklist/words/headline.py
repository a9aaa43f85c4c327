"""The headline of a list, and the values shown in large under it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from calculators.law.pieces import Exigence
from calculators.result import Valeur
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.checklist.rules import Facts
    from calculators.law.pieces.model import Deduction
    from calculators.result import PieceDemandee

__all__ = ["found_in_words", "headline", "values"]

_LEVELS = {
    Exigence.REQUIS: ("requise", "requises"),
    Exigence.SELON_LE_CAS: ("selon le cas", "selon le cas"),
    Exigence.A_CONFIRMER: ("à confirmer", "à confirmer"),
}


def headline(facts: Facts, pieces: tuple[PieceDemandee, ...]) -> str:
    """How many documents there are, of which level, and the answer that would shorten the list most."""
    if not pieces:
        return facts.demarche.sans_piece or "Vos réponses n'appellent aucune pièce de cette démarche."
    counts = Counter(Exigence(piece.niveau) for piece in pieces)
    parts = [
        f"{count} {plural if count > 1 else singular}"
        for level, (singular, plural) in _LEVELS.items()
        if (count := counts[level])
    ]
    total = "1 pièce à réunir ou à vérifier" if len(pieces) == 1 else f"{len(pieces)} pièces à réunir ou à vérifier"
    advice = f" Une réponse peut raccourcir cette liste : « {facts.shortcuts[0].question} »" if facts.shortcuts else ""
    found = (capitalised(found_in_words(facts, deduction)) for deduction in facts.deductions)
    return f"{next(found, facts.demarche.titre)}. {total} : {', '.join(parts)}.{advice}"


def values(facts: Facts) -> Iterator[Valeur]:
    """What was found for who did not know, the last day of a card, the price."""
    for deduction in facts.deductions:
        yield Valeur(deduction.question, deduction.libelle, found_in_words(facts, deduction), essentielle=True)
    if facts.validity is not None and facts.validity.fin is not None:
        yield Valeur("fin_validite", "Dernier jour de validité de la carte", facts.validity.fin, essentielle=True)
    if facts.demarche.prix is not None and facts.price is not None:
        yield Valeur("prix", facts.demarche.prix.libelle, facts.price[1], essentielle=True)


def found_in_words(facts: Facts, deduction: Deduction) -> str:
    """What was found; several things when an answer is not known, the lightest first."""
    found = facts.found[deduction.question]
    return " ou ".join(words for name, words in deduction.resultats.items() if name in found)
