"""The words of the answer on the seizable part: steps, warnings, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.calendar import add_months, in_words
from calculators.earnings.inputs import Creance, Periode
from calculators.errors import CoverageError
from calculators.far_dates import far_date_warnings
from calculators.law import law
from calculators.money import ZERO, euros, euros_in_prose, nearest_centime
from calculators.result import (
    Action,
    Avertissement,
    Comparaison,
    Etape,
    LigneComparee,
    Niveau,
    Part,
    Result,
    SourceUtilisee,
    Tableau,
    Valeur,
)
from calculators.scale import MONTHS_A_YEAR, floor_series, quotite
from calculators.territory import Territoire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculators.earnings.inputs import QuotiteInputs
    from calculators.law import Article
    from calculators.scale import Bracket, Quotite

__all__ = ["answer", "compare"]

_PAGE = "saisie-remunerations"


def answer(inputs: QuotiteInputs) -> Result:
    """Write the whole answer for these inputs.

    Raises:
        CoverageError: no verified scale or floor for that day.
    """
    found, before = _on(inputs, inputs.date), _a_year_before(inputs)
    return Result(
        calculateur="quotite",
        resume=_headline(inputs, found),
        valeurs=tuple(_values(found, before)),
        etapes=tuple(_steps(inputs, found, before)),
        avertissements=tuple(_warnings(inputs, found)),
        a_faire=tuple(_actions(inputs)),
        parts=_parts(found),
        figure="Où va la somme versée",
        tableaux=(_brackets(inputs, found),),
        sources=_sources(inputs, found),
    )


def compare(inputs: QuotiteInputs) -> Comparaison:
    """The same pay on the same day of each year, newest first; the years that were not verified are said so."""
    scale = law().baremes["remunerations"]
    lines = {year.en_vigueur_du: _compared(inputs, year.en_vigueur_du.year) for year in scale.valeurs}
    for gap in scale.lacunes:
        years = f"{gap.du.year} à {gap.au.year}" if gap.du.year != gap.au.year else str(gap.du.year)
        lines[gap.du] = LigneComparee(years, raison=gap.raison)
    same = f"{euros(inputs.net)} {_each(inputs)}, {_people(inputs.personnes)}"
    return Comparaison(
        "La même somme, année par année",
        f"Ce qui peut être saisi de {'la même paie' if inputs.periode is Periode.MOIS else 'la même somme'} ({same}) "
        f"le {_day_and_month(inputs.date)} de chaque année. Une année que nous n'avons pas vérifiée est laissée vide.",
        (("saisissable", "Peut être saisi"), ("laisse", "Reste"), ("plancher", "Minimum laissé")),
        tuple(line for _, line in sorted(lines.items(), reverse=True)),
    )


def _compared(inputs: QuotiteInputs, year: int) -> LigneComparee:
    day = add_months(inputs.date, MONTHS_A_YEAR * (year - inputs.date.year))
    try:
        found = _on(inputs, day)
    except CoverageError as error:
        return LigneComparee(str(year), raison=error.message)
    return LigneComparee(
        str(year), (found.saisissable, found.laisse, found.plancher), la_sienne=year == inputs.date.year
    )


def _day_and_month(day: date) -> str:
    return in_words(day).removesuffix(f" {day.year}")


def _on(inputs: QuotiteInputs, day: date) -> Quotite:
    return quotite(
        inputs.net,
        day,
        inputs.personnes,
        inputs.territoire,
        months=inputs.periode.mois,
        alimentaire=_is_maintenance(inputs),
    )


def _a_year_before(inputs: QuotiteInputs) -> Quotite | None:
    """The same pay a year earlier, when that year was verified."""
    try:
        return _on(inputs, add_months(inputs.date, -MONTHS_A_YEAR))
    except CoverageError:
        return None


def _is_maintenance(inputs: QuotiteInputs) -> bool:
    return inputs.creance is Creance.PENSION_ALIMENTAIRE


def _articles(*keys: str) -> tuple[Article, ...]:
    return tuple(law().article(key) for key in keys)


def _each(inputs: QuotiteInputs) -> str:
    return "par an" if inputs.periode is Periode.AN else "par mois"


def _people(count: int) -> str:
    match count:
        case 0:
            return "sans personne à charge"
        case 1:
            return "avec une personne à charge"
        case _:
            return f"avec {count} personnes à charge"


# ---------------------------------------------------------------- figures


def _headline(inputs: QuotiteInputs, found: Quotite) -> str:
    each = _each(inputs)
    what = " pour une pension alimentaire" if _is_maintenance(inputs) else ""
    if found.saisissable == ZERO:
        return f"Rien ne peut être saisi{what} sur {euros(found.net)} {each} : toute la somme reste."
    return (
        f"Sur {euros(found.net)} {each}, la saisie peut prendre au plus {euros(found.saisissable)}{what}. "
        f"Il reste {euros(found.laisse)}."
    )


def _values(found: Quotite, before: Quotite | None) -> Iterator[Valeur]:
    yield Valeur("net", "Total net versé", found.net)
    yield Valeur("saisissable", "Peut être saisi", found.saisissable, essentielle=True)
    yield Valeur("laisse", "Reste à la personne", found.laisse, essentielle=True)
    yield Valeur("bareme", "Saisissable selon le seul barème", found.bareme)
    yield Valeur("plancher", "Minimum laissé dans tous les cas", found.plancher)
    if before is not None:
        yield Valeur("saisissable_un_an_avant", "Pouvait être saisi un an plus tôt", before.saisissable)


def _parts(found: Quotite) -> tuple[Part, ...]:
    kept = min(found.net, found.plancher)
    parts = (
        Part("laisse", "Minimum laissé dans tous les cas", kept),
        Part("libre", "Protégé par le barème", found.laisse - kept),
        Part("saisi", "Peut être saisi", found.saisissable),
    )
    return tuple(part for part in parts if part.montant > ZERO)


def _brackets(inputs: QuotiteInputs, found: Quotite) -> Tableau:
    lines = tuple(
        (
            str(number),
            nearest_centime(t.bas),
            "sans limite" if t.haut is None else nearest_centime(t.haut),
            "tout" if t.fraction == 1 else str(t.fraction),
            nearest_centime(t.part),
            nearest_centime(t.saisissable),
        )
        for number, t in enumerate(found.tranches, 1)
    )
    columns = (
        ("tranche", "Tranche"),
        ("de", "De"),
        ("a", "À"),
        ("fraction", "Fraction saisissable"),
        ("part", "Somme dans la tranche"),
        ("saisissable", "Saisissable"),
    )
    title = f"Tranche par tranche, {_each(inputs)}, {_people(inputs.personnes)}"
    if _is_maintenance(inputs):
        return Tableau("tranches", title, columns, ())
    image = tuple(
        (_share(t), nearest_centime(t.part), nearest_centime(t.saisissable)) for t in found.tranches if t.part > 0
    )
    legend = "Une barre par tranche : le contour est la somme qui s'y trouve, le plein ce qui en est saisissable."
    return Tableau("tranches", title, columns, lines, image, legend)


def _share(bracket: Bracket) -> str:
    """What is taken of a bracket: « 354,17 € × 1/10 »."""
    part = euros(nearest_centime(bracket.part))
    return part if bracket.fraction == 1 else f"{part} × {bracket.fraction}"


# ---------------------------------------------------------------- reasoning


def _steps(inputs: QuotiteInputs, found: Quotite, before: Quotite | None) -> Iterator[Etape]:
    yield _step_net(inputs, found)
    if _is_maintenance(inputs):
        yield Etape(
            "Pour une pension alimentaire, le barème ne limite pas",
            "Le terme du mois et les six derniers mois impayés peuvent être pris sur toute la rémunération. Si "
            "l'organisme "
            "qui verse les prestations familiales agit pour le créancier, ce sont les vingt-quatre derniers mois. On "
            "prend d'abord la part que le barème protège, puis, s'il le faut, la part saisissable.",
            articles=_articles("CTRAV L3252-5"),
        )
    else:
        yield _step_dependants(inputs, found)
        yield _step_scale(inputs, found)
    yield _step_floor(inputs, found)
    yield _step_before(inputs, found, before)
    yield _step_procedure(inputs)


def _step_net(inputs: QuotiteInputs, found: Quotite) -> Etape:
    why = (
        "On part du net : après les cotisations sociales et le prélèvement à la source, avantages en nature compris. "
        "Ni "
        "les remboursements de frais, ni les allocations pour charges de famille, ni les indemnités insaisissables ne "
        "comptent."
    )
    articles = _articles("CTRAV L3252-3")
    total = euros(found.net)
    if len(inputs.payeurs) > 1:
        why += " Plusieurs payeurs : la part saisissable se calcule sur l'ensemble."
        articles += _articles("CTRAV L3252-4")
        total = f"{' + '.join(euros(p.net) for p in inputs.payeurs)} = {total}"
    return Etape("Ce que l'on compte", why, total, articles)


def _step_dependants(inputs: QuotiteInputs, found: Quotite) -> Etape:
    rsa, added = euros(found.rsa.montant), found.annee.par_personne
    why = (
        "Comptent, sur justificatif : l'époux, le partenaire de Pacs ou le concubin dont les ressources personnelles "
        "sont "
        f"inférieures au RSA d'une personne seule ({rsa}) ; l'enfant à charge effective et permanente qui ouvre "
        "droit aux "
        "prestations familiales, ou pour qui une pension alimentaire est versée ; le parent ou grand-parent dont les "
        "ressources sont inférieures au même RSA, et qui vit avec la personne ou reçoit d'elle une pension alimentaire."
    )
    count = inputs.personnes
    computation = f"{count} × {euros_in_prose(added)} = {euros_in_prose(count * added)} par an ajoutés à chaque seuil"
    return Etape(f"Les personnes à charge : {count}", why, computation, _articles("CTRAV R3252-3"))


def _step_scale(inputs: QuotiteInputs, found: Quotite) -> Etape:
    why = (
        f"Le barème de {found.annee.en_vigueur_du.year} ({found.annee.texte}) est annuel : plus la somme est haute, "
        "plus la "
        "part prise est grande. "
    )
    if inputs.periode is Periode.MOIS:
        why += (
            "On le divise par douze, et l'on n'arrondit qu'une fois, à la fin. La saisie part de ce qui a été versé "
            "pendant les douze mois d'avant : si la paie varie, un seul mois n'en donne qu'une approximation. "
        )
    why += (
        "Le texte ne dit pas où va le centime : la part saisissable est arrondie au plus proche, sur le total des "
        "payeurs. "
    )
    why += "Chaque ligne du tableau est arrondie pour être lue : leur somme peut différer d'un centime."
    reached = [t for t in found.tranches if t.part > 0]
    terms = " + ".join(map(_share, reached))
    return Etape(
        f"Le barème {_people(inputs.personnes)}",
        why,
        f"{terms} = {euros(found.bareme)}" if reached else euros(found.bareme),
        _articles("CTRAV L3252-2", "CTRAV R3252-2"),
    )


def _step_floor(inputs: QuotiteInputs, found: Quotite) -> Etape:
    since = f"en vigueur depuis le {in_words(found.rsa.en_vigueur_du)}"
    why = (
        "Il reste toujours le montant forfaitaire du RSA d'une personne seule, quelle que soit la famille : "
        f"{euros(found.rsa.montant)} par mois, {since} ({found.rsa.texte})."
    )
    if inputs.periode is Periode.AN:
        why += " Sur un an, le calcul compte douze fois le montant de la date donnée."
    above = max(ZERO, found.net - found.plancher)
    room = f"{euros(found.net)} − {euros(found.plancher)} = {euros(found.net - found.plancher)}"
    if _is_maintenance(inputs):
        computation = f"{room} : peut être saisi {euros(found.saisissable)}"
        articles = _articles("CTRAV L3252-5", "CTRAV R3252-5")
    else:
        computation = (
            f"{room} ; le plus petit de {euros(found.bareme)} (barème) et {euros(above)} = {euros(found.saisissable)}"
        )
        articles = _articles("CTRAV L3252-3", "CASF L262-2")
    return Etape("Le minimum laissé dans tous les cas", why, computation, articles)


def _step_before(inputs: QuotiteInputs, found: Quotite, before: Quotite | None) -> Etape:
    title = "Ce qui a changé en un an"
    if before is None:
        return Etape(title, "Nous n'avons pas de valeurs vérifiées pour l'année d'avant : nous ne comparons pas.")
    now, then = found.annee, before.annee
    if _is_maintenance(inputs):
        why = "Seul le minimum laissé compte pour une pension alimentaire."
    elif now.seuils == then.seuils:
        why = "Le barème n'a pas changé."
    else:
        why = (
            f"Le premier seuil annuel est passé de {euros_in_prose(then.seuils[0])} à "
            f"{euros_in_prose(now.seuils[0])}, le "
            f"dernier de {euros_in_prose(then.seuils[-1])} à {euros_in_prose(now.seuils[-1])}, et la majoration par "
            f"personne à charge de {euros_in_prose(then.par_personne)} à {euros_in_prose(now.par_personne)}."
        )
    why += f" Le minimum laissé est passé de {euros(before.rsa.montant)} à {euros(found.rsa.montant)} par mois."
    difference = found.saisissable - before.saisissable
    word = "de moins" if difference < ZERO else "de plus"
    change = "la même somme" if difference == ZERO else f"{euros(abs(difference))} {word}"
    computation = (
        f"Avec les mêmes réponses un an plus tôt : {euros(before.saisissable)} saisissables. Le "
        f"{in_words(inputs.date)}, {euros(found.saisissable)} : {change}"
    )
    return Etape(title, why, computation, _articles("CTRAV R3252-4"))


def _step_procedure(inputs: QuotiteInputs) -> Etape:
    since = law().reperes["saisie-remunerations-sans-juge"]
    if inputs.date >= since.jour:
        why = (
            f"Depuis le {in_words(since.jour)} ({since.texte}), l'autorisation d'un juge n'est plus nécessaire. Un "
            "commissaire de justice signifie un commandement de payer, qui ouvre un mois pour contester ou trouver un "
            "accord. Ensuite seulement vient le procès-verbal de saisie à l'employeur. Un commissaire de justice "
            "répartiteur reçoit et partage les sommes. Avant cette date, il fallait l'autorisation du juge."
        )
    else:
        why = (
            f"À cette date, il fallait l'autorisation d'un juge. Depuis le {in_words(since.jour)} ({since.texte}), un "
            "commissaire de justice commence par un commandement de payer, et les saisies en cours ont été "
            "transférées. "
            "Le barème, lui, est resté dans le code du travail."
        )
    return Etape("Comment la saisie s'obtient", why)


# ---------------------------------------------------------------- warnings and what to do next


def _warnings(inputs: QuotiteInputs, found: Quotite) -> Iterator[Avertissement]:
    yield from far_date_warnings(inputs.date, "Date de la paie ou du versement", inputs.aujourdhui)
    if found.rsa.doute:
        words = f"Minimum laissé, {euros(found.rsa.montant)}. {found.rsa.doute.in_words()} {found.rsa.note}"
        yield Avertissement("montant_a_confirmer", words.strip())
    if inputs.territoire is Territoire.MAYOTTE:
        yield Avertissement(
            "mayotte",
            "À Mayotte, nous appliquons le même barème avec le RSA de Mayotte : à confirmer auprès d'un commissaire de "
            "justice.",
        )
    if _is_maintenance(inputs):
        yield Avertissement(
            "pension_alimentaire",
            "Ce calcul vaut pour le terme du mois et les six derniers mois impayés (vingt-quatre si l'organisme qui "
            "verse "
            "les prestations familiales agit pour le créancier). Pour des arriérés plus anciens, le barème ordinaire "
            "s'applique : refaites le calcul avec une dette ordinaire.",
        )
    texte_du = found.rsa.texte_du
    if texte_du is not None and found.rsa.en_vigueur_du <= inputs.date < texte_du:
        yield Avertissement(
            "texte_posterieur",
            f"Le texte qui fixe le RSA est du {in_words(texte_du)}, avec effet au "
            f"{in_words(found.rsa.en_vigueur_du)}. À la "
            "date donnée, l'ancien montant était peut-être encore appliqué : à confirmer auprès de l'employeur.",
        )
    if inputs.personnes > 0 and not _is_maintenance(inputs):
        yield Avertissement(
            "justificatifs",
            "Les personnes à charge ne sont comptées que sur justificatif, à présenter par la personne saisie.",
            Niveau.INFO,
        )


def _actions(inputs: QuotiteInputs) -> Iterator[Action]:
    yield Action(
        "Comparez avec la retenue inscrite sur le bulletin de paie ou l'avis de versement. Un écart ? Écrivez à "
        "celui qui "
        "verse et au commissaire de justice, avec ce calcul.",
        "dès la première retenue",
        _PAGE,
    )
    if inputs.date >= law().reperes["saisie-remunerations-sans-juge"].jour:
        yield Action(
            "Si vous avez reçu un commandement de payer, contestez ou cherchez un accord : pendant un mois, votre "
            "contestation bloque la suite. Des retenues ont commencé, ou ce mois est passé ? Vous pouvez encore "
            "contester "
            "à tout moment, mais sans ce blocage.",
            "dans le mois qui suit le commandement",
            _PAGE,
        )
    yield Action("Faites-vous aider : un point-justice reçoit gratuitement et sans condition de revenus.", "", _PAGE)


def _sources(inputs: QuotiteInputs, found: Quotite) -> tuple[SourceUtilisee, ...]:
    series, scale = floor_series(inputs.territoire), law().baremes["remunerations"]
    of_the_scale = SourceUtilisee(
        intitule=f"{scale.intitule} de {found.annee.en_vigueur_du.year}",
        texte=found.annee.texte,
        lien=found.annee.lien or scale.articles[0].lien,
        certitude=found.annee.certitude.value,
        en_vigueur_du=found.annee.en_vigueur_du,
        verifie_le=found.annee.verifie_le,
        valable_jusqu_au=found.annee.en_vigueur_jusqu_au,
        revision_attendue=None,
    )
    of_the_floor = SourceUtilisee(
        intitule=f"Montant forfaitaire du RSA d'une personne seule : {euros(found.rsa.montant)}",
        texte=found.rsa.texte,
        lien=found.rsa.lien or series.articles[-1].lien,
        certitude=found.rsa.certitude.value,
        en_vigueur_du=found.rsa.en_vigueur_du,
        verifie_le=found.rsa.verifie_le,
        valable_jusqu_au=found.rsa.en_vigueur_jusqu_au,
        revision_attendue=series.prochaine_revision() if found.rsa is series.derniere else None,
    )
    return (of_the_floor,) if _is_maintenance(inputs) else (of_the_scale, of_the_floor)
