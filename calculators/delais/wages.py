"""The seizure of a wage: the month of the commandement, a challenge made within it, and the record of the seizure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.delais.echeances import Alerte, Attente, Remarque, named
from calculators.delais.inputs import RoleSalaire
from calculators.errors import CoverageError

if TYPE_CHECKING:
    from datetime import date

    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = [
    "agreed",
    "agreed_too_late",
    "contested_within_the_month",
    "intervention",
    "may_agree",
    "not_stopped",
    "notice_of_the_challenge",
    "seized_after_agreement",
    "suspended",
    "wage_seizure",
    "withheld",
    "without_agreement",
]

#: The last day for the seizure, in the data of the deadlines.
_SEIZURE = "saisie-remunerations.pv-de-saisie"

#: The question that tells of the commandement of a creditor who joins, in the data of the situation.
_ORDERED = "date_son_commandement"


def wage_seizure(facts: Facts, line: Ligne) -> Echeance | Attente:
    """Three months from the commandement, and not before its month is over (CPCE, art. L212-2, L212-6)."""
    if facts.inputs.date_commandement is None:
        return Attente(facts.law.delais[line.delai])
    first = named("saisie-remunerations.pv-au-plus-tot", facts.inputs.date_commandement, facts)
    found = named(line.delai, facts.inputs.date_commandement, facts)
    since, done = first.calcul.au_plus_tard, facts.inputs.date_pv
    early = done is not None and done < since and not _stopped_before(facts, done)
    return replace(found, pas_avant=since, alerte=Alerte.PV_TROP_TOT if early else None)


def _stopped_before(facts: Facts, served: date) -> bool:
    """Whether a challenge had already stopped the seizure of the wage when it was served, before the month was over.

    The month to challenge ends on the eve of the first day of the seizure: a challenge before an early one is in time.
    """
    contested = facts.inputs.date_assignation
    return contested is not None and contested <= served


def notice_of_the_challenge(facts: Facts, line: Ligne) -> Echeance | Attente:
    """Telling the commissaire de justice; asked of a challenge made within the month only (CPCE, art. R212-1-8)."""
    if facts.inputs.date_assignation is None:
        return Attente(facts.law.delais[line.delai])
    found = named(line.delai, facts.inputs.date_assignation, facts)
    if facts.inputs.date_commandement is not None:
        return found
    return replace(found, remarque=Remarque.SI_CONTESTE_DANS_LE_MOIS)


def intervention(facts: Facts, line: Ligne) -> Echeance | Attente:
    """Eight days to tell the debtor of it; it comes a month after its own commandement (CPCE, art. R212-1-16, -17)."""
    joined: date | None = getattr(facts.inputs, line.depart)
    ordered: date | None = getattr(facts.inputs, _ORDERED)
    if joined is None:
        return Attente(facts.law.delais[line.delai])
    found = named(line.delai, joined, facts)
    since = named("saisie-remunerations.intervention", ordered, facts).calcul.au_plus_tard if ordered else joined
    return replace(found, alerte=Alerte.INTERVENTION_TROP_TOT if joined < since else None)


def contested_within_the_month(facts: Facts) -> bool:
    """The notice of R212-1-8 is asked of a challenge made within the month only."""
    if facts.inputs.date_assignation is None or facts.inputs.date_commandement is None:
        return True
    month = named("saisie-remunerations.contestation", facts.inputs.date_commandement, facts)
    return facts.inputs.date_assignation <= month.calcul.au_plus_tard


def suspended(facts: Facts) -> bool:
    """Whether a challenge made within the month stops the seizure of the wage (CPCE, art. L212-4)."""
    contested = facts.inputs.date_assignation is not None and facts.inputs.date_commandement is not None
    return contested and contested_within_the_month(facts)


def _agreed(facts: Facts) -> bool:
    """Whether an agreement was signed before the seizure: signed later, it suspends nothing (CPCE, art. L212-3)."""
    signed, served = facts.inputs.date_accord, facts.inputs.date_pv
    return signed is not None and (served is None or signed < served)


def _last_day_to_seize(facts: Facts) -> date | None:
    """Three months from the commandement (CPCE, art. L212-6); none when its day is not given, or before this rule."""
    if facts.inputs.date_commandement is None:
        return None
    try:
        return named(_SEIZURE, facts.inputs.date_commandement, facts).calcul.au_plus_tard
    except CoverageError:
        return None


def agreed_too_late(facts: Facts) -> bool:
    """Whether the agreement came after the three months that it could have kept from ending (CPCE, art. L212-6)."""
    signed, last = facts.inputs.date_accord, _last_day_to_seize(facts)
    return bool(signed and last and signed > last)


def _agreed_in_time(facts: Facts) -> bool:
    return _agreed(facts) and not agreed_too_late(facts)


def agreed(facts: Facts) -> bool:
    """Whether a signed agreement suspends the procedure, and no seizure has come (CPCE, art. L212-3)."""
    return _agreed(facts) and facts.inputs.date_pv is None


def seized_after_agreement(facts: Facts) -> bool:
    """Whether the wage is seized after an agreement that had suspended the procedure.

    The creditor may take it up again when a payment was missed or another creditor joins (CPCE, art. L212-3), which no
    date tells. After one that came too late, the seizure itself is late.
    """
    return _agreed_in_time(facts) and facts.inputs.date_pv is not None


def withheld(facts: Facts) -> bool:
    """Whether what is kept back each month is beyond doubt: in time, no challenge suspends it, no agreement had."""
    asks = facts.inputs.role_salaire is RoleSalaire.EMPLOYEUR and seized_after_agreement(facts)
    return not suspended(facts) and not asks and not _seized_too_late(facts)


def _seized_too_late(facts: Facts) -> bool:
    """Whether the seizure came after the three months, which no agreement lifted (CPCE, art. L212-6)."""
    served, last = facts.inputs.date_pv, _last_day_to_seize(facts)
    return bool(served and last and served > last and not _agreed_in_time(facts))


def without_agreement(facts: Facts) -> bool:
    """Who has signed an agreement has no month left to wait for; one that was challenged too keeps its date.

    So does one whose wage is seized all the same while the month lasts: a challenge made within it stops the seizure.
    """
    inputs = facts.inputs
    if inputs.date_assignation is not None or inputs.date_commandement is None:
        return True
    if not seized_after_agreement(facts):
        return not agreed(facts)
    month = named("saisie-remunerations.contestation", inputs.date_commandement, facts)
    return facts.today <= month.calcul.au_plus_tard


def may_agree(facts: Facts) -> bool:
    """Whether the letter that looks for an agreement is still awaited, or was sent (CPCE, art. R212-1-3, L212-3).

    Once its month is over the challenge alone is told as missed: it says that an agreement is possible all the same.
    """
    inputs = facts.inputs
    if inputs.date_accord is not None or inputs.date_pv is not None or inputs.date_commandement is None:
        return False
    month = named("saisie-remunerations.accord", inputs.date_commandement, facts)
    return inputs.date_lettre_accord is not None or facts.today <= month.calcul.au_plus_tard


def not_stopped(facts: Facts) -> bool:
    """Whether the creditor's own time still counts.

    A challenge made within the month stops the procedure (L212-4). An agreement signed in time leaves no day by which
    the seizure must be served, even once it is broken (L212-3, L212-6); the month before it may be remains (L212-2).
    """
    commanded, served = facts.inputs.date_commandement, facts.inputs.date_pv
    if commanded and _last_day_to_seize(facts) and _agreed_in_time(facts):
        first = named("saisie-remunerations.pv-au-plus-tot", commanded, facts)
        return served is not None and served < first.calcul.au_plus_tard
    return served is not None or not suspended(facts)
