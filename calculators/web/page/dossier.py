"""A dossier as HTML: today, what stays on the account, the steps left, the calendar, the documents, the letters, who.

Everything a file says is put in as text. What the reader does is the script's: each button says what by its
``data-action``, and of which case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words, parse_date
from calculators.dossier.rules import Etat, title_of
from calculators.dossier.words import DONE_ALREADY, contacts, other_rules, step_title, today, when
from calculators.edition import edition_in_words
from calculators.law.pieces import demarches
from calculators.outcome import Answered
from calculators.registry import CALCULATORS
from calculators.sections import NOTICE
from calculators.web.page.dates import timeline
from calculators.web.page.elements import Place, el, extend, heading
from calculators.web.page.pieces import checklist

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from calculators.dossier.document import Cas
    from calculators.dossier.rules import Facts, Pas
    from calculators.law.courriers import Courrier
    from calculators.outcome import Outcome

__all__ = ["dossier_view", "page_of"]

#: The calculators whose page a list of documents is not on: each démarche has one of its own.
_LISTS = "pieces"
_CASES = "Vos calculs"
#: What is on paper alone, and on the screen alone.
_PAPER, _SCREEN = "calc-imprime", "dossier-ecran"
#: The situations in which something must stay on the account.
_SEIZED = frozenset({"saisie-attribution", "compte-bloque", "satd"})


def page_of(one: Cas) -> str:
    """The page where a case is answered, from the root of the site."""
    name, subject = one.sujet
    return f"pieces/{subject}" if name == _LISTS and subject in demarches() else f"calculateurs/{name}"


def dossier_view(facts: Facts, place: Place) -> ET.Element:
    """The whole of it."""
    view = el("div", class_="dossier-vue")
    if facts.dossier.nom:
        view.append(el("p", f"Dossier : {facts.dossier.nom}", class_=_PAPER))
    extend(view, _today(facts, place))
    for title, content in (
        ("Ce qui reste sur le compte", _accounts(facts, place)),
        ("Ce qui reste à faire", _steps(facts, place)),
        ("Le calendrier", [timeline(facts.events)] if facts.events else []),
        ("Vos documents", _documents(facts, place)),
        ("Vos courriers", _letters(facts, place)),
        (
            "À qui s'adresser",
            [el("ul", *(el("li", f"{who}{'' if who.endswith('.') else '.'}") for who in contacts(facts)))],
        ),
        (_CASES, _cases(facts)),
    ):
        if parts := list(content):
            kind = _SCREEN if title == _CASES else None
            view.append(el("section", heading(place.niveau, title), *parts, class_=kind))
    view.append(el("p", edition_in_words(), class_="calc-mention", data_zone="version"))
    view.append(el("p", NOTICE, class_=_PAPER))
    return view


def _today(facts: Facts, place: Place) -> Iterator[ET.Element]:
    lines = el("ul", class_="dossier-jour")
    for line in today(facts):
        item = el("li", el("strong", f"{line.mot} : "), line.texte)
        for page, words in line.pages:
            # On paper a letter keeps its name; the way to a guide is of no use.
            kind = None if "#" in page else _SCREEN
            extend(item, [" ", el("a", words, href=_address(page, place), class_=kind)])
        lines.append(item)
    title = heading(place.niveau, "Aujourd'hui", id=place.id("aujourdhui"), tabindex="-1")
    yield el(
        "section", title, el("p", in_words(facts.today), class_="dossier-date"), lines, class_="dossier-aujourdhui"
    )
    if said := other_rules(facts):
        yield el("p", said, class_="calc-versions")


def _address(page: str, place: Place) -> str:
    path, mark, fragment = page.partition("#")
    return f"{place.page(path.rstrip('/'))}{mark}{fragment}"


def _accounts(facts: Facts, place: Place) -> Iterator[ET.Element]:
    told = facts.answered("sbi")
    for _, outcome in told:
        yield el("p", outcome.result.resume)
    subjects = {facts.dossier.recu, *(one.sujet[1] for one in facts.dossier.cas)}
    if not told and subjects & _SEIZED:
        yield el("p", el("a", CALCULATORS["sbi"].titre, href=place.page("calculateurs/sbi")), class_=_SCREEN)


def _steps(facts: Facts, place: Place) -> Iterator[ET.Element]:
    if facts.steps:
        yield el(
            "ol", *(_step(step, number, facts, place) for number, step in enumerate(facts.steps)), class_="dossier-pas"
        )


def _step(step: Pas, number: int, facts: Facts, place: Place) -> ET.Element:
    over = step.etat is Etat.PASSE
    more = step.action.texte.removeprefix(step.evenement.titre).lstrip(". ") if step.action else ""
    if over:
        more = step.autre_voie
    done = el("span", f" {DONE_ALREADY}", class_=_SCREEN) if over and step.fait else None
    said = el("p", f"{step_title(step)} : {when(step, facts.today)}.", done)
    item = el("li", said, el("p", more) if more else None, data_etat=step.etat.value)
    for letter in step.utiles[:1]:
        link = el("a", letter.titre, href=_address(f"calculateurs/courriers#courrier={letter.nom}", place))
        item.append(el("p", "Courrier : ", link))
    if step.fait:
        name = place.id(f"fait-{number}")
        words = el("label", "C'est fait, le ", el("span", f"({step.evenement.titre})", class_="hors-ecran"), for_=name)
        typed = el(
            "input",
            type="text",
            id=name,
            inputmode="numeric",
            placeholder="JJ/MM/AAAA",
            autocomplete="off",
            class_="calc-saisie calc-saisie--date",
        )
        fault = el("p", class_="calc-erreur", data_zone="erreur", id=f"{name}-erreur", role="alert", hidden=True)
        button = el(
            "button",
            "Noter",
            type="button",
            class_="md-button",
            data_action="fait",
            data_cas=str(step.cas),
            data_question=step.fait,
        )
        item.append(el("div", words, typed, " ", button, fault, class_=f"dossier-fait {_SCREEN}"))
    return item


def _documents(facts: Facts, place: Place) -> Iterator[ET.Element]:
    for number, outcome in facts.answered(_LISTS):
        one = facts.dossier.cas[number]
        yield heading(place.niveau + 1, title_of(one))
        if not outcome.result.pieces:
            yield el("p", outcome.result.resume)
            continue
        beside = Place(place.id(str(number)), place.racine, place.niveau, place.fichier)
        shown = checklist(outcome.result.pieces, beside, outcome.result.depot)
        for box in shown.iter("input"):
            box.set("data-cas", str(number))
            if {box.get("data-piece", ""), *box.get("data-anciens", "").split()} & set(one.coches):
                box.set("checked", "checked")
        yield shown
    if facts.lists:
        links = (el("li", el("a", demarches()[name].titre, href=place.page(f"pieces/{name}"))) for name in facts.lists)
        yield el("p", "Préparez vos pièces : répondez à quelques questions, la liste vient ici.", class_=_SCREEN)
        yield el("ul", *links, class_=_SCREEN)


def _letters(facts: Facts, place: Place) -> Iterator[ET.Element]:
    if facts.letters:
        yield el("ul", *(_letter(letter, facts, place) for letter in facts.letters), class_="dossier-courriers")


def _letter(letter: Courrier, facts: Facts, place: Place) -> ET.Element:
    sent = letter.nom in facts.dossier.courriers
    day = parse_date(facts.dossier.courriers.get(letter.nom, ""))
    name = place.id(f"courrier-{letter.nom}")
    box = el("input", type="checkbox", id=name, checked=sent, data_courrier=letter.nom)
    words = f"Parti le {in_words(day)}" if day else "Parti"
    link = el("a", letter.titre, href=_address(f"calculateurs/courriers#courrier={letter.nom}", place))
    label = el("label", words, el("span", f" : {letter.titre}", class_="hors-ecran"), for_=name)
    return el("li", link, el("div", box, label, class_="piece-nom"))


def _cases(facts: Facts) -> Iterator[ET.Element]:
    if facts.outcomes:
        found = (_case(number, one, outcome) for number, (one, outcome) in enumerate(facts.outcomes))
        yield el("ul", *found, class_="dossier-calculs")


def _case(number: int, one: Cas, outcome: Outcome) -> ET.Element:
    title = title_of(one)
    item = el("li", el("p", el("strong", title)))
    if isinstance(outcome, Answered):
        item.append(el("p", outcome.result.resume))
    else:
        kind = "Pas de réponse pour ce cas" if outcome.hors_couverture else "À compléter"
        faults = el("ul", *(el("li", fault.message) for fault in outcome.erreurs[:3]))
        extend(item, [el("p", f"{kind} :"), faults])
    hidden = el("span", f" : {title}", class_="hors-ecran")
    change = el("button", "Revoir ces réponses", hidden, type="button", class_="md-button", data_action="revoir")
    remove = el(
        "button",
        "Retirer du dossier",
        el("span", f" : {title}", class_="hors-ecran"),
        type="button",
        class_="md-button",
    )
    remove.set("data-action", "retirer")
    for button in (change, remove):
        button.set("data-cas", str(number))
    item.append(el("div", change, " ", remove, class_="calc-suites"))
    return item
