"""The names in the data: one that leads nowhere is said with its file and its key; nothing disappears in silence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from markdown.treeprocessors import Treeprocessor

from calculators import holidays
from calculators.delais import names as deadline_names
from calculators.errors import LawDataError
from calculators.law import law, load
from calculators.law.pieces import load_demarches
from calculators.law.situations import load_situations
from calculators.pieces.rules import check_rules
from calculators.web.guides import checks as guides
from calculators.web.guides import doubts
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAW = ROOT / "calculators/law"


def check_lists(folder: Path) -> None:
    check_rules(load_demarches(folder, law()).values())


def check_plans(folder: Path) -> None:
    deadline_names.check_names(load_situations(folder, law()), law().delais.values())


def check_law(folder: Path) -> None:
    known = load(folder)
    holidays.check_names(known.feries.values())
    deadline_names.check_names(load_situations(folder / "situations", known), known.delais.values())
    doubts.check_subjects(known)


CHECKS: dict[str, Callable[[Path], None]] = {"pieces": check_lists, "situations": check_plans, "": check_law}


def copied(tmp_path: Path, file: str, before: str, after: str) -> None:
    """A copy of the law, with one change in one file."""
    shutil.copytree(LAW, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / file).read_text("utf-8")
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1), "utf-8")


def test_the_data_shipped_name_nothing_that_does_not_exist() -> None:
    guides.check_data()
    assert list(guides.site_mistakes(ROOT / "docs")) == []


FORMER = '[anciens]\n"motif=egare" = "motif=perte"\n'


@pytest.mark.parametrize(
    "case",
    [
        # the lists of documents
        (
            "pieces/passeport.toml",
            'motif = ["perte"]',
            'motif = ["pertes"]',
            "pieces.passeport-perte.quand.motif",
            "unknown answer 'pertes': expected one of premiere, renouvellement, perte, vol, nom",
        ),
        (
            "pieces/passeport.toml",
            'motif = ["perte"]',
            'motifs = ["perte"]',
            "pieces.passeport-perte.quand.motifs",
            "unknown question of 'passeport' 'motifs': expected one of motif, age, parents",
        ),
        # a question of another démarche is never answered here; « je ne sais pas » stands for all the other answers
        (
            "pieces/passeport.toml",
            'motif = ["perte"]',
            'role = ["debiteur"]',
            "pieces.passeport-perte.quand.role",
            "unknown question of 'passeport' 'role'",
        ),
        (
            "pieces/passeport.toml",
            'carte_recente = ["non"]',
            'carte_recente = ["non", "inconnu"]',
            "pieces.passeport-acte-naissance.quand.carte_recente",
            "unknown answer 'inconnu': expected one of oui, non",
        ),
        (
            "pieces/carte_identite.toml",
            'quand = [{ motif = ["perte"]',
            'quand = [{ date_delivrance = ["2020-01-01"]',
            "pieces.carte-perte.quand.date_delivrance",
            "unknown question",
        ),
        (
            "pieces/urbanisme.toml",
            'regle = "autorisations"',
            'regle = "autorisation"',
            "deductions.dossier.regle",
            "unknown rule 'autorisation': expected one of autorisations, validite-carte",
        ),
        # an answer that the rule needs, and that the questions no longer have under this name
        (
            "pieces/urbanisme.toml",
            '5_a_20 = "Plus',
            '5_a_19 = "Plus',
            "questions.secteur_protege.quand.taille_construction",
            "unknown answer '5_a_20'",
        ),
        (
            "pieces/urbanisme.toml",
            '10_a_100 = "Plus',
            '10_a_99 = "Plus',
            "questions.couverture_piscine.quand.taille_piscine",
            "unknown answer '10_a_100'",
        ),
        (
            "pieces/urbanisme.toml",
            '    "secteur_protege",\n',
            "",
            "deductions.dossier.lit",
            "the rule 'autorisations' reads or knows no 'secteur_protege'",
        ),
        (
            "pieces/urbanisme.toml",
            'aucune = "aucune formalité"\n',
            "",
            "avertissements[1].quand.dossier.trouve",
            "unknown answer 'aucune'",
        ),
        (
            "pieces/carte_identite.toml",
            'montant = "timbre-carte-identite"',
            'montant = "timbre-carte"',
            "prix.cas[2].montant",
            "unknown price 'timbre-carte'",
        ),
        (
            "pieces/passeport.toml",
            "[pieces.passeport-perte]",
            '[pieces.passeport-perte]\nremplace = ["passport/perdu"]',
            "pieces.passeport-perte.remplace",
            "unknown démarche 'passport'",
        ),
        (
            "pieces/passeport.toml",
            "[pieces.passeport-perte]",
            '[pieces.passeport-perte]\nremplace = ["passeport/perdu"]',
            "pieces.passeport-perte.remplace",
            "'perdu' was in this same list",
        ),
        (
            "pieces/passeport.toml",
            "[commun]",
            FORMER.replace("motif=egare", "motifs=egare") + "[commun]",
            "anciens.motifs=egare",
            "unknown question 'motifs'",
        ),
        (
            "pieces/passeport.toml",
            "[commun]",
            FORMER.replace("motif=egare", "motif=vol") + "[commun]",
            "anciens.motif=vol",
            "still offered",
        ),
        (
            "pieces/passeport.toml",
            "[commun]",
            FORMER.replace("motif=perte", "motifs=perte") + "[commun]",
            "anciens.motif=egare",
            "unknown question 'motifs'",
        ),
        (
            "pieces/passeport.toml",
            "[commun]",
            FORMER.replace("motif=perte", "motif=pertes") + "[commun]",
            "anciens.motif=egare",
            "unknown answer 'pertes': expected one of premiere",
        ),
        (
            "pieces/passeport.toml",
            "{timbre-passeport-majeur}",
            "{timbre_passeport_majeur}",
            "pieces.passeport-timbre-majeur.document",
            "an amount is quoted as {its-series}",
        ),
        (
            "pieces/passeport.toml",
            'forme = "Timbre électronique : PDF ou SMS"',
            'forme = "{timbre-passeport-majeur}"',
            "pieces.passeport-timbre-majeur.forme",
            "amounts are quoted in document and pourquoi only",
        ),
        (
            "pieces/passeport.toml",
            "{timbre-passeport-majeur}",
            "{timbre-sans-nom}",
            "pieces.passeport-timbre-majeur.document",
            "unknown series 'timbre-sans-nom'",
        ),
        # the situations
        (
            "situations/satd.toml",
            'depart = "date_notification"',
            'depart = "date_notif"',
            "faits.date_notif",
            "this event has no words",
        ),
        (
            "situations/satd.toml",
            'date_notification = "S',
            'date_notif = "Oubliée"\ndate_notification = "S',
            "faits.date_notif",
            "unknown date question of this situation 'date_notif': expected one of date_notification, date_reclamation",
        ),
        # a question of another situation is never answered here
        (
            "situations/satd.toml",
            'date_notification = "S',
            'date_saisie = "Saisie"\ndate_notification = "S',
            "faits.date_saisie",
            "unknown date question of this situation 'date_saisie'",
        ),
        (
            "situations/injonction_de_payer.toml",
            'version_selon = "date_ordonnance"',
            'version_selon = "ordonnance"',
            "echeances.3.version_selon",
            "unknown date question of this situation 'ordonnance'",
        ),
        (
            "situations/satd.toml",
            'calcul = "juge_apres_reclamation"',
            'calcul = "juge"',
            "echeances.3.calcul",
            "unknown rule 'juge': expected one of sauve_par_l_aide",
        ),
        (
            "situations/urbanisme.toml",
            'quand = "autorisation_accordee"',
            'quand = "accorde"',
            "echeances.5.quand",
            "unknown rule 'accorde': expected one of contestation_dans_le_mois",
        ),
        (
            "situations/urbanisme.toml",
            'fait_si = "a_la_mairie"',
            'fait_si = "au_village"',
            "echeances.7.fait_si",
            "unknown rule 'au_village': expected one of contestation_dans_le_mois",
        ),
        (
            "situations/satd.toml",
            'acteurs = ["debiteur"]',
            'acteurs = ["voisin"]',
            "echeances.1.acteurs",
            "unknown role of this situation 'voisin': expected one of debiteur",
        ),
        (
            "situations/urbanisme.toml",
            'pour = ["demandeur"]',
            'pour = ["banque"]',
            "echeances.1.pour",
            "unknown role of this situation 'banque'",
        ),
        (
            "situations/satd.toml",
            'en_clair = "le débiteur peut saisir le juge"\n',
            "",
            "echeances.3.en_clair",
            "who does not act reads this line too",
        ),
        (
            "situations/saisie_attribution.toml",
            'qui = "role"',
            'qui = "role_salaire"',
            "qui",
            "unknown question of this situation 'role_salaire': expected one of role, suite_aide",
        ),
        (
            "situations/satd.toml",
            'acteur = "debiteur"',
            'acteur = "debiteur"\nqui = "role"',
            "qui",
            "give the question that tells who asks, or the only role there is (acteur)",
        ),
        ("situations/satd.toml", 'acteur = "debiteur"', "", "qui", "give the question that tells who asks"),
        (
            "situations/satd.toml",
            'debiteur = "saisie-compte/contester-satd"',
            'banque = "saisie-compte/contester-satd"',
            "pages.banque",
            "unknown role of this situation 'banque': expected one of debiteur",
        ),
        (
            "situations/satd.toml",
            'debiteur = "saisie-compte/contester-satd"',
            'debiteur = "saisie-compte/contester-satd.md"',
            "pages.debiteur",
            "expected the address of a page, got 'saisie-compte/contester-satd.md'",
        ),
        (
            "situations/satd.toml",
            'date_notification = "2026-11-20"',
            'date_saisie = "2026-11-20"',
            "exemples.1.date_saisie",
            "unknown question of this situation 'date_saisie'",
        ),
        (
            "situations/satd.toml",
            '[[exemples]]\ndate_notification = "2026-11-20"',
            "",
            "exemples",
            "expected at least one case, with the answers to its questions",
        ),
        (
            "situations/satd.toml",
            'date_notification = "2026-11-20"',
            "date_notification = 2026-11-20",
            "exemples.1",
            "expected words for each name",
        ),
        ("situations/satd.toml", 'titre = "', 'titres = "', "titres", "unknown key"),
        ("situations/urbanisme.toml", "devant_un_juge = false", 'devant_un_juge = "non"', "devant_un_juge", "bool"),
        ("situations/satd.toml", "[faits]", "[faits", "(file)", "not valid TOML"),
        # a situation that brings its own questions
        (
            "situations/surendettement.toml",
            'sinon = "date_presentation"',
            'sinon = "date_presente"',
            "faits.date_presente",
            "this event has no words",
        ),
        (
            "situations/surendettement.toml",
            'si = [{ etape_surendettement = ["depot"] }]\ndepart',
            'si = [{ etape_surendettement = ["depose"] }]\ndepart',
            "echeances.1.si.etape_surendettement",
            "unknown answer 'depose': expected one of depot, recevable",
        ),
        (
            "situations/surendettement.toml",
            'si = [{ etape_surendettement = ["depot"] }]\ntexte',
            'si = [{ etape = ["depot"] }]\ntexte',
            "conseils.1.si.etape",
            "unknown question 'etape': expected one of role_surendettement",
        ),
        (
            "situations/surendettement.toml",
            'quand = [{ etape_surendettement = ["depot"] }]',
            'quand = [{ date_publication = ["donnee"] }]',
            "questions.date_depot_dossier.quand.date_publication",
            "unknown question 'date_publication'",
        ),
        (
            "situations/surendettement.toml",
            'date_publication = "la publication"',
            'avis_signe = "la publication"',
            "questions.date_reponse_envoyee.apres.avis_signe",
            "expected one of date_lettre, date_presentation",
        ),
        (
            "situations/surendettement.toml",
            'reponses = "oui_non"\n',
            'reponses = "oui_non"\nfacultatif = true\n',
            "questions.avis_signe",
            "facultatif, a_venir and apres are of a day",
        ),
        (
            "situations/surendettement.toml",
            "[questions.date_fin_pause]",
            '[questions.date_avis]\nquestion = "Date ?"\nreponses = "date"\n[questions.date_fin_pause]',
            "questions.date_avis",
            "the form has a question of this name already",
        ),
        ("situations/surendettement.toml", "rang = 25", "rang = 30", "rang", "30 is already that of"),
        ("situations/surendettement.toml", 'texte = "Continuez', 'textes = "Continuez', "texte", "missing"),
        (
            "situations/expulsion.toml",
            'sauf_si = "date_demande_de_temps"\ntexte',
            'sauf_si = "date_demande"\ntexte',
            "conseils.1.sauf_si",
            "unknown question 'date_demande': expected one of role_expulsion",
        ),
        # the other files
        ("expulsion.toml", '"11-01"', '"31-01"', "delais.expulsion.treve.chaque_annee", "expected MM-DD, got '31-01'"),
        (
            "delais.toml",
            'version_selon = "date_ordonnance"',
            'version_selon = "ordonnance"',
            "delais.injonction-de-payer.titre-executoire.version_selon",
            "unknown event 'ordonnance': expected one of date_ordonnance",
        ),
        (
            "delais.toml",
            'groupe = "Papiers d\'identité"',
            'groupe = "Papier d\'identité"',
            ".groupe",
            "is under no subject of the list of doubts: expected one of Saisies",
        ),
        (
            "points.toml",
            'sujet = "Délais et jours fériés"',
            'sujet = "Délais"',
            "points.prorogation.sujet",
            "'Délais' is under no subject",
        ),
        (
            "feries.toml",
            'territoires = ["guyane"]',
            'territoires = ["guiane"]',
            ".territoires",
            "unknown 'guiane': expected one of metropole",
        ),
        (
            "feries.toml",
            'condition = "temple"',
            'condition = "eglise"',
            ".condition",
            "unknown 'eglise': expected one of temple",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_said_with_its_file_and_its_key(
    tmp_path: Path, case: tuple[str, str, str, str, str]
) -> None:
    file, before, after, key, reason = case
    copied(tmp_path, file, before, after)
    folder, _, _ = file.rpartition("/")
    with pytest.raises(LawDataError) as caught:
        CHECKS[folder](tmp_path / folder)
    assert caught.value.file == file
    assert caught.value.key.endswith(key)
    assert reason in caught.value.reason


def test_a_new_file_with_a_doubt_and_a_new_group_are_told_where_to_be_named(tmp_path: Path) -> None:
    copied(tmp_path, "delais.toml", 'groupe = "Papiers d\'identité"', 'groupe = "Loyers"')
    with pytest.raises(LawDataError, match=r"'Loyers' .* add it to _SUBJECTS, in calculators/web/guides/doubts\.py$"):
        check_law(tmp_path)
    copied(tmp_path, "delais.toml", "", "")
    (tmp_path / "loyers.toml").write_text(
        """[mesures."loyer.surface"]
