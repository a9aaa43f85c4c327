"""A path made from a name that was given: it stays in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class OutsideError(ValueError):
    """A name that leads out of its folder."""

    def __init__(self, name: str) -> None:
        # As Python writes it: the name may hold anything.
        super().__init__(f"{name!r} : ce nom mène hors de son dossier")


def inside(folder: Path, name: str) -> Path:
    r"""Give the path of `name` in `folder`; raise OutsideError if it leads elsewhere, by a link of the disk even.

    >>> from pathlib import Path
    >>> inside(Path("site"), "assets/a.css").as_posix()
    'site/assets/a.css'
    >>> inside(Path("site"), "assets/../../a.css")
    Traceback (most recent call last):
    calculators.web.project.paths.OutsideError: 'assets/../../a.css' : ce nom mène hors de son dossier
    """
    usual = all(
        part not in {"", ".", ".."} and part.isprintable() and not set(part) & set('\\:*?"<>|')
        for part in name.split("/")
    )
    if not (usual and is_inside(folder, folder / name)):
        raise OutsideError(name)
    return folder / name


def is_inside(folder: Path, path: Path) -> bool:
    """Tell whether what stands at a path is in `folder`, once the links of the disk are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def files_of(folder: Path, pattern: str) -> Iterator[Path]:
    """Go through the files of `folder`, in order; raise OutsideError for one that is a link to elsewhere."""
    for path in sorted(folder.glob(pattern)):
        if path.is_file():
            if not is_inside(folder, path):
                raise OutsideError(path.relative_to(folder).as_posix())
            yield path
