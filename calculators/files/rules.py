"""The verdict on a file: what a place would refuse, and why, without a word of French.

A verdict is of the file, its name and the place: never of the files beside it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from calculators.files import images, readability
from calculators.files.kinds import ENDINGS, HEAD, also, kind_of
from calculators.files.model import Examen, Gravite, Motif, Type
from calculators.files.names import ending_of, look_at, proposed
from calculators.files.readability import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calculators.files.images import Image
    from calculators.files.model import Limites, Preview, Readable

__all__ = ["LibraryMissingError", "examine", "with_twin", "with_twins"]

_PIECE = 1 << 20
#: Points of an image that a browser, or whoever opens it, has no memory for.
_MOST_POINTS = 80_000_000
#: A PDF of fewer bytes holds no document.
_SMALLEST_PDF = 1_000
#: Pages from which someone is going to ask whether all of them are wanted.
_MANY_PAGES = 500
_START_OF_PDF = re.compile(rb"%PDF-\d")
#: Bytes after the end of a PDF that readers pass over; and what shows that these are more of it, of which the end went.
_BESIDE = 1024
_MORE_OF_IT = re.compile(rb"\d+ \d+ obj\b")

_REFUS, _A_VERIFIER, _A_SAVOIR = Gravite.REFUS, Gravite.A_VERIFIER, Gravite.A_SAVOIR


class LibraryMissingError(Exception):
    """What reads PDFs has not come."""


@dataclass(frozen=True)
class _Inside:
    """What was found inside a file."""

    motifs: tuple[Motif, ...] = ()
    pages: int | None = None
    dimensions: tuple[int, int] | None = None


def examine(
    file: Readable,
    nom: str,
    limites: Limites,
    tiles: Sequence[bytes] = (),
    previews: Mapping[int, Preview] = MappingProxyType({}),
) -> Examen:
    """Look at a file that is to be deposited somewhere.

    Args:
        file: open at any place; read by pieces, never written.
        nom: the name it is deposited under.
        limites: what the place takes.
        tiles: squares of an image in grey, where they could be drawn: see :mod:`calculators.files.readability`.
        previews: the pictures that could be drawn, made small, by the number of their page; 0 for an image.

    Raises:
        LibraryMissingError: it is a PDF, and what reads them has not come. Nothing else: a faulty file is a verdict.
    """
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(size - HEAD, 0))
    tail = file.read(HEAD)
    kind = kind_of(head, tail)
    inside = _inside(kind, file, size, head, previews)
    motifs = (
        *_by_kind(kind, limites),
        *_by_size(kind, size, limites),
        *inside.motifs,
        *(readability.by_pixels(tiles, previews.get(0)) if inside.dimensions else ()),
        *look_at(nom, kind),
    )
    return Examen(
        nom=nom,
        type=kind,
        taille=size,
        empreinte=_hash(file),
        nom_propose=nom if _hidden_program(kind, nom) else proposed(nom, kind),
        pages=inside.pages,
        dimensions=inside.dimensions,
        motifs=motifs,
    )


def _hidden_program(kind: Type, nom: str) -> bool:
    """Whether it is a program under another ending: given its own, it would run at the next click."""
    return kind is Type.EXE and ending_of(nom) not in ENDINGS[kind]


def with_twin(examen: Examen, before: Mapping[str, str]) -> Examen:
    """Say of a file that one before it has the same content; the verdict does not change.

    ``before``: the names of those files, by the hash of their content.
    """
    twin = before.get(examen.empreinte)
    if twin is None or not examen.taille:
        return examen
    return replace(examen, motifs=(*examen.motifs, Motif("meme-contenu", _A_SAVOIR, {"autre": twin})))


def with_twins(examens: Sequence[Examen]) -> list[Examen]:
    """Say of each file that another one before it has the same content."""
    before: dict[str, str] = {}
    told = []
    for examen in examens:
        told.append(with_twin(examen, before))
        before.setdefault(examen.empreinte, examen.nom)
    return told


def _hash(file: Readable) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for piece in iter(lambda: file.read(_PIECE), b""):
        digest.update(piece)
    return digest.hexdigest()


def _by_kind(kind: Type, limites: Limites) -> tuple[Motif, ...]:
    if kind is Type.VIDE:
        return (Motif("vide", _REFUS),)
    if limites.formats and kind.value not in limites.formats:
        return (Motif("format-refuse", _REFUS, {"type": kind.value}),)
    if limites.conseilles and kind.value not in limites.conseilles:
        return (Motif("format-deconseille", _A_VERIFIER, {"type": kind.value}),)
    return ()


def _by_size(kind: Type, size: int, limites: Limites) -> tuple[Motif, ...]:
    if limites.maximum is not None and size > limites.maximum:
        return (Motif("trop-lourd", _REFUS, {"taille": size, "maximum": limites.maximum}),)
    if size > limites.prudence:
        code = "poids-limite" if limites.maximum is not None else "poids-inconnu"
        return (Motif(code, _A_VERIFIER, {"taille": size, "prudence": limites.prudence}),)
    if kind is Type.PDF and size < _SMALLEST_PDF:
        return (Motif("presque-vide", _A_VERIFIER, {"taille": size}),)
    return ()


def _inside(kind: Type, file: Readable, size: int, head: bytes, previews: Mapping[int, Preview]) -> _Inside:
    if kind is Type.JPEG:
        return _image(kind, images.jpeg(file), head)
    if kind is Type.PNG:
        return _image(kind, images.png(file), head)
    if kind is Type.PDF:
        return _pdf(file, size, head, previews)
    return _Inside()


def _double(other: Type | None) -> tuple[Motif, ...]:
    return (Motif("double-nature", _A_VERIFIER, {"autre": other.value}),) if other else ()


def _image(kind: Type, image: Image, head: bytes) -> _Inside:
    motifs = [*_double(also(kind, head, image.apres))]
    shown = image.shown
    if not image.entiere:
        motifs.append(Motif("coupe", _REFUS))
    if shown is None:
        if image.entiere:
            motifs.append(Motif("illisible", _REFUS))
    elif shown[0] * shown[1] > _MOST_POINTS:
        motifs.append(Motif("image-immense", _A_VERIFIER, {"largeur": shown[0], "hauteur": shown[1]}))
    else:
        motifs += readability.by_size(*shown)
    if image.orientation != 1:
        motifs.append(Motif("image-tournee", _A_VERIFIER))
    if image.imprimeur:
        motifs.append(Motif("couleurs-imprimeur", _A_VERIFIER))
    if image.position:
        motifs.append(Motif("position", _A_SAVOIR))
    return _Inside(tuple(motifs), dimensions=shown)


def _pdf(file: Readable, size: int, head: bytes, previews: Mapping[int, Preview]) -> _Inside:
    motifs = []
    if not _START_OF_PDF.match(head):
        motifs.append(Motif("debut-inattendu", _A_VERIFIER))
    reading = _library()
    found_end = reading.end_of(file)
    end = found_end or size
    file.seek(end)
    after = file.read(HEAD)
    motifs += _double(also(Type.PDF, head, after))
    cut = found_end is None or bool(_MORE_OF_IT.search(after))
    if not cut and size - end > _BESIDE:
        motifs.append(Motif("fin-inattendue", _A_VERIFIER, {"suite": size - end}))
    if size > reading.MOST_BYTES:
        return _Inside((*motifs, Motif("pdf-non-ouvert", _A_VERIFIER, {"taille": size, "maximum": reading.MOST_BYTES})))
    found = reading.read(file)
    if found.mot_de_passe:
        motifs.append(Motif("mot-de-passe", _REFUS))
    elif found.chiffre:
        motifs.append(Motif("protege", _A_VERIFIER))
    elif found.demesure:
        motifs.append(Motif("pdf-demesure", _REFUS))
    elif cut:
        # A reader may find pages in what is left of it: those that are lost are not known.
        motifs.append(Motif("coupe", _REFUS))
    elif not found.pages:
        motifs.append(Motif("illisible", _REFUS))
    motifs += _of_pages(found) + _of_scans(found, previews) + _of_document(found)
    return _Inside(tuple(motifs), pages=found.pages)


def _of_pages(found: Any) -> list[Motif]:
    motifs = []
    if found.pages and len(found.blanches) == found.pages:
        motifs.append(Motif("rien-dans-les-pages", _A_VERIFIER))
    elif found.blanches:
        motifs.append(Motif("pages-blanches", _A_VERIFIER, {"pages": _numbers(found.blanches)}))
    if found.tournees:
        motifs.append(Motif("pages-tournees", _A_VERIFIER, {"pages": _numbers(found.tournees)}))
    if found.etranges:
        motifs.append(Motif("pages-etranges", _A_VERIFIER, {"pages": _numbers(found.etranges)}))
    if found.pages and found.pages > _MANY_PAGES:
        motifs.append(Motif("beaucoup-de-pages", _A_VERIFIER, {"nombre": found.pages}))
    return motifs


def _of_scans(found: Any, previews: Mapping[int, Preview]) -> list[Motif]:
    """What is said of pages that are one picture; those that could not be drawn are not known."""
    empty = sorted([*found.vides, *(page for page in found.images if page in previews and plain(previews[page]))])
    unknown = [page for page in found.images if page not in previews]
    motifs = []
    if empty:
        motifs.append(Motif("pages-images-vides", _A_VERIFIER, {"pages": _numbers(empty)}))
    if unknown:
        motifs.append(Motif("images-non-regardees", _A_SAVOIR, {"pages": _numbers(unknown)}))
    return motifs


def _of_document(found: Any) -> list[Motif]:
    told = (
        (found.signature, Motif("signature", _A_SAVOIR)),
        (found.xfa, Motif("formulaire-dynamique", _A_VERIFIER)),
        (found.formulaire and not found.xfa, Motif("formulaire", _A_SAVOIR)),
        (found.portfolio, Motif("portfolio", _A_VERIFIER)),
        (found.pieces_jointes and not found.portfolio, Motif("pieces-jointes", _A_VERIFIER)),
        (found.script, Motif("script", _A_VERIFIER)),
    )
    return [motif for is_so, motif in told if is_so]


def _numbers(pages: list[int], most: int = 12) -> str:
    """The numbers of some pages, as a reader lists them.

    >>> _numbers([1, 2, 5]), _numbers([*range(1, 20)], most=3)
    ('1, 2, 5', '1, 2, 3…')
    """
    return ", ".join(map(str, pages[:most])) + ("…" if len(pages) > most else "")


def _library() -> Any:
    # By its name: what is imported at the top of a module goes with it to the browser.
    try:
        return import_module("calculators.files.pdf")
    except ModuleNotFoundError as error:
        raise LibraryMissingError(str(error)) from None
