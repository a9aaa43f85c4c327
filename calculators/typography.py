"""French typography: the no-break spaces that authors should not have to type."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["capitalised", "french", "harmless", "of"]

_NBSP, _THIN = "\u00a0", "\u202f"
#: What « de », « que », « le »… lose their vowel before. An h is taken as mute in the words this site uses.
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæh]", re.IGNORECASE)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"«[ {_NBSP}]?"), f"«{_NBSP}"),
    (re.compile(rf"[ {_NBSP}]?»"), f"{_NBSP}»"),
    (re.compile(r" ([;!?])"), rf"{_THIN}\1"),
    (re.compile(r" :(?=\s|$)"), f"{_NBSP}:"),
    (re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))"), _THIN),
    (re.compile(r"(?<=[0-9]) (?=[€%]|[kMG]o\b)"), _NBSP),
    (re.compile(r"\b(art\.|n°|M\.|Mme|al\.) (?=\S)"), rf"\1{_NBSP}"),
    (re.compile(r"(?<=\w)'(?=\w|$)"), "\u2019"),
)


def capitalised(text: str) -> str:
    """Start a sentence with these words.

    >>> capitalised("faire appel d'un jugement")
    "Faire appel d'un jugement"
    """
    return text[:1].upper() + text[1:]


def of(words: str) -> str:
    """Put « de » before these words, elided or contracted as French does, before each of them when « ou » parts them.

    >>> of("un avocat ou un point-justice"), of("le greffe"), of("la mairie"), of("les impôts"), of("votre avocat")
    ("d'un avocat ou d'un point-justice", 'du greffe', 'de la mairie', 'des impôts', 'de votre avocat')
    """
    first, both, other = words.partition(" ou ")
    if both and re.match(r"(?:une?|les?|la|votre|vos|ce|cette)\b|l'", other):
        return f"{of(first)}{both}{of(other)}"
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if words.startswith(article):
            return contracted + words.removeprefix(article)
    return f"d'{words}" if _VOWEL.match(words) else f"de {words}"


def harmless(text: str) -> str:
    r"""Give a text that a terminal only shows, ends of lines included: what others wrote may hold orders for it.

    >>> harmless("a\x1b[2J\nb\u202e \x9b1m ✔ 1\u202f000\xa0€")
    'a�[2J\nb� �1m ✔ 1\u202f000\xa0€'
    """
    return "".join(
        "\ufffd" if letter != "\n" and (unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029") else letter
        for letter in text
    )


@lru_cache(maxsize=4096)
def french(text: str) -> str:
    r"""Put the no-break spaces and apostrophes of French typography into a text for readers.

    Doing it twice changes nothing. Not for addresses, identifiers or code.

    >>> french("Que faire ? Lisez « l'acte » : 1 000 €, 5 Mo")
    'Que faire\u202f? Lisez «\xa0l’acte\xa0»\xa0: 1\u202f000\xa0€, 5\xa0Mo'
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
