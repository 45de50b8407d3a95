"""Writes a hearing bundle: one PDF made in a child process, and its page map as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from types import TracebackType
from typing import Any

from workbench.domain.errors import ChildFailed
from workbench.domain.page_map import BundlePlan, NumberingScheme, PageMap, PlannedEntry, settle
from workbench.domain.progress import Ticket
from workbench.runtime.resources import resource_path
from workbench.runtime.sandbox import Limits, Sandbox

#: Sources and result are held in memory: nothing of the evidence is written to temporary files.
_LIMITS = Limits(memory_bytes=6 << 30, seconds_per_step=180.0)
_TASK = "workbench.pdf.assemble:make_task"

#: Gives the PDF to show for an original's SHA-256.
ReadSource = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBundle:
    """The finished PDF with what was done to its sources."""

    content: bytes
    page_map: PageMap
    notices: tuple[str, ...]


class BundleWriter:
    """Drives the child process through one or more builds."""

    def __init__(self) -> None:
        self._child = Sandbox(_TASK, limits=_LIMITS)
        self._measured: tuple[BundlePlan, int] | None = None
        self._fonts = [resource_path(f"fonts/LiberationSans-{name}.ttf").read_bytes() for name in ("Regular", "Bold")]

    def settle(self, plan: BundlePlan, scheme: NumberingScheme) -> PageMap:
        """The page map of a plan, once its index has come to rest."""
        return settle(plan, scheme, lambda _: self._measure(plan))

    def _measure(self, plan: BundlePlan) -> int:
        """How many pages the index takes; a plan is laid out once, as its numbers do not change how it breaks."""
        if self._measured is None or self._measured[0] is not plan or not self._child.is_running:
            described = {**asdict(replace(plan, entries=())), "entries": [_described(entry) for entry in plan.entries]}
            answer = self._child.call({"do": "measure", "plan": described}, self._fonts)
            self._measured = plan, int(answer.facts["index_pages"])
        return self._measured[1]

    def write(
        self,
        plan: BundlePlan,
        page_map: PageMap,
        *,
        wording: str,
        read: ReadSource,
        ticket: Ticket,
    ) -> WrittenBundle:
        """Build the PDF; raises ``FileRefused`` naming the source that stands in the way."""
        self._measure(plan)
        rows = [[row.label, row.kind.value, row.entry, row.source_page_index] for row in page_map.rows]
        self._child.call({"do": "begin", "rows": rows, "wording": wording})
        for done, entry in enumerate(plan.entries):
            ticket.tick(done, len(plan.entries) + 1, entry.urn)
            self._add(entry, read(entry.sha256))
        ticket.tick(len(plan.entries), len(plan.entries) + 1, plan.title)
        answer = self._child.call({"do": "finish"})
        return WrittenBundle(content=b"".join(answer.blobs), page_map=page_map, notices=tuple(answer.facts["notices"]))

    def _add(self, entry: PlannedEntry, content: bytes) -> None:
        try:
            self._child.call({"do": "add", "entry": entry.number}, [content])
        except ChildFailed as error:
            raise ChildFailed(f"{entry.urn}: {error} The bundle was not built. Take that document out of it.") from None

    def isolate(self, written: WrittenBundle, indices: Iterable[int]) -> WrittenBundle:
        """The bundle just written, with these pages wrapped so that nothing they leave open reaches their stamp."""
        answer = self._child.call({"do": "isolate", "pages": sorted(indices)})
        return replace(written, content=b"".join(answer.blobs))

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
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + buffer.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
