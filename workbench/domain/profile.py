"""The rules of a court or inquiry for bundles, as data with its source and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.domain.errors import Refused
from workbench.domain.page_map import NumberingScheme, continuous


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One set of rules; ``reviewed`` is the day someone last compared it with its source."""

    id: str
    title: str
    issued: str
    source: str
    reviewed: str
    scheme: str
    start: int
    counts_front_pages: bool
    late_pages: str
    zoom_percent: int
    warning: str = ""

    @property
    def wording(self) -> str:
        """How a result is stated; nobody can promise compliance."""
        return f"checked against {self.title} ({self.issued or 'no general rule issued'}), as reviewed {self.reviewed}"

    def numbering(self) -> NumberingScheme:
        """The scheme that labels pages; raises ``Refused`` for schemes this version cannot write."""
        if self.scheme != "continuous" or not self.counts_front_pages:
            raise Refused(
                f"The profile “{self.id}” numbers pages by “{self.scheme}”, which this version cannot write yet. "
                "Choose a profile with continuous numbering."
            )
        return continuous(self.start)


def profile_from(name: str, described: Mapping[str, Any]) -> Profile:
    """A profile from its data file; raises ``Refused`` naming what it lacks."""
    try:
        numbering, view = described["numbering"], described["view"]
        return Profile(
            id=str(described["id"]),
            title=str(described["title"]),
            issued=str(described.get("issued", "")),
            source=str(described["source"]),
            reviewed=str(described["reviewed"]),
            scheme=str(numbering["scheme"]),
            start=int(numbering["start"]),
            counts_front_pages=bool(numbering["counts_index"]),
            late_pages=str(described["late_pages"]),
            zoom_percent=int(view["zoom"]),
            warning=str(described.get("warning", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(f"The profile “{name}” is incomplete: {error}. Compare it with a shipped profile.") from error
