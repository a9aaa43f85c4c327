"""The calculator of deadlines answers under the law and in the language that it is given."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from calculators.errors import CoverageError
from calculators.language import FRENCH
from calculators.law import law
from calculators.outcome import Answered, Refused, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.result import to_dict
from calculators.typography import capitalised, french
from calculators.web.engine.cases import TODAY, cases
from tests.helpers import ROOT

if TYPE_CHECKING:
    from calculators.law import Law

PACKAGE = ROOT / "calculators/delais"


def answered(given: dict[str, Any], under: Law) -> dict[str, Any]:
    outcome = ask_calculator(get("delais"), {"aujourdhui": "2026-11-21", **given}, under=under)
    assert isinstance(outcome, Answered)
    return outcome.to_dict()


def lasting(cle: str, months: int) -> Law:
    """The law of this package, with one deadline of another length."""
    known = law()
    delai = known.delais[cle]
    versions = (*delai.versions[:-1], replace(delai.versions[-1], duree=months))
    return replace(known, delais={**known.delais, cle: replace(delai, versions=versions)})


def measuring(cle: str, value: str) -> Law:
    """The law of this package, with one figure changed."""
    known = law()
    return replace(known, mesures={**known.mesures, cle: replace(known.mesures[cle], valeur=Decimal(value))})


def test_a_deadline_changed_in_the_law_given_is_another_date_there_only() -> None:
    key = "saisie-attribution.contestation"
    alone = {"delai": key, "evenement": "2026-11-25"}
    several = {
        "situation": "saisie-attribution",
        "role": "debiteur",
        "date_saisie": "2026-11-20",
        "date_denonciation": "2026-11-25",
    }
    changed = lasting(key, 2)
    # Friday 25 December is a holiday: Monday 28. Monday 25 January 2027 is none.
    assert answered(alone, law())["valeurs"]["echeance"] == "2026-12-28"
    assert answered(alone, changed)["valeurs"]["echeance"] == "2027-01-25"
    assert answered(several, changed)["valeurs"][key] == "2027-01-25"
    assert answered(several, law())["valeurs"][key] == "2026-12-28"


def test_a_holiday_taken_out_of_the_law_given_moves_nothing_there() -> None:
    known = law()
    without = replace(known, feries={cle: day for cle, day in known.feries.items() if cle != "noel"})
    asked = {"delai": "saisie-attribution.contestation", "evenement": "2026-11-25"}
    assert answered(asked, without)["valeurs"]["echeance"] == "2026-12-25"
    assert answered(asked, known)["valeurs"]["echeance"] == "2026-12-28"


def test_distance_adds_the_months_of_the_law_given() -> None:
    asked = {"delai": "appel.contentieux", "evenement": "2026-11-03", "domicile": "etranger"}
    assert answered(asked, law())["valeurs"]["terme"] == "2027-02-03"
    assert answered(asked, lasting("distance.etranger", 3))["valeurs"]["terme"] == "2027-03-03"
    told = {"delai": "appel.contentieux", "evenement": "2026-11-03", "distance": "un_mois"}
    assert answered(told, law())["valeurs"]["terme"] == "2027-01-03"
    assert answered(told, lasting("distance.outre-mer", 4))["valeurs"]["terme"] == "2027-04-03"


def test_the_years_covered_and_the_year_verified_are_those_of_the_law_given() -> None:
    asked = {"delai": "appel.contentieux", "evenement": "2026-12-01"}
    warned = [w["code"] for w in answered(asked, law())["avertissements"]]
    assert "droit_constant" in warned
    later = answered(asked, measuring("feries.annee-verifiee", "2027"))
    assert "droit_constant" not in [w["code"] for w in later["avertissements"]]
    short = measuring("feries.derniere-annee", "2026")
    outcome = ask_calculator(get("delais"), {"aujourdhui": "2026-11-21", **asked}, under=short)
    assert isinstance(outcome, Refused)
    assert outcome.hors_couverture
    assert "1er\u00a0janvier 2008 au 31\u00a0décembre 2026" in outcome.erreurs[0].message


def test_a_third_extension_is_only_asked_for_where_the_law_given_allows_it() -> None:
    asked = {
        "situation": "urbanisme",
        "dossier": "permis-maison",
        "date_depot": "2025-01-10",
        "date_decision": "2025-02-20",
        "prorogations": 2,
    }
    assert "urbanisme.prorogation" not in answered(asked, law())["valeurs"]
    assert "urbanisme.prorogation" in answered(asked, measuring("urbanisme.prorogations", "3"))["valeurs"]


def test_what_the_decree_adds_to_an_older_permit_is_that_of_the_law_given() -> None:
    """R*424-17 gives three years from 15 February 2022, and décret n° 2025-461 adds to what was still good."""
    asked = {
        "situation": "urbanisme",
        "dossier": "permis-maison",
        "date_depot": "2021-12-20",
        "date_decision": "2022-02-15",
        "silence": "non",
        "prorogations": 1,
    }
    usual, more = (answered(asked, known) for known in (law(), measuring("urbanisme.validite.ajout", "2")))
    assert usual["valeurs"]["urbanisme.validite"] == "2027-02-15"
    assert more["valeurs"]["urbanisme.validite"] == "2028-02-15"


@pytest.mark.parametrize(("months", "told"), [(1, "(1 mois)"), (3, "(3 mois)")])
def test_the_time_to_ask_for_documents_is_told_as_the_law_given_has_it(months: int, told: str) -> None:
    asked = {
        "aujourdhui": "2026-11-21",
        "situation": "urbanisme",
        "dossier": "permis-maison",
        "date_depot": "2026-05-04",
        "date_demande_pieces": "2026-06-01",
    }
    steps = answered(asked, lasting("urbanisme.demande-pieces", months))["etapes"]
    assert told in " ".join(step["explication"] for step in steps).replace("\u00a0", " ")


# ---------------------------------------------------------------- the language


class _Marked(dict[str, str]):
    """A catalogue that has every sentence: each comes back between marks, its parts left out of them."""

    def get(self, key: str, default: object = None) -> str:
        del default
        return "⟦" + re.sub(r"(\{\w+\})", r"⟧\1⟦", key) + "⟧"


MARKED = replace(
    FRENCH,
    messages=_Marked(),
    day=lambda day: f"⟦{day}⟧",
    full_day=lambda day: f"⟦le {day}⟧",
    spelled=lambda number: f"⟦{number}⟧",
)
TEXTS = {
    "resume",
    "titre",
    "texte",
    "explication",
    "quand",
    "raison",
    "intitule",
    "libelle",
    "precision",
    "qui",
    "nature",
}
#: Names that are no sentence, and what the law data of an article say, in the language of the law.
NOT_SAID = {"sources", "articles"}


#: A refusal quotes the name of the deadline as the law data give it.
QUOTED = {french(capitalised(delai.intitule)) for delai in law().delais.values()}


def texts(value: object, name: str = "") -> list[str]:
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in NOT_SAID for text in texts(part, key)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts(part, name)]
    return [value] if isinstance(value, str) and name in TEXTS else []


def unmarked(text: str) -> str:
    """What is left of a text without its marked sentences, from the innermost."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return text


