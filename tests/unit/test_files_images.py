"""What a JPEG or a PNG says of itself, byte by byte as the standards have it; pixels, on both sides of a threshold."""

from __future__ import annotations

import io
import struct

import pytest

from calculators.files.images import Image, jpeg, png
from calculators.files.model import Preview
from calculators.files.readability import by_pixels, by_size, plain
from tests.files import Counted, codes, look

MEBIBYTE = 1 << 20

# ---------------------------------------------------------------- JPEG


def segment(mark: int, body: bytes = b"", length: int | None = None) -> bytes:
    return bytes((0xFF, mark)) + struct.pack(">H", len(body) + 2 if length is None else length) + body


def frame(width: int = 1200, height: int = 1600, components: int = 3) -> bytes:
    return struct.pack(">BHHB", 8, height, width, components)


START, END, FRAME = b"\xff\xd8", b"\xff\xd9", segment(0xC0, frame())
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")


def of_jpeg(*parts: bytes) -> Image:
    return jpeg(io.BytesIO(START + b"".join(parts)))


def measured(image: Image) -> tuple[int, int, bool]:
    return image.largeur, image.hauteur, image.entiere


@pytest.mark.parametrize("mark", range(0xC0, 0xD0))
def test_every_way_of_packing_a_frame_is_measured(mark: int) -> None:
    # ITU-T T.81, table B.1: these three, among the frames, are tables and a mark left free.
    table = mark in {0xC4, 0xC8, 0xCC}
    assert measured(of_jpeg(segment(mark, frame()), END)) == ((0, 0, True) if table else (1200, 1600, True))


@pytest.mark.parametrize("mark", [0x01, *range(0xD0, 0xD8)])
def test_marks_that_stand_alone_have_no_length(mark: int) -> None:
    assert measured(of_jpeg(bytes((0xFF, mark)), FRAME, END)) == (1200, 1600, True)
    # Within the pixels they are none of the marks that end them.
    assert of_jpeg(FRAME, SCAN, b"\x12", bytes((0xFF, mark)), b"\x34", END).entiere


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((FRAME, END), (1200, 1600, True)),
        ((b"\xff\xff", FRAME, b"\xff", END), (1200, 1600, True)),  # filling
        ((FRAME,), (1200, 1600, False)),
        ((FRAME, b"\xff"), (1200, 1600, False)),
        ((FRAME, b"\x00\xd9"), (1200, 1600, False)),
        ((FRAME, b"\x00", END), (1200, 1600, False)),
        ((START, FRAME, END), (0, 0, False)),  # an image begins once
        # a segment counts itself: two bytes at least, and all of them are there
        ((segment(0xFE), FRAME, END), (1200, 1600, True)),
        ((segment(0xFE, length=1), FRAME, END), (0, 0, False)),
        ((segment(0xC0, frame(), length=1), END), (0, 0, False)),
        ((segment(0xC0, frame(), length=0), END), (0, 0, False)),
        ((segment(0xFE, bytes(9)), FRAME, END), (1200, 1600, True)),
        ((FRAME, segment(0xFE, bytes(9), length=12)), (1200, 1600, False)),
        ((segment(0xC0, frame(), length=9),), (0, 0, False)),
        ((segment(0xC0, frame(), length=8),), (1200, 1600, False)),
        # a frame of five bytes does not say how many colours it has
        ((segment(0xC0, frame()[:5]), END), (0, 0, True)),
        # pixels: what looks like a mark and is none, then the end, or none
        ((FRAME, SCAN, b"\x12\xff\x00\xff\xff", END), (1200, 1600, True)),
        ((FRAME, SCAN, b"\x12\xff", END), (1200, 1600, True)),
        ((FRAME, SCAN, b"\x12\xff\xff\x00\x34", END), (1200, 1600, True)),
        ((FRAME, SCAN, END), (1200, 1600, True)),
        ((FRAME, SCAN, b"\x12\xff\x00"), (1200, 1600, False)),
        ((FRAME, SCAN, b"\x12\xff"), (1200, 1600, False)),
        ((FRAME, SCAN, b"\x12", SCAN, b"\x34", END), (1200, 1600, True)),
        ((FRAME, SCAN, b"\x12", segment(0xFE, bytes(9), length=12)), (1200, 1600, False)),
    ],
)
def test_a_jpeg_is_whole_when_each_part_is_there_up_to_its_own_end(
    parts: tuple[bytes, ...], expected: tuple[int, int, bool]
) -> None:
    assert measured(of_jpeg(*parts)) == expected


