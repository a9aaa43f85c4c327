"""The reasoning on the SBI, step by step, each with its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.declaration import OuiNon
from calculators.law.words import of_length
from calculators.money import ZERO
from calculators.result import Etape
from calculators.sbi.inputs import Debiteur, Designation, MesureExecution
from calculators.sbi.rules import credit, figures, seizure_basis
from calculators.sbi.words.blocked import step_blocked, step_blocked_at_most
from calculators.sbi.words.claim import step_claim_until
from calculators.sbi.words.couple import couple_steps
from calculators.sbi.words.notice import notice_steps
from calculators.sbi.words.reader import owes
from calculators.sbi.words.sums import steps_of_the_sums

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.sbi.rules import Basis, Facts, Figures

__all__ = ["steps"]


def steps(facts: Facts, prudent: Basis, found: Figures, say: Language) -> Iterator[Etape]:
    """Every step."""
    yield _amount(facts, say)
    yield _balances(facts, prudent, say)
    if facts.inputs.mesure is MesureExecution.SATD:
        yield step_blocked(facts, prudent, found, say)
    elif facts.inputs.mesure is MesureExecution.INCONNUE:
        yield step_blocked_at_most(facts, say)
    if facts.is_person:
        yield from _due_here(facts, prudent, say)
        yield _left(facts, prudent, found, say)
        yield from steps_of_the_sums(facts, say)
        yield from couple_steps(facts, say)
        if prudent.justifie > ZERO:
            yield _no_accumulation(facts, prudent, found, say)
        if facts.inputs.mesure is MesureExecution.SAISIE_ATTRIBUTION and (
            found.sur_demande > ZERO or facts.claim_until
        ):
            yield step_claim_until(facts, say)
        yield from notice_steps(facts, say)
    yield _seized(facts, prudent, found, say)
    if facts.if_direct_payment is not None:
        yield _if_direct_payment(facts.if_direct_payment, say)
    if len(facts.inputs.comptes) > 1:
        yield Etape(
            say("Compte par compte"),
            say(
                "Le SBI est pris d'abord sur l'argent disponible à vue, puis sur l'épargne. L'argent saisi aussi, "
                "sauf si vous choisissez un autre ordre. Entre deux comptes courants, la loi ne fixe pas d'ordre : la "
                "banque décide."
            )
            if owes(facts)
            else say(
                "Le SBI est pris d'abord sur l'argent disponible à vue, puis sur l'épargne. L'argent saisi aussi, "
                "sauf si le débiteur choisit un autre ordre. Entre deux comptes courants, la loi ne fixe pas "
                "d'ordre : la banque décide."
            ),
            articles=facts.law.articles("CPCE R162-2", "CPCE R211-23"),
        )


def _if_direct_payment(direct: Facts, say: Language) -> Etape:
    """What the accounts would keep if the measure, which is not known, were that one."""
    basis = seizure_basis(direct)
    found = figures(basis)
    return Etape(
        say("Si la mesure est un paiement direct de pension alimentaire"),
        say(
            "Le texte garantit alors une somme égale au RSA d'une personne seule, quand le compte reçoit une "
            "rémunération. Les sommes protégées ne sont pas comptées."
        ),
        say(
            "protégé en tout {protege}, sur {soldes} de soldes : {saisi} peuvent être pris",
            protege=found.protege,
            soldes=basis.soldes,
            saisi=found.saisi,
        ),
        direct.law.articles("CPCE R213-10"),
    )


def _amount(facts: Facts, say: Language) -> Etape:
    inputs = facts.inputs
    if not facts.is_person:
        return Etape(
            say("Qui est protégé"),
            say("Le SBI ne protège qu'une personne physique. Une société ou une association n'y a pas droit."),
            articles=facts.law.articles("CPCE L162-2"),
        )
    value = facts.value
    if facts.is_direct_payment and inputs.alimente_par_remuneration is not OuiNon.OUI:
        return Etape(
            say("Ce que le texte prévoit pour une pension alimentaire"),
            say(
                "Pour un paiement direct, le texte garantit une somme quand le compte reçoit une rémunération. Vous "
                "avez répondu que ce n'est pas le cas : nous ne retenons aucun minimum, par prudence."
            )
            if inputs.alimente_par_remuneration is OuiNon.NON
            else say(
                "Pour un paiement direct, le texte garantit une somme quand le compte reçoit une rémunération. Vous "
                "ne le savez pas : le calcul suppose que non, par prudence."
            ),
            articles=facts.law.articles("CPCE R213-10"),
        )
    if facts.is_direct_payment:
        why = say(
            "Pour un paiement direct de pension, la banque laisse en toute hypothèse une somme égale au RSA d'une "
            "personne seule, sur un seul compte."
        )
        articles = facts.law.articles("CPCE R213-10", "CTRAV R3252-5")
    else:
        why = say(
            "Le SBI est égal au montant forfaitaire du RSA pour une personne seule. Il ne dépend ni de la famille ni "
            "de la dette. On prend celui du jour de la saisie."
        )
        articles = facts.law.articles("CPCE L162-2", "CASF L262-2")
    if inputs.mesure is MesureExecution.SATD:
        why += " " + say("Le livre des procédures fiscales l'applique aussi à la saisie administrative.")
        articles += facts.law.articles("LPF L262")
    if inputs.mesure is MesureExecution.SAISIE_CONSERVATOIRE:
        why += " " + say("Il joue aussi pour une saisie conservatoire, dont l'acte doit dire la somme laissée.")
        articles += facts.law.articles("CPCE R523-3")
    since = say(
        "{montant}, en vigueur depuis le {depuis} ({texte})",
        montant=value.montant,
        depuis=value.en_vigueur_du,
        texte=say(value.texte),
    )
    return Etape(say("Le montant le {jour}", jour=inputs.date_saisie), why, since, articles)


def _balances(facts: Facts, prudent: Basis, say: Language) -> Etape:
    comptes = facts.inputs.comptes
    why = say("On additionne les soldes créditeurs de tous les comptes de la banque, au jour de la saisie.")
    if any(c.solde < 0 for c in comptes):
        why += " " + say("Un compte à découvert compte pour zéro : il ne diminue pas les autres.")
    total = say.written(prudent.soldes)
    if len(comptes) > 1:
        total = f"{' + '.join(say.written(credit(c)) for c in comptes)} = {total}"
    articles = facts.law.articles("CPCE L162-1", "CPCE R162-2")
    return Etape(say("Les soldes le jour de la saisie"), why, total, articles)


def _due_here(facts: Facts, prudent: Basis, say: Language) -> Iterator[Etape]:
    inputs = facts.inputs
    if inputs.autre_banque is not OuiNon.NON:
        if inputs.mesure is MesureExecution.SATD:
            shared = say(
                "Un seul SBI est dû, toutes banques confondues : c'est le comptable public qui désigne la ou les "
                "banques qui le laissent."
            )
        else:
            shared = say(
                "Un seul SBI est dû, toutes banques confondues : c'est le commissaire de justice qui désigne la ou les "
                "banques qui le laissent."
            )
        if inputs.autre_banque is OuiNon.INCONNU:
            shared += " " + say(
                "Vous ne savez pas si une autre est saisie : par prudence, le calcul suppose que oui, et qu'elle le "
                "laisse."
            )
        elif inputs.designation is Designation.INCONNUE:
            shared += " " + say("Vous ne savez pas laquelle : par prudence, le calcul suppose que c'est l'autre.")
        yield Etape(
            say("Plusieurs banques saisies"),
            shared,
            say("Part de cette banque : {part}", part=facts.due_here()[0]),
            facts.law.articles("CPCE R162-2"),
        )
    previous, over = inputs.date_saisie_precedente, facts.month_ends_on
    if previous is not None and over is not None:
        if facts.already_left:
            text = say(
                "Un SBI a été laissé pour la saisie du {precedente}. Un nouveau n'est dû que pour une saisie "
                "postérieure au {fin}. Jusque-là, ce qui reste du premier demeure disponible.",
                precedente=previous,
                fin=over,
            )
        else:
            text = say(
                "Le délai {duree} depuis la saisie du {precedente} est passé : un nouveau SBI est dû.",
                duree=of_length(facts.law.delais["sbi.renouvellement"], say),
                precedente=previous,
            )
        yield Etape(
            say("Un SBI déjà laissé"),
            text,
            say("SBI à laisser : {montant}", montant=prudent.plancher),
            facts.law.articles("CPCE R162-3"),
        )
    elif facts.may_be_left:
        yield Etape(
            say("Un SBI peut-être déjà laissé"),
            say(
                "Un nouveau SBI n'est dû que si le délai {duree} depuis une autre saisie est passé. Vous ne le savez "
                "pas : par prudence, le calcul suppose que non.",
                duree=of_length(facts.law.delais["sbi.renouvellement"], say),
            ),
            say("SBI à laisser : {montant}", montant=prudent.plancher),
            facts.law.articles("CPCE R162-3"),
        )


def _left(facts: Facts, prudent: Basis, found: Figures, say: Language) -> Etape:
    computation = say(
        "le plus petit de {soldes} (soldes) et {plancher} (SBI) = {laisse}",
        soldes=prudent.soldes_du_sbi,
        plancher=prudent.plancher,
        laisse=min(prudent.soldes_du_sbi, prudent.plancher),
    )
    if not facts.is_automatic:
        since = facts.automatic_since
        why = say(
            "Le SBI n'est laissé d'office que depuis le {depuis} ({texte}). Avant, il fallait le demander.",
            depuis=since.jour,
            texte=say(since.texte),
        )
        nothing = say("Laissé d'office : {laisse}", laisse=found.laisse)
        title = say("À cette date, il fallait le demander")
        return Etape(title, why, f"{computation}. {nothing}", facts.law.articles("CPCE L162-2"))
    why = say("Aucune demande n'est nécessaire. Le SBI est laissé, dans la limite de ce qu'il y a sur les comptes.")
    if facts.inputs.debiteur is Debiteur.EIRL:
        why += " " + say(
            "Pour une EIRL, il ne joue que sur les comptes du patrimoine qui n'est pas affecté à l'activité."
        )
    keys = ("CPCE R213-10",) if facts.is_direct_payment else ("CPCE L162-2", "CPCE R162-2")
    return Etape(say("Ce qui est laissé d'office"), why, computation, facts.law.articles(*keys))


def _no_accumulation(facts: Facts, prudent: Basis, found: Figures, say: Language) -> Etape:
    wanted = max(prudent.plancher if facts.is_automatic else found.protege, prudent.justifie)
    sentences = (
        say(
            "On garde le plus grand des deux, dans la limite des soldes. Ce qui est déjà laissé se déduit de ce qui "
            "est réclamé."
        ),
        say("Le SBI laissé par l'autre banque se déduit aussi.") if prudent.ailleurs > ZERO else "",
        _what_claiming_brings(found, say),
    )
    if wanted > prudent.soldes:
        computation = say(
            "SBI {plancher}, sommes protégées {justifie} : protégé en tout {protege}, sur {soldes} de soldes",
            plancher=prudent.plancher,
            justifie=prudent.justifie,
            protege=found.protege,
            soldes=prudent.soldes,
        )
    else:
        computation = say(
            "SBI {plancher}, sommes protégées {justifie} : protégé en tout {protege}",
            plancher=prudent.plancher,
            justifie=prudent.justifie,
            protege=found.protege,
        )
    return Etape(
        say("Le SBI et les sommes protégées ne s'ajoutent pas"),
        " ".join(filter(None, sentences)),
        computation,
        facts.law.articles("CPCE R162-7"),
    )


def _what_claiming_brings(found: Figures, say: Language) -> str:
    gain = found.saisi_sans_demande - found.saisi
    if gain > ZERO:
        return say("Réclamer fait garder {gain} de plus que sans demande.", gain=gain)
    if found.sur_demande > ZERO:
        return say(
            "La dette est assez petite pour que réclamer ne change pas ce qui est pris. Cela permet seulement de "
            "disposer plus tôt de {montant}.",
            montant=found.sur_demande,
        )
    return say("Ici, réclamer ces sommes ne ferait rien garder de plus.")


def _seized(facts: Facts, prudent: Basis, found: Figures, say: Language) -> Etape:
    room = f"{say.written(prudent.soldes)} − {say.written(found.protege)}"
    if prudent.creance is None:
        why = say(
            "Vous n'avez pas indiqué la somme réclamée : le calcul suppose qu'elle prend tout ce qui n'est pas protégé."
        )
        computation = f"{room} = {say.written(found.saisi)}"
    else:
        why = say("Ce qui n'est pas protégé peut être saisi, sans dépasser la somme réclamée.")
        computation = say(
            "le plus petit de {creance} (réclamé) et {calcul} = {disponible} (disponible), soit {saisi}",
            creance=prudent.creance,
            calcul=room,
            disponible=prudent.soldes - found.protege,
            saisi=found.saisi,
        )
    match facts.inputs.mesure:
        case MesureExecution.PAIEMENT_DIRECT:
            key = "CPCE R213-10"
        case MesureExecution.SAISIE_CONSERVATOIRE:
            key = "CPCE L523-1"
        case MesureExecution.SATD:
            key = "LPF L262"
        case _:
            key = "CPCE L211-2"
    return Etape(say("Ce qui peut être saisi"), why, computation, facts.law.articles(key))
