"""What a dossier comes to on a day: its cases answered, the steps still to be taken, those that the law dates first.

Every date and every word of law is that of the calculators: this puts side by side what each said. No word of French
here; those of the page are in `words`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calculators.declaration import asked_of, unflatten
from calculators.delais.names import plans
from calculators.ics import Agenda
from calculators.law import Portee, law
from calculators.law.courriers import Courrier, Groupe, courriers
from calculators.law.pieces import demarches
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.result import Action, Evenement, Statut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calculators.dossier.document import Cas, Dossier
    from calculators.law.situations import Ligne
    from calculators.outcome import Outcome
    from calculators.result import Result

__all__ = ["Etat", "Facts", "Pas"]

#: The lists of documents of a situation that has not their name.
_LISTS: Mapping[str, tuple[str, ...]] = {
    "saisie-attribution": ("saisie-compte",),
    "compte-bloque": ("saisie-compte", "satd"),
    "saisie-salaire-en-cours": ("saisie-remunerations",),
    "affaire-prudhommes": ("saisir-prudhommes",),
    "avis-medecin": ("consignation-cph",),
}
#: How many days a step whose day is over waits behind those that can still be taken in time.
_BEHIND = timedelta(days=30)
_DONE = frozenset({Statut.FAIT, Statut.FAIT_A_VERIFIER, Statut.FAIT_TARD})


class Etat(StrEnum):
    """Where a step that is not taken stands."""

    A_VENIR = "a_venir"
    PRESSANT = "pressant"  # the safe day is over, and not that of another reading of the law
    ENCORE_POSSIBLE = "encore_possible"  # it was better done before, and no text closes it on a day
    PASSE = "passe"


@dataclass(frozen=True, slots=True)
class Pas:
    """A step of the reader's own that is not taken.

    Attributes:
        cas: the number of its case in the dossier.
        evenement: its date.
        etat: where it stands.
        portee: what its day means.
        jusqu_au: the last day that a reading of the law gives.
        action: what the calculator says to do about it; none when it says nothing more than the date.
        fait: the question whose day says that it is done; empty when there is none.
        autre_voie: what stays possible once the time is over.
        condition: what must be so for the reader to have this step, when they may not know.
        courriers: the letters that must leave by that day.
        apres: the letters that are left to be sent once that day is over.
    """

    cas: int
    evenement: Evenement
    etat: Etat
    portee: Portee
    jusqu_au: date
    action: Action | None
    fait: str
    autre_voie: str
    condition: str
    courriers: tuple[Courrier, ...]
    apres: tuple[Courrier, ...]

    @property
    def utiles(self) -> tuple[Courrier, ...]:
        """The letters that can be sent now: once the day is over, those that are of use all the same."""
        if self.etat is not Etat.PASSE:
            return self.courriers
        cle = self.evenement.cle
        still = (one for one in self.courriers if any(limit.encore for limit in one.limites if limit.delai == cle))
        return (*still, *self.apres)


class Facts:
    """A dossier, and what the calculators answer to its cases on a day."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        """Ask each calculator; what one refuses is kept with the reason."""
        self.dossier = dossier
        self.today = today
        self.outcomes: tuple[tuple[Cas, Outcome], ...] = tuple(
            (one, ask_calculator(get(one.calculateur), {**unflatten(one.reponses), "aujourdhui": today.isoformat()}))
            for one in dossier.cas
        )

    def answered(self, *names: str) -> list[tuple[int, Answered]]:
        """The cases of these calculators that have an answer, with their number; of all when none is named."""
        return [
            (number, outcome)
            for number, (one, outcome) in enumerate(self.outcomes)
            if isinstance(outcome, Answered) and (not names or one.calculateur in names)
        ]

    @cached_property
    def steps(self) -> tuple[Pas, ...]:
        """The steps that are not taken, the most pressing first."""
        found = [step for number, outcome in self.answered("delais") for step in self._steps(number, outcome)]
        return tuple(sorted(found, key=self._order))

    def _order(self, step: Pas) -> tuple[date, bool, int]:
        tomorrow = self.today + timedelta(days=1)
        at_once = step.portee is Portee.SANS_ATTENDRE
        day = {
            Etat.A_VENIR: min(step.evenement.jour, tomorrow) if at_once else step.evenement.jour,
            Etat.PRESSANT: self.today,
            Etat.ENCORE_POSSIBLE: tomorrow,
            Etat.PASSE: self.today + _BEHIND,
        }[step.etat]
        # Of the days that are over, the last: what it closed is the likeliest to be saved.
        since = (self.today - step.evenement.jour).days if step.etat is Etat.PASSE else 0
        return day, not at_once, since

    def _steps(self, number: int, outcome: Answered) -> Iterator[Pas]:
        for event in outcome.result.evenements:
            if not (event.echeance and event.pour_vous) or event.statut in _DONE:
                continue
            known = law().delais.get(event.cle)
            portee = known.portee if known else Portee.LIMITE
            if portee in {Portee.REPERE, Portee.PERIODE}:
                continue
            last = _last_reading(outcome.result, event)
            action = next((one for one in outcome.result.a_faire if one.texte.startswith(event.titre)), None)
            state = self._state(event, portee, last)
            if state is Etat.ENCORE_POSSIBLE and action is None:
                continue  # the calculator says no more of it
            line = _line(outcome, event.cle)
            yield Pas(
                number,
                event,
                state,
                portee,
                last,
                action,
                fait=line.fait if line else "",
                autre_voie=line.autre_voie if line else "",
                condition=line.condition if line else "",
                courriers=_letters_for(event.cle),
                apres=tuple(letter for letter in courriers().values() if event.cle in letter.apres),
            )

    def _state(self, event: Evenement, portee: Portee, last: date) -> Etat:
        if event.jour >= self.today:
            return Etat.A_VENIR
        if portee is not Portee.LIMITE:
            return Etat.ENCORE_POSSIBLE
        return Etat.PRESSANT if last >= self.today else Etat.PASSE

    @cached_property
    def events(self) -> tuple[Evenement, ...]:
        """The dates of every case, in the order of time; one that two cases give is there once."""
        found: dict[tuple[str, date], Evenement] = {}
        for _, outcome in self.answered("delais"):
            for event in outcome.result.evenements:
                found.setdefault((event.cle, event.jour), event)
        return tuple(sorted(found.values(), key=lambda event: (event.jour, event.echeance)))

    @cached_property
    def announced(self) -> tuple[str, ...]:
        """What the days of others that are still to come mean for the reader."""
        return tuple(
            line.annonce.format(jour=event.dit)
            for _, outcome in self.answered("delais")
            for event in outcome.result.evenements
            for line in _lines(outcome)
            if line.annonce and event.cle == line.delai and not event.pour_vous and event.jour > self.today
        )

    @cached_property
    def done(self) -> tuple[Evenement, ...]:
        """The reader's own steps that are taken."""
        return tuple(event for event in self.events if event.pour_vous and event.statut in _DONE)

    @cached_property
    def saved(self) -> frozenset[tuple[str, date]]:
        """The days that something else saved, as a request for aid does: the step itself is not said to be taken."""
        return frozenset(
            (event.cle, event.jour)
            for _, outcome in self.answered("delais")
            for event in outcome.result.evenements
            if event.statut is Statut.FAIT and _not_taken(outcome, event.cle)
        )

    @cached_property
    def to_be_told(self) -> tuple[Answered, ...]:
        """The cases that say more of a step taken than that it was in time: late, perhaps late, or only saved."""
        return tuple(
            outcome
            for _, outcome in self.answered("delais")
            if any(
                event.pour_vous and (event.statut in _DONE - {Statut.FAIT} or (event.cle, event.jour) in self.saved)
                for event in outcome.result.evenements
            )
        )

    @cached_property
    def letters(self) -> tuple[Courrier, ...]:
        """The letters of this matter: those of its steps first, then those of the guides that it is led to."""
        pages = {action.page for _, outcome in self.answered() for action in outcome.result.a_faire}
        cited = {event.cle for event in self.events if event.pour_vous}
        every = courriers().values()
        pressing = {letter.nom for step in self.steps for letter in step.utiles}
        of_steps = {one.nom for one in every if cited & {*(limit.delai for limit in one.limites), *one.apres}}
        known = of_steps | {one.nom for one in every if one.page in pages}
        kept = [one for one in every if one.nom in known | self.dossier.courriers.keys()]
        return tuple(
            sorted(kept, key=lambda one: (one.nom not in pressing, one.nom not in of_steps, one.nom not in known))
        )

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The lists of documents of this matter that it does not hold yet."""
        held = {one.sujet[1] for one, _ in self.outcomes if one.calculateur == "pieces"}
        subjects = [self.dossier.recu, *(one.sujet[1] for one, _ in self.outcomes if one.calculateur == "delais")]
        named = (name for subject in subjects for name in _LISTS.get(subject, (subject,)))
        return tuple(name for name in dict.fromkeys(named) if name in demarches() and name not in held)

    def calendar(self) -> str:
        """The dates that are still to be kept, as a file for a calendar; empty when there are none."""
        agenda = Agenda(self.today)
        events = "".join(
            agenda.events(outcome.inputs, self._ahead(outcome.result), self.dossier.nom)
            for _, outcome in self.answered()
            if outcome.calculator.agenda
        )
        return f"{agenda.head(self.dossier.nom)}{events}{agenda.tail}" if events else ""

    def _ahead(self, result: Result) -> Result:
        kept = (event for event in result.evenements if not event.echeance or event.jour >= self.today)
        return replace(result, evenements=tuple(kept))


def _last_reading(result: Result, event: Evenement) -> date:
    """The last day that a reading of the law gives for a date."""
    days = [
        valeur.quantite
        for lecture in result.lectures
        if lecture.cle.startswith(f"{event.cle}.")
        for valeur in lecture.valeurs
        if isinstance(valeur.quantite, date)
    ]
    return max([event.jour, *days])


def _lines(outcome: Answered) -> Sequence[Ligne]:
    """The lines of the law data that the dates of a situation come from."""
    plan = plans(outcome.law).get(str(getattr(outcome.inputs, "situation", "")))
    return plan.echeances if plan else ()


def _line(outcome: Answered, cle: str) -> Ligne | None:
    """The one that a date comes from: whose answer the form asks for, or that asks for none."""
    asked = asked_of(outcome.inputs)
    found = [line for line in _lines(outcome) if cle.startswith(line.delai) and (line.fait in asked or not line.fait)]
    # Another date may have a name that begins its own: the nearest one is it.
    return max(found, key=lambda line: len(line.delai), default=None)


def _not_taken(outcome: Answered, cle: str) -> bool:
    """Whether no day that says that a step is taken was given."""
    return not any(
        getattr(outcome.inputs, line.fait) for line in _lines(outcome) if line.fait and cle.startswith(line.delai)
    )


def _letters_for(cle: str) -> tuple[Courrier, ...]:
    """The letters that must leave by a deadline: those of that step alone first, those that ask for help last."""
    found = [letter for letter in courriers().values() if any(limit.delai == cle for limit in letter.limites)]
    return tuple(sorted(found, key=lambda letter: (letter.groupe is Groupe.AIDE, letter.rang)))


def title_of(one: Cas) -> str:
    """What a case is about, in the words of the lists: a situation, a démarche, a letter, or the calculator."""
    name, subject = one.sujet
    titles: Mapping[str, Mapping[str, Any]] = {
        "delais": plans(law()),
        "pieces": demarches(),
        "courriers": courriers(),
    }
    known = titles.get(name, {}).get(subject)
    return str(known.titre) if known else CALCULATORS[name].titre
