"""Every named deadline, every situation, every open point: the dates, and the safe one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from calculators.declaration import fields_of, parse
from calculators.delais import DelaisInputs, calculate
from calculators.delais.inputs import DossierUrbanisme, RoleSaisie
from calculators.errors import CoverageError, InputError
from calculators.holidays import covered_by
from calculators.law import Portee, Prorogation, Regime, Unite, law
from calculators.law.words import length
from calculators.outcome import Answered, Refused, ask_calculator
from calculators.registry import get
from calculators.territory import Territoire
from calculators.text import answer_as_text

if TYPE_CHECKING:
    from calculators.declaration import Option

ONE_DAY = timedelta(days=1)


def ask(**given: object) -> Answered | Refused:
    outcome = ask_calculator(get("delais"), {"aujourdhui": "2026-11-21", **given})
    assert isinstance(outcome, Answered | Refused)
    return outcome


def answered(**given: object) -> dict[str, Any]:
    outcome = ask(**given)
    assert isinstance(outcome, Answered), outcome
    assert answer_as_text(get("delais"), outcome.inputs, outcome.result)
    return outcome.to_dict()


def refused(**given: object) -> dict[str, Any]:
    outcome = ask(**given)
    assert isinstance(outcome, Refused), outcome
    return outcome.to_dict()


def codes(found: dict[str, Any]) -> set[str]:
    return {warning["code"] for warning in found["avertissements"]}


def everything_said(found: dict[str, Any]) -> str:
    parts = [found["resume"]]
    parts += [f"{step['titre']} {step['explication']} {step['calcul']}" for step in found["etapes"]]
    parts += [warning["texte"] for warning in found["avertissements"]]
    parts += [f"{action['texte']} {action['quand']}" for action in found["a_faire"]]
    parts += [f"{lecture['intitule']} {lecture['raison']}" for lecture in found["lectures"]]
    return plain("\n".join(parts))


def plain(text: str) -> str:
    """Without the marks of French typography."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


# ---------------------------------------------------------------- every named deadline, on one date

