"""The situations: several deadlines answered together, each from its own event.

A situation is a plan of the law data (:mod:`calculators.law.situations`): deadlines, the event that starts each, who
must act and what says that it was done. What no period after one event can say is counted by the rules that
:mod:`calculators.delais.special` names. What has no date yet waits for its event; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from calculators.delais.distance import extension_of
from calculators.delais.echeances import Attente, Echeance, Etat, named
from calculators.delais.special import COUNTED, MET
from calculators.errors import CoverageError
from calculators.law import Portee

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = ["Chronologie", "Fait", "events_of"]


@dataclass(frozen=True, slots=True)
class Fait:
    """An event the person gave."""

    cle: str
    intitule: str
    jour: date


def events_of(facts: Facts) -> tuple[Fait, ...]:
    """Return the events given, in the order of time."""
    found = [
        Fait(name, words.pour(facts.acteur), day)
        for name, words in facts.plan.faits.items()
        if (day := getattr(facts.inputs, name)) is not None
    ]
    return tuple(sorted(found, key=lambda fact: fact.jour))


class Chronologie:
    """A situation worked out: what happened, the deadlines that have a date, and those that wait for their event."""

    def __init__(self, facts: Facts) -> None:
        """Count every deadline of the situation.

        Raises:
            CoverageError: a day is outside the years whose holidays are known.
        """
        self.facts = facts
        self.faits = events_of(facts)
        found = list(_found(facts))
        counted = [deadline for deadline in found if isinstance(deadline, Echeance)]
        self.datees = tuple(sorted(counted, key=lambda deadline: deadline.jour))
        self.attentes = tuple(deadline for deadline in found if isinstance(deadline, Attente))

    @cached_property
    def etats(self) -> tuple[tuple[Echeance, Etat], ...]:
        """Each deadline that has a date, and where it stands today."""
        return tuple((deadline, deadline.etat(self.facts.today)) for deadline in self.datees)

    def those(self, *states: Etat, agir: bool | None = None, limite: bool = False) -> list[Echeance]:
        """The deadlines in these states, of the person asking (``agir``) or of others; ``limite``: their last days."""
        return [
            deadline
            for deadline, state in self.etats
            if state in states and agir in {None, deadline.agir} and (deadline.limite or not limite)
        ]

    @property
    def manquees_par_le_creancier(self) -> list[Echeance]:
        """The steps that the creditor had to take by a day, that have not come, and that the law makes something of."""
        return [
            deadline
            for deadline in self.those(Etat.PASSE, agir=False)
            if deadline.delai.portee is Portee.LIMITE and deadline.delai.sanction
            if deadline.ligne and "creancier" in deadline.ligne.acteurs
        ]


def _found(facts: Facts) -> Iterator[Echeance | Attente]:
    inputs, who = facts.inputs, facts.acteur
    for line in facts.plan.echeances:
        if (line.pour and who not in line.pour) or (line.quand and not MET[line.quand](facts)):
            continue
        if not facts.answered(line.si):
            continue
        followed = line.ensuite_sauf_si and getattr(inputs, line.ensuite_sauf_si) is not None
        if followed or (line.ensuite_si and not MET[line.ensuite_si](facts)):
            line = replace(line, ensuite="")  # noqa: PLW2901  # what would follow is done too, or does not
        mine = who in line.acteurs
        if line.sauf_si and getattr(inputs, line.sauf_si) is not None:
            continue
        try:
            counted = COUNTED[line.calcul](facts, line) if line.calcul else _plain(facts, line)
        except CoverageError as error:
            if error.champ != "evenement":  # outside the years covered: the whole answer is refused
                raise
            # The other dates stand all the same.
            yield Attente(facts.law.delais[line.delai], agir=mine, refus=error, ligne=line)
            continue
        if isinstance(counted, Echeance):
            closes = line.fait and counted.fait_le is None and (not line.fait_si or MET[line.fait_si](facts))
            done = getattr(inputs, line.fait) if closes else counted.fait_le
            yield replace(counted, agir=mine, concerne=who == line.concerne, ligne=line, fait_le=done)
        elif counted is not None:
            come = any(getattr(inputs, name) is not None for name in line.eu_lieu_si)
            yield replace(counted, agir=mine and not line.facultatif, ligne=line, eu_lieu=come)


def _plain(facts: Facts, line: Ligne) -> Echeance | Attente:
    """A deadline that runs from one event."""
    delai, start = facts.law.delais[line.delai], getattr(facts.inputs, line.depart)
    if start is None and line.sinon:
        start = getattr(facts.inputs, line.sinon)
    if start is None:
        return Attente(delai)
    if not line.version_selon:
        return named(line.delai, start, facts)
    chosen_by = getattr(facts.inputs, line.version_selon)
    changed = delai.versions[-1].en_vigueur_du
    if chosen_by is None and changed is not None and start >= changed:
        return Attente(delai, selon=line.version_selon)
    far = extension_of(facts, delai, delai.au(chosen_by or start))
    return named(line.delai, start, facts, version_du=chosen_by, augmentation=far)
