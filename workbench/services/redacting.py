"""Reviews redaction marks, and makes redacted copies that were read back and proven."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from workbench.domain.anchoring import boxes_between, quote_places
from workbench.domain.change import Action, Change
from workbench.domain.checks import Check, Severity
from workbench.domain.document import Document
from workbench.domain.errors import CheckFailed, Refused
from workbench.domain.geometry import Box
from workbench.domain.ids import DocumentId, RedactionId
from workbench.domain.progress import Ticket
from workbench.domain.protection import MarkState, Redaction, Restriction
from workbench.domain.redaction import PLAIN_LABEL
from workbench.runtime.resources import resource_path
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.services.page_words import PageReader
from workbench.services.redaction_marks import Grounds, checked_grounds
from workbench.services.redaction_reasons import redaction_reasons
from workbench.store.case_file import CaseFile

DPI = 200
_LIMITS = Limits(memory_bytes=3 << 30, seconds_per_step=90.0)
_LABEL_FONT = "fonts/LiberationSans-Bold.ttf"
#: Finished copies are kept while a redactor lives, up to this many bytes.
_KEPT_BYTES = 256 << 20


def marks_of(
    case: CaseFile, document: DocumentId | None = None, state: MarkState | None = None
) -> tuple[Redaction, ...]:
    """The marks of a document or of the case, in the order of URNs and pages."""
    equal: dict[str, Any] = {} if document is None else {"document": document}
    if state is not None:
        equal["state"] = state
    urns = {item.id: item.urn for item in case.all(Document)}
    marks = case.all(Redaction, **equal)
    return tuple(sorted(marks, key=lambda mark: (urns[mark.document], mark.page_index, mark.start, mark.id)))


def review(case: CaseFile, ids: Sequence[RedactionId], decision: MarkState, *, by: str = "", note: str = "") -> Change:
    """Approve or reject marks as one undoable step; approval needs a reason and a basis (R09).

    The note is kept in the history. Raises ``Refused`` naming the page of the first mark that cannot be approved.
    """
    if not ids:
        raise Refused("No mark is chosen. Choose the marks to decide.")
    if decision is MarkState.PROPOSED:
        raise Refused("A decision approves or rejects. To propose a mark again, mark it again.")
    now, who = datetime.now(UTC), by or case.who
    counted = f"{len(ids)} marks" if len(ids) != 1 else "1 mark"
    with case.change(Action.REDACT, f"{counted} {decision.value}{f': {note}' if note else ''}") as step:
        for identifier in ids:
            mark = step.get(Redaction, identifier)
            basis = basis_of(mark)
            if decision is MarkState.APPROVED and not (mark.reason and basis):
                urn = step.get(Document, mark.document).urn
                raise Refused(
                    f"The mark on page {mark.page_index + 1} of {urn} lacks a reason or a basis. "
                    "Give both, then approve it."
                )
            step.put(replace(mark, basis=basis, state=decision, decided_by=who, decided_at=now))
    return step.change


def edit_mark(case: CaseFile, mark: RedactionId, grounds: Grounds) -> Change:
    """Give a mark other grounds; what was decided about it is open again."""
    record = case.get(Redaction, mark)
    grounds = checked_grounds(case, grounds)
    edited = replace(
        record,
        reason=grounds.reason,
        restriction=grounds.restriction,
        basis=grounds.basis,
        label=grounds.label,
        state=MarkState.PROPOSED,
        decided_by="",
        decided_at=None,
    )
    with case.change(Action.REDACT, f"mark on page {record.page_index + 1}") as step:
        step.put(edited)
    return step.change


def remove_mark(case: CaseFile, mark: RedactionId) -> Change:
    """Remove a mark; the history keeps it."""
    with case.change(Action.REDACT, "mark removed") as step:
        step.delete(Redaction, mark)
    return step.change


def located(case: CaseFile, mark: Redaction, reader: PageReader) -> Redaction:
    """The mark with its boxes: a quote that was given without a place covers every place where it stands.

    Raises ``Refused`` when its words are not on the page.
    """
    if not mark.quote or (mark.start < mark.end and mark.boxes):
        return mark
    document = case.get(Document, mark.document)
    page = case.page(document.sha256, mark.page_index)
    places = [(mark.start, mark.end)] if mark.start < mark.end else quote_places(page.text, mark.quote)
    words = reader.words(case, document.sha256, mark.page_index) if places else []
    boxes = tuple(box for start, end in places for box in boxes_between(words, start, end))
    if not boxes:
        raise Refused(
            f"Words marked for redaction are not on page {page.page_number} of {document.urn}, so it cannot be "
            "redacted. Correct the mark's words or page."
        )
    return replace(mark, start=places[0][0], end=places[0][1], boxes=(*mark.boxes, *boxes))


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedCopy:
    """A copy of a document with marks burnt in, the checks it passed, and what was left out of it."""

    content: bytes
    checks: tuple[Check, ...]
    notices: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Redactor:
    """Makes redacted copies of a case's documents: written in one child process, proven in another.

    Keeps its children and the copies it made, so that many documents, or one document twice, cost less.
    """

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._writer = Sandbox("workbench.pdf.burn_in:make_task", limits=_LIMITS)
        self._prover = Sandbox("workbench.pdf.burn_proof:make_task", limits=_LIMITS)
        self._reader = PageReader()
        self._font = resource_path(_LABEL_FONT).read_bytes()
        self._made: dict[str, RedactedCopy] = {}

    def copy(self, document: Document, marks: Iterable[Redaction], ticket: Ticket | None = None) -> RedactedCopy:
        """The proven copy; raises ``CheckFailed`` naming document and pages when any proof fails."""
        ticket = ticket or Ticket()
        located_marks = [located(self._case, mark, self._reader) for mark in marks]
        if any(mark.document != document.id for mark in located_marks):
            raise Refused(f"A mark belongs to another document than {document.urn}, so it was not redacted.")
        if not located_marks:
            raise Refused(f"{document.urn} has no marks to burn in, so no redacted copy was made.")
        described = [_described(mark) for mark in located_marks]
        key = hashlib.sha256(json.dumps([document.sha256, described]).encode()).hexdigest()
        if key not in self._made:
            self._made[key] = self._proven(document, described, ticket)
            self._forget_old()
        made = self._made[key]
        return replace(made, checks=(*made.checks, grounds_check(located_marks)))

    def _proven(self, document: Document, described: list[dict[str, Any]], ticket: Ticket) -> RedactedCopy:
        source = self._case.reading_copy(document.sha256)
        request: dict[str, Any] = {"marks": described, "dpi": DPI}

        def step(told: dict[str, Any]) -> None:
            ticket.tick(int(told["page"]), document.page_count, document.urn)

        written = self._writer.call(request, [source, self._font], on_step=step)
        content = written.blobs[0]
        proof = self._prover.call(
            request | {"pages": written.facts["pages"]}, [source, content, self._font], on_step=step
        )
        checks = tuple(_check(found) for found in proof.facts["checks"])
        _refuse_unproven(document, checks)
        return RedactedCopy(content=content, checks=checks, notices=tuple(written.facts["notices"]))

    def _forget_old(self) -> None:
        while len(self._made) > 1 and sum(len(copy.content) for copy in self._made.values()) > _KEPT_BYTES:
            del self._made[next(iter(self._made))]

    def close(self) -> None:
        """Let the children go."""
        for child in (self._writer, self._prover, self._reader):
            child.close()

    def __enter__(self) -> Redactor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def redacted_copy(
    case: CaseFile,
    document: Document,
    marks: Iterable[Redaction],
    ticket: Ticket | None = None,
    *,
    redactor: Redactor | None = None,
) -> RedactedCopy:
    """A copy of a document with marks burnt in and proven; give a ``redactor`` when there are several documents."""
    with nullcontext(redactor) if redactor is not None else Redactor(case) as burning:
        return burning.copy(document, marks, ticket)


def basis_of(mark: Redaction) -> str:
    """The basis of a mark: its own, its restriction, or the one that its reason usually has."""
    if mark.basis or mark.restriction:
        return mark.basis or "restriction"
    return next((reason.basis.value for reason in redaction_reasons() if reason.code == mark.reason), "")


def grounds_check(marks: Sequence[Redaction]) -> Check:
    """Rule R09: each redaction has a reason and a basis."""
    pages = sorted({mark.page_index + 1 for mark in marks if not (mark.reason and basis_of(mark))})
    return Check(
        id="R09",
        title="Each redaction has a reason and a basis",
        ok=not pages,
        severity=Severity.WARNING,
        detail=f"marks on {len(pages)} pages lack them" if pages else f"{len(marks)} marks",
        pages=tuple(pages),
    )


def _described(mark: Redaction) -> dict[str, Any]:
    return {
        "page_index": mark.page_index,
        "boxes": [_sides(box) for box in mark.boxes],
        "label": mark.label or PLAIN_LABEL,
        "area": not mark.quote,
    }


def _sides(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def _check(found: dict[str, Any]) -> Check:
    return Check(**{**found, "severity": Severity(found["severity"]), "pages": tuple(found["pages"])})


def _refuse_unproven(document: Document, checks: Sequence[Check]) -> None:
    failed = [check for check in checks if not check.ok and check.severity is Severity.ERROR]
    if failed:
        pages = sorted({page for check in failed for page in check.pages})
        listed = "; ".join(f"{check.id} {check.title}: {check.detail}" for check in failed)
        raise CheckFailed(
            f"{document.urn} was not redacted: its copy was read back and failed on page "
            f"{', '.join(map(str, pages))} ({listed}). Nothing was written; report this document."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """One line of the redaction schedule; it never holds the words themselves."""

    id: RedactionId
    urn: str
    page_number: int
    is_area: bool
    reason: str
    basis: str
    restriction: str
    label: str
    state: MarkState
    proposed_by: str
    proposed_at: datetime | None
    decided_by: str
    decided_at: datetime | None


def redaction_schedule(
    case: CaseFile, document: DocumentId | None = None, state: MarkState | None = None
) -> tuple[ScheduleRow, ...]:
    """What is redacted where, why, on what basis and by whom, without the words."""
    urns = {item.id: item.urn for item in case.all(Document)}
    restrictions = {item.id: _named(item) for item in case.all(Restriction)}
    titles = {reason.code: reason.title for reason in redaction_reasons()}
    return tuple(
        ScheduleRow(
            id=mark.id,
            urn=urns[mark.document],
            page_number=mark.page_index + 1,
            is_area=not mark.quote,
            reason=titles.get(mark.reason, mark.reason),
            basis=basis_of(mark),
            restriction=restrictions[mark.restriction] if mark.restriction else "",
            label=mark.label or PLAIN_LABEL,
            state=mark.state,
            proposed_by=mark.proposed_by,
            proposed_at=mark.proposed_at,
            decided_by=mark.decided_by,
            decided_at=mark.decided_at,
        )
        for mark in marks_of(case, document, state)
    )


def _named(restriction: Restriction) -> str:
    parts = (
        restriction.kind,
        restriction.made_by and f"by {restriction.made_by}",
        restriction.on and f"of {restriction.on}",
    )
    return " ".join(part for part in parts if part)
