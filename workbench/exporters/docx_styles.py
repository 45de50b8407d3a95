"""The styles of a report in Word: what a lawyer changes in one place to change it everywhere."""

from __future__ import annotations

from workbench.exporters.docx_xml import el, ordered, part, ppr, rpr

FONT = "Arial"
INK, GREY, RULE, LINK = "1A1A1A", "595959", "A6A6A6", "1F3F77"
#: From the left edge of the text to that of numbered paragraphs, in twentieths of a point.
HANG = 850
_STEP = 425
#: Lists of ``docx_numbering`` that styles belong to.
_HEADINGS, _BULLETS, _ITEMS = 4, 5, 6
#: Names that Word knows itself, beside those that end in a number.
_BUILT_IN = frozenset(
    {"normal", "body text", "body text indent", "quote", "caption", "title", "subtitle", "toc heading", "footnote text"}
    | {"header", "footer", "list bullet", "list number"}
    | {f"{name} {level}" for name in ("heading", "toc", "list bullet", "list number") for level in range(1, 5)}
)


def _paragraph(
    identifier: str,
    name: str,
    *,
    based: str = "Normal",
    follows: str = "",
    p: tuple[str, ...] = (),
    r: tuple[str, ...] = (),
    priority: int = 1,
    linked: str = "",
) -> str:
    return ordered(
        "style",
        el("name", val=name),
        el("basedOn", val=based) if identifier != "Normal" else "",
        el("next", val=follows) if follows else "",
        el("link", val=linked) if linked else "",
        el("uiPriority", val=priority),
        el("qFormat"),
        ppr(*p),
        rpr(*r),
        type="paragraph",
        styleId=identifier,
        default="1" if identifier == "Normal" else None,
        customStyle=None if name.lower() in _BUILT_IN else "1",
    )


def _character(identifier: str, name: str, *r: str) -> str:
    is_default = identifier == "DefaultParagraphFont"
    return ordered(
        "style",
        el("name", val=name),
        "" if is_default else el("basedOn", val="DefaultParagraphFont"),
        el("uiPriority", val=1),
        el("semiHidden") if is_default else el("qFormat"),
        rpr(*r),
        type="character",
        styleId=identifier,
        default="1" if is_default else None,
        customStyle="1" if identifier == "HyperlinkEmphasis" else None,
    )


def size(points: float) -> tuple[str, str]:
    """The size of letters, in half points for Word."""
    return el("sz", val=round(points * 2)), el("szCs", val=round(points * 2))


def _spacing(before: int = 0, after: int = 0, line: int = 288) -> str:
    return el("spacing", before=before, after=after, line=line, lineRule="auto")


def _indent(left: int = 0, hanging: int = 0, right: int = 0) -> str:
    return el("ind", left=left, right=right, **({"hanging": hanging} if hanging else {}))


def _numbered(list_number: int, level: int) -> str:
    return el("numPr", el("ilvl", val=level), el("numId", val=list_number))


def _border(side: str, width: int, colour: str, space: int = 1) -> str:
    return el(side, val="single", sz=width, space=space, color=colour)


def _sides(colour: str, fill: str) -> str:
    """The edge of a box; what is above and below the words has the colour of the box, so that it has room."""
    return el("pBdr", _border("top", 4, fill, 6), _border("left", 24, colour, 8), _border("bottom", 4, fill, 6))


def _shade(fill: str) -> str:
    return el("shd", val="clear", color="auto", fill=fill)


_BOLD, _ITALIC = (el("b"), el("bCs")), (el("i"), el("iCs"))
_GREY = el("color", val=GREY)


def _text_styles() -> list[str]:
    return [
        _paragraph("Normal", "Normal", p=(_spacing(after=0),)),
        _paragraph("BodyText", "Body Text", p=(_spacing(after=160), el("widowControl"))),
        _paragraph("BodyTextIndent", "Body Text Indent", based="BodyText", p=(_indent(HANG),)),
        _paragraph("NumberedParagraph", "Numbered Paragraph", based="BodyText", p=(_numbered(1, 1),)),
        _paragraph("AnnexParagraph", "Annex Paragraph", based="BodyText", p=(_numbered(2, 1),)),
        _paragraph("SoleParagraph", "Sole Paragraph", based="BodyText", p=(_numbered(3, 0),)),
        _paragraph("Quote", "Quote", based="BodyText", p=(_indent(HANG + _STEP, right=_STEP),)),
        _paragraph("QuoteWithSource", "Quote With Source", based="Quote", p=(el("keepNext"), _spacing(after=40))),
        _paragraph(
            "QuoteSource",
            "Quote Source",
            based="Quote",
            p=(el("jc", val="right"), _spacing(after=160)),
            r=(*size(10), _GREY),
        ),
        _paragraph("Caption", "caption", p=(el("keepNext"), _spacing(before=200, after=100)), r=(*_BOLD, *size(10))),
        _paragraph("AfterTable", "After Table", p=(_spacing(after=0, line=240),), r=size(10)),
    ]


