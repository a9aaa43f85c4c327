"""What the words of a reader find in the long list of deadlines: the code that narrows it, outside a browser."""

from __future__ import annotations

import json
import subprocess
from functools import cache

import pytest

from calculators.declaration import fields_of
from calculators.delais import DelaisInputs
from calculators.web.engine import bundle
from tests.helpers import ROOT

WORDS = ROOT / "calculators/web/js/search/words.mjs"
SCRIPT = """
import { readFileSync } from "node:fs";
const { narrowed } = await import(process.argv[1]);
const { entries, asked } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map((typed) => narrowed(entries, typed).map(({ cle }) => cle))));
"""
OPTIONS = next(field for field in fields_of(DelaisInputs) if field.nom == "delai").options

#: What people type, and a deadline that they must find.
SOUGHT = {
    "CONTESTER LA SAISIE": "saisie-attribution.contestation",
    "compte bloqué": "saisie-attribution.contestation",
    "comptes bloqués": "saisie-attribution.contestation",
    "impôt": "satd.contestation",
    "impots": "satd.contestation",
    "chomage": "saisie-attribution.demande-sommes",
    "24h": "saisie-attribution.declaration-comptable",
    "vieilles dettes": "titre-executoire.prescription",
    "prescription": "titre-executoire.prescription",
    "télé": "saisie-vente.insaisissabilite",
    "edf": "injonction-de-payer.opposition",
    "prudhommes": "prudhommes.appel",
    "prud’hommes": "prudhommes.appel",
    "heures sup": "prudhommes.salaire",
    "viré": "prudhommes.rupture",
    "treve hivernale": "expulsion.treve",
    "surrendettement": "surendettement.orientation",
    "le permis d'un voisin": "urbanisme.recours-tiers",
    "cartes d’identité": "identite.retrait",
}
#: The same thing, told two ways: they find the same deadlines.
ALIKE = [("saisie", "saisies"), ("salaire", "salaires"), ("dette", "dettes"), ("compte bloqué", "COMPTES BLOQUES")]


@cache
def found() -> dict[str, list[str]]:
    asked = [*SOUGHT, *(typed for pair in ALIKE for typed in pair), "xyzzy", "porte", "la mon"]
    entries = [{"cle": one.valeur, "text": f"{one.label} {one.groupe} {one.mots}"} for one in OPTIONS]
    done = subprocess.run(
        [bundle.NODE, "--input-type=module", "--eval", SCRIPT, WORDS.as_uri()],
        input=json.dumps({"entries": entries, "asked": asked}).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return dict(zip(asked, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize(("typed", "cle"), SOUGHT.items())
def test_the_words_of_a_reader_find_the_deadline_among_few(typed: str, cle: str) -> None:
    assert cle in found()[typed]
    assert len(found()[typed]) < len(OPTIONS) / 3


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_plural_and_capitals_find_the_same(one: str, other: str) -> None:
    assert found()[one] == found()[other] != []


def test_a_word_that_finds_nothing_leaves_nothing_and_one_that_tells_nothing_leaves_all() -> None:
    assert found()["xyzzy"] == []
    assert len(found()["la mon"]) == len(OPTIONS)


def test_a_word_is_not_found_inside_another() -> None:
    """« porte » is no part of « rapporter »."""
    assert "prudhommes.caducite-releve" not in found()["porte"]
