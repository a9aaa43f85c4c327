"""What each faulty answer is told: every fault at once, each in its place, none that only follows from another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculators.declaration import (
    MAX_AMOUNT,
    Choice,
    Kind,
    ask,
    ask_rows,
    fields_of,
    json_schema,
    parse,
    to_flat,
    unflatten,
)
from calculators.errors import InputError, LawDataError, UnknownKeyError
from calculators.law import Unite, law
from calculators.outcome import read_json
from calculators.registry import get
from calculators.sbi import SBI, SbiInputs, calculate
from calculators.sbi.rules import months
from calculators.text import answer_as_text, answers_given

BASE = {"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20"}


class Couleur(Choice):
    """A list short enough for a test."""

    ROUGE = "rouge", "Rouge vif"
    BLEU = "bleu", "Bleu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A row."""

    nom: str = ask("Nom")
    prix: Decimal = ask("Prix", minimum=Decimal(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulaire:
    """A form with what the SBI's does not have."""

    note: str = ask("Note", defaut="")
    couleur: Couleur = ask("Couleur")
    jour: date | None = ask("Jour", quand={"couleur": ("rouge",)})
    lignes: tuple[Ligne, ...] = ask_rows("Lignes", ligne="ligne", ajouter="Ajouter une ligne")


SALARY = {"nature": "salaire", "montant": "1"}


def faults(data: dict[str, Any], inputs: type = SbiInputs) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        parse(inputs, {**BASE, **data} if inputs is SbiInputs else data)
    found = {e.champ: e.message.replace("\u00a0", " ").replace("\u202f", " ") for e in caught.value.errors}
    assert len(found) == len(caught.value.errors)
    for champ in found:
        assert champ in str(caught.value)
    return found


@pytest.mark.parametrize(
    ("data", "champ", "words"),
    [
        ({}, "comptes", "remplissez au moins une ligne"),
        ({"comptes": []}, "comptes", "remplissez au moins une ligne"),
        ({"comptes": None}, "comptes", "remplissez au moins une ligne"),
        ({"comptes": {}}, "comptes", "donnez une liste de lignes"),
        ({"comptes": "1000"}, "comptes", "donnez une liste de lignes"),
        ({"comptes": ["1000"]}, "comptes", "donnez une liste de lignes"),
        ({"comptes": [None]}, "comptes", "donnez une liste de lignes"),
        ({"comptes": [{"solde": "1"}] * 21}, "comptes", "au plus 20 lignes"),
        ({"comptes": [{}]}, "comptes.1.solde", "S'il est nul, écrivez 0"),
        ({"comptes": [{"solde": "1"}, {"solde": None}]}, "comptes.2.solde", "indiquez un montant"),
        ({"comptes": [{"solde": "1", "type": "or"}]}, "comptes.1.type", "pas une des réponses. Réponses possibles : "),
        ({"comptes": [{"solde": "1", "joint": "peut-être"}]}, "comptes.1.joint", "par oui ou par non"),
        ({"comptes": [{"solde": "1", "joint": ["oui"]}]}, "comptes.1.joint", "forme attendue"),
        ({"comptes": [{"solde": "1", "libelle": "x" * 61}]}, "comptes.1.libelle", "au plus 60 caractères"),
        ({"comptes": [{"solde": "1", "libelle": "a\nb"}]}, "comptes.1.libelle", "sur une ligne"),
        ({"comptes": [{"solde": "1", "libelle": "a\x07b"}]}, "comptes.1.libelle", "(U+0007)"),
        ({"comptes": [{"solde": "1", "libelle": "\ud83d"}]}, "comptes.1.libelle", "sur une ligne"),
        ({"comptes": [{"solde": "1", "couleur": "bleu"}]}, "comptes.1.couleur", "n'est pas une question"),
        ({"solde": 1000.5}, "comptes.1.solde", "forme attendue"),
        ({"solde": True}, "comptes.1.solde", "forme attendue"),
        ({"solde": {"solde": "1"}}, "comptes.1.solde", "forme attendue"),
        ({"solde": 10**5000}, "comptes.1.solde", "forme attendue"),
        ({"solde": "12 50"}, "comptes.1.solde", "Écrivez un montant en euros"),
        ({"solde": "1 000 000 000"}, "comptes.1.solde", "d'au plus 999 999 999,99 €"),
        ({"solde": "-1 000 000 000"}, "comptes.1.solde", "d'au plus 999 999 999,99 €"),
        ({"solde": "1", "creance": "-1"}, "creance", "ne peut pas être négatif"),
        ({"solde": "1", "creance": "-0,01"}, "creance", "ne peut pas être négatif"),
        ({"solde": "1", "date_saisie": "1899-12-31"}, "date_saisie", "entre 1900 et 2199"),
        ({"solde": "1", "date_saisie": "9999-12-31"}, "date_saisie", "entre 1900 et 2199"),
        ({"solde": "1", "date_saisie": 202611}, "date_saisie", "JJ/MM/AAAA"),
        ({"solde": "1", "date_saisie": None}, "date_saisie", "indiquez une date"),
        ({"solde": "1", "mesure": "saisie"}, "mesure", "pas une des réponses. Réponses possibles : "),
        ({"solde": "1", "comptes": [{"solde": "2"}]}, "solde", "pas les deux"),
        ({"solde": "1", "insaisissable": "abc"}, "sommes.1.montant", "Écrivez un montant"),
        ({"solde": "1", "sommes": [{"montant": "1"}]}, "sommes.1.nature", "choisissez une réponse"),
        (
            {"solde": "1", "sommes": [{"nature": "depart_retraite", "montant": "1"}]},
            "sommes.1.part_protegee",
            "indiquez vous-même sa part protégée",
        ),
        ({"solde": "1", "sommes": [SALARY], "personnes_a_charge": "deux"}, "personnes_a_charge", "en chiffres"),
        ({"solde": "1", "sommes": [SALARY], "personnes_a_charge": "-1"}, "personnes_a_charge", "en chiffres"),
        ({"solde": "1", "sommes": [SALARY], "personnes_a_charge": "12345"}, "personnes_a_charge", "quatre au plus"),
        ({"solde": "1", "personnes_a_charge": "2"}, "personnes_a_charge", "ne se pose pas"),
        ({"solde": "1", "aujourdhui": None}, "aujourdhui", "indiquez une date"),
        # not asked with the other answers
        ({"solde": "1", "codebiteur": True}, "codebiteur", "ne se pose pas"),
        ({"solde": "1", "designation": "inconnue"}, "designation", "ne se pose pas"),
        ({"solde": "1", "part_designee": "5"}, "part_designee", "ne se pose pas"),
        ({"solde": "1", "date_saisie_precedente": "2026-11-01"}, "date_saisie_precedente", "ne se pose pas"),
        ({"solde": "1", "debiteur": "personne_morale", "insaisissable": "9"}, "sommes", "ne se pose pas"),
        ({"solde": "1", "debiteur": "personne_morale", "territoire": "mayotte"}, "territoire", "ne se pose pas"),
        ({"comptes": [{"solde": "1", "professionnel": True}]}, "comptes.1.professionnel", "ne se pose pas"),
        # asked by another answer
        ({"solde": "1", "autre_banque": "oui"}, "designation", "choisissez une réponse"),
        # answers that contradict each other
        (
            {"solde": "1", "sommes": [{"nature": "rsa", "montant": "1", "date_credit": "2026-11-21"}]},
            "sommes.1.date_credit",
            "versée après la saisie du 20 novembre 2026",
        ),
        (
            {"solde": "1", "sommes": [{"nature": "salaire", "montant": "1", "part_protegee": "2"}]},
            "sommes.1.part_protegee",
            "ne peut pas dépasser le montant reçu, 1,00 €",
        ),
        (
            {"solde": "1", "sbi_deja_laisse": True, "date_saisie_precedente": "2026-11-21"},
            "date_saisie_precedente",
            "doit être antérieure",
        ),
        (
            {"mesure": "paiement_direct", "alimente_par_remuneration": True, "comptes": [{"solde": "1"}] * 2},
            "comptes",
            "un seul compte",
        ),
    ],
)
def test_a_fault_says_where_and_how_to_mend_it(data: dict[str, Any], champ: str, words: str) -> None:
    found = faults(data)
    assert list(found) == [champ]
    assert words in found[champ].replace("’", "'")


def test_all_faults_are_said_at_once_in_the_order_of_the_form() -> None:
    data = {"date_saisie": "naguère", "mesure": "?", "comptes": [{"solde": "x"}, {"solde": "y"}], "creance": "z"}
    assert list(faults(data)) == ["date_saisie", "mesure", "comptes.1.solde", "comptes.2.solde", "creance"]


@pytest.mark.parametrize(
    ("data", "champs"),
    [
        ({"comptes": [{"solde": "x", "joint": "oui"}], "codebiteur": "oui"}, ["comptes.1.solde"]),
        ({"solde": "1", "mesure": "?", "autre_banque": "oui", "designation": "inconnue"}, ["mesure"]),
        ({"solde": "1", "debiteur": "?", "insaisissable": "200"}, ["debiteur"]),
        ({"solde": "1", "autre_banque": "?", "designation": "inconnue"}, ["autre_banque"]),
        ({"solde": "1", "autre_banque": "oui", "designation": "?", "part_designee": "5"}, ["designation"]),
        ({"solde": "1", "sommes": [{"nature": "?", "montant": "1", "part_protegee": "1"}]}, ["sommes.1.nature"]),
        ({"debiteur": "?", "comptes": [{"solde": "1", "professionnel": "oui"}]}, ["debiteur"]),
        ({"solde": "1", "gains_epoux": True, "choix_epoux": "a_comparer"}, ["gains_epoux"]),
    ],
)
def test_a_fault_does_not_bring_others_with_it(data: dict[str, Any], champs: list[str]) -> None:
    """A question that depends on a faulty answer may or may not be asked: nothing is said of it."""
    assert list(faults(data)) == champs


def test_a_faulty_answer_that_depends_on_a_faulty_one_is_still_a_fault() -> None:
    assert list(faults({"solde": "1", "autre_banque": "?", "designation": "?"})) == ["autre_banque", "designation"]


@pytest.mark.parametrize("empty", ["", " ", "\u00a0", "\u202f ", None])
def test_a_field_that_looks_empty_is_empty(empty: str | None) -> None:
    inputs = parse(SbiInputs, {**BASE, "solde": "1", "creance": empty, "insaisissable": empty, "autre_banque": empty})
    assert inputs == parse(SbiInputs, {**BASE, "solde": "1"})


@pytest.mark.parametrize(
    "stray",
    [{"codebiteur": "non"}, {"codebiteur": False}, {"gains_epoux": "off"}, {"sommes": []}, {"part_designee": ""}],
)
def test_an_answer_that_is_the_usual_one_is_no_fault_when_not_asked(stray: dict[str, Any]) -> None:
    """A form may send its usual answers to questions that it hides."""
    assert parse(SbiInputs, {**BASE, "solde": "1", **stray}) == parse(SbiInputs, {**BASE, "solde": "1"})
    company = {"solde": "1", "debiteur": "personne_morale", "territoire": "metropole"}
    assert parse(SbiInputs, {**BASE, **company}).debiteur.value == "personne_morale"


@pytest.mark.parametrize("word", ["oui", "Oui", " OUI ", "true", "on", "1", True, 1], ids=repr)
def test_ways_of_saying_yes(word: object) -> None:
    assert parse(SbiInputs, {**BASE, "comptes": [{"solde": "1", "joint": word}]}).comptes[0].joint is True


def test_limits_are_still_good() -> None:
    """The longest label, the largest amount, the day itself, the whole amount."""
    salary = {"nature": "salaire", "montant": "5", "part_protegee": "5", "date_credit": BASE["date_saisie"]}
    data = {"comptes": [{"solde": str(-MAX_AMOUNT), "libelle": "x" * 60}] * 20, "creance": "0", "sommes": [salary]}
    assert len(parse(SbiInputs, {**BASE, **data}).comptes) == 20


def test_a_form_of_another_shape() -> None:
    filled = parse(Formulaire, {"couleur": "rouge", "jour": "1/2/2026", "lignes": [{"nom": "A", "prix": "5"}]})
    assert (filled.couleur, filled.jour) == (Couleur.ROUGE, date(2026, 2, 1))
    assert [(ligne.nom, ligne.prix) for ligne in filled.lignes] == [("A", Decimal("5.00"))]
    assert to_flat(filled) == {"couleur": "rouge", "jour": "2026-02-01", "lignes.1.nom": "A", "lignes.1.prix": "5"}
    assert parse(Formulaire, unflatten(to_flat(filled))) == filled
    assert to_flat(replace(filled, note="x"))["note"] == "x"
    assert answers_given(filled) == [
        ("Couleur", "Rouge vif"),
        ("Jour", "1er\u00a0février 2026"),
        ("Lignes — 1", "A, Prix : 5,00\u00a0€"),
    ]
    assert answers_given(replace(filled, note="x"))[0] == ("Note", "x")
    low = faults({"couleur": "bleu", "lignes": [{"nom": "", "prix": "4,99"}]}, Formulaire)
    assert low["lignes.1.prix"] == "« Prix » : indiquez au moins 5,00 €."
    assert list(faults({"couleur": "bleu", "jour": "2026-02-01"}, Formulaire)) == ["jour"]
    assert [field.kind for field in fields_of(Formulaire)] == [Kind.TEXTE, Kind.CHOIX, Kind.DATE, Kind.LIGNES]
    schema = json_schema(Formulaire, titre="Essai")
    assert schema["required"] == ["couleur"]
    assert schema["title"] == "Essai"


def test_rows_are_found_again_whatever_their_numbers() -> None:
    flat = {"comptes.7.solde": "7", "comptes.2.solde": "2", "creance": "5", "a.b": "x", "comptes.1234.solde": "y"}
    assert unflatten(flat) == {
        "comptes": [{"solde": "2"}, {"solde": "7"}],
        "creance": "5",
        "a.b": "x",
        "comptes.1234.solde": "y",
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "il faut un objet"),
        ("{", "ligne 1, colonne 2"),
        ('{"a": NaN}', "NaN n’est pas un nombre"),
        ('{"a": 1, "a": 2}', "deux fois"),
        ('{"a": 1e9999999999999999999}', "démesuré"),
        ('{"a":' + "[" * 100_000, "trop profond"),
    ],
    ids=["list", "cut", "nan", "twice", "huge", "deep"],
)
def test_what_is_no_json_object_says_why(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_json(text)


def test_json_numbers_are_exact() -> None:
    assert read_json('{"a": 0.1, "b": 10}') == {"a": Decimal("0.1"), "b": Decimal(10)}


def test_the_largest_amounts_add_up() -> None:
    rows = [{"solde": str(MAX_AMOUNT)}] * 20
    assert calculate(parse(SbiInputs, {**BASE, "comptes": rows}), law()).valeur("solde") == MAX_AMOUNT * 20


def test_an_unknown_calculator_is_a_mistake_of_the_developer() -> None:
    assert get("sbi") is SBI
    with pytest.raises(UnknownKeyError, match="expected one of sbi"):
        get("inconnu")


def test_a_period_of_another_unit_is_not_taken_for_months() -> None:
    delai = law().delais["sbi.renouvellement"]
    assert months(delai) == 1
    with pytest.raises(LawDataError, match=r"sbi\.renouvellement: expected a period in months"):
        months(replace(delai, versions=(replace(delai.versions[-1], unite=Unite.JOURS),)))


def test_the_text_to_copy_has_every_part() -> None:
    given = {
        **BASE,
        "comptes": [{"solde": "900", "joint": "oui", "libelle": "Commun"}, {"solde": "400", "type": "epargne"}],
        "codebiteur": "oui",
        "sommes": [{"nature": "rsa", "montant": "300", "date_credit": "2026-11-05"}],
    }
    inputs = parse(SbiInputs, given)
    text = answer_as_text(SBI, inputs, calculate(inputs, law())).replace("\u00a0", " ").replace("\u202f", " ")
    titles = ["Attention", "Que faire", "Lectures possibles", "Raisonnement", "Sources", "Vos réponses"]
    positions = [text.index(f"\n\n{title}\n") for title in titles]
    assert positions == sorted(positions)
    assert "Compte par compte" in text
    assert "Commun : Sorte Compte courant, Solde 900,00 €" in text
    assert "RSA), Montant reçu : 300,00 €, Date du versement sur le compte : 5 novembre 2026" in text
    assert text.endswith("Information générale, pas un conseil juridique personnalisé.")
    assert "  \n" not in text
