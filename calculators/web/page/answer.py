"""An answer as HTML, in the page and in the worked examples of the guides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.calendar import in_words
from calculators.edition import edition_in_words
from calculators.language import FRENCH
from calculators.result import Niveau, machine, reader
from calculators.sections import NOTICE, Section, sections
from calculators.text import answers_given
from calculators.web.page.comparison import Bar, bars, comparison_view
from calculators.web.page.dates import month_calendars, timeline
from calculators.web.page.elements import article_folds, el, extend, heading, spoken, table, written_in
from calculators.web.page.letter import letter_view
from calculators.web.page.pieces import checklist

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from calculators.result import (
        Avertissement,
        Calculator,
        Comparaison,
        Etape,
        Lecture,
        Part,
        Result,
        SourceUtilisee,
        Tableau,
        Valeur,
    )
    from calculators.web.page.elements import Place

__all__ = ["example_view", "manual", "result_view"]

_BAR_WIDTH, _BAR_HEIGHT = 320, 36
_NARROWEST_NUMBERED = 20


def result_view(inputs: object, result: Result, place: Place, compared: Comparaison | None = None) -> ET.Element:
    """The whole answer, in its language."""
    with written_in(result.langue):
        view = _result_view(inputs, result, place, compared)
    if result.langue.code != FRENCH.code:
        view.set("lang", result.langue.code)
    return view


def _result_view(inputs: object, result: Result, place: Place, compared: Comparaison | None) -> ET.Element:
    level = place.niveau + 1
    view = el("div", class_="calc-reponse")
    write: dict[Section, Callable[[], Iterable[ET.Element | None]]] = {
        Section.SENTENCE: lambda: [_sentence(result.resume)],
        Section.WARNINGS: lambda: _warnings(result, Niveau.ATTENTION),
        Section.VALUES: lambda: [_essential(result.valeurs)],
        Section.LETTER: lambda: [letter_view(result.lettre, place)] if result.lettre else [],
        Section.ACTIONS: lambda: [heading(level, "Que faire maintenant"), _actions(result, place)],
        Section.CALENDAR: lambda: [heading(level, "Le calendrier"), timeline(result.evenements, result.jour)],
        Section.DOCUMENTS: lambda: [checklist(result.pieces or (), place, result.depot)],
        Section.DETAILS: lambda: _all_details(result, compared),
        Section.READINGS: lambda: _of_the_reader(result, level),
        Section.STEPS: lambda: [heading(level, "Le raisonnement, étape par étape"), _steps(result)],
        Section.NOTES: lambda: [heading(level, "Bon à savoir"), *_warnings(result, Niveau.INFO)],
        Section.SOURCES: lambda: [heading(level, "Valeurs utilisées"), _sources(result)],
        Section.GIVEN: lambda: [heading(level, "Vos réponses"), _recap(inputs)],
        Section.NOTICE: lambda: [
            el("p", NOTICE, class_="calc-mention"),
            el("p", edition_in_words(), class_="calc-mention", data_zone="version"),
        ],
    }
    for section in sections(result):
        extend(view, write[section]())
    return view


def _sentence(text: str) -> ET.Element:
    """What answers, in large: its first sentence, then the others."""
    first, cut, rest = text.partition(". ")
    if not cut:
        return el("p", el("strong", text), class_="calc-phrase")
    return el("p", el("strong", f"{first}."), f" {rest}", class_="calc-phrase")


def _of_the_reader(result: Result, level: int) -> Iterator[ET.Element]:
    """The readings of the dates that are the reader's: beside those of others, the fold says what is open."""
    others = tuple(f"{event.cle}." for event in result.evenements if not event.pour_vous)
    readings = [lecture for lecture in result.lectures if not (others and lecture.cle.startswith(others))]
    if readings:
        yield heading(level, "Les lectures possibles")
        yield _readings(readings)


def _actions(result: Result, place: Place) -> ET.Element:
    actions = el("ul", class_="calc-a-faire")
    for action in result.a_faire:
        when = el("span", f" Quand : {action.quand}.", class_="calc-quand") if action.quand else None
        more = (" ", el("a", "Lire le guide", href=place.page(action.page))) if action.page else ()
        actions.append(el("li", action.texte, when, *more))
    return actions


