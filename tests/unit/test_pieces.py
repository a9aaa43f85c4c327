"""The checklists: their data, every route through their questions, and the identifiers that never change."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from dataclasses import make_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import markdown
import pytest

from calculators.declaration import Option, ask, fields_of, json_schema, under
from calculators.errors import InputError, LawDataError
from calculators.law import Unite, VersionDeDuree, law
from calculators.law.pieces import Exigence, anciens, demarches, load_demarches, pieces, questions_of
from calculators.pieces import inputs, requested
from calculators.pieces.card import card_validity
from calculators.pieces.rules import check_rules
from calculators.registry import get
from calculators.web.guides.blocks import lists
from calculators.web.page.browser import answer
from calculators.web.page.elements import Place, serialise
from calculators.web.page.form import form
from calculators.web.page.pieces import document
from calculators.web.publish import policy
from calculators.web.publish import site as publishing
from calculators.web.publish.policy import inline_scripts, script_hash
from tests.helpers import ROOT
from tests.pieces_routes import (
    DAYS,
    FIELDS,
    TODAY,
    everything,
    is_a_way,
    listed,
    names,
    route,
    told,
    ways_through,
)

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.declaration import Field
    from calculators.law import Law
    from calculators.law.pieces import Piece

VECTORS = json.loads((ROOT / "tests/vectors/pieces.json").read_text("utf-8"))
FACTS = json.loads((ROOT / "tests/oracles/pieces.json").read_text("utf-8"))
IDENTIFIERS = ROOT / "tests/vectors/pieces_identifiants.txt"

#: A card issued in 2014: fifteen years for an adult, ten for a child.
ISSUED = "2014-06-01"

# ---------------------------------------------------------------- routes


@pytest.mark.parametrize("case", VECTORS, ids=range(len(VECTORS)))
def test_each_case_has_its_list(case: dict[str, Any]) -> None:
    assert listed(case["reponses"]) == case["pieces"]


def test_no_route_and_no_answer_is_left_untested() -> None:
    tested = [case["reponses"] for case in VECTORS]
    assert [answers for answers in tested if not is_a_way(answers)] == []
    assert {route(answers) for answers in everything()} <= {route(answers) for answers in tested}
    assert {pair for answers in everything() for pair in answers.items()} == {p for a in tested for p in a.items()}
    assert set(pieces()) == {identifier for case in VECTORS for identifier in case["pieces"]}


def test_the_ways_tried_do_not_grow_without_end_nor_change_with_another_demarche() -> None:
    yes_or_no = (("oui", "Oui"), ("non", "Non"))
    asked = [(f"q{n}", str, ask(f"Question {n} ?", options=[Option(*pair) for pair in yes_or_no])) for n in range(12)]

    def fields(demarches: str) -> list[Field]:
        first = ("demarche", str, ask("Démarche ?", options=[Option(name, name) for name in demarches]))
        return list(fields_of(make_dataclass("Longue", [first, *asked], frozen=True, kw_only=True)))

    assert len(ways_through(fields("a")[:10], "a")) == 2**9
    found = ways_through(fields("a"), "a", most=100)
    assert 90 < len(found) <= 100
    assert {name for way in found for name in way.items()} >= {
        (f"q{n}", word) for n in range(12) for word, _ in yes_or_no
    }
    assert ways_through(fields("ab"), "a", most=100) == found


def test_a_question_is_asked_only_where_an_answer_changes_what_is_told_or_what_is_asked_next() -> None:
    idle = set()
    for answers in everything():
        for field in FIELDS[1:]:
            if field.nom in answers:
                others = [{**answers, field.nom: other} for other in [o.valeur for o in field.options] or DAYS]
                if not all(map(is_a_way, others)):
                    continue
                first, *rest = [(found.pieces, found.valeurs) for found in map(told, others)]
                if all(one == first for one in rest):
                    idle.add((field.nom, *answers.items()))
    assert not idle


@pytest.mark.parametrize(
    ("issued", "age", "asked"),
    [
        ("", "majeur", False),
        ("2004-01-01", "majeur", False),
        ("2004-01-02", "majeur", True),
        (ISSUED, "majeur", True),
        (ISSUED, "15_17", False),
        ("2021-08-01", "majeur", True),
        ("2021-08-02", "majeur", False),
    ],
)
def test_the_age_at_the_day_of_issue_is_asked_only_where_it_changes_how_long_the_card_is_good(
    issued: str,
    age: str,
    asked: bool,  # noqa: FBT001
) -> None:
    card = {"demarche": "carte-identite", "motif": "renouvellement", "age": age, "date_delivrance": issued}
    cards = [
        answers
        for answers in ways_through(FIELDS, "carte-identite", days=[issued])
        if {**answers, **card} == {"date_delivrance": "", **answers}
    ]
    assert cards
    assert any("delivree_majeur" in answers for answers in cards) is asked
    if issued and age == "majeur":
        days = date.fromisoformat(issued), date.fromisoformat(TODAY)
        assert (card_validity(*days, law(), adult=True) != card_validity(*days, law(), adult=False)) is asked


def test_what_is_not_known_shows_every_branch_and_requires_none() -> None:
    options = {field.nom: [option.valeur for option in field.options] for field in FIELDS}
    for answers in everything():
        shown = listed(answers)
        for name in (name for name, value in answers.items() if value == "inconnu"):
            for known in ({**answers, name: value} for value in options[name] if value != "inconnu"):
                if is_a_way(known):
                    assert set(listed(known)) <= set(shown), known
                    assert {i for i, level in shown.items() if level == "requis"} <= set(listed(known)), known


@pytest.mark.parametrize(("issued", "adult", "doubt"), [("2014-06-01", "oui", False), ("2014-06-01", "inconnu", True)])
def test_a_day_of_issue_that_settles_the_state_of_the_card_leaves_no_doubt(
    issued: str,
    adult: str,
    doubt: bool,  # noqa: FBT001
) -> None:
    card = {"demarche": "carte-identite", "motif": "renouvellement", "carte_etat": "inconnu"}
    found = told({**card, "date_delivrance": issued, "delivree_majeur": adult})
    assert ("je-ne-sais-pas" in {warning.code for warning in found.avertissements}) is doubt


# ---------------------------------------------------------------- facts


@pytest.mark.parametrize("fact", FACTS, ids=range(1, len(FACTS) + 1))
def test_each_fact_has_its_documents(fact: dict[str, Any]) -> None:
    found = [pieces()[identifier] for identifier in fact["pieces"]]
    assert found
    if fact.get("code", "").isupper():
        assert [piece.code for piece in found] == [fact["code"]]
    if fact["niveau"] == "conditional":
        assert all(p.niveau is not Exigence.REQUIS or p.condition or p.quand != ({},) for p in found)


@pytest.mark.parametrize("fact", FACTS, ids=range(1, len(FACTS) + 1))
def test_each_fact_is_told_in_its_cases_and_not_in_the_others(fact: dict[str, Any]) -> None:
    """The cases were written from the facts alone; what is surely required is « requis » in each of them."""
    wanted = set(fact["pieces"])
    told = [listed(answers) for answers in fact["dans"]]
    assert all(wanted & set(found) for found in told)
    assert wanted <= {identifier for found in told for identifier in found}
    if fact["niveau"] == "required" and fact["certitude"].startswith("haute"):
        assert {level for found in told for name, level in found.items() if name in wanted} <= {"requis"}
    for answers in fact.get("pas_dans", ()):
        assert not wanted & set(listed(answers)), answers


#: Facts of middling certainty whose documents are nonetheless stated: a text or an official page says so.
STATED = {
    "cph-consigner-recepisse",  # code du travail, R4624-45-1
    "cph-saisir-aide",  # CGI 1635 bis Q
    "passeport-timbre-15-17",  # CGI 953
    "passeport-timbre-0-14",  # CGI 953
    "saisie-salaire-greffe",  # CPC 754
    "saisie-salaire-titre",  # CPCE L212-4: the judge looks at what is claimed
    "saisie-salaire-paies",  # Service-Public, F31185
    "saisie-salaire-aide-juridictionnelle",  # décret n° 2020-1717, art. 43
    "grace-budget",  # code civil, 1343-5: the judge looks at the debtor's situation
    "satd-releves",  # CPCE, R162-4: where the sum comes from is to be proved
}


def test_what_is_uncertain_is_never_required() -> None:
    sure = {identifier for fact in FACTS if fact["certitude"].startswith("haute") for identifier in fact["pieces"]}
    doubtful = {identifier for fact in FACTS for identifier in fact["pieces"]} - sure - STATED
    assert doubtful
    for identifier in doubtful:
        assert pieces()[identifier].niveau is Exigence.A_CONFIRMER, identifier
        assert pieces()[identifier].aupres_de


def test_every_document_comes_from_a_fact_but_these() -> None:
    told = {identifier for fact in FACTS for identifier in fact["pieces"]}
    assert {i for i in set(pieces()) - told if not i.startswith("pc-")} == {"passeport-timbre-nom"}


# ---------------------------------------------------------------- identifiers


def test_the_identifiers_never_change() -> None:
    committed = set(IDENTIFIERS.read_text("utf-8").splitlines())
    assert committed == names()


def test_an_answer_that_is_no_more_gives_the_list_of_the_one_that_replaces_it(monkeypatch: pytest.MonkeyPatch) -> None:
    former = {"motif=egare": {"motif": "perte"}, "demarche=cni": {"demarche": "carte-identite"}}
    assert former.keys() & set(anciens()) == set()
    monkeypatch.setattr(inputs, "anciens", lambda _law: former)
    now = listed({"demarche": "carte-identite", "motif": "perte"})
    assert listed({"demarche": "cni", "motif": "egare"}) == now
    with pytest.raises(InputError):
        listed({"demarche": "cni", "motif": "oublie"})
    assert 'data-anciens="{&quot;motif=egare&quot;: {&quot;motif&quot;: &quot;perte&quot;}' in serialise(
        form(get("pieces"), Place("pieces"))
    )


def test_a_list_that_is_no_more_has_a_page_that_leads_to_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = {"motif=egare": {"motif": "perte"}, "demarche=cni": {"demarche": "carte-identite"}}
    monkeypatch.setattr(publishing, "anciens", lambda: former)
    publishing.redirect_former(tmp_path)
    (page,) = tmp_path.rglob("*.html")
    assert page == tmp_path / "pieces/cni/index.html"
    text = page.read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../carte-identite/">' in text
    assert '<a href="../carte-identite/">' in text
    (script,) = inline_scripts(text)
    policy.apply(tmp_path)
    assert script_hash(script) in html.unescape(page.read_text("utf-8"))


def test_a_document_keeps_its_former_names_in_its_page_and_in_its_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "passeport.toml").write_text(GOOD + 'remplace = ["a-0", "a-00"]\n', "utf-8")
    found = documents(tmp_path)
    monkeypatch.setattr(lists, "pieces", lambda: found)
    page = markdown.markdown("/// pieces | passeport\n///", extensions=["calculators.web.guides.extension"])
    for identifier in ("a-0", "a-00", "a-1"):
        assert page.count(f'id="{identifier}"') == 1
    (piece,) = found.values()
    box = serialise(document(requested(piece, date.fromisoformat(TODAY), law()), Place("p")))
    assert 'data-piece="a-1" data-anciens="a-0 a-00"' in box


def test_a_document_that_moved_to_another_list_is_found_from_its_former_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays = GOOD.replace("a-1", "a-2").replace("rang = 1", "rang = 2").replace("Un titre", "Un autre")
    (tmp_path / "passeport.toml").write_text(GOOD + 'remplace = ["carte-identite/a-0"]\n', "utf-8")
    (tmp_path / "carte_identite.toml").write_text(stays, "utf-8")
    found = documents(tmp_path)
    monkeypatch.setattr(lists, "pieces", lambda: found)

    def page(demarche: str) -> str:
        return markdown.markdown(f"/// pieces | {demarche}\n///", extensions=["calculators.web.guides.extension"])

    assert 'id="a-0"' not in page("passeport")
    assert page("carte-identite").count('id="a-0"') == 1
    assert re.search('id="a-0".*href="[^"]*pieces/passeport/#a-1"', page("carte-identite"), re.DOTALL)
    box = serialise(document(requested(found["a-1"], date.fromisoformat(TODAY), law()), Place("p")))
    assert 'data-anciens="a-0"' in box


@pytest.mark.parametrize("name", ["A-0", "passeport/", "passeport/a/b", "/a-0"])
def test_a_former_name_is_written_as_a_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "liste.toml").write_text(f'{GOOD}remplace = ["{name}"]\n', "utf-8")
    with pytest.raises(LawDataError, match=r"liste\.toml: pieces\.a-1\.remplace: expected"):
        load_demarches(tmp_path, law())


def test_a_document_that_disappears_without_a_word_is_seen(tmp_path: Path) -> None:
    """What the committed list is for: the same folder without one document lacks that name, unless another answers."""
    committed = set(IDENTIFIERS.read_text("utf-8").splitlines())
    source = ROOT / "calculators/law/pieces/passeport.toml"
    shutil.copy(source.with_name("_communs.toml"), tmp_path)
    kept = source.read_text("utf-8").replace("[pieces.passeport-perte]", "[pieces.passeport-declaration]")
    for remplace, missing in (("", {"passeport-perte"}), ('remplace = ["passeport-perte"]\n', set())):
        renamed = kept.replace("[pieces.passeport-declaration]\n", f"[pieces.passeport-declaration]\n{remplace}")
        (tmp_path / source.name).write_text(renamed, "utf-8")
        found = documents(tmp_path)
        names = set(found) | {name for piece in found.values() for name in piece.remplace}
        assert {name for name in committed if name.startswith("passeport-")} - names == missing


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ('[anciens]\n"motif" = "motif=perte"\n', "anciens.motif", "expected"),
        ('[anciens]\n"motif=a" = "perte"\n', "anciens.motif=a", "expected"),
        ('[anciens]\n"motif=a" = 3\n', "anciens.motif=a", "expected"),
        ('[anciens]\n"motif=a" = "motif=vol"\n', "anciens.motif=a", "unknown question 'motif'"),
    ],
)
def test_a_mistake_in_the_former_answers_is_named(tmp_path: Path, text: str, key: str, reason: str) -> None:
    (tmp_path / "liste.toml").write_text(text + GOOD, "utf-8")
    with pytest.raises(LawDataError, match=reason) as caught:
        load_demarches(tmp_path, law())
    assert (caught.value.file, caught.value.key) == ("pieces/liste.toml", key)


def test_the_former_answers_are_read_and_each_is_there_once(tmp_path: Path) -> None:
    former = '[anciens]\n"demarche=ancienne" = "demarche=a"\n'
    (tmp_path / "a.toml").write_text(former + GOOD, "utf-8")
    (found,) = load_demarches(tmp_path, law())["a"].anciens
    assert (found.avant, found.maintenant) == ("demarche=ancienne", {"demarche": "a"})
    other = GOOD.replace("a-1", "b-1").replace("rang = 1", "rang = 2").replace("Un titre", "Un autre")
    (tmp_path / "b.toml").write_text(former + other, "utf-8")
    with pytest.raises(LawDataError, match="already there"):
        load_demarches(tmp_path, law())


# ---------------------------------------------------------------- card


@pytest.mark.parametrize(
    ("issued", "adult", "states", "end"),
    [
        ("2003-06-01", True, {"expiree_plus_5"}, "2013-05-31"),
        ("2011-11-21", True, {"expiree_moins_5"}, "2026-11-20"),
        ("2011-11-22", True, {"valide"}, "2026-11-21"),
        ("2013-12-31", True, {"valide"}, "2028-12-30"),
        ("2013-12-31", False, {"expiree_moins_5"}, "2023-12-30"),
        ("2014-01-01", True, {"valide"}, "2028-12-31"),
        ("2012-02-29", True, {"valide"}, "2027-02-27"),
        ("2021-02-28", True, {"valide"}, "2036-02-27"),
        ("2021-03-01", True, {"valide"}, None),
        ("2021-08-02", True, {"valide"}, "2031-08-01"),
        ("2012-05-04", None, {"valide", "expiree_moins_5"}, None),
        ("2022-05-04", None, {"valide"}, "2032-05-03"),
        ("2010-05-04", False, {"expiree_plus_5"}, "2020-05-03"),
    ],
)
def test_until_when_a_card_is_good(issued: str, adult: bool | None, states: set[str], end: str | None) -> None:  # noqa: FBT001
    """« Délivrées à un majeur entre le 2 janvier 2004 et le 31 décembre 2013 : 5 ans de plus » (fiche F35005)."""
    found = card_validity(date.fromisoformat(issued), date.fromisoformat(TODAY), law(), adult=adult)
    assert found.etats == states
    assert found.fin == (date.fromisoformat(end) if end else None)


def law_with(cle: str, *versions: VersionDeDuree) -> Law:
    known = law()
    return replace(known, durees={**known.durees, cle: replace(known.durees[cle], versions=versions)})


def test_how_long_a_card_is_good_is_read_by_its_own_day() -> None:
    """A length that changes for the cards of 2025 changes nothing for those of before."""
    known = law_with(
        "carte-identite",
        VersionDeDuree(None, 10, Unite.ANNEES),
        VersionDeDuree(date(2025, 1, 1), 12, Unite.ANNEES),
    )
    today = date.fromisoformat(TODAY)
    ends = [card_validity(date.fromisoformat(d), today, known, adult=False).fin for d in ("2024-12-31", "2025-01-01")]
    assert ends == [date(2034, 12, 30), date(2036, 12, 31)]


@pytest.mark.parametrize(("years", "ago"), [(10, "/-P15Y"), (5, "/-P10Y")])
def test_the_form_asks_by_the_lengths_of_the_law_given(years: int, ago: str) -> None:
    """A child's card proves an identity for five years once it is no longer good: a passport is asked about after."""
    known = law_with("carte-identite", VersionDeDuree(None, years, Unite.ANNEES))
    (passport,) = (f for f in fields_of(under(get("pieces").inputs, known)) if f.nom == "passeport_recent")
    days = [case["date_delivrance"] for case in passport.question.quand if "delivree_majeur" in case]
    assert set(days) == {(ago,)}


