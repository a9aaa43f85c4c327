"""The words of the SBI's answer: steps, warnings, readings, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import in_words
from calculators.law import Certitude, Nature, law
from calculators.money import ZERO, euros, euros_in_prose
from calculators.result import (
    Action,
    Avertissement,
    Comparaison,
    Etape,
    Lecture,
    LigneComparee,
    Niveau,
    Part,
    Result,
    Tableau,
    Valeur,
    amount_used,
)
from calculators.sbi.couple import couple_actions, couple_steps, couple_warnings
from calculators.sbi.inputs import Debiteur, Designation, Mesure, TypeCompte
from calculators.sbi.notice import contest_actions, notice_steps, notice_warnings
from calculators.sbi.rules import (
    Facts,
    allocate,
    credit,
    figures,
    open_points,
    sight_first,
    situation_of,
)
from calculators.shared_warnings import before_the_code, far_date_warnings
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.law import Article, Value
    from calculators.result import SourceUtilisee
    from calculators.sbi.inputs import SbiInputs
    from calculators.sbi.rules import (
        Figures,
        OpenPoint,
        Situation,
        SommeNette,
    )
    from calculators.scale import Quotite

__all__ = ["VALUES", "answer", "compare"]


def answer(inputs: SbiInputs) -> Result:
    """Write the whole answer for these inputs.

    Raises:
        CoverageError: no verified amount for the day of the seizure.
    """
    facts = Facts(inputs)
    prudent = situation_of(facts)
    found = figures(prudent)
    points = open_points(facts)
    return Result(
        calculateur="sbi",
        resume=_headline(facts, found, points),
        valeurs=tuple(_values(facts, prudent, found)),
        etapes=tuple(_steps(facts, prudent, found)),
        avertissements=tuple(_warnings(facts, found, points)),
        a_faire=tuple(_actions(facts, found)),
        lectures=_readings(prudent, points),
        parts=_parts(found),
        tableaux=(_accounts(facts, found),),
        sources=_sources(facts),
    )


def compare(inputs: SbiInputs) -> Comparaison | None:
    """The same accounts with each SBI that was left without being asked for; nothing when there is none to leave."""
    facts, automatic = Facts(inputs), law().reperes["sbi-automatique"].jour
    if facts.amount == ZERO or not facts.is_automatic or situation_of(facts).soldes == ZERO:
        return None
    lines = {
        value.en_vigueur_du: _compared(facts, value)
        for value in facts.series.valeurs
        if value.en_vigueur_jusqu_au is None or value.en_vigueur_jusqu_au >= automatic
    }
    for gap in facts.series.lacunes:
        if gap.au >= automatic:
            lines[gap.du] = LigneComparee(f"{gap.du:%d/%m/%Y}", raison=gap.raison)
    return Comparaison(
        "Les mêmes comptes, selon la date",
        "Seul le montant du SBI change : les soldes et vos autres réponses restent les mêmes. Chaque date est celle "
        "depuis laquelle le montant vaut.",
        (("laisse", "Laissé d'office"), ("sur_demande", "À réclamer"), ("saisi", "Peut être saisi")),
        tuple(line for _, line in sorted(lines.items(), reverse=True)),
    )


def _compared(facts: Facts, value: Value) -> LigneComparee:
    found = figures(situation_of(Facts(facts.inputs, value)))
    amounts = (found.laisse, found.sur_demande, found.saisi)
    since = max(value.en_vigueur_du, law().reperes["sbi-automatique"].jour)
    return LigneComparee(f"{since:%d/%m/%Y}", amounts, la_sienne=value is facts.value)


def _articles(*keys: str) -> tuple[Article, ...]:
    return tuple(law().article(key) for key in keys)


# ---------------------------------------------------------------- figures and headline


def _headline(facts: Facts, found: Figures, points: tuple[OpenPoint, ...]) -> str:
    seized = "Rien ne peut être saisi." if found.saisi == ZERO else f"La saisie peut prendre {euros(found.saisi)}."
    doubt = " Un point reste ouvert : voyez les autres lectures plus bas." if points else ""
    return f"{_who_keeps_what(facts, found)} {seized}{doubt}"


def _who_keeps_what(facts: Facts, found: Figures) -> str:
    """Whoever reads about a joint account may be the one who owes, or the other: each is named."""
    joint = any(compte.joint for compte in facts.inputs.comptes)
    if not facts.is_person:
        return "Le débiteur est une société ou une association : aucun minimum n'est laissé sur ses comptes."
    if found.protege == ZERO:
        return "Ces réponses ne donnent aucune somme laissée sur les comptes."
    if found.laisse == ZERO:
        what = f"{euros(found.sur_demande)}"
        return (
            f"Les titulaires peuvent demander que {what} leur soient laissés. Rien n'est laissé d'office."
            if joint
            else f"Vous pouvez demander que {what} vous soient laissés. Rien n'est laissé d'office."
        )
    left = (
        f"La banque doit laisser {euros(found.laisse)} au débiteur sans qu'il ait rien à demander."
        if joint
        else f"La banque doit laisser {euros(found.laisse)} sans que vous ayez rien à demander."
    )
    if facts.gains_are_certain and facts.gains > ZERO:
        return (
            f"{left} À l'époux qui ne doit pas cette dette, elle laisse {euros(facts.gains)} de gains, dès qu'il a fait"
            f" son choix. Les deux ne s'ajoutent pas : en tout, {euros(found.protege)} sont protégés."
        )
    if found.sur_demande == ZERO:
        return left
    more = f"{euros(found.sur_demande)} de plus"
    return (
        f"{left} {more} peuvent être réclamés, avec des justificatifs."
        if joint
        else f"{left} Vous pouvez réclamer {more}, avec des justificatifs."
    )


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


def _values(facts: Facts, prudent: Situation, found: Figures) -> Iterator[Valeur]:
    yield from (
        Valeur("sbi", "Solde bancaire insaisissable (SBI) ce jour-là", facts.amount),
        Valeur("solde", "Total des soldes créditeurs", prudent.soldes),
        Valeur("laisse", "Laissé d'office, sans rien demander", found.laisse, essentielle=True),
        Valeur("sur_demande", "À réclamer à la banque, avec justificatifs", found.sur_demande, essentielle=True),
    )
    if (until := facts.claim_until) is not None:
        wanted = found.sur_demande > ZERO
        yield Valeur("reclamer_jusqu_au", "Dernier jour sûr pour réclamer à la banque", until, essentielle=wanted)
    if facts.gains_are_certain and facts.gains > ZERO:
        yield Valeur("gains_epoux", "Dont gains à laisser à l'époux qui ne doit pas la dette", facts.gains)
    yield from (
        Valeur("protege", "Protégé en tout", found.protege),
        Valeur("bloque", "Bloqué au départ", found.bloque),
        Valeur("saisi", "Peut être saisi", found.saisi, essentielle=True),
        Valeur("saisi_sans_demande", "Serait saisi si vous ne réclamez rien", found.saisi_sans_demande),
        Valeur("reste", "Reste sur les comptes à la fin", found.reste),
    )


def _parts(found: Figures) -> tuple[Part, ...]:
    free = found.reste - found.protege
    parts = (
        Part("laisse", "Laissé d'office", found.laisse),
        Part("sur_demande", "À réclamer", found.sur_demande),
        Part("saisi", "Peut être saisi", found.saisi),
        Part("libre", "Rendu après paiement de la dette", free),
    )
    return tuple(part for part in parts if part.montant > ZERO)


def _accounts(facts: Facts, found: Figures) -> Tableau:
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
            compte.libelle or f"Compte {number}",
            "Épargne" if compte.type is TypeCompte.EPARGNE else "Compte courant",
            compte.solde,
            sbi[number - 1],
            on_request[number - 1],
            seized[number - 1],
            compte.solde - seized[number - 1],
        )
        for number, compte in enumerate(comptes, 1)
    )
    columns = (
        ("compte", "Compte"),
        ("type", "Sorte"),
        ("solde", "Solde"),
        ("laisse", "Laissé d'office"),
        ("sur_demande", "À réclamer"),
        ("saisi", "Peut être saisi"),
        ("reste", "Reste"),
    )
    return Tableau("comptes", "Compte par compte", columns, lines)


# ---------------------------------------------------------------- reasoning


def _steps(facts: Facts, prudent: Situation, found: Figures) -> Iterator[Etape]:
    yield _step_amount(facts)
    yield _step_balances(facts, prudent)
    if facts.inputs.mesure is Mesure.SATD:
        yield _step_blocked(facts, prudent, found)
    if facts.is_person:
        yield from _steps_due_here(facts, prudent)
        yield _step_left(facts, prudent, found)
        yield from _steps_sums(facts)
        yield from couple_steps(facts)
        if prudent.justifie > ZERO:
            yield _step_no_accumulation(facts, prudent, found)
        if facts.inputs.mesure is Mesure.SAISIE_ATTRIBUTION and (found.sur_demande > ZERO or facts.claim_until):
            yield _step_claim_until(facts)
        yield from notice_steps(facts)
    yield _step_seized(facts, prudent, found)
    if len(facts.inputs.comptes) > 1:
        yield Etape(
            "Compte par compte",
            "Le SBI est pris d'abord sur l'argent disponible à vue, puis sur l'épargne. L'argent saisi aussi, "
            "sauf si le débiteur choisit un autre ordre. Entre deux comptes courants, la loi ne fixe pas "
            "d'ordre : la banque décide.",
            articles=_articles("CPCE R162-2", "CPCE R211-23"),
        )


def _step_amount(facts: Facts) -> Etape:
    inputs = facts.inputs
    if not facts.is_person:
        return Etape(
            "Qui est protégé",
            "Le SBI ne protège qu'une personne physique. Une société ou une association n'y a pas droit.",
            articles=_articles("CPCE L162-2"),
        )
    value = facts.value
    if facts.is_direct_payment and not inputs.alimente_par_remuneration:
        return Etape(
            "Ce que le texte prévoit pour une pension alimentaire",
            "Pour un paiement direct, le texte garantit une somme quand le compte reçoit une rémunération. Vous avez "
            "répondu que ce n'est pas le cas : nous ne retenons aucun minimum, par prudence.",
            articles=_articles("CPCE R213-10"),
        )
    if facts.is_direct_payment:
        why = (
            "Pour un paiement direct de pension, la banque laisse en toute hypothèse une somme égale au RSA d'une "
            "personne seule, sur un seul compte."
        )
        articles = _articles("CPCE R213-10", "CTRAV R3252-5")
    else:
        why = (
            "Le SBI est égal au montant forfaitaire du RSA pour une personne seule. Il ne dépend ni de la famille ni "
            "de la dette. On prend celui du jour de la saisie."
        )
        articles = _articles("CPCE L162-2", "CASF L262-2")
    if inputs.mesure is Mesure.SATD:
        why += " Le livre des procédures fiscales l'applique aussi à la saisie administrative."
        articles += _articles("LPF L262")
    if inputs.mesure is Mesure.SAISIE_CONSERVATOIRE:
        why += " Il joue aussi pour une saisie conservatoire, dont l'acte doit dire la somme laissée."
        articles += _articles("CPCE R523-3")
    since = f"{euros(value.montant)}, en vigueur depuis le {in_words(value.en_vigueur_du)} ({value.texte})"
    return Etape(f"Le montant le {in_words(inputs.date_saisie)}", why, since, articles)


def _step_balances(facts: Facts, prudent: Situation) -> Etape:
    comptes = facts.inputs.comptes
    overdrawn = any(c.solde < 0 for c in comptes)
    why = "On additionne les soldes créditeurs de tous les comptes de la banque, au jour de la saisie."
    if overdrawn:
        why += " Un compte à découvert compte pour zéro : il ne diminue pas les autres."
    terms = " + ".join(euros(credit(c)) for c in comptes)
    total = f"{terms} = {euros(prudent.soldes)}" if len(comptes) > 1 else euros(prudent.soldes)
    return Etape("Les soldes le jour de la saisie", why, total, _articles("CPCE L162-1", "CPCE R162-2"))


def _steps_due_here(facts: Facts, prudent: Situation) -> Iterator[Etape]:
    inputs = facts.inputs
    if inputs.autre_banque:
        who = "le comptable public" if inputs.mesure is Mesure.SATD else "le commissaire de justice"
        shared = (
            f"Un seul SBI est dû, toutes banques confondues : c'est {who} qui désigne la ou les banques "
            "qui le laissent."
        )
        if inputs.designation is Designation.INCONNUE:
            shared += " Vous ne savez pas laquelle : par prudence, le calcul suppose que c'est l'autre."
        yield Etape(
            "Plusieurs banques saisies",
            shared,
            f"Part de cette banque : {euros(facts.due_here()[0])}",
            _articles("CPCE R162-2"),
        )
    previous, over = inputs.date_saisie_precedente, facts.month_ends_on
    if previous is not None and over is not None:
        if facts.already_left:
            text = (
                f"Un SBI a été laissé pour la saisie du {in_words(previous)}. Un nouveau n'est dû que pour une saisie "
                f"postérieure au {in_words(over)}. Jusque-là, ce qui reste du premier demeure disponible."
            )
        else:
            text = f"Le mois qui suit la saisie du {in_words(previous)} est passé : un nouveau SBI est dû."
        yield Etape("Un SBI déjà laissé", text, f"SBI à laisser : {euros(prudent.plancher)}", _articles("CPCE R162-3"))


def _step_left(facts: Facts, prudent: Situation, found: Figures) -> Etape:
    computation = (
        f"le plus petit de {euros(prudent.soldes_du_sbi)} (soldes) et {euros(prudent.plancher)} (SBI) = "
        f"{euros(min(prudent.soldes_du_sbi, prudent.plancher))}"
    )
    if facts.is_automatic:
        why = (
            "Aucune demande n'est nécessaire. La banque laisse le SBI, dans la limite de ce qu'il y a sur les comptes."
        )
        if facts.inputs.debiteur is Debiteur.EIRL:
            why += " Pour une EIRL, il ne joue que sur les comptes du patrimoine qui n'est pas affecté à l'activité."
        return Etape(
            "Ce que la banque laisse d'office",
            why,
            computation,
            _articles("CPCE R213-10") if facts.is_direct_payment else _articles("CPCE L162-2", "CPCE R162-2"),
        )
    since = law().reperes["sbi-automatique"]
    return Etape(
        "À cette date, il fallait le demander",
        f"Le SBI n'est laissé d'office que depuis le {in_words(since.jour)} ({since.texte}). Avant, il fallait "
        "le demander.",
        computation + f". Laissé d'office : {euros(found.laisse)}",
        _articles("CPCE L162-2"),
    )


def _steps_sums(facts: Facts) -> Iterator[Etape]:
    for net in facts.sums:
        somme = law().sommes[net.somme.nature]
        article = "CPCE R162-4" if somme.periodique else "CPCE R162-5"
        articles = somme.articles + (
            _articles(article) if net.nature in {Nature.INSAISISSABLE, Nature.PARTIELLE} else ()
        )
        match net.nature:
            case Nature.INSAISISSABLE:
                why = "Cette somme est protégée en entier, moins ce qui a été dépensé depuis son versement."
                start = euros(net.protegee)
            case Nature.PARTIELLE if net.bareme is not None:
                why, start = _by_the_scale(facts, net, net.bareme)
                articles += _articles("CTRAV R3252-3")
            case Nature.PARTIELLE:
                why = (
                    "Cette somme est protégée en partie. On compte la part que vous avez donnée, moins les "
                    "dépenses depuis."
                )
                start = f"{euros(net.protegee)} (part protégée de {euros(net.somme.montant)})"
            case _:
                why = "Cette somme n'est pas protégée : elle peut être saisie en entier."
                start = euros(ZERO)
        if somme.note:
            why += f" {somme.note}"
        if not articles:
            why += " Ce classement est celui de la fiche officielle de service-public, qui ne cite pas d'article."
        yield Etape(somme.intitule, why, f"{start} − {euros(net.somme.debits)} = {euros(net.nette)}", articles)


def _by_the_scale(facts: Facts, net: SommeNette, bareme: Quotite) -> tuple[str, str]:
    """Why this much of a wage is protected, and the start of the computation."""
    people = facts.inputs.personnes_a_charge
    why = (
        f"Cette somme est protégée en partie. Sur un net de {euros(bareme.net)} par mois, le barème de "
        f"{bareme.annee.en_vigueur_du.year} ({bareme.annee.texte}) permet de saisir {euros(bareme.saisissable)}, pour "
        f"{people} personne{'s' if people > 1 else ''} à charge. Le reste est protégé, moins les dépenses depuis."
    )
    if bareme.net != net.somme.montant:
        why += (
            " Avec plusieurs versements, le barème se calcule sur leur total, et chacun en porte sa part. Le centime "
            "qui reste du partage va au dernier : le total protégé est celui d'un versement unique."
        )
    return why, f"{euros(net.protegee)} (part protégée de {euros(net.somme.montant)}, selon le barème)"


def _step_blocked(facts: Facts, prudent: Situation, found: Figures) -> Etape:
    series = law().series["satd-cantonnement"]
    value, during = series.derniere, law().delais["satd.blocage"].in_words()
    threshold = f"{euros_in_prose(value.montant)} ({value.texte})"
    rest = f"{euros(prudent.soldes)} − {euros(found.laisse)}"
    computation = f"{rest} = {euros(found.bloque)}"
    match facts.small_satd:
        case True:
            why = (
                f"La somme réclamée est inférieure à {threshold} : la banque ne bloque que cette "
                f"somme, pendant {during}."
            )
            computation = f"le plus petit de {euros(facts.inputs.creance or ZERO)} et {rest} = {euros(found.bloque)}"
        case False:
            why = (
                f"La somme réclamée atteint {threshold} : la banque bloque tout le solde pendant "
                f"{during}, sauf ce qu'elle laisse."
            )
        case None if facts.inputs.date_saisie < series.debut:
            why = f"Le seuil qui limite le blocage ne vaut que depuis le {in_words(series.debut)} ({value.texte})."
        case _:
            why = (
                f"Si la somme réclamée est inférieure à {threshold}, la banque ne bloque que cette "
                f"somme, pendant {during}. Vous ne l'avez pas indiquée : le calcul suppose que tout est bloqué."
            )
    return Etape("Ce qui est bloqué au départ", why, computation, _articles("LPF L262", "CPCE L162-1"))


def _step_claim_until(facts: Facts) -> Etape:
    notified, until = facts.inputs.date_denonciation, facts.claim_until
    why = (
        "La demande à la banque doit précéder celle du créancier qui réclame le paiement. Il peut le demander dès que "
        "le délai pour contester est passé, ou plus tôt si le débiteur a écrit qu'il ne conteste pas. Une contestation "
        "faite dans le délai fait attendre le paiement."
    )
    month = law().delais["saisie-attribution.contestation"].in_words()
    articles = _articles("CPCE R162-6", "CPCE R211-6", "CPCE L211-5")
    if notified is None or until is None:
        computation = f"dernier jour sûr : {month} après la dénonciation, dont vous n'avez pas donné la date"
    else:
        computation = f"dénonciation du {in_words(notified)} + {month} : dernier jour sûr le {in_words(until)}"
        articles += _articles("CPC 641")
        if facts.month_to_contest != (until, until):
            why += " Un délai qui finit un samedi, un dimanche ou un jour férié va au premier jour ouvrable suivant."
            articles += _articles("CPC 642")
    return Etape("Jusqu'à quand réclamer", why, computation, articles)


def _step_no_accumulation(facts: Facts, prudent: Situation, found: Figures) -> Etape:
    wanted = max(prudent.plancher if facts.is_automatic else found.protege, prudent.justifie)
    return Etape(
        "Le SBI et les sommes protégées ne s'ajoutent pas",
        "On garde le plus grand des deux, dans la limite des soldes. Ce qui est déjà laissé se déduit de ce "
        "que vous réclamez."
        + (" Le SBI laissé par l'autre banque se déduit aussi." if prudent.ailleurs > ZERO else "")
        + f" {_what_claiming_brings(found)}",
        f"SBI {euros(prudent.plancher)}, sommes protégées {euros(prudent.justifie)} : protégé en tout "
        f"{euros(found.protege)}" + (f", sur {euros(prudent.soldes)} de soldes" if wanted > prudent.soldes else ""),
        _articles("CPCE R162-7"),
    )


def _what_claiming_brings(found: Figures) -> str:
    gain = found.saisi_sans_demande - found.saisi
    if gain > ZERO:
        return f"Réclamer vous fait garder {euros(gain)} de plus que sans demande."
    if found.sur_demande > ZERO:
        return (
            "La dette est assez petite pour que réclamer ne change pas ce qui est pris. Vous pouvez seulement disposer "
            f"plus tôt de {euros(found.sur_demande)}."
        )
    return "Ici, réclamer ces sommes ne ferait rien garder de plus."


def _step_seized(facts: Facts, prudent: Situation, found: Figures) -> Etape:
    available = prudent.soldes - found.protege
    articles = _articles("LPF L262") if facts.inputs.mesure is Mesure.SATD else _articles("CPCE L211-2")
    if facts.inputs.mesure is Mesure.SAISIE_CONSERVATOIRE:
        articles = _articles("CPCE L523-1")
    if facts.is_direct_payment:
        articles = _articles("CPCE R213-10")
    if prudent.creance is None:
        why = (
            "Vous n'avez pas indiqué la somme réclamée : le calcul suppose qu'elle prend tout ce qui n'est pas protégé."
        )
        computation = f"{euros(prudent.soldes)} − {euros(found.protege)} = {euros(found.saisi)}"
    else:
        why = "Ce qui n'est pas protégé peut être saisi, sans dépasser la somme réclamée."
        computation = (
            f"le plus petit de {euros(prudent.creance)} (réclamé) et {euros(prudent.soldes)} − "
            f"{euros(found.protege)} = {euros(available)} (disponible), soit {euros(found.saisi)}"
        )
    return Etape("Ce qui peut être saisi", why, computation, articles)


# ---------------------------------------------------------------- open points


_OPEN = {
    "designation": (
        "Cette banque est désignée pour laisser le SBI",
        (
            "Un seul SBI est dû pour toutes les banques saisies. Demandez au commissaire de justice, ou au "
            "comptable public, quelle banque il a désignée."
        ),
    ),
    "sbi_restant": (
        "Le premier SBI est encore en entier sur les comptes",
        "Vous n'avez pas dit combien il en reste. Le calcul retenu suppose qu'il a été dépensé.",
    ),
    "dernier_jour_du_mois": (
        "Le mois est passé : un nouveau SBI est dû",
        "La nouvelle saisie tombe le dernier jour du mois. Le texte ne dit pas si ce jour-là en fait encore partie.",
    ),
    "patrimoines": (
        "Le SBI joue aussi sur les comptes professionnels",
        (
            "Le texte n'écarte les comptes professionnels que pour une EIRL. Pour les autres entrepreneurs "
            "individuels, il ne dit rien, et nous n'avons trouvé aucune décision. Le calcul retenu ne "
            "prend le SBI que sur les comptes personnels. Demandez conseil à un avocat ou à un point-justice."
        ),
    ),
    "codebiteurs": (
        "Chaque titulaire débiteur a droit à son propre SBI",
        (
            "Le texte parle d'une somme pour « le débiteur » : quand les deux titulaires doivent la dette, la "
            "question est ouverte. Le calcul retenu compte un seul SBI pour la saisie."
        ),
    ),
    "gains_epoux": (
        "Les gains de l'époux s'ajoutent au SBI du débiteur",
        (
            "À la lettre, aucun texte ne déduit l'un de l'autre, mais nous n'avons trouvé aucune décision qui le "
            "confirme. Le calcul retenu garde le plus grand des deux."
        ),
    ),
    "ensemble": (
        "Tous les points ouverts, tranchés ensemble dans l'autre sens",
        (
            "Plusieurs points sont ouverts à la fois dans votre cas. Voici ce qui resterait si chacun était tranché "
            "en faveur du débiteur : au mieux, ces sommes."
        ),
    ),
    "gains_laisses": (
        "Communauté, et la dette n'est ni celle du ménage, ni un emprunt signé seul",
        (
            "L'époux qui ne doit pas cette dette garde alors ses gains. Le calcul retenu ne les compte pas, tant que "
            "le lien entre les titulaires ou la nature de la dette n'est pas connu."
        ),
    ),
    "emprunt_seul": (
        "Emprunt ou caution signé par un seul époux, et le créancier n'identifie pas ses revenus",
        (
            "Le compte joint échappe alors à la saisie. C'est au juge de l'exécution de le dire : n'y comptez pas "
            "avant sa décision."
        ),
    ),
}


def _reading_values(found: Figures) -> tuple[Valeur, ...]:
    return (
        Valeur("laisse", "Laissé d'office", found.laisse),
        Valeur("sur_demande", "À réclamer", found.sur_demande),
        Valeur("protege", "Protégé en tout", found.protege),
        Valeur("saisi", "Peut être saisi", found.saisi),
    )


def _readings(prudent: Situation, points: tuple[OpenPoint, ...]) -> tuple[Lecture, ...]:
    if not points:
        return ()
    kept = Lecture(
        "prudente",
        "Lecture retenue : la plus prudente",
        "Sur chaque point ouvert, celle qui laisse le moins. Vous pouvez au moins compter dessus.",
        _reading_values(figures(prudent)),
        prudente=True,
    )
    others = (Lecture(p.cle, *_OPEN[p.cle], _reading_values(figures(p.situation))) for p in points)
    return (kept, *others)


# ---------------------------------------------------------------- warnings


def _warnings(facts: Facts, found: Figures, points: tuple[OpenPoint, ...]) -> Iterator[Avertissement]:
    yield from _warnings_on_the_amount(facts)
    yield from notice_warnings(facts, found)
    yield from _warnings_on_the_case(facts)
    yield from couple_warnings(facts)
    yield from _warnings_on_the_claim(facts, found)
    yield from _warnings_on_the_sums(facts)
    if points:
        yield Avertissement(
            "point_ouvert",
            "Un point au moins n'est pas réglé par la loi ou par vos réponses. Le résultat retient la lecture "
            "la plus prudente ; les autres sont données plus bas.",
        )


def _warnings_on_the_amount(facts: Facts) -> Iterator[Avertissement]:
    inputs = facts.inputs
    questioned = tuple(far_date_warnings(inputs.date_saisie, "Date de la saisie", inputs.aujourdhui))
    yield from questioned
    if not questioned and inputs.date_denonciation:
        yield from far_date_warnings(inputs.date_denonciation, "Date de la dénonciation", inputs.aujourdhui)
    if facts.amount == ZERO:
        return
    value, series = facts.value, facts.series
    revision = series.prochaine_revision()
    if revision is not None and series.perimee_au(inputs.date_saisie):
        yield Avertissement(
            "montant_perime",
            f"Le montant utilisé date du {in_words(value.en_vigueur_du)}. Une revalorisation était attendue le "
            f"{in_words(revision)} : le vrai montant est sans doute plus élevé. Ouvrez la version en ligne la "
            "plus récente de ce site, ou demandez le montant à la banque.",
        )
    if value.doute:
        words = f"Montant du SBI, {euros(value.montant)}. {value.doute.in_words()} {value.note}"
        yield Avertissement("montant_a_confirmer", words.strip())
    if value.texte_du is not None and value.en_vigueur_du <= inputs.date_saisie < value.texte_du:
        yield Avertissement(
            "texte_posterieur",
            f"Le texte qui fixe ce montant est du {in_words(value.texte_du)}, avec effet au "
            f"{in_words(value.en_vigueur_du)}. Le jour de la saisie, la banque appliquait peut-être encore "
            "l'ancien montant : à confirmer auprès d'elle.",
        )


def _warnings_on_the_case(facts: Facts) -> Iterator[Avertissement]:
    inputs = facts.inputs
    if inputs.part_designee is not None and inputs.part_designee > facts.amount:
        yield Avertissement(
            "part_superieure_au_sbi",
            f"La part indiquée pour cette banque dépasse le SBI du jour de la saisie, {euros(facts.amount)}. Le "
            "calcul s'arrête au SBI : vérifiez cette part.",
        )
    yield from before_the_code(inputs.date_saisie, law())
    if inputs.territoire is Territoire.ALSACE_MOSELLE:
        yield Avertissement("alsace_moselle", "En Alsace et en Moselle, le SBI est le même.", Niveau.INFO)
    if inputs.debiteur in {Debiteur.ENTREPRENEUR_INDIVIDUEL, Debiteur.EIRL}:
        yield Avertissement(
            "entrepreneur_individuel",
            "Un entrepreneur individuel a deux patrimoines, personnel et professionnel. Selon la dette, le "
            "créancier ne peut pas tout saisir. Ce calcul ne tranche pas ce point : demandez conseil à un "
            "avocat ou à un point-justice.",
        )
    if inputs.mesure is Mesure.SAISIE_CONSERVATOIRE:
        yield Avertissement(
            "conservatoire",
            "Une saisie conservatoire bloque l'argent, dans la limite de la somme réclamée, sans payer le "
            "créancier. La ligne « Peut être saisi » dit ce qui peut rester bloqué pour lui.",
            Niveau.INFO,
        )
    if facts.is_direct_payment:
        yield Avertissement(
            "pension_alimentaire",
            "Pour une pension alimentaire, le calcul ne compte que la somme garantie par le texte. D'autres "
            "protections peuvent jouer : demandez conseil.",
        )
    if any(c.joint for c in inputs.comptes):
        yield Avertissement(
            "compte_joint",
            "Tout le compte joint est bloqué. La saisie doit être dénoncée à chaque titulaire. Celui qui ne "
            "doit rien peut récupérer son argent s'il en prouve l'origine. Un seul SBI est compté par saisie.",
        )
    if inputs.creance is None:
        yield Avertissement(
            "creance_inconnue",
            "Vous n'avez pas indiqué la somme réclamée. Si elle est plus petite que ce qui n'est pas protégé, "
            "il vous restera davantage.",
            Niveau.INFO,
        )


def _warnings_on_the_claim(facts: Facts, found: Figures) -> Iterator[Avertissement]:
    until = facts.claim_until
    if until is not None and until < facts.inputs.aujourdhui and found.sur_demande > ZERO:
        yield Avertissement(
            "reclamer_sans_attendre",
            f"Le {in_words(until)} est passé : depuis, le créancier a pu demander le paiement. S'il ne l'a pas fait, "
            "votre demande à la banque compte encore. Envoyez-la aujourd'hui, et voyez un point-justice.",
        )


def _warnings_on_the_sums(facts: Facts) -> Iterator[Avertissement]:
    inputs = facts.inputs
    for net in facts.sums:
        somme = law().sommes[net.somme.nature]
        if somme.certitude is Certitude.C and somme.doute and net.nette > ZERO:
            words = f"{somme.intitule}. Ne comptez pas dessus sans l'avoir vérifié. {somme.doute.in_words()}"
            yield Avertissement(f"somme_a_confirmer_{somme.cle}", words)
    if facts.already_left and facts.proved > ZERO:
        yield Avertissement(
            "premier_sbi_non_deduit",
            "Le SBI laissé pour l'autre saisie n'est pas déduit des sommes protégées réclamées ici : le texte ne dit "
            "pas s'il doit l'être d'une saisie à l'autre. La banque peut vous accorder moins.",
        )
    if sum(1 for somme in inputs.sommes if somme.debits > ZERO) > 1:
        yield Avertissement(
            "debits_communs",
            "Vous avez indiqué des dépenses pour plusieurs sommes. Le calcul les retire chaque fois, comme le "
            "texte le dit pour chaque somme. Si ce sont les mêmes dépenses, la part protégée peut être plus "
            "grande : voyez-le avec la banque.",
        )


# ---------------------------------------------------------------- what to do next


def _actions(facts: Facts, found: Figures) -> Iterator[Action]:
    inputs = facts.inputs
    if facts.is_person and found.laisse > ZERO:
        whom = "avertir le débiteur" if any(c.joint for c in inputs.comptes) else "vous en avertir"
        yield Action(
            f"Vérifiez que la banque a bien laissé cette somme, et sur quel compte : elle doit {whom} aussitôt.",
            "tout de suite",
            "saisie-compte/sbi",
        )
    if found.sur_demande > ZERO:
        yield from _claims(facts)
    yield from couple_actions(facts)
    yield from contest_actions(facts)
    yield Action(
        "Faites-vous aider : un point-justice reçoit gratuitement et sans condition de revenus.",
        "",
        "saisie-compte/debiteur",
    )


def _claims(facts: Facts) -> Iterator[Action]:
    periodic = any(law().sommes[s.somme.nature].periodique and s.nette > ZERO for s in facts.sums)
    one_off = any(not law().sommes[s.somme.nature].periodique and s.nette > ZERO for s in facts.sums)
    before = _claim_before(facts)
    if periodic or not facts.sums:
        yield Action(
            "Envoyez à la banque une demande écrite, avec la preuve de l'origine des sommes : bulletin de "
            "paie, attestation, relevé.",
            before,
            "saisie-compte/sommes-protegees",
        )
    if one_off:
        wait = law().delais["saisie-attribution.blocage"].in_words()
        yield Action(
            "Pour une somme versée en une fois, faites la même demande : la banque ne peut la rendre qu'à la "
            f"fin du blocage de {wait}.",
            before,
            "saisie-compte/sommes-protegees",
        )


def _claim_before(facts: Facts) -> str:
    match facts.inputs.mesure:
        case Mesure.SATD if facts.satd_paid_on is not None and facts.satd_paid_on < facts.inputs.aujourdhui:
            return "aujourd'hui"
        case Mesure.SATD:
            return f"tout de suite : la banque verse l'argent dans les {law().delais['satd.versement'].in_words()}"
        case Mesure.SAISIE_ATTRIBUTION if (until := facts.claim_until) is not None:
            if until < facts.inputs.aujourdhui:
                return "aujourd'hui"
            return f"tout de suite, et au plus tard le {in_words(until)}"
        case Mesure.SAISIE_ATTRIBUTION:
            month = law().delais["saisie-attribution.contestation"].in_words()
            return f"tout de suite, et au plus tard {month} après la dénonciation"
        case _:
            return "tout de suite, et avant que le créancier demande le paiement à la banque"


# ---------------------------------------------------------------- sources


def _sources(facts: Facts) -> tuple[SourceUtilisee, ...]:
    threshold = law().series["satd-cantonnement"]
    return (
        *((amount_used(facts.series, facts.value),) if facts.amount > ZERO else ()),
        *((amount_used(threshold, threshold.derniere),) if facts.small_satd is not None else ()),
    )
