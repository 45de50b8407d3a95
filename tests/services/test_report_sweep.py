"""A protected name is found wherever a report can hold it, in every format; a report without one is clean."""

from __future__ import annotations

import pytest

from workbench.domain.progress import Ticket
from workbench.domain.protected_names import ProtectedName
from workbench.domain.report import (
    Column,
    Footnote,
    Heading,
    Link,
    ListItem,
    Note,
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
from workbench.exporters.report_docx import report_docx
from workbench.exporters.report_html import report_html
from workbench.exporters.report_pdf import report_pdf
from workbench.exporters.tables_xlsx import SheetTable, tables_xlsx
from workbench.services.sweeping import SweepReport, sweep_files

#: Invented names, each in one place of the report.
NAMES = {
    "title": "Iolo Quarrendon",
    "detail": "Zeno Ordinarius",
    "part": "Thaddeus Wexcombe",
    "halves of a word": "Perpetua Lindquorn",
    "lines": "Osric Vanterpool",
    "footnote": "Mirabel Stroudleigh",
    "behind a link": "Cassian Jorvikson",
    "name of a file": "Delphine Okehurst",
    "heading": "Ambrose Tullivant",
    "source": "Winifred Harkaway",
    "item": "Lucian Pellingrove",
    "caption": "Beatrix Sandomir",
    "narrow field": "Evander Quillfeather",
    "box": "Rosalind Macklewhite",
}
CIPHERS = {place: f"IN-A{number}" for number, place in enumerate(NAMES, 1)}
TERMS = [ProtectedName(person_cipher=CIPHERS[place], kind="name", term=name) for place, name in NAMES.items()]


def _report(names: dict[str, str]) -> Report:
    first, _, last = names["halves of a word"].partition(" ")
    behind = Target(urn="U", quote=f"and {names['behind a link']} left", file="a.pdf", file_page=1)
    columns = (Column(title="Wide", width=9), Column(title="Narrow", width=1))
    blocks = (
        Paragraph(
            is_numbered=True,
            runs=(
                Text(text=f"Then {first} {last[:4]}", is_bold=True),
                Text(text=last[4:], is_italic=True),
                Text(text=" came." + " word" * 12 + f" {names['lines']} came" * 9),
                Footnote(runs=(Text(text=f"Statement of {names['footnote']}, "), Link(text="p", target=behind))),
                Link(text="q", target=Target(file=f"documents/{names['name of a file']}.pdf", file_page=1)),
            ),
        ),
        Heading(text=names["heading"]),
        Quote(runs=plain("So it was said."), source=plain(names["source"])),
        ListItem(runs=plain(names["item"])),
        Table(columns=columns, rows=((cell("x"), cell(names["narrow field"])),), caption=f"Of {names['caption']}"),
        Note(title="N", paragraphs=(plain(names["box"]),)),
    )
    parts = (Part(title=names["part"], numbering="annex", blocks=blocks),)
    return Report(title=f"On {names['title']}", details=(("By", names["detail"]),), parts=parts)


def _sweep(names: dict[str, str]) -> SweepReport:
    report = _report(names)
    table = SheetTable(title="T", columns=("A",), rows=((f"by {names['title']}",),), note=names["box"])
    files = {
        "r.docx": report_docx(report),
        "r.html": report_html(report),
        "r.pdf": report_pdf(report),
        "r.xlsx": tables_xlsx([table]).content,
    }
    return sweep_files(files, TERMS, Ticket())


@pytest.fixture(scope="module")
def swept() -> SweepReport:
    return _sweep(NAMES)


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
@pytest.mark.parametrize("place", NAMES)
def test_a_planted_name_is_found(swept, place, kind):
    assert [leak for leak in swept.leaks if leak.file.startswith(f"r.{kind}") and leak.label == CIPHERS[place]]


def test_it_is_found_in_a_workbook(swept):
    found = {leak.label for leak in swept.leaks if leak.file.startswith("r.xlsx")}
    assert found == {CIPHERS["title"], CIPHERS["box"]}


def test_a_report_without_the_names_is_clean_and_was_read_whole():
    swept = _sweep({place: f"the {place} officer" for place in NAMES})
    assert swept.is_clean, swept.sentence()
    assert swept.possible == ()