# ---------------------------------------------------------------- data


GOOD = """
[demarche]
titre = "Un titre"
rang = 1
sujet = "Un sujet"
[commun]
verifie_le = 2026-11-21
certitude = "A"
niveau = "requis"
pourquoi = "p"
ou_l_obtenir = "o"
articles = ["CPCE L162-2"]
[pieces.a-1]
document = "Un document"
"""
#: The same with two questions, the second of which depends on the first.
ASKED = (
    GOOD
    + """quand = [{ x = ["oui"] }, { y = ["b"] }]
[questions.x]
question = "Un ?"
defaut = "non"
[questions.x.reponses]
oui = "Oui"
non = "Non"
[questions.y]
question = "Deux ?"
quand = [{ x = ["non"] }]
defaut = "a"
[questions.y.reponses]
a = "A"
b = "B"
"""
)
DEDUCTION = """
[deductions.y]
regle = "autorisations"
lit = ["x"]
libelle = "l"
etape = "e"
explication = "Parce que {x}."
explication_si_doute = "d"
resultats = { a = "aa", b = "bb" }
[deductions.y.selon.oui]
articles = ["CPCE L162-2"]
[deductions.y.selon.non]
implique = { x = "oui" }
"""
PRICE = """
[prix]
libelle = "Prix"
etape = "e"
explication = "p"
articles = ["CGI 953"]
[[prix.cas]]
montant = "timbre-passeport-majeur"
"""
ACTION = '[[actions]]\ntexte = "t"\n'
STEP = '[[etapes]]\ntitre = "t"\npiece = "a-1"\ndemandee = "d"\npeut_etre = "p"\npas_demandee = "n"\n'


