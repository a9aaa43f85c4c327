"""What was put right in the deadlines: each case read in the law, and the sentence that the person gets."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from calculators.__main__ import main
from calculators.delais.inputs import answerable
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.web.page.browser import compute
from tests.helpers import ROOT

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/delais.json").read_text("utf-8"))["corrections"]
TODAY = {"aujourdhui": "2026-11-28"}


def asked(given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(compute("delais", json.dumps({**TODAY, **given})))
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def headline(**given: str) -> str:
    found = asked(given)
    assert "resume" in found, found
    return plain(found["resume"])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_read_in_the_law(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the command line; tests/parity puts the same cases to the browser."""
    given = json.dumps({**TODAY, **case["reponses"]})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert main(["delais", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {name: found["valeurs"].get(name) for name in case["valeurs"]} == case["valeurs"]
    said = plain(found["resume"])
    assert [words for words in case.get("dit", ()) if words not in said] == []
    assert [words for words in case.get("tait", ()) if words in said] == []
    if other := case.get("autre_lecture"):
        assert any(other in plain(event["precision"]) for event in found["evenements"])


# ---------------------------------------------------------------- the sentence that each person gets

SEIZED = {"situation": "saisie-attribution", "date_saisie": "2026-10-30"}
FILED = {"situation": "urbanisme", "dossier": "permis-maison"}


def test_the_creditor_who_served_in_time_is_told_the_next_step() -> None:
    said = headline(**SEIZED, role="creancier", date_denonciation="2026-11-05")
    assert "passé" not in said
    assert said.startswith("Fait à temps : la dénonciation de la saisie, le 5 novembre 2026.")
    assert "certificat de non-contestation, à partir du mardi 8 décembre 2026 (dans 10 jours)" in said


def test_what_was_done_late_says_what_may_follow_and_whom_to_show_it_to() -> None:
    mine = headline(**SEIZED, role="creancier", date_denonciation="2026-11-12")
    other = headline(**SEIZED, role="debiteur", date_denonciation="2026-11-12")
    for said in (mine, other):
        assert "est du 12 novembre 2026, après le lundi 9 novembre 2026" in said
        assert "la loi prévoit la caducité de la saisie : à faire vérifier" in said
        assert "avocat" in said
        assert "est caduque" not in said
    assert other.startswith("Prochaine date pour vous : contester la saisie")
    assert "certificat" not in mine


def test_the_debtor_who_contested_in_time_is_told_what_follows() -> None:
    done = {"date_denonciation": "2026-11-05", "date_assignation": "2026-11-20", "date_avis_commissaire": "2026-11-20"}
    said = headline(**SEIZED, role="debiteur", **done)
    assert said.startswith("Fait à temps")
    assert "au greffe au plus tard le jour de l'audience" in said
    assert "passé" not in said


def test_the_debtor_whose_month_is_over_is_told_the_other_ways() -> None:
    said = headline(**{**SEIZED, "date_saisie": "2026-09-30"}, role="debiteur", date_denonciation="2026-10-02")
    assert "est passé depuis le lundi 2 novembre 2026" in said
    assert "Déjà fait ?" in said
    assert "sommes protégées" in said
    assert "délais de paiement" in said


def test_a_request_for_legal_aid_in_time_saves_the_month() -> None:
    """Décret n° 2020-1717, art. 43: while the office has not answered, nothing is over."""
    given = {**SEIZED, "date_saisie": "2026-09-30", "role": "debiteur", "date_denonciation": "2026-10-02"}
    said = headline(**given, date_demande_aide="2026-10-20")
    assert "passé" not in said
    assert "Fait à temps : la demande d'aide juridictionnelle, le 20 octobre 2026" in said
    assert "Un nouveau délai de même durée partira" in said


@pytest.mark.parametrize(
    ("dossier", "silence", "words"),
    [
        ("declaration-prealable", "inconnu", "une non-opposition tacite. Demandez"),
        ("permis-maison", "non", "un permis tacite. Demandez"),
        ("permis-maison", "inconnu", "un permis tacite, sauf dans les cas où le silence vaut refus"),
        ("permis-maison", "oui", "un refus tacite"),
        ("cu-information", "inconnu", "un certificat d'urbanisme tacite"),
    ],
)
def test_the_applicant_whom_the_town_left_without_an_answer(dossier: str, silence: str, words: str) -> None:
    given = {"situation": "urbanisme", "dossier": dossier, "date_depot": "2026-06-10"}
    said = headline(**given, **({} if dossier.startswith("cu") else {"silence": silence}))
    assert "n'a pas répondu avant la fin du" in said
    assert words in said
    assert ("certificat qui le prouve" in said) is (words.endswith("Demandez") or "sauf" in words)
    assert ("panneau" in said) is ("permis tacite" in said or "non-opposition" in said)


def test_an_applicant_is_never_offered_an_opponent_s_action() -> None:
    given = {**FILED, "date_depot": "2026-06-10", "date_decision": "2026-08-03", "date_affichage": "2026-08-10"}
    found = asked(given)
    mine = {event["cle"] for event in found["evenements"] if event["pour_vous"] and event["echeance"]}
    assert mine == {"urbanisme.prorogation", "urbanisme.validite"}
    assert "Le délai des voisins est passé depuis le lundi 12 octobre 2026" in plain(found["resume"])
    actions = plain(" ".join(action["texte"] for action in found["a_faire"]))
    assert "tribunal" not in actions


def test_a_refusal_after_a_tacit_agreement_is_worth_showing() -> None:
    given = {**FILED, "date_depot": "2026-06-10", "date_decision": "2026-09-03", "decision": "refus"}
    assert "un accord tacite existait peut-être déjà" in headline(**given)
    assert "accord tacite" not in headline(**{**given, "date_decision": "2026-08-03"})
    assert "accord tacite" not in headline(**given, silence="oui")


def test_whoever_has_nothing_to_do_is_not_told_that_it_is_too_late() -> None:
    said = headline(
        situation="saisie-attribution", role="creancier", date_saisie="2026-08-03", date_denonciation="2026-08-05"
    )
    assert "possible depuis le mardi 8 septembre 2026" in said
    assert "passé" not in said


@pytest.mark.parametrize(
    "given",
    [
        {"delai": "appel.contentieux", "evenement": "2026-12-30"},
        {"delai": "appel.contentieux", "evenement": "2023-01-05"},
        {**SEIZED, "role": "debiteur", "date_denonciation": "2026-12-30"},
        {"situation": "satd", "date_notification": "2024-11-01"},
        {"evenement": "2027-11-30", "duree": "2", "unite": "mois"},
    ],
)
def test_a_date_to_come_or_years_old_is_questioned(given: dict[str, str]) -> None:
    assert {"date_future", "date_ancienne"} & {warning["code"] for warning in asked(given)["avertissements"]}


def test_distance_is_a_step_with_its_articles() -> None:
    def step(**given: str) -> dict[str, Any] | None:
        found = asked({"delai": "appel.contentieux", "evenement": "2026-10-30", **given})
        return next((step for step in found["etapes"] if step["titre"] == "La distance"), None)

    far = step(domicile="etranger")
    assert far is not None
    assert plain(far["calcul"]) == "1 mois + 2 mois : 30 octobre 2026 + 3 mois = samedi 30 janvier 2027"
    assert [article["article"] for article in far["articles"]] == ["CPC 643"]
    between = step(domicile="metropole", siege="guadeloupe")
    assert between is not None
    assert [article["article"] for article in between["articles"]] == ["CPC 644"]
    same = step(domicile="guadeloupe", siege="guadeloupe")
    assert same is not None
    assert same["calcul"] == ""
    assert step(distance="aucune") is None
    free = asked({"evenement": "2026-10-30", "duree": "1", "unite": "mois"})
    assert "faire appel, opposition" in plain(" ".join(s["explication"] for s in free["etapes"]))


def test_the_cour_de_cassation_sits_in_metropole() -> None:
    """CPC, art. 644 does not list the pourvoi: only where the person lives matters."""
    given = {"delai": "cassation.pourvoi", "evenement": "2026-10-30", "domicile": "guadeloupe", "siege": "guadeloupe"}
    assert asked(given)["valeurs"]["terme"] == "2027-01-30"


def test_every_deadline_of_a_situation_can_be_a_column() -> None:
    assert set(answerable(law())) <= set(law().delais)
    assert "urbanisme.instruction.permis-maison" in answerable(law())


# ---------------------------------------------------------------- what a stranger found false when reading aloud

AIDED = {
    "situation": "saisie-attribution",
    "role": "debiteur",
    "date_saisie": "2026-09-28",
    "date_denonciation": "2026-10-02",
    "date_demande_aide": "2026-10-20",
}
WAGE = {"situation": "saisie-remunerations"}


def events(**given: str) -> dict[str, dict[str, Any]]:
    return {event["cle"]: event for event in asked(given)["evenements"]}


def actions(**given: str) -> str:
    return plain(" ".join(f"{action['texte']} {action['quand']}" for action in asked(given)["a_faire"]))


@pytest.mark.parametrize("answer", [{}, {"suite_aide": "provisoire", "date_suite_aide": "2026-10-26"}])
def test_an_assignation_that_legal_aid_protects_is_not_late(answer: dict[str, str]) -> None:
    """Décret n° 2020-1717, art. 43: the request closes the first month, and the assignation falls in the new one."""
    given = {**AIDED, **answer, "date_assignation": "2026-11-20", "date_avis_commissaire": "2026-11-20"}
    said = headline(**given)
    assert said.startswith("Fait à temps : la demande d'aide juridictionnelle, le 20 octobre 2026")
    assert "irrecevabilité" not in said
    first = events(**given)["saisie-attribution.contestation"]
    assert first["statut"] == "fait"
    assert "sauvé par la demande d'aide juridictionnelle" in plain(first["precision"])


def test_a_challenge_within_the_month_stops_the_seizure_of_the_wage() -> None:
    """CPCE L212-4, al. 3: nobody is sent to seize, and the creditor's dates are not shown as if they ran."""
    given = {**WAGE, "date_commandement": "2026-10-30", "date_assignation": "2026-11-20"}
    said = headline(**given, role_salaire="creancier")
    assert "la procédure est suspendue jusqu'à la décision du juge" in said
    assert "signifier" not in said
    assert "saisie-remunerations.pv-de-saisie" not in events(**given, role_salaire="debiteur")


def test_a_challenge_after_the_month_does_not() -> None:
    given = {**WAGE, "role_salaire": "debiteur", "date_commandement": "2026-09-30", "date_assignation": "2026-11-20"}
    assert "elle n'arrête pas la saisie" in headline(**given)
    assert "suspendue" not in actions(**given)


@pytest.mark.parametrize(("served", "too_early"), [("2026-10-01", True), ("2026-10-02", False), ("2026-10-20", False)])
def test_a_wage_is_seized_once_the_month_of_the_commandement_is_over(served: str, *, too_early: bool) -> None:
    """CPCE L212-2: of a commandement of 1 September, the month ends on Thursday 1 October; the day after is lawful."""
    given = {**WAGE, "role_salaire": "debiteur", "date_commandement": "2026-09-01", "date_pv": served}
    assert ("la loi fait attendre jusqu'au 2 octobre 2026" in headline(**given)) is too_early


@pytest.mark.parametrize(("contested", "stopped"), [("2026-09-14", True), ("2026-09-15", True), ("2026-09-16", False)])
def test_a_wage_seized_early_is_told_as_stopped_when_it_was_challenged_before(contested: str, *, stopped: bool) -> None:
    """CPCE L212-4: seized on 15 September; only a challenge that came first had stopped the procedure."""
    given = {**WAGE, "role_salaire": "debiteur", "date_commandement": "2026-09-01", "date_pv": "2026-09-15"}
    said = headline(**given, date_assignation=contested)
    assert ("après une contestation faite à temps" in said) is stopped
    assert ("la loi fait attendre" in said) is not stopped


@pytest.mark.parametrize(("where", "closed"), [("tribunal", True), ("mairie", False), ("inconnu", False)])
def test_a_letter_to_the_town_hall_is_no_action_in_court(where: str, *, closed: bool) -> None:
    """C. urb. L600-12-2: the informal appeal no longer lengthens the time to go to court."""
    refused = {**FILED, "date_depot": "2026-08-25", "decision": "refus", "date_decision": "2026-10-20"}
    given = {**refused, "date_recours": "2026-11-10", "recours_aupres": where}
    assert ("Fait à temps : le recours, le 10 novembre 2026" in headline(**given)) is closed
    assert ("au plus tard le dimanche 20 décembre 2026" in headline(**given)) is not closed
    neighbour = {"situation": "urbanisme", "role_urbanisme": "voisin", "date_affichage": "2026-10-14"}
    event = events(**neighbour, date_recours="2026-11-10", recours_aupres=where)["urbanisme.recours-tiers"]
    assert (event["statut"] == "fait") is closed


def test_a_neighbour_in_time_everywhere_is_not_told_that_it_is_too_late() -> None:
    neighbour = {"situation": "urbanisme", "role_urbanisme": "voisin", "date_affichage": "2026-10-14"}
    given = {**neighbour, "date_recours": "2026-11-20", "recours_aupres": "tribunal"}
    said = headline(**given, date_notification_recours="2026-11-25")
    assert said.startswith("Fait à temps")
    assert "passé" not in said
    assert "Envoyez ce recours" not in actions(**given, date_notification_recours="2026-11-25")


def test_a_neighbour_who_knows_only_the_decision_waits_for_the_panel() -> None:
    said = headline(situation="urbanisme", role_urbanisme="voisin", date_decision="2026-10-14")
    assert "passé" not in said
    assert "le premier jour d'affichage continu sur le terrain" in said


def test_a_court_seized_too_early_is_not_called_in_time() -> None:
    """LPF R*281-4, last paragraph: not before the answer or the end of the time left to answer."""
    claimed = {"situation": "satd", "date_notification": "2026-09-10", "date_reclamation": "2026-11-05"}
    said = headline(**claimed, date_saisine_juge="2026-11-20")
    assert "une demande faite trop tôt" in said
    assert "Fait à temps : la contestation auprès de l'administration ; la saisine" not in said
    assert "au plus tard le vendredi 5 mars 2027" in said
    assert "trop tôt" not in headline(**claimed, date_saisine_juge="2027-01-10", aujourdhui="2027-01-12")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"situation": "saisie-attribution", "role": "debiteur", "date_saisie": "2026-06-02"}, "10 juin 2026"),
        ({**WAGE, "role_salaire": "debiteur", "date_commandement": "2026-07-30"}, "30 octobre 2026"),
        (
            {**WAGE, "role_salaire": "debiteur", "date_commandement": "2026-09-30", "date_pv": "2026-11-05"},
            "13 novembre 2026",
        ),
    ],
)
def test_a_debtor_is_told_of_a_step_that_never_came(given: dict[str, str], words: str) -> None:
    said = headline(**given)
    assert f"{words}. Si rien n'est venu, la loi prévoit la caducité" in said
    assert "à faire vérifier" in said


