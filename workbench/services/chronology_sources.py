"""Finds the page that a chronology made elsewhere cites, in the documents of the case or by the numbers of a bundle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.domain.anchoring import anchor_at, quote_places
from workbench.domain.bundle import Bundle
from workbench.domain.citation_styles import mark_for
from workbench.domain.citations import BundlePlace, Citation, Place, TabPlace
from workbench.domain.document import Document
from workbench.domain.errors import NotFound
from workbench.domain.excerpt import Excerpt
from workbench.domain.geometry import Box
from workbench.domain.reference_forms import Known, ReferenceFinder
from workbench.domain.resolving import Resolver
from workbench.domain.urn import page_form
from workbench.services.builds import newest_account
from workbench.services.built_maps import map_of_case
from workbench.services.citing import reference_forms, resolver_for, rule_of
from workbench.services.excerpting import area_of, excerpt_from
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile

_NONE = re.compile(r"(?:none(?: recorded| given| known)?|no source|n/?a|nil|dim|[-–—]*)\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"[;\n]+")
#: Words that may stand around references without being part of a source that is still to be found.
_FILLERS = re.compile(
    r"(?:\b(?:see|at|and|para(?:graph)?s?|exhibit|statement|bundle|also|cf)\b|[\W\d_])+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace:
    """A page that is cited; ``start`` and ``end`` are the row's quoted words on it, 0 and 0 for the page as a whole."""

    document: Document
    page_index: int
    start: int = 0
    end: int = 0

    @property
    def reference(self) -> str:
        """``INQ000103_002``."""
        return page_form(self.document.urn, self.page_index + 1)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a source cell led to, and a sentence for everything in it that was not found."""

    places: tuple[SourcePlace, ...] = ()
    not_found: tuple[str, ...] = ()


class SourceFinder:
    """Made once for a file; knows every document of the case and the newest build of every bundle."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._documents = {item.urn: item for item in case.all(Document)}
        titles: dict[str, list[Document]] = {}
        for item in self._documents.values():
            for name in {item.title.casefold(), item.filename.casefold()}:
                titles.setdefault(name, []).append(item)
        self._titles = titles
        self._bundles: list[tuple[str, Resolver]] = []
        for bundle in case.all(Bundle):
            newest = newest_account(case, bundle.id, audience="team")
            if newest is not None:
                mark = mark_for(bundle.name)
                self._bundles.append((mark, resolver_for(newest[1].rows, marks=(mark,))))
        self._whole = resolver_for(map_of_case(case).rows, case=case)
        marks = tuple(dict.fromkeys(mark for mark, _ in self._bundles))
        known = Known(urns=frozenset(self._documents), rule=rule_of(case), marks=marks)
        self._finder = ReferenceFinder(reference_forms(), known)

    def find(self, text: str, words: str) -> Sources:
        """The pages that a cell cites, with the row's quoted words where they stand on one of them."""
        places: dict[tuple[str, int], SourcePlace] = {}
        missing: list[str] = []
        for part in (part.strip() for part in _BETWEEN.split(text)):
            if _NONE.fullmatch(part):
                continue
            found, problems = self._part(part, words)
            places |= {(place.document.urn, place.page_index): place for place in found}
            missing += problems
        return Sources(tuple(places.values()), tuple(dict.fromkeys(missing)))

    def _part(self, text: str, words: str) -> tuple[list[SourcePlace], list[str]]:
        references = list(self._finder.find(text))
        if not references:
            return self._by_title(text, words)
        places: list[SourcePlace] = []
        missing: list[str] = []
        for reference in references:
            try:
                for citation in self._citations(reference.place):
                    places += self._pages(citation, reference.text, words)
            except NotFound as error:
                missing.append(f"“{reference.text}” was not found: {error}")
        return places, missing

    def _citations(self, place: Place) -> tuple[Citation, ...]:
        if not isinstance(place, BundlePlace | TabPlace):
            return self._whole.citations_of(place)
        wanted = [resolver for mark, resolver in self._bundles if isinstance(place, TabPlace) or mark == place.mark]
        found = []
        for resolver in wanted:
            try:
                found.append(resolver.citations_of(place))
            except NotFound:
                continue
        if len(set(found)) != 1:
            raise NotFound("more than one bundle has such a page." if found else "no bundle that was built has it.")
        return found[0]

    def _pages(self, citation: Citation, written: str, words: str) -> list[SourcePlace]:
        document = self._documents.get(citation.urn)
        if document is None:
            raise NotFound("the case has no such document.")
        numbers = citation.pages
        if not numbers:
            return [self._place_in(document, written, words)]
        beyond = [number for number in numbers if not 1 <= number <= document.page_count]
        if beyond or citation.runs_backwards:
            raise NotFound(f"{document.urn} has {document.page_count} pages.")
        return [self._on_page(document, number - 1, words) for number in numbers]

    def _place_in(self, document: Document, written: str, words: str) -> SourcePlace:
        """The page of a document that is cited as a whole: the only one, or the one where the quoted words stand."""
        if document.page_count == 1:
            return self._on_page(document, 0, words)
        found = [place for index in range(document.page_count) if (place := self._quoted(document, index, words))]
        if len(found) != 1:
            raise NotFound(f"no page is named, and {document.urn} has {document.page_count}.")
        return found[0]

    def _on_page(self, document: Document, index: int, words: str) -> SourcePlace:
        return self._quoted(document, index, words) or SourcePlace(document=document, page_index=index)

    def _quoted(self, document: Document, index: int, words: str) -> SourcePlace | None:
        if not words:
            return None
        spans = quote_places(self._case.page(document.sha256, index).text, words)
        if len(spans) != 1:
            return None
        return SourcePlace(document=document, page_index=index, start=spans[0][0], end=spans[0][1])

    def _by_title(self, text: str, words: str) -> tuple[list[SourcePlace], list[str]]:
        named = self._titles.get(text.casefold(), [])
        if len(named) == 1:
            try:
                return [self._place_in(named[0], text, words)], []
            except NotFound as error:
                return [], [f"“{text}” was not found: {error}"]
        if not _FILLERS.sub("", text):
            return [], [f"“{text}” is no reference that the program knows."]
        many = f"{len(named)} documents are called so" if named else "it names no document of the case"
        return [], [f"“{text}” was not found: {many}."]


