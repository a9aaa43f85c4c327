"""What is said of how long a seizure lasts: in the headline, among the values, in a table, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import month_in_words
from calculators.money import ZERO
from calculators.quotite.inputs import Lecteur
from calculators.result import Action, Avertissement, Etape, Tableau, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.language import Language
    from calculators.quotite.rules import Facts
    from calculators.quotite.schedule import Mensualite
    from calculators.result import Quantity

__all__ = ["VALUES", "last_of", "lasts", "schedule_actions", "schedule_step", "schedule_warnings", "table"]

#: The values of the answer that tell how long, in their order.
VALUES = ("mois_de_retenue", "dernier_mois", "derniere_retenue")
#: The months told one by one, before the last.
_ONE_BY_ONE = 12


def lasts(facts: Facts, say: Language) -> str:
    """How many months, in a sentence; nothing when no debt was told."""
    found = facts.schedule
    if found is None:
        return ""
    if found.dette == ZERO:
        return say("Il ne reste rien à payer : le commissaire de justice répartiteur lève la saisie.")
    if (last := found.last) is None:
        if any(month.retenue for month in found.mois):
            return say("À ce rythme, la dette de {dette} ne serait pas payée en cent ans.", dette=found.dette)
        return say("À ce rythme, la dette de {dette} ne baisse pas.", dette=found.dette)
    if len(found.mois) == 1:
        return say(
            "Pour une dette de {dette}, une seule retenue suffit, en {mois}.",
            dette=found.dette,
            mois=month_in_words(last.jour),
        )
    return say(
        "Pour une dette de {dette}, comptez au moins {nombre} mois si la paie ne change pas. La dernière retenue, "
        "{retenue}, serait en {mois}.",
        dette=found.dette,
        nombre=len(found.mois),
        retenue=last.retenue,
        mois=month_in_words(last.jour),
    )


def last_of(facts: Facts, say: Language) -> Iterator[Valeur]:
    """The values that tell how long: none when the debt is never paid, or is already."""
    found = facts.schedule
    if found is None or (last := found.last) is None:
        return
    count = len(found.mois)
    yield Valeur(
        "mois_de_retenue",
        say("Durée de la saisie, au moins"),
        str(count),
        essentielle=True,
        mots=say("{nombre} mois", nombre=count),
    )
    yield Valeur("dernier_mois", say("Dernier mois"), f"{last.jour:%Y-%m}", mots=month_in_words(last.jour))
    yield Valeur("derniere_retenue", say("Dernière retenue"), last.retenue)


def table(facts: Facts, say: Language) -> Iterator[Tableau]:
    """The first months, those between in one line, the last and the total."""
    found = facts.schedule
    if found is None or (last := found.last) is None:
        return
    columns = (
        ("mois", say("Mois")),
        ("retenue", say("Retenue")),
        ("reste", say("Reste à payer")),
        ("bareme", say("Barème")),
    )
    first, between = found.mois[:_ONE_BY_ONE], found.mois[_ONE_BY_ONE:-1]
    lines = [_line(month_in_words(month.jour), (month,), say) for month in first]
    if between:
        told = say("Les {nombre} mois suivants, jusqu'en {mois}", nombre=len(between), mois=_until(between))
        if len(between) == 1:
            told = _until(between)
        lines.append(_line(told, between, say))
    if len(found.mois) > _ONE_BY_ONE:
        lines.append(_line(month_in_words(last.jour), (last,), say))
    total = say.typeset(say("Total : {nombre} mois", nombre=len(found.mois)))
    lines.append((total, found.dette, ZERO, ""))
    yield Tableau("mois_par_mois", say("La dette, mois par mois"), columns, tuple(lines))


def _until(months: Sequence[Mensualite]) -> str:
    return month_in_words(months[-1].jour)


def _line(label: str, months: Sequence[Mensualite], say: Language) -> tuple[Quantity, ...]:
    taken = sum((month.retenue for month in months), ZERO)
    return say.typeset(label), taken, months[-1].reste, say.typeset(_scales(months, say))


def _scales(months: Sequence[Mensualite], say: Language) -> str:
    """The years of the scales, and whether some are not those of their months."""
    first, last = months[0].annee, months[-1].annee
    years = str(last) if first == last else say("{premier} à {dernier}", premier=first, dernier=last)
    if all(month.connu for month in months):
        return years
    if months[0].connu:
        return say("{annees}, puis provisoire", annees=years)
    return say("{annee}, provisoire", annee=last)


def schedule_step(facts: Facts, say: Language) -> Iterator[Etape]:
    """How the months are counted."""
    found = facts.schedule
    if found is None:
        return
    why = say(
        "Chaque mois, la part saisissable est versée au commissaire de justice répartiteur, jusqu'à ce que la dette "
        "soit payée. Il lève alors la saisie. On suppose la même paie chaque mois, une première retenue en {debut}, et "
        "toute la part saisissable pour cette dette.",
        debut=month_in_words(facts.inputs.date),
    )
    whole = {month.retenue for month in found.mois[:-1]}
    computation = ""
    if found.last is not None and len(whole) == 1:
        computation = say(
            "{nombre} × {part} + {derniere} = {dette}",
            nombre=len(found.mois) - 1,
            part=whole.pop(),
            derniere=found.last.retenue,
            dette=found.dette,
        )
    articles = facts.law.articles("CPCE L212-12", "CPCE R212-1-38")
    yield Etape(say("Combien de mois pour payer la dette"), why, computation, articles)


def schedule_warnings(facts: Facts, say: Language) -> Iterator[Avertissement]:
    """What the count does not know: the scales to come, the interest, and what others take."""
    found = facts.schedule
    if found is None or found.last is None:
        return
    if (unknown := found.unknown) is not None:
        yield Avertissement(
            "bareme_a_venir",
            say(
                "À partir du {jour}, le barème ou le minimum laissé n'est pas connu : le compte garde les derniers "
                "connus, et le tableau dit « provisoire ». Refaites-le chaque année, et à chaque changement "
                "de paie.",
                jour=unknown.jour.replace(day=1),
            ),
        )
    yield Avertissement(
        "interets_non_comptes",
        say(
            "Ce compte ne comprend ni les intérêts qui courent encore, ni les frais à venir : ils allongent la durée. "
            "Une pension alimentaire payée sur la même paie, ou un impôt à payer d'abord, l'allongent aussi."
        ),
    )


def schedule_actions(facts: Facts, say: Language) -> Iterator[Action]:
    """What to do with it, for each who reads."""
    if facts.schedule is None:
        return
    page, days = "saisie-remunerations", facts.days_to_tell
    match facts.inputs.role_salaire:
        case Lecteur.EMPLOYEUR:
            yield Action(
                say(
                    "N'arrêtez pas de vous-même : retenez jusqu'à la mainlevée. Le commissaire de justice répartiteur "
                    "vous en informe dans les {jours} jours.",
                    jours=say.spelled(days),
                ),
                "",
                f"{page}/employeur",
            )
        case Lecteur.CREANCIER:
            yield Action(
                say("Comparez chaque versement avec ce compte, et tenez à jour ce qui reste dû."),
                "",
                f"{page}/creancier",
            )
        case _:
            yield Action(
                say(
                    "Gardez chaque décompte du commissaire de justice répartiteur, et comparez-le avec ce compte. Les "
                    "intérêts pèsent trop ? Le juge peut les réduire."
                ),
                "",
                page,
            )
