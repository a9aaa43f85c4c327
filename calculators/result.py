"""What a calculator answers: an immutable value that holds the answer, the reasoning and the sources.

The same :class:`Result` is printed on the command line, rendered as HTML at build and in the browser, copied as
text and given to machines as JSON. Its texts are for readers, in its language;
the keys of its amounts are stable names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from calculators.calendar import clock, in_words, weekday_in_words
from calculators.language import FRENCH, Language
from calculators.law import Article, Law, law
from calculators.law.words import doubt
from calculators.money import plain
from calculators.typography import french

if TYPE_CHECKING:
    from calculators.law import BaremeAnnuel, Series, Value

__all__ = [
    "SCHEMA",
    "Action",
    "Avertissement",
    "Bloc",
    "Calculator",
    "Comparaison",
    "Etape",
    "Evenement",
    "JourCompte",
    "Lecture",
    "Lettre",
    "LigneComparee",
    "Niveau",
    "Part",
    "Partie",
    "PieceDemandee",
    "Quantity",
    "Result",
    "SourceUtilisee",
    "Statut",
    "Tableau",
    "Valeur",
    "amount_used",
    "comparison_to_list",
    "machine",
    "piece_to_dict",
    "reader",
    "source_used",
    "to_dict",
    "to_json",
]

SCHEMA = 1
_I = TypeVar("_I")

Quantity = Decimal | date | str
Typeset = Callable[[str], str]


def machine(quantity: Quantity) -> str:
    """Write a quantity for machines: ``651.69``, ``2026-11-20``."""
    if isinstance(quantity, Decimal):
        return plain(quantity)
    return quantity.isoformat() if isinstance(quantity, date) else quantity


def reader(quantity: Quantity, say: Language = FRENCH) -> str:
    """Write a quantity for a reader."""
    return say.written(quantity)


@dataclass(frozen=True, slots=True)
class Valeur:
    """A labelled amount or date. ``essentielle``: shown first, in large. ``mots``: what a reader is told instead."""

    cle: str
    libelle: str
    quantite: Quantity
    aide: str = ""
    essentielle: bool = False
    mots: str = ""

    def dite(self, say: Language = FRENCH) -> str:
        """Write it for a reader."""
        return self.mots or reader(self.quantite, say)


@dataclass(frozen=True, slots=True)
class Etape:
    """A step of the reasoning: what was done, the computation, the articles it rests on."""

    titre: str
    explication: str
    calcul: str = ""
    articles: tuple[Article, ...] = ()


class Niveau(StrEnum):
    """How loudly a warning speaks."""

    INFO = "info"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Avertissement:
    """Something the reader must know before relying on the answer."""

    code: str
    texte: str
    niveau: Niveau = Niveau.ATTENTION


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do next. ``page`` is a guide of this site, without extension."""

    texte: str
    quand: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Lecture:
    """One way of reading an open point of law, with its figures. ``prudente``: the one the answer relies on."""

    cle: str
    intitule: str
    raison: str
    valeurs: tuple[Valeur, ...]
    prudente: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of the picture: a share of the whole, named, with its role for the colour and pattern."""

    role: str
    libelle: str
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table of details. Each row starts with its own label.

    ``image``: its rows as bars: a name, a whole, and the part of it that counts; ``legende`` says what they show.
    """

    cle: str
    titre: str
    colonnes: tuple[tuple[str, str], ...]
    lignes: tuple[tuple[Quantity, ...], ...]
    image: tuple[tuple[str, Decimal, Decimal], ...] = ()
    legende: str = ""


class Statut(StrEnum):
    """Where a date stands from today; of a step that was done, how it was done."""

    PASSE = "passe"
    AUJOURD_HUI = "aujourd_hui"
    A_VENIR = "a_venir"
    FAIT = "fait"
    FAIT_A_VERIFIER = "fait_a_verifier"
    FAIT_TARD = "fait_tard"

    @property
    def label(self) -> str:
        """The words said of such a date."""
        return {
            Statut.PASSE: "passée",
            Statut.AUJOURD_HUI: "aujourd'hui",
            Statut.A_VENIR: "à venir",
            Statut.FAIT: "fait à temps",
            Statut.FAIT_A_VERIFIER: "fait, à temps selon une lecture de la loi",
            Statut.FAIT_TARD: "fait après cette date",
        }[self]


