# make run    set up, ingest the shipped documents, serve the site on http://127.0.0.1:8000
# make test   set up everything, check and test      make gold   score extraction against the gold files
# make install, make bench, make raise-floor, make clean: see README.md and CONTRIBUTING.md

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?=
VENV := .venv/bin
export PYTHON

.PHONY: help install run test check gold raise-floor bench everything cluster constraints clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

install: ## .venv with the command zhengmai (.venv/bin/zhengmai), and nothing more
	@sh cli/install.sh core

run: install ## set up, ingest data/policies, answer one question, serve the site (PORT=8001 for another port)
	@$(VENV)/zhengmai ingest data/policies
	@$(VENV)/zhengmai who handles housing
	@exec $(VENV)/zhengmai serve --host $(HOST) --port $(PORT)

everything:
	@sh cli/install.sh all

cluster: ## everything and Ray: make test then has a cluster of two nodes
	@sh cli/install.sh cluster

check: everything ## style, types, direction of imports
	@$(VENV)/ruff check .
	@$(VENV)/mypy
	@$(VENV)/lint-imports --no-cache

test: check ## all checks and tests; what needs more than pip can bring is skipped with the reason
	@$(VENV)/python -m pytest -n 2 --dist loadgroup $(ARGS)

gold: everything ## extraction and search against the gold files, gains and losses against the floor
	@$(VENV)/python -m tests.gold.report $(if $(MISSES),--misses)

raise-floor: everything ## keep today's gains as the new floor
	@$(VENV)/python -m tests.gold.report --raise-floor

bench: everything ## speed, as ratios taken in one run
	@$(VENV)/python -m tests.bench

constraints: cluster ## write down the versions that the pinned libraries bring along
	@$(VENV)/python -I cli/environment.py freeze

clean: ## remove .venv and caches (never the store)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
