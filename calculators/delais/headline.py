"""The sentence that a situation begins with: what the person has to do now, or that nothing is left to do.

A step that was done leaves it. « Passé » is said of a time limit only to whom it was for, and never without what stays
possible. What was done late says what may follow and whom to show it to; whether an act is void is for the judge alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.delais.inputs import (
    Aupres,
    Decision,
    Dossier,
    Remise,
    Role,
    RoleInjonction,
    RoleSalaire,
    RoleUrbanisme,
    Silence,
    Situation,
)
from calculators.delais.sentences import aim_at, articles, day_in_words, how_soon, sentences
from calculators.delais.special import Issue, examination, planning_issue, suspended
from calculators.delais.steps import Echeance, Etat
from calculators.law import Portee, law
from calculators.result import Etape
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculators.delais.inputs import DelaisInputs
    from calculators.delais.readings import Place
    from calculators.delais.steps import Attente

__all__ = ["headline", "planning_step", "todays_actions"]

_CONTEST = "saisie-attribution.contestation"
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
        main = _while_others_act(inputs, place, dated)
    if main is None:
        main = _nothing_due(dated, waiting, today, told=bool(mine_late))
    alerts = sentences(*(d.alerte for d in dated), _seized_while_suspended(inputs, place))
    return sentences(alerts, mine_late, main, others_late, _missed_by_others(inputs, dated))


def _next_for_you(dated: Sequence[Echeance], today: date) -> str | None:
    """The next last day of the person asking, if one is still to come."""
    mine = sorted((d for d in dated if d.limite), key=lambda d: bool(d.ligne and d.ligne.secondaire))
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
            aim,
            early,
        )
    return None


def _while_others_act(inputs: DelaisInputs, place: Place, dated: Sequence[Echeance]) -> str | None:
    """What to say to who waits because another person acted, or may act already without waiting for a date."""
    done = _done_in_time([d for d in dated if d.agir and d.etat(inputs.aujourdhui) is Etat.FAIT])
    match inputs.situation:
        case Situation.SAISIE_ATTRIBUTION if inputs.role is not Role.DEBITEUR:
            return _while_the_money_is_held(inputs, dated, done)
        case Situation.SAISIE_REMUNERATIONS if inputs.role_salaire is not RoleSalaire.DEBITEUR:
            if suspended(inputs, place) and inputs.date_pv is None:
                return _wage_contested(inputs)
        case Situation.INJONCTION if inputs.role_injonction is RoleInjonction.CREANCIER and inputs.date_opposition:
            return sentences(
                done, "Une opposition est faite : le greffe convoque les deux parties. Préparez vos preuves."
            )
        case Situation.INJONCTION if inputs.remise_en_main_propre is Remise.NON and inputs.date_premier_acte is None:
            if inputs.role_injonction is RoleInjonction.DEBITEUR:
                return _opposed_or_not_yet(inputs)
        case _:
            pass
    return None


def _while_the_money_is_held(inputs: DelaisInputs, dated: Sequence[Echeance], done: str) -> str | None:
    """What to say to the bank and to the creditor of a seized account."""
    if inputs.date_assignation is not None and inputs.date_jugement is None:
        return sentences(done, _contested(inputs, dated))
    if inputs.role is not Role.BANQUE:
        return None
    if inputs.date_assignation is None:
        return _paid_on_the_certificate(dated, inputs.aujourdhui)
    return (
        "Le juge a décidé. S'il a rejeté la contestation, vous payez le créancier quand il vous présente cette "
        "décision, une fois qu'elle est notifiée."
    )


def _contested(inputs: DelaisInputs, dated: Sequence[Echeance]) -> str:
    """What a challenge changes for the bank and for the creditor, while the judge has not decided.

    The payment is deferred (CPCE, art. L211-5). One made after the month leaves the certificate of R211-6 possible;
    whether it may be heard is for the judge, and the debtor alone knows whether legal aid was asked for in time.
    """
    bank = inputs.role is Role.BANQUE
    if any(d.delai.cle == _CONTEST and d.etat(inputs.aujourdhui) is Etat.FAIT_TARD for d in dated):
        if bank:
            return (
                "D'après ces dates, la contestation est venue après le délai. Ne payez que sur présentation du "
                "certificat de non-contestation, ou d'une décision du juge : c'est lui qui dira si elle est recevable."
            )
        return (
            "D'après ces dates, la contestation est venue après le délai : voyez avec le commissaire de justice si le "
            "certificat de non-contestation peut être établi."
        )
    if bank:
        return (
            "Une contestation est en cours. Gardez les sommes saisies et ne payez pas avant la décision du juge, sauf "
            "la somme qu'il vous autorise à verser."
        )
    return (
        "Une contestation est en cours : la banque ne paie pas avant la décision du juge, sauf la somme qu'il autorise."
    )


def _paid_on_the_certificate(dated: Sequence[Echeance], today: date) -> str | None:
    """When the bank pays, if nobody has challenged the seizure (CPCE, art. R211-6)."""
    found = next((d for d in dated if d.delai.cle == "saisie-attribution.certificat"), None)
    if found is None:
        return None
    since = (
        f"depuis le {day_in_words(found.jour)}" if found.jour <= today else f"à partir du {day_in_words(found.jour)}"
    )
    return (
        "Vous n'avez pas de délai à tenir. Vous payez le créancier quand il vous présente le certificat de "
        f"non-contestation, possible {since}, ou plus tôt si le débiteur a écrit qu'il ne conteste pas."
    )


def _wage_contested(inputs: DelaisInputs) -> str:
    """A challenge made within the month stops the seizure of the wage (CPCE, art. L212-4, R212-1-9)."""
    start = "Le débiteur a contesté dans le mois : la procédure est suspendue jusqu'à la décision du juge"
    if inputs.role_salaire is RoleSalaire.EMPLOYEUR:
        return (
            f"{start}. Vous n'avez rien à retenir tant qu'aucun procès-verbal de saisie ne vous a été signifié. Le "
            "juge peut en autoriser un pour la part qui n'est pas contestée."
        )
    return (
        f"{start}, sauf pour la part qu'il autorise à saisir. Ce que deviennent les trois mois pendant ce temps : "
        "voyez "
        "votre conseil."
    )


def _seized_while_suspended(inputs: DelaisInputs, place: Place) -> str:
    """What to make of a seizure of the wage served after a challenge that had stopped it."""
    served, contested = inputs.date_pv, inputs.date_assignation
    if inputs.situation is not Situation.SAISIE_REMUNERATIONS or served is None or contested is None:
        return ""
    if served < contested or not suspended(inputs, place):
        return ""
    start = (
        f"Le procès-verbal de saisie est du {in_words(served)}, après une contestation faite dans le mois : la loi "
        "suspend alors la procédure, sauf pour la part que le juge a autorisée."
    )
    match inputs.role_salaire:
        case RoleSalaire.EMPLOYEUR:
            return (
                f"{start} Répondez quand même, et demandez par écrit au commissaire de justice ce qu'il faut retenir."
            )
        case RoleSalaire.CREANCIER:
            return f"{start} Faites vérifier cet acte par votre conseil."
        case _:
            return f"{start} Montrez ces dates au juge de l'exécution, à un avocat ou à un point-justice."


def _opposed_or_not_yet(inputs: DelaisInputs) -> str:
    """An order that was not handed to the person: the month has not begun, and nobody has to wait for it."""
    if inputs.date_opposition is not None:
        return (
            f"Fait à temps : l'opposition, le {in_words(inputs.date_opposition)}. Le greffe convoque les deux "
            "parties : préparez vos preuves."
        )
    return (
        "Vous pouvez faire opposition dès maintenant. Le mois partira du premier acte remis en main propre, ou de la "
        "dénonciation d'une saisie."
    )


def _missed_by_others(inputs: DelaisInputs, dated: Sequence[Echeance]) -> str:
    """What a debtor may make of a step that the creditor had to take, and that has not come."""
    if inputs.acteur != Role.DEBITEUR.value:
        return ""
    missed = [
        d
        for d in dated
        if not d.agir and d.delai.portee is Portee.LIMITE and d.delai.sanction and d.ligne and d.ligne.si_tard
        if d.etat(inputs.aujourdhui) is Etat.PASSE and "creancier" in d.ligne.acteurs
    ]
    return sentences(
        *(
            f"{capitalised(d.ce_qui_fut_fait)} devait venir au plus tard le {day_in_words(d.calcul.au_plus_tard)}. Si "
            f"rien n'est venu, {d.delai.sanction} : à faire vérifier. {d.ligne.si_tard if d.ligne else ''}"
            for d in missed
        )
    )


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
    if unknown := next((w.raison for w in waiting if w.agir and w.raison), ""):
        return sentences(_done_in_time(done), unknown, _WHOM)
    if done:
        last = max(done, key=lambda d: (d.fait_le or d.jour, d.jour))
        return sentences(_done_in_time(done), f"Et ensuite ? {last.suite}" if last.suite else "")
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
    return sentences(what, deadline.note, may, told)


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
            return sentences(_silence(inputs, place) or "", _next_for_you(dated, today) or "")
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
        _next_for_you(dated, today) or _nothing_due(dated, (), today, told=False),
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
    end = found.get("urbanisme.validite")
    good = _time_to_begin(end, found.get("urbanisme.prorogation"), today)
    panel = found.get("urbanisme.recours-tiers")
    over = end is not None and end.jour < today
    if panel is None:
        return sentences(granted, "" if over or inputs.date_achevement else _PANEL, good)
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
    if inputs.date_recours is not None and inputs.recours_aupres is Aupres.INCONNU:
        yield "Dites où le recours a été déposé : à la mairie, il n'allonge pas le délai pour aller au tribunal."
    in_time = [d for d in dated if d.agir and d.etat(inputs.aujourdhui) in {Etat.FAIT, Etat.FAIT_A_VERIFIER}]
    last = max((d.fait_le for d in in_time if d.fait_le), default=None)
    judged = inputs.date_jugement is not None and last is not None and last <= inputs.date_jugement
    for deadline in in_time:
        if deadline.fait_le == last and deadline.suite and not judged:
            yield deadline.suite
    if any(w.delai.cle == "aide-juridictionnelle.nouveau-mois" for w in waiting):
        wait = law().delais["aide-juridictionnelle.pieces"]
        yield f"Si le bureau vous réclame des pièces, envoyez-les dans le délai qu'il donne ({wait.in_words()})."
