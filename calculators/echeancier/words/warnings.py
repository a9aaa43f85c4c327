"""What the reader must know before relying on the answer on a plan of payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.echeancier.inputs import Moment, NatureDette
from calculators.law.words import doubt
from calculators.money import ZERO
from calculators.result import Avertissement, Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.echeancier.rules import Facts
    from calculators.language import Language

__all__ = ["warnings"]


def warnings(facts: Facts, say: Language) -> Iterator[Avertissement]:
    """Every warning."""
    inputs = facts.inputs
    if facts.may_be_judged:
        yield Avertissement(
            "rien_suspendu",
            " ".join(
                (
                    say("Demander ne suspend rien : seule la décision du juge suspend les saisies du créancier."),
                    *([say("Payez déjà ce que vous pouvez, et gardez chaque preuve.")] if facts.plan else []),
                )
            ),
        )
    if inputs.premier_paiement < inputs.aujourdhui:
        yield Avertissement(
            "premier_passe",
            say(
                "Le premier paiement est le {jour}, qui est passé : proposez un jour à venir.",
                jour=inputs.premier_paiement,
            ),
        )
    if facts.income == ZERO:
        yield Avertissement(
            "sans_ressources",
            say("Vous n'avez indiqué aucune ressource : complétez votre budget si c'est un oubli."),
        )
    elif facts.expenses == ZERO:
        yield Avertissement(
            "sans_charges",
            say("Vous n'avez indiqué aucune dépense : un plan qui oublie le loyer ou la nourriture ne sera pas tenu."),
        )
    if inputs.nature is NatureDette.LOYER and inputs.moment is not Moment.RECLAMATION:
        yield Avertissement("loyer", _of_a_rent(facts, say))
    if inputs.nature is NatureDette.CREDIT:
        yield Avertissement(
            "credit",
            say(
                "Pour un crédit, le juge des contentieux de la protection peut aussi suspendre vos échéances, après un "
                "licenciement par exemple. Il peut décider qu'elles ne portent pas intérêt pendant ce temps "
                "({article}).",
                article=facts.law.article("CCONSO L314-20").citation,
            ),
            Niveau.INFO,
        )


def _of_a_rent(facts: Facts, say: Language) -> str:
    rent = facts.law.mesures["bail.delais"]
    told = say(
        "Pour un loyer, le juge du bail pourrait donner plus de temps, jusqu'à {nombre} {unite}. {doute}",
        nombre=str(int(rent.valeur)),
        unite=rent.unite,
        doute=doubt(rent.doute, say) if rent.doute else "",
    )
    if facts.inputs.moment is not Moment.ACTE:
        return told
    before = say("Votre commandement de payer est venu sans jugement ? Demandez d'abord à l'ADIL quel juge saisir.")
    return f"{told} {before}"
