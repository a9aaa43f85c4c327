"""Every name in the files is that of something: a misspelt one would make a document disappear without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law.pieces.model import INCONNU, TROUVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculators.law.pieces.model import Ancien, Cas, Deduction, Demarche, Piece, Question

__all__ = ["check_names"]

#: A day, an interval open at either end, or one that ends a number of years before today; empty: no day given.
_DAY = r"\d{4}-\d\d-\d\d"
_DAYS = re.compile(rf"({_DAY})?(/({_DAY}|-P\d{{1,3}}Y)?)?")


def check_names(demarches: Iterable[Demarche]) -> None:
    """Check every name of every démarche, and that each question is read by something.

    Raises:
        LawDataError: the first that is wrong, with its file, its key, and the names that there are.
    """
    known = list(demarches)
    names = [demarche.nom for demarche in known]
    for demarche in known:
        _Checked(demarche, names).check()
    _check_shared(known)


class _Checked:
    """The names of one démarche."""

    def __init__(self, demarche: Demarche, names: list[str]) -> None:
        self.demarche, self.names = demarche, names
        self.questions = {question.nom: question for question in demarche.questions}
        self.read: set[str] = set()

    def check(self) -> None:
        """Check them all."""
        self._questions()
        for deduction in self.demarche.deductions.values():
            self._deduction(deduction)
        for piece in self.demarche.pieces:
            self._piece(piece)
        for key, cases in self._said():
            self._cases(key, cases)
        pieces = [piece.id for piece in self.demarche.pieces]
        for number, etape in enumerate(self.demarche.etapes, 1):
            self._known(f"etapes[{number}].piece", "document", [etape.piece], pieces)
        for name, answer in self.demarche.exemple.items():
            self._known("demarche.exemple", f"question of {self.demarche.nom!r}", [name], self.questions)
            self._known(f"demarche.exemple.{name}", "answer", [answer], self.questions[name].valeurs)
        for ancien in self.demarche.anciens:
            self._former(ancien)
        for name, question in self.questions.items():
            if name not in self.read:
                reason = f"nobody reads it in {self.demarche.nom!r}: no document, action or question depends on it"
                raise LawDataError(question.fichier, f"questions.{name}", reason)

    def _said(self) -> Iterator[tuple[str, tuple[Cas, ...]]]:
        """Each thing said, with the cases it is said in."""
        demarche = self.demarche
        groups = {
            "prix.cas": [case.quand for case in demarche.prix.cas] if demarche.prix else [],
            "etapes": [etape.quand for etape in demarche.etapes],
            "avertissements": [alerte.quand for alerte in demarche.avertissements],
            "actions": [action.quand for action in demarche.actions],
            "depots": [depot.quand for depot in demarche.depots],
        }
        for key, entries in groups.items():
            for number, cases in enumerate(entries, 1):
                yield f"{key}[{number}]", cases

    def _known(self, key: str, what: str, wanted: Iterable[str], known: Iterable[str], file: str = "") -> None:
        for name in wanted:
            if name not in known:
                reason = f"unknown {what} {name!r}: expected one of {', '.join(known) or 'none'}"
                raise LawDataError(file or self.demarche.fichier, key, reason)

    def _questions(self) -> None:
        """A question depends on those before it, in this démarche; « je ne sais pas » may call for another question."""
        before: dict[str, Question] = {}
        for question in self.demarche.questions:
            for case in question.quand:
                for name, answers in case.items():
                    key = f"questions.{question.nom}.quand.{name}"
                    if name in self.questions and name not in before:
                        reason = f"the question {name!r} comes later: a question looks back at the answers before it"
                        raise LawDataError(question.fichier, key, reason)
                    what = f"question of {self.demarche.nom!r}"
                    self._known(key, what, [name], before, question.fichier)
                    self.read.add(name)
                    if before[name].reponses:
                        self._known(key, "answer", answers, before[name].valeurs, question.fichier)
                    elif wrong := [answer for answer in answers if not _DAYS.fullmatch(answer)]:
                        raise LawDataError(question.fichier, key, f"expected days or intervals, got {wrong[0]!r}")
            before[question.nom] = question

    def _cases(self, key: str, cases: tuple[Cas, ...], file: str = "") -> None:
        """« Je ne sais pas » calls for no document: it stands for all the other answers."""
        found = {f"{name}{TROUVE}": d.resultats for name, d in self.demarche.deductions.items() if d.resultats}
        listed = {name: question for name, question in self.questions.items() if question.reponses}
        for case in cases:
            for name, answers in case.items():
                where = f"{key}.quand.{name}"
                self._known(where, f"question of {self.demarche.nom!r}", [name], [*listed, *found], file)
                self.read.add(name.removesuffix(TROUVE))
                known = found.get(name) or [a for a in listed[name].valeurs if a != INCONNU]
                self._known(where, "answer", answers, known, file)

    def _piece(self, piece: Piece) -> None:
        self._cases(f"pieces.{piece.id}", piece.quand, piece.fichier)
        key = f"pieces.{piece.id}.remplace"
        self._known(key, "démarche", piece.quittees.values(), self.names, piece.fichier)
        for former, demarche in piece.quittees.items():
            if demarche == piece.demarche:
                reason = f"{former!r} was in this same list: name it without its démarche"
                raise LawDataError(piece.fichier, key, reason)

    def _former(self, ancien: Ancien) -> None:
        """A former answer is to one of these questions, or is a former démarche; a link may hold any answer."""
        key = f"anciens.{ancien.avant}"
        lists = {name: question.valeurs for name, question in self.questions.items() if question.reponses}
        lists["demarche"] = tuple(self.names)
        question, _, answer = ancien.avant.partition("=")
        self._known(key, "question", [question], lists)
        if answer in lists[question]:
            raise LawDataError(ancien.fichier, key, "this answer is still offered, so nothing replaces it")
        for name, now in ancien.maintenant.items():
            self._known(key, "question", [name], lists)
            self._known(key, "answer", [now], lists[name])

    def _deduction(self, deduction: Deduction) -> None:
        key, what = f"deductions.{deduction.question}", f"question of {self.demarche.nom!r}"
        self._known(key, what, [deduction.question], self.questions)
        self._known(f"{key}.lit", what, deduction.lit, self.questions)
        self.read |= set(deduction.lit)
        question = self.questions[deduction.question]
        if INCONNU not in question.valeurs:
            raise LawDataError(self.demarche.fichier, key, f"{question.nom!r} has no answer {INCONNU!r} to find")
        first = self.questions[deduction.lit[0]]
        if deduction.selon:
            self._known(f"{key}.selon", "answer", deduction.selon, first.valeurs)
            self._known(f"{key}.selon", "entry", (a for a in first.valeurs if a != INCONNU), deduction.selon)
        for answer, selon in deduction.selon.items():
            for name, given in selon.implique.items():
                where = f"{key}.selon.{answer}.implique.{name}"
                self._known(where, what, [name], self.questions)
                self._known(where, "answer", [given], self.questions[name].valeurs)
            for name, other in selon.comme.items():
                where = f"{key}.selon.{answer}.comme.{name}"
                self._known(where, what, [name, other], self.questions)
                self._known(where, "answer", self.questions[other].valeurs, self.questions[name].valeurs)


def _check_shared(demarches: list[Demarche]) -> None:
    """What must be told apart from one démarche to another: their places, their titles, their documents' names."""
    for name in ("rang", "titre"):
        taken: dict[object, str] = {}
        for demarche in demarches:
            value = getattr(demarche, name)
            if value in taken:
                reason = f"{value!r} is already that of {taken[value]!r}"
                raise LawDataError(demarche.fichier, f"demarche.{name}", reason)
            taken[value] = demarche.nom
    used: set[str] = set()
    for demarche in demarches:
        for piece in demarche.pieces:
            for identifier in (piece.id, *piece.remplace):
                if identifier in used:
                    reason = f"the identifier {identifier!r} is already used"
                    raise LawDataError(piece.fichier, f"pieces.{piece.id}", reason)
                used.add(identifier)
    former: set[str] = set()
    for ancien in (ancien for demarche in demarches for ancien in demarche.anciens):
        if ancien.avant in former:
            raise LawDataError(ancien.fichier, f"anciens.{ancien.avant}", "already there")
        former.add(ancien.avant)
