"""What the answer on a plan of payments says first: its headline, its values, its picture and its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.declaration import fields_of
from calculators.echeancier.inputs import CHARGES, EACH, RESSOURCES, NatureDette
from calculators.echeancier.rules import Issue
from calculators.law import Unite
from calculators.law.words import lasting
from calculators.money import ZERO
from calculators.result import Part, Tableau, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.echeancier.rules import Facts, Plan
    from calculators.language import Language
    from calculators.result import Quantity

__all__ = ["budget", "headline", "months", "parts", "payments", "payments_in_words", "values"]


def months(count: int, say: Language) -> str:
    """A number of months, in figures."""
    return lasting(Unite.MOIS, count, say)


def payments_in_words(plan: Plan, say: Language) -> str:
    """The payments of a plan: « 23 paiements de 41,67 €, puis un dernier de 41,59 € »."""
    if plan.mois == 1:
        return say("un seul paiement de {montant}", montant=plan.derniere)
    if plan.derniere == plan.mensualite:
        return say("{nombre} paiements de {montant}", nombre=plan.mois, montant=plan.mensualite)
    first = plan.mois - 1
    if first == 1:
        return say(
            "un paiement de {montant}, puis un dernier de {dernier}", montant=plan.mensualite, dernier=plan.derniere
        )
    return say(
        "{nombre} paiements de {montant}, puis un dernier de {dernier}",
        nombre=first,
        montant=plan.mensualite,
        dernier=plan.derniere,
    )


def headline(facts: Facts, say: Language) -> str:
    """What the reader must remember."""
    plan = facts.plan
    if plan is None:
        told = say("Votre budget ne laisse rien pour payer cette dette chaque mois.")
        return f"{told} {_without_a_plan(facts, say)}"
    match facts.issue:
        case Issue.TIENT:
            told = say(
                "Votre budget permet de proposer {paiements}. Il vous resterait {marge} par mois.",
                paiements=payments_in_words(plan, say),
                marge=facts.room - plan.mensualite,
            )
        case Issue.ALLONGE:
            told = say(
                "Votre budget permet de proposer {paiements}. En {voulu}, il faudrait {trop} par mois, et il vous "
                "reste {disponible}.",
                paiements=payments_in_words(plan, say),
                voulu=months(facts.wanted, say),
                trop=facts.if_wanted.mensualite,
                disponible=facts.room,
            )
        case _:
            told = say(
                "Même en {longueur}, votre budget ne paie pas toute cette dette : {paiements}, et il reste {reste} à "
                "payer.",
                longueur=months(plan.mois, say),
                paiements=payments_in_words(plan, say),
                reste=plan.reste,
            )
    return f"{told} {_who_decides(facts, say)}"


def _without_a_plan(facts: Facts, say: Language) -> str:
    if facts.may_be_judged:
        return say(
            "Un juge peut reporter le paiement, {longueur} au plus, mais la dette reste due.",
            longueur=months(facts.longest, say),
        )
    return _who_decides(facts, say)


def _who_decides(facts: Facts, say: Language) -> str:
    match facts.inputs.nature:
        case NatureDette.PENSION:
            return say(
                "Pour une pension alimentaire, aucun juge ne peut donner de délais de grâce : proposez-le à celui à "
                "qui elle est due."
            )
        case NatureDette.PUBLIQUE:
            return say("C'est le comptable public qui décide.")
        case _:
            return say("Rien n'est promis : c'est le créancier, ou le juge, qui décide.")


def values(facts: Facts, say: Language) -> Iterator[Valeur]:
    """The figures of the answer."""
    plan = facts.plan
    yield Valeur("disponible", say("Ce que votre budget laisse, par mois"), facts.room, essentielle=True)
    if plan is not None:
        yield Valeur("mensualite", say("À proposer, par mois"), plan.mensualite, essentielle=True)
        yield Valeur("derniere", say("Dernier paiement"), plan.derniere)
        yield Valeur("marge", say("Ce qui vous reste après, par mois"), facts.room - plan.mensualite)
    yield Valeur("dette", say("Somme réclamée"), facts.inputs.dette)
    yield Valeur("non_paye", say("Ce que le plan ne paie pas"), facts.unpaid, essentielle=facts.unpaid > ZERO)
    yield Valeur("ressources", say("Ressources, par mois"), facts.income)
    yield Valeur("charges", say("Dépenses, par mois"), facts.expenses)


def parts(facts: Facts, say: Language) -> tuple[Part, ...]:
    """The picture: where a month's money goes. Nothing is drawn when more is spent than comes in."""
    if facts.expenses > facts.income:
        return ()
    paid = facts.plan.mensualite if facts.plan else ZERO
    shown = (
        Part("laisse", say("Vos dépenses"), facts.expenses),
        Part("saisi", say("Cette dette"), paid),
        Part("libre", say("Ce qui vous reste"), facts.room - paid),
    )
    return tuple(part for part in shown if part.montant > ZERO)


def payments(facts: Facts, say: Language) -> Tableau:
    """The table to join to the letter, or to give to the judge."""
    return Tableau(
        "echeances",
        say("Le plan à proposer, paiement par paiement"),
        (
            ("numero", say("Paiement")),
            ("jour", say("Au plus tard le")),
            ("montant", say("À payer")),
            ("reste", say("Reste dû ensuite")),
        ),
        tuple((str(term.numero), term.jour, term.montant, term.reste) for term in facts.terms),
    )


def budget(facts: Facts, say: Language) -> Tableau:
    """The budget, line by line, as the person told it."""
    labels = {field.nom: field.question.label.removesuffix(EACH) for field in fields_of(type(facts.inputs))}

    def lines(names: tuple[str, ...]) -> Iterator[tuple[Quantity, ...]]:
        for name, amount in facts.budget(names).items():
            yield say(labels[name]), amount

    return Tableau(
        "budget",
        say("Votre budget, par mois"),
        (("poste", say("Poste")), ("montant", say("Montant"))),
        (
            *lines(RESSOURCES),
            (say("Total des ressources"), facts.income),
            *lines(CHARGES),
            (say("Total des dépenses"), facts.expenses),
        ),
    )
