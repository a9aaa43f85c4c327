"""The names in the data of the checklists are those of the questions: a misspelt one would make a document disappear.

The law layer cannot know the questions, so this is checked before the pages are built and at the first list asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from calculators.checklist.inputs import Demarche, PiecesInputs
from calculators.declaration import UNKNOWN, fields_of
from calculators.errors import LawDataError
from calculators.law.pieces import former_answers, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculators.declaration import Field
    from calculators.law.pieces import Ancien, Piece

__all__ = ["check_names", "documents"]

#: The démarches that have documents, by the value of the answer.
_LISTS = tuple(demarche.value for demarche in Demarche)


@cache
def documents() -> Mapping[str, Piece]:
    """Return the documents of every démarche, once their names are checked.

    Raises:
        LawDataError: as for :func:`check_names`.
    """
    check_names(pieces().values(), former_answers())
    return pieces()


def check_names(pieces: Iterable[Piece], anciens: Iterable[Ancien]) -> None:
    """Check every démarche, question and answer that the data name, and that no démarche is without documents.

    Raises:
        LawDataError: the first that does not exist, with its file, its key, and the names that there are.
    """
    questions = {field.nom: field for field in fields_of(PiecesInputs) if field.options}
    with_documents = set()
    for piece in pieces:
        _check_piece(piece, questions)
        with_documents.add(piece.demarche)
    if missing := [name for name in _LISTS if name not in with_documents]:
        raise LawDataError("pieces", missing[0], "no file has a document for this démarche")
    for ancien in anciens:
        _check_former(ancien, questions)


def _check_piece(piece: Piece, questions: Mapping[str, Field]) -> None:
    key = f"pieces.{piece.id}"
    if piece.demarche not in _LISTS:
        raise _unknown(piece.fichier, f"{key}.demarche", "démarche", piece.demarche, _LISTS)
    for former, demarche in piece.quittees.items():
        if demarche not in _LISTS:
            raise _unknown(piece.fichier, f"{key}.remplace", "démarche", demarche, _LISTS)
        if demarche == piece.demarche:
            reason = f"{former!r} was in this same list: name it without its démarche"
            raise LawDataError(piece.fichier, f"{key}.remplace", reason)
    asked = {nom: field for nom, field in questions.items() if _is_of(field, piece.demarche)}
    for case in piece.quand:
        for question, answers in case.items():
            where = f"{key}.quand.{question}"
            if question not in asked:
                raise _unknown(piece.fichier, where, f"question of {piece.demarche!r}", question, asked)
            for answer in answers:
                _check_answer(piece.fichier, where, questions[question], answer)


def _is_of(field: Field, demarche: str) -> bool:
    """Whether a question may be asked for a démarche; « quelle démarche ? » says nothing more of its documents."""
    return any(demarche in case.get("demarche", ()) for case in field.question.quand)


def _check_former(ancien: Ancien, questions: Mapping[str, Field]) -> None:
    key = f"anciens.{ancien.avant}"
    question, _, answer = ancien.avant.partition("=")
    if question not in questions:
        raise _unknown(ancien.fichier, key, "question", question, questions)
    if answer in {option.valeur for option in questions[question].options}:
        raise LawDataError(ancien.fichier, key, "this answer is still offered, so nothing replaces it")
    for name, now in ancien.maintenant.items():
        if name not in questions:
            raise _unknown(ancien.fichier, key, "question", name, questions)
        _check_answer(ancien.fichier, key, questions[name], now, unknown=True)


def _check_answer(file: str, key: str, field: Field, answer: str, *, unknown: bool = False) -> None:
    """« Je ne sais pas » calls for no document: it stands for all the other answers; a link may well hold it."""
    known = [option.valeur for option in field.options if unknown or option.valeur != UNKNOWN]
    if answer not in known:
        raise _unknown(file, key, "answer", answer, known)


def _unknown(file: str, key: str, what: str, name: str, known: Iterable[str]) -> LawDataError:
    return LawDataError(file, key, f"unknown {what} {name!r}: expected one of {', '.join(known)}")
