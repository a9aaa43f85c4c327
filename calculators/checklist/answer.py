"""The answer of the checklists: the documents, what they depend on, what they cost, and why."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.checklist.card import CarteEtat, years
from calculators.checklist.inputs import Age, But, Demarche, Domicile, Dossier, Motif, Projet, Role, Sens
from calculators.checklist.rules import NOTHING, called_for, possible_answers, shortcuts, validity_of
from calculators.declaration import UNKNOWN, Kind, asked_of, fields_of
from calculators.law import law
from calculators.law.pieces import Exigence
from calculators.money import ZERO, euros
from calculators.result import Action, Avertissement, Etape, Niveau, PieceDemandee, Result, Valeur, amount_used

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from calculators.checklist.inputs import PiecesInputs
    from calculators.checklist.rules import Appel
    from calculators.law.pieces import Piece

__all__ = ["answer", "requested"]

_LEVELS = {
    Exigence.REQUIS: ("requise", "requises"),
    Exigence.SELON_LE_CAS: ("selon le cas", "selon le cas"),
    Exigence.A_CONFIRMER: ("à confirmer", "à confirmer"),
}
_DEPENDS = "une de vos réponses « je ne sais pas » est oui"
_AMOUNT = re.compile(r"\{([a-z0-9-]+)\}")
#: The series of the price of a passport, by age.
_PASSPORT = {Age.MAJEUR: "majeur", Age.ADOLESCENT: "15-17", Age.ENFANT: "0-14"}
_PRICED = {Motif.PREMIERE, Motif.RENOUVELLEMENT, Motif.PERTE, Motif.VOL}


def requested(piece: Piece, day: date, *, certain: bool = True) -> PieceDemandee:
    """A document of the data as an answer shows it, with the amounts of that day."""
    niveau = piece.niveau
    if not certain and niveau is Exigence.REQUIS:
        niveau = Exigence.SELON_LE_CAS

    def quoted(text: str) -> str:
        return _AMOUNT.sub(lambda found: euros(law().series[found.group(1)].au(day).montant), text)

    references = [(article.citation, article.lien) for article in piece.articles]
    references += [(f"{source.titre}, {source.editeur}", source.lien) for source in piece.sources]
    return PieceDemandee(
        id=piece.id,
        code=piece.code,
        document=quoted(piece.document),
        niveau=niveau.value,
        condition=piece.condition or ("" if certain else _DEPENDS) if niveau is not Exigence.REQUIS else "",
        pourquoi=quoted(piece.pourquoi),
        forme=piece.forme,
        anciennete=piece.anciennete,
        ou_l_obtenir=piece.ou_l_obtenir,
        aupres_de=piece.aupres_de if niveau is Exigence.A_CONFIRMER else "",
        references=tuple(references),
        certitude=piece.certitude.value,
        adresse=f"pieces/{piece.demarche}/#{piece.id}",
        remplace=piece.remplace,
        a_confirmer=piece.a_confirmer if niveau is Exigence.A_CONFIRMER else "",
    )


def answer(inputs: PiecesInputs) -> Result:
    """Answer for these inputs."""
    calls = tuple(called_for(inputs))
    pieces = tuple(requested(call.piece, inputs.aujourdhui, certain=call.certain) for call in calls)
    series = dict.fromkeys(name for call in calls for name in call.piece.series)
    return Result(
        calculateur="pieces",
        resume=_summary(inputs, pieces),
        valeurs=tuple(_values(inputs)),
        etapes=tuple(_steps(inputs, calls)),
        avertissements=tuple(_warnings(inputs, pieces)),
        a_faire=tuple(_actions(inputs)),
        sources=tuple(amount_used(law().series[name], law().series[name].au(inputs.aujourdhui)) for name in series),
        pieces=pieces,
    )


def _summary(inputs: PiecesInputs, pieces: tuple[PieceDemandee, ...]) -> str:
    if not pieces:
        return (
            "Aucune formalité d'urbanisme, donc aucune pièce à réunir. "
            "Les règles du plan local s'appliquent quand même."
        )
    counts = Counter(Exigence(piece.niveau) for piece in pieces)
    parts = [
        f"{count} {plural if count > 1 else singular}"
        for level, (singular, plural) in _LEVELS.items()
        if (count := counts[level])
    ]
    total = "1 pièce à réunir ou à vérifier" if len(pieces) == 1 else f"{len(pieces)} pièces à réunir ou à vérifier"
    open_questions = shortcuts(inputs)
    advice = f" Une réponse peut raccourcir cette liste : « {open_questions[0].question} »" if open_questions else ""
    subject = inputs.demarche.label
    if inputs.dossier is Dossier.INCONNU:
        subject = _needed(inputs)
        subject = f"{subject[0].upper()}{subject[1:]}"
    return f"{subject}. {total} : {', '.join(parts)}.{advice}"


# ---------------------------------------------------------------- values


def _values(inputs: PiecesInputs) -> Iterator[Valeur]:
    if inputs.dossier is Dossier.INCONNU:
        yield Valeur("dossier", "Ce qu'il faut", _needed(inputs), essentielle=True)
    if (validity := validity_of(inputs)) is not None and validity.fin is not None:
        yield Valeur("fin_validite", "Dernier jour de validité de la carte", validity.fin, essentielle=True)
    if (price := _price(inputs)) is not None:
        yield Valeur("prix", "Prix du titre", price, essentielle=True)


#: What a project needs, in the words of a sentence.
_NEEDS = {
    NOTHING: "aucune formalité",
    "dp": "déclaration préalable",
    "pc_maison": "permis de construire",
    "pc_autre": "permis de construire",
    "demolir": "permis de démolir",
}


def _needed(inputs: PiecesInputs) -> str:
    """What the project needs; several when an answer is not known, the lightest first."""
    found = possible_answers(inputs)["dossier"]
    return " ou ".join(words for name, words in _NEEDS.items() if name in found)


def _price(inputs: PiecesInputs) -> Decimal | None:
    """The price of an identity document, outside Guyana; ``None`` when it is not one, or is not settled."""
    series = ""
    if inputs.demarche is Demarche.CARTE_IDENTITE and inputs.motif in {Motif.PREMIERE, Motif.RENOUVELLEMENT}:
        return ZERO
    if inputs.demarche is Demarche.CARTE_IDENTITE and inputs.motif in {Motif.PERTE, Motif.VOL}:
        series = "timbre-carte-identite"
    if inputs.demarche is Demarche.PASSEPORT and inputs.motif in _PRICED:
        series = f"timbre-passeport-{_PASSPORT[inputs.age]}"
    return law().series[series].au(inputs.aujourdhui).montant if series else None


# ---------------------------------------------------------------- reasoning


def _steps(inputs: PiecesInputs, calls: tuple[Appel, ...]) -> Iterator[Etape]:
    articles = tuple(dict.fromkeys(article for call in calls for article in call.piece.articles))
    yield Etape(
        "La liste de votre cas",
        f"Vos réponses appellent {len(calls)} des pièces de cette démarche. Chacune dit d'où elle vient."
        if calls
        else "Vos réponses n'appellent aucune des pièces de cette démarche.",
        articles=articles,
    )
    if inputs.dossier is Dossier.INCONNU and inputs.projet is not None:
        yield _project_step(inputs, inputs.projet)
    if inputs.date_delivrance is not None:
        yield _card_step(inputs, inputs.date_delivrance)
    if inputs.demarche is Demarche.CARTE_IDENTITE and inputs.motif not in {None, Motif.NOM}:
        yield _birth_certificate_step(calls)
    if inputs.demarche in {Demarche.CARTE_IDENTITE, Demarche.PASSEPORT} and (price := _price(inputs)) is not None:
        card = inputs.demarche is Demarche.CARTE_IDENTITE
        yield Etape(
            "Le prix",
            "La carte est gratuite, si l'ancienne est présentée quand il y en a une."
            if price == ZERO
            else "Le timbre fiscal se paie avant le rendez-vous. Il est moins cher en Guyane.",
            calcul=euros(price),
            articles=(law().article("CGI 1628 bis" if card else "CGI 953"),),
        )


#: Where the code says what each project calls for.
_TEXTS = {
    Projet.CONSTRUCTION_MAISON: ("CURB R421-1", "CURB R421-2", "CURB R421-9", "CURB R421-11"),
    Projet.CONSTRUCTION_AUTRE: ("CURB R421-1", "CURB R421-2", "CURB R421-9", "CURB R421-11"),
    Projet.EXTENSION: ("CURB R421-14", "CURB R421-17", "CURB R431-2"),
    Projet.TERRASSE: ("CURB R421-2", "CURB R421-11"),
    Projet.PISCINE: ("CURB R421-1", "CURB R421-2", "CURB R421-9", "CURB R421-11"),
    Projet.CLOTURE: ("CURB R421-2", "CURB R421-12"),
    Projet.ASPECT: ("CURB R421-17",),
    Projet.RAVALEMENT: ("CURB R421-2", "CURB R421-17-1"),
    Projet.PANNEAUX_SOL: ("CURB R421-1", "CURB R421-2", "CURB R421-9", "CURB R421-11"),
    Projet.DEMOLITION: ("CURB R421-27", "CURB R421-28"),
}


def _project_step(inputs: PiecesInputs, projet: Projet) -> Etape:
    several = len(possible_answers(inputs)["dossier"]) > 1
    doubt = " Une réponse inconnue laisse plusieurs possibilités." if several else ""
    return Etape(
        "Le dossier à déposer",
        f"Projet : {projet.label[0].lower()}{projet.label[1:]}.{doubt} La mairie confirme.",
        calcul=_needed(inputs),
        articles=tuple(law().article(cle) for cle in _TEXTS[projet]),
    )


_STATES = {
    CarteEtat.VALIDE.value: "encore valide",
    CarteEtat.RECENTE.value: "expirée depuis moins de 5 ans",
    CarteEtat.ANCIENNE.value: "expirée depuis plus de 5 ans",
}


def _card_step(inputs: PiecesInputs, issued: date) -> Etape:
    validity = validity_of(inputs)
    short, long = years("duree-carte-identite"), years("duree-longue-carte-identite")
    first, new = (law().reperes[f"carte-{name}"].jour for name in ("prolongee-debut", "format-partout"))
    states = [words for state, words in _STATES.items() if validity is not None and state in validity.etats]
    return Etape(
        "La durée de la carte",
        f"{short} ans, ou {long} ans pour une carte donnée à un adulte du {in_words(first)} à l'arrivée du nouveau "
        f"format, en {new.year}. La date imprimée ne change pas, et certains pays refusent la carte après. Source : "
        "fiche F35005 de service-public.",
        calcul=f"Délivrée le {in_words(issued)} : {' ou '.join(states)} le {in_words(inputs.aujourdhui)}",
    )


def _birth_certificate_step(calls: tuple[Appel, ...]) -> Etape:
    needed = [call for call in calls if call.piece.id == "carte-acte-naissance"]
    if not needed:
        words = "Vos réponses montrent qu'il n'est pas demandé."
    elif needed[0].certain:
        words = "Il est demandé : pas de passeport utilisable, ni d'acte envoyé en ligne par la commune de naissance."
    else:
        words = "Cela dépend d'un passeport utilisable et de votre commune de naissance : une réponse manque."
    return Etape("L'acte de naissance", f"{words} Source : fiches F21089 et F1344 de service-public.")


# ---------------------------------------------------------------- warnings


def _warnings(inputs: PiecesInputs, pieces: tuple[PieceDemandee, ...]) -> Iterator[Avertissement]:
    possible = possible_answers(inputs)  # a date, or a project, may settle what is answered « je ne sais pas »
    asked = asked_of(inputs)
    if any(
        field.kind is Kind.CHOIX
        and field.nom in asked
        and getattr(inputs, field.nom) == UNKNOWN
        and len(possible[field.nom]) > 1
        for field in fields_of(type(inputs))
    ):
        yield Avertissement(
            "je-ne-sais-pas",
            "Vous avez répondu « je ne sais pas » : la liste montre chaque possibilité, « selon le cas »."
            + _shorter(inputs, len(pieces)),
            Niveau.INFO,
        )
    if any(piece.niveau == Exigence.A_CONFIRMER.value for piece in pieces):
        yield Avertissement(
            "a-confirmer",
            "Les pièces « à confirmer » ne sont pas établies : posez la question avant de vous déplacer ou de payer.",
            Niveau.INFO,
        )
    if inputs.dossier is Dossier.INCONNU:
        yield Avertissement(
            "plan-local",
            "Le plan local d'urbanisme peut interdire ou limiter ce projet, avec ou sans formalité : demandez à la "
            "mairie avant de commencer.",
        )
    if inputs.demarche is Demarche.ESPACE_CLIENT and inputs.acte_recu != "non":
        yield Avertissement(
            "urgence",
            "Un acte de commissaire de justice ou une convocation fait souvent courir un délai court : téléphonez au "
            "cabinet le jour même.",
        )
    if inputs.sens is Sens.RESTITUER:
        yield Avertissement(
            "autorisation",
            "Le code du travail demande aussi l'autorisation du président : posez la question au greffe.",
        )


def _shorter(inputs: PiecesInputs, length: int) -> str:
    """Which answers are worth looking for, and what the first would leave of the list."""
    if not (found := shortcuts(inputs)):
        return ""
    first = found[0]
    left = (
        f"laisse {first.au_plus}" if first.au_moins == first.au_plus else f"laisse {first.au_moins} à {first.au_plus}"
    )
    if first.au_plus == length:
        left = f"peut ne laisser que {first.au_moins}"
    others = ", ".join(f"« {other.question} »" for other in found[1:])
    return f" Cherchez d'abord : « {first.question} » La réponse {left} pièces au lieu de {length}." + (
        f" Ensuite : {others}." if others else ""
    )


def _actions(inputs: PiecesInputs) -> Iterator[Action]:
    match inputs.demarche:
        case Demarche.CONSIGNATION_CPH if inputs.sens is Sens.CONSIGNER:
            yield Action("Faites la demande en ligne, puis le virement avec le numéro de la demande dans le libellé.")
        case Demarche.CONSIGNATION_CPH if inputs.sens is Sens.RESTITUER:
            yield Action("Demandez au greffe la décision avec la formule exécutoire, puis faites la demande en ligne.")
        case Demarche.URBANISME:
            yield from _urbanisme_actions(inputs)
        case Demarche.CARTE_IDENTITE | Demarche.PASSEPORT:
            yield Action("Faites la pré-demande sur le site de France Titres, puis prenez rendez-vous en mairie.")
            if inputs.domicile is not Domicile.PROPRE:
                yield Action("Appelez la mairie : demandez quel justificatif d'adresse elle accepte dans votre cas.")
        case Demarche.SAISIE_COMPTE if inputs.role is Role.DEBITEUR:
            yield from _debtor_actions(inputs)
        case Demarche.SAISIE_COMPTE:
            yield Action("Suivez le chemin jusqu'au paiement.", page="saisie-compte/creancier")
        case _:
            pass


def _urbanisme_actions(inputs: PiecesInputs) -> Iterator[Action]:
    found = possible_answers(inputs)["dossier"]
    if found == {NOTHING}:
        yield Action("Gardez cette réponse, et lisez les règles de votre zone dans le plan local d'urbanisme.")
        return
    if inputs.dossier is Dossier.INCONNU and len(found) == 1:
        (name,) = (dossier.label for dossier in Dossier if dossier in found)
        yield Action(f"Choisissez maintenant « {name} » comme dossier : d'autres questions raccourcissent la liste.")
    yield Action("Vérifiez le guichet de votre commune avant de déposer : toutes n'utilisent pas GeoDemat.")


def _debtor_actions(inputs: PiecesInputs) -> Iterator[Action]:
    if inputs.but in {But.CONTESTER, But.INCONNU}:
        yield Action(
            "Vos ressources sont faibles ? Demandez l'aide juridictionnelle avant la fin du mois pour contester : "
            "cette demande sauve le délai. Gardez la preuve de sa date."
        )
    yield Action("Notez vos dates limites et ce que vous pouvez réclamer.", page="saisie-compte/debiteur")
