"""What a file is, by its first bytes; its name says nothing of it."""

from __future__ import annotations

import re

from calculators.files.model import Type

__all__ = ["ENDINGS", "HEAD", "also", "kind_of"]

#: Bytes of the beginning that are looked at, and of the end.
HEAD = 1 << 16

#: The endings that each kind goes by; the first is the usual one.
ENDINGS: dict[Type, tuple[str, ...]] = {
    Type.PDF: ("pdf",),
    Type.JPEG: ("jpg", "jpeg", "jfif", "jpe"),
    Type.PNG: ("png",),
    Type.HEIC: ("heic", "heif"),
    Type.AVIF: ("avif",),
    Type.WEBP: ("webp",),
    Type.TIFF: ("tif", "tiff"),
    Type.GIF: ("gif",),
    Type.BMP: ("bmp",),
    Type.SVG: ("svg",),
    Type.DOC: ("doc", "xls", "ppt", "msg", "pub"),
    Type.DOCX: ("docx", "docm"),
    Type.XLSX: ("xlsx", "xlsm"),
    Type.ODT: ("odt",),
    Type.ODS: ("ods",),
    Type.RTF: ("rtf",),
    Type.ZIP: ("zip",),
    Type.RAR: ("rar", "7z", "gz"),
    Type.EXE: ("exe", "dll", "msi"),
    Type.HTML: ("html", "htm"),
    Type.EML: ("eml",),
    Type.TEXTE: ("txt", "csv", "md", "xml", "json"),
    Type.VIDEO: ("mp4", "mov", "m4a", "3gp"),
}

_STARTS: tuple[tuple[bytes, Type], ...] = (
    (b"%PDF-", Type.PDF),
    (b"\xff\xd8\xff", Type.JPEG),
    (b"\x89PNG\r\n\x1a\n", Type.PNG),
    (b"II*\x00", Type.TIFF),
    (b"MM\x00*", Type.TIFF),
    (b"GIF87a", Type.GIF),
    (b"GIF89a", Type.GIF),
    (b"BM", Type.BMP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Type.DOC),
    (b"{\\rtf", Type.RTF),
    (b"Rar!\x1a\x07", Type.RAR),
    (b"7z\xbc\xaf\x27\x1c", Type.RAR),
    (b"\x1f\x8b\x08", Type.RAR),
    (b"MZ", Type.EXE),
    (b"\x7fELF", Type.EXE),
)
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
#: A PDF is read from there on, though it should begin at once: what some programs put before it is passed over.
_PDF_WITHIN = 1024
_TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MAIL = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE)
_MAIL_FIELD = re.compile(rb"^(?:From|Received|Return-Path|Message-ID|MIME-Version):", re.MULTILINE | re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)


def kind_of(head: bytes, tail: bytes = b"") -> Type:  # noqa: PLR0911  # one a family
    r"""Tell what a file is by its beginning, and by its end where archives are told apart there.

    >>> kind_of(b"%PDF-1.7\n"), kind_of(b"\x00\x00\x00\x18ftypheic"), kind_of(b"Bonjour"), kind_of(b"")
    (<Type.PDF: 'pdf'>, <Type.HEIC: 'heic'>, <Type.TEXTE: 'texte'>, <Type.VIDE: 'vide'>)
    """
    if not head:
        return Type.VIDE
    for start, kind in _STARTS:
        # Two letters are no proof: a text may begin so.
        if head.startswith(start) and (len(start) > 2 or _TEXT_CONTROLS.search(head)):  # noqa: PLR2004
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(head, tail)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Type.WEBP
    if head[4:8] == b"ftyp":
        return _boxed(head)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Type.PDF
    return _text(head)


def _archive(head: bytes, tail: bytes) -> Type:
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head[:200]:
        return Type.ODS
    if b"mimetypeapplication/vnd.oasis.opendocument" in head[:200]:
        return Type.ODT
    seen = head + tail
    if b"word/document" in seen:
        return Type.DOCX
    return Type.XLSX if b"xl/workbook" in seen else Type.ZIP


def _boxed(head: bytes) -> Type:
    length = int.from_bytes(head[:4], "big")
    # What it is first of all, a version, then whatever else it is too, to the end of the box.
    brands = [head[at : at + 4] for at in (8, *range(16, len(head[:length]), 4))]
    if any(brand in _AVIF for brand in brands):
        return Type.AVIF
    return Type.HEIC if any(brand in _HEIC for brand in brands) else Type.VIDEO


def _text(head: bytes) -> Type:
    # Where each letter takes two bytes, one of them is often nothing.
    if _TEXT_CONTROLS.search(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Type.INCONNU
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b", text, re.DOTALL):
        return Type.SVG
    if text.startswith(b"<") and _HTML.search(text[:4096]):
        return Type.HTML
    if _MAIL.match(text.replace(b"\r\n", b"\n")) and _MAIL_FIELD.search(text[:4096]):
        return Type.EML
    return Type.TEXTE


def also(kind: Type, head: bytes, after: bytes) -> Type | None:
    r"""Tell what else a file passes for: some are made to be read as two things. ``after``: what follows its own end.

    >>> also(Type.JPEG, b"\xff\xd8\xff", b"%PDF-1.4"), also(Type.JPEG, b"\xff\xd8\xff", b"")
    (<Type.PDF: 'pdf'>, None)
    """
    if kind is not Type.PDF and b"%PDF-" in head[:_PDF_WITHIN]:
        return Type.PDF
    if kind is Type.PDF and _HTML.search(head[: head.find(b"%PDF-")]):
        return Type.HTML
    for mark, other in ((b"%PDF-", Type.PDF), (b"PK\x05\x06", Type.ZIP)):
        if other is not kind and mark in after:
            return other
    return Type.HTML if _HTML.search(after) else None