def _all_details(result: Result, compared: Comparaison | None) -> Iterator[ET.Element | None]:
    yield _bar(result.parts, result.figure)
    # A list of documents says its few values once, above.
    if not _in_the_timeline(result) and result.pieces is None:
        yield _all_values(result.valeurs)
    for tableau in result.tableaux:
        if len(tableau.lignes) > 1:
            yield from _details(tableau)
    yield month_calendars(result.jours)
    if compared:
        yield comparison_view(compared)


def _steps(result: Result) -> ET.Element:
    return el("ol", *(_step(step, result.jour) for step in result.etapes), class_="calc-etapes")


def _sources(result: Result) -> ET.Element:
    return el("ul", *(_source(source) for source in result.sources), class_="calc-sources")


def _warnings(result: Result, level: Niveau) -> Iterator[ET.Element]:
    return (_warning(warning) for warning in result.avertissements if warning.niveau is level)


def _in_the_timeline(result: Result) -> bool:
    """Whether the timeline already says all the values."""
    return {valeur.cle for valeur in result.valeurs} <= {event.cle for event in result.evenements}


def _warning(warning: Avertissement) -> ET.Element:
    title = "Attention" if warning.niveau is Niveau.ATTENTION else "À savoir"
    return el(
        "p",
        el("strong", f"{title} : "),
        warning.texte,
        class_=f"calc-avertissement calc-avertissement--{warning.niveau.value}",
        data_code=warning.code,
    )


def _quantity(valeur: Valeur) -> ET.Element:
    tag = "time" if isinstance(valeur.quantite, date) else "data"
    attribute = {"datetime" if tag == "time" else "value": machine(valeur.quantite)}
    return el(tag, valeur.dite(spoken()), data_valeur=valeur.cle, **attribute)


def _essential(valeurs: Sequence[Valeur]) -> ET.Element | None:
    shown = el("dl", class_="calc-valeurs")
    for valeur in valeurs:
        if valeur.essentielle:
            shown.append(
                el(
                    "div",
                    el("dt", valeur.libelle),
                    el("dd", _quantity(valeur)),
                    class_=f"calc-valeur calc-valeur--{valeur.cle}",
                ),
            )
    return shown if len(shown) else None


def _all_values(valeurs: Sequence[Valeur]) -> ET.Element:
    rows = [(valeur.libelle, _quantity(valeur)) for valeur in valeurs]
    if all(isinstance(valeur.quantite, date) for valeur in valeurs):
        return table("Toutes les dates", ("Ce que c'est", "Date"), rows, class_="calc-montants")
    return table("Tous les montants", ("Montant", "En euros"), rows, class_="calc-montants")


def _bar(parts: Sequence[Part], title: str) -> ET.Element | None:
    """A picture of the shares: numbered segments, and a legend that says the same in words and figures."""
    total = sum((part.montant for part in parts), Decimal(0))
    if total == 0:
        return None
    legend = el("ol", class_="calc-legende")
    drawing = el(
        "svg",
        viewBox=f"0 0 {_BAR_WIDTH} {_BAR_HEIGHT}",
        class_="calc-barre",
        aria_hidden="true",
        focusable="false",
    )
    left = Decimal(0)
    for number, part in enumerate(parts, 1):
        width = part.montant * _BAR_WIDTH / total
        drawing.append(_segment(part, left, width, number))
        left += width
        key = el("span", class_=f"calc-pastille calc-pastille--{part.role}", aria_hidden="true")
        legend.append(el("li", key, f"{part.libelle} : ", el("strong", reader(part.montant, spoken()))))
    return el("figure", drawing, el("figcaption", f"{title} :", legend), class_="calc-figure")