#: From Friday 30 October 2026, in the Hexagone: the end by counting, the end extended, and the safe date when readings
#: differ. Sunday 1 November and Wednesday 11 November are holidays. Counted by hand on a calendar.
EIGHT_DAYS = ("2026-11-07", "2026-11-09", "2026-11-07")  # Saturday; nobody ruled that this one is extended
FIFTEEN_DAYS = ("2026-11-14", "2026-11-16", None)  # Saturday
FIFTEEN_DAYS_OPEN = (*FIFTEEN_DAYS[:2], "2026-11-14")
THIRTY_DAYS_OPEN = ("2026-11-29", "2026-11-30", "2026-11-29")  # Sunday
ONE_MONTH = ("2026-11-30", "2026-11-30", None)  # Monday
TWO_MONTHS = ("2026-12-30", "2026-12-30", None)  # Wednesday
THREE_MONTHS = ("2027-01-30", "2027-02-01", "2027-01-30")  # Saturday
FIFTEEN_OUVRABLES = ("2026-11-18", "2026-11-18", "2026-11-18")
NAMED = {
    "saisie-attribution.denonciation": EIGHT_DAYS,
    "saisie-attribution.contestation": ONE_MONTH,
    "saisie-attribution.blocage": FIFTEEN_OUVRABLES,
    "saisie-attribution.effets-escomptes": ONE_MONTH,
    # At two in the afternoon: twenty-four hours later is a Saturday.
    "saisie-attribution.declaration-comptable": ("2026-10-31T14:00", "2026-10-31T14:00", "2026-10-31T14:00"),
    "saisie-attribution.opposition-du-creancier": FIFTEEN_DAYS,
    # The first jour ouvrable after is Saturday 31 October; the same day is safe.
    "saisie-attribution.avis-au-commissaire": ("2026-10-31", "2026-10-31", "2026-10-30"),
    "saisie-attribution.demande-sommes": ONE_MONTH,
    "saisie-attribution.certificat": ("2026-12-01", "2026-12-01", None),
    "sbi.renouvellement": ONE_MONTH,
    "satd.versement": ("2026-11-29", "2026-11-30", "2026-11-29"),
    "satd.contestation": TWO_MONTHS,
    "satd.blocage": FIFTEEN_OUVRABLES,
    "opposition-organisme.contestation": ONE_MONTH,
    "saisie-conservatoire.denonciation": EIGHT_DAYS,
    "saisie-conservatoire.conversion": FIFTEEN_DAYS_OPEN,
    "saisie-conservatoire.procedure": ONE_MONTH,
    "saisie-conservatoire.copie-au-tiers": EIGHT_DAYS,
    "saisie-remunerations.contestation": ONE_MONTH,
    "titre-executoire.prescription": ("2036-10-30", "2036-10-30", None),
    "jex.appel": FIFTEEN_DAYS,
    "injonction-de-payer.opposition": ONE_MONTH,
    "injonction-de-payer.opposition-tardive": ONE_MONTH,
    "injonction-de-payer.signification": THREE_MONTHS,
    "injonction-de-payer.avocat-creancier": FIFTEEN_DAYS,
    "injonction-de-payer.avocat-debiteur": FIFTEEN_DAYS,
    "injonction-de-payer.consignation": FIFTEEN_DAYS,
    "injonction-de-payer.avis-greffe": ONE_MONTH,
    # Ordered on 1 October 2026: from the day after two months.
    "injonction-de-payer.titre-executoire": ("2026-12-31", "2026-12-31", None),
    "appel.contentieux": ONE_MONTH,
    "appel.gracieux": FIFTEEN_DAYS,
    "appel.refere": FIFTEEN_DAYS,
    "opposition.jugement": ONE_MONTH,
    "cassation.pourvoi": TWO_MONTHS,
    "prudhommes.appel": ONE_MONTH,
    "prudhommes.appel-refere": FIFTEEN_DAYS,
    "avis-medecin.contestation": FIFTEEN_DAYS,
    "avis-medecin.appel": FIFTEEN_DAYS,
    "expertise.taxe": ONE_MONTH,
    "expertise.observations": FIFTEEN_DAYS,
    "urbanisme.instruction.declaration-prealable": ONE_MONTH,
    "urbanisme.instruction.permis-maison": TWO_MONTHS,
    "urbanisme.instruction.autre-permis": THREE_MONTHS,
    "urbanisme.instruction.cu-information": ONE_MONTH,
    "urbanisme.instruction.cu-operationnel": TWO_MONTHS,
    "urbanisme.demande-pieces": ONE_MONTH,
    "urbanisme.pieces": THREE_MONTHS,
    "urbanisme.recours-tiers": ("2026-12-31", "2026-12-31", "2026-12-30"),  # clear months for who waits
    "urbanisme.recours-refus": ("2026-12-31", "2026-12-31", "2026-12-30"),
    "urbanisme.recours-prefet": TWO_MONTHS,
    "urbanisme.recours-achevement": ("2027-04-30", "2027-04-30", None),
    "urbanisme.retrait": THREE_MONTHS,
    "urbanisme.validite": ("2029-10-30", "2029-10-30", None),
    "urbanisme.prorogation": ("2026-08-30", "2026-08-28", None),  # backwards: Sunday, so Friday
    "aide-juridictionnelle.nouveau-mois": ONE_MONTH,
    "aide-juridictionnelle.recours": (*FIFTEEN_DAYS[:2], "2026-11-14"),
    "aide-juridictionnelle.pieces": ONE_MONTH,
    "aide-juridictionnelle.nouveau-delai-appel": ONE_MONTH,
    "aide-juridictionnelle.nouveau-delai-refere": FIFTEEN_DAYS,
    "aide-juridictionnelle.pourvoi": TWO_MONTHS,
    # Twelve months: Saturday 30 October 2027, before Sunday and a holiday. A prescription is not surely extended.
    "prudhommes.rupture": ("2027-10-30", "2027-11-02", "2027-10-30"),
    "prudhommes.execution": ("2028-10-30", "2028-10-30", None),
    "prudhommes.salaire": ("2029-10-30", "2029-10-30", None),
    "prudhommes.discrimination": ("2031-10-30", "2031-10-30", None),
    "prudhommes.harcelement": ("2031-10-30", "2031-10-30", None),
    "prudhommes.dommage-corporel": ("2036-10-30", "2036-10-30", None),
    "prudhommes.faute-discipline": TWO_MONTHS,
    # C. trav. R1231-1 extends these: from Saturday to Tuesday 2 November.
    "prudhommes.licenciement-economique": ("2027-10-30", "2027-11-02", None),
    "prudhommes.csp": ("2027-10-30", "2027-11-02", None),
    "prudhommes.rupture-conventionnelle": ("2027-10-30", "2027-11-02", None),
    "prudhommes.rupture-collective": ("2027-10-30", "2027-11-02", None),
    "prudhommes.rc-retractation": FIFTEEN_DAYS,
    "prudhommes.solde-compte": ("2027-04-30", "2027-04-30", None),
    "prudhommes.motifs": (*FIFTEEN_DAYS[:2], "2026-11-14"),
    "prudhommes.motifs-reponse": (*FIFTEEN_DAYS[:2], "2026-11-14"),
    "prudhommes.regularisation-timbre": ONE_MONTH,
    "prudhommes.economique-pieces": EIGHT_DAYS,
    "prudhommes.caducite-releve": FIFTEEN_DAYS,
    "prudhommes.bj-direct": ONE_MONTH,
    "prudhommes.departage": ONE_MONTH,
    "prudhommes.departage-refere": ("2026-11-14", "2026-11-14", None),
    "prudhommes.assignation-refere": ("2026-10-29", "2026-10-29", None),
    "prudhommes.tierce-opposition-ft": TWO_MONTHS,
    "prudhommes.jugement-non-notifie": ("2028-10-30", "2028-10-30", None),
    "appel.conclusions-appelant": ("2027-01-30", "2027-02-01", None),
    "appel.conclusions-intime": ("2027-01-30", "2027-02-01", None),
    "appel.bref-delai": TWO_MONTHS,
    "appel.bref-delai-intime": TWO_MONTHS,
    "saisie-remunerations.denonciation-contestation": ("2026-10-31", "2026-10-31", "2026-10-30"),
    "saisie-remunerations.pv-au-plus-tot": ("2026-12-01", "2026-12-01", None),
    "saisie-remunerations.pv-de-saisie": THREE_MONTHS,
    "saisie-remunerations.denonciation-pv": EIGHT_DAYS,
    "saisie-remunerations.employeur": (*FIFTEEN_DAYS[:2], "2026-11-14"),
    "saisie-remunerations.accord": ONE_MONTH,
    "saisie-remunerations.inscription": ("2026-10-31", "2026-10-31", "2026-10-30"),
    "saisie-remunerations.pv-inscription": ("2026-10-31", "2026-10-31", "2026-10-30"),
    "saisie-remunerations.intervention": ("2026-12-01", "2026-12-01", None),
    "saisie-remunerations.intervention-denonciation": EIGHT_DAYS,
    "saisie-remunerations.reversement": ("2026-12-11", "2026-12-11", None),
    "saisie-remunerations.repartition-absente": ("2026-12-12", "2026-12-12", None),
    "saisie-remunerations.projet-observations": EIGHT_DAYS,
    "saisie-remunerations.etat-contestation": ("2026-11-07", "2026-11-09", None),
    "saisie-remunerations.etat-denonciation": ("2026-10-31", "2026-10-31", "2026-10-30"),
    "saisie-remunerations.employeur-evenement": EIGHT_DAYS,
    "saisie-remunerations.mainlevee": EIGHT_DAYS,
    # A Saturday, then Sunday, then All Saints' Monday.
    "saisie-remunerations.nouvel-employeur": ("2027-10-30", "2027-11-02", "2027-10-30"),
    "saisie-remunerations.reprise": THREE_MONTHS,
    "saisie-remunerations.opposition-employeur": FIFTEEN_DAYS,
    "satd.reponse": ("2026-12-30", "2026-12-30", None),
    "satd.juge": TWO_MONTHS,
    "satd.prescription": ("2030-10-30", "2030-10-30", None),
    "grace.assignation-greffe": ("2026-10-15", "2026-10-15", None),  # backwards: Thursday
    "grace.maximum": ("2028-10-30", "2028-10-30", None),
    "urbanisme.notification-recours": ("2026-11-15", "2026-11-16", "2026-11-15"),  # a Sunday
    "urbanisme.recours-gracieux": ONE_MONTH,
    "identite.retrait": THREE_MONTHS,
    # What is sent to the commission: nobody ruled that CPC 642 extends it. Before the judge it does.
    "surendettement.orientation": THREE_MONTHS,
    "surendettement.recours-recevabilite": FIFTEEN_DAYS_OPEN,
    "surendettement.suspension-max": ("2028-10-30", "2028-10-30", None),
    "surendettement.creances-justifier": THIRTY_DAYS_OPEN,
    "surendettement.caution-observations": THIRTY_DAYS_OPEN,
    "surendettement.etat-passif": ("2026-11-19", "2026-11-19", None),  # twenty days: Thursday
    "surendettement.plan-refus": THIRTY_DAYS_OPEN,
    "surendettement.demande-mesures": FIFTEEN_DAYS_OPEN,
    "surendettement.observations": FIFTEEN_DAYS_OPEN,
    "surendettement.observations-echec-conciliation": THIRTY_DAYS_OPEN,
    "surendettement.contestation-mesures": THIRTY_DAYS_OPEN,
    "surendettement.contestation-retablissement": THIRTY_DAYS_OPEN,
    "surendettement.creancier-non-avise": TWO_MONTHS,
    "surendettement.bodacc": THIRTY_DAYS_OPEN,
    "surendettement.reexamen": THREE_MONTHS,
    "surendettement.caducite-plan": FIFTEEN_DAYS_OPEN,
    "surendettement.decheance-recours": FIFTEEN_DAYS_OPEN,
    "surendettement.ordonnance-retractation": FIFTEEN_DAYS,
    "surendettement.appel": FIFTEEN_DAYS,
    "surendettement.report-adjudication": ("2026-10-15", "2026-10-15", None),  # backwards: Thursday
    "surendettement.declaration-rp": TWO_MONTHS,
    "surendettement.audience-rp": ("2026-09-30", "2026-09-30", None),  # backwards: Wednesday
    "surendettement.nullite-acte": ("2027-10-30", "2027-11-02", "2027-10-30"),  # Saturday; Monday is 1 November
    "surendettement.bail-suspension": ("2028-10-30", "2028-10-30", None),
    "expulsion.deux-mois": TWO_MONTHS,
    "expulsion.possible": ("2026-12-31", "2026-12-31", None),  # the day after the two months
    "expulsion.treve": ("2027-03-31", "2027-03-31", None),  # 30 October: the truce to come
    "expulsion.prorogation": ("2027-01-30", "2027-01-30", None),  # Saturday; nobody has to act that day
    "expulsion.delais": ("2027-10-30", "2027-10-30", None),  # Saturday
    "expulsion.force-publique": TWO_MONTHS,
    "expulsion.meubles": TWO_MONTHS,
    "expulsion.valeur-meubles": ONE_MONTH,
    "expulsion.papiers": ("2028-10-30", "2028-10-30", None),
    "saisie-vente.paiement": EIGHT_DAYS,
    # The day after eight days: Sunday 8 November or, if their end is moved to Monday 9, Tuesday 10; that one is safe.
    "saisie-vente.attente": ("2026-11-10", "2026-11-10", "2026-11-10"),
    "saisie-vente.commandement-perime": ("2028-10-30", "2028-10-30", None),
    "saisie-vente.informations": EIGHT_DAYS,
    "saisie-vente.saisie-anterieure": EIGHT_DAYS,
    "saisie-vente.vente-amiable": ONE_MONTH,
    "saisie-vente.creanciers-reponse": FIFTEEN_DAYS_OPEN,
    "saisie-vente.insaisissabilite": ONE_MONTH,
    "saisie-vente.especes": ONE_MONTH,
    "saisie-vente.copie-au-debiteur": EIGHT_DAYS,
    "saisie-vente.publicite": ("2026-10-22", "2026-10-22", None),  # backwards: Thursday
    "saisie-vente.avis-debiteur": ("2026-10-22", "2026-10-22", None),
    "saisie-vente.nullite": ("2026-10-29", "2026-10-29", None),  # the eve: Thursday
    "saisie-vente.distraction": ("2026-10-29", "2026-10-29", None),
    "pension.notification": EIGHT_DAYS,
    "pension.accuse-tiers": EIGHT_DAYS,
    "pension.tiers-fin": EIGHT_DAYS,
    "pension.arrieres-commissaire": ("2026-04-30", "2026-04-30", None),
    "pension.arrieres-caf": ("2024-10-30", "2024-10-30", None),
    "pension.fin-caf": ("2028-09-30", "2028-09-30", None),  # Saturday; nobody has to act that day
    "pension.mainlevee-caf": ("2027-10-31", "2027-10-31", None),  # the day after twelve months
    "pension.executoire-prefet": ("2026-11-05", "2026-11-05", "2026-11-05"),  # Friday 6 without the Saturday
    "pension.prescription": ("2031-10-30", "2031-10-30", None),
}
#: The deadlines whose rule depends on the day of the order.
BESIDES = {
    "injonction-de-payer.titre-executoire": {"date_ordonnance": "2026-10-01"},
    "saisie-attribution.declaration-comptable": {"heure": "14"},
}
#: No text gives them a length: the answer says who does.
BY_THE_JUDGE = {"expertise.consignation", "expertise.releve-de-caducite", "expulsion.prefet-ccapex", "grace.demande"}


