"""A real calculation with the engine that the site sends, if it is this folder's own: nothing else is run.

What a site sends was written by who knows whom. So its files are only compared; if each byte is that of the engine made
here, the one made here answers, apart from this computer's files (see `run_sealed`).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from calculators.web.project.settings import SettingError, Settings

if TYPE_CHECKING:
    from calculators.web.check.checks import Site
    from calculators.web.check.findings import Report

SUBJECT = "Calcul"
#: Files named when they differ.
_NAMED = 3


def check_calculation(site: Site, report: Report) -> None:
    """The engine as it was received is the one made here, and answers as this copy of the project does."""
    manifest = site.manifest()
    if not manifest.files:
        return
    try:
        # What runs it comes with the project's tools, which checking the rest does not need.
        from calculators.web.engine import bundle, shipped  # noqa: PLC0415
        from calculators.web.page.browser import answer  # noqa: PLC0415
    except ImportError:
        unable(report, "les outils du projet ne sont pas installés ici", "lancez « make setup » ici")
        return
    ours = engine_made_here()
    if not (bundle.NODE.exists() and ours):
        unable(report, "le moteur n’a pas été fait dans ce dossier", "lancez « make site » ici")
        return
    try:
        settings = Settings.read()
    except SettingError as error:
        unable(report, str(error), "corrigez ce réglage, ou enlevez-le")
        return
    names = [name for name in manifest.files if name.startswith("engine/")]
    received = {name: hashlib.sha256(site.get(f"assets/{name}").body).hexdigest() for name in names}
    if received != ours:
        seen = (
            "rien n’a été exécuté : le moteur en ligne n’est pas celui fait dans ce dossier "
            f"({differences(received, ours)})"
        )
        if manifest.sources == bundle.made_from(settings):
            report.fault(
                SUBJECT,
                f"{seen}, alors qu’il se dit de la même version",
                "Quelqu’un l’a-t-il modifié ? Refaites make publish, recopiez site/ en entier.",
            )
        else:
            report.advice(
                SUBJECT, seen, "Vérifiez depuis le dossier qui a servi à publier, ou essayez dans votre navigateur."
            )
        return
    request = bundle.REQUESTS[0]
    try:
        found = shipped.run_sealed(CODE.format(request=request))
    except (bundle.BundleError, OSError) as error:
        last = (str(error).strip().splitlines() or [""])[-1][:200]
        report.fault(SUBJECT, f"le moteur reçu ne répond pas ({last})", "Refaites make publish, recopiez.")
        return
    if json.loads(found) == json.loads(answer(request)):
        report.good(SUBJECT, "le moteur reçu répond, et comme ce dossier")
    else:
        report.fault(SUBJECT, "le moteur reçu répond de travers", "Refaites make publish, recopiez.")


CODE = "from calculators.web.page.browser import answer\nprint(answer({request!r}))"


def engine_made_here() -> dict[str, str]:
    """Give the hash of each file of the engine made in this folder, its manifest aside; nothing if there is none."""
    from calculators.web.engine import bundle  # noqa: PLC0415

    return {
        path.relative_to(bundle.ENGINE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (bundle.ENGINE / "engine").rglob("*")
        if path.is_file() and path != bundle.ENGINE / bundle.MANIFEST
    }


def differences(received: dict[str, str], ours: dict[str, str]) -> str:
    """Say in which files an engine is not the one made here.

    >>> differences({"a": "1", "b": "2", "d": "5"}, {"a": "3", "c": "4", "d": "5"})
    'autre contenu : a ; en plus : b ; en moins : c'
    """
    kinds = {
        "autre contenu": [name for name in received if ours.get(name, received[name]) != received[name]],
        "en plus": [name for name in received if name not in ours],
        "en moins": [name for name in ours if name not in received],
    }
    return " ; ".join(
        f"{kind} : {', '.join(names[:_NAMED])}{f' et {len(names) - _NAMED} autres' if len(names) > _NAMED else ''}"
        for kind, names in kinds.items()
        if names
    )


def unable(report: Report, why: str, remedy: str) -> None:
    """Say that no calculation was tried."""
    report.advice(SUBJECT, f"pas essayé : {why}", f"Essayez un calculateur dans votre navigateur, ou {remedy}.")
