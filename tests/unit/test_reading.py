"""The measure of the pages: what counts as a sentence, where it stands, and which ones are too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import reading

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """---
title: Un titre. Avec un point.
---
# Un titre qui n'est pas lu

!!! abstract "En bref"
    Une phrase sur
    deux lignes. Puis « une autre ».

1.  **Premier.** La suite : {{ delai:saisie-attribution.denonciation }}.
2.  Un [lien](page.md), 1 000 € et M. Martin.

    | Quoi | Quand |
    |---|---|
    | l'acte | tout de suite. Demain. |

/// exemple | sbi
solde: 1000
///

```sh
make serve. Now.
```

![Une image. Décrite.](image.svg)
Dernière phrase
"""


def test_sentences_are_what_a_reader_reads_each_with_its_line() -> None:
    assert [(s.line, s.text) for s in reading.sentences(PAGE)] == [
        (6, "En bref"),
        (7, "Une phrase sur deux lignes."),
        (8, "Puis « une autre »."),
        (10, "Premier."),
        (10, "La suite : 8 jours."),
        (11, "Un lien, 1 000 € et M."),
        (11, "Martin."),
        (13, "Quoi"),
        (13, "Quand"),
        (15, "l'acte"),
        (15, "tout de suite."),
        (15, "Demain."),
        (26, "Dernière phrase"),
    ]


@pytest.mark.parametrize(("words", "status"), [(35, 0), (36, 1)])
def test_a_sentence_of_more_than_35_words_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: int, status: int
) -> None:
    page = tmp_path / "page.md"
    page.write_text("---\ntitle: x\n---\nCourte.\n\n" + "mot " * words + "\n", "utf-8")
    assert reading.main([page]) == status
    shown = capsys.readouterr()
    assert "page.md" in shown.out
    assert ("page.md:6: 36 mots dans une phrase, 35 au plus" in shown.err) is bool(status)


def test_long_hard_words_lower_the_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = []
    for text in ("Il paie. On le lit.", "Irrecevabilité constitutionnellement inopposable aux mandataires."):
        page = tmp_path / "page.md"
        page.write_text(f"---\ntitle: x\n---\n{text}\n", "utf-8")
        reading.main([page])
        scores.append(float(capsys.readouterr().out.splitlines()[-1].split()[1]))
    easy, hard = scores
    assert easy > 80
    assert hard < 30


def test_a_text_of_the_law_data_is_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "pieces.toml"
    data.write_text(f'[pieces.a]\nniveau = "requis"\npourquoi = "Court. Et {"mot " * 35}fin."\n', "utf-8")
    assert reading.main([data]) == 1
    assert "pieces.toml:3: 37 mots dans une phrase" in capsys.readouterr().err
