"""Why something is redacted, on what basis, and what is written in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workbench.domain.errors import Refused

#: Written where no cipher is given; the same width everywhere, so that it says nothing about what stood there.
PLAIN_LABEL = "[REDACTED]"
MOST_LABEL_CHARACTERS = 16
_LABEL = re.compile(r"[\w\[\]().,/ -]+")


class BasisKind(StrEnum):
    """What allows a redaction."""

    ORDER = "order"
    NOTICE = "notice"
    PROTOCOL = "protocol"
    STATUTE = "statute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of the vocabulary: its code, the words shown for it, and the basis that it usually has."""

    code: str
    title: str
    wording: str
    basis: BasisKind
    source: str = ""


def reasons_from(described: dict[str, Any]) -> tuple[Reason, ...]:
    """The reasons of a vocabulary as read from its file; raises ``Refused`` where one is wrong."""
    try:
        return tuple(
            Reason(
                code=item["code"],
                title=item["title"],
                wording=item["wording"],
                basis=BasisKind(item["basis"]),
                source=item.get("source", ""),
            )
            for item in described["reasons"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(
            f"The list of redaction reasons cannot be read: {error}. Compare it with the shipped one."
        ) from None


def reason_named(reasons: Sequence[Reason], name: str) -> Reason:
    """The reason of this code or title; raises ``Refused`` listing all."""
    wanted = name.strip().casefold()
    for reason in reasons:
        if wanted in (reason.code.casefold(), reason.title.casefold()):
            return reason
    raise Refused(f"“{name}” is no reason for a redaction. Choose one of: {', '.join(item.code for item in reasons)}.")


def checked_label(label: str) -> str:
    """A label that fits into any mark's box; raises ``Refused``. "" stands for the plain label."""
    label = " ".join(label.split())
    if len(label) > MOST_LABEL_CHARACTERS or (label and not _LABEL.fullmatch(label)):
        raise Refused(
            f"“{label}” cannot be written on a redaction. Use a cipher or a word of at most "
            f"{MOST_LABEL_CHARACTERS} letters, digits, hyphens and brackets."
        )
    return label
