"""Turns rows about the inquiry itself into records: its issues, requests for evidence, hearings and parties."""

from __future__ import annotations

from typing import Any

from workbench.domain.ids import new_id
from workbench.domain.inquiry import (
    HEARING_KINDS,
    PARTY_ROLES,
    REQUEST_KINDS,
    EvidenceRequest,
    Hearing,
    Issue,
    Party,
)
from workbench.services.apply_fields import count_of, edtf_of, one_of
from workbench.services.apply_names import Names
from workbench.services.apply_shapes import ApplyRow
from workbench.store.step import Step


class InquiryBuilders:
    """Writes the records of rows whose ids are known; raises ``Refused`` naming the row that is wrong."""

    _step: Step
    _names: Names

    def _issues(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            Issue(
                id=identifier,
                number=row.text("number"),
                scope=self._names.find("scope", row.text("scope"), row.where),
                text=row.text("text"),
                status=one_of(row, "status", ("open", "answered", "dropped")),
            )
        )

    def _requests(self, row: ApplyRow, _: Any) -> None:
        known = self._step.first(EvidenceRequest, reference=row.text("reference"))
        institution = row.text("institution")
        self._step.put(
            EvidenceRequest(
                id=known.id if known else new_id("req"),
                reference=row.text("reference"),
                kind=one_of(row, "kind", REQUEST_KINDS),
                addressee=row.text("addressee"),
                institution=self._names.find("institutions", institution, row.where) if institution else None,
                sent_on=edtf_of(row, "sent_on"),
                due_on=edtf_of(row, "due_on"),
                answered_on=edtf_of(row, "answered_on"),
                about=row.text("about"),
                scope=self._names.find_all("scope", row.texts("scope"), row.where),
                note=row.text("note"),
            )
        )

    def _hearings(self, row: ApplyRow, _: Any) -> None:
        on, title = edtf_of(row, "on"), row.text("title")
        known = self._step.first(Hearing, on=on, title=title)
        self._step.put(
            Hearing(
                id=known.id if known else new_id("hrg"),
                on=on,
                day=count_of(row, "day"),
                title=title,
                kind=one_of(row, "kind", HEARING_KINDS),
                venue=row.text("venue"),
                witnesses=row.texts("witnesses"),
                note=row.text("note"),
            )
        )

    def _parties(self, row: ApplyRow, _: Any) -> None:
        name, from_on = row.text("name"), edtf_of(row, "from")
        known = self._step.first(Party, name=name, from_on=from_on)
        institution, person = row.text("institution"), row.text("person")
        self._step.put(
            Party(
                id=known.id if known else new_id("pty"),
                name=name,
                institution=self._names.find("institutions", institution, row.where) if institution else None,
                person=self._names.find("people", person, row.where) if person else None,
                role=one_of(row, "role", PARTY_ROLES),
                from_on=from_on,
                until_on=edtf_of(row, "until"),
                representative=row.text("representative"),
            )
        )
