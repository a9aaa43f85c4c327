"""Forms and answers as HTML: usable by everyone, and nothing that was typed ever becomes markup."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from calculators.checklist import level_in_words, said_once
from calculators.declaration import Kind, ask, ask_rows, conditions, fields_of
from calculators.errors import FieldError
from calculators.outcome import Answered, Refused, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.result import Valeur
from calculators.text import answer_as_text
from calculators.typography import french
from calculators.web.engine.cases import TODAY, cases, requests
from calculators.web.page.answer import _quantity, example_view, manual, result_view
from calculators.web.page.browser import answer
from calculators.web.page.elements import Place, el, serialise
from calculators.web.page.form import errors_summary, form, sheet

VOID = {"input", "br", "img", "hr", "meta", "link", "rect", "line", "circle"}
BASE = {"aujourdhui": TODAY, "date_saisie": "2026-11-20"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "</td></table><h1>x",
    "{{ montant:sbi }} &lt;b&gt; &amp;",
    "<!-- --> <![CDATA[ x ]]>",
    "javascript:alert(1) \\u003cb\\u003e",
]


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        found = [self] if not tags or self.tag in tags else []
        return found + [e for child in self.children for e in child.all(*tags)]

    def words(self) -> str:
        return self.text + "".join(child.words() for child in self.children)


class _Tree(HTMLParser):
    """Reads HTML as a browser would, and fails on what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(html)
        self.close()
        assert self.open == [self.root], [e.tag for e in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID or tag in {"rect", "line", "circle"}:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(Element("#text", {}, data))

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data!r}")


def tree(html: str) -> Element:
    return _Tree(html).root


