"""The numbers that Word counts itself: parts, annexes, paragraphs, lettered headings and lists."""

from __future__ import annotations

from workbench.exporters.docx_styles import HANG
from workbench.exporters.docx_xml import el, ordered, part, ppr

_STEP = 425
#: The lists of ``numbering.xml``: parts, annexes, paragraphs outside them, bullets and ordered items.
PARTS, ANNEXES, SOLE, BULLETS, ITEMS = 1, 2, 3, 4, 5


def _level(
    level: int,
    form: str,
    text: str,
    *,
    style: str = "",
    restart: int | None = None,
    left: int = 0,
    hanging: int = 0,
    suffix: str = "",
) -> str:
    indent = el("ind", left=left, hanging=hanging) if hanging or left else el("ind", left=0, firstLine=0)
    return ordered(
        "lvl",
        el("start", val=1),
        el("numFmt", val=form),
        el("lvlRestart", val=restart) if restart is not None else "",
        el("pStyle", val=style) if style else "",
        el("suff", val=suffix) if suffix else "",
        el("lvlText", val=text),
        el("lvlJc", val="left"),
        ppr(indent, el("tabs", el("tab", val="num", pos=left)) if hanging else ""),
        ilvl=level,
    )


def _outline(number: int, form: str, word: str, styles: tuple[str, str, str, str]) -> str:
    """A part, its paragraphs, its lettered headings and theirs; paragraphs count through the whole part."""
    part_style, paragraph, second, third = styles
    # An annex is a letter already: its headings go on with numbers.
    is_part = form == "decimal"
    forms = (
        (("upperLetter", "%1%3"), ("lowerRoman", "%1%3(%4)"))
        if is_part
        else (("lowerRoman", "%1(%3)"), ("lowerLetter", "%1(%3)(%4)"))
    )
    levels = [
        _level(0, form, f"{word} %1:", style=part_style, suffix="space"),
        _level(1, "decimal", "%1.%2", style=paragraph, left=HANG, hanging=HANG),
        _level(2, *forms[0], style=second, restart=1, left=HANG, hanging=HANG),
        _level(3, *forms[1], style=third, restart=3, left=HANG, hanging=HANG),
    ]
    return el("abstractNum", el("multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def _list(number: int, marks: tuple[tuple[str, str, str], ...]) -> str:
    levels = [
        _level(level, form, text, style=style, left=HANG + _STEP * (level + 1), hanging=_STEP)
        for level, (form, text, style) in enumerate(marks)
    ]
    return el("abstractNum", el("multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def numbering_part(restarts: int) -> bytes:
    """``word/numbering.xml``; ``restarts`` more numbers let that many ordered lists begin anew."""
    bullets = tuple(("bullet", mark, f"ListBullet{end}") for mark, end in (("•", ""), ("–", "2"), ("•", "3")))
    items = (
        ("lowerLetter", "(%1)", "ListNumber"),
        ("lowerRoman", "(%2)", "ListNumber2"),
        ("decimal", "%3.", "ListNumber3"),
    )
    abstract = [
        _outline(PARTS, "decimal", "Part", ("Heading1", "NumberedParagraph", "NumberedHeading2", "NumberedHeading3")),
        _outline(ANNEXES, "upperLetter", "Annex", ("AnnexHeading", "AnnexParagraph", "AnnexHeading2", "AnnexHeading3")),
        el(
            "abstractNum",
            el("multiLevelType", val="singleLevel"),
            _level(0, "decimal", "%1", style="SoleParagraph", left=HANG, hanging=HANG),
            abstractNumId=SOLE,
        ),
        _list(BULLETS, bullets),
        _list(ITEMS, items),
    ]
    numbers = [el("num", el("abstractNumId", val=number), numId=number) for number in range(1, ITEMS + 1)]
    for number in range(ITEMS + 1, ITEMS + 1 + restarts):
        again = [el("lvlOverride", el("startOverride", val=1), ilvl=level) for level in range(3)]
        numbers.append(el("num", el("abstractNumId", val=ITEMS), *again, numId=number))
    return part("numbering", "".join(abstract) + "".join(numbers))
