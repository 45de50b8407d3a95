"""Runs a search: the true total, the best pages with their snippets, and what could not be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from workbench.domain.matching import matching_spans
from workbench.domain.query import Node
from workbench.domain.search import MARK_END, MARK_START, Hit
from workbench.domain.snippets import snippet
from workbench.store.search_sql import Plan, Planner
from workbench.store.word_list import Stems

#: Words on more pages than this are ranked among the pages imported last.
RANKED_WHOLE = 20_000
RANKED_PART = 5_000
_SNIPPET_WORDS = 24
_JOINED = "page_search f JOIN page p ON p.id = f.rowid JOIN document d ON d.sha256 = p.sha256"
_BY_DATE = "d.on_earliest = '', d.on_earliest, d.urn, p.page_index"

Order = Literal["relevance", "date"]
#: Page id, score, snippet of the index or "".
_Row = tuple[int, float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found: ``total`` counts every page; ``note`` says what a person should know."""

    total: int
    hits: tuple[Hit, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a search can see; ``has_hidden`` when there are pages of documents that are no longer in the case."""

    has_hidden: bool
    pages_without_text: int
    files_refused: int


def coverage(db: Database) -> Coverage:
    """What there is to search, and what there is that cannot be searched."""
    # Pages are never removed and their ids follow each other, so that the greatest one counts them.
    pages, held, without_text, refused = db.conn.execute(
        "SELECT (SELECT coalesce(max(id), 0) FROM page), coalesce(sum(page_count), 0), "
        "coalesce(sum(pages_without_text), 0), (SELECT count(*) FROM refusal) FROM document"
    ).fetchone()
    return Coverage(has_hidden=pages != held, pages_without_text=without_text, files_refused=refused)


def search(
    db: Database, tree: Node, limit: int, offset: int = 0, order: Order = "relevance", *, seen: Coverage | None = None
) -> Found:
    """The pages that satisfy a tree; pages of documents that are no longer in the case are not found."""
    plan = Planner(db).plan(tree)
    run = _Run(db, plan, has_hidden=(seen or coverage(db)).has_hidden)
    total = run.total()
    rows = run.rows(total, limit, offset, order) if total > offset else []
    notes = [*plan.remarks, *run.notes]
    return Found(total=total, hits=tuple(_hits(db, tree, rows)), note=" ".join(notes))


class _Run:
    """One plan on one connection."""

    def __init__(self, db: Database, plan: Plan, *, has_hidden: bool) -> None:
        self._db = db
        self._plan = plan
        self._is_joined = bool(plan.where.text) or has_hidden
        self.notes: list[str] = []

    def _all(self, sql: str, values: Sequence[Any]) -> list[Any]:
        return self._db.conn.execute(sql, list(values)).fetchall()

    def total(self) -> int:
        plan = self._plan
        if plan.pages.text:
            sql = f"SELECT count(*) FROM ({plan.pages.text}) f CROSS JOIN page p ON p.id = f.id WHERE {_VISIBLE}"
            return int(self._all(sql, plan.pages.values)[0][0])
        if not self._is_joined:
            sql = "SELECT count(*) FROM page_search WHERE page_search MATCH ?"
            return int(self._all(sql, [plan.match])[0][0])
        sql = f"SELECT count(*) FROM {_JOINED} WHERE {self._where()}"
        return int(self._all(sql, [plan.match, *plan.where.values])[0][0])

    def _where(self) -> str:
        condition = self._plan.where.text
        return "page_search MATCH ?" + (f" AND {condition}" if condition else "")

    def rows(self, total: int, limit: int, offset: int, order: Order) -> list[_Row]:
        if self._plan.pages.text:
            return self._rows_of_sets(limit, offset, order)
        if order == "date":
            sql = f"SELECT p.id, -f.rank, '' FROM {_JOINED} WHERE {self._where()} ORDER BY {_BY_DATE} LIMIT ? OFFSET ?"
            return self._all(sql, [self._plan.match, *self._plan.where.values, limit, offset])
        if total > RANKED_WHOLE:
            return self._rows_of_part(total, limit, offset)
        if self._is_joined:
            sql = f"SELECT p.id, -f.rank, '' FROM {_JOINED} WHERE {self._where()} ORDER BY f.rank LIMIT ? OFFSET ?"
            return self._all(sql, [self._plan.match, *self._plan.where.values, limit, offset])
        sql = (
            "SELECT rowid, -rank, snippet(page_search, 0, ?, ?, '…', ?) FROM page_search "
            "WHERE page_search MATCH ? ORDER BY rank LIMIT ? OFFSET ?"
        )
        return self._all(sql, [MARK_START, MARK_END, _SNIPPET_WORDS, self._plan.match, limit, offset])

    def _rows_of_part(self, total: int, limit: int, offset: int) -> list[_Row]:
        """The best of the pages imported last; ranking them all would take long and tell little."""
        ranked = max(RANKED_PART, limit + offset)
        source = _JOINED if self._is_joined else "page_search f"
        sql = (
            f"SELECT id, -score, '' FROM (SELECT f.rowid AS id, f.rank AS score FROM {source} "
            f"WHERE {self._where()} ORDER BY f.rowid DESC LIMIT ?) ORDER BY score LIMIT ? OFFSET ?"
        )
        self.notes.append(
            f"{total:,} pages are too many to compare: the best of the {ranked:,} imported last come first. "
            "Add a word to narrow the search."
        )
        return self._all(sql, [self._plan.match, *self._plan.where.values, ranked, limit, offset])

    def _rows_of_sets(self, limit: int, offset: int, order: Order) -> list[_Row]:
        plan = self._plan
        own = plan.own.text or "SELECT 0 AS id WHERE 0"
        ranked = "SELECT 0 AS id, 0.0 AS score WHERE 0"
        if plan.rank_by:
            ranked = (
                "SELECT rowid AS id, rank AS score FROM page_search WHERE page_search MATCH ? "
                f"ORDER BY rowid DESC LIMIT {RANKED_WHOLE}"
            )
        sql = (
            f"WITH found AS MATERIALIZED ({plan.pages.text}), own AS MATERIALIZED ({own}), "
            f"ranked AS MATERIALIZED ({ranked}) SELECT p.id, coalesce(-r.score, 0.0), '' FROM found "
            "CROSS JOIN page p ON p.id = found.id CROSS JOIN document d ON d.sha256 = p.sha256 "
            "LEFT JOIN ranked r ON r.id = p.id ORDER BY "
            + (_BY_DATE if order == "date" else f"p.id NOT IN (SELECT id FROM own), coalesce(r.score, 0.0), {_BY_DATE}")
            + " LIMIT ? OFFSET ?"
        )
        rank_values = [plan.rank_by] if plan.rank_by else []
        return self._all(sql, [*plan.pages.values, *plan.own.values, *rank_values, limit, offset])


_VISIBLE = "EXISTS (SELECT 1 FROM document d WHERE d.sha256 = p.sha256)"


def _hits(db: Database, tree: Node, rows: Sequence[_Row]) -> list[Hit]:
    """The rows with what a person is shown, in their order."""
    marks = ", ".join("?" * len(rows))
    details = {
        row[0]: row
        for row in db.conn.execute(
            "SELECT p.id, d.id, d.urn, d.title, p.page_index FROM page p JOIN document d ON d.sha256 = p.sha256 "
            f"WHERE p.id IN ({marks})",
            [row[0] for row in rows],
        )
    }
    shown = _Snippets(db, tree)
    hits = []
    for page, score, cut in rows:
        _, document, urn, title, page_index = details[page]
        hits.append(
            Hit(
                document=document,
                urn=urn,
                title=title,
                page_index=page_index,
                snippet=shown.of(page, cut),
                score=round(score, 4),
            )
        )
    return hits


class _Snippets:
    """Takes the index's own snippet where it is right; else finds the words in the page's text."""

    def __init__(self, db: Database, tree: Node) -> None:
        self._db = db
        self._tree = tree
        self._stem = Stems().of

    def of(self, page: int, cut: str) -> str:
        if _is_well_marked(cut):
            return cut
        text: str = self._db.conn.execute("SELECT text FROM page WHERE id = ?", [page]).fetchone()[0]
        return snippet(text, matching_spans(self._tree, text, self._stem))


def _is_well_marked(cut: str) -> bool:
    """The index marks only words of the text, not references; and a page may hold the marks' characters itself."""
    starts = cut.count(MARK_START)
    if starts == 0 or starts != cut.count(MARK_END):
        return False
    return all(
        part.count(MARK_END) == 1 and part[0] != MARK_END for part in cut.split(MARK_START)[1:] if part
    ) and not cut.startswith(MARK_END)
