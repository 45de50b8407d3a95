"""Writes a report as a Word document that a lawyer can go on editing: named styles, real numbers and real footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from workbench.domain.report import CrossReference, Footnote, Link, Report, Text
from workbench.domain.report_numbers import ContentsLine, Prepared, contents_of, prepared
from workbench.exporters.docx_blocks import BlockWriter, paragraph
from workbench.exporters.docx_numbering import numbering_part
from workbench.exporters.docx_runs import Bookmarks, Relations, RunWriter, words
from workbench.exporters.docx_styles import FONT, styles_part
from workbench.exporters.docx_xml import DECLARATION, complex_field, el, escaped, ordered, part, ppr, rpr, run

_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 11906, 16838, 1440
_WIDTH, _WIDE = _PAGE_WIDTH - 2 * _MARGIN, _PAGE_HEIGHT - 2 * _MARGIN
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DATED = (1980, 1, 1, 0, 0, 0)


def report_docx(report: Report) -> bytes:
    """The report as DOCX; equal reports are equal bytes."""
    return _Document(prepared(report)).write()


class _Document:
    def __init__(self, made: Prepared) -> None:
        self._made, self._report = made, made.report
        self._relations, self._note_relations = Relations(), Relations()
        self._bookmarks = Bookmarks(made.places)
        self._runs = RunWriter(made.places, self._bookmarks, self._relations)
        self._note_runs = RunWriter(made.places, self._bookmarks, self._note_relations)
        self._blocks = BlockWriter(self._runs, self._bookmarks, self._report.labels)
        self._has_ended = False

    def write(self) -> bytes:
        """The whole package."""
        for kind in ("styles", "numbering", "settings", "fontTable", "footnotes"):
            self._relations.to(kind, f"{kind}.xml")
        body = self._body()
        parts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _package_relations(),
            "docProps/core.xml": _core(self._report),
            "docProps/app.xml": _app(),
            "word/document.xml": part("document", el("body", body)),
            "word/_rels/document.xml.rels": self._relations.part(),
            "word/styles.xml": styles_part(_WIDTH, self._report.language),
            "word/numbering.xml": numbering_part(self._blocks.lists, self._report.labels),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": _fonts(),
            "word/footnotes.xml": self._footnotes(),
            "word/header1.xml": self._header(with_title=True),
            "word/header2.xml": self._header(with_title=False),
            "word/footer1.xml": _footer(self._report.labels.page),
            "word/footer2.xml": part("ftr", paragraph("Footer", "")),
        }
        parts["word/_rels/footnotes.xml.rels"] = self._note_relations.part()
        return _zipped(parts)

    def _body(self) -> str:
        front = [
            paragraph("Title", words(self._report.title)),
            paragraph("Subtitle", words(self._report.subtitle)) if self._report.subtitle else "",
            self._details(),
            self._contents() if self._report.contents_depth else "",
        ]
        made, is_wide = front, False
        for item in self._report.parts:
            if item.is_landscape != is_wide:
                # What came before ends with its own paper.
                made.append(el("p", ppr(el("pStyle", val="AfterTable"), self._section(is_wide=is_wide))))
                is_wide = item.is_landscape
            made.append(self._blocks.part(item, _WIDE if is_wide else _WIDTH))
        return "".join(made) + self._section(is_wide=is_wide)

    def _details(self) -> str:
        if not self._report.details:
            return ""
        left, right = 2400, _WIDTH - 2400
        rows = [
            el(
                "tr",
                el("trPr", el("cantSplit")),
                el("tc", ordered("tcPr", el("tcW", w=left, type="dxa")), paragraph("DetailName", words(name))),
                el("tc", ordered("tcPr", el("tcW", w=right, type="dxa")), paragraph("Detail", words(value))),
            )
            for name, value in self._report.details
        ]
        properties = ordered(
            "tblPr", el("tblStyle", val="DetailTable"), el("tblW", w=_WIDTH, type="dxa"), el("tblLayout", type="fixed")
        )
        grid = el("tblGrid", el("gridCol", w=left), el("gridCol", w=right))
        return el("tbl", properties, grid, *rows) + paragraph("AfterTable", "")

    def _contents(self) -> str:
        """The table of contents as a field that shows its lines before Word has updated it.

        The pages are for Word to know; until it is asked to update the field, each line tells its paragraphs.
        """
        depth = self._report.contents_depth
        begin = (
            el("r", el("fldChar", fldCharType="begin"))
            + f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
            + el("r", el("fldChar", fldCharType="separate"))
        )
        lines = [self._line(line) for line in contents_of(self._report)] or [("TOC1", "")]
        made = [paragraph("TOCHeading", words(self._report.labels.contents))]
        for number, (style, content) in enumerate(lines):
            made.append(paragraph(style, (begin if number == 0 else "") + content))
        return "".join(made) + paragraph("AfterTable", el("r", el("fldChar", fldCharType="end")))

    def _line(self, line: ContentsLine) -> tuple[str, str]:
        told = run("\t") + words(f"¶ {line.paragraphs}") if line.paragraphs else ""
        name = self._bookmarks.name(line.anchor)
        return f"TOC{line.level}", el("hyperlink", words(line.text) + told, anchor=name, history=1)

    def _section(self, *, is_wide: bool) -> str:
        """The paper of what stands above; only the very first page is without a title and a number."""
        references = "".join(
            f'<w:{edge}Reference w:type="{kind}" r:id="{self._relations.to(edge, f"{edge}{number}.xml")}"/>'
            for edge in ("header", "footer")
            for kind, number in (("default", 1), ("first", 2))
        )
        long, short = _PAGE_HEIGHT, _PAGE_WIDTH
        size = el("pgSz", w=long, h=short, orient="landscape") if is_wide else el("pgSz", w=short, h=long)
        margins = el("pgMar", top=1560, right=_MARGIN, bottom=1440, left=_MARGIN, header=620, footer=620, gutter=0)
        first = "" if self._has_ended else el("titlePg")
        self._has_ended = True
        return el("sectPr", references, size, margins, el("cols", space=708), first)

    def _header(self, *, with_title: bool) -> bytes:
        marking = paragraph("Marking", words(self._report.marking)) if self._report.marking else ""
        title = paragraph("Header", words(self._report.title)) if with_title else ""
        return part("hdr", marking + title or paragraph("Marking", ""))

    def _footnotes(self) -> bytes:
        tight = ppr(el("spacing", after=0, line=240, lineRule="auto"))
        signs = (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
        special = [
            el("footnote", el("p", tight, el("r", el(sign))), type=kind, id=number) for kind, number, sign in signs
        ]
        return part("footnotes", "".join(special) + "".join(map(self._footnote, self._runs.footnotes)))

    def _footnote(self, note: Footnote) -> str:
        mark = el("r", rpr(el("rStyle", val="FootnoteReference")), el("footnoteRef"))
        runs: Iterable[Text | Link | CrossReference] = note.runs
        content = mark + run("\t") + self._note_runs.runs(runs)
        return el("footnote", paragraph("FootnoteText", content), id=note.number)


def _footer(wording: str) -> bytes:
    fields = {"{number}": complex_field("PAGE", run("1")), "{total}": complex_field("NUMPAGES", run("1"))}
    told = (fields.get(piece) or words(piece) for piece in re.split(r"(\{number\}|\{total\})", wording))
    return part("ftr", paragraph("Footer", "".join(told)))


def _settings() -> bytes:
    notes = el("footnotePr", el("footnote", id=-1), el("footnote", id=0))
    compat = el(
        "compat",
        el("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    )
    content = (
        el("zoom", percent=100) + el("defaultTabStop", val=425) + el("characterSpacingControl", val="doNotCompress")
    )
    return part("settings", content + notes + compat + el("decimalSymbol", val=".") + el("listSeparator", val=","))


def _fonts() -> bytes:
    font = el(
        "font", el("altName", val="Liberation Sans"), el("family", val="swiss"), el("pitch", val="variable"), name=FONT
    )
    return part("fonts", font)


def _content_types() -> bytes:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "settings": "settings",
        "fontTable": "fontTable",
        "footnotes": "footnotes",
        "header1": "header",
        "header2": "header",
        "footer1": "footer",
        "footer2": "footer",
    }
    rows = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    app = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/><Default Extension="xml" ContentType="application/xml"/>'
        f'{rows}<Override PartName="/docProps/core.xml" ContentType="{core}"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{app}"/></Types>'
    ).encode()


def _package_relations() -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'{DECLARATION}<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package}/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{office}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    ).encode()


def _core(report: Report) -> bytes:
    """The title and the language; nobody's name, and no date but the report's own on its title page."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(report.title)}</dc:title><dc:subject>{escaped(report.subtitle)}</dc:subject>"
        f"<dc:creator></dc:creator><dc:language>{escaped(report.language)}</dc:language></cp:coreProperties>"
    ).encode()


def _app() -> bytes:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        f'{DECLARATION}<Properties xmlns="{name}"><Application>Case-study workbench</Application></Properties>'.encode()
    )


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return buffer.getvalue()
