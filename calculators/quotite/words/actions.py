"""What to do after the answer on the seizable part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law import Unite
from calculators.law.words import lasting
from calculators.result import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.quotite.rules import Facts

__all__ = ["actions"]

_PAGE = "saisie-remunerations"


def actions(facts: Facts, say: Language) -> Iterator[Action]:
    """What to do, the most pressing first."""
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
