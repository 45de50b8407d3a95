"""Page ranges as people type them: ``2-5, 9``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.domain.errors import Refused

_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+)?)?")


def parse_page_range(text: str, page_count: int, *, where: str = "the document") -> tuple[int, ...]:
    """Page indices (from 0), in the order typed; empty text means every page.

    ``7-`` reaches to the last page. Raises ``Refused`` for what is no range, pages that do not exist and
    pages named twice.
    """
    if not text.strip():
        return tuple(range(page_count))
    indices: list[int] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise Refused(f"“{text}” is no page range for {where}. Write numbers and ranges such as 2-5, 9.")
        first = int(match[1])
        last = first if not re.search(r"[-–]", part) else int(match[2] or page_count)
        if not 1 <= first <= last <= page_count:
            raise Refused(f"“{part.strip()}” asks for pages that {where} does not have: it has {page_count}.")
        indices += range(first - 1, last)
    if len(set(indices)) != len(indices):
        raise Refused(f"“{text}” names a page of {where} twice. Name each page once.")
    return tuple(indices)


def page_range_text(indices: Iterable[int]) -> str:
    """The range that names these page indices: ``"2-5, 9"`` for 1, 2, 3, 4 and 8."""
    runs: list[list[int]] = []
    for index in sorted(set(indices)):
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return ", ".join(f"{first + 1}" if first == last else f"{first + 1}-{last + 1}" for first, last in runs)
