"""What the reader must know before relying on the dates: the calendar, what is still unknown, a point left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.inputs import Distance
from calculators.delais.words.case import note, start, without_rule
from calculators.delais.words.dates import sentences
from calculators.law import Portee
from calculators.law.words import doubt
from calculators.result import Avertissement, Niveau
from calculators.shared_warnings import before_the_code, far_date_warnings
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.readings import Calculation
    from calculators.delais.situations import Chronologie
    from calculators.language import Language

__all__ = ["length_warnings", "named_warnings", "situation_warnings"]


def situation_warnings(course: Chronologie, say: Language) -> Iterator[Avertissement]:
    """The warnings of a whole situation."""
    facts = course.facts
    expected = {name for name, asked in facts.plan.questions.items() if asked.a_venir}
    for event in course.faits:
        if event.cle in expected and event.jour > facts.today:
            continue
        yield from far_date_warnings(event.jour, say(event.intitule), facts.today, say)
    yield from _still_unknown(course, say)
    old = [
        deadline.calcul.retenue.evenement
        for deadline in course.datees
        if any(article.code == "CPCE" for article in deadline.delai.articles)
    ]
    if old:
        yield from before_the_code(min(old), facts.law, say)
    yield from _of_the_calendar(facts, [deadline.calcul for deadline in course.datees], say)


def named_warnings(facts: Facts, event: date, deadline: Echeance, say: Language) -> Iterator[Avertissement]:
    """The warnings of one deadline of the law data."""
    delai, calcul = deadline.delai, deadline.calcul
    yield from far_date_warnings(event, say("Date de l'événement"), facts.today, say)
    yield from _passed(facts, calcul, delai.portee, say)
    yield from _about(facts, deadline, say)
    if any(article.code == "CPCE" for article in delai.articles):
        yield from before_the_code(event, facts.law, say)
    yield from _open_point(calcul, delai.portee, say)
    yield from _of_the_calendar(facts, [calcul], say)


def length_warnings(facts: Facts, event: date, calcul: Calculation, say: Language) -> Iterator[Avertissement]:
    """The warnings of a length that the person gave."""
    yield from far_date_warnings(event, say("Date de l'événement"), facts.today, say)
    yield from _passed(facts, calcul, Portee.LIMITE, say)
    moved = [reading.compte.terme for reading in calcul.lectures if reading.compte.prolonge]
    if moved and not calcul.retenue.rebours:
        yield Avertissement(
            "report_a_verifier",
            say(
                "La fin est reportée comme celle d'un délai de procédure. Pour un autre délai, d'une administration ou "
                "d'un contrat, ce report n'est pas prouvé : le {jour} est plus sûr.",
                jour=say.weekday(min(moved)),
            ),
        )
    yield from _open_point(calcul, Portee.LIMITE, say)
    yield from _of_the_calendar(facts, [calcul], say)


def _still_unknown(course: Chronologie, say: Language) -> Iterator[Avertissement]:
    """Say which dates are still unknown, and for want of what."""
    missing: dict[str, list[str]] = {}
    for reason in dict.fromkeys(without_rule(waiting, say) for waiting in course.attentes if waiting.sans_regle):
        yield Avertissement("hors_couverture", reason)
    for waiting in course.attentes:
        if waiting.agir and not waiting.sans_regle:  # what others wait for is said in its step
            missing.setdefault(start(waiting, course.facts, say), []).append(say(waiting.delai.intitule))
    for event, titles in missing.items():
        yield Avertissement(
            "date_inconnue",
            say(
                "Pas encore de date pour : {delais}. Il manque celle-ci : {depart}.",
                delais=" ; ".join(titles),
                depart=event,
            ),
            Niveau.INFO if any(deadline.limite for deadline in course.datees) else Niveau.ATTENTION,
        )


def _passed(facts: Facts, calcul: Calculation, portee: Portee, say: Language) -> Iterator[Avertissement]:
    if portee is Portee.LIMITE and calcul.au_plus_tard < facts.today:
        yield Avertissement(
            "date_passee",
            say("Cette date est passée. À faire vérifier avant de renoncer : d'autres voies restent parfois ouvertes."),
        )


def _open_point(calcul: Calculation, portee: Portee, say: Language) -> Iterator[Avertissement]:
    if not calcul.ouverte:
        return
    yield Avertissement(
        "lectures",
        say(
            "Un point n'est pas tranché : chaque lecture est donnée avec sa date. La date sûre pour agir est toujours "
            "la dernière."
        )
        if portee is Portee.AU_PLUS_TOT
        else say(
            "Un point n'est pas tranché : chaque lecture est donnée avec sa date. La date sûre pour agir est toujours "
            "la première."
        ),
    )


def _about(facts: Facts, deadline: Echeance, say: Language) -> Iterator[Avertissement]:
    """What the law data says of a deadline besides its length."""
    delai = deadline.delai
    noted = sentences(note(deadline, facts, say), say(delai.note) if delai.note else "")
    if delai.doute:
        yield Avertissement("delai_a_confirmer", sentences(doubt(delai.doute, say), noted))
    elif noted:
        yield Avertissement("delai_note", noted, Niveau.INFO)
    if delai.sanction:
        yield Avertissement(
            "sanction",
            say(
                "Si le délai est manqué, {sanction} : à faire vérifier. Ce calculateur ne dit jamais qu'un acte est "
                "nul ou caduc.",
                sanction=say(delai.sanction),
            ),
            Niveau.INFO,
        )
    told = facts.inputs.distance in {Distance.UN_MOIS, Distance.DEUX_MOIS}
    if told and deadline.calcul.augmentation is None:
        yield Avertissement(
            "distance_refusee",
            say(
                "L'augmentation pour distance n'est ajoutée ici que pour les actes que cite l'article 643 du code de "
                "procédure civile. Elle n'a pas été ajoutée à ce délai."
            ),
        )


def _of_the_calendar(facts: Facts, calculs: Sequence[Calculation], say: Language) -> Iterator[Avertissement]:
    """What the calendar itself leaves open."""
    verified = int(facts.law.mesures["feries.annee-verifiee"].valeur)
    if max((calcul.au_plus_tard.year for calcul in calculs), default=0) > verified:
        yield Avertissement(
            "droit_constant",
            say(
                "Après {annee}, les jours fériés sont donnés à droit constant : une loi peut les changer.",
                annee=verified,
            ),
            Niveau.INFO,
        )
    in_alsace = facts.inputs.territoire is Territoire.ALSACE_MOSELLE
    if in_alsace and any(calcul.vendredi_saint_compte for calcul in calculs):
        yield Avertissement(
            "vendredi_saint",
            say(
                "Le code du travail ne donne le Vendredi saint qu'aux communes ayant un temple protestant ou une "
                "église mixte. Service-public le compte pour tout le Bas-Rhin, le Haut-Rhin et la Moselle."
            ),
            Niveau.INFO,
        )
