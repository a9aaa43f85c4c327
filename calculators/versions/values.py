"""The dated values of a law, one line each: what of them changed between two versions, and the law as it was.

The keys are those of « Ce qui a changé » where it names the value: ``montant/sbi/2026-04-01``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.law.model import Prorogation, Unite
from calculators.money import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from calculators.law import Law

__all__ = ["Changed", "changed", "flat", "restored", "title_of"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that is not what it was: ``avant`` is empty when it was not known, ``maintenant`` when it left."""

    cle: str
    avant: str
    maintenant: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Its kind, the key of its entry, and the day it is of; empty for a value that has none."""
        kind, _, rest = self.cle.partition("/")
        cle, _, day = rest.rpartition("/")
        return kind, cle, day


def flat(law: Law) -> dict[str, str]:
    """Every value of a law that a rule may ask for, by key, as a machine writes it.

    >>> from calculators.law import law
    >>> flat(law())["montant/sbi/2026-04-01"]
    '651.69'
    """
    found: dict[str, str] = {}
    for series in law.series.values():
        found |= {f"montant/{series.cle}/{value.en_vigueur_du}": plain(value.montant) for value in series.valeurs}
    for scale in law.baremes.values():
        for year in scale.valeurs:
            amounts = " ".join(map(plain, (*year.seuils, year.par_personne)))
            found[f"bareme/{scale.cle}/{year.en_vigueur_du}"] = amounts
    for delai in law.delais.values():
        for length in delai.versions:
            words = (str(length.duree), length.unite, length.prorogation, length.distance)
            found[f"delai/{delai.cle}/{length.en_vigueur_du or ''}"] = " ".join(words)
    for duree in law.durees.values():
        for version in duree.versions:
            found[f"duree/{duree.cle}/{version.en_vigueur_du or ''}"] = f"{version.nombre} {version.unite}"
    found |= {f"taux/{taux.cle}/": str(taux.pourcentage) for taux in law.taux.values()}
    found |= {f"mesure/{one.cle}/": f"{one.valeur} {one.unite}" for one in law.mesures.values()}
    found |= {f"repere/{repere.cle}/": repere.jour.isoformat() for repere in law.reperes.values()}
    return found


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Changed, ...]:
    """What changed between two sets of values, by key.

    >>> changed({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"})
    (Changed(cle='b', avant='2', maintenant='3'), Changed(cle='c', avant='', maintenant='4'))
    """
    keys = sorted({*before, *after})
    return tuple(
        Changed(key, before.get(key, ""), after.get(key, "")) for key in keys if before.get(key) != after.get(key)
    )


def restored(law: Law, changes: Iterable[Changed]) -> Law:
    """The same law with these values as they were: old values stay in it for ever, so that nothing else is needed.

    An entry that is no more, or that had no earlier state of its own, stays as it is.
    """
    for change in changes:
        kind, cle, day = change.parts
        section, restore = _KINDS[kind]
        entries: Mapping[str, Any] = getattr(law, section)
        if cle in entries and change.maintenant:
            entry = restore(entries[cle], date.fromisoformat(day) if day else None, change.avant)
            law = replace(law, **{section: {**entries, cle: entry}})
    return law


def title_of(change: Changed, law: Law) -> str:
    """What the value is, in the words of the law data; empty when that entry is no more."""
    kind, cle, _ = change.parts
    entries: Mapping[str, Any] = getattr(law, _KINDS[kind][0])
    return str(entries[cle].intitule) if cle in entries else ""


def _without(versions: tuple[Any, ...], day: date | None) -> tuple[Any, ...]:
    """The same without the one of that day; what came before it lasts as long as it did."""
    kept: list[Any] = []
    for version in versions:
        if version.en_vigueur_du != day:
            kept.append(version)
        elif kept and hasattr(version, "en_vigueur_jusqu_au"):
            kept[-1] = replace(kept[-1], en_vigueur_jusqu_au=version.en_vigueur_jusqu_au)
    return tuple(kept) or versions


def _series(series: Any, day: date | None, before: str) -> Any:
    if not before:
        return replace(series, valeurs=_without(series.valeurs, day))
    amount = Decimal(before)
    return replace(series, valeurs=tuple(_with(value, day, montant=amount) for value in series.valeurs))


def _bareme(scale: Any, day: date | None, before: str) -> Any:
    if not before:
        return replace(scale, valeurs=tuple(year for year in scale.valeurs if year.en_vigueur_du != day))
    *tops, each = map(Decimal, before.split())
    return replace(
        scale, valeurs=tuple(_with(year, day, seuils=tuple(tops), par_personne=each) for year in scale.valeurs)
    )


def _delai(delai: Any, day: date | None, before: str) -> Any:
    if not before:
        return replace(delai, versions=_without(delai.versions, day))
    count, unit, extended, far = before.split()
    as_was = {
        "duree": int(count),
        "unite": Unite(unit),
        "prorogation": Prorogation(extended),
        "distance": Prorogation(far),
    }
    return replace(delai, versions=tuple(_with(version, day, **as_was) for version in delai.versions))


def _duree(duree: Any, day: date | None, before: str) -> Any:
    if not before:
        return replace(duree, versions=_without(duree.versions, day))
    count, unit = before.split()
    return replace(
        duree,
        versions=tuple(_with(version, day, nombre=int(count), unite=Unite(unit)) for version in duree.versions),
    )


def _with(version: Any, day: date | None, **state: object) -> Any:
    return replace(version, **state) if version.en_vigueur_du == day else version


def _taux(taux: Any, _day: date | None, before: str) -> Any:
    return replace(taux, pourcentage=Decimal(before)) if before else taux


def _mesure(mesure: Any, _day: date | None, before: str) -> Any:
    number, _, unit = before.partition(" ")
    return replace(mesure, valeur=Decimal(number), unite=unit) if before else mesure


def _repere(repere: Any, _day: date | None, before: str) -> Any:
    return replace(repere, jour=date.fromisoformat(before)) if before else repere


#: Where the law keeps each kind of value, and what gives one its earlier state.
_KINDS: Mapping[str, tuple[str, Callable[[Any, date | None, str], Any]]] = {
    "montant": ("series", _series),
    "bareme": ("baremes", _bareme),
    "delai": ("delais", _delai),
    "duree": ("durees", _duree),
    "taux": ("taux", _taux),
    "mesure": ("mesures", _mesure),
    "repere": ("reperes", _repere),
}
