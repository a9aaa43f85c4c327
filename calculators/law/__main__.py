"""`python -m calculators.law`: read all the law data; say the first mistake, with its file, its key and its reason."""

from __future__ import annotations

from calculators.errors import LawDataError
from calculators.law.loader import law
from calculators.law.pieces import demarches
from calculators.law.situations import situations
from calculators.terminal import run, tell


def main() -> int:
    """Read everything; 1 when something is wrong."""
    try:
        demarches()
        situations(law())
    except LawDataError as error:
        tell(str(error))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))
