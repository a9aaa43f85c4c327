"""The rules of the SBI: figures only.

The core is one formula, that of CPCE, art. L162-2 and R162-7 and of every official worked example::

    protégé = min(soldes, max(SBI, sommes insaisissables nettes))
    saisi   = min(créance, soldes - protégé)

Around it, the cases where the SBI is not left, is left elsewhere, or was left already. A point the law leaves open
is a second :class:`Situation`, never a guess: see :func:`open_points`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from calculators.calendar import add_months
from calculators.errors import CoverageError, LawDataError
from calculators.law import Nature, Unite, law
from calculators.money import ZERO
from calculators.sbi.inputs import ChoixEpoux, Debiteur, Designation, Mesure, Somme, TypeCompte
from calculators.scale import Quotite, floor_series, quotite

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from calculators.law import Delai, Series, Value
    from calculators.sbi.inputs import Compte, SbiInputs

__all__ = ["Figures", "OpenPoint", "Situation", "SommeNette", "allocate", "figures", "situation_of", "spouse_gains"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What the figures depend on, in euros, once the answers are understood.

    Attributes:
        soldes: sum of the credit balances; an overdrawn account counts for nothing (CPCE, art. R162-2).
        soldes_du_sbi: the part of it on which the SBI may be taken.
        plancher: the SBI this bank has to leave.
        ailleurs: SBI left by another bank, deducted from later claims (CPCE, art. R162-7).
        automatique: whether it is left without being asked for (since 1 August 2009).
        justifie: protected sums, net of debits, that the debtor can prove.
        a_part: protected sums counted beside the SBI, not within it (one reading of CPCE, art. R162-9).
        creance: what is claimed, costs included; ``None`` when unknown: then all that can be seized is.
        blocage_limite: whether only what is claimed is blocked (saisie conservatoire, CPCE, art. L523-1), and not
            every account (saisie-attribution, CPCE, art. R211-19).
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


def figures(s: Situation) -> Figures:
    """Apply the rule to a situation.

    >>> from decimal import Decimal as D
    >>> s = Situation(D(1000), D(1000), D("651.69"), D(0), True, D(200), D(0), D(500))
    >>> figures(s).laisse, figures(s).sur_demande, figures(s).saisi
    (Decimal('651.69'), Decimal('0.00'), Decimal('348.31'))
    """
    sbi = min(s.soldes_du_sbi, s.plancher)
    laisse = sbi if s.automatique else ZERO
    # R162-7: what was left as SBI is deducted from the protected sums claimed afterwards.
    claim = max(ZERO, s.justifie - laisse - s.ailleurs) if s.automatique else max(sbi, s.justifie)
    sur_demande = min(s.soldes - laisse, claim + s.a_part)
    protege = laisse + sur_demande
    saisi = _seized(s.creance, s.soldes - protege)
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


def net_sums(inputs: SbiInputs) -> Iterator[SommeNette]:
    """Give what is protected of each sum: all of it, the part told or worked out, or nothing; less the debits.

    The seizable part of what several payers pay is that of their total (C. trav., art. L3252-4), borne by each in
    proportion; what is protected of each is rounded down, so that together they never exceed the protected total.

    Raises:
        CoverageError: the scale of that day was not verified.
    """
    shared = [s for s in inputs.sommes if _nature(s) is Nature.PARTIELLE and s.part_protegee is None]
    total = sum((s.montant for s in shared), ZERO)
    for number, somme in enumerate(inputs.sommes, 1):
        nature, bareme = _nature(somme), None
        match nature:
            case Nature.INSAISISSABLE:
                protegee = somme.montant
            case Nature.PARTIELLE if somme.part_protegee is not None:
                protegee = somme.part_protegee
            case Nature.PARTIELLE:
                bareme = _scale(inputs, somme, total, f"sommes.{number}.part_protegee")
                share = Fraction(somme.montant) / Fraction(total or 1)
                protegee = Decimal(math.floor(Fraction(bareme.laisse) * share * 100)).scaleb(-2)
            case _:
                # A disputed sum is counted as seizable, the prudent reading for who has to live on it.
                protegee = ZERO
        yield SommeNette(somme, nature, protegee, max(ZERO, protegee - somme.debits), bareme)


def _nature(somme: Somme) -> Nature:
    return law().sommes[somme.nature].nature


def _scale(inputs: SbiInputs, somme: Somme, total: Decimal, champ: str) -> Quotite:
    try:
        return quotite(total, somme.date_credit or inputs.date_saisie, inputs.personnes_a_charge, inputs.territoire)
    except CoverageError as error:
        message = f"{error.message} Indiquez vous-même la part protégée de cette somme."
        raise CoverageError(message, champ=champ) from None


def spouse_gains(inputs: SbiInputs) -> Decimal:
    """What CPCE, art. R162-9 leaves to the spouse who does not owe: their choice, within the joint balances."""
    if not inputs.gains_epoux:
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


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point the law, or the person, leaves open: a name, and the situation under the other reading."""

    cle: str
    situation: Situation


