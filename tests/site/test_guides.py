"""The guides: no legal figure typed by hand, nothing out of date, and the parts that a reader counts on."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
import yaml

from calculators.web.guides.checks import AIDES
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
#: Folders of guides; the other pages are about the site, or hold a calculator.
SUBJECTS = (
    *("saisie-compte", "saisie-remunerations", "prudhommes", "urbanisme", "papiers", "avocat"),
    *("expulsion", "saisie-vente", "pension-alimentaire"),
)
GUIDES = [page for page in PAGES if page.parent.name in SUBJECTS]
SEIZURE = [page for page in GUIDES if page.parent.name == "saisie-compte"]

NUMBERS = (
    r"(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
    r"quarante|cinquante|soixante|cent)"
)
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
#: What only the law data may say. « un jour férié », « un jour ouvrable » are kinds of days, not periods.
LEGAL_FIGURES = {
    "amount": r"\d[\d\s\u00a0\u202f]*(?:,\d+)?\s*(?:€|euros?\b)",
    "share": r"\d+(?:,\d+)?\s*%|\bpour\s+cent\b|\b(?:la moitié|le tiers|le quart|le double)\b",
    "period": (
        rf"\b{NUMBERS}(?:[\s-]+\w+)?\s+"
        r"(?:jours?(?!\s+(?:férié|ouvrable\b))|mois|ans?|années?|semaines?|heures?)\b"
    ),
    "year": r"\b(?:19|20)\d\d\b",
    "day": rf"\b(?:1er|\d{{1,2}})\s+(?:{MONTHS})\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b",
    "text": r"\b(?:décret|loi|ordonnance|arrêté)\s+(?:n°|du\s+\d)|\b[LRD]\.?\s?\d{3,4}-\d+",
}
#: Figures that are no law: (page, the words).
ALLOWED = {("saisie-compte/compte-joint.md", "la moitié")}  # an error to avoid, not a rule

BANNED = {
    "Pôle emploi": "France Travail, since 2024",
    "575,52": "an SBI of 2022, in the seed",
    "tribunal d'instance": "merged into the tribunal judiciaire, since 2020",
    "tribunal de grande instance": "merged into the tribunal judiciaire, since 2020",
    "saisie-arrêt": "replaced by the saisie-attribution",
    "avis à tiers détenteur": "replaced by the SATD",
    "en la forme des référés": "procédure accélérée au fond, since 2020",
    "juge d'instance": "merged into the tribunal judiciaire, since 2020",
    "médecin-expert de la liste": "médecin inspecteur du travail, since 2018",
    "allocation logement sociale": "aide au logement",
}


def split(page: Path) -> tuple[dict[str, object], str]:
    _, head, body = page.read_text("utf-8").split("---\n", 2)
    meta = yaml.safe_load(head)
    assert isinstance(meta, dict)
    return meta, body


def prose(body: str) -> str:
    """What a reader reads as written by hand: no block of data, no code, no value asked of the law data, no address."""
    blocks = r"^/// (?:exemple|sources|historique|sommes|feries|calculateur|pieces|cas|liste)\b.*?^///$"
    body = re.sub(blocks, "", body, flags=re.MULTILINE | re.DOTALL)
    body = re.sub(r"^(```|~~~).*?^\1", "", body, flags=re.MULTILINE | re.DOTALL)
    body = re.sub(r"`[^`\n]*`|\{\{.*?\}\}|\]\([^)]*\)|\{[^}\n]*\}|<[^>\n]*>|<!--.*?-->", " ", body, flags=re.DOTALL)
    return re.sub(r"^\s*\d+\.\s", " ", body, flags=re.MULTILINE)  # numbers of a list


def hand_typed(text: str) -> list[tuple[str, str]]:
    return [
        (kind, match.group())
        for kind, pattern in LEGAL_FIGURES.items()
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]


@pytest.fixture(params=PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


# ---------------------------------------------------------------- figures


def test_no_legal_figure_is_typed_by_hand(page: Path) -> None:
    name = page.relative_to(DOCS).as_posix()
    found = [(kind, words) for kind, words in hand_typed(prose(split(page)[1])) if (name, words) not in ALLOWED]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "La banque laisse 651,69 € au moins.",
        "Elle prend 1 000 euros.",
        "Les frais sont de 10 %, soit dix pour cent.",
        "Vous avez un mois pour contester.",
        "dans les huit jours",
        "pendant quinze jours ouvrables",
        "15 jours",
        "deux ans",
        "24 heures",
        "depuis le 1er juillet 2022",
        "au 20/11/2026",
        "le décret n° 2026-220",
        "la loi du 9 juillet",
        "l'article L162-2",
        "R. 211-11",
        "la moitié du montant",
    ],
)
def test_the_check_sees_a_hand_typed_figure(text: str) -> None:
    assert hand_typed(prose(text))


@pytest.mark.parametrize(
    "text",
    [
        "Elle vaut {{ montant:sbi }} depuis le {{ montant:sbi:depuis }}.",
        "dans les {{ delai:saisie-attribution.denonciation }}",
        "Un délai qui finit un jour férié va au premier jour ouvrable.",
        "1.  La première étape.",
        "/// exemple | sbi\nsolde: 1000 €\n///\n",
        "Tapez `make serve PORT=8001`.",
        "[le texte](https://exemple.fr/2026/04/01)",
        "Il n'y a qu'un seul SBI pour deux comptes.",
    ],
)
def test_the_check_lets_the_rest_through(text: str) -> None:
    assert hand_typed(prose(text)) == []


def test_nothing_out_of_date(page: Path) -> None:
    text = page.read_text("utf-8").replace("\u2019", "'")
    for words, reason in BANNED.items():
        assert words.lower() not in text.lower(), f"« {words} »: {reason}"


def test_the_officer_bears_the_present_name(page: Path) -> None:
    """« Huissier » is what people still say and search for: it may stand as their word, quoted or in a question."""
    body = split(page)[1]
    theirs = r"« huissiers?(?: de justice)? »|\[[^\]]*huissier[^\]]*\?[^\]]*\]|^#+ .*huissier.*\?"
    mine = re.sub(theirs, "", body, flags=re.IGNORECASE | re.MULTILINE)
    for line in (line for line in mine.splitlines() if "huissier" in line.lower()):
        assert re.search(r"ancien|autrefois|remplac|s'appel", line, re.IGNORECASE), line


def test_no_secret_of_the_seeds_is_published(page: Path) -> None:
    """The seed about a law firm's portal shows a sample login; nothing like it belongs in a guide."""
    text = page.read_text("utf-8")
    sample = r"(?:mot de passe|identifiant|login)\s*:\s*\S|[\w.]+@[\w.]+\.\w+"
    assert not re.search(sample, text, re.IGNORECASE)


