"""The readings of a deadline: where the law, or the person's answer, leaves a point open, each reading has its date.

Open points: whether Saturday counts among jours ouvrables; whether CPC, art. 642 extends a period for which no ruling
was found, and whether it lets a period in hours run to midnight; whether art. 643 and 644 lengthen it; whether the last
day of a délai franc counts; whether Good Friday is a holiday in the commune; whether Saint-Martin keeps 27 or 28 May.
No reading is ever preferred silently: the answer gives them all and names the safe one, the earliest for who must act,
the latest for who waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING

from calculators.delais.distance import Augmentation
from calculators.delais.inputs import Temple
from calculators.delais.rules import Decompte, Duree, count, holidays_met
from calculators.holidays import Calendrier
from calculators.law import Law, Portee, Prorogation, Regime, Unite
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, time

    from calculators.law import Article

__all__ = ["Calculation", "Hypothese", "Reading", "Ressort", "calculate_readings", "supposing"]


class Hypothese(StrEnum):
    """What a reading supposes on an open point. The words say it, and why one may read the law so."""

    VENDREDI_SAINT_OUVRE = "vendredi_saint_ouvre"
    VENDREDI_SAINT_FERIE = "vendredi_saint_ferie"
    FERIE_27_MAI = "ferie_27_mai"
    FERIE_28_MAI = "ferie_28_mai"
    SAMEDI_COMPTE = "samedi_compte"
    SAMEDI_NE_COMPTE_PAS = "samedi_ne_compte_pas"
    FRANC = "franc"
    MEME_QUANTIEME = "meme_quantieme"  # the period is not franc: it ends on the same day of the month
    HEURE_POUR_HEURE = "heure_pour_heure"  # of a period in hours: CPC, art. 642 leaves its end where it is
    JUSQU_A_MINUIT = "jusqu_a_minuit"  # it applies, as to any other period
    FIN_REPORTEE = "fin_reportee"
    FIN_NON_REPORTEE = "fin_non_reportee"
    PRESCRIPTION_REPORTEE = "prescription_reportee"
    PRESCRIPTION_NON_REPORTEE = "prescription_non_reportee"
    DISTANCE_SI_L_ACTE_EST_CITE = "distance_si_l_acte_est_cite"
    SANS_DISTANCE_SI_L_ACTE_N_EST_PAS_CITE = "sans_distance_si_l_acte_n_est_pas_cite"
    DISTANCE_CONTESTEE = "distance_contestee"
    SANS_DISTANCE_CONTESTEE = "sans_distance_contestee"
    DISTANCE_REMIS_AU_LOIN = "distance_remis_au_loin"
    SANS_DISTANCE_REMIS_SUR_PLACE = "sans_distance_remis_sur_place"
    LE_JOUR_MEME = "le_jour_meme"
    DECISION_DEFINITIVE = "decision_definitive"  # of the bureau d'aide juridictionnelle
    DECISION_NOTIFIEE = "decision_notifiee"
    DEPUIS_LA_REPONSE = "depuis_la_reponse"  # of the administration
    DEPUIS_LE_SILENCE = "depuis_le_silence"
    EN_MAIN_PROPRE = "en_main_propre"
    AUTREMENT_QU_EN_MAIN_PROPRE = "autrement_qu_en_main_propre"
    ABORDS = "abords"  # of a historic monument
    HORS_ABORDS = "hors_abords"
    MEUBLES_DE_VALEUR = "meubles_de_valeur"
    MEUBLES_SANS_VALEUR = "meubles_sans_valeur"


_GOOD_FRIDAY = frozenset({Hypothese.VENDREDI_SAINT_FERIE, Hypothese.VENDREDI_SAINT_OUVRE})
#: The calendar, Saturday, the extension, the distance: on each, what one reading supposes (nothing where there is no
#: doubt).
_Supposed = tuple[Hypothese | None, Hypothese | None, Hypothese | None, Hypothese | None]


@dataclass(frozen=True, slots=True)
class Ressort:
    """Where the period runs, under which law, and what the person knows of the place."""

    territoire: Territoire
    law: Law = field(repr=False)
    temple: Temple = Temple.INCONNU

    def calendars(self) -> Iterator[tuple[Hypothese | None, Calendrier]]:
        """Yield each calendar that may apply, with what it supposes (nothing when there is one only)."""
        match self.territoire:
            case Territoire.ALSACE_MOSELLE if self.temple is Temple.INCONNU:
                yield Hypothese.VENDREDI_SAINT_OUVRE, self._with()
                yield Hypothese.VENDREDI_SAINT_FERIE, self._with("temple")
            case Territoire.ALSACE_MOSELLE if self.temple is Temple.OUI:
                yield None, self._with("temple")
            case Territoire.SAINT_MARTIN:
                yield Hypothese.FERIE_27_MAI, self._with("saint_martin_27")
                yield Hypothese.FERIE_28_MAI, self._with("saint_martin_28")
            case _:
                yield None, self._with()

    def _with(self, *conditions: str) -> Calendrier:
        return Calendrier(self.territoire, self.law, frozenset(conditions))


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: its key, what it supposes, and how it counts."""

    cle: str
    suppose: tuple[Hypothese, ...]
    compte: Decompte