@dataclass(frozen=True, slots=True)
class Evenement:
    """A date of a timeline.

    ``echeance``: reckoned, and not something that happened. ``nature``: what kind of date it is, in words.
    ``precision``: why this day, when the law can be read in several ways. ``pour_vous``: the reader is the one to act.
    ``agenda``: it belongs in the reader's own calendar. ``heure``: that of what is counted in hours.
    """

    cle: str
    titre: str
    jour: date
    statut: Statut
    nature: str = ""
    precision: str = ""
    qui: str = ""
    echeance: bool = True
    articles: tuple[Article, ...] = ()
    pour_vous: bool = True
    agenda: bool = True
    heure: time | None = None

    @property
    def moment(self) -> str:
        """The day, and the hour when it has one, for machines: ``2026-11-20``, ``2026-11-20T14:30``."""
        return self.jour.isoformat() if self.heure is None else f"{self.jour.isoformat()}T{self.heure:%H:%M}"

    @property
    def dit(self) -> str:
        """The same, for a reader."""
        day = f"{weekday_in_words(self.jour)} {in_words(self.jour)}"
        return day if self.heure is None else f"{day} à {clock(self.heure)}"


@dataclass(frozen=True, slots=True)
class JourCompte:
    """One day of a count: its role (``depart``, ``compte``, ``exclu``, ``fin``), its number, and why."""

    jour: date
    role: str
    numero: int | None
    raison: str


@dataclass(frozen=True, slots=True)
class SourceUtilisee:
    """A law value used: its text, its certainty, when it was checked and until when it is good.

    ``doute``: for what is not certain, a sentence that says what is missing and where to ask.
    """

    intitule: str
    texte: str
    lien: str
    certitude: str
    en_vigueur_du: date
    verifie_le: date
    valable_jusqu_au: date | None
    revision_attendue: date | None
    doute: str = ""


def source_used(
    value: Value | BaremeAnnuel,
    intitule: str,
    article: Article,
    revision: date | None = None,
    say: Language = FRENCH,
) -> SourceUtilisee:
    """A dated value, as the answer that used it cites it.

    Args:
        value: the value.
        intitule: what it is, in words.
        article: where to read when the value itself has no link.
        revision: from when a newer value is expected, if this one is the last known.
        say: the language of the answer.
    """
    return SourceUtilisee(
        intitule=intitule,
        texte=value.texte,
        lien=value.lien or article.lien_au(value.en_vigueur_du),
        certitude=value.certitude.value,
        en_vigueur_du=value.en_vigueur_du,
        verifie_le=value.verifie_le,
        valable_jusqu_au=value.en_vigueur_jusqu_au,
        revision_attendue=revision,
        doute=doubt(value.doute, say) if value.doute else "",
    )


