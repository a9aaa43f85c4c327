"""The questions of the deadlines calculator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from calculators.calendar import in_words
from calculators.declaration import UNKNOWN, Choice, Option, ask
from calculators.errors import FieldError
from calculators.law import Portee, Unite, law
from calculators.territory import Territoire
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.law import Delai

__all__ = ["DelaisInputs", "Distance", "Dossier", "Role", "Sens", "Situation", "Temple", "UniteChoisie", "catalogue"]


class Situation(Choice):
    """What the person came with. The first three answer several deadlines at once."""

    SAISIE_ATTRIBUTION = "saisie-attribution", "Une saisie-attribution sur un compte"
    AVIS_MEDECIN = "avis-medecin", "Un avis du médecin du travail"
    URBANISME = "urbanisme", "Un dossier d'urbanisme déposé en mairie"
    UN_DELAI = "un-delai", "Un autre délai de la liste"
    AUTRE = "autre", "Une durée que je donne moi-même"


class Role(Choice):
    """Who asks: the safe date is not the same for who must act and for who waits."""

    DEBITEUR = "debiteur", "Je dois l'argent"
    CREANCIER = "creancier", "On me doit l'argent, ou je prépare les actes"


class Sens(Choice):
    """Forwards from an event, or backwards from a hearing."""

    APRES = "apres", "Après l'événement"
    REBOURS = "rebours", "Avant l'événement (par exemple avant une audience)"


class Temple(Choice):
    """Whether Good Friday is a holiday in the commune (code du travail, art. L3134-13)."""

    INCONNU = UNKNOWN, "Je ne sais pas"
    OUI = "oui", "Oui"
    NON = "non", "Non"


class Distance(Choice):
    """The extension of CPC, art. 643 and 644, for the acts those articles list and no other."""

    AUCUNE = "aucune", "Aucune"
    UN_MOIS = "un_mois", "La personne habite outre-mer et la juridiction non, ou l'inverse : un mois de plus"
    DEUX_MOIS = "deux_mois", "La personne habite à l'étranger : deux mois de plus"


class UniteChoisie(Choice):
    """Units a person may choose."""

    JOURS = Unite.JOURS.value, "jours"
    JOURS_FRANCS = Unite.JOURS_FRANCS.value, "jours francs"
    JOURS_OUVRABLES = Unite.JOURS_OUVRABLES.value, "jours ouvrables (du lundi au samedi)"
    JOURS_OUVRES = Unite.JOURS_OUVRES.value, "jours ouvrés (du lundi au vendredi)"
    SEMAINES = Unite.SEMAINES.value, "semaines"
    MOIS = Unite.MOIS.value, "mois"
    ANNEES = Unite.ANNEES.value, "années"


class Dossier(Choice):
    """Kinds of urbanisme files, by how long the town has to answer."""

    DECLARATION_PREALABLE = "declaration-prealable", "Déclaration préalable"
    PERMIS_MAISON = "permis-maison", "Permis de construire une maison individuelle, ou permis de démolir"
    AUTRE_PERMIS = "autre-permis", "Autre permis de construire, permis d'aménager"
    CU_INFORMATION = "cu-information", "Certificat d'urbanisme d'information"
    CU_OPERATIONNEL = "cu-operationnel", "Certificat d'urbanisme opérationnel"


_SAISIE = {"situation": (Situation.SAISIE_ATTRIBUTION.value,)}
_MEDECIN = {"situation": (Situation.AVIS_MEDECIN.value,)}
_URBANISME = {"situation": (Situation.URBANISME.value,)}
_SEUL = {"situation": (Situation.UN_DELAI.value, Situation.AUTRE.value)}
_LIBRE = {"situation": (Situation.AUTRE.value,)}


def _deadlines() -> Iterator[Delai]:
    """The deadlines of the law data, those of one subject together."""
    named = [delai for delai in law().delais.values() if delai.portee is not Portee.PERIODE]
    subjects = list(dict.fromkeys(delai.groupe for delai in named))
    yield from sorted(named, key=lambda delai: subjects.index(delai.groupe))


@cache
def named() -> tuple[Option, ...]:
    """The deadlines there are to choose from, by subject."""
    return tuple(Option(delai.cle, capitalised(delai.intitule), delai.groupe) for delai in _deadlines())


def catalogue() -> tuple[tuple[str, ...], ...]:
    """Return the deadlines for the command line: key, title, length, article."""
    return tuple(
        (delai.cle, delai.intitule, delai.in_words(), ", ".join(article.citation for article in delai.articles))
        for delai in _deadlines()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DelaisInputs:
    """Everything the deadlines calculator asks. ``aujourdhui`` is given by the caller, never read from a clock."""

    implied: ClassVar[frozenset[str]] = frozenset({"situation"})  # the short forms of complete do without

    aujourdhui: date = ask("Date du jour", cache=True)
    situation: Situation = ask("Que voulez-vous calculer ?")
    role: Role | None = ask("Vous êtes…", quand=_SAISIE)
    delai: str | None = ask("Quel délai ?", options=named, quand={"situation": (Situation.UN_DELAI.value,)})
    evenement: date | None = ask(
        "Date de l'événement",
        aide="Le jour qui fait courir le délai : remise de l'acte, notification, audience.",
        quand=_SEUL,
    )
    duree: int | None = ask("Combien ?", quand=_LIBRE, requis=False, defaut=None)
    unite: UniteChoisie | None = ask("De quoi ?", quand=_LIBRE, requis=False, defaut=None)
    mois: int | None = ask(
        "Ou bien des mois",
        aide="Pour un délai de mois et de jours : laissez alors vides les deux questions d'avant.",
        quand=_LIBRE,
        defaut=None,
    )
    jours: int | None = ask("Puis des jours", aide="Comptés après les mois.", quand=_LIBRE, defaut=None)
    sens: Sens = ask("Dans quel sens ?", defaut=Sens.APRES, quand=_LIBRE)
    distance: Distance = ask(
        "Une augmentation pour distance joue-t-elle ?",
        aide="Seulement pour comparaître, faire appel, opposition, tierce opposition, révision ou pourvoi.",
        defaut=Distance.AUCUNE,
        quand=_SEUL,
    )
    date_saisie: date | None = ask(
        "Date de la saisie", aide="Le jour où la banque a reçu l'acte de saisie.", quand=_SAISIE
    )
    date_denonciation: date | None = ask(
        "Date où l'acte a été remis au débiteur",
        aide="La dénonciation. Laissez vide si elle n'a pas encore eu lieu.",
        defaut=None,
        quand=_SAISIE,
    )
    date_assignation: date | None = ask("Date de l'assignation, si la saisie est contestée", defaut=None, quand=_SAISIE)
    date_avis: date | None = ask("Date où l'avis vous a été notifié", quand=_MEDECIN)
    date_jugement: date | None = ask("Date de notification du jugement, s'il y en a un", defaut=None, quand=_MEDECIN)
    dossier: Dossier | None = ask("Quel dossier ?", quand=_URBANISME)
    abords: bool = ask(
        "Le terrain est-il aux abords d'un monument historique ou dans un site patrimonial remarquable ?",
        defaut=False,
        quand=_URBANISME,
    )
    date_depot: date | None = ask(
        "Date du dépôt en mairie", aide="Elle figure sur le récépissé ou l'accusé.", quand=_URBANISME
    )
    date_demande_pieces: date | None = ask("Date où la mairie vous a demandé des pièces", defaut=None, quand=_URBANISME)
    date_pieces: date | None = ask("Date où vous avez tout fourni", defaut=None, quand=_URBANISME)
    date_decision: date | None = ask("Date de la décision", defaut=None, quand=_URBANISME)
    date_affichage: date | None = ask("Premier jour d'affichage sur le terrain", defaut=None, quand=_URBANISME)
    date_recours: date | None = ask("Date d'un recours déposé contre la décision", defaut=None, quand=_URBANISME)
    territoire: Territoire = ask(
        "Où le délai court-il ?", aide="Les jours fériés ne sont pas les mêmes partout.", defaut=Territoire.METROPOLE
    )
    temple: Temple = ask(
        "La commune a-t-elle un temple protestant ou une église mixte ?",
        aide="Le Vendredi saint n'y est férié qu'à cette condition.",
        defaut=Temple.INCONNU,
        quand={"territoire": (Territoire.ALSACE_MOSELLE.value,)},
    )

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
        if self.situation is Situation.AUTRE:
            yield from self._check_length()
        for name, before, words in (
            ("date_denonciation", self.date_saisie, "la saisie"),
            ("date_assignation", self.date_denonciation, "la dénonciation"),
            ("date_assignation", self.date_saisie, "la saisie"),
            ("date_jugement", self.date_avis, "l'avis"),
            ("date_demande_pieces", self.date_depot, "le dépôt"),
            ("date_pieces", self.date_demande_pieces, "la demande de pièces"),
            ("date_affichage", self.date_decision, "la décision"),
            ("date_recours", self.date_decision, "la décision"),
        ):
            day = getattr(self, name)
            if day is not None and before is not None and day < before:
                yield FieldError(name, f"Cette date ne peut pas être avant {words} du {in_words(before)}.")
        if self.date_pieces and not self.date_demande_pieces:
            yield FieldError("date_demande_pieces", "Indiquez d'abord la date où la mairie a demandé des pièces.")

    def _check_length(self) -> Iterator[FieldError]:
        if self.sens is Sens.REBOURS and self.distance is not Distance.AUCUNE:
            yield FieldError("distance", "Cette augmentation ne vaut que pour un délai compté après l'événement.")
        mixed = self.mois is not None or self.jours is not None
        if mixed and (self.duree is not None or self.unite is not None):
            yield FieldError("duree", "Donnez soit une durée et son unité, soit des mois puis des jours.")
        elif not mixed and self.duree is None:
            yield FieldError("duree", "Indiquez la durée du délai, en chiffres.")
        elif not mixed and self.unite is None:
            yield FieldError("unite", "Indiquez l'unité : jours, mois, années…")
        elif not (self.duree or self.mois or self.jours):
            yield FieldError("duree", "Une durée nulle n'est pas un délai.")
        if self.sens is Sens.REBOURS and self.distance is not Distance.AUCUNE:
            yield FieldError("distance", "Un délai compté à rebours n'est pas augmenté pour distance.")
