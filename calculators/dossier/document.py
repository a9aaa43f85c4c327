"""A dossier as a file: one JSON document, with its version, read as if a stranger had written it.

A file of a former version is brought up to date, one step a version (:data:`MIGRATIONS`). A newer one, a damaged or a
hostile one is refused whole, with what to do: nothing of it is opened.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of, under
from calculators.edition import edition, read_edition
from calculators.errors import FieldError, InputError
from calculators.outcome import read_json
from calculators.registry import CALCULATORS
from calculators.typed import Misread, read_day
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "FORMAT",
    "MIGRATIONS",
    "MOST_CHARACTERS",
    "VERSION",
    "Cas",
    "Dossier",
    "json_schema",
    "read",
    "read_link",
    "write",
    "write_link",
]

FORMAT = "mode-emploi-demarches/dossier"
VERSION = 3

MOST_CHARACTERS = 200_000
_MOST = {"nom": 80, "reponse": 500, "cas": 30, "reponses": 400, "coches": 200, "courriers": 60}
_QUESTION = r"[a-z][a-z0-9_]{0,60}(\.[1-9][0-9]{0,3}\.[a-z][a-z0-9_]{0,60})?"
_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
#: What turns the order of letters, so that a text does not read as it is written.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Cas:
    """The answers given to one calculator about one subject, as typed, and what is ticked in its list of documents."""

    calculateur: str
    reponses: Mapping[str, str]
    coches: tuple[str, ...] = ()

    @property
    def sujet(self) -> tuple[str, str]:
        """What the case is about: one dossier holds one case of each."""
        asked: str = getattr(CALCULATORS[self.calculateur].inputs, "sujet", "")
        return self.calculateur, self.reponses.get(asked, "")


@dataclass(frozen=True, slots=True)
class Dossier:
    """One matter.

    Attributes:
        nom: what its owner calls it.
        recu: the paper that it began with, as the page « Qu'avez-vous reçu ? » names it.
        cas: what the calculators were told, one case a subject.
        courriers: the letters that left, by name, each with its day as a machine writes it; empty when not known.
        regles: the version of the rules that answered it when it was written, if the file says so. It is no part of
            the matter: what is written has always that of the day.
    """

    nom: str = ""
    recu: str = ""
    cas: tuple[Cas, ...] = ()
    courriers: Mapping[str, str] = field(default_factory=dict)
    regles: str = field(default="", compare=False)


def _refused(sentence: str) -> InputError:
    return InputError([FieldError("dossier", french(sentence))])


def _damaged(where: str) -> InputError:
    return _refused(
        f"Ce fichier est abîmé, ou il a été changé à la main (« {where} »). Rien n'en a été ouvert. Reprenez une copie "
        "du fichier."
    )


# ---------------------------------------------------------------- former versions


def _from_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 held one case a calculator, one list of ticks, and did not know when a letter left."""
    rest = {name: value for name, value in data.items() if name not in {"calculs", "coches"}}
    calculs, ticked = data.get("calculs", {}), data.get("coches", [])
    if not isinstance(calculs, dict) or not isinstance(rest.get("courriers", []), list):
        raise _damaged("calculs")
    cas = [
        {"calculateur": name, "reponses": answers, "coches": ticked if name == "pieces" else []}
        for name, answers in calculs.items()
    ]
    return rest | {"cas": cas, "courriers": dict.fromkeys(map(str, rest.get("courriers", [])), "")}


