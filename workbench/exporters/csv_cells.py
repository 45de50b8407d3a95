"""Keeps a spreadsheet from running a cell of a CSV file as a formula."""

from __future__ import annotations

from typing import Any


def harmless(value: Any) -> Any:
    """The value; a text that a spreadsheet would run gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
