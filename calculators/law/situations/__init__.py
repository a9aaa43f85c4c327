"""The situations as data: several deadlines of the law answered together, one TOML file per situation.

A file says what the menu calls the situation and where it stands there (``rang``), who may ask (``qui``: the question
that tells it, or ``acteur``: the only role there is), which guide each role is led to, and the cases that the site
gives as examples.

A line names a deadline of the law, the question that gives its starting day, who must act, and the question whose date
says that it was done. The words for who does not act, for what follows and for what stays possible stand beside it.

Its questions are its own (``questions``, see :mod:`calculators.law.situations.questions`), or those that the form
declares for the rules in Python. The latter, and the rules, are above this layer: :mod:`calculators.delais.names`
checks that those named exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from calculators.errors import LawDataError
from calculators.law.loader import _read_files as read_files
from calculators.law.loader import _Table as Table
from calculators.law.pieces.model import Cas
from calculators.law.situations.questions import QuestionDeSituation, read_line_cases, read_questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from calculators.law.model import Law

__all__ = ["Conseil", "Ligne", "Paroles", "Plan", "QuestionDeSituation", "load_situations", "situations"]

_KEYS = {
    "titre",
    "rang",
    "qui",
    "acteur",
    "devant_un_juge",
    "pages",
    "exemples",
    "questions",
    "faits",
    "echeances",
    "conseils",
}
#: What a line says otherwise to a role than to the others.
_BY_ROLE = ("evenement", "en_clair", "si_tard")
_OTHERS = "autres"
_Asked = Mapping[str, QuestionDeSituation]
_PAGE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Paroles:
    """Words that change with who reads them: those of each role that the data name, and those of everybody else."""

    autres: str = ""
    selon: Mapping[str, str] = field(default_factory=dict)

    def pour(self, role: str) -> str:
        """The words for this role."""
        return self.selon.get(role, self.autres)

    def toutes(self) -> tuple[str, ...]:
        """All of them, whoever reads."""
        return tuple(filter(None, (self.autres, *self.selon.values())))


@dataclass(frozen=True, slots=True)
class Ligne:
    """One deadline of a situation.

    Attributes:
        delai: its key in the law data; the beginning of it when ``calcul`` chooses among several.
        depart: the question that gives its starting day; empty when ``calcul`` finds it.
        sinon: the question that gives it when ``depart`` has no answer.
        eu_lieu_si: the questions whose date shows that its event has come, even where nobody gave the day of it.
        si: the answers it is counted with, to the questions of its file; none when it always is.
        calcul: the rule that counts it, when a period after one event does not say all.
        quand: the rule that says whether the case has it; empty when it always has.
        pour: the roles that it is shown to; empty for all.
        acteurs: the roles that must act by then.
        concerne: the role that acts, when it has no day to keep; a last day is then the earliest, safe for it.
        fait: the question whose date says it was done.
        fait_si: the rule that says whether that date closes this deadline; empty when it always does.
        secondaire: another deadline of the reader comes first in the headline, whatever their order.
        sauf_si: the question whose date makes it pointless.
        version_selon: the question whose date chooses the version of the period.
        rattrapable: done late, it has another effect but loses nothing.
        facultatif: its event may never come, so nobody waits for it.
        officier: an officer of the law acts for the roles that must.
        evenement: the event that starts it, for a role that the law data would name as another person.
        nom: what was done, as a noun.
        en_clair: the same in everyday words, for who does not act.
        ensuite: what follows once it is done; ``ensuite_sauf_si``: the question whose date says that this is done too;
            ``ensuite_si``: the rule that says whether it follows; empty when it always does.
        autre_voie: what stays possible once the time is over.
        condition: what must be so for the reader to have it, when they may not know; ``c'est une saisie…``.
        annonce: what it means for who does not act, said with their own next day when it comes later; ``{jour}``.
        si_tard: what it means for the others when it was done late.
    """

    delai: str
    depart: str
    sinon: str
    eu_lieu_si: tuple[str, ...]
    si: tuple[Cas, ...]
    calcul: str
    quand: str
    pour: tuple[str, ...]
    acteurs: tuple[str, ...]
    concerne: str
    fait: str
    fait_si: str
    secondaire: bool
    sauf_si: str
    version_selon: str
    rattrapable: bool
    facultatif: bool
    officier: bool
    nom: str
    evenement: Paroles
    en_clair: Paroles
    ensuite: str
    ensuite_sauf_si: str
    ensuite_si: str
    autre_voie: str
    condition: str
    annonce: str
    si_tard: Paroles


@dataclass(frozen=True, slots=True)
class Conseil:
    """What to do besides the dated steps, in one sentence or two.

    ``si``: the answers it is said for. ``sauf_si``: the question whose date makes it pointless. ``d_abord``: said
    first, when no day of the reader's own is to come.
    """

    texte: str
    si: tuple[Cas, ...]
    sauf_si: str = ""
    d_abord: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A situation.

    Attributes:
        titre: what the menu calls it; rang: its place there.
        qui: the question that tells who asks; empty when one person only may.
        acteur: that one person's role; empty when ``qui`` tells it.
        devant_un_juge: its deadlines are of procedure, so that CPC, art. 641 and 642 count them.
        pages: the guide that each role is led to.
        exemples: cases that the site answers as examples.
        questions: those of its file, in the order they are asked.
        faits: the words for each event.
        echeances: its deadlines.
        conseils: what to do besides.
    """

    cle: str
    titre: str
    rang: int
    qui: str
    acteur: str
    devant_un_juge: bool
    pages: Mapping[str, str]
    exemples: tuple[Mapping[str, str], ...]
    questions: Mapping[str, QuestionDeSituation]
    faits: Mapping[str, Paroles]
    echeances: tuple[Ligne, ...]
    conseils: tuple[Conseil, ...]

    def events(self) -> frozenset[str]:
        """The questions that the situation reads a day in."""
        names = (
            getattr(line, name)
            for line in self.echeances
            for name in ("depart", "sinon", "fait", "sauf_si", "ensuite_sauf_si")
        )
        return frozenset(filter(None, names)) | frozenset(self.faits)


