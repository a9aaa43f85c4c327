"""What is true of every answer of every calculator, on thousands of generated cases."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from calculators.registry import CALCULATORS
from calculators.web.page import browser
from tests.elisions import texts_of_html, wrong_elisions
from tests.parity.cases import TODAY, cases, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 400


def replies(calculator: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The questions put, good and faulty, with what the page would be given back."""
    for name, answers in cases(COUNT, only=calculator):
        asked = {"calculateur": name, "champs": flat(answers), "aujourdhui": TODAY, "prefixe": name}
        yield asked, json.loads(browser.answer(json.dumps(asked)))


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
    assert answered > COUNT / 4


@pytest.mark.parametrize("calculator", sorted(CALCULATORS))
def test_no_answer_nor_message_has_a_wrong_elision(calculator: str) -> None:
    for asked, reply in replies(calculator):
        texts = [*texts_of_html(reply["html"]), *reply.get("texte", "").splitlines()]
        assert [wrong for text in texts for wrong in wrong_elisions(text)] == [], asked
