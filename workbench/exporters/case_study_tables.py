"""Turns the tables of a case study into CSV files that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from typing import Any

from workbench.exporters.csv_cells import harmless

_TABLES = (
    "institutions",
    "documents",
    "excerpts",
    "events",
    "standards",
    "assessments",
    "searches",
    "findings",
    "lessons",
    "recommendations",
    "left_out",
)


def csv_tables(tables: dict[str, Any]) -> dict[str, str]:
    """File name -> CSV text, one file per table that has rows; a byte order mark tells spreadsheets it is UTF-8."""
    files = {}
    for name in _TABLES:
        rows = _sentences(tables[name]) if name == "findings" else tables[name]
        if rows:
            files[f"{name}.csv"] = _csv(rows)
    links = [{"excerpt": item["ref"], **link} for item in tables["excerpts"] for link in item["links"]]
    if links:
        files["links.csv"] = _csv(links)
    return files


def _sentences(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"finding": finding["number"], "title": finding["title"], "kind": finding["kind"], **sentence}
        for finding in findings
        for sentence in finding["sentences"]
    ]


def _csv(rows: list[dict[str, Any]]) -> str:
    columns = [name for name in rows[0] if name != "links"]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return "\ufeff" + buffer.getvalue()


def _cell(value: Any) -> Any:
    """Lists become one cell; a text that would run as a formula gets an apostrophe in front."""
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    return harmless(value)
