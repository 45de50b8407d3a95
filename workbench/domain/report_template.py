"""Templates of reports: the parts in their order, their headings and fixed words, and what each of them shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal

from workbench.domain.errors import Refused

Numbering = Literal["part", "annex", "none"]
_HEAD = ("id", "title", "version", "date", "source", "language", "heading", "subtitle", "draft", "marking", "part")
_PART = ("heading", "level", "text", "shows", "empty", "after", "for", "numbering")
_NUMBERINGS: tuple[Numbering, ...] = ("part", "annex", "none")
_TEXT = ("text", "when", "unless")
_LANGUAGES = ("en",)
_LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Fixed words with ``{fields}`` in them; printed only ``when`` there is some of a thing, or ``unless`` there is."""

    text: str
    when: str = ""
    unless: str = ""

    def are_said(self, counts: Mapping[str, int]) -> bool:
        """Whether these words are printed, by how many there are of each thing."""
        return bool(not self.when or counts[self.when]) and not (self.unless and counts[self.unless])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: heading, words before and after, what it shows, and what it says when there is nothing to show.

    A part of level 1 is numbered as a part, an annex or not at all; those of level 2 and 3 are headings within it.
    ``audiences`` are those it is printed for, all when there are none.
    """

    heading: str
    level: int = 1
    numbering: Numbering = "part"
    text: tuple[Words, ...] = ()
    shows: tuple[str, ...] = ()
    empty: str = ""
    after: tuple[Words, ...] = ()
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTemplate:
    """A template as read; ``marking`` are the words on every page for an audience, ``draft`` what a draft is called."""

    id: str
    title: str
    version: str
    date: str
    source: str
    language: str
    heading: str
    subtitle: str
    draft: str
    marking: Mapping[str, str]
    parts: tuple[Part, ...]
    sha256: str

    @property
    def name(self) -> str:
        """Title, version and date, as a report says what it was made from."""
        return f"{self.title}, version {self.version} of {self.date}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a template may name: fields, things that are counted, what parts can show, and audiences."""

    fields: Collection[str]
    counts: Collection[str]
    shows: Collection[str]
    audiences: Collection[str]


def template_from(name: str, described: Mapping[str, Any], sha256: str, known: Known) -> ReportTemplate:
    """The template as described in its file; raises ``Refused`` with one sentence for the first thing that is wrong."""
    read = _Reader(name, known)
    read.only(described, _HEAD, "at the top")
    language = read.text(described, "language", "at the top", "en")
    if language not in _LANGUAGES:
        raise read.refused(f"is written in “{language}”; the program has words for: {', '.join(_LANGUAGES)}")
    marking = described.get("marking", {})
    if not isinstance(marking, dict):
        raise read.refused("has a “marking” that is no table of audiences")
    for audience in marking:
        read.one_of(audience, known.audiences, "audience", "under “marking”")
    parts = described.get("part", [])
    if not isinstance(parts, list) or not parts:
        raise read.refused("has no parts. Begin each part with [[part]]")
    return ReportTemplate(
        id=read.text(described, "id", "at the top"),
        title=read.text(described, "title", "at the top"),
        version=read.text(described, "version", "at the top"),
        date=read.text(described, "date", "at the top"),
        source=read.text(described, "source", "at the top"),
        language=language,
        heading=read.worded(read.text(described, "heading", "at the top"), "at the top"),
        subtitle=read.worded(read.text(described, "subtitle", "at the top", ""), "at the top"),
        draft=read.text(described, "draft", "at the top", "Draft"),
        marking={audience: read.text(marking, audience, "under “marking”") for audience in marking},
        parts=tuple(read.part(part, number) for number, part in enumerate(parts, 1)),
        sha256=sha256,
    )