def test_an_employer_needs_only_what_he_was_given() -> None:
    """CPCE R212-1-14: fifteen days from the seizure; he may not know when the debtor was ordered to pay."""
    said = headline(**WAGE, role_salaire="employeur", date_pv="2026-12-10", aujourdhui="2026-12-11")
    assert "visez le jeudi 24 décembre 2026" in said


def test_an_order_not_handed_to_the_person_may_be_opposed_at_once() -> None:
    """CPC 1416, al. 2."""
    given = {"situation": "injonction-de-payer", "role_injonction": "debiteur", "remise_en_main_propre": "non"}
    given |= {"date_ordonnance": "2026-09-05", "date_signification": "2026-09-20"}
    assert headline(**given).startswith("Vous pouvez faire opposition dès maintenant")
    assert headline(**given, date_opposition="2026-11-01").startswith("Fait à temps : l'opposition")


def test_distance_on_a_length_given_is_never_added_without_the_other_date() -> None:
    """CPC 643 lists the acts: on a length that nobody has named, the date without distance is the safe one."""
    found = asked({"evenement": "2026-11-28", "duree": "15", "unite": "jours", "domicile": "etranger"})
    assert found["valeurs"]["date_sure"] == "2026-12-14"
    assert found["valeurs"]["au_plus_tard"] == "2027-02-12"


