"""What people type is read the same by the page, a link, JSON, a file and the command; or refused with the reason."""

from __future__ import annotations

import io
import json
import re
import tomllib
from typing import Any

import pytest

from calculators.__main__ import main
from calculators.declaration import unflatten
from calculators.lot import Batch
from calculators.registry import get
from calculators.typed import Misread, read_amount, read_choice, read_day, read_whole, read_yes_no
from calculators.typed.marks import likeness
from calculators.typed.numerals import number_of
from calculators.web.page.browser import answer, compute
from tests.helpers import ROOT

TODAY = "2026-11-28"
VECTORS: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests/vectors/saisies.toml").read_text("utf-8"))
SBI = {"date_saisie": "2026-11-20", "solde": "1000"}
#: A question of each kind, in a form that can be answered whatever its value is: of which calculator, beside what.
QUESTIONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "dates": ("delais", "evenement", {"delai": "saisie-attribution.contestation"}),
    "amounts": ("sbi", "solde", SBI),
    "choices": ("sbi", "territoire", SBI),
    "yes": ("sbi", "comptes.1.joint", {"date_saisie": "2026-11-20", "comptes.1.solde": "1000"}),
    "wholes": ("sbi", "personnes_a_charge", {**SBI, "sommes.1.nature": "salaire", "sommes.1.montant": "1"}),
}


def good() -> list[Any]:
    return [
        pytest.param(kind, value, text, id=f"{kind} {text!a}")
        for kind in QUESTIONS
        for value, texts in VECTORS[kind].items()
        for text in texts
    ]


def bad() -> list[Any]:
    return [
        pytest.param(kind, text, why, id=f"{kind} {text!a}")
        for kind in ("dates", "amounts")
        for text, why in VECTORS[f"{kind}_refused"].items()
    ]


def asked(kind: str, text: str) -> dict[str, str]:
    _, champ, others = QUESTIONS[kind]
    return {**others, champ: text}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def page(data: dict[str, str], calculator: str = "sbi") -> dict[str, Any]:
    request = {"calculateur": calculator, "champs": data, "aujourdhui": TODAY}
    found: dict[str, Any] = json.loads(answer(json.dumps(request)))
    return found


