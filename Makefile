# The two commands: `make talk` sets up and builds the talk, `make test` runs all tests.
IN_VENV := .venv/bin/python

.PHONY: talk test site lint bench constraints clean

talk: ## set up, build every talk in source/ into build/, and install the fonts that decks name for this user
	@.ci/setup.sh talk
	$(IN_VENV) -m deckgen build
	$(IN_VENV) -m deckgen fonts

test: ## set up with the judges (LibreOffice, Poppler, Ghostscript), then run all tests
	@.ci/setup.sh test
	$(IN_VENV) -m pytest --numprocesses auto --dist loadfile

site: ## the documentation as a site in build/site, built without network
	@.ci/setup.sh site
	NO_MKDOCS_2_WARNING=1 $(IN_VENV) -m mkdocs build --strict --quiet --config-file website/mkdocs.yml

lint: ## style, format and types
	@.ci/setup.sh test
	$(IN_VENV) -m ruff check
	$(IN_VENV) -m ruff format --check
	$(IN_VENV) -m mypy

bench: ## speed beside Pandoc, WeasyPrint and python-pptx; BENCH="--sizes 10,30 --repeat 3" is quick
	@.ci/setup.sh bench
	$(IN_VENV) -m tests.bench $(BENCH)

constraints: ## renew constraints.txt; use the oldest supported Python: PYTHON=python3.11 make constraints
	@.ci/setup.sh constraints

clean: ## remove what was built and cached; .venv stays
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