def test_everything_told_is_said_in_the_language_given() -> None:
    seen = 0
    for name, given in cases(600, only="delais"):
        outcome = ask_calculator(get(name), {**given, "aujourdhui": TODAY}, say=MARKED)
        if isinstance(outcome, Refused):
            continue
        seen += 1
        for text in texts(to_dict(outcome.result)):
            left = unmarked(text).strip()
            assert left in QUOTED or re.fullmatch(r"[\s;,.:0-9+−]*", left), text
    assert seen > 150


# ---------------------------------------------------------------- the shape


def literals(module: ast.Module) -> list[str]:
    """The strings of a module, but its docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        str(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


#: The questions, what the calculator is called, and the errors told to us in English.
SPEAK = {"inputs.py", "__init__.py", "names.py"}


@pytest.mark.parametrize("path", sorted(p for p in PACKAGE.glob("*.py") if p.name not in SPEAK), ids=lambda p: p.name)
def test_the_rules_hold_no_sentence(path: Any) -> None:
    """A rule's strings are names: keys, articles, annotations."""
    found = [text for text in literals(ast.parse(path.read_text("utf-8"))) if " " in text]
    assert [text for text in found if not re.fullmatch(r"[A-Z0-9-]+ [A-Z]?[0-9-]+", text)] == []


