"""The published data: good against their schemas, in the folder of the site, and the same as the law."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from calculators import api
from calculators.law import law
from calculators.law.pieces import pieces
from calculators.web.guides.open_data import NOT_BY_HEART
from calculators.web.publish.data import documents
from calculators.web.publish.data_schema import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = documents(date(2026, 11, 21))
NAMES = ("pieces", "valeurs", "delais", "sommes", "corrections", "articles", "fichiers", "versions")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_good_against_its_schema(name: str) -> None:
    data, schema = FILES[f"{name}.json"], FILES[f"{name}.schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator, format_checker=jsonschema.FormatChecker())
    assert data["$schema"] == f"{name}.schema.json"
    assert data["licence"]


def test_nothing_is_left_out() -> None:
    assert [piece["id"] for piece in FILES["pieces.json"]["pieces"]] == list(pieces())
    assert [series["cle"] for series in FILES["valeurs.json"]["series"]] == list(law().series)
    assert [delai["cle"] for delai in FILES["delais.json"]["delais"]] == list(law().delais)
    assert [duree["cle"] for duree in FILES["valeurs.json"]["durees"]] == list(law().durees)
    assert [rate["cle"] for rate in FILES["valeurs.json"]["taux"]] == list(law().taux)
    assert [scale["cle"] for scale in FILES["valeurs.json"]["baremes"]] == list(law().baremes)
    assert [somme["cle"] for somme in FILES["sommes.json"]["sommes"]] == list(law().sommes)
    assert {entry["cle"] for entry in FILES["corrections.json"]["corrections"]} == set(law().corrections)
    given = [article["cle"] for code in FILES["articles.json"]["codes"] for article in code["articles"]]
    assert given == [article.cle for code in law().codes.values() for article in code.articles.values()]


def test_a_value_that_was_not_verified_is_not_to_be_read_from_its_neighbours() -> None:
    """Every day is in one value, or in a gap that says why, or after the last one known."""
    for entry in (*FILES["valeurs.json"]["series"], *FILES["valeurs.json"]["baremes"]):
        spans = [(value["en_vigueur_du"], value["en_vigueur_jusqu_au"]) for value in entry["valeurs"]]
        spans += [(gap["du"], gap["au"]) for gap in entry["lacunes"]]
        spans.sort()
        for (_, end), (begin, _) in pairwise(spans):
            assert end is not None
            assert date.fromisoformat(end) + timedelta(days=1) == date.fromisoformat(begin), entry["cle"]
    (mayotte,) = (series for series in FILES["valeurs.json"]["series"] if series["cle"] == "sbi-mayotte")
    assert mayotte["lacunes"]


def test_how_long_a_card_is_good_is_no_amount_of_money() -> None:
    assert {series["unite"] for series in FILES["valeurs.json"]["series"]} == {"EUR"}
    (card,) = (duree for duree in FILES["valeurs.json"]["durees"] if duree["cle"] == "carte-identite.majeur")
    versions = [(version["en_vigueur_du"], version["nombre"], version["unite"]) for version in card["versions"]]
    assert versions == [(None, 10, "annees"), ("2004-01-02", 15, "annees")]


def test_a_scale_is_the_one_of_the_decree() -> None:
    """Code du travail, R3252-2, as revised by décret n° 2025-1299: the brackets of 2026."""
    year = FILES["valeurs.json"]["baremes"][0]["valeurs"][-1]
    assert [(step["jusqu_a"], step["part"]) for step in year["tranches"]] == [
        ("4480.00", "1/20"),
        ("8730.00", "1/10"),
        ("13000.00", "1/5"),
        ("17230.00", "1/4"),
        ("21470.00", "1/3"),
        ("25810.00", "2/3"),
        (None, "1"),
    ]
    assert year["par_personne"] == "1740.00"


def described(form: Any) -> Iterator[tuple[str, Any]]:
    """Every field of a schema, at any depth."""
    if isinstance(form, dict):
        yield from form.get("properties", {}).items()
        for part in form.values():
            yield from described(part)
    elif isinstance(form, list):
        for part in form:
            yield from described(part)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_says_what_each_field_means(name: str) -> None:
    fields = list(described(FILES[f"{name}.schema.json"]))
    assert len(fields) > 8
    for field, form in fields:
        assert form["description"][0].isupper(), field


def test_no_meaning_is_written_for_nothing() -> None:
    # A reader's dossier tells the meanings of its own fields.
    schemas = [content for name, content in FILES.items() if name.endswith(".schema.json") and "dossier" not in name]
    used = {field for schema in schemas for field, _ in described(schema)}
    assert set(MEANINGS) == used


@pytest.mark.parametrize("name", api.calculators())
def test_the_questions_of_each_calculator_have_their_schema(site: Path, name: str) -> None:
    published = json.loads((site / "donnees" / f"questions-{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    assert published == {**api.schema(name), "$comment": NOT_BY_HEART}


def test_an_assistant_is_led_to_what_computes(site: Path) -> None:
    """Each address of llms.txt is a file of the site, or an anchor of one of its pages."""
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# Mode d’emploi des démarches\n\n> ")
    assert NOT_BY_HEART in text
    led = re.findall(r"^- \[[^]]+\]\(([^)]+)\): \S", text, re.MULTILINE)
    assert {f"donnees/questions-{name}.schema.json" for name in api.calculators()} <= set(led)
    assert {f"donnees/{name}.json" for name in NAMES} <= set(led)
    for address in led:
        path, _, anchor = address.partition("#")
        file = site / path / "index.html" if path.endswith("/") else site / path
        assert file.is_file(), address
        assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), address


@pytest.mark.parametrize("name", NAMES)
def test_they_are_in_the_folder_of_the_site(site: Path, name: str) -> None:
    published = json.loads((site / "donnees" / f"{name}.json").read_text("utf-8"))
    assert {**published, "date": ""} == {**FILES[f"{name}.json"], "date": ""}
    assert json.loads((site / "donnees" / f"{name}.schema.json").read_text("utf-8")) == FILES[f"{name}.schema.json"]


def test_every_document_has_its_address_in_the_site(site: Path) -> None:
    for piece in pieces().values():
        page = (site / "pieces" / piece.demarche / "index.html").read_text("utf-8")
        for identifier in (piece.id, *piece.remplace):
            assert page.count(f'id="{identifier}"') == 1, identifier
