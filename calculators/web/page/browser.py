"""The door of the browser: one JSON text in, one JSON text out.

The page's worker calls :func:`answer` and nothing else.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from calculators.calendar import parse_date
from calculators.carry import carried
from calculators.declaration import conditions, to_flat, unflatten
from calculators.dossier import as_text, opened, to_dict, write, write_link
from calculators.dossier.words import file_name as name_of_dossier
from calculators.errors import InputError
from calculators.ics import calendar_file, file_name, reference_of
from calculators.letters.layout import blocs_of, laid_out
from calculators.lot import Stream, one_case
from calculators.lot.dates import Dates
from calculators.lot.kinds import is_workbook
from calculators.lot.shared import Shared, read_answer, write_answer
from calculators.lot.table import Table
from calculators.outcome import Answered, Refused, ask_calculator, read_json
from calculators.registry import CALCULATORS, get
from calculators.result import to_json
from calculators.text import answer_as_text, dated
from calculators.typed import Misread, read_day
from calculators.typography import french
from calculators.versions import Etat, mark_of, read_mark, reopened
from calculators.web.page.answer import result_view
from calculators.web.page.dossier import dossier_view, page_of
from calculators.web.page.elements import Place, serialise
from calculators.web.page.form import errors_summary
from calculators.web.page.library import learn
from calculators.web.page.pieces import share, without_address
from calculators.web.page.versions import reopened_view, unsaid

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence
    from datetime import date

    from calculators.outcome import Outcome
    from calculators.result import Calculator

    class _Workbook(Protocol):
        """`calculators.sheets.Workbook`, by another name: what is named goes into the browser with the rest."""

        done: int
        faulty: int
        read: int
        waiting: bool
        ending: str

        def feed(self, data: bytes, *, last: bool) -> None: ...

        def advance(self, most: int) -> None: ...

        def notices(self) -> list[str]: ...

        def file(self) -> bytes: ...


__all__ = ["answer", "compute"]

_LONGEST_ADDRESS = 1000
#: Lines of a file answered by one call: a fraction of a second, so that the page's other questions come in between.
_SLICE = 50
#: The file being answered, by its number in the page: one at a time.
_files_open: dict[int, tuple[Stream | Shared | _Workbook, Dates | None]] = {}


def answer(request: str) -> str:  # noqa: PLR0911  # one a kind of request
    """Answer one request of the page.

    The request holds ``calculateur``, ``champs`` (flat keys and texts, as typed), ``aujourdhui``, the place of the
    answer in the page (``prefixe``, ``racine``, ``niveau``, ``fichier``) and the page's own ``adresse``, empty when
    others cannot open it; ``lien``, what the link that asks says of the answer it was made from, when a link asks.
    The reply holds ``ok`` and ``html``; when it is ok also ``texte``, ``fragment``, ``marque`` (what a link made now
    says of this answer), ``resultat``, ``tableur`` (the case as a CSV) and ``fichiers`` (name, type and text of each);
    otherwise ``erreurs``, each with its field.
    When it is ok, ``repris`` is what the other forms of the tab need not ask: see :mod:`calculators.carry`; ``sujet``,
    the question that says what the case is about, if there is one.

    Other requests hold nothing but ``qr``, an address whose QR code is wanted as ``html``; or ``courrier``, the parts
    of a letter as the reader left it, and its ``titre``, wanted as the ``feuille`` that a word processor shows
    (:mod:`calculators.letters.layout`); or ``dossier``, a dossier as its file has it, wanted as the page shows one: see
    :func:`_dossier`; or ``jour``, a date typed in any way, wanted as the form shows one, and ``aujourdhui``; or
    ``lot``, the next piece of a file: see :func:`_batch`; or ``rangs``, rows of a file that two Pythons share; or
    ``bibliotheque``, what it takes to read workbooks or to check files, and its ``nom``: see
    :func:`calculators.web.page.library.learn`; or ``depot``, what is asked of files to check: see
    :mod:`calculators.files.door`.

    >>> reply = json.loads(answer('{"calculateur": "sbi", "champs": {"solde": "x"}, "aujourdhui": "2026-11-21"}'))
    >>> reply["ok"], [fault["champ"] for fault in reply["erreurs"]]
    (False, ['date_saisie', 'comptes.1.solde'])
    """
    asked = json.loads(request)
    if "lot" in asked or "dossier" in asked:
        reply = _batch(asked, **asked["lot"]) if "lot" in asked else _dossier(asked, asked["dossier"])
        return json.dumps(reply, ensure_ascii=False)
    if "rangs" in asked:
        return json.dumps({"ok": True, "reponses": _rows(**asked)}, ensure_ascii=False)
    if "bibliotheque" in asked:
        learn(asked["bibliotheque"], Path(f"/{asked['nom']}.zip"))
        return json.dumps({"ok": True})
    if "depot" in asked:
        return json.dumps(_deposit(asked["depot"]), ensure_ascii=False)
    if "courrier" in asked:
        sheet = laid_out(tuple(blocs_of(asked["courrier"])), asked.get("titre", ""))
        return json.dumps({"ok": True, "feuille": asdict(sheet)}, ensure_ascii=False)
    if "qr" in asked:
        return json.dumps({"html": serialise(share(asked["qr"], "Ce code ouvre cette adresse"))})
    if "jour" in asked:
        return json.dumps({"jour": _whole_day(asked["jour"], parse_date(asked["aujourdhui"]))})
    place = Place(
        asked.get("prefixe", "calc"), asked.get("racine", ""), asked.get("niveau", 3), asked.get("fichier", "")
    )
    calculator = get(asked["calculateur"])
    outcome = ask_calculator(calculator, {**unflatten(asked["champs"]), "aujourdhui": asked["aujourdhui"]})
    if isinstance(outcome, Refused):
        summary = errors_summary(calculator, outcome.erreurs, place, refused=outcome.hors_couverture)
        reply = {"ok": False, "html": serialise(summary), **outcome.to_dict()}
    else:
        fragment = urlencode(to_flat(outcome.inputs, texts=False))
        mark = urlencode(mark_of(outcome, asked["aujourdhui"]))
        reply = {
            "ok": True,
            "html": serialise(_view(outcome, place, asked, f"{fragment}&{mark}")),
            "texte": dated(answer_as_text(calculator, outcome.inputs, outcome.result)),
            "fragment": fragment,
            "marque": mark,
            "resultat": outcome.to_dict(),
            "tableur": one_case(to_flat(outcome.inputs), outcome.result),
            "fichiers": _files(outcome, parse_date(asked["aujourdhui"])),
            "repris": {"titre": french(calculator.titre), "reponses": _carried(outcome)},
            "sujet": getattr(calculator.inputs, "sujet", ""),
        }
    return json.dumps(reply, ensure_ascii=False)


def _whole_day(text: str, today: date | None) -> str:
    """A date as the form shows one; nothing when it is none: the answer says why, once asked for."""
    try:
        return f"{read_day(text, today).jour:%d/%m/%Y}"
    except Misread:
        return ""


def _dossier(asked: dict[str, Any], text: str) -> dict[str, Any]:
    """Open a dossier on a day; ``lien``: it came by a link.

    The reply holds ``html``, ``document`` (the file, in the current version), ``lien`` (what a link to it holds), its
    ``titre``, its ``nom`` for a file, ``texte`` to be copied, ``agenda`` (what is still to be done; empty when nothing
    is), and of each case its ``page``, its ``erreurs``, and ``repris``, what the other forms of the tab need not ask.
    When the file cannot be used, ``erreurs`` say why, and nothing of it is given back.
    """
    try:
        facts = opened(text, read_day(asked["aujourdhui"]).jour, link=asked.get("lien", False))
    except InputError as error:
        faults = [{"champ": e.champ, "message": e.message} for e in error.errors]
        return {"ok": False, "calculateur": "dossier", "erreurs": faults}
    place = Place("dossier", asked.get("racine", ""), asked.get("niveau", 2), asked.get("fichier", ""))
    return {
        "ok": True,
        "html": serialise(dossier_view(facts, place)),
        "document": write(facts.dossier),
        "lien": write_link(facts.dossier),
        "titre": facts.dossier.nom,
        "nom": name_of_dossier(facts),
        "texte": as_text(facts),
        "agenda": facts.calendar(),
        "resultat": to_dict(facts),
        "cas": [
            {
                "calculateur": one.calculateur,
                "page": page_of(one),
                "erreurs": [] if isinstance(outcome, Answered) else [fault.message for fault in outcome.erreurs],
                "repris": {
                    "titre": french(get(one.calculateur).titre),
                    "reponses": _carried(outcome) if isinstance(outcome, Answered) else [],
                },
            }
            for one, outcome in facts.outcomes
        ],
    }


def _batch(
    asked: dict[str, Any],
    numero: int,
    octets: str,
    *,
    debut: bool,
    fin: bool,
    ensemble: bool = False,
    reponses: Sequence[Any] = (),
) -> dict[str, Any]:
    """Take a piece of the file ``numero``, a character a byte, and answer some of its lines.

    While the reply says ``attend``, lines remain to be answered before another piece is sent. ``perdu``: this Python
    knows nothing of that file. ``manque``: it is a workbook, and what reads them has not come yet. The last reply has
    the notices, ``avis``, and for a workbook its answer, ``fichier``, a character a byte. ``agenda``: what these lines
    add to the one calendar of the file, when its answers hold dates to put in one.

    ``ensemble``: the page has another Python ask some of the lines. The reply may then hold ``rangs``, the rows to be
    asked, here or there, and what tells of them, ``colonnes``: see :func:`_rows`. The next request has the
    ``reponses`` to all of them, in their order.
    """
    if debut:
        _files_open.clear()
        calculator, today = get(asked["calculateur"]), parse_date(asked["aujourdhui"])
        dates = Dates(today) if calculator.agenda and today else None
        opened = _opened(calculator, asked["aujourdhui"], octets, dates, shared=ensemble)
        if opened is None:
            return {"ok": False, "manque": True, "erreurs": []}
        _files_open[numero] = (opened, dates)
    if numero not in _files_open:
        return {"ok": False, "perdu": True, "erreurs": []}
    opened, dates = _files_open[numero]
    stream = opened.stream if isinstance(opened, Shared) else opened
    try:
        if octets or (fin and not opened.waiting):
            stream.feed(octets.encode("latin-1"), last=fin)
        text = _advanced(opened, reponses)
    except InputError as error:
        _files_open.clear()
        return {"ok": False, "erreurs": [{"champ": e.champ, "message": e.message} for e in error.errors]}
    reply: dict[str, Any] = {
        "ok": True,
        "texte": text,
        "lignes": stream.done,
        "fautes": stream.faulty,
        "lus": stream.read,
        "attend": opened.waiting,
        "agenda": dates.taken() if dates else "",
    }
    if isinstance(opened, Shared) and opened.rows:
        reply |= {"rangs": opened.rows, "colonnes": opened.table.columns}
    if fin and not opened.waiting:
        _files_open.clear()
        reply["avis"] = stream.notices()
        reply["agenda"] += dates.end() if dates else ""
        if not isinstance(stream, Stream):
            reply["fichier"] = stream.file().decode("latin-1")
            reply["extension"] = stream.ending
    return reply


def _advanced(opened: Stream | Shared | _Workbook, found: Sequence[Any]) -> str:
    """Answer some more lines; give the text of those that are."""
    if isinstance(opened, Shared):
        return opened.advance(2 * _SLICE, [read_answer(data) for data in found])
    if isinstance(opened, Stream):
        return opened.answers(_SLICE)
    opened.advance(_SLICE)
    return ""


def _rows(calculateur: str, colonnes: Sequence[str], aujourdhui: str, rangs: Sequence[Sequence[str]]) -> list[Any]:
    """What these rows of a table of such columns are answered."""
    table = _table(calculateur, tuple(colonnes), aujourdhui)
    return [write_answer(table.ask(row)) for row in rangs]


@lru_cache(maxsize=1)
def _table(calculateur: str, colonnes: tuple[str, ...], aujourdhui: str) -> Table:
    return Table(get(calculateur), colonnes, aujourdhui)


def _deposit(asked: dict[str, Any]) -> dict[str, Any]:
    """Check a file that the worker put where the door looks for it; ``manque``: what does has not come yet."""
    try:
        door = importlib.import_module("calculators.files.door")
    except ModuleNotFoundError:
        return {"ok": False, "manque": "files"}
    told: dict[str, Any] = door.answer(asked)
    return told


def _opened(
    calculator: Calculator[Any], today: str, beginning: str, dates: Dates | None, *, shared: bool
) -> Stream | Shared | _Workbook | None:
    """What answers a file that begins so; nothing when it is a workbook that cannot be read yet.

    A file whose dates go into one calendar is not shared: the calendar wants the whole of each answer.
    """
    heard = dates.add if dates else None
    if not is_workbook(beginning[:4].encode("latin-1")):
        return Shared(calculator, today) if shared and not heard else Stream(calculator, today, heard)
    try:
        sheets = importlib.import_module("calculators.sheets")
    except ModuleNotFoundError:
        return None
    opened: _Workbook = sheets.Workbook(calculator, today, heard)
    return opened


def _carried(answered: Answered) -> list[dict[str, Any]]:
    return [
        {
            "nom": f"{told.calculateur} {told.champ}",
            "valeur": told.valeur,
            "parmi": told.parmi,
            "quand": conditions(told.quand),
        }
        for told in carried(answered.calculator, answered.inputs, CALCULATORS.values())
    ]


def _files(answered: Answered, today: date | None) -> list[dict[str, str]]:
    calendar = calendar_file(answered.inputs, answered.result, today=today) if today else ""
    name = file_name(reference_of(answered.inputs))
    return [{"nom": name, "type": "text/calendar", "contenu": calendar}] if calendar else []


def _view(outcome: Answered, place: Place, asked: dict[str, Any], fragment: str) -> ET.Element:
    """The answer, and what became of it since its link was made.

    A list of documents also has the QR code of its own address, for a sheet or a letter.
    """
    address: str | None = asked.get("adresse")
    view = result_view(outcome.inputs, outcome.result, place, outcome.comparison)
    today = parse_date(asked["aujourdhui"])
    if isinstance(asked.get("lien"), dict) and today:
        link = reopened(outcome, unflatten(asked["champs"]), read_mark(asked["lien"], today), today.isoformat())
        if link.etat is Etat.SANS:
            view.append(unsaid(link))
        elif link.is_news:
            view.insert(1, reopened_view(link, place))
    if outcome.result.pieces and address is not None and len(address) + len(fragment) < _LONGEST_ADDRESS:
        view.append(share(f"{address}#{fragment}") if address else without_address())
    return view


def compute(name: str, data: str) -> str:
    """Answer as the command line does with ``--json``: the text that must be the same on every Python.

    >>> compute("sbi", '{"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20", "solde": "x"}').count("champ")
    1
    """
    outcome: Outcome
    try:
        outcome = ask_calculator(get(name), read_json(data))
    except InputError as error:
        outcome = Refused(name, error.errors, hors_couverture=False)
    return to_json(outcome.to_dict())
