"""The letter itself, part after part, and its blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculators.declaration import describe, fields_of
from calculators.law.courriers import Envoi, Genre, Tableau
from calculators.result import Bloc, Lettre, Partie
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from calculators.language import Language
    from calculators.law.courriers import Paragraphe
    from calculators.letters.rules import Facts

__all__ = ["BLANK", "letter"]

#: A blank of a letter: the script of the page looks for these words to count those that are left.
BLANK = "[… {quoi} …]"
#: What a text has besides its words: the name of a question, or what is to be written in the reader's own words.
_PARTS = re.compile(r"\{([^{}]*)\}|\[… ([^\]]*) …\]")
_GREETING = "Je vous prie d'agréer, {appel} mes salutations distinguées."
#: What is written on the letter itself of how it leaves.
_MENTIONS: Mapping[Envoi, str] = {
    Envoi.RECOMMANDE: "Lettre recommandée avec avis de réception",
    Envoi.REMISE: "Remise contre récépissé",
    Envoi.DEPOT: "Déposée contre récépissé",
    Envoi.COURRIEL: "Par courriel",
    Envoi.SIMPLE: "Lettre simple",
}
#: How it leaves, for its sender.
_WAYS: Mapping[Envoi, str] = {
    Envoi.RECOMMANDE: "Par lettre recommandée avec avis de réception. Gardez le reçu et l'avis.",
    Envoi.REMISE: "En la remettant sur place. Demandez un récépissé daté, ou un tampon sur votre copie.",
    Envoi.DEPOT: "En la déposant sur place ou sur le téléservice. Gardez le récépissé.",
    Envoi.COURRIEL: "Par courriel. Demandez une réponse qui dit qu'il est arrivé, et gardez-le.",
    Envoi.SIMPLE: "Par lettre simple. Gardez une copie.",
}
#: The headings of each table, those of its columns in the form being questions.
_HEADINGS: Mapping[Tableau, tuple[str, ...]] = {
    Tableau.SOMMES: ("Somme", "Montant", "Versée le", "Preuve jointe"),
    Tableau.FAITS: ("Date", "Fait"),
    Tableau.DOCUMENTS: ("Document", "Date"),
}
#: A table that nobody has filled has these lines to fill by hand.
_EMPTY_LINES = 2


def letter(facts: Facts, say: Language, avant: str) -> Lettre:
    """Write the letter of this case; ``avant``: before when it must leave, in words."""
    written = _Writer(facts, say)
    blocs = tuple(written.parts())
    return Lettre(
        nom=facts.courrier.nom,
        titre=say(facts.courrier.titre),
        blocs=blocs,
        blancs=tuple(dict.fromkeys(written.blanks)),
        joindre=written.enclosed,
        envoi=tuple(say(_WAYS[way]) for way in facts.courrier.envoi),
        avant=avant,
        prudence=tuple(say(text) for text in facts.courrier.prudence),
        garde=tuple(_kept(facts, written.enclosed, avant, say)),
    )


def _kept(facts: Facts, enclosed: tuple[str, ...], avant: str, say: Language) -> Iterator[Bloc]:
    """What the sender keeps: what left, before when and how, what was enclosed, and what is to be known of it."""
    yield Bloc(Partie.GARDE, say("À garder, ne pas envoyer"))
    for part, heading, items in (
        (Partie.GARDE, "Courrier", (say(facts.courrier.titre),)),
        (Partie.GARDE, "À envoyer", (avant,) if avant else ()),
        (Partie.GARDE, "Comment l'envoyer", tuple(say(_WAYS[way]) for way in facts.courrier.envoi)),
        (Partie.CASES, "À joindre, en copie", enclosed),
        (Partie.GARDE, "À savoir", tuple(say(text) for text in facts.courrier.prudence)),
        (Partie.GARDE, "Envoyé", (say("Le : ……………………"), say("Preuve : ……………………"))),
    ):
        if items:
            yield Bloc(part, say(heading), tuple((item,) for item in items))


class _Writer:
    """Writes one letter, and keeps its blanks as they come."""

    def __init__(self, facts: Facts, say: Language) -> None:
        self.facts, self.say = facts, say
        self.blanks: list[str] = []
        self.enclosed = tuple(self.filled(part.texte) for part in facts.enclosed)
        self.blanks.clear()  # they come again where the letter lists what is enclosed

    def blank(self, what: str) -> str:
        """A blank, in the words that say what goes there."""
        self.blanks.append(self.say(what))
        return self.say(BLANK, quoi=self.say(what))

    def filled(self, text: str) -> str:
        """A text of the data, with the answers in the place of the names of the questions."""
        answers: dict[str, str] = {}
        for name, free in _PARTS.findall(text):  # in the order of the text: so are its blanks listed
            if name:
                answers[name] = self.quoted(name)
            else:
                self.blanks.append(self.say(free))
        return self.say(text, **answers)

    def quoted(self, name: str) -> str:
        """One answer as the text quotes it, with its capital when its name has one; a blank when there is none."""
        if name in self.facts.amounts:
            amount = self.facts.amounts[name]
            return self.say.written(amount.montant) if amount else self.blank("montant fixé par la loi")
        key = name.lower()
        value = self.facts.given(key)
        if value is None:
            return self.blank(self.facts.courrier.demandes[key].blanc)
        if self.facts.genre(key) is Genre.CHOIX:
            field = next(field for field in fields_of(type(self.facts.inputs)) if field.nom == key)
            words = self.say(describe(field, value))
        else:
            words = self.say.written(value)
        return capitalised(words) if name != key else words

    def parts(self) -> Iterator[Bloc]:
        """The parts of the letter, in the order of the sheet."""
        facts, say, inputs = self.facts, self.say, self.facts.inputs
        sender = (
            inputs.nom or self.blank("vos prénom et nom"),
            inputs.adresse or self.blank("votre adresse"),
            inputs.ville or self.blank("votre code postal et votre ville"),
            inputs.contact,
        )
        yield Bloc(Partie.EXPEDITEUR, _lines(*sender))
        to = (
            inputs.a_nom or say(facts.courrier.a_qui),
            inputs.a_adresse or self.blank("l'adresse de qui reçoit ce courrier"),
            inputs.a_ville or self.blank("son code postal et sa ville"),
        )
        yield Bloc(Partie.DESTINATAIRE, _lines(*to))
        place = inputs.lieu or self.blank("la ville où vous signez")
        yield Bloc(Partie.LIEU, say("{lieu}, le {jour}", lieu=place, jour=inputs.aujourdhui))
        yield Bloc(Partie.ENVOI, say(_MENTIONS[facts.courrier.envoi[0]]))
        yield Bloc(Partie.OBJET, say("Objet : {objet}", objet=self.filled(facts.courrier.objet)))
        yield Bloc(Partie.APPEL, say(facts.courrier.appel))
        for paragraph in facts.paragraphs:
            yield from self.paragraph(paragraph)
        yield Bloc(Partie.SALUT, say(_GREETING, appel=say(facts.courrier.appel)))
        yield Bloc(Partie.SIGNATURE, _lines(inputs.nom or self.blank("vos prénom et nom"), say("Signature :")))
        if facts.enclosed:
            listed = (f"{number}. {self.filled(part.texte)}" for number, part in enumerate(facts.enclosed, 1))
            yield Bloc(Partie.JOINTES, _lines(say("Pièces jointes :"), *listed))

    def paragraph(self, paragraph: Paragraphe) -> Iterator[Bloc]:
        """A paragraph, and its table when it has one."""
        if paragraph.texte:
            yield Bloc(Partie.TEXTE, self.filled(paragraph.texte))
        if paragraph.tableau:
            yield Bloc(Partie.TABLEAU, lignes=tuple(self.table(paragraph.tableau)))

    def table(self, table: Tableau) -> Iterator[tuple[str, ...]]:
        """The lines of a table, its headings first; some to fill by hand when nothing was given."""
        headings = tuple(map(self.say, _HEADINGS[table]))
        yield headings
        rows = getattr(self.facts.inputs, table.value)
        for row in rows:
            cells = (getattr(row, field.nom) for field in fields_of(type(row)))
            yield tuple(
                self.blank(heading.lower()) if cell in (None, "") else self.cell(cell)
                for heading, cell in zip(headings, cells, strict=True)
            )
        if not rows:
            for _ in range(_EMPTY_LINES):
                yield tuple(self.blank(heading.lower()) for heading in headings)

    def cell(self, value: date | Decimal | str) -> str:
        """What one cell of a table says."""
        return self.say.written(value)


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))
