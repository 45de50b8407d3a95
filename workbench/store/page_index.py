"""Keeps the text of pages and the index that finds it, always in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from workbench.domain.document import page_text_digest
from workbench.domain.received import PageText
from workbench.domain.terms import fold, words_of
from workbench.store.connection import DatabaseError
from workbench.store.word_list import add_words

_INSERT_PAGE = (
    "INSERT INTO page (id, sha256, page_index, text, search_text, terms, width_pt, height_pt, text_digest) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_INDEX = "INSERT INTO page_search (rowid, text, terms) VALUES (?, ?, ?)"
_SOURCE = "SELECT id, text, terms FROM page_search_source"
_TOKENS = "tokenize=\"unicode61 remove_diacritics 2 tokenchars '_'\""
_SHOWN = 5


def add_pages(db: Database, sha256: str, pages: Sequence[PageText]) -> None:
    """Store the pages of an original and make them findable."""
    first = db.conn.execute("SELECT coalesce(max(id), 0) + 1 FROM page").fetchone()[0]
    db.conn.executemany(_INSERT_PAGE, _page_rows(first, sha256, pages))
    texts = [(first + n, page.search_text or page.text, page.terms) for n, page in enumerate(pages)]
    db.conn.executemany(_INSERT_INDEX, texts)
    add_words(db, _words(texts))


def _page_rows(first: int, sha256: str, pages: Sequence[PageText]) -> Iterator[tuple[object, ...]]:
    for n, page in enumerate(pages):
        digest = page_text_digest(page.text)
        yield first + n, sha256, n, page.text, page.search_text, page.terms, page.width_pt, page.height_pt, digest


def _words(texts: Sequence[tuple[int, str, str]]) -> set[str]:
    """Different words of some pages; reference tokens have no other forms and stay out."""
    found: set[str] = set()
    for _, text, terms in texts:
        found |= words_of(text)
        found.update(fold(term) for term in terms.split() if "_" not in term)
    return found


def tidy(db: Database) -> None:
    """Merge the index after much was added; searching is quicker then."""
    db.execute("INSERT INTO page_search (page_search) VALUES ('optimize')")


def check_index(db: Database) -> list[str]:
    """What is wrong between pages and index, one sentence each; needs the connection that writes."""
    faults = [f"{where} is not in the index" for where in _pages_where(db, _MISSING)]
    superfluous = db.execute(_SUPERFLUOUS).fetchall()
    faults += [f"the index holds page {number}, which is not there" for (number,) in superfluous]
    try:
        db.execute("INSERT INTO page_search (page_search, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        if not faults:
            faults = [f"the index of {where} differs from its text" for where in _altered(db)]
        faults = faults or ["the index differs from the pages' text"]
    if not faults:
        faults = [f"the word “{word}” is not in the list of words" for word in _unlisted(db)]
    return faults if len(faults) <= _SHOWN else [*faults[:_SHOWN], f"and {len(faults) - _SHOWN} more"]


_MISSING = "p.id NOT IN (SELECT id FROM page_search_docsize)"
_SUPERFLUOUS = "SELECT id FROM page_search_docsize WHERE id NOT IN (SELECT id FROM page) ORDER BY id"


def _pages_where(db: Database, condition: str) -> list[str]:
    sql = (
        "SELECT coalesce(d.urn, substr(p.sha256, 1, 12) || '…'), p.page_index + 1 FROM page p "
        f"LEFT JOIN document d ON d.sha256 = p.sha256 WHERE {condition} ORDER BY 1, 2"
    )
    return [f"{urn} page {number}" for urn, number in db.execute(sql).fetchall()]


def _altered(db: Database) -> list[str]:
    """Pages whose words are not the ones indexed: their text is indexed anew and compared word by word."""
    differing = "SELECT doc FROM (SELECT term, doc, col, offset FROM temp.{} EXCEPT SELECT * FROM temp.{})"
    try:
        db.execute(f"CREATE VIRTUAL TABLE temp.indexed_now USING fts5(text, terms, content='', {_TOKENS})")
        db.execute(f"INSERT INTO temp.indexed_now (rowid, text, terms) {_SOURCE}")
        db.execute("CREATE VIRTUAL TABLE temp.words_now USING fts5vocab('temp', 'indexed_now', 'instance')")
        db.execute("CREATE VIRTUAL TABLE temp.words_held USING fts5vocab('main', 'page_search', 'instance')")
        either = (differing.format("words_held", "words_now"), differing.format("words_now", "words_held"))
        return _pages_where(db, f"p.id IN ({' UNION '.join(either)})")
    except DatabaseError:
        return []  # so damaged that it cannot be read; the integrity check has said so
    finally:
        for table in ("words_held", "words_now", "indexed_now"):
            db.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _unlisted(db: Database) -> list[str]:
    """Plain words of the index that a search for another form of them would not find."""
    db.execute("CREATE VIRTUAL TABLE temp.words_held USING fts5vocab('main', 'page_search', 'row')")
    try:
        sql = (
            "SELECT term FROM temp.words_held WHERE term NOT GLOB '*[^a-z0-9]*' "
            "AND term NOT IN (SELECT word FROM search_word) LIMIT 20"
        )
        return [row[0] for row in db.execute(sql).fetchall()]
    finally:
        db.execute("DROP TABLE temp.words_held")
