"""Writes the report on a submission's references as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, fields

from workbench.domain.submission import ReferenceOutcome, summary_of
from workbench.exporters.csv_cells import harmless


def report_json(outcomes: Sequence[ReferenceOutcome], notices: Sequence[str], *, submission: str, bundle: str) -> str:
    """Every reference in order, with the sentence that sums them up."""
    described = {
        "submission": submission,
        "bundle": bundle,
        "summary": summary_of(outcomes),
        "notices": list(notices),
        "references": [asdict(outcome) for outcome in outcomes],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def report_csv(outcomes: Sequence[ReferenceOutcome]) -> str:
    """One line for each reference, for a spreadsheet."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, fieldnames=[field.name for field in fields(ReferenceOutcome)])
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in asdict(outcome).items()} for outcome in outcomes)
    return "\ufeff" + buffer.getvalue()
