"""Writes the volumes of a bundle and proves each by reading it back; splits again where one came out too large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.errors import Refused
from workbench.domain.page_map import BundlePlan, FrontCounts, MapRow, OtherVolume, PageMap, map_volumes
from workbench.domain.progress import Ticket
from workbench.exporters.bundle_pdf import BundleWriter
from workbench.services.bundle_planning import split_into_volumes
from workbench.services.bundle_proving import Prover, Volume
from workbench.services.margin_references import ReferenceMarks, reference_marks

_MOST_SPLITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeWriter:
    """Everything that the volumes of one bundle have in common."""

    prover: Prover
    stem: str
    marks_references: bool = False
    most_pages: int = 0
    most_bytes: int = 0
    given: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

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
        maps = map_volumes(counted, self.prover.rules.numbering, given=self.given, letters=self.letters)
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
        return reference_marks(
            self.prover.case, plan, page_map, ticket, rows=rows, burnt=self.prover.sources.burnt_boxes
        )

    def _proved(
        self,
        writer: BundleWriter,
        plan: BundlePlan,
        page_map: PageMap,
        marks: ReferenceMarks | None,
        ticket: Ticket,
    ) -> Volume:
        written = writer.write(
            plan,
            page_map,
            wording=self.prover.rules.wording,
            read=self.prover.sources.read,
            ticket=ticket,
            marks=marks.pages if marks else None,
        )
        return self.prover.prove(writer, written, plan, marks, f"{self.stem_of(plan)}.pdf", ticket)


def _true_sizes(volume: Volume) -> dict[int, int]:
    """Bytes by entry, so that together they make up what the file came to."""
    total = sum(entry.bytes for entry in volume.plan.entries) or 1
    growth = max(len(volume.written.content) / total, 1.0) * 1.02
    return {entry.number: round(entry.bytes * growth) + 1 for entry in volume.plan.entries}
