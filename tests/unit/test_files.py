"""Files checked before they are deposited: what each is, why it would be refused, and that none is trusted."""

from __future__ import annotations

import codecs
import io
import json
import random
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import jsonschema
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFilter, ImageOps

from calculators.errors import LawDataError
from calculators.files import Gravite, Type, Verdict, examine, to_dict, with_twins
from calculators.files.kinds import ENDINGS
from calculators.files.mend import MendError, Part, assemble, unlocked
from calculators.files.names import look_at, proposed
from calculators.files.pdf import pictures
from calculators.files.readability import by_pixels
from calculators.files.rules import LibraryMissingError
from calculators.files.words import KINDS, MOTIFS, mended, said
from calculators.law import law
from calculators.law.plateformes import load_plateformes, plateformes
from calculators.web.publish.data_schema import checked_files
from tests.files import (
    A4,
    GEODEMAT,
    Counted,
    bomb,
    codes,
    drawing,
    interlaced,
    look,
    pdf,
    picture,
    raw_pdf,
    scan,
    stream,
    turned_jpeg,
    zipped,
)
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JPEG, PNG, PDF = picture("JPEG"), picture("PNG"), pdf(3)

# ---------------------------------------------------------------- what it is

KINDS_OF_BYTES: dict[str, tuple[bytes, Type]] = {
    "a.pdf": (PDF, Type.PDF),
    "a.jpg": (JPEG, Type.JPEG),
    "a.png": (PNG, Type.PNG),
    "a.webp": (picture("WEBP"), Type.WEBP),
    "a.tif": (picture("TIFF"), Type.TIFF),
    "b.tif": (picture("TIFF", compression="tiff_deflate"), Type.TIFF),
    "a.gif": (picture("GIF"), Type.GIF),
    "a.bmp": (picture("BMP"), Type.BMP),
    "a.avif": (picture("AVIF", (64, 64)), Type.AVIF),
    "a.heic": (b"\0\0\0\x1cftypheic\0\0\0\0mif1heic" + bytes(40), Type.HEIC),
    "b.heic": (b"\0\0\0\x18ftypmif1\0\0\0\0heic" + bytes(40), Type.HEIC),
    "a.mp4": (b"\0\0\0\x18ftypmp42\0\0\0\0isom" + bytes(40), Type.VIDEO),
    "a.svg": (b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', Type.SVG),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Type.DOC),
    "a.docx": (zipped("[Content_Types].xml", "word/document.xml"), Type.DOCX),
    "a.xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), Type.XLSX),
    "a.odt": (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text" + bytes(9), Type.ODT),
    "a.zip": (zipped("photo.jpg"), Type.ZIP),
    "a.exe": (b"MZ\x90\x00\x03" + bytes(64), Type.EXE),
    "a.rtf": (b"{\\rtf1 Bonjour}", Type.RTF),
    "a.html": (b"<!DOCTYPE html><html><body>", Type.HTML),
    "a.eml": (b"Return-Path: <a@b.fr>\r\nFrom: a@b.fr\r\nSubject: acte\r\n\r\nBonjour", Type.EML),
    "a.txt": (b"Bonjour, voici l'acte.", Type.TEXTE),
    "b.txt": ("Élise".encode("utf-16"), Type.TEXTE),
    "c.txt": (b"BMW, permis de conduire", Type.TEXTE),
    "d.txt": (b"MZ", Type.TEXTE),
    "a.bin": (bytes(range(256)), Type.INCONNU),
}


@pytest.mark.parametrize("name", KINDS_OF_BYTES)
def test_a_file_is_known_by_its_bytes_whatever_its_name(name: str) -> None:
    data, kind = KINDS_OF_BYTES[name]
    assert look(data, name).type is look(data, "n'importe quoi.xyz").type is kind
    assert "extension-trompeuse" not in codes(data, name)
    taken = kind in {Type.PDF, Type.JPEG, Type.PNG}
    assert ("format-refuse" in codes(data, name)) is not taken


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(Type)
    assert set(ENDINGS) == set(Type) - {Type.VIDE, Type.INCONNU}


def test_an_ending_that_lies_is_told_with_the_right_one() -> None:
    examen = look(JPEG, "scan.pdf")
    assert [m.valeurs for m in examen.motifs if m.code == "extension-trompeuse"] == [{"lue": "pdf", "attendue": "jpg"}]
    assert "sans-extension" in codes(PDF, "acte")
    assert "double-extension" in codes(PDF, "acte.pdf.exe")


@pytest.mark.parametrize("name", ["acte.pdf", "acte.pdf.exe", "acte", "acte:.pdf", "élise.exe"])
def test_nobody_is_told_to_give_a_program_the_ending_that_makes_it_run(name: str) -> None:
    examen = look(b"MZ\x90\x00\x03" + bytes(64), name)
    remedies = {said(motif, examen, GEODEMAT)[1] for motif in examen.motifs}
    assert {remedy.partition(".")[0] for remedy in remedies} == {"Ne l’ouvrez pas"}
    assert examen.nom_propose.endswith(".exe") == name.endswith(".exe")


# ---------------------------------------------------------------- what it weighs


@pytest.mark.parametrize(
    ("size", "expected"),
    [(9_500_000, None), (9_500_001, "poids-limite"), (10_000_000, "poids-limite"), (10_000_001, "trop-lourd")],
)
def test_ten_megabytes_are_counted_both_ways(size: int, expected: str | None) -> None:
    # Cut in two after its end, a JPEG may be as heavy as one wants.
    found = {m.code for m in look(JPEG + bytes(size - len(JPEG)), "photo.jpg").motifs}
    assert found == ({expected} if expected else set())


def test_a_limit_that_nobody_published_refuses_nothing() -> None:
    heavy = JPEG + bytes(12_000_000)
    for place in ("consignations", "avocat", "autre"):
        examen = look(heavy, "photo.jpg", place)
        assert examen.verdict is Verdict.A_VERIFIER
        assert "poids-inconnu" in {m.code for m in examen.motifs}
    assert look(heavy, "photo.jpg").verdict is Verdict.SERAIT_REFUSE


def test_an_empty_file_and_a_nearly_empty_pdf_are_told() -> None:
    assert codes(b"", "acte.pdf") >= {"vide"}
    assert "presque-vide" in codes(raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Kids[]/Count 0>>"))


# ---------------------------------------------------------------- images


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_measured_as_it_is_shown(orientation: int) -> None:
    data = turned_jpeg(orientation)
    examen = look(data, "photo.jpg")
    assert ("image-tournee" in {m.code for m in examen.motifs}) is (orientation != 1)
    with Image.open(io.BytesIO(data)) as image:
        assert examen.dimensions == ImageOps.exif_transpose(image).size


def test_a_photo_that_says_where_it_was_taken_is_told_and_not_judged() -> None:
    examen = look(turned_jpeg(1, where=True), "photo.jpg")
    assert [m.code for m in examen.motifs] == ["position"]
    assert examen.verdict is Verdict.CONVIENT


@pytest.mark.parametrize(
    "data",
    [
        picture("JPEG", progressive=True),
        picture("JPEG", mode="L"),
        picture("JPEG", quality=30, optimize=True, restart_marker_blocks=4),
        JPEG + b"\0" * 4000,  # a phone puts a film there
        picture("PNG", mode="L"),
        picture("PNG", mode="P"),
        picture("PNG", mode="RGBA"),
        picture("PNG", mode="I;16"),
        interlaced(A4),
    ],
)
def test_an_ordinary_image_has_nothing_to_mend(data: bytes) -> None:
    assert codes(data, "scan.png" if data[:1] == b"\x89" else "scan.jpg") == set()


def test_a_jpeg_in_the_colours_of_printers_is_told() -> None:
    assert codes(picture("JPEG", mode="CMYK"), "scan.jpg") == {"couleurs-imprimeur"}


@pytest.mark.parametrize("data", [JPEG, PNG, picture("JPEG", progressive=True)])
def test_an_image_cut_anywhere_is_told(data: bytes) -> None:
    for share in range(1, 10):
        cut = data[: len(data) * share // 10]
        assert "coupe" in codes(cut, "x.jpg"), share


def test_a_small_or_immense_image_is_told_and_none_is_decoded() -> None:
    assert codes(picture("JPEG", (640, 480)), "x.jpg") == {"definition-faible"}
    # 30,000 × 30,000 points that are not there.
    claims = PNG[:16] + (30_000).to_bytes(4, "big") * 2 + PNG[24:]
    assert codes(claims, "x.png") == {"image-immense"}


def tiles(image: Image.Image) -> list[bytes]:
    grey = image.convert("L")
    return [grey.crop((x, y, x + 128, y + 128)).tobytes() for x in (40, 400) for y in (100, 600)]


def test_a_blurred_or_dark_photo_is_a_warning() -> None:
    sheet = drawing()
    assert by_pixels(tiles(sheet)) == ()
    assert [m.code for m in by_pixels(tiles(sheet.filter(ImageFilter.GaussianBlur(6))))] == ["image-floue"]
    assert [m.code for m in by_pixels(tiles(sheet.point(lambda value: value // 6)))] == ["image-sombre"]
    # A short letter leaves most of its sheet white: that is no fault.
    assert by_pixels(tiles(Image.new("L", (1240, 1754), 254))) == ()
    assert by_pixels([]) == by_pixels([b"", b"\0" * 9]) == ()
    assert {m.gravite for m in by_pixels(tiles(sheet.point(lambda value: value // 6)))} == {Gravite.A_VERIFIER}


# ---------------------------------------------------------------- PDFs


def sign(made: pikepdf.Pdf) -> None:
    value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 10, 20, 30], Contents=b"\0" * 20)
    field = made.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=b"Signature1", V=made.make_indirect(value)))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)


def form(made: pikepdf.Pdf) -> None:
    field = made.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=b"nom", V=b"Martin"))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.alert(1)")


def attach(made: pikepdf.Pdf) -> None:
    made.attachments["facture.xml"] = b"<facture/>"


def pin(made: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
    made.pages[1].Annots = [made.make_indirect(note)]


def script_of_a_page(made: pikepdf.Pdf) -> None:
    made.pages[2].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.alert(1)"))


def blank(made: pikepdf.Pdf) -> None:
    made.add_blank_page(page_size=(595, 842))


def turn(made: pikepdf.Pdf) -> None:
    made.pages[1].Rotate = 90


def odd(made: pikepdf.Pdf) -> None:
    made.pages[0].MediaBox = [0, 0, 90, 90]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (sign, "signature"),
        (form, "formulaire"),
        (xfa, "formulaire-dynamique"),
        (script, "script"),
        (script_of_a_page, "script"),
        (attach, "pieces-jointes"),
        (pin, "pieces-jointes"),
        (blank, "pages-blanches"),
        (turn, "pages-tournees"),
        (odd, "pages-etranges"),
    ],
)
def test_what_a_pdf_holds_is_told(change: Any, expected: str) -> None:
    assert codes(pdf(3, change)) == {expected}


SHAPES = {
    "plain": {},
    "linearised": {"linearize": True},
    "xref streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "unpacked": {"compress_streams": False, "qdf": True},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_pdf_of_any_shape_is_counted(shape: str) -> None:
    examen = look(pdf(7, **SHAPES[shape]))
    assert (examen.pages, examen.motifs, examen.verdict) == (7, (), Verdict.CONVIENT)


def archived(made: pikepdf.Pdf) -> None:
    """What makes a PDF/A-3: its metadata, its colours, a structure."""
    with made.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "3", "B"
        meta["dc:title"] = "Acte de dénonciation"
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = made.make_stream(colours, N=3)
    intent = {"/Type": pikepdf.Name.OutputIntent, "/S": pikepdf.Name("/GTS_PDFA1"), "/DestOutputProfile": profile}
    made.Root.OutputIntents = pikepdf.Array([made.make_indirect(pikepdf.Dictionary(intent))])
    made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))


def filled(made: pikepdf.Pdf, answer: bytes = b"Martin") -> None:
    """A form as a reader fills it in: its fields are also notes of the page, with what they show."""
    shown = made.make_stream(b"/Tx BMC BT /F1 10 Tf (Martin) Tj ET EMC", Type=pikepdf.Name.XObject)
    shown.Subtype, shown.BBox = pikepdf.Name.Form, [0, 0, 200, 20]
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T=b"nom",
        V=answer,
        Rect=[72, 600, 272, 620],
        AP=pikepdf.Dictionary(N=shown),
    )
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(field)])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=made.pages[0].Annots, NeedAppearances=True)


