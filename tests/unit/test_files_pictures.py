"""Whether the only picture of a page shows anything: which are looked at, at which points, and what makes something."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
)

from calculators.files.scans import Room, drawn_as, picture_of
from tests.files import bomb

if TYPE_CHECKING:
    from pypdf.generic import StreamObject

    from calculators.files.scans import Picture

MEBIBYTE = 1 << 20
FLATE, DCT, FAX = "/FlateDecode", "/DCTDecode", "/CCITTFaxDecode"
ALONE = b"q 595 0 0 842 0 0 cm /Im0 Do Q"


def as_pdf(value: Any) -> Any:
    """A value as a PDF has it: names begin with a bar."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, str):
        return NameObject(value)
    if isinstance(value, dict):
        return DictionaryObject({NameObject(f"/{name}"): as_pdf(each) for name, each in value.items()})
    if isinstance(value, list):
        return ArrayObject([as_pdf(each) for each in value])
    return NumberObject(value) if isinstance(value, int) else value


def picture(data: bytes, width: int = 100, height: int = 100, **more: Any) -> StreamObject:
    """A picture as it stands in a PDF, in greys of eight bits unless told."""
    made = DecodedStreamObject()
    made.set_data(data)
    about = {"Subtype": "/Image", "Width": width, "Height": height, "ColorSpace": "/DeviceGray"} | more
    made.update(as_pdf(about))
    return made


def of(stream: StreamObject, content: bytes = ALONE, room: Room | None = None) -> Picture | None:
    things = {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): stream})}
    return picture_of(content, DictionaryObject(things), room or Room())


def plain(stream: StreamObject, room: Room | None = None) -> bool | None:
    found = of(stream, room=room)
    assert found is not None
    return found.vide


# ---------------------------------------------------------------- which


@pytest.mark.parametrize(
    ("content", "alone"),
    [
        (ALONE, True),
        (b"/Im0 Do", True),
        (b"0 0 10 10 re W n /Im0 Do", True),
        (b"/Im0 Do /Im0 Do", False),
        (b"/Im0 Do BT (Page 1) Tj ET", False),
        (b"/Im0 Do 0 0 10 10 re f", False),
        (b"/Im1 Do", False),
        (b"", False),
    ],
)
def test_a_picture_is_all_of_a_page_when_nothing_else_is_drawn(content: bytes, alone: bool) -> None:  # noqa: FBT001
    assert (of(picture(bytes(10_000)), content) is not None) is alone


def test_a_page_without_pictures_or_with_a_drawing_for_one_has_none() -> None:
    assert picture_of(ALONE, DictionaryObject(), Room()) is None
    assert picture_of(ALONE, DictionaryObject({NameObject("/XObject"): NumberObject(1)}), Room()) is None
    assert of(picture(b"0 0 1 1 re f", Subtype="/Form")) is None


@pytest.mark.parametrize(
    ("width", "height", "known"),
    [
        (10_000, 5_000, True),
        (5_000, 10_000, True),
        (10_000, 5_001, False),
        (0, 100, False),
        (100, 0, False),
        (-100, 100, False),
        (1 << 20, 1, True),
        ((1 << 20) + 1, 1, False),
    ],
)
def test_pictures_of_fifty_million_points_are_looked_at_and_lines_of_a_mebibyte(
    width: int,
    height: int,
    known: bool,  # noqa: FBT001
) -> None:
    made = picture(bytes(max(width * height, 0)), width, height)
    assert plain(made) is (True if known else None)