def test_validity_runs_from_the_tacit_agreement_that_came_before() -> None:
    """C. urb. R*424-17: three years from the tacit decision; one written later only confirms it."""
    given = {**FILED, "date_depot": "2026-07-15", "date_decision": "2026-10-01"}
    assert asked(given)["valeurs"]["urbanisme.validite"] == "2029-09-15"


def test_works_that_are_over_are_not_told_to_begin() -> None:
    given = {**FILED, "date_depot": "2024-07-15", "date_decision": "2024-09-10", "date_achevement": "2026-09-01"}
    assert "Commencez" not in headline(**given)
    assert "urbanisme.prorogation" not in events(**given)


# ---------------------------------------------------------------- a doubt beside the date that it touches, and no other

ORDERED = {
    "situation": "injonction-de-payer",
    "date_ordonnance": "2026-08-25",
    "date_signification": "2026-11-12",
    "remise_en_main_propre": "oui",
}
FIRST = "injonction-de-payer.titre-executoire"


@pytest.mark.parametrize("role", ["creancier", "debiteur"])
def test_the_day_after_the_month_to_oppose_is_as_certain_as_the_month(role: str) -> None:
    """CPC 1416, 1422 (orders before 1 September 2026): the month ends as CPC 642 says, and what follows is certain."""
    found = asked({**ORDERED, "role_injonction": role})
    event = next(event for event in found["evenements"] if event["cle"] == FIRST)
    assert (event["jour"], event["precision"]) == ("2026-12-15", "")
    assert [reading for reading in found["lectures"] if reading["cle"].startswith(FIRST)] == []
    alone = asked({"delai": FIRST, "evenement": "2026-11-12", "date_ordonnance": "2026-08-25"})
    assert (alone["valeurs"]["echeance"], alone["lectures"]) == ("2026-12-15", [])


