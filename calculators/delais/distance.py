"""What distance adds to a period: code de procédure civile, art. 643 to 647."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from calculators.delais.inputs import Distance, Lieu
from calculators.law import Prorogation

if TYPE_CHECKING:
    from calculators.delais.inputs import DelaisInputs
    from calculators.law import Delai, VersionDeDelai

__all__ = ["Augmentation", "Motif", "extension_of"]

_OVERSEAS, _ABROAD = 1, 2  # months, CPC, art. 643 and 644
_SAID = {Distance.UN_MOIS: _OVERSEAS, Distance.DEUX_MOIS: _ABROAD}


class Motif(StrEnum):
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

    ``contestee``: it is the law that does not settle it, and not what the act is.
    """

    mois: int
    motif: Motif
    articles: tuple[str, ...]
    ouverte: bool = False
    contestee: bool = False


def extension_of(
    inputs: DelaisInputs, delai: Delai | None, version: VersionDeDelai | None = None
) -> Augmentation | None:
    """Work out the extension from where the person lives and where the court sits, or take the one that was said.

    ``delai``: ``None`` for a length that the person gave; ``version``: the one to apply, when it is known. Nothing for
    an act that the articles do not list, or when the person says that there is none.
    """
    listed = version or delai
    if listed is not None and listed.distance is Prorogation.NON:
        return None
    if inputs.distance is Distance.AUCUNE:
        return None
    if inputs.distance is not Distance.CALCULEE:
        found = Augmentation(_SAID[inputs.distance], Motif.DITE, ("CPC 643", "CPC 644"))
    else:
        siege = Lieu.METROPOLE if delai is not None and delai.siege_en_metropole else inputs.siege
        found = _worked_out(inputs.domicile, siege, in_hand=inputs.en_main_propre)
    if not found.mois or found.motif is Motif.DITE:
        return found
    if delai is None:  # only the person knows whether the act is one of those listed
        return replace(found, ouverte=True)
    if (version or delai).distance is Prorogation.OUVERTE:
        return replace(found, articles=(*found.articles, "CPC 645"), ouverte=True, contestee=True)
    return found


def _worked_out(home: Lieu | None, court: Lieu, *, in_hand: bool) -> Augmentation:
    article = "CPC 643" if court is Lieu.METROPOLE else "CPC 644"
    if home is None:
        return Augmentation(0, Motif.INCONNU, ("CPC 643", "CPC 644"))
    if home is court:
        return Augmentation(0, Motif.MEME_LIEU, (article,))
    if in_hand:
        return Augmentation(0, Motif.MAIN_PROPRE, (article, "CPC 647"))
    if home is Lieu.ETRANGER:
        return Augmentation(_ABROAD, Motif.ETRANGER, (article,))
    return Augmentation(_OVERSEAS, Motif.OUTRE_MER, (article,))
