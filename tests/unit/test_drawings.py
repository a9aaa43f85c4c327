"""The drawings of the guides: the site's colours, legible in each scheme and on a small telephone, said in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown import Markdown

from calculators.errors import LawDataError
from calculators.web.guides.drawings import drawing
from calculators.web.guides.extension import makeExtension
from tests.helpers import ROOT

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from pathlib import Path

FOLDER = ROOT / "docs/assets/img"
#: The logo and the icon stand alone, on any ground.
DRAWINGS = sorted(path for path in FOLDER.glob("*.svg") if path.name not in ("logo.svg", "favicon.svg"))
STYLES = (ROOT / "docs/assets/css/site.css").read_text("utf-8")
#: What a telephone 360 pixels wide leaves to the text, at the least.
TEXT_WIDTH = 320
SMALLEST = 12
READABLE = 4.5  # WCAG 2, 1.4.3
SEEN = 3.0  # WCAG 2, 1.4.11


def _colours(selector: str) -> dict[str, str]:
    """The colours that a scheme gives to the names of the style sheet."""
    start = STYLES.index(selector)
    return dict(re.findall(r"(--me-[a-z-]+):\s*(#[0-9a-f]{3,6});", STYLES[start : STYLES.index("}", start)]))


LIGHT = _colours(':root,\n[data-md-color-scheme="default"] {\n  --me-fond')
SCHEMES = {
    "light": LIGHT,
    "dark": LIGHT | _colours('[data-md-color-scheme="slate"] {'),
    "paper": LIGHT | _colours(":root,\n  [data-md-color-scheme] {"),
}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == len("#rrggbb") else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "0"))


def _holds(shape: ET.Element, x: float, y: float) -> bool:
    if shape.tag == "circle":
        reach = _number(shape, "r")
        return abs(x - _number(shape, "cx")) <= reach and abs(y - _number(shape, "cy")) <= reach
    left, top = _number(shape, "x"), _number(shape, "y")
    return left <= x <= left + _number(shape, "width") and top <= y <= top + _number(shape, "height")


def _name(value: str) -> str:
    found = re.fullmatch(r"var\((--me-[a-z-]+), #[0-9a-f]{6}\)", value)
    assert found, f"{value!r}: expected a name of site.css and its light value, as var(--me-encre, #282420)"
    return found[1]


def _grounds(path: Path) -> list[tuple[ET.Element, str]]:
    """Each text of a drawing, with the name of the colour it is written on."""
    found: list[tuple[ET.Element, str]] = []
    shapes: list[ET.Element] = []
    for element in drawing(path, "").iter():
        if element.tag in ("rect", "circle") and element.get("fill") != "none":
            shapes.append(element)
        elif element.tag == "text":
            under = [s for s in shapes if _holds(s, _number(element, "x"), _number(element, "y") - 5)]
            assert under, f"{path.name}: « {element.text} » is written on nothing"
            found.append((element, _name(under[-1].get("fill", ""))))
    return found


@pytest.fixture(params=DRAWINGS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


def test_a_drawing_is_said_by_its_description_and_a_sign_without_one_is_passed_over(path: Path) -> None:
    said, sign = drawing(path, "Trois étapes."), drawing(path, "")
    assert (said.get("role"), said.get("aria-label"), said.get("aria-hidden")) == ("img", "Trois étapes.", None)
    assert (sign.get("role"), sign.get("aria-label"), sign.get("aria-hidden")) == (None, None, "true")


def test_the_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_is_one_of_the_site_and_says_its_light_value(path: Path) -> None:
    for value in re.findall(r' (?:fill|stroke|stop-color|color)="([^"]+)"', path.read_text("utf-8")):
        if value != "none":
            assert value == f"var({_name(value)}, {LIGHT[_name(value)]})"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_word_can_be_read_in_each_scheme(path: Path, scheme: str) -> None:
    colours = SCHEMES[scheme]
    faint = [
        (text.text, round(reached, 2))
        for text, ground in _grounds(path)
        if (reached := contrast(colours[_name(text.get("fill", ""))], colours[ground])) < READABLE
    ]
    assert faint == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_arrows_can_be_seen_in_each_scheme(path: Path, scheme: str) -> None:
    colours = SCHEMES[scheme]
    drawn = list(drawing(path, "").iter())
    ground = colours[_name(next(e for e in drawn if e.tag == "rect").get("fill", ""))]
    strokes = {e.get("stroke", "none") for e in drawn if e.tag == "path"} - {"none"}
    assert [s for s in strokes if contrast(colours[_name(s)], ground) < SEEN] == []


def test_the_smallest_word_is_big_enough_on_a_small_telephone(path: Path) -> None:
    root = drawing(path, "")
    if path.name.startswith("picto-"):
        assert root.find(".//text") is None, "a sign beside words has none of its own"
        return
    scale = min(1.0, TEXT_WIDTH / float(root.get("viewBox", "").split()[2]))
    sizes = [_number(text, "font-size") or _number(root, "font-size") for text in root.iter("text")]
    assert min(sizes) * scale >= SMALLEST


def shown(text: str) -> str:
    return Markdown(extensions=["attr_list", "md_in_html", makeExtension(dessins=str(FOLDER))]).convert(text)


def test_a_drawing_is_written_in_the_page_with_its_description() -> None:
    html = shown("![D'abord ceci. Puis cela.](../assets/img/chemin-creancier.svg)")
    assert "<img" not in html
    assert 'role="img"' in html
    assert 'aria-label="D’abord ceci. Puis cela."' in html
    assert "<title>" not in html
    assert "l’acte de saisie à" in html


def test_other_pictures_stay_images() -> None:
    assert "<img" in shown("![Une photo.](../assets/img/capture-sbi.png)")


def test_a_drawing_that_is_not_there_stops_the_build() -> None:
    with pytest.raises(LawDataError, match=r"absent\.svg: not a drawing that can be read"):
        shown("![Rien du tout.](../assets/img/absent.svg)")


def test_every_drawing_is_shown_by_a_page() -> None:
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))
    assert [path.name for path in DRAWINGS if f"assets/img/{path.name})" not in pages] == []
