"""The Markdown extension of the guides: law values, calculators, worked examples, tables and sources.

A plain Python-Markdown extension, so that MkDocs and Zensical render the same pages. It runs at build; a mistake in
a page (an unknown key, an example the calculator refuses) stops the build with the page's text, the key and the
reason.
"""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import yaml
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from calculators.calendar import in_words, parse_date
from calculators.checklist import requested
from calculators.errors import CalculatorsError, LawDataError, UnknownKeyError
from calculators.law import Nature, law
from calculators.law.pieces import demarches, pieces
from calculators.money import euros, euros_in_prose, nearest_centime
from calculators.outcome import Refused, ask_calculator
from calculators.registry import get
from calculators.result import Comparaison, LigneComparee, Niveau
from calculators.scale import MONTHS_A_YEAR
from calculators.territory import Territoire
from calculators.typography import capitalised, french, of
from calculators.web.answer import example_view, manual
from calculators.web.changes import changes, corrections
from calculators.web.checklist import checklist, document
from calculators.web.comparison import comparison_parts
from calculators.web.data import CONTENTS, LICENCE
from calculators.web.doubts import doubts
from calculators.web.drawings import Drawings
from calculators.web.elements import SITE, Place, article_folds, article_link, article_text, el, extend, table
from calculators.web.form import form
from calculators.web.glossary import FirstWords
from calculators.web.link import embedding, link_maker
from calculators.web.lot import batch_view
from calculators.web.values import render_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markdown import Markdown
    from markdown.extensions import Extension

    from calculators.law import Article, Bareme, Correction, Series, Somme, Source
    from calculators.law.pieces import Piece
    from calculators.result import Result
    from calculators.web.doubts import Doubt

__all__ = ["GuideExtension", "makeExtension", "site_date"]

_VALUE = r"\{\{\s*([^{}]+?)\s*\}\}"
_LEFT_ALONE = {"code", "pre", "script", "style", "textarea", "svg"}
# After inline patterns (20), before the table of contents (5) reads the headings.
_TYPOGRAPHY_PRIORITY = 12
# Before the typography, which makes of every text a plain one: what our blocks wrote can no longer be told apart.
_GLOSSARY_PRIORITY = 15
# Once the table of contents (5) is made: it takes every kind of space for an ordinary one.
_CONTENTS_PRIORITY = 4
# Once attributes written beside an image (8) are its own.
_DRAWINGS_PRIORITY = 3
_VALUE_PRIORITY = 185


def site_date() -> date:
    """The day the site is built for: ``SITE_DATE`` (AAAA-MM-JJ), else today.

    Rules never read a clock; this is the build's, and it decides which amounts are « en vigueur » in the pages.
    """
    given = os.environ.get("SITE_DATE", "")
    day = parse_date(given) if given else date.today()  # noqa: DTZ011  # a civil day, as on a calendar
    if day is None:
        raise LawDataError("environment", "SITE_DATE", f"not a date of the form AAAA-MM-JJ: {given!r}")
    return day


def _page_of(md: Markdown | None) -> str:
    """The page being made, for the errors: each builder gives it to an extension of its own."""
    for step in (*md.treeprocessors, *md.preprocessors) if md else ():
        page = getattr(step, "file", None) or getattr(step, "page", None)  # of MkDocs, of Zensical
        if name := getattr(page, "src_uri", "") or getattr(page, "path", ""):
            return str(name)
    return "guide"