def amount_used(series: Series, value: Value, say: Language = FRENCH) -> SourceUtilisee:
    """An amount of a dated series, as the answer that used it cites it."""
    title = say("{intitule} : {montant}", intitule=say(series.intitule), montant=value.montant)
    return source_used(value, title, series.articles[0], series.revision_of(value), say)


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A document to gather. ``niveau``: requis, selon_le_cas (``condition`` says which) or a_confirmer.

    ``a_confirmer`` then says what is missing, and ``aupres_de`` where to ask. ``geste``: something to do or to check,
    which stands in the list without being counted as a document.

    ``adresse`` is the document's own, in this site, and never changes; ``remplace``: former identifiers it answers for.
    """

    id: str
    code: str
    document: str
    niveau: str
    condition: str
    pourquoi: str
    forme: str
    anciennete: str
    ou_l_obtenir: str
    aupres_de: str
    references: tuple[tuple[str, str], ...]
    certitude: str
    adresse: str
    remplace: tuple[str, ...] = ()
    a_confirmer: str = ""
    geste: bool = False


class Partie(StrEnum):
    """A part of a letter, in the order of the sheet."""

    EXPEDITEUR = "expediteur"
    DESTINATAIRE = "destinataire"
    LIEU = "lieu"
    ENVOI = "envoi"
    OBJET = "objet"
    APPEL = "appel"
    TEXTE = "texte"
    TABLEAU = "tableau"
    SALUT = "salut"
    SIGNATURE = "signature"
    JOINTES = "jointes"
    # What its sender keeps, on a sheet of its own.
    GARDE = "garde"
    CASES = "cases"


@dataclass(frozen=True, slots=True)
class Bloc:
    """A part of a letter: its text, which may have several lines, or the lines of a table, its headings first.

    Of what is kept, a heading and the lines below it; ``CASES``: they are to be ticked.
    """

    partie: Partie
    texte: str = ""
    lignes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Lettre:
    """A letter, and what its sender keeps of it.

    Attributes:
        nom, titre: its name in addresses, and in the list of letters.
        blocs: what is sent.
        blancs: what is still to be filled, in the words of the blanks.
        joindre: what to enclose.
        envoi: how it leaves, a sentence a way.
        avant: before when, in words; empty when no text gives a day.
        prudence: what it is not.
        garde: the sheet that its sender keeps.
    """

    nom: str
    titre: str
    blocs: tuple[Bloc, ...]
    blancs: tuple[str, ...]
    joindre: tuple[str, ...]
    envoi: tuple[str, ...]
    avant: str
    prudence: tuple[str, ...]
    garde: tuple[Bloc, ...]


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """The case under the values of one date: the amounts, or why there are none. ``la_sienne``: the reader's own."""

    date: str
    montants: tuple[Decimal, ...] = ()
    raison: str = ""
    la_sienne: bool = False


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The same case under each dated value of the law, newest first; the first amount of each line is drawn."""

    titre: str
    explication: str
    colonnes: tuple[tuple[str, str], ...]
    lignes: tuple[LigneComparee, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A complete answer.

    ``figure``: what the picture of the parts shows, in words; ``langue``: that of its texts; ``depot``: where its
    documents are deposited online, a key of :mod:`calculators.law.plateformes`, empty when that is not known; ``jour``:
    the day of the case, whose law it applies, ``None`` for the law of today.
    """

    calculateur: str
    resume: str
    valeurs: tuple[Valeur, ...]
    etapes: tuple[Etape, ...]
    avertissements: tuple[Avertissement, ...] = ()
    a_faire: tuple[Action, ...] = ()
    lectures: tuple[Lecture, ...] = ()
    parts: tuple[Part, ...] = ()
    tableaux: tuple[Tableau, ...] = ()
    sources: tuple[SourceUtilisee, ...] = ()
    evenements: tuple[Evenement, ...] = ()
    jours: tuple[JourCompte, ...] = ()
    pieces: tuple[PieceDemandee, ...] | None = None
    lettre: Lettre | None = None
    depot: str = ""
    figure: str = ""
    langue: Language = FRENCH
    jour: date | None = None

    def valeur(self, cle: str) -> Quantity:
        """Return the quantity of that name."""
        return next(v.quantite for v in self.valeurs if v.cle == cle)


