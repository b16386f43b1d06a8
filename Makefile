# Every verb of the house. `make help` lists them; README.md says which two a newcomer needs.
# What a verb makes (.venv, node_modules, static/dist, *.mo) has a stamp, so nothing is made twice.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PORT ?= 8000
PYTHON ?= $(shell sh .ci/python)
FLASK := .venv/bin/flask
NODE := PATH="$(CURDIR)/.venv/bin:$$PATH" node
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm
TESTS ?= tests
WORKERS ?= auto
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
STATIC := $(shell find static -type f -not -path 'static/dist*' 2>/dev/null)

# What a developer's commands see; the product itself reads RECIPROCA_* and defaults to production.
export RECIPROCA_ENV ?= development
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PORT

PIP_INSTALL := .venv/bin/python -m pip install --quiet --no-warn-script-location --require-hashes
SAY := @printf '\033[1m%s\033[0m\n'

##@ Everyday

.PHONY: help
help: ## Show this list
	@awk -f .ci/help.awk $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: setup assets words .env ## Set up what is missing and serve on http://127.0.0.1:$(PORT), with the demo community
	$(SAY) 'Starting'
	@RECIPROCA_BASE_URL="$${RECIPROCA_BASE_URL:-http://127.0.0.1:$(PORT)}" exec .venv/bin/gunicorn --config gunicorn.conf.py

.PHONY: test
test: setup-dev assets words chromium ## Check the code and run every test (phone and desktop, with and without script)
	@$(MAKE) --no-print-directory check || checked=no; \
	printf '\033[1m%s\033[0m\n' "Testing$${checked:+ all the same}"; \
	RECIPROCA_ENV=test RECIPROCA_TEST_CHROMIUM="$$(sh .ci/chromium)" .venv/bin/pytest -n $(WORKERS) $(TESTS) && test -z "$$checked"

.PHONY: test-all
test-all: export RECIPROCA_TEST_ALL := 1
test-all: test ## The same with every combination of browser size, script and language

.PHONY: check
check: setup-dev assets words ## Look at the code without running it: style, types, imports, templates, words
	$(SAY) 'Checking'
	@for look in 'ruff check .' 'ruff format --check .' mypy 'lint-imports --no-logo' \
	  'djlint templates --lint --quiet' 'python -m translations check'; \
	do .venv/bin/$$look || failed="$$failed, $$look"; done; \
	for script in static/js/*.js; do $(NODE) --check "$$script" || failed="$$failed, $$script"; done; \
	test -z "$$failed" || { echo "To put right:$${failed#,}"; exit 1; }

.PHONY: bench
bench: setup-dev assets words chromium ## Measure speed beside its limits; writes bench/results/
	@RECIPROCA_TEST_CHROMIUM="$$(sh .ci/chromium)" .venv/bin/python -m bench

##@ Now and then

.PHONY: setup
setup: .venv/.run node_modules/.run ## Make .venv and node_modules from the locks

.PHONY: setup-dev
setup-dev: .venv/.dev node_modules/.dev ## The same with what tests and checks need

.PHONY: assets
assets: static/dist/.built ## Build stylesheet, scripts and fonts into static/dist

.PHONY: words
words: $(CATALOGUES:.po=.mo) ## Compile the translations

.PHONY: translations
translations: setup-dev ## Gather new words from the code into translations/*.po and say what is missing
	@.venv/bin/python -m translations update

.PHONY: migrate
migrate: setup ## Bring the database to the newest migration
	@$(FLASK) database migrate

.PHONY: format
format: setup-dev ## Put the Python code in order
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format --quiet .

.PHONY: lock
lock: ## Write requirements/*.lock and package-lock.json anew (UPGRADE=1 takes newer versions)
	@test -x .venv/bin/uv || $(MAKE) setup-dev
	@set -e; compile() { .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) "$$@"; }; \
	compile pyproject.toml --output-file requirements/run.lock; \
	compile pyproject.toml --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock; \
	compile requirements/node.in --output-file requirements/node.lock
	@$(NPM) $(if $(UPGRADE),update,install) --package-lock-only --silent
	@! grep -nE 'https?://[^ ]*(pypi|pythonhosted|registry)|"resolved"' requirements/*.lock package-lock.json

.PHONY: chromium
chromium: setup-dev ## Find a browser for the journeys, or install one
	@sh .ci/chromium

.PHONY: clean
clean: ## Remove everything these verbs made, the development database in var/ excepted
	rm -rf .env .venv node_modules static/dist static/dist.new static/dist.old $(CATALOGUES:.po=.mo)
	rm -rf translations/ar_001 translations/en_150
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- what the verbs make

# For `.venv/bin/flask ...` typed by hand on this machine: what the environment says goes before what is written here.
.env:
	@printf '# Written by make run.\nRECIPROCA_ENV=development\n' > $@

.venv/bin/python:
	$(SAY) 'Making .venv (the first time takes a minute or two)'
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or later is needed; none was found. PYTHON=/path/to/python names one.'; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.lock | .venv/bin/python
	$(SAY) 'Installing Python packages'
	@$(PIP_INSTALL) --requirement requirements/run.lock
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.run
	$(SAY) 'Installing Python packages for tests and checks'
	@$(PIP_INSTALL) --requirement requirements/dev.lock
	@touch $@

# The machine's Node.js when it is new enough, or else the one on PyPI, inside .venv.
.venv/.node: requirements/node.lock | .venv/bin/python
	@sh .ci/node || { printf 'Installing Node.js into .venv\n' && $(PIP_INSTALL) --requirement requirements/node.lock; }
	@touch $@

node_modules/.run: package-lock.json .npmrc .venv/.node
	$(SAY) 'Installing front-end packages'
	@$(NPM) ci --omit=dev --silent
	@touch $@

node_modules/.dev: package-lock.json .npmrc .venv/.node
	$(SAY) 'Installing front-end packages, those for tests included'
	@$(NPM) ci --silent
	@touch node_modules/.run $@

static/dist/.built: $(STATIC) node_modules/.run
	$(SAY) 'Building the front end'
	@$(NPM) run build --silent

%.mo: %.po | .venv/.run
	@.venv/bin/python -m translations compile $(word 2,$(subst /, ,$<))
