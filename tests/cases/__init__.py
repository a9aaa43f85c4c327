"""Cases worked out by hand from the law, and how an answer is compared with one.

A file a calculator, in French, for whoever knows the law and not Python. Of each case: who asks (`qui`), on which day
(`aujourdhui`), the article and the reckoning (`loi`), the answers given (`reponses`), then what must be said. What is
said is read with ordinary spaces and apostrophes.

The law is the one known on the day of the case (`aujourdhui`): a value in force later is of no case before it.

- `dit`: the headline, whole. `valeurs`: values, as machines get them.
  `en_grand`: the values shown first, in large, all of them, where the case says it.
- `alertes`: the codes of the warnings, all of them, in their order. `attention`: what warnings say, among other things.
- `d_abord`: the first thing to do, whole, with its « Quand : ». `a_faire`: what is to be done too.
- `etapes`: what the reasoning says. `jamais`: what is said nowhere.
- `lectures`: of each reading of an open point, by its key, its values; all of them, but for those of a timeline.
- `calendrier`: of each date, by its key, its day and where it stands. `jours`: of a counted day, its role and why.
- `pieces`: documents and their level; `sans`: not these; `seules`: no other than these.
- `approuvee`: the whole answer is kept too, in `tests/approved/`.
- `defaut`: what the answer is known to say amiss; the case must fail until that is mended, then loses this line.
- `refus`: of each faulty answer, what its message says; nothing else is then asked of the case.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators.outcome import Refused, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.result import machine
from calculators.text import answer_as_text
from tests.known import known_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.outcome import Outcome
    from calculators.result import Result

__all__ = ["Cas", "answered", "cases", "differences"]

FOLDER = Path(__file__).parent
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'"})


@dataclass(frozen=True, kw_only=True)
class Cas:
    """One case; the names are those of the files."""

    calculateur: str
    qui: str
    loi: str
    reponses: dict[str, Any]
    aujourdhui: date = date(2026, 11, 21)
    dit: str | None = None
    valeurs: dict[str, str] = field(default_factory=dict)
    en_grand: list[str] | None = None
    alertes: list[str] = field(default_factory=list)
    attention: list[str] = field(default_factory=list)
    d_abord: str | None = None
    a_faire: list[str] = field(default_factory=list)
    etapes: list[str] = field(default_factory=list)
    jamais: list[str] = field(default_factory=list)
    lectures: dict[str, dict[str, str]] = field(default_factory=dict)
    calendrier: dict[str, str] = field(default_factory=dict)
    jours: dict[str, str] = field(default_factory=dict)
    pieces: dict[str, str] = field(default_factory=dict)
    sans: list[str] = field(default_factory=list)
    seules: bool = False
    refus: dict[str, str] = field(default_factory=dict)
    approuvee: bool = False
    defaut: str = ""


def cases() -> Iterator[Cas]:
    """Every case of every calculator, in the order of the files."""
    for name in CALCULATORS:
        if (file := FOLDER / f"{name}.toml").is_file():
            for entry in tomllib.loads(file.read_text("utf-8"))["cas"]:
                yield Cas(calculateur=name, **entry)


def answered(cas: Cas) -> Outcome:
    """Put a case to its calculator, under the law that was known on its day: a newer amount changes no former case."""
    given = {"aujourdhui": cas.aujourdhui.isoformat(), **cas.reponses}
    return ask_calculator(get(cas.calculateur), given, under=known_by(cas.aujourdhui))


def differences(cas: Cas) -> list[str]:
    """What the answer to a case does not say as it should, in French; nothing when all is well."""
    calculator = get(cas.calculateur)
    outcome = answered(cas)
    if isinstance(outcome, Refused):
        said = {fault.champ: plain(fault.message) for fault in outcome.erreurs}
        if set(said) != set(cas.refus):
            return [_unlike("les refus", ", ".join(cas.refus) or "aucun", said)]
        return [
            _unlike(f"refus de {name}", text, said[name]) for name, text in cas.refus.items() if text not in said[name]
        ]
    if cas.refus:
        return [_unlike("le refus", ", ".join(cas.refus), "une réponse")]
    return list(_unlike_the_result(cas, outcome.result, answer_as_text(calculator, outcome.inputs, outcome.result)))


def plain(text: str) -> str:
    """French with ordinary spaces and apostrophes, as cases are typed."""
    return text.translate(_PLAIN)


def _unlike(what: str, expected: object, said: object) -> str:
    return f"{what}\n    attendu : {expected}\n    dit     : {said}"


def _unlike_the_result(cas: Cas, result: Result, text: str) -> Iterator[str]:
    headline = plain(result.resume)
    if cas.dit != headline:
        yield _unlike("la première phrase", cas.dit, headline)
    values = {value.cle: machine(value.quantite) for value in result.valeurs}
    yield from _unlike_the_table("valeur", cas.valeurs, values)
    large = [value.cle for value in result.valeurs if value.essentielle]
    if cas.en_grand is not None and large != cas.en_grand:
        yield _unlike("en grand", cas.en_grand, large)
    codes = [warning.code for warning in result.avertissements]
    if codes != cas.alertes:
        yield _unlike("les mises en garde", cas.alertes, codes)
    warnings = [plain(warning.texte) for warning in result.avertissements]
    yield from (
        _unlike("une mise en garde", words, warnings) for words in cas.attention if not _within(words, warnings)
    )
    actions = [plain(a.texte + (f" Quand : {a.quand}." if a.quand else "")) for a in result.a_faire]
    if cas.d_abord is not None and actions[:1] != [cas.d_abord]:
        yield _unlike("à faire d'abord", cas.d_abord, actions[0] if actions else "rien")
    yield from (_unlike("à faire", words, actions) for words in cas.a_faire if not _within(words, actions))
    steps = [plain(f"{step.titre}. {step.explication} {step.calcul}") for step in result.etapes]
    yield from (
        _unlike("une étape", words, "\n      ".join(steps)) for words in cas.etapes if not _within(words, steps)
    )
    yield from (_unlike("jamais dit", words, "ces mots") for words in cas.jamais if words in plain(text))
    readings = {r.cle: {v.cle: machine(v.quantite) for v in r.valeurs} for r in result.lectures}
    one_by_one = any("." in name for name in readings)  # of each date of a timeline, some of them another person's
    if (cas.lectures.keys() - readings.keys()) if one_by_one else list(readings) != list(cas.lectures):
        yield _unlike("les lectures", list(cas.lectures), list(readings))
    for name in readings.keys() & cas.lectures.keys():
        yield from _unlike_the_table(f"lecture « {name} », valeur", cas.lectures[name], readings[name])
    dates = {event.cle: f"{event.jour} {event.statut.value}" for event in result.evenements}
    yield from _unlike_the_table("date", cas.calendrier, dates)
    days = {day.jour.isoformat(): f"{day.role} : {plain(day.raison)}" for day in result.jours}
    yield from _unlike_the_table("jour", cas.jours, days)
    documents = {piece.id: piece.niveau for piece in result.pieces or ()}
    yield from _unlike_the_table("pièce", cas.pieces, documents)
    if unwanted := [name for name in documents if name in cas.sans or (cas.seules and name not in cas.pieces)]:
        yield _unlike("pièces de trop", "aucune", ", ".join(unwanted))


def _unlike_the_table(what: str, expected: dict[str, str], said: dict[str, str]) -> Iterator[str]:
    for name, value in expected.items():
        if said.get(name) != value:
            yield _unlike(f"{what} « {name} »", value, said.get(name, "rien"))


def _within(words: str, texts: list[str]) -> bool:
    return any(words in text for text in texts)
