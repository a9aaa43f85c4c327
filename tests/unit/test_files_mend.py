"""Files made anew: read back by another library, they have all the pages, as they were, and nothing else."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from calculators.files import Verdict, door, rehearsal
from calculators.files.mend import MendError, Part, assemble, list_of, packed, unlocked
from calculators.files.words import mended
from tests.files import A4, Counted, look, pdf, picture, raw_pdf, stream, turned_jpeg
from tests.unit.test_files import CATALOG, ONE_PAGE, PAGE, attach, form, script, sign

if TYPE_CHECKING:
    from pathlib import Path

TEN = 10_000_000


def part(data: bytes, nom: str = "a.pdf", tour: int = 0) -> Part:
    return Part(io.BytesIO(data), nom, tour)


def back(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def images_of(made: pikepdf.Pdf, page: int) -> list[Any]:
    return list(made.pages[page].get_images().values())


def words(data: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(io.BytesIO(data)).pages]


def test_images_and_pdfs_become_one_pdf_in_the_order_given() -> None:
    photo = picture("JPEG")
    (made,) = assemble([part(pdf(2)), part(photo, "photo.jpg"), part(pdf(1), "b.pdf")], TEN)
    assert words(made) == ["Page 1", "Page 2", "", "Page 1"]
    again = back(made)
    (image,) = images_of(again, 2)
    assert image.read_raw_bytes() == photo, "the very bytes of the photo, so nothing of it is lost"
    assert (int(image.Width), int(image.Height)) == A4
    assert look(made).verdict is Verdict.CONVIENT
    assert look(made).pages == 4


def test_a_page_is_turned_and_a_wide_photo_lies() -> None:
    (made,) = assemble([part(pdf(1), tour=90), part(picture("JPEG", (2000, 1000)), "p.jpg")], TEN)
    again = back(made)
    assert int(again.pages[0].Rotate) == 90
    box = again.pages[1].MediaBox
    assert float(box[2]) > float(box[3])


def test_some_pages_are_turned_one_by_one_more_than_the_others() -> None:
    (made,) = assemble([Part(io.BytesIO(pdf(4)), "a.pdf", 90, {2: 180, 4: 270, 9: 90}), part(pdf(1))], TEN)
    assert [int(page.get("/Rotate", 0)) for page in back(made).pages] == [90, 270, 90, 0, 0]
    assert words(made) == ["Page 1", "Page 2", "Page 3", "Page 4", "Page 1"]


def test_a_page_that_stands_turned_is_put_upright_and_says_no_more_that_it_is_not() -> None:
    def upside_down(made: pikepdf.Pdf) -> None:
        made.pages[1].Rotate = 180

    data = pdf(3, upside_down)
    assert "pages-tournees" in {motif.code for motif in look(data).motifs}
    (made,) = assemble([Part(io.BytesIO(data), "a.pdf", 0, {2: 180})], TEN)
    assert "pages-tournees" not in {motif.code for motif in look(made).motifs}


def test_a_pdf_loses_what_can_go_and_shows_the_same() -> None:
    noise = random.Random(3).randbytes(60_000)  # noqa: S311  # what does not pack

    def heavy(made: pikepdf.Pdf) -> None:
        attach(made)
        made.attachments["brouillon.bin"] = noise
        for page in made.pages:
            # The same picture again in each page, and a small one of it, as some programs do.
            image = made.make_stream(noise, Subtype=pikepdf.Name.Image, Width=300, Height=200)
            image.Type, image.ColorSpace, image.BitsPerComponent = pikepdf.Name.XObject, pikepdf.Name.DeviceGray, 8
            page.Resources.XObject = pikepdf.Dictionary(Im0=image)
            page.Thumb = made.make_stream(noise[:20_000])
            page.Contents = made.make_stream(page.Contents.read_bytes() + b"\n% rien\n" * 4_000)

    data = pdf(4, heavy, compress_streams=False)
    (made,) = assemble([part(data)], TEN)
    assert len(made) < len(data) // 4
    assert words(made) == [f"Page {number}" for number in range(1, 5)]
    again = back(made)
    pictures = [images_of(again, page)[0] for page in range(4)]
    assert {image.read_bytes() for image in pictures} == {noise}
    assert len({image.objgen for image in pictures}) == 1


def test_two_pages_alike_are_still_two() -> None:
    sheet = picture("JPEG")
    (made,) = assemble([part(sheet, "a.jpg"), part(sheet, "b.jpg")], TEN)
    again = back(made)
    assert len({page.objgen for page in again.pages}) == 2
    assert len(made) < len(sheet) * 3 // 2


def test_what_is_made_holds_neither_scripts_nor_attachments_nor_who_wrote_it() -> None:
    def all_of_them(made: pikepdf.Pdf) -> None:
        script(made)
        attach(made)
        made.docinfo["/Author"] = "Zoé Martin"
        made.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.alert(1)"))
        written = made.make_stream(b"<x:xmpmeta>Zo\xc3\xa9 Martin</x:xmpmeta>")
        image = made.make_stream(b"\0", Subtype=pikepdf.Name.Image, Width=1, Height=1, Metadata=written)
        made.pages[0].Resources.XObject = pikepdf.Dictionary(Im0=image)
        made.pages[1].Metadata, made.pages[1].PieceInfo = written, pikepdf.Dictionary(Martin=written)
        link = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=b"https://x.fr")
        )
        pinned = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment)
        seen = pikepdf.Dictionary(Subtype=pikepdf.Name.Highlight, Rect=[0, 0, 9, 9])
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(note) for note in (link, pinned, seen)])

    (made,) = assemble([part(pdf(2, all_of_them))], TEN)
    again = back(made)
    assert {"/Names", "/OpenAction", "/AcroForm", "/Metadata"} & set(again.Root.keys()) == set()
    assert dict(again.docinfo) == {}
    assert b"JavaScript" not in made
    assert b"Martin" not in made
    assert [str(note.Subtype) for note in again.pages[0].Annots] == ["/Highlight"]
    assert words(made) == ["Page 1", "Page 2"]


def noisy_pages(count: int) -> bytes:
    """Pages that weigh, each its own."""
    pages = [part(turned_jpeg(1, size=(400 + number, 500)), "p.jpg") for number in range(count)]
    (made,) = assemble(pages, TEN)
    return made


def test_a_heavy_pdf_is_cut_between_pages_into_as_few_as_it_takes() -> None:
    whole = noisy_pages(7)
    limit = len(whole) // 3
    made = assemble([part(whole)], limit)
    assert all(len(one) <= limit for one in made)
    assert 3 <= len(made) <= 4
    read_back = [back(one) for one in made]
    sizes = [int(images_of(one, page)[0].Width) for one in read_back for page in range(len(one.pages))]
    assert sizes == [400 + number for number in range(7)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(1, sign), "signature"),
        (pdf(1, form), "formulaire"),
        (pdf(1, encryption=pikepdf.Encryption(owner="p", user="p")), "protege"),
        (pdf(3)[:300], "illisible"),
        (b"Bonjour", "illisible"),
        (raw_pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), "illisible"),
        # packed more often than makes sense, though its one page is counted
        (raw_pdf(CATALOG, ONE_PAGE, PAGE, stream(b"x", b"/Filter[%s]" % (b"/FlateDecode" * 5))), "illisible"),
        (picture("JPEG", mode="CMYK"), "illisible"),
        (b"\xff\xd8\xff\xd9", "illisible"),
        (b"\xff\xd8\xff\xc0\x00\x08\x08\x00\x09\x00\x00\x03\xff\xd9", "illisible"),
        (b"\xff\xd8\xff\xc0\x00\x08\x08\x00\x00\x00\x09\x03\xff\xd9", "illisible"),
        (b"%PDF-1.7" + bytes(64_000_000), "trop-lourd-ici"),
    ],
)
def test_what_must_not_be_rewritten_or_cannot_be_is_refused_by_its_name(data: bytes, code: str) -> None:
    with pytest.raises(MendError) as failed:
        assemble([part(pdf(1)), part(data, "acte.pdf")], TEN)
    assert (failed.value.code, failed.value.nom) == (code, "acte.pdf")
    assert "acte.pdf" in mended(code, "acte.pdf")


def test_a_page_heavier_than_the_limit_and_too_many_pages_are_told() -> None:
    with pytest.raises(MendError) as failed:
        assemble([part(pdf(1), "a.pdf"), part(noisy_pages(2), "b.pdf")], 3_000)
    assert (failed.value.code, failed.value.nom) == ("page-trop-lourde", "b.pdf")
    with pytest.raises(MendError, match="trop-de-pages"):
        assemble([part(pdf(2_001))], TEN)
    with pytest.raises(MendError) as failed:
        assemble([part(pdf(1), "a.pdf"), part(pdf(2_000), "b.pdf")], TEN)
    assert (failed.value.code, failed.value.nom) == ("trop-de-pages", "a.pdf")
    with pytest.raises(MendError, match="rien"):
        assemble([], TEN)


def test_a_grey_photo_stays_grey() -> None:
    (made,) = assemble([part(picture("JPEG", mode="L"), "g.jpg")], TEN)
    again = back(made)
    (image,) = images_of(again, 0)
    assert str(image.ColorSpace) == "/DeviceGray"
    assert pikepdf.PdfImage(image).as_pil_image().size == A4


def test_the_list_folds_its_lines_and_goes_on_to_other_sheets() -> None:
    lines = [f"{number + 1}. 2026-11-20_pièce-({number}).pdf, 3 pages, 1,2 Mo" for number in range(90)]
    lines[4] = "un nom sans fin " * 20
    text = "\n".join(words(list_of(lines, "Bordereau")))
    assert text.startswith("Bordereau")
    assert "1. 2026-11-20_pièce-(0).pdf" in text
    assert "90. 2026-11-20_pièce-(89).pdf" in text
    assert text.count("sans fin") >= 18
    assert look(list_of([], "Vide")).pages == 1


def test_the_list_fills_a_sheet_down_to_its_margin_and_no_further() -> None:
    drawn: list[float] = []

    def note(text: str, _matrix: object, where: list[float], *_: object) -> None:
        drawn.extend([where[5]] if text.strip() else [])

    first, second = PdfReader(io.BytesIO(list_of(["pièce.pdf"] * 40, "Bordereau"))).pages
    first.extract_text(visitor_text=note)
    assert len(second.extract_text().splitlines()) == 1 + 40 - 37
    assert drawn[0] > max(drawn[1:])
    assert 60 <= min(drawn) < 60 + 3 * 18, "all of the sheet is written, and its lower margin is free"


def test_a_photo_keeps_the_same_margin_on_both_sides_of_the_sheet() -> None:
    (made,) = assemble(
        [part(picture("JPEG", (1000, 100)), "bande.jpg"), part(picture("JPEG", (100, 1000)), "b.jpg")], TEN
    )
    for page in back(made).pages:
        _, _, long, short = (float(n) for n in page.MediaBox)
        numbers = [float(n) for n in bytes(page.Contents.read_bytes()).split(b" cm")[0].split()[1:]]
        width, _, _, height, left, low = numbers
        assert (left + width / 2, low + height / 2) == pytest.approx((long / 2, short / 2), abs=0.1)
        assert min(left, low) == pytest.approx(14.17, abs=0.1), "no printer cuts it"


def test_the_zip_is_read_back_whole_by_another_library() -> None:
    target = io.BytesIO()
    files = {"00_bordereau.pdf": list_of(["a"], "Bordereau"), "é.pdf": pdf(1), "vide.txt": b""}
    packed([(name, io.BytesIO(data)) for name, data in files.items()], target)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files


def drawn(data: bytes) -> list[list[bytes]]:
    """What draws each sheet of a list, line by line."""
    return [bytes(page.Contents.read_bytes()).split(b"\n") for page in back(data).pages]


def test_the_list_has_its_title_then_a_line_a_file_at_the_same_distance() -> None:
    assert drawn(list_of(["1. a (1).pdf", "2. b\\c.pdf"], "Bordereau")) == [
        [
            b"BT /F 16 Tf 56.7 770.0 Td (Bordereau) Tj ET",
            b"BT /F 11 Tf 56.7 734.0 Td (1. a \\(1\\).pdf) Tj ET",
            b"BT /F 11 Tf 56.7 716.0 Td (2. b\\\\c.pdf) Tj ET",
        ]
    ]
    empty = back(list_of([], "Vide"))
    (page,) = empty.pages
    assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, 595.28, 841.89])


@pytest.mark.parametrize(("files", "lines"), [(37, [37]), (38, [37, 1]), (74, [37, 37]), (75, [37, 37, 1])])
def test_a_sheet_of_the_list_has_its_title_and_37_lines(files: int, lines: list[int]) -> None:
    assert [len(sheet) - 1 for sheet in drawn(list_of(["a.pdf"] * files, "Bordereau"))] == lines


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("a" * 81, ["1. " + "a" * 81]),
        ("a" * 82, ["1. " + "a" * 81, "     a"]),
        ("a" * 161, ["1. " + "a" * 81, "     " + "a" * 79, "     a"]),
        # between words, unless that leaves half of the line
        ("a" * 40 + " " + "b" * 60, ["1. " + "a" * 40, "     " + "b" * 60]),
        ("a" * 39 + " " + "b" * 60, ["1. " + "a" * 39 + " " + "b" * 41, "     " + "b" * 19]),
        ("a" * 80 + " b", ["1. " + "a" * 80, "     b"]),
        ("a" * 81 + " b", ["1. " + "a" * 81, "     b"]),
    ],
)
def test_a_long_line_of_the_list_goes_on_below(line: str, folded: list[str]) -> None:
    ((_, *lines),) = drawn(list_of([f"1. {line}"], "Bordereau"))
    assert [text.split(b"(")[1].split(b")")[0].decode() for text in lines] == folded


def test_a_sheet_and_a_photo_are_as_they_are_said_to_be() -> None:
    (made,) = assemble([part(picture("JPEG", (300, 300)), "p.jpg", 360)], TEN)
    again = back(made)
    (page,) = again.pages
    assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, 595.28, 841.89]), "a square stands upright"
    assert "/Rotate" not in page
    (image,) = images_of(again, 0)
    assert (int(image.Width), int(image.Height), int(image.BitsPerComponent)) == (300, 300, 8)
    assert str(image.ColorSpace) == "/DeviceRGB"
    assert b"/Numero" not in made


@pytest.mark.parametrize(("size", "packed_there"), [(200, False), (201, True)])
def test_streams_of_more_than_two_hundred_bytes_are_packed(size: int, packed_there: bool) -> None:  # noqa: FBT001
    def drawn_on(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents = made.make_stream(b" " * (size - 14) + b"0 0 10 10 re f")

    (made,) = assemble([part(pdf(1, drawn_on, compress_streams=False))], TEN)
    again = back(made)
    contents = again.pages[0].Contents
    assert len(contents.read_bytes()) == size
    assert ("/Filter" in contents) is packed_there


@pytest.mark.parametrize(("size", "code"), [(64_000_000, "sans-mot-de-passe"), (64_000_001, "trop-lourd-ici")])
def test_a_file_of_64_megabytes_is_opened_to_be_made_anew_and_no_heavier_one(size: int, code: str) -> None:
    whole = pdf(2)
    data = whole + bytes(size - len(whole))
    with pytest.raises(MendError) as failed:
        unlocked(io.BytesIO(data), "a.pdf", "x")
    assert failed.value.code == code
    if code == "trop-lourd-ici":
        with pytest.raises(MendError, match=code):
            assemble([part(data)], TEN)
    else:
        assert len(assemble([part(data)], TEN)) == 1


def test_one_pdf_is_cut_when_it_is_a_byte_too_heavy() -> None:
    whole = noisy_pages(3)
    (again,) = assemble([part(whole)], TEN)
    assert len(assemble([part(whole)], len(again))) == 1
    assert len(assemble([part(whole)], len(again) - 1)) == 2
    assert len(assemble([part(whole)], len(again) * 2 // 5)) == 3
    # A piece that weighs just what is allowed is not cut again.
    first, _ = assemble([part(whole)], len(again) - 1)
    assert assemble([part(whole)], len(first))[0] == first


def test_notes_that_act_or_carry_something_go_and_those_that_are_seen_stay() -> None:
    acting = [
        *(pikepdf.Dictionary(Subtype=pikepdf.Name(f"/{kind}")) for kind in ("RichMedia", "Screen", "Movie", "Sound")),
        pikepdf.Dictionary(Subtype=pikepdf.Name("/3D")),
        pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary()),
    ]
    staying = [pikepdf.Dictionary(Subtype=pikepdf.Name(f"/{kind}")) for kind in ("Text", "Ink", "Stamp")]
    staying[0].AA = pikepdf.Dictionary(E=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.alert(1)"))

    def noted(made: pikepdf.Pdf) -> None:
        made.pages[0].Annots = pikepdf.Array([*acting, 3, *staying])

    (made,) = assemble([part(pdf(1, noted))], TEN)
    again = back(made)
    assert [str(note.Subtype) for note in again.pages[0].Annots] == ["/Text", "/Ink", "/Stamp"]
    assert b"app.alert" not in made


def test_a_zip_says_of_each_file_its_name_and_nothing_of_when_or_where_it_was_made() -> None:
    target = io.BytesIO(b"before")
    target.seek(0, 2)
    heavy = Counted(random.Random(5).randbytes((2 << 20) + 7))  # noqa: S311  # what does not pack
    packed([("é.pdf", io.BytesIO(b"one")), ("b.bin", heavy)], target)
    assert heavy.largest == 1 << 20
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            # APPNOTE.TXT of PKWARE, 4.4: version 2.0, names in UTF-8, stored, on the first day that a zip knows.
            assert (entry.create_version, entry.extract_version, entry.create_system) == (20, 20, 0)
            assert (entry.flag_bits, entry.compress_type, entry.date_time) == (0x800, 0, (1980, 1, 1, 0, 0, 0))
            assert (entry.extra, entry.comment, entry.volume) == (b"", b"", 0)
            assert (entry.internal_attr, entry.external_attr) == (0, 0)
            assert entry.file_size == entry.compress_size == len(archive.read(entry))
    *disks, _, _, remark = struct.unpack("<HHHHIIH", target.getvalue()[-18:])
    assert (disks, remark) == ([0, 0, 2, 2], 0)


# ---------------------------------------------------------------- the door of the page


def deposit(folder: Path, *files: bytes) -> None:
    for number, data in enumerate(files):
        (folder / str(number)).write_bytes(data)


LIMITS = {
    "titre": "GeoDemat",
    "formats": ["pdf", "jpeg", "png"],
    "conseilles": [],
    "maximum": TEN,
    "prudence": 9_500_000,
}


def asked(folder: Path, **question: Any) -> dict[str, Any]:
    told = door.answer(json.loads(json.dumps(question)), folder, folder)
    assert json.loads(json.dumps(told)) == told
    return told


def test_the_door_checks_makes_and_packs(tmp_path: Path) -> None:
    deposit(tmp_path, pdf(3), picture("JPEG"))
    grey = Image.new("L", (128, 128), 3).tobytes().decode("latin-1")
    told = asked(tmp_path, action="verifier", nom="a.pdf", limites=LIMITS, avant={})["fichier"]
    assert (told["pages"], told["verdict"]) == (3, "convient")
    again = asked(tmp_path, action="verifier", nom="b.pdf", limites=LIMITS, avant={told["empreinte"]: "a.pdf"})
    assert [motif["code"] for motif in again["fichier"]["motifs"]] == ["meme-contenu"]
    deposit(tmp_path, picture("JPEG"))
    dark = asked(tmp_path, action="verifier", nom="b.jpg", limites=LIMITS, tuiles=[grey])["fichier"]
    assert [motif["code"] for motif in dark["motifs"]] == ["image-sombre"]

    deposit(tmp_path, pdf(2), picture("JPEG"))
    assert asked(tmp_path, action="assembler", noms=["a.pdf", "b.jpg"], tours=[0, 0], limite=TEN) == {"ok": True}
    assert len(back((tmp_path / "000").read_bytes()).pages) == 3
    first = {"nom": "a.pdf", "type": "pdf", "pages": 2, "taille": 640}
    second = {"nom": "b.jpg", "type": "jpeg", "pages": None, "taille": 48_300}
    asked_for = [
        {"titre": "RIB à votre nom", "note": "", "fichiers": [first, second]},
        {"titre": "Bail", "note": "selon le cas", "fichiers": []},
    ]
    (tmp_path / "rendu").mkdir()
    question = {"action": "emballer", "titre": "Bordereau", "objet": "Provision", "rubriques": asked_for}
    assert door.answer(question, tmp_path, tmp_path / "rendu") == {"ok": True}
    with zipfile.ZipFile(tmp_path / "rendu/0") as archive:
        assert archive.namelist() == ["00_bordereau.pdf", "01a_rib-a-votre-nom.pdf", "01b_rib-a-votre-nom.jpg"]
        told = " ".join(" ".join(words(archive.read("00_bordereau.pdf"))).split())
    assert told == (
        "Bordereau Provision 1a. RIB à votre nom : 01a_rib-a-votre-nom.pdf (2 pages, 640 octets) "
        "1b. RIB à votre nom : 01b_rib-a-votre-nom.jpg (48 ko) 2. Bail : non jointe (selon le cas)"
    )

    deposit(tmp_path, pdf(1, sign))
    refused = asked(tmp_path, action="assembler", noms=["a.pdf"], tours=[0], limite=TEN)
    assert not refused["ok"]
    assert "signé" in refused["erreur"]


def test_without_the_library_the_door_says_what_has_not_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("calculators.files.rules.import_module", absent)
    monkeypatch.setattr("calculators.files.door.import_module", absent)
    deposit(tmp_path, pdf(1))
    for question in ({"action": "verifier", "nom": "a", "limites": LIMITS}, {"action": "assembler", "noms": []}):
        assert asked(tmp_path, **question) == {"ok": False, "manque": "pdf"}


def test_what_goes_to_the_browser_rehearses() -> None:
    door.rehearse()
    rehearsal.rehearse()
