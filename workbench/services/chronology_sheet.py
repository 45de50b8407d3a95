"""The chronology as it is handed over: neutral lines, each with its sources as pages of documents and of the bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.bundle import Build, Bundle
from workbench.domain.citation_styles import bundle_form, mark_for
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.event import Event, EventOrder, EventStatus
from workbench.domain.event_order import SortBy
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import CaseStudyId, EventId, ExcerptId, InstitutionId, ScopeParagraphId
from workbench.domain.page_map import MapRow
from workbench.domain.urn import page_form
from workbench.services.builds import account_of
from workbench.services.chronology import Chronology, Wanted, chronology
from workbench.services.timeline import EventRow, is_about
from workbench.store.case_file import CaseFile

NO_SOURCE = "No source is recorded for this event."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyAsked:
    """Which events are wanted - of a case study, of institutions, of scope paragraphs - and in which order."""

    case_study: CaseStudyId | None = None
    institutions: tuple[InstitutionId, ...] = ()
    scope: tuple[ScopeParagraphId, ...] = ()
    sort: SortBy = SortBy.EARLIEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event in words; ``earliest`` and ``latest`` are the ends of its date for a machine, "" where open."""

    number: str
    event: EventId
    on: str
    date: str
    earliest: str
    latest: str
    title: str
    words: str
    status: str
    dispute: str
    institutions: tuple[str, ...]
    people: tuple[str, ...]
    sources: tuple[str, ...]
    bundle_pages: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologySheet:
    """The lines in order with all that has to be said about them."""

    lines: tuple[Line, ...]
    statement: str
    limits: tuple[str, ...]
    bundle: str
    orders: tuple[str, ...]
    contradictions: tuple[str, ...]
    left_out: int = 0

    @property
    def without_source(self) -> int:
        """How many events rest on no source."""
        return sum(NO_SOURCE in line.notes for line in self.lines)


def chronology_sheet(
    case: CaseFile,
    asked: ChronologyAsked,
    *,
    audience: str = "team",
    shown: Callable[[Excerpt], Excerpt | None] = lambda excerpt: excerpt,
) -> ChronologySheet:
    """The chronology as the audience may see it.

    ``shown`` gives an excerpt as it may be shown, None for one that may not: it is left out as a source, and so are
    events and orders that rest on nothing else.
    """
    wanted = [event for event in case.all(Event) if _is_asked(case, event, asked)]
    cited = {source for event in wanted for source in event.sources}
    cited |= {order.source for order in case.all(EventOrder) if order.source is not None}
    excerpts = {item.id: item for item in case.all(Excerpt) if item.id in cited}
    hidden = {identifier for identifier, item in excerpts.items() if shown(item) is None}
    kept = [event for event in wanted if not event.sources or not hidden.issuperset(event.sources)]
    made = chronology(case, asked.sort, Wanted(events={event.id for event in kept}, hidden_excerpts=hidden))
    lines = _Lines(case, made, excerpts, hidden, audience)
    return ChronologySheet(
        lines=tuple(lines.line(number, row) for number, row in enumerate(made.rows, 1)),
        statement=made.statement,
        limits=_limits(case, asked),
        bundle=lines.pages.title,
        orders=tuple(f"{row.sentence}." for row in made.orders),
        contradictions=made.contradictions,
        left_out=len(wanted) - len(kept),
    )


def _is_asked(case: CaseFile, event: Event, asked: ChronologyAsked) -> bool:
    if asked.case_study is not None and not is_about(case.get(CaseStudy, asked.case_study), event):
        return False
    if asked.institutions and not set(asked.institutions) & set(event.institutions):
        return False
    return not asked.scope or bool(set(asked.scope) & set(event.scope))