class _Value(InlineProcessor):
    """``{{ kind:key }}`` in the text."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  # the library's signature
    ) -> tuple[ET.Element, int, int]:
        try:
            element = render_value(m.group(1), law(), site_date())
        except CalculatorsError as error:
            raise LawDataError(_page_of(self.md), m.group(0), str(error)) from None
        return _frozen(element), m.start(0), m.end(0)


class _Typography(Treeprocessor):
    """French no-break spaces and apostrophes in every text of the page."""

    def run(self, root: ET.Element) -> None:
        for element in _readable(root):
            if element.text and element.tag not in _LEFT_ALONE:
                element.text = french(element.text)
            for child in element:
                if child.tail:
                    child.tail = french(child.tail)
            for name in ("alt", "title", "aria-label"):
                if name in element.attrib:
                    element.set(name, french(element.attrib[name]))


class _Contents(Treeprocessor):
    """The same in the table of contents."""

    def run(self, root: ET.Element) -> None:  # noqa: ARG002  # the library's signature
        left: list[dict[str, Any]] = list(getattr(self.md, "toc_tokens", ()))
        for entry in left:
            # Its names are HTML: an entity ends with a semicolon that is no punctuation.
            entry["name"] = "".join(
                part if part.startswith("&") else french(part) for part in re.split(r"(&#?\w+;)", entry["name"])
            )
            left += entry["children"]


def _readable(root: ET.Element) -> Iterator[ET.Element]:
    yield root
    for child in root:
        if child.tag not in _LEFT_ALONE:
            yield from _readable(child)


def _frozen(element: ET.Element) -> ET.Element:
    """Keep Markdown from reading the texts we made: an asterisk or an underscore in them is just that."""
    for part in element.iter():
        if part.text:
            part.text = AtomicString(part.text)
        if part.tail and part is not element:
            part.tail = AtomicString(part.tail)
    return element


# ---------------------------------------------------------------- blocks


class _DataBlock(Block):
    """A block whose content comes from the data: ``/// name | argument``, with a body read as text."""

    ARGUMENT: bool | None = True

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "div")

    def on_markdown(self) -> str:
        return "raw"

    def on_end(self, block: ET.Element) -> None:
        body = "".join(block.itertext()).strip()
        block.clear()
        try:
            self.fill(block, (self.argument or "").strip(), body)
        except CalculatorsError as error:
            key = f"/// {self.NAME} | {self.argument or ''}"
            raise LawDataError(_page_of(self.md), key, str(error)) from None
        _frozen(block)

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        """Put the block's content into its element."""
        raise NotImplementedError


class _CalculatorBlock(_DataBlock):
    """``/// calculateur | sbi``: the form, an example, the method by hand, what it does not do.

    The body, YAML, answers beforehand the questions that the page itself answers: ``role: debiteur``. The example below
    the form is then of that case.
    """

    NAME = "calculateur"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        calculator = get(argument)
        # BaseLoader keeps every scalar a text, as a form does.
        given = yaml.load(body, Loader=yaml.BaseLoader) or {}  # noqa: S506  # BaseLoader builds nothing but texts
        if not isinstance(given, dict):
            raise UnknownKeyError("the body of a calculator is YAML: answers given beforehand, as role: debiteur")
        place = Place(calculator.nom)
        shell = el(
            "mode-emploi-calculateur",
            form(calculator, place, given),
            el(
                "section",
                class_="calc-resultat",
                data_zone="resultat",
                aria_label=french(f"Résultat : {calculator.titre}"),
                tabindex="-1",
                hidden=True,
            ),
            data_calculateur=calculator.nom,
            data_prefixe=place.prefixe,
            data_niveau=str(place.niveau),
        )
        note = "Sans JavaScript, le formulaire ne calcule pas. L'exemple et la méthode ci-dessous restent valables."
        block.set("class", "calc")
        block.extend([el("noscript", el("p", note, class_="calc-note")), shell, *self._below(calculator, given)])

    def _below(self, calculator: Any, given: Mapping[str, object]) -> Iterator[ET.Element]:
        inputs = {"aujourdhui": site_date().isoformat(), **calculator.example_for(given)}
        example = ask_calculator(calculator, inputs)
        if isinstance(example, Refused):
            reasons = "; ".join(f"{e.champ}: {e.message}" for e in example.erreurs)
            raise UnknownKeyError(f"no example of {calculator.nom} is of this case, add one to its exemples: {reasons}")
        yield el(
            "details",
            el("summary", "Un exemple déjà calculé"),
            example_view(example.inputs, example.result),
            class_="calc-pli",
        )
        yield from manual(calculator)


class _BatchBlock(_DataBlock):
    """``/// lot | quotite``: where a whole CSV of questions is answered."""

    NAME = "lot"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        block.append(batch_view(get(argument)))


class _LinkBlock(_DataBlock):
    """``/// lien``: makes the link, the QR code and the code to embed a list or a calculator."""

    NAME = "lien"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        note = "Sans JavaScript, ce formulaire ne fait pas de lien. La page « Pour les tribunaux et les accueils » dit "
        more = "comment l'écrire à la main."
        block.set("class", "calc")
        block.extend([el("noscript", el("p", note + more, class_="calc-note")), link_maker(Place("lien", niveau=2))])


