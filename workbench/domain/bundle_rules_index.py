"""Rules about the index, its links, and the bookmarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workbench.domain.bundle_expected import Expected, ExpectedEntry
from workbench.domain.bundle_facts import BundleFacts
from workbench.domain.bundle_verdicts import (
    NO_PLAN,
    Rule,
    W,
    counted,
    folded,
    index_links,
    labels_of,
    named,
    unanswered,
    verdict,
    words_of,
)
from workbench.domain.checks import Check
from workbench.domain.rules_asked import RulesAsked


def _b12_index_at_front(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "An index stands at the front"
    if expected is None:
        found = index_links(facts)
        return verdict("B12", title, not found, "no page of linked rows at the front", "an index with links was found")
    texts = folded(" ".join(facts.front_texts[page] for page in expected.index_pages if page < len(facts.front_texts)))
    missing = [entry.target for entry in expected.entries if folded(entry.title[:200]) not in texts]
    return verdict(
        "B12", title, missing, "titles of these pages' documents are not in the index", "every title is there"
    )


def _row(facts: BundleFacts, entry: ExpectedEntry, pages: tuple[int, ...]) -> list[str]:
    """The words under every link of the index that leads to the first page of an entry."""
    return [link.text for link in facts.row_links if link.page_index in pages and link.target == entry.target]


def _b13_index_linked(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Every row of the index is a link to its document"
    if expected is None:
        rows = index_links(facts)
        if not rows:
            return unanswered("B13", title, "no index with links was found")
        dead = [link.page_index for link in rows if not 0 <= link.target < facts.page_count]
        return verdict("B13", title, dead, "links on these pages lead nowhere", f"{len(rows)} links lead on")
    wrong = [
        entry.target
        for entry in expected.entries
        if not any(folded(entry.title[:60]) in folded(text) for text in _row(facts, entry, expected.index_pages))
    ]
    return verdict(
        "B13", title, wrong, "no row leads to these pages", f"{len(expected.entries)} rows, each a live link"
    )


def _b14_index_numbers(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Page numbers in the index are right"
    if expected is None:
        return _index_numbers_alone(facts, title)
    wrong = [
        entry.target
        for entry in expected.entries
        if not any(text.split()[-1:] == [entry.label] for text in _row(facts, entry, expected.index_pages))
    ]
    return verdict("B14", title, wrong, "the index prints another number for these pages", "every row prints its page")


def _index_numbers_alone(facts: BundleFacts, title: str) -> Check:
    labels = labels_of(facts)
    rows = [link for link in index_links(facts) if 0 <= link.target < facts.page_count]
    if not rows:
        return unanswered("B14", title, "no row of an index ends in a page number")
    wrong = [link.page_index for link in rows if not _prints(link.text, labels[link.target], link.target)]
    return verdict(
        "B14", title, wrong, "rows on these pages print another number than their link leads to", "they agree"
    )


def _prints(text: str, label: str, target: int) -> bool:
    """A row ends in the number of the page that it leads to; some are read with it right behind the last word."""
    last = text.split()[-1:] or [""]
    if last[0] in (label, str(target + 1)):
        return True
    return not re.fullmatch(r"[A-Za-z]{0,3}\d+(\.\d+)*", last[0]) and bool({label, str(target + 1)} & words_of(text))


def _keeps_zoom(view: str, zoom: float) -> bool:
    return view == "XYZ" and zoom in (0.0, 1.0)


def _b15_links_keep_zoom(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    pages = None if expected is None else expected.index_pages
    wrong = [
        link.page_index
        for link in facts.row_links
        if (pages is None or link.page_index in pages) and not _keeps_zoom(link.view, link.zoom)
    ]
    return verdict("B15", "Links keep the zoom", wrong, "links change the zoom", "zoom is kept", W)


def _b16_documents_bookmarked(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Each document has a bookmark"
    targets = {bookmark.target for bookmark in facts.bookmarks}
    if expected is None:
        missing = [link.target for link in index_links(facts) if link.target >= 0 and link.target not in targets]
        if missing or facts.bookmarks:
            return verdict("B16", title, missing, "no bookmark leads to these pages' documents", "bookmarks are there")
        return verdict("B16", title, True, "there are no bookmarks", "")
    titled = {(bookmark.title, bookmark.target) for bookmark in facts.bookmarks}
    wrong = [
        entry.target for entry in expected.entries if (f"{entry.title}, p. {entry.label}", entry.target) not in titled
    ]
    return verdict("B16", title, wrong, "no bookmark leads to these pages' documents", "one bookmark per document")


def _b17_sections_bookmarked(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Each section has a bookmark"
    if expected is None:
        return unanswered("B17", title, "the sections of this file are not known")
    tops = {(bookmark.title, bookmark.target) for bookmark in facts.bookmarks if bookmark.level == 0}
    starts = expected.section_starts or _section_starts(expected.entries)
    wrong = [target for section, target, label in starts if (f"{section}, p. {label}", target) not in tops]
    return verdict("B17", title, wrong, "no bookmark for the section that begins here", counted(len(starts), "section"))


def _section_starts(entries: Sequence[ExpectedEntry]) -> tuple[tuple[str, int, str], ...]:
    firsts: dict[str, ExpectedEntry] = {}
    for entry in entries:
        firsts.setdefault(entry.section, entry)
    return tuple((section, first.target, first.label) for section, first in firsts.items())


def _b18_bookmarks_describe(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Bookmarks describe and give the page"
    labels = labels_of(facts)
    deepest = 1 if expected is not None else 0
    # Without a plan: a level whose bookmarks mostly end in their page is one that the bundle's maker wrote.
    if expected is None and _gives_pages(facts, labels, 1):
        deepest = 1
    wrong = [
        bookmark.target
        for bookmark in facts.bookmarks
        if bookmark.level <= deepest
        and 0 <= bookmark.target < len(labels)
        and not (re.search(r"[^\W\d]", bookmark.title) and _gives_page(bookmark.title, labels, bookmark.target))
    ]
    return verdict("B18", title, wrong, "bookmarks to these pages lack words or their page", "words and page in each")


def _gives_page(title: str, labels: list[str], target: int) -> bool:
    return bool({labels[target], str(target + 1)} & words_of(title))


def _gives_pages(facts: BundleFacts, labels: list[str], level: int) -> bool:
    own = [b for b in facts.bookmarks if b.level == level and 0 <= b.target < len(labels)]
    return bool(own) and sum(bool(re.search(r"\bp\.? ?\S+$", bookmark.title)) for bookmark in own) * 2 > len(own)


def _b19_bookmarks_safe(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "Bookmarks name nobody who is protected"
    if expected is None or expected.sweep is None:
        return unanswered("B19", title, "the protected names are not known here")
    hits = expected.sweep.bookmark_hits
    held = f"none of {counted(expected.sweep.terms, 'protected term')} stands in a bookmark"
    return verdict("B19", title, bool(hits), f"protected terms stand in bookmarks: {named(hits)}", held)


def _b20_own_bookmarks_kept(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    """Counted per document: those that a document brought stand below its own."""
    title = "Documents' own bookmarks kept"
    if expected is None or any(entry.source_bookmarks is None for entry in expected.entries):
        return unanswered("B20", title, "it is not known which bookmarks the documents brought")
    inner = Counter(
        next((n for n, e in enumerate(expected.entries) if e.target <= b.target < e.target + e.pages), -1)
        for b in facts.bookmarks
        if b.level >= 2
    )
    lost = [e.target for n, e in enumerate(expected.entries) if inner[n] < (e.source_bookmarks or 0)]
    held = f"{counted(sum(e.source_bookmarks or 0 for e in expected.entries), 'bookmark')} kept below their documents"
    return verdict("B20", title, lost, "bookmarks of the documents that begin here were lost", held, W)


def _b36_authorities_apart(facts: BundleFacts, expected: Expected | None, asked: RulesAsked) -> Check:
    title = "Authorities apart, each with a bookmark"
    if expected is None:
        return unanswered("B36", title, NO_PLAN)
    authorities = [entry for entry in expected.entries if entry.kind.casefold() in ("authority", "authorities")]
    if expected.kind != "authorities":
        mixed = [entry.target for entry in authorities]
        return verdict("B36", title, mixed, "authorities stand among other documents", "no authorities among them", W)
    targets = {bookmark.target for bookmark in facts.bookmarks}
    wrong = [entry.target for entry in expected.entries if entry.target not in targets]
    if asked.max_authorities is not None and len(expected.entries) > asked.max_authorities:
        detail = f"{len(expected.entries)} authorities where {asked.max_authorities} are allowed"
        return verdict("B36", title, True, detail, "", W)
    return verdict("B36", title, wrong, "these authorities have no bookmark", "each has a bookmark", W)


RULES: tuple[Rule, ...] = (
    _b12_index_at_front,
    _b13_index_linked,
    _b14_index_numbers,
    _b15_links_keep_zoom,
    _b16_documents_bookmarked,
    _b17_sections_bookmarked,
    _b18_bookmarks_describe,
    _b19_bookmarks_safe,
    _b20_own_bookmarks_kept,
    _b36_authorities_apart,
)
