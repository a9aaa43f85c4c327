"""Aide juridictionnelle: the month to contest a seizure of an account, and the new one that a request for aid gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.delais.echeances import Acte, Attente, Echeance, Remarque, Suite, named
from calculators.delais.inputs import SuiteAide
from calculators.delais.readings import Calculation, Hypothese, Reading
from calculators.delais.rules import Duree, count

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = ["CONTEST", "NEW_MONTH", "contest", "new_month"]

CONTEST, NEW_MONTH = "saisie-attribution.contestation", "aide-juridictionnelle.nouveau-mois"
_APPEAL = "aide-juridictionnelle.recours"


def contest(facts: Facts, _line: Ligne) -> Echeance | Attente:
    """The month to contest; a request for legal aid made within it keeps it (décret n° 2020-1717, art. 43)."""
    if facts.inputs.date_denonciation is None:
        return Attente(facts.law.delais[CONTEST])
    found = named(CONTEST, facts.inputs.date_denonciation, facts)
    asked, summoned = facts.inputs.date_demande_aide, facts.inputs.date_assignation
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
        suite=_after_the_request(facts),
    )


def _after_the_request(facts: Facts) -> Suite | None:
    """What to do once a request for legal aid has saved the period."""
    if facts.inputs.date_assignation is not None:
        return Suite.ASSIGNATION_PROTEGEE
    if facts.inputs.suite_aide is SuiteAide.REJET:
        return Suite.PAS_DE_SECONDE_DEMANDE
    return None if facts.inputs.date_suite_aide is not None else Suite.ATTENDRE_LE_BUREAU


def new_month(facts: Facts, _line: Ligne) -> Echeance | Attente | None:
    """The new period that a request for aide juridictionnelle gives (décret n° 2020-1717, art. 43, 1° to 4°)."""
    asked, told = facts.inputs.date_demande_aide, facts.inputs.date_suite_aide
    if asked is None or facts.inputs.date_denonciation is None:
        return None
    if asked > named(CONTEST, facts.inputs.date_denonciation, facts).calcul.au_plus_tard:
        return None
    if told is None:
        return None if facts.inputs.date_assignation is not None else Attente(facts.law.delais[NEW_MONTH])
    if facts.inputs.suite_aide in {SuiteAide.PROVISOIRE, SuiteAide.CADUCITE}:
        start = told
        if facts.inputs.suite_aide is SuiteAide.PROVISOIRE and facts.inputs.date_designation is not None:
            start = max(told, facts.inputs.date_designation)
        return named(NEW_MONTH, start, facts)
    return _once_final(facts, told)


def _once_final(facts: Facts, told: date) -> Echeance:
    """From the day the decision can no longer be contested, or from the lawyer's designation when it is later."""
    delai = facts.law.delais[NEW_MONTH]
    wait = facts.law.delais[_APPEAL]
    month = Duree(delai.duree, delai.unite)
    final = named(_APPEAL, told, facts).calcul.au_plus_tot
    admitted = facts.inputs.suite_aide is SuiteAide.ADMISSION
    designated = facts.inputs.date_designation if admitted else None
    _, calendar = next(iter(facts.ressort.calendars()))
    if designated is not None and designated >= final:
        return replace(named(NEW_MONTH, designated, facts), cites=wait.articles)
    start = told if designated is None else max(told, designated)
    readings = (
        Reading("decision-definitive", (Hypothese.DECISION_DEFINITIVE,), count(final, month, calendar)),
        Reading("notification", (Hypothese.DECISION_NOTIFIEE,), count(start, month, calendar, proroge=False)),
    )
    return Echeance(delai, Calculation(readings, month), cites=wait.articles)
