"""Prints the table of measurements: python -m tests.benchmarks [--quick] [--million] [NAME...]."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import burning, coverage, evidence, outputs, sweep
from tests.benchmarks.table import Row, written
from workbench.domain.errors import WorkbenchError
from workbench.pdf.quiet import quieten

SUBJECTS: dict[str, Callable[..., Iterator[Row]]] = {
    "bundle": outputs.bundling,
    "import": evidence.importing,
    "index": evidence.indexing,
    "search": evidence.searching,
    "browser": outputs.in_a_browser,
    "sweep": sweep.sweeping,
    "burning": burning.burning,
    "window": outputs.window,
    "coverage": coverage.covering,
}


def _measured(name: str, *, is_quick: bool) -> list[Row]:
    """The rows of one subject; what stops it costs the rest of that subject only, and is said."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for row in SUBJECTS[name](Path(folder), is_quick=is_quick):
                rows.append(row)
        except (WorkbenchError, RuntimeError, OSError) as error:
            rows.append(Row(work=name, compared_with="-", remark=f"not measured: {error}"))
    return rows


def main() -> None:
    quieten()
    reader = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    reader.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(SUBJECTS)}")
    reader.add_argument("--quick", action="store_true", help="small material, one round")
    reader.add_argument("--million", action="store_true", help="search in a million pages too; takes long")
    asked = reader.parse_args()
    unknown = [name for name in asked.names if name not in SUBJECTS]
    if unknown:
        reader.error(f"there is no benchmark “{unknown[0]}”; there are {', '.join(SUBJECTS)}")
    rows: list[Row] = []
    for name in asked.names or SUBJECTS:
        sys.stderr.write(f"measuring {name} …\n")
        rows += _measured(name, is_quick=asked.quick)
    if asked.million:
        with tempfile.TemporaryDirectory() as folder:
            rows += evidence.million(Path(folder))
    print(written(rows))


if __name__ == "__main__":
    main()
