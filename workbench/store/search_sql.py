"""Compiles a query tree to FTS5 and SQL, and fetches the pages it finds."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from workbench.domain.errors import QueryRefused
from workbench.domain.query import And, Field, Near, Node, Not, Or, Pattern, Phrase, Prefix, Reference, Word, leaves
from workbench.domain.search import MARK_END, MARK_START, Hit
from workbench.store.page_index import same_stem, words_like

_MOST_WORDS = 500
#: SQL for a set of page ids, and its values.
_Set = tuple[str, list[Any]]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


class PageSearch:
    """One search over one read-only connection."""

    def __init__(self, db: Database, tree: Node) -> None:
        self._db, self._tree = db, tree

    def total(self) -> int:
        """How many pages of documents in the case are found."""
        found, values = self._pages(self._tree)
        sql = f"SELECT count(*) FROM page p JOIN document d ON d.sha256 = p.sha256 WHERE p.id IN ({found})"
        return int(self._db.execute(sql, values).fetchone()[0])

    def hits(self, limit: int) -> list[Hit]:
        """The best pages, ranked by the words asked for; by document where no words were asked for."""
        found, values = self._pages(self._tree)
        words = self._positive()
        columns = "d.id, d.urn, d.title, p.page_index"
        if words:
            sql = (
                f"SELECT {columns}, snippet(page_search, 0, ?, ?, '…', 24), -f.rank FROM page_search f "
                "JOIN page p ON p.id = f.rowid JOIN document d ON d.sha256 = p.sha256 "
                f"WHERE page_search MATCH ? AND +f.rowid IN ({found}) ORDER BY f.rank, p.id LIMIT ?"
            )
            rows = self._db.execute(sql, [MARK_START, MARK_END, words, *values, limit]).fetchall()
            rows += self._others(columns, found, values, limit - len(rows), [row[:4] for row in rows])
        else:
            rows = self._others(columns, found, values, limit, [])
        return [
            Hit(document=i, urn=urn, title=title, page_index=index, snippet=snippet, score=round(score, 4))
            for i, urn, title, index, snippet, score in rows
        ]

    def _others(self, columns: str, found: str, values: list[Any], limit: int, seen: list[Any]) -> list[Any]:
        """Pages that are found without any of the words, by a document's own reference or a field."""
        if limit <= 0:
            return []
        sql = (
            f"SELECT {columns}, substr(p.text, 1, 160), 0.0 FROM page p JOIN document d ON d.sha256 = p.sha256 "
            f"WHERE p.id IN ({found}) ORDER BY d.urn, p.page_index LIMIT ?"
        )
        rows = self._db.execute(sql, [*values, limit + len(seen)]).fetchall()
        return [row for row in rows if row[:4] not in seen][:limit]

    def _positive(self) -> str:
        return " OR ".join(match for leaf in leaves(self._tree) if (match := self._match(leaf)))

    def _pages(self, node: Node) -> _Set:
        match node:
            case And(parts):
                return self._compound(parts, "INTERSECT")
            case Or(parts):
                return self._compound(parts, "UNION")
            case Not(part):
                inner, values = self._pages(part)
                return f"SELECT id FROM page WHERE id NOT IN ({inner})", values
            case Field():
                return _field(node)
            case _:
                return self._leaf(node)

    def _compound(self, parts: tuple[Node, ...], joined: str) -> _Set:
        sets = [self._pages(part) for part in parts]
        sql = f" {joined} ".join(f"SELECT * FROM ({inner})" for inner, _ in sets)
        return sql, [value for _, values in sets for value in values]

    def _leaf(self, node: Node) -> _Set:
        match = self._match(node)
        found: _Set = ("SELECT rowid FROM page_search WHERE page_search MATCH ?", [match])
        if not match:
            found = ("SELECT id FROM page WHERE 0", [])
        if isinstance(node, Reference) and node.urn:
            own = "SELECT p.id FROM page p JOIN document d ON d.sha256 = p.sha256 WHERE d.urn = ? COLLATE NOCASE"
            values: list[Any] = [node.urn]
            if node.page_number:
                own, values = f"{own} AND p.page_index = ?", [node.urn, node.page_number - 1]
            return f"SELECT * FROM ({found[0]}) UNION {own}", [*found[1], *values]
        return found

    def _match(self, node: Node) -> str:
        match node:
            case Word(word):
                return "{text} : (" + " OR ".join(map(_quoted, same_stem(self._db, word)[:_MOST_WORDS])) + ")"
            case Phrase(words, is_prefix):
                return "{text} : " + _quoted(" ".join(words)) + (" *" if is_prefix else "")
            case Near(phrases, distance):
                held = " ".join(_quoted(" ".join(words)) for words in phrases)
                return f"{{text}} : NEAR({held}, {max(0, distance - 1)})"
            case Prefix(start):
                return "{text} : " + _quoted(start) + " *"
            case Pattern(pattern):
                return self._pattern(pattern)
            case Reference(token):
                return "{terms} : " + _quoted(token)
            case _:
                return ""

    def _pattern(self, pattern: str) -> str:
        words = words_like(self._db, pattern, _MOST_WORDS + 1)
        if len(words) > _MOST_WORDS:
            raise QueryRefused(f"“{pattern}” fits more than {_MOST_WORDS} different words. Give more of its letters.")
        return "{text} : (" + " OR ".join(map(_quoted, words)) + ")" if words else ""


_OF_DOCUMENT = "SELECT p.id FROM page p JOIN document d ON d.sha256 = p.sha256 WHERE "
_OF_EXCERPT = (
    "SELECT p.id FROM page p JOIN document d ON d.sha256 = p.sha256 "
    "JOIN excerpt e ON e.document = d.id AND e.page_index = p.page_index "
)
_NAMED = (
    "SELECT id FROM institution WHERE lower(name) = ?1 OR lower(name_cy) = ?1 "
    "OR EXISTS (SELECT 1 FROM json_each(aliases) WHERE lower(value) = ?1)"
)


def _field(field: Field) -> _Set:
    value = field.value.lower()
    if field.name in ("kind", "supplier"):
        return f"{_OF_DOCUMENT} lower(d.{field.name}) = ?", [value]
    if field.name == "urn":
        return f"{_OF_DOCUMENT} lower(d.urn) = ?", [value]
    if field.name == "on":
        return (
            f"{_OF_DOCUMENT} d.\"on\" != '' AND (? = '' OR d.on_earliest = '' OR d.on_earliest <= ?) "
            "AND (? = '' OR d.on_latest = '' OR d.on_latest >= ?)",
            [field.latest, field.latest, field.earliest, field.earliest],
        )
    if field.name == "theme":
        where = "WHERE EXISTS (SELECT 1 FROM json_each(e.themes) t JOIN theme h ON h.id = t.value WHERE lower(h.name) = ?)"
        return _OF_EXCERPT + where, [value]
    named = _NAMED.replace("?1", "?")
    linked = f"{_OF_EXCERPT} JOIN link l ON l.excerpt = e.id WHERE l.target IN ({named})"
    return f"{_OF_DOCUMENT} d.author IN ({named}) UNION {linked}", [value] * 6
