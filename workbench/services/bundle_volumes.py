"""Writes the volumes of a bundle and proves each by reading it back; splits again where one came out too large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.bundle_expected import Expected, ExpectedRedaction
from workbench.domain.bundle_facts import BundleFacts
from workbench.domain.checks import Check, CheckReport
from workbench.domain.errors import CheckFailed, Refused
from workbench.domain.geometry import Box, turned_back
from workbench.domain.numbering import Late
from workbench.domain.page_map import BundlePlan, FrontCounts, MapRow, OtherVolume, PageMap, map_volumes
from workbench.domain.profile import Profile
from workbench.domain.progress import Ticket
from workbench.domain.redaction import PLAIN_LABEL
from workbench.exporters.bundle_pdf import BundleWriter, WrittenBundle
from workbench.services.bundle_planning import split_into_volumes
from workbench.services.bundle_sources import BundleSources
from workbench.services.checking import expected_from, report_on
from workbench.services.margin_references import ReferenceMarks, reference_marks
from workbench.services.reading_back import Reading, Sources, read_back
from workbench.store.case_file import CaseFile

#: Pages whose own drawing may have swallowed the stamp: they are wrapped and built once more.
_STAMP_RULES = frozenset({"B05", "B06", "B11"})
#: Pages that stand on their head or on their side: they are turned and the bundle is read again.
_TURN_RULES = frozenset({"B24", "B25"})
#: So many pages are named when a check fails.
_NAMED_PAGES = 10
_MOST_SPLITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One finished file: what it was planned to be, what was read back from it, and that it was proved."""

    plan: BundlePlan
    written: WrittenBundle
    expected: Expected
    facts: BundleFacts
    report: CheckReport

    @property
    def page_map(self) -> PageMap:
        return self.written.page_map


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeWriter:
    """Everything that the volumes of one bundle have in common."""

    case: CaseFile
    rules: Profile
    stem: str
    sources: BundleSources
    marks_references: bool = False
    most_pages: int = 0
    most_bytes: int = 0
    given: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    late: Late = Late.RENUMBER

    def write(self, plan: BundlePlan, ticket: Ticket) -> list[Volume]:
        """Every volume, each under the limits unless one document alone is over them."""
        sizes: dict[int, int] = {}
        with BundleWriter() as writer:
            for _ in range(_MOST_SPLITS):
                parts = split_into_volumes(
                    plan, writer.measure, most_pages=self.most_pages, most_bytes=self.most_bytes, sizes=sizes
                )
                volumes = self._written(writer, parts, ticket)
                too_large = [volume for volume in volumes if self._is_too_large(volume)]
                if not too_large:
                    return volumes
                for volume in too_large:
                    sizes |= _true_sizes(volume)
        raise Refused(
            f"The bundle “{plan.title}” does not come out in volumes under {self.most_bytes / 1e6:.0f} MB. "
            "Allow larger volumes, or take its largest documents out."
        )

    def _is_too_large(self, volume: Volume) -> bool:
        return bool(self.most_bytes and len(volume.written.content) > self.most_bytes and len(volume.plan.entries) > 1)

    def _written(self, writer: BundleWriter, parts: list[BundlePlan], ticket: Ticket) -> list[Volume]:
        placed = self._placed(writer, parts)
        rows = [row for _, page_map in placed for row in page_map.rows]
        return [
            self._proved(writer, part, page_map, self._marks(part, page_map, rows, ticket), ticket)
            for part, page_map in placed
        ]

    def _placed(self, writer: BundleWriter, parts: list[BundlePlan]) -> list[tuple[BundlePlan, PageMap]]:
        """Each volume with its page map and the lines about the others, which take the same room whatever they say."""
        blank = OtherVolume(number=0, first_label="", last_label="", filename="")
        if len(parts) > 1:
            parts = [replace(part, others=(blank,) * (len(parts) - 1)) for part in parts]
        counted: list[tuple[BundlePlan, FrontCounts]] = [(part, writer.measure(part)) for part in parts]
        maps = map_volumes(counted, self.rules.numbering, given=self.given, letters=self.letters)
        lines = [
            OtherVolume(
                number=part.volume,
                first_label=page_map.labels[0],
                last_label=page_map.labels[-1],
                filename=f"{self.stem_of(part)}.pdf",
            )
            for part, page_map in zip(parts, maps, strict=True)
        ]
        if len(parts) > 1:
            parts = [replace(p, others=tuple(line for line in lines if line.number != p.volume)) for p in parts]
        return list(zip(parts, maps, strict=True))

    def stem_of(self, part: BundlePlan) -> str:
        """The name of a volume's files, without ending."""
        return f"{self.stem} volume {part.volume}" if part.volume else self.stem

    def _marks(
        self, plan: BundlePlan, page_map: PageMap, rows: Sequence[MapRow], ticket: Ticket
    ) -> ReferenceMarks | None:
        """The margin links of a volume, when the bundle asks for them."""
        if not self.marks_references:
            return None
        return reference_marks(self.case, plan, page_map, ticket, rows=rows, burnt=self.sources.burnt_boxes)

    def _proved(
        self,
        writer: BundleWriter,
        plan: BundlePlan,
        page_map: PageMap,
        marks: ReferenceMarks | None,
        ticket: Ticket,
    ) -> Volume:
        """Write and check; once more with the pages wrapped whose stamp could not be read back."""
        written = writer.write(
            plan,
            page_map,
            wording=self.rules.wording,
            read=self.sources.read,
            ticket=ticket,
            marks=marks.pages if marks else None,
        )
        volume = self._read(plan, written, self._expected(plan, page_map, marks), marks, ticket)
        turns = {
            page - 1: volume.facts.pages[page - 1].turn
            for page in _pages(volume, _TURN_RULES)
            if _is_source(volume, page)
        }
        if turns:
            written = writer.turn(written, turns)
            marks = marks.without(turns, page_map) if marks else None
            expected = self._expected(plan, page_map, marks, turns)
            volume = self._read(plan, written, expected, marks, ticket, changed=frozenset(turns))
        stamps = {page - 1 for page in _pages(volume, _STAMP_RULES)}
        if stamps:
            written = writer.isolate(written, stamps)
            volume = self._read(plan, written, volume.expected, marks, ticket, frozenset(stamps), frozenset(turns))
        if volume.report.ok:
            return volume
        failed = "; ".join(_failure(check, page_map) for check in volume.report.failed if check.severity == "E")
        raise CheckFailed(
            f"The bundle “{plan.full_title}” was not handed over, because it failed its own checks: {failed}"
        )

    def _expected(
        self,
        plan: BundlePlan,
        page_map: PageMap,
        links: ReferenceMarks | None,
        turns: Mapping[int, int] | None = None,
    ) -> Expected:
        """The plan as the checks need it, with every mark that was burnt in and every margin link."""
        places = {(row.sha256, row.source_page_index): row.physical_index for row in page_map.rows if row.sha256}
        marks = self.sources.burnt_places(plan.entries)
        redactions = tuple(
            ExpectedRedaction(
                page_index=places[sha256, mark.page_index],
                place=self._place(box, sha256, mark.page_index, (turns or {}).get(places[sha256, mark.page_index], 0)),
                label=mark.label or PLAIN_LABEL,
                basis=" ".join(filter(None, [mark.reason, mark.basis])),
            )
            for sha256, mark in marks
            for box in mark.boxes
        )
        return replace(
            expected_from(plan, page_map),
            redactions=redactions if marks else None,
            margin_links=links.links if links else None,
            references_not_found=links.not_found if links else (),
        )

    def _place(self, box: Box, sha256: str, page_index: int, degrees: int) -> tuple[float, float, float, float]:
        """Where a mark stands on its page as displayed, after the page was turned back by so many degrees."""
        if not degrees:
            return (box.x0, box.y0, box.x1, box.y1)
        page = self.case.page(sha256, page_index)
        turned = turned_back(box, degrees, page.width_pt, page.height_pt)
        return (turned.x0, turned.y0, turned.x1, turned.y1)

    def _read(
        self,
        plan: BundlePlan,
        written: WrittenBundle,
        expected: Expected,
        marks: ReferenceMarks | None,
        ticket: Ticket,
        touched: frozenset[int] = frozenset(),
        changed: frozenset[int] = frozenset(),
    ) -> Volume:
        drawn = marks.drawn if marks else {}
        sources = Sources(
            read=self.sources.by_sha256,
            page_map=written.page_map,
            touched=touched | drawn.keys(),
            left_out=written.redrawn | changed,
            drawn=drawn,
        )
        name = f"{self.stem_of(plan)}.pdf"
        reading = Reading(texts=True, pictures=True, sources=sources, filename=name)
        facts = read_back(written.content, expected, reading, ticket)
        report = report_on(facts, name, self.rules_for(plan), expected)
        return Volume(plan=plan, written=written, expected=expected, facts=facts, report=report)

    def rules_for(self, plan: BundlePlan) -> Profile:
        """The profile's rules; numbers that run on through volumes, or between others, are not those of the file."""
        if plan.volume > 1 or self.late is Late.DECIMAL:
            return replace(self.rules, requires_plain_numbers=False)
        return self.rules


