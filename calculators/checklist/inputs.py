"""The questions that lead to a list of documents, each asked only where its answer changes the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from calculators.checklist.card import CarteEtat, perhaps_no_proof, when_age_mattered
from calculators.declaration import UNKNOWN, Choice, ask
from calculators.errors import FieldError
from calculators.law.pieces import anciens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.declaration import Case

__all__ = ["Demarche", "Dossier", "PiecesInputs", "Projet"]


class Demarche(Choice):
    """What the documents are for."""

    CONSIGNATION_CPH = "consignation-cph", "Prud'hommes : la provision de la mesure médicale"
    URBANISME = "urbanisme", "Urbanisme : permis, déclaration préalable, certificat"
    CARTE_IDENTITE = "carte-identite", "Carte d'identité"
    PASSEPORT = "passeport", "Passeport"
    ESPACE_CLIENT = "espace-client", "Déposer des documents chez mon avocat en ligne"
    SAISIE_COMPTE = "saisie-compte", "Saisie sur compte bancaire"


class OuiNon(Choice):
    """An answer that a reader may not know."""

    OUI = "oui", "Oui"
    NON = "non", "Non"
    INCONNU = UNKNOWN, "Je ne sais pas"


class Sens(Choice):
    """What is done with the provision."""

    CONSIGNER = "consigner", "Verser la provision (consigner)"
    RESTITUER = "restituer", "Récupérer la provision"
    SAISIR = "saisir", "Saisir le conseil de prud'hommes"
    RELEVER = "relever", "Demander un relevé : le délai pour verser est passé"


class Profil(Choice):
    """The four profiles of the site of the Caisse des Dépôts."""

    PARTICULIER = "particulier", "Un particulier, par exemple un salarié"
    ENTREPRISE = "entreprise", "Une entreprise"
    PROFESSIONNEL = "professionnel_du_droit", "Un professionnel du droit"
    ORGANISME = "organisme_public", "Un organisme public"


class Signataire(Choice):
    """Who signs for a company."""

    REPRESENTANT = "representant", "Le représentant légal"
    AUTRE = "autre", "Une autre personne"
    INCONNU = UNKNOWN, "Je ne sais pas"


class Dossier(Choice):
    """The application, as the town hall names it."""

    INCONNU = UNKNOWN, "Je ne sais pas : aidez-moi à le trouver"
    DP = "dp", "Déclaration préalable : construction et travaux"
    DP_AMENAGEMENT = "dp_amenagement", "Déclaration préalable : aménagement, division d'un terrain"
    PC_MAISON = "pc_maison", "Permis de construire une maison individuelle"
    PC_AUTRE = "pc_autre", "Permis de construire, autre que maison"
    DEMOLIR = "demolir", "Permis de démolir"
    CU_INFORMATION = "cu_information", "Certificat d'urbanisme d'information"
    CU_OPERATIONNEL = "cu_operationnel", "Certificat d'urbanisme opérationnel"
    DIA = "dia", "Déclaration d'intention d'aliéner (vente)"
    COMPLETER = "completer", "La mairie me demande des pièces manquantes"


class Projet(Choice):
    """A project, in everyday words."""

    CONSTRUCTION_MAISON = "construction_maison", "Construire une maison, un garage, un abri de jardin ou un carport"
    CONSTRUCTION_AUTRE = "construction_autre", "Construire autre chose"
    EXTENSION = "extension", "Agrandir une maison : pièce, véranda, carport ou pergola contre le mur"
    TERRASSE = "terrasse", "Faire une terrasse au niveau du sol"
    PISCINE = "piscine", "Construire une piscine"
    CLOTURE = "cloture", "Poser une clôture"
    ASPECT = "aspect", "Changer une fenêtre, une porte, un volet ou le toit, ou y poser des panneaux solaires"
    RAVALEMENT = "ravalement", "Ravaler une façade"
    PANNEAUX_SOL = "panneaux_sol", "Poser des panneaux solaires sur le sol"
    DEMOLITION = "demolition", "Démolir"


class TailleConstruction(Choice):
    """Floor or ground area of a new building."""

    PETITE = "5_ou_moins", "5 m² ou moins, et 12 mètres de haut ou moins"
    PETITE_HAUTE = "5_ou_moins_haute", "5 m² ou moins, mais plus de 12 mètres de haut"
    MOYENNE = "5_a_20", "Plus de 5 m² et jusqu'à 20 m², et 12 mètres de haut ou moins"
    GRANDE = "plus_de_20", "Plus de 20 m² ; ou plus de 5 m² et plus de 12 mètres de haut"
    INCONNU = UNKNOWN, "Je ne sais pas"


class TailleExtension(Choice):
    """Floor or ground area added to a house."""

    PETITE = "20_ou_moins", "20 m² ou moins"
    MOYENNE = "20_a_40", "Plus de 20 m² et jusqu'à 40 m²"
    GRANDE = "plus_de_40", "Plus de 40 m²"
    INCONNU = UNKNOWN, "Je ne sais pas"


class TaillePiscine(Choice):
    """Area of the basin of a pool."""

    PETITE = "10_ou_moins", "10 m² ou moins"
    MOYENNE = "10_a_100", "Plus de 10 m² et jusqu'à 100 m²"
    GRANDE = "plus_de_100", "Plus de 100 m²"
    INCONNU = UNKNOWN, "Je ne sais pas"


class TaillePanneaux(Choice):
    """Peak power and height of solar panels on the ground."""

    BASSE = "moins_de_3_bas", "Moins de 3 kilowatts, et 1,80 mètre de haut ou moins"
    HAUTE = "moins_de_3_haut", "Moins de 3 kilowatts, et plus de 1,80 mètre de haut"
    PUISSANTE = "3_ou_plus", "3 kilowatts ou plus (moins de 3 mégawatts)"
    INCONNU = UNKNOWN, "Je ne sais pas"


class Secteur(Choice):
    """Protection of the place, as the code de l'urbanisme tells them apart."""

    OUI = "oui", "Oui : près d'un monument historique, ou dans un site patrimonial remarquable"
    SITE = "site", "Oui : dans un site classé, ou en passe de l'être"
    NON = "non", "Non"
    INCONNU = UNKNOWN, "Je ne sais pas"


