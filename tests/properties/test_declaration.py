"""From one declaration: whatever is typed is read or refused, and comes back the same from an address."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from calculators.declaration import Kind, fields_of, json_schema, parse, to_flat, unflatten
from calculators.delais import DelaisInputs
from calculators.errors import InputError
from calculators.outcome import Answered, Refused, ask_calculator, read_json
from calculators.registry import CALCULATORS, get
from calculators.sbi import SbiInputs
from calculators.text import answer_as_text
from calculators.web.page.browser import answer, compute
from tests.helpers import TODAY
from tests.strategies import answers, as_json, delais_answers, quotite_answers, sbi_answers

#: Every calculator, from its declaration alone; those whose answers go together in a way of their own.
WAYS = {name: answers(calculator.inputs, {}, {}, None) for name, calculator in CALCULATORS.items()} | {
    "sbi": sbi_answers(),
    "delais": delais_answers(),
    "quotite": quotite_answers(),
}
LINE = {name for field in fields_of(SbiInputs) for name in [c.nom for c in field.colonnes]}
NAMES = [field.nom for field in fields_of(SbiInputs)] + ["solde", "insaisissable", "intrus", "", "comptes.1.solde"]
QUESTIONS = [field.nom for field in fields_of(DelaisInputs)] + ["intrus", ""]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=70),
    st.sampled_from(["oui", "non", "2026-11-20", "20/11/2026", "1 000,50", "-3", "a_vue", "rsa", "partage", "mayotte"]),
    st.sampled_from(["saisie-attribution", "autre", "rebours", "jours_francs", "debiteur", "jex.appel", "9999", "0"]),
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.text(max_size=5), st.sampled_from(sorted(LINE))), inner, max_size=4),
    ),
    max_leaves=8,
)
forms = st.one_of(
    st.dictionaries(st.sampled_from(NAMES), anything, max_size=8),
    st.tuples(sbi_answers(), st.dictionaries(st.sampled_from(NAMES), anything, min_size=1, max_size=2)).map(
        lambda pair: {**pair[0], **pair[1]}
    ),
)
deadlines = st.one_of(
    st.dictionaries(st.sampled_from(QUESTIONS), anything, max_size=8),
    st.tuples(delais_answers(), st.dictionaries(st.sampled_from(QUESTIONS), anything, max_size=2)).map(
        lambda pair: {**pair[0], **pair[1]}
    ),
)
asked = st.one_of(forms.map(lambda data: ("sbi", data)), deadlines.map(lambda data: ("delais", data)))


@given(asked)
def test_whatever_is_typed_is_read_or_refused(question: tuple[str, dict[str, Any]]) -> None:
    """Bad input raises nothing but the package's own error, which names the faulty fields."""
    name, data = question
    outcome = ask_calculator(get(name), {"aujourdhui": TODAY.isoformat(), **data})
    if isinstance(outcome, Answered):
        assert answer_as_text(get(name), outcome.inputs, outcome.result)
        return
    assert outcome.erreurs
    for fault in outcome.erreurs:
        assert isinstance(fault.champ, str)
        assert 0 < len(fault.message) < 400


@given(st.one_of(forms.map(as_json).map(lambda data: json.dumps(data, default=str)), st.text(max_size=60)))
def test_any_text_for_json_gets_a_json_answer(text: str) -> None:
    for name in CALCULATORS:
        reply = json.loads(compute(name, text))
        assert reply["calculateur"] == name
        assert ("valeurs" in reply) is not ("erreurs" in reply)


keys = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(QUESTIONS),
    st.tuples(
        st.sampled_from(["comptes", "sommes", "intrus", ""]),
        st.one_of(st.integers(-1, 1200).map(str), st.text(max_size=3), st.just("9" * 5000), st.just("²")),
        st.sampled_from([*sorted(LINE), "intrus", ""]),
    ).map(".".join),
    st.text(max_size=12),
)


@given(st.dictionaries(keys, st.text(max_size=12), max_size=8))
def test_any_address_gets_a_reply(champs: dict[str, str]) -> None:
    """A fragment comes from anywhere: the engine answers it, or says what is wrong."""
    for name in CALCULATORS:
        reply = json.loads(answer(json.dumps({"calculateur": name, "champs": champs, "aujourdhui": str(TODAY)})))
        assert reply["ok"] in {True, False}
        assert reply["html"].startswith("<div")


cases = st.one_of(*(st.tuples(st.just(name), way) for name, way in WAYS.items()))


@given(cases)
def test_answers_survive_the_address(case: tuple[str, dict[str, Any]]) -> None:
    """A link opened elsewhere fills the form with the same answers."""
    name, data = case
    typed = as_json(data)
    assert isinstance(typed, dict)
    declared = CALCULATORS[name].inputs
    try:
        inputs = parse(declared, typed)
    except InputError:
        return  # answers that contradict each other: nothing to share
    fragment = urlencode(to_flat(inputs))
    flat = dict(parse_qsl(fragment, keep_blank_values=True, strict_parsing=bool(fragment)))
    assert parse(declared, {"aujourdhui": data["aujourdhui"].isoformat(), **unflatten(flat)}) == inputs


@given(cases)
def test_the_ways_of_asking_agree(case: tuple[str, dict[str, Any]]) -> None:
    """The page, the command line's JSON and Python give one and the same answer."""
    name, data = case
    typed = as_json(data)
    assert isinstance(typed, dict)
    outcome = ask_calculator(get(name), typed)
    assert json.loads(compute(name, json.dumps(typed))) == outcome.to_dict()
    if isinstance(outcome, Answered):
        champs = to_flat(outcome.inputs)
        request = {"calculateur": name, "champs": champs, "aujourdhui": typed["aujourdhui"]}
        assert json.loads(answer(json.dumps(request)))["resultat"] == outcome.to_dict()


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=2))
def test_a_json_number_is_as_good_as_a_text(amount: Decimal) -> None:
    """Numbers of JSON are read exactly, never through a binary float."""
    base = '{"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20", "solde": %s}'
    assert compute("sbi", base % amount) == compute("sbi", base % f'"{amount}"')
    outcome = ask_calculator(get("sbi"), read_json(base % amount))
    assert not isinstance(outcome, Refused)
    assert outcome.result.valeur("solde") == max(Decimal(0), amount)


def test_the_schema_names_every_question_and_no_other() -> None:
    for calculator in CALCULATORS.values():
        schema = json_schema(calculator.inputs, titre=calculator.titre)
        assert json.loads(json.dumps(schema)) == schema
        properties = schema["properties"]
        assert isinstance(properties, dict)
        shorts = {short for field in fields_of(calculator.inputs) for short in field.question.abrege}
        assert set(properties) == {field.nom for field in fields_of(calculator.inputs)} | shorts
        for field in fields_of(calculator.inputs):
            assert properties[field.nom]["title"]
            if field.kind is Kind.LIGNES:
                items = properties[field.nom]["items"]
                assert set(items["properties"]) == {column.nom for column in field.colonnes}
                assert items["additionalProperties"] is False
