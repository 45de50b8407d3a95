"""The hearing bundle with its check, the case-study bundle in a browser, and the window, each beside its limit."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import material
from tests.benchmarks.table import Row
from tests.browser import Browser, browser_path
from workbench.domain.bundle import Bundle
from workbench.domain.document import Document
from workbench.domain.frame import CaseStudy
from workbench.domain.page_map import PlannedEntry, map_pages
from workbench.domain.progress import Ticket
from workbench.exporters.bundle_pdf import BundleWriter
from workbench.services.applying import apply_json
from workbench.services.bundle_planning import plan_bundle
from workbench.services.bundling import build_bundle
from workbench.services.case_study_export import export_case_study
from workbench.services.importing import import_files
from workbench.services.profiles import load_profile
from workbench.services.session import create_case, open_case
from workbench.store.case_file import CaseFile


def alone(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds and the peak of the largest process, in MB, of some work done in a process of its own."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        work()
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        # A forked child begins with its parent's peak: of its own memory only what it grew by is counted.
        peak = max(used[1].ru_maxrss, used[0].ru_maxrss - before)
        figures = [sum(u.ru_utime + u.ru_stime for u in used), peak / 1024]
        os.write(write, json.dumps(figures).encode())
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read) as answer:
        text = answer.read()
    if status != 0 or not text:
        raise RuntimeError("the measured work failed")
    cpu, peak = json.loads(text)
    return float(cpu), float(peak)


def _case_of(home: Path, paths: list[Path], name: str) -> Path:
    path = home / f"{name}.casefile"
    with create_case(path, passphrase=None) as case:
        import_files(case, paths, ticket=Ticket())
        entries = [{"document": document.urn} for document in case.all(Document, "urn")]
        apply_json(case, {"bundles": [{"name": "All", "sections": [{"title": "All", "entries": entries}]}]})
    return path


def _build(path: Path, out: Path) -> None:
    with open_case(path, passphrase=None) as case:
        build_bundle(case, case.all(Bundle)[0].id, out)


def _merge(paths: list[Path], target: Path) -> None:
    # qpdf answers 3 when it had to repair something and went on.
    code = subprocess.run(["qpdf", "--empty", "--pages", *paths, "--", target], capture_output=True, check=False)
    assert code.returncode in (0, 3), code.stderr


def bundling(home: Path, *, is_quick: bool) -> Iterator[Row]:
    """All rules and numbers of a hearing bundle, against a merge that does nothing else; and its check."""
    if shutil.which("qpdf") is None:
        yield Row(work="hearing bundle", compared_with="qpdf merge", target=0.85, remark="not measured: no qpdf")
        return
    made = material.write_pdfs(home / "sources", 20 if is_quick else 200, 25)
    for name, paths in {"generated": made, "real": material.real_pdfs()}.items():
        if paths:
            yield from _bundle_rows(home, name, paths)
    yield from _growth_rows(home, 40 if is_quick else 400)


def _assemble(path: Path, target: Path) -> None:
    """Plan and build the bundle and write it to disk, without proving it."""
    with open_case(path, passphrase=None) as case, BundleWriter() as writer:
        bundle, ticket = case.all(Bundle)[0], Ticket()
        rules = load_profile(bundle.profile, case)
        plan = plan_bundle(case, bundle, rules, datetime.now(UTC)).plan
        page_map = map_pages(plan, writer.measure(plan), rules.numbering)

        def read(entry: PlannedEntry) -> bytes:
            return case.reading_copy(entry.sha256)

        target.write_bytes(writer.write(plan, page_map, wording=rules.wording, read=read, ticket=ticket).content)


def _bundle_rows(home: Path, name: str, paths: list[Path]) -> Iterator[Row]:
    case, out, merged = _case_of(home, paths, f"bundle-{name}"), home / f"out-{name}", home / f"{name}.pdf"
    with open_case(case, passphrase=None) as opened:
        documents = opened.all(Document, "urn")
    pages = sum(document.page_count for document in documents)
    known = {document.filename for document in documents}
    sources = [path for path in paths if path.name in known]
    theirs, their_peak = alone(lambda: _merge(sources, merged))
    ours, peak = alone(lambda: _assemble(case, home / f"{name}-alone.pdf"))
    whole, _ = alone(lambda: _build(case, out))
    what = f"hearing bundle, {name}, {len(documents)} documents, {pages:,} pages"
    peer = "bare qpdf merge"
    yield Row(work=what, compared_with=peer, ours=ours, theirs=theirs, unit="CPU s", target=0.85, remark="not proved")
    yield Row(work="the same, memory", compared_with=peer, ours=peak, theirs=their_peak, unit="MB", target=0.5)
    yield Row(
        work="proving every rule of it",
        compared_with="building it",
        ours=whole - ours,
        theirs=ours,
        unit="CPU s",
        target=1,
        remark="pages that had to be wrapped are built and proved twice",
    )


def _growth_rows(home: Path, files: int) -> Iterator[Row]:
    """What a page more costs, without what starting costs: half the documents against all of them."""
    paths = material.write_pdfs(home / "growing", files, 25)
    figures = []
    for share in (paths[: files // 2], paths):
        case = _case_of(home, share, f"growing-{len(share)}")
        theirs = alone(lambda share=share: _merge(share, home / "grown.pdf"))  # type: ignore[misc]
        ours = alone(lambda case=case: _assemble(case, home / "grown-ours.pdf"))  # type: ignore[misc]
        figures.append((*ours, *theirs))
    pages = 25 * (files - files // 2) / 1000
    cpu, peak, their_cpu, their_peak = ((more - less) / pages for less, more in zip(*figures, strict=True))
    peer = "bare qpdf merge"
    yield Row(work="each 1,000 pages more", compared_with=peer, ours=cpu, theirs=their_cpu, unit="CPU s", target=0.85)
    yield Row(work="the same, memory", compared_with=peer, ours=peak, theirs=their_peak, unit="MB", target=0.5)


def _study(case: CaseFile, folder: Path) -> Path:
    apply_json(case, {"case_studies": [{"title": "All", "scope": [], "institutions": [], "period": "", "reason": ""}]})
    excerpts = []
    for document in case.all(Document, "urn"):
        page = case.page(document.sha256, 0).text
        links = [{"to": "case_study", "name": "All"}]
        excerpts.append({"document": document.urn, "page": 1, "quote": page[:120].strip(), "links": links})
    apply_json(case, {"excerpts": excerpts})
    return export_case_study(case, case.all(CaseStudy)[0].id, folder).folder


def in_a_browser(home: Path, *, is_quick: bool) -> Iterator[Row]:
    """The case-study bundle opened from disk: until it is ready to search, and until an answer stands there."""
    program = browser_path()
    if program is None:
        yield Row(work="case study in a browser", compared_with="-", target=2, remark="not measured: no Chromium")
        return
    paths = material.write_pdfs(home / "study", 10 if is_quick else 100, 50)
    with create_case(home / "study.casefile", passphrase=None) as case:
        import_files(case, paths, ticket=Ticket())
        folder = _study(case, home / "study-out")
        pages = sum(document.page_count for document in case.all(Document))
    with Browser(program, home / "profile", without_network=True) as browser:
        began = time.perf_counter()
        browser.open(folder / "data" / "index.html")
        ready = time.perf_counter() - began
        failed = browser.evaluate("document.body.dataset.failed || ''")
        assert failed == "", failed
        answers = []
        for query in ("policy", "policy regulator", '"of the"', "regist*"):
            began = time.perf_counter()
            browser.go("search=" + query)
            answers.append((time.perf_counter() - began) * 1000)
    yield Row(work=f"case study, {pages:,} pages, ready to search", compared_with="-", ours=ready, target=2)
    yield Row(work="the slowest answer there", compared_with="-", ours=max(answers), unit="ms", target=100)


def window(home: Path, *, is_quick: bool) -> Iterator[Row]:
    """Frames while scrolling, and the longest time the window is deaf during each kind of work."""
    folder = home / "window"
    material.write_pdfs(folder, 10 if is_quick else 60, 20)
    probe = [sys.executable, "-m", "tests.benchmarks.window_probe", str(folder), *(["--quick"] if is_quick else [])]
    done = subprocess.run(probe, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["it died"])[-1]
        yield Row(work="window", compared_with="-", target=16.7, remark=f"not measured: {reason}")
        return
    figures = json.loads(done.stdout)
    yield Row(
        work="scrolling 1,000 pages, drawn already, p95 frame",
        compared_with="60 frames a second",
        ours=figures["frame_p95_ms"],
        theirs=1000 / 60,
        unit="ms",
        target=1,
    )
    for what, longest in figures["longest_block_ms"].items():
        yield Row(work=f"longest block of the window: {what}", compared_with="-", ours=longest, unit="ms", target=50)