class _EmbeddingBlock(_DataBlock):
    """``/// integration | sbi``: the code to embed a calculator, with an address to complete."""

    NAME = "integration"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        calculator = get(argument)
        code = el("code")
        address = f"https://votre-copie.example/calculateurs/{calculator.nom}/?integre"
        code.text = embedding(french(calculator.titre), address)
        block.append(el("pre", code))


class _OpenDataBlock(_DataBlock):
    """``/// donnees``: the files that others may take, each with its schema, and their licence."""

    NAME = "donnees"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        rows = [
            (self._file(f"{name}.json"), words, self._file(f"{name}.schema.json")) for name, words in CONTENTS.items()
        ]
        block.append(table("Les données à reprendre", ("Fichier", "Contenu", "Schéma"), rows))
        block.append(el("p", el("strong", "Licence : "), f"{LICENCE}. Elle est écrite dans chaque fichier."))

    def _file(self, name: str) -> ET.Element:
        link = el("a", href=f"{SITE}donnees/{name}", download=True)
        link.text = name
        return link


class _ExampleBlock(_DataBlock):
    """``/// exemple | sbi``: a worked example, computed at build from the YAML of its body."""

    NAME = "exemple"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        calculator = get(argument)
        # BaseLoader keeps every scalar a text: amounts never pass through a binary float.
        data = yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506  # BaseLoader builds nothing but texts
        if not isinstance(data, dict):
            raise UnknownKeyError("the body of an example is YAML: a title and the calculator's inputs")
        title = data.pop("titre", "Exemple")
        outcome = ask_calculator(calculator, {"aujourdhui": site_date().isoformat(), **data})
        if isinstance(outcome, Refused):
            raise UnknownKeyError("; ".join(f"{e.champ}: {e.message}" for e in outcome.erreurs))
        block.set("class", "exemple")
        block.append(el("p", el("strong", title), class_="exemple-titre"))
        block.append(example_view(outcome.inputs, outcome.result))


class _HistoryBlock(_DataBlock):
    """``/// historique | sbi``: every dated value of a series, newest first."""

    NAME = "historique"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        if argument not in law().series:
            raise UnknownKeyError(f"unknown series {argument!r}: expected one of {', '.join(law().series)}")
        series = law().series[argument]
        block.append(table(series.intitule, ("Depuis le", "Jusqu'au", "Montant", "Texte"), self._rows(series)))

    def _rows(self, series: Series) -> Iterator[tuple[ET.Element | str, ...]]:
        periods: list[tuple[date, tuple[ET.Element | str, ...]]] = []
        for value in series.valeurs:
            doubt = f" (à confirmer auprès {of(value.doute.aupres_de)})" if value.doute else ""
            amount = euros(value.montant) + doubt
            text: ET.Element | str = (
                el("a", value.texte, href=value.lien, rel="external") if value.lien else value.texte
            )
            last = value.en_vigueur_jusqu_au
            until = self._day(last) if last else "aujourd'hui"
            periods.append((value.en_vigueur_du, (self._day(value.en_vigueur_du), until, amount, text)))
        periods += [
            (gap.du, (self._day(gap.du), self._day(gap.au), "non vérifié", gap.raison)) for gap in series.lacunes
        ]
        return (row for _, row in sorted(periods, key=lambda period: period[0], reverse=True))

    def _day(self, day: date) -> ET.Element:
        return el("time", in_words(day), datetime=day.isoformat())


def _cited(articles: Iterable[Article]) -> ET.Element:
    cited = el("span")
    for number, article in enumerate(articles):
        extend(cited, [", " if number else "", article_link(article)])
    return cited


