"""What the file of a letter holds, once validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from calculators.law.model import Article, Certitude, Doute
from calculators.law.pieces.model import Cas, Question

__all__ = [
    "AJoindre",
    "Courrier",
    "Envoi",
    "Genre",
    "Groupe",
    "Limite",
    "Paragraphe",
    "QuestionDeCourrier",
    "Tableau",
    "Verification",
]


class Groupe(StrEnum):
    """Whom a letter goes to."""

    BANQUE = "banque"
    COMMISSAIRE = "commissaire"
    TRIBUNAL = "tribunal"
    IMPOTS = "impots"
    MAIRIE = "mairie"
    EMPLOYEUR = "employeur"
    AVOCAT = "avocat"
    AIDE = "aide"
    SURENDETTEMENT = "surendettement"


class Envoi(StrEnum):
    """How a letter leaves."""

    RECOMMANDE = "recommande"
    REMISE = "remise"
    DEPOT = "depot"
    COURRIEL = "courriel"
    SIMPLE = "simple"


class Genre(StrEnum):
    """What a question of a letter is answered with; ``CHOIX``: one of a list."""

    CHOIX = "choix"
    DATE = "date"
    MONTANT = "montant"
    NOMBRE = "nombre"
    TEXTE = "texte"


class Tableau(StrEnum):
    """The tables that a letter may hold: their columns are those of the form (:mod:`calculators.letters.inputs`)."""

    SOMMES = "sommes"
    FAITS = "faits"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class QuestionDeCourrier:
    """A question of a letter. ``blanc``: what its text shows, to be filled by hand, as long as it has no answer."""

    question: Question
    genre: Genre
    blanc: str
    a_venir: bool


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """A paragraph, or a table, in the cases that it is of; none at all is always."""

    texte: str
    tableau: Tableau | None
    si: tuple[Cas, ...]


@dataclass(frozen=True, slots=True)
class AJoindre:
    """A document to enclose."""

    texte: str
    si: tuple[Cas, ...]


@dataclass(frozen=True, slots=True)
class Limite:
    """Before when the letter must leave: a deadline of the law data, counted from the day that answers a question.

    Attributes:
        delai: the deadline; empty when the day is not the law data's to count.
        depart: the question whose day starts it; without a deadline, the one whose day is the last.
        encore: what stays possible once that day is over, when the letter is still of use; empty when it is not.
        sans_jour: before when it leaves as long as the question has no answer; empty where one is to be given.
        si: the cases that it is of.
    """

    delai: str
    depart: str
    encore: str
    sans_jour: str
    si: tuple[Cas, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What a letter takes for granted, compared with the answers: either two days or two sums.

    Attributes:
        delai, depart, jour: the day that answers ``jour`` (today, when it is empty) comes after that deadline, counted
            from the day that answers ``depart``.
        sommes, depasse: the least of these sums, each an answer or an amount that the letter quotes, is more than the
            one that answers ``depasse``.
        sinon: what is said when it is not so; ``{limite}``: the end of that deadline, or the least of these sums.
        si: the cases that it is of.
    """

    delai: str
    depart: str
    jour: str
    sommes: tuple[str, ...]
    depasse: str
    sinon: str
    si: tuple[Cas, ...]


@dataclass(frozen=True, slots=True)
class Courrier:
    """A letter.

    Attributes:
        nom: in addresses, from the name of its file.
        titre: in the list of letters; ``rang``: its place there, among those of its ``groupe``.
        a_qui: to whom it goes, as its envelope says as long as nobody is named.
        but: what it is for, in one sentence.
        questions: those that it asks, in their order; ``demandes``: the same, with what is of a letter alone.
        montants: the dated amounts (keys of series) that its texts quote; ``montants_au``: the question whose day
            chooses them.
        apres: deadlines of the law data which, once over, leave this letter to be sent.
        verifications: what it takes for granted.
        prudence: what it is not, and what to know before it leaves, one sentence each.
        exemple: answers of a case worth showing.
    """

    nom: str
    titre: str
    rang: int
    groupe: Groupe
    a_qui: str
    but: str
    objet: str
    appel: str
    questions: tuple[Question, ...]
    demandes: Mapping[str, QuestionDeCourrier]
    montants: tuple[str, ...]
    montants_au: str
    corps: tuple[Paragraphe, ...]
    joindre: tuple[AJoindre, ...]
    envoi: tuple[Envoi, ...]
    limites: tuple[Limite, ...]
    apres: tuple[str, ...]
    verifications: tuple[Verification, ...]
    prudence: tuple[str, ...]
    page: str
    exemple: Mapping[str, str]
    articles: tuple[Article, ...]
    certitude: Certitude
    verifie_le: date
    doute: Doute | None
    fichier: str

    @property
    def tableaux(self) -> frozenset[Tableau]:
        """The tables that its text has."""
        return frozenset(paragraphe.tableau for paragraphe in self.corps if paragraphe.tableau)
