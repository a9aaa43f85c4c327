"""What no period after one event can say: deadlines that depend on what was done before, or on another date.

Each rule is named in the plans of :mod:`calculators.law.situations` (``calcul``, ``quand``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.calendar import add_months, in_words
from calculators.delais.distance import extension_of
from calculators.delais.inputs import (
    MOST_EXTENSIONS,
    Aupres,
    Decision,
    Dossier,
    Remise,
    RoleUrbanisme,
    Silence,
    SuiteAide,
)
from calculators.delais.readings import Calculation, Hypothese, Reading, calculate_readings
from calculators.delais.rules import Periode, count
from calculators.delais.steps import Attente, Echeance, Etat, named
from calculators.law import Unite, law

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from calculators.delais.inputs import DelaisInputs
    from calculators.delais.readings import Place
    from calculators.law import Article
    from calculators.law.situations import Ligne

__all__ = ["COUNTED", "MET", "Issue", "acquired_on", "examination", "planning_issue", "suspended"]

_CONTEST = "saisie-attribution.contestation"
_AID, _AID_APPEAL = "aide-juridictionnelle.nouveau-mois", "aide-juridictionnelle.recours"
_CERTIFICATES = frozenset({Dossier.CU_INFORMATION, Dossier.CU_OPERATIONNEL})


def _texts(*keys: str) -> tuple[Article, ...]:
    return tuple(law().article(key) for key in keys)


# ---------------------------------------------------------------- aide juridictionnelle


def _contest(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente:
    """The month to contest; a request for legal aid made within it keeps it (décret n° 2020-1717, art. 43)."""
    if inputs.date_denonciation is None:
        return Attente(law().delais[_CONTEST], agir=True)
    found = named(_CONTEST, inputs.date_denonciation, place, agir=True)
    asked, summoned = inputs.date_demande_aide, inputs.date_assignation
    last = found.calcul.au_plus_tard
    saved_by = _texts("D2020-1717 37", "D2020-1717 43")
    if asked is None or (summoned is not None and summoned <= last):
        return found
    if asked > last:
        return replace(
            found,
            note=f"La demande d'aide juridictionnelle du {in_words(asked)} est venue après ce délai : elle ne le sauve "
            "pas.",
            cites=saved_by,
        )
    return replace(
        found,
        fait_le=asked,
        note=f"La demande d'aide juridictionnelle du {in_words(asked)}, faite à temps, sauve ce délai.",
        cites=saved_by,
        nom="la demande d'aide juridictionnelle",
        ensuite=_after_the_request(inputs),
    )


#: The last paragraph of the article was not read whole: said with its doubt, as law data of certainty C would be.
_SECOND = (
    "Après un rejet, une seconde demande pour le même sujet ne sauverait plus le délai (à confirmer auprès d'un "
    "avocat)."
)


def _after_the_request(inputs: DelaisInputs) -> str:
    """What to do once a request for legal aid has saved the period."""
    if inputs.date_assignation is not None:
        return "Cette demande protège votre assignation : gardez la preuve de sa date."
    if inputs.suite_aide is SuiteAide.REJET:
        return _SECOND
    if inputs.date_suite_aide is not None:
        return ""
    return (
        "Un nouveau délai de même durée partira de la réponse du bureau d'aide juridictionnelle. Demandez l'admission "
        f"provisoire si c'est urgent, et gardez la preuve du dépôt. {_SECOND}"
    )


def _aid(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente | None:
    """The new period that a request for aide juridictionnelle gives (décret n° 2020-1717, art. 43, 1° to 4°)."""
    asked, told = inputs.date_demande_aide, inputs.date_suite_aide
    if asked is None or inputs.date_denonciation is None:
        return None
    if asked > named(_CONTEST, inputs.date_denonciation, place, agir=True).calcul.au_plus_tard:
        return None
    if told is None:
        return None if inputs.date_assignation is not None else Attente(law().delais[_AID], agir=True)
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
        return replace(named(_AID, designated, place, agir=True), cites=wait.articles)
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
    return Echeance(delai, Calculation(readings, month), agir=True, cites=wait.articles)


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
            alerte="" if _not_too_early(inputs, place) else _too_early(inputs, silence),
            note=f"Sans réponse, l'administration est censée refuser le {in_words(silence)}.",
            pas_avant=silence + timedelta(days=1),
        )
    after = named("satd.juge", told, place, agir=True)
    why = "La réponse est venue après le temps laissé pour répondre. Compter depuis la fin de ce temps est sûr."
    readings = (
        *_supposing(after, "reponse", Hypothese("les deux mois partent de la réponse", why)),
        *_supposing(found, "silence", Hypothese("les deux mois partent du silence", why)),
    )
    return replace(found, calcul=Calculation(readings, found.calcul.periode))


def _not_too_early(inputs: DelaisInputs, place: Place) -> bool:
    """Whether the court was seized after the answer, or after the time left to answer (LPF, art. R*281-4)."""
    seized, claimed = inputs.date_saisine_juge, inputs.date_reclamation
    if seized is None or claimed is None:
        return True
    silence = named("satd.reponse", claimed, place, agir=False).calcul.retenue.terme
    return seized > silence or (inputs.date_reponse is not None and seized >= inputs.date_reponse)


def _too_early(inputs: DelaisInputs, silence: date) -> str:
    seized = in_words(inputs.date_saisine_juge) if inputs.date_saisine_juge else ""
    return (
        f"Le juge a été saisi le {seized}, avant la réponse et avant la fin du {in_words(silence)}. La loi prévoit "
        "l'irrecevabilité d'une demande faite trop tôt : montrez ces dates à un avocat. Elle peut être refaite ensuite."
    )


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
    start, again = inputs.date_depot, _texts()
    if _asked_in_time(inputs, place) and inputs.date_demande_pieces is not None:
        limit = named("urbanisme.pieces", inputs.date_demande_pieces, place, agir=True)
        state = replace(limit, fait_le=inputs.date_pieces).etat(inputs.aujourdhui)
        if state in {Etat.PASSE, Etat.FAIT_TARD}:
            return None
        start, again = inputs.date_pieces, limit.delai.articles
    delai = law().delais[f"urbanisme.instruction.{kind.value}"]
    if start is None:
        return Attente(delai, agir=False)
    if not inputs.abords or kind in _CERTIFICATES:
        return replace(named(delai.cle, start, place, agir=False), cites=again)
    near = law().delais["urbanisme.abords"]
    months = delai.au(start).duree + near.duree
    calcul = calculate_readings(start, Periode(months, Unite.MOIS), place, prorogation=delai.prorogation)
    note = "Délai allongé : abords ou site patrimonial remarquable."
    return Echeance(delai, calcul, agir=False, note=note, cites=(*again, *near.articles))


def _examination(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente | None:
    return examination(inputs, place)


def acquired_on(inputs: DelaisInputs, place: Place) -> date | None:
    """The day the person got the authorisation: written, or tacit where silence is known to be an agreement.

    An agreement written after the time left to answer confirms one that was tacit already: its day is the safe one.
    """
    if inputs.dossier in _CERTIFICATES or (inputs.date_decision is not None and inputs.decision is Decision.REFUS):
        return None
    found = examination(inputs, place)
    over = found.calcul.au_plus_tard if isinstance(found, Echeance) else None
    if inputs.date_decision is not None:
        tacit = over is not None and over < inputs.date_decision and inputs.silence is not Silence.OUI
        return over if tacit else inputs.date_decision
    silent = inputs.silence is Silence.NON and planning_issue(inputs, place) == Issue.SILENCE
    return over if silent else None


def _end_of_validity(inputs: DelaisInputs, place: Place) -> tuple[Echeance, bool] | None:
    """The end of an authorisation's validity, and whether it may still be asked to be longer.

    A year for each extension obtained; décret n° 2025-461 gives five years to the decisions of its first article, and
    one year more to older ones that were still good on the day before it came into force.
    """
    since = acquired_on(inputs, place)
    if since is None:
        return None
    found = named("urbanisme.validite", since, place, agir=False)
    if since != inputs.date_decision:  # tacit
        found = replace(found, cites=(*found.cites, *_texts("CURB R424-1")))
    version = found.delai.au(since)
    usual = found.delai.versions[0].duree
    if version.duree != usual:
        return found, False
    years = usual + (inputs.prorogations or 0)
    note = ""
    last_day = law().reperes["urbanisme.validite.en-cours"].jour
    if version == found.delai.versions[1] and add_months(since, 12 * years) >= last_day:
        years += 1
        note = f"{version.note} Faites confirmer cette année de plus par la mairie."
    calcul = calculate_readings(since, Periode(years, Unite.ANNEES), place, prorogation=version.prorogation)
    longer = _texts("CURB R424-21") if inputs.prorogations else ()
    return replace(found, calcul=calcul, note=note, cites=(*found.cites, *longer)), (
        inputs.prorogations or 0
    ) < MOST_EXTENSIONS


def _validity(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | None:
    found = _end_of_validity(inputs, place)
    return found[0] if found and not _out_of_time(inputs) else None


def _out_of_time(inputs: DelaisInputs) -> bool:
    """Whether the time left to begin no longer runs: a court was seized (R*424-19), or the works are over."""
    return inputs.date_recours is not None or inputs.date_achevement is not None


def _extension(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | None:
    """The last day to ask for a year more: counted back from the end of validity (R*424-22)."""
    found = _end_of_validity(inputs, place)
    if found is None or not found[1] or _out_of_time(inputs):
        return None
    asked = named("urbanisme.prorogation", found[0].calcul.retenue.terme, place, agir=True)
    return replace(asked, cites=found[0].articles)


def _informal_appeal(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | Attente | None:
    """Asking the town to think again: from the refusal for who filed, from the panel for a neighbour (L600-12-2)."""
    neighbour = inputs.role_urbanisme is RoleUrbanisme.VOISIN
    refused = inputs.decision is Decision.REFUS and inputs.date_decision is not None
    if (not neighbour and not refused) or _in_court(inputs, place):
        return None
    start = inputs.date_affichage if neighbour else inputs.date_decision
    if start is None:
        return Attente(law().delais["urbanisme.recours-gracieux"], agir=True)
    return named("urbanisme.recours-gracieux", start, place, agir=True, version_du=inputs.date_decision)


def _in_court(inputs: DelaisInputs, _place: Place) -> bool:
    """Whether the challenge that was filed was filed in court; one filed at the mairie does not close that time."""
    return inputs.date_recours is not None and inputs.recours_aupres is Aupres.TRIBUNAL


def _refusal_in_court(inputs: DelaisInputs, place: Place, _line: Ligne) -> Echeance | None:
    """Two months from a refusal, written or tacit; from the earliest day a tacit one may be of."""
    if inputs.date_decision is not None:
        if inputs.decision is not Decision.REFUS:
            return None
        return named("urbanisme.recours-refus", inputs.date_decision, place, agir=True)
    tacit = inputs.silence is Silence.OUI and inputs.dossier is not Dossier.DECLARATION_PREALABLE
    found = examination(inputs, place)
    if not tacit or not isinstance(found, Echeance) or planning_issue(inputs, place) != Issue.SILENCE:
        return None
    silent = named("urbanisme.recours-refus", found.calcul.au_plus_tot, place, agir=True)
    return replace(silent, cites=_texts("CURB R424-2", "CURB R424-3"))


def _wage_seizure(inputs: DelaisInputs, place: Place, line: Ligne) -> Echeance | Attente:
    """Three months from the commandement, and not before its month is over (CPCE, art. L212-2, L212-6)."""
    if inputs.date_commandement is None:
        return Attente(law().delais[line.delai], agir=True)
    first = named("saisie-remunerations.pv-au-plus-tot", inputs.date_commandement, place, agir=True)
    found = named(line.delai, inputs.date_commandement, place, agir=True)
    since, done = first.calcul.au_plus_tard, inputs.date_pv
    early = (
        f"Le procès-verbal est du {in_words(done)} : la loi fait attendre jusqu'au {in_words(since)}, avec un "
        "certificat que personne n'a contesté. Faites-le vérifier."
        if done is not None and done < since and not _stopped_before(inputs, place, done)
        else ""
    )
    return replace(found, pas_avant=since, alerte=early)


def _stopped_before(inputs: DelaisInputs, place: Place, served: date) -> bool:
    """Whether a challenge had already stopped the seizure of the wage when it was served."""
    contested = inputs.date_assignation
    return contested is not None and contested <= served and suspended(inputs, place)


def _notice_of_the_challenge(inputs: DelaisInputs, place: Place, line: Ligne) -> Echeance | Attente:
    """Telling the commissaire de justice; asked of a challenge made within the month only (CPCE, art. R212-1-8)."""
    if inputs.date_assignation is None:
        return Attente(law().delais[line.delai], agir=True)
    found = named(line.delai, inputs.date_assignation, place, agir=True)
    if inputs.date_commandement is not None:
        return found
    note = "La loi ne le demande que si vous avez contesté dans le mois du commandement : indiquez sa date."
    return replace(found, note=note)


def _contested_within_the_month(inputs: DelaisInputs, place: Place) -> bool:
    """The notice of R212-1-8 is asked of a challenge made within the month only."""
    if inputs.date_assignation is None or inputs.date_commandement is None:
        return True
    month = named("saisie-remunerations.contestation", inputs.date_commandement, place, agir=True)
    return inputs.date_assignation <= month.calcul.au_plus_tard


def suspended(inputs: DelaisInputs, place: Place) -> bool:
    """Whether a challenge made within the month stops the seizure of the wage (CPCE, art. L212-4)."""
    contested = inputs.date_assignation is not None and inputs.date_commandement is not None
    return contested and _contested_within_the_month(inputs, place)


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
    "recours_refus": _refusal_in_court,
    "avis_de_contestation": _notice_of_the_challenge,
}
#: The rules that say whether a case has a deadline.
MET: Mapping[str, Callable[[DelaisInputs, Place], bool]] = {
    "contestation_dans_le_mois": _contested_within_the_month,
    "autorisation": lambda inputs, _place: inputs.dossier not in _CERTIFICATES,
    "demande_dans_le_mois": _asked_in_time,
    "saisie_non_suspendue": lambda inputs, place: inputs.date_pv is not None or not suspended(inputs, place),
    "pas_trop_tot": _not_too_early,
    "au_tribunal": _in_court,
    "a_la_mairie": lambda inputs, _place: inputs.recours_aupres is Aupres.MAIRIE,
    "accord": lambda inputs, _place: inputs.decision is Decision.ACCORD and inputs.date_decision is not None,
    "pas_refuse": lambda inputs, _place: inputs.decision is Decision.ACCORD,
}
