"""The command line: ``python -m calculators``.

Alone, it lists the calculators. ``python -m calculators sbi --solde 1000 --date-saisie 2026-11-20`` answers in
French; ``--json`` reads one JSON object on standard input and prints one; ``--schema`` prints the JSON Schema of
the input; ``delais --list`` names the deadlines, ``delais --ics`` answers with a file for a calendar; ``pieces --list``
prints the démarches and their questions. ``--csv FILE`` answers each line of a CSV or of a workbook, .xlsx
or .ods (``-``: standard input), and ``--csv-modele`` prints the columns it may have. ``dossier FILE`` says what a
dossier asks for today, with ``--json``, ``--ics`` (what is left to do) and ``--schema``. ``fichiers FILE…`` checks
files that are to be deposited. ``mcp`` serves assistants. Installed from its wheel, the same is ``demarches``. Exit
status: 0; 1 when some lines of a file could not be answered, or a file would be refused; 2 when the input cannot be
used or is outside what the verified law covers; and those of `calculators.terminal`, when the answer is not whole.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import sys
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from calculators import __version__, dossier
from calculators.calendar import add_months, in_words
from calculators.declaration import Kind, fields_of, json_schema
from calculators.edition import edition
from calculators.errors import FieldError, InputError
from calculators.files import command as files
from calculators.ics import calendar_file
from calculators.law import law
from calculators.letters.layout import sheet_of
from calculators.lot import Stream, columns
from calculators.lot.dates import Dates
from calculators.lot.kinds import is_workbook
from calculators.outcome import Answered, Refused, ask_calculator, read_json
from calculators.registry import CALCULATORS
from calculators.result import to_json
from calculators.terminal import UnreadError, reason, run, tell
from calculators.text import REFUSED, answer_as_text, dated, errors_as_text
from calculators.typed import Misread, read_amount, read_day
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calculators.declaration import Field
    from calculators.letters.layout import Sheet
    from calculators.lot.processes import Processes
    from calculators.outcome import Outcome
    from calculators.result import Calculator
    from calculators.sheets import Workbook

__all__ = ["command", "main"]

_SOME_FAULTY, _BAD_INPUT = 1, 2
_PROGRESS = 1000  # lines between two words on the standard error
_PIECE = 1 << 20  # bytes read at once, of a file: a pipe gives what it has
_SLICE = 1000  # lines answered at once
_MODULE, _SCRIPT = "python -m calculators", "demarches"
_DOSSIER, _ASSISTANTS = "dossier", "mcp"
_LONGEST_DOSSIER = 1 << 20  # bytes: more than any dossier has, so that a file of gigabytes is not read
_TO_A_FILE = "La réponse est un classeur, qu'un terminal ne peut pas montrer. Ajoutez : > reponses.xlsx"
_NO_LIBRARY = (
    "Pour lire un classeur, il faut les bibliothèques openpyxl et defusedxml. Installez-les, ou enregistrez le "
    "classeur au format CSV."
)
_NO_WORD = (
    "Pour écrire un fichier .docx, il faut la bibliothèque python-docx. Installez-la, ou prenez le fichier dans la "
    "page « Écrire un courrier » du site."
)
_NO_SDK = (
    "Pour répondre à un assistant, il faut la bibliothèque mcp. Installez-la : "
    'pip install "mode-emploi-demarches[mcp]".'
)
_TWICE = "Avec --json, les réponses viennent de l'entrée standard : retirez cette option."


#: What argparse says of a command, and how it is said here. What is not listed stays as argparse says it.
_MISTAKES = (
    (r"argument (\S+): invalid choice: '(.*)' \(choose from .*\)", r"\1 : « \2 » n'existe pas"),
    (r"unrecognized arguments: (.*)", r"« \1 » n'est pas connu"),
    (r"argument (\S+): expected one argument", r"\1 attend une valeur"),
    (r"argument (\S+): ignored explicit argument .*", r"\1 ne prend pas de valeur"),
)


class _Parser(argparse.ArgumentParser):
    """argparse, speaking French about its own options and errors."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, **options)
        self.add_argument("-h", "--help", action="help", help="afficher cette aide")

    def error(self, message: str) -> NoReturn:
        for said, ours in _MISTAKES:
            if found := re.fullmatch(said, message, re.DOTALL):
                message = found.expand(ours)
                break
        tell(french(f"Commande incomprise : {message}.\nAide : {self.prog} --help"))
        raise SystemExit(_BAD_INPUT)


