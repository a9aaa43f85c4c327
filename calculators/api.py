"""The library: one function a calculator, typed, for programs that compute instead of asking the page.

Everything here is stable under semantic versioning: the names, the parameters, the types, the names of questions and of
values, and the form of what :func:`ask` and :func:`schema` give. A value of the law, a sentence and the order of
warnings are no part of it: they change with the law. The other modules of the package may change at any time.

Each function takes the day on which the question is asked, for rules never read a clock, and the answers to the
questions of its calculator, named as in :func:`schema`. Amounts are in euros, ``Decimal`` or text, never ``float``;
days are ``date`` or text.

>>> from datetime import date
>>> answer = sbi(aujourdhui=date(2026, 11, 21), date_saisie=date(2026, 11, 20), solde="1000", creance="500")
>>> answer.valeur("laisse"), answer.etapes[0].articles[0].cle
(Decimal('651.69'), 'CPCE L162-2')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from calculators.declaration import json_schema
from calculators.errors import CalculatorsError, FieldError, UnknownKeyError
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS, get
from calculators.result import Action, Avertissement, Etape, Evenement, Niveau, Result, SourceUtilisee, Valeur
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from calculators.outcome import Outcome

__all__ = [
    "Action",
    "Avertissement",
    "Etape",
    "Evenement",
    "FieldError",
    "Given",
    "Niveau",
    "RefusedError",
    "Result",
    "SourceUtilisee",
    "UnknownKeyError",
    "Valeur",
    "ask",
    "calculators",
    "courriers",
    "delais",
    "echeancier",
    "pieces",
    "quotite",
    "sbi",
    "schema",
]

Given = str | int | Decimal | date | StrEnum | Sequence[Mapping[str, "Given"]] | None
"""One answer: an amount, a day, a choice or a text; rows, for a question that is repeated. ``None``: no answer."""


class RefusedError(CalculatorsError):
    """The calculator gave no answer: something given is missing or wrong, or no verified law covers the case.

    Attributes:
        erreurs: every faulty answer, with what is wrong and how to mend it, in French.
        hors_couverture: whether the question is clear, and only the verified law is missing.

    >>> try:
    ...     sbi(aujourdhui=date(2026, 11, 21), date_saisie="2026-02-30", solde="mille")
    ... except RefusedError as refused:
    ...     [error.champ for error in refused.erreurs], refused.hors_couverture
    (['date_saisie', 'comptes.1.solde'], False)
    """

    def __init__(self, erreurs: Sequence[FieldError], *, hors_couverture: bool) -> None:
        self.erreurs = tuple(erreurs)
        self.hors_couverture = hors_couverture
        super().__init__(" ".join(error.message for error in self.erreurs))


def sbi(*, aujourdhui: date, **given: Given) -> Result:
    """How much a bank must leave on a seized account, what more can be claimed, what can be seized; in euros.

    Rules: code des procédures civiles d'exécution, art. L162-1, L162-2, R162-2 to R162-9, R211-19 to R211-23 and
    R213-10; livre des procédures fiscales, art. L262.

    Args:
        aujourdhui: the day on which the question is asked.
        given: the answers, named as in ``schema("sbi")``: ``date_saisie`` and ``solde``, or ``comptes``, at least.

    Returns:
        The amounts ``laisse``, ``sur_demande`` and ``saisi`` among others, each step with its articles, the warnings.

    Raises:
        RefusedError: an answer is missing or wrong, or the day or the territory is outside the verified law.

    >>> sbi(aujourdhui=date(2026, 11, 21), date_saisie=date(2026, 11, 20), solde=Decimal("400")).valeur("laisse")
    Decimal('400.00')
    """
    return _answered("sbi", aujourdhui, given)


def quotite(*, aujourdhui: date, **given: Given) -> Result:
    """The part of a wage, a pension or an unemployment benefit that may be seized each month; in euros.

    Rules: code du travail, art. L3252-1 to L3252-5 and R3252-1 to R3252-5.

    Args:
        aujourdhui: the day on which the question is asked.
        given: the answers, named as in ``schema("quotite")``: ``date`` (of the pay) and ``net``, or ``payeurs``, at
            least.

    Returns:
        The amounts ``saisissable`` and ``laisse`` among others, each step with its articles, the warnings.

    Raises:
        RefusedError: an answer is missing or wrong, or the scale of that year was not verified.

    >>> quotite(aujourdhui=date(2026, 11, 21), date=date(2026, 11, 30), net="1500").valeur("saisissable")
    Decimal('234.76')
    """
    return _answered("quotite", aujourdhui, given)


def echeancier(*, aujourdhui: date, **given: Given) -> Result:
    """A plan of payments to propose to a creditor, within what the law lets a judge grant; amounts in euros.

    Rules: code civil, art. 1343-5; code de procédure civile, art. 510 to 513.

    Args:
        aujourdhui: the day on which the question is asked.
        given: the answers, named as in ``schema("echeancier")``: ``nature``, ``moment``, ``dette`` and
            ``premier_paiement`` at least.

    Returns:
        What is left to pay with (``disponible``), the plan in ``tableaux``, each step with its articles, the warnings.

    Raises:
        RefusedError: an answer is missing or wrong.

    >>> given = {"nature": "ordinaire", "moment": "acte", "dette": "2400", "premier_paiement": "2027-01-05"}
    >>> echeancier(aujourdhui=date(2026, 11, 21), paie="1620", logement="1415", **given).valeur("disponible")
    Decimal('205.00')
    """
    return _answered("echeancier", aujourdhui, given)


def delais(*, aujourdhui: date, **given: Given) -> Result:
    """Until when one may act, or from when: one named period, or every date of a situation.

    Rules: code de procédure civile, art. 640 to 644; code civil, art. 2228 and 2229; and the text of each period.

    Args:
        aujourdhui: the day on which the question is asked.
        given: the answers, named as in ``schema("delais")``: ``delai`` and ``evenement``, or ``situation`` and its
            own questions.

    Returns:
        The dates, in ``valeurs`` and on a timeline, ``evenements``; each step with its articles; the warnings.

    Raises:
        RefusedError: an answer is missing or wrong, or the event is before the period existed.

    >>> given = {"delai": "appel.contentieux", "evenement": date(2026, 11, 20)}
    >>> delais(aujourdhui=date(2026, 11, 21), **given).valeur("echeance")
    datetime.date(2026, 12, 21)
    """
    return _answered("delais", aujourdhui, given)


def pieces(*, aujourdhui: date, **given: Given) -> Result:
    """The documents that a démarche asks for in one's case, each with how sure it is and where to get it.

    Rules: the texts and official pages that each document names.

    Args:
        aujourdhui: the day on which the question is asked.
        given: the answers, named as in ``schema("pieces")``: ``demarche`` and its own questions.

    Returns:
        The documents, in ``pieces``; what to do; the warnings.

    Raises:
        RefusedError: an answer is missing or wrong.

    >>> answer = pieces(
    ...     aujourdhui=date(2026, 11, 21), demarche="consignation-cph", sens="restituer", profil="particulier"
    ... )
    >>> answer.pieces is not None and answer.pieces[0].niveau
    'requis'
    """
    return _answered("pieces", aujourdhui, given)


def courriers(*, aujourdhui: date, **given: Given) -> Result:
    """A letter ready to be read again and sent: its text, what to enclose, how to send it, and before when.

    Rules: the articles that each letter cites. Nothing is sent.

    Args:
        aujourdhui: the day on which the question is asked.
        given: the answers, named as in ``schema("courriers")``: ``courrier`` and its own questions. What is left out
            is a blank of the letter.

    Returns:
        The letter, in ``lettre``; the warnings.

    Raises:
        RefusedError: an answer is wrong.

    >>> answer = courriers(aujourdhui=date(2026, 11, 21), courrier="mairie-certificat", nom="Zoé Martin")
    >>> answer.lettre is not None and answer.lettre.nom
    'mairie-certificat'
    """
    return _answered("courriers", aujourdhui, given)


def calculators() -> dict[str, str]:
    """The calculators by name, each with what it answers, in French.

    >>> list(calculators())
    ['sbi', 'quotite', 'echeancier', 'delais', 'pieces', 'courriers']
    """
    return {name: french(calculator.titre) for name, calculator in CALCULATORS.items()}


def schema(calculator: str, given: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the questions of a calculator, in French; ``x-quand``: when one is asked.

    Args:
        calculator: its name.
        given: what is answered already: the questions that it rules out are left out.

    Raises:
        UnknownKeyError: there is no such calculator.

    >>> schema("sbi")["required"]
    ['date_saisie']
    >>> list(schema("delais", {"situation": "satd"})["properties"])[:3]
    ['aujourdhui', 'situation', 'date_notification']
    """
    known = get(calculator)
    whole: dict[str, Any] = json_schema(known.inputs, titre=french(known.titre))
    if given:
        answers = {name: str(_plain(answer)) for name, answer in given.items()}
        whole["properties"] = dict(_left(whole["properties"], answers))
    return whole


