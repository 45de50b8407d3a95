"""Turns rows about protection into records: people with their names, restrictions, redactions, clearances, letters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbench.domain.audience import checked_audience
from workbench.domain.errors import Refused
from workbench.domain.frame import Person
from workbench.domain.ids import FindingId, new_id
from workbench.domain.protection import LETTER_OUTCOMES, Clearance, MarkState, Redaction, Restriction, WarningLetter
from workbench.services.apply_fields import boxes_of, choice_of, edtf_of, flag_of, one_of
from workbench.services.apply_names import Names
from workbench.services.apply_shapes import ApplyRow
from workbench.services.letter_drafting import state_put
from workbench.services.letters import Bodies, LetterWords, open_letter, sealed
from workbench.services.names import put_terms
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

_DECISIONS = ("cleared", "withheld")
_LETTER_WORDS = ("addressee", "criticism", "facts", "response", "reason", "note", "put")


class ProtectionBuilders:
    """Writes the records of rows whose ids are known; raises ``Refused`` naming the row that is wrong."""

    def __init__(self, case: CaseFile, step: Step, names: Names) -> None:
        self._case, self._step, self._names = case, step, names

    def _people(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(Person(id=identifier, cipher=row.text("cipher"), person_class=row.text("class")))
        try:
            put_terms(self._case, self._step, identifier, row.texts("names"), only_these=False)
        except Refused as error:
            raise Refused(f"{row.where}: {error}") from None

    def _restrictions(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            Restriction(
                id=identifier,
                kind=row.text("kind"),
                made_by=row.text("made_by"),
                on=edtf_of(row, "on"),
                targets=row.texts("targets"),
                until=edtf_of(row, "until"),
                allows=tuple(_audience(row, name) for name in row.texts("allows")),
                revoked_on=edtf_of(row, "revoked_on"),
                note=row.text("note"),
            )
        )

    def _redactions(self, row: ApplyRow, identifier: Any) -> None:
        document = self._names.document(row.text("document"), row.where)
        restriction = row.text("restriction")
        record = Redaction(
            id=identifier,
            document=document.id,
            page_index=int(row.fields["page"]) - 1,
            quote=row.text("quote"),
            boxes=boxes_of(row),
            reason=row.text("reason"),
            restriction=self._names.find("restrictions", restriction, row.where) if restriction else None,
            state=choice_of(row, "state", MarkState, MarkState.PROPOSED),
            basis=row.text("basis"),
            label=row.text("label"),
            proposed_by=row.text("proposed_by", self._case.who),
            decided_by=row.text("decided_by"),
        )
        if not record.quote and not record.boxes:
            raise Refused(f"{row.where} marks nothing. Give a quote or a box.")
        if not 0 <= record.page_index < document.page_count:
            raise Refused(f"{row.where}: {document.urn} has {document.page_count} pages, no page {row.fields['page']}.")
        place: dict[str, Any] = {"document": record.document, "page_index": record.page_index, "quote": record.quote}
        known = [item.id for item in self._step.all(Redaction, **place) if item.boxes == record.boxes or record.quote]
        self._step.put(replace(record, id=known[0]) if known else record)

    def _clearances(self, row: ApplyRow, _: Any) -> None:
        document, audience = self._names.document(row.text("document"), row.where), _audience(row, row.text("audience"))
        decision = row.text("decision")
        if decision not in _DECISIONS:
            raise Refused(f"{row.where}.decision is “{decision}”. It can be one of: {', '.join(_DECISIONS)}.")
        known = self._step.first(Clearance, document=document.id, audience=audience)
        self._step.put(
            Clearance(
                id=known.id if known else new_id("clr"),
                document=document.id,
                audience=audience,
                decision=decision,
                by=row.text("by"),
                on=edtf_of(row, "on"),
                note=row.text("note"),
            )
        )

    def _warning_letters(self, row: ApplyRow, _: Any) -> None:
        """A letter that is there already keeps what the row does not speak of."""
        finding = self._names.find("findings", row.text("finding"), row.where)
        bodies, named = Bodies(self._step), row.text("body")
        body = self._names.criticised([named], row.where)[0] if named else bodies.called(row.text("addressee"))
        letter = self._known_letter(finding, row.text("addressee"), body or "")
        known = letter or WarningLetter(id=new_id("wrn"), finding=finding)
        record = replace(
            known,
            sent_on=edtf_of(row, "sent_on") or known.sent_on,
            due_on=edtf_of(row, "due_on") or known.due_on,
            answered_on=edtf_of(row, "answered_on") or known.answered_on,
            evidence=self._names.evidence(row.texts("evidence"), row.where) or known.evidence,
            answer=self._names.evidence(row.texts("answer"), row.where) or known.answer,
            outcome=one_of(row, "outcome", LETTER_OUTCOMES) or known.outcome,
            is_waived=flag_of(row, "is_waived") if "is_waived" in row.fields else known.is_waived,
        )
        before = open_letter(self._case, letter) if letter is not None else LetterWords(addressee="")
        words = replace(before, **{name: row.text(name) for name in _LETTER_WORDS if row.text(name)})
        put = row.text("put") or (before.put if not row.text("criticism") else "") or state_put(self._step, finding)
        words = replace(words, body=body or "", body_name=bodies.names.get(body or "", ""), put=put)
        self._step.put(sealed(self._case, record, words))

    def _known_letter(self, finding: FindingId, addressee: str, body: str) -> WarningLetter | None:
        """The letter to this addressee; those to different bodies are different letters, however they are addressed."""
        for item in self._step.all(WarningLetter, finding=finding):
            words = open_letter(self._case, item)
            is_same_body = body == words.body or not body or not words.body
            if is_same_body and words.addressee.casefold() == addressee.casefold():
                return item
        return None


def _audience(row: ApplyRow, name: str) -> str:
    try:
        return checked_audience(name)
    except Refused as error:
        raise Refused(f"{row.where}: {error}") from None
