"""A dossier: its file, of any version and from anybody, and what it asks of three people on a day."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from calculators.__main__ import main
from calculators.calendar import parse_date
from calculators.declaration import fields_of, under
from calculators.delais.inputs import DelaisInputs
from calculators.dossier import as_text, json_schema, opened, read, to_dict, write, write_link
from calculators.dossier.document import FORMAT, MIGRATIONS, MOST_CHARACTERS, VERSION, Cas, Dossier, read_link
from calculators.dossier.rules import _LISTS, Etat, Facts
from calculators.dossier.words import Line, contacts, file_name, other_rules, today
from calculators.edition import edition
from calculators.errors import InputError
from calculators.law import law
from calculators.law.pieces import demarches
from calculators.law.situations import situations
from calculators.web.guides.papers import papers
from calculators.web.page.browser import answer
from calculators.web.page.dossier import page_of
from tests.cases import cases
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 28)
SEIZED = {"situation": "saisie-attribution", "role": "debiteur"}
#: A debtor who has just been told of a seizure.
FRIGHTENED = Cas("delais", {**SEIZED, "date_saisie": "20/11/2026", "date_denonciation": "24/11/2026"})
#: The month to contest is over.
LATE = Cas("delais", {**SEIZED, "date_saisie": "2026-10-01", "date_denonciation": "2026-10-05"})
#: Contested, and the commissaire de justice told, on the same day.
CONTESTED = Cas(
    "delais",
    {
        **SEIZED,
        "date_saisie": "2026-10-20",
        "date_denonciation": "2026-10-24",
        "date_assignation": "2026-11-10",
        "date_avis_commissaire": "2026-11-10",
    },
)
SATD_LATE = Cas("delais", {"situation": "satd", "date_notification": "2026-09-10"})
DONE = Cas("delais", {**CONTESTED.reponses, "date_demande_sommes": "2026-11-02"})
ACCOUNT = Cas("sbi", {"date_saisie": "20/11/2026", "comptes.1.solde": "1 000,50"})
LIST = Cas(
    "pieces", {"demarche": "consignation-cph", "sens": "restituer", "profil": "particulier"}, ("cph-restituer-rib",)
)
LETTER = Cas("courriers", {"courrier": "banque-sommes", "nom": "Zoé Martin", "sommes.1.nature": "AAH"})
WHOLE = Dossier("Compte de Zoé", "saisie-attribution", (FRIGHTENED, ACCOUNT, LIST, LETTER), {"banque-sommes": ""})


def facts(*told: Cas, day: date = TODAY, **more: Any) -> Facts:
    return Facts(Dossier(cas=told, **more), day)


def file(**changes: Any) -> str:
    return json.dumps(json.loads(write(WHOLE)) | changes)


#: What no file of ours is: damaged, changed by hand, or made to harm.
HOSTILE = (
    "",
    "{",
    "[]",
    "nul",
    '"texte"',
    "[" * 100_000,
    '{"a": 1, "a": 2}',
    '{"version": 1e999999999}',
    "{}",
    '{"format": "autre"}',
    "x" * (MOST_CHARACTERS + 1),
    file(version="2"),
    file(version=0),
    file(version=1.5),
    file(version=True),
    file(version=None),
    file(version=10**40),
    file(autre="x"),
    file(**{"<script>": "x"}),
    file(nom=["x"]),
    file(nom="x" * 81),
    file(nom="a\u202eb"),
    file(nom="a\x00b"),
    file(nom="\ud800"),
    file(recu="../x"),
    file(cas={}),
    file(cas=[1]),
    file(cas=[{}]),
    file(cas=[{"calculateur": "__class__", "reponses": {}}]),
    file(cas=[{"calculateur": ["sbi"], "reponses": {}}]),
    file(cas=[{"calculateur": "sbi"}]),
    file(cas=[{"calculateur": "sbi", "reponses": []}]),
    file(cas=[{"calculateur": "sbi", "reponses": {"solde": 1000}}]),
    file(cas=[{"calculateur": "sbi", "reponses": {"solde": {"a": "b"}}}]),
    file(cas=[{"calculateur": "sbi", "reponses": {"__proto__": "x"}}]),
    file(cas=[{"calculateur": "sbi", "reponses": {"comptes.99999.solde": "x"}}]),
    file(cas=[{"calculateur": "sbi", "reponses": {"solde": "9" * 501}}]),
    file(cas=[{"calculateur": "sbi", "reponses": {f"q{n}": "" for n in range(401)}}]),
    file(cas=[{"calculateur": "sbi", "reponses": {}, "coches": "x"}]),
    file(cas=[{"calculateur": "sbi", "reponses": {}, "coches": ["<b>"]}]),
    file(cas=[{"calculateur": "sbi", "reponses": {}, "autre": 1}]),
    file(cas=[{"calculateur": "sbi", "reponses": {}}] * 31),
    file(courriers=[]),
    file(courriers={"banque-sommes": "hier"}),
    file(courriers={"banque-sommes": "2026-02-30"}),
    file(courriers={"<b>": ""}),
    file(version=1, calculs=[]),
    file(version=1, courriers={}),
)


class TestFile:
    def test_what_is_written_is_read_again_and_good_against_its_schema(self) -> None:
        assert read(write(WHOLE)) == WHOLE
        jsonschema.Draft202012Validator.check_schema(json_schema())
        jsonschema.validate(json.loads(write(WHOLE)), json_schema(), jsonschema.Draft202012Validator)

    def test_a_file_of_the_first_version_is_brought_up_to_date(self) -> None:
        former = {
            "format": FORMAT,
            "version": 1,
            "nom": "Compte",
            "calculs": {"sbi": dict(ACCOUNT.reponses), "pieces": dict(LIST.reponses)},
            "coches": ["cph-restituer-rib"],
            "courriers": ["banque-sommes"],
        }
        expected = Dossier("Compte", "", (ACCOUNT, LIST), {"banque-sommes": ""})
        assert read(json.dumps(former)) == expected
        assert json.loads(write(expected))["version"] == VERSION

    def test_every_former_version_has_its_way_to_the_next(self) -> None:
        assert list(MIGRATIONS) == list(range(1, VERSION))

    def test_what_is_refused_is_shown_by_its_beginning_and_without_its_marks(self) -> None:
        with pytest.raises(InputError) as refused:
            read(file(**{"<" + "abcdefghij" * 3: "x"}))
        assert "abcdefghijabcdefghi" in str(refused.value)
        assert "abcdefghijabcdefghij" not in str(refused.value)
        assert "<" not in str(refused.value)

    def test_a_newer_file_is_refused_with_what_to_do(self) -> None:
        with pytest.raises(InputError, match=r"version plus récente du site .format 4.*Rechargez la page"):
            read(file(version=VERSION + 1))

    def test_a_file_says_which_rules_answered_it_and_what_became_of_them_since(self) -> None:
        data = json.loads(write(WHOLE))
        assert data["regles"] == edition().id
        assert other_rules(opened(write(WHOLE), TODAY)) == ""
        facts = opened(json.dumps(data | {"regles": "2026-11-01-0ddba1"}), TODAY)
        said = other_rules(facts).replace("\u00a0", " ")
        assert said.startswith("Ce dossier a été enregistré avec les règles du 1er novembre 2026 (version 2026-11-01-")
        assert said.endswith("Tout y est recalculé.")
        assert other_rules(facts)[:40] in as_text(facts)
        assert to_dict(facts)["regles"] == edition().id
        assert json.loads(write(facts.dossier))["regles"] == edition().id
        del data["regles"]
        assert other_rules(opened(json.dumps(data | {"version": 2}), TODAY)) == ""

    @pytest.mark.parametrize("rules", ["<b>", "2026-02-31-aaaaaa", 5, "2026-11-01-0ddba1" * 3])
    def test_a_version_of_the_rules_that_is_none_is_refused(self, rules: object) -> None:
        with pytest.raises(InputError, match="regles"):
            read(json.dumps(json.loads(write(WHOLE)) | {"regles": rules}))

    def test_of_two_cases_about_one_thing_the_last_is_kept(self) -> None:
        assert read(write(Dossier(cas=(LATE, ACCOUNT, DONE)))).cas == (DONE, ACCOUNT)

    def test_the_day_is_never_the_file_s(self) -> None:
        told = Cas("sbi", {**ACCOUNT.reponses, "aujourdhui": "2020-01-01"})
        assert read(write(Dossier(cas=(told,)))).cas == (ACCOUNT,)

    @pytest.mark.parametrize("number", range(len(HOSTILE)))
    def test_a_damaged_or_hostile_file_is_refused_whole_in_a_sentence(self, number: int) -> None:
        with pytest.raises(InputError) as refused:
            read(HOSTILE[number])
        (fault,) = refused.value.errors
        assert fault.message.endswith(".")
        assert "<" not in fault.message

    def test_what_is_not_an_answer_of_a_question_is_the_calculator_s_to_refuse(self) -> None:
        """A file that asks a question that there is not opens, and its case says what is wrong."""
        case = Cas("sbi", {"solde": "<img src=x onerror=alert(1)>", "inconnue": "x"})
        reply = page(write(Dossier(nom="<script>alert(1)</script>", cas=(case,))))
        assert reply["ok"]
        assert "<img" not in reply["html"]
        assert "<script" not in reply["html"]
        assert "&lt;img" in reply["html"]


def test_a_link_holds_neither_a_name_nor_free_words() -> None:
    text = write_link(WHOLE)
    assert "Zo" not in text
    assert "AAH" not in text
    found = read_link(text)
    assert found.cas == (FRIGHTENED, ACCOUNT, LIST, Cas("courriers", {"courrier": "banque-sommes"}))
    # Whoever wrote it is not believed.
    assert read_link(write(WHOLE)) == found
    assert text.isascii()


class TestToday:
    def test_who_has_just_been_told_of_a_seizure(self) -> None:
        what, paper, following = today(facts(FRIGHTENED, ACCOUNT))
        assert what.texte == (
            "Réclamer à la banque les sommes protégées. Maintenant, sans attendre le jeudi 24\xa0décembre 2026."
        )
        assert paper.pages == (
            ("calculateurs/courriers/#courrier=banque-sommes", "Demander à la banque de laisser les sommes protégées"),
        )
        assert following.texte == (
            "Contester la saisie devant le juge de l'exécution : au plus tard le jeudi 24\xa0décembre 2026 "
            "(dans 26 jours)."
        )

    def test_a_day_when_offices_are_closed_is_said_with_the_one_to_aim_at(self) -> None:
        what, *_ = today(facts(Cas("delais", {"situation": "satd", "date_notification": "2026-11-10"})))
        assert what.texte.endswith(
            "Au plus tard le dimanche 10\xa0janvier 2027 (dans 43 jours) ; les bureaux sont fermés : visez le vendredi "
            "8\xa0janvier 2027."
        )

    def test_who_lives_in_a_home_hears_of_the_letter_and_of_the_day_before_which_no_eviction_comes(self) -> None:
        home = {"situation": "expulsion", "role_expulsion": "occupant", "etape_expulsion": "commandement"}
        told = Cas("delais", {**home, "cas_expulsion": "aucun", "date_commandement_quitter": "10/11/2026"})
        what, paper, known = today(facts(told))
        assert what.texte.startswith("Quitter le logement, ou avoir demandé du temps au juge.")
        assert paper.pages[0][0] == "calculateurs/courriers/#courrier=tribunal-delais-expulsion"
        assert known.texte == (
            "D'après ces dates, l'expulsion n'est en principe pas possible avant le jeudi 1er\xa0avril 2027."
        )

    @pytest.mark.parametrize(("day", "told"), [("2027-03-31", True), ("2027-04-01", False)])
    def test_the_day_of_an_eviction_is_announced_to_who_lives_there_as_long_as_it_is_to_come(
        self, day: str, *, told: bool
    ) -> None:
        """Who owns the home has that day as a date of their own."""
        home = {"situation": "expulsion", "etape_expulsion": "commandement", "cas_expulsion": "aucun"}
        for role, announced in (("occupant", told), ("proprietaire", False)):
            given = {**home, "role_expulsion": role, "date_commandement_quitter": "2026-11-10"}
            found = facts(Cas("delais", given), day=date.fromisoformat(day))
            assert ("avant le jeudi 1er avril 2027" in " ".join(found.announced).replace("\u00a0", " ")) is announced

    @pytest.mark.parametrize(("day", "far"), [("2026-12-23", "c'est demain"), ("2026-12-24", "c'est aujourd'hui")])
    def test_the_last_days(self, day: str, far: str) -> None:
        told = Cas("delais", {**FRIGHTENED.reponses, "date_demande_sommes": "25/11/2026"})
        what, _paper = today(facts(told, day=date.fromisoformat(day)))
        assert what.texte.endswith(f"({far}).")

    def test_a_date_that_is_over_is_said_with_what_stays_possible(self) -> None:
        what, _paper, over = today(facts(LATE))
        assert "en demandant si le créancier a déjà réclamé le paiement" in what.texte
        assert over.mot == "Date passée"
        assert "depuis le jeudi 5\xa0novembre 2026" in over.texte
        assert "Déjà fait ?" in over.texte
        assert over.texte.endswith("D'autres voies restent ouvertes.")

    def test_a_date_that_is_over_comes_first_when_nothing_else_is_left(self) -> None:
        told = Cas("delais", {**LATE.reponses, "date_demande_sommes": "2026-10-20"})
        what, over = today(facts(told))  # and no letter to contest what can no longer be
        assert what.texte.startswith("D'autres voies restent ouvertes.")
        assert over.mot == "Date passée"

    def test_a_date_that_is_over_with_nothing_known_left_is_shown_to_someone_before_giving_up(self) -> None:
        letter = {"role_surendettement": "creancier", "etape_creancier": "plan", "avis_signe": "oui"}
        told = {"situation": "surendettement", **letter, "date_lettre": "2026-10-05"}
        what, over = today(facts(Cas("delais", told)))
        assert what.texte == "Montrez ces dates à un avocat ou à un point-justice avant de renoncer."
        assert over.mot == "Date passée"

    def test_who_has_no_date_yet_is_told_what_not_to_wait_for(self) -> None:
        what, where = today(facts(Cas("delais", {**SEIZED, "date_saisie": "2026-11-24"})))
        assert what.texte == "Réclamer à la banque les sommes protégées. Maintenant."
        assert where.texte.startswith("Le délai pour contester la saisie")

    def test_a_neighbour_late_at_the_mairie_is_told_the_day_of_the_court_and_no_letter_to_the_mairie(self) -> None:
        told = {"situation": "urbanisme", "role_urbanisme": "voisin", "date_affichage": "2026-10-20"}
        what, when, over = today(facts(Cas("delais", told)))  # what can still be done in time comes first
        assert what.texte.startswith("Aller devant le tribunal administratif")
        assert "18\xa0décembre 2026" in when.texte
        assert (over.mot, over.pages) == ("Date passée", ())

    def test_a_letter_for_a_day_that_is_over_is_shown_when_it_is_still_of_use(self) -> None:
        home = {"situation": "expulsion", "role_expulsion": "occupant", "etape_expulsion": "commandement"}
        told = Cas("delais", {**home, "cas_expulsion": "aucun", "date_commandement_quitter": "2026-09-01"})
        assert today(facts(told))[2].pages[0][0].endswith("tribunal-delais-expulsion")

    def test_who_is_late_to_contest_a_satd_is_given_the_letter_that_asks_for_time_and_not_the_other(self) -> None:
        pages = [page for line in today(facts(SATD_LATE)) for page, _ in line.pages]
        assert pages == ["calculateurs/courriers/#courrier=impots-delai"]
        assert [letter.nom for letter in facts(SATD_LATE).letters][:1] == ["impots-delai"]
        assert to_dict(facts(SATD_LATE))["a_faire"][0]["courriers"] == ["impots-delai"]
        assert "courrier=impots-delai" in page(write(Dossier(cas=(SATD_LATE,))))["html"].partition("Ce qui reste")[2]

    def test_three_lines_hide_no_step_whose_day_is_over(self) -> None:
        """Two that are late, two that are ahead: the late ones may still be saved."""
        late = Cas("delais", {**LATE.reponses, "date_demande_sommes": "2026-10-20"})
        order = {"situation": "injonction-de-payer", "role_injonction": "debiteur", "remise_en_main_propre": "oui"}
        ahead = Cas("delais", {**order, "date_ordonnance": "2026-10-01", "date_signification": "2026-11-10"})
        home = {"situation": "expulsion", "role_expulsion": "occupant", "etape_expulsion": "commandement"}
        flat = Cas("delais", {**home, "cas_expulsion": "aucun", "date_commandement_quitter": "2026-11-10"})
        *_, last = today(facts(late, SATD_LATE, ahead, flat))
        assert last.texte.endswith(
            "Plus bas, 2 autres dates sont passées, avec ce qui reste possible : contester la saisie administrative "
            "auprès de l'administration ; contester la saisie devant le juge de l'exécution."
        )
        *_, last = today(facts(SATD_LATE, ahead, flat))
        assert "Plus bas, une autre date est passée" in last.texte
        sale = {"situation": "saisie-vente", "role_meubles": "debiteur", "etape_meubles": "commandement"}
        goods = Cas("delais", {**sale, "date_commandement_meubles": "2026-10-01", "petite_dette": "non"})
        *_, last = today(facts(late, SATD_LATE, goods, ahead, flat))
        assert "3 autres dates sont passées" in last.texte
        assert last.texte.endswith("…")

    def test_who_does_not_know_what_blocks_the_account_hears_of_each_measure_with_its_if(self) -> None:
        blocked = Cas("delais", {"situation": "compte-bloque", "date_acte": "2026-11-20"})
        what, paper, following = today(facts(blocked))
        assert what.texte.startswith("Réclamer à la banque les sommes protégées.")
        assert paper.pages[0][0].endswith("banque-sommes")
        assert following.texte.startswith("Si c'est la conversion d'une saisie conservatoire, contester la conversion")
        assert "5 décembre 2026" in following.texte
        late = facts(Cas("delais", {**blocked.reponses, "date_acte": "2026-09-01"}))
        assert {step.condition for step in late.steps if step.etat is Etat.PASSE} > {"c'est une saisie administrative"}
        assert "Déjà fait" not in as_text(late), "nothing asks when it was done"
        assert any(letter.nom == "impots-delai" for step in late.steps for letter in step.utiles)

    def test_who_was_refused_a_permit_is_not_sent_to_a_court_whose_day_is_over(self) -> None:
        told = {"situation": "urbanisme", "dossier": "permis-maison", "date_depot": "2026-05-04", "decision": "refus"}
        found = facts(Cas("delais", {**told, "date_decision": "2026-08-03"}))
        what, over, other = today(found)
        assert what.texte == "Un nouveau dossier, changé d'après les motifs du refus, reste toujours possible."
        assert "tribunal administratif d'annuler un refus : la date est passée" in over.texte
        assert other.mot == "Date passée"
        assert not any("reste possible dans son propre délai" in line.texte for line in today(found))

    def test_a_contest_that_a_request_for_aid_saved_is_not_said_to_be_made(self) -> None:
        asked = facts(Cas("delais", {**LATE.reponses, "date_demande_aide": "2026-10-20"}))
        assert "sauvé par la demande d'aide juridictionnelle" in as_text(asked).replace("’", "'")
        assert "(fait à temps)" not in as_text(asked)
        where = next(line for line in today(asked) if line.mot == "Où vous en êtes")
        assert "Un nouveau délai de même durée partira" in where.texte
        also = {"date_demande_aide": "2026-10-20", "date_demande_sommes": "2026-10-20"}
        asked = facts(Cas("delais", {**LATE.reponses, **also}))
        assert [cle for cle, _ in asked.saved] == ["saisie-attribution.contestation"], "the sums were claimed"

    def test_a_creditor_who_joined_a_seizure_and_told_the_debtor_in_time_has_nothing_left(self) -> None:
        joined = {"situation": "saisie-salaire-en-cours", "role_retenues": "creancier", "suite_creancier": "rejoindre"}
        days = {"date_son_commandement": "2026-09-01", "date_intervention": "2026-11-20"}
        told = facts(Cas("delais", {**joined, **days, "date_denonciation_intervention": "2026-11-24"}))
        assert (told.steps, told.saved) == ((), frozenset())
        assert "(fait à temps)" in as_text(told)

    def test_a_step_is_not_taken_for_another_whose_name_begins_its_own(self) -> None:
        """Joining a seizure waits for a month and asks nothing; telling the debtor of it is asked when it was done."""
        joined = {"situation": "saisie-salaire-en-cours", "role_retenues": "creancier", "suite_creancier": "rejoindre"}
        days = {"date_son_commandement": "2026-09-01", "date_intervention": "2026-11-20"}
        late = facts(Cas("delais", {**joined, **days}), day=date(2027, 1, 10))
        (step,) = late.steps
        assert step.fait == "date_denonciation_intervention"
        assert step.autre_voie
        assert "Déjà fait" in as_text(late)

    def test_a_letter_sent_too_late_is_told_though_something_else_is_left_to_do(self) -> None:
        late = {"date_assignation": "2026-11-12", "date_avis_commissaire": "2026-11-20"}
        told = facts(Cas("delais", {**SEIZED, "date_saisie": "2026-11-01", "date_denonciation": "2026-11-05", **late}))
        assert told.steps
        assert any("La lettre au commissaire de justice est du 20" in line.texte for line in today(told))

    def test_a_day_of_another_matter_is_told_before_a_notice(self) -> None:
        home = {"situation": "expulsion", "role_expulsion": "occupant", "etape_expulsion": "commandement"}
        order = {"situation": "injonction-de-payer", "role_injonction": "debiteur", "remise_en_main_propre": "oui"}
        dates = {"date_ordonnance": "2026-10-01", "date_signification": "2026-11-10"}
        flat = Cas("delais", {**home, "cas_expulsion": "aucun", "date_commandement_quitter": "2026-10-15"})
        shown = today(facts(LATE, flat, Cas("delais", {**order, **dates})))
        assert shown[2].texte.startswith("Faire opposition à une injonction de payer")

    def test_what_can_be_done_in_time_comes_before_what_is_over(self) -> None:
        """Two matters: one whose time is over, one whose last day is tomorrow."""
        told = Cas("delais", {**LATE.reponses, "date_demande_sommes": "2026-10-20"})
        order = Cas(
            "delais",
            {
                "situation": "injonction-de-payer",
                "role_injonction": "debiteur",
                "date_ordonnance": "2026-10-01",
                "date_signification": "2026-10-29",
                "remise_en_main_propre": "oui",
            },
        )
        found = facts(told, order)
        assert [step.etat for step in found.steps] == [Etat.A_VENIR, Etat.PASSE]
        assert "opposition" in today(found)[0].texte

    @pytest.mark.parametrize(("told", "first"), [("2026-12-07", "opposition"), ("2026-12-08", "contester la saisie")])
    def test_a_day_that_is_over_waits_behind_those_of_the_next_thirty_days(self, told: str, first: str) -> None:
        """On 8 December: a month to contest over the day before; an order to oppose within 30 days, then within 31."""
        late = {**SEIZED, "date_saisie": "2026-11-03", "date_denonciation": "2026-11-07"}
        order = {"situation": "injonction-de-payer", "role_injonction": "debiteur", "remise_en_main_propre": "oui"}
        found = facts(
            Cas("delais", {**late, "date_demande_sommes": "2026-11-10"}),
            Cas("delais", {**order, "date_ordonnance": "2026-10-01", "date_signification": told}),
            day=date(2026, 12, 8),
        )
        assert len(found.steps) == 2
        assert first in found.steps[0].evenement.titre.lower()

    @pytest.mark.parametrize(("today_", "first"), [("2026-11-29", "Réclamer à la banque"), ("2026-11-30", "Faire opp")])
    def test_what_must_not_wait_comes_before_all_but_what_ends_today(self, today_: str, first: str) -> None:
        """Sums to claim without waiting; an order whose last day is 30 November."""
        order = {"situation": "injonction-de-payer", "role_injonction": "debiteur", "remise_en_main_propre": "oui"}
        ends = Cas("delais", {**order, "date_ordonnance": "2026-10-01", "date_signification": "2026-10-30"})
        for told in ((ends, FRIGHTENED), (FRIGHTENED, ends)):
            assert facts(*told, day=date.fromisoformat(today_)).steps[0].evenement.titre.startswith(first)

    def test_who_is_in_time_by_one_reading_of_the_law_is_not_told_that_it_is_over(self) -> None:
        told = Cas("delais", {**CONTESTED.reponses, "date_assignation": "2026-11-24", "date_avis_commissaire": ""})
        (step, *_) = facts(told, day=date(2026, 11, 25)).steps
        what = today(facts(told, day=date(2026, 11, 25)))[0]
        assert step.etat is Etat.PRESSANT
        assert "aujourd'hui même" in what.texte.lower()
        assert "une lecture de la loi va jusqu'au mercredi 25\xa0novembre 2026" in what.texte
        assert "passée depuis" not in " ".join(line.texte for line in today(facts(told, day=date(2026, 11, 25))))

    def test_who_did_everything_in_time_is_told_so_and_what_follows(self) -> None:
        (line,) = today(facts(DONE))
        assert line.texte.startswith("Fait à temps :")
        assert "Remettez la copie de l'assignation au greffe" in line.texte
        found = to_dict(facts(DONE))
        assert found["a_faire"] == []
        assert {event["statut"] for event in found["fait"]} == {"fait"}
        assert facts(DONE).calendar() == ""

    def test_a_clerk_is_told_the_dates_of_the_creditor(self) -> None:
        told = Cas("delais", {"situation": "saisie-attribution", "role": "creancier", "date_saisie": "2026-11-20"})
        what, date_line = today(facts(told))
        assert what.texte.startswith("Dénoncer la saisie au débiteur")
        assert date_line.texte == "Au plus tard le samedi 28\xa0novembre 2026 (c'est aujourd'hui)."
        told = Cas("delais", {**told.reponses, "date_denonciation": "2026-11-24"})
        what, date_line = today(facts(told))
        assert date_line.texte == "À partir du vendredi 25\xa0décembre 2026."

    def test_nothing_yet_what_is_missing_and_what_only_counts(self) -> None:
        (line,) = today(facts())
        assert line.mot == "Pour commencer"
        unread = Cas("delais", {**SEIZED, "date_saisie": "32/13/2026"})
        (missing, dates) = today(facts(unread))
        assert missing.texte.startswith("Une saisie-attribution sur un compte.")
        assert dates.mot == "Vos dates"
        order = Cas("delais", {"situation": "injonction-de-payer"})
        missing, where = today(facts(order, DONE))
        assert (missing.mot, where.mot) == ("À compléter", "Où vous en êtes")
        advice, dates = today(facts(ACCOUNT))
        assert advice.texte.startswith("Vérifiez que la banque")
        (alone,) = today(facts(LIST))
        assert alone == Line("Vos dates", dates.texte)

    def test_every_case_of_the_deadlines_has_three_lines_at_most_and_names_each_step_to_come(self) -> None:
        """What the calculator puts in a calendar is what the dossier finds still to be done, no more and no less."""
        for cas in cases():
            answers = {name: text for name, text in cas.reponses.items() if name != "aujourdhui"}
            if cas.calculateur == "delais" and all(isinstance(text, str) for text in answers.values()):
                day = parse_date(str(cas.reponses.get("aujourdhui", ""))) or TODAY
                found = facts(Cas("delais", {**answers, "agenda_complet": "non"}), day=day)
                lines = today(found)
                assert 1 <= len(lines) <= 3
                unsaid = [step for step in found.steps if step.etat is not Etat.A_VENIR]
                unsaid = [step for step in unsaid if step not in [line.pas for line in lines]]
                assert not unsaid or "Plus bas" in lines[-1].texte
                ahead = {
                    event.cle
                    for _, outcome in found.answered()
                    for event in outcome.result.evenements
                    if event.echeance and event.agenda and event.jour >= day
                }
                known = {step.evenement.cle for step in found.steps if step.etat is Etat.A_VENIR}
                assert known <= ahead, cas
                assert as_text(found)


def test_the_calendar_holds_what_is_still_to_be_done_under_the_dossier_s_name() -> None:
    alone = Cas("delais", {"situation": "un-delai", "delai": "appel.contentieux", "evenement": "2026-09-01"})
    text = facts(FRIGHTENED, alone, ACCOUNT, nom="Martin").calendar()
    assert text.count("BEGIN:VEVENT") == 2  # nothing of the appeal, whose time is over
    assert "SUMMARY:Martin – " in text
    assert text.count("BEGIN:VCALENDAR") == text.count("END:VCALENDAR") == 1
    assert facts(FRIGHTENED, day=date(2026, 12, 24)).calendar().count("BEGIN:VEVENT") == 2, "on their last day too"
    assert facts(FRIGHTENED, day=date(2026, 12, 25)).calendar() == ""


def test_a_deadline_counted_alone_from_another_day_is_another_event_of_the_calendar() -> None:
    """Both are kept by whoever opens one file then the other; the same one is not there twice."""

    def events(day: str) -> list[str]:
        alone = {"situation": "un-delai", "delai": "appel.contentieux", "evenement": day}
        return re.findall("^UID:.*$", facts(Cas("delais", alone), nom="Martin").calendar(), re.MULTILINE)

    assert len(events("2026-11-20")) == 1
    assert events("2026-11-20") == events("2026-11-20")
    assert events("2026-11-20") != events("2026-11-21")


def test_letters_come_by_what_they_are_of_to_the_matter() -> None:
    """Those to send now, those of its other steps, those of the guides that it is led to; then the one that left."""
    left = {"banque-epoux": "2026-11-20"}
    names = [letter.nom for letter in facts(SATD_LATE, ACCOUNT, courriers=left).letters]
    assert names == ["impots-delai", "impots-satd", "banque-sommes", "banque-sbi", "banque-epoux"]


def test_the_letters_the_lists_and_the_people_are_those_of_the_matter() -> None:
    found = facts(FRIGHTENED, ACCOUNT, courriers={"mairie-recours": "2026-11-20"})
    names = [letter.nom for letter in found.letters]
    assert names[0] == "banque-sommes"
    assert {"avocat-faits", "banque-sbi", "mairie-recours"} <= set(names)
    assert found.lists == ("saisie-compte",)
    assert facts(recu="saisie-attribution").lists == ("saisie-compte",)
    assert facts(LIST, recu="avis-medecin").lists == ()
    told = contacts(found)
    assert len(told) == len(set(told))
    assert told[-1].startswith("Un point-justice")


def test_the_lists_of_documents_named_exist_and_each_situation_that_has_one_leads_to_it() -> None:
    assert {name for named in _LISTS.values() for name in named} <= demarches().keys()
    assert _LISTS.keys() <= situations(law()).keys() - demarches().keys()
    assert situations(law()).keys() - demarches().keys() - _LISTS.keys() == set()


def test_a_case_is_answered_on_its_own_page() -> None:
    assert page_of(LIST) == "pieces/consignation-cph"
    assert page_of(Cas("pieces", {"demarche": "../x"})) == "calculateurs/pieces"
    assert page_of(FRIGHTENED) == "calculateurs/delais"


def test_the_paper_that_a_reader_comes_with_answers_questions_that_there_are() -> None:
    questions = {field.nom: {option.valeur for option in field.options} for field in fields_of(under(DelaisInputs))}
    begun = {paper.nom: paper.dossier for paper in papers().papiers.values() if paper.dossier}
    assert len(begun) > 20
    for paper, answers in begun.items():
        assert answers["situation"] in situations(law()), paper
        assert all(value in questions[name] for name, value in answers.items()), paper


def test_a_dossier_begun_in_the_page_is_of_the_version_that_python_reads() -> None:
    script = (ROOT / "calculators/web/js/dossier/store.mjs").read_text("utf-8")
    assert f'format: "{FORMAT}", version: {VERSION},' in script


# ---------------------------------------------------------------- the page


def page(text: str, **more: Any) -> Any:
    return json.loads(answer(json.dumps({"dossier": text, "aujourdhui": "2026-11-28", "racine": "/", **more})))


def test_the_page_shows_what_is_ticked_what_left_and_where_a_step_is_said_done() -> None:
    reply = page(write(Dossier("Zoé", cas=WHOLE.cas, courriers={"banque-sommes": "2026-11-25"})))
    html = reply["html"]
    assert html.count("<h2") == 8
    assert 'data-piece="cph-restituer-rib"' in html
    assert html.count('checked="checked"') == 2
    assert "Parti le 25" in html
    assert 'data-question="date_assignation"' in html
    assert reply["nom"] == "dossier-Zoe.json"
    assert reply["agenda"].count("BEGIN:VEVENT") == 2
    assert read(reply["document"]) == Dossier("Zoé", "", WHOLE.cas, {"banque-sommes": "2026-11-25"})
    assert [case["page"] for case in reply["cas"]][:2] == ["calculateurs/delais", "calculateurs/sbi"]
    (day,) = (told for told in reply["cas"][0]["repris"]["reponses"] if told["nom"] == "sbi date_saisie")
    assert day["valeur"] == "2026-11-20"


def test_the_page_says_what_is_late_what_is_missing_and_what_no_law_covers() -> None:
    far = Cas("sbi", {"date_saisie": "01/01/1999", "comptes.1.solde": "10"})
    reply = page(write(Dossier(cas=(LATE, Cas("quotite", {}), far, Cas("pieces", {"demarche": "passeport"})))))
    assert 'data-etat="passe"' in reply["html"]
    assert "À compléter" in reply["html"]
    assert "Pas de réponse pour ce cas" in reply["html"]
    assert [bool(case["erreurs"]) for case in reply["cas"]] == [False, True, True, True]


def test_the_page_says_why_a_file_or_a_link_cannot_be_opened() -> None:
    for lien in (True, False):
        reply = page("{}", lien=lien)
        assert not reply["ok"]
        assert reply.keys() == {"ok", "calculateur", "erreurs"}
    assert page(write_link(WHOLE), lien=True)["titre"] == ""


def test_a_file_is_named_with_letters_that_every_system_takes() -> None:
    assert file_name(facts(nom="Dossier n° 12/Noël")) == "dossier-Dossier-n-12-Noel.json"
    assert file_name(facts(nom="../…")) == "dossier.json"


# ---------------------------------------------------------------- the command


def run(*arguments: str) -> int:
    return main(["dossier", *arguments, "--aujourdhui", "2026-11-28"])


def test_the_command_answers_a_file(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "dossier.json"
    path.write_text(write(WHOLE), "utf-8-sig")  # as some editors save it
    assert run(str(path)) == 0
    assert "À faire".encode() in capsysbinary.readouterr().out
    assert run(str(path), "--json") == 0
    assert json.loads(capsysbinary.readouterr().out) == to_dict(opened(write(WHOLE), TODAY))
    assert run(str(path), "--ics") == 0
    assert capsysbinary.readouterr().out.decode() == opened(write(WHOLE), TODAY).calendar()
    assert run(str(path), "--a-jour") == 0
    assert capsysbinary.readouterr().out.decode() == write(WHOLE)
    assert run("--schema") == 0
    assert json.loads(capsysbinary.readouterr().out) == json_schema()


def test_the_command_says_why_it_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dossier.json"
    for content, said in ((b"\xff", "UTF-8"), (b"{}", "pas un dossier de ce site"), (b"[" * (2 << 20), "trop gros")):
        path.write_bytes(content)
        assert run(str(path)) == 2
        assert said in capsys.readouterr().err
    assert run(str(tmp_path / "absent.json")) == 2
    assert main(["dossier", str(path), "--aujourdhui", "hier soir"]) == 2
    assert "--aujourdhui" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(write(WHOLE).encode())))
    assert main(["dossier"]) == 0  # on the day of the machine
