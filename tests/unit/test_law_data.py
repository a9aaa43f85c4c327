"""The law as data: covered without gap nor overlap, and a loader that says which file, which key, and why."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

import pytest

from calculators.declaration import parse
from calculators.errors import CoverageError, LawDataError
from calculators.language import FRENCH
from calculators.law import Law, Portee, Prorogation, law, load
from calculators.law.words import length
from calculators.outcome import Answered, Refused, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.result import to_dict
from calculators.sbi import SbiInputs, calculate
from calculators.text import answer_as_text
from calculators.web.page.answer import result_view
from calculators.web.page.elements import Place
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.result import Result

ONE_DAY = timedelta(days=1)
SERIES = sorted(law().series)


def result_on(day: date, **given: object) -> Result:
    data = {"aujourdhui": "2026-11-21", "date_saisie": day.isoformat(), "solde": "5000", **given}
    return calculate(parse(SbiInputs, data), law())


def codes(result: Result) -> set[str]:
    return {warning.code for warning in result.avertissements}


# ---------------------------------------------------------------- coverage in time


@pytest.mark.parametrize("cle", SERIES)
def test_each_day_has_one_value_or_a_reason(cle: str) -> None:
    """No gap and no overlap: each period begins the day after the one before it ends."""
    series = law().series[cle]
    periods = [(v.en_vigueur_du, v.en_vigueur_jusqu_au) for v in series.valeurs]
    periods += [(gap.du, gap.au) for gap in series.lacunes]
    periods.sort(key=lambda period: period[0])
    for (_, last), (first, _) in itertools.pairwise(periods):
        assert last is not None
        assert first - last == ONE_DAY
    assert periods[-1][1] is None


@pytest.mark.parametrize("cle", SERIES)
def test_a_value_applies_from_its_first_day(cle: str) -> None:
    """Each boundary: the day before is another value, or is refused; the day itself is this one."""
    series = law().series[cle]
    for value in series.valeurs:
        assert series.au(value.en_vigueur_du) is value
        try:
            before = series.au(value.en_vigueur_du - ONE_DAY)
        except CoverageError as error:
            assert series.intitule in error.message  # noqa: PT017  # not every boundary is refused
        else:
            assert before.en_vigueur_jusqu_au == value.en_vigueur_du - ONE_DAY
            assert before is not value


@pytest.mark.parametrize("cle", SERIES)
def test_before_the_first_value_is_refused(cle: str) -> None:
    series = law().series[cle]
    with pytest.raises(CoverageError, match="nos valeurs vérifiées commencent le"):
        series.au(series.debut - ONE_DAY)


@pytest.mark.parametrize(
    ("gap", "day"),
    [(gap, day) for gap in law().series["sbi-mayotte"].lacunes for day in (gap.du, gap.au)],
)
def test_an_unverified_period_is_refused_with_its_reason(gap: object, day: date) -> None:
    reason = getattr(gap, "raison", "")
    with pytest.raises(CoverageError) as caught:
        result_on(day, territoire="mayotte")
    assert reason in caught.value.message
    assert caught.value.champ == "date_saisie"


def test_a_seizure_before_the_verified_amounts_is_refused() -> None:
    assert to_dict(result_on(date(2009, 6, 1)))["valeurs"]["sbi"] == "454.63"
    with pytest.raises(CoverageError) as caught:
        result_on(date(2009, 5, 31))
    assert caught.value.champ == "date_saisie"


def test_a_company_needs_no_amount_so_no_date_is_refused() -> None:
    assert to_dict(result_on(date(2001, 1, 1), debiteur="personne_morale"))["valeurs"]["saisi"] == "5000.00"


_LAST = law().series["sbi"].derniere
#: The amount is revised each 1 April (CASF, art. L262-3).
_REVISED = date(_LAST.en_vigueur_du.year + 1, 4, 1)


@pytest.mark.parametrize(
    ("day", "stale"),
    [(_REVISED - timedelta(days=1), False), (_REVISED, True), (_REVISED.replace(year=_REVISED.year + 4), True)],
)
def test_an_amount_past_its_expected_revision_is_used_with_a_warning(day: date, *, stale: bool) -> None:
    """An offline copy may be years old: it says so."""
    result = result_on(day)
    assert to_dict(result)["valeurs"]["sbi"] == str(_LAST.montant)
    assert ("montant_perime" in codes(result)) is stale
    assert ("date_future" in codes(result)) is (day > date(2026, 11, 21))


@pytest.mark.parametrize("day", [date(2022, 7, 1), date(2023, 4, 1), date(2024, 3, 31), date(2026, 4, 1)])
def test_amounts_of_mayotte_that_were_deduced_are_to_be_confirmed(day: date) -> None:
    result = result_on(day, territoire="mayotte")
    assert "montant_a_confirmer" in codes(result)
    assert any("À confirmer auprès de la banque" in warning.texte for warning in result.avertissements)


@pytest.mark.parametrize(
    ("calculator", "answers", "whom"),
    [
        ("sbi", {"date_saisie": "2023-04-01", "solde": "5000"}, "de la banque ou du commissaire de justice"),
        ("quotite", {"date": "2023-04-30", "net": "900"}, "de l'employeur ou du commissaire de justice"),
    ],
)
def test_a_value_to_be_confirmed_says_where_to_ask_among_the_values_used(
    calculator: str, answers: dict[str, str], whom: str
) -> None:
    """On the page, and in the answer copied as text."""
    tool = CALCULATORS[calculator]
    inputs = parse(tool.inputs, {"aujourdhui": "2026-11-21", "territoire": "mayotte", **answers})
    result = tool.calculate(inputs, law(), FRENCH)
    page = tostring(result_view(inputs, result, Place(calculator)), encoding="unicode").partition("Valeurs utilisées")[
        2
    ]
    text = answer_as_text(tool, inputs, result).partition("\nSources\n")[2]
    for shown in (page, text):
        assert f"À confirmer auprès {whom}".replace("'", "’") in shown.partition("Vos réponses")[0]


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2014, 1, 1), date(2022, 6, 30), date(2026, 3, 31)])
def test_amounts_of_mayotte_that_were_read_are_not(day: date) -> None:
    assert "montant_a_confirmer" not in codes(result_on(day, territoire="mayotte"))


def test_a_wage_of_mayotte_is_refused_in_the_words_of_a_wage() -> None:
    """The amount of these months was not found: neither the SBI nor the bank is of any use to who asks of a wage."""
    given = {"aujourdhui": "2026-11-21", "date": "2016-06-01", "net": "1500", "territoire": "mayotte"}
    found = ask_calculator(get("quotite"), given)
    assert isinstance(found, Refused)
    (error,) = found.erreurs
    assert error.champ == "date"
    assert error.message.replace("\u00a0", " ").replace("’", "'") == (
        "Le minimum laissé sur un salaire n'est pas connu pour le 1er juin 2016. Le montant propre à Mayotte n'a pas "
        "été retrouvé pour cette période. Où demander : l'employeur ou le commissaire de justice."
    )
    compared = ask_calculator(get("quotite"), {**given, "date": "2026-06-01"})
    assert isinstance(compared, Answered)
    comparison = compared.comparison
    assert comparison is not None
    reasons = [line.raison for line in comparison.lignes if line.raison]
    assert reasons
    assert not [reason for reason in reasons if "banque" in reason or "bancaire" in reason]


def test_mayotte_has_its_own_amount_and_the_other_territories_have_not() -> None:
    day = date(2026, 11, 20)
    found = {
        territory: to_dict(result_on(day, territoire=territory))["valeurs"]["sbi"]
        for territory in (
            "metropole",
            "alsace_moselle",
            "guadeloupe",
            "la_reunion",
            "saint_pierre_et_miquelon",
            "mayotte",
        )
    }
    assert found.pop("mayotte") == "325.85"
    assert set(found.values()) == {"651.69"}


def test_territories_with_their_own_law_are_refused() -> None:
    with pytest.raises(CoverageError) as caught:
        result_on(date(2026, 11, 20), territoire="droit_propre")
    assert caught.value.champ == "territoire"


@pytest.mark.parametrize(("day", "late"), [("2022-07-15", True), ("2022-08-16", False), ("2026-04-02", False)])
def test_an_amount_voted_after_the_seizure_says_the_bank_may_have_used_the_former(day: str, *, late: bool) -> None:
    assert ("texte_posterieur" in codes(result_on(date.fromisoformat(day)))) is late


@pytest.mark.parametrize(("day", "left"), [("2009-07-31", "0.00"), ("2009-08-01", "454.63")])
def test_the_sbi_is_left_without_asking_since_august_2009(day: str, left: str) -> None:
    found = to_dict(result_on(date.fromisoformat(day)))["valeurs"]
    assert (found["laisse"], found["protege"]) == (left, "454.63")


# ---------------------------------------------------------------- the loader's errors

CODES = """[codes.CPCE]
nom = "code"
abrege = "CPCE"
texte = "LEGITEXT000025024948"
etat = "2025-07"
lu_le = 2026-11-21
[codes.CPCE.articles.L162-2]
enonce = "La banque laisse une somme."
"""
CITED = 'articles = ["CPCE L162-2"]\n'
HOURS = 'heures_selon = ["CPCE L162-2"]\n'
SERIES_HEAD = '[series.x]\nintitule = "X"\nunite = "EUR"\narticles = ["CPCE L162-2"]\n'
VALUE = (
    '[[series.x.valeurs]]\nen_vigueur_du = 2020-01-01\nmontant = "1.00"\ntexte = "décret"\n'
    'certitude = "A"\nverifie_le = 2026-11-21\n'
)
GAP = '[[series.x.lacunes]]\ndu = 2021-01-01\nau = 2021-12-31\nraison = "non lu"\naupres_de = "le greffe"\n'
LATER = VALUE.replace("2020-01-01", "2022-01-01")
DELAI = (
    '[delais."a.b"]\nintitule = "agir"\nqui = "qui"\ndepart = "quand"\ngroupe = "Actes"\n'
    'duree = 8\nunite = "jours"\narticles = ["CPCE L162-2"]\n'
    'certitude = "A"\nverifie_le = 2026-11-21\n'
)
INTERRUPTION = f'[interruptions.i]\nintitule = "I"\n{CITED}certitude = "A"\nverifie_le = 2026-11-21\n'
SOMME = '[sommes.s]\nintitule = "S"\nnature = "insaisissable"\ncertitude = "A"\nverifie_le = 2026-11-21\n'
REPERE = '[reperes.r]\nintitule = "R"\ndate = 2022-07-01\ncertitude = "A"\nverifie_le = 2026-11-21\n'
MESURE = '[mesures.m]\nintitule = "M"\nvaleur = "10"\ncertitude = "A"\nverifie_le = 2026-11-21\n'
TAUX = '[taux.t]\nintitule = "T"\nvaleur = "10"\ncertitude = "A"\nverifie_le = 2026-11-21\n'
VERSIONS = (
    '[delais."a.c"]\nintitule = "agir aussi"\nqui = "qui"\ndepart = "quand"\n'
    'groupe = "Actes"\nportee = "repere"\nprorogation = "ouverte"\n'
    'distance = "oui"\narticles = ["CPCE L162-2"]\ncertitude = "B"\nverifie_le = 2026-11-21\n'
    '[[delais."a.c".versions]]\nduree = 6\nunite = "mois"\n'
    '[[delais."a.c".versions]]\nen_vigueur_du = 2026-09-01\nduree = 3\nunite = "mois"\nnote = "décret"\n'
    '[[delais."a.c".versions]]\nen_vigueur_du = 2027-09-01\nduree = 2\nunite = "semaines"\n'
)
SANS_DUREE = (
    '[delais."a.d"]\nintitule = "payer"\nqui = "qui"\ndepart = "quand"\ngroupe = "Actes"\n'
    'sans_duree = "Le juge la fixe."\narticles = ["CPCE L162-2"]\ncertitude = "A"\nverifie_le = 2026-11-21\n'
)
FERIE = (
    '[feries.f]\nintitule = "F"\njour = "05-27"\narticles = ["CPCE L162-2"]\ncertitude = "A"\nverifie_le = 2026-11-21\n'
)
MOBILE = (
    '[feries.m]\nintitule = "M"\npaques = -2\nterritoires = ["ici"]\ncondition = "temple"\n'
    'certitude = "D"\nverifie_le = 2026-11-21\na_confirmer = "rien ne le dit"\naupres_de = "la mairie"\n'
)
CORRECTION = (
    '[corrections.c]\nle = 2026-11-28\nsujet = "Un délai"\navant = "Deux mois."\nmaintenant = "Un mois."\n'
    'page = "saisie-compte/debiteur"\narticles = ["CPCE L162-2"]\n'
)
POINT = '[points.p]\nsujet = "Délais"\nintitule = "P ?"\na_confirmer = "aucune décision"\naupres_de = "le greffe"\n'
DUREE = (
    '[durees.d]\nintitule = "D"\ntexte = "fiche"\ncertitude = "A"\nverifie_le = 2026-11-21\n'
    '[[durees.d.versions]]\nduree = 10\nunite = "annees"\n'
)
LATER_CARDS = '[[durees.d.versions]]\nen_vigueur_du = 2020-01-01\nduree = 18\nunite = "mois"\n'
DUREE += LATER_CARDS
SOURCE = '[sources.s]\ntitre = "S"\nlien = "https://exemple.fr/"\n'
BAREME = (
    '[baremes.b]\nintitule = "B"\narticles = ["CPCE L162-2"]\nfractions = ["1/20", "2/3", "1"]\n'
    '[[baremes.b.valeurs]]\nannee = 2014\nseuils = ["100", "200.50"]\npar_personne = "10"\ntexte = "barème de 2014"\n'
    'certitude = "B"\nverifie_le = 2026-11-21\n'
    '[[baremes.b.lacunes]]\ndu = 2015-01-01\nau = 2015-12-31\nraison = "non lu"\naupres_de = "le greffe"\n'
    '[[baremes.b.valeurs]]\nannee = 2016\nseuils = ["110", "210"]\npar_personne = "11"\ntexte = "barème de 2016"\n'
    'certitude = "A"\nverifie_le = 2026-11-21\n'
)
GOOD = "".join(
    [
        *(SERIES_HEAD, VALUE, GAP, LATER, DELAI, SOMME, REPERE, TAUX, SOURCE, VERSIONS, SANS_DUREE, FERIE, MOBILE),
        *(BAREME, CORRECTION, POINT, DUREE, INTERRUPTION),
    ]
)


def loaded(folder: Path, text: str | bytes, codes: str = CODES) -> Law:
    (folder / "codes.toml").write_text(codes, "utf-8")
    (folder / "loi.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(folder)


def test_a_good_folder_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a law file", "utf-8")
    found = loaded(tmp_path, GOOD)
    assert [v.en_vigueur_jusqu_au for v in found.series["x"].valeurs] == [date(2020, 12, 31), None]
    assert found.series["x"].prochaine_revision() is None
    assert not found.series["x"].perimee_au(date(2100, 1, 1))
    assert length(found.delais["a.b"]) == "8\u00a0jours"
    assert found.sommes["s"].periodique
    scale = found.baremes["b"]
    assert (scale.fractions[0], scale.fractions[-1]) == (Fraction(1, 20), Fraction(1))
    assert scale.au(date(2014, 12, 31)).seuils == (Decimal(100), Decimal("200.50"))
    assert scale.annees == (2014, 2016)
    assert (found.delais["a.b"].portee, found.delais["a.b"].prorogation) == (Portee.LIMITE, Prorogation.OUI)
    assert found.delais["a.b"].distance is Prorogation.NON
    assert found.delais["a.c"].distance is Prorogation.OUI
    assert length(found.delais["a.c"]) == "2\u00a0semaines"
    assert length(found.delais["a.d"]) == "sans durée légale"
    assert (found.feries["f"].jour, found.feries["m"].jour, found.feries["m"].paques) == ((5, 27), None, -2)


def test_a_year_that_was_not_verified_says_those_that_were(tmp_path: Path) -> None:
    """Each run of three years or more by its ends; the last of several after « et »."""
    scale = loaded(tmp_path, GOOD).baremes["b"]
    with pytest.raises(CoverageError, match=r"Années vérifiées : 2014 et 2016\."):
        scale.au(date(2015, 6, 1))
    first = scale.valeurs[0]
    known = tuple(
        replace(first, en_vigueur_du=date(year, 1, 1), en_vigueur_jusqu_au=date(year, 12, 31))
        for year in (2009, 2011, 2012, 2014, 2015, 2016)
    )
    with pytest.raises(CoverageError, match=r"Années vérifiées : 2009, 2011, 2012 et 2014 à 2016\."):
        replace(scale, valeurs=known).au(date(2013, 6, 1))
    with pytest.raises(CoverageError, match=r"Années vérifiées : 2009\."):
        replace(scale, valeurs=known[:1]).au(date(2008, 6, 1))


@pytest.mark.parametrize(
    ("event", "length"),
    [
        ("1990-01-01", (6, "mois")),
        ("2026-08-31", (6, "mois")),
        ("2026-09-01", (3, "mois")),
        ("2027-09-01", (2, "semaines")),
    ],
)
def test_the_length_is_that_of_the_event_s_day(tmp_path: Path, event: str, length: tuple[int, str]) -> None:
    found = loaded(tmp_path, GOOD).delais["a.c"].au(date.fromisoformat(event))
    assert (found.duree, found.unite) == length


def test_before_the_first_version_of_a_period_is_refused(tmp_path: Path) -> None:
    dated = GOOD.replace("versions]]\nduree = 6", "versions]]\nen_vigueur_du = 2020-01-01\nduree = 6")
    delai = loaded(tmp_path, dated).delais["a.c"]
    assert delai.au(date(2020, 1, 1)).duree == 6
    with pytest.raises(CoverageError, match="Agir aussi : cette règle vaut depuis le 1er"):
        delai.au(date(2019, 12, 31))


@pytest.mark.parametrize(("day", "months"), [("1990-01-01", 120), ("2019-12-31", 120), ("2020-01-01", 18)])
def test_how_long_something_is_good_is_read_by_its_own_day(tmp_path: Path, day: str, months: int) -> None:
    assert loaded(tmp_path, GOOD).durees["d"].au(date.fromisoformat(day)).mois == months


def test_a_length_that_has_a_start_is_not_guessed_before_it(tmp_path: Path) -> None:
    text = GOOD.replace("duree = 10\n", "en_vigueur_du = 2004-01-02\nduree = 10\n")
    with pytest.raises(CoverageError, match="D : nos valeurs vérifiées commencent le 2"):
        loaded(tmp_path, text).durees["d"].au(date(2004, 1, 1))


def test_a_period_without_length_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(CoverageError, match=r"la loi ne donne pas de durée\. Le juge la fixe\.") as caught:
        loaded(tmp_path, GOOD).delais["a.d"].au(date(2026, 11, 21))
    assert caught.value.champ == "delai"


@pytest.mark.parametrize(
    ("day", "reason"),
    [("2015-06-01", "Non lu. Où demander : le greffe."), ("2013-12-31", "2013"), ("2017-01-01", "2017")],
)
def test_a_year_that_was_not_read_is_refused(tmp_path: Path, day: str, reason: str) -> None:
    with pytest.raises(CoverageError) as caught:
        loaded(tmp_path, GOOD).baremes["b"].au(date.fromisoformat(day))
    assert reason in caught.value.message
    assert ("la plus récente" in caught.value.message) is (day > "2016")


@pytest.mark.parametrize("revision", ["04-01", "01-01", "12-31"])
def test_the_next_revision_comes_after_the_last_value(tmp_path: Path, revision: str) -> None:
    series = loaded(tmp_path, SERIES_HEAD + f'revision = "{revision}"\n' + VALUE).series["x"]
    expected = {"04-01": date(2020, 4, 1), "01-01": date(2021, 1, 1), "12-31": date(2020, 12, 31)}[revision]
    assert series.prochaine_revision() == expected
    assert not series.perimee_au(expected - ONE_DAY)
    assert series.perimee_au(expected)


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        # what is not certain says what is missing and where to ask
        ((DELAI, DELAI.replace('"A"', '"C"')), "delais.a.b.a_confirmer", "missing"),
        ((DELAI, DELAI.replace('"A"', '"C"') + 'a_confirmer = "rien lu"\n'), "delais.a.b.aupres_de", "missing"),
        ((DELAI, DELAI + 'a_confirmer = "rien lu"\n'), "delais.a.b.a_confirmer", "nothing left to confirm"),
        ((DELAI, DELAI + 'aupres_de = "le greffe"\n'), "delais.a.b.aupres_de", "nothing left to confirm"),
        ((VALUE, VALUE.replace('"A"', '"C"')), "series.x.valeurs[1].a_confirmer", "missing"),
        ((REPERE, REPERE.replace('"A"', '"C"')), "reperes.r.a_confirmer", "missing"),
        ((TAUX, TAUX.replace('"A"', '"C"')), "taux.t.a_confirmer", "missing"),
        ((SOMME, SOMME.replace('"A"', '"C"')), "sommes.s.a_confirmer", "missing"),
        ((FERIE, FERIE.replace('"A"', '"C"')), "feries.f.a_confirmer", "missing"),
        ((MOBILE, MOBILE.replace("a_confirmer", "x")), "feries.m.a_confirmer", "missing"),
        ((BAREME, BAREME.replace('"B"\nverifie', '"C"\nverifie')), "baremes.b.valeurs[1].a_confirmer", "missing"),
        (('aupres_de = "le greffe"\n', ""), "series.x.lacunes[1].aupres_de", "missing"),
        (('raison = "non lu"\n', 'raison = "Non lu."\n'), "series.x.lacunes[1].raison", "full stop"),
        ((POINT, POINT.replace('aupres_de = "le greffe"\n', "")), "points.p.aupres_de", "missing"),
        (("le = 2026-11-28\n", ""), "corrections.c.le", "missing"),
        (('sujet = "Un délai"\n', ""), "corrections.c.sujet", "missing"),
        (('avant = "Deux mois."\n', ""), "corrections.c.avant", "missing"),
        (('maintenant = "Un mois."\n', ""), "corrections.c.maintenant", "missing"),
        (('page = "saisie-compte/debiteur"\n', ""), "corrections.c.page", "missing"),
        (('"saisie-compte/debiteur"', '"/saisie-compte/debiteur.md"'), "corrections.c.page", "the address of a page"),
        (('sujet = "Un délai"', 'sujet = "Un délai."'), "corrections.c.sujet", "without a full stop"),
        (('"Deux mois."', '"Deux mois"'), "corrections.c.avant", "whole sentences"),
        (('"Un mois."', '"Un mois"'), "corrections.c.maintenant", "whole sentences"),
        (('"Un mois."', '"Deux mois."'), "corrections.c.maintenant", "it says what 'avant' says"),
        # no article: less certain
        ((DELAI, DELAI.replace(CITED, "")), "delais.a.b.articles", "is of certainty C"),
        ((FERIE, FERIE.replace(CITED, "")), "feries.f.articles", "is of certainty D"),
        # a series is of money; how long something is good, of years or months
        (('unite = "EUR"', 'unite = "ans"'), "series.x.unite", "a length is in [durees]"),
        ((DUREE, DUREE.replace('unite = "mois"', 'unite = "jours"')), "durees.d.versions[2].unite", "annees or mois"),
        ((DUREE, DUREE.replace("2020-01-01", '"2020"')), "durees.d.versions[2].en_vigueur_du", "expected date"),
        ((DUREE, DUREE + LATER_CARDS.replace("2020", "2019")), "durees.d.versions[3].en_vigueur_du", "does not follow"),
        ((DUREE, DUREE.replace("en_vigueur_du = 2020-01-01\n", "")), "durees.d.versions[2].en_vigueur_du", "missing"),
        ((DUREE, DUREE.replace('texte = "fiche"\n', "")), "durees.d.texte", "name the article, or the text"),
        ((DUREE, DUREE.replace("duree = 18\n", "duree = 0\n")), "durees.d.versions[2].duree", "a positive number"),
        # missing
        ((DELAI, DELAI.replace('qui = "qui"\n', "")), "delais.a.b.qui", "missing"),
        ((DELAI, DELAI.replace('depart = "quand"\n', "")), "delais.a.b.depart", "missing"),
        (('intitule = "X"\n', ""), "series.x.intitule", "missing"),
        (('unite = "EUR"\n', ""), "series.x.unite", "missing"),
        (('montant = "1.00"\n', ""), "series.x.valeurs[1].montant", "missing"),
        (("en_vigueur_du = 2020-01-01\n", ""), "series.x.valeurs[1].en_vigueur_du", "missing"),
        (('texte = "décret"\n', ""), "series.x.valeurs[1].texte", "missing"),
        (('raison = "non lu"\naupres_de = "le greffe"\n', ""), "series.x.lacunes[1].raison", "missing"),
        (("duree = 8\n", ""), "delais.a.b.duree", "missing"),
        (("date = 2022-07-01\n", ""), "reperes.r.date", "missing"),
        ((REPERE, MESURE), "mesures.m.unite", "missing"),
        (('valeur = "10"\n', ""), "taux.t.valeur", "missing"),
        (('titre = "S"\n', ""), "sources.s.titre", "missing"),
        (('nature = "insaisissable"\n', ""), "sommes.s.nature", "missing"),
        (('texte = "décret"', 'texte = "  "'), "series.x.valeurs[1].texte", "empty"),
        # one too many
        (('intitule = "X"\n', 'intitule = "X"\ncouleur = "bleu"\n'), "series.x.couleur", "unknown key"),
        (('texte = "décret"\n', 'texte = "décret"\nmontan = "2"\n'), "series.x.valeurs[1].montan", "unknown key"),
        (
            ('raison = "non lu"\naupres_de = "le greffe"\n', 'raison = "non lu"\naupres_de = "le greffe"\nx = 1\n'),
            "series.x.lacunes[1].x",
            "unknown key",
        ),
        (("duree = 8\n", "duree = 8\ndure = 9\n"), "delais.a.b.dure", "unknown key"),
        (('titre = "S"\n', 'titre = "S"\nx = 1\n'), "sources.s.x", "unknown key"),
        # amounts
        (('montant = "1.00"', "montant = 1.00"), "series.x.valeurs[1].montant", "expected str"),
        (('montant = "1.00"', 'montant = "1,00"'), "series.x.valeurs[1].montant", "not an amount"),
        (('montant = "1.00"', 'montant = "-1"'), "series.x.valeurs[1].montant", "not an amount"),
        (('montant = "1.00"', 'montant = "NaN"'), "series.x.valeurs[1].montant", "not an amount"),
        (('montant = "1.00"', 'montant = "1e3"'), "series.x.valeurs[1].montant", "not an amount"),
        (('valeur = "10"', 'valeur = "dix"'), "taux.t.valeur", "not an amount"),
        (("duree = 8", "duree = 0"), "delais.a.b.duree", "positive"),
        (("duree = 8", "duree = true"), "delais.a.b.duree", "expected int"),
        (("duree = 8", "duree = 8.5"), "delais.a.b.duree", "expected int"),
        # days
        (("du = 2021-01-01", 'du = "2021-01-01"'), "series.x.lacunes[1].du", "expected date"),
        (("date = 2022-07-01", "date = 2022-07-01T00:00:00"), "reperes.r.date", "expected date"),
        (("en_vigueur_du = 2022-01-01", "en_vigueur_du = 2019-01-01"), "valeurs[2].en_vigueur_du", "does not follow"),
        (("en_vigueur_du = 2022-01-01", "en_vigueur_du = 2020-01-01"), "valeurs[2].en_vigueur_du", "does not follow"),
        (("au = 2021-12-31", "au = 2020-12-31"), "series.x.lacunes[1].au", "is before"),
        (("au = 2021-12-31", "au = 2021-12-30"), "series.x.lacunes", "must end the day before"),
        (("au = 2021-12-31", "au = 2022-01-01"), "series.x.lacunes", "must end the day before"),
        (("du = 2021-01-01", "du = 2020-01-01"), "series.x", "both start on"),
        ((LATER, ""), "series.x.lacunes", "must end the day before"),
        (('intitule = "X"\n', 'intitule = "X"\nrevision = "02-29"\n'), "series.x.revision", "MM-DD"),
        (('intitule = "X"\n', 'intitule = "X"\nrevision = "avril"\n'), "series.x.revision", "MM-DD"),
        # certainty
        (('certitude = "A"', 'certitude = "E"'), "series.x.valeurs[1].certitude", "not one of"),
        (('certitude = "A"', 'certitude = "a"'), "series.x.valeurs[1].certitude", "not one of"),
        (('certitude = "A"', 'certitude = "D"'), "series.x.valeurs[1].certitude", "never published"),
        ((DELAI, DELAI.replace('"A"', '"D"')), "delais.a.b.certitude", "never published"),
        ((REPERE, REPERE.replace('"A"', '"D"')), "reperes.r.certitude", "never published"),
        ((TAUX, TAUX.replace('"A"', '"D"')), "taux.t.certitude", "never published"),
        ((SOMME, SOMME.replace('"A"', '"D"')), "sommes.s.certitude", "never published"),
        (('"insaisissable"', '"discutee"'), "sommes.s.nature", "not one of"),
        # scales
        (('fractions = ["1/20", "2/3", "1"]\n', ""), "baremes.b.fractions", "missing"),
        (('"1/20", "2/3", "1"', '"2/3", "1/20", "1"'), "baremes.b.fractions", "rising fractions"),
        (('"1/20", "2/3", "1"', '"1/20", "1/10", "2/3"'), "baremes.b.fractions", "the last one 1"),
        (('"1/20", "2/3", "1"', '"1/0", "2/3", "1"'), "baremes.b.fractions", "not a fraction"),
        (('"1/20", "2/3", "1"', '"0.05", "2/3", "1"'), "baremes.b.fractions", "not a fraction"),
        (('["1/20", "2/3", "1"]', "[]"), "baremes.b.fractions", "rising fractions"),
        (('"100", "200.50"', '"100"'), "baremes.b.valeurs[1].seuils", "expected 2 amounts"),
        (('"100", "200.50"', '"200.50", "100"'), "baremes.b.valeurs[1].seuils", "each above the one before"),
        (('"100", "200.50"', '"100", "100"'), "baremes.b.valeurs[1].seuils", "each above the one before"),
        (('"100", "200.50"', '"0", "100"'), "baremes.b.valeurs[1].seuils", "above zero"),
        (('"100", "200.50"', '100, "200"'), "baremes.b.valeurs[1].seuils", "not an amount"),
        (('par_personne = "10"', 'par_personne = "dix"'), "baremes.b.valeurs[1].par_personne", "not an amount"),
        (("annee = 2014", "annee = 2017"), "baremes.b.valeurs[2].annee", "does not follow"),
        (("annee = 2014", "annee = 2013"), "baremes.b.lacunes", "each missing year needs one gap"),
        (("annee = 2016", "annee = 2015"), "baremes.b.lacunes", "each missing year needs one gap"),
        (("annee = 2016", "annee = 2017"), "baremes.b.lacunes", "each missing year needs one gap"),
        (("au = 2015-12-31", "au = 2015-12-30"), "baremes.b.lacunes", "each missing year needs one gap"),
        ((BAREME, BAREME.replace('"B"\nverifie', '"D"\nverifie')), "baremes.b.valeurs[1].certitude", "never published"),
        (('texte = "barème de 2014"\n', 'texte = "barème de 2014"\nx = 1\n'), "baremes.b.valeurs[1].x", "unknown key"),
        ((BAREME[BAREME.index("[[") :], ""), "baremes.b.valeurs", "missing"),
        # names
        (('["CPCE L162-2"]', '["CCC L1"]'), "series.x.articles", "unknown article"),
        (('["CPCE L162-2"]', '"CPCE L162-2"'), "series.x.articles", "expected list"),
        (('unite = "jours"', 'unite = "lunes"'), "delais.a.b.unite", "not one of"),
        # an event moves a date only where a text is sure to say so, and only a prescription
        ((DELAI, DELAI + 'interruptions = ["i"]\n'), "delais.a.b.interruptions", "only a prescription"),
        (
            (DELAI, DELAI + 'regime = "prescription"\ninterruptions = ["j"]\n'),
            "delais.a.b.interruptions",
            "no such event",
        ),
        ((INTERRUPTION, INTERRUPTION.replace(CITED, "")), "interruptions.i.articles", "only where a text says so"),
        ((INTERRUPTION, INTERRUPTION.replace('"A"', '"C"')), "interruptions.i.certitude", "what is certain alone"),
        # hours: never without the text they are counted by, nor in a way that no text tells
        (('unite = "jours"', 'unite = "heures"'), "delais.a.b.heures_selon", "no rule is known"),
        (('unite = "jours"\n', f'unite = "jours"\n{HOURS}'), "delais.a.b.heures_selon", "only a period in hours"),
        (('unite = "jours"\n', f'unite = "heures"\n{HOURS}rebours = true\n'), "delais.a.b.rebours", "no rule is known"),
        (('unite = "jours"\n', f'unite = "heures"\n{HOURS}distance = "oui"\n'), "delais.a.b.distance", "by a distance"),
        (('"insaisissable"', '"peut-être"'), "sommes.s.nature", "not one of"),
        (("https://exemple.fr/", "http://exemple.fr/"), "sources.s.lien", "https"),
        (('texte = "décret"\n', 'texte = "décret"\nlien = "ftp://x"\n'), "series.x.valeurs[1].lien", "https"),
        (('nature = "ins', 'periodique = 1\nnature = "ins'), "sommes.s.periodique", "expected bool"),
        # periods and holidays
        (('groupe = "Actes"\n', ""), "delais.a.b.groupe", "missing"),
        (('portee = "repere"', 'portee = "but"'), "delais.a.c.portee", "not one of"),
        (('prorogation = "ouverte"', 'prorogation = "peut-être"'), "delais.a.c.prorogation", "not one of"),
        (('distance = "oui"', 'distance = "parfois"'), "delais.a.c.distance", "not one of"),
        (("en_vigueur_du = 2027-09-01", "en_vigueur_du = 2026-09-01"), "versions[3].en_vigueur_du", "does not follow"),
        (("en_vigueur_du = 2027-09-01", "en_vigueur_du = 2025-09-01"), "versions[3].en_vigueur_du", "does not follow"),
        (("en_vigueur_du = 2026-09-01\n", ""), "delais.a.c.versions[2].en_vigueur_du", "missing"),
        (("duree = 3\n", ""), "delais.a.c.versions[2].duree", "missing"),
        (('note = "décret"', 'notes = "décret"'), "delais.a.c.versions[2].notes", "unknown key"),
        (('groupe = "Actes"\nportee', 'groupe = "Actes"\nduree = 8\nportee'), "delais.a.c.duree", "unknown key"),
        (("portee =", 'sans_duree = "non"\nportee ='), "delais.a.c.sans_duree", "has no versions"),
        (('sans_duree = "Le juge', 'duree = 8\nsans_duree = "Le juge'), "delais.a.d.duree", "unknown key"),
        (('jour = "05-27"\n', ""), "feries.f.jour", "either a day of the year or a number of days after Easter"),
        (('jour = "05-27"', 'jour = "05-27"\npaques = 1'), "feries.f.jour", "either a day of the year"),
        (('jour = "05-27"', 'jour = "27 mai"'), "feries.f.jour", "MM-DD"),
        (('jour = "05-27"', 'jour = "02-29"'), "feries.f.jour", "MM-DD"),
        (("paques = -2", 'paques = "-2"'), "feries.m.paques", "expected int"),
        (('condition = "temple"\n', ""), "feries.m.condition", "needs a condition"),
        (('territoires = ["ici"]', 'territoires = "ici"'), "feries.m.territoires", "expected list"),
        (('intitule = "F"\n', ""), "feries.f.intitule", "missing"),
        # shape
        (("[[series.x.valeurs]]\nen_vigueur_du = 2020", "[[lois]]\nen_vigueur_du = 2020"), "lois", "unknown section"),
        ((VALUE + GAP + LATER, ""), "series.x.valeurs", "missing"),
        ((SERIES_HEAD + VALUE + GAP + LATER, "series = 3\n"), "series", "expected a table"),
        ((SERIES_HEAD + VALUE + GAP + LATER, "[series]\nx = 3\n"), "series.x", "expected a table"),
        ((VALUE + GAP + LATER, "valeurs = [3]\n"), "series.x.valeurs[1]", "expected a table"),
        (('intitule = "X"\n', 'intitule = "X"\nintitule = "Y"\n'), "(file)", "not valid TOML"),
        (('intitule = "X"', "intitule = X"), "(file)", "not valid TOML"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_mistake_names_the_file_the_key_and_the_reason(
    tmp_path: Path, change: tuple[str, str], key: str, reason: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(LawDataError) as caught:
        loaded(tmp_path, GOOD.replace(change[0], change[1], 1))
    assert caught.value.file == "loi.toml"
    assert caught.value.key.endswith(key)
    assert reason in caught.value.reason
    assert str(caught.value) == f"loi.toml: {caught.value.key}: {caught.value.reason}"


def test_a_period_of_certainty_c_may_have_no_article(tmp_path: Path) -> None:
    doubt = 'a_confirmer = "rien lu"\naupres_de = "le greffe"\n'
    without = DELAI.replace(CITED, "").replace('certitude = "A"\n', f'certitude = "C"\n{doubt}')
    assert loaded(tmp_path, GOOD.replace(DELAI, without)).delais["a.b"].articles == ()


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match=r"loi\.toml: \(file\): not valid TOML"):
        loaded(tmp_path, b"\xff\xfe")


def test_a_key_defined_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "autre.toml").write_text(DELAI, "utf-8")
    with pytest.raises(LawDataError, match=r"loi\.toml: delais\.a\.b: defined twice"):
        loaded(tmp_path, GOOD)


def test_a_code_defined_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "autre.toml").write_text(CODES, "utf-8")
    with pytest.raises(LawDataError, match=r"codes\.toml: codes\.CPCE: defined twice"):
        loaded(tmp_path, GOOD)


@pytest.mark.parametrize("key", ["nom", "abrege", "texte", "lu_le"])
def test_a_code_has_its_names(tmp_path: Path, key: str) -> None:
    broken = "\n".join(line for line in CODES.splitlines() if not line.startswith(key))
    with pytest.raises(LawDataError, match=rf"codes\.CPCE\.{key}: missing"):
        loaded(tmp_path, GOOD, broken)


def test_the_law_shipped_is_all_that_is_in_the_folder() -> None:
    read = load(ROOT / "calculators/law")
    assert all(getattr(read, field.name) == getattr(law(), field.name) for field in fields(Law))
