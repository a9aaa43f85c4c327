"""The situations: several deadlines answered together, each from its own event.

A situation is a list of deadlines of the law data and, for each, the event that starts it. What has no date yet is said to be waiting for its
event; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from calculators.deadlines.inputs import Distance, Dossier, Role, Situation
from calculators.deadlines.readings import Calculation, Reading, calculate_readings
from calculators.deadlines.rules import Periode, count
from calculators.law import Delai, Prorogation, Unite, law

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.deadlines.inputs import DelaisInputs
    from calculators.deadlines.readings import Place

__all__ = ["Echeance", "Fait", "echeances_of", "faits_of"]

_CONTEST = "saisie-attribution.contestation"
_NOTICE = "saisie-attribution.avis-au-commissaire"
_CERTIFICATE = "saisie-attribution.certificat"


@dataclass(frozen=True, slots=True)
class Fait:
    """An event the person gave."""

    cle: str
    intitule: str
    jour: date


@dataclass(frozen=True, slots=True)
class Echeance:
    """A deadline of a situation. ``calcul`` is ``None`` while its event is not known. ``agir``: the person asking must act by then."""

    delai: Delai
    evenement: date | None
    calcul: Calculation | None
    agir: bool
    note: str = ""

    @property
    def jour(self) -> date | None:
        """The safe day for the person asking: the earliest for who must act, the latest for who waits."""
        if self.calcul is None:
            return None
        return self.calcul.au_plus_tot if self.agir else self.calcul.au_plus_tard


def faits_of(inputs: DelaisInputs) -> tuple[Fait, ...]:
    """Return the events given, in the order of time."""
    words = {
        "date_saisie": "Saisie entre les mains de la banque",
        "date_denonciation": "Acte remis au débiteur (dénonciation)",
        "date_assignation": "Assignation devant le juge de l'exécution",
        "date_avis": "Notification de l'avis du médecin du travail",
        "date_jugement": "Notification du jugement",
        "date_depot": "Dépôt du dossier en mairie",
        "date_demande_pieces": "Demande de pièces par la mairie",
        "date_pieces": "Dossier complété",
        "date_decision": "Décision",
        "date_affichage": "Premier jour d'affichage sur le terrain",
        "date_recours": "Recours déposé",
    }
    found = [Fait(name, words[name], day) for name in words if (day := getattr(inputs, name)) is not None]
    return tuple(sorted(found, key=lambda fact: fact.jour))


def named(
    cle: str, evenement: date | None, place: Place, *, agir: bool, distance: Distance = Distance.AUCUNE
) -> Echeance:
    """Count a deadline of the law data from its event.

    Raises:
        CoverageError: the event is before the deadline existed, or outside the years covered.
    """
    delai = law().delais[cle]
    if evenement is None:
        return Echeance(delai, None, None, agir)
    if cle == _NOTICE:
        return _notice_to_the_officer(evenement, place, agir=agir)
    if cle == _CERTIFICATE:
        return _certificate(named(_CONTEST, evenement, place, agir=False))
    version = delai.au(evenement)
    calcul = calculate_readings(
        evenement,
        Periode(version.duree, version.unite),
        place,
        prorogation=delai.prorogation,
        distance=distance,
    )
    return Echeance(delai, evenement, calcul, agir, version.note)


def echeances_of(inputs: DelaisInputs, place: Place) -> tuple[Echeance, ...]:
    """Return the deadlines of the situation, those without a date last."""
    match inputs.situation:
        case Situation.SAISIE_ATTRIBUTION:
            found = tuple(_seizure(inputs, place))
        case Situation.AVIS_MEDECIN:
            found = tuple(_medical_opinion(inputs, place))
        case Situation.URBANISME:
            found = tuple(_planning(inputs, place))
        case _:
            found = ()
    return tuple(sorted(found, key=lambda e: (e.jour is None, e.jour or date.max)))


def _seizure(inputs: DelaisInputs, place: Place) -> Iterator[Echeance]:
    debtor = inputs.role is Role.DEBITEUR
    seized, notified, summoned = inputs.date_saisie, inputs.date_denonciation, inputs.date_assignation
    yield named("saisie-attribution.denonciation", seized, place, agir=not debtor)
    yield named("saisie-attribution.blocage", seized, place, agir=False)
    yield named("saisie-attribution.effets-escomptes", seized, place, agir=False)
    yield named("sbi.renouvellement", seized, place, agir=False)
    yield named(_CONTEST, notified, place, agir=debtor)
    yield named("saisie-attribution.demande-sommes", notified, place, agir=debtor)
    yield named(_CERTIFICATE, notified, place, agir=False)
    yield named(_NOTICE, summoned, place, agir=debtor)


def _certificate(contest: Echeance) -> Echeance:
    """The certificate of non-contestation may be given once the period to contest is over (CPCE, art. R211-6)."""
    assert contest.calcul is not None
    readings = tuple(
        Reading(r.cle, r.suppose, count(r.compte.echeance, Periode(1, Unite.JOURS), r.compte.calendrier, proroge=False))
        for r in contest.calcul.lectures
    )
    return Echeance(law().delais[_CERTIFICATE], contest.evenement, Calculation(readings), agir=False)


def _notice_to_the_officer(summoned: date, place: Place, *, agir: bool) -> Echeance:
    """The letter to the commissaire de justice: the same day, or the first jour ouvrable after (CPCE, art. R211-11).

    Whether Saturday is one is not settled; the safe day is that of the summons itself.
    """
    _, calendar = next(iter(place.calendars()))
    same_day = count(summoned, Periode(0, Unite.JOURS), calendar, proroge=False)
    calcul = calculate_readings(summoned, Periode(1, Unite.JOURS_OUVRABLES), place, prorogation=Prorogation.NON)
    readings = (Reading("le-jour-meme", ("la lettre part le jour même",), same_day), *calcul.lectures)
    return Echeance(law().delais[_NOTICE], summoned, Calculation(readings), agir)


def _medical_opinion(inputs: DelaisInputs, place: Place) -> Iterator[Echeance]:
    yield named("avis-medecin.contestation", inputs.date_avis, place, agir=True)
    yield named("avis-medecin.appel", inputs.date_jugement, place, agir=True)


def _planning(inputs: DelaisInputs, place: Place) -> Iterator[Echeance]:
    dossier = inputs.dossier or Dossier.DECLARATION_PREALABLE
    complete = inputs.date_pieces or (None if inputs.date_demande_pieces else inputs.date_depot)
    yield named("urbanisme.demande-pieces", inputs.date_depot, place, agir=False)
    if inputs.date_demande_pieces:
        yield named("urbanisme.pieces", inputs.date_demande_pieces, place, agir=True)
    yield _examination(dossier, complete, place, protected=inputs.abords)
    yield named("urbanisme.recours-gracieux", inputs.date_decision, place, agir=False)
    yield named("urbanisme.recours-tiers", inputs.date_affichage, place, agir=False)
    yield named("urbanisme.notification-recours", inputs.date_recours, place, agir=False)


def _examination(dossier: Dossier, complete: date | None, place: Place, *, protected: bool) -> Echeance:
    plain = named(f"urbanisme.instruction.{dossier.value}", complete, place, agir=False)
    certificates = {Dossier.CU_INFORMATION, Dossier.CU_OPERATIONNEL}
    if complete is None or not protected or dossier in certificates:
        return plain
    months = plain.delai.au(complete).duree + law().delais["urbanisme.abords"].duree
    calcul = calculate_readings(complete, Periode(months, Unite.MOIS), place, prorogation=plain.delai.prorogation)
    return Echeance(
        plain.delai, complete, calcul, agir=False, note="Délai allongé : abords ou site patrimonial remarquable."
    )
