"""Reads and validates the files of the letters: every name in them is that of something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.errors import LawDataError
from calculators.law.courriers.model import (
    AJoindre,
    Courrier,
    Envoi,
    Genre,
    Groupe,
    Limite,
    Paragraphe,
    QuestionDeCourrier,
    Tableau,
    Verification,
)
from calculators.law.loader import _certitude, _doute
from calculators.law.loader import _read_files as read_files
from calculators.law.loader import _Table as Table
from calculators.law.pieces.model import Reponse
from calculators.law.pieces.questions import read_cases
from calculators.law.pieces.questions import read_questions as read_plain
from calculators.law.pieces.texts import BRACES, words
from calculators.law.situations.questions import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    from calculators.law.model import Law
    from calculators.law.pieces.model import Cas, Question

__all__ = ["load_courriers", "questions_of"]

_YES_NO = (Reponse("oui", "Oui"), Reponse("non", "Non"), Reponse("inconnu", "Je ne sais pas"))
#: What a question may be answered with besides a list of its own; a day is read as that of a démarche.
_OPEN = ("montant", "nombre", "texte")
_LISTS = {"oui_non": _YES_NO, **dict.fromkeys(_OPEN, ())}
_OWN_KEYS = frozenset({"blanc", "a_venir"})
_Asked = dict[str, QuestionDeCourrier]


def load_courriers(folder: Traversable, known: Law) -> Mapping[str, Courrier]:
    """Read and validate the letters of a folder, in the order they are listed.

    Raises:
        LawDataError: the file, the key and the reason.
    """
    files: dict[str, dict[str, Any]] = read_files(folder, "courriers/")
    shared: _Asked = {}
    for file, content in files.items():
        if _is_shared(file):
            if unknown := sorted(content.keys() - {"questions"}):
                raise LawDataError(file, unknown[0], "unknown section: questions only")
            shared |= _read_questions(file, content.get("questions", {}), known)
    found = [_read(file, content, shared, known) for file, content in files.items() if not _is_shared(file)]
    _check_apart(found)
    questions_of(found)
    used = {name for courrier in found for name in courrier.demandes}
    for name, asked in shared.items():
        if name not in used:
            raise LawDataError(asked.question.fichier, f"questions.{name}", "no letter asks it")
    order = list(Groupe)
    found.sort(key=lambda courrier: (order.index(courrier.groupe), courrier.rang))
    return {courrier.nom: courrier for courrier in found}


def _is_shared(file: str) -> bool:
    return file.rpartition("/")[2].startswith("_")


def _check_apart(found: Iterable[Courrier]) -> None:
    """No two letters have the same place or title, nor different questions of the same name."""
    taken: dict[object, str] = {}
    questions: dict[str, QuestionDeCourrier] = {}
    for courrier in found:
        for place in (courrier.titre, (courrier.groupe, courrier.rang)):
            if place in taken:
                raise LawDataError(courrier.fichier, "rang", f"{place!r} is already that of {taken[place]!r}")
            taken[place] = courrier.nom
        for name, asked in courrier.demandes.items():
            if questions.setdefault(name, asked) is not asked:
                raise LawDataError(
                    courrier.fichier, f"questions.{name}", "another letter has one of this name: share it"
                )


def _read_questions(file: str, data: object, known: Law) -> _Asked:
    if not isinstance(data, dict):
        raise LawDataError(file, "questions", "expected a table")
    own: dict[str, Table] = {}
    plain: dict[str, object] = {}
    for name, content in data.items():
        if not isinstance(content, dict):
            raise LawDataError(file, f"questions.{name}", "expected a table")
        own[name] = Table(file, f"questions.{name}", {key: content[key] for key in content.keys() & _OWN_KEYS})
        plain[name] = {key: value for key, value in content.items() if key not in _OWN_KEYS}
    found: _Asked = {}
    for name, question in read_plain(file, plain, _LISTS, known).items():
        table, answers = own[name], data[name]["reponses"]
        genre = Genre(answers) if isinstance(answers, str) and answers in {"date", *_OPEN} else Genre.CHOIX
        asked = QuestionDeCourrier(
            question, genre, table.text("blanc", ""), a_venir=table.flag("a_venir", default=False)
        )
        if genre is Genre.CHOIX and not question.defaut:
            raise table.fail("defaut", "missing: a letter is written before anything is answered")
        if genre is not Genre.CHOIX and not asked.blanc:
            raise table.fail("blanc", "missing: what the letter shows as long as there is no answer")
        if asked.a_venir and genre is not Genre.DATE:
            raise table.fail("a_venir", "is of a day")
        found[name] = asked
    return found


def _read(file: str, content: dict[str, Any], shared: _Asked, known: Law) -> Courrier:
    own = _read_questions(file, content.pop("questions", {}), known)
    head = Table(file, "(file)", content)
    asked = _asked(head, own, shared)
    amounts = head.list_of_texts("montants")
    for name in amounts:
        if name not in known.series:
            raise head.fail("montants", f"no such amount in the law data: {name!r}")
    quoted = (*asked, *amounts)
    certitude, verifie_le = _certitude(head)
    courrier = Courrier(
        nom=file.rpartition("/")[2].removesuffix(".toml").replace("_", "-"),
        titre=head.text("titre"),
        rang=head.whole("rang"),
        groupe=head.choice("groupe", Groupe),
        a_qui=head.text("a_qui"),
        but=words(head, "but", known),
        objet=words(head, "objet", known, answers=quoted),
        appel=head.text("appel", "Madame, Monsieur,"),
        questions=tuple(one.question for one in asked.values()),
        demandes=asked,
        montants=amounts,
        montants_au=head.text("montants_au", ""),
        corps=tuple(_paragraph(table, known, quoted, asked) for table in head.tables("texte")),
        joindre=tuple(_enclosed(table, known, quoted, asked) for table in head.tables("joindre")),
        envoi=tuple(_sent(head, name) for name in head.list_of_texts("envoi")),
        limites=tuple(_limit(table, known, asked) for table in head.tables("limites")),
        apres=tuple(_deadline(head, "apres", name, known) for name in head.list_of_texts("apres")),
        verifications=tuple(_verified(table, known, asked, amounts) for table in head.tables("verifications")),
        prudence=head.list_of_texts("prudence"),
        page=head.text("page"),
        exemple={name: head.section("exemple").text(name) for name in content.get("exemple", {})},
        articles=head.articles(known),
        certitude=certitude,
        verifie_le=verifie_le,
        doute=_doute(head, certitude),
        fichier=file,
    )
    head.finish()
    _check(head, courrier)
    return courrier


def _asked(head: Table, own: _Asked, shared: _Asked) -> _Asked:
    """The questions of a letter in the order that ``demande`` gives: its own, and those that it shares."""
    every = shared | own
    if twice := sorted(shared.keys() & own.keys()):
        raise head.fail(f"questions.{twice[0]}", "also among those that are shared: name it there")
    order = head.list_of_texts("demande")
    for name in order:
        if name not in every:
            raise head.fail("demande", f"unknown question {name!r}: expected one of {', '.join(every)}")
    if left := sorted(own.keys() - set(order)):
        raise head.fail("demande", f"{left[0]!r} is not named: give every question, in the order they are asked")
    return {name: every[name] for name in order}


def _cases(table: Table, known: Law, asked: _Asked) -> tuple[Cas, ...]:
    rows = table.rows("si", [])
    if not rows:
        return ()
    before = {name: one.question for name, one in asked.items()}
    cases = read_cases(Table(table.file, table.key, {"quand": rows}), known, before)
    _check_cases(table, "si", cases, before)
    return cases


def _check_cases(table: Table, key: str, cases: Iterable[Cas], before: Mapping[str, Question]) -> None:
    for case in cases:
        for name, answers in case.items():
            if name not in before:
                raise table.fail(f"{key}.{name}", f"unknown question: expected one of {', '.join(before) or 'none'}")
            for answer in answers:
                values = before[name].valeurs or (GIVEN, "")
                if answer not in values:
                    raise table.fail(f"{key}.{name}", f"unknown answer {answer!r}: expected one of {', '.join(values)}")


def _paragraph(table: Table, known: Law, quoted: tuple[str, ...], asked: _Asked) -> Paragraphe:
    name = table.text("tableau", "")
    if name and name not in tuple(Tableau):
        raise table.fail("tableau", f"unknown table {name!r}: expected one of {', '.join(Tableau)}")
    text = words(table, "texte", known, answers=quoted, optional=bool(name))
    paragraph = Paragraphe(text, Tableau(name) if name else None, _cases(table, known, asked))
    table.finish()
    return paragraph


def _enclosed(table: Table, known: Law, quoted: tuple[str, ...], asked: _Asked) -> AJoindre:
    enclosed = AJoindre(words(table, "texte", known, answers=quoted), _cases(table, known, asked))
    table.finish()
    return enclosed


def _sent(head: Table, name: str) -> Envoi:
    if name not in tuple(Envoi):
        raise head.fail("envoi", f"unknown way {name!r}: expected one of {', '.join(Envoi)}")
    return Envoi(name)


def _limit(table: Table, known: Law, asked: _Asked) -> Limite:
    delai = table.text("delai", "")
    limit = Limite(
        _deadline(table, "delai", delai, known) if delai else "",
        _of_a_day(table, "depart", asked),
        table.text("encore", ""),
        table.text("sans_jour", ""),
        _cases(table, known, asked),
    )
    table.finish()
    return limit


def _deadline(table: Table, key: str, name: str, known: Law) -> str:
    if name not in known.delais:
        raise table.fail(key, f"no such deadline in the law data: {name!r}")
    return name


def _of_a_day(table: Table, key: str, asked: _Asked) -> str:
    name = table.text(key)
    if name not in asked or asked[name].genre is not Genre.DATE:
        raise table.fail(key, f"{name!r} is no question of this letter that a day answers")
    return name


def _of_a_sum(table: Table, key: str, name: str, asked: _Asked, amounts: tuple[str, ...]) -> str:
    if name not in amounts and (name not in asked or asked[name].genre is not Genre.MONTANT):
        raise table.fail(key, f"{name!r} is no sum that this letter asks or quotes")
    return name


def _verified(table: Table, known: Law, asked: _Asked, amounts: tuple[str, ...]) -> Verification:
    """Two days, of which the second may be today's; or sums, and the one that the least of them exceeds."""
    cases, words_else = _cases(table, known, asked), words(table, "sinon", known, answers=("limite",))
    delai, jour = table.text("delai", ""), table.text("jour", "")
    if delai:
        verified = Verification(
            _deadline(table, "delai", delai, known),
            _of_a_day(table, "depart", asked),
            _of_a_day(table, "jour", asked) if jour else "",
            sommes=(),
            depasse="",
            sinon=words_else,
            si=cases,
        )
    else:
        sums = tuple(_of_a_sum(table, "sommes", name, asked, amounts) for name in table.list_of_texts("sommes"))
        if not sums:
            raise table.fail("sommes", "missing: give a deadline, or the sums to compare")
        exceeded = _of_a_sum(table, "depasse", table.text("depasse"), asked, ())
        verified = Verification("", "", "", sommes=sums, depasse=exceeded, sinon=words_else, si=cases)
    table.finish()
    return verified


