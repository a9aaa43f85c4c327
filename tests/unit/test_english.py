"""A second language is a second catalogue: the SBI's headline and steps in English, with the same figures."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

from calculators.declaration import parse
from calculators.law import law
from calculators.law.situations import situations
from calculators.law.words import LENGTHS
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.result import to_dict
from calculators.sbi import SbiInputs, calculate
from calculators.sbi.rules import Facts, basis_of, open_points
from calculators.sbi.rules import figures as figures_of
from calculators.sbi.words.headline import headline
from calculators.sbi.words.steps import steps
from calculators.text import answer_as_text
from calculators.web.page.answer import result_view
from calculators.web.page.elements import Place, el, serialise, written_in
from tests.english import ENGLISH
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.result import Result

WORDS = ROOT / "calculators/sbi/words"

BASE: dict[str, Any] = {"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20"}
WAGES = [{"nature": "salaire", "montant": "1500"}, {"nature": "retraite", "montant": "700", "debits": "20.50"}]
COUPLE = {"comptes": [{"solde": "2000", "joint": True}], "creance": "5000"}
CASES: dict[str, dict[str, Any]] = {
    "simple": {"solde": "1234.56", "creance": "500"},
    "nothing seized": {"solde": "400"},
    "company": {"solde": "400", "debiteur": "personne_morale"},
    "before 2009": {"solde": "900", "date_saisie": "2009-07-01", "insaisissable": "100"},
    "protected sums": {
        "solde": "3000",
        "sommes": [{"nature": "aah", "montant": "900"}, {"nature": "ass", "montant": "5"}],
    },
    "claimed above the balances": {"solde": "700", "insaisissable": "900"},
    "wages": {"solde": "3000", "creance": "10000", "sommes": WAGES, "personnes_a_charge": "2"},
    "notice told": {"solde": "3000", "insaisissable": "900", "date_denonciation": "2026-11-20"},
    "notice late": {"solde": "3000", "date_saisie": "2026-09-01", "date_denonciation": "2026-09-20"},
    "notice never told": {"solde": "3000", "date_saisie": "2026-09-01"},
    "couple": {**COUPLE, "regime": "communaute", "nature_dette": "autre", "gains_epoux": True}
    | {"choix_epoux": "a_comparer", "gains_mois_precedent": "1800", "gains_moyenne": "1750"},
    "household": {**COUPLE, "regime": "pacs", "nature_dette": "menage"},
    "couple unknown": {**COUPLE, "regime": "inconnu"},
    "SATD": {"solde": "3000", "mesure": "satd", "creance": "1200"},
    "SATD above": {"solde": "30000", "mesure": "satd", "creance": "12000"},
    "SATD unknown": {"solde": "3000", "mesure": "satd"},
    "protective": {"comptes": [{"solde": "-50"}, {"solde": "3000"}], "mesure": "saisie_conservatoire"},
    "maintenance": {"solde": "3000", "mesure": "paiement_direct", "alimente_par_remuneration": True},
    "maintenance, no wages": {"solde": "3000", "mesure": "paiement_direct"},
    "two banks": {"solde": "1000", "autre_banque": True, "designation": "inconnue"},
    "shared": {"solde": "1000", "autre_banque": True, "designation": "partage", "part_designee": "300"},
    "SBI already left": {"solde": "1000", "sbi_deja_laisse": True, "date_saisie_precedente": "2026-11-05"},
    "month over": {"solde": "1000", "sbi_deja_laisse": True, "date_saisie_precedente": "2026-10-05"},
    "EIRL": {"solde": "1000", "debiteur": "eirl"},
}
#: Words that no English sentence has, and letters that English does not.
FRENCH_WORDS = re.compile(
    r"\b(?:au|aux|avec|banque|ce|cette|dans|de|depuis|des|dette|du|elle|en|est|et|il|jour|la|le|les|leur|mois|ne|ou|par"
    r"|pas|plus|pour|qui|saisie|saisir|sans|ses|somme|sont|sur|un|une|vous)\b|[àâçèêëîïôûùœéÀÉ«»]|\b[a-z]+['\u2019](?=[aeiouhéê])",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d[\d.,\u202f]*\d|\d")


def answers(case: dict[str, Any]) -> tuple[Result, Result]:
    inputs = parse(SbiInputs, {**BASE, **case})
    return calculate(inputs, law()), calculate(inputs, law(), ENGLISH)


def said(result: Result) -> Iterator[str]:
    """The headline, and each text of the steps."""
    yield result.resume
    for step in result.etapes:
        yield from (step.titre, step.explication, step.calcul)


def figures(text: str) -> list[str]:
    """The figures of a text, however the language writes them."""
    return sorted(re.sub(r"[.,\u202f]", "", figure) for figure in _FIGURE.findall(text))


def messages() -> Iterator[str]:
    """Every sentence that the headline and the steps write, wherever the steps are written."""
    names = re.findall(
        r"^from calculators\.sbi\.words\.(\w+) import", (WORDS / "steps.py").read_text("utf-8"), re.MULTILINE
    )
    for name in ("headline", "steps", *names):
        for node in ast.walk(ast.parse((WORDS / f"{name}.py").read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(sentence))]):
                    yield sentence


def texts_of_the_law() -> Iterator[str]:
    """What the law data give to these sentences."""
    known = law()
    for somme in known.sommes.values():
        yield from filter(None, (somme.intitule, somme.note))
    for series in ("sbi", "sbi-mayotte", "satd-cantonnement"):
        yield from (value.texte for value in known.series[series].valeurs)
    yield from (year.texte for year in known.baremes["remunerations"].valeurs)
    yield known.reperes["sbi-automatique"].texte
    for delai in known.delais.values():
        yield delai.sanction
    yield from (words for one_and_several in LENGTHS.values() for words in one_and_several)
    yield from ("d'un mois", "de {duree}")
    for situation in situations(law()).values():
        yield from (words for line in situation.echeances for words in (line.autre_voie, *line.si_tard.toutes()))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_answer_in_english_is_the_same_answer(case: dict[str, Any]) -> None:
    french, english = answers(case)
    assert [v.quantite for v in english.valeurs] == [v.quantite for v in french.valeurs]
    assert [step.articles for step in english.etapes] == [step.articles for step in french.etapes]
    assert [w.code for w in english.avertissements] == [w.code for w in french.avertissements]
    for here, there in zip(said(english), said(french), strict=True):
        assert bool(here) == bool(there)


class Complete(dict[str, str]):
    """Sentences none of which may be missing."""

    def get(self, sentence: str, _default: object = None) -> Any:
        return self[sentence]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_no_french_is_left_in_it(case: dict[str, Any]) -> None:
    facts, strict = (
        Facts(parse(SbiInputs, {**BASE, **case}), law()),
        replace(ENGLISH, messages=Complete(ENGLISH.messages)),
    )
    prudent = basis_of(facts)
    found = figures_of(prudent)
    assert headline(facts, found, open_points(facts), strict)
    assert tuple(steps(facts, prudent, found, strict))
    for text in said(answers(case)[1]):
        assert not FRENCH_WORDS.search(text), text
        assert not re.search(r"[\u00a0\u202f]| [:;!?%]", text), text


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_computation_has_the_same_figures_in_both(case: dict[str, Any]) -> None:
    french, english = answers(case)
    for here, there in zip(english.etapes, french.etapes, strict=True):
        # English writes a first of the month, or one dependant, in another way: the computations have neither.
        assert figures(here.calcul) == figures(there.calcul)
    assert figures(english.resume) == figures(french.resume)


def test_what_a_reader_of_english_is_told() -> None:
    english = answers(CASES["simple"])[1]
    assert english.resume == (
        "The bank must leave €651.69 without your asking for anything. The seizure can take €500.00."
    )
    amount, balances, left, *_, seized = english.etapes
    assert amount.titre == "The amount on 20 November 2026"
    assert amount.calcul == "€651.69, in force since 1 April 2026 (decree no. 2026-220 of 30 March 2026)"
    assert balances.calcul == "€1,234.56"
    assert left.calcul == "the smaller of €1,234.56 (balances) and €651.69 (SBI) = €651.69"
    assert (
        seized.calcul
        == "the smaller of €500.00 (claimed) and €1,234.56 − €651.69 = €582.87 (available), that is €500.00"
    )


def test_every_sentence_of_the_headline_and_of_the_steps_has_its_translation() -> None:
    """A sentence that changes in French changes in `calculators/sbi/locale/en.po` too."""
    assert [message for message in dict.fromkeys(messages()) if message not in ENGLISH.messages] == []
    spoken = {text for somme in law().sommes.values() for text in (somme.intitule, somme.note) if text}
    assert spoken - set(ENGLISH.messages) == set()


def test_the_catalogue_has_no_sentence_that_nothing_says() -> None:
    assert set(ENGLISH.messages) - set(messages()) - set(texts_of_the_law()) == set()


def test_a_translation_has_the_parts_of_its_sentence() -> None:
    def parts(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert {french for french, words in ENGLISH.messages.items() if parts(french) != parts(words)} == set()


def test_a_sentence_without_translation_is_said_in_french() -> None:
    assert ENGLISH("Il reste {laisse}.", laisse=law().series["sbi"].derniere.montant).startswith("Il reste €")


def test_the_faces_follow_the_language_of_the_answer() -> None:
    asked = {**BASE, **CASES["wages"]}
    outcome = ask_calculator(get("sbi"), asked, say=ENGLISH)
    assert isinstance(outcome, Answered)
    found, html = to_dict(outcome.result), serialise(result_view(outcome.inputs, outcome.result, Place("sbi")))
    assert found["resume"] == outcome.result.resume.replace("'", "\u2019")
    text = answer_as_text(outcome.calculator, outcome.inputs, outcome.result)
    for face in (html, text):
        assert "€651.69" in face
        assert "651,69" not in face
    assert html.startswith('<div class="calc-reponse" lang="en">')
    french = ask_calculator(get("sbi"), asked)
    assert isinstance(french, Answered)
    assert "lang=" not in serialise(result_view(french.inputs, french.result, Place("sbi")))


def test_an_element_has_the_typography_of_its_language() -> None:
    with written_in(ENGLISH):
        assert serialise(el("p", "What now ? It's 5 Mo")) == "<p>What now ? It\u2019s 5 Mo</p>"
    assert serialise(el("p", "Et alors ? 5 Mo")) == "<p>Et alors\u202f? 5\u00a0Mo</p>"
