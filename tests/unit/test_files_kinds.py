"""Where each sign of a kind, or of an awkward name, begins and ends to count: at the last byte, and one beyond."""

from __future__ import annotations

import io

import pytest

from calculators.files import Type, examine
from calculators.files.kinds import also, kind_of
from calculators.files.names import look_at, proposed
from tests.files import GEODEMAT

KIB = 1 << 10


def until(mark: bytes, end: int, before: bytes = b"") -> bytes:
    """Bytes that begin with some, and end with a mark, at such a place."""
    return before + bytes(end - len(mark) - len(before)) + mark


def boxed(*brands: bytes, length: int | None = None, first: bytes = b"mp42", version: bytes = bytes(4)) -> bytes:
    """The box that photos of telephones and films begin with: what they are first of all, and what else."""
    body = b"ftyp" + first + version + b"".join(brands)
    return (len(body) + 4 if length is None else length).to_bytes(4, "big") + body


ARCHIVE = b"PK\x03\x04" + bytes(26)
ODS, ODT = (b"mimetypeapplication/vnd.oasis.opendocument." + kind for kind in (b"spreadsheet", b"text"))
SPACES = b"<p>" + b" " * 5000
#: The head of a letter, whose last line goes on and on.
MAIL = b"To: c@d.fr\r\nX-Test:" + b"a" * 5000


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", Type.VIDE),
        # three bytes are proof enough, two are not
        (b"\xff\xd8\xff", Type.JPEG),
        (b"\xff\xd8", Type.TEXTE),
        (b"BM\x00", Type.BMP),
        (b"BM", Type.TEXTE),
        # an archive, and an empty one
        (b"PK\x03\x04", Type.ZIP),
        (b"PK\x05\x06" + bytes(18), Type.ZIP),
        (b"PK\x01\x02" + bytes(18), Type.INCONNU),
        # WebP: two words, each at its place
        (b"RIFF\x10\0\0\0WEBPVP8 ", Type.WEBP),
        (b"RIFF\x10\0\0\0WAVEfmt ", Type.INCONNU),
        (b"RIFX\x10\0\0\0WEBPVP8 ", Type.INCONNU),
        (b"RIFF\x10\0\0\0 WEBPVP8", Type.INCONNU),
        # a photo of a telephone: any of its brands, within its box
        (boxed(first=b"heic"), Type.HEIC),
        (boxed(b"heic"), Type.HEIC),
        (boxed(b"isom", b"mif1"), Type.HEIC),
        (boxed(b"heic", first=b"avif"), Type.AVIF),
        (boxed(b"mif1", b"avif"), Type.AVIF),
        (boxed(*[b"isom"] * 27, b"heic"), Type.HEIC),
        (boxed(b"isom", b"heic", length=20), Type.VIDEO),
        (boxed(version=b"heic"), Type.VIDEO),
        (boxed(b"isom", b"mp41"), Type.VIDEO),
        # a PDF is read as one when it begins within a kibibyte
        (until(b"%PDF-", KIB), Type.PDF),
        (until(b"%PDF-", KIB + 1), Type.INCONNU),
        # LibreOffice writes what it is at the head of its archives
        (until(ODS, 200, ARCHIVE), Type.ODS),
        (until(ODS, 201, ARCHIVE), Type.ODT),
        (until(ODT.removesuffix(b".text"), 200, ARCHIVE), Type.ODT),
        (until(ODT.removesuffix(b".text"), 201, ARCHIVE), Type.ZIP),
        # text
        (b"\xff\xfea\x00", Type.TEXTE),
        (b"\xfe\xff\x00a", Type.TEXTE),
        (b"\xff\xfe<\x00h\x00t\x00m\x00l\x00", Type.TEXTE),
        (b"a\x00", Type.INCONNU),
        (b" \n\t ", Type.TEXTE),
        (b"\xef\xbb\xbf  <html>", Type.HTML),
        (b"Bonjour <html>", Type.TEXTE),
        (b"<?xml version='1.0'?><!-- un plan --><svg>", Type.SVG),
        (b"<p><svg>", Type.TEXTE),
        (b"<p>Bonjour", Type.TEXTE),
        (SPACES[: 4096 - 5] + b"<html>", Type.HTML),
        (SPACES[: 4096 - 4] + b"<html>", Type.TEXTE),
        # a letter of a mail program: two fields, of which one that only such programs write, near its beginning
        (b"Nom: Martin\nVille: Lyon\n\nBonjour", Type.TEXTE),
        (b"Bonjour\nFrom: a@b.fr\nTo: c@d.fr\n", Type.TEXTE),
        (b"From: a@b.fr\nSubject: acte\n\nBonjour", Type.EML),
        (b"From: a@b.fr\n\nBonjour", Type.TEXTE),
        (MAIL[: 4096 - 7] + b"\r\nFrom: a@b.fr\r\n", Type.EML),
        (MAIL[: 4096 - 6] + b"\r\nFrom: a@b.fr\r\n", Type.TEXTE),
    ],
)
def test_a_kind_is_told_by_a_sign_at_its_place_and_nowhere_else(head: bytes, kind: Type) -> None:
    assert kind_of(head) is kind


