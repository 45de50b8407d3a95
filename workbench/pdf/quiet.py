"""Keeps the PDF library from writing its complaints to the terminal."""

from __future__ import annotations

import pymupdf


def quieten() -> None:
    """Called once in each child process; complaints are gathered, not printed."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.no_recommend_layout()
