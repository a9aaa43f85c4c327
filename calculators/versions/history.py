"""What changed from each published version to the next, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.edition import Edition, edition
from calculators.law import law
from calculators.law.pieces import demarches
from calculators.registry import get
from calculators.typography import french
from calculators.versions.records import answer_to, described, lists_changed, records
from calculators.versions.values import changed, flat
from calculators.versions.words import of_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.versions.records import Question, Record

__all__ = ["Step", "since_before"]

_NOTHING = "Aucune réponse de notre recueil n'a changé."
_LISTED = {"ajoutee": "nouvelle", "changee": "demandée autrement", "retiree": "n'est plus demandée"}


@dataclass(frozen=True, slots=True)
class Step:
    """A version, the day it was published (empty until it is), and what changed in it, a line each."""

    version: Edition
    publiee_le: str
    lignes: tuple[str, ...]

    @property
    def titre(self) -> str:
        """How a list names it."""
        when = f"publiée le {in_words(date.fromisoformat(self.publiee_le))}" if self.publiee_le else "celle de ce site"
        return f"Version {self.version.id}, {when}"


def since_before() -> tuple[Step, ...]:
    """The versions, newest first: that of this site when it was not published, then those that were."""
    known = records()
    steps = []
    for place, record in enumerate(known):
        before = known[place - 1] if place else None
        # Values that left are told with today's titles; the first version has none before it.
        answers = {_key(one): one.reponse for one in record.questions}
        lines = tuple(_lines(before, record.valeurs, record.pieces, record.corrections, answers)) if before else ()
        steps.append(Step(Edition(record.version), record.publiee_le, lines or _first(record)))
    if known and known[-1].version != edition().id:
        last = known[-1]
        now = [(one, answer_to(one.calculateur, one.aujourdhui, one.champs)) for one in last.questions]
        answers = {_key(one): answer for one, answer in now}
        lines = tuple(_lines(last, flat(law()), described(), (*law().corrections,), answers))
        steps.append(Step(edition(), "", lines))
    return tuple(reversed(steps))


def _first(record: Record) -> tuple[str, ...]:
    return (f"Première version gardée : {len(record.questions)} réponses de contrôle.",)


def _key(question: Question) -> str:
    return f"{question.calculateur} {question.aujourdhui} {dict(question.champs)}"


def _lines(
    before: Record,
    values: Mapping[str, str],
    lists: Mapping[str, tuple[str, str, str]],
    corrections: tuple[str, ...],
    answers: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    """A line a value, a correction and a document, then how many of the answers kept are not what they were."""
    yield from (of_value(change, law()) for change in changed(before.valeurs, values))
    for key in corrections:
        if key not in before.corrections and (one := law().corrections.get(key)):
            yield f"Corrigé : {one.sujet}. {one.maintenant}"
    for key, happened in lists_changed(before.pieces, lists).items():
        demarche, document, _ = lists.get(key) or before.pieces[key]
        title = demarches()[demarche].titre if demarche in demarches() else demarche
        yield f"Liste « {title} » : {document.partition(', {')[0]}, {_LISTED[happened]}."
    both = [one for one in before.questions if _key(one) in answers]
    other = Counter(one.calculateur for one in both if answers[_key(one)] != one.reponse)
    yield from (
        french(f"« {get(name).titre} » : {count} réponses de contrôle sur {len(both)} ont changé.")
        for name, count in other.items()
    )
    if not other:
        yield _NOTHING
