"""What the reader must know before relying on the answer on the seizable part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.quotite.inputs import Lecteur
from calculators.quotite.words.refusals import of_a_wage
from calculators.quotite.words.schedule import schedule_warnings
from calculators.result import Avertissement, Niveau
from calculators.shared_warnings import far_date_warnings, later_text, unsure_amount
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.quotite.rules import Facts

__all__ = ["warnings"]


def warnings(facts: Facts, say: Language) -> Iterator[Avertissement]:
    """Every warning."""
    inputs, rsa = facts.inputs, facts.found.rsa
    yield from far_date_warnings(inputs.date, say("Date de la paie ou du versement"), inputs.aujourdhui, say)
    yield from unsure_amount(of_a_wage(rsa, facts), say("Minimum laissé, {montant}.", montant=rsa.montant), say)
    if inputs.territoire is Territoire.MAYOTTE:
        yield Avertissement(
            "mayotte",
            say(
                "À Mayotte, nous appliquons le même barème avec le RSA de Mayotte : à confirmer auprès d'un "
                "commissaire de justice."
            ),
        )
    if facts.others:
        yield Avertissement(
            "je-ne-sais-pas",
            say(
                "Vous avez répondu « je ne sais pas », et cela change la réponse. Le résultat retient la lecture la "
                "plus prudente ; les autres sont données plus bas, avec le papier à regarder."
            ),
        )
    yield from schedule_warnings(facts, say)
    if facts.is_maintenance:
        yield Avertissement(
            "pension_alimentaire",
            say(
                "Ce calcul vaut pour le terme du mois et les {mois} derniers mois impayés ({mois_organisme} si "
                "l'organisme qui verse les prestations familiales agit pour le créancier). Pour des arriérés plus "
                "anciens, le barème ordinaire s'applique : refaites le calcul avec une dette ordinaire.",
                mois=say.spelled(facts.arrears),
                mois_organisme=say.spelled(facts.arrears_by_the_body),
            ),
        )
    yield from later_text(
        rsa,
        inputs.date,
        lambda texte_du, effet: say(
            "Le texte qui fixe le RSA est du {texte_du}, avec effet au {effet}. À la date donnée, l'ancien montant "
            "était peut-être encore appliqué : comparez avec la retenue.",
            texte_du=texte_du,
            effet=effet,
        ),
    )
    if inputs.personnes > 0 and not facts.is_maintenance:
        yield Avertissement(
            "justificatifs",
            say("Les personnes à charge ne sont comptées que sur justificatif : présentez-le à celui qui verse.")
            if inputs.role_salaire is Lecteur.DEBITEUR
            else say(
                "Les personnes à charge ne sont comptées que sur justificatif, à présenter par la personne saisie."
            ),
            Niveau.INFO,
        )
