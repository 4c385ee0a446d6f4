# One Makefile, called by people and by CI alike.
PYTHON ?= python3
VENV := .venv/bin
ENVIRONMENT := $(PYTHON) enforcement/local/environment.py
COMPILE := $(VENV)/uv pip compile -q --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-annotate

.DEFAULT_GOAL := help
.PHONY: help env lock

help: ## Tell what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

env: ## Make the environment for working on the code
	@$(ENVIRONMENT) requirements requirements-dev
	@$(VENV)/python -m enforcement.local.machine --testing

lock: ## Resolve the requirements anew
	$(COMPILE) requirements.in -o requirements.lock
	$(COMPILE) requirements-dev.in -o requirements-dev.lock
	$(COMPILE) requirements-node.in -o requirements-node.lock
	npm install --package-lock-only
