"""Understands one row of a chronology made elsewhere: date, status, institutions and people as the case has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from workbench.domain.chronology_table import RawRow
from workbench.domain.date_phrases import DateReading, Known, day_first_example, open_question
from workbench.domain.dates import in_words, parse_edtf
from workbench.domain.event import Event, EventStatus
from workbench.domain.frame import Institution, Person, ScopeParagraph
from workbench.domain.ids import InstitutionId, PersonId, ScopeParagraphId
from workbench.domain.visible_text import visible
from workbench.domain.written_dates import read_written_date
from workbench.store.case_file import CaseFile

Identifier = TypeVar("Identifier", bound=str)
_STATUSES = {
    EventStatus.AGREED: (
        "agreed", "undisputed", "not disputed", "not in dispute", "accepted", "admitted", "common ground", "yes",
        "cytunwyd", "derbyniwyd",
    ),
    EventStatus.DISPUTED: (
        "disputed", "in dispute", "denied", "contested", "not agreed", "not accepted", "not admitted", "no",
        "anghydfod", "mewn anghydfod", "gwadwyd",
    ),
    EventStatus.INFERRED: ("inferred", "inference", "assumed", "deduced", "casglwyd", "casgliad"),
}  # fmt: skip
_STATUS_WORDS = {word: status for status, words in _STATUSES.items() for word in words}
_STATUS_AND_MORE = re.compile(r"([\w ]+?)\s*[:;,(–—-]\s*(.+)", re.DOTALL)
_QUOTES = "\"'“”‘’«»"
#: A longer text is no title: the first words stand for it, and the whole is kept in the note.
_LONGEST_TITLE = 1_000
_ALIKE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row as understood; see ``PreviewRow`` for what the fields mean."""

    where: str
    date_words: str
    on: str
    proposals: tuple[str, ...]
    title: str
    words: str
    source: str
    status: EventStatus
    dispute: str
    kind: str
    institutions: tuple[InstitutionId, ...]
    scope: tuple[ScopeParagraphId, ...]
    people: tuple[PersonId, ...]
    note: tuple[str, ...]
    questions: tuple[str, ...]
    remarks: tuple[str, ...]