@dataclass(frozen=True, slots=True)
class Calculator(Generic[_I]):
    """A calculator: its declaration of inputs, its pure function, and the words around it.

    Attributes:
        nom: stable name, in addresses and on the command line.
        titre: what it answers, as a title.
        description: one sentence for lists.
        inputs: the frozen dataclass of questions; :func:`~calculators.declaration.under` puts it under a law.
        calculate: pure function from the inputs, the law and the language to the answer.
        limites: what it does not do, one sentence each.
        methode: how to do it by hand, one sentence each.
        cas: inputs of the example shown already answered, then of one for each other situation that a page may answer
            beforehand.
        bouton: the words on the button that asks for the answer.
        agenda: whether its answers hold dates to put in a calendar.
        catalogue: what a law has for it by name, a line each, for calculators that have such a list.
        resultats: the names of all the values its answers may have, when those of its example are not all.
        comparer: the same case under each dated value of the law, when that can be compared.
        courrier: whether its answers hold a letter.
        jour: the day of a case, whose law its answer applies, when that is not today's.
        chiffres: the values and the warnings of the same answer, without what explains them: what a line of a table
            needs, in less than half the time. The whole answer serves when there is none.
    """

    nom: str
    titre: str
    description: str
    inputs: type[_I]
    calculate: Callable[[_I, Law, Language], Result]
    limites: tuple[str, ...]
    methode: tuple[str, ...]
    cas: Callable[[Law], Sequence[Mapping[str, object]]]
    bouton: str = "Calculer"
    agenda: bool = False
    catalogue: Callable[[Law], Sequence[tuple[str, ...]]] | None = None
    resultats: Callable[[Law], Sequence[str]] | None = None
    comparer: Callable[[_I, Law, Language], Comparaison | None] | None = None
    courrier: bool = False
    chiffres: Callable[[_I, Law, Language], Result] | None = None
    jour: Callable[[_I], date | None] | None = None

    @property
    def exemple(self) -> Mapping[str, object]:
        """The example shown, under the law of this package: there is one site."""
        return self.cas(law())[0]

    @property
    def exemples(self) -> tuple[Mapping[str, object], ...]:
        """The other examples, under the law of this package."""
        return tuple(self.cas(law())[1:])

    def example_for(self, given: Mapping[str, object]) -> Mapping[str, object]:
        """Return the inputs of the example of a page that answers ``given``: the nearest one, with these answers."""

        def shared(known: Mapping[str, object]) -> int:
            return sum(known.get(name) == answer for name, answer in given.items())

        nearest = max((self.exemple, *self.exemples), key=shared)
        return {**nearest, **given}


def _amounts(valeurs: tuple[Valeur, ...]) -> dict[str, str]:
    return {v.cle: machine(v.quantite) for v in valeurs}