def _read_line(file: str, number: int, data: object, known: Law, asked: _Asked) -> Ligne:
    rest: Mapping[str, object] = data if isinstance(data, dict) else {}
    told = {name: rest[name] for name in _BY_ROLE if name in rest}
    if told:
        data = {name: value for name, value in rest.items() if name not in told}
    table = Table(file, f"echeances.{number}", data)
    line = Ligne(
        delai=table.text("delai"),
        depart=table.text("depart", ""),
        sinon=table.text("sinon", ""),
        eu_lieu_si=table.list_of_texts("eu_lieu_si"),
        si=read_line_cases(table, known, asked),
        calcul=table.text("calcul", ""),
        quand=table.text("quand", ""),
        pour=table.list_of_texts("pour"),
        acteurs=table.list_of_texts("acteurs"),
        concerne=table.text("concerne", ""),
        fait=table.text("fait", ""),
        fait_si=table.text("fait_si", ""),
        secondaire=table.flag("secondaire", default=False),
        sauf_si=table.text("sauf_si", ""),
        version_selon=table.text("version_selon", ""),
        rattrapable=table.flag("rattrapable", default=False),
        facultatif=table.flag("facultatif", default=False),
        officier=table.flag("officier", default=False),
        nom=table.text("nom", ""),
        evenement=_read_words(file, f"echeances.{number}.evenement", told.get("evenement")),
        en_clair=_read_words(file, f"echeances.{number}.en_clair", told.get("en_clair")),
        ensuite=table.text("ensuite", ""),
        ensuite_sauf_si=table.text("ensuite_sauf_si", ""),
        ensuite_si=table.text("ensuite_si", ""),
        autre_voie=table.text("autre_voie", ""),
        condition=table.text("condition", ""),
        annonce=table.text("annonce", ""),
        si_tard=_read_words(file, f"echeances.{number}.si_tard", told.get("si_tard")),
    )
    if line.delai not in known.delais and not (
        line.calcul and any(cle.startswith(f"{line.delai}.") for cle in known.delais)
    ):
        raise table.fail("delai", f"no such deadline in the law data: {line.delai!r}")
    if line.delai in known.delais and known.delais[line.delai].en_heures:
        raise table.fail("delai", f"{line.delai!r} is in hours, and no situation asks for an hour: it is counted alone")
    if not line.depart and not line.calcul:
        raise table.fail("depart", "give the question that starts it, or the rule that counts it")
    if bool(line.fait) is not bool(line.nom):
        raise table.fail("nom", "a line that tells when it was done tells what was done, and no other does")
    alone = (len(line.pour) == 1 and line.pour == line.acteurs) or line.acteurs == ("partie",)
    if not line.en_clair.toutes() and not alone:
        raise table.fail("en_clair", "missing: who does not act reads this line too")
    table.finish()
    return line


