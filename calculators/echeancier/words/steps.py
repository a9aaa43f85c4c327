"""The reasoning of the answer on a plan of payments, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.echeancier.inputs import Moment, NatureDette
from calculators.echeancier.rules import Issue
from calculators.echeancier.words.figures import months, payments_in_words
from calculators.result import Etape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.echeancier.rules import Facts
    from calculators.language import Language

__all__ = ["steps"]


def steps(facts: Facts, say: Language) -> Iterator[Etape]:
    """Every step."""
    yield _budget(facts, say)
    yield _law(facts, say)
    yield _plan(facts, say)
    if facts.may_be_judged:
        yield _interest(facts, say)
        yield _judge(facts, say)
        yield _effects(facts, say)


def _budget(facts: Facts, say: Language) -> Etape:
    return Etape(
        say("Ce que votre budget laisse chaque mois"),
        say(
            "On retire des ressources toutes les dépenses du mois. Ne proposez jamais plus : un plan qui ne laisse pas "
            "de quoi vivre ne tient pas."
        ),
        f"{say.written(facts.income)} − {say.written(facts.expenses)} = {say.written(facts.income - facts.expenses)}",
    )


def _law(facts: Facts, say: Language) -> Etape:
    article = facts.law.articles("CCIV 1343-5")
    match facts.inputs.nature:
        case NatureDette.PENSION:
            return Etape(
                say("Pas de délais de grâce pour une pension alimentaire"),
                say("Le texte qui permet à un juge de donner du temps exclut les dettes d'aliments."),
                articles=article,
            )
        case NatureDette.PUBLIQUE:
            return Etape(
                say("Une dette publique : c'est le comptable public qui donne du temps"),
                say(
                    "Un juge peut donner du temps pour une dette ordinaire. Qu'il le puisse contre un comptable "
                    "public n'est pas établi (à confirmer auprès de ce comptable) : demandez-lui d'abord."
                ),
                articles=article,
            )
        case _:
            return Etape(
                say("Ce qu'un juge peut donner : {longueur} au plus", longueur=months(facts.longest, say)),
                say(
                    "Il reporte la dette, ou l'étale. Il regarde votre situation et les besoins du créancier : prouvez "
                    "l'une, et répondez aux autres. Il peut demander un geste en échange, comme une garantie. Ce temps "
                    "court du jugement : le premier paiement doit le suivre de près."
                ),
                articles=article,
            )


def _plan(facts: Facts, say: Language) -> Etape:
    plan = facts.plan
    if plan is None:
        return Etape(say("Le plan"), say("Aucun paiement n'est possible sans prendre sur les dépenses."))
    why = say(
        "Les paiements sont égaux, et le dernier tombe au centime près. Chacun vient le même jour du mois, ou le "
        "dernier jour d'un mois plus court."
    )
    total = facts.inputs.dette - plan.reste
    computation = say("{paiements} : {total}", paiements=payments_in_words(plan, say), total=total)
    match facts.issue:
        case Issue.ALLONGE:
            why += " " + say(
                "Le temps voulu était trop court : on prend le plus petit nombre de mois que le budget permet."
            )
        case Issue.EN_PARTIE:
            why += " " + say("Tout ce que le budget laisse est pris, pendant le temps le plus long.")
            computation = say("{calcul} ; il reste {reste}", calcul=computation, reste=plan.reste)
    return Etape(say("Le plan"), why, computation)


def _interest(facts: Facts, say: Language) -> Etape:
    return Etape(
        say("Les intérêts ne sont pas dans ce plan"),
        say(
            "Leur taux est celui de votre contrat ou du jugement, et ils continuent sur les sommes reportées. Le juge "
            "peut, par une décision spéciale, baisser ce taux sans descendre sous le taux légal, ou compter d'abord "
            "vos paiements sur le capital : demandez-le. Les majorations et pénalités de retard, elles, ne sont pas "
            "dues pendant le temps qu'il donne."
        ),
        articles=facts.law.articles("CCIV 1343-5"),
    )


def _judge(facts: Facts, say: Language) -> Etape:
    law = facts.law
    title = say("À quel juge le demander")
    match facts.inputs.moment:
        case Moment.ACTE:
            return Etape(
                title,
                say(
                    "Après un commandement ou un acte de saisie : le juge de l'exécution de votre domicile ou du lieu "
                    "de la saisie, à votre choix, par une assignation. Aucun délai n'est fixé pour le demander."
                ),
                articles=law.articles("CPC 510", "CPCE R121-1", "CPCE R121-2", "CPCE R121-11"),
            )
        case Moment.PROCES:
            return Etape(
                title,
                say("Pendant un procès : le juge qui va décider. Lui seul peut donner du temps dans son jugement."),
                articles=law.articles("CPC 510"),
            )
        case Moment.JUGEMENT:
            return Etape(
                title,
                say(
                    "Après un jugement et avant tout acte : le juge des référés, en cas d'urgence seulement. Dès qu'un "
                    "commandement ou une saisie vient, le juge de l'exécution."
                ),
                articles=law.articles("CPC 510", "CPCE R121-1"),
            )
        case _:
            return Etape(
                title,
                say(
                    "Sans procès : proposez d'abord le plan au créancier. S'il va devant un juge, demandez du temps à "
                    "ce juge, avant qu'il décide."
                ),
                articles=law.articles("CPC 510"),
            )


def _effects(facts: Facts, say: Language) -> Etape:
    return Etape(
        say("Ce que la décision arrête, et ce qu'elle n'arrête pas"),
        say(
            "La décision du juge suspend les saisies que ce créancier a engagées. Elle n'empêche pas une saisie "
            "conservatoire, qui bloque sans payer. Le temps court du jugement quand chacun a pu y parler, sinon du "
            "jour où il vous est notifié. D'autres créanciers ont déjà saisi vos biens ? Le code de procédure civile "
            "refuse alors ce temps, et le code civil n'en dit rien : montrez votre dossier à un avocat."
        ),
        articles=facts.law.articles("CCIV 1343-5", "CPC 511", "CPC 512", "CPC 513"),
    )
