"""Real pages are redacted - 200 with WORKBENCH_WHOLE_CORPUS=1, else 80: nothing is left under marks, no word changed.

Two readers that are not the writer prove each copy in the program; pdftotext, which had no part in it, confirms it.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from tests.redaction import Burning, all_poppler_words, burning
from workbench.domain.errors import WorkbenchError
from workbench.domain.geometry import Box
from workbench.pdf.burn_in import page_words
from workbench.pdf.quiet import quieten
from workbench.pdf.second_reading import counted
from workbench.pdf.text import open_pdf

PAGES, SEED = (200 if os.environ.get("WORKBENCH_WHOLE_CORPUS") else 80), 20261125
PAGES_PER_DOCUMENT, WORDS_PER_PAGE = 8, 4
_LARGEST_BYTES, _MOST_PAGES = 1_500_000, 40


@dataclass(frozen=True, slots=True)
class Job:
    """One document with its marks, and the words of each marked page."""

    path: Path
    content: bytes
    marks: list[dict[str, Any]]
    words: dict[int, Counter[str]]


def chosen(corpus: Path) -> list[Job]:
    """Documents and marks by seeded chance, until there are enough pages."""
    quieten()
    chance = random.Random(SEED)
    paths = sorted(
        path for folder in ("01_public_sector_pdf", "03_pdf_features") for path in (corpus / folder).rglob("*.pdf")
    )
    paths = [path for path in paths if path.stat().st_size < _LARGEST_BYTES]
    chance.shuffle(paths)
    jobs: list[Job] = []
    while paths and sum(len(job.words) for job in jobs) < PAGES:
        path = paths.pop()
        job = marked(path, chance)
        if job is not None:
            jobs.append(job)
    return jobs


def marked(path: Path, chance: random.Random) -> Job | None:
    """A few words and one area on some pages that hold text."""
    content = path.read_bytes()
    try:
        document = open_pdf(content)
        pages = [page for page in document if len(page_words(page)) > 20] if document.page_count <= _MOST_PAGES else []
    except (WorkbenchError, RuntimeError, ValueError):
        return None
    marks: list[dict[str, Any]] = []
    words: dict[int, Counter[str]] = {}
    for page in chance.sample(pages, min(PAGES_PER_DOCUMENT, len(pages))):
        found = page_words(page)
        words[page.number] = counted(word.text for word in found)
        for word in chance.sample(found, WORDS_PER_PAGE):
            box = [word.box.x0, word.box.y0, word.box.x1, word.box.y1]
            marks.append({"page_index": page.number, "boxes": [box], "label": "[REDACTED]"})
        x, y = chance.random() * page.rect.width * 0.7, chance.random() * page.rect.height * 0.9
        box = [x, y, x + page.rect.width * 0.25, y + page.rect.height * 0.04]
        marks.append({"page_index": page.number, "boxes": [box], "label": "IN-A1", "area": True})
    return Job(path, content, marks, words) if marks else None


def redact(jobs: list[Job]) -> list[str]:
    """What went wrong with some documents, in one pair of child processes."""
    wrong: list[str] = []
    with burning() as burner:
        for job in jobs:
            wrong += faults_of(burner, job)
    return wrong


def faults_of(burner: Burning, job: Job) -> list[str]:
    copy = burner.burn(job.content, job.marks)
    faults = [
        f"{job.path.name}: {rule} {detail}" for rule, detail in burner.failed(job.content, job.marks, copy).items()
    ]
    after = all_poppler_words(copy.content)
    with pymupdf.open(stream=job.content, filetype="pdf") as document:
        for facts in copy.pages:
            index = facts["page_index"]
            where = f"{job.path.name} page {index + 1}"
            boxes = [Box(*sides) for mark in facts["drawn"] for sides in mark]
            if any(_is_inside(box, boxes) for _, box in after[index]):
                faults.append(f"{where}: pdftotext finds a word under a mark")
            staying = [word.text for n, word in enumerate(page_words(document[index])) if n not in facts["gone"]]
            if counted(staying) == counted(text for text, _ in after[index]):
                continue
            # Words printed over one another are one word to pdftotext; then it read the source otherwise, too.
            if job.words[index] == counted(text for text, _ in all_poppler_words(job.content)[index]):
                faults.append(f"{where}: pdftotext finds other words than before")
    return faults


def _is_inside(box: Box, others: list[Box]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(other.x0 < x < other.x1 and other.y0 < y < other.y1 for other in others)


def test_under_the_marks_nothing_is_left_and_beside_them_no_word_changed(corpus: Path) -> None:
    jobs = chosen(corpus)
    if sum(len(job.words) for job in jobs) < PAGES:
        pytest.skip("the corpus here holds too few pages with text")
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(redact, (jobs[0::2], jobs[1::2]))
        assert "\n".join(fault for half in halves for fault in half) == ""
