"""The blocks of the guides, `/// name | argument`: a module a subject. CONTRIBUTING.md says how a writer uses each."""

from __future__ import annotations

from calculators.web.guides.blocks.access import AccessBlock
from calculators.web.guides.blocks.calculators import BatchBlock, CalculatorBlock, ComparisonBlock, ExampleBlock
from calculators.web.guides.blocks.changes import ChangesBlock, CorrectionsBlock, FeedsBlock, VersionsBlock
from calculators.web.guides.blocks.dossier import DossierBlock
from calculators.web.guides.blocks.doubts import DoubtsBlock
from calculators.web.guides.blocks.files import FilesBlock, PlacesBlock
from calculators.web.guides.blocks.kept import KeptBlock
from calculators.web.guides.blocks.letters import LetterBlock, LettersBlock
from calculators.web.guides.blocks.lists import CasesBlock, ListsBlock, PiecesBlock
from calculators.web.guides.blocks.papers import PapersBlock
from calculators.web.guides.blocks.reference import ReferenceBlock
from calculators.web.guides.blocks.sharing import EmbeddingBlock, LinkBlock, OpenDataBlock
from calculators.web.guides.blocks.sources import ArticlesBlock, SourcesBlock
from calculators.web.guides.blocks.sums import SearchBlock, SumsBlock
from calculators.web.guides.blocks.values import HistoryBlock, HolidaysBlock, ScaleBlock

__all__ = ["BLOCKS"]

#: Every block that a page may have of ours.
BLOCKS = (
    CalculatorBlock,
    BatchBlock,
    FilesBlock,
    PlacesBlock,
    LinkBlock,
    EmbeddingBlock,
    OpenDataBlock,
    ExampleBlock,
    HistoryBlock,
    ScaleBlock,
    ComparisonBlock,
    SearchBlock,
    ChangesBlock,
    CorrectionsBlock,
    FeedsBlock,
    VersionsBlock,
    DoubtsBlock,
    KeptBlock,
    AccessBlock,
    SumsBlock,
    HolidaysBlock,
    PiecesBlock,
    CasesBlock,
    ListsBlock,
    LetterBlock,
    LettersBlock,
    PapersBlock,
    DossierBlock,
    SourcesBlock,
    ArticlesBlock,
    ReferenceBlock,
)
