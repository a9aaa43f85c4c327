"""What a link meant, once others rewrote it: the script's own functions, outside a browser."""

from __future__ import annotations

import json
import subprocess

import pytest

from calculators.web.engine.bundle import JAVASCRIPT_SOURCES, NODE
from tests.helpers import ROOT

WHOLE = [["date_saisie", "2026-11-20"], ["solde", "1000"], ["creance", "500"]]


def read(*fragments: str) -> list[list[list[str]]]:
    """The answers of each link, as the form is given them."""
    script = (ROOT / JAVASCRIPT_SOURCES / "form/rewritten.mjs").as_uri()
    program = f"""
        import {{ meant, pairsOf }} from {json.dumps(script)};
        const read = (hash) => pairsOf(meant({{ hash, search: "" }}));
        console.log(JSON.stringify({json.dumps(fragments)}.map(read)));
    """
    command = [str(NODE), "--input-type=module", "--eval", program]
    return list(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


@pytest.fixture(scope="module")
def halves() -> dict[str, list[list[str]]]:
    """Links of which one part is encoded and the other not."""
    links = (
        "#date_saisie%3D2026-11-20&solde=1000&creance=500",
        "#date_saisie=2026-11-20%26solde%3D1000&creance=500",
        "#date_saisie=2026-11-20%26solde=1000%26creance=500",
        "#date_saisie=2026-11-20%2526solde%253D1000&creance=500",
        "#date_saisie%3D2026-11-20%26solde%3D1000&creance=500",
        "#date_saisie=2026-11-20%26amp%3Bsolde%3D1000&creance=500",
    )
    return dict(zip(links, read(*links), strict=True))


def test_a_link_of_which_a_part_was_encoded_is_read_whole(halves: dict[str, list[list[str]]]) -> None:
    assert {link: pairs for link, pairs in halves.items() if pairs != WHOLE} == {}


def test_what_is_inside_an_answer_stays_in_it() -> None:
    texts, sum_of_two, none = read("#repere=Durand%20%26%20fils&solde=1", "#solde=1%2B1%3D2", "#chemin")
    assert texts == [["repere", "Durand & fils"], ["solde", "1"]]
    assert sum_of_two == [["solde", "1+1=2"]]
    assert none == [["chemin", ""]]
