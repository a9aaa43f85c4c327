"""What the answer on the seizable part says first: its headline, its values, its picture and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO, nearest_centime
from calculators.quotite.inputs import Creance, Lecteur
from calculators.quotite.words.schedule import last_of, lasts
from calculators.result import Part, Tableau, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.quotite.rules import Facts
    from calculators.scale import Bracket

__all__ = ["brackets", "each", "headline", "parts", "people", "share", "values"]


def each(facts: Facts, say: Language) -> str:
    """The period of the amounts."""
    return say("par mois") if facts.is_monthly else say("par an")


def people(facts: Facts, say: Language) -> str:
    """How many dependants there are."""
    match facts.inputs.personnes:
        case 0:
            return say("sans personne à charge")
        case 1:
            return say("avec une personne à charge")
        case count:
            return say("avec {nombre} personnes à charge", nombre=count)


def share(bracket: Bracket, say: Language) -> str:
    """What is taken of a bracket: « 354,17 € × 1/10 »."""
    part = nearest_centime(bracket.part)
    return say.written(part) if bracket.fraction == 1 else f"{say.written(part)} × {bracket.fraction}"


def headline(facts: Facts, say: Language) -> str:
    """What the reader must remember."""
    return " ".join(filter(None, (_of_a_month(facts, say), lasts(facts, say))))


def _of_a_month(facts: Facts, say: Language) -> str:
    """What goes and what stays."""
    found = facts.found
    if facts.inputs.creance is Creance.INCONNUE:
        return _by_the_debt(facts, say)
    what = say(" pour une pension alimentaire") if facts.is_maintenance else ""
    if found.saisissable == ZERO:
        return say(
            "Rien ne peut être saisi{objet} sur {net} {periode} : toute la somme reste.",
            objet=what,
            net=found.net,
            periode=each(facts, say),
        )
    told = say(
        "Sur {net} {periode}, la saisie peut prendre au plus {saisissable}{objet}. Il reste {laisse}.",
        net=found.net,
        periode=each(facts, say),
        saisissable=found.saisissable,
        objet=what,
        laisse=found.laisse,
    )
    if (counted := facts.others.get("conjoint")) is None:
        return told
    also = say(
        "Si le conjoint compte, c'est au plus {saisissable}, et il reste {laisse}.",
        saisissable=counted.found.saisissable,
        laisse=counted.found.laisse,
    )
    return f"{told} {also}"


def _by_the_debt(facts: Facts, say: Language) -> str:
    """The two outcomes of a debt that is not known, the one that leaves less first."""
    found, ordinary = facts.found, next(iter(facts.others.values())).found
    return say(
        "La réponse dépend de la dette. Sur {net} {periode}, une pension alimentaire peut prendre {pension}, et il "
        "reste {laisse_pension} ; une dette ordinaire, au plus {ordinaire}, et il reste {laisse}.",
        net=found.net,
        periode=each(facts, say),
        pension=found.saisissable,
        laisse_pension=found.laisse,
        ordinaire=ordinary.saisissable,
        laisse=ordinary.laisse,
    )


def values(facts: Facts, say: Language) -> Iterator[Valeur]:
    """The figures of the answer."""
    found = facts.found
    yield Valeur("net", say("Total net versé"), found.net)
    yield Valeur("saisissable", say("Peut être saisi"), found.saisissable, essentielle=True)
    mine = facts.inputs.role_salaire is Lecteur.DEBITEUR
    left = say("Ce qui vous reste") if mine else say("Reste à la personne saisie")
    yield Valeur("laisse", left, found.laisse, essentielle=True)
    yield from last_of(facts, say)
    yield Valeur("bareme", say("Saisissable selon le seul barème"), found.bareme)
    yield Valeur("plancher", say("Minimum laissé dans tous les cas"), found.plancher)
    if facts.before is not None:
        yield Valeur("saisissable_un_an_avant", say("Pouvait être saisi un an plus tôt"), facts.before.saisissable)


def parts(facts: Facts, say: Language) -> tuple[Part, ...]:
    """The picture: what stays and what goes."""
    found = facts.found
    kept = min(found.net, found.plancher)
    shown = (
        Part("laisse", say("Minimum laissé dans tous les cas"), kept),
        Part("libre", say("Protégé par le barème"), found.laisse - kept),
        Part("saisi", say("Peut être saisi"), found.saisissable),
    )
    return tuple(part for part in shown if part.montant > ZERO)


def brackets(facts: Facts, say: Language) -> Tableau:
    """The table of the brackets; maintenance, which the scale does not bind, has none."""
    columns = (
        ("tranche", say("Tranche")),
        ("de", say("De")),
        ("a", say("À")),
        ("fraction", say("Fraction saisissable")),
        ("part", say("Somme dans la tranche")),
        ("saisissable", say("Saisissable")),
    )
    title = say("Tranche par tranche, {periode}, {personnes}", periode=each(facts, say), personnes=people(facts, say))
    if facts.is_maintenance:
        return Tableau("tranches", title, columns, ())
    found = facts.found
    lines = tuple(
        (
            str(number),
            nearest_centime(t.bas),
            say("sans limite") if t.haut is None else nearest_centime(t.haut),
            say("tout") if t.fraction == 1 else str(t.fraction),
            nearest_centime(t.part),
            nearest_centime(t.saisissable),
        )
        for number, t in enumerate(found.tranches, 1)
    )
    image = tuple(
        (share(t, say), nearest_centime(t.part), nearest_centime(t.saisissable)) for t in found.tranches if t.part > 0
    )
    legend = say("Une barre par tranche : le contour est la somme qui s'y trouve, le plein ce qui en est saisissable.")
    return Tableau("tranches", title, columns, lines, image, legend)
