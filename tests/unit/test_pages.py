"""Pages checked before the build, those checked too long ago marked after it, and what changed in the law."""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from jinja2 import Template

from calculators.errors import LawDataError
from calculators.law import law
from calculators.typography import french
from calculators.web.guides import checks as guides
from calculators.web.guides.changes import changes
from calculators.web.guides.feeds import FEED
from calculators.web.publish import feed, old_pages
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.law import Correction, Law

TODAY = date(2026, 11, 21)
DOCS = ROOT / "docs"
GOOD = """---
title: Un titre
description: "Une description qui dit ce que le lecteur trouvera ici."
public: "Ceux qui en ont besoin."
verifie_le: "2026-11-21"
aide: true
calculateurs: [sbi]
pieces: []
---
# Un titre

!!! abstract "En bref"
    La réponse.

## Les étapes

![Le chemin en image : une étape, puis une autre, et la fin.](../assets/img/chemin.svg)

1.  Une étape.

## Les erreurs à éviter

- Une erreur.

## Sources

/// sources
CPCE L162-2
///
"""


@pytest.fixture(autouse=True)
def built_on_a_known_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_DATE", TODAY.isoformat())


def found(folder: Path, text: str, name: str = "saisie/guide.md") -> list[tuple[str, str]]:
    page = folder / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, "utf-8")
    mistakes = guides.mistakes(folder, TODAY)
    assert all(mistake.file == name for mistake in mistakes)
    assert all(str(mistake).startswith(f"{name}: ") for mistake in mistakes)
    return [(mistake.key, mistake.reason) for mistake in mistakes]