intitule = "surface la plus petite"
valeur = "9"
unite = "m²"
certitude = "C"
a_confirmer = "le texte n'a pas été relu"
aupres_de = "la mairie"
verifie_le = 2026-11-21
""",
        "utf-8",
    )
    with pytest.raises(LawDataError) as caught:
        check_law(tmp_path)
    assert str(caught.value) == (
        "loyers.toml: (file): under no subject of the list of doubts, for « Surface la plus petite »: "
        "add it to _SUBJECTS, in calculators/web/guides/doubts.py"
    )


def test_what_the_form_offers_is_in_the_data(tmp_path: Path) -> None:
    shutil.copytree(LAW / "situations", tmp_path, dirs_exist_ok=True)
    (tmp_path / "satd.toml").unlink()
    with pytest.raises(LawDataError, match="missing: the form offers"):
        check_plans(tmp_path)


def test_a_situation_is_one_file_without_python(tmp_path: Path) -> None:
    """That of CONTRIBUTING.md, but for its deadline, which is in no law data."""
    shutil.copytree(LAW / "situations", tmp_path, dirs_exist_ok=True)
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    example = next(block for block in guide.split("```text\n")[1:] if "[[conseils]]" in block).partition("```")[0]
    (tmp_path / "conge_logement.toml").write_text(example.replace("conge.contestation", "appel.refere"), "utf-8")
    check_plans(tmp_path)
    plan = load_situations(tmp_path, law())["conge-logement"]
    assert list(plan.questions) == ["role_conge", "date_conge", "date_contestation"]


def test_a_file_that_is_no_situation_is_named(tmp_path: Path) -> None:
    shutil.copytree(LAW / "situations", tmp_path, dirs_exist_ok=True)
    (tmp_path / "avis_medecin.toml").rename(tmp_path / "saisie_administrative.toml")
    with pytest.raises(
        LawDataError, match=r"situations/saisie_administrative\.toml: \(file\): unknown situation without"
    ):
        check_plans(tmp_path)


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("passeport.toml", 'motif = ["perte"]', 'motif = ["pertes"]', "quand.motif: unknown answer 'pertes'"),
        ("passeport.toml", 'motif = ["perte"]', 'motifs = ["perte"]', "quand.motifs: unknown question"),
    ],
)
def test_the_build_and_the_command_line_stop_on_a_misspelt_name(
    tmp_path: Path, file: str, before: str, after: str, said: str
) -> None:
    shutil.copytree(ROOT / "calculators", tmp_path / "calculators")
    shutil.rmtree(tmp_path / "calculators/law")
    copied(tmp_path / "calculators/law", f"pieces/{file}", before, after)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        asked = [sys.executable, "-m", *command]
        return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=tmp_path, encoding="utf-8")

    checked = run("calculators.law")
    assert checked.stderr.count("\n") == 1, "one line, and no trace of the program"
    for done in (
        checked,
        run("calculators.web.guides", str(ROOT / "docs")),
        run("calculators", "pieces", "--demarche", "passeport", "--motif", "perte"),
    ):
        assert done.returncode not in {0, None}
        assert f"pieces/{file}: pieces.passeport-perte.{said}" in done.stderr


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("path", "before", "after", "said"),
    [
        (
            "mkdocs.yml",
            "      - Passeport: pieces/passeport.md\n",
            "",
            "../mkdocs.yml: nav: no title for pieces/passeport.md",
        ),
        (
            "mkdocs.yml",
            "part d’un salaire peut être saisie\u202f?",
            "part d'un salaire peut être saisie ?",
            "../mkdocs.yml: nav: title to copy, with its typography: Quelle part d’un salaire peut être saisie\u202f?",
        ),
        ("docs/pieces/passeport.md", None, None, "pieces/passeport.md: (file): missing"),
        (
            "docs/calculateurs/pieces.md",
            "../pieces/passeport.md",
            "../pieces/carte-identite.md",
            "calculateurs/pieces.md: (page): no link to pieces/passeport.md in its list",
        ),
        (
            "docs/saisie-compte/creancier.md",
            None,
            None,
            "pieces/saisie_compte.toml: actions: no page 'saisie-compte/creancier'",
        ),
        (
            "docs/prudhommes/consignation.md",
            None,
            None,
            "situations/avis_medecin.toml: pages.partie: no page 'prudhommes/consignation'",
        ),
        (
            "docs/papiers/carte-identite-passeport.md",
            None,
            None,
            "corrections.toml: corrections.carte-identite-voyage.page: no page 'papiers/carte-identite-passeport'",
        ),
        (
            "docs/saisie-compte/satd.md",
            None,
            None,
            "papers.toml: papiers.banque-satd.suites: no page 'saisie-compte/satd'",
        ),
        (
            "docs/saisie-compte/satd.md",
            "{ #que-faire }",
            "",
            "papers.toml: papiers.satd.suites: the page 'saisie-compte/satd' has no { #que-faire }",
        ),
    ],
)
def test_a_tool_a_situation_or_a_correction_that_leads_nowhere_stops_the_build(
    tmp_path: Path, path: str, before: str | None, after: str | None, said: str
) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    if before is None or after is None:
        (tmp_path / path).unlink()
    else:
        text = (tmp_path / path).read_text("utf-8")
        assert before in text
        (tmp_path / path).write_text(text.replace(before, after), "utf-8")
    assert any(str(mistake).startswith(said) for mistake in guides.site_mistakes(tmp_path / "docs"))
    assert guides.main([str(tmp_path / "docs")]) == 1


@pytest.mark.parametrize("page", [{"file": {"src_uri": "papiers/a.md"}}, {"page": {"path": "papiers/a.md"}}])
@pytest.mark.parametrize(
    "text",
    [
        "Il vaut {{ montant:sbu }}.",
        "/// liste | passeport\nmotif=achat Acheter\n///",
        "/// exemple | sbi\nsole: 1000\ndate_saisie: 2026-11-20\n///",
        "/// calculateur | delais\nsituatio: satd\n///",
    ],
)
def test_a_mistake_in_a_page_names_it(page: dict[str, Any], text: str) -> None:
    """MkDocs gives a page to a tree processor of its own as its file, Zensical to a processor as its page."""
    md = markdown.Markdown(extensions=["calculators.web.guides.extension"])
    builder = Treeprocessor(md)
    for name, given in page.items():
        setattr(builder, name, SimpleNamespace(**given))
    md.treeprocessors.register(builder, "relpath", 0)
    with pytest.raises(LawDataError) as caught:
        md.convert(text)
    assert caught.value.file == "papiers/a.md"
