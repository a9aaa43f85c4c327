"""The sentence that a situation begins with: what the person has to do now, or that nothing is left to do.

A step that was done leaves it. « Passé » is said of a time limit only to whom it was for, and never without what stays
possible. What was done late says what may follow and whom to show it to; whether an act is void is for the judge alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.deadlines.inputs import Decision, Dossier, Role, RoleUrbanisme, Silence, Situation
from calculators.deadlines.sentences import aim_at, articles, day_in_words, how_soon, sentences
from calculators.deadlines.special import Issue, examination, planning_issue
from calculators.deadlines.steps import Echeance, Etat
from calculators.law import Portee, law
from calculators.result import Etape
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculators.deadlines.inputs import DelaisInputs
    from calculators.deadlines.readings import Place
    from calculators.deadlines.steps import Attente

__all__ = ["headline", "planning_step", "todays_actions"]

_WHOM = "Montrez ces dates à un avocat ou à un point-justice."


def headline(inputs: DelaisInputs, place: Place, dated: Sequence[Echeance], waiting: Sequence[Attente]) -> str:
    """Write the first sentences of the answer."""
    today = inputs.aujourdhui
    late = [d for d in dated if d.etat(today) is Etat.FAIT_TARD]
    mine_late = sentences(*(_done_late(d) for d in late if d.agir))
    others_late = sentences(*(_done_late(d) for d in late if not d.agir))
    main = None
    if inputs.situation is Situation.URBANISME and inputs.role_urbanisme is RoleUrbanisme.DEMANDEUR:
        main = _planning(inputs, place, dated)
    if main is None:
        main = _next_for_you(dated, today)
    if main is None:
        main = _nothing_due(dated, waiting, today, told=bool(mine_late))
    return sentences(mine_late, main, others_late)


def _next_for_you(dated: Sequence[Echeance], today: date) -> str | None:
    """The next last day of the person asking, if one is still to come."""
    mine = [d for d in dated if d.limite]
    if pressing := [d for d in mine if d.etat(today) is Etat.DATE_SURE_PASSEE]:
        first = pressing[0]
        return (
            f"Agissez aujourd'hui : {first.delai.intitule}. La date sûre était le {day_in_words(first.jour)} ; une "
            f"lecture de la loi laisse jusqu'au {day_in_words(first.calcul.au_plus_tard)}."
        )
    if coming := [d for d in mine if d.etat(today) is Etat.A_VENIR]:
        first = coming[0]
        aim = aim_at(first.calcul) if first.a_viser and first.a_viser >= today else ""
        early = f"Pas avant le {day_in_words(first.pas_avant)}." if first.pas_avant and first.pas_avant > today else ""
        return sentences(
            f"Prochaine date pour vous : {first.delai.intitule}, au plus tard le {day_in_words(first.jour)} "
            f"({how_soon(first.jour, today)}).",
            early,
            aim,
        )
    return None


def _nothing_due(dated: Sequence[Echeance], waiting: Sequence[Attente], today: date, *, told: bool) -> str:
    """What to say when no last day of the person asking is still to come."""
    lost = [d for d in dated if d.limite and d.etat(today) is Etat.PASSE]
    done = [d for d in dated if d.agir and d.etat(today) in {Etat.FAIT, Etat.FAIT_A_VERIFIER}]
    later = [d for d in dated if d.agir and d.delai.portee is Portee.AU_PLUS_TOT]
    if lost:
        return _lost(lost[-1])
    if later and not told:
        return sentences(_done_in_time(done), _from_then_on(later[0], today))
    if awaited := next((w for w in waiting if w.agir and not w.raison), None):
        saved = done[-1].suite if done else ""
        delai = awaited.delai
        return sentences(
            _done_in_time(done),
            saved
            or f"Le délai pour {delai.intitule} n'a pas encore de date. Il partira de cet événement : {delai.depart}.",
        )
    if done:
        return sentences(_done_in_time(done), f"Et ensuite ? {done[-1].suite}" if done[-1].suite else "")
    return "" if told else _nothing_to_do(dated, today)


def _nothing_to_do(dated: Sequence[Echeance], today: date) -> str:
    others = [d for d in dated if not d.agir and d.etat(today) is Etat.A_VENIR and d.jour >= today]
    if others:
        first = others[0]
        return (
            "D'après ces dates, vous n'avez rien à faire dans un délai. Prochaine date : "
            f"{_plainly(first)}, {day_in_words(first.jour)} ({how_soon(first.jour, today)})."
        )
    return "D'après ce que vous avez indiqué, aucun délai ne court contre vous aujourd'hui."


def _plainly(deadline: Echeance) -> str:
    """A deadline in everyday words, for who does not act."""
    line = deadline.ligne
    return line.en_clair if line and line.en_clair and not deadline.agir else deadline.delai.intitule


def _done_in_time(done: Sequence[Echeance]) -> str:
    if not done:
        return ""
    what = " ; ".join(f"{d.ce_qui_fut_fait}, le {in_words(d.fait_le)}" for d in done if d.fait_le)
    sure = all(d.calcul.au_plus_tot >= d.fait_le for d in done if d.fait_le)
    limit = "" if sure else " La loi se lit de plusieurs façons sur ce délai : gardez les preuves de date."
    return f"Fait à temps : {what}.{limit}"


def _from_then_on(deadline: Echeance, today: date) -> str:
    day = deadline.jour
    when = (
        f"à partir du {day_in_words(day)} ({how_soon(day, today)})"
        if day > today
        else f"possible depuis le {day_in_words(day)}"
    )
    return sentences(f"Prochaine étape pour vous : {deadline.delai.intitule}, {when}.", deadline.suite)


def _lost(deadline: Echeance) -> str:
    line = deadline.ligne
    already = "Déjà fait ? Indiquez la date plus haut." if line and line.fait else ""
    other = line.autre_voie if line and line.autre_voie else "D'autres voies restent parfois ouvertes."
    return sentences(
        f"D'après ces dates, le délai pour {deadline.delai.intitule} est passé depuis le "
        f"{day_in_words(deadline.calcul.au_plus_tard)}.",
        deadline.note,
        already,
        other,
        "Faites-le vérifier avant de renoncer.",
    )


def _done_late(deadline: Echeance) -> str:
    """What may follow, and whom to show it to: never that an act is void."""
    delai, line = deadline.delai, deadline.ligne
    day = in_words(deadline.fait_le) if deadline.fait_le else ""
    end = day_in_words(deadline.calcul.au_plus_tard)
    what = f"{capitalised(deadline.ce_qui_fut_fait)} est du {day}, après le {end}."
    if line and line.rattrapable:
        return sentences(what, line.si_tard) if line.si_tard else ""
    may = f"Dans ce cas, {delai.sanction} : à faire vérifier." if delai.sanction else ""
    told = line.si_tard if line and line.si_tard and not deadline.agir else _WHOM
    if deadline.agir and line and line.autre_voie:
        told = sentences(told, line.autre_voie)
    return sentences(what, may, told)


# ---------------------------------------------------------------- the person who filed a planning file

_TACIT = {
    Dossier.DECLARATION_PREALABLE: "une non-opposition tacite",
    Dossier.PERMIS_MAISON: "un permis tacite",
    Dossier.AUTRE_PERMIS: "un permis tacite",
}
_REFUSED = {Dossier.DECLARATION_PREALABLE: "une opposition tacite"}
_CERTIFICATE = "un certificat d'urbanisme tacite, qui garantit seulement les règles d'urbanisme du jour"
_PANEL = (
    "Affichez le panneau sur le terrain, visible de la rue : le délai des voisins part du premier jour d'affichage."
)


def _planning(inputs: DelaisInputs, place: Place, dated: Sequence[Echeance]) -> str | None:
    today = inputs.aujourdhui
    match planning_issue(inputs, place):
        case Issue.REJET_TACITE:
            return _too_late(inputs, dated)
        case Issue.INSTRUCTION:
            return _still_examined(inputs, place, today)
        case Issue.SILENCE:
            return _silence(inputs, place)
        case Issue.DECISION if inputs.decision is Decision.ACCORD:
            return _granted(inputs, dated, today)
        case Issue.DECISION:
            return _refused(inputs, place, dated, today)
        case _:
            return None


def _refused(inputs: DelaisInputs, place: Place, dated: Sequence[Echeance], today: date) -> str | None:
    """A refusal: what to do next, and that a tacit agreement may have come before it."""
    found = examination(inputs, place)
    answer = inputs.date_decision
    after = (
        isinstance(found, Echeance)
        and answer is not None
        and answer > found.calcul.au_plus_tard
        and inputs.dossier in _TACIT
        and inputs.silence is not Silence.OUI
    )
    if not after:
        return None
    return sentences(
        "Ce refus est venu après la fin du temps laissé à la mairie : un accord tacite existait peut-être déjà.",
        _WHOM,
        _next_for_you(dated, today) or "",
    )


def _too_late(inputs: DelaisInputs, dated: Sequence[Echeance]) -> str:
    limit = next(d for d in dated if d.delai.cle == "urbanisme.pieces")
    refused = _REFUSED.get(inputs.dossier or Dossier.AUTRE_PERMIS, "un rejet tacite")
    end = day_in_words(limit.calcul.au_plus_tard)
    arrived = (
        f"les pièces sont arrivées le {in_words(inputs.date_pieces)}, après le {end}"
        if inputs.date_pieces
        else f"toutes les pièces ne sont pas arrivées avant la fin du {end}"
    )
    already = "" if inputs.date_pieces else "Déjà envoyées ? Indiquez la date de réception en mairie."
    return sentences(
        f"D'après ces dates, {arrived} : la loi prévoit {refused} à cette date, et l'instruction ne continue pas.",
        already,
        "Demandez à la mairie où en est le dossier ; il faudra sans doute en déposer un nouveau.",
    )


def _outcome(inputs: DelaisInputs) -> str:
    """What the town's silence will be, or is."""
    kind = inputs.dossier or Dossier.DECLARATION_PREALABLE
    if kind not in _TACIT:
        return _CERTIFICATE
    if inputs.silence is Silence.OUI and kind is not Dossier.DECLARATION_PREALABLE:
        return "un refus tacite"
    unless = ""
    if inputs.silence is Silence.INCONNU and kind is not Dossier.DECLARATION_PREALABLE:
        unless = ", sauf dans les cas où le silence vaut refus"
    if inputs.silence is Silence.OUI:
        unless = ", à faire confirmer par la mairie pour un projet soumis à un accord particulier"
    return f"{_TACIT[kind]}{unless}"