def test_the_colours_of_a_frame_are_counted() -> None:
    counted = {number: of_jpeg(segment(0xC0, frame(components=number)), END) for number in (1, 3, 4, 5)}
    assert [image.composantes for image in counted.values()] == [1, 3, 4, 5]
    assert [number for number, image in counted.items() if image.imprimeur] == [4]
    assert of_jpeg(segment(0xC0, frame()[:5]), END).composantes == 0


@pytest.mark.parametrize(("parts", "whole"), [(9_999, True), (10_000, False)])
def test_a_jpeg_of_more_segments_than_any_has_is_given_up(parts: int, whole: bool) -> None:  # noqa: FBT001
    assert of_jpeg(segment(0xFE) * parts, END).entiere is whole


@pytest.mark.parametrize("before", [-3, -2, -1, 0, 1])
@pytest.mark.parametrize("after", [b"", b"une suite"])
def test_the_end_of_the_pixels_is_found_wherever_two_pieces_meet(before: int, after: bytes) -> None:
    pixels = b"\x12" * (2 * MEBIBYTE + before)
    file = Counted(START + FRAME + SCAN + pixels + END + after)
    image = jpeg(file)
    assert (measured(image), image.apres) == ((1200, 1600, True), after)
    assert file.largest <= MEBIBYTE


@pytest.mark.parametrize(("beyond", "expected"), [(0, {"double-nature"}), (1, set())])
@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_of_what_follows_an_image_four_mebibytes_are_looked_at(kind: str, beyond: int, expected: set[str]) -> None:
    image = START + FRAME + END if kind == "jpg" else of_png()
    after = bytes(4 * MEBIBYTE - 5 + beyond) + b"%PDF-1.7"
    assert codes(image + after, f"scan.{kind}") == expected


# ---------------------------------------------------------------- PNG


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + bytes(4)


HEAD = chunk(b"IHDR", struct.pack(">IIBBBBB", 1200, 1600, 8, 2, 0, 0, 0))


def of_png(*chunks: bytes, head: bytes = HEAD, end: bytes = chunk(b"IEND")) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + end


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (of_png(), (1200, 1600, True)),
        (of_png(chunk(b"IDAT", b"\x12" * 9), chunk(b"tEXt", b"IEND")), (1200, 1600, True)),
        (of_png(end=b""), (1200, 1600, False)),
        (of_png()[:-1], (1200, 1600, False)),
        (of_png(end=b"\0\0\0\0IEN"), (1200, 1600, False)),
        (of_png(struct.pack(">I", 0x7FFFFFFF) + b"IDAT"), (1200, 1600, False)),
        (HEAD[:8].join((b"\x89PNG\r\n\x1a\n", b"")), (0, 0, False)),
        # its measures take eight bytes
        (of_png(head=chunk(b"IHDR", struct.pack(">II", 1200, 1600))), (1200, 1600, True)),
        (of_png(head=chunk(b"IHDR", b"\1" * 7)), (0, 0, True)),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR"), (0, 0, False)),
    ],
)
def test_a_png_is_whole_when_each_part_is_there_up_to_its_own_end(data: bytes, expected: tuple[int, int, bool]) -> None:
    assert measured(png(io.BytesIO(data))) == expected
    # Whatever it is, it is judged.
    assert look(data, "scan.png").dimensions == (expected[:2] if expected[0] else None)


