"""The published data: good against their schemas, in the folder of the site, and the same as the law."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import jsonschema
import pytest

from calculators.law import law
from calculators.law.pieces import pieces
from calculators.web.data import documents

if TYPE_CHECKING:
    from pathlib import Path

FILES = documents(date(2026, 11, 21))
NAMES = ("pieces", "valeurs", "delais")


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
