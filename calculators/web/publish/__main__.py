"""Finish a built site: `python -m calculators.web.publish FOLDER`."""

import sys

from calculators.terminal import run
from calculators.web.publish.site import main

raise SystemExit(run(lambda: main(sys.argv[1:]), "Le dossier du site est incomplet : refaites-le avant de le publier."))