class _Versions(argparse.Action):
    """Says which program and which rules answer; those are looked at only when they are asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"{__version__}, {french(edition().dite)}")
        parser.exit()


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _arguments(parser: argparse.ArgumentParser, calculator: Calculator[Any]) -> None:
    for field in fields_of(calculator.inputs):
        label = french(field.question.label).replace("%", "%%")
        if field.kind is Kind.LIGNES:
            columns = ", ".join(column.nom for column in field.colonnes)
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
        case Kind.NOMBRE:
            return "NOMBRE"
        case _:
            return "VALEUR"


def _prog() -> str:
    """The command as it was typed: the installed script, or the module."""
    return _SCRIPT if Path(sys.argv[0]).stem == _SCRIPT else _MODULE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=_prog(), description="Calculateurs de démarches juridiques.")
    parser.add_argument("--version", action=_Versions, nargs=0, help="afficher la version du programme et des règles")
    commands = parser.add_subparsers(
        title="calculateurs", dest="calculateur", metavar="CALCULATEUR", parser_class=_Parser
    )
    for calculator in CALCULATORS.values():
        command = commands.add_parser(
            calculator.nom,
            help=french(calculator.titre),
            description=french(calculator.description),
            allow_abbrev=False,
        )
        command.add_argument(
            "--json",
            action="store_true",
            help="lire un objet JSON sur l'entrée standard, répondre en JSON",
        )
        command.add_argument("--schema", action="store_true", help="afficher le schéma JSON de l'entrée")
        if calculator.catalogue is not None:
            command.add_argument(
                "--list", action="store_true", help="afficher ce que ce calculateur connaît par son nom"
            )
        if calculator.agenda:
            command.add_argument(
                "--ics", action="store_true", help="répondre par un fichier d'agenda (.ics), un seul pour tout un CSV"
            )
        if calculator.courrier:
            command.add_argument(
                "--docx", metavar="FICHIER", help="écrire le courrier dans un fichier pour Word ou LibreOffice (.docx)"
            )
        command.add_argument(
            "--csv",
            metavar="FICHIER",
            help=(
                "répondre à chaque ligne d'un CSV ou d'un classeur .xlsx ou .ods (- : l'entrée standard) ; une ligne "
                "fautive n'arrête pas les autres"
            ),
        )
        command.add_argument("--csv-modele", action="store_true", help="afficher les colonnes que le CSV peut avoir")
        _arguments(command, calculator)
    _dossier_parser(commands.add_parser(_DOSSIER, help="Mon dossier : ce qu'il reste à faire d'après un fichier"))
    described = french("Vérifier des fichiers avant de les déposer ; rien n'est envoyé ni réécrit.")
    files.add_arguments(
        commands.add_parser(files.NAME, help=french(files.TITLE), description=described, allow_abbrev=False)
    )
    served = french("Répondre à un assistant, par le Model Context Protocol, sur l'entrée et la sortie standard.")
    commands.add_parser(_ASSISTANTS, help=served, description=served)
    return parser


def _dossier_parser(command: argparse.ArgumentParser) -> None:
    command.description = french("Ce qu'un dossier enregistré dans un fichier demande aujourd'hui.")
    command.add_argument(
        "fichier", metavar="FICHIER", nargs="?", default="-", help="le fichier du dossier (- : l'entrée standard)"
    )
    command.add_argument("--json", action="store_true", help="répondre en JSON")
    command.add_argument("--ics", action="store_true", help="répondre par les dates à tenir, pour un agenda (.ics)")
    command.add_argument("--a-jour", action="store_true", help="répondre par le fichier, dans le format d'aujourd'hui")
    command.add_argument("--schema", action="store_true", help="afficher le schéma JSON du fichier")
    command.add_argument("--aujourdhui", metavar="AAAA-MM-JJ", help="Date du jour")


def _row(text: str) -> dict[str, str]:
    """Read ``cle=valeur,cle=valeur``; a comma may also stand inside a value, as in 1000,50."""
    pairs: list[list[str]] = []
    for part in text.split(","):
        if "=" in part or not pairs:
            key, _, value = part.partition("=")
            pairs.append([key.strip(), value.strip()])
        else:
            pairs[-1][1] += f",{part}"
    return dict(pairs)


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


def _from_stdin(options: Mapping[str, object]) -> dict[str, object]:
    if options:
        raise InputError([FieldError(name, french(_TWICE)) for name in options])
    try:
        return read_json(_standard_input().read().decode("utf-8-sig"))
    except OSError as error:
        raise _unread(error) from None
    except UnicodeDecodeError:
        raise InputError([FieldError("", french("L'entrée n'est pas un texte en UTF-8."))]) from None


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise UnreadError("L'entrée standard est fermée : il n'y a rien à lire.")
    return sys.stdin.buffer


def _unread(error: OSError) -> UnreadError:
    return UnreadError(f"L'entrée n'a pas pu être lue jusqu'au bout : {reason(error)}.")


def _today(calculator: Calculator[Any], data: Mapping[str, object]) -> dict[str, object]:
    # The only clock of the program: the rules take today's date as an argument.
    if "aujourdhui" not in data and any(field.nom == "aujourdhui" for field in fields_of(calculator.inputs)):
        today = date.today()  # noqa: DTZ011  # the reader's own day, as on a calendar
        if doubt := _doubt_of_clock(today, law().verifie_le):
            print(french(doubt), file=sys.stderr)
        return {"aujourdhui": today.isoformat(), **data}
    return dict(data)


def _doubt_of_clock(today: date, checked: date) -> str:
    """What is said of a clock that cannot be right, or that finds this program old; ``checked``: its law, last.

    >>> _doubt_of_clock(date(2026, 11, 27), date(2026, 11, 28)), _doubt_of_clock(date(2027, 11, 28), date(2026, 11, 28))
    ('', '')
    """
    says = f"Cette machine est réglée au {in_words(today)}"
    if today < checked - timedelta(days=1):
        return (
            f"{says}, avant la dernière vérification de la loi ici ({in_words(checked)}) : sa date est fausse. "
            "Réglez-la, ou donnez le jour avec --aujourdhui."
        )
    if today > add_months(checked, 12):
        return (
            f"{says}, et la loi a été vérifiée ici pour la dernière fois le {in_words(checked)}. Si la date est juste, "
            "demandez une version plus récente de ce programme. Si elle est fausse, réglez-la."
        )
    return ""


def _run(calculator: Calculator[Any], options: argparse.Namespace) -> int:
    outcome: Outcome
    data: Mapping[str, object] = {}
    try:
        data = _from_options(calculator, options)
        data = _today(calculator, _from_stdin(data) if options.json else data)
        outcome = ask_calculator(calculator, data)
    except InputError as error:
        outcome = Refused(calculator.nom, error.errors, hors_couverture=False)
    if calculator.courrier and options.docx and isinstance(outcome, Answered):
        return _write(options.docx, sheet_of(outcome.result), _day(data))
    if calculator.agenda and options.ics and isinstance(outcome, Answered):
        sys.stdout.buffer.write(calendar_file(outcome.inputs, outcome.result, today=_day(data)).encode())
    elif options.json:
        print(to_json(outcome.to_dict()))
    elif isinstance(outcome, Answered):
        print(dated(answer_as_text(calculator, outcome.inputs, outcome.result)))
    else:
        told = [f"{REFUSED} :"] if outcome.hors_couverture else []
        tell(errors_as_text(outcome.erreurs, *told))
    return 0 if isinstance(outcome, Answered) else _BAD_INPUT


def _write(name: str, sheet: Sheet, day: date) -> int:
    """Write a letter into a file, and say so; the status."""
    try:
        from calculators.letters.word import written  # noqa: PLC0415  # needs more than Python
    except ImportError:
        tell(french(_NO_WORD))
        return _BAD_INPUT
    try:
        Path(name).write_bytes(written(sheet, day))
    except OSError as error:
        tell(french(f"« {name} » ne peut pas être écrit : {reason(error)}."))
        return _BAD_INPUT
    tell(french(f"Courrier écrit dans « {name} »."))
    return 0


def _day(data: Mapping[str, object]) -> date:
    """The day that the answer was given for: the calculator has read it already."""
    return read_day(str(data["aujourdhui"])).jour


def _opened(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError([FieldError("csv", french(f"« {name} » ne peut pas être lu : {reason(error)}."))]) from None


def _run_csv(calculator: Calculator[Any], name: str, *, ics: bool) -> int:
    """Answer a whole file; whether it all could be."""
    try:
        return _answer_csv(calculator, name, ics=ics)
    except InputError as error:
        tell(errors_as_text(error.errors, "Ce fichier ne peut pas être calculé :"))
        return _BAD_INPUT


def _tell(stream: Stream | Workbook, told: int, read: int, size: int) -> int:
    """Say how far it is, every thousand lines; return the line last told."""
    if stream.done < told + _PROGRESS:
        return told
    share = f" ({read * 100 // size} %)" if size and read else ""
    tell(french(f"{stream.done} lignes{share}"), end="\r" if sys.stderr and sys.stderr.isatty() else "\n")
    return stream.done


def _piece(file: BinaryIO) -> bytes:
    try:
        return os.read(file.fileno(), _PIECE)
    except OSError as error:
        raise _unread(error) from None


def _cores() -> int:
    """How many this process may use, where the machine says so."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _answer_csv(calculator: Calculator[Any], name: str, *, ics: bool) -> int:
    """Answer it on the standard output, with the progress on the standard error; ``ics``: as one calendar."""
    from calculators.lot.processes import Processes  # noqa: PLC0415  # long to import, and of no use to one case

    today = _today(calculator, {})
    day = str(today.get("aujourdhui", ""))
    with (
        nullcontext(_standard_input()) if name == "-" else _opened(name) as file,
        Processes(calculator.nom, day, cores=_cores()) as many,
    ):
        size = os.fstat(file.fileno()).st_size
        calendar = Dates(_day(today)) if ics else None
        pieces = itertools.chain(iter(lambda: _piece(file), b""), [b""])
        first = next(pieces)
        stream = _stream(calculator, day, first, calendar, many)
        told = 0
        for data in itertools.chain([first], pieces if first else ()):
            stream.feed(data, last=not data)
            for text, read in _answers(stream):
                # As bytes: the ends of lines are the file's, not the machine's.
                sys.stdout.buffer.write((calendar.taken() if calendar else text).encode())
                told = _tell(stream, told, read, size)
        if calendar:
            sys.stdout.buffer.write(calendar.end().encode())
        elif not isinstance(stream, Stream):
            sys.stdout.buffer.write(stream.file())
    for notice in stream.notices():
        tell(notice)
    lines = "lignes" if stream.done > 1 else "ligne"
    tell(french(f"{stream.done} {lines}, dont {stream.faulty} en erreur."))
    return _SOME_FAULTY if stream.faulty else 0


