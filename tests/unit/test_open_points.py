"""Each point the law or the person leaves open: reached, with its figures, and never settled by a guess."""

from __future__ import annotations

from typing import Any

import pytest

from calculators.declaration import parse
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.result import to_dict
from calculators.sbi import SbiInputs, calculate
from calculators.text import answer_as_text

BASE = {"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20", "creance": "5000"}
JOINT = [{"solde": "2000", "joint": True}]
#: The debt of one spouse in community, neither of the household nor a loan signed alone.
OWN_DEBT = {"regime": "communaute", "nature_dette": "autre", "gains_epoux": True}


def answer(**given: object) -> dict[str, Any]:
    return to_dict(calculate(parse(SbiInputs, {**BASE, **given}), law()))


def readings(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Of each reading: what is protected, and what can be seized."""
    return {r["cle"]: (r["valeurs"]["protege"], r["valeurs"]["saisi"]) for r in found["lectures"]}


def warned(found: dict[str, Any]) -> set[str]:
    return {warning["code"] for warning in found["avertissements"]}


def test_no_open_point_no_reading() -> None:
    found = answer(solde="2000")
    assert found["lectures"] == []
    assert "point_ouvert" not in warned(found)


def test_the_bank_that_leaves_the_sbi_is_not_known() -> None:
    """R162-2: the officer designates the bank; until one knows, count on nothing from this one."""
    found = answer(solde="1000", autre_banque=True, designation="inconnue")
    assert found["valeurs"]["protege"] == "0.00"
    assert readings(found) == {"prudente": ("0.00", "1000.00"), "designation": ("651.69", "348.31")}
    assert "point_ouvert" in warned(found)


@pytest.mark.parametrize(
    ("designation", "laisse", "sur_demande"),
    [("cette_banque", "651.69", "48.31"), ("autre_banque", "0.00", "48.31")],
)
def test_the_sbi_left_by_another_bank_is_deducted_from_the_claims(
    designation: str, laisse: str, sur_demande: str
) -> None:
    """R162-7: what is left as SBI is deducted from the protected sums claimed afterwards, whichever bank leaves it."""
    found = answer(solde="1000", insaisissable="700", autre_banque=True, designation=designation)
    assert (found["valeurs"]["laisse"], found["valeurs"]["sur_demande"]) == (laisse, sur_demande)
    assert found["lectures"] == []


def test_the_sbi_shared_between_banks() -> None:
    found = answer(solde="1000", insaisissable="700", autre_banque=True, designation="partage", part_designee="300")
    assert (found["valeurs"]["laisse"], found["valeurs"]["sur_demande"]) == ("300.00", "48.31")


def test_a_share_above_the_sbi_is_brought_back_to_it_and_said() -> None:
    found = answer(solde="1000", autre_banque=True, designation="partage", part_designee="900")
    assert found["valeurs"]["laisse"] == "651.69"
    assert "part_superieure_au_sbi" in warned(found)


def test_what_is_left_of_the_former_sbi_is_not_known() -> None:
    """R162-3: during the month the former sum stays available; how much of it is left, only the person knows."""
    found = answer(solde="1000", sbi_deja_laisse=True, date_saisie_precedente="2026-11-05")
    assert readings(found) == {"prudente": ("0.00", "1000.00"), "sbi_restant": ("651.69", "348.31")}


def test_what_is_left_of_the_former_sbi_cannot_exceed_the_former_amount() -> None:
    """The former seizure was before the amount rose: at most the former amount is left of it."""
    found = answer(date_saisie="2026-04-10", solde="1000", sbi_deja_laisse=True, date_saisie_precedente="2026-03-20")
    assert readings(found)["sbi_restant"] == ("646.52", "353.48")


def test_the_former_amount_was_not_verified() -> None:
    given = {"territoire": "mayotte", "sbi_deja_laisse": True, "date_saisie_precedente": "2016-08-20"}
    assert readings(answer(date_saisie="2016-09-10", solde="1000", **given))["sbi_restant"] == ("267.59", "732.41")


def test_what_is_left_of_the_former_sbi_is_known() -> None:
    found = answer(solde="1000", sbi_deja_laisse=True, date_saisie_precedente="2026-11-05", sbi_restant="100")
    assert found["valeurs"]["laisse"] == "100.00"
    assert found["lectures"] == []


def test_the_last_day_of_the_month() -> None:
    """R162-3, « à l'expiration d'un délai d'un mois »: the text does not say to which side the last day belongs."""
    given = {"solde": "1000", "sbi_deja_laisse": True, "sbi_restant": "0"}
    found = answer(**given, date_saisie_precedente="2026-10-20")
    assert readings(found) == {"prudente": ("0.00", "1000.00"), "dernier_jour_du_mois": ("651.69", "348.31")}
    assert answer(**given, date_saisie_precedente="2026-10-19")["valeurs"]["laisse"] == "651.69"
    assert answer(**given, date_saisie_precedente="2026-10-21")["lectures"] == []


def test_the_two_estates_of_a_sole_trader() -> None:
    """L162-2, al. 2 speaks of the EIRL alone: of the others only personal accounts are counted on for the SBI."""
    comptes = [{"solde": "400"}, {"solde": "1000", "professionnel": True}]
    found = answer(debiteur="entrepreneur_individuel", comptes=comptes)
    assert readings(found) == {"prudente": ("400.00", "1000.00"), "patrimoines": ("651.69", "748.31")}
    assert [compte["laisse"] for compte in found["comptes"]] == ["400.00", "0.00"]
    assert "entrepreneur_individuel" in warned(found)


def test_the_affected_estate_of_an_eirl_is_not_in_doubt() -> None:
    """L162-2, al. 2: the SBI only plays on the accounts of the estate that is not affected."""
    comptes = [{"solde": "400"}, {"solde": "1000", "professionnel": True}]
    found = answer(debiteur="eirl", comptes=comptes)
    assert (found["valeurs"]["laisse"], found["lectures"]) == ("400.00", [])


def test_the_sbi_is_not_taken_on_a_professional_account_even_the_first() -> None:
    comptes = [{"solde": "1000", "professionnel": True}, {"solde": "400", "type": "epargne"}]
    found = answer(debiteur="entrepreneur_individuel", comptes=comptes)
    assert [compte["laisse"] for compte in found["comptes"]] == ["0.00", "400.00"]


def test_two_debtors_on_a_joint_account() -> None:
    """L162-2 speaks of one debtor: whether two have two SBI is open."""
    found = answer(comptes=JOINT, codebiteur=True)
    assert readings(found) == {"prudente": ("651.69", "1348.31"), "codebiteurs": ("1303.38", "696.62")}
    assert "compte_joint" in warned(found)


@pytest.mark.parametrize(
    ("choice", "given", "prudent", "apart", "words"),
    [
        ("mois_precedent", {"gains_mois_precedent": "1500"}, "1500.00", "2000.00", "1 500,00 €, dans la limite de"),
        ("moyenne_12_mois", {"gains_moyenne": "800"}, "800.00", "1451.69", "800,00 €, dans la limite de"),
        (
            "a_comparer",
            {"gains_mois_precedent": "500", "gains_moyenne": "900"},
            "900.00",
            "1551.69",
            "le plus grand de 500,00 € (mois précédent) et 900,00 € (moyenne)",
        ),
    ],
)
def test_the_wages_of_the_spouse_who_does_not_owe(
    choice: str, given: dict[str, str], prudent: str, apart: str, words: str
) -> None:
    """R162-9: by their choice, the wages of the month before or their mean; R162-7 does not deduct them."""
    found = answer(comptes=JOINT, **OWN_DEBT, choix_epoux=choice, **given)
    assert {cle: figures[0] for cle, figures in readings(found).items()} == {"prudente": prudent, "gains_epoux": apart}
    (step,) = [e for e in found["etapes"] if "CCIV 1414" in [a["article"] for a in e["articles"]]]
    assert step["calcul"].replace("\u202f", " ").replace("\u00a0", " ").startswith(words)
    assert any("indique son choix" in action["texte"] for action in found["a_faire"])


def test_the_wages_of_the_spouse_stay_on_the_joint_account() -> None:
    comptes = [{"solde": "2000"}, {"solde": "1500", "joint": True}]
    given = {**OWN_DEBT, "choix_epoux": "mois_precedent", "gains_mois_precedent": "1500"}
    found = answer(comptes=comptes, **given)
    assert [(c["laisse"], c["sur_demande"]) for c in found["comptes"]] == [("651.69", "0.00"), ("0.00", "848.31")]


def test_the_wages_of_the_spouse_stay_within_the_joint_balances() -> None:
    comptes = [{"solde": "1000"}, {"solde": "300", "joint": True}]
    given = {**OWN_DEBT, "choix_epoux": "mois_precedent", "gains_mois_precedent": "1500"}
    assert answer(comptes=comptes, **given)["valeurs"]["protege"] == "651.69"


@pytest.mark.parametrize("nature", ["licenciement", "rupture_conventionnelle"])
def test_an_indemnity_of_the_end_of_a_contract_is_seized_in_full_on_an_account(nature: str) -> None:
    found = answer(solde="3000", sommes=[{"nature": nature, "montant": "2000"}])
    assert (found["valeurs"]["protege"], found["lectures"]) == ("651.69", [])
    (step,) = [e for e in found["etapes"] if e["titre"].startswith("Indemnité")]
    assert "saisie des salaires" in step["explication"]


# ---------------------------------------------------------------- couples


COUPLES = {
    ("communaute", "menage"): {"conjoint_tenu"},
    ("communaute", "emprunt_seul"): {"emprunt_signe_seul"},
    ("communaute", "autre"): set(),
    ("communaute", "inconnu"): {"couple_a_preciser"},
    ("separation", "menage"): {"conjoint_tenu"},
    ("separation", "emprunt_seul"): set(),
    ("separation", "autre"): set(),
    ("separation", "inconnu"): {"couple_a_preciser"},
    ("pacs", "menage"): {"partenaire_tenu"},
    ("pacs", "emprunt_seul"): set(),
    ("pacs", "autre"): set(),
    ("pacs", "inconnu"): {"couple_a_preciser"},
    ("inconnu", "menage"): {"couple_a_preciser"},
    ("inconnu", "emprunt_seul"): {"couple_a_preciser"},
    ("inconnu", "autre"): {"couple_a_preciser"},
    ("inconnu", "inconnu"): {"couple_a_preciser"},
}


@pytest.mark.parametrize(("regime", "nature"), COUPLES)
def test_each_bond_and_debt_has_its_own_answer(regime: str, nature: str) -> None:
    found = answer(comptes=JOINT, regime=regime, nature_dette=nature)
    about = {"conjoint_tenu", "partenaire_tenu", "emprunt_signe_seul", "couple_a_preciser"}
    assert warned(found) & about == COUPLES[regime, nature]


def test_what_only_binds_in_community_is_not_said_of_the_others() -> None:
    for regime in ("separation", "pacs", "concubins"):
        found = answer(comptes=JOINT, regime=regime)
        cited = {article["article"] for step in found["etapes"] for article in step["articles"]}
        assert not cited & {"CCIV 1413", "CCIV 1415", "CCIV 1418"}
        assert found["lectures"] == []


def test_a_loan_signed_alone_may_free_the_whole_joint_account_and_nothing_else() -> None:
    """C. civ., art. 1415: failing to say which money is the signer's, the creditor has none of the joint account."""
    comptes = [{"solde": "2000", "joint": True}, {"solde": "900"}]
    found = answer(comptes=comptes, regime="communaute", nature_dette="emprunt_seul")
    assert readings(found) == {"prudente": ("651.69", "2248.31"), "emprunt_seul": ("651.69", "900.00")}
    assert any("contester devant le juge" in action["texte"] for action in found["a_faire"])


def test_not_knowing_the_debt_shows_the_wages_left_and_the_wages_seized() -> None:
    given = {**OWN_DEBT, "nature_dette": "inconnu", "choix_epoux": "mois_precedent", "gains_mois_precedent": "1500"}
    assert readings(answer(comptes=JOINT, **given)) == {
        "prudente": ("651.69", "1348.31"),
        "gains_laisses": ("1500.00", "500.00"),
        "emprunt_seul": ("651.69", "0.00"),
    }


def test_a_question_of_before_the_bond_was_asked_is_still_answered() -> None:
    """Former links only said that the account received the wages of a spouse who does not owe."""
    given = {"gains_epoux": "oui", "choix_epoux": "a_comparer", "gains_mois_precedent": "1400", "gains_moyenne": "1550"}
    found = answer(comptes=JOINT, **given)
    assert readings(found)["gains_laisses"] == ("1550.00", "450.00")
    assert "couple_a_preciser" in warned(found)


def test_when_both_owe_the_bond_is_not_asked() -> None:
    refused = ask_calculator(get("sbi"), {**BASE, "comptes": JOINT, "codebiteur": True, "regime": "pacs"}).to_dict()
    assert [error["champ"] for error in refused["erreurs"]] == ["regime"]
    assert "couple_a_preciser" not in warned(answer(comptes=JOINT, codebiteur=True))


def test_the_headline_of_a_joint_account_names_who_is_protected() -> None:
    given = {**OWN_DEBT, "choix_epoux": "mois_precedent", "gains_mois_precedent": "1500"}
    said = answer(comptes=JOINT, **given)["resume"].replace("\u202f", " ").replace("\u00a0", " ")
    assert "651,69 € sans que vous ayez" in said
    assert "À votre époux, qui ne doit pas cette dette, elle laisse 1 500,00 € de gains" in said
    other = answer(comptes=JOINT, **given, role="cotitulaire")["resume"].replace("\u202f", " ").replace("\u00a0", " ")
    assert "651,69 € au débiteur" in other
    assert "À vous, qui ne devez pas cette dette, elle laisse 1 500,00 € de gains" in other


# ---------------------------------------------------------------- points left open, together


def test_two_unknowns_that_only_count_together_are_not_silent() -> None:
    """Neither alone changes a figure: the bank may not be this one, and the former SBI may be spent."""
    given = {"autre_banque": True, "designation": "inconnue", "sbi_deja_laisse": True}
    found = answer(solde="1000", **given, date_saisie_precedente="2026-11-05")
    assert readings(found) == {"prudente": ("0.00", "1000.00"), "ensemble": ("651.69", "348.31")}
    assert "point_ouvert" in warned(found)


def test_a_reading_of_one_point_does_not_forget_the_other_answers() -> None:
    """Were this bank the designated one, it would still leave no new SBI during the month."""
    given = {"autre_banque": True, "sbi_deja_laisse": True, "date_saisie_precedente": "2026-11-05"}
    assert answer(solde="1000", **given, designation="inconnue", sbi_restant="0")["lectures"] == []
    assert answer(solde="1000", **given, designation="autre_banque")["lectures"] == []
    found = answer(solde="1000", **given, designation="partage", part_designee="200")
    assert readings(found)["sbi_restant"] == ("200.00", "800.00")


def test_several_open_points_are_shown_one_by_one_then_together() -> None:
    comptes = [{"solde": "3000", "joint": True}, {"solde": "400", "professionnel": True}]
    given = {"debiteur": "entrepreneur_individuel", "autre_banque": True, "designation": "inconnue"}
    found = answer(comptes=comptes, **given, codebiteur=True)
    assert {cle: figures[0] for cle, figures in readings(found).items()} == {
        "prudente": "0.00",
        "designation": "651.69",
        "ensemble": "1303.38",
    }


# ---------------------------------------------------------------- the other measures


def test_direct_payment_leaves_the_sum_on_an_account_that_receives_wages() -> None:
    """R213-10: in any event, without a request, on one account."""
    found = answer(mesure="paiement_direct", solde="1000", alimente_par_remuneration=True)
    assert found["valeurs"]["laisse"] == "651.69"
    assert "pension_alimentaire" in warned(found)
    cited = [article["article"] for etape in found["etapes"] for article in etape["articles"]]
    assert "CPCE R213-10" in cited
    assert "CPCE L162-2" not in cited


def test_direct_payment_elsewhere_keeps_nothing_and_says_so() -> None:
    found = answer(mesure="paiement_direct", solde="1000")
    assert found["valeurs"]["protege"] == "0.00"
    assert found["sources"] == []
    assert "par prudence" in found["etapes"][0]["explication"]


def test_satd_has_the_same_sbi_and_its_own_articles_and_contest() -> None:
    found = answer(mesure="satd", solde="1000")
    assert found["valeurs"]["laisse"] == "651.69"
    cited = [article["article"] for etape in found["etapes"] for article in etape["articles"]]
    assert "LPF L262" in cited
    assert any("2 000 €" in e["explication"].replace("\u202f", " ").replace("\u00a0", " ") for e in found["etapes"])
    assert any("administration" in action["texte"] for action in found["a_faire"])


def test_a_conservatory_seizure_only_blocks_what_is_claimed() -> None:
    """L523-1: up to the amount authorised; R211-19, for the other one: all the accounts."""
    assert answer(mesure="saisie_conservatoire", solde="3000", creance="500")["valeurs"]["bloque"] == "500.00"
    assert answer(mesure="saisie_attribution", solde="3000", creance="500")["valeurs"]["bloque"] == "2348.31"
    cited = [a["article"] for e in answer(mesure="saisie_conservatoire", solde="1")["etapes"] for a in e["articles"]]
    assert "CPCE R523-3" in cited
    assert "CPCE L523-1" in cited


def test_without_the_claim_all_that_is_not_protected_is_counted_as_seized() -> None:
    found = answer(solde="3000", creance=None)
    assert found["valeurs"]["saisi"] == "2348.31"
    assert "creance_inconnue" in warned(found)


@pytest.mark.parametrize(
    ("sommes", "sur_demande", "words"),
    [
        ([{"nature": "rsa", "montant": "900"}], "248.31", "demande écrite"),
        ([{"nature": "remboursement_soins", "montant": "900"}], "248.31", "versée en une fois"),
        (
            [{"nature": "salaire", "montant": "1500", "part_protegee": "1200", "debits": "300"}],
            "248.31",
            "demande écrite",
        ),
        # 1 500 € net, nobody at charge: 234,76 € seizable, 1 265,24 € protected, of which the account holds 1 000 €.
        ([{"nature": "salaire", "montant": "1500"}], "348.31", "demande écrite"),
        ([{"nature": "salaire", "montant": "1500", "debits": "400"}], "213.55", "demande écrite"),
        # Two payers: 234,76 € of their 1 500 € together, borne in proportion.
        (
            [
                {"nature": "salaire", "montant": "1000", "debits": "200"},
                {"nature": "retraite", "montant": "500", "debits": "300"},
            ],
            "113.55",
            "demande écrite",
        ),
        ([{"nature": "participation", "montant": "900"}], "0.00", "Vérifiez que la banque"),
        ([{"nature": "pch", "montant": "900"}], "248.31", "demande écrite"),
    ],
)
def test_sums_by_their_nature(sommes: list[dict[str, str]], sur_demande: str, words: str) -> None:
    found = answer(solde="1000", sommes=sommes)
    assert found["valeurs"]["sur_demande"] == sur_demande
    assert any(words in action["texte"] for action in found["a_faire"])
    assert ("somme_a_confirmer_pch" in warned(found)) is (sommes[0]["nature"] == "pch")


def test_a_wage_is_worked_out_with_the_scale_of_its_own_day() -> None:
    """More people at charge, more protected; the step says with which scale, and what claiming brings."""
    wage = {"nature": "salaire", "montant": "1500"}
    found = answer(solde="2000", sommes=[wage], personnes_a_charge="2")
    assert found["valeurs"]["protege"] == "1328.58"
    (step,) = [s for s in found["etapes"] if s["titre"].startswith("Salaire")]
    assert "barème de 2026" in step["explication"].replace("\u00a0", " ")
    assert [a["article"] for a in step["articles"]] == ["CTRAV R3252-2", "CPCE R162-4", "CTRAV R3252-3"]
    (both,) = [s for s in found["etapes"] if s["titre"].startswith("Le SBI et les sommes")]
    assert "676,89" in both["explication"]
    small = answer(solde="2000", sommes=[{**wage, "montant": "660"}])
    assert small["valeurs"]["sur_demande"] == "0.00"
    (both,) = [s for s in small["etapes"] if s["titre"].startswith("Le SBI et les sommes")]
    assert "ne ferait rien garder de plus" in both["explication"]


def test_a_wage_of_a_year_without_scale_asks_for_its_protected_part() -> None:
    given = {"date_saisie": "2012-06-01", "solde": "2000", "aujourdhui": "2026-11-21"}
    wage = {"nature": "salaire", "montant": "1500"}
    refused = ask_calculator(get("sbi"), {**given, "sommes": [wage]}).to_dict()
    assert (refused["type"], refused["erreurs"][0]["champ"]) == ("couverture", "sommes.1.part_protegee")
    told = ask_calculator(get("sbi"), {**given, "sommes": [{**wage, "part_protegee": "1200"}]}).to_dict()
    assert told["valeurs"]["protege"] == "1200.00"


@pytest.mark.parametrize("parts", [["900", "900"], ["600", "600", "600"], ["1000.01", "799.99"], ["0.01", "1799.99"]])
def test_one_wage_in_several_payments_is_protected_as_one(parts: list[str]) -> None:
    """Issue 12, point 11: splitting never changes the total."""
    whole = answer(solde="3000", sommes=[{"nature": "salaire", "montant": "1800"}])
    split = answer(solde="3000", sommes=[{"nature": "salaire", "montant": part} for part in parts])
    assert split["valeurs"] == whole["valeurs"]


# ---------------------------------------------------------------- until when to claim


def test_the_claim_has_its_last_safe_day_once_the_seizure_was_notified() -> None:
    found = answer(solde="2000", insaisissable="900", date_denonciation="2026-11-25")
    assert found["valeurs"]["reclamer_jusqu_au"] == "2026-12-28"
    said = [action["quand"].replace("\u00a0", " ") for action in found["a_faire"]]
    assert "tout de suite, et au plus tard le 28 décembre 2026" in said


def test_without_that_day_the_claim_is_told_to_start_from_it() -> None:
    found = answer(solde="2000", insaisissable="900")
    assert "reclamer_jusqu_au" not in found["valeurs"]
    said = [action["quand"].replace("\u00a0", " ") for action in found["a_faire"]]
    assert "tout de suite, et au plus tard 1 mois après la dénonciation" in said


def test_after_that_day_the_claim_may_still_count() -> None:
    found = answer(date_saisie="2026-10-01", date_denonciation="2026-10-02", solde="2000", insaisissable="900")
    assert found["valeurs"]["reclamer_jusqu_au"] == "2026-11-02"
    (warning,) = [w for w in found["avertissements"] if w["code"] == "reclamer_sans_attendre"]
    assert "compte encore" in warning["texte"]
    assert "aujourd’hui" in [action["quand"] for action in found["a_faire"]]


def test_the_day_of_the_notice_is_only_asked_of_an_attribution_and_never_before_it() -> None:
    early = ask_calculator(get("sbi"), {**BASE, "solde": "1", "date_denonciation": "2026-11-19"}).to_dict()
    assert [error["champ"] for error in early["erreurs"]] == ["date_denonciation"]
    satd = {**BASE, "solde": "1", "mesure": "satd", "date_denonciation": "2026-11-25"}
    assert [e["champ"] for e in ask_calculator(get("sbi"), satd).to_dict()["erreurs"]] == ["date_denonciation"]


def test_a_notice_beyond_the_known_holidays_is_refused_by_its_own_name() -> None:
    refused = ask_calculator(get("sbi"), {**BASE, "solde": "1", "date_denonciation": "2150-01-01"}).to_dict()
    assert (refused["type"], refused["erreurs"][0]["champ"]) == ("couverture", "date_denonciation")


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"date_saisie": "2026-11-22"}, {"date_future"}),
        ({"date_denonciation": "2026-11-22"}, {"date_future"}),
        ({"date_saisie": "2024-11-21"}, {"date_ancienne"}),
        ({}, set()),
    ],
)
def test_a_day_to_come_or_years_old_is_questioned(given: dict[str, str], codes: set[str]) -> None:
    assert warned(answer(solde="500", **given)) & {"date_future", "date_ancienne"} == codes


