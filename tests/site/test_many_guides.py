"""The menu with five hundred guides: a page names its neighbours and the other subjects, not every guide there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests import synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GUIDES = 500
#: In one folder, as `tests.synthetic` lays them out.
NEIGHBOURS = 20


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    with synthetic.project(GUIDES) as folder:
        yield folder


@pytest.mark.parametrize("generator", synthetic.GENERATORS)
def test_a_page_among_five_hundred_stays_light(project: Path, generator: str) -> None:
    with synthetic.build(synthetic.GENERATORS[generator], project, GUIDES) as (site, _):
        text = (site / "sujet-13/guide-250/index.html").read_text("utf-8")
    assert len(text.encode()) < 60_000
    menu = re.search(r'<nav[^>]*class="[^"]*plan.*?</nav>', text, re.DOTALL)
    assert menu is not None
    links = set(re.findall(r'href="([^"#]+)"', menu[0]))
    assert NEIGHBOURS - 1 <= len(links) <= NEIGHBOURS + GUIDES // NEIGHBOURS + 5
