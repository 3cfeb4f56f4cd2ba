# wirewatch: `make run` starts it, `make test` tests it. Both set up a virtual environment from the lock files first.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run demo test test-servers test-faults check format schemas dashboards lock bench soak clean

run: $(VENV)/.run
	$(BIN)/wirewatch --config deploy/example.toml --data data run

demo: $(VENV)/.run
	$(BIN)/wirewatch demo

# First what needs no servers, then the rest in two halves side by side: they wait for brokers more than they compute.
test: $(VENV)/.test
	$(BIN)/python -m pytest -q tests/unit tests/golden
	$(MAKE) --no-print-directory -j 2 test-servers test-faults

FAULTS = faults parts monitoring
test-servers: $(VENV)/.test
	$(BIN)/python -m pytest -q $(addprefix --ignore=tests/,unit golden $(FAULTS))

test-faults: $(VENV)/.test
	$(BIN)/python -m pytest -q $(addprefix tests/,$(FAULTS))

check: $(VENV)/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

dashboards: $(VENV)/.test
	$(BIN)/python -m deploy.grafana.write
	$(BIN)/python -m deploy.prometheus.catalogue

schemas: $(VENV)/.test
	$(BIN)/python -m service.contracts.schemas

bench: $(VENV)/.test
	for bench in tests/bench/bench_*.py; do echo "== $$bench"; $(BIN)/python -m tests.bench.$$(basename $$bench .py) || exit 1; done

soak: $(VENV)/.test
	$(BIN)/python -m tests.faults.soak $(SOAK)
	WIREWATCH_LONG=1 $(BIN)/python -m pytest -q -m long

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"
lock: $(VENV)/.test
	$(COMPILE) pyproject.toml --extra uk -o requirements.lock
	$(COMPILE) pyproject.toml --extra uk --group dev -o requirements-dev.lock
	$(COMPILE) pyproject.toml --extra en --extra fr --extra ru -c requirements.lock -o requirements-models.lock
	$(COMPILE) pyproject.toml --excludes deploy/slim.excludes -c requirements.lock -o requirements-slim.lock
	$(COMPILE) --group pyproject.toml:build -c requirements-dev.lock -o requirements-build.lock

# What the image would contain, from the lock file (CycloneDX).
sbom: build/sbom.json
build/sbom.json: requirements.lock pyproject.toml | $(VENV)/.test
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o $@ requirements.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "wirewatch needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) from requirements.lock (a minute or two, once)"
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q service producers consumers
	@touch $@

$(VENV)/.test: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) from requirements-dev.lock (a minute or two, once)"
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q service producers consumers
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