def filled_then_signed(made: pikepdf.Pdf) -> None:
    filled(made)
    (field,) = made.Root.AcroForm.Fields
    sign(made)
    made.Root.AcroForm.Fields.append(field)


def named_by_an_old_program() -> bytes:
    """Its names have accents, in the letters of their time, as bytes or by their numbers."""

    def name(made: pikepdf.Pdf) -> None:
        made.Root.PieceInfo = pikepdf.Dictionary({"/Pi_ce": 1, "/Pi___ce": 2})

    return pdf(3, name).replace(b"/Pi_ce", b"/Pi\xe8ce").replace(b"/Pi___ce", b"/Pi#e8ce")


REAL: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a PDF/A": (lambda: pdf(3, archived), set()),
    "a PDF/A, linearised": (lambda: pdf(3, archived, linearize=True), set()),
    "a form filled in": (lambda: pdf(3, filled), {"formulaire"}),
    **{
        f"a form filled in with accents, {order}": (
            partial(pdf, 3, partial(filled, answer=codecs.encode(f"\ufeffÉlise {order}", order))),
            {"formulaire"},
        )
        for order in ("utf-16-le", "utf-16-be", "utf-8")
    },
    "names with accents by an old program": (named_by_an_old_program, set()),
    "a form filled in, then signed": (lambda: pdf(3, filled_then_signed), {"formulaire", "signature"}),
    "a scan by a phone's application": (lambda: scan(drawing(), drawing()), {"images-non-regardees"}),
    "a fax": (lambda: scan(drawing(mode="1"), how="fax"), set()),
    "what a mail program attached": (lambda: pdf(3) + b"\r\n", set()),
    "a sheet that is turned": (lambda: pdf(3, turn), {"pages-tournees"}),
}


