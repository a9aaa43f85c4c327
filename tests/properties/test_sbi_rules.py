"""What the law says of every case, not only of the examples: each docstring is a sentence of it."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.law import law
from calculators.result import to_dict
from tests.helpers import TODAY
from tests.scale import left
from tests.strategies import amounts, figure, plain_answers, sbi_answers, sbi_result

if TYPE_CHECKING:
    from calculators.result import Result

NOTHING = Decimal(0)


def credit_balances(data: dict[str, Any]) -> Decimal:
    return sum((max(NOTHING, compte["solde"]) for compte in data["comptes"]), NOTHING)


def protected_sums(data: dict[str, Any]) -> Decimal:
    """What the plain rule protects of the sums received (CPCE R162-4, R162-5): the protected part, less the debits."""
    total, running = NOTHING, Fraction(0)
    sommes = [(law().sommes[somme["nature"]].nature.value, somme) for somme in data.get("sommes", [])]
    shared = sum((s["montant"] for n, s in sommes if n == "partielle" and "part_protegee" not in s), NOTHING)
    for nature, somme in sommes:
        part = somme["montant"] if nature == "insaisissable" else NOTHING
        if nature == "partielle" and "part_protegee" in somme:
            part = somme["part_protegee"]
        elif nature == "partielle":
            before, running = running, running + by_the_scale(data, somme, shared)
            part = Decimal(math.floor(running) - math.floor(before)) / 100
        total += max(NOTHING, part - somme.get("debits", NOTHING))
    return total


def by_the_scale(data: dict[str, Any], somme: dict[str, Any], shared: Decimal) -> Fraction:
    """This payer's exact part, in centimes, of what stays of all of them together (C. trav., art. L3252-4)."""
    day = somme.get("date_credit", data["date_saisie"])
    floor = law().series["sbi"].au(day).montant
    kept = left(int(shared * 100), day, data.get("personnes_a_charge", 0), int(floor * 100))
    assert kept is not None
    return Fraction(kept) * Fraction(somme["montant"]) / Fraction(shared or 1)


def column(result: Result, cle: str) -> list[Decimal]:
    (tableau,) = result.tableaux
    position = [name for name, _ in tableau.colonnes].index(cle)
    return [cell for line in tableau.lignes if isinstance(cell := line[position], Decimal)]


@given(sbi_answers())
def test_what_is_seized_and_what_remains_are_all_there_was(data: dict[str, Any]) -> None:
    """L162-1: the bank declares the balances of the day of the seizure; nothing appears nor disappears."""
    result = sbi_result(data)
    assert figure(result, "solde") == credit_balances(data)
    assert figure(result, "saisi") + figure(result, "reste") == figure(result, "solde")
    assert sum((part.montant for part in result.parts), NOTHING) == figure(result, "solde")


@given(sbi_answers())
def test_never_more_is_seized_than_is_claimed(data: dict[str, Any]) -> None:
    """L211-2: the seizure attributes the money up to the sums for which it is made."""
    assume("creance" in data)
    result = sbi_result(data)
    assert figure(result, "saisi") <= data["creance"]
    assert figure(result, "saisi_sans_demande") <= data["creance"]


@given(sbi_answers())
def test_what_is_protected_remains(data: dict[str, Any]) -> None:
    """L162-2 and R162-4: what is protected is left, within the credit balances."""
    result = sbi_result(data)
    balances = figure(result, "solde")
    assert NOTHING <= figure(result, "protege") <= balances
    assert figure(result, "reste") >= min(balances, figure(result, "protege"))
    assert figure(result, "laisse") + figure(result, "sur_demande") == figure(result, "protege")
    assert figure(result, "saisi") <= figure(result, "saisi_sans_demande")
    assert figure(result, "saisi_sans_demande") <= figure(result, "bloque") <= balances


@given(plain_answers())
def test_the_sbi_and_the_protected_sums_do_not_add_up(data: dict[str, Any]) -> None:
    """R162-7: what was left as SBI is deducted from the sums claimed afterwards, and the other way round."""
    result = sbi_result(data)
    greatest = max(figure(result, "sbi"), protected_sums(data))
    assert figure(result, "protege") == min(credit_balances(data), greatest)
    assert figure(result, "laisse") == min(credit_balances(data), figure(result, "sbi"))


@given(sbi_answers(), st.integers(0, 100_000))
def test_an_overdrawn_account_changes_nothing_for_the_others(data: dict[str, Any], centimes: int) -> None:
    """R162-2: one looks at the credit balances of all the accounts."""
    overdrawn = {"solde": -Decimal(centimes) / 100, "joint": data["comptes"][0].get("joint", False)}
    before = sbi_result(data)
    after = sbi_result({**data, "comptes": [*data["comptes"], overdrawn]})
    assert [v.quantite for v in after.valeurs] == [v.quantite for v in before.valeurs]
    assert after.tableaux[0].lignes[:-1] == before.tableaux[0].lignes


