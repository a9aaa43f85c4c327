"""The rules of the SBI: figures only.

The core is one formula, that of CPCE, art. L162-2 and R162-7 and of every official worked example::

    protégé = min(soldes, max(SBI, sommes insaisissables nettes))
    saisi   = min(créance, soldes - protégé)

Around it, the cases where the SBI is not left, is left elsewhere, or was left already. A point the law leaves open
is a second :class:`Basis`, never a guess: see :func:`open_points`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.declaration import OuiNon
from calculators.errors import CoverageError, LawDataError
from calculators.holidays import Calendrier
from calculators.law import Nature, Prorogation, Unite
from calculators.money import ZERO
from calculators.sbi.inputs import (
    ChoixEpoux,
    Debiteur,
    Designation,
    MesureExecution,
    NatureDette,
    Regime,
    Somme,
    TypeCompte,
)
from calculators.scale import Quotite, floor_series, quotite

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from calculators.law import Delai, Law, Repere, Series, Value
    from calculators.sbi.inputs import Compte, SbiInputs

__all__ = [
    "Basis",
    "Facts",
    "Figures",
    "OpenPoint",
    "Regle",
    "SommeNette",
    "allocate",
    "basis_of",
    "credit",
    "figures",
    "open_points",
    "rules_of_the_couple",
    "seizure_basis",
    "sight_first",
    "spouse_gains",
]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures rest on, in euros, once the answers are understood.

    Attributes:
        soldes: sum of the credit balances; an overdrawn account counts for nothing (CPCE, art. R162-2).
        soldes_du_sbi: the part of it on which the SBI may be taken.
        plancher: the SBI this bank has to leave.
        ailleurs: SBI left by another bank, deducted from later claims (CPCE, art. R162-7).
        automatique: whether it is left without being asked for (since 1 August 2009).
        justifie: protected sums, net of debits, that the debtor can prove.
        a_part: protected sums counted beside the SBI, not within it (one reading of CPCE, art. R162-9).
        creance: what is claimed, costs included; ``None`` when unknown: then all that can be seized is.
        blocage_limite: whether only what is claimed is blocked (saisie conservatoire, CPCE, art. L523-1; small SATD,
            LPF, art. L262), and not every account (saisie-attribution, CPCE, art. R211-19).
        hors_saisie: the part of the balances that this debt may not reach at all (C. civ., art. 1415).
    """

    soldes: Decimal
    soldes_du_sbi: Decimal
    plancher: Decimal
    ailleurs: Decimal
    automatique: bool
    justifie: Decimal
    a_part: Decimal
    creance: Decimal | None
    blocage_limite: bool = False
    hors_saisie: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Figures:
    """The answer in euros. ``saisi + reste`` is always the sum of the credit balances."""

    laisse: Decimal
    sur_demande: Decimal
    protege: Decimal
    bloque: Decimal
    saisi: Decimal
    saisi_sans_demande: Decimal
    reste: Decimal


def figures(s: Basis) -> Figures:
    """Apply the rule to what it rests on.

    >>> from decimal import Decimal as D
    >>> s = Basis(D(1000), D(1000), D("651.69"), D(0), True, D(200), D(0), D(500))
    >>> figures(s).laisse, figures(s).sur_demande, figures(s).saisi
    (Decimal('651.69'), Decimal('0.00'), Decimal('348.31'))
    """
    sbi = min(s.soldes_du_sbi, s.plancher)
    laisse = sbi if s.automatique else ZERO
    # R162-7: what was left as SBI is deducted from the protected sums claimed afterwards.
    claim = max(ZERO, s.justifie - laisse - s.ailleurs) if s.automatique else max(sbi, s.justifie)
    sur_demande = min(s.soldes - laisse, claim + s.a_part)
    protege = laisse + sur_demande
    saisi = _seized(s.creance, s.soldes - max(protege, s.hors_saisie))
    return Figures(
        laisse=laisse,
        sur_demande=sur_demande,
        protege=protege,
        bloque=_seized(s.creance, s.soldes - laisse) if s.blocage_limite else s.soldes - laisse,
        saisi=saisi,
        saisi_sans_demande=_seized(s.creance, s.soldes - laisse),
        reste=s.soldes - saisi,
    )


