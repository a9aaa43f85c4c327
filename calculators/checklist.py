"""How a list of documents is told, whatever shows it: how far each is needed, and once what many would repeat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from calculators.law.pieces import Exigence
from calculators.result import PieceDemandee
from calculators.typography import of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Remarks", "level_in_words", "said_once"]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is said once above a list, each with what it is about, and its documents without it."""

    lines: tuple[tuple[str, str], ...]
    pieces: tuple[PieceDemandee, ...]


def said_once(pieces: Sequence[PieceDemandee]) -> Remarks:
    """Take out of the documents of a list the remark that most of them would repeat.

    One is taken only when each document that it may be about says one of its own, so that nothing is understood of a
    document that says nothing.
    """
    lines = []
    kept = tuple(pieces)
    doubtful = [piece for piece in pieces if piece.niveau == Exigence.A_CONFIRMER.value]
    for name, title, about in (
        ("a_confirmer", "Pourquoi « à confirmer »", doubtful),
        ("aupres_de", "Où demander", doubtful),
        ("forme", "Forme", pieces),
    ):
        if words := _repeated([getattr(piece, name) for piece in about]):
            others = any(getattr(piece, name) != words for piece in about)
            told = _to_confirm(words) if name == "aupres_de" else words
            lines.append((f"{title}, sauf mention contraire" if others else title, told))
            without: dict[str, Any] = {name: ""}
            kept = tuple(replace(piece, **without) if getattr(piece, name) == words else piece for piece in kept)
    return Remarks(tuple(lines), kept)


def _repeated(remarks: Sequence[str]) -> str:
    """The words that at least half of these say, and two of them, when each says some; nothing otherwise."""
    if not all(remarks):
        return ""
    found = Counter(remarks).most_common(1)
    return next((words for words, count in found if count > 1 and 2 * count >= len(remarks)), "")


def level_in_words(piece: PieceDemandee) -> str:
    """How far a document is needed, with the case or the office it depends on."""
    case = f" : {piece.condition}" if piece.condition else ""
    match Exigence(piece.niveau):
        case Exigence.REQUIS:
            return "à vérifier" if piece.geste else "requis"
        case Exigence.SELON_LE_CAS:
            return f"selon le cas{case}"
        case Exigence.A_CONFIRMER:
            return f"{_to_confirm(piece.aupres_de) if piece.aupres_de else 'à confirmer'}{case}"


def _to_confirm(whom: str) -> str:
    return f"à confirmer auprès {of(whom)}"
