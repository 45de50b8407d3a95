# The two commands are `make demo` and `make test`; each sets up what it needs.
PYTHON ?= python3
export PYTHON

.PHONY: demo test bench pictures check lock

demo:
	@sh packaging/bootstrap.sh demo
	@.venv/bin/workbench demo --out demo

test:
	@sh packaging/bootstrap.sh test
	@.venv/bin/python -m pytest -n 2 --dist loadfile

bench:
	@sh packaging/bootstrap.sh test
	@.venv/bin/python -m tests.benchmarks

pictures:
	@sh packaging/bootstrap.sh test
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.pictures docs/pictures
	@QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 .venv/bin/python -m tests.pictures docs/pictures

check:
	@sh packaging/bootstrap.sh test
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m pytest -n 2 --dist loadfile

# Written without index addresses, so that it serves machines without a network too (needs the package uv).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml --group dev -o packaging/requirements.lock
