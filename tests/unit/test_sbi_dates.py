"""What the SBI answer says of the act that told the debtor of the seizure, and of the time to contest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculators.web.page.browser import compute

SEIZED = {"solde": "2000", "insaisissable": "900", "aujourdhui": "2026-11-28"}


def asked(**given: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(compute("sbi", json.dumps({**SEIZED, **given})))
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def warned(found: dict[str, Any]) -> dict[str, str]:
    return {warning["code"]: plain(warning["texte"]) for warning in found["avertissements"]}


def to_do(found: dict[str, Any]) -> str:
    return plain(" ".join(f"{action['texte']} {action['quand']}" for action in found["a_faire"]))


def cited(found: dict[str, Any]) -> set[str]:
    return {article["article"] for step in found["etapes"] for article in step["articles"]}


@pytest.mark.parametrize("claimed", ["900", "0"])
def test_a_month_that_is_over_is_said_with_what_is_still_open(claimed: str) -> None:
    """CPCE R211-11, L211-4: nobody is told to contest within a month that ended weeks ago."""
    found = asked(date_saisie="2026-09-30", date_denonciation="2026-10-02", insaisissable=claimed)
    said = warned(found)["contestation_passee"]
    assert said.startswith("Le délai pour contester est passé depuis le 2 novembre 2026, sauf si vous avez contesté ou")
    for way in ("aide juridictionnelle", "sommes protégées", "délais de paiement", "point-justice"):
        assert way in said
    assert "contestez-la" not in to_do(found)
    assert {"CPCE R211-11", "CPCE L211-4", "D2020-1717 43"} <= cited(found)


@pytest.mark.parametrize("today", ["2026-12-28", "2026-11-28"])
def test_the_last_day_to_contest_is_still_a_day_to_contest(today: str) -> None:
    found = asked(date_saisie="2026-11-20", date_denonciation="2026-11-25", aujourdhui=today)
    assert "contestation_passee" not in warned(found)
    assert "contestez-la devant le juge de l'exécution. au plus tard le 28 décembre 2026" in to_do(found)


def test_an_act_that_came_late_says_what_the_law_provides_and_whom_to_show_it_to() -> None:
    """CPCE R211-3: the judge alone says that a seizure has lapsed."""
    found = asked(date_saisie="2026-10-30", date_denonciation="2026-11-12")
    said = warned(found)["denonciation_tardive"]
    assert "est du 12 novembre 2026, après le 9 novembre 2026" in said
    assert "la loi prévoit la caducité de la saisie : à faire vérifier" in said
    assert "avocat ou à un point-justice sans attendre" in said
    assert "à présenter dans le délai pour contester" in said
    assert "CPCE R211-3" in cited(found)
    assert "est caduque" not in plain(json.dumps(found, ensure_ascii=False))


def test_an_act_that_came_on_the_working_day_after_is_not_called_late() -> None:
    """The eighth day is a Saturday: whether it is moved is not settled (CPC 642)."""
    said = warned(asked(date_saisie="2026-10-30", date_denonciation="2026-11-09"))
    assert "ce point n'est pas tranché" in said["denonciation_a_verifier"]
    assert "denonciation_tardive" not in said
    assert not warned(asked(date_saisie="2026-10-30", date_denonciation="2026-11-07")).keys() & {
        "denonciation_a_verifier",
        "denonciation_tardive",
        "denonciation_attendue",
    }


def test_an_act_that_never_came_is_asked_about_once_its_time_is_over() -> None:
    assert "denonciation_attendue" not in warned(asked(date_saisie="2026-11-20"))
    soon = warned(asked(date_saisie="2026-11-10"))["denonciation_attendue"]
    assert "au plus tard le 18 novembre 2026. Vous l'avez reçue ? Indiquez sa date. Rien n'est venu ?" in soon
    later = warned(asked(date_saisie="2026-08-10"))["denonciation_attendue"]
    assert "elle a ouvert le délai pour contester (1 mois), passé depuis le 18 septembre 2026" in later
    assert "la loi prévoit la caducité de la saisie : à faire vérifier" in later


def test_a_satd_of_long_ago_is_not_told_that_there_is_time() -> None:
    """LPF R*281-3-1 and L262: two months to contest, thirty days for the bank to pay."""
    found = asked(date_saisie="2026-08-10", mesure="satd", creance="500")
    said = warned(found)
    assert "vers le 10 octobre 2026 : vérifiez la date de la notification" in said["contestation_satd"]
    assert "délai de paiement au comptable" in said["contestation_satd"]
    assert "au plus tard vers le 9 septembre 2026. Demandez-lui s'il est parti" in said["satd_versee"]
    assert "la banque verse l'argent dans les" not in to_do(found)
    recent = warned(asked(date_saisie="2026-11-20", mesure="satd", creance="500"))
    assert not {"contestation_satd", "satd_versee"} & recent.keys()


def test_the_spouse_who_did_not_sign_is_not_given_a_month_that_is_over() -> None:
    joint = {"comptes": [{"solde": "5000", "joint": "oui"}], "regime": "communaute", "nature_dette": "emprunt_seul"}
    given = {"aujourdhui": "2026-11-28", "date_saisie": "2026-09-30", "date_denonciation": "2026-10-02", **joint}
    found = json.loads(compute("sbi", json.dumps(given)))
    assert "pour contester devant le juge de l'exécution. sans attendre" in to_do(found)
    assert "à partir de la dénonciation" not in to_do(found)
