"""The corrected scales and lists, through the command line; the deadlines and the SBI have their own such tests."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from calculators.__main__ import main
from tests.helpers import ROOT, TODAY

WAGES = {v["id"]: v for v in json.loads((ROOT / "tests/vectors/quotite.json").read_text("utf-8"))["exemples"]}
DECLARATION = {"dossier": "dp", "secteur_protege": "non", "volume": "non", "terrain_modifie": "non"}


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def answer(calculator: str, given: dict[str, Any]) -> dict[str, Any]:
        text = json.dumps({"aujourdhui": TODAY.isoformat(), **given})
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert main([calculator, "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return answer


@pytest.mark.parametrize(
    ("name", "seizable"),
    [
        ("wage-2016-1000-0", "128.58"),
        ("wage-2016-1500-1", "244.99"),
        ("wage-2018-1000-0", "127.58"),
        ("wage-2018-2000-2", "458.96"),
    ],
)
def test_a_year_whose_scale_was_missing(printed: Any, name: str, seizable: str) -> None:
    """Décrets n° 2015-1842 and n° 2017-1854."""
    vector = WAGES[name]
    given = {name: vector[name] for name in ("date", "net", "personnes_a_charge")}
    assert printed("quotite", given)["valeurs"]["saisissable"] == vector["saisissable"] == seizable


@pytest.mark.parametrize(
    ("given", "required", "absent"),
    [
        ({**DECLARATION, "facade": "oui", "visible": "oui"}, {"dp6", "dp7", "dp8"}, set[str]()),
        ({"dossier": "cu_operationnel", "terrain_bati": "oui"}, {"cu1", "cu2", "cu3"}, set[str]()),
        ({"dossier": "cu_information"}, {"cu1"}, {"cu2", "cu3"}),
    ],
)
def test_a_list_whose_certainty_rose(printed: Any, given: dict[str, str], required: set[str], absent: set[str]) -> None:
    """C. urb. R*431-36, R*431-10, R*410-1."""
    found = printed("pieces", {"demarche": "urbanisme", "demandeur": "particulier", **given})
    levels = {piece["id"]: piece["niveau"] for piece in found["valeurs"]["pieces"]}
    assert {levels.get(name) for name in required} == {"requis"}
    assert not absent & levels.keys()
