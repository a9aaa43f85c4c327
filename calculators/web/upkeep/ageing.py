"""What grows old: the values that await their revision, and what was read too long ago.

A value with a day of revision is good until the day before it; what was read (a text, a page, a guide) until a year
later. What is over is over whatever the reason, and only that is a failure: a revision to come is told beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from calculators.calendar import add_months
from calculators.law.courriers import courriers
from calculators.law.model import the_day_before
from calculators.law.pieces import pieces
from calculators.law.plateformes import plateformes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calculators.law import Law

__all__ = ["SOON", "Age", "Kind", "ages", "past", "soon"]

#: A revision that comes within that time is told.
SOON = timedelta(days=60)
_MONTHS_A_READING_LASTS = 12


class _Checked(Protocol):
    """A value of the law that says when it was checked."""

    @property
    def cle(self) -> str: ...
    @property
    def intitule(self) -> str: ...
    @property
    def verifie_le(self) -> date: ...


class Kind(StrEnum):
    """What grows old, under the heading that the report gives it."""

    REVISION = "Valeurs qui attendent leur révision"
    VALUE = "Valeurs à vérifier de nouveau"
    ARTICLE = "Articles de loi à relire"
    SOURCE = "Sources à relire"
    GUIDE = "Pages du site à relire"


@dataclass(frozen=True, slots=True)
class Age:
    """One thing that grows old.

    Attributes:
        kind: what it is.
        key: where to mend it: the key of a law file, or the file of a page.
        name: its name for a person.
        since: the day of its last value, or the day it was read.
        until: the last day it is good.
    """

    kind: Kind
    key: str
    name: str
    since: date
    until: date

    @property
    def expected(self) -> date:
        """The first day it is good no more: that of the revision."""
        return self.until + timedelta(days=1)

    def is_past(self, today: date) -> bool:
        """Whether, on that day, it is good no more."""
        return self.until < today

    def is_soon(self, today: date) -> bool:
        """Whether it is a revision that comes within :data:`SOON` of that day."""
        return self.kind is Kind.REVISION and today <= self.until < today + SOON


def ages(law: Law, guides: Mapping[str, date]) -> Iterator[Age]:
    """Everything that grows old under a law; ``guides``: the pages, each with the day it was checked."""
    yield from _revisions(law)
    for section, key, name, day in _readings(law):
        yield Age(Kind.VALUE, f"{section}.{key}", name, day, _a_year_after(day))
    for code in law.codes.values():
        for article in code.articles.values():
            if article.lu_le:
                lasts = _a_year_after(article.lu_le)
                yield Age(Kind.ARTICLE, article.cle, article.citation_longue, article.lu_le, lasts)
    for source in law.sources.values():
        if source.consulte_le:
            lasts = _a_year_after(source.consulte_le)
            yield Age(Kind.SOURCE, f"sources.{source.cle}", source.titre, source.consulte_le, lasts)
    for page, day in guides.items():
        yield Age(Kind.GUIDE, page, page, day, _a_year_after(day))


def past(every: Iterable[Age], today: date) -> list[Age]:
    """What is good no more on that day, the oldest first of each kind."""
    return sorted((age for age in every if age.is_past(today)), key=_order)


def soon(every: Iterable[Age], today: date) -> list[Age]:
    """The revisions that come within :data:`SOON` of that day, the first first."""
    return sorted((age for age in every if age.is_soon(today)), key=_order)


def _order(age: Age) -> tuple[int, date, str]:
    return list(Kind).index(age.kind), age.until, age.key


def _a_year_after(day: date) -> date:
    return add_months(day, _MONTHS_A_READING_LASTS)


def _revisions(law: Law) -> Iterator[Age]:
    for series in law.series.values():
        if revision := series.prochaine_revision():
            key, since = f"series.{series.cle}", series.derniere.en_vigueur_du
            yield Age(Kind.REVISION, key, series.intitule, since, the_day_before(revision))
    for scale in law.baremes.values():
        last = scale.valeurs[-1]
        key = f"baremes.{scale.cle}"
        yield Age(Kind.REVISION, key, scale.intitule, last.en_vigueur_du, last.en_vigueur_jusqu_au)


def _readings(law: Law) -> Iterator[tuple[str, str, str, date]]:
    """Each value in use with the day it was checked; those of the past were read once, and change no more."""
    for series in law.series.values():
        yield "series", series.cle, series.intitule, series.derniere.verifie_le
    for scale in law.baremes.values():
        yield "baremes", scale.cle, scale.intitule, scale.valeurs[-1].verifie_le
    sections: Mapping[str, Mapping[str, _Checked]] = {
        "delais": law.delais,
        "durees": law.durees,
        "interruptions": law.interruptions,
        "reperes": law.reperes,
        "taux": law.taux,
        "mesures": law.mesures,
        "sommes": law.sommes,
        "feries": law.feries,
    }
    for section, entries in sections.items():
        for entry in entries.values():
            yield section, entry.cle, entry.intitule, entry.verifie_le
    for document in pieces().values():
        yield "pieces", document.id, document.document, document.verifie_le
    for letter in courriers(law).values():
        yield "courriers", letter.nom, letter.titre, letter.verifie_le
    for place in plateformes(law).values():
        yield "plateformes", place.cle, place.titre, place.verifie_le
