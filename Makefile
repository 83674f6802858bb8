# Two commands for a newcomer: `make demo` and `make test`. Everything they need goes into .venv, and pip's downloads into its cache.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test lint types layers unit faults bench bench-corpus docs clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(VENV)/.installed  ## crawl, extract, repair, check and load the bundled news site, then show the claims
	@$(BIN)/cakupan demo

test: lint types layers unit  ## every check that CI runs

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	@$(BIN)/mypy

layers: $(VENV)/.installed-dev
	@$(BIN)/lint-imports --config setup.cfg

unit: $(VENV)/.installed-dev
	@$(BIN)/pytest -n 2

faults: $(VENV)/.installed-dev  ## kill runs 50 times, fill disks, lock, cut, flip, move the clock: each must be made good (some 15 minutes)
	@CAKUPAN_FAULTS_KILLS=$${KILLS:-50} $(BIN)/pytest -n 2 -rP tests/faults

bench: $(VENV)/.installed  ## time the commands, the reading of pages and of archives, each beside something known
	@$(BIN)/python tests/bench/startup.py
	@$(BIN)/python tests/bench/pages.py
	@$(BIN)/python tests/bench/backfill.py

bench-corpus: $(VENV)/.installed  ## build a database of a million claims and time loading, views and search (some 15 minutes)
	@$(BIN)/python tests/bench/corpus_scale.py $(ARGUMENTS)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cakupan needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/.installed: $(VENV)/bin/python setup.cfg pyproject.toml constraints.txt
	@echo "Installing cakupan into $(VENV) (once; about a minute) ..."
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the checkers into $(VENV) (once) ..."
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

docs: $(VENV)/.installed  ## measure again what docs/repair.md and datasheets tell, and write the data dictionary
	@$(BIN)/python tests/bench/repair_page.py
	@$(BIN)/python tests/bench/gold_scores.py
	@$(BIN)/python tests/bench/dictionary_page.py

clean:  ## remove the virtual environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
