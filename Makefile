# Every target sets up what it needs.
PYTHON ?= python3
MAKEFLAGS += --no-print-directory
RUN := .venv/bin/python
SERVE := requirements/build.txt requirements/serve.txt
TEST := requirements/build.txt requirements/test.txt
DESKTOP := requirements/desktop.txt
# Many tests wait: on two cores, four processes compute in turns.
PARALLEL := -n 4 --dist loadfile --no-loadscope-reorder
# Tests of which `make test` tries a part.
TABLES := $(shell grep -lE 'import.* (size|some|turns)\b' -r tests --include='test_*.py') tests/text/test_normal_forms.py
INSPECTOR := tests/clients/inspector/node_modules/.ready
YANKI := tests/clients/yanki/node_modules/.ready
CONFORMANCE := tests/clients/conformance/node_modules/.ready
OPENRPC := tests/clients/openrpc/node_modules/.ready
AGENTS := tests/clients/agents/node_modules/.ready
CLIENTS := .venv/.test .venv-clients/.ready .venv-published/.ready .venv-release/.ready .venv-desktop/.ready \
	$(INSPECTOR) $(YANKI) $(CONFORMANCE) $(OPENRPC) $(AGENTS) clients/typescript/node_modules/.ready

# Some shells export a HOST of their own, the machine's name: only `make serve HOST=...` counts.
ifeq ($(origin HOST),environment)
unexport HOST
endif

.DEFAULT_GOAL := help
.PHONY: help serve test test-fast test-clients test-matrix torture torture-sample mutants bench lint format package dist site spec pictures readme-pictures example-collection clients clients-python clients-typescript docs lock clean setup setup-clients qt-libraries system-packages

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: .venv/.serve ## Serve a collection without Anki's window: COLLECTION=path PORT=number HOST=address
	@exec $(RUN) -m addon serve $${COLLECTION:+--collection "$$COLLECTION"} \
		$${PORT:+--port "$$PORT"} $${HOST:+--host "$$HOST"} $(ARGS)

test: ## Run the tests, in a real Anki too: ARGS="-k name"
	@$(MAKE) -j3 setup
	@$(MAKE) package
	@$(RUN) -m pytest $(PARALLEL) $(ARGS)

test-fast: .venv/.test .venv-clients/.ready ## Run the tests that start no process of their own
	@$(RUN) -m pytest $(PARALLEL) --ignore tests/desktop --ignore tests/torture --ignore tests/web \
		-m "not (process or desktop or browser or node or matrix or torture)" $(ARGS)

test-clients: $(CLIENTS) qt-libraries package clients-typescript ## Run the tests of clients that others wrote
	@tools/languages
	@$(RUN) -m pytest $(PARALLEL) --timeout 900 -m node $(ARGS)

test-matrix: .venv/.test .venv-clients/.ready qt-libraries package ## Run the tests of actions and those in a real Anki on each supported Anki and Python: ANKI="25.7.5 newest" PYTHONS=3.13
	@tools/matrix $(ARGS)

torture-sample: .venv/.test ## Run a sample of the torture
	@tools/libfaketime
	@$(RUN) -m pytest $(PARALLEL) -m torture $(ARGS)

torture: setup package ## Run all of the torture and print figures: FUZZ=100000 KILLS=1000 SOAK=... ARGS="-k kill"
	@TORTURE=1 $(RUN) -m pytest --timeout 0 -m "not (node or matrix)" tests/torture tests/headless/test_kill.py tests/desktop/test_lifecycle.py $(TABLES) $(ARGS)

bench: .venv/.test .venv-desktop/.ready qt-libraries package ## Measure everything beside the same work in-process: ARGS="--only latency --quick"
	@$(RUN) -m bench $(ARGS)

mutants: .venv/.test ## Report small changes that the tests of the deciding modules miss: MUTANTS=20 SEED=1 ARGS=guard
	@$(RUN) tools/mutants.py $${MUTANTS:+--number "$$MUTANTS"} $${SEED:+--seed "$$SEED"} $(ARGS)

lint: .venv/.test ## Check style and types
	@$(RUN) -m ruff check --quiet
	@$(RUN) -m ruff format --check --quiet
	@for platform in linux win32 darwin; do \
		$(RUN) -m mypy --no-error-summary --platform $$platform --cache-dir .mypy_cache/$$platform || exit; done

format: .venv/.test ## Format the code and mend what can be mended
	@$(RUN) -m ruff check --fix-only --quiet
	@$(RUN) -m ruff format --quiet

