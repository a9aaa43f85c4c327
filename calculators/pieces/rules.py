"""What the answers mean: which documents they call for, and what else is said. Pure functions, no French.

An answer « je ne sais pas » stands for all the others, so each document is called for, not called for, or perhaps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from calculators.declaration import UNKNOWN, asked_of
from calculators.errors import LawDataError
from calculators.law.pieces import Nature, Piece, demarches
from calculators.law.pieces.model import TROUVE, Deduction
from calculators.pieces.card import ANCIENNE, RECENTE, VALIDE, card_validity
from calculators.pieces.planning import authorisations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from calculators.law import Law
    from calculators.law.pieces import Cas, Demarche, Question
    from calculators.law.pieces.model import Action, Alerte, CasDePrix, Explication
    from calculators.pieces.card import Validite
    from calculators.pieces.inputs import PiecesInputs

__all__ = ["DEDUCTIONS", "Appel", "Facts", "Raccourci", "Regle", "check_rules", "checked"]

_Possible = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Appel:
    """A document called for; ``certain`` is false when it depends on an answer that is not known."""

    piece: Piece
    certain: bool


@dataclass(frozen=True, slots=True)
class Raccourci:
    """A question left unanswered whose answer may shorten the list, and how many documents then remain."""

    question: str
    au_moins: int
    au_plus: int


_Q = TypeVar("_Q", "Alerte", "Explication")


class Facts:
    """The answers, understood once: what is possible, what it calls for.

    Args:
        inputs: the answers.
        known: the law to answer with.
        demarche: its data; that of the package when it is not given.
    """

    def __init__(self, inputs: PiecesInputs, known: Law, demarche: Demarche | None = None) -> None:
        """Understand the answers."""
        self.inputs, self.law = inputs, known
        self.day = inputs.aujourdhui
        self.demarche = demarche or checked(known)[inputs.demarche]

    # ------------------------------------------------------------ answers

    @cached_property
    def _asked(self) -> frozenset[str]:
        return asked_of(self.inputs)

    def answer(self, question: str) -> str:
        """The answer to a question that was asked; empty when it was not, or is a day."""
        value = getattr(self.inputs, question) if question in self._asked else None
        return value if isinstance(value, str) else ""

    def day_of(self, question: str) -> date | None:
        """The day given as the answer to a question."""
        value = getattr(self.inputs, question, None)
        return value if isinstance(value, date) else None

    @cached_property
    def unknown(self) -> tuple[Question, ...]:
        """The questions answered « je ne sais pas »."""
        return tuple(question for question in self.demarche.questions if self.answer(question.nom) == UNKNOWN)

    @cached_property
    def _first_reading(self) -> _Possible:
        """For each question, the answers that are possible: one when it is known, all when it is not."""
        possible: _Possible = {}
        for question in self.demarche.questions:
            if question.reponses:
                answer = self.answer(question.nom)
                known = {answer} if answer not in {"", UNKNOWN} else set(question.valeurs) - {UNKNOWN}
                possible[question.nom] = frozenset(known)
        return possible

    @cached_property
    def found(self) -> Mapping[str, frozenset[str]]:
        """What is found for the questions answered « je ne sais pas », by the rules that the data name."""
        found = {}
        for question, deduction in self.demarche.deductions.items():
            if self.answer(question) == UNKNOWN:
                answers = DEDUCTIONS[deduction.regle].trouve(self, deduction, self._first_reading)
                if answers is not None:
                    found[question] = answers
        return found

    @cached_property
    def possible(self) -> Mapping[str, frozenset[str]]:
        """For each question, the answers that are possible, what is found counted in."""
        possible = dict(self._first_reading)
        for question, deduction in self.demarche.deductions.items():
            found = self.found.get(question)
            if deduction.resultats:
                possible[f"{question}{TROUVE}"] = found or frozenset()
            if found is None:
                continue
            possible[question] = found
            if (selon := deduction.selon.get(self.answer(deduction.lit[0]))) is not None:
                possible |= {name: frozenset({value}) for name, value in selon.implique.items()}
                possible |= {name: possible[other] for name, other in selon.comme.items()}
        return possible

    @property
    def deductions(self) -> tuple[Deduction, ...]:
        """The deductions that found something, of those whose results are told."""
        known = self.demarche.deductions.values()
        return tuple(deduction for deduction in known if deduction.resultats and deduction.question in self.found)

    @cached_property
    def validity(self) -> Validite | None:
        """The validity of the present card, when its day of issue is given. Whoever is a child now was one then."""
        issued = self.day_of("date_delivrance")
        if issued is None:
            return None
        grown = {"oui": True, "non": False}.get(self.answer("delivree_majeur"))
        adult = grown if self.answer("age") == "majeur" else False
        return card_validity(issued, self.day, self.law, adult=adult)

    # ------------------------------------------------------------ what they call for

    def verdict(self, cases: Iterable[Cas]) -> bool | None:
        """Whether one of the cases is met; ``None`` when that depends on what is not known."""
        verdicts = {self._verdict(case) for case in cases}
        return True if True in verdicts else None if None in verdicts else False

    def _verdict(self, case: Cas) -> bool | None:
        met: bool | None = True
        for question, wanted in case.items():
            possible = self.possible[question]
            if not possible & set(wanted):
                return False
            if not possible <= set(wanted):
                met = None
        return met

    def met(self, entries: Iterable[_Q]) -> tuple[_Q, ...]:
        """The entries, one of whose cases is met or may be."""
        return tuple(entry for entry in entries if self.verdict(entry.quand) is not False)

    @cached_property
    def calls(self) -> tuple[Appel, ...]:
        """The documents that the answers call for, in the order of the data."""
        verdicts = ((piece, self.verdict(piece.quand)) for piece in self.demarche.pieces)
        return tuple(Appel(piece, certain=verdict is True) for piece, verdict in verdicts if verdict is not False)

    @property
    def documents(self) -> int:
        """How many documents they call for; what is to be done or checked is not one."""
        return sum(call.piece.nature is Nature.DOCUMENT for call in self.calls)

    @cached_property
    def price(self) -> tuple[CasDePrix, Decimal] | None:
        """What is paid, outside the places that pay less; ``None`` when nothing is, or it is not settled.

        Raises:
            CoverageError: the amount was not verified for that day.
        """
        prix = self.demarche.prix
        case = next((case for case in prix.cas if self.verdict(case.quand)), None) if prix else None
        if case is None:
            return None
        series = self.law.series.get(case.montant)
        return case, series.au(self.day).montant if series else self.law.mesures[case.montant].valeur

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """What to do, in the order of the data."""
        return tuple(
            action
            for action in self.demarche.actions
            if (verdict := self.verdict(action.quand)) or (verdict is None and not action.seulement_si_sur)
        )

    @property
    def depot(self) -> str:
        """Where the documents are deposited online, when the answers lead to one place for sure; empty otherwise."""
        return next((depot.endroit for depot in self.demarche.depots if self.verdict(depot.quand)), "")

    @cached_property
    def shortcuts(self) -> tuple[Raccourci, ...]:
        """Say which « je ne sais pas » are worth lifting, the one that shortens the list most first.

        Each question left open is tried with all its answers, the others staying as they are; what counts is how many
        documents it leaves on average. A question that does not offer « je ne sais pas » by default, as the choice of
        the application, is not one to go and ask about; nor is one whose answer was found.
        """
        length = self.documents
        found: list[tuple[float, Raccourci]] = []
        for question in self.unknown:
            if question.defaut != UNKNOWN or question.nom in self.found:
                continue
            lengths = [self._length_with(question.nom, answer) for answer in question.valeurs if answer != UNKNOWN]
            if (mean := sum(lengths) / len(lengths)) < length:
                found.append((mean, Raccourci(question.label, min(lengths), max(lengths))))
        return tuple(shortcut for _, shortcut in sorted(found, key=lambda entry: entry[0]))

    def _length_with(self, question: str, answer: str) -> int:
        """How many documents there are with another answer."""
        other: dict[str, Any] = {question: answer}
        return Facts(replace(self.inputs, **other), self.law, self.demarche).documents


# ---------------------------------------------------------------- the rules that the data name


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule that finds the answer to a question for a reader who does not know it.

    Attributes:
        trouve: what the answers lead to; ``None`` when they are not enough.
        peut_trouver: everything that it may find, from the first question it reads and the answers to each question.
    """

    trouve: Callable[[Facts, Deduction, _Possible], frozenset[str] | None]
    peut_trouver: Callable[[str, _Possible], frozenset[str]]


