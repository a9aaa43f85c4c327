"""A real calculation with the engine that the site sends: its files, fetched, under the project's own Node."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.web.check.checks import Site
    from calculators.web.check.findings import Report

SUBJECT = "Calcul"
CODE = """from pathlib import Path
from calculators.web.browser import answer
job = Path('/job')
(job / 'answer.json').write_text(answer((job / 'request.json').read_text('utf-8')), 'utf-8')
"""


def check_calculation(site: Site, report: Report) -> None:
    """The engine as it was received answers a question, and as this copy of the project does."""
    manifest = site.manifest()
    if not manifest:
        return
    try:
        # What runs it comes with the project's tools, which checking the rest does not need.
        from calculators.web import bundle  # noqa: PLC0415
        from calculators.web.browser import answer  # noqa: PLC0415
    except ImportError:
        unable(report, "les outils du projet ne sont pas installés ici")
        return
    if not (bundle.NODE.exists() and bundle.PYODIDE.is_dir()):
        unable(report, "les outils du projet ne sont pas installés ici")
    elif not is_here(manifest["engine"].get("build", "")):
        unable(report, "le site a été fait avec une autre version de Pyodide que celle de ce dossier")
    else:
        request = bundle.REQUESTS[0]
        try:
            found = ask(site, manifest, request)
        except (bundle.BundleError, OSError) as error:
            last = (str(error).strip().splitlines() or [""])[-1][:200]
            report.fault(SUBJECT, f"le moteur reçu ne répond pas ({last})", "Recopiez le dossier site/ en entier.")
            return
        ours = manifest["sources"].partition(" ")[0] == bundle.fingerprint(bundle.source_files())
        if found == answer(request):
            report.good(SUBJECT, "le moteur reçu répond, et comme ce dossier")
        elif json.loads(found).get("ok") and not ours:
            report.good(SUBJECT, "le moteur reçu répond ; le site en ligne est d’une autre version que ce dossier")
        else:
            report.fault(SUBJECT, "le moteur reçu répond de travers", "Refaites make publish, recopiez.")


def is_here(build: str) -> bool:
    """Tell whether the runtime that a site was made with is in this folder, or can be made."""
    from calculators.web import bundle  # noqa: PLC0415

    try:
        bundle.runtime_of(build)
    except bundle.BundleError:
        return False
    return True


def ask(site: Site, manifest: Mapping[str, Any], request: str) -> str:
    """Put a question to the engine that the site sends."""
    from calculators.web import bundle, shipped  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in manifest["files"]:
            if path.startswith("engine/"):
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(site.get(f"assets/{path}").body)
        (folder / bundle.MANIFEST).write_text(json.dumps(manifest), "utf-8")
        (folder / "request.json").write_text(request, "utf-8")
        shipped.run_shipped(CODE, folder, folder)
        return (folder / "answer.json").read_text("utf-8")


def unable(report: Report, why: str) -> None:
    """Say that no calculation was tried."""
    report.advice(
        SUBJECT, f"pas essayé : {why}", "Essayez un calculateur dans votre navigateur, ou lancez « make setup » ici."
    )
