"""One question to a calculator, on whichever Python this runs: the machine's own and the one shipped to browsers."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from calculators.outcome import ask_calculator
from calculators.registry import get

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ask", "ask_all", "mark"]


def ask(question: str) -> str:
    """Answer a JSON list of a calculator's name and answers to its questions, as JSON."""
    name, answers = json.loads(question)
    return json.dumps(ask_calculator(get(name), answers).to_dict(), ensure_ascii=False)


def mark(text: str) -> str:
    """Sum up the bytes of a text."""
    content = text.encode()
    return f"{len(content)}:{zlib.crc32(content):08x}:{zlib.adler32(content):08x}"


def ask_all(questions: Path, marks: Path) -> None:
    """Answer each line of a file; write the mark of each answer to another."""
    with marks.open("w", encoding="utf-8") as written:
        for line in questions.read_text("utf-8").splitlines():
            written.write(f"{mark(ask(line))}\n")
