"""The list that goes with the files: it follows what was asked for, and names each file once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from calculators.files.bordereau import Joint, Rubrique, bordereau, letter, read
from calculators.files.model import Type

if TYPE_CHECKING:
    from collections.abc import Sequence

SCAN = Joint("scan.pdf", Type.PDF, 2, 48_300)
PHOTO = Joint("photo.jpg", Type.JPEG, None, 640)


def lines(asked: Sequence[Rubrique]) -> list[str]:
    return [line.replace("\xa0", " ").replace("\u202f", " ") for line in bordereau(asked).lignes]


def test_it_follows_the_list_and_says_what_is_missing() -> None:
    asked = [
        Rubrique("Pièce d’identité – recto et verso", "", (SCAN, PHOTO)),
        Rubrique("Bail", "selon le cas", ()),
        Rubrique("RIB", "", ()),
        Rubrique("Avis d’impôt", "", (Joint("a.pdf", Type.PDF, 1, 1_200_000),)),
    ]
    assert bordereau(asked).noms == (
        "01a_piece-d-identite-recto-et-verso.pdf",
        "01b_piece-d-identite-recto-et-verso.jpg",
        "04_avis-d-impot.pdf",
    )
    assert lines(asked) == [
        "1a. Pièce d’identité – recto et verso : 01a_piece-d-identite-recto-et-verso.pdf (2 pages, 48 ko)",
        "1b. Pièce d’identité – recto et verso : 01b_piece-d-identite-recto-et-verso.jpg (640 octets)",
        "2. Bail : non jointe (selon le cas)",
        "3. RIB : non jointe",
        "4. Avis d’impôt : 04_avis-d-impot.pdf (1 page, 1,2 Mo)",
    ]


def test_without_a_list_each_file_has_its_own_name() -> None:
    asked = [Rubrique("", "", (SCAN,)), Rubrique("", "", (PHOTO,))]
    assert bordereau(asked).noms == ("01_scan.pdf", "02_photo.jpg")
    assert lines(asked) == ["1. 01_scan.pdf (2 pages, 48 ko)", "2. 02_photo.jpg (640 octets)"]


@given(
    st.lists(
        st.builds(Rubrique, st.text(max_size=80), st.text(max_size=9), st.lists(st.just(SCAN), max_size=60).map(tuple)),
        max_size=12,
    )
)
def test_no_two_files_have_one_name_and_each_is_safe(asked: list[Rubrique]) -> None:
    """Whatever the documents are called: no path, no accent, in the order of the files."""
    made = bordereau(asked)
    assert len(set(made.noms)) == len(made.noms) == sum(len(one.fichiers) for one in asked)
    assert all(re.fullmatch(r"\d{2}[a-z]*_[a-z0-9][a-z0-9_-]*\.pdf", name) for name in made.noms)
    assert len(made.lignes) == sum(max(len(one.fichiers), 1) for one in asked)


def test_letters_go_on_after_z() -> None:
    assert [letter(rank) for rank in (0, 25, 26, 27, 51, 52, 199)] == ["a", "z", "aa", "ab", "az", "ba", "gr"]


def test_what_the_page_hands_over_is_read() -> None:
    file = {"nom": "scan.pdf", "type": "pdf", "pages": 2, "taille": 48_300}
    assert read([{"titre": "RIB", "note": "", "fichiers": [file]}]) == [Rubrique("RIB", "", (SCAN,))]
