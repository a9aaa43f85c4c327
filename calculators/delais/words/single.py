"""The first sentence and the values of the answer on one deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.words.dates import aim_at, ending, moment, of_machines, sentences
from calculators.delais.words.readings import reading
from calculators.law import Portee, Unite
from calculators.result import Valeur

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculators.delais.readings import Calculation
    from calculators.delais.rules import Decompte
    from calculators.language import Language
    from calculators.result import Lecture

__all__ = ["VALUES", "single_headline", "single_readings", "single_values"]

#: Names of the values of the answer.
VALUES = ("terme", "echeance", "date_sure", "au_plus_tard", "a_viser")


def single_headline(calcul: Calculation, portee: Portee, today: date, say: Language) -> str:
    """When it ends, or when one may act."""
    first, latest = ending(calcul.premiere, say), ending(calcul.derniere, say)
    if portee is Portee.AU_PLUS_TOT:
        return say("Pas avant le {jour}.", jour=latest)
    if portee is Portee.SANS_ATTENDRE:
        return say(
            "À faire maintenant. Après le {fin}, fin du délai de contestation, le créancier peut demander le paiement.",
            fin=first,
        )
    if portee is Portee.REPERE and calcul.retenue.rebours:
        return say("Cela remonte jusqu'au {fin}, ce jour compris.", fin=first)
    if not calcul.ouverte:
        if calcul.retenue.rebours:
            return say("Il faut agir au plus tard le {fin}.", fin=first)
        whole = "Le délai finit le {fin}, à minuit." if calcul.premiere.heure is None else "Le délai finit le {fin}."
        return say(whole, fin=first)
    return sentences(
        say(
            "Selon la lecture de la loi, le délai finit entre le {fin} et le {dernier}. Pour agir, la date sûre est le "
            "{fin}.",
            fin=first,
            dernier=latest,
        ),
        aim_at(calcul, today, say),
        say("Avant de dire que le délai est passé, attendez le {dernier}.", dernier=latest),
    )


def single_values(calcul: Calculation, portee: Portee, today: date, say: Language) -> Iterator[Valeur]:
    """Where it ends by counting, where it ends at last, and the safe days when the law can be read in several ways."""
    kept = calcul.retenue
    without = moment(kept.terme, kept.heure, say) if kept.heure else ""
    yield Valeur("terme", say("Fin du délai, sans report"), of_machines(kept.terme, kept.heure), mots=without)
    yield _ending("echeance", say("Échéance"), kept, say, essentielle=not calcul.ouverte)
    if not calcul.ouverte:
        return
    yield _ending("date_sure", say("Date sûre pour agir"), calcul.sure(portee), say, essentielle=True)
    if portee is not Portee.AU_PLUS_TOT:
        yield _ending("au_plus_tard", say("Échéance la plus tardive"), calcul.derniere, say, essentielle=True)
    if portee is Portee.LIMITE and today <= calcul.a_viser != calcul.au_plus_tot:
        yield Valeur("a_viser", say("Jour ouvré à viser"), calcul.a_viser)


def _ending(cle: str, libelle: str, compte: Decompte, say: Language, *, essentielle: bool) -> Valeur:
    """The end of a count; what has an hour is told with it."""
    hours = compte.duree.unite is Unite.HEURES
    quantity = of_machines(compte.echeance, compte.heure)
    return Valeur(cle, libelle, quantity, essentielle=essentielle, mots=ending(compte, say) if hours else "")


def single_readings(calcul: Calculation, portee: Portee, say: Language) -> tuple[Lecture, ...]:
    """Each reading, when there are several."""
    if len(calcul.lectures) == 1:
        return ()
    return tuple(reading(found, calcul.sure(portee).fin, say) for found in calcul.lectures)
