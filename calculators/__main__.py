"""The command line: ``python -m calculators``.

Alone, it lists the calculators. ``python -m calculators sbi --solde 1000 --date-saisie 2026-11-20`` answers in
French; ``--json`` reads one JSON object on standard input and prints one; ``--schema`` prints the JSON Schema of
the input. Exit status: 0, or 2 when the input cannot be used or is outside what the verified law covers.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from calculators import __version__
from calculators.declaration import Kind, fields_of, json_schema
from calculators.errors import FieldError, InputError
from calculators.outcome import Answered, Refused, ask_calculator
from calculators.registry import CALCULATORS
from calculators.result import to_json
from calculators.text import answer_as_text, errors_as_text
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calculators.declaration import Field
    from calculators.outcome import Outcome
    from calculators.result import Calculator

__all__ = ["main"]

_BAD_INPUT = 2
_PROG = "python -m calculators"


class _Parser(argparse.ArgumentParser):
    """argparse, speaking French about its own errors."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(french(f"Commande incomprise : {message}\nAide : {self.prog} --help\n"))
        raise SystemExit(_BAD_INPUT)


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _arguments(parser: argparse.ArgumentParser, calculator: Calculator[Any]) -> None:
    for field in fields_of(calculator.inputs):
        label = french(field.question.label).replace("%", "%%")
        if field.kind is Kind.LIGNES:
            columns = ", ".join(column.nom for column in fields_of(field.ligne or type))
            meta = "CLE=VALEUR[,CLE=VALEUR…]"
            help_text = f"{label} (option à répéter ; clés : {columns})"
            parser.add_argument(_option(field.nom), dest=field.nom, action="append", metavar=meta, help=help_text)
            for short in field.question.abrege:
                parser.add_argument(_option(short), dest=short, metavar="VALEUR", help=f"forme courte de --{field.nom}")
        else:
            parser.add_argument(_option(field.nom), dest=field.nom, metavar=_meta(field), help=label)


def _meta(field: Field) -> str:
    match field.kind:
        case Kind.CHOIX:
            return "|".join(option.valeur for option in field.options)
        case Kind.OUI_NON:
            return "oui|non"
        case Kind.DATE:
            return "AAAA-MM-JJ"
        case _:
            return "VALEUR"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=_PROG, description="Calculateurs de démarches juridiques.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="calculateur", metavar="CALCULATEUR", parser_class=_Parser)
    for calculator in CALCULATORS.values():
        command = commands.add_parser(
            calculator.nom,
            help=french(calculator.titre),
            description=french(calculator.description),
        )
        command.add_argument(
            "--json",
            action="store_true",
            help="lire un objet JSON sur l'entrée standard, répondre en JSON",
        )
        command.add_argument("--schema", action="store_true", help="afficher le schéma JSON de l'entrée")
        _arguments(command, calculator)
    return parser


def _row(text: str) -> dict[str, object]:
    pairs = (part.partition("=") for part in text.split(","))
    return {key.strip(): value.strip() for key, _, value in pairs}


def _from_options(calculator: Calculator[Any], options: argparse.Namespace) -> dict[str, object]:
    data: dict[str, object] = {}
    for field in fields_of(calculator.inputs):
        given = getattr(options, field.nom)
        if field.kind is Kind.LIGNES:
            if given:
                data[field.nom] = [_row(text) for text in given]
            data |= {short: value for short in field.question.abrege if (value := getattr(options, short)) is not None}
        elif given is not None:
            data[field.nom] = given
    return data


def _no_duplicate(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("une clé est donnée deux fois")
    return data


def _from_stdin() -> dict[str, object]:
    try:
        data = json.loads(
            sys.stdin.buffer.read().decode("utf-8"),
            parse_float=Decimal,
            parse_int=Decimal,
            object_pairs_hook=_no_duplicate,
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise InputError([FieldError("", f"L’entrée n’est pas un objet JSON valable : {error}")]) from None
    if not isinstance(data, dict):
        raise InputError([FieldError("", 'L’entrée doit être un objet JSON, par exemple {"solde": "1000"}.')])
    return data


def _today(calculator: Calculator[Any], data: Mapping[str, object]) -> dict[str, object]:
    # The only clock of the program: the rules take today's date as an argument.
    if any(field.nom == "aujourdhui" for field in fields_of(calculator.inputs)):
        return {"aujourdhui": date.today().isoformat(), **data}  # noqa: DTZ011  # the reader's own day, as on a calendar
    return dict(data)


def _run(calculator: Calculator[Any], options: argparse.Namespace) -> int:
    outcome: Outcome
    try:
        data = _from_stdin() if options.json else _from_options(calculator, options)
        outcome = ask_calculator(calculator, _today(calculator, data))
    except InputError as error:
        outcome = Refused(calculator.nom, error.errors, hors_couverture=False)
    if options.json:
        print(to_json(outcome.to_dict()))
    elif isinstance(outcome, Answered):
        print(answer_as_text(calculator, outcome.inputs, outcome.result))
    else:
        print(errors_as_text(outcome.erreurs), file=sys.stderr)
    return 0 if isinstance(outcome, Answered) else _BAD_INPUT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # French needs UTF-8 even where the terminal's locale says otherwise.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.calculateur is None:
        for calculator in CALCULATORS.values():
            print(f"{calculator.nom}\t{french(calculator.titre)}")
        print(french(f"\nAide : {_PROG} CALCULATEUR --help"))
        return 0
    calculator = CALCULATORS[options.calculateur]
    if options.schema:
        print(to_json(json_schema(calculator.inputs, titre=french(calculator.titre))))
        return 0
    return _run(calculator, options)


if __name__ == "__main__":
    raise SystemExit(main())
