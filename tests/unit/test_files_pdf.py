"""How much of a PDF is read, and what is told of its pages: at each limit, and one beyond; on PDFs written by hand."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from pypdf import PdfReader

from calculators.files.pdf import Contenu, TooMuchError, bounded, end_of, examined, opened, pictures, read
from tests.files import codes, look, pdf, raw_pdf, stream

MEBIBYTE = 1 << 20
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
A4 = b"[0 0 595 842]"
DRAWN = stream(b"0 0 10 10 re f")


def tree(*kids: int, more: bytes = b"") -> bytes:
    return b"<</Type/Pages/Kids[%s]/Count %d%s>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids), more)


def page(contents: bytes = b"4 0 R", box: bytes = A4, more: bytes = b"") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents %s%s>>" % (box, contents, more)


def one(content: bytes = DRAWN, *others: bytes, box: bytes = A4, more: bytes = b"", root: bytes = b"") -> bytes:
    """A PDF of one page: its content is the fourth object, and the others come after it."""
    return raw_pdf(CATALOG.replace(b">>", root + b">>"), tree(3), page(box=box, more=more), content, *others)


def seen(data: bytes) -> Contenu:
    return read(io.BytesIO(data))


# ---------------------------------------------------------------- its end


@pytest.mark.parametrize("after", [0, 1, 5, MEBIBYTE - 6, *range(MEBIBYTE - 5, MEBIBYTE + 2), 2 * MEBIBYTE - 3])
@pytest.mark.parametrize("before", [0, 1, MEBIBYTE])
def test_the_end_of_a_pdf_is_found_wherever_two_pieces_meet(before: int, after: int) -> None:
    assert end_of(io.BytesIO(b"%%EOF" + bytes(before) + b"%%EOF" + bytes(after))) == before + 10
    assert end_of(io.BytesIO(b"%%EOF" + bytes(after))) == 5
    assert end_of(io.BytesIO(bytes(before) + b"%%EO" + bytes(after))) is None


@pytest.mark.parametrize(("after", "expected"), [(1_024, set()), (1_025, {"fin-inattendue"})])
def test_readers_look_for_the_end_of_a_pdf_in_its_last_kibibyte(after: int, expected: set[str]) -> None:
    whole = pdf(3)[: end_of(io.BytesIO(pdf(3)))]
    assert codes(whole + bytes(after)) == expected
    assert look(whole + bytes(after)).pages == 3


@pytest.mark.parametrize(("size", "opened_here"), [(64_000_000, True), (64_000_001, False)])
def test_a_pdf_of_64_megabytes_is_opened_and_no_heavier_one(size: int, opened_here: bool) -> None:  # noqa: FBT001
    whole = pdf(3)
    examen = look(whole + bytes(size - len(whole)))
    assert (examen.pages, "pdf-non-ouvert" in {m.code for m in examen.motifs}) == (
        (3, False) if opened_here else (None, True)
    )


@pytest.mark.parametrize(("size", "expected"), [(999, {"presque-vide"}), (1_000, set())])
def test_a_pdf_of_less_than_a_thousand_bytes_is_nearly_empty(size: int, expected: set[str]) -> None:
    whole = one()
    room = size - len(whole) - len(b"% \n")
    assert codes(whole.replace(b"trailer", b"% " + b"x" * room + b"\ntrailer")) == expected


# ---------------------------------------------------------------- how much is read


@pytest.mark.parametrize(("number", "pages"), [(5_000, 5_000), (5_001, None)])
def test_five_thousand_pages_are_counted(number: int, pages: int | None) -> None:
    found = seen(raw_pdf(CATALOG, tree(*[3] * number), page(), DRAWN))
    assert (found.pages, found.demesure) == (pages, pages is None)


@pytest.mark.parametrize(("number", "told"), [(2_000, [2_000]), (2_001, [])])
def test_two_thousand_pages_are_looked_at(number: int, told: list[int]) -> None:
    leaf = page(b"[]", box=b"[0 0 90 90]")
    found = seen(raw_pdf(CATALOG, tree(*[3] * (number - 1), 5), page(), DRAWN, leaf))
    assert (found.pages, found.blanches, found.etranges, found.demesure) == (number, told, told, False)


@pytest.mark.parametrize(("number", "told"), [(500, set()), (501, {"beaucoup-de-pages"})])
def test_more_than_five_hundred_pages_are_told(number: int, told: set[str]) -> None:
    assert codes(raw_pdf(CATALOG, tree(*[3] * number), page(), DRAWN)) == told


def test_200_000_objects_are_asked_for_and_what_unfolds_to_96_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    given = PdfReader.get_object

    def counted(self: PdfReader, which: Any) -> Any:
        calls.append(which)
        return given(self, which)

    monkeypatch.setattr(PdfReader, "get_object", counted)
    data = pdf(30, object_stream_mode=2)
    with bounded():
        whole: Any = opened(io.BytesIO(data))
        examined(whole, Contenu())
        assert (type(whole).asked, type(whole).unfolded) == (0, 0)
        assert whole.asked == len(calls) > 30
        assert whole.unfolded > 1_000
        for more_asked, more_unfolded, refused in ((0, 0, False), (1, 0, True), (0, 1, True)):
            # As if a larger file had been read up to there.
            reader: Any = opened(io.BytesIO(data))
            reader.asked += 200_000 - whole.asked + more_asked
            reader.unfolded += 96_000_000 - whole.unfolded + more_unfolded
            found = Contenu()
            if refused:
                with pytest.raises(TooMuchError):
                    examined(reader, found)
            else:
                examined(reader, found)
                assert found.pages == 30


def packed_objects(size: int) -> bytes:
    """A PDF whose catalogue and pages stand in a stream, which unfolds to so many bytes."""
    first = b"1 0 2 %d " % (len(CATALOG) + 1)
    held = (first + CATALOG + b" " + tree(5)).ljust(size)
    about = b"/Type/ObjStm/N 2/First %d/Filter/FlateDecode" % len(first)
    body, places = b"%PDF-1.7\n", {}
    for number, thing in ((3, stream(zlib.compress(held, 1), about)), (5, page(b"6 0 R")), (6, DRAWN)):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    places[4] = len(body)
    table = b"".join(
        bytes((2, *(3).to_bytes(4), number - 1))
        if number in {1, 2}
        else bytes((1, *places.get(number, 0).to_bytes(4), 0))
        for number in range(7)
    )
    told = stream(table, b"/Type/XRef/Size 7/Root 1 0 R/W[1 4 1]")
    return body + b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (told, places[4])


@pytest.mark.parametrize(("size", "pages"), [(1_000, 1), (16_000_000, 1), (16_000_001, None)])
def test_what_the_library_unfolds_at_once_takes_sixteen_megabytes(size: int, pages: int | None) -> None:
    assert seen(packed_objects(size)).pages == pages


@pytest.mark.parametrize(("levels", "pages"), [(60, 2), (61, 1)])
def test_a_tree_of_pages_is_sixty_branches_deep(levels: int, pages: int) -> None:
    trunk = [tree(3 + number) for number in range(levels - 1)]
    leaf = levels + 2
    assert seen(raw_pdf(CATALOG, *trunk, tree(leaf, leaf), page(b"[]"))).pages == pages


@pytest.mark.parametrize(("size", "blank"), [(65_535, [1]), (65_536, [])])
def test_of_what_draws_a_page_64_kibibytes_are_read(size: int, blank: list[int]) -> None:
    space = b" " * size
    assert seen(one(stream(space))).blanches == blank
    assert seen(one(stream(zlib.compress(space), b"/Filter/FlateDecode"))).blanches == blank
    halves = stream(space[:30_000]), stream(space[30_001:])
    assert seen(raw_pdf(CATALOG, tree(3), page(b"[4 0 R 5 0 R]"), *halves)).blanches == blank


def test_a_page_that_unfolds_to_a_hundred_megabytes_is_a_page_and_no_more() -> None:
    for size, refused in ((100_000_000, False), (100_000_001, True)):
        found = seen(one(stream(zlib.compress(bytes(size), 1), b"/Filter/FlateDecode")))
        assert (found.demesure, found.blanches) == (refused, [])


@pytest.mark.parametrize(("number", "refused"), [(1, False), (2, False), (4, False), (5, True)])
def test_a_stream_is_packed_four_times_at_most(number: int, refused: bool) -> None:  # noqa: FBT001
    packed = zlib.compress(b"0 0 10 10 re f")
    found = seen(one(stream(packed, b"/Filter[%s]" % (b"/FlateDecode" * number))))
    assert (found.demesure, found.pages, found.blanches) == (refused, 1, [])


@pytest.mark.parametrize(("number", "blank"), [(100, []), (101, [1])])
def test_of_a_page_drawn_in_parts_a_hundred_are_read(number: int, blank: list[int]) -> None:
    parts = b"[" + b"5 0 R " * (number - 1) + b"4 0 R]"
    assert seen(raw_pdf(CATALOG, tree(3), page(parts), DRAWN, stream(b" "))).blanches == blank


def photo(size: int) -> bytes:
    about = b"/Type/XObject/Subtype/Image/Width 9/Height 9/Filter/DCTDecode"
    return stream(b"\xff" * size, about)


@pytest.mark.parametrize(
    ("sizes", "given"),
    [
        ((16_000_000,), [1]),
        ((16_000_001,), []),
        ((8_000_000, 8_000_000), [1, 2]),
        ((8_000_000, 8_000_001), [1]),
        ((16_000_001, 9), [2]),
    ],
)
def test_pictures_of_sixteen_megabytes_in_all_are_given_to_be_drawn(sizes: tuple[int, ...], given: list[int]) -> None:
    # A page, what draws it and its picture, one after the other.
    first = 3
    objects = []
    for number, size in enumerate(sizes):
        at = first + 3 * number
        resources = b"/Resources<</XObject<</P %d 0 R>>>>" % (at + 2)
        objects += [page(b"%d 0 R" % (at + 1), more=resources), stream(b"/P Do"), photo(size)]
    data = raw_pdf(CATALOG, tree(*range(first, first + 3 * len(sizes), 3)), *objects)
    assert [*pictures(io.BytesIO(data))] == given
    assert seen(data).images == [*range(1, len(sizes) + 1)]


# ---------------------------------------------------------------- its pages


@pytest.mark.parametrize(
    ("box", "odd"),
    [
        (b"[0 0 595 842]", False),
        (b"[0 0 842 595]", False),
        # 70 mm are 198.4 points, and 1,250 mm are 3,543.3
        (b"[0 0 199 842]", False),
        (b"[0 0 198 842]", True),
        (b"[0 0 842 198]", True),
        (b"[0 0 595 3543]", False),
        (b"[0 0 595 3544]", True),
        (b"[0 0 3544 595]", True),
        # from any corner to the other
        (b"[100 100 695 942]", False),
        (b"[595 842 0 0]", False),
        (b"[500 0 695 842]", True),
        (b"[0 700 595 842]", True),
        (b"[0 0 595.5 842.5]", False),
        # what cannot be measured is not judged
        (b"[0 0 90]", False),
        (b"[0 0 90 90 90]", False),
        (b"[0 0 90 /A]", False),
        (b"[]", False),
        (b" null", False),
    ],
)
def test_a_page_is_of_an_unusual_size_under_70_millimetres_or_over_1250(box: bytes, odd: bool) -> None:  # noqa: FBT001
    assert seen(one(box=box)).etranges == ([1] if odd else [])
    # What is shown of a sheet counts, and not the sheet.
    assert seen(one(more=b"/CropBox" + box)).etranges == ([1] if odd else [])
    if not odd and box.count(b" ") == 3 and b"/A" not in box:
        assert seen(one(box=b"[0 0 90 90]", more=b"/CropBox" + box)).etranges == []


@pytest.mark.parametrize("box", [b"[0 0 90]", b"[0 0 90 90 90]", b"[0 0 90 /A]", b"[]", b" null"])
def test_a_page_that_cannot_be_measured_does_not_hide_the_next_one(box: bytes) -> None:
    found = seen(raw_pdf(CATALOG, tree(3, 5), page(box=box), DRAWN, page(b"[]", box=b"[0 0 90 90]")))
    assert (found.etranges, found.blanches) == ([2], [2])


def test_numbers_that_stand_elsewhere_are_read() -> None:
    assert seen(one(DRAWN, b"90", box=b"[0 0 5 0 R 842]")).etranges == [1]
    assert seen(one(DRAWN, b"[0 0 90 842]", box=b" 5 0 R")).etranges == [1]
    turned = raw_pdf(CATALOG, tree(3, 3, 5), page(), DRAWN, page(more=b"/Rotate 6 0 R"), b"90")
    assert seen(turned).tournees == [3]


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ((b"", b"", b"/Rotate 90"), [3]),
        ((b"/Rotate 90", b"/Rotate 90", b""), [3]),
        ((b"", b"/Rotate 0", b"/Rotate 360"), []),
        ((b"/Rotate -90", b"/Rotate 270", b"/Rotate 270"), []),
        ((b"", b"", b"/Rotate /A"), []),
        ((b"/Rotate 90", b"/Rotate 90", b"/Rotate /A"), [3]),
        ((b"/Rotate 90.0", b"/Rotate 90", b"/Rotate 91"), [3]),
    ],
)
def test_pages_turned_otherwise_than_most_are_told(turns: tuple[bytes, ...], told: list[int]) -> None:
    pages = [page(b"6 0 R", more=turn) for turn in turns]
    assert seen(raw_pdf(CATALOG, tree(3, 4, 5), *pages, DRAWN)).tournees == told


def test_a_page_has_what_its_branch_says_unless_it_says_otherwise() -> None:
    leaf, own = b"<</Type/Page/Contents 5 0 R>>", b"<</Type/Page/Contents 5 0 R/Rotate 0/MediaBox[0 0 595 842]>>"
    found = seen(raw_pdf(CATALOG, tree(3, 3, 4, more=b"/Rotate 90/MediaBox[0 0 90 90]"), leaf, own, DRAWN))
    assert (found.etranges, found.tournees) == ([1, 2], [3])


@pytest.mark.parametrize(
    ("drawn", "blank"),
    [
        (b"", True),
        (b"q 1 0 0 1 0 0 cm Q", True),
        (b"/F1 12 Tf 72 700 Td", True),
        (b"BT (a) Tj ET", False),
        (b"0 0 9 9 re f", False),
        (b"0 0 m 9 9 l S", False),
        (b"/Im0 Do", False),
        (b"/Sh0 sh", False),
        (b"0 0 9 9 re f*", False),
    ],
)
def test_a_page_is_blank_when_nothing_draws(drawn: bytes, blank: bool) -> None:  # noqa: FBT001
    assert seen(one(stream(drawn))).blanches == ([1] if blank else [])
    assert seen(one(stream(zlib.compress(drawn), b"/Filter/FlateDecode"))).blanches == ([1] if blank else [])
    assert seen(one(stream(zlib.compress(drawn), b"/Filter[/FlateDecode]"))).blanches == ([1] if blank else [])
    # A note that is pinned to it is something; and what cannot be unfolded is not known.
    note = b"/Annots[<</Subtype/Text/Rect[0 0 9 9]>>]"
    assert seen(one(stream(drawn), more=note)).blanches == []
    assert seen(one(stream(drawn, b"/Filter/LZWDecode"))).blanches == []
    assert seen(one(stream(b"\0\0\0" + drawn, b"/Filter/FlateDecode"))).blanches == []


def test_a_page_without_content_is_blank_and_one_of_which_a_part_is_not_known_is_not() -> None:
    bare = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    assert seen(raw_pdf(CATALOG, tree(3), bare)).blanches == [1]
    parts = raw_pdf(CATALOG, tree(3), page(b"[4 0 R 5 0 R]"), stream(b" "), stream(b" ", b"/Filter/LZWDecode"))
    assert seen(parts).blanches == []
    assert seen(raw_pdf(CATALOG, tree(3), page(b"[4 0 R 9 0 R]"), stream(b" "))).pages == 1
    assert seen(raw_pdf(CATALOG, tree(3), page(b"4 0 R"), b"(a string)")).blanches == []


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "1"), (12, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"), (13, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12…")],
)
def test_the_numbers_of_twelve_pages_are_told(number: int, told: str) -> None:
    data = raw_pdf(CATALOG, tree(*[3] * number, 5), page(b"[]", box=b"[0 0 90 90]"), DRAWN, page())
    values = {motif.code: motif.valeurs for motif in look(data).motifs if motif.code != "presque-vide"}
    assert values == {"pages-blanches": {"pages": told}, "pages-etranges": {"pages": told}}


def test_a_pdf_whose_pages_are_all_blank_says_so_once() -> None:
    data = raw_pdf(CATALOG, tree(*[3] * 20), page(b"[]"))
    assert codes(data) - {"presque-vide"} == {"rien-dans-les-pages"}


# ---------------------------------------------------------------- the whole document

SIGNED, UNSIGNED, FIELD = b"<</FT/Sig/V<<>>>>", b"<</FT/Sig>>", b"<</FT/Tx>>"


@pytest.mark.parametrize(
    ("fields", "signature", "form"),
    [
        (b"", False, False),
        (SIGNED, True, False),
        (UNSIGNED, False, False),
        (FIELD, False, True),
        (SIGNED + FIELD, True, True),
        (b"<</FT/Tx/V(a)>>", False, True),
        (b"<</FT/Sig/Kids[%s]>>" % SIGNED, True, False),
        (b"<</FT/Sig/Kids[%s]>>" % UNSIGNED, False, False),
        (b"<</T(a)/Kids[%s]>>" % SIGNED, True, True),
        (b"<</T(a)/Kids[%s]>>" % FIELD, False, True),
        (b"<</T(a)/Kids[<</FT/Tx/V(a)>>]>>", False, True),
        # two thousand fields are looked at
        (FIELD * 1_999 + SIGNED, True, True),
        (FIELD * 2_000 + SIGNED, False, True),
        (UNSIGNED * 1_999 + FIELD, False, True),
        (UNSIGNED * 2_000 + FIELD, False, False),
        (b"<</FT/Sig/Kids[%s]>>" % (UNSIGNED * 1_999 + SIGNED), True, False),
        (b"<</FT/Sig/Kids[%s]>>" % (UNSIGNED * 2_000 + SIGNED), False, False),
    ],
)
def test_a_signature_and_a_form_are_told_apart(fields: bytes, signature: bool, form: bool) -> None:  # noqa: FBT001
    found = seen(one(root=b"/AcroForm<</Fields[%s]>>" % fields))
    assert (found.signature, found.formulaire, found.xfa) == (signature, form, False)


SCRIPT, NOTHING = b"<</S/JavaScript/JS(1)>>", set[str]()


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        (b"", NOTHING),
        (b"/AcroForm<</XFA[]>>", {"formulaire-dynamique"}),
        (b"/AcroForm<</Fields[%s]/XFA[]>>" % SIGNED, {"formulaire-dynamique", "signature"}),
        (b"/Names<</EmbeddedFiles<</Names[]>>>>", {"pieces-jointes"}),
        (b"/Names<</EmbeddedFiles<<>>>>", NOTHING),
        (b"/AF[]", {"pieces-jointes"}),
        (b"/Collection<<>>", {"portfolio"}),
        (b"/Collection<<>>/AF[]", {"portfolio"}),
        (b"/Names<</JavaScript<</Names[]>>>>", {"script"}),
        (b"/Names<</JavaScript<<>>>>", NOTHING),
        (b"/OpenAction" + SCRIPT, {"script"}),
        (b"/OpenAction<</S/Launch>>", {"script"}),
        (b"/OpenAction<</S/GoTo>>", NOTHING),
        (b"/OpenAction[3 0 R/Fit]", NOTHING),
        (b"/AA<</WC%s>>" % SCRIPT, {"script"}),
        (b"/AA<<>>", NOTHING),
    ],
)
def test_what_acts_or_hides_in_a_pdf_is_told(root: bytes, expected: set[str]) -> None:
    assert codes(one(root=root)) - {"presque-vide"} == expected


PINNED, SEEN = b"<</Subtype/FileAttachment/Rect[0 0 9 9]>>", b"<</Subtype/Text/Rect[0 0 9 9]>>"


@pytest.mark.parametrize(
    ("notes", "pinned"),
    [
        (SEEN, False),
        (PINNED, True),
        (SEEN * 1_999 + PINNED, True),
        (SEEN * 2_000 + PINNED, False),
    ],
)
def test_a_file_that_is_pinned_to_a_page_is_told(notes: bytes, pinned: bool) -> None:  # noqa: FBT001
    assert seen(one(more=b"/Annots[%s]" % notes)).pieces_jointes is pinned


def test_a_form_of_another_kind_is_one_even_without_fields() -> None:
    assert seen(one(root=b"/AcroForm<</XFA[]>>")).formulaire


def test_what_acts_when_a_page_opens_is_told() -> None:
    assert seen(one(more=b"/AA<</O%s>>" % SCRIPT)).script
    assert not seen(one(more=b"/AA<<>>")).script


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n%%EOF", {"illisible"}),
        (raw_pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), {"illisible"}),
        (raw_pdf(CATALOG, tree(3), b"(no page)"), {"illisible"}),
        (one()[:-6], {"coupe"}),
        (one() + b"7 0 obj\n<</A 1", {"coupe"}),
        (b"\n" + one(), {"debut-inattendu"}),
        (b"%PDF-x" + one()[8:], {"debut-inattendu"}),
    ],
)
def test_a_pdf_that_is_faulty_says_how(data: bytes, expected: set[str]) -> None:
    assert codes(data) - {"presque-vide"} == expected


def test_what_follows_a_pdf_is_not_read_from_anywhere_in_it() -> None:
    whole = pdf(1)
    end = len(whole) - 1
    with bounded():
        stream = opened(io.BytesIO(whole + b"x" * 5_000)).stream
    for start in (0, 10, end - 1, end, end + 10):
        stream.seek(start)
        assert stream.read() == whole[start:end]