class _ScaleBlock(_DataBlock):
    """``/// bareme | remunerations``: the last scale by brackets; followed by ``toutes``: every year's."""

    NAME = "bareme"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        cle, _, which = argument.partition(" ")
        if cle not in law().baremes or which not in {"", "toutes"}:
            raise UnknownKeyError(
                f"unknown scale {argument!r}: expected one of {', '.join(law().baremes)}, or one toutes"
            )
        bareme = law().baremes[cle]
        if which:
            block.append(self._every_year(bareme))
        else:
            block.append(self._last_year(bareme))

    def _last_year(self, bareme: Bareme) -> ET.Element:
        year = bareme.valeurs[-1]
        words = f"{bareme.intitule} de {year.en_vigueur_du.year} ({year.texte}), sans personne à charge"
        lines: list[tuple[str, ...]] = []
        tops = [*year.seuils, None]
        for fraction, low, top in zip(bareme.fractions, [None, *year.seuils], tops, strict=True):
            share = "tout" if fraction == 1 else str(fraction)
            if top is not None:
                lines.append((f"jusqu'à {euros_in_prose(top)}", f"jusqu'à {euros(self._monthly(top))}", share))
            elif low is not None:
                lines.append((f"au-delà de {euros_in_prose(low)}", f"au-delà de {euros(self._monthly(low))}", share))
        added = year.par_personne
        each = "à chaque seuil, par personne à charge"
        per_person = (f"+ {euros_in_prose(added)}", f"+ {euros(self._monthly(added))}", each)
        return table(words, ("Par an", "Par mois (arrondi)", "Part saisissable"), [*lines, per_person])

    def _monthly(self, amount: Decimal) -> Decimal:
        return nearest_centime(Fraction(amount) / MONTHS_A_YEAR)

    def _every_year(self, bareme: Bareme) -> ET.Element:
        shares = ["tout" if f == 1 else str(f) for f in bareme.fractions]
        columns = ("Année", *(f"{share} jusqu'à" for share in shares[:-1]), "Par personne à charge", "Texte")
        rows = [
            (
                str(year.en_vigueur_du.year),
                *(euros_in_prose(top) for top in year.seuils),
                euros_in_prose(year.par_personne),
                year.texte,
            )
            for year in reversed(bareme.valeurs)
        ]
        return table(f"{bareme.intitule}, année par année, en euros par an", columns, rows, class_="bareme-annees")


class _ComparisonBlock(_DataBlock):
    """``/// comparaison | quotite``: the same case under each dated value, as a table and a picture.

    The body is YAML: ``titre``, ``jour`` (the question that is the date), ``selon`` (a series or a scale), ``valeurs``
    (the results shown; the first one is drawn), and the other answers under ``reponses``.
    """

    NAME = "comparaison"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        calculator = get(argument)
        # BaseLoader keeps every scalar a text: amounts never pass through a binary float.
        data = yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506  # BaseLoader builds nothing but texts
        try:
            title, name, according, wanted, given = (data[k] for k in ("titre", "jour", "selon", "valeurs", "reponses"))
            days = self._days(according)
        except (KeyError, TypeError) as error:
            raise UnknownKeyError(f"a comparison needs titre, jour, selon, valeurs and reponses: {error}") from None
        lines: list[LigneComparee] = []
        columns: tuple[tuple[str, str], ...] = ()
        for day in days:
            answers = {"aujourdhui": site_date().isoformat(), **given, name: day.isoformat()}
            outcome = ask_calculator(calculator, answers)
            if isinstance(outcome, Refused):
                raise UnknownKeyError("; ".join(f"{e.champ}: {e.message}" for e in outcome.erreurs))
            values = {valeur.cle: valeur for valeur in outcome.result.valeurs}
            columns = tuple((cle, values[cle].libelle) for cle in wanted)
            amounts = tuple(amount for cle in wanted if isinstance(amount := values[cle].quantite, Decimal))
            lines.append(LigneComparee(f"{day:%d/%m/%Y}", amounts))
        block.extend(comparison_parts(Comparaison(title, "", columns, tuple(lines))))

    def _days(self, according: str) -> list[date]:
        """The days compared, newest first: the first of each amount, or the last of each year of a scale."""
        if according in law().series:
            return [value.en_vigueur_du for value in reversed(law().series[according].valeurs)]
        return [value.en_vigueur_jusqu_au for value in reversed(law().baremes[according].valeurs)]


