"""What the law files hold, once validated: immutable values that know their source, and no sentence on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from urllib.parse import quote_plus

from calculators.errors import UnknownKeyError
from calculators.refusals import (
    before_the_rule,
    before_the_values,
    not_verified,
    without_length,
    year_not_verified,
)

__all__ = [
    "Article",
    "Bareme",
    "BaremeAnnuel",
    "Certitude",
    "Code",
    "Correction",
    "Delai",
    "Doute",
    "DureeDatee",
    "Ferie",
    "Interruption",
    "Lacune",
    "Law",
    "Mesure",
    "Nature",
    "Point",
    "Portee",
    "Prorogation",
    "Repere",
    "Series",
    "Somme",
    "Source",
    "Taux",
    "Unite",
    "Value",
    "VersionDeDelai",
    "VersionDeDuree",
]

_MONTHS_A_YEAR = 12
_LEGIFRANCE = "https://www.legifrance.gouv.fr"


class Certitude(StrEnum):
    """How sure we are, and so what may be published.

    A: official text read, or two agreeing sources. B: one good source. C: general knowledge, or a deduction, not
    found in a source: published only with « à confirmer ». D: open: never published as a rule.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def a_confirmer(self) -> bool:
        """Whether the value may only be shown with « à confirmer »."""
        return self in {Certitude.C, Certitude.D}


@dataclass(frozen=True, slots=True)
class Doute:
    """Why a fact is not certain: what is missing, in one line, and where to ask; ``fichier``: the law file it is in."""

    manque: str
    aupres_de: str
    fichier: str = ""


class Unite(StrEnum):
    """Units of a legal period. « Ouvrable »: Monday to Saturday; « ouvré »: usually Monday to Friday."""

    HEURES = "heures"
    JOURS = "jours"
    JOURS_FRANCS = "jours_francs"
    JOURS_OUVRABLES = "jours_ouvrables"
    JOURS_OUVRES = "jours_ouvres"
    SEMAINES = "semaines"
    MOIS = "mois"
    ANNEES = "annees"


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a code or of a decree: how to cite it, what it provides, where its official text stands.

    Attributes:
        numero: its number as readers write it, without the star that some numbers bear officially.
        numero_officiel: its number as the official site writes it: ``R*423-39``.
        nom_du_code: the full name of its code or decree; ``abrege``: the short one.
        texte_du_code: the Légifrance identifier of its code; empty for a decree.
        enonce: what it provides, in our own words.
        identifiant: the Légifrance identifier of the version in force that was read; empty when unknown.
        version_du: since when that version is in force.
        etat: the state of the text that was read, ``2025-07`` or ``2026-03-27``; ``lu_le``: when we read it.
        d_apres: what the statement rests on, when the text in force was not read.
    """

    code: str
    numero: str
    numero_officiel: str
    abrege: str
    nom_du_code: str
    texte_du_code: str
    decret: bool
    enonce: str
    identifiant: str
    version_du: date | None
    etat: str
    lu_le: date | None
    d_apres: str
    certitude: Certitude

    @property
    def cle(self) -> str:
        """The key used in the law files and the guides: ``CPCE L162-2``."""
        return f"{self.code} {self.numero}"

    @property
    def ancre(self) -> str:
        """Where it stands in the page of the cited articles: ``cpce-l162-2``."""
        return self.cle.lower().replace(" ", "-")

    @property
    def citation(self) -> str:
        """How a text cites it: « article L162-2 du CPCE »."""
        return f"article {self.numero} du {self.abrege}"

    @property
    def citation_longue(self) -> str:
        """The citation with the code's full name."""
        return f"article {self.numero} du {self.nom_du_code}"

    @property
    def lu_au(self) -> date | None:
        """The last day on which the version that was read is known to be in force; ``None`` when none was read so."""
        if not self.version_du:
            return None
        year, month, *day = map(int, self.etat.split("-"))
        return max(self.version_du, date(year, month, *(day or [1])))

    def posterieure_au(self, day: date) -> bool:
        """Whether the version that was read came into force after a day: that of the day is another one."""
        return self.version_du is not None and day < self.version_du

    @property
    def lien(self) -> str:
        """Its official text, as it was when it was read; the search that finds it, when its identifier is not known."""
        return self.lien_au(None)

    def lien_au(self, day: date | None) -> str:
        """Its official text as it was on a day, within the time that the version we read is known to be in force."""
        if self.version_du and self.lu_au:
            shown = max(self.version_du, min(day or self.lu_au, self.lu_au))
            return f"{_LEGIFRANCE}/codes/article_lc/{self.identifiant}/{shown.isoformat()}"
        # Number and name of the text in every field: how the rulings that the Cour de cassation publishes link to one.
        tab, fund = ("lawarticledecree", "lois") if self.decret else ("code", "code")
        words = quote_plus(f"{self.numero_officiel} {self.abrege if self.decret else self.nom_du_code}")
        return f"{_LEGIFRANCE}/search/{fund}?tab_selection={tab}&searchField=ALL&query={words}&page=1&init=true"

    def code_au(self, day: date) -> str:
        """Its whole code as it was on a day, when its link is not of that day; nothing for a decree."""
        if self.decret or self.lien_au(day).endswith(f"/{day.isoformat()}"):
            return ""
        return f"{_LEGIFRANCE}/codes/texte_lc/{self.texte_du_code}/{day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Code:
    """A code, or a decree that is in none: its names, the state of it that was read, and the articles we cite."""

    cle: str
    nom: str
    abrege: str
    texte: str
    decret: bool
    etat: str
    lu_le: date | None
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True)
class Source:
    """A page, ruling or text that is not an article of a code."""

    cle: str
    titre: str
    editeur: str
    lien: str
    consulte_le: date | None


