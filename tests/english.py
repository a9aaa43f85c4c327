"""English, as the tests answer in it: a catalogue of sentences, and how it writes an amount and a date.

It proves that a second language is a second catalogue. No page shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_currency

from calculators.language import Language
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

CATALOGUE = ROOT / "calculators/sbi/locale/en.po"
_LOCALE = "en_GB"


def _translations() -> Iterator[tuple[str, str]]:
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="en", abort_invalid=True):
            if message.id:
                assert isinstance(message.id, str)
                assert isinstance(message.string, str)
                yield message.id, message.string


def _amount(amount: Decimal) -> str:
    return format_currency(amount, "EUR", locale=_LOCALE)


def _in_prose(amount: Decimal) -> str:
    return _amount(amount).removesuffix(".00")


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=_LOCALE)


ENGLISH = Language(
    "en",
    amount=_amount,
    amount_in_prose=_in_prose,
    day=_day,
    typeset=lambda text: text.replace("'", "\u2019"),
    messages=dict(_translations()),
)
