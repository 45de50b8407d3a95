"""Writes a citation as a bundle's page number, as the published reference, as a footnote or in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.citations import Citation, Style
from workbench.domain.dates import in_words
from workbench.domain.page_map import MapRow
from workbench.domain.resolving import Resolution, Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What citations are written with: the bundle's mark and tabs, and title and date of documents by URN."""

    mark: str = ""
    has_volumes: bool = False
    tabs: tuple[Tab, ...] = ()
    details: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def render(found: Resolution, style: Style, wording: Wording) -> str:
    """The reference in words; only for one that was found."""
    paragraphs = {citation.paragraph for citation in found.citations if citation.paragraph}
    paragraph = "".join(f", paragraph {number}" for number in sorted(paragraphs))
    if style is Style.BUNDLE:
        return bundle_form(found.rows, wording.mark, has_volumes=wording.has_volumes) + paragraph
    if style is Style.BRACES:
        return _braces_form(found.rows, wording.tabs) + paragraph
    if style is Style.FOOTNOTE:
        return "; ".join(_footnote(citation, found.rows, wording) for citation in _by_document(found)) + paragraph
    if style is Style.URN:
        return "; ".join(citations[0].urn + _pages(citations) for citations in _by_document(found)) + paragraph
    return "; ".join(replace(citation, paragraph="").published for citation in found.citations) + paragraph


def bundle_form(rows: Sequence[MapRow], mark: str, *, has_volumes: bool = False) -> str:
    """``HB 143``, ``HB 143-145, 150``, ``HB Vol 2 p. 391``; a label that begins with the mark is not given it twice."""
    is_marked = not mark or rows[0].label.startswith(mark)
    if not has_volumes:
        return _labels(rows) if is_marked else f"{mark} {_labels(rows)}"
    volumes = []
    for number in dict.fromkeys(row.volume for row in rows):
        own = [row for row in rows if row.volume == number]
        volumes.append(f"{mark} Vol {number} {'p.' if len(own) == 1 else 'pp.'} {_labels(own)}".strip())
    return "; ".join(volumes)


def _labels(rows: Sequence[MapRow]) -> str:
    runs = _runs(rows)
    return ", ".join(run[0].label if len(run) == 1 else f"{run[0].label}-{run[-1].label}" for run in runs)


def _runs(rows: Sequence[MapRow]) -> list[list[MapRow]]:
    """The pages in groups of neighbours."""
    runs: list[list[MapRow]] = []
    for row in rows:
        last = runs[-1][-1] if runs else None
        if last is not None and (last.volume, last.physical_index + 1) == (row.volume, row.physical_index):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _braces_form(rows: Sequence[MapRow], tabs: Sequence[Tab]) -> str:
    written = []
    for run in _runs(rows):
        for tab in tabs:
            pages = [number for number, row in enumerate(tab.rows, 1) if row in run]
            if pages:
                last = f"-{pages[-1]}" if len(pages) > 1 else ""
                written.append(f"{{{tab.letter}/{tab.number}/{pages[0]}{last}}}")
    return " ".join(written)


def _by_document(found: Resolution) -> list[list[Citation]]:
    groups: list[list[Citation]] = []
    for citation in found.citations:
        if groups and groups[-1][0].urn == citation.urn:
            groups[-1].append(citation)
        else:
            groups.append([citation])
    return groups


def _pages(citations: Sequence[Citation]) -> str:
    """`` p. 12`` or `` pp. 12-14, 17``; "" for a whole document."""
    numbers = [citation for citation in citations if citation.page_number is not None]
    ranges = [
        f"{citation.page_number}" + (f"-{citation.last_page}" if len(citation.pages) > 1 else "")
        for citation in numbers
    ]
    if not ranges:
        return ""
    is_one = len(ranges) == 1 and len(numbers[0].pages) == 1
    return f" {'p.' if is_one else 'pp.'} {', '.join(ranges)}"


def _footnote(citations: Sequence[Citation], rows: Sequence[MapRow], wording: Wording) -> str:
    """``Letter to the board, 3 March 2011 (INQ000123), p. 4``."""
    urn = citations[0].urn
    title = next(row.title for row in rows if row.urn == urn)
    title, on = wording.details.get(urn, (title, ""))
    day = f", {in_words(on)}" if on else ""
    pages = _pages(citations)
    return f"{title}{day} ({urn}){',' if pages else ''}{pages}"


def mark_for(title: str) -> str:
    """The mark that stands before a page number: ``HB`` for a hearing bundle."""
    words = re.findall(r"[^\W\d_]+|\d+", title)
    return "".join(word if word.isdigit() else word[0].upper() for word in words)[:4]
