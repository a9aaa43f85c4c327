"""The form of a calculator and its error summary, as HTML, from the declaration of its inputs."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.declaration import Kind, conditions, fields_of, under
from calculators.errors import UnknownKeyError
from calculators.result import machine
from calculators.text import REFUSED
from calculators.typography import capitalised, french
from calculators.web.page.elements import el, heading

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Mapping, Sequence

    from calculators.declaration import Field
    from calculators.errors import FieldError
    from calculators.result import Calculator
    from calculators.web.page.elements import Child, Place

__all__ = ["UNKEPT", "errors_summary", "form", "sheet"]

#: Of a field where the reader types: the browser neither remembers what is typed, nor has it checked by others.
UNKEPT = {"autocomplete": "off", "spellcheck": "false"}

_MAX_RADIOS = 4
#: A list of more answers than this one is narrowed down by the words typed.
_MOST_READ = 20


def form(calculator: Calculator[Any], place: Place, given: Mapping[str, str] | None = None) -> ET.Element:
    """The complete form of a calculator, from its declaration; `given` answers beforehand, where nothing did.

    Raises:
        UnknownKeyError: such an answer is not one that the form could show.
    """
    fields = _answered(fields_of(calculator.inputs), given or {})
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
    former: Callable[[], Mapping[str, Mapping[str, str]]] | None = getattr(under(calculator.inputs), "former", None)
    return sheet(
        fields,
        place,
        title=calculator.titre,
        send=calculator.bouton,
        erase="Effacer mes réponses",
        data_abrege=json.dumps(shorts),
        data_abrege_fixe=json.dumps(fixed),
        data_anciens=json.dumps({old: dict(now) for old, now in former().items()}) if former else None,
        data_repondu=" ".join(given) if given else None,
        data_sujet=getattr(calculator.inputs, "repris_par_lien", None),
    )


def sheet(
    fields: Sequence[Field], place: Place, *, title: str, send: str, erase: str = "", **attributes: str | None
) -> ET.Element:
    """A form that asks these questions; ``send``: the words on its button; ``erase``: on the one that clears it all."""
    # Shown by the script, once there is something to erase.
    clear = el("button", erase, type="button", class_="md-button", data_action="effacer", hidden=True)
    return el(
        "form",
        el("div", class_="calc-erreurs", data_zone="erreurs"),
        *(_question(field, place, field.nom) for field in fields if not field.question.cache),
        el(
            "div",
            # Enabled by the script: without it, sending the form would put the answers in an address, for the server.
            el("button", send, type="submit", class_="md-button md-button--primary calc-envoi", disabled=True),
            clear if erase else None,
            el("p", class_="calc-etat", role="status", data_zone="etat"),
            class_="calc-actions",
        ),
        class_="calc-formulaire",
        id=place.id("formulaire"),
        novalidate=True,
        autocomplete="off",
        # The search finds a tool by the words of its page: its questions, with every answer, would win over the guides.
        data_search_exclude="",
        **attributes,
        aria_label=french(title),
    )


def _answered(fields: Sequence[Field], given: Mapping[str, str]) -> Sequence[Field]:
    # An answer that replaced a default could not be told from it: addresses leave defaults out.
    free = (f for f in fields if f.vide or f.defaut is None)
    open_ = {f.nom: f for f in free if f.kind is not Kind.LIGNES and not f.question.cache}
    for name, answer in given.items():
        if name not in open_:
            raise UnknownKeyError(f"{name!r} cannot be answered beforehand: expected one of {', '.join(open_)}")
        known = [option.valeur for option in open_[name].options]
        if known and answer not in known:
            raise UnknownKeyError(f"{name}: unknown answer {answer!r}: expected one of {', '.join(known)}")
    return tuple(replace(field, defaut=given.get(field.nom, field.defaut)) for field in fields)


def _question(field: Field, place: Place, path: str) -> ET.Element:
    if field.kind is Kind.LIGNES:
        return _rows(field, place)
    grouped = field.kind is Kind.OUI_NON or (field.kind is Kind.CHOIX and len(field.options) <= _MAX_RADIOS)
    build = _radios if grouped else _single
    return build(field, place, path)


def _attributes(field: Field, path: str) -> dict[str, str]:
    attributes = {"data_champ": path, "data_sorte": field.kind.value}
    if not field.toujours:
        attributes["data_quand"] = json.dumps(conditions(field.question.quand))
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


def _needed(field: Field) -> str | None:
    """Said to a screen reader of what is empty and must be answered; elsewhere the label says what may be left out."""
    return "true" if field.requis and not _default_text(field) else None


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
    narrow = _narrow(identifier) if len(field.options) > _MOST_READ else None
    return el("div", label, hint, error, narrow, control, class_="calc-question", **_attributes(field, path))


def _narrow(identifier: str) -> ET.Element:
    """Narrows the list below down to the answers that hold the words typed; shown by the script."""
    field = f"{identifier}-mots"
    return el(
        "mode-emploi-filtre",
        el("label", "Cherchez dans cette liste avec vos mots", for_=field),
        el(
            "input",
            type="search",
            id=field,
            class_="calc-saisie",
            autocomplete="off",
            spellcheck="false",
            aria_controls=identifier,
        ),
        el("p", role="status", class_="calc-aide", data_zone="trouves"),
        data_liste=identifier,
        hidden=True,
    )


def _keypad(field: Field) -> str | None:
    """The keypad of a phone that has all that may be typed: a keypad of figures has no minus sign, nor words."""
    if field.kind is Kind.NOMBRE:
        return "numeric"
    return "decimal" if field.kind is Kind.MONTANT and field.question.minimum is not None else None


def _input(field: Field, identifier: str, path: str, described: str) -> ET.Element:
    control = el(
        "input",
        type="text",
        id=identifier,
        name=path,
        value=_default_text(field),
        aria_describedby=described,
        aria_required=_needed(field),
        **UNKEPT,
        inputmode=_keypad(field),
        maxlength="4" if field.kind is Kind.NOMBRE else None,
        class_=f"calc-saisie calc-saisie--{field.kind.value}",
    )
    if field.kind is Kind.DATE:
        # Shown once the script is there to open the device's own calendar.
        more = el("span", f" dans un calendrier : {field.question.label}", class_="hors-ecran")
        pick = el("button", "Choisir", more, type="button", class_="calc-choisir", data_action="calendrier")
        return el("div", control, pick, class_="calc-date")
    if field.kind is not Kind.MONTANT:
        return control
    return el("div", control, el("span", "€", class_="calc-unite", aria_hidden="true"), class_="calc-montant")


def _select(field: Field, identifier: str, path: str, described: str) -> ET.Element:
    select = el(
        "select",
        id=identifier,
        name=path,
        aria_describedby=described,
        aria_required=_needed(field),
        class_="calc-saisie",
    )
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
        known_by = option.mots or None
        parent.append(
            el("option", option.label, value=option.valeur, selected=option.valeur == chosen, data_mots=known_by)
        )
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
        aria_required=_needed(field),
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
    title = f"{field.question.ligne} {number}"
    remove = el(
        "button",
        "Retirer ",
        el("span", title, class_="calc-numero"),
        type="button",
        class_="calc-retirer",
        data_action="retirer",
    )
    questions = (_question(column, place, f"{field.nom}.{number}.{column.nom}") for column in field.colonnes)
    return el(
        "fieldset",
        el("legend", el("span", capitalised(title), class_="calc-numero")),
        *questions,
        remove,
        class_="calc-ligne",
        data_ligne=number,
    )


def errors_summary(
    calculator: Calculator[Any], faults: Sequence[FieldError], place: Place, *, refused: bool = False
) -> ET.Element:
    """The summary of faults, to be focused, each a link to its field. ``refused``: outside the verified law.

    What is good news is not a fault: alone, the summary says so, and does not look like one.
    """
    good = all(fault.bonne_nouvelle for fault in faults)
    if refused:
        title = REFUSED
    elif good:
        title = "Bonne nouvelle"
    else:
        wrong = sum(not fault.bonne_nouvelle for fault in faults)
        title = "Une réponse est à corriger" if wrong == 1 else f"{wrong} réponses sont à corriger"
    items = el("ul")
    for fault in faults:
        link = (
            el("a", fault.message, href=f"#{place.id(fault.champ)}", data_vers=fault.champ)
            if _in_the_form(calculator, fault.champ)
            else fault.message
        )
        items.append(el("li", link, *(_without(fault) if fault.bonne_nouvelle else ())))
    identifier = place.id("erreurs-titre")
    return el(
        "div",
        heading(place.niveau, title, id=identifier),
        items,
        class_="calc-resume-erreurs" + (" calc-resume-erreurs--bonne" if good else ""),
        # Not an alert: it takes the focus, which reads it; an alert would be read twice.
        role="group",
        tabindex="-1",
        aria_labelledby=identifier,
    )


def _without(fault: FieldError) -> tuple[ET.Element]:
    """What takes away the row of a field that need not be asked about, and asks again."""
    name, number, _ = fault.champ.split(".")
    words = "Retirer cette ligne et calculer"
    button = el("button", words, type="button", class_="md-button", data_action="retirer-et-calculer")
    button.set("data-rang", f"{name}.{number}")
    return (el("p", button),)


def _in_the_form(calculator: Calculator[Any], path: str) -> bool:
    """Whether a path leads to a field that the form shows."""
    name, _, rest = path.partition(".")
    number, _, column = rest.partition(".")
    for field in fields_of(calculator.inputs):
        if field.nom == name and not field.question.cache:
            known = number.isdecimal() and column in {c.nom for c in field.colonnes}
            return not rest or known
    return False
