"""What the scale of wage seizure must always do, and the scale worked out a second time by other means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.declaration import parse
from calculators.law import law
from calculators.quotite import QuotiteInputs, calculate
from calculators.quotite.rules import Facts
from calculators.scale import quotite
from calculators.territory import Territoire
from tests.scale import SCALES, seizable_by_the_scale

CENTIME = Decimal("0.01")
TOP = 10_000_000

years = st.sampled_from(sorted(SCALES))
people = st.integers(0, 12)
centimes = st.one_of(st.integers(0, 500_000), st.integers(0, TOP))
months = st.sampled_from([1, 12])


def day_of(year: str) -> date:
    return date(int(year), 6, 30)


def seized(net: int, year: str, count: int, span: int = 1) -> Decimal:
    return quotite(law(), Decimal(net) / 100, day_of(year), count, Territoire.METROPOLE, months=span).saisissable


@given(centimes, years, people, months)
def test_the_scale_worked_out_a_second_time(net: int, year: str, count: int, span: int) -> None:
    """By slopes, in whole numbers, from thresholds typed again."""
    scale = seizable_by_the_scale(net, year, count, span)
    found = quotite(law(), Decimal(net) / 100, day_of(year), count, Territoire.METROPOLE, months=span)
    floor = int(found.rsa.montant * 100) * span
    assert int(found.bareme * 100) == scale
    assert int(found.saisissable * 100) == min(scale, max(0, net - floor))
    assert found.saisissable + found.laisse == found.net


@given(centimes, years, people, months)
def test_a_centime_more_of_pay_seizes_no_less_and_at_most_a_centime_more(
    net: int, year: str, count: int, span: int
) -> None:
    """Never decreasing, never a step: what stays does not fall either when the pay rises."""
    step = seized(net + 1, year, count, span) - seized(net, year, count, span)
    assert Decimal(0) <= step <= CENTIME


@pytest.mark.parametrize("year", SCALES)
@given(count=people, near=st.integers(-2, 2))
def test_continuous_at_the_edge_of_each_bracket(year: str, count: int, near: int) -> None:
    for threshold in SCALES[year]["seuils"]:
        edge = (threshold + count * SCALES[year]["par_personne"]) * 100 + near
        assert Decimal(0) <= seized(edge + 1, year, count, 12) - seized(edge, year, count, 12) <= CENTIME


@given(centimes, years, people, months)
def test_one_more_dependant_never_seizes_more(net: int, year: str, count: int, span: int) -> None:
    assert seized(net, year, count + 1, span) <= seized(net, year, count, span)


@given(centimes, years, people, months, st.sampled_from([Territoire.METROPOLE, Territoire.MAYOTTE]))
def test_the_floor_always_stays(net: int, year: str, count: int, span: int, territory: Territoire) -> None:
    """Never under the RSA of one person; never more than the pay; maintenance takes at least as much as the scale."""
    # In Mayotte, the years whose floor was read, on a day when it was.
    year = year if territory is Territoire.METROPOLE or year > "2022" else "2022"
    pay, day = Decimal(net) / 100, date(int(year), 12, 1)
    maintenance = quotite(law(), pay, day, count, territory, months=span, alimentaire=True)
    ordinary = quotite(law(), pay, day, count, territory, months=span)
    assert Decimal(0) <= ordinary.saisissable <= maintenance.saisissable <= pay
    assert ordinary.laisse >= maintenance.laisse == min(pay, ordinary.plancher)


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=4), years)
def test_the_brackets_share_the_whole_pay(parts: list[int], year: str) -> None:
    """What falls in the brackets is the pay, all of it, each part in its own bounds."""
    pay = Decimal(sum(parts)) / 100
    brackets = quotite(law(), pay, day_of(year), 0, Territoire.METROPOLE).tranches
    assert sum(t.part for t in brackets) == pay
    for t in brackets:
        assert t.haut is None or t.part <= t.haut - t.bas
        assert t.saisissable == t.part * t.fraction


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=5), years, people)
def test_splitting_a_pay_between_payers_never_changes_what_is_seized(parts: list[int], year: str, count: int) -> None:
    """L3252-4: on all of them together; the only rounding is of the total."""
    day = day_of(year).isoformat()
    rows = [{"net": str(Decimal(part) / 100)} for part in parts]
    one = [{"net": str(Decimal(sum(parts)) / 100)}]
    asked = {"aujourdhui": "2026-11-21", "date": day, "personnes_a_charge": count}
    split, whole = (calculate(parse(QuotiteInputs, {**asked, "payeurs": payers}), law()) for payers in (rows, one))
    assert split.valeurs == whole.valeurs


@given(centimes, people, st.integers(0, 5_000_000), months)
def test_the_months_of_a_debt_add_up_to_it_and_none_takes_more_than_may_be_seized(
    net: int, count: int, debt: int, span: int
) -> None:
    """CPCE, art. L212-5 and L212-12: each month the seizable part at most, and in all what is owed, never more."""
    asked = {
        "aujourdhui": "2026-11-21",
        "date": "2025-06-30",
        "net": str(Decimal(net) / 100),
        "periode": "an" if span == 12 else "mois",
        "personnes_a_charge": str(count),
        "dette": str(Decimal(debt) / 100),
    }
    facts = Facts(parse(QuotiteInputs, asked), law())
    found = facts.schedule
    assert found is not None
    most = {year: min(seizable_by_the_scale(net, year, count, span), net) for year in ("2025", "2026")}
    for month in found.mois:
        assert Decimal(0) <= month.retenue <= Decimal(most[str(month.annee)]) / 100 / span
    paid = sum((month.retenue for month in found.mois), Decimal(0))
    assert found.payee is (paid == found.dette)
    assert paid <= found.dette
    if found.mois and found.payee:
        assert found.mois[-1].retenue > 0
        assert found.mois[-1].reste == 0
