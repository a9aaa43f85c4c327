"""Where the documents of a démarche are deposited online: known places only, and only when the answers lead there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculators.errors import LawDataError
from calculators.law.pieces import demarches
from calculators.law.pieces.model import Depot
from calculators.law.plateformes import check_deposits, plateformes
from calculators.outcome import Answered, ask_calculator
from calculators.pieces import PIECES
from calculators.result import to_dict


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"}, "consignations"),
        ({"demarche": "consignation-cph", "sens": "consigner", "profil": "particulier"}, "consignations"),
        ({"demarche": "consignation-cph", "sens": "relever"}, ""),
        ({"demarche": "urbanisme", "dossier": "dp"}, "geodemat"),
        ({"demarche": "espace-client"}, "avocat"),
        ({"demarche": "passeport", "motif": "perte"}, ""),
    ],
)
def test_the_place_of_a_case(answers: dict[str, str], place: str) -> None:
    told = ask_calculator(PIECES, {"aujourdhui": "2026-11-21", **answers})
    assert isinstance(told, Answered)
    assert told.result.depot == place
    assert to_dict(told.result).get("depot", "") == place


def test_a_place_that_there_is_not_is_told() -> None:
    lost = replace(demarches()["passeport"], depots=(Depot("geodemat", ({},)), Depot("minitel", ({},))))
    with pytest.raises(LawDataError, match=r"passeport\.toml.*depots\[2\]\.endroit.*minitel.*geodemat"):
        check_deposits([lost], plateformes())
