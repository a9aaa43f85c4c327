"""The data that others may take: lists of documents, dated values and periods of the law, each with its JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.checklist import Demarche, PiecesInputs, requested
from calculators.declaration import conditions, fields_of
from calculators.law import law
from calculators.law.pieces import pieces
from calculators.money import plain
from calculators.result import piece_to_dict, to_json
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from calculators.law import Article

__all__ = ["CONTENTS", "LICENCE", "documents", "write_data"]

#: Under which licence the data are given: said in each file, and in the page that leads to them.
LICENCE = "Licence Ouverte / Open Licence 2.0 (Etalab)"

#: The published files, each with what it holds.
CONTENTS = {
    "pieces": "Les démarches, leurs questions, les pièces et ce qui les appelle",
    "valeurs": "Les montants datés, avec leurs textes",
    "delais": "Les délais de la loi, avec leurs articles",
}
_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_GRADE = {"enum": ["A", "B", "C"]}
_ARTICLES = {"type": "array", "items": {"$ref": "#/$defs/reference"}}
_REFERENCE = {"type": "object", "required": ["titre", "lien"], "properties": {"titre": _TEXT, "lien": _TEXT}}


def _articles(articles: tuple[Article, ...]) -> list[dict[str, str]]:
    return [{"titre": french(article.citation), "lien": article.lien} for article in articles]


def _pieces(day: date) -> dict[str, Any]:
    fields = [field for field in fields_of(PiecesInputs) if not field.question.cache]
    return {
        "demarches": [{"id": demarche.value, "nom": french(demarche.label)} for demarche in Demarche],
        "questions": [
            {
                "nom": field.nom,
                "question": french(field.question.label),
                "aide": french(field.question.aide),
                "quand": conditions(field),
                "reponses": [{"valeur": o.valeur, "texte": french(o.label)} for o in field.options],
            }
            for field in fields
        ],
        "pieces": [
            {
                **piece_to_dict(requested(piece, day)),
                "demarche": piece.demarche,
                "quand": [{name: list(answers) for name, answers in case.items()} for case in piece.quand],
                "verifie_le": piece.verifie_le.isoformat(),
                "remplace": list(piece.remplace),
            }
            for piece in pieces().values()
        ],
    }


def _values() -> dict[str, Any]:
    return {
        "series": [
            {
                "cle": series.cle,
                "intitule": french(series.intitule),
                "unite": series.unite,
                "articles": _articles(series.articles),
                "valeurs": [
                    {
                        "en_vigueur_du": value.en_vigueur_du.isoformat(),
                        "montant": plain(value.montant),
                        "texte": french(value.texte),
                        "certitude": value.certitude.value,
                        "verifie_le": value.verifie_le.isoformat(),
                    }
                    for value in series.valeurs
                ],
            }
            for series in law().series.values()
        ]
    }


def _periods() -> dict[str, Any]:
    return {
        "delais": [
            {
                "cle": delai.cle,
                "intitule": french(delai.intitule),
                "duree": french(delai.in_words()),
                "articles": _articles(delai.articles),
                "certitude": delai.certitude.value,
                "verifie_le": delai.verifie_le.isoformat(),
            }
            for delai in law().delais.values()
        ]
    }


def _list_of(**properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(**properties), "minItems": 1}


def _object(**properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": dict(properties),
    }


_CASE = {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT, "minItems": 1}}
_CASES = {"type": "array", "items": _CASE, "minItems": 1}
_BODIES: dict[str, dict[str, Any]] = {
    "pieces": {
        "demarches": _list_of(id=_TEXT, nom=_TEXT),
        "questions": _list_of(
            nom=_TEXT,
            question=_TEXT,
            aide=_TEXT,
            quand=_CASES,
            reponses={"type": "array", "items": _object(valeur=_TEXT, texte=_TEXT)},
        ),
        "pieces": _list_of(
            id={"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            code=_TEXT,
            niveau={"enum": ["requis", "selon_le_cas", "a_confirmer"]},
            document=_TEXT,
            condition=_TEXT,
            pourquoi=_TEXT,
            forme=_TEXT,
            anciennete=_TEXT,
            ou_l_obtenir=_TEXT,
            aupres_de=_TEXT,
            source=_TEXT,
            references=_ARTICLES,
            certitude=_GRADE,
            adresse=_TEXT,
            demarche=_TEXT,
            quand=_CASES,
            verifie_le=_DAY,
            remplace={"type": "array", "items": _TEXT},
        ),
    },
    "valeurs": {
        "series": _list_of(
            cle=_TEXT,
            intitule=_TEXT,
            unite=_TEXT,
            articles=_ARTICLES,
            valeurs=_list_of(en_vigueur_du=_DAY, montant=_TEXT, texte=_TEXT, certitude=_GRADE, verifie_le=_DAY),
        )
    },
    "delais": {
        "delais": _list_of(
            cle=_TEXT, intitule=_TEXT, duree=_TEXT, articles=_ARTICLES, certitude=_GRADE, verifie_le=_DAY
        )
    },
}
_TITLES = {"pieces": "Listes de pièces", "valeurs": "Montants datés", "delais": "Délais de la loi"}


def documents(day: date) -> dict[str, dict[str, Any]]:
    """Every published file by name, schemas included, as of a day."""
    contents = {"pieces": _pieces(day), "valeurs": _values(), "delais": _periods()}
    files: dict[str, dict[str, Any]] = {}
    for name, content in contents.items():
        schema = f"{name}.schema.json"
        head = {"$schema": schema, "titre": french(_TITLES[name]), "licence": LICENCE, "date": day.isoformat()}
        files[f"{name}.json"] = head | content
        files[schema] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": french(_TITLES[name]),
            "$defs": {"reference": _REFERENCE},
            **_object(**{"$schema": _TEXT}, titre=_TEXT, licence=_TEXT, date=_DAY, **_BODIES[name]),
        }
    return files


def write_data(folder: Path, day: date) -> None:
    """Write every file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in documents(day).items():
        (folder / name).write_text(to_json(content) + "\n", "utf-8")