def _seized(creance: Decimal | None, available: Decimal) -> Decimal:
    return available if creance is None else min(creance, available)


def allocate(amount: Decimal, room: Sequence[Decimal], order: Sequence[int]) -> list[Decimal]:
    """Spread an amount over accounts, filling each in turn, in the given order of positions."""
    shares = [ZERO] * len(room)
    for position in order:
        shares[position] = min(amount, room[position])
        amount -= shares[position]
    return shares


@dataclass(frozen=True, slots=True)
class SommeNette:
    """A sum received, and what is still protected of it after the debits since (CPCE, art. R162-4 and R162-5).

    ``bareme``: how the scale shared out the month's pay, when it was asked to.
    """

    somme: Somme
    nature: Nature
    protegee: Decimal
    nette: Decimal
    bareme: Quotite | None = None


def net_sums(inputs: SbiInputs, law: Law) -> Iterator[SommeNette]:
    """Give what is protected of each sum: all of it, the part told or worked out, or nothing; less the debits.

    The seizable part of what several payers pay is that of their total (C. trav., art. L3252-4), borne by each in
    proportion. No article says where the centime goes (R3252-2 to R3252-5): the running total is rounded down, not each
    share, so that together they are the protected total exactly, however the sum was split; the last one takes what is
    left.

    Raises:
        CoverageError: the scale of that day was not verified.
    """
    shared = [s for s in inputs.sommes if law.sommes[s.nature].nature is Nature.PARTIELLE and s.part_protegee is None]
    total = sum((s.montant for s in shared), ZERO)
    running = Fraction(0)
    for number, somme in enumerate(inputs.sommes, 1):
        nature, bareme = law.sommes[somme.nature].nature, None
        match nature:
            case Nature.INSAISISSABLE:
                protegee = somme.montant
            case Nature.PARTIELLE if somme.part_protegee is not None:
                protegee = somme.part_protegee
            case Nature.PARTIELLE:
                bareme = _scale(inputs, law, somme, total, f"sommes.{number}.part_protegee")
                before = _centimes(running)
                running += Fraction(bareme.laisse) * Fraction(somme.montant) / Fraction(total or 1)
                protegee = Decimal(_centimes(running) - before).scaleb(-2)
            case _:
                protegee = ZERO
        yield SommeNette(somme, nature, protegee, max(ZERO, protegee - somme.debits), bareme)


def _centimes(amount: Fraction) -> int:
    return math.floor(amount * 100)


def _scale(inputs: SbiInputs, law: Law, somme: Somme, total: Decimal, champ: str) -> Quotite:
    day = somme.date_credit or inputs.date_saisie
    try:
        return quotite(law, total, day, inputs.personnes_a_charge, inputs.territoire)
    except CoverageError as error:
        raise error.about(champ) from None


def spouse_gains(inputs: SbiInputs) -> Decimal:
    """What CPCE, art. R162-9 leaves to the spouse who does not owe: their choice, within the joint balances."""
    if inputs.gains_epoux is not OuiNon.OUI:
        return ZERO
    month, average = inputs.gains_mois_precedent or ZERO, inputs.gains_moyenne or ZERO
    match inputs.choix_epoux:
        case ChoixEpoux.MOIS_PRECEDENT:
            chosen = month
        case ChoixEpoux.MOYENNE_12_MOIS:
            chosen = average
        case _:
            chosen = max(month, average)
    return min(chosen, sum((credit(c) for c in inputs.comptes if c.joint), ZERO))


def credit(compte: Compte) -> Decimal:
    """The credit balance of an account: nothing when it is overdrawn."""
    return max(ZERO, compte.solde)


def months(delai: Delai) -> int:
    """The length of a period the law gives in months."""
    if delai.unite is not Unite.MOIS:
        raise LawDataError("delais", delai.cle, "expected a period in months")
    return delai.duree