def test_the_creditor_of_a_debtor_overseas_waits_for_the_longer_reading() -> None:
    """CPC 643, 645: whether the opposition is lengthened is not settled, so neither is the day after it."""
    far = {**ORDERED, "domicile": "la_reunion"}
    mine = events(**far, role_injonction="creancier")[FIRST]
    assert mine["jour"] == "2027-01-13"
    assert "date sûre ; une autre lecture donne le mardi 15 décembre 2026" in plain(mine["precision"])
    other = events(**far, role_injonction="debiteur")[FIRST]  # who may be seized looks at the first day
    assert other["jour"] == "2026-12-15"
    assert "lecture la plus proche ; une autre lecture donne le mercredi 13 janvier 2027" in plain(other["precision"])
    after = {**far, "date_ordonnance": "2026-09-05"}
    assert events(**after, role_injonction="creancier")[FIRST]["precision"] == ""


def test_what_may_be_done_once_a_period_is_over_is_safe_at_its_last_reading() -> None:
    given = {"delai": FIRST, "evenement": "2026-11-12", "date_ordonnance": "2026-08-25", "domicile": "etranger"}
    found = asked(given)
    assert plain(found["resume"]) == "Pas avant le samedi 13 février 2027."
    assert found["valeurs"]["date_sure"] == "2027-02-13"
    assert [reading["prudente"] for reading in found["lectures"]] == [True, False]
    said = plain(" ".join(warning["texte"] for warning in found["avertissements"]))
    assert "La date sûre pour agir est toujours la dernière" in said


