"""Which rules answer, what a link of other rules is told, and what readers are told of every change."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest

from calculators import edition as editions
from calculators import fingerprint
from calculators.declaration import fields_of
from calculators.edition import edition, edition_in_words, read_edition
from calculators.law import law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.versions import Etat, conclusion, opening, read_mark, reasons, reopened
from calculators.versions import link as links
from calculators.versions.history import since_before
from calculators.versions.records import answer_to, lists_changed, records, since, unexplained, written
from calculators.versions.values import Changed, changed, flat, restored
from calculators.web.page.browser import answer
from calculators.web.publish.data import documents
from tests import approve, versions
from tests.helpers import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.law import Law

FORM = re.compile(r"20\d\d-\d\d-\d\d-[0-9a-f]{6}")
CASE = {"date_saisie": "2027-05-01", "solde": "1000"}
DAY = "2027-05-20"
#: A version of the rules that was published, and that nobody made.
BEFORE = "2026-11-28-0ddba1"


def asked(name: str = "sbi", champs: dict[str, Any] | None = None, day: str = DAY, **more: object) -> dict[str, Any]:
    request = {"calculateur": name, "champs": champs or CASE, "aujourdhui": day, **more}
    found: dict[str, Any] = json.loads(answer(json.dumps(request)))
    return found


def later(amount: str = "660.00") -> Law:
    """The law once the amount of April 2027 is known."""
    series = law().series["sbi"]
    old = series.derniere
    closed = replace(old, en_vigueur_jusqu_au=date(2027, 3, 31))
    new = replace(old, en_vigueur_du=date(2027, 4, 1), montant=Decimal(amount), texte="décret n° 2027-1")
    return replace(law(), series={**law().series, "sbi": replace(series, valeurs=(*series.valeurs[:-1], closed, new))})


def opened(mark: dict[str, str], known: Law, day: str = DAY) -> Any:
    """Open the link of that mark in a build whose law is `known`, and which knows what changed since BEFORE."""
    outcome = ask_calculator(get("sbi"), {**CASE, "aujourdhui": day}, under=known)
    assert isinstance(outcome, Answered)
    return reopened(outcome, CASE, read_mark(mark, date.fromisoformat(day)), day)


def said(link: Any) -> list[str]:
    """All that the reader is told, with ordinary spaces."""
    return [text.replace("\u00a0", " ") for text in (opening(link), conclusion(link), *reasons(link))]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Law:
    """A later build: its law has one value more, and its site corrected something of each kind since BEFORE."""
    known = later()
    told = {
        "version": BEFORE,
        "valeurs": [[one.cle, one.avant, one.maintenant] for one in changed(flat(law()), flat(known))],
        "corrections": [
            ["Un jour", "C'est le lundi.", ["delais"]],
            ["Une somme", "Elle reste.", ["sbi"]],
            ["Un mot", "Il est juste.", []],
        ],
        "ajoutees": ["passeport-photo"],
        "changees": [],
        "retirees": [["passeport", "Un vieux papier"], ["urbanisme", "Un autre papier"]],
    }
    monkeypatch.setattr(links, "published", lambda: (told,))
    return known


# ---------------------------------------------------------------- the identifier


def test_the_identifier_is_a_day_of_the_law_data_and_a_hash() -> None:
    assert FORM.fullmatch(edition().id)
    assert edition().id == fingerprint.version()
    read = [value.verifie_le for series in law().series.values() for value in series.valeurs]
    assert max(read) <= edition().jour <= date.today()  # noqa: DTZ011  # not in the future: no source is


@pytest.mark.parametrize("name", ["law/sbi.toml", "sbi/rules.py", "sbi/words/steps.py", "law/articles/cpce.toml"])
def test_what_answers_depend_on_changes_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, sources = fingerprint.version(), fingerprint.sources()
    monkeypatch.setattr(fingerprint, "sources", lambda: {**sources, name: sources[name] + b"# more\n"})
    assert fingerprint.version() != before


def test_what_they_do_not_depend_on_is_left_out() -> None:
    apart = re.compile(r"^(web|lot|sheets|files|dossier|versions)/|corrections\.toml|__pycache__")
    assert [name for name in fingerprint.sources() if apart.search(name)] == []


def test_an_end_of_line_of_another_system_changes_nothing() -> None:
    assert all(b"\r\n" not in content for content in fingerprint.sources().values())


@pytest.mark.parametrize("name", CALCULATORS)
def test_every_answer_says_it(name: str) -> None:
    reply = asked(name, dict(get(name).exemple), TODAY.isoformat())
    assert reply["resultat"]["regles"] == edition().id
    assert reply["texte"].endswith(edition_in_words())
    assert f'data-zone="version">{edition_in_words()}</p>' in reply["html"]
    mark = dict(parse_qsl(reply["marque"]))
    assert mark["regles"] == edition().id
    assert mark["calcule"] == TODAY.isoformat()


def test_the_open_data_say_it() -> None:
    files = documents(TODAY)
    assert {data["regles"] for name, data in files.items() if "schema" not in name} == {edition().id}


def test_approved_answers_do_not_hold_it() -> None:
    """They would all change with each version, and nobody would read the differences any more."""
    assert [name for name, text in approve.answers().items() if FORM.search(text)] == []


def test_no_question_has_a_name_that_a_link_gives_to_its_version() -> None:
    names = {field.nom for calculator in CALCULATORS.values() for field in fields_of(calculator.inputs)}
    assert not names & {"regles", "calcule", "alors"}


# ---------------------------------------------------------------- the law as it was


@pytest.mark.parametrize("kind", ["montant", "bareme", "delai", "duree", "taux", "mesure", "repere"])
def test_a_value_of_each_kind_is_given_back_as_it_was(kind: str) -> None:
    """Of each entry, the last value had another state: the law with it is the law before, and nothing else changed."""
    now = flat(law())
    other = {"delai": "97 jours non non", "duree": "97 annees", "mesure": "97 ans", "repere": "1997-01-01"}
    for key in [key for key in now if key.startswith(f"{kind}/")]:
        before = other.get(kind) or " ".join("97.00" for _ in now[key].split())
        former = flat(restored(law(), [Changed(key, before, now[key])]))
        assert changed(former, now) == (Changed(key, before, now[key]),)


def test_a_value_that_was_not_known_yet_is_not_in_the_law_as_it_was() -> None:
    known = later()
    (change,) = changed(flat(law()), flat(known))
    former = restored(known, [change])
    assert former.series["sbi"].valeurs == law().series["sbi"].valeurs
    year = next(key for key in reversed(flat(law())) if key.startswith("bareme/"))
    gone = restored(law(), [Changed(year, "", flat(law())[year])])
    assert changed(flat(gone), flat(law())) == (Changed(year, "", flat(law())[year]),)


def test_what_is_no_more_stays_so() -> None:
    assert flat(restored(law(), [Changed("mesure/rien/", "1 an", ""), Changed("mesure/x/", "", "1 an")])) == flat(law())


# ---------------------------------------------------------------- a link opened later


def test_a_link_of_former_values_says_what_differs_and_why(published: Law) -> None:
    mark = {"regles": BEFORE, "calcule": "2027-05-02", "alors.laisse": "651.69", "alors.saisi": "348.31"}
    link = opened(mark, published)
    lines = {line.libelle: (line.avant, line.maintenant) for line in link.lignes}
    assert lines["Laissé d'office, sans rien demander"] == (Decimal("651.69"), Decimal("660.00"))
    assert lines["Peut être saisi"] == (Decimal("348.31"), Decimal("340.00"))
    assert not link.regle
    assert not link.altere
    assert said(link) == [
        "Ce lien a été calculé le 2 mai 2027 avec les règles du 28 novembre 2026 (version 2026-11-28-0ddba1) ; "
        f"aujourd'hui : {edition().dite}.".replace("\u00a0", " "),
        "Le résultat n'est plus le même. Fiez-vous à celui d'aujourd'hui ; voici ce qui diffère.",
        "Solde bancaire insaisissable : 660 € depuis le 1er avril 2027, au lieu de 651,69 €.",
    ]


def test_a_link_without_figures_is_worked_out_as_it_was(published: Law) -> None:
    link = opened({"regles": BEFORE, "calcule": "2027-05-02"}, published)
    assert {line.libelle: (str(line.avant), str(line.maintenant)) for line in link.lignes} == {
        "Laissé d'office, sans rien demander": ("651.69", "660.00"),
        "Peut être saisi": ("348.31", "340.00"),
    }, "the figures shown in large, and no other"


def test_a_figure_that_no_value_explains_is_told_with_what_was_corrected(published: Law) -> None:
    link = opened({"regles": BEFORE, "calcule": "2027-05-02", "alors.laisse": "640.00"}, published)
    assert link.regle
    assert "Corrigé sur ce site : Une somme. Elle reste." in said(link)
    assert not any("lundi" in text for text in said(link)), "of another calculator"
    assert "Corrigé sur ce site : Un mot. Il est juste." in said(link), "of no one calculator: for all"


def test_a_link_whose_answer_is_the_same_says_so(published: Law) -> None:
    case = {"date_saisie": "2026-11-20", "solde": "1000"}
    outcome = ask_calculator(get("sbi"), {**case, "aujourdhui": "2026-11-21"}, under=published)
    assert isinstance(outcome, Answered)
    for figures in ({"alors.laisse": "651.69"}, {}):  # a mail may have cut them off
        mark = read_mark({"regles": BEFORE, "calcule": "2026-11-21", **figures}, date(2026, 11, 21))
        link = reopened(outcome, case, mark, "2026-11-21")
        assert said(link)[1:] == ["Le résultat est le même."]


@pytest.mark.usefixtures("published")
def test_a_list_says_which_documents_came_changed_or_left() -> None:
    reply = asked("pieces", {"demarche": "passeport", "motif": "vol"}, lien={"regles": BEFORE, "calcule": "2027-05-02"})
    html = reply["html"].replace("\u00a0", " ")
    assert "Nouveau dans la liste : Photo d’identité aux normes." in html
    assert "N’est plus dans la liste de cette démarche : Un vieux papier." in html
    assert "Un autre papier" not in html
    assert "Demandé autrement qu’avant" not in html


def test_a_link_of_these_very_rules_has_nothing_to_be_told() -> None:
    reply = asked()
    again = asked(lien=dict(parse_qsl(reply["marque"])))
    assert again["html"] == reply["html"]
    assert again["marque"] == reply["marque"]


def test_figures_that_its_own_version_does_not_give_are_told_to_be_altered() -> None:
    mark = dict(parse_qsl(asked()["marque"])) | {"alors.laisse": "9000.00"}
    html = asked(lien=mark)["html"]
    assert "le lien a été modifié" in html
    assert "Une règle du calcul a changé depuis" not in html
    assert "9\u202f000,00\u00a0€" in html


def test_a_link_that_names_no_version_says_so_under_the_answer() -> None:
    html = asked(lien={})["html"]
    assert "Ce lien ne dit pas avec quelles règles il a été fait" in html
    assert "calc-versions" not in html


def test_a_figure_of_no_known_version_is_compared_with_nothing() -> None:
    link = opened({"alors.laisse": "1.00"}, law())
    assert (link.etat, link.lignes) == (Etat.SANS, ())
    assert len(said(link)) == 2, "no reason is given of what is not known to differ"


@pytest.mark.parametrize(
    ("version", "etat", "words"),
    [
        ("2026-11-28-ffffff", Etat.INCONNUE, "Cette version n'est pas connue ici"),
        ("2099-01-01-ffffff", Etat.PLUS_RECENTE, "Cette copie du site est plus ancienne que le lien"),
    ],
)
def test_a_version_that_is_not_known_here(version: str, etat: Etat, words: str) -> None:
    link = opened({"regles": version, "calcule": "2027-05-02"}, law())
    assert link.etat is etat
    assert said(link)[1].startswith(words)


def test_a_version_that_is_not_known_here_is_compared_by_the_figures_of_its_link() -> None:
    link = opened({"regles": "2026-11-28-ffffff", "calcule": "2027-05-02", "alors.laisse": "651.69"}, law())
    assert said(link)[1] == "Le résultat est le même."


def test_the_day_alone_may_change_an_answer() -> None:
    """The same rules, and a deadline that was to come when the link was made."""
    champs = dict(get("delais").exemples[0])
    mark = asked("delais", champs, "2026-11-21")["marque"]
    assert "calc-versions" not in asked("delais", champs, "2026-11-22", lien=dict(parse_qsl(mark)))["html"]


HOSTILE = [
    {"regles": "<script>alert(1)</script>"},
    {"regles": "2026-11-28-0ddba1\n", "calcule": "2026-13-45"},
    {"regles": "2026-02-31-aaaaaa", "alors.laisse": "1e9"},
    {"regles": BEFORE, "calcule": "9999-12-31", "alors.laisse": "NaN", "alors.saisi": "<b>1.00</b>"},
    {"regles": BEFORE, "alors.<img src=x>": "1.00", "alors.": "2.00", "alors.inconnu": "3.00"},
    {"regles": BEFORE, **{f"alors.n{number}": "1.00" for number in range(5000)}},
    {"regles": ["a"], "calcule": {"b": 1}, "alors.laisse": 5},
]


@pytest.mark.parametrize("mark", HOSTILE)
def test_whatever_a_link_says_is_bounded_escaped_and_never_a_result(mark: dict[str, Any]) -> None:
    reply = asked(lien=mark)
    assert reply["ok"]
    plain = asked()
    assert reply["resultat"] == plain["resultat"]
    assert reply["texte"] == plain["texte"]
    for text in ("<script", "<img", "<b>", "NaN", "inconnu</th>", "9999"):
        assert text not in reply["html"]
    assert len(reply["html"]) < len(plain["html"]) + 3000


def test_a_link_is_read_up_to_twelve_figures() -> None:
    """No answer shows as many in large."""
    mark = read_mark({f"alors.n{number}": "1.00" for number in range(20)}, TODAY)
    assert [*mark.figures] == [f"n{number}" for number in range(12)]


# ---------------------------------------------------------------- what is kept of each version


def test_a_record_is_written_as_it_is_read() -> None:
    for record in records():
        text = (versions.FOLDER / f"{record.version}.json").read_text("utf-8")
        assert written(record) == text
        assert read_edition(record.version)
        assert len(record.questions) > 300


def test_some_version_is_kept_and_each_calculator_is_asked() -> None:
    last = records()[-1]
    assert {question.calculateur for question in last.questions} == set(CALCULATORS)
    assert [one["version"] for one in since()] == [record.version for record in records()]


def test_readers_are_told_of_every_answer_that_a_rule_changed() -> None:
    """The answers kept of the last published version are today's, but for a dated value or what a correction tells."""
    unsaid = versions.unsaid(records()[-1])
    assert unsaid == [], "dites-le dans calculators/law/corrections.toml, avec `calculateurs`"