class Regle(Enum):
    """What the law makes of a joint account, for the debt of one of its holders alone."""

    SOLIDAIRES = "C. civ., art. 220: the other spouse owes a debt of the household too"
    SOLIDAIRES_PACS = "C. civ., art. 515-4: so does the partner, for the needs of daily life"
    REVENUS_DU_SIGNATAIRE = "C. civ., art. 1415: the creditor only has the income and own goods of who signed"
    GAINS_PROTEGES = "C. civ., art. 1413, 1414, 1418; CPCE, art. R162-9: the other spouse's wages are kept from it"
    PREUVE = "each proves which money is theirs"


_COMMUNITY = {
    NatureDette.MENAGE: Regle.SOLIDAIRES,
    NatureDette.EMPRUNT_SEUL: Regle.REVENUS_DU_SIGNATAIRE,
    NatureDette.AUTRE: Regle.GAINS_PROTEGES,
}


def rules_of_the_couple(regime: Regime, nature: NatureDette) -> tuple[Regle, ...]:
    """Every rule that the answers leave possible: one, unless the bond or the debt is not known."""
    natures = [n for n in NatureDette if n is not NatureDette.INCONNU] if nature is NatureDette.INCONNU else [nature]
    regimes = [r for r in Regime if r is not Regime.INCONNU] if regime is Regime.INCONNU else [regime]
    found = (_rule(r, n) for r in regimes for n in natures)
    return tuple(dict.fromkeys(found))


