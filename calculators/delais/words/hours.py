"""The reasoning on a period in hours: what the texts say of it, and what they leave open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from calculators.delais.words.dates import ending, length, moment, sentences
from calculators.result import Etape
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.delais.rules import Decompte
    from calculators.language import Language

__all__ = ["hour_steps"]

_DAY = timedelta(days=1)
_MARCH, _OCTOBER, _LAST_WEEK, _SUNDAY = 3, 10, 25, 6


def hour_steps(facts: Facts, deadline: Echeance, say: Language) -> Iterator[Etape]:
    """Every step of the count of a deadline in hours."""
    delai, calcul = deadline.delai, deadline.calcul
    kept, began = calcul.premiere, facts.inputs.heure_de_l_evenement
    start = moment(kept.evenement, began, say)
    yield Etape(
        say("Le point de départ"),
        sentences(
            say("Le délai part du {moment}.", moment=start),
            say("Le texte ne dit pas l'heure exacte : celle de l'acte est la plus sûre."),
            say("Ces étapes suivent la première des lectures.") if calcul.ouverte else "",
        ),
        articles=delai.heures_selon,
    )
    yield Etape(
        say("La durée"),
        sentences(
            say("{delai} : {duree}.", delai=capitalised(say(delai.intitule)), duree=length(calcul.duree, say)),
            say("On compte heure par heure, la nuit et les jours fériés compris."),
            say("L'heure légale change cette nuit-là : gardez une heure d'avance.") if _clock_changes(kept) else "",
        ),
        say("{depart} + {duree} = {fin}", depart=start, duree=length(calcul.duree, say), fin=ending(kept, say)),
        (*delai.articles, *deadline.cites),
    )
    if calcul.ouverte:
        last = ending(calcul.derniere, say)
        yield Etape(
            say("L'heure de la fin"),
            say(
                "Le code dit comment finissent les jours, les mois et les années, et se tait sur les heures. Si sa "
                "règle vaut aussi pour elles, le délai va jusqu'à minuit, et finit un jour ouvrable."
            ),
            say("du {premier} au {dernier} selon la lecture", premier=ending(kept, say), dernier=last),
            tuple(dict.fromkeys((*facts.law.articles("CPC 641", "CPC 642"), *calcul.articles))),
        )


def _clock_changes(kept: Decompte) -> bool:
    """Whether the legal hour changes meanwhile: the last Sundays of March and of October."""
    days = ((kept.evenement + number * _DAY) for number in range((kept.terme - kept.evenement).days + 1))
    return any(day.month in {_MARCH, _OCTOBER} and day.day >= _LAST_WEEK and day.weekday() == _SUNDAY for day in days)
