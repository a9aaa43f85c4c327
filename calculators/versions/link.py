"""The answer that a link was made from, beside today's: what differs, and why.

A link holds the version it was made with, its day, and the main figures of its answer, which follow from its answers.
Whoever wrote it is not believed: an identifier is one of ours or has its form, a figure is an amount or a day, of a
line that today's answer has, and none is taken for a result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from calculators.edition import Edition, edition, published, read_edition
from calculators.law import Law
from calculators.outcome import Answered, ask_calculator
from calculators.result import Quantity, machine
from calculators.versions.values import Changed, restored

if TYPE_CHECKING:
    from calculators.result import PieceDemandee

__all__ = ["FIGURE", "Etat", "Ligne", "Mark", "Reopened", "mark_of", "read_mark", "reopened"]

#: What the name of a figure begins with in a link.
FIGURE = "alors."
#: More figures than any answer shows in large.
_MOST_FIGURES = 12
_AMOUNT = re.compile(r"-?[0-9]{1,12}\.[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Values tried one by one to tell which of them the difference comes from; beyond, all are named.
_MOST_TRIED = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """What a link says of the answer it was made from: its version and its day, if they can be read, its figures."""

    version: Edition | None
    jour: date | None
    figures: Mapping[str, Quantity]


class Etat(Enum):
    """What is known here of the version of a link."""

    SANS = auto()  # it names none
    LA_MEME = auto()
    PUBLIEE = auto()
    INCONNUE = auto()
    PLUS_RECENTE = auto()


@dataclass(frozen=True, slots=True)
class Ligne:
    """A figure that is not what it was; ``None``: there was, or is, none."""

    libelle: str
    avant: Quantity | None
    maintenant: Quantity | None


@dataclass(frozen=True, slots=True)
class Reopened:
    """A link opened under today's rules.

    Attributes:
        mark: what it says; etat: what is known of its version; edition: today's.
        lignes: what differs.
        valeurs: the values of the law that the difference comes from.
        corrections: what this site corrected since, of this calculator: what it is about, what it says now.
        regle: the difference does not come from the values alone.
        jour: some of it comes from the day alone.
        altere: the figures of the link are not those of its own version: somebody changed it.
        ajoutees, changees, retirees: the documents of the list that are new, asked otherwise, or gone.
        law: today's, for the words.
    """

    mark: Mark
    etat: Etat
    edition: Edition
    law: Law
    lignes: tuple[Ligne, ...] = ()
    valeurs: tuple[Changed, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    regle: bool = False
    jour: bool = False
    altere: bool = False
    ajoutees: tuple[str, ...] = ()
    changees: tuple[str, ...] = ()
    retirees: tuple[str, ...] = ()

    @property
    def compare(self) -> bool:
        """Whether the answer of the link is known, so that both can be compared."""
        return bool(self.mark.figures) or self.etat in {Etat.LA_MEME, Etat.PUBLIEE}

    @property
    def is_news(self) -> bool:
        """Whether the reader has anything to be told: not of a link of these very rules that gives the same."""
        return self.etat is not Etat.LA_MEME or self.differe or self.altere

    @property
    def differe(self) -> bool:
        """Whether anything differs."""
        return bool(self.lignes or self.ajoutees or self.changees or self.retirees)


def mark_of(answered: Answered, day: str) -> dict[str, str]:
    """What a link to this answer says of it: the version, the day, the figures shown in large."""
    figures = {
        f"{FIGURE}{value.cle}": machine(value.quantite)
        for value in answered.result.valeurs
        if value.essentielle and _figure(machine(value.quantite)) is not None
    }
    return {"regles": edition().id, "calcule": day, **dict([*figures.items()][:_MOST_FIGURES])}


def read_mark(told: Mapping[str, object], today: date) -> Mark:
    """Read what a link says, as little trusted as the rest of it.

    >>> mark = read_mark({"regles": "2026-11-28-a1b2c3", "alors.laisse": "651.69", "alors.x": "<b>"}, date(2027, 1, 1))
    >>> mark.version, mark.jour, dict(mark.figures)
    (Edition(id='2026-11-28-a1b2c3'), None, {'laisse': Decimal('651.69')})
    """
    texts = {name: text for name, text in told.items() if isinstance(text, str)}
    day = _figure(texts.get("calcule", ""))
    figures = {
        name.removeprefix(FIGURE): figure
        for name, text in texts.items()
        if name.startswith(FIGURE) and (figure := _figure(text)) is not None
    }
    return Mark(
        read_edition(texts.get("regles", "")),
        day if isinstance(day, date) and day <= today else None,
        dict([*figures.items()][:_MOST_FIGURES]),
    )


def _figure(text: str) -> Decimal | date | None:
    if _AMOUNT.fullmatch(text):
        return Decimal(text)
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def reopened(answered: Answered, data: Mapping[str, object], mark: Mark, today: str) -> Reopened:
    """Compare the answer that a link was made from with today's, to the same questions.

    Args:
        answered: today's answer.
        data: the answers of the link.
        mark: what the link says.
        today: the day of today's answer.
    """
    etat, known = _known(mark)
    bare = Reopened(mark, etat, edition(), answered.law)
    if etat is Etat.SANS or (etat is Etat.LA_MEME and _as_told(answered, mark)):
        return bare
    changes = tuple(Changed(*each) for each in known.get("valeurs", ()))
    day = mark.jour.isoformat() if mark.jour else today

    def asked(law: Law, when: str) -> dict[str, tuple[str, Quantity]]:
        outcome = ask_calculator(answered.calculator, {**data, "aujourdhui": when}, under=law, say=answered.say)
        return _shown(outcome) if isinstance(outcome, Answered) else {}

    now = _shown(answered)
    same_day = now if day == today else asked(answered.law, day)
    # What its own version answered: the values as they were, and today's rules.
    again = asked(restored(answered.law, changes), day) if changes else same_day
    own = {name: (again | now | same_day)[name][0] for name in again | now | same_day}
    told = {name: figure for name, figure in mark.figures.items() if name in own}
    known_here = etat in {Etat.LA_MEME, Etat.PUBLIEE}
    # What a mail cut off the link is what its version answered, where that is known.
    then = ({name: each[1] for name, each in again.items()} if known_here else {}) | told
    lines = tuple(
        Ligne(own[name], then.get(name), now[name][1] if name in now else None)
        for name in (own if known_here else told)
        if then.get(name) != (now[name][1] if name in now else None)
    )
    other = bool(told) and any(again.get(name, ("", None))[1] != figure for name, figure in told.items())
    altered = other and etat is Etat.LA_MEME
    added, altered_pieces, gone = _documents(answered.result.pieces, known)
    return Reopened(
        mark,
        etat,
        bare.edition,
        answered.law,
        lignes=lines,
        valeurs=_causes(answered, changes, lambda law: asked(law, day), same_day) if lines else (),
        corrections=_corrections(known, answered.calculator.nom) if other and not altered else (),
        regle=other and not altered,
        jour=bool(lines) and same_day != now,
        altere=altered,
        ajoutees=added,
        changees=altered_pieces,
        retirees=gone,
    )


def _as_told(answered: Answered, mark: Mark) -> bool:
    """Whether today's answer is the one that a link tells: then nothing has to be asked again."""
    now = _shown(answered)
    return bool(mark.figures) and all(now.get(name, ("", None))[1] == told for name, told in mark.figures.items())