# ---------------------------------------------------------------- who holds the money while a judge is asked

HELD = {"situation": "saisie-attribution", "date_saisie": "2026-10-30", "date_denonciation": "2026-11-05"}


def test_the_bank_told_of_a_challenge_keeps_the_money() -> None:
    """CPCE L211-5: the payment is deferred, but for what the judge allows."""
    said = headline(**HELD, role="banque", date_assignation="2026-11-20")
    assert said.startswith("Une contestation est en cours. Gardez les sommes saisies et ne payez pas avant")
    assert "sauf la somme qu'il vous autorise à verser" in said
    assert "La banque ne paie pas" not in said


@pytest.mark.parametrize("role", ["banque", "creancier"])
def test_a_challenge_after_the_month_is_not_said_to_stop_the_payment(role: str) -> None:
    """CPCE R211-6: the certificate says that nobody challenged within the month; legal aid may have saved it."""
    early = {"date_saisie": "2026-09-30", "date_denonciation": "2026-10-05", "date_assignation": "2026-11-20"}
    said = headline(situation="saisie-attribution", role=role, **early)
    assert "la contestation est venue après le délai" in said
    assert "certificat de non-contestation" in said
    assert "aide juridictionnelle faite à temps a pu sauver le délai" in said
    assert "est en cours" not in said


def test_the_bank_is_told_when_it_pays() -> None:
    """CPCE R211-6 and R211-13."""
    later = headline(**HELD, role="banque")
    assert "le certificat de non-contestation, possible à partir du mardi 8 décembre 2026" in later
    judged = headline(**HELD, role="banque", date_assignation="2026-11-12", date_jugement="2026-11-25")
    assert "S'il a rejeté la contestation, vous payez le créancier quand il vous présente cette décision" in judged


def test_the_employer_told_of_a_challenge_has_nothing_to_keep_back() -> None:
    """CPCE L212-4, R212-1-9: the three months are the creditor's affair, and not said to the employer."""
    given = {**WAGE, "date_commandement": "2026-10-30", "date_assignation": "2026-11-20"}
    said = headline(**given, role_salaire="employeur")
    assert "Vous n'avez rien à retenir tant qu'aucun procès-verbal de saisie" in said
    assert "trois mois" not in said
    assert "trois mois" in headline(**given, role_salaire="creancier")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("employeur", "Répondez quand même, et demandez par écrit au commissaire de justice ce qu'il faut retenir"),
        ("creancier", "Faites vérifier cet acte par votre conseil"),
        ("debiteur", "Montrez ces dates au juge de l'exécution, à un avocat ou à un point-justice"),
    ],
)
def test_a_wage_seized_after_a_challenge_that_stopped_it(role: str, words: str) -> None:
    given = {**WAGE, "date_commandement": "2026-10-30", "date_assignation": "2026-11-20", "date_pv": "2026-11-25"}
    said = headline(**given, role_salaire=role)
    assert "après une contestation faite à temps : la loi suspend alors la procédure" in said
    assert words in said
    assert "la loi fait attendre" not in said
    before = headline(**{**given, "date_pv": "2026-11-15"}, role_salaire=role)
    assert "suspend alors" not in before
    told = (
        "Le débiteur a contesté à temps, le 20 novembre 2026 : la loi suspend la procédure jusqu'à la décision du juge"
    )
    assert (told in before) is (role != "debiteur")
    assert "la loi fait attendre jusqu'au 1er décembre 2026" in before


@pytest.mark.parametrize("role", ["debiteur", "employeur", "creancier"])
@pytest.mark.parametrize("signed", [None, "2026-11-12", "2026-11-18", "2026-11-25"])
def test_an_agreement_does_not_make_a_seizure_that_came_too_early_a_good_one(role: str, signed: str | None) -> None:
    """CPCE L212-2: a month after the commandement; L212-6 lifts the three months, not this one."""
    given = {**WAGE, "role_salaire": role, "date_commandement": "2026-11-10", "date_pv": "2026-11-18"}
    said = headline(**given, **({"date_accord": signed} if signed else {}))
    assert "la loi fait attendre jusqu'au 11 décembre 2026" in said
    # L212-3: signed after the seizure, or the same day, it had suspended nothing.
    assert ("après un accord signé à temps" in said) is (signed == "2026-11-12" and role != "creancier")


def test_an_employer_who_answered_is_not_told_to_and_not_to_withhold_what_is_in_doubt() -> None:
    """CPCE L212-3, L212-4, L212-8."""
    given = {**WAGE, "role_salaire": "employeur", "date_commandement": "2026-09-10", "date_pv": "2026-11-10"}
    answered = {**given, "date_reponse_employeur": "2026-11-20"}
    for stopped in ({"date_accord": "2026-10-01"}, {"date_assignation": "2026-10-01"}):
        assert "Répondez quand même" in headline(**given, **stopped)
        said = headline(**answered, **stopped)
        assert "Demandez par écrit au commissaire de justice ce qu'il faut retenir" in said
        assert "Répondez quand même" not in said
        assert "Faites la retenue" not in said
    assert "Faites la retenue chaque mois" in headline(**answered)


