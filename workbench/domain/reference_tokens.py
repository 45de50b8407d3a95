"""Recognises how documents refer to things: ciphers, document references, sections of an Act, transcript lines.

Each reference becomes tokens of letters, digits and ``_``, the same whether it stands on a page or is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HYPHENS = "-\u2010\u2011\u2012\u2013"
#: Every spelling of a label, and the letters its tokens begin with.
_LABELS = {
    "s": ("s", "ss", "sec", "sect", "section", "sections"),
    "art": ("art", "arts", "article", "articles"),
    "reg": ("reg", "regs", "regulation", "regulations"),
    "r": ("r", "rr", "rule", "rules"),
    "para": ("para", "paras", "paragraph", "paragraphs"),
    "sch": ("sch", "sched", "schedule", "schedules"),
    "cl": ("cl", "cls", "clause", "clauses"),
    "ch": ("ch", "chap", "chapter", "chapters"),
}
_LABEL_OF = {spelling: label for label, spellings in _LABELS.items() for spelling in spellings}
_SPELLINGS = "|".join(sorted(_LABEL_OF, key=len, reverse=True))
#: ``(2)``, ``(b)``, ``(iv)``, ``(2A)``; behind a space only what cannot be a word in brackets.
_BRACKET = r"\((?:\d{1,3}[A-Za-z]?|[A-Za-z]{1,4})\)|\s\((?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4})\)"
_NUMBER = rf"\d{{1,4}}[A-Za-z]{{0,2}}(?![A-Za-z\d])(?:\.\d{{1,3}}(?!\d))*(?:{_BRACKET})*"
#: One look behind for all alternatives, so that the inside of words is passed over quickly.
_REFERENCE = re.compile(
    rf"""(?<![^\W_])(?:
      \[(?P<year>\d{{4}})\]\s+(?P<court>(?:[A-Z]{{2,6}}\s+)(?:(?:Civ|Crim|Fam)\s+)?)(?P<judgment>\d{{1,5}})
    | [Dd][Aa][Yy]\s?(?P<day>\d{{1,3}})\s?/\s?(?P<day_page>\d{{1,4}})
        (?:\s?:\s?(?P<line>\d{{1,3}})(?:\s?[{_HYPHENS}]\s?(?P<last_line>\d{{1,3}})(?![\d/]))?)?
    | (?P<prefix>[A-Za-z]{{2,6}})(?P<digits>\d{{5,10}})(?:[_/](?P<page>\d{{1,4}})
        (?:[{_HYPHENS}](?P<last_page>\d{{1,4}}))?)?(?![^\W_])
    | (?P<spaced>[A-Z]{{2,6}})[ {_HYPHENS}](?P<spaced_digits>\d{{5,10}})(?![^\W_])
    | (?:(?=[acprsACPRS])(?<!['’])(?P<label>(?i:{_SPELLINGS}))\.?|(?P<sign>§§?))\s{{0,2}}
        (?P<numbers>{_NUMBER}(?:(?:,\s|\s?[{_HYPHENS}&]\s?|\s(?:and|or|to)\s|,\s(?:and|or)\s){_NUMBER}){{0,12}})
    | (?P<compound>[A-Za-z\d]{{1,20}}(?:(?:[{_HYPHENS}]\n?|/)[A-Za-z\d]{{1,20}}){{1,6}})(?![^\W_])
    | (?=\d)(?:
          (?<![.,])(?P<thousands>\d{{1,3}}(?:,\d{{3}})+)(?!\d|,\d)
        | (?<!\d[.,])(?P<decimal>\d{{1,6}}(?:\.\d{{1,6}})+[A-Za-z]{{0,3}})(?![^\W_])
        | (?P<nested>\d{{1,4}}[A-Za-z]{{0,2}}(?:{_BRACKET})+)
      ))""",
    re.VERBOSE,
)
_ONE_NUMBER = re.compile(_NUMBER)
_PARTS = re.compile(r"[A-Za-z\d]+")
_BETWEEN = re.compile(rf"\s?(?:[{_HYPHENS}]|\bto\b)\s?")
_HAS_DIGIT = re.compile(r"\d")
_BRACED_RANGE = re.compile(
    rf"(?P<stem>[A-Za-z\d]{{1,6}}(?:/\d{{1,4}})*)/(?P<first>\d{{1,4}})[{_HYPHENS}](?P<last>\d{{1,4}})"
)
#: Ranges longer than this are known by their ends only.
_LONGEST_RANGE = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in a text: half-open offsets, its own token, and the tokens of what it lies in.

    ``is_listed``: it stands behind a label, perhaps with others (``ss 17 and 19``).
    """

    start: int
    end: int
    token: str
    within: tuple[str, ...] = ()
    is_listed: bool = False


def references(text: str) -> Iterator[Reference]:
    """Every reference in a text, in order."""
    for start, end in _windows(text):
        for match in _REFERENCE.finditer(text, start, end):
            yield from _FORMS[_form(match)](match)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Where to look: lines with a digit, from shortly before them; all references hold one."""
    start = end = -1
    position = 0
    while (digit := _HAS_DIGIT.search(text, position)) is not None:
        line = max(text.rfind("\n", 0, digit.start()), 0)
        position = text.find("\n", digit.start()) + 1 or len(text)
        if start < 0 or line > end + 24:
            if start >= 0:
                yield start, end
            start = max(0, line - 24)
        end = position
    if start >= 0:
        yield start, end


def _form(match: re.Match[str]) -> str:
    for name in _FORMS:
        if match[name] is not None:
            return name
    raise AssertionError("every alternative has its group")


def _judgment(match: re.Match[str]) -> Iterator[Reference]:
    court = "_".join(match["court"].lower().split())
    yield Reference(match.start(), match.end(), f"{match['year']}_{court}_{match['judgment']}")


def _day(match: re.Match[str]) -> Iterator[Reference]:
    page = f"day_{int(match['day'])}_{int(match['day_page'])}"
    if match["line"] is None:
        yield Reference(match.start(), match.end(), page)
        return
    lines = _range(match["line"], match["last_line"])
    yield Reference(match.start(), match.end(), f"{page}_{lines[0]}", (page, *(f"{page}_{n}" for n in lines[1:])))


def _urn(match: re.Match[str]) -> Iterator[Reference]:
    urn = (match["prefix"] + match["digits"]).lower()
    if match["page"] is None:
        yield Reference(match.start(), match.end(), urn)
        return
    pages = _range(match["page"], match["last_page"])
    written = f"{urn}_{match['page']}"
    within = [urn, *(f"{urn}_{n}" for n in pages[1:])]
    if written != f"{urn}_{pages[0]}":
        within.append(written)
    yield Reference(match.start(), match.end(), f"{urn}_{pages[0]}", tuple(within))


def _spaced_urn(match: re.Match[str]) -> Iterator[Reference]:
    yield Reference(match.start(), match.end(), (match["spaced"] + match["spaced_digits"]).lower())


def _labelled(match: re.Match[str]) -> Iterator[Reference]:
    """``ss 17, 18 and 19(2)(b)``: each number with the label, and what it lies in."""
    labels = ("para", "s") if match["sign"] else (_LABEL_OF[match["label"].lower()],)
    previous: re.Match[str] | None = None
    for number in _ONE_NUMBER.finditer(match.string, match.start("numbers"), match.end("numbers")):
        parts = _PARTS.findall(number[0].lower())
        tokens = [f"{label}_{token}" for label in labels for token in _prefixes(parts, 1)] + _prefixes(parts, 2)
        if previous is not None and _BETWEEN.fullmatch(match.string, previous.end(), number.start()):
            between = _range(previous[0], number[0])[1:-1]
            tokens += [f"{label}_{n}" for label in labels for n in between]
        own = f"{labels[0]}_{'_'.join(parts)}"
        start = match.start() if previous is None else number.start()
        yield Reference(start, number.end(), own, tuple(token for token in tokens if token != own), True)
        previous = number


def _compound(match: re.Match[str]) -> Iterator[Reference]:
    if _HAS_DIGIT.search(match["compound"]) is None:
        return
    parts = _PARTS.findall(match["compound"].lower())
    within = _prefixes(parts, 2)[:-1]
    spread = _BRACED_RANGE.fullmatch(match["compound"])
    token = "_".join(parts)
    if spread is not None and match.string[match.start() - 1 : match.start()] == "{":
        stem = "_".join(_PARTS.findall(spread["stem"].lower()))
        pages = _range(spread["first"], spread["last"])
        within += [f"{stem}_{n}" for n in pages]
    yield Reference(match.start(), match.end(), token, tuple(dict.fromkeys(within)))


def _thousands(match: re.Match[str]) -> Iterator[Reference]:
    yield Reference(match.start(), match.end(), match["thousands"].replace(",", ""))


def _decimal(match: re.Match[str]) -> Iterator[Reference]:
    token = match["decimal"].lower().replace(".", "_")
    bare = token.rstrip("abcdefghijklmnopqrstuvwxyz")
    yield Reference(match.start(), match.end(), token, () if bare == token else (bare,))


def _nested(match: re.Match[str]) -> Iterator[Reference]:
    parts = _PARTS.findall(match["nested"].lower())
    yield Reference(match.start(), match.end(), "_".join(parts), tuple(_prefixes(parts, 2)[:-1]))


def _prefixes(parts: list[str], shortest: int) -> list[str]:
    return ["_".join(parts[:length]) for length in range(shortest, len(parts) + 1)]


def _range(first: str, last: str | None) -> list[int | str]:
    """``3``, ``14`` -> 3..14; the first alone when there is no sensible range."""
    if not first.isdigit():
        return [first.lower()]
    low = int(first)
    if last is None or not last.isdigit() or not low < int(last) <= low + _LONGEST_RANGE:
        return [low]
    return list(range(low, int(last) + 1))


_FORMS = {
    "judgment": _judgment,
    "day": _day,
    "prefix": _urn,
    "spaced": _spaced_urn,
    "numbers": _labelled,
    "compound": _compound,
    "thousands": _thousands,
    "decimal": _decimal,
    "nested": _nested,
}
