"""Reads and makes page maps of builds: what each page of a bundle is called, and which document's page it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from workbench.domain.bundle import Bundle
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import BundleId
from workbench.domain.page_map import MapRow, PageKind, map_pages
from workbench.domain.progress import Ticket
from workbench.exporters.bundle_pdf import BundleWriter
from workbench.services.builds import newest_account
from workbench.services.bundle_planning import plan_bundle
from workbench.services.bundling import file_stem
from workbench.services.profiles import load_profile
from workbench.store.case_file import CaseFile

_MAP_ENDING = ".page-map.json"
_NO_MAP = "“{name}” is no page map. Choose the file that ends in .page-map.json beside the bundle."


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltMap:
    """The page map of one build: its pages, the bundle's title, and the PDF they stand in."""

    title: str
    pdf: str
    rows: tuple[MapRow, ...]

    def address(self, row: MapRow) -> str:
        """A link to one page for a file that lies beside the PDF."""
        return f"{quote(self.pdf)}#page={row.physical_index + 1}"


def read_page_map(path: Path) -> BuiltMap:
    """The page map that was written beside a bundle; raises ``NotFound`` or ``Refused``."""
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound(f"“{path.name}” cannot be read: {error.strerror}. Check the path.") from None
    except ValueError:
        raise Refused(_NO_MAP.format(name=path.name)) from None
    return map_from(described, path.name)


def map_from(described: Any, name: str) -> BuiltMap:
    """A page map from its JSON; raises ``Refused`` when it is none."""
    try:
        rows = tuple(_row(page) for page in described["pages"])
        title = str(described.get("title", ""))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(_NO_MAP.format(name=name)) from None
    if [row.physical_index for row in rows] != list(range(len(rows))):
        raise Refused(
            f"The page map “{name}” is incomplete: its pages do not follow each other. Build the bundle again."
        )
    stem = name.removesuffix(_MAP_ENDING) if name.endswith(_MAP_ENDING) else file_stem(title)
    return BuiltMap(title=title, pdf=f"{stem}.pdf", rows=rows)


def _row(page: Mapping[str, Any]) -> MapRow:
    return MapRow(
        physical_index=int(page["physical_page"]) - 1,
        label=str(page["label"]),
        kind=PageKind(page["kind"]),
        section=str(page["section"]),
        entry=int(page["entry"] or 0),
        urn=str(page["urn"]),
        title=str(page["title"]),
        sha256=str(page["source_sha256"]),
        source_page_index=int(page["source_page"] or 0) - 1,
    )


def map_of_bundle(case: CaseFile, bundle_id: BundleId, ticket: Ticket | None = None) -> BuiltMap:
    """The page map of the bundle's newest build; of one never built, what it would have if it were built now."""
    bundle = case.get(Bundle, bundle_id)
    known = newest_account(case, bundle_id)
    if known is not None:
        return BuiltMap(title=bundle.name, pdf=known[0].filename, rows=known[1].rows)
    (ticket or Ticket()).tick(0, 1, bundle.name)
    rules = load_profile(bundle.profile, case)
    planned = plan_bundle(case, bundle, rules, datetime.now(UTC))
    with BundleWriter() as writer:
        page_map = map_pages(planned.plan, writer.measure(planned.plan), rules.numbering, letters=planned.letters)
    return BuiltMap(title=bundle.name, pdf=f"{file_stem(bundle.name)}.pdf", rows=page_map.rows)
