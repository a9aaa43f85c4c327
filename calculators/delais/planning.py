"""A planning file (urbanisme): what it has come to, for who filed it and for a neighbour."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.declaration import OuiNon
from calculators.delais.echeances import Attente, Echeance, Etat, Remarque, named
from calculators.delais.inputs import Aupres, Decision, DossierUrbanisme, RoleUrbanisme, Silence, Situation
from calculators.delais.readings import Calculation, Hypothese, Reading, calculate_readings, supposing
from calculators.delais.rules import Duree
from calculators.law import Unite

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.facts import Facts
    from calculators.law import Article
    from calculators.law.situations import Ligne

__all__ = [
    "CERTIFICATES",
    "Issue",
    "SansReponse",
    "asked_too_late",
    "counted_examination",
    "documents_are_due",
    "examination",
    "extension",
    "in_court",
    "informal_appeal",
    "is_applicant",
    "is_suspended",
    "lengthened_by_the_mairie",
    "planning_issue",
    "refusal_in_court",
    "refused_after_silence",
    "tacitly_refused",
    "validity",
    "without_answer",
]

CERTIFICATES = frozenset({DossierUrbanisme.CU_INFORMATION, DossierUrbanisme.CU_OPERATIONNEL})
_MONTHS_A_YEAR = 12


class Issue(StrEnum):
    """What a planning file has come to, on a day."""

    PIECES_ATTENDUES = "pieces_attendues"
    REJET_TACITE = "rejet_tacite"  # the documents did not all come in time (R*423-39)
    INSTRUCTION = "instruction"
    SILENCE = "silence"  # the time to answer is over, without an answer
    DECISION = "decision"


class SansReponse(StrEnum):
    """What the law makes of the town's silence (code de l'urbanisme, art. R*424-1 to R*424-3)."""

    NON_OPPOSITION = "non_opposition"
    PERMIS = "permis"
    REFUS = "refus"
    CERTIFICAT = "certificat"


def is_applicant(facts: Facts) -> bool:
    """Whether the person asking is the one who filed the planning file."""
    inputs = facts.inputs
    return inputs.situation == Situation.URBANISME and inputs.role_urbanisme is RoleUrbanisme.DEMANDEUR


def _is_refused(facts: Facts) -> bool:
    """Whether the town refused, in writing."""
    return facts.inputs.date_decision is not None and facts.inputs.decision is Decision.REFUS


def without_answer(facts: Facts) -> SansReponse:
    """What the town's silence will be, or is, but for the cases that the person does not know."""
    kind = facts.inputs.dossier or DossierUrbanisme.DECLARATION_PREALABLE
    if kind in CERTIFICATES:
        return SansReponse.CERTIFICAT
    if kind is DossierUrbanisme.DECLARATION_PREALABLE:
        return SansReponse.NON_OPPOSITION
    return SansReponse.REFUS if facts.inputs.silence is Silence.OUI else SansReponse.PERMIS


def _asked_in_time(facts: Facts) -> bool:
    """Whether the town asked for documents within its month; later, its request changes nothing (R*423-41)."""
    return _asked_on(facts) is not None


def documents_are_due(facts: Facts) -> bool:
    """Whether the documents that the town asked for in time are to be sent, or were: none once it decided without."""
    return _asked_in_time(facts) and (facts.inputs.date_decision is None or facts.inputs.date_pieces is not None)


def _asked_on(facts: Facts) -> date | None:
    """The day the town asked for documents, when that was within its month."""
    inputs, asked = facts.inputs, facts.inputs.date_demande_pieces
    if inputs.date_depot is None or asked is None or inputs.dossier in CERTIFICATES:
        return None
    return asked if asked <= named("urbanisme.demande-pieces", inputs.date_depot, facts).calcul.au_plus_tard else None


def _documents(facts: Facts) -> tuple[Echeance, Etat] | None:
    """The last day for the documents that the town asked for in time, and where they stand."""
    asked = _asked_on(facts)
    if asked is None:
        return None
    limit = named("urbanisme.pieces", asked, facts)
    return limit, replace(limit, fait_le=facts.inputs.date_pieces).etat(facts.inputs.aujourdhui)


def planning_issue(facts: Facts) -> Issue:
    """Tell where a planning file stands, for who filed it."""
    if facts.inputs.date_decision is not None:
        return Issue.DECISION
    if (documents := _documents(facts)) is not None:
        if documents[1] in {Etat.PASSE, Etat.FAIT_TARD}:
            return Issue.REJET_TACITE
        if facts.inputs.date_pieces is None:
            return Issue.PIECES_ATTENDUES
    found = examination(facts)
    over = isinstance(found, Echeance) and found.calcul.au_plus_tard < facts.inputs.aujourdhui
    return Issue.SILENCE if over else Issue.INSTRUCTION


