"""The SBI worked out a second time, in whole centimes and from the texts typed, sharing no code with the calculator."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.web.engine.cases import TODAY, cases, day_of
from tests.helpers import ROOT
from tests.scale import left

COUNT = 4000

PROTECTED = [
    "rsa",
    "aah",
    "ass",
    "prime_activite",
    "apa",
    "prestations_familiales",
    "aeeh",
    "accident_du_travail",
    "frais_professionnels",
    "remboursement_soins",
    "depart_economique",
    "pension_alimentaire_recue",
    "pch",
    "aide_logement",
    "autre_insaisissable",
]
PARTLY = [
    "salaire",
    "retraite",
    "chomage",
    "indemnites_journalieres",
    "activite_partielle",
    "pension_invalidite",
    "aspa",
    "depart_retraite",
]

#: Mayotte, where our source gives an amount (facts of the series), in centimes; None: not verified, so refused.
MAYOTTE = {
    "2012-01-01": 11900,
    "2013-01-01": None,
    "2014-01-01": 24966,
    "2014-09-01": 25465,
    "2015-01-01": None,
    "2015-09-01": 26208,
    "2016-04-01": None,
    "2016-09-01": 26759,
    "2017-04-01": 26839,
    "2017-09-01": 27274,
    "2018-04-01": 27547,
    "2019-04-01": 27987,
    "2020-04-01": 28239,
    "2021-04-01": 28267,
    "2022-04-01": 28776,
    "2022-07-01": 29927,
    "2023-04-01": 30388,
    "2024-04-01": 31786,
    "2025-04-01": 32326,
    "2026-04-01": 32585,
}


def national() -> dict[str, int | None]:
    """The amounts of the external series of parameters, not those of the law files."""
    vectors = json.loads((ROOT / "tests/vectors/sbi.json").read_text("utf-8"))["montants"]
    series = [v for v in vectors if "frontières" not in v["source"]]
    return {v["date_saisie"]: int(v["sbi"].replace(".", "")) for v in series}


NATIONAL = national()
#: The days of the law files from which an amount is in force that is not typed yet: nothing is worked out after them.
UNTYPED = {
    day
    for series, typed in (("sbi", NATIONAL), ("sbi-mayotte", MAYOTTE))
    for value in law().series[series].valeurs
    if (day := value.en_vigueur_du.isoformat()) not in typed
}


def centimes(text: str | None) -> int:
    if text is None or not text.strip():
        return 0
    bare = "".join(c for c in text if c in "0123456789,.-").replace(",", ".")
    whole, _, rest = bare.partition(".")
    amount = abs(int(whole)) * 100 + int(rest.ljust(2, "0") or 0)
    return -amount if bare.startswith("-") else amount


def a_day(text: str) -> date:
    if "/" in text:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text)


def month_over(day: date) -> date:
    """The same day of the next month; where there is none, the month's last (CPC 641)."""
    later = day + timedelta(days=1)
    while not (later.day == day.day and later.month != day.month) and (later + timedelta(days=1)).month in {
        day.month,
        day.month % 12 + 1,
    }:
        later += timedelta(days=1)
    return later


def amount_of(day: date, territory: str) -> int | None:
    table = MAYOTTE if territory == "mayotte" else NATIONAL
    starts = [start for start in sorted(table) if start <= day.isoformat()]
    return table[starts[-1]] if starts else None


def provable_sums(given: dict[str, Any], day: date) -> int | None:
    """What is protected of the sums received, less what was spent since; None without a verified scale."""
    provable = 0
    # Without a part told, the scale shares out what all payers pay together.
    shared = sum(
        centimes(somme["montant"])
        for somme in given.get("sommes", [])
        if somme["nature"] in PARTLY and not (somme.get("part_protegee") or "").strip()
    )
    exact = Fraction(0)
    for somme in given.get("sommes", []):
        kind, spent = somme["nature"], centimes(somme.get("debits"))
        if kind in PROTECTED:
            provable += max(0, centimes(somme["montant"]) - spent)
        elif kind in PARTLY and (somme.get("part_protegee") or "").strip():
            provable += max(0, centimes(somme["part_protegee"]) - spent)
        elif kind in PARTLY:
            told = a_day(credited) if (credited := (somme.get("date_credit") or "").strip()) else day
            floor = amount_of(told, given.get("territoire") or "metropole")
            people = int((given.get("personnes_a_charge") or "").strip() or 0)
            kept_of_all = None if floor is None else left(shared, told, people, floor)
            if kept_of_all is None:
                return None
            # Whole centimes of what has been added up so far: the last payment takes the one that is left.
            before, exact = int(exact), exact + Fraction(kept_of_all * centimes(somme["montant"]), shared or 1)
            provable += max(0, int(exact) - before - spent)
    return provable