def test_the_same_expenses_under_two_sums_are_pointed_out() -> None:
    sommes = [{"nature": nature, "montant": "500", "debits": "100"} for nature in ("rsa", "aah")]
    assert "debits_communs" in warned(answer(solde="1000", sommes=sommes))
    assert "debits_communs" not in warned(answer(solde="1000", sommes=sommes[:1]))


def test_a_claim_beyond_the_balances_says_which_is_the_limit() -> None:
    found = answer(solde="700", insaisissable="900")
    (step,) = [e for e in found["etapes"] if "ne s’ajoutent pas" in e["titre"]]
    assert "sur 700,00 € de soldes" in step["calcul"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"solde": "500"},
            "La banque doit laisser 500,00 € sans que vous ayez rien à demander. Rien ne peut être saisi.",
        ),
        ({"solde": "0"}, "Ces réponses ne donnent aucune somme laissée sur les comptes. Rien ne peut être saisi."),
        ({"solde": "2000", "debiteur": "personne_morale"}, "Aucun minimum n’est laissé"),
        ({"solde": "2000", "insaisissable": "900"}, "Vous pouvez réclamer 248,31 € de plus, avec des justificatifs."),
        ({"solde": "2000", "date_saisie": "2009-07-01"}, "Rien n’est laissé d’office."),
        ({"solde": "2000"}, "La saisie peut prendre 1 348,31 €."),
    ],
)
def test_the_headline_says_what_the_figures_say(given: dict[str, str], words: str) -> None:
    assert words in answer(**given)["resume"].replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(("solde", "said"), [("0", False), ("-40", False), ("500", False), ("2000", True)])
