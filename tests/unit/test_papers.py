"""« Qu'avez-vous reçu ? »: every path ends at a paper, and what the reader finds there, without a script."""

from __future__ import annotations

import copy
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from markdown import Markdown

from calculators.errors import LawDataError
from calculators.typography import french
from calculators.web.guides.blocks import papers as shown
from calculators.web.guides.extension import makeExtension
from calculators.web.guides.papers import FILE, Form, papers, read
from tests.helpers import ROOT
from tests.site.test_guides import hand_typed, prose

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from calculators.web.guides.papers import Paper

DATA = tomllib.loads((ROOT / "calculators/web/guides" / FILE).read_text("utf-8"))
PAPERS = papers().papiers.values()


@pytest.fixture(scope="module")
def page() -> ET.Element:
    """The block as it is in the page, before it is written as HTML."""
    markdown = Markdown(extensions=[makeExtension()])
    root: ET.Element = markdown.parser.parseDocument(["/// recu", "///"]).getroot()  # type: ignore[assignment]
    return root


def _words(element: ET.Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def _fold(around: ET.Element, answer: str) -> ET.Element:
    """The fold of an answer, among those that are next to see."""
    (found,) = (
        fold
        for fold in around.findall("details[@class='recu__choix']")
        if _words(fold.find("summary/span[@class='recu__reponse']")) == french(answer)
    )
    return found


@pytest.mark.parametrize("path", list(papers().paths()), ids=lambda path: path[-1])
def test_every_path_reaches_its_paper_in_three_questions_with_what_is_urgent_said_first(
    page: ET.Element, path: tuple[str, ...]
) -> None:
    *answers, name = path
    place = page.find(".//div[@class='recu']")
    assert place is not None
    for answer in answers:
        place = _fold(place, answer)
    items = place.findall("ul[@class='recu__papiers']/li")
    assert len(answers) + (len(items) > 1) <= 3
    (item,) = (item for item in items if item.find(f"h3[@id='{name}']") is not None)
    drawn = item.find("div[@role='img']")
    assert drawn is not None
    assert french(" ".join(papers().papiers[name].lu)) in drawn.get("aria-label", "")
    result = item.find("details")
    assert result is not None
    summary, first, *rest = list(result)
    assert summary.tag == "summary"
    assert first.get("class") == "recu__urgence"
    assert "{{" not in _words(result)
    paper, links = papers().papiers[name], [link.get("href", "") for link in rest[-1].iter("a")]
    assert len([link for link in links if link.startswith("site:")]) == len(paper.suites) + bool(paper.dossier)
    assert bool(paper.dossier) == (f"site:mon-dossier/#recu={name}" in links)


def test_a_paper_that_no_guide_is_about_says_so_and_only_such_a_paper(page: ET.Element) -> None:
    said = {
        item.find("h3").get("id")  # type: ignore[union-attr]
        for item in page.iter("li")
        if item.get("class") == "recu__papier" and "n’a pas de guide sur ce papier" in _words(item)
    }
    assert said == {paper.nom for paper in PAPERS if not paper.couvert}
    assert said


@pytest.mark.parametrize(
    ("paper", "alike"),
    [
        ("denonciation", "satd"),  # both freeze an account; only one comes from an administration
        ("commandement-meubles", "relance"),  # both claim a sum; only one rests on a title
        ("commandement-loyer", "commandement-quitter"),
        ("amende", "arnaque"),
        ("commandement-meubles", "autre-acte"),  # one that seizes a home asks to pay too
        ("injonction-de-payer", "autre-acte"),  # a contrainte is opposed too, within another time
        ("employeur-saisie", "satd"),
        # CPCE R221-4, R212-1-2, R411-1: the act that asks to pay or to leave may serve the judgement too.
        ("commandement-meubles", "jugement"),
        ("commandement-salaire", "jugement"),
        ("commandement-quitter", "jugement"),
    ],
)
def test_papers_that_look_alike_are_told_apart(page: ET.Element, paper: str, alike: str) -> None:
    (item,) = (item for item in page.iter("li") if item.find(f"h3[@id='{paper}']") is not None)
    links = {link.get("href") for link in item.findall("ul[@class='recu__sosies']/li/a")}
    assert f"#{alike}" in links


def _urgent(page: ET.Element, paper: str) -> str:
    (item,) = (item for item in page.iter("li") if item.find(f"h3[@id='{paper}']") is not None)
    return " ".join(_words(item.find("details/p[@class='recu__urgence']")).split())


def test_a_shorter_time_than_the_usual_one_is_said_with_what_is_urgent(page: ET.Element) -> None:
    # CPCE R523-9, R121-20: fifteen days, where a saisie-attribution and most judgements leave a month.
    assert "« conversion » ? L’argent va être versé : vous avez 15 jours" in _urgent(page, "saisie-conservatoire")
    for paper in ("jugement", "jugement-greffe"):
        assert "Pour le juge de l’exécution : 15 jours" in _urgent(page, paper)


def _told(paper: Paper) -> str:
    ways = (way.mots for way in paper.suites)
    return "\n".join([paper.reconnaitre, paper.urgence, paper.aujourdhui, *ways, *paper.sosies.values()])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.nom)
