"""What is said to the person who filed a planning file: what the town has to do, and what its silence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.declaration import OuiNon
from calculators.delais.echeances import Echeance, Etat
from calculators.delais.inputs import Aupres, Decision, DossierUrbanisme, Silence
from calculators.delais.planning import (
    CERTIFICATES,
    Issue,
    SansReponse,
    asked_too_late,
    examination,
    in_court,
    is_applicant,
    is_suspended,
    lengthened_by_the_mairie,
    planning_issue,
    refused_after_silence,
    tacitly_refused,
    without_answer,
)
from calculators.delais.readings import Hypothese
from calculators.delais.words.dates import how_soon, sentences
from calculators.law import Unite
from calculators.law.words import lasting, length, of_length
from calculators.result import Etape

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.delais.facts import Facts
    from calculators.delais.situations import Chronologie
    from calculators.language import Language

__all__ = ["planning_headline", "planning_step"]


def planning_headline(
    course: Chronologie, next_for_you: str | None, nothing_due: Callable[[], str], say: Language
) -> str | None:
    """The first sentences, where the file says more than its dates.

    Args:
        course: the situation.
        next_for_you: the next last day of the person, in words.
        nothing_due: what to say when there is none.
        say: the language of the answer.
    """
    facts = course.facts
    match planning_issue(facts):
        case Issue.REJET_TACITE:
            return _too_late(course, say)
        case Issue.INSTRUCTION:
            return _still_examined(facts, say)
        case Issue.SILENCE:
            return _silence(course, next_for_you, nothing_due, say)
        case Issue.DECISION if facts.inputs.decision is Decision.ACCORD:
            return _granted(course, say)
        case Issue.DECISION if refused_after_silence(facts):
            return sentences(
                say(
                    "Ce refus est venu après la fin du temps laissé à la mairie : un accord tacite existait peut-être "
                    "déjà."
                ),
                say("Montrez ces dates à un avocat ou à un point-justice."),
                next_for_you or _of_the_court(course, nothing_due),
            )
        case _:
            return None


def _too_late(course: Chronologie, say: Language) -> str:
    inputs = course.facts.inputs
    limit = next(deadline for deadline in course.datees if deadline.delai.cle == "urbanisme.pieces")
    declared = inputs.dossier is DossierUrbanisme.DECLARATION_PREALABLE
    refused = say("une opposition tacite") if declared else say("un rejet tacite")
    end = say.weekday(limit.calcul.au_plus_tard)
    if inputs.date_pieces:
        told = say(
            "D'après ces dates, les pièces sont arrivées le {jour}, après le {fin} : la loi prévoit {refus} à cette "
            "date, et l'instruction ne continue pas.",
            jour=inputs.date_pieces,
            fin=end,
            refus=refused,
        )
    else:
        told = say(
            "D'après ces dates, toutes les pièces ne sont pas arrivées avant la fin du {fin} : la loi prévoit {refus} "
            "à cette date, et l'instruction ne continue pas.",
            fin=end,
            refus=refused,
        )
    return sentences(
        told,
        "" if inputs.date_pieces else say("Déjà envoyées ? Indiquez la date de réception en mairie."),
        _filed(course.facts, say),
        say("Demandez à la mairie où en est le dossier ; il faudra sans doute en déposer un nouveau."),
    )


def _outcome(facts: Facts, say: Language) -> str:
    """What the town's silence will be, or is."""
    found = without_answer(facts)
    silence = facts.inputs.silence
    match found:
        case SansReponse.CERTIFICAT:
            return say("un certificat d'urbanisme tacite, qui garantit seulement les règles d'urbanisme du jour")
        case SansReponse.REFUS:
            return say("un refus tacite")
        case SansReponse.NON_OPPOSITION if silence is Silence.OUI:
            return say(
                "une non-opposition tacite, à faire confirmer par la mairie pour un projet soumis à un accord "
                "particulier"
            )
        case SansReponse.NON_OPPOSITION:
            return say("une non-opposition tacite")
        case _ if silence is Silence.INCONNU:
            return say("un permis tacite, sauf dans les cas où le silence vaut refus")
        case _:
            return say("un permis tacite")


