"""What no period after one event can say: deadlines that depend on what was done before, or on another date.

Each rule is named in the plans of :mod:`calculators.law.situations` (``calcul``, ``quand``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.calendar import add_months, in_words
from calculators.deadlines.distance import extension_of
from calculators.deadlines.inputs import MOST_EXTENSIONS, Decision, Dossier, Remise, RoleUrbanisme, Silence, SuiteAide
from calculators.deadlines.readings import Calculation, Hypothese, Reading, calculate_readings
from calculators.deadlines.rules import Periode, count
from calculators.deadlines.steps import Attente, Echeance, Etat, named
from calculators.law import Unite, law
from calculators.law.model import the_day_before

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from calculators.deadlines.inputs import DelaisInputs
    from calculators.deadlines.readings import Place
    from calculators.law.situations import Ligne

__all__ = ["COUNTED", "MET", "Issue", "acquired_on", "examination", "planning_issue"]

_CONTEST = "saisie-attribution.contestation"
_AID, _AID_APPEAL = "aide-juridictionnelle.nouveau-mois", "aide-juridictionnelle.recours"
_CERTIFICATES = frozenset({Dossier.CU_INFORMATION, Dossier.CU_OPERATIONNEL})


# ---------------------------------------------------------------- aide juridictionnelle


def _contest(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente:
    """The month to contest; a request for legal aid made within it keeps it (décret n° 2020-1717, art. 43)."""
    if inputs.date_denonciation is None:
        return Attente(law().delais[_CONTEST], agir=True)
    found = named(_CONTEST, inputs.date_denonciation, place, agir=True)
    asked = inputs.date_demande_aide
    if asked is None or inputs.date_assignation is not None:
        return found
    if asked > found.calcul.au_plus_tard:
        return replace(
            found,
            note=f"La demande d'aide juridictionnelle du {in_words(asked)} est venue après ce délai : elle ne le sauve "
            "pas.",
        )
    return replace(
        found,
        fait_le=asked,
        note=f"La demande d'aide juridictionnelle du {in_words(asked)}, faite à temps, sauve ce délai.",
        nom="la demande d'aide juridictionnelle",
        ensuite="Un nouveau délai de même durée partira de la réponse du bureau d'aide juridictionnelle. Demandez "
        "l'admission provisoire si c'est urgent, et gardez la preuve du dépôt.",
    )


def _aid(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente | None:
    """The new period that a request for aide juridictionnelle gives (décret n° 2020-1717, art. 43, 1° to 4°)."""
    asked, told = inputs.date_demande_aide, inputs.date_suite_aide
    if asked is None or inputs.date_denonciation is None:
        return None
    if asked > named(_CONTEST, inputs.date_denonciation, place, agir=True).calcul.au_plus_tard:
        return None
    if told is None:
        return Attente(law().delais[_AID], agir=True)
    if inputs.suite_aide in {SuiteAide.PROVISOIRE, SuiteAide.CADUCITE}:
        start = told
        if inputs.suite_aide is SuiteAide.PROVISOIRE and inputs.date_designation is not None:
            start = max(told, inputs.date_designation)
        return named(_AID, start, place, agir=True)
    return _once_final(inputs, place, told)


def _once_final(inputs: DelaisInputs, place: Place, told: date) -> Echeance:
    """From the day the decision can no longer be contested, or from the lawyer's designation when it is later."""
    delai = law().delais[_AID]
    wait = law().delais[_AID_APPEAL]
    month = Periode(delai.duree, delai.unite)
    final = named(_AID_APPEAL, told, place, agir=True).calcul.au_plus_tot
    designated = inputs.date_designation
    _, calendar = next(iter(place.calendars()))
    later = designated is not None and inputs.suite_aide is SuiteAide.ADMISSION
    if later and designated is not None and designated >= final:
        return named(_AID, designated, place, agir=True)
    start = max(told, designated) if later and designated is not None else told
    text = Hypothese(
        "le nouveau mois part quand la décision ne peut plus être contestée",
        f"Le texte attend la fin des {wait.unite.in_words(wait.duree)} pour contester la décision du bureau.",
    )
    careful = Hypothese(
        "le nouveau mois part de la notification",
        "Compter depuis la notification de la décision est plus court, donc sûr.",
    )
    readings = (
        Reading("decision-definitive", (text,), count(final, month, calendar)),
        Reading("notification", (careful,), count(start, month, calendar, proroge=False)),
    )
    return Echeance(delai, Calculation(readings, month), agir=True)


# ---------------------------------------------------------------- SATD, injonction de payer


