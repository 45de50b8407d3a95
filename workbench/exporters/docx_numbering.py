"""The numbers that Word counts itself: parts, annexes, paragraphs, lettered headings and lists."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.report import Labels
from workbench.exporters.docx_styles import HANG
from workbench.exporters.docx_xml import el, ordered, part, ppr

_STEP = 425
#: The lists of ``numbering.xml``: parts, annexes, paragraphs outside them, headings, bullets and ordered items.
PARTS, ANNEXES, SOLE, HEADINGS, BULLETS, ITEMS = range(1, 7)


def _level(
    level: int,
    form: str,
    text: str,
    *,
    style: str = "",
    left: int = 0,
    hanging: int = 0,
    suffix: str = "",
) -> str:
    indent = el("ind", left=left, hanging=hanging) if hanging or left else el("ind", left=0, firstLine=0)
    return ordered(
        "lvl",
        el("start", val=1),
        el("numFmt", val=form),
        el("pStyle", val=style) if style else "",
        el("suff", val=suffix) if suffix else "",
        el("lvlText", val=text),
        el("lvlJc", val="left"),
        ppr(el("tabs", el("tab", val="num", pos=left)) if hanging else "", indent),
        ilvl=level,
    )


def _outline(number: int, form: str, word: str, title: str, paragraph: str) -> str:
    """A part and its paragraphs, which count through the whole of it."""
    levels = [
        _level(0, form, f"{word} %1:", style=title, suffix="space"),
        _level(1, "decimal", "%1.%2", style=paragraph, left=HANG, hanging=HANG),
    ]
    return el("abstractNum", el("multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def _headings(prefix: str, *, is_annex: bool, is_base: bool = False) -> list[str]:
    """Lettered headings are a list of their own: in one with the paragraphs, not every program counts both right.

    An annex is a letter already; its headings go on with numbers.
    """
    forms = (
        (("lowerRoman", "(%1)"), ("lowerLetter", "(%1)(%2)"))
        if is_annex
        else (("upperLetter", "%1"), ("lowerRoman", "%1(%2)"))
    )
    return [
        _level(
            level,
            form,
            f"{prefix}{text}",
            style=f"NumberedHeading{level + 2}" if is_base else "",
            left=HANG,
            hanging=HANG,
        )
        for level, (form, text) in enumerate(forms)
    ]


def _list(number: int, marks: tuple[tuple[str, str, str], ...]) -> str:
    levels = [
        _level(level, form, text, style=style, left=HANG + _STEP * (level + 1), hanging=_STEP)
        for level, (form, text, style) in enumerate(marks)
    ]
    return el("abstractNum", el("multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def _abstract(labels: Labels) -> list[str]:
    bullets = tuple(("bullet", mark, f"ListBullet{end}") for mark, end in (("•", ""), ("–", "2"), ("•", "3")))
    items = (
        ("lowerLetter", "(%1)", "ListNumber"),
        ("lowerRoman", "(%2)", "ListNumber2"),
        ("decimal", "%3.", "ListNumber3"),
    )
    sole = _level(0, "decimal", "%1", style="SoleParagraph", left=HANG, hanging=HANG)
    headings = _headings("", is_annex=False, is_base=True)
    return [
        _outline(PARTS, "decimal", labels.part, "Heading1", "NumberedParagraph"),
        _outline(ANNEXES, "upperLetter", labels.annex, "AnnexHeading", "AnnexParagraph"),
        el("abstractNum", el("multiLevelType", val="singleLevel"), sole, abstractNumId=SOLE),
        el("abstractNum", el("multiLevelType", val="multilevel"), *headings, abstractNumId=HEADINGS),
        _list(BULLETS, bullets),
        _list(ITEMS, items),
    ]


def numbering_part(lists: Sequence[str], labels: Labels) -> bytes:
    """``word/numbering.xml``; ``lists`` are those that begin anew: the number of a part whose headings are lettered,
    or an empty text for an ordered list.
    """
    numbers = [el("num", el("abstractNumId", val=number), numId=number) for number in range(1, ITEMS + 1)]
    for number, prefix in enumerate(lists, ITEMS + 1):
        again: list[str] = []
        if prefix:
            for level, made in enumerate(_headings(prefix, is_annex=prefix.isalpha())):
                again.append(el("lvlOverride", el("startOverride", val=1), made, ilvl=level))
        else:
            again = [el("lvlOverride", el("startOverride", val=1), ilvl=level) for level in range(3)]
        held = el("abstractNumId", val=HEADINGS if prefix else ITEMS)
        numbers.append(el("num", held, *again, numId=number))
    return part("numbering", "".join(_abstract(labels)) + "".join(numbers))