@dataclass(frozen=True, slots=True)
class Calculation:
    """All the readings of one period, the first being the one the texts favour.

    ``augmentation``: what distance adds, when it was asked about; the periods of the readings hold it already.
    ``regime``: which texts count it. ``avant``: the period that must be over first, for what may only be done the day
    after.
    """

    lectures: tuple[Reading, ...]
    duree: Duree
    augmentation: Augmentation | None = None
    avant: Calculation | None = None
    regime: Regime = Regime.PROCEDURE

    @property
    def retenue(self) -> Decompte:
        """The reading the texts favour."""
        return self.lectures[0].compte

    @property
    def ouverte(self) -> bool:
        """Whether the readings do not all end at the same time."""
        return len({reading.compte.fin for reading in self.lectures}) > 1

    @property
    def premiere(self) -> Decompte:
        """The reading that ends first."""
        return min((reading.compte for reading in self.lectures), key=lambda compte: compte.fin)

    @property
    def derniere(self) -> Decompte:
        """The reading that ends last."""
        return max((reading.compte for reading in self.lectures), key=lambda compte: compte.fin)

    @property
    def au_plus_tot(self) -> date:
        """The earliest end: safe for who must act."""
        return self.premiere.echeance

    @property
    def au_plus_tard(self) -> date:
        """The latest end: safe for who waits."""
        return self.derniere.echeance

    @property
    def articles(self) -> tuple[Article, ...]:
        """The texts of what moves an end, in any reading: the extension, the holidays met, the distance."""
        counted, law = self.avant or self, self.retenue.calendrier.law
        comptes = [reading.compte for reading in counted.lectures]
        far = counted.augmentation
        found = list(law.articles(*self.regime.fin)) if any(compte.prolonge for compte in comptes) else []
        found += [article for compte in comptes for holiday in holidays_met(compte) for article in holiday.articles]
        if far is not None and far.mois:
            found += law.articles(*far.articles)
        return tuple(dict.fromkeys(found))

    def sure(self, portee: Portee) -> Decompte:
        """The safe reading: the earliest for who must act by then, the latest for who must let a period pass."""
        return self.derniere if portee is Portee.AU_PLUS_TOT else self.premiere

    @property
    def vendredi_saint_compte(self) -> bool:
        """Whether the end would be another day if Good Friday were a holiday in Alsace-Moselle, or were not."""
        if any(supposed in _GOOD_FRIDAY for reading in self.lectures for supposed in reading.suppose):
            return True
        both = [calendar for _, calendar in Ressort(Territoire.ALSACE_MOSELLE, self.retenue.calendrier.law).calendars()]
        return any(len({calendar.next_ouvre(r.compte.terme) for calendar in both}) > 1 for r in self.lectures)

    @property
    def a_viser(self) -> date:
        """The day to aim at: the earliest end or, when offices are closed that day, the last working day before.

        Never a day before the event: who must act the very day of it has that day alone.
        """
        first = self.premiere
        day = first.calendrier.previous_ouvre(first.echeance)
        return first.echeance if day < first.evenement <= first.echeance else day


def calculate_readings(
    evenement: date,
    duree: Duree,
    ressort: Ressort,
    *,
    prorogation: Prorogation = Prorogation.OUI,
    regime: Regime = Regime.PROCEDURE,
    rebours: bool = False,
    franc: bool = False,
    augmentation: Augmentation | None = None,
    heure: time | None = None,
) -> Calculation:
    """Count a period under each reading. ``heure``: that of the event, for a period in hours.

    Raises:
        CoverageError: a day is outside the years whose holidays are known.
    """
    counted: dict[_Supposed, Decompte] = {}
    for (day_off, calendar), (saturday, ouvrable), (end, extended, clear), (far, months) in product(
        ressort.calendars(),
        _saturdays(duree),
        _hours_to_try(prorogation)
        if duree.unite is Unite.HEURES
        else _ends_to_try(prorogation, regime, rebours=rebours, franc=franc),
        _distances(augmentation),
    ):
        counted[day_off, saturday, end, far] = count(
            evenement,
            _lengthened(duree, months),
            calendar,
            rebours=rebours,
            samedi_ouvrable=ouvrable,
            proroge=extended,
            franc=clear,
            heure=heure,
        )
    found: list[Reading] = []
    for suppose, compte in counted.items():
        if all(_ends(reading.compte) != _ends(compte) for reading in found):
            found.append(Reading(f"lecture-{len(found) + 1}", _that_matter(suppose, counted), compte))
    return Calculation(tuple(found), duree, augmentation, regime=regime)