def _segment(part: Part, left: Decimal, width: Decimal, number: int) -> ET.Element:
    """One share of the bar: a nested drawing, which clips the lines of its pattern; the style sheet dresses them."""
    middle = str(_BAR_HEIGHT // 2)
    segment = el(
        "svg", x=_px(left), width=_px(width), height=str(_BAR_HEIGHT), class_=f"calc-part calc-part--{part.role}"
    )
    segment.append(el("rect", class_="calc-part-fond", width="100%", height="100%"))
    segment.append(
        el("line", class_="calc-part-motif", x1=f"-{_BAR_HEIGHT}", x2=str(2 * _BAR_WIDTH), y1=middle, y2=middle)
    )
    if width >= _NARROWEST_NUMBERED:
        segment.append(el("circle", class_="calc-part-rond", cx="50%", cy=middle, r="9"))
        segment.append(
            el("text", str(number), class_="calc-part-numero", x="50%", y=middle, dy="0.35em", text_anchor="middle")
        )
    return segment


def _px(length: Decimal) -> str:
    return f"{length:.2f}"


def _details(tableau: Tableau) -> Iterator[ET.Element]:
    if tableau.image:
        yield bars([Bar(name, part, tout=whole) for name, whole, part in tableau.image], tableau.legende)
    columns = [label for _, label in tableau.colonnes]
    rows = [[reader(cell, spoken()) for cell in ligne] for ligne in tableau.lignes]
    yield table(tableau.titre, columns, rows, class_="calc-detail")


def _readings(lectures: Sequence[Lecture]) -> ET.Element:
    shown = el("div", class_="calc-lectures")
    for lecture in lectures:
        amounts = el("dl")
        for valeur in lecture.valeurs:
            extend(amounts, [el("dt", valeur.libelle), el("dd", _quantity(valeur))])
        shown.append(
            el(
                "div",
                el("p", el("strong", lecture.intitule)),
                el("p", lecture.raison),
                amounts,
                class_="calc-lecture" + (" calc-lecture--prudente" if lecture.prudente else ""),
                data_lecture=lecture.cle,
            ),
        )
    return shown


def _step(step: Etape, day: date | None) -> ET.Element:
    return el(
        "li",
        el("p", el("strong", step.titre)),
        el("p", step.explication),
        el("p", step.calcul, class_="calc-calcul") if step.calcul else None,
        article_folds(step.articles, day=day) if step.articles else None,
    )


def _source(source: SourceUtilisee) -> ET.Element:
    since = f", en vigueur depuis le {in_words(source.en_vigueur_du)}"
    until = f" jusqu'au {in_words(source.valable_jusqu_au)}" if source.valable_jusqu_au else ""
    doubt = f" {source.doute}" if source.doute else ""
    revision = (
        f" Prochaine revalorisation attendue le {in_words(source.revision_attendue)}."
        if source.revision_attendue
        else ""
    )
    checked = f" Vérifié le {in_words(source.verifie_le)}."
    text = el("a", source.texte, href=source.lien, rel="external")
    return el("li", f"{source.intitule}{since}{until} : ", text, f".{doubt}{checked}{revision}")


def _recap(inputs: object, *, defaults: bool = True) -> ET.Element:
    recap = el("ul", class_="calc-recapitulatif")
    for label, text in answers_given(inputs, defaults=defaults):
        recap.append(el("li", f"{label} : " if not label.endswith("?") else f"{label} ", el("strong", text)))
    return recap


def example_view(inputs: object, result: Result) -> ET.Element:
    """A worked example: the answers, the result, the reasoning in a fold. Nothing to do next: it is nobody's case."""
    view = el("div", class_="calc-exemple")
    extend(
        view,
        [
            _recap(inputs, defaults=False),
            _sentence(result.resume),
            *_warnings(result, Niveau.ATTENTION),
            timeline(result.evenements, result.jour) if result.evenements else None,
            checklist(result.pieces) if result.pieces else None,
            letter_view(result.lettre) if result.lettre else None,
            _bar(result.parts, result.figure),
            *(part for t in result.tableaux if len(t.lignes) > 1 for part in _details(t)),
            month_calendars(result.jours),
            _readings(result.lectures) if result.lectures else None,
            el("details", el("summary", "Voir le raisonnement"), _steps(result), class_="calc-pli"),
        ],
    )
    return view


def manual(calculator: Calculator[Any]) -> Iterable[ET.Element]:
    """How to do it by hand, and what the calculator does not do."""
    method = el("ol", *(el("li", step) for step in calculator.methode))
    limits = el("ul", *(el("li", limit) for limit in calculator.limites))
    yield el("details", el("summary", "Faire le calcul à la main"), method, class_="calc-pli", data_zone="methode")
    yield el(
        "details",
        el("summary", "Ce que ce calculateur ne fait pas"),
        limits,
        class_="calc-pli",
        data_zone="limites",
    )
