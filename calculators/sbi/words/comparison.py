"""The same accounts with each SBI that was left without being asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.law.words import gap_in_words
from calculators.money import ZERO
from calculators.result import Comparaison, LigneComparee
from calculators.sbi.rules import Facts, basis_of, figures

if TYPE_CHECKING:
    from datetime import date

    from calculators.language import Language
    from calculators.law import Value

__all__ = ["comparison"]


def comparison(facts: Facts, say: Language) -> Comparaison | None:
    """The amounts through time, newest first; nothing when there is none to leave."""
    automatic = facts.automatic_since.jour
    if facts.amount == ZERO or not facts.is_automatic or basis_of(facts).soldes == ZERO:
        return None
    lines = {
        value.en_vigueur_du: _line(facts, value, say)
        for value in facts.series.valeurs
        if value.en_vigueur_jusqu_au is None or value.en_vigueur_jusqu_au >= automatic
    }
    for gap in facts.series.lacunes:
        if gap.au >= automatic:
            lines[gap.du] = LigneComparee(_figures(gap.du, say), raison=gap_in_words(gap, say))
    return Comparaison(
        say("Les mêmes comptes, selon la date"),
        say(
            "Seul le montant du SBI change : les soldes et vos autres réponses restent les mêmes. Chaque date est "
            "celle depuis laquelle le montant vaut."
        ),
        (
            ("laisse", say("Laissé d'office")),
            ("sur_demande", say("À réclamer")),
            ("saisi", say("Peut être saisi")),
        ),
        tuple(line for _, line in sorted(lines.items(), reverse=True)),
    )


def _line(facts: Facts, value: Value, say: Language) -> LigneComparee:
    found = figures(basis_of(Facts(facts.inputs, facts.law, value)))
    amounts = (found.laisse, found.sur_demande, found.saisi)
    since = max(value.en_vigueur_du, facts.automatic_since.jour)
    return LigneComparee(_figures(since, say), amounts, la_sienne=value is facts.value)


def _figures(day: date, say: Language) -> str:
    return say("{jour}/{mois}/{annee}", jour=f"{day:%d}", mois=f"{day:%m}", annee=f"{day:%Y}")