FRENCH_WORDS = re.compile(
    r"[àâçéèêëîïôùû]|\b(?:au|aux|des|du|la|le|les|pour|que|qui|sont|une|vous|votre)\b", re.IGNORECASE
)
#: Besides the rules of each calculator: the notions that they share, and the model of the law.
SHARED = ("calendar", "holidays", "scale", "law/model", "law/pieces/conditions", "law/pieces/model")
SPEECHLESS = [
    *(path for name in CALCULATORS for path in (ROOT / "calculators" / name).glob("*.py") if path.name not in SPEAK),
    *(ROOT / f"calculators/{name}.py" for name in SHARED),
]


@pytest.mark.parametrize("path", SPEECHLESS, ids=lambda path: path.relative_to(ROOT / "calculators").as_posix())
def test_no_french_is_outside_the_words(path: Any) -> None:
    """What is said to a reader is in `words`, in the refusals or in the data; names of months and days are names."""
    found = [text for text in literals(ast.parse(path.read_text("utf-8"))) if " " in text.strip()]
    assert [text for text in found if FRENCH_WORDS.search(text)] == []


def test_a_refusal_is_said_in_the_language_given() -> None:
    asked = {"aujourdhui": "2026-11-21", "delai": "appel.contentieux", "evenement": "2101-01-01"}
    french, marked = (ask_calculator(get("delais"), asked, say=say) for say in (FRENCH, MARKED))
    assert isinstance(french, Refused)
    assert isinstance(marked, Refused)
    assert french.erreurs[0].message.startswith("Les jours fériés sont connus du 1er")
    assert not unmarked(marked.erreurs[0].message).strip()
    assert json.dumps(marked.to_dict())


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("quotite", {"date": "2012-06-01", "net": "1500"}, "Années vérifiées : 2014 à 2026."),
        ("sbi", {"date_saisie": "2015-06-01", "solde": "900", "territoire": "mayotte"}, "Où demander : "),
    ],
)
def test_what_is_missing_is_said_in_the_language_given(name: str, asked: dict[str, str], told: str) -> None:
    """What the law data say of a value that was not verified goes through the language, as the sentence around it."""
    given = {"aujourdhui": "2026-11-21", **asked}
    french, marked = (ask_calculator(get(name), given, say=say) for say in (FRENCH, MARKED))
    assert isinstance(french, Refused)
    assert isinstance(marked, Refused)
    assert told in french.erreurs[0].message.replace("\u00a0", " ")
    left = unmarked(marked.erreurs[0].message).replace("\u00a0", " ")
    names = [law().baremes["remunerations"].intitule, law().series["sbi-mayotte"].intitule]
    assert any(left.startswith(name) for name in names)
    assert re.fullmatch(r"[\s;,.:0-9]*", left.removeprefix(names[0]).removeprefix(names[1])), left


def test_a_language_that_tells_no_day_of_the_week_writes_the_day_alone() -> None:
    assert replace(FRENCH, full_day=None).weekday(date(2016, 4, 11)) == "11\u00a0avril 2016"
    assert FRENCH.weekday(date(2016, 4, 11)) == "lundi 11\u00a0avril 2016"


def test_a_refusal_keeps_its_parts_when_its_field_is_named() -> None:
    refused = CoverageError("Depuis le {jour}.", jour=date(2026, 1, 1)).about("evenement")
    assert (refused.champ, refused.message) == ("evenement", "Depuis le 1er\u00a0janvier 2026.")
