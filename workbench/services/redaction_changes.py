"""Changes many redaction marks at once, each time as one step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.change import Action, Change
from workbench.domain.errors import Refused
from workbench.domain.ids import RedactionId
from workbench.domain.protection import MarkState, Redaction
from workbench.services.redaction_marks import Grounds, checked_grounds
from workbench.store.case_file import CaseFile


def edit_marks(case: CaseFile, ids: Sequence[RedactionId], grounds: Grounds) -> Change:
    """Give marks the same grounds; what was decided about them is open again."""
    grounds = checked_grounds(case, grounds)
    with case.change(Action.REDACT, f"{_counted(ids)} given other grounds") as step:
        for identifier in ids:
            step.put(
                replace(
                    step.get(Redaction, identifier),
                    reason=grounds.reason,
                    restriction=grounds.restriction,
                    basis=grounds.basis,
                    label=grounds.label,
                    state=MarkState.PROPOSED,
                    decided_by="",
                    decided_at=None,
                )
            )
    return step.change


def remove_marks(case: CaseFile, ids: Sequence[RedactionId]) -> Change:
    """Remove marks; the history keeps them, and undo brings them back."""
    with case.change(Action.REDACT, f"{_counted(ids)} removed") as step:
        for identifier in ids:
            step.get(Redaction, identifier)
            step.delete(Redaction, identifier)
    return step.change


def _counted(ids: Sequence[RedactionId]) -> str:
    if not ids:
        raise Refused("No mark is chosen. Choose the marks first.")
    return "1 mark" if len(ids) == 1 else f"{len(ids)} marks"
