# The two commands are `make demo` and `make test`; each sets up what it needs.
PYTHON ?= python3
export PYTHON

.PHONY: demo test bench check lock

demo:
	@sh packaging/bootstrap.sh demo
	@.venv/bin/workbench demo --out demo

test:
	@sh packaging/bootstrap.sh test
	@.venv/bin/python -m pytest

bench:
	@sh packaging/bootstrap.sh test
	@.venv/bin/python -m tests.benchmarks

check:
	@sh packaging/bootstrap.sh test
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m pytest

# Written without index addresses, so that it serves machines without a network too (needs the package uv).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml --group dev -o packaging/requirements.lock