package: .venv/.serve ## Build dist/anki-rpc.ankiaddon
	@$(RUN) tools/package.py

dist: .venv/.test clients/typescript/node_modules/.ready ## Build all files of a release in dist/, with checksums
	@$(RUN) tools/dist.py

site: .venv-release/.ready ## Build the documentation site in build/site/html; a broken link is an error
	@.venv-release/bin/python tools/documentation_site.py

spec: .venv/.test ## Write spec/openrpc.json, spec/fixtures and the index of actions afresh
	@$(RUN) tools/action_index.py
	@$(RUN) -m addon spec --output spec/openrpc.json
	@$(RUN) tests/fixtures.py

example-collection: .venv/.serve ## Make the collection of the examples and fixtures afresh, to be served
	@rm -rf build/example
	@$(RUN) tests/seed.py "build/example/User 1/collection.anki2"
	@echo 'Serve it: make serve COLLECTION="build/example/User 1/collection.anki2"'

clients: clients-python clients-typescript ## Write the clients in clients/ afresh from spec/openrpc.json

clients-python: .venv-clients/.ready
	@.venv-clients/bin/python clients/python/generate.py

clients-typescript: .venv-clients/.ready clients/typescript/node_modules/.ready
	@.venv-clients/bin/python clients/typescript/generate.py
	@cd clients/typescript && npm run --silent build

pictures: .venv/.test .venv-desktop/.ready qt-libraries package ## Save pictures of all windows in build/pictures, to be looked at: LOOKS="light german"
	@PYTHONPATH=tests:. QT_QPA_PLATFORM=offscreen $(RUN) -m desktop.pictures $(LOOKS)

readme-pictures: setup package ## Take the pictures for the README again
	@PICTURES=docs/pictures $(RUN) -m pytest -q tests/web/test_page.py tests/desktop/test_menu.py -k "picture or menu_opens or who_was_served"

docs: .venv/.test ## Write what the documentation takes from the code afresh
	@$(RUN) tools/docs.py

lock: ## Pin the dependencies afresh: UPGRADE=1 takes the newest
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip install -qq uv
	@PYTHON=build/lock/bin/python tools/lock $(if $(UPGRADE),--upgrade)
	@rm -rf build/lock

clean: ## Remove everything that was made here
	@rm -rf .venv .venv-clients .venv-published .venv-release .venv-desktop* build dist *.egg-info clients/typescript/dist clients/typescript/node_modules tests/clients/*/node_modules
	@find . -type d \( -name __pycache__ -o -name '.*_cache' -o -name .hypothesis \) -prune -exec rm -rf {} +

setup: .venv/.test .venv-clients/.ready .venv-desktop/.ready system-packages

# What all tests need. The packages of the system come first, because apt serves one at a time.
setup-clients: setup
	@tools/node
	@tools/languages
	@$(MAKE) $(CLIENTS)

# One after the other: both ask apt.
system-packages: qt-libraries
	@tools/chromium
	@tools/libfaketime
	@tools/libfuse

qt-libraries:
	@tools/qt_libraries

.venv/.serve: $(SERVE) tools/environment
	@echo "Setting up .venv to serve"
	@tools/environment $(PYTHON) .venv $(SERVE)
	@touch $@

# The test pins hold the serve pins.
.venv/.test: $(TEST) requirements/serve.txt tools/environment
	@echo "Setting up .venv to test"
	@tools/environment $(PYTHON) .venv $(TEST)
	@touch .venv/.serve $@

.venv-clients/.ready: requirements/clients.txt tools/environment
	@echo "Setting up .venv-clients to make and try clients"
	@tools/environment $(PYTHON) .venv-clients requirements/build.txt requirements/clients.txt
	@touch $@

.venv-published/.ready: requirements/published.txt tools/environment
	@echo "Setting up .venv-published to try clients that others published"
	@tools/environment $(PYTHON) .venv-published requirements/build.txt requirements/published.txt
	@touch $@

.venv-release/.ready: requirements/release.txt tools/environment
	@echo "Setting up .venv-release to build the documentation site"
	@tools/environment $(PYTHON) .venv-release requirements/release.txt
	@touch $@

%/node_modules/.ready: %/package-lock.json
	@tools/node
	@echo "Setting up $*"
	@cd $* && npm ci --no-audit --no-fund --silent
	@touch $@

.venv-desktop/.ready: $(DESKTOP) tools/environment
	@echo "Setting up .venv-desktop: Anki with Qt, about 200 MB to download"
	@tools/environment $(PYTHON) .venv-desktop $(DESKTOP)
	@touch $@
