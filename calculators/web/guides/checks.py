"""The pages as their authors write them: checked before the build; and after it, those checked too long ago say so.

`python -m calculators.web.guides docs` comes before MkDocs or Zensical. Each mistake is one line: file, key, reason.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from calculators.calendar import parse_date
from calculators.checklist import Demarche
from calculators.checklist.names import documents
from calculators.delais.names import plans
from calculators.errors import LawDataError
from calculators.holidays import holidays
from calculators.law import law
from calculators.registry import CALCULATORS
from calculators.typography import french
from calculators.web.guides.doubts import check_subjects
from calculators.web.guides.extension import site_date
from calculators.web.page.elements import el, serialise

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

__all__ = ["AIDES", "Mistake", "check_data", "flag_old", "is_guide", "mistakes", "site_mistakes"]

#: Folders whose pages hold a tool. The pages of any other folder are guides; those at the top are about the site.
TOOLS = frozenset({"calculateurs", "juridictions", "pieces"})

_TEXTS = ("title", "description", "public")
#: The words of the box « Vous hésitez ? » (overrides/partials/aide.html); true takes those of the page's address.
AIDES = ("dettes", "creancier", "prudhommes", "urbanisme", "papiers", "avocat", "general")
#: Tools that go with a page, and the block that puts one in it.
_TOOLS: Mapping[str, tuple[str, Sequence[str]]] = {
    "calculateurs": ("calculateur", tuple(CALCULATORS)),
    "pieces": ("liste", tuple(demarche.value for demarche in Demarche)),
}
_OPTIONAL = ("copie", "flux", "hide", "mentions", "parcours", "search", "service", "signaler", "template")
_DESCRIPTION = range(40, 171)  # shorter says nothing, longer is cut in the results of a search
_FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
#: What a picture shows, for those who do not see it.
_SENTENCES = re.compile(r"[A-ZÀÉ].{38,}\.")
_ERRORS = "Les erreurs à éviter"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a page, and where."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}"


@dataclass(slots=True)
class _Page:
    name: str
    meta: dict[str, Any] = field(default_factory=dict)
    body: str = ""

    def wrong(self, key: str, reason: str) -> Mistake:
        return Mistake(self.name, key, reason)


def is_guide(name: str) -> bool:
    """Whether a page, named from the pages' folder, is a guide: it has then its short answer, steps and sources.

    >>> is_guide("saisie-compte/debiteur.md"), is_guide("calculateurs/sbi.md"), is_guide("index.md")
    (True, False, False)
    """
    folder, slash, _ = name.partition("/")
    return bool(slash) and folder not in TOOLS


def mistakes(docs: Path, today: date) -> list[Mistake]:
    """Check every page of a folder; no mistake, an empty list."""
    found = []
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs).as_posix()
        match = _FRONT.fullmatch(path.read_text("utf-8"))
        if match is None:
            found.append(Mistake(name, "front matter", "missing: the page must start with --- , its keys, and ---"))
            continue
        try:
            meta = yaml.safe_load(match[1])
        except yaml.YAMLError as error:
            hint = 'a value that holds " : " must be between double quotes'
            found.append(Mistake(name, "front matter", f"not valid YAML ({_problem(error)}); {hint}"))
            continue
        if not isinstance(meta, dict):
            found.append(Mistake(name, "front matter", "expected keys and values"))
            continue
        page = _Page(name, meta, match[2])
        found += _front_matter(page, today)
        if is_guide(name):
            found += _guide(page)
    return found


def _problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f", line {mark.line + 2}" if mark else ""
    return f"{getattr(error, 'problem', error)}{where}"


def _front_matter(page: _Page, today: date) -> Iterator[Mistake]:
    for key in _TEXTS:
        value = page.meta.get(key)
        if not isinstance(value, str) or not value.strip():
            yield page.wrong(key, "missing" if value is None else f"expected a text, got {value!r}")
        elif key == "description" and len(value) not in _DESCRIPTION:
            bounds = f"{_DESCRIPTION.start} to {_DESCRIPTION.stop - 1}"
            yield page.wrong(key, f"{len(value)} characters; expected {bounds}")
    help_box = page.meta.get("aide")
    if not isinstance(help_box, bool) and help_box not in AIDES:
        yield page.wrong("aide", f"expected true, false or one of {', '.join(AIDES)}, got {help_box!r}")
    yield from _checked_on(page, today)
    yield from _tools(page)
    for key in sorted(set(map(str, page.meta)) - {*_TEXTS, *_OPTIONAL, *_TOOLS, "aide", "verifie_le"}):
        yield page.wrong(key, "unknown key")


def _tools(page: _Page) -> Iterator[Mistake]:
    for key, (block, known) in _TOOLS.items():
        value = page.meta.get(key)
        if value is None and not is_guide(page.name):
            continue
        if not isinstance(value, list):
            yield page.wrong(key, f"expected a list between brackets, [] when there is none, got {value!r}")
            continue
        for name in value:
            if name not in known:
                yield page.wrong(key, f"unknown {name!r}: expected one of {', '.join(known)}")
        for name in dict.fromkeys(re.findall(rf"^/// {block} \| (\S+)$", page.body, re.MULTILINE)):
            if name not in value:
                yield page.wrong(key, f"the page has a block /// {block} | {name}: name it here too")


def _checked_on(page: _Page, today: date) -> Iterator[Mistake]:
    value = page.meta.get("verifie_le")
    # Quoted, as both builders want it: one of them cannot read a bare date of YAML.
    if not isinstance(value, str) or (day := parse_date(value)) is None:
        yield page.wrong("verifie_le", f'expected a date between quotes, as "2026-11-21", got {value!r}')
    elif day > today:
        yield page.wrong("verifie_le", f"{value} is after the day of the build, {today}")


def _guide(page: _Page) -> Iterator[Mistake]:
    headings = re.findall(r"^## (.*?)(?: \{.*\})?$", page.body, re.MULTILINE)
    start = page.body.partition("\n## ")[0]
    if '!!! abstract "En bref"' not in start:
        yield page.wrong("En bref", 'expected !!! abstract "En bref" before the first ## heading')
    if not re.search(r"^1\. |^### ", page.body, re.MULTILINE):
        yield page.wrong("steps", "expected a numbered list, or steps as ### headings")
    if not re.search(r"^/// sources\n(?:.*\S.*\n)+///$", page.body, re.MULTILINE):
        yield page.wrong("sources", "expected a /// sources block that names at least one source")
    if not headings or headings[-1] != "Sources":
        yield page.wrong("Sources", "expected ## Sources as the last heading")
    for described in re.findall(r"^!\[([^\]]*)\]\([^)]+\.svg\)", page.body, re.MULTILINE):
        if not _SENTENCES.fullmatch(described):
            yield page.wrong("picture", f"expected its description in whole sentences, got {described!r}")
    if _ERRORS not in headings:
        yield page.wrong(_ERRORS, f"expected a heading ## {_ERRORS}")
    if page.meta.get("aide") is False and "## Où trouver de l'aide" not in page.body:
        yield page.wrong("aide", "false, so the page needs a heading ## Où trouver de l'aide of its own")


# ---------------------------------------------------------------- the data, and what leads to pages

#: Written from the pages' folder: the template that names the tools of a page, each with its title.
_TITLES = Path("../overrides/partials/outils.html")
#: Its tables, by the key of the front matter.
_TITLED: Mapping[str, str] = {"calculateurs": "calculators", "pieces": "lists"}


def check_data() -> None:
    """Read all the data that the pages rest on, and check every name in them: a faulty one would stop each page.

    Raises:
        LawDataError: the first mistake, with its file, its key and its reason.
    """
    check_subjects(law())
    documents()
    plans(law())
    holidays(law())


def site_mistakes(docs: Path) -> Iterator[Mistake]:
    """What the data and the templates name, and the pages' folder does not have: a link would be empty or broken."""
    text = (docs / _TITLES).read_text("utf-8")
    for key, (_, known) in _TOOLS.items():
        table = re.search(rf"set {_TITLED[key]} = \{{(.*?)\}} %", text)
        titles = dict(re.findall(r'"([^"]*)": "([^"]*)"', table[1])) if table else {}
        for name in known:
            if not titles.get(name):
                yield Mistake(_TITLES.as_posix(), _TITLED[key], f"no title for {name!r}")
            if not _is_page(docs, f"{key}/{name}"):
                yield Mistake(f"{key}/{name}.md", "(file)", "missing: guides lead to the page of each tool")
        for name in titles.keys() - set(known):
            reason = f"a title for {name!r}, which is not one of {', '.join(known)}"
            yield Mistake(_TITLES.as_posix(), _TITLED[key], reason)
    for cle, correction in law().corrections.items():
        if not _is_page(docs, correction.page):
            yield Mistake("corrections.toml", f"corrections.{cle}.page", f"no page {correction.page!r}")