def documents(folder: Path) -> dict[str, Piece]:
    return {piece.id: piece for demarche in load_demarches(folder, law()).values() for piece in demarche.pieces}


def doubtful(text: str) -> str:
    """With « je ne sais pas » among the answers to the second question, which is then found by a rule."""
    return text.replace('a = "A"\n', 'a = "A"\ninconnu = "?"\n') + DEDUCTION


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        (GOOD.replace("a-1", "A_1"), "pieces.A_1", "an identifier is made of"),
        (GOOD + 'autre = "x"\n', "pieces.a-1.autre", "unknown key"),
        (GOOD + "document = 3\n", "(file)", "not valid TOML"),
        (GOOD.replace('certitude = "A"', 'certitude = "D"'), "pieces.a-1.certitude", "never published"),
        (GOOD.replace('certitude = "A"', 'certitude = "C"'), "pieces.a-1.niveau", "certainty C"),
        (GOOD.replace('"requis"', '"a_confirmer"'), "pieces.a-1.a_confirmer", "missing"),
        (GOOD.replace('"requis"', '"a_confirmer"') + 'a_confirmer = "rien lu"\n', "pieces.a-1.aupres_de", "missing"),
        (GOOD + 'a_confirmer = "rien lu."\n', "pieces.a-1.a_confirmer", "without their full stop"),
        (GOOD + 'forme = """un\ndeux"""\n', "pieces.a-1.forme", "expected one line"),
        (GOOD.replace('"requis"', '"selon_le_cas"'), "pieces.a-1.condition", "missing"),
        (GOOD.replace('articles = ["CPCE L162-2"]\n', ""), "pieces.a-1.sources", "needs an article or a source"),
        (GOOD.replace("CPCE L162-2", "CPCE L999-9"), "pieces.a-1.articles", "unknown article"),
        (GOOD + 'sources = ["rien"]\n', "pieces.a-1.sources", "unknown source 'rien'"),
        (GOOD.replace("Un document", "Un {timbre}"), "pieces.a-1.document", "unknown series 'timbre'"),
        (GOOD + 'forme = "{passeport.majeur}"\n', "pieces.a-1.forme", "is a price: quote the dated series"),
        (GOOD + 'quand = ["x"]\n', "pieces.a-1.quand", "expected a list of tables"),
        (GOOD + "quand = [{ x = [] }]\n", "pieces.a-1.quand.x", "expected a list of texts"),
        (
            GOOD + 'quand = [{ x = ["oui"] }]\n',
            "pieces.a-1.quand.x",
            "unknown question of 'liste' 'x': expected one of none",
        ),
        (GOOD + 'remplace = ["a-1"]\n', "pieces.a-1", "already used"),
        (GOOD + "[autres]\n", "autres", "unknown section"),
        (GOOD.replace("[pieces.a-1]\n", "[pieces]\na = 1\n[etc]\n"), "etc", "unknown section"),
        (GOOD.replace('[pieces.a-1]\ndocument = "Un document"', "[pieces]\na = 1"), "pieces.a", "expected a table"),
        (GOOD.replace('[pieces.a-1]\ndocument = "Un document"', ""), "pieces", "missing: a démarche has documents"),
        # the démarche
        (GOOD.replace("[demarche]", "[anciens]"), "demarche", "expected a table"),
        (GOOD.replace('titre = "Un titre"\n', ""), "demarche.titre", "missing"),
        (GOOD.replace("rang = 1", "rang = 0"), "demarche.rang", "expected a positive number"),
        (GOOD.replace("rang = 1", 'rang = 1\nexemple = { x = "oui" }'), "demarche.exemple", "unknown question"),
        (ASKED.replace("rang = 1", 'rang = 1\nexemple = { x = "si" }'), "demarche.exemple.x", "unknown answer 'si'"),
        (GOOD.replace("rang = 1", 'rang = 1\nsans_piece = "Rien."'), "demarche.articles", "name the text that says so"),
        # the questions
        (ASKED.replace("x]", "x-1]"), "questions.x-1", "expected small letters"),
        (ASKED.replace("questions.x", "questions.regle"), "questions.regle", "no word of the format"),
        (ASKED.replace('question = "Un ?"\n', ""), "questions.x.question", "missing"),
        (ASKED.replace("Deux ?", "Un ?"), "questions.y.question", "the same words as the question 'x'"),
        (ASKED.replace('non = "Non"\n', ""), "questions.x.reponses", "two answers or more"),
        (ASKED.replace('b = "B"', 'b = "A"'), "questions.y.reponses.b", "the same words as 'a'"),
        (ASKED.replace("oui = ", "Oui = "), "questions.x.reponses.Oui", "an answer is made of"),
        (ASKED.replace('"non"\n[q', '"no"\n[q'), "questions.x.defaut", "unknown answer 'no': expected one of oui, non"),
        (
            ASKED.replace('[questions.y.reponses]\na = "A"\nb = "B"', 'reponses = "dat"'),
            "questions.y.reponses",
            "expected one of date",
        ),
        (
            ASKED.replace('[questions.y.reponses]\na = "A"\nb = "B"', 'reponses = "date"'),
            "questions.y.defaut",
            "has none",
        ),
        (ASKED.replace('"Oui"', '"{urbanisme.permi}"'), "questions.x.reponses.oui", "unknown {urbanisme.permi}"),
        (ASKED.replace('"Oui"', '"{urbanisme.permis"'), "questions.x.reponses.oui", "a brace that is not closed"),
        (ASKED.replace('x = ["non"]', 'x = ["no"]'), "questions.y.quand.x", "unknown answer 'no'"),
        (
            ASKED.replace('x = ["non"]', 'z = ["non"]'),
            "questions.y.quand.z",
            "unknown question of 'liste' 'z': expected one of x",
        ),
        (ASKED.replace('x = ["non"]', 'y = ["a"]'), "questions.y.quand.y", "the question 'y' comes later"),
        (
            ASKED.replace('x = ["non"]', 'regle = "lune"'),
            "questions.y.quand.regle",
            "unknown condition 'lune': expected one of carte",
        ),
        (ASKED.replace('x = ["non"]', 'comme = "z"'), "questions.y.quand.comme", "unknown question before 'z'"),
        (ASKED.replace(', { y = ["b"] }', ""), "questions.y", "nobody reads it"),
        (
            ASKED.replace("rang = 1", 'rang = 1\nquestions = ["y", "x"]'),
            "questions.y.quand.x",
            "the question 'x' comes later",
        ),
        (ASKED.replace("rang = 1", 'rang = 1\nquestions = ["x"]'), "demarche.questions", "'y' is not named"),
        (
            ASKED.replace("rang = 1", 'rang = 1\nquestions = ["x", "y", "z"]'),
            "demarche.questions",
            "unknown question 'z'",
        ),
        (ASKED.replace("rang = 1", 'rang = 1\nquestions = ["x", "y", "y"]'), "demarche.questions", "named twice"),
        (ASKED.replace('y = ["b"]', 'y = ["c"]'), "pieces.a-1.quand.y", "unknown answer 'c': expected one of a, b"),
        # what is found
        (
            doubtful(ASKED).replace("[deductions.y]", "[deductions.z]").replace("deductions.y.", "deductions.z."),
            "deductions.z",
            "unknown question",
        ),
        (doubtful(ASKED).replace('lit = ["x"]', 'lit = ["z"]'), "deductions.y.explication", "unknown {x}"),
        (doubtful(ASKED).replace('lit = ["x"]', 'lit = ["x", "z"]'), "deductions.y.lit", "unknown question"),
        (doubtful(ASKED).replace('lit = ["x"]', "lit = []"), "deductions.y.lit", "missing"),
        (ASKED + DEDUCTION, "deductions.y", "'y' has no answer 'inconnu' to find"),
        (doubtful(ASKED).replace("selon.oui", "selon.si"), "deductions.y.selon", "unknown answer 'si'"),
        (
            doubtful(ASKED).replace('[deductions.y.selon.oui]\narticles = ["CPCE L162-2"]\n', ""),
            "deductions.y.selon",
            "unknown entry 'oui'",
        ),
        (
            doubtful(ASKED).replace('{ x = "oui" }', '{ z = "oui" }'),
            "deductions.y.selon.non.implique.z",
            "unknown question",
        ),
        (
            doubtful(ASKED).replace('{ x = "oui" }', '{ x = "si" }'),
            "deductions.y.selon.non.implique.x",
            "unknown answer 'si'",
        ),
        (
            doubtful(ASKED).replace("implique", "comme"),
            "deductions.y.selon.non.comme.x",
            "unknown question of 'liste' 'oui'",
        ),
        (
            doubtful(ASKED).replace('implique = { x = "oui" }', 'comme = { x = "y" }'),
            "deductions.y.selon.non.comme.x",
            "unknown answer 'a'",
        ),
        # what is paid, explained, done
        (GOOD + PRICE.replace("-majeur", "-adulte"), "prix.cas[1].montant", "unknown price 'timbre-passeport-adulte'"),
        (
            GOOD + PRICE.replace("timbre-passeport-majeur", "identite.expiration"),
            "prix.cas[1].montant",
            "unknown price",
        ),
        (GOOD + PRICE.replace('articles = ["CGI 953"]\n', ""), "prix.cas[1].articles", "a price has its article"),
        (GOOD + PRICE.partition("[[")[0], "prix.cas", "missing"),
        (GOOD + PRICE + 'quand = [{ x = ["oui"] }]\n', "prix.cas[1].quand.x", "unknown question"),
        (GOOD + STEP.replace("a-1", "a-2"), "etapes[1].piece", "unknown document 'a-2': expected one of a-1"),
        (GOOD + ACTION + ACTION + 'quand = [{ x = ["oui"] }]\n', "actions[2].quand.x", "unknown question"),
        (GOOD + ACTION + "page = 3\n", "actions[1].page", "expected str"),
        (GOOD + ACTION.replace('"t"', '"{x}"'), "actions[1].texte", "unknown {x}"),
        (ASKED + ACTION.replace('"t"', '"{x} {X} {y}, {xX}"'), "actions[1].texte", "unknown {xX}: expected a measure"),
        ("actions = 3\n" + GOOD, "actions", "expected tables"),
        (GOOD + '[[avertissements]]\ncode = "c"\n', "avertissements[1].texte", "missing"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_the_reason(tmp_path: Path, text: str, key: str, reason: str) -> None:
    (tmp_path / "liste.toml").write_text(text, "utf-8")
    with pytest.raises(LawDataError) as caught:
        load_demarches(tmp_path, law())
    assert (caught.value.file, caught.value.key) == ("pieces/liste.toml", key)
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        (
            ("autorisations", "autorisation"),
            "deductions.y.regle",
            "unknown rule 'autorisation': expected one of autorisations",
        ),
        (("x", "x"), "deductions.y.lit", "the rule 'autorisations' reads or knows no"),
        (("autorisations", "validite-carte"), "deductions.y", "'expiree_moins_5' may be found: expected one of a, b"),
    ],
)
def test_a_rule_finds_what_it_reads_and_an_answer_of_its_question(
    tmp_path: Path, change: tuple[str, str], key: str, reason: str
) -> None:
    (tmp_path / "liste.toml").write_text(doubtful(ASKED).replace(*change), "utf-8")
    with pytest.raises(LawDataError) as caught:
        check_rules(load_demarches(tmp_path, law()).values())
    assert (caught.value.file, caught.value.key) == ("pieces/liste.toml", key)
    assert reason in caught.value.reason


