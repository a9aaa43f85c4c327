"""The same pay on the same day of each year that was verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.errors import CoverageError
from calculators.law.words import gap_in_words
from calculators.quotite.words.figures import each, people
from calculators.quotite.words.refusals import refused
from calculators.result import Comparaison, LigneComparee
from calculators.scale import MONTHS_A_YEAR

if TYPE_CHECKING:
    from datetime import date

    from calculators.language import Language
    from calculators.quotite.rules import Facts

__all__ = ["comparison"]


def comparison(facts: Facts, say: Language) -> Comparaison:
    """The years, newest first; those that were not verified are said so."""
    lines = {year.en_vigueur_du: _line(facts, year.en_vigueur_du.year, say) for year in facts.scale.valeurs}
    for gap in facts.scale.lacunes:
        first, last = gap.du.year, gap.au.year
        years = str(first) if first == last else say("{premiere} à {derniere}", premiere=first, derniere=last)
        lines[gap.du] = LigneComparee(years, raison=gap_in_words(gap, say))
    amount = say(
        "{net} {periode}, {personnes}", net=facts.inputs.net, periode=each(facts, say), personnes=people(facts, say)
    )
    what = say("la même paie") if facts.is_monthly else say("la même somme")
    why = say(
        "Ce qui peut être saisi de {objet} ({montant}) le {jour} de chaque année. Une année que nous n'avons pas "
        "vérifiée est laissée vide.",
        objet=what,
        montant=amount,
        jour=_day_and_month(facts.inputs.date, say),
    )
    return Comparaison(
        say("La même somme, année par année"),
        why,
        (
            ("saisissable", say("Peut être saisi")),
            ("laisse", say("Reste")),
            ("plancher", say("Minimum laissé")),
        ),
        tuple(line for _, line in sorted(lines.items(), reverse=True)),
    )


def _line(facts: Facts, year: int, say: Language) -> LigneComparee:
    own = facts.inputs.date
    day = add_months(own, MONTHS_A_YEAR * (year - own.year))
    try:
        found = facts.on(day)
    except CoverageError as error:
        return LigneComparee(str(year), raison=refused(error, facts, day).said(say))
    amounts = (found.saisissable, found.laisse, found.plancher)
    return LigneComparee(str(year), amounts, la_sienne=year == own.year)


def _day_and_month(day: date, say: Language) -> str:
    return say.written(day).removesuffix(f" {day.year}")