def expected(given: dict[str, Any]) -> dict[str, int] | None:
    """Work it out; None when the amount of that day was not verified.

    A measure that is not known is a seizure, or the direct payment of maintenance: the one that protects less is kept.
    """
    found = worked_out(given)
    if found is None or given.get("mesure") != "inconnu" or given.get("debiteur") == "personne_morale":
        return found
    of_seizures = ("sommes", "gains_epoux", "autre_banque", "sbi_deja_laisse")
    direct = {name: value for name, value in given.items() if name not in of_seizures}
    pension = worked_out({**direct, "mesure": "paiement_direct"})
    assert pension is not None
    return {**pension, "sbi": found["sbi"]} if pension["protege"] < found["protege"] else found


def worked_out(given: dict[str, Any]) -> dict[str, int] | None:
    """Work out one measure."""
    day = a_day(given["date_saisie"])
    measure = given.get("mesure") or "saisie_attribution"
    company = given.get("debiteur") == "personne_morale"
    balances = [centimes(account["solde"]) for account in given["comptes"]]
    in_credit = [max(0, balance) for balance in balances]
    there = sum(in_credit)

    allowance = 0
    if not company:
        verified = amount_of(day, given.get("territoire") or "metropole")
        if verified is None:
            return None
        without_wages = measure == "paiement_direct" and given.get("alimente_par_remuneration") != "oui"
        allowance = 0 if without_wages else verified

    # Another bank may leave all or part of it.
    here, elsewhere = allowance, 0
    if given.get("autre_banque") == "oui":
        shares = {"cette_banque": allowance, "partage": min(allowance, centimes(given.get("part_designee")))}
        here = shares.get(given["designation"], 0)
        elsewhere = allowance - here
    elif given.get("autre_banque") == "inconnu":
        here, elsewhere = 0, allowance
    # Within the month of the former seizure, only what is left of the former allowance; so too when it may be.
    former = given.get("sbi_deja_laisse")
    before = (given.get("date_saisie_precedente") or "").strip()
    if former == "inconnu" or (former == "oui" and (not before or month_over(a_day(before)) >= day)):
        here = min(here, centimes(given.get("sbi_restant")))

    personal = sum(
        balance
        for balance, account in zip(in_credit, given["comptes"], strict=True)
        if account.get("professionnel") != "oui"
    )
    allowance_here = min(here, personal)

    provable = provable_sums(given, day)
    if provable is None:
        return None
    # C. civ., art. 1414: only certain in community, for a debt that is neither of those of art. 220 and 1415.
    certain = (given.get("regime"), given.get("nature_dette")) == ("communaute", "autre")
    certain = certain and given.get("codebiteur", "non") == "non"
    if certain and given.get("gains_epoux") == "oui":
        choice = given["choix_epoux"]
        month, mean = centimes(given.get("gains_mois_precedent")), centimes(given.get("gains_moyenne"))
        wages = month if choice == "mois_precedent" else mean if choice == "moyenne_12_mois" else max(month, mean)
        joint = sum(b for b, account in zip(in_credit, given["comptes"], strict=True) if account.get("joint") == "oui")
        provable += min(wages, joint)

    at_once = allowance_here if day >= date(2009, 8, 1) else 0
    if at_once or day >= date(2009, 8, 1):
        kept = min(there, max(at_once, provable - elsewhere))
    else:
        kept = min(there, max(allowance_here, provable))
    claimed = centimes(given["creance"]) if (given.get("creance") or "").strip() else there
    return {
        "sbi": allowance,
        "solde": there,
        "laisse": at_once,
        "sur_demande": kept - at_once,
        "protege": kept,
        "saisi": min(claimed, there - kept),
        "reste": there - min(claimed, there - kept),
    }


def test_a_new_amount_is_typed_here_too() -> None:
    """Read in its text a second time: an amount copied from the law file would agree with it, mistakes and all."""
    assert not UNTYPED, (
        f"montants du {', '.join(sorted(UNTYPED))} : relisez-les dans leurs textes et tapez-les, le montant "
        "national dans tests/vectors/sbi.json (`montants`), celui de Mayotte dans MAYOTTE, en haut de ce fichier"
    )


def test_thousands_of_cases_worked_out_twice() -> None:
    """The two derivations agree on every case that is answered, and on which days have no verified amount."""
    answered = refused = 0
    until = a_day(min(UNTYPED, default="9999-12-31"))
    for number, (name, given) in enumerate(cases(COUNT, only="sbi")):
        if (day := day_of(given["date_saisie"])) and day >= until:
            continue
        outcome = ask_calculator(get(name), {"aujourdhui": TODAY, **given})
        if isinstance(outcome, Answered):
            answered += 1
            mine = expected(given)
            assert mine is not None, (number, given)
            found = outcome.to_dict()["valeurs"]
            assert {cle: int(found[cle].replace(".", "")) for cle in mine} == mine, (number, given)
        elif outcome.hors_couverture and given.get("territoire") != "droit_propre":
            refused += 1
            assert expected(given) is None, (number, given)
    assert answered > COUNT / 2
    assert refused > COUNT / 200
