"""How long a seizure of a wage lasts: month after month, at the edges, and what is said of it to each who reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from calculators.declaration import parse
from calculators.errors import InputError
from calculators.law import law
from calculators.quotite import QUOTITE, QuotiteInputs, calculate
from calculators.quotite.rules import Facts
from calculators.quotite.schedule import MOST_MONTHS
from calculators.result import to_dict
from tests.scale import seizable_by_the_scale

if TYPE_CHECKING:
    from calculators.quotite.schedule import Schedule
    from calculators.result import Result

#: What a single person's 1 500 € a month leaves to be seized under the scale of 2026, worked out in tests/cases.
PART = Decimal("234.76")


def facts(**answers: str) -> Facts:
    given = {"aujourdhui": "2026-11-21", "date": "2026-10-30", "net": "1500", **answers}
    return Facts(parse(QuotiteInputs, given), law())


def months(**answers: str) -> Schedule:
    found = facts(**answers).schedule
    assert found is not None
    return found


def told(**answers: str) -> Result:
    return calculate(facts(**answers).inputs, law())


def test_the_months_worked_out_a_second_time() -> None:
    """In whole centimes, from thresholds typed again, year by year: 2024 and 2025 have their own, 2027 has none."""
    found = months(date="2024-11-15", dette="7000")
    left, expected = 700_000, list[tuple[str, int, int]]()
    day = (2024, 11)
    while left:
        part = min(left, seizable_by_the_scale(150_000, str(min(day[0], 2026)), 0, 1))
        left -= part
        expected.append((f"{day[0]}-{day[1]:02}", part, left))
        day = (day[0] + day[1] // 12, day[1] % 12 + 1)
    assert [(f"{m.jour:%Y-%m}", int(m.retenue * 100), int(m.reste * 100)) for m in found.mois] == expected
    assert found.unknown is not None
    assert f"{found.unknown.jour:%Y-%m}" == "2027-01"
    assert {m.annee for m in found.mois} == {2024, 2025, 2026}


def test_a_wage_that_nothing_is_taken_of_is_looked_at_to_the_last_day_of_the_scale() -> None:
    """That day included: what is taken on it is known."""
    found = months(date="2026-12-31", net="300", dette="1000")
    assert [(f"{month.jour}", month.retenue, month.connu) for month in found.mois] == [("2026-12-31", 0, True)]


@pytest.mark.parametrize(
    ("dette", "count", "last"),
    [
        ("0.01", 1, "0.01"),
        ("234.75", 1, "234.75"),
        ("234.76", 1, "234.76"),
        ("234.77", 2, "0.01"),
        ("469.52", 2, "234.76"),
        ("2817.12", 12, "234.76"),
        ("2817.13", 13, "0.01"),
    ],
)
def test_a_debt_at_the_edge_of_a_month(dette: str, count: int, last: str) -> None:
    result = told(dette=dette)
    assert result.valeur("mois_de_retenue") == str(count)
    assert result.valeur("derniere_retenue") == Decimal(last)


def test_a_debt_of_a_hundred_years_is_the_longest_that_is_told() -> None:
    assert months(dette="281712.00").payee  # 1,200 times what is seized of a month
    assert len(months(dette="281712.00").mois) == 1200
    assert not months(dette="281712.01").payee


def test_the_last_day_of_a_month_keeps_each_month_once() -> None:
    found = months(date="2026-08-31", dette="1500")
    assert [f"{m.jour:%Y-%m}" for m in found.mois] == [
        "2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02",
    ]  # fmt: skip


def test_a_pay_told_by_the_year_never_takes_more_in_twelve_months() -> None:
    found = months(net="18000", periode="an", dette="2817.17")
    assert [m.retenue for m in found.mois] == [PART] * 12 + [Decimal("0.05")]


def test_no_length_is_promised_of_maintenance_nor_of_a_debt_that_is_not_known() -> None:
    for debt in ("pension_alimentaire", "inconnu"):
        with pytest.raises(InputError, match="ne se pose pas"):
            told(dette="3000", creance=debt)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"net": "600", "dette": "100"}, "À ce rythme, la dette de 100,00 € ne baisse pas."),
        ({"net": "652", "dette": "100000"}, "À ce rythme, la dette de 100 000,00 € ne serait pas payée en cent ans."),
        ({"dette": "0"}, "Il ne reste rien à payer : le commissaire de justice répartiteur lève la saisie."),
        ({"dette": "100"}, "Pour une dette de 100,00 €, une seule retenue suffit, en octobre 2026."),
    ],
)
def test_a_debt_that_has_no_schedule_to_show_says_why(answers: dict[str, str], said: str) -> None:
    result = told(**answers)
    assert result.langue.typeset(said) in result.langue.typeset(result.resume)
    names = {value.cle for value in result.valeurs}
    assert ("dernier_mois" in names) is ("une seule" in said)


def test_a_debt_that_is_never_paid_stops_the_count() -> None:
    assert len(months(net="652", dette="100000").mois) == MOST_MONTHS
    assert len(months(net="600", dette="100").mois) == 3  # October to December, whose scale is known


def test_the_table_tells_the_first_months_the_last_and_the_total_whatever_the_debt() -> None:
    rows = to_dict(told(dette="250000"))["mois_par_mois"]
    assert len(rows) == 12 + 1 + 1 + 1
    assert sum(Decimal(row["retenue"]) for row in rows[:-1]) == Decimal(rows[-1]["retenue"]) == 250_000
    assert [row["mois"] for row in rows[11:14]] == [
        "septembre 2027",
        "Les 1052 mois suivants, jusqu\u2019en mai 2115",
        "juin 2115",
    ]
    assert {row["bareme"] for row in rows[:3]} == {"2026"}
    assert {row["bareme"] for row in rows[3:-1]} == {"2026, provisoire"}
    assert len(to_dict(told(dette="3000"))["mois_par_mois"]) == 14
    # The thirteenth of fourteen months stands alone: it is named, not counted.
    assert [row["mois"] for row in to_dict(told(dette="3200"))["mois_par_mois"]][12:14] == [
        "octobre 2027",
        "novembre 2027",
    ]


@pytest.mark.parametrize(
    ("role", "page", "words"),
    [
        ("debiteur", "saisie-remunerations", "Gardez chaque décompte"),
        ("creancier", "saisie-remunerations/creancier", "Comparez chaque versement"),
        ("employeur", "saisie-remunerations/employeur", "retenez jusqu'à la mainlevée"),
    ],
)
def test_each_who_reads_is_told_what_to_do_with_it(role: str, page: str, words: str) -> None:
    (action,) = [a for a in told(dette="3000", role_salaire=role).a_faire if words in a.texte]
    assert action.page == page


def test_what_is_not_known_is_said_with_its_first_month() -> None:
    codes = {w.code: w.texte for w in told(dette="3000").avertissements}
    assert "1er\u00a0janvier 2027" in codes["bareme_a_venir"]
    assert "intérêts" in codes["interets_non_comptes"]
    assert "bareme_a_venir" not in {w.code for w in told(dette="500").avertissements}


def test_a_year_whose_scale_is_known_while_its_minimum_is_due_to_change_is_not_said_to_be_known() -> None:
    known = law()
    scale = known.baremes["remunerations"]
    last = scale.valeurs[-1]
    newer = replace(last, en_vigueur_du=date(2027, 1, 1), en_vigueur_jusqu_au=date(2027, 12, 31))
    later = replace(
        known,
        baremes={**known.baremes, "remunerations": replace(scale, valeurs=(*scale.valeurs, newer))},
    )
    found = Facts(facts(dette="3000").inputs, later).schedule
    assert found is not None
    assert found.unknown is not None
    assert f"{found.unknown.jour:%Y-%m}" == "2027-04"


def test_the_readings_of_what_is_not_known_have_their_own_length() -> None:
    readings = told(dette="3000", compter="oui", conjoint="inconnu").lectures
    found = {r.cle: next(v.quantite for v in r.valeurs if v.cle == "mois_de_retenue") for r in readings}
    assert found == {"prudente": "13", "conjoint": "15"}


def test_a_file_of_wages_has_a_column_for_each_value() -> None:
    assert QUOTITE.resultats is not None
    assert {value.cle for value in told(dette="3000").valeurs} == set(QUOTITE.resultats(law()))
