"""Words that should have been elided or contracted: « de un avocat », « que il », « du employeur », « sa adresse »."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["texts_of_html", "wrong_elisions"]

_VOWEL = "aâàeéèêëiîïoôuûœæ"
# An h is mute in some words and not in others: those of this site that are.
_MUTE = (
    r"(?:habit|hébergement|héritier|heure|histoire|hiver|homme|honoraire|hôpita|horaire|hôtel|huissier|hypothèque)\w*"
)
# Before these French keeps the whole word: « le onze », « la ou les banques »; a letter by itself is a name.
_KEPT = r"(?!(?:onz\w+|oui|un à|une? ou|[A-Z]|un et)(?!\w))"
_NEXT = rf"(?:{_KEPT}[{_VOWEL}{_VOWEL.upper()}]\w*|{_MUTE}|y\b)"
#: The elements that a sentence goes through.
_INSIDE = "a|abbr|b|code|data|em|i|mode-emploi-mot|span|strong|time"
_WRONG = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w'-])(?i:de|que|ne|se|je|me|te|jusque|lorsque|puisque|quoique|le|la|du|au|ma|ta|sa) (?!ou\b){_NEXT}",
        rf"(?<![\w'-])(?i:ce) (?!(?:à|au|aux|en|avec)\b){_NEXT}",
        r"(?<![\w'-])(?i:si) ils?\b",
        # « de le demander » is right, « de le greffe » is not: a verb is what the first is followed by.
        r"(?<![\w'-])(?i:de|à) les? (?!\w*(?:er|ir|re|oir)\b)\w+",
        r"(?<![\w'-])(?i:de|à) les? (?:greffiers?|maires?|notaires?|titulaires?|papiers?|héritiers?)\b",
    )
)


def wrong_elisions(text: str) -> list[str]:
    """What is wrong in a text, each with a few words around it.

    >>> wrong_elisions("À confirmer auprès de un avocat ou de le greffe.")
    ['auprès de un avocat ou', 'ou de le greffe .']
    >>> wrong_elisions("D'un avocat, du greffe ; demandez-le avant de le signer, ce à quoi il faut veiller, le onze.")
    []
    """
    plain = re.sub(r"[\u00a0\u202f]", " ", text).replace("\u2019", "'")
    found = [match for pattern in _WRONG for match in pattern.finditer(plain)]
    return [
        " ".join(
            [*plain[max(0, m.start() - 12) : m.start()].split()[-1:], m[0], *plain[m.end() : m.end() + 12].split()[:2]]
        )
        for m in found
    ]


def texts_of_html(html: str) -> list[str]:
    """The texts of a page or of a part of one, with those that only machines or ears receive."""
    html = re.sub(r"<(script|style|svg|code|pre)\b.*?</\1>", "", html, flags=re.DOTALL)
    heard = re.findall(r'\b(?:alt|title|aria-label|content|placeholder)="([^"]*)"', html)
    blocks = re.sub(rf"</?(?!(?:{_INSIDE})\b)[^>]*>", "\n", html)
    return [unescape(text) for text in (*re.sub(r"<[^>]*>", "", blocks).splitlines(), *heard)]