def offered() -> tuple[Option, ...]:
    return next(field for field in fields_of(DelaisInputs) if field.nom == "delai").options


def test_the_table_holds_every_deadline_offered() -> None:
    unlike = (set(NAMED) | BY_THE_JUDGE) ^ {option.valeur for option in offered()}
    assert not unlike, f"NAMED, in {__file__}: count these by hand from 2026-10-30, or take them away: {unlike}"
    assert all(option.groupe for option in offered())
    assert {cle for cle, delai in law().delais.items() if delai.portee is Portee.PERIODE} == set(law().delais) - {
        option.valeur for option in offered()
    }


@pytest.mark.parametrize("cle", sorted(NAMED))
def test_named_deadline(cle: str) -> None:
    found = answered(delai=cle, evenement="2026-10-30", **BESIDES.get(cle, {}))
    terme, echeance, safe = NAMED[cle]
    expected = {"terme": terme, "echeance": echeance} | ({"date_sure": safe} if safe else {})
    assert {name: found["valeurs"].get(name) for name in expected} == expected
    assert ("date_sure" in found["valeurs"]) is (safe is not None) is ("lectures" in codes(found))
    delai = law().delais[cle]
    cited = {article["article"] for step in found["etapes"] for article in step["articles"]}
    assert {article.cle for article in delai.articles} <= cited
    assert ("delai_a_confirmer" in codes(found)) is delai.certitude.a_confirmer
    assert ("sanction" in codes(found)) is bool(delai.sanction)
    said = everything_said(found)
    assert plain(delai.note) in said
    counted = [event for event in found["evenements"] if event["echeance"]]
    ends = ["T".join(filter(None, (event["jour"], event.get("heure")))) for event in counted]
    assert ends == [found["valeurs"].get("date_sure", echeance)]
    # An open point is named beside the date it touches, and a certain date never looks doubtful.
    assert all(bool(event["precision"]) is (safe is not None) for event in counted)


@pytest.mark.parametrize("cle", sorted(BY_THE_JUDGE))
def test_a_period_that_no_text_gives_is_not_made_up(cle: str) -> None:
    found = refused(delai=cle, evenement="2026-10-30")
    assert (found["type"], found["erreurs"][0]["champ"]) == ("couverture", "delai")
    said = plain(found["erreurs"][0]["message"])
    assert law().delais[cle].sans_duree in said
    assert said.count("ne donne pas de durée") == 1
    assert length(law().delais[cle]) == "sans durée légale"


def test_no_act_is_ever_declared_void() -> None:
    """The law's sanction is told as what the law provides, to be checked, never as a fact of this case."""
    for delai in law().delais.values():
        assert (
            not delai.sanction
            or "prévoit" in delai.sanction
            or delai.cle
            in {
                "saisie-remunerations.contestation",
                "expertise.observations",
                "aide-juridictionnelle.pieces",
            }
        )
    for cle in NAMED:
        asked = {"delai": cle, "evenement": "2016-03-09", "aujourdhui": "2026-11-21", **BESIDES.get(cle, {})}
        asked |= {"date_ordonnance": "2016-03-01"} if "date_ordonnance" in asked else {}
        said = everything_said(answered(**asked)) if _known(cle) else ""
        for verdict in ("est caduque", "est caduc", "est nulle", "est irrecevable", "est forclos"):
            assert verdict not in said