@dataclass(frozen=True, slots=True)
class Value:
    """One amount in force from a date, with the text that sets it.

    ``en_vigueur_jusqu_au`` is the last day it applied; ``None`` for the value in force.
    """

    en_vigueur_du: date
    en_vigueur_jusqu_au: date | None
    montant: Decimal
    texte: str
    texte_du: date | None
    lien: str
    certitude: Certitude
    verifie_le: date
    note: str
    doute: Doute | None = None


@dataclass(frozen=True, slots=True)
class Lacune:
    """A period whose value was not verified: asking for it is refused, with what is missing and where to ask."""

    du: date
    au: date
    doute: Doute


@dataclass(frozen=True, slots=True)
class Series:
    """An amount of money through time. ``unite`` is ``EUR``; ``revision`` the (month, day) of its yearly change."""

    cle: str
    intitule: str
    unite: str
    articles: tuple[Article, ...]
    revision: tuple[int, int] | None
    valeurs: tuple[Value, ...]
    lacunes: tuple[Lacune, ...]
    fichier: str = ""

    @property
    def debut(self) -> date:
        """The first day covered."""
        return self.valeurs[0].en_vigueur_du

    @property
    def derniere(self) -> Value:
        """The last known value."""
        return self.valeurs[-1]

    def prochaine_revision(self) -> date | None:
        """The first expected revision after the last known value: from that day it may be out of date."""
        if self.revision is None:
            return None
        last = self.derniere.en_vigueur_du
        candidate = date(last.year, *self.revision)
        return candidate if candidate > last else date(last.year + 1, *self.revision)

    def revision_of(self, value: Value) -> date | None:
        """When a newer value than this one is expected, if it is the last known."""
        return self.prochaine_revision() if value is self.derniere else None

    def perimee_au(self, day: date) -> bool:
        """Whether, on that day, a newer value than the last known one was expected."""
        revision = self.prochaine_revision()
        return revision is not None and day >= revision

    def au(self, day: date) -> Value:
        """Return the value in force on a day.

        Raises:
            CoverageError: before the first value, or in a period that was not verified.
        """
        if day < self.debut:
            raise before_the_values(self.intitule, self.debut)
        for lacune in self.lacunes:
            if lacune.du <= day <= lacune.au:
                raise not_verified(self.intitule, day, lacune.doute.manque, lacune.doute.aupres_de)
        return next(v for v in reversed(self.valeurs) if v.en_vigueur_du <= day)


class Prorogation(StrEnum):
    """Whether a text lengthens a period; ``OUVERTE``: not settled, so each reading is given.

    Of its end: CPC, art. 642, past a Saturday, a Sunday or a holiday. Of its length: CPC, art. 643 and 644, for
    distance.
    """

    OUI = "oui"
    NON = "non"
    OUVERTE = "ouverte"


class Regime(StrEnum):
    """Which texts count a period, and move its end: they differ by what the period is.

    ``PRESCRIPTION``: the time to act, no period of procedure (code civil, art. 2228 and 2229). ``RUPTURE``: the end of
    an open-ended contract of employment (code du travail, art. R1231-1).
    """

    PROCEDURE = "procedure"
    PRESCRIPTION = "prescription"
    RUPTURE = "rupture"

    @property
    def depart(self) -> tuple[str, ...]:
        """The texts on how a period is counted from its event."""
        return _COUNTED_BY[self]

    @property
    def fin(self) -> tuple[str, ...]:
        """The texts on how its last day ends."""
        return _ENDED_BY[self]