@given(sbi_answers(), amounts(), amounts())
def test_a_larger_debt_never_leaves_more(data: dict[str, Any], one: Decimal, other: Decimal) -> None:
    """L162-2: the food allowance does not depend on the debt; the rest is taken up to it."""
    smaller, larger = (sbi_result({**data, "creance": creance}) for creance in sorted((one, other)))
    assert figure(larger, "reste") <= figure(smaller, "reste")
    assert figure(larger, "protege") == figure(smaller, "protege")
    without = sbi_result({cle: value for cle, value in data.items() if cle != "creance"})
    assert figure(without, "reste") <= figure(larger, "reste")


@given(sbi_answers(debiteur="personne_physique", mesure="satd"), amounts())
def test_more_protected_sums_never_leave_less(data: dict[str, Any], amount: Decimal) -> None:
    """R112-5: what may not be seized keeps this quality on the account where it is paid."""
    more = {**data, "sommes": [*data["sommes"], {"nature": "rsa", "montant": amount}]}
    assert figure(sbi_result(more), "reste") >= figure(sbi_result(data), "reste")


@given(sbi_answers(debiteur="personne_physique"), amounts())
def test_more_debits_since_a_sum_never_protect_more_of_it(data: dict[str, Any], spent: Decimal) -> None:
    """R162-4: less the operations in debit since the last payment of the sum."""
    assume(data.get("sommes"))
    first = {**data["sommes"][0], "debits": data["sommes"][0].get("debits", NOTHING) + spent}
    spent_more = {**data, "sommes": [first, *data["sommes"][1:]]}
    assume(first["debits"] < Decimal(900_000_000))
    assert figure(sbi_result(spent_more), "protege") <= figure(sbi_result(data), "protege")


@given(sbi_answers())
def test_the_table_of_accounts_adds_up(data: dict[str, Any]) -> None:
    """R162-2: the bank says on which account or accounts the sum is left."""
    result = sbi_result(data)
    for cle in ("laisse", "sur_demande", "saisi"):
        shares = column(result, cle)
        assert sum(shares, NOTHING) == figure(result, cle)
        assert all(share >= 0 for share in shares)
    balances, remains = column(result, "solde"), column(result, "reste")
    for position, balance in enumerate(balances):
        given_ = sum(column(result, cle)[position] for cle in ("laisse", "sur_demande", "saisi"))
        assert given_ <= max(NOTHING, balance)
        assert remains[position] == balance - column(result, "saisi")[position]
    assert sum((max(NOTHING, r) for r in remains), NOTHING) == figure(result, "reste")


@given(plain_answers())
def test_the_sbi_is_taken_on_sight_money_first(data: dict[str, Any]) -> None:
    """R162-2: the sum is taken first on the money available at sight."""
    result = sbi_result(data)
    at_sight = [compte.get("type", "a_vue") == "a_vue" for compte in data["comptes"]]
    on_savings = any(left > 0 and not sight for left, sight in zip(column(result, "laisse"), at_sight, strict=True))
    full = all(
        left == max(NOTHING, balance)
        for left, balance, sight in zip(column(result, "laisse"), column(result, "solde"), at_sight, strict=True)
        if sight
    )
    assert full or not on_savings


@given(sbi_answers(debiteur="personne_morale"))
def test_a_company_keeps_nothing(data: dict[str, Any]) -> None:
    """L162-2: the third party leaves the sum to the debtor who is a natural person."""
    result = sbi_result(data)
    assert figure(result, "protege") == NOTHING
    assert figure(result, "sbi") == NOTHING
    assert figure(result, "saisi") == min(credit_balances(data), data.get("creance", Decimal("Infinity")))


@given(plain_answers(sbi_deja_laisse="oui", sommes=[], sbi_restant=NOTHING), st.integers(0, 70))
def test_no_new_sbi_within_the_month(data: dict[str, Any], days: int) -> None:
    """R162-3: a new sum is left only for a seizure that comes once a month is over since the former one."""
    previous = TODAY - timedelta(days=days)
    result = sbi_result({**data, "date_saisie_precedente": previous})
    still_running = previous >= date(2026, 10, 21)
    assert figure(result, "laisse") == (NOTHING if still_running else min(credit_balances(data), Decimal("651.69")))


