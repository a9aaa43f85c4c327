"""What interrupts a prescription, and what does not move it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calculators.law import law
from calculators.web.page.browser import compute

ASKED = [(delai.cle, what) for delai in law().delais.values() for what in delai.interruptions]
begun = st.dates(date(2012, 7, 1), date(2060, 12, 31))


def answered(cle: str, event: date, what: str = "", day: date | None = None) -> dict[str, Any]:
    given: dict[str, Any] = {"delai": cle, "evenement": event.isoformat()}
    if day is not None:
        given |= {"interruption": what, "date_interruption": day.isoformat()}
    found: dict[str, Any] = json.loads(compute("delais", json.dumps({"aujourdhui": "2026-11-28", **given})))
    return found


def safe(found: dict[str, Any]) -> date:
    ends = found["valeurs"]
    return date.fromisoformat(ends.get("date_sure", ends["echeance"]))


@given(st.sampled_from(ASKED), begun, st.integers(0, 12 * 365))
def test_an_interruption_makes_a_period_as_long_begin_again(asked: tuple[str, str], event: date, later: int) -> None:
    """C. civ. 2231: it effaces the time already run, and a new period as long begins; not once it is over."""
    (cle, what), day = asked, event + timedelta(days=later)
    plain, moved = answered(cle, event), answered(cle, event, what, day)
    in_time = day <= safe(plain)
    assert moved["valeurs"] == (answered(cle, day) if in_time else plain)["valeurs"]
    # Nothing is moved, or left, in silence: the first step says which, with the text.
    first = moved["etapes"][0]
    assert {article.cle for article in law().interruptions[what].articles} == {a["article"] for a in first["articles"]}
    assert ("interruption" if in_time else "interruption_tardive") in {w["code"] for w in moved["avertissements"]}
    assert [event["cle"] for event in moved["evenements"]].count("date_interruption") == 1
