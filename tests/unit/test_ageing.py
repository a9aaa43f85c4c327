"""What grows old is said on time: before the revision of a value, and a year after a reading."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import yaml

from calculators.calendar import in_words
from calculators.law import law
from calculators.web.guides.checks import checked_days
from calculators.web.upkeep import age
from calculators.web.upkeep.ageing import Kind, ages, past, soon
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from calculators.law import Law
    from calculators.web.upkeep.ageing import Age

READ = date(2026, 11, 28)
GUIDES = {"sujet/index.md": READ}


def awaiting(day: date, known: Law | None = None) -> set[str]:
    """The values that await their revision on a day."""
    return {one.key for one in past(ages(known or law(), GUIDES), day) if one.kind is Kind.REVISION}


@pytest.mark.parametrize(("days", "told"), [(-61, False), (-60, True), (-1, True), (0, False)])
def test_a_revision_is_told_sixty_days_before_until_its_day(days: int, told: bool) -> None:  # noqa: FBT001
    """The SBI changes on 1 April."""
    revision = law().series["sbi"].prochaine_revision()
    assert revision is not None
    day = revision + timedelta(days=days)
    assert ("series.sbi" in {one.key for one in soon(ages(law(), GUIDES), day)}) is told
    assert ("series.sbi" in awaiting(day)) is (days >= 0)


def test_a_scale_is_good_until_its_year_ends() -> None:
    """Its next one is a decree of December: C. trav. R3252-4."""
    last = law().baremes["remunerations"].valeurs[-1].en_vigueur_jusqu_au
    assert "baremes.remunerations" not in awaiting(last)
    assert "baremes.remunerations" in awaiting(last + timedelta(days=1))


def test_a_new_value_makes_the_revision_that_of_the_next_year() -> None:
    known = law()
    sbi = known.series["sbi"]
    revision = sbi.prochaine_revision()
    assert revision is not None
    newer = replace(sbi, valeurs=(*sbi.valeurs, replace(sbi.derniere, en_vigueur_du=revision)))
    then = replace(known, series={**known.series, "sbi": newer})
    assert "series.sbi" not in awaiting(revision, then)


def test_what_was_read_is_old_the_day_after_a_year() -> None:
    read = {one.kind: one for one in ages(law(), GUIDES)}
    assert read.keys() == set(Kind)
    for kind in set(Kind) - {Kind.REVISION}:
        assert not read[kind].is_past(read[kind].since + timedelta(days=365))
        assert read[kind].is_past(read[kind].since + timedelta(days=366))


def test_every_day_that_the_law_data_hold_is_looked_at() -> None:
    """A section that the list forgets would be trusted for ever: the days of each file of the data are all there."""
    written = {
        day
        for path in (ROOT / "calculators/law").rglob("*.toml")
        for name, day in re.findall(r"^(verifie_le|lu_le|consulte_le) = (\S+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {one.since.isoformat() for one in ages(law(), {}) if one.kind is not Kind.REVISION} >= {max(written)}
    sections = {one.key.partition(".")[0] for one in ages(law(), {}) if one.kind is Kind.VALUE}
    dated = {
        section
        for path in (ROOT / "calculators/law").glob("*.toml")
        for section, body in re.findall(
            r"^\[(\w+)\.[^\n]*\]\n((?:(?!\[\w).*\n)*)", path.read_text("utf-8"), re.MULTILINE
        )
        if "verifie_le" in body
    }
    assert dated <= sections | {"sources"}
    assert {"pieces", "courriers", "plateformes"} <= sections


def test_every_page_has_its_day() -> None:
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert checked_days(ROOT / "docs").keys() == pages


# ---------------------------------------------------------------- the command


def ask(day: str, *options: str, pages: Path = ROOT / "docs") -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_DATE", day)
        return age.main([*options, str(pages)])


def first() -> Age:
    """What is past before anything else, in the law and the pages as they are."""
    return min(ages(law(), checked_days(ROOT / "docs")), key=lambda one: one.until)


def test_nothing_fails_on_the_last_day_that_everything_is_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(first().until.isoformat()) == 0
    assert capsys.readouterr().out
    assert ask(first().until.isoformat(), "--annonce") == 0
    assert capsys.readouterr() == ("", "")


def test_the_command_fails_on_the_day_after(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(first().expected.isoformat()) == 1
    assert first().name in capsys.readouterr().out.replace("\u2019", "'")


def test_a_revision_to_come_is_told_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    coming = next(one for one in ages(law(), {}) if one.kind is Kind.REVISION)
    ask(coming.until.isoformat())
    said = capsys.readouterr().out
    assert f"{coming.name} (révision attendue le {in_words(coming.expected)})" in said


def test_a_build_of_a_day_too_far_says_it_loudly_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """As `SITE_DATE=2028-06-01 make site` did of the law of 2026, which nothing said."""
    last = max(one.until for one in ages(law(), GUIDES))
    assert ask((last + timedelta(days=1)).isoformat(), "--annonce") == 0
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert "ATTENTION : au " in said
    sbi = next(one for one in ages(law(), {}) if one.key == "series.sbi")
    assert f"{sbi.name} (depuis le {in_words(sbi.expected)})".replace("\u00a0", " ") in said
    for kind in Kind:
        assert re.search(rf"{kind.value} : [1-9]", said), kind


@pytest.mark.parametrize(("day", "pages"), [("hier", "docs"), ("2026-11-29", "absent")])
def test_what_cannot_be_used_is_said(day: str, pages: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(day, pages=ROOT / pages) == 2
    assert ("hier" if day == "hier" else "n’est pas un dossier") in capsys.readouterr().err


def test_each_build_says_it_last_and_the_scheduled_jobs_fail() -> None:
    """The makefile's own lines: what a build prints after it is read last."""
    made = (ROOT / "Makefile").read_text("utf-8")
    for target in ("site", "zensical"):
        recipe = re.findall(rf"^{target}: .*\n((?:\t.*\n)+)", made, re.MULTILINE)[0]
        assert recipe.rstrip().endswith("@$(OLD)")
    assert "--annonce" not in re.findall(r"^age: .*\n((?:\t.*\n)+)", made, re.MULTILINE)[0]
    weekly = yaml.safe_load((ROOT / "deploy/github-age.yml").read_text("utf-8"))
    assert weekly[True]["schedule"]
    assert weekly["jobs"]["age"]["steps"][-1] == {"run": "make age"}
    gitlab = yaml.safe_load((ROOT / "deploy/gitlab-pages.yml").read_text("utf-8"))
    assert gitlab["age"]["script"] == ["make age"]
    assert gitlab["age"]["rules"][-1]["allow_failure"] is True
    assert gitlab["pages"]["needs"] == [], "what is old must not keep a correction from being published"