class _Reader:
    """Reads the values of one template and says in one sentence what is wrong with one."""

    def __init__(self, name: str, known: Known) -> None:
        self._name, self._known = name, known

    def refused(self, what: str) -> Refused:
        """The sentence: the template, what is wrong, what to do."""
        return Refused(f"The report template “{self._name}” {what}.")

    def only(self, table: Mapping[str, Any], names: Collection[str], where: str) -> None:
        for name in table:
            self.one_of(name, names, "field", where)

    def one_of(self, name: object, names: Collection[object], what: str, where: str) -> None:
        """Raise ``Refused`` unless the name is among those known."""
        if name not in names:
            raise self.refused(
                f"names the {what} “{name}” {where}, which is not known. Known: {', '.join(map(str, names))}"
            )

    def text(self, table: Mapping[str, Any], name: str, where: str, otherwise: str | None = None) -> str:
        value = table.get(name, otherwise)
        if value is None or (otherwise is None and value == ""):
            raise self.refused(f"lacks its “{name}” {where}")
        if not isinstance(value, str):
            raise self.refused(f"has a “{name}” {where} that is no text")
        return value

    def texts(self, table: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        value = table.get(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise self.refused(f"has a “{name}” {where} that is no list of texts")
        return tuple(listed)

    def worded(self, text: str, where: str) -> str:
        """The words, every field in them known."""
        try:
            found = [(name, spec, how) for _, name, spec, how in Formatter().parse(text) if name is not None]
        except ValueError:
            raise self.refused(f"has a brace {where} that is not closed. Write {{{{ and }}}} for braces") from None
        for name, spec, how in found:
            self.one_of(
                f"{name}{f'!{how}' if how else ''}{f':{spec}' if spec else ''}", self._known.fields, "field", where
            )
        return text

    def part(self, table: object, number: int) -> Part:
        """One part with everything in it known."""
        where = f"in part {number}"
        if not isinstance(table, dict):
            raise self.refused(f"has a part {number} that is no table")
        where += f" (“{table['heading']}”)" if isinstance(table.get("heading"), str) else ""
        self.only(table, _PART, where)
        level = table.get("level", 1)
        self.one_of(level, _LEVELS, "level", where)
        numbering = next((item for item in _NUMBERINGS if item == table.get("numbering", "part")), None)
        if numbering is None:
            raise self.refused(f"numbers {where} as “{table['numbering']}”. Choose one of: {', '.join(_NUMBERINGS)}")
        if number == 1 and level != 1:
            raise self.refused("begins with a heading below a part. Give its first part the level 1")
        shows, audiences = self.texts(table, "shows", where), self.texts(table, "for", where)
        for name in shows:
            self.one_of(name, self._known.shows, "content", where)
        for name in audiences:
            self.one_of(name, self._known.audiences, "audience", where)
        return Part(
            heading=self.worded(self.text(table, "heading", where), where),
            level=level,
            numbering=numbering,
            text=self._words(table, "text", where),
            shows=shows,
            empty=self.worded(self.text(table, "empty", where, ""), where),
            after=self._words(table, "after", where),
            audiences=audiences,
        )

    def _words(self, table: Mapping[str, Any], name: str, where: str) -> tuple[Words, ...]:
        listed = table.get(name, [])
        listed = listed if isinstance(listed, list) else [listed]
        return tuple(self._said(item, where) for item in listed)

    def _said(self, item: object, where: str) -> Words:
        if isinstance(item, str):
            return Words(text=self.worded(item, where))
        if not isinstance(item, dict):
            raise self.refused(f"has words {where} that are no text")
        self.only(item, _TEXT, where)
        for name in ("when", "unless"):
            if item.get(name):
                self.one_of(item[name], self._known.counts, "count", where)
        text = self.worded(self.text(item, "text", where), where)
        return Words(text=text, when=item.get("when", ""), unless=item.get("unless", ""))


def filled(text: str, fields: Mapping[str, str]) -> str:
    """The words with their fields put in; a field's own braces stay as they are."""
    return "".join(literal + ("" if name is None else fields[name]) for literal, name, _, _ in Formatter().parse(text))
