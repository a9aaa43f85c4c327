"""The words of the law, explained the first time they come in a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown import Markdown

from calculators.errors import LawDataError
from calculators.web.guides import glossary
from calculators.web.guides.extension import makeExtension
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "glossaire.md"


def html(text: str) -> str:
    extensions = ["toc", "tables", "attr_list", "admonition", "pymdownx.blocks.details"]
    return Markdown(extensions=[*extensions, makeExtension(glossaire=str(PAGE))]).convert(text)


def explained(text: str) -> list[str]:
    return re.findall(r'class="mot" href="site:glossaire/#[a-z-]+">([^<]*)<', html(text))


def test_every_entry_of_the_page_is_read_in_the_order_of_the_alphabet() -> None:
    text = PAGE.read_text("utf-8")
    entries = glossary.entries(str(PAGE))
    assert [entry.nom for entry in entries] == re.findall(r"^### (.*?) \{", text, re.MULTILINE)
    assert len({word.lower() for entry in entries for word in entry.mots}) == sum(len(e.mots) for e in entries)
    plain = str.maketrans("éèêàâîôû", "eeeaaiou")
    names = [entry.nom.lower().translate(plain).replace("-", " ") for entry in entries]
    assert names == sorted(names)
    assert all(entry.definition.endswith(".") for entry in entries)


def test_a_word_carries_its_definition_and_leads_to_its_entry() -> None:
    shown = html("Demandez au greffe.")
    assert '<mode-emploi-mot><a class="mot" href="site:glossaire/#greffe">greffe</a>' in shown
    assert "Le secrétariat d’un tribunal.</span>" in shown
    assert re.search(r'<small class="mot-bulle"[^>]* hidden="hidden"', shown), "hidden until the script shows it"
    assert shown.endswith("</mode-emploi-mot>.</p>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Le greffe, puis le greffe.\n\nEncore le greffe.", ["greffe"]),
        ("Des jours ouvrables, la date limite.", ["jours ouvrables"]),
        ("Un acte caduc, ou caduque : sa caducité.", ["caduc"]),
        ("Le juge de l'exécution (JEX).", ["juge de l’exécution"]),
        ("Le solde bancaire insaisissable : un autre solde bancaire insaisissable.", ["solde bancaire insaisissable"]),
        ("La saisie-attribution dépose une dénonciation.", ["saisie-attribution", "dénonciation"]),
        ("Une non-opposition n'est pas un mot de la liste.", []),
        ("Le greffier et les greffes.", ["greffes"]),
        ("## Le greffe\n\nAu greffe.", ["greffe"]),
        ("[Le greffe](x.md), puis le greffe.", ["greffe"]),
        ("`greffe`, puis le *greffe*.", ["greffe"]),
        ("| greffe |\n|---|\n| greffe |\n", ["greffe"]),
        ("> Lettre au greffe.\n\nLe dossier.", []),
        ('!!! note "Le greffe"\n    Le dossier.', []),
        ("/// details | Plus\nLe greffe.\n///\n", []),
        ("**Greffe** : le secrétariat.\n\nPuis le greffe.", []),
        ("**Appelez le greffe** demain.", ["greffe"]),
        ("### Greffe { #greffe }\n\nLe secrétariat. Le greffe.", []),
        ("Le blocage dure {{ delai:saisie-attribution.blocage }}.", []),
        ("/// exemple | sbi\ndate_saisie: 2026-11-20\nsolde: 10\n///\n", []),
    ],
)
def test_a_word_is_explained_where_it_first_comes_in_the_text(text: str, words: list[str]) -> None:
    assert explained(text) == words


def test_without_a_glossary_nothing_is_explained() -> None:
    assert "mot" not in Markdown(extensions=[makeExtension()]).convert("Demandez au greffe.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("# Les mots\n", "no entry"), ("### Mot { #mot }\n\nUn *mot* marqué.\n", "plain words")],
)
def test_a_glossary_that_cannot_be_read_stops_the_build(tmp_path: Path, text: str, reason: str) -> None:
    page = tmp_path / "glossaire.md"
    page.write_text(text, "utf-8")
    with pytest.raises(LawDataError, match=reason):
        glossary.entries(str(page))