def _known(cle: str) -> bool:
    first = law().delais[cle].versions[0].en_vigueur_du
    return first is None or first <= date(2016, 3, 9)


@pytest.mark.parametrize("cle", [c for c, delai in law().delais.items() if delai.distance is Prorogation.OUI])
def test_distance_lengthens_the_acts_the_article_lists(cle: str) -> None:
    """CPC 643: one month more overseas, two months abroad, for appeal, opposition and cassation."""
    plain = answered(delai=cle, evenement="2026-10-30")["valeurs"]["terme"]
    month = answered(delai=cle, evenement="2026-10-30", distance="un_mois")["valeurs"]["terme"]
    two = answered(delai=cle, evenement="2026-10-30", distance="deux_mois")["valeurs"]["terme"]
    assert cle.startswith(
        (
            "appel.",
            "opposition.",
            "cassation.",
            "jex.appel",
            "prudhommes.appel",
            "avis-medecin.appel",
            "surendettement.appel",
        )
    )
    expected = {
        "2026-11-14": ("2026-12-15", "2027-01-14"),
        "2026-11-30": ("2026-12-30", "2027-01-30"),
        "2026-12-30": ("2027-01-30", "2027-02-28"),
    }
    assert (month, two) == expected[plain]


@pytest.mark.parametrize("cle", [c for c in NAMED if law().delais[c].distance is Prorogation.NON])
def test_distance_lengthens_no_other_act(cle: str) -> None:
    """Contesting a seizure, first of all, is not in the list of CPC 643."""
    given = {"delai": cle, "evenement": "2026-10-30", **BESIDES.get(cle, {})}
    plain = answered(**given)
    asked = answered(**given, distance="deux_mois")
    assert asked["valeurs"] == plain["valeurs"]
    assert "distance_refusee" in codes(asked)
    assert "distance_refusee" not in codes(plain)


@pytest.mark.parametrize(
    ("cle", "counted_by", "never"),
    [
        ("prudhommes.rupture", "CCIV 2229", "CPC 64"),  # a prescription is no period of procedure
        ("prudhommes.rupture-conventionnelle", "CTRAV R1231-1", "CPC 642"),
        ("prudhommes.appel", "CPC 642", "CTRAV R1231-1"),
    ],
)
def test_each_kind_of_period_is_counted_by_its_own_texts(cle: str, counted_by: str, never: str) -> None:
    """30 October 2026 to a Saturday or a Monday: the count, and what is said of its end, cite no other text."""
    found = answered(delai=cle, evenement="2026-10-30")
    cited = {article["article"] for step in found["etapes"] for article in step["articles"]}
    assert counted_by in cited
    assert [article for article in cited if article.startswith(never)] == []


# ---------------------------------------------------------------- coverage in time

DATED = [
    (cle, version.en_vigueur_du)
    for cle, delai in law().delais.items()
    for version in delai.versions
    if version.en_vigueur_du is not None
]


def test_the_dated_rules_are_those_expected() -> None:
    assert {(cle, day.isoformat()) for cle, day in DATED} >= {
        ("saisie-remunerations.contestation", "2025-07-01"),
        ("injonction-de-payer.signification", "2026-09-01"),
        ("injonction-de-payer.titre-executoire", "2026-09-01"),
        ("urbanisme.validite", "2022-05-28"),
        ("urbanisme.recours-gracieux", "2025-11-28"),
    }


@pytest.mark.parametrize(("cle", "start"), DATED)
def test_a_rule_applies_from_its_first_day(cle: str, start: date) -> None:
    delai = law().delais[cle]
    assert delai.au(start).en_vigueur_du == start
    if start == delai.versions[0].en_vigueur_du:
        found = refused(delai=cle, evenement=(start - ONE_DAY).isoformat())
        assert found["type"] == "couverture"
        assert found["erreurs"][0]["champ"] == "evenement"
        assert "cette règle vaut depuis le" in found["erreurs"][0]["message"]
    else:
        assert delai.au(start - ONE_DAY).en_vigueur_du != start


@pytest.mark.parametrize(("order", "end"), [("2026-08-31", "2027-03-01"), ("2026-09-01", "2026-12-01")])
def test_an_order_for_payment_is_served_within_six_months_then_three(order: str, end: str) -> None:
    """Orders made from 1 September 2026 (décret n° 2026-96): three months. Before: six, here to Sunday 28 February."""
    assert answered(delai="injonction-de-payer.signification", evenement=order)["valeurs"]["echeance"] == end


@pytest.mark.parametrize(("summoned", "readings"), [("2017-05-10", 1), ("2017-05-11", 2), ("2017-05-12", 3)])
def test_before_may_2017_the_letter_left_the_same_day(summoned: str, readings: int) -> None:
    """CPCE R211-11 admits the first jour ouvrable after since 11 May 2017 only."""
    found = answered(delai="saisie-attribution.avis-au-commissaire", evenement=summoned)
    assert len(found["lectures"]) == (readings if readings > 1 else 0)
    assert found["valeurs"].get("date_sure", found["valeurs"]["echeance"]) == summoned


@pytest.mark.parametrize(
    "given", [{"duree": 1, "unite": "mois"}, {"delai": "appel.contentieux"}, {"delai": "identite.retrait"}]
)
@pytest.mark.parametrize("day", ["2007-12-31", "2100-12-31", "2101-01-01", "1900-01-01", "2199-12-31"])
def test_outside_the_years_whose_holidays_are_known(given: dict[str, object], day: str) -> None:
    found = refused(evenement=day, **given)
    assert found["type"] == "couverture"
    assert found["erreurs"][0]["champ"] == "evenement"
    assert "Les jours fériés sont connus du 1er janvier 2008 au 31 décembre 2100" in found["erreurs"][0][
        "message"
    ].replace("\u00a0", " ")


@pytest.mark.parametrize(
    "unite", ["jours", "jours_francs", "jours_ouvrables", "jours_ouvres", "semaines", "mois", "annees"]
)
@pytest.mark.parametrize("sens", ["apres", "rebours"])
def test_a_length_that_leaves_the_years_covered_is_refused(unite: str, sens: str) -> None:
    event = "2100-12-20" if sens == "apres" else "2008-01-02"
    for count in (30, 9999):
        found = refused(evenement=event, duree=count, unite=unite, sens=sens)
        assert (found["type"], found["erreurs"][0]["champ"]) == ("couverture", "evenement")


@pytest.mark.parametrize("situation", ["saisie-attribution", "avis-medecin", "urbanisme"])
def test_a_situation_outside_the_years_covered_names_the_date_at_fault(situation: str) -> None:
    given, champ = {
        "saisie-attribution": (
            {"role": "debiteur", "date_saisie": "2007-11-05", "date_denonciation": "2008-02-01"},
            "date_saisie",
        ),
        "avis-medecin": ({"date_avis": "2026-11-05", "date_jugement": "2101-02-01"}, "date_jugement"),
        "urbanisme": ({"dossier": "autre-permis", "date_depot": "2100-11-20"}, "date_depot"),
    }[situation]
    found = refused(situation=situation, **given)
    assert (found["type"], found["erreurs"][0]["champ"]) == ("couverture", champ)