def _answers(stream: Stream | Workbook) -> Iterator[tuple[str, int]]:
    """What is answered of what has come, and how many bytes of the file that makes.

    A slice is written while the next one is being asked: no process waits for another. Of a workbook, nothing is until
    it is whole.
    """
    before: Iterator[str] = iter(())
    read = stream.read
    while True:
        asked = _more(stream)
        yield "".join(before), read
        before, read = asked, stream.read
        if not stream.waiting:
            break
    yield "".join(before), read


def _more(stream: Stream | Workbook) -> Iterator[str]:
    """Have some more lines asked."""
    if isinstance(stream, Stream):
        return stream.begun(_SLICE)
    stream.advance(_SLICE)
    return iter(())


def _stream(
    calculator: Calculator[Any], today: str, beginning: bytes, calendar: Dates | None, many: Processes
) -> Stream | Workbook:
    """What answers a file that begins so, and tells the calendar of each answer; without one, in many processes."""
    heard = calendar.add if calendar else None
    if not is_workbook(beginning):
        return Stream(calculator, today, heard, None if heard else many)
    if sys.stdout.isatty() and not calendar:
        raise InputError([FieldError("csv", french(_TO_A_FILE))])
    try:
        from calculators.sheets import Workbook  # noqa: PLC0415  # the only one that needs more than Python
    except ImportError:
        raise InputError([FieldError("csv", french(_NO_LIBRARY))]) from None
    return Workbook(calculator, today, heard)


