"""The steps of the reasoning on each sum received: how far it is protected, and what of it was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law import Nature
from calculators.money import ZERO
from calculators.result import Etape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Facts, SommeNette
    from calculators.scale import Quotite

__all__ = ["steps_of_the_sums"]


def steps_of_the_sums(facts: Facts, say: Language) -> Iterator[Etape]:
    """One step a sum."""
    for net in facts.sums:
        somme = facts.law.sommes[net.somme.nature]
        articles = somme.articles
        if net.nature in {Nature.INSAISISSABLE, Nature.PARTIELLE}:
            articles += facts.law.articles("CPCE R162-4" if somme.periodique else "CPCE R162-5")
        match net.nature:
            case Nature.INSAISISSABLE:
                why = say("Cette somme est protégée en entier, moins ce qui a été dépensé depuis son versement.")
                start = say.written(net.protegee)
            case Nature.PARTIELLE if net.bareme is not None:
                why, start = _by_the_scale(facts, net, net.bareme, say)
                articles += facts.law.articles("CTRAV R3252-3")
            case Nature.PARTIELLE:
                why = say(
                    "Cette somme est protégée en partie. On compte la part que vous avez donnée, moins les "
                    "dépenses depuis."
                )
                start = say("{protegee} (part protégée de {recu})", protegee=net.protegee, recu=net.somme.montant)
            case _:
                why = say("Cette somme n'est pas protégée : elle peut être saisie en entier.")
                start = say.written(ZERO)
        if somme.note:
            why += " " + say(somme.note)
        if not articles:
            why += " " + say(
                "Ce classement est celui de la fiche officielle de service-public, qui ne cite pas d'article."
            )
        computation = f"{start} − {say.written(net.somme.debits)} = {say.written(net.nette)}"
        yield Etape(say(somme.intitule), why, computation, articles)


def _by_the_scale(facts: Facts, net: SommeNette, bareme: Quotite, say: Language) -> tuple[str, str]:
    """Why this much of a wage is protected, and the start of the computation."""
    why = say(
        "Cette somme est protégée en partie. Sur un net de {net} par mois, le barème de {annee} ({texte}) permet de "
        "saisir {saisissable}, {personnes}. Le reste est protégé, moins les dépenses depuis.",
        net=bareme.net,
        annee=bareme.annee.en_vigueur_du.year,
        texte=say(bareme.annee.texte),
        saisissable=bareme.saisissable,
        personnes=_dependants(facts.inputs.personnes_a_charge, say),
    )
    if bareme.net != net.somme.montant:
        why += " " + say(
            "Avec plusieurs versements, le barème se calcule sur leur total, et chacun en porte sa part. Le centime "
            "qui reste du partage va au dernier : le total protégé est celui d'un versement unique."
        )
    start = say("{protegee} (part protégée de {recu}, selon le barème)", protegee=net.protegee, recu=net.somme.montant)
    return why, start


def _dependants(count: int, say: Language) -> str:
    if count == 0:
        return say("sans personne à charge")
    return say("avec une personne à charge") if count == 1 else say("avec {nombre} personnes à charge", nombre=count)