def test_a_good_guide_has_no_mistake(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


def test_a_block_that_is_shown_as_an_example_is_none(tmp_path: Path) -> None:
    assert (
        found(tmp_path, GOOD.replace("La réponse.\n", "La réponse.\n\n```text\n/// inconnu | sbi\n///\n```\n", 1)) == []
    )


def test_a_guide_has_a_picture_only_where_it_helps(tmp_path: Path) -> None:
    assert found(tmp_path, re.sub(r"!\[.*\n", "", GOOD)) == []


def test_the_pages_of_this_site_have_none() -> None:
    assert guides.mistakes(DOCS, date.today()) == []  # noqa: DTZ011  # a civil day, that of the build


@pytest.mark.parametrize(
    ("given", "instead", "key", "reason"),
    [
        ("---\ntitle", "title", "front matter", "missing"),
        ("title: Un titre", "title: Un titre : le mien", "front matter", "between double quotes"),
        ("title: Un titre", "title: Un titre : le mien", "front matter", "line 2"),
        ("title: Un titre\n", "", "title", "missing"),
        ("title: Un titre", "title: 12", "title", "expected a text, got 12"),
        ("Une description qui dit", "Dit", "description", "expected 40 to 170"),
        ("Une description", "Une longue" + " description" * 20, "description", "expected 40 to 170"),
        ('public: "Ceux qui en ont besoin."\n', "", "public", "missing"),
        ("aide: true", "aide: oui", "aide", "expected true, false or one of dettes, creancier"),
        ("aide: true", "aide: oui", "aide", "got 'oui'"),
        ("aide: true", "aide: false", "aide", "Où trouver de l'aide"),
        ("aide: true\n", "", "aide", "got None"),
        ("aide: true\n", "aide: true\nauteur: moi\n", "auteur", "unknown key"),
        ("calculateurs: [sbi]\n", "", "calculateurs", "[] when there is none, got None"),
        ("calculateurs: [sbi]", "calculateurs: sbi", "calculateurs", "expected a list between brackets"),
        ("calculateurs: [sbi]", "calculateurs: [sbu]", "calculateurs", "unknown 'sbu': expected one of sbi"),
        ("pieces: []", "pieces: [passport]", "pieces", "unknown 'passport': expected one of consignation-cph"),
        ("La réponse.\n", "La réponse.\n\n/// calculateur | delais\n///\n", "calculateurs", "name it here too"),
        ("La réponse.\n", "La réponse.\n\n/// liste | passeport\nmotif=vol x\n///\n", "pieces", "name it here too"),
        (
            "La réponse.\n",
            "La réponse.\n\n/// calculater | sbi\n///\n",
            "/// calculater",
            "expected one of calculateur, lot",
        ),
        ("La réponse.\n", "La réponse.\n\n    //// liste\n    ////\n", "/// liste", "what it is about"),
        ('verifie_le: "2026-11-21"\n', "", "verifie_le", "got None"),
        ('"2026-11-21"', "2026-11-21", "verifie_le", "between quotes"),
        ('"2026-11-21"', '"2026-11-31"', "verifie_le", "expected a date"),
        ('"2026-11-21"', '"2026-11-22"', "verifie_le", "after the day of the build"),
        ('!!! abstract "En bref"', "!!! note", "En bref", "before the first ## heading"),
        ("1.  Une étape.", "Une étape.", "steps", "expected a numbered list"),
        ("CPCE L162-2\n", "", "sources", "names at least one source"),
        (
            "![Le chemin en image : une étape, puis une autre, et la fin.]",
            "![Le chemin.]",
            "picture",
            "in whole sentences",
        ),
        ("et la fin.]", "et la fin]", "picture", "whole sentences"),
        ("## Sources", "## Les textes", "Sources", "last heading"),
        ("## Les erreurs à éviter", "## Attention", "Les erreurs à éviter", "expected a heading"),
    ],
)
def test_a_mistake_says_the_file_the_key_and_the_reason(
    tmp_path: Path, given: str, instead: str, key: str, reason: str
) -> None:
    assert given in GOOD
    mistakes = found(tmp_path, GOOD.replace(given, instead, 1))
    assert any(key == k and reason in r for k, r in mistakes), mistakes


def test_a_page_may_name_the_help_that_fits_its_subject(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD.replace("aide: true", "aide: prudhommes")) == []


#: A page, and what the box « Vous hésitez ? » says there and does not.
HELP = {
    "saisie-compte/debiteur/": ("surendettement", "Défenseur syndical"),
    "saisie-remunerations/": ("surendettement", "Maison France services"),
    "calculateurs/quotite/": ("Point conseil budget", "service d’urbanisme"),
    "calculateurs/sbi/": ("Point conseil budget", "service d’urbanisme"),
    "saisie-compte/creancier/": ("Commissaire de justice", "surendettement"),
    "prudhommes/consignation/": ("Défenseur syndical", "surendettement"),
    "pieces/consignation-cph/": ("Défenseur syndical", "surendettement"),
    "urbanisme/apres-le-depot/": ("Service d’urbanisme de la mairie", "papier reçu"),
    "papiers/carte-identite-passeport/": ("Maison France services", "Aide juridictionnelle"),
    "pieces/passeport/": ("Maison France services", "Un délai court"),
    "avocat/espace-client/": ("par téléphone", "Point-justice"),
    "": ("Point-justice", "surendettement"),
}


def help_box(url: str, aide: bool | str = True) -> str:  # noqa: FBT001, FBT002  # as the front matter has it
    template = Template((ROOT / "overrides/partials/aide.html").read_text("utf-8"), autoescape=True)
    box: str = template.render(page=SimpleNamespace(url=url, meta={"aide": aide}))
    return box


@pytest.mark.parametrize("url", HELP)
def test_the_box_that_offers_help_fits_its_page(url: str) -> None:
    said, unsaid = HELP[url]
    box = help_box(url)
    assert said in box
    assert unsaid not in box


@pytest.mark.parametrize("aide", guides.AIDES)
def test_the_box_knows_each_subject_that_a_page_may_name(aide: str) -> None:
    box = help_box("une/page/", aide)
    assert f'data-sujet="{aide}"' in box
    assert box.count("<li>") >= 2
    assert (box == help_box("une/page/", "general")) == (aide == "general")


def test_front_matter_that_is_no_table_is_refused(tmp_path: Path) -> None:
    assert found(tmp_path, "---\n- un\n- deux\n---\n# Titre\n") == [("front matter", "expected keys and values")]


def test_only_guides_need_the_parts_of_a_guide(tmp_path: Path) -> None:
    short = GOOD.partition("!!!")[0].replace("calculateurs: [sbi]\npieces: []\n", "")
    assert found(tmp_path, short, "page.md") == []
    (tmp_path / "page.md").unlink()
    assert found(tmp_path, short, "calculateurs/page.md") == []


def test_every_mistake_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(GOOD.replace("aide: true\n", "").replace("title: Un titre\n", ""), "utf-8")
    assert guides.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "a.md: title: missing",
        f"a.md: aide: expected true, false or one of {', '.join(guides.AIDES)}, got None",
    ]
    (tmp_path / "a.md").write_text(GOOD, "utf-8")
    assert guides.main([str(tmp_path)]) == 0
    assert guides.main([]) == guides.main([str(tmp_path / "absent")]) == 2


def test_a_faulty_file_of_the_law_is_told_before_the_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_law: Law) -> None:
        raise LawDataError("passeport.toml", "pieces.passeport-photo.document", "missing")

    monkeypatch.setattr(guides, "checked", faulty)
    assert guides.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == "passeport.toml: pieces.passeport-photo.document: missing\n"


