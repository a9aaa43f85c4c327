"""The sentence that a situation begins with: what the person has to do now, or that nothing is left to do.

A step that was done leaves it. « Passé » is said of a time limit only to whom it was for, and never without what stays
possible. What was done late says what may follow and whom to show it to; whether an act is void is for the judge alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.declaration import asked_of
from calculators.delais.echeances import Etat
from calculators.delais.inputs import RoleSaisie, Situation
from calculators.delais.planning import is_applicant
from calculators.delais.words.case import (
    alert,
    done,
    is_an_institution,
    note,
    plainly,
    start,
    what_follows,
    without_rule,
)
from calculators.delais.words.dates import aim_at, how_soon, sentences
from calculators.delais.words.others import by_the_measure, seized_while_suspended, while_others_act
from calculators.delais.words.planning import planning_headline
from calculators.law import Portee, Prorogation
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.delais.echeances import Attente, Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.situations import Chronologie
    from calculators.language import Language

__all__ = ["headline"]


def headline(course: Chronologie, say: Language) -> str:
    """Write the first sentences of the answer."""
    facts = course.facts
    if facts.inputs.situation == Situation.COMPTE_BLOQUE:
        return by_the_measure(course, say)
    mine_late = sentences(*(_done_late(d, facts, say) for d in course.those(Etat.FAIT_TARD, agir=True)))
    others_late = sentences(*(_done_late(d, facts, say) for d in course.those(Etat.FAIT_TARD, agir=False)))
    main = None
    if is_applicant(facts):
        main = planning_headline(
            course, _next_for_you(course, say), lambda: _nothing_due(course, say, waited=False, told=False), say
        )
    if main is None and (coming := _next_for_you(course, say)):
        main = sentences(_forgotten(course, say), coming)
    if main is None:
        main = while_others_act(course, _done_in_time(course.those(Etat.FAIT, agir=True), say), say)
    if main is None:
        main = _nothing_due(course, say, waited=True, told=bool(mine_late))
    alerts = sentences(*(alert(d, facts, say) for d in course.datees), seized_while_suspended(facts, say))
    return sentences(
        alerts, mine_late, main, _announced(course, main, say), others_late, _missed_by_others(course, say)
    )


def _next_for_you(course: Chronologie, say: Language) -> str | None:
    """The next last day of the person asking, if one is still to come."""
    today = course.facts.today
    if pressing := _the_main_first(course.those(Etat.DATE_SURE_PASSEE, limite=True)):
        first = pressing[0]
        return say(
            "Agissez aujourd'hui : {action}. La date sûre était le {sure} ; une lecture de la loi laisse jusqu'au "
            "{dernier}.",
            action=say(first.delai.intitule),
            sure=say.weekday(first.jour),
            dernier=say.weekday(first.calcul.au_plus_tard),
        )
    if coming := _the_main_first(course.those(Etat.A_VENIR, limite=True)):
        first = coming[0]
        early = ""
        if first.pas_avant and first.pas_avant > today:
            early = say("Pas avant le {jour}.", jour=say.weekday(first.pas_avant))
        return sentences(
            say(
                "Prochaine date pour vous : {action}, au plus tard le {jour} ({quand}).",
                action=say(first.delai.intitule),
                jour=say.weekday(first.jour),
                quand=how_soon(first.jour, today, say),
            ),
            aim_at(first.calcul, today, say),
            early,
        )
    return None


def _announced(course: Chronologie, told: str, say: Language) -> str:
    """What the days of others mean for the reader: a home is not left in fear of a day that comes later.

    ``told``: what is said already; the day that it names is not said twice.
    """
    others = [d for d in course.those(Etat.A_VENIR, agir=False) if say.weekday(d.jour) not in told]
    return sentences(*(say(d.ligne.annonce, jour=say.weekday(d.jour)) for d in others if d.ligne and d.ligne.annonce))


def _forgotten(course: Chronologie, say: Language) -> str:
    """A step that an act of the person's own asked for and whose time is over: what comes next must not hide it."""
    if course.facts.inputs.date_jugement is not None:
        return ""  # the judge has seen it, or not
    missed = [d for d in course.those(Etat.PASSE, agir=True, limite=True) if d.ligne and d.ligne.facultatif]
    return sentences(*(_lost(d, course.facts, say) for d in missed if d.delai.sanction))