def _check(head: Table, courrier: Courrier) -> None:
    """What a letter cannot do without, and whether each of its questions is of use in it.

    Raises:
        LawDataError: the first that is missing, or that nothing reads.
    """
    for name in ("articles", "envoi", "corps", "prudence"):
        if not getattr(courrier, name):
            raise head.fail(name, "missing")
    of_a_day = [name for name, asked in courrier.demandes.items() if asked.genre is Genre.DATE]
    if courrier.montants_au not in (of_a_day if courrier.montants else ("",)):
        raise head.fail("montants_au", "name the question whose day gives the amounts, when there are amounts")
    before: dict[str, Question] = {}
    for name, asked in courrier.demandes.items():
        _check_cases(head, f"questions.{name}.quand", asked.question.quand, before)
        before[name] = asked.question
    read = _names_read(courrier)
    for name in courrier.demandes:
        if name not in read:
            raise head.fail("demande", f"{name!r} is asked for nothing: no text, case or date reads it")
    for name, answer in courrier.exemple.items():
        if name not in courrier.demandes:
            raise head.fail(f"exemple.{name}", "unknown question")
        values = courrier.demandes[name].question.valeurs
        if values and answer not in values:
            raise head.fail(f"exemple.{name}", f"unknown answer {answer!r}: expected one of {', '.join(values)}")


