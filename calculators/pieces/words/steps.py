"""The reasoning: where the list comes from, and why this application, this card, this price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.pieces.conditions import CardLaw
from calculators.law.pieces.texts import BRACES
from calculators.law.words import lasting
from calculators.pieces.card import ANCIENNE, RECENTE, VALIDE
from calculators.pieces.words.headline import found_in_words, free
from calculators.result import Etape

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import date

    from calculators.language import Language
    from calculators.law import DureeDatee
    from calculators.law.pieces.model import Deduction, Explication
    from calculators.pieces.card import Validite
    from calculators.pieces.rules import Facts

__all__ = ["quoted", "steps"]


def steps(facts: Facts, say: Language) -> Iterator[Etape]:
    """The steps, each with its articles."""
    yield _list_step(facts, say)
    for deduction in facts.deductions:
        yield _found_step(facts, deduction, say)
    if facts.validity is not None and (issued := facts.day_of("date_delivrance")) is not None:
        yield _card_step(facts, facts.validity, issued, say)
    for etape in facts.met(facts.demarche.etapes):
        yield _document_step(facts, etape, say)
    if facts.demarche.prix is not None and facts.price is not None:
        case, amount = facts.price
        title, why = say(facts.demarche.prix.etape), say(case.explication)
        yield Etape(title, why, calcul=free(amount, say) or say.amount(amount), articles=case.articles)


def quoted(facts: Facts, text: str, say: Language) -> str:
    """Put the words of the answers in a text, as they are or as inside a sentence; each that is possible."""

    def said(found: re.Match[str]) -> str:
        question = next(question for question in facts.demarche.questions if question.nom == found[1].lower())
        possible = facts.possible[question.nom]
        labels = [say(reponse.label) for reponse in question.reponses if reponse.valeur in possible]
        inside = found[1] == question.nom
        return say(" ou ").join(f"{label[0].lower()}{label[1:]}" if inside else label for label in labels)

    return BRACES.sub(said, text)


def _list_step(facts: Facts, say: Language) -> Etape:
    articles = tuple(dict.fromkeys(article for call in facts.calls for article in call.piece.articles))
    return Etape(
        say("La liste de votre cas"),
        _how_many(facts.documents, say),
        articles=articles if facts.calls else facts.demarche.articles,
    )


def _how_many(count: int, say: Language) -> str:
    match count:
        case 0:
            return say("Vos réponses n'appellent aucune des pièces de cette démarche.")
        case 1:
            return say("Vos réponses appellent une seule pièce de cette démarche. Elle dit d'où elle vient.")
        case _:
            return say(
                "Vos réponses appellent {nombre} des pièces de cette démarche. Chacune dit d'où elle vient.",
                nombre=count,
            )


def _found_step(facts: Facts, deduction: Deduction, say: Language) -> Etape:
    several = len(facts.found[deduction.question]) > 1
    selon = deduction.selon.get(facts.answer(deduction.lit[0]))
    return Etape(
        say(deduction.etape),
        quoted(facts, say(deduction.explication_si_doute if several else deduction.explication), say),
        calcul=found_in_words(facts, deduction, say),
        articles=selon.articles if selon else (),
    )


_STATES = {
    VALIDE: "encore valide",
    RECENTE: "expirée depuis moins de {duree}",
    ANCIENNE: "expirée depuis plus de {duree}",
}


def _card_step(facts: Facts, validity: Validite, issued: date, say: Language) -> Etape:
    card = CardLaw.of(facts.law)
    proof = _length(facts.law.durees["identite.expiration"], say)
    states = [say(words, duree=proof) for state, words in _STATES.items() if state in validity.etats]
    return Etape(
        say("La durée de la carte"),
        say(
            "{courte}, ou {longue} pour une carte donnée à un adulte du {depuis} à l'arrivée du nouveau format, en "
            "{annee}. La date imprimée ne change pas, et certains pays refusent la carte après. Source : {source}.",
            courte=_length(card.plain, say),
            longue=_length(card.adult, say),
            depuis=card.longer()[0],
            annee=card.everywhere.year,
            source=say(card.adult.texte),
        ),
        calcul=say(
            "Délivrée le {delivrance} : {etats} le {jour}",
            delivrance=issued,
            etats=say(" ou ").join(states),
            jour=facts.day,
        ),
    )


def _length(duree: DureeDatee, say: Language) -> str:
    return lasting(duree.derniere.unite, duree.derniere.nombre, say)


def _document_step(facts: Facts, etape: Explication, say: Language) -> Etape:
    """Why a document is asked for, or not."""
    certain = {call.piece.id: call.certain for call in facts.calls}.get(etape.piece)
    words = {None: etape.pas_demandee, True: etape.demandee, False: etape.peut_etre}[certain]
    return Etape(say(etape.titre), say(words))