# ---------------------------------------------------------------- parts


def test_a_page_says_for_whom_when_checked_and_how_to_get_help(page: Path) -> None:
    meta, body = split(page)
    assert {"title", "description", "public", "verifie_le", "aide"} <= set(meta)
    assert date.fromisoformat(str(meta["verifie_le"])) <= date.today()  # noqa: DTZ011  # a civil day
    assert 40 <= len(str(meta["description"])) <= 170
    assert len(re.findall(r"^# ", body, re.MULTILINE)) <= 1
    assert isinstance(meta["aide"], bool) or meta["aide"] in AIDES


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.relative_to(DOCS).as_posix())
def test_a_guide_starts_with_a_short_answer_and_ends_with_its_sources(guide: Path) -> None:
    meta, body = split(guide)
    assert meta["aide"] or "## Où trouver de l'aide" in body
    assert body.index('!!! abstract "En bref"') < body.index("\n## ")
    headings = re.findall(r"^## (.*?)(?: \{.*\})?$", body, re.MULTILINE)
    assert headings[-1] == "Sources"
    assert "Les erreurs à éviter" in headings
    assert re.search(r"^1\.  |^### ", body, re.MULTILINE), "no numbered path"
    assert re.search(r"^/// sources\n(.+\n)+///$", body, re.MULTILINE)


def test_every_guide_of_account_seizure_leads_to_the_calculator() -> None:
    texts = {guide.stem: guide.read_text("utf-8") for guide in SEIZURE}
    # Or to the page of its own case, which holds it.
    leads = r"\b(?:sbi|debiteur)\.md|/// calculateur \| sbi"
    without = [name for name, text in texts.items() if not re.search(leads, text)]
    assert without == []


def test_the_emptied_examples_of_the_seed_have_figures_again() -> None:
    """The seed's example of 200 €, and its three others: below the SBI, above it, none."""
    body = (DOCS / "saisie-compte/sbi.md").read_text("utf-8")
    examples = re.findall(r"^/// exemple \| sbi\n(.*?)^///$", body, re.MULTILINE | re.DOTALL)
    given = [yaml.load(example, Loader=yaml.BaseLoader) for example in examples]  # noqa: S506  # only texts
    assert {(e.get("solde"), e.get("insaisissable")) for e in given} >= {
        ("200", None),
        ("1000", None),
        ("1000", "200"),
        ("1000", "800"),
    }


