"""What people say is found where the law's word stands, in the index of either generator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from calculators.web.publish import synonyms

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("file", "key"), synonyms.INDEXES.items())
def test_the_index_gets_them_once_and_only_where_the_word_stands(tmp_path: Path, file: str, key: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    parts = [
        {"location": "a/", "title": "L’acte", "text": "<p>Le <b>commissaire de\njustice</b> le remet.</p>"},
        {"location": "b/", "title": "France Travail", "text": ""},
        {"location": "c/", "title": "La mairie", "text": "<p>Elle répond.</p>"},
    ]
    (tmp_path / file).write_text(json.dumps({"config": {"lang": ["fr"]}, key: parts}))
    synonyms.add(tmp_path)
    synonyms.add(tmp_path)
    index = json.loads((tmp_path / file).read_text("utf-8"))
    texts = [part["text"] for part in index[key]]
    assert texts[0] == f"{parts[0]['text']} <p>On dit aussi : huissier, huissier de justice.</p>"
    assert "Pôle emploi" in texts[1]
    assert texts[2] == parts[2]["text"]
    assert index["config"] == {"lang": ["fr"]}


def test_every_word_of_the_law_is_one_that_the_pages_use(site: Path, zensical_site: Path) -> None:
    for folder in (site, zensical_site):
        (file,) = (folder / name for name in synonyms.INDEXES if (folder / name).is_file())
        said = file.read_text("utf-8")
        assert [words for words in synonyms.SYNONYMS.values() if words[0] not in said] == []