def test_an_answer_that_a_rule_changed_is_asked_for_until_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    last = records()[-1]
    first = next(one for one in last.questions if one.calculateur == "sbi")
    other = replace(first, reponse={**first.reponse, "laisse": "1.00"})
    changed_since = replace(last, questions=(other,))
    assert [question for question, _ in unexplained(changed_since)] == [other]
    (line,) = versions.unsaid(changed_since)
    assert "'laisse': '1.00'" in line
    key = next(iter(law().corrections))
    told = replace(changed_since, corrections=tuple(one for one in last.corrections if one != key))
    assert versions.unsaid(told) == [], "a correction that came since tells it"
    named = replace(law().corrections[key], calculateurs=("delais",))
    monkeypatch.setattr(versions, "law", lambda: replace(law(), corrections={**law().corrections, key: named}))
    assert versions.unsaid(told) == [line], "one of another calculator does not"


def test_an_answer_that_a_dated_value_changed_is_explained() -> None:
    """The value of April 2026 was not known: the answers of its time are those of the value before."""
    last = records()[-1]
    former = restored(law(), [Changed("montant/sbi/2026-04-01", "", "651.69")])
    questions = tuple(
        replace(one, reponse=answer_to(one.calculateur, one.aujourdhui, one.champs, under=former))
        for one in last.questions
        if one.calculateur == "sbi"
    )
    assert "646.52" in {one.reponse.get("sbi") for one in questions}
    then = replace(last, valeurs=flat(former), questions=questions)
    assert unexplained(then) == []