def test_no_legal_figure_is_typed_by_hand(paper: Paper) -> None:
    assert hand_typed(prose(_told(paper))) == []


def test_papers_drawn_alike_do_not_have_the_same_words() -> None:
    drawn = [(paper.forme, paper.tete, paper.lu) for paper in PAPERS]
    assert len(set(drawn)) == len(drawn)
    assert {paper.forme for paper in PAPERS} == set(Form)


def _changed(*path: Any, to: Any) -> dict[str, Any]:
    data = copy.deepcopy(DATA)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_changed("questions", "qui", "reponses", 0, "question", to="akte"), "questions.akte: unknown 'akte'"),
        (
            _changed("questions", "qui", "reponses", 0, "papiers", to=["satd"]),
            "expected either `question` or `papiers`",
        ),
        (_changed("questions", "qui", "reponses", 0, "question", to=""), "expected either `question` or `papiers`"),
        (_changed("questions", "qui", "reponses", 0, "question", to="qui"), "more than 3 questions before an answer"),
        (_changed("questions", "acte", "reponses", 6, to={"mots": "Autre", "question": "juridiction"}), "more than 3"),
        (_changed("questions", "qui", "reponses", 9, "papiers", to=["autre"]), "unknown 'autre'"),
        (_changed("questions", "qui", "reponses", 9, "papiers", to=["satd"]), "papiers.satd: at the end of 2 paths"),
        (_changed("questions", "qui", "reponses", 9, to=None), "papiers.autre-papier: at the end of 0 paths"),
        (
            _changed("questions", "perdue", to={"question": "?", "reponses": []}),
            "questions.perdue: no answer leads to it",
        ),
        (
            _changed("questions", "qui", "reponse", to="?"),
            "questions.qui: got an unexpected keyword argument 'reponse'",
        ),
        (_changed("papiers", "satd", "forme", to="facture"), "papiers.satd.forme: unknown 'facture'"),
        (_changed("papiers", "satd", "urgence", to=None), "papiers.satd: missing 1 required keyword-only argument"),
        (_changed("papiers", "satd", "tete", to=None), "papiers.satd: missing 1 required keyword-only argument"),
        (_changed("papiers", "satd", "suites", to=[]), "papiers.satd.suites: expected where to go"),
        (_changed("papiers", "satd", "suites", to=[{"page": "x"}]), "papiers.satd.suites: missing 1 required"),
        (_changed("papiers", "satd", "couvert", to=False), "papiers.satd.suites: no guide is about it"),
        (_changed("papiers", "satd", "sosies", to={"satt": "?"}), "papiers.satd.sosies: unknown 'satt'"),
        (_changed("papiers", "satd", "sosies", to={"satd": "?"}), "a paper does not look like itself"),
    ],
)
def test_a_mistake_in_the_file_says_where(data: dict[str, Any], said: str) -> None:
    with pytest.raises(LawDataError) as error:
        read(data)
    assert said in str(error.value)
    assert str(error.value).startswith(FILE)


def test_a_figure_that_the_law_data_do_not_have_stops_the_build_and_names_the_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = read(_changed("papiers", "satd", "urgence", to="Vous avez {{ delai:satd.rien }}."))
    monkeypatch.setattr(shown, "papers", lambda: changed)
    with pytest.raises(LawDataError, match=r"/// recu.*satd: unknown delai 'satd\.rien'"):
        Markdown(extensions=[makeExtension()]).convert("/// recu\n///")