def skeleton(root: Element) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The markup without the texts."""
    return [(e.tag, tuple(e.attributes.items())) for e in root.all() if e.tag != "#text"]


def answered(**given: object) -> Answered:
    outcome = ask_calculator(get("sbi"), {**BASE, **given})
    assert isinstance(outcome, Answered), outcome
    return outcome


def shown(outcome: Answered) -> Element:
    return tree(serialise(result_view(outcome.inputs, outcome.result, Place("sbi"))))


@pytest.fixture(params=sorted(CALCULATORS))
def calculator(request: pytest.FixtureRequest) -> Any:
    return get(request.param)


@pytest.fixture
def rendered(calculator: Any) -> Element:
    return tree(serialise(form(calculator, Place(calculator.nom))))


# ---------------------------------------------------------------- form


def test_identifiers_are_unique(rendered: Element) -> None:
    identifiers = [e.attributes["id"] for e in rendered.all() if "id" in e.attributes]
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", identifier) for identifier in identifiers)


def test_every_control_has_a_label_and_a_description_that_exist(rendered: Element) -> None:
    identifiers = {e.attributes["id"]: e for e in rendered.all() if "id" in e.attributes}
    labels = {e.attributes["for"]: e for e in rendered.all("label")}
    described = [e for e in rendered.all() if "aria-describedby" in e.attributes]
    assert described
    for element in described:
        targets = element.attributes["aria-describedby"].split()
        assert targets
        assert all(target in identifiers for target in targets)
        assert any(identifiers[target].attributes.get("data-zone") == "erreur" for target in targets)
    for control in rendered.all("input", "select"):
        assert labels[control.attributes["id"]].words().strip()
        # A control without a name is not a question: it narrows the answers of one.
        if control.attributes.get("type") != "radio" and "name" in control.attributes:
            assert "aria-describedby" in control.attributes
    for group in rendered.all("fieldset"):
        legend = group.children[0]
        assert legend.tag == "legend"
        assert legend.words().strip()
    assert len(labels) == len(rendered.all("label"))


def test_every_question_of_the_declaration_is_in_the_form(calculator: Any, rendered: Element) -> None:
    names = {e.attributes["name"] for e in rendered.all("input", "select") if "name" in e.attributes}
    expected = set()
    for question in fields_of(calculator.inputs):
        if question.question.cache:
            continue
        if question.kind is Kind.LIGNES:
            numbers = ("1", "__n__") if question.requis else ("__n__",)
            expected |= {f"{question.nom}.{n}.{c.nom}" for n in numbers for c in question.colonnes}
        else:
            expected.add(question.nom)
    assert names == expected


def test_conditions_in_the_form_are_those_of_the_declaration(calculator: Any, rendered: Element) -> None:
    in_form = {
        e.attributes["data-champ"]: e.attributes.get("data-quand")
        for e in rendered.all()
        if "data-champ" in e.attributes
    }
    for question in fields_of(calculator.inputs):
        if not question.question.cache:
            assert json.loads(in_form[question.nom] or "[{}]") == conditions(question.question.quand)


def test_the_form_sends_nothing_by_itself(rendered: Element) -> None:
    (sheet,) = rendered.all("form")
    assert "action" not in sheet.attributes
    submit = [b for b in rendered.all("button") if b.attributes.get("type") == "submit"]
    assert [b.attributes.get("disabled") for b in submit] == ["disabled"]
    assert all(b.attributes.get("type") in {"submit", "button"} for b in rendered.all("button"))


# ---------------------------------------------------------------- faults


def in_the_form(target: str, identifiers: set[str]) -> bool:
    """Whether an identifier is in the form, or in the model of its rows."""
    return target in identifiers or re.sub(r"-[0-9]+-", "-__n__-", target, count=1) in identifiers


def test_every_link_of_the_summary_leads_to_a_field(calculator: Any, rendered: Element) -> None:
    identifiers = {e.attributes["id"] for e in rendered.all() if "id" in e.attributes}
    seen = set()
    for name, given in cases(2000, seed=7):
        outcome = ask_calculator(get(name), {"aujourdhui": TODAY, **given, "intrus": "x", "comptes.1.solde": "1"})
        if name != calculator.nom or not isinstance(outcome, Refused):
            continue
        summary = tree(serialise(errors_summary(calculator, outcome.erreurs, Place(calculator.nom))))
        assert len(summary.all("li")) == len(outcome.erreurs)
        for link in summary.all("a"):
            assert in_the_form(link.attributes["href"].removeprefix("#"), identifiers), link.attributes
            seen.add(link.attributes["data-vers"])
        for fault in outcome.erreurs:
            root = fault.champ.split(".")[0]
            if root not in {f.nom for f in fields_of(calculator.inputs)}:
                assert fault.champ not in seen
    questions = [field for field in fields_of(calculator.inputs) if not field.question.cache]
    assert len(seen) > min(10, len(questions) // 2), "too few questions are ever refused to tell"


@pytest.mark.parametrize(
    "champ",
    ["", "intrus", "aujourdhui", "comptes.x.solde", "comptes.1.intrus", "comptes.1.solde.x", "date_saisie.1", "solde"],
)
def test_a_fault_of_no_field_of_the_form_is_no_link(champ: str) -> None:
    summary = errors_summary(get("sbi"), [FieldError(champ, "Message.")], Place("sbi"))
    assert tree(serialise(summary)).all("a") == []


@pytest.mark.parametrize(("count", "title"), [(1, "Une réponse est à corriger"), (2, "2 réponses sont à corriger")])
def test_the_summary_says_how_many(count: int, title: str) -> None:
    summary = tree(serialise(errors_summary(get("sbi"), [FieldError("creance", "M.")] * count, Place("sbi", niveau=2))))
    (heading,) = summary.all("h2")
    assert heading.words() == title
    assert summary.children[0].attributes["aria-labelledby"] == heading.attributes["id"]
    assert summary.children[0].attributes["tabindex"] == "-1"


def test_good_news_is_not_a_fault() -> None:
    good = FieldError("sommes.2.date_credit", "Elle n'est pas prise.", bonne_nouvelle=True)
    bad = FieldError("creance", "Indiquez un montant.")
    alone, both = (
        tree(serialise(errors_summary(get("sbi"), faults, Place("sbi", niveau=2)))).children[0]
        for faults in ([good], [good, bad])
    )
    assert alone.all("h2")[0].words() == "Bonne nouvelle"
    assert "calc-resume-erreurs--bonne" in alone.attributes["class"]
    # Beside a fault, the fault gives its title to the whole; the way out of the other is offered all the same.
    assert both.all("h2")[0].words() == "Une réponse est à corriger"
    assert "calc-resume-erreurs--bonne" not in both.attributes["class"]
    for summary in (alone, both):
        (button,) = summary.all("button")
        assert button.attributes["data-rang"] == "sommes.2"


def test_a_wage_after_the_seizure_is_refused_as_good_news_and_nothing_else_is() -> None:
    def refusal(**somme: str) -> list[tuple[str, bool]]:
        rows = [{"nature": "rsa", "montant": "900", **somme}]
        outcome = ask_calculator(get("sbi"), {**BASE, "solde": "1000", "sommes": rows})
        assert isinstance(outcome, Refused)
        return [(fault["champ"], fault.get("bonne_nouvelle", False)) for fault in outcome.to_dict()["erreurs"]]

    assert refusal(date_credit="2026-11-25") == [("sommes.1.date_credit", True)]
    assert refusal(date_credit="hors") == [("sommes.1.date_credit", False)]
    assert refusal(montant="x") == [("sommes.1.montant", False)]


def test_what_to_do_comes_before_what_it_rests_on(calculator: Any) -> None:
    outcome = ask_calculator(calculator, {"aujourdhui": TODAY, **calculator.exemple})
    assert isinstance(outcome, Answered)
    view = serialise(result_view(outcome.inputs, outcome.result, Place(calculator.nom)))
    assert "calc-a-faire" in view
    details = ("calc-figure", "calc-montants", "calc-detail", "calc-lectures", "calc-etapes")
    assert view.index("calc-a-faire") < min(view.index(part) for part in details if part in view)


# ---------------------------------------------------------------- hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_reaches_the_page_as_text(text: str) -> None:
    assert len(text) <= 60
    rows = [{"solde": "1000", "libelle": text}, {"solde": "5"}]
    tame = [{"solde": "1000", "libelle": "Livret"}, {"solde": "5"}]
    hostile, plain = shown(answered(comptes=rows)), shown(answered(comptes=tame))
    assert skeleton(hostile) == skeleton(plain)
    cells = [cell.words().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ") for cell in hostile.all("th")]
    assert text in cells
    example, usual = (
        tree(serialise(example_view(outcome.inputs, outcome.result)))
        for outcome in (answered(comptes=rows), answered(comptes=tame))
    )
    assert skeleton(example) == skeleton(usual)


@pytest.mark.parametrize("text", [*HOSTILE, "\u202ereversed", "\x00", "a\nb", "x" * 100_000, "\ud83d"])
def test_a_hostile_name_is_shown_as_text_and_short(text: str) -> None:
    champs = {text: "1", f"comptes.1.{text}": "1", f"{text}.1.solde": "1", "date_saisie": text}
    reply = json.loads(answer(json.dumps({"calculateur": "sbi", "champs": champs, "aujourdhui": TODAY})))
    assert reply["ok"] is False
    found = tree(reply["html"])
    assert {e.tag for e in found.all() if e.tag != "#text"} <= {"", "div", "h3", "ul", "li", "a"}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", reply["html"])
    assert len(reply["html"]) < 4000


def test_a_link_does_not_change_the_day() -> None:
    """A fragment made years ago, or by someone else, still says that an amount is past its revision."""
    champs = {"date_saisie": "2027-05-01", "solde": "1", "aujourdhui": "2027-06-01"}
    reply = json.loads(answer(json.dumps({"calculateur": "sbi", "champs": champs, "aujourdhui": TODAY})))
    assert "date_future" in {warning["code"] for warning in reply["resultat"]["avertissements"]}


def test_hostile_places_stay_in_their_attribute() -> None:
    request = {"calculateur": "sbi", "champs": {"solde": "x"}, "aujourdhui": TODAY, "prefixe": '"><b>', "niveau": 9}
    found = tree(json.loads(answer(json.dumps(request)))["html"])
    assert found.all("b") == []
    assert len(found.all("h6")) == 1


def test_no_style_no_script_no_handler_anywhere() -> None:
    """The pages run under a strict policy."""
    place = Place("sbi", racine="../", niveau=2)
    pages = [json.loads(answer(request))["html"] for request in requests(200)]
    pages += [serialise(form(get("sbi"), place)), serialise(*manual(get("sbi")))]
    for html in pages:
        for element in tree(html).all():
            assert element.tag not in {"script", "style", "iframe", "object", "base"}
            assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
            target = element.attributes.get("href", "")
            assert re.match(r"(https://|#|\.\./[a-z]|$)", target), target


# ---------------------------------------------------------------- answer


def assert_bars(drawing: Any, answer_: dict[str, Any]) -> None:
    """The brackets reached, each a part of a whole, or the dates compared: as many lines as the table."""
    texts, drawn = len(drawing.all("text")), drawing.all("rect")
    if [e for e in drawn if "comparaison__tout" in e.attributes["class"]]:
        reached = [row for row in answer_["tranches"] if float(row["part"]) > 0]
        assert (texts, len(drawn)) == (2 * len(reached), 2 * len(reached))
    else:
        rows = answer_["comparaison"]
        assert (texts, len(drawn)) == (2 * len(rows), sum(1 for row in rows if "raison" not in row))
    assert all(0 <= float(e.attributes["width"]) <= 280 for e in drawn)


@pytest.mark.parametrize("request_", list(requests(60, seed=3)))
def test_the_answer_is_sound_markup_with_the_figures_in_words(request_: str) -> None:
    reply = json.loads(answer(request_))
    if not reply["ok"]:
        return
    found = tree(reply["html"])
    # The table of all values, or the timeline that holds them all; a list of documents only has a few, in large.
    whole = ("calc-montants", "calc-frise", "calc-valeurs")
    boxes = [box for box in found.all("table", "figure", "dl") if box.attributes.get("class") in whole]
    values = {
        e.attributes["data-valeur"]: e.attributes.get("value") or e.attributes["datetime"]
        for box in boxes[-1:]
        for e in box.all("data", "time")
        if "data-valeur" in e.attributes
    }
    expected = reply["resultat"]["valeurs"]
    listed = [piece["id"] for piece in expected.pop("pieces", [])]
    assert values == expected
    boxes_to_tick = {e.attributes["id"]: e.attributes["data-piece"] for e in found.all("input")}
    assert list(boxes_to_tick.values()) == listed
    assert [e.attributes["for"] for e in found.all("label")] == list(boxes_to_tick)
    levels = [int(e.tag[1]) for e in found.all("h2", "h3", "h4", "h5", "h6")]
    assert set(levels) == {4}
    identifiers = [e.attributes["id"] for e in found.all() if "id" in e.attributes]
    assert len(identifiers) == len(set(identifiers))
    for box in found.all("table"):
        widths = {len(row.all("th", "td")) for row in box.all("tr")}
        assert len(widths) == 1
        assert box.children[0].tag == "caption"
    for drawing in found.all("figure"):
        (picture, *_) = drawing.all("svg")
        assert picture.attributes["aria-hidden"] == "true"
        if drawing.attributes["class"] == "calc-frise":
            assert len(drawing.all("ol")[0].all("li")) == len(picture.all("text"))
            assert all(fold.all("summary") for fold in drawing.all("details"))  # the dates of the others
            continue
        if drawing.attributes["class"] == "comparaison":
            assert_bars(drawing, reply["resultat"])
            continue
        shares = [e for e in drawing.all("svg") if "calc-part" in e.attributes["class"].split()]
        assert len(drawing.all("li")) == len(shares)
        assert sum(float(e.attributes["width"]) for e in shares) == pytest.approx(320, abs=0.05)
    assert len(found.all("ol")[-1].all("li")) >= 1
    assert "Information générale, pas un conseil juridique personnalisé." in found.words()
    assert reply["texte"].startswith(french(get(reply["resultat"]["calculateur"]).titre))
    assert "Traceback" not in reply["texte"]


def test_nothing_to_share_has_no_picture() -> None:
    assert shown(answered(solde="-10")).all("figure") == []


def test_a_date_among_the_values_is_a_time() -> None:
    (shown_,) = tree(serialise(_quantity(Valeur("limite", "Date limite", date(2026, 12, 1))))).all("time")
    assert (shown_.attributes["datetime"], shown_.words()) == ("2026-12-01", "1er\u00a0décembre 2026")


def test_an_element_keeps_its_order_and_attributes() -> None:
    built = el("p", "a ", el("b", "b"), " ; c", None, el("i"), "d", class_="x", hidden=True, title=None, data_n="1")
    assert serialise(built) == '<p class="x" hidden="hidden" data-n="1">a <b>b</b>\u202f; c<i></i>d</p>'


# ---------------------------------------------------------------- said once


@dataclass(frozen=True, slots=True, kw_only=True)
class _Enfant:
    prenom: str = ask("Prénom")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Foyer:
    enfants: tuple[_Enfant, ...] = ask_rows(
        "Enfants", ligne="enfant", ajouter="Ajouter un enfant à charge", requis=True
    )


def test_a_row_is_named_by_its_question_whatever_the_button_says() -> None:
    html = serialise(sheet(fields_of(_Foyer), Place("foyer"), title="Foyer", send="Envoyer"))
    assert '<legend><span class="calc-numero">Enfant 1</span></legend>' in html
    assert 'Retirer <span class="calc-numero">enfant 1</span>' in html


#: The headings of the page, and those of the text for the terminal.
HEADINGS = {
    "Que faire maintenant": "Que faire",
    "Votre courrier": "Votre courrier",
    "Le calendrier": "Calendrier",
    "Les lectures possibles": "Lectures possibles",
    "Le raisonnement, étape par étape": "Raisonnement",
    "Bon à savoir": "Bon à savoir",
    "Valeurs utilisées": "Sources",
    "Vos réponses": "Vos réponses",
}


@pytest.mark.parametrize("name", CALCULATORS)
def test_the_page_and_the_text_say_the_same_parts_in_the_same_order(name: str) -> None:
    calculator = CALCULATORS[name]
    for example in (calculator.exemple, *calculator.exemples):
        outcome = ask_calculator(calculator, {"aujourdhui": TODAY, **example})
        assert isinstance(outcome, Answered)
        page = serialise(result_view(outcome.inputs, outcome.result, Place("p")))
        text = answer_as_text(calculator, outcome.inputs, outcome.result)
        shown = [HEADINGS[title.replace("\u2019", "'")] for title in re.findall(r"<h4>([^<]*)</h4>", page)]
        said = [title for title in re.findall(r"\n\n([^\n]+)(?=\n)", text) if title in HEADINGS.values()]
        assert "Raisonnement" in shown
        # The page folds the readings of the others' dates into the calendar.
        assert [title for title in said if title in shown] == shown
        assert set(said) - set(shown) <= {"Lectures possibles"}
        # What must be read first comes before the rest of it.
        assert "\n\nAttention\n" not in text or text.index("\n\nAttention\n") < text.index(f"\n\n{said[0]}\n")


def test_a_level_that_is_none_is_never_taken_for_one_to_confirm() -> None:
    outcome = ask_calculator(get("pieces"), {"aujourdhui": TODAY, "demarche": "passeport", "motif": "perte"})
    assert isinstance(outcome, Answered)
    piece = (outcome.result.pieces or ())[0]
    with pytest.raises(ValueError, match="'requise' is not a valid Exigence"):
        level_in_words(replace(piece, niveau="requise"))


def test_what_most_documents_of_a_list_would_repeat_is_said_once_above_it() -> None:
    asked = {"aujourdhui": TODAY, "demarche": "consignation-cph", "sens": "restituer", "profil": "entreprise"}
    outcome = ask_calculator(get("pieces"), asked)
    assert isinstance(outcome, Answered)
    page = serialise(result_view(outcome.inputs, outcome.result, Place("p")))
    text = answer_as_text(get("pieces"), outcome.inputs, outcome.result)
    repeated = [piece for piece in outcome.result.pieces or () if piece.niveau == "a_confirmer"]
    assert len(repeated) > 2
    for words in (
        repeated[0].a_confirmer,
        repeated[0].forme,
        "Où demander : à confirmer auprès de la Caisse des Dépôts",
    ):
        assert text.count(french(words)) == 1, words
        assert re.sub("<[^>]*>", "", page).count(french(words)) == 1, words
    assert page.count("À confirmer auprès") == 0
    assert text.count("à confirmer auprès") == 1


def test_a_remark_that_some_document_has_not_stays_where_it_is_said() -> None:
    outcome = ask_calculator(get("pieces"), {"aujourdhui": TODAY, "demarche": "passeport", "motif": "perte"})
    assert isinstance(outcome, Answered)
    first, second, third, *_ = (replace(piece, forme="Original") for piece in outcome.result.pieces or ())
    assert said_once([first, second, third]).lines[0] == ("Forme", "Original")
    assert said_once([first, second, replace(third, forme="Copie")]).lines[0] == (
        "Forme, sauf mention contraire",
        "Original",
    )
    assert said_once([first, second, replace(third, forme="")]).lines == ()
    assert said_once([first]).lines == ()


def test_a_price_of_nothing_is_free_for_a_reader_and_zero_for_a_program() -> None:
    asked = {"aujourdhui": TODAY, "demarche": "carte-identite", "motif": "renouvellement", "carte_etat": "valide"}
    outcome = ask_calculator(get("pieces"), asked)
    assert isinstance(outcome, Answered)
    assert "Prix du titre : gratuit" in answer_as_text(get("pieces"), outcome.inputs, outcome.result).replace(
        "\u00a0", " "
    )
    page = serialise(result_view(outcome.inputs, outcome.result, Place("p")))
    assert re.search(r'<data [^>]*value="0[.0]*"[^>]*>gratuit</data>', page)
    assert ">0,00" not in page


def test_where_a_document_comes_from_is_folded_after_it() -> None:
    asked = {"aujourdhui": TODAY, "demarche": "passeport", "motif": "perte"}
    outcome = ask_calculator(get("pieces"), asked)
    assert isinstance(outcome, Answered)
    for item in result_view(outcome.inputs, outcome.result, Place("p")).iter("li"):
        if "piece" in (item.get("class") or "").split():
            assert item[0].get("class") == "piece-nom"
            assert (item[-1].tag, item[-1].get("open"), item[-1][0].text) == ("details", None, "Source")
            assert item[-1].find(".//a") is not None