_CIVIL = ("CCIV 2228", "CCIV 2229")
_COUNTED_BY = {Regime.PROCEDURE: ("CPC 640", "CPC 641"), Regime.PRESCRIPTION: _CIVIL, Regime.RUPTURE: ()}
_ENDED_BY = {Regime.PROCEDURE: ("CPC 642",), Regime.PRESCRIPTION: _CIVIL, Regime.RUPTURE: ("CTRAV R1231-1",)}


class Portee(StrEnum):
    """What the end of a period means for who reads it: the last day to act, or something else."""

    LIMITE = "limite"
    SANS_ATTENDRE = "sans_attendre"  # to be done now; after the end someone else may act first
    AU_PLUS_TOT = "au_plus_tot"
    REPERE = "repere"  # the end of a time during which something is so; nobody has to act
    PERIODE = "periode"  # a length used by another rule, never a date by itself


@dataclass(frozen=True, slots=True)
class VersionDeDelai:
    """The length of a period for the events of a time; ``en_vigueur_du`` is ``None`` for one that was always so.

    ``prorogation`` and ``distance``: those of the period, unless this version has its own. ``articles``: the texts that
    this version rests on besides those of the period.
    """

    en_vigueur_du: date | None
    duree: int
    unite: Unite
    note: str
    prorogation: Prorogation
    distance: Prorogation
    articles: tuple[Article, ...] = ()


def _length(version: VersionDeDelai) -> tuple[int, Unite]:
    return version.duree, version.unite


@dataclass(frozen=True, slots=True)
class BaremeAnnuel:
    """A scale by brackets for one year, with the text that sets it.

    ``seuils``: the yearly top of each bracket but the last, which has none; ``par_personne`` raises each of them.
    A year's scale ends with its year: the next one is never taken to be the same.
    """

    en_vigueur_du: date
    en_vigueur_jusqu_au: date
    seuils: tuple[Decimal, ...]
    par_personne: Decimal
    texte: str
    texte_du: date | None
    lien: str
    certitude: Certitude
    verifie_le: date
    note: str
    doute: Doute | None = None


@dataclass(frozen=True, slots=True)
class Bareme:
    """A scale by brackets through the years. ``fractions``: what is taken of each bracket, the last one included."""

    cle: str
    intitule: str
    articles: tuple[Article, ...]
    fractions: tuple[Fraction, ...]
    valeurs: tuple[BaremeAnnuel, ...]
    lacunes: tuple[Lacune, ...]

    @property
    def annees(self) -> tuple[int, ...]:
        """The years verified."""
        return tuple(value.en_vigueur_du.year for value in self.valeurs)

    def au(self, day: date) -> BaremeAnnuel:
        """Return the scale of that day's year.

        Raises:
            CoverageError: that year's scale was not verified. It is never guessed from its neighbours.
        """
        for value in self.valeurs:
            if value.en_vigueur_du <= day <= value.en_vigueur_jusqu_au:
                return value
        doute = next((lacune.doute for lacune in self.lacunes if lacune.du <= day <= lacune.au), None)
        why = (doute.manque, doute.aupres_de) if doute else None
        newer = day > self.valeurs[-1].en_vigueur_jusqu_au
        raise year_not_verified(self.intitule, day.year, why, self.annees, newer=newer)


