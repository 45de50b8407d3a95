"""The tables of what is on the pages: documents, excerpts with their links, chronology, standards."""

from __future__ import annotations

from workbench.domain.dates import in_words
from workbench.domain.document import Document, Receipt
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Theme
from workbench.exporters.tables_xlsx import Day, Value
from workbench.services.case_study_citing import LINKED
from workbench.services.report.tabling import Tabling, WorkTable, team_columns
from workbench.services.standards import standards_in_force


def documents(tabling: Tabling) -> WorkTable:
    """Every document with where it came from, and how many excerpts are cited from it."""
    source = tabling.source
    receipts: dict[str, list[Receipt]] = {}
    for receipt in source.case.all(Receipt, "received_at, id"):
        receipts.setdefault(receipt.document, []).append(receipt)
    cited = [source.excerpts[item].document for item in tabling.cited]
    columns = (
        "Reference", "Title", "Kind", "Date", "Author", "Supplier", "Marking", "Requests", "Arrivals", "Pages",
        "Pages without text", "Excerpts cited", "State", "SHA-256",
    )  # fmt: skip
    rows = []
    for item in tabling.documents:
        came = receipts.get(item.id, [])
        author = source.institutions[item.author].name if item.author else ""
        asked = "; ".join(dict.fromkeys(receipt.request for receipt in came if receipt.request))
        row: tuple[Value, ...] = (
            item.urn,
            item.title or item.filename,
            item.kind,
            Day(on=item.on),
            author,
            item.supplier,
        )
        row += (item.marking, asked, len(came), item.page_count, item.pages_without_text, cited.count(item.id))
        rows.append((*row, state_of(tabling, item), item.sha256))
    own = ("Supplier", "Marking", "Requests", "Arrivals", "SHA-256")
    heads, told = team_columns(tabling, columns, rows, own)
    return WorkTable(name="documents", title="Documents", columns=heads, rows=told)


def state_of(tabling: Tabling, document: Document) -> str:
    """Whether a document was withdrawn or superseded, in words; "" while it stands."""
    told = []
    if document.withdrawn_on or document.withdrawn_reason:
        reason = f": {document.withdrawn_reason}" if tabling.source.is_for_team and document.withdrawn_reason else ""
        told.append(f"withdrawn {in_words(document.withdrawn_on)}{reason}".strip())
    later = tabling.source.documents.get(document.superseded_by) if document.superseded_by else None
    if later is not None:
        is_withheld = tabling.source.clearing.withheld(later, ()) is not None
        told.append(f"superseded by {'a later document' if is_withheld else later.urn}")
    return "; ".join(told)


def excerpts(tabling: Tabling) -> WorkTable:
    """Every excerpt with its words, what it is linked to and with which stance, and what cites it."""
    source = tabling.source
    themes = {item.id: item.name for item in source.case.all(Theme)}
    columns = (
        "Reference", "Bundle page", "Document", "Date", "Words", "Linked to", "Cited by", "Themes", "Note", "State",
        "Marked by",
    )  # fmt: skip
    rows = []
    for item in _in_order(tabling):
        document = source.documents[item.document]
        linked = [
            f"{tabling.targets[link.target]} ({link.stance.value})"
            for link in tabling.links.get(item.id, [])
            if tabling.is_told(link)
        ]
        row: tuple[Value, ...] = (
            tabling.reference(item),
            tabling.bundle_page(item),
            document.title,
            Day(on=document.on),
        )
        cited_by = [why for why in tabling.cited[item.id] if not (source.is_whole and why == LINKED)]
        row += (tabling.words(item), "; ".join(linked), "; ".join(cited_by))
        row += ("; ".join(themes[theme] for theme in item.themes), item.note)
        rows.append((*row, f"withdrawn: {item.withdrawn}" if item.withdrawn else item.state.value, item.made_by))
    heads, told = team_columns(tabling, columns, rows, ("Cited by", "Themes", "Note", "Marked by"))
    return WorkTable(name="excerpts", title="Excerpts", columns=heads, rows=told)


def _in_order(tabling: Tabling) -> list[Excerpt]:
    """Excerpts by document and page; what carries one on stands in the same row."""
    source = tabling.source
    urns = {item.id: item.urn for item in source.documents.values()}
    chosen = [source.excerpts[item] for item in tabling.cited if source.excerpts[item].continues is None]
    return sorted(chosen, key=lambda item: (urns[item.document], item.page_index, item.start, item.id))


def links(tabling: Tabling) -> WorkTable:
    """One row for each link of an excerpt, for sorting and counting."""
    rows: list[tuple[Value, ...]] = []
    for item in _in_order(tabling):
        for link in tabling.links.get(item.id, []):
            if tabling.is_told(link):
                kind = _KINDS.get(link.target.partition("_")[0], "other")
                rows.append((tabling.reference(item), kind, tabling.targets[link.target], link.stance.value))
    columns = ("Excerpt", "Linked to a", "Name", "Stance")
    return WorkTable(name="links", title="Links of excerpts", columns=columns, rows=tuple(rows))


_KINDS = {
    "ins": "institution", "scp": "scope paragraph", "evt": "event", "cst": "case study", "per": "person",
    "iss": "issue",
}  # fmt: skip


def chronology(tabling: Tabling) -> WorkTable:
    """The events in their stated order, with the days between which each lies."""
    source, made = tabling.source, tabling.source.chronology
    inferred = {row.id: row.inferred for row in made.rows}
    columns = (
        "No.", "Date", "Earliest day", "Latest day", "Event", "In the words of the source", "Status", "Dispute",
        "Institutions", "People", "Scope", "Sources", "What recorded orders add", "Note",
    )  # fmt: skip
    rows = []
    for item in source.events:
        row: tuple[Value, ...] = (int(source.numbers[item.id]), Day(on=item.on), item.on_earliest, item.on_latest)
        row += (item.title, item.words, item.status.value, item.dispute, tabling.institutions(item.institutions))
        scope = ", ".join(source.scope[number].number for number in item.scope if number in source.scope)
        row += (tabling.institutions(item.people), scope, tabling.named(item.sources) or "no source")
        rows.append((*row, inferred[item.id], item.note))
    heads, told = team_columns(tabling, columns, rows, ("Note",))
    note = " ".join([made.statement, *made.contradictions]) if rows else ""
    return WorkTable(name="chronology", title="Chronology", columns=heads, rows=told, note=note)


def standards(tabling: Tabling) -> WorkTable:
    """What ought to have happened: each standard with when it stood, whom it binds, and its words."""
    source, force = tabling.source, standards_in_force(tabling.source.case)
    columns = (
        "Title", "Version", "Kind", "Binds", "From", "Until", "In force", "Written at", "Words", "Note",
    )  # fmt: skip
    rows = []
    for item in source.standards.values():
        written = source.excerpts.get(item.excerpt) if item.excerpt else None
        row: tuple[Value, ...] = (item.title, item.version, item.kind.value)
        row += (tabling.institutions(item.institutions) or "everybody", Day(on=item.from_on), Day(on=item.until_on))
        row += (force.in_words(item.id), tabling.reference(written) if written else "")
        rows.append((*row, tabling.words(written) if written else "", item.note))
    heads, told = team_columns(tabling, columns, rows, ("Note",))
    return WorkTable(name="standards", title="Standards in force", columns=heads, rows=told)
