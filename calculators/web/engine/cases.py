"""Questions to put to the calculators, always the same ones for the same seed.

The hot part of the runtime is what they lead to; the tests put others to the same calculators on two Pythons.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, fields_of
from calculators.dossier.document import Cas, Dossier, write
from calculators.registry import CALCULATORS
from calculators.typed import Misread, read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from calculators.declaration import Field

SEED = 2026
#: The day on which they are asked.
TODAY = "2026-11-21"
_TODAY = date.fromisoformat(TODAY)
_FIRST, _LAST = date(2009, 6, 1), date(2028, 6, 1)
#: Deadlines: a year or two beyond the holidays known, at both ends.
_EARLIEST, _LATEST = date(2006, 1, 1), date(2102, 12, 31)
#: Days that a built site may be read for.
_SERVED = 540
#: Answers that go with another: a length is a number and its unit, or months then days.
_TOGETHER = {
    "unite": "duree",
    "jours": "mois",
    "date_pieces": "date_demande_pieces",
    "suite_aide": "date_demande_aide",
    "date_suite_aide": "suite_aide",
    "date_designation": "date_demande_aide",
}
#: Answers to a question that is not asked: of each such question, and of all of a form that asks much.
_STRAY, _STRAYS = 0.01, 0.3
_BAD = ("", "abc", "12 50", "1.234", "-1", "31/02/2026", "٣٤", "<b>x</b>", "oui", "NaN", "\u202e10", "1e5", " ")
_LABELS = ("", "Livret A", "l'épargne", "<script>alert(1)</script>", "A & B « c »", "😀", "Compte n° 2 ; 50 % ?")


def day_of(text: str) -> date | None:
    """The day that a text says, if it says one."""
    try:
        return read_day(text, _TODAY).jour
    except Misread:
        return None


def meets(answers: Iterable[str], allowed: Sequence[str]) -> bool:
    """Whether one of these answers is allowed: one of the words, or a day of the interval written `first/last`.

    A last day written `-P15Y` is that of fifteen years ago.
    """
    found = list(answers)
    days = [day for day in map(day_of, found) if day]
    for wanted in allowed:
        first, interval, last = wanted.partition("/")
        if not interval:
            if wanted in found:
                return True
            continue
        years = re.fullmatch(r"-P(\d+)Y", last)
        end = _TODAY.replace(year=_TODAY.year - int(years[1])) if years else date.fromisoformat(last)
        if any((day_of(first) or date.min) <= day <= end for day in days):
            return True
    return False


class _Cases:
    """Questions to one calculator, from a stream of chance of its own; `first`: what its first question is answered.

    What is answered now and then to a question that is not asked is drawn aside: a question added for another case
    leaves the answers to these as they were. ``by_form``: nothing is, as no form sends it; nor an answer that is not of
    the list, and those of lists are always sent.
    """

    def __init__(self, seed: int, name: str, first: Mapping[str, str], *, by_form: bool = False) -> None:
        self.name, self.first, self.by_form = name, first, by_form
        words = " ".join([str(seed), name, *first.values(), *(["form"] if by_form else [])])
        self.chance, self.aside = random.Random(words), random.Random(f"{words} aside")  # noqa: S311  # repeatable
        self.forwards = name == "delais"  # whether dates follow one another, or come before the seizure
        self.usual: dict[str, str] = {}

    def amount(self) -> str:
        """An amount, written in one of the ways people write it."""
        chance = self.chance
        centimes = chance.choice(
            [0, 1, 65_168, 65_169, 65_170, *(chance.randrange(200_000) for _ in "123456"), chance.randrange(10**11)]
        )
        whole, rest = divmod(centimes, 100)
        return chance.choice(
            [
                f"{whole}.{rest:02}",
                f"{whole},{rest:02}",
                f"{whole:,},{rest:02} €".replace(",", "\u202f", f"{whole:,}".count(",")),
                str(whole),
            ]
        )

    def later(self, form: Mapping[str, Any]) -> str:
        """A day: of an event, or some weeks after the last of those before it."""
        chance = self.chance
        known = [day for day in map(day_of, filter(lambda text: isinstance(text, str), form.values())) if day]
        if known and chance.random() < 0.95:
            found = max(known) + timedelta(days=chance.randrange(120))
        elif chance.random() < 0.7:
            found = date(2025, 1, 1) + timedelta(days=chance.randrange(1100))
        else:
            found = _EARLIEST + timedelta(days=chance.randrange((_LATEST - _EARLIEST).days))
        return found.isoformat() if chance.random() < 0.8 else f"{found:%d/%m/%Y}"

    def day(self, form: Mapping[str, Any]) -> str:
        """A day: of the seizure, or shortly before it."""
        if self.forwards:
            return self.later(form)
        if isinstance(seizure := form.get("date_saisie"), str) and len(seizure) == len(TODAY) and seizure[4] == "-":
            found = date.fromisoformat(seizure) - timedelta(days=self.chance.choice([0, 1, 28, 30, 31, 60]))
        elif self.chance.random() < 0.6:  # the law of these years, the only one that a calculator may know
            found = _TODAY - timedelta(days=self.chance.randrange(700))
        else:
            found = _FIRST + timedelta(days=self.chance.randrange((_LAST - _FIRST).days))
        return found.isoformat() if self.chance.random() < 0.8 else f"{found:%d/%m/%Y}"

    def value(self, field: Field, form: Mapping[str, Any]) -> str:
        """One answer, good by itself."""
        match field.kind:
            case Kind.DATE:
                return self.later(form) if field.nom == "date_denonciation" else self.day(form)
            case Kind.MONTANT:
                sign = "-" if field.question.minimum is None and self.chance.random() < 0.2 else ""
                return sign + self.amount()
            case Kind.NOMBRE:
                return str(self.chance.choice([0, 1, 1, 2, 3, 8, 15, 30, self.chance.randrange(100), 9999]))
            case Kind.OUI_NON:
                return self.chance.choice(["oui", "non"])
            case Kind.CHOIX:
                return self.chance.choice(field.options).valeur
            case _:
                return self.chance.choice(_LABELS)

    def asked(self, field: Field, row: Mapping[str, Any], form: Mapping[str, Any]) -> bool:
        """Whether the form would ask it."""

        def answers_to(name: str) -> set[str]:
            head, _, tail = name.partition(".")
            source = row if head in row else form
            if tail:
                return {str(line.get(tail, "non")) for line in source.get(head, ())}
            return {str(source.get(head, self.usual.get(head, "non")))}

        return any(
            all(meets(answers_to(name), allowed) for name, allowed in case.items()) for case in field.question.quand
        )

    def completes(self, nom: str, row: Mapping[str, Any]) -> bool:
        """Whether an answer that may be left out is given."""
        likely = 0.5
        if nom in _TOGETHER:
            likely = 0.97 if _TOGETHER[nom] in row else 0.02
        elif nom == "mois":
            likely = 0.01 if "duree" in row else 0.99
        elif nom == "prorogations":  # two at most: any other number is refused
            likely = 0.1
        return self.chance.random() < likely

    def draw(self) -> dict[str, Any]:
        """Answers to the whole form."""
        self.usual = {}
        return self._answers(CALCULATORS[self.name].inputs, None)

    def _answers(self, inputs: type, form: dict[str, Any] | None) -> dict[str, Any]:
        """Answers to the questions asked, and now and then to one that is not, or a faulty one."""
        row = dict[str, Any]()
        self.usual |= {f.nom: f.defaut for f in fields_of(inputs) if f.kind is Kind.CHOIX and isinstance(f.defaut, str)}
        outer = row if form is None else form
        stray = 0 if self.by_form else min(_STRAY, _STRAYS / len(fields_of(inputs)))
        for field in fields_of(inputs):
            if field.question.cache:
                continue
            if form is None and field.nom in self.first:
                row[field.nom] = self.first[field.nom]
            elif self.asked(field, row, outer):
                self._answer(field, row, outer)
            elif self.aside.random() < stray:
                here, self.chance = self.chance, self.aside
                self._answer(field, row, outer)
                self.chance = here
        return row

    def _answer(self, field: Field, row: dict[str, Any], outer: dict[str, Any]) -> None:
        chance = self.chance
        if field.ligne is not None:
            count = chance.choice([1, 1, 1, 2, 3, 21 if chance.random() < 0.005 else 4])
            count -= 0 if field.requis else 1
            row[field.nom] = [self._answers(field.ligne, row) for _ in range(count)]
        elif self.by_form and field.options:
            usual = field.defaut if isinstance(field.defaut, str) and chance.random() < 0.5 else ""
            row[field.nom] = usual or self.value(field, outer)
        elif field.requis or self.completes(field.nom, row):
            row[field.nom] = chance.choice(_BAD) if chance.random() < 0.01 else self.value(field, outer)


def flat(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers as the page's form names them."""
    keys: dict[str, str] = {}
    for name, value in answers.items():
        if isinstance(value, list):
            keys |= {f"{name}.{n}.{key}": text for n, row in enumerate(value, 1) for key, text in row.items()}
        else:
            keys[name] = value
    return keys