def _lists() -> list[str]:
    styles = []
    for level in range(3):
        ending = f" {level + 1}" if level else ""
        for kind, number in (("Bullet", _BULLETS), ("Number", _ITEMS)):
            identifier = f"List{kind}{level + 1 if level else ''}"
            styles.append(
                _paragraph(
                    identifier,
                    f"List {kind}{ending}",
                    based="BodyText",
                    p=(_numbered(number, level), _spacing(after=80)),
                )
            )
    return styles


def _headings() -> list[str]:
    made = []
    sizes = {1: (18, 0, 280), 2: (13.5, 360, 140), 3: (11.5, 280, 100), 4: (11, 220, 80)}
    for level, (points, before, after) in sizes.items():
        p = (
            el("keepNext"),
            el("keepLines"),
            _spacing(before, after, 264),
            el("outlineLvl", val=level - 1),
            *((el("pageBreakBefore"), _numbered(1, 0)) if level == 1 else (_indent(HANG),)),
        )
        r = (*(_ITALIC if level == 4 else _BOLD), *size(points))
        made.append(_paragraph(f"Heading{level}", f"heading {level}", follows="BodyText", p=p, r=r, priority=9))
    none = el("numPr", el("numId", val=0))
    made += [
        _paragraph("UnnumberedHeading", "Unnumbered Heading", based="Heading1", follows="BodyText", p=(none,)),
        _paragraph("AnnexHeading", "Annex Heading", based="Heading1", follows="BodyText", p=(_numbered(2, 0),)),
    ]
    # In parts without numbers the words begin at the edge.
    for level in (2, 3, 4):
        name = f"Unnumbered Heading {level}"
        made.append(
            _paragraph(name.replace(" ", ""), name, based=f"Heading{level}", follows="BodyText", p=(_indent(0),))
        )
    for level in (2, 3):
        name = f"Numbered Heading {level}"
        number = _numbered(_HEADINGS, level - 2)
        made.append(_paragraph(name.replace(" ", ""), name, based=f"Heading{level}", follows="BodyText", p=(number,)))
    return made


def _front(width: int) -> list[str]:
    tab = el("tabs", el("tab", val="right", leader="dot", pos=width))
    return [
        _paragraph("Title", "Title", p=(_spacing(3200, 200, 264),), r=(*_BOLD, *size(28))),
        _paragraph("Subtitle", "Subtitle", p=(_spacing(0, 700),), r=(*size(14), _GREY)),
        _paragraph("DetailName", "Detail Name", p=(_spacing(60, 60),), r=(_GREY, *size(10))),
        _paragraph("Detail", "Detail", p=(_spacing(60, 60),), r=size(10)),
        _paragraph(
            "TOCHeading",
            "TOC Heading",
            p=(el("keepNext"), el("pageBreakBefore"), _spacing(0, 200)),
            r=(*_BOLD, *size(18)),
            priority=39,
        ),
        _paragraph("TOC1", "toc 1", p=(tab, _spacing(140, 40), _indent(0)), r=_BOLD, priority=39),
        _paragraph("TOC2", "toc 2", p=(tab, _spacing(20, 20), _indent(_STEP)), priority=39),
        _paragraph("TOC3", "toc 3", p=(tab, _spacing(20, 20), _indent(2 * _STEP)), priority=39),
    ]


