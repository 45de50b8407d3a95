"""Lays a report out as PDF in a child process."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.progress import Ticket
from workbench.domain.report import Report
from workbench.domain.report_record import report_record
from workbench.runtime.resources import resource_path
from workbench.runtime.sandbox import Limits, Sandbox

_TASK = "workbench.pdf.report_pages:make_task"
_LIMITS = Limits(memory_bytes=3 << 30, seconds_per_step=120.0)
_CUTS = ("Regular", "Bold", "Italic", "BoldItalic")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A report as PDF, and a sentence about everything that could not be shown as it was written."""

    content: bytes
    notes: tuple[str, ...]


def report_pdf(report: Report, ticket: Ticket | None = None) -> bytes:
    """The report on A4 pages; equal reports are equal bytes."""
    return laid_out(report, ticket).content


def laid_out(report: Report, ticket: Ticket | None = None) -> LaidOut:
    """The report on A4 pages with what there is to say about it; raises ``Cancelled``."""
    ticket = ticket or Ticket()
    fonts = [resource_path(f"fonts/LiberationSans-{cut}.ttf").read_bytes() for cut in _CUTS]
    with Sandbox(_TASK, limits=_LIMITS) as child:
        answer = child.call(
            {"report": report_record(report)},
            fonts,
            on_step=lambda step: ticket.tick(int(step["page"]), 0, report.title),
        )
    notes = tuple(str(note) for note in answer.facts["notes"])
    return LaidOut(content=answer.blobs[0], notes=(*notes, *_missing(answer.facts["missing"])))


def _missing(letters: dict[str, int]) -> tuple[str, ...]:
    if not letters:
        return ()
    named = ", ".join(list(letters)[:12]) + (f" and {len(letters) - 12} more" if len(letters) > 12 else "")
    return (
        f"The fonts of the PDF lack {len(letters)} letters ({named}); boxes stand for them, with the words kept "
        "behind the boxes. The Word document and the web page show them with the fonts of the machine.",
    )
