"""The values of the SBI's answer, their picture, and the table of the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.money import ZERO
from calculators.result import Part, Tableau, Valeur
from calculators.sbi.inputs import TypeCompte
from calculators.sbi.rules import allocate, credit, sight_first
from calculators.sbi.words.reader import is_bank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Basis, Facts, Figures

__all__ = ["VALUES", "accounts", "parts", "values"]

#: The names of all the values an answer may have.
VALUES = (
    "sbi",
    "solde",
    "laisse",
    "sur_demande",
    "reclamer_jusqu_au",
    "gains_epoux",
    "protege",
    "bloque",
    "saisi",
    "saisi_sans_demande",
    "reste",
)


def values(facts: Facts, prudent: Basis, found: Figures, say: Language) -> Iterator[Valeur]:
    """The figures of the answer."""
    asked = found.sur_demande
    yield Valeur("sbi", say("Solde bancaire insaisissable (SBI) ce jour-là"), facts.amount)
    yield Valeur("solde", say("Total des soldes créditeurs"), prudent.soldes)
    yield Valeur("laisse", say("Laissé d'office, sans rien demander"), found.laisse, essentielle=True)
    if is_bank(facts):
        claimed, title = (
            say("Peut vous être réclamé, avec justificatifs"),
            say("Dernier jour sûr pour vous le réclamer"),
        )
    else:
        claimed = say("À réclamer à la banque, avec justificatifs")
        title = say("Dernier jour sûr pour réclamer à la banque")
    yield Valeur("sur_demande", claimed, asked, essentielle=True)
    if (until := facts.claim_until) is not None:
        yield Valeur("reclamer_jusqu_au", title, until, essentielle=asked > ZERO)
    if facts.gains_are_certain and facts.gains > ZERO:
        yield Valeur("gains_epoux", say("Dont gains à laisser à l'époux qui ne doit pas la dette"), facts.gains)
    yield Valeur("protege", say("Protégé en tout"), found.protege)
    yield Valeur("bloque", say("Bloqué au départ"), found.bloque)
    yield Valeur("saisi", say("Peut être saisi"), found.saisi, essentielle=True)
    yield Valeur("saisi_sans_demande", say("Serait saisi si rien n'est réclamé"), found.saisi_sans_demande)
    yield Valeur("reste", say("Reste sur les comptes à la fin"), found.reste)


def parts(found: Figures, say: Language) -> tuple[Part, ...]:
    """The picture: what stays and what goes."""
    shown = (
        Part("laisse", say("Laissé d'office"), found.laisse),
        Part("sur_demande", say("À réclamer"), found.sur_demande),
        Part("saisi", say("Peut être saisi"), found.saisi),
        Part("libre", say("Rendu après paiement de la dette"), found.reste - found.protege),
    )
    return tuple(part for part in shown if part.montant > ZERO)


def accounts(facts: Facts, found: Figures, say: Language) -> Tableau:
    """The table of the accounts, one a line."""
    comptes = facts.inputs.comptes
    order = sight_first(comptes)
    balances = [credit(c) for c in comptes]
    personal = [i for i in order if not comptes[i].professionnel]
    sbi = allocate(found.laisse, balances, personal)
    room = [b - s for b, s in zip(balances, sbi, strict=True)]
    # A spouse's wages stay on the joint account they were paid into; the rest is taken on sight money first.
    on_request = allocate(
        found.sur_demande,
        room,
        sorted(order, key=lambda i: facts.gains > 0 and not comptes[i].joint),
    )
    room = [r - d for r, d in zip(room, on_request, strict=True)]
    seized = allocate(found.saisi, room, order)
    lines = tuple(
        (
            compte.libelle or say("Compte {numero}", numero=number),
            say("Épargne") if compte.type is TypeCompte.EPARGNE else say("Compte courant"),
            compte.solde,
            sbi[number - 1],
            on_request[number - 1],
            seized[number - 1],
            compte.solde - seized[number - 1],
        )
        for number, compte in enumerate(comptes, 1)
    )
    columns = (
        ("compte", say("Compte")),
        ("type", say("Sorte")),
        ("solde", say("Solde")),
        ("laisse", say("Laissé d'office")),
        ("sur_demande", say("À réclamer")),
        ("saisi", say("Peut être saisi")),
        ("reste", say("Reste")),
    )
    return Tableau("comptes", say("Compte par compte"), columns, lines)