@pytest.mark.parametrize("shape", REAL)
def test_a_shape_of_the_world_is_told_as_it_is(shape: str) -> None:
    make, expected = REAL[shape]
    assert codes(make()) == expected


def test_an_incremental_update_is_read_to_its_last_version() -> None:
    one = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(b"0 0 10 10 re f"),
    )
    at = len(one)
    more = b"2 0 obj\n<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>\nendobj\n5 0 obj\n<<>>\nendobj\n"
    start = one.rindex(b"startxref\n") + 10
    previous = one[start : one.index(b"\n", start)]
    table = b"xref\n2 1\n%010d 00000 n \n" % at
    two = (
        one
        + more
        + table
        + b"trailer\n<</Size 6/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (previous, at + len(more))
    )
    assert look(one).pages == 1
    assert look(two).pages == 2


@pytest.mark.parametrize("share", range(1, 10))
def test_a_pdf_cut_anywhere_would_be_refused(share: int) -> None:
    whole = pdf(30)
    examen = look(whole[: len(whole) * share // 10])
    assert examen.verdict is Verdict.SERAIT_REFUSE


@pytest.mark.parametrize(
    "after",
    [
        bytes(64 << 10),
        b"\r\n" * 3_000,
        bytes(3 << 20),
        b"-- \r\nCe message a \xe9t\xe9 v\xe9rifi\xe9 par un antivirus.\r\n" * 60,
        bytes(70_000) + b"pied de page" + bytes(9),
    ],
)
def test_what_was_put_after_a_sound_pdf_does_not_make_it_cut(after: bytes) -> None:
    examen = look(PDF + after)
    assert ({m.code for m in examen.motifs}, examen.pages) == ({"fin-inattendue"}, 3)
    assert examen.verdict is Verdict.A_VERIFIER
    (told,) = (said(motif, examen, GEODEMAT)[0] for motif in examen.motifs)
    assert "qui n’en font pas partie" in told


@pytest.mark.parametrize("after", [b"", b"\n", b"\r\n\r\n", bytes(100), b"-- \r\nEnvoy\xe9 de mon t\xe9l\xe9phone\r\n"])
def test_a_few_bytes_after_a_pdf_are_passed_over(after: bytes) -> None:
    # What a mail program leaves at the end of what was attached.
    assert codes(PDF + after) == set()


def test_a_pdf_cut_after_one_of_its_own_ends_is_cut() -> None:
    linear = pdf(60, linearize=True)
    assert linear.count(b"%%EOF") == 2
    first = linear.index(b"%%EOF")
    for share in (0.2, 0.5, 0.9):
        assert "coupe" in codes(linear[: first + int((len(linear) - first) * share)])


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\0" * 500, b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"]
)
def test_what_was_put_before_a_pdf_is_told_and_its_pages_are_counted(before: bytes) -> None:
    assert (codes(before + PDF), look(before + PDF).pages) == ({"debut-inattendu"}, 3)


