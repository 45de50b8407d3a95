"""The vocabulary of reasons for a redaction, as it ships with the program."""

from __future__ import annotations

import tomllib
from functools import cache

from workbench.domain.redaction import Reason, reasons_from
from workbench.runtime.resources import resource_text


@cache
def redaction_reasons() -> tuple[Reason, ...]:
    """Every reason, in the order of the list."""
    return reasons_from(tomllib.loads(resource_text("vocabularies/redaction-reasons.toml")))
