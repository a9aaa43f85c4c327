"""`licences.txt`: the licence of the project, then the notices and licences of what others wrote in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.typography import french
from calculators.web.engine.bundle import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calculators.web.publish.notices.components import Component

#: At the root of the site, and in the copy that opens without a server.
NAME = "licences.txt"

_LINE = "-" * 78


def licences(components: Iterable[Component]) -> str:
    """Write them all; a text that several have in common is there once."""
    texts: dict[str, int] = {}
    lines = [(ROOT / "LICENSE").read_text("utf-8").rstrip(), "", _LINE, ""]
    lines += ["CE QUI VIENT D'AILLEURS", french("Chaque composant garde sa licence, dont le texte est plus bas."), ""]
    for component in components:
        numbers = [texts.setdefault(path.read_text("utf-8-sig").strip(), len(texts) + 1) for path in component.texts]
        lines += [f"{component.name} {component.version}".rstrip(), french(f"  Rôle : {component.role}")]
        lines += [f"  {line}" for line in component.copyright]
        where = f" (texte {' et '.join(map(str, numbers))})" if numbers else ""
        lines += [french(f"  Licence : {component.license}{where}"), f"  Sources : {component.home}", ""]
    for text, number in texts.items():
        lines += [_LINE, f"TEXTE {number}", "", text, ""]
    return "\n".join(lines)
