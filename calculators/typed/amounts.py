"""An amount in euros and a whole number, as people, accounts and spreadsheets write them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from calculators.money import CENTIME
from calculators.typed.marks import as_line
from calculators.typed.misread import Misread, shown

__all__ = ["read_amount", "read_whole"]

_CURRENCY = r"(?:€|EUR|euros?)"
_NET = r"(?: ?nets?)?"
# 12 000€00, 1234 euros 56: the currency where the comma would be.
_BETWEEN = re.compile(rf"([0-9])\s?{_CURRENCY}\s?(?:et )?([0-9]{{2}})(?: ?(?:c|cts?|centimes?))?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^{_CURRENCY} ?", re.IGNORECASE)
_AFTER = re.compile(rf"(?: ?{_CURRENCY})?{_NET}\.?$", re.IGNORECASE)
_NOTHING = re.compile(rf"- ?{_CURRENCY}|{_CURRENCY} ?-", re.IGNORECASE)  # how accounts show a sum of zero
_SIGNED = re.compile(r"(?P<before>[+\-])? ?(?P<digits>[0-9][0-9 .,'’]*?) ?(?P<after>-)?")
_GROUPED = r"[0-9]{1,3}(?:%s[0-9]{3})+"
_WHOLE_PART = re.compile("|".join(("[0-9]+", _GROUPED % " ", _GROUPED % "['’]")))
_POINT_GROUPS, _COMMA_GROUPS = (re.compile(_GROUPED % re.escape(mark)) for mark in ".,")
_THREE = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_MAX_DIGITS, _MAX_TEXT = 12, 60
_EXAMPLE = "Écrivez un montant en euros, avec une virgule pour les centimes, par exemple 1 234,56."
#: What a spreadsheet adds to an amount when it computes: so little, so far, that it is no part of what was meant.
_NOISE, _FAR = Decimal("0.000001"), 8
_WHOLE_NUMBER = re.compile(r"([0-9]{1,4})(?:[.,]0+)?")


def read_amount(text: str) -> Decimal:
    """Read an amount in euros.

    Raises:
        Misread: it is no amount, or it may be two.

    >>> read_amount("1 234,56 € net"), read_amount("1.234,56"), read_amount("12 000€00"), read_amount("(150,00)")
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('12000.00'), Decimal('-150.00'))
    >>> try:
    ...     read_amount("1.234")
    ... except Misread as error:
    ...     print(error)
    « 1.234 » se lit de deux façons : 1 234 euros, ou 1,234 euro. Écrivez 1234 ou 1,23.
    """
    line = as_line(text[: _MAX_TEXT + 1])
    if len(line) > _MAX_TEXT:
        raise Misread(f"« {shown(text)} » n'est pas un montant. {_EXAMPLE}")
    if _NOTHING.fullmatch(line):
        return Decimal("0.00")
    negative = line.startswith("(") and line.endswith(")")  # how accounts write a sum owed
    line = _BETWEEN.sub(r"\1,\2", line[1:-1].strip() if negative else line)
    found = _SIGNED.fullmatch(_AFTER.sub("", _BEFORE.sub("", line)))
    if found is None or negative + bool(found["before"]) + bool(found["after"]) > 1:
        raise Misread(f"« {shown(text)} » n'est pas un montant. {_EXAMPLE}")
    amount = _digits(found["digits"].strip(), text)
    return -amount if negative or found["before"] == "-" or found["after"] else amount


def _digits(digits: str, text: str) -> Decimal:
    if _THREE.fullmatch(digits):
        whole, decimals = re.split("[.,]", digits)
        plural = "s" if int(whole) > 1 else ""
        cents = f",{decimals[:2]}" if int(decimals) else ""
        raise Misread(
            f"« {shown(text)} » se lit de deux façons : {whole} {decimals} euros, ou {whole},{decimals} euro{plural}. "
            f"Écrivez {whole}{decimals} ou {whole}{cents}."
        )
    for groups, mark in ((_POINT_GROUPS, "."), (_COMMA_GROUPS, ",")):
        other = "," if mark == "." else "."
        whole, comma, decimals = digits.partition(other)
        if groups.fullmatch(whole) and (comma or whole.count(mark) > 1):
            return _put(whole.replace(mark, ""), decimals if comma else "0", text)
    whole, comma, decimals = digits.replace(".", ",").partition(",")
    if not _WHOLE_PART.fullmatch(whole):
        raise Misread(f"« {shown(text)} » n'est pas un montant. {_EXAMPLE}")
    return _put(re.sub("[^0-9]", "", whole), decimals if comma else "0", text)


def _put(whole: str, decimals: str, text: str) -> Decimal:
    if len(whole.lstrip("0")) > _MAX_DIGITS or not decimals.isdecimal():
        raise Misread(f"« {shown(text)} » n'est pas un montant. {_EXAMPLE}")
    exact = Decimal(f"{whole}.{decimals}")
    amount = exact.quantize(CENTIME, ROUND_HALF_UP)
    if amount != exact and not (len(decimals) >= _FAR and abs(amount - exact) < _NOISE):
        raise Misread(f"« {shown(text)} » a plus de deux chiffres après la virgule. Arrondissez au centime.")
    return amount


def read_whole(text: str) -> int:
    """Read a whole number of four digits at most; a spreadsheet may have given it decimals of zero.

    Raises:
        Misread: it is none.

    >>> read_whole(" 2,00 ")
    2
    """
    found = _WHOLE_NUMBER.fullmatch(as_line(text))
    if found is None:
        raise Misread(
            f"« {shown(text)} » n'est pas un nombre entier. Écrivez-le en chiffres, quatre au plus, par exemple 2."
        )
    return int(found[1])
