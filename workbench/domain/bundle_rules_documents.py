"""Rules about the documents in a bundle: none twice, in order, within limits, parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.bundle_expected import Expected, ExpectedEntry
from workbench.domain.bundle_facts import BundleFacts, PageFacts
from workbench.domain.bundle_verdicts import (
    NO_PLAN,
    Rule,
    W,
    counted,
    documents_of,
    folded,
    labels_of,
    named,
    unanswered,
    verdict,
)
from workbench.domain.checks import Check
from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.near_copies import near_copies
from workbench.domain.rules_asked import RulesAsked

#: A page by itself is told to be a copy from this many letters on, two and more in a row from fewer.
_LETTERS_ALONE, _LETTERS_IN_A_ROW = 250, 40


def _b29_volumes_whole(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "Volumes split between documents"
    if expected is None:
        return unanswered("B29", title, NO_PLAN)
    cut = [entry.target for entry in expected.entries if entry.whole and entry.pages != entry.whole]
    volume = expected.volume
    if volume is None and not cut:
        return unanswered("B29", title, "the bundle is one file")
    straddling = volume.straddling if volume is not None else ()
    faults = ["documents that begin here do not end in this file"] if cut else []
    faults += [f"in more than one volume: {named(straddling)}"] if straddling else []
    if volume is not None and not expected.index_pages:
        faults.append("this volume has no index of its own")
    held = f"volume {volume.number} of {volume.of} holds whole documents and its own index" if volume else ""
    return verdict("B29", title, cut or bool(faults), "; ".join(faults), held, W)


def _b30_page_limits(facts: BundleFacts, expected: Expected | None, asked: RulesAsked) -> Check:
    title = "Page limits"
    if asked.max_pages is None and not asked.document_limits:
        return unanswered("B30", title, "the profile sets no limit")
    front = max(expected.front_pages, len(expected.index_pages)) if expected is not None else 0
    count = facts.page_count - front
    faults, wrong = [], []
    if asked.max_pages is not None and count > asked.max_pages:
        faults.append(f"{count:,} pages where {asked.max_pages:,} are allowed")
    limits = {kind.casefold(): limit for kind, limit in asked.document_limits.items()}
    for entry in expected.entries if expected is not None else ():
        limit = limits.get(entry.kind.casefold())
        if limit is not None and entry.pages > limit:
            faults.append(f"“{entry.title[:60]}” has {entry.pages} pages, {limit} are allowed")
            wrong.append(entry.target)
    held = f"{count:,} pages" + (f" of {asked.max_pages:,} allowed" if asked.max_pages is not None else "")
    return verdict("B30", title, wrong or bool(faults), named(faults), held, W)


def _b35_core_is_subset(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Core bundle refers to the main bundle"
    if expected is None:
        return unanswered("B35", title, NO_PLAN)
    if expected.kind != "core":
        return unanswered("B35", title, "this is no core bundle")
    texts = folded(" ".join(facts.front_texts[page] for page in expected.index_pages if page < len(facts.front_texts)))
    wrong = [e.target for e in expected.entries if not e.main_label or folded(e.main_label) not in texts]
    detail = "these documents' places in the main bundle are not printed"
    return verdict("B35", title, wrong, detail, "each document gives its page of the main bundle", W)


def _b37_no_duplicates(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    """By content: the same source twice, the same text and picture on a whole document or a run of pages, or most of
    a document's words again in another one."""
    title = "No duplicate documents"
    documents = documents_of(facts, expected)
    twice = _listed_twice(expected.entries) if expected is not None else []
    keys = [_key(page) for page in facts.pages]
    copies = _copies_of_documents(keys, documents) or _copied_runs(facts.pages, keys)
    pairs = {later: first for first, later in (*copies, *twice) if later < facts.page_count}
    near = _near_copies(facts.pages, documents, set(pairs))
    labels = [label or f"{number} of the file" for number, label in enumerate(labels_of(facts), 1)]
    same = [f"page {labels[later]} as page {labels[first]}" for later, first in sorted(pairs.items())]
    alike = [f"page {labels[later]} as page {labels[first]} ({share:.0%})" for first, later, share in near]
    faults = [f"the same again from {named(same)}"] if same else []
    faults += [f"nearly the same again from {named(alike)}"] if alike else []
    has_texts = any(page.text for page in facts.pages)
    held = "no document and no run of pages twice" + ("" if has_texts else "; near copies were not looked for")
    return verdict("B37", title, [*pairs, *(later for _, later, _ in near)], "; ".join(faults), held, W)