@pytest.mark.parametrize(
    ("more", "length", "known"),
    [
        ({"ColorSpace": "/DeviceGray"}, 10_000, True),
        ({"ColorSpace": "/CalGray"}, 10_000, True),
        ({"ColorSpace": ["/Separation", "/Noir"]}, 10_000, True),
        ({"ColorSpace": ["/Indexed", "/DeviceRGB", 1]}, 10_000, True),
        ({"ColorSpace": "/DeviceRGB"}, 30_000, True),
        ({"ColorSpace": ["/CalRGB", {}]}, 30_000, True),
        ({"ColorSpace": ["/Lab", {}]}, 30_000, True),
        ({"ColorSpace": "/DeviceCMYK"}, 40_000, True),
        ({"ColorSpace": ["/ICCBased", {"N": 1}]}, 10_000, True),
        ({"ColorSpace": ["/ICCBased", {"N": 4}]}, 40_000, True),
        ({"ColorSpace": ["/ICCBased", {"N": 0}]}, 10_000, False),
        ({"ColorSpace": ["/ICCBased", {}]}, 10_000, False),
        ({"ColorSpace": ["/ICCBased"]}, 10_000, False),
        ({"ColorSpace": ["/Pattern"]}, 10_000, False),
        ({"ColorSpace": []}, 10_000, False),
        ({"BitsPerComponent": 8}, 10_000, True),
        ({"BitsPerComponent": 1}, 1_300, True),
        ({"ImageMask": NumberObject(1), "BitsPerComponent": 1, "ColorSpace": NullObject()}, 1_300, True),
        ({"ImageMask": NumberObject(1)}, 1_300, True),
        ({"BitsPerComponent": 1, "ColorSpace": ["/DeviceN"]}, 1_300, True),
        *(({"BitsPerComponent": bits}, 40_000, False) for bits in (0, 2, 4, 7, 9, 16)),
        # under a mask, a black sheet may show a text
        ({"Mask": ArrayObject()}, 10_000, False),
        ({"SMask": ArrayObject()}, 10_000, False),
        ({"Filter": "/LZWDecode"}, 10_000, False),
        ({"Filter": DCT}, 10_000, False),
        ({"Filter": []}, 10_000, True),
    ],
)
def test_a_bare_picture_is_looked_at_when_its_points_can_be_told_apart(
    more: dict[str, Any],
    length: int,
    known: bool,  # noqa: FBT001
) -> None:
    assert plain(picture(bytes(length), **more)) is (True if known else None)
    # The last lines are left aside; of the one before them, a byte is not there: what it would show is not known.
    looked_at = length // 100 * 92
    assert plain(picture(bytes(looked_at), **more)) is (True if known else None)
    assert plain(picture(bytes(looked_at - 1), **more)) is None


@pytest.mark.parametrize(
    ("more", "known"),
    [
        ({"Filter": FLATE}, True),
        ({"Filter": [FLATE]}, True),
        ({"Filter": FLATE, "DecodeParms": {"Predictor": 1}}, True),
        ({"Filter": [FLATE], "DecodeParms": [{"Predictor": 1}]}, True),
        ({"Filter": [FLATE], "DecodeParms": [{"Predictor": 15}]}, False),
        ({"Filter": FLATE, "DecodeParms": {"Predictor": 2}}, False),
        ({"Filter": FLATE, "DecodeParms": [{"Predictor": 15}, {"Predictor": 15}]}, True),
        ({"Filter": FLATE, "DecodeParms": NumberObject(3)}, True),
        ({"Filter": [FLATE, FLATE]}, False),
        ({"Filter": [FLATE, DCT]}, False),
    ],
)
def test_a_packed_picture_is_looked_at_when_its_lines_are_written_as_they_are(
    more: dict[str, Any],
    known: bool,  # noqa: FBT001
) -> None:
    assert plain(picture(zlib.compress(bytes(10_000)), **more)) is (True if known else None)
    assert plain(picture(zlib.compress(bytes(10_000))[:-9], **more)) is None
    assert plain(picture(b"\x12" * 99, **more)) is None


@pytest.mark.parametrize(
    ("weight", "options", "expected"),
    [
        (300, {"K": -1}, True),
        (301, {"K": -1}, False),
        (300, [{"K": -1}], True),
        (300, {"K": 0}, None),
        (300, {}, None),
        (300, {"K": 1}, None),
    ],
)
def test_a_fax_is_white_at_a_bit_and_a_half_a_line_where_each_is_told_from_the_one_above(
    weight: int,
    options: object,
    expected: bool | None,  # noqa: FBT001
) -> None:
    assert plain(picture(bytes(weight), 1_200, 1_600, Filter=FAX, DecodeParms=options)) is expected


# ---------------------------------------------------------------- where, and how much


def sheet(points: dict[tuple[int, int], int], size: tuple[int, int] = (100, 100), ground: int = 200) -> StreamObject:
    grey = bytearray([ground]) * (size[0] * size[1])
    for (x, y), value in points.items():
        grey[y * size[0] + x] = value
    return picture(bytes(grey), *size)


def column(x: int, size: tuple[int, int] = (100, 100), grey: int = 0) -> dict[tuple[int, int], int]:
    return {(x, y): grey for y in range(size[1])}


def row(y: int, size: tuple[int, int] = (100, 100), grey: int = 0) -> dict[tuple[int, int], int]:
    return {(x, y): grey for x in range(size[0])}


def specks(whole: int, at_the_edge: int = 0) -> dict[tuple[int, int], int]:
    """Points that differ from their four neighbours, and some from three, for they are at an edge."""
    inside = {(20 + 3 * number, 20 + 3 * number): 0 for number in range(whole)}
    return inside | {(8, 20 + 3 * number): 0 for number in range(at_the_edge)}


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({}, True),
        (specks(6), True),
        (specks(7), False),
        (specks(3, at_the_edge=4), True),
        (specks(4, at_the_edge=3), False),
        *((line(50, grey=grey), grey in {177, 223}) for line in (column, row) for grey in (176, 177, 223, 224)),
        *((line(place), place in {7, 92}) for line in (column, row) for place in (7, 8, 91, 92)),
    ],
)
def test_a_picture_is_plain_but_for_specks_and_its_edges(
    points: dict[tuple[int, int], int],
    expected: bool,  # noqa: FBT001
) -> None:
    assert plain(sheet(points)) is expected