def test_nothing_more_may_be_left_where_nothing_may_be_seized(solde: str, *, said: bool) -> None:
    """Without the sum claimed, more may be left of what would be taken; of an empty account there is nothing more."""
    assert ("creance_inconnue" in warned(answer(solde=solde, creance=""))) is said


def test_a_reading_told_as_text_has_one_colon_at_most() -> None:
    again = {"date_saisie": "2026-11-15", "sbi_deja_laisse": True, "date_saisie_precedente": "2026-10-15"}
    outcome = ask_calculator(get("sbi"), {**BASE, "solde": "2000", **again})
    assert isinstance(outcome, Answered)
    text = answer_as_text(outcome.calculator, outcome.inputs, outcome.result).replace("\u00a0", " ")
    told = text.partition("Lectures possibles\n")[2].partition("\n\n")[0].splitlines()
    assert len(told) > 2
    assert [line for line in told for sentence in line.split(". ") if sentence.count(" : ") > 1] == []
    assert "- Le délai est passé, et un nouveau SBI est dû. Laissé d’office 651,69 €" in "\n".join(told)


def test_the_first_sbi_is_not_deducted_from_another_seizure_and_this_is_said() -> None:
    """R162-7 deducts the SBI from later claims; it does not say whether it does so from one seizure to the next."""
    again = {"sbi_deja_laisse": True, "date_saisie_precedente": "2026-11-01", "sbi_restant": "0"}
    found = answer(solde="1000", insaisissable="900", **again)
    assert found["valeurs"]["sur_demande"] == "900.00"
    assert "premier_sbi_non_deduit" in warned(found)
    assert "premier_sbi_non_deduit" not in warned(answer(solde="1000", **again))