def test_a_pdf_that_begins_late_or_is_something_else_too_is_told() -> None:
    assert codes(b"\n\nX" + PDF) == {"debut-inattendu"}
    assert "double-nature" in codes(b"<html><script>1</script>" + PDF)
    assert "double-nature" in codes(PDF + zipped("a.exe"))
    assert codes(JPEG + PDF, "x.jpg") == {"double-nature"}


def test_an_image_without_measures_cannot_be_read_and_no_library_is_no_fault_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert codes(b"\xff\xd8\xff\xd9", "x.jpg") == {"illisible"}
    assert codes(JPEG[:20], "x.jpg") == {"coupe"}

    def absent(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("calculators.files.rules.import_module", absent)
    with pytest.raises(LibraryMissingError):
        look(PDF)


# ---------------------------------------------------------------- hostile ones

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def flate(data: bytes) -> bytes:
    return stream(data, b"/Filter/FlateDecode")


def object_stream_bomb() -> bytes:
    """A table in a stream that says all objects are in streams, each of which unfolds to much more."""
    entries = b"".join(b"\x02\x00\x00\x00\x03\x00" if n != 3 else b"\x01\x00\x00\x00\x09\x00" for n in range(4))
    packed = bomb(100 << 20)
    first = b"%PDF-1.7\n3 0 obj\n" + stream(packed, b"/Type/ObjStm/N 2/First 8/Filter/FlateDecode") + b"\nendobj\n"
    head = b"/Type/XRef/Size 4/Root 1 0 R/W[1 4 1]"
    return first + b"4 0 obj\n" + stream(entries, head) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(first)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a page that unfolds without end": lambda: raw_pdf(CATALOG, ONE_PAGE, PAGE, flate(bomb(200 << 20))),
    "filters upon filters": lambda: raw_pdf(
        CATALOG, ONE_PAGE, PAGE, stream(bomb(64 << 20), b"/Filter[" + b"/FlateDecode" * 40 + b"]")
    ),
    "a tree of pages that is its own child": lambda: raw_pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "pages by powers of ten": lambda: raw_pdf(
        CATALOG,
        *(b"<</Type/Pages/Kids[" + b"%d 0 R " % (level + 1) * 10 + b"]/Count 1>>" for level in range(2, 12)),
        b"<</Type/Page>>",
    ),
    "a table that leads back to itself": lambda: raw_pdf(CATALOG, ONE_PAGE, trailer=b"/Prev 9"),
    "lists within lists": lambda: raw_pdf(CATALOG, b"[" * 50_000),
    "a string without end": lambda: raw_pdf(CATALOG, b"(" * 1_000_000),
    "no table at all": lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 20_000 + b"%%EOF",
    "a length of its own": lambda: raw_pdf(CATALOG, ONE_PAGE, PAGE, b"<</Length 4 0 R>>stream\nendstream"),
    "numbers of a thousand figures": lambda: raw_pdf(CATALOG.replace(b"2 0 R", b"9" * 5_000 + b" 0 R")),
    "an object stream that unfolds": object_stream_bomb,
    "nothing but its mark": lambda: b"%PDF-1.7\n%%EOF",
}