@pytest.mark.parametrize("place", [7, 8, 9, 99, 100, 101, 102])
def test_of_a_picture_in_colours_whole_points_are_looked_at(place: int) -> None:
    data = bytearray(b"\xc8" * 330) * 100
    for line in range(100):
        data[line * 330 + place * 3] = 0
    assert plain(picture(bytes(data), 110, 100, ColorSpace="/DeviceRGB")) is not (8 <= place <= 101)


@pytest.mark.parametrize(("width", "seen"), [(759, True), (760, False)])
def test_of_a_line_320_points_are_looked_at_and_no_less(width: int, seen: bool) -> None:  # noqa: FBT001
    # The first point is at 60: the next one is looked at or passed over.
    assert plain(sheet(column(61, (width, 100)), (width, 100))) is not seen


@pytest.mark.parametrize(("height", "seen"), [(639, True), (640, False)])
def test_of_a_picture_320_lines_are_looked_at_and_no_less(height: int, seen: bool) -> None:  # noqa: FBT001
    assert plain(sheet(row(52, (100, height)), (100, height))) is not seen
    assert plain(sheet(row(51, (100, height)), (100, height))) is False


@pytest.mark.parametrize(("colours", "expected"), [(["/Indexed", "/DeviceRGB", 1], False), ("/DeviceGray", True)])
def test_of_the_numbers_of_a_list_of_colours_any_other_is_another_colour(colours: object, expected: bool) -> None:  # noqa: FBT001
    made = sheet(column(50, grey=201))
    made[NameObject("/ColorSpace")] = as_pdf(colours)
    assert plain(made) is expected


@pytest.mark.parametrize(("width", "line"), [(96, 12), (97, 13), (104, 13), (105, 14)])
def test_of_a_picture_in_black_and_white_eight_points_make_a_byte(width: int, line: int) -> None:
    # A byte that is not like the others, in the middle of each second line.
    data = bytearray(line * 100)
    for number in range(0, 100, 2):
        data[number * line + 6] = 1
    assert plain(picture(bytes(data), width, 100, BitsPerComponent=1)) is False
    assert plain(picture(bytes(line * 92), width, 100, BitsPerComponent=1)) is True
    assert plain(picture(bytes(line * 92 - 1), width, 100, BitsPerComponent=1)) is None


def test_a_picture_of_one_line_or_one_point_is_plain() -> None:
    assert plain(picture(b"\x12", 1, 1)) is True
    assert plain(picture(b"\x12" * 400, 400, 1)) is True
    assert plain(picture(b"\x12" * 400, 1, 400)) is True


