"""The rules for finished bundles, each a small function over what was read back."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from workbench.domain.bundle_facts import BundleFacts, Expected, ExpectedEntry, RowLink
from workbench.domain.checks import Check, Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
#: Letters on a page that are more than a stray mark.
_ONE_LINE = 20
Rule = Callable[[BundleFacts, Expected | None], Check]


def _check(
    rule: str, title: str, faults: Iterable[int] | bool, detail: str, held: str, severity: Severity = _E
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


def _not_checked(rule: str, title: str, why: str) -> Check:
    return Check(id=rule, title=title, ok=True, severity=_I, detail=f"not checked: {why}")


def _folded(text: str) -> str:
    """Text for comparing: composed, without white space, which line ends change."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _b01(facts: BundleFacts, _: Expected | None) -> Check:
    return _check(
        "B01",
        "Opens as a sound PDF",
        facts.objects.is_repaired or facts.page_count == 0,
        "the file is damaged and was repaired to read it",
        "opens in two readers without repair",
    )


def _b02(facts: BundleFacts, _: Expected | None) -> Check:
    return _check(
        "B02",
        "No password, no restrictions",
        facts.objects.is_encrypted,
        "the file is encrypted or restricts what may be done with it",
        "not encrypted, nothing restricted",
    )


def _b03(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "All planned pages are there"
    if expected is None:
        return _not_checked("B03", title, "there is no plan of this file to compare with")
    planned = len(expected.labels)
    return _check(
        "B03",
        title,
        facts.page_count != planned,
        f"{facts.page_count} pages where {planned} were planned",
        f"{planned} pages, as planned",
    )


def _b04(facts: BundleFacts, expected: Expected | None) -> Check:
    """By text only: a page on which the case reads a line or more, and the bundle nothing but its number, is empty."""
    title = "No page came out empty"
    if expected is None:
        return _not_checked("B04", title, "there is no plan of this file to compare with")
    wrong = [
        index
        for index, (page, label, letters) in enumerate(
            zip(facts.pages, expected.labels, expected.letters, strict=False)
        )
        if letters >= _ONE_LINE and page.character_count < len(label) + _ONE_LINE // 4
    ]
    return _check("B04", title, wrong, "these pages lost what stands on them", "pages with text show text")


def _labels(facts: BundleFacts) -> list[str]:
    """The label of every page; a file without labels shows plain page numbers."""
    has_labels = any(page.label for page in facts.pages)
    return [page.label if has_labels else str(number) for number, page in enumerate(facts.pages, 1)]


def _stamp_of(words: Iterable[str], wanted: str) -> bool:
    """True when a word at the edge of a page is its number, alone or behind a prefix such as "Page" or "p."."""
    return any(word == wanted or re.fullmatch(rf"\D{{0,6}}{re.escape(wanted)}\D?", word) for word in words)


def _b05(facts: BundleFacts, expected: Expected | None) -> Check:
    if expected is None:
        missing = [n for n, page in enumerate(facts.pages) if not any(re.search(r"\d", w) for w in page.edge_words)]
    else:
        missing = [n for n, page in enumerate(facts.pages) if not re.search(r"\d", page.corner)]
    return _check("B05", "Every page carries a number", missing, "no number on these pages", "a number on every page")


def _b06(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Printed number, label and PDF number agree"
    labels = _labels(facts)
    wrong = []
    for number, page in enumerate(facts.pages):
        if expected is None:
            is_right = _stamp_of(page.edge_words, labels[number])
        else:
            planned = expected.labels[number] if number < len(expected.labels) else ""
            is_right = page.last_word == planned == labels[number] and planned in page.corner.split()
        if not is_right:
            wrong.append(number)
    return _check("B06", title, wrong, "the printed number is not the page's number", "the same on every page")


def _b07(facts: BundleFacts, _: Expected | None) -> Check:
    labels = _labels(facts)
    twice = {label for label, count in Counter(labels).items() if count > 1}
    wrong = [number for number, label in enumerate(labels) if not label or label in twice]
    return _check("B07", "Labels complete and unique", wrong, "labels missing or given twice", "each label once")


def _b08(facts: BundleFacts, _: Expected | None) -> Check:
    labels = _labels(facts)
    wrong = [n for n in range(1, len(labels)) if not _follows(labels[n - 1], labels[n])]
    return _check("B08", "Numbering is sequential", wrong, "the numbering jumps here", "each label follows the last")


def _follows(before: str, after: str) -> bool:
    """3 -> 4, 3 -> 3.1, 3.1 -> 3.2 or 4, A9 -> A10 or B1, iv -> v or 1."""
    first, second = re.fullmatch(r"(.*?)(\d+)", before), re.fullmatch(r"(.*?)(\d+)", after)
    if second is None:
        return first is None
    if first is None:
        return int(second[2]) == 1
    if first[1] == second[1]:
        return int(second[2]) == int(first[2]) + 1
    if second[1] in (f"{before}.", f"{before}"):
        return int(second[2]) == 1
    if first[1].rstrip(".").isdigit() and not second[1]:
        return int(second[2]) == int(first[1].rstrip(".")) + 1
    return int(second[2]) == 1


def _b11(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Numbers stand upright"
    if expected is None:
        return _not_checked("B11", title, "which words are the numbers is only known for our own bundles")
    wrong = [number for number, page in enumerate(facts.pages) if not page.is_last_word_upright]
    return _check("B11", title, wrong, "the number is turned", "upright on every page")


def _b12(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "An index stands at the front"
    if expected is None:
        found = _index_links(facts)
        return _check("B12", title, not found, "no page of linked rows at the front", "an index with links was found")
    texts = _folded(" ".join(facts.front_texts[page] for page in expected.index_pages if page < len(facts.front_texts)))
    missing = [entry.target for entry in expected.entries if _folded(entry.title[:200]) not in texts]
    return _check(
        "B12", title, missing, "titles of these pages' documents are not in the index", "every title is there"
    )


def _prints_number(link: RowLink) -> bool:
    return bool(re.search(r"\d\s*$", link.text))


def _index_links(facts: BundleFacts) -> list[RowLink]:
    """The rows of an index found in a file whose plan is not known: linked rows that end in a number, before the
    first document begins."""
    by_page: dict[int, list[RowLink]] = {}
    for link in facts.row_links:
        if link.target > link.page_index:
            by_page.setdefault(link.page_index, []).append(link)
    for page, links in sorted(by_page.items()):
        rows = sum(_prints_number(link) for link in links)
        if rows * 2 >= len(links) and (len(links) > 1 or page <= 2):
            end = min(link.target for link in links)
            return [link for link in facts.row_links if page <= link.page_index < end and _prints_number(link)]
    return []


def _row(facts: BundleFacts, entry: ExpectedEntry, pages: tuple[int, ...]) -> list[str]:
    """The words under every link of the index that leads to the first page of an entry."""
    return [link.text for link in facts.row_links if link.page_index in pages and link.target == entry.target]


def _b13(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Every row of the index is a link to its document"
    if expected is None:
        rows = _index_links(facts)
        if not rows:
            return _not_checked("B13", title, "no index with links was found")
        dead = [link.page_index for link in rows if not 0 <= link.target < facts.page_count]
        return _check("B13", title, dead, "links on these pages lead nowhere", f"{len(rows)} links lead on")
    wrong = [
        entry.target
        for entry in expected.entries
        if not any(_folded(entry.title[:60]) in _folded(text) for text in _row(facts, entry, expected.index_pages))
    ]
    return _check("B13", title, wrong, "no row leads to these pages", f"{len(expected.entries)} rows, each a live link")


def _b14(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Page numbers in the index are right"
    if expected is None:
        return _b14_without_plan(facts, title)
    wrong = [
        entry.target
        for entry in expected.entries
        if not any(text.split()[-1:] == [entry.label] for text in _row(facts, entry, expected.index_pages))
    ]
    return _check("B14", title, wrong, "the index prints another number for these pages", "every row prints its page")


def _b14_without_plan(facts: BundleFacts, title: str) -> Check:
    labels = _labels(facts)
    rows = [link for link in _index_links(facts) if 0 <= link.target < facts.page_count]
    if not rows:
        return _not_checked("B14", title, "no row of an index ends in a page number")
    wrong = [
        link.page_index for link in rows if not {labels[link.target], str(link.target + 1)} & _numbers_in(link.text)
    ]
    return _check(
        "B14", title, wrong, "rows on these pages print another number than their link leads to", "they agree"
    )


def _numbers_in(row: str) -> set[str]:
    """What may be the page number of a row; some rows are read with it right behind the last word."""
    return set(re.findall(r"[\w.]+", row)) | set(re.findall(r"\d+$", row))


def _keeps_zoom(view: str, zoom: float) -> bool:
    return view == "XYZ" and zoom in (0.0, 1.0)


def _b15(facts: BundleFacts, expected: Expected | None) -> Check:
    pages = None if expected is None else expected.index_pages
    wrong = [
        link.page_index
        for link in facts.row_links
        if (pages is None or link.page_index in pages) and not _keeps_zoom(link.view, link.zoom)
    ]
    return _check("B15", "Links keep the zoom", wrong, "links change the zoom", "zoom is kept", _W)


def _b16(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Each document has a bookmark"
    targets = {bookmark.target for bookmark in facts.bookmarks}
    if expected is None:
        wanted = [link.target for link in _index_links(facts)]
        missing: list[int] | bool = [target for target in wanted if target not in targets]
        return _check("B16", title, missing or not facts.bookmarks, "bookmarks are missing", "bookmarks are there")
    titled = {(bookmark.title, bookmark.target) for bookmark in facts.bookmarks}
    wrong = [
        entry.target for entry in expected.entries if (f"{entry.title}, p. {entry.label}", entry.target) not in titled
    ]
    return _check("B16", title, wrong, "no bookmark leads to these pages' documents", "one bookmark per document")


def _b17(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Each section has a bookmark"
    if expected is None:
        return _not_checked("B17", title, "the sections of this file are not known")
    tops = {(bookmark.title, bookmark.target) for bookmark in facts.bookmarks if bookmark.level == 0}
    firsts: list[ExpectedEntry] = []
    for entry in expected.entries:
        if not firsts or firsts[-1].section != entry.section:
            firsts.append(entry)
    wrong = [entry.target for entry in firsts if (f"{entry.section}, p. {entry.label}", entry.target) not in tops]
    return _check("B17", title, wrong, "no bookmark for the section that begins here", f"{len(firsts)} sections")


def _b18(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Bookmarks describe and give the page"
    labels = _labels(facts)
    deepest = 1 if expected is not None else 0
    wrong = [
        bookmark.target
        for bookmark in facts.bookmarks
        if bookmark.level <= deepest
        and 0 <= bookmark.target < len(labels)
        and not (
            re.search(r"[^\W\d]", bookmark.title)
            and {labels[bookmark.target], str(bookmark.target + 1)} & set(re.findall(r"[\w.]+", bookmark.title))
        )
    ]
    return _check("B18", title, wrong, "bookmarks to these pages lack words or their page", "words and page in each")


def _b31(facts: BundleFacts, _: Expected | None) -> Check:
    opening = facts.objects.opening
    is_right = bool(re.search(r"/XYZ(\s+\S+){2}\s+1(\.0*)?\s*\]", opening))
    return _check("B31", "Opens at 100 %", not is_right, "the opening view is not set to 100 %", "opens at 100 %")


def _b33(facts: BundleFacts, expected: Expected | None) -> Check:
    title, metadata = "Title set, metadata clean", facts.objects.metadata
    faults = [f"{key} “{metadata[key]}”" for key in ("author", "subject", "keywords", "creator") if metadata.get(key)]
    if not metadata.get("title") or (expected is not None and metadata["title"] != expected.title):
        faults.append("the title is missing or another one")
    if re.search(r"[A-Za-z]:\\|/home/|/Users/", " ".join(metadata.values())):
        faults.append("a path of somebody's machine")
    severity = _E if expected is not None else _W
    return _check("B33", title, bool(faults), "metadata: " + ", ".join(faults), "only the title", severity)


def _b40(facts: BundleFacts, _: Expected | None) -> Check:
    found = ", ".join(facts.objects.live)
    return _check("B40", "No scripts, no outside links", bool(found), f"the file holds {found}", "nothing live found")


def _b41(facts: BundleFacts, _: Expected | None) -> Check:
    found = facts.objects.attachments or "FileAttachment" in facts.objects.annotations
    return _check("B41", "No embedded files", bool(found), "files are embedded", "no file inside")


def _b42(facts: BundleFacts, _: Expected | None) -> Check:
    found = ", ".join(facts.objects.annotations)
    return _check("B42", "No live comments or form fields", bool(found), f"the file holds {found}", "only links")


def _b44(facts: BundleFacts, _: Expected | None) -> Check:
    revisions = facts.objects.revisions
    detail = f"{revisions} ends of file were found: an earlier version may be inside"
    return _check("B44", "One revision only", revisions != 1, detail, "one end of file")


def _b45(facts: BundleFacts, expected: Expected | None) -> Check:
    title = "Fonts embedded, letters right"
    missing = ", ".join(facts.objects.fonts_not_embedded)
    if missing:
        return _check("B45", title, True, f"not embedded: {missing}", "", _W)
    if expected is None:
        return _check("B45", title, False, "", "the front pages' fonts are embedded", _W)
    texts = _folded(" ".join(facts.front_texts))
    wrong = [entry.target for entry in expected.entries if _folded(entry.title[:60]) not in texts]
    return _check(
        "B45", title, wrong, "titles of these documents are not read back letter by letter", "all as typed", _W
    )


RULES: tuple[Rule, ...] = (
    _b01, _b02, _b03, _b04, _b05, _b06, _b07, _b08, _b11, _b12, _b13, _b14, _b15, _b16, _b17, _b18, _b31, _b33, _b40,
    _b41, _b42, _b44, _b45,
)  # fmt: skip


def judge(facts: BundleFacts, expected: Expected | None) -> list[Check]:
    """Every rule, in order."""
    return [rule(facts, expected) for rule in RULES]