def _still_examined(facts: Facts, say: Language) -> str | None:
    found = examination(facts)
    if not isinstance(found, Echeance):
        return None
    end = found.calcul.au_plus_tard
    told = say(
        "La mairie a jusqu'au {fin} pour répondre ({quand}). Sans réponse de sa part à cette date, la loi prévoit "
        "{issue}.",
        fin=say.weekday(end),
        quand=how_soon(end, facts.today, say),
        issue=_outcome(facts, say),
    )
    if facts.inputs.abords is not OuiNon.INCONNU or facts.inputs.dossier in CERTIFICATES:
        return told
    sooner = max(r.compte.echeance for r in found.calcul.lectures if Hypothese.HORS_ABORDS in r.suppose)
    if sooner < facts.today:
        also = say(
            "Si le terrain n'est ni aux abords d'un monument ni dans un site patrimonial remarquable, ce temps a fini "
            "le {jour}.",
            jour=say.weekday(sooner),
        )
    else:
        also = say(
            "Si le terrain n'est ni aux abords d'un monument ni dans un site patrimonial remarquable, elle n'a que "
            "jusqu'au {jour}.",
            jour=say.weekday(sooner),
        )
    return sentences(told, also)


def _silence(course: Chronologie, next_for_you: str | None, nothing_due: Callable[[], str], say: Language) -> str:
    found = examination(course.facts)
    if not isinstance(found, Echeance):
        return ""
    start = say(
        "D'après ces dates, la mairie n'a pas répondu avant la fin du {fin}. La loi prévoit alors {issue}.",
        fin=say.weekday(found.calcul.au_plus_tard),
        issue=_outcome(course.facts, say),
    )
    match without_answer(course.facts):
        case SansReponse.REFUS:
            return sentences(start, _refused_by_silence(course, next_for_you, nothing_due, say))
        case SansReponse.CERTIFICAT:
            return sentences(start, _filed(course.facts, say))
        case _:
            return sentences(start, say("Demandez à la mairie le certificat qui le prouve."), _agreed(course, say))


def _refused_by_silence(
    course: Chronologie, next_for_you: str | None, nothing_due: Callable[[], str], say: Language
) -> str:
    """A tacit refusal: the court while there is time for it; then that it was seized, or that it is too late."""
    facts = course.facts
    if in_court(facts):
        return _of_the_court(course, nothing_due)
    no_longer = ""
    if facts.inputs.date_recours is not None and not lengthened_by_the_mairie(facts):
        no_longer = (
            say("Le recours à la mairie n'allonge pas le délai pour aller au tribunal.")
            if facts.inputs.recours_aupres is Aupres.MAIRIE
            else say(
                "Dites où le recours a été déposé : à la mairie, il n'allonge pas le délai pour aller au tribunal."
            )
        )
    reasons = say("Demandez-lui les motifs du refus.")
    if not next_for_you:
        return sentences(reasons, no_longer, nothing_due())
    return sentences(
        reasons,
        say(
            "Vous pouvez changer le projet, déposer un nouveau dossier, ou aller devant le tribunal administratif : "
            "voyez vite un point-justice."
        ),
        no_longer,
        next_for_you,
    )


def _of_the_court(course: Chronologie, nothing_due: Callable[[], str]) -> str:
    """What is left once the court has been seized, or can no longer be; seized late, it was told first."""
    late = any(d.delai.cle == "urbanisme.recours-refus" for d in course.those(Etat.FAIT_TARD))
    return "" if late else nothing_due()


def _panel(say: Language) -> str:
    return say(
        "Affichez le panneau sur le terrain, visible de la rue : le délai des voisins part du premier jour d'affichage."
    )