def test_a_good_folder_is_loaded_and_an_identifier_is_taken_once(tmp_path: Path) -> None:
    whole = doubtful(ASKED) + PRICE + STEP + ACTION
    (tmp_path / "liste.toml").write_text(whole.replace('"Un document"', '"Un document"\nremplace = ["a-0"]'), "utf-8")
    (tmp_path / "LISEZMOI.txt").write_text("rien", "utf-8")
    assert list(documents(tmp_path)) == ["a-1"]
    other = GOOD.replace("rang = 1", "rang = 2").replace("Un titre", "Un autre")
    (tmp_path / "suite.toml").write_text(other.replace("a-1", "a-0"), "utf-8")
    with pytest.raises(LawDataError, match="'a-0' is already used"):
        load_demarches(tmp_path, law())


def shared(text: str) -> str:
    """The questions of a file, alone."""
    return text[text.index("[questions.x]") :]


def test_questions_that_two_demarches_share_are_asked_once_in_an_order_that_is_that_of_each(tmp_path: Path) -> None:
    own = '\n[questions.z]\nquestion = "Trois ?"\ndefaut = "oui"\nreponses = "oui_non"\n'
    (tmp_path / "_communs.toml").write_text('[reponses.oui_non]\noui = "Oui"\nnon = "Non"\n' + shared(ASKED), "utf-8")
    both = GOOD + 'quand = [{ x = ["oui"] }, { y = ["b"] }]\n'
    (tmp_path / "a.toml").write_text(both.replace("rang = 1", 'rang = 1\nquestions = ["x", "y"]'), "utf-8")
    second = both.replace("rang = 1", 'rang = 2\nquestions = ["x", "z", "y"]').replace("Un titre", "Un autre")
    second = second.replace("a-1", "b-1").replace('y = ["b"]', 'y = ["b"], z = ["non"]') + own
    (tmp_path / "b.toml").write_text(second, "utf-8")
    found = load_demarches(tmp_path, law())
    assert [(question.nom, asking) for question, asking in questions_of(tuple(found.values()))] == [
        ("x", ("a", "b")),
        ("z", ("b",)),
        ("y", ("a", "b")),
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("b-1", "a-1", "pieces.a-1: the identifier 'a-1' is already used"),
        ("rang = 2", "rang = 1", "demarche.rang: 1 is already that of 'a'"),
        ("Un autre", "Un titre", "demarche.titre: 'Un titre' is already that of 'a'"),
        ("Deux ?", "Autre ?", "questions.y: pieces/a.toml has another of this name: share it"),
    ],
)
def test_two_demarches_are_told_apart(tmp_path: Path, before: str, after: str, said: str) -> None:
    (tmp_path / "a.toml").write_text(ASKED, "utf-8")
    other = ASKED.replace("rang = 1", "rang = 2").replace("Un titre", "Un autre").replace("a-1", "b-1")
    (tmp_path / "b.toml").write_text(other.replace(before, after), "utf-8")
    with pytest.raises(LawDataError, match=re.escape(f"pieces/b.toml: {said}")):
        load_demarches(tmp_path, law())


