"""The checklists: their data, every route through their questions, and the identifiers that never change."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import markdown
import pytest

from calculators.checklist import Demarche, inputs, requested
from calculators.checklist.card import card_validity
from calculators.declaration import Choice, Kind, fields_of, json_schema
from calculators.errors import InputError, LawDataError
from calculators.law import law
from calculators.law.pieces import Exigence, anciens, load_pieces, pieces, read_anciens
from calculators.registry import get
from calculators.web.guides.blocks import lists
from calculators.web.page.browser import answer
from calculators.web.page.checklist import document
from calculators.web.page.elements import Place, serialise
from calculators.web.page.form import form
from calculators.web.publish import policy
from calculators.web.publish import site as publishing
from calculators.web.publish.policy import inline_scripts, script_hash
from tests.helpers import ROOT
from tests.pieces_routes import DAYS, FIELDS, TODAY, everything, journeys, listed, told

if TYPE_CHECKING:
    from pathlib import Path

VECTORS = json.loads((ROOT / "tests/vectors/pieces.json").read_text("utf-8"))
FACTS = json.loads((ROOT / "tests/oracles/pieces.json").read_text("utf-8"))
IDENTIFIERS = ROOT / "tests/vectors/pieces_identifiants.txt"

#: A card issued in 2014: fifteen years for an adult, ten for a child.
ISSUED = "2014-06-01"

# ---------------------------------------------------------------- routes


def route(answers: dict[str, str]) -> tuple[str, ...]:
    return tuple(field.nom for field in FIELDS if field.nom in answers)


@pytest.mark.parametrize("case", VECTORS, ids=range(len(VECTORS)))
def test_each_case_has_its_list(case: dict[str, Any]) -> None:
    assert listed(case["reponses"]) == case["pieces"]


def test_no_route_and_no_answer_is_left_untested() -> None:
    tested = [case["reponses"] for case in VECTORS]
    assert {route(answers) for answers in everything()} == {route(answers) for answers in tested}
    assert {pair for answers in everything() for pair in answers.items()} == {p for a in tested for p in a.items()}
    assert set(pieces()) == {identifier for case in VECTORS for identifier in case["pieces"]}


def test_a_question_is_asked_only_where_an_answer_changes_what_is_told_or_what_is_asked_next() -> None:
    results = [(answers, told(answers)) for answers in everything()]
    lists = {frozenset(answers.items()): (result.pieces, result.valeurs) for answers, result in results}
    idle = set()
    for answers in everything():
        for field in FIELDS[1:]:
            if field.nom in answers:
                others = [{**answers, field.nom: other} for other in [o.valeur for o in field.options] or DAYS]
                found = [lists.get(frozenset(other.items())) for other in others]
                if None not in found and all(one == found[0] for one in found):
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
    cards = [answers for answers in journeys(issued) if {**answers, **card} == {"date_delivrance": "", **answers}]
    assert cards
    assert any("delivree_majeur" in answers for answers in cards) is asked
    if issued and age == "majeur":
        days = date.fromisoformat(issued), date.fromisoformat(TODAY)
        assert (card_validity(*days, adult=True) != card_validity(*days, adult=False)) is asked


def test_what_is_not_known_shows_every_branch_and_requires_none() -> None:
    possible = {frozenset(answers.items()) for answers in everything()}
    options = {field.nom: [option.valeur for option in field.options] for field in FIELDS}
    for answers in everything():
        shown = listed(answers)
        for name in (name for name, value in answers.items() if value == "inconnu"):
            for known in ({**answers, name: value} for value in options[name] if value != "inconnu"):
                if frozenset(known.items()) in possible:
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
    former = {name for piece in pieces().values() for name in piece.remplace}
    answers = {f"{field.nom}={option.valeur}" for field in FIELDS for option in field.options}
    dates = {f"{field.nom}=" for field in FIELDS if field.kind is Kind.DATE}
    # What an address leaves out counts as its default: that does not change either.
    defaults = {f"{f.nom}={f.defaut} (par défaut)" for f in FIELDS if isinstance(f.defaut, Choice)}
    assert committed == set(pieces()) | former | answers | dates | defaults | set(anciens())


def test_an_answer_that_is_no_more_gives_the_list_of_the_one_that_replaces_it(monkeypatch: pytest.MonkeyPatch) -> None:
    former = {"motif=egare": {"motif": "perte"}, "demarche=cni": {"demarche": "carte-identite"}}
    assert former.keys() & set(anciens()) == set()
    monkeypatch.setattr(inputs, "anciens", lambda: former)
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
    text = GOOD.replace('"d"', '"passeport"') + 'remplace = ["a-0", "a-00"]\n'
    (tmp_path / "liste.toml").write_text(text, "utf-8")
    found = load_pieces(tmp_path, law())
    monkeypatch.setattr(lists, "pieces", lambda: found)
    page = markdown.markdown("/// pieces | passeport\n///", extensions=["calculators.web.guides.extension"])
    for identifier in ("a-0", "a-00", "a-1"):
        assert page.count(f'id="{identifier}"') == 1
    (piece,) = found.values()
    box = serialise(document(requested(piece, date.fromisoformat(TODAY)), Place("p")))
    assert 'data-piece="a-1" data-anciens="a-0 a-00"' in box


def test_a_document_that_moved_to_another_list_is_found_from_its_former_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = GOOD.replace('"d"', '"passeport"') + 'remplace = ["carte-identite/a-0"]\n'
    stays = GOOD.replace('"d"', '"carte-identite"').replace("a-1", "a-2")
    (tmp_path / "liste.toml").write_text(text, "utf-8")
    (tmp_path / "reste.toml").write_text(stays, "utf-8")
    found = load_pieces(tmp_path, law())
    monkeypatch.setattr(lists, "pieces", lambda: found)

    def page(demarche: str) -> str:
        return markdown.markdown(f"/// pieces | {demarche}\n///", extensions=["calculators.web.guides.extension"])

    assert 'id="a-0"' not in page("passeport")
    assert page("carte-identite").count('id="a-0"') == 1
    assert re.search('id="a-0".*href="[^"]*pieces/passeport/#a-1"', page("carte-identite"), re.DOTALL)
    box = serialise(document(requested(found["a-1"], date.fromisoformat(TODAY)), Place("p")))
    assert 'data-anciens="a-0"' in box


@pytest.mark.parametrize("name", ["A-0", "passeport/", "passeport/a/b", "/a-0"])
def test_a_former_name_is_written_as_a_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "liste.toml").write_text(f'{GOOD}remplace = ["{name}"]\n', "utf-8")
    with pytest.raises(LawDataError, match=r"liste\.toml: pieces\.a-1\.remplace: expected"):
        load_pieces(tmp_path, law())


def test_a_document_that_disappears_without_a_word_is_seen(tmp_path: Path) -> None:
    """What the committed list is for: the same folder without one document lacks that name, unless another answers."""
    committed = set(IDENTIFIERS.read_text("utf-8").splitlines())
    source = ROOT / "calculators/law/pieces/passeport.toml"
    kept = source.read_text("utf-8").replace("[pieces.passeport-perte]", "[pieces.passeport-declaration]")
    for remplace, missing in (("", {"passeport-perte"}), ('remplace = ["passeport-perte"]\n', set())):
        renamed = kept.replace("[pieces.passeport-declaration]\n", f"[pieces.passeport-declaration]\n{remplace}")
        (tmp_path / source.name).write_text(renamed, "utf-8")
        found = load_pieces(tmp_path, law())
        names = set(found) | {name for piece in found.values() for name in piece.remplace}
        assert {name for name in committed if name.startswith("passeport-")} - names == missing


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ('[anciens]\n"motif" = "motif=perte"\n', "anciens.motif", "expected"),
        ('[anciens]\n"motif=a" = "perte"\n', "anciens.motif=a", "expected"),
        ('[anciens]\n"motif=a" = 3\n', "anciens.motif=a", "expected"),
    ],
)
def test_a_mistake_in_the_former_answers_is_named(tmp_path: Path, text: str, key: str, reason: str) -> None:
    (tmp_path / "liste.toml").write_text(text, "utf-8")
    with pytest.raises(LawDataError, match=reason) as caught:
        tuple(read_anciens(tmp_path))
    assert (caught.value.file, caught.value.key) == ("pieces/liste.toml", key)


def test_the_former_answers_are_read_and_each_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[anciens]\n"motif=egare" = "motif=perte&age=majeur"\n', "utf-8")
    (former,) = read_anciens(tmp_path)
    assert (former.avant, former.maintenant) == ("motif=egare", {"motif": "perte", "age": "majeur"})
    (tmp_path / "b.toml").write_text('[anciens]\n"motif=egare" = "motif=vol"\n', "utf-8")
    with pytest.raises(LawDataError, match="already there"):
        tuple(read_anciens(tmp_path))


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
        ("2021-04-01", True, {"valide"}, None),
        ("2021-08-02", True, {"valide"}, "2031-08-01"),
        ("2012-05-04", None, {"valide", "expiree_moins_5"}, None),
        ("2022-05-04", None, {"valide"}, "2032-05-03"),
        ("2010-05-04", False, {"expiree_plus_5"}, "2020-05-03"),
    ],
)
def test_until_when_a_card_is_good(issued: str, adult: bool | None, states: set[str], end: str | None) -> None:  # noqa: FBT001
    """« Délivrées à un majeur entre le 2 janvier 2004 et le 31 décembre 2013 : 5 ans de plus » (fiche F35005)."""
    found = card_validity(date.fromisoformat(issued), date.fromisoformat(TODAY), adult=adult)
    assert found.etats == states
    assert found.fin == (date.fromisoformat(end) if end else None)


# ---------------------------------------------------------------- data


GOOD = """
[commun]
demarche = "d"
verifie_le = 2026-11-21
certitude = "A"
niveau = "requis"
pourquoi = "p"
ou_l_obtenir = "o"
articles = ["CPCE L162-2"]
[pieces.a-1]
document = "Un document"
"""


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
        (GOOD.replace('"requis"', '"selon_le_cas"'), "pieces.a-1.condition", "missing"),
        (GOOD.replace('articles = ["CPCE L162-2"]\n', ""), "pieces.a-1.sources", "needs an article or a source"),
        (GOOD + 'sources = ["rien"]\n', "pieces.a-1.sources", "unknown source 'rien'"),
        (GOOD.replace("Un document", "Un {timbre}"), "pieces.a-1.document", "unknown series 'timbre'"),
        (GOOD + 'quand = ["x"]\n', "pieces.a-1.quand", "expected a list of tables"),
        (GOOD + "quand = [{ x = [] }]\n", "pieces.a-1.quand.x", "expected a list of texts"),
        (GOOD + 'remplace = ["a-1"]\n', "pieces.a-1", "already used"),
        (GOOD + "[autres]\n", "autres", "unknown section"),
        ("[pieces]\na = 1\n", "pieces.a", "expected a table"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_the_reason(tmp_path: Path, text: str, key: str, reason: str) -> None:
    (tmp_path / "liste.toml").write_text(text, "utf-8")
    with pytest.raises(LawDataError, match=reason) as caught:
        load_pieces(tmp_path, law())
    assert (caught.value.file, caught.value.key) == ("pieces/liste.toml", key)


def test_a_good_folder_is_loaded_and_an_identifier_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "liste.toml").write_text(GOOD + 'remplace = ["a-0"]\n', "utf-8")
    (tmp_path / "LISEZMOI.txt").write_text("rien", "utf-8")
    assert list(load_pieces(tmp_path, law())) == ["a-1"]
    (tmp_path / "suite.toml").write_text(GOOD.replace("a-1", "a-0"), "utf-8")
    with pytest.raises(LawDataError, match="'a-0' is already used"):
        load_pieces(tmp_path, law())


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
    assert [line[0] for line in lines if not line[0].startswith(" ")] == [demarche.value for demarche in Demarche]
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


def test_the_page_gets_labelled_boxes_and_nothing_of_the_link_as_words() -> None:
    champs = {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"}
    request = {"calculateur": "pieces", "champs": champs, "aujourdhui": TODAY, "prefixe": "pieces", "racine": "../"}
    html = json.loads(answer(json.dumps(request)))["html"]
    assert html.count('type="checkbox"') == 4
    assert 'for="pieces-piece-cph-restituer-rib"' in html
    hostile = {**request, "champs": {**champs, "sens": "<b>Payez ici</b>"}}
    refused = json.loads(answer(json.dumps(hostile)))
    assert not refused["ok"]
    assert "Payez" not in refused["html"]


def test_the_schema_speaks_of_every_question() -> None:
    schema: Any = json_schema(get("pieces").inputs, titre="pieces")
    assert set(schema["properties"]) == {field.nom for field in fields_of(get("pieces").inputs)}
    assert schema["required"] == ["demarche"]