def _near_copies(
    pages: Sequence[PageFacts], documents: Sequence[tuple[int, int]], known: set[int]
) -> list[tuple[int, int, float]]:
    """(first page, first page of the near copy, share) of documents that share most of their words in a row."""
    texts = [" ".join(page.text for page in pages[start:end]) for start, end in documents]
    found = near_copies(texts) if any(texts) else ()
    near = [(documents[one][0], documents[other][0], share) for one, other, share in found]
    return [(first, later, share) for first, later, share in near if later not in known]


def _listed_twice(entries: Sequence[ExpectedEntry]) -> list[tuple[int, int]]:
    first: dict[tuple[str, tuple[int, ...]], int] = {}
    found = []
    for entry in entries:
        key = (entry.sha256, entry.selection)
        if entry.sha256 and key in first:
            found.append((first[key], entry.target))
        first.setdefault(key, entry.target)
    return found


def _key(page: PageFacts) -> str:
    """What a page shows, beside its number; "" for a page that shows nothing to tell it by."""
    if not page.text_digest and not page.picture_digest:
        return ""
    return f"{page.text_digest}/{page.picture_digest}/{page.picture_share:.2f}"


def _copies_of_documents(keys: list[str], documents: list[tuple[int, int]]) -> list[tuple[int, int]]:
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for start, end in documents:
        content = tuple(keys[start:end])
        if not any(content):
            continue
        if content in seen:
            found.append((seen[content], start))
        seen.setdefault(content, start)
    return found


def _copied_runs(pages: Sequence[PageFacts], keys: list[str]) -> list[tuple[int, int]]:
    """(first page, first page of the copy) of every run of pages that stands again later."""
    first: dict[str, int] = {}
    runs: list[tuple[int, int, int]] = []
    for number, key in enumerate(keys):
        if key and key in first:
            if runs and runs[-1][0] + runs[-1][2] == first[key] and runs[-1][1] + runs[-1][2] == number:
                runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
            else:
                runs.append((first[key], number, 1))
        first.setdefault(key, number)
    return [(source, copy) for source, copy, length in runs if _is_telling(pages[copy : copy + length])]


def _is_telling(pages: Sequence[PageFacts]) -> bool:
    letters = sum(page.character_count for page in pages)
    return letters >= _LETTERS_ALONE or (len(pages) > 1 and letters >= _LETTERS_IN_A_ROW)


def _b38_chronological(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "In order of date within sections"
    if expected is None:
        return unanswered("B38", title, NO_PLAN)
    dated = [(entry, bounds) for entry in expected.entries if (bounds := _bounds(entry.on)) is not None]
    if not dated:
        return unanswered("B38", title, "no document has a date")
    wrong, latest_start = [], dict[str, str]()
    for entry, (earliest, latest) in dated:
        before = latest_start.get(entry.section, "")
        # A date that may be as late as the one before stands in order: it may have been that day.
        if latest and latest < before:
            wrong.append(entry.target)
        latest_start[entry.section] = max(before, earliest)
    held = f"{counted(len(dated), 'dated document')} in order"
    return verdict("B38", title, wrong, "these documents are older than ones before them in their section", held, W)


def _bounds(on: str) -> tuple[str, str] | None:
    try:
        date = parse_edtf(on) if on else None
    except Refused:
        return None
    return (date.earliest, date.latest) if date is not None else None


def _b39_references_marked(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "References between documents are links"
    if expected is None:
        return unanswered("B39", title, NO_PLAN)
    if expected.margin_links is None:
        return unanswered("B39", title, "links at references were not asked for")
    wrong = [
        page
        for page, target in expected.margin_links
        if page >= len(facts.pages) or target not in facts.pages[page].link_targets
    ]
    missing = expected.references_not_found
    held = f"{counted(len(expected.margin_links), 'reference')} linked"
    held += f", {len(missing)} listed as not found" if missing else ""
    return verdict("B39", title, wrong, "references on these pages have no link", held, W)


RULES: tuple[Rule, ...] = (
    _b29_volumes_whole,
    _b30_page_limits,
    _b35_core_is_subset,
    _b37_no_duplicates,
    _b38_chronological,
    _b39_references_marked,
)
