"""The situations: several deadlines answered together, each from its own event.

A situation is a list of deadlines of the law data and, for each, the event that starts it. What has no date yet is said
to be waiting for its event; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from calculators.deadlines.inputs import Distance, Dossier, Role, Situation
from calculators.deadlines.readings import Calculation, Hypothese, Reading, calculate_readings
from calculators.deadlines.rules import Periode, count
from calculators.errors import CoverageError
from calculators.law import Delai, Portee, Prorogation, Unite, law

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.deadlines.inputs import DelaisInputs
    from calculators.deadlines.readings import Place

__all__ = ["ANSWERED", "Attente", "Echeance", "Fait", "deadlines_of", "faits_of", "named"]

_CONTEST = "saisie-attribution.contestation"
_NOTICE = "saisie-attribution.avis-au-commissaire"
_CERTIFICATE = "saisie-attribution.certificat"
#: Every deadline that some situation may answer, situation after situation.
ANSWERED = (
    "saisie-attribution.denonciation",
    "saisie-attribution.blocage",
    "saisie-attribution.effets-escomptes",
    "sbi.renouvellement",
    _CONTEST,
    "saisie-attribution.demande-sommes",
    _CERTIFICATE,
    _NOTICE,
    "avis-medecin.contestation",
    "avis-medecin.appel",
    "urbanisme.demande-pieces",
    "urbanisme.pieces",
    *(f"urbanisme.instruction.{dossier.value}" for dossier in Dossier),
    "urbanisme.recours-gracieux",
    "urbanisme.recours-tiers",
    "urbanisme.notification-recours",
)
_SAME_DAY = Hypothese(
    "la lettre part le jour même",
    "Le texte admet aussi le premier jour ouvrable suivant ; poster le jour même est sûr dans tous les cas.",
)


@dataclass(frozen=True, slots=True)
class Fait:
    """An event the person gave."""

    cle: str
    intitule: str
    jour: date


@dataclass(frozen=True, slots=True)
class Attente:
    """A deadline of a situation that has no date: its event has none yet, or no known rule covers it (``raison``).

    ``agir``: the person asking will have to act.
    """

    delai: Delai
    agir: bool
    raison: str = ""


@dataclass(frozen=True, slots=True)
class Echeance:
    """A deadline of a situation. ``agir``: the person asking is the one who must act by then."""

    delai: Delai
    calcul: Calculation
    agir: bool
    note: str = ""

    @property
    def jour(self) -> date:
        """The safe day for the person asking: the earliest for who must act, the latest for who waits."""
        return self.calcul.au_plus_tot if self.agir else self.calcul.au_plus_tard

    @property
    def limite(self) -> bool:
        """Whether it is a last day to act, for the person asking."""
        return self.agir and self.delai.portee is Portee.LIMITE


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


def named(cle: str, evenement: date, place: Place, *, agir: bool, distance: Distance = Distance.AUCUNE) -> Echeance:
    """Count a deadline of the law data from its event.

    Raises:
        CoverageError: the event is before the deadline existed, or outside the years covered.
    """
    if cle == _NOTICE:
        return _notice_to_the_officer(evenement, place, agir=agir)
    if cle == _CERTIFICATE:
        return _certificate(named(_CONTEST, evenement, place, agir=False))
    delai = law().delais[cle]
    version = delai.au(evenement)
    period = Periode(version.duree, version.unite)
    calcul = calculate_readings(evenement, period, place, prorogation=delai.prorogation, distance=distance)
    return Echeance(delai, calcul, agir, version.note)


def deadlines_of(inputs: DelaisInputs, place: Place) -> tuple[tuple[Echeance, ...], tuple[Attente, ...]]:
    """Return the deadlines of the situation in the order of time, and those that wait for their event."""
    found = list(
        {
            Situation.SAISIE_ATTRIBUTION: _seizure,
            Situation.AVIS_MEDECIN: _medical_opinion,
            Situation.URBANISME: _planning,
        }[inputs.situation](inputs, place)
    )
    dated = sorted((d for d in found if isinstance(d, Echeance)), key=lambda deadline: deadline.jour)
    return tuple(dated), tuple(d for d in found if isinstance(d, Attente))


def _from(cle: str, evenement: date | None, place: Place, *, agir: bool) -> Echeance | Attente:
    delai = law().delais[cle]
    if evenement is None:
        return Attente(delai, agir)
    try:
        delai.au(evenement)
    except CoverageError as error:  # the other dates of the situation stand all the same
        return Attente(delai, agir, error.message)
    return named(cle, evenement, place, agir=agir)


def _seizure(inputs: DelaisInputs, place: Place) -> Iterator[Echeance | Attente]:
    debtor = inputs.role is Role.DEBITEUR
    seized, notified, summoned = inputs.date_saisie, inputs.date_denonciation, inputs.date_assignation
    yield _from("saisie-attribution.denonciation", seized, place, agir=not debtor)
    yield _from("saisie-attribution.blocage", seized, place, agir=False)
    yield _from("saisie-attribution.effets-escomptes", seized, place, agir=False)
    yield _from("sbi.renouvellement", seized, place, agir=False)
    yield _from(_CONTEST, notified, place, agir=debtor)
    yield _from("saisie-attribution.demande-sommes", notified, place, agir=debtor)
    yield _from(_CERTIFICATE, notified, place, agir=False)
    yield _from(_NOTICE, summoned, place, agir=debtor)


def _certificate(contest: Echeance) -> Echeance:
    """The certificate of non-contestation may be given once the period to contest is over (CPCE, art. R211-6)."""
    readings = tuple(
        Reading(r.cle, r.suppose, count(r.compte.echeance, Periode(1, Unite.JOURS), r.compte.calendrier, proroge=False))
        for r in contest.calcul.lectures
    )
    return Echeance(law().delais[_CERTIFICATE], Calculation(readings), agir=False)


def _notice_to_the_officer(summoned: date, place: Place, *, agir: bool) -> Echeance:
    """The letter to the commissaire de justice: the same day, or the first jour ouvrable after (CPCE, art. R211-11).

    Whether Saturday is one is not settled; the safe day is that of the summons itself. Before the decree that added the
    jour ouvrable, it was the only one.
    """
    delai = law().delais[_NOTICE]
    _, calendar = next(iter(place.calendars()))
    same_day = Reading("le-jour-meme", (_SAME_DAY,), count(summoned, Periode(0, Unite.JOURS), calendar, proroge=False))
    if summoned < law().reperes[_NOTICE].jour:
        return Echeance(delai, Calculation((same_day,)), agir)
    calcul = calculate_readings(summoned, Periode(delai.duree, delai.unite), place, prorogation=Prorogation.NON)
    return Echeance(delai, Calculation((*calcul.lectures, same_day)), agir)


def _medical_opinion(inputs: DelaisInputs, place: Place) -> Iterator[Echeance | Attente]:
    yield _from("avis-medecin.contestation", inputs.date_avis, place, agir=True)
    yield _from("avis-medecin.appel", inputs.date_jugement, place, agir=True)


def _planning(inputs: DelaisInputs, place: Place) -> Iterator[Echeance | Attente]:
    complete = inputs.date_pieces or (None if inputs.date_demande_pieces else inputs.date_depot)
    yield _from("urbanisme.demande-pieces", inputs.date_depot, place, agir=False)
    if inputs.date_demande_pieces:
        yield _from("urbanisme.pieces", inputs.date_demande_pieces, place, agir=True)
    yield _examination(inputs.dossier or Dossier.DECLARATION_PREALABLE, complete, place, protected=inputs.abords)
    yield _from("urbanisme.recours-gracieux", inputs.date_decision, place, agir=False)
    yield _from("urbanisme.recours-tiers", inputs.date_affichage, place, agir=False)
    yield _from("urbanisme.notification-recours", inputs.date_recours, place, agir=False)


def _examination(dossier: Dossier, complete: date | None, place: Place, *, protected: bool) -> Echeance | Attente:
    plain = _from(f"urbanisme.instruction.{dossier.value}", complete, place, agir=False)
    certificates = {Dossier.CU_INFORMATION, Dossier.CU_OPERATIONNEL}
    if isinstance(plain, Attente) or complete is None or not protected or dossier in certificates:
        return plain
    months = plain.delai.au(complete).duree + law().delais["urbanisme.abords"].duree
    calcul = calculate_readings(complete, Periode(months, Unite.MOIS), place, prorogation=plain.delai.prorogation)
    note = "Délai allongé : abords ou site patrimonial remarquable."
    return Echeance(plain.delai, calcul, agir=False, note=note)
