"""The copy that needs no server: what it says of its age, and how its pages are written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from calculators.calendar import in_words
from calculators.law import law
from calculators.web.page.elements import serialise
from calculators.web.project.paths import OutsideError
from calculators.web.project.settings import Settings
from calculators.web.publish import usb

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 22)


def test_every_yearly_value_is_among_the_expected_changes() -> None:
    known = law()
    expected = {series.intitule for series in known.series.values() if series.revision}
    expected |= {scale.intitule for scale in known.baremes.values()}
    due = usb.changes(known)
    assert {what for _, what in due} == expected
    assert due == sorted(due)
    for day, what in due:
        for series in known.series.values():
            if series.intitule == what:
                assert series.perimee_au(day)


def test_each_page_names_its_changes_and_where_a_newer_copy_is() -> None:
    alone = serialise(usb.notice(DAY, law(), ""))
    assert f"Copie du site faite le {in_words(DAY)}" in alone
    assert alone.count("data-depuis") == len(usb.changes(law()))
    assert "qui vous a donné celle-ci" in alone
    known = serialise(usb.notice(DAY, law(), "https://demarches.example/"))
    assert 'href="https://demarches.example/"' in known
    assert "qui vous a donné celle-ci" not in known


def test_a_page_names_files_and_the_scripts_of_the_copy() -> None:
    page = (
        '<link rel="canonical" href="https://demarches.example/guide/"><a href="../autre/#ici">Autre</a><a href="./">'
        '<article class="texte"><h1>Titre</h1></article>'
        '<script src="../assets/javascripts/bundle.0a1b2c3d.min.js"></script>'
        '<script src="../assets/app-0123456789ab.js" defer></script>'
    )
    assert usb.to_page(page, "assets/app-usb.js", "assets/search.js", "<aside></aside>") == (
        '<link rel="canonical" href="https://demarches.example/guide/"><a href="../autre/index.html#ici">Autre</a>'
        '<a href="./index.html"><article class="texte"><aside></aside><h1>Titre</h1></article>'
        '<script src="../assets/search.js"></script>'
        '<script src="../assets/javascripts/bundle.0a1b2c3d.min.js"></script>'
        '<script src="../assets/app-usb.js" defer></script>'
    )


def test_the_address_of_the_site_is_read_in_its_home_page(tmp_path: Path) -> None:
    home = tmp_path / "index.html"
    home.write_text('<link rel="canonical" href="https://demarches.example/">', "utf-8")
    assert usb.public_address(tmp_path) == "https://demarches.example/"
    home.write_text("<title>Accueil</title>", "utf-8")
    assert usb.public_address(tmp_path) == ""


def test_who_finds_the_copy_reads_what_to_open_and_how_to_renew_it() -> None:
    text = usb.read_me(DAY, "https://demarches.example/")
    assert usb.START in text
    assert "ouvrez https://demarches.example/" in text
    assert usb.START in usb.start_page()


def test_the_copy_takes_no_file_from_elsewhere(tmp_path: Path) -> None:
    site, folder, engine = (tmp_path / name for name in ("site", "copy", "engine"))
    (site / "donnees").mkdir(parents=True)
    (tmp_path / "private").write_text("private")
    (site / "donnees/a.json").symlink_to(tmp_path / "private")
    with pytest.raises(OutsideError, match=r"donnees/a\.json"):
        usb.make(site, engine, folder, Settings(day=DAY))
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").symlink_to(tmp_path / "private")
    with pytest.raises(OutsideError, match=r"a\.txt"):
        usb.pack(folder, tmp_path / "copy.zip", DAY)