@pytest.mark.parametrize(
    ("at", "kind"),
    [(64 * KIB - 13, Type.DOCX), (64 * KIB - 12, Type.ZIP), (136 * KIB, Type.DOCX), (136 * KIB - 1, Type.ZIP)],
)
def test_what_an_archive_holds_is_looked_for_in_its_first_and_last_64_kibibytes(at: int, kind: Type) -> None:
    mark = b"word/document"
    data = ARCHIVE + bytes(at - len(ARCHIVE)) + mark + bytes(200 * KIB - at - len(mark))
    assert examine(io.BytesIO(data), "acte.docx", GEODEMAT).type is kind


@pytest.mark.parametrize(
    ("kind", "head", "after", "other"),
    [
        (Type.JPEG, until(b"%PDF-", KIB), b"", Type.PDF),
        (Type.JPEG, until(b"%PDF-", KIB + 1), b"", None),
        (Type.PDF, b"%PDF-1.7 <script>", b"", None),
        (Type.PDF, b"<script> %PDF-1.7", b"", Type.HTML),
        (Type.PDF, b"%PDF-1.7", b"%PDF-1.7", None),
        (Type.PDF, b"%PDF-1.7", b"PK\x05\x06", Type.ZIP),
        (Type.JPEG, b"\xff\xd8\xff", b"..%PDF-1.7", Type.PDF),
        (Type.JPEG, b"\xff\xd8\xff", b"..PK\x05\x06", Type.ZIP),
        (Type.JPEG, b"\xff\xd8\xff", b"..<script>", Type.HTML),
        (Type.JPEG, b"\xff\xd8\xff", b"une suite", None),
        (Type.JPEG, b"\xff\xd8\xff <script>", b"", None),
    ],
)
def test_what_else_a_file_passes_for_is_told(kind: Type, head: bytes, after: bytes, other: Type | None) -> None:
    assert also(kind, head, after) is other


# ---------------------------------------------------------------- names


def told(name: str, kind: Type = Type.PDF) -> list[str]:
    return [motif.code for motif in look_at(name, kind)]


