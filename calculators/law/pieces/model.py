"""What the files of the démarches hold, once validated: questions, answers, documents, and what else is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from calculators.law.model import Article, Certitude, Source
from calculators.notions import Notion

__all__ = [
    "INCONNU",
    "TROUVE",
    "Action",
    "Alerte",
    "Ancien",
    "Cas",
    "CasDePrix",
    "Deduction",
    "Demarche",
    "Depot",
    "Exigence",
    "Explication",
    "Nature",
    "Piece",
    "Prix",
    "Question",
    "Reponse",
    "Selon",
]

#: What calls for a document: for each question named, the answers that do.
Cas = dict[str, tuple[str, ...]]
#: The answer « je ne sais pas », which stands for all the others.
INCONNU = "inconnu"
#: ``dossier.trouve``: what was found for the question `dossier`, answered « je ne sais pas ».
TROUVE = ".trouve"


class Exigence(StrEnum):
    """How far a document is needed."""

    REQUIS = "requis"
    SELON_LE_CAS = "selon_le_cas"
    A_CONFIRMER = "a_confirmer"


class Nature(StrEnum):
    """What stands in a list: a document to gather, or something to do or to check, which is not counted as one."""

    DOCUMENT = "document"
    GESTE = "geste"


@dataclass(frozen=True, slots=True)
class Piece:
    """One document, or one thing to check, of one démarche.

    Attributes:
        id: stable name, in addresses; ``remplace`` lists the former ones it answers for.
        quittees: for each former name that was on the page of another démarche, that démarche.
        fichier: the file it is written in, for the errors.
        a_confirmer: what is missing for it to be certain, in one line; ``aupres_de``: where to ask.
        quand: the cases that call for it, any of them being enough.
        condition: the same in words, for a reader who does not know the answer.
        series: the amounts (keys of dated series) that its texts quote between braces.
    """

    id: str
    demarche: str
    code: str
    document: str
    nature: Nature
    niveau: Exigence
    quand: tuple[Cas, ...]
    condition: str
    pourquoi: str
    forme: str
    anciennete: str
    ou_l_obtenir: str
    a_confirmer: str
    aupres_de: str
    articles: tuple[Article, ...]
    sources: tuple[Source, ...]
    certitude: Certitude
    verifie_le: date
    series: tuple[str, ...]
    remplace: tuple[str, ...]
    quittees: Mapping[str, str]
    fichier: str


@dataclass(frozen=True, slots=True)
class Ancien:
    """An answer that is no longer offered, ``question=answer``, those that replace it, and the file that says so."""

    fichier: str
    avant: str
    maintenant: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reponse:
    """One answer of a list, with the words for the reader."""

    valeur: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``reponses``: empty for a day. ``defaut``: empty for a question that must be answered.

    ``quand``: the cases in which a démarche that has it asks it; ``fichier``: where it is written, for the errors;
    ``notion``: what it asks for, when a calculator asks for it too.
    """

    nom: str
    label: str
    aide: str
    reponses: tuple[Reponse, ...]
    defaut: str
    quand: tuple[Cas, ...]
    fichier: str
    notion: Notion | None = None

    @property
    def valeurs(self) -> tuple[str, ...]:
        """What may be answered, « je ne sais pas » included."""
        return tuple(reponse.valeur for reponse in self.reponses)


@dataclass(frozen=True, slots=True)
class Selon:
    """What one answer brings: the articles to cite, the answers it gives by itself, and those it takes from others."""

    articles: tuple[Article, ...]
    implique: Mapping[str, str]
    comme: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deduction:
    """How the answer to a question is found for a reader who does not know it.

    Attributes:
        regle: the rule, in Python, that finds it; ``lit``: the questions it reads.
        resultats: what it may find, in the words of a sentence, the lightest first.
        selon: what each answer to the first question read brings.
        libelle, etape: how the answer names what was found, and the step that says why.
        explication: the words of that step; ``explication_si_doute``: when several things are possible.
    """

    question: str
    regle: str
    lit: tuple[str, ...]
    libelle: str = ""
    etape: str = ""
    explication: str = ""
    explication_si_doute: str = ""
    resultats: Mapping[str, str] = field(default_factory=dict)
    selon: Mapping[str, Selon] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CasDePrix:
    """A price: the cases it is that of, the value of the law that it is, and how it is explained."""

    quand: tuple[Cas, ...]
    montant: str
    explication: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Prix:
    """What is paid. No case met: no price is told."""

    libelle: str
    etape: str
    cas: tuple[CasDePrix, ...]


@dataclass(frozen=True, slots=True)
class Explication:
    """A step that says why a document is asked for, perhaps, or not."""

    titre: str
    piece: str
    quand: tuple[Cas, ...]
    demandee: str
    peut_etre: str
    pas_demandee: str


@dataclass(frozen=True, slots=True)
class Alerte:
    """Something to know, in the cases that it may be about."""

    code: str
    texte: str
    quand: tuple[Cas, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, in the cases that call for it, or may (``seulement_si_sur``: not when it only may)."""

    texte: str
    page: str
    quand: tuple[Cas, ...]
    seulement_si_sur: bool


@dataclass(frozen=True, slots=True)
class Depot:
    """Where documents are deposited online, in some cases: a key of :mod:`calculators.law.plateformes`."""

    endroit: str
    quand: tuple[Cas, ...]


@dataclass(frozen=True, slots=True)
class Demarche:
    """One démarche, all of it.

    Attributes:
        nom: in addresses, from the name of its file.
        titre: among the answers to « quelle démarche ? »; ``rang``: its place there.
        sujet: under what its doubts are listed.
        sans_piece: what is said when the answers call for no document; ``articles``: the texts that say so.
        exemple: the answers of a case worth showing; empty for none.
        questions: in the order they are asked, those shared with others included.
    """

    nom: str
    titre: str
    rang: int
    sujet: str
    sans_piece: str
    articles: tuple[Article, ...]
    exemple: Mapping[str, str]
    fichier: str
    questions: tuple[Question, ...]
    deductions: Mapping[str, Deduction]
    prix: Prix | None
    etapes: tuple[Explication, ...]
    avertissements: tuple[Alerte, ...]
    actions: tuple[Action, ...]
    pieces: tuple[Piece, ...]
    anciens: tuple[Ancien, ...]
    depots: tuple[Depot, ...] = ()
