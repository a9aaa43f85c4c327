"""The grid of the page « Accessibilité »: what is known of this site for each criterion of the RGAA 4.1."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from calculators.web.page.elements import el, table

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

__all__ = ["Criterion", "State", "Theme", "grid", "grid_list"]

_GRID = Path(__file__).with_name("rgaa.toml")


class State(StrEnum):
    """What is known of the site for a criterion."""

    CONFORME = "conforme"
    SANS_OBJET = "sans_objet"
    A_JUGER = "a_juger"

    @property
    def words(self) -> str:
        """How the page says it."""
        return {"conforme": "conforme", "sans_objet": "non applicable", "a_juger": "pas encore jugé"}[self.value]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion.

    Attributes:
        numero: its number in the RGAA 4.1, as ``3.2``.
        sujet: what it is about, in our words.
        etat: what is known.
        parce_que: what was checked, why it does not apply, or what a person must judge.
        essais: the tests that show it, as pytest names them; only when it is ``conforme``, and always then.
    """

    numero: str
    sujet: str
    etat: State
    parce_que: str
    essais: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the RGAA, and its criteria in their order."""

    titre: str
    criteres: tuple[Criterion, ...]


def _criterion(entry: dict[str, object]) -> Criterion:
    essais = entry.get("essais", [])
    found = Criterion(
        str(entry["numero"]), str(entry["sujet"]), State(str(entry["etat"])), str(entry["parce_que"]),
        tuple(essais) if isinstance(essais, list) else (),
    )  # fmt: skip
    if (found.etat is State.CONFORME) != bool(found.essais):
        raise ValueError(f"{_GRID.name}, {found.numero}: `essais` goes with `conforme`, and with nothing else")
    return found


@cache
def grid() -> tuple[Theme, ...]:
    """The grid; raises ValueError when a criterion is `conforme` without a test, or names one and is not."""
    with _GRID.open("rb") as file:
        themes = tomllib.load(file)["themes"]
    return tuple(Theme(theme["titre"], tuple(map(_criterion, theme["criteres"]))) for theme in themes)


def grid_list() -> list[ET.Element]:
    """A fold for each theme, with its table."""
    return [
        el(
            "details",
            el("summary", f"{number}. {theme.titre} ({len(theme.criteres)} critères)"),
            table(
                f"Critères du thème {number}, {theme.titre}",
                ("Critère", "Ce que nous savons", "Pourquoi"),
                ((f"{one.numero} {one.sujet}", one.etat.words, one.parce_que) for one in theme.criteres),
                class_="donnees",
            ),
            class_="calc-pli",
        )
        for number, theme in enumerate(grid(), start=1)
    ]
