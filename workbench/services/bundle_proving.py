"""Proves one written volume: mends what a first look shows, then reads the finished file back against its plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from workbench.domain.bundle_expected import Expected, ExpectedRedaction
from workbench.domain.bundle_facts import BundleFacts, Glance
from workbench.domain.bundle_rules_pages import is_turned
from workbench.domain.checks import Check, CheckReport
from workbench.domain.errors import CheckFailed
from workbench.domain.geometry import turned_back
from workbench.domain.page_map import BundlePlan, PageMap
from workbench.domain.profile import Profile
from workbench.domain.progress import Ticket
from workbench.domain.redaction import PLAIN_LABEL
from workbench.exporters.bundle_pdf import BundleWriter, WrittenBundle
from workbench.services.bundle_sources import BundleSources
from workbench.services.checking import expected_from, report_on
from workbench.services.margin_references import ReferenceMarks
from workbench.services.reading_back import BackReader, Reading, Sources
from workbench.store.case_file import CaseFile

#: So many pages are named when a check fails.
_NAMED_PAGES = 10
#: What is read of every page.
_READING = Reading(texts=True, pictures=True)


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
class Prover:
    """What every volume of a bundle is proved with."""

    case: CaseFile
    rules: Profile
    sources: BundleSources

    def prove(
        self,
        writer: BundleWriter,
        written: WrittenBundle,
        plan: BundlePlan,
        marks: ReferenceMarks | None,
        name: str,
        ticket: Ticket,
    ) -> Volume:
        """The volume, proved on its final bytes; raises ``CheckFailed`` naming rules, pages and documents."""
        page_map = written.page_map
        with BackReader() as reader:
            reader.open(written.content)
            written, turns, touched = _mended(writer, written, reader, ticket)
            marks = marks.without(turns, page_map) if marks else None
            expected = self._expected(plan, written, marks, turns)
            drawn = marks.drawn if marks else {}
            sources = Sources(
                read=self.sources.by_sha256,
                page_map=page_map,
                touched=touched | drawn.keys(),
                left_out=written.redrawn | turns.keys(),
                drawn=drawn,
            )
            reading = replace(_READING, sources=sources, filename=name)
            facts = reader.read(expected, reading, ticket)
        report = report_on(facts, name, self.rules, expected)
        if report.ok:
            return Volume(plan=plan, written=written, expected=expected, facts=facts, report=report)
        failed = "; ".join(_failure(check, page_map) for check in report.failed if check.severity == "E")
        raise CheckFailed(
            f"The bundle “{plan.full_title}” was not handed over, because it failed its own checks: {failed}"
        )

    def _expected(
        self, plan: BundlePlan, written: WrittenBundle, links: ReferenceMarks | None, turns: Mapping[int, int]
    ) -> Expected:
        """The plan as the checks need it, with every mark that was burnt in and every margin link."""
        marks = tuple(self._marks(plan, written.page_map, turns))
        expected = expected_from(plan, written.page_map)
        brought = [written.own_bookmarks.get(entry.number) for entry in plan.entries]
        return replace(
            expected,
            entries=tuple(
                replace(entry, source_bookmarks=count) for entry, count in zip(expected.entries, brought, strict=True)
            ),
            redactions=marks or None,
            margin_links=links.links if links else None,
            references_not_found=links.not_found if links else (),
        )

    def _marks(self, plan: BundlePlan, page_map: PageMap, turns: Mapping[int, int]) -> Iterator[ExpectedRedaction]:
        """Every burnt mark on every page where it stands; a document may stand in a bundle twice."""
        places: dict[tuple[str, int], list[int]] = {}
        for row in page_map.rows:
            if row.sha256:
                places.setdefault((row.sha256, row.source_page_index), []).append(row.physical_index)
        for sha256, mark in self.sources.burnt_places(plan.entries):
            page = self.case.page(sha256, mark.page_index)
            for index in places[sha256, mark.page_index]:
                for box in mark.boxes:
                    turned = turned_back(box, turns.get(index, 0), page.width_pt, page.height_pt)
                    yield ExpectedRedaction(
                        page_index=index,
                        place=(turned.x0, turned.y0, turned.x1, turned.y1),
                        label=mark.label or PLAIN_LABEL,
                        basis=" ".join(filter(None, [mark.reason, mark.basis])),
                        # An area was drawn by a person; a box around words follows the words.
                        is_fixed_width=not mark.quote,
                    )


def _mended(
    writer: BundleWriter, written: WrittenBundle, reader: BackReader, ticket: Ticket
) -> tuple[WrittenBundle, dict[int, int], frozenset[int]]:
    """The bundle with pages turned that stand on their head or side, and pages wrapped whose number cannot be read.

    Also: by how much which pages were turned, and which were wrapped.
    """
    rows, glances = written.page_map.rows, reader.glance(ticket, _READING)
    turns = {index: glance.turn for index, glance in enumerate(glances) if rows[index].sha256 and is_turned(glance)}
    if turns:
        written = writer.turn(written, turns)
        reader.open(written.content)
        glances = reader.glance(ticket, _READING)
    stubborn = _without_number(glances, written.page_map)
    if stubborn:
        written = writer.isolate(written, stubborn)
        reader.open(written.content)
    return written, turns, stubborn


def _without_number(glances: tuple[Glance, ...], page_map: PageMap) -> frozenset[int]:
    """Pages whose own drawing swallows the stamp."""
    return frozenset(
        row.physical_index for row, glance in zip(page_map.rows, glances, strict=False) if not glance.shows(row.label)
    )


def _failure(check: Check, page_map: PageMap) -> str:
    """``B05 no number on these pages: page 9 (INQ000004 page 2)``; the documents are where help is needed."""
    rows = [page_map.rows[page - 1] for page in check.pages[:_NAMED_PAGES] if 0 < page <= len(page_map.rows)]
    places = [f"page {row.label}" + (f" ({row.urn} page {row.source_page_number})" if row.urn else "") for row in rows]
    more = len(check.pages) - len(places)
    return f"{check.id} {check.detail}: {', '.join(places)}{f' and {more} more' if more > 0 else ''}"
