"""The coverage matrix at 200 institutions by 40 scope paragraphs: counting it, opening it, moving about in it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.coverage_case import make_coverage_case
from tests.benchmarks.table import Row, best_pair
from workbench.domain.analysis import Assessment, ScopeExclusion, SecondReading
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.services.coverage import coverage_of
from workbench.services.session import open_case

_COUNTED = (Link, Excerpt, Document, Event, Assessment, SecondReading, ScopeExclusion, Institution, ScopeParagraph)


def covering(home: Path, *, is_quick: bool) -> Iterator[Row]:
    """Counting beside merely reading the same rows; the window beside a second and beside 60 frames a second."""
    path = home / "coverage.casefile"
    make_coverage_case(path, **({"institutions": 40, "links": 4_000} if is_quick else {})).close()
    with open_case(path) as case:
        ours, theirs = best_pair(
            lambda _n: lambda: coverage_of(case),
            lambda _n: lambda: [case.all(kind) for kind in _COUNTED],
            2 if is_quick else 5,
        )
        links = case.count(Link)
    size = f"{'40' if is_quick else '200'} x 40 cells, {links:,} links"
    yield Row(
        work=f"coverage: read and count {size}",
        compared_with="merely reading what it counts, as records",
        ours=ours.cpu,
        theirs=theirs.cpu,
        target=1.2,
    )
    probe = [sys.executable, "-m", "tests.benchmarks.coverage_probe", str(path)]
    done = subprocess.run(probe, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["it died"])[-1]
        yield Row(work="coverage in the window", compared_with="-", target=1, remark=f"not measured: {reason}")
        return
    figures = json.loads(done.stdout)
    yield Row(
        work="coverage: from asking for the panel to the painted matrix",
        compared_with="one second",
        ours=figures["open_ms"],
        theirs=1000.0,
        unit="ms",
        target=1,
    )
    yield Row(
        work="coverage: scrolling and arrows, p95 frame",
        compared_with="60 frames a second",
        ours=figures["frame_p95_ms"],
        theirs=1000 / 60,
        unit="ms",
        target=1,
    )
    for what, longest in figures["longest_block_ms"].items():
        yield Row(
            work=f"coverage: longest block of the window: {what}", compared_with="-", ours=longest, unit="ms", target=50
        )
