"""What to do after the answer on a plan of payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.echeancier.inputs import Moment, NatureDette
from calculators.echeancier.rules import Issue
from calculators.result import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.echeancier.rules import Facts
    from calculators.language import Language

__all__ = ["actions"]

_GUIDE, _TAX, _OVERINDEBTED = "delais-de-grace", "saisie-compte/satd", "surendettement"
_PENSION = "pension-alimentaire"


def actions(facts: Facts, say: Language) -> Iterator[Action]:
    """What to do, the most pressing first."""
    if facts.issue in {Issue.EN_PARTIE, Issue.RIEN}:
        yield _overindebted(facts, say)
    yield from _ask(facts, say)
    if facts.plan is not None:
        yield Action(
            say("Imprimez ce plan et votre budget, et joignez-les à votre lettre, avec les preuves de chaque ligne."),
            "",
            "pieces/delais-de-grace",
        )


def _overindebted(facts: Facts, say: Language) -> Action:
    """The way out when the budget is not enough; maintenance stays due (C. conso. L722-2)."""
    if facts.inputs.nature is NatureDette.PENSION:
        told = say(
            "Votre budget ne suffit pas, et vous avez d'autres dettes ? Voyez le surendettement : un dossier recevable "
            "arrête les autres saisies. La pension, elle, reste due."
        )
    else:
        told = say(
            "Votre budget ne suffit pas : voyez si un dossier de surendettement est possible. Il est gratuit. S'il est "
            "jugé recevable, ne payez plus cette dette : la loi l'interdit alors."
        )
    return Action(told, say("cette semaine"), _OVERINDEBTED)


def _ask(facts: Facts, say: Language) -> Iterator[Action]:
    """Whom to ask for time, and how."""
    match facts.inputs.nature:
        case NatureDette.PENSION:
            yield Action(
                say(
                    "Vous ne pouvez plus payer la pension ? Demandez au juge aux affaires familiales de la changer, "
                    "et payez ce que vous pouvez d'ici là."
                ),
                say("sans attendre"),
                _PENSION,
            )
            return
        case NatureDette.PUBLIQUE:
            yield Action(
                say("Écrivez au comptable public qui réclame la somme, avec votre budget. L'avis donne son adresse."),
                say("dès les premiers jours"),
                _TAX,
            )
            return
    match facts.inputs.moment:
        case Moment.ACTE:
            yield Action(
                say("Proposez le plan par écrit au commissaire de justice, et demandez une réponse écrite."),
                say("aujourd'hui"),
                _GUIDE,
            )
            threshold = facts.law.series["jex-avocat-seuil"].derniere.montant
            yield Action(
                say(
                    "Sans accord, faites assigner le créancier devant le juge de l'exécution. Au-dessus de {seuil}, un "
                    "avocat est obligatoire : demandez l'aide juridictionnelle si vos ressources sont faibles.",
                    seuil=say.amount_in_prose(threshold),
                )
                if facts.inputs.dette > threshold
                else say(
                    "Sans accord, faites assigner le créancier devant le juge de l'exécution. Un point-justice ou un "
                    "avocat vous aide ; l'aide juridictionnelle peut payer l'acte."
                ),
                say("avant que l'argent soit versé, ou les biens vendus"),
                _GUIDE,
            )
        case Moment.PROCES:
            yield Action(
                say("Allez à l'audience et demandez du temps au juge, avec ce plan et vos preuves."),
                say("au plus tard à l'audience"),
                _GUIDE,
            )
        case Moment.JUGEMENT:
            yield Action(
                say(
                    "Proposez le plan par écrit au créancier. Un commandement vient ? Saisissez le juge de l'exécution."
                ),
                say("sans attendre le commandement"),
                _GUIDE,
            )
        case _:
            yield Action(
                say("Proposez le plan par écrit au créancier, et gardez une copie. Ne signez rien de plus lourd."),
                "",
                _GUIDE,
            )