class RowReader:
    """Made once for a file: knows the names of the case, and which way round the dates of each table stand."""

    def __init__(self, case: CaseFile, rows: Sequence[RawRow], *, is_day_first: bool, status: EventStatus) -> None:
        self._institutions: dict[str, InstitutionId] = {}
        for item in case.all(Institution):
            for name in (item.name, item.name_cy, *item.aliases):
                self._institutions.setdefault(_plain(name), item.id)
        self._people = {_plain(item.cipher): item.id for item in case.all(Person)}
        self._scope = {_plain(item.number): item.id for item in case.all(ScopeParagraph)}
        self._is_day_first, self._status = is_day_first, status
        columns: dict[str, list[str]] = {}
        for row in rows:
            columns.setdefault(row.table, []).append(row.text("date"))
        self._examples = {table: day_first_example(texts) for table, texts in columns.items()}
        self.notices: tuple[str, ...] = ()
        if not any(row.text("status") for row in rows):
            self.notices = (
                f"No column says whether the events are agreed: they are taken as “{status.value}”. Choose another "
                "status if that is not so.",
            )

    def read(self, raw: RawRow) -> ReadRow:
        """The row with its questions and remarks."""
        remarks, note, questions = list(raw.remarks), list[str](), list[str]()
        number = _line(raw.text("number"))
        date_words = _line(", ".join(filter(None, (raw.text("date"), raw.text("time")))))
        reading = self._date(raw)
        if not reading.on:
            questions.append(reading.reason)
        remarks += filter(None, (reading.remark, self._why_day_first(raw, reading)))
        if date_words and date_words != reading.on and _plain(date_words) != _plain(in_words(reading.on)):
            note.append(f"Date as written: “{date_words}”.")
        title = self._title(raw, note, remarks)
        if not title:
            questions.append("The row has no event; type what happened.")
        institutions = self._names(raw, "institution", self._institutions, remarks, note)
        people = self._names(raw, "people", self._people, remarks, note)
        scope = self._names(raw, "scope", self._scope, remarks, note)
        status, dispute = self._status_of(raw, remarks, note)
        note += [visible(text) for text in (raw.text("note"), raw.text("other"), *raw.notes) if text]
        source = visible("\n".join(filter(None, (raw.text("source"), *_cited(raw.notes)))))
        return ReadRow(
            where=f"{raw.table}, row {raw.number}" + (f", no. {number}" if number else ""),
            date_words=date_words,
            on=reading.on,
            proposals=reading.proposals,
            title=title,
            words=visible(raw.text("words")).strip(_QUOTES + " \n"),
            source=source,
            status=status,
            dispute=dispute,
            kind=_line(raw.text("kind")).casefold() or "other",
            institutions=institutions,
            scope=scope,
            people=people,
            note=tuple(note),
            questions=tuple(questions),
            remarks=tuple(visible(remark) for remark in remarks),
        )

    def _date(self, raw: RawRow) -> DateReading:
        known = self._known(raw)
        exact = read_written_date(raw.text("edtf"), known)
        if exact.on:
            return exact
        if not raw.text("date") and raw.above:
            above = read_written_date(raw.above, known)
            return open_question(
                f"No date is given; the last row with one has “{_line(raw.above)}”.",
                *filter(None, (above.on, *above.proposals)),
            )
        return read_written_date(raw.text("date"), known)

    def _known(self, raw: RawRow) -> Known:
        return Known(is_day_first=self._is_day_first or bool(self._examples[raw.table]), year=raw.under_year)

    def _why_day_first(self, raw: RawRow, reading: DateReading) -> str:
        """Said where the date could have been read the other way round."""
        example = self._examples[raw.table]
        if not reading.on or self._is_day_first or not example:
            return ""
        alone = read_written_date(raw.text("date"), Known(year=raw.under_year))
        return "" if alone.on else f"Read day first, as “{example}” in the same column shows."

    def _title(self, raw: RawRow, note: list[str], remarks: list[str]) -> str:
        title = _line(raw.text("event"))
        if len(title) <= _LONGEST_TITLE:
            return title
        note.append(visible(raw.text("event")))
        remarks.append(f"The text has {len(title):,} characters: its beginning is the title, the whole is in the note.")
        return f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"

    def _status_of(self, raw: RawRow, remarks: list[str], note: list[str]) -> tuple[EventStatus, str]:
        """The status, and the dispute where it stands behind it: ``Disputed: the firm says 2015``."""
        text, dispute = raw.text("status"), visible(raw.text("dispute"))
        known = _STATUS_WORDS.get(_plain(text))
        told = _STATUS_AND_MORE.fullmatch(text)
        if known is None and told is not None and _plain(told[1]) in _STATUS_WORDS:
            return _STATUS_WORDS[_plain(told[1])], "\n".join(filter(None, (visible(told[2]), dispute)))
        if text and known is None:
            remarks.append(f"The status “{_line(text)}” is not known; “{self._status.value}” is taken.")
            note.append(f"Status as written: “{_line(text)}”.")
        return known or self._status, dispute

    def _names(
        self, raw: RawRow, kind: str, known: dict[str, Identifier], remarks: list[str], note: list[str]
    ) -> tuple[Identifier, ...]:
        """What the cell names, of what the case has; the rest is told and kept."""
        found: dict[Identifier, None] = {}
        missing = []
        for part in re.split(r"[;\n]", raw.text(kind)):
            names = [part] if _plain(part) in known else part.split(",")
            for name in filter(None, map(_line, names)):
                identifier = known.get(_plain(name))
                if identifier is None:
                    missing.append(name)
                else:
                    found[identifier] = None
        if missing:
            named = ", ".join(f"“{name}”" for name in missing)
            remarks.append(f"Not in the case: {_SAID[kind]} {named}. It is kept in the note.")
            note.append(f"{_SAID[kind].capitalize()} as written: {named}.")
        return tuple(found)


_SAID = {"institution": "institution", "people": "person", "scope": "scope paragraph"}


def _cited(notes: Iterable[str]) -> Iterable[str]:
    """Footnotes hold sources; comments do not."""
    return (note for note in notes if not note.startswith("Comment: "))


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


class EventTwins:
    """Knows events by their date, to tell a row that is one of them, or the same as a row before."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._known: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for event in events:
            self._add(event.on_earliest, event.on_latest, event.title, f"the event “{event.title}”")

    def _add(self, earliest: str, latest: str, title: str, name: str) -> None:
        self._known.setdefault((earliest, latest), []).append((_plain(title), name))

    def twin_of(self, title: str, on: str, where: str) -> str:
        """A sentence naming the same event of the same date, "" for none; the row is known from now on."""
        if not on or not title:
            return ""
        date = parse_edtf(on)
        plain = _plain(title)
        twin = next(
            (name for known, name in self._known.get((date.earliest, date.latest), ()) if _alike(plain, known)), ""
        )
        if not twin:
            self._add(date.earliest, date.latest, title, where)
        return f"It looks like {twin}, of the same date." if twin else ""


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False  # “Report 1 issued” is not “Report 2 issued”
    if min(len(one), len(other)) < _ALIKE * max(len(one), len(other)) - 2:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
