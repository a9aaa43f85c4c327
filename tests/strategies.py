"""Hypothesis strategies made from a calculator's own declaration: a new question is tested as soon as it exists."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import assume
from hypothesis import strategies as st

from calculators.declaration import MAX_AMOUNT, Kind, fields_of, parse
from calculators.delais import DelaisInputs
from calculators.delais.inputs import SuiteAide
from calculators.errors import CoverageError, InputError
from calculators.holidays import covered_by
from calculators.law import law
from calculators.law.situations import situations
from calculators.quotite import QuotiteInputs
from calculators.sbi import SbiInputs, calculate
from calculators.web.engine.cases import meets
from tests.helpers import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from calculators.declaration import Field
    from calculators.result import Result

    #: Makes the strategy of one field, knowing the answers before it in its row and in its form.
    Maker = Callable[[Mapping[str, Any], Mapping[str, Any]], SearchStrategy[Any]]

CENTIME = Decimal("0.01")

_BOUNDARIES = sorted(
    {
        value.montant + near
        for series in ("sbi", "sbi-mayotte")
        for value in law().series[series].valeurs[-3:]
        for near in (-CENTIME, Decimal(0), CENTIME)
    }
)


@cache
def amounts(lowest: Decimal | None = Decimal(0)) -> SearchStrategy[Decimal]:
    """Amounts with centimes: everyday ones, those beside a law value, the smallest and the largest."""
    least = -200_000 if lowest is None else int(lowest * 100)
    edges = [Decimal(0), CENTIME, MAX_AMOUNT, *([-CENTIME, -MAX_AMOUNT] if lowest is None else [])]
    return st.one_of(
        st.integers(least, 300_000).map(lambda centimes: Decimal(centimes) / 100),
        st.sampled_from(_BOUNDARIES),
        st.sampled_from([edge for edge in edges if lowest is None or edge >= lowest]),
    )


@cache
def seizure_days() -> SearchStrategy[date]:
    """Days of seizure, from the first verified amount to some years ahead, with each day the amount changes."""
    starts = [value.en_vigueur_du for value in law().series["sbi"].valeurs]
    around = [start + timedelta(days=n) for start in starts[1:] for n in (-1, 0)] + [starts[0]]
    return st.one_of(st.dates(starts[0], date(2030, 12, 31)), st.sampled_from(around), st.just(TODAY))


@cache
def _texts() -> SearchStrategy[str]:
    return st.text(st.sampled_from("abcÉœ09 '’«<>&\"=,;:!?%{}*_€😀ش"), max_size=12).map(str.strip)


@cache
def _value(inputs: type, nom: str) -> SearchStrategy[Any]:
    field = next(field for field in fields_of(inputs) if field.nom == nom)
    match field.kind:
        case Kind.DATE:
            return seizure_days()
        case Kind.MONTANT:
            return amounts(field.question.minimum)
        case Kind.OUI_NON:
            return st.booleans()
        case Kind.CHOIX:
            return st.sampled_from([option.valeur for option in field.options])
        case Kind.NOMBRE:
            return st.one_of(st.integers(0, 60), st.sampled_from([1, 2, 15, 999, 9999]))
        case _:
            return _texts()


def _before_the_seizure(_row: Mapping[str, Any], form: Mapping[str, Any]) -> SearchStrategy[date]:
    day: date = form["date_saisie"]
    return st.one_of(st.integers(0, 70), st.sampled_from([0, 28, 29, 30, 31])).map(lambda n: day - timedelta(days=n))


def _after_the_seizure(_row: Mapping[str, Any], form: Mapping[str, Any]) -> SearchStrategy[date]:
    day: date = form["date_saisie"]
    return st.integers(0, 400).map(lambda n: day + timedelta(days=n))


def _part_of_the_amount(row: Mapping[str, Any], _form: Mapping[str, Any]) -> SearchStrategy[Decimal]:
    most = int(min(row["montant"], Decimal(2000)) * 100)
    return st.integers(0, most).map(lambda centimes: Decimal(centimes) / 100)


#: What an answer owes to other answers, where the declaration alone does not say it.
SBI_MAKERS: dict[str, Maker] = {
    "aujourdhui": lambda _row, _form: st.just(TODAY),
    "date_credit": _before_the_seizure,
    "date_saisie_precedente": _before_the_seizure,
    "date_denonciation": _after_the_seizure,
    "part_protegee": _part_of_the_amount,
    # Nobody's case needs twenty accounts; three already meet every order and kind.
    "territoire": lambda _row, _form: st.sampled_from(["metropole", "metropole", "mayotte", "guadeloupe"]),
}


@cache
def event_days() -> SearchStrategy[date]:
    """Days of any event: every year covered, their edges and beyond, and each day a rule changes."""
    starts = {v.en_vigueur_du for delai in law().delais.values() for v in delai.versions if v.en_vigueur_du}
    around = [day + timedelta(days=n) for day in (*sorted(starts), *covered_by(law())) for n in (-1, 0, 1)]
    return st.one_of(
        st.dates(date(2024, 1, 1), date(2028, 12, 31)),
        st.dates(date(2005, 1, 1), date(2103, 12, 31)),
        st.sampled_from(around),
    )


def _an_event(row: Mapping[str, Any], _form: Mapping[str, Any]) -> SearchStrategy[date]:
    """Events follow one another, mostly: each at most some months after one of those before it."""
    before = [value for name, value in row.items() if isinstance(value, date) and name != "aujourdhui"]
    if not before:
        return event_days()
    later = st.integers(0, 120).map(lambda days: max(before) + timedelta(days=days))
    return st.one_of(later, later, later, event_days())


def _documents_that_were_asked(row: Mapping[str, Any], form: Mapping[str, Any]) -> SearchStrategy[date | None]:
    return _an_event(row, form) if "date_demande_pieces" in row else st.none()


def _unanswered(row: Mapping[str, Any]) -> bool:
    """Whether the office of aide juridictionnelle has said nothing yet."""
    return row.get("suite_aide") in {None, SuiteAide.ATTENTE}


def _one_way_to_say_a_length(nom: str) -> Maker:
    """A length is a number and its unit, or months then days, rarely both."""

    def make(row: Mapping[str, Any], _form: Mapping[str, Any]) -> SearchStrategy[Any]:
        if nom in {"mois", "jours"} and "duree" in row:
            return st.sampled_from([None] * 9 + [1])
        return _value(DelaisInputs, nom)

    return make


QUOTITE_MAKERS: dict[str, Maker] = {
    "aujourdhui": lambda _row, _form: st.just(TODAY),
    "date": lambda _row, _form: st.dates(date(2019, 1, 1), date(2026, 12, 31)),
}

DELAIS_MAKERS: dict[str, Maker] = {
    "aujourdhui": lambda _row, _form: st.just(TODAY),
    **{nom: _one_way_to_say_a_length(nom) for nom in ("mois", "jours")},
    **{
        field.nom: _an_event
        for field in fields_of(DelaisInputs)
        if field.kind is Kind.DATE and field.nom != "aujourdhui"
    },
    "date_pieces": _documents_that_were_asked,
    "suite_aide": lambda row, _form: _value(DelaisInputs, "suite_aide") if "date_demande_aide" in row else st.none(),
    "date_suite_aide": lambda row, form: st.none() if _unanswered(row) else _an_event(row, form),
    "date_designation": lambda row, form: _an_event(row, form) if "date_demande_aide" in row else st.none(),
    "prorogations": lambda _row, _form: st.sampled_from([None, 0, 1, 2]),
}


def _is_asked(field: Field, row: Mapping[str, Any], form: Mapping[str, Any]) -> bool:
    def answers_to(name: str) -> list[Any]:
        head, _, tail = name.partition(".")
        source = row if head in row else form
        return [line.get(tail, False) for line in source.get(head, ())] if tail else [source.get(head)]

    return any(
        all(meets(map(_word, answers_to(name)), allowed) for name, allowed in case.items())
        for case in field.question.quand
    )


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


@st.composite
def answers(
    draw: DrawFn, inputs: type, makers: Mapping[str, Maker], fixed: Mapping[str, object], form: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Answers to the questions that are asked, each good by itself; ``fixed`` sets some (``None``: left empty)."""
    row: dict[str, Any] = {}
    outer = row if form is None else form
    for field in fields_of(inputs):
        if not _is_asked(field, row, outer):
            continue
        if field.nom in fixed:
            chosen = fixed[field.nom]
        elif field.ligne is not None:
            lines = answers(field.ligne, makers, fixed, row)
            chosen = draw(st.lists(lines, min_size=1 if field.requis else 0, max_size=3))
        elif not field.requis and field.defaut is None and draw(st.booleans()):
            continue
        else:
            maker = makers.get(field.nom)
            chosen = draw(maker(row, outer) if maker else _value(inputs, field.nom))
        if chosen is not None:
            row[field.nom] = chosen
    return row


