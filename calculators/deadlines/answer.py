"""The words of the deadlines' answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words, weekday_in_words
from calculators.deadlines.inputs import Distance, Role, Sens, Situation
from calculators.deadlines.readings import Place, calculate_readings
from calculators.deadlines.rules import Periode, days
from calculators.deadlines.situations import ANSWERED, deadlines_of, faits_of, named
from calculators.declaration import answered
from calculators.history import before_the_code
from calculators.law import Portee, Prorogation, Unite, law
from calculators.result import (
    Action,
    Avertissement,
    Etape,
    Evenement,
    JourCompte,
    Lecture,
    Niveau,
    Result,
    Statut,
    Valeur,
)
from calculators.territory import Territoire
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculators.deadlines.inputs import DelaisInputs
    from calculators.deadlines.readings import Calculation, Reading
    from calculators.deadlines.rules import Compte
    from calculators.deadlines.situations import Attente, Echeance
    from calculators.law import Article, Delai

__all__ = ["answer", "results"]

# The law of holidays was read as it stands in 2026: later years suppose it does not change.
_VERIFIED_UNTIL = 2026
_MOST_DAYS = 4000  # ten years and more: nobody reads so many days one by one
_CHECK = "Faites vérifier ces dates par un avocat, un commissaire de justice ou un point-justice."
_SAFEST = "date sûre : la loi se lit de plusieurs façons"
_LATEST = "la plus tardive des lectures de la loi"


def answer(inputs: DelaisInputs) -> Result:
    """Write the whole answer.

    Raises:
        CoverageError: an event before the rule existed, or a day outside the years whose holidays are known.
    """
    place = Place(inputs.territoire, inputs.temple)
    match inputs.situation:
        case Situation.UN_DELAI:
            return _named(inputs, place)
        case Situation.AUTRE:
            return _typed(inputs, place)
        case _:
            return _situation(inputs, place)


def _articles(*keys: str) -> tuple[Article, ...]:
    return tuple(law().article(key) for key in keys)


def _words(day: date) -> str:
    """« lundi 11 avril 2016 »."""
    return f"{weekday_in_words(day)} {in_words(day)}"


def _sentences(*parts: str) -> str:
    return " ".join(filter(None, parts))


# ---------------------------------------------------------------- one deadline


def _named(inputs: DelaisInputs, place: Place) -> Result:
    """A deadline of the law data."""
    event, key = answered(inputs.evenement, "evenement"), answered(inputs.delai, "delai")
    distance = inputs.distance if law().delais[key].distance else Distance.AUCUNE
    deadline = named(key, event, place, agir=True, distance=distance)
    delai, calcul = deadline.delai, deadline.calcul
    return Result(
        calculateur="delais",
        resume=_headline(calcul, delai.portee),
        valeurs=_values(calcul),
        etapes=tuple(_steps(calcul, delai.intitule, delai.articles)),
        avertissements=(
            *_passed(inputs, calcul, delai.portee),
            *_about(inputs, deadline),
            *_cited_too_early([deadline]),
            *_common_warnings(inputs, [calcul], uncertain_end=delai.prorogation is Prorogation.OUVERTE),
        ),
        a_faire=_to_do(inputs, calcul, delai.portee),
        lectures=_readings(calcul),
        evenements=(_departure(inputs, event), _event(deadline, inputs.aujourdhui)),
        jours=tuple(_days(calcul.retenue)),
    )


def _typed(inputs: DelaisInputs, place: Place) -> Result:
    """A length that the person gave."""
    event, period = answered(inputs.evenement, "evenement"), _typed_period(inputs)
    calcul = calculate_readings(event, period, place, rebours=inputs.sens is Sens.REBOURS, distance=inputs.distance)
    title = f"délai de {_length(period)}"
    end = Evenement(
        cle=f"delai-{period.mois}-{period.nombre}-{period.unite}",
        titre=capitalised(title),
        jour=calcul.au_plus_tot,
        statut=_status(calcul.au_plus_tot, inputs.aujourdhui),
        nature=Portee.LIMITE.label,
        precision=_SAFEST if calcul.ouverte else "",
    )
    return Result(
        calculateur="delais",
        resume=_headline(calcul, Portee.LIMITE),
        valeurs=_values(calcul),
        etapes=tuple(_steps(calcul, "durée que vous avez donnée", ())),
        avertissements=(
            *_passed(inputs, calcul, Portee.LIMITE),
            *_common_warnings(inputs, [calcul], uncertain_end=False),
        ),
        a_faire=_to_do(inputs, calcul, Portee.LIMITE),
        lectures=_readings(calcul),
        evenements=tuple(sorted((_departure(inputs, event), end), key=lambda e: e.jour)),
        jours=tuple(_days(calcul.retenue)),
    )


def _typed_period(inputs: DelaisInputs) -> Periode:
    if inputs.mois is not None or inputs.jours is not None:
        return Periode(inputs.jours or 0, Unite.JOURS, inputs.mois or 0)
    return Periode(answered(inputs.duree, "duree"), Unite(answered(inputs.unite, "unite").value))


def _headline(calcul: Calculation, portee: Portee) -> str:
    end = _words(calcul.au_plus_tot)
    if portee is Portee.AU_PLUS_TOT:
        return f"Pas avant le {_words(calcul.au_plus_tard)}."
    if portee is Portee.SANS_ATTENDRE:
        return (
            f"Faites-le maintenant. Après le {end}, fin du délai de contestation, le créancier peut demander le "
            "paiement."
        )
    if not calcul.ouverte:
        if calcul.retenue.rebours:
            return f"Il faut agir au plus tard le {end}."
        return f"Le délai finit le {end}, à minuit."
    return (
        f"Selon la lecture de la loi, le délai finit entre le {end} et le {_words(calcul.au_plus_tard)}. Pour agir, la "
        f"date sûre est le {end}. Avant de dire que le délai est passé, attendez le {_words(calcul.au_plus_tard)}."
    )


def _values(calcul: Calculation) -> tuple[Valeur, ...]:
    kept = calcul.retenue
    values = [
        Valeur("terme", "Fin du délai, sans report", kept.terme),
        Valeur("echeance", "Échéance", kept.echeance, essentielle=not calcul.ouverte),
    ]
    if calcul.ouverte:
        values.append(Valeur("date_sure", "Date sûre pour agir", calcul.au_plus_tot, essentielle=True))
        values.append(Valeur("au_plus_tard", "Échéance la plus tardive", calcul.au_plus_tard, essentielle=True))
    return tuple(values)


def results() -> tuple[str, ...]:
    """Names of all the values an answer may have: of one deadline, then of every situation."""
    return ("terme", "echeance", "date_sure", "au_plus_tard", *ANSWERED)


def _steps(calcul: Calculation, title: str, articles: tuple[Article, ...]) -> Iterator[Etape]:
    kept = calcul.retenue
    followed = "Ces étapes suivent la première des lectures." if calcul.ouverte else ""
    yield Etape(
        "Le point de départ",
        _sentences(f"Le délai part du {_words(kept.evenement)}. Ce jour-là n'est pas compté.", followed),
        articles=_articles("CPC 640", "CPC 641"),
    )
    yield Etape(
        "La durée",
        f"{capitalised(title)} : {_length(kept.periode)}. {_how(kept)}",
        f"{in_words(kept.evenement)} {'−' if kept.rebours else '+'} {_length(kept.periode)} = {_words(kept.terme)}",
        articles or _articles("CPC 641"),
    )
    if kept.rebours:
        text = "Un délai compté à rebours n'est jamais prolongé."
        if kept.prolonge:
            text += f" Le {_words(kept.terme)} n'est pas un jour ouvré : agissez avant."
        yield Etape("Un délai à rebours", text, f"Au plus tard : {_words(kept.echeance)}", _articles("CPC 642"))
    elif kept.prolonge:
        why = kept.calendrier.why_not_ouvre(kept.terme)
        yield Etape(
            "Le report",
            f"Le {_words(kept.terme)} est un jour où un délai ne peut pas finir ({why}). Il va jusqu'au premier jour "
            "ouvrable suivant.",
            f"Échéance : {_words(kept.echeance)}",
            _articles("CPC 642"),
        )
    else:
        last = "Le délai finit le dernier jour à minuit (vingt-quatre heures)."
        yield Etape("L'heure", last, articles=_articles("CPC 642"))


def _length(periode: Periode) -> str:
    parts = []
    if periode.mois:
        parts.append(Unite.MOIS.in_words(periode.mois))
    if not periode.nombre and not parts:
        return "le jour même"
    if periode.nombre:
        parts.append(periode.unite.in_words(periode.nombre))
    return " et ".join(parts)


_HOW = {
    Unite.JOURS: "On compte tous les jours.",
    Unite.JOURS_FRANCS: "Ni le premier ni le dernier jour ne comptent : on peut encore agir le lendemain du dernier.",
    Unite.JOURS_OUVRABLES: "On compte du lundi au samedi, sauf les jours fériés.",
    Unite.JOURS_OUVRES: "On compte du lundi au vendredi, sauf les jours fériés.",
    Unite.SEMAINES: "On va au même jour de la semaine.",
    Unite.MOIS: "On va au même jour du mois, ou au dernier jour du mois s'il n'existe pas.",
    Unite.ANNEES: "On va au même jour du même mois, ou au dernier jour du mois s'il n'existe pas.",
}


def _how(compte: Compte) -> str:
    mixed = "On compte d'abord les mois, puis les jours. " if compte.periode.mois else ""
    return mixed + _HOW[compte.periode.unite]


def _readings(calcul: Calculation) -> tuple[Lecture, ...]:
    if len(calcul.lectures) == 1:
        return ()
    return tuple(_reading(reading, calcul.au_plus_tot) for reading in calcul.lectures)


def _reading(reading: Reading, safe: date, *, cle: str = "", sujet: str = "") -> Lecture:
    words = ", et ".join(supposed.intitule for supposed in reading.suppose) or "lecture ordinaire"
    reasons = tuple(dict.fromkeys(supposed.raison for supposed in reading.suppose))
    return Lecture(
        f"{cle}.{reading.cle}" if cle else reading.cle,
        capitalised(f"{sujet} : {words}" if sujet else words),
        _sentences(*reasons) or "Le texte admet cette date.",
        (
            Valeur("terme", "Fin sans report", reading.compte.terme),
            Valeur("echeance", "Échéance", reading.compte.echeance),
        ),
        prudente=reading.compte.echeance == safe,
    )


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
        return (Action(act, f"avant le {_words(calcul.au_plus_tot)}"), Action(_CHECK, "sans attendre"))
    return (Action(_CHECK, "sans attendre"),)


# ---------------------------------------------------------------- a situation


def _situation(inputs: DelaisInputs, place: Place) -> Result:
    dated, waiting = deadlines_of(inputs, place)
    today = inputs.aujourdhui
    facts = [
        Evenement(f.cle, capitalised(f.intitule), f.jour, _status(f.jour, today), echeance=False)
        for f in faits_of(inputs)
    ]
    events = [*facts, *(_event(deadline, today) for deadline in dated)]
    return Result(
        calculateur="delais",
        resume=_situation_headline(inputs, dated, waiting),
        valeurs=tuple(
            Valeur(d.delai.cle, capitalised(d.delai.intitule), d.jour, essentielle=d.limite and d.jour >= today)
            for d in dated
        ),
        etapes=(_counting_step(), *map(_dated_step, dated), *map(_waiting_step, waiting)),
        avertissements=(
            *_waiting_warnings(dated, waiting),
            *_cited_too_early(dated),
            *_common_warnings(inputs, [d.calcul for d in dated], uncertain_end=inputs.situation is Situation.URBANISME),
        ),
        a_faire=tuple(_situation_actions(inputs, dated, waiting)),
        lectures=tuple(
            _reading(reading, d.jour, cle=d.delai.cle, sujet=d.delai.intitule)
            for d in dated
            if d.calcul.ouverte
            for reading in d.calcul.lectures
        ),
        evenements=tuple(sorted(events, key=lambda e: (e.jour, e.echeance))),
    )


def _situation_headline(inputs: DelaisInputs, dated: Sequence[Echeance], waiting: Sequence[Attente]) -> str:
    today = inputs.aujourdhui
    mine = [d for d in dated if d.limite]
    if coming := [d for d in mine if d.jour >= today]:
        first = coming[0]
        return (
            f"Prochaine date pour vous : {first.delai.intitule}, au plus tard le {_words(first.jour)} "
            f"({_how_soon(first.jour, today)})."
        )
    if mine:
        return (
            "D'après ces dates, les délais pour agir sont passés. Faites-le vérifier : d'autres voies restent parfois "
            "ouvertes."
        )
    if unknown := next((w for w in waiting if w.agir), None):
        delai = unknown.delai
        return f"Le délai pour {delai.intitule} n'a pas encore de date. Il partira de cet événement : {delai.depart}."
    if others := [d for d in dated if d.jour >= today]:
        first = others[0]
        return f"Prochaine date : {first.delai.intitule}, {_words(first.jour)} ({_how_soon(first.jour, today)})."
    return "D'après ce que vous avez indiqué, toutes ces dates sont passées."


def _how_soon(day: date, today: date) -> str:
    left = (day - today).days
    return {0: "aujourd'hui", 1: "demain"}.get(left, f"dans {left} jours")


def _counting_step() -> Etape:
    return Etape(
        "Comment on compte",
        "Le jour de l'événement ne compte pas. En mois, on va au même jour du mois. Un délai de procédure qui finit un "
        "samedi, un dimanche ou un jour férié va jusqu'au premier jour ouvrable.",
        articles=_articles("CPC 641", "CPC 642"),
    )


def _about_the_delay(delai: Delai) -> tuple[str, str]:
    """Who acts, and what follows when nobody did: never a verdict on an act."""
    missed = f"Si le délai est manqué, {delai.sanction}." if delai.sanction else ""
    check = "Avant de conclure, faites-le vérifier par un avocat ou un point-justice." if missed else ""
    who = "" if delai.portee is Portee.REPERE or not delai.qui else f"Qui agit : {delai.qui}."
    return who, _sentences(missed, check)


def _dated_step(deadline: Echeance) -> Etape:
    delai, calcul = deadline.delai, deadline.calcul
    kept = calcul.retenue
    who, missed = _about_the_delay(delai)
    doubt = delai.doute.in_words() if delai.doute else ""
    text = _sentences(who, f"Départ : {delai.depart}.", missed, deadline.note, delai.note, doubt)
    end = _words(kept.echeance)
    if calcul.ouverte:
        end = f"du {_words(calcul.au_plus_tot)} au {_words(calcul.au_plus_tard)} selon la lecture"
    elif kept.prolonge:
        end += f", reporté car le {_words(kept.terme)} est un jour exclu"
    length = f"{in_words(kept.evenement)} + {_length(kept.periode)} : {end}"
    return Etape(capitalised(delai.intitule), text, length, delai.articles)


def _waiting_step(waiting: Attente) -> Etape:
    delai = waiting.delai
    if waiting.raison:
        return Etape(capitalised(delai.intitule), waiting.raison, articles=delai.articles)
    who, missed = _about_the_delay(delai)
    text = f"Le délai partira de cet événement : {delai.depart}. Indiquez sa date pour le calculer."
    return Etape(capitalised(delai.intitule), _sentences(who, text, missed, delai.note), articles=delai.articles)


def _waiting_warnings(dated: Sequence[Echeance], waiting: Sequence[Attente]) -> Iterator[Avertissement]:
    """Say which dates are still unknown, and for want of what."""
    missing: dict[str, list[str]] = {}
    for deadline in waiting:
        if deadline.raison:
            yield Avertissement("hors_couverture", deadline.raison)
            continue
        missing.setdefault(deadline.delai.depart, []).append(deadline.delai.intitule)
    for start, titles in missing.items():
        yield Avertissement(
            "date_inconnue",
            f"Pas encore de date pour : {' ; '.join(titles)}. Il manque celle-ci : {start}.",
            Niveau.INFO if any(d.limite for d in dated) else Niveau.ATTENTION,
        )


def _situation_actions(inputs: DelaisInputs, dated: Sequence[Echeance], waiting: Sequence[Attente]) -> Iterator[Action]:
    page = _page(inputs)
    urgent: list[tuple[Delai, bool, date | None]] = [
        *((d.delai, d.agir, d.jour) for d in dated),
        *((w.delai, w.agir, None) for w in waiting),
    ]
    for delai, mine, end in urgent:
        if not mine or delai.portee is not Portee.SANS_ATTENDRE:
            continue
        known = f"Ici, le délai de contestation finit le {_words(end)}." if end else ""
        late = end is not None and end < inputs.aujourdhui
        when = "tout de suite, en demandant si le créancier a déjà réclamé le paiement" if late else "maintenant"
        yield Action(_sentences(f"{capitalised(delai.intitule)}.", delai.note, known), when, page)
    for deadline in dated:
        if deadline.limite and deadline.jour >= inputs.aujourdhui:
            last = f"au plus tard le {_words(deadline.jour)}"
            yield Action(f"{capitalised(deadline.delai.intitule)}.", last, page)
    if inputs.role is Role.DEBITEUR and inputs.date_denonciation is None:
        watch = (
            "Guettez l'acte du commissaire de justice : le délai pour contester partira de sa remise. Notez ce jour."
        )
        yield Action(watch, "", page)
    yield Action(_CHECK, "sans attendre")


def _page(inputs: DelaisInputs) -> str:
    pages = {Role.DEBITEUR: "saisie-compte/debiteur", Role.CREANCIER: "saisie-compte/creancier"}
    return pages[inputs.role] if inputs.role else ""


# ---------------------------------------------------------------- events and warnings


def _status(day: date, today: date) -> Statut:
    if day == today:
        return Statut.AUJOURD_HUI
    return Statut.PASSE if day < today else Statut.A_VENIR


def _departure(inputs: DelaisInputs, event: date) -> Evenement:
    return Evenement("evenement", "Départ du délai", event, _status(event, inputs.aujourdhui), echeance=False)


def _event(deadline: Echeance, today: date) -> Evenement:
    delai = deadline.delai
    precision = ""
    if deadline.calcul.ouverte:
        precision = _SAFEST if deadline.agir else _LATEST
    return Evenement(
        cle=delai.cle,
        titre=capitalised(delai.intitule),
        jour=deadline.jour,
        statut=_status(deadline.jour, today),
        nature=delai.portee.label,
        precision=precision,
        qui="" if delai.portee is Portee.REPERE else delai.qui,
        articles=delai.articles,
    )


def _passed(inputs: DelaisInputs, calcul: Calculation, portee: Portee) -> Iterator[Avertissement]:
    if portee is Portee.LIMITE and calcul.au_plus_tard < inputs.aujourdhui:
        yield Avertissement(
            "date_passee",
            "Cette date est passée. Faites-le vérifier avant de renoncer : d'autres voies restent parfois ouvertes.",
        )


def _about(inputs: DelaisInputs, deadline: Echeance) -> Iterator[Avertissement]:
    """What the law data says of a deadline besides its length."""
    delai = deadline.delai
    note = _sentences(deadline.note, delai.note)
    if delai.doute:
        yield Avertissement("delai_a_confirmer", _sentences(delai.doute.in_words(), note))
    elif note:
        yield Avertissement("delai_note", note, Niveau.INFO)
    if delai.sanction:
        yield Avertissement(
            "sanction",
            f"Si le délai est manqué, {delai.sanction} : à faire vérifier. Ce calculateur ne dit jamais qu'un acte est "
            "nul ou caduc.",
            Niveau.INFO,
        )
    if inputs.distance is not Distance.AUCUNE and not delai.distance:
        yield Avertissement(
            "distance_refusee",
            "L'augmentation pour distance n'est ajoutée ici que pour les actes que cite l'article 643 du code de "
            "procédure civile. Elle n'a pas été ajoutée à ce délai.",
        )


def _cited_too_early(deadlines: Sequence[Echeance]) -> Iterator[Avertissement]:
    events = [
        deadline.calcul.retenue.evenement
        for deadline in deadlines
        if any(article.code == "CPCE" for article in deadline.delai.articles)
    ]
    if events:
        yield from before_the_code(min(events))


def _common_warnings(
    inputs: DelaisInputs, calculs: Sequence[Calculation], *, uncertain_end: bool
) -> Iterator[Avertissement]:
    if any(calcul.ouverte for calcul in calculs):
        yield Avertissement(
            "lectures",
            "Un point n'est pas tranché : chaque lecture est donnée avec sa date. La date sûre pour agir est toujours "
            "la première.",
        )
    if uncertain_end:
        yield Avertissement(
            "estimation",
            "Le report de ce délai au premier jour ouvrable n'est pas certain : prenez-le pour une estimation.",
        )
    if max((c.au_plus_tard.year for c in calculs), default=0) > _VERIFIED_UNTIL:
        yield Avertissement(
            "droit_constant",
            f"Après {_VERIFIED_UNTIL}, les jours fériés sont donnés à droit constant : une loi peut les changer.",
            Niveau.INFO,
        )
    if inputs.territoire is Territoire.ALSACE_MOSELLE:
        yield Avertissement(
            "vendredi_saint",
            "Le code du travail ne donne le Vendredi saint qu'aux communes ayant un temple protestant ou une église "
            "mixte. Service-public le compte pour tout le Bas-Rhin, le Haut-Rhin et la Moselle.",
            Niveau.INFO,
        )