@dataclass(frozen=True, slots=True)
class Delai:
    """A named legal period: who must act, what starts the clock, what happens if it is missed.

    Attributes:
        versions: its lengths, oldest first; the one to apply is chosen by the date of the event.
        sans_duree: why no text gives it a length (there are then no versions); empty when one does.
        portee: what its end means.
        prorogation: whether its end is extended.
        regime: which texts count it.
        distance: whether CPC, art. 643 lists the act, so that a distance may lengthen it.
        siege_en_metropole: the court always sits there (the Cour de cassation), wherever the case comes from.
        rebours: counted backwards from its event.
        chaque_annee: the (month, day) on which it begins each year; any day then stands for that year's.
        franc: neither its first day nor its last counts, for who waits; who must act keeps to the day of the month.
        meme_jour: the text asks for the very day of the event first; that day is the safe one.
        lendemain: what it is about may be done from the day after its end.
        heures_selon: of a period in hours, the texts that say from when it runs; no other period has them.
        interruptions: the events that interrupt it, by their keys in the law data: it begins again, whole, from there.
        version_selon: the other event whose date chooses the version, when it is not the one that starts the period.
        groupe: the subject it belongs to, for lists.
        qui: who must act; depart: what starts it, in words.
        mots: what people say for it, for who looks for it in the list.
        fichier: the law file it is in, for the errors.
    """

    cle: str
    intitule: str
    versions: tuple[VersionDeDelai, ...]
    sans_duree: str
    portee: Portee
    prorogation: Prorogation
    regime: Regime
    distance: Prorogation
    siege_en_metropole: bool
    rebours: bool
    chaque_annee: tuple[int, int] | None
    franc: bool
    meme_jour: bool
    lendemain: bool
    version_selon: str
    groupe: str
    articles: tuple[Article, ...]
    certitude: Certitude
    verifie_le: date
    qui: str
    depart: str
    sanction: str
    note: str
    fichier: str
    doute: Doute | None = None
    mots: tuple[str, ...] = ()
    heures_selon: tuple[Article, ...] = ()
    interruptions: tuple[str, ...] = ()

    @property
    def en_heures(self) -> bool:
        """Whether it is counted in hours: then the hour of its event matters."""
        return any(version.unite is Unite.HEURES for version in self.versions)

    @property
    def duree(self) -> int:
        """The number of the last version."""
        return self.versions[-1].duree

    @property
    def unite(self) -> Unite:
        """The unit of the last version."""
        return self.versions[-1].unite

    def since_and_until(self, version: VersionDeDelai) -> tuple[date | None, date | None]:
        """From which event the length of a version is the one, and from which it no longer is.

        ``None`` where it was never another: a version of the same length changes something else.
        """
        place = self.versions.index(version)
        other = [each for each, known in enumerate(self.versions) if _length(known) != _length(version)]
        before, after = [each for each in other if each < place], [each for each in other if each > place]
        return (
            self.versions[before[-1] + 1].en_vigueur_du if before else None,
            self.versions[after[0]].en_vigueur_du if after else None,
        )

    def au(self, evenement: date) -> VersionDeDelai:
        """Return the length that applies to an event.

        Raises:
            CoverageError: the event is before the period existed, or no text gives its length.
        """
        if self.sans_duree:
            raise without_length(self.intitule, self.sans_duree)
        first = self.versions[0].en_vigueur_du
        if first is not None and evenement < first:
            raise before_the_rule(self.intitule, first)
        return next(v for v in reversed(self.versions) if v.en_vigueur_du is None or v.en_vigueur_du <= evenement)


@dataclass(frozen=True, slots=True)
class Interruption:
    """An event that surely interrupts a prescription: what happened, in words, and the texts that say so."""

    cle: str
    intitule: str
    articles: tuple[Article, ...]
    verifie_le: date


@dataclass(frozen=True, slots=True)
class VersionDeDuree:
    """A length in years or in months, for what is dated from a day on; ``None`` for one that has no known start."""

    en_vigueur_du: date | None
    nombre: int
    unite: Unite

    @property
    def mois(self) -> int:
        """The same in months."""
        return self.nombre * (_MONTHS_A_YEAR if self.unite is Unite.ANNEES else 1)


@dataclass(frozen=True, slots=True)
class DureeDatee:
    """How long something is good, by the day it is dated: a card, by the day it was issued.

    Nobody has to act by its end: what gives a time to act is a :class:`Delai`.
    """

    cle: str
    intitule: str
    versions: tuple[VersionDeDuree, ...]
    articles: tuple[Article, ...]
    texte: str
    certitude: Certitude
    verifie_le: date
    note: str
    doute: Doute | None = None
    fichier: str = ""

    @property
    def derniere(self) -> VersionDeDuree:
        """The last version."""
        return self.versions[-1]

    def au(self, day: date) -> VersionDeDuree:
        """Return the length of what is of that day.

        Raises:
            CoverageError: the day is before the first version.
        """
        first = self.versions[0].en_vigueur_du
        if first is not None and day < first:
            raise before_the_values(self.intitule, first)
        return next(v for v in reversed(self.versions) if v.en_vigueur_du is None or v.en_vigueur_du <= day)


@dataclass(frozen=True, slots=True)
class Repere:
    """A date in the law's history: since when something is so."""

    cle: str
    intitule: str
    jour: date
    texte: str
    articles: tuple[Article, ...]
    certitude: Certitude
    verifie_le: date
    doute: Doute | None = None
    fichier: str = ""


