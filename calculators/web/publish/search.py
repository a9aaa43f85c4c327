"""What the search is given beside the pages: the words that people type, and where they lead.

Each generator writes an index of its own, with the same parts in it; calculators/web/js/search/ reads either. Nothing
is added to the pages: only the index gets, in each part, what leads to it (`mots`) and what it is worth (`poids`), and
once what people say for the words of the law (`synonymes`), and a part to show when nothing else is found (`rien`).
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from calculators.typography import french
from calculators.web.publish.linked_data import PageError

__all__ = ["INDEXES", "prepare", "words"]

#: The index of each generator, and the name that it gives its list.
INDEXES = {"search/search_index.json": "docs", "search.json": "items"}

_WORDS = Path(__file__).with_name("search_words.toml")


def words() -> dict[str, dict[str, Any]]:
    """Read what people type: ``mots``, ``pages``, ``poids`` and ``rien``, each explained in its file."""
    return tomllib.loads(_WORDS.read_text("utf-8"))


def prepare(site: Path) -> None:
    """Put into the index of ``site`` what leads to its pages; a second time changes nothing.

    Raises:
        PageError: words lead to a page, or a part of one, that is not in the index.
    """
    known = words()
    for name, key in INDEXES.items():
        file = site / name
        if file.is_file():
            index = json.loads(file.read_text("utf-8"))
            parts = [part for part in index[key] if "rien" not in part]
            if lost := ({*known["pages"], known["rien"]["page"]}) - {part["location"] for part in parts}:
                raise PageError(f"search_words.toml: no page has this address: {', '.join(sorted(lost))}")
            for part in parts:
                where = part["location"]
                more = {"mots": known["pages"].get(where), "poids": _worth(where, known["poids"])}
                part.update({name: value for name, value in more.items() if value is not None})
            index["config"]["synonymes"] = known["mots"]
            index[key] = [*parts, _nothing(parts, **known["rien"])]
            file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _nothing(parts: list[dict[str, Any]], page: str, titre: str, texte: str) -> dict[str, Any]:
    """The part that the search shows when no other has the words typed: it leads to what the site does not cover."""
    like = next(part for part in parts if part["location"] == page)
    return {**like, "title": french(titre), "text": french(texte), "rien": True}


def _worth(where: str, worths: dict[str, float]) -> float | None:
    """What a part of a page is worth beside the others; nothing for one like any other.

    >>> _worth("articles/#cpc-640", {"articles/": 0.5}), _worth("papiers/#sources", {"#sources": 0.3}), _worth("", {})
    (0.5, 0.3, None)
    """
    of_it = (w for place, w in worths.items() if (where.endswith if place[0] == "#" else where.startswith)(place))
    return min(of_it, default=None)
