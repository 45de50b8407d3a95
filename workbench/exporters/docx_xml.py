"""Writes the XML of Word documents with every element where Word's schema wants it."""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: The order in which Word wants what describes a paragraph, a run, a table and a field of one.
ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
}
_PLACES = {name: {child: place for place, child in enumerate(order.split())} for name, order in ORDERS.items()}
_NAME = re.compile(r"<w:(\w+)")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escaped(text: str) -> str:
    """Text as it stands in XML, in an attribute too."""
    return text.translate(_ESCAPED)


def el(name: str, /, *children: str, **attributes: object) -> str:
    """``<w:name w:key="value">children</w:name>``; attributes that are None are left out."""
    given = "".join(f' w:{key}="{escaped(str(value))}"' for key, value in attributes.items() if value is not None)
    inside = "".join(children)
    return f"<w:{name}{given}>{inside}</w:{name}>" if inside else f"<w:{name}{given}/>"


def ordered(name: str, /, *children: str, **attributes: object) -> str:
    """An element whose children are put in the schema's order; nothing at all when it would be empty."""
    held = [child for child in children if child]
    if not held and not attributes:
        return ""
    order = _PLACES[name]
    held.sort(key=lambda child: order[_name(child)])
    return el(name, *held, **attributes)


def _name(child: str) -> str:
    match = _NAME.match(child)
    assert match is not None, child
    return match[1]


def ppr(*children: str) -> str:
    """What describes a paragraph."""
    return ordered("pPr", *children)


def rpr(*children: str) -> str:
    """What describes a run."""
    return ordered("rPr", *children)


def run(text: str, properties: str = "") -> str:
    """Words as a run; line ends and tabs become those of Word."""
    if not text:
        return ""
    pieces = []
    for piece in re.split("([\n\t])", text):
        if piece == "\n":
            pieces.append("<w:br/>")
        elif piece == "\t":
            pieces.append("<w:tab/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escaped(piece)}</w:t>')
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def complex_field(instruction: str, result: str, properties: str = "") -> str:
    """A field with what it shows until Word works it out again."""
    begin, separate, end = (
        f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f'<w:r>{properties}<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
    return begin + code + separate + result + end


def part(root: str, content: str) -> bytes:
    """A whole part of the package with the namespaces it uses."""
    return f'{DECLARATION}<w:{root} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{root}>'.encode()
