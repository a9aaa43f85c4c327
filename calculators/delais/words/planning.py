"""What is said to the person who filed a planning file: what the town has to do, and what its silence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.declaration import OuiNon
from calculators.delais.echeances import Echeance
from calculators.delais.inputs import Decision, DossierUrbanisme, Silence
from calculators.delais.planning import (
    CERTIFICATES,
    Issue,
    SansReponse,
    asked_too_late,
    examination,
    is_applicant,
    planning_issue,
    refused_after_silence,
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
            return sentences(_silence(facts, say), next_for_you or "")
        case Issue.DECISION if facts.inputs.decision is Decision.ACCORD:
            return _granted(course, say)
        case Issue.DECISION if refused_after_silence(facts):
            return sentences(
                say(
                    "Ce refus est venu après la fin du temps laissé à la mairie : un accord tacite existait peut-être "
                    "déjà."
                ),
                say("Montrez ces dates à un avocat ou à un point-justice."),
                next_for_you or nothing_due(),
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


def _silence(facts: Facts, say: Language) -> str:
    found = examination(facts)
    if not isinstance(found, Echeance):
        return ""
    start = say(
        "D'après ces dates, la mairie n'a pas répondu avant la fin du {fin}. La loi prévoit alors {issue}.",
        fin=say.weekday(found.calcul.au_plus_tard),
        issue=_outcome(facts, say),
    )
    match without_answer(facts):
        case SansReponse.REFUS:
            return sentences(
                start,
                say(
                    "Demandez-lui les motifs du refus. Vous pouvez changer le projet, déposer un nouveau dossier, ou "
                    "aller devant le tribunal administratif : voyez vite un point-justice."
                ),
            )
        case SansReponse.CERTIFICAT:
            return start
        case _:
            return sentences(start, say("Demandez à la mairie le certificat qui le prouve."), _panel(say))


def _panel(say: Language) -> str:
    return say(
        "Affichez le panneau sur le terrain, visible de la rue : le délai des voisins part du premier jour d'affichage."
    )


def _granted(course: Chronologie, say: Language) -> str | None:
    """An agreement: the panel, then the neighbours' time, then the time left to begin."""
    inputs, today = course.facts.inputs, course.facts.today
    if inputs.dossier in CERTIFICATES:
        return _certified(course.facts, say)
    found = {deadline.delai.cle: deadline for deadline in course.datees}
    granted = say("La mairie a dit oui le {jour}.", jour=inputs.date_decision) if inputs.date_decision else ""
    end = found.get("urbanisme.validite")
    good = _time_to_begin(end, found.get("urbanisme.prorogation"), course.facts, say)
    panel = found.get("urbanisme.recours-tiers")
    over = end is not None and end.jour < today
    if panel is None:
        return sentences(granted, "" if over or inputs.date_achevement else _panel(say), good)
    if inputs.date_recours is not None:
        return sentences(
            granted, say("Un recours a été déposé : voyez un avocat. Le délai pour commencer est suspendu.")
        )
    last = say.weekday(panel.calcul.au_plus_tard)
    if panel.calcul.au_plus_tard >= today:
        calm = say(
            "Un voisin peut agir jusqu'au {jour} inclus, si le panneau reste visible : attendez le lendemain pour être "
            "tranquille.",
            jour=last,
        )
    else:
        calm = say(
            "Le délai des voisins est passé depuis le {jour}, si le panneau est resté visible tout ce temps.", jour=last
        )
    return sentences(granted, calm, good)


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
    if inputs.date_decision is not None or inputs.dossier in CERTIFICATES:
        return None
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
            say("Le certificat se demande à la mairie."),
        ),
        articles=facts.law.articles(
            *(("CURB R423-41",) if late else ()), "CURB R424-1", "CURB R424-2", "CURB R424-3", "CURB R424-13"
        ),
    )