def _rule(regime: Regime, nature: NatureDette) -> Regle:
    household = nature is NatureDette.MENAGE
    match regime:
        case Regime.COMMUNAUTE:
            return _COMMUNITY[nature]
        case Regime.SEPARATION if household:
            return Regle.SOLIDAIRES
        case Regime.PACS if household:
            return Regle.SOLIDAIRES_PACS
        case _:
            return Regle.PREUVE


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point the law, or the person, leaves open: a name, and what the figures rest on under the other reading."""

    cle: str
    basis: Basis


class Facts:
    """The answers, understood under a law: the value used, who is protected, and each sum net."""

    def __init__(self, inputs: SbiInputs, law: Law, value: Value | None = None) -> None:
        """Understand the answers; with the SBI of the day of the seizure, or with ``value`` to compare."""
        self.inputs = inputs
        self.law = law
        self._value = value

    @property
    def series(self) -> Series:
        """The series of amounts for the debtor's territory."""
        return floor_series(self.law, self.inputs.territoire)

    @cached_property
    def value(self) -> Value:
        """The SBI in force on the day of the seizure.

        Raises:
            CoverageError: no verified amount for that day.
        """
        return self._value or self.series.au(self.inputs.date_saisie)

    @property
    def is_person(self) -> bool:
        """Whether the debtor is a natural person: only they keep the SBI (CPCE, art. L162-2)."""
        return self.inputs.debiteur is not Debiteur.PERSONNE_MORALE

    @property
    def is_direct_payment(self) -> bool:
        """Whether the measure is the direct payment of maintenance (CPCE, art. R213-10)."""
        return self.inputs.mesure is MesureExecution.PAIEMENT_DIRECT

    @cached_property
    def amount(self) -> Decimal:
        """The SBI the debtor is entitled to in all: nothing for a company, or for maintenance outside wages."""
        return self._amount()

    def _amount(self, other: Collection[str] = ()) -> Decimal:
        paid = self.inputs.alimente_par_remuneration
        receives = paid is OuiNon.OUI or (paid is OuiNon.INCONNU and "alimente" in other)
        if not self.is_person or (self.is_direct_payment and not receives):
            return ZERO
        return self.value.montant

    @cached_property
    def if_direct_payment(self) -> Facts | None:
        """The same accounts if the measure, which is not known, is the direct payment of maintenance.

        CPCE, art. R213-10 leaves its own amount then, and none of what is asked about seizures counts.
        """
        if self.inputs.mesure is not MesureExecution.INCONNUE or not self.is_person:
            return None
        inputs = replace(
            self.inputs,
            mesure=MesureExecution.PAIEMENT_DIRECT,
            sommes=(),
            codebiteur=OuiNon.NON,
            gains_epoux=OuiNon.NON,
            autre_banque=OuiNon.NON,
            designation=None,
            sbi_deja_laisse=OuiNon.NON,
            date_saisie_precedente=None,
        )
        return Facts(inputs, self.law, self._value)

    @property
    def automatic_since(self) -> Repere:
        """Since when the bank leaves it without being asked."""
        return self.law.reperes["sbi-automatique"]

    @property
    def is_automatic(self) -> bool:
        """Whether the bank leaves it without being asked."""
        return self.inputs.date_saisie >= self.automatic_since.jour

    @cached_property
    def already_left(self) -> bool:
        """Whether the month during which no new SBI is due is still running (CPCE, art. R162-3).

        The new seizure must come once the month is *over*. The text does not settle the very last day: the prudent
        reading counts it in, and :func:`open_points` gives the other one.
        """
        return self.month_ends_on is not None and self.inputs.date_saisie <= self.month_ends_on

    @property
    def may_be_left(self) -> bool:
        """Whether an SBI may have been left within the month: that, or the day of it, is not known."""
        left = self.inputs.sbi_deja_laisse
        return left is OuiNon.INCONNU or (left is OuiNon.OUI and self.inputs.date_saisie_precedente is None)

    @cached_property
    def month_ends_on(self) -> date | None:
        """The last day of the month that runs from the previous seizure, if there was one."""
        previous = self.inputs.date_saisie_precedente
        return add_months(previous, months(self.law.delais["sbi.renouvellement"])) if previous else None

    @cached_property
    def sums(self) -> tuple[SommeNette, ...]:
        """Each sum received, net."""
        return tuple(net_sums(self.inputs, self.law))

    @cached_property
    def proved(self) -> Decimal:
        """Protected sums the debtor can prove, net of debits."""
        return sum((s.nette for s in self.sums), ZERO)

    @cached_property
    def couple(self) -> tuple[Regle, ...]:
        """The rules that may govern the joint account seized for the debt of one holder; none when that is not so."""
        inputs = self.inputs
        joint = any(compte.joint for compte in inputs.comptes)
        if not joint or inputs.codebiteur is OuiNon.OUI or not self.is_person or self.is_direct_payment:
            return ()
        return rules_of_the_couple(inputs.regime, inputs.nature_dette)

    @cached_property
    def gains(self) -> Decimal:
        """The spouse's share (CPCE, art. R162-9), where that rule may apply."""
        return spouse_gains(self.inputs)

    @property
    def gains_are_certain(self) -> bool:
        """Whether no other rule may apply than the one that leaves these wages."""
        return self.couple == (Regle.GAINS_PROTEGES,) and self.inputs.codebiteur is OuiNon.NON

    @cached_property
    def small_satd(self) -> bool | None:
        """Whether a SATD only blocks what it claims (LPF, art. L262); ``None`` when that is not known.

        It is not without the claim, nor before the decree that set the amount.
        """
        creance, series = self.inputs.creance, self.law.series["satd-cantonnement"]
        if self.inputs.mesure is not MesureExecution.SATD or creance is None or self.inputs.date_saisie < series.debut:
            return None
        return creance < series.au(self.inputs.date_saisie).montant

    @cached_property
    def month_to_contest(self) -> tuple[date, date] | None:
        """Where the month to contest ends, as counted then as extended (CPC, art. 641 and 642), once it has begun.

        Where a holiday depends on the place, it is not counted: the earlier day is the safe one.

        Raises:
            CoverageError: that day is outside the years whose holidays are known.
        """
        notified, month = self.inputs.date_denonciation, self.law.delais["saisie-attribution.contestation"]
        if notified is None:
            return None
        end = add_months(notified, months(month))
        if month.prorogation is not Prorogation.OUI:
            return end, end
        try:
            return end, Calendrier(self.inputs.territoire, self.law).next_ouvre(end)
        except CoverageError as error:
            raise error.about("date_denonciation") from None

    @property
    def claim_until(self) -> date | None:
        """The last day on which a claim to the bank surely comes first (CPCE, art. R162-6), if it can be known.

        The creditor may ask for the payment once the month to contest is over (R211-6).
        """
        return self.month_to_contest[1] if self.month_to_contest else None

    @property
    def month_is_over(self) -> bool:
        """Whether the month to contest is over."""
        return self.claim_until is not None and self.claim_until < self.inputs.aujourdhui

    @property
    def must_be_told(self) -> bool:
        """Whether the debtor has to be told of the seizure in eight days (CPCE, art. R211-3)."""
        return self.inputs.mesure is MesureExecution.SAISIE_ATTRIBUTION and self.is_person

    @property
    def eight_days(self) -> date:
        """The last of the days to tell the debtor, as counted."""
        return self.inputs.date_saisie + timedelta(days=self.law.delais["saisie-attribution.denonciation"].duree)

    @cached_property
    def told_until(self) -> date:
        """The same, moved past a day off: that is not settled, so that nothing is late before."""
        return Calendrier(self.inputs.territoire, self.law).next_ouvre(self.eight_days)

    @property
    def told_late(self) -> bool:
        """Whether the debtor was told after that day."""
        told = self.inputs.date_denonciation
        return told is not None and told > self.told_until

    @property
    def never_told(self) -> bool:
        """Whether that day is over, and no notice is known."""
        return self.inputs.date_denonciation is None and self.inputs.aujourdhui > self.told_until

    @property
    def contest_until_at_most(self) -> date:
        """When the month to contest ends at the latest, for the debtor who was told in time."""
        end = add_months(self.told_until, months(self.law.delais["saisie-attribution.contestation"]))
        return Calendrier(self.inputs.territoire, self.law).next_ouvre(end)

    @property
    def satd_contest_until(self) -> date:
        """When the time to contest a SATD ends for the debtor who was told on its day, which is the first there is."""
        return add_months(self.inputs.date_saisie, months(self.law.delais["satd.contestation"]))

    @property
    def satd_paid_on(self) -> date:
        """The day by which the bank hands the money over, the seizure being a SATD (LPF, art. L262)."""
        return self.inputs.date_saisie + timedelta(days=self.law.delais["satd.versement"].duree)

    @cached_property
    def previous_amount(self) -> Decimal:
        """The SBI of the previous seizure: at most what can be left of it."""
        try:
            return self.series.au(self.inputs.date_saisie_precedente or self.inputs.date_saisie).montant
        except CoverageError:  # older than the first verified amount: the SBI has only ever risen
            return self.amount

    def due_here(self, other: Collection[str] = ()) -> tuple[Decimal, Decimal]:
        """Return the SBI this bank must leave, and what another one leaves.

        On each open point the prudent reading is taken, except on those of ``other``.
        """
        designation = self.inputs.designation
        if self.inputs.autre_banque is OuiNon.INCONNU:
            designation = None if "autre_banque" in other else Designation.AUTRE_BANQUE
        if designation is Designation.INCONNUE:
            designation = Designation.CETTE_BANQUE if "designation" in other else Designation.AUTRE_BANQUE
        amount = self._amount(other)
        here, elsewhere = amount, ZERO
        if designation is Designation.AUTRE_BANQUE:
            here, elsewhere = ZERO, amount
        elif designation is Designation.PARTAGE:
            here = min(amount, self.inputs.part_designee or ZERO)
            elsewhere = amount - here
        if (self.already_left and "dernier_jour_du_mois" not in other) or (
            self.may_be_left and "sbi_precedent" not in other
        ):
            # During the month, what is left of the first SBI stays available; nothing is added (R162-3).
            left = self.inputs.sbi_restant
            if left is None:
                left = self.previous_amount if "sbi_restant" in other else ZERO
            here = min(here, left)
        return here, elsewhere