#: What is told of them; of the others, that they ask for more than any document does.
TOLD_OF_HOSTILE = {
    "a tree of pages that is its own child": {"presque-vide", "illisible"},
    "pages by powers of ten": {"rien-dans-les-pages"},
    "a table that leads back to itself": {"presque-vide", "illisible"},
    "a string without end": {"illisible"},
    "no table at all": {"illisible"},
    "a length of its own": {"presque-vide", "pdf-demesure"},
    "nothing but its mark": {"presque-vide", "illisible"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_costs_neither_time_nor_memory_and_is_never_fine(name: str) -> None:
    data = HOSTILE[name]()
    before = time.process_time()
    tracemalloc.start()
    try:
        examen = look(data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.process_time() - before < 8
    assert most < 160 << 20
    assert {motif.code for motif in examen.motifs} == TOLD_OF_HOSTILE.get(name, {"pdf-demesure"})
    assert examen.verdict is not Verdict.CONVIENT


def test_the_file_after_a_hostile_one_is_checked_as_if_it_were_alone() -> None:
    alone = look(PDF)
    look(HOSTILE["pages by powers of ten"]())
    assert look(PDF) == alone


def test_a_file_too_heavy_to_open_is_read_by_pieces_only() -> None:
    file = Counted(b"%PDF-1.7\n" + bytes(70_000_000) + b"%%EOF")
    examen = examine(file, "acte.pdf", GEODEMAT)
    assert {m.code for m in examen.motifs} == {"trop-lourd", "pdf-non-ouvert"}
    assert file.largest <= 1 << 20


def test_two_thousand_pages_are_counted() -> None:
    examen = look(pdf(2_000, object_stream_mode=pikepdf.ObjectStreamMode.generate))
    assert (examen.pages, {m.code for m in examen.motifs}) == (2_000, {"beaucoup-de-pages"})


# ---------------------------------------------------------------- properties

SMALL = (300, 424)
SOUND = [
    *(PDF, JPEG, PNG, pdf(2, sign), turned_jpeg(6)),
    *(data for data, _ in KINDS_OF_BYTES.values()),
    *(make() for make, _ in REAL.values()),
    *(scan(drawing(SMALL, "L"), Image.new("L", SMALL, 250), how=how) for how in ("jpeg", "png", "packed", "bare")),
    *(pdf(2, encryption=pikepdf.Encryption(owner="p", user=user, R=4)) for user in ("", "p")),
]


def spoilt(data: st.DataObject) -> bytes:
    """A sound file, cut somewhere or with some bytes changed."""
    whole = data.draw(st.sampled_from(SOUND))
    chance = random.Random(data.draw(st.integers(0, 1 << 30)))  # noqa: S311  # to spoil bytes
    changed = bytearray(whole[: chance.randrange(len(whole) + 1)] if chance.random() < 0.4 else whole)
    for _ in range(chance.randrange(12)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize(("user", "code"), [("", "protege"), ("p", "mot-de-passe")])
def test_a_pdf_that_asks_for_a_password_is_told_from_one_that_is_only_protected(user: str, code: str) -> None:
    assert code in codes(pdf(2, encryption=pikepdf.Encryption(owner="p", user=user, R=4)))


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_no_bytes_make_it_fail(data: st.DataObject) -> None:
    examen = look(spoilt(data), data.draw(st.text(max_size=30)))
    told = to_dict(examen, GEODEMAT)
    assert json.loads(json.dumps(told)) == told
    assert "accept" not in json.dumps(told, ensure_ascii=False).replace("n’accepte que", "")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_of_no_bytes_is_anything_made_but_a_sound_pdf_or_a_refusal(data: st.DataObject) -> None:
    whole = spoilt(data)
    for number, content in pictures(io.BytesIO(whole)).items():
        assert number > 0
        assert content
    for how in ("turned", "unlocked"):
        file = io.BytesIO(whole)
        try:
            made = (
                assemble([Part(file, "a.pdf", 90, {1: 90})], 1 << 24)
                if how == "turned"
                else [unlocked(file, "a.pdf", "p")]
            )
        except MendError as error:
            mended(error.code, error.nom)
            continue
        for one in made:
            assert look(one).pages
            with pikepdf.open(io.BytesIO(one)) as again:
                assert again.pages
                assert not again.is_encrypted


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SOUND), min_size=1, max_size=8))
def test_a_verdict_does_not_depend_on_its_neighbours(files: list[bytes]) -> None:
    together = with_twins([look(data) for data in files])
    assert [examen.verdict for examen in together] == [look(data).verdict for data in files]
    assert [{m.code for m in examen.motifs} - {"meme-contenu"} for examen in together] == [
        codes(data) for data in files
    ]


_OF_NAMES = {
    "sans-extension", "extension-trompeuse", "double-extension", "nom-trop-long", "nom-interdit", "nom-fragile",
    "nom-accentue",
}  # fmt: skip


@given(st.text(max_size=150), st.sampled_from(SOUND[:5]))
@settings(max_examples=60, deadline=None)
def test_renaming_changes_only_what_concerns_names(name: str, data: bytes) -> None:
    def apart(examen: Any) -> Any:
        kept = tuple(m for m in examen.motifs if m.code not in _OF_NAMES)
        return replace(examen, nom="", nom_propose="", motifs=kept)

    assert apart(look(data, name)) == apart(look(data, "x"))


@given(st.text(max_size=200), st.sampled_from(Type))
def test_a_proposed_name_is_plain_and_has_nothing_left_to_mend(name: str, kind: Type) -> None:
    found = proposed(name, kind)
    assert found.isascii()
    assert len(found) < 90
    assert proposed(found, kind) == found
    if kind in ENDINGS:
        assert look_at(found, kind) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pièce d'identité (20.11.2026).PDF", "2026-11-20_piece-d-identite.pdf"),
        ("2026-11-20 acte.pdf.pdf", "2026-11-20_acte.pdf"),
        ("IMG_20261120_101112.pdf", "2026-11-20_document.pdf"),
        ("Cœur n° 12.pdf", "coeur-n-12.pdf"),
        ("con.pdf", "document.pdf"),
        ("", "document.pdf"),
    ],
)
def test_a_name_is_proposed_with_its_day_first(name: str, expected: str) -> None:
    assert proposed(name, Type.PDF) == expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("vide.pdf", b"", "vide.pdf"),
        ("Reçu.JPG", b"", "recu.jpg"),
        ("vide", b"", "vide"),
        ("plan.dwg", bytes(range(256)), "plan.dwg"),
        ("acte 20.11.2026", bytes(range(256)), "2026-11-20_acte.bin"),
    ],
)
def test_bytes_that_say_nothing_leave_a_name_its_own_ending(name: str, data: bytes, expected: str) -> None:
    assert look(data, name).nom_propose == expected
    assert proposed(expected, look(data).type) == expected


