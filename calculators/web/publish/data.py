"""The data that others may take: lists of documents, dated values and periods of the law, each with its JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators import dossier
from calculators.declaration import conditions, fields_of
from calculators.edition import edition
from calculators.files.words import MOTIFS
from calculators.law import law
from calculators.law.pieces import demarches, pieces
from calculators.law.plateformes import plateformes
from calculators.law.words import gap_in_words, length
from calculators.money import plain
from calculators.pieces import PiecesInputs, requested
from calculators.result import piece_to_dict, to_json
from calculators.typography import french
from calculators.versions.history import since_before
from calculators.web.guides.changes import corrections
from calculators.web.guides.open_data import LICENCE
from calculators.web.publish.data_schema import checked_files, schema

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from calculators.law import Article
    from calculators.law.model import Bareme, BaremeAnnuel, Delai, DureeDatee, Lacune, Series, Somme, Taux, Value
    from calculators.law.plateformes import Plateforme

__all__ = ["documents", "write_data"]


def _articles(articles: tuple[Article, ...]) -> list[dict[str, str]]:
    return [{"titre": french(article.citation), "lien": article.lien} for article in articles]


def _pieces(day: date) -> dict[str, Any]:
    fields = [field for field in fields_of(PiecesInputs) if not field.question.cache]
    return {
        "demarches": [{"id": demarche.nom, "nom": french(demarche.titre)} for demarche in demarches().values()],
        "questions": [
            {
                "nom": field.nom,
                "question": french(field.question.label),
                "aide": french(field.question.aide),
                "quand": conditions(field.question.quand),
                "reponses": [{"valeur": o.valeur, "texte": french(o.label)} for o in field.options],
            }
            for field in fields
        ],
        "pieces": [
            {
                **piece_to_dict(requested(piece, day, law())),
                "demarche": piece.demarche,
                "quand": conditions(piece.quand),
                "verifie_le": piece.verifie_le.isoformat(),
                "remplace": list(piece.remplace),
            }
            for piece in pieces().values()
        ],
    }


def _named(entry: Series | Taux | Bareme | Delai | DureeDatee | Somme) -> dict[str, Any]:
    return {"cle": entry.cle, "intitule": french(entry.intitule), "articles": _articles(entry.articles)}


def _verified(entry: Value | BaremeAnnuel | Taux | Delai | DureeDatee | Somme | Plateforme) -> dict[str, str]:
    doute = entry.doute
    return {
        "certitude": entry.certitude.value,
        "a_confirmer": french(doute.manque) if doute else "",
        "aupres_de": french(doute.aupres_de) if doute else "",
        "verifie_le": entry.verifie_le.isoformat(),
    }


def _in_force(entry: Value | BaremeAnnuel) -> dict[str, Any]:
    return {
        "en_vigueur_du": entry.en_vigueur_du.isoformat(),
        "en_vigueur_jusqu_au": _day(entry.en_vigueur_jusqu_au),
        "texte": french(entry.texte),
        "note": french(entry.note),
        **_verified(entry),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _gaps(lacunes: tuple[Lacune, ...]) -> list[dict[str, str]]:
    return [
        {"du": gap.du.isoformat(), "au": gap.au.isoformat(), "raison": french(gap_in_words(gap))} for gap in lacunes
    ]


def _values() -> dict[str, Any]:
    return {
        "series": [
            {
                **_named(series),
                "unite": series.unite,
                "valeurs": [{**_in_force(value), "montant": plain(value.montant)} for value in series.valeurs],
                "lacunes": _gaps(series.lacunes),
            }
            for series in law().series.values()
        ],
        "durees": [
            {
                **_named(duree),
                "texte": french(duree.texte),
                "versions": [
                    {
                        "en_vigueur_du": _day(version.en_vigueur_du),
                        "nombre": version.nombre,
                        "unite": version.unite.value,
                    }
                    for version in duree.versions
                ],
                "note": french(duree.note),
                **_verified(duree),
            }
            for duree in law().durees.values()
        ],
        "taux": [
            {**_named(rate), "pourcentage": plain(rate.pourcentage), **_verified(rate)} for rate in law().taux.values()
        ],
        "baremes": [
            {
                **_named(scale),
                "valeurs": [
                    {
                        **_in_force(year),
                        "tranches": [
                            {"jusqu_a": plain(top) if top is not None else None, "part": str(part)}
                            for top, part in zip((*year.seuils, None), scale.fractions, strict=True)
                        ],
                        "par_personne": plain(year.par_personne),
                    }
                    for year in scale.valeurs
                ],
                "lacunes": _gaps(scale.lacunes),
            }
            for scale in law().baremes.values()
        ],
    }


def _periods() -> dict[str, Any]:
    return {
        "delais": [
            {
                **_named(delai),
                "duree": french(length(delai)),
                "sans_duree": french(delai.sans_duree),
                "versions": [
                    {
                        "en_vigueur_du": _day(version.en_vigueur_du),
                        "nombre": version.duree,
                        "unite": version.unite.value,
                        "prorogation": version.prorogation.value,
                        "note": french(version.note),
                    }
                    for version in delai.versions
                ],
                "qui": french(delai.qui),
                "depart": french(delai.depart),
                "sanction": french(delai.sanction),
                "portee": delai.portee.value,
                "prorogation": delai.prorogation.value,
                "note": french(delai.note),
                **_verified(delai),
            }
            for delai in law().delais.values()
        ]
    }


def _sums() -> dict[str, Any]:
    return {
        "sommes": [
            {
                **_named(somme),
                "nature": somme.nature.value,
                "periodique": somme.periodique,
                "note": french(somme.note),
                **_verified(somme),
            }
            for somme in law().sommes.values()
        ]
    }


def _corrections() -> dict[str, Any]:
    return {
        "corrections": [
            {
                "cle": correction.cle,
                "depuis": correction.le.isoformat(),
                "sujet": french(correction.sujet),
                "avant": french(correction.avant),
                "maintenant": french(correction.maintenant),
                "page": f"{correction.page}/",
                "articles": _articles(correction.articles),
                "texte": french(correction.texte),
            }
            for correction in corrections(law())
        ]
    }


def _versions() -> dict[str, Any]:
    return {
        "versions": [
            {
                "version": step.version.id,
                "publiee_le": step.publiee_le or None,
                "changements": [french(line) for line in step.lignes],
            }
            for step in since_before()
        ]
    }


def _cited() -> dict[str, Any]:
    return {
        "codes": [
            {
                "id": code.cle,
                "nom": french(code.nom),
                "etat": code.etat,
                "articles": [
                    {
                        "cle": article.cle,
                        "numero": article.numero_officiel,
                        "enonce": french(article.enonce),
                        "lien": article.lien,
                        "identifiant": article.identifiant,
                        "version_du": _day(article.version_du),
                        "lu_le": _day(article.lu_le),
                        "d_apres": french(article.d_apres),
                        "certitude": article.certitude.value,
                        "adresse": f"articles/#{article.ancre}",
                    }
                    for article in code.articles.values()
                ],
            }
            for code in law().codes.values()
        ]
    }


def _files() -> dict[str, Any]:
    return {
        "endroits": [
            {
                "cle": place.cle,
                "intitule": french(place.titre),
                "formats": list(place.formats),
                "conseilles": list(place.conseilles),
                "maximum": place.maximum,
                "prudence": place.prudence,
                "source": french(place.source),
                **_verified(place),
            }
            for place in plateformes().values()
        ],
        "motifs": [
            {"code": code, "message": french(what), "remede": french(how)} for code, (what, how) in MOTIFS.items()
        ],
    }


_TITLES = {
    "pieces": "Listes de pièces",
    "valeurs": "Montants, durées, taux et barèmes datés",
    "delais": "Délais de la loi",
    "sommes": "Sommes protégées",
    "corrections": "Ce que nous avons corrigé",
    "articles": "Articles de loi cités",
    "fichiers": "Fichiers à déposer : limites et motifs de refus",
    "versions": "Versions des règles",
}


def documents(day: date) -> dict[str, dict[str, Any]]:
    """Every published file by name, schemas included, as of a day."""
    contents = {
        "pieces": _pieces(day),
        "valeurs": _values(),
        "delais": _periods(),
        "sommes": _sums(),
        "corrections": _corrections(),
        "articles": _cited(),
        "fichiers": _files(),
        "versions": _versions(),
    }
    files: dict[str, dict[str, Any]] = {}
    for name, content in contents.items():
        described = f"{name}.schema.json"
        head = {"$schema": described, "titre": french(_TITLES[name]), "licence": LICENCE, "date": day.isoformat()}
        head["regles"] = edition().id
        files[f"{name}.json"] = head | content
        files[described] = schema(name, _TITLES[name])
    # A reader's own file, and what is said of files: what each is made of is published, and none of them.
    return files | {"dossier.schema.json": dossier.json_schema(), "verification.schema.json": checked_files()}


def write_data(folder: Path, day: date) -> None:
    """Write every file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in documents(day).items():
        (folder / name).write_text(to_json(content) + "\n", "utf-8")
