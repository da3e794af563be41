# Two commands do everything: `make demo` (the main job) and `make test`. Both make the virtual environment first.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := demo

.PHONY: demo test test-all check browser benchmark lock clean help

help:
	@echo "make demo       a synthetic breach of 5,000 people, from logs to figures, and the truth beside them"
	@echo "make test       types, style and tests (about four minutes on two cores)"
	@echo "make test-all   the long suites too"
	@echo "make benchmark  1 million people, 6 million events, beside the same answer by hand"

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml compile_catalogues.py $(wildcard src/tocsin/locale/*/LC_MESSAGES/*.po)
	@test -n "$(PYTHON)" \
	  || { echo "Tocsin needs Python 3.11, 3.12 or 3.13: give one with make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "== making the virtual environment in $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -m venv $(VENV) || { \
	  if [ "$$(id -u)" = 0 ]; then echo "== installing python3-venv"; apt-get update -qq && apt-get install -y -qq python3-venv && "$(PYTHON)" -m venv $(VENV); \
	  else echo "The system package python3-venv lacks: install it (apt-get install python3-venv), then try again"; exit 1; fi; }
	@echo "== installing the pinned dependencies"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@echo "== installing Tocsin in place"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP)
	@rm -rf $(DEMO)
	@echo "== a synthetic breach: 5,000 people, two operators, twelve insurers, an intruder in honest accounts"
	$(BIN)/tocsin rehearse $(DEMO) --people 5000 --seed 7 --attack bulk
	@echo "== who was read, which data, whose they are"
	$(BIN)/tocsin run --case $(DEMO)
	@echo "== the breach at a glance, in French and in English: open it in a browser, or print it"
	$(BIN)/tocsin report --case $(DEMO)
	@echo "== the truth check"
	$(BIN)/tocsin rehearse $(DEMO) --score

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# the tests of the report look at it in a real browser; without one they say that they were skipped
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then echo "== installing chromium, to look at the report"; \
	    apt-get update -qq && apt-get install -y -qq chromium >/dev/null || echo "no Chromium: the report is not looked at"; \
	  else echo "no Chromium: the report is not looked at (apt-get install chromium)"; fi; }

test: check browser
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-all: check browser
	$(BIN)/python -m pytest -n 2

benchmark: $(STAMP)
	$(BIN)/python benchmarks/end_to_end.py

lock: $(STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra rehearsal pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra rehearsal --group dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) $(DEMO) .mypy_cache .pytest_cache .ruff_cache .hypothesis mutants
