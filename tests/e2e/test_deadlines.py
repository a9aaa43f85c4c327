"""The deadlines in a real browser: one date, a whole situation, open points, and what the reader takes away."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests import sbi_page
from tests.e2e.test_accessibility import everywhere, findings, watched
from tests.helpers import SPARES_DATA
from tests.looks.tour import AXE, PHONE
from tests.sbi_page import fill_in, result, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

ADDRESS = "calculateurs/delais/"
open_form = partial(sbi_page.open_form, address=ADDRESS)

#: The case of the Cassation ruling of 4 June 2020.
RULING = "#situation=un-delai&delai=saisie-attribution.contestation&evenement=2016-03-09"
SEIZED = "#situation=saisie-attribution&role=debiteur&date_saisie=2026-11-16&date_denonciation=2026-11-20"


#: Where two pictures differ, outside some lines: from the left, from the top, to the bottom.
CHANGED = """async ([before, after, first, last]) => {
  const pixels = await Promise.all([before, after].map(async (bytes) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${bytes}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  }));
  const [{ data, width }, { data: now }] = pixels;
  let [left, top, bottom] = [Infinity, Infinity, -Infinity];
  for (let at = 0; at < data.length; at += 4) {
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    // The header, above, changes its title when the page has scrolled.
    if (y > 60 && (y < first || y > last) && data[at] !== now[at]) {
      [left, top, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return [left, top, bottom];
}"""


def answered(page: Page) -> Locator:
    """Wait for the answer: the first one waits for Python itself."""
    shown = result(page)
    expect(shown.locator(".calc-phrase")).to_be_visible()
    return shown


def choose(page: Page, words: str) -> None:
    """Choose the situation."""
    page.get_by_label("Que voulez-vous calculer").select_option(label=words)


def test_the_long_list_is_narrowed_by_the_words_of_the_reader_and_chosen_by_keyboard(page: Page, server: str) -> None:
    page.add_init_script(path=AXE)
    page.set_viewport_size(PHONE)
    open_form(page, server)
    choose(page, "Un autre délai de la liste")
    chosen = page.get_by_label("Quel délai")
    every = chosen.locator("option:not([hidden])").count()
    words = page.get_by_label("Cherchez dans cette liste avec vos mots")
    words.focus()
    for typed, found in [
        ("le permis d'un voisin", "urbanisme.recours-tiers"),
        ("amende", "satd.contestation"),
        ("garrant", "surendettement.caution-observations"),
        ("dossier refusé par la banque de France", "surendettement.recours-recevabilite"),
    ]:
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        assert chosen.locator(f"option[value='{found}']:not([hidden])").count() == 1
        assert chosen.locator("option:not([hidden])").count() < every / 3
    expect(page.locator("mode-emploi-filtre").get_by_role("status")).to_contain_text("trouvé")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_value("surendettement.recours-recevabilite")
    words.fill("zzz")
    expect(page.locator("mode-emploi-filtre").get_by_role("status")).to_contain_text("Aucun délai trouvé")
    expect(chosen).to_have_value("surendettement.recours-recevabilite")
    words.fill("")
    expect(chosen.locator("option:not([hidden])")).to_have_count(every)
    assert findings(page) == []


def test_a_letter_of_the_commission_asks_only_what_it_needs(page: Page, server: str) -> None:
    page.add_init_script(path=AXE)
    page.set_viewport_size(PHONE)
    page.goto(f"{server}surendettement/lettres/")
    page.get_by_label("J’ai des dettes").check()
    expect(page.get_by_label("Date où le facteur a présenté la lettre")).to_be_hidden()
    page.get_by_label("Où en est votre dossier").select_option("mesures")
    expect(page.get_by_label("Date de cette signature")).to_be_hidden()
    page.get_by_role("radiogroup", name="L’avis de réception").get_by_label("Oui").check()
    expect(page.get_by_label("Date de cette signature")).to_be_visible()
    page.get_by_role("radiogroup", name="L’avis de réception").get_by_label("Non", exact=True).check()
    fill_in(page, {"Date où le facteur a présenté la lettre": "26/11/2026"})
    send(page)
    said = answered(page).locator(".calc-phrase")
    expect(said).to_contain_text("au plus tard le samedi 26\u00a0décembre 2026")
    assert findings(page) == []


def test_one_deadline_is_counted_day_by_day(page: Page, server: str) -> None:
    open_form(page, server)
    expect(page.get_by_label("Date de la saisie")).to_be_hidden()
    expect(page.get_by_label("Quel délai")).to_be_hidden()
    choose(page, "Un autre délai de la liste")
    groups = page.get_by_label("Quel délai").locator("optgroup")
    assert groups.count() >= 5
    page.get_by_label("Quel délai").select_option("saisie-attribution.contestation")
    fill_in(page, {"Date de l’événement": "09/03/2016"})
    send(page)
    answered(page)
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    expect(result(page).locator(".calc-phrase")).to_have_text("Le délai finit le lundi 11\u00a0avril 2016, à minuit.")
    expect(page).to_have_url(f"{server}{ADDRESS}")
    months = result(page).get_by_role("table", name=re.compile("2016"))
    expect(months).to_have_count(2)
    april = months.filter(has_text="Avril 2016")
    expect(april.get_by_role("cell", name=re.compile("^9 .*compté n° 31, samedi"))).to_be_visible()
    expect(april.get_by_role("cell", name=re.compile("^10 .*non compté, dimanche"))).to_be_visible()
    expect(april.get_by_role("cell", name=re.compile("^11 .*échéance"))).to_be_visible()
    expect(result(page).get_by_text("Jours fériés rencontrés")).to_contain_text("lundi 28\u00a0mars 2016")
    expect(result(page).locator("summary", has_text="Article 642 du CPC").first).to_be_visible()


def test_a_situation_says_what_is_next_then_all_its_dates(page: Page, server: str) -> None:
    page.clock.set_fixed_time("2026-11-21T10:00:00+01:00")
    open_form(page, server, SEIZED)
    expect(answered(page).locator(".calc-phrase")).to_have_text(
        "Prochaine date pour vous\u00a0: contester la saisie devant le juge de l’exécution, au plus tard le lundi "
        "21\u00a0décembre 2026 (dans 30 jours)."
    )
    points = result(page).locator("ol.calc-frise-liste > li")
    expect(result(page).locator(".calc-frise-autres > summary")).to_contain_text("Les dates des autres")
    days = points.locator("time").evaluate_all("(times) => times.map(({ dateTime }) => dateTime)")
    assert days == sorted(days)
    expect(result(page).locator(".calc-frise-image text")).to_have_count(len(days))
    expect(points.nth(0)).to_contain_text("Saisie entre les mains de la banque")
    expect(points.nth(0)).to_contain_text("passée")
    headings = result(page).get_by_role("heading").all_inner_texts()
    assert headings.index("Que faire maintenant") < headings.index("Le calendrier")

    ask = result(page).locator(".calc-a-faire li").filter(has_text="Réclamer à la banque")
    expect(ask).to_contain_text("maintenant")
    expect(ask).not_to_contain_text("au plus tard")


def test_good_friday_gives_both_dates_and_the_safe_one(page: Page, server: str) -> None:
    open_form(page, server)
    choose(page, "Une durée que je donne moi-même")
    fill_in(page, {"Date de l’événement": "03/03/2026"})
    page.locator("[name=duree]").fill("1")
    page.get_by_label("De quoi").select_option("mois")
    page.get_by_label("Où le délai court-il").select_option("alsace_moselle")
    expect(page.get_by_role("radiogroup", name="La commune a-t-elle un temple")).to_be_visible()
    send(page)
    expect(answered(page).locator(".calc-valeurs [data-valeur=date_sure]")).to_have_text("3\u00a0avril 2026")
    expect(result(page).locator(".calc-valeurs [data-valeur=au_plus_tard]")).to_have_text("7\u00a0avril 2026")
    readings = result(page).locator(".calc-lecture")
    expect(readings).to_have_count(2)
    expect(readings.filter(has_text="n’est pas férié dans la commune")).to_have_class(re.compile("prudente"))

    page.get_by_role("radiogroup", name="La commune a-t-elle un temple").get_by_label("Oui").check()
    send(page)
    expect(result(page).locator(".calc-valeurs [data-valeur=echeance]")).to_have_text("7\u00a0avril 2026")


def test_the_dates_go_to_the_reader_s_own_calendar(page: Page, server: str) -> None:
    page.clock.set_fixed_time("2026-11-21T10:00:00+01:00")
    page.add_init_script(SPARES_DATA)  # the whole runtime is not fetched ahead
    open_form(page, server, SEIZED)
    answered(page)
    button = page.get_by_role("button", name="Ajouter à mon agenda (.ics)")
    expect(button).to_be_visible()
    page.context.set_offline(True)
    with page.expect_download() as download:
        button.press("Enter")
    page.context.set_offline(False)
    assert download.value.suggested_filename == "dates-a-retenir.ics"
    expect(page.get_by_text("Fichier enregistré")).to_be_visible()

    events = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    shown = result(page).locator("ol.calc-frise-liste > .calc-frise-point--echeance")
    assert len(events) == shown.count()
    (contest,) = [event for event in events if "contestation" in str(event["UID"])]
    assert contest.decoded("DTSTART") == date(2026, 12, 21)
    assert [a.decoded("TRIGGER").days for a in contest.walk("VALARM")] == [-7, -1]


def test_a_date_may_be_picked_in_the_device_s_calendar(page: Page, server: str) -> None:
    open_form(page, server)
    choose(page, "Un avis du médecin du travail")
    asked = page.locator("[data-champ=date_avis]")
    typed = asked.locator("input[name=date_avis]")
    typed.fill("05/11/2026")
    button = asked.get_by_role("button", name="Choisir dans un calendrier")
    assert button.evaluate("(button) => parseFloat(getComputedStyle(button).borderTopWidth)") > 0
    typed.evaluate("(field) => field.scrollIntoView({ block: 'center' })")
    place = typed.bounding_box()
    assert place is not None
    button.hover()
    before = page.screenshot()
    button.click()
    calendar = asked.locator("input[type=date]")
    assert calendar.bounding_box() == place
    # The device's calendar opens against the field: above it or below it.
    shots = [b64encode(picture).decode() for picture in (before, page.screenshot())]
    # The button now has the focus, and the line around it.
    first, last = place["y"] - 8, place["y"] + place["height"] + 8
    left, top, bottom = page.evaluate(CHANGED, [*shots, first, last])
    assert abs(left - place["x"]) <= 8
    assert min(abs(bottom - first), abs(top - last)) <= 8
    expect(calendar).to_have_value("2026-11-05")
    calendar.evaluate(
        "(input) => { input.value = '2026-11-12'; input.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    expect(typed).to_have_value("12/11/2026")
    expect(typed).to_be_focused()


def test_all_by_keyboard(page: Page, server: str) -> None:
    open_form(page, server)
    asked = page.get_by_label("Que voulez-vous calculer")
    asked.focus()
    # By the arrows: what is typed in a list is forgotten when a busy machine puts a second between two letters.
    for _ in range(asked.locator("option").count()):
        if asked.input_value() != "avis-medecin":
            page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("05/11/2026")
    page.keyboard.press("Enter")
    answered(page)
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    expect(result(page).locator("[data-valeur='avis-medecin.contestation']").first).to_have_text(
        re.compile("20\u00a0novembre 2026")
    )


@pytest.mark.parametrize("link", [RULING, SEIZED], ids=["one", "all"])
def test_dates_are_accessible_and_fit(new_context: Callable[..., BrowserContext], server: str, link: str) -> None:
    page = watched(new_context, reduced_motion="reduce")
    open_form(page, server, link)
    answered(page)
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    assert everywhere(page) == []


def test_the_answer_prints_with_its_timeline_and_months(page: Page, server: str) -> None:
    open_form(page, server, RULING)
    answered(page)
    page.emulate_media(media="print")
    expect(result(page).locator(".calc-frise-image")).to_be_visible()
    expect(result(page).locator(".calc-mois").first).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter à mon agenda (.ics)")).to_be_hidden()
    expect(page.locator("form.calc-formulaire")).to_be_hidden()


@pytest.mark.parametrize("builder", ["", "zensical_"], ids=["mkdocs", "zensical"])
def test_the_guides_show_the_timeline_of_an_example(page: Page, request: pytest.FixtureRequest, builder: str) -> None:
    server = request.getfixturevalue(f"{builder}server")
    page.goto(f"{server}saisie-compte/creancier/")
    example = page.locator(".exemple", has=page.locator(".calc-frise"))
    expect(example.locator(".calc-frise-liste > li").first).to_contain_text("Saisie entre les mains de la banque")
    for guide in ("debiteur", "creancier"):
        page.goto(f"{server}saisie-compte/{guide}/")
        calculator = page.locator("mode-emploi-calculateur[data-calculateur=delais]")
        expect(calculator.locator(f"[name=role][value={guide}]")).to_be_checked()
    page.goto(f"{server}{ADDRESS}")
    expect(page.locator("form.calc-formulaire")).to_be_visible()


def test_on_a_page_with_two_calculators_an_address_is_answered_by_the_one_it_is_about(page: Page, server: str) -> None:
    """Both ask for the date of the seizure."""
    page.goto(f"{server}saisie-compte/debiteur/#date_saisie=2026-11-20&solde=1000&creance=500")
    sbi, delais = (page.locator(f"mode-emploi-calculateur[data-calculateur={name}]") for name in ("sbi", "delais"))
    answer = sbi.locator("[data-zone=resultat]")
    expect(answer).to_contain_text("348,31")
    expect(answer).to_be_visible()  # the guide folds this calculator: a link to its answer opens it
    expect(delais.locator("[name=date_saisie]")).to_have_value("")
    expect(delais.locator("[data-zone=erreurs]")).to_be_empty()