@dataclass(frozen=True, slots=True)
class Taux:
    """A rate, in per cent."""

    cle: str
    intitule: str
    pourcentage: Decimal
    articles: tuple[Article, ...]
    certitude: Certitude
    verifie_le: date
    doute: Doute | None = None


@dataclass(frozen=True, slots=True)
class Ferie:
    """A public holiday: a day of the year, or days after Easter; where it applies, and under which condition."""

    cle: str
    intitule: str
    jour: tuple[int, int] | None
    paques: int
    territoires: tuple[str, ...]
    condition: str
    articles: tuple[Article, ...]
    certitude: Certitude
    verifie_le: date
    fichier: str
    doute: Doute | None = None


@dataclass(frozen=True, slots=True)
class Mesure:
    """A figure of the law or of a service that is neither a dated amount, nor a period to count, nor a rate.

    ``unite`` is written after the number (« m² », « ans », « Mo »); ``EUR`` for a price.
    """

    cle: str
    intitule: str
    valeur: Decimal
    unite: str
    articles: tuple[Article, ...]
    certitude: Certitude
    verifie_le: date
    note: str
    doute: Doute | None = None


class Nature(StrEnum):
    """What the law says of a kind of income paid into an account."""

    INSAISISSABLE = "insaisissable"
    PARTIELLE = "partielle"
    SAISISSABLE = "saisissable"


@dataclass(frozen=True, slots=True)
class Somme:
    """A kind of income and how far it is protected. ``periodique``: paid at intervals (CPCE, art. R162-4).

    ``synonymes``: the words that a reader may search it by.
    """

    cle: str
    intitule: str
    nature: Nature
    periodique: bool
    articles: tuple[Article, ...]
    certitude: Certitude
    verifie_le: date
    note: str
    synonymes: tuple[str, ...]
    doute: Doute | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A mistake of this site that readers may have acted on: what they read before, what it says now, and since when.

    ``page``: where it is said now, as « urbanisme/apres-le-depot »; ``articles`` and ``texte`` give the rule.
    ``calculateurs``: those whose answers it changed, by name; none is named when any may be.
    """

    cle: str
    le: date
    sujet: str
    avant: str
    maintenant: str
    page: str
    articles: tuple[Article, ...]
    texte: str
    calculateurs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A point that the law leaves open, and that an answer reads both ways or a page calls open."""

    cle: str
    sujet: str
    intitule: str
    doute: Doute


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """All the law files together. What is worked out once from a law (calendars, situations) is kept by it."""

    series: Mapping[str, Series]
    delais: Mapping[str, Delai]
    reperes: Mapping[str, Repere]
    taux: Mapping[str, Taux]
    mesures: Mapping[str, Mesure]
    sommes: Mapping[str, Somme]
    feries: Mapping[str, Ferie]
    sources: Mapping[str, Source]
    codes: Mapping[str, Code]
    baremes: Mapping[str, Bareme] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)
    durees: Mapping[str, DureeDatee] = field(default_factory=dict)
    interruptions: Mapping[str, Interruption] = field(default_factory=dict)

    @property
    def verifie_le(self) -> date:
        """The last day on which one of these values was checked against its text: no clock can be earlier."""
        return max(
            *(value.verifie_le for series in self.series.values() for value in series.valeurs),
            *(period.verifie_le for period in self.delais.values()),
            *(measure.verifie_le for measure in self.mesures.values()),
        )

    def article(self, cle: str) -> Article:
        """Return the article of that key (``CPCE L162-2``); the official star of a number may be written or not.

        Raises:
            UnknownKeyError: no such code, or no such article in its file.
        """
        code, _, numero = cle.replace("*", "").partition(" ")
        if code not in self.codes or not numero:
            known = ", ".join(sorted(self.codes))
            message = f"unknown article {cle!r}: expected '<code> <number>' with a code among {known}"
            raise UnknownKeyError(message)
        found = self.codes[code].articles.get(numero)
        if found is None:
            message = f"unknown article {cle!r}: say what it provides in calculators/law/articles/ before citing it"
            raise UnknownKeyError(message)
        return found

    def articles(self, *cles: str) -> tuple[Article, ...]:
        """Return the articles of these keys, as :meth:`article` does."""
        return tuple(map(self.article, cles))


def the_day_before(day: date) -> date:
    """Return the previous day."""
    return day - timedelta(days=1)
