"""Finds the columns of a chronology in a table that somebody made elsewhere, by their headings in English or Welsh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workbench.domain.date_phrases import Known
from workbench.domain.written_dates import read_written_date


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text; ``remarks`` tell what it was (a formula, a link), ``notes`` are its footnotes and comments."""

    text: str = ""
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """One table of a file: its rows with their numbers there; ``headings`` are rows that reach over all columns."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    headings: frozenset[int] = frozenset()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """What one row says, field by field, as written; ``under_year`` and ``above`` are what the rows before it say."""

    table: str
    number: int
    texts: dict[str, str]
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    under_year: str = ""
    above: str = ""

    def text(self, name: str) -> str:
        """What stands under a heading of this kind, "" for nothing."""
        return self.texts.get(name, "")


@dataclass(slots=True)
class Reading:
    """The rows of all tables, and a sentence about everything that is no row or was taken from elsewhere."""

    rows: list[RawRow] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


#: Kind of column -> headings, as they are compared: small letters, no punctuation.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "date": ("date", "dates", "when", "date of event", "day", "period", "dyddiad", "dyddiadau", "pryd"),
    "edtf": ("edtf", "date edtf"),
    "time": ("time", "amser"),
    "event": (
        "event", "events", "what happened", "description", "description of event", "details", "detail", "summary",
        "entry", "incident", "key event", "key events", "action", "matter", "chronology", "narrative", "digwyddiad",
        "digwyddiadau", "disgrifiad", "manylion", "crynodeb", "beth ddigwyddodd",
    ),
    "words": (
        "words", "in the witness's words", "witness's words", "quote", "quotation", "quoted words", "extract",
        "verbatim", "geiriau", "dyfyniad", "geiriau'r tyst",
    ),
    "source": (
        "source", "sources", "reference", "references", "ref", "refs", "document", "documents", "document reference",
        "doc", "doc ref", "urn", "evidence", "exhibit", "exhibit ref", "bundle", "bundle ref", "bundle reference",
        "bundle page", "footnote", "citation", "ffynhonnell", "ffynonellau", "cyfeirnod", "cyfeiriad", "dogfen",
        "tystiolaeth",
    ),
    "page": ("page", "pages", "page no", "page number", "p", "pp", "tudalen", "tudalennau"),
    "institution": (
        "institution", "institutions", "organisation", "organisations", "organization", "organizations", "body",
        "bodies", "agency", "agencies", "sefydliad", "sefydliadau", "corff", "cyrff",
    ),
    "people": ("people", "person", "persons", "cipher", "ciphers", "individual", "individuals", "pobl"),
    "scope": ("scope", "scope paragraph", "scope paragraphs", "paragraph of scope", "cwmpas"),
    "status": ("status", "agreed", "agreed disputed", "agreed or disputed", "statws"),
    "dispute": ("dispute", "disputed by", "in dispute", "position", "anghydfod"),
    "kind": ("kind", "type", "category", "event type", "math", "categori"),
    "note": ("note", "notes", "comment", "comments", "remarks", "observations", "nodyn", "nodiadau", "sylwadau"),
    "bound": ("earliest day", "latest day", "earliest", "latest"),
    "number": ("no", "nr", "number", "item", "row", "id", "rhif", "eitem", ""),
}  # fmt: skip
_KINDS = {heading: kind for kind, headings in _HEADINGS.items() for heading in headings}
#: A heading that is not in the list still counts by its first word: ``Date (approx.)``, ``Source document``.
_FIRST_WORDS = {
    word: kind for word, kind in _KINDS.items() if word and " " not in word and kind not in ("number", "bound")
}
_HEADED_WITHIN = 25
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_LEAST_SHARE = 0.7


def kind_of_heading(text: str) -> str:
    """``date``, ``event``, ``source`` ... for a heading; "" for one that is not known."""
    plain = " ".join(re.sub(r"[^\w' ]", " ", text.replace("’", "'").casefold()).split())
    return _KINDS.get(plain) or (_FIRST_WORDS.get(plain.split()[0], "") if plain else "")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns hold what, and the headings as written."""

    kinds: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def is_chronology(self) -> bool:
        return "date" in self.kinds and "event" in self.kinds


def read_tables(tables: Sequence[SourceTable]) -> Reading:
    """The rows of every table that is a chronology; those that are none are told of."""
    reading = Reading()
    known: _Columns | None = None
    for table in tables:
        columns, start = _find_columns(table, known)
        reading.notices += (f"{table.title}: {remark}" for remark in table.remarks)
        if columns is None:
            reading.notices.append(_no_chronology(table))
            continue
        if start == 0:
            reading.notices.append(_without_headings(table, columns))
        reading.notices += _above_headings(table, start)
        unknown = [h for h, kind in zip(columns.headings, columns.kinds, strict=True) if not kind and h]
        if unknown:
            named = ", ".join(f"“{heading}”" for heading in unknown)
            reading.notices.append(f"{table.title}: the columns {named} are not known; they are kept in the note.")
        if "bound" in columns.kinds:
            reading.notices.append(f"{table.title}: the earliest and latest days repeat the dates and are not kept.")
        _Body(table, columns, start, reading).read()
        known = columns
    return reading