def _ends(compte: Decompte) -> tuple[date, date, time]:
    return compte.terme, *compte.fin


def _that_matter(suppose: _Supposed, counted: Mapping[_Supposed, Decompte]) -> tuple[Hypothese, ...]:
    """Keep what a reading supposes where supposing otherwise, on that point alone, would move its end."""
    kept = []
    for point, supposed in enumerate(suppose):
        others = [
            compte
            for other, compte in counted.items()
            if all(same == this for n, (same, this) in enumerate(zip(other, suppose, strict=True)) if n != point)
        ]
        if supposed and any(_ends(compte) != _ends(counted[suppose]) for compte in others):
            kept.append(supposed)
    return tuple(kept)


def _saturdays(duree: Duree) -> tuple[tuple[Hypothese | None, bool], ...]:
    if duree.unite is not Unite.JOURS_OUVRABLES:
        return ((None, True),)
    return (
        (Hypothese.SAMEDI_COMPTE, True),
        (Hypothese.SAMEDI_NE_COMPTE_PAS, False),
    )


def _hours_to_try(prorogation: Prorogation) -> tuple[tuple[Hypothese | None, bool, bool], ...]:
    """The end of a period in hours: at its hour or, if CPC, art. 642 applies, at midnight of a working day."""
    if prorogation is Prorogation.OUVERTE:
        return (Hypothese.HEURE_POUR_HEURE, False, False), (Hypothese.JUSQU_A_MINUIT, True, False)
    return ((None, prorogation is Prorogation.OUI, False),)


def _ends_to_try(
    prorogation: Prorogation, regime: Regime, *, rebours: bool, franc: bool
) -> tuple[tuple[Hypothese | None, bool, bool], ...]:
    """What the last day may be: whether it is extended, and whether the period is franc."""
    if franc:
        # Before the administrative judge both go together; who must act keeps to the day of the month.
        return (
            (Hypothese.FRANC, True, True),
            (Hypothese.MEME_QUANTIEME, False, False),
        )
    if rebours or prorogation is Prorogation.NON:
        return ((None, False, False),)
    if prorogation is Prorogation.OUI:
        return ((None, True, False),)
    if regime is Regime.PRESCRIPTION:
        return (
            (Hypothese.PRESCRIPTION_REPORTEE, True, False),
            (Hypothese.PRESCRIPTION_NON_REPORTEE, False, False),
        )
    return (
        (Hypothese.FIN_REPORTEE, True, False),
        (Hypothese.FIN_NON_REPORTEE, False, False),
    )


def _distances(augmentation: Augmentation | None) -> tuple[tuple[Hypothese | None, int], ...]:
    if augmentation is None:
        return ((None, 0),)
    if not augmentation.ouverte:
        return ((None, augmentation.mois),)
    if augmentation.remise:
        return (
            (Hypothese.DISTANCE_REMIS_AU_LOIN, augmentation.mois),
            (Hypothese.SANS_DISTANCE_REMIS_SUR_PLACE, 0),
        )
    if augmentation.contestee:
        return (Hypothese.DISTANCE_CONTESTEE, augmentation.mois), (Hypothese.SANS_DISTANCE_CONTESTEE, 0)
    return (
        (Hypothese.DISTANCE_SI_L_ACTE_EST_CITE, augmentation.mois),
        (Hypothese.SANS_DISTANCE_SI_L_ACTE_N_EST_PAS_CITE, 0),
    )


def _lengthened(duree: Duree, months: int) -> Duree:
    """Add the months of CPC, art. 643 or 644: the period is one, merely longer, and its end is extended once."""
    if duree.unite is Unite.MOIS:
        return replace(duree, nombre=duree.nombre + months)
    return replace(duree, mois=duree.mois + months)


def supposing(calcul: Calculation, name: str, what: Hypothese) -> tuple[Reading, ...]:
    """The readings of a count, each of which supposes this besides."""
    return tuple(Reading(f"{name}-{r.cle}", (what, *r.suppose), r.compte) for r in calcul.lectures)
