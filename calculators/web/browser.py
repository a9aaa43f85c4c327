"""The door of the browser: one JSON text in, one JSON text out.

The page's worker calls :func:`answer` and nothing else.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from calculators.declaration import parse, to_flat, unflatten
from calculators.errors import CoverageError, FieldError, InputError
from calculators.registry import get
from calculators.result import to_dict, to_json
from calculators.text import answer_as_text
from calculators.typography import french
from calculators.web.html import Place, errors_summary, result_view, serialise

__all__ = ["answer", "compute"]


def answer(request: str) -> str:
    """Answer one request of the page.

    The request holds ``calculateur``, ``champs`` (flat keys and texts, as typed), ``aujourdhui``, and the place of the answer in the page:
    ``prefixe``, ``racine``, ``niveau``. The reply holds ``ok`` and ``html``; when it is ok also ``texte``, ``fragment`` and ``resultat``;
    otherwise ``erreurs``, each with its field.

    >>> reply = json.loads(answer('{"calculateur": "sbi", "champs": {"solde": "x"}, "aujourdhui": "2026-11-21"}'))
    >>> reply["ok"], [fault["champ"] for fault in reply["erreurs"]]
    (False, ['date_saisie', 'comptes.1.solde'])
    """
    asked = json.loads(request)
    place = Place(asked.get("prefixe", "calc"), asked.get("racine", ""), asked.get("niveau", 3))
    calculator = get(asked["calculateur"])
    try:
        inputs = parse(calculator.inputs, {"aujourdhui": asked["aujourdhui"], **unflatten(asked["champs"])})
        result = calculator.calculate(inputs)
    except InputError as error:
        return _refusal(error.errors, place, refused=False)
    except CoverageError as error:
        return _refusal((FieldError(error.champ, french(error.message)),), place, refused=True)
    reply = {
        "ok": True,
        "html": serialise(result_view(calculator, inputs, result, place)),
        "texte": answer_as_text(calculator, inputs, result),
        "fragment": urlencode(to_flat(inputs)),
        "resultat": to_dict(result),
    }
    return json.dumps(reply, ensure_ascii=False)


def _refusal(faults: tuple[FieldError, ...], place: Place, *, refused: bool) -> str:
    reply: dict[str, Any] = {
        "ok": False,
        "type": "couverture" if refused else "saisie",
        "html": serialise(errors_summary(faults, place, refused=refused)),
        "erreurs": [{"champ": fault.champ, "id": place.id(fault.champ), "message": fault.message} for fault in faults],
    }
    return json.dumps(reply, ensure_ascii=False)


def compute(name: str, data: str) -> str:
    """Answer as the command line does with ``--json``: the text that must be the same on every Python.

    >>> compute("sbi", '{"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20", "solde": "x"}').count("champ")
    1
    """
    calculator = get(name)
    try:
        return to_json(to_dict(calculator.calculate(parse(calculator.inputs, json.loads(data)))))
    except InputError as error:
        faults = error.errors
    except CoverageError as error:
        faults = (FieldError(error.champ, french(error.message)),)
    return to_json({"erreurs": [{"champ": fault.champ, "message": fault.message} for fault in faults]})
