"""What the reader of the SBI's answer must remember."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.sbi.rules import Facts, Figures, OpenPoint

__all__ = ["headline"]


def headline(facts: Facts, found: Figures, points: tuple[OpenPoint, ...], say: Language) -> str:
    """Who keeps what, what may be taken, and whether a point is open."""
    if found.saisi == ZERO:
        seized = say("Rien ne peut être saisi.")
    else:
        seized = say("La saisie peut prendre {saisi}.", saisi=found.saisi)
    doubt = say("Un point reste ouvert : voyez les autres lectures plus bas.") if points else ""
    return " ".join(filter(None, (_who_keeps_what(facts, found, say), seized, doubt)))


def _who_keeps_what(facts: Facts, found: Figures, say: Language) -> str:
    """Whoever reads about a joint account may be the one who owes, or the other: each is named."""
    if not facts.is_person:
        return say("Le débiteur est une société ou une association : aucun minimum n'est laissé sur ses comptes.")
    if found.protege == ZERO:
        return say("Ces réponses ne donnent aucune somme laissée sur les comptes.")
    joint = any(compte.joint for compte in facts.inputs.comptes)
    if found.laisse == ZERO:
        return _only_on_request(found, say, joint=joint)
    left = _left(found, say, joint=joint)
    if facts.gains_are_certain and facts.gains > ZERO:
        spouse = say(
            "À l'époux qui ne doit pas cette dette, elle laisse {gains} de gains, dès qu'il a fait son choix. Les deux "
            "ne s'ajoutent pas : en tout, {protege} sont protégés.",
            gains=facts.gains,
            protege=found.protege,
        )
        return f"{left} {spouse}"
    return left if found.sur_demande == ZERO else f"{left} {_more(found, say, joint=joint)}"


def _only_on_request(found: Figures, say: Language, *, joint: bool) -> str:
    asked = found.sur_demande
    if joint:
        return say(
            "Les titulaires peuvent demander que {montant} leur soient laissés. Rien n'est laissé d'office.",
            montant=asked,
        )
    return say("Vous pouvez demander que {montant} vous soient laissés. Rien n'est laissé d'office.", montant=asked)


def _left(found: Figures, say: Language, *, joint: bool) -> str:
    left = found.laisse
    if joint:
        return say("La banque doit laisser {laisse} au débiteur sans qu'il ait rien à demander.", laisse=left)
    return say("La banque doit laisser {laisse} sans que vous ayez rien à demander.", laisse=left)


def _more(found: Figures, say: Language, *, joint: bool) -> str:
    more = found.sur_demande
    if joint:
        return say("{montant} de plus peuvent être réclamés, avec des justificatifs.", montant=more)
    return say("Vous pouvez réclamer {montant} de plus, avec des justificatifs.", montant=more)