def test_the_same_content_twice_is_said_and_changes_no_verdict() -> None:
    alone = [look(PDF, "a.pdf"), look(JPEG, "b.jpg"), look(PDF, "c.pdf"), look(b"", "d.pdf"), look(b"", "e.pdf")]
    told = with_twins(alone)
    assert [[m.code for m in e.motifs if m.code == "meme-contenu"] for e in told] == [[], [], ["meme-contenu"], [], []]
    assert [e.verdict for e in told] == [e.verdict for e in alone]


# ---------------------------------------------------------------- words


def test_every_reason_has_words_that_say_all_their_values() -> None:
    values = dict.fromkeys(
        ("taille", "maximum", "prudence", "largeur", "hauteur", "nombre", "longueur", "suite"), 1000000
    )
    texts = dict.fromkeys(
        ("lue", "attendue", "pages", "type", "type_lu", "formats", "mieux", "propose", "renommer"), "x"
    )
    for what, how in MOTIFS.values():
        for text in (what, how):
            assert text.format_map(values | texts | {"autre": "zip"})
        assert what.endswith(".")
    source = "".join(
        (ROOT / f"calculators/files/{name}.py").read_text("utf-8") for name in ("rules", "names", "readability")
    )
    assert {code for code in MOTIFS if f'"{code}"' not in source} == set()


