"""The page map: the one table from which stamp, label, bookmark, index row, link and citation are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.domain.numbering import Numbered, Numbering, Scheme, kept_labels, section_letters

#: The section that documents stand in which came after numbers were given.
LATE_SECTION = "Late documents"


class PageKind(StrEnum):
    """What a page of a bundle is."""

    COVER = "cover"
    INDEX = "index"
    DIVIDER = "divider"
    LATE_INDEX = "late index"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEntry:
    """One row of the index: a document, or some of its pages (indices from 0).

    ``letters`` counts what the case reads on each of these pages, so that a check can see a page come out empty.
    ``elsewhere`` says where the same pages stand in the main bundle; ``is_redacted`` that marks are burnt in;
    ``not_typed`` names pages that a person looked at and found without typed text.
    """

    number: int
    section: str
    title: str
    on: str
    urn: str
    sha256: str
    source_page_count: int
    page_indices: tuple[int, ...]
    letters: tuple[int, ...] = ()
    elsewhere: str = ""
    is_redacted: bool = False
    is_late: bool = False
    bytes: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVolume:
    """Another volume of the same bundle, as the index of one volume names it."""

    number: int
    first_label: str
    last_label: str
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """A bundle, or one volume of it, before it is built; entries in order, those of one section together.

    ``volume`` is 0 for a bundle in one volume. ``front_index_pages`` is how many pages the index at the front may
    take, 0 for as many as it needs; what does not fit stands before the late documents.
    """

    title: str
    subtitle: str
    profile: str
    sections: tuple[str, ...]
    entries: tuple[PlannedEntry, ...]
    built_on: str
    audience: str = "team"
    kind: str = "hearing"
    has_dividers: bool = False
    volume: int = 0
    volumes: int = 1
    front_index_pages: int = 0
    others: tuple[OtherVolume, ...] = ()

    @property
    def document_pages(self) -> int:
        return sum(len(entry.page_indices) for entry in self.entries)

    @property
    def full_title(self) -> str:
        """The title with the volume behind it."""
        return f"{self.title}, volume {self.volume} of {self.volumes}" if self.volume else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontCounts:
    """How many pages the index takes at the front, and before the late documents."""

    index_pages: int
    late_index_pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One page of the bundle: where it stands, what it is called, and which page of which source it shows.

    ``physical_index`` counts within the volume's file. ``key`` is the same for the same page in every build.
    """

    physical_index: int
    label: str
    kind: PageKind
    section: str = ""
    entry: int = 0
    urn: str = ""
    title: str = ""
    sha256: str = ""
    source_page_index: int = -1
    volume: int = 1
    key: str = ""

    @property
    def source_page_number(self) -> int:
        """From 1; 0 for pages that come from no source."""
        return self.source_page_index + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMap:
    """All pages of one file, in order."""

    rows: tuple[MapRow, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(row.label for row in self.rows)

    def first_of(self, entry: int) -> MapRow:
        """The first page of an entry, by its number in the index."""
        return next(row for row in self.rows if row.entry == entry and row.kind is PageKind.DOCUMENT)

    def firsts(self) -> dict[int, MapRow]:
        """The first page of every entry, by its number in the index; one pass for all."""
        found: dict[int, MapRow] = {}
        for row in self.rows:
            if row.kind is PageKind.DOCUMENT:
                found.setdefault(row.entry, row)
        return found

    def index_pages(self) -> tuple[MapRow, ...]:
        """The pages that the index stands on."""
        return tuple(row for row in self.rows if row.kind in (PageKind.INDEX, PageKind.LATE_INDEX))

    def opening_of(self, section: str) -> MapRow:
        """Where a section begins: its divider, else its first page."""
        return next(row for row in self.rows if row.section == section)


def page_rows(plan: BundlePlan, counts: FrontCounts) -> list[MapRow]:
    """The pages of one file in order, without labels and keys: cover, index, sections with their documents."""
    kinds: list[tuple[PageKind, str, PlannedEntry | None, int]] = [(PageKind.COVER, "", None, -1)]
    kinds += [(PageKind.INDEX, "", None, -1)] * counts.index_pages
    section, has_late_index = "", counts.late_index_pages == 0
    for entry in plan.entries:
        if entry.is_late and not has_late_index:
            kinds += [(PageKind.LATE_INDEX, entry.section, None, -1)] * counts.late_index_pages
            has_late_index = True
        if entry.section != section:
            section = entry.section
            if plan.has_dividers:
                kinds.append((PageKind.DIVIDER, section, None, -1))
        kinds += [(PageKind.DOCUMENT, section, entry, index) for index in entry.page_indices]
    return [
        MapRow(
            physical_index=at,
            label="",
            kind=kind,
            section=section,
            entry=entry.number if entry else 0,
            urn=entry.urn if entry else "",
            title=entry.title if entry else "",
            sha256=entry.sha256 if entry else "",
            source_page_index=index,
            volume=max(plan.volume, 1),
        )
        for at, (kind, section, entry, index) in enumerate(kinds)
    ]


def map_pages(
    plan: BundlePlan,
    counts: FrontCounts,
    rule: Numbering,
    *,
    given: Mapping[str, str] | None = None,
    letters: Mapping[str, str] | None = None,
) -> PageMap:
    """The page map of a bundle in one file."""
    return map_volumes([(plan, counts)], rule, given=given, letters=letters)[0]


def map_volumes(
    volumes: Sequence[tuple[BundlePlan, FrontCounts]],
    rule: Numbering,
    *,
    given: Mapping[str, str] | None = None,
    letters: Mapping[str, str] | None = None,
) -> list[PageMap]:
    """The page maps of all volumes, numbered in one go.

    ``given`` holds labels that must stay (page key -> label), ``letters`` the letters that sections ask for.
    """
    rows = [row for plan, counts in volumes for row in page_rows(plan, counts)]
    keys = _keys(rows)
    given = given or {}
    asked = section_letters(
        list(dict.fromkeys(row.section for row in rows if row.section)),
        letters or {},
        _letters_given(rows, keys, given, rule.prefix) if rule.scheme is Scheme.LETTERS else {},
    )
    pages = [Numbered(key, row.section) for key, row in zip(keys, rows, strict=True)]
    labels = kept_labels(pages, rule, asked, given)
    labelled = [replace(row, label=label, key=key) for row, label, key in zip(rows, labels, keys, strict=True)]
    return [PageMap(rows=tuple(row for row in labelled if row.volume == max(plan.volume, 1))) for plan, _ in volumes]


def _keys(rows: Sequence[MapRow]) -> list[str]:
    """What a page is, whatever its place: kind and count, or source page and how often it came before."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        if row.kind is PageKind.DOCUMENT:
            stem = f"{row.sha256}:{row.source_page_index}"
        else:
            stem = f"{row.kind.value}:{row.section}"
        seen[stem] += 1
        keys.append(f"{stem}:{seen[stem]}")
    return keys


def _letters_given(
    rows: Sequence[MapRow], keys: Sequence[str], given: Mapping[str, str], prefix: str
) -> dict[str, str]:
    """The letter that each section already has: the one of most of its pages, as documents may have changed sections.

    No letter goes to two sections.
    """
    votes = Counter(
        (row.section, given[key].removeprefix(prefix).rstrip("0123456789."))
        for row, key in zip(rows, keys, strict=True)
        if row.section and key in given
    )
    found: dict[str, str] = {}
    for (section, letter), _ in votes.most_common():
        if section not in found and letter not in found.values():
            found[section] = letter
    return found


def label_ranges(labels: Sequence[str]) -> list[tuple[int, str, int]]:
    """(first physical index, prefix, number) of every run of labels that counts up by one behind one prefix."""
    runs: list[tuple[int, str, int]] = []
    expected = ""
    for index, label in enumerate(labels):
        digits = len(label) - len(label.rstrip("0123456789"))
        prefix, number = label[: len(label) - digits], int(label[len(label) - digits :]) if digits else 0
        if label != expected or not runs:
            runs.append((index, prefix, number))
        expected = f"{prefix}{number + 1}"
    return runs