@pytest.mark.parametrize(("date_saisie", "said"), [("2012-05-31", True), ("2012-06-01", False)])
def test_the_articles_cited_are_those_of_the_code_in_force_since_june_2012(date_saisie: str, *, said: bool) -> None:
    found = answer(date_saisie=date_saisie, solde="1000")
    assert ("avant_le_code" in warned(found)) is said


# ---------------------------------------------------------------- what the reader does not know


def test_whether_another_bank_is_seized_is_not_known() -> None:
    """R162-2: one SBI for all the banks. Both outcomes, what may be counted on first; equal, nothing is said."""
    found = answer(solde="1000", autre_banque="inconnu")
    assert readings(found) == {"prudente": ("0.00", "1000.00"), "autre_banque": ("651.69", "348.31")}
    assert answer(solde="0", autre_banque="inconnu")["lectures"] == []


@pytest.mark.parametrize("given", [{"sbi_deja_laisse": "inconnu"}, {"sbi_deja_laisse": "oui", "sbi_restant": "0"}])
def test_whether_an_sbi_was_left_within_the_month_is_not_known(given: dict[str, str]) -> None:
    """R162-3: none is due within the month; the seizure before, or its day, is not known."""
    found = answer(solde="1000", **given)
    assert readings(found) == {"prudente": ("0.00", "1000.00"), "sbi_precedent": ("651.69", "348.31")}