def _authorisations(facts: Facts, deduction: Deduction, possible: _Possible) -> frozenset[str] | None:
    projet = facts.answer(deduction.lit[0])
    return authorisations(possible, projet) if projet else None


def _all_authorisations(first: str, possible: _Possible) -> frozenset[str]:
    return frozenset[str]().union(*(authorisations(possible, projet) for projet in possible[first]))


def _card_state(facts: Facts, _deduction: Deduction, _possible: _Possible) -> frozenset[str] | None:
    return facts.validity.etats if facts.validity else None


def _all_card_states(_first: str, _possible: _Possible) -> frozenset[str]:
    return frozenset({VALIDE, RECENTE, ANCIENNE})


#: The rules, by the name that the data give them.
DEDUCTIONS: Mapping[str, Regle] = {
    "autorisations": Regle(_authorisations, _all_authorisations),
    "validite-carte": Regle(_card_state, _all_card_states),
}


@cache
def checked(known: Law) -> Mapping[str, Demarche]:
    """Return the démarches under a law, once the rules that they name are checked.

    Raises:
        LawDataError: as for :func:`check_rules`.
    """
    found = demarches(known)
    check_rules(found.values())
    return found


def check_rules(known: Iterable[Demarche]) -> None:
    """Check that each rule named is one, that it finds what it reads, and that what it may find is an answer.

    Raises:
        LawDataError: the first that is not, with its file and its key.
    """
    for demarche in known:
        possible = {q.nom: frozenset(q.valeurs) - {UNKNOWN} for q in demarche.questions if q.reponses}
        for question, deduction in demarche.deductions.items():
            key = f"deductions.{question}"
            if deduction.regle not in DEDUCTIONS:
                reason = f"unknown rule {deduction.regle!r}: expected one of {', '.join(DEDUCTIONS)}"
                raise LawDataError(demarche.fichier, f"{key}.regle", reason)
            read = {name: possible[name] for name in deduction.lit if name in possible}
            try:
                may = DEDUCTIONS[deduction.regle].peut_trouver(deduction.lit[0], read)
            except KeyError as error:
                reason = f"the rule {deduction.regle!r} reads or knows no {error.args[0]!r}"
                raise LawDataError(demarche.fichier, f"{key}.lit", reason) from None
            expected = deduction.resultats or possible[question]
            if wrong := sorted(may - set(expected)):
                reason = f"{wrong[0]!r} may be found: expected one of {', '.join(expected)}"
                raise LawDataError(demarche.fichier, key, reason)
