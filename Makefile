# Everything here works on a machine with make and Python 3.11 or newer; `make test` needs Node 20 and npm besides.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo install dev test exact languages letters pictures clean

demo: install
	$(BIN)/scratchgen make

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("scratchgen needs Python 3.11 or newer; try: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

dev: $(VENV)/installed-dev

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

# The order is from quick to slow: a mistake in style is known in seconds.
test: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/scratchgen engines install
	$(BIN)/pytest --numprocesses 2 --cov --cov-report=term:skip-covered

# The comparisons with the official engine at their full counts; takes about a quarter of an hour.
exact: dev
	$(BIN)/scratchgen engines install
	SCRATCHGEN_EXACT=full $(BIN)/pytest --numprocesses 2 tests/simulator tests/projects

languages: dev
	$(BIN)/python docs/languages.py

letters: dev
	$(BIN)/scratchgen engines install
	$(BIN)/python docs/letters.py

pictures: dev
	$(BIN)/python docs/pictures.py
	$(BIN)/python docs/handouts.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
