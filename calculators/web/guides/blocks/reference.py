"""The reference of the library, read in its signatures and docstrings by griffe; in English, as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import calculators
from calculators.errors import UnknownKeyError
from calculators.web.guides.blocks.base import DataBlock
from calculators.web.page.elements import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from griffe import Attribute, Class, Function, Object

__all__ = ["ReferenceBlock"]

_CODE = re.compile(r"``(.+?)``|:\w+:`~?([^`]+)`")
#: Where our package is: griffe reads its sources, and runs none of them.
_SOURCES = Path(calculators.__file__).parents[1]
_LISTS = {"parameters": "Parameters", "returns": "Returns", "raises": "Raises", "attributes": "Attributes"}


class ReferenceBlock(DataBlock):
    """``/// reference | calculators.api``: everything that a module offers, its functions first."""

    NAME = "reference"

    def fill(self, block: ET.Element, argument: str, _body: str) -> None:
        """Fill it.

        Raises:
            UnknownKeyError: there is no such module, or it names in ``__all__`` what it has not.
        """
        block.set("lang", "en")
        block.set("class", "reference")
        # A second to import, for the only page that has this block.
        import griffe  # noqa: PLC0415

        try:
            module: Any = griffe.load(
                argument, search_paths=[_SOURCES], docstring_parser=griffe.Parser.google, allow_inspection=False
            )
            members = [_resolved(module, name) for name in module.exports or ()]
        except (ImportError, KeyError, griffe.GriffeError) as error:
            raise UnknownKeyError(f"{argument!r} cannot be read: {error}") from None
        block.extend(list(_docstring(module, argument)))
        order = [griffe.Kind.FUNCTION, griffe.Kind.ATTRIBUTE, griffe.Kind.CLASS]
        for member in sorted(members, key=lambda member: order.index(member.kind)):
            block.extend(list(_member(member)))


def _resolved(module: Any, name: object) -> Any:
    member = module[str(name)]
    return member.final_target if member.is_alias else member


def _member(member: Function | Class | Attribute) -> Iterator[ET.Element]:
    anchor = f"api-{member.name.lower()}"
    yield el("h3", _code(member.name), id=anchor)
    yield el("pre", _code(_signature(member)))
    yield from _docstring(member, member.name)
    if member.is_class and not _said(member, "attributes") and (fields := list(_fields(member))):
        yield el("p", el("strong", "Attributes"))
        yield el("ul", *(el("li", _code(field)) for field in fields))


def _signature(member: Any) -> str:
    if member.is_function:
        return str(member.signature())
    if member.is_class:
        bases = ", ".join(str(base) for base in member.bases)
        return f"class {member.name}({bases})" if bases else f"class {member.name}"
    return f"{member.name} = {member.value}"


def _fields(member: Any) -> Iterator[str]:
    """What a class of data holds, and the members of an enumeration."""
    for name, part in member.members.items():
        if name.startswith("_") or part.is_alias:
            continue
        if part.is_function:
            yield str(part.signature())
        elif part.is_attribute:
            yield f"{name}: {part.annotation}" if part.annotation else f"{name} = {part.value}"


def _said(member: Object, kind: str) -> bool:
    return member.docstring is not None and any(part.kind.value == kind for part in member.docstring.parsed)


def _docstring(member: Object, name: str) -> Iterator[ET.Element]:
    if member.docstring is None:
        raise UnknownKeyError(f"{name!r} has no docstring")
    for part in member.docstring.parsed:
        kind = part.kind.value
        if kind == "text":
            yield from _paragraphs(str(part.value))
        elif kind in _LISTS:
            yield el("p", el("strong", _LISTS[kind]))
            yield el("ul", *(_item(entry) for entry in part.value))
        else:
            raise UnknownKeyError(f"{name!r}: the docstring has a section {kind!r}, which the page does not show")


def _item(entry: Any) -> ET.Element:
    item = el("li")
    # The annotations of parameters and results are in the signature; that of an error is its name.
    if name := getattr(entry, "name", str(entry.annotation)):
        item.append(_code(name))
        item[-1].tail = ": "
    _prose(item, str(entry.description))
    return item


def _paragraphs(text: str) -> Iterator[ET.Element]:
    """Paragraphs, and examples as they are typed and answered."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith(">>>"):
            yield el("pre", _code(paragraph))
        else:
            yield _prose(el("p"), " ".join(paragraph.split()))


def _prose(element: ET.Element, text: str) -> ET.Element:
    place = 0
    for found in _CODE.finditer(text):
        _append(element, text[place : found.start()])
        element.append(_code(found[1] or found[2]))
        place = found.end()
    _append(element, text[place:])
    return element


def _append(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _code(text: str) -> ET.Element:
    """Code, without the typography of sentences."""
    code = el("code")
    code.text = text
    return code
