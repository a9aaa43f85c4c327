"""The versions of the law data and rules that were published, and what an answer of one of them is worth today.

`records.py` keeps, for each, its values and some hundreds of its answers; `values.py` tells what changed between two,
and gives the law as it was; `link.py` compares the answer that a link was made from with today's; `words.py` says it.
"""

from __future__ import annotations

from calculators.versions.link import Etat, Ligne, Mark, Reopened, mark_of, read_mark, reopened
from calculators.versions.words import conclusion, opening, reasons

__all__ = ["Etat", "Ligne", "Mark", "Reopened", "conclusion", "mark_of", "opening", "read_mark", "reasons", "reopened"]
