"""What a checklist tells besides its documents: the headline, the price, what to know and what to do, case by case.

Each case is written by hand, from the texts and the official pages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from calculators.declaration import parse
from calculators.language import FRENCH
from calculators.law import law
from calculators.law.pieces import demarches
from calculators.law.pieces.model import Action
from calculators.pieces import PiecesInputs, calculate
from calculators.pieces.rules import Facts
from calculators.pieces.words.actions import actions
from tests.pieces_routes import TODAY, told

PROJECT = {"demarche": "urbanisme", "dossier": "inconnu"}
FENCE = {**PROJECT, "projet": "cloture", "secteur_protege": "non"}
CARD = {"demarche": "carte-identite"}
PASSPORT = {"demarche": "passeport"}
SEIZED = {"demarche": "saisie-compte", "role": "debiteur"}

CHECK_DESK = "Vérifiez le guichet de votre commune avant de déposer"
KEEP = "Gardez cette réponse"
BOOK = "Faites la pré-demande sur le site de France Titres"
CALL = "Appelez la mairie : demandez quel justificatif d'adresse"
NOTE = "Notez vos dates limites"
AID = "Vos ressources sont faibles ? Demandez l'aide juridictionnelle"


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({**FENCE, "commune_exige": "non"}, [KEEP]),
        # nothing, or a declaration: the answer is not one to keep
        ({**FENCE, "commune_exige": "inconnu"}, [CHECK_DESK]),
        (
            {**FENCE, "commune_exige": "oui"},
            ["Choisissez maintenant « Déclaration préalable : construction et travaux » comme dossier", CHECK_DESK],
        ),
        (
            {**PROJECT, "projet": "demolition", "secteur_protege": "oui"},
            ["Choisissez maintenant « Permis de démolir » comme dossier", CHECK_DESK],
        ),
        ({"demarche": "urbanisme", "dossier": "completer"}, [CHECK_DESK]),
        ({**CARD, "motif": "perte", "age": "majeur"}, [BOOK]),
        ({**CARD, "motif": "perte", "age": "majeur", "domicile": "hotel"}, [BOOK, CALL]),
        # the address of a child is that of a parent
        ({**PASSPORT, "motif": "perte", "age": "0_14"}, [BOOK]),
        ({**SEIZED, "but": "contester"}, [AID, NOTE]),
        ({**SEIZED, "but": "inconnu"}, [AID, NOTE]),
        ({**SEIZED, "but": "accepter"}, [NOTE]),
        ({"demarche": "saisie-compte", "role": "creancier", "etape": "saisir"}, ["Suivez le chemin jusqu'au paiement"]),
        ({"demarche": "consignation-cph", "sens": "saisir"}, []),
        ({"demarche": "espace-client", "acte_recu": "oui"}, []),
    ],
)
def test_what_to_do(answers: dict[str, str], wanted: list[str]) -> None:
    actions = told(answers).a_faire
    assert len(actions) == len(wanted)
    assert all(action.texte.startswith(words) for action, words in zip(actions, wanted, strict=True))


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({**FENCE, "commune_exige": "non"}, ["plan-local"]),
        ({"demarche": "urbanisme", "dossier": "demolir", "secteur_protege": "non"}, ["a-confirmer"]),
        (
            {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"},
            ["autorisation"],
        ),
        ({"demarche": "consignation-cph", "sens": "consigner", "profil": "particulier"}, []),
        ({"demarche": "espace-client", "acte_recu": "inconnu"}, ["je-ne-sais-pas", "a-confirmer", "urgence"]),
        ({"demarche": "espace-client", "acte_recu": "non"}, ["a-confirmer"]),
    ],
)
def test_what_to_know(answers: dict[str, str], codes: list[str]) -> None:
    assert [warning.code for warning in told(answers).avertissements] == codes


@pytest.mark.parametrize(
    ("answers", "price"),
    [
        ({**CARD, "motif": "premiere"}, "0"),
        ({**CARD, "motif": "vol"}, "25"),
        ({**CARD, "motif": "nom"}, None),
        ({**PASSPORT, "motif": "premiere"}, "86"),
        ({**PASSPORT, "motif": "perte", "age": "15_17"}, "42"),
        ({**PASSPORT, "motif": "renouvellement", "age": "0_14"}, "17"),
        ({**PASSPORT, "motif": "nom"}, None),
    ],
)
def test_the_price_of_a_card_and_of_a_passport(answers: dict[str, str], price: str | None) -> None:
    """CGI, art. 953 and 1628 bis: by age for a passport; a card is free, unless it was lost or stolen."""
    result = told(answers)
    told_price = {valeur.cle: valeur.quantite for valeur in result.valeurs}.get("prix")
    assert told_price == (Decimal(price) if price else None)
    assert ("Le prix" in {step.titre for step in result.etapes}) is bool(price)


@pytest.mark.parametrize(
    ("answers", "start"),
    [
        ({**FENCE, "commune_exige": "non"}, "Aucune formalité d'urbanisme, donc aucune pièce à réunir."),
        (
            {**FENCE, "commune_exige": "inconnu"},
            "Ce qu'il faut dépend de vos réponses « je ne sais pas » : aucune formalité ou déclaration préalable. ",
        ),
        ({**PROJECT, "projet": "aspect"}, "Déclaration préalable. "),
        ({**PASSPORT, "motif": "perte"}, "Passeport. "),
    ],
)
def test_the_headline_names_what_is_prepared(answers: dict[str, str], start: str) -> None:
    assert told(answers).resume.startswith(start)


def test_several_possibilities_are_told_apart_and_each_once() -> None:
    """A house, its size and its sector unknown: the two permits to build have the same words."""
    unknown = {"projet": "construction_maison", "taille_construction": "inconnu", "secteur_protege": "inconnu"}
    result = told({**PROJECT, **unknown})
    possible = "aucune formalité, déclaration préalable ou permis de construire"
    assert result.valeur("dossier") == possible
    assert result.resume.startswith(f"Ce qu'il faut dépend de vos réponses « je ne sais pas » : {possible}. ")
    depends = {piece.condition for piece in result.pieces or () if piece.niveau == "selon_le_cas"}
    assert "cela dépend d'une de vos réponses « je ne sais pas »" in depends


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"passeport_recent": "non", "acte_en_ligne": "non"}, "Il est demandé : "),
        ({"passeport_recent": "oui"}, "Vos réponses montrent qu'il n'est pas demandé."),
        ({}, "Cela dépend d'un passeport utilisable"),
    ],
)
def test_why_a_birth_certificate_is_asked_for(given: dict[str, str], words: str) -> None:
    (step,) = (step for step in told({**CARD, "motif": "perte", **given}).etapes if step.titre == "L'acte de naissance")
    assert step.explication.startswith(words)


def test_an_action_names_each_answer_that_is_possible() -> None:
    unsure = parse(PiecesInputs, {"aujourdhui": TODAY, **PROJECT, "projet": "cloture"})
    said = Action("{Projet} : {secteur_protege}, {Zone_urbaine}", "", ({},), seulement_si_sur=False)
    facts = Facts(unsure, law(), replace(demarches()["urbanisme"], actions=(said,)))
    (action,) = actions(facts, FRENCH)
    start, _, rest = action.texte.partition(" : ")
    assert start == "Poser une clôture"
    assert rest.startswith("oui : près d'un monument")
    assert rest.endswith(" ou non, Oui ou Non")


def test_a_list_is_told_with_the_law_that_it_is_given() -> None:
    """A price of another day, in a law of ours: nothing of the shipped law is read."""
    series = law().series["timbre-passeport-majeur"]
    raised = replace(series.derniere, en_vigueur_du=date(2026, 1, 1), montant=Decimal("99.50"))
    other = replace(law(), series={**law().series, series.cle: replace(series, valeurs=(raised,))})
    result = calculate(parse(PiecesInputs, {"aujourdhui": TODAY, **PASSPORT, "motif": "perte"}), other)
    assert result.valeur("prix") == Decimal("99.50")
    assert any("99,50" in piece.document for piece in result.pieces or ())


def test_no_document_says_that_an_act_is_void() -> None:
    """As the deadlines do: the law's sanction is what the law provides, for a judge to say of this case."""
    for demarche in demarches().values():
        for piece in demarche.pieces:
            said = re.search(
                r"\b(?:est|sera|devient) (?:alors )?(?:caduc|caduque|nulle?|irrecevable)\b", piece.pourquoi
            )
            assert said is None, (demarche.nom, piece.id)