@pytest.mark.parametrize(
    ("name", "kind", "codes"),
    [
        ("acte.pdf", Type.PDF, []),
        ("a" * 96 + ".pdf", Type.PDF, []),
        ("a" * 97 + ".pdf", Type.PDF, ["nom-trop-long"]),
        ("acte", Type.PDF, ["sans-extension"]),
        ("acte", Type.INCONNU, []),
        (".pdf", Type.PDF, ["sans-extension", "nom-fragile"]),
        ("acte.jpg", Type.PDF, ["extension-trompeuse"]),
        ("acte.jpg", Type.INCONNU, []),
        # a text may have any ending that is not that of another kind
        ("notes.log", Type.TEXTE, []),
        ("notes.log", Type.PDF, ["extension-trompeuse"]),
        ("notes.pdf", Type.TEXTE, ["extension-trompeuse"]),
        ("notes.csv", Type.TEXTE, []),
        ("acte.pdf.exe", Type.PDF, ["extension-trompeuse", "double-extension"]),
        ("acte?.pdf", Type.PDF, ["nom-interdit"]),
        ("acte\n.pdf", Type.PDF, ["nom-interdit"]),
        ("élise?.pdf", Type.PDF, ["nom-interdit"]),
        (" acte.pdf", Type.PDF, ["nom-fragile"]),
        ("con.pdf", Type.PDF, ["nom-fragile"]),
        ("con.1.pdf", Type.PDF, ["nom-fragile"]),
        ("console.pdf", Type.PDF, []),
        (" élise.pdf", Type.PDF, ["nom-fragile"]),
        ("élise.pdf", Type.PDF, ["nom-accentue"]),
    ],
)
def test_what_is_awkward_in_a_name_is_told(name: str, kind: Type, codes: list[str]) -> None:
    assert told(name, kind) == codes


def test_what_a_name_should_end_with_and_how_long_it_is_are_told() -> None:
    def values(name: str, kind: Type) -> list[object]:
        return [dict(motif.valeurs) for motif in look_at(name, kind)]

    assert values("acte", Type.JPEG) == [{"attendue": "jpg"}]
    assert values("acte.pdf", Type.JPEG) == [{"attendue": "jpg", "lue": "pdf"}]
    assert values("a" * 98 + ".pdf", Type.PDF) == [{"longueur": 102, "maximum": 100}]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("a" * 60, Type.PDF, "a" * 60 + ".pdf"),
        ("a" * 61, Type.PDF, "a" * 60 + ".pdf"),
        # no dash is left where it is cut
        ("a" * 59 + " bc", Type.PDF, "a" * 59 + ".pdf"),
        ("acte.pdf", Type.PDF, "acte.pdf"),
        ("acte.jpg.pdf", Type.JPEG, "acte.jpg"),
        ("acte.v2", Type.PDF, "acte-v2.pdf"),
        # an ending of its own: five letters and figures, not figures alone
        ("plan.abcde", Type.INCONNU, "plan.abcde"),
        ("plan.abcdef", Type.INCONNU, "plan-abcdef.bin"),
        ("plan.2026", Type.INCONNU, "plan-2026.bin"),
        ("plan", Type.INCONNU, "plan.bin"),
        ("plan", Type.VIDE, "plan"),
        ("plan.dwg", Type.VIDE, "plan.dwg"),
        # a day, in either order, first of all
        ("facture 20-11-2026 EDF", Type.PDF, "2026-11-20_facture-edf.pdf"),
        ("facture 2026-11-20 EDF", Type.PDF, "2026-11-20_facture-edf.pdf"),
        ("facture20112026edf", Type.PDF, "2026-11-20_facture-edf.pdf"),
        ("facture 32-11-2026", Type.PDF, "facture-32-11-2026.pdf"),
        # the camera's words say nothing, those of a person do
        ("IMG_0012", Type.JPEG, "document.jpg"),
        ("IMG_0012 recto", Type.JPEG, "img-0012-recto.jpg"),
        ("recto 0012", Type.JPEG, "recto-0012.jpg"),
        ("WhatsApp Image 2026-11-20 at 10.11.12", Type.JPEG, "2026-11-20_document.jpg"),
        ("sans titre 2", Type.PDF, "document.pdf"),
        ("sans titre de paiement", Type.PDF, "sans-titre-de-paiement.pdf"),
        ("images du constat", Type.PDF, "images-du-constat.pdf"),
        ("con", Type.PDF, "document.pdf"),
        ("", Type.VIDE, "document"),
    ],
)
def test_a_plain_name_is_proposed(name: str, kind: Type, expected: str) -> None:
    assert proposed(name, kind) == expected
