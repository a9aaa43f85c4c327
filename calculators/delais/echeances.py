"""A deadline of a situation: its dates for the person who asks, and whether it was done.

``named`` counts any deadline of the law data from its event; the situations and the answer on one deadline both use it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.delais.readings import Calculation, Hypothese, Reading, calculate_readings
from calculators.delais.rules import Duree, count
from calculators.errors import CoverageError
from calculators.law import Article, Delai, Portee, Prorogation, Unite, VersionDeDelai
from calculators.law.situations import Ligne

if TYPE_CHECKING:
    from datetime import time

    from calculators.delais.distance import Augmentation
    from calculators.delais.facts import Facts

__all__ = ["Acte", "Alerte", "Attente", "Echeance", "Etat", "Remarque", "Suite", "named", "the_day_after"]


class Etat(StrEnum):
    """Where a deadline stands today, for who must act."""

    FAIT = "fait"
    FAIT_A_VERIFIER = "fait_a_verifier"  # in time by one reading only
    FAIT_TARD = "fait_tard"
    A_VENIR = "a_venir"
    DATE_SURE_PASSEE = "date_sure_passee"  # in time by one reading only, and not done yet
    PASSE = "passe"


class Remarque(StrEnum):
    """What the case says of a deadline, instead of what the law data note of the version that applies."""

    AIDE_TARDIVE = "aide_tardive"  # legal aid was asked for once the period was over
    AIDE_A_TEMPS = "aide_a_temps"
    REFUS_PRESUME = "refus_presume"  # the administration's silence
    PEUT_ETRE_PLUS_TARD = "peut_etre_plus_tard"  # if the order was not handed to the person
    ABORDS = "abords"
    ANNEE_DE_PLUS = "annee_de_plus"  # said after the note of the version
    MEUBLES_CONTESTES = "meubles_contestes"  # their time stops, for those said to be worth nothing
    SI_CONTESTE_DANS_LE_MOIS = "si_conteste_dans_le_mois"


class Alerte(StrEnum):
    """What was done too early, and is to be checked."""

    JUGE_SAISI_TROP_TOT = "juge_saisi_trop_tot"
    PV_TROP_TOT = "pv_trop_tot"
    INTERVENTION_TROP_TOT = "intervention_trop_tot"
    VENTE_TROP_TOT = "vente_trop_tot"


class Suite(StrEnum):
    """What follows once a deadline is kept, when the case says more than the data of the situation."""

    ASSIGNATION_PROTEGEE = "assignation_protegee"
    PAS_DE_SECONDE_DEMANDE = "pas_de_seconde_demande"
    ATTENDRE_LE_BUREAU = "attendre_le_bureau"


class Acte(StrEnum):
    """What kept a deadline, when it is not the act that the data of the situation name."""

    DEMANDE_D_AIDE = "demande_d_aide"


@dataclass(frozen=True, slots=True)
class Attente:
    """A deadline of a situation that has no date: its event has none yet, or no known rule covers it.

    ``agir``: the person asking will have to act. ``refus``: no rule known covers it, and why. ``selon``: the question
    whose date chooses the rule, when it was not given. ``eu_lieu``: its event has come, as others show, and
    its day alone is missing.
    """

    delai: Delai
    agir: bool = False
    refus: CoverageError | None = None
    selon: str = ""
    ligne: Ligne | None = None
    eu_lieu: bool = False

    @property
    def sans_regle(self) -> bool:
        """Whether it is the rule that is missing, and not the event."""
        return self.refus is not None or bool(self.selon)


@dataclass(frozen=True, slots=True)
class Echeance:
    """A deadline counted. ``agir``: the person asking is the one who must act by then; ``fait_le``: when it was done.

    ``concerne``: the person asking acts, with no day to keep.

    ``note``: that of the version applied. ``remarque``, ``suite`` and ``acte``: what the case says instead of the data,
    of the deadline, of what follows and of what was done. ``pas_avant``: the first day on which it may be done.
    ``alerte``: what was done is to be checked. ``cites``: the texts that this case rests on besides those of the
    deadline. ``version``: the one applied, for a deadline of the law.
    """

    delai: Delai
    calcul: Calculation
    agir: bool = False
    concerne: bool = False
    note: str = ""
    ligne: Ligne | None = None
    fait_le: date | None = None
    remarque: Remarque | None = None
    suite: Suite | None = None
    acte: Acte | None = None
    pas_avant: date | None = None
    alerte: Alerte | None = None
    cites: tuple[Article, ...] = ()
    version: VersionDeDelai | None = None

    @property
    def jour(self) -> date:
        """The safe day for the person asking: the earliest for who must act by then, the latest for who waits.

        For what another may do from a day on, the earliest too.
        """
        early = {Portee.LIMITE, Portee.SANS_ATTENDRE} if self.agir or self.concerne else {Portee.AU_PLUS_TOT}
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
    facts: Facts,
    *,
    augmentation: Augmentation | None = None,
    version_du: date | None = None,
    heure: time | None = None,
) -> Echeance:
    """Count a deadline of the law data from its event.

    ``version_du``: the day that chooses the version of the period, when it is not the event's. ``heure``: that of the
    event, for a period in hours.

    Raises:
        CoverageError: the event is before the deadline existed, or outside the years covered.
    """
    delai = facts.law.delais[cle]
    version = delai.au(version_du or evenement)
    if delai.chaque_annee is not None:
        evenement = _eve_of_the_year(evenement, delai.chaque_annee, Duree(version.duree, version.unite), facts)
    calcul = calculate_readings(
        evenement,
        Duree(version.duree, version.unite),
        facts.ressort,
        prorogation=version.prorogation,
        regime=delai.regime,
        rebours=delai.rebours,
        franc=delai.franc,
        augmentation=augmentation,
        heure=heure,
    )
    if delai.meme_jour:
        calcul = _with_the_same_day(cle, evenement, facts, calcul)
    if delai.lendemain:
        calcul = the_day_after(calcul)
    if delai.rebours and delai.portee is Portee.REPERE:
        calcul = _to_the_day(calcul)
    return Echeance(delai, calcul, note=version.note, cites=version.articles, version=version)


def _eve_of_the_year(day: date, begins: tuple[int, int], duree: Duree, facts: Facts) -> date:
    """The eve of the period that comes back each year: of the one that holds this day, or of the next one."""
    _, calendar = next(iter(facts.ressort.calendars()))
    eves = (date(year, *begins) - timedelta(days=1) for year in (day.year - 1, day.year, day.year + 1))
    return next(eve for eve in eves if day <= count(eve, duree, calendar, proroge=False).terme)


def _to_the_day(calcul: Calculation) -> Calculation:
    """What merely begins on a day counted back begins that very day: nobody has to act on a working day before."""
    readings = (replace(r, compte=replace(r.compte, echeance=r.compte.terme)) for r in calcul.lectures)
    return replace(calcul, lectures=tuple(readings))


def the_day_after(calcul: Calculation) -> Calculation:
    """What may be done once a period is over may be done from the next day on."""
    readings = tuple(
        replace(r, compte=count(r.compte.echeance, Duree(1, Unite.JOURS), r.compte.calendrier, proroge=False))
        for r in calcul.lectures
    )
    return replace(calcul, lectures=readings, avant=calcul)


def _with_the_same_day(cle: str, evenement: date, facts: Facts, calcul: Calculation) -> Calculation:
    """The act that the text wants the same day, or the first jour ouvrable after (CPCE, art. R211-11, R212-1-8).

    Whether Saturday is one is not settled; the safe day is that of the event itself. Before the decree that added the
    jour ouvrable, when the law data dates it, it was the only one.
    """
    _, calendar = next(iter(facts.ressort.calendars()))
    counted = count(evenement, Duree(0, Unite.JOURS), calendar, proroge=False)
    same_day = Reading("le-jour-meme", (Hypothese.LE_JOUR_MEME,), counted)
    since = facts.law.reperes.get(cle)
    if since is not None and evenement < since.jour:
        return Calculation((same_day,), Duree(0, Unite.JOURS))
    later = calculate_readings(evenement, calcul.duree, facts.ressort, prorogation=Prorogation.NON)
    return replace(calcul, lectures=(*later.lectures, same_day))
