"""What the reader must know before relying on the SBI's answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.law import Certitude
from calculators.law.words import doubt
from calculators.money import ZERO
from calculators.result import Avertissement, Niveau
from calculators.sbi.inputs import Debiteur, MesureExecution
from calculators.sbi.words.claim import claim_warnings
from calculators.sbi.words.couple import couple_warnings
from calculators.sbi.words.notice import notice_warnings
from calculators.sbi.words.reader import is_bank, is_holder
from calculators.shared_warnings import before_the_code, far_date_warnings, later_text, unsure_amount
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.law import Doute
    from calculators.sbi.rules import Facts, Figures, OpenPoint

__all__ = ["warnings"]


def warnings(facts: Facts, found: Figures, points: tuple[OpenPoint, ...], say: Language) -> Iterator[Avertissement]:
    """Every warning."""
    yield from _on_the_dates(facts, say)
    yield from _on_the_amount(facts, say)
    yield from notice_warnings(facts, found, say)
    yield from _on_the_case(facts, found, say)
    yield from couple_warnings(facts, say)
    yield from claim_warnings(facts, found, say)
    yield from _on_the_sums(facts, say)
    if points:
        yield Avertissement(
            "point_ouvert",
            say(
                "Un point au moins n'est pas réglé par la loi ou par vos réponses. Le résultat retient la lecture "
                "la plus prudente ; les autres sont données plus bas."
            ),
        )


def _on_the_dates(facts: Facts, say: Language) -> Iterator[Avertissement]:
    """One date is questioned at most: the second is as far as the first."""
    inputs = facts.inputs
    questioned = tuple(far_date_warnings(inputs.date_saisie, say("Date de la saisie"), inputs.aujourdhui, say))
    yield from questioned
    if not questioned and inputs.date_denonciation:
        yield from far_date_warnings(inputs.date_denonciation, say("Date de la dénonciation"), inputs.aujourdhui, say)


def _on_the_amount(facts: Facts, say: Language) -> Iterator[Avertissement]:
    if facts.amount == ZERO:
        return
    value, series, seized = facts.value, facts.series, facts.inputs.date_saisie
    revision = series.prochaine_revision()
    if revision is not None and series.perimee_au(seized):
        yield Avertissement(
            "montant_perime",
            say(
                "Le montant utilisé date du {date}. Une revalorisation était attendue le {revision} : le vrai montant "
                "est sans doute plus élevé. Ouvrez la version en ligne la plus récente de ce site, ou cherchez le "
                "montant sur service-public.gouv.fr.",
                date=value.en_vigueur_du,
                revision=revision,
            ),
        )
    unsure = replace(value, doute=_asked_elsewhere(value.doute, facts)) if value.doute else value
    yield from unsure_amount(unsure, say("Montant du SBI, {montant}.", montant=value.montant), say)
    yield from later_text(
        value,
        seized,
        lambda texte_du, effet: say(
            "Le texte qui fixe ce montant est du {texte_du}, avec effet au {effet}. Le jour de la saisie, l'ancien "
            "montant a pu être appliqué : vérifiez ce qui a été laissé.",
            texte_du=texte_du,
            effet=effet,
        ),
    )


def _asked_elsewhere(doute: Doute, facts: Facts) -> Doute:
    """A doubt that sends to the bank sends the bank to somebody else."""
    return replace(doute, aupres_de="votre conseil") if is_bank(facts) and "la banque" in doute.aupres_de else doute


def _on_the_case(facts: Facts, found: Figures, say: Language) -> Iterator[Avertissement]:
    inputs = facts.inputs
    if inputs.part_designee is not None and inputs.part_designee > facts.amount:
        yield Avertissement(
            "part_superieure_au_sbi",
            say(
                "La part indiquée pour cette banque dépasse le SBI du jour de la saisie, {sbi}. Le calcul s'arrête au "
                "SBI : vérifiez cette part.",
                sbi=facts.amount,
            ),
        )
    yield from before_the_code(inputs.date_saisie, facts.law, say)
    if inputs.territoire is Territoire.ALSACE_MOSELLE:
        yield Avertissement("alsace_moselle", say("En Alsace et en Moselle, le SBI est le même."), Niveau.INFO)
    if inputs.debiteur in {Debiteur.ENTREPRENEUR_INDIVIDUEL, Debiteur.EIRL}:
        yield Avertissement(
            "entrepreneur_individuel",
            say(
                "Un entrepreneur individuel a deux patrimoines, personnel et professionnel. Selon la dette, le "
                "créancier ne peut pas tout saisir. Ce calcul ne tranche pas ce point : demandez conseil à un "
                "avocat."
            ),
        )
    if inputs.mesure is MesureExecution.SAISIE_CONSERVATOIRE:
        yield Avertissement(
            "conservatoire",
            say(
                "Une saisie conservatoire bloque l'argent, dans la limite de la somme réclamée, sans payer le "
                "créancier. La ligne « Peut être saisi » dit ce qui peut rester bloqué pour lui."
            ),
            Niveau.INFO,
        )
    if facts.is_direct_payment:
        yield Avertissement(
            "pension_alimentaire",
            say(
                "Pour une pension alimentaire, le calcul ne compte que la somme garantie par le texte. D'autres "
                "protections peuvent jouer : demandez conseil."
            ),
        )
    if any(c.joint for c in inputs.comptes):
        yield Avertissement(
            "compte_joint",
            say(
                "Tout le compte joint est bloqué. La saisie doit être dénoncée à chaque titulaire. Si vous ne devez "
                "rien, vous pouvez récupérer votre argent en prouvant son origine. Un seul SBI est compté par saisie."
            )
            if is_holder(facts)
            else say(
                "Tout le compte joint est bloqué. La saisie doit être dénoncée à chaque titulaire. Celui qui ne "
                "doit rien peut récupérer son argent s'il en prouve l'origine. Un seul SBI est compté par saisie."
            ),
        )
    if inputs.creance is None and found.saisi > ZERO:
        yield Avertissement(
            "creance_inconnue",
            say(
                "Vous n'avez pas indiqué la somme réclamée. Si elle est plus petite que ce qui n'est pas protégé, "
                "il restera davantage."
            ),
            Niveau.INFO,
        )


def _on_the_sums(facts: Facts, say: Language) -> Iterator[Avertissement]:
    for net in facts.sums:
        somme = facts.law.sommes[net.somme.nature]
        if somme.certitude is Certitude.C and somme.doute and net.nette > ZERO:
            yield Avertissement(
                f"somme_a_confirmer_{somme.cle}",
                say(
                    "{somme}. Ne comptez pas dessus sans l'avoir vérifié. {doute}",
                    somme=say(somme.intitule),
                    doute=doubt(_asked_elsewhere(somme.doute, facts), say),
                ),
            )
    if facts.already_left and facts.proved > ZERO:
        yield Avertissement(
            "premier_sbi_non_deduit",
            say(
                "Le SBI laissé pour l'autre saisie n'est pas déduit des sommes protégées réclamées ici : le texte ne "
                "dit pas s'il doit l'être d'une saisie à l'autre. La somme accordée peut être plus petite."
            ),
        )
    if sum(1 for somme in facts.inputs.sommes if somme.debits > ZERO) > 1:
        yield Avertissement(
            "debits_communs",
            say(
                "Vous avez indiqué des dépenses pour plusieurs sommes. Le calcul les retire chaque fois, comme le "
                "texte le dit pour chaque somme. Si ce sont les mêmes dépenses, la part protégée peut être plus "
                "grande : corrigez-les."
            ),
        )
