"""A calculator in a page, its worked examples, the same case under each value of the law, and files of questions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.errors import UnknownKeyError
from calculators.law import law
from calculators.registry import get
from calculators.result import Comparaison, LigneComparee
from calculators.typography import french
from calculators.web.guides.blocks.base import DataBlock, of_the_day, texts
from calculators.web.guides.dropped import places_for_scripts
from calculators.web.guides.lot import batch_view
from calculators.web.guides.tree import unsearched
from calculators.web.page.answer import example_view, manual
from calculators.web.page.comparison import comparison_parts
from calculators.web.page.elements import Place, el
from calculators.web.page.form import form

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Mapping
    from datetime import date

__all__ = ["BatchBlock", "CalculatorBlock", "ComparisonBlock", "ExampleBlock"]


_BOXED = (
    "Le site qui montre ce calculateur l'enferme dans un cadre sans droits (« sandbox ») : il ne peut pas y répondre. "
    "Votre connexion n'y est pour rien. Ouvrez cette adresse dans un nouvel onglet :"
)


class CalculatorBlock(DataBlock):
    """``/// calculateur | sbi``: the form, an example, the method by hand, what it does not do.

    The body, YAML, answers beforehand the questions that the page itself answers: ``role: debiteur``. The example below
    the form is then of that case.
    """

    NAME = "calculateur"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        """Fill it."""
        calculator = get(argument)
        given = texts(body) or {}
        if not isinstance(given, dict):
            raise UnknownKeyError("the body of a calculator is YAML: answers given beforehand, as role: debiteur")
        place = Place(calculator.nom)
        shell = el(
            "mode-emploi-calculateur",
            el("p", class_="verifie-ancien", data_zone="horloge", hidden=True),
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
            data_jour=self.day.isoformat(),
            # The files of a list of documents are checked in its answer.
            data_endroits=places_for_scripts() if calculator.nom == "pieces" else None,
        )
        note = "Sans JavaScript, le formulaire ne calcule pas. L'exemple et la méthode ci-dessous restent valables."
        block.set("class", "calc")
        # Shown by a script in the page itself (overrides/main.html): a frame without rights may get no other.
        boxed = el("p", _BOXED, " ", el("span", data_zone="adresse", translate="no"), class_="calc-note", hidden=True)
        boxed.set("data-zone", "sans-droits")
        outside = [el("noscript", el("p", note, class_="calc-note")), boxed]
        block.extend([*outside, shell, *self._below(calculator, given)])

    def _below(self, calculator: Any, given: Mapping[str, object]) -> Iterator[ET.Element]:
        try:
            example = of_the_day(calculator, calculator.example_for(given), self.day)
        except UnknownKeyError as error:
            why = f"no example of {calculator.nom} is of this case, add one to its exemples: {error}"
            raise UnknownKeyError(why) from None
        yield el(
            "details",
            el("summary", "Un exemple déjà calculé"),
            unsearched(example_view(example.inputs, example.result)),
            class_="calc-pli",
        )
        yield from manual(calculator)


class BatchBlock(DataBlock):
    """``/// lot | quotite``: where a whole CSV of questions is answered."""

    NAME = "lot"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it."""
        block.append(batch_view(get(argument)))


class ExampleBlock(DataBlock):
    """``/// exemple | sbi``: a worked example, computed at build from the YAML of its body."""

    NAME = "exemple"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        """Fill it."""
        calculator = get(argument)
        data = texts(body)
        if not isinstance(data, dict):
            raise UnknownKeyError("the body of an example is YAML: a title and the calculator's inputs")
        title = data.pop("titre", "Exemple")
        outcome = of_the_day(calculator, data, self.day)
        block.set("class", "exemple")
        block.append(el("p", el("strong", title), class_="exemple-titre"))
        block.append(unsearched(example_view(outcome.inputs, outcome.result)))


class ComparisonBlock(DataBlock):
    """``/// comparaison | quotite``: the same case under each dated value, as a table and a picture.

    The body is YAML: ``titre``, ``jour`` (the question that is the date), ``selon`` (a series or a scale), ``valeurs``
    (the results shown; the first one is drawn), and the other answers under ``reponses``.
    """

    NAME = "comparaison"

    def fill(self, block: ET.Element, argument: str, body: str) -> None:
        """Fill it."""
        calculator = get(argument)
        data = texts(body)
        try:
            title, name, according, wanted, given = (data[k] for k in ("titre", "jour", "selon", "valeurs", "reponses"))
            days = self._days(according)
        except (KeyError, TypeError) as error:
            raise UnknownKeyError(f"a comparison needs titre, jour, selon, valeurs and reponses: {error}") from None
        lines: list[LigneComparee] = []
        columns: tuple[tuple[str, str], ...] = ()
        for day in days:
            outcome = of_the_day(calculator, {**given, name: day.isoformat()}, self.day)
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
