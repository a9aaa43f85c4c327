"""The démarches, as data: one TOML file for each, all of it; loaded once, validated on load.

A file holds the title of its démarche, its questions and their answers, what is found for a reader who does not know,
the prices, what to know and to do, and the documents: when each is called for (``quand``), why, in what form and how
recent, where to get it, and how certain that is. The name of the file is the démarche's. A file whose name begins with
``_`` holds what several démarches share: questions, and lists of answers that have a name.

An address that was printed stays good: a document names the former ones it answers for (``remplace``; with the démarche
in front, ``passeport/passeport-timbre``, when it was on the page of another), and a table
``[anciens]`` gives for an answer that is no longer offered the one that replaces it: ``"motif=egare" = "motif=perte"``.

Only the names of rules (``regle`` of a deduction) are not checked here: the rules are above this layer.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from calculators.errors import LawDataError
from calculators.law.loader import _read_files as read_files
from calculators.law.loader import _Table as Table
from calculators.law.loader import law
from calculators.law.pieces.advice import (
    read_actions,
    read_deductions,
    read_deposits,
    read_prices,
    read_steps,
    read_warnings,
)
from calculators.law.pieces.documents import read_piece
from calculators.law.pieces.model import Ancien, Cas, Demarche, Exigence, Nature, Piece, Question
from calculators.law.pieces.names import check_names
from calculators.law.pieces.questions import read_answers, read_questions
from calculators.law.pieces.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from calculators.law.model import Law

__all__ = [
    "Ancien",
    "Cas",
    "Demarche",
    "Exigence",
    "Nature",
    "Piece",
    "Question",
    "anciens",
    "demarches",
    "load_demarches",
    "pieces",
    "questions_of",
]

_SHARED = ("questions", "reponses")
_SECTIONS = (
    "actions",
    "anciens",
    "avertissements",
    "commun",
    "deductions",
    "demarche",
    "depots",
    "etapes",
    "pieces",
    "prix",
    "questions",
)
_LISTS = frozenset({"actions", "avertissements", "depots", "etapes"})
_ANSWER = re.compile(r"[a-z_0-9]+=[a-z_0-9-]+")


def _anciens(file: str, section: Mapping[str, object]) -> Iterator[Ancien]:
    for former, now in section.items():
        answers = now.split("&") if isinstance(now, str) else [""]
        if not all(_ANSWER.fullmatch(answer) for answer in (former, *answers)):
            raise LawDataError(file, f"anciens.{former}", 'expected "question=answer" = "question=answer&…"')
        yield Ancien(file, former, dict(answer.split("=") for answer in answers))


def _sections(file: str, content: Mapping[str, object]) -> None:
    known = _SHARED if _is_shared(file) else _SECTIONS
    if unknown := sorted(set(content) - set(known)):
        raise LawDataError(file, unknown[0], f"unknown section; expected one of {', '.join(known)}")
    for name, data in content.items():
        if name not in _LISTS and not isinstance(data, dict):
            raise LawDataError(file, name, "expected a table")


def _is_shared(file: str) -> bool:
    return file.rpartition("/")[2].startswith("_")


def _nom(file: str) -> str:
    """The name of a démarche, in addresses: that of its file.

    >>> _nom("pieces/carte_identite.toml")
    'carte-identite'
    """
    return file.rpartition("/")[2].removesuffix(".toml").replace("_", "-")


class _Shared:
    """What the files that begin with ``_`` share."""

    def __init__(self, files: Mapping[str, dict[str, Any]], known: Law) -> None:
        self.answers: dict[str, Any] = {}
        self.questions: dict[str, Question] = {}
        shared = {file: content for file, content in files.items() if _is_shared(file)}
        for file, content in shared.items():
            for name, data in content.get("reponses", {}).items():
                if name in self.answers:
                    raise LawDataError(file, f"reponses.{name}", "defined twice")
                self.answers[name] = read_answers(Table(file, f"reponses.{name}", data), data, known)
        for file, content in shared.items():
            for name, question in read_questions(file, content.get("questions", {}), self.answers, known).items():
                if name in self.questions:
                    raise LawDataError(file, f"questions.{name}", "defined twice")
                self.questions[name] = question


def _questions(table: Table, own: Mapping[str, Question], shared: Mapping[str, Question]) -> tuple[Question, ...]:
    """The questions of a démarche, in the order it gives; those of its file, when it shares none."""
    for name in own:
        if name in shared:
            raise LawDataError(own[name].fichier, f"questions.{name}", f"also in {shared[name].fichier}: name it there")
    order = table.list_of_texts("questions") or tuple(own)
    known = {**shared, **own}
    for name in order:
        if name not in known:
            raise table.fail("questions", f"unknown question {name!r}: expected one of {', '.join(known)}")
        if order.count(name) > 1:
            raise table.fail("questions", f"{name!r} is named twice")
    if left := [name for name in own if name not in order]:
        raise table.fail("questions", f"{left[0]!r} is not named: give every question, in the order they are asked")
    found = tuple(known[name] for name in order)
    labels: dict[str, str] = {}
    for question in found:
        if question.label in labels:
            reason = f"the same words as the question {labels[question.label]!r}"
            raise LawDataError(question.fichier, f"questions.{question.nom}.question", reason)
        labels[question.label] = question.nom
    return found


def _exemple(table: Table, data: Mapping[str, object]) -> dict[str, str]:
    section = table.section("exemple")
    return {question: section.text(question) for question in data}


def _pieces(file: str, demarche: str, content: dict[str, Any], known: Law) -> Iterator[Piece]:
    """The documents; ``commun``: what each says unless it says otherwise."""
    if not content.get("pieces"):
        raise LawDataError(file, "pieces", "missing: a démarche has documents")
    for cle, data in content["pieces"].items():
        if not isinstance(data, dict):
            raise LawDataError(file, f"pieces.{cle}", "expected a table")
        table = Table(file, f"pieces.{cle}", {**content.get("commun", {}), **data})
        yield read_piece(table, demarche, cle, known)


def _read(file: str, content: dict[str, Any], shared: _Shared, known: Law) -> Demarche:
    nom = _nom(file)
    table = Table(file, "demarche", content.get("demarche"))
    own = read_questions(file, content.get("questions", {}), shared.answers, known)
    questions = _questions(table, own, shared.questions)
    demarche = Demarche(
        nom=nom,
        titre=table.text("titre"),
        rang=table.whole("rang"),
        sujet=table.text("sujet"),
        sans_piece=words(table, "sans_piece", known, optional=True),
        articles=table.articles(known),
        exemple=_exemple(table, content["demarche"].get("exemple", {})),
        fichier=file,
        questions=questions,
        deductions=read_deductions(file, content.get("deductions", {}), known),
        prix=read_prices(file, content.get("prix"), known),
        etapes=read_steps(file, content.get("etapes", []), known),
        avertissements=read_warnings(file, content.get("avertissements", []), known),
        actions=read_actions(
            file, content.get("actions", []), known, [question.nom for question in questions if question.reponses]
        ),
        pieces=tuple(_pieces(file, nom, content, known)),
        anciens=tuple(_anciens(file, content.get("anciens", {}))),
        depots=read_deposits(file, content.get("depots", []), known),
    )
    if demarche.sans_piece and not demarche.articles and not any(d.selon for d in demarche.deductions.values()):
        raise table.fail("articles", "missing: to say that no document is needed, name the text that says so")
    table.finish()
    return demarche


def load_demarches(directory: Traversable, known: Law) -> dict[str, Demarche]:
    """Read every ``*.toml`` of a directory: the démarches by name, in the order they are proposed.

    Raises:
        LawDataError: a file is not TOML, lacks a key, has one too many, or names what does not exist.
    """
    files: dict[str, dict[str, Any]] = read_files(directory, "pieces/")
    for file, content in files.items():
        _sections(file, content)
    shared = _Shared(files, known)
    found = [_read(file, content, shared, known) for file, content in files.items() if not _is_shared(file)]
    check_names(found)
    found.sort(key=lambda demarche: demarche.rang)
    questions_of(found)
    used = {question.nom for demarche in found for question in demarche.questions}
    if idle := [question for question in shared.questions.values() if question.nom not in used]:
        raise LawDataError(idle[0].fichier, f"questions.{idle[0].nom}", "no démarche asks it")
    return {demarche.nom: demarche for demarche in found}


def questions_of(demarches: Sequence[Demarche]) -> tuple[tuple[Question, tuple[str, ...]], ...]:
    """Every question once, with the démarches that ask it, in an order that is that of each démarche.

    Raises:
        LawDataError: two démarches share questions that they do not ask in the same order, or have different ones of
            the same name: an address could not tell them apart.
    """
    order: list[str] = []
    known: dict[str, Question] = {}
    asking: dict[str, list[str]] = {}
    for demarche in demarches:
        at = len(order)  # from the last question to the first: a new one comes right before the one that follows it
        for question in reversed(demarche.questions):
            key = f"questions.{question.nom}"
            if known.setdefault(question.nom, question) is not question:
                reason = f"{known[question.nom].fichier} has another of this name: share it, or give it its own name"
                raise LawDataError(demarche.fichier, key, reason)
            asking.setdefault(question.nom, []).append(demarche.nom)
            if question.nom not in order:
                order.insert(at, question.nom)
            elif (place := order.index(question.nom)) < at:
                at = place
            else:
                reason = f"asked here after a question that it comes before in {asking[question.nom][0]!r}"
                raise LawDataError(demarche.fichier, "demarche.questions", f"{question.nom!r} is {reason}")
    return tuple((known[name], tuple(asking[name])) for name in order)


def demarches(known: Law | None = None) -> Mapping[str, Demarche]:
    """Return the démarches shipped with the package, read once a law: they quote its values.

    Args:
        known: the law; that of this package when none is given.

    >>> demarches()["passeport"].titre
    'Passeport'
    """
    return _demarches(known or law())


@cache
def _demarches(known: Law) -> Mapping[str, Demarche]:
    return load_demarches(resources.files("calculators.law.pieces"), known)


@cache
def pieces() -> Mapping[str, Piece]:
    """Return the documents of every démarche, by identifier, in the order of the files.

    >>> pieces()["cph-restituer-rib"].document
    'RIB à votre nom'
    """
    files = sorted(demarches().values(), key=lambda demarche: demarche.fichier)
    return {piece.id: piece for demarche in files for piece in demarche.pieces}


def anciens(known: Law | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return the answers that are no longer offered, with those that replace them."""
    return {ancien.avant: ancien.maintenant for demarche in demarches(known).values() for ancien in demarche.anciens}
