"""An answer on deadlines cites every article that its reasoning used, whatever the case drawn."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from calculators.delais.inputs import Lieu
from calculators.law import Portee, Prorogation, Regime, law
from calculators.law.situations import situations
from calculators.territory import Territoire
from calculators.typography import capitalised, french
from calculators.web.page.browser import compute
from tests.helpers import TODAY
from tests.strategies import as_json, delais_answers

#: Those in hours are counted by texts of their own: see test_deadline_rules.py.
NAMED = [d for d in law().delais.values() if d.portee is not Portee.PERIODE and not (d.sans_duree or d.en_heures)]
FAR = [d.cle for d in NAMED if d.distance is not Prorogation.NON]
PLACES = [t.value for t in Territoire if t is not Territoire.DROIT_PROPRE]
SITUATIONS = list(situations(law()))
HOLIDAYS = {french(f"férié : {holiday.intitule}"): holiday for holiday in law().feries.values()}


def answered(given: dict[str, Any]) -> dict[str, Any]:
    """The answer; a case that no verified law covers, or that contradicts itself, is left aside."""
    found: dict[str, Any] = json.loads(compute("delais", json.dumps({"aujourdhui": TODAY.isoformat(), **given})))
    assume("resume" in found)
    return found


#: Where a period of each kind begins, and what ends it. A prescription is no period of procedure; the end of a contract
#: of employment has its own rule.
TEXTS: dict[Regime, tuple[set[str], set[str]]] = {
    Regime.PROCEDURE: ({"CPC 640", "CPC 641"}, {"CPC 642"}),
    Regime.PRESCRIPTION: ({"CCIV 2228", "CCIV 2229"}, {"CCIV 2228", "CCIV 2229"}),
    Regime.RUPTURE: (set(), {"CTRAV R1231-1"}),
}


def keys(step: dict[str, Any]) -> set[str]:
    return {article["article"] for article in step["articles"]}


def cited(answer: dict[str, Any]) -> set[str]:
    return {key for step in answer["etapes"] for key in keys(step)}


def extended(readings: list[dict[str, Any]]) -> bool:
    return any(reading["valeurs"]["terme"] != reading["valeurs"]["echeance"] for reading in readings)


def of_the_law(cle: str) -> set[str]:
    return {article.cle for article in law().delais[cle].articles}


events = st.one_of(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.dates(date(2010, 1, 1), date(2090, 12, 31)))


@example(cle="saisie-attribution.contestation", event=date(2026, 11, 25), place="metropole")  # ends on Christmas day
@example(cle="jex.appel", event=date(2027, 3, 11), place="alsace_moselle")  # Good Friday, if the commune keeps it
@example(cle="prudhommes.rupture", event=date(2026, 2, 14), place="metropole")  # ends on a Sunday
@example(cle="prudhommes.licenciement-economique", event=date(2026, 5, 16), place="metropole")
@example(cle="urbanisme.validite", event=date(2023, 6, 15), place="metropole")
@example(cle="urbanisme.validite", event=date(2022, 2, 15), place="metropole")
@given(cle=st.sampled_from([d.cle for d in NAMED]), event=events, place=st.sampled_from(PLACES))
def test_a_named_deadline_cites_what_moves_its_end(cle: str, event: date, place: str) -> None:
    """Its own articles, where the count begins (CPC 640, 641), what extends it (642) and the holiday that it met."""
    given = {"delai": cle, "evenement": event.isoformat(), "territoire": place, "distance": "aucune"}
    if law().delais[cle].version_selon:
        given["date_ordonnance"] = event.isoformat()
    answer = answered(given)
    found = cited(answer)
    start, end = TEXTS[law().delais[cle].regime]
    assert start | end | of_the_law(cle) <= found
    assert law().delais[cle].regime is Regime.PROCEDURE or not {"CPC 640", "CPC 641", "CPC 642"} & found
    moved = [day for day in answer["jours"] if day["raison"] in HOLIDAYS and day["role"] == "exclu"]
    for day in moved:
        assert {article.cle for article in HOLIDAYS[day["raison"]].articles} <= found, day
    if "Vendredi saint" in json.dumps(answer["lectures"], ensure_ascii=False):
        assert "CTRAV L3134-13" in found
    if cle == "urbanisme.validite" and date(2022, 5, 28) <= event <= date(2024, 5, 28):
        assert "D2025-461 1" in found
    if cle == "urbanisme.validite" and date(2021, 1, 1) <= event <= date(2022, 5, 27):
        assert "D2025-461 2" in found


@given(
    cle=st.sampled_from(FAR),
    event=events,
    home=st.sampled_from([place.value for place in Lieu]),
    court=st.sampled_from(["metropole", "guadeloupe", "mayotte"]),
    in_hand=st.booleans(),
)
def test_a_named_deadline_cites_the_distance(cle: str, event: date, home: str, court: str, *, in_hand: bool) -> None:
    """CPC 643 for a court of the metropole, 644 for another; 645 where the act is not named; 647 for one in hand."""
    given = {"delai": cle, "evenement": event.isoformat(), "domicile": home, "siege": court}
    if home != "metropole":
        given["en_main_propre"] = "oui" if in_hand else "non"
    if law().delais[cle].version_selon:
        given["date_ordonnance"] = event.isoformat()
        assume(event < date(2026, 9, 1))  # the rule since then does not count a time to act
    found = cited(answered(given))
    court = "metropole" if law().delais[cle].siege_en_metropole else court
    assert ("CPC 643" if court == "metropole" else "CPC 644") in found
    far = home != court
    if far and in_hand and home != "metropole":
        assert "CPC 647" in found
    elif far and law().delais[cle].distance is Prorogation.OUVERTE:
        assert "CPC 645" in found


@pytest.mark.parametrize("situation", SITUATIONS)
@given(data=st.data())
def test_each_date_of_a_situation_cites_what_it_rests_on(situation: str, data: st.DataObject) -> None:
    drawn = data.draw(delais_answers(situation=situation))
    given = as_json(drawn)
    assert isinstance(given, dict)
    answer = answered(given)
    steps = {step["titre"]: step for step in answer["etapes"]}
    for event in answer.get("evenements", ()):
        if not event["echeance"]:
            continue
        cle = event["cle"]
        step = steps[french(capitalised(law().delais[cle].intitule))]
        found = keys(step)
        assert of_the_law(cle) <= found, cle
        readings = [r for r in answer["lectures"] if r["cle"].startswith(f"{cle}.lecture-")]
        if "reporté" in step["calcul"] or extended(readings):
            assert TEXTS[law().delais[cle].regime][1] <= found, cle


SEIZED = {
    "situation": "saisie-attribution",
    "role": "debiteur",
    "date_saisie": "2026-09-28",
    "date_denonciation": "2026-10-02",
    "date_demande_aide": "2026-10-20",
}
FILED = {"situation": "urbanisme", "dossier": "permis-maison", "date_depot": "2026-06-10"}
ORDERED = {
    "situation": "injonction-de-payer",
    "role_injonction": "creancier",
    "date_ordonnance": "2026-08-25",
    "date_signification": "2026-11-12",
    "remise_en_main_propre": "oui",
    "domicile": "la_reunion",
}


@pytest.mark.parametrize(
    ("given", "cle", "articles"),
    [
        (SEIZED, "saisie-attribution.contestation", {"D2020-1717 37", "D2020-1717 43"}),
        (
            {**SEIZED, "suite_aide": "rejet", "date_suite_aide": "2026-11-10"},
            "aide-juridictionnelle.nouveau-mois",
            {"D2020-1717 43", "D2020-1717 69"},
        ),
        ({**FILED, "abords": "oui"}, "urbanisme.instruction.permis-maison", {"CURB R423-24"}),
        (
            {**FILED, "date_demande_pieces": "2026-07-01", "date_pieces": "2026-08-20"},
            "urbanisme.instruction.permis-maison",
            {"CURB R423-39"},
        ),
        ({**FILED, "silence": "non"}, "urbanisme.validite", {"CURB R424-1", "CURB R424-17"}),
        ({**FILED, "silence": "oui"}, "urbanisme.recours-refus", {"CURB R424-2"}),
        (
            {**FILED, "date_depot": "2021-12-20", "date_decision": "2022-02-15", "prorogations": "1"},
            "urbanisme.validite",
            {"CURB R424-21", "D2025-461 2"},
        ),
        ({**FILED, "date_decision": "2026-08-03"}, "urbanisme.prorogation", {"CURB R424-17", "CURB R424-22"}),
        (ORDERED, "injonction-de-payer.opposition", {"CPC 643", "CPC 645", "CPC 642"}),
        (ORDERED, "injonction-de-payer.titre-executoire", {"CPC 643", "CPC 645", "CPC 642"}),
        ({"situation": "avis-medecin", "date_avis": "2026-11-30"}, "avis-medecin.contestation", {"CTRAV R4624-45"}),
    ],
)
def test_what_the_case_adds_is_cited(given: dict[str, Any], cle: str, articles: set[str]) -> None:
    """The request that saves a month, the documents that begin it again, the extension granted, the distance."""
    found = json.loads(compute("delais", json.dumps({"aujourdhui": "2026-11-28", **given})))
    title = french(capitalised(law().delais[cle].intitule))
    step = next(step for step in found["etapes"] if step["titre"] == title)
    assert articles <= keys(step)
