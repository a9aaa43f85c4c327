"""Finish a built site: `python -m calculators.web.publish FOLDER`."""

import sys

from calculators.web.publish.site import main

raise SystemExit(main(sys.argv[1:]))
