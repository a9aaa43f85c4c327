"""The JSON Schemas of the published data: the meaning and the form of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.files import Gravite, Type, Verdict
from calculators.files.words import MOTIFS
from calculators.law.model import Certitude, Nature, Portee, Prorogation, Unite
from calculators.law.pieces import Exigence
from calculators.law.plateformes import FORMATS
from calculators.typography import french
from calculators.web.guides.open_data import NOT_BY_HEART

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MEANINGS", "checked_files", "schema"]

_Schema = dict[str, Any]

#: What a field means, by its name; a field that means something else somewhere says so there (:func:`_meaning`).
MEANINGS = {
    "$schema": "Le nom du fichier qui décrit celui-ci",
    "a_confirmer": "Ce qui manque pour en être sûr ; vide pour ce qui est établi",
    "adresse": "L'adresse de la pièce dans le site, qui ne change pas",
    "aide": "Ce qui aide à répondre ; vide s'il n'y a rien à ajouter",
    "anciennete": "L'âge que le document peut avoir ; vide si rien ne le limite",
    "articles": "Les articles qui le disent",
    "aupres_de": "Pour ce qui est « à confirmer » : à qui le demander",
    "avant": "Ce que le site disait",
    "baremes": "Les barèmes par tranches, année par année",
    "changements": "Ce qui a changé depuis la version d'avant, une phrase par changement",
    "certitude": "A, B : établi ; C : à confirmer, et jamais à présenter comme sûr ; D : les sources se contredisent",
    "cle": "Nom stable, pour les programmes",
    "codes": "Les codes et les décrets, avec les articles cités",
    "code": "Le code officiel de la pièce, par exemple DP1 ; vide s'il n'y en a pas",
    "condition": "Dans quel cas la pièce est demandée, en mots",
    "conseilles": "Les formats à préférer, quand l'endroit ne publie pas les siens",
    "corrections": "Ce que le site disait de faux, du plus récent au plus ancien",
    "d_apres": "Sur quoi l'énoncé s'appuie, quand le texte en vigueur n'a pas été lu ; vide sinon",
    "date": "Le jour pour lequel le fichier a été fait",
    "delais": "Les délais que la loi nomme",
    "demarche": "La démarche qui demande la pièce",
    "demarches": "Ce que l'on prépare",
    "depart": "Ce qui fait partir le délai",
    "depuis": "Le jour depuis lequel le site ne le dit plus",
    "document": "La pièce à réunir, ou ce qui est à vérifier",
    "au": "Dernier jour",
    "du": "Premier jour",
    "dimensions": "Largeur et hauteur de l'image, en points, comme elle se montre ; nul pour un autre fichier",
    "duree": "La durée d'aujourd'hui, en mots",
    "durees": "Combien de temps un titre est bon, d'après le jour où il a été délivré",
    "empreinte": "Le SHA-256 du contenu",
    "endroits": "Où l'on dépose des fichiers, et ce que l'endroit en dit",
    "enonce": "Ce que dit l'article, dans nos mots : le texte officiel fait seul foi",
    "en_vigueur_du": "Premier jour où cela s'applique",
    "en_vigueur_jusqu_au": "Dernier jour où cela s'applique ; nul pour la dernière valeur connue",
    "etat": "L'état du texte lu, AAAA-MM ou AAAA-MM-JJ ; vide s'il n'a pas été lu",
    "fichiers": "Les fichiers vérifiés, dans l'ordre donné",
    "formats": "Les seuls formats admis ; vide si l'endroit ne le dit pas",
    "forme": "Original, copie, et autres formes attendues",
    "geste": "Vrai pour un geste ou un point à vérifier : ce n'est pas une pièce, et il n'est pas compté",
    "id": "Nom stable, qui fait l'adresse",
    "identifiant": "L'identifiant Légifrance de la version en vigueur qui a été lue ; vide s'il n'est pas connu",
    "intitule": "Le nom, en français",
    "jusqu_a": "Le haut de la tranche, en euros par an ; nul pour la dernière tranche",
    "lacunes": "Les périodes dont la valeur n'a pas été vérifiée : n'en déduisez aucune",
    "licence": "À quelles conditions reprendre ce fichier",
    "lien": "L'adresse du texte ; vide s'il n'a pas d'adresse connue",
    "gravite": "Ce que le motif fait au verdict ; « a_savoir » n'y change rien",
    "maintenant": "Ce qu'il dit",
    "lu_le": "Le jour où nous avons lu le texte ; nul s'il n'a pas été lu",
    "montant": "La valeur exacte, dans l'unité de la série",
    "nature": "Insaisissable, saisissable en partie, ou saisissable",
    "niveau": "Requise, selon le cas, ou à confirmer : jamais à présenter alors comme exigée",
    "nom": "Le nom, pour le lecteur",
    "note": "Ce qu'il faut savoir de plus",
    "ou_l_obtenir": "Où obtenir la pièce",
    "page": "L'adresse de la page, depuis la racine du site",
    "par_personne": "Ce que chaque personne à charge ajoute à chaque tranche, en euros par an",
    "part": "La part saisissable de la tranche, en fraction",
    "periodique": "Si la somme est versée à intervalles réguliers (CPCE, article R162-4)",
    "pieces": "Les pièces, avec ce qui les appelle",
    "portee": "Ce que la fin du délai signifie",
    "prorogation": "Si une fin qui tombe un samedi, un dimanche ou un jour férié est reportée (CPC, article 642)",
    "pourcentage": "Le taux, pour cent",
    "pourquoi": "À quoi sert la pièce",
    "quand": "Les cas : un seul suffit, avec toutes ses réponses ; un cas sans question est toujours rempli",
    "publiee_le": "Le jour où elle a été publiée ; nul pour celle de ce site, tant qu'elle ne l'est pas",
    "question": "La question, telle qu'elle est posée",
    "questions": "Les questions, dans l'ordre : chacune ne dépend que des précédentes",
    "qui": "Qui doit agir",
    "raison": "Pourquoi la valeur manque, et où la demander",
    "references": "Les articles et les pages qui demandent la pièce",
    "remplace": "Les anciens noms de la pièce",
    "reponses": "Les réponses possibles ; aucune pour une date",
    "sanction": "Ce qui arrive si le délai est dépassé",
    "sans_duree": "Pourquoi aucun texte ne donne de durée ; vide s'il y en a une",
    "regles": "La version des données et des règles, qui est aussi dans chaque réponse et dans chaque lien",
    "series": "Les valeurs qui changent avec le temps",
    "sommes": "Les sommes versées sur un compte, et ce que la loi en protège",
    "source": "Les références, en une ligne",
    "sujet": "De quoi il s'agit",
    "taux": "Les taux",
    "texte": "Le texte qui fixe la valeur",
    "titre": "Le titre",
    "tranches": "Les tranches, de la plus basse à la plus haute",
    "unite": "L'unité : EUR pour des euros",
    "numero": "Le numéro, tel que Légifrance l'écrit",
    "nombre": "Le nombre d'unités",
    "valeur": "La réponse, pour les programmes",
    "valeurs": "Les valeurs, de la plus ancienne à la plus récente",
    "maximum": "Le poids maximal d'un fichier, en octets ; nul si l'endroit ne le dit pas",
    "message": "Ce qui a été trouvé",
    "motifs": "Ce qui peut faire refuser un fichier, avec un code qui ne change pas",
    "nom_propose": "Un nom simple à lui donner",
    "pages": "Le nombre de pages d'un PDF ; nul s'il n'a pas pu être compté",
    "pour": "L'endroit où les fichiers seront déposés",
    "prudence": "Le poids sous lequel un fichier convient, de quelque façon qu'il soit compté, en octets",
    "remede": "Ce qu'il faut faire",
    "taille": "Le poids, en octets",
    "type": "Ce qu'est le fichier, d'après son contenu",
    "type_en_clair": "La même chose, en mots",
    "verdict": "Ce qui arriverait au dépôt ; jamais que le fichier sera accepté",
    "verdict_en_clair": "La même chose, en mots",
    "verifie_le": "Le jour où nous l'avons vérifié",
    "version": "Son nom",
    "version_du": "Premier jour de la version lue ; nul s'il n'est pas connu",
    "versions": "Les durées, de la plus ancienne à la plus récente",
}


def _one_of(*values: str) -> _Schema:
    return {"enum": list(values)}


def _meaning(words: str, form: _Schema) -> _Schema:
    return {"description": french(words), **form}


def _object(**properties: _Schema) -> _Schema:
    described = {name: {"description": french(MEANINGS[name]), **form} for name, form in properties.items()}
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": described}


def _list(items: _Schema, *, least: int = 1) -> _Schema:
    return {"type": "array", "items": items, "minItems": least}


def _or_none(form: _Schema) -> _Schema:
    return {"anyOf": [form, {"type": "null"}]}


_TEXT: _Schema = {"type": "string"}
_DAY: _Schema = {"type": "string", "format": "date"}
_COUNT: _Schema = {"type": "integer", "minimum": 1}
_FORMAT = _one_of(*sorted(FORMATS))
_CODE = "Le code du motif, qui ne change pas"
_NUMBER: _Schema = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}
#: What is open is published as a rule nowhere.
_GRADE = _one_of(*(grade for grade in Certitude if grade is not Certitude.D))
_ARTICLES: _Schema = _list({"$ref": "#/$defs/reference"}, least=0)
_CASES = _list({"type": "object", "additionalProperties": _list(_TEXT)})
_GAPS = _list(_object(du=_DAY, au=_DAY, raison=_TEXT), least=0)
_NAMED = {"cle": _TEXT, "intitule": _TEXT, "articles": _ARTICLES}
_VERIFIED = {"certitude": _GRADE, "a_confirmer": _TEXT, "aupres_de": _TEXT, "verifie_le": _DAY}
_IN_FORCE = {"en_vigueur_du": _DAY, "en_vigueur_jusqu_au": _or_none(_DAY), "texte": _TEXT, "note": _TEXT, **_VERIFIED}

_EDITION: _Schema = {"type": "string", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9a-f]{6}$"}

_BODIES: Mapping[str, dict[str, _Schema]] = {
    "pieces": {
        "demarches": _list(_object(id=_TEXT, nom=_TEXT)),
        "questions": _list(
            _object(
                nom=_meaning("Le nom de la question, pour les programmes", _TEXT),
                question=_TEXT,
                aide=_TEXT,
                quand=_CASES,
                reponses=_list(_object(valeur=_TEXT, texte=_meaning("La réponse, pour le lecteur", _TEXT)), least=0),
            )
        ),
        "pieces": _list(
            _object(
                id={"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                code=_TEXT,
                niveau=_one_of(*Exigence),
                geste={"type": "boolean"},
                document=_TEXT,
                condition=_TEXT,
                pourquoi=_TEXT,
                forme=_TEXT,
                anciennete=_TEXT,
                ou_l_obtenir=_TEXT,
                a_confirmer=_TEXT,
                aupres_de=_TEXT,
                source=_TEXT,
                references=_ARTICLES,
                certitude=_GRADE,
                adresse=_TEXT,
                demarche=_TEXT,
                quand=_CASES,
                verifie_le=_DAY,
                remplace=_list(_TEXT, least=0),
            )
        ),
    },
    "valeurs": {
        "series": _list(
            _object(
                **_NAMED,
                unite=_TEXT,
                valeurs=_list(_object(**_IN_FORCE, montant=_NUMBER)),
                lacunes=_GAPS,
            )
        ),
        "durees": _list(
            _object(
                **_NAMED,
                texte=_meaning("Le texte qui donne la durée ; vide si ce sont les articles", _TEXT),
                versions=_list(
                    _object(
                        en_vigueur_du=_meaning(
                            "Premier jour des titres concernés ; nul si cette durée n'a pas de début connu",
                            _or_none(_DAY),
                        ),
                        nombre={"type": "integer", "minimum": 1},
                        unite=_meaning("Des années ou des mois", _one_of(Unite.ANNEES, Unite.MOIS)),
                    )
                ),
                note=_TEXT,
                **_VERIFIED,
            )
        ),
        "taux": _list(_object(**_NAMED, pourcentage=_NUMBER, **_VERIFIED)),
        "baremes": _list(
            _object(
                **_NAMED,
                valeurs=_list(
                    _object(
                        **(
                            _IN_FORCE
                            | {"en_vigueur_jusqu_au": _meaning("Dernier jour : l'année suivante a son barème", _DAY)}
                        ),
                        tranches=_list(
                            _object(jusqu_a=_or_none(_NUMBER), part={"type": "string", "pattern": "^[0-9]+(/[0-9]+)?$"})
                        ),
                        par_personne=_NUMBER,
                    )
                ),
                lacunes=_GAPS,
            )
        ),
    },
    "delais": {
        "delais": _list(
            _object(
                **_NAMED,
                duree=_TEXT,
                sans_duree=_TEXT,
                versions=_list(
                    _object(
                        en_vigueur_du=_meaning(
                            "Premier jour des événements concernés ; nul si c'est depuis toujours",
                            _or_none(_DAY),
                        ),
                        nombre={"type": "integer", "minimum": 0},
                        unite=_meaning(
                            "Ouvrables : du lundi au samedi ; ouvrés : en général au vendredi", _one_of(*Unite)
                        ),
                        prorogation=_one_of(*Prorogation),
                        note=_TEXT,
                    ),
                    least=0,
                ),
                qui=_TEXT,
                depart=_TEXT,
                sanction=_TEXT,
                portee=_one_of(*Portee),
                prorogation=_one_of(*Prorogation),
                note=_TEXT,
                **_VERIFIED,
            )
        )
    },
    "sommes": {
        "sommes": _list(
            _object(
                **_NAMED,
                nature=_one_of(*Nature),
                periodique={"type": "boolean"},
                note=_TEXT,
                **(_VERIFIED | {"certitude": _one_of(*Certitude)}),
            )
        )
    },
    "corrections": {
        "corrections": _list(
            _object(
                cle=_TEXT,
                depuis=_DAY,
                sujet=_TEXT,
                avant=_TEXT,
                maintenant=_TEXT,
                page=_TEXT,
                articles=_ARTICLES,
                texte=_meaning("L'autre texte qui donne la règle ; vide si ce sont les articles", _TEXT),
            )
        )
    },
    "articles": {
        "codes": _list(
            _object(
                id=_meaning("Le nom court, pour les programmes", _TEXT),
                nom=_TEXT,
                etat={"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$"},
                articles=_meaning(
                    "Les articles cités de ce code",
                    _list(
                        _object(
                            cle=_TEXT,
                            numero=_TEXT,
                            enonce={"type": "string", "minLength": 1},
                            lien={"type": "string", "format": "uri"},
                            identifiant={"type": "string", "pattern": "^(LEGIARTI[0-9]{12})?$"},
                            version_du=_or_none(_DAY),
                            lu_le=_or_none(_DAY),
                            d_apres=_TEXT,
                            certitude=_GRADE,
                            adresse=_meaning("L'adresse de l'article dans le site", _TEXT),
                        )
                    ),
                ),
            )
        )
    },
    "fichiers": {
        "endroits": _list(
            _object(
                cle=_TEXT,
                intitule=_TEXT,
                formats=_list(_FORMAT, least=0),
                conseilles=_list(_FORMAT, least=0),
                maximum=_or_none(_COUNT),
                prudence=_COUNT,
                source=_meaning("D'où vient ce qui est dit de l'endroit", _TEXT),
                **_VERIFIED,
            )
        ),
        "motifs": _list(_object(code=_meaning(_CODE, _one_of(*MOTIFS)), message=_TEXT, remede=_TEXT)),
    },
    "versions": {
        "versions": _meaning(
            "Les versions, de la plus récente à la plus ancienne",
            _list(_object(version=_EDITION, publiee_le=_or_none(_DAY), changements=_list(_TEXT))),
        )
    },
}


def checked_files() -> dict[str, Any]:
    """The JSON Schema of what `python -m calculators fichiers --json` answers."""
    reason = _object(code=_meaning(_CODE, _one_of(*MOTIFS)), gravite=_one_of(*Gravite), message=_TEXT, remede=_TEXT)
    file = _object(
        nom=_meaning("Le nom du fichier", _TEXT),
        type=_one_of(*Type),
        type_en_clair=_TEXT,
        taille={"type": "integer", "minimum": 0},
        pages=_or_none({"type": "integer", "minimum": 0}),
        dimensions=_or_none({"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}),
        verdict=_one_of(*Verdict),
        verdict_en_clair=_TEXT,
        motifs=_list(reason, least=0),
        nom_propose=_TEXT,
        empreinte={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    )
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": french("Fichiers vérifiés")}
    return {**head, **_object(pour=_TEXT, fichiers=_list(file, least=0))}


def schema(name: str, title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a published file.

    >>> schema("sommes", "Sommes")["properties"]["sommes"]["items"]["properties"]["periodique"]["type"]
    'boolean'
    """
    head = {"$schema": _TEXT, "titre": _TEXT, "licence": _TEXT, "date": _DAY, "regles": _EDITION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": french(title),
        "$comment": NOT_BY_HEART,
        "$defs": {"reference": _object(titre=_TEXT, lien=_TEXT)},
        **_object(**head, **_BODIES[name]),
    }
