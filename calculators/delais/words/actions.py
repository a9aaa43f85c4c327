"""What to do next: in a situation, and on one deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.aid import GIVEN_BY_AID
from calculators.delais.claims import may_oppose_already
from calculators.delais.echeances import Etat
from calculators.delais.inputs import Aupres, RoleSaisie, Situation
from calculators.delais.words.case import is_an_institution, what_follows
from calculators.delais.words.dates import aim_at, ending, sentences
from calculators.law import Portee, Unite
from calculators.law.words import length
from calculators.result import Action
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculators.delais.facts import Facts
    from calculators.delais.readings import Calculation
    from calculators.delais.situations import Chronologie
    from calculators.language import Language
    from calculators.law import Delai

__all__ = ["single_actions", "situation_actions"]


def situation_actions(course: Chronologie, say: Language) -> Iterator[Action]:
    """What to do in a situation, the most pressing first."""
    facts = course.facts
    page = facts.plan.pages.get(facts.acteur, "")
    yield from _without_waiting(course, page, say)
    if facts.inputs.situation == Situation.COMPTE_BLOQUE:
        yield Action(
            say(
                "Lisez le nom de la mesure, en haut de l'acte. Pas d'acte ? Demandez à la banque ce qui bloque le "
                "compte."
            ),
            say("tout de suite"),
            page,
        )
    for deadline, state in course.etats:
        if deadline.limite and state in {Etat.A_VENIR, Etat.DATE_SURE_PASSEE}:
            if state is Etat.DATE_SURE_PASSEE:
                last = say("aujourd'hui")
            else:
                last = say("au plus tard le {jour}", jour=say.weekday(deadline.jour))
            what = say("{action}.", action=capitalised(say(deadline.delai.intitule)))
            aim = aim_at(deadline.calcul, facts.today, say)
            yield Action(sentences(what, aim), last, page)
    for text in _today(course, say):
        yield Action(text, "", page)
    if is_an_institution(facts):
        yield Action(say("Faites vérifier ces dates par votre conseil."), say("sans attendre"))
    else:
        yield _check(say)


def single_actions(facts: Facts, calcul: Calculation, portee: Portee, say: Language) -> Iterator[Action]:
    """What to do about one deadline."""
    if calcul.duree.unite is Unite.HEURES:
        if calcul.au_plus_tard >= facts.today:
            coming = calcul.au_plus_tot >= facts.today
            yield Action(
                say("Faites-le tout de suite, et gardez la preuve de l'heure."),
                say("avant le {jour}", jour=ending(calcul.premiere, say)) if coming else "",
            )
    elif portee is Portee.LIMITE and calcul.au_plus_tot >= facts.today:
        yield Action(
            say(
                "L'acte se prépare d'avance : un avocat ou un commissaire de justice a souvent besoin de plusieurs "
                "jours."
            ),
            say("avant le {jour}", jour=say.weekday(calcul.au_plus_tot)),
        )
    yield _check(say)


def _check(say: Language) -> Action:
    return Action(
        say("Faites vérifier ces dates par un avocat, un commissaire de justice ou un point-justice."),
        say("sans attendre"),
    )


def _without_waiting(course: Chronologie, page: str, say: Language) -> Iterator[Action]:
    """What is to be done now, whatever its end."""
    today = course.facts.today
    urgent: list[tuple[Delai, date | None]] = [
        *((d.delai, d.jour) for d in course.datees if d.agir and d.fait_le is None),
        *((waiting.delai, None) for waiting in course.attentes if waiting.agir),
    ]
    for delai, end in urgent:
        if delai.portee is not Portee.SANS_ATTENDRE:
            continue
        late = end is not None and end < today
        known = ""
        if end is not None:
            known = (
                say("Ici, le délai de contestation a fini le {jour}.", jour=say.weekday(end))
                if late
                else say("Ici, le délai de contestation finit le {jour}.", jour=say.weekday(end))
            )
        when = (
            say("tout de suite, en demandant si le créancier a déjà réclamé le paiement") if late else say("maintenant")
        )
        what = say("{action}.", action=capitalised(say(delai.intitule)))
        yield Action(sentences(what, say(delai.note) if delai.note else "", known), when, page)


def _today(course: Chronologie, say: Language) -> Iterator[str]:
    """What to do besides the dated steps."""
    facts, inputs = course.facts, course.facts.inputs
    yield from (say(advice.texte) for advice in facts.conseils)
    if may_oppose_already(facts):
        yield say(
            "Si vous n'êtes pas d'accord, faites opposition dès maintenant, sans attendre que le délai parte. Elle se "
            "fait au greffe du tribunal qui a rendu l'ordonnance, contre un reçu ou par lettre recommandée. Donnez-y "
            "votre adresse."
        )
    if inputs.role is RoleSaisie.DEBITEUR and inputs.date_denonciation is None:
        yield say(
            "Guettez l'acte du commissaire de justice : le délai pour contester partira de sa remise. Notez ce jour."
        )
    if inputs.date_recours is not None and inputs.recours_aupres is Aupres.INCONNU:
        yield say("Dites où le recours a été déposé : à la mairie, il n'allonge pas le délai pour aller au tribunal.")
    in_time = course.those(Etat.FAIT, Etat.FAIT_A_VERIFIER, agir=True)
    last = max((d.fait_le for d in in_time if d.fait_le), default=None)
    judged = inputs.date_jugement is not None and last is not None and last <= inputs.date_jugement
    for deadline in in_time:
        following = what_follows(deadline, say)
        if deadline.fait_le == last and following and not judged:
            yield following
    if any(waiting.ligne and waiting.ligne.calcul == GIVEN_BY_AID for waiting in course.attentes):
        yield say(
            "Si le bureau vous réclame des pièces, envoyez-les dans le délai qu'il donne ({duree}).",
            duree=length(facts.law.delais["aide-juridictionnelle.pieces"], say),
        )
