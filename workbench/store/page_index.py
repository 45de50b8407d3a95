"""The page index (first slice; helper SEARCH replaces this file)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from workbench.domain.document import page_text_digest
from workbench.domain.received import PageText


def add_pages(db: Database, sha256: str, pages: Sequence[PageText]) -> None:
    """Store pages and index their text."""
    for index, page in enumerate(pages):
        cursor = db.execute(
            "INSERT INTO page (sha256, page_index, text, search_text, terms, width_pt, height_pt, text_digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                sha256,
                index,
                page.text,
                page.search_text,
                page.terms,
                page.width_pt,
                page.height_pt,
                page_text_digest(page.text),
            ],
        )
        db.execute(
            "INSERT INTO page_search (rowid, text, terms) VALUES (?, ?, ?)",
            [cursor.lastrowid, page.search_text or page.text, page.terms],
        )


def tidy(db: Database) -> None:
    """Merge the index after much was added."""
    db.execute("INSERT INTO page_search (page_search) VALUES ('optimize')")


def check_index(db: Database) -> list[str]:
    """What is wrong between pages and index."""
    db.execute("INSERT INTO page_search (page_search, rank) VALUES ('integrity-check', 1)")
    return []
