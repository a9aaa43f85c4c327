"""The words of a joint account seized for the debt of one of a couple: who is bound, who is protected, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law import law
from calculators.money import ZERO, euros
from calculators.result import Action, Avertissement, Etape
from calculators.sbi.inputs import Mesure, NatureDette, Regime
from calculators.sbi.rules import Regle, credit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.sbi.inputs import SbiInputs
    from calculators.sbi.rules import Facts

__all__ = ["couple_actions", "couple_steps", "couple_warnings"]

_PAGE = "saisie-compte/compte-joint"
_NOT_SHARED = (
    "Ils ne la partagent pas si la dépense est manifestement excessive. De même, sans l'accord des deux, pour un achat "
    "à tempérament, ou pour un emprunt qui n'est pas modeste."
)

#: Of each rule: the title of its step, alone then beside others; what it says; its articles.
_WORDS: dict[Regle, tuple[str, str, str, tuple[str, ...]]] = {
    Regle.SOLIDAIRES: (
        "Une dette du ménage : les deux époux la doivent",
        "Si les titulaires sont mariés et que la dette est née pour le ménage ou les enfants",
        (
            "Les deux époux doivent cette dette, quel que soit leur régime. L'autre époux est donc aussi tenu, et la "
            f"règle qui lui laisse ses gains ne joue pas. {_NOT_SHARED}"
        ),
        ("CCIV 220", "CCIV 1414"),
    ),
    Regle.SOLIDAIRES_PACS: (
        "Une dette de la vie courante : les deux partenaires la doivent",
        "Si les titulaires sont pacsés et que la dette est née pour la vie courante",
        f"Les deux partenaires doivent cette dette : l'autre est donc aussi tenu. {_NOT_SHARED}",
        ("CCIV 515-4",),
    ),
    Regle.REVENUS_DU_SIGNATAIRE: (
        "Un emprunt ou une caution signé par un seul époux",
        "Si les époux sont en communauté et que l'un a signé seul un emprunt ou une caution",
        (
            "Sans l'accord exprès de l'autre, le créancier n'a que les revenus et les biens propres de celui qui a "
            "signé. C'est à lui de montrer quels fonds du compte en viennent. S'il n'y parvient pas, le compte joint "
            "peut échapper à la saisie : le juge de l'exécution tranche."
        ),
        ("CCIV 1415",),
    ),
    Regle.GAINS_PROTEGES: (
        "Les gains de l'époux qui ne doit rien",
        "Si les époux sont en communauté et que la dette est d'une autre sorte",
        (
            "Les biens communs répondent de la dette d'un époux, mais ni les gains ni les biens propres de l'autre. La "
            "banque laisse aussitôt à cet autre époux, à son choix, ses gains du mois précédent ou leur moyenne sur "
            "douze mois, dans la limite du compte."
        ),
        ("CCIV 1413", "CCIV 1414", "CCIV 1418", "CPCE R162-9"),
    ),
    Regle.PREUVE: (
        "Chacun prouve que son argent est à lui",
        "Dans les autres cas",
        (
            "La règle qui laisse les gains d'un époux ne vise que la communauté. Celui qui ne doit pas la dette "
            "récupère son argent en prouvant, somme par somme, qu'il est à lui."
        ),
        ("CPCE R162-9",),
    ),
}
_CONCUBINS = (
    " Entre concubins, aucun texte que nous connaissons ne rend l'un débiteur pour l'autre (à confirmer auprès d'un "
    "avocat ou d'un point-justice)."
)


def couple_steps(facts: Facts) -> Iterator[Etape]:
    """Say what each possible rule makes of the joint account."""
    alone = len(facts.couple) == 1
    for regle in sorted(facts.couple, key=list(_WORDS).index):
        title, among_others, text, keys = _WORDS[regle]
        if regle is Regle.PREUVE and facts.inputs.regime in {Regime.CONCUBINS, Regime.INCONNU}:
            text += _CONCUBINS
        computation = ""
        if regle is Regle.GAINS_PROTEGES and facts.inputs.gains_epoux:
            computation = _spouse_computation(facts)
        articles = tuple(law().article(key) for key in keys)
        yield Etape(title if alone else among_others, text, computation, articles)


def _spouse_computation(facts: Facts) -> str:
    inputs = facts.inputs
    month, average = inputs.gains_mois_precedent, inputs.gains_moyenne
    joint = euros(sum((credit(c) for c in inputs.comptes if c.joint), ZERO))
    if month is not None and average is not None:
        chosen = f"le plus grand de {euros(month)} (mois précédent) et {euros(average)} (moyenne)"
    else:
        chosen = euros(month if month is not None else average or ZERO)
    return f"{chosen}, dans la limite de {joint} (comptes joints) = {euros(facts.gains)}"


def couple_warnings(facts: Facts) -> Iterator[Avertissement]:
    """Say what must be known before relying on the figures."""
    if len(facts.couple) > 1:
        missing = " et ".join(_missing(facts.inputs))
        yield Avertissement(
            "couple_a_preciser",
            f"Pour ce compte joint, la réponse dépend de ce que vous ne savez pas : {missing}. Les étapes donnent "
            "chaque cas. L'acte de mariage et le titre du créancier permettent de choisir.",
        )
        return
    match facts.couple:
        case (Regle.SOLIDAIRES,):
            yield Avertissement(
                "conjoint_tenu",
                "Cette dette est celle du ménage : l'autre époux est aussi tenu. Ses gains versés sur ce compte "
                "peuvent donc être saisis.",
            )
        case (Regle.SOLIDAIRES_PACS,):
            yield Avertissement(
                "partenaire_tenu",
                "Cette dette est celle de la vie courante : l'autre partenaire est aussi tenu. Son argent sur ce "
                "compte peut donc être saisi.",
            )
        case (Regle.REVENUS_DU_SIGNATAIRE,):
            yield Avertissement(
                "emprunt_signe_seul",
                "Un seul époux a signé : le créancier doit montrer quels fonds du compte joint viennent de ses "
                "revenus. L'autre époux a intérêt à contester.",
            )


def _missing(inputs: SbiInputs) -> Iterator[str]:
    if inputs.regime is Regime.INCONNU:
        yield "le lien qui unit les titulaires"
    if inputs.nature_dette is NatureDette.INCONNU:
        yield "la nature de la dette"


def couple_actions(facts: Facts) -> Iterator[Action]:
    """Say what the one who does not owe can do."""
    if {Regle.SOLIDAIRES, Regle.SOLIDAIRES_PACS} & set(facts.couple):
        yield Action(
            "Dépense excessive, achat à tempérament ou emprunt que l'autre n'a pas accepté ? Il n'est peut-être pas "
            "tenu : demandez conseil à un point-justice.",
            "tout de suite",
            _PAGE,
        )
    if Regle.REVENUS_DU_SIGNATAIRE in facts.couple:
        month = law().delais["saisie-attribution.contestation"].in_words()
        until = facts.claim_until
        over = until is not None and until < facts.inputs.aujourdhui
        when = "sans attendre" if over else f"par prudence, {month} à partir de la dénonciation"
        yield Action(
            "L'époux qui n'a pas signé l'emprunt ou la caution demande conseil à un avocat, pour contester devant le "
            "juge de l'exécution.",
            when if facts.inputs.mesure is Mesure.SAISIE_ATTRIBUTION else "tout de suite",
            _PAGE,
        )
    if facts.inputs.gains_epoux:
        yield Action(
            "L'époux qui ne doit rien indique son choix à la banque et prouve ses gains. L'autre époux peut "
            "le contester à tout moment devant le juge de l'exécution.",
            "tout de suite",
            _PAGE,
        )
