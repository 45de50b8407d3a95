"""Finds the pages of a bundle that a reference means: by document and page, never by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.citations import (
    BundlePlace,
    Citation,
    Judgment,
    Place,
    TabPlace,
    TranscriptPlace,
    gathered,
    stable_text,
)
from workbench.domain.errors import NotFound
from workbench.domain.numbering import section_letter
from workbench.domain.page_map import MapRow, PageKind

_IS_LETTER = re.compile("[A-Z]{1,2}")
#: (day or date as written, page of the transcript) -> (URN, page of the document)
TranscriptPages = Mapping[tuple[str, int], tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a reference means in a bundle: its pages in order, or why it has none."""

    citations: tuple[Citation, ...] = ()
    rows: tuple[MapRow, ...] = ()
    reason: str = ""

    @property
    def is_found(self) -> bool:
        return bool(self.rows)

    @property
    def stable(self) -> str:
        return stable_text(self.citations)


@dataclass(frozen=True, slots=True)
class Tab:
    """One document of a bundle as tabs are counted: the letter of its section and its place in it, from 1."""

    letter: str
    number: int
    rows: tuple[MapRow, ...]


class Resolver:
    """Knows the pages of one build, and of the older build whose page numbers a text may still give.

    A page number behind one of the ``older_marks`` is of the older build; without them every page number is.
    """

    def __init__(
        self,
        rows: Sequence[MapRow],
        *,
        marks: Iterable[str] = (),
        older: Sequence[MapRow] | None = None,
        older_marks: Iterable[str] = (),
        transcripts: TranscriptPages | None = None,
    ) -> None:
        self.rows = tuple(rows)
        self.marks = frozenset(marks)
        self.tabs = tabs_of(self.rows)
        self._transcripts = transcripts or {}
        self._at = {(row.volume, row.physical_index): at for at, row in enumerate(self.rows)}
        self._by_label = {row.label: row for row in self.rows if row.label}
        self._by_page: dict[tuple[str, int], MapRow] = {}
        self._by_document: dict[str, list[MapRow]] = {}
        for row in self.rows:
            if row.kind is PageKind.DOCUMENT:
                self._by_page.setdefault((row.urn, row.source_page_number), row)
                self._by_document.setdefault(row.urn, []).append(row)
        self._older = self
        if older is not None:
            self._older = Resolver(older, marks=tuple(older_marks) or self.marks, transcripts=transcripts)

    @property
    def urns(self) -> frozenset[str]:
        return frozenset(self._by_document)

    def resolve(self, place: Place) -> Resolution:
        """The pages that a reference means, or the reason why they are not found."""
        citations: tuple[Citation, ...] = ()
        try:
            citations = place if isinstance(place, tuple) else self._origin(place).citations_of(place)
            rows = [row for citation in citations for row in self._pages_of(citation)]
        except NotFound as error:
            return Resolution(citations=citations, reason=str(error))
        return Resolution(citations=citations, rows=tuple(dict.fromkeys(rows)))

    def _origin(self, place: Place) -> Resolver:
        """The build whose numbers a reference gives."""
        is_newer = isinstance(place, BundlePlace) and place.mark in self.marks - self._older.marks
        return self if is_newer else self._older

    def _pages_of(self, citation: Citation) -> list[MapRow]:
        document = self._by_document.get(citation.urn)
        if document is None:
            raise NotFound(f"{citation.urn} is not in this bundle.")
        if citation.runs_backwards:
            raise NotFound(f"The pages {citation.page_number} to {citation.last_page} run backwards.")
        if not citation.pages:
            first = (document[0].volume, document[0].entry)
            return [row for row in document if (row.volume, row.entry) == first]
        missing = [str(number) for number in citation.pages if (citation.urn, number) not in self._by_page]
        if missing:
            which = f"page {missing[0]}" if len(missing) == 1 else f"pages {missing[0]} to {missing[-1]}"
            raise NotFound(f"{which[0].upper()}{which[1:]} of {citation.urn}: not in this bundle.")
        return [self._by_page[citation.urn, number] for number in citation.pages]

    def citations_of(self, place: Place) -> tuple[Citation, ...]:
        """What a reference into this build means for ever; raises ``NotFound`` with the reason."""
        if isinstance(place, BundlePlace):
            return self._of_labels(place)
        if isinstance(place, TabPlace):
            return self._of_tab(place)
        if isinstance(place, Judgment):
            return self._of_judgment(place)
        if isinstance(place, TranscriptPlace):
            return self._of_transcript(place)
        return place

    def _of_labels(self, place: BundlePlace) -> tuple[Citation, ...]:
        first = self._labelled(place.mark, place.label)
        last = self._labelled(place.mark, place.last_label) if place.last_label else first
        rows = self.rows[self._place(first) : self._place(last) + 1]
        if not rows:
            raise NotFound(f"The pages {place.label} to {place.last_label} run backwards.")
        front = next((row for row in rows if row.kind is not PageKind.DOCUMENT), None)
        if front is not None:
            raise NotFound(f"Page {front.label} of the bundle is its {front.kind.value}, not a document's page.")
        return gathered([(row.urn, row.source_page_number) for row in rows])

    def _place(self, row: MapRow) -> int:
        return self._at[row.volume, row.physical_index]

    def _labelled(self, mark: str, label: str) -> MapRow:
        names = (label, mark + label) if mark in self.marks else (mark + label,)
        for name in names:
            if name in self._by_label:
                return self._by_label[name]
        raise NotFound(f"The bundle has no page {names[0]}.")

    def _of_tab(self, place: TabPlace) -> tuple[Citation, ...]:
        tab = next((tab for tab in self.tabs if (tab.letter, tab.number) == (place.section, place.tab)), None)
        if tab is None:
            raise NotFound(f"The bundle has no tab {place.section}/{place.tab}.")
        if place.page is None:
            return (Citation(urn=tab.rows[0].urn),)
        rows = tab.rows[max(place.page - 1, 0) : place.last_page or place.page]
        wanted = max((place.last_page or place.page) - place.page + 1, 0)
        if place.page < 1 or not rows or len(rows) != wanted:
            raise NotFound(f"Tab {place.section}/{place.tab} has {len(tab.rows)} pages.")
        return gathered([(row.urn, row.source_page_number) for row in rows])

    def _of_judgment(self, place: Judgment) -> tuple[Citation, ...]:
        wanted = re.compile(re.escape(place.citation) + r"(?![^\W_])")
        return (Citation(urn=self._titled(wanted, place.citation)),)

    def _titled(self, wanted: re.Pattern[str], what: str) -> str:
        """The one document whose title has this in it."""
        urns = {row.urn for row in self.rows if row.urn and wanted.search(" ".join(row.title.split()))}
        if len(urns) != 1:
            number = f"{len(urns)} documents" if urns else "no document"
            raise NotFound(f"The bundle has {number} with “{what}” in the title.")
        return urns.pop()

    def _of_transcript(self, place: TranscriptPlace) -> tuple[Citation, ...]:
        session = f"Day {place.day}" if place.day is not None else place.on
        pages = []
        for number in range(place.page, (place.last_page or place.page) + 1):
            if (session, number) not in self._transcripts:
                raise NotFound(f"The bundle has no transcript of {session} that prints a page number {number}.")
            page = self._transcripts[session, number]
            if page not in pages:
                pages.append(page)
        return gathered(pages)


def tabs_of(rows: Sequence[MapRow]) -> tuple[Tab, ...]:
    """The documents of a bundle as tabs: the letters of its sections, and the documents counted in each."""
    entries: dict[tuple[int, int], list[MapRow]] = {}
    for row in rows:
        if row.kind is PageKind.DOCUMENT:
            entries.setdefault((row.volume, row.entry), []).append(row)
    letters = _letters([own[0] for own in entries.values()])
    counts: dict[str, int] = {}
    tabs = []
    for own in entries.values():
        section = own[0].section
        counts[section] = counts.get(section, 0) + 1
        tabs.append(Tab(letters[section], counts[section], tuple(own)))
    return tuple(tabs)


def _letters(firsts: Sequence[MapRow]) -> dict[str, str]:
    """The letter of each section: the one its pages are numbered with, else the next in the row."""
    series = {row.section: row.label.rstrip("0123456789.") for row in reversed(firsts)}
    sections = list(dict.fromkeys(row.section for row in firsts))
    if len(set(series.values())) == len(sections) > 1 and all(_IS_LETTER.fullmatch(own) for own in series.values()):
        return series
    return {section: section_letter(index) for index, section in enumerate(sections)}
