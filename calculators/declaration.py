"""The declaration of a calculator: one frozen dataclass from which everything else comes.

A field of the inputs carries its label, help, unit, bounds and the condition under which it is asked. From there
come the HTML form, the messages of validation, the keys of the address, the options of the command line, the JSON
schema and the strategies of the property tests. Values read from outside are either good or reported in French, all
at once.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import UnionType
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin

from calculators.calendar import add_months, in_words, parse_date
from calculators.errors import FieldError, InputError
from calculators.law import law
from calculators.money import euros, plain
from calculators.notions import Notion
from calculators.typed import (
    Misread,
    as_line,
    control_in,
    read_amount,
    read_choice,
    read_day,
    read_whole,
    read_yes_no,
    shown,
    visible,
)
from calculators.typography import french

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from calculators.law import Law

__all__ = [
    "FOR_ANOTHER",
    "MAX_AMOUNT",
    "UNKNOWN",
    "Case",
    "Choice",
    "Completed",
    "Field",
    "Inputs",
    "Kind",
    "Meaning",
    "Option",
    "OuiNon",
    "accepts",
    "answered",
    "ask",
    "ask_rows",
    "asked_of",
    "conditions",
    "days_given",
    "describe",
    "fields_of",
    "json_schema",
    "law_of",
    "means",
    "met",
    "parse",
    "read",
    "to_flat",
    "typed_as",
    "under",
    "unflatten",
]

MAX_AMOUNT = Decimal("999999999.99")
#: The value of « Je ne sais pas », in every list of answers that has it.
UNKNOWN = "inconnu"
#: Under each question that asks who reads: a clerk answers as the person at the desk, whom the printed sheet speaks to.
FOR_ANOTHER = "Vous renseignez quelqu'un ? Répondez à sa place : la réponse lui est adressée."
_MAX_TEXT = 60
_YES, _NO = "oui", "non"
_MAX_NUMBER = 3  # digits of a row's number in a flat key
_ROW_KEY = re.compile(rf"([^.]+)\.([0-9]{{1,{_MAX_NUMBER}}})\.([^.]+)")  # group.number.field
_MAX_WHOLE = 9999
_I = TypeVar("_I")
_V = TypeVar("_V")
_TODAY = "aujourdhui"  # the hidden field that every calculator with dates has
_AGO = re.compile(r"-P([0-9]{1,3})Y")

#: Answers wanted, by question: the case is met when each question has one of them.
Case = Mapping[str, tuple[str, ...]]
_ALWAYS: tuple[Case, ...] = ({},)


class Choice(StrEnum):
    """A closed list of answers, each with the words the reader sees.

    >>> class Couleur(Choice):
    ...     ROUGE = "rouge", "Rouge vif"
    >>> Couleur("rouge").label
    'Rouge vif'
    """

    label: str

    def __new__(cls, value: str, label: str) -> typing.Self:
        """Attach the label to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class OuiNon(Choice):
    """Yes or no, where a reader may not know."""

    OUI = "oui", "Oui"
    NON = "non", "Non"
    INCONNU = UNKNOWN, "Je ne sais pas"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a list. ``groupe`` gathers options under a heading; ``mots``: what else it is looked for by."""

    valeur: str
    label: str
    groupe: str = ""
    mots: str = ""


class Kind(StrEnum):
    """What is typed, and so how it is shown, read and checked."""

    DATE = "date"
    MONTANT = "montant"
    OUI_NON = "oui_non"
    CHOIX = "choix"
    TEXTE = "texte"
    NOMBRE = "nombre"
    LIGNES = "lignes"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question asks for, in the words that every tool has for it: see :func:`means`."""

    notion: Notion
    quand: tuple[Case, ...] = _ALWAYS
    reponses: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    lit: str = ""

    def values_of(self, answer: str) -> frozenset[str]:
        """The values of the notion that an answer may stand for."""
        return frozenset(self.reponses.get(answer, (answer,)))


def means(
    notion: Notion,
    *,
    quand: Case | Sequence[Case] = (),
    reponses: Mapping[str, tuple[str, ...]] | None = None,
    lit: str = "",
) -> Meaning:
    """Say what a question asks for, where its name is not enough.

    Args:
        notion: what it asks for.
        quand: it asks for that in these cases only, as in :func:`ask`; wherever its answers stand in the form.
        reponses: the values of the notion that an answer may stand for, where these are not the answer itself. An
            answer that stands for several is not one of them: it fills no question that tells them apart.
        lit: the attribute of the inputs that says it, when the question is not the only way to.
    """
    return Meaning(notion, _cases(quand), reponses or {}, lit)


