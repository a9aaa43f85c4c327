"""The words that the answer on one deadline and the answer on a situation share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words, weekday_in_words
from calculators.delais.readings import GOOD_FRIDAY, Place
from calculators.law import Unite, law
from calculators.result import Avertissement, Lecture, Niveau, Statut, Valeur
from calculators.territory import Territoire
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from calculators.delais.inputs import DelaisInputs
    from calculators.delais.readings import Calculation, Reading
    from calculators.delais.rules import Periode
    from calculators.law import Article

__all__ = [
    "CHECK",
    "aim_at",
    "articles",
    "common_warnings",
    "day_in_words",
    "how_soon",
    "length",
    "other_reading",
    "reading",
    "sentences",
    "status",
]

# The law of holidays was read as it stands in 2026: later years suppose it does not change.
_VERIFIED_UNTIL = 2026
CHECK = "Faites vérifier ces dates par un avocat, un commissaire de justice ou un point-justice."


def articles(keys: Iterable[str]) -> tuple[Article, ...]:
    """The articles of these keys."""
    return tuple(law().article(key) for key in keys)


def day_in_words(day: date) -> str:
    """« lundi 11 avril 2016 »."""
    return f"{weekday_in_words(day)} {in_words(day)}"


def sentences(*parts: str) -> str:
    """The sentences that there are, one after the other."""
    return " ".join(filter(None, parts))


def how_soon(day: date, today: date) -> str:
    """« aujourd'hui », « demain », « dans 12 jours »."""
    left = (day - today).days
    return {0: "aujourd'hui", 1: "demain"}.get(left, f"dans {left} jours")


def status(day: date, today: date) -> Statut:
    """Where a day stands from today."""
    if day == today:
        return Statut.AUJOURD_HUI
    return Statut.PASSE if day < today else Statut.A_VENIR


def length(periode: Periode) -> str:
    """« 1 mois et 15 jours »."""
    parts = []
    if periode.mois:
        parts.append(Unite.MOIS.in_words(periode.mois))
    if not periode.nombre and not parts:
        return "le jour même"
    if periode.nombre:
        parts.append(periode.unite.in_words(periode.nombre))
    return " et ".join(parts)


def aim_at(calcul: Calculation) -> str:
    """The working day to aim at, when the safe day is one when offices are closed."""
    if calcul.a_viser == calcul.au_plus_tot:
        return ""
    return f"Ce jour-là, les bureaux sont fermés : visez le {day_in_words(calcul.a_viser)}."


def other_reading(calcul: Calculation, *, jour: date, agir: bool) -> str:
    """Beside a date that an open point touches: that it is the safe one, and how far the others go.

    ``jour``: the date shown, the earliest or the latest; ``agir``: it is for the person asking.
    """
    if not calcul.ouverte:
        return ""
    supposed = [s for r in calcul.lectures for s in r.suppose]
    reason = supposed[0].raison if supposed else ""
    early = jour == calcul.au_plus_tot
    other = calcul.au_plus_tard if early else calcul.au_plus_tot
    kind = "date sûre" if agir else "lecture la plus proche" if early else "lecture la plus tardive"
    return f"{kind} ; une autre lecture donne le {day_in_words(other)}. {reason}".rstrip(". ")


def reading(found: Reading, safe: date, *, cle: str = "", sujet: str = "") -> Lecture:
    """One reading of an open point, with its dates."""
    words = ", et ".join(supposed.intitule for supposed in found.suppose) or "lecture ordinaire"
    reasons = tuple(dict.fromkeys(supposed.raison for supposed in found.suppose))
    return Lecture(
        f"{cle}.{found.cle}" if cle else found.cle,
        capitalised(f"{sujet} : {words}" if sujet else words),
        sentences(*reasons) or "Le texte admet cette date.",
        (
            Valeur("terme", "Fin sans report", found.compte.terme),
            Valeur("echeance", "Échéance", found.compte.echeance),
        ),
        prudente=found.compte.echeance == safe,
    )


def common_warnings(inputs: DelaisInputs, calculs: Sequence[Calculation]) -> Iterator[Avertissement]:
    """What the calendar itself leaves open."""
    if max((c.au_plus_tard.year for c in calculs), default=0) > _VERIFIED_UNTIL:
        yield Avertissement(
            "droit_constant",
            f"Après {_VERIFIED_UNTIL}, les jours fériés sont donnés à droit constant : une loi peut les changer.",
            Niveau.INFO,
        )
    if inputs.territoire is Territoire.ALSACE_MOSELLE and any(map(_good_friday_matters, calculs)):
        yield Avertissement(
            "vendredi_saint",
            "Le code du travail ne donne le Vendredi saint qu'aux communes ayant un temple protestant ou une église "
            "mixte. Service-public le compte pour tout le Bas-Rhin, le Haut-Rhin et la Moselle.",
            Niveau.INFO,
        )


def _good_friday_matters(calcul: Calculation) -> bool:
    """Whether the end would be another day if Good Friday were a holiday there, or were not."""
    if any(supposed.raison == GOOD_FRIDAY for r in calcul.lectures for supposed in r.suppose):
        return True
    both = [calendar for _, calendar in Place(Territoire.ALSACE_MOSELLE).calendars()]
    return any(len({calendar.next_ouvre(r.compte.terme) for calendar in both}) > 1 for r in calcul.lectures)
