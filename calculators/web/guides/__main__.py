"""Check the pages: `python -m calculators.web.guides docs`."""

import sys

from calculators.terminal import run
from calculators.web.guides.checks import main

raise SystemExit(run(lambda: main(sys.argv[1:]), "Les pages n'ont pas toutes été lues."))
