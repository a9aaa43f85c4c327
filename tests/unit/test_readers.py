"""Who reads is spoken to, and is never told of as somebody else: « le débiteur peut » is not for the debtor."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from calculators.law import law
from calculators.law.situations import situations
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.web.engine.cases import TODAY, cases

if TYPE_CHECKING:
    from calculators.result import Result

_DRAWN = 600
#: Of each role: what must not be said to it.
NEVER = {
    "debiteur": r"\b(le|au|du) débiteur\b",
    "creancier": r"\b[Ll]e créancier (peut|doit|a)\b|[Dd]emandez.{0,20} au créancier",
    "banque": r"\b(à la banque|[Ll]a banque (peut|doit|a)\b)|auprès de la banque|avec la banque|point-justice",
    "employeur": r"\b(à l'employeur|[Ll]'employeur (peut|doit|a)\b)|auprès de l'employeur|point-justice",
    "payeur": r"\b(l'employeur, la banque ou la caisse|le tiers)\b|point-justice",
    "occupant": r"\bl'occupant\b|\bla personne expulsée\b",
    "proprietaire": r"\b[Ll]e propriétaire\b",
}
#: What a debtor alone does, said to anybody else as something to do.
ACTS_OF_THE_DEBTOR = re.compile(
    r"\b(contestez|assignez|faites opposition|réclamez|guettez|envoyez à la banque|saisissez le juge"
    r"|vous pouvez (contester|réclamer|faire opposition|demander que)|demandez l'aide juridictionnelle)\b",
    re.IGNORECASE,
)
#: The question that tells who reads, in each calculator.
_ROLES = ("role", "role_salaire", *(plan.qui for plan in situations(law()).values() if plan.qui))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def told(result: Result) -> list[str]:
    """What is said to the reader, and the reasoning; not the names of the deadlines, which are infinitives."""
    parts = [result.resume, *(w.texte for w in result.avertissements)]
    parts += [f"{a.texte} {a.quand}" for a in result.a_faire]
    parts += [event.titre for event in result.evenements if not event.pour_vous]
    parts += [f"{step.titre}. {step.explication}" for step in result.etapes if "Qui agit" not in step.explication]
    parts += [
        match[0] for step in result.etapes if (match := re.search(r"Qui agit.*?\. Départ.*?\.", step.explication))
    ]
    names = sorted({plain(delai.intitule) for delai in law().delais.values()}, key=len, reverse=True)
    found = [plain(part) for part in parts]
    for name in names:
        found = [re.sub(re.escape(name), "…", part, flags=re.IGNORECASE) for part in found]
    return found


@cache
def answers() -> tuple[tuple[str, dict[str, Any], Result], ...]:
    """Answers to many cases, with who reads each."""
    found = []
    for calculator in ("delais", "quotite", "sbi"):
        for name, case in cases(_DRAWN, only=calculator):
            outcome = ask_calculator(get(name), {"aujourdhui": TODAY, **case})
            if isinstance(outcome, Answered):
                role = next((str(value) for key in _ROLES if (value := getattr(outcome.inputs, key, None))), "")
                found.append((role, case, outcome.result))
    return tuple(found)


@pytest.mark.parametrize("role", NEVER)
def test_a_reader_is_not_told_of_as_somebody_else(role: str) -> None:
    mine = [(case, result) for who, case, result in answers() if who == role]
    assert len(mine) > 2, "too few cases to tell"
    said = {text for _, result in mine for text in told(result) if re.search(NEVER[role], text)}
    assert said == set()


@pytest.mark.parametrize("role", ["creancier", "banque", "employeur"])
def test_nobody_else_is_asked_to_act_for_the_debtor(role: str) -> None:
    said = {
        text for who, _, result in answers() if who == role for text in told(result) if ACTS_OF_THE_DEBTOR.search(text)
    }
    assert said == set()


def test_no_word_of_the_law_data_speaks_to_one_person() -> None:
    """Whoever reads about a deadline reads its note, its event and what follows from it."""
    known = law().delais.values()
    texts = [words for d in known for words in (d.note, d.depart, d.sanction, *(v.note for v in d.versions))]
    assert [text for text in texts if re.search(r"\b(vous|votre|vos|(?!Deux)[A-Z]\w+(?:ez|ez-\w+))\b", text)] == []


def test_a_bank_is_not_sent_to_the_bank_for_a_late_notice() -> None:
    """The act came eighteen days after the seizure: each reads whom to ask, and that is not themselves."""
    case = {"situation": "saisie-attribution", "date_saisie": "2026-11-02", "date_denonciation": "2026-11-20"}

    def headline(role: str) -> str:
        outcome = ask_calculator(get("delais"), {"aujourdhui": "2026-11-28", **case, "role": role})
        assert isinstance(outcome, Answered)
        return plain(outcome.result.resume)

    assert "Demandez à la banque ce qu'elle sait" in headline("debiteur")
    assert headline("banque").endswith(
        "demandez par écrit au commissaire de justice ce qu'il en est, et gardez sa réponse."
    )
    assert "banque ce qu'elle sait" not in headline("creancier")
