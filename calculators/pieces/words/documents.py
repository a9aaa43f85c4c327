"""A document of the data, as an answer and the pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.language import FRENCH
from calculators.law.pieces import Exigence, Nature
from calculators.law.pieces.texts import AMOUNT
from calculators.result import PieceDemandee

if TYPE_CHECKING:
    from datetime import date

    from calculators.language import Language
    from calculators.law import Law
    from calculators.law.pieces import Piece

__all__ = ["requested"]

_DEPENDS = "cela dépend d'une de vos réponses « je ne sais pas »"


def requested(piece: Piece, day: date, known: Law, *, certain: bool = True, say: Language = FRENCH) -> PieceDemandee:
    """A document of the data as an answer shows it, with the amounts of that day."""
    niveau = piece.niveau
    if not certain and niveau is Exigence.REQUIS:
        niveau = Exigence.SELON_LE_CAS

    def quoted(text: str) -> str:
        return AMOUNT.sub(lambda found: say.amount(known.series[found[1]].au(day).montant), say(text))

    references = [(article.citation, article.lien) for article in piece.articles]
    references += [(f"{source.titre}, {source.editeur}", source.lien) for source in piece.sources]
    return PieceDemandee(
        id=piece.id,
        code=piece.code,
        document=quoted(piece.document),
        niveau=niveau.value,
        condition=say(piece.condition) or ("" if certain else say(_DEPENDS)) if niveau is not Exigence.REQUIS else "",
        pourquoi=quoted(piece.pourquoi),
        forme=say(piece.forme),
        anciennete=say(piece.anciennete),
        ou_l_obtenir=say(piece.ou_l_obtenir),
        aupres_de=piece.aupres_de if niveau is Exigence.A_CONFIRMER else "",
        references=tuple(references),
        certitude=piece.certitude.value,
        adresse=f"pieces/{piece.demarche}/#{piece.id}",
        remplace=piece.remplace,
        a_confirmer=piece.a_confirmer if niveau is Exigence.A_CONFIRMER else "",
        geste=piece.nature is Nature.GESTE,
    )
