"""The sentences of the answer on the seizable part, gathered by what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculators.quotite.words.actions import actions
from calculators.quotite.words.figures import brackets, headline, parts, values
from calculators.quotite.words.readings import readings
from calculators.quotite.words.refusals import of_a_wage
from calculators.quotite.words.schedule import table
from calculators.quotite.words.steps import steps
from calculators.quotite.words.warnings import warnings
from calculators.result import Result, source_used

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.quotite.rules import Facts
    from calculators.result import SourceUtilisee

__all__ = ["answer", "figures"]


def figures(facts: Facts, say: Language) -> Result:
    """Write the values and the warnings alone.

    Raises:
        CoverageError: no verified scale or floor for that day.
    """
    told, warned = tuple(values(facts, say)), tuple(warnings(facts, say))
    return Result(calculateur="quotite", resume="", valeurs=told, etapes=(), avertissements=warned, langue=say)


def answer(facts: Facts, say: Language) -> Result:
    """Write the whole answer.

    Raises:
        CoverageError: no verified scale or floor for that day.
    """
    return replace(
        figures(facts, say),
        resume=headline(facts, say),
        etapes=tuple(steps(facts, say)),
        a_faire=tuple(actions(facts, say)),
        lectures=readings(facts, say),
        parts=parts(facts, say),
        figure=say("Où va la somme versée"),
        tableaux=(*table(facts, say), brackets(facts, say)),
        sources=tuple(_sources(facts, say)),
    )


def _sources(facts: Facts, say: Language) -> tuple[SourceUtilisee, ...]:
    year, rsa, floor, scale = facts.found.annee, facts.found.rsa, facts.floor, facts.scale
    of_the_floor = source_used(
        of_a_wage(rsa, facts),
        say("Montant forfaitaire du RSA d'une personne seule : {montant}", montant=rsa.montant),
        floor.articles[-1],
        floor.revision_of(rsa),
        say,
    )
    if facts.is_maintenance:
        return (of_the_floor,)
    title = say("{bareme} de {annee}", bareme=say(scale.intitule), annee=year.en_vigueur_du.year)
    return (source_used(year, title, scale.articles[0], say=say), of_the_floor)
