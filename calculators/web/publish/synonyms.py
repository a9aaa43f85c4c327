"""The words that readers type, put into the index of the search beside the words of the law.

A part of a page that holds a word of the law is also found by the words that people use for it. Nothing is added to the
pages: only the index, which each generator writes in its own file, gets one more line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SYNONYMS", "add", "spoken"]

#: The index of each generator, and the name that it gives its list.
INDEXES = {"search/search_index.json": "docs", "search.json": "items"}

#: Word of the pages, then what people call it: former names, initials, everyday words.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "aide juridictionnelle": ("avocat gratuit", "aide juridique", "AJ"),
    "bulletin de paie": ("fiche de paie", "fiche de paye", "bulletin de salaire"),
    "caisse d'allocations familiales": ("CAF",),
    "caisse des dépôts": ("CDC", "caution", "dépôt de garantie"),
    "carte d'identité": ("CNI", "carte nationale d'identité"),
    "commissaire de justice": ("huissier", "huissier de justice"),
    "conseil de prud'hommes": ("prudhommes", "prud'homme", "CPH"),
    "contester": ("faire opposition", "recours"),
    "déclaration préalable": ("DP", "autorisation de travaux", "abri de jardin", "garage", "véranda"),
    "délais de grâce": ("échelonner", "payer en plusieurs fois", "étaler la dette"),
    "france titres": ("ANTS",),
    "france travail": ("Pôle emploi", "ANPE", "Assedic"),
    "juge de l'exécution": ("JEX", "tribunal d'instance"),
    "mainlevée": ("débloquer le compte", "déblocage"),
    "permis de construire": ("PC", "permis"),
    "saisie administrative à tiers détenteur": (
        "ATD",
        "avis à tiers détenteur",
        "opposition administrative",
        "fisc",
        "trésor public",
        "amende",
    ),
    "saisie des rémunérations": ("saisie sur salaire", "saisie-arrêt sur salaire", "quotité saisissable"),
    "saisie-attribution": ("saisie-arrêt", "compte bloqué"),
    "solde bancaire insaisissable": ("minimum vital", "reste à vivre", "somme à caractère alimentaire"),
    "tribunal judiciaire": ("TGI", "tribunal de grande instance"),
}

_LEAD = " <p>On dit aussi : "


def spoken(text: str) -> list[str]:
    """List what people say for the words of the law that stand in a text.

    >>> spoken("Le Commissaire de justice remet l’acte au conseil de prud’hommes.")
    ['huissier', 'huissier de justice', 'prudhommes', "prud'homme", 'CPH']
    >>> spoken("Rien de cela.")
    []
    """
    plain = _plain(text)
    return [said for law, words in SYNONYMS.items() if _plain(law) in plain for said in words]


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", re.sub(r"<[^>]*>|\s+", " ", text).replace("\u2019", "'"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).lower()


def add(site: Path) -> None:
    """Add to each part of the index what people say for it; a second time changes nothing."""
    for name, key in INDEXES.items():
        file = site / name
        if file.is_file():
            index = json.loads(file.read_text("utf-8"))
            for part in index[key]:
                text = part["text"].partition(_LEAD)[0]
                said = spoken(f"{part['title']} {text}")
                part["text"] = f"{text}{_LEAD}{', '.join(said)}.</p>" if said else text
            file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")
