# Every task of the project; `make` alone lists them.
VENV   := .venv
PYTHON := $(VENV)/bin/python
LOCK   := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools
PIP    := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps
PO     := $(wildcard bot/locales/*/LC_MESSAGES/messages.po)

.PHONY: help setup postgresql dev demo demo-web docs test test-web live programs check format catalogs generated lock licences news changelog wheel bench soak openapi coverage mutants pictures clean

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## install what the bot needs to run into .venv, from the lock

$(READY): requirements/run.txt requirements/build.txt pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Hello Circle needs Python 3.11 or newer."; exit 1; }
	@test -x $(PYTHON) || python3 -m venv $(VENV) || { echo "Please install the package python3-venv, then try again."; exit 1; }
	$(PIP) --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PIP) --no-build-isolation --no-index --editable .
	@touch $(READY)

$(TOOLS): requirements/dev.txt $(READY)
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $(TOOLS)

dev: $(TOOLS) ## everything for those who change the program: linters and tests too, and `make check` before each commit
	$(VENV)/bin/pre-commit install

postgresql: setup ## install what the bot needs to keep its data on a PostgreSQL server, too
	$(PIP) --require-hashes -r requirements/postgresql.txt

demo: setup ## try the bot in this terminal
	@$(VENV)/bin/hello-circle demo

demo-web: setup ## try the bot in a browser, as on Discord or Slack
	@$(VENV)/bin/hello-circle demo --web

test: $(TOOLS) ## run every test of what the bot does; those of the source itself are in `make check`
	$(PYTHON) -m pytest --numprocesses 3 --quiet --in-memory --ignore tests/repo

test-web: $(TOOLS) ## try the page of the demo in the browser of this machine: a minute
	@$(PYTHON) -m tests.web.browser || { echo "There is no chromium, so the page cannot be tried in a browser: apt-get install chromium"; exit 1; }
	$(PYTHON) -m pytest --quiet tests/web/browser_*.py

live: $(TOOLS) ## run the real bot against loopbacks of Slack and Discord, by the machine's own clock: three minutes
	$(PYTHON) -m pytest --numprocesses 2 --quiet tests/live/live_*.py

programs: $(TOOLS) ## do each task as people do, with the real program: set-up, backups, the page to try, a wheel: five minutes
	$(PYTHON) -m pytest --numprocesses 2 --quiet tests/programs/program_*.py

check: $(TOOLS) ## everything that must be true before a commit, except the tests
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m pyright
	$(VENV)/bin/lint-imports
	$(VENV)/bin/vulture
	$(VENV)/bin/vulture bot adapters
	$(PYTHON) -m bot.locales.catalogs check
	$(PYTHON) docs/generate.py --check
	@$(MAKE) --no-print-directory docs
	$(PYTHON) requirements/fresh.py
	$(PYTHON) requirements/bill.py --check
	$(VENV)/bin/zizmor --offline --quiet .github
	$(PYTHON) tests/ratchet.py --check
	$(PYTHON) -m pytest --numprocesses 2 --quiet tests/repo

format: $(TOOLS) ## write the code as the formatter wants it
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

catalogs: $(TOOLS) ## collect the texts, and compile the translations
	$(PYTHON) -m bot.locales.catalogs update
	$(PYTHON) -m bot.locales.catalogs compile

generated: $(TOOLS) ## write the pages that follow from the code
	$(PYTHON) docs/generate.py

lock: $(TOOLS) ## pin the newest allowed versions, with hashes
	$(VENV)/bin/$(LOCK) pyproject.toml --output-file requirements/run.txt
	$(VENV)/bin/$(LOCK) pyproject.toml --extra postgresql --constraint requirements/run.txt --output-file requirements/postgresql.txt
	$(VENV)/bin/$(LOCK) pyproject.toml --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(VENV)/bin/$(LOCK) --group build --constraint requirements/dev.txt --output-file requirements/build.txt
	$(VENV)/bin/$(LOCK) --group docs --constraint requirements/dev.txt --output-file requirements/docs.txt
	$(VENV)/bin/$(LOCK) bench/rivals/requirements.in --output-file bench/rivals/requirements.txt
	$(PYTHON) requirements/fresh.py --write

licences: $(TOOLS) ## write what the program is made of, and under which licences: docs/licences.md, requirements/sbom.cdx.json
	$(PYTHON) requirements/bill.py

news: $(TOOLS) ## show what the next version would say
	@$(VENV)/bin/towncrier build --draft --version next

changelog: $(TOOLS) ## put the news into CHANGELOG.md, for a release: make changelog VERSION=1.2.0
	$(PYTHON) changelog.d/notes.py --version "$(VERSION)"
	$(VENV)/bin/towncrier build --yes --version "$(VERSION)"

wheel: setup ## build what pip installs
	$(VENV)/bin/hatchling build --target wheel --directory dist

bench: $(TOOLS) ## measure, with the floors in the same run
	$(PYTHON) -m bench

soak: $(TOOLS) ## the slow fault sweeps, 500 visitors at once, the doors, faults and rounds on a PostgreSQL server, and eight weeks of the real program
	$(PYTHON) -m pytest --quiet tests/soak/soak_*.py tests/web/load_*.py
	$(PYTHON) -m pytest --numprocesses 2 --quiet --on-server tests/contract tests/faults tests/scheduling

openapi: $(TOOLS) ## hold what Discord is sent against its published description, which is downloaded
	$(PYTHON) -m tests.support.discord.published build/discord-openapi.json
	$(PYTHON) -m pytest --numprocesses 2 --quiet tests/discord tests/contract --openapi build/discord-openapi.json

coverage: $(TOOLS) ## run the tests, and hold what they try to floors that only rise
	$(PYTHON) -m pytest --numprocesses 2 --quiet --in-memory --cov --cov-report=json:build/coverage.json -o "python_files=test_*.py program_*.py"
	$(PYTHON) tests/ratchet.py build/coverage.json

mutants: $(TOOLS) ## change the rules in small ways, and count the changes that tests notice: a quarter of an hour
	$(PYTHON) tests/mutants.py

pictures: $(TOOLS) ## draw the pictures of the documentation; those of Discord and of the page need chromium
	$(PYTHON) docs/pictures.py
	@if command -v chromium > /dev/null; then $(PYTHON) docs/pictures_discord.py && $(PYTHON) docs/pictures_web.py; else echo "There is no chromium, so Discord and the page are not drawn."; fi

clean: ## remove what can be made again
	rm -rf $(VENV) build dist mutants .pytest_cache .ruff_cache .hypothesis .coverage*

docs: $(VENV)/.docs ## build the documentation site, and look through it for broken links: build/docs/site
	$(PYTHON) -m docs.site.build

$(VENV)/.docs: requirements/docs.txt $(TOOLS)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/docs.txt
	@touch $@
