"""Why something typed is not what was asked for."""

from __future__ import annotations

from calculators.typed.marks import control_in, visible

__all__ = ["Misread", "shown"]

_SHOWN = 40


class Misread(ValueError):  # noqa: N818  # what was typed is at fault, not the program
    """A sentence for the reader: what was read, and what to write. It follows the question."""


def shown(text: str) -> str:
    """What was typed, as a refusal repeats it: short, on one line.

    >>> shown("a" * 100) == "a" * 40 + "…"
    True
    """
    line = " ".join(visible(text[: _SHOWN * 4]).split())
    while control := control_in(line):
        line = line.replace(control, "?")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