def test_the_first_and_last_days_covered_are_answered() -> None:
    first, last = (day.isoformat() for day in covered_by(law()))
    assert answered(evenement=first, duree=1, unite="jours")["valeurs"]["echeance"] == "2008-01-02"
    assert answered(evenement="2100-12-30", duree=1, unite="jours")["valeurs"]["echeance"] == last


@pytest.mark.parametrize(("event", "constant"), [("2026-11-30", False), ("2026-12-01", True), ("2099-03-02", True)])
def test_after_2026_holidays_are_given_with_the_law_unchanged(event: str, *, constant: bool) -> None:
    found = answered(delai="appel.contentieux", evenement=event)
    assert ("droit_constant" in codes(found)) is constant
    assert ("à droit constant" in everything_said(found)) is constant


@pytest.mark.parametrize(("day", "early"), [("2012-05-31", True), ("2012-06-01", False)])
def test_before_the_code_its_articles_are_cited_with_a_warning(day: str, *, early: bool) -> None:
    assert ("avant_le_code" in codes(answered(delai="saisie-attribution.contestation", evenement=day))) is early
    seized = {"situation": "saisie-attribution", "role": "creancier", "date_saisie": day}
    assert ("avant_le_code" in codes(answered(**seized))) is early
    assert "avant_le_code" not in codes(answered(delai="appel.contentieux", evenement=day))


def test_territories_with_their_own_law_are_refused() -> None:
    found = refused(delai="appel.contentieux", evenement="2026-10-30", territoire="droit_propre")
    assert (found["type"], found["erreurs"][0]["champ"]) == ("couverture", "territoire")


def test_days_are_listed_one_by_one_up_to_ten_years() -> None:
    assert len(answered(evenement="2016-10-28", duree=10, unite="annees")["jours"]) == 3653
    found = answered(evenement="2016-10-28", duree=12, unite="annees")
    assert "jours" not in found
    assert found["valeurs"] == {"terme": "2028-10-28", "echeance": "2028-10-30"}


# ---------------------------------------------------------------- open points


def readings(**given: object) -> dict[str, Any]:
    found = answered(**given)
    assert "lectures" in codes(found)
    for lecture in found["lectures"]:
        assert lecture["intitule"]
        assert lecture["raison"].endswith(".")
        assert lecture["prudente"] is (lecture["valeurs"]["echeance"] == found["valeurs"]["date_sure"])
    ends = [lecture["valeurs"]["echeance"] for lecture in found["lectures"]]
    assert found["valeurs"]["echeance"] == ends[0]
    assert "Ces étapes suivent la première des lectures" in everything_said(found)
    assert (found["valeurs"]["date_sure"], found["valeurs"]["au_plus_tard"]) == (min(ends), max(ends))
    return found


def ends_of(found: dict[str, Any]) -> set[str]:
    return {lecture["valeurs"]["echeance"] for lecture in found["lectures"]}


def test_saturday_among_jours_ouvrables() -> None:
    """Seized on Tuesday 3 November 2026: the fifteenth is Saturday 21, or Wednesday 25 when Saturdays do not count."""
    found = readings(delai="saisie-attribution.blocage", evenement="2026-11-03")
    assert ends_of(found) == {"2026-11-21", "2026-11-23", "2026-11-25"}
    assert found["valeurs"]["date_sure"] == "2026-11-21"
    said = everything_said(found)
    assert "le samedi compte comme jour ouvrable" in said.lower()
    assert "le samedi ne compte pas" in said.lower()


def test_article_642_and_the_eight_days() -> None:
    found = readings(delai="saisie-attribution.denonciation", evenement="2026-10-30")
    assert ends_of(found) == {"2026-11-07", "2026-11-09"}
    assert answered(delai="saisie-attribution.denonciation", evenement="2026-11-02")["valeurs"] == {
        "terme": "2026-11-10",
        "echeance": "2026-11-10",
    }


def test_the_first_jour_ouvrable_for_the_letter() -> None:
    """Summoned on Friday 20 November 2026: the same day, Saturday 21 or Monday 23."""
    found = readings(delai="saisie-attribution.avis-au-commissaire", evenement="2026-11-20")
    assert ends_of(found) == {"2026-11-20", "2026-11-21", "2026-11-23"}
    assert found["valeurs"]["date_sure"] == "2026-11-20"
    assert answered(delai="saisie-attribution.avis-au-commissaire", evenement="2026-11-17")["valeurs"] == {
        "terme": "2026-11-18",
        "echeance": "2026-11-18",
        "date_sure": "2026-11-17",
        "au_plus_tard": "2026-11-18",
    }


def test_good_friday_is_asked_not_assumed() -> None:
    """A month from 3 March 2026 ends on Friday 3 April, Good Friday; the next working day is Tuesday 7."""
    given = {"delai": "appel.contentieux", "evenement": "2026-03-03", "territoire": "alsace_moselle"}
    found = readings(**given)
    assert ends_of(found) == {"2026-04-03", "2026-04-07"}
    assert found["valeurs"]["date_sure"] == "2026-04-03"
    assert answered(**given, temple="oui")["valeurs"]["echeance"] == "2026-04-07"
    assert answered(**given, temple="non")["valeurs"] == {"terme": "2026-04-03", "echeance": "2026-04-03"}
    assert "vendredi_saint" in codes(found)
    far = answered(**{**given, "evenement": "2026-09-03"})
    assert "vendredi_saint" not in codes(far)
    assert answered(**{**given, "territoire": "metropole"})["lectures"] == []


def test_a_reading_says_nothing_of_what_changes_nothing() -> None:
    """In November, Good Friday is no matter: only Saturdays are."""
    found = readings(delai="saisie-attribution.blocage", evenement="2026-11-03", territoire="alsace_moselle")
    assert ends_of(found) == {"2026-11-21", "2026-11-23", "2026-11-25"}
    assert not any("Vendredi saint" in lecture["intitule"] for lecture in found["lectures"])


@pytest.mark.parametrize(
    ("event", "ends"),
    [
        ("2026-04-27", {"2026-05-27", "2026-05-28"}),  # Wednesday 27 May
        ("2026-04-28", {"2026-05-28", "2026-05-29"}),  # Thursday 28 May
        ("2026-04-29", {"2026-05-29"}),
    ],
)
def test_saint_martin_has_both_days(event: str, ends: set[str]) -> None:
    given = {"delai": "appel.contentieux", "evenement": event, "territoire": "saint_martin"}
    if len(ends) == 1:
        found = answered(**given)
        assert {found["valeurs"]["echeance"]} == ends
        assert found["lectures"] == []
        return
    found = readings(**given)
    assert ends_of(found) == ends
    assert found["valeurs"]["date_sure"] == min(ends)


