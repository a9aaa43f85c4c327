"""Reads and validates the law files.

Every mistake a person can make in a TOML file ends in a :class:`~calculators.errors.LawDataError` that names the
file, the key and the reason, at build and in the tests, never in a reader's browser.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from calculators.errors import LawDataError, UnknownKeyError
from calculators.law.model import (
    Article,
    Bareme,
    BaremeAnnuel,
    Certitude,
    Code,
    Correction,
    Delai,
    Doute,
    DureeDatee,
    Ferie,
    Interruption,
    Lacune,
    Law,
    Mesure,
    Nature,
    Point,
    Portee,
    Prorogation,
    Regime,
    Repere,
    Series,
    Somme,
    Source,
    Taux,
    Unite,
    Value,
    VersionDeDelai,
    VersionDeDuree,
    the_day_before,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

__all__ = ["law", "load"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_REQUIRED = object()
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
# Of an article, as the official site writes it: L162-2, R*423-39, 1628 bis, 1635 bis Q.
_NUMBER = re.compile(r"([LRDA]\*?)?[1-9][0-9]*(-[0-9]+)*( (bis|ter|quater)( [A-Z])?)?")
_IDENTIFIER = re.compile(r"LEGIARTI[0-9]{12}")
_STATE = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?")
_FRACTION = re.compile(r"[1-9][0-9]*(/[1-9][0-9]*)?")
_PAGE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")
_SECTIONS = (
    "series",
    "delais",
    "durees",
    "interruptions",
    "reperes",
    "taux",
    "mesures",
    "sommes",
    "feries",
    "baremes",
    "sources",
    "corrections",
    "points",
    "codes",
)


class _Table:
    """A TOML table being read: knows where it stands, and complains with file, key and reason."""

    def __init__(self, file: str, key: str, data: object) -> None:
        if not isinstance(data, dict):
            raise LawDataError(file, key, "expected a table")
        self.file, self.key = file, key
        self._data: dict[str, object] = data
        self._seen: set[str] = set()

    def fail(self, name: str, reason: str) -> LawDataError:
        return LawDataError(self.file, f"{self.key}.{name}" if name else self.key, reason)

    def _get(self, name: str, kind: type[_T], default: object = _REQUIRED) -> _T:
        self._seen.add(name)
        if name not in self._data:
            if default is _REQUIRED:
                raise self.fail(name, "missing")
            return default  # type: ignore[return-value]  # each caller's default has its own kind
        value = self._data[name]
        # TOML has whole days and instants, Python makes the second a kind of the first; likewise true and 1.
        if not isinstance(value, kind) or isinstance(value, datetime) or (kind is int and isinstance(value, bool)):
            raise self.fail(name, f"expected {kind.__name__}, got {value!r}")
        return value

    def text(self, name: str, default: object = _REQUIRED) -> str:
        value = self._get(name, str, default).strip()
        if not value and default is _REQUIRED:
            raise self.fail(name, "empty")
        return value

    def whole(self, name: str) -> int:
        value = self._get(name, int)
        if value < 1:
            raise self.fail(name, f"expected a positive number, got {value}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        return self._get(name, bool, default)

    def day(self, name: str) -> date:
        return self._get(name, date)

    def optional_day(self, name: str) -> date | None:
        return self._get(name, date) if name in self._data else None

    def decimal(self, name: str) -> Decimal:
        # Amounts are written as text in the TOML: a TOML number would be a binary float.
        return self._amount(name, self.text(name))

    def _amount(self, name: str, text: object) -> Decimal:
        if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
            raise self.fail(name, f"not an amount: {text!r}")
        return Decimal(text)

    def rising_decimals(self, name: str, count: int) -> tuple[Decimal, ...]:
        amounts = tuple(self._amount(name, text) for text in self._get(name, list))
        if len(amounts) != count:
            raise self.fail(name, f"expected {count} amounts, got {len(amounts)}")
        if any(low >= high for low, high in itertools.pairwise((Decimal(0), *amounts))):
            raise self.fail(
                name, f"expected amounts above zero, each above the one before: {', '.join(map(str, amounts))}"
            )
        return amounts

    def rising_fractions(self, name: str) -> tuple[Fraction, ...]:
        texts = self._get(name, list)
        if unreadable := [text for text in texts if not isinstance(text, str) or not _FRACTION.fullmatch(text)]:
            raise self.fail(name, f"not a fraction: {unreadable[0]!r}")
        fractions = tuple(Fraction(text) for text in texts)
        if not fractions or fractions[-1] != 1 or any(a >= b for a, b in itertools.pairwise(fractions)):
            raise self.fail(name, "expected rising fractions, the last one 1")
        return fractions

    def link(self, name: str) -> str:
        text = self.text(name, "")
        if text and not text.startswith("https://"):
            raise self.fail(name, f"expected an https address, got {text!r}")
        return text

    def integer(self, name: str, default: int) -> int:
        return self._get(name, int, default)

    def list_of_texts(self, name: str) -> tuple[str, ...]:
        return tuple(str(entry) for entry in self._get(name, list, []))

    def choice(self, name: str, kind: type[_E], default: _E | None = None) -> _E:
        if default is not None and name not in self._data:
            return default
        text = self.text(name)
        try:
            return kind(text)
        except ValueError:
            known = ", ".join(member.value for member in kind)
            raise self.fail(name, f"{text!r} is not one of {known}") from None

    def tables(self, name: str) -> list[_Table]:
        rows = self._get(name, list, [])
        return [_Table(self.file, f"{self.key}.{name}[{i}]", row) for i, row in enumerate(rows, 1)]

    def rows(self, name: str, default: list[object]) -> list[object]:
        return self._get(name, list, default)

    def articles(self, codes: Law, name: str = "articles") -> tuple[Article, ...]:
        found = []
        for cle in self._get(name, list, []):
            try:
                found.append(codes.article(str(cle)))
            except UnknownKeyError as error:
                raise self.fail(name, str(error)) from None
        return tuple(found)

    def entries(self) -> list[tuple[str, _Table]]:
        """Return the sub-tables of a section, each under its key."""
        return [(name, _Table(self.file, f"{self.key}.{name}", data)) for name, data in self._data.items()]

    def section(self, name: str) -> _Table:
        return _Table(self.file, f"{self.key}.{name}", self._get(name, dict, {}))

    def finish(self) -> None:
        if unknown := sorted(set(self._data) - self._seen):
            raise self.fail(unknown[0], "unknown key")


def _certitude(table: _Table) -> tuple[Certitude, date]:
    """The certainty of a fact that pages state, and when it was checked."""
    certitude = table.choice("certitude", Certitude)
    if certitude is Certitude.D:
        raise table.fail("certitude", "what is of certainty D is never published as a rule")
    return certitude, table.day("verifie_le")


def _doute(table: _Table, certitude: Certitude) -> Doute | None:
    """What is missing and where to ask: required of what is to be confirmed, refused elsewhere."""
    if certitude.a_confirmer:
        return _missing(table, "a_confirmer")
    for name in ("a_confirmer", "aupres_de"):
        if table.text(name, ""):
            raise table.fail(name, f"what is of certainty {certitude} has nothing left to confirm")
    return None


def _missing(table: _Table, name: str) -> Doute:
    manque = table.text(name)
    if manque.endswith("."):
        raise table.fail(name, "expected words without their full stop: they stand inside a sentence")
    return Doute(manque, table.text("aupres_de"), table.file)


def _month_day(table: _Table, name: str) -> tuple[int, int] | None:
    text = table.text(name, "")
    if not text:
        return None
    try:
        month, day = (int(part) for part in text.split("-"))
        date(2027, month, day)  # a common year: the 29th of February cannot be a yearly date
    except ValueError:
        raise table.fail(name, f"expected MM-DD, got {text!r}") from None
    return month, day


def _read_values(table: _Table) -> list[Value]:
    values: list[Value] = []
    for row in table.tables("valeurs"):
        certitude, verifie_le = _certitude(row)
        value = Value(
            en_vigueur_du=row.day("en_vigueur_du"),
            en_vigueur_jusqu_au=None,
            montant=row.decimal("montant"),
            texte=row.text("texte"),
            texte_du=row.optional_day("texte_du"),
            lien=row.link("lien"),
            certitude=certitude,
            verifie_le=verifie_le,
            note=row.text("note", ""),
            doute=_doute(row, certitude),
        )
        if values and value.en_vigueur_du <= values[-1].en_vigueur_du:
            raise row.fail("en_vigueur_du", f"{value.en_vigueur_du} does not follow {values[-1].en_vigueur_du}")
        row.finish()
        values.append(value)
    if not values:
        raise table.fail("valeurs", "missing")
    return values


def _read_gaps(table: _Table) -> list[Lacune]:
    gaps = []
    for row in table.tables("lacunes"):
        gap = Lacune(du=row.day("du"), au=row.day("au"), doute=_missing(row, "raison"))
        if gap.au < gap.du:
            raise row.fail("au", f"{gap.au} is before {gap.du}")
        row.finish()
        gaps.append(gap)
    return gaps


def _close_periods(table: _Table, values: list[Value], gaps: list[Lacune]) -> tuple[Value, ...]:
    """Give each value its last day, and check that values and gaps follow each other without hole nor overlap."""
    starts = sorted([(v.en_vigueur_du, "a value") for v in values] + [(g.du, "a gap") for g in gaps])
    for (first, what), (second, other) in itertools.pairwise(starts):
        if first == second:
            raise table.fail("", f"{what} and {other} both start on {first}")
    for gap in gaps:
        following = [start for start, _ in starts if start > gap.du]
        if not following or the_day_before(following[0]) != gap.au:
            raise table.fail(
                "lacunes",
                f"the gap from {gap.du} must end the day before the next value, not on {gap.au}",
            )
    closed = []
    for value in values:
        following = [start for start, _ in starts if start > value.en_vigueur_du]
        last_day = the_day_before(following[0]) if following else None
        closed.append(replace(value, en_vigueur_jusqu_au=last_day))
    return tuple(closed)


def _read_series(cle: str, table: _Table, codes: Law) -> Series:
    values, gaps, unite = _read_values(table), _read_gaps(table), table.text("unite")
    if unite != "EUR":
        raise table.fail(
            "unite", f"a series is of amounts in EUR, not in {unite!r}: a length is in [durees], any other in [mesures]"
        )
    return Series(
        cle=cle,
        intitule=table.text("intitule"),
        unite=unite,
        articles=table.articles(codes),
        revision=_month_day(table, "revision"),
        valeurs=_close_periods(table, values, gaps),
        lacunes=tuple(gaps),
        fichier=table.file,
    )


def _read_versions(table: _Table, codes: Law) -> tuple[VersionDeDelai, ...]:
    """The lengths of a period: one, or several by date of the event."""
    rows = table.tables("versions")
    extended = table.choice("prorogation", Prorogation, Prorogation.OUI)
    far = table.choice("distance", Prorogation, Prorogation.NON)
    if table.text("sans_duree", ""):
        if rows:
            raise table.fail("sans_duree", "a period without length has no versions")
        return ()
    if not rows:
        return (VersionDeDelai(None, table.whole("duree"), table.choice("unite", Unite), "", extended, far),)
    versions: list[VersionDeDelai] = []
    for row in rows:
        # The first may have no known start; each that follows has one.
        since = row.day("en_vigueur_du") if versions else row.optional_day("en_vigueur_du")
        version = VersionDeDelai(
            since,
            row.whole("duree"),
            row.choice("unite", Unite),
            row.text("note", ""),
            row.choice("prorogation", Prorogation, extended),
            row.choice("distance", Prorogation, far),
            row.articles(codes),
        )
        _follows(row, since, versions)
        row.finish()
        versions.append(version)
    return tuple(versions)


def _follows(row: _Table, since: date | None, before: list[VersionDeDelai] | list[VersionDeDuree]) -> None:
    last = before[-1].en_vigueur_du if before else None
    if since is not None and last is not None and since <= last:
        raise row.fail("en_vigueur_du", f"{since} does not follow {last}")


def _read_duree(cle: str, table: _Table, codes: Law) -> DureeDatee:
    """How long something is good: one length, or several by the day of what it is about."""
    certitude, verifie_le = _certitude(table)
    rows = table.tables("versions")
    versions: list[VersionDeDuree] = []
    for row in rows or [table]:
        # The first may have no known start; each that follows has one.
        since = row.day("en_vigueur_du") if versions else row.optional_day("en_vigueur_du")
        version = VersionDeDuree(since, row.whole("duree"), row.choice("unite", Unite))
        if version.unite not in {Unite.ANNEES, Unite.MOIS}:
            raise row.fail("unite", "expected a length in annees or mois: one that is counted in days is in [delais]")
        _follows(row, since, versions)
        if rows:
            row.finish()
        versions.append(version)
    duree = DureeDatee(
        cle=cle,
        intitule=table.text("intitule"),
        versions=tuple(versions),
        articles=table.articles(codes),
        texte=table.text("texte", ""),
        certitude=certitude,
        verifie_le=verifie_le,
        note=table.text("note", ""),
        doute=_doute(table, certitude),
        fichier=table.file,
    )
    if not duree.articles and not duree.texte:
        raise table.fail("texte", "missing: name the article, or the text, that gives the length")
    return duree


def _read_years(table: _Table, brackets: int) -> list[BaremeAnnuel]:
    years: list[BaremeAnnuel] = []
    for row in table.tables("valeurs"):
        certitude, verifie_le = _certitude(row)
        year = row.whole("annee")
        value = BaremeAnnuel(
            en_vigueur_du=date(year, 1, 1),
            en_vigueur_jusqu_au=date(year, 12, 31),
            seuils=row.rising_decimals("seuils", brackets - 1),
            par_personne=row.decimal("par_personne"),
            texte=row.text("texte"),
            texte_du=row.optional_day("texte_du"),
            lien=row.link("lien"),
            certitude=certitude,
            verifie_le=verifie_le,
            note=row.text("note", ""),
            doute=_doute(row, certitude),
        )
        if years and value.en_vigueur_du <= years[-1].en_vigueur_du:
            raise row.fail("annee", f"{year} does not follow {years[-1].en_vigueur_du.year}")
        row.finish()
        years.append(value)
    if not years:
        raise table.fail("valeurs", "missing")
    return years


def _read_bareme(cle: str, table: _Table, codes: Law) -> Bareme:
    fractions = table.rising_fractions("fractions")
    years, gaps = _read_years(table, len(fractions)), _read_gaps(table)
    periods = sorted(
        [(y.en_vigueur_du, y.en_vigueur_jusqu_au) for y in years] + [(g.du, g.au) for g in gaps],
    )
    for (_, last), (first, _) in itertools.pairwise(periods):
        if the_day_before(first) != last:
            raise table.fail("lacunes", f"after {last} comes {first}: each missing year needs one gap, and only one")
    return Bareme(
        cle=cle,
        intitule=table.text("intitule"),
        articles=table.articles(codes),
        fractions=fractions,
        valeurs=tuple(years),
        lacunes=tuple(gaps),
    )


def _read_delai(cle: str, table: _Table, codes: Law) -> Delai:
    certitude, verifie_le = _certitude(table)
    delai = Delai(
        cle=cle,
        intitule=table.text("intitule"),
        versions=_read_versions(table, codes),
        sans_duree=table.text("sans_duree", ""),
        portee=table.choice("portee", Portee, Portee.LIMITE),
        prorogation=table.choice("prorogation", Prorogation, Prorogation.OUI),
        regime=table.choice("regime", Regime, Regime.PROCEDURE),
        distance=table.choice("distance", Prorogation, Prorogation.NON),
        siege_en_metropole=table.flag("siege_en_metropole", default=False),
        rebours=table.flag("rebours", default=False),
        chaque_annee=_month_day(table, "chaque_annee"),
        franc=table.flag("franc", default=False),
        meme_jour=table.flag("meme_jour", default=False),
        lendemain=table.flag("lendemain", default=False),
        version_selon=table.text("version_selon", ""),
        groupe=table.text("groupe"),
        articles=table.articles(codes),
        certitude=certitude,
        verifie_le=verifie_le,
        qui=table.text("qui"),
        depart=table.text("depart"),
        sanction=table.text("sanction", ""),
        note=table.text("note", ""),
        fichier=table.file,
        doute=_doute(table, certitude),
        mots=table.list_of_texts("mots"),
        heures_selon=table.articles(codes, "heures_selon"),
        interruptions=table.list_of_texts("interruptions"),
    )
    if not delai.articles and not certitude.a_confirmer:
        raise table.fail("articles", "a period that no article gives is of certainty C")
    _check_hours(table, delai)
    if delai.interruptions and delai.regime is not Regime.PRESCRIPTION:
        raise table.fail("interruptions", "only a prescription is known to be interrupted")
    return delai


def _check_hours(table: _Table, delai: Delai) -> None:
    """A period in hours names the text it is counted by: CPC, art. 641 only counts days, months and years."""
    if not delai.en_heures:
        if delai.heures_selon:
            raise table.fail("heures_selon", "only a period in hours is counted by the hour")
        return
    if not delai.heures_selon:
        raise table.fail("heures_selon", "missing: no rule is known that counts this period in hours")
    for name in ("rebours", "franc", "meme_jour", "lendemain", "chaque_annee"):
        if getattr(delai, name):
            raise table.fail(name, "no rule is known that counts so in hours")
    if delai.distance is not Prorogation.NON:
        raise table.fail("distance", "no rule is known that lengthens hours by a distance in months")


def _read_ferie(cle: str, table: _Table, codes: Law) -> Ferie:
    # A holiday of usage, certainty D, is only ever one reading among others: its condition is told, never assumed.
    certitude, verifie_le = table.choice("certitude", Certitude), table.day("verifie_le")
    ferie = Ferie(
        cle=cle,
        intitule=table.text("intitule"),
        jour=_month_day(table, "jour"),
        paques=table.integer("paques", 0),
        territoires=table.list_of_texts("territoires"),
        condition=table.text("condition", ""),
        articles=table.articles(codes),
        certitude=certitude,
        verifie_le=verifie_le,
        fichier=table.file,
        doute=_doute(table, certitude),
    )
    if (ferie.jour is None) is (ferie.paques == 0):
        raise table.fail("jour", "give either a day of the year or a number of days after Easter")
    if certitude is Certitude.D and not ferie.condition:
        raise table.fail("condition", "a holiday of certainty D needs a condition")
    if not ferie.articles and certitude is not Certitude.D:
        raise table.fail("articles", "a holiday that no article names is of certainty D")
    return ferie


def _read_repere(cle: str, table: _Table, codes: Law) -> Repere:
    certitude, verifie_le = _certitude(table)
    articles = table.articles(codes)
    return Repere(
        cle,
        table.text("intitule"),
        table.day("date"),
        table.text("texte", ""),
        articles,
        certitude,
        verifie_le,
        _doute(table, certitude),
        table.file,
    )


def _read_interruption(cle: str, table: _Table, codes: Law) -> Interruption:
    certitude, verifie_le = _certitude(table)
    if certitude.a_confirmer:
        raise table.fail("certitude", "a date is moved by what is certain alone")
    articles = table.articles(codes)
    if not articles:
        raise table.fail("articles", "missing: an event moves a date only where a text says so")
    return Interruption(cle, table.text("intitule"), articles, verifie_le)


def _read_taux(cle: str, table: _Table, codes: Law) -> Taux:
    certitude, verifie_le = _certitude(table)
    articles = table.articles(codes)
    doute = _doute(table, certitude)
    return Taux(cle, table.text("intitule"), table.decimal("valeur"), articles, certitude, verifie_le, doute)


def _read_mesure(cle: str, table: _Table, codes: Law) -> Mesure:
    certitude, verifie_le = _certitude(table)
    return Mesure(
        cle=cle,
        intitule=table.text("intitule"),
        valeur=table.decimal("valeur"),
        unite=table.text("unite"),
        articles=table.articles(codes),
        certitude=certitude,
        verifie_le=verifie_le,
        note=table.text("note", ""),
        doute=_doute(table, certitude),
    )


def _read_somme(cle: str, table: _Table, codes: Law) -> Somme:
    certitude, verifie_le = _certitude(table)
    return Somme(
        cle=cle,
        intitule=table.text("intitule"),
        nature=table.choice("nature", Nature),
        periodique=table.flag("periodique", default=True),
        articles=table.articles(codes),
        certitude=certitude,
        verifie_le=verifie_le,
        note=table.text("note", ""),
        synonymes=table.list_of_texts("synonymes"),
        doute=_doute(table, certitude),
    )


def _read_source(cle: str, table: _Table, _codes: Law) -> Source:
    lien = table.link("lien")
    editeur, consulte_le = table.text("editeur", ""), table.optional_day("consulte_le")
    return Source(cle, table.text("titre"), editeur, lien, consulte_le)


def _read_correction(cle: str, table: _Table, codes: Law) -> Correction:
    page = table.text("page")
    if not _PAGE.fullmatch(page):
        raise table.fail("page", f"expected the address of a page, as urbanisme/apres-le-depot, got {page!r}")
    correction = Correction(
        cle=cle,
        le=table.day("le"),
        sujet=table.text("sujet"),
        avant=table.text("avant"),
        maintenant=table.text("maintenant"),
        page=page,
        articles=table.articles(codes),
        texte=table.text("texte", ""),
        calculateurs=table.list_of_texts("calculateurs"),
    )
    if correction.sujet.endswith("."):
        raise table.fail("sujet", "expected a title, without a full stop")
    for name in ("avant", "maintenant"):
        if not table.text(name).endswith("."):
            raise table.fail(name, "expected whole sentences, with their full stop")
    if correction.avant == correction.maintenant:
        raise table.fail("maintenant", "it says what 'avant' says")
    return correction


def _read_point(cle: str, table: _Table, _codes: Law) -> Point:
    return Point(cle, table.text("sujet"), table.text("intitule"), _missing(table, "a_confirmer"))


def _read_article(code: Code, officiel: str, table: _Table) -> Article:
    if not _NUMBER.fullmatch(officiel):
        raise table.fail("", f"not the number of an article: {officiel!r}")
    identifiant, version_du = table.text("identifiant", ""), table.optional_day("version_du")
    if identifiant and not _IDENTIFIER.fullmatch(identifiant):
        raise table.fail("identifiant", f"not a Légifrance article identifier: {identifiant!r}")
    if bool(identifiant) is not bool(version_du):
        raise table.fail("version_du", "an identifier goes with the day since which its version is in force")
    d_apres = table.text("d_apres", "")
    if d_apres and identifiant:
        raise table.fail("d_apres", "an identifier is of a version in force that was read")
    if not d_apres and not code.etat:
        raise table.fail("d_apres", "missing: the text was not read, so say what the statement rests on")
    certitude = table.choice("certitude", Certitude) if d_apres else Certitude.A
    if certitude is Certitude.D:
        raise table.fail("certitude", "what is of certainty D is never published as a rule")
    article = Article(
        code=code.cle,
        numero=officiel.replace("*", ""),
        numero_officiel=officiel,
        abrege=code.abrege,
        nom_du_code=code.nom,
        texte_du_code=code.texte,
        decret=code.decret,
        enonce=table.text("enonce"),
        identifiant=identifiant,
        version_du=version_du,
        etat=code.etat,
        lu_le=None if d_apres else (table.optional_day("lu_le") or code.lu_le),
        d_apres=d_apres,
        certitude=certitude,
    )
    table.finish()
    return article


def _read_code(cle: str, table: _Table) -> Code:
    decret, etat = table.flag("decret", default=False), table.text("etat", "")
    if etat and not _STATE.fullmatch(etat):
        raise table.fail("etat", f"expected AAAA-MM or AAAA-MM-JJ, got {etat!r}")
    code = Code(
        cle=cle,
        nom=table.text("nom"),
        abrege=table.text("abrege"),
        texte="" if decret else table.text("texte"),
        decret=decret,
        etat=etat,
        lu_le=table.day("lu_le") if etat else None,
        articles={},
    )
    articles: dict[str, Article] = {}
    for officiel, row in table.section("articles").entries():
        article = _read_article(code, officiel, row)
        if article.numero in articles:
            raise row.fail("", "defined twice, with the star of its number and without")
        articles[article.numero] = article
    table.finish()
    return replace(code, articles=articles)


def _read_codes(files: Mapping[str, dict[str, object]]) -> dict[str, Code]:
    codes: dict[str, Code] = {}
    for file, content in files.items():
        for cle, table in _Table(file, "codes", content.get("codes", {})).entries():
            if cle in codes:
                raise table.fail("", "defined twice")
            codes[cle] = _read_code(cle, table)
    return codes


def _read_files(directory: Traversable, folder: str = "") -> dict[str, dict[str, object]]:
    files: dict[str, dict[str, object]] = {}
    for entry in sorted(directory.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            try:
                files[f"{folder}{entry.name}"] = tomllib.loads(entry.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise LawDataError(f"{folder}{entry.name}", "(file)", f"not valid TOML: {error}") from None
    return files


def load(directory: Traversable) -> Law:
    """Read every ``*.toml`` of a directory, and of its folder ``articles``, into one :class:`Law`.

    Raises:
        LawDataError: a file is not TOML, lacks a key, has one too many, leaves a period uncovered, or cites an article
            that says nowhere what it provides.
    """
    files = _read_files(directory)
    if (articles := directory / "articles").is_dir():
        files |= _read_files(articles, "articles/")
    for file, content in files.items():
        if unknown := sorted(set(content) - set(_SECTIONS)):
            raise LawDataError(file, unknown[0], f"unknown section; expected one of {', '.join(_SECTIONS)}")
    codes = _read_codes(files)
    nothing: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS if section != "codes"}
    codes_only = Law(codes=codes, **nothing)  # enough to resolve articles
    readers = {
        "series": _read_series,
        "delais": _read_delai,
        "durees": _read_duree,
        "interruptions": _read_interruption,
        "reperes": _read_repere,
        "taux": _read_taux,
        "mesures": _read_mesure,
        "sommes": _read_somme,
        "feries": _read_ferie,
        "baremes": _read_bareme,
        "sources": _read_source,
        "corrections": _read_correction,
        "points": _read_point,
    }
    found: dict[str, dict[str, object]] = {section: {} for section in readers}
    for file, content in files.items():
        for section, read in readers.items():
            for cle, table in _Table(file, section, content.get(section, {})).entries():
                if cle in found[section]:
                    raise table.fail("", "defined twice")
                found[section][cle] = read(cle, table, codes_only)
                table.finish()
    known = Law(codes=codes, **found)  # type: ignore[arg-type]  # each reader gives its section's kind
    for delai in known.delais.values():
        if unknown := sorted(set(delai.interruptions) - set(known.interruptions)):
            raise LawDataError(delai.fichier, f"delais.{delai.cle}.interruptions", f"no such event: {unknown[0]!r}")
    return known


@cache
def law() -> Law:
    """Return the law shipped with the package, read once.

    >>> from datetime import date
    >>> law().series["sbi"].au(date(2026, 11, 20)).montant
    Decimal('651.69')
    """
    return load(resources.files("calculators.law"))