@dataclass(frozen=True, slots=True)
class _Ask:
    label: str
    aide: str = ""
    requis: bool = True
    quand: tuple[Case, ...] = _ALWAYS
    minimum: Decimal | None = None
    maximum: Decimal | None = MAX_AMOUNT
    options: tuple[Option, ...] | None = None
    cache: bool = False
    sens: Meaning | None = None
    a_venir: bool = False
    ligne: str = ""
    ajouter: str = ""
    abrege: Mapping[str, Mapping[str, str | None]] = dataclasses.field(default_factory=dict)
    max_lignes: int = 20


def _cases(quand: Case | Sequence[Case]) -> tuple[Case, ...]:
    return (quand,) if isinstance(quand, Mapping) else tuple(quand) or _ALWAYS


def _given_by(known: Law, declared: _V | Callable[[Law], _V]) -> _V:
    """What is declared, or what the law makes of it."""
    return declared(known) if callable(declared) else declared


def ask(  # each keyword is one property of a question
    label: str,
    *,
    aide: str | Callable[[Law], str] = "",
    defaut: object = dataclasses.MISSING,
    requis: bool | None = None,
    quand: Case | Sequence[Case] | Callable[[Law], Case | Sequence[Case]] = (),
    minimum: Decimal | None = Decimal(0),
    options: Sequence[Option] | Callable[[Law], Sequence[Option]] | None = None,
    cache: bool = False,
    notion: Notion | Meaning | Callable[[Law], Meaning] | None = None,
    a_venir: bool = False,
) -> Any:  # like dataclasses.field: typed by the annotation it stands behind
    """Declare a question. ``aide``, ``quand``, ``options`` and ``notion`` may be functions of the law.

    Args:
        label: the words beside the field.
        aide: one or two sentences under the label.
        defaut: value when nothing is answered; a question without one must be answered.
        requis: whether an answer is needed *when the question is asked* (default: when there is no ``defaut``).
        quand: the question is asked only when each named field has one of the given values; or, given several such
            cases, when one of them is met. A name may be a field of the same row, a field of the form, or
            ``lignes.champ`` (true when some row has that value). For a date, a value may be an interval, both days
            included: ``2004-01-02/2021-08-01``. Its first day may be left out; its last may be told from today:
            ``/-P15Y`` is any day whose fifteenth anniversary is reached.
        minimum: smallest amount accepted (``None``: any).
        options: the answers to choose from, when no enumeration says them.
        cache: not shown in the form (today's date).
        notion: what it asks for, when another tool asks for it too; :mod:`calculators.carry` takes the answer there.
        a_venir: the day may be to come (a sale, a hearing): a future one is not questioned.
    """
    needed = defaut is dataclasses.MISSING if requis is None else requis
    default = None if needed and quand and defaut is dataclasses.MISSING else defaut

    def question(known: Law) -> _Ask:
        choices = _given_by(known, options)
        asked = _given_by(known, notion)
        cases = quand if isinstance(quand, Mapping | Sequence) else quand(known)
        return _Ask(
            label=label,
            aide=_given_by(known, aide),
            requis=needed,
            quand=_cases(cases),
            minimum=minimum,
            options=None if choices is None else tuple(choices),
            cache=cache,
            sens=asked if asked is None or isinstance(asked, Meaning) else Meaning(asked),
            a_venir=a_venir,
        )

    return dataclasses.field(default=default, metadata={"ask": question})


def ask_rows(
    label: str,
    *,
    ligne: str,
    ajouter: str,
    aide: str = "",
    requis: bool = False,
    quand: Case | Sequence[Case] = (),
    abrege: Mapping[str, Mapping[str, str | None]] | None = None,
) -> Any:  # like dataclasses.field
    """Declare a group of rows (a tuple of dataclasses).

    Args:
        label: heading of the group.
        ligne: what a row is, in a word without its article: ``compte``; the rows are « Compte 1 », « Compte 2 ».
        ajouter: words on the button that adds a row.
        aide: one or two sentences under the heading.
        requis: at least one row is needed.
        quand: as in :func:`ask`.
        abrege: short names. ``{"solde": {"solde": None}}`` reads a top-level ``solde`` as one row whose ``solde``
            it is; other keys of the inner mapping are set to the value given.
    """
    question = _Ask(
        label=label,
        aide=aide,
        requis=requis,
        quand=_cases(quand),
        ligne=ligne,
        ajouter=ajouter,
        abrege=abrege or {},
    )
    return dataclasses.field(default=(), metadata={"ask": lambda _known: question})