@pytest.mark.parametrize(
    ("checked", "today", "old"),
    [
        ("2026-11-21", "2027-11-21", False),
        ("2026-11-21", "2027-11-22", True),
        ("2024-02-29", "2025-02-28", False),
        ("2024-02-29", "2025-03-01", True),
    ],
)
def test_a_page_checked_more_than_a_year_ago_says_so_once(
    tmp_path: Path, checked: str, today: str, *, old: bool
) -> None:
    page = tmp_path / "guide" / "index.html"
    page.parent.mkdir()
    time = f'<p class="verifie-le">\n  Vérifié le <time datetime="{checked}">ce jour</time>\n</p>'
    page.write_text(f'<h1 id="t">Titre</h1><p>Texte</p>{time}', "utf-8")
    (tmp_path / "404.html").write_text("<h1>Absente</h1>", "utf-8")
    for _ in range(2):
        old_pages.flag(tmp_path, date.fromisoformat(today))
    html = page.read_text("utf-8")
    assert html.count("vérifiée il y a plus d’un an") == 1
    shown = f'</h1><mode-emploi-verifie data-jour="{checked}"'
    assert f'{shown}><p class="verifie-ancien">' in html if old else f'{shown} hidden="hidden"><p' in html
    assert (tmp_path / "404.html").read_text("utf-8") == "<h1>Absente</h1>"


# ---------------------------------------------------------------- what changed


def test_changes_are_newest_first_and_each_has_its_name() -> None:
    every = changes(law())
    assert [change.jour for change in every] == sorted((change.jour for change in every), reverse=True)
    assert len({change.cle for change in every}) == len(every)
    assert all(change.quoi.endswith(".") for change in every)


def test_a_change_says_the_value_before_and_the_text() -> None:
    change = next(change for change in changes(law()) if change.cle == "montant/sbi/2026-04-01")
    assert change.quoi == "Solde bancaire insaisissable : 651,69\u00a0€, au lieu de 646,52\u00a0€."
    assert "2026-220" in change.texte
    assert change.lien.startswith("https://")


@pytest.mark.parametrize("correction", law().corrections.values(), ids=lambda correction: correction.cle)
def test_a_correction_says_what_was_read_before_what_is_true_now_and_where(correction: Correction) -> None:
    """A reader who acted on the former words finds them again; nothing corrected is dated before the site was."""
    assert correction.le >= date(2026, 11, 28)
    assert not re.search(r"\b(?:nulle?s?|caduque?s?)\b", correction.maintenant), "never our own verdict"


def test_the_feed_tells_what_was_corrected_too(tmp_path: Path) -> None:
    correction = next(iter(law().corrections.values()))
    feed.write(tmp_path, DOCS, correction.le - timedelta(days=1))
    assert french(correction.avant) not in (tmp_path / FEED).read_text("utf-8"), "not yet corrected"
    feed.write(tmp_path, DOCS, correction.le)
    entries = (tmp_path / FEED).read_text("utf-8").split("<entry>")
    (entry,) = (entry for entry in entries if french(correction.sujet) in entry)
    assert french(correction.avant) in entry
    assert f'href="{correction.page}/"' in entry


def test_what_is_not_sure_says_so() -> None:
    change = next(change for change in changes(law()) if change.cle == "repere/carte-identite.fin-ancien-format")
    assert change.quoi.endswith("(à confirmer auprès de la mairie ou du site de France Titres).")


def test_the_feed_is_atom_and_holds_only_what_has_happened(tmp_path: Path) -> None:
    feed.write(tmp_path, DOCS, TODAY)
    text = (tmp_path / FEED).read_text("utf-8")
    root = ET.fromstring(text)  # noqa: S314  # our own file
    atom = {"a": "http://www.w3.org/2005/Atom"}
    entries = root.findall("a:entry", atom)
    days = [entry.findtext("a:updated", "", atom) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert root.findtext("a:updated", "", atom) == days[0] <= "2026-11-21"
    names = [root.findtext("a:id", "", atom), *(entry.findtext("a:id", "", atom) for entry in entries)]
    assert len(set(names)) == len(names)
    assert all(uuid.UUID(name) for name in names)
    for entry in entries:
        assert entry.findtext("a:title", "", atom)
        assert entry.find("a:link", atom) is not None
    feed.write(tmp_path, DOCS, date(2027, 4, 2))
    assert "changement attendu" in (tmp_path / FEED).read_text("utf-8")


def test_a_feed_of_nothing_is_still_a_feed() -> None:
    assert "<entry" not in feed.atom([])


def test_the_day_of_the_build_is_checked_here_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_DATE", "bientôt")
    assert guides.main([str(tmp_path)]) == 1
    assert "SITE_DATE=bientôt : écrivez un jour" in capsys.readouterr().err
