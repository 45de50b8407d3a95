"""Lets everything that names one record name another instead, before the first is merged away."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from workbench.store.step import Step


def repoint(step: Step, old: str, kept: str) -> None:
    """Replace ``old`` by ``kept`` in every record that names it; a list never names the same thing twice."""
    for record in step.pointing_at(old):
        changed: dict[str, Any] = {}
        for field in fields(record):
            value = getattr(record, field.name)
            if value == old and field.name != "id":
                changed[field.name] = kept
            elif isinstance(value, tuple) and old in value:
                changed[field.name] = tuple(dict.fromkeys(kept if item == old else item for item in value))
        step.put(replace(record, **changed))