@pytest.mark.parametrize(("parts", "whole"), [(99_998, True), (99_999, False)])
def test_a_png_of_more_parts_than_any_has_is_given_up(parts: int, whole: bool) -> None:  # noqa: FBT001
    assert png(io.BytesIO(of_png(chunk(b"IDAT") * parts))).entiere is whole


def test_what_follows_a_png_is_given() -> None:
    assert png(io.BytesIO(of_png() + b"une suite")).apres == b"une suite"
    # An end may hold something, for whoever writes one so.
    assert png(io.BytesIO(of_png(end=chunk(b"IEND", b"x")) + b"une suite")).apres == b"une suite"


# ---------------------------------------------------------------- what a camera adds

ORIENTATION, SHORT, WHERE = 0x0112, 3, 0x8825


def exif(*entries: tuple[int, int], order: str = "<", at: int = 8, count: int | None = None) -> bytes:
    """The data of a camera: in which order its bytes are, where its list begins, the list."""
    head = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}HI", 42, at)
    listed = b"".join(struct.pack(f"{order}HHIHH", tag, SHORT, 1, value, 0) for tag, value in entries)
    number = struct.pack(f"{order}H", len(entries) if count is None else count)
    return head + bytes(at - 8) + number + listed


def as_jpeg(data: bytes, mark: int = 0xE1, name: bytes = b"Exif\0\0") -> Image:
    return of_jpeg(segment(mark, name + data), FRAME, END)


TURNED, SHOWN_WHERE = (ORIENTATION, 6), (WHERE, 1)


@pytest.mark.parametrize(
    ("data", "orientation", "where"),
    [
        (exif(), 1, False),
        (exif(TURNED), 6, False),
        (exif(TURNED, order=">"), 6, False),
        (exif(SHOWN_WHERE), 1, True),
        (exif((0x0110, 8), TURNED, SHOWN_WHERE), 6, True),
        (exif(TURNED, at=20), 6, False),
        # eight ways of holding it, and no other
        (exif((ORIENTATION, 0)), 1, False),
        (exif((ORIENTATION, 8)), 8, False),
        (exif((ORIENTATION, 9)), 1, False),
        (exif(TURNED, (ORIENTATION, 1)), 1, False),
        # no more than is said is read, nor what is not there
        (exif((0x0110, 8), TURNED, count=1), 1, False),
        (exif(TURNED, count=9), 6, False),
        (exif(TURNED)[:-1], 1, False),
        (exif(TURNED)[:9], 1, False),
        (exif(TURNED)[:7], 1, False),
        (b"II", 1, False),
        (b"", 1, False),
        (b"XX" + exif(TURNED)[2:], 1, False),
        (b"II*\0\xff\xff\xff\xff" + bytes(40), 1, False),
        (exif(*[(0x0110, 8)] * 600, TURNED), 6, False),
    ],
)
def test_how_a_photo_was_held_and_whether_it_says_where_are_read(data: bytes, orientation: int, where: bool) -> None:  # noqa: FBT001
    for image in (as_jpeg(data), png(io.BytesIO(of_png(chunk(b"eXIf", data))))):
        assert (image.orientation, image.position, image.entiere) == (orientation, where, True)


def test_what_is_not_of_a_camera_says_nothing_of_how_a_photo_was_held() -> None:
    assert as_jpeg(exif(TURNED), mark=0xE2).orientation == 1
    assert as_jpeg(exif(TURNED), name=b"http:\0").orientation == 1
    assert png(io.BytesIO(of_png(chunk(b"tEXt", exif(TURNED))))).orientation == 1


