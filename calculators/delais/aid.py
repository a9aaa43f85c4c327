"""Aide juridictionnelle: a period to go to court, and the new one of the same length that a request for aid gives.

In a situation, one line is saved by a request for aid (``calcul = "sauve_par_l_aide"``) and another is the period
that the request then gives (``calcul = "aide_juridictionnelle"``): any situation may have both (décret n° 2020-1717,
art. 43).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from calculators.delais.distance import extension_of
from calculators.delais.echeances import Acte, Attente, Echeance, Remarque, Suite, named
from calculators.delais.inputs import SuiteAide
from calculators.delais.readings import Calculation, Hypothese, Reading
from calculators.delais.rules import Duree, count

if TYPE_CHECKING:
    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = ["CONTEST", "GIVEN_BY_AID", "contest", "new_month", "request_for_aid"]

CONTEST = "saisie-attribution.contestation"
#: The rules of the two lines, by their name in the data.
_SAVED, GIVEN_BY_AID = "sauve_par_l_aide", "aide_juridictionnelle"
_APPEAL = "aide-juridictionnelle.recours"
_ANSWER = "reponse_du_bureau"


@dataclass(frozen=True, slots=True)
class Demande:
    """A request for aid: when it was made, what the office answered, when it told it, when a lawyer was named."""

    le: date | None
    suite: SuiteAide
    notifiee_le: date | None
    designation_le: date | None


def request_for_aid(facts: Facts) -> Demande:
    """The request for aid, from the questions of the form or from those that the situation brings."""
    inputs = facts.inputs
    if "aide_demandee_le" not in facts.plan.questions:
        return Demande(inputs.date_demande_aide, inputs.suite_aide, inputs.date_suite_aide, inputs.date_designation)
    asked, told, designated = (
        getattr(inputs, name) for name in ("aide_demandee_le", "reponse_bureau_le", "avocat_designe_le")
    )
    answered = next(suite for suite in SuiteAide if suite.value == getattr(inputs, _ANSWER))
    return Demande(asked, answered, told, designated)


def _limit(facts: Facts, line: Ligne) -> Echeance | None:
    """The period that a line counts, lengthened by the distance; nothing while its event has no date."""
    start = getattr(facts.inputs, line.depart)
    if start is None:
        return None
    delai = facts.law.delais[line.delai]
    return named(line.delai, start, facts, augmentation=extension_of(facts, delai, delai.au(start)))


def contest(facts: Facts, line: Ligne) -> Echeance | Attente:
    """The period to go to court; a request for legal aid made within it keeps it (décret n° 2020-1717, art. 43)."""
    found = _limit(facts, line)
    if found is None:
        return Attente(facts.law.delais[line.delai])
    asked, summoned = request_for_aid(facts).le, getattr(facts.inputs, line.fait)
    last = found.calcul.au_plus_tard
    saved_by = facts.law.articles("D2020-1717 37", "D2020-1717 43")
    if asked is None or (summoned is not None and summoned <= last):
        return found
    if asked > last:
        return replace(
            found,
            remarque=Remarque.AIDE_TARDIVE,
            cites=saved_by,
        )
    return replace(
        found,
        fait_le=asked,
        remarque=Remarque.AIDE_A_TEMPS,
        cites=saved_by,
        acte=Acte.DEMANDE_D_AIDE,
        suite=_after_the_request(facts, summoned),
    )


def _after_the_request(facts: Facts, summoned: date | None) -> Suite | None:
    """What to do once a request for legal aid has saved the period."""
    if summoned is not None:
        return Suite.ASSIGNATION_PROTEGEE
    request = request_for_aid(facts)
    if request.suite is SuiteAide.REJET:
        return Suite.PAS_DE_SECONDE_DEMANDE
    return None if request.notifiee_le is not None else Suite.ATTENDRE_LE_BUREAU


def new_month(facts: Facts, line: Ligne) -> Echeance | Attente | None:
    """The new period that a request for aide juridictionnelle gives (décret n° 2020-1717, art. 43, 1° to 4°)."""
    request = request_for_aid(facts)
    saved = next(one for one in facts.plan.echeances if one.calcul == _SAVED and facts.answered(one.si))
    limit = _limit(facts, saved)
    if request.le is None or limit is None or request.le > limit.calcul.au_plus_tard:
        return None
    told = request.notifiee_le
    if told is None:
        return None if getattr(facts.inputs, line.fait) is not None else Attente(facts.law.delais[line.delai])
    if request.suite in {SuiteAide.PROVISOIRE, SuiteAide.CADUCITE}:
        start = told
        if request.suite is SuiteAide.PROVISOIRE and request.designation_le is not None:
            start = max(told, request.designation_le)
        return named(line.delai, start, facts)
    return _once_final(facts, line, told)


def _once_final(facts: Facts, line: Ligne, told: date) -> Echeance:
    """From the day the decision can no longer be contested, or from the lawyer's designation when it is later."""
    delai = facts.law.delais[line.delai]
    wait = facts.law.delais[_APPEAL]
    length = Duree(delai.duree, delai.unite)
    final = named(_APPEAL, told, facts).calcul.au_plus_tot
    request = request_for_aid(facts)
    designated = request.designation_le if request.suite is SuiteAide.ADMISSION else None
    _, calendar = next(iter(facts.ressort.calendars()))
    if designated is not None and designated >= final:
        return replace(named(line.delai, designated, facts), cites=wait.articles)
    start = told if designated is None else max(told, designated)
    readings = (
        Reading("decision-definitive", (Hypothese.DECISION_DEFINITIVE,), count(final, length, calendar)),
        Reading("notification", (Hypothese.DECISION_NOTIFIEE,), count(start, length, calendar, proroge=False)),
    )
    return Echeance(delai, Calculation(readings, length), cites=wait.articles)
