"""What a screen reader says of each calculator: its controls in their order, and what is announced meanwhile.

Read in the browser's own accessibility tree: role, name, value, states, description; then the announcements and the
moves of the focus, in the order in which they came. `make listen` shows what changes in it, and keeps it beside the
answers of `tests/approved/`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from playwright.sync_api import expect

from calculators.declaration import to_flat
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS
from tests.approve import FOLDER, HEARD, keep
from tests.browser import driver, launch
from tests.helpers import ROOT, TODAY, serving
from tests.looks.tour import without_search
from tests.sbi_page import SIMPLE_LINK, open_form, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from calculators.result import Calculator


def _example(calculator: Calculator[Any]) -> str:
    """The link to the example that the page of a calculator shows."""
    outcome = ask_calculator(calculator, {"aujourdhui": TODAY.isoformat(), **calculator.exemple})
    assert isinstance(outcome, Answered), f"{calculator.nom}: the first case of `cas` is refused"
    return f"#{urlencode(to_flat(outcome.inputs, texts=False))}"


#: An answer of each calculator, by its link: its example, where no other case says more.
ANSWERED = {name: _example(calculator) for name, calculator in CALCULATORS.items()} | {
    "sbi": SIMPLE_LINK,
    "delais": "#situation=saisie-attribution&role=debiteur&date_saisie=2026-11-16&date_denonciation=2026-11-20",
    "quotite": "#net=1500&date=2026-11-30&personnes_a_charge=2",
    "pieces": "#demarche=passeport&motif=vol",
    "courriers": "#courrier=mairie-certificat",
}

#: What the reader meets, in French; the rest of the tree is its text.
ROLES = {
    "textbox": "champ",
    "combobox": "liste",
    "radio": "choix",
    "checkbox": "case",
    "button": "bouton",
    "link": "lien",
    "heading": "titre",
    "group": "groupe",
    "radiogroup": "groupe",
    "form": "formulaire",
    "region": "partie",
    "alert": "alerte",
    "status": "état",
    "progressbar": "avancement",
    "table": "tableau",
    "DisclosureTriangle": "pli",
    "figure": "figure",
    "image": "image",
}
STATES = {"required": "obligatoire", "disabled": "inactif", "readonly": "lecture seule", "focused": "a le focus"}
#: Python comes in that many milliseconds, even on a loaded machine.
WAIT = 60_000
#: How long the engine takes to come is not the same twice.
WAITING = ("polite : Le calculateur se prépare", "polite : Calcul en cours")


def said(page: Page, selector: str) -> Iterator[str]:
    """What is met in an element, in its order, a line each."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    found = client.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    top = client.send("DOM.describeNode", {"nodeId": found})["node"]["backendNodeId"]
    client.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    first = next(node for node in nodes if node.get("backendDOMNodeId") == top)
    yield from _below(first, by_id, 0)


def _below(node: dict[str, Any], by_id: dict[str, dict[str, Any]], depth: int) -> Iterator[str]:
    line = "" if node.get("ignored") else _line(node)
    if line:
        yield "  " * depth + line
    for child in node.get("childIds", []):
        if child in by_id:
            yield from _below(by_id[child], by_id, depth + bool(line))


def _line(node: dict[str, Any]) -> str:
    role = ROLES.get(node["role"]["value"])
    name = " ".join(node.get("name", {}).get("value", "").split())
    if role is None or (role == "groupe" and not name):
        return ""
    has = {prop["name"]: prop["value"].get("value") for prop in node.get("properties", [])}
    states = [words for state, words in STATES.items() if has.get(state)]
    if "level" in has and role == "titre":
        role += f" {has['level']}"
    if has.get("invalid") not in (None, "false"):
        states.append("erreur")
    if "checked" in has:
        states.append("coché" if has["checked"] == "true" else "non coché")
    if "expanded" in has and role != "liste":
        states.append("ouvert" if has["expanded"] else "fermé")
    value = node.get("value", {}).get("value", "")
    if value and role in ("champ", "liste"):
        states.append(f"vaut « {value} »")
    description = " ".join(node.get("description", {}).get("value", "").split())
    return f"{role} « {name} »{''.join(f', {state}' for state in states)}{f' — {description}' if description else ''}"


def announced(page: Page) -> list[str]:
    """What was announced since the page came, and where the focus went."""
    lines: list[str] = page.evaluate("listen.said")
    return [" ".join(line.split()) for line in lines if not line.startswith(WAITING)]


def listing(browser: Browser, server: str, calculator: str) -> str:
    """The form before anything is typed, the same sent empty, and an answer."""
    parts = []
    address = f"calculateurs/{calculator}/"
    for title, fragment in (("Le formulaire vide", ""), ("Envoyé vide", ""), ("Répondu", ANSWERED[calculator])):
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="fr-FR", timezone_id="Europe/Paris", service_workers="block"
        )
        context.add_init_script(path=ROOT / "tests/looks/listen.js")
        page = context.new_page()
        page.clock.set_fixed_time(TODAY.isoformat())
        open_form(page, server, fragment, address=address)
        part = "mode-emploi-calculateur"
        if title == "Envoyé vide":
            send(page)
            expect(page.locator(".calc-resume-erreurs").first).to_be_focused(timeout=WAIT)
        elif fragment:
            part = "[data-zone=resultat]"
            expect(page.get_by_role("heading", name="Votre résultat")).to_be_focused(timeout=WAIT)
        lines = [*said(page, part), "", "Annoncé, dans l’ordre :", *(announced(page) or ["rien"])]
        parts.append("\n".join([f"# {title}", "", *lines]))
        context.close()
    return "\n\n".join(parts) + "\n"


def listings(browser: Browser, server: str) -> dict[str, str]:
    """The listing of every calculator, by file name."""
    return {f"{name}/{HEARD}": listing(browser, server, name) for name in ANSWERED}


def main(site: Path = ROOT / "site") -> int:
    """Show what changed in what is heard, then keep it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        driver() as playwright,
        serving(without_search(site, Path(folder) / "site")) as server,
    ):
        browser = launch(playwright)
        after = listings(browser, server)
        browser.close()
    before = {name: path.read_text("utf-8") for name in after if (path := FOLDER / name).is_file()}
    return keep(FOLDER, before, after)


if __name__ == "__main__":
    sys.exit(main())
