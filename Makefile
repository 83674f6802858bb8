# Two commands for a newcomer: `make demo` and `make test`. Everything they need goes into .venv, and pip's downloads into its cache.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What locks and audits has a folder of its own: it shares no package with what it looks at.
TOOLS := $(VENV)/tools
UV := uv==0.13.9
PIP_AUDIT := pip-audit==2.10.1
LOCKED := $(TOOLS)/bin/uv pip compile setup.cfg - --quiet --universal --python-version 3.11 --constraint constraints.txt \
  --generate-hashes --no-annotate --no-header --no-emit-index-url

.DEFAULT_GOAL := help
.PHONY: help demo test lint types layers unit faults fuzz bench bench-corpus docs lock audit clean

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

fuzz: $(VENV)/.installed-fuzz  ## mutate inputs over every way in, 200,000 of them (an hour or more of one core)
	@mkdir -p .fuzz && $(BIN)/python -m tests.fuzz.target -runs=$${RUNS:-200000} -max_len=600 .fuzz

bench: $(VENV)/.installed-bench  ## time commands, extraction, pages, a crawl, archives, loading, each beside something known
	@$(BIN)/python tests/bench/performance_page.py $(ARGUMENTS)

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

$(VENV)/.installed-bench: $(VENV)/.installed
	@$(PIP) install --constraint constraints.txt --editable '.[bench]'
	@touch $@

$(VENV)/.installed-fuzz: $(VENV)/.installed-dev
	@$(PIP) install --constraint constraints.txt --editable '.[fuzz]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the checkers into $(VENV) (once) ..."
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(TOOLS)/.installed: $(VENV)/bin/python Makefile
	@$(BIN)/python -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip --disable-pip-version-check --quiet install $(UV) $(PIP_AUDIT)
	@touch $@

docs: $(VENV)/.installed  ## measure again what docs/repair.md and datasheets tell, and write the data dictionary
	@$(BIN)/python tests/bench/repair_page.py
	@$(BIN)/python tests/bench/gold_scores.py
	@$(BIN)/python tests/bench/dictionary_page.py

lock: $(TOOLS)/.installed  ## pin every package by version and hash, as constraints.txt has them: requirements.lock, and with all extras
	@for lock in requirements.lock "requirements-all.lock --all-extras"; do \
	  set -- $$lock; \
	  sed -n 's/^requires = \["\(setuptools==.*\)"\]$$/\1/p' pyproject.toml | $(LOCKED) $$2 > $$1.new || exit 1; \
	  { echo "# Made by \`make lock\` from setup.cfg and constraints.txt. How to install with it: docs/security.md"; cat $$1.new; } > $$1; \
	  rm $$1.new; \
	done

audit: $(TOOLS)/.installed  ## look every locked package up among published advisories (needs the network)
	@$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements-all.lock || \
	  { echo "Not shown to be free of known faults: what pip-audit says above is an advisory, or why it could not ask." >&2; exit 1; }

clean:  ## remove the virtual environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
