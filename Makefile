# The two commands: `make talk` sets up and builds the talk, `make test` runs all tests.
PYTHON := .venv/bin/python

.PHONY: talk test lint bench constraints clean

talk: ## set up, then build every talk in source/ into build/
	@.ci/setup.sh talk
	$(PYTHON) -m deckgen build

test: ## set up with the judges (LibreOffice, Poppler), then run all tests
	@.ci/setup.sh test
	$(PYTHON) -m pytest

lint: ## style, format and types
	@.ci/setup.sh test
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy

bench: ## speed beside Pandoc, WeasyPrint and python-pptx; BENCH="--sizes 10,30 --repeat 3" is quick
	@.ci/setup.sh bench
	$(PYTHON) tests/bench.py $(BENCH)

constraints: ## renew constraints.txt; use the oldest supported Python: PYTHON=python3.11 make constraints
	@.ci/setup.sh constraints

clean: ## remove what was built and cached; .venv stays
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
