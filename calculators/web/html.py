"""Forms and answers as HTML.

The same code runs at build and in the browser. Everything is built as an element tree and serialised by the
standard library, so that whatever a person typed reaches the page as text, never as markup. No inline style nor
script: the pages run under a strict policy.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.calendar import in_words
from calculators.declaration import Kind, fields_of
from calculators.money import euros
from calculators.result import (
    Niveau,
    machine,
    reader,
)
from calculators.text import answers_given
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calculators.declaration import Field
    from calculators.errors import FieldError
    from calculators.law import Article
    from calculators.result import (
        Avertissement,
        Calculator,
        Etape,
        Lecture,
        Part,
        Result,
        SourceUtilisee,
        Tableau,
        Valeur,
    )

__all__ = ["Place", "article_link", "el", "errors_summary", "form", "result_view", "serialise", "table"]

_MAX_RADIOS = 4
_BAR_WIDTH, _BAR_HEIGHT = 320, 36
_NARROWEST_NUMBERED = 20

Child = ET.Element | str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where HTML is going: prefix of its identifiers, address of the site's root, level of its first heading."""

    prefixe: str
    racine: str = ""
    niveau: int = 3

    def page(self, page: str) -> str:
        """Address of a guide of this site."""
        return f"{self.racine}{page}/"

    def id(self, name: str) -> str:
        """Identifier of a part of this calculator."""
        return f"{self.prefixe}-{name.replace('.', '-')}"


def el(tag: str, *children: Child, **attributes: str | bool | None) -> ET.Element:
    """Build an element. Text gets its French typography; ``class_`` loses its underscore; ``data_x`` is ``data-x``.

    >>> serialise(el("p", "Oui ", el("b", "<non>"), class_="a"))
    '<p class="a">Oui <b>&lt;non&gt;</b></p>'
    """
    element = ET.Element(tag)
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        # An empty boolean attribute is as true as any; the name repeated is valid HTML and XML alike.
        key = name.rstrip("_").replace("_", "-")
        element.set(key, key if value is True else value)
    _extend(element, children)
    return element


def _extend(element: ET.Element, children: Iterable[Child]) -> None:
    for child in children:
        if child is None:
            continue
        if isinstance(child, ET.Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + french(child)
        else:
            element.text = (element.text or "") + french(child)


def serialise(*elements: ET.Element) -> str:
    """Write elements as HTML."""
    return "".join(ET.tostring(element, encoding="unicode", method="html") for element in elements)


def heading(level: int, *children: Child, **attributes: str | bool | None) -> ET.Element:
    """A heading, never deeper than h6."""
    return el(f"h{min(level, 6)}", *children, **attributes)


def article_link(article: Article, *, long: bool = False) -> ET.Element:
    """A link to the official text of an article."""
    words = article.citation_longue if long else article.citation
    return el("a", words, href=article.lien, title=french(f"{article.citation_longue}, sur Légifrance"), rel="external")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Child]], *, class_: str = "") -> ET.Element:
    """A table whose first column names its rows, that scrolls inside its own box on a narrow screen."""
    head = el("thead", el("tr", *(el("th", column, scope="col") for column in columns)))
    body = el("tbody")
    for first, *cells in rows:
        body.append(el("tr", el("th", first, scope="row"), *(el("td", cell) for cell in cells)))
    box = el("div", class_="tableau", role="region", tabindex="0", aria_label=french(caption))
    box.append(el("table", el("caption", caption), head, body, class_=class_ or None))
    return box


# ---------------------------------------------------------------- form


def form(calculator: Calculator[Any], place: Place) -> ET.Element:
    """The complete form of a calculator, from its declaration."""
    fields = fields_of(calculator.inputs)
    shorts = {
        short: f"{field.nom}.1.{next(name for name, fixed in template.items() if fixed is None)}"
        for field in fields
        for short, template in field.question.abrege.items()
    }
    fixed = {
        short: {f"{field.nom}.1.{name}": value for name, value in template.items() if value is not None}
        for field in fields
        for short, template in field.question.abrege.items()
    }
    return el(
        "form",
        el("div", class_="calc-erreurs", data_zone="erreurs"),
        *(_question(field, place, field.nom) for field in fields if not field.question.cache),
        el(
            "div",
            # Enabled by the script: without it, sending the form would put the answers in an address, for the server.
            el("button", "Calculer", type="submit", class_="md-button md-button--primary calc-envoi", disabled=True),
            el("p", class_="calc-etat", role="status", data_zone="etat"),
            class_="calc-actions",
        ),
        class_="calc-formulaire",
        id=place.id("formulaire"),
        novalidate=True,
        autocomplete="off",
        data_abrege=json.dumps(shorts),
        data_abrege_fixe=json.dumps(fixed),
        aria_label=french(calculator.titre),
    )


