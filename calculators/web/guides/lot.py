"""Where a page answers a whole file of questions: see calculators/web/js/lot/lot.mjs for how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from calculators.declaration import Kind, fields_of
from calculators.lot import columns, model
from calculators.lot.kinds import MOST_BYTES, MOST_LINES
from calculators.web.guides.dropped import drop_zone, progress
from calculators.web.guides.tree import unsearched
from calculators.web.page.elements import Place, el, extend

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from calculators.declaration import Field
    from calculators.result import Calculator

__all__ = ["batch_view"]

_ACCEPTED = ".csv,.txt,.xlsx,.xlsm,.ods,text/csv,text/plain"
_HOW = "Choisissez-le, ou déposez-le ici. Il reste sur votre appareil."
_LIMITS = (
    f"Un classeur (.xlsx, .ods) a {f'{MOST_LINES:_}'.replace('_', ' ')} lignes et {MOST_BYTES >> 20} Mo au plus. "
    "Un CSV peut être plus long."
)


def batch_view(calculator: Calculator[Any]) -> ET.Element:
    """The place to drop a CSV or a workbook, a file to begin with, and the columns it may have."""
    place = Place(f"lot-{calculator.nom}")
    every = ";".join(columns(calculator)) + "\r\n"
    drop = drop_zone(place, "Votre fichier CSV, .xlsx ou .ods", f"{_HOW} {_LIMITS}", accepted=_ACCEPTED)
    drop.set("hidden", "")
    noscript = "Sans JavaScript, la page ne peut pas lire votre fichier. Le modèle et les colonnes restent utiles."
    return el(
        "div",
        el("noscript", el("p", noscript, class_="calc-note")),
        el(
            "p",
            "Pour commencer : ",
            _file(f"modele-{calculator.nom}.csv", model(calculator), "un modèle avec un exemple"),
            ", ou ",
            _file(f"colonnes-{calculator.nom}.csv", every, "un fichier vide avec toutes les colonnes"),
            ".",
        ),
        el(
            "mode-emploi-lot",
            drop,
            progress("Avancement du calcul"),
            el("p", role="status", class_="calc-etat", data_zone="annonce"),
            el("div", data_zone="resultat"),
            data_calculateur=calculator.nom,
        ),
        el(
            "details",
            el("summary", "Les colonnes du fichier"),
            unsearched(
                el(
                    "ul",
                    *(el("li", el("code", name), f" : {words}. ", what) for name, words, what in _columns(calculator)),
                )
            ),
            class_="calc-pli",
        ),
        class_="lot",
    )


def _file(name: str, text: str, words: str) -> ET.Element:
    """A link to a small file that the page itself holds: it works without a server and without JavaScript."""
    return el("a", words, href=f"data:text/csv;charset=utf-8,{quote(text)}", download=name)


def _columns(calculator: Calculator[Any]) -> Iterator[tuple[str, str, ET.Element | str]]:
    """Name of each column, the question it answers, and what it may hold."""
    yield "reference", "votre propre repère, recopié et jamais lu", "Un texte."
    for field in fields_of(calculator.inputs):
        if field.question.cache:
            continue
        if field.kind is not Kind.LIGNES:
            yield field.nom, _plain(field), _possible(field)
            continue
        named = {column.nom: column for column in field.colonnes}
        for short, template in field.question.abrege.items():
            column = named[next(name for name, fixed in template.items() if fixed is None)]
            yield short, f"{_plain(column)}, quand il n'y en a qu'un", _possible(column)
        for column in field.colonnes:
            yield (
                f"{field.nom}.1.{column.nom}",
                f"{_plain(column)} (le premier ; .2., .3. pour les suivants)",
                _possible(column),
            )


def _plain(field: Field) -> str:
    """A question as the words of a list."""
    return field.question.label.removesuffix("…").removesuffix("?").strip()


def _possible(field: Field) -> ET.Element | str:
    match field.kind:
        case Kind.DATE:
            return "Une date : 20/11/2026 ou 2026-11-20."
        case Kind.MONTANT:
            return "Un montant en euros : 1234,56."
        case Kind.NOMBRE:
            return "Un nombre entier."
        case Kind.OUI_NON:
            return "Oui ou non."
        case Kind.CHOIX:
            found = el("span", "Un de ces mots : ")
            for option in field.options:
                extend(found, [", " if len(found) else None, el("code", option.valeur)])
            return found
        case _:
            return "Un texte."
