"""The situations: several deadlines answered together, each from its own event.

A situation is a plan of the law data (:mod:`calculators.law.situations`): deadlines, the event that starts each, who
must act and what says that it was done. What no period after one event can say is counted in
:mod:`calculators.delais.special`. What has no date yet waits for its event; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from calculators.delais.distance import extension_of
from calculators.delais.names import plans
from calculators.delais.special import COUNTED, MET
from calculators.delais.steps import Attente, Echeance, named
from calculators.errors import CoverageError
from calculators.law import law

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.delais.inputs import DelaisInputs
    from calculators.delais.readings import Place
    from calculators.law.situations import Ligne

__all__ = ["Fait", "answerable", "deadlines_of", "faits_of"]


_WHICH_VERSION = "La règle a changé : celle qui s'applique dépend de la date de l'ordonnance. Indiquez-la."


@dataclass(frozen=True, slots=True)
class Fait:
    """An event the person gave."""

    cle: str
    intitule: str
    jour: date


def answerable() -> tuple[str, ...]:
    """Every deadline that some situation may answer, situation after situation."""
    found: dict[str, None] = {}
    for plan in plans().values():
        for line in plan.echeances:
            exact = line.delai in law().delais
            found |= dict.fromkeys(
                [line.delai] if exact else [cle for cle in law().delais if cle.startswith(f"{line.delai}.")]
            )
    found["injonction-de-payer.opposition-tardive"] = None
    return tuple(found)


def faits_of(inputs: DelaisInputs) -> tuple[Fait, ...]:
    """Return the events given, in the order of time."""
    plan = plans()[inputs.situation.value]
    found = [Fait(name, words, day) for name, words in plan.faits.items() if (day := getattr(inputs, name)) is not None]
    return tuple(sorted(found, key=lambda fact: fact.jour))


def deadlines_of(inputs: DelaisInputs, place: Place) -> tuple[tuple[Echeance, ...], tuple[Attente, ...]]:
    """Return the deadlines of the situation in the order of time, and those that wait for their event."""
    found = list(_found(inputs, place))
    dated = sorted((d for d in found if isinstance(d, Echeance)), key=lambda deadline: deadline.jour)
    return tuple(dated), tuple(d for d in found if isinstance(d, Attente))


def _found(inputs: DelaisInputs, place: Place) -> Iterator[Echeance | Attente]:
    who = inputs.acteur
    for line in plans()[inputs.situation.value].echeances:
        if (line.pour and who not in line.pour) or (line.quand and not MET[line.quand](inputs, place)):
            continue
        if line.ensuite_sauf_si and getattr(inputs, line.ensuite_sauf_si) is not None:
            line = replace(line, ensuite="")  # noqa: PLW2901  # what would follow is done too
        mine = who in line.acteurs
        if line.sauf_si and getattr(inputs, line.sauf_si) is not None:
            continue
        try:
            counted = COUNTED[line.calcul](inputs, place, line) if line.calcul else _plain(inputs, place, line)
        except CoverageError as error:
            if error.champ != "evenement":  # outside the years covered: the whole answer is refused
                raise
            yield Attente(law().delais[line.delai], mine, error.message, line)  # the other dates stand all the same
            continue
        if isinstance(counted, Echeance):
            closes = line.fait and counted.fait_le is None and (not line.fait_si or MET[line.fait_si](inputs, place))
            done = getattr(inputs, line.fait) if closes else counted.fait_le
            yield replace(counted, agir=mine, ligne=line, fait_le=done)
        elif counted is not None:
            yield replace(counted, agir=mine and not line.facultatif, ligne=line)


def _plain(inputs: DelaisInputs, place: Place, line: Ligne) -> Echeance | Attente:
    """A deadline that runs from one event."""
    start = getattr(inputs, line.depart)
    if start is None:
        return Attente(law().delais[line.delai], agir=False)
    delai = law().delais[line.delai]
    if not line.version_selon:
        return named(line.delai, start, place, agir=False)
    chosen_by = getattr(inputs, line.version_selon)
    changed = delai.versions[-1].en_vigueur_du
    if chosen_by is None and changed is not None and start >= changed:
        return Attente(delai, agir=False, raison=_WHICH_VERSION)
    far = extension_of(inputs, delai, delai.au(chosen_by or start))
    return named(line.delai, start, place, agir=False, version_du=chosen_by, augmentation=far)