class Inputs(Protocol):
    """What a calculator's inputs offer besides their fields."""

    def check(self) -> Iterator[FieldError]:
        """Yield the faults that several answers make together."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a declaration, resolved: what the form, the reader and the schema need."""

    nom: str
    kind: Kind
    question: _Ask
    defaut: object
    ligne: type | None
    enumeration: type[StrEnum] | None
    #: When the question is asked: hundreds of them share a few conditions, each of which is one object.
    cas: tuple[tuple[_Condition, ...], ...] = dataclasses.field(init=False)
    #: What stands for no answer.
    absent: object = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every line of a table asks."""
        empty = None if self.vide else self.defaut
        object.__setattr__(self, "cas", tuple(map(_conditions_of, self.question.quand)))
        object.__setattr__(self, "absent", () if self.kind is Kind.LIGNES else empty)

    @property
    def options(self) -> tuple[Option, ...]:
        """The answers of a list, empty for other kinds."""
        if self.question.options is not None:
            return self.question.options
        if self.enumeration is not None:
            choices = typing.cast("type[Choice]", self.enumeration)
            return tuple(Option(member.value, member.label) for member in choices)
        return ()

    @property
    def colonnes(self) -> tuple[Field, ...]:
        """The fields of each row, empty for other kinds."""
        return fields_of(self.ligne) if self.ligne else ()

    @property
    def requis(self) -> bool:
        """Whether an answer is needed when the question is asked."""
        return self.question.requis

    @property
    def toujours(self) -> bool:
        """Whether the question is asked whatever the other answers."""
        return self.question.quand == _ALWAYS

    @property
    def vide(self) -> bool:
        """Whether the field has no default: leaving it out is leaving it empty."""
        return self.defaut is dataclasses.MISSING


@dataclass(frozen=True, slots=True, eq=False)
class _Condition:
    """A question, or a column of rows, and the answers wanted of it; which of these are intervals of days."""

    question: str
    wanted: tuple[str, ...]
    intervals: tuple[str, ...]


@cache
def _condition(question: str, wanted: tuple[str, ...]) -> _Condition:
    """One object for a condition, however many questions have it: no text is compared to find what came of it."""
    return _Condition(question, wanted, tuple(one for one in wanted if "/" in one))


def _conditions_of(case: Case) -> tuple[_Condition, ...]:
    return tuple(_condition(name, tuple(wanted)) for name, wanted in case.items())


def under(inputs: type[_I], known: Law | None = None) -> type[_I]:
    """Return a declaration under a law: the same class, whose questions say what this law makes of them.

    Made once a law, and kept. A class that is under a law already is returned as it is.

    Args:
        inputs: the class. What it declares is asked first; then what its ``more``, a function of the law, declares as
            names, types and questions. They come before the field that its ``more_before`` names, if it has one.
        known: the law; that of this package when none is given.
    """
    if "law" in vars(inputs):
        return inputs
    return typing.cast("type[_I]", _under(typing.cast("Any", inputs), known or law()))


@cache
def _under(inputs: type, known: Law) -> type:
    hints = typing.get_type_hints(inputs)
    declared = [
        (field.name, _row_under(hints[field.name], known), _under_law(field, known))
        for field in dataclasses.fields(inputs)
        if "ask" in field.metadata
    ]
    more: Callable[[Law], Iterable[tuple[str, Any, dataclasses.Field[Any]]]] | None = getattr(inputs, "more", None)
    added = [(name, hint, _under_law(field, known)) for name, hint, field in more(known)] if more else []
    names = [name for name, *_ in declared]
    before: str = getattr(inputs, "more_before", "")
    place = names.index(before) if before else len(names)
    declared[place:place] = added
    return dataclasses.make_dataclass(
        inputs.__name__,
        declared,
        bases=(inputs,),
        namespace={
            "__module__": inputs.__module__,
            "__doc__": inputs.__doc__,
            "law": known,
            # A dataclass keeps the fields of its base first: this is the order they are asked in.
            "order": tuple(name for name, *_ in declared),
        },
        frozen=True,
        slots=True,
        kw_only=True,
    )


def _under_law(field: dataclasses.Field[Any], known: Law) -> Any:  # a field of a dataclass
    return dataclasses.field(default=field.default, metadata={"ask": field.metadata["ask"](known)})


def _row_under(hint: Any, known: Law) -> Any:  # a type hint
    """The type of a group of rows, each under the law; any other type as it is."""
    if get_origin(hint) is not tuple:
        return hint
    row, *rest = get_args(hint)
    return tuple[_under(row, known), *rest]  # type: ignore[misc]  # a type made from a value


def law_of(inputs: type | object) -> Law:
    """Return the law that a declaration, or answers to it, are under."""
    asked = inputs if isinstance(inputs, type) else type(inputs)
    return typing.cast("Any", under(asked)).law  # type: ignore[no-any-return]


def fields_of(inputs: type) -> tuple[Field, ...]:
    """Return the declared fields of an inputs class, in the order of the form; under its law."""
    return _fields_of(typing.cast("Any", under(inputs)))


@cache
def _fields_of(inputs: Any) -> tuple[Field, ...]:  # a class made under a law
    # The annotations of a class made under a law are types already, those of the class it comes from are not.
    asked = {field.name: field for field in dataclasses.fields(inputs)}
    return tuple(_resolve(asked[name], asked[name].type, asked[name].metadata["ask"]) for name in inputs.order)


def _resolve(field: dataclasses.Field[Any], hint: Any, question: _Ask) -> Field:  # a type hint
    if get_origin(hint) in {Union, UnionType}:
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    if get_origin(hint) is tuple:
        return Field(field.name, Kind.LIGNES, question, field.default, get_args(hint)[0], None)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Field(field.name, Kind.CHOIX, question, field.default, None, hint)
    if question.options is not None:
        return Field(field.name, Kind.CHOIX, question, field.default, None, None)
    kinds = {date: Kind.DATE, Decimal: Kind.MONTANT, bool: Kind.OUI_NON, str: Kind.TEXTE, int: Kind.NOMBRE}
    return Field(field.name, kinds[hint], question, field.default, None, None)


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Completed:
    """A day that was not written whole: which question, what was typed, and the day it was taken for."""

    champ: str
    label: str
    ecrit: str
    jour: date


class _Reader:
    """Reads one form: collects every fault before giving up."""

    def __init__(self, today: date | None) -> None:
        self.errors: list[FieldError] = []
        self.completed: list[Completed] = []
        self._today = today

    def fault(self, path: str, message: str) -> None:
        self.errors.append(FieldError(path, french(message)))

    def value(self, field: Field, raw: object, path: str) -> object:
        """Convert one answer, or report it and return ``None``."""
        if field.kind is Kind.OUI_NON and isinstance(raw, bool):
            return raw
        if isinstance(raw, bool) and {_YES, _NO} <= {option.valeur for option in field.options}:
            raw = _YES if raw else _NO
        text = _as_text(raw)
        if text is None:
            self.fault(path, f"« {field.question.label} » : cette réponse n'a pas la forme attendue.")
            return None
        try:
            return self._date(field, text, path) if field.kind is Kind.DATE else _READ[field.kind](field, text)
        except Misread as error:
            self.fault(path, f"« {field.question.label} » : {error}")
            return None

    def _date(self, field: Field, text: str, path: str) -> date:
        read = read_day(text, self._today)
        if read.complete:
            self.completed.append(Completed(path, field.question.label, as_line(text), read.jour))
        return read.jour


def _yes_no(_field: Field, text: str) -> bool:
    return read_yes_no(text)


def _amount(field: Field, text: str) -> Decimal:
    question, amount = field.question, read_amount(text)
    if question.minimum is not None and amount < question.minimum:
        if question.minimum == 0:
            raise Misread("ce montant ne peut pas être négatif.")
        raise Misread(f"indiquez au moins {euros(question.minimum)}.")
    if question.maximum is not None and abs(amount) > question.maximum:
        raise Misread(f"indiquez un montant d'au plus {euros(question.maximum)}.")
    return amount


def _number(_field: Field, text: str) -> int:
    return read_whole(text)


def _choice(field: Field, text: str) -> object:
    code = read_choice(text, {option.valeur: option.label for option in field.options})
    return field.enumeration(code) if field.enumeration else code


def _text(_field: Field, text: str) -> str:
    line = visible(text).strip()
    if control := control_in(line):
        raise Misread(
            f"un caractère qui ne s'affiche pas (U+{ord(control):04X}) s'y trouve : retirez-le, et écrivez sur "
            "une ligne."
        )
    if len(line) > _MAX_TEXT:
        raise Misread(f"écrivez au plus {_MAX_TEXT} caractères (il y en a {len(line)}).")
    return line


#: How each kind of answer is read, but days.
_READ: Mapping[Kind, Callable[[Field, str], object]] = {
    Kind.OUI_NON: _yes_no,
    Kind.MONTANT: _amount,
    Kind.CHOIX: _choice,
    Kind.NOMBRE: _number,
    Kind.TEXTE: _text,
    Kind.LIGNES: _text,
}


def _as_text(raw: object) -> str | None:
    """What was typed, or ``None`` when it is no text nor number. A float is not exact, so it is none."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        return None
    try:
        return str(raw).strip()
    except ValueError:  # Python refuses to write a whole number of thousands of digits
        return None


