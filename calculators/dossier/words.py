"""What a dossier says: « aujourd'hui » in three lines at most, the state of each step, whom to write to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calculators.calendar import in_words, weekday_in_words
from calculators.dossier.rules import Etat, Pas, title_of
from calculators.edition import edition, read_edition
from calculators.law import Portee
from calculators.outcome import Refused
from calculators.typography import capitalised

if TYPE_CHECKING:
    from datetime import date

    from calculators.dossier.rules import Facts
    from calculators.result import Action, Evenement

__all__ = ["DONE_ALREADY", "Line", "contacts", "file_name", "how", "other_rules", "step_title", "today", "when"]

#: Whoever acted in time may not have said so yet.
DONE_ALREADY = "Déjà fait ? Notez-le plus bas, tout est recalculé."

_MOST = 3
#: How many of the steps left for below are named.
_NAMED = 2
_LETTERS = "calculateurs/courriers/"
_BEGIN = "Dites ce que vous avez reçu, et quand : les dates, les courriers et les documents en viennent."
_COUNT = "Ajoutez vos dates : sans elles, ce dossier ne peut pas dire jusqu'à quand agir."
_ASK = "Montrez ces dates à un avocat ou à un point-justice avant de renoncer."
#: How the dates say which working day to aim at.
_CLOSED = "les bureaux sont fermés"
_HELP = "Un point-justice : il reçoit gratuitement, et dit qui peut vous aider."


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a word that says what kind, the sentence, and the pages it leads to, each with its words.

    ``pas``: the step that it is about.
    """

    mot: str
    texte: str
    pages: tuple[tuple[str, str], ...] = ()
    pas: Pas | None = None


def today(facts: Facts) -> tuple[Line, ...]:
    """What to do now, by when, with which paper: three lines at most."""
    if not facts.outcomes:
        return (Line("Pour commencer", _BEGIN),)
    if facts.steps:
        return _with_those_left(tuple(_of_steps(facts))[:_MOST], facts)
    return tuple(_without_step(facts))[:_MOST]


def _with_those_left(lines: tuple[Line, ...], facts: Facts) -> tuple[Line, ...]:
    """Three lines hide no step that cannot wait: the last one says how many are told below, and the first of them."""
    told = [line.pas for line in lines]
    left = [step for step in facts.steps if step.etat is not Etat.A_VENIR and step not in told]
    if not left:
        return lines
    count = "une autre date est passée" if len(left) == 1 else f"{len(left)} autres dates sont passées"
    which = " ; ".join(map(_within, left[:_NAMED])) + ("…" if len(left) > _NAMED else ".")
    said = f"Plus bas, {count}, avec ce qui reste possible : {which}"
    *first, last = lines
    return (*first, replace(last, texte=f"{last.texte} {said}"))


def other_rules(facts: Facts) -> str:
    """What is said of a file that other rules had answered; empty for one of these rules, or that names none."""
    before = read_edition(facts.dossier.regles)
    if before is None or before == edition():
        return ""
    return f"Ce dossier a été enregistré avec les {before.dite} ; aujourd'hui : {edition().dite}. Tout y est recalculé."


def _of_steps(facts: Facts) -> list[Line]:
    first, *others = facts.steps
    if first.etat is Etat.PASSE:
        lines = [Line("À faire", first.autre_voie or _ASK, _guide(first), first), _late(first, facts.today)]
    elif first.courriers:
        lines = [
            Line("À faire", f"{step_title(first)}. {capitalised(when(first, facts.today))}.", _guide(first), first)
        ]
    else:
        lines = [
            Line("À faire", f"{step_title(first)}.", _guide(first), first),
            Line("Quand", f"{capitalised(when(first, facts.today))}.", pas=first),
        ]
    paper = [
        Line("Avec", "le courrier", ((f"{_LETTERS}#courrier={letter.nom}", letter.titre),), first)
        for letter in first.utiles[:1]
    ]
    ahead = [step for step in others if step.etat in {Etat.A_VENIR, Etat.PRESSANT}]
    over = [step for step in others if step.etat is Etat.PASSE]
    following = [Line("Ensuite", f"{step_title(step)} : {when(step, facts.today)}.", pas=step) for step in ahead[:1]]
    # Three lines are kept: a day that can still be kept goes before a letter for one that is over.
    lines += [*following, *paper] if first.etat is Etat.PASSE else [*paper, *following]
    lines += [Line("Où vous en êtes", outcome.result.resume) for outcome in facts.to_be_told]
    lines += [Line("À savoir", said) for said in dict.fromkeys(facts.announced)]
    if over and not ahead:
        # What stays possible is whole beside the step.
        lines.append(
            _late(over[0], facts.today, left=f"{(over[0].autre_voie or _ASK).partition('. ')[0].rstrip('.')}.")
        )
    return lines