#: What may be folded or moved, and where letters, posters and other pages lead: the anchor stays.
ANCHORS = {
    "saisie-compte/debiteur": (
        "documents premier-jour calculer verifier-la-denonciation reclamer contester date-limite effet delai-ferme "
        "apres-le-delai plusieurs-comptes delais-de-grace cout mainlevee en-attendant erreurs sources"
    ),
    "saisie-compte/satd": (
        "differences documents que-faire date-limite contester juge calculer petites-sommes frais cout erreurs sources"
    ),
    "saisie-compte/temps-pour-payer": "etapes delais-de-grace surendettement accepter cout erreurs sources",
    "pas-sur-ce-site": "accueil dettes credit energie logement amendes travail famille etranger autres",
    "saisie-compte/creancier": (
        "documents chemin etapes mandat acte effet reponse sbi denonciation regularisation reclamation paiement "
        "cloture tableau calculer cout combien erreurs sources injonction-de-payer reclamation-jusqu-a-quand arret"
    ),
    "saisie-remunerations": (
        "calculer procedure date-limite bareme minimum personnes-a-charge pension comparaison compte documents cout "
        "erreurs sources que-faire qui-aide contester employeur"
    ),
}


@pytest.mark.parametrize(
    ("name", "delai"),
    [
        ("saisie-compte/debiteur", "saisie-attribution.contestation"),
        ("saisie-compte/creancier", "saisie-attribution.denonciation"),
        ("saisie-remunerations/index", "saisie-remunerations.contestation"),
        ("saisie-remunerations/employeur", "saisie-remunerations.employeur"),
    ],
)
def test_the_time_that_matters_is_said_once(name: str, delai: str) -> None:
    assert split(DOCS / f"{name}.md")[1].count(f"{{{{ delai:{delai} }}}}") == 1


def test_no_page_says_that_a_request_for_legal_aid_saves_nothing(page: Path) -> None:
    """Décret 2020-1717, art. 43: sent before the end of the month, it saves the contestation."""
    assert "comme si elle ne l'arrêtait pas" not in page.read_text("utf-8")


def test_who_may_contest_is_led_to_what_legal_aid_saves() -> None:
    for name in ("debiteur", "creancier", "index", "frais"):
        assert "contester.md#aide-juridictionnelle" in (DOCS / f"saisie-compte/{name}.md").read_text("utf-8"), name


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("saisie-remunerations/index", "CPCE L212-4, CPCE R212-1-7, CPCE R212-1-8, CPCE L212-6, CPCE R212-1-15"),
        ("saisie-remunerations/index", "CPCE R212-1-6, CPCE L212-13"),
        ("saisie-remunerations/employeur", "CPCE R212-1-14, CPCE L212-8, CPCE L212-14, CPCE R212-1-41, CPCE R212-1-42"),
        ("saisie-compte/contester-satd", "LPF L281, LPF R*281-1, LPF R*281-3-1, LPF R*281-4, LPF R*281-5"),
        ("prudhommes/saisir", "CTRAV R1412-1, CTRAV R1452-2, CPC 57, CTRAV R1454-12, CTRAV R1461-1"),
        ("prudhommes/delais-pour-agir", "CTRAV L1471-1, CTRAV L3245-1, CTRAV R1231-1, CCIV 2229, CTRAV R1452-1"),
        ("aide-juridictionnelle/index", "D2020-1717 37, D2020-1717 43, D2020-1717 46, D2020-1717 69"),
        ("delais-de-grace/index", "CCIV 1343-5, CPC 510, CPC 511, CPC 512, CPC 513, CPCE R121-1, CCONSO L314-20"),
        ("saisie-compte/temps-pour-payer", "CCIV 1343-5, CPCE R121-2, CCONSO L721-4, CCONSO L722-2, CCONSO L722-5"),
        (
            "surendettement/index",
            "CCONSO L711-1, CCONSO R721-2, CCONSO L721-4, CCONSO L722-2, CCONSO L722-3, CCONSO L722-5",
        ),
        ("surendettement/lettres", "CCONSO R712-18, CCONSO R713-11, CCONSO R722-1, CCONSO R723-8, CCONSO R733-6"),
        (
            "expulsion/index",
            "CPCE L412-1, CPCE L412-3, CPCE L412-6, CPCE R412-4, CPCE R442-2, CPCE R433-2, CPCE R433-3",
        ),
        ("saisie-vente/index", "CPCE L112-2, CPCE R112-2, CPCE R221-10, CPCE R221-30, CPCE R221-51, CPCE R221-53"),
        ("pension-alimentaire/index", "CPCE L213-1, CPCE L213-2, CPCE L213-4, CPCE R213-1, CPCE R213-6, CPCE R213-12"),
        ("saisie-compte/debiteur", "CPCE R162-6, CTRAV L5423-5, CSS L553-4, CPC 664-1"),
        ("saisie-compte/creancier", "CPCE R162-6, CCIV 1343-5, CCONSO L722-2, CPC 1416, CPCE R211-3, CPCE L152-1"),
        ("saisie-compte/actes", "CPCE R211-1, CPCE R211-3, CPCE R211-11, CPCE R162-4, CPCE R211-6, CPCE R211-13"),
    ],
)
def test_a_rule_is_said_with_its_article_and_the_article_is_in_the_sources(name: str, articles: str) -> None:
    body = split(DOCS / f"{name}.md")[1]
    sources = body.partition("/// sources")[2].splitlines()
    assert [article for article in articles.split(", ") if f"{{{{ art:{article} }}}}" not in body] == []
    assert [article for article in articles.split(", ") if article not in sources] == []