def _with_amounts(arguments: Sequence[str]) -> list[str]:
    """Tie a negative amount to its option: argparse would take « -50,00 » for an option of its own."""
    tied: list[str] = []
    for argument in arguments:
        if tied and tied[-1].startswith("--") and _is_negative_amount(argument):
            tied[-1] += f"={argument}"
        else:
            tied.append(argument)
    return tied


def _is_negative_amount(argument: str) -> bool:
    try:
        return argument.startswith("-") and read_amount(argument) <= 0
    except Misread:
        return False


def _run_dossier(options: argparse.Namespace) -> int:
    """Answer a dossier; whether it could be read."""
    if options.schema:
        print(to_json(dossier.json_schema()))
        return 0
    try:
        day = read_day(options.aujourdhui).jour if options.aujourdhui else date.today()  # noqa: DTZ011
        with nullcontext(_standard_input()) if options.fichier == "-" else _opened(options.fichier) as file:
            facts = dossier.opened(file.read(_LONGEST_DOSSIER).decode("utf-8-sig"), day)
    except Misread:
        tell(french("--aujourdhui : indiquez une date, sous la forme AAAA-MM-JJ."))
        return _BAD_INPUT
    except UnicodeDecodeError:
        tell(french("Ce fichier n'est pas un texte en UTF-8."))
        return _BAD_INPUT
    except InputError as error:
        tell(errors_as_text(error.errors, "Ce dossier ne peut pas être ouvert :"))
        return _BAD_INPUT
    if options.ics:
        sys.stdout.buffer.write(facts.calendar().encode())
    elif options.a_jour:
        sys.stdout.buffer.write(dossier.write(facts.dossier).encode())
    else:
        print(to_json(dossier.to_dict(facts)) if options.json else dossier.as_text(facts))
    return 0