@given(sbi_answers())
def test_the_prudent_reading_is_never_above_any_other(data: dict[str, Any]) -> None:
    """Never a false certainty: what the answer relies on, every other reading leaves at least."""
    result = sbi_result(data)
    assert [lecture.prudente for lecture in result.lectures] == [True, *[False] * (len(result.lectures) - 1)][
        : len(result.lectures)
    ]
    for lecture in result.lectures:
        found = {v.cle: v.quantite for v in lecture.valeurs}
        assert isinstance(found["protege"], Decimal)
        assert isinstance(found["saisi"], Decimal)
        assert found["protege"] >= figure(result, "protege")
        assert found["saisi"] <= figure(result, "saisi")
        assert lecture.prudente is (found["protege"] == figure(result, "protege") and lecture.cle == "prudente")


@given(sbi_answers())
def test_open_points_are_announced(data: dict[str, Any]) -> None:
    """An answer that rests on an open point says so, in its first sentence and in a warning."""
    result = sbi_result(data)
    warned = any(a.code == "point_ouvert" for a in result.avertissements)
    told = "Un point reste ouvert" in result.resume or "dépend de la mesure" in result.resume
    assert warned == bool(result.lectures) == told
    assert len(result.lectures) != 1


@given(sbi_answers())
def test_all_the_open_points_together_leave_most(data: dict[str, Any]) -> None:
    """Read the other way together, as far as they may be, no less is left than by each of them.

    Which measure it is is no reading of the law: a direct payment is not counted with them.
    """
    seized = {
        lecture.cle: next(v.quantite for v in lecture.valeurs if v.cle == "saisi")
        for lecture in sbi_result(data).lectures
        if lecture.cle != "paiement_direct"
    }
    if "ensemble" in seized:
        assert min(seized.values()) == seized["ensemble"]


@given(sbi_answers())
def test_every_amount_has_at_most_two_decimals(data: dict[str, Any]) -> None:
    """There is nothing smaller than a centime, and machines always get two decimals."""
    result = to_dict(sbi_result(data))
    for cle, amount in result["valeurs"].items():
        assert cle == "reclamer_jusqu_au" or re.fullmatch(r"[0-9]+\.[0-9]{2}", amount)
    for line in result["comptes"]:
        for cle in ("solde", "laisse", "sur_demande", "saisi", "reste"):
            assert re.fullmatch(r"-?[0-9]+\.[0-9]{2}", line[cle])


@given(sbi_answers())
def test_every_step_cites_an_article_or_says_why_not(data: dict[str, Any]) -> None:
    """Every answer shows its reasoning: each step with its article, and a link to the official text."""
    for step in sbi_result(data).etapes:
        assert step.titre
        assert step.explication
        assert step.articles or "ne cite pas d'article" in step.explication
        for article in step.articles:
            assert article.lien.startswith("https://www.legifrance.gouv.fr/")
            assert article.enonce


@given(sbi_answers())
def test_every_source_says_until_when_it_is_good(data: dict[str, Any]) -> None:
    """A figure used says its text, when it was checked, and when a newer one is expected."""
    result = sbi_result(data)
    sbi = [source for source in result.sources if source.intitule.startswith("Solde bancaire")]
    assert bool(sbi) == (figure(result, "sbi") > 0)
    assert bool(result.sources[len(sbi) :]) <= (data["mesure"] == "satd")
    for source in sbi:
        assert source.lien.startswith("https://www.legifrance.gouv.fr/")
        assert source.texte
        assert source.en_vigueur_du <= data["date_saisie"]
        if source.valable_jusqu_au is None:
            assert source.revision_attendue is not None
            stale = any(a.code == "montant_perime" for a in result.avertissements)
            assert stale == (data["date_saisie"] >= source.revision_attendue)
        else:
            assert source.revision_attendue is None
            assert data["date_saisie"] <= source.valable_jusqu_au
        if source.certitude not in {"A", "B"}:
            assert any(a.code == "montant_a_confirmer" for a in result.avertissements)


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=6), st.integers(0, 4), st.sampled_from(["2016", "2026"]))
def test_splitting_a_pay_never_changes_what_is_protected_of_it(parts: list[int], people: int, year: str) -> None:
    """L3252-4: the seizable part is that of the whole; no article of R3252-2 to R3252-5 says where a centime goes."""
    pieces = [Decimal(part) / 100 for part in parts]
    given = {"date_saisie": date(int(year), 6, 30), "solde": "99999", "personnes_a_charge": people}
    split, whole = (
        sbi_result({**given, "aujourdhui": TODAY, "sommes": [{"nature": "salaire", "montant": m} for m in amounts]})
        for amounts in (pieces, [sum(pieces, NOTHING)])
    )
    assert figure(split, "protege") == figure(whole, "protege")
