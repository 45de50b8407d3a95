"""Exports the registers of a case - redactions, restrictions, builds, disclosures - as CSV and JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.audience import is_beyond_team
from workbench.domain.progress import Ticket
from workbench.exporters.registers import register_csv, registers_json
from workbench.services.builds import ExportRecord
from workbench.services.clearing import Clearing
from workbench.services.handing_over import hand_over
from workbench.services.registers import all_registers
from workbench.services.releasing import release
from workbench.store.case_file import CaseFile


def export_registers(
    case: CaseFile, folder: Path, *, audience: str, override: str = "", ticket: Ticket | None = None
) -> list[Path]:
    """Write every register into ``folder``; what was written."""
    registers = all_registers(case, is_for_team=not is_beyond_team(audience))
    files = {f"{item.name}.csv": register_csv(item.columns, item.rows) for item in registers}
    files["registers.json"] = registers_json({item.name: item.rows for item in registers})
    overrides: tuple[str, ...] = ()
    if is_beyond_team(audience):
        clearing = Clearing(case, audience, datetime.now(UTC).date())
        released = release(case, clearing, "The registers", files, ticket or Ticket(), override=override)
        overrides = tuple(f"{item.what} Reason: {item.reason}" for item in released.overrides)
    record = ExportRecord(kind="registers", title="registers", audience=audience, files=files, overrides=overrides)
    return hand_over(case, folder, record, "The registers were")
