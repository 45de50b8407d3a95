"""How a rule states its result, and what several rules look at together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from workbench.domain.bundle_expected import Expected
from workbench.domain.bundle_facts import BundleFacts, PageFacts, RowLink
from workbench.domain.checks import NOT_CHECKED, Check, Severity
from workbench.domain.numbering import from_roman
from workbench.domain.rules_asked import RulesAsked

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION  # noqa: E741 - the letters of the reports
NO_PLAN = "there is no plan of this file to compare with"
NO_REDACTIONS = "no redactions are known of this file"
Rule = Callable[[BundleFacts, Expected | None, RulesAsked], Check]


def verdict(
    rule: str, title: str, faults: Iterable[int] | bool, detail: str, held: str, severity: Severity = E
) -> Check:
    """A result: ``faults`` are physical page indices, or True when something is wrong without a page."""
    pages = () if isinstance(faults, bool) else tuple(sorted({fault + 1 for fault in faults}))
    is_wrong = faults if isinstance(faults, bool) else bool(pages)
    return Check(
        id=rule,
        title=title,
        ok=not is_wrong,
        severity=severity,
        detail=detail if is_wrong else held,
        pages=pages if is_wrong else (),
    )


def leak_severity(expected: Expected | None) -> Severity:
    """What can hide a leak stops a bundle, unless it is the team's own: the team sees everything anyway."""
    return W if expected is not None and not expected.is_beyond_team else E


def unanswered(rule: str, title: str, why: str) -> Check:
    """A rule that needs something that is not there."""
    return Check(id=rule, title=title, ok=True, severity=I, detail=f"{NOT_CHECKED}: {why}")


def counted(number: int, noun: str) -> str:
    """``1 page``, ``2,400 pages``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def named(items: Iterable[str], most: int = 5) -> str:
    """The first few of some texts, and how many more there are."""
    listed = list(dict.fromkeys(items))
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


def folded(text: str) -> str:
    """Text for comparing: composed, without white space, which line ends change."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def labels_of(facts: BundleFacts) -> list[str]:
    """The label of every page; a file without labels shows plain page numbers."""
    has_labels = any(page.label for page in facts.pages)
    return [page.label if has_labels else str(number) for number, page in enumerate(facts.pages, 1)]


def follows(before: str, after: str) -> bool:
    """3 -> 4, 3 -> 3.1, 3.1 -> 3.2 or 4, A9 -> A10 or B1, A9.1 -> A10, iv -> v or 1, V2-1 -> V2-2."""
    first, second = re.fullmatch(r"(.*?)(\d+)", before), re.fullmatch(r"(.*?)(\d+)", after)
    if second is None:
        # Letters alone: roman numerals, or names such as "Cover" and "Index".
        values = from_roman(before), from_roman(after)
        return first is None and (0 in values or values[1] == values[0] + 1)
    if first is None:
        return int(second[2]) == 1
    if first[1] == second[1]:
        return int(second[2]) == int(first[2]) + 1
    if second[1] == f"{before}.":
        return int(second[2]) == 1
    if first[1].endswith("."):
        return follows(first[1][:-1], after)
    return int(second[2]) == 1


def is_stamp_of(words: Iterable[str], wanted: str) -> bool:
    """True when a word at the edge of a page is its number, alone or behind a prefix such as "Page" or "p."."""
    near = [word for word in words if wanted in word] if wanted else []
    return any(word == wanted or re.fullmatch(rf"[^\d.]{{0,5}}\W?{re.escape(wanted)}\W?", word) for word in near)


def printed_number(page: PageFacts, label: str) -> str:
    """The number printed on a page: its label when that stands at an edge, else the word there that looks most like
    it; "" for none."""
    if is_stamp_of(page.edge_words, label):
        return label
    shape = re.sub(r"\d+", "0", label)
    alike = [word for word in page.edge_words if re.sub(r"\d+", "0", word) == shape]
    return min(alike, key=lambda word: abs(_value(word) - _value(label))) if alike else ""


def _value(word: str) -> int:
    digits = re.findall(r"\d+", word)
    return int(digits[-1]) if digits else from_roman(word)


def index_links(facts: BundleFacts) -> list[RowLink]:
    """The rows of an index found in a file whose plan is not known: linked rows that end in a number, before the
    first document begins."""
    by_page: dict[int, list[RowLink]] = {}
    for link in facts.row_links:
        if link.target > link.page_index or link.target < 0:
            by_page.setdefault(link.page_index, []).append(link)
    for page, links in sorted(by_page.items()):
        rows = sum(_prints_number(link) for link in links)
        led = [link.target for link in links if link.target >= 0]
        if led and rows * 2 >= len(links) and (len(links) > 1 or page <= 2):
            end = min(led)
            return [link for link in facts.row_links if page <= link.page_index < end and _prints_number(link)]
    return []


def _prints_number(link: RowLink) -> bool:
    return bool(re.search(r"\d\s*$", link.text))


def words_of(row: str) -> set[str]:
    """What may be the page number of a row; some rows are read with it right behind the last word."""
    return set(re.findall(r"[\w.-]*\w", row)) | set(re.findall(r"[\w.]+", row)) | set(re.findall(r"\d+$", row))


def documents_of(facts: BundleFacts, expected: Expected | None) -> list[tuple[int, int]]:
    """First and last but one page of every document: as planned, else as index and bookmarks have them."""
    if expected is not None:
        return [(entry.target, entry.target + entry.pages) for entry in expected.entries if entry.pages]
    starts = {link.target for link in index_links(facts)}
    if not starts:
        starts = {bookmark.target for bookmark in facts.bookmarks if bookmark.level <= 1}
    ordered = sorted(start for start in starts if 0 <= start < facts.page_count)
    return list(zip(ordered, [*ordered[1:], facts.page_count], strict=False))