def test_an_employer_is_not_told_to_withhold_by_a_seizure_that_came_too_late() -> None:
    """CPCE L212-6; it is not for the employer to judge."""
    given = {**WAGE, "role_salaire": "employeur", "date_commandement": "2026-06-01", "date_pv": "2026-11-10"}
    for more in ({}, {"date_accord": "2026-10-20"}):
        said = headline(**given, **more, date_reponse_employeur="2026-11-12", date_denonciation_pv="2026-11-12")
        assert "demandez par écrit au commissaire de justice ce qu'il faut retenir" in said
        assert "Faites la retenue" not in said
        assert "répondez quand même" not in said
    kept = headline(**given, date_accord="2026-08-20", date_reponse_employeur="2026-11-12")
    assert "la loi prévoit la caducité" not in kept


def test_who_contested_is_not_told_that_they_may() -> None:
    given = {**WAGE, "role_salaire": "debiteur", "date_commandement": "2026-09-10", "date_accord": "2026-10-01"}
    given |= {"date_pv": "2026-11-10"}
    assert "Vous pouvez contester à tout moment" in headline(**given)
    assert "Vous pouvez" not in headline(**given, date_assignation="2026-11-20")


def test_a_seized_wage_shows_that_the_commandement_came() -> None:
    """CPCE L212-2: there is no seizure without it, so that its month does not wait."""
    said = headline(**WAGE, role_salaire="debiteur", date_pv="2026-11-20")
    assert "est parti de cet événement : la signification du commandement de payer. Indiquez ce jour." in said
    assert "Vous pouvez encore contester à tout moment" in said
    assert "partira" not in said
    steps = [
        step["explication"] for step in asked({**WAGE, "role_salaire": "debiteur", "date_pv": "2026-11-20"})["etapes"]
    ]
    assert sum("Le délai est parti de cet événement" in plain(step) for step in steps) == 2


@pytest.mark.parametrize("served", ["date_signification", "date_premier_acte"])
def test_an_order_that_was_served_had_been_made(served: str) -> None:
    """CPC 1411: it is served within three, or six, months of its day, which alone is missing."""
    said = headline(situation="injonction-de-payer", role_injonction="creancier", **{served: "2026-11-10"})
    assert "est parti de cet événement : la date de l'ordonnance. Indiquez ce jour." in said
    assert "partira" not in said
    assert "Une nouvelle requête" not in said


def test_an_agreement_after_the_three_months_suspends_and_the_commandement_is_to_be_checked() -> None:
    """CPCE L212-3: any agreement before the seizure suspends it; L212-6: one made in time keeps the commandement."""
    given = {**WAGE, "date_commandement": "2026-06-10", "date_accord": "2026-10-01"}
    debtor = headline(**given, role_salaire="debiteur")
    assert debtor.startswith("Votre accord est signé : la procédure est suspendue")
    assert "la loi prévoit la caducité du commandement, sauf si un accord a été signé dans ce délai" in debtor
    assert "Un nouveau commandement reste possible" in headline(**given, role_salaire="creancier")
    assert "Un accord est signé" in headline(**given, role_salaire="employeur")


def test_the_next_date_of_another_is_told_until_its_last_day() -> None:
    """It may end on a Saturday, or on the Monday after: who waits for it waits until then."""
    given = {**WAGE, "role_salaire": "debiteur", "date_commandement": "2026-09-10", "date_accord": "2026-10-01"}
    given |= {"date_pv": "2026-11-20"}
    for day in ("2026-11-28", "2026-11-29", "2026-11-30"):
        assert "vous annoncer la saisie de votre salaire, lundi 30 novembre 2026" in headline(**given, aujourdhui=day)


def test_the_notice_of_a_challenge_is_asked_only_of_one_made_within_the_month() -> None:
    """CPCE R212-1-8: whoever does not give the day of the commandement is told that it decides."""
    said = headline(**WAGE, role_salaire="debiteur", date_assignation="2026-11-20", date_pv="2026-11-16")
    assert "La loi ne le demande que pour une contestation faite à temps après le commandement" in said


# ---------------------------------------------------------------- a second request for legal aid


@pytest.mark.parametrize("answer", [{}, {"suite_aide": "rejet", "date_suite_aide": "2026-11-20"}])
def test_a_second_request_for_legal_aid_saves_nothing_more(answer: dict[str, str]) -> None:
    """Décret n° 2020-1717, art. 43, last paragraph, read in part only: said with its doubt."""
    words = "une seconde demande pour le même sujet ne sauverait plus le délai (à confirmer auprès d'un avocat)"
    assert words in actions(**AIDED, **answer)


def test_the_month_says_it_too() -> None:
    alone = asked({"delai": "saisie-attribution.contestation", "evenement": "2026-11-20"})
    said = plain(" ".join(warning["texte"] for warning in alone["avertissements"]))
    assert "Après un rejet, une seconde demande pour le même sujet ne le sauve plus (à confirmer" in said


