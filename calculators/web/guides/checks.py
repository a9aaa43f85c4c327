"""The pages as their authors write them, and the data they rest on, checked before the build.

`python -m calculators.web.guides docs` comes before MkDocs or Zensical. Each mistake is one line: file, key, reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from calculators.calendar import parse_date
from calculators.delais.names import file_of, plans
from calculators.errors import LawDataError, UnknownKeyError
from calculators.holidays import holidays
from calculators.law import law
from calculators.law.courriers import courriers
from calculators.law.pieces import demarches
from calculators.pieces.rules import checked
from calculators.registry import CALCULATORS
from calculators.terminal import tell
from calculators.typography import french
from calculators.web.guides.blocks import BLOCKS
from calculators.web.guides.doubts import check_subjects
from calculators.web.guides.notions import check_notions
from calculators.web.guides.papers import FILE as PAPERS
from calculators.web.guides.papers import papers
from calculators.web.project.settings import SettingError, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

__all__ = ["AIDES", "Mistake", "check_data", "checked_days", "is_guide", "mistakes", "site_mistakes"]

#: Folders whose pages hold a tool. The pages of any other folder are guides; those at the top are about the site.
TOOLS = frozenset({"calculateurs", "juridictions", "pieces"})

_TEXTS = ("title", "description", "public")
#: The words of the box « Vous hésitez ? » (overrides/partials/aide.html); true takes those of the page's address.
AIDES = ("dettes", "creancier", "prudhommes", "urbanisme", "papiers", "avocat", "general")
#: Tools that go with a page, and the block that puts one in it.
_TOOLS: Mapping[str, tuple[str, Callable[[], Collection[str]]]] = {
    "calculateurs": ("calculateur", lambda: CALCULATORS),
    "pieces": ("liste", demarches),
}
#: The blocks that a page may have, each with whether it must say what it is about. The last one is not ours.
_BLOCKS: Mapping[str, bool] = {**{block.NAME: block.ARGUMENT is True for block in BLOCKS}, "details": False}
_BLOCK = re.compile(r"^ *///+ *([\w-]+) *(?:\|(.*))?$", re.MULTILINE)
_CODE = re.compile(r"^( *)(```+).*?^\1\2$", re.MULTILINE | re.DOTALL)
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


def checked_days(docs: Path) -> dict[str, date]:
    """Each page of a folder with the day its author checked it; :func:`mistakes` names those that do not say it."""
    found = {}
    for path in sorted(docs.rglob("*.md")):
        match = _FRONT.fullmatch(path.read_text("utf-8"))
        head = yaml.safe_load(match[1]) if match else {}
        if day := parse_date(str(head.get("verifie_le", ""))):
            found[path.relative_to(docs).as_posix()] = day
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
    yield from _blocks(page)
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
            if name not in known():
                yield page.wrong(key, f"unknown {name!r}: expected one of {', '.join(known())}")
        for name in dict.fromkeys(re.findall(rf"^/// {block} \| (\S+)$", page.body, re.MULTILINE)):
            if name not in value:
                yield page.wrong(key, f"the page has a block /// {block} | {name}: name it here too")


def _blocks(page: _Page) -> Iterator[Mistake]:
    """Blocks that the reader would see as they are typed: Markdown passes over what it does not know."""
    for name, argument in _BLOCK.findall(_CODE.sub("", page.body)):
        if name not in _BLOCKS:
            yield page.wrong(f"/// {name}", f"unknown block: expected one of {', '.join(_BLOCKS)}")
        elif _BLOCKS[name] and not argument.strip():
            yield page.wrong(f"/// {name}", f"expected what it is about, as in /// {name} | …")


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

#: Written from the pages' folder: the menu, where a tool has its title (overrides/partials/outils.html reads it there).
_MENU = Path("../mkdocs.yml")


def check_data() -> None:
    """Read all the data that the pages rest on, and check every name in them: a faulty one would stop each page.

    Raises:
        LawDataError: the first mistake, with its file, its key and its reason.
        UnknownKeyError: what is declared of a notion cannot be understood by those who ask for it.
    """
    check_subjects(law())
    checked(law())
    plans(law())
    holidays(law())
    check_notions(CALCULATORS.values(), law())
    papers()


def site_mistakes(docs: Path) -> Iterator[Mistake]:
    """What the data and the templates name, and the pages' folder does not have: a link would be empty or broken."""
    menu = (docs / _MENU).read_text("utf-8")
    titled = set(re.findall(r"^ *- .+: ([a-z0-9/-]+)\.md$", menu, re.MULTILINE))
    yield from _menu_mistakes(menu)
    for key, (_, known) in _TOOLS.items():
        for name in known():
            if f"{key}/{name}" not in titled:
                yield Mistake(_MENU.as_posix(), "nav", f"no title for {key}/{name}.md")
            if not _is_page(docs, f"{key}/{name}"):
                yield Mistake(f"{key}/{name}.md", "(file)", "missing: guides lead to the page of each tool")
    yield from _demarches_mistakes(docs)
    for plan in plans(law()).values():
        for role, page in plan.pages.items():
            if not _is_page(docs, page):
                yield Mistake(file_of(plan.cle), f"pages.{role}", f"no page {page!r}")
    named = [(courrier.fichier, "page", courrier.page) for courrier in courriers().values()]
    named += [("corrections.toml", f"corrections.{cle}.page", one.page) for cle, one in law().corrections.items()]
    yield from (Mistake(file, key, f"no page {page!r}") for file, key, page in named if not _is_page(docs, page))
    yield from _papers_mistakes(docs)


