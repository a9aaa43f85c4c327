"""Check the pages: `python -m calculators.web.guides docs`."""

import sys

from calculators.web.guides.checks import main

raise SystemExit(main(sys.argv[1:]))