def _read_words(file: str, key: str, found: object) -> Paroles:
    """Words for everybody, or a table of them by role whose ``autres`` are those of everybody else."""
    match found:
        case None:
            return Paroles()
        case str() if found:
            return Paroles(found)
        case dict() if found:
            selon = {**_texts(file, key, found)}
            return Paroles(selon.pop(_OTHERS, ""), selon)
        case _:
            raise LawDataError(file, key, "expected words, or words for each role")


def _read_advice(file: str, rows: object, known: Law, asked: _Asked) -> Iterator[Conseil]:
    if not isinstance(rows, list):
        raise LawDataError(file, "conseils", "expected a list of tables")
    for number, row in enumerate(rows, 1):
        table = Table(file, f"conseils.{number}", row)
        done, first = table.text("sauf_si", ""), table.flag("d_abord", default=False)
        if done and done not in asked:
            raise table.fail("sauf_si", f"unknown question {done!r}: expected one of {', '.join(asked)}")
        yield Conseil(table.text("texte"), read_line_cases(table, known, asked), done, first)
        table.finish()


def _texts(file: str, key: str, found: object) -> Mapping[str, str]:
    if not isinstance(found, dict) or not all(isinstance(text, str) and text for text in found.values()):
        raise LawDataError(file, key, "expected words for each name")
    return found


def _read_plan(file: str, content: Mapping[str, object], faits: Mapping[str, Paroles], known: Law) -> Plan:
    head = Table(file, "(file)", {name: content[name] for name in content.keys() - {"faits", "echeances", "conseils"}})
    titre, qui, acteur = head.text("titre"), head.text("qui", ""), head.text("acteur", "")
    if bool(qui) is bool(acteur):
        raise LawDataError(file, "qui", "give the question that tells who asks, or the only role there is (acteur)")
    pages = _texts(file, "pages", content.get("pages", {}))
    for role, page in pages.items():
        if not _PAGE.fullmatch(page):
            raise LawDataError(file, f"pages.{role}", f"expected the address of a page, got {page!r}")
    rows = content.get("exemples")
    if not isinstance(rows, list) or not rows:
        raise LawDataError(file, "exemples", "expected at least one case, with the answers to its questions")
    examples = tuple(_texts(file, f"exemples.{number}", row) for number, row in enumerate(rows, 1))
    cle = file.removeprefix("situations/").removesuffix(".toml").replace("_", "-")
    before_a_court = head.flag("devant_un_juge", default=True)
    asked = read_questions(file, content.get("questions", {}), known)
    lines_given = content.get("echeances")
    if not isinstance(lines_given, list) or not lines_given:
        raise LawDataError(file, "echeances", "expected at least one deadline")
    lines = tuple(_read_line(file, number, row, known, asked) for number, row in enumerate(lines_given, 1))
    advice = tuple(_read_advice(file, content.get("conseils", []), known, asked))
    return Plan(
        cle, titre, head.whole("rang"), qui, acteur, before_a_court, pages, examples, asked, faits, lines, advice
    )


def load_situations(folder: Traversable, known: Law) -> Mapping[str, Plan]:
    """Read and validate the situations of a folder.

    Raises:
        LawDataError: the file, the key and the reason.
    """
    plans: dict[str, Plan] = {}
    for file, content in read_files(folder, "situations/").items():
        if unknown := sorted(content.keys() - _KEYS):
            raise LawDataError(file, unknown[0], "unknown key")
        events = content.get("faits", {})
        if not isinstance(events, dict):
            raise LawDataError(file, "faits", "expected words for each name")
        words = {name: _read_words(file, f"faits.{name}", said) for name, said in events.items()}
        plan = _read_plan(file, content, words, known)
        if untold := sorted(plan.events() - words.keys()):
            raise LawDataError(file, f"faits.{untold[0]}", "this event has no words")
        plans[plan.cle] = plan
    _check_apart(plans)
    return dict(sorted(plans.items(), key=lambda item: item[1].rang))


def _check_apart(plans: Mapping[str, Plan]) -> None:
    """No two situations have the same place, nor a question of the same name: an address could not tell them apart."""
    places: dict[int, str] = {}
    names: dict[str, str] = {}
    for cle, plan in plans.items():
        file = f"situations/{cle.replace('-', '_')}.toml"
        if plan.rang in places:
            raise LawDataError(file, "rang", f"{plan.rang} is already that of {places[plan.rang]!r}")
        places[plan.rang] = cle
        for name in plan.questions:
            if name in names:
                raise LawDataError(file, f"questions.{name}", f"{names[name]!r} has one of this name already")
            names[name] = cle


@cache
def situations(known: Law) -> Mapping[str, Plan]:
    """The situations shipped with the package, read once for each law whose deadlines they name."""
    return load_situations(resources.files("calculators.law.situations"), known)
