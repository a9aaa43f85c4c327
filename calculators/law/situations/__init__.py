"""The situations as data: several deadlines of the law answered together, one TOML file per situation.

A line names a deadline of the law, the question that gives its starting day, who must act, and the question whose date
says that it was done. The words for who does not act, for what follows and for what stays possible stand beside it.

The questions and the rules are above this layer: :mod:`calculators.delais.names` checks that those named exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law.loader import _read_files as read_files
from calculators.law.loader import _Table as Table
from calculators.law.loader import law

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from calculators.law.model import Law

__all__ = ["Ligne", "Plan", "load_situations", "situations"]

_ROLES = frozenset({"debiteur", "creancier", "banque", "employeur", "demandeur", "voisin", "partie"})


@dataclass(frozen=True, slots=True)
class Ligne:
    """One deadline of a situation.

    Attributes:
        delai: its key in the law data; the beginning of it when ``calcul`` chooses among several.
        depart: the question that gives its starting day; empty when ``calcul`` finds it.
        calcul: the rule that counts it, when a period after one event does not say all.
        quand: the rule that says whether the case has it; empty when it always has.
        pour: the roles that it is shown to; empty for all.
        acteurs: the roles that must act by then.
        fait: the question whose date says it was done.
        fait_si: the rule that says whether that date closes this deadline; empty when it always does.
        secondaire: another deadline of the reader comes first in the headline, whatever their order.
        sauf_si: the question whose date makes it pointless.
        version_selon: the question whose date chooses the version of the period.
        rattrapable: done late, it has another effect but loses nothing.
        facultatif: its event may never come, so nobody waits for it.
        nom: what was done, as a noun.
        en_clair: the same in everyday words, for who does not act.
        ensuite: what follows once it is done; ``ensuite_sauf_si``: the question whose date says that this is done too.
        autre_voie: what stays possible once the time is over.
        si_tard: what it means for the others when it was done late.
    """

    delai: str
    depart: str
    calcul: str
    quand: str
    pour: tuple[str, ...]
    acteurs: tuple[str, ...]
    fait: str
    fait_si: str
    secondaire: bool
    sauf_si: str
    version_selon: str
    rattrapable: bool
    facultatif: bool
    nom: str
    en_clair: str
    ensuite: str
    ensuite_sauf_si: str
    autre_voie: str
    si_tard: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A situation: the words for each event, and its deadlines."""

    cle: str
    faits: Mapping[str, str]
    echeances: tuple[Ligne, ...]

    def questions(self) -> frozenset[str]:
        """The questions that the situation reads."""
        names = (
            getattr(line, name) for line in self.echeances for name in ("depart", "fait", "sauf_si", "ensuite_sauf_si")
        )
        return frozenset(filter(None, names)) | frozenset(self.faits)


def _read_line(file: str, number: int, data: object, known: Law) -> Ligne:
    table = Table(file, f"echeances.{number}", data)
    line = Ligne(
        delai=table.text("delai"),
        depart=table.text("depart", ""),
        calcul=table.text("calcul", ""),
        quand=table.text("quand", ""),
        pour=table.list_of_texts("pour"),
        acteurs=table.list_of_texts("acteurs"),
        fait=table.text("fait", ""),
        fait_si=table.text("fait_si", ""),
        secondaire=table.flag("secondaire", default=False),
        sauf_si=table.text("sauf_si", ""),
        version_selon=table.text("version_selon", ""),
        rattrapable=table.flag("rattrapable", default=False),
        facultatif=table.flag("facultatif", default=False),
        nom=table.text("nom", ""),
        en_clair=table.text("en_clair", ""),
        ensuite=table.text("ensuite", ""),
        ensuite_sauf_si=table.text("ensuite_sauf_si", ""),
        autre_voie=table.text("autre_voie", ""),
        si_tard=table.text("si_tard", ""),
    )
    if line.delai not in known.delais and not (
        line.calcul and any(cle.startswith(f"{line.delai}.") for cle in known.delais)
    ):
        raise table.fail("delai", f"no such deadline in the law data: {line.delai!r}")
    if not line.depart and not line.calcul:
        raise table.fail("depart", "give the question that starts it, or the rule that counts it")
    if bool(line.fait) is not bool(line.nom):
        raise table.fail("nom", "a line that tells when it was done tells what was done, and no other does")
    alone = (len(line.pour) == 1 and line.pour == line.acteurs) or line.acteurs == ("partie",)
    if not line.en_clair and not alone:
        raise table.fail("en_clair", "missing: who does not act reads this line too")
    if unknown := sorted({*line.acteurs, *line.pour} - _ROLES):
        raise table.fail("acteurs", f"unknown role {unknown[0]!r}: expected one of {', '.join(sorted(_ROLES))}")
    table.finish()
    return line


def load_situations(folder: Traversable, known: Law) -> Mapping[str, Plan]:
    """Read and validate the situations of a folder.

    Raises:
        LawDataError: the file, the key and the reason.
    """
    plans: dict[str, Plan] = {}
    for file, content in read_files(folder, "situations/").items():
        cle = file.removeprefix("situations/").removesuffix(".toml").replace("_", "-")
        if unknown := sorted(content.keys() - {"faits", "echeances"}):
            raise LawDataError(file, unknown[0], "unknown key")
        words = content.get("faits", {})
        if not isinstance(words, dict) or not all(isinstance(text, str) and text for text in words.values()):
            raise LawDataError(file, "faits", "expected words for each event")
        rows = content.get("echeances")
        if not isinstance(rows, list) or not rows:
            raise LawDataError(file, "echeances", "expected at least one deadline")
        lines = tuple(_read_line(file, n, row, known) for n, row in enumerate(rows, 1))
        plan = Plan(cle, words, lines)
        if untold := sorted(plan.questions() - words.keys()):
            raise LawDataError(file, f"faits.{untold[0]}", "this event has no words")
        plans[cle] = plan
    return plans


@cache
def situations() -> Mapping[str, Plan]:
    """The situations shipped with the package, read once."""
    return load_situations(resources.files("calculators.law.situations"), law())
