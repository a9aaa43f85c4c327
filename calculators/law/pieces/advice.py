"""Reads what a démarche says besides its documents: what is found or paid, why, what to know, what to do, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law.loader import _Table as Table
from calculators.law.pieces.model import Action, Alerte, CasDePrix, Deduction, Depot, Explication, Prix, Selon
from calculators.law.pieces.questions import read_cases
from calculators.law.pieces.texts import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from calculators.law.model import Law

__all__ = ["read_actions", "read_deductions", "read_deposits", "read_prices", "read_steps", "read_warnings"]


def _texts(table: Table, data: Mapping[str, object], known: Law) -> dict[str, str]:
    return {name: words(table, name, known) for name in data}


def _selon(table: Table, data: Mapping[str, Mapping[str, object]], known: Law) -> dict[str, Selon]:
    found = {}
    for answer, row in table.entries():
        given = {
            name: _texts(row.section(name), dict(data[answer].get(name, {})), known)  # type: ignore[call-overload]
            for name in ("implique", "comme")
        }
        found[answer] = Selon(articles=row.articles(known), **given)
        row.finish()
    return found


def read_deductions(file: str, data: Mapping[str, object], known: Law) -> dict[str, Deduction]:
    """Read how the answers that a reader does not know are found.

    Raises:
        LawDataError: a key is missing, unknown or wrong.
    """
    found = {}
    for question, content in data.items():
        table = Table(file, f"deductions.{question}", content)
        raw = content if isinstance(content, dict) else {}
        lit = table.list_of_texts("lit")
        if not lit:
            raise table.fail("lit", "missing: the questions that the rule reads")
        resultats = _texts(table.section("resultats"), raw.get("resultats", {}), known)
        said = {
            name: words(table, name, known, answers=lit, optional=not resultats)
            for name in ("libelle", "etape", "explication", "explication_si_doute")
        }
        found[question] = Deduction(
            question=question,
            regle=table.text("regle"),
            lit=lit,
            resultats=resultats,
            selon=_selon(table.section("selon"), raw.get("selon", {}), known),
            **said,
        )
        table.finish()
    return found


def _price(table: Table, name: str, known: Law) -> str:
    found = table.text(name)
    measure = known.mesures.get(found)
    if found in known.series or (measure is not None and measure.unite == "EUR"):
        return found
    raise table.fail(name, f"unknown price {found!r}: expected a series or a measure in EUR")


def read_prices(file: str, data: object, known: Law) -> Prix | None:
    """Read what is paid, case by case.

    Raises:
        LawDataError: a key is missing, unknown or wrong.
    """
    if data is None:
        return None
    table = Table(file, "prix", data)
    common = table.text("explication", ""), table.articles(known)
    cases = []
    for row in table.tables("cas"):
        cases.append(
            CasDePrix(
                quand=read_cases(row, known),
                montant=_price(row, "montant", known),
                explication=words(row, "explication", known, optional=bool(common[0])) or common[0],
                articles=row.articles(known) or common[1],
            )
        )
        if not cases[-1].articles:
            raise row.fail("articles", "missing: a price has its article")
        row.finish()
    if not cases:
        raise table.fail("cas", "missing")
    prix = Prix(table.text("libelle"), table.text("etape"), tuple(cases))
    table.finish()
    return prix


def _rows(file: str, name: str, data: object) -> list[Table]:
    if not isinstance(data, list):
        raise LawDataError(file, name, "expected tables, each under its double brackets")
    return [Table(file, f"{name}[{number}]", row) for number, row in enumerate(data, 1)]


def read_steps(file: str, data: object, known: Law) -> tuple[Explication, ...]:
    """Read the steps that say why a document is asked for, or not."""
    found = []
    for row in _rows(file, "etapes", data):
        said = {name: words(row, name, known) for name in ("titre", "demandee", "peut_etre", "pas_demandee")}
        found.append(Explication(piece=row.text("piece"), quand=read_cases(row, known), **said))
        row.finish()
    return tuple(found)


def read_warnings(file: str, data: object, known: Law) -> tuple[Alerte, ...]:
    """Read what to know."""
    found = []
    for row in _rows(file, "avertissements", data):
        found.append(Alerte(row.text("code"), words(row, "texte", known), read_cases(row, known)))
        row.finish()
    return tuple(found)


def read_actions(file: str, data: object, known: Law, questions: Collection[str]) -> tuple[Action, ...]:
    """Read what to do; an action may quote the answer to a question that has a list of them."""
    found = []
    for row in _rows(file, "actions", data):
        sure = row.flag("seulement_si_sur", default=False)
        texte = words(row, "texte", known, answers=questions)
        found.append(Action(texte, row.text("page", ""), read_cases(row, known), sure))
        row.finish()
    return tuple(found)


def read_deposits(file: str, data: object, known: Law) -> tuple[Depot, ...]:
    """Read where the documents are deposited online; that the place is a known one is checked with the places."""
    found = []
    for row in _rows(file, "depots", data):
        found.append(Depot(row.text("endroit"), read_cases(row, known)))
        row.finish()
    return tuple(found)
