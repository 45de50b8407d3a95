"""Compares two builds page by page: what was added, is gone, moved, or reads or looks different."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.bundle import Build
from workbench.domain.page_map import MapRow
from workbench.services.builds import BuildAccount, PageRead, account_of
from workbench.store.case_file import CaseFile

_SHOWN_WORDS = 12


class Difference(StrEnum):
    """What is different about a page."""

    ADDED = "added"
    GONE = "gone"
    MOVED = "moved"
    WORDS = "words"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDifference:
    """One page that is not the same in both builds; labels are "" where it is in only one."""

    old_label: str
    new_label: str
    urn: str
    source_page_number: int
    what: str
    differences: tuple[Difference, ...]
    detail: str = ""


def compare_builds(case: CaseFile, old: Build, new: Build) -> list[PageDifference]:
    """Every page that differs, in the order of the newer build, pages that are gone at the end.

    The stamp is part of neither words nor picture: a page that only got another number is moved, nothing more.
    """
    return list(_differences(account_of(case, old), account_of(case, new)))


def _differences(old: BuildAccount, new: BuildAccount) -> Iterator[PageDifference]:
    before, after = _by_key(old), _by_key(new)
    for key, (row, page) in after.items():
        if key not in before:
            yield _difference(None, row, (Difference.ADDED,))
            continue
        old_row, old_page = before[key]
        found = tuple(_kinds(old_row, row, old_page, page))
        if found:
            yield _difference(old_row, row, found, _words(old_row, row, old_page, page))
    for key, (row, _) in before.items():
        if key not in after:
            yield _difference(row, None, (Difference.GONE,))


def _by_key(account: BuildAccount) -> dict[str, tuple[MapRow, PageRead]]:
    pages = account.pages or (PageRead(text=""),) * len(account.rows)
    return {row.key: (row, page) for row, page in zip(account.rows, pages, strict=True)}


def _kinds(old: MapRow, new: MapRow, old_page: PageRead, page: PageRead) -> Iterator[Difference]:
    if (old.label, old.volume) != (new.label, new.volume):
        yield Difference.MOVED
    if _unstamped(old_page.text, old.label) != _unstamped(page.text, new.label):
        yield Difference.WORDS
    elif old_page.picture and page.picture and old_page.picture != page.picture:
        yield Difference.PICTURE


def _unstamped(text: str, label: str) -> list[str]:
    words = text.split()
    return words[:-1] if words[-1:] == [label] else words


def _words(old: MapRow, new: MapRow, old_page: PageRead, page: PageRead) -> str:
    """``- words that went + words that came``, the first few."""
    before, after = _unstamped(old_page.text, old.label), _unstamped(page.text, new.label)
    changes = [word for word in difflib.ndiff(before, after) if word[0] in "+-"] if before != after else []
    more = f" … and {len(changes) - _SHOWN_WORDS} more" if len(changes) > _SHOWN_WORDS else ""
    return " ".join(word.replace(" ", "", 1) for word in changes[:_SHOWN_WORDS]) + more


def _difference(
    old: MapRow | None, new: MapRow | None, differences: tuple[Difference, ...], detail: str = ""
) -> PageDifference:
    shown = new or old
    assert shown is not None
    return PageDifference(
        old_label=old.label if old else "",
        new_label=new.label if new else "",
        urn=shown.urn,
        source_page_number=shown.source_page_number,
        what=shown.title or shown.kind.value,
        differences=differences,
        detail=detail,
    )