class SourceExcerpts:
    """Gives the excerpt for a cited page: one that is there already, else another that is still to be saved."""

    def __init__(self, case: CaseFile) -> None:
        self._case, self._reader = case, PageReader()
        self._known: dict[tuple[str, int, int, int], Excerpt] = {}
        for item in case.all(Excerpt):
            if not item.withdrawn and (item.quote or self._is_whole_page(item)):
                self._known.setdefault((item.document, item.page_index, item.start, item.end), item)
        self.made: list[Excerpt] = []

    def _is_whole_page(self, item: Excerpt) -> bool:
        return len(item.boxes) == 1 and item.boxes[0].x0 <= 0 and item.boxes[0].y0 <= 0 and not item.continues

    def excerpt(self, place: SourcePlace) -> Excerpt:
        """The excerpt of the quoted words, or of the whole page."""
        key = (place.document.id, place.page_index, place.start, place.end)
        if key not in self._known:
            page = self._case.page(place.document.sha256, place.page_index)
            if place.end:
                anchor = anchor_at(page.text, place.start, place.end)
                made = excerpt_from(self._case, place.document, page, anchor, reader=self._reader)
            else:
                made = area_of(self._case, place.document, page, Box(0, 0, page.width_pt, page.height_pt))
            self._known[key] = made
            self.made.append(made)
        return self._known[key]

    def close(self) -> None:
        """Let the reading process go."""
        self._reader.close()