def how(event: Evenement, facts: Facts) -> str:
    """How a step was taken; of one whose day something else saved, by what: it is still to be taken."""
    return event.precision.partition(" ; ")[0] if (event.cle, event.jour) in facts.saved else event.statut.label


def step_title(step: Pas) -> str:
    """What a step is, with what must be so for the reader to have it."""
    named = step.evenement.titre
    return f"Si {step.condition}, {_small(named)}" if step.condition else named


def _within(step: Pas) -> str:
    return _small(step_title(step))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _late(step: Pas, day: date, left: str = "") -> Line:
    """A day that is over, with what stays possible; whoever acted in time has not said so yet."""
    said = (f"{step_title(step)} : {when(step, day)}.", DONE_ALREADY if step.fait else "", left)
    return Line("Date passée", " ".join(filter(None, said)), pas=step)


def _guide(step: Pas) -> tuple[tuple[str, str], ...]:
    return _read(step.action) if step.action else ()


def _read(action: Action) -> tuple[tuple[str, str], ...]:
    return ((action.page, "Lire le guide"),) if action.page else ()


def _without_step(facts: Facts) -> list[Line]:
    told = facts.answered("delais")
    missing = [
        Line("À compléter", f"{title_of(one)}. {outcome.erreurs[0].message}")
        for one, outcome in facts.outcomes
        if isinstance(outcome, Refused)
    ]
    if told:
        # What is not to be waited for has no date as long as its event has none.
        now = [
            Line("À faire", f"{action.texte.partition('. ')[0]}. {capitalised(action.quand)}.", _read(action))
            for _, outcome in told
            for action in outcome.result.a_faire
            if action.page and action.quand
        ]
        # Each answer says by itself what was done, whether in time, and what follows.
        return [*missing[:1], *now[:1], *(Line("Où vous en êtes", outcome.result.resume) for _, outcome in told)]
    advice = [action for _, outcome in facts.answered() for action in outcome.result.a_faire if action.page]
    lines = [Line("À faire", action.texte, _read(action)) for action in advice[:1]]
    return [*missing[:1], *lines, Line("Vos dates", _COUNT)]


def when(step: Pas, day: date) -> str:
    """Until when a step may be taken, and how far that is."""
    event = step.evenement
    match step.etat:
        case Etat.PRESSANT:
            return (
                f"aujourd'hui même : la date sûre, le {event.dit}, est passée, mais une lecture de la loi va jusqu'au "
                f"{weekday_in_words(step.jusqu_au)} {in_words(step.jusqu_au)}"
            )
        case Etat.PASSE:
            return f"la date est passée depuis le {event.dit}"
        case Etat.ENCORE_POSSIBLE:
            return step.action.quand if step.action and step.action.quand else "dès que possible"
        case Etat.A_VENIR:
            pass
    if step.portee is Portee.AU_PLUS_TOT:
        return f"à partir du {event.dit}"
    if step.portee is Portee.SANS_ATTENDRE:
        return f"maintenant, sans attendre le {event.dit}"
    closed = next((f" ; {part}" for part in event.precision.split(" ; ") if part.startswith(_CLOSED)), "")
    return f"au plus tard le {event.dit} ({_far((event.jour - day).days)}){closed}"


def _far(days: int) -> str:
    if days == 0:
        return "c'est aujourd'hui"
    return "c'est demain" if days == 1 else f"dans {days} jours"


def contacts(facts: Facts) -> tuple[str, ...]:
    """Whom to write to or to see, in the words of the letters: one of each kind."""
    first = {letter.groupe: letter.a_qui for letter in reversed(facts.letters)}
    return (*dict.fromkeys(first[letter.groupe] for letter in facts.letters), _HELP)


def file_name(facts: Facts) -> str:
    """How its file is called, with letters and figures that every system takes."""
    bare = unicodedata.normalize("NFD", facts.dossier.nom).encode("ascii", "ignore").decode()
    return "-".join(["dossier", *re.findall(r"[A-Za-z0-9]+", bare)]) + ".json"