#: Why CPC, art. 642 is known to move the end of a period of procedure: a ruling, or the text that sends to it. Art. 642
#: itself is in the code of the first; what is brought before the juge de l'exécution follows that code (CPCE, art.
#: R121-5), before the conseil de prud'hommes too (code du travail, art. R1451-1).
MOVED_BY_ITS_CODE = ("CPC ", "D2020-1717 43", "D2020-1717 44")
BEFORE_A_JUDGE = {
    "saisie-attribution.contestation",  # Cass. 2e civ., 4 June 2020, n° 19-12.260
    "saisie-attribution.certificat",  # the end of that same month
    "saisie-attribution.demande-sommes",  # the end of that same month
    "saisie-attribution.opposition-du-creancier",
    "saisie-remunerations.contestation",
    "saisie-remunerations.etat-contestation",
    "saisie-remunerations.opposition-employeur",
    "saisie-vente.insaisissabilite",
    "saisie-vente.especes",
    "expulsion.valeur-meubles",
    "jex.appel",
    "avis-medecin.contestation",
    "avis-medecin.appel",
    "prudhommes.appel",
    "prudhommes.appel-refere",
    "prudhommes.tierce-opposition-ft",
    "surendettement.appel",
    "surendettement.ordonnance-retractation",
    "urbanisme.recours-tiers",  # the administrative judge extends it: CE, 19 September 2014, n° 362568
    "urbanisme.recours-refus",
}


def test_an_end_is_moved_without_a_doubt_only_where_it_is_proved() -> None:
    """Anywhere else both dates are given; this list grows with a ruling, or with a text that sends to that article."""
    moved = {
        cle
        for cle, delai in law().delais.items()
        if delai.regime is Regime.PROCEDURE and delai.portee is not Portee.PERIODE
        if any(version.prorogation is Prorogation.OUI for version in delai.versions)
        if not any(article.cle.startswith(MOVED_BY_ITS_CODE) for article in delai.articles)
    }
    assert moved - BEFORE_A_JUDGE == set()


@pytest.mark.parametrize(
    "cle", [c for c, d in law().delais.items() if d.prorogation is Prorogation.OUVERTE and c in NAMED]
)
def test_where_no_ruling_extends_the_end_both_dates_are_given(cle: str) -> None:
    """Whatever the length, some event of the month ends on a Saturday or a Sunday."""
    starts = (date(2026, 10, 1) + timedelta(days=n) for n in range(14))
    first = law().delais[cle].versions[0].en_vigueur_du
    more = BESIDES.get(cle, {})
    found = [answered(delai=cle, evenement=day.isoformat(), **more) for day in starts if first is None or day >= first]
    assert any(one["lectures"] for one in found)
    # A Saturday is among any fifteen; hours may always run to midnight.
    always = law().delais[cle].unite in {Unite.JOURS_OUVRABLES, Unite.HEURES}
    assert all(one["lectures"] for one in found) is always


# ---------------------------------------------------------------- situations

SEIZURE_OPTIONAL = {"date_denonciation": "2026-11-05", "date_assignation": "2026-11-20"}
SEIZED = {"situation": "saisie-attribution", "date_saisie": "2026-10-30", "territoire": "metropole"}


@pytest.mark.parametrize("role", [role.value for role in RoleSaisie])
@pytest.mark.parametrize("given", [(), ("date_denonciation",), ("date_denonciation", "date_assignation")])
def test_a_seized_account(role: str, given: tuple[str, ...]) -> None:
    """Each date belongs to who asks: the earliest reading to act, the latest before saying that it is too late."""
    found = answered(**SEIZED, role=role, **{name: SEIZURE_OPTIONAL[name] for name in given})
    debtor = role == "debiteur"
    expected = {
        # eight days from Friday 30 October: Saturday 7, or Monday 9 November
        "saisie-attribution.denonciation": "2026-11-07" if role == "creancier" else "2026-11-09",
        "saisie-attribution.blocage": "2026-11-23",
        "saisie-attribution.effets-escomptes": "2026-11-30",
        "sbi.renouvellement": "2026-11-30",
    }
    if "date_denonciation" in given:
        # a month from 5 November: Saturday 5 December, so Monday 7; the certificate from the next day
        expected |= {
            "saisie-attribution.contestation": "2026-12-07",
            "saisie-attribution.demande-sommes": "2026-12-07",
            "saisie-attribution.certificat": "2026-12-08",
        }
    if "date_assignation" in given:
        expected["saisie-attribution.avis-au-commissaire"] = "2026-11-20" if debtor else "2026-11-23"
        del expected["saisie-attribution.certificat"]  # nobody can attest that no one contested
    assert found["valeurs"] == expected
    assert [event["jour"] for event in found["evenements"]] == sorted(event["jour"] for event in found["evenements"])
    keys = {event["cle"] for event in found["evenements"]}
    assert keys == set(expected) | {"date_saisie", *given}
    today = "2026-11-21"
    done = {"saisie-attribution.denonciation"} if "date_denonciation" in given else set()
    done |= {"saisie-attribution.contestation"} if "date_assignation" in given else set()
    for event in found["evenements"]:
        status = "passe" if event["jour"] < today else "aujourd_hui" if event["jour"] == today else "a_venir"
        assert event["statut"] == ("fait" if event["cle"] in done else status)
    if debtor and given == ("date_denonciation",):
        assert "au plus tard le lundi 7 décembre 2026 (dans 16 jours)" in everything_said(found)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-12-07", "(aujourd'hui)"),
        ("2026-12-06", "(demain)"),
        ("2026-12-08", "est passé depuis le lundi 7 décembre 2026"),
    ],
)
def test_what_is_still_open_today(today: str, words: str) -> None:
    found = answered(**SEIZED, role="debiteur", date_denonciation="2026-11-05", aujourdhui=today)
    assert words in plain(found["resume"])


@pytest.mark.parametrize("judgment", [None, "2026-11-20"])
def test_the_medical_opinion(judgment: str | None) -> None:
    given = {"situation": "avis-medecin", "date_avis": "2026-11-06"}
    found = answered(**given, **({"date_jugement": judgment} if judgment else {}))
    # fifteen days from 6 November: Saturday 21, so Monday 23; from 20 November: Saturday 5, so Monday 7 December
    expected = {"avis-medecin.contestation": "2026-11-23"} | ({"avis-medecin.appel": "2026-12-07"} if judgment else {})
    assert found["valeurs"] == expected


@pytest.mark.parametrize(("dossier", "abords"), list(product(DossierUrbanisme, [False, True])))
def test_an_urbanisme_file(dossier: DossierUrbanisme, *, abords: bool) -> None:
    """C. urb. R423-23, R423-24: 1, 2 or 3 months, one more near a monument; a certificate is not lengthened."""
    found = answered(situation="urbanisme", dossier=dossier.value, abords=abords, date_depot="2026-09-15")
    months = {"declaration-prealable": 1, "permis-maison": 2, "autre-permis": 3, "cu-information": 1}.get(dossier, 2)
    months += abords and dossier not in {DossierUrbanisme.CU_INFORMATION, DossierUrbanisme.CU_OPERATIONNEL}
    # 15 October, 15 November (a Sunday), 15 December 2026, 15 January 2027: the town's answer, at the latest
    expected = {1: "2026-10-15", 2: "2026-11-16", 3: "2026-12-15", 4: "2027-01-15"}[months]
    certificate = dossier in {DossierUrbanisme.CU_INFORMATION, DossierUrbanisme.CU_OPERATIONNEL}
    assert found["valeurs"] == {
        **({} if certificate else {"urbanisme.demande-pieces": "2026-10-15"}),
        f"urbanisme.instruction.{dossier.value}": expected,
    }
    if abords and months != {"cu-information": 1, "cu-operationnel": 2}.get(dossier):
        assert "monument" in everything_said(found) or "abords" in everything_said(found)


