"""A scan with nothing on it is told from another, as far as it can be; what was not looked at is said."""

from __future__ import annotations

import io
import json
import random
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFilter

from calculators.files import Verdict, door, examine
from calculators.files.model import Preview
from calculators.files.pdf import pictures
from calculators.files.readability import plain
from tests.files import A4, GEODEMAT, drawing, look, pdf, picture, scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: A letter of three lines, on a sheet that is white for the rest.
SHORT = Image.new("RGB", A4, "white")
for _row in range(3):
    ImageDraw.Draw(SHORT).text((200, 700 + 40 * _row), "Bonne réception", fill="black", font_size=24)


def blank(mode: str = "RGB", size: tuple[int, int] = A4) -> Image.Image:
    """The back of a sheet: not quite white, a light that fades, holes, dust."""
    chance = random.Random(1)  # noqa: S311  # dust
    sheet = Image.linear_gradient("L").resize(size).point(lambda value: 225 + value // 12).convert("RGB")
    pen = ImageDraw.Draw(sheet)
    for height in (size[1] * 2 // 5, size[1] * 3 // 5):
        pen.ellipse((30, height, 60, height + 30), fill="black")
    pen.rectangle((0, 0, size[0], 12), fill="#555")
    pixels = [(chance.randrange(size[0]), chance.randrange(size[1])) for _ in range(40)]
    for x, y in pixels:
        sheet.putpixel((x, y), (180, 180, 180))
    return sheet.convert(mode)


def white(mode: str = "1") -> Image.Image:
    return Image.new(mode, A4, "white" if mode != "1" else 1)


def preview(image: Image.Image) -> Preview:
    small = image.convert("L").resize((200, 283), Image.Resampling.BOX)
    return Preview(200, small.tobytes())


def told(data: bytes, previews: dict[int, Preview] | None = None) -> dict[str, object]:
    examen = examine(io.BytesIO(data), "scan.pdf", GEODEMAT, (), previews or {})
    return {motif.code: motif.valeurs.get("pages") for motif in examen.motifs}


@pytest.mark.parametrize("how", ["packed", "bare"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_a_blank_page_among_scanned_ones_is_told_without_a_library_that_draws(how: str, mode: str) -> None:
    data = scan(drawing().convert(mode), white(mode), SHORT.convert(mode), how=how)
    assert told(data)["pages-images-vides"] == "2"
    assert "images-non-regardees" not in told(data)
    assert look(data, "scan.pdf").verdict is not Verdict.CONVIENT


def test_colours_that_are_described_are_counted_and_those_of_a_list_are_told_apart() -> None:
    def changed(image: Image.Image, space: Callable[[pikepdf.Pdf], pikepdf.Object]) -> bytes:
        with pikepdf.open(io.BytesIO(scan(image, how="packed"))) as made:
            made.pages[0].Resources.XObject.Im0.ColorSpace = space(made)
            content = io.BytesIO()
            made.save(content)
            return content.getvalue()

    def described(made: pikepdf.Pdf) -> pikepdf.Object:
        return pikepdf.Array([pikepdf.Name.ICCBased, made.make_stream(b"profil", N=3)])

    def listed(_: pikepdf.Pdf) -> pikepdf.Object:
        return pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceGray, 1, b"\0\xff"])

    def unknown(_: pikepdf.Pdf) -> pikepdf.Object:
        return pikepdf.Array([pikepdf.Name.DeviceN, pikepdf.Array([]), pikepdf.Name.DeviceRGB])

    numbers = drawing(mode="L").point(lambda value: value // 128)
    assert told(changed(white("RGB"), described)) == {"pages-images-vides": "1"}
    assert told(changed(drawing(), described)) == {}
    assert told(changed(numbers, listed)) == {}
    assert told(changed(numbers.point(lambda _: 1), listed)) == {"pages-images-vides": "1"}
    assert told(changed(white("L"), unknown)) == {"images-non-regardees": "1"}


def test_light_that_fades_holes_and_dust_are_no_words() -> None:
    assert told(scan(blank("L"), drawing(mode="L"), how="packed")) == {"pages-images-vides": "1"}


def test_a_fax_is_known_by_its_weight() -> None:
    assert told(scan(white(), SHORT.convert("1"), drawing(mode="1"), how="fax")) == {"pages-images-vides": "1"}


@pytest.mark.parametrize("how", ["jpeg", "jpeg, packed", "png"])
def test_what_must_be_drawn_is_given_and_said_not_to_be_looked_at_until_then(how: str) -> None:
    images = [drawing(), blank(), SHORT]
    data = scan(*images, how=how)
    assert told(data) == {"images-non-regardees": "1, 2, 3"}
    assert look(data, "scan.pdf").verdict is Verdict.CONVIENT
    given = pictures(io.BytesIO(data))
    assert [*given] == [1, 2, 3]
    drawn = {number: Image.open(io.BytesIO(content)) for number, content in given.items()}
    for number, image in drawn.items():
        apart = abs(
            sum(image.convert("L").resize((1, 1)).tobytes())
            - sum(images[number - 1].convert("L").resize((1, 1)).tobytes())
        )
        assert (image.size, apart < 3) == (A4, True)
    assert told(data, {number: preview(image) for number, image in drawn.items()}) == {"pages-images-vides": "2"}
    # One that the browser could not draw is still not known.
    assert told(data, {2: preview(drawn[2])}) == {"pages-images-vides": "2", "images-non-regardees": "1, 3"}


def test_a_sheet_that_its_owner_covered_with_a_mask_is_not_judged() -> None:
    def masked(made: pikepdf.Pdf) -> None:
        for page in made.pages:
            page.Resources.XObject.Im0.SMask = pikepdf.Stream(made, b"x", Subtype=pikepdf.Name.Image)

    with pikepdf.open(io.BytesIO(scan(white("L"), how="packed"))) as made:
        masked(made)
        content = io.BytesIO()
        made.save(content)
    assert told(content.getvalue()) == {"images-non-regardees": "1"}
    assert pictures(content) == {}


def test_a_page_of_words_is_no_picture() -> None:
    assert pictures(io.BytesIO(pdf(3))) == {}
    assert pictures(io.BytesIO(b"%PDF-1.7")) == {}


def test_the_door_gives_the_pictures_with_their_pages(tmp_path: Path) -> None:
    (tmp_path / "0").write_bytes(scan(drawing(), white("L"), SHORT))
    assert door.answer({"action": "images"}, tmp_path, tmp_path) == {"ok": True, "numeros": [1, 2, 3]}
    drawn = [Image.open(tmp_path / f"{number:03}") for number in range(3)]
    assert [image.size for image in drawn] == [A4] * 3
    small = [preview(image) for image in drawn]
    apercus = {str(page): [one.largeur, one.gris.decode("latin-1")] for page, one in zip([1, 2, 3], small, strict=True)}
    (tmp_path / "0").write_bytes(scan(drawing(), white("L"), SHORT))
    limits = {"titre": "", "formats": ["pdf"], "conseilles": [], "maximum": None, "prudence": 9_500_000}
    asked = {"action": "verifier", "nom": "scan.pdf", "limites": limits, "apercus": apercus}
    told = door.answer(json.loads(json.dumps(asked)), tmp_path, tmp_path)["fichier"]
    assert [motif["code"] for motif in told["motifs"]] == ["pages-images-vides"]


def test_the_pictures_given_are_few_and_the_others_said() -> None:
    data = scan(*[drawing((300, 400))] * 60)
    given = pictures(io.BytesIO(data))
    assert [*given] == [*range(1, 41)]
    left = told(data, {number: preview(drawing()) for number in given})
    assert str(left["images-non-regardees"]).startswith("41, 42, ")


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (blank(), True),
        (white("L"), True),
        (Image.new("RGB", A4, "#806040"), True),
        (SHORT, False),
        (drawing(), False),
        (drawing().filter(ImageFilter.GaussianBlur(3)), False),
        (drawing().rotate(90, expand=True), False),
    ],
)
def test_a_picture_of_one_colour_is_told_from_another(image: Image.Image, expected: bool) -> None:  # noqa: FBT001
    assert plain(preview(image)) is expected
    codes = {m.code for m in examine(io.BytesIO(picture("JPEG")), "a.jpg", GEODEMAT, (), {0: preview(image)}).motifs}
    assert ("image-vide" in codes) is expected


def test_a_preview_that_is_none_says_nothing() -> None:
    assert not plain(Preview(0, b""))
    assert not plain(Preview(200, b""))


def test_a_picture_that_lies_about_its_size_or_unfolds_without_end_is_not_looked_at() -> None:
    for width, height in ((0, 5), (100_000, 100_000), (30_000_000, 1), (300, 300_000)):
        with pikepdf.open(io.BytesIO(scan(white("L"), how="packed"))) as made:
            made.pages[0].Resources.XObject.Im0.Width = width
            made.pages[0].Resources.XObject.Im0.Height = height
            content = io.BytesIO()
            made.save(content)
        assert told(content.getvalue()) == {"images-non-regardees": "1"}, (width, height)