class Demandeur(Choice):
    """Who applies."""

    PARTICULIER = "particulier", "Un particulier"
    PERSONNE_MORALE = "personne_morale", "Une société, une association ou une administration"


class Motif(Choice):
    """Why an identity document is asked for."""

    PREMIERE = "premiere", "Première demande"
    RENOUVELLEMENT = "renouvellement", "Renouvellement"
    PERTE = "perte", "Perte"
    VOL = "vol", "Vol"
    NOM = "nom", "Ajouter ou changer un nom d'usage"


class Age(Choice):
    """The age decides who must come, and the price of a passport."""

    MAJEUR = "majeur", "18 ans ou plus"
    ADOLESCENT = "15_17", "15 à 17 ans"
    ENFANT = "0_14", "Moins de 15 ans"


class Domicile(Choice):
    """How an adult proves an address."""

    PROPRE = "propre", "J'ai un justificatif à mon nom"
    HEBERGE = "heberge", "Je suis hébergé chez quelqu'un"
    HOTEL = "hotel", "Je vis à l'hôtel"
    CARAVANE = "caravane", "Je vis en caravane"
    SANS_DOMICILE = "sans_domicile", "Je n'ai pas de domicile stable"


class Parents(Choice):
    """Where a child lives, and who answers for the child."""

    UN_DOMICILE = "un_domicile", "Une seule adresse à inscrire"
    DEUX_DOMICILES = "deux_domiciles", "Parents séparés : deux adresses à inscrire"
    TIERS = "tiers", "Un tuteur ou un tiers a l'autorité parentale"


class NomUsage(Choice):
    """Which name is added."""

    PARENTS = "parents", "Les noms de mes deux parents"
    EPOUX = "epoux", "Le nom de mon époux ou épouse"
    ANCIEN_EPOUX = "ancien_epoux", "Garder le nom de mon ancien époux ou épouse"
    INCONNU = UNKNOWN, "Je ne sais pas"


class Role(Choice):
    """Which side of a seizure."""

    DEBITEUR = "debiteur", "Mon compte est saisi"
    CREANCIER = "creancier", "On me doit de l'argent"


class But(Choice):
    """What the person whose account is seized wants."""

    RECLAMER = "reclamer", "Réclamer des sommes protégées à la banque"
    CONTESTER = "contester", "Contester la saisie"
    ACCEPTER = "accepter", "Accepter que la banque paie tout de suite"
    INCONNU = UNKNOWN, "Je ne sais pas encore"