def _question(field: Field, place: Place, path: str) -> ET.Element:
    if field.kind is Kind.LIGNES:
        return _rows(field, place)
    grouped = field.kind is Kind.OUI_NON or (field.kind is Kind.CHOIX and len(field.options) <= _MAX_RADIOS)
    build = _radios if grouped else _single
    return build(field, place, path)


def _attributes(field: Field, path: str) -> dict[str, str]:
    attributes = {"data_champ": path, "data_sorte": field.kind.value}
    if field.question.quand:
        attributes["data_quand"] = json.dumps({name: list(v) for name, v in field.question.quand.items()})
    return attributes


def _help(field: Field, place: Place, path: str) -> tuple[ET.Element | None, ET.Element, str]:
    """The help and the place of the error message, and the identifiers that describe the field."""
    words = " ".join(part for part in (field.question.aide, _format_help(field)) if part)
    hint = el("p", words, class_="calc-aide", id=place.id(f"{path}-aide")) if words else None
    error = el("p", class_="calc-erreur", id=place.id(f"{path}-erreur"), data_zone="erreur", hidden=True)
    described = " ".join(e.get("id", "") for e in (hint, error) if e is not None)
    return hint, error, described


def _format_help(field: Field) -> str:
    return "Au format JJ/MM/AAAA, par exemple 20/11/2026." if field.kind is Kind.DATE else ""


def _label(field: Field) -> tuple[Child, ...]:
    optional = not field.requis and field.kind in {Kind.MONTANT, Kind.TEXTE, Kind.DATE}
    return (field.question.label, el("span", " (facultatif)", class_="calc-facultatif") if optional else None)


def _default_text(field: Field) -> str:
    if field.vide or field.defaut is None:
        return ""
    if isinstance(field.defaut, bool):
        return "oui" if field.defaut else "non"
    if isinstance(field.defaut, Decimal):
        return machine(field.defaut).removesuffix(".00").replace(".", ",")
    return str(getattr(field.defaut, "value", field.defaut))


def _single(field: Field, place: Place, path: str) -> ET.Element:
    hint, error, described = _help(field, place, path)
    identifier = place.id(path)
    control = (
        _select(field, identifier, path, described)
        if field.kind is Kind.CHOIX
        else _input(field, identifier, path, described)
    )
    label = el("label", *_label(field), for_=identifier)
    return el("div", label, hint, error, control, class_="calc-question", **_attributes(field, path))


def _input(field: Field, identifier: str, path: str, described: str) -> ET.Element:
    control = el(
        "input",
        type="text",
        id=identifier,
        name=path,
        value=_default_text(field),
        aria_describedby=described,
        autocomplete="off",
        spellcheck="false",
        class_=f"calc-saisie calc-saisie--{field.kind.value}",
    )
    if field.kind is not Kind.MONTANT:
        return control
    return el("div", control, el("span", "€", class_="calc-unite", aria_hidden="true"), class_="calc-montant")


def _select(field: Field, identifier: str, path: str, described: str) -> ET.Element:
    select = el("select", id=identifier, name=path, aria_describedby=described, class_="calc-saisie")
    chosen = _default_text(field)
    if not chosen:
        select.append(el("option", "Choisissez…", value=""))
    groups: dict[str, ET.Element] = {}
    for option in field.options:
        parent = select
        if option.groupe:
            if option.groupe not in groups:
                groups[option.groupe] = el("optgroup", label=french(option.groupe))
                select.append(groups[option.groupe])
            parent = groups[option.groupe]
        parent.append(el("option", option.label, value=option.valeur, selected=option.valeur == chosen))
    return select


def _radios(field: Field, place: Place, path: str) -> ET.Element:
    hint, error, described = _help(field, place, path)
    chosen = _default_text(field)
    options = (
        (("oui", "Oui"), ("non", "Non"))
        if field.kind is Kind.OUI_NON
        else tuple((option.valeur, option.label) for option in field.options)
    )
    choices = el("div", class_="calc-choix" + (" calc-choix--court" if field.kind is Kind.OUI_NON else ""))
    for value, words in options:
        identifier = place.id(path if not len(choices) else f"{path}-{value}")
        radio = el("input", type="radio", id=identifier, name=path, value=value, checked=value == chosen)
        choices.append(el("div", radio, el("label", words, for_=identifier), class_="calc-option"))
    legend = el("legend", *_label(field))
    return el(
        "fieldset",
        legend,
        hint,
        error,
        choices,
        class_="calc-question",
        # The role that may carry aria-invalid.
        role="radiogroup",
        aria_describedby=described,
        **_attributes(field, path),
    )


