"""A file of many cases answered in the page: as on the command line, on the device, while the page lives."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Error, expect

from calculators.sheets import ods, xlsx
from tests.e2e.test_accessibility import findings
from tests.helpers import PATIENCE, ROOT, copy_site, renew, serving, until
from tests.looks.tour import AXE, PHONE
from tests.sbi_page import fill_in, open_form, result, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page, Route

    from tests.helpers import Faults

ADDRESS = "calculateurs/quotite/"
HEADER = "reference;date;net\r\n"
KINDS = (
    "Société n° 1;2026-11-30;1500,00\r\n"
    '"deux\r\nlignes";2026-11-30;1 500,00 €\r\n'
    "\r\n"
    "faute;hier;\r\n"
    '"ouvert;2026-11-30;1500\r\n'
    "=1+1;30/11/2026;1500"
)
FILES = {
    "marque.csv": ("\ufeff" + HEADER + KINDS).encode(),
    "ancien windows.csv": (HEADER + KINDS).encode("cp1252"),
    "virgules.csv": b'reference,date,net\nA,2026-11-30,"1500,50"\nB,2026-11-30,x\n',
    # More than one piece, cut inside an accent.
    "long.csv": ("date;reference;net\n" + f"2026-11-30;{'Hélène ' * 90};15\n" * 120).encode(),
}


def on_the_command_line(data: bytes, name: str = "quotite") -> bytes:
    command = [sys.executable, "-m", "calculators", name, "--csv", "-"]
    return subprocess.run(command, input=data, capture_output=True, cwd=ROOT, check=False).stdout


def batch(page: Page) -> Locator:
    return page.locator("mode-emploi-lot")


def give(page: Page, name: str, data: bytes) -> None:
    page.get_by_label("Votre fichier CSV, .xlsx ou .ods").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def drop(page: Page, name: str, data: bytes, *, count: int = 1) -> None:
    """Drop files from outside the browser."""
    transfer = page.evaluate_handle(
        """([name, text, count]) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
            for (let i = 0; i < count; i++) transfer.items.add(new File([bytes], name));
            return transfer;
        }""",
        [name, data.decode("latin-1"), count],
    )
    batch(page).locator(".lot-depot label").dispatch_event("drop", {"dataTransfer": transfer})


def saved(page: Page) -> tuple[str, bytes]:
    """Take the result away."""
    link = batch(page).get_by_role("link", name=re.compile("^Enregistrer"))
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_page_gives_the_bytes_of_the_command_line(page: Page, server: str, faults: Faults) -> None:
    open_form(page, server, address=ADDRESS)
    for number, (name, data) in enumerate(FILES.items()):
        (drop if number % 2 else give)(page, name, data)
        expect(batch(page).locator("[data-zone=resultat] p").first).to_be_focused()
        assert saved(page) == (name.replace(".csv", "-resultats.csv"), on_the_command_line(data))
    expect(batch(page)).to_contain_text("120\u00a0lignes calculées, sans erreur.")
    assert [url for url in faults.requests if not url.startswith((server, "blob:", "data:"))] == []
    assert page.evaluate("() => localStorage.length + sessionStorage.length") <= 1  # the theme's own


#: Some pieces long, with lines of all sorts.
LONG = ("reference;date;net\n" + ("A;2026-11-30;1500,50\n" * 40 + "faute;hier;x\n") * 100).encode()
#: As long, without a fault: no line of it asks for the whole runtime, which takes other workers.
SOUND = LONG.replace(b"faute;hier;x", b"B;2026-10-30;1750")


def spare(page: Page, *, cores: int = 2, memory: int = 8) -> None:
    """Give the page a device with so many processors, and gigabytes of memory."""
    told = {"hardwareConcurrency": cores, "deviceMemory": memory}
    script = "Object.defineProperty(Navigator.prototype, '{}', {{ configurable: true, get: () => {} }});"
    page.add_init_script("".join(script.format(name, value) for name, value in told.items()))


def pythons(page: Page) -> list[str]:
    """The workers that run Python now."""
    return [worker.url for worker in page.workers if "/worker-" in worker.url]


def leaves_one(page: Page) -> None:
    """Wait until one worker runs Python."""
    end = time.monotonic() + PATIENCE
    while len(pythons(page)) != 1:
        assert time.monotonic() < end, pythons(page)
        page.wait_for_timeout(25)


def begun(page: Page) -> list[str]:
    """The workers that run Python, as they begin: a list that grows."""
    found: list[str] = []
    page.on("worker", lambda worker: found.append(worker.url) if "/worker-" in worker.url else None)
    return found


def test_two_workers_share_a_long_file_and_one_is_left_at_the_end(page: Page, server: str) -> None:
    spare(page)
    workers = begun(page)
    open_form(page, server, address=ADDRESS)
    give(page, "long.csv", SOUND)
    assert saved(page) == ("long-resultats.csv", on_the_command_line(SOUND))
    assert len(workers) == 2
    leaves_one(page)
    give(page, "fautes.csv", LONG)
    assert saved(page) == ("fautes-resultats.csv", on_the_command_line(LONG))
    expect(batch(page)).to_contain_text(re.compile(r"4\s100\slignes calculées, dont 100 en erreur"))
    leaves_one(page)


@pytest.mark.parametrize(("cores", "memory"), [(1, 8), (8, 2)], ids=["one processor", "little memory"])
def test_a_device_with_nothing_to_spare_has_one_worker(page: Page, server: str, cores: int, memory: int) -> None:
    spare(page, cores=cores, memory=memory)
    workers = begun(page)
    open_form(page, server, address=ADDRESS)
    give(page, "long.csv", LONG)
    assert saved(page)[1] == on_the_command_line(LONG)
    assert len(workers) == 1


def test_without_its_second_worker_the_first_answers_all(page: Page, server: str) -> None:
    """It cannot be started, then it stops in the middle: the same bytes, and nobody is told."""
    spare(page)
    workers = begun(page)
    open_form(page, server, address=ADDRESS)
    give(page, "court.csv", b"date;net\n2026-11-30;1500\n")
    saved(page)
    page.evaluate(
        """() => {
            const { Worker } = globalThis;
            let count = 0;
            globalThis.Worker = function (...given) {
                count += 1;
                if (count === 1) throw new Error("no memory");
                const worker = new Worker(...given);
                // The second one, of the next file, answers a few times and stops.
                const stops = count === 2;
                let replies = 0;
                worker.addEventListener("message", ({ data }) => {
                    replies += Number(data.type === "result");
                    if (stops && replies === 4) worker.dispatchEvent(new ErrorEvent("error", { cancelable: true }));
                });
                return worker;
            };
        }"""
    )
    for count in (1, 2):
        give(page, f"long{count}.csv", SOUND)
        assert saved(page) == (f"long{count}-resultats.csv", on_the_command_line(SOUND))
        assert len(workers) >= count


def test_cancelled_a_file_that_two_share_leaves_one_worker(page: Page, server: str) -> None:
    spare(page)
    open_form(page, server, address=ADDRESS)
    with page.expect_worker(lambda worker: "/worker-" in worker.url):
        give(page, "long.csv", LONG * 40)
    expect(batch(page).get_by_text(re.compile(r"lignes calculées \(\d+\s%\)"))).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(batch(page).get_by_role("status")).to_have_text("Calcul annulé. Rien n’a été gardé.")
    leaves_one(page)
    give(page, "court.csv", b"date;net\n2026-11-30;1500\n")
    assert saved(page)[1] == on_the_command_line(b"date;net\n2026-11-30;1500\n")


def test_one_calendar_for_the_whole_file_is_offered_where_there_are_dates(page: Page, server: str) -> None:
    open_form(page, server, address="calculateurs/delais/")
    header = "reference;situation;role;date_saisie;date_denonciation\n"
    case = "saisie-attribution;debiteur;2035-11-16;2035-11-20\n"
    give(page, "dossiers.csv", f"{header}A;{case}B;{case}".encode())
    link = batch(page).get_by_role("link", name="Un seul agenda pour tout le fichier")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "dossiers-agenda.ics"
    titles = {str(e["SUMMARY"])[:4] for e in Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")}
    assert titles == {"A – ", "B – "}
    give(page, "sans.csv", f"{header}C;rien;;;\n".encode())
    expect(batch(page)).to_contain_text("dont 1 en erreur")
    expect(link).to_have_count(0)


@pytest.mark.parametrize(("name", "kind"), [("Paie.xlsx", xlsx), ("vieux.ODS", ods)])
def test_a_workbook_comes_back_as_a_workbook_and_what_reads_it_comes_then_alone(
    page: Page, server: str, faults: Faults, name: str, kind: Any
) -> None:
    writer = kind.Writer("Paie")
    for line in (["net", "date", "ville"], [Decimal(1500), date(2026, 11, 30), "=1+1"], ["mille", None, None]):
        writer.add(line)
    data = writer.file()
    open_form(page, server, address=ADDRESS)
    give(page, "court.csv", b"date;net\n2026-11-30;1500\n")
    saved(page)

    def asked() -> list[str]:
        return [url for url in faults.requests if "/sheets-" in url]

    assert asked() == []
    for _ in range(2):
        give(page, name, data)
        expect(batch(page)).to_contain_text("2\u00a0lignes calculées, dont 1 en erreur", timeout=120_000)
        expect(batch(page)).to_contain_text("Colonne recopiée sans être lue\u00a0: «\u00a0ville\u00a0».")
        file, content = saved(page)
        assert file == f"{name.partition('.')[0]}-resultats.{kind.ENDING}"
        there, here = (list(kind.Reader(found).lines(0)) for found in (content, on_the_command_line(data)))
        assert there == here
    assert len(asked()) == 1
    assert asked()[0].startswith(server)


def test_without_what_reads_workbooks_the_page_says_what_to_do(page: Page, server: str, faults: Faults) -> None:
    faults.expect("sheets-.*zip")
    open_form(page, server, address=ADDRESS)
    page.route("**/sheets-*/**", lambda route: route.abort())
    give(page, "Paie.xlsx", b"PK\x03\x04")
    expect(batch(page).get_by_role("status")).to_contain_text("enregistrez le classeur au format CSV", timeout=60_000)
    page.unroute_all()
    give(page, "Paie.xlsx", b"PK\x03\x04")
    expect(batch(page)).to_contain_text("Ce classeur est abîmé", timeout=60_000)


def test_a_file_cancelled_while_what_reads_workbooks_comes_is_not_put_again(page: Page, server: str) -> None:
    """Python has one file in mind: put again, it would take the place of the next one."""
    open_form(page, server, address=ADDRESS)
    page.evaluate(
        """() => {
            const { engine } = demarches;
            const { call } = engine;
            globalThis.put = [];
            engine.call = (asked) => {
                put.push(asked.lot?.numero ?? "what reads workbooks");
                return call.call(engine, asked);
            };
        }"""
    )
    held: list[Route] = []
    page.route("**/sheets-*/**", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks the function
    with page.expect_request("**/sheets-*/**"):
        give(page, "Paie.xlsx", b"PK\x03\x04")
    page.get_by_role("button", name="Annuler").click()
    data = b"date;net\n2026-11-30;1500\n"
    give(page, "court.csv", data)
    assert saved(page)[1] == on_the_command_line(data)
    with suppress(Error):  # nobody waits for it any more
        held[0].continue_()
    give(page, "autre.csv", data)
    assert saved(page)[1] == on_the_command_line(data)
    assert page.evaluate("put") == [1, 2, 3]


def test_one_result_is_taken_as_a_text_a_csv_and_json(page: Page, server: str) -> None:
    open_form(page, server, "#date=2026-11-30&net=1500", address=ADDRESS)
    result(page).get_by_text("Enregistrer dans un fichier").first.click()
    found = {}
    for words in ("Texte (.txt)", "Tableur (.csv)", "Données (.json)"):
        with page.expect_download() as download:
            result(page).get_by_role("button", name=words).click()
        found[download.value.suggested_filename] = Path(download.value.path()).read_text("utf-8")
    assert set(found) == {"resultat-quotite.txt", "resultat-quotite.csv", "resultat-quotite.json"}
    assert "234,76" in found["resultat-quotite.txt"]
    assert found["resultat-quotite.csv"].splitlines()[1].startswith("2026-11-30;1500;1500,00;234,76;")
    assert json.loads(found["resultat-quotite.json"])["valeurs"]["saisissable"] == "234.76"


@pytest.mark.parametrize("name", ["sbi", "delais"])
def test_the_model_is_answered_on_the_other_pages(page: Page, server: str, name: str) -> None:
    open_form(page, server, address=f"calculateurs/{name}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="un modèle avec un exemple").click()
    assert download.value.suggested_filename == f"modele-{name}.csv"
    model = Path(download.value.path()).read_bytes()
    give(page, "modele.csv", model)
    assert saved(page)[1] == on_the_command_line(model, name)
    expect(batch(page)).to_contain_text("1\u00a0ligne calculée, sans erreur.")


def test_a_long_file_leaves_the_page_alive_and_stops_at_once(page: Page, server: str) -> None:
    open_form(page, server, address=ADDRESS)
    give(page, "long.csv", ("date;net\n" + "2026-11-30;1500\n" * 200_000).encode())
    bar = page.get_by_role("progressbar", name="Avancement du calcul")
    expect(bar).to_be_visible()
    expect(batch(page).get_by_text(re.compile(r"lignes calculées \(\d+\s%\)"))).to_be_visible()
    # A question of the form comes in between.
    fill_in(page, {"Date de la paie": "30/11/2026", "Montant net versé": "1500"})
    send(page)
    expect(result(page).locator(".calc-phrase")).to_contain_text("234,76")
    expect(bar).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(batch(page).get_by_role("status")).to_have_text("Calcul annulé. Rien n’a été gardé.")
    expect(bar).to_be_hidden()
    expect(page.get_by_label("Votre fichier CSV, .xlsx ou .ods")).to_be_focused()
    # And the next file is answered, from its beginning.
    give(page, "court.csv", b"date;net\n2026-11-30;1500\n")
    assert saved(page)[1] == on_the_command_line(b"date;net\n2026-11-30;1500\n")


def test_a_newer_version_of_the_site_says_first_that_a_file_would_be_lost(
    new_context: Callable[..., BrowserContext], site: Path, tmp_path: Path
) -> None:
    """While it is being answered, and until its result is saved; what is typed in the form comes back by itself."""
    lost = "vous devrez choisir ce fichier de nouveau"
    copy_site(site, tmp_path)
    page = new_context(service_workers="allow").new_page()
    with serving(tmp_path) as server:
        open_form(page, server, address=ADDRESS)
        give(page, "long.csv", ("date;net\n" + "2026-11-30;1500\n" * 200_000).encode())
        renew(page, tmp_path)
        notice = page.get_by_role("region", name="Mise à jour du site")
        told = notice.get_by_role("status")
        expect(told).to_contain_text(lost)
        page.get_by_role("button", name="Annuler").click()
        expect(told).to_have_text(
            "Une version plus récente de ce site est prête. Vos réponses en cours seront reprises."
        )
        give(page, "vide.csv", b"")
        expect(batch(page).get_by_role("group").filter(has_text="Le fichier est vide")).to_be_focused()
        expect(told).not_to_contain_text(lost)
        give(page, "court.csv", b"date;net\n2026-11-30;1500\n")
        expect(told).to_contain_text(lost)
        saved(page)
        expect(told).not_to_contain_text(lost)

        fill_in(page, {"Montant net versé": "1234"})
        # The name of a window outlives the page.
        page.evaluate("navigator.serviceWorker.addEventListener('controllerchange', () => { window.name = 'newer'; })")
        with page.expect_event("load"):
            notice.get_by_role("button", name="Afficher").click()
        assert page.evaluate("window.name") == "newer"
        expect(page.get_by_label("Montant net versé").first).to_have_value("1234")


def test_a_file_that_cannot_be_answered_says_why_and_how_to_mend_it(
    new_context: Callable[..., BrowserContext], server: str
) -> None:
    context = new_context(viewport=PHONE, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = context.new_page()
    open_form(page, server, address=ADDRESS)
    summary = batch(page).get_by_role("group").filter(has_text="Ce fichier ne peut pas être calculé.")
    for data, words in [
        (b"", "Le fichier est vide"),
        (b"%PDF-1.7", "choisissez «\u00a0Enregistrer sous\u00a0»"),
        (b"PK\x03\x04", "Ce classeur est abîmé"),
        (b"<b>nett</b>;x\n", "<b>nett</b>"),
    ]:
        give(page, "fichier.csv", data)
        expect(summary).to_contain_text(words)
        expect(summary).to_be_focused()
    expect(summary.locator("b")).to_have_count(0)
    page.get_by_text("Les colonnes du fichier").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    until(page, "document.body.getAttribute('data-md-color-switching') === null")
    assert findings(page) == []
    drop(page, "deux.csv", b"", count=2)
    expect(batch(page).get_by_role("status")).to_have_text("Déposez un seul fichier à la fois.")
