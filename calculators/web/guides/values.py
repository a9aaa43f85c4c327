"""Law values in a page: ``{{ montant:sbi }}``, ``{{ delai:… }}``, ``{{ repere:… }}``, ``{{ art:CPCE L162-2 }}``.

And ``{{ duree:… }}`` for how long something is good, ``{{ mesure:… }}`` for any other figure: a surface, a price, the
size of a file.
``{{ version:mkdocs }}`` is no law: the version of a package that builds the site, as it is locked.

A reference is ``kind:key``, then for dated amounts ``@AAAA-MM-JJ`` (the value of that day) and ``:facet``
(``depuis``, ``jusque``, ``texte``, ``revision``). A period that comes back each year has its days (``debut``, ``fin``,
``lendemain``). A value that is only known with certainty C is always followed by
« (à confirmer auprès de …) », which leads to what is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from calculators.calendar import add_months, in_words, parse_date
from calculators.errors import UnknownKeyError
from calculators.law import Unite
from calculators.law.words import lasting, length
from calculators.money import FREE, euros_in_prose, plain
from calculators.typography import french, of
from calculators.web.guides.doubts import DOUBTS, doubt_anchor
from calculators.web.page.elements import SITE, article_link, el
from calculators.web.project import locked

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Mapping

    from calculators.law import Article, Delai, Doute, Law, Mesure, Value

__all__ = ["VALUE", "Reference", "render_value", "told"]

#: A value asked for in a text, as a pattern: what is between the braces.
VALUE = r"\{\{\s*([^{}]+?)\s*\}\}"

_T = TypeVar("_T")
_DAY = timedelta(days=1)
_REFERENCE = re.compile(r"(?P<kind>[a-z]+):(?P<key>[^@:]+)(?:@(?P<day>[0-9-]{10}))?(?::(?P<facet>[a-z]+))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A parsed reference."""

    kind: str
    key: str
    day: date | None
    facet: str

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Parse ``kind:key@day:facet``.

        Raises:
            UnknownKeyError: it is not of that form.

        >>> Reference.parse("montant:sbi@2022-04-01:texte").facet
        'texte'
        """
        match = _REFERENCE.fullmatch(text.strip())
        day = parse_date(match["day"]) if match and match["day"] else None
        if match is None or (match["day"] and day is None):
            raise UnknownKeyError(f"{text!r} is not a reference of the form kind:key@AAAA-MM-JJ:facet")
        return cls(match["kind"], match["key"].strip(), day, match["facet"] or "")


def render_value(text: str, law: Law, today: date) -> ET.Element:
    """Return the element that shows a law value.

    Raises:
        UnknownKeyError: no such kind, key or facet.
        CoverageError: an amount asked for a day that no verified value covers.
    """
    reference = Reference.parse(text)
    match reference.kind:
        case "montant":
            return _amount(reference, law, today)
        case "art":
            return article_link(law.article(reference.key))
        case _:
            return _undated(reference, law)


def told(text: str, law: Law, today: date) -> list[ET.Element | str]:
    """Split a text of our data around the values that it asks for, each shown as in a page.

    Raises:
        UnknownKeyError, CoverageError: as `render_value` does.
    """
    parts = re.split(VALUE, text)
    return [render_value(part, law, today) if place % 2 else part for place, part in enumerate(parts)]


def _undated(reference: Reference, law: Law) -> ET.Element:
    match reference.kind:
        case "delai":
            delai = _find(law.delais, replace(reference, facet=""))
            words = _yearly(delai, reference) if reference.facet else length(delai)
            return _doubt(_plain(reference, words, delai.intitule), reference, delai.doute)
        case "duree":
            duree = _find(law.durees, reference)
            words = lasting(duree.derniere.unite, duree.derniere.nombre)
            return _doubt(_plain(reference, words, duree.intitule), reference, duree.doute)
        case "repere":
            repere = _find(law.reperes, reference)
            return _doubt(_day(repere.jour, repere.intitule), reference, repere.doute)
        case "taux":
            rate = _find(law.taux, reference)
            words = f"{plain(rate.pourcentage).removesuffix('.00').replace('.', ',')} %"
            return _doubt(_plain(reference, words, rate.intitule), reference, rate.doute)
        case "mesure":
            measure = _find(law.mesures, reference)
            return _doubt(_plain(reference, _measure(measure), measure.intitule), reference, measure.doute)
        case "version":
            return el("span", _find(locked.pypi(), reference))
        case _:
            known = "montant, delai, duree, repere, taux, mesure, art or version"
            raise UnknownKeyError(f"unknown kind {reference.kind!r}: expected {known}")


def _find(entries: Mapping[str, _T], reference: Reference) -> _T:
    if reference.facet or reference.day:
        raise UnknownKeyError(f"{reference.kind}:{reference.key} takes neither a day nor a facet")
    if reference.key not in entries:
        raise UnknownKeyError(
            f"unknown {reference.kind} {reference.key!r}: expected one of {', '.join(sorted(entries))}",
        )
    return entries[reference.key]


def _yearly(delai: Delai, reference: Reference) -> str:
    """A day of a period that comes back each year, without its year."""
    if delai.chaque_annee is None or delai.unite is not Unite.MOIS:
        raise UnknownKeyError(f"delai:{delai.cle} does not come back each year: it has no facet")
    first = date(2027, *delai.chaque_annee)
    last = add_months(first - _DAY, delai.duree)
    days = {"debut": first, "fin": last, "lendemain": last + _DAY}
    if reference.facet not in days:
        raise UnknownKeyError(f"delai:{delai.cle} has no facet {reference.facet!r}: expected one of {', '.join(days)}")
    return in_words(days[reference.facet]).rpartition(" ")[0]


def _amount(reference: Reference, law: Law, today: date) -> ET.Element:
    if reference.key not in law.series:
        raise UnknownKeyError(f"unknown montant {reference.key!r}: expected one of {', '.join(sorted(law.series))}")
    series = law.series[reference.key]
    value = series.au(reference.day or today)
    match reference.facet:
        case "":
            since = f"{series.intitule}, en vigueur depuis le {in_words(value.en_vigueur_du)}"
            shown = el(
                "data",
                euros_in_prose(value.montant),
                value=plain(value.montant),
                title=french(since),
                class_="loi",
            )
            return _doubt(shown, reference, value.doute)
        case "depuis":
            return _day(value.en_vigueur_du, series.intitule)
        case "jusque" if value.en_vigueur_jusqu_au:
            return _day(value.en_vigueur_jusqu_au, series.intitule)
        case "texte":
            return _text(value, series.articles)
        case "revision" if revision := series.prochaine_revision():
            return _day(revision, series.intitule)
        case _:
            raise UnknownKeyError(f"montant:{reference.key} has no facet {reference.facet!r}")


def _text(value: Value, articles: tuple[Article, ...]) -> ET.Element:
    if value.lien:
        return el("a", value.texte, href=value.lien, rel="external")
    return el("span", value.texte, title=french(articles[0].citation_longue) if articles else None)


def _measure(measure: Mesure) -> str:
    if measure.unite == "EUR":
        return euros_in_prose(measure.valeur) if measure.valeur else FREE
    number = f"{measure.valeur:,}".replace(",", "\u202f").replace(".", ",")
    return f"{number}\u00a0{measure.unite}"


def _day(day: date, title: str) -> ET.Element:
    return el("time", in_words(day), datetime=day.isoformat(), title=french(title), class_="loi")


def _plain(reference: Reference, words: str, title: str) -> ET.Element:
    return el("data", words, value=reference.key, title=french(title), class_="loi")


def _doubt(element: ET.Element, reference: Reference, doute: Doute | None) -> ET.Element:
    """The value, with where to ask when it is not certain, and a way to what is missing."""
    if doute is None:
        return element
    more = el("a", "à confirmer", href=f"{SITE}{DOUBTS}#{doubt_anchor(reference.kind, reference.key)}")
    return el("span", element, " (", more, f" auprès {of(doute.aupres_de)})", class_="loi-a-confirmer")
