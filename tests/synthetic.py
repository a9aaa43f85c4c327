"""A site of as many guides as one likes, to see how long the two generators take."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from calculators.web.engine import bundle
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The commands of the two generators, without what the build does before and after them.
GENERATORS = {
    "MkDocs": ("-m", "mkdocs", "--quiet", "build"),
    "Zensical": ("-m", "zensical", "build", "--clean"),
}

GUIDE = """---
title: Le guide numéro {number}
description: "Le guide numéro {number} dit ce que la banque doit vous laisser, et comment le compter."
public: "La personne dont le compte est saisi."
verifie_le: "2026-11-21"
aide: true
---
# Le guide numéro {number}

!!! abstract "En bref"
    La banque vous laisse {{{{ montant:sbi }}}} depuis le {{{{ montant:sbi:depuis }}}}. Il en est ainsi au cas {number}.

## Ce qu'il vous faut {{ #documents }}

| Le papier | Pourquoi |
|---|---|
| Le relevé du compte {number} | il dit le solde |
| L'acte de saisie | il dit la date |

## Les étapes {{ #etapes }}

{steps}

## Les erreurs à éviter {{ #erreurs }}

-   Attendre plus de {{{{ delai:saisie-attribution.contestation }}}}.
-   Oublier le guide numéro {number}.

/// exemple | sbi
titre: Un exemple
date_saisie: 2026-11-20
solde: {number}
creance: 500
///

## Sources {{ #sources }}

/// sources
CPCE L162-2
CPCE R162-2
///
"""
STEP = "{n}.  **L'étape {n}.** Lisez l'acte : la date compte ({{{{ art:CPCE L162-2 }}}}). Notez le solde.\n"


@contextmanager
def project(guides: int) -> Iterator[Path]:
    """Lay out a site with our configuration and theme, and that many guides, twenty a folder."""
    bundle.BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=bundle.BUILD) as name:
        folder = Path(name)
        settings, _, _ = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")
        (folder / "mkdocs.yml").write_text(f"{settings}\n", "utf-8")
        (folder / "overrides").symlink_to(ROOT / "overrides")
        docs = folder / "docs"
        docs.mkdir()
        (docs / "assets").symlink_to(ROOT / "docs/assets")
        (docs / "glossaire.md").symlink_to(ROOT / "docs/glossaire.md")
        (docs / "index.md").write_text("# Accueil\n", "utf-8")
        steps = "\n".join(STEP.format(n=n) for n in range(1, 9))
        for number in range(1, guides + 1):
            guide = docs / f"sujet-{(number - 1) // 20 + 1}" / f"guide-{number}.md"
            guide.parent.mkdir(exist_ok=True)
            guide.write_text(GUIDE.format(number=number, steps=steps), "utf-8")
        yield folder


def built(command: tuple[str, ...], folder: Path, pages: int) -> float:
    """Build the site that `folder` describes, and give the seconds it took."""
    with build(command, folder, pages) as (_, taken):
        return taken


@contextmanager
def build(command: tuple[str, ...], folder: Path, pages: int) -> Iterator[tuple[Path, float]]:
    """Build the site that `folder` describes, for as long as it is looked at, and give the seconds it took."""
    with tempfile.TemporaryDirectory(dir=folder) as site:
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "SITE_DIR": site, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        taken = time.perf_counter() - begun
        if done.returncode or len(list(Path(site).rglob("index.html"))) < pages:
            raise RuntimeError(f"{command} failed:\n{(done.stdout + done.stderr)[-2000:]}")
        yield Path(site), taken