# ---------------------------------------------------------------- read aloud again


@pytest.mark.parametrize("role", ["debiteur", "employeur"])
def test_a_rule_that_is_not_known_is_not_called_no_deadline(role: str) -> None:
    """Before 1 July 2025 other rules applied: « aucun délai ne court » would have been a guess."""
    given = {**WAGE, "role_salaire": role, "date_commandement": "2025-05-20", "date_pv": "2025-06-25"}
    said = headline(**given)
    assert "aucun délai ne court" not in said
    assert "cette règle vaut depuis le 1er juillet 2025" in said
    whom = "un avocat ou à un point-justice" if role == "debiteur" else "votre conseil"
    assert f"Montrez ces dates à {whom}" in said
    codes = [warning["texte"] for warning in asked(given)["avertissements"]]
    assert len(codes) == len(set(codes))


def test_a_time_that_is_over_is_said_in_the_past() -> None:
    over = {"date_saisie": "2026-09-01", "date_denonciation": "2026-09-04"}
    assert "le délai de contestation a fini le lundi 5 octobre 2026" in actions(
        situation="saisie-attribution", role="debiteur", **over
    )


def test_a_neighbour_who_sent_the_challenge_late_is_not_told_to_send_it() -> None:
    """C. urb. R*600-1."""
    given = {"situation": "urbanisme", "role_urbanisme": "voisin", "date_affichage": "2026-10-01"}
    given |= {"date_recours": "2026-10-20", "recours_aupres": "tribunal"}
    assert "Envoyez ce recours" in actions(**given, aujourdhui="2026-10-21")
    late = {**given, "date_notification_recours": "2026-11-20"}
    assert "Envoyez ce recours" not in headline(**late) + actions(**late)
    assert "est du 20 novembre 2026, après le jeudi 5 novembre 2026" in headline(**late)


def test_no_day_that_is_over_is_aimed_at() -> None:
    """1 November 2026 is a Sunday and a holiday; on the Saturday before, no working day is left to aim at."""
    asked = {"delai": "saisie-attribution.denonciation", "evenement": "2026-10-24"}
    before, late = (
        ask_calculator(get("delais"), {"aujourdhui": today, "situation": "un-delai", **asked})
        for today in ("2026-10-28", "2026-10-31")
    )
    assert isinstance(before, Answered)
    assert isinstance(late, Answered)
    assert "visez le vendredi 30\u00a0octobre 2026" in before.result.resume
    assert "visez" not in late.result.resume


def test_a_decision_announced_for_later_is_not_said_to_be_taken() -> None:
    """A judge says on which day the decision will come: until then, the bank keeps the money (CPCE, L211-5)."""
    asked = {
        "situation": "saisie-attribution",
        "role": "banque",
        "date_saisie": "2026-10-30",
        "date_denonciation": "2026-11-05",
        "date_assignation": "2026-11-20",
        "date_jugement": "2026-12-10",
    }
    before, after = (
        ask_calculator(get("delais"), {"aujourdhui": today, **asked}) for today in ("2026-11-28", "2026-12-10")
    )
    assert isinstance(before, Answered)
    assert isinstance(after, Answered)
    assert "Le juge a décidé" not in before.result.resume
    assert "contestation est en cours" in before.result.resume
    assert after.result.resume.startswith("Le juge a décidé.")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, True),
        ({"date_opposition": "2026-11-02"}, False),
        ({"date_premier_acte": "2026-11-10"}, False),
        ({"remise_en_main_propre": "oui"}, False),
        ({"role_injonction": "creancier"}, False),
    ],
)
def test_who_may_oppose_already_is_told_to_do_so_and_where(given: dict[str, str], *, told: bool) -> None:
    """CPC, art. 1415 and 1416: the time has not begun, and nobody has to wait for it. The headline alone said it."""
    asked_of_the_debtor = {
        "situation": "injonction-de-payer",
        "role_injonction": "debiteur",
        "date_ordonnance": "2026-08-25",
        "date_signification": "2026-09-10",
        "remise_en_main_propre": "non",
    }
    to_do = plain(" ".join(action["texte"] for action in asked({**asked_of_the_debtor, **given})["a_faire"]))
    assert ("faites opposition dès maintenant" in to_do and "greffe du tribunal" in to_do) is told


# ---------------------------------------------------------------- a challenge to a planning decision, written or tacit

GRANTED = {**FILED, "date_depot": "2026-09-10", "date_decision": "2026-10-05"}
SILENT = {**FILED, "date_depot": "2026-07-10"}


