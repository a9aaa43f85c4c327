"""The words of a joint account seized for the debt of one of a couple: who is bound, who is protected, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.declaration import OuiNon
from calculators.law.words import length
from calculators.money import ZERO
from calculators.result import Action, Avertissement, Etape
from calculators.sbi.inputs import MesureExecution, NatureDette, Regime
from calculators.sbi.rules import Regle, credit
from calculators.sbi.words.reader import is_bank, is_creditor, is_holder, owes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Facts

__all__ = ["couple_actions", "couple_steps", "couple_warnings"]

_PAGE = "saisie-compte/compte-joint"


@dataclass(frozen=True, slots=True)
class _Words:
    """Of a rule: the title of its step, alone or beside those of other rules; what it says; its articles."""

    title: str
    among_others: str
    text: str
    articles: tuple[str, ...]


def couple_steps(facts: Facts, say: Language) -> Iterator[Etape]:
    """Say what each possible rule makes of the joint account."""
    if facts.couple and facts.inputs.codebiteur is OuiNon.INCONNU:
        yield Etape(
            say("Si les deux titulaires doivent la dette"),
            say(
                "L'argent des deux répond alors de la dette, quels que soient leur lien et son origine. Les étapes qui "
                "suivent valent si un seul la doit."
            ),
            articles=facts.law.articles("CPCE L211-1"),
        )
    alone = len(facts.couple) == 1
    for regle in sorted(facts.couple, key=list(Regle).index):
        words, text = _words(regle, say), ""
        if regle is Regle.PREUVE and facts.inputs.regime in {Regime.CONCUBINS, Regime.INCONNU}:
            text = " " + say(
                "Entre concubins, aucun texte que nous connaissons ne rend l'un débiteur pour l'autre (à confirmer "
                "auprès d'un avocat)."
            )
        of_the_spouse = regle is Regle.GAINS_PROTEGES and facts.inputs.gains_epoux is OuiNon.OUI
        yield Etape(
            words.title if alone else words.among_others,
            words.text + text,
            _spouse_computation(facts, say) if of_the_spouse else "",
            facts.law.articles(*words.articles),
        )


def _words(regle: Regle, say: Language) -> _Words:
    not_shared = say(
        "Ils ne la partagent pas si la dépense est manifestement excessive. De même, sans l'accord des deux, pour un "
        "achat à tempérament, ou pour un emprunt qui n'est pas modeste."
    )
    match regle:
        case Regle.SOLIDAIRES:
            both = say(
                "Les deux époux doivent cette dette, quel que soit leur régime. L'autre époux est donc aussi tenu, et "
                "la règle qui lui laisse ses gains ne joue pas."
            )
            return _Words(
                say("Une dette du ménage : les deux époux la doivent"),
                say("Si les titulaires sont mariés et que la dette est née pour le ménage ou les enfants"),
                f"{both} {not_shared}",
                ("CCIV 220", "CCIV 1414"),
            )
        case Regle.SOLIDAIRES_PACS:
            both = say("Les deux partenaires doivent cette dette : l'autre est donc aussi tenu.")
            return _Words(
                say("Une dette de la vie courante : les deux partenaires la doivent"),
                say("Si les titulaires sont pacsés et que la dette est née pour la vie courante"),
                f"{both} {not_shared}",
                ("CCIV 515-4",),
            )
        case Regle.REVENUS_DU_SIGNATAIRE:
            return _Words(
                say("Un emprunt ou une caution signé par un seul époux"),
                say("Si les époux sont en communauté et que l'un a signé seul un emprunt ou une caution"),
                say(
                    "Sans l'accord exprès de l'autre, le créancier n'a que les revenus et les biens propres de celui "
                    "qui a signé. C'est à lui de montrer quels fonds du compte en viennent. S'il n'y parvient pas, le "
                    "compte joint peut échapper à la saisie : le juge de l'exécution tranche."
                ),
                ("CCIV 1415",),
            )
        case Regle.GAINS_PROTEGES:
            return _Words(
                say("Les gains de l'époux qui ne doit rien"),
                say("Si les époux sont en communauté et que la dette est d'une autre sorte"),
                say(
                    "Les biens communs répondent de la dette d'un époux, mais ni les gains ni les biens propres de "
                    "l'autre. La banque laisse aussitôt à cet autre époux, à son choix, ses gains du mois précédent ou "
                    "leur moyenne sur douze mois, dans la limite du compte."
                ),
                ("CCIV 1413", "CCIV 1414", "CCIV 1418", "CPCE R162-9"),
            )
        case Regle.PREUVE:
            return _Words(
                say("Chacun prouve que son argent est à lui"),
                say("Dans les autres cas"),
                say(
                    "La règle qui laisse les gains d'un époux ne vise que la communauté. Celui qui ne doit pas la "
                    "dette récupère son argent en prouvant, somme par somme, qu'il est à lui."
                ),
                ("CPCE R162-9",),
            )


def _spouse_computation(facts: Facts, say: Language) -> str:
    inputs = facts.inputs
    month, average = inputs.gains_mois_precedent, inputs.gains_moyenne
    if month is not None and average is not None:
        chosen = say("le plus grand de {mois} (mois précédent) et {moyenne} (moyenne)", mois=month, moyenne=average)
    else:
        chosen = say.written(month if month is not None else average or ZERO)
    return say(
        "{choix}, dans la limite de {joint} (comptes joints) = {gains}",
        choix=chosen,
        joint=sum((credit(c) for c in inputs.comptes if c.joint), ZERO),
        gains=facts.gains,
    )


def couple_warnings(facts: Facts, say: Language) -> Iterator[Avertissement]:
    """Say what must be known before relying on the figures."""
    if facts.couple and facts.inputs.codebiteur is OuiNon.INCONNU:
        yield Avertissement(
            "codebiteur_a_preciser",
            say(
                "La réponse n'est pas la même si les deux titulaires doivent la dette. Lisez le titre du créancier : "
                "il nomme ceux qui la doivent."
            ),
        )
    if Regle.GAINS_PROTEGES in facts.couple and facts.inputs.gains_epoux is OuiNon.INCONNU:
        yield Avertissement(
            "gains_a_verifier",
            say(
                "Si ce compte reçoit les gains de l'époux qui ne doit pas cette dette, la banque lui laisse ceux d'un "
                "mois. Regardez les relevés du compte : leur montant change la réponse."
            ),
        )
    if len(facts.couple) > 1:
        yield Avertissement(
            "couple_a_preciser",
            say(
                "Pour ce compte joint, la réponse dépend de ce que vous ne savez pas : {manque}. Les étapes donnent "
                "chaque cas. L'acte de mariage et le titre du créancier permettent de choisir.",
                manque=_missing(facts, say),
            ),
        )
        return
    match facts.couple:
        case (Regle.SOLIDAIRES,):
            yield Avertissement("conjoint_tenu", _both_spouses(facts, say))
        case (Regle.SOLIDAIRES_PACS,):
            yield Avertissement("partenaire_tenu", _both_partners(facts, say))
        case (Regle.REVENUS_DU_SIGNATAIRE,):
            yield Avertissement("emprunt_signe_seul", _signed_alone(facts, say))


def _both_spouses(facts: Facts, say: Language) -> str:
    if is_holder(facts):
        return say(
            "Cette dette est celle du ménage : vous la devez aussi. Vos gains versés sur ce compte peuvent donc être "
            "saisis."
        )
    if owes(facts):
        return say(
            "Cette dette est celle du ménage : votre époux est aussi tenu. Ses gains versés sur ce compte peuvent donc "
            "être saisis."
        )
    return say(
        "Cette dette est celle du ménage : l'autre époux est aussi tenu. Ses gains versés sur ce compte peuvent donc "
        "être saisis."
    )


def _both_partners(facts: Facts, say: Language) -> str:
    if is_holder(facts):
        return say(
            "Cette dette est celle de la vie courante : vous la devez aussi. Votre argent sur ce compte peut donc être "
            "saisi."
        )
    if owes(facts):
        return say(
            "Cette dette est celle de la vie courante : votre partenaire est aussi tenu. Son argent sur ce compte peut "
            "donc être saisi."
        )
    return say(
        "Cette dette est celle de la vie courante : l'autre partenaire est aussi tenu. Son argent sur ce compte peut "
        "donc être saisi."
    )


def _signed_alone(facts: Facts, say: Language) -> str:
    """The bank and the creditor are not told what the other spouse had better do."""
    if is_creditor(facts):
        return say("Un seul époux a signé : vous devez montrer quels fonds du compte joint viennent de ses revenus.")
    alone = say(
        "Un seul époux a signé : le créancier doit montrer quels fonds du compte joint viennent de ses revenus."
    )
    if is_holder(facts):
        better = say("Si vous n'avez pas signé, vous avez intérêt à contester.")
    elif owes(facts):
        better = say("L'autre époux a intérêt à contester.")
    else:
        return alone
    return f"{alone} {better}"


def _missing(facts: Facts, say: Language) -> str:
    """What leaves several rules possible: one of the two is not known, or neither is."""
    if facts.inputs.nature_dette is not NatureDette.INCONNU:
        return say("le lien qui unit les titulaires")
    if facts.inputs.regime is not Regime.INCONNU:
        return say("la nature de la dette")
    return say("le lien qui unit les titulaires et la nature de la dette")


def couple_actions(facts: Facts, say: Language) -> Iterator[Action]:
    """Say what the one who does not owe can do, to both holders; to the bank, what to leave."""
    now = say("tout de suite")
    holders = owes(facts) or is_holder(facts)
    if holders and {Regle.SOLIDAIRES, Regle.SOLIDAIRES_PACS} & set(facts.couple):
        if is_holder(facts):
            asked = say(
                "Dépense excessive, achat à tempérament ou emprunt que vous n'avez pas accepté ? Vous ne devez "
                "peut-être rien : demandez conseil à un point-justice."
            )
        else:
            asked = say(
                "Dépense excessive, achat à tempérament ou emprunt que l'autre n'a pas accepté ? Il n'est peut-être "
                "pas tenu : demandez conseil à un point-justice."
            )
        yield Action(asked, now, _PAGE)
    if holders and Regle.REVENUS_DU_SIGNATAIRE in facts.couple:
        month = length(facts.law.delais["saisie-attribution.contestation"], say)
        if facts.month_is_over:
            when = say("sans attendre")
        else:
            when = say("par prudence, {delai} à partir de la dénonciation", delai=month)
        yield Action(
            say(
                "Si vous n'avez pas signé l'emprunt ou la caution, demandez conseil à un avocat, pour contester devant "
                "le juge de l'exécution."
            )
            if is_holder(facts)
            else say(
                "L'époux qui n'a pas signé l'emprunt ou la caution demande conseil à un avocat, pour contester devant "
                "le juge de l'exécution."
            ),
            when if facts.inputs.mesure is MesureExecution.SAISIE_ATTRIBUTION else now,
            _PAGE,
        )
    if facts.inputs.gains_epoux is OuiNon.OUI:
        yield Action(_choice_of_the_spouse(facts, say), now, _PAGE)


def _choice_of_the_spouse(facts: Facts, say: Language) -> str:
    if owes(facts):
        return say(
            "Votre époux, s'il ne doit rien, indique son choix à la banque et prouve ses gains. Vous pouvez le "
            "contester à tout moment devant le juge de l'exécution."
        )
    if is_holder(facts):
        return say(
            "Si vous ne devez rien, indiquez votre choix à la banque et prouvez vos gains. Votre époux peut le "
            "contester à tout moment devant le juge de l'exécution."
        )
    if is_bank(facts):
        return say("Laissez ces gains dès que l'époux qui ne doit rien a indiqué son choix et prouvé ses gains.")
    return say(
        "L'époux qui ne doit rien indique son choix à la banque et prouve ses gains. L'autre époux peut "
        "le contester à tout moment devant le juge de l'exécution."
    )