def tacitly_refused(facts: Facts) -> bool:
    """Whether the town's silence, or documents that did not come in time, is a refusal to who filed."""
    if not is_applicant(facts):
        return False
    match planning_issue(facts):
        case Issue.REJET_TACITE:
            return True
        case Issue.SILENCE:
            return without_answer(facts) is SansReponse.REFUS
        case _:
            return False


def examination(facts: Facts) -> Echeance | Attente | None:
    """The time left to the town to answer, whole again from the documents it asked for in time (R*423-39).

    ``None`` once the documents came too late: there is nothing left to examine.
    """
    kind = facts.inputs.dossier or DossierUrbanisme.DECLARATION_PREALABLE
    start = facts.inputs.date_depot
    again: tuple[Article, ...] = ()
    if (documents := _documents(facts)) is not None:
        limit, state = documents
        if state in {Etat.PASSE, Etat.FAIT_TARD}:
            return None
        start, again = facts.inputs.date_pieces, limit.delai.articles
    delai = facts.law.delais[f"urbanisme.instruction.{kind.value}"]
    if start is None:
        return Attente(delai)
    usual = named(delai.cle, start, facts)
    if facts.inputs.abords is OuiNon.NON or kind in CERTIFICATES:
        return replace(usual, cites=again)
    near = facts.law.delais["urbanisme.abords"]
    months = delai.au(start).duree + near.duree
    calcul = calculate_readings(start, Duree(months, Unite.MOIS), facts.ressort, prorogation=delai.prorogation)
    cites = (*again, *near.articles)
    if facts.inputs.abords is OuiNon.OUI:
        return Echeance(delai, calcul, remarque=Remarque.ABORDS, cites=cites)
    readings = (
        *supposing(usual.calcul, "hors-abords", Hypothese.HORS_ABORDS),
        *supposing(calcul, "abords", Hypothese.ABORDS),
    )
    return replace(usual, calcul=Calculation(readings, usual.calcul.duree), cites=cites)


def asked_too_late(facts: Facts) -> bool:
    """Whether documents were asked for, and the time left to answer still runs from the first day."""
    return facts.inputs.date_demande_pieces is not None and not _asked_in_time(facts)


def refused_after_silence(facts: Facts) -> bool:
    """Whether a refusal came once the time to answer was over, so that an agreement may have been tacit before it."""
    inputs, found = facts.inputs, examination(facts)
    return (
        isinstance(found, Echeance)
        and inputs.date_decision is not None
        and inputs.date_decision > found.calcul.au_plus_tard
        and inputs.dossier not in CERTIFICATES
        and inputs.silence is not Silence.OUI
    )


def counted_examination(facts: Facts, _line: Ligne) -> Echeance | Attente | None:
    """The rule of the plans that counts the time left to the town."""
    return examination(facts)


def _acquired_on(facts: Facts) -> date | None:
    """The day the person got the authorisation: written, or tacit where silence is known to be an agreement.

    An agreement written after the time left to answer confirms one that was tacit already: its day is the safe one.
    """
    if facts.inputs.dossier in CERTIFICATES or _is_refused(facts):
        return None
    found = examination(facts)
    over = found.calcul.au_plus_tard if isinstance(found, Echeance) else None
    if facts.inputs.date_decision is not None:
        tacit = over is not None and over < facts.inputs.date_decision and facts.inputs.silence is not Silence.OUI
        return over if tacit else facts.inputs.date_decision
    silent = facts.inputs.silence is Silence.NON and planning_issue(facts) == Issue.SILENCE
    return over if silent else None


def _end_of_validity(facts: Facts) -> tuple[Echeance, bool] | None:
    """The end of an authorisation's validity, and whether it may still be asked to be longer.

    Some years for each extension obtained; décret n° 2025-461 gives its own length to the decisions of its first
    article, and adds to older ones that were still good on the day before it came into force.
    """
    since = _acquired_on(facts)
    if since is None:
        return None
    found = named("urbanisme.validite", since, facts)
    if since != facts.inputs.date_decision:  # tacit
        found = replace(found, cites=(*found.cites, *facts.law.articles("CURB R424-1")))
    version = found.delai.au(since)
    usual = found.delai.versions[0].duree
    if version.duree != usual:
        return found, False
    each = int(facts.law.mesures["urbanisme.prorogation"].valeur)
    years = usual + each * (facts.inputs.prorogations or 0)
    found = replace(found, note="")
    last_day = facts.law.reperes["urbanisme.validite.en-cours"].jour
    if version == found.delai.versions[1] and add_months(since, _MONTHS_A_YEAR * years) >= last_day:
        years += int(facts.law.mesures["urbanisme.validite.ajout"].valeur)
        found = replace(found, note=version.note, remarque=Remarque.ANNEE_DE_PLUS)
    calcul = calculate_readings(since, Duree(years, Unite.ANNEES), facts.ressort, prorogation=version.prorogation)
    longer = facts.law.articles("CURB R424-21") if facts.inputs.prorogations else ()
    most = int(facts.law.mesures["urbanisme.prorogations"].valeur)
    return replace(found, calcul=calcul, cites=(*found.cites, *longer)), (facts.inputs.prorogations or 0) < most