def _known(mark: Mark) -> tuple[Etat, Mapping[str, Any]]:
    """What is known of the version of a link, and what changed since."""
    if mark.version is None:
        return Etat.SANS, {}
    if mark.version == edition():
        return Etat.LA_MEME, {}
    for known in published():
        if known["version"] == mark.version.id:
            return Etat.PUBLIEE, known
    if mark.version.jour > edition().jour:
        return Etat.PLUS_RECENTE, {}
    return Etat.INCONNUE, {}


def _shown(answered: Answered) -> dict[str, tuple[str, Quantity]]:
    """The figures shown in large, by name, each with its label."""
    return {
        value.cle: (value.libelle, value.quantite)
        for value in answered.result.valeurs
        if value.essentielle and _figure(machine(value.quantite)) is not None
    }


def _causes(
    answered: Answered, changes: tuple[Changed, ...], asked: Any, now: Mapping[str, tuple[str, Quantity]]
) -> tuple[Changed, ...]:
    """Those of the changes that, alone undone, give another answer."""
    if len(changes) > _MOST_TRIED:
        return changes
    return tuple(one for one in changes if asked(restored(answered.law, [one])) != now)


def _corrections(known: Mapping[str, Any], calculator: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (subject, now)
        for subject, now, calculators in known.get("corrections", ())
        if not calculators or calculator in calculators
    )


def _documents(
    asked: tuple[PieceDemandee, ...] | None, known: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The documents of this list that are new, asked otherwise, or no longer in the list of the same démarche."""
    if not asked:
        return (), (), ()
    new, other = set(known.get("ajoutees", ())), set(known.get("changees", ()))
    demarches = {piece.adresse.partition("#")[0].rstrip("/").rpartition("/")[2] for piece in asked}
    return (
        tuple(piece.document for piece in asked if piece.id in new),
        tuple(piece.document for piece in asked if piece.id in other),
        tuple(document for demarche, document in known.get("retirees", ()) if demarche in demarches),
    )
