"""The words of the answer on one deadline: named in the law data, or a length that the person gave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.delais.distance import Motif, extension_of
from calculators.delais.inputs import ORDER_DATE, Distance, Sens
from calculators.delais.readings import calculate_readings
from calculators.delais.rules import Periode, days
from calculators.delais.sentences import (
    CHECK,
    aim_at,
    articles,
    common_warnings,
    day_in_words,
    length,
    other_reading,
    reading,
    sentences,
    status,
)
from calculators.delais.steps import named
from calculators.declaration import answered
from calculators.far_dates import far_date_warnings
from calculators.history import before_the_code
from calculators.law import Portee, Unite, law
from calculators.result import Action, Avertissement, Etape, Evenement, JourCompte, Niveau, Result, Valeur
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculators.delais.distance import Augmentation
    from calculators.delais.inputs import DelaisInputs
    from calculators.delais.readings import Calculation, Place
    from calculators.delais.rules import Compte
    from calculators.delais.steps import Echeance
    from calculators.law import Article
    from calculators.result import Lecture

__all__ = ["VALUES", "of_a_length", "of_a_named_deadline"]

_DAY = timedelta(days=1)
_MOST_DAYS = 4000  # ten years and more: nobody reads so many days one by one
_EVENT = "Date de l'événement"
#: Names of the values of the answer.
VALUES = ("terme", "echeance", "date_sure", "au_plus_tard", "a_viser")


def of_a_named_deadline(inputs: DelaisInputs, place: Place) -> Result:
    """Answer on a deadline of the law data.

    Raises:
        CoverageError: the event is before the rule existed, or a day is outside the years whose holidays are known.
    """
    event, key = answered(inputs.evenement, "evenement"), answered(inputs.delai, "delai")
    delai = law().delais[key]
    chosen_by = inputs.date_ordonnance if delai.version_selon == ORDER_DATE else None
    far = extension_of(inputs, delai, delai.au(chosen_by or event))
    deadline = named(key, event, place, agir=True, augmentation=far, version_du=chosen_by)
    calcul = deadline.calcul
    return Result(
        calculateur="delais",
        resume=_headline(calcul, delai.portee),
        valeurs=_values(calcul, delai.portee),
        etapes=tuple(_steps(calcul, delai.intitule, (*delai.articles, *deadline.cites), deadline)),
        avertissements=(
            *far_date_warnings(event, _EVENT, inputs.aujourdhui),
            *_passed(inputs, calcul, delai.portee),
            *_about(inputs, deadline),
            *(before_the_code(event) if any(a.code == "CPCE" for a in delai.articles) else ()),
            *_open_point(calcul, delai.portee),
            *common_warnings(inputs, [calcul]),
        ),
        a_faire=_to_do(inputs, calcul, delai.portee),
        lectures=_readings(calcul, _safe(calcul, delai.portee)),
        evenements=_in_order(_departure(inputs, event), _event(deadline, inputs.aujourdhui)),
        jours=tuple(_days((calcul.avant or calcul).retenue)),
    )


def of_a_length(inputs: DelaisInputs, place: Place) -> Result:
    """Answer on a length that the person gave.

    Raises:
        CoverageError: a day is outside the years whose holidays are known.
    """
    event, period = answered(inputs.evenement, "evenement"), _typed_period(inputs)
    backwards = inputs.sens is Sens.REBOURS
    far = None if backwards else extension_of(inputs, None)
    calcul = calculate_readings(event, period, place, rebours=backwards, augmentation=far)
    title = f"délai de {length(period)}"
    end = Evenement(
        cle=f"delai-{period.mois}-{period.nombre}-{period.unite}",
        titre=capitalised(title),
        jour=calcul.au_plus_tot,
        statut=status(calcul.au_plus_tot, inputs.aujourdhui),
        nature=Portee.LIMITE.label,
        precision=other_reading(calcul, jour=calcul.au_plus_tot, agir=True),
    )
    return Result(
        calculateur="delais",
        resume=_headline(calcul, Portee.LIMITE),
        valeurs=_values(calcul, Portee.LIMITE),
        etapes=tuple(_steps(calcul, "durée que vous avez donnée", ())),
        avertissements=(
            *far_date_warnings(event, _EVENT, inputs.aujourdhui),
            *_passed(inputs, calcul, Portee.LIMITE),
            *_open_point(calcul, Portee.LIMITE),
            *common_warnings(inputs, [calcul]),
        ),
        a_faire=_to_do(inputs, calcul, Portee.LIMITE),
        lectures=_readings(calcul, calcul.au_plus_tot),
        evenements=_in_order(_departure(inputs, event), end),
        jours=tuple(_days(calcul.retenue)),
    )


def _in_order(*events: Evenement) -> tuple[Evenement, ...]:
    return tuple(sorted(events, key=lambda event: event.jour))


def _typed_period(inputs: DelaisInputs) -> Periode:
    if inputs.mois is not None or inputs.jours is not None:
        return Periode(inputs.jours or 0, Unite.JOURS, inputs.mois or 0)
    return Periode(answered(inputs.duree, "duree"), Unite(answered(inputs.unite, "unite").value))


def _headline(calcul: Calculation, portee: Portee) -> str:
    end = day_in_words(calcul.au_plus_tot)
    if portee is Portee.AU_PLUS_TOT:
        return f"Pas avant le {day_in_words(calcul.au_plus_tard)}."
    if portee is Portee.SANS_ATTENDRE:
        return (
            f"Faites-le maintenant. Après le {end}, fin du délai de contestation, le créancier peut demander le "
            "paiement."
        )
    if not calcul.ouverte:
        if calcul.retenue.rebours:
            return f"Il faut agir au plus tard le {end}."
        return f"Le délai finit le {end}, à minuit."
    latest = day_in_words(calcul.au_plus_tard)
    return sentences(
        f"Selon la lecture de la loi, le délai finit entre le {end} et le {latest}. Pour agir, la date sûre est le "
        f"{end}.",
        aim_at(calcul),
        f"Avant de dire que le délai est passé, attendez le {latest}.",
    )


def _values(calcul: Calculation, portee: Portee) -> tuple[Valeur, ...]:
    kept = calcul.retenue
    values = [
        Valeur("terme", "Fin du délai, sans report", kept.terme),
        Valeur("echeance", "Échéance", kept.echeance, essentielle=not calcul.ouverte),
    ]
    if calcul.ouverte:
        values.append(Valeur("date_sure", "Date sûre pour agir", _safe(calcul, portee), essentielle=True))
        if portee is not Portee.AU_PLUS_TOT:
            values.append(Valeur("au_plus_tard", "Échéance la plus tardive", calcul.au_plus_tard, essentielle=True))
        if portee is Portee.LIMITE and calcul.a_viser != calcul.au_plus_tot:
            values.append(Valeur("a_viser", "Jour ouvré à viser", calcul.a_viser))
    return tuple(values)


def _steps(
    calcul: Calculation, title: str, cited: tuple[Article, ...], deadline: Echeance | None = None
) -> Iterator[Etape]:
    counted = calcul.avant or calcul
    kept = counted.retenue
    followed = "Ces étapes suivent la première des lectures." if calcul.ouverte else ""
    yield Etape(
        "Le point de départ",
        sentences(f"Le délai part du {day_in_words(kept.evenement)}. Ce jour-là n'est pas compté.", followed),
        articles=articles(("CPC 640", "CPC 641")),
    )
    franc = deadline is not None and deadline.delai.franc
    lengthened = counted.augmentation is not None and counted.augmentation.mois > 0
    sign = "−" if kept.rebours else "+"
    end = kept.terme - _DAY if franc else kept.terme
    yield Etape(
        "La durée",
        f"{capitalised(title)} : {length(counted.periode)}. {_how(kept, counted.periode)}",
        "" if lengthened else f"{in_words(kept.evenement)} {sign} {length(counted.periode)} = {day_in_words(end)}",
        cited or articles(("CPC 641",)),
    )
    if counted.augmentation is not None:
        yield _distance_step(counted, counted.augmentation, wait=calcul.avant is not None)
    if franc:
        yield Etape(
            "Un délai franc",
            "Le dernier jour ne compte pas non plus : le juge administratif accepte encore le lendemain. Pour agir, "
            "tenez-vous à la date sûre.",
            f"Jusqu'au {day_in_words(kept.terme)}",
            cited,
        )
    yield _last_day(kept, calcul.articles)
    if calcul.avant is not None:
        yield Etape(
            "Le lendemain",
            "Ce délai doit être passé : c'est possible à partir du jour suivant.",
            f"À partir du {day_in_words(calcul.au_plus_tard)}",
            cited,
        )


def _last_day(kept: Compte, moved: tuple[Article, ...]) -> Etape:
    """Whether the last day is moved, and until which hour it runs. ``moved``: the texts of what moves it."""
    cited = tuple(dict.fromkeys((*articles(("CPC 642",)), *moved)))
    if kept.rebours:
        text = "Un délai compté à rebours n'est jamais prolongé."
        if kept.prolonge:
            text += f" Le {day_in_words(kept.terme)} n'est pas un jour ouvré : agissez avant."
        return Etape("Un délai à rebours", text, f"Au plus tard : {day_in_words(kept.echeance)}", cited)
    if kept.prolonge:
        why = kept.calendrier.why_not_ouvre(kept.terme)
        return Etape(
            "Le report",
            f"Le {day_in_words(kept.terme)} est un jour où un délai ne peut pas finir ({why}). Il va jusqu'au premier "
            "jour ouvrable suivant.",
            f"Échéance : {day_in_words(kept.echeance)}",
            cited,
        )
    return Etape("L'heure", "Le délai finit le dernier jour à minuit (vingt-quatre heures).", articles=cited)


_ACTS = "comparaître, faire appel, opposition, tierce opposition, révision ou pourvoi en cassation"
_WHY = {
    Motif.DITE: "Vous avez indiqué vous-même cette augmentation.",
    Motif.ETRANGER: "La personne habite à l'étranger.",
    Motif.OUTRE_MER: "La personne n'habite pas au même endroit que la juridiction, et l'un des deux est outre-mer.",
    Motif.MEME_LIEU: "La personne habite là où se trouve la juridiction : rien ne s'ajoute.",
    Motif.MAIN_PROPRE: "L'acte a été remis en main propre là où ce délai n'est pas allongé : rien ne s'ajoute.",
    Motif.INCONNU: "Vous n'avez pas dit où habite la personne : rien n'est ajouté. Dites-le si c'est loin de "
    "la juridiction.",
}


def _distance_step(calcul: Calculation, far: Augmentation, *, wait: bool) -> Etape:
    """What distance adds, from where the person lives and where the court sits.

    ``wait``: the period must be over first, so that the longer one is safe.
    """
    kept = calcul.retenue
    safe = "Attendre la date avec augmentation est sûr." if wait else "La date sans augmentation est sûre."
    doubt = safe if far.ouverte else ""
    free = far.motif in {Motif.DITE, Motif.INCONNU} or (far.ouverte and not far.contestee)
    unnamed = f"Elle ne vaut que pour {_ACTS}." if free else ""
    added = ""
    if far.mois:
        more = Unite.MOIS.in_words(far.mois)
        added = (
            f"{length(calcul.periode)} + {more} : {in_words(kept.evenement)} + {length(kept.periode)} = "
            f"{day_in_words(kept.terme)}"
        )
    return Etape("La distance", sentences(_WHY[far.motif], unnamed, doubt), added, articles(far.articles))


_HOW = {
    Unite.JOURS: "On compte tous les jours.",
    Unite.JOURS_FRANCS: "Ni le premier ni le dernier jour ne comptent : on peut encore agir le lendemain du dernier.",
    Unite.JOURS_OUVRABLES: "On compte du lundi au samedi, sauf les jours fériés.",
    Unite.JOURS_OUVRES: "On compte du lundi au vendredi, sauf les jours fériés.",
    Unite.SEMAINES: "On va au même jour de la semaine.",
    Unite.MOIS: "On va au même jour du mois, ou au dernier jour du mois s'il n'existe pas.",
    Unite.ANNEES: "On va au même jour du même mois, ou au dernier jour du mois s'il n'existe pas.",
}


def _how(compte: Compte, periode: Periode) -> str:
    mixed = "On compte d'abord les mois, puis les jours. " if compte.periode.mois else ""
    return mixed + _HOW[periode.unite]


def _safe(calcul: Calculation, portee: Portee) -> date:
    """The safe day: the earliest for who must act by then, the latest for who must let a period pass."""
    return calcul.au_plus_tard if portee is Portee.AU_PLUS_TOT else calcul.au_plus_tot


def _readings(calcul: Calculation, safe: date) -> tuple[Lecture, ...]:
    if len(calcul.lectures) == 1:
        return ()
    return tuple(reading(found, safe) for found in calcul.lectures)


def _days(compte: Compte) -> Iterator[JourCompte]:
    if abs((compte.echeance - compte.evenement).days) > _MOST_DAYS:
        return
    for day in days(compte):
        if day.jour == compte.evenement:
            role = "depart"
        elif day.jour == compte.echeance:
            role = "fin"
        else:
            role = "compte" if day.numero is not None else "exclu"
        yield JourCompte(day.jour, role, day.numero, day.raison)


def _to_do(inputs: DelaisInputs, calcul: Calculation, portee: Portee) -> tuple[Action, ...]:
    if portee is Portee.LIMITE and calcul.au_plus_tot >= inputs.aujourdhui:
        act = "Préparez votre acte : un avocat ou un commissaire de justice a souvent besoin de plusieurs jours."
        return (Action(act, f"avant le {day_in_words(calcul.au_plus_tot)}"), Action(CHECK, "sans attendre"))
    return (Action(CHECK, "sans attendre"),)


def _departure(inputs: DelaisInputs, event: date) -> Evenement:
    return Evenement("evenement", "Départ du délai", event, status(event, inputs.aujourdhui), echeance=False)


def _event(deadline: Echeance, today: date) -> Evenement:
    delai = deadline.delai
    day = _safe(deadline.calcul, delai.portee)
    return Evenement(
        cle=delai.cle,
        titre=capitalised(delai.intitule),
        jour=day,
        statut=status(day, today),
        nature=delai.portee.label,
        precision=other_reading(deadline.calcul, jour=day, agir=delai.portee is not Portee.REPERE),
        qui="" if delai.portee is Portee.REPERE else delai.qui,
        articles=delai.articles,
    )


def _passed(inputs: DelaisInputs, calcul: Calculation, portee: Portee) -> Iterator[Avertissement]:
    if portee is Portee.LIMITE and calcul.au_plus_tard < inputs.aujourdhui:
        yield Avertissement(
            "date_passee",
            "Cette date est passée. Faites-le vérifier avant de renoncer : d'autres voies restent parfois ouvertes.",
        )


def _open_point(calcul: Calculation, portee: Portee) -> Iterator[Avertissement]:
    if calcul.ouverte:
        which = "la dernière" if portee is Portee.AU_PLUS_TOT else "la première"
        yield Avertissement(
            "lectures",
            "Un point n'est pas tranché : chaque lecture est donnée avec sa date. La date sûre pour agir est toujours "
            f"{which}.",
        )


def _about(inputs: DelaisInputs, deadline: Echeance) -> Iterator[Avertissement]:
    """What the law data says of a deadline besides its length."""
    delai = deadline.delai
    note = sentences(deadline.note, delai.note)
    if delai.doute:
        yield Avertissement("delai_a_confirmer", sentences(delai.doute.in_words(), note))
    elif note:
        yield Avertissement("delai_note", note, Niveau.INFO)
    if delai.sanction:
        yield Avertissement(
            "sanction",
            f"Si le délai est manqué, {delai.sanction} : à faire vérifier. Ce calculateur ne dit jamais qu'un acte est "
            "nul ou caduc.",
            Niveau.INFO,
        )
    told = inputs.distance in {Distance.UN_MOIS, Distance.DEUX_MOIS}
    if told and deadline.calcul.augmentation is None:
        yield Avertissement(
            "distance_refusee",
            "L'augmentation pour distance n'est ajoutée ici que pour les actes que cite l'article 643 du code de "
            "procédure civile. Elle n'a pas été ajoutée à ce délai.",
        )
