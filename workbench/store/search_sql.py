"""Writes a search as SQL: an expression of the text index with conditions, or sets of pages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from workbench.domain.query import And, Node, Not, Or, Reference, is_pure_field, leaves
from workbench.store.field_sql import NO_SQL, FieldSql, Sql
from workbench.store.match_text import MatchText, mention

_FROM_DOCUMENTS = "SELECT p.id AS id FROM document d JOIN page p ON p.sha256 = d.sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to find the pages.

    Either ``match`` (an expression for MATCH) with ``where`` (a condition on ``p`` and ``d``, "" for none), or
    ``pages`` (a SELECT of page ids), ``rank_by`` (an expression to rank them by, "" for none) and ``own`` (a
    SELECT of the pages that are themselves what was asked for, "" for none). ``remarks`` go to the person.
    """

    match: str = ""
    where: Sql = NO_SQL
    pages: Sql = NO_SQL
    rank_by: str = ""
    own: Sql = NO_SQL
    remarks: tuple[str, ...] = ()


class Planner:
    """Makes the plan for one search."""

    def __init__(self, db: Database) -> None:
        self._matches = MatchText(db)
        self._fields = FieldSql(db)

    def plan(self, tree: Node) -> Plan:
        """The quick way by one MATCH where there is one, else by sets of pages."""
        parts = tree.parts if isinstance(tree, And) else (tree,)
        words = tuple(part for part in parts if not is_pure_field(part))
        match = self._matches.expression(And(words)) if words else ""
        if match:
            fields = tuple(part for part in parts if is_pure_field(part))
            where = self._fields.condition(And(fields)) if fields else NO_SQL
            return Plan(match=match, where=where, remarks=tuple(self._fields.remarks))
        pages = self._pages(tree)
        return Plan(pages=pages, rank_by=self._rank_by(tree), own=_own_of(tree), remarks=tuple(self._fields.remarks))

    def _rank_by(self, tree: Node) -> str:
        wanted = [_mention_or(self._matches, leaf) for leaf in leaves(tree) if not is_pure_field(leaf)]
        return " OR ".join(wanted)

    def _pages(self, node: Node) -> Sql:
        """A SELECT of the ids of the pages that satisfy a tree."""
        match = self._matches.expression(node)
        if match:
            return _matching(match)
        if is_pure_field(node):
            condition = self._fields.condition(node)
            return Sql(f"{_FROM_DOCUMENTS} WHERE {condition.text}", condition.values)
        match node:
            case Reference():
                return _compound("UNION", (_matching(mention(node)), own_pages(node)))
            case Not(part):
                return _compound("EXCEPT", (Sql(_FROM_DOCUMENTS), self._pages(part)))
            case Or(parts):
                return _compound("UNION", tuple(map(self._pages, parts)))
            case And(parts):
                return self._and(parts)
        raise AssertionError(f"neither words nor fields: {node}")

    def _and(self, parts: tuple[Node, ...]) -> Sql:
        wanted = tuple(self._pages(part) for part in parts if not isinstance(part, Not))
        unwanted = tuple(self._pages(part.part) for part in parts if isinstance(part, Not))
        found = _compound("INTERSECT", wanted) if wanted else Sql(_FROM_DOCUMENTS)
        return _compound("EXCEPT", (found, *unwanted)) if unwanted else found


def _matching(match: str) -> Sql:
    return Sql("SELECT rowid AS id FROM page_search WHERE page_search MATCH ?", (match,))


def _mention_or(matches: MatchText, leaf: Node) -> str:
    return mention(leaf) if isinstance(leaf, Reference) else matches.expression(leaf)


def own_pages(reference: Reference) -> Sql:
    """The pages of the document that has this reference, or the one page that is named."""
    if reference.page_number:
        where = "d.urn = ? AND p.page_index = ?"
        return Sql(f"{_FROM_DOCUMENTS} WHERE {where}", (reference.urn, reference.page_number - 1))
    return Sql(f"{_FROM_DOCUMENTS} WHERE d.urn = ?", (reference.urn,))


def _own_of(tree: Node) -> Sql:
    own = tuple(own_pages(leaf) for leaf in leaves(tree) if isinstance(leaf, Reference) and leaf.urn)
    return _compound("UNION", own) if own else NO_SQL


def _compound(operator: str, selects: tuple[Sql, ...]) -> Sql:
    text = f" {operator} ".join(f"SELECT id FROM ({select.text})" for select in selects)
    return Sql(text, tuple(value for select in selects for value in select.values))
