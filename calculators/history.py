"""What an answer says of a date older than the articles it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.law import law
from calculators.result import Avertissement, Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["before_the_code"]


def before_the_code(day: date) -> Iterator[Avertissement]:
    """Warn that on that day the rules of seizure were not yet in the code des procédures civiles d'exécution."""
    code = law().reperes["code-des-procedures-civiles-d-execution"]
    if day < code.jour:
        yield Avertissement(
            "avant_le_code",
            f"Les articles cités sont ceux du code en vigueur depuis le {in_words(code.jour)}. Avant, les mêmes règles "
            "étaient dans la loi du 9 juillet 1991 et son décret d'application (à confirmer avec un avocat).",
            Niveau.INFO,
        )