class _SearchBlock(_DataBlock):
    """``/// recherche``: every kind of income, protected or not, with a field that narrows the list down."""

    NAME = "recherche"
    ARGUMENT = None

    _WORDS: Mapping[Nature, str] = {
        Nature.INSAISISSABLE: "Oui, en entier",
        Nature.PARTIELLE: "En partie",
        Nature.SAISISSABLE: "Non",
    }

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        box = table("Est-elle protégée ?", ("Somme", "Protégée ?", "Précision", "Texte"), self._rows())
        block.append(
            el(
                "mode-emploi-recherche",
                el(
                    "p",
                    el("label", "Cherchez une somme, par exemple « salaire » ou « AAH » :", for_="recherche-somme"),
                    el("input", type="search", id="recherche-somme", class_="calc-saisie", autocomplete="off"),
                    data_zone="champ",
                    hidden=True,
                ),
                el("p", role="status", data_zone="etat"),
                box,
            ),
        )

    def _rows(self) -> Iterator[tuple[ET.Element | str, ...]]:
        for somme in sorted(law().sommes.values(), key=lambda s: list(self._WORDS).index(s.nature)):
            name, note, text = _described(somme)
            yield (
                el("span", name, data_synonymes=" ; ".join(somme.synonymes) or None),
                self._WORDS[somme.nature],
                note,
                text,
            )


def _described(somme: Somme) -> tuple[str, str, ET.Element | str]:
    """What tables say of a kind of income: its name, what to know, and its articles."""
    doubt = f" {somme.doute.in_words()}" if somme.doute else ""
    cited = _cited(somme.articles)
    official = "—" if somme.certitude.a_confirmer else "Liste officielle de service-public"
    return somme.intitule, (somme.note + doubt).strip() or "—", cited if len(cited) else official


class _ChangesBlock(_DataBlock):
    """``/// changements``: every dated change of the law files, newest first, under its year."""

    NAME = "changements"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        today, year, items = site_date(), "", el("ul")
        block.set("class", "changements")
        for change in changes(law()):
            heading = str(change.jour.year) if change.jour <= today else "À venir"
            if heading != year:
                year, items = heading, el("ul")
                block.extend([el("h3", year), items])
            when = el("time", in_words(change.jour), datetime=change.jour.isoformat())
            text: ET.Element | str | None = change.texte or None
            if change.texte and change.lien:
                text = el("a", change.texte, href=change.lien, rel="external")
            item = el("li", el("strong", when), " : ", change.quoi)
            if text is not None:
                extend(item, (" ", el("span", "(", text, ")", class_="changements-texte")))
            items.append(item)


class _CorrectionsBlock(_DataBlock):
    """``/// corrections``: what this site said wrongly, before and now, newest first, under its day."""

    NAME = "corrections"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        block.set("class", "changements")
        day = None
        for correction in corrections(law()):
            if correction.le != day:
                day = correction.le
                block.append(el("h3", "Depuis le ", el("time", in_words(day), datetime=day.isoformat())))
            block.append(self._fold(correction))

    def _fold(self, correction: Correction) -> ET.Element:
        rule = _cited(correction.articles)
        if correction.texte:
            extend(rule, [", " if correction.articles else "", correction.texte])
        return el(
            "details",
            el("summary", correction.sujet),
            el("p", el("strong", "Avant : "), correction.avant),
            el("p", el("strong", "Maintenant : "), correction.maintenant),
            el("p", "(", rule, ")", class_="changements-texte") if correction.articles or correction.texte else None,
            el("p", el("a", "Lire la page corrigée", href=f"{SITE}{correction.page}/")),
            class_="calc-pli",
        )


class _DoubtsBlock(_DataBlock):
    """``/// doutes``: all that is not certain, with what is missing and where to ask, under its subject."""

    NAME = "doutes"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        subject, items = "", el("ul")
        for doubt in doubts(law()):
            if doubt.sujet != subject:
                subject, items = doubt.sujet, el("ul", class_="doutes")
                block.extend([el("h3", subject), items])
            items.append(self._item(doubt))

    def _item(self, doubt: Doubt) -> ET.Element:
        missing = f"{capitalised(doubt.doute.manque)}."
        return el(
            "li",
            *(el("span", id=anchor) for anchor in doubt.concerne),
            el("p", el("strong", doubt.intitule or missing)),
            el("p", missing) if doubt.intitule else None,
            el("p", "Où demander : ", doubt.doute.aupres_de, "."),
            self._concerned(list(doubt.concerne.values())),
        )

    def _concerned(self, names: list[str]) -> ET.Element | None:
        if len(names) > 1:
            listed = el("ul", *(el("li", name) for name in names))
            return el("details", el("summary", f"Ce que cela touche ({len(names)})"), listed, class_="calc-pli")
        return el("p", "Cela touche : ", names[0], ".") if names else None


