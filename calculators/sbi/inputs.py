"""The questions of the SBI calculator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.declaration import FOR_ANOTHER, UNKNOWN, Choice, Option, OuiNon, ask, ask_rows, law_of, means
from calculators.errors import FieldError
from calculators.law import Certitude, Nature
from calculators.law.words import of_length
from calculators.money import ZERO, euros
from calculators.notions import Notion
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calculators.declaration import Case, Meaning
    from calculators.law import Law

__all__ = [
    "ChoixEpoux",
    "Compte",
    "Debiteur",
    "Designation",
    "Lecteur",
    "MesureExecution",
    "NatureDette",
    "Regime",
    "SbiInputs",
    "Somme",
    "TypeCompte",
]


class Lecteur(Choice):
    """Who reads the answer; as in the deadlines, for those that both name."""

    DEBITEUR = "debiteur", "Je dois l'argent"
    COTITULAIRE = "cotitulaire", "Je suis l'autre titulaire d'un compte joint"
    CREANCIER = "creancier", "On me doit l'argent, ou je prépare les actes"
    BANQUE = "banque", "Je suis la banque, ou je travaille pour elle"


class MesureExecution(Choice):
    """The measure that blocks the account."""

    SAISIE_ATTRIBUTION = "saisie_attribution", "Saisie-attribution, par un commissaire de justice"
    SAISIE_CONSERVATOIRE = "saisie_conservatoire", "Saisie conservatoire, par un commissaire de justice"
    SATD = "satd", "Saisie administrative à tiers détenteur (SATD) : impôts, amendes, cantine, hôpital"
    PAIEMENT_DIRECT = "paiement_direct", "Paiement direct d'une pension alimentaire"
    INCONNUE = UNKNOWN, "Je ne sais pas"


class Debiteur(Choice):
    """Who owes the money: the SBI only protects a natural person (CPCE, art. L162-2)."""

    PERSONNE_PHYSIQUE = "personne_physique", "Un particulier"
    ENTREPRENEUR_INDIVIDUEL = "entrepreneur_individuel", "Un entrepreneur individuel (micro-entrepreneur compris)"
    EIRL = "eirl", "Un entrepreneur individuel à responsabilité limitée (EIRL)"
    PERSONNE_MORALE = "personne_morale", "Une société ou une association"


class TypeCompte(Choice):
    """Sight money first: the order of CPCE, art. R162-2 and R211-23."""

    A_VUE = "a_vue", "Compte courant (à vue)"
    EPARGNE = "epargne", "Compte d'épargne"


class Designation(Choice):
    """Which bank leaves the SBI when several are seized (CPCE, art. R162-2)."""

    INCONNUE = "inconnue", "Je ne sais pas"
    CETTE_BANQUE = "cette_banque", "Cette banque, en entier"
    AUTRE_BANQUE = "autre_banque", "L'autre banque, en entier"
    PARTAGE = "partage", "Il est partagé entre les banques"


class Regime(Choice):
    """What binds the two holders of a joint account: it says which articles of the code civil apply."""

    COMMUNAUTE = "communaute", "Mariés sans contrat, ou en communauté"
    SEPARATION = "separation", "Mariés en séparation de biens (ou participation aux acquêts)"
    PACS = "pacs", "Pacsés"
    CONCUBINS = "concubins", "Ni mariés ni pacsés : concubins, parents, amis"
    INCONNU = UNKNOWN, "Je ne sais pas"


class NatureDette(Choice):
    """What one of the couple owes for (C. civ., art. 220, 515-4, 1413 to 1415)."""

    MENAGE = "menage", "Le ménage ou les enfants : loyer, énergie, cantine, soins…"
    EMPRUNT_SEUL = "emprunt_seul", "Un emprunt ou une caution, signé sans l'accord exprès de l'autre"
    AUTRE = "autre", "Une autre dette : travail, amende, dommages…"
    INCONNU = UNKNOWN, "Je ne sais pas"


class ChoixEpoux(Choice):
    """The choice CPCE, art. R162-9 gives to the spouse who does not owe the debt."""

    MOIS_PRECEDENT = "mois_precedent", "Ses gains du mois précédant la saisie"
    MOYENNE_12_MOIS = "moyenne_12_mois", "La moyenne mensuelle de ses gains des douze mois précédents"
    A_COMPARER = "a_comparer", "Comparer les deux"


_ENTREPRENEURS = (Debiteur.ENTREPRENEUR_INDIVIDUEL.value, Debiteur.EIRL.value)
_PHYSIQUE = (Debiteur.PERSONNE_PHYSIQUE.value, *_ENTREPRENEURS)
_SAISIES = (
    MesureExecution.SAISIE_ATTRIBUTION.value,
    MesureExecution.SAISIE_CONSERVATOIRE.value,
    MesureExecution.SATD.value,
    MesureExecution.INCONNUE.value,
)
_PENSION = (MesureExecution.PAIEMENT_DIRECT.value, MesureExecution.INCONNUE.value)
_SAISIE_D_UNE_PERSONNE = {"debiteur": _PHYSIQUE, "mesure": _SAISIES}
_OUI = ("oui",)
_COMPTE_D_UN_COUPLE = {**_SAISIE_D_UNE_PERSONNE, "comptes.joint": _OUI, "codebiteur": ("non", UNKNOWN)}

_GROUPES = {
    Nature.INSAISISSABLE: "Protégées en entier",
    Nature.PARTIELLE: "Protégées en partie",
    Nature.SAISISSABLE: "Non protégées",
}


def _natures(law: Law) -> tuple[Option, ...]:
    """The kinds of income of the law data, grouped by how far they are protected."""
    sommes = law.sommes.values()
    return tuple(
        Option(somme.cle, somme.intitule + (" (à confirmer)" if somme.certitude is Certitude.C else ""), groupe)
        for nature, groupe in _GROUPES.items()
        for somme in sommes
        if somme.nature is nature
    )


def _in_part(law: Law) -> tuple[str, ...]:
    """The kinds of income that are protected in part."""
    return tuple(somme.cle for somme in law.sommes.values() if somme.nature is Nature.PARTIELLE)


def _by_month(law: Law) -> tuple[str, ...]:
    """Those of them that the scale can share out: paid at intervals, and not once."""
    return tuple(cle for cle in _in_part(law) if law.sommes[cle].periodique)


def _shared_out(law: Law) -> Case:
    return {**_SAISIE_D_UNE_PERSONNE, "sommes.nature": _by_month(law)}


def _one_wage(notion: Notion) -> Callable[[Law], Meaning]:
    """A sum of which the scale protects a part is the net of a wage, pension or benefit: it is reckoned as such."""
    return lambda law: means(notion, quand={"nature": _by_month(law)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compte:
    """One account in the seized bank. ``solde`` in euros, negative when overdrawn."""

    libelle: str = ask("Nom du compte", aide="Pour vous repérer, par exemple « compte courant ».", defaut="")
    solde: Decimal = ask(
        "Solde le jour de la saisie",
        aide="En euros. Si le compte est à découvert, mettez le signe moins devant.",
        minimum=None,
    )
    type: TypeCompte = ask("Sorte de compte", defaut=TypeCompte.A_VUE)
    joint: bool = ask("Compte joint", aide="Oui si une autre personne en est aussi titulaire.", defaut=False)
    professionnel: bool = ask(
        "Compte de l'activité professionnelle",
        aide="Pour une EIRL : un compte du patrimoine affecté à l'activité.",
        defaut=False,
        quand={"debiteur": _ENTREPRENEURS},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Somme:
    """A sum received on the account before the seizure. Amounts in euros."""

    nature: str = ask("D'où vient cette somme ?", options=_natures)
    montant: Decimal = ask("Montant reçu", notion=_one_wage(Notion.NET))
    part_protegee: Decimal | None = ask(
        "Part protégée de ce montant",
        aide="Laissez vide : le calcul la trouve avec le barème, en prenant ce montant pour le net d'un mois. Si "
        "vous la "
        "connaissez, écrivez-la.",
        defaut=None,
        quand=lambda law: {"nature": _in_part(law)},
    )
    date_credit: date | None = ask(
        "Date du versement sur le compte",
        aide="Facultatif. Le dernier versement avant la saisie.",
        defaut=None,
        notion=_one_wage(Notion.DATE_VERSEMENT),
    )
    debits: Decimal = ask(
        "Dépensé depuis ce versement",
        aide="Total des retraits, paiements et prélèvements entre ce versement et la saisie.",
        defaut=ZERO,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SbiInputs:
    """Everything the SBI calculator asks. Amounts in euros; ``aujourdhui`` is given by the caller, not by a clock."""

    aujourdhui: date = ask("Date du jour", cache=True)
    date_saisie: date = ask(
        "Date de la saisie",
        aide="Le jour où la banque a reçu l'acte de saisie. Elle figure sur cet acte.",
        notion=means(Notion.DATE_SAISIE, quand={"mesure": (MesureExecution.SAISIE_ATTRIBUTION.value,)}),
    )
    mesure: MesureExecution = ask(
        "Quelle mesure bloque le compte ?",
        aide="Le nom est écrit en haut de l'acte.",
        defaut=MesureExecution.SAISIE_ATTRIBUTION,
    )
    debiteur: Debiteur = ask("Qui doit l'argent ?", defaut=Debiteur.PERSONNE_PHYSIQUE)
    role: Lecteur = ask("Vous êtes…", aide=FOR_ANOTHER, defaut=Lecteur.DEBITEUR, notion=Notion.ROLE)
    territoire: Territoire = ask(
        "Où habite la personne saisie ?",
        aide="Mayotte a son propre montant.",
        defaut=Territoire.METROPOLE,
        quand={"debiteur": _PHYSIQUE},
        notion=Notion.TERRITOIRE,
    )
    date_denonciation: date | None = ask(
        "Date de la dénonciation",
        aide="Facultatif. Le jour où le commissaire de justice a remis l'acte qui annonce la saisie à la personne "
        "saisie. Elle donne la date jusqu'à laquelle réclamer.",
        defaut=None,
        quand={"debiteur": _PHYSIQUE, "mesure": (MesureExecution.SAISIE_ATTRIBUTION.value,)},
        notion=Notion.DATE_DENONCIATION,
    )
    alimente_par_remuneration: OuiNon = ask(
        "Ce compte reçoit-il un salaire, une retraite ou une allocation de chômage ?",
        defaut=OuiNon.NON,
        quand={"mesure": _PENSION, "debiteur": _PHYSIQUE},
    )
    comptes: tuple[Compte, ...] = ask_rows(
        "Comptes dans cette banque",
        aide="Tous les comptes de cette banque au nom de la personne saisie, même à découvert.",
        ligne="compte",
        ajouter="Ajouter un compte",
        requis=True,
        abrege={"solde": {"solde": None}},
    )
    creance: Decimal | None = ask(
        "Somme réclamée, frais compris",
        aide="Le total écrit sur l'acte de saisie. Laissez vide si vous ne le connaissez pas.",
        defaut=None,
    )
    sommes: tuple[Somme, ...] = ask_rows(
        "Sommes protégées reçues sur ces comptes",
        aide="Par exemple le RSA, l'AAH, un salaire, une retraite. N'en mettez pas s'il n'y en a pas.",
        ligne="somme",
        ajouter="Ajouter une somme reçue",
        quand=_SAISIE_D_UNE_PERSONNE,
        abrege={"insaisissable": {"nature": "autre_insaisissable", "montant": None}},
    )
    personnes_a_charge: int = ask(
        "Nombre de personnes à charge de la personne saisie",
        aide="Sans la compter elle-même : conjoint ou parent dont les ressources sont inférieures au RSA, enfant à "
        "charge. "
        "Le calculateur de la part saisissable aide à les compter.",
        defaut=0,
        quand=_shared_out,
        notion=Notion.PERSONNES_A_CHARGE,
    )
    codebiteur: OuiNon = ask(
        "Les deux titulaires du compte joint doivent-ils cette dette ?",
        aide="Le titre du créancier nomme ceux qui la doivent.",
        defaut=OuiNon.NON,
        quand={**_SAISIE_D_UNE_PERSONNE, "comptes.joint": _OUI},
    )
    regime: Regime = ask(
        "Quel lien unit les deux titulaires ?",
        aide="Sans contrat de mariage, les époux mariés en France sont en communauté.",
        defaut=Regime.INCONNU,
        quand=_COMPTE_D_UN_COUPLE,
    )
    nature_dette: NatureDette = ask(
        "Pour quoi cette dette est-elle née ?",
        aide="L'acte de saisie nomme le titre, et le titre dit ce qui est dû.",
        defaut=NatureDette.INCONNU,
        quand={**_COMPTE_D_UN_COUPLE, "regime": tuple(r.value for r in Regime if r is not Regime.CONCUBINS)},
    )
    gains_epoux: OuiNon = ask(
        "Le compte joint reçoit-il les gains de l'époux qui ne doit pas cette dette ?",
        aide="Un salaire, par exemple. Les relevés du compte le montrent.",
        defaut=OuiNon.NON,
        quand={
            **_COMPTE_D_UN_COUPLE,
            "regime": (Regime.COMMUNAUTE.value, Regime.INCONNU.value),
            "nature_dette": (NatureDette.AUTRE.value, NatureDette.INCONNU.value),
        },
        notion=Notion.GAINS_EPOUX,
    )
    choix_epoux: ChoixEpoux | None = ask(
        "Que choisit l'époux qui ne doit rien ?",
        quand={"gains_epoux": _OUI},
        aide="Le choix lui appartient.",
    )
    gains_mois_precedent: Decimal | None = ask(
        "Ses gains et salaires du mois précédant la saisie",
        quand={
            "gains_epoux": _OUI,
            "choix_epoux": (ChoixEpoux.MOIS_PRECEDENT.value, ChoixEpoux.A_COMPARER.value),
        },
    )
    gains_moyenne: Decimal | None = ask(
        "Moyenne mensuelle de ses gains et salaires des douze mois précédents",
        quand={
            "gains_epoux": _OUI,
            "choix_epoux": (ChoixEpoux.MOYENNE_12_MOIS.value, ChoixEpoux.A_COMPARER.value),
        },
    )
    autre_banque: OuiNon = ask(
        "Une autre banque est-elle saisie pour la même dette ?",
        defaut=OuiNon.NON,
        quand=_SAISIE_D_UNE_PERSONNE,
    )
    designation: Designation | None = ask(
        "Quelle banque doit laisser le SBI ?",
        aide="Le commissaire de justice (ou le comptable public) l'a indiqué aux banques.",
        quand={"autre_banque": _OUI},
    )
    part_designee: Decimal | None = ask(
        "Part du SBI que cette banque doit laisser",
        quand={"autre_banque": _OUI, "designation": ("partage",)},
    )
    sbi_deja_laisse: OuiNon = ask(
        "Un SBI a-t-il déjà été laissé lors d'une autre saisie récente ?",
        aide=lambda law: f"Récente : moins {of_length(law.delais['sbi.renouvellement'])} avant celle-ci.",
        defaut=OuiNon.NON,
        quand=_SAISIE_D_UNE_PERSONNE,
    )
    date_saisie_precedente: date | None = ask(
        "Date de cette autre saisie",
        aide="Laissez vide si vous ne la connaissez pas.",
        defaut=None,
        quand={"sbi_deja_laisse": _OUI},
    )
    sbi_restant: Decimal | None = ask(
        "Sur ce premier SBI, combien reste-t-il sur les comptes ?",
        aide="Laissez vide si vous ne le savez pas.",
        defaut=None,
        quand={"sbi_deja_laisse": _OUI},
    )

    def check(self) -> Iterator[FieldError]:
        """Yield the faults that several answers make together."""
        law = law_of(self)
        for number, somme in enumerate(self.sommes, 1):
            if somme.date_credit and somme.date_credit > self.date_saisie:
                yield FieldError(
                    f"sommes.{number}.date_credit",
                    f"Cette somme a été versée après la saisie du {in_words(self.date_saisie)} : la saisie ne "
                    "la touche pas. Retirez-la, ou corrigez la date.",
                    bonne_nouvelle=True,
                )
            if somme.part_protegee is None and somme.nature in _in_part(law) and somme.nature not in _by_month(law):
                yield FieldError(
                    f"sommes.{number}.part_protegee",
                    "Le barème se calcule par mois, et cette somme est versée en une fois : indiquez vous-même sa part "
                    "protégée. Si vous ne la connaissez pas, demandez-la à un point-justice.",
                )
            if somme.part_protegee is not None and somme.part_protegee > somme.montant:
                yield FieldError(
                    f"sommes.{number}.part_protegee",
                    f"La part protégée ne peut pas dépasser le montant reçu, {euros(somme.montant)}.",
                )
        if self.date_denonciation and self.date_denonciation < self.date_saisie:
            yield FieldError(
                "date_denonciation",
                f"La dénonciation ne peut pas être avant la saisie du {in_words(self.date_saisie)} : vérifiez les deux "
                "dates.",
            )
        if self.date_saisie_precedente and self.date_saisie_precedente > self.date_saisie:
            yield FieldError(
                "date_saisie_precedente",
                f"L'autre saisie doit être antérieure à celle du {in_words(self.date_saisie)}. Si elle est "
                "venue après, répondez « non » à la question précédente.",
            )
        direct = self.mesure is MesureExecution.PAIEMENT_DIRECT
        if direct and self.alimente_par_remuneration is not OuiNon.NON and len(self.comptes) > 1:
            yield FieldError(
                "comptes",
                "Pour un paiement direct de pension, la somme est laissée sur un seul compte : gardez celui "
                "qui reçoit la rémunération.",
            )
