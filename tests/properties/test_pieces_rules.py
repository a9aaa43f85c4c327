"""The questions of the checklists against the rules: what is asked is what may change the list."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from calculators.declaration import asked_of, fields_of, parse
from calculators.law import law
from calculators.pieces import PiecesInputs
from calculators.pieces.card import ANCIENNE
from calculators.pieces.rules import Facts

_ADULT, _PASSPORT = (field for field in fields_of(PiecesInputs) if field.nom in {"delivree_majeur", "passeport_recent"})
_OF_THE_FORMAT = [date(2021, 3, 1) + timedelta(days=days) for days in (-1, 0, 1, 153, 154)]


def _years_later(day: date, years: int) -> date:
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


@given(
    st.dates(date(1995, 1, 1), date(2040, 12, 31)) | st.sampled_from(_OF_THE_FORMAT),
    st.sampled_from([10, 15, 20]),
    st.integers(-2, 2) | st.integers(-4000, 4000),
    st.sampled_from(["oui", "non", "inconnu"]),
    st.sampled_from(["majeur", "15_17", "0_14"]),
)
@example(date(2008, 2, 29), 20, 0, "oui", "majeur")
@example(date(2008, 2, 29), 20, -1, "oui", "majeur")
def test_another_proof_asked_of_for_when_the_card_may_be_five_years_too_old(
    issued: date, years: int, days: int, adult: str, age: str
) -> None:
    """« Votre carte est périmée depuis plus de 5 ans : présentez un passeport, sinon un acte » (fiche F21089)."""
    today = max(issued, _years_later(issued, years) + timedelta(days=days))
    answers = {"demarche": "carte-identite", "motif": "renouvellement", "age": age, "carte_etat": "inconnu"}
    given_day = {**answers, "aujourdhui": today.isoformat(), "date_delivrance": issued.isoformat()}
    adult_asked = _ADULT.nom in asked_of(parse(PiecesInputs, given_day))
    inputs = parse(PiecesInputs, {**given_day, "delivree_majeur": adult} if adult_asked else given_day)
    validity = Facts(inputs, law()).validity
    assert validity is not None
    assert (_PASSPORT.nom in asked_of(inputs)) is (ANCIENNE in validity.etats)
