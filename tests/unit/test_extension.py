"""The Markdown of the guides: values asked of the law data, blocks, typography, and mistakes that stop the build."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from markdown import Markdown

from calculators.declaration import fields_of
from calculators.delais.inputs import DelaisInputs, RoleSaisie
from calculators.errors import CoverageError, LawDataError, UnknownKeyError
from calculators.law import law
from calculators.money import euros, euros_in_prose
from calculators.registry import CALCULATORS
from calculators.typography import capitalised, french
from calculators.web.guides.extension import makeExtension
from calculators.web.guides.values import render_value
from calculators.web.page.elements import serialise
from tests.helpers import ROOT

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def built_on_a_known_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_DATE", TODAY.isoformat())


def html(text: str) -> str:
    return Markdown(extensions=["toc", "tables", "attr_list", makeExtension()]).convert(text)


def value(reference: str, today: date = TODAY) -> str:
    return serialise(render_value(reference, law(), today))


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("montant:sbi", ">651,69\u00a0€</data>"),
        ("montant:sbi@2022-04-01", ">575,52\u00a0€</data>"),
        ("montant:sbi:depuis", ">1er\u00a0avril 2026</time>"),
        ("delai:expulsion.treve:debut", ">1er\u00a0novembre</data>"),
        ("delai:expulsion.treve:fin", ">31\u00a0mars</data>"),
        ("delai:expulsion.treve:lendemain", ">1er\u00a0avril</data>"),
        ("montant:sbi@2022-04-01:jusque", ">30\u00a0juin 2022</time>"),
        ("montant:sbi:texte", ">décret n°\u00a02026-220 du 30 mars 2026</a>"),
        ("montant:sbi@2010-01-01:texte", ">décret n°\u00a02010-54</span>"),
        # revised each 1 April
        ("montant:sbi:revision", f">1er\u00a0avril {law().series['sbi'].derniere.en_vigueur_du.year + 1}</time>"),
        ("montant:sbi-mayotte", '<span class="loi-a-confirmer"><data value="325.85"'),
        (
            "montant:sbi-mayotte",
            '</data> (<a href="site:sources-et-methode/#doute-montant-sbi-mayotte">à confirmer</a>',
        ),
        ("montant:sbi-mayotte", "</a> auprès de la banque ou du commissaire de justice)</span>"),
        ("montant:jex-avocat-seuil", ">10\u202f000\u00a0€</data>"),
        ("delai:saisie-attribution.denonciation", ">8\u00a0jours</data>"),
        ("delai:sbi.renouvellement", ">1\u00a0mois</data>"),
        ("delai:satd.blocage", ">15\u00a0jours ouvrables</data>"),
        ("repere:commissaire-de-justice", '<time datetime="2022-07-01"'),
        ("taux:satd-frais", ">10\u00a0%</data>"),
        ("mesure:urbanisme.population", ">3\u202f500\u00a0habitants</data>"),
        ("mesure:urbanisme.piscine.couverture", ">1,80\u00a0mètre</data>"),
        ("mesure:passeport.majeur", ">86\u00a0€</data>"),
        ("mesure:urbanisme.interruption", ">1\u00a0an</data>"),
        ("duree:carte-identite.majeur", ">15\u00a0ans</data>"),
        ("mesure:passeport.urgence", ">30\u00a0€</data> (<a"),
        ("art:CPCE L162-2", ">article L162-2 du CPCE</a>"),
        ("art:CPCE L162-2", 'href="site:articles/#cpce-l162-2"'),
    ],
)
def test_a_value_is_what_the_law_data_says(reference: str, shown: str) -> None:
    assert shown in value(reference)


def test_an_amount_is_that_of_the_day_of_the_build() -> None:
    assert ">646,52" in value("montant:sbi", date(2026, 3, 31))


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("", "not a reference"),
        ("montant", "not a reference"),
        ("montant:sbi@2022-13-01", "not a reference"),
        ("montant:sbi@hier", "not a reference"),
        ("montant:inconnu", "unknown montant 'inconnu': expected one of"),
        ("montant:sbi:couleur", "no facet 'couleur'"),
        ("montant:satd-cantonnement:jusque", "no facet 'jusque'"),
        ("montant:satd-frais-plafond:revision", "no facet 'revision'"),
        ("delai:inconnu", "unknown delai"),
        ("delai:sbi.renouvellement:depuis", "does not come back each year: it has no facet"),
        ("repere:commissaire-de-justice@2022-07-01", "takes neither a day nor a facet"),
        ("art:XYZ L1", "unknown article"),
        ("loi:sbi", "unknown kind 'loi'"),
        ("delai:expulsion.treve:milieu", "has no facet 'milieu': expected one of debut, fin, lendemain"),
        ("delai:jex.appel:debut", "delai:jex.appel does not come back each year"),
    ],
)
def test_a_wrong_reference_says_what_there_is(reference: str, reason: str) -> None:
    with pytest.raises(UnknownKeyError, match=reason):
        value(reference)


def test_an_amount_of_a_day_that_is_not_covered_is_refused() -> None:
    with pytest.raises(CoverageError):
        value("montant:sbi-mayotte@2013-06-01")


def test_a_value_in_a_sentence() -> None:
    assert html("Il vaut **{{ montant:sbi }}** au plus.").startswith("<p>Il vaut <strong><data")
    assert "{{ montant:sbi }}" in html("Tapez `{{ montant:sbi }}`.")
    assert "<h2 id=" in html("## Depuis le {{ montant:sbi:depuis }}")


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("Il vaut {{ montant:sbu }}.", "{{ montant:sbu }}", "unknown montant 'sbu'"),
        ("Dix ans : {{ montant:carte-identite }}.", "{{ montant:carte", "unknown montant 'carte-identite'"),
        ("/// calculateur | sbu\n///", "/// calculateur | sbu", "unknown calculator 'sbu'"),
        ("/// exemple | sbi\nsolde: mille\ndate_saisie: 2026-11-20\n///", "/// exemple | sbi", "comptes.1.solde"),
        ("/// exemple | sbi\nsolde: 1\ndate_saisie: 2000-01-01\n///", "/// exemple | sbi", "date_saisie"),
        ("/// exemple | sbi\njuste un texte\n///", "/// exemple | sbi", "the body of an example is YAML"),
        ("/// historique | sbu\n///", "/// historique | sbu", "unknown series"),
        ("/// liste | passeport\nmotif=achat Acheter\n///", "/// liste | passeport", "motif=achat Acheter"),
        ("/// sommes | bleue\n///", "/// sommes | bleue", "unknown nature"),
        ("/// sources\nCPCE L162-2\nXYZ\n///", "/// sources", "unknown source 'XYZ'"),
    ],
)
def test_a_mistake_in_a_page_stops_the_build(text: str, key: str, reason: str) -> None:
    with pytest.raises(LawDataError) as caught:
        html(text)
    assert key in str(caught.value)
    assert reason in str(caught.value)


# ---------------------------------------------------------------- blocks


def test_a_calculator_is_a_form_an_example_a_method_and_limits() -> None:
    page = html("/// calculateur | sbi\n///")
    assert '<mode-emploi-calculateur data-calculateur="sbi"' in page
    assert "<noscript>" in page
    assert "Un exemple déjà calculé" in page
    assert "651,69\u00a0€" in page
    assert "Faire le calcul à la main" in page
    assert "Ce que ce calculateur ne fait pas" in page


def example_of(answers: str) -> str:
    """The example already worked out under the form of a page that answers some questions beforehand."""
    below = html(f"/// calculateur | delais\n{answers}\n///").partition("Un exemple déjà calculé")[2]
    return below.partition("Faire le calcul à la main")[0]


MENU = next(field for field in fields_of(DelaisInputs) if field.nom == "situation")


@pytest.mark.parametrize("situation", [option.valeur for option in MENU.options])
def test_the_example_under_a_calculator_is_of_the_situation_of_the_page(situation: str) -> None:
    example = example_of(f"situation: {situation}")
    titles = {option.valeur: french(option.label) for option in MENU.options}
    assert [title for title in titles.values() if title in example] == [titles[situation]]


def test_the_example_under_a_calculator_is_of_the_role_and_of_the_deadline_of_the_page() -> None:
    assert french(RoleSaisie.CREANCIER.label) in example_of("situation: saisie-attribution\nrole: creancier")
    assert french(RoleSaisie.DEBITEUR.label) in example_of("situation: saisie-attribution\nrole: debiteur")
    delai = law().delais["satd.contestation"].intitule
    assert french(capitalised(delai)) in example_of("situation: un-delai\ndelai: satd.contestation")


CASES_OF_PAGES = sorted(
    {
        block
        for page in (ROOT / "docs").rglob("*.md")
        for block in re.findall(
            r"^/// calculateur \| delais\n(.+?)\n///$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
    }
)


@pytest.mark.parametrize("answers", CASES_OF_PAGES)
def test_the_example_under_a_calculator_has_a_date_for_who_reads_the_page(answers: str) -> None:
    assert "Pas encore de date" not in example_of(answers)


def test_a_page_whose_case_has_no_example_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    without = replace(CALCULATORS["delais"], cas=lambda known: CALCULATORS["delais"].cas(known)[:1])
    monkeypatch.setattr("calculators.web.guides.blocks.calculators.get", lambda _name: without)
    with pytest.raises(LawDataError, match=r"no example of delais is of this case, add one.*date_avis"):
        html("/// calculateur | delais\nsituation: avis-medecin\n///")


def test_a_calculator_may_have_answers_given_beforehand() -> None:
    page = html("/// calculateur | delais\nsituation: avis-medecin\n///")
    assert '<option selected="selected" value="avis-medecin">' in page
    assert page.count("Choisissez…") == html("/// calculateur | delais\n///").count("Choisissez…") - 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("avis-medecin", "answers given beforehand"),
        ("situation: jamais", "unknown answer 'jamais': expected one of saisie-attribution"),
        ("couleur: bleue", "'couleur' cannot be answered beforehand: expected one of situation"),
        ("territoire: metropole", "'territoire' cannot be answered beforehand"),
        ("aujourdhui: 2026-11-21", "'aujourdhui' cannot be answered beforehand"),
    ],
)
def test_an_answer_given_beforehand_is_one_that_the_form_shows(answer: str, reason: str) -> None:
    with pytest.raises(LawDataError, match=reason):
        html(f"/// calculateur | delais\n{answer}\n///")


LIST = "/// liste | consignation-cph\nsens=restituer&profil=particulier Pour un particulier\n"


def test_the_list_of_a_case_is_ticked_in_the_page() -> None:
    page = html(LIST + "sens=relever Le délai est passé\n///")
    assert page.count('<details class="calc-pli liste-pieces">') == 2
    assert "<summary>Pour un particulier</summary>" in page
    assert page.count('type="checkbox"') == page.count("<label") > 4
    assert "l’autorisation du président" in page
    assert (
        'href="site:calculateurs/pieces/#demarche=consignation-cph&amp;sens=restituer&amp;profil=particulier"' in page
    )
    identifiers = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(identifiers) == len(set(identifiers))
    # Where its files would go: the script that checks them reads what each place takes.
    assert (page.count("<mode-emploi-pieces"), page.count('data-depot="consignations"')) == (2, 1)
    assert page.count("data-endroits=") == 1


def test_an_example_is_computed_when_the_page_is_built() -> None:
    page = html("/// exemple | sbi\ntitre: L'essai\ndate_saisie: 2026-11-20\nsolde: 1000\ncreance: 500\n///")
    assert "L’essai" in page
    assert "La saisie peut prendre 348,31\u00a0€." in page
    assert html("/// exemple | sbi\ndate_saisie: 2026-11-20\nsolde: 1000\n///").count("Exemple") == 1


def test_a_page_with_several_examples_has_no_identifier_twice() -> None:
    example = "/// exemple | sbi\ndate_saisie: 2026-11-20\nsolde: 1000\n///\n\n"
    page = html("/// calculateur | sbi\n///\n\n" + example * 2)
    identifiers = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(identifiers) == len(set(identifiers))


def test_a_history_tells_each_period_newest_first() -> None:
    page = html("/// historique | sbi-mayotte\n///")
    assert page.count("<tr>") == 1 + len(law().series["sbi-mayotte"].valeurs) + len(law().series["sbi-mayotte"].lacunes)
    assert page.index("325,85") < page.index("323,26") < page.index("non vérifié") < page.index("119,00")
    assert "325,85\u00a0€ (à confirmer auprès de la banque ou du commissaire de justice)" in page
    assert "aujourd’hui" in page


@pytest.mark.parametrize(
    ("nature", "words"),
    [
        ("insaisissable", "Revenu de solidarité active"),
        ("insaisissable", "À confirmer auprès de la banque"),
        ("partielle", "Pension de retraite"),
        ("saisissable", "Participation"),
        ("saisissable", "Indemnité de licenciement"),
    ],
)
def test_a_table_of_sums(nature: str, words: str) -> None:
    assert words in html(f"/// sommes | {nature}\n///")


def test_a_table_of_holidays_says_where_and_by_which_article() -> None:
    page = html("/// feries\n///")
    assert page.count("<tr>") == 1 + len(law().feries)
    assert "Partout" in page
    assert "Alsace ou Moselle" in page
    assert "article L3133-1 du code du travail" in page
    assert "Point non tranché" in page


def test_sources_are_articles_and_references() -> None:
    page = html("/// sources\nCPCE L162-2\nsp-F1437\n///")
    assert "<li>Code des procédures civiles d’exécution\u00a0:<div" in page.replace("\n", "")
    assert "<summary>L162-2</summary>" in page
    assert "une somme égale au RSA d’une personne seule" in page
    assert 'href="https://www.service-public.gouv.fr/particuliers/vosdroits/F1437"' in page


def test_the_articles_of_a_code_come_together_where_the_first_stands() -> None:
    page = html("/// sources\nCPCE L162-2\nsp-F1437\nCPC 643\nCPCE R162-2\n///").replace("\n", "")
    first, sheet, second = page.split("<li>")[1:]
    assert first.startswith("Code des procédures civiles d’exécution")
    assert [first.count(f"<summary>{number}</summary>") for number in ("L162-2", "R162-2")] == [1, 1]
    assert "F1437" in sheet
    assert second.startswith("Code de procédure civile")


def test_what_the_data_says_is_not_read_as_markdown() -> None:
    page = html("/// exemple | sbi\ntitre: Un *titre* <b>_x_</b>\ndate_saisie: 2026-11-20\nsolde: 1\n///")
    assert "Un *titre* &lt;b&gt;_x_&lt;/b&gt;" in page


def test_the_table_of_contents_has_the_spaces_of_french() -> None:
    converter = Markdown(extensions=["toc", makeExtension()])
    converter.convert("# Et après ?\n\n## L'un & l'autre : deux\n")
    (first,) = converter.toc_tokens  # type: ignore[attr-defined]
    assert first["name"] == "Et après\u202f?"
    assert first["children"][0]["name"] == "L’un &amp; l’autre\u00a0: deux"


def test_typography_is_for_texts_and_not_for_code() -> None:
    page = html("Qui ? « l'acte » `a ? b 'c'`\n\n    d'un : bloc ?\n")
    assert "Qui\u202f? «\u00a0l’acte\u00a0»" in page
    assert "<code>a ? b 'c'</code>" in page
    assert "d'un : bloc ?" in page


def test_the_last_scale_by_year_and_by_month() -> None:
    text = html("/// bareme | remunerations\n///\n")
    last = law().baremes["remunerations"].valeurs[-1]
    assert f"jusqu’à {euros_in_prose(last.seuils[0])}" in text
    assert f"jusqu’à {euros(last.seuils[0] / 12)}" in text
    assert f"au-delà de {euros(last.seuils[-1] / 12)}" in text
    assert f"+ {euros(last.par_personne / 12)}" in text
    # A monthly threshold that three sites print, and that is not a twelfth of the decree's.
    assert "1\u202f090,83" not in text


def test_every_scale_verified_with_its_text() -> None:
    text = html("/// bareme | remunerations toutes\n///\n")
    assert text.count("<tr>") == 1 + len(law().baremes["remunerations"].valeurs)
    assert "décret n°\u00a02025-1299" in text
    assert "en euros par an</caption>" in text
    assert ">25\u202f810</td>" in text
    assert ">2017<" in text
    assert ">2013<" not in text


COMPARISON = (
    "/// comparaison | quotite\ntitre: Essai\njour: date\nselon: remunerations\nvaleurs: [saisissable, laisse]\n"
    "reponses:\n  net: '1500'\n///\n"
)


def test_a_comparison_is_a_table_and_the_same_in_bars() -> None:
    text = html(COMPARISON)
    assert text.count("<rect") == text.count("<tr>") - 1 == len(law().baremes["remunerations"].valeurs)
    assert "234,76\u00a0€" in text
    assert 'aria-hidden="true"' in text


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("/// bareme | salaires\n///\n", "unknown scale"),
        ("/// bareme | remunerations 2026\n///\n", "unknown scale"),
        (COMPARISON.replace("selon: remunerations\n", ""), "a comparison needs"),
        (COMPARISON.replace("selon: remunerations", "selon: salaires"), "a comparison needs"),
        (COMPARISON.replace("'1500'", "mille"), "montant en euros"),
    ],
)
def test_a_block_that_cannot_be_filled_stops_the_build(block: str, reason: str) -> None:
    with pytest.raises(LawDataError, match=reason):
        html(block)


def test_the_searchable_list_has_every_sum_and_its_protection() -> None:
    text = html("/// recherche\n///\n")
    assert text.count("<tr>") == 1 + len(law().sommes)
    for words in ("Oui, en entier", "En partie", ">Non<", "à confirmer"):
        assert words.lower() in text.lower()


def test_the_changes_of_the_law_stand_under_their_year() -> None:
    page = html("/// changements\n///")
    assert page.index(">À venir</h3>") < page.index(">2026</h3>") < page.index(">2025</h3>")
    assert '<strong><time datetime="2026-04-01">' in page
    assert ">décret n°\u00a02026-220 du 30 mars 2026</a>" in page


def test_what_was_corrected_stands_under_its_day_with_the_page_and_the_rule() -> None:
    page = html("/// corrections\n///")
    known = law().corrections.values()
    assert page.count(">Avant\u00a0: <") == page.count(">Maintenant\u00a0: <") == len(known) == page.count("</details>")
    assert page.count("<h3") == len({correction.le for correction in known})
    item = page.split("Pièces d’urbanisme envoyées trop tard")[1].split("</details>")[0]
    assert item.index("Avant") < item.index("Maintenant") < item.index("article R423-39")
    assert 'href="site:urbanisme/apres-le-depot/"' in page
