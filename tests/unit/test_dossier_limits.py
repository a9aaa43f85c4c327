"""How much the file of a dossier may hold: at each limit it opens, one beyond it is refused whole, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from calculators.dossier.document import FORMAT, VERSION, Cas, Dossier, json_schema, read, write, write_link
from calculators.edition import edition
from calculators.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable


def text(**parts: Any) -> str:
    return json.dumps({"format": FORMAT, "version": VERSION} | parts)


def refusal(given: str) -> str:
    """What is said of a file that is refused; nothing when it opens."""
    try:
        read(given)
    except InputError as error:
        return str(error)
    return ""


def case(name: str = "delais", **parts: Any) -> dict[str, Any]:
    return {"calculateur": name, "reponses": {}} | parts


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def names(count: int) -> list[str]:
    return [f"{LETTERS[number // 26]}{LETTERS[number % 26]}" for number in range(count)]


#: What a dossier holds, of any size, and how much of it at most.
LIMITS: dict[str, tuple[Callable[[int], str], int]] = {
    "letters of its name": (lambda size: text(nom="a" * size), 80),
    "letters of the paper it began with": (lambda size: text(recu="a" * size), 80),
    "cases": (lambda size: text(cas=[case()] * size), 30),
    "answers of a case": (lambda size: text(cas=[case(reponses=dict.fromkeys(names(size), "x"))]), 400),
    "letters of an answer": (lambda size: text(cas=[case(reponses={"situation": "x" * size})]), 500),
    "ticks": (lambda size: text(cas=[case("pieces", coches=["a"] * size)]), 200),
    "letters of a tick": (lambda size: text(cas=[case("pieces", coches=["a" * size])]), 80),
    "letters sent": (lambda size: text(courriers=dict.fromkeys(names(size), "")), 60),
    "characters": (lambda size: text().ljust(size), 200_000),
}


@pytest.mark.parametrize("what", LIMITS)
def test_a_dossier_opens_up_to_each_limit_and_not_beyond(what: str) -> None:
    make, most = LIMITS[what]
    assert refusal(make(most)) == ""
    assert "en a été ouvert" in refusal(make(most + 1))


def test_the_limit_of_a_dossier_is_said_as_it_is() -> None:
    assert "200\u202f000" in refusal(" " * 200_001).replace(" ", "\u202f").replace("\u00a0", "\u202f")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (VERSION, ""),
        (VERSION + 1, "plus récente"),
        (999, "plus récente"),
        (1_000, "version"),
        (0, "version"),
        (-1, "version"),
        ("2", "version"),
        (True, "version"),
        (None, "version"),
        (1.5, "version"),
    ],
)
def test_a_version_is_a_whole_number_from_one_to_999(version: object, said: str) -> None:
    told = refusal(text(version=version))
    assert (said in told) is True
    assert bool(told) is bool(said)
    assert ("abîmé" in told) is (said == "version")


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"cas": [case("pieces", coches=[3])]}, "coches"),
        ({"cas": [case("pieces", coches=["A"])]}, "coches"),
        ({"cas": [case("pieces", coches=[""])]}, "coches"),
        ({"cas": [case(reponses=[])]}, "reponses"),
        ({"cas": {}}, "cas"),
        ({"ab_c-d": 1}, "ab_c-d"),
        ({"é" * 21: 1}, "é" * 20),
        ({"<>": 1}, "…"),
        ({"version": 1, "calculs": []}, "calculs"),
        ({"version": 1, "courriers": {}}, "calculs"),
    ],
)
def test_what_is_damaged_is_named(parts: dict[str, Any], where: str) -> None:
    told = refusal(text(**parts))
    assert f"({where})" in told.replace("« ", "(").replace(" »", ")").replace("«\u00a0", "(").replace("\u00a0»", ")")


def test_a_dossier_is_written_to_be_read_by_a_person() -> None:
    told = write(Dossier(nom="Élise"))
    assert '\n  "nom": "Élise",\n' in told
    assert told.endswith("}\n")


def test_a_link_holds_what_is_answered_and_nothing_empty() -> None:
    one = Cas("pieces", {"demarche": "passeport"}, ("a",))
    told = json.loads(write_link(Dossier("Mme Martin", "satd", (one, Cas(one.calculateur, one.reponses)), {"a": ""})))
    assert told == {
        "format": FORMAT,
        "version": VERSION,
        "regles": edition().id,
        "recu": "satd",
        "cas": [
            {"calculateur": "pieces", "reponses": {"demarche": "passeport"}, "coches": ["a"]},
            {"calculateur": "pieces", "reponses": {"demarche": "passeport"}},
        ],
        "courriers": {"a": ""},
    }
    assert json.loads(write_link(Dossier())) == {"format": FORMAT, "version": VERSION, "regles": edition().id}


def test_the_published_schema_knows_no_other_part() -> None:
    described: Any = json_schema()
    assert described["additionalProperties"] is False
    assert described["properties"]["cas"]["items"]["additionalProperties"] is False
