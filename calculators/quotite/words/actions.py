"""What to do after the answer on the seizable part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law import Unite
from calculators.law.words import lasting
from calculators.quotite.inputs import Lecteur
from calculators.quotite.words.schedule import schedule_actions
from calculators.result import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.quotite.rules import Facts

__all__ = ["actions"]

_PAGE, _WHO_PAYS, _WHO_IS_OWED = (
    "saisie-remunerations",
    "saisie-remunerations/employeur",
    "saisie-remunerations/creancier",
)


def actions(facts: Facts, say: Language) -> Iterator[Action]:
    """What to do, the most pressing first."""
    match facts.inputs.role_salaire:
        case Lecteur.EMPLOYEUR:
            yield from _for_who_pays(say)
        case Lecteur.CREANCIER:
            yield from _for_the_creditor(facts, say)
        case _:
            yield from _for_the_debtor(facts, say)
    yield from schedule_actions(facts, say)


def _for_who_pays(say: Language) -> Iterator[Action]:
    yield Action(
        say(
            "Comparez avec votre retenue. Un écart ? Demandez par écrit au commissaire de justice ce qu'il faut "
            "retenir, avec ce calcul, et gardez sa réponse."
        ),
        say("dès la première retenue"),
        _WHO_PAYS,
    )


def _for_the_creditor(facts: Facts, say: Language) -> Iterator[Action]:
    yield Action(
        say("Comparez avec les sommes versées. Un écart ? Demandez à l'employeur ou à l'organisme son calcul."),
        say("dès le premier versement"),
        _WHO_IS_OWED,
    )
    if facts.inputs.date >= facts.without_a_judge.jour:
        yield Action(
            say("Le débiteur peut contester ou chercher un accord : sa contestation bloque alors la suite."),
            say("au plus tard {duree} après le commandement", duree=lasting(Unite.MOIS, facts.months_to_contest, say)),
            _WHO_IS_OWED,
        )


def _for_the_debtor(facts: Facts, say: Language) -> Iterator[Action]:
    yield Action(
        say(
            "Comparez avec la retenue inscrite sur le bulletin de paie ou l'avis de versement. Un écart ? Écrivez à "
            "celui qui verse et au commissaire de justice, avec ce calcul."
        ),
        say("dès la première retenue"),
        _PAGE,
    )
    if facts.inputs.date >= facts.without_a_judge.jour:
        yield Action(
            say(
                "Si vous avez reçu un commandement de payer, contestez ou cherchez un accord : pendant {mois} mois, "
                "votre contestation bloque la suite. Des retenues ont commencé, ou ce temps est passé ? Vous pouvez "
                "encore contester à tout moment, mais sans ce blocage.",
                mois=say.spelled(facts.months_to_contest),
            ),
            say("au plus tard {duree} après le commandement", duree=lasting(Unite.MOIS, facts.months_to_contest, say)),
            _PAGE,
        )
    yield Action(
        say("Faites-vous aider : un point-justice reçoit gratuitement et sans condition de revenus."), "", _PAGE
    )
