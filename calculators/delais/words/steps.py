"""The reasoning on a situation: how one counts, then each deadline, dated or waiting, with its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.words.case import is_an_institution, note, start, version_applied, without_rule
from calculators.delais.words.dates import length, sentences
from calculators.delais.words.planning import planning_step
from calculators.law import Portee
from calculators.law.words import doubt
from calculators.result import Etape
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.delais.echeances import Attente, Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.situations import Chronologie
    from calculators.language import Language

__all__ = ["situation_steps"]


def situation_steps(course: Chronologie, say: Language) -> Iterator[Etape]:
    """Every step; the reader's own deadlines first."""
    facts = course.facts
    yield _counting(facts, say)
    if (case := planning_step(facts, say)) is not None:
        yield case
    for deadline in sorted(course.datees, key=lambda deadline: not deadline.agir):
        yield _dated(deadline, facts, say)
    for waiting in course.attentes:
        yield _waiting(waiting, facts, say)


def _counting(facts: Facts, say: Language) -> Etape:
    before_a_court = facts.plan.devant_un_juge
    extended = (
        say(
            "Un délai de procédure qui finit un samedi, un dimanche ou un jour férié va jusqu'au premier jour ouvrable."
        )
        if before_a_court
        else ""
    )
    return Etape(
        say("Comment on compte"),
        sentences(say("Le jour de l'événement ne compte pas. En mois, on va au même jour du mois."), extended),
        articles=facts.law.articles("CPC 641", "CPC 642") if before_a_court else (),
    )


def _about(deadline: Echeance | Attente, facts: Facts, say: Language, *, done: bool = False) -> tuple[str, str]:
    """Who acts, and what follows when nobody did: never a verdict on an act."""
    delai, missed = deadline.delai, ""
    if delai.sanction and not done:
        missed = sentences(
            say("Si le délai est manqué, {sanction}.", sanction=say(delai.sanction)),
            say("Avant de conclure, faites-le vérifier par votre conseil.")
            if is_an_institution(facts)
            else say("Avant de conclure, faites-le vérifier par un avocat ou un point-justice."),
        )
    return _who(deadline, facts, say), missed


def _who(deadline: Echeance | Attente, facts: Facts, say: Language) -> str:
    """Who acts; the reader is not told of as somebody else."""
    delai, line = deadline.delai, deadline.ligne
    if delai.portee is Portee.REPERE or not delai.qui:
        return ""
    if line and not line.officier and facts.acteur in {*line.acteurs, line.concerne}:
        return say("Qui agit : vous.")
    return say("Qui agit : {qui}.", qui=say(delai.qui))


def _dated(deadline: Echeance, facts: Facts, say: Language) -> Etape:
    delai, told = deadline.delai, note(deadline, facts, say)
    in_time = bool(deadline.fait_le and deadline.fait_le <= deadline.calcul.au_plus_tot)
    who, missed = _about(deadline, facts, say, done=in_time)
    of_the_law = say(delai.note) if delai.note else ""
    text = sentences(
        who,
        say("Départ : {depart}.", depart=start(deadline, facts, say)) if delai.depart else "",
        say("Fait le {jour}.", jour=deadline.fait_le) if deadline.fait_le and not deadline.acte else "",
        missed,
        "" if told in of_the_law else told,
        of_the_law,
        version_applied(deadline, say),
        doubt(delai.doute, say) if delai.doute else "",
    )
    return Etape(capitalised(say(delai.intitule)), text, _count(deadline, say), deadline.articles)


def _count(deadline: Echeance, say: Language) -> str:
    calcul = deadline.calcul
    kept = calcul.retenue
    end = say.weekday(kept.echeance)
    if calcul.ouverte:
        end = say(
            "du {premier} au {dernier} selon la lecture",
            premier=say.weekday(calcul.au_plus_tot),
            dernier=say.weekday(calcul.au_plus_tard),
        )
    elif kept.prolonge:
        end = say("{fin}, reporté car le {terme} est un jour exclu", fin=end, terme=say.weekday(kept.terme))
    if deadline.delai.lendemain:
        return say("{depart}, puis le jour suivant : {fin}", depart=kept.evenement, fin=end)
    return say(
        "{depart} {signe} {duree} : {fin}",
        depart=kept.evenement,
        signe="−" if kept.rebours else "+",
        duree=length(kept.duree, say),
        fin=end,
    )


def _waiting(waiting: Attente, facts: Facts, say: Language) -> Etape:
    delai = waiting.delai
    title = capitalised(say(delai.intitule))
    if waiting.sans_regle:
        return Etape(title, without_rule(waiting, say), articles=delai.articles)
    who, missed = _about(waiting, facts, say)
    event = start(waiting, facts, say)
    if waiting.eu_lieu:
        text = say("Le délai est parti de cet événement : {depart}. Indiquez sa date pour le calculer.", depart=event)
    else:
        text = say("Le délai partira de cet événement : {depart}. Indiquez sa date pour le calculer.", depart=event)
    return Etape(title, sentences(who, text, missed, say(delai.note) if delai.note else ""), articles=delai.articles)
