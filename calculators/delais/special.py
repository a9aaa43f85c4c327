"""What no period after one event can say: the rules that the plans of :mod:`calculators.law.situations` name.

``calcul`` names one that counts a deadline, ``quand`` and ``fait_si`` one that says whether the case has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.delais.aid import contest, new_month
from calculators.delais.claims import court_after_claim, not_too_early, opposition
from calculators.delais.eviction import end_of_the_truce, eviction, furniture, no_time_runs
from calculators.delais.furniture import TOLD, amicable_sale
from calculators.delais.inputs import Aupres, Decision
from calculators.delais.planning import (
    CERTIFICATES,
    counted_examination,
    documents_are_due,
    extension,
    in_court,
    informal_appeal,
    refusal_in_court,
    tacitly_refused,
    validity,
)
from calculators.delais.wages import (
    contested_within_the_month,
    intervention,
    may_agree,
    not_stopped,
    notice_of_the_challenge,
    wage_seizure,
    withheld,
    without_agreement,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calculators.delais.echeances import Attente, Echeance
    from calculators.delais.facts import Facts
    from calculators.law.situations import Ligne

__all__ = ["COUNTED", "MET"]

#: The rules that count a deadline, by their name in the plans.
COUNTED: Mapping[str, Callable[[Facts, Ligne], Echeance | Attente | None]] = {
    "sauve_par_l_aide": contest,
    "aide_juridictionnelle": new_month,
    "juge_apres_reclamation": court_after_claim,
    "opposition": opposition,
    "instruction": counted_examination,
    "recours_gracieux": informal_appeal,
    "prorogation": extension,
    "validite": validity,
    "pv_de_saisie": wage_seizure,
    "recours_refus": refusal_in_court,
    "avis_de_contestation": notice_of_the_challenge,
    "expulsion": eviction,
    "fin_de_la_treve": end_of_the_truce,
    "meubles_contestes": furniture,
    "vente_amiable": amicable_sale,
    "intervention": intervention,
}


def _is_authorisation(facts: Facts) -> bool:
    return facts.inputs.dossier not in CERTIFICATES


def _is_agreed(facts: Facts) -> bool:
    """Without a decision, an agreement is what the form supposes: a tacit refusal is none."""
    return facts.inputs.decision is Decision.ACCORD and not tacitly_refused(facts)


def _is_authorised_in_writing(facts: Facts) -> bool:
    """Code de l'urbanisme, art. L424-5, is on a permit or a non-opposition: a certificate authorises nothing."""
    return _is_authorisation(facts) and _is_agreed(facts) and facts.inputs.date_decision is not None


def _may_be_attacked(facts: Facts) -> bool:
    """Art. R*600-2 and R*600-3 are on permits and non-oppositions; R*600-1 is on certificates too."""
    return _is_authorisation(facts) and _is_agreed(facts)


def _at_the_mairie(facts: Facts) -> bool:
    return facts.inputs.recours_aupres is Aupres.MAIRIE


#: The rules that say whether a case has a deadline.
MET: Mapping[str, Callable[[Facts], bool]] = {
    "contestation_dans_le_mois": contested_within_the_month,
    "autorisation": _is_authorisation,
    "pieces_dues": documents_are_due,
    "saisie_non_suspendue": not_stopped,
    "sans_accord": without_agreement,
    "retenues_sans_question": withheld,
    "accord_possible": may_agree,
    "sans_temps_en_cours": no_time_runs,
    **TOLD,
    "pas_trop_tot": not_too_early,
    "au_tribunal": in_court,
    "a_la_mairie": _at_the_mairie,
    "autorisation_accordee": _is_authorised_in_writing,
    "pas_refuse": _is_agreed,
    "autorisation_pas_refusee": _may_be_attacked,
}