# ---------------------------------------------------------------- the places


def test_the_places_are_data_and_a_mistake_in_them_names_the_key(tmp_path: Path) -> None:
    good = (ROOT / "calculators/law/plateformes/plateformes.toml").read_text("utf-8")
    assert load_plateformes(_written(tmp_path, good), law()) == plateformes()
    for old, new, key in (
        ('"geodemat.poids"', '"geodemat.taille"', "plateformes.geodemat.poids"),
        ('"geodemat.poids"', '"identite.photo"', "plateformes.geodemat.poids"),
        (
            'prudence = 9_500_000\nsource = "page',
            'prudence = 10_500_000\nsource = "page',
            "plateformes.geodemat.prudence",
        ),
        ('formats = ["pdf", "jpeg", "png"]\npoids', 'formats = ["pdf", "heic"]\npoids', "plateformes.geodemat.formats"),
        ('conseilles = ["pdf"]\nprudence = 5', "prudence = 5", "plateformes.consignations.formats"),
        ("[plateformes.avocat]", "[endroits.avocat]", "endroits"),
    ):
        assert old in good
        with pytest.raises(LawDataError) as failed:
            load_plateformes(_written(tmp_path, good.replace(old, new, 1)), law())
        assert failed.value.key == key


def _written(folder: Path, text: str) -> Path:
    (folder / "plateformes.toml").write_text(text, "utf-8")
    return folder


