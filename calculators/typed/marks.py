"""What is in a text and cannot be seen: marks that a copy from a page, a message or a spreadsheet brings along."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["as_line", "control_in", "folded", "likeness", "visible"]

# Marks without width, changes of direction, soft hyphens, variation selectors: they say nothing that a reader reads.
_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_SPACES = re.compile(r"[\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Controls, ends of lines, halves of a pair: no text that a person reads.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufff9-\uffff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u207b\u208b\ufe58\ufe63\uff0d]")


def visible(text: str) -> str:
    r"""Leave out the marks that cannot be seen.

    >>> visible("\u200e1\u200b500\ufeff")
    '1500'
    """
    return _INVISIBLE.sub("", text)


def control_in(text: str) -> str:
    r"""The first character that no reader can see and that is no mark to leave out; nothing when there is none.

    >>> control_in("a\nb"), control_in("a b")
    ('\n', '')
    """
    found = _CONTROL.search(text)
    return found[0] if found else ""


def as_line(text: str) -> str:
    r"""Write with plain spaces, one at a time, and plain hyphens; nothing that cannot be seen.

    >>> as_line("\u2007\u2212\u202f1\u00a0234,56 ")
    '- 1 234,56'
    """
    return _DASHES.sub("-", _SPACES.sub(" ", visible(text))).strip()


def folded(text: str) -> str:
    """Write without what people leave out: accents, capitals, marks, spaces.

    >>> folded("L’Île-de-France (métropole)")
    'liledefrancemetropole'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in plain if letter.isalnum())


def likeness(one: str, other: str) -> float:
    """Tell how much two words have in common, from 0 to 1, by their pairs of letters.

    Our own: the browser would hold `difflib` for nothing else, larger than all that is read here.

    >>> round(likeness("guadelupe", "guadeloupe"), 2), likeness("guadelupe", "mayotte")
    (0.7, 0.0)
    """
    pairs, others = ({word[at : at + 2] for at in range(len(word) - 1)} for word in (one, other))
    return len(pairs & others) / (len(pairs | others) or 1)