def _optional(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _article(article: Article, typeset: Typeset, day: date | None) -> dict[str, str | None]:
    return {
        "article": article.cle,
        "citation": typeset(article.citation),
        "lien": article.lien_au(day),
        "version_du": _optional(article.version_du),
        "enonce": typeset(article.enonce),
    }


def _pieces(pieces: tuple[PieceDemandee, ...] | None) -> dict[str, list[dict[str, Any]]]:
    return {} if pieces is None else {"pieces": [piece_to_dict(piece) for piece in pieces]}


def _lettre(lettre: Lettre | None, typeset: Typeset) -> dict[str, Any]:
    if lettre is None:
        return {}
    blocs = [
        {
            "partie": bloc.partie.value,
            "texte": typeset(bloc.texte),
            "lignes": [[typeset(cell) for cell in line] for line in bloc.lignes],
        }
        for bloc in lettre.blocs
    ]
    lists = {
        name: [typeset(text) for text in getattr(lettre, name)] for name in ("blancs", "joindre", "envoi", "prudence")
    }
    words = {"titre": typeset(lettre.titre), "blocs": blocs, "avant": typeset(lettre.avant)}
    return {"lettre": {"nom": lettre.nom, **words, **lists}}


def piece_to_dict(piece: PieceDemandee) -> dict[str, Any]:
    """Return a document as JSON-ready data; ``source`` says in one line what ``references`` holds with links."""
    words = ("document", "condition", "pourquoi", "forme", "anciennete", "ou_l_obtenir", "a_confirmer", "aupres_de")
    return {
        "id": piece.id,
        "code": piece.code,
        "niveau": piece.niveau,
        "geste": piece.geste,
        **{name: french(getattr(piece, name)) for name in words},
        "source": french(" ; ".join(title for title, _ in piece.references)),
        "references": [{"titre": french(title), "lien": link} for title, link in piece.references],
        "certitude": piece.certitude,
        "adresse": piece.adresse,
    }


def _tableau(tableau: Tableau) -> list[dict[str, str]]:
    keys = [cle for cle, _ in tableau.colonnes]
    return [dict(zip(keys, map(machine, ligne), strict=True)) for ligne in tableau.lignes]


def _dates(result: Result) -> dict[str, Any]:
    """The timeline and the days counted, for the answers that have them."""
    typeset, dates = result.langue.typeset, dict[str, Any]()
    if result.evenements:
        dates["evenements"] = [
            {
                "cle": e.cle,
                "titre": typeset(e.titre),
                "jour": e.jour.isoformat(),
                **({"heure": f"{e.heure:%H:%M}"} if e.heure else {}),
                "statut": e.statut.value,
                "echeance": e.echeance,
                "nature": typeset(e.nature),
                "precision": typeset(e.precision),
                "qui": typeset(e.qui),
                "pour_vous": e.pour_vous,
            }
            for e in result.evenements
        ]
    if result.jours:
        dates["jours"] = [
            {"jour": j.jour.isoformat(), "role": j.role, "numero": j.numero, "raison": typeset(j.raison)}
            for j in result.jours
        ]
    return dates


def comparison_to_list(compared: Comparaison, typeset: Typeset = french) -> list[dict[str, str]]:
    """Return a comparison as JSON-ready data: of each date the amounts, or why there are none."""
    keys = [cle for cle, _ in compared.colonnes]
    return [
        {
            "date": typeset(line.date),
            **(
                {"raison": typeset(line.raison)}
                if line.raison
                else dict(zip(keys, map(machine, line.montants), strict=True))
            ),
        }
        for line in compared.lignes
    ]


def to_dict(result: Result) -> dict[str, Any]:
    """Return the answer as JSON-ready data: amounts and dates as strings, keys in a fixed order."""
    typeset = result.langue.typeset
    return {
        "schema": SCHEMA,
        "calculateur": result.calculateur,
        "resume": typeset(result.resume),
        "valeurs": {**_amounts(result.valeurs), **_pieces(result.pieces)},
        "libelles": {v.cle: typeset(v.libelle) for v in result.valeurs},
        "etapes": [
            {
                "titre": typeset(e.titre),
                "explication": typeset(e.explication),
                "calcul": typeset(e.calcul),
                "articles": [_article(a, typeset, result.jour) for a in e.articles],
            }
            for e in result.etapes
        ],
        "lectures": [
            {
                "cle": lecture.cle,
                "intitule": typeset(lecture.intitule),
                "raison": typeset(lecture.raison),
                "prudente": lecture.prudente,
                "valeurs": _amounts(lecture.valeurs),
            }
            for lecture in result.lectures
        ],
        **{t.cle: _tableau(t) for t in result.tableaux},
        **_dates(result),
        **_lettre(result.lettre, typeset),
        **({"depot": result.depot} if result.depot else {}),
        "avertissements": [
            {"code": a.code, "niveau": a.niveau.value, "texte": typeset(a.texte)} for a in result.avertissements
        ],
        "a_faire": [{"texte": typeset(a.texte), "quand": typeset(a.quand), "page": a.page} for a in result.a_faire],
        "sources": [
            {
                "intitule": typeset(s.intitule),
                "texte": typeset(s.texte),
                "lien": s.lien,
                "certitude": s.certitude,
                "en_vigueur_du": s.en_vigueur_du.isoformat(),
                "verifie_le": s.verifie_le.isoformat(),
                "valable_jusqu_au": _optional(s.valable_jusqu_au),
                "revision_attendue": _optional(s.revision_attendue),
            }
            for s in result.sources
        ],
    }


def to_json(data: Mapping[str, Any]) -> str:
    """Serialise for machines: the same bytes for the same answer, on every Python."""
    return json.dumps(data, ensure_ascii=False, indent=2)
