# The two commands to know: `make run` and `make test`. Each target is one line; the work is in tools/.
.PHONY: help setup run check test browser docs messages migrations lock release ci

help:        ## list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/: +##/\t/' | expand -t 14

setup:       ## virtual environment with everything a developer needs
	@tools/setup browser

run:         ## set everything up and serve the demonstration city on 127.0.0.1
	@tools/setup app && exec .venv/bin/dandang demo

check:       ## formatter, linters, types and the tests that need no database
	@tools/check

test:        ## the whole suite, as CI runs it
	@tools/test

browser:     ## only the browser stories
	@tools/setup browser && .venv/bin/python -m pytest tests/browser --allow-hosts=127.0.0.1

docs:        ## write the generated parts of docs/ again
	@tools/setup app && .venv/bin/python -m tools.docs && .venv/bin/python -m tools.tables

messages:    ## collect the texts to translate into src/dandang/locale
	@tools/setup app && .venv/bin/python -m tools.messages

migrations:  ## write the migrations that changed models need
	@tools/setup app && .venv/bin/python -m django makemigrations --settings dandang.config.settings

lock:        ## compile requirements/*.in to hashed requirements/*.txt (needs uv)
	@tools/lock

release:     ## collect the changelog and build the wheel: make release VERSION=0.2.0
	@tools/setup test && tools/release "$(VERSION)"

ci:          ## what the CI machine runs
	@.ci/run