def _the_main_first(deadlines: Sequence[Echeance]) -> list[Echeance]:
    return sorted(deadlines, key=lambda deadline: bool(deadline.ligne and deadline.ligne.secondaire))


def _missed_by_others(course: Chronologie, say: Language) -> str:
    """What a debtor may make of a step that the creditor had to take, and that has not come."""
    if course.facts.acteur != RoleSaisie.DEBITEUR.value:
        return ""
    return sentences(
        *(
            sentences(
                say(
                    "{acte} devait venir au plus tard le {jour}. Si rien n'est venu, {sanction} : à faire vérifier.",
                    acte=capitalised(done(missed, say)),
                    jour=say.weekday(missed.calcul.au_plus_tard),
                    sanction=say(missed.delai.sanction),
                ),
                say(missed.ligne.si_tard.pour(course.facts.acteur)) if missed.ligne else "",
            )
            for missed in course.manquees_par_le_creancier
        )
    )


def _nothing_due(course: Chronologie, say: Language, *, waited: bool, told: bool) -> str:
    """What to say when no last day of the person asking is still to come.

    Args:
        course: the situation.
        say: the language of the answer.
        waited: whether to speak of what waits for its event.
        told: whether what was done late was told already.
    """
    facts = course.facts
    lost = course.those(Etat.PASSE, limite=True)
    kept = course.those(Etat.FAIT, Etat.FAIT_A_VERIFIER, agir=True)
    later = [d for d in course.datees if d.agir and d.delai.portee is Portee.AU_PLUS_TOT]
    attentes = [waiting for waiting in course.attentes if waiting.agir] if waited else []
    if lost:
        return _lost(lost[-1], facts, say)
    if later and not told:
        return sentences(_done_in_time(kept, say), _from_then_on(later[0], facts, say))
    if awaited := next((waiting for waiting in attentes if not waiting.sans_regle), None):
        saved = what_follows(kept[-1], say) if kept else ""
        return sentences(
            _done_in_time(kept, say),
            saved or _awaited(awaited, facts, say),
        )
    if unknown := next((without_rule(waiting, say) for waiting in attentes if waiting.sans_regle), ""):
        return sentences(_done_in_time(kept, say), unknown, _whom(facts, say))
    if kept:
        last = max(kept, key=lambda d: (d.fait_le or d.jour, d.jour))
        following = what_follows(last, say)
        return sentences(_done_in_time(kept, say), say("Et ensuite ? {suite}", suite=following) if following else "")
    return "" if told else _nothing_to_do(course, say)


def _awaited(waiting: Attente, facts: Facts, say: Language) -> str:
    """A deadline of the reader's own whose event has no day: it will come, or it came and its day was not given."""
    action, depart = say(waiting.delai.intitule), start(waiting, facts, say)
    if not waiting.eu_lieu:
        return say(
            "Le délai pour {action} n'a pas encore de date. Il partira de cet événement : {depart}.",
            action=action,
            depart=depart,
        )
    return sentences(
        say(
            "Le délai pour {action} est parti de cet événement : {depart}. Indiquez ce jour.",
            action=action,
            depart=depart,
        ),
        say(waiting.ligne.autre_voie) if waiting.ligne and waiting.ligne.rattrapable else "",
    )


