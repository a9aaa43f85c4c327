"""The sentences around a letter: what it is for, before when it leaves, what it rests on, what it is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from calculators.law import Portee
from calculators.law.words import doubt
from calculators.letters.words.letter import letter
from calculators.result import Action, Avertissement, Etape, Niveau, Result, Valeur, amount_used
from calculators.typography import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.language import Language
    from calculators.letters.rules import Facts
    from calculators.result import Lettre

__all__ = ["answer"]

#: From how many blanks on they are counted rather than named.
_NAMED = 3


def answer(facts: Facts, say: Language) -> Result:
    """Write the letter and what goes with it.

    Raises:
        CoverageError: the letter quotes an amount, or must leave by a day, that no verified law gives.
    """
    written = letter(facts, say, _before(facts, say))
    return Result(
        calculateur="courriers",
        resume=_headline(facts, written, say),
        valeurs=tuple(_values(facts, say)),
        etapes=tuple(_steps(facts, say)),
        avertissements=tuple(_warnings(facts, written, say)),
        a_faire=tuple(_actions(facts, written, say)),
        sources=tuple(
            amount_used(facts.law.series[name], value, say) for name, value in facts.amounts.items() if value
        ),
        lettre=written,
        langue=say,
    )


def _before(facts: Facts, say: Language) -> str:
    """Before when it must leave; how that is reckoned, as long as the day that starts it is not given."""
    if facts.limit is None:
        return ""
    if facts.safe_day is None:
        return say(facts.limit.sans_jour or "date à calculer, donnez le jour qui fait partir le délai")
    if facts.late and facts.limit.encore:
        return say("aujourd'hui")
    day = say.weekday(facts.safe_day)
    if facts.deadline is not None and facts.deadline.delai.portee is Portee.SANS_ATTENDRE:
        return say("sans attendre, et avant le {jour}", jour=day)
    return say("le {jour} au plus tard", jour=day)


def _headline(facts: Facts, written: Lettre, say: Language) -> str:
    sentences = [say("{titre}.", titre=say(facts.courrier.titre))]
    count = len(written.blancs)
    if facts.contradicted:
        sentences.append(say("Vos réponses contredisent ce courrier : lisez pourquoi avant de l'envoyer."))
    elif not count:
        sentences.append(say("Votre courrier est complet : relisez-le, puis signez-le."))
    elif count == 1:
        sentences.append(say("Il reste 1 blanc à remplir."))
    else:
        sentences.append(say("Il reste {nombre} blancs à remplir.", nombre=count))
    if facts.limit is not None and facts.last_day is not None:
        last = say.weekday(facts.last_day)
        if facts.late and facts.limit.encore:
            sentences.append(say("Le {jour} est passé. {encore}", jour=last, encore=say(facts.limit.encore)))
        elif facts.late:
            sentences.append(say("La date limite, le {jour}, semble passée.", jour=last))
        elif facts.pressing:
            sentences.append(say("Envoyez-le aujourd'hui, la date sûre est passée."))
        else:
            sentences.append(say("À envoyer {quand}.", quand=written.avant))
    return " ".join(sentences)


def _values(facts: Facts, say: Language) -> Iterator[Valeur]:
    if facts.safe_day is not None:
        day = facts.safe_day
        label = say("Date limite la plus sûre") if facts.deadline else say("Date limite, d'après vous")
        yield Valeur("limite", label, day, essentielle=True, mots=say.weekday(day))


def _steps(facts: Facts, say: Language) -> Iterator[Etape]:
    yield Etape(say("À quoi sert ce courrier"), say(facts.courrier.but), articles=facts.courrier.articles)
    if facts.deadline is not None:
        found = facts.deadline
        words = say(
            "{delai}. Le dernier jour sûr est le {jour}.",
            delai=capitalised(say(found.delai.intitule)),
            jour=say.weekday(found.jour),
        )
        if found.a_viser:
            words += " " + say(
                "Ce jour-là, les bureaux sont fermés : visez le {jour}.", jour=say.weekday(found.a_viser)
            )
        yield Etape(say("La date limite"), words, articles=found.articles)


def _warnings(facts: Facts, written: Lettre, say: Language) -> Iterator[Avertissement]:
    for number, (one, limit) in enumerate(facts.contradicted, 1):
        words = say.weekday(limit) if isinstance(limit, date) else limit
        yield Avertissement(f"contredit_{number}", say(one.sinon, limite=words))
    if facts.pressing and facts.deadline is not None:
        yield Avertissement(
            "date_sure_passee",
            say(
                "La date sûre était le {jour}. Une lecture de la loi laisse jusqu'au {dernier}. Envoyez ce courrier "
                "aujourd'hui, et parlez-en à un avocat ou à un commissaire de justice.",
                jour=say.weekday(facts.deadline.jour),
                dernier=say.weekday(facts.deadline.calcul.au_plus_tard),
            ),
        )
    if facts.late and not (facts.limit and facts.limit.encore):
        yield Avertissement(
            "date_passee",
            say(
                "D'après vos réponses, cette date est passée. Vérifiez-la, puis demandez à un avocat, à un "
                "commissaire de justice ou à un point-justice ce qui reste possible."
            ),
        )
    for number, text in enumerate(written.prudence, 1):
        yield Avertissement(f"prudence_{number}", text)
    if facts.courrier.doute:
        yield Avertissement("a_confirmer", doubt(facts.courrier.doute, say))
    if facts.limit is not None and facts.deadline is not None and facts.deadline.delai.doute:
        yield Avertissement("delai_a_confirmer", doubt(facts.deadline.delai.doute, say))
    yield Avertissement(
        "modele",
        say("Ce texte est un point de départ : relisez chaque phrase, et retirez ce qui n'est pas votre cas."),
        Niveau.INFO,
    )


def _actions(facts: Facts, written: Lettre, say: Language) -> Iterator[Action]:
    if written.blancs:
        first = say(", ").join(written.blancs[:_NAMED])
        more = say("…") if len(written.blancs) > _NAMED else say(".")
        yield Action(say("Remplissez les blancs : {blancs}", blancs=first) + more)
    yield Action(say("Relisez, imprimez, signez. Gardez une copie signée."))
    if written.joindre:
        yield Action(say("Joignez, en copie : {pieces}.", pieces=say(" ; ").join(written.joindre)))
    for number, way in enumerate(written.envoi):
        yield Action(way if not number else say("Ou bien {facon}", facon=way[:1].lower() + way[1:]))
    yield Action(say("Ce qu'il faut savoir avant d'envoyer."), page=facts.courrier.page)