class Etape(Choice):
    """Where the creditor stands."""

    SAISIR = "saisir", "Faire saisir un compte"
    ETRE_PAYE = "etre_paye", "Être payé par la banque"


_CPH = {"demarche": ("consignation-cph",)}
_URBANISME = {"demarche": ("urbanisme",)}
_TITRE = {"demarche": ("carte-identite", "passeport")}
_DEPOTS = tuple(d.value for d in Dossier if d not in {Dossier.COMPLETER, Dossier.INCONNU})
#: The projects whose answer depends on the protection of the place, whatever their size.
_SELON_LE_SECTEUR = tuple(p.value for p in Projet if p is not Projet.CONSTRUCTION_AUTRE)
_MINEUR = ("15_17", "0_14")
_DOUBT = (OuiNon.NON.value, UNKNOWN)


#: The card is of no use to prove an identity, or may be: the reasons for another proof.
_SANS_CARTE: tuple[Case, ...] = (
    {"demarche": ("carte-identite",), "motif": ("premiere", "perte", "vol")},
    {"demarche": ("carte-identite",), "motif": ("renouvellement",), "carte_etat": ("expiree_plus_5",)},
    *(
        {"demarche": ("carte-identite",), "motif": ("renouvellement",), "carte_etat": (UNKNOWN,), **case}
        for case in perhaps_no_proof()
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesInputs:
    """Everything the questionnaire asks. Each question looks back at the answers before it, never forward."""

    aujourdhui: date = ask("Date du jour", cache=True)
    demarche: Demarche = ask("Quelle démarche préparez-vous ?")

    sens: Sens | None = ask("Que voulez-vous faire ?", quand=_CPH)
    profil: Profil | None = ask(
        "Qui fait la demande ?",
        aide="C'est le profil à choisir en créant le compte en ligne.",
        quand={**_CPH, "sens": ("consigner", "restituer")},
    )
    signataire: Signataire = ask(
        "Qui signe pour l'entreprise ?", defaut=Signataire.INCONNU, quand={**_CPH, "profil": ("entreprise",)}
    )
    aide_juridictionnelle: OuiNon = ask(
        "Avez-vous l'aide juridictionnelle ?", defaut=OuiNon.INCONNU, quand={**_CPH, "sens": ("saisir",)}
    )

    dossier: Dossier | None = ask("Quel dossier déposez-vous ?", quand=_URBANISME)
    demandeur: Demandeur = ask(
        "Qui demande ?",
        defaut=Demandeur.PARTICULIER,
        quand={
            **_URBANISME,
            "dossier": _DEPOTS,
        },
    )
    projet: Projet | None = ask("Quel est votre projet ?", quand={**_URBANISME, "dossier": (UNKNOWN,)})
    taille_construction: TailleConstruction = ask(
        "Quelle surface construisez-vous ?",
        aide="La plus grande de deux surfaces : celle des planchers, ou celle que la construction couvre au sol.",
        defaut=TailleConstruction.INCONNU,
        quand={**_URBANISME, "projet": ("construction_maison", "construction_autre")},
    )
    taille_extension: TailleExtension = ask(
        "Quelle surface ajoutez-vous ?",
        defaut=TailleExtension.INCONNU,
        quand={**_URBANISME, "projet": ("extension",)},
    )
    zone_urbaine: OuiNon = ask(
        "Le terrain est-il en zone urbaine (zone U) du plan local d'urbanisme ?",
        aide="La mairie le sait. Le plan est souvent en ligne.",
        defaut=OuiNon.INCONNU,
        quand={**_URBANISME, "projet": ("extension",), "taille_extension": ("20_a_40",)},
    )
    taille_piscine: TaillePiscine = ask(
        "Quelle est la surface du bassin ?",
        aide="Le bassin seul, sans les plages ni la terrasse.",
        defaut=TaillePiscine.INCONNU,
        quand={**_URBANISME, "projet": ("piscine",)},
    )
    taille_panneaux: TaillePanneaux = ask(
        "Quelle puissance et quelle hauteur ?",
        aide="La puissance crête de l'installation, écrite sur le devis.",
        defaut=TaillePanneaux.INCONNU,
        quand={**_URBANISME, "projet": ("panneaux_sol",)},
    )
    surface_totale: OuiNon = ask(
        "Après les travaux, la maison dépassera-t-elle 150 m² de plancher ?",
        defaut=OuiNon.INCONNU,
        quand={
            **_URBANISME,
            "projet": ("extension",),
            "taille_extension": ("20_a_40",),
            "zone_urbaine": ("oui", UNKNOWN),
        },
    )
    grande_surface: OuiNon = ask(
        "La surface de plancher totale dépasse-t-elle 150 m² ?",
        defaut=OuiNon.INCONNU,
        quand={**_URBANISME, "dossier": ("pc_maison",), "demandeur": ("particulier",)},
    )
    secteur_protege: Secteur = ask(
        "Le terrain est-il en secteur protégé ?",
        aide="Le géoportail de l'urbanisme et la mairie le disent. Un immeuble inscrit compte comme un monument.",
        defaut=Secteur.INCONNU,
        quand=[
            {**_URBANISME, "dossier": ("dp", "pc_maison", "demolir")},
            {**_URBANISME, "projet": _SELON_LE_SECTEUR},
            {
                **_URBANISME,
                "projet": ("construction_autre",),
                "taille_construction": ("5_ou_moins", "5_ou_moins_haute", "5_a_20", UNKNOWN),
            },
        ],
    )
    couverture_piscine: OuiNon = ask(
        "La piscine aura-t-elle un abri de 1,80 mètre de haut ou plus ?",
        aide="Un abri fixe ou mobile.",
        defaut=OuiNon.INCONNU,
        quand=[
            {**_URBANISME, "projet": ("piscine",), "taille_piscine": ("10_a_100", UNKNOWN)},
            {
                **_URBANISME,
                "projet": ("piscine",),
                "taille_piscine": ("10_ou_moins",),
                "secteur_protege": ("oui", "site", UNKNOWN),
            },
        ],
    )
    commune_exige: OuiNon = ask(
        "La commune ou le plan local demandent-ils une autorisation pour ces travaux à cet endroit ?",
        aide="La mairie le sait. Répondez oui aussi dans un site inscrit, ou si le plan protège ce lieu.",
        defaut=OuiNon.INCONNU,
        quand={
            **_URBANISME,
            "projet": ("cloture", "ravalement", "demolition"),
            "secteur_protege": ("non", UNKNOWN),
        },
    )
    volume: OuiNon = ask(
        "Le projet crée-t-il une construction, ou change-t-il un volume ?",
        defaut=OuiNon.INCONNU,
        quand={**_URBANISME, "dossier": ("dp",)},
    )
    terrain_modifie: OuiNon = ask(
        "Le projet change-t-il le profil du terrain ?",
        aide="Par exemple une piscine enterrée.",
        defaut=OuiNon.INCONNU,
        quand={**_URBANISME, "dossier": ("dp",)},
    )
    facade: OuiNon = ask(
        "Une façade ou une toiture change-t-elle ?", defaut=OuiNon.INCONNU, quand={**_URBANISME, "dossier": ("dp",)}
    )
    visible: OuiNon = ask(
        "Le projet se voit-il de la rue ou d'un lieu public ?",
        defaut=OuiNon.INCONNU,
        quand={**_URBANISME, "dossier": ("dp",), "secteur_protege": ("non", "site")},
    )
    terrain_bati: OuiNon = ask(
        "Le terrain porte-t-il déjà des constructions ?",
        defaut=OuiNon.INCONNU,
        quand={**_URBANISME, "dossier": ("cu_operationnel",)},
    )
    motif: Motif | None = ask("Pourquoi demandez-vous ce titre ?", quand=_TITRE)
    age: Age = ask("Quel âge a la personne dont le nom sera sur le titre ?", defaut=Age.MAJEUR, quand=_TITRE)
    parents: Parents = ask("Où habite l'enfant ?", defaut=Parents.UN_DOMICILE, quand={**_TITRE, "age": _MINEUR})
    carte_etat: CarteEtat = ask(
        "Où en est la carte actuelle ?",
        aide="Une carte donnée à un adulte peut rester valide après la date imprimée. Répondez « je ne sais pas » : "
        "la date de délivrance le dira.",
        defaut=CarteEtat.INCONNU,
        quand={"demarche": ("carte-identite",), "motif": ("renouvellement",)},
    )
    date_delivrance: date | None = ask(
        "Quand la carte actuelle a-t-elle été délivrée ?",
        aide="La date est au dos. Laissez vide si vous ne la lisez pas.",
        defaut=None,
        quand={"demarche": ("carte-identite",), "motif": ("renouvellement",), "carte_etat": (UNKNOWN,)},
    )
    delivree_majeur: OuiNon = ask(
        "La personne avait-elle 18 ans ou plus ce jour-là ?",
        defaut=OuiNon.INCONNU,
        quand={"demarche": ("carte-identite",), "age": ("majeur",), "date_delivrance": (when_age_mattered(),)},
    )
    passeport_recent: OuiNon = ask(
        "A-t-elle un passeport, valide ou expiré depuis moins de 5 ans ?",
        defaut=OuiNon.INCONNU,
        quand=_SANS_CARTE,
    )
    acte_en_ligne: OuiNon = ask(
        "Sa commune de naissance envoie-t-elle les actes en ligne (COMEDEC) ?",
        aide="La liste des communes est sur le site de France Titres. Pour une naissance à l'étranger, répondez oui.",
        defaut=OuiNon.INCONNU,
        quand=[{**case, "passeport_recent": _DOUBT} for case in _SANS_CARTE],
    )
    carte_recente: OuiNon = ask(
        "A-t-elle une carte d'identité, valide ou expirée depuis moins de 5 ans ?",
        defaut=OuiNon.INCONNU,
        quand={"demarche": ("passeport",), "motif": ("premiere",)},
    )
    nom_usage: NomUsage = ask(
        "Quel nom d'usage ?", defaut=NomUsage.INCONNU, quand={**_TITRE, "motif": ("nom",), "age": ("majeur",)}
    )
    domicile: Domicile = ask(
        "Comment prouvez-vous votre adresse ?", defaut=Domicile.PROPRE, quand={**_TITRE, "age": ("majeur",)}
    )

    premiere_connexion: OuiNon = ask(
        "Est-ce votre première connexion ?", defaut=OuiNon.NON, quand={"demarche": ("espace-client",)}
    )
    acte_recu: OuiNon = ask(
        "Déposez-vous un acte ou une convocation que vous venez de recevoir ?",
        defaut=OuiNon.INCONNU,
        quand={"demarche": ("espace-client",)},
    )
    temoin: OuiNon = ask(
        "Déposez-vous l'attestation d'un témoin ?", defaut=OuiNon.NON, quand={"demarche": ("espace-client",)}
    )

    role: Role | None = ask("Quelle est votre situation ?", quand={"demarche": ("saisie-compte",)})
    but: But = ask(
        "Que voulez-vous faire ?", defaut=But.INCONNU, quand={"demarche": ("saisie-compte",), "role": ("debiteur",)}
    )
    gains_du_conjoint: OuiNon = ask(
        "Un compte joint reçoit-il les gains d'un conjoint qui ne doit pas cette dette ?",
        aide="Époux mariés sous la communauté. Une dette du ménage ou des enfants (loyer, cantine…) est due par les "
        "deux : répondez non.",
        defaut=OuiNon.INCONNU,
        quand={"demarche": ("saisie-compte",), "role": ("debiteur",), "but": ("reclamer", UNKNOWN)},
    )
    etape: Etape | None = ask("Où en êtes-vous ?", quand={"demarche": ("saisie-compte",), "role": ("creancier",)})

    @classmethod
    def complete(cls, data: Mapping[str, object]) -> Mapping[str, object]:
        """Understand the answers that are no longer offered, as old links hold them."""
        known = dict(data)
        for name, answer in data.items():
            if (now := anciens().get(f"{name}={answer}")) is not None:
                del known[name]
                known |= now
        return known

    @classmethod
    def former(cls) -> Mapping[str, Mapping[str, str]]:
        """The answers that are no longer offered, with those that replace them."""
        return anciens()

    def check(self) -> Iterator[FieldError]:
        """Yield the faults that several answers make together."""
        if self.date_delivrance and self.date_delivrance > self.aujourdhui:
            yield FieldError("date_delivrance", "Cette date est dans l'avenir : vérifiez-la.")
