"""Every link of the built pages that stays in the site leads to a page, a file or a part that exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.links import external, links_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.links import Links


@pytest.fixture(params=["site", "zensical_site"])
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_every_internal_link_and_anchor_leads_somewhere(folder: Path) -> None:
    pages: dict[Path, Links] = {path.resolve(): links_of(path, folder) for path in folder.rglob("*.html")}
    broken = []
    for path, page in pages.items():
        if path.name == "404.html":
            continue  # its addresses depend on where it is served
        for href, target, anchor in page.internal:
            case = "=" in anchor  # answers for a calculator: tests/e2e opens them
            if not target.is_file() or (
                anchor and not case and target.suffix == ".html" and anchor not in pages[target].ids
            ):
                broken.append(f"{path.relative_to(folder.resolve())}: {href}")
    assert broken == []


def test_no_identifier_stands_twice_in_a_page(folder: Path) -> None:
    twice = {
        str(path.relative_to(folder)): page.twice
        for path in folder.rglob("*.html")
        if (page := links_of(path, folder)).twice
    }
    assert twice == {}


def test_external_links_are_safe_and_known(site: Path) -> None:
    """All of them over https; `python -m tests.links site` asks for each one, on a machine with a network."""
    addresses = external(site)
    assert addresses
    assert all(address.startswith("https://") for address in addresses)


def test_no_page_tells_another_site_where_its_reader_came_from(folder: Path) -> None:
    """A host may send none of our headers: each page says it too."""
    pages = [path.read_text("utf-8") for path in folder.rglob("*.html")]
    assert pages
    assert all(re.search(r'<meta name="?referrer"? content="?no-referrer"?>', page) for page in pages)


def test_a_telephone_number_can_be_called(folder: Path) -> None:
    """Each number that a page shows is a link that a telephone dials."""
    number, called = r"0[1-9](?:[ \u00a0\u202f.][0-9]{2}){4}", 0
    for path in folder.rglob("*.html"):
        main = path.read_text("utf-8").partition("<article")[2]
        found = re.findall(rf"(?<!tel:)\b{number}\b", re.sub(r"<code.*?</code>", "", main, flags=re.DOTALL))
        dialled = re.findall(rf'<a href="tel:\+33[0-9]{{9}}"[^>]*>{number}</a>', main)
        called += len(dialled)
        assert len(found) == len(dialled), path
    assert called


def test_a_link_out_of_the_site_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "private.html").write_text("private")
    page = tmp_path / "site/index.html"
    page.write_text('<a href="../private.html">a</a><a href="index.html">b</a>', "utf-8")
    assert [target.is_file() for _, target, _ in links_of(page, tmp_path / "site").internal] == [False, True]