def basis_of(facts: Facts, other: Collection[str] = ()) -> Basis:
    """Return the prudent basis: on each open point, the reading that leaves the least, but on ``other``.

    When the measure is not known, that is a direct payment or a seizure, whichever leaves less.
    """
    seizure = seizure_basis(facts, other)
    direct = facts.if_direct_payment
    if direct is None or other:
        return seizure
    return min(seizure, seizure_basis(direct), key=lambda basis: figures(basis).protege)


def seizure_basis(facts: Facts, other: Collection[str] = ()) -> Basis:
    """Return the prudent basis, whatever else than a seizure the measure may be."""
    inputs = facts.inputs
    balances = sum((credit(c) for c in inputs.comptes), ZERO)
    personal = sum((credit(c) for c in inputs.comptes if not c.professionnel), ZERO)
    here, elsewhere = facts.due_here(other)
    gains = facts.gains if facts.gains_are_certain or "gains_laisses" in other else ZERO
    apart = gains if "gains_epoux" in other else ZERO
    joint = sum((credit(c) for c in inputs.comptes if c.joint), ZERO)
    return Basis(
        soldes=balances,
        soldes_du_sbi=balances if "patrimoines" in other else personal,
        plancher=here * 2 if "codebiteurs" in other else here,
        ailleurs=elsewhere,
        automatique=facts.is_automatic,
        justifie=facts.proved + gains - apart,
        a_part=apart,
        creance=inputs.creance,
        blocage_limite=inputs.mesure is MesureExecution.SAISIE_CONSERVATOIRE or facts.small_satd is True,
        hors_saisie=joint if "emprunt_seul" in other else ZERO,
    )


