"""Keeps the pages' text and its full-text index in step, and answers searches from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import Stemmer
from sqlite_utils import Database

from workbench.domain.document import page_text_digest
from workbench.domain.received import PageText
from workbench.domain.terms import words_of

_PAGE = (
    "INSERT INTO page (id, sha256, page_index, text, search_text, terms, width_pt, height_pt, text_digest) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def add_pages(db: Database, sha256: str, pages: Sequence[PageText]) -> None:
    """Store the pages of an original and index their text, in the transaction that is open."""
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM page").fetchone()[0]
    numbered = list(enumerate(pages))
    db.conn.executemany(
        _PAGE,
        [
            (
                first + index,
                sha256,
                index,
                page.text,
                page.search_text,
                page.terms,
                page.width_pt,
                page.height_pt,
                page_text_digest(page.text),
            )
            for index, page in numbered
        ],
    )
    db.conn.executemany(
        "INSERT INTO page_search (rowid, text, terms) VALUES (?, ?, ?)",
        [(first + index, page.search_text or page.text, page.terms) for index, page in numbered],
    )
    _learn_words(db, (page.search_text or page.text for page in pages))


def _learn_words(db: Database, texts: Iterable[str]) -> None:
    words: set[str] = set()
    for text in texts:
        words |= set(words_of(text))
    stem = Stemmer.Stemmer("english").stemWord
    db.conn.executemany("INSERT OR IGNORE INTO search_word VALUES (?, ?)", [(word, stem(word)) for word in words])


def same_stem(db: Database, word: str) -> list[str]:
    """Every known word with the stem of ``word``, itself first."""
    stem = Stemmer.Stemmer("english").stemWord(word)
    known = [row[0] for row in db.execute("SELECT word FROM search_word WHERE stem = ?", [stem]).fetchall()]
    return [word, *(other for other in known if other != word)]


def words_like(db: Database, pattern: str, limit: int) -> list[str]:
    """Known words of a shape with ``*`` and ``?``, at most ``limit``."""
    shape = pattern.replace("[", "[[]")
    sql = "SELECT word FROM search_word WHERE word GLOB ? LIMIT ?"
    return [row[0] for row in db.execute(sql, [shape, limit]).fetchall()]


def tidy(db: Database) -> None:
    """Merge the index after much was added."""
    db.execute("INSERT INTO page_search (page_search) VALUES ('optimize')")


def check_index(db: Database) -> list[str]:
    """What is wrong between pages and index; empty when they agree."""
    db.execute("INSERT INTO page_search (page_search, rank) VALUES ('integrity-check', 1)")
    return []
