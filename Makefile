# One Makefile, called by people and by CI alike.
PYTHON ?= python3
PORT ?= 8000
SCALE ?= 100k
VENV := .venv/bin
ENVIRONMENT := $(PYTHON) enforcement/local/environment.py
CODE := law audit papers desk catalog townships cases enforcement manage.py
CHECKED := $(CODE) tests $(wildcard bench)
COMPILE := $(VENV)/uv pip compile -q --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-annotate
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test suite bench env lint types messages format lock

help: ## Tell what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

run: ## Run everything on this machine: PORT=8000, HOST=127.0.0.1
	@$(ENVIRONMENT) requirements
	@exec setpriv --pdeathsig TERM $(VENV)/python -m enforcement.local.supervisor

test: env ## Check the code and run the whole suite
	@$(MAKE) --no-print-directory --jobs=2 suite lint types

suite:
	@$(VENV)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

bench: env ## Measure against raw SQL: SCALE=100k, 1m or 5m
	@$(VENV)/python -m bench --scale $(SCALE)

env: ## Make the environment for working on the code
	@$(ENVIRONMENT) requirements requirements-dev
	@$(VENV)/python -m enforcement.local.machine --testing

lint: ## Check style, layers and templates
	@$(VENV)/ruff check $(CHECKED)
	@$(VENV)/ruff format --check $(CHECKED)
	@$(VENV)/lint-imports --no-logo
	@$(VENV)/djlint --lint --quiet templates

types: ## Check the types
	@$(VENV)/mypy $(CODE)

messages: ## Gather the texts to translate, and compile the translations
	@$(VENV)/python manage.py makemessages --locale en --no-wrap --no-obsolete --add-location file \
		--ignore .venv --ignore node_modules --ignore var --ignore tests
	@$(VENV)/python -m enforcement.local.messages

format: ## Put the code into shape
	@$(VENV)/ruff check --fix $(CHECKED)
	@$(VENV)/ruff format $(CHECKED)

lock: ## Resolve the requirements anew
	$(COMPILE) requirements.in -o requirements.lock
	$(COMPILE) requirements-dev.in -o requirements-dev.lock
	$(COMPILE) requirements-node.in -o requirements-node.lock
	npm install --package-lock-only