def _no_chronology(table: SourceTable) -> str:
    head = next((row for row in table.rows if any(cell.text for cell in row)), ())
    found = ", ".join(f"“{cell.text[:40]}”" for cell in head if cell.text) or "nothing"
    return (
        f"{table.title} is no chronology: it needs a column for the date and one for the event; its first row has "
        f"{found}. It was not read."
    )


def _without_headings(table: SourceTable, columns: _Columns) -> str:
    kinds = ", ".join(kind or "note" for kind in columns.kinds)
    return f"{table.title} has no headings; its columns are taken as {kinds}."


def _above_headings(table: SourceTable, start: int) -> Iterator[str]:
    for row, number in zip(table.rows[: max(start - 1, 0)], table.numbers, strict=False):
        text = " ".join(" ".join(cell.text.split()) for cell in row if cell.text.strip())
        if text:
            yield f"{table.title}: row {number} stands above the headings and is no event: “{text}”."


def _find_columns(table: SourceTable, known: _Columns | None) -> tuple[_Columns | None, int]:
    """The columns and the first row below their headings; 0 when there are no headings."""
    for at, row in enumerate(table.rows[:_HEADED_WITHIN]):
        if at in table.headings:
            continue
        columns = _Columns(
            tuple(kind_of_heading(cell.text) for cell in row), tuple(" ".join(cell.text.split()) for cell in row)
        )
        if columns.is_chronology:
            return columns, at + 1
    width = max((len(row) for row in table.rows), default=0)
    if known is not None and len(known.kinds) == width and _dates_share(table, known.kinds.index("date")):
        return known, 0
    if width >= 2 and _dates_share(table, 0) >= _LEAST_SHARE:
        kinds = ("date", "event", "source", *[""] * (width - 3))[:width]
        return _Columns(kinds, ("",) * width), 0
    return None, 0


def _dates_share(table: SourceTable, column: int) -> float:
    """How many rows have a date in a column, of those that have anything."""
    texts = [row[column].text for at, row in enumerate(table.rows) if column < len(row) and at not in table.headings]
    filled = [text for text in texts if text.strip()]
    readings = [read_written_date(text, Known(is_day_first=True)) for text in filled]
    return sum(bool(reading.on or reading.proposals) for reading in readings) / max(len(filled), 1)


class _Body:
    """Reads the rows of one table below its headings."""

    def __init__(self, table: SourceTable, columns: _Columns, start: int, reading: Reading) -> None:
        self._table, self._columns, self._start, self._reading = table, columns, start, reading
        self._year = self._above = ""
        self._repeated = 0

    def read(self) -> None:
        for at, (row, number) in enumerate(zip(self._table.rows, self._table.numbers, strict=True)):
            if at < self._start or not any(cell.text.strip() for cell in row):
                continue
            if at in self._table.headings or self._is_heading(row):
                self._take_heading(row, number)
            elif self._repeats_headings(row):
                self._repeated += 1
            else:
                self._take(row, number)
        if self._repeated:
            self._reading.notices.append(
                f"{self._table.title}: {self._repeated} rows repeat the headings and are no events."
            )

    def _is_heading(self, row: Sequence[Cell]) -> bool:
        """A row with nothing but one text in front, where no event stands."""
        filled = [at for at, cell in enumerate(row) if cell.text.strip()]
        return len(row) > 1 and filled == [0] and self._columns.kinds[0] != "event"

    def _repeats_headings(self, row: Sequence[Cell]) -> bool:
        shown = tuple(" ".join(cell.text.split()) for cell in row)
        return bool(self._start) and shown == self._columns.headings

    def _take_heading(self, row: Sequence[Cell], number: int) -> None:
        text = next(" ".join(cell.text.split()) for cell in row if cell.text.strip())
        self._reading.notices.append(f"{self._table.title}: row {number} is a heading, no event: “{text}”.")
        years = set(_YEAR.findall(text))
        self._year = years.pop() if len(years) == 1 else ""
        self._above = ""

    def _take(self, row: Sequence[Cell], number: int) -> None:
        texts: dict[str, str] = {}
        for kind, text in self._fields(row):
            texts[kind] = f"{texts[kind]}\n{text}" if kind in texts else text
        if texts.get("page"):
            texts["source"] = _with_page(texts.get("source", ""), texts["page"])
        made = RawRow(
            table=self._table.title,
            number=number,
            texts=texts,
            remarks=tuple(remark for cell in row for remark in cell.remarks),
            notes=tuple(dict.fromkeys(note for cell in row for note in cell.notes)),
            under_year=self._year,
            above=self._above,
        )
        self._above = made.text("date") or self._above
        self._reading.rows.append(made)

    def _fields(self, row: Sequence[Cell]) -> Iterator[tuple[str, str]]:
        for at, cell in enumerate(row):
            text = cell.text.strip()
            kind = self._columns.kinds[at] if at < len(self._columns.kinds) else ""
            if not text:
                continue
            if kind:
                yield kind, text
            else:
                heading = self._columns.headings[at] if at < len(self._columns.headings) else ""
                yield "other", f"{heading}: {text}" if heading else text


def _with_page(source: str, page: str) -> str:
    if not source:
        return page
    is_number = re.fullmatch(r"\d[\d,\s–-]*", page)
    return f"{source} p {page}" if is_number and "\n" not in source else f"{source}\n{page}"
