r"""How a value of the law is said: a length, a doubt, a period that was not verified, the article of a text.

The law keeps values; every sentence on one is here, and goes through the language of the answer.

>>> from calculators.law import Doute, Unite, law
>>> lasting(Unite.JOURS_OUVRABLES, 15), length(law().delais["saisie-attribution.denonciation"])
('15\xa0jours ouvrables', '8\xa0jours')
>>> doubt(Doute("aucune source ne donne ce montant", "le greffe"))
'À confirmer auprès du greffe : aucune source ne donne ce montant.'
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from calculators.calendar import MONTHS
from calculators.language import FRENCH
from calculators.law.model import Unite
from calculators.refusals import missing
from calculators.typography import of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.language import Language
    from calculators.law.model import Article, Delai, Doute, Lacune

__all__ = ["LENGTHS", "doubt", "gap_in_words", "lasting", "length", "of_length", "reading_of", "state"]

#: A length in each unit: of one, of several.
LENGTHS: Mapping[Unite, tuple[str, str]] = {
    Unite.HEURES: ("1\u00a0heure", "{nombre}\u00a0heures"),
    Unite.JOURS: ("1\u00a0jour", "{nombre}\u00a0jours"),
    Unite.JOURS_FRANCS: ("1\u00a0jour franc", "{nombre}\u00a0jours francs"),
    Unite.JOURS_OUVRABLES: ("1\u00a0jour ouvrable", "{nombre}\u00a0jours ouvrables"),
    Unite.JOURS_OUVRES: ("1\u00a0jour ouvré", "{nombre}\u00a0jours ouvrés"),
    Unite.SEMAINES: ("1\u00a0semaine", "{nombre}\u00a0semaines"),
    Unite.MOIS: ("1\u00a0mois", "{nombre}\u00a0mois"),
    Unite.ANNEES: ("1\u00a0an", "{nombre}\u00a0ans"),
}
#: One of each unit, as the words that come after « moins », « plus » or « le délai » have it.
_OF_ONE: Mapping[Unite, str] = {
    Unite.HEURES: "d'une heure",
    Unite.JOURS: "d'un jour",
    Unite.JOURS_FRANCS: "d'un jour franc",
    Unite.JOURS_OUVRABLES: "d'un jour ouvrable",
    Unite.JOURS_OUVRES: "d'un jour ouvré",
    Unite.SEMAINES: "d'une semaine",
    Unite.MOIS: "d'un mois",
    Unite.ANNEES: "d'un an",
}


def lasting(unite: Unite, count: int, say: Language = FRENCH) -> str:
    """A length: « 8 jours », « 1 mois »."""
    one, several = LENGTHS[unite]
    return say(one if count == 1 else several, nombre=count)


def length(delai: Delai, say: Language = FRENCH) -> str:
    """The length of a period, that of its last version; « sans durée légale » when no text gives one."""
    return say("sans durée légale") if delai.sans_duree else lasting(delai.unite, delai.duree, say)


def of_length(delai: Delai, say: Language = FRENCH) -> str:
    r"""The length of a period that has one, after « moins », « plus » or « le délai ».

    >>> from calculators.law import law
    >>> of_length(law().delais["sbi.renouvellement"]), of_length(law().delais["saisie-attribution.denonciation"])
    ("d'un mois", 'de 8\xa0jours')
    """
    if delai.duree == 1:
        return say(_OF_ONE[delai.unite])
    return say("de {duree}", duree=lasting(delai.unite, delai.duree, say))


def doubt(doute: Doute, say: Language = FRENCH) -> str:
    """What is missing for a value to be certain, and where to ask, as a sentence."""
    return say(
        "À confirmer auprès {aupres_de} : {manque}.", aupres_de=say(of(doute.aupres_de)), manque=say(doute.manque)
    )


def gap_in_words(lacune: Lacune, say: Language = FRENCH) -> str:
    """Why no value was verified for a period, and where to ask."""
    return missing(lacune.doute.manque, lacune.doute.aupres_de)(say)


def reading_of(article: Article, say: Language = FRENCH, day: date | None = None) -> str:
    """Which text the statement of an article comes from, and when it was read.

    Of a version that came into force after ``day``, that it did: the one of the day may say something else.
    """
    if article.d_apres or article.lu_le is None:
        told = say("Nous n'avons pas relu le texte en vigueur. D'après : {source}.", source=article.d_apres)
        return f"{told} {say('À confirmer.')}" if article.certitude.a_confirmer else told
    read, etat = article.lu_le, state(article.etat, say)
    if article.version_du is None:
        return say("Texte lu le {jour} dans son état {etat}.", jour=read, etat=etat)
    told = say(
        "Texte lu le {jour} dans son état {etat}, version du {version}.",
        jour=read,
        etat=etat,
        version=article.version_du,
    )
    if day is None or not article.posterieure_au(day):
        return told
    later = say(
        "Cette version est plus récente que votre date, le {jour} : sur Légifrance, « Versions » donne celle d'alors.",
        jour=day,
    )
    return f"{told} {later}"


def state(etat: str, say: Language = FRENCH) -> str:
    r"""The state of a text, as a sentence has it.

    >>> state("2025-07"), state("2026-03-27")
    ('de juillet 2025', 'du 27\xa0mars 2026')
    """
    year, month, *day = map(int, etat.split("-"))
    if day:
        return say("du {jour}", jour=date(year, month, day[0]))
    name = MONTHS[month - 1]
    return say("d'{mois} {annee}" if name[0] in "ao" else "de {mois} {annee}", mois=name, annee=str(year))
