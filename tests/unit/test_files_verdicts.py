"""The verdict on a file, reason by reason: what each place takes, at its limit and a byte beyond, and what is told."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pytest

from calculators.files import Gravite, Limites, Motif, Type, Verdict, examine, with_twins
from calculators.files.model import Examen, Preview
from calculators.files.rules import with_twin
from tests.files import codes, drawing, look, pdf, raw_pdf, scan

TEXT = b"Bonjour"
STRICT = Limites("", ("pdf",), (), 100, 90)
FREE = Limites("", (), ("texte",), None, 90)


def told(data: bytes, limits: Limites, name: str = "a.txt") -> list[tuple[str, Gravite]]:
    return [(motif.code, motif.gravite) for motif in examine(io.BytesIO(data), name, limits).motifs]


@pytest.mark.parametrize(
    ("data", "limits", "name", "expected"),
    [
        (b"", STRICT, "a.pdf", [("vide", Gravite.REFUS)]),
        (TEXT, STRICT, "a.txt", [("format-refuse", Gravite.REFUS)]),
        (TEXT, FREE, "a.txt", []),
        (TEXT, replace(FREE, conseilles=("pdf",)), "a.txt", [("format-deconseille", Gravite.A_VERIFIER)]),
        (TEXT, replace(FREE, conseilles=()), "a.txt", []),
        (TEXT, replace(STRICT, formats=("texte",)), "a.txt", []),
        (TEXT, replace(STRICT, formats=("texte",), conseilles=("pdf",)), "a.txt",
         [("format-deconseille", Gravite.A_VERIFIER)]),
        (b"a" * 90, FREE, "a.txt", []),
        (b"a" * 91, FREE, "a.txt", [("poids-inconnu", Gravite.A_VERIFIER)]),
        (b"a" * 90, replace(STRICT, formats=("texte",)), "a.txt", []),
        (b"a" * 91, replace(STRICT, formats=("texte",)), "a.txt", [("poids-limite", Gravite.A_VERIFIER)]),
        (b"a" * 100, replace(STRICT, formats=("texte",)), "a.txt", [("poids-limite", Gravite.A_VERIFIER)]),
        (b"a" * 101, replace(STRICT, formats=("texte",)), "a.txt", [("trop-lourd", Gravite.REFUS)]),
    ],
)  # fmt: skip
def test_a_place_takes_some_kinds_up_to_some_weight(
    data: bytes, limits: Limites, name: str, expected: list[tuple[str, Gravite]]
) -> None:
    assert told(data, limits, name) == expected


@pytest.mark.parametrize(
    ("grave", "verdict"),
    [
        ((), Verdict.CONVIENT),
        ((Gravite.A_SAVOIR,), Verdict.CONVIENT),
        ((Gravite.A_SAVOIR, Gravite.A_VERIFIER), Verdict.A_VERIFIER),
        ((Gravite.REFUS, Gravite.A_SAVOIR), Verdict.SERAIT_REFUSE),
        ((Gravite.A_VERIFIER, Gravite.REFUS), Verdict.SERAIT_REFUSE),
    ],
)
def test_the_verdict_is_the_worst_of_the_reasons(grave: tuple[Gravite, ...], verdict: Verdict) -> None:
    found = Examen("a", Type.PDF, 1, "", "a", motifs=tuple(Motif("x", one) for one in grave))
    assert found.verdict is verdict


def test_what_a_file_is_comes_with_its_hash_and_a_name() -> None:
    examen = look(TEXT * 200_000, "Reçu.txt")
    assert (examen.nom, examen.taille, examen.nom_propose) == ("Reçu.txt", 1_400_000, "recu.txt")
    assert examen.empreinte == hashlib.sha256(TEXT * 200_000).hexdigest()
    assert (examen.pages, examen.dimensions) == (None, None)


PROGRAM = b"MZ\x90\x00\x03" + bytes(64)


@pytest.mark.parametrize(
    ("data", "name", "proposed"),
    [
        (PROGRAM, "acte?.exe", "acte.exe"),
        (PROGRAM, "acte?.pdf", "acte?.pdf"),
        (PROGRAM, "acte", "acte"),
        (TEXT, "acte?", "acte.txt"),
        (TEXT, "acte?.exe", "acte.txt"),
    ],
)
def test_a_program_under_another_ending_keeps_its_name(data: bytes, name: str, proposed: str) -> None:
    assert look(data, name).nom_propose == proposed


def test_the_same_content_is_said_of_the_second_file_and_an_empty_one_has_none() -> None:
    first, second, empty = look(TEXT, "a.txt"), look(TEXT, "b.txt"), look(b"", "c.txt")
    told = with_twins([first, second, second, empty, empty])
    assert [[dict(m.valeurs) for m in one.motifs if m.code == "meme-contenu"] for one in told] == [
        [], [{"autre": "a.txt"}], [{"autre": "a.txt"}], [], [],
    ]  # fmt: skip
    assert told[0] == first
    assert with_twin(first, {}) is first
    assert with_twin(empty, {empty.empreinte: "b"}) is empty
    assert with_twin(first, {"0": "b"}).motifs == first.motifs


SCANNED = scan(drawing((60, 80)), drawing((60, 80)), how="jpeg")
WHITE, WRITTEN = Preview(100, bytes([250]) * 10_000), Preview(100, (b"\0" * 50 + b"\xff" * 50) * 100)


@pytest.mark.parametrize(
    ("previews", "empty", "unknown"),
    [
        ({}, None, "1, 2"),
        ({1: WHITE}, "1", "2"),
        ({2: WRITTEN}, None, "1"),
        ({1: WRITTEN, 2: WHITE}, "2", None),
        ({0: WHITE}, None, "1, 2"),
    ],
)
def test_a_scanned_page_is_empty_written_on_or_not_known(
    previews: dict[int, Preview], empty: str | None, unknown: str | None
) -> None:
    examen = examine(io.BytesIO(SCANNED), "scan.pdf", FREE, (), previews)
    found = {motif.code: motif.valeurs.get("pages") for motif in examen.motifs}
    assert (found.get("pages-images-vides"), found.get("images-non-regardees")) == (empty, unknown)
    assert "image-vide" not in found


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xff\xd8\xff\xc0\x00\x0b\x08\x07\xd0\x07\xd0\x03", {"coupe"}),
        (b"\xff\xd8\xff", {"coupe"}),
        (b"\xff\xd8\xff\xd9", {"illisible"}),
        (b"\xff\xd8\xff\xc0\x00\x08\x08\x07\xd0\x07\xd0\x03\xff\xd9", set()),
        (b"\xff\xd8\xff\xc0\x00\x08\x08\x07\xd0\x07\xd0\x04\xff\xd9", {"couleurs-imprimeur"}),
        (b"\xff\xd8\xff\xc0\x00\x08\x08\x00\x09\x07\xd0\x03\xff\xd9", set()),
        (b"\xff\xd8\xff\xc0\x00\x08\x08\x00\x09\x00\x09\x03\xff\xd9", {"definition-faible"}),
    ],
)
def test_a_photo_is_cut_or_cannot_be_read_and_each_is_said_alone(data: bytes, expected: set[str]) -> None:
    assert codes(data, "photo.jpg") == expected
    dark = examine(io.BytesIO(data), "photo.jpg", FREE, [bytes(2_000)]).motifs
    assert ("image-sombre" in {motif.code for motif in dark}) is (look(data, "photo.jpg").dimensions is not None)


def test_an_image_is_judged_by_what_was_drawn_of_it_and_measured_as_it_is() -> None:
    whole = b"\xff\xd8\xff\xc0\x00\x08\x08%s\x03\xff\xd9"
    sheet = whole % b"\x07\xd0\x07\xd1"
    for page, expected in ((0, ["image-vide"]), (1, [])):
        examen = examine(io.BytesIO(sheet), "photo.jpg", FREE, (), {page: WHITE})
        assert [m.code for m in examen.motifs if m.code != "format-deconseille"] == expected
    (small,) = look(whole % b"\x00\x08\x00\x09", "photo.jpg").motifs
    (immense,) = look(whole % b"\x75\x30\x75\x31", "photo.jpg").motifs
    assert (small.valeurs, immense.valeurs) == ({"largeur": 9, "hauteur": 8}, {"largeur": 30_001, "hauteur": 30_000})


def test_what_follows_a_pdf_is_weighed_from_its_end() -> None:
    whole = pdf(3)
    end = whole.rindex(b"%%EOF") + 5
    (motif,) = look(whole[:end] + bytes(5_000)).motifs
    assert dict(motif.valeurs) == {"suite": 5_000}
    # More of the same PDF after its end, of which the end went, is a cut and no remark.
    assert codes(whole[:end] + b"\n9 0 obj\n<<" + bytes(5_000)) == {"coupe"}
    missing = raw_pdf(b"<</Type/Catalog>>")
    assert codes(missing) - {"presque-vide"} == {"illisible"}
    assert codes(raw_pdf(b"(none)") + bytes(2_000)) == {"fin-inattendue", "illisible"}