def _serve_assistants() -> int:
    try:
        from calculators.assistants import serve  # noqa: PLC0415  # the only one that needs the protocol's SDK
    except ImportError:
        tell(french(_NO_SDK))
        return _BAD_INPUT
    return serve(_today)


def _described(calculator: Calculator[Any], options: argparse.Namespace) -> str | None:
    """What is asked about the calculator itself, when it is."""
    if calculator.catalogue is not None and options.list:
        return "\n".join("\t".join(map(french, line)) for line in calculator.catalogue(law()))
    if options.schema:
        return to_json(json_schema(calculator.inputs, titre=french(calculator.titre)))
    return ";".join(columns(calculator)) if options.csv_modele else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = _parser()
    options = parser.parse_args(_with_amounts(sys.argv[1:] if arguments is None else arguments))
    if options.calculateur is None:
        for calculator in CALCULATORS.values():
            print(f"{calculator.nom}\t{french(calculator.titre)}")
        print(f"{files.NAME}\t{french(files.TITLE)}")
        print(french(f"\nAide : {_prog()} CALCULATEUR --help"))
        return 0
    if options.calculateur == _DOSSIER:
        return _run_dossier(options)
    if options.calculateur == files.NAME:
        return files.run(options)
    if options.calculateur == _ASSISTANTS:
        return _serve_assistants()
    calculator = CALCULATORS[options.calculateur]
    described = _described(calculator, options)
    if described is not None:
        print(described)
        return 0
    return (
        _run(calculator, options)
        if options.csv is None
        else _run_csv(calculator, options.csv, ics=calculator.agenda and options.ics)
    )


def command() -> int:
    """Run the command line as an installed script does, to its end."""
    return run(main)


if __name__ == "__main__":
    raise SystemExit(command())
