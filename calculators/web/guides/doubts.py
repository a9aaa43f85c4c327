"""What is not certain, drawn from the data: what is missing, where to ask, and what it concerns, subject by subject.

The page « Sources et méthode » lists it; a value that is to be confirmed leads there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.errors import LawDataError
from calculators.law import Doute, Prorogation
from calculators.law.courriers import courriers
from calculators.law.pieces import Exigence, demarches, pieces
from calculators.typography import capitalised, of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calculators.law import Bareme, DureeDatee, Ferie, Lacune, Law, Mesure, Repere, Series, Somme, Taux

__all__ = ["DOUBTS", "Doubt", "check_subjects", "doubt_anchor", "doubts", "subjects_of", "to_confirm"]

#: The address of the page that lists what is not certain.
DOUBTS = "sources-et-methode/"

_ACCOUNT, _WAGES = "Saisie d'un compte", "Saisie du salaire"
_COUNCIL, _PLANNING = "Conseil de prud'hommes", "Urbanisme"
_PAPERS, _PERIODS, _OTHERS = "Papiers d'identité", "Délais et jours fériés", "Autres sujets"
_LETTERS = "Courriers"
#: The subject of a law file or of a group of periods; that of a démarche is in its data.
_SUBJECTS: Mapping[str, str] = {
    **dict.fromkeys(("sbi.toml", "saisie_compte.toml", "sommes.toml", "temps_pour_payer.toml", "Saisies"), _ACCOUNT),
    **dict.fromkeys(("Saisie-attribution d'un compte", "Saisie administrative (SATD)", "Titres exécutoires"), _ACCOUNT),
    **dict.fromkeys(("quotite.toml", "Saisie des rémunérations"), _WAGES),
    **dict.fromkeys(("consignation.toml", _COUNCIL), _COUNCIL),
    **dict.fromkeys(("urbanisme.toml", _PLANNING), _PLANNING),
    **dict.fromkeys(("identite.toml", "titres_identite.toml", _PAPERS), _PAPERS),
    **dict.fromkeys(("feries.toml", "Recours contre une décision", "Injonction de payer"), _PERIODS),
}
#: What to do of a name that is under none.
_ADD_IT = "add it to _SUBJECTS, in calculators/web/guides/doubts.py"
_EXTENSION = "prorogation"


def _subjects() -> Mapping[str, str]:
    """The subject of anything that may be in doubt: a law file, a group of periods, a démarche.

    A démarche brings its own: a group of periods that bears its subject, and a law file that has the name of its own.
    """
    found = dict(_SUBJECTS)
    for demarche in demarches().values():
        found[demarche.nom] = demarche.sujet
        for name in (demarche.sujet, demarche.fichier.rpartition("/")[2]):
            found.setdefault(name, demarche.sujet)
    found |= {courrier.fichier: _LETTERS for courrier in courriers().values()}
    return found


def subjects_of(where: str) -> tuple[str, ...]:
    """The subjects of what is in a law file, or in a group of periods, which may be the subject of a démarche.

    >>> subjects_of("sbi.toml"), subjects_of("Injonction de payer")
    (("Saisie d'un compte",), ('Délais et jours fériés', 'Injonction de payer'))
    """
    return tuple(dict.fromkeys((_subjects().get(where, _OTHERS), *([] if where.endswith(".toml") else [where]))))


@dataclass(slots=True)
class Doubt:
    """One thing that is missing. ``concerne``: the anchors and the names of what it leaves uncertain."""

    sujet: str
    doute: Doute
    intitule: str = ""
    concerne: dict[str, str] = field(default_factory=dict)


def doubt_anchor(kind: str, key: str) -> str:
    """Where a value, asked for by this kind and key, stands in the list.

    >>> doubt_anchor("mesure", "passeport.urgence")
    'doute-mesure-passeport-urgence'
    """
    return f"doute-{kind}-{key}".replace(".", "-").replace("_", "-")


def to_confirm(doute: Doute | None) -> str:
    """What follows a value that is not certain, where no link can: nothing for the others.

    >>> to_confirm(Doute("le texte n'a pas été relu", "le greffe")), to_confirm(None)
    (' (à confirmer auprès du greffe)', '')
    """
    return f" (à confirmer auprès {of(doute.aupres_de)})" if doute else ""


def doubts(known: Law) -> list[Doubt]:
    """Everything that is not certain: one entry for each thing missing, subject after subject."""
    subjects = _subjects()
    found: dict[tuple[str, str, str], Doubt] = {}
    for point in known.points.values():
        doubt = Doubt(point.sujet, point.doute, point.intitule)
        if point.cle == _EXTENSION:
            doubt.concerne = {
                doubt_anchor(_EXTENSION, delai.cle): capitalised(delai.intitule)
                for delai in known.delais.values()
                if delai.prorogation is Prorogation.OUVERTE
            }
        found[point.sujet, point.intitule, ""] = doubt
    for where, doute, anchor, name in _of_the_data(known):
        subject = subjects.get(where, _OTHERS)
        doubt = found.setdefault((subject, doute.manque, doute.aupres_de), Doubt(subject, doute))
        doubt.concerne.setdefault(anchor, name)
    order = list(dict.fromkeys((*subjects.values(), _OTHERS)))
    return sorted(found.values(), key=lambda doubt: order.index(doubt.sujet) if doubt.sujet in order else len(order))


def check_subjects(known: Law) -> None:
    """Check that each group of periods, each file or list with a doubt, and each open point is under a subject.

    Raises:
        LawDataError: the first that is under none, with its file, its key, and the names that there are.
    """
    known_by = _subjects()
    groups = [name for name in _SUBJECTS if not name.endswith(".toml")]
    for delai in known.delais.values():
        if delai.groupe not in known_by:
            raise _no_subject(delai.fichier, f"delais.{delai.cle}.groupe", delai.groupe, groups)
    subjects = dict.fromkeys((*known_by.values(), _OTHERS))
    for point in known.points.values():
        if point.sujet not in subjects:
            raise _no_subject(point.doute.fichier, f"points.{point.cle}.sujet", point.sujet, subjects)
    for where, doute, _, name in _of_the_data(known):
        if where not in known_by:
            file = doute.fichier or where
            raise LawDataError(file, "(file)", f"under no subject of the list of doubts, for « {name} »: {_ADD_IT}")


def _no_subject(file: str, key: str, name: str, known: Iterable[str]) -> LawDataError:
    reason = f"{name!r} is under no subject of the list of doubts: expected one of {', '.join(known)}; or {_ADD_IT}"
    return LawDataError(file, key, reason)


#: Where a doubt is (a file, a group of periods, a démarche), the doubt, its anchor, and the name of what it is about.
_Found = tuple[str, Doute, str, str]


def _of_the_data(known: Law) -> Iterator[_Found]:
    for series in known.series.values():
        yield from _of_series(series)
    for scale in known.baremes.values():
        yield from _of_scale(scale)
    for delai in known.delais.values():
        if delai.doute:
            yield delai.groupe, delai.doute, doubt_anchor("delai", delai.cle), f"Délai pour {delai.intitule}"
    named: dict[str, Iterable[Repere | Taux | Mesure | DureeDatee | Somme | Ferie]] = {
        "repere": known.reperes.values(),
        "taux": known.taux.values(),
        "mesure": known.mesures.values(),
        "duree": known.durees.values(),
        "somme": known.sommes.values(),
        "ferie": known.feries.values(),
    }
    for kind, entries in named.items():
        for entry in entries:
            if entry.doute:
                yield entry.doute.fichier, entry.doute, doubt_anchor(kind, entry.cle), capitalised(entry.intitule)
    yield from _of_documents()
    for courrier in courriers(known).values():
        if courrier.doute:
            yield (
                courrier.fichier,
                courrier.doute,
                doubt_anchor("courrier", courrier.nom),
                f"Courrier, {courrier.titre}",
            )


def _of_series(series: Series) -> Iterator[_Found]:
    for value in series.valeurs:
        if value.doute:
            # The link in a page leads to the value in force; the former ones stand beside it.
            former = "" if value is series.derniere else f"-{value.en_vigueur_du}"
            name = f"{series.intitule}, depuis le {in_words(value.en_vigueur_du)}"
            yield value.doute.fichier, value.doute, doubt_anchor("montant", series.cle) + former, name
    yield from _gaps(series.cle, series.intitule, series.lacunes)


def _of_scale(scale: Bareme) -> Iterator[_Found]:
    for year in scale.valeurs:
        if year.doute:
            name = f"{scale.intitule} de {year.en_vigueur_du.year}"
            yield year.doute.fichier, year.doute, doubt_anchor("bareme", f"{scale.cle}-{year.en_vigueur_du}"), name
    yield from _gaps(scale.cle, scale.intitule, scale.lacunes)


def _gaps(cle: str, name: str, gaps: tuple[Lacune, ...]) -> Iterator[_Found]:
    for gap in gaps:
        words = f"{name}, du {in_words(gap.du)} au {in_words(gap.au)}"
        yield gap.doute.fichier, gap.doute, doubt_anchor("lacune", f"{cle}-{gap.du}"), words


def _of_documents() -> Iterator[_Found]:
    for piece in pieces().values():
        if piece.niveau is Exigence.A_CONFIRMER:
            document = piece.document.partition(", {")[0]  # without the amounts that it quotes
            name = f"{demarches()[piece.demarche].titre} : {document}"
            yield piece.demarche, Doute(piece.a_confirmer, piece.aupres_de), doubt_anchor("piece", piece.id), name