class Facts:
    """The answers, understood: the law value used, who is protected, and each sum net."""

    def __init__(self, inputs: SbiInputs, value: Value | None = None) -> None:
        """Understand the answers; with the SBI of the day of the seizure, or with ``value`` to compare."""
        self.inputs = inputs
        self._value = value

    @property
    def series(self) -> Series:
        """The series of amounts for the debtor's territory."""
        return floor_series(self.inputs.territoire)

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
        return self.inputs.mesure is Mesure.PAIEMENT_DIRECT

    @cached_property
    def amount(self) -> Decimal:
        """The SBI the debtor is entitled to in all: nothing for a company, or for maintenance outside wages."""
        if not self.is_person or (self.is_direct_payment and not self.inputs.alimente_par_remuneration):
            return ZERO
        return self.value.montant

    @property
    def is_automatic(self) -> bool:
        """Whether the bank leaves it without being asked."""
        return self.inputs.date_saisie >= law().reperes["sbi-automatique"].jour

    @cached_property
    def already_left(self) -> bool:
        """Whether the month during which no new SBI is due is still running (CPCE, art. R162-3).

        The new seizure must come once the month is *over*. The text does not settle the very last day: the prudent
        reading counts it in, and :func:`open_points` gives the other one.
        """
        return self.month_ends_on is not None and self.inputs.date_saisie <= self.month_ends_on

    @cached_property
    def month_ends_on(self) -> date | None:
        """The last day of the month that runs from the previous seizure, if there was one."""
        previous = self.inputs.date_saisie_precedente
        return add_months(previous, months(law().delais["sbi.renouvellement"])) if previous else None

    @cached_property
    def sums(self) -> tuple[SommeNette, ...]:
        """Each sum received, net."""
        return tuple(net_sums(self.inputs))

    @cached_property
    def proved(self) -> Decimal:
        """Protected sums the debtor can prove, net of debits."""
        return sum((s.nette for s in self.sums), ZERO)

    @cached_property
    def gains(self) -> Decimal:
        """The spouse's share (CPCE, art. R162-9)."""
        return spouse_gains(self.inputs)

    @cached_property
    def disputed(self) -> Decimal:
        """Sums on whose protection the official sheets contradict each other, net of debits."""
        disputed = (s.somme for s in self.sums if s.nature is Nature.DISCUTEE)
        return sum((max(ZERO, somme.montant - somme.debits) for somme in disputed), ZERO)

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
        if designation is Designation.INCONNUE:
            designation = Designation.CETTE_BANQUE if "designation" in other else Designation.AUTRE_BANQUE
        here, elsewhere = self.amount, ZERO
        if designation is Designation.AUTRE_BANQUE:
            here, elsewhere = ZERO, self.amount
        elif designation is Designation.PARTAGE:
            here = min(self.amount, self.inputs.part_designee or ZERO)
            elsewhere = self.amount - here
        if self.already_left and "dernier_jour_du_mois" not in other:
            # During the month, what is left of the first SBI stays available; nothing is added (R162-3).
            left = self.inputs.sbi_restant
            if left is None:
                left = self.previous_amount if "sbi_restant" in other else ZERO
            here = min(here, left)
        return here, elsewhere


def situation_of(facts: Facts, other: Collection[str] = ()) -> Situation:
    """Return the prudent situation: on each open point, the reading that leaves the least, but on ``other``."""
    inputs = facts.inputs
    balances = sum((credit(c) for c in inputs.comptes), ZERO)
    personal = sum((credit(c) for c in inputs.comptes if not c.professionnel), ZERO)
    here, elsewhere = facts.due_here(other)
    apart = facts.gains if "gains_epoux" in other else ZERO
    disputed = facts.disputed if "sommes_discutees" in other else ZERO
    return Situation(
        soldes=balances,
        soldes_du_sbi=balances if "patrimoines" in other else personal,
        plancher=here * 2 if "codebiteurs" in other else here,
        ailleurs=elsewhere,
        automatique=facts.is_automatic,
        justifie=facts.proved + facts.gains - apart + disputed,
        a_part=apart,
        creance=inputs.creance,
        blocage_limite=inputs.mesure is Mesure.SAISIE_CONSERVATOIRE,
    )


def open_points(facts: Facts) -> tuple[OpenPoint, ...]:
    """Return each open point of this case that changes a figure, with the situation under its other reading.

    When several are open, the last one, ``ensemble``, reads them all the other way: they may only count together.
    """
    inputs = facts.inputs
    possible = {
        "designation": inputs.designation is Designation.INCONNUE,
        "sbi_restant": facts.already_left and inputs.sbi_restant is None,
        "dernier_jour_du_mois": facts.month_ends_on == inputs.date_saisie,
        "patrimoines": any(c.professionnel for c in inputs.comptes),
        "codebiteurs": inputs.codebiteur,
        "gains_epoux": facts.gains > ZERO,
        "sommes_discutees": facts.disputed > ZERO,
    }
    names = [name for name, is_open in possible.items() if is_open]
    seen = [figures(situation_of(facts))]
    points = []
    for cle, other in [*((name, (name,)) for name in names), ("ensemble", tuple(names))]:
        situation = situation_of(facts, other)
        found = figures(situation)
        if found != seen[0] and (cle != "ensemble" or found not in seen):
            points.append(OpenPoint(cle, situation))
            seen.append(found)
    return tuple(points)


def sight_first(comptes: Sequence[Compte]) -> list[int]:
    """Positions of the accounts, sight money first, each kind in the order given (CPCE, art. R162-2 and R211-23)."""
    return sorted(range(len(comptes)), key=lambda i: comptes[i].type is TypeCompte.EPARGNE)
