"""A certificat d'urbanisme says which rules apply; it allows no works (code de l'urbanisme, art. L410-1)."""

from __future__ import annotations

import pytest

from calculators.outcome import Answered, ask_calculator
from calculators.registry import get


@pytest.mark.parametrize("dossier", ["cu-information", "cu-operationnel"])
def test_it_has_no_time_left_to_begin_works(dossier: str) -> None:
    """The three years of art. R424-17 are those of a permit or of a declaration."""
    asked = {"situation": "urbanisme", "dossier": dossier, "date_depot": "2026-09-01", "date_decision": "2026-09-25"}
    told = ask_calculator(get("delais"), {"aujourdhui": "2026-11-21", **asked})
    assert isinstance(told, Answered)
    assert {event.cle for event in told.result.evenements}.isdisjoint({"urbanisme.validite", "urbanisme.prorogation"})