@pytest.mark.parametrize(
    ("common", "own", "said"),
    [
        (shared(ASKED), GOOD, "pieces/_communs.toml: questions.x: no démarche asks it"),
        (shared(ASKED), ASKED, "pieces/a.toml: questions.x: also in pieces/_communs.toml"),
        ("[pieces]\n", GOOD, "pieces/_communs.toml: pieces: unknown section; expected one of questions, reponses"),
    ],
)
def test_what_a_shared_file_holds_is_asked_by_some_and_written_once(
    tmp_path: Path, common: str, own: str, said: str
) -> None:
    (tmp_path / "_communs.toml").write_text(common, "utf-8")
    (tmp_path / "a.toml").write_text(own, "utf-8")
    with pytest.raises(LawDataError, match=re.escape(said)):
        load_demarches(tmp_path, law())


# ---------------------------------------------------------------- machines


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "calculators", "pieces", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8")


def test_the_contract_for_machines() -> None:
    asked = {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"}
    found = json.loads(run("--json", given=json.dumps(asked)).stdout)["valeurs"]["pieces"]
    assert [piece["id"] for piece in found] == [
        "cph-restituer-identite",
        "cph-restituer-rib",
        "cph-restituer-decision",
        "cph-restituer-autorisation",
    ]
    for piece in found:
        assert {"id", "document", "niveau", "pourquoi", "ou_l_obtenir", "source"} <= piece.keys()
        assert piece["source"]
        assert piece["adresse"] == f"pieces/consignation-cph/#{piece['id']}"


def test_the_list_of_demarches_and_their_questions() -> None:
    lines = [line.split("\t") for line in run("--list").stdout.splitlines()]
    assert [line[0] for line in lines if not line[0].startswith(" ")] == list(demarches())
    asked = {line[0].strip() for line in lines if line[0].startswith(" ")}
    assert asked == {field.nom for field in FIELDS[1:]}


def test_the_answer_in_french_has_boxes_and_no_table_of_amounts() -> None:
    text = run("--demarche", "carte-identite", "--motif", "perte").stdout
    assert "[ ] Déclaration de perte (requis)" in text
    assert "Timbre fiscal de 25,00\u00a0€ (12,50\u00a0€ en Guyane)" in text


def test_a_day_of_issue_to_come_is_a_fault() -> None:
    done = run("--demarche", "carte-identite", "--motif", "renouvellement", "--date-delivrance", "2090-01-01")
    assert done.returncode == 2
    assert "dans l’avenir" in done.stderr


def test_an_amount_not_verified_that_day_is_refused() -> None:
    done = run("--demarche", "passeport", "--motif", "perte", "--aujourdhui", "2020-01-01")
    assert done.returncode == 2
    assert "valeurs vérifiées" in done.stderr


def test_the_page_gets_labelled_boxes_and_an_answer_of_others_in_quotes_alone() -> None:
    champs = {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"}
    request = {"calculateur": "pieces", "champs": champs, "aujourdhui": TODAY, "prefixe": "pieces", "racine": "../"}
    html = json.loads(answer(json.dumps(request)))["html"]
    assert html.count('type="checkbox"') == 4
    assert 'for="pieces-piece-cph-restituer-rib"' in html
    hostile = {**request, "champs": {**champs, "sens": "<b>Payez ici</b>"}}
    refused = json.loads(answer(json.dumps(hostile)))
    assert not refused["ok"]
    assert "« &lt;b&gt;Payez ici&lt;/b&gt; » n’est pas une des réponses" in refused["html"].replace("\u00a0", " ")


def test_the_schema_speaks_of_every_question() -> None:
    schema: Any = json_schema(get("pieces").inputs, titre="pieces")
    assert set(schema["properties"]) == {field.nom for field in fields_of(get("pieces").inputs)}
    assert schema["required"] == ["demarche"]
