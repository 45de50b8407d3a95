"""The rules of a court or inquiry for bundles, as data with its source and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.domain.dates import in_words
from workbench.domain.errors import Refused
from workbench.domain.numbering import Late, Numbering, Scheme

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A judge's or chair's direction that overrides the guidance: who gave it, when, in which words."""

    by: str
    on: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One set of rules; ``reviewed`` is the day someone last compared it with its source.

    ``max_pages`` and ``max_bytes`` are the most one volume may have, 0 for no limit; ``document_limits`` the most pages
    of a document by its kind; ``severities`` changes how much a check matters here (check id -> E, W or I).
    """

    id: str
    title: str
    issued: str
    source: str
    reviewed: str
    authority: str = ""
    applies: str = ""
    numbering: Numbering = field(default_factory=Numbering)
    requires_plain_numbers: bool = True
    late_pages: Late = Late.APPEND
    zoom_percent: int = 100
    has_dividers: bool = False
    max_dpi: int = 300
    page_size: str = "A4"
    tolerance_pt: float = 3.0
    allowed_sizes: tuple[str, ...] = ()
    max_pages: int = 0
    max_bytes: int = 0
    document_limits: Mapping[str, int] = field(default_factory=dict)
    filename: str = "{bundle}"
    filename_pattern: str = ""
    severities: Mapping[str, str] = field(default_factory=dict)
    warning: str = ""
    direction: Direction | None = None
    based_on: str = ""
    digest: str = ""

    @property
    def wording(self) -> str:
        """How a result is stated; nobody can promise compliance."""
        issued = f" ({in_words(self.issued)})" if self.issued else ""
        varied = self.direction
        directed = f", varied by the direction of {varied.by} ({in_words(varied.on)})" if varied else ""
        return f"checked against {self.title}{issued}, as reviewed on {in_words(self.reviewed)}{directed}"


def profile_from(name: str, described: Mapping[str, Any], digest: str = "") -> Profile:
    """A profile from its data file; raises ``Refused`` naming what it lacks."""
    try:
        return _profile(described, digest)
    except KeyError as error:
        raise Refused(f"The profile “{name}” lacks {error}. Compare it with a shipped profile.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused(f"The profile “{name}” cannot be used: {error}. Compare it with a shipped profile.") from error


def _profile(described: Mapping[str, Any], digest: str) -> Profile:
    numbers, view = described["numbering"], described["view"]
    page, limits = described.get("page", {}), described.get("limits", {})
    direction = described.get("direction")
    return Profile(
        id=str(described["id"]),
        title=str(described["title"]),
        issued=str(described.get("issued", "")),
        source=str(described["source"]),
        reviewed=str(described["reviewed"]),
        authority=str(described.get("authority", "")),
        applies=str(described.get("applies", "")),
        numbering=Numbering(
            scheme=Scheme(numbers["scheme"]),
            start=int(numbers.get("start", 1)),
            prefix=str(numbers.get("prefix", "")),
            counts_front_pages=bool(numbers["counts_index"]),
        ),
        requires_plain_numbers=numbers.get("labels") == "equal_physical",
        late_pages=Late(described["late_pages"]),
        zoom_percent=int(view["zoom"]),
        has_dividers=bool(described.get("dividers", False)),
        max_dpi=int(described.get("image", {}).get("max_dpi", 0)),
        page_size=str(page.get("size", "A4")),
        tolerance_pt=float(page.get("tolerance_pt", 3)),
        allowed_sizes=tuple(map(str, page.get("allow", ()))),
        max_pages=int(limits.get("pages", 0)),
        max_bytes=round(float(limits.get("megabytes", 0)) * MEGABYTE),
        document_limits={str(kind): int(most) for kind, most in limits.get("documents", {}).items()},
        filename=str(described.get("filename", "{bundle}")),
        filename_pattern=str(described.get("filename_pattern", "")),
        severities={str(rule): str(severity) for rule, severity in described.get("severities", {}).items()},
        warning=str(described.get("warning", "")),
        direction=Direction(by=direction["by"], on=str(direction["on"]), text=direction["text"]) if direction else None,
        based_on=str(described.get("based_on", "")),
        digest=digest,
    )
