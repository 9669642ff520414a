# Two commands do everything: `make run` and `make test`. Each sets up what it needs in .venv first.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run page test browser accept screenshots soak sheets bench mutants lock clean

run: $(STAMP)
	$(BIN)/takstlab compare data/scenarios/holbaek.toml --out results/holbaek --overwrite
	@echo
	@echo "Siden, hvor du selv kan sammenligne: skriv  make page  og åbn http://127.0.0.1:8600/ i en browser."

# Starts the service and opens its page; Ctrl-C stops it.
page: $(STAMP)
	$(BIN)/takstlab serve --browser

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

# Kills running batches at twenty random instants; SOAK_SEED chooses other ones.
soak: $(STAMP)
	$(BIN)/pytest -n 0 -m "soak or hour"

# A workbook in LibreOffice Calc against a running service, in Danish and American; needs libreoffice-calc and python3-uno.
sheets: $(STAMP)
	$(BIN)/pytest -n 0 -m sheets tests/api/sheets

# The pages in a real browser, held against axe; needs chromium.
browser: $(STAMP)
	$(BIN)/pytest -n 0 -m browser tests/browser

# Takes the accepted pictures of the pages' states anew; look at them (git diff shows which) before they are committed.
accept: $(STAMP)
	$(BIN)/python -m tests.browser.accept

# Pictures of the main pages, into docs/screenshots; needs chromium.
screenshots: $(STAMP)
	$(BIN)/python -m tests.browser.screenshots

# Changes one operator, comparison or number of the counting at a time and asks whether a test notices: docs/validation.md.
mutants: $(STAMP)
	$(BIN)/python -m tests.mutants

bench: $(STAMP)
	$(BIN)/python -m benchmarks

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

# Pins every dependency with its hashes; needs uv (pip install uv).
lock:
	uv pip compile --quiet --extra dev --generate-hashes --no-emit-index-url --no-header --universal \
		--python-version 3.11 pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) results build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