def parse(inputs: type[_I], data: Mapping[str, object], known: Law | None = None) -> _I:
    """Read the inputs of a calculator from JSON-like data.

    Values may be text as people type it (``"1 234,56"``, ``"20/11/2026"``, ``"oui"``) or JSON values. Short names
    are expanded. The questions are those under the law ``known``; under that of this package when none is given.

    Raises:
        InputError: something is missing, faulty, unknown, or answered though it is not asked; all faults are listed.
    """
    return read(inputs, data, known)[0]


def read(inputs: type[_I], data: Mapping[str, object], known: Law | None = None) -> tuple[_I, tuple[Completed, ...]]:
    """Read the inputs as :func:`parse` does, and say besides which days were not written whole.

    Raises:
        InputError: as :func:`parse`.
    """
    reader, inputs = _Reader(_today_of(data)), under(inputs, known)
    complete: Callable[[Mapping[str, object]], Mapping[str, object]] | None = getattr(inputs, "complete", None)
    expanded = _expand(inputs, complete(data) if complete else data, reader)
    values = _read(inputs, expanded, reader, "", _Answers({}, frozenset()))
    if reader.errors:
        raise InputError(reader.errors)
    instance = inputs(**values)
    check = getattr(instance, "check", None)
    if check is not None and (faults := [replace(e, message=french(e.message)) for e in check()]):
        raise InputError(faults)
    return instance, tuple(reader.completed)