def sbi_answers(**fixed: object) -> SearchStrategy[dict[str, Any]]:
    """Answers to the SBI calculator; ``fixed`` sets some of them."""
    return answers(SbiInputs, SBI_MAKERS, fixed, None)


def delais_answers(**fixed: object) -> SearchStrategy[dict[str, Any]]:
    """Answers to the deadlines calculator; ``fixed`` sets some of them."""
    if fixed:
        return answers(DelaisInputs, DELAIS_MAKERS, fixed, None)
    lengths = st.tuples(_value(DelaisInputs, "duree"), _value(DelaisInputs, "unite"))
    return st.one_of(
        answers(DelaisInputs, DELAIS_MAKERS, {}, None),
        *(delais_answers(situation=situation) for situation in (*situations(law()), "un-delai")),
        lengths.flatmap(
            lambda length: delais_answers(
                situation="autre", duree=length[0], unite=length[1], mois=None, jours=None, distance="aucune"
            )
        ),
    )


def quotite_answers(**fixed: object) -> SearchStrategy[dict[str, Any]]:
    """Answers to the calculator of the seizable part of a wage."""
    return answers(QuotiteInputs, QUOTITE_MAKERS, fixed, None)


def plain_answers(**fixed: object) -> SearchStrategy[dict[str, Any]]:
    """The plain case: one natural person, one bank, a first seizure with the automatic SBI, nothing disputed."""
    plain: dict[str, object] = {
        "date_saisie": TODAY,
        "mesure": "saisie_attribution",
        "debiteur": "personne_physique",
        "territoire": "metropole",
        "autre_banque": "non",
        "sbi_deja_laisse": "non",
        "regime": "separation",
        "nature_dette": "autre",
        "codebiteur": "non",
    }
    return sbi_answers(**{**plain, **fixed})


def as_json(value: object) -> object:
    """Write answers as JSON would hold them."""
    match value:
        case bool():
            return value
        case Decimal() | date():
            return str(value)
        case dict():
            return {key: as_json(inner) for key, inner in value.items()}
        case list():
            return [as_json(inner) for inner in value]
        case _:
            return value


def sbi_result(given: Mapping[str, Any]) -> Result:
    """Answer, leaving aside the cases that no verified law covers, and those that contradict themselves."""
    data = as_json(dict(given))
    assert isinstance(data, dict)
    try:
        return calculate(parse(SbiInputs, data), law())
    except (CoverageError, InputError):
        assume(False)  # noqa: FBT003  # hypothesis's way to leave a case aside
        raise


def figure(result: Result, cle: str) -> Decimal:
    """An amount of the answer."""
    found = result.valeur(cle)
    assert isinstance(found, Decimal)
    return found
