"""What a court, a front desk or a law firm puts on paper or in its own site: a link, its QR code, the code to embed it.

The questions are those of the lists of documents. The link is made in the page without Python; only the QR code asks
the engine for it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from calculators.declaration import Option, ask, fields_of
from calculators.edition import edition
from calculators.registry import CALCULATORS, get
from calculators.typography import french
from calculators.web.page.elements import el
from calculators.web.page.form import UNKEPT, sheet

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from calculators.declaration import Field
    from calculators.law import Law
    from calculators.web.page.elements import Place

__all__ = ["EMBEDDING", "embedding", "link_maker"]

#: The code to paste in another site's page, for as many frames as it has. The page script fills in the two names.
EMBEDDING = """\
<iframe class="mode-emploi-demarches" title="[titre]"
  src="[adresse]"
  width="100%" height="800" style="border: 0" allow="clipboard-write"></iframe>
<script>
  addEventListener("message", ({ data, origin, source }) => {
    for (const frame of document.querySelectorAll("iframe.mode-emploi-demarches")) {
      const ours = source === frame.contentWindow && origin === new URL(frame.src).origin;
      if (!ours || data?.source !== "mode-emploi-demarches") continue;
      if (Number.isFinite(data.hauteur)) frame.style.height = `${data.hauteur}px`;
      if (Number.isFinite(data.endroit)) {
        scrollTo({ top: scrollY + frame.getBoundingClientRect().top + data.endroit - 16 });
      }
    }
  });
</script>"""

_ALONE = "Montrer le calculateur seul, sans le texte de sa page"

_LIST = "pieces"
_LIST_SENTENCE = (
    "Scannez ce code avec un téléphone : la liste des pièces de votre cas s'affiche. "
    "Gratuit, sans compte, et rien n'est envoyé."
)
_CALCULATOR_SENTENCE = (
    "Scannez ce code avec un téléphone : le calculateur s'ouvre. Gratuit, sans compte, et rien n'est envoyé."
)


def embedding(title: str, address: str) -> str:
    """Write the code to paste in another site's page.

    >>> embedding("Les « pièces »", "https://exemple.fr/?integre#a=1&b=2").splitlines()[1].strip()
    'src="https://exemple.fr/?integre#a=1&amp;b=2"'
    """
    return EMBEDDING.replace("[titre]", escape(title)).replace("[adresse]", escape(address))


def _offered(_law: Law) -> tuple[Option, ...]:
    others = (calculator for calculator in CALCULATORS.values() if calculator.nom != _LIST)
    return (
        Option(_LIST, "Une liste de pièces, pour un cas précis"),
        *(Option(calculator.nom, f"Le calculateur « {calculator.titre} »") for calculator in others),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    calculateur: str = ask("Que voulez-vous donner ?", defaut=_LIST, options=_offered)


def _questions() -> Iterator[Field]:
    yield from fields_of(_Offer)
    for field in fields_of(get(_LIST).inputs):
        # The first question of the list leads to all the others.
        cases = ({"calculateur": (_LIST,)},) if field.toujours else field.question.quand
        yield dataclasses.replace(field, question=dataclasses.replace(field.question, quand=cases))


def link_maker(place: Place) -> ET.Element:
    """The questions, and the place of what they give."""
    questions = sheet(tuple(_questions()), place, title="Faire un lien", send="Faire le lien")
    return el(
        "mode-emploi-lien",
        questions,
        _result(place),
        data_prefixe=place.prefixe,
        data_regles=edition().id,
        data_phrase_liste=french(_LIST_SENTENCE),
        data_phrase_calculateur=french(_CALCULATOR_SENTENCE),
    )


def _result(place: Place) -> ET.Element:
    level = place.niveau
    code = el("textarea", id=place.id("integration"), class_="calc-copie", readonly=True, rows="12", spellcheck="false")
    code.text = EMBEDDING  # as it is: no typography in a code
    return el(
        "section",
        _title(level, "Votre lien", tabindex="-1", data_zone="titre"),
        el("p", class_="lien-adresse", data_zone="lien"),
        el("p", "", class_="calc-note", data_zone="local", hidden=True),
        el("div", _button("Copier le lien", "copier-lien"), class_="calc-suites"),
        _title(level + 1, "Le QR code"),
        el("p", class_="calc-etat", role="status", data_zone="etat-qr"),
        el("div", data_zone="place-qr"),
        el(
            "div",
            _title(level + 1, "Sur le papier"),
            el("p", "Changez les mots si vous voulez : ils ne vont que sur votre papier.", class_="calc-aide"),
            _words(place, "titre", "Titre", 80),
            _words(place, "phrase", "Phrase", 160),
            el(
                "div",
                _button("Imprimer une affiche (A4)", "affiche"),
                _button("Imprimer des bandelettes à découper (A4)", "bandelettes"),
                class_="calc-suites",
            ),
            data_zone="papier",
            hidden=True,
        ),
        _title(level + 1, "Dans votre site"),
        el(
            "div",
            el("input", type="checkbox", id=place.id("seul"), data_zone="seul"),
            el("label", _ALONE, for_=place.id("seul")),
            class_="calc-option",
        ),
        el("p", el("label", "Code à coller dans votre page", for_=place.id("integration"))),
        code,
        el("div", _button("Copier le code", "copier-code"), class_="calc-suites"),
        el("div", data_zone="copie"),
        el("p", class_="calc-etat", role="status", data_zone="dit"),
        class_="lien-resultat",
        data_zone="resultat",
        aria_label=french("Le lien et ce qu'on en fait"),
        hidden=True,
    )


def _title(level: int, words: str, **attributes: str) -> ET.Element:
    """A heading that the plan of the page does not list, as what it opens is not always there."""
    return el("p", words, role="heading", aria_level=str(level), class_="lien-titre", **attributes)


def _button(words: str, action: str) -> ET.Element:
    return el("button", words, type="button", class_="md-button", data_action=action)


def _words(place: Place, name: str, label: str, longest: int) -> ET.Element:
    identifier = place.id(f"papier-{name}")
    field = el("input", type="text", id=identifier, class_="calc-saisie", maxlength=str(longest), **UNKEPT)
    field.set("data-zone", f"papier-{name}")
    return el("p", el("label", label, for_=identifier), field, class_="lien-mots")
