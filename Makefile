# Two commands: `make demo` and `make test`. Each makes its own virtual environment the first time.

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test check format lint types imports tests servers bench lock clean

demo: $(INSTALLED)
	@$(BIN)/concierge demo

# What CI runs, and nothing else.
test: check

check: $(INSTALLED) servers format lint types imports tests

format: $(INSTALLED)
	$(BIN)/ruff format --check .

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/concierge templates lint templates
	$(BIN)/concierge resources lint data/resources.csv

types: $(INSTALLED)
	$(BIN)/mypy

imports: $(INSTALLED)
	$(BIN)/lint-imports

# Dovecot is installed where that can be done, and missed loudly where it cannot.
servers:
	@sh tools/ensure-dovecot.sh

tests: $(INSTALLED)
	$(BIN)/pytest -n 2 --dist worksteal -q

bench: $(INSTALLED)
	$(BIN)/python benchmarks/run.py

$(INSTALLED): requirements-dev.lock pyproject.toml tools/make-venv.sh
	@sh tools/make-venv.sh $(VENV)
	@touch $@

# Needs `uv`; the lock names no address, so it installs from whatever index pip is set to.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra demo pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra demo --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
