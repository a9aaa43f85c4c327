"""Claims before their judge: after a seizure by a public accountant (SATD), and against an order for payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from calculators.delais.distance import extension_of
from calculators.delais.echeances import Alerte, Attente, Remarque, named
from calculators.delais.inputs import Remise, RoleInjonction
from calculators.delais.readings import Calculation, Hypothese, supposing

if TYPE_CHECKING:
    from calculators.delais.echeances import Echeance
    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = ["court_after_claim", "may_oppose_already", "not_too_early", "opposition"]


def court_after_claim(facts: Facts, _line: Ligne) -> Echeance | Attente:
    """Two months from the answer, or from the end of the time left to answer (LPF, art. R*281-4)."""
    claimed, told = facts.inputs.date_reclamation, facts.inputs.date_reponse
    if claimed is None:
        return Attente(facts.law.delais["satd.juge"])
    silence = named("satd.reponse", claimed, facts).calcul.retenue.terme
    if told is not None and told <= silence:
        return named("satd.juge", told, facts)
    found = named("satd.juge", silence, facts)
    if told is None:
        return replace(
            found,
            alerte=None if not_too_early(facts) else Alerte.JUGE_SAISI_TROP_TOT,
            remarque=Remarque.REFUS_PRESUME,
            pas_avant=silence + timedelta(days=1),
        )
    after = named("satd.juge", told, facts)
    readings = (
        *supposing(after.calcul, "reponse", Hypothese.DEPUIS_LA_REPONSE),
        *supposing(found.calcul, "silence", Hypothese.DEPUIS_LE_SILENCE),
    )
    return replace(found, calcul=Calculation(readings, found.calcul.duree))


def not_too_early(facts: Facts) -> bool:
    """Whether the court was seized after the answer, or after the time left to answer (LPF, art. R*281-4)."""
    seized, claimed = facts.inputs.date_saisine_juge, facts.inputs.date_reclamation
    if seized is None or claimed is None:
        return True
    silence = named("satd.reponse", claimed, facts).calcul.retenue.terme
    return seized > silence or (facts.inputs.date_reponse is not None and seized >= facts.inputs.date_reponse)


def may_oppose_already(facts: Facts) -> bool:
    """Whether the debtor may oppose an order whose time to oppose has not begun: it was not handed to the person."""
    inputs = facts.inputs
    not_by_hand = inputs.remise_en_main_propre is Remise.NON and inputs.date_premier_acte is None
    return not_by_hand and inputs.role_injonction is RoleInjonction.DEBITEUR and inputs.date_opposition is None


def opposition(facts: Facts, _line: Ligne) -> Echeance | Attente:
    """A month from the order in hand, else from the first act in hand or the seizure told (CPC, art. 1416)."""
    first, late = "injonction-de-payer.opposition", "injonction-de-payer.opposition-tardive"
    served, act = facts.inputs.date_signification, facts.inputs.date_premier_acte
    far = extension_of(facts, facts.law.delais[first])
    by_hand = facts.inputs.remise_en_main_propre
    if by_hand is Remise.NON:
        if act is None:
            return Attente(facts.law.delais[late])
        return named(late, act, facts, augmentation=far)
    if served is None:
        return Attente(facts.law.delais[first])
    found = named(first, served, facts, augmentation=far)
    if by_hand is Remise.OUI or act is None:
        return replace(found, remarque=None if by_hand is Remise.OUI else Remarque.PEUT_ETRE_PLUS_TARD)
    after = named(late, act, facts, augmentation=far)
    readings = (
        *supposing(found.calcul, "main-propre", Hypothese.EN_MAIN_PROPRE),
        *supposing(after.calcul, "plus-tard", Hypothese.AUTREMENT_QU_EN_MAIN_PROPRE),
    )
    return replace(found, calcul=Calculation(readings, found.calcul.duree, far))
