"""What is true of every answer of every calculator, on thousands of generated cases."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from calculators.declaration import unflatten
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS
from calculators.web.engine.cases import TODAY, cases, flat
from calculators.web.page import browser
from tests.elisions import texts_of_html, wrong_elisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COUNT = 400


@cache
def replies(calculator: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The questions put, good and faulty, with what the page would be given back."""
    found = []
    for name, answers in cases(COUNT, only=calculator):
        asked = {"calculateur": name, "champs": flat(answers), "aujourdhui": TODAY, "prefixe": name}
        found.append((asked, json.loads(browser.answer(json.dumps(asked)))))
    return found


@pytest.mark.parametrize("calculator", sorted(CALCULATORS))
def test_every_answer_cites_its_text_of_law_or_says_where_it_comes_from(calculator: str) -> None:
    """The home page says so: a step has its article, or each document of a list its article or its source."""
    answered = 0
    for asked, reply in replies(calculator):
        if not reply["ok"]:
            continue
        answered += 1
        result = reply["resultat"]
        links = [article["lien"] for step in result["etapes"] for article in step["articles"]]
        pieces = result["valeurs"].get("pieces", [])
        assert links or (pieces and all(piece["references"] for piece in pieces)), asked
        shown = unescape(reply["html"])
        titles = [reference["titre"] for piece in pieces for reference in piece["references"]]
        assert all(words in shown for words in (*links, *titles)), asked
    assert answered > COUNT / 2, (
        f"{calculator}: {answered} of {COUNT} are answered, too few to tell: its questions are drawn by _Cases, in "
        "calculators/web/engine/cases.py (`day`, `later`: its days)"
    )


@pytest.mark.parametrize("calculator", sorted(name for name, one in CALCULATORS.items() if one.chiffres))
def test_a_line_of_a_table_has_the_figures_the_warnings_and_the_faults_of_the_whole_answer(calculator: str) -> None:
    answered = 0
    for name, answers in cases(COUNT, only=calculator):
        data = {"aujourdhui": TODAY, **unflatten(flat(answers))}
        whole, brief = (ask_calculator(CALCULATORS[name], data, figures=figures) for figures in (False, True))
        if not isinstance(whole, Answered):
            assert brief == whole
            continue
        assert isinstance(brief, Answered), answers
        assert brief.result.valeurs == whole.result.valeurs
        assert brief.result.avertissements == whole.result.avertissements
        assert brief.result.etapes == ()
        answered += 1
    assert answered > COUNT / 2


#: Parts of the answers of a calculator that only their figures tell apart, and on purpose.
ALIKE: Mapping[str, frozenset[str]] = {}


@pytest.mark.parametrize("calculator", sorted(CALCULATORS))
def test_no_part_of_an_answer_is_the_same_whatever_is_asked(calculator: str) -> None:
    """Headline, what to do, warnings, steps, figures aside: rules that no longer look at the answers say one thing."""
    said: dict[str, Counter[str]] = {part: Counter() for part in ("resume", "a_faire", "avertissements", "etapes")}
    for _, reply in replies(calculator):
        if reply["ok"]:
            for part, found in said.items():
                found[re.sub(r"\d[\d\s,]*", "#", json.dumps(reply["resultat"][part], ensure_ascii=False))] += 1
    shares = {part: found.most_common(1)[0][1] / found.total() for part, found in said.items()}
    alike = {part for part, share in shares.items() if share > 0.95}
    assert alike == ALIKE.get(calculator, frozenset()), (
        f"tests/properties/test_every_answer.py: parts of {calculator} that say one thing, figures aside, whatever is "
        f"asked: {sorted(alike)}. On purpose? Name them in ALIKE."
    )


@pytest.mark.parametrize("calculator", sorted(CALCULATORS))
def test_no_answer_nor_message_has_a_wrong_elision(calculator: str) -> None:
    for asked, reply in replies(calculator):
        texts = [*texts_of_html(reply["html"]), *reply.get("texte", "").splitlines()]
        assert [wrong for text in texts for wrong in wrong_elisions(text)] == [], asked


def sentences(value: object) -> Iterator[str]:
    """Every sentence of an answer; what is quoted in it (a button, a choice) is not its own."""
    match value:
        case str():
            text = re.sub("«[^»]*»", "", value.replace("\u00a0", " ").replace("\u202f", " "))
            yield from re.split(r"(?<=[.!?])\s+", text)
        case dict():
            for name, inner in value.items():
                yield from () if name in {"lien", "enonce"} else sentences(inner)
        case list():
            for inner in value:
                yield from sentences(inner)


@pytest.mark.parametrize("calculator", sorted(CALCULATORS.keys() - {"pieces"}))
def test_no_sentence_announces_twice(calculator: str) -> None:
    """A sentence with two colons has to be read again; a list repeats choices as they are worded."""
    for asked, reply in replies(calculator):
        if reply["ok"]:
            found = {name: part for name, part in reply["resultat"].items() if name != "titre"}
            assert [text for text in sentences(found) if text.count(" : ") > 1] == [], asked


def test_what_the_law_data_give_to_a_sentence_announces_nothing_more() -> None:
    """Rare cases too: these words come after « À confirmer auprès de… : », « Si le délai est manqué… : », a title."""
    known = law()
    doubts = [delai.doute for delai in known.delais.values()]
    doubts += [somme.doute for somme in known.sommes.values()]
    doubts += [value.doute for series in known.series.values() for value in series.valeurs]
    texts = [doubt.manque for doubt in doubts if doubt]
    texts += [words for delai in known.delais.values() for words in (delai.intitule, delai.sanction, delai.depart)]
    assert [text for text in texts if " :" in text] == []


#: « moins de 1 mois », « 0 pièces », « 1 pièces »: none and one are said in words, or agree.
_BAD_NUMBER = re.compile(
    r"\b(moins|plus|délai) de 1 (?!%)[a-zé]|(?<![\d.,] )(?<![\d.,])\b(0 [a-zé]{3,}|1 [a-zé]+s\b(?<!mois))"
)


@pytest.mark.parametrize("calculator", sorted(CALCULATORS))
def test_none_and_one_are_said_as_people_say_them(calculator: str) -> None:
    said = {
        text
        for _, reply in replies(calculator)
        if reply["ok"]
        for part in ("resume", "a_faire", "avertissements", "etapes")
        for text in sentences(reply["resultat"][part])
    }
    assert {text for text in said if _BAD_NUMBER.search(text)} == set()
