"""The columns that a file may have, by whatever name it gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of
from calculators.typed import folded, likeness

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from calculators.result import Calculator

__all__ = ["RESULT", "WRITTEN", "Names", "columns", "is_reference", "is_written", "model"]

REFERENCE = "reference"
#: How the columns of results begin, and those that come after them: a file that has them is a result given back.
RESULT = "resultat."
WRITTEN = ("avertissements", "erreurs")
#: How much of a name there must be for it to be taken for a slip.
_ALIKE = 0.6


def columns(calculator: Calculator[Any]) -> list[str]:
    """The columns a file may have, a group of rows by its first: what to begin a new file with."""
    found = [REFERENCE]
    for field in fields_of(calculator.inputs):
        if field.kind is Kind.LIGNES:
            found += [f"{field.nom}.1.{column.nom}" for column in field.colonnes]
        elif not field.question.cache:
            found.append(field.nom)
    return found


def model(calculator: Calculator[Any]) -> str:
    """A small file to begin with: the columns of the calculator's example, and that example."""
    lines = ([REFERENCE, *calculator.exemple], ["EXEMPLE", *map(str, calculator.exemple.values())])
    return "".join(";".join(cells) + "\r\n" for cells in lines)


class Names:
    """The names that the questions of a calculator have in a file.

    >>> from calculators.registry import get
    >>> names = Names(get("sbi"))
    >>> names.question("Date saisie"), names.question("comptes.2.SOLDE"), names.question("ville")
    ('date_saisie', 'comptes.2.solde', None)
    """

    def __init__(self, calculator: Calculator[Any]) -> None:
        self._calculator = calculator
        self._kinds: dict[str, Kind] = {}
        self._groups: set[str] = set()
        for field in fields_of(calculator.inputs):
            if field.kind is not Kind.LIGNES:
                self._kinds[field.nom] = field.kind
                continue
            self._groups.add(_plain(field.nom))
            of_a_row = {column.nom: column.kind for column in field.colonnes}
            for short, template in field.question.abrege.items():
                self._kinds[short] = of_a_row[next(name for name, fixed in template.items() if fixed is None)]
            for number in range(1, field.question.max_lignes + 1):
                self._kinds |= {f"{field.nom}.{number}.{name}": kind for name, kind in of_a_row.items()}
        self._ways = {_plain(name): name for name in self._kinds}

    def question(self, name: str) -> str | None:
        """The question that a column answers, its accents, capitals and spaces aside."""
        return self._ways.get(_plain(name))

    def kind(self, question: str) -> Kind:
        """What a question takes."""
        return self._kinds[question]

    def is_of_a_group(self, name: str) -> bool:
        """Tell whether a column speaks of rows of this calculator, were they none that it has."""
        return _plain(name).partition(".")[0] in self._groups

    def near(self, name: str) -> str | None:
        """The question whose name a column has but for a slip of the finger."""
        plain = _plain(name)
        found = max(self._ways, key=lambda way: likeness(plain, way))
        return self._ways[found] if likeness(plain, found) >= _ALIKE else None

    def missing(self, given: Collection[str]) -> Iterator[str]:
        """Questions without which no line can be answered."""
        implied: Collection[str] = getattr(self._calculator.inputs, "implied", ())
        for field in fields_of(self._calculator.inputs):
            question = field.question
            if not field.requis or not field.toujours or question.cache or field.nom in implied:
                continue
            if field.kind is not Kind.LIGNES:
                if field.nom not in given:
                    yield field.nom
            elif not any(name in question.abrege or name.startswith(f"{field.nom}.") for name in given):
                yield next(iter(question.abrege), f"{field.nom}.1.{field.colonnes[0].nom}")


def _plain(name: str) -> str:
    return ".".join(map(folded, name.split(".")))


def is_reference(name: str) -> bool:
    """Tell whether a column is the reader's own mark.

    >>> is_reference("Référence")
    True
    """
    return _plain(name) == REFERENCE


def is_written(name: str) -> bool:
    """Tell whether a column is one of those that an answer adds.

    >>> is_written("resultat.saisi"), is_written("Erreurs"), is_written("resultats")
    (True, True, False)
    """
    plain = name.strip().lower()
    return plain.startswith(RESULT) or plain in WRITTEN
