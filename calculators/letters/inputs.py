"""The questions of the letters: which one, those that its data ask, then who writes and to whom.

Whatever has no answer is a blank of the letter, never a fault: a letter is shown from its name alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from calculators.declaration import Option, ask, ask_rows, under
from calculators.law.courriers import Genre, Tableau, courriers, questions_of
from calculators.law.situations.questions import ANY_DAY, GIVEN
from calculators.letters.words.groups import GROUPS
from calculators.notions import Notion
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.law import Law
    from calculators.law.courriers import QuestionDeCourrier
    from calculators.law.pieces.model import Cas

__all__ = ["Document", "Fait", "LettersInputs", "Somme"]


def _menu(law: Law) -> tuple[Option, ...]:
    return tuple(Option(one.nom, one.titre, GROUPS[one.groupe]) for one in courriers(law).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Somme:
    """A sum that the bank must leave (CPCE, art. R162-4 and R162-5)."""

    nature: str = ask("Quelle somme ? (par exemple : AAH, salaire, allocation)", defaut="")
    montant: Decimal | None = ask("Son montant", defaut=None)
    jour: date | None = ask("Le jour où elle est arrivée sur le compte", defaut=None)
    preuve: str = ask("Le papier qui le prouve (par exemple : attestation de la CAF)", defaut="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """What happened on a day."""

    jour: date | None = ask("Quel jour ?", defaut=None, a_venir=True)
    fait: str = ask("Que s'est-il passé ?", defaut="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that is sent."""

    document: str = ask("Quel document ?", defaut="")
    jour: date | None = ask("Sa date", defaut=None, a_venir=True)


#: The tables of the letters: the row, the heading in the form, what a row is, the button that adds one.
_TABLES: Mapping[Tableau, tuple[type, str, str, str]] = {
    Tableau.SOMMES: (Somme, "Les sommes protégées", "somme", "Ajouter une somme"),
    Tableau.FAITS: (Fait, "Les faits, dans l'ordre", "fait", "Ajouter un fait"),
    Tableau.DOCUMENTS: (Document, "Les documents envoyés", "document", "Ajouter un document"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersInputs:
    """Which letter, who writes and to whom. What the letter asks comes between the two."""

    sujet: ClassVar[str] = "courrier"
    #: A link that answers this question alone is about nobody: what other forms were told fills the others.
    repris_par_lien: ClassVar[str] = "courrier"
    more_before: ClassVar[str] = "nom"

    aujourdhui: date = ask("Date du jour", cache=True)
    courrier: str = ask("Quel courrier voulez-vous écrire ?", options=_menu)
    nom: str = ask(
        "Votre prénom et votre nom",
        aide="Ce qui suit reste dans cet onglet. Rien ne va dans un lien, et vous pouvez tout laisser vide.",
        defaut="",
    )
    adresse: str = ask("Votre adresse", aide="Le numéro et la rue.", defaut="")
    ville: str = ask("Votre code postal et votre ville", defaut="")
    contact: str = ask("Votre téléphone ou votre courriel", defaut="")
    a_nom: str = ask("Le nom de qui reçoit ce courrier", aide="Un service, une étude, un tribunal.", defaut="")
    a_adresse: str = ask("Son adresse", defaut="")
    a_ville: str = ask("Son code postal et sa ville", defaut="")
    lieu: str = ask("La ville où vous signez", defaut="")

    @classmethod
    def more(cls, law: Law) -> Iterator[tuple[str, Any, Any]]:
        """Declare the questions of the letters, then the place of their deadlines and their tables."""
        letters = courriers(law).values()
        for asked, asking in questions_of(letters):
            yield _field(asked, asking)
        dated = tuple(one.nom for one in letters if one.limites)
        yield (
            "territoire",
            Territoire,
            ask(
                "Où habitez-vous ?",
                aide="Les jours fériés y changent la date limite.",
                defaut=Territoire.METROPOLE,
                quand={"courrier": dated},
                notion=Notion.TERRITOIRE,
            ),
        )
        for table, (row, label, each, add) in _TABLES.items():
            having = tuple(one.nom for one in letters if table in one.tableaux)
            hint: Any = tuple[under(row, law), ...]  # type: ignore[misc]  # a type made from a value
            yield table.value, hint, ask_rows(label, ligne=each, ajouter=add, quand={"courrier": having})


def _cases(asking: tuple[str, ...], cases: tuple[Cas, ...]) -> list[Cas]:
    """The cases of a question, among the letters that ask it; ``donnee`` written as the days it stands for."""
    return [
        {"courrier": asking}
        | {name: tuple(ANY_DAY if answer == GIVEN else answer for answer in answers) for name, answers in case.items()}
        for case in cases
    ]


def _field(asked: QuestionDeCourrier, asking: tuple[str, ...]) -> tuple[str, Any, Any]:
    """One question as a field, asked of the letters that have it."""
    question = asked.question
    common: dict[str, Any] = {
        "aide": question.aide,
        "quand": _cases(asking, question.quand),
        "notion": question.notion,
    }
    match asked.genre:
        case Genre.CHOIX:
            options = [Option(reponse.valeur, reponse.label) for reponse in question.reponses]
            return question.nom, str, ask(question.label, options=options, defaut=question.defaut, **common)
        case Genre.DATE:
            return question.nom, date | None, ask(question.label, defaut=None, a_venir=asked.a_venir, **common)
        case Genre.MONTANT:
            return question.nom, Decimal | None, ask(question.label, defaut=None, **common)
        case Genre.NOMBRE:
            return question.nom, int | None, ask(question.label, defaut=None, **common)
        case Genre.TEXTE:
            return question.nom, str, ask(question.label, defaut="", **common)
