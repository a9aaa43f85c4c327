# pyright: strict
"""A program that uses the library, as someone else would write it: two type checkers read it against the wheel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.api import RefusedError, ask, calculators, courriers, delais, echeancier, pieces, quotite, sbi
from calculators.api import schema as schema_of

if TYPE_CHECKING:
    from calculators.api import Result

TODAY = date(2026, 11, 21)


def left(balance: Decimal) -> Decimal:
    """What the bank must leave; an amount, or the program would be wrong."""
    answer = sbi(aujourdhui=TODAY, date_saisie=date(2026, 11, 20), solde=balance)
    amount = answer.valeur("laisse")
    assert isinstance(amount, Decimal)
    return amount


def faults() -> list[str]:
    """What is wrong with a question, in French."""
    try:
        sbi(aujourdhui=TODAY, solde="mille")
    except RefusedError as refused:
        return [f"{fault.champ} : {fault.message}" for fault in refused.erreurs]
    return []


def main() -> None:
    """Ask every calculator."""
    answers: dict[str, Result] = {
        "quotite": quotite(aujourdhui=TODAY, date=date(2026, 11, 30), payeurs=[{"net": "1500"}]),
        "echeancier": echeancier(
            aujourdhui=TODAY, nature="ordinaire", moment="acte", dette=2400, premier_paiement=date(2027, 1, 5)
        ),
        "delais": delais(aujourdhui=TODAY, delai="appel.contentieux", evenement=date(2026, 11, 20)),
        "pieces": pieces(aujourdhui=TODAY, demarche="consignation-cph", sens="restituer", profil="particulier"),
        "courriers": courriers(aujourdhui=TODAY, courrier="mairie-certificat", nom="Zoé Martin"),
    }
    assert {"sbi", *answers} == set(calculators())
    assert all(answer.calculateur == name and answer.resume for name, answer in answers.items())
    steps = [(step.titre, [article.lien for article in step.articles]) for step in answers["quotite"].etapes]
    assert steps
    assert answers["quotite"].sources[0].certitude == "A"
    assert left(Decimal(400)) == Decimal(400)
    assert len(faults()) > 1
    assert schema_of("sbi")["type"] == "object"
    raw = ask("delais", {"aujourdhui": "2026-11-21", "delai": "appel.contentieux", "evenement": "2026-11-20"})
    assert raw["valeurs"]["echeance"] == str(answers["delais"].valeur("echeance"))


if __name__ == "__main__":
    main()