def _rows(field: Field, place: Place) -> ET.Element:
    hint, error, described = _help(field, place, field.nom)
    first = _row(field, place, "1")
    body = el("div", first if field.requis else None, class_="calc-lignes", data_zone="lignes")
    add = el("button", field.question.ajouter, type="button", class_="md-button calc-ajouter", data_action="ajouter")
    template = el("template", _row(field, place, "__n__"), data_zone="modele")
    legend = el("legend", *_label(field), id=place.id(field.nom), tabindex="-1")
    attributes = _attributes(field, field.nom)
    attributes |= {"data_min": "1" if field.requis else "0", "data_max": str(field.question.max_lignes)}
    return el(
        "fieldset",
        legend,
        hint,
        error,
        body,
        add,
        template,
        class_="calc-question calc-groupe",
        aria_describedby=described,
        **attributes,
    )


def _row(field: Field, place: Place, number: str) -> ET.Element:
    name = field.question.ajouter.split()[-1] if not field.question.ajouter.endswith("reçue") else "somme"
    title = f"{name.capitalize()} {number}"
    remove = el(
        "button",
        "Retirer ",
        el("span", title.lower(), class_="calc-numero"),
        type="button",
        class_="calc-retirer",
        data_action="retirer",
    )
    questions = (_question(column, place, f"{field.nom}.{number}.{column.nom}") for column in field.colonnes)
    return el(
        "fieldset",
        el("legend", el("span", title, class_="calc-numero")),
        *questions,
        remove,
        class_="calc-ligne",
        data_ligne=number,
    )


# ---------------------------------------------------------------- errors


def errors_summary(
    calculator: Calculator[Any], faults: Sequence[FieldError], place: Place, *, refused: bool = False
) -> ET.Element:
    """The summary of faults, to be focused, each a link to its field. ``refused``: outside the verified law."""
    if refused:
        title = "Nous ne pouvons pas répondre pour ce cas"
    else:
        title = "Une réponse est à corriger" if len(faults) == 1 else f"{len(faults)} réponses sont à corriger"
    items = el("ul")
    for fault in faults:
        link = (
            el("a", fault.message, href=f"#{place.id(fault.champ)}", data_vers=fault.champ)
            if _in_the_form(calculator, fault.champ)
            else fault.message
        )
        items.append(el("li", link))
    identifier = place.id("erreurs-titre")
    return el(
        "div",
        heading(place.niveau, title, id=identifier),
        items,
        class_="calc-resume-erreurs",
        # Not an alert: it takes the focus, which reads it; an alert would be read twice.
        role="group",
        tabindex="-1",
        aria_labelledby=identifier,
    )


def _in_the_form(calculator: Calculator[Any], path: str) -> bool:
    """Whether a path leads to a field that the form shows."""
    name, _, rest = path.partition(".")
    number, _, column = rest.partition(".")
    for field in fields_of(calculator.inputs):
        if field.nom == name and not field.question.cache:
            known = number.isdecimal() and column in {c.nom for c in field.colonnes}
            return not rest or known
    return False


# ---------------------------------------------------------------- answer


