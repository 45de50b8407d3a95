"""Makes the small database that a case-study bundle searches in a browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

_TOKENS = "unicode61 remove_diacritics 2 tokenchars '_'"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchablePage:
    """A page to be found: the document's URN, the page number from 1, and its stored texts."""

    urn: str
    page_number: int
    text: str
    search_text: str
    terms: str


def searchable_pages(db: Database, urn: str, sha256: str) -> list[SearchablePage]:
    """The pages of one original as the index of the case holds them."""
    sql = "SELECT page_index, text, search_text, terms FROM page WHERE sha256 = ? ORDER BY page_index"
    return [
        SearchablePage(urn=urn, page_number=index + 1, text=text, search_text=search_text, terms=terms)
        for index, text, search_text, terms in db.execute(sql, [sha256]).fetchall()
    ]


def stems_of(db: Database) -> list[tuple[str, str]]:
    """(word, stem) of every word that the index of the case knows."""
    return [(word, stem) for word, stem in db.execute("SELECT word, stem FROM search_word ORDER BY word").fetchall()]


def search_database(pages: Sequence[SearchablePage], stems: Sequence[tuple[str, str]]) -> bytes:
    """The bytes of a database with these pages, their full-text index and the stems of their words, nothing else."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(
            "PRAGMA page_size = 4096;"
            "CREATE TABLE page (id INTEGER PRIMARY KEY, urn TEXT, page INTEGER, text TEXT, terms TEXT);"
            f"CREATE VIRTUAL TABLE page_search USING fts5(text, terms, content='page', content_rowid='id', "
            f'tokenize="{_TOKENS}");'
            "CREATE VIRTUAL TABLE known USING fts5vocab(page_search, row);"
            "CREATE TABLE word (word TEXT PRIMARY KEY, stem TEXT) WITHOUT ROWID;"
        )
        rows = [(page.urn, page.page_number, page.search_text or page.text, page.terms) for page in pages]
        connection.executemany("INSERT INTO page (urn, page, text, terms) VALUES (?, ?, ?, ?)", rows)
        connection.execute("INSERT INTO page_search (rowid, text, terms) SELECT id, text, terms FROM page")
        connection.execute("INSERT INTO page_search (page_search) VALUES ('optimize')")
        known = {term for (term,) in connection.execute("SELECT term FROM known")}
        connection.executemany("INSERT INTO word VALUES (?, ?)", [pair for pair in stems if pair[0] in known])
        connection.executescript("DROP TABLE known; CREATE INDEX word_stem ON word(stem);")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()
