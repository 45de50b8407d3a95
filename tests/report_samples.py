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


_SENTENCES = (
    "The committee considered the return for the quarter and noted that the register had not been brought up to date.",
    "No minute records what was decided, and the officer who kept the file had left the department by then.",
    "The circular of that year asked every district to appoint one person to whom reports were to be made.",
    "In her statement the former registrar said that she “never saw a copy of the procedure” before the inspection.",
    "The inspectorate wrote twice; the second letter was acknowledged after ninety-one days and not answered.",
    "What the guidance required in 1998 was less than what the authority’s own handbook had promised since 1994.",
    "The budget for training was cut in three successive years, although the annual report called it “protected”.",
    "Counsel for the authority accepted that the files could not have told anybody how many reports there were.",
)


HOSTILE = (
    '"><script>document.title = 1</script>',
    "]]></w:t><w:p/> & &amp; &#7; %PDF",
    'javascript:alert(1) =HYPERLINK("http://x.example")',
    "a\x00b\x0bc\x1bd\x7fe\x85f",
    "abc\u202egpj.exe \u2066isolated\u2069 z\u200be\u200dr\ufeffo",
    "\ud800 half, \ufffe none, \U0001f4c4 a leaf, 日本語の文書です。",
    "דוח הוועדה (2004) התקבל, السلام عليكم, with English in it",
    "W" * 4_000,
    "many\n\n\nlines\tand tabs",
    "{{ ''.__class__ }} ${x} %s {number} {title}",
)


def hostile_report() -> Report:
    """Every field of the model filled with every text that has broken somebody's export."""
    parts = []
    for number, text in enumerate(HOSTILE):
        target = Target(
            urn=text[:40], quote=text, file=f"documents/{text[:40]}.pdf", file_page=1, bundle_label=text[:9]
        )
        foot = Footnote(runs=(Text(text=text, is_italic=True), Link(text=text[:60], target=target)))
        columns = (Column(title=text[:200]), Column(title="Other", align="right"))
        blocks = (
            Heading(text=text[:300], is_numbered=True, anchor=f"{text[:30]}-{number}"),
            Paragraph(is_numbered=True, runs=(Text(text=text, is_bold=True, language="cy"), foot)),
            Paragraph(runs=(CrossReference(anchor=f"{text[:30]}-{number}", wording=f"{text[:50]} {{number}}"),)),
            Quote(runs=plain(text), source=plain(text[:100])),
            ListItem(runs=plain(text), level=9, is_ordered=True),
            ListItem(runs=plain(text), level=1),
            Table(caption=text, columns=columns, rows=((Cell(runs=(*plain(text), foot)), cell(text)), ())),
            Note(title=text, paragraphs=(plain(text),)),
            Heading(text="", level=7),
            Paragraph(runs=()),
            Table(columns=(), rows=((cell(text),),)),
            Note(),
        )
        parts.append(
            Part(title=text[:200], anchor=text[:30], blocks=blocks, numbering=("part", "annex", "none")[number % 3])
        )
    text = " ".join(HOSTILE)[:300]
    return Report(
        title=text, subtitle=text, marking=text, details=((text, text),), parts=tuple(parts), contents_depth=4
    )


def _prose(number: int, sentences: int) -> str:
    return " ".join(_SENTENCES[(number * 7 + place * 3) % len(_SENTENCES)] for place in range(sentences))


def _noted(number: int, marks: int) -> tuple[Text | Footnote, ...]:
    runs: list[Text | Footnote] = []
    for place in range(marks):
        blank = " " if place else ""
        runs.append(Text(text=blank + _prose(number + place, 2)))
        page = (number * 3 + place) % 40
        target = Target(
            urn=f"INQ{number % 900 + 100:06}",
            page_index=page,
            quote=_SENTENCES[number % len(_SENTENCES)],
            bundle_label=f"B{number * 3 + place}",
            file=f"documents/INQ{number % 900 + 100:06}.pdf",
            file_page=page + 1,
        )
        runs.append(note(target, f"; {_prose(number, 2)}" if number % 9 == 0 else ""))
    return tuple(runs)


def long_report(*, parts: int, paragraphs: int, tables: int = 1) -> Report:
    """As many parts as asked for, each with its numbered paragraphs of two footnotes, lists, quotations and tables."""
    made = []
    for part in range(parts):
        blocks: list[Heading | Paragraph | Quote | ListItem | Table | Note] = []
        for place in range(paragraphs):
            number = part * paragraphs + place
            if place % 8 == 0:
                blocks.append(Heading(text=f"What was known by {1980 + place // 8}", is_numbered=True))
            blocks.append(Paragraph(is_numbered=True, anchor=f"p{number}", runs=_noted(number, 2)))
            if place % 7 == 3:
                blocks.append(Quote(runs=plain(_prose(number, 2)), source=plain("Statement of the former registrar")))
            if place % 11 == 5:
                blocks += [ListItem(is_ordered=True, runs=plain(_prose(number + item, 1))) for item in range(3)]
        for table in range(tables):
            rows = tuple(
                (
                    cell(f"{row % 28 + 1} May {1970 + row}", is_head=True),
                    Cell(runs=(Text(text=_prose(row + table, 1)), *((note(POLICY),) if row % 10 == 0 else ()))),
                    cell("agreed" if row % 3 else "disputed"),
                    cell(str(row * 37)),
                )
                for row in range(40)
            )
            columns = (Column(title="Date", width=1.3), Column(title="What happened", width=4), Column(title="Status"))
            blocks.append(
                Table(
                    caption=f"Chronology {table + 1}",
                    columns=(*columns, Column(title="Days", align="right")),
                    rows=rows,
                )
            )
        made.append(Part(title=f"The response of district {part + 1}", blocks=tuple(blocks)))
    return Report(
        title="The keeping of registers in the Aldermoor districts, 1970 to 2010",
        subtitle="Report of a case study",
        marking="OFFICIAL – SENSITIVE",
        details=(("Audience", "Panel"), ("Made on", "25 November 2026")),
        parts=tuple(made),
    )


def wide_report() -> Report:
    """A part, a part on turned paper with a table of nine columns, and a part again."""
    columns = tuple(Column(title=f"Institution {number}") for number in range(9))
    rows = tuple(
        tuple(
            Cell(runs=(Text(text=_prose(row + place, 1)), *((note(POLICY),) if place == 4 else ())))
            for place in range(9)
        )
        for row in range(9)
    )
    table = Table(caption="All institutions", columns=columns, rows=rows)
    before, after = (Paragraph(is_numbered=True, runs=_noted(number, 2)) for number in (1, 2))
    return Report(
        title="A wide report",
        marking="OFFICIAL",
        parts=(
            Part(title="Before", blocks=(before,)),
            Part(title="The matrix", is_landscape=True, blocks=(before, table)),
            Part(title="After", blocks=(after,)),
        ),
    )
