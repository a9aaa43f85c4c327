"""What distance adds to a period: code de procédure civile, art. 643 to 647."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.declaration import OuiNon
from calculators.delais.inputs import ADDED_BY_DISTANCE, Distance, Lieu
from calculators.law import Prorogation

if TYPE_CHECKING:
    from calculators.delais.facts import Facts
    from calculators.law import Delai, VersionDeDelai

__all__ = ["Augmentation", "Eloignement", "extension_of"]

#: The periods of the law data that distance adds (CPC, art. 643 and 644).
_OVERSEAS, _ABROAD = ADDED_BY_DISTANCE.values()


class Eloignement(StrEnum):
    """Why a period is lengthened, or is not."""

    DITE = "dite"  # the person said so
    ETRANGER = "etranger"
    OUTRE_MER = "outre_mer"
    MEME_LIEU = "meme_lieu"
    MAIN_PROPRE = "main_propre"  # art. 647
    INCONNU = "inconnu"  # where the person lives was not said


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Months added for distance, why, and the articles they rest on. ``ouverte``: whether they apply is not settled.

    ``contestee``: it is the law that does not settle it, and not what the act is. ``remise``: it is not known where the
    act was handed to the person.
    """

    mois: int
    motif: Eloignement
    articles: tuple[str, ...]
    ouverte: bool = False
    contestee: bool = False
    remise: bool = False


def extension_of(facts: Facts, delai: Delai | None, version: VersionDeDelai | None = None) -> Augmentation | None:
    """Work out the extension from where the person lives and where the court sits, or take the one that was said.

    ``delai``: ``None`` for a length that the person gave; ``version``: the one to apply, when it is known. Nothing for
    an act that the articles do not list, or when the person says that there is none.
    """
    inputs, listed = facts.inputs, version or delai
    if listed is not None and listed.distance is Prorogation.NON:
        return None
    if inputs.distance is Distance.AUCUNE:
        return None
    if inputs.distance is not Distance.CALCULEE:
        found = Augmentation(
            _months(facts, ADDED_BY_DISTANCE[inputs.distance]), Eloignement.DITE, ("CPC 643", "CPC 644")
        )
    else:
        siege = Lieu.METROPOLE if delai is not None and delai.siege_en_metropole else inputs.siege
        found = _worked_out(facts, inputs.domicile, siege)
    if not found.mois or found.remise:
        return found
    if listed is None:  # only the person knows whether the act is one of those listed, and may have said so
        return replace(found, ouverte=found.motif is not Eloignement.DITE)
    if listed.distance is Prorogation.OUVERTE:
        return replace(found, articles=(*found.articles, "CPC 645"), ouverte=True, contestee=True)
    return found


def _months(facts: Facts, cle: str) -> int:
    return facts.law.delais[cle].duree


def _worked_out(facts: Facts, home: Lieu | None, court: Lieu) -> Augmentation:
    article = "CPC 643" if court is Lieu.METROPOLE else "CPC 644"
    if home is None:
        return Augmentation(0, Eloignement.INCONNU, ("CPC 643", "CPC 644"))
    if home is court:
        return Augmentation(0, Eloignement.MEME_LIEU, (article,))
    if facts.inputs.en_main_propre is OuiNon.OUI:
        return Augmentation(0, Eloignement.MAIN_PROPRE, (article, "CPC 647"))
    unsure = facts.inputs.en_main_propre is OuiNon.INCONNU
    articles = (article, "CPC 647") if unsure else (article,)
    if home is Lieu.ETRANGER:
        return Augmentation(_months(facts, _ABROAD), Eloignement.ETRANGER, articles, unsure, remise=unsure)
    return Augmentation(_months(facts, _OVERSEAS), Eloignement.OUTRE_MER, articles, unsure, remise=unsure)
