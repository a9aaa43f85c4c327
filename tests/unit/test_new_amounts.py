"""What a new amount of the law calls for besides itself: its text, its day, where to read it, and a worked example.

The last value of each entry that is revised (SBI on 1 April, scale of wages on 1 January) is looked at: the one that
somebody has just added. A message says the file, what is missing, and shows the line to copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from calculators.law import Article, BaremeAnnuel, Certitude, Value, law
from calculators.money import plain
from calculators.outcome import Answered
from tests.cases import answered, cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.cases import Cas

#: The amounts of Mayotte before that day were found in texts of its own, and are not always half.
_HALF_SINCE = date(2018, 4, 1)


@pytest.mark.parametrize(
    "day", [v.en_vigueur_du for v in law().series["sbi"].valeurs if v.en_vigueur_du >= _HALF_SINCE], ids=str
)
def test_a_new_sbi_comes_with_that_of_mayotte_which_is_half_of_it(day: date) -> None:
    """The RSA of Mayotte is half of the other, to the nearest centime (corrections, § 12)."""
    national, own = (law().series[name] for name in ("sbi", "sbi-mayotte"))
    theirs = next((value.montant for value in own.valeurs if value.en_vigueur_du == day), None)
    assert theirs is not None, f"calculators/law/sbi.toml : ajoutez le SBI de Mayotte du {day}, moitié de l'autre"
    assert abs(2 * theirs - national.au(day).montant) <= Decimal("0.01")


# ---------------------------------------------------------------- what any revised value comes with


@dataclass(frozen=True)
class Revised:
    """The last value of an entry that is revised. ``figures``: a worked example states one of them."""

    key: str
    title: str
    value: Value | BaremeAnnuel
    articles: tuple[Article, ...]
    figures: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.key}, valeur du {self.value.en_vigueur_du}"


def typed(amount: Decimal) -> str:
    """An amount as it is typed in a worked example: 651,69; 4 480."""
    whole, _, cents = plain(amount).partition(".")
    return f"{int(whole):,}".replace(",", " ") + (f",{cents}" if cents.strip("0") else "")


def revised() -> Iterator[Revised]:
    for series in law().series.values():
        if series.revision:
            last = series.derniere
            yield Revised(f"series.{series.cle}", series.intitule, last, series.articles, (typed(last.montant),))
    for scale in law().baremes.values():
        year = scale.valeurs[-1]
        # A reckoning by hand adds what is taken of each bracket that is filled: 4 480 / 20 = 224, and so on.
        brackets = zip((Decimal(0), *year.seuils), year.seuils, scale.fractions, strict=False)
        taken = tuple(
            typed(((top - low) * part.numerator / part.denominator).quantize(Decimal("0.01")))
            for low, top, part in brackets
        )
        yield Revised(f"baremes.{scale.cle}", scale.intitule, year, scale.articles, taken)


REVISED = list(revised())


def unsaid(one: Revised) -> list[str]:
    """What is missing of its source, one line each, in French."""
    value = one.value
    if value.certitude.a_confirmer:  # deduced: what is missing is said by the entry itself, and shown to the reader
        return []
    lacking = []
    if value.texte_du is None:
        lacking.append("le jour du texte, par exemple : texte_du = 2027-03-30")
    elif value.texte_du > value.verifie_le:
        lacking.append("un jour juste : verifie_le est avant texte_du")
    if not any(letter.isdigit() for letter in value.texte):
        lacking.append('le numéro du texte, par exemple : texte = "décret n° 2027-123 du 30 mars 2027"')
    versions = {article.version_du for article in one.articles}
    if not value.lien and value.en_vigueur_du not in versions:
        lacking.append('où le lire, par exemple : lien = "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT…"')
    return [f"{one.name} : il manque {what}" for what in lacking]


@cache
def worked() -> dict[tuple[str, date], list[Cas]]:
    """The cases worked out by hand, by the values of the law that their answers use."""
    found: dict[tuple[str, date], list[Cas]] = {}
    for cas in cases():
        outcome = answered(cas)
        if isinstance(outcome, Answered):
            for source in outcome.result.sources:
                found.setdefault((source.intitule, source.en_vigueur_du), []).append(cas)
    return found


def unworked(one: Revised, known: Iterable[Cas]) -> list[str]:
    """Whether no case reckons with it, by hand: one that states a figure of it."""
    if any(figure in cas.loi.replace("\u00a0", " ") for cas in known for figure in one.figures):
        return []
    figures = " ou ".join(one.figures)
    what = f"un exemple calculé à la main dans tests/cases/, à une date où elle vaut, dont « loi » écrit {figures}"
    return [f"{one.name} : il manque {what}"]


@pytest.mark.parametrize("one", REVISED, ids=lambda one: one.key)
def test_a_revised_value_says_its_text_its_day_and_where_to_read_it(one: Revised) -> None:
    lacking = unsaid(one)
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("one", REVISED, ids=lambda one: one.key)
def test_a_revised_value_has_an_example_worked_out_by_hand(one: Revised) -> None:
    known = [
        cas
        for (title, day), some in worked().items()
        for cas in some
        if day == one.value.en_vigueur_du and re.match(rf"{re.escape(one.title)} (:|de) ", title)
    ]
    lacking = unworked(one, known)
    assert not lacking, "\n".join(lacking)


def test_each_thing_that_a_new_value_lacks_is_named() -> None:
    """The tests above can fail: a value as somebody in a hurry adds it, thing by thing."""
    sbi = next(one for one in REVISED if one.key == "series.sbi")
    newer = Value(
        en_vigueur_du=date(2040, 4, 1),
        en_vigueur_jusqu_au=None,
        montant=Decimal("999.99"),
        texte="décret n° 2040-123 du 30 mars 2040",
        texte_du=date(2040, 3, 30),
        lien="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000000000000",
        certitude=Certitude.A,
        verifie_le=date(2040, 4, 2),
        note="",
    )

    def lacking(**change: object) -> str:
        return " ".join(unsaid(replace(sbi, value=replace(newer, **change))))  # type: ignore[arg-type]  # its own fields

    assert lacking() == ""
    assert "texte_du = " in lacking(texte_du=None)
    assert "lien = " in lacking(lien="")
    assert "texte = " in lacking(texte="un décret")
    assert "verifie_le est avant" in lacking(verifie_le=date(2020, 1, 1))
    known = [cas for some in worked().values() for cas in some]
    assert unworked(replace(sbi, figures=("651,69",)), known) == []
    assert "999,99" in unworked(replace(sbi, figures=("999,99",)), known)[0]
