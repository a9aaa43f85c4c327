"""The dates of an answer, one under the other: what happened, and what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.echeances import Etat
from calculators.delais.words.case import done, plainly
from calculators.delais.words.dates import length, status
from calculators.delais.words.interruption import interruption_event
from calculators.delais.words.readings import other_reading
from calculators.law import Portee
from calculators.result import Evenement, Statut
from calculators.typography import capitalised

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.readings import Calculation
    from calculators.delais.rules import Duree
    from calculators.delais.situations import Chronologie
    from calculators.language import Language

__all__ = ["length_events", "named_events", "situation_events"]

_DONE = {Etat.FAIT: Statut.FAIT, Etat.FAIT_A_VERIFIER: Statut.FAIT_A_VERIFIER, Etat.FAIT_TARD: Statut.FAIT_TARD}


def kind(portee: Portee, say: Language) -> str:
    """What kind of date the end of a period is."""
    match portee:
        case Portee.LIMITE:
            return say("Date limite")
        case Portee.SANS_ATTENDRE:
            return say("Date à ne pas attendre")
        case Portee.AU_PLUS_TOT:
            return say("Date au plus tôt")
        case Portee.REPERE:
            return say("Date repère")
        case _:
            return say("Période")


def situation_events(course: Chronologie, say: Language) -> tuple[Evenement, ...]:
    """The dates of a whole situation."""
    today = course.facts.today
    found = [
        *(
            Evenement(
                event.cle,
                capitalised(say(event.intitule)),
                event.jour,
                status(event.jour, today),
                nature=say("Date donnée"),
                echeance=False,
            )
            for event in course.faits
        ),
        *(_deadline(deadline, state, course.facts, say) for deadline, state in course.etats),
    ]
    return tuple(sorted(found, key=lambda event: (event.jour, event.echeance)))


def named_events(facts: Facts, event: date, deadline: Echeance, say: Language) -> tuple[Evenement, ...]:
    """The start and the end of one deadline of the law data."""
    delai = deadline.delai
    kept = deadline.calcul.sure(delai.portee)
    safe, hour = kept.echeance, kept.heure
    end = Evenement(
        cle=delai.cle,
        titre=capitalised(say(delai.intitule)),
        jour=safe,
        statut=status(safe, facts.today),
        nature=kind(delai.portee, say),
        precision=other_reading(deadline.calcul, say, jour=safe, heure=hour, agir=delai.portee is not Portee.REPERE),
        qui="" if delai.portee is Portee.REPERE else say(delai.qui),
        articles=delai.articles,
        heure=hour,
    )
    return _in_order(_start(facts, event, say), *interruption_event(facts, say), end)


def length_events(
    facts: Facts, event: date, period: Duree, calcul: Calculation, say: Language
) -> tuple[Evenement, ...]:
    """The start and the end of a length that the person gave."""
    end = Evenement(
        cle=f"delai-{period.mois}-{period.nombre}-{period.unite}",
        titre=capitalised(say("délai de {duree}", duree=length(period, say))),
        jour=calcul.au_plus_tot,
        statut=status(calcul.au_plus_tot, facts.today),
        nature=kind(Portee.LIMITE, say),
        precision=other_reading(calcul, say, jour=calcul.au_plus_tot, agir=True),
    )
    return _in_order(_start(facts, event, say), end)


def _in_order(*events: Evenement) -> tuple[Evenement, ...]:
    return tuple(sorted(events, key=lambda event: event.jour))


def _start(facts: Facts, event: date, say: Language) -> Evenement:
    return Evenement(
        "evenement",
        say("Départ du délai"),
        event,
        status(event, facts.today),
        nature=say("Date donnée"),
        echeance=False,
        heure=facts.inputs.heure_de_l_evenement,
    )


def _deadline(deadline: Echeance, state: Etat, facts: Facts, say: Language) -> Evenement:
    delai, mine = deadline.delai, deadline.agir
    where = _DONE.get(state, status(deadline.jour, facts.today))
    told = ""
    if deadline.fait_le:
        told = (
            say("sauvé par {acte} du {jour}", acte=done(deadline, say), jour=deadline.fait_le)
            if deadline.acte
            else say("fait le {jour}", jour=deadline.fait_le)
        )
    aim = ""
    if deadline.a_viser is not None and deadline.a_viser >= facts.today and not told:
        aim = say("les bureaux sont fermés : visez le {jour}", jour=say.weekday(deadline.a_viser))
    open_point = "" if state is Etat.FAIT else other_reading(deadline.calcul, say, jour=deadline.jour, agir=mine)
    return Evenement(
        cle=delai.cle,
        titre=capitalised(plainly(deadline, facts, say)),
        jour=deadline.jour,
        statut=where,
        nature=kind(delai.portee, say),
        precision=" ; ".join(filter(None, (told, open_point, aim))),
        qui="" if delai.portee is Portee.REPERE or mine else say(delai.qui),
        articles=delai.articles,
        pour_vous=mine,
        agenda=where in {Statut.A_VENIR, Statut.AUJOURD_HUI} and (mine or facts.inputs.agenda_complet),
    )
