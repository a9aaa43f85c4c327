"""What the answer is on each thing that the reader does not know, the safe one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.quotite.words.schedule import last_of
from calculators.result import Lecture, Valeur

if TYPE_CHECKING:
    from calculators.language import Language
    from calculators.quotite.rules import Facts

__all__ = ["readings"]


def readings(facts: Facts, say: Language) -> tuple[Lecture, ...]:
    """The prudent reading, then the others; none when what is not known changes nothing."""
    if not facts.others:
        return ()
    of_the_debt = say("L'acte de saisie nomme le titre, et le titre dit pour quoi l'argent est dû.")
    of_the_spouse = say("Ses bulletins de paie, son avis d'impôt ou ses attestations de paiement le montrent.")
    words = {
        "dette_ordinaire": (say("La dette est une dette ordinaire"), of_the_debt),
        "conjoint": (say("Le conjoint a moins que le RSA, et il compte"), of_the_spouse),
        "ensemble": (
            say("La dette est une dette ordinaire, et le conjoint compte"),
            f"{of_the_debt} {of_the_spouse}",
        ),
    }
    kept = Lecture(
        "prudente",
        say("Lecture retenue : la plus prudente"),
        say("Celle qui laisse le moins. On peut au moins compter dessus."),
        _values(facts, say),
        prudente=True,
    )
    return (kept, *(Lecture(cle, *words[cle], _values(other, say)) for cle, other in facts.others.items()))


def _values(facts: Facts, say: Language) -> tuple[Valeur, ...]:
    return (
        Valeur("saisissable", say("Peut être saisi"), facts.found.saisissable),
        Valeur("laisse", say("Reste"), facts.found.laisse),
        *last_of(facts, say),
    )
