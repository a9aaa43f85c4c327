"""What is not certain says what is missing and where to ask, in the list and where it is shown; none is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import pytest

from calculators.language import FRENCH
from calculators.law import Article, Code, Doute, Prorogation, law
from calculators.law.pieces import pieces
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.sbi.words.readings import open_words
from calculators.text import answer_as_text
from calculators.typography import capitalised, french, of
from calculators.web.guides.doubts import doubt_anchor, doubts
from tests.unit.test_extension import html, value

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Open points of an answer that a question would settle, or that stand for several; the law is not in doubt there.
#: What the reader does not know, rather than what the law leaves open.
NOT_OF_THE_LAW = {"designation", "sbi_restant", "ensemble", "gains_laisses", "emprunt_seul"} | {
    "alimente",
    "autre_banque",
    "autre_mesure",
    "paiement_direct",
    "sbi_precedent",
}
LISTED = html("/// doutes\n///")


def entries(thing: object) -> Iterator[Any]:
    """Everything of the law data that has a certainty, or that was not verified, whatever its kind."""
    if isinstance(thing, Mapping):
        thing = tuple(thing.values())
    if isinstance(thing, tuple):
        for part in thing:
            yield from entries(part)
    # An article whose text in force was not read says so where it is opened: tests/unit/test_articles.py.
    elif is_dataclass(thing) and not isinstance(thing, Article | Code):
        if hasattr(thing, "certitude") or hasattr(thing, "doute"):
            yield thing
        for field in fields(thing):
            yield from entries(getattr(thing, field.name))


EVERY = [*entries(law()), *pieces().values()]


def test_whatever_is_not_certain_says_what_is_missing_and_where_to_ask() -> None:
    """Certainties C and D, gaps and open points, wherever they are in the data: in the list, both in one line."""
    missing = [
        (entry.a_confirmer, entry.aupres_de)
        if hasattr(entry, "aupres_de")
        else (entry.doute.manque, entry.doute.aupres_de)
        for entry in EVERY
        if getattr(entry, "certitude", None) is None or entry.certitude.a_confirmer
    ]
    assert len(missing) > 20
    for what, where in missing:
        assert f"{french(capitalised(what))}." in LISTED
        assert f"Où demander\u00a0: {french(where)}." in LISTED
        assert len(f"{what}{where}".splitlines()) == 1


def test_what_is_certain_is_not_in_doubt() -> None:
    known = [entry for entry in EVERY if not hasattr(entry, "aupres_de") and hasattr(entry, "certitude")]
    assert all((entry.doute is None) is (entry.certitude.value in "AB") for entry in known)


def test_each_thing_missing_is_said_once_under_one_subject() -> None:
    every = doubts(law())
    subjects = [doubt.sujet for doubt in every]
    assert len(set(subjects)) == sum(1 for i, subject in enumerate(subjects) if i == 0 or subjects[i - 1] != subject)
    assert LISTED.count("<h3") == len(set(subjects))
    assert "Autres sujets" not in subjects, "a law file, a group of periods or a démarche has no subject"
    anchors = re.findall(r'<span id="([^"]+)"', LISTED)
    assert len(anchors) == len(set(anchors))


def test_the_extension_that_no_ruling_settles_is_one_point_with_the_periods_it_touches() -> None:
    (point,) = (doubt for doubt in doubts(law()) if "reportés" in doubt.intitule)
    touched = [delai for delai in law().delais.values() if delai.prorogation is Prorogation.OUVERTE]
    assert len(point.concerne) == len(touched)
    for delai in touched:
        assert point.concerne[doubt_anchor("prorogation", delai.cle)] == capitalised(delai.intitule)
    assert f"Ce que cela touche ({len(touched)})" in LISTED


def test_each_open_reading_of_the_sbi_is_a_point_of_the_list() -> None:
    assert set(open_words(FRENCH)) - NOT_OF_THE_LAW <= set(law().points)


def test_a_value_to_confirm_says_where_to_ask_and_leads_to_what_is_missing() -> None:
    for kind, known in (("mesure", law().mesures), ("repere", law().reperes), ("delai", law().delais)):
        for cle, entry in known.items():
            shown = value(f"{kind}:{cle}")
            assert ("à confirmer" in shown) is (entry.doute is not None), cle
            if entry.doute:
                assert f'#{doubt_anchor(kind, cle)}"' in shown
                assert f'<span id="{doubt_anchor(kind, cle)}"' in LISTED


@pytest.mark.parametrize(
    ("calculator", "given", "whom"),
    [
        ("sbi", {"date_saisie": "2026-11-20", "solde": "1000", "territoire": "mayotte"}, ""),
        # The minimum left of a wage is asked of who pays it, and not of the bank.
        (
            "quotite",
            {"date": "2026-11-20", "net": "1000", "territoire": "mayotte"},
            "l'employeur ou le commissaire de justice",
        ),
        ("delais", {"delai": "identite.retrait", "evenement": "2026-11-20"}, ""),
        ("pieces", {"demarche": "consignation-cph", "sens": "restituer", "profil": "entreprise"}, ""),
    ],
)
def test_an_answer_that_uses_it_says_both(calculator: str, given: dict[str, str], whom: str) -> None:
    outcome = ask_calculator(get(calculator), {"aujourdhui": "2026-11-28", **given})
    assert isinstance(outcome, Answered)
    text = answer_as_text(outcome.calculator, outcome.inputs, outcome.result)
    expected = {
        "sbi": law().series["sbi-mayotte"].derniere.doute,
        "quotite": law().series["sbi-mayotte"].derniere.doute,
        "delais": law().delais["identite.retrait"].doute,
        "pieces": Doute(pieces()["cph-entreprise-rib"].a_confirmer, pieces()["cph-entreprise-rib"].aupres_de),
    }[calculator]
    assert expected is not None
    assert french(expected.manque).lower() in text.lower()
    assert not whom or "la banque" not in text
    assert f"onfirmer auprès {french(of(whom or expected.aupres_de))}" in text