def test_of_the_data_of_a_camera_in_a_png_a_mebibyte_is_read() -> None:
    room = MEBIBYTE - len(exif(TURNED))
    held = {beyond: png(io.BytesIO(of_png(chunk(b"eXIf", exif(TURNED, at=8 + room + beyond))))) for beyond in (0, 1)}
    assert {beyond: image.orientation for beyond, image in held.items()} == {0: 6, 1: 1}
    assert {measured(image) for image in held.values()} == {(1200, 1600, True)}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_that_are_shown(orientation: int) -> None:
    lying = orientation in {5, 6, 7, 8}
    assert Image(1200, 1600, orientation).shown == ((1600, 1200) if lying else (1200, 1600))


def test_an_image_without_a_side_is_not_measured() -> None:
    assert Image().shown is Image(0, 9).shown is Image(9, 0).shown is None
    assert Image(1, 1).shown == (1, 1)


# ---------------------------------------------------------------- points


@pytest.mark.parametrize(("size", "small"), [((1168, 800), True), ((1169, 800), False), ((800, 1169), False)])
def test_an_a4_sheet_has_a_hundred_points_an_inch_at_least(size: tuple[int, int], small: bool) -> None:  # noqa: FBT001
    told = [(motif.code, dict(motif.valeurs)) for motif in by_size(*size)]
    assert told == ([("definition-faible", {"largeur": size[0], "hauteur": size[1]})] if small else [])


@pytest.mark.parametrize(("size", "immense"), [((8_000, 10_000), False), ((80_000_001, 1), True)])
def test_eighty_million_points_are_opened_and_no_more(size: tuple[int, int], immense: bool) -> None:  # noqa: FBT001
    data = of_png(head=chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)))
    assert codes(data, "plan.png") == ({"image-immense"} if immense else set())


SIDE = 100


def sheet(points: dict[tuple[int, int], int], ground: int = 200, size: tuple[int, int] = (SIDE, SIDE)) -> Preview:
    """A sheet of one grey, on which some points are of another."""
    grey = bytearray([ground]) * (size[0] * size[1])
    for (x, y), value in points.items():
        grey[y * size[0] + x] = value
    return Preview(size[0], bytes(grey))


def column(x: int, grey: int = 0) -> dict[tuple[int, int], int]:
    return {(x, y): grey for y in range(SIDE)}


def row(y: int, grey: int = 0) -> dict[tuple[int, int], int]:
    return {(x, y): grey for x in range(SIDE)}


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({}, True),
        # a speck differs from its four neighbours; two are something
        ({(50, 50): 0}, True),
        ({(50, 50): 0, (60, 60): 0}, False),
        ({(8, 50): 0, (8, 8): 0}, False),  # a speck at an edge has three, one in a corner two
        ({(8, 8): 0, (91, 91): 0}, True),
        # twelve greys apart, and no fewer
        *((line(50, grey), grey in {189, 211}) for line in (column, row) for grey in (188, 189, 211, 212)),
        # eight points in a hundred are left aside at each edge
        *(((column(place)), inside) for place, inside in ((7, True), (8, False), (91, False), (92, True))),
        *(((row(place)), inside) for place, inside in ((7, True), (8, False), (91, False), (92, True))),
    ],
)
def test_a_sheet_made_small_is_plain_but_for_a_speck_and_its_edges(
    points: dict[tuple[int, int], int],
    expected: bool,  # noqa: FBT001
) -> None:
    assert plain(sheet(points)) is expected


def test_a_light_that_fades_from_one_side_to_the_other_is_plain() -> None:
    fades = {(x, y): x + y for x in range(SIDE) for y in range(SIDE)}
    assert plain(sheet(fades))
    assert plain(sheet({}, size=(40, 300)))
    assert not plain(sheet({(20, y): 0 for y in range(100, 200)}, size=(40, 300)))
    assert plain(sheet({}, size=(1, 1)))
    assert plain(Preview(300, bytes(299))) is plain(Preview(0, b"")) is plain(Preview(0, b"..")) is False


# ---------------------------------------------------------------- squares of a photo

#: Points of a square, of which one in fifty is left aside at each end.
SQUARE, SPECKS = 2_500, 50


def said(*tiles: bytes) -> list[str]:
    return [motif.code for motif in by_pixels(tiles)]


