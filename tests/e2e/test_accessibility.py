"""Every page, in both widths and both colour schemes, under axe; and the whole frame by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.helpers import ROOT, copy_site, renew, serving, until
from tests.sbi_page import open_form, send

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}

#: French rules of accessibility, and the good practices that axe knows besides.
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: The rules that read colours: all that a change of scheme can break, the page being the same.
COLOURS = ["color-contrast", "link-in-text-block"]

#: The theme has put on the colours of this scheme, and is done with the change.
SHOWN = """scheme => document.body.dataset.mdColorScheme === { light: "default", dark: "slate" }[scheme] &&
  document.body.getAttribute("data-md-color-switching") === null"""

#: The page is drawn, and who watches the size of its parts has been told.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def addresses(site: Path) -> list[str]:
    return [str(path.relative_to(site)).removesuffix("index.html") for path in sorted(site.rglob("*.html"))]


def findings(page: Page, rules: list[str] | None = None) -> list[str]:
    """Say what axe finds under these rules, or under all those that count here."""
    results: dict[str, Any] = page.evaluate(
        "runOnly => axe.run(document, { runOnly, resultTypes: ['violations'] })",
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS},
    )
    return [
        f"{page.url} {violation['id']} {node['html'][:200]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def watched(new_context: Callable[..., BrowserContext], **options: Any) -> Page:
    context = new_context(**options)
    context.add_init_script(path=AXE)
    return context.new_page()


def ready(page: Page, address: str) -> None:
    page.goto(address)
    until(page, "document.documentElement.classList.contains('theme-pret')")


def focused(page: Page) -> dict[str, Any]:
    """Say what has the focus, and whether the reader can see that it has."""
    answer: dict[str, Any] = page.evaluate(
        """() => {
          const element = document.activeElement;
          const shown = element.matches(".md-option")
            ? document.querySelector(".md-option:checked + label")
            : element.matches(".calc-option input") ? element.nextElementSibling : element;
          const box = shown.getBoundingClientRect();
          const style = getComputedStyle(shown);
          const field = getComputedStyle(element.closest("form") ?? element);
          return {
            tag: element.tagName,
            name: element.getAttribute("aria-label") ?? element.textContent.trim(),
            inView: box.width > 1 && box.height > 1 &&
              box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
            marked: field.boxShadow !== "none" ||
              (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
          };
        }"""
    )
    return answer


def too_wide(page: Page) -> list[str]:
    """What a reader on a phone would have to chase: a page wider than the screen, a wide table without its region."""
    found: list[str] = page.evaluate(
        """() => [
          ...(document.documentElement.scrollWidth > innerWidth ? ["wider than the screen"] : []),
          ...[...document.querySelectorAll(".md-typeset__scrollwrap, .tableau")]
            .filter((box) => box.scrollWidth > box.clientWidth)
            .filter((box) => box.tabIndex !== 0 || box.role !== "region" || !box.ariaLabel)
            .map((box) => "a table without a region: " + box.textContent.trim().slice(0, 60)),
        ]"""
    )
    return [f"{page.url} {fault}" for fault in found]


def each_by_itself() -> list[Any]:
    """Both builders in both widths: two minutes each, so that each may go to whichever worker is free."""
    return [
        pytest.param(builder, size, id=name, marks=pytest.mark.xdist_group(f"every page, {name}"))
        for builder, size, name in (
            ("", WIDE, "mkdocs-1280"),
            ("", PHONE, "mkdocs-360"),
            ("zensical_", WIDE, "zensical-1280"),
            ("zensical_", PHONE, "zensical-360"),
        )
    ]


@pytest.mark.parametrize(("builder", "size"), each_by_itself())
def test_every_page_in_both_widths_and_schemes(
    new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest, builder: str, size: dict[str, int]
) -> None:
    """Axe finds nothing, and nothing is too wide; the light changes while a page is read, as on a reader's device.

    The pages of Zensical hold the same content: each is seen in one light in each width, and so in both.
    What a page prints in the console fails the test, a violation of the policy among the rest.
    """
    site = request.getfixturevalue(f"{builder}site")
    server = request.getfixturevalue(f"{builder}server")
    schemes: list[Literal["light", "dark"]] = ["light", "dark"] if size is WIDE else ["dark", "light"]
    page = watched(new_context, viewport=size, color_scheme="light", reduced_motion="reduce")
    found = []
    for address in addresses(site):
        ready(page, server + address)
        for rules, scheme in zip((None, COLOURS), schemes if not builder else schemes[:1], strict=False):
            page.emulate_media(color_scheme=scheme)
            until(page, SHOWN, scheme)
            page.evaluate(DRAWN)
            found += findings(page, rules)
        found += too_wide(page)
        schemes.reverse()  # the next page begins in the light where this one ends
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_menu_and_search(
    new_context: Callable[..., BrowserContext], server: str, scheme: str
) -> None:
    page = watched(new_context, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    ready(page, server + "saisie-compte/")
    page.get_by_role("button", name="Menu", exact=True).click()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Recherche", exact=True).click()
    page.keyboard.type("saisie")
    page.locator(".md-search-result__link").first.wait_for()
    assert findings(page) == []


def everywhere(page: Page) -> list[str]:
    """Look at a page as it stands, in both widths and schemes: at what axe finds, and at what is too wide."""
    found = []
    schemes: list[Literal["light", "dark"]] = ["light", "dark"]
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            until(page, SHOWN, scheme)
            page.evaluate(DRAWN)
            found += [f"{size['width']} {scheme} {fault}" for fault in findings(page)]
        found += too_wide(page)
        schemes.reverse()
    return found


def test_axe_finds_nothing_in_the_definition_of_a_word(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = watched(new_context, viewport=PHONE, reduced_motion="reduce")
    ready(page, server + "saisie-compte/debiteur/")
    page.locator("a.mot").first.click()
    definition = page.locator(".mot-bulle:popover-open")
    assert definition.is_visible()
    assert everywhere(page) == []
    assert definition.is_visible()


@pytest.mark.parametrize(
    ("calculator", "answered"),
    [
        ("quotite", "#net=1500&date=2026-11-30&personnes_a_charge=2"),
        ("delais", ""),  # its answers are looked at in test_deadlines
        ("pieces", ""),  # and these in test_pieces; those of the SBI in test_answer
    ],
)
def test_axe_finds_nothing_in_an_answer_nor_in_faults(
    new_context: Callable[..., BrowserContext], server: str, calculator: str, answered: str
) -> None:
    page = watched(new_context, reduced_motion="reduce")
    if answered:
        open_form(page, server, answered, address=f"calculateurs/{calculator}/")
        expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
        assert everywhere(page) == []
        page = watched(new_context, reduced_motion="reduce")  # another tab: this one would keep the answers
    open_form(page, server, address=f"calculateurs/{calculator}/")
    send(page)
    expect(page.locator(".calc-resume-erreurs").first).to_be_focused()
    assert everywhere(page) == []


def test_axe_finds_nothing_in_what_tells_of_the_site_kept_on_the_device(
    new_context: Callable[..., BrowserContext], site: Path, tmp_path: Path
) -> None:
    """Whole, then with a newer version, then erased."""
    copy_site(site, tmp_path)
    page = watched(new_context, service_workers="allow", reduced_motion="reduce")
    with serving(tmp_path) as server:
        ready(page, server + "confidentialite/")
        panel = page.locator("mode-emploi-appareil")
        expect(panel).to_contain_text("Rien n’est gardé pour l’instant")
        assert everywhere(page) == []
        panel.get_by_role("button", name="Garder tout le site").click()
        expect(panel).to_contain_text("Tout le site est gardé")
        assert everywhere(page) == []

        renew(page, tmp_path)
        expect(page.get_by_role("region", name="Mise à jour du site").get_by_role("status")).not_to_be_empty()
        assert everywhere(page) == []

        panel.get_by_role("button", name="Effacer ce qui est gardé").click()
        expect(panel).to_contain_text("Vous avez choisi de ne rien garder")
        assert everywhere(page) == []


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    ready(page, server + "saisie-compte/")
    page.keyboard.press("Tab")
    page.wait_for_timeout(400)  # it slides in
    here = focused(page)
    assert here["name"] == "Aller au contenu"
    assert here["inView"]
    assert here["marked"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.md-content').contains(document.activeElement)")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_every_stop_of_the_keyboard_is_visible(
    new_context: Callable[..., BrowserContext], server: str, size: dict[str, int]
) -> None:
    page = new_context(viewport=size, reduced_motion="reduce").new_page()
    ready(page, server + "saisie-compte/debiteur/")
    hidden = []
    for _ in range(40):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":
            break
        if not (here["inView"] and here["marked"]):
            hidden.append(here)
    assert hidden == []


def test_the_menu_opens_and_closes_by_keyboard(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ready(page, server + "saisie-compte/debiteur/")
    menu = page.get_by_role("button", name="Menu", exact=True)
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    assert focused(page)["name"] == "Fermer le menu"
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Accueil"
    page.keyboard.press("Escape")
    assert focused(page)["name"] == "Menu"
    assert menu.get_attribute("aria-expanded") == "false"


def test_the_closed_menu_is_out_of_reach(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ready(page, server + "saisie-compte/debiteur/")
    assert page.evaluate("getComputedStyle(document.querySelector('.plan')).visibility") == "hidden"


def test_the_search_opens_and_closes_by_keyboard(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ready(page, server)
    page.get_by_role("button", name="Recherche", exact=True).focus()
    page.keyboard.press("Enter")
    assert focused(page)["name"] == "Rechercher"
    page.keyboard.press("Escape")
    assert focused(page)["name"] == "Recherche"


def test_the_theme_is_chosen_by_keyboard_and_follows_the_device_until_then(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(viewport=WIDE, color_scheme="dark").new_page()
    ready(page, server)
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    assert page.get_by_role("radio", name="Thème automatique").is_checked()
    assert page.get_by_role("radiogroup", name="Thème d’affichage").count() == 1
    page.get_by_role("radio", name="Thème automatique").focus()
    page.keyboard.press("Enter")
    assert (focused(page)["name"], page.evaluate(scheme)) == ("Thème clair", "default")
    page.keyboard.press("ArrowRight")
    assert (focused(page)["name"], page.evaluate(scheme)) == ("Thème sombre", "slate")
    page.reload()
    assert page.evaluate(scheme) == "slate"


def test_no_single_letter_does_anything(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    ready(page, server + "saisie-compte/debiteur/")
    for key in "fs/pn,.":
        page.keyboard.press(key)
        page.wait_for_timeout(150)
        assert page.url == server + "saisie-compte/debiteur/", key
        assert not page.evaluate("document.querySelector('#__search').checked"), key


def test_nothing_moves_for_who_asked_for_no_motion(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    ready(page, server)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          const lasts = (list) => list.split(",").some((time) => parseFloat(time) > 0.001);
          return (style.transitionProperty !== "none" && lasts(style.transitionDuration)) ||
            (style.animationName !== "none" && lasts(style.animationDuration));
        }).map((element) => element.className)"""
    )
    assert moving == []


