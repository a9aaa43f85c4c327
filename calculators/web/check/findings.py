"""What a check found, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from calculators.typography import french, harmless

#: Characters of a finding: what a site says of itself may be much longer.
_LONGEST = 1000


def plain(text: str) -> str:
    r"""Give a text on one line that a terminal only shows: what a site sends may hold orders for it.

    >>> plain("a\x1b[2J\nb\u202e ✔ 1\u202f000\xa0€")
    'a�[2J�b� ✔ 1\u202f000\xa0€'
    """
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return harmless(text).replace("\n", "\ufffd")


class Grade(Enum):
    """How serious a finding is."""

    GOOD = "✔"
    ADVICE = "•"
    FAULT = "✘"


@dataclass(frozen=True)
class Finding:
    """One thing seen, and what to do about it."""

    grade: Grade
    subject: str
    seen: str
    remedy: str = ""

    def __str__(self) -> str:
        lines = [f"{self.grade.value} {self.subject} : {plain(self.seen)}"]
        if self.remedy:
            lines.append(f"    → {plain(self.remedy)}")
        return french("\n".join(lines))


@dataclass
class Report:
    """What was found so far."""

    findings: list[Finding] = field(default_factory=list)

    def good(self, subject: str, seen: str) -> None:
        """Note what is as it must be."""
        self.findings.append(Finding(Grade.GOOD, subject, seen))

    def advice(self, subject: str, seen: str, remedy: str) -> None:
        """Note what works, and would work better otherwise."""
        self.findings.append(Finding(Grade.ADVICE, subject, seen, remedy))

    def fault(self, subject: str, seen: str, remedy: str) -> None:
        """Note what must be mended."""
        self.findings.append(Finding(Grade.FAULT, subject, seen, remedy))

    def count(self, grade: Grade) -> int:
        """Count the findings of a grade."""
        return sum(finding.grade is grade for finding in self.findings)