def _today_of(data: Mapping[str, object]) -> date | None:
    try:
        return read_day(str(data[_TODAY])).jour if _TODAY in data else None
    except Misread:
        return None  # it is reported with the other faults


def _expand(inputs: type, data: Mapping[str, object], reader: _Reader) -> dict[str, object]:
    expanded = dict(data)
    for field in _shortened(typing.cast("Any", under(inputs))):
        for short, template in field.question.abrege.items():
            if not _given(expanded.get(short)):
                expanded.pop(short, None)
                continue
            value = expanded.pop(short)
            if _given(expanded.get(field.nom)):
                reader.fault(short, f"Donnez soit « {short} », soit « {field.nom} », pas les deux.")
                continue
            expanded[field.nom] = [{name: value if fixed is None else fixed for name, fixed in template.items()}]
    return expanded


@cache
def _shortened(inputs: Any) -> tuple[Field, ...]:  # a class made under a law
    """The fields that have short names."""
    return tuple(field for field in _fields_of(inputs) if field.question.abrege)


def _given(raw: object) -> bool:
    """Whether there is an answer. A field that looks empty is empty."""
    match raw:
        case None | [] | ():
            return False
        case str():
            return visible(raw).strip() != ""
        case _:
            return True


def _read(
    inputs: type,
    data: Mapping[str, object],
    reader: _Reader,
    prefix: str,
    outer: _Answers,
) -> dict[str, object]:
    fields = fields_of(inputs)
    values: dict[str, object] = {}
    here = _Answers(values, frozenset(field.nom for field in fields), outer)
    for known_as in [shown(name) for name in map(str, data) if name not in here.names]:
        reader.fault(f"{prefix}{known_as}", f"« {known_as} » n'est pas une question de ce calculateur.")
    for field in fields:
        raw = data.get(field.nom)
        asked = here.ask(field)
        if raw is None and asked is False:  # most of the questions of a long form
            values[field.nom] = field.absent
            continue
        path = f"{prefix}{field.nom}"
        before = len(reader.errors)
        if asked is False:
            values[field.nom] = field.absent
            if _given(raw) and not _same_as_default(field, raw):
                reader.fault(
                    path,
                    f"« {field.question.label} » : cette question ne se pose pas avec vos autres réponses.",
                )
        elif not _given(raw):
            values[field.nom] = field.absent
            if asked and field.requis and (field.vide or values[field.nom] in (None, ())):
                reader.fault(path, _missing(field))
        elif field.kind is Kind.LIGNES:
            values[field.nom] = _read_rows(field, raw, reader, path, here)
        else:
            values[field.nom] = reader.value(field, raw, path)
        if len(reader.errors) > before:
            here.faulty.add(field.nom)
    return values