def test_an_incomplete_urbanisme_file_waits_for_its_documents() -> None:
    """C. urb. R423-39: three months to supply; the period runs again, whole, from the complete file."""
    given = {"situation": "urbanisme", "dossier": "declaration-prealable", "date_depot": "2026-09-15"}
    asked = answered(**given, date_demande_pieces="2026-10-05")
    assert asked["valeurs"] == {"urbanisme.demande-pieces": "2026-10-15", "urbanisme.pieces": "2027-01-05"}
    complete = answered(**given, date_demande_pieces="2026-10-05", date_pieces="2026-10-20")
    assert complete["valeurs"]["urbanisme.instruction.declaration-prealable"] == "2026-11-20"


def test_a_refusal_while_documents_are_awaited_leaves_none_to_send_and_did_not_come_after_silence() -> None:
    """C. urb. R423-39: the time left to the town does not run until the file is complete; it has decided without."""
    given = {"situation": "urbanisme", "dossier": "declaration-prealable", "date_depot": "2026-09-15"}
    given |= {"date_decision": "2026-11-16", "decision": "refus"}
    waiting = answered(**given, date_demande_pieces="2026-10-05")
    assert waiting["valeurs"] == {
        "urbanisme.demande-pieces": "2026-10-15",
        "urbanisme.recours-gracieux": "2026-12-16",
        "urbanisme.recours-refus": "2027-01-16",
    }
    assert everything_said(waiting).startswith("Prochaine date pour vous : demander au tribunal administratif")
    assert everything_said(answered(**given)).startswith("Ce refus est venu après la fin du temps laissé à la mairie")
    # Sent before the decision, they were due.
    sent = answered(**given, date_demande_pieces="2026-10-05", date_pieces="2026-10-20")
    assert sent["valeurs"]["urbanisme.pieces"] == "2027-01-05"


def test_a_wage_seized_in_spite_of_an_agreement_may_be_challenged() -> None:
    """CPCE L212-3, L212-4: an agreement suspends the procedure; so does a challenge made within the month."""
    given = {"situation": "saisie-remunerations", "role_salaire": "debiteur", "date_commandement": "2026-09-01"}
    assert answered(**given, date_accord="2026-09-20")["valeurs"] == {}
    seized = answered(**given, date_accord="2026-09-20", date_pv="2026-11-02")
    assert "saisie-remunerations.contestation" not in seized["valeurs"]
    assert "contester à tout moment" in everything_said(seized)
    early = answered(**{**given, "date_commandement": "2026-10-28"}, date_accord="2026-11-05", date_pv="2026-11-17")
    assert early["valeurs"]["saisie-remunerations.contestation"] == "2026-11-30"


def test_after_the_decision() -> None:
    given = {"situation": "urbanisme", "dossier": "permis-maison", "date_depot": "2026-06-01"}
    given |= {"date_decision": "2026-08-03", "date_affichage": "2026-08-10", "date_recours": "2026-10-01"}
    found = answered(**given)["valeurs"]
    assert answered(**given, decision="refus")["valeurs"]["urbanisme.recours-gracieux"] == "2026-09-03"
    # two months from 10 August: Saturday 10 October, or Monday 12; fifteen jours francs from 1 October: Saturday 17
    assert found["urbanisme.recours-tiers"] == "2026-10-12"
    assert found["urbanisme.notification-recours"] == "2026-10-19"


def test_a_rule_too_recent_for_one_date_does_not_hide_the_others() -> None:
    """A decision of before the law of 26 November 2025: the rest of the answer stands, and says what is not known."""
    given = {"situation": "urbanisme", "dossier": "permis-maison", "date_depot": "2025-06-02"}
    neighbour = {"situation": "urbanisme", "role_urbanisme": "voisin"}
    assert (
        "urbanisme.recours-tiers"
        in answered(**given, date_decision="2025-08-04", date_affichage="2025-08-11")["valeurs"]
    )
    found = answered(**neighbour, date_decision="2025-08-04", date_affichage="2025-08-11")
    assert "urbanisme.recours-gracieux" not in found["valeurs"]
    assert "urbanisme.recours-tiers" in found["valeurs"]
    assert "cette règle vaut depuis le 28 novembre 2025" in everything_said(found)


@pytest.mark.parametrize("territoire", [t.value for t in Territoire if t is not Territoire.DROIT_PROPRE])
def test_each_territory_has_its_own_day(territoire: str) -> None:
    """A month that ends on the territory's own holiday, and that day alone, goes to the next day."""
    own = {
        "alsace_moselle": ("2025-11-26", "2025-12-26", "2025-12-29"),
        "guadeloupe": ("2026-04-27", "2026-05-27", "2026-05-28"),
        "martinique": ("2026-04-22", "2026-05-22", "2026-05-26"),
        "guyane": ("2026-05-10", "2026-06-10", "2026-06-11"),
        "la_reunion": ("2027-11-20", "2027-12-20", "2027-12-21"),
        "mayotte": ("2026-03-27", "2026-04-27", "2026-04-28"),
        "saint_barthelemy": ("2026-09-09", "2026-10-09", "2026-10-12"),
    }
    for place, (event, terme, extended) in own.items():
        found = answered(delai="appel.contentieux", evenement=event, territoire=territoire)["valeurs"]
        if territoire == "saint_martin" and place == "guadeloupe":
            continue  # 27 May is one of its two readings
        assert (found["terme"], found["echeance"]) == (terme, extended if place == territoire else terme)


# ---------------------------------------------------------------- answers that contradict each other


