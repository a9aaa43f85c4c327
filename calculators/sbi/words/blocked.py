"""What a SATD, or a measure that is not known, blocks at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.words import length
from calculators.money import ZERO
from calculators.result import Etape

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.sbi.rules import Basis, Facts, Figures

__all__ = ["step_blocked", "step_blocked_at_most"]


def step_blocked(facts: Facts, prudent: Basis, found: Figures, say: Language) -> Etape:
    """The step of the reasoning on what is blocked: all of it, or what is claimed."""
    series = facts.law.series["satd-cantonnement"]
    value = series.derniere
    threshold, text = say.amount_in_prose(value.montant), say(value.texte)
    during = length(facts.law.delais["satd.blocage"], say)
    rest = f"{say.written(prudent.soldes)} − {say.written(found.laisse)}"
    computation = f"{rest} = {say.written(found.bloque)}"
    match facts.small_satd:
        case True:
            why = say(
                "La somme réclamée est inférieure à {seuil} ({texte}) : la banque ne bloque que cette somme, pendant "
                "{duree}.",
                seuil=threshold,
                texte=text,
                duree=during,
            )
            computation = say(
                "le plus petit de {creance} et {calcul} = {bloque}",
                creance=facts.inputs.creance or ZERO,
                calcul=rest,
                bloque=found.bloque,
            )
        case False:
            why = say(
                "La somme réclamée atteint {seuil} ({texte}) : la banque bloque tout le solde pendant {duree}, sauf ce "
                "qu'elle laisse.",
                seuil=threshold,
                texte=text,
                duree=during,
            )
        case None if facts.inputs.date_saisie < series.debut:
            why = say(
                "Le seuil qui limite le blocage ne vaut que depuis le {depuis} ({texte}).",
                depuis=series.debut,
                texte=text,
            )
        case _:
            why = say(
                "Si la somme réclamée est inférieure à {seuil} ({texte}), la banque ne bloque que cette somme, pendant "
                "{duree}. Vous ne l'avez pas indiquée : le calcul suppose que tout est bloqué.",
                seuil=threshold,
                texte=text,
                duree=during,
            )
    articles = facts.law.articles("LPF L262", "CPCE L162-1")
    return Etape(say("Ce qui est bloqué au départ"), why, computation, articles)


def step_blocked_at_most(facts: Facts, say: Language) -> Etape:
    """The same when the measure is not known: some block all the accounts, others what is claimed."""
    return Etape(
        say("Ce qui est bloqué au départ"),
        say(
            "Une saisie-attribution bloque tous les comptes. Une saisie conservatoire, ou une saisie administrative de "
            "moins de {seuil}, ne bloque que la somme réclamée. Le calcul suppose que tout est bloqué.",
            seuil=say.amount_in_prose(facts.law.series["satd-cantonnement"].derniere.montant),
        ),
        articles=facts.law.articles("CPCE L162-1", "CPCE L523-1", "LPF L262"),
    )