def test_the_command_keeps_a_version_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_DATE", "2027-04-02")
    monkeypatch.setattr(versions, "records", tuple)
    assert versions.main(tmp_path) == 0
    (kept,) = tmp_path.iterdir()
    data = json.loads(kept.read_text("utf-8"))
    assert data["version"] == edition().id == kept.stem
    assert data["publiee_le"] == "2027-04-02"
    monkeypatch.setattr(versions, "records", lambda: (replace(records()[-1], version=edition().id),))
    assert versions.main(tmp_path) == 0
    assert "déjà enregistrée" in capsys.readouterr().out


def test_the_command_keeps_nothing_while_readers_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = records()[-1]
    other = replace(last.questions[0], reponse={"rien": "1"})
    monkeypatch.setattr(versions, "records", lambda: (replace(last, version=BEFORE, questions=(other,)),))
    assert versions.main(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_correction_names_calculators_that_there_are() -> None:
    assert {name for one in law().corrections.values() for name in one.calculateurs} <= set(CALCULATORS)


def test_readers_see_each_version_with_what_changed_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    last = records()[-1]
    piece = next(iter(last.pieces))
    before = replace(
        last,
        version=BEFORE,
        publiee_le="2026-01-01",
        valeurs={key: text for key, text in last.valeurs.items() if key != "montant/sbi/2026-04-01"},
        pieces={key: told for key, told in last.pieces.items() if key != piece},
        corrections=(),
        questions=tuple(replace(one, reponse={}) for one in last.questions[:3]),
    )
    monkeypatch.setattr("calculators.versions.history.records", lambda: (before, last))
    steps = since_before()
    assert steps[-1].titre.replace("\u00a0", " ") == f"Version {BEFORE}, publiée le 1er janvier 2026"
    told = [line.replace("\u00a0", " ") for line in steps[-2].lignes]
    assert "Solde bancaire insaisissable : 651,69 € depuis le 1er avril 2026, au lieu de 646,52 €." in told
    assert any(line.startswith("Liste « ") and line.endswith(", nouvelle.") for line in told)
    assert any(line.startswith("Corrigé : ") for line in told)
    assert any(line.endswith("3 réponses de contrôle sur 3 ont changé.") for line in told)
    assert lists_changed(last.pieces, last.pieces) == {}


def test_the_browser_is_told_what_the_sources_say_here() -> None:
    from calculators.web.engine.bundle import package_files  # noqa: PLC0415

    files = package_files()
    told = json.loads(files[f"calculators/{editions.FILE}"])
    assert told["version"] == edition().id
    assert told["depuis"] == json.loads(json.dumps(since()))
    assert not any("fingerprint" in name or "publiees" in name or "records" in name for name in files)


@pytest.mark.parametrize(
    "key",
    [
        "delai/injonction-de-payer.signification/2026-09-01",
        "duree/carte-identite.majeur/2004-01-02",
        "montant/sbi/2009-06-01",
    ],
)
def test_a_version_that_was_not_known_yet_is_taken_away(key: str) -> None:
    former = flat(restored(law(), [Changed(key, "", flat(law())[key])]))
    assert changed(former, flat(law())) == (Changed(key, "", flat(law())[key]),)


def test_the_only_version_of_a_length_cannot_be_taken_away() -> None:
    key = "delai/saisie-attribution.contestation/"
    assert flat(restored(law(), [Changed(key, "", flat(law())[key])])) == flat(law())


def test_a_deadline_that_is_over_since_a_link_was_made_is_told_by_the_day_alone() -> None:
    """Denounced on 6 November: a month to contest, over on 7 December; the same rules on both days."""
    case = {"situation": "saisie-attribution", "role": "debiteur", "date_saisie": "2026-11-02"}
    case["date_denonciation"] = "2026-11-06"
    mark = dict(parse_qsl(asked("delais", case, "2026-11-21")["marque"]))
    outcome = ask_calculator(get("delais"), {**case, "aujourdhui": "2026-12-20"})
    assert isinstance(outcome, Answered)
    link = reopened(outcome, case, read_mark(mark, date(2026, 12, 20)), "2026-12-20")
    assert (link.etat, link.jour, link.regle, link.altere) == (Etat.LA_MEME, True, False, False)
    assert {(line.avant, line.maintenant) for line in link.lignes} == {(date(2026, 12, 7), None)}
    assert any(text.startswith("Le jour n'est plus le même") for text in said(link))


@pytest.mark.parametrize(("others", "told"), [(39, 1), (40, 41)])
def test_up_to_forty_values_are_tried_one_by_one_to_say_which_one_counts(
    others: int, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond, each would make the reader wait: all of them are told."""
    known = later()
    same = [[key, text, text] for key, text in flat(law()).items() if key.startswith("mesure/")]
    changes = [[one.cle, one.avant, one.maintenant] for one in changed(flat(law()), flat(known))]
    build = {"version": BEFORE, "valeurs": [*changes, *same[:others]]}
    monkeypatch.setattr(links, "published", lambda: (build,))
    link = opened({"regles": BEFORE, "calcule": "2027-05-02"}, known)
    assert len(link.valeurs) == told
    assert link.valeurs[0].cle == "montant/sbi/2027-04-01"


def test_when_too_much_changed_to_be_tried_all_of_it_is_told(monkeypatch: pytest.MonkeyPatch, published: Law) -> None:
    monkeypatch.setattr(links, "_MOST_TRIED", 0)
    link = opened({"regles": BEFORE, "calcule": "2027-05-02"}, published)
    assert [change.cle for change in link.valeurs] == ["montant/sbi/2027-04-01"]