def _boxes_and_notes() -> list[str]:
    note, warning = "7F8FA9", "9C2B2B"
    inner = (_spacing(0, 80), _indent(220, right=20), el("keepLines"))
    return [
        _paragraph("NoteText", "Note Text", p=(_sides(note, "F1F3F7"), _shade("F1F3F7"), *inner), r=size(10)),
        _paragraph("NoteTitle", "Note Title", based="NoteText", follows="NoteText", p=(el("keepNext"),), r=_BOLD),
        _paragraph("WarningText", "Warning Text", p=(_sides(warning, "FBF0EF"), _shade("FBF0EF"), *inner), r=size(10)),
        _paragraph(
            "WarningTitle", "Warning Title", based="WarningText", follows="WarningText", p=(el("keepNext"),), r=_BOLD
        ),
        _paragraph(
            "FootnoteText",
            "footnote text",
            p=(_spacing(after=40, line=252), _indent(284, 284), el("tabs", el("tab", val="left", pos=284))),
            r=size(9),
            priority=99,
        ),
        _paragraph("TableText", "Table Text", p=(_spacing(30, 30, 259),), r=size(9.5)),
        _paragraph("TableHead", "Table Head", based="TableText", p=(el("keepNext"),), r=_BOLD),
        _paragraph("TableRowHead", "Table Row Head", based="TableText", r=_BOLD),
        *(
            _paragraph(f"{base}{word}", f"{name} {word}", based=base, p=(el("jc", val=side),))
            for base, name in (("TableText", "Table Text"), ("TableHead", "Table Head"))
            for word, side in (("Right", "right"), ("Centre", "center"))
        ),
    ]


def _edges() -> list[str]:
    return [
        _paragraph(
            "Header",
            "header",
            p=(_spacing(line=252), el("pBdr", _border("bottom", 4, RULE, 4))),
            r=(*size(8.5), _GREY),
            priority=99,
        ),
        _paragraph("Marking", "Marking", p=(el("jc", val="center"), _spacing(after=60)), r=(*_BOLD, *size(8.5))),
        _paragraph(
            "Footer", "footer", p=(el("jc", val="right"), _spacing(line=252)), r=(*size(8.5), _GREY), priority=99
        ),
    ]


def _characters() -> list[str]:
    return [
        _character("DefaultParagraphFont", "Default Paragraph Font"),
        _character("Strong", "Strong", *_BOLD),
        _character("Emphasis", "Emphasis", *_ITALIC),
        _character("IntenseEmphasis", "Intense Emphasis", *_BOLD, *_ITALIC),
        _character("FootnoteReference", "footnote reference", el("vertAlign", val="superscript")),
        _character("Hyperlink", "Hyperlink", el("color", val=LINK)),
        _character("HyperlinkEmphasis", "Hyperlink Emphasis", *_ITALIC, el("color", val=LINK)),
    ]


def _margins() -> str:
    sides = (("top", 20), ("left", 90), ("bottom", 20), ("right", 90))
    return el("tblCellMar", *(el(side, w=width, type="dxa") for side, width in sides))


def _table_style(identifier: str, name: str, borders: str, *parts: str) -> str:
    return ordered(
        "style",
        el("name", val=name),
        el("basedOn", val="TableNormal"),
        el("uiPriority", val=1),
        el("qFormat"),
        ordered("tblPr", borders, _margins()),
        *parts,
        type="table",
        customStyle="1",
        styleId=identifier,
    )


def _tables() -> list[str]:
    plain = ordered(
        "style",
        el("name", val="Normal Table"),
        el("uiPriority", val=99),
        el("semiHidden"),
        ordered("tblPr", el("tblInd", w=0, type="dxa"), _margins()),
        type="table",
        default="1",
        styleId="TableNormal",
    )
    top, between = _border("top", 8, INK, 0), _border("insideH", 4, RULE, 0)
    under = ordered("tcPr", el("tcBorders", _border("bottom", 8, INK, 0)), _shade("EEF0F3"))
    strong = el("tblBorders", top, _border("bottom", 8, INK, 0), between)
    weak = el("tblBorders", top, _border("bottom", 4, RULE, 0), between)
    return [
        plain,
        _table_style("ReportTable", "Report Table", strong, el("tblStylePr", under, type="firstRow")),
        _table_style("DetailTable", "Detail Table", weak),
    ]


def styles_part(width: int, language: str) -> bytes:
    """``word/styles.xml`` for text so wide, in twentieths of a point."""
    fonts = el("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    letters = rpr(fonts, *size(11), el("lang", val=language, eastAsia=language, bidi="ar-SA"), el("color", val=INK))
    defaults = el("docDefaults", el("rPrDefault", letters), el("pPrDefault", ppr(_spacing())))
    styles = [
        *_text_styles(),
        *_headings(),
        *_lists(),
        *_front(width),
        *_boxes_and_notes(),
        *_edges(),
        *_characters(),
        *_tables(),
    ]
    return part("styles", defaults + "".join(styles))
