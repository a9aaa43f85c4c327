"""The words of the deadlines' answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from calculators.calendar import in_words, weekday_in_words
from calculators.deadlines.inputs import Distance, Role, Sens, Situation
from calculators.deadlines.readings import Place, calculate_readings
from calculators.deadlines.rules import Periode, days
from calculators.deadlines.situations import echeances_of, faits_of, named
from calculators.law import Prorogation, Unite, law
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculators.deadlines.inputs import DelaisInputs
    from calculators.deadlines.readings import Calculation, Reading
    from calculators.deadlines.rules import Compte
    from calculators.deadlines.situations import Echeance
    from calculators.law import Article

__all__ = ["answer"]

_DAY = timedelta(days=1)
# The law of holidays was read as it stands in 2026: later years suppose it does not change.
_VERIFIED_UNTIL = 2026


def answer(inputs: DelaisInputs) -> Result:
    """Write the whole answer.

    Raises:
        CoverageError: an event before the rule existed, or a day outside the years whose holidays are known.
    """
    place = Place(inputs.territoire, inputs.temple)
    if inputs.situation in {Situation.UN_DELAI, Situation.AUTRE}:
        return _single(inputs, place)
    return _situation(inputs, place)


def _articles(*keys: str) -> tuple[Article, ...]:
    return tuple(law().article(key) for key in keys)


def day_words(day: date) -> str:
    """« lundi 11 avril 2016 »."""
    return f"{weekday_in_words(day)} {in_words(day)}"


# ---------------------------------------------------------------- one deadline


def _single(inputs: DelaisInputs, place: Place) -> Result:
    assert inputs.evenement is not None
    if inputs.delai is not None:
        deadline = named(inputs.delai, inputs.evenement, place, agir=True, distance=_allowed_distance(inputs))
        calcul = deadline.calcul
        title = deadline.delai.intitule
        articles = deadline.delai.articles
    else:
        deadline = None
        calcul = calculate_readings(
            inputs.evenement,
            _typed_period(inputs),
            place,
            rebours=inputs.sens is Sens.REBOURS,
            distance=inputs.distance,
        )
        title, articles = "le délai que vous avez donné", ()
    assert calcul is not None
    kept = calcul.retenue
    return Result(
        calculateur="delais",
        resume=_headline(calcul, rebours=kept.rebours),
        valeurs=_values(calcul),
        etapes=tuple(_steps(calcul, title, articles)),
        avertissements=tuple(_warnings(inputs, [calcul], deadline)),
        a_faire=(),
        lectures=_readings(calcul),
        evenements=(
            _event("evenement", "Départ du délai", inputs.evenement, inputs.aujourdhui, echeance=False),
            _event(inputs.delai or "delai", title, _safe(calcul), inputs.aujourdhui, articles=articles),
        ),
        jours=tuple(_days(kept)),
    )


def _allowed_distance(inputs: DelaisInputs) -> Distance:
    assert inputs.delai is not None
    return inputs.distance if law().delais[inputs.delai].distance else Distance.AUCUNE


def _typed_period(inputs: DelaisInputs) -> Periode:
    if inputs.mois is not None or inputs.jours is not None:
        return Periode(inputs.jours or 0, Unite.JOURS, inputs.mois or 0)
    assert inputs.duree is not None
    assert inputs.unite is not None
    return Periode(inputs.duree, Unite(inputs.unite.value))


def _safe(calcul: Calculation) -> date:
    return calcul.au_plus_tot


def _headline(calcul: Calculation, *, rebours: bool) -> str:
    limit = "Il faut agir au plus tard le" if rebours else "Le délai finit le"
    if not calcul.ouverte:
        return f"{limit} {day_words(calcul.retenue.echeance)}" + ("." if rebours else ", à minuit.")
    return (
        f"Selon la lecture de la loi, le délai finit entre le {day_words(calcul.au_plus_tot)} et le "
        f"{day_words(calcul.au_plus_tard)}. Pour agir, la date sûre est le {day_words(calcul.au_plus_tot)}. Avant de dire que le "
        f"délai est passé, attendez le {day_words(calcul.au_plus_tard)}."
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


def _steps(calcul: Calculation, title: str, articles: tuple[Article, ...]) -> Iterator[Etape]:
    kept = calcul.retenue
    yield Etape(
        "Le point de départ",
        f"Le délai part du {day_words(kept.evenement)}. Ce jour-là n'est pas compté.",
        articles=_articles("CPC 640", "CPC 641"),
    )
    yield Etape(
        "La durée",
        f"Pour {title} : {_length(kept.periode)}. {_how(kept)}",
        f"{in_words(kept.evenement)} {'−' if kept.rebours else '+'} {_length(kept.periode)} = {day_words(kept.terme)}",
        articles or _articles("CPC 641"),
    )
    if kept.rebours:
        text = "Un délai compté à rebours n'est jamais prolongé."
        if kept.prolonge:
            text += f" Le {day_words(kept.terme)} n'est pas un jour ouvré : agissez avant."
        yield Etape("Un délai à rebours", text, f"Date sûre : {day_words(kept.echeance)}", _articles("CPC 642"))
    elif kept.prolonge:
        why = kept.calendrier.why_not_ouvre(kept.terme)
        yield Etape(
            "Le report",
            f"Le {day_words(kept.terme)} est un jour où un délai ne peut pas finir ({why}). Il va jusqu'au premier jour ouvrable "
            "suivant.",
            f"Échéance : {day_words(kept.echeance)}",
            _articles("CPC 642"),
        )
    else:
        yield Etape(
            "L'heure", "Le délai finit le dernier jour à minuit (vingt-quatre heures).", articles=_articles("CPC 642")
        )


def _length(periode: Periode) -> str:
    parts = []
    if periode.mois:
        parts.append(Unite.MOIS.in_words(periode.mois))
    if periode.nombre or not parts:
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
    return tuple(_reading(reading, calcul) for reading in calcul.lectures)


def _reading(reading: Reading, calcul: Calculation) -> Lecture:
    words = ", et ".join(reading.suppose) or "lecture ordinaire"
    return Lecture(
        reading.cle,
        words[:1].upper() + words[1:],
        _reason(reading),
        (
            Valeur("terme", "Fin sans report", reading.compte.terme),
            Valeur("echeance", "Échéance", reading.compte.echeance),
        ),
        prudente=reading.compte.echeance == calcul.au_plus_tot,
    )


def _reason(reading: Reading) -> str:
    words = " ".join(reading.suppose)
    reasons = []
    if "samedi" in words:
        reasons.append("Le samedi est en principe un jour ouvrable, mais des banques comptent autrement.")
    if "reportée" in words:
        reasons.append(
            "L'article 642 reporte la fin d'un délai de procédure ; aucune décision n'a été trouvée pour celui-ci."
        )
    if "Vendredi saint" in words:
        reasons.append("La loi ne vise que les communes qui ont un temple protestant ou une église mixte.")
    if "mai" in words:
        reasons.append("Le code du travail dit le 27 mai ; à Saint-Martin la commémoration se tient le 28.")
    if "jour même" in words:
        reasons.append(
            "Le texte admet aussi le premier jour ouvrable suivant ; poster le jour même est sûr dans tous les cas."
        )
    return " ".join(reasons) or "Le texte admet cette date."


def _days(compte: Compte) -> Iterator[JourCompte]:
    for day in days(compte):
        if day.jour == compte.evenement:
            role = "depart"
        elif day.jour == compte.echeance:
            role = "fin"
        else:
            role = "compte" if day.numero is not None else "exclu"
        yield JourCompte(day.jour, role, day.numero, day.raison)


# ---------------------------------------------------------------- a situation


def _situation(inputs: DelaisInputs, place: Place) -> Result:
    deadlines = echeances_of(inputs, place)
    dated = [d for d in deadlines if d.jour is not None]
    facts = faits_of(inputs)
    events = [_event(f.cle, f.intitule, f.jour, inputs.aujourdhui, echeance=False) for f in facts]
    events += [_event(d.delai.cle, d.delai.intitule, d.jour, inputs.aujourdhui, of=d) for d in dated if d.jour]
    return Result(
        calculateur="delais",
        resume=_situation_headline(inputs, dated),
        valeurs=tuple(
            Valeur(
                d.delai.cle,
                d.delai.intitule[:1].upper() + d.delai.intitule[1:],
                d.jour,
                essentielle=d.agir and d.jour >= inputs.aujourdhui,
            )
            for d in dated
            if d.jour
        ),
        etapes=tuple(_situation_step(d) for d in deadlines),
        avertissements=tuple(_warnings(inputs, [d.calcul for d in dated if d.calcul], None)),
        a_faire=tuple(_situation_actions(inputs, deadlines)),
        lectures=tuple(_situation_readings(dated)),
        evenements=tuple(sorted(events, key=lambda e: (e.jour, e.echeance))),
    )


def _next_to_act(inputs: DelaisInputs, dated: Sequence[Echeance]) -> Echeance | None:
    return next((d for d in dated if d.agir and d.jour is not None and d.jour >= inputs.aujourdhui), None)


def _situation_headline(inputs: DelaisInputs, dated: Sequence[Echeance]) -> str:
    coming = _next_to_act(inputs, dated)
    if coming is not None and coming.jour is not None:
        left = (coming.jour - inputs.aujourdhui).days
        when = "aujourd'hui" if left == 0 else "demain" if left == 1 else f"dans {left} jours"
        return f"Prochaine date pour vous : {coming.delai.intitule}, au plus tard le {day_words(coming.jour)} ({when})."
    if any(d.agir for d in dated):
        return "D'après ces dates, les délais pour agir sont passés. Faites-le vérifier : d'autres voies restent parfois ouvertes."
    return "Voici les dates qui découlent de ce que vous avez indiqué."


def _situation_step(deadline: Echeance) -> Etape:
    delai = deadline.delai
    title = delai.intitule[:1].upper() + delai.intitule[1:]
    who = f"Qui agit : {delai.qui}. " if delai.qui else ""
    missed = f" Si le délai est manqué : {delai.sanction}." if delai.sanction else ""
    check = " Avant de conclure, faites-le vérifier par un avocat ou un point-justice." if delai.sanction else ""
    note = " ".join(filter(None, (deadline.note, delai.note)))
    doubt = " Durée à confirmer." if delai.certitude.a_confirmer else ""
    if deadline.calcul is None:
        text = f"{who}Le délai partira de : {delai.depart}. Indiquez cette date pour le calculer.{missed} {note}{doubt}"
        return Etape(title, text.strip(), articles=delai.articles)
    kept = deadline.calcul.retenue
    text = f"{who}Départ : {delai.depart}.{missed}{check} {note}{doubt}"
    end = day_words(kept.echeance)
    if deadline.calcul.ouverte:
        end = (
            f"du {day_words(deadline.calcul.au_plus_tot)} au {day_words(deadline.calcul.au_plus_tard)} selon la lecture"
        )
    moved = (
        f", reporté car le {day_words(kept.terme)} est un jour exclu"
        if kept.prolonge and not deadline.calcul.ouverte
        else ""
    )
    return Etape(
        title, text.strip(), f"{in_words(kept.evenement)} + {_length(kept.periode)} : {end}{moved}", delai.articles
    )


def _situation_actions(inputs: DelaisInputs, deadlines: Sequence[Echeance]) -> Iterator[Action]:
    for deadline in deadlines:
        if deadline.agir and deadline.jour is not None and deadline.jour >= inputs.aujourdhui:
            title = deadline.delai.intitule[:1].upper() + deadline.delai.intitule[1:]
            yield Action(f"{title}.", f"au plus tard le {day_words(deadline.jour)}", _page(inputs))
    if (
        inputs.situation is Situation.SAISIE_ATTRIBUTION
        and inputs.role is Role.DEBITEUR
        and inputs.date_denonciation is None
    ):
        yield Action(
            "Guettez l'acte du commissaire de justice : le délai pour contester partira de sa remise. Notez ce jour.",
            "",
            _page(inputs),
        )
    yield Action(
        "Faites vérifier ces dates par un avocat, un commissaire de justice ou un point-justice.",
        "sans attendre",
        _page(inputs),
    )


def _page(inputs: DelaisInputs) -> str:
    if inputs.situation is Situation.SAISIE_ATTRIBUTION:
        return "saisie-compte/debiteur" if inputs.role is Role.DEBITEUR else "saisie-compte/creancier"
    return ""


def _situation_readings(dated: Sequence[Echeance]) -> Iterator[Lecture]:
    for deadline in dated:
        if deadline.calcul is None or not deadline.calcul.ouverte:
            continue
        for reading in deadline.calcul.lectures:
            shown = _reading(reading, deadline.calcul)
            safe = reading.compte.echeance == deadline.jour
            yield Lecture(
                f"{deadline.delai.cle}.{reading.cle}",
                f"{deadline.delai.intitule[:1].upper()}{deadline.delai.intitule[1:]} : {shown.intitule[:1].lower()}{shown.intitule[1:]}",
                shown.raison,
                shown.valeurs,
                prudente=safe,
            )


# ---------------------------------------------------------------- events and warnings


def _event(
    cle: str,
    title: str,
    day: date,
    today: date,
    *,
    echeance: bool = True,
    of: Echeance | None = None,
    articles: tuple[Article, ...] = (),
) -> Evenement:
    status = Statut.PASSE if day < today else Statut.AUJOURD_HUI if day == today else Statut.A_VENIR
    return Evenement(
        cle=cle,
        titre=title[:1].upper() + title[1:],
        jour=day,
        statut=status,
        qui=of.delai.qui if of else "",
        echeance=echeance,
        articles=of.delai.articles if of else articles,
    )


def _warnings(
    inputs: DelaisInputs, calculs: Sequence[Calculation], deadline: Echeance | None
) -> Iterator[Avertissement]:
    if deadline is not None:
        delai = deadline.delai
        if delai.certitude.a_confirmer:
            yield Avertissement(
                "delai_a_confirmer", f"Durée à confirmer auprès d'un point-justice ou d'un avocat. {delai.note}".strip()
            )
        elif delai.note or deadline.note:
            yield Avertissement("delai_note", " ".join(filter(None, (deadline.note, delai.note))), Niveau.INFO)
        if delai.sanction:
            yield Avertissement(
                "sanction",
                f"Si le délai est manqué : {delai.sanction}. Nous ne disons jamais qu'un acte est nul ou caduc : faites-le vérifier.",
                Niveau.INFO,
            )
        if inputs.distance is not Distance.AUCUNE and not delai.distance:
            yield Avertissement(
                "distance_refusee",
                "L'augmentation pour distance ne joue que pour les actes que cite l'article 643 du code de procédure civile. Celui-ci n'y "
                "est pas : elle n'a pas été ajoutée.",
            )
    if any(calcul.ouverte for calcul in calculs):
        yield Avertissement(
            "lectures",
            "Un point n'est pas tranché : chaque lecture est donnée avec sa date. La date sûre pour agir est toujours la première.",
        )
    if inputs.situation is Situation.URBANISME or (
        deadline is not None and deadline.delai.prorogation is Prorogation.OUVERTE
    ):
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
            "Le code du travail ne donne le Vendredi saint qu'aux communes ayant un temple protestant ou une église mixte. Service-public "
            "le compte pour tout le Bas-Rhin, le Haut-Rhin et la Moselle.",
            Niveau.INFO,
        )