@pytest.mark.parametrize(("grey", "expected"), [(69, ["image-sombre"]), (70, [])])
def test_a_photo_is_dark_under_seventy_greys(grey: int, expected: list[str]) -> None:
    assert said(bytes([grey]) * SQUARE) == expected
    # All of its squares together, whatever their size.
    assert said(bytes([grey - 20]) * SQUARE, bytes([grey + 10]) * (2 * SQUARE)) == expected


def test_a_square_of_fewer_than_1024_points_says_nothing() -> None:
    assert said(bytes(1_023)) == []
    assert said(bytes(1_024)) == ["image-sombre"]


def ramp(step: int, top: int) -> bytes:
    """Greys that rise and fall by steps, as blurred print does."""
    rise = [*range(100, 100 + top, step), 100 + top]
    return bytes((rise + rise[::-1]) * SQUARE)[:SQUARE]


@pytest.mark.parametrize(
    ("tile", "blurred"),
    [
        # sharp print: neighbours that differ by 28 where there is enough between the darkest and the lightest
        (ramp(27, 135), True),
        (ramp(28, 140), False),
        # by a third of it where there is less
        (ramp(19, 60), True),
        (ramp(20, 60), False),
        # nothing to judge under 12
        (ramp(3, 12), True),
        (ramp(4, 12), False),
        (ramp(1, 11), False),
    ],
)
def test_a_photo_is_blurred_when_nothing_on_it_is_sharp(tile: bytes, blurred: bool) -> None:  # noqa: FBT001
    assert said(tile) == (["image-floue"] if blurred else [])


def gently(*changes: tuple[int, int], ground: int = 200) -> bytes:
    """A square of one grey with slopes of three greys a point to others, each held for so many points in all."""
    tile: list[int] = [ground] * 10
    for grey, count in changes:
        sign = 1 if grey > ground else -1
        slope = [*range(ground + 3 * sign, grey, 3 * sign)]
        tile += slope + [grey] * count + slope[::-1] + [ground] * 10
    return bytes(tile + [ground] * (SQUARE - len(tile)))


@pytest.mark.parametrize(
    ("tile", "blurred"),
    [
        (gently((188, SPECKS)), False),
        (gently((188, SPECKS + 1)), True),
        (gently((212, SPECKS - 1)), False),
        (gently((212, SPECKS)), True),
    ],
)
def test_specks_are_no_print_to_judge_by(tile: bytes, blurred: bool) -> None:  # noqa: FBT001
    assert said(tile) == (["image-floue"] if blurred else [])


@pytest.mark.parametrize(("edges", "blurred"), [(49, True), (50, False)])
def test_one_pair_of_neighbours_in_fifty_is_sharp_where_there_is_print(edges: int, blurred: bool) -> None:  # noqa: FBT001
    tile = bytearray(gently((100, 400)))
    for number in range(edges):
        tile[1_000 + 4 * number :] = bytes([200 if number % 2 else 140]) * (SQUARE - 1_000 - 4 * number)
    assert said(bytes(tile)) == (["image-floue"] if blurred else [])


def test_the_square_with_most_print_is_the_one_that_is_judged() -> None:
    blurred, sharp = ramp(10, 90), ramp(40, 120)
    assert said(blurred, sharp) == said(sharp, blurred) == []
    assert said(blurred, ramp(1, 9)) == said(ramp(1, 9), blurred) == ["image-floue"]


def test_a_sheet_that_is_plain_is_told_before_anything_of_its_squares() -> None:
    dark = bytes(SQUARE)
    assert [motif.code for motif in by_pixels([dark], sheet({}))] == ["image-vide"]
    assert [motif.code for motif in by_pixels([], sheet({}))] == ["image-vide"]
    assert [motif.code for motif in by_pixels([dark], sheet(column(50)))] == ["image-sombre"]
    assert [motif.code for motif in by_pixels([], sheet(column(50)))] == []