@pytest.mark.parametrize("line", [3_001, 200_003, MEBIBYTE])
def test_lines_are_found_wherever_two_pieces_meet(line: int) -> None:
    height = 3 * MEBIBYTE // line + 2
    first, step = height * 8 // 100, max(height // 320, 1)
    looked_at = range(first, height - first, step)
    for row in {*looked_at[:2], *looked_at[-2:], *looked_at[:: max(len(looked_at) // 8, 1)]}:
        grey = bytearray(line * height)
        assert plain(picture(zlib.compress(grey, 1), line, height, Filter=FLATE)) is True
        grey[row * line : (row + 1) * line] = b"\xff" * line
        assert plain(picture(zlib.compress(grey, 1), line, height, Filter=FLATE)) is False, row
        # All of it is there up to that line, but for its last byte.
        lost = grey[: (looked_at[-1] + 1) * line - 1]
        if row != looked_at[-1]:
            lost[row * line : (row + 1) * line] = bytes(line)
        assert plain(picture(zlib.compress(lost, 1), line, height, Filter=FLATE)) is None


# ---------------------------------------------------------------- how much is unfolded


def test_the_pictures_of_one_file_unfold_to_four_hundred_mebibytes_in_all() -> None:
    room = Room()
    large, last = (
        picture(bomb(size * MEBIBYTE), 8_192, size * 32, ColorSpace="/DeviceCMYK", Filter=FLATE) for size in (133, 1)
    )
    # Of each, the eight last lines in a hundred are not unfolded: 123, then one and one.
    assert [plain(made, room) for made in (large, large, large, *[last] * 31)] == [True] * 34
    assert plain(last, room) is None
    assert plain(last) is True


def test_a_picture_is_unfolded_as_long_as_there_is_room() -> None:
    room = Room()
    small = picture(zlib.compress(bytes(10_000)), Filter=FLATE)
    for left, looked_at in ((10_000, [True, None]), (10_001, [True, True])):
        room.left = left
        assert [plain(small, room) for _ in looked_at] == looked_at


def test_a_photo_that_is_packed_again_unfolds_to_sixteen_mebibytes() -> None:
    for size, given in ((15, 15), (16, 16), (17, 16), (32, 16)):
        made = picture(bomb(size * MEBIBYTE), Filter=[FLATE, DCT])
        assert len(drawn_as(made) or b"") == given * MEBIBYTE


# ---------------------------------------------------------------- what a browser draws


@pytest.mark.parametrize(
    ("more", "given"),
    [
        ({"Filter": DCT}, True),
        ({"Filter": [DCT]}, True),
        ({"Filter": [DCT, FLATE]}, False),
        ({"Filter": DCT, "Width": 10_000, "Height": 5_000}, True),
        ({"Filter": DCT, "Width": 10_000, "Height": 5_001}, False),
        ({"Filter": DCT, "Width": 50_000_000, "Height": 1}, True),
        ({"Filter": DCT, "Width": 50_000_001, "Height": 1}, False),
        ({"Filter": DCT, "Width": 0}, False),
        ({"Filter": DCT, "Width": NullObject()}, False),
        ({"Filter": DCT, "Height": NullObject()}, False),
        ({"Filter": DCT, "Width": NullObject(), "Height": -100}, False),
        ({"Filter": DCT, "Width": -100, "Height": NullObject()}, False),
        ({"Filter": DCT, "Width": 1, "Height": 1}, True),
        ({"Filter": DCT, "SMask": ArrayObject()}, False),
        ({"Filter": DCT, "Mask": ArrayObject()}, False),
        ({"Filter": "/JPXDecode"}, False),
        ({}, False),
    ],
)
def test_a_photo_is_given_as_it_is(more: dict[str, Any], given: bool) -> None:  # noqa: FBT001
    assert drawn_as(picture(b"\xff\xd8\xff..", **more)) == (b"\xff\xd8\xff.." if given else None)


def lines(mode: str, width: int = 31, height: int = 20) -> tuple[Image.Image, bytes]:
    """A picture, and its lines packed as PNG does."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    row_size = len(image.tobytes()) // height
    packed = b"".join(b"\0" + image.tobytes()[at : at + row_size] for at in range(0, height * row_size, row_size))
    return image, zlib.compress(packed)


@pytest.mark.parametrize(
    ("mode", "colours", "bits"), [("1", None, 1), ("L", None, None), ("L", 1, 8), ("RGB", 3, 8), ("RGB", 3, None)]
)
@pytest.mark.parametrize("predictor", [10, 15])
def test_lines_packed_as_png_does_become_a_png(
    mode: str, colours: int | None, bits: int | None, predictor: int
) -> None:
    image, data = lines(mode)
    options = {"Predictor": predictor, "Colors": colours, "BitsPerComponent": bits}
    known = {name: value for name, value in options.items() if value is not None}
    made = drawn_as(picture(data, *image.size, Filter=FLATE, DecodeParms=known))
    assert made is not None
    with Image.open(io.BytesIO(made)) as again:
        again.load()
        assert (again.mode, again.size, again.tobytes()) == (mode, image.size, image.tobytes())


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        *(({"Predictor": 12, "BitsPerComponent": bits}, (bits, 0)) for bits in (1, 2, 4, 8, 16)),
        *(({"Predictor": 12, "BitsPerComponent": bits, "Colors": 3}, (bits, 2)) for bits in (8, 16)),
        *(({"Predictor": 12, "BitsPerComponent": bits, "Colors": 3}, None) for bits in (1, 2, 4)),
        *(({"Predictor": 12, "BitsPerComponent": bits}, None) for bits in (0, 3, 5, 7, 9, 15, 17)),
        *(({"Predictor": 12, "Colors": colours}, None) for colours in (0, 2, 4)),
        ({"Predictor": 9}, None),
        ({"Predictor": 2}, None),
        ({}, None),
    ],
)
def test_only_what_png_has_becomes_one(options: dict[str, object], kind: tuple[int, int] | None) -> None:
    _, data = lines("L")
    made = drawn_as(picture(data, 31, 20, Filter=FLATE, DecodeParms=options))
    # Bits of a colour, which colours, then the only ways of packing and of showing that are asked for.
    assert (tuple(made[24:29]) if made else None) == ((*kind, 0, 0, 0) if kind else None)
    assert drawn_as(picture(data, 31, 20, Filter=FLATE, DecodeParms=options, ColorSpace=["/Indexed"])) is None
    assert drawn_as(picture(data, 31, 20, Filter=[FLATE, FLATE], DecodeParms=options)) is None
