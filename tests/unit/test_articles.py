"""Every article that is cited says what it provides, what was read and when, and exists in the texts."""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from markdown import markdown

from calculators.calendar import in_words
from calculators.errors import LawDataError, UnknownKeyError
from calculators.law import Certitude, law, load
from calculators.law.words import reading_of
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.result import to_dict
from calculators.typography import french
from calculators.web.page.answer import result_view
from calculators.web.page.elements import Place, article_folds, serialise
from tests import articles
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from calculators.law import Article

ALL = [article for code in law().codes.values() for article in code.articles.values()]
#: Words of a statement that a sentence may have.
LONGEST = 35


# ---------------------------------------------------------------- each citation has its entry


def cited_in_pages() -> Iterator[tuple[str, str]]:
    """What a page cites: in its text, and in its block of sources."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = page.read_text("utf-8")
        for block in re.findall(r"^/// sources\n(.*?)^///$", text, re.DOTALL | re.MULTILINE):
            lines = (line.strip() for line in block.splitlines() if line.strip())
            yield from ((page.name, line) for line in lines if line not in law().sources)
        yield from ((page.name, cle) for cle in re.findall(r"\{\{\s*art:(.+?)\s*\}\}", text))


def cited_in_code() -> Iterator[tuple[str, str]]:
    """What the calculators cite: each text that is the code and the number of an article, and nothing else."""
    form = re.compile(rf"({'|'.join(law().codes)}) ([LRDA]\*?)?[0-9][0-9a-zA-Z -]*")
    for file in sorted((ROOT / "calculators").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and form.fullmatch(node.value):
                yield file.name, node.value


def cited_in_data() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "calculators/law").rglob("*.toml")):
        for listed in re.findall(r"^\s*articles = \[(.*?)\]", file.read_text("utf-8"), re.DOTALL | re.MULTILINE):
            yield from ((file.name, cle) for cle in re.findall(r'"(.*?)"', listed))


@pytest.mark.parametrize(
    ("found", "least"),
    [(cited_in_pages, 200), (cited_in_code, 20), (cited_in_data, 100)],
    ids=["pages", "code", "data"],
)
def test_each_citation_has_its_entry(found: object, least: int) -> None:
    cited = list(found())  # type: ignore[operator]
    assert len(cited) >= least, "the citations are no longer found where they were"
    missing = []
    for where, cle in cited:
        try:
            law().article(cle)
        except UnknownKeyError:
            missing.append(f"{where}: {cle}")
    assert missing == []


def test_each_entry_is_cited() -> None:
    """The page of the articles is of those that we cite; an entry that nothing leads to is read by nobody."""
    cited = {law().article(cle).cle for found in (cited_in_pages, cited_in_code, cited_in_data) for _, cle in found()}
    assert [article.cle for article in ALL if article.cle not in cited] == []


def test_each_number_exists_in_the_texts() -> None:
    """Where the code was read; an article that is in none of the texts says what its statement rests on."""
    known = articles.existing()
    invented = [a.cle for a in ALL if not a.d_apres and f"{a.code} {a.numero_officiel}" not in known]
    assert invented == []
    assert {a.code for a in ALL if not a.d_apres} <= set(articles.FILES)


def test_the_list_of_numbers_is_no_longer_than_the_table() -> None:
    cited = {f"{a.code} {a.numero_officiel}" for a in ALL}
    assert {line for line in articles.existing() if not line.startswith("#") and line} <= cited


# ---------------------------------------------------------------- what an entry says


@pytest.mark.parametrize("article", ALL, ids=lambda article: article.cle)
def test_a_statement_is_short_and_of_whole_sentences(article: Article) -> None:
    assert article.enonce[0].isupper() or article.enonce[0].isdigit()
    assert article.enonce.endswith(".")
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÀÉÊ])", article.enonce)
    assert len(sentences) <= 3
    assert max(len(re.findall(r"[\w'-]+", sentence)) for sentence in sentences) <= LONGEST


def test_two_articles_do_not_say_the_same_of_their_code() -> None:
    """A statement copied from a neighbour is a statement of the wrong article; two codes may say the same thing."""
    seen = [(a.code, a.enonce) for a in ALL]
    assert len(seen) == len(set(seen))


def test_an_identifier_is_of_a_version_that_was_read() -> None:
    """Identifiers of 2008 opened texts that say another thing: only those of a version in force are kept."""
    for article in ALL:
        assert bool(article.identifiant) is bool(article.version_du)
        if article.version_du is not None:
            assert article.etat
            assert article.version_du.isoformat() <= article.etat
    former = {"CASF L262-2", "LPF L262", "COJ L213-6", "CPC 643", "CGI 1628 bis"}
    assert {a.cle for a in ALL if a.cle in former and not a.identifiant} == former


def test_a_known_version_is_opened_by_its_identifier() -> None:
    article = law().article("CTRAV R3252-2")
    assert article.version_du == date(2026, 1, 1)
    assert article.lien == "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000053193584/2026-03-27"
    assert "version du 1er\u00a0janvier 2026" in reading_of(article)


@pytest.mark.parametrize(
    ("day", "opened", "later"),
    [
        (date(2025, 6, 1), "2026-01-01", True),
        (date(2026, 1, 1), "2026-01-01", False),
        (date(2026, 2, 14), "2026-02-14", False),
        (date(2026, 11, 20), "2026-03-27", False),
    ],
)
def test_the_version_of_the_day_is_opened_as_far_as_it_was_read(day: date, opened: str, later: bool) -> None:  # noqa: FBT001
    """Never a day on which the version that was read is not known to be in force."""
    article = law().article("CTRAV R3252-2")
    assert article.lien_au(day).endswith(f"LEGIARTI000053193584/{opened}")
    assert article.posterieure_au(day) is later
    assert ("plus récente que votre date" in reading_of(article, day=day)) is later


@pytest.mark.parametrize(
    ("cle", "path", "words"),
    [
        ("CPCE R162-6", "/search/code", "R162-6 code des procédures civiles d'exécution"),
        ("CPC 643", "/search/code", "643 code de procédure civile"),
        ("CGI 1635 bis Q", "/search/code", "1635 bis Q code général des impôts"),
        ("CURB R423-39", "/search/code", "R*423-39 code de l'urbanisme"),
        ("D2020-1717 43", "/search/lois", "43 décret 2020-1717"),
    ],
)
def test_another_opens_the_search_of_its_number_in_its_code(cle: str, path: str, words: str) -> None:
    address = urlsplit(law().article(cle).lien)
    assert (address.scheme, address.netloc, address.path) == ("https", "www.legifrance.gouv.fr", path)
    asked = parse_qs(address.query, strict_parsing=True)
    assert asked.pop("query") == [words]
    assert asked.pop("searchField") == ["ALL"]
    assert asked.keys() == {"tab_selection", "page", "init"}
    assert not re.search(r"[ *'é]", address.query)


@pytest.mark.parametrize("article", ALL, ids=lambda article: article.cle)
def test_a_link_is_one_of_the_official_site(article: Article) -> None:
    assert re.fullmatch(
        r"https://www\.legifrance\.gouv\.fr/(codes/article_lc/LEGIARTI\d{12}/20\d\d-\d\d-\d\d|search/(code|lois)\?[\w&=%+.-]+)",
        article.lien,
    )


@pytest.mark.parametrize(
    ("cle", "day", "code"),
    [
        # Its version is known: one link, to the article.
        ("CTRAV R3252-2", date(2026, 2, 14), ""),
        # It came later, or was read before: another may have been in force.
        ("CTRAV R3252-2", date(2025, 6, 1), "LEGITEXT000006072050/2025-06-01"),
        ("CTRAV R3252-2", date(2026, 11, 20), "LEGITEXT000006072050/2026-11-20"),
        # None is known.
        ("CPCE R211-11", date(2024, 3, 12), "LEGITEXT000025024948/2024-03-12"),
        # The official site has no such address for a decree.
        ("D2020-1717 43", date(2024, 3, 12), ""),
    ],
)
def test_the_code_of_the_day_is_opened_where_the_article_is_not_known_to_be(cle: str, day: date, code: str) -> None:
    article = law().article(cle)
    expected = f"https://www.legifrance.gouv.fr/codes/texte_lc/{code}" if code else ""
    assert article.code_au(day) == expected
    fold = article_folds([article], day=day)
    links = [(link.text, link.get("href")) for link in fold.iter("a")]
    assert links[0][1] == article.lien_au(day)
    assert links[1:] == ([(french(f"Le code au {in_words(day)}"), expected)] if code else [])
    assert len(list(article_folds([article]).iter("a"))) == 1


def test_the_star_of_a_number_may_be_written_or_not() -> None:
    assert law().article("LPF R*281-4") is law().article("LPF R281-4")
    assert law().article("LPF R281-4").citation == "article R281-4 du LPF"
    assert law().article("LPF R281-4").ancre == "lpf-r281-4"


def test_what_was_not_read_says_so() -> None:
    """Grade C: « à confirmer » beside it."""
    unread = law().article("CASF L245-8")
    assert unread.lu_le is None
    assert unread.certitude is Certitude.C
    assert reading_of(unread).startswith("Nous n'avons pas relu le texte en vigueur.")
    assert reading_of(unread).endswith("À confirmer.")
    read = law().article("CPCE R162-6")
    assert reading_of(read) == "Texte lu le 28\u00a0novembre 2026 dans son état de juillet 2025."
    for article in ALL:
        assert bool(article.d_apres) is (article.lu_le is None)


@pytest.mark.parametrize("cle", ["", "CPCE", "CPCE ", "XYZ L1", "L162-2", "CPCE R999-9"])
def test_an_unknown_article_is_refused(cle: str) -> None:
    with pytest.raises(UnknownKeyError, match="unknown article"):
        law().article(cle)


# ---------------------------------------------------------------- the loader's errors

CODE = '[codes.CPCE]\nnom = "code"\nabrege = "CPCE"\ntexte = "LEGITEXT000025024948"\n'
READ = 'etat = "2025-07"\nlu_le = 2026-11-28\n'
ENTRY = '[codes.CPCE.articles."L162-2"]\nenonce = "La banque laisse une somme."\n'
REST = 'd_apres = "une fiche"\ncertitude = "B"\n'
VERSION = 'identifiant = "LEGIARTI000025025795"\nversion_du = 2012-06-01\n'
CITING = '[reperes.r]\nintitule = "R"\ndate = 2022-07-01\ncertitude = "A"\nverifie_le = 2026-11-21\n'


def test_a_folder_of_articles_is_read_with_the_law(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/cpce.toml").write_text(CODE + READ + ENTRY + VERSION, "utf-8")
    (tmp_path / "loi.toml").write_text(CITING + 'articles = ["CPCE L162-2"]\n', "utf-8")
    found = load(tmp_path)
    assert found.reperes["r"].articles == (found.article("CPCE L162-2"),)
    assert found.article("CPCE L162-2").enonce == "La banque laisse une somme."


def test_a_citation_of_an_article_that_says_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/cpce.toml").write_text(CODE + READ + ENTRY, "utf-8")
    (tmp_path / "loi.toml").write_text(CITING + 'articles = ["CPCE R162-6"]\n', "utf-8")
    with pytest.raises(LawDataError, match=r"loi\.toml: reperes\.r\.articles: unknown article 'CPCE R162-6'"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (CODE + READ + ENTRY.replace("enonce", "texte"), r"L162-2\.enonce: missing"),
        (CODE + READ + ENTRY.replace("La banque laisse une somme.", " "), r"L162-2\.enonce: empty"),
        (CODE + READ + ENTRY + 'lien = "https://exemple.fr/"\n', r"L162-2\.lien: unknown key"),
        (CODE + READ + ENTRY.replace("L162-2", "L. 162-2"), r"not the number of an article: 'L\. 162-2'"),
        (CODE + READ + ENTRY.replace("L162-2", "162_2"), r"not the number of an article"),
        (CODE + READ + ENTRY + ENTRY.replace("L162-2", "L*162-2"), r"L\*162-2: defined twice"),
        (CODE + READ + ENTRY + VERSION.replace("LEGIARTI", "JORFARTI"), r"identifiant: not a Légifrance article"),
        (CODE + READ + ENTRY + VERSION.replace("5795", "57"), r"identifiant: not a Légifrance article"),
        (CODE + READ + ENTRY + VERSION.partition("version")[0], r"version_du: an identifier goes with the day"),
        (CODE + READ + ENTRY + VERSION + REST, r"d_apres: an identifier is of a version in force that was read"),
        (CODE + READ + ENTRY + 'd_apres = "une fiche"\n', r"certitude: missing"),
        (CODE + READ + ENTRY + REST.replace('"B"', '"D"'), r"certitude: what is of certainty D is never published"),
        (CODE + ENTRY, r"d_apres: missing: the text was not read"),
        (CODE + READ.replace("2025-07", "juillet 2025") + ENTRY, r"codes\.CPCE\.etat: expected AAAA-MM"),
        (CODE + READ.partition("lu_le")[0] + ENTRY, r"codes\.CPCE\.lu_le: missing"),
    ],
)
def test_a_faulty_entry_is_refused_with_file_key_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/cpce.toml").write_text(text, "utf-8")
    with pytest.raises(
        LawDataError, match=rf"articles/cpce\.toml: codes\.CPCE.*{reason}|articles/cpce\.toml: {reason}"
    ):
        load(tmp_path)


# ---------------------------------------------------------------- what the reader sees


def answered() -> Answered:
    outcome = ask_calculator(get("sbi"), {"aujourdhui": "2026-11-28", "date_saisie": "2026-11-20", "solde": "1000"})
    assert isinstance(outcome, Answered)
    return outcome


def test_a_step_opens_on_what_its_articles_provide() -> None:
    outcome = answered()
    page = serialise(result_view(outcome.inputs, outcome.result, Place("sbi")))
    for step in outcome.result.etapes:
        for article in step.articles:
            fold = page[page.index(f"<summary>Article {article.numero} du") :].partition("</details>")[0]
            assert article.enonce[:20].replace("'", "\u2019") in fold.replace("\u00a0", " ").replace("\u202f", " ")
            assert f'href="{article.lien.replace("&", "&amp;")}"' in fold
            assert "Texte lu le" in fold or "pas relu" in fold


def test_the_answer_for_machines_has_the_statement() -> None:
    cited = [article for step in to_dict(answered().result)["etapes"] for article in step["articles"]]
    assert cited
    assert all(article["enonce"].endswith(".") for article in cited)


def test_the_page_of_the_articles_has_each_at_its_address() -> None:
    text = (ROOT / "docs/articles.md").read_text("utf-8").partition("---\n# ")[2]
    page = markdown(text, extensions=["calculators.web.guides.extension"])
    anchors = re.findall(r'<h3 id="([^"]+)"', page)
    assert anchors == [article.ancre for article in ALL]
    assert len(anchors) == len(set(anchors))


# ---------------------------------------------------------------- what is to be read again


def test_what_was_read_more_than_a_year_ago_is_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = max(article.lu_le for article in ALL if article.lu_le)
    first = min(article.lu_le for article in ALL if article.lu_le)
    assert articles.to_read_again(first + timedelta(days=365)) == []
    assert len(articles.to_read_again(last + timedelta(days=366))) == len([a for a in ALL if a.lu_le])
    monkeypatch.setenv("SITE_DATE", (last + timedelta(days=400)).isoformat())
    articles.main([])
    assert "à relire : article R162-6 du code des procédures civiles d'exécution" in capsys.readouterr().out


def test_the_articles_of_a_timeline_open_the_law_of_the_day_of_the_case_as_those_of_a_step_do() -> None:
    case = {"situation": "urbanisme", "role_urbanisme": "demandeur", "dossier": "declaration-prealable"}
    days = {"date_depot": "2024-03-12", "date_decision": "2024-05-20", "decision": "refus"}
    outcome = ask_calculator(get("delais"), {**case, **days, "aujourdhui": "2026-11-21"})
    assert isinstance(outcome, Answered)
    assert outcome.result.jour == date(2024, 5, 20)
    page = result_view(outcome.inputs, outcome.result, Place("delais"))
    folds = [fold for fold in page.iter("details") if fold.get("class") == "article-cite"]
    timeline = [fold for point in page.iter("li") if point.get("data-evenement") for fold in point.iter("details")]
    assert len(folds) > len(timeline) > 1
    assert all("2024-05-20" in str(list(fold.iter("a"))[-1].get("href")) for fold in folds)
