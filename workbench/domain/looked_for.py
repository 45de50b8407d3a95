"""What a search that found nothing says in words, and what has become of it since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.analysis import NegativeSearch
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.periods import period_in_words

#: How a file that was refused on import stands among what could not be searched.
REFUSED_FILE = "refused file "
_PAGES = re.compile(r".* pages? ([\d, -]+)")


def looked_for(record: NegativeSearch) -> str:
    """``Looked for X in Y for the period 2014 by the query Q on 3 May 2019 and found nothing; ...``."""
    among = record.among or "all documents"
    period = f" for the period {period_in_words(record.period)}" if record.period else ""
    on = in_words(record.searched_at.date().isoformat())
    found = "found nothing"
    if record.hits:
        pages = _count(record.hits, "page")
        found = f"found {pages}, none of which was what was sought: {record.conclusion.rstrip('.')}"
    said = f"Looked for {record.sought} in {among}{period} by the query “{record.query}” on {on} and {found}"
    return f"{said}; {_not_searched(record)}."


def searched(record: NegativeSearch) -> str:
    """How much was looked through: ``14 documents, 212 pages``."""
    return f"{_count(record.documents, 'document')}, {_count(record.pages, 'page')}"


def left_out(urn: str, pages: Sequence[int]) -> str:
    """``INQ000003 pages 2, 5-9``: the pages of a document that could not be searched."""
    parts: list[list[int]] = []
    for page in pages:
        if parts and parts[-1][-1] + 1 == page:
            parts[-1][1:] = [page]
        else:
            parts.append([page])
    listed = ", ".join("-".join(map(str, part)) for part in parts)
    return f"{urn} {'page' if len(pages) == 1 else 'pages'} {listed}"


def _not_searched(record: NegativeSearch) -> str:
    through = f"{searched(record)} were searched"
    missing = not_searched(record.not_searchable)
    return f"{through}; {missing} could not be searched" if missing else f"{through}, and nothing was left out"


def not_searched(not_searchable: Iterable[str]) -> str:
    """``3 pages and 1 refused file``; "" when everything could be searched."""
    pages, files, others = 0, 0, 0
    for item in not_searchable:
        match = _PAGES.fullmatch(item)
        if item.startswith(REFUSED_FILE):
            files += 1
        elif match:
            pages += sum(_pages_in(part) for part in match[1].split(",") if part.strip())
        else:
            others += 1
    counted = ((pages, "page"), (files, "refused file"), (others, "other thing"))
    return " and ".join(_count(number, name) for number, name in counted if number)


def _pages_in(part: str) -> int:
    first, _, last = part.strip().partition("-")
    return int(last or first) - int(first) + 1 if first.strip().isdigit() and (last or "0").strip().isdigit() else 1


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def arrived_since(record: NegativeSearch, documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents that came after the search was made.

    Where all of them did, the record was brought over from another case file and the times of arrival say nothing;
    then only documents beyond those searched count, the last to arrive.
    """
    known = sorted(documents, key=lambda document: (document.imported_at, document.urn))
    since = [document for document in known if document.imported_at > record.searched_at]
    if len(since) == len(known):
        since = since[record.documents :]
    return tuple(since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A negative search beside the same search made again: what came since, and what it finds now."""

    record: NegativeSearch
    understood_as: str
    hits: int
    new_documents: tuple[str, ...] = ()
    gone_documents: int = 0
    newly_not_searchable: tuple[str, ...] = ()
    now_searchable: tuple[str, ...] = ()

    @property
    def is_out_of_date(self) -> bool:
        """True when the record no longer says what the same search would say now."""
        return bool(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What has changed, one sentence each; none while the record still holds."""
        record, said = self.record, []
        if self.hits != record.hits:
            said.append(f"The query gives {_count(self.hits, 'page')} now; it gave {record.hits:,} then.")
        if self.new_documents:
            said.append(f"{_count(len(self.new_documents), 'document')} came since: {_listed(self.new_documents)}.")
        if self.gone_documents:
            said.append(f"{_count(self.gone_documents, 'document')} searched then cannot be searched now.")
        if self.newly_not_searchable:
            said.append(f"Not searchable now: {_listed(self.newly_not_searchable)}.")
        if self.now_searchable:
            said.append(f"Searchable now, but not then: {_listed(self.now_searchable)}.")
        if self.understood_as != record.understood_as:
            said.append(f"The query is understood otherwise now: {self.understood_as}.")
        return tuple(said)


def _listed(names: Sequence[str], most: int = 8) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