@pytest.mark.parametrize(("kind", "value", "text"), good())
def test_one_reading_is_read_by_every_way_in(
    kind: str, value: str, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, usual, typed = QUESTIONS[kind][0], asked(kind, value), asked(kind, text)
    expected = page(usual, name)
    assert expected["ok"], expected
    found = page(typed, name)
    assert found["fragment"] == expected["fragment"]
    values = expected["resultat"]["valeurs"]
    assert found["resultat"]["valeurs"] == values

    nested = {"aujourdhui": TODAY, **unflatten(typed)}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(nested).encode())))
    assert main([name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["valeurs"] == values
    assert json.loads(compute(name, json.dumps(nested)))["valeurs"] == values

    header = ";".join(typed)
    cells = ";".join('"' + cell.replace('"', '""') + '"' for cell in typed.values())
    batch, plainly = Batch(get(name), header, TODAY), Batch(get(name), header, TODAY)
    wanted = next(plainly.answer([";".join(usual[champ] for champ in typed)])).split(";")[len(typed) :]
    given = next(batch.answer([cells])).split(";")[-len(wanted) :]
    assert (batch.faulty, given[:-2]) == (0, wanted[:-2])  # then the codes of warnings: the year of two digits


@pytest.mark.parametrize(("kind", "text", "why"), bad())
def test_what_has_no_reading_or_two_is_refused_with_what_was_read_and_what_to_write(
    kind: str, text: str, why: str
) -> None:
    name, champ, _ = QUESTIONS[kind]
    found = page(asked(kind, text), name)
    assert not found["ok"]
    (fault,) = found["erreurs"]
    assert fault["champ"] in {champ, "comptes.1.solde"}
    assert why in plain(fault["message"])


@pytest.mark.parametrize("text", ["20/11/26", "hier", "20 nov. 26"])
def test_a_day_not_written_whole_is_said_back(text: str) -> None:
    reply = page({**SBI, "date_saisie": text})
    (warning,) = [w for w in reply["resultat"]["avertissements"] if w["code"] == "date_completee"]
    day = "27 novembre 2026" if text == "hier" else "20 novembre 2026"
    assert f"Date de la saisie : vous avez écrit « {text} », nous avons lu {day}" in plain(warning["texte"])
    whole = page(SBI)
    assert not [w for w in whole["resultat"]["avertissements"] if w["code"] == "date_completee"]


def test_a_year_of_two_digits_is_of_the_last_eighty_years_or_the_next_twenty() -> None:
    for year, full in (("26", 2026), ("46", 2046), ("47", 1947), ("00", 2000)):
        assert read_day(f"20/11/{year}", read_day(TODAY).jour).jour.year == full
    with pytest.raises(Misread, match="n'est pas complète"):
        read_day("20/11/26")  # nothing to tell the century from


@pytest.mark.parametrize("text", ["hier", "aujourd'hui", "après-demain"])
def test_a_day_told_from_today_needs_a_today(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The very day of an answer is asked in full: nothing tells what it would be the eve of."""
    with pytest.raises(Misread, match="n'est pas une date"):
        read_day(text)
    assert main(["delais", "--aujourdhui", text]) == 2
    assert f"« {text} » n'est pas une date" in plain(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("letters", "number"),
    [
        ("mille neuf cent", 1900),
        ("mil neuf cent onze", 1911),
        ("mille neuf cent vingt et un", 1921),
        ("mille neuf cent trente-deux", 1932),
        ("mille neuf cent quarante-trois", 1943),
        ("mille neuf cent cinquante-quatre", 1954),
        ("mille neuf cent soixante-cinq", 1965),
        ("mille neuf cent soixante et onze", 1971),
        ("mille neuf cent soixante-seize", 1976),
        ("mille neuf cent quatre-vingt", 1980),
        ("mille neuf cent quatre-vingt-un", 1981),
        ("mil neuf cent quatre-vingt-dix-neuf", 1999),
        ("deux mille", 2000),
        ("deux mille sept", 2007),
        ("deux mil quatorze", 2014),
        ("deux mille cent dix-huit", 2118),
    ],
)
def test_the_year_of_an_act_is_read_in_letters(letters: str, number: int) -> None:
    """Each ten of a century, typed by hand as acts write them."""
    assert number_of(letters) == number


@pytest.mark.parametrize(
    ("letters", "number"),
    [
        ("un", 1),
        ("trente et un", 31),
        ("trente-deux", None),
        ("mille huit cent quatre-vingt-dix-neuf", None),
        ("mille neuf cent", 1900),
        ("deux mille cent quatre-vingt-dix-neuf", 2199),
        ("deux mille deux cent", None),
    ],
)
def test_in_letters_there_are_the_days_of_a_month_and_the_years_that_are_read(letters: str, number: int | None) -> None:
    assert number_of(letters) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/01/2026", "2026-01-15"),
        ("15/12/2026", "2026-12-15"),
        ("1/2/2026", "2026-02-01"),
        ("15 janvier 2026", "2026-01-15"),
        ("20112100", "2100-11-20"),
        ("21001120", "2100-11-20"),
        ("19000101", "1900-01-01"),
        ("31/12/2199", "2199-12-31"),
    ],
)
def test_the_first_and_the_last_of_each_part_of_a_day_are_read(text: str, day: str) -> None:
    assert read_day(text).jour.isoformat() == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("20/00/2026", "il n'y a pas de mois 0"),
        ("20/13/2026", "il n'y a pas de mois 13"),
        ("31/12/1899", "entre 1900 et 2199"),
        ("01/01/2200", "entre 1900 et 2199"),
        ("machin novembre 2026", "« machin novembre 2026 » n'est pas une date"),
        ("20 novembre machin", "« 20 novembre machin » n'est pas une date"),
    ],
)
def test_what_is_beyond_the_first_and_the_last_is_no_day(text: str, why: str) -> None:
    with pytest.raises(Misread, match=re.escape(why)):
        read_day(text)


@pytest.mark.parametrize(("text", "read"), [("1,00000099", True), ("1,00000100", False), ("1,0000001", False)])
def test_what_a_spreadsheet_adds_far_after_the_point_is_less_than_a_millionth(text: str, *, read: bool) -> None:
    """From the eighth figure on; more than that, or sooner, somebody typed it."""
    if read:
        assert read_amount(text) == 1
        return
    with pytest.raises(Misread, match="plus de deux chiffres"):
        read_amount(text)


def test_what_is_refused_is_repeated_without_the_spaces_between_its_words() -> None:
    with pytest.raises(Misread, match="« douze mois » n'est pas un nombre entier"):
        read_whole(f"douze{' ' * 60}mois")


def test_a_list_that_is_told_whole_is_told_in_its_own_order() -> None:
    names = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"]
    with pytest.raises(Misread) as refused:
        read_choice("huite", {name: name for name in names})
    assert str(refused.value).endswith("Réponses possibles : un, deux, trois, quatre, cinq, six, sept, huit.")


def test_an_answer_of_a_list_is_known_by_its_words_or_its_code() -> None:
    options = {
        "a_vue": "Compte courant (à vue)",
        "epargne": "Épargne",
        "oui": "Oui",
        "non": "Non",
        "inconnu": "Je ne sais pas",
    }
    for text, code in (("Compte courant (à vue)", "a_vue"), ("compte courant a vue", "a_vue"), ("EPARGNE", "epargne")):
        assert read_choice(text, options) == code
    for text, code in (("VRAI", "oui"), ("O", "oui"), ("faux", "non"), ("je ne sais pas", "inconnu")):
        assert read_choice(text, options) == code
    with pytest.raises(Misread) as caught:
        read_choice("courant", options)
    assert str(caught.value) == (
        "« courant » n'est pas une des réponses. Réponses possibles : a_vue (Compte courant (à vue)), epargne, oui, "
        "non, inconnu (Je ne sais pas)."
    )
    with pytest.raises(Misread):  # two answers with the same words: by code only
        read_choice("Même", {"un": "Même", "deux": "Même"})


def test_words_are_alike_by_their_pairs_of_letters_alone() -> None:
    """A last letter in common is no likeness, and a word of one letter is like none."""
    assert [likeness("tab", "cob"), likeness("a", "a"), likeness("", "")] == [0, 0, 0]
    assert likeness("tab", "tab") == 1


def test_a_long_list_names_the_likeliest_answers_first() -> None:
    fault = page({**SBI, "territoire": "guadelupe"})["erreurs"][0]
    assert "Réponses possibles : guadeloupe" in plain(fault["message"])


def test_an_answer_is_named_in_full_up_to_forty_characters() -> None:
    """Beyond them it is cut between two words, and says so."""
    options = {"long": f"{'a' * 35} bcde", "trop": f"{'a' * 36} bcde"}
    with pytest.raises(Misread) as refused:
        read_choice("autre", options)
    listed = str(refused.value).split("Réponses possibles : ")[1]
    assert listed == f"long ({'a' * 35} bcde), trop ({'a' * 36}…)."


def test_a_refusal_names_no_more_answers_than_one_reads() -> None:
    """Four of them are long enough: the fifth is left out, whole."""
    options = {f"{'a' * 30}{n}": f"{'Une réponse ' * 2}{n}" for n in range(8)}
    with pytest.raises(Misread) as refused:
        read_choice("autre", options)
    listed = str(refused.value).split("Réponses possibles : ")[1]
    assert [f"{'a' * 30}{n} (" in listed for n in range(8)] == [True] * 4 + [False] * 4
    assert listed.endswith(")….")


@pytest.mark.parametrize("piece", ["1:11", "1 ", "1.", "'", "(", "€", "\u200b", "\x00", "vingt ", "janvier ", "l'an "])
def test_what_goes_on_without_end_is_refused_and_not_read_again_and_again(piece: str) -> None:
    """Each would take minutes, if from each of its letters the rest were read again."""
    text = piece * 200_000
    for read in (lambda typed: read_day(typed, read_day(TODAY).jour), read_amount, read_whole, read_yes_no):
        with pytest.raises(Misread) as caught:
            read(text)
        assert len(str(caught.value)) < 300
    with pytest.raises(Misread):
        read_choice(text, {f"code_{n}": f"Réponse {n}" for n in range(100)})


def test_whatever_is_read_again_is_read_the_same() -> None:
    assert read_amount("1 234,56 €") == read_amount(str(read_amount("1 234,56 €")))
    assert read_whole("2,00") == 2
    assert read_yes_no("VRAI")
    with pytest.raises(Misread, match="n'est ni oui ni non"):
        read_yes_no("peut-être")
