"""Turns the bundles of an apply file into records: the bundle, its sections and their entries."""

from __future__ import annotations

from typing import Any

from workbench.domain.audience import checked_audience
from workbench.domain.bundle import Bundle, Entry, OwnProfile, Section
from workbench.domain.errors import Refused
from workbench.domain.ids import BundleId, new_id
from workbench.services.apply_fields import count_of, edtf_of, flag_of, pages_of
from workbench.services.apply_names import Names
from workbench.services.apply_shapes import ApplyRow
from workbench.store.step import Step


class BundleBuilders:
    """Writes the records of rows about bundles; raises ``Refused`` naming the row that is wrong."""

    _step: Step
    _names: Names

    def _own_profiles(self, row: ApplyRow, _: Any) -> None:
        known = self._step.first(OwnProfile, name=row.text("name"))
        self._step.put(
            OwnProfile(
                id=known.id if known else new_id("pro"),
                name=row.text("name"),
                based_on=row.text("based_on"),
                described=row.text("described"),
            )
        )

    def _bundles(self, row: ApplyRow, _: Any) -> None:
        known = self._step.first(Bundle, name=row.text("name"))
        study = row.text("case_study")
        try:
            audience = checked_audience(row.text("audience", "team"))
        except Refused as error:
            raise Refused(f"{row.where}: {error}") from None
        bundle = Bundle(
            id=known.id if known else new_id("bun"),
            name=row.text("name"),
            kind=row.text("kind", "hearing"),
            profile=row.text("profile", "ctj-2021"),
            audience=audience,
            case_study=self._names.find("case_studies", study, row.where) if study else None,
            main=self._main(row),
            is_divided=flag_of(row, "is_divided"),
            marks_references=flag_of(row, "marks_references"),
            volume_pages=count_of(row, "volume_pages"),
            volume_bytes=count_of(row, "volume_bytes"),
        )
        self._step.put(bundle)
        for old in self._step.all(Section, bundle=bundle.id):
            for entry in self._step.all(Entry, section=old.id):
                self._step.delete(Entry, entry.id)
            self._step.delete(Section, old.id)
        for position, section in enumerate(row.rows("sections")):
            self._section(bundle, position, section)

    def _main(self, row: ApplyRow) -> BundleId | None:
        """The bundle that a core bundle is taken from; it comes before it in the file, or is in the case."""
        name = row.text("main")
        if not name:
            return None
        main = self._step.first(Bundle, name=name)
        if main is None:
            raise Refused(
                f"{row.where} is taken from “{name}”, which is no bundle of the case or of the file before it."
            )
        return main.id

    def _section(self, bundle: Bundle, position: int, row: ApplyRow) -> None:
        section = Section(
            id=new_id("sec"),
            bundle=bundle.id,
            position=position,
            title=row.text("title"),
            letter=row.text("letter"),
        )
        self._step.put(section)
        for number, entry in enumerate(row.rows("entries")):
            document = self._names.document(entry.text("document"), entry.where)
            self._step.put(
                Entry(
                    id=new_id("ent"),
                    section=section.id,
                    position=number,
                    document=document.id,
                    pages=pages_of(entry),
                    title=entry.text("title"),
                    on=edtf_of(entry, "on"),
                )
            )