def validity(facts: Facts, _line: Ligne) -> Echeance | None:
    """The end of the authorisation's validity, while the time left to begin runs (R*424-17, R*424-21)."""
    found = _end_of_validity(facts)
    return found[0] if found and not _out_of_time(facts) else None


def is_suspended(facts: Facts) -> bool:
    """Whether a court was seized while the time left to begin ran (R*424-19): the mairie is no court."""
    filed, found = facts.inputs.date_recours, _end_of_validity(facts)
    return in_court(facts) and filed is not None and found is not None and filed <= found[0].calcul.au_plus_tard


def _out_of_time(facts: Facts) -> bool:
    """Whether the time left to begin no longer runs: a court suspends it, or the works are over."""
    return is_suspended(facts) or facts.inputs.date_achevement is not None


def extension(facts: Facts, _line: Ligne) -> Echeance | None:
    """The last day to ask for a year more: counted back from the end of validity (R*424-22)."""
    found = _end_of_validity(facts)
    if found is None or not found[1] or _out_of_time(facts):
        return None
    asked = named("urbanisme.prorogation", found[0].calcul.retenue.terme, facts)
    return replace(asked, cites=found[0].articles)


def informal_appeal(facts: Facts, _line: Ligne) -> Echeance | Attente | None:
    """Asking the town to think again: from the refusal for who filed, from the panel for a neighbour (L600-12-2)."""
    neighbour = facts.inputs.role_urbanisme is RoleUrbanisme.VOISIN
    refused = facts.inputs.decision is Decision.REFUS and facts.inputs.date_decision is not None
    if (not neighbour and not refused) or in_court(facts):
        return None
    start = facts.inputs.date_affichage if neighbour else facts.inputs.date_decision
    if start is None:
        return Attente(facts.law.delais["urbanisme.recours-gracieux"])
    return named("urbanisme.recours-gracieux", start, facts, version_du=facts.inputs.date_decision)


def in_court(facts: Facts) -> bool:
    """Whether the challenge that was filed was filed in court; one filed at the mairie does not close that time."""
    return facts.inputs.date_recours is not None and facts.inputs.recours_aupres is Aupres.TRIBUNAL


def lengthened_by_the_mairie(facts: Facts) -> bool:
    """Whether the challenge may be one made to the mairie of a decision that is older than L600-12-2.

    It then gave more time to go to court.
    """
    day, found = facts.inputs.date_decision, examination(facts)
    if day is None and isinstance(found, Echeance):
        day = found.calcul.au_plus_tot
    if facts.inputs.date_recours is None or in_court(facts) or day is None:
        return False
    return day < facts.law.reperes["urbanisme.recours-gracieux"].jour


def refusal_in_court(facts: Facts, _line: Ligne) -> Echeance | None:
    """Two months from a refusal, written or tacit; from the first and the last day that a tacit one may be of."""
    if facts.inputs.date_decision is not None:
        if facts.inputs.decision is not Decision.REFUS:
            return None
        return named("urbanisme.recours-refus", facts.inputs.date_decision, facts)
    found = examination(facts)
    if planning_issue(facts) != Issue.SILENCE or not tacitly_refused(facts) or not isinstance(found, Echeance):
        return None
    silent = named("urbanisme.recours-refus", found.calcul.au_plus_tot, facts)
    cites = facts.law.articles("CURB R424-2", "CURB R424-3")
    if not found.calcul.ouverte:
        return replace(silent, cites=cites)
    readings = tuple(
        Reading(f"{day.cle}-{reading.cle}", (*day.suppose, *reading.suppose), reading.compte)
        for day in found.calcul.lectures
        if day.compte.echeance in {found.calcul.au_plus_tot, found.calcul.au_plus_tard}
        for reading in named("urbanisme.recours-refus", day.compte.echeance, facts).calcul.lectures
    )
    return replace(silent, calcul=replace(silent.calcul, lectures=readings), cites=(*cites, *found.cites))
