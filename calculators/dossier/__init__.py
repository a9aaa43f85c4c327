"""« Mon dossier »: one matter, its facts told once, and what is to be done today.

`document` reads and writes its file, of any version; `rules` asks the calculators and finds the steps that are left;
`words` says them. The page and the command line both come through :func:`opened`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators.dossier.document import Dossier, json_schema, read, read_link, write, write_link
from calculators.dossier.rules import Facts
from calculators.dossier.words import contacts, how, other_rules, step_title, today, when
from calculators.edition import edition, edition_in_words
from calculators.outcome import Answered
from calculators.result import SCHEMA
from calculators.typography import french

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Dossier", "Facts", "as_text", "json_schema", "opened", "read", "to_dict", "write", "write_link"]


def opened(text: str, day: date, *, link: bool = False) -> Facts:
    """Read a file, or what a link holds, and answer it on a day.

    Raises:
        InputError: it cannot be used; the sentence says why.
    """
    return Facts(read_link(text) if link else read(text), day)


def to_dict(facts: Facts) -> dict[str, Any]:
    """The answer for machines: the same on every Python."""
    return {
        "schema": SCHEMA,
        "calculateur": "dossier",
        "regles": edition().id,
        "nom": facts.dossier.nom,
        "aujourd_hui": [
            {"mot": line.mot, "texte": french(line.texte), "pages": [page for page, _ in line.pages]}
            for line in today(facts)
        ],
        "a_faire": [
            {
                "cle": step.evenement.cle,
                "titre": french(step_title(step)),
                "jour": step.evenement.jour.isoformat(),
                "etat": step.etat.value,
                "quand": french(when(step, facts.today)),
                "fait": step.fait,
                "courriers": [letter.nom for letter in step.utiles],
            }
            for step in facts.steps
        ],
        "fait": [{"cle": event.cle, "statut": event.statut.value} for event in facts.done],
        "cas": [
            {
                "calculateur": one.calculateur,
                "resume": french(outcome.result.resume) if isinstance(outcome, Answered) else "",
                "erreurs": [] if isinstance(outcome, Answered) else [fault.message for fault in outcome.erreurs],
            }
            for one, outcome in facts.outcomes
        ],
        "courriers": [letter.nom for letter in facts.letters],
        "listes": list(facts.lists),
    }


def as_text(facts: Facts) -> str:
    """The same for a terminal, or to be copied."""
    lines = [facts.dossier.nom or "Mon dossier", ""]
    lines += [f"{line.mot} : {line.texte}" + "".join(f" {words}." for _, words in line.pages) for line in today(facts)]
    steps = [f"- {step_title(step)} : {when(step, facts.today)}" for step in facts.steps]
    done = [f"- {event.titre} ({how(event, facts)})" for event in facts.done]
    accounts = [f"- {outcome.result.resume}" for _, outcome in facts.answered("sbi")]
    sections = (
        ("Ce qui reste sur le compte", accounts),
        ("Ce qui reste à faire", steps),
        ("Ce qui est fait", done),
        ("À qui s'adresser", [f"- {who}" for who in contacts(facts)]),
    )
    for title, items in sections:
        if items:
            lines += ["", title, *items]
    lines += ["", *filter(None, [other_rules(facts)]), edition_in_words()]
    return "\n".join(map(french, lines))
