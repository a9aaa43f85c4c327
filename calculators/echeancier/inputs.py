"""The questions of the calculator of a plan of payments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.declaration import Choice, ask, law_of
from calculators.errors import FieldError
from calculators.money import CENTIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.law import Law

__all__ = ["CHARGES", "EACH", "JUDGED", "RESSOURCES", "EcheancierInputs", "Moment", "NatureDette", "longest"]

_MONTHS_A_YEAR = 12


class NatureDette(Choice):
    """What the debt is for: it says whether a judge may give time, and which one."""

    ORDINAIRE = "ordinaire", "Une facture, un achat ou une autre dette"
    CREDIT = "credit", "Un crédit à la consommation ou immobilier"
    LOYER = "loyer", "Un loyer"
    PUBLIQUE = "publique", "Un impôt, une amende, la cantine ou l'hôpital"
    PENSION = "pension", "Une pension alimentaire"


class Moment(Choice):
    """How far the creditor has gone: it says which judge may give time (CPC, art. 510)."""

    RECLAMATION = "reclamation", "On me réclame l'argent, sans procès"
    PROCES = "proces", "Un procès est en cours, ou une audience est fixée"
    JUGEMENT = "jugement", "Un jugement me condamne, sans commandement ni saisie"
    ACTE = "acte", "J'ai reçu un commandement ou un acte de saisie"


#: The debts that article 1343-5 of the code civil lets a judge give time for. Not maintenance; whether a judge may
#: against a public accountant is an open point (`points.delais-comptable`): it is not counted on.
JUDGED = (NatureDette.ORDINAIRE, NatureDette.CREDIT, NatureDette.LOYER)
#: The lines of the budget, in the order of the form.
RESSOURCES = ("paie", "aides", "autres_ressources")
CHARGES = ("logement", "energie", "courses", "transport", "assurances", "famille", "credits", "autres_charges")


#: What the label of each line of the budget ends with.
EACH = ", par mois"


def _each(label: str) -> str:
    return label + EACH


def longest(law: Law) -> int:
    """Months of the longest time that a judge may give (C. civ., art. 1343-5)."""
    return int(law.mesures["delais-de-grace.maximum"].valeur) * _MONTHS_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class EcheancierInputs:
    """Everything the calculator asks. Amounts in euros, a month's; ``aujourdhui`` is given by the caller."""

    aujourdhui: dt.date = ask("Date du jour", cache=True)
    nature: NatureDette = ask("Pour quelle dette ?")
    moment: Moment | None = ask(
        "Où en êtes-vous ?",
        aide="Le juge à qui demander du temps en dépend.",
        quand={"nature": tuple(nature.value for nature in JUDGED)},
    )
    dette: Decimal = ask(
        "Somme réclamée aujourd'hui",
        aide="Celle du dernier décompte, frais et intérêts compris. Demandez-le par écrit si vous ne l'avez pas.",
        minimum=CENTIME,
    )
    nombre_mois: int | None = ask(
        "En combien de mois voulez-vous payer ?",
        aide=lambda law: f"{longest(law)} au plus. Laissez vide pour le plus long.",
        defaut=None,
    )
    premier_paiement: dt.date = ask(
        "Jour du premier paiement",
        aide="Un jour où vous êtes payé, par exemple le 5 du mois prochain. Les autres viennent le même jour de chaque "
        "mois.",
        a_venir=True,
    )
    paie: Decimal | None = ask(
        _each("Salaire, retraite ou chômage"),
        aide="Le net versé sur votre compte, saisie déduite s'il y en a une. Laissez vide ce que vous n'avez pas, ici "
        "et plus bas.",
        defaut=None,
    )
    aides: Decimal | None = ask(_each("Allocations et aides"), aide="CAF, MSA, aide au logement, RSA…", defaut=None)
    autres_ressources: Decimal | None = ask(
        _each("Autres ressources"), aide="Pension reçue, part d'un proche qui vit avec vous…", defaut=None
    )
    logement: Decimal | None = ask(
        _each("Loyer ou prêt du logement"), aide="Avec les charges de l'immeuble.", defaut=None
    )
    energie: Decimal | None = ask(_each("Énergie et eau"), defaut=None)
    courses: Decimal | None = ask(_each("Nourriture, hygiène, vêtements"), defaut=None)
    transport: Decimal | None = ask(_each("Transport"), defaut=None)
    assurances: Decimal | None = ask(_each("Assurances, mutuelle, téléphone"), defaut=None)
    famille: Decimal | None = ask(_each("Enfants et famille"), aide="Garde, école, pension versée.", defaut=None)
    credits: Decimal | None = ask(
        _each("Impôts, crédits et autres dettes"), aide="Sans la dette de ce calcul.", defaut=None
    )
    autres_charges: Decimal | None = ask(_each("Autres dépenses"), aide="Santé, imprévus…", defaut=None)

    def check(self) -> Iterator[FieldError]:
        """Yield the faults that several answers make together."""
        most = longest(law_of(self))
        if self.nombre_mois is not None and not 1 <= self.nombre_mois <= most:
            why = "la loi ne permet pas au juge de donner plus."
            if self.nature is NatureDette.LOYER:  # the judge of the lease might give more: to be confirmed
                why = "ce calcul ne va pas plus loin. Le juge du bail pourrait donner plus : demandez à l'ADIL."
            yield FieldError("nombre_mois", f"Écrivez un nombre de mois de 1 à {most} : {why}")
