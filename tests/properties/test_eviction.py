"""The winter truce, as its article states it, for any order to leave and any day (CPCE, art. L412-1 and L412-6)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from calculators.calendar import add_months
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get

orders = st.dates(date(2013, 1, 1), date(2090, 12, 31))
ASKED = {
    "situation": "expulsion",
    "role_expulsion": "occupant",
    "etape_expulsion": "commandement",
    "cas_expulsion": "aucun",
}


@given(orders, st.integers(0, 800), st.none() | st.integers(0, 500))
def test_no_one_is_told_of_an_eviction_before_two_months_nor_in_the_truce(
    order: date, later: int, granted: int | None
) -> None:
    """L'expulsion attend deux mois, le temps donné par le juge et, du 1er novembre au 31 mars, la fin de la trêve."""
    today = order + timedelta(days=later)
    until = order + timedelta(days=granted) if granted is not None else None
    given_days = {
        "date_commandement_quitter": order.isoformat(),
        "date_fin_du_temps": until.isoformat() if until else "",
    }
    outcome = ask_calculator(get("delais"), {"aujourdhui": today.isoformat(), **ASKED, **given_days})
    assert isinstance(outcome, Answered), outcome
    found = {value.cle: value.quantite for value in outcome.result.valeurs}
    possible, truce = found["expulsion.possible"], found["expulsion.treve"]
    assert isinstance(possible, date)
    assert isinstance(truce, date)
    assert possible > add_months(order, 2)
    assert until is None or possible > until
    assert possible.month in range(4, 11)
    assert (truce.month, truce.day) == (3, 31)
    # The truce shown is that which holds the day, or the next one: it ends the eve of the eviction, or after it.
    assert truce >= today
    assert truce == possible - timedelta(days=1) or truce > possible
