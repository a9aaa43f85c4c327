"""The words on the act that tells the debtor of the seizure, and on the time to contest that runs from it.

What came late, or never came, says what the law provides and whom to show it to: whether an act is void is for the
judge alone. A time that is over says what is still open.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from calculators.calendar import add_months, in_words
from calculators.holidays import Calendrier
from calculators.law import law
from calculators.law.situations import situations
from calculators.money import ZERO
from calculators.result import Action, Avertissement, Etape, Niveau
from calculators.sbi.inputs import Mesure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculators.law.situations import Ligne
    from calculators.sbi.rules import Facts, Figures

__all__ = ["contest_actions", "notice_steps", "notice_warnings"]

_NOTICE, _CONTEST, _CLAIM = "saisie-attribution.denonciation", "saisie-attribution.contestation", "satd.contestation"
_PAGE = "saisie-compte/debiteur"
_SHOW = "Montrez ces dates à un avocat ou à un point-justice"


def _line(situation: str, delai: str) -> Ligne:
    """What the timeline of the deadlines says of one of them: the same words here."""
    return next(line for line in situations(law())[situation].echeances if line.delai == delai)


def _attribution(facts: Facts) -> bool:
    return facts.inputs.mesure is Mesure.SAISIE_ATTRIBUTION and facts.is_person


def _last_day_to_tell(facts: Facts) -> date:
    """The last of the eight days, moved past a day off: that is not settled, so that nothing is late before."""
    seized = facts.inputs.date_saisie
    return Calendrier(facts.inputs.territoire, law()).next_ouvre(seized + timedelta(days=law().delais[_NOTICE].duree))


def _told_late(facts: Facts) -> bool:
    told = facts.inputs.date_denonciation
    return told is not None and told > _last_day_to_tell(facts)


def _never_told(facts: Facts) -> bool:
    return facts.inputs.date_denonciation is None and facts.inputs.aujourdhui > _last_day_to_tell(facts)


def _month_is_over(facts: Facts) -> bool:
    until = facts.claim_until
    return until is not None and until < facts.inputs.aujourdhui


def notice_steps(facts: Facts) -> Iterator[Etape]:
    """The time to tell the debtor, when it was not kept or may not have been; the time to contest, once it is over."""
    if not _attribution(facts):
        return
    delai, told = law().delais[_NOTICE], facts.inputs.date_denonciation
    if _told_late(facts) or _never_told(facts):
        yield Etape(
            "La dénonciation au débiteur",
            f"Le commissaire de justice a {delai.in_words()} après la saisie pour l'annoncer au débiteur. Ce calcul "
            "admet "
            f"le premier jour ouvrable suivant. Si le délai est manqué, {delai.sanction} : seul le juge de l'exécution "
            "peut le dire.",
            f"{in_words(facts.inputs.date_saisie)} + {delai.in_words()} : au plus tard le "
            f"{in_words(_last_day_to_tell(facts))}, et la dénonciation est "
            f"{'du ' + in_words(told) if told else 'sans date indiquée'}",
            delai.articles,
        )
    if _month_is_over(facts):
        yield Etape(
            "Le mois pour contester est passé",
            "Une demande d'aide juridictionnelle faite avant la fin du mois le sauve. Sinon, celui qui n'a pas "
            "contesté "
            "à temps peut encore agir, à ses frais, pour reprendre ce qui n'était pas dû.",
            articles=tuple(law().article(key) for key in ("CPCE R211-11", "CPCE L211-4", "D2020-1717 43")),
        )


def notice_warnings(facts: Facts, found: Figures) -> Iterator[Avertissement]:
    """What is late, what is over, and what stays open."""
    if _attribution(facts):
        yield from _on_the_notice(facts)
        if _month_is_over(facts) and facts.claim_until is not None:
            yield Avertissement(
                "contestation_passee",
                f"Le mois pour contester est passé depuis le {in_words(facts.claim_until)}, sauf si vous avez contesté "
                "ou demandé l'aide juridictionnelle avant la fin. "
                f"{_line('saisie-attribution', _CONTEST).autre_voie} {_SHOW} avant de renoncer.",
            )
    if facts.inputs.mesure is Mesure.SATD:
        yield from _on_the_satd(facts, found)


def _on_the_notice(facts: Facts) -> Iterator[Avertissement]:
    end, delai = in_words(_last_day_to_tell(facts)), law().delais[_NOTICE]
    told = facts.inputs.date_denonciation
    if told is not None and _told_late(facts):
        argument = (
            "ce peut être un argument devant le juge de l'exécution"
            if _month_is_over(facts)
            else "c'est un argument devant le juge de l'exécution, à présenter dans le mois pour contester"
        )
        yield Avertissement(
            "denonciation_tardive",
            f"La dénonciation est du {in_words(told)}, après le {end}. Dans ce cas, {delai.sanction} : à faire "
            "vérifier. "
            f"{_SHOW} sans attendre : {argument}.",
        )
    elif told is not None and told > facts.inputs.date_saisie + timedelta(days=delai.duree):
        yield Avertissement(
            "denonciation_a_verifier",
            f"La dénonciation est du {in_words(told)}, plus de {delai.in_words()} après la saisie. Elle est à temps "
            "si un "
            f"délai qui finit un jour de fermeture est reporté : ce point n'est pas tranché. {_SHOW}.",
            Niveau.INFO,
        )
    elif _never_told(facts):
        month = law().delais[_CONTEST]
        over = Calendrier(facts.inputs.territoire, law()).next_ouvre(add_months(_last_day_to_tell(facts), month.duree))
        passed = (
            f" Venue dans ce temps, elle a ouvert un mois pour contester, passé depuis le {in_words(over)}."
            if over < facts.inputs.aujourdhui
            else ""
        )
        yield Avertissement(
            "denonciation_attendue",
            f"La dénonciation devait venir au plus tard le {end}. Vous l'avez reçue ? Indiquez sa date.{passed} "
            "Rien n'est "
            f"venu ? Dans ce cas, {delai.sanction} : à faire vérifier. {_line('saisie-attribution', _NOTICE).si_tard}",
        )


def _on_the_satd(facts: Facts, found: Figures) -> Iterator[Avertissement]:
    """The day of the notification is not asked: from the day of the seizure, it may be over."""
    seized, today = facts.inputs.date_saisie, facts.inputs.aujourdhui
    claim = law().delais[_CLAIM]
    over = add_months(seized, claim.duree)
    if over < today:
        yield Avertissement(
            "contestation_satd",
            f"La contestation se fait dans les {claim.in_words()} de la notification au débiteur. Si vous l'avez "
            "reçue le "
            f"jour de la saisie, ce temps a fini vers le {in_words(over)} : vérifiez la date de la notification. "
            f"{_line('satd', _CLAIM).autre_voie}",
        )
    paid = facts.satd_paid_on
    if paid is not None and paid < today and found.sur_demande > ZERO:
        yield Avertissement(
            "satd_versee",
            f"La banque devait verser l'argent au plus tard vers le {in_words(paid)}. Demandez-lui s'il est parti. "
            "S'il "
            "l'est, écrivez au comptable public avec vos justificatifs, et voyez un point-justice.",
        )


def contest_actions(facts: Facts) -> Iterator[Action]:
    """How to contest, and until when; what to do once the time is over."""
    inputs = facts.inputs
    match inputs.mesure:
        case Mesure.SAISIE_ATTRIBUTION if _month_is_over(facts):
            yield Action(
                "Le mois pour contester est passé : faites vérifier les dates, et voyez ce qui reste possible avec un "
                "avocat ou un point-justice.",
                "sans attendre",
                _PAGE,
            )
        case Mesure.SAISIE_ATTRIBUTION:
            period = law().delais[_CONTEST].in_words()
            until = facts.claim_until
            yield Action(
                "Si vous n'êtes pas d'accord avec la saisie, contestez-la devant le juge de l'exécution.",
                f"au plus tard le {in_words(until)}, {period} après la dénonciation"
                if until
                else f"{period} à partir du jour où l'acte de dénonciation vous a été remis",
                _PAGE,
            )
        case Mesure.SATD:
            period = law().delais[_CLAIM].in_words()
            yield Action(
                "Si vous n'êtes pas d'accord, contestez d'abord auprès de l'administration qui a envoyé l'avis.",
                f"{period} à partir de la notification",
                "saisie-compte/satd",
            )
        case _:
            yield Action(
                "Lisez sur l'acte reçu le délai pour contester et le juge à saisir, puis demandez conseil "
                "sans attendre.",
                "tout de suite",
                _PAGE,
            )