def _left(questions: Mapping[str, Mapping[str, Any]], given: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """The questions that these answers do not rule out; each depends on those before it alone."""
    out: set[str] = set()
    for name, question in questions.items():
        cases = question.get("x-quand", [{}])
        if any(_possible(case, given, out) for case in cases):
            yield name, question
        else:
            out.add(name)


def _possible(case: Mapping[str, Sequence[str]], given: Mapping[str, str], out: Collection[str]) -> bool:
    """Whether a case may still be met: of an answer that is a day, only the calculator tells."""
    return not any(
        name in out or (name in given and given[name] not in allowed and not any("/" in one for one in allowed))
        for name, allowed in case.items()
    )


def ask(calculator: str, given: Mapping[str, object]) -> dict[str, Any]:
    """The same answer as JSON-ready data, or the faults: what ``demarches NAME --json`` prints.

    Nothing that a person can type raises; a refusal has ``erreurs`` and a ``type``, ``saisie`` or ``couverture``.

    Args:
        calculator: its name.
        given: the answers, ``aujourdhui`` among them, as JSON has them; numbers as text, ``int`` or ``Decimal``.

    Returns:
        Amounts and days as text, texts in French. Its ``schema`` is the version of this form.

    Raises:
        UnknownKeyError: there is no such calculator.

    >>> ask("sbi", {"aujourdhui": "2026-11-21", "date_saisie": "2026-11-20", "solde": "1000"})["valeurs"]["laisse"]
    '651.69'
    >>> ask("sbi", {"aujourdhui": "2026-11-21", "solde": "1000"})["type"]
    'saisie'
    """
    return _outcome(calculator, given).to_dict()


def _answered(name: str, today: date, given: Mapping[str, Given]) -> Result:
    outcome = _outcome(name, {"aujourdhui": today, **given})
    if isinstance(outcome, Answered):
        return outcome.result
    raise RefusedError(outcome.erreurs, hors_couverture=outcome.hors_couverture)


def _outcome(name: str, given: Mapping[str, object]) -> Outcome:
    return ask_calculator(get(name), {question: _plain(answer) for question, answer in given.items()})


def _plain(answer: object) -> object:
    """An answer as the reader of questions takes it: a day as text."""
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, list | tuple):
        return [_plain(row) for row in answer]
    if isinstance(answer, Mapping):
        return {str(name): _plain(value) for name, value in answer.items()}
    return answer
