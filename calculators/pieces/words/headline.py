"""The headline of a list, and the values shown in large under it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from calculators.law.pieces import Exigence
from calculators.money import FREE
from calculators.result import Valeur
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from calculators.language import Language
    from calculators.law.pieces.model import Deduction
    from calculators.pieces.rules import Facts
    from calculators.result import PieceDemandee

__all__ = ["found_in_words", "free", "headline", "values"]

#: One document of a level, then several.
_LEVELS = {
    Exigence.REQUIS: ("1 requise", "{nombre} requises"),
    Exigence.SELON_LE_CAS: ("1 selon le cas", "{nombre} selon le cas"),
    Exigence.A_CONFIRMER: ("1 à confirmer", "{nombre} à confirmer"),
}


def headline(facts: Facts, pieces: tuple[PieceDemandee, ...], say: Language) -> str:
    """How many documents there are, of which level, and the answer that would shorten the list most."""
    documents = [piece for piece in pieces if not piece.geste]
    counts = Counter(Exigence(piece.niveau) for piece in documents)
    parts = [
        say(several, nombre=count) if count > 1 else say(one)
        for level, (one, several) in _LEVELS.items()
        if (count := counts[level])
    ]
    told: dict[str, str | int] = {"nombre": len(documents), "niveaux": ", ".join(parts)}
    if not documents:
        nothing = say(facts.demarche.sans_piece) or say("Vos réponses n'appellent aucune pièce de cette démarche.")
        sentences = [nothing]
    elif len(documents) == 1:
        sentences = [say("{objet}. 1 pièce à réunir : {niveaux}.", objet=_prepared(facts, say), **told)]
    else:
        sentences = [say("{objet}. {nombre} pièces à réunir : {niveaux}.", objet=_prepared(facts, say), **told)]
    if others := len(pieces) - len(documents):
        sentences.append(
            say("Et {nombre} points à vérifier.", nombre=others) if others > 1 else say("Et 1 point à vérifier.")
        )
    if facts.shortcuts:
        question = say(facts.shortcuts[0].question)
        sentences.append(say("Une réponse peut raccourcir cette liste : « {question} »", question=question))
    return " ".join(sentences)


def _prepared(facts: Facts, say: Language) -> str:
    """What the documents are for: what was found, or that it depends on answers that are not known."""
    if not facts.deductions:
        return say(facts.demarche.titre)
    first = facts.deductions[0]
    found = found_in_words(facts, first, say)
    if len(facts.found[first.question]) == 1:
        return capitalised(found)
    return say("{quoi} dépend de vos réponses « je ne sais pas » : {possible}", quoi=say(first.libelle), possible=found)


def values(facts: Facts, say: Language) -> Iterator[Valeur]:
    """What was found for who did not know, the last day of a card, the price."""
    for deduction in facts.deductions:
        yield Valeur(
            deduction.question, say(deduction.libelle), found_in_words(facts, deduction, say), essentielle=True
        )
    if facts.validity is not None and facts.validity.fin is not None:
        yield Valeur("fin_validite", say("Dernier jour de validité de la carte"), facts.validity.fin, essentielle=True)
    if facts.demarche.prix is not None and facts.price is not None:
        amount = facts.price[1]
        yield Valeur("prix", say(facts.demarche.prix.libelle), amount, essentielle=True, mots=free(amount, say))


def free(amount: Decimal, say: Language) -> str:
    """The word for a price of nothing; empty for any other."""
    return "" if amount else say(FREE)


def found_in_words(facts: Facts, deduction: Deduction, say: Language) -> str:
    """What was found; several things when an answer is not known, the lightest first."""
    found = facts.found[deduction.question]
    *others, last = dict.fromkeys(say(words) for name, words in deduction.resultats.items() if name in found)
    return f"{', '.join(others)}{say(' ou ')}{last}" if others else last