def _same_as_default(field: Field, raw: object) -> bool:
    return field.kind is not Kind.TEXTE and _Reader(None).value(field, raw, "") == field.defaut


def _missing(field: Field) -> str:
    match field.kind:
        case Kind.DATE:
            return f"« {field.question.label} » : indiquez une date, sous la forme JJ/MM/AAAA."
        case Kind.MONTANT:
            return f"« {field.question.label} » : indiquez un montant en euros. S'il est nul, écrivez 0."
        case Kind.NOMBRE:
            return f"« {field.question.label} » : écrivez un nombre entier, en chiffres."
        case Kind.LIGNES:
            return f"« {field.question.label} » : remplissez au moins une ligne."
        case _:
            return f"« {field.question.label} » : choisissez une réponse."


def _read_rows(field: Field, raw: object, reader: _Reader, path: str, outer: _Answers) -> object:
    row_type = typing.cast("type", field.ligne)
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        reader.fault(path, f"« {field.question.label} » : donnez une liste de lignes.")
        return ()
    if len(raw) > field.question.max_lignes:
        reader.fault(path, f"« {field.question.label} » : donnez au plus {field.question.max_lignes} lignes.")
        return ()
    rows = []
    needed = any(column.requis for column in field.colonnes)
    for number, row in enumerate(raw, 1):
        if not needed and not any(map(_given, row.values())):
            continue  # it says nothing
        before = len(reader.errors)
        values = _read(row_type, row, reader, f"{path}.{number}.", outer)
        if len(reader.errors) == before:
            rows.append(row_type(**values))
    return tuple(rows)


@dataclass(slots=True)
class _Answers:
    """The answers so far of a form, or of a row (``outer``: its form), and which of them are faulty."""

    values: Mapping[str, object]
    names: frozenset[str]
    outer: _Answers | None = None
    faulty: set[str] = dataclasses.field(default_factory=set)
    _tried: dict[_Condition, bool | None] = dataclasses.field(default_factory=dict)

    @property
    def today(self) -> object:
        """The reader's day, which a row takes from its form."""
        own = self.values.get(_TODAY)
        return self.outer.today if own is None and self.outer else own

    def ask(self, field: Field) -> bool | None:
        """Whether a question is asked, given the answers before it (a condition only looks back).

        ``None`` when a faulty answer keeps from knowing: then its own absence or presence is no fault.
        """
        verdict: bool | None = False
        for case in field.cas:
            if met := self.meets(case):
                return True
            verdict = None if met is None else verdict
        return verdict

    def meets(self, case: Iterable[_Condition]) -> bool | None:
        """Whether the answers are those of a case; ``None`` when a faulty one keeps from knowing."""
        known: bool | None = True
        tried = self._tried
        for condition in case:
            if (verdict := tried.get(condition, ...)) is ...:
                verdict = self._answered(condition)
                # One that looks at the reader's day is tried each time.
                if not condition.intervals:
                    tried[condition] = verdict
            if verdict is False:
                return False
            known = known and verdict
        return known

    def _answered(self, condition: _Condition) -> bool | None:
        """Whether a condition is met; ``None`` when a fault keeps from knowing."""
        wanted, intervals = condition.wanted, condition.intervals
        head, _, tail = condition.question.partition(".")
        source = self if head in self.names or self.outer is None else self.outer
        value = source.values.get(head)
        if tail:
            found = {_canonical(getattr(row, tail)) for row in typing.cast("tuple[object, ...]", value or ())}
        else:
            found = {_canonical(value)}
        # No day is written as an interval is.
        if any(one in wanted for one in found) or any(
            _is_within(day, one, self.today) for day in found for one in intervals
        ):
            return True
        return None if head in source.faulty else False