def _streams(seed: int, name: str, *, by_form: bool = False) -> list[_Cases]:
    """The streams of a calculator: one, or one for each answer to its first question when that leads to all the others.

    A démarche added, or a situation, has its own; those of the others ask what they asked.
    """
    first = next(field for field in fields_of(CALCULATORS[name].inputs) if not field.question.cache)
    if first.kind is not Kind.CHOIX:
        return [_Cases(seed, name, {}, by_form=by_form)]
    return [_Cases(seed, name, {first.nom: option.valeur}, by_form=by_form) for option in first.options]


def cases(
    count: int, seed: int = SEED, only: str = "", *, by_form: bool = False
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name of a calculator and answers to it, `count` times; `only`: of that one; `by_form`: as its form asks."""
    names = [only] if only else sorted(CALCULATORS)
    streams = {name: itertools.cycle(_streams(seed, name, by_form=by_form)) for name in names}
    for number in range(count):
        name = names[number % len(names)]
        yield name, next(streams[name]).draw()


def dossiers(count: int, seed: int = SEED) -> Iterator[str]:
    """Requests of the page « Mon dossier », as JSON texts: each of a few cases, ticked and sent or not."""
    batch: list[Cas] = []
    for name, answers in cases(4 * count, seed):
        batch.append(Cas(name, flat(answers), ("cph-restituer-rib",)))
        if len(batch) == len(CALCULATORS) - 2:
            text = write(Dossier(f"Essai {name}", "satd", tuple(batch), {"banque-sommes": TODAY, "impots-satd": ""}))
            yield json.dumps({"dossier": text, "aujourdhui": TODAY, "racine": "../"}, ensure_ascii=False)
            batch = []


def requests(count: int, seed: int = SEED) -> Iterator[str]:
    """Requests of the page, as JSON texts."""
    for name, answers in cases(count, seed):
        request = {"calculateur": name, "champs": flat(answers), "aujourdhui": TODAY, "prefixe": name, "racine": "../"}
        yield json.dumps(request, ensure_ascii=False)


def forms(count: int, seed: int = SEED) -> Iterator[str]:
    """Requests that the forms of the page send, as JSON texts, on any day of the year and a half that follow.

    Only what is shown is sent, without the spaces around, and nothing of what was left blank.
    """
    chance = random.Random(f"{seed} days")  # noqa: S311  # repeatable
    for number, (name, answers) in enumerate(cases(count, seed, by_form=True)):
        given = {key: text.strip() for key, text in flat(answers).items()}
        request = {
            "calculateur": name,
            "champs": {key: text for key, text in given.items() if text},
            "aujourdhui": (_TODAY + timedelta(days=chance.randrange(_SERVED))).isoformat(),
            "prefixe": "calc",
            "racine": "../../",
            "fichier": "",
            "adresse": "" if number % 2 else f"https://www.exemple.fr/calculateurs/{name}/",
            "niveau": 3,
        }
        yield json.dumps(request, ensure_ascii=False)
