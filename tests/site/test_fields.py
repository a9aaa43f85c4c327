"""What is typed in a page is remembered by no browser, checked by no distant speller, and sent nowhere."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

#: Those in which nothing is typed; a file that is chosen is no text.
_NOT_TYPED = frozenset({"button", "checkbox", "file", "hidden", "radio", "reset", "submit"})


class _Fields(HTMLParser):
    """The forms of a page, and the fields where a reader types."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str | None]] = []
        self.typed: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.forms.append(found)
        typed = tag == "textarea" or (tag == "input" and found.get("type", "text") not in _NOT_TYPED)
        if typed and "readonly" not in found:
            self.typed.append(found)


@pytest.mark.parametrize("builder", ["site", "zensical_site"])
def test_no_browser_remembers_what_is_typed_and_no_form_leads_elsewhere(
    builder: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(builder)
    pages = [_Fields(path.read_text("utf-8")) for path in folder.rglob("*.html")]
    forms = [form for page in pages for form in page.forms if form.get("name") != "search"]
    typed = [field for page in pages for field in page.typed]
    assert forms
    assert [form for form in forms if form.get("autocomplete") != "off" or "action" in form] == []
    assert len(typed) > len(pages)
    assert [field for field in typed if (field.get("autocomplete"), field.get("spellcheck")) != ("off", "false")] == []
