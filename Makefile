# Congvu from a fresh clone: `make demo` (a bare Debian 12 needs python3-venv and make), then `make test`.

PYTHON ?= python3
UV ?= uv
# SERVE=0: `make demo` builds the simulated province and stops before serving its pages.
SERVE ?= 1

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --root-user-action=ignore
COMPILE := $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: help demo install install-dev test lint types imports unit test-pg15 deps-apt messages lock clean clean-data
.DELETE_ON_ERROR:

help:
	@echo 'make demo [SERVE=0]  install, build the simulated province, serve it'
	@echo 'make test            style, types, imports, tests'
	@echo 'make test-pg15       the tests against PostgreSQL 15 of Debian'
	@echo 'make deps-apt        what some tests need besides: chromium, libreoffice-writer, poppler-utils'
	@echo 'make messages        the English of the pages: gather what is new to translate, compile'
	@echo 'make lock            pin and hash requirements*.in anew (needs uv; UPGRADE=--upgrade for newer versions)'
	@echo 'make clean           remove the environment and caches; make clean-data removes ./var with its database'

demo: install
	$(BIN)/congvu demo $(if $(filter 0,$(SERVE)),--no-serve)

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Cần Python 3.11 trở lên cùng mô-đun venv: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps make pip run only when a lock has changed.
$(VENV)/.locked: requirements.txt requirements-build.txt | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.txt -r requirements-build.txt
	touch $@

# The application itself: from this folder, with the locked build backend, asking no index.
$(VENV)/.installed: pyproject.toml $(VENV)/.locked
	$(INSTALL) --quiet --no-index --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(INSTALL) --require-hashes -r requirements-dev.txt
	touch $@

test: lint types imports unit

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev
	$(BIN)/mypy

imports: install-dev
	$(BIN)/lint-imports

# -rs: each skipped test is listed with the reason, so that nothing is left out silently.
unit: install-dev
	$(BIN)/pytest -rs -n auto

test-pg15: install-dev
	.ci/with-postgresql-15 $(BIN)/pytest -rs -n auto

deps-apt:
	$(SUDO) apt-get update
	$(SUDO) apt-get install --yes --no-install-recommends chromium libreoffice-writer poppler-utils

messages: install-dev
	$(BIN)/congvu dev messages

lock:
	$(COMPILE) $(UPGRADE) -o requirements.txt requirements.in
	$(COMPILE) $(UPGRADE) -o requirements-build.txt requirements-build.in
	$(COMPILE) $(UPGRADE) -o requirements-dev.txt requirements-dev.in requirements.in

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find congvu tests -name __pycache__ -type d -prune -exec rm -rf {} +

# For root the database lies outside ./var, so deleting the folder alone would leave it behind.
clean-data: install
	$(BIN)/python -c 'from pathlib import Path; from congvu.kernel.postgres import destroy; destroy(Path("var"))'
	rm -rf var
