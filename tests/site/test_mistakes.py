"""A mistake of a writer stops the build with either generator, and names the page where it is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from calculators.web.publish.site import main
from tests import synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "sujet-1/guide-1.md"


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    with synthetic.project(1) as folder:
        yield folder


@pytest.fixture
def guide(project: Path) -> Iterator[Path]:
    path = project / "docs" / PAGE
    text = path.read_text("utf-8")
    yield path
    path.write_text(text, "utf-8")


def built(project: Path, generator: str) -> tuple[Path, subprocess.CompletedProcess[str]]:
    site = project / f"site-{generator}"
    environment = {**os.environ, "SITE_DIR": str(site), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, *synthetic.GENERATORS[generator]]
    return site, subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("generator", synthetic.GENERATORS)
@pytest.mark.parametrize(
    ("added", "key"),
    [
        ("/// calculateur | sbu\n///", "/// calculateur | sbu: unknown calculator 'sbu'"),
        ("Il vaut {{ montant:sbu }}.", "{{ montant:sbu }}: unknown montant 'sbu'"),
        ("![Une étape, puis une autre.](../assets/img/chemin-absent.svg)", "chemin-absent.svg: not a drawing"),
    ],
)
def test_a_mistake_in_the_text_names_its_page(project: Path, guide: Path, generator: str, added: str, key: str) -> None:
    guide.write_text(f"{guide.read_text('utf-8')}\n{added}\n", "utf-8")
    _, done = built(project, generator)
    assert done.returncode
    assert f"{PAGE}: {key}" in done.stdout + done.stderr


@pytest.mark.parametrize("generator", synthetic.GENERATORS)
def test_a_tool_that_does_not_exist_writes_no_empty_link(
    project: Path, guide: Path, generator: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check of the pages refuses it first; whoever builds without it does not publish it."""
    text = guide.read_text("utf-8")
    guide.write_text(text.replace("aide: true\n", "aide: true\ncalculateurs: [sbu]\n", 1), "utf-8")
    site, _ = built(project, generator)
    assert main([str(site)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("sujet-1/guide-1/index.html : un lien vers « ../../calculateurs/sbu/ » n'a pas de mots")
