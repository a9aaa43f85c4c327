"""A deadline of a situation: its dates for the person who asks, and whether it was done.

``named`` counts any deadline of the law data from its event; the situations and the answer on one deadline both use it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.delais.readings import Calculation, Hypothese, Reading, calculate_readings
from calculators.delais.rules import Periode, count
from calculators.law import Article, Delai, Portee, Prorogation, Unite, law
from calculators.law.situations import Ligne

if TYPE_CHECKING:
    from calculators.delais.distance import Augmentation
    from calculators.delais.readings import Place

__all__ = ["Attente", "Echeance", "Etat", "named"]

_SAME_DAY = Hypothese(
    "la lettre part le jour même",
    "Le texte admet aussi le premier jour ouvrable suivant ; le faire le jour même est sûr dans tous les cas.",
)


class Etat(StrEnum):
    """Where a deadline stands today, for who must act."""

    FAIT = "fait"
    FAIT_A_VERIFIER = "fait_a_verifier"  # in time by one reading only
    FAIT_TARD = "fait_tard"
    A_VENIR = "a_venir"
    DATE_SURE_PASSEE = "date_sure_passee"  # in time by one reading only, and not done yet
    PASSE = "passe"


@dataclass(frozen=True, slots=True)
class Attente:
    """A deadline of a situation that has no date: its event has none yet, or no known rule covers it (``raison``).

    ``agir``: the person asking will have to act.
    """

    delai: Delai
    agir: bool
    raison: str = ""
    ligne: Ligne | None = None


@dataclass(frozen=True, slots=True)
class Echeance:
    """A deadline counted. ``agir``: the person asking is the one who must act by then; ``fait_le``: when it was done.

    ``ensuite`` and ``nom``: what follows once it is done, and what was done, when the case says more than the data of
    the situation. ``pas_avant``: the first day on which it may be done. ``alerte``: what was done is to be
    checked. ``cites``: the texts that this case rests on besides those of the deadline.
    """

    delai: Delai
    calcul: Calculation
    agir: bool
    note: str = ""
    ligne: Ligne | None = None
    fait_le: date | None = None
    ensuite: str = ""
    nom: str = ""
    pas_avant: date | None = None
    alerte: str = ""
    cites: tuple[Article, ...] = ()

    @property
    def jour(self) -> date:
        """The safe day for the person asking: the earliest for who must act by then, the latest for who waits.

        For what another may do from a day on, the earliest too.
        """
        early = {Portee.LIMITE, Portee.SANS_ATTENDRE} if self.agir else {Portee.AU_PLUS_TOT}
        return self.calcul.au_plus_tot if self.delai.portee in early else self.calcul.au_plus_tard

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every text that the date rests on."""
        return tuple(dict.fromkeys((*self.delai.articles, *self.cites, *self.calcul.articles)))

    @property
    def limite(self) -> bool:
        """Whether it is a last day to act, for the person asking."""
        return self.agir and self.delai.portee is Portee.LIMITE

    @property
    def a_viser(self) -> date | None:
        """The working day to aim at, when the safe day is one when offices are closed."""
        return self.calcul.a_viser if self.limite and self.calcul.a_viser != self.jour else None

    @property
    def suite(self) -> str:
        """What follows once it is done."""
        return self.ensuite or (self.ligne.ensuite if self.ligne else "")

    @property
    def ce_qui_fut_fait(self) -> str:
        """What was done, as a noun."""
        return self.nom or (self.ligne.nom if self.ligne else "") or self.delai.intitule

    def etat(self, today: date) -> Etat:
        """Where it stands on a day."""
        first, last = self.calcul.au_plus_tot, self.calcul.au_plus_tard
        if self.fait_le is not None:
            if self.fait_le <= first:
                return Etat.FAIT
            return Etat.FAIT_A_VERIFIER if self.fait_le <= last else Etat.FAIT_TARD
        if today <= first:
            return Etat.A_VENIR
        return Etat.DATE_SURE_PASSEE if today <= last else Etat.PASSE


def named(
    cle: str,
    evenement: date,
    place: Place,
    *,
    agir: bool,
    augmentation: Augmentation | None = None,
    version_du: date | None = None,
) -> Echeance:
    """Count a deadline of the law data from its event.

    ``version_du``: the day that chooses the version of the period, when it is not the event's.

    Raises:
        CoverageError: the event is before the deadline existed, or outside the years covered.
    """
    delai = law().delais[cle]
    version = delai.au(version_du or evenement)
    calcul = calculate_readings(
        evenement,
        Periode(version.duree, version.unite),
        place,
        prorogation=version.prorogation,
        rebours=delai.rebours,
        franc=delai.franc,
        augmentation=augmentation,
    )
    if delai.meme_jour:
        calcul = _with_the_same_day(cle, evenement, place, calcul)
    if delai.lendemain:
        calcul = _the_day_after(calcul)
    return Echeance(delai, calcul, agir, version.note, cites=version.articles)


def _the_day_after(calcul: Calculation) -> Calculation:
    """What may be done once a period is over may be done from the next day on."""
    readings = tuple(
        replace(r, compte=count(r.compte.echeance, Periode(1, Unite.JOURS), r.compte.calendrier, proroge=False))
        for r in calcul.lectures
    )
    return replace(calcul, lectures=readings, avant=calcul)


def _with_the_same_day(cle: str, evenement: date, place: Place, calcul: Calculation) -> Calculation:
    """The act that the text wants the same day, or the first jour ouvrable after (CPCE, art. R211-11, R212-1-8).

    Whether Saturday is one is not settled; the safe day is that of the event itself. Before the decree that added the
    jour ouvrable, when the law data dates it, it was the only one.
    """
    _, calendar = next(iter(place.calendars()))
    same_day = Reading("le-jour-meme", (_SAME_DAY,), count(evenement, Periode(0, Unite.JOURS), calendar, proroge=False))
    since = law().reperes.get(cle)
    if since is not None and evenement < since.jour:
        return Calculation((same_day,), Periode(0, Unite.JOURS))
    later = calculate_readings(evenement, calcul.periode, place, prorogation=Prorogation.NON)
    return replace(calcul, lectures=(*later.lectures, same_day))
