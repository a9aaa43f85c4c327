"""What people type, paste and import: a day, an amount, an answer of a list, as it is written, or why it is not one.

One reader for the form, a link, a CSV, JSON and the command line. What has one reading is read, whatever its shape;
what has two, or none, is refused with what was read and what to write: nothing is guessed.
"""

from calculators.typed.amounts import read_amount, read_whole
from calculators.typed.choices import read_choice, read_yes_no
from calculators.typed.days import read_day
from calculators.typed.marks import as_line, control_in, folded, likeness, visible
from calculators.typed.misread import Misread, shown

__all__ = [
    "Misread",
    "as_line",
    "control_in",
    "folded",
    "likeness",
    "read_amount",
    "read_choice",
    "read_day",
    "read_whole",
    "read_yes_no",
    "shown",
    "visible",
]
