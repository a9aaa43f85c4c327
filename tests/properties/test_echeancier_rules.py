"""What a plan of payments must always do, whatever the budget and the debt."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from calculators.declaration import parse
from calculators.echeancier import EcheancierInputs, calculate
from calculators.echeancier.rules import Facts, Issue
from calculators.law import law

LONGEST = 24  # code civil, article 1343-5: two years

centimes = st.one_of(st.integers(1, 500), st.integers(1, 300_000), st.integers(1, 10**11 - 1))


def facts(debt: int, room: int, wanted: int | None = None, first: date = date(2027, 1, 31), **more: str) -> Facts:
    """The facts of a debt and of a budget that leaves so much a month, all in centimes."""
    asked: dict[str, Any] = {
        "aujourdhui": "2026-11-28",
        "nature": "ordinaire",
        "moment": "acte",
        "dette": str(Decimal(debt) / 100),
        "premier_paiement": first.isoformat(),
        "paie": str(Decimal(room + 70_000) / 100),
        "logement": "700",
    }
    if wanted is not None:
        asked["nombre_mois"] = str(wanted)
    return Facts(parse(EcheancierInputs, {**asked, **more}), law())


plans = given(debt=centimes, room=st.integers(0, 300_000), wanted=st.one_of(st.none(), st.integers(1, LONGEST)))


@plans
@example(debt=100_000, room=4167, wanted=24)
@example(debt=100_000, room=4166, wanted=24)
@example(debt=240_001, room=10_000, wanted=None)
@example(debt=5, room=10_000, wanted=24)
def test_what_is_paid_and_what_is_left_make_the_debt_to_the_centime(debt: int, room: int, wanted: int | None) -> None:
    """Art. 1343-5: the sums due are spread, and no centime of them is lost."""
    found = facts(debt, room, wanted)
    assert sum((term.montant for term in found.terms), Decimal(0)) + found.unpaid == Decimal(debt) / 100
    assert (found.terms[-1].reste if found.terms else found.inputs.dette) == found.unpaid >= 0
    assert all(term.montant > 0 for term in found.terms)


@plans
def test_nobody_is_told_to_pay_more_than_the_budget_leaves_nor_longer_than_the_law(
    debt: int, room: int, wanted: int | None
) -> None:
    """Art. 1343-5: two years at most, in view of the debtor's situation."""
    found = facts(debt, room, wanted)
    assert all(term.montant <= found.room for term in found.terms)
    assert len(found.terms) <= LONGEST
    assert len({term.montant for term in found.terms[:-1]}) <= 1
    assert all(found.terms[-1].montant <= term.montant for term in found.terms)


@plans
def test_the_months_wanted_are_kept_when_the_budget_allows_and_no_longer_plan_is_told_than_needed(
    debt: int, room: int, wanted: int | None
) -> None:
    """Counted a second time: what the budget pays in so many months, against the debt."""
    found = facts(debt, room, wanted)
    months = wanted or LONGEST
    in_time, at_all = room * months >= debt, room * LONGEST >= debt
    expected = Issue.RIEN if not room else Issue.TIENT if in_time else Issue.ALLONGE if at_all else Issue.EN_PARTIE
    assert found.issue is expected
    if found.issue is Issue.ALLONGE:
        assert months < len(found.terms)
        assert room * (len(found.terms) - 1) < debt
    if found.issue is Issue.TIENT:
        assert len(found.terms) <= months


@given(first=st.dates(date(2026, 1, 1), date(2030, 12, 31)), wanted=st.integers(2, LONGEST))
@example(first=date(2027, 1, 31), wanted=14)
@example(first=date(2028, 1, 30), wanted=3)
def test_each_payment_is_on_the_same_day_of_the_next_month_or_its_last_day(first: date, wanted: int) -> None:
    days = [term.jour for term in facts(100_000, 300_000, wanted, first).terms]
    assert days[0] == first
    for before, after in pairwise(days):
        assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == 1
        assert after.day == min(first.day, monthrange(after.year, after.month)[1])


@given(debt=centimes, room=st.integers(1, 300_000), more=st.integers(1, 100_000))
def test_a_greater_budget_never_leaves_more_unpaid(debt: int, room: int, more: int) -> None:
    assert facts(debt, room + more).unpaid <= facts(debt, room).unpaid


@given(debt=centimes, room=st.integers(0, 300_000), nature=st.sampled_from(["pension", "publique"]))
def test_nobody_is_sent_before_the_juge_de_l_execution_for_what_he_may_not_spread(
    debt: int, room: int, nature: str
) -> None:
    """Art. 1343-5, last paragraph: not for maintenance; against a public accountant, no text that was read says so."""
    result = calculate(facts(debt, room, nature=nature, moment="").inputs, law())
    told = [result.resume, *(action.texte for action in result.a_faire), *(step.titre for step in result.etapes)]
    assert [text for text in told if "juge de l'exécution" in text or "assigner" in text] == []
