"""Which kind of file comes, by how it begins; and how much of a workbook is read."""

from __future__ import annotations

__all__ = ["MOST_BYTES", "MOST_LINES", "MOST_UNPACKED", "is_workbook"]

#: Lines of a workbook that are answered: it is held in memory, which a CSV is not.
MOST_LINES = 20_000
#: Bytes of its file, and of what is in it once unpacked: more is no list of cases.
MOST_BYTES = 20 << 20
MOST_UNPACKED = 128 << 20
#: Of the zip that a workbook is, whether it has anything in it or not.
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def is_workbook(beginning: bytes) -> bool:
    r"""Tell whether a file is to be read as a workbook, and not as a text.

    >>> is_workbook(b"PK\x03\x04\x14"), is_workbook(b"reference;date")
    (True, False)
    """
    return beginning.startswith(_ZIP)