# ---------------------------------------------------------------- as built


class _Text(HTMLParser):
    """The texts of a page's article, as a reader sees them; those in English apart."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._inside = self._hidden = self._foreign = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._foreign += tag == "div" and (self._foreign > 0 or ("lang", "en") in attrs)
        self._inside += tag == "article"
        self._hidden += tag in {"code", "pre", "script", "style", "textarea", "svg"}

    def handle_endtag(self, tag: str) -> None:
        self._foreign -= tag == "div" and self._foreign > 0
        self._inside -= tag == "article"
        self._hidden -= tag in {"code", "pre", "script", "style", "textarea", "svg"}

    def handle_data(self, data: str) -> None:
        if self._inside and not self._hidden and not self._foreign:
            self.texts.append(data)


@pytest.fixture(params=["site", "zensical_site"])
def built(request: pytest.FixtureRequest) -> list[Path]:
    folder: Path = request.getfixturevalue(request.param)
    pages = [p for p in folder.rglob("*.html") if "assets" not in p.relative_to(folder).parts]
    assert len(pages) >= len(PAGES)
    return pages


def test_no_value_is_left_to_fill_in_the_built_pages(built: list[Path]) -> None:
    for path in built:
        html = path.read_text("utf-8")
        assert "{{" not in html, path
        assert "{%" not in html, path
        assert not re.search(r"^///", html, re.MULTILINE), path


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
@pytest.mark.parametrize("name", ANCHORS)
def test_the_anchors_that_were_printed_still_lead_somewhere(
    request: pytest.FixtureRequest, builder: str, name: str
) -> None:
    html = (request.getfixturevalue(builder) / name / "index.html").read_text("utf-8")
    assert [anchor for anchor in ANCHORS[name].split() if f'id="{anchor}"' not in html] == []


def test_no_fence_is_read_as_a_word_of_code(built: list[Path]) -> None:
    """A block of code that stands in a list, and that Markdown takes for words between backquotes."""
    for path in built:
        for before, code in re.findall(r"(<pre[^>]*>(?:<span></span>)?)?<code[^>]*>([^<]*)", path.read_text("utf-8")):
            assert before or "\n" not in code, (path, code)


@pytest.mark.parametrize(("folder", "index"), [("site", "search/search_index.json"), ("zensical_site", "search.json")])
def test_the_search_does_not_find_a_page_by_the_definitions_it_carries(
    request: pytest.FixtureRequest, folder: str, index: str
) -> None:
    text = (request.getfixturevalue(folder) / index).read_text("utf-8")
    assert "Premier jour" in text or "premier jour" in text
    assert "Voir le glossaire" not in text
    definition = "La personne qui remet les actes"
    assert text.count(definition) == 1, "in the glossary alone"


def test_french_typography_in_the_built_pages(built: list[Path]) -> None:
    for path in built:
        if path.name == "404.html":
            continue
        words = " ".join(_Text(path.read_text("utf-8")).texts)
        for wrong in (r" [;!?»]", r"« ", r" :(?=\s)", r"\d €", r"\d [kMG]o\b", r"\d \d{3}(?!\d)", r"\w'\w"):
            assert not (found := re.search(f".{{0,40}}(?:{wrong}).{{0,20}}", words)), (path, found)
        assert "\u00a0" in words