@pytest.mark.parametrize(
    ("given", "champ"),
    [
        ({**SEIZED, "role": "debiteur", "date_denonciation": "2026-10-29"}, "date_denonciation"),
        (
            {**SEIZED, "role": "debiteur", "date_denonciation": "2026-11-05", "date_assignation": "2026-11-04"},
            "date_assignation",
        ),
        ({**SEIZED, "role": "debiteur", "date_assignation": "2026-10-29"}, "date_assignation"),
        ({**SEIZED}, "role"),
        ({"situation": "avis-medecin", "date_avis": "2026-11-06", "date_jugement": "2026-11-05"}, "date_jugement"),
        (
            {
                "situation": "urbanisme",
                "dossier": "autre-permis",
                "date_depot": "2026-11-06",
                "date_pieces": "2026-11-10",
            },
            "date_demande_pieces",
        ),
        (
            {
                "situation": "urbanisme",
                "dossier": "autre-permis",
                "date_depot": "2026-11-06",
                "date_demande_pieces": "2026-11-01",
            },
            "date_demande_pieces",
        ),
        ({"situation": "urbanisme", "date_depot": "2026-11-06"}, "dossier"),
        ({"evenement": "2026-11-03"}, "situation"),
        ({"delai": "appel.contentieux"}, "evenement"),
        ({"delai": "appel", "evenement": "2026-11-03"}, "delai"),
        ({"delai": "urbanisme.abords", "evenement": "2026-11-03"}, "delai"),
        ({"delai": "appel.contentieux", "evenement": "2026-11-03", "duree": 3}, "duree"),
        ({"evenement": "2026-11-03", "duree": 8}, "unite"),
        ({"evenement": "2026-11-03", "unite": "jours"}, "duree"),
        ({"evenement": "2026-11-03", "duree": 8, "unite": "lunes"}, "unite"),
        ({"evenement": "2026-11-03", "duree": 0, "unite": "jours"}, "duree"),
        ({"evenement": "2026-11-03", "duree": -8, "unite": "jours"}, "duree"),
        ({"evenement": "2026-11-03", "duree": "8,5", "unite": "jours"}, "duree"),
        ({"evenement": "2026-11-03", "duree": 10000, "unite": "jours"}, "duree"),
        ({"evenement": "2026-11-03", "duree": 8, "unite": "jours", "mois": 1}, "duree"),
        ({"evenement": "2026-11-03", "mois": 0, "jours": 0}, "duree"),
        ({"evenement": "31/02/2026", "duree": 8, "unite": "jours"}, "evenement"),
        ({"evenement": "2026-11-03", "duree": 8, "unite": "jours", "temple": "oui"}, "temple"),
        (
            {"evenement": "2026-11-03", "duree": 8, "unite": "jours", "sens": "rebours", "distance": "un_mois"},
            "distance",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(given: dict[str, object], champ: str) -> None:
    found = refused(**given)
    assert found["type"] == "saisie"
    assert champ in [fault["champ"] for fault in found["erreurs"]]
    for fault in found["erreurs"]:
        assert len(fault["message"]) > 20


def test_parse_and_calculate_raise_their_own_errors_only() -> None:
    with pytest.raises(InputError):
        parse(DelaisInputs, {"aujourdhui": "2026-11-21", "evenement": "2026-11-03", "duree": "x"})
    given = {"aujourdhui": "2026-11-21", "evenement": "2007-11-03", "duree": 1, "unite": "jours"}
    with pytest.raises(CoverageError):
        calculate(parse(DelaisInputs, given), law())


@pytest.mark.parametrize(
    ("dates", "champ"),
    [
        (("2101-01-05", "2101-02-01"), "date_saisie"),  # the first that is outside
        (("2100-11-29", "2100-12-20"), "date_denonciation"),  # none is, but the last one's period leaves the years
    ],
)
def test_the_date_that_leads_out_of_the_years_covered(dates: tuple[str, str], champ: str) -> None:
    given = {**SEIZED, "role": "debiteur", "date_saisie": dates[0], "date_denonciation": dates[1]}
    found = refused(**given)
    assert (found["type"], found["erreurs"][0]["champ"]) == ("couverture", champ)


def test_events_of_one_day_may_follow_each_other() -> None:
    found = answered(**{**SEIZED, "role": "creancier", "date_denonciation": SEIZED["date_saisie"]})
    assert found["valeurs"]["saisie-attribution.contestation"] == "2026-11-30"


def test_an_empty_answer_is_no_answer() -> None:
    found = refused(evenement="2026-11-03", duree="", unite=None)
    assert "situation" in [fault["champ"] for fault in found["erreurs"]]


@pytest.mark.parametrize(("today", "passed"), [("2026-11-07", False), ("2026-11-09", False), ("2026-11-10", True)])
def test_a_date_is_passed_when_its_latest_reading_is(today: str, *, passed: bool) -> None:
    """Eight days from 30 October 2026 end on Saturday 7 or Monday 9 November."""
    found = answered(delai="saisie-attribution.denonciation", evenement="2026-10-30", aujourdhui=today)
    assert ("date_passee" in codes(found)) is passed


def test_what_is_to_be_done_at_once_is_given_no_last_day() -> None:
    """CPCE R162-6: the request must come before the creditor's; no text gives it a date."""
    found = answered(**SEIZED, role="debiteur", date_denonciation="2026-11-05")
    asked = [action for action in found["a_faire"] if action["texte"].startswith("Réclamer")]
    assert [action["quand"] for action in asked] == ["maintenant"]


@pytest.mark.parametrize(("today", "open_today"), [("2026-12-07", True), ("2026-12-08", False)])
def test_the_last_day_is_still_a_day_to_act(today: str, *, open_today: bool) -> None:
    alone = answered(delai="saisie-attribution.contestation", evenement="2026-11-05", aujourdhui=today)
    assert alone["a_faire"][0]["texte"].startswith("L’acte se prépare") is open_today
    among = answered(**SEIZED, role="debiteur", date_denonciation="2026-11-05", aujourdhui=today)["a_faire"]
    assert any(action["texte"].startswith("Contester") for action in among) is open_today
    asked = next(action for action in among if action["texte"].startswith("Réclamer"))
    assert (asked["quand"] == "maintenant") is open_today


@pytest.mark.parametrize("role", [role.value for role in RoleSaisie])
def test_only_the_debtor_is_told_to_watch_for_the_act(role: str) -> None:
    found = answered(**SEIZED, role=role)
    assert any(action["texte"].startswith("Guettez") for action in found["a_faire"]) is (role == "debiteur")
    waiting = [warning["niveau"] for warning in found["avertissements"] if warning["code"] == "date_inconnue"]
    assert set(waiting) == ({"attention"} if role == "debiteur" else {"info"} if role == "creancier" else set())


@pytest.mark.parametrize(
    ("cle", "place", "expected"),
    [
        ("injonction-de-payer.signification", 0, (None, date(2026, 9, 1))),
        ("injonction-de-payer.signification", 1, (date(2026, 9, 1), None)),
        ("urbanisme.validite", 0, (None, date(2022, 5, 28))),  # three years still, from 2021
        ("urbanisme.validite", 1, (None, date(2022, 5, 28))),
        ("urbanisme.validite", 2, (date(2022, 5, 28), date(2024, 5, 29))),
        ("urbanisme.validite", 3, (date(2024, 5, 29), None)),
        ("saisie-remunerations.contestation", 0, (None, None)),
    ],
)
def test_a_length_says_for_which_events_it_is(cle: str, place: int, expected: tuple[date | None, date | None]) -> None:
    delai = law().delais[cle]
    assert delai.since_and_until(delai.versions[place]) == expected


@pytest.mark.parametrize(
    ("cle", "day", "words"),
    [
        ("injonction-de-payer.signification", "2026-06-01", "d'avant le 1er septembre 2026 : elle a changé ce jour-là"),
        ("urbanisme.validite", "2024-06-03", "depuis le 29 mai 2024 : avant, elle était autre"),
    ],
)
def test_a_step_says_for_which_events_its_length_is(cle: str, day: str, words: str) -> None:
    assert f"C'est la durée pour un événement {words}." in everything_said(answered(delai=cle, evenement=day))