def open_points(facts: Facts) -> tuple[OpenPoint, ...]:
    """Return each open point of this case that changes a figure, with the basis under its other reading.

    When several are open, the last one, ``ensemble``, reads them all the other way: they may only count together.
    """
    inputs = facts.inputs
    possible = {
        "autre_banque": inputs.autre_banque is OuiNon.INCONNU,
        "designation": inputs.designation is Designation.INCONNUE,
        "sbi_precedent": facts.may_be_left,
        "sbi_restant": (facts.already_left or (facts.may_be_left and inputs.sbi_deja_laisse is OuiNon.OUI))
        and inputs.sbi_restant is None,
        "dernier_jour_du_mois": facts.month_ends_on == inputs.date_saisie,
        # The text only keeps the affected estate of an EIRL out of it: of the others it says nothing.
        "patrimoines": inputs.debiteur is not Debiteur.EIRL and any(c.professionnel for c in inputs.comptes),
        "codebiteurs": inputs.codebiteur is not OuiNon.NON,
        "gains_epoux": facts.gains > ZERO and facts.gains_are_certain,
        "gains_laisses": facts.gains > ZERO and not facts.gains_are_certain,
        "emprunt_seul": Regle.REVENUS_DU_SIGNATAIRE in facts.couple,
        "alimente": facts.is_direct_payment and inputs.alimente_par_remuneration is OuiNon.INCONNU,
    }
    names = [name for name, is_open in possible.items() if is_open]
    if not names and facts.if_direct_payment is None:
        return ()
    seen = [figures(basis_of(facts))]
    points = []
    together = min(_together(names), key=lambda other: _least_seized(figures(basis_of(facts, other))))
    ways = [(name, basis_of(facts, (name,))) for name in names]
    if facts.if_direct_payment is not None:
        direct = seizure_basis(facts.if_direct_payment)
        ways = [("autre_mesure", seizure_basis(facts)), ("paiement_direct", direct), *ways]
    for cle, basis in [*ways, ("ensemble", basis_of(facts, together))]:
        found = figures(basis)
        if found != seen[0] and (cle != "ensemble" or found not in seen):
            points.append(OpenPoint(cle, basis))
            seen.append(found)
    return tuple(points)


def _together(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The points that may be read the other way at once, in each way that they may be.

    The wages are left for one kind of debt, the account escapes another, neither is so when both holders owe: they
    never add up.
    """
    apart = {"gains_laisses", "emprunt_seul", "codebiteurs"} & set(names)
    for kept in sorted(apart) or [""]:
        yield tuple(name for name in names if name not in apart or name == kept)


def _least_seized(found: Figures) -> tuple[Decimal, Decimal]:
    return found.saisi, -found.protege


def sight_first(comptes: Sequence[Compte]) -> list[int]:
    """Positions of the accounts, sight money first, each kind in the order given (CPCE, art. R162-2 and R211-23)."""
    return sorted(range(len(comptes)), key=lambda i: comptes[i].type is TypeCompte.EPARGNE)