def _answers_of(instance: object, outer: _Answers | None = None) -> _Answers:
    values = {field.nom: getattr(instance, field.nom) for field in fields_of(type(instance))}
    return _Answers(values, frozenset(values), outer)


def asked_of(instance: object) -> frozenset[str]:
    """Return the names of the questions that a form asked, given its answers."""
    answers = _answers_of(instance)
    return frozenset(field.nom for field in fields_of(type(instance)) if answers.ask(field))


def met(instance: object, cases: Iterable[Case], row: object = None) -> bool:
    """Whether one of these cases is that of a form; of one of its rows, when it is given."""
    answers = _answers_of(instance)
    here = answers if row is None else _answers_of(row, answers)
    return any(here.meets(_conditions_of(case)) for case in cases)


def accepts(field: Field, text: str) -> bool:
    """Whether a question can be answered so: the answer is of its kind and within its bounds."""
    reader = _Reader(None)
    reader.value(field, text, field.nom)
    return not reader.errors


def typed_as(value: object) -> str:
    """An answer as an address has it; nothing for none."""
    return _canonical(value).removesuffix(".00")


def days_given(instance: object) -> Iterator[tuple[str, date]]:
    """Each day, not to come, that a form holds in answer to a question that it asked, with the question."""
    inputs = typing.cast("Any", under(type(instance)))
    given = [(field, value) for field in _dated(inputs) if (value := getattr(instance, field.nom))]
    answers = _answers_of(instance) if given else None
    for field, value in given:
        if answers is None or not answers.ask(field):
            continue
        if isinstance(value, date):
            yield field.question.label, value
            continue
        for column in field.colonnes:
            if column.kind is Kind.DATE:
                yield from ((column.question.label, day) for row in value if (day := getattr(row, column.nom)))


@cache
def _dated(inputs: Any) -> tuple[Field, ...]:  # a class made under a law
    """The fields that may hold a day, and not one to come."""
    dated = (field for field in _fields_of(inputs) if not field.question.cache and not field.question.a_venir)
    return tuple(field for field in dated if field.kind in {Kind.DATE, Kind.LIGNES})


def _is_within(answer: str, interval: str, today: object) -> bool:
    """Whether an answer is a day of the interval."""
    first, _, last = interval.partition("/")
    day = parse_date(answer)
    if day is None or answer < first:
        return False
    if (ago := _AGO.fullmatch(last)) is None:
        return answer <= last
    return isinstance(today, date) and add_months(day, 12 * int(ago[1])) <= today


def conditions(cases: Iterable[Case]) -> list[dict[str, list[str]]]:
    """Write cases as plain lists, for JSON.

    >>> conditions([{"motif": ("perte", "vol")}])
    [{'motif': ['perte', 'vol']}]
    """
    return [{name: list(answers) for name, answers in case.items()} for case in cases]


