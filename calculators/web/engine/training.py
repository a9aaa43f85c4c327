"""What is asked of Python at build to learn which functions of the runtime answer: all that the page may ask.

Files are made of the answers, by `node/hot_part.mjs`.
"""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of
from calculators.law import law
from calculators.registry import CALCULATORS
from calculators.web.engine.cases import TODAY, dossiers, forms, requests

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["questions"]

#: Another seed than those of the tests: they ask what was not trained for.
SEED = 20
#: Generated requests: those that follow lead to few functions more.
COUNT = 2500
#: Requests of the page's own forms.
FORMS = 1500
#: Dossiers, made of such cases.
DOSSIERS = 60
#: Where an answer stands in a page, and what the page may be.
_PLACES: tuple[dict[str, Any], ...] = (
    {"prefixe": "calc", "racine": "../../", "niveau": 3, "fichier": "", "adresse": "https://www.exemple.fr/outil/"},
    {"prefixe": "x", "racine": "./", "niveau": 2, "fichier": "index.html", "adresse": ""},
    {"prefixe": "calc", "racine": "", "niveau": 4},
    # Opened by a link that names no version. What compares two is seldom asked, and left to the whole runtime.
    {"lien": {}},
)
_DAYS = (
    "21/11/2026",
    "1er mars 2026",
    "hier",
    "le 3 février",
    "2026-11-20",
    "31/02/2026",
    "20 nov",
    "",
    "é",
    "lundi",
)
_UNREADABLE = (
    "{}",
    "not JSON",
    "",
    "[]",
    "null",
    '{"calculateur": 1}',
    '{"lot": {}}',
    '{"qr": 1}',
    "{" * 2000,
)


#: Whole cases that chance seldom makes: a document whose age counts, a permit decided and then extended.
_CARD = {"demarche": "carte-identite", "motif": "renouvellement", "age": "majeur", "domicile": "propre"}
_PERMIT = {"situation": "urbanisme", "dossier": "permis-maison", "date_depot": "2021-12-20"}
_SELDOM = (
    ("pieces", {**_CARD, "carte_etat": "inconnu", "date_delivrance": "2012-03-05", "delivree_majeur": "inconnu"}),
    ("pieces", {**_CARD, "carte_etat": "inconnu", "date_delivrance": "2004-03-05", "passeport_recent": "oui"}),
    ("pieces", {**_CARD, "date_delivrance": "2019-03-05", "passeport_recent": "non", "acte_en_ligne": "oui"}),
    ("delais", {**_PERMIT, "date_decision": "2022-03-01"}),
    ("delais", {**_PERMIT, "date_decision": "2022-03-01", "prorogations": "2"}),
    ("delais", {**_PERMIT, "date_decision": "2022-03-01", "date_affichage": "2022-03-20"}),
)
#: Days long past, at the end of a February, to come: rules count from them in ways of their own.
_OTHER_DAYS = ("2003-06-01", "2010-06-30", "2014-06-01", "2021-12-20", "2024-02-29", "2026-08-01", "2027-01-31")
#: How many days after that what makes a period begin again may happen.
_LATER = (5, 40, 80, 400, 4000)


def _other_days() -> Iterator[str]:
    """Ask each example again, with one of these days in place of each day that may be given."""
    days = itertools.cycle(_OTHER_DAYS)
    for name, calculator in CALCULATORS.items():
        fields = [field.nom for field in fields_of(calculator.inputs) if field.kind is Kind.DATE]
        for example in (calculator.exemple, *calculator.exemples):
            # Those that the example answers, and one that it does not: with each, all others would make thousands.
            for field in sorted({*fields} & {*example} | {*fields[len(example) % max(len(fields), 1) :][:1]}):
                champs = {**example, field: next(days)}
                yield json.dumps({"calculateur": name, "champs": champs, "aujourdhui": TODAY})


def _each_deadline() -> Iterator[str]:
    """Ask each deadline by itself, on these days; with what makes it begin again, or the hour that it counts from."""
    days = itertools.cycle(map(date.fromisoformat, _OTHER_DAYS))
    for delai in law().delais.values():
        more: list[dict[str, object]] = [{}, {"territoire": "mayotte", "distance": "un_mois"}]
        if delai.interruptions:
            more += [{"interruption": one, "later": later} for one in law().interruptions for later in _LATER]
        if delai.en_heures:
            more += [{"heure": hour, "minute": minute} for hour, minute in (("3", "0"), ("14", "30"), ("23", ""))]
        for given, day in zip(more, days, strict=False):
            champs = {"situation": "un-delai", "delai": delai.cle, "evenement": day.isoformat(), **given}
            if isinstance(later := champs.pop("later", None), int):
                champs["date_interruption"] = (day + timedelta(later)).isoformat()
            yield json.dumps({"calculateur": "delais", "champs": champs, "aujourdhui": TODAY})


def questions() -> Iterator[str]:
    """List the texts that the page may send to Python, good ones and others.

    >>> json.loads(next(questions()))["champs"]
    {}
    """
    for number, place in enumerate(_PLACES):
        for name, calculator in CALCULATORS.items():
            for example in ({}, calculator.exemple, *calculator.exemples):
                day = (TODAY, "2026-01-01", "2019-02-28", TODAY)[number]
                yield json.dumps({"calculateur": name, "champs": dict(example), "aujourdhui": day, **place})
    for name, champs in _SELDOM:
        yield json.dumps({"calculateur": name, "champs": champs, "aujourdhui": TODAY})
    yield from _other_days()
    yield from _each_deadline()
    yield from requests(COUNT, SEED)
    yield from forms(FORMS, SEED)
    yield from dossiers(DOSSIERS, SEED)
    # A QR code is of another size, and of another sort, for each length and each set of letters.
    for length in (1, 20, 45, 90, 150, 250, 400, 600, 900, 1200, 1800, 2300, 3000):
        for letters in ("https://www.exemple.fr/outil/#a=", "0123456789", "ABC $%*+-./:", "é", "漢"):
            yield json.dumps({"qr": (letters * length)[:length]})
    for day in _DAYS:
        yield json.dumps({"jour": day, "aujourdhui": TODAY})
    yield from _UNREADABLE
