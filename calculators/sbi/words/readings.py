"""Each point that the law or the answers leave open, read the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.result import Lecture, Valeur
from calculators.sbi.rules import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Basis, Figures, OpenPoint

__all__ = ["open_words", "readings"]


def readings(prudent: Basis, points: tuple[OpenPoint, ...], say: Language) -> tuple[Lecture, ...]:
    """The prudent reading, then the others; none when nothing is open."""
    if not points:
        return ()
    words = open_words(say)
    kept = Lecture(
        "prudente",
        say("Lecture retenue : la plus prudente"),
        say("Sur chaque point ouvert, celle qui laisse le moins. On peut au moins compter dessus."),
        tuple(_values(figures(prudent), say)),
        prudente=True,
    )
    others = (Lecture(p.cle, *words[p.cle], tuple(_values(figures(p.basis), say))) for p in points)
    return (kept, *others)


def _values(found: Figures, say: Language) -> Iterator[Valeur]:
    yield Valeur("laisse", say("Laissé d'office"), found.laisse)
    yield Valeur("sur_demande", say("À réclamer"), found.sur_demande)
    yield Valeur("protege", say("Protégé en tout"), found.protege)
    yield Valeur("saisi", say("Peut être saisi"), found.saisi)


def open_words(say: Language) -> dict[str, tuple[str, str]]:
    """Of each open point of the rules: what its other reading says, and why it is open."""
    return {
        "autre_mesure": (
            say("La mesure est une saisie (attribution, conservatoire ou administrative)"),
            say("Vous ne savez pas quelle mesure bloque le compte. Son nom est en haut de l'acte."),
        ),
        "paiement_direct": (
            say("La mesure est un paiement direct de pension alimentaire"),
            say("Vous ne savez pas quelle mesure bloque le compte. Son nom est en haut de l'acte."),
        ),
        "alimente": (
            say("Le compte reçoit une rémunération"),
            say("Vous ne le savez pas. Les relevés du compte le montrent."),
        ),
        "autre_banque": (
            say("Aucune autre banque n'est saisie, ou c'est celle-ci qui laisse le SBI"),
            say(
                "Un seul SBI est dû pour toutes les banques saisies. Chaque acte de dénonciation nomme une banque : "
                "comptez ceux qui sont venus. Le commissaire de justice, ou le comptable public, le sait aussi."
            ),
        ),
        "sbi_precedent": (
            say("Aucun SBI n'a été laissé dans le mois d'avant"),
            say(
                "Vous ne savez pas si un SBI a été laissé pour une autre saisie, ou quand. Les lettres de la banque et "
                "les relevés du mois d'avant le montrent. Le calcul retenu suppose qu'il a été laissé et dépensé."
            ),
        ),
        "designation": (
            say("Cette banque est désignée pour laisser le SBI"),
            say(
                "Un seul SBI est dû pour toutes les banques saisies. Le commissaire de justice, ou le comptable "
                "public, sait quelle banque il a désignée."
            ),
        ),
        "sbi_restant": (
            say("Le premier SBI est encore en entier sur les comptes"),
            say("Vous n'avez pas dit combien il en reste. Le calcul retenu suppose qu'il a été dépensé."),
        ),
        "dernier_jour_du_mois": (
            say("Le délai est passé, et un nouveau SBI est dû"),
            say(
                "La nouvelle saisie tombe le dernier jour de ce délai. Le texte ne dit pas si ce jour-là en fait "
                "encore partie."
            ),
        ),
        "patrimoines": (
            say("Le SBI joue aussi sur les comptes professionnels"),
            say(
                "Le texte n'écarte les comptes professionnels que pour une EIRL. Pour les autres entrepreneurs "
                "individuels, il ne dit rien, et nous n'avons trouvé aucune décision. Le calcul retenu ne "
                "prend le SBI que sur les comptes personnels. Demandez conseil à un avocat ou à un point-justice."
            ),
        ),
        "codebiteurs": (
            say("Chaque titulaire débiteur a droit à son propre SBI"),
            say(
                "Le texte parle d'une somme pour « le débiteur » : quand les deux titulaires doivent la dette, la "
                "question est ouverte. Le calcul retenu compte un seul SBI pour la saisie. Le titre du créancier nomme "
                "ceux qui la doivent."
            ),
        ),
        "gains_epoux": (
            say("Les gains de l'époux s'ajoutent au SBI du débiteur"),
            say(
                "À la lettre, aucun texte ne déduit l'un de l'autre, mais nous n'avons trouvé aucune décision qui le "
                "confirme. Le calcul retenu garde le plus grand des deux."
            ),
        ),
        "ensemble": (
            say("Tous les points ouverts, tranchés ensemble dans l'autre sens"),
            say(
                "Plusieurs points sont ouverts à la fois. Voici ce qui resterait si chacun était "
                "tranché en faveur du débiteur : au mieux, ces sommes."
            ),
        ),
        "gains_laisses": (
            say("Communauté, et la dette n'est ni celle du ménage, ni un emprunt signé seul"),
            say(
                "L'époux qui ne doit pas cette dette garde alors ses gains. Le calcul retenu ne les compte pas, tant "
                "qu'on ne sait pas quel lien unit les titulaires, qui doit la dette et pour quoi elle est née."
            ),
        ),
        "emprunt_seul": (
            say("Emprunt ou caution signé par un seul époux, et le créancier n'identifie pas ses revenus"),
            say(
                "Le compte joint échappe alors à la saisie. C'est au juge de l'exécution de le dire : n'y comptez pas "
                "avant sa décision."
            ),
        ),
    }