def _canonical(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _YES if value else _NO
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case _:
            return str(value)


# ---------------------------------------------------------------- addresses


def answered(value: _I | None, champ: str) -> _I:
    """Return the answer to a question that its situation makes required.

    Raises:
        InputError: there is none; :func:`parse` has already seen to it for what comes from outside.
    """
    if value is None:
        raise InputError([FieldError(champ, french(f"« {champ} » : cette réponse manque."))])
    return value


def to_flat(instance: object, *, texts: bool = True) -> dict[str, str]:
    """Return the answers as flat keys (``comptes.1.solde``), leaving out hidden fields and defaults.

    A group of rows that a short name can say is written with the short name, so that addresses stay short.
    ``texts``: with what is answered in free words, which no address is to carry.
    """
    flat: dict[str, str] = {}
    for field in fields_of(type(instance)):
        value = getattr(instance, field.nom)
        if field.question.cache or (not field.vide and value == field.defaut):
            continue
        if field.kind is Kind.TEXTE and not texts:
            continue
        if field.kind is not Kind.LIGNES:
            flat[field.nom] = typed_as(value)
            continue
        rows = [to_flat(row, texts=texts) for row in value]
        if (short := _shorten(field, rows)) is not None:
            flat.update(short)
        else:
            flat |= {f"{field.nom}.{i}.{key}": text for i, row in enumerate(rows, 1) for key, text in row.items()}
    return flat


def _shorten(field: Field, rows: list[dict[str, str]]) -> dict[str, str] | None:
    if len(rows) != 1:
        return None
    for short, template in field.question.abrege.items():
        free = next(name for name, fixed in template.items() if fixed is None)
        fixed = {name: value for name, value in template.items() if value is not None}
        if rows[0].keys() == template.keys() and all(rows[0][name] == value for name, value in fixed.items()):
            return {short: rows[0][free]}
    return None


def unflatten(flat: Mapping[str, str]) -> dict[str, object]:
    """Gather flat keys into rows: the inverse of :func:`to_flat`, for forms, addresses and options.

    >>> unflatten({"comptes.1.solde": "10", "comptes.2.solde": "20", "creance": "5"})
    {'comptes': [{'solde': '10'}, {'solde': '20'}], 'creance': '5'}
    """
    nested: dict[str, object] = {}
    groups: dict[str, dict[int, dict[str, object]]] = {}
    for key, text in flat.items():
        if (match := _ROW_KEY.fullmatch(key)) is not None:
            group, number, name = match.groups()
            groups.setdefault(group, {}).setdefault(int(number), {})[name] = text
            nested.setdefault(group, [])
        else:
            nested[key] = text
    for name, rows in groups.items():
        nested[name] = [rows[number] for number in sorted(rows)]
    return nested


# ---------------------------------------------------------------- schema


def json_schema(inputs: type, *, titre: str) -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a calculator's input."""
    inputs = under(inputs)
    schema = _object_schema(fields_of(inputs))
    properties = typing.cast("dict[str, object]", schema["properties"])
    # What ``complete`` finds by itself may be left out.
    implied: frozenset[str] = getattr(inputs, "implied", frozenset())
    schema["required"] = [name for name in typing.cast("list[str]", schema["required"]) if name not in implied]
    for field in fields_of(inputs):
        for short, template in field.question.abrege.items():
            free = next(name for name, fixed in template.items() if fixed is None)
            column = next(column for column in field.colonnes if column.nom == free)
            properties[short] = _field_schema(column) | {"description": f"Forme courte de « {field.nom} »."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": titre} | schema


_PLAIN_SCHEMAS: Mapping[Kind, dict[str, object]] = {
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MONTANT: {"type": "string", "pattern": r"^-?[0-9]{1,9}([.,][0-9]{1,2})?$"},
    Kind.TEXTE: {"type": "string", "maxLength": _MAX_TEXT},
    Kind.NOMBRE: {"type": "integer", "minimum": 0, "maximum": _MAX_WHOLE},
}


def _object_schema(fields: Sequence[Field]) -> dict[str, object]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.nom: _field_schema(field) for field in fields},
        "required": [f.nom for f in fields if f.vide and f.toujours and not f.question.cache],
    }


def _field_schema(field: Field) -> dict[str, object]:
    words = {"title": field.question.label, "description": field.question.aide}
    described: dict[str, object] = {name: french(text) for name, text in words.items() if text}
    if not field.toujours:
        described["x-quand"] = conditions(field.question.quand)
    match field.kind:
        case Kind.OUI_NON:
            return described | {"type": "boolean", "default": field.defaut}
        case Kind.CHOIX:
            default = {} if field.vide or field.defaut is None else {"default": _canonical(field.defaut)}
            return described | {"enum": [option.valeur for option in field.options]} | default
        case Kind.LIGNES:
            rows = {"type": "array", "items": _object_schema(field.colonnes), "maxItems": field.question.max_lignes}
            return described | rows
        case kind:
            return described | _PLAIN_SCHEMAS[kind]


def describe(field: Field, value: object) -> str:
    """Write an answer for a reader (the recap of what was typed)."""
    match value:
        case bool():
            return _YES if value else _NO
        case Decimal():
            return euros(value)
        case date():
            return in_words(value)
        case _:
            text = _canonical(value)
            return next((option.label for option in field.options if option.valeur == text), text)