def _nothing_to_do(course: Chronologie, say: Language) -> str:
    facts, today = course.facts, course.facts.today
    if told := [advice.texte for advice in facts.conseils if advice.d_abord]:
        return sentences(*(say(text) for text in told))
    # Of what another has to do, the last day counts: a reading that ends before does not hide it.
    others = [d for d in course.those(Etat.A_VENIR, Etat.DATE_SURE_PASSEE, agir=False) if d.jour >= today]
    over = [d for d in course.those(Etat.PASSE, agir=False) if d.delai.portee is Portee.REPERE]
    if over and not others:  # a time that was told to end must not read as if it still ran
        return say(
            "D'après ces dates, vous n'avez rien à faire dans un délai. Mais cette date est passée : {quoi}, {jour}.",
            quoi=plainly(over[-1], course.facts, say),
            jour=say.weekday(over[-1].jour),
        )
    if not others:
        return say("D'après ce que vous avez indiqué, aucun délai ne court contre vous aujourd'hui.")
    first = others[0]
    return say(
        "D'après ces dates, vous n'avez rien à faire dans un délai. Prochaine date : {quoi}, {jour} ({quand}).",
        quoi=plainly(first, course.facts, say),
        jour=say.weekday(first.jour),
        quand=how_soon(first.jour, today, say),
    )


def _done_in_time(kept: Sequence[Echeance], say: Language) -> str:
    if not kept:
        return ""
    acts = " ; ".join(say("{acte}, le {jour}", acte=done(d, say), jour=d.fait_le) for d in kept if d.fait_le)
    sure = all(d.calcul.au_plus_tot >= d.fait_le for d in kept if d.fait_le)
    return sentences(
        say("Fait à temps : {actes}.", actes=acts),
        "" if sure else say("La loi se lit de plusieurs façons sur ce délai : gardez les preuves de date."),
    )


def _from_then_on(deadline: Echeance, facts: Facts, say: Language) -> str:
    day, action = say.weekday(deadline.jour), say(deadline.delai.intitule)
    if deadline.jour > facts.today:
        told = say(
            "Prochaine étape pour vous : {action}, à partir du {jour} ({quand}).",
            action=action,
            jour=day,
            quand=how_soon(deadline.jour, facts.today, say),
        )
    else:
        told = say("Prochaine étape pour vous : {action}, possible depuis le {jour}.", action=action, jour=day)
    return sentences(told, what_follows(deadline, say))


def _lost(deadline: Echeance, facts: Facts, say: Language) -> str:
    line = deadline.ligne
    return sentences(
        say(
            "D'après ces dates, le délai pour {action} est passé depuis le {jour}.",
            action=say(deadline.delai.intitule),
            jour=say.weekday(deadline.calcul.au_plus_tard),
        ),
        note(deadline, facts, say),
        say("Déjà fait ? Indiquez la date plus haut.") if line and line.fait else "",
        _longer_from_far(deadline, facts, say),
        say(line.autre_voie) if line and line.autre_voie else say("D'autres voies restent parfois ouvertes."),
        say("Faites-le vérifier avant de renoncer."),
    )


def _longer_from_far(deadline: Echeance, facts: Facts, say: Language) -> str:
    """What distance adds (CPC, art. 643, 644), where the situation does not ask where the person lives."""
    if deadline.delai.distance is Prorogation.NON or "domicile" in asked_of(facts.inputs):
        return ""
    return say("Vous habitez outre-mer ou à l'étranger, loin du tribunal ? Ce délai est souvent plus long.")


def _whom(facts: Facts, say: Language) -> str:
    if is_an_institution(facts):
        return say("Montrez ces dates à votre conseil.")
    return say("Montrez ces dates à un avocat ou à un point-justice.")


def _done_late(deadline: Echeance, facts: Facts, say: Language) -> str:
    """What may follow, and whom to show it to: never that an act is void."""
    delai, line = deadline.delai, deadline.ligne
    what = say(
        "{acte} est du {jour}, après le {fin}.",
        acte=capitalised(done(deadline, say)),
        jour=deadline.fait_le or "",
        fin=say.weekday(deadline.calcul.au_plus_tard),
    )
    late = say(line.si_tard.pour(facts.acteur)) if line else ""
    if line and line.rattrapable:
        return sentences(what, late) if late else ""
    may = say("Dans ce cas, {sanction} : à faire vérifier.", sanction=say(delai.sanction)) if delai.sanction else ""
    if deadline.agir:  # only what the data say to that very role: the rest is for the others
        told = sentences(say(line.si_tard.selon.get(facts.acteur, "")) if line else "", _whom(facts, say))
    else:
        told = late or _whom(facts, say)
    return sentences(what, note(deadline, facts, say), may, told)