def _court_after_claim(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente:
    """Two months from the answer, or from the end of the time left to answer (LPF, art. R*281-4)."""
    claimed, told = inputs.date_reclamation, inputs.date_reponse
    if claimed is None:
        return Attente(law().delais["satd.juge"], agir=True)
    silence = named("satd.reponse", claimed, place, agir=False).calcul.retenue.terme
    if told is not None and told <= silence:
        return named("satd.juge", told, place, agir=True)
    found = named("satd.juge", silence, place, agir=True)
    if told is None:
        return replace(
            found,
            note=f"Sans réponse, l'administration est censée refuser le {in_words(silence)}.",
            pas_avant=silence + timedelta(days=1),
        )
    after = named("satd.juge", told, place, agir=True)
    why = "La réponse est venue après le temps laissé pour répondre : compter depuis la fin de ce temps est sûr."
    readings = (
        *_supposing(after, "reponse", Hypothese("les deux mois partent de la réponse", why)),
        *_supposing(found, "silence", Hypothese("les deux mois partent du silence", why)),
    )
    return replace(found, calcul=Calculation(readings, found.calcul.periode))


def _supposing(found: Echeance, name: str, what: Hypothese) -> tuple[Reading, ...]:
    return tuple(Reading(f"{name}-{r.cle}", (what, *r.suppose), r.compte) for r in found.calcul.lectures)


def _opposition(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente:
    """A month from the order in hand, else from the first act in hand or the seizure told (CPC, art. 1416)."""
    first, late = "injonction-de-payer.opposition", "injonction-de-payer.opposition-tardive"
    served, act = inputs.date_signification, inputs.date_premier_acte
    far = extension_of(inputs, law().delais[first])
    by_hand = inputs.remise_en_main_propre
    if by_hand is Remise.NON:
        if act is None:
            return Attente(law().delais[late], agir=True)
        return named(late, act, place, agir=True, augmentation=far)
    if served is None:
        return Attente(law().delais[first], agir=True)
    found = named(first, served, place, agir=True, augmentation=far)
    if by_hand is Remise.OUI or act is None:
        doubt = "" if by_hand is Remise.OUI else "Si elle n'a pas été remise en main propre, le mois part plus tard."
        return replace(found, note=doubt)
    after = named(late, act, place, agir=True, augmentation=far)
    readings = (
        *_supposing(found, "main-propre", Hypothese("l'ordonnance a été remise en main propre", _BY_HAND)),
        *_supposing(after, "plus-tard", Hypothese("elle ne l'a pas été", _BY_HAND)),
    )
    return replace(found, calcul=Calculation(readings, found.calcul.periode, far))


_BY_HAND = "L'acte de signification dit à qui le papier a été remis : lisez-le."


# ---------------------------------------------------------------- urbanisme


class Issue(StrEnum):
    """What a planning file has come to, on a day."""

    PIECES_ATTENDUES = "pieces_attendues"
    REJET_TACITE = "rejet_tacite"  # the documents did not all come in time (R*423-39)
    INSTRUCTION = "instruction"
    SILENCE = "silence"  # the time to answer is over, without an answer
    DECISION = "decision"


def _asked_in_time(inputs: DelaisInputs, place: Place) -> bool:
    """Whether the town asked for documents within its month; later, its request changes nothing (R*423-41)."""
    if inputs.date_depot is None or inputs.date_demande_pieces is None or inputs.dossier in _CERTIFICATES:
        return False
    month = named("urbanisme.demande-pieces", inputs.date_depot, place, agir=False)
    return inputs.date_demande_pieces <= month.calcul.au_plus_tard


def planning_issue(inputs: DelaisInputs, place: Place) -> Issue:
    """Tell where a planning file stands, for who filed it."""
    if inputs.date_decision is not None:
        return Issue.DECISION
    if _asked_in_time(inputs, place) and inputs.date_demande_pieces is not None:
        limit = named("urbanisme.pieces", inputs.date_demande_pieces, place, agir=True)
        state = replace(limit, fait_le=inputs.date_pieces).etat(inputs.aujourdhui)
        if state in {Etat.PASSE, Etat.FAIT_TARD}:
            return Issue.REJET_TACITE
        if inputs.date_pieces is None:
            return Issue.PIECES_ATTENDUES
    found = examination(inputs, place)
    over = isinstance(found, Echeance) and found.calcul.au_plus_tard < inputs.aujourdhui
    return Issue.SILENCE if over else Issue.INSTRUCTION


def examination(inputs: DelaisInputs, place: Place) -> Echeance | Attente | None:
    """The time left to the town to answer, whole again from the documents it asked for in time (R*423-39).

    ``None`` once the documents came too late: there is nothing left to examine.
    """
    kind = inputs.dossier or Dossier.DECLARATION_PREALABLE
    start = inputs.date_depot
    if _asked_in_time(inputs, place) and inputs.date_demande_pieces is not None:
        limit = named("urbanisme.pieces", inputs.date_demande_pieces, place, agir=True)
        state = replace(limit, fait_le=inputs.date_pieces).etat(inputs.aujourdhui)
        if state in {Etat.PASSE, Etat.FAIT_TARD}:
            return None
        start = inputs.date_pieces
    delai = law().delais[f"urbanisme.instruction.{kind.value}"]
    if start is None:
        return Attente(delai, agir=False)
    if not inputs.abords or kind in _CERTIFICATES:
        return named(delai.cle, start, place, agir=False)
    months = delai.au(start).duree + law().delais["urbanisme.abords"].duree
    calcul = calculate_readings(start, Periode(months, Unite.MOIS), place, prorogation=delai.prorogation)
    note = "Délai allongé : abords ou site patrimonial remarquable."
    return Echeance(delai, calcul, agir=False, note=note)


def _examination(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente | None:
    return examination(inputs, place)


def acquired_on(inputs: DelaisInputs, place: Place) -> date | None:
    """The day the person got the authorisation: written, or tacit where silence is known to be an agreement."""
    if inputs.dossier in _CERTIFICATES:
        return None
    if inputs.date_decision is not None:
        return inputs.date_decision if inputs.decision is Decision.ACCORD else None
    if inputs.silence is not Silence.NON or planning_issue(inputs, place) != Issue.SILENCE:
        return None
    found = examination(inputs, place)
    return found.calcul.au_plus_tard if isinstance(found, Echeance) else None


def _end_of_validity(inputs: DelaisInputs, place: Place) -> tuple[Echeance, bool] | None:
    """The end of an authorisation's validity, and whether it may still be asked to be longer.

    A year for each extension obtained; décret n° 2025-461 gives five years to the decisions of its first article, and
    one year more to older ones that were still good on the day before it came into force.
    """
    since = acquired_on(inputs, place)
    if since is None:
        return None
    found = named("urbanisme.validite", since, place, agir=False)
    version = found.delai.au(since)
    usual = found.delai.versions[0].duree
    if version.duree != usual:
        return found, False
    years = usual + (inputs.prorogations or 0)
    note = ""
    last_day = the_day_before(law().reperes["urbanisme.validite-longue"].jour)
    if version == found.delai.versions[1] and add_months(since, 12 * years) >= last_day:
        years += 1
        note = f"{version.note} Faites confirmer cette année de plus par la mairie."
    calcul = calculate_readings(since, Periode(years, Unite.ANNEES), place, prorogation=found.delai.prorogation)
    return replace(found, calcul=calcul, note=note), (inputs.prorogations or 0) < MOST_EXTENSIONS


def _validity(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | None:
    found = _end_of_validity(inputs, place)
    return found[0] if found else None


def _extension(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | None:
    """The last day to ask for a year more: counted back from the end of validity (R*424-22)."""
    found = _end_of_validity(inputs, place)
    if found is None or not found[1]:
        return None
    return named("urbanisme.prorogation", found[0].calcul.retenue.terme, place, agir=True)


def _informal_appeal(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente | None:
    """Asking the town to think again: from the refusal for who filed, from the panel for a neighbour (L600-12-2)."""
    neighbour = inputs.role_urbanisme is RoleUrbanisme.VOISIN
    if not neighbour and (inputs.decision is not Decision.REFUS or inputs.date_decision is None):
        return None
    start = (inputs.date_affichage or inputs.date_decision) if neighbour else inputs.date_decision
    if start is None:
        return Attente(law().delais["urbanisme.recours-gracieux"], agir=True)
    return named("urbanisme.recours-gracieux", start, place, agir=True, version_du=inputs.date_decision)


def _wage_seizure(inputs: DelaisInputs, place: Place, line: Ligne) -> Echeance | Attente:
    """Three months from the commandement, and not before its month is over (CPCE, art. L212-2, L212-6)."""
    if inputs.date_commandement is None:
        return Attente(law().delais[line.delai], agir=True)
    first = named("saisie-remunerations.pv-au-plus-tot", inputs.date_commandement, place, agir=True)
    found = named(line.delai, inputs.date_commandement, place, agir=True)
    return replace(found, pas_avant=first.calcul.au_plus_tard)


def _contested_within_the_month(inputs: DelaisInputs, place: Place) -> bool:
    """The notice of R212-1-8 is asked of a challenge made within the month only."""
    if inputs.date_assignation is None or inputs.date_commandement is None:
        return True
    month = named("saisie-remunerations.contestation", inputs.date_commandement, place, agir=True)
    return inputs.date_assignation <= month.calcul.au_plus_tard


#: The rules that count a deadline, by their name in the plans.
COUNTED: Mapping[str, Callable[[DelaisInputs, Place, Ligne], Echeance | Attente | None]] = {
    "contestation": _contest,
    "aide_juridictionnelle": _aid,
    "juge_apres_reclamation": _court_after_claim,
    "opposition": _opposition,
    "instruction": _examination,
    "recours_gracieux": _informal_appeal,
    "prorogation": _extension,
    "validite": _validity,
    "pv_de_saisie": _wage_seizure,
}
#: The rules that say whether a case has a deadline.
MET: Mapping[str, Callable[[DelaisInputs, Place], bool]] = {
    "contestation_dans_le_mois": _contested_within_the_month,
    "autorisation": lambda inputs, _place: inputs.dossier not in _CERTIFICATES,
    "demande_dans_le_mois": _asked_in_time,
    "refus": lambda inputs, _place: inputs.decision is Decision.REFUS and inputs.date_decision is not None,
    "accord": lambda inputs, _place: inputs.decision is Decision.ACCORD and inputs.date_decision is not None,
    "pas_refuse": lambda inputs, _place: inputs.decision is Decision.ACCORD,
}
