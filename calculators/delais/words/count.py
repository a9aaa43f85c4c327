"""The reasoning on one count: its steps, each with its article, and its days one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from calculators.delais.distance import Eloignement
from calculators.delais.rules import RoleDuJour, days
from calculators.delais.words.dates import length, sentences, why_not
from calculators.law import Unite
from calculators.law.words import lasting
from calculators.result import Etape, JourCompte
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.delais.distance import Augmentation
    from calculators.delais.facts import Facts
    from calculators.delais.readings import Calculation
    from calculators.delais.rules import Decompte, Jour
    from calculators.language import Language
    from calculators.law import Article

__all__ = ["counted_days", "counting_steps"]

_DAY = timedelta(days=1)
_MOST_DAYS = 4000  # ten years and more: nobody reads so many days one by one


def counting_steps(
    facts: Facts,
    calcul: Calculation,
    title: str,
    cited: tuple[Article, ...],
    say: Language,
    *,
    franc: bool = False,
    applied: str = "",
) -> Iterator[Etape]:
    """Every step of one count.

    Args:
        facts: the case.
        calcul: the count.
        title: what the period is.
        cited: the texts of the period.
        say: the language of the answer.
        franc: neither the first day nor the last counts, for who waits.
        applied: for which events the law gives this length.
    """
    counted = calcul.avant or calcul
    kept = counted.retenue
    start = say.weekday(kept.evenement)
    yield Etape(
        say("Le point de départ"),
        sentences(
            say("Le délai part du {jour}. Ce jour-là n'est pas compté.", jour=start),
            say("Ces étapes suivent la première des lectures.") if calcul.ouverte else "",
        ),
        articles=facts.law.articles(*counted.regime.depart) or cited,
    )
    yield _length_step(facts, counted, title, cited, say, franc=franc, applied=applied)
    if counted.augmentation is not None:
        yield _distance_step(facts, counted, counted.augmentation, say, wait=calcul.avant is not None)
    if franc:
        yield Etape(
            say("Un délai franc"),
            say(
                "Le dernier jour ne compte pas non plus : le juge administratif accepte encore le lendemain. Pour "
                "agir, tenez-vous à la date sûre."
            ),
            say("Jusqu'au {jour}", jour=say.weekday(kept.terme)),
            cited,
        )
    yield _last_day(kept, (*facts.law.articles(*counted.regime.fin), *calcul.articles), say)
    if calcul.avant is not None:
        yield Etape(
            say("Le lendemain"),
            say("Ce délai doit être passé : c'est possible à partir du jour suivant."),
            say("À partir du {jour}", jour=say.weekday(calcul.au_plus_tard)),
            cited,
        )


def _length_step(
    facts: Facts,
    counted: Calculation,
    title: str,
    cited: tuple[Article, ...],
    say: Language,
    *,
    franc: bool,
    applied: str,
) -> Etape:
    kept = counted.retenue
    lengthened = counted.augmentation is not None and counted.augmentation.mois > 0
    computation = ""
    if not lengthened:
        computation = say(
            "{depart} {signe} {duree} = {fin}",
            depart=kept.evenement,
            signe="−" if kept.rebours else "+",
            duree=length(counted.duree, say),
            fin=say.weekday(kept.terme - _DAY if franc else kept.terme),
        )
    return Etape(
        say("La durée"),
        sentences(
            say("{delai} : {duree}.", delai=capitalised(title), duree=length(counted.duree, say)),
            applied,
            say("On compte d'abord les mois, puis les jours.") if kept.duree.mois else "",
            say(_HOW[counted.duree.unite]),
        ),
        computation,
        cited or facts.law.articles("CPC 641"),
    )


def _last_day(kept: Decompte, texts: tuple[Article, ...], say: Language) -> Etape:
    """Whether the last day is moved, and until which hour it runs. ``texts``: of how it ends, and of what moves it."""
    cited = tuple(dict.fromkeys(texts))
    if kept.rebours:
        before = ""
        if kept.prolonge:
            before = say("Le {jour} n'est pas un jour ouvré : agissez avant.", jour=say.weekday(kept.terme))
        return Etape(
            say("Un délai à rebours"),
            sentences(say("Un délai compté à rebours n'est jamais prolongé."), before),
            say("Au plus tard : {jour}", jour=say.weekday(kept.echeance)),
            cited,
        )
    if kept.prolonge:
        return Etape(
            say("Le report"),
            say(
                "Le {jour} est un jour où un délai ne peut pas finir ({pourquoi}). Il va jusqu'au premier jour "
                "ouvrable suivant.",
                jour=say.weekday(kept.terme),
                pourquoi=why_not(kept.calendrier.why_not_ouvre(kept.terme), say),
            ),
            say("Échéance : {jour}", jour=say.weekday(kept.echeance)),
            cited,
        )
    return Etape(say("L'heure"), say("Le délai finit le dernier jour à minuit (vingt-quatre heures)."), articles=cited)


def _distance_step(facts: Facts, calcul: Calculation, far: Augmentation, say: Language, *, wait: bool) -> Etape:
    """What distance adds, from where the person lives and where the court sits.

    ``wait``: the period must be over first, so that the longer one is safe.
    """
    kept = calcul.retenue
    free = far.motif in {Eloignement.DITE, Eloignement.INCONNU} or (
        far.ouverte and not far.contestee and not far.remise
    )
    unnamed = ""
    if free:
        unnamed = say(
            "Elle ne vaut que pour comparaître, faire appel, opposition, tierce opposition, révision ou pourvoi en "
            "cassation."
        )
    doubt = ""
    if far.ouverte:
        doubt = (
            say("Attendre la date avec augmentation est sûr.") if wait else say("La date sans augmentation est sûre.")
        )
    added = ""
    if far.mois:
        added = say(
            "{duree} + {ajout} : {depart} + {total} = {fin}",
            duree=length(calcul.duree, say),
            ajout=lasting(Unite.MOIS, far.mois, say),
            depart=kept.evenement,
            total=length(kept.duree, say),
            fin=say.weekday(kept.terme),
        )
    why = sentences(_why(far.motif, say), unnamed, doubt)
    return Etape(say("La distance"), why, added, facts.law.articles(*far.articles))


def _why(motif: Eloignement, say: Language) -> str:
    """Why a period is lengthened, or is not."""
    match motif:
        case Eloignement.DITE:
            return say("Vous avez indiqué vous-même cette augmentation.")
        case Eloignement.ETRANGER:
            return say("La personne habite à l'étranger.")
        case Eloignement.OUTRE_MER:
            return say("La personne n'habite pas au même endroit que la juridiction, et l'un des deux est outre-mer.")
        case Eloignement.MEME_LIEU:
            return say("La personne habite là où se trouve la juridiction : rien ne s'ajoute.")
        case Eloignement.MAIN_PROPRE:
            return say("L'acte a été remis en main propre là où ce délai n'est pas allongé : rien ne s'ajoute.")
        case _:
            return say(
                "Vous n'avez pas dit où habite la personne : rien n'est ajouté. Dites-le si c'est loin de la "
                "juridiction."
            )


#: How a unit is counted.
_HOW: Mapping[Unite, str] = {
    Unite.JOURS: "On compte tous les jours.",
    Unite.JOURS_FRANCS: "Ni le premier ni le dernier jour ne comptent : on peut encore agir le lendemain du dernier.",
    Unite.JOURS_OUVRABLES: "On compte du lundi au samedi, sauf les jours fériés.",
    Unite.JOURS_OUVRES: "On compte du lundi au vendredi, sauf les jours fériés.",
    Unite.SEMAINES: "On va au même jour de la semaine.",
    Unite.MOIS: "On va au même jour du mois, ou au dernier jour du mois s'il n'existe pas.",
    Unite.ANNEES: "On va au même jour du même mois, ou au dernier jour du mois s'il n'existe pas.",
}


def counted_days(compte: Decompte, say: Language) -> Iterator[JourCompte]:
    """The days one by one, unless there are too many to be read."""
    if abs((compte.echeance - compte.evenement).days) > _MOST_DAYS:
        return
    for day in days(compte):
        if day.jour == compte.evenement:
            role = "depart"
        elif day.jour == compte.echeance:
            role = "fin"
        else:
            role = "compte" if day.numero is not None else "exclu"
        yield JourCompte(day.jour, role, day.numero, _why_this_day(day, say))


def _why_this_day(day: Jour, say: Language) -> str:
    """Why a day counts or does not; empty when it merely counts."""
    off = why_not(day.repos, say)
    match day.role:
        case RoleDuJour.DEPART:
            return say("jour de départ : il ne compte pas")
        case RoleDuJour.DERNIER_FRANC:
            return off or say("dernier jour : il ne compte pas, mais on peut encore agir")
        case RoleDuJour.APRES:
            return off or say("jour où le délai peut finir")
        case _:
            return off