def _pages(volume: Volume, rules: frozenset[str]) -> set[int]:
    """The pages (from 1) that failed one of these rules."""
    return {page for check in volume.report.failed if check.id in rules for page in check.pages}


def _is_source(volume: Volume, page: int) -> bool:
    return bool(volume.page_map.rows[page - 1].sha256) and volume.facts.pages[page - 1].turn > 0


def _true_sizes(volume: Volume) -> dict[int, int]:
    """Bytes by entry, so that together they make up what the file came to."""
    total = sum(entry.bytes for entry in volume.plan.entries) or 1
    growth = max(len(volume.written.content) / total, 1.0) * 1.02
    return {entry.number: round(entry.bytes * growth) + 1 for entry in volume.plan.entries}


def _failure(check: Check, page_map: PageMap) -> str:
    """``B05 no number on these pages: page 9 (INQ000004 page 2)``; the documents are where help is needed."""
    rows = [page_map.rows[page - 1] for page in check.pages[:_NAMED_PAGES] if 0 < page <= len(page_map.rows)]
    places = [f"page {row.label}" + (f" ({row.urn} page {row.source_page_number})" if row.urn else "") for row in rows]
    more = len(check.pages) - len(places)
    return f"{check.id} {check.detail}: {', '.join(places)}{f' and {more} more' if more > 0 else ''}"
