"""The leak sweep of a large bundle for two hundred protected terms, beside reading its words once."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pymupdf

from tests.benchmarks import material
from tests.benchmarks.outputs import alone
from tests.benchmarks.table import Row
from workbench.domain.name_matching import NameMatcher
from workbench.domain.progress import Ticket
from workbench.domain.protected_names import ProtectedName
from workbench.services.sweeping import sweep_files

_SYLLABLES = ["kor", "zu", "dwyn", "ffa", "lyd", "gwe", "mor", "tar", "hol", "pem"]


def protected(count: int) -> list[ProtectedName]:
    """So many invented terms: names, addresses, and some that are ordinary words as well."""
    chance = random.Random(material.SEED)

    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()

    made = []
    for number in range(count):
        kind = ("name", "name", "name", "alias", "address")[number % 5]
        term = {"name": f"{word()} {word()}", "alias": word(), "address": f"{number} {word()} Road, {word()}"}[kind]
        made.append(ProtectedName(person_cipher=f"IN-A{number}", kind=kind, term=term))
    ordinary = [ProtectedName(person_cipher="IN-B1", kind="alias", term=term) for term in ("Mark", "Rose", "Will")]
    return [*made[: count - len(ordinary)], *ordinary]


def _read_once(content: bytes) -> int:
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return sum(len(page.get_text()) for page in document)


def sweeping(home: Path, *, is_quick: bool) -> Iterator[Row]:
    """Matching alone, the whole sweep on the clock, and its work beside that of reading the text once."""
    pages = 500 if is_quick else 5_000
    names = protected(200)
    writer = material.Writer()
    texts = [writer.page() for _ in range(pages)]
    matcher = NameMatcher(names)
    began = time.perf_counter()
    for text in texts:
        matcher.find(text)
    matching = time.perf_counter() - began
    yield Row(work=f"200 terms in {pages:,} pages of text", compared_with="-", ours=matching, target=pages / 1_000)
    content = material.write_pdfs(home, 1, pages)[0].read_bytes()
    began = time.perf_counter()
    report = sweep_files({"bundle.pdf": content}, names, Ticket())
    taken = time.perf_counter() - began
    assert report.is_clean, report.sentence()
    yield Row(work=f"leak sweep, {pages:,} pages", compared_with="-", ours=taken, target=pages / 500)
    ours, peak = alone(lambda: sweep_files({"bundle.pdf": content}, names, Ticket()))
    theirs, _ = alone(lambda: _read_once(content))
    what = "the same, two readers and every object"
    yield Row(work=what, compared_with="its text once", ours=ours, theirs=theirs, unit="CPU s", target=5)
    yield Row(work="the same, memory of the largest process", compared_with="-", ours=peak, unit="MB", target=1_000)