class _SumsBlock(_DataBlock):
    """``/// sommes | insaisissable``: the kinds of income of that nature, with their articles."""

    NAME = "sommes"

    _TITLES: Mapping[Nature, str] = {
        Nature.INSAISISSABLE: "Sommes protégées en entier",
        Nature.PARTIELLE: "Sommes protégées en partie",
        Nature.SAISISSABLE: "Sommes qui peuvent être saisies en entier",
    }

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        try:
            nature = Nature(argument)
        except ValueError:
            raise UnknownKeyError(f"unknown nature {argument!r}: expected one of {', '.join(Nature)}") from None
        block.append(table(self._TITLES[nature], ("Somme", "Précision", "Texte"), self._rows(nature)))

    def _rows(self, nature: Nature) -> Iterator[tuple[ET.Element | str, ...]]:
        for somme in law().sommes.values():
            if somme.nature is not nature:
                continue
            yield _described(somme)


class _HolidaysBlock(_DataBlock):
    """``/// feries``: the public holidays, where each is one, and the article that says so."""

    NAME = "feries"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        block.append(table("Les jours fériés que la loi nomme", ("Jour", "Où", "Texte"), self._rows()))

    def _rows(self) -> Iterator[tuple[ET.Element | str, ...]]:
        for ferie in law().feries.values():
            where = ", ".join(place.label for place in Territoire if place.value in ferie.territoires) or "Partout"
            cited: ET.Element | str = _cited(ferie.articles) if ferie.articles else "Point non tranché"
            yield capitalised(ferie.intitule), where, cited


class _PiecesBlock(_DataBlock):
    """``/// pieces | passeport``: every document of a démarche, each at its own address, former ones included."""

    NAME = "pieces"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        chosen = [piece for piece in pieces().values() if piece.demarche == argument]
        if not chosen:
            raise UnknownKeyError(f"unknown démarche {argument!r}: expected one of {', '.join(demarches())}")
        block.set("class", "pieces-toutes")
        block.append(el("ul", *map(self._item, chosen), *_gone(argument), class_="pieces-liste"))

    def _item(self, piece: Piece) -> ET.Element:
        item = document(requested(piece, site_date(), law()), anchor=True)
        item[:0] = [el("span", id=former) for former in piece.remplace if former not in piece.quittees]
        return item


def _gone(demarche: str) -> Iterator[ET.Element]:
    """The documents that were once in this list, at the address they had, each with where it is now."""
    for piece in pieces().values():
        for former in (name for name, page in piece.quittees.items() if page == demarche):
            words = french(f"Cette pièce est maintenant dans la liste « {demarches()[piece.demarche].titre} » : ")
            named = requested(piece, site_date(), law()).document
            link = el("a", named, href=f"{SITE}pieces/{piece.demarche}/#{piece.id}")
            yield el("li", el("p", words, link), class_="piece", id=former)


class _CasesBlock(_DataBlock):
    """``/// cas | passeport``: links that open the list of a case, one a line: ``motif=perte Passeport perdu``."""

    NAME = "cas"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        links = el("ul")
        for words, query, _ in _cases(argument, body):
            links.append(el("li", el("a", words, href=f"{SITE}calculateurs/pieces/#{query}")))
        block.append(links)


def _cases(demarche: str, body: str) -> Iterator[tuple[str, str, Result]]:
    """The cases named in a block, one a line: the words for the reader, the answers, and the list they give."""
    for line in filter(None, map(str.strip, body.splitlines())):
        answers, _, words = line.partition(" ")
        query = f"demarche={demarche}&{answers}"
        given = {"aujourdhui": site_date().isoformat(), **dict(parse_qsl(query))}
        outcome = ask_calculator(get("pieces"), given)
        if isinstance(outcome, Refused):
            raise UnknownKeyError(f"{line!r}: " + "; ".join(e.message for e in outcome.erreurs))
        yield words, query, outcome.result


class _ListsBlock(_DataBlock):
    """``/// liste | passeport``: the list of a case, to tick in the page, folded; one case a line, as for ``cas``."""

    NAME = "liste"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        for words, query, result in _cases(argument, body):
            place = Place("liste-" + re.sub(r"[^a-z0-9]+", "-", query))
            warnings = (el("p", w.texte) for w in result.avertissements if w.niveau is Niveau.ATTENTION)
            more = el("a", "Préciser, imprimer ou envoyer cette liste", href=f"{SITE}calculateurs/pieces/#{query}")
            fold = el(
                "details",
                el("summary", words),
                *warnings,
                checklist(result.pieces or (), place),
                el("p", more),
                class_="calc-pli liste-pieces",
            )
            block.append(fold)


