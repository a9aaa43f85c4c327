"""What changed, and when: the dated values and the dates of the law files, and what this site said wrongly.

The page « Ce qui a changé » and its feed are both written from here.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from calculators.law import Portee
from calculators.law.pieces import demarches
from calculators.law.words import lasting
from calculators.money import euros_in_prose
from calculators.typography import capitalised
from calculators.versions.records import lists_changed
from calculators.web.guides.doubts import subjects_of, to_confirm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculators.law import Correction, Delai, DureeDatee, Law, Repere, Series
    from calculators.versions.records import Record

__all__ = ["Change", "changes", "corrected", "corrections", "of_the_lists"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something of the law, or of what this site says of it, that is not the same from a day on.

    ``cle`` names it for ever, in the feeds; ``texte`` is the text that says so, ``lien`` its address. ``sujets``: those
    whose feeds tell it; ``demarches``: other feeds that do, by name.
    """

    cle: str
    jour: date
    quoi: str
    texte: str = ""
    lien: str = ""
    sujets: tuple[str, ...] = ()
    demarches: tuple[str, ...] = ()


def changes(law: Law) -> list[Change]:
    """Every change that the law files know, newest first; some may be still to come."""
    found = [change for series in law.series.values() for change in _of_series(series)]
    found += [_of_date(repere) for repere in law.reperes.values()]
    found += [change for delai in law.delais.values() for change in _of_period(delai)]
    found += [change for duree in law.durees.values() for change in _of_length(duree)]
    return sorted(found, key=lambda change: (change.jour, change.cle), reverse=True)


def corrections(law: Law) -> list[Correction]:
    """What this site said wrongly, newest first; in the order of the file within a day."""
    return sorted(law.corrections.values(), key=lambda correction: correction.le, reverse=True)


def corrected(law: Law) -> list[Change]:
    """The same, as changes of the feed."""
    return [
        Change(
            f"correction/{correction.cle}",
            correction.le,
            f"Corrigé sur ce site : {correction.sujet}.",
            f"Avant : {correction.avant} Maintenant : {correction.maintenant}",
            f"{correction.page}/",
        )
        for correction in corrections(law)
    ]


def of_the_lists(versions: Sequence[Record]) -> list[Change]:
    """What changed in the lists of documents from one published version to the next, on the day it was published."""
    found = []
    for before, after in itertools.pairwise(versions):
        day = date.fromisoformat(after.publiee_le)
        for key, name in lists_changed(before.pieces, after.pieces).items():
            demarche, document, _ = after.pieces.get(key) or before.pieces[key]
            words = f"Liste « {_title(demarche)} », {_LISTED[name]} : {document.partition(', {')[0]}."
            link = f"pieces/{demarche}/" + (f"#{key}" if key in after.pieces else "")
            cle = f"liste/{after.version}/{key}"
            found.append(Change(cle, day, words, lien=link, demarches=(demarche,)))
    return found


#: What happened to a document of a list, as the feed says it.
_LISTED = {"ajoutee": "nouvelle pièce", "changee": "demandée autrement", "retiree": "n'est plus demandée"}


def _title(demarche: str) -> str:
    known = demarches().get(demarche)
    return known.titre if known else demarche


def _of_date(repere: Repere) -> Change:
    doubt = to_confirm(repere.doute)
    words = f"{repere.intitule[0].upper()}{repere.intitule[1:]}{doubt}."
    texts = repere.texte or ", ".join(article.citation for article in repere.articles)
    link = repere.articles[0].lien if repere.articles and not repere.texte else ""
    return Change(f"repere/{repere.cle}", repere.jour, words, texts, link, subjects_of(repere.fichier))


def _of_period(delai: Delai) -> Iterator[Change]:
    doubt = to_confirm(delai.doute)
    before = ""
    for version in delai.versions:
        length = lasting(version.unite, version.duree)
        # What may be done from a day on is no time limit; and a version of the same length changes something else.
        if version.en_vigueur_du and delai.portee is not Portee.AU_PLUS_TOT and length != before:
            words = f"Délai pour {delai.intitule} : {length}{doubt}"
            words += f", au lieu de {before}." if before else "."
            link = delai.articles[0].lien if delai.articles else ""
            texts = ", ".join(article.citation for article in delai.articles)
            cle, subjects = f"delai/{delai.cle}/{version.en_vigueur_du}", subjects_of(delai.groupe)
            yield Change(cle, version.en_vigueur_du, words, texts, link, subjects)
        before = length


def _of_length(duree: DureeDatee) -> Iterator[Change]:
    for before, version in itertools.pairwise(duree.versions):
        old, new = (lasting(one.unite, one.nombre) for one in (before, version))
        if version.en_vigueur_du and old != new:
            words = f"{capitalised(duree.intitule)} : {new}{to_confirm(duree.doute)}, au lieu de {old}."
            texts = duree.texte or ", ".join(article.citation for article in duree.articles)
            link = duree.articles[0].lien if duree.articles and not duree.texte else ""
            cle, subjects = f"duree/{duree.cle}/{version.en_vigueur_du}", subjects_of(duree.fichier)
            yield Change(cle, version.en_vigueur_du, words, texts, link, subjects)


def _of_series(series: Series) -> Iterator[Change]:
    before, subjects = "", subjects_of(series.fichier)
    for value in series.valeurs:
        amount = euros_in_prose(value.montant) + to_confirm(value.doute)
        words = f"{series.intitule} : {amount}" + (f", au lieu de {before}." if before else ".")
        cle = f"montant/{series.cle}/{value.en_vigueur_du}"
        yield Change(cle, value.en_vigueur_du, words, value.texte, value.lien, subjects)
        before = euros_in_prose(value.montant)
    if revision := series.prochaine_revision():
        words = f"{series.intitule} : changement attendu."
        yield Change(f"revision/{series.cle}/{revision}", revision, words, sujets=subjects)
