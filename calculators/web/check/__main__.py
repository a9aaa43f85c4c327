"""The command: check an address and tell.

It ends with 0, or 1 if something is to be mended, 2 without an answer, or 3 when what the site answers is refused.
"""

from __future__ import annotations

import argparse

from calculators.terminal import run, tell
from calculators.typography import french
from calculators.web.check.calculation import check_calculation
from calculators.web.check.checks import CHECKS, check_address, site_at, usual
from calculators.web.check.fetching import Limits, NoAnswerError, UnreadableError, Visit
from calculators.web.check.findings import Grade, Report, plain

FINE, FAULTY, NOTHING, REFUSED = 0, 1, 2, 3


def main(arguments: list[str] | None = None, limits: Limits | None = None) -> int:
    """Check the site at the address given, within `limits`."""
    parser = argparse.ArgumentParser(
        prog="python -m calculators.web.check",
        description="Vérifie un site déployé : en-têtes, types, compression, cache, moteur, et un calcul.",
    )
    parser.add_argument("adresse", help="adresse de la page d’accueil, comme https://demarches.example.fr/")
    parser.add_argument(
        "--sans-en-tetes",
        action="store_true",
        help="l’hébergeur n’envoie pas d’en-têtes : ce qui en dépend est un conseil",
    )
    parser.add_argument("--sans-calcul", action="store_true", help="ne pas essayer de calcul")
    options = parser.parse_args(arguments)
    report = Report()
    try:
        site = site_at(usual(options.adresse), bare=options.sans_en_tetes, visit=Visit(limits or Limits()))
        print(french(plain(f"Vérification de {site.base}")), flush=True)
        if check_address(site, report):
            for check in CHECKS if options.sans_calcul else (*CHECKS, check_calculation):
                check(site, report)
    except (NoAnswerError, UnreadableError) as error:
        show(report)
        tell(french(plain(str(error))))
        return NOTHING if isinstance(error, NoAnswerError) else REFUSED
    show(report)
    faults, advice = report.count(Grade.FAULT), report.count(Grade.ADVICE)
    print()
    if faults:
        print(french(f"À corriger : {faults}. Conseils : {advice}."))
        return FAULTY
    print(french(f"Rien à corriger. Conseils : {advice}."))
    return FINE


def show(report: Report) -> None:
    """Print what was found."""
    for finding in report.findings:
        print(finding)


if __name__ == "__main__":
    raise SystemExit(run(main, "La vérification est incomplète."))
