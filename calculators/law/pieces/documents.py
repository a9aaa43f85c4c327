"""Reads the documents of a démarche. What is not certain is « à confirmer », never required."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.law.model import Certitude
from calculators.law.pieces.model import Exigence, Nature, Piece
from calculators.law.pieces.questions import read_cases
from calculators.law.pieces.texts import AMOUNT, measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.law.loader import _Table as Table
    from calculators.law.model import Law, Source

__all__ = ["IDENTIFIER", "read_piece"]

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: The texts that may quote amounts, and those that are shown as they are.
_QUOTING = ("document", "pourquoi")
_PLAIN = ("condition", "forme", "anciennete", "ou_l_obtenir", "a_confirmer", "aupres_de")
_NEEDED = ("document", "pourquoi", "ou_l_obtenir")


def _former(table: Table) -> list[tuple[str, str]]:
    """The former names, each with the démarche it was under when that was another."""
    found = []
    for text in map(str, table.rows("remplace", [])):
        demarche, slash, name = text.rpartition("/")
        if not all(map(IDENTIFIER.fullmatch, [demarche, name] if slash else [name])):
            raise table.fail("remplace", f"expected 'name' or 'démarche/name', got {text!r}")
        found.append((demarche, name))
    return found


def _sources(table: Table, names: tuple[str, ...], known: Law) -> tuple[Source, ...]:
    for name in names:
        if name not in known.sources:
            raise table.fail("sources", f"unknown source {name!r}")
    return tuple(known.sources[name] for name in names)


def _texts(table: Table, known: Law, *, doubt: bool) -> dict[str, str]:
    """The texts, their measures put in; what is missing and where to ask, for a document that needs it."""
    needed = (*_NEEDED, *(("a_confirmer", "aupres_de") if doubt else ()))
    texts = {}
    for name in (*_QUOTING, *_PLAIN):
        text = table.text(name) if name in needed else table.text(name, "")
        texts[name] = measured(table, name, text, known)
    for name in _QUOTING:
        if set("{}") & set(AMOUNT.sub("", texts[name])):
            raise table.fail(name, "an amount is quoted as {its-series}, in small letters, digits and hyphens")
    for name in _PLAIN:
        if set("{}") & set(texts[name]):
            raise table.fail(name, f"amounts are quoted in {' and '.join(_QUOTING)} only")
    # Said inside a sentence, and on one line of the list of doubts.
    if texts["a_confirmer"].endswith("."):
        raise table.fail("a_confirmer", "expected words without their full stop: they stand inside a sentence")
    if many := [name for name, text in texts.items() if "\n" in text]:
        raise table.fail(many[0], "expected one line")
    return texts


def _amounts(table: Table, texts: Mapping[str, str], known: Law) -> tuple[str, ...]:
    series = tuple(dict.fromkeys(found for name in _QUOTING for found in AMOUNT.findall(texts[name])))
    if missing := [name for name in series if name not in known.series]:
        raise table.fail("document", f"unknown series {missing[0]!r}")
    return series


def read_piece(table: Table, demarche: str, cle: str, known: Law) -> Piece:
    """Read one document, of that identifier.

    Raises:
        LawDataError: a key is missing, unknown or wrong.
    """
    if not IDENTIFIER.fullmatch(cle):
        raise table.fail("", "an identifier is made of small letters, digits and hyphens")
    certitude, niveau = table.choice("certitude", Certitude), table.choice("niveau", Exigence)
    if certitude is Certitude.D:
        raise table.fail("certitude", "what is of certainty D is never published as a rule")
    if certitude.a_confirmer and niveau is not Exigence.A_CONFIRMER:
        raise table.fail("niveau", "what is of certainty C is 'a_confirmer'")
    former = _former(table)
    texts = _texts(table, known, doubt=niveau is Exigence.A_CONFIRMER)
    piece = Piece(
        id=cle,
        demarche=demarche,
        code=table.text("code", ""),
        nature=table.choice("nature", Nature, Nature.DOCUMENT),
        niveau=niveau,
        quand=read_cases(table, known),
        **texts,
        articles=table.articles(known),
        sources=_sources(table, tuple(map(str, table.rows("sources", []))), known),
        certitude=certitude,
        verifie_le=table.day("verifie_le"),
        series=_amounts(table, texts, known),
        remplace=tuple(name for _, name in former),
        quittees={name: demarche for demarche, name in former if demarche},
        fichier=table.file,
    )
    if not piece.articles and not piece.sources:
        raise table.fail("sources", "a document needs an article or a source")
    if niveau is Exigence.SELON_LE_CAS and not piece.condition:
        raise table.fail("condition", "missing")
    table.finish()
    return piece
