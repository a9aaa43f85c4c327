"""The documents a démarche asks for, as data: one TOML file per démarche, loaded once, validated on load.

Each document has an identifier that never changes, says when it is called for (``quand``), why, in what form and how
recent, where to get it, and how certain that is. What is not certain is « à confirmer », never required.

An address that was printed stays good: a document names the former ones it answers for (``remplace``; with the démarche
in front, ``passeport/passeport-timbre``, when it was on the page of another), and a table
``[anciens]`` gives for an answer that is no longer offered the one that replaces it: ``"motif=egare" = "motif=perte"``.

The questions and their answers are declared above this layer, so :mod:`calculators.checklist.names` checks that those
named here exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from calculators.errors import LawDataError
from calculators.law.loader import _read_files as read_files
from calculators.law.loader import _Table as Table
from calculators.law.loader import law
from calculators.law.model import Article, Certitude, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from calculators.law.model import Law

__all__ = [
    "Ancien",
    "Cas",
    "Exigence",
    "Piece",
    "anciens",
    "former_answers",
    "load_pieces",
    "pieces",
    "read_anciens",
]

#: What calls for a document: for each question named, the answers that do.
Cas = dict[str, tuple[str, ...]]

_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AMOUNT = re.compile(r"\{([a-z0-9-]+)\}")
#: The texts that may quote amounts, and those that are shown as they are.
_QUOTING = ("document", "pourquoi")
_PLAIN = ("condition", "forme", "anciennete", "ou_l_obtenir", "a_confirmer", "aupres_de")
_ANSWER = re.compile(r"[a-z_0-9]+=[a-z_0-9-]+")


class Exigence(StrEnum):
    """How far a document is needed."""

    REQUIS = "requis"
    SELON_LE_CAS = "selon_le_cas"
    A_CONFIRMER = "a_confirmer"


@dataclass(frozen=True, slots=True)
class Piece:
    """One document, or one thing to check, of one démarche.

    Attributes:
        id: stable name, in addresses; ``remplace`` lists the former ones it answers for.
        quittees: for each former name that was on the page of another démarche, that démarche.
        fichier: the file it is written in, for the errors.
        a_confirmer: what is missing for it to be certain, in one line; ``aupres_de``: where to ask.
        quand: the cases that call for it, any of them being enough.
        condition: the same in words, for a reader who does not know the answer.
        series: the amounts (keys of dated series) that its texts quote between braces.
    """

    id: str
    demarche: str
    code: str
    document: str
    niveau: Exigence
    quand: tuple[Cas, ...]
    condition: str
    pourquoi: str
    forme: str
    anciennete: str
    ou_l_obtenir: str
    a_confirmer: str
    aupres_de: str
    articles: tuple[Article, ...]
    sources: tuple[Source, ...]
    certitude: Certitude
    verifie_le: date
    series: tuple[str, ...]
    remplace: tuple[str, ...]
    quittees: Mapping[str, str]
    fichier: str


@dataclass(frozen=True, slots=True)
class Ancien:
    """An answer that is no longer offered, ``question=answer``, those that replace it, and the file that says so."""

    fichier: str
    avant: str
    maintenant: Mapping[str, str]


def _texts(table: Table, name: str, data: object) -> tuple[str, ...]:
    if not isinstance(data, list) or not data or not all(isinstance(text, str) and text for text in data):
        raise table.fail(name, f"expected a list of texts, got {data!r}")
    return tuple(data)


def _cases(table: Table, data: object) -> tuple[Cas, ...]:
    if not isinstance(data, list) or not data or not all(isinstance(case, dict) for case in data):
        raise table.fail("quand", f"expected a list of tables, got {data!r}")
    return tuple({name: _texts(table, f"quand.{name}", answers) for name, answers in case.items()} for case in data)


def _former(table: Table) -> list[tuple[str, str]]:
    """The former names, each with the démarche it was under when that was another."""
    found = []
    for text in map(str, table.rows("remplace", [])):
        demarche, slash, name = text.rpartition("/")
        if not all(map(_IDENTIFIER.fullmatch, [demarche, name] if slash else [name])):
            raise table.fail("remplace", f"expected 'name' or 'démarche/name', got {text!r}")
        found.append((demarche, name))
    return found


def _sources(table: Table, names: tuple[str, ...], known: Law) -> tuple[Source, ...]:
    for name in names:
        if name not in known.sources:
            raise table.fail("sources", f"unknown source {name!r}")
    return tuple(known.sources[name] for name in names)


def _to_confirm(table: Table, *, needed: bool) -> dict[str, str]:
    """What is missing, and where to ask: said once for the whole file, or by the document that needs it."""
    return {name: table.text(name) if needed else table.text(name, "") for name in ("a_confirmer", "aupres_de")}


def _read(file: str, cle: str, data: object, commun: Mapping[str, object], known: Law) -> Piece:
    if not isinstance(data, dict):
        raise LawDataError(file, f"pieces.{cle}", "expected a table")
    table = Table(file, f"pieces.{cle}", {**commun, **data})
    if not _IDENTIFIER.fullmatch(cle):
        raise table.fail("", "an identifier is made of small letters, digits and hyphens")
    certitude, niveau = table.choice("certitude", Certitude), table.choice("niveau", Exigence)
    if certitude is Certitude.D:
        raise table.fail("certitude", "what is of certainty D is never published as a rule")
    if certitude.a_confirmer and niveau is not Exigence.A_CONFIRMER:
        raise table.fail("niveau", "what is of certainty C is 'a_confirmer'")
    former = _former(table)
    piece = Piece(
        id=cle,
        demarche=table.text("demarche"),
        code=table.text("code", ""),
        document=table.text("document"),
        niveau=niveau,
        quand=_cases(table, table.rows("quand", [{}])),
        condition=table.text("condition", ""),
        pourquoi=table.text("pourquoi"),
        forme=table.text("forme", ""),
        anciennete=table.text("anciennete", ""),
        ou_l_obtenir=table.text("ou_l_obtenir"),
        **_to_confirm(table, needed=niveau is Exigence.A_CONFIRMER),
        articles=table.articles(known),
        sources=_sources(table, tuple(map(str, table.rows("sources", []))), known),
        certitude=certitude,
        verifie_le=table.day("verifie_le"),
        series=tuple(dict.fromkeys(found for name in _QUOTING for found in _AMOUNT.findall(table.text(name)))),
        remplace=tuple(name for _, name in former),
        quittees={name: demarche for demarche, name in former if demarche},
        fichier=file,
    )
    if not piece.articles and not piece.sources:
        raise table.fail("sources", "a document needs an article or a source")
    if missing := [name for name in piece.series if name not in known.series]:
        raise table.fail("document", f"unknown series {missing[0]!r}")
    if other := [name for name in piece.series if known.series[name].unite != "EUR"]:
        raise table.fail("document", f"the series {other[0]!r} is in {known.series[other[0]].unite}, not in EUR")
    if niveau is Exigence.SELON_LE_CAS and not piece.condition:
        raise table.fail("condition", "missing")
    _check_quotes(table)
    table.finish()
    return piece


def _check_quotes(table: Table) -> None:
    """Refuse a brace that would be shown as it is: an amount misspelt, or quoted where none is put."""
    for name in _QUOTING:
        if set("{}") & set(_AMOUNT.sub("", table.text(name))):
            raise table.fail(name, "an amount is quoted as {its-series}, in small letters, digits and hyphens")
    for name in _PLAIN:
        if set("{}") & set(table.text(name, "")):
            raise table.fail(name, f"amounts are quoted in {' and '.join(_QUOTING)} only")


def _files(directory: Traversable) -> Iterator[tuple[str, dict[str, Any]]]:
    for file, content in read_files(directory, "pieces/").items():
        if unknown := sorted(set(content) - {"anciens", "commun", "pieces"}):
            raise LawDataError(file, unknown[0], "unknown section; expected one of anciens, commun, pieces")
        if wrong := [name for name, data in content.items() if not isinstance(data, dict)]:
            raise LawDataError(file, wrong[0], "expected a table")
        yield file, content


def read_anciens(directory: Traversable) -> Iterator[Ancien]:
    """Read the answers that are no longer offered, each written ``question=answer``, with those that replace it.

    Raises:
        LawDataError: one is not written so, or is there twice.
    """
    found: set[str] = set()
    for file, content in _files(directory):
        for former, now in content.get("anciens", {}).items():
            answers = now.split("&") if isinstance(now, str) else [""]
            if not all(_ANSWER.fullmatch(answer) for answer in (former, *answers)):
                raise LawDataError(file, f"anciens.{former}", 'expected "question=answer" = "question=answer&…"')
            if former in found:
                raise LawDataError(file, f"anciens.{former}", "already there")
            found.add(former)
            yield Ancien(file, former, dict(answer.split("=") for answer in answers))


def load_pieces(directory: Traversable, known: Law) -> dict[str, Piece]:
    """Read every ``*.toml`` of a directory: the documents, by identifier, in the order of the files.

    Raises:
        LawDataError: a file is not TOML, lacks a key, has one too many, or takes an identifier already used.
    """
    found: dict[str, Piece] = {}
    former: set[str] = set()
    for file, content in _files(directory):
        for cle, data in content.get("pieces", {}).items():
            piece = _read(file, cle, data, content.get("commun", {}), known)
            taken = {*found, *former}
            for name in (cle, *piece.remplace):
                if name in taken:
                    raise LawDataError(file, f"pieces.{cle}", f"the identifier {name!r} is already used")
                taken.add(name)
            found[cle] = piece
            former |= set(piece.remplace)
    return found


@cache
def pieces() -> Mapping[str, Piece]:
    """Return the documents shipped with the package, read once.

    >>> pieces()["cph-restituer-rib"].document
    'RIB à votre nom'
    """
    return load_pieces(resources.files("calculators.law.pieces"), law())


@cache
def former_answers() -> tuple[Ancien, ...]:
    """Return the answers that are no longer offered, each with its file; read once."""
    return tuple(read_anciens(resources.files("calculators.law.pieces")))


@cache
def anciens() -> Mapping[str, Mapping[str, str]]:
    """Return the answers that are no longer offered, with those that replace them."""
    return {ancien.avant: ancien.maintenant for ancien in former_answers()}
