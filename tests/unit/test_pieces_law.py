"""What the law says of some lists, asked of the command line: each case is written from the text, not from the data."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from calculators.declaration import UNKNOWN, parse
from calculators.law import law
from calculators.law.pieces import load_demarches
from calculators.pieces import PiecesInputs
from calculators.pieces.rules import Facts
from tests.helpers import ROOT
from tests.pieces_routes import TODAY, listed, ways

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = {"demarche": "urbanisme", "dossier": "inconnu"}
CONTEST = {"demarche": "saisie-compte", "role": "debiteur", "but": "contester"}


def asked(answers: dict[str, str]) -> Any:
    """The answer for machines, as the command line gives it."""
    command = [sys.executable, "-m", "calculators", "pieces", "--json"]
    text = json.dumps({"aujourdhui": TODAY, **answers})
    done = subprocess.run(command, input=text, capture_output=True, check=True, cwd=ROOT, encoding="utf-8")
    return json.loads(done.stdout)


def levels(answers: dict[str, str]) -> dict[str, str]:
    return {piece["id"]: piece["niveau"] for piece in asked(answers)["valeurs"]["pieces"]}


# ---------------------------------------------------------------- documents that the code asks for


def test_a_facade_seen_from_the_street_needs_the_insertion_and_both_photographs() -> None:
    """C. urb. R431-36, last but one paragraph: visible from the public space."""
    found = levels(
        {"demarche": "urbanisme", "dossier": "dp", "facade": "oui", "secteur_protege": "non", "visible": "oui"}
    )
    assert {found[name] for name in ("dp6", "dp7", "dp8")} == {"requis"}


def test_a_declaration_near_a_monument_needs_them_and_the_notice_even_if_it_is_not_seen() -> None:
    """C. urb. R431-36 and R431-14."""
    found = levels({"demarche": "urbanisme", "dossier": "dp", "facade": "oui", "secteur_protege": "oui"})
    assert {found[name] for name in ("dp6", "dp7", "dp8", "dp11")} == {"requis"}


def test_in_a_classified_site_what_is_not_seen_needs_neither() -> None:
    """C. urb. R431-36 names the abords and the sites patrimoniaux remarquables, not the classified sites."""
    site = {"demarche": "urbanisme", "dossier": "dp", "facade": "oui", "secteur_protege": "site", "visible": "non"}
    assert not {"dp6", "dp7", "dp8", "dp11"} & set(levels(site))


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"dossier": "cu_operationnel", "terrain_bati": "oui"}, {"cu1", "cu2", "cu3"}),
        ({"dossier": "cu_operationnel", "terrain_bati": "non"}, {"cu1", "cu2"}),
        ({"dossier": "cu_information"}, {"cu1"}),
    ],
)
def test_a_certificate_needs_what_its_kind_calls_for(answers: dict[str, str], wanted: set[str]) -> None:
    """C. urb. R410-1."""
    found = levels({"demarche": "urbanisme", **answers})
    assert {name: level for name, level in found.items() if re.fullmatch(r"cu\d", name)} == dict.fromkeys(
        wanted, "requis"
    )


# ---------------------------------------------------------------- which application a project needs


@pytest.mark.parametrize(
    ("answers", "form"),
    [
        ({"projet": "piscine", "taille_piscine": "10_ou_moins", "secteur_protege": "non"}, None),
        (
            {"projet": "piscine", "taille_piscine": "10_a_100", "secteur_protege": "non", "couverture_piscine": "non"},
            "dp",
        ),
        (
            {"projet": "piscine", "taille_piscine": "10_a_100", "secteur_protege": "non", "couverture_piscine": "oui"},
            "pc-maison",
        ),
        ({"projet": "piscine", "taille_piscine": "plus_de_100", "secteur_protege": "non"}, "pc-maison"),
        (
            {
                "projet": "piscine",
                "taille_piscine": "10_ou_moins",
                "secteur_protege": "oui",
                "couverture_piscine": "non",
            },
            "dp",
        ),
        ({"projet": "cloture", "secteur_protege": "non", "commune_exige": "non"}, None),
        ({"projet": "cloture", "secteur_protege": "non", "commune_exige": "oui"}, "dp"),
        ({"projet": "cloture", "secteur_protege": "site"}, "dp"),
        ({"projet": "ravalement", "secteur_protege": "non", "commune_exige": "non"}, None),
        ({"projet": "ravalement", "secteur_protege": "non", "commune_exige": "oui"}, "dp"),
        ({"projet": "ravalement", "secteur_protege": "oui"}, "dp"),
        (
            {"projet": "construction_maison", "taille_construction": "5_ou_moins_haute", "secteur_protege": "non"},
            "dp",
        ),
        ({"projet": "construction_maison", "taille_construction": "5_ou_moins", "secteur_protege": "non"}, None),
        ({"projet": "construction_maison", "taille_construction": "5_ou_moins", "secteur_protege": "oui"}, "dp"),
        ({"projet": "terrasse", "secteur_protege": "non"}, None),
        ({"projet": "terrasse", "secteur_protege": "oui"}, "dp"),
        ({"projet": "panneaux_sol", "taille_panneaux": "moins_de_3_bas", "secteur_protege": "non"}, None),
        ({"projet": "panneaux_sol", "taille_panneaux": "moins_de_3_haut", "secteur_protege": "non"}, "dp"),
        ({"projet": "demolition", "secteur_protege": "site"}, "demolir"),
        ({"projet": "demolition", "secteur_protege": "non", "commune_exige": "non"}, None),
    ],
)
def test_a_project_needs_this_application_and_no_other(answers: dict[str, str], form: str | None) -> None:
    """C. urb. R421-1, R421-2, R421-9, R421-11, R421-12, R421-17-1, R421-27, R421-28."""
    found = listed({**PROJECT, **answers})
    forms = {name for name in found if name.startswith("urbanisme-formulaire-")}
    assert forms == ({f"urbanisme-formulaire-{form}"} if form else set())
    assert bool(found) is bool(form)


def test_no_formality_is_said_with_the_rules_that_stay() -> None:
    found = asked({**PROJECT, "projet": "cloture", "secteur_protege": "non", "commune_exige": "non"})
    assert "Aucune formalité" in found["resume"]
    assert "règles du plan local s’appliquent" in found["resume"]


def test_each_project_cites_the_texts_it_is_judged_by() -> None:
    found = asked({**PROJECT, "projet": "ravalement", "secteur_protege": "non", "commune_exige": "oui"})
    cited = " ".join(article["citation"] for step in found["etapes"] for article in step["articles"])
    assert "R421-17-1" in cited


# ---------------------------------------------------------------- « je ne sais pas »


def test_a_long_list_says_which_answer_would_shorten_it() -> None:
    known = {"secteur_protege": "non", "couverture_piscine": "non"}
    found = asked({**PROJECT, "projet": "piscine", **known})
    assert "« Quelle est la surface du bassin ? »".replace(" ", "") in re.sub(r"\s", "", found["resume"])
    warning = next(w["texte"] for w in found["avertissements"] if w["code"] == "je-ne-sais-pas")
    assert re.search(r"laisse 17 pièces au plus, ou aucune, au lieu de 27", re.sub(r"\s", " ", warning))


def test_no_long_list_with_a_doubt_leaves_the_reader_without_the_question_that_lifts_it() -> None:
    """On every way through the questions of urbanisme: twenty documents and a doubt, so a question to answer first."""
    for answers in ways("urbanisme"):
        facts = Facts(parse(PiecesInputs, {"aujourdhui": TODAY, **answers}), law())
        length, found = len(facts.calls), facts.shortcuts
        assert all(shortcut.au_moins < length and shortcut.au_plus <= length for shortcut in found), answers
        doubts = [name for name, value in answers.items() if value == UNKNOWN and name != "dossier"]
        assert bool(found) <= bool(doubts), answers
        assert found or not doubts or length <= 20, answers


# ---------------------------------------------------------------- figures in the answers


def test_a_size_that_the_law_changes_is_changed_in_every_answer_that_offers_it() -> None:
    """C. urb. R421-9 and R421-14: the same twenty square metres, of a new building and of an extension."""
    permit = replace(law().mesures["urbanisme.permis"], valeur=Decimal("25.50"))
    changed = replace(law(), mesures={**law().mesures, permit.cle: permit})
    found = load_demarches(ROOT / "calculators/law/pieces", changed)["urbanisme"]
    labels = {question.nom: [answer.label for answer in question.reponses] for question in found.questions}
    assert labels["taille_construction"][3].startswith("Plus de 25,50 m² ; ou plus de 5 m²")
    assert labels["taille_extension"][:2] == ["25,50 m² ou moins", "Plus de 25,50 m² et jusqu'à 40 m²"]


#: Figures that are no threshold of a law: the coming of age, and what fits in an e-mail.
TYPED = {"18 ans", "17 ans", "10 Mo"}


@pytest.mark.parametrize("file", sorted((ROOT / "calculators/law/pieces").glob("*.toml")), ids=lambda path: path.stem)
def test_no_threshold_is_typed_in_a_list(file: Path) -> None:
    figures = re.findall(
        r"\d[\d ,]* (?:m²|mètres?|kilowatts?|mégawatts?|habitants|mois|ans?|Mo|€)\b", file.read_text("utf-8")
    )
    assert set(figures) <= TYPED


# ---------------------------------------------------------------- seizure of an account, prud'hommes


def test_contesting_a_seizure_is_five_papers_and_a_request_for_aid() -> None:
    """CPCE R211-11 (both paragraphs); décret 2020-1717, art. 43."""
    found = asked(CONTEST)
    papers = {piece["id"]: piece for piece in found["valeurs"]["pieces"]}
    required = ("saisie-assignation", "saisie-lettre-recommandee", "saisie-lettre-banque", "saisie-copie-greffe")
    assert {papers[name]["niveau"] for name in required} == {"requis"}
    assert "caducité" in papers["saisie-copie-greffe"]["pourquoi"]
    assert "sauve ce délai" in papers["saisie-aide-demande"]["pourquoi"]
    assert any("sauve le délai" in action["texte"] for action in found["a_faire"])


def test_bank_statements_are_recent_and_no_length_is_made_up() -> None:
    papers = {piece["id"]: piece for piece in asked(CONTEST)["valeurs"]["pieces"]}
    assert papers["saisie-releves"]["document"] == "Relevés de compte récents"


def test_the_request_and_its_list_are_copied_and_the_documents_come_once() -> None:
    """C. trav. R1452-2: as many copies as defendants, plus one; the documents are joined. R1455-9: the eve."""
    found = asked({"demarche": "consignation-cph", "sens": "saisir"})
    papers = {piece["id"]: piece for piece in found["valeurs"]["pieces"]}
    assert "pièces" not in papers["cph-saisir-requete"]["document"].replace("bordereau des pièces", "")
    assert "un seul jeu" in papers["cph-saisir-pieces"]["document"]
    assert "veille" in papers["cph-saisir-assignation"]["document"]
    assert papers["cph-saisir-assignation"]["niveau"] == "selon_le_cas"


def test_the_old_card_travels_until_the_third_of_august_2031_which_is_to_be_confirmed() -> None:
    last = law().reperes["carte-identite.fin-ancien-format"]
    assert last.jour.isoformat() == "2031-08-03"
    assert last.certitude.a_confirmer


# ---------------------------------------------------------------- the guides


WORKS = (
    "abri de jardin|garage|carport|pergola|véranda|terrasse|clôture|mur|ravalement|fenêtre|panneaux solaires|piscine"
)


def test_the_guide_begins_with_the_questions_then_names_each_work_in_one_table() -> None:
    text = (ROOT / "docs/urbanisme/index.md").read_text("utf-8")
    assert text.index("/// calculateur | pieces") < text.index("| Vos travaux |") < text.index("## Quel formulaire")
    rows = text[text.index("| Vos travaux |") :].split("\n\n")[0].lower()
    assert [work for work in WORKS.split("|") if work not in rows] == []
    assert "règles du plan local d'urbanisme s'appliquent" in text
    for address in ("lannuaire.service-public.gouv.fr", "cadastre.gouv.fr"):
        assert address in text


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("pieces-manquantes", ("refus tacite", "opposition tacite", "R423-39", "R423-40", "R423-41")),
        ("silence", ("non-opposition tacite", "refus tacite", "certificat tacite", "R424-2 ", "R424-3 ", "R410-12")),
        ("delais", ("réception de la **demande**", "R410-9", "R410-10")),
        ("voisin", ("franc", "R600-1 ", "R600-3 ", "R600-4 ", "L600-1-2 ", "bénéficiaire")),
        ("refus", ("L600-12-2 ", "aussi un refus")),
        ("validite", ("R424-17 ", "R424-19 ", "R424-21 ", "R424-22 ", "R424-23 ", "urbanisme.validite.longue }}")),
    ],
)
def test_what_follows_the_deposit_is_said_with_its_texts(part: str, said: tuple[str, ...]) -> None:
    """C. urb. R423-38 to R423-41, R424-1 to R424-23, R600-1 to R600-4, L600-12-2; décret 2025-461."""
    text = (ROOT / "docs/urbanisme/apres-le-depot.md").read_text("utf-8")
    body = text.split(f"{{ #{part} }}")[1].split("\n## ")[0]
    assert [words for words in said if words not in body] == []
