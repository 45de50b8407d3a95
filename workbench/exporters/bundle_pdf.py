"""Writes a hearing bundle: one PDF made in a child process, and its page map as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from types import TracebackType
from typing import Any

from workbench.domain.concordance import ConcordanceRow
from workbench.domain.errors import ChildFailed
from workbench.domain.margin_marks import PageMarks
from workbench.domain.page_map import BundlePlan, FrontCounts, PageMap, PlannedEntry
from workbench.domain.progress import Ticket
from workbench.exporters.csv_cells import harmless
from workbench.runtime.resources import resource_path
from workbench.runtime.sandbox import Limits, Sandbox

#: Sources and result are held in memory: nothing of the evidence is written to temporary files.
_LIMITS = Limits(memory_bytes=6 << 30, seconds_per_step=180.0)
_TASK = "workbench.pdf.assemble:make_task"

#: Gives the PDF to show for an entry.
ReadSource = Callable[[PlannedEntry], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBundle:
    """The finished PDF with what was done to its sources.

    ``redrawn`` are physical indices of pages with comments or fields whose look is not in their source and was made:
    their pictures cannot be compared.
    ``own_bookmarks`` counts the bookmarks that each entry brought along.
    """

    content: bytes
    page_map: PageMap
    notices: tuple[str, ...]
    redrawn: frozenset[int] = frozenset()
    own_bookmarks: Mapping[int, int] = field(default_factory=dict)


class BundleWriter:
    """Drives the child process through one or more builds."""

    def __init__(self) -> None:
        self._child = Sandbox(_TASK, limits=_LIMITS)
        self._measured: tuple[BundlePlan, FrontCounts] | None = None
        self._fonts = [resource_path(f"fonts/LiberationSans-{name}.ttf").read_bytes() for name in ("Regular", "Bold")]

    def measure(self, plan: BundlePlan) -> FrontCounts:
        """How many pages the index takes; a plan is laid out once, as its numbers do not change how it breaks."""
        if self._measured is None or self._measured[0] is not plan or not self._child.is_running:
            described = {**asdict(replace(plan, entries=())), "entries": [_described(entry) for entry in plan.entries]}
            answer = self._child.call({"do": "measure", "plan": described}, self._fonts)
            self._measured = plan, FrontCounts(**answer.facts)
        return self._measured[1]

    def write(
        self,
        plan: BundlePlan,
        page_map: PageMap,
        *,
        wording: str,
        read: ReadSource,
        ticket: Ticket,
        marks: Mapping[int, PageMarks] | None = None,
    ) -> WrittenBundle:
        """Build the PDF; raises ``FileRefused`` naming the source that stands in the way.

        ``marks`` are drawn into the margins of the pages with these physical indices.
        """
        self.measure(plan)
        rows = [[row.label, row.kind.value, row.section, row.entry, row.source_page_index] for row in page_map.rows]
        described = [[index, asdict(page)] for index, page in (marks or {}).items()]
        self._child.call({"do": "begin", "rows": rows, "wording": wording, "marks": described})
        for done, entry in enumerate(plan.entries):
            ticket.tick(done, len(plan.entries) + 1, entry.urn)
            self._add(entry, read(entry))
        ticket.tick(len(plan.entries), len(plan.entries) + 1, plan.title)
        answer = self._child.call({"do": "finish"})
        return WrittenBundle(
            content=b"".join(answer.blobs),
            page_map=page_map,
            notices=tuple(answer.facts["notices"]),
            redrawn=frozenset(answer.facts["redrawn"]),
            own_bookmarks=dict(answer.facts["own_bookmarks"]),
        )

    def _add(self, entry: PlannedEntry, content: bytes) -> None:
        try:
            self._child.call({"do": "add", "entry": entry.number}, [content])
        except ChildFailed as error:
            raise ChildFailed(f"{entry.urn}: {error} The bundle was not built. Take that document out of it.") from None

    def isolate(self, written: WrittenBundle, indices: Iterable[int]) -> WrittenBundle:
        """The bundle just written, with these pages wrapped so that nothing they leave open reaches their stamp."""
        answer = self._child.call({"do": "isolate", "pages": sorted(indices)})
        return replace(written, content=b"".join(answer.blobs))

    def turn(self, written: WrittenBundle, turns: Mapping[int, int]) -> WrittenBundle:
        """The bundle just written, with pages turned back by so many degrees clockwise."""
        answer = self._child.call({"do": "turn", "turns": sorted(turns.items())})
        notices = tuple(
            f"{row.urn} page {row.source_page_number} (page {row.label}) was turned, so that it reads left to right"
            for row in (written.page_map.rows[index] for index in sorted(turns))
        )
        kept = tuple(answer.facts["notices"])
        return replace(written, content=b"".join(answer.blobs), notices=(*kept, *notices))

    def close(self) -> None:
        """Let the child go."""
        self._child.close()

    def __enter__(self) -> BundleWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _described(entry: PlannedEntry) -> dict[str, Any]:
    """What the child needs of an entry; how many letters its pages have is for the check alone."""
    names = (field.name for field in fields(entry) if field.name != "letters")
    return {name: getattr(entry, name) for name in names}


def page_map_rows(page_map: PageMap) -> list[dict[str, Any]]:
    """The page map as plain rows; numbers from 1."""
    return [
        {
            "physical_page": row.physical_index + 1,
            "label": row.label,
            "kind": row.kind.value,
            "section": row.section,
            "entry": row.entry or "",
            "urn": row.urn,
            "title": row.title,
            "source_page": row.source_page_number or "",
            "source_sha256": row.sha256,
            "volume": row.volume,
            "key": row.key,
        }
        for row in page_map.rows
    ]


def page_map_json(plan: BundlePlan, page_map: PageMap) -> str:
    """The page map as JSON, with what it belongs to."""
    described = {"title": plan.title, "profile": plan.profile, "built_on": plan.built_on}
    return json.dumps({**described, "pages": page_map_rows(page_map)}, ensure_ascii=False, indent=1) + "\n"


def page_map_csv(page_map: PageMap) -> str:
    """The page map as CSV for a spreadsheet; a text that a spreadsheet would run as a formula gets an apostrophe."""
    buffer = io.StringIO(newline="")
    rows = page_map_rows(page_map)
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + buffer.getvalue()


def concordance_csv(rows: Iterable[ConcordanceRow]) -> str:
    """Old number, new number, and which page that is, for a spreadsheet and for counsel's marked-up copy."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["old_number", "new_number", "change", "urn", "source_page", "title"])
    for row in rows:
        labels = (row.old_label, row.new_label, row.fate.value, row.urn, row.source_page_number, row.title)
        writer.writerow([harmless(value) for value in labels])
    return "\ufeff" + buffer.getvalue()