def result_view(inputs: object, result: Result, place: Place) -> ET.Element:
    """The whole answer."""
    level = place.niveau
    view = el("div", class_="calc-reponse")
    _extend(
        view,
        [
            el("p", result.resume, class_="calc-phrase"),
            *(_warning(w) for w in result.avertissements if w.niveau is Niveau.ATTENTION),
            _essential(result.valeurs),
            _bar(result.parts),
            _all_values(result.valeurs),
            *(_details(t) for t in result.tableaux if len(t.lignes) > 1),
        ],
    )
    if result.lectures:
        _extend(view, [heading(level + 1, "Les lectures possibles"), _readings(result.lectures)])
    if result.a_faire:
        actions = el("ul", class_="calc-a-faire")
        for action in result.a_faire:
            when = el("span", f" Quand : {action.quand}.", class_="calc-quand") if action.quand else None
            more = (" ", el("a", "Lire le guide", href=place.page(action.page))) if action.page else ()
            actions.append(el("li", action.texte, when, *more))
        _extend(view, [heading(level + 1, "Que faire maintenant"), actions])
    steps = el("ol", *(_step(step) for step in result.etapes), class_="calc-etapes")
    _extend(view, [heading(level + 1, "Le raisonnement, étape par étape"), steps])
    notes = [_warning(w) for w in result.avertissements if w.niveau is Niveau.INFO]
    if notes:
        _extend(view, [heading(level + 1, "Bon à savoir"), *notes])
    if result.sources:
        sources = el("ul", *(_source(source) for source in result.sources), class_="calc-sources")
        _extend(view, [heading(level + 1, "Valeurs utilisées"), sources])
    _extend(view, [heading(level + 1, "Vos réponses"), _recap(inputs)])
    _extend(view, [el("p", "Information générale, pas un conseil juridique personnalisé.", class_="calc-mention")])
    return view


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
    return el(tag, reader(valeur.quantite), data_valeur=valeur.cle, **attribute)


def _essential(valeurs: Sequence[Valeur]) -> ET.Element:
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
    return shown


def _all_values(valeurs: Sequence[Valeur]) -> ET.Element:
    rows = [(valeur.libelle, _quantity(valeur)) for valeur in valeurs]
    return table("Tous les montants", ("Montant", "En euros"), rows, class_="calc-montants")


def _bar(parts: Sequence[Part]) -> ET.Element | None:
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
        legend.append(el("li", key, f"{part.libelle} : ", el("strong", euros(part.montant))))
    return el("figure", drawing, el("figcaption", "Où va l'argent des comptes :", legend), class_="calc-figure")


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


def _details(tableau: Tableau) -> ET.Element:
    columns = [label for _, label in tableau.colonnes]
    return table(
        tableau.titre,
        columns,
        [[reader(cell) for cell in ligne] for ligne in tableau.lignes],
        class_="calc-detail",
    )


def _readings(lectures: Sequence[Lecture]) -> ET.Element:
    shown = el("div", class_="calc-lectures")
    for lecture in lectures:
        amounts = el("dl")
        for valeur in lecture.valeurs:
            _extend(amounts, [el("dt", valeur.libelle), el("dd", _quantity(valeur))])
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


def _step(step: Etape) -> ET.Element:
    cited = el("p", class_="calc-articles") if step.articles else None
    if cited is not None:
        for number, article in enumerate(step.articles):
            _extend(cited, [", " if number else "", article_link(article)])
    return el(
        "li",
        el("p", el("strong", step.titre)),
        el("p", step.explication),
        el("p", step.calcul, class_="calc-calcul") if step.calcul else None,
        cited,
    )


def _source(source: SourceUtilisee) -> ET.Element:
    since = f", en vigueur depuis le {in_words(source.en_vigueur_du)}"
    until = f" jusqu'au {in_words(source.valable_jusqu_au)}" if source.valable_jusqu_au else ""
    doubt = " À confirmer." if source.certitude not in {"A", "B"} else ""
    revision = (
        f" Prochaine revalorisation attendue le {in_words(source.revision_attendue)}."
        if source.revision_attendue
        else ""
    )
    checked = f" Vérifié le {in_words(source.verifie_le)}."
    text = el("a", source.texte, href=source.lien, rel="external")
    return el("li", f"{source.intitule}{since}{until} : ", text, f".{doubt}{checked}{revision}")


def _recap(inputs: object) -> ET.Element:
    recap = el("ul", class_="calc-recapitulatif")
    for label, text in answers_given(inputs):
        recap.append(el("li", f"{label} : " if not label.endswith("?") else f"{label} ", el("strong", text)))
    return recap


# ---------------------------------------------------------------- around a calculator, at build


def example_view(inputs: object, result: Result) -> ET.Element:
    """A worked example: the answers, the result, the reasoning in a fold. Nothing to do next: it is nobody's case."""
    view = el("div", class_="calc-exemple")
    steps = el("ol", *(_step(step) for step in result.etapes), class_="calc-etapes")
    _extend(
        view,
        [
            _recap(inputs),
            el("p", result.resume, class_="calc-phrase"),
            *(_warning(w) for w in result.avertissements if w.niveau is Niveau.ATTENTION),
            _bar(result.parts),
            *(_details(t) for t in result.tableaux if len(t.lignes) > 1),
            _readings(result.lectures) if result.lectures else None,
            el("details", el("summary", "Voir le raisonnement"), steps, class_="calc-pli"),
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