def test_text_is_large_enough_and_lines_are_not_too_long(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    for size in (WIDE, PHONE):
        page = new_context(viewport=size).new_page()
        ready(page, server + "saisie-compte/")
        pixels, width = page.locator(".md-content p").first.evaluate(
            "p => [parseFloat(getComputedStyle(p).fontSize), p.getBoundingClientRect().width]"
        )
        assert pixels >= 16.8
        assert width / pixels <= 38  # about 75 letters


def test_paper_shows_the_guide_and_nothing_around_it(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=WIDE, color_scheme="dark").new_page()
    ready(page, server + "saisie-compte/debiteur/")
    page.emulate_media(media="print")
    for around in (".md-header", ".md-sidebar--primary", ".md-sidebar--secondary", ".md-footer"):
        assert not page.locator(around).first.is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = "[...document.querySelectorAll('.md-content a')].map(a => getComputedStyle(a, '::after').content)"
    assert set(page.evaluate(printed)) <= {"none", "normal"}


def test_paper_has_the_same_colours_from_either_scheme(new_context: Callable[..., BrowserContext], server: str) -> None:
    colours = """() => {
        const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .flatMap((rule) => [...(rule.style ?? [])]).filter((name) => name.startsWith("--me-"));
        const style = getComputedStyle(document.body);
        return Object.fromEntries([...new Set(names)].map((name) => [name, style.getPropertyValue(name)]));
    }"""
    printed = []
    for scheme in ("light", "dark"):
        page = new_context(viewport=WIDE, color_scheme=scheme).new_page()
        ready(page, server + "saisie-compte/debiteur/")
        page.emulate_media(media="print")
        printed.append(page.evaluate(colours))
    light, dark = printed
    assert len(light) > 30
    assert light == dark


def test_paper_has_the_lists_that_the_reader_opened_and_no_form(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(viewport=WIDE).new_page()
    ready(page, server + "saisie-compte/debiteur/")
    lists = page.locator("details.liste-pieces")
    assert lists.count() > 1
    lists.last.locator("summary").focus()
    page.keyboard.press("Enter")
    page.emulate_media(media="print")
    assert [fold.locator("li").first.is_visible() for fold in lists.all()] == [False] * (lists.count() - 1) + [True]
    assert all(fold.locator("summary").is_visible() for fold in lists.all())
    assert not page.locator(".calc-formulaire").first.is_visible()
    assert page.locator(".calc > [data-zone=methode]").first.is_visible()
    # A letter to copy is part of the guide, folded or not.
    assert page.get_by_text("Je vous demande de mettre ces sommes à ma disposition").is_visible()


def test_without_javascript_the_menu_still_opens(new_context: Callable[..., BrowserContext], server: str) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(server + "saisie-compte/debiteur/")
    page.locator(".md-header label[for=__drawer]").click()
    assert page.locator(".plan").get_by_role("link", name="Accueil", exact=True).is_visible()
