"""What is said of a file, without words: its kind, its measures, and why it may be refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

__all__ = ["Examen", "Gravite", "Limites", "Motif", "Preview", "Readable", "Type", "Verdict"]


class Readable(Protocol):
    """A file open for reading, from which any part may be asked."""

    def read(self, size: int = ..., /) -> bytes:
        """Give some bytes, or all that are left."""

    def seek(self, offset: int, whence: int = ..., /) -> int:
        """Move, and tell where."""

    def tell(self) -> int:
        """Tell where one is."""


@dataclass(frozen=True)
class Preview:
    """A picture made small: its points in grey, a byte each, line after line of ``largeur``."""

    largeur: int
    gris: bytes


class Type(StrEnum):
    """What a file is, by its bytes."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    AVIF = "avif"
    WEBP = "webp"
    TIFF = "tiff"
    GIF = "gif"
    BMP = "bmp"
    SVG = "svg"
    DOC = "doc"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    RTF = "rtf"
    ZIP = "zip"
    RAR = "rar"
    EXE = "exe"
    HTML = "html"
    EML = "eml"
    TEXTE = "texte"
    VIDEO = "video"
    VIDE = "vide"
    INCONNU = "inconnu"


class Gravite(StrEnum):
    """What a reason does to the verdict: it decides it, calls for a look, or is only good to know."""

    REFUS = "serait_refuse"
    A_VERIFIER = "a_verifier"
    A_SAVOIR = "a_savoir"


class Verdict(StrEnum):
    """What a place would do with a file. That it would take it is never said: only the place knows."""

    CONVIENT = "convient"
    A_VERIFIER = "a_verifier"
    SERAIT_REFUSE = "serait_refuse"


@dataclass(frozen=True)
class Motif:
    """Why: a stable code, and the values that its words need."""

    code: str
    gravite: Gravite
    valeurs: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Limites:
    """What a place takes: see :class:`calculators.law.plateformes.Plateforme`."""

    titre: str
    formats: tuple[str, ...]
    conseilles: tuple[str, ...]
    maximum: int | None
    prudence: int


@dataclass(frozen=True)
class Examen:
    """A file once looked at.

    ``empreinte``: the hash of its content; ``dimensions``: width and height in points, as a viewer shows them.
    """

    nom: str
    type: Type
    taille: int
    empreinte: str
    nom_propose: str
    pages: int | None = None
    dimensions: tuple[int, int] | None = None
    motifs: tuple[Motif, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst of its reasons."""
        graves = {motif.gravite for motif in self.motifs}
        if Gravite.REFUS in graves:
            return Verdict.SERAIT_REFUSE
        return Verdict.A_VERIFIER if Gravite.A_VERIFIER in graves else Verdict.CONVIENT
