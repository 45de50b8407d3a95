"""What the found pages have in common: the facts of their documents, and what their excerpts are linked to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.domain.query import Node
from workbench.store.search_sql import Planner


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document gives all its pages; ``years`` are first and last, 0 for no settled date."""

    kind: str
    supplier: str
    years: tuple[int, int]
    author: str


@dataclass(frozen=True, slots=True)
class FoundPages:
    """(document id, page index) of every page found, with all that they can be told apart by.

    ``linked`` and ``themes`` are names by (document id, page index).
    """

    pages: tuple[tuple[str, int], ...]
    documents: dict[str, DocumentFacts]
    linked: dict[tuple[str, int], frozenset[str]]
    themes: dict[tuple[str, int], frozenset[str]]


def found_pages(db: Database, tree: Node) -> FoundPages:
    """Every page that satisfies the tree; pages of documents that are no longer in the case are not found."""
    plan = Planner(db).plan(tree)
    if plan.pages.text:
        sql = (
            f"SELECT d.id, p.page_index FROM ({plan.pages.text}) f CROSS JOIN page p ON p.id = f.id "
            "CROSS JOIN document d ON d.sha256 = p.sha256"
        )
        values = list(plan.pages.values)
    else:
        where = f" AND {plan.where.text}" if plan.where.text else ""
        sql = (
            "SELECT d.id, p.page_index FROM page_search f JOIN page p ON p.id = f.rowid "
            f"JOIN document d ON d.sha256 = p.sha256 WHERE page_search MATCH ?{where}"
        )
        values = [plan.match, *plan.where.values]
    pages = tuple((document, index) for document, index in db.conn.execute(sql, values).fetchall())
    return FoundPages(
        pages=pages,
        documents=_documents(db),
        linked=_names(
            db,
            "SELECT e.document, e.page_index, i.name FROM excerpt e JOIN link l ON l.excerpt = e.id "
            "JOIN institution i ON i.id = l.target",
        ),
        themes=_names(
            db,
            "SELECT e.document, e.page_index, t.name FROM excerpt e, json_each(e.themes) j "
            "JOIN theme t ON t.id = j.value",
        ),
    )


def _documents(db: Database) -> dict[str, DocumentFacts]:
    sql = (
        "SELECT d.id, d.kind, d.supplier, d.on_earliest, d.on_latest, coalesce(i.name, '') FROM document d "
        "LEFT JOIN institution i ON i.id = d.author"
    )
    return {
        row[0]: DocumentFacts(row[1], row[2], _years(row[3], row[4]), row[5]) for row in db.conn.execute(sql).fetchall()
    }


def _years(earliest: str, latest: str) -> tuple[int, int]:
    """An open end counts only the year that is known."""
    first, last = (earliest or latest)[:4], (latest or earliest)[:4]
    return (int(first), int(last)) if first else (0, 0)


def _names(db: Database, sql: str) -> dict[tuple[str, int], frozenset[str]]:
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for document, index, name in db.conn.execute(sql).fetchall():
        found[document, index].add(name)
    return {place: frozenset(names) for place, names in found.items()}