# ---------------------------------------------------------------- the command


def ask(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "calculators", "fichiers", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_command_answers_each_file_and_says_whether_one_would_be_refused(tmp_path: Path) -> None:
    for name, data in {"a.pdf": PDF, "b.txt": b"Bonjour", "c.pdf": PDF}.items():
        (tmp_path / name).write_bytes(data)
    done = ask("--json", tmp_path / "a.pdf", tmp_path / "b.txt", tmp_path / "c.pdf")
    told = json.loads(done.stdout)["fichiers"]
    assert [(file["nom"], file["verdict"]) for file in told] == [
        ("a.pdf", "convient"),
        ("b.txt", "serait_refuse"),
        ("c.pdf", "convient"),
    ]
    assert [[motif["code"] for motif in file["motifs"]] for file in told] == [[], ["format-refuse"], ["meme-contenu"]]
    assert (told[0]["pages"], done.returncode, done.stderr) == (3, 1, "")
    alone = ask(tmp_path / "a.pdf", "--pour", "avocat")
    assert (alone.returncode, alone.stdout.replace("\u00a0", " ")) == (
        0,
        f"a.pdf : Rien à corriger (PDF, {len(PDF) // 1000} ko)\n",
    )
    missing = ask("--json", tmp_path / "absent.pdf", tmp_path / "a.pdf")
    assert missing.returncode == 2
    assert "absent.pdf" in missing.stderr
    assert len(json.loads(missing.stdout)["fichiers"]) == 1
    assert ask("--list").stdout.splitlines()[0].startswith("geodemat\t")


def test_the_command_says_of_a_pdf_with_a_password_that_the_page_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "acte.pdf"
    path.write_bytes(pdf(3, encryption=pikepdf.Encryption(owner="p", user="p", R=6)))
    done = ask(path)
    assert done.returncode == 1
    assert "demande un mot de passe" in done.stdout
    assert "la page du site le fait" in done.stdout
    assert "la page du site" not in ask("--json", path).stdout


def test_an_answer_is_good_against_its_published_schema() -> None:
    described = checked_files()
    jsonschema.Draft202012Validator.check_schema(described)
    files = with_twins([look(data, name) for name, (data, _) in KINDS_OF_BYTES.items()])
    answer = {"pour": "geodemat", "fichiers": [to_dict(examen, GEODEMAT) for examen in files]}
    jsonschema.validate(json.loads(json.dumps(answer)), described, jsonschema.Draft202012Validator)