def _granted(course: Chronologie, say: Language) -> str:
    """A written agreement."""
    facts = course.facts
    if facts.inputs.dossier in CERTIFICATES:
        return sentences(_certified(facts, say) or "", _filed(facts, say))
    granted = (
        say("La mairie a dit oui le {jour}.", jour=facts.inputs.date_decision) if facts.inputs.date_decision else ""
    )
    return sentences(granted, _agreed(course, say))


def _agreed(course: Chronologie, say: Language) -> str:
    """An agreement, written or tacit: a challenge, the panel or the neighbours' time, then the time left to begin."""
    facts = course.facts
    found = {deadline.delai.cle: deadline for deadline in course.datees}
    end, panel = found.get("urbanisme.validite"), found.get("urbanisme.recours-tiers")
    if panel is not None:
        neighbours = _neighbours(panel, facts, say)
    else:
        over = end is not None and end.jour < facts.today
        neighbours = "" if over or facts.inputs.date_achevement else _panel(say)
    return sentences(
        _filed(facts, say),
        _time_after_a_challenge(end, facts, say),
        neighbours,
        _time_to_begin(end, found.get("urbanisme.prorogation"), facts, say),
    )


def _filed(facts: Facts, say: Language) -> str:
    if facts.inputs.date_recours is None:
        return ""
    if facts.inputs.recours_aupres is Aupres.MAIRIE:
        return say("Un recours a été déposé à la mairie : voyez un avocat.")
    return say("Un recours a été déposé : voyez un avocat.")


def _time_after_a_challenge(end: Echeance | None, facts: Facts, say: Language) -> str:
    """What a challenge does to the time left to begin: a court alone suspends it (R*424-19), if it was not over."""
    filed = facts.inputs.date_recours
    if filed is None or facts.inputs.date_achevement or (end is not None and end.jour < filed):
        return ""
    match facts.inputs.recours_aupres:
        case Aupres.TRIBUNAL if is_suspended(facts):
            return say("Le délai pour commencer est suspendu.")
        case Aupres.TRIBUNAL:
            return say("S'il y a bien un accord tacite, le délai pour commencer est suspendu.")
        case Aupres.MAIRIE:
            return say("Ce recours n'arrête pas le délai pour commencer.")
        case _:
            return say(
                "Le délai pour commencer n'est suspendu que si ce recours est devant le tribunal : dites où il a été "
                "déposé."
            )


def _neighbours(panel: Echeance, facts: Facts, say: Language) -> str:
    """The neighbours' time; nobody is told to be at peace when one of them has acted."""
    last = say.weekday(panel.calcul.au_plus_tard)
    if in_court(facts):
        return ""
    if lengthened_by_the_mairie(facts):
        return say(
            "Cette décision est d'avant le {jour} : un recours à la mairie a pu allonger le délai pour aller au "
            "tribunal.",
            jour=facts.law.reperes["urbanisme.recours-gracieux"].jour,
        )
    if panel.calcul.au_plus_tard < facts.today:
        return say(
            "Le délai des voisins est passé depuis le {jour}, si le panneau est resté visible tout ce temps.", jour=last
        )
    if facts.inputs.date_recours is not None:
        return say("Un voisin peut aller au tribunal jusqu'au {jour} inclus, si le panneau reste visible.", jour=last)
    return say(
        "Un voisin peut agir jusqu'au {jour} inclus, si le panneau reste visible : attendez le lendemain pour être "
        "tranquille.",
        jour=last,
    )


def _certified(facts: Facts, say: Language) -> str | None:
    """A certificate tells the rules of its day, and keeps them for a time; it allows no works (art. L410-1)."""
    if facts.inputs.date_decision is None:
        return None
    return say(
        "La mairie a donné le certificat le {jour}. Il n'autorise aucuns travaux. Une demande déposée dans les {duree} "
        "qui suivent garde les règles d'urbanisme de ce jour-là, sauf pour la sécurité et la salubrité.",
        jour=facts.inputs.date_decision,
        duree=lasting(Unite.MOIS, int(facts.law.mesures["urbanisme.certificat.validite"].valeur), say),
    )


