"""Takes a chronology that somebody made elsewhere into the case: first a preview, then all of it as one step."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from workbench.domain.change import Action, Change
from workbench.domain.chronology_table import SourceTable, read_tables
from workbench.domain.dates import parse_edtf
from workbench.domain.errors import ChildFailed, FileRefused, NotFound, Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.ids import EventId, InstitutionId, PersonId, ScopeParagraphId, new_id
from workbench.domain.progress import Ticket
from workbench.importers.chronology_table import tables_from
from workbench.runtime.sandbox import Sandbox
from workbench.services.chronology_rows import EventTwins, ReadRow, RowReader
from workbench.services.chronology_sources import SourceExcerpts, SourceFinder, SourcePlace, Sources
from workbench.store.case_file import CaseFile

_TASK = "workbench.importers.chronology_table:make_task"
_MOST_BYTES = 200 << 20


class RowState(StrEnum):
    """What becomes of a row: imported as it stands, asked about, or there already."""

    READY = "ready"
    UNDECIDED = "to decide"
    DUPLICATE = "already there"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One row as it would be imported; ``date_words`` are the writer's own, ``on`` our reading of them, "" for none.

    ``questions`` say what a person has to decide, ``remarks`` what was understood how and what is kept in the note.
    """

    key: str
    where: str
    date_words: str
    on: str
    title: str
    proposals: tuple[str, ...] = ()
    words: str = ""
    status: EventStatus = EventStatus.AGREED
    dispute: str = ""
    kind: str = "other"
    institutions: tuple[InstitutionId, ...] = ()
    scope: tuple[ScopeParagraphId, ...] = ()
    people: tuple[PersonId, ...] = ()
    sources: tuple[SourcePlace, ...] = ()
    note: str = ""
    state: RowState = RowState.READY
    questions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyPreview:
    """Everything that a file holds, before anything is changed; ``notices`` are about tables and columns."""

    filename: str
    sha256: str
    rows: tuple[PreviewRow, ...]
    notices: tuple[str, ...] = ()

    def count(self, state: RowState) -> int:
        """How many rows are in this state."""
        return sum(row.state is state for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person says of a row: its date, another title, that it is left out, or wanted although it is there."""

    on: str = ""
    title: str = ""
    is_left_out: bool = False
    is_wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedChronology:
    """The step that was made, the events in the order of their rows, and the rows that were not imported."""

    change: Change
    events: tuple[EventId, ...]
    left: tuple[PreviewRow, ...] = field(default_factory=tuple)


def preview(
    case: CaseFile,
    path: Path,
    ticket: Ticket | None = None,
    *,
    is_day_first: bool = False,
    status: EventStatus = EventStatus.AGREED,
) -> ChronologyPreview:
    """Read a chronology from XLSX, DOCX or CSV; the case stays as it is.

    ``is_day_first`` says that 3/4/2014 is in April throughout; ``status`` is that of rows that give none.
    """
    ticket = ticket or Ticket()
    content = _content(path)
    reading = read_tables(_tables(path.name, content, ticket))
    if not reading.rows:
        told = " ".join(reading.notices[:3])
        raise Refused(f"“{path.name}” holds no chronology. {told}")
    finder, reader = SourceFinder(case), RowReader(case, reading.rows, is_day_first=is_day_first, status=status)
    twins, rows = EventTwins(case.all(Event)), list[PreviewRow]()
    for done, raw in enumerate(reading.rows):
        if done % 50 == 0:
            ticket.tick(done, len(reading.rows), path.name)
        read = reader.read(raw)
        twin = twins.twin_of(read.title, read.on, read.where)
        rows.append(_previewed(str(done), read, finder.find(read.source, read.words), twin, path.name))
    notices = (*reading.notices, *reader.notices)
    return ChronologyPreview(
        filename=path.name, sha256=hashlib.sha256(content).hexdigest(), rows=tuple(rows), notices=notices
    )


def _previewed(key: str, read: ReadRow, sources: Sources, twin: str, filename: str) -> PreviewRow:
    unfound = [f"Source as written: “{read.source}”."] if sources.not_found else []
    return PreviewRow(
        key=key,
        where=read.where,
        date_words=read.date_words,
        on=read.on,
        proposals=read.proposals,
        title=read.title,
        words=read.words,
        status=read.status,
        dispute=read.dispute,
        kind=read.kind,
        institutions=read.institutions,
        scope=read.scope,
        people=read.people,
        sources=sources.places,
        note="\n".join([f"From “{filename}”, {read.where}.", *read.note, *unfound]),
        state=RowState.UNDECIDED if read.questions else RowState.DUPLICATE if twin else RowState.READY,
        questions=read.questions,
        remarks=(*read.remarks, *sources.not_found, *([twin] if twin else [])),
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused(f"“{path.name}” is larger than {_MOST_BYTES >> 20} MB. Save its table alone and import that.")
        return path.read_bytes()
    except OSError as error:
        raise NotFound(f"“{path.name}” cannot be read: {error.strerror}. Check the path.") from None


def _tables(name: str, content: bytes, ticket: Ticket) -> list[SourceTable]:
    """The tables of a file, read in a child process; raises ``Refused`` with the name of the file."""
    try:
        with Sandbox(_TASK) as child:
            tell = lambda _step: ticket.tick(0, 0, name)  # noqa: E731
            return tables_from(child.call({"name": name}, [content], on_step=tell).facts)
    except (FileRefused, ChildFailed) as error:
        raise Refused(f"“{name}” was not read. {error}") from None
    except (KeyError, TypeError, ValueError):
        raise Refused(f"“{name}” was not read: its reader answered with something unreadable.") from None


def import_rows(
    case: CaseFile, shown: ChronologyPreview, decisions: Mapping[str, Decision] | None = None
) -> ImportedChronology:
    """Import the rows that are ready or decided, as one undoable step; the others come back as ``left``.

    Raises ``Refused`` when there is none, or when a decided date cannot be; nothing is changed then.
    """
    decisions = decisions or {}
    twins = EventTwins(case.all(Event))
    chosen: list[tuple[PreviewRow, str, str]] = []
    left: list[PreviewRow] = []
    for row in shown.rows:
        decision = decisions.get(row.key, Decision())
        on, title = decision.on.strip() or row.on, " ".join(decision.title.split()) or row.title
        if on:
            _prove(row, on)
        is_given = bool(on and title) and not decision.is_left_out
        if is_given and (not twins.twin_of(title, on, row.where) or decision.is_wanted):
            chosen.append((row, on, title))
        else:
            left.append(row)
    if not chosen:
        raise Refused(
            f"No row of “{shown.filename}” can be imported: {_why(shown, left)}. Decide on the dates that are asked."
        )
    return _write(case, shown, chosen, left)


def _prove(row: PreviewRow, on: str) -> None:
    try:
        parse_edtf(on)
    except Refused as error:
        raise Refused(f"{row.where}: {error}") from None


def _why(shown: ChronologyPreview, left: Sequence[PreviewRow]) -> str:
    undecided = sum(row.state is RowState.UNDECIDED for row in left)
    return f"{undecided} are to decide, {len(shown.rows) - undecided} are there already or are left out"


def _write(
    case: CaseFile, shown: ChronologyPreview, chosen: Sequence[tuple[PreviewRow, str, str]], left: Sequence[PreviewRow]
) -> ImportedChronology:
    excerpts = SourceExcerpts(case)
    try:
        events = [_event(row, on, title, excerpts) for row, on, title in chosen]
    finally:
        excerpts.close()
    count = f"{len(events)} event{'s' if len(events) != 1 else ''}"
    with case.change(Action.EDIT_EVENT, f"import {count} from {shown.filename}") as step:
        step.put_all(excerpts.made)
        step.put_all(events)
    return ImportedChronology(change=step.change, events=tuple(event.id for event in events), left=tuple(left))


def _event(row: PreviewRow, on: str, title: str, excerpts: SourceExcerpts) -> Event:
    date = parse_edtf(on)
    sources = dict.fromkeys(excerpts.excerpt(place).id for place in row.sources)
    return Event(
        id=EventId(new_id("evt")),
        title=title,
        on=date.text,
        on_earliest=date.earliest,
        on_latest=date.latest,
        words=row.words,
        kind=row.kind,
        status=row.status,
        institutions=row.institutions,
        scope=row.scope,
        sources=tuple(sources),
        people=row.people,
        dispute=row.dispute,
        note=row.note,
    )
