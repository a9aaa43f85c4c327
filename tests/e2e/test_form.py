"""The form of a calculator in a real browser: questions, rows, faults, and what happens when there is no engine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.helpers import SPARES_DATA, settle, until
from tests.sbi_page import SIMPLE, fill_in, open_form, result, send, shows_amounts, status

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.helpers import Faults

STATE = "() => demarches.engine.state.state"
FOCUSED = "() => document.activeElement.id"
#: A wage that came after the seizure, in a link.
LATER = "&sommes.1.nature=salaire&sommes.1.montant=900&sommes.1.date_credit=2026-11-25"


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("radiogroup", name=question).get_by_label(answer, exact=True).check()


# ---------------------------------------------------------------- questions that depend on others


def test_questions_appear_when_the_other_answers_call_for_them(page: Page, server: str) -> None:
    open_form(page, server)
    joint_debt = page.get_by_role("radiogroup", name="Les deux titulaires du compte joint doivent-ils")
    gains = page.get_by_role("radiogroup", name="Le compte joint reçoit-il les gains")
    choice = page.get_by_role("radiogroup", name="Que choisit l’époux")
    month = page.get_by_label("Ses gains et salaires du mois précédant")
    expect(joint_debt).to_be_hidden()

    choose(page, "Compte joint", "Oui")
    expect(joint_debt).to_be_visible()
    expect(choice).to_be_hidden()
    choose(page, "Le compte joint reçoit-il les gains", "Oui")
    choose(page, "Que choisit l’époux", "Comparer les deux")
    expect(month).to_be_visible()

    # A debt of the household is owed by both spouses: nothing is asked of the wages of the one who did not sign.
    debt = "Pour quoi cette dette est-elle née"
    choose(page, debt, "Le ménage ou les enfants : loyer, énergie, cantine, soins…".replace(" :", "\u00a0:"))
    for question in (gains, choice, month):
        expect(question).to_be_hidden()
    choose(page, debt, "Je ne sais pas")
    expect(month).to_be_visible()

    # A question that is no longer asked counts with its default, whatever it held: those that hang on it go too.
    choose(page, "Les deux titulaires du compte joint doivent-ils", "Oui")
    for question in (gains, choice, month):
        expect(question).to_be_hidden()
    choose(page, "Les deux titulaires du compte joint doivent-ils", "Non")
    expect(month).to_be_visible()
    choose(page, "Qui doit l’argent", "Une société ou une association")
    for question in (joint_debt, choice, month, page.get_by_label("Où habite la personne saisie")):
        expect(question).to_be_hidden()


def test_a_condition_on_a_row_looks_at_that_row_first(page: Page, server: str) -> None:
    open_form(page, server)
    for _ in range(2):
        page.get_by_role("button", name="Ajouter une somme reçue").click()
    parts = page.get_by_label("Part protégée de ce montant")
    page.get_by_label("D’où vient cette somme").nth(1).select_option("salaire")
    expect(parts.nth(0)).to_be_hidden()
    expect(parts.nth(1)).to_be_visible()


def test_hidden_answers_are_not_sent(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    choose(page, "Une autre banque est-elle saisie", "Oui")
    choose(page, "Quelle banque doit laisser le SBI", "Il est partagé entre les banques")
    fill_in(page, {"Part du SBI que cette banque doit laisser": "n’importe quoi"})
    choose(page, "Une autre banque est-elle saisie", "Non")
    send(page)
    shows_amounts(page, "651,69", "348,31")


# ---------------------------------------------------------------- rows


def test_rows_are_added_removed_and_numbered_again(page: Page, server: str) -> None:
    open_form(page, server)
    add = page.get_by_role("button", name="Ajouter un compte")
    rows = page.locator("[data-champ=comptes] [data-ligne]")
    remove = page.get_by_role("button", name=re.compile("Retirer compte"))
    expect(remove).to_have_count(0)  # one account at least

    fill_in(page, {"Solde le jour de la saisie": "100"})
    add.click()
    assert page.evaluate(FOCUSED) == "sbi-comptes-2-libelle"
    add.click()
    expect(rows).to_have_count(3)
    for number in (2, 3):
        page.locator(f"#sbi-comptes-{number}-solde").fill(f"{number}00")
    page.locator("#sbi-comptes-3-type-epargne").check()

    page.get_by_role("button", name="Retirer compte 2").click()
    expect(add).to_be_focused()
    expect(page.locator("mode-emploi-calculateur .hors-ecran[role=status]")).to_have_text(
        "Ligne retirée\u00a0: compte 2."
    )
    expect(rows.locator("legend .calc-numero")).to_have_text(["Compte 1", "Compte 2"])
    expect(page.locator("#sbi-comptes-2-solde")).to_have_value("300")
    expect(page.get_by_label("Solde le jour de la saisie").nth(1)).to_have_value("300")
    expect(page.locator("[name='comptes.2.type'][value=epargne]")).to_be_checked()
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
        )
        == []
    )

    page.get_by_role("button", name="Retirer compte 1").click()
    expect(page.locator("#sbi-comptes-1-solde")).to_have_value("300")
    expect(remove).to_have_count(0)


def test_two_accounts_are_answered_one_by_one(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    page.get_by_role("button", name="Ajouter un compte").click()
    page.locator("#sbi-comptes-2-solde").fill("250,50")
    send(page)
    shows_amounts(page, "651,69", "500,00")
    expect(result(page).get_by_role("table", name="Compte par compte").get_by_role("row")).to_have_count(3)


def test_no_more_rows_than_the_calculator_reads(page: Page, server: str) -> None:
    open_form(page, server)
    add = page.get_by_role("button", name="Ajouter un compte")
    for _ in range(19):
        add.click()
    expect(add).to_be_hidden()
    page.get_by_role("button", name="Retirer compte 20").click()
    expect(add).to_be_visible()


# ---------------------------------------------------------------- faults


def test_faults_are_summed_up_and_said_beside_their_fields(page: Page, server: str) -> None:
    open_form(page, server)
    title = page.title()
    fill_in(page, {"Date de la saisie": "31/02/2026"})
    send(page)

    summary = page.get_by_role("group", name="2 réponses sont à corriger")
    expect(summary).to_be_focused()
    assert page.title() == f"Erreur\u00a0: {title}"
    date = page.get_by_label("Date de la saisie")
    expect(date).to_have_attribute("aria-invalid", "true")
    expect(date).to_have_accessible_description(re.compile("Erreur\u00a0: .*le 31 février 2026 n’existe pas"))
    expect(date).to_have_value("31/02/2026")

    summary.get_by_role("link", name=re.compile("Solde")).click()
    assert page.evaluate(FOCUSED) == "sbi-comptes-1-solde"
    assert "#" not in page.url

    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    expect(summary).to_be_hidden()
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    assert page.title() == title


def test_faults_hide_the_former_answer(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    shows_amounts(page, "651,69", "348,31")
    fill_in(page, {"Date de la saisie": ""})
    send(page)
    expect(page.get_by_role("group", name="Une réponse est à corriger")).to_be_focused()
    expect(result(page)).to_be_hidden()


def test_a_faulty_choice_can_be_reached(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    choose(page, "Une autre banque est-elle saisie", "Oui")
    send(page)
    page.get_by_role("link", name=re.compile("Quelle banque doit laisser le SBI")).click()
    assert page.evaluate(FOCUSED) == "sbi-designation"
    question = page.get_by_role("radiogroup", name="Quelle banque doit laisser le SBI")
    expect(question).to_have_attribute("aria-invalid", "true")


def test_a_day_before_the_law_is_refused_in_words(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, {**SIMPLE, "Date de la saisie": "01/01/2001"})
    send(page)
    expect(page.get_by_role("group", name="Nous ne pouvons pas répondre pour ce cas")).to_be_focused()
    expect(result(page)).to_be_hidden()


# ---------------------------------------------------------------- the engine


def test_nothing_of_python_is_fetched_before_the_form_is_touched(
    new_context: Callable[..., BrowserContext], server: str, faults: Faults
) -> None:
    page = new_context().new_page()
    page.add_init_script(SPARES_DATA)
    page.clock.install()
    open_form(page, server)
    page.mouse.wheel(0, 600)
    rest(page)
    assert page.evaluate(STATE) == "idle"
    assert [url for url in faults.requests if "/engine/" in url] == []
    page.get_by_label("Date de la saisie").focus()
    until(page, "() => demarches.engine.state.state === 'ready'")


def rest(page: Page) -> None:
    """Let the time go by after which a reader who does not save data gets the engine."""
    settle(page)
    page.clock.run_for(5000)


def test_the_engine_starts_while_the_reader_rests_on_the_form(page: Page, server: str) -> None:
    page.clock.install()
    open_form(page, server)
    rest(page)
    assert page.evaluate(STATE) != "idle"
    until(page, "() => demarches.engine.state.state === 'ready'")


def test_a_page_without_calculator_never_fetches_python(page: Page, server: str, faults: Faults) -> None:
    page.clock.install()
    page.goto(server)
    rest(page)
    assert [url for url in faults.requests if "/engine/" in url] == []


def test_the_wait_is_told_in_a_few_words(page: Page, server: str) -> None:
    open_form(page, server)
    page.evaluate(
        """() => {
            globalThis.said = [];
            const line = document.querySelector("[data-zone=etat]");
            new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true });
            const bar = document.querySelector("progress");
            globalThis.barSeen = false;
            new MutationObserver(() => { barSeen ||= !bar.hidden; }).observe(bar, { attributes: true });
        }"""
    )
    fill_in(page, SIMPLE)
    page.keyboard.press("Enter")
    shows_amounts(page, "651,69", "348,31")
    said: list[str] = page.evaluate("said")
    assert said[0].startswith(("Le calculateur se prépare", "Calcul en cours")), said
    assert len(said) <= 8, said
    assert said[-1] == ""
    expect(page.locator("mode-emploi-calculateur progress")).to_be_hidden()


def test_the_last_of_two_questions_is_the_one_answered(page: Page, server: str) -> None:
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    fill_in(page, {"Solde le jour de la saisie": "700"})
    send(page)
    send(page)
    shows_amounts(page, "651,69", "48,31")
    expect(page.get_by_text("Résultat à recalculer.")).to_be_hidden()


def test_the_focus_is_not_taken_from_a_reader_who_goes_on_typing(page: Page, server: str) -> None:
    held: list[Route] = []
    page.route("**/engine/worker-*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright counts its parameters
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    page.get_by_label("Nom du compte").fill("Compte courant")
    for route in held:
        route.continue_()
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_label("Nom du compte")).to_be_focused()
    expect(status(page)).to_have_text("Votre résultat est affiché sous le formulaire.")
    expect(page.get_by_text("Résultat à recalculer.")).to_be_visible()


def not_found(route: Route) -> None:
    route.fulfill(status=404, body="")


def test_without_engine_the_method_by_hand_is_offered_and_another_try(page: Page, server: str, faults: Faults) -> None:
    faults.expect("404")
    page.route("**/worker-*.mjs", not_found)
    open_form(page, server)
    fill_in(page, SIMPLE)
    send(page)
    expect(status(page)).to_contain_text("Le calculateur n’a pas pu démarrer.")
    expect(page.get_by_label("Date de la saisie")).to_have_value("20/11/2026")

    page.get_by_role("button", name="Faire le calcul à la main").click()
    expect(page.get_by_text("Notez le solde de chaque compte")).to_be_visible()
    expect(page.locator("[data-zone=methode] summary")).to_be_focused()

    page.unroute("**/worker-*.mjs")
    page.get_by_role("button", name="Réessayer").click()
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_role("button", name="Réessayer")).to_be_hidden()


def test_a_browser_without_webassembly_is_told_so(
    new_context: Callable[..., BrowserContext], server: str, faults: Faults
) -> None:
    faults.expect("")
    page = new_context().new_page()
    page.route("**/*.wasm", lambda route: route.abort())
    open_form(page, server)
    send(page)
    expect(status(page)).to_contain_text("Le calculateur n’a pas pu démarrer.")
    expect(page.get_by_role("button", name="Faire le calcul à la main")).to_be_visible()
    assert "Traceback" not in page.locator("body").inner_text()


def test_an_exception_of_python_is_never_shown(page: Page, server: str) -> None:
    open_form(page, server)
    page.evaluate("() => { document.querySelector('mode-emploi-calculateur').dataset.calculateur = 'inconnu'; }")
    fill_in(page, SIMPLE)
    send(page)
    expect(status(page)).to_contain_text("Le calcul n’a pas abouti.")
    assert "Traceback" not in page.locator("body").inner_text()


# ---------------------------------------------------------------- addresses that lead to the form


@pytest.mark.parametrize(
    "fragment",
    [
        "#suite",
        "#__proto__=1&constructor=2&toString=3",
        "#inconnu=<b>gras</b>&autre=%3Cscript%3E",
        "#=&&&==",
        "#comptes=5&comptes.x.solde=1&comptes.0.solde=1&comptes.1.inconnu=1",
    ],
)
def test_a_fragment_that_is_not_about_the_form_is_left_alone(page: Page, server: str, fragment: str) -> None:
    page.add_init_script(SPARES_DATA)
    open_form(page, server, fragment)
    expect(page.get_by_label("Date de la saisie")).to_have_value("")
    # A place of the page says nothing; what looks like answers is named, as text.
    expect(status(page)).to_contain_text("Rien de ce lien n’a été compris" if "=" in fragment else "")
    expect(status(page).locator("b, script")).to_have_count(0)
    assert page.evaluate("() => location.hash") == page.evaluate("(f) => new URL(f, location).hash", fragment)
    assert page.evaluate(STATE) == "idle"


@pytest.mark.parametrize(
    "fragment",
    [
        "#date_saisie=2026-11-20&" + "&".join(f"comptes.{n}.solde=1" for n in range(1, 10_001)),
        "#solde=" + "9" * 500_000,
        "#solde=1000&mesure=inconnue",
    ],
    ids=["10 000 rows", "a long number", "an unknown choice"],
)
def test_a_hostile_fragment_fills_what_it_can_and_computes_nothing(page: Page, server: str, fragment: str) -> None:
    page.add_init_script(SPARES_DATA)
    open_form(page, server, fragment)
    expect(status(page)).to_contain_text("Une partie du lien n’a pas été comprise")
    assert page.locator("[data-champ=comptes] [data-ligne]").count() <= 20
    assert page.evaluate(STATE) == "idle"
    expect(result(page)).to_be_hidden()


@pytest.mark.parametrize(
    "rewritten",
    [
        "?date_saisie=2026-11-20&solde=1000&creance=500",
        "#date_saisie%3D2026-11-20%26solde%3D1000%26creance%3D500",
        "#date_saisie%253D2026-11-20%2526solde%253D1000%2526creance%253D500",
        "#date_saisie=2026-11-20&amp;solde=1000&amp;creance=500",
        "#DATE_SAISIE=2026-11-20&Solde=1000&creance=500).",
        "#date_saisie=2026-11-20&solde=1000&creance=500>,",
        "#date_saisie=20%2520novembre%25202026&solde=1%20000%2C00&creance=500%20%E2%82%AC",
        "#%23date_saisie=20/11/2026&mesure=Saisie-attribution&solde=1000&creance=500",
        "%23date_saisie=2026-11-20&solde=1000&creance=500",
    ],
)
def test_a_link_that_others_rewrote_is_read(page: Page, server: str, rewritten: str, faults: Faults) -> None:
    if rewritten.startswith("%23"):  # no page has that name: the site's page that says so leads to the right one
        faults.expect("404")
    page.goto(f"{server}calculateurs/sbi/{rewritten}")
    shows_amounts(page, "651,69", "348,31")
    assert "?" not in page.url
    assert page.url.partition("#")[2].startswith("date_saisie=")


def test_what_a_link_says_that_is_not_understood_is_named_beside_the_rest(page: Page, server: str) -> None:
    open_form(page, server, "#date_saisie=2026-11-20&solde=1000&montant=5&territoire=atlantide")
    expect(status(page)).to_contain_text("«\u00a0montant=5\u00a0», «\u00a0territoire=atlantide\u00a0».")
    expect(page.get_by_label("Solde le jour de la saisie")).to_have_value("1000")
    expect(result(page)).to_be_hidden()
    # Half encoded, half not, and none of it known: nothing is filled, and nothing is dropped without a word.
    page.evaluate("location.hash = '#datesaisie%3D2026-11-20&montan=5'")
    expect(status(page)).to_contain_text(
        "Rien de ce lien n’a été compris\u00a0: «\u00a0datesaisie=2026-11-20\u00a0», «\u00a0montan=5\u00a0»."
    )


def test_a_date_typed_in_words_is_written_whole_and_calls_for_what_depends_on_it(page: Page, server: str) -> None:
    open_form(
        page, server, address="calculateurs/delais/", fragment="#situation=saisie-attribution&date_saisie=2026-11-02"
    )
    summons = page.locator("[name=date_assignation]")
    told = page.get_by_label("Date où le commissaire de justice a été prévenu")
    expect(told).to_be_hidden()
    summons.fill("lundi 23 nov. 26")
    summons.press("Tab")
    expect(summons).to_have_value("23/11/2026")
    expect(told).to_be_visible()
    summons.fill("un lundi")
    summons.press("Tab")
    expect(told).to_be_hidden()
    send(page)
    expect(summons).to_have_accessible_description(
        re.compile("Erreur\u00a0: .*«\u00a0un lundi\u00a0» n’est pas une date")
    )


def test_bad_escapes_in_a_link_end_as_a_fault_to_mend(page: Page, server: str) -> None:
    open_form(page, server, "#date_saisie=%E0%A4%A&solde=%%%&creance=<b>5</b>")
    expect(page.get_by_role("group", name="3 réponses sont à corriger")).to_be_focused()
    expect(page.get_by_label("Somme réclamée")).to_have_value("<b>5</b>")
    assert page.locator("mode-emploi-calculateur b").count() == 0


def test_text_of_a_link_is_not_shown_as_words_of_the_site_and_text_typed_is_only_text(page: Page, server: str) -> None:
    name = "<img src=x onerror=alert(1)>"
    fragment = f"#date_saisie=2026-11-20&comptes.1.libelle={name}&comptes.1.solde=10&comptes.2.solde=20"
    open_form(page, server, fragment.replace(" ", "+"))
    accounts = result(page).get_by_role("table", name="Compte par compte")
    expect(accounts).to_contain_text("Compte 1")
    expect(page.get_by_label("Nom du compte").first).to_have_value("")
    assert "onerror" not in page.locator("main").inner_text()
    assert "onerror" not in page.url

    fill_in(page, {"Nom du compte": name})
    send(page)
    expect(accounts).to_contain_text(name)
    assert "onerror" not in page.url
    assert page.locator("mode-emploi-calculateur img").count() == 0


# ---------------------------------------------------------------- without JavaScript, on a phone


def test_without_javascript_the_rules_the_example_and_the_method_are_there(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}calculateurs/sbi/")
    expect(page.get_by_role("button", name="Calculer", exact=True)).to_be_disabled()
    note = page.locator(".calc > noscript .calc-note")
    expect(note).to_contain_text("Sans JavaScript, le formulaire ne calcule pas.")
    expect(page.get_by_role("button", name="Ajouter un compte")).to_be_hidden()
    page.get_by_text("Un exemple déjà calculé").click()
    expect(page.locator(".calc-exemple .calc-phrase").first).to_contain_text("651,69\u00a0€")
    page.get_by_text("Faire le calcul à la main").click()
    expect(page.get_by_text("Notez le solde de chaque compte")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_targets_are_large_enough_on_a_phone(
    new_context: Callable[..., BrowserContext], server: str, scheme: str
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme).new_page()
    open_form(page, server)
    page.get_by_role("button", name="Ajouter une somme reçue").click()
    page.get_by_role("button", name="Ajouter un compte").click()
    small: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll(".calc-formulaire :is(button, select, [type=text], .calc-option label)")]
            .filter((element) => element.checkVisibility())
            .map((element) => [element.textContent.trim() || element.id, element.getBoundingClientRect().height])
            .filter(([, height]) => height < 43.5)"""
    )
    assert small == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


# ---------------------------------------------------------------- what is no fault


def test_a_wage_that_came_after_the_seizure_is_good_news_and_is_taken_away_by_a_button(page: Page, server: str) -> None:
    open_form(page, server, f"#date_saisie=2026-11-20&solde=1000&creance=500{LATER}")
    told = page.get_by_role("group", name="Bonne nouvelle")
    expect(told).to_be_focused()
    expect(told).to_contain_text("versée après la saisie du 20\u00a0novembre 2026\u00a0: la saisie ne la touche pas")
    expect(page).to_have_title(re.compile("^Bonne nouvelle\u00a0: "))
    assert "erreur" not in page.locator("mode-emploi-calculateur").inner_text().lower()
    assert page.locator("[aria-invalid]").count() == 0

    told.get_by_role("button", name="Retirer cette ligne et calculer").press("Enter")
    shows_amounts(page, "651,69", "348,31")
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused()
    expect(page.get_by_label("Montant reçu")).to_have_count(0)
    expect(page).not_to_have_title(re.compile("Bonne nouvelle"))
