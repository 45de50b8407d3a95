"""Records that something was looked for and not found, citable like any evidence; and makes the search again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from workbench.domain.analysis import NegativeSearch
from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document, Refusal
from workbench.domain.errors import Refused
from workbench.domain.ids import NegativeSearchId, new_id
from workbench.domain.looked_for import REFUSED_FILE, Comparison, arrived_since, left_out, looked_for
from workbench.domain.progress import Ticket
from workbench.domain.query import And, Not, is_pure_field
from workbench.search.parsing import parse
from workbench.services.searching import search
from workbench.services.standards import citations, times
from workbench.store.case_file import CaseFile
from workbench.store.page_facets import found_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeFacts:
    """What was looked for: in words, by which query, among what, for which period (EDTF); what follows from it."""

    sought: str
    query: str
    among: str = ""
    period: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeRow:
    """A negative search in words, how often it is cited, and how many documents came since."""

    record: NegativeSearch
    sentence: str
    used: int = 0
    documents_since: int = 0

    @property
    def id(self) -> str:
        return self.record.id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a query finds now, and what there was to look through."""

    understood_as: str
    hits: int
    looked_through: tuple[Document, ...]
    pages: int
    not_searchable: tuple[str, ...]

    @property
    def documents(self) -> int:
        return len(self.looked_through)


def record_search(case: CaseFile, facts: NegativeFacts, ticket: Ticket) -> tuple[Change, NegativeSearchId]:
    """Run the query and keep that nothing was found, with all that could not be searched.

    Refused when the query does find pages and nobody says why none of them is what was sought.
    """
    sought, query = facts.sought.strip(), facts.query.strip()
    if not sought:
        raise Refused("Say in words what was looked for, such as “a log of answer times before 2013”.")
    if not query:
        raise Refused("There is no query. Type the search that was made.")
    period = parse_edtf(facts.period).text if facts.period.strip() else ""
    seen = _look(case, query, ticket)
    if seen.hits and not facts.conclusion.strip():
        pages = "1 page" if seen.hits == 1 else f"{seen.hits:,} pages"
        raise Refused(
            f"The query finds {pages}. Look at them; if none is what was sought, say so as the conclusion, and why."
        )
    record = NegativeSearch(
        id=NegativeSearchId(new_id("neg")),
        sought=sought,
        query=query,
        among=facts.among.strip(),
        period=period,
        understood_as=seen.understood_as,
        hits=seen.hits,
        documents=seen.documents,
        pages=seen.pages,
        not_searchable=seen.not_searchable,
        conclusion=facts.conclusion.strip(),
        searched_by=case.who,
        searched_at=datetime.now(UTC),
        history_head=case.history_head,
    )
    with case.change(Action.SEARCHED, f"nothing found: {sought}") as step:
        step.put(record)
    return step.change, record.id


def rerun(case: CaseFile, identifier: NegativeSearchId, ticket: Ticket) -> Comparison:
    """Make a recorded search again and say what is different now."""
    record = case.get(NegativeSearch, identifier)
    seen = _look(case, record.query, ticket)
    since = [item.urn for item in arrived_since(record, seen.looked_through)]
    then, now = Counter(record.not_searchable), Counter(seen.not_searchable)
    return Comparison(
        record=record,
        understood_as=seen.understood_as,
        hits=seen.hits,
        new_documents=tuple(since),
        gone_documents=max(record.documents - (seen.documents - len(since)), 0),
        newly_not_searchable=tuple((now - then).elements()),
        now_searchable=tuple((then - now).elements()),
    )


def rerun_all(case: CaseFile, ticket: Ticket) -> list[Comparison]:
    """Make every recorded search again, oldest first."""
    records = case.all(NegativeSearch, "searched_at, id")
    found = []
    for done, record in enumerate(records):
        ticket.tick(done, len(records), record.sought)
        found.append(rerun(case, record.id, ticket))
    return found


def negative_rows(case: CaseFile) -> list[NegativeRow]:
    """All negative searches, newest first."""
    documents, used = case.all(Document), citations(case)
    return [
        NegativeRow(
            record=item,
            sentence=looked_for(item),
            used=used[item.id],
            documents_since=len(arrived_since(item, documents)),
        )
        for item in sorted(case.all(NegativeSearch), key=lambda item: item.searched_at, reverse=True)
    ]


def delete_search(case: CaseFile, identifier: NegativeSearchId) -> Change:
    """Remove a negative search; refused while an assessment or a finding cites it."""
    record = case.get(NegativeSearch, identifier)
    used = case.pointing_at(identifier)
    if used:
        raise Refused(f"This search is still cited {times(len(used))}, by assessments or findings. Change those first.")
    with case.change(Action.SEARCHED, f"remove the search for {record.sought}") as step:
        step.delete(NegativeSearch, identifier)
    return step.change


def _look(case: CaseFile, query: str, ticket: Ticket) -> _Seen:
    found = search(case, query, limit=0, ticket=ticket)
    pages = _pages_looked_through(case, query, ticket)
    documents = [item for item in case.all(Document, "urn") if item.id in pages]
    bare = {item.id: _without_text(case, item, pages[item.id]) for item in documents if item.pages_without_text}
    ticket.check()
    missing = (left_out(item.urn, bare[item.id]) for item in documents if bare.get(item.id))
    return _Seen(
        understood_as=found.understood_as,
        hits=found.total,
        looked_through=tuple(documents),
        pages=sum(map(len, pages.values())) - sum(map(len, bare.values())),
        not_searchable=(*missing, *_refused(case)),
    )


def _pages_looked_through(case: CaseFile, query: str, ticket: Ticket) -> dict[str, range | set[int]]:
    """Document id -> indices of the pages among which the query looks: all, or those its fields leave."""
    tree = parse(query).tree
    parts = tree.parts if isinstance(tree, And) else (tree,)
    fields = tuple(part for part in parts if is_pure_field(part) and not isinstance(part, Not))
    if not fields:
        return {item.id: range(item.page_count) for item in case.all(Document)}
    ticket.check()
    looked: dict[str, range | set[int]] = {}
    for document, index in found_pages(case.reader(), And(fields) if len(fields) > 1 else fields[0]).pages:
        known = looked.setdefault(document, set())
        assert isinstance(known, set)
        known.add(index)
    return looked


def _without_text(case: CaseFile, document: Document, pages: range | set[int]) -> list[int]:
    """The numbers of those pages that have no text to search."""
    letters = case.page_letter_counts(document.sha256)
    return [index + 1 for index in sorted(pages) if index < len(letters) and not letters[index]]


def _refused(case: CaseFile) -> list[str]:
    """Files that were refused hold words that nobody could look through."""
    return [f"{REFUSED_FILE}{PurePosixPath(item.path.replace(chr(92), '/')).name}" for item in case.all(Refusal)]
