"""Reports for tests: invented institutions, dry matters."""

from __future__ import annotations

from workbench.domain.report import (
    Cell,
    Column,
    CrossReference,
    Footnote,
    Heading,
    Link,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Report,
    Table,
    Target,
    Text,
    cell,
    plain,
)

POLICY = Target(
    urn="INQ000101",
    page_index=1,
    start=120,
    end=171,
    quote="Reports shall be acknowledged within five working days.",
    bundle_label="A12",
    file="documents/INQ000101.pdf",
    file_page=2,
)
MINUTES = Target(
    urn="INQ000102",
    page_index=0,
    quote="The committee did not discuss the backlog.",
    file="documents/Minutes of 4 May & after.pdf",
    destination="INQ000102_001",
)


def note(target: Target, text: str = "") -> Footnote:
    """A footnote in the inquiry's style: the page, linked, and the page of the bundle."""
    label = f"{target.urn}_{target.page_index + 1:03}"
    tail = f" ({target.bundle_label})" if target.bundle_label else ""
    return Footnote(runs=(Link(text=label, target=target), Text(text=f"{tail}{text}.")))


def sample_report() -> Report:
    """Three parts and an annex with one of everything."""
    first = Part(
        title="The institutions",
        anchor="institutions",
        blocks=(
            Paragraph(
                is_numbered=True,
                anchor="p-first",
                runs=(
                    Text(text="The Aldermoor Board adopted a "),
                    Text(text="reporting policy", is_italic=True),
                    Text(text=" in 2004."),
                    note(POLICY),
                    Text(text=" It was “"),
                    Text(text="reviewed", is_bold=True),
                    Text(text="” once & never again < 2009."),
                    note(MINUTES, ", see also "),
                ),
            ),
            Heading(text="The Board", is_numbered=True, anchor="board"),
            Paragraph(is_numbered=True, runs=plain("It met monthly. " * 30)),
            Quote(runs=plain("Reports shall be acknowledged within five working days."), source=plain("Policy, 2004")),
            Paragraph(is_numbered=True, anchor="p-third", runs=plain("Three things were missing:")),
            ListItem(is_ordered=True, runs=plain("a register;")),
            ListItem(is_ordered=True, runs=plain("a person in charge:")),
            ListItem(is_ordered=True, level=1, runs=plain("by day;")),
            ListItem(is_ordered=True, level=1, runs=plain("by night;")),
            ListItem(is_ordered=True, runs=plain("a review.")),
            Heading(text="Its officers", level=3, is_numbered=True),
            Paragraph(runs=plain("Nobody kept a list.")),
            ListItem(runs=plain("One bullet;")),
            ListItem(runs=(Text(text="another, with a mark"), note(POLICY), Text(text="."))),
        ),
    )
    second = Part(
        title="What was found",
        anchor="found",
        blocks=(
            Paragraph(
                is_numbered=True,
                runs=(
                    Text(text="As said in "),
                    CrossReference(anchor="p-third"),
                    Text(text=" and in "),
                    CrossReference(anchor="board", wording="“{title}”"),
                    Text(text=", see "),
                    CrossReference(anchor="t-dates", wording="table {number}"),
                    Text(text="."),
                ),
            ),
            Heading(text="Dates", is_numbered=True),
            Table(
                caption="Dates of reports",
                anchor="t-dates",
                columns=(
                    Column(title="Day", width=1),
                    Column(title="What", width=3),
                    Column(title="Days", align="right"),
                ),
                rows=tuple(
                    (
                        cell(f"{day} May 2004", is_head=True),
                        Cell(
                            runs=(Text(text=f"Report no. {day} was received"), *((note(POLICY),) if day == 3 else ()))
                        ),
                        cell(str(day * 13)),
                    )
                    for day in range(1, 12)
                ),
            ),
            Note(title="Held back", is_warning=True, paragraphs=(plain("One criticism awaits its letter."),)),
            Note(title="How this was made", paragraphs=(plain("From 12 documents."), plain("None was missing."))),
            Paragraph(is_numbered=True, runs=plain("שלום עולם is Hebrew; ŵ and ŷ are Welsh.")),
            Quote(runs=plain("דוח הוועדה התקבל בשנת 2004.")),
            PageBreak(),
            Heading(text="A heading without a number"),
            Paragraph(runs=plain("A" * 300)),
        ),
    )
    annex = Part(
        title="Requests",
        numbering="annex",
        anchor="requests",
        blocks=(
            Paragraph(is_numbered=True, runs=plain("Twelve requests were made.")),
            Heading(text="Open", is_numbered=True),
            Paragraph(
                is_numbered=True, runs=(Text(text="Two are open, see "), Link(text="Part 1", anchor="institutions"))
            ),
        ),
    )
    summary = Part(
        title="Summary",
        numbering="none",
        blocks=(Paragraph(runs=plain("In short.")), Paragraph(runs=plain("Bad \x07 sign."))),
    )
    return Report(
        title="Report on the Aldermoor Board",
        subtitle="Case study 3",
        marking="OFFICIAL – DRAFT",
        details=(("Audience", "Core participants"), ("Made on", "25 November 2026")),
        parts=(summary, first, second, annex),
    )