def _still_examined(inputs: DelaisInputs, place: Place, today: date) -> str | None:
    found = examination(inputs, place)
    if not isinstance(found, Echeance):
        return None
    end = found.calcul.au_plus_tard
    return (
        f"La mairie a jusqu'au {day_in_words(end)} pour répondre ({how_soon(end, today)}). Sans réponse de sa part à "
        f"cette date, la loi prévoit {_outcome(inputs)}."
    )


def _silence(inputs: DelaisInputs, place: Place) -> str | None:
    found = examination(inputs, place)
    if not isinstance(found, Echeance):
        return None
    end = day_in_words(found.calcul.au_plus_tard)
    outcome = _outcome(inputs)
    start = f"D'après ces dates, la mairie n'a pas répondu avant la fin du {end}. La loi prévoit alors {outcome}."
    if outcome == "un refus tacite":
        return sentences(
            start,
            "Demandez-lui les motifs du refus. Vous pouvez changer le projet, déposer un nouveau dossier, ou aller "
            "devant le tribunal administratif : voyez vite un point-justice.",
        )
    if outcome == _CERTIFICATE:
        return start
    return sentences(start, "Demandez à la mairie le certificat qui le prouve.", _PANEL)


def _granted(inputs: DelaisInputs, dated: Sequence[Echeance], today: date) -> str | None:
    """An agreement: the panel, then the neighbours' time, then the time left to begin."""
    if inputs.dossier not in _TACIT:
        return None
    found = {d.delai.cle: d for d in dated}
    granted = f"La mairie a dit oui le {in_words(inputs.date_decision)}." if inputs.date_decision else ""
    good = _time_to_begin(found.get("urbanisme.validite"), found.get("urbanisme.prorogation"), today)
    panel = found.get("urbanisme.recours-tiers")
    if panel is None:
        return sentences(granted, _PANEL, good)
    last = day_in_words(panel.calcul.au_plus_tard)
    if inputs.date_recours is not None:
        return sentences(granted, "Un recours a été déposé : voyez un avocat. Le délai pour commencer est suspendu.")
    if panel.calcul.au_plus_tard >= today:
        calm = (
            f"Un voisin peut agir jusqu'au {last} inclus, si le panneau reste visible : attendez le lendemain pour "
            "être tranquille."
        )
    else:
        calm = f"Le délai des voisins est passé depuis le {last}, si le panneau est resté visible tout ce temps."
    return sentences(granted, calm, good)