def _is_page(docs: Path, address: str) -> bool:
    return (docs / f"{address}.md").is_file() or (docs / address / "index.md").is_file()


# ---------------------------------------------------------------- after the build

_CHECKED = re.compile(r'<p class="verifie-le">.*?<time datetime="([0-9-]{10})"', re.DOTALL)


def flag_old(site: Path, today: date | None = None) -> None:
    """Put a warning under the title of the built pages, shown when they were checked more than a year before `today`.

    Else it is hidden, and the page script shows it when that day comes: a copied site may be read for years.
    """
    day = today or site_date()
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        match = _CHECKED.search(html)
        checked = parse_date(match[1]) if match else None
        if checked is not None and "<mode-emploi-verifie" not in html:
            warning = serialise(_warning(checked, shown=_a_year_after(checked) < day))
            path.write_text(html.replace("</h1>", f"</h1>{warning}", 1), "utf-8")


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004


def _warning(checked: date, *, shown: bool) -> ET.Element:
    return el(
        "mode-emploi-verifie",
        el(
            "p",
            el("strong", "Cette page a été vérifiée il y a plus d'un an."),
            french(" La loi ou les montants ont pu changer : vérifiez sur les sources, en bas de page."),
            class_="verifie-ancien",
        ),
        data_jour=checked.isoformat(),
        hidden=not shown,
    )


def main(arguments: list[str]) -> int:
    """Check the pages of the folder named; say every mistake."""
    match arguments:
        case [folder] if Path(folder).is_dir():
            try:
                check_data()
            except LawDataError as error:
                print(error, file=sys.stderr)
                return 1
            found = mistakes(Path(folder), site_date())
            if (Path(folder) / _TITLES).is_file():  # the folder of the site, not pages alone
                found += site_mistakes(Path(folder))
            for mistake in found:
                print(mistake, file=sys.stderr)
            return 1 if found else 0
    print("usage : python -m calculators.web.guides DOSSIER_DES_PAGES", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
