"""The questions of the calculator of the seizable part of a wage, pension or benefit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from calculators.declaration import FOR_ANOTHER, UNKNOWN, Choice, OuiNon, ask, ask_rows, means
from calculators.money import ZERO
from calculators.notions import Notion
from calculators.scale import MONTHS_A_YEAR
from calculators.territory import Territoire

__all__ = ["Creance", "Lecteur", "Payeur", "Periode", "QuotiteInputs"]


class Periode(Choice):
    """Over which time the amounts are given."""

    MOIS = "mois", "Par mois"
    AN = "an", "Par an"

    @property
    def mois(self) -> int:
        """How many months it is."""
        return MONTHS_A_YEAR if self is Periode.AN else 1


class Creance(Choice):
    """What the debt is for: maintenance is not bound by the scale (C. trav., art. L3252-5)."""

    ORDINAIRE = "ordinaire", "Une dette ordinaire : crédit, loyer, facture, impôt…"
    PENSION_ALIMENTAIRE = "pension_alimentaire", "Une pension alimentaire"
    INCONNUE = UNKNOWN, "Je ne sais pas"


class Lecteur(Choice):
    """Who reads the answer; the same as in the deadlines of a seized wage."""

    DEBITEUR = "debiteur", "Je dois l'argent : c'est ma paie, ma retraite ou mon allocation"
    CREANCIER = "creancier", "On me doit l'argent, ou je prépare les actes"
    EMPLOYEUR = "employeur", "Je suis l'employeur ou l'organisme qui verse, ou je fais la paie"


_COMPTER = {"compter": ("oui",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payeur:
    """What one payer pays. Amounts in euros."""

    libelle: str = ask(
        "Qui verse cette somme ?", aide="Par exemple « employeur » ou « caisse de retraite ».", defaut=""
    )
    net: Decimal = ask(
        "Montant net versé",
        aide="Après les cotisations et le prélèvement à la source, avantages en nature compris. Ne comptez ni les "
        "remboursements de frais, ni les allocations pour charges de famille, ni les sommes insaisissables.",
        notion=means(Notion.NET, quand={"periode": (Periode.MOIS.value,)}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotiteInputs:
    """Everything the calculator asks. Amounts in euros; ``aujourdhui`` is given by the caller, not by a clock."""

    aujourdhui: dt.date = ask("Date du jour", cache=True)
    date: dt.date = ask(
        "Date de la paie ou du versement",
        aide="Le barème et le minimum laissé changent chaque année : le calcul prend ceux de cette date.",
        notion=Notion.DATE_VERSEMENT,
    )
    role_salaire: Lecteur = ask("Vous êtes…", aide=FOR_ANOTHER, defaut=Lecteur.DEBITEUR, notion=Notion.ROLE)
    payeurs: tuple[Payeur, ...] = ask_rows(
        "Salaires, retraites ou allocations de chômage",
        aide="S'il y a plusieurs payeurs, ajoutez-les tous : le calcul se fait sur le total.",
        ligne="payeur",
        ajouter="Ajouter un payeur",
        requis=True,
        abrege={"net": {"net": None}},
    )
    periode: Periode = ask(
        "Ces montants sont donnés",
        aide="La paie varie ? Donnez le total d'un an.",
        defaut=Periode.MOIS,
    )
    compter: bool = ask(
        "Voulez-vous de l'aide pour compter les personnes à charge ?",
        aide="Seules certaines personnes comptent. Répondez oui pour les passer en revue.",
        defaut=False,
    )
    personnes_a_charge: int = ask(
        "Nombre de personnes à charge",
        aide="Sans compter la personne saisie. Un conjoint ou un parent ne compte que si ses ressources sont "
        "inférieures au RSA d'une personne seule.",
        defaut=0,
        quand={"compter": ("non",)},
        notion=means(Notion.PERSONNES_A_CHARGE, lit="personnes"),
    )
    conjoint: OuiNon = ask(
        "Un époux, partenaire de Pacs ou concubin a-t-il des ressources inférieures au RSA ?",
        aide="On compare ses ressources personnelles au RSA d'une personne seule. S'il n'y en a pas, répondez non.",
        defaut=OuiNon.NON,
        quand=_COMPTER,
    )
    enfants: int = ask(
        "Enfants à charge",
        aide="Ceux qui ouvrent droit aux prestations familiales, à la charge effective et permanente de la "
        "personne saisie.",
        defaut=0,
        quand=_COMPTER,
    )
    enfants_avec_pension: int = ask(
        "Autres enfants pour qui une pension alimentaire est versée",
        aide="Ne comptez pas deux fois le même enfant.",
        defaut=0,
        quand=_COMPTER,
    )
    ascendants: int = ask(
        "Parents ou grands-parents à charge",
        aide="Ceux dont les ressources personnelles sont inférieures au RSA d'une personne seule, et qui habitent avec "
        "la personne saisie ou reçoivent d'elle une pension alimentaire.",
        defaut=0,
        quand=_COMPTER,
    )
    territoire: Territoire = ask(
        "Où habite la personne saisie ?",
        aide="Mayotte a son propre montant de RSA.",
        defaut=Territoire.METROPOLE,
        notion=Notion.TERRITOIRE,
    )
    creance: Creance = ask("Pour quelle dette ?", defaut=Creance.ORDINAIRE)
    dette: Decimal | None = ask(
        "Combien reste-t-il à payer ?",
        aide="Pour savoir combien de mois dure la saisie. Additionnez la dette, les frais et les intérêts déjà "
        "comptés : l'acte ou le décompte du commissaire de justice les donne. Plusieurs créanciers : le total.",
        defaut=None,
        quand={"creance": (Creance.ORDINAIRE.value,)},
    )

    @property
    def net(self) -> Decimal:
        """The pay on which the scale is computed: all payers together (C. trav., art. L3252-4)."""
        return sum((payeur.net for payeur in self.payeurs), ZERO)

    @property
    def personnes(self) -> int:
        """The dependants, as told or as counted (C. trav., art. R3252-3)."""
        if not self.compter:
            return self.personnes_a_charge
        return int(self.conjoint is OuiNon.OUI) + self.enfants + self.enfants_avec_pension + self.ascendants
