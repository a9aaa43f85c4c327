"""The door of the page: one question about files, as the page's worker hands them over, one reply for JSON.

The files stand in a folder of the browser's Python, read where they are: none is copied into its memory whole.
"""

from __future__ import annotations

import io
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calculators.files.bordereau import bordereau, read
from calculators.files.model import Limites, Preview
from calculators.files.rules import LibraryMissingError, examine, with_twin
from calculators.files.words import mended, to_dict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

__all__ = ["DEPOSIT", "RETURN", "answer", "rehearse"]

#: Where the worker puts the files that come with a question, by their numbers, and takes those that are made.
DEPOSIT, RETURN = Path("/depot"), Path("/rendu")


def answer(asked: dict[str, Any], deposit: Path = DEPOSIT, back: Path = RETURN) -> dict[str, Any]:
    """Do what is asked of the files of the deposit, its ``action``.

    ``verifier``: check the first one. The question holds its ``nom``, the ``limites`` of the place it goes to,
    ``tuiles``, squares of the image in grey, a character a byte, ``apercus``, what was drawn small, by the number of
    the page, 0 for an image (its width and its points in grey), and ``avant``, the names of the files before it by the
    hash of their content. The reply holds the ``fichier`` once looked at.

    ``images``: give the pictures of the pages of a PDF that must be drawn to know whether they are blank, and their
    ``numeros``.
    ``ouvrir``: make a copy of a PDF, its ``nom``, that opens without the ``mot_de_passe``.
    ``assembler``: make PDFs of them, no heavier than ``limite``, from their ``noms`` and ``tours``, in degrees, and
    ``pages``, of each the degrees by which some pages are turned, by their numbers.
    ``emballer``: make a zip of them, numbered after the ``rubriques`` they are tied to, and of the list of these, under
    its ``titre`` and what it is for, its ``objet``: see :mod:`calculators.files.bordereau`.
    What is made is put in ``back``. A reply that is not ``ok`` has its ``erreur``; or names in ``manque`` what has not
    come.
    """
    try:
        if asked["action"] == "verifier":
            return _checked(asked, deposit)
        return _made(asked, deposit, back)
    except LibraryMissingError:
        return {"ok": False, "manque": "pdf"}


def _checked(asked: dict[str, Any], deposit: Path) -> dict[str, Any]:
    given = asked["limites"]
    limits = Limites(
        given["titre"], tuple(given["formats"]), tuple(given["conseilles"]), given["maximum"], given["prudence"]
    )
    tiles = [tile.encode("latin-1") for tile in asked.get("tuiles", ())]
    previews = {
        int(page): Preview(width, grey.encode("latin-1")) for page, (width, grey) in asked.get("apercus", {}).items()
    }
    with (deposit / "0").open("rb") as file:
        examen = with_twin(examine(file, asked["nom"], limits, tiles, previews), asked.get("avant", {}))
    return {"ok": True, "fichier": to_dict(examen, limits)}


def _made(asked: dict[str, Any], deposit: Path, back: Path) -> dict[str, Any]:
    mend, pdf = _library("mend"), _library("pdf")
    listed = bordereau(read(asked["rubriques"])) if asked["action"] == "emballer" else None
    names = listed.noms if listed else asked.get("noms", [asked.get("nom", "")])
    with ExitStack() as stack:
        files: list[BinaryIO] = [
            stack.enter_context((deposit / str(number)).open("rb")) for number in range(len(names))
        ]
        if listed:
            head = [asked["objet"], ""] if asked["objet"] else []
            sheet = io.BytesIO(mend.list_of([*head, *listed.lignes], asked["titre"]))
            with (back / "0").open("wb") as target:
                mend.packed([("00_bordereau.pdf", sheet), *zip(names, files, strict=True)], target)
            return {"ok": True}
        told: dict[str, Any] = {"ok": True}
        try:
            if asked["action"] == "images":
                pictures = pdf.pictures(files[0])
                made = [*pictures.values()]
                told["numeros"] = [*pictures]
            elif asked["action"] == "ouvrir":
                made = [mend.unlocked(files[0], names[0], asked["mot_de_passe"])]
            else:
                made = mend.assemble(_parts(mend, asked, files, names), asked["limite"])
        except mend.MendError as error:
            return {"ok": False, "erreur": mended(error.code, error.nom)}
    for number, content in enumerate(made):
        (back / f"{number:03}").write_bytes(content)
    return told


def _parts(mend: Any, asked: dict[str, Any], files: list[BinaryIO], names: Sequence[str]) -> list[Any]:
    turns = [{int(page): by for page, by in some.items()} for some in asked.get("pages", [{}] * len(names))]
    return [mend.Part(*given) for given in zip(files, names, asked["tours"], turns, strict=True)]


def _library(name: str) -> Any:
    try:
        return import_module(f"calculators.files.{name}")
    except ModuleNotFoundError as error:
        raise LibraryMissingError(str(error)) from None


def rehearse() -> None:
    """Look at bytes that are nothing: what it makes Python import is what it must have.

    >>> rehearse()
    """
    limits = Limites("", (), (), None, 1)
    if to_dict(examine(io.BytesIO(b"??"), "?", limits), limits)["verdict"] != "a_verifier":
        raise RuntimeError("the file is not checked")