def _menu_mistakes(menu: str) -> Iterator[Mistake]:
    """Titles that would be shown as they are typed: what comes before a colon, without the typography of the pages."""
    for title in re.findall(r'^ *- "?(.+?)"?: [a-z0-9/-]+\.md$', menu, re.MULTILINE):
        short, colon, rest = title.partition(" : ")
        if short != french(short):
            copied = f"{french(short)}{colon}{rest}"
            yield Mistake(_MENU.as_posix(), "nav", f"title to copy, with its typography: {copied}")


def _demarches_mistakes(docs: Path) -> Iterator[Mistake]:
    lists = docs / "calculateurs/pieces.md"
    for demarche in demarches().values():
        if lists.is_file() and f"(../pieces/{demarche.nom}.md)" not in lists.read_text("utf-8"):
            yield Mistake("calculateurs/pieces.md", "(page)", f"no link to pieces/{demarche.nom}.md in its list")
        for action in demarche.actions:
            if action.page and not _is_page(docs, action.page):
                yield Mistake(demarche.fichier, "actions", f"no page {action.page!r}")


def _papers_mistakes(docs: Path) -> Iterator[Mistake]:
    for paper in papers().papiers.values():
        for way in paper.suites:
            key, source = f"papiers.{paper.nom}.suites", _source(docs, way.page)
            if source is None:
                yield Mistake(PAPERS, key, f"no page {way.page!r}")
            elif way.ancre and not re.search(rf"[{{ ]#{way.ancre}\b", source.read_text("utf-8")):
                yield Mistake(PAPERS, key, f"the page {way.page!r} has no {{ #{way.ancre} }}")


def _source(docs: Path, address: str) -> Path | None:
    """The file of a page, if there is such a page."""
    places = (docs / f"{address}.md", docs / address / "index.md")
    return next((place for place in places if place.is_file()), None)


def _is_page(docs: Path, address: str) -> bool:
    return _source(docs, address) is not None


def main(arguments: list[str]) -> int:
    """Check the pages of the folder named; say every mistake."""
    match arguments:
        case [folder] if Path(folder).is_dir():
            try:
                settings = Settings.read()
                check_data()
            except (SettingError, LawDataError, UnknownKeyError) as error:
                tell(str(error))
                return 1
            found = mistakes(Path(folder), settings.day)
            if (Path(folder) / _MENU).is_file():  # the folder of the site, not pages alone
                found += site_mistakes(Path(folder))
            for mistake in found:
                tell(str(mistake))
            return 1 if found else 0
    tell("usage : python -m calculators.web.guides DOSSIER_DES_PAGES")
    return 2