def _limits(case: CaseFile, asked: ChronologyAsked) -> tuple[str, ...]:
    """What the chronology is limited to, in words."""
    limits = []
    if asked.case_study is not None:
        limits.append(f"Events of the case study “{case.get(CaseStudy, asked.case_study).title}”.")
    if asked.institutions:
        names = {item.id: item.name for item in case.all(Institution)}
        limits.append(f"Events of {', '.join(names[item] for item in asked.institutions)}.")
    if asked.scope:
        numbers = {item.id: item.number for item in case.all(ScopeParagraph)}
        limits.append(f"Events of scope paragraph {', '.join(numbers[item] for item in asked.scope)}.")
    return tuple(limits)


class _Lines:
    """Writes the lines of one chronology."""

    def __init__(
        self,
        case: CaseFile,
        made: Chronology,
        excerpts: dict[ExcerptId, Excerpt],
        hidden: set[ExcerptId],
        audience: str,
    ) -> None:
        self._documents = {item.id: item for item in case.all(Document)}
        self._excerpts, self._hidden, self._audience = excerpts, hidden, audience
        self._made = made
        self.pages = BundlePages(case, audience)

    def line(self, number: int, row: EventRow) -> Line:
        event = row.event
        sources = [self._excerpts[item] for item in event.sources if item not in self._hidden]
        return Line(
            number=f"T{number}",
            event=event.id,
            on=event.on,
            date=_capital(in_words(event.on)),
            earliest=event.on_earliest,
            latest=event.on_latest,
            title=event.title,
            words=f"“{event.words}”" if event.words else "",
            status=event.status.value.capitalize(),
            dispute=event.dispute,
            institutions=row.institutions,
            people=row.people,
            sources=tuple(dict.fromkeys(self._reference(item) for item in sources)),
            bundle_pages=tuple(dict.fromkeys(filter(None, (self._bundle_page(item) for item in sources)))),
            notes=tuple(self._notes(row)),
        )

    def _reference(self, item: Excerpt) -> str:
        document = self._documents[item.document]
        reference = page_form(document.urn, item.page_number)
        if self._audience == "team" and (item.withdrawn or document.withdrawn_on):
            return f"{reference} (withdrawn: {item.withdrawn or document.withdrawn_reason or 'no reason recorded'})"
        return reference

    def _bundle_page(self, item: Excerpt) -> str:
        return self.pages.page(self._documents[item.document].urn, item.page_number)

    def _notes(self, row: EventRow) -> Iterable[str]:
        event = row.event
        if event.status is EventStatus.DISPUTED and not event.dispute:
            yield "By whom it is disputed is not recorded."
        if not event.sources:
            yield NO_SOURCE
        if row.inferred:
            yield row.inferred
        numbers = [
            str(number) for number, item in enumerate(self._made.narrowing.contradictions, 1) if row.id in item.events
        ]
        if numbers:
            yield f"See contradiction {', '.join(numbers)}."
        if row.event.note and self._audience == "team":
            yield row.event.note


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class BundlePages:
    """What the pages of documents are called in the newest build that an audience was given, "" where there is none."""

    def __init__(self, case: CaseFile, audience: str) -> None:
        builds = [item for item in case.all(Build, "built_at") if item.bundle is not None and item.account_sha256]
        own = [item for item in builds if item.audience == audience]
        chosen = own or (builds if audience == "team" else [])
        self.title, self._mark, self._has_volumes = "", "", False
        self._rows: dict[tuple[str, int], MapRow] = {}
        if not chosen or chosen[-1].bundle is None:
            return
        build = chosen[-1]
        name = case.get(Bundle, chosen[-1].bundle).name
        self.title = f"{name}, build {build.number} of {in_words(build.built_at.date().isoformat())}"
        self._mark = mark_for(name)
        rows: Sequence[MapRow] = account_of(case, build).rows
        self._has_volumes = len({row.volume for row in rows}) > 1
        for row in rows:
            if row.urn:
                self._rows.setdefault((row.urn, row.source_page_number), row)

    def page(self, urn: str, page_number: int) -> str:
        """``HB 143``; "" for a page that is not in the bundle."""
        row = self._rows.get((urn, page_number))
        return bundle_form([row], self._mark, has_volumes=self._has_volumes) if row is not None else ""
