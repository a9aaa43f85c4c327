"""An answer as plain text: for the terminal, and for « Copier » in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.calendar import in_words, weekday_in_words
from calculators.declaration import Kind, asked_of, describe, fields_of
from calculators.result import reader
from calculators.typography import capitalised, french, of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.errors import FieldError
    from calculators.language import Language
    from calculators.result import Calculator, Evenement, Lecture, PieceDemandee, Result, Tableau

__all__ = ["answer_as_text", "answers_given", "errors_as_text", "level_in_words"]


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
        yield say.typeset(f"  {head} : ") + ", ".join(f"{say.typeset(label)} {cell}" for label, cell in words)


def _sections(calculator: Calculator[Any], inputs: object, result: Result) -> Iterator[list[str]]:
    say = result.langue
    yield [calculator.titre, result.resume]
    yield [f"{valeur.libelle} : {reader(valeur.quantite, say)}" for valeur in result.valeurs]
    if result.pieces:
        yield ["Pièces", *(line for piece in result.pieces for line in _piece(piece))]
    if any(len(tableau.lignes) > 1 for tableau in result.tableaux):
        yield [line for tableau in result.tableaux for line in _table(tableau, say)]
    if result.evenements:
        yield ["Calendrier", *(line for event in result.evenements for line in _event(event))]
    if result.avertissements:
        yield ["Attention", *(f"- {warning.texte}" for warning in result.avertissements)]
    if result.lectures:
        yield ["Lectures possibles", *(line for lecture in result.lectures for line in _reading(lecture, say))]
    given = answers_given(inputs)
    steps = ["Raisonnement"]
    for number, step in enumerate(result.etapes, 1):
        cited = ", ".join(article.citation for article in step.articles)
        steps.append(f"{number}. {step.titre}. {step.explication}")
        steps.extend(f"   {line}" for line in (step.calcul, cited) if line)
    yield steps
    if result.a_faire:
        yield ["Que faire", *(f"- {a.texte}" + (f" Quand : {a.quand}." if a.quand else "") for a in result.a_faire)]
    if result.sources:
        yield [
            "Sources",
            *(f"- {s.intitule}, {s.texte}. {f'{s.doute} ' if s.doute else ''}{s.lien}" for s in result.sources),
        ]
    yield ["Vos réponses", *(f"- {label}{'' if label.endswith('?') else ' :'} {text}" for label, text in given)]
    yield ["Information générale, pas un conseil juridique personnalisé."]


def _event(event: Evenement) -> Iterator[str]:
    status = ", ".join(filter(None, (event.nature, event.statut.label, event.precision)))
    yield f"- {weekday_in_words(event.jour)} {in_words(event.jour)} : {event.titre} ({status})"


def _piece(piece: PieceDemandee) -> Iterator[str]:
    code = f"{piece.code} : " if piece.code else ""
    yield f"[ ] {code}{piece.document} ({level_in_words(piece)})"
    details = (piece.pourquoi, capitalised(piece.a_confirmer), piece.forme, piece.anciennete, piece.ou_l_obtenir)
    yield "    " + ". ".join(text.rstrip(".") for text in details if text) + "."


def level_in_words(piece: PieceDemandee) -> str:
    """How far a document is needed, with the case or the office it depends on."""
    case = f" : {piece.condition}" if piece.condition else ""
    match piece.niveau:
        case "requis":
            return "requis"
        case "selon_le_cas":
            return f"selon le cas{case}"
        case _:
            return f"à confirmer auprès {of(piece.aupres_de)}{case}"


def _reading(lecture: Lecture, say: Language) -> Iterator[str]:
    amounts = ", ".join(f"{v.libelle} {reader(v.quantite, say)}" for v in lecture.valeurs)
    yield f"- {lecture.intitule} : {amounts}. {lecture.raison}"


def answer_as_text(calculator: Calculator[Any], inputs: object, result: Result) -> str:
    """Return the whole answer as text, sections apart."""
    sections = _sections(calculator, inputs, result)
    return "\n\n".join("\n".join(map(result.langue.typeset, section)) for section in sections if section)


def errors_as_text(faults: Sequence[FieldError], title: str = "Ces réponses sont à corriger :") -> str:
    """Return the faults, one a line."""
    lines = [f"{fault.champ} : {fault.message}" if fault.champ else fault.message for fault in faults]
    return "\n".join(french(line) for line in [title, *(f"- {line}" for line in lines)])
