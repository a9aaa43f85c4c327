"""The questions of the deadlines calculator. Their choices are those of the law that they are put under."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from calculators.calendar import in_words
from calculators.declaration import FOR_ANOTHER, UNKNOWN, Choice, Option, OuiNon, ask, law_of, means
from calculators.errors import FieldError
from calculators.law import Portee, Prorogation, Unite
from calculators.law.situations import situations
from calculators.law.words import length
from calculators.notions import Notion
from calculators.numerals import spelt
from calculators.territory import Territoire
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.declaration import Case
    from calculators.law import Delai, Law
    from calculators.law.situations import Plan, QuestionDeSituation

__all__ = [
    "ADDED_BY_DISTANCE",
    "ORDER_DATE",
    "Aupres",
    "Decision",
    "DelaisInputs",
    "Distance",
    "DossierUrbanisme",
    "Lieu",
    "Remise",
    "RoleInjonction",
    "RoleSaisie",
    "RoleSalaire",
    "RoleUrbanisme",
    "SensDuDelai",
    "Silence",
    "Situation",
    "SuiteAide",
    "Temple",
    "UniteChoisie",
    "answerable",
    "catalogue",
    "examples",
]


class Situation(StrEnum):
    """What the person came with, as far as rules in Python read it: the law data may have other situations.

    All but the last two answer several deadlines at once.
    """

    SAISIE_ATTRIBUTION = "saisie-attribution"
    SAISIE_REMUNERATIONS = "saisie-remunerations"
    SATD = "satd"
    COMPTE_BLOQUE = "compte-bloque"
    INJONCTION = "injonction-de-payer"
    AVIS_MEDECIN = "avis-medecin"
    URBANISME = "urbanisme"
    UN_DELAI = "un-delai"
    AUTRE = "autre"


_ALONE = {
    Situation.UN_DELAI: "Un autre délai de la liste",
    Situation.AUTRE: "Une durée que je donne moi-même",
}


def _menu(law: Law) -> tuple[Option, ...]:
    """The situations, in the order of the menu, with the titles that the law data give them."""
    titles = {cle: plan.titre for cle, plan in situations(law).items()}
    alone = {situation.value: title for situation, title in _ALONE.items()}
    return tuple(Option(situation, title) for situation, title in (titles | alone).items())


class RoleSaisie(Choice):
    """Who asks about a seized account: the safe date is not the same for who must act and for who waits."""

    DEBITEUR = "debiteur", "Je dois l'argent"
    CREANCIER = "creancier", "On me doit l'argent, ou je prépare les actes"
    BANQUE = "banque", "Je suis la banque, ou je travaille pour elle"


class RoleSalaire(Choice):
    """Who asks about a seized wage."""

    DEBITEUR = "debiteur", "Je dois l'argent : c'est mon salaire"
    CREANCIER = "creancier", "On me doit l'argent, ou je prépare les actes"
    EMPLOYEUR = "employeur", "Je suis l'employeur, ou je fais la paie"


class RoleInjonction(Choice):
    """Who asks about an order for payment."""

    DEBITEUR = "debiteur", "On me réclame l'argent"
    CREANCIER = "creancier", "On me doit l'argent, ou je prépare les actes"


class RoleUrbanisme(Choice):
    """Who asks about a planning file."""

    DEMANDEUR = "demandeur", "J'ai déposé le dossier"
    VOISIN = "voisin", "Je suis un voisin, le projet me gêne"


class SuiteAide(Choice):
    """What followed a request for aide juridictionnelle (décret n° 2020-1717, art. 43)."""

    ATTENTE = "attente", "Pas encore de réponse"
    PROVISOIRE = "provisoire", "Une admission provisoire"
    ADMISSION = "admission", "Une admission (l'aide est accordée)"
    REJET = "rejet", "Un rejet (l'aide est refusée)"
    CADUCITE = "caducite", "Une caducité (des pièces manquaient)"


class Silence(Choice):
    """Whether the town's silence is a refusal (code de l'urbanisme, art. R*424-2 and R*424-3)."""

    INCONNU = UNKNOWN, "Je ne sais pas"
    NON = "non", "Non, aucun de ces cas"
    OUI = "oui", "Oui, un de ces cas"


class Aupres(Choice):
    """Where a challenge was filed: at the mairie it does not close the time to go to court."""

    INCONNU = UNKNOWN, "Je ne sais pas"
    TRIBUNAL = "tribunal", "Au tribunal administratif"
    MAIRIE = "mairie", "À la mairie (recours gracieux)"


class Decision(Choice):
    """What the town decided."""

    ACCORD = "accord", "Un accord (permis, non-opposition, certificat)"
    REFUS = "refus", "Un refus ou une opposition"


class SensDuDelai(Choice):
    """Forwards from an event, or backwards from a hearing."""

    APRES = "apres", "Après l'événement"
    REBOURS = "rebours", "Avant l'événement (par exemple avant une audience)"


class Temple(Choice):
    """Whether Good Friday is a holiday in the commune (code du travail, art. L3134-13)."""

    INCONNU = UNKNOWN, "Je ne sais pas"
    OUI = "oui", "Oui"
    NON = "non", "Non"


class Distance(StrEnum):
    """The extension of CPC, art. 643 and 644: worked out, or told by the person; addresses have these names."""

    CALCULEE = "calculee"
    AUCUNE = "aucune"
    UN_MOIS = "un_mois"
    DEUX_MOIS = "deux_mois"


#: The periods of the law data that distance adds, by the answer that tells it.
ADDED_BY_DISTANCE = {Distance.UN_MOIS: "distance.outre-mer", Distance.DEUX_MOIS: "distance.etranger"}


def _distances(law: Law) -> tuple[Option, ...]:
    words = {
        Distance.CALCULEE: "La calculer d'après le domicile et la juridiction",
        Distance.AUCUNE: "Aucune",
        **{
            told: f"{capitalised(spelt(law.delais[cle].duree))} mois de plus" for told, cle in ADDED_BY_DISTANCE.items()
        },
    }
    return tuple(Option(distance.value, label) for distance, label in words.items())


class Lieu(Choice):
    """Where a person lives or a court sits, as CPC, art. 643 and 644 tell places apart."""

    METROPOLE = "metropole", "Hexagone et Corse"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    LA_REUNION = "la_reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_PIERRE_ET_MIQUELON = "saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"
    WALLIS_ET_FUTUNA = "wallis_et_futuna", "Wallis-et-Futuna"
    POLYNESIE = "polynesie", "Polynésie française"
    NOUVELLE_CALEDONIE = "nouvelle_caledonie", "Nouvelle-Calédonie"
    TERRES_AUSTRALES = "terres_australes", "Terres australes et antarctiques françaises"
    ETRANGER = "etranger", "À l'étranger"


#: Where a court sits, among these places: CPC, art. 643 names the first, art. 644 the others.
_COURTS = tuple(
    place
    for place in Lieu
    if place not in {Lieu.POLYNESIE, Lieu.NOUVELLE_CALEDONIE, Lieu.TERRES_AUSTRALES, Lieu.ETRANGER}
)


_COURT_OPTIONS = tuple(Option(place.value, place.label) for place in _COURTS)


class UniteChoisie(Choice):
    """Units a person may choose."""

    HEURES = Unite.HEURES.value, "heures (délai de la liste seulement)"
    JOURS = Unite.JOURS.value, "jours"
    JOURS_FRANCS = Unite.JOURS_FRANCS.value, "jours francs"
    JOURS_OUVRABLES = Unite.JOURS_OUVRABLES.value, "jours ouvrables (du lundi au samedi)"
    JOURS_OUVRES = Unite.JOURS_OUVRES.value, "jours ouvrés (du lundi au vendredi)"
    SEMAINES = Unite.SEMAINES.value, "semaines"
    MOIS = Unite.MOIS.value, "mois"
    ANNEES = Unite.ANNEES.value, "années"


class Remise(Choice):
    """Whether an act was handed to the person, and to nobody else."""

    INCONNU = UNKNOWN, "Je ne sais pas"
    OUI = "oui", "Oui"
    NON = "non", "Non"


class DossierUrbanisme(Choice):
    """Kinds of urbanisme files, by how long the town has to answer."""

    DECLARATION_PREALABLE = "declaration-prealable", "Déclaration préalable"
    PERMIS_MAISON = "permis-maison", "Permis de construire une maison individuelle, ou permis de démolir"
    AUTRE_PERMIS = "autre-permis", "Autre permis de construire, permis d'aménager"
    CU_INFORMATION = "cu-information", "Certificat d'urbanisme d'information"
    CU_OPERATIONNEL = "cu-operationnel", "Certificat d'urbanisme opérationnel"


_SAISIE = {"situation": (Situation.SAISIE_ATTRIBUTION.value,)}
_SAISI = {**_SAISIE, "role": (RoleSaisie.DEBITEUR.value,)}
_SALAIRE = {"situation": (Situation.SAISIE_REMUNERATIONS.value,)}
_SATD = {"situation": (Situation.SATD.value,)}
_BLOQUE = {"situation": (Situation.COMPTE_BLOQUE.value,)}
_INJONCTION = {"situation": (Situation.INJONCTION.value,)}
_MEDECIN = {"situation": (Situation.AVIS_MEDECIN.value,)}
_URBANISME = {"situation": (Situation.URBANISME.value,)}
_DEMANDEUR = {**_URBANISME, "role_urbanisme": (RoleUrbanisme.DEMANDEUR.value,)}
_VOISIN = {**_URBANISME, "role_urbanisme": (RoleUrbanisme.VOISIN.value,)}
_AUTORISATIONS = (
    DossierUrbanisme.DECLARATION_PREALABLE.value,
    DossierUrbanisme.PERMIS_MAISON.value,
    DossierUrbanisme.AUTRE_PERMIS.value,
)
#: The files of the checklists that each of these is; what is filed for a subdivision has no list yet.
_FILES = {
    DossierUrbanisme.DECLARATION_PREALABLE.value: ("dp", "dp_amenagement"),
    DossierUrbanisme.PERMIS_MAISON.value: ("pc_maison", "demolir"),
    DossierUrbanisme.AUTRE_PERMIS.value: ("pc_autre", "permis_amenager"),
    DossierUrbanisme.CU_INFORMATION.value: ("cu_information",),
    DossierUrbanisme.CU_OPERATIONNEL.value: ("cu_operationnel",),
}
#: The deadlines of a subject that stand under one heading; more are parted by who must act.
_MOST_TOGETHER = 10
#: A date was given: what comes after it is asked then, and not before.
_DONNEE = ("1900-01-01/2199-12-31",)
_LAST_HOUR, _LAST_MINUTE = 23, 59
#: The dates that the situations start from, among those that rules in Python read.
_FIRST_DATES = (
    "date_saisie",
    "date_commandement",
    "date_pv",
    "date_notification",
    "date_acte",
    "date_ordonnance",
    "date_signification",
    "date_avis",
    "date_depot",
    "date_affichage",
)
_SEUL = {"situation": (Situation.UN_DELAI.value, Situation.AUTRE.value)}
_LIBRE = {"situation": (Situation.AUTRE.value,)}
_PLUS_LOIN = tuple(home.value for home in Lieu if home is not Lieu.METROPOLE)


def _lengthened_by_distance(law: Law) -> tuple[Case, ...]:
    """Where the person lives matters to the acts that CPC, art. 643 lists, and to a length nobody has named."""
    keys = tuple(delai.cle for delai in law.delais.values() if delai.distance is not Prorogation.NON)
    return {"situation": (Situation.UN_DELAI.value,), "delai": keys}, _LIBRE, _INJONCTION


def _lives_far(law: Law) -> tuple[Case, ...]:
    return tuple({**case, "domicile": _PLUS_LOIN} for case in _lengthened_by_distance(law))


#: The only event, beside the one that starts a period, that may choose its version (``version_selon``).
ORDER_DATE = "date_ordonnance"


def _by_the_order(law: Law) -> tuple[str, ...]:
    """The deadlines whose version that date chooses."""
    return tuple(delai.cle for delai in law.delais.values() if delai.version_selon == ORDER_DATE)


def _in_hours(law: Law) -> Case:
    """The hour of the event matters to the deadlines counted in hours, and to no other."""
    keys = tuple(delai.cle for delai in law.delais.values() if delai.en_heures)
    return {"situation": (Situation.UN_DELAI.value,), "delai": keys}


_NOT_INTERRUPTED = "aucune"


def _interruptions(law: Law) -> tuple[Option, ...]:
    found = (Option(one.cle, capitalised(one.intitule)) for one in law.interruptions.values())
    return Option(_NOT_INTERRUPTED, "Non, ou je ne sais pas"), *found


def _may_be_interrupted(law: Law) -> Case:
    keys = tuple(delai.cle for delai in law.delais.values() if delai.interruptions)
    return {"situation": (Situation.UN_DELAI.value,), "delai": keys}


def _was_interrupted(law: Law) -> Case:
    return {**_may_be_interrupted(law), "interruption": tuple(law.interruptions)}


def _order_matters(law: Law) -> tuple[Case, ...]:
    return {"situation": (Situation.UN_DELAI.value,), "delai": _by_the_order(law)}, _INJONCTION


def _deadlines(law: Law) -> Iterator[Delai]:
    """The deadlines of the law data, those of one subject together, then those of who must act."""
    named = [delai for delai in law.delais.values() if delai.portee is not Portee.PERIODE]
    order = list(dict.fromkeys((delai.groupe, delai.qui) for delai in named))
    subjects = list(dict.fromkeys(delai.groupe for delai in named))
    yield from sorted(named, key=lambda delai: (subjects.index(delai.groupe), order.index((delai.groupe, delai.qui))))


def _named(law: Law) -> tuple[Option, ...]:
    """The deadlines there are to choose from, by subject; in a long one, by who must act too."""
    found = tuple(_deadlines(law))
    several = Counter(delai.groupe for delai in found)
    return tuple(
        Option(
            delai.cle,
            capitalised(delai.intitule),
            f"{delai.groupe} : {delai.qui}" if several[delai.groupe] > _MOST_TOGETHER else delai.groupe,
            " ".join((delai.qui, delai.depart, *delai.mots)),
        )
        for delai in found
    )


def catalogue(law: Law) -> tuple[tuple[str, ...], ...]:
    """Return the deadlines for the command line: key, title, length, article."""
    return tuple(
        (delai.cle, delai.intitule, length(delai), ", ".join(article.citation for article in delai.articles))
        for delai in _deadlines(law)
    )


def answerable(law: Law) -> tuple[str, ...]:
    """Every deadline that some situation may answer, situation after situation."""
    found: dict[str, None] = {}
    for plan in situations(law).values():
        for line in plan.echeances:
            exact = line.delai in law.delais
            found |= dict.fromkeys(
                [line.delai] if exact else [cle for cle in law.delais if cle.startswith(f"{line.delai}.")]
            )
    found["injonction-de-payer.opposition-tardive"] = None
    return tuple(found)


def examples(law: Law) -> tuple[dict[str, str], ...]:
    """The cases that the data of the situations give as examples, in the order of the menu."""
    return tuple({"situation": plan.cle, **case} for plan in situations(law).values() for case in plan.exemples)


def _starts(plan: Plan) -> tuple[str, ...]:
    """The dates that a situation starts from, among the questions that it brings with it."""
    named = (name for line in plan.echeances for name in (line.depart, line.sinon))
    return tuple(dict.fromkeys(name for name in named if name in plan.questions))


def _begun(law: Law) -> tuple[Case, ...]:
    """A situation that has a first date: there is something to put in a calendar."""
    plans = situations(law)
    several = {"situation": tuple(plans)}
    own = ({"situation": (plan.cle,), first: _DONNEE} for plan in plans.values() for first in _starts(plan))
    return (*({**several, first: _DONNEE} for first in _FIRST_DATES), *own)


def _field(plan: Plan, asked: QuestionDeSituation) -> tuple[str, Any, Any]:
    """One question that a situation brings with it, as a field."""
    question, notion = asked.question, asked.question.notion
    aide = question.aide or (FOR_ANOTHER if question.nom == plan.qui else "")
    quand = [{"situation": (plan.cle,), **case} for case in asked.quand]
    if not question.reponses:
        needed, to_come = not asked.facultatif, asked.a_venir
        day = ask(question.label, aide=aide, defaut=None, requis=needed, quand=quand, a_venir=to_come, notion=notion)
        return question.nom, date | None, day
    options = [Option(reponse.valeur, reponse.label) for reponse in question.reponses]
    if not question.defaut:
        return question.nom, str | None, ask(question.label, aide=aide, quand=quand, options=options, notion=notion)
    chosen = ask(question.label, aide=aide, defaut=question.defaut, quand=quand, options=options, notion=notion)
    return question.nom, str, chosen


def _extensions_there_are(law: Law) -> str:
    each = law.mesures["urbanisme.prorogation"]
    return f"De 0 à {_most_extensions(law)}, chacune de {each.valeur} {each.unite}."


def _most_extensions(law: Law) -> int:
    """How many times a planning authorisation may be made longer (code de l'urbanisme, art. R*424-21)."""
    return int(law.mesures["urbanisme.prorogations"].valeur)


#: Which date cannot come before which other, and the words for the latter.
_ORDER = (
    ("date_interruption", "evenement", "le départ du délai"),
    ("date_denonciation", "date_saisie", "la saisie"),
    ("date_assignation", "date_denonciation", "la dénonciation"),
    ("date_assignation", "date_saisie", "la saisie"),
    ("date_assignation", "date_commandement", "le commandement"),
    ("date_lettre_accord", "date_commandement", "le commandement"),
    ("date_accord", "date_commandement", "le commandement"),
    ("date_avis_commissaire", "date_assignation", "l'assignation"),
    ("date_demande_sommes", "date_saisie", "la saisie"),
    ("date_suite_aide", "date_demande_aide", "la demande d'aide"),
    ("date_designation", "date_demande_aide", "la demande d'aide"),
    ("date_pv", "date_commandement", "le commandement"),
    ("date_denonciation_pv", "date_pv", "le procès-verbal"),
    ("date_reponse_employeur", "date_pv", "le procès-verbal"),
    ("date_reclamation", "date_notification", "la notification"),
    ("date_reponse", "date_reclamation", "la contestation"),
    ("date_saisine_juge", "date_reclamation", "la contestation"),
    ("date_signification", "date_ordonnance", "l'ordonnance"),
    ("date_premier_acte", "date_signification", "la signification"),
    ("date_opposition", "date_ordonnance", "l'ordonnance"),
    ("date_opposition", "date_signification", "la signification"),
    ("date_saisine", "date_avis", "l'avis"),
    ("date_jugement", "date_avis", "l'avis"),
    ("date_jugement", "date_saisie", "la saisie"),
    ("date_appel", "date_jugement", "le jugement"),
    ("date_demande_pieces", "date_depot", "le dépôt"),
    ("date_pieces", "date_demande_pieces", "la demande de pièces"),
    ("date_decision", "date_depot", "le dépôt"),
    ("date_affichage", "date_decision", "la décision"),
    ("date_recours", "date_decision", "la décision"),
    ("date_notification_recours", "date_recours", "le recours"),
    ("date_achevement", "date_decision", "la décision"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelaisInputs:
    """Everything the deadlines calculator asks. ``aujourdhui`` is given by the caller, never read from a clock."""

    implied: ClassVar[frozenset[str]] = frozenset({"situation"})  # the short forms of complete do without
    sujet: ClassVar[str] = "situation"
    more_before: ClassVar[str] = "agenda_complet"

    aujourdhui: date = ask("Date du jour", cache=True)
    situation: str = ask("Que voulez-vous calculer ?", options=_menu)
    role: RoleSaisie | None = ask("Vous êtes…", aide=FOR_ANOTHER, quand=_SAISIE, notion=Notion.ROLE)
    role_salaire: RoleSalaire | None = ask("Vous êtes…", aide=FOR_ANOTHER, quand=_SALAIRE, notion=Notion.ROLE)
    role_injonction: RoleInjonction | None = ask("Vous êtes…", aide=FOR_ANOTHER, quand=_INJONCTION, notion=Notion.ROLE)
    role_urbanisme: RoleUrbanisme = ask(
        "Vous êtes…", aide=FOR_ANOTHER, defaut=RoleUrbanisme.DEMANDEUR, quand=_URBANISME
    )
    delai: str | None = ask("Quel délai ?", options=_named, quand={"situation": (Situation.UN_DELAI.value,)})
    evenement: date | None = ask(
        "Date de l'événement",
        aide="Le jour qui fait courir le délai : remise de l'acte, notification, audience.",
        quand=_SEUL,
    )
    heure: int | None = ask(
        "À quelle heure ?",
        aide="De 0 à 23. L'heure est sur l'acte. Pour 14 h 30, écrivez 14, puis 30 minutes.",
        quand=_in_hours,
    )
    minute: int | None = ask("Et combien de minutes ?", aide="De 0 à 59.", defaut=None, quand=_in_hours)
    date_ordonnance: date | None = ask(
        "Date de l'ordonnance d'injonction de payer",
        aide="Elle est sur l'ordonnance. La règle qui s'applique dépend de cette date.",
        defaut=None,
        quand=_order_matters,
    )
    interruption: str = ask(
        "Un événement a-t-il fait repartir ce délai de zéro ?",
        aide="Le dernier, s'il y en a eu plusieurs. Gardez-en la preuve.",
        options=_interruptions,
        defaut=_NOT_INTERRUPTED,
        quand=_may_be_interrupted,
    )
    date_interruption: date | None = ask("Date de cet événement", quand=_was_interrupted)
    duree: int | None = ask("Combien ?", quand=_LIBRE, requis=False, defaut=None)
    unite: UniteChoisie | None = ask("De quoi ?", quand=_LIBRE, requis=False, defaut=None)
    mois: int | None = ask(
        "Ou bien des mois",
        aide="Pour un délai de mois et de jours : laissez alors vides les deux questions d'avant.",
        quand=_LIBRE,
        defaut=None,
    )
    jours: int | None = ask("Puis des jours", aide="Comptés après les mois.", quand=_LIBRE, defaut=None)
    sens: SensDuDelai = ask("Dans quel sens ?", defaut=SensDuDelai.APRES, quand=_LIBRE)
    domicile: Lieu | None = ask(
        "Où habite la personne qui doit agir ?",
        aide="Outre-mer ou à l'étranger, certains délais sont plus longs.",
        defaut=None,
        quand=_lengthened_by_distance,
        # The debtor is the one who acts against an order for payment.
        notion=means(
            Notion.TERRITOIRE,
            quand={**_INJONCTION, "role_injonction": (RoleInjonction.DEBITEUR.value,)},
            reponses={Lieu.METROPOLE.value: (Territoire.METROPOLE.value, Territoire.ALSACE_MOSELLE.value)},
        ),
    )
    siege: Lieu = ask(
        "Où se trouve la juridiction ?", options=_COURT_OPTIONS, defaut=Lieu.METROPOLE, quand=_lengthened_by_distance
    )
    en_main_propre: OuiNon = ask(
        "L'acte a-t-il été remis en main propre, là où ce délai n'est pas allongé ?",
        aide="Par exemple pendant un séjour en métropole, pour une juridiction de métropole. L'acte dit où et à qui il "
        "a été remis.",
        defaut=OuiNon.NON,
        quand=_lives_far,
    )
    distance: Distance = ask(
        "Une augmentation pour distance joue-t-elle ?",
        aide="Seulement pour comparaître, faire appel, opposition, tierce opposition, révision ou pourvoi.",
        options=_distances,
        defaut=Distance.CALCULEE,
        quand=(_SEUL, _INJONCTION),
    )
    date_saisie: date | None = ask(
        "Date de la saisie",
        aide="Le jour où la banque a reçu l'acte de saisie.",
        quand=_SAISIE,
        notion=Notion.DATE_SAISIE,
    )
    date_denonciation: date | None = ask(
        "Date de la dénonciation",
        aide="Le jour où le commissaire de justice a remis l'acte qui annonce la saisie à la personne saisie. Laissez "
        "vide si elle n'a pas encore eu lieu.",
        defaut=None,
        quand=_SAISIE,
        notion=Notion.DATE_DENONCIATION,
    )
    date_commandement: date | None = ask(
        "Date du commandement de payer",
        aide="Le jour où le commissaire de justice l'a signifié. L'employeur peut ne pas la connaître.",
        defaut=None,
        quand=_SALAIRE,
    )
    date_lettre_accord: date | None = ask(
        "Date où vous avez écrit au commissaire de justice pour chercher un accord, si c'est fait",
        defaut=None,
        quand={**_SALAIRE, "role_salaire": (RoleSalaire.DEBITEUR.value,), "date_commandement": _DONNEE},
    )
    date_accord: date | None = ask(
        "Date de l'accord signé, s'il y en a un",
        aide="Celle du procès-verbal d'accord que dresse le commissaire de justice.",
        defaut=None,
        quand={**_SALAIRE, "date_commandement": _DONNEE},
    )
    date_assignation: date | None = ask(
        "Date de l'assignation, si la saisie est contestée",
        defaut=None,
        quand=(_SAISIE, _SALAIRE),
    )
    date_avis_commissaire: date | None = ask(
        "Date où le commissaire de justice a été prévenu de la contestation",
        aide="Le jour où la lettre est partie.",
        defaut=None,
        quand=({**_SAISIE, "date_assignation": _DONNEE}, {**_SALAIRE, "date_assignation": _DONNEE}),
    )
    date_demande_sommes: date | None = ask(
        "Date où vous avez réclamé à la banque les sommes protégées",
        defaut=None,
        quand={**_SAISI, "date_denonciation": _DONNEE},
    )
    date_demande_aide: date | None = ask(
        "Date de votre demande d'aide juridictionnelle, s'il y en a une",
        aide="Par la poste : la date d'envoi.",
        defaut=None,
        quand={**_SAISI, "date_denonciation": _DONNEE},
    )
    suite_aide: SuiteAide = ask(
        "Qu'a répondu le bureau d'aide juridictionnelle ?",
        defaut=SuiteAide.ATTENTE,
        quand={**_SAISI, "date_demande_aide": _DONNEE},
    )
    date_suite_aide: date | None = ask(
        "Date où cette réponse vous a été notifiée",
        quand={**_SAISI, "suite_aide": tuple(s.value for s in SuiteAide if s is not SuiteAide.ATTENTE)},
    )
    date_designation: date | None = ask(
        "Date où l'avocat ou le commissaire de justice a été désigné",
        defaut=None,
        quand={**_SAISI, "suite_aide": (SuiteAide.PROVISOIRE.value, SuiteAide.ADMISSION.value)},
    )
    date_pv: date | None = ask(
        "Date du procès-verbal de saisie",
        aide="Le jour où il a été signifié à l'employeur.",
        defaut=None,
        quand=_SALAIRE,
    )
    date_denonciation_pv: date | None = ask(
        "Date où la personne saisie en a été avertie (dénonciation)",
        defaut=None,
        quand={**_SALAIRE, "date_pv": _DONNEE},
    )
    date_reponse_employeur: date | None = ask(
        "Date de la réponse de l'employeur au commissaire de justice",
        defaut=None,
        quand={**_SALAIRE, "date_pv": _DONNEE},
    )
    date_notification: date | None = ask(
        "Date où la saisie administrative vous a été notifiée", aide="La date de réception de l'avis.", quand=_SATD
    )
    date_reclamation: date | None = ask(
        "Date où l'administration a reçu votre contestation",
        aide="Elle doit en accuser réception.",
        defaut=None,
        quand=_SATD,
    )
    date_reponse: date | None = ask(
        "Date où sa réponse vous a été notifiée", defaut=None, quand={**_SATD, "date_reclamation": _DONNEE}
    )
    date_saisine_juge: date | None = ask(
        "Date où vous avez saisi le juge", defaut=None, quand={**_SATD, "date_reclamation": _DONNEE}
    )
    date_acte: date | None = ask(
        "Date où vous avez reçu l'acte ou l'avis",
        aide="Le papier qui annonce que le compte est bloqué. Le nom de la mesure est en haut.",
        quand=_BLOQUE,
    )
    date_signification: date | None = ask(
        "Date où l'ordonnance a été signifiée",
        aide="Remise par un commissaire de justice.",
        defaut=None,
        quand=_INJONCTION,
    )
    remise_en_main_propre: Remise = ask(
        "L'ordonnance a-t-elle été remise en main propre ?",
        aide="À la personne elle-même, et non à un proche, en mairie ou à l'étude.",
        defaut=Remise.INCONNU,
        quand=_INJONCTION,
    )
    date_premier_acte: date | None = ask(
        "Date du premier acte remis en main propre, ou de la dénonciation d'une saisie",
        aide="Si l'ordonnance n'a pas été remise en main propre.",
        defaut=None,
        quand=_INJONCTION,
    )
    date_opposition: date | None = ask("Date de l'opposition, si elle est faite", defaut=None, quand=_INJONCTION)
    date_avis: date | None = ask("Date où l'avis vous a été notifié", quand=_MEDECIN)
    date_saisine: date | None = ask(
        "Date où le conseil de prud'hommes a été saisi, si c'est fait", defaut=None, quand=_MEDECIN
    )
    date_jugement: date | None = ask(
        "Date de notification du jugement, s'il y en a un",
        defaut=None,
        quand=(_MEDECIN, {**_SAISIE, "date_assignation": _DONNEE}),
    )
    date_appel: date | None = ask(
        "Date de l'appel, s'il est fait",
        defaut=None,
        quand=({**_MEDECIN, "date_jugement": _DONNEE}, {**_SAISIE, "date_jugement": _DONNEE}),
    )
    dossier: DossierUrbanisme | None = ask(
        "Quel dossier ?", quand=_DEMANDEUR, notion=means(Notion.DOSSIER, reponses=_FILES)
    )
    abords: OuiNon = ask(
        "Le terrain est-il aux abords d'un monument historique ou dans un site patrimonial remarquable ?",
        aide="Le géoportail de l'urbanisme et la mairie le disent.",
        defaut=OuiNon.NON,
        quand=_DEMANDEUR,
        notion=means(Notion.SECTEUR_PROTEGE, reponses={"non": ("non", "site")}),
    )
    silence: Silence = ask(
        "Le silence de la mairie vaut-il refus pour votre projet ?",
        aide="Cas : immeuble inscrit aux monuments historiques, site classé, réserve ou parc national, enquête "
        "publique, démolition en site inscrit, avis de l'architecte des Bâtiments de France défavorable ou avec "
        "prescriptions.",
        defaut=Silence.INCONNU,
        quand={**_DEMANDEUR, "dossier": _AUTORISATIONS},
    )
    date_depot: date | None = ask(
        "Date du dépôt en mairie", aide="Elle figure sur le récépissé ou l'accusé.", quand=_DEMANDEUR
    )
    date_demande_pieces: date | None = ask(
        "Date où vous avez reçu la demande de pièces de la mairie", defaut=None, quand=_DEMANDEUR
    )
    date_pieces: date | None = ask("Date où la mairie a reçu toutes les pièces", defaut=None, quand=_DEMANDEUR)
    date_decision: date | None = ask("Date de la décision", defaut=None, quand=_URBANISME)
    decision: Decision = ask(
        "Qu'a décidé la mairie ?", defaut=Decision.ACCORD, quand={**_DEMANDEUR, "date_decision": _DONNEE}
    )
    prorogations: int | None = ask(
        "Combien de prolongations avez-vous déjà obtenues ?",
        aide=_extensions_there_are,
        defaut=None,
        quand={**_DEMANDEUR, "dossier": _AUTORISATIONS, "decision": (Decision.ACCORD.value,)},
    )
    date_affichage: date | None = ask("Premier jour d'affichage sur le terrain", defaut=None, quand=_URBANISME)
    date_recours: date | None = ask("Date d'un recours déposé contre la décision", defaut=None, quand=_URBANISME)
    recours_aupres: Aupres = ask(
        "Où ce recours a-t-il été déposé ?",
        defaut=Aupres.INCONNU,
        quand={**_URBANISME, "date_recours": _DONNEE},
    )
    date_notification_recours: date | None = ask(
        "Date où ce recours a été envoyé à la mairie et au bénéficiaire",
        defaut=None,
        quand={**_VOISIN, "date_recours": _DONNEE},
    )
    date_achevement: date | None = ask(
        "Date où la mairie a reçu la déclaration d'achèvement des travaux", defaut=None, quand=_URBANISME
    )
    agenda_complet: bool = ask(
        "Mettre aussi les dates des autres dans le fichier pour votre calendrier ?",
        defaut=False,
        quand=_begun,
    )
    repere: str = ask(
        "Nom ou numéro de votre dossier",
        aide=(
            "Il va dans le fichier pour votre calendrier, jamais dans un lien. Gardez le même pour refaire ce "
            "fichier : vos dates y seront remplacées au lieu de s'ajouter."
        ),
        defaut="",
        quand=lambda law: ({"evenement": _DONNEE}, *_begun(law)),
    )
    territoire: Territoire = ask(
        "Où le délai court-il ?",
        aide="Les jours fériés ne sont pas les mêmes partout.",
        defaut=Territoire.METROPOLE,
        # A seizure is contested before the judge of the place where the debtor lives (CPCE, art. R121-2).
        notion=means(Notion.TERRITOIRE, quand=(_SAISIE, _SALAIRE, _SATD)),
    )
    temple: Temple = ask(
        "La commune a-t-elle un temple protestant ou une église mixte ?",
        aide="Le Vendredi saint n'y est férié qu'à cette condition.",
        defaut=Temple.INCONNU,
        quand={"territoire": (Territoire.ALSACE_MOSELLE.value,)},
    )

    @property
    def heure_de_l_evenement(self) -> time | None:
        """The hour of the event, when it was asked and told; the minutes may be left out."""
        return None if self.heure is None else time(self.heure, self.minute or 0)

    @classmethod
    def more(cls, law: Law) -> Iterator[tuple[str, Any, Any]]:
        """Declare the questions that the situations bring with them."""
        for plan in situations(law).values():
            for asked in plan.questions.values():
                yield _field(plan, asked)

    @classmethod
    def complete(cls, data: Mapping[str, object]) -> Mapping[str, object]:
        """Understand the short forms: a named deadline, or a length, without the situation."""
        if data.get("situation"):
            return data
        if data.get("delai"):
            return {**data, "situation": Situation.UN_DELAI.value}
        if any(data.get(name) not in (None, "") for name in ("duree", "mois", "jours", "unite")):
            return {**data, "situation": Situation.AUTRE.value}
        return data

    def check(self) -> Iterator[FieldError]:
        """Yield the faults that several answers make together."""
        if self.situation == Situation.AUTRE:
            yield from self._check_length()
        yield from self._check_hour()
        yield from self._check_interruption()
        yield from self._check_order()
        yield from self._check_what_is_missing()
        most = _most_extensions(law_of(self))
        if self.prorogations is not None and self.prorogations > most:
            some = f"{', '.join(map(str, range(most)))} ou {most}"
            yield FieldError(
                "prorogations", f"Une autorisation ne se prolonge que {spelt(most)} fois : écrivez {some}."
            )

    def _check_what_is_missing(self) -> Iterator[FieldError]:
        """Yield the answers that another one cannot do without."""
        if self.date_pieces and not self.date_demande_pieces:
            yield FieldError("date_demande_pieces", "Indiquez d'abord la date où la mairie a demandé des pièces.")
        if self.situation == Situation.SAISIE_REMUNERATIONS and not (self.date_commandement or self.date_pv):
            yield FieldError(
                "date_commandement", "Indiquez la date du commandement, ou celle du procès-verbal de saisie."
            )
        if self.date_ordonnance is None and self._needs_the_order():
            yield FieldError(
                "date_ordonnance", "Indiquez la date de l'ordonnance : la règle qui s'applique dépend d'elle."
            )

    def _check_interruption(self) -> Iterator[FieldError]:
        if self.delai is None or self.interruption == _NOT_INTERRUPTED:
            return
        if self.interruption not in law_of(self).delais[self.delai].interruptions:
            yield FieldError("interruption", "Aucun texte lu ne dit que cet événement fait repartir ce délai.")

    def _check_hour(self) -> Iterator[FieldError]:
        if self.heure is not None and self.heure > _LAST_HOUR:
            yield FieldError("heure", f"Écrivez une heure de 0 à {_LAST_HOUR}. Minuit s'écrit 0, le lendemain.")
        if self.minute is not None and self.minute > _LAST_MINUTE:
            yield FieldError("minute", f"Écrivez des minutes de 0 à {_LAST_MINUTE}.")

    def _check_order(self) -> Iterator[FieldError]:
        """One error a date, naming the last event that it cannot come before: once put right, the others are too."""
        last: dict[str, tuple[date, str]] = {}
        for name, follows, words in (*_ORDER, *self._order_of_its_own()):
            day, before = getattr(self, name), getattr(self, follows)
            if day is not None and before is not None and day < before and (name not in last or before > last[name][0]):
                last[name] = before, words
        for name, (before, words) in last.items():
            yield FieldError(name, f"Cette date ne peut pas être avant {words} du {in_words(before)}.")

    def _order_of_its_own(self) -> Iterator[tuple[str, str, str]]:
        """Which date cannot come before which other, among the questions that the situation brings with it."""
        plan = situations(law_of(self)).get(self.situation)
        for name, asked in plan.questions.items() if plan else ():
            yield from ((name, follows, words) for follows, words in asked.apres.items())

    def _needs_the_order(self) -> bool:
        """An order served before the rule changed was made before: only the others need its date."""
        law = law_of(self)
        if self.situation != Situation.UN_DELAI or self.delai not in _by_the_order(law):
            return False
        changed = law.delais[self.delai].versions[-1].en_vigueur_du
        return self.evenement is not None and changed is not None and self.evenement >= changed

    def _check_length(self) -> Iterator[FieldError]:
        mixed = self.mois is not None or self.jours is not None
        if mixed and (self.duree is not None or self.unite is not None):
            yield FieldError("duree", "Donnez soit une durée et son unité, soit des mois puis des jours.")
        elif not mixed and self.duree is None:
            yield FieldError("duree", "Indiquez la durée du délai, en chiffres.")
        elif not mixed and self.unite is None:
            yield FieldError("unite", "Indiquez l'unité : jours, mois, années…")
        elif self.unite is UniteChoisie.HEURES:
            yield FieldError(
                "unite",
                "Un délai en heures se compte comme le dit son texte : s'il n'est pas dans la liste des délais, nous "
                "n'en connaissons pas la règle. Demandez l'heure de fin à qui vous a remis l'acte, et agissez tout "
                "de suite.",
            )
        elif not (self.duree or self.mois or self.jours):
            yield FieldError("duree", "Une durée nulle n'est pas un délai.")
        if self.sens is SensDuDelai.REBOURS and self.distance in {Distance.UN_MOIS, Distance.DEUX_MOIS}:
            yield FieldError("distance", "Un délai compté à rebours n'est pas augmenté pour distance.")
