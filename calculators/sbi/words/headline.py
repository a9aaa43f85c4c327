"""What the reader of the SBI's answer must remember."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO
from calculators.sbi.rules import figures, seizure_basis
from calculators.sbi.words.reader import is_bank, is_holder, owes

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.sbi.rules import Facts, Figures, OpenPoint

__all__ = ["headline"]


def headline(facts: Facts, found: Figures, points: tuple[OpenPoint, ...], say: Language) -> str:
    """Who keeps what, what may be taken, and whether a point is open; each outcome when the measure is not known."""
    if any(point.cle in {"autre_mesure", "paiement_direct"} for point in points):
        return _by_the_measure(facts, found, say)
    if found.saisi == ZERO:
        seized = say("Rien ne peut être saisi.")
    else:
        seized = say("La saisie peut prendre {saisi}.", saisi=found.saisi)
    return " ".join(filter(None, (_who_keeps_what(facts, found, say), seized, _at_best(facts, found, points, say))))


def _at_best(facts: Facts, found: Figures, points: tuple[OpenPoint, ...], say: Language) -> str:
    """The other outcome, when a point is open: what stays if every point is read for the debtor."""
    if not points:
        return ""
    best = min((figures(point.basis) for point in points), key=lambda other: (other.saisi, -other.protege))
    if found.saisi == ZERO:
        outcome = say("{protege} sont protégés", protege=best.protege)
    elif best.saisi == ZERO:
        outcome = say("la saisie ne prend rien")
    else:
        outcome = say("{protege} sont protégés et la saisie prend {saisi}", protege=best.protege, saisi=best.saisi)
    if is_bank(facts):
        return say("Un point reste ouvert : selon la réponse, {issue}. Demandez-la avant de décider.", issue=outcome)
    return say("Un point reste ouvert : au mieux, {issue}. Les autres lectures sont plus bas.", issue=outcome)


def _by_the_measure(facts: Facts, found: Figures, say: Language) -> str:
    """The two outcomes of a measure that is not known, the one that leaves less first."""
    seizure = figures(seizure_basis(facts))
    direct = figures(seizure_basis(facts.if_direct_payment or facts))
    of_a_seizure = say(
        "Si c'est une saisie, {protege} sont protégés et elle peut prendre {saisi}.",
        protege=seizure.protege,
        saisi=seizure.saisi,
    )
    if direct.protege == ZERO:
        of_a_pension = say(
            "Si c'est un paiement direct de pension alimentaire, rien n'est protégé et il peut prendre {saisi}.",
            saisi=direct.saisi,
        )
    else:
        of_a_pension = say(
            "Si c'est un paiement direct de pension alimentaire, {protege} sont protégés et il peut prendre {saisi}.",
            protege=direct.protege,
            saisi=direct.saisi,
        )
    first, second = (of_a_seizure, of_a_pension) if found == seizure else (of_a_pension, of_a_seizure)
    return " ".join((say("La réponse dépend de la mesure, dont le nom est en haut de l'acte."), first, second))


def _who_keeps_what(facts: Facts, found: Figures, say: Language) -> str:
    """Who owes, and who reads, are named or spoken to."""
    if not facts.is_person:
        return say("Aucun minimum n'est laissé sur les comptes d'une société ou d'une association.")
    if found.protege == ZERO:
        return say("Ces réponses ne donnent aucune somme laissée sur les comptes.")
    if found.laisse == ZERO:
        return _only_on_request(facts, found, say)
    left = _left(facts, found, say)
    if facts.gains_are_certain and facts.gains > ZERO:
        together = say(
            "Les deux ne s'ajoutent pas : en tout, {protege} sont protégés.",
            protege=found.protege,
        )
        return f"{left} {_to_the_spouse(facts, say)} {together}"
    return left if found.sur_demande == ZERO else f"{left} {_more(facts, found, say)}"


def _to_the_spouse(facts: Facts, say: Language) -> str:
    gains = facts.gains
    if owes(facts):
        return say(
            "À votre époux, qui ne doit pas cette dette, elle laisse {gains} de gains, dès qu'il a fait son choix.",
            gains=gains,
        )
    if is_holder(facts):
        return say(
            "À vous, qui ne devez pas cette dette, elle laisse {gains} de gains, dès que vous avez fait votre choix.",
            gains=gains,
        )
    if is_bank(facts):
        return say(
            "À l'époux qui ne doit pas cette dette, vous laissez {gains} de gains, dès qu'il a fait son choix.",
            gains=gains,
        )
    return say(
        "À l'époux qui ne doit pas cette dette, elle laisse {gains} de gains, dès qu'il a fait son choix.", gains=gains
    )


def _only_on_request(facts: Facts, found: Figures, say: Language) -> str:
    asked = found.sur_demande
    if owes(facts):
        return say("Vous pouvez demander que {montant} vous soient laissés. Rien n'est laissé d'office.", montant=asked)
    if is_holder(facts):
        return say(
            "Les titulaires peuvent demander que {montant} leur soient laissés. Rien n'est laissé d'office.",
            montant=asked,
        )
    return say("Le débiteur peut demander que {montant} lui soient laissés. Rien n'est laissé d'office.", montant=asked)


def _left(facts: Facts, found: Figures, say: Language) -> str:
    left = found.laisse
    if owes(facts):
        return say("La banque doit laisser {laisse} sans que vous ayez rien à demander.", laisse=left)
    if is_bank(facts):
        return say("Vous devez laisser {laisse} au débiteur sans qu'il ait rien à demander.", laisse=left)
    return say("La banque doit laisser {laisse} au débiteur sans qu'il ait rien à demander.", laisse=left)


def _more(facts: Facts, found: Figures, say: Language) -> str:
    more = found.sur_demande
    if owes(facts):
        return say("Vous pouvez réclamer {montant} de plus, avec des justificatifs.", montant=more)
    return say("{montant} de plus peuvent être réclamés, avec des justificatifs.", montant=more)
