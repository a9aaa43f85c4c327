"""Where documents are deposited: the formats and the weight that each place takes, as far as it says so.

One TOML file, loaded once, validated on load. What a place does not publish is not there: no verdict rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law.loader import _certitude, _doute, law
from calculators.law.loader import _read_files as read_files
from calculators.law.loader import _Table as Table
from calculators.law.model import Certitude, Doute
from calculators.law.pieces import demarches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from importlib.resources.abc import Traversable

    from calculators.law.model import Law
    from calculators.law.pieces import Demarche

__all__ = ["FORMATS", "Plateforme", "check_deposits", "load_plateformes", "plateformes"]

#: The formats that a place may take; a checker knows each by its bytes.
FORMATS = frozenset({"pdf", "jpeg", "png"})
#: The international megabyte, the smaller of the two that a place may mean.
_MEGABYTE = 1_000_000
_FILE = "plateformes/plateformes.toml"


@dataclass(frozen=True)
class Plateforme:
    """A place that takes files.

    ``formats``: all it takes, empty when it does not say; ``conseilles``: those to prefer then. ``maximum``: bytes
    above which it refuses a file, when it says so; ``prudence``: bytes under which one is fine, however it counts.
    """

    cle: str
    titre: str
    formats: tuple[str, ...]
    conseilles: tuple[str, ...]
    maximum: int | None
    prudence: int
    source: str
    certitude: Certitude
    verifie_le: date
    doute: Doute | None


def plateformes(known: Law | None = None) -> Mapping[str, Plateforme]:
    """Return the places shipped with the package; ``known``: the law, this package's when none is given.

    >>> plateformes()["geodemat"].maximum
    10000000
    """
    return _plateformes(known or law())


@cache
def _plateformes(known: Law) -> Mapping[str, Plateforme]:
    found = load_plateformes(resources.files("calculators.law.plateformes"), known)
    check_deposits(demarches(known).values(), found)
    return found


def check_deposits(known: Iterable[Demarche], places: Collection[str]) -> None:
    """Check that each démarche deposits its documents at a place that is known.

    Raises:
        LawDataError: the first that does not, with its file, its key, and the places that there are.
    """
    for demarche in known:
        for number, depot in enumerate(demarche.depots, 1):
            if depot.endroit not in places:
                reason = f"unknown place {depot.endroit!r}: expected one of {', '.join(places)}"
                raise LawDataError(demarche.fichier, f"depots[{number}].endroit", reason)


def load_plateformes(folder: Traversable, known: Law) -> Mapping[str, Plateforme]:
    """Read and validate the places of a folder.

    Raises:
        LawDataError: the file, the key and the reason.
    """
    content = read_files(folder, "plateformes/").get(_FILE, {})
    if unknown := sorted(content.keys() - {"plateformes"}):
        raise LawDataError(_FILE, unknown[0], "unknown section: plateformes only")
    entries = Table(_FILE, "plateformes", content.get("plateformes")).entries()
    return {cle: _read(cle, table, known) for cle, table in entries}


def _read(cle: str, table: Table, known: Law) -> Plateforme:
    certitude, verifie_le = _certitude(table)
    formats, conseilles = table.list_of_texts("formats"), table.list_of_texts("conseilles")
    if unknown := sorted({*formats, *conseilles} - FORMATS):
        raise table.fail("formats", f"{unknown[0]!r} is not one of {', '.join(sorted(FORMATS))}")
    if bool(formats) == bool(conseilles):
        raise table.fail("formats", "expected formats that the place publishes, or else those to prefer (conseilles)")
    maximum = _weight(table, known)
    prudence = table.whole("prudence")
    if maximum is not None and prudence > maximum:
        raise table.fail("prudence", f"above the limit, {maximum}")
    found = Plateforme(
        cle=cle,
        titre=table.text("titre"),
        formats=formats,
        conseilles=conseilles,
        maximum=maximum,
        prudence=prudence,
        source=table.text("source"),
        certitude=certitude,
        verifie_le=verifie_le,
        doute=_doute(table, certitude),
    )
    table.finish()
    return found


def _weight(table: Table, known: Law) -> int | None:
    name = table.text("poids", "")
    if not name:
        return None
    if name not in known.mesures:
        raise table.fail("poids", f"unknown measure {name!r}")
    measure = known.mesures[name]
    if measure.unite != "Mo":
        raise table.fail("poids", f"{name} is in {measure.unite}, not in Mo")
    return int(measure.valeur) * _MEGABYTE
