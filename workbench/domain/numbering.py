"""How the pages of a bundle are numbered: in one series, with letters per section, or between numbers already given."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.errors import Refused

#: I and O are taken for 1 and 0 when they are read out.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LAST_NUMBER = re.compile(r"\d+\Z")


class Scheme(StrEnum):
    """The series that document pages are numbered in."""

    CONTINUOUS = "continuous"
    LETTERS = "letters"


class Late(StrEnum):
    """What becomes of numbers given in an earlier build."""

    RENUMBER = "renumber"
    APPEND = "append"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The rule of a profile: where the series starts, what stands before each number, how front pages count."""

    scheme: Scheme = Scheme.CONTINUOUS
    start: int = 1
    prefix: str = ""
    counts_front_pages: bool = True

    @property
    def has_roman_front(self) -> bool:
        """Front pages stand outside the series: small roman numbers."""
        return self.scheme is Scheme.LETTERS or not self.counts_front_pages


@dataclass(frozen=True, slots=True)
class Numbered:
    """One page to be numbered: what it is (the same in every build), and its section, "" for front pages."""

    key: str
    section: str


def roman(number: int) -> str:
    """``iv`` for 4."""
    parts = []
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        times, number = divmod(number, value)
        parts.append(letters * times)
    return "".join(parts)


def from_roman(text: str) -> int:
    """4 for ``iv``; 0 for what is no roman number."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    if not text or any(letter not in values for letter in text):
        return 0
    numbers = [values[letter] for letter in text]
    total = sum(-n if n < following else n for n, following in zip(numbers, [*numbers[1:], 0], strict=True))
    return total if roman(total) == text else 0


def section_letter(index: int) -> str:
    """A, B ... H, J ... N, P ... Z, AA, AB ... for the sections of a bundle, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, at = divmod(index - 1, len(_LETTERS))
        letters = _LETTERS[at] + letters
    return letters


def section_letters(sections: Sequence[str], own: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The letter of each section: its own, the one it had before, else the next that is free.

    Raises ``Refused`` when two sections ask for one letter.
    """
    letters = {section: own.get(section) or given.get(section, "") for section in sections}
    chosen = [letter for letter in letters.values() if letter]
    if len(set(chosen)) != len(chosen):
        raise Refused("Two sections of the bundle have the same letter. Give each its own, or leave them empty.")
    taken, index = {*chosen, *given.values()}, 0
    for section in sections:
        while not letters[section]:
            candidate = section_letter(index)
            index += 1
            if candidate not in taken:
                letters[section] = candidate
    return letters


def kept_labels(
    pages: Sequence[Numbered], rule: Numbering, letters: Mapping[str, str], given: Mapping[str, str]
) -> list[str]:
    """Labels that leave every number in ``given`` (page key -> label) as it is.

    A page between two numbered ones gets a decimal (143.1), one behind the last of its series the next number; a
    number whose page is gone is not used again.
    """
    series = [_series_of(page, rule, letters) for page in pages]
    labels = [given.get(page.key, "") for page in pages]
    used = set(given.values())
    for name in dict.fromkeys(series):
        _fill(labels, [at for at, own in enumerate(series) if own == name], name, rule, used)
    return labels


def _series_of(page: Numbered, rule: Numbering, letters: Mapping[str, str]) -> str:
    """What stands before the numbers of a page's series; "~" for roman ones."""
    if not page.section and rule.has_roman_front:
        return "~"
    return rule.prefix + (letters.get(page.section, "") if rule.scheme is Scheme.LETTERS else "")


def _fill(labels: list[str], places: list[int], series: str, rule: Numbering, used: set[str]) -> None:
    """Number the places of one series that have no label yet."""
    highest = max((_whole_number(label, series) for label in used), default=0)
    first = 1 if series == "~" or rule.scheme is Scheme.LETTERS else rule.start
    upcoming = max(highest + 1, first)
    last_given = max((at for at in places if labels[at]), default=-1)
    before = ""
    for at in places:
        if not labels[at]:
            if at > last_given:
                labels[at] = _written(series, upcoming)
                upcoming += 1
            else:
                labels[at] = _between(before or _written(series, first - 1), series, used)
            used.add(labels[at])
        before = labels[at]


def _written(series: str, number: int) -> str:
    return roman(number) if series == "~" else f"{series}{number}"


def _whole_number(label: str, series: str) -> int:
    """The whole number of a label of this series, decimals dropped; 0 for labels of other series."""
    if series == "~":
        return from_roman(label.partition(".")[0])
    rest = label.removeprefix(series).partition(".")[0]
    return int(rest) if label.startswith(series) and rest.isdigit() else 0


def _between(before: str, series: str, used: Iterable[str]) -> str:
    """The next decimal after a label: 143 -> 143.1, 143.1 -> 143.2, or 143.1.1 where 143.2 is taken."""
    candidates: Iterator[str] = (f"{before}{'.0' * depth}.1" for depth in itertools.count())
    if "." in before.removeprefix(series):
        following = _LAST_NUMBER.sub(lambda number: str(int(number[0]) + 1), before)
        candidates = itertools.chain([following], candidates)
    return next(label for label in candidates if label not in used)
