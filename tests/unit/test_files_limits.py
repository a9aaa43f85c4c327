"""What a phone must live through: many files, heavy, immense and hostile ones; and the next one is still checked."""

from __future__ import annotations

import gc
import io
import time
import tracemalloc
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pikepdf
import pytest

from calculators.files import Verdict, examine, with_twins
from calculators.files.mend import MendError, Part, assemble, unlocked
from calculators.files.pdf import pictures
from tests.files import GEODEMAT, codes, heavy_file, immense, look, pdf, picture
from tests.unit.test_files import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTE = 1 << 20


@contextmanager
def within(megabytes: int, seconds: float) -> Iterator[None]:
    """Python must not take more, of its own time and of memory; and must give back nearly all of it."""
    begun = time.process_time()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        yield
        gc.collect()
        after, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most - before < megabytes * MEGABYTE
    assert after - before < 4 * MEGABYTE, "what was read is let go"
    # Whoever else works on the machine has no part in it; being watched makes Python several times slower.
    assert time.process_time() - begun < seconds


@pytest.mark.parametrize("kind", ["pdf", "jpg", "png"])
def test_a_file_of_200_megabytes_is_read_by_pieces(kind: str, tmp_path: Path) -> None:
    path = heavy_file(tmp_path, kind)
    with path.open("rb") as file, within(megabytes=16, seconds=30):
        examen = examine(file, path.name, GEODEMAT)
    assert (examen.taille, examen.verdict) == (path.stat().st_size, Verdict.SERAIT_REFUSE)
    assert {m.code for m in examen.motifs} == {"trop-lourd", *(["pdf-non-ouvert"] if kind == "pdf" else [])}


def test_200_files_are_each_judged_as_if_alone() -> None:
    files = [data for _ in range(40) for data in (pdf(3), picture("JPEG", (1200, 900)), b"", b"Bonjour", b"%PDF-1.7")]
    alone = {data: look(data).verdict for data in set(files)}
    with within(megabytes=32, seconds=60):
        told = with_twins([look(data) for data in files])
        assert [examen.verdict for examen in told] == [alone[data] for data in files]
        del told


def test_one_page_of_two_thousand_is_turned() -> None:
    whole = pdf(2_000, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with within(megabytes=160, seconds=60):
        (made,) = assemble([Part(io.BytesIO(whole), "a.pdf", 0, {2: 180, 1_999: 90, 9_999: 90})], 1 << 24)
    with pikepdf.open(io.BytesIO(made)) as again:
        turned = {number: int(page.get("/Rotate", 0)) for number, page in enumerate(again.pages, 1)}
    assert (len(turned), {number: by for number, by in turned.items() if by}) == (2_000, {2: 180, 1_999: 90})


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "1"), ("JPEG", "L")])
def test_an_image_of_a_hundred_megapixels_is_not_opened(kind: str, mode: str) -> None:
    data = immense(kind, mode)
    with within(megabytes=16, seconds=10):
        found = codes(data, f"plan.{kind.lower()}")
    assert found == {"image-immense"}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_made_of_a_hostile_pdf_and_it_costs_neither_time_nor_memory(name: str) -> None:
    data = HOSTILE[name]()
    with within(megabytes=160, seconds=20):
        pictures(io.BytesIO(data))
        for make in (
            lambda: assemble([Part(io.BytesIO(data), "a.pdf")], 1 << 24),
            lambda: unlocked(io.BytesIO(data), "a.pdf", "x"),
        ):
            try:
                make()
            except MendError as error:
                code = error.code
            else:
                pytest.fail("something was made of it")
            assert code in {"illisible", "sans-mot-de-passe"}
    # The next one is made as if nothing had been.
    assert len(assemble([Part(io.BytesIO(pdf(3)), "b.pdf")], 1 << 24)) == 1
