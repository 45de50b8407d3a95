"""Writes the part of a search that asks for fields of documents as conditions in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from workbench.domain.query import And, Field, Node, Not, Or
from workbench.domain.terms import fold, tokens, unstroked

_MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Sql:
    """SQL with the values for its question marks."""

    text: str
    values: tuple[Any, ...] = ()


#: No condition, no values.
NO_SQL = Sql("")


@dataclass(slots=True)
class FieldSql:
    """Writes conditions on a page ``p`` of a document ``d``; gathers remarks on what names were taken for."""

    db: Database
    remarks: list[str] = field(default_factory=list)

    def condition(self, node: Node) -> Sql:
        """The condition for a tree that holds nothing but fields."""
        match node:
            case And(parts):
                return self._joined(parts, " AND ")
            case Or(parts):
                return self._joined(parts, " OR ")
            case Not(part):
                inner = self.condition(part)
                return Sql(f"NOT {inner.text}", inner.values)
            case Field():
                return self._field(node)
        raise AssertionError(f"not a field: {node}")

    def _joined(self, parts: Iterable[Node], between: str) -> Sql:
        written = [self.condition(part) for part in parts]
        values = tuple(value for sql in written for value in sql.values)
        return Sql(f"({between.join(sql.text for sql in written)})", values)

    def _field(self, asked: Field) -> Sql:
        match asked.name:
            case "on":
                return self._on(asked)
            case "urn":
                return self._urn(asked.value)
            case "institution":
                return self._institution(asked.value)
            case "theme":
                return self._theme(asked.value)
            case name:
                return self._column(name, asked.value)

    def _on(self, asked: Field) -> Sql:
        undated = self.db.execute("SELECT count(*) FROM document WHERE \"on\" = ''").fetchone()[0]
        if undated:
            noun = "document has" if undated == 1 else "documents have"
            self._remark(f"{undated:,} {noun} no settled date, so “on:” cannot find them.")
        # An uncertain date is found by every day that it may be; an open end may be any day.
        return Sql(
            "(d.\"on\" != '' AND d.on_earliest <= ? AND (d.on_latest = '' OR d.on_latest >= ?))",
            (asked.latest, asked.earliest),
        )

    def _urn(self, value: str) -> Sql:
        urn, _, number = value.partition("_")
        page = Sql(" AND p.page_index = ?", (int(number) - 1,)) if number.isdigit() else NO_SQL
        listed = self._chosen("urn", value if not page.text else urn, self._values("urn"), "reference")
        return Sql(f"(d.urn IN {_marks(listed)}{page.text})", (*listed, *page.values))

    def _column(self, name: str, value: str) -> Sql:
        listed = self._chosen(name, value, self._values(name), name)
        return Sql(f"(d.{name} IN {_marks(listed)})", tuple(listed))

    def _values(self, column: str) -> list[tuple[str, str]]:
        rows = self.db.execute(f"SELECT DISTINCT {column} FROM document WHERE {column} != ''").fetchall()
        return [(value, value) for (value,) in rows]

    def _institution(self, value: str) -> Sql:
        names: list[tuple[str, str]] = []
        for identifier, name, welsh, aliases in self.db.execute("SELECT id, name, name_cy, aliases FROM institution"):
            names += [(identifier, other) for other in (name, welsh, *json.loads(aliases)) if other]
        listed = self._chosen("institution", value, names, "institution")
        marks = _marks(listed)
        return Sql(
            f"(coalesce(d.author, '') IN {marks} OR EXISTS (SELECT 1 FROM excerpt e JOIN link l ON l.excerpt = e.id "
            f"WHERE e.document = d.id AND e.page_index = p.page_index AND l.target IN {marks}))",
            (*listed, *listed),
        )

    def _theme(self, value: str) -> Sql:
        names = [(identifier, name) for identifier, name in self.db.execute("SELECT id, name FROM theme")]
        listed = self._chosen("theme", value, names, "theme")
        return Sql(
            "EXISTS (SELECT 1 FROM excerpt e, json_each(e.themes) t WHERE e.document = d.id "
            f"AND e.page_index = p.page_index AND t.value IN {_marks(listed)})",
            tuple(listed),
        )

    def _chosen(self, name: str, value: str, known: list[tuple[str, str]], noun: str) -> list[str]:
        """Which of (key, name) is meant: of the same name, of the same shape, else with these words in its name."""
        wanted = _plain(value)
        if "*" in value or "?" in value:
            return self._like(name, value, known, noun)
        same = {key: shown for key, shown in known if _plain(shown) == wanted}
        if same:
            return list(same)
        holding = {key: shown for key, shown in known if f" {wanted} " in f" {_plain(shown)} "}
        if holding and name != "urn":
            self._remark(f"“{name}:{value}” was taken for {_listed(holding.values())}.")
            return list(holding)
        self._nothing(value, known, noun)
        return []

    def _like(self, name: str, value: str, known: list[tuple[str, str]], noun: str) -> list[str]:
        pattern = unstroked(fold(value))
        sql = "SELECT ? GLOB ?"
        listed = {k: n for k, n in known if self.db.execute(sql, [unstroked(fold(n)), pattern]).fetchone()[0]}
        if not listed:
            self._nothing(value, known, noun)
        elif name != "urn":
            self._remark(f"“{name}:{value}” was taken for {_listed(listed.values())}.")
        return list(listed)

    def _nothing(self, value: str, known: list[tuple[str, str]], noun: str) -> None:
        there = sorted({shown for _, shown in known})
        offered = f"There are: {_listed(there)}." if there else f"There is no {noun} yet."
        self._remark(f"No {noun} in this case is called “{value}”. {offered}")

    def _remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)


def _plain(name: str) -> str:
    return unstroked(" ".join(word for _, _, word in tokens(name)))


def _marks(values: Iterable[str]) -> str:
    return f"({', '.join('?' for _ in values)})"


def _listed(names: Iterable[str]) -> str:
    shown = sorted(dict.fromkeys(names))
    more = f" and {len(shown) - _MOST_OFFERED} more" if len(shown) > _MOST_OFFERED else ""
    return ", ".join(f"“{name}”" for name in shown[:_MOST_OFFERED]) + more
