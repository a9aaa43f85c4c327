"""The words of the answer on a situation: what was done, what comes next, and the dates of the others apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.delais.headline import headline, planning_step, todays_actions
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
from calculators.delais.situations import deadlines_of, faits_of
from calculators.delais.steps import Etat
from calculators.far_dates import far_date_warnings
from calculators.history import before_the_code
from calculators.law import Portee
from calculators.result import Action, Avertissement, Etape, Evenement, Niveau, Result, Statut, Valeur
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculators.delais.inputs import DelaisInputs
    from calculators.delais.readings import Place
    from calculators.delais.steps import Attente, Echeance
    from calculators.law import Delai

__all__ = ["of_a_situation"]

_DONE = {Etat.FAIT: Statut.FAIT, Etat.FAIT_A_VERIFIER: Statut.FAIT_A_VERIFIER, Etat.FAIT_TARD: Statut.FAIT_TARD}
_PAGES = {
    "saisie-attribution": {"debiteur": "saisie-compte/debiteur", "creancier": "saisie-compte/creancier"},
    "saisie-remunerations": {"debiteur": "saisie-remunerations/index"},
    "satd": {"debiteur": "saisie-compte/satd"},
    "urbanisme": {"demandeur": "urbanisme/apres-le-depot", "voisin": "urbanisme/apres-le-depot"},
    "avis-medecin": {"partie": "prudhommes/consignation"},
}


def of_a_situation(inputs: DelaisInputs, place: Place) -> Result:
    """Answer on a whole situation.

    Raises:
        CoverageError: a day is outside the years whose holidays are known.
    """
    dated, waiting = deadlines_of(inputs, place)
    today = inputs.aujourdhui
    facts = faits_of(inputs)
    given = [Evenement(f.cle, capitalised(f.intitule), f.jour, status(f.jour, today), echeance=False) for f in facts]
    events = [*given, *(_event(deadline, inputs) for deadline in dated)]
    case_step = planning_step(inputs, place)
    return Result(
        calculateur="delais",
        resume=headline(inputs, place, dated, waiting),
        valeurs=tuple(
            Valeur(
                d.delai.cle,
                capitalised(d.delai.intitule),
                d.jour,
                essentielle=d.limite and d.etat(today) in {Etat.A_VENIR, Etat.DATE_SURE_PASSEE},
            )
            for d in dated
        ),
        etapes=(
            _counting_step(inputs),
            *((case_step,) if case_step else ()),
            *map(_dated_step, sorted(dated, key=lambda deadline: not deadline.agir)),  # the reader's own first
            *map(_waiting_step, waiting),
        ),
        avertissements=(
            *(warning for f in facts for warning in far_date_warnings(f.jour, f.intitule, today)),
            *_waiting_warnings(dated, waiting),
            *_cited_too_early(dated),
            *common_warnings(inputs, [d.calcul for d in dated]),
        ),
        a_faire=tuple(_actions(inputs, dated, waiting)),
        lectures=tuple(
            reading(r, d.jour, cle=d.delai.cle, sujet=d.delai.intitule)
            for d in dated
            if d.calcul.ouverte
            for r in d.calcul.lectures
        ),
        evenements=tuple(sorted(events, key=lambda e: (e.jour, e.echeance))),
    )


def _counting_step(inputs: DelaisInputs) -> Etape:
    before_a_court = inputs.situation.value != "urbanisme"
    extended = (
        "Un délai de procédure qui finit un samedi, un dimanche ou un jour férié va jusqu'au premier jour ouvrable."
        if before_a_court
        else ""
    )
    return Etape(
        "Comment on compte",
        sentences("Le jour de l'événement ne compte pas. En mois, on va au même jour du mois.", extended),
        articles=articles(("CPC 641", "CPC 642")) if before_a_court else (),
    )


def _about_the_delay(delai: Delai, *, done: bool = False) -> tuple[str, str]:
    """Who acts, and what follows when nobody did: never a verdict on an act."""
    missed = f"Si le délai est manqué, {delai.sanction}." if delai.sanction and not done else ""
    check = "Avant de conclure, faites-le vérifier par un avocat ou un point-justice." if missed else ""
    who = "" if delai.portee is Portee.REPERE or not delai.qui else f"Qui agit : {delai.qui}."
    return who, sentences(missed, check)


def _dated_step(deadline: Echeance) -> Etape:
    delai, calcul = deadline.delai, deadline.calcul
    kept = calcul.retenue
    done = f"Fait le {in_words(deadline.fait_le)}." if deadline.fait_le and not deadline.nom else ""
    who, missed = _about_the_delay(delai, done=bool(deadline.fait_le and deadline.fait_le <= calcul.au_plus_tot))
    doubt = delai.doute.in_words() if delai.doute else ""
    note = "" if deadline.note and deadline.note in delai.note else deadline.note
    text = sentences(who, f"Départ : {delai.depart}." if delai.depart else "", done, missed, note, delai.note, doubt)
    end = day_in_words(kept.echeance)
    if calcul.ouverte:
        end = f"du {day_in_words(calcul.au_plus_tot)} au {day_in_words(calcul.au_plus_tard)} selon la lecture"
    elif kept.prolonge:
        end += f", reporté car le {day_in_words(kept.terme)} est un jour exclu"
    sign = "−" if kept.rebours else "+"
    counted = f"{in_words(kept.evenement)} {sign} {length(kept.periode)} : {end}"
    if delai.lendemain:
        counted = f"{in_words(kept.evenement)}, puis le jour suivant : {end}"
    return Etape(capitalised(delai.intitule), text, counted, deadline.articles)


def _waiting_step(waiting: Attente) -> Etape:
    delai = waiting.delai
    if waiting.raison:
        return Etape(capitalised(delai.intitule), waiting.raison, articles=delai.articles)
    who, missed = _about_the_delay(delai)
    text = f"Le délai partira de cet événement : {delai.depart}. Indiquez sa date pour le calculer."
    return Etape(capitalised(delai.intitule), sentences(who, text, missed, delai.note), articles=delai.articles)


def _waiting_warnings(dated: Sequence[Echeance], waiting: Sequence[Attente]) -> Iterator[Avertissement]:
    """Say which dates are still unknown, and for want of what."""
    missing: dict[str, list[str]] = {}
    for reason in dict.fromkeys(deadline.raison for deadline in waiting if deadline.raison):
        yield Avertissement("hors_couverture", reason)
    for deadline in waiting:
        if deadline.agir and not deadline.raison:  # what others wait for is said in its step
            missing.setdefault(deadline.delai.depart, []).append(deadline.delai.intitule)
    for start, titles in missing.items():
        yield Avertissement(
            "date_inconnue",
            f"Pas encore de date pour : {' ; '.join(titles)}. Il manque celle-ci : {start}.",
            Niveau.INFO if any(d.limite for d in dated) else Niveau.ATTENTION,
        )


def _cited_too_early(deadlines: Sequence[Echeance]) -> Iterator[Avertissement]:
    events = [
        deadline.calcul.retenue.evenement
        for deadline in deadlines
        if any(article.code == "CPCE" for article in deadline.delai.articles)
    ]
    if events:
        yield from before_the_code(min(events))


def _actions(inputs: DelaisInputs, dated: Sequence[Echeance], waiting: Sequence[Attente]) -> Iterator[Action]:
    page = _PAGES.get(inputs.situation.value, {}).get(inputs.acteur, "")
    today = inputs.aujourdhui
    urgent: list[tuple[Delai, date | None]] = [
        *((d.delai, d.jour) for d in dated if d.agir and d.fait_le is None),
        *((w.delai, None) for w in waiting if w.agir),
    ]
    for delai, end in urgent:
        if delai.portee is not Portee.SANS_ATTENDRE:
            continue
        late = end is not None and end < today
        known = f"Ici, le délai de contestation {'a fini' if late else 'finit'} le {day_in_words(end)}." if end else ""
        when = "tout de suite, en demandant si le créancier a déjà réclamé le paiement" if late else "maintenant"
        yield Action(sentences(f"{capitalised(delai.intitule)}.", delai.note, known), when, page)
    for deadline in dated:
        if deadline.limite and deadline.etat(today) in {Etat.A_VENIR, Etat.DATE_SURE_PASSEE}:
            aim = aim_at(deadline.calcul) if deadline.calcul.a_viser >= today else ""
            pressing = deadline.etat(today) is Etat.DATE_SURE_PASSEE
            last = "aujourd'hui" if pressing else f"au plus tard le {day_in_words(deadline.jour)}"
            yield Action(sentences(f"{capitalised(deadline.delai.intitule)}.", aim), last, page)
    for text in todays_actions(inputs, dated, waiting):
        yield Action(text, "", page)
    yield Action(CHECK, "sans attendre")


def _event(deadline: Echeance, inputs: DelaisInputs) -> Evenement:
    delai, line, today = deadline.delai, deadline.ligne, inputs.aujourdhui
    state = deadline.etat(today)
    mine = deadline.agir
    title = delai.intitule if mine or not line or not line.en_clair else line.en_clair
    where = _DONE.get(state, status(deadline.jour, today))
    done = ""
    if deadline.fait_le:
        day = in_words(deadline.fait_le)
        done = f"sauvé par {deadline.nom} du {day}" if deadline.nom else f"fait le {day}"
    aim = (
        f"les bureaux sont fermés : visez le {day_in_words(deadline.a_viser or deadline.jour)}"
        if _still(deadline, today)
        else ""
    )
    open_point = "" if state is Etat.FAIT else other_reading(deadline.calcul, jour=deadline.jour, agir=mine)
    return Evenement(
        cle=delai.cle,
        titre=capitalised(title),
        jour=deadline.jour,
        statut=where,
        nature=delai.portee.label,
        precision=" ; ".join(filter(None, (done, open_point, "" if done else aim))),
        qui="" if delai.portee is Portee.REPERE or mine else delai.qui,
        articles=delai.articles,
        pour_vous=mine,
        agenda=where in {Statut.A_VENIR, Statut.AUJOURD_HUI} and (mine or inputs.agenda_complet),
    )


def _still(deadline: Echeance, today: date) -> bool:
    """Whether there is still a working day to aim at."""
    return deadline.a_viser is not None and deadline.a_viser >= today
