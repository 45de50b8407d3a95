"""Numbers the parts, paragraphs, tables and footnotes of a report once, so that every format agrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from workbench.domain.report import (
    Block,
    Cell,
    Column,
    CrossReference,
    Footnote,
    Heading,
    Labels,
    Link,
    ListItem,
    Note,
    Paragraph,
    Part,
    Quote,
    Report,
    Run,
    Table,
    Target,
    Text,
)
from workbench.domain.report_text import clean_text

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_NOTES = 200
#: What always has an anchor.
_NAMED = frozenset({"part", "annex", "none", "heading", "paragraph"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of a report that others lead to: what it is, its number and its words."""

    anchor: str
    kind: str
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report with clean words and all its numbers, its places by anchor, and what was changed or is wrong in it."""

    report: Report
    places: dict[str, Place]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Counters:
    """How far the numbering of a part has come."""

    part: str
    paragraph: Iterator[int] = field(default_factory=lambda: count(1))
    letter: int = 0
    roman: int = 0
    items: list[int] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """``3A`` in a part, ``C(i)`` in an annex, whose own number is a letter already."""
        if self.part.isalpha():
            return f"{self.part}({roman(self.letter)})" if self.letter else self.part
        return f"{self.part}{letters(self.letter)}" if self.letter else self.part

    @property
    def lower_heading(self) -> str:
        """``3A(i)`` in a part, ``C(i)(a)`` in an annex."""
        number = letters(self.roman).lower() if self.part.isalpha() else roman(self.roman)
        return f"{self.heading}({number})"


class _Numbering:
    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.notes: dict[str, int] = {}
        self._parts, self._annexes, self._tables, self._footnotes = count(1), count(1), count(1), count(1)

    def clean(self, text: str) -> str:
        cleaned, notes = clean_text(text)
        for note in notes:
            self.note(note)
        return cleaned

    def note(self, sentence: str) -> None:
        self.notes[sentence] = self.notes.get(sentence, 0) + 1

    def _place(self, anchor: str, kind: str, number: str, title: str) -> str:
        """The anchor of a place. What has none is called after its number, so that it can be cited by a link."""
        anchor = clean_text(anchor)[0]
        if anchor in self.places:
            self.note(f"Two places of the report are called “{anchor}”; references lead to the first.")
            anchor = ""
        if not anchor and kind in _NAMED:
            anchor = f"{kind}-{number}" if number else ""
            if not anchor or anchor in self.places:
                anchor = next(name for n in count(len(self.places) + 1) if (name := f"place-{n}") not in self.places)
        if anchor:
            self.places[anchor] = Place(anchor=anchor, kind=kind, number=number, title=title)
        return anchor

    def part(self, part: Part) -> Part:
        number = ""
        if part.numbering == "part":
            number = str(next(self._parts))
        elif part.numbering == "annex":
            number = letters(next(self._annexes))
        title = self.clean(part.title)
        anchor = self._place(part.anchor, part.numbering, number, title)
        counters = _Counters(number)
        blocks = tuple(self._block(block, counters) for block in part.blocks)
        return replace(part, number=number, title=title, anchor=anchor, blocks=blocks)

    def _block(self, block: Block, counters: _Counters) -> Block:
        if not isinstance(block, ListItem):
            counters.items.clear()
        match block:
            case Heading():
                return self._heading(block, counters)
            case Paragraph():
                number = f"{counters.part}.{next(counters.paragraph)}" if block.is_numbered else ""
                number = number.removeprefix(".")
                anchor = self._place(block.anchor, "paragraph" if number else "text", number, "")
                return replace(block, number=number, anchor=anchor, runs=self._runs(block.runs))
            case Quote():
                return replace(block, runs=self._runs(block.runs), source=self._runs(block.source))
            case ListItem():
                return self._item(block, counters)
            case Table():
                return self._table(block)
            case Note():
                paragraphs = tuple(self._runs(runs) for runs in block.paragraphs)
                return replace(block, title=self.clean(block.title), paragraphs=paragraphs)
            case _:
                return block

    def _heading(self, block: Heading, counters: _Counters) -> Heading:
        number = ""
        if block.level > 3 or not counters.part:
            pass  # so deep, or in a part without a number, no heading is counted
        elif block.is_numbered and block.level <= 2:
            counters.letter, counters.roman = counters.letter + 1, 0
            number = counters.heading
        elif block.is_numbered:
            counters.roman += 1
            number = counters.lower_heading
        text = self.clean(block.text)
        anchor = self._place(block.anchor, "heading", number, text)
        return replace(block, number=number, text=text, anchor=anchor, level=min(max(block.level, 2), 4))

    def _item(self, block: ListItem, counters: _Counters) -> ListItem:
        level = min(max(block.level, 0), 2)
        del counters.items[level + 1 :]
        counters.items += [0] * (level + 1 - len(counters.items))
        counters.items[level] += block.is_ordered
        number = list_number(counters.items[level], level) if block.is_ordered else ""
        anchor = self._place(block.anchor, "item", number, "")
        return replace(block, number=number, level=level, anchor=anchor, runs=self._runs(block.runs))

    def _table(self, block: Table) -> Table:
        number = f"{next(self._tables)}" if block.caption else ""
        given = block.columns or (Column(title=""),) * max((len(row) for row in block.rows), default=1)
        columns = tuple(replace(column, title=self.clean(column.title)) for column in given)
        caption = self.clean(block.caption)
        anchor = self._place(block.anchor, "table", number, caption)
        rows = tuple(self._row(row, len(columns)) for row in block.rows)
        return replace(block, number=number, anchor=anchor, columns=columns, caption=caption, rows=rows)

    def _row(self, row: tuple[Cell, ...], wanted: int) -> tuple[Cell, ...]:
        if len(row) > wanted:
            self.note("A row of a table has more fields than the table has columns; the last column holds the rest.")
            rest = tuple(run for field in row[wanted:] for run in (Text(text="\n"), *field.runs))
            row = (*row[: wanted - 1], replace(row[wanted - 1], runs=row[wanted - 1].runs + rest))
        filled = (*row, *(Cell() for _ in range(wanted - len(row))))
        return tuple(replace(field, runs=self._runs(field.runs)) for field in filled)

    def _runs(self, runs: Iterable[Run]) -> tuple[Run, ...]:
        return tuple(self._run(run) for run in runs)

    def _run(self, run: Run) -> Run:
        if isinstance(run, Footnote):
            number = next(self._footnotes)
            inner = [self._run(item) for item in run.runs]
            return replace(run, number=number, runs=tuple(item for item in inner if not isinstance(item, Footnote)))
        if isinstance(run, CrossReference):
            return replace(run, anchor=clean_text(run.anchor)[0], wording=self.clean(run.wording))
        if isinstance(run, Link):
            target = self._target(run.target) if run.target else None
            # A link without words could not be seen: it is called after where it leads.
            text = self.clean(run.text)
            text = text if text.strip() or target is None else target.place
            return replace(run, text=text, anchor=clean_text(run.anchor)[0], target=target)
        return replace(run, text=self.clean(run.text))

    def _target(self, target: Target) -> Target:
        return replace(
            target,
            urn=self.clean(target.urn),
            quote=self.clean(target.quote),
            bundle_label=self.clean(target.bundle_label),
            file=self.clean(target.file),
            destination=self.clean(target.destination),
        )


class _Filling:
    """Writes the numbers of places into the references that lead to them."""

    def __init__(self, numbering: _Numbering) -> None:
        self._numbering = numbering

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph() | ListItem():
                return replace(block, runs=self._runs(block.runs))
            case Quote():
                return replace(block, runs=self._runs(block.runs), source=self._runs(block.source))
            case Table():
                rows = tuple(tuple(replace(field, runs=self._runs(field.runs)) for field in row) for row in block.rows)
                return replace(block, rows=rows)
            case Note():
                return replace(block, paragraphs=tuple(self._runs(runs) for runs in block.paragraphs))
            case _:
                return block

    def _runs(self, runs: Iterable[Run]) -> tuple[Run, ...]:
        return tuple(self._run(run) for run in runs)

    def _run(self, run: Run) -> Run:
        match run:
            case Footnote():
                inner = [self._run(item) for item in run.runs]
                return replace(run, runs=tuple(item for item in inner if not isinstance(item, Footnote)))
            case CrossReference():
                place = self._numbering.places.get(run.anchor)
                if place is None:
                    self._numbering.note(f"A reference leads to “{run.anchor}”, which the report does not hold.")
                    return replace(run, number="[not in this report]", title="[not in this report]")
                if not (place.number or place.title):
                    self._numbering.note(f"A reference leads to “{run.anchor}”, which bears no number.")
                return replace(run, number=place.number or place.title or "[without a number]", title=place.title)
            case Link(anchor=anchor) if anchor and anchor not in self._numbering.places:
                self._numbering.note(f"A link leads to “{anchor}”, which the report does not hold.")
                return replace(run, anchor="")
            case _:
                return run


def prepared(report: Report) -> Prepared:
    """The report as every writer takes it: clean, numbered, its references filled in."""
    numbering = _Numbering()
    parts = tuple(numbering.part(part) for part in report.parts)
    filling = _Filling(numbering)
    parts = tuple(replace(part, blocks=tuple(filling.block(block) for block in part.blocks)) for part in parts)
    clean = numbering.clean
    made = replace(
        report,
        title=clean(report.title),
        subtitle=clean(report.subtitle),
        marking=clean(report.marking),
        details=tuple((clean(name), clean(value)) for name, value in report.details),
        parts=parts,
    )
    told = [note if times == 1 else f"{note} ({times} places)" for note, times in numbering.notes.items()]
    left = len(told) - _MOST_NOTES
    notes = (*told[:_MOST_NOTES], *([f"And {left} more of this kind."] if left > 0 else []))
    return Prepared(report=made, places=numbering.places, notes=notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """A line of the table of contents; ``paragraphs`` are those below it, such as ``3.1–3.12``."""

    level: int
    text: str
    anchor: str
    paragraphs: str = ""


def contents_of(report: Report) -> list[ContentsLine]:
    """The table of contents of a prepared report, as deep as it asks for."""
    lines: list[ContentsLine] = []
    for part in report.parts if report.contents_depth else ():
        lines.append(_line(1, part_title(part, report.labels), part.anchor, part.blocks))
        for place, block in enumerate(part.blocks):
            if isinstance(block, Heading) and block.level <= report.contents_depth:
                text = f"{block.number} {block.text}".lstrip()
                lines.append(_line(block.level, text, block.anchor, _below(part.blocks, place)))
    return lines


def _below(blocks: tuple[Block, ...], place: int) -> Iterator[Block]:
    """What stands under a heading, as far as the next of its level."""
    heading = blocks[place]
    for block in blocks[place + 1 :]:
        if isinstance(heading, Heading) and isinstance(block, Heading) and block.level <= heading.level:
            return
        yield block


def _line(level: int, text: str, anchor: str, below: Iterable[Block]) -> ContentsLine:
    numbers = [block.number for block in below if isinstance(block, Paragraph) and block.number]
    paragraphs = "–".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else ""
    return ContentsLine(level=level, text=text, anchor=anchor, paragraphs=paragraphs)


def part_title(part: Part, labels: Labels) -> str:
    """``Part 3: Chronology``, ``Annex B: Requests`` or the bare title."""
    word = {"part": labels.part, "annex": labels.annex}.get(part.numbering, "")
    return f"{word} {part.number}: {part.title}" if word else part.title


def letters(number: int) -> str:
    """A, B … Z, then AA, BB … as word processors count."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """i, ii, iii, iv … in small letters."""
    told = ""
    for value, sign in _ROMAN:
        told += sign * (number // value)
        number %= value
    return told


def list_number(number: int, level: int) -> str:
    """How an ordered item is numbered at a level: (a), then (i), then 1."""
    if level == 0:
        return f"({letters(number).lower()})"
    return f"({roman(number)})" if level == 1 else f"{number}."
