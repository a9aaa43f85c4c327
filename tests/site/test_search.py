"""What people type finds its page, in the index of either generator, with the worker that its pages start."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from calculators.web.engine.bundle import NODE
from calculators.web.publish import search, theme_scripts
from calculators.web.publish.linked_data import PageError
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HERE = ROOT / "tests/site"
WANTED: dict[str, list[str]] = tomllib.loads((HERE / "search_queries.toml").read_text("utf-8"))
#: What Material's search takes for commands, and its index has no word for.
ODD = ("huissier :", "*", "~", "saisie^", "+", "-", "", "\u200b", "<b>", "a" * 2000, "de la")
FOLDERS = pytest.mark.parametrize("builder", ["site", "zensical_site"])


def ask(folder: Path, typed: list[str]) -> list[Any]:
    """Ask all this of the search of a built site; the results of each, a list a page."""
    command = [str(NODE), str(HERE / "search.mjs"), str(folder)]
    done = subprocess.run(command, input=json.dumps(typed), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return list(json.loads(done.stdout))


def pages(results: list[Any]) -> list[str]:
    """The addresses of the pages found, the best first."""
    return list(dict.fromkeys(found[0]["location"].partition("#")[0] for found in results))


@FOLDERS
def test_what_people_type_finds_its_page_among_the_first_three(builder: str, request: pytest.FixtureRequest) -> None:
    asked = [(page, typed) for page, many in WANTED.items() for typed in many]
    assert len(asked) >= 120
    answers = ask(request.getfixturevalue(builder), [typed for _, typed in asked])
    lost = {
        f"{typed} -> {page}": pages(found)[:3]
        for (page, typed), found in zip(asked, answers, strict=True)
        if page not in pages(found)[:3]
    }
    assert lost == {}


@FOLDERS
def test_an_article_typed_in_any_way_leads_to_where_it_is_explained(
    builder: str, request: pytest.FixtureRequest
) -> None:
    typed = ["R211-3", "R. 211-3", "R.211-3", "r 211-3", "article R*211-3 du CPCE", "R.\u00a0211-3"]
    for words, found in zip(typed, ask(request.getfixturevalue(builder), typed), strict=True):
        assert found[0][0]["location"] == "articles/#cpce-r211-3", words


@FOLDERS
def test_nothing_typed_breaks_the_search_and_its_marks_say_nothing(
    builder: str, request: pytest.FixtureRequest
) -> None:
    answers = dict(zip(ODD, ask(request.getfixturevalue(builder), list(ODD)), strict=True))
    assert pages(answers.pop("huissier :"))[0].startswith("saisie-compte/")
    assert pages(answers.pop("saisie^"))[0] == "saisie-compte/"
    assert pages(answers.pop("a" * 2000)) == ["pas-sur-ce-site/"]
    assert {words: found for words, found in answers.items() if words != "<b>" and found} == {}


@FOLDERS
def test_what_no_page_has_leads_to_where_to_turn_and_says_so(builder: str, request: pytest.FixtureRequest) -> None:
    for words in ask(
        request.getfixturevalue(builder), ["zyxwvut", "ornithorynque", "trottinette ornithorynque xylophone"]
    ):
        ((found,),) = words
        assert found["location"] == "pas-sur-ce-site/"
        assert "Aucune page ne contient ces mots. Vérifiez-les." in found["text"]
        assert "à qui vous adresser" in found["title"]
    # It is never among what is found.
    for words in ask(request.getfixturevalue(builder), ["adresser", "contient", "vérifiez", "divorce"]):
        assert words
        said = (re.sub("<[^>]*>", "", part["text"]) for page in words for part in page)
        assert not any("Aucune page ne contient ces mots. Vérifiez-les." in text for text in said)


def test_the_search_that_zensical_draws_is_in_french(zensical_site: Path) -> None:
    (script,) = zensical_site.glob(theme_scripts.SCRIPT)
    said = script.read_text("utf-8")
    assert "Aucune page ne contient ces mots" in said
    assert 'placeholder:"Rechercher"' in said
    assert re.findall(r'"(?:Search|No results|results?|Close search|Filters|Tags)"', said) == []


@FOLDERS
def test_what_is_shown_of_a_page_is_its_own_sentences(builder: str, request: pytest.FixtureRequest) -> None:
    """No cell of a calendar, no column of a file, no list of other words."""
    folder: Path = request.getfixturevalue(builder)
    (file,) = (folder / name for name in search.INDEXES if (folder / name).is_file())
    index = json.loads(file.read_text("utf-8"))
    noise = re.compile(r"lu ma me je|(?:\b\d{1,2} ){6}|compté n°|On dit aussi|resultat\.|date_saisie\b")
    parts = [p for p in index[search.INDEXES[file.relative_to(folder).as_posix()]] if "heberger" not in p["location"]]
    assert {p["location"]: found[0] for p in parts if (found := noise.search(p["text"]))} == {}


def test_material_shows_a_few_words_around_what_was_found_and_nothing_that_runs(site: Path) -> None:
    (found,) = ask(site, ["mainlevé"])
    assert found[0][0]["title"] == "Obtenir la <mark>mainlevée</mark>"
    assert all(set(re.findall(r"<[^>]*>", part["text"])) <= {"<mark>", "</mark>"} for page in found for part in page)
    assert any("<mark>" in part["text"] for page in found for part in page)
    assert all(len(part["text"]) < 600 for page in found for part in page)
    # One part of each page is the page itself: Material asks for it.
    assert all(sum("#" not in part["location"] for part in page) == 1 for page in found)


@FOLDERS
def test_every_word_of_the_law_is_one_that_the_pages_use(builder: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(builder)
    (file,) = (folder / name for name in search.INDEXES if (folder / name).is_file())
    parts = json.loads(file.read_text("utf-8"))[search.INDEXES[file.relative_to(folder).as_posix()]]
    said = re.sub(r"\s", " ", " ".join(f"{part['title']} {part['text']}" for part in parts))
    said = said.replace("\u2019", "'").lower()
    assert [law for law in search.words()["mots"] if law not in said] == []


@pytest.mark.parametrize(("file", "key"), search.INDEXES.items())
def test_words_that_lead_nowhere_stop_the_build(tmp_path: Path, file: str, key: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(json.dumps({"config": {}, key: [{"location": "", "title": "", "text": ""}]}))
    with pytest.raises(PageError, match="saisie-compte/debiteur/"):
        search.prepare(tmp_path)
