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


@pytest.mark.parametrize("dossier", ["cu-information", "cu-operationnel"])
def test_it_is_not_an_authorisation_that_the_town_may_take_back(dossier: str) -> None:
    """Art. L424-5, R*600-2 and R*600-3 are on permits and on non-oppositions only."""
    asked = {"situation": "urbanisme", "dossier": dossier, "date_depot": "2026-09-01", "date_decision": "2026-09-25"}
    told = ask_calculator(get("delais"), {"aujourdhui": "2026-11-21", **asked})
    assert isinstance(told, Answered)
    shown = {event.cle for event in told.result.evenements}
    assert shown.isdisjoint({"urbanisme.retrait", "urbanisme.recours-tiers", "urbanisme.recours-achevement"})
    assert not any("retirer" in step.explication or "panneau" in step.explication for step in told.result.etapes)
    permit = ask_calculator(get("delais"), {"aujourdhui": "2026-11-21", **asked, "dossier": "permis-maison"})
    assert isinstance(permit, Answered)
    assert "urbanisme.retrait" in {event.cle for event in permit.result.evenements}


def test_documents_awaited_leave_the_answer_of_the_town_to_come() -> None:
    """The time to answer runs from the documents (art. R*423-39): its step is there, without a date."""
    asked = {"situation": "urbanisme", "dossier": "permis-maison", "date_depot": "2026-10-20"}
    told = ask_calculator(get("delais"), {"aujourdhui": "2026-11-21", **asked, "date_demande_pieces": "2026-11-05"})
    assert isinstance(told, Answered)
    (answer,) = [step for step in told.result.etapes if step.titre.startswith("Réponse de la mairie")]
    assert "Le délai partira de cet événement" in answer.explication
    assert not any(value.cle.startswith("urbanisme.instruction") for value in told.result.valeurs)
