"""Reads a finished bundle back in two child processes at once, each one half of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from workbench.domain.bundle_expected import Expected
from workbench.domain.bundle_facts import (
    BookmarkFacts,
    BundleFacts,
    Glance,
    PictureFacts,
    Place,
    RowLink,
    object_facts,
    page_facts,
)
from workbench.domain.page_map import PageMap
from workbench.domain.progress import Ticket
from workbench.pdf.check_objects import joined
from workbench.runtime.sandbox import Limits, Sandbox

_TASK = "workbench.pdf.check:make_task"
_LIMITS = Limits(memory_bytes=6 << 30, seconds_per_step=120.0)
#: A small file is read in one child before a second one would have started.
_SMALL_BYTES = 3_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a bundle's pages are compared with: ``read`` gives a source by its SHA-256.

    Not more than ``most`` pages are drawn: those in ``touched`` (physical indices of pages that were rebuilt), then
    others chosen by a fixed seed; ``left_out`` are not compared, since they were changed on purpose. ``drawn`` are the
    places of margin marks by page, in parts of the page's width and height from the top left.
    """

    read: Callable[[str], bytes]
    page_map: PageMap
    touched: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    drawn: Mapping[int, Sequence[Place]] = field(default_factory=dict)
    most: int = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a bundle is read back: with a digest of every page's picture, with the texts of pages, beside sources."""

    pictures: bool = False
    texts: bool = False
    sources: Sources | None = None
    filename: str = field(default="")


class BackReader:
    """One finished bundle, open in one or two child processes that share its pages; another can follow."""

    def __init__(self) -> None:
        self._children: list[Sandbox] = []

    def open(self, content: bytes) -> None:
        """Take a file in hand; raises ``FileRefused`` or ``ChildFailed`` when it cannot be opened."""
        parts = 1 if len(content) < _SMALL_BYTES else 2
        while len(self._children) < parts:
            self._children.append(Sandbox(_TASK, limits=_LIMITS))
        _at_once(lambda child: child.call({"do": "open"}, [content]), self._children)

    def glance(self, ticket: Ticket, ahead: Reading | None = None) -> tuple[Glance, ...]:
        """A first look at every page, for what the builder can still mend before all is proved.

        ``ahead`` is how a bundle of ours will be read next; where nothing has to be mended, its pages are then read
        once for both.
        """
        parts = len(self._children)
        soon = {"is_ours": True, "pictures": ahead.pictures, "texts": ahead.texts, "marks": {}} if ahead else None
        tick = _ticking(ticket, "")
        answers = _at_once(
            lambda part: (
                self._children[part]
                .call({"do": "glance", "part": part, "parts": parts, "ahead": soon}, on_step=tick)
                .facts["pages"]
            ),
            range(parts),
        )
        return tuple(Glance(**page) for answer in answers for page in answer)

    def read(self, expected: Expected | None, reading: Reading, ticket: Ticket) -> BundleFacts:
        """Everything that the rules look at."""
        parts, tick = len(self._children), _ticking(ticket, reading.filename)
        requests = [_request(part, parts, expected, reading) for part in range(parts)]
        answers = _at_once(lambda part: self._children[part].call(requests[part], on_step=tick).facts, range(parts))
        pictures = _compared(self._children, reading.sources, tick) if reading.sources is not None else None
        return _facts(answers, reading.filename, pictures)

    def close(self) -> None:
        """Let the children go."""
        for child in self._children:
            child.close()

    def __enter__(self) -> BackReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_back(
    content: bytes, expected: Expected | None = None, reading: Reading | None = None, ticket: Ticket | None = None
) -> BundleFacts:
    """Everything that the rules look at; raises ``FileRefused`` or ``ChildFailed`` when the PDF cannot be read."""
    with BackReader() as reader:
        reader.open(content)
        return reader.read(expected, reading or Reading(), ticket or Ticket())


def _ticking(ticket: Ticket, name: str) -> Callable[[dict[str, Any]], None]:
    return lambda step: ticket.tick(int(step["page"]), 0, name)


def _at_once(work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """The results of some work done side by side; the first fault is raised when all have ended."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(work, items))


def _request(part: int, parts: int, expected: Expected | None, reading: Reading) -> dict[str, Any]:
    marks: dict[str, list[Any]] = {}
    kept: list[int] = []
    if expected is not None:
        kept = [page for page, _ in expected.kept_words]
        for mark in expected.redactions or ():
            marks.setdefault(str(mark.page_index), []).append([list(mark.place), mark.label])
    return {
        "do": "read",
        "part": part,
        "parts": parts,
        "is_ours": expected is not None,
        "pictures": reading.pictures,
        "texts": reading.texts or bool(kept),
        "marks": marks,
        "front_pages": 1 + max(expected.index_pages, default=0) if expected is not None else 0,
    }


def _facts(answers: Sequence[dict[str, Any]], filename: str, pictures: PictureFacts | None) -> BundleFacts:
    pages = tuple(page_facts(page) for answer in answers for page in answer["pages"])
    objects = joined([answer["objects"] for answer in answers], answers[0]["whole"], answers[0]["page_counts"])
    return BundleFacts(
        page_count=len(pages),
        pages=pages,
        front_texts=tuple(text for answer in answers for text in answer["front_texts"]),
        row_links=tuple(RowLink(**link) for answer in answers for link in answer["row_links"]),
        bookmarks=tuple(BookmarkFacts(**bookmark) for bookmark in answers[0]["bookmarks"]),
        objects=object_facts(objects),
        filename=filename,
        pictures=pictures,
        scans=sum(answer["scans"][0] for answer in answers),
        scans_examined=sum(answer["scans"][1] for answer in answers),
    )


def _compared(children: Sequence[Sandbox], sources: Sources, tick: Callable[[dict[str, Any]], None]) -> PictureFacts:
    """Draw pages and their sources; each child takes every other document."""
    rows = {row.physical_index: row for row in sources.page_map.rows if row.sha256}
    chosen = sampled([n for n in rows if n not in sources.left_out], sources.touched, sources.most)
    by_source: dict[str, list[list[Any]]] = {}
    for number in chosen:
        row = rows[number]
        by_source.setdefault(row.sha256, []).append(
            [number, row.source_page_index, row.label, list(sources.drawn.get(number, ()))]
        )
    work = list(by_source.items())

    def compare(part: int) -> list[dict[str, Any]]:
        return [
            children[part].call({"do": "compare", "pairs": pairs}, [sources.read(sha256)], on_step=tick).facts
            for sha256, pairs in work[part :: len(children)]
        ]

    found = [answer for answers in _at_once(compare, range(len(children))) for answer in answers]
    return PictureFacts(
        compared=sum(answer["compared"] for answer in found),
        pages=len(rows),
        wrong=tuple(sorted(page for answer in found for page in answer["wrong"])),
        other_size=tuple(sorted(page for answer in found for page in answer["other_size"])),
    )


def sampled(pages: Sequence[int], touched: frozenset[int], most: int) -> list[int]:
    """Pages to draw: all when there are few; else those that were touched, and others chosen by a fixed seed."""
    if len(pages) <= most:
        return sorted(pages)
    first = [page for page in pages if page in touched][:most]
    rest = [page for page in pages if page not in touched]
    return sorted(first + random.Random(len(pages)).sample(rest, min(most - len(first), len(rest))))
