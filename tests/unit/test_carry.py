"""What is told to one tool and not asked again by another: exactly the same thing, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from calculators.carry import carried, told
from calculators.declaration import UNKNOWN, Choice, ask, fields_of, means, parse, under
from calculators.errors import LawDataError, UnknownKeyError
from calculators.law import law
from calculators.law.pieces.questions import read_questions
from calculators.notions import Notion
from calculators.registry import CALCULATORS, get
from calculators.web.guides.notions import check_notions, questions_by_notion

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = {"aujourdhui": "2026-11-21"}
SBI = {"date_saisie": "2026-11-20", "solde": "1000"}
SEIZED = {"situation": "saisie-attribution", "role": "debiteur", "date_saisie": "2026-11-20"}
WAGE = {"nature": "salaire", "montant": "1500.50", "date_credit": "2026-11-02"}
PLANNING = {"situation": "urbanisme", "date_depot": "2026-11-10"}


def taken(nom: str, answers: Mapping[str, object]) -> dict[str, str]:
    """What the other calculators, and this one on other pages, need not ask: `calculateur champ` and the answer."""
    calculator = get(nom)
    inputs = parse(calculator.inputs, {**TODAY, **answers})
    return {f"{c.calculateur} {c.champ}": c.valeur for c in carried(calculator, inputs, CALCULATORS.values())}


def cases(nom: str, answers: Mapping[str, object], question: str) -> list[dict[str, list[str]]]:
    """The cases in which that is what the other form asks for."""
    calculator = get(nom)
    inputs = parse(calculator.inputs, {**TODAY, **answers})
    (found,) = [
        c for c in carried(calculator, inputs, CALCULATORS.values()) if f"{c.calculateur} {c.champ}" == question
    ]
    return [{name: list(values) for name, values in case.items()} for case in found.quand]


def test_the_dates_and_the_place_of_a_seized_account_are_told_to_the_deadlines_and_back() -> None:
    sbi = taken("sbi", {**SBI, "date_denonciation": "2026-11-25", "territoire": "guadeloupe"})
    assert sbi["delais date_saisie"] == "2026-11-20"
    assert sbi["delais date_denonciation"] == "2026-11-25"
    assert sbi["delais territoire"] == sbi["quotite territoire"] == "guadeloupe"
    delais = taken("delais", {**SEIZED, "date_denonciation": "2026-11-25", "territoire": "mayotte"})
    assert delais["sbi date_saisie"] == "2026-11-20"
    assert delais["sbi date_denonciation"] == "2026-11-25"
    assert delais["sbi territoire"] == "mayotte"


def test_the_day_of_another_measure_is_not_the_day_of_the_seizure() -> None:
    assert "delais date_saisie" not in taken("sbi", {**SBI, "mesure": "satd"})
    assert cases("delais", SEIZED, "sbi date_saisie") == [{"mesure": ["saisie_attribution"]}]


def test_the_place_where_a_planning_deadline_runs_is_not_where_a_debtor_lives() -> None:
    planning = taken("delais", {**PLANNING, "dossier": "permis-maison", "territoire": "mayotte"})
    assert "sbi territoire" not in planning
    wanted = cases("sbi", SBI, "delais territoire")
    assert wanted == [{"situation": [name]} for name in ("saisie-attribution", "saisie-remunerations", "satd")]


def test_the_role_goes_to_the_checklists_and_to_the_other_situations_unless_they_do_not_have_it() -> None:
    found = taken("delais", SEIZED)
    assert found["pieces role"] == found["delais role_salaire"] == found["delais role_injonction"] == "debiteur"
    assert taken("pieces", {"demarche": "saisie-compte", "role": "creancier", "etape": "saisir"})["delais role"] == (
        "creancier"
    )
    bank = taken("delais", {**SEIZED, "role": "banque"})
    assert bank["pieces role"] == bank["delais role_salaire"] == ""  # told, and none of their answers


def test_one_wage_goes_to_the_seizable_part_and_two_do_not() -> None:
    one = taken("sbi", {**SBI, "sommes": [WAGE, {"nature": "rsa", "montant": "600"}], "personnes_a_charge": "2"})
    assert one["quotite payeurs.1.net"] == "1500.50"
    assert one["quotite date"] == "2026-11-02"
    assert one["quotite personnes_a_charge"] == "2"
    two = taken("sbi", {**SBI, "sommes": [WAGE, WAGE]})
    assert not {"quotite payeurs.1.net", "quotite date"} & two.keys()
    assert cases("sbi", {**SBI, "sommes": [WAGE]}, "quotite payeurs.1.net") == [{"periode": ["mois"]}]


def test_the_people_that_a_calculator_helped_to_count_are_not_counted_again() -> None:
    pay = {"date": "2026-11-20", "net": "1500", "compter": "oui", "conjoint": "oui", "enfants": "2"}
    assert taken("quotite", pay)["sbi personnes_a_charge"] == "3"


@pytest.mark.parametrize(
    ("answer", "file"),
    [("cu-information", "cu_information"), ("cu-operationnel", "cu_operationnel"), ("permis-maison", "")],
)
def test_a_file_that_may_be_two_of_the_list_s_is_none_of_them(answer: str, file: str) -> None:
    assert taken("delais", {**PLANNING, "dossier": answer})["pieces dossier"] == file


@pytest.mark.parametrize(
    ("file", "answer"),
    [("dp", "declaration-prealable"), ("demolir", "permis-maison"), ("pc_autre", "autre-permis"), ("dia", "")],
)
def test_a_file_of_the_list_is_the_one_that_holds_it(file: str, answer: str) -> None:
    assert taken("pieces", {"demarche": "urbanisme", "dossier": file}).get("delais dossier") == answer


def test_what_is_not_known_is_not_told() -> None:
    unknown = taken("pieces", {"demarche": "urbanisme", "dossier": "dp", "secteur_protege": UNKNOWN})
    assert "delais abords" not in unknown
    known = taken("pieces", {"demarche": "urbanisme", "dossier": "dp", "secteur_protege": "site"})
    assert known["delais abords"] == "non"


def test_what_may_be_two_answers_leaves_the_one_told_before_if_it_is_one_of_them() -> None:
    calculator = get("delais")
    inputs = parse(calculator.inputs, {**TODAY, **PLANNING, "dossier": "permis-maison"})
    (dossier,) = [c for c in carried(calculator, inputs, [get("pieces")]) if c.champ == "dossier"]
    assert (dossier.valeur, dossier.parmi) == ("", ("pc_maison", "demolir"))


def test_a_tool_asks_nothing_again_on_another_page_for_the_same_subject_and_nothing_of_it_for_another() -> None:
    found = taken("delais", {**SEIZED, "date_denonciation": "2026-11-25", "date_assignation": "2026-12-01"})
    assert found["delais date_assignation"] == "2026-12-01"
    question = "delais date_assignation"
    assert cases("delais", {**SEIZED, "date_assignation": "2026-12-01"}, question) == [
        {"situation": ["saisie-attribution"]}
    ]
    assert not {"delais situation", "delais repere", "delais aujourdhui"} & found.keys()
    passport = taken("pieces", {"demarche": "passeport", "motif": "vol", "age": "majeur"})
    assert (passport["pieces motif"], passport["pieces age"]) == ("vol", "majeur")
    assert "pieces demarche" not in passport


@pytest.mark.parametrize("amount", ["-3", "1000000000"])
def test_an_amount_out_of_the_bounds_of_the_question_is_not_carried(amount: str) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Accounts:
        """A form that takes any amount."""

        total: Decimal = ask("Total", minimum=None, notion=Notion.NET)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Pay:
        """A form that does not."""

        net: Decimal = ask("Net", notion=Notion.NET)

    source, target = (replace(get("quotite"), nom=form.__name__, inputs=form) for form in (Accounts, Pay))
    instance = under(Accounts)(total=Decimal(amount))
    assert [c.valeur for c in carried(source, instance, [target])] == [""]
    assert [c.valeur for c in carried(source, under(Accounts)(total=Decimal(3)), [target])] == ["3"]


def test_what_is_carried_is_accepted_where_it_goes() -> None:
    """Each example of each calculator: the answers are among those of the question, or read as one."""
    for calculator in CALCULATORS.values():
        for example in (calculator.exemple, *calculator.exemples):
            inputs = parse(calculator.inputs, {**TODAY, **example})
            for one in carried(calculator, inputs, CALCULATORS.values()):
                name = one.champ.split(".")
                fields = {field.nom: field for field in fields_of(under(get(one.calculateur).inputs))}
                field = fields[name[0]] if len(name) == 1 else {f.nom: f for f in fields[name[0]].colonnes}[name[2]]
                known = {option.valeur for option in field.options}
                assert not known or not one.valeur or one.valeur in known, one


# ---------------------------------------------------------------- what is declared


def test_every_notion_is_asked_for_by_two_questions_and_declared_with_them() -> None:
    check_notions(CALCULATORS.values(), law())
    assert questions_by_notion(CALCULATORS.values(), law()).keys() == set(Notion)


class Couleur(Choice):
    """A list short enough for a test."""

    ROUGE = "rouge", "Rouge"
    BLEU = "bleu", "Bleu"


def form(**questions: tuple[Any, Any]) -> Any:
    """A calculator that asks these."""
    space = {"__annotations__": {name: kind for name, (kind, _) in questions.items()}}
    space |= {name: question for name, (_, question) in questions.items()}
    made: Any = dataclass(frozen=True, kw_only=True)(type("Form", (), space))
    return replace(get("quotite"), nom="essai", inputs=made)


ROLE = (Couleur, ask("Rôle", notion=Notion.ROLE))


@pytest.mark.parametrize(
    ("questions", "reason"),
    [
        ({"un": ROLE}, "only essai.un asks for it"),
        ({"un": ROLE, "deux": (Decimal, ask("Deux", notion=Notion.ROLE))}, "answers of the same kind"),
        ({"un": ROLE, "deux": (bool, ask("Deux", notion=Notion.ROLE))}, "knows any of the answers to essai.un"),
        (
            {"un": ROLE, "deux": (Couleur, ask("Deux", notion=means(Notion.ROLE, reponses={"vert": ("rouge",)})))},
            "essai.deux: 'vert' is not one of its answers",
        ),
        (
            {"un": ROLE, "deux": (Couleur, ask("Deux", notion=means(Notion.ROLE, quand={"trois": ("x",)})))},
            "essai.deux: 'trois' is not a question of its form",
        ),
        (
            {"un": ROLE, "deux": (Couleur, ask("Deux", notion=means(Notion.ROLE, lit="teinte")))},
            "essai.deux: its form has no 'teinte'",
        ),
    ],
)
def test_what_nobody_could_understand_is_refused_before_the_build(questions: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnknownKeyError, match=reason):
        check_notions([form(**questions)], law())


def test_a_list_s_question_names_a_notion_that_there_is() -> None:
    data = {"but": {"question": "Pourquoi ?", "reponses": "date", "notion": "motivation"}}
    with pytest.raises(LawDataError, match=r"essai\.toml: questions\.but\.notion: unknown notion 'motivation'"):
        read_questions("essai.toml", data, {}, law())


def test_two_questions_that_say_the_same_thing_differently_say_nothing() -> None:
    both = form(un=(Couleur, ask("Un", notion=Notion.ROLE)), deux=(Couleur, ask("Deux", notion=Notion.ROLE)))
    inputs = under(both.inputs)(un=Couleur.ROUGE, deux=Couleur.BLEU)
    assert told(inputs) == {}
