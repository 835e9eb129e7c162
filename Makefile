# make demo: set up, screen samples/.   make test: set up, pass the tests.   Others: see `make help`.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# The newest Python that is there, 3.11 at least; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
PY := $(VENV)/bin/python
OUT ?= reports
# A folder with labelled submissions (NAME.truth.json beside NAME), anywhere under SHARED; only `make score` looks there.
SHARED ?= ../shared
WORKERS ?= 2

# pip of the environment, or the system's own working on it where Debian leaves ensurepip out
PIP = $$($(PY) -m pip --version >/dev/null 2>&1 && echo "$(PY) -m pip" || echo "$(PYTHON) -m pip --python $(PY)") \
  --disable-pip-version-check
INSTALL = install --quiet --no-deps --no-build-isolation
PINNED = $(INSTALL) --require-hashes

.PHONY: help demo test check lint lock score bench fuzz retrain test-browser samples clean

help:
	@echo "make demo          把 samples/ 里的三份样例审一遍，打印结论表（首次运行会自动安装）"
	@echo "make test          run the tests (sets up first)"
	@echo "make check         ruff, mypy --strict, import-linter and the tests"
	@echo "make test-browser  the HTML report in a real browser (needs Chromium)"
	@echo "make score         labelled submissions and labelled sentences, with figures"
	@echo "make bench | fuzz  benchmarks | mutated inputs (long)"
	@echo "make retrain       train the indicator model anew from the data in the repository"
	@echo "make samples       build samples/ anew (needs fonts-noto-cjk)"
	@echo "make lock          pin the newest dependencies with hashes"
	@echo "make clean         remove what was installed and written"

# ---- setting up: once for each change of the lock files or of pyproject.toml ----

$(PY):
	@if [ -z "$(PYTHON)" ]; then echo "需要 Python 3.11 或更高版本：请安装后重试，或用 make PYTHON=/路径/python3.11 指定。" >&2; exit 2; fi
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV)

$(VENV)/.runtime: requirements-build.lock requirements.lock pyproject.toml | $(PY)
	@echo "正在安装依赖（只在首次运行和依赖变化时）…"
	@$(PIP) $(PINNED) -r requirements-build.lock
	@$(PIP) $(PINNED) -r requirements.lock
	@$(PIP) $(INSTALL) -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing what tests and checks need …"
	@$(PIP) $(PINNED) -r requirements-dev.lock
	@touch $@

# ---- using ----

# 1 and 3 are verdicts (a submission fails, or needs a person), not faults.
demo: $(VENV)/.runtime
	@code=0; $(PY) -m pipelines.cli run samples --out $(OUT) || code=$$?; \
	echo; echo "报告在 $(OUT)/index.html（每份材料另有 $(OUT)/名称/report.html）；退出码 $$code"; \
	case $$code in 0|1|3) ;; *) exit $$code ;; esac

# ---- testing ----

test: $(VENV)/.dev
	@$(VENV)/bin/lint-imports --no-cache >$(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }
	$(PY) -m pytest -m "not slow and not browser"

test-browser: $(VENV)/.dev
	$(PY) -m pytest -m browser

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

check: lint test

# ---- measuring ----

score: $(VENV)/.dev
	@found=; for truth in $(SHARED)/*/*.truth.json; do if [ -e "$$truth" ]; then found="$$(dirname "$$truth")"; break; fi; done; \
	if [ -z "$$found" ]; then echo "No labelled submissions under $(SHARED): nothing scored there (SHARED=FOLDER names another place)."; \
	else scorer=$$(ls $(SHARED)/*/score.py | head -n 1); \
	  code=0; $(PY) -m pipelines.cli run "$$found" --out out/score --workers $(WORKERS) || code=$$?; \
	  case $$code in 0|1|3) ;; *) exit $$code ;; esac; \
	  $(PY) "$$scorer" "$$found" out/score --json out/score.json --verbose; fi
	$(PY) -m tests.benchmarks.score_sentences $(wildcard $(SHARED)/sentences)

bench: $(VENV)/.dev
	@for job in tests/benchmarks/bench_*.py; do echo "## $$job"; $(PY) $$job || exit 1; done

fuzz: $(VENV)/.dev
	$(PY) -m pytest -m slow

retrain: $(VENV)/.dev
	$(PY) -m models.train

# ---- making ----

samples: $(VENV)/.dev
	$(PY) samples/make_samples.py

COMPILE = $(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-header --no-annotate --overrides requirements-overrides.in

lock: $(VENV)/.dev
	$(COMPILE) requirements-build.in -o requirements-build.lock
	$(COMPILE) -c requirements-build.lock requirements-dev.in -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock requirements.in -o requirements.lock

clean:
	rm -rf $(VENV) $(OUT) out build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