def _names_read(courrier: Courrier) -> set[str]:
    """The questions that a letter reads: in its texts, its cases and its dates."""
    cases = [case for asked in courrier.demandes.values() for case in asked.question.quand]
    conditions = [part.si for part in courrier.corps]
    conditions += [part.si for part in courrier.joindre]
    conditions += [part.si for part in courrier.limites]
    conditions += [part.si for part in courrier.verifications]
    cases += [case for si in conditions for case in si]
    texts = [courrier.objet, *(part.texte for part in courrier.corps), *(part.texte for part in courrier.joindre)]
    quoted = {name.lower() for text in texts for name in BRACES.findall(text)}
    days = {courrier.montants_au, *(limite.depart for limite in courrier.limites)}
    return quoted | days | {name for case in cases for name in case}


def questions_of(letters: Iterable[Courrier]) -> tuple[tuple[QuestionDeCourrier, tuple[str, ...]], ...]:
    """Every question once, with the letters that ask it, in an order that is that of each letter.

    Raises:
        LawDataError: two letters ask the same questions in different orders.
    """
    asked: _Asked = {}
    asking: dict[str, list[str]] = {}
    before: dict[str, set[str]] = {}
    for letter in letters:
        names = list(letter.demandes)
        for place, name in enumerate(names):
            asked[name] = letter.demandes[name]
            asking.setdefault(name, []).append(letter.nom)
            before.setdefault(name, set()).update(names[:place])
    order: dict[str, None] = {}
    while len(order) < len(asked):
        ready = next((name for name in asked if name not in order and before[name] <= order.keys()), None)
        if ready is None:
            left = [name for name in asked if name not in order]
            reason = f"asked in different orders by different letters, or after one that is: {', '.join(left)}"
            raise LawDataError(asked[left[0]].question.fichier, f"questions.{left[0]}", reason)
        order[ready] = None
    return tuple((asked[name], tuple(asking[name])) for name in order)