class _SourcesBlock(_DataBlock):
    """``/// sources``: the references of a page, one a line: an article, or a key of the sources file.

    The articles of a code come together, under its name, where the first of them stands.
    """

    NAME = "sources"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, body: str) -> None:
        block.set("class", "sources")
        found: dict[str, Source | list[Article]] = {}
        for key in filter(None, map(str.strip, body.splitlines())):
            if key in law().sources:
                found[key] = law().sources[key]
                continue
            article = self._article(key)
            under = found.setdefault(article.nom_du_code, [])
            if isinstance(under, list):
                under.append(article)
        block.append(el("ul", *(el("li", *self._reference(words, what)) for words, what in found.items())))

    def _article(self, key: str) -> Article:
        try:
            return law().article(key)
        except UnknownKeyError as error:
            known = ", ".join(sorted(law().sources))
            raise UnknownKeyError(f"unknown source {key!r}: not one of {known}; {error}") from None

    def _reference(self, words: str, what: Source | list[Article]) -> Iterator[ET.Element | str]:
        if isinstance(what, list):
            yield f"{capitalised(words)} :"
            yield article_folds(what, with_code=False)
            return
        words = f"{what.titre}, {what.editeur}" if what.editeur else what.titre
        yield el("a", words, href=what.lien, rel="external") if what.lien else words


class _ArticlesBlock(_DataBlock):
    """``/// articles``: every article that may be cited, by code, each at its own address, with what it provides."""

    NAME = "articles"
    ARGUMENT = None

    def fill(self, block: ET.Element, _argument: str, _body: str) -> None:
        block.set("class", "articles-tous")
        codes = [code for code in law().codes.values() if code.articles]
        links = (el("li", el("a", capitalised(code.nom), href=f"#{code.cle.lower()}")) for code in codes)
        block.append(el("ul", *links))
        for code in codes:
            block.append(el("h2", capitalised(code.nom), id=code.cle.lower()))
            for article in code.articles.values():
                block.append(el("h3", capitalised(article.citation), id=article.ancre))
                block.append(el("p", article.enonce))
                block.append(el("p", f"{article.lecture} ", article_text(article), class_="article-lecture"))


class GuideExtension(BlocksExtension):
    """Everything the guides need beyond Markdown."""

    def __init__(self, **configuration: Any) -> None:
        self.config = {
            "glossaire": ["", "the page that defines the words of the law, from the project's folder"],
            "dessins": ["", "the folder of the drawings that are written in the pages, from the project's folder"],
        }
        super().__init__(**configuration)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002, N802  # the library's name
        """Register the blocks."""
        for block in (
            _CalculatorBlock,
            _BatchBlock,
            _LinkBlock,
            _EmbeddingBlock,
            _OpenDataBlock,
            _ExampleBlock,
            _HistoryBlock,
            _ScaleBlock,
            _ComparisonBlock,
            _SearchBlock,
            _ChangesBlock,
            _CorrectionsBlock,
            _DoubtsBlock,
            _SumsBlock,
            _HolidaysBlock,
            _PiecesBlock,
            _CasesBlock,
            _ListsBlock,
            _SourcesBlock,
            _ArticlesBlock,
        ):
            block_mgr.register(block, self.getConfigs())

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register the blocks, the law values and the typography."""
        super().extendMarkdown(md)
        md.inlinePatterns.register(_Value(_VALUE, md), "loi", _VALUE_PRIORITY)
        if path := self.getConfig("glossaire"):
            md.treeprocessors.register(FirstWords(md, path), "glossaire", _GLOSSARY_PRIORITY)
        md.treeprocessors.register(_Typography(md), "typographie", _TYPOGRAPHY_PRIORITY)
        md.treeprocessors.register(_Contents(md), "sommaire", _CONTENTS_PRIORITY)
        if folder := self.getConfig("dessins"):
            md.treeprocessors.register(Drawings(md, folder), "dessins", _DRAWINGS_PRIORITY)


def makeExtension(**configuration: Any) -> Extension:  # noqa: N802  # the name Python-Markdown looks for
    """Return the extension."""
    return GuideExtension(**configuration)