def _time_to_begin(end: Echeance | None, more: Echeance | None, facts: Facts, say: Language) -> str:
    if end is None:
        return ""
    last = say.weekday(end.jour)
    if end.jour < facts.today:
        return say(
            "Si les travaux n'avaient pas commencé le {jour}, la loi prévoit que l'autorisation cesse de valoir : "
            "demandez à la mairie ce qu'il en est.",
            jour=last,
        )
    longer = ""
    if more is not None and more.jour >= facts.today:
        each = facts.law.mesures["urbanisme.prorogation"]
        longer = say(
            "Sinon, demandez {duree} de plus au plus tard le {jour}.",
            duree=say(f"{each.valeur}\u00a0{each.unite}"),
            jour=say.weekday(more.jour),
        )
    return sentences(say("Commencez les travaux avant le {jour}.", jour=last), longer)


def planning_step(facts: Facts, say: Language) -> Etape | None:
    """The reasoning on the documents and on the town's silence, with its articles."""
    if not is_applicant(facts):
        return None
    inputs, issue = facts.inputs, planning_issue(facts)
    if issue is Issue.REJET_TACITE:
        return Etape(
            say("Les pièces"),
            say(
                "La mairie a demandé les pièces dans le délai qu'elle avait ({duree}). Il fallait les lui faire "
                "parvenir toutes à temps : sinon, la loi prévoit un rejet tacite du permis, ou une opposition tacite "
                "à la déclaration.",
                duree=length(facts.law.delais["urbanisme.demande-pieces"], say),
            ),
            articles=facts.law.articles("CURB R423-38", "CURB R423-39"),
        )
    certified = _certified(facts, say) if inputs.decision is Decision.ACCORD else None
    if certified and inputs.dossier in CERTIFICATES:
        return Etape(say("Ce que donne un certificat"), certified, articles=facts.law.articles("CURB L410-1"))
    challenged = _of_a_challenge(facts, say)
    cites = facts.law.articles("CURB R424-19") if challenged else ()
    if inputs.date_decision is not None or inputs.dossier in CERTIFICATES:
        return Etape(say("Le temps pour commencer"), challenged, articles=cites) if challenged else None
    asked = inputs.date_demande_pieces
    ignored = asked is not None and issue is not Issue.PIECES_ATTENDUES and inputs.date_pieces is None
    late = ignored or asked_too_late(facts)
    return Etape(
        say("Si la mairie ne répond pas"),
        sentences(
            say(
                "La demande de pièces est venue trop tard, plus {duree} après le dépôt : elle ne change pas le "
                "délai de la mairie. Faites confirmer cette lecture par la mairie.",
                duree=of_length(facts.law.delais["urbanisme.demande-pieces"], say),
            )
            if late
            else "",
            say("Sans réponse à la fin du délai, la loi prévoit {issue}.", issue=_outcome(facts, say)),
            "" if without_answer(facts) is SansReponse.REFUS else say("Le certificat se demande à la mairie."),
            challenged,
        ),
        articles=(
            *facts.law.articles(
                *(("CURB R423-41",) if late else ()), "CURB R424-1", "CURB R424-2", "CURB R424-3", "CURB R424-13"
            ),
            *cites,
        ),
    )


def _of_a_challenge(facts: Facts, say: Language) -> str:
    """What the law makes of a challenge to an authorisation, for the time left to begin."""
    inputs = facts.inputs
    refused = inputs.decision is Decision.REFUS or tacitly_refused(facts)
    if inputs.date_recours is None or inputs.dossier in CERTIFICATES or refused:
        return ""
    return say(
        "Un recours devant le tribunal suspend le temps pour commencer, jusqu'à une décision qui ne peut plus être "
        "contestée. Un recours à la mairie ne le suspend pas."
    )
