"""Every page of both builders, in every state that a reader may give it: what `tests/looks/tour.py` saw there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.helpers import serving
from tests.looks.listen import ANSWERED
from tests.looks.tour import COLOURS, SCRIPTS, addresses, same_content, tour, without_search
from tests.sbi_page import result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.looks.tour import Findings


@pytest.fixture(
    scope="module",
    params=[pytest.param("site", id="mkdocs"), pytest.param("zensical_site", id="zensical")],
)
def built(request: pytest.FixtureRequest) -> Path:
    """Give the folder of the site that each builder made."""
    site: Path = request.getfixturevalue(request.param)
    return site


@pytest.fixture(scope="module")
def seen(built: Path, site: Path, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Findings]:
    """Give what is wrong in the pages of a builder, by kind."""
    folder = without_search(built, tmp_path_factory.mktemp("every-page") / "site")
    with serving(folder) as server:
        yield tour(chromium, server, addresses(built), set() if built == site else same_content(built, site))


def test_axe_finds_nothing_in_any_page(seen: Findings) -> None:
    """In both widths, both schemes, with all that is folded unfolded."""
    assert seen.get("axe") == []


def test_no_contrast_is_left_unsettled(seen: Findings) -> None:
    """What axe cannot judge is reckoned, and is enough: over a drawing, beside a pseudo-element, out of sight."""
    assert seen.get("unsettled") == []


def test_nothing_is_cut_when_enlarged_or_spaced(seen: Findings) -> None:
    """At 200 % and 400 %, spaced as WCAG 1.4.12 says: no word cut or over another, no scroll in two directions."""
    assert seen.get("cut") == []


def test_nothing_is_lost_in_the_colours_of_the_device(seen: Findings) -> None:
    assert seen.get("forced") == []


def test_nothing_moves_for_who_asked_for_no_motion(seen: Findings) -> None:
    assert seen.get("moving") == []


def test_no_page_prints_an_error(seen: Findings) -> None:
    """A violation of the policy among the rest."""
    assert seen.get("console") == []


#: Whole answers, which show each part that a result may have, beside the plain ones that are listened to.
ANSWERS = [
    *(f"calculateurs/{calculator}/{link}" for calculator, link in ANSWERED.items()),
    (
        "calculateurs/sbi/#date_saisie=2026-11-20&solde=900&comptes.1.solde=5000&comptes.1.joint=oui&creance=9000"
        "&sommes.1.nature=salaire&sommes.1.montant=1700&sommes.1.date_credit=2026-11-10"
        "&autre_banque=oui&designation=inconnue"
    ),
    "calculateurs/pieces/#demarche=urbanisme&dossier=inconnu&projet=extension",
    "calculateurs/delais/#situation=urbanisme&dossier=permis-maison&date_depot=2026-10-01",
]


def test_nothing_is_wrong_in_an_answer_whatever_the_state(site: Path, chromium: Browser, tmp_path: Path) -> None:
    """What Python puts in a page, seen as the pages are: enlarged, spaced, in imposed colours, by axe."""
    folder = without_search(site, tmp_path / "site")
    with serving(folder) as server:
        found = tour(chromium, server, ANSWERS, arrived=lambda page: expect(result(page)).to_be_visible())
    assert {kind: lines for kind, lines in found.items() if lines} == {}


#: Faults that a page may have, as a writer or a style sheet would bring them.
IN_THE_CONTENT = """
<p class="faute-pale">Trop pâle la nuit sur un téléphone.</p>
<p class="faute-image">Sur un dégradé.</p>
<p class="faute-large">Un texte qui ne se plie pas et sort donc de l’écran.</p>
<svg viewBox="0 0 100 20" width="100" height="20"><rect width="100" height="20" fill="#777"/>
<text y="15" fill="#666">Gris</text></svg>
<label for="faute-bord">Sans bord</label><input type="text" class="faute-bord" id="faute-bord">
"""
IN_THE_FRAME = """
<p class="faute-mobile">Bouge.</p><input type="text">
<span id="faute-deux">Un</span><span id="faute-deux">Deux</span>
<button type="button" aria-labelledby="faute-deux"></button>
"""
SHEET = """
@media (max-width: 400px) { [data-md-color-scheme="slate"] .faute-pale { color: #555 !important } }
.faute-image { background: linear-gradient(#fff, #000) }
.faute-large { white-space: nowrap }
input.faute-bord { border: 0; box-shadow: 0 0 0 1px #000 }
.faute-mobile { transition: color 1s !important }
"""


def test_a_fault_in_one_page_is_seen(built: Path, chromium: Browser, tmp_path: Path) -> None:
    """Each fault in the state where it shows, in the content as in the frame around it."""
    folder = without_search(built, tmp_path / "site")
    (folder / "fautes.css").write_text(SHEET, "utf-8")
    for address, place, faults in (
        ("cle-usb/", "</article>", IN_THE_CONTENT),
        ("accessibilite/", "<footer", IN_THE_FRAME),
    ):
        path = folder / address / "index.html"
        html = path.read_text("utf-8").replace("</head>", '<link rel="stylesheet" href="../fautes.css"></head>')
        before, mark, after = html.rpartition(place)
        path.unlink()
        path.write_text(before + faults + mark + after, "utf-8")
    with serving(folder) as server:
        found = tour(chromium, server, ["cle-usb/", "accessibilite/"], same_content(built, folder))

    def states(kind: str, *words: str) -> set[str]:
        lines = [line.removeprefix(server) for line in found[kind] if all(word in line for word in words)]
        return {line.partition(" <")[0] for line in lines}

    assert {"accessibilite/"} == same_content(built, folder) & {"cle-usb/", "accessibilite/"}
    assert {"cle-usb/ 360 dark color-contrast"} <= states("axe", "faute-pale")
    assert not any("light" in state or "1280" in state for state in states("axe", "faute-pale"))
    assert len(states("unsettled", "faute-image")) == 4
    assert any("contrast of drawing" in state for state in states("axe", "<text"))
    assert {"cle-usb/ 320 out of the screen:"} <= states("cut", "faute-large")
    assert {"cle-usb/  no edge:"} <= states("forced", "faute-bord")
    assert {"accessibilite/  moves:"} <= states("moving", "faute-mobile")
    assert any("duplicate-id" in state for state in states("axe", "faute-deux"))
    assert any(" label" in state for state in states("axe", "<input"))


#: A list that scrolls, its last lines in sight, and the first ones under its title.
SCROLLED = """<!doctype html><html lang="fr"><title>Une liste</title>
<style>
  div { position: relative; height: 6em; overflow: auto; background: #fff }
  h1 { position: sticky; top: 0; margin: 0; background: #fff }
</style>
<main><div tabindex="0"><h1>Titre</h1><p>Un</p><p>Deux</p><p>Trois</p><p>Quatre</p><p>Cinq</p></div></main>"""


@pytest.mark.parametrize(
    ("title", "doubtful"),
    [
        ("", False),
        ("background: rgb(255 255 255 / 50%)", True),
        ("background: linear-gradient(#fff, #000)", True),
        ("opacity: 0.5", True),
        # What it is over is over it.
        ("z-index: -1", True),
        # It would stay over the first line, however the list is scrolled.
        ("position: absolute; width: 100%", True),
    ],
)
def test_only_an_opaque_title_may_stand_over_the_list_that_scrolls_under_it(
    chromium: Browser, title: str, *, doubtful: bool
) -> None:
    page = chromium.new_page()
    page.set_content(SCROLLED)
    for script in SCRIPTS:
        page.add_script_tag(path=script)
    page.locator("h1").evaluate("(title, style) => { title.style.cssText = style }", title)
    unsettled: list[str] = []
    for top in range(0, 60, 5):
        page.locator("div").evaluate("(list, top) => { list.scrollTop = top }", top)
        unsettled += page.evaluate("asked => looks.contrast(asked)", {"rules": COLOURS, "known": []})["unsettled"]
    page.close()
    assert any("<p>" in line for line in unsettled) == doubtful