@pytest.mark.parametrize("panel", [{}, {"date_affichage": "2026-10-10"}])
@pytest.mark.parametrize(("where", "kept"), [("tribunal", False), ("mairie", True), ("inconnu", True)])
def test_only_a_court_suspends_the_time_to_begin(panel: dict[str, str], where: str, *, kept: bool) -> None:
    """C. urb. R*424-19; where it was filed is not known, the safe dates stay (urbanisme)."""
    given = {**GRANTED, **panel, "date_recours": "2026-11-05", "recours_aupres": where}
    said = headline(**given)
    assert "Un recours a été déposé" in said
    assert ("est suspendu." in said) is not kept
    assert ("avant le vendredi 5 octobre 2029" in said and "vendredi 3 août 2029" in said) is kept
    assert (events(**given).keys() >= {"urbanisme.validite", "urbanisme.prorogation"}) is kept
    assert "tranquille" not in said


def test_a_court_seized_once_the_permit_was_over_gives_no_time_back() -> None:
    old = {**FILED, "date_depot": "2021-12-15", "date_decision": "2022-02-15", "recours_aupres": "tribunal"}
    said = headline(**old, date_recours="2026-11-05")
    assert "Un recours a été déposé" in said
    assert "suspendu" not in said
    assert "samedi 15 février 2025, la loi prévoit que l'autorisation cesse de valoir" in said
    assert "est suspendu." in headline(**old, date_recours="2025-02-15")


@pytest.mark.parametrize("where", ["tribunal", "mairie", "inconnu"])
def test_a_challenge_once_the_works_are_over_says_nothing_of_their_beginning(where: str) -> None:
    challenged = {"date_recours": "2026-11-05", "recours_aupres": where, "date_achevement": "2026-11-20"}
    assert "commencer" not in headline(**GRANTED, **challenged)


def test_a_challenge_to_the_mairie_of_an_older_decision_may_have_given_more_time_to_go_to_court() -> None:
    """C. urb. L600-12-2, since 28 November 2025: the neighbours' time is not told to be over."""
    old = {**FILED, "date_depot": "2025-08-15", "date_decision": "2025-10-10", "date_affichage": "2025-10-12"}
    assert "Le délai des voisins est passé" in headline(**old)
    said = headline(**old, date_recours="2025-12-05", recours_aupres="mairie")
    assert "passé" not in said
    assert "avant le 28 novembre 2025 : un recours à la mairie a pu allonger" in said


@pytest.mark.parametrize("dossier", ["declaration-prealable", "permis-maison"])
def test_a_tacit_agreement_that_is_not_sure_is_suspended_only_if_there_is_one(dossier: str) -> None:
    given = {**SILENT, "dossier": dossier, "date_affichage": "2026-11-15"}
    assert "jusqu'au lundi 18 janvier 2027" in headline(**given)
    assert "Affichez" not in headline(**given)
    said = headline(**given, date_recours="2026-11-20", recours_aupres="tribunal")
    assert said.endswith("S'il y a bien un accord tacite, le délai pour commencer est suspendu.")


@pytest.mark.parametrize(
    "given",
    [
        {**SILENT, "silence": "oui"},
        {**FILED, "date_depot": "2026-06-10", "date_demande_pieces": "2026-07-05"},
    ],
)
def test_who_attacks_a_tacit_refusal_is_not_taken_for_a_neighbour(given: dict[str, str]) -> None:
    """C. urb. R*423-39, R*424-2: there is no permit, so that nobody has to be told of the challenge."""
    challenged = {**given, "date_recours": "2026-10-10", "recours_aupres": "tribunal"}
    assert not {"urbanisme.notification-recours", "urbanisme.recours-tiers"} & events(**challenged).keys()
    said = headline(**challenged)
    assert "Fait à temps : le recours, le 10 octobre 2026" in said or "Un recours a été déposé" in said


@pytest.mark.parametrize(
    "given",
    [
        {**SILENT, "silence": "oui"},
        {**FILED, "date_depot": "2026-06-10", "date_decision": "2026-09-03", "decision": "refus"},
    ],
)
def test_a_refusal_attacked_too_late_is_not_followed_by_nothing_to_do(given: dict[str, str]) -> None:
    said = headline(**given, date_recours="2026-11-20", recours_aupres="tribunal")
    assert said.startswith("Le recours est du 20 novembre 2026, après le")
    assert "rien à faire" not in said
    assert "aucun délai ne court" not in said


@pytest.mark.parametrize(("where", "words"), [("mairie", "Le recours à la mairie n'allonge"), ("inconnu", "Dites où")])
def test_a_tacit_refusal_that_was_not_taken_to_court(where: str, words: str) -> None:
    said = headline(**SILENT, silence="oui", date_recours="2026-10-10", recours_aupres=where)
    assert words in said
    assert "est passé depuis le jeudi 12 novembre 2026" in said
    assert "Faites-le vérifier avant de renoncer." in said


@pytest.mark.parametrize("decided", [{}, {"date_decision": "2026-09-25"}])
def test_a_challenge_to_a_certificate_is_told(decided: dict[str, str]) -> None:
    given = {**FILED, "dossier": "cu-information", "date_depot": "2026-09-01", **decided}
    said = headline(**given, date_recours="2026-11-05", recours_aupres="tribunal")
    assert said.endswith("Un recours a été déposé : voyez un avocat.")