def _from_2(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 did not say which rules had answered it."""
    return data


#: What brings the file of each former version to the next one.
MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1, 2: _from_2}


# ---------------------------------------------------------------- reading


def read(text: str) -> Dossier:
    """Read the text of a file, or what a link holds.

    Raises:
        InputError: it is not a dossier, it is damaged, too big, or of a newer version of the site.

    >>> read(write(Dossier(nom="Mon compte"))).nom
    'Mon compte'
    """
    if len(text) > MOST_CHARACTERS:
        raise _refused(
            f"Ce fichier est trop gros pour être un dossier : {MOST_CHARACTERS // 1000} 000 caractères au plus. Rien "
            "n'en a été ouvert."
        )
    try:
        data = read_json(text.removeprefix("\ufeff"))
    except InputError:
        raise _refused(
            "Ce fichier n'est pas un dossier, ou il est abîmé. Rien n'en a été ouvert. Choisissez un fichier donné par "
            "« Enregistrer dans un fichier »."
        ) from None
    if data.get("format") != FORMAT:
        raise _refused(
            "Ce fichier n'est pas un dossier de ce site. Choisissez un fichier donné par « Enregistrer dans un "
            "fichier »."
        )
    return _merged(_current(data))


def read_link(text: str) -> Dossier:
    """Read what a link holds: as little trusted as a file, and without a name nor any free text, whoever wrote it.

    Raises:
        InputError: as for :func:`read`.
    """
    dossier = read(text)
    return replace(dossier, nom="", cas=tuple(map(_without_texts, dossier.cas)))


def write_link(dossier: Dossier) -> str:
    """What a link to a dossier holds: neither its name nor what was answered in free words, as in any link of the site.

    >>> read_link(write_link(Dossier(nom="Mme Martin", recu="satd"))) == Dossier(recu="satd")
    True
    """
    bare = replace(dossier, nom="", cas=tuple(map(_without_texts, dossier.cas)))
    data = {name: value for name, value in json.loads(write(bare)).items() if value and name != "$schema"}
    for case in data.get("cas", ()):
        if not case["coches"]:
            del case["coches"]
    return json.dumps(data, separators=(",", ":"))


def _without_texts(one: Cas) -> Cas:
    questions = fields_of(under(CALCULATORS[one.calculateur].inputs))
    columns = [(f"{each.nom}.", column) for each in questions for column in each.colonnes]
    texts = {
        f"{group}{each.nom}" for group, each in [("", each) for each in questions] + columns if each.kind is Kind.TEXTE
    }
    kept = {name: text for name, text in one.reponses.items() if re.sub(r"\.\d+\.", ".", name) not in texts}
    return replace(one, reponses=kept)


def _current(data: dict[str, Any]) -> dict[str, Any]:
    """The same in the current version."""
    version = data.get("version")
    if not isinstance(version, Decimal) or version not in range(1, 1000):
        raise _damaged("version")
    if version > VERSION:
        raise _refused(
            f"Ce fichier vient d'une version plus récente du site (format {version}, celui-ci lit jusqu'au {VERSION}). "
            "Rechargez la page, ou demandez une copie plus récente du site. Le fichier n'a pas été changé."
        )
    for former in range(int(version), VERSION):
        data = MIGRATIONS[former](data)
    return data


def _merged(data: dict[str, Any]) -> Dossier:
    """The document, each part checked; of two cases about one thing, the last."""
    if unknown := data.keys() - {"$schema", "format", "version", "regles", "nom", "recu", "cas", "courriers"}:
        raise _damaged(_shown(min(unknown)))
    cas = {one.sujet: one for one in map(_case, _list(data, "cas"))}
    sent = _table(data.get("courriers", {}), "courriers", _NAME)
    for name, day in sent.items():
        if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            raise _damaged(f"courriers.{name}")
        _checked_day(day, name)
    recu = _text(data.get("recu", ""), "recu", _MOST["nom"])
    if recu and not re.fullmatch(_NAME, recu):
        raise _damaged("recu")
    name = _text(data.get("nom", ""), "nom", _MOST["nom"]).strip()
    rules = _text(data.get("regles", ""), "regles", _MOST["nom"])
    if rules and read_edition(rules) is None:
        raise _damaged("regles")
    return Dossier(name, recu, tuple(cas.values()), sent, rules)


def _checked_day(day: str, name: str) -> None:
    try:
        if day:
            read_day(day)
    except Misread:
        raise _damaged(f"courriers.{name}") from None


def _case(data: object) -> Cas:
    if not isinstance(data, dict) or data.keys() - {"calculateur", "reponses", "coches"}:
        raise _damaged("cas")
    name = data.get("calculateur")
    if not isinstance(name, str) or name not in CALCULATORS:
        raise _damaged("calculateur")
    ticked = _list(data, "coches")
    if not all(isinstance(one, str) and len(one) <= _MOST["nom"] and re.fullmatch(_NAME, one) for one in ticked):
        raise _damaged("coches")
    answers = _table(data.get("reponses"), "reponses", _QUESTION)
    # The day is never the file's: it is asked of the device each time.
    answers.pop("aujourdhui", None)
    return Cas(name, answers, tuple(dict.fromkeys(ticked)))


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list) or len(found) > _MOST[name]:
        raise _damaged(name)
    return found


def _table(data: object, name: str, key: str) -> dict[str, str]:
    """A table of texts, its keys of one form."""
    if not isinstance(data, dict) or len(data) > _MOST[name] or not all(re.fullmatch(key, each) for each in data):
        raise _damaged(name)
    return {each: _text(value, f"{name}.{each}", _MOST["reponse"]) for each, value in data.items()}


def _text(value: object, where: str, most: int) -> str:
    """A text on one line, that reads as it is written."""
    if not isinstance(value, str) or len(value) > most or _TURNING.search(value):
        raise _damaged(where)
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in value):
        raise _damaged(where)
    return value


def _shown(name: str) -> str:
    """A name that nobody chose, as a message may hold it."""
    return "".join(letter for letter in name[:20] if letter.isalnum() or letter in "_-") or "…"


# ---------------------------------------------------------------- writing


def write(dossier: Dossier) -> str:
    """Write it: the same text for the same dossier, on every Python."""
    data = {
        "$schema": "dossier.schema.json",
        "format": FORMAT,
        "version": VERSION,
        "regles": edition().id,
        "nom": dossier.nom,
        "recu": dossier.recu,
        "cas": [
            {"calculateur": one.calculateur, "reponses": dict(one.reponses), "coches": list(one.coches)}
            for one in dossier.cas
        ],
        "courriers": dict(dossier.courriers),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of the current version, as it is published."""

    def text(words: str, most: int, **more: str) -> dict[str, object]:
        return {"description": french(words), "type": "string", "maxLength": most, **more}

    case = {
        "type": "object",
        "additionalProperties": False,
        "required": ["calculateur", "reponses"],
        "properties": {
            "calculateur": {"description": "Le calculateur", "enum": list(CALCULATORS)},
            "reponses": {
                "description": french("Les réponses, telles que tapées, par question : celles de la commande --schema"),
                "type": "object",
                "maxProperties": _MOST["reponses"],
                "propertyNames": {"pattern": f"^{_QUESTION}$"},
                "additionalProperties": {"type": "string", "maxLength": _MOST["reponse"]},
            },
            "coches": {
                "description": "Les pièces cochées, par leur nom stable",
                "type": "array",
                "maxItems": _MOST["coches"],
                "items": {"type": "string", "pattern": f"^{_NAME}$"},
            },
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mon dossier",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "version", "cas"],
        "properties": {
            "$schema": text("Le nom du fichier qui décrit celui-ci", _MOST["reponse"]),
            "format": {"description": "Toujours le même", "const": FORMAT},
            "version": {"description": "La version du format", "const": VERSION},
            "regles": text("La version des règles qui ont répondu, le jour où le fichier a été écrit", _MOST["nom"]),
            "nom": text("Le nom donné au dossier ; vide s'il n'en a pas", _MOST["nom"]),
            "recu": text("Le papier par lequel il a commencé ; vide s'il n'est pas dit", _MOST["nom"]),
            "cas": {
                "description": "Ce que les calculateurs ont appris : un cas par sujet",
                "type": "array",
                "maxItems": _MOST["cas"],
                "items": case,
            },
            "courriers": {
                "description": french("Les courriers partis, par nom ; leur jour, vide s'il n'est pas connu"),
                "type": "object",
                "maxProperties": _MOST["courriers"],
                "propertyNames": {"pattern": f"^{_NAME}$"},
                "additionalProperties": {"type": "string", "pattern": r"^(\d{4}-\d\d-\d\d)?$"},
            },
        },
    }
