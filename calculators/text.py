"""An answer as plain text: for the terminal, and for « Copier » in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.checklist import level_in_words, said_once
from calculators.declaration import Kind, asked_of, describe, fields_of
from calculators.edition import edition_in_words
from calculators.result import Niveau, reader
from calculators.sections import NOTICE, Section, sections
from calculators.typography import capitalised, french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from calculators.errors import FieldError
    from calculators.language import Language
    from calculators.result import (
        Action,
        Calculator,
        Evenement,
        Lecture,
        Lettre,
        PieceDemandee,
        Result,
        SourceUtilisee,
        Tableau,
    )

__all__ = ["REFUSED", "answer_as_text", "answers_given", "dated", "errors_as_text", "letter_as_text"]


def answers_given(inputs: object, *, defaults: bool = True) -> list[tuple[str, str]]:
    """Return the questions asked and the answers given, as the reader saw them: (label, answer).

    Without ``defaults``, only what differs from the form's first state: enough for a worked example.
    """
    given: list[tuple[str, str]] = []
    asked = asked_of(inputs)
    for field in fields_of(type(inputs)):
        value = getattr(inputs, field.nom)
        if field.question.cache or value is None or field.nom not in asked:
            continue
        if not defaults and value == field.defaut:
            continue
        if field.kind is Kind.LIGNES:
            for number, row in enumerate(value, 1):
                details = ", ".join(_row(row))
                given.append((french(f"{field.question.label} — {number}"), details))
        elif value != "":
            given.append((french(field.question.label), french(describe(field, value))))
    return given


def _row(row: object) -> Iterator[str]:
    for field in fields_of(type(row)):
        value = getattr(row, field.nom)
        if value in (None, "") or (value == field.defaut and field.kind is not Kind.CHOIX):
            continue
        text = french(describe(field, value))
        yield text if field.kind in {Kind.CHOIX, Kind.TEXTE} else f"{french(field.question.label)} : {text}"


def _table(tableau: Tableau, say: Language) -> Iterator[str]:
    yield say.typeset(tableau.titre)
    for ligne in tableau.lignes:
        head, *cells = (reader(cell, say) for cell in ligne)
        words = zip((label for _, label in tableau.colonnes[1:]), cells, strict=True)
        yield say.typeset(f"  {head} : ") + ", ".join(f"{say.typeset(label)} {cell}" for label, cell in words if cell)


def _sections(calculator: Calculator[Any], inputs: object, result: Result) -> Iterator[list[str]]:
    say = result.langue
    lines: dict[Section, Callable[[], list[str]]] = {
        Section.SENTENCE: lambda: [calculator.titre, result.resume],
        Section.WARNINGS: lambda: ["Attention", *_warnings(result, Niveau.ATTENTION)],
        Section.VALUES: lambda: [f"{valeur.libelle} : {valeur.dite(say)}" for valeur in result.valeurs],
        Section.LETTER: lambda: list(_letter(result.lettre)),
        Section.ACTIONS: lambda: ["Que faire", *map(_action, result.a_faire)],
        Section.CALENDAR: lambda: ["Calendrier", *map(_event, result.evenements)],
        Section.DOCUMENTS: lambda: ["Pièces", *_pieces(result.pieces or ())],
        Section.DETAILS: lambda: _tables(result),
        Section.READINGS: lambda: ["Lectures possibles", *(_reading(lecture, say) for lecture in result.lectures)],
        Section.STEPS: lambda: ["Raisonnement", *_steps(result)],
        Section.NOTES: lambda: ["Bon à savoir", *_warnings(result, Niveau.INFO)],
        Section.SOURCES: lambda: ["Sources", *map(_source, result.sources)],
        Section.GIVEN: lambda: ["Vos réponses", *_given(inputs)],
        Section.NOTICE: lambda: [NOTICE],
    }
    return (lines[section]() for section in sections(result))


def _warnings(result: Result, level: Niveau) -> Iterator[str]:
    return (f"- {warning.texte}" for warning in result.avertissements if warning.niveau is level)


def _action(action: Action) -> str:
    return f"- {action.texte}" + (f" Quand : {action.quand}." if action.quand else "")


def _source(source: SourceUtilisee) -> str:
    doubt = f"{source.doute} " if source.doute else ""
    return f"- {source.intitule}, {source.texte}. {doubt}{source.lien}"


def _tables(result: Result) -> list[str]:
    """All of them, once one has lines to compare."""
    if any(len(tableau.lignes) > 1 for tableau in result.tableaux):
        return [line for tableau in result.tableaux for line in _table(tableau, result.langue)]
    return []


def _steps(result: Result) -> Iterator[str]:
    for number, step in enumerate(result.etapes, 1):
        cited = ", ".join(article.citation for article in step.articles)
        yield f"{number}. {step.titre}. {step.explication}"
        yield from (f"   {line}" for line in (step.calcul, cited) if line)


def _given(inputs: object) -> Iterator[str]:
    return (f"- {label}{'' if label.endswith('?') else ' :'} {text}" for label, text in answers_given(inputs))


def letter_as_text(lettre: Lettre) -> str:
    """The letter alone, as it may be pasted in a message."""
    return "\n\n".join(
        "\n".join(" | ".join(line) for line in bloc.lignes) if bloc.lignes else bloc.texte for bloc in lettre.blocs
    )


def _letter(lettre: Lettre | None) -> Iterator[str]:
    """The letter between two rules, then what its sender keeps of it."""
    if lettre is None:
        return
    yield from ("Votre courrier", "-" * 40, letter_as_text(lettre), "-" * 40)
    if lettre.blancs:
        yield f"Blancs à remplir : {' ; '.join(lettre.blancs)}"
    if lettre.avant:
        yield f"À envoyer : {lettre.avant}"


def _event(event: Evenement) -> str:
    status = ", ".join(filter(None, (event.nature, event.statut.label, event.precision)))
    return f"- {event.dit} : {event.titre} ({status})"


def _pieces(pieces: Sequence[PieceDemandee]) -> Iterator[str]:
    remarks = said_once(pieces)
    yield from (f"{title} : {words}" for title, words in remarks.lines)
    for piece in remarks.pieces:
        yield from _piece(piece)


def _piece(piece: PieceDemandee) -> Iterator[str]:
    code = f"{piece.code} : " if piece.code else ""
    yield f"[ ] {code}{piece.document} ({level_in_words(piece)})"
    details = (piece.pourquoi, capitalised(piece.a_confirmer), piece.forme, piece.anciennete, piece.ou_l_obtenir)
    yield "    " + ". ".join(text.rstrip(".") for text in details if text) + "."


def _reading(lecture: Lecture, say: Language) -> str:
    amounts = ", ".join(f"{v.libelle} {v.dite(say)}" for v in lecture.valeurs)
    return f"- {lecture.intitule}. {amounts}. {lecture.raison}"


def answer_as_text(calculator: Calculator[Any], inputs: object, result: Result) -> str:
    """Return the whole answer as text, sections apart."""
    sections = _sections(calculator, inputs, result)
    return "\n\n".join("\n".join(map(result.langue.typeset, section)) for section in sections if section)


def dated(text: str) -> str:
    """The same, with the version of the rules under it: what leaves this site says which one answered.

    >>> dated("Une réponse.").splitlines()[1][:24]
    'Calculé avec les règles '
    """
    return f"{text}\n{edition_in_words()}"


#: What is said before the reason of a refusal: nothing that was typed is wrong.
REFUSED = "Nous ne pouvons pas répondre pour ce cas"


def errors_as_text(faults: Sequence[FieldError], title: str = "Ces réponses sont à corriger :") -> str:
    """Return the faults, one a line."""
    lines = [f"{fault.champ} : {fault.message}" if fault.champ else fault.message for fault in faults]
    return "\n".join(french(line) for line in [title, *(f"- {line}" for line in lines)])
