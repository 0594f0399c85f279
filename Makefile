# Two commands do all: `make demo` and `make test`. Both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# A process a core, each going on with what another has left; PYTEST='tests/text -k split' runs some in one process.
PYTEST ?= --numprocesses auto --maxprocesses 4 --dist worksteal

.PHONY: demo test coverage lint model clean

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) scripts/start.py --setup # does without make what stands here; on Windows there is none
	touch $@

.venv/ready-dev: .venv/ready
	$(INSTALL) pip # older ones know no --group
	$(INSTALL) --editable '.[audit,bulk,documents,excel,ocr,spark,web]' --group dev
	touch $@

demo: .venv/ready ## label a sample document written for this project
	@$(PYTHON) scripts/start.py

test: .venv/ready-dev ## run the tests
	$(BIN)/python -m pytest $(PYTEST)

coverage: ## run the tests and fail where less of the package runs in them than pyproject.toml says
	$(MAKE) test PYTEST='$(PYTEST) --cov --cov-report=term'

lint: .venv/ready-dev ## style, types, direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

model: .venv/ready ## rebuild the default model from labels/ (BACKGROUND=file learns its topics anew)
	$(BIN)/python scripts/build_default_model.py $(BACKGROUND)

clean:
	rm -rf .venv dist build