def _time_to_begin(end: Echeance | None, more: Echeance | None, today: date) -> str:
    if end is None:
        return ""
    last = day_in_words(end.jour)
    if end.jour < today:
        return (
            f"Si les travaux n'avaient pas commencé le {last}, la loi prévoit que l'autorisation cesse de valoir : "
            "demandez à la mairie ce qu'il en est."
        )
    longer = ""
    if more is not None and more.jour >= today:
        longer = f"Sinon, demandez un an de plus au plus tard le {day_in_words(more.jour)}."
    return sentences(f"Commencez les travaux avant le {last}.", longer)


def planning_step(inputs: DelaisInputs, place: Place) -> Etape | None:
    """The reasoning on the documents and on the town's silence, with its articles."""
    if inputs.situation is not Situation.URBANISME or inputs.role_urbanisme is not RoleUrbanisme.DEMANDEUR:
        return None
    issue = planning_issue(inputs, place)
    if issue is Issue.REJET_TACITE:
        return Etape(
            "Les pièces",
            "La mairie a demandé les pièces dans son premier mois. Il fallait les lui faire parvenir toutes à temps : "
            "sinon, la loi prévoit un rejet tacite du permis, ou une opposition tacite à la déclaration.",
            articles=articles(("CURB R423-38", "CURB R423-39")),
        )
    if inputs.date_decision is not None or inputs.dossier not in _TACIT:
        return None
    asked = inputs.date_demande_pieces
    ignored = asked is not None and issue is not Issue.PIECES_ATTENDUES and inputs.date_pieces is None
    late = (
        "La demande de pièces est venue après le premier mois : elle ne change pas le délai de la mairie. Faites "
        "confirmer cette lecture par la mairie."
        if ignored or _asked_too_late(inputs, place)
        else ""
    )
    return Etape(
        "Si la mairie ne répond pas",
        sentences(
            late,
            f"Sans réponse à la fin du délai, la loi prévoit {_outcome(inputs)}.",
            "Le certificat se demande à la mairie.",
        ),
        articles=articles(
            ("CURB R423-41", "CURB R424-1", "CURB R424-2", "CURB R424-3", "CURB R424-13")
            if late
            else ("CURB R424-1", "CURB R424-2", "CURB R424-3", "CURB R424-13")
        ),
    )


def _asked_too_late(inputs: DelaisInputs, place: Place) -> bool:
    found = examination(inputs, place)
    return (
        inputs.date_demande_pieces is not None
        and isinstance(found, Echeance)
        and found.calcul.retenue.evenement == inputs.date_depot
        and inputs.date_depot != inputs.date_pieces
    )


def todays_actions(inputs: DelaisInputs, dated: Sequence[Echeance], waiting: Sequence[Attente]) -> Iterator[str]:
    """What to do besides the dated steps."""
    if inputs.role is Role.DEBITEUR and inputs.date_denonciation is None:
        yield "Guettez l'acte du commissaire de justice : le délai pour contester partira de sa remise. Notez ce jour."
    for deadline in dated:
        if deadline.agir and deadline.fait_le is not None and deadline.suite:
            yield deadline.suite
    if any(w.delai.cle == "aide-juridictionnelle.nouveau-mois" for w in waiting):
        wait = law().delais["aide-juridictionnelle.pieces"]
        yield f"Si le bureau vous réclame des pièces, envoyez-les dans le délai qu'il donne ({wait.in_words()})."
