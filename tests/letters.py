"""The cases that every letter is tried in: nothing answered; its example; everything, in words that are no letter's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.declaration import Kind, fields_of
from calculators.law.courriers import courriers
from calculators.registry import get

if TYPE_CHECKING:
    from collections.abc import Mapping

LETTERS = courriers()
#: What a person may type in a field of words, to make of the letter what it is not.
HOSTILE = '<b onclick="x()">&]]></w:t>{nom}{0.__class__}'
WHO = dict.fromkeys(("nom", "adresse", "ville", "contact", "a_nom", "a_adresse", "a_ville", "lieu"), HOSTILE)
_TABLES: Mapping[str, list[dict[str, str]]] = {
    "sommes": [{"nature": HOSTILE, "montant": "100", "jour": "2026-11-05", "preuve": HOSTILE}],
    "faits": [{"jour": "2026-11-05", "fait": HOSTILE}],
    "documents": [{"document": HOSTILE, "jour": "2026-11-05"}],
}


def everything(name: str) -> dict[str, object]:
    """An answer to each question that the letter asks, words that are no letter's own in every field of words."""
    found: dict[str, object] = {}
    kinds = {Kind.DATE: "2026-11-16", Kind.MONTANT: "1234.5", Kind.NOMBRE: "3", Kind.TEXTE: HOSTILE}
    letter = LETTERS[name]
    for field in fields_of(get("courriers").inputs):
        if field.nom in letter.demandes and field.kind in kinds:
            found[field.nom] = kinds[field.kind]
    # A question that a choice brings is asked only with that choice.
    for nom, asked in letter.demandes.items():
        for case in asked.question.quand:
            for other, answers in case.items():
                if found.get(other, answers[0]) == answers[0]:
                    found[other] = answers[0]
                else:
                    found.pop(nom, None)
    tables: dict[str, object] = {table.value: _TABLES[table.value] for table in letter.tableaux}
    return {**found, **WHO, **tables}


CASES = [
    (name, kind, answers)
    for name in LETTERS
    for kind, answers in (("nothing", {}), ("example", LETTERS[name].exemple), ("everything", everything(name)))
]


def as_fields(answers: Mapping[str, object]) -> dict[str, str]:
    """Answers as the fields of a form have them."""
    fields: dict[str, str] = {}
    for name, value in answers.items():
        if isinstance(value, list):
            fields |= {f"{name}.{n}.{column}": text for n, row in enumerate(value, 1) for column, text in row.items()}
        else:
            fields[name] = str(value)
    return fields
