"""The reasoning on the seizable part, step by step, each with its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO
from calculators.quotite.words.figures import people, share
from calculators.quotite.words.schedule import schedule_step
from calculators.result import Etape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.quotite.rules import Facts

__all__ = ["steps"]


def steps(facts: Facts, say: Language) -> Iterator[Etape]:
    """Every step."""
    yield _net(facts, say)
    if facts.is_maintenance:
        yield Etape(
            say("Pour une pension alimentaire, le barème ne limite pas"),
            say(
                "Le terme du mois et les {mois} derniers mois impayés peuvent être pris sur toute la rémunération. Si "
                "l'organisme qui verse les prestations familiales agit pour le créancier, ce sont les {mois_organisme} "
                "derniers mois. On prend d'abord la part que le barème protège, puis, s'il le faut, la part "
                "saisissable.",
                mois=say.spelled(facts.arrears),
                mois_organisme=say.spelled(facts.arrears_by_the_body),
            ),
            articles=facts.law.articles("CTRAV L3252-5"),
        )
    else:
        yield _dependants(facts, say)
        yield _scale(facts, say)
    yield _floor(facts, say)
    yield from schedule_step(facts, say)
    yield _before(facts, say)
    yield _procedure(facts, say)


def _net(facts: Facts, say: Language) -> Etape:
    payers = facts.inputs.payeurs
    why = say(
        "On part du net : après les cotisations sociales et le prélèvement à la source, avantages en nature compris. "
        "Ni les remboursements de frais, ni les allocations pour charges de famille, ni les indemnités insaisissables "
        "ne comptent."
    )
    articles, total = facts.law.articles("CTRAV L3252-3"), say.written(facts.found.net)
    if len(payers) > 1:
        why += " " + say("Plusieurs payeurs : la part saisissable se calcule sur l'ensemble.")
        articles += facts.law.articles("CTRAV L3252-4")
        total = f"{' + '.join(say.written(payer.net) for payer in payers)} = {total}"
    return Etape(say("Ce que l'on compte"), why, total, articles)


def _dependants(facts: Facts, say: Language) -> Etape:
    found, count = facts.found, facts.inputs.personnes
    added = found.annee.par_personne
    why = say(
        "Comptent, sur justificatif : l'époux, le partenaire de Pacs ou le concubin dont les ressources personnelles "
        "sont inférieures au RSA d'une personne seule ({rsa}) ; l'enfant à charge effective et permanente qui ouvre "
        "droit aux prestations familiales, ou pour qui une pension alimentaire est versée ; le parent ou grand-parent "
        "dont les ressources sont inférieures au même RSA, et qui vit avec la personne ou reçoit d'elle une pension "
        "alimentaire.",
        rsa=found.rsa.montant,
    )
    if count == 0:
        title, computation = say("Les personnes à charge : aucune"), say("rien n'est ajouté aux seuils")
    else:
        title = say("Les personnes à charge : {nombre}", nombre=count)
        computation = say(
            "{nombre} × {majoration} = {total} par an ajoutés à chaque seuil",
            nombre=count,
            majoration=say.amount_in_prose(added),
            total=say.amount_in_prose(count * added),
        )
    return Etape(title, why, computation, facts.law.articles("CTRAV R3252-3"))


def _scale(facts: Facts, say: Language) -> Etape:
    found = facts.found
    sentences = [
        say(
            "Le barème de {annee} ({texte}) est annuel : plus la somme est haute, plus la part prise est grande.",
            annee=found.annee.en_vigueur_du.year,
            texte=found.annee.texte,
        ),
        say(
            "On le divise par douze, et l'on n'arrondit qu'une fois, à la fin. La saisie part de ce qui a été versé "
            "pendant les douze mois d'avant : si la paie varie, un seul mois n'en donne qu'une approximation."
        )
        if facts.is_monthly
        else "",
        say(
            "Le texte ne dit pas où va le centime : la part saisissable est arrondie au plus proche, sur le total des "
            "payeurs."
        ),
        say("Chaque ligne du tableau est arrondie pour être lue : leur somme peut différer d'un centime."),
    ]
    terms = " + ".join(share(t, say) for t in found.tranches if t.part > 0)
    total = say.written(found.bareme)
    return Etape(
        say("Le barème {personnes}", personnes=people(facts, say)),
        " ".join(filter(None, sentences)),
        f"{terms} = {total}" if terms else total,
        facts.law.articles("CTRAV L3252-2", "CTRAV R3252-2"),
    )


def _floor(facts: Facts, say: Language) -> Etape:
    found = facts.found
    why = say(
        "Il reste toujours le montant forfaitaire du RSA d'une personne seule, quelle que soit la famille : {montant} "
        "par mois, en vigueur depuis le {depuis} ({texte}).",
        montant=found.rsa.montant,
        depuis=found.rsa.en_vigueur_du,
        texte=found.rsa.texte,
    )
    if not facts.is_monthly:
        why += " " + say("Sur un an, le calcul compte douze fois le montant de la date donnée.")
    above = max(ZERO, found.net - found.plancher)
    room = f"{say.written(found.net)} − {say.written(found.plancher)} = {say.written(found.net - found.plancher)}"
    if facts.is_maintenance:
        computation = say("{calcul} : peut être saisi {saisissable}", calcul=room, saisissable=found.saisissable)
        articles = facts.law.articles("CTRAV L3252-5", "CTRAV R3252-5")
    else:
        computation = say(
            "{calcul} ; le plus petit de {bareme} (barème) et {disponible} = {saisissable}",
            calcul=room,
            bareme=found.bareme,
            disponible=above,
            saisissable=found.saisissable,
        )
        articles = facts.law.articles("CTRAV L3252-3", "CASF L262-2")
    return Etape(say("Le minimum laissé dans tous les cas"), why, computation, articles)


def _before(facts: Facts, say: Language) -> Etape:
    found, before, title = facts.found, facts.before, say("Ce qui a changé en un an")
    if before is None:
        return Etape(title, say("Nous n'avons pas de valeurs vérifiées pour l'année d'avant : nous ne comparons pas."))
    why = say(
        "{bareme} Le minimum laissé est passé de {avant} à {maintenant} par mois.",
        bareme=_change_of_the_scale(facts, say),
        avant=before.rsa.montant,
        maintenant=found.rsa.montant,
    )
    difference = found.saisissable - before.saisissable
    if difference == ZERO:
        change = say("la même somme")
    elif difference < ZERO:
        change = say("{montant} de moins", montant=-difference)
    else:
        change = say("{montant} de plus", montant=difference)
    computation = say(
        "Avec les mêmes réponses un an plus tôt : {avant} saisissables. Le {jour}, {maintenant} : {difference}",
        avant=before.saisissable,
        jour=facts.inputs.date,
        maintenant=found.saisissable,
        difference=change,
    )
    return Etape(title, why, computation, facts.law.articles("CTRAV R3252-4"))


def _change_of_the_scale(facts: Facts, say: Language) -> str:
    now, then = facts.found.annee, facts.before.annee if facts.before else facts.found.annee
    if facts.is_maintenance:
        return say("Seul le minimum laissé compte pour une pension alimentaire.")
    if now.seuils == then.seuils:
        return say("Le barème n'a pas changé.")
    return say(
        "Le premier seuil annuel est passé de {premier_avant} à {premier}, le dernier de {dernier_avant} à {dernier}, "
        "et la majoration par personne à charge de {majoration_avant} à {majoration}.",
        premier_avant=say.amount_in_prose(then.seuils[0]),
        premier=say.amount_in_prose(now.seuils[0]),
        dernier_avant=say.amount_in_prose(then.seuils[-1]),
        dernier=say.amount_in_prose(now.seuils[-1]),
        majoration_avant=say.amount_in_prose(then.par_personne),
        majoration=say.amount_in_prose(now.par_personne),
    )


def _procedure(facts: Facts, say: Language) -> Etape:
    since = facts.without_a_judge
    if facts.inputs.date >= since.jour:
        why = say(
            "Depuis le {jour} ({texte}), l'autorisation d'un juge n'est plus nécessaire. Un commissaire de justice "
            "signifie un commandement de payer, qui ouvre {mois} mois pour contester ou trouver un accord. Ensuite "
            "seulement vient le procès-verbal de saisie. Un commissaire de justice répartiteur reçoit et "
            "partage les sommes. Avant cette date, il fallait l'autorisation du juge.",
            mois=say.spelled(facts.months_to_contest),
            jour=since.jour,
            texte=since.texte,
        )
    else:
        why = say(
            "À cette date, il fallait l'autorisation d'un juge. Depuis le {jour} ({texte}), un commissaire de justice "
            "commence par un commandement de payer, et les saisies en cours ont été transférées. Le barème, lui, est "
            "resté dans le code du travail.",
            jour=since.jour,
            texte=since.texte,
        )
    return Etape(say("Comment la saisie s'obtient"), why)
