"""The passages of a page, and their fingerprints: what is kept of a page that was read is never its text.

A passage is a paragraph, an item, a cell or a heading of the page's own part. Case, punctuation and spaces do not
count. Only the passages that we rely on have a fingerprint, those that hold a figure that a rule states; when none is
found, all of them do, and the page counts whole. A file that is no page has one passage, its bytes.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from calculators.files.kinds import HEAD, kind_of
from calculators.files.model import Type

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Fingerprint", "LyingError", "Passages", "normalised", "passages_of"]

_BLOCKS = frozenset(
    {"address", "article", "blockquote", "caption", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"legend", "li", "main", "p", "pre", "section", "summary", "td", "th", "br"}
)
#: What surrounds the text of a page, and changes for itself.
_AROUND = frozenset(
    {"script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside", "form", "button", "iframe"}
)
_SYMBOLS = str.maketrans({"€": " euros ", "%": " pour cent "})
#: What a server says of its content, and what the content may then be.
_SAID = {
    "text/html": {Type.HTML, Type.TEXTE},
    "application/xhtml+xml": {Type.HTML, Type.TEXTE},
    "text/plain": {Type.TEXTE, Type.HTML},
    "application/pdf": {Type.PDF},
    "application/json": {Type.TEXTE},
}
#: What a server may say of its letters; of any other, the page itself does.
_CHARSETS = frozenset({"utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"})
_LENGTH = 16


class LyingError(Exception):
    """The content is not what its server says; the message says both, in French."""


def normalised(text: str) -> str:
    r"""Only the words and figures of a text.

    >>> normalised("Le montant est de 1\u202f500,50 €,\n soit « 10 % ».")
    'le montant est de 1500 50 euros soit 10 pour cent'
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(_SYMBOLS)
    text = re.sub(r"(?<=\d)[\s.](?=\d{3}(?!\d))", "", text)
    return " ".join(re.findall(r"\w+", text))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a page that was read: the fingerprints of its passages, sorted; ``whole``: of all of them."""

    passages: tuple[str, ...]
    whole: bool

    def changed(self, now: Passages) -> int:
        """How many of these passages are there no more, and, of a page that counts whole, how many are new."""
        before, after = set(self.passages), set(now.hashes)
        return len(before - after) + (len(after - before) if self.whole else 0)


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a page, normalised, in its order: they are looked at, and never written anywhere."""

    texts: tuple[str, ...]

    @property
    def hashes(self) -> tuple[str, ...]:
        """The fingerprint of each."""
        return tuple(_hash(text.encode()) for text in self.texts)

    def fingerprint(self, marks: Collection[str]) -> Fingerprint:
        """The passages that hold one of these words, or all when none does."""
        relied = {
            digest
            for text, digest in zip(self.texts, self.hashes, strict=True)
            if any(f" {mark} " in f" {text} " for mark in marks)
        }
        return Fingerprint(tuple(sorted(relied or set(self.hashes))), whole=not relied)


def passages_of(content: bytes, said: str) -> Passages:
    """Read the passages of a content; ``said``: its type, as its server says.

    Raises:
        LyingError: it is of another kind, or none that this reads.
    """
    kind, told = kind_of(content[:HEAD], content[-HEAD:]), said.partition(";")[0].strip().lower()
    allowed = _SAID.get(told)
    if allowed is None:
        raise LyingError(f"ce programme ne lit pas ce qui est dit {told or 'sans type'}")
    if kind not in allowed:
        raise LyingError(f"c'est dit {told}, et les octets sont d'un autre genre ({kind.value})")
    if told == "application/pdf":
        return Passages((_hash(content),))
    if kind is Type.HTML or told.endswith(("html", "xhtml+xml")):
        texts = _read(content, said)
    else:
        texts = tuple(filter(None, map(normalised, content.decode("utf-8", "replace").splitlines())))
    if not texts:
        raise LyingError("elle n'a pas de texte : un script le met sans doute")
    return Passages(texts)


def _read(content: bytes, said: str) -> tuple[str, ...]:
    """The passages of a page: lxml reads what browsers do, in a time that the length bounds, and fetches nothing."""
    charset = re.search(r"charset=\"?([\w-]+)", said, re.IGNORECASE)
    known = charset[1].lower() if charset and charset[1].lower() in _CHARSETS else None
    parser = lxml_html.HTMLParser(encoding=known, no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = lxml_html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise LyingError(f"cette page ne se lit pas ({type(error).__name__})") from None
    etree.strip_elements(page, *_AROUND, with_tail=False)
    part = next(itertools.chain(page.iter("main", "article"), [page]))
    found: list[str] = [""]
    for event, element in etree.iterwalk(part, events=("start", "end")):
        if element.tag in _BLOCKS:
            found.append("")
        found[-1] += (element.text if event == "start" else element.tail if element is not part else "") or ""
    return tuple(filter(None, map(normalised, found)))
