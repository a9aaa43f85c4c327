"""A calculator answers under the law it is given: the amounts of another day, or of a frozen law."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from calculators.declaration import fields_of, law_of, under
from calculators.errors import LawDataError
from calculators.law import Nature, Prorogation, Unite, law
from calculators.outcome import Answered, Refused, ask_calculator
from calculators.registry import CALCULATORS, get
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.declaration import Field
    from calculators.law import Delai, Law


def with_a_new_sbi() -> Law:
    """The law of this package, with an amount more, from the next revision."""
    known = law()
    series = known.series["sbi"]
    *before, last = series.valeurs
    day = date(last.en_vigueur_du.year + 1, 4, 1)
    ended = replace(last, en_vigueur_jusqu_au=day - timedelta(days=1))
    new = replace(last, en_vigueur_du=day, montant=last.montant + 10)
    return replace(known, series={**known.series, "sbi": replace(series, valeurs=(*before, ended, new))})


def test_the_sbi_is_that_of_the_law_given() -> None:
    renewed = with_a_new_sbi()
    new = renewed.series["sbi"].derniere
    day = new.en_vigueur_du
    asked = {"aujourdhui": str(day + timedelta(days=1)), "date_saisie": str(day), "solde": "1000"}
    outcome, usual = (ask_calculator(get("sbi"), asked, under=known) for known in (renewed, law()))
    assert isinstance(outcome, Answered)
    assert isinstance(usual, Answered)
    assert outcome.result.valeur("laisse") == new.montant
    assert "montant_perime" in {warning.code for warning in usual.result.avertissements}
    assert "montant_perime" not in {warning.code for warning in outcome.result.avertissements}
    assert outcome.result.etapes[0].calcul.startswith(f"{new.montant}".replace(".", ","))
    compared = outcome.comparison
    assert compared is not None
    assert [line.date for line in compared.lignes if line.la_sienne] == [f"{day:%d/%m/%Y}"]


def with_another_month_to_contest(change: Callable[[Delai], Delai]) -> Law:
    """The law of this package, but for the month to contest a seizure."""
    known, key = law(), "saisie-attribution.contestation"
    return replace(known, delais={**known.delais, key: change(known.delais[key])})


def test_a_month_that_the_law_would_not_extend_ends_on_its_own_day() -> None:
    """25 December 2026 is a holiday: CPC, art. 642 takes the usual month to Monday 28."""
    asked = {
        "aujourdhui": "2026-11-26",
        "date_saisie": "2026-11-20",
        "date_denonciation": "2026-11-25",
        "solde": "1000",
    }
    for known, day in (
        (law(), date(2026, 12, 28)),
        (with_another_month_to_contest(lambda month: replace(month, prorogation=Prorogation.NON)), date(2026, 12, 25)),
    ):
        outcome = ask_calculator(get("sbi"), asked, under=known)
        assert isinstance(outcome, Answered)
        assert outcome.result.valeur("reclamer_jusqu_au") == day


def test_a_period_that_the_law_would_give_in_days_is_not_taken_for_months() -> None:
    asked = {"aujourdhui": "2026-11-26", "date_saisie": "2026-11-20", "date_denonciation": "2026-11-25", "solde": "9"}
    in_days = with_another_month_to_contest(
        lambda month: replace(month, versions=(replace(month.versions[-1], unite=Unite.JOURS),))
    )
    with pytest.raises(LawDataError, match="expected a period in months"):
        ask_calculator(get("sbi"), asked, under=in_days)


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_a_calculator_never_reads_the_law_of_the_package(name: str) -> None:
    reading = {
        module.name
        for module in (ROOT / "calculators" / name).rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "law"
    }
    assert reading == set()


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = """if True:
        import calculators.__main__, calculators.web.guides.checks, calculators.web.page.resume
        from calculators.law import law
        assert law.cache_info().misses == 0, "importing reads the law"
    """
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_what_is_tried_before_the_browser_leaves_every_question_in_memory() -> None:
    """The memory kept at build has no file of the law: a declaration made later could not be."""
    code = """if True:
        from calculators import declaration
        from calculators.law import pieces
        from calculators.registry import CALCULATORS
        from calculators.web.page.resume import exercise
        exercise([])
        made = declaration._under.cache_info().misses
        for calculator in CALCULATORS.values():
            for field in declaration.fields_of(calculator.inputs):
                field.options, field.colonnes
        assert declaration._under.cache_info().misses == made >= len(CALCULATORS)
        assert pieces._demarches.cache_info().misses == 1
    """
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def question(name: str, champ: str, known: Law) -> Field:
    (found,) = (field for field in fields_of(under(get(name).inputs, known)) if field.nom == champ)
    return found


def without(kind: str, cle: str) -> Law:
    known = law()
    kept: dict[str, Any] = {kind: {key: value for key, value in getattr(known, kind).items() if key != cle}}
    return replace(known, **kept)


def test_the_choices_are_those_of_the_law_given() -> None:
    """A sum, a deadline and a situation that the law given has not are not proposed, and are refused."""
    (nature,) = (c for c in question("sbi", "sommes", without("sommes", "rsa")).colonnes if c.nom == "nature")
    assert "rsa" not in {option.valeur for option in nature.options}
    cle = "appel.gracieux"
    other = without("delais", cle)
    assert cle not in {option.valeur for option in question("delais", "delai", other).options}
    asked = {"aujourdhui": "2026-11-26", "delai": cle, "evenement": "2026-11-25"}
    assert isinstance(ask_calculator(get("delais"), asked), Answered)
    refused = ask_calculator(get("delais"), asked, under=other)
    assert isinstance(refused, Refused)
    assert [error.champ for error in refused.erreurs] == ["delai"]
    assert cle in {option.valeur for option in question("delais", "delai", law()).options}


def test_the_words_and_the_bounds_of_a_question_quote_the_law_given() -> None:
    known = law()
    mesures = {
        **known.mesures,
        "urbanisme.prorogations": replace(known.mesures["urbanisme.prorogations"], valeur=Decimal(3)),
        "urbanisme.permis": replace(known.mesures["urbanisme.permis"], valeur=Decimal(25)),
    }
    other = replace(known, mesures=mesures)
    assert question("delais", "prorogations", other).question.aide == "De 0 à 3, chacune de 1 an."
    words = [
        text
        for field in fields_of(under(get("pieces").inputs, other))
        for text in (field.question.label, field.question.aide, *(option.label for option in field.options))
    ]
    assert any(re.search(r"25\sm²", text) for text in words)
    planning = {
        "aujourdhui": "2026-11-26",
        "situation": "urbanisme",
        "dossier": "permis-maison",
        "date_depot": "2025-01-10",
        "date_decision": "2025-02-20",
    }
    allowed = ask_calculator(get("delais"), {**planning, "prorogations": 3}, under=other)
    refused = ask_calculator(get("delais"), {**planning, "prorogations": 3})
    assert isinstance(allowed, Answered)
    assert isinstance(refused, Refused)
    assert "que deux fois : écrivez 0, 1 ou 2" in refused.erreurs[0].message.replace("\u00a0", " ")


def lasting(cle: str, months: int) -> Law:
    """The law of this package, with one period of another length."""
    known = law()
    versions = tuple(replace(version, duree=months) for version in known.delais[cle].versions)
    return replace(known, delais={**known.delais, cle: replace(known.delais[cle], versions=versions)})


@pytest.mark.parametrize(("months", "label"), [(1, "Un mois de plus"), (4, "Quatre mois de plus")])
def test_what_distance_adds_is_offered_as_the_law_given_has_it(months: int, label: str) -> None:
    options = question("delais", "distance", lasting("distance.outre-mer", months)).options
    assert label in [option.label for option in options]


def test_how_recent_another_seizure_is_comes_from_the_law_given() -> None:
    asked = question("sbi", "sbi_deja_laisse", lasting("sbi.renouvellement", 2)).question.aide
    assert asked == "Récente : moins de 2\u00a0mois avant celle-ci."


def test_a_sum_is_asked_about_as_the_law_given_protects_it() -> None:
    """What is protected in part has a part to say; what the law given protects in full has none."""
    known, cle = law(), "salaire"
    full = replace(known, sommes={**known.sommes, cle: replace(known.sommes[cle], nature=Nature.INSAISISSABLE)})
    asked = {
        "aujourdhui": "2026-11-26",
        "date_saisie": "2026-11-20",
        "solde": "1000",
        "sommes": [{"nature": cle, "montant": "900", "part_protegee": "800"}],
    }
    refused = ask_calculator(get("sbi"), asked, under=full)
    assert isinstance(ask_calculator(get("sbi"), asked), Answered)
    assert isinstance(refused, Refused)
    assert [error.champ for error in refused.erreurs] == ["sommes.1.part_protegee"]


def test_a_declaration_under_a_law_is_made_once_and_kept() -> None:
    declared = get("sbi").inputs
    assert under(declared) is under(declared, law()) is under(under(declared))
    assert law_of(under(declared, without("sommes", "rsa"))) is not law()


@pytest.mark.parametrize(
    ("proved", "end"),
    [(Prorogation.NON, "2026-10-31T14:30"), (Prorogation.OUI, "2026-11-02")],
    ids=["not moved", "moved"],
)
def test_a_period_in_hours_has_one_end_once_a_law_settles_whether_it_is_moved(proved: Prorogation, end: str) -> None:
    """CPC 642: 24 hours from a Friday end on Saturday 31 October at that hour, or at midnight on Monday 2 November."""
    known, key = law(), "saisie-attribution.declaration-comptable"
    delai = known.delais[key]
    versions = tuple(replace(version, prorogation=proved) for version in delai.versions)
    settled = replace(known, delais={**known.delais, key: replace(delai, versions=versions)})
    asked = {"delai": key, "evenement": "2026-10-30", "heure": "14", "minute": "30", "aujourdhui": "2026-10-30"}
    outcome = ask_calculator(get("delais"), {"situation": "un-delai", **asked}, under=settled)
    assert isinstance(outcome, Answered)
    found = outcome.to_dict()
    assert found["valeurs"]["echeance"] == end
    assert found["lectures"] == []