def test_whether_both_holders_owe_is_not_known() -> None:
    """Both owe: two SBI by one reading. One owes: R162-9 leaves the wages. They never add up."""
    wages = {"choix_epoux": "mois_precedent", "gains_mois_precedent": "1800"}
    comptes = [{"solde": "3000", "joint": True}]
    found = answer(comptes=comptes, codebiteur="inconnu", **OWN_DEBT, **wages)
    assert readings(found) == {
        "prudente": ("651.69", "2348.31"),
        "codebiteurs": ("1303.38", "1696.62"),
        "gains_laisses": ("1800.00", "1200.00"),
    }
    assert "codebiteur_a_preciser" in warned(found)


def test_whether_the_account_receives_a_wage_is_not_known() -> None:
    """R213-10 guarantees an amount to an account that receives one."""
    found = answer(solde="1000", mesure="paiement_direct", alimente_par_remuneration="inconnu")
    assert readings(found) == {"prudente": ("0.00", "1000.00"), "alimente": ("651.69", "348.31")}


def test_whether_the_joint_account_receives_wages_is_not_known() -> None:
    found = answer(comptes=JOINT, regime="communaute", nature_dette="autre", gains_epoux="inconnu")
    assert found["lectures"] == []
    assert "gains_a_verifier" in warned(found)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # R213-10: no wage, nothing is guaranteed; L162-2: a seizure leaves the SBI
        ({}, {"prudente": ("0.00", "1000.00"), "autre_mesure": ("651.69", "348.31")}),
        # the same amount either way: nothing to say
        ({"alimente_par_remuneration": "oui"}, {}),
        # R162-4: the AAH counts in a seizure
        (
            {"alimente_par_remuneration": "oui", "insaisissable": "800"},
            {"prudente": ("651.69", "348.31"), "autre_mesure": ("800.00", "200.00")},
        ),
        # R162-2: a seizure may leave nothing here, a direct payment leaves its amount all the same
        (
            {"alimente_par_remuneration": "oui", "autre_banque": "oui", "designation": "autre_banque"},
            {"prudente": ("0.00", "1000.00"), "paiement_direct": ("651.69", "348.31")},
        ),
    ],
)
def test_the_measure_is_not_known(given: dict[str, str], expected: dict[str, tuple[str, str]]) -> None:
    found = answer(solde="1000", mesure="inconnu", **given)
    assert readings(found) == expected
    both = "dépend de la mesure" in found["resume"]
    assert both is bool(expected)


def test_true_and_false_are_still_answers() -> None:
    """Programs that sent true before there was a third answer."""
    assert (
        answer(solde="1000", autre_banque=True, designation="inconnue")["valeurs"]
        == (answer(solde="1000", autre_banque="oui", designation="inconnue")["valeurs"])
    )


def test_nothing_of_a_couple_is_said_of_the_account_of_a_company() -> None:
    """CPCE L162-2 and the code civil are about persons: an account of a company is its own, whoever signs with it."""
    found = answer(comptes=JOINT, debiteur="personne_morale")
    assert not warned(found) & {"couple_a_preciser", "codebiteur_a_preciser"}
    assert found["lectures"] == []
