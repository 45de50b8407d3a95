"""The parts that say what a case study is about: scope, why it was chosen, who appears in it, and how it was made."""

from __future__ import annotations

from collections import Counter

from workbench.domain.agreement import Agreement, agreements
from workbench.domain.analysis import Rating
from workbench.domain.dates import in_words
from workbench.domain.excerpt import Link
from workbench.domain.frame import Person
from workbench.domain.looked_for import looked_for
from workbench.domain.report import Block, Run
from workbench.services.adequacy_vocabulary import adequacy_words
from workbench.services.case_study_citing import citations
from workbench.services.report.citing_places import anchor_of
from workbench.services.report.writing import Writing, bold, item, listed, paragraph, paragraphs, table


def scope(writing: Writing) -> list[Block]:
    """The scope paragraphs in question, each with the inquiry's issues under it."""
    issues = [row.issue for row in writing.facts.lists.issues]
    blocks: list[Block] = []
    for own in writing.source.own_scope:
        blocks.append(item(bold(own.number), f"  {own.text}"))
        blocks += [
            item(f"Issue {issue.number}: {issue.text}", level=1)
            for issue in issues
            if issue.scope == own.id and issue.status != "dropped"
        ]
    return blocks


def reason(writing: Writing) -> list[Block]:
    """Why this case study was chosen."""
    return paragraphs(writing.source.study.reason)


def alternatives(writing: Writing) -> list[Block]:
    """What was considered instead, and why not."""
    return [item(text) for text in writing.source.study.alternatives]


def institutions(writing: Writing) -> list[Block]:
    """Every institution of the case study with its kind, other names, and what it belongs to."""
    every = writing.source.institutions
    rows = []
    for own in writing.source.own_institutions:
        other = [*own.aliases, *([own.name_cy] if own.name_cy and own.name_cy != own.name else [])]
        parent = every[own.parent].name if own.parent else ""
        rows.append((own.name, own.kind.replace("-", " "), "; ".join(other), parent))
    columns = (("Institution", 3.0), ("Kind", 2.0), ("Also called", 2.5), ("Part of", 2.0))
    return table("Institutions", columns, rows)


def people(writing: Writing) -> list[Block]:
    """The people who appear in this report, under their ciphers; nothing else is said of them."""
    source = writing.source
    appearing: set[str] = {person for event in source.events for person in event.people}
    appearing |= {name for finding in source.findings for name in finding.criticised}
    cited = {*citations(source.records)} & {*source.excerpts}
    appearing |= {link.target for link in source.case.all(Link) if link.excerpt in cited}
    rows = [
        (person.cipher, person.person_class.replace("-", " "))
        for person in source.case.all(Person, "cipher")
        if person.id in appearing
    ]
    return table("People under a cipher", (("Cipher", 1.0), ("In what standing", 3.0)), rows)


def received(writing: Writing) -> list[Block]:
    """What was asked for and what came, in numbers."""
    numbers, totals = writing.facts.received, writing.facts.totals

    def kinds(counted: dict[str, int]) -> str:
        return "; ".join(f"{kind}: {number:,}" for kind, number in counted.items())

    rows = [
        ("Requests made", f"{totals.requests:,}", kinds(dict(numbers.requests_by_kind))),
        ("Requests answered", f"{totals.requests_answered:,}", ""),
        ("Documents received", f"{totals.documents:,}", kinds(dict(numbers.documents_by_kind))),
        ("Arrivals, duplicates among them", f"{numbers.arrivals:,}", ""),
        ("Files that could not be read", f"{numbers.refused:,}", ""),
        ("Pages", f"{totals.pages:,}", ""),
        ("Pages without text, which no search reaches", f"{numbers.pages_without_text:,}", ""),
    ]
    return table("What was asked for and received", (("", 3.0), ("Number", 1.0), ("Of which", 4.0)), rows)


def ratings(writing: Writing) -> list[Block]:
    """The words in which adequacy is rated, and how often each was given here."""
    given, words = Counter(assessment.rating for assessment in writing.source.assessments), adequacy_words()
    rows = [(rating.value.capitalize(), words.meaning(rating), f"{given[rating]:,}") for rating in Rating]
    columns = (("Rating", 1.6), ("Means", 5.0), ("Given here", 0.9))
    blocks = table("Ratings", columns, rows)
    used = {assessment.confidence for assessment in writing.source.assessments}
    levels = [(term.title, term.wording) for term in words.confidence if term.code in used]
    return [*blocks, *table("Confidence", (("Confidence", 1.6), ("Means", 5.9)), levels)]


def second_readings(writing: Writing) -> list[Block]:
    """How far first and second readers agree; readers are named to the team only."""
    source = writing.source
    every = [reading for readings in source.second_readings.values() for reading in readings]
    found = agreements(source.assessments, every)
    if not source.is_for_team:
        found = found[:1]  # over all readers, where there are several
    rows = [_agreement(line, is_named=source.is_for_team) for line in found]
    columns = (("Readers", 3.0), ("Compared", 1.0), ("Agreed", 1.2), ("Kappa", 1.0), ("Weighted kappa", 1.2))
    blocks = table("First and second readers", columns, rows)
    said = dict.fromkeys(sentence for line in found for sentence in line.sentences)
    return [*blocks, *(item(sentence) for sentence in said)]


def _agreement(line: Agreement, *, is_named: bool) -> tuple[str, ...]:
    readers = (
        f"{line.first or 'not named'} and {line.second or 'not named'}" if is_named else "First and second readers"
    )
    agreed = "–" if line.per_cent is None else f"{line.agreed} ({line.per_cent:.0f} %)"
    return (readers, f"{line.n}", agreed, _figure(line.kappa), _figure(line.weighted_kappa))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def negative_searches(writing: Writing) -> list[Block]:
    """What was looked for and not found, with what could not be searched; each can be cited by its number."""
    blocks: list[Block] = []
    for search in writing.source.searches:
        number = writing.source.numbers[search.id]
        blocks.append(paragraph(bold(f"{number}."), f" {looked_for(search)}", anchor=anchor_of(search.id)))
        if search.conclusion and not search.hits:
            blocks.append(item(search.conclusion))
        if search.not_searchable:
            blocks.append(item(f"Not searchable: {listed(search.not_searchable)}."))
    return blocks


def cited_documents(writing: Writing) -> list[Block]:
    """Every document that the report cites, with the pages cited and where the bundle shows them."""
    source = writing.source
    rows: list[list[str | tuple[Run, ...]]] = []
    cited = list(writing.citer.cited.values())
    for document in source.documents.values():
        pages = sorted({part.page_index for part in cited if part.document == document.id})
        if not pages:
            continue
        labels = [writing.citer.pages.label(document.sha256, page) or "–" for page in pages]
        target = writing.citer.document_link(document)
        row: list[str | tuple[Run, ...]] = [(target,), document.title or document.filename, in_words(document.on)]
        rows.append([*row, ", ".join(f"{page + 1}" for page in pages), ", ".join(labels)])
    has_bundle = writing.citer.pages.is_known
    columns = [("Reference", 1.6), ("Document", 4.0), ("Date", 1.8), ("Pages cited", 1.4), ("Bundle pages", 1.4)]
    rows = rows if has_bundle else [row[:-1] for row in rows]
    return table("Documents cited", columns if has_bundle else columns[:-1], rows)
