.PHONY: help setup setup-tests run test test-sqlite test-postgresql lint bench messages shots lock vendor

PYTHON_IN = .venv/bin/python

help:             ## these lines
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*##/\1\t/' | expand -t 18

setup:            ## .venv with the locked packages; .venv/bin/gongjia works afterwards
	@scripts/setup

setup-tests:      ## that, and the browser, PostgreSQL and fonts that the tests use
	@scripts/setup tests

run: setup        ## serve the demo city with web and worker; prints a sign-in link per role
	@$(PYTHON_IN) scripts/run.py

test: setup-tests lint test-postgresql test-sqlite ## everything; ends with pytest's summary

test-sqlite:
	$(PYTHON_IN) -m pytest -n 2

test-postgresql:  ## the tests that touch the database, on a cluster of their own
	scripts/with-postgresql $(PYTHON_IN) -m pytest -n 2 -m "data and not e2e"

lint: setup       ## style, types, imports, templates, YAML, migrations, bands, messages, vendored files
	@scripts/lint/all

bench: setup-tests ## figures with what they are compared to
	@$(PYTHON_IN) -m bench

messages: setup   ## extract the Chinese source strings into the English catalogue and compile it
	@$(PYTHON_IN) -m scripts.catalogue

shots: setup-tests ## screenshots of the main pages at 1440 and 412 px in both languages
	@$(PYTHON_IN) -m e2e.shots

lock: setup       ## resolve pyproject.toml into the hashed locks
	@scripts/lock

vendor: setup     ## fetch the browser files that scripts/vendor.toml names
	@$(PYTHON_IN) scripts/vendor.py fetch
