"""What is said of a link made with another version of the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.law.model import Unite
from calculators.law.words import lasting
from calculators.money import euros_in_prose
from calculators.typography import capitalised
from calculators.versions.link import Etat
from calculators.versions.values import Changed, flat, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.law import Law
    from calculators.versions.link import Reopened

__all__ = ["conclusion", "of_value", "opening", "reasons"]


def opening(link: Reopened) -> str:
    """With which rules the link was made, and with which it is answered."""
    now = f"aujourd'hui : {link.edition.dite}."
    if link.mark.version is None:
        return f"Ce lien ne dit pas avec quelles règles il a été fait ; {now}"
    when = f"calculé le {in_words(link.mark.jour)}" if link.mark.jour else "fait"
    return f"Ce lien a été {when} avec les {link.mark.version.dite} ; {now}"


def conclusion(link: Reopened) -> str:
    """What came of it."""
    if link.etat is Etat.SANS:
        return "Le résultat ci-dessus est celui d'aujourd'hui. Si vous en avez gardé un autre, comparez-les."
    if link.altere:
        return (
            "Les chiffres écrits dans ce lien ne sont pas ceux que ces règles donnent : le lien a été modifié. Ne vous "
            "fiez qu'au résultat d'aujourd'hui."
        )
    if link.differe:
        return "Le résultat n'est plus le même. Fiez-vous à celui d'aujourd'hui ; voici ce qui diffère."
    if link.etat is Etat.PLUS_RECENTE:
        return (
            "Cette copie du site est plus ancienne que le lien : ouvrez-le sur le site, ou demandez une copie à jour."
        )
    if not link.compare:
        return "Cette version n'est pas connue ici : comparez le résultat ci-dessous avec celui que vous avez gardé."
    return "Le résultat est le même."


def reasons(link: Reopened) -> Iterator[str]:
    """Why, a sentence each."""
    for change in link.valeurs:
        yield of_value(change, link.law)
    yield from (f"Corrigé sur ce site : {subject}. {now}" for subject, now in link.corrections)
    if link.regle and not link.corrections:
        yield "Une règle du calcul a changé depuis, ou les chiffres écrits dans le lien ont été modifiés."
    if link.jour:
        yield "Le jour n'est plus le même : une date passée ou un délai qui court changent aussi la réponse."
    yield from (f"Nouveau dans la liste : {document}." for document in link.ajoutees)
    yield from (f"Demandé autrement qu'avant : {document}." for document in link.changees)
    yield from (f"N'est plus dans la liste de cette démarche : {document}." for document in link.retirees)


def of_value(change: Changed, law: Law) -> str:
    """What a value is and was: « Passeport : 10 ans depuis le 1er avril 2027, au lieu de 5 ans. »."""
    kind, _, day = change.parts
    since = f" depuis le {in_words(date.fromisoformat(day))}" if day else ""
    former = change.avant or _former(change, law)
    before = f", au lieu de {_said(kind, former)}" if former and kind != "bareme" else ""
    now = _said(kind, change.maintenant) if change.maintenant else "n'est plus dans les données"
    return f"{capitalised(_title(change, law))} : {now}{since}{before}."


def _former(change: Changed, law: Law) -> str:
    """What a new value took the place of, as a machine writes it; empty for the first."""
    kind, cle, day = change.parts
    before = [
        (known.parts[2], text)
        for key, text in flat(law).items()
        if (known := Changed(key, "", text)).parts[:2] == (kind, cle) and known.parts[2] < day
    ]
    return max(before)[1] if before else ""


def _title(change: Changed, law: Law) -> str:
    kind, cle, _ = change.parts
    title = title_of(change, law) or cle
    return f"délai pour {title}" if kind == "delai" else title


def _said(kind: str, text: str) -> str:
    first, _, rest = text.partition(" ")
    match kind:
        case "montant":
            return euros_in_prose(Decimal(text))
        case "bareme":
            return "un nouveau barème"
        case "delai" | "duree":
            return lasting(Unite(rest.partition(" ")[0]), int(first))
        case "taux":
            return f"{text.replace('.', ',')} %"
        case "repere":
            return in_words(date.fromisoformat(text))
        case _:
            return euros_in_prose(Decimal(first)) if rest == "EUR" else f"{first.replace('.', ',')} {rest}"
