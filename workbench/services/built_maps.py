"""Knows what each page of a finished bundle is called: from the case's account of a build, or a page map beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from workbench.domain.bundle import Build, Bundle
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import BundleId
from workbench.domain.page_map import MapRow, PageKind
from workbench.services.builds import account_of, build_named, newest_account
from workbench.store.case_file import CaseFile

_MAP_ENDING = ".page-map.json"
_VOLUME = re.compile(r"(?P<stem>.+) volume (?P<number>\d+)")
_NO_MAP = "“{name}” is no page map. Choose the file that ends in .page-map.json beside the bundle."


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltMap:
    """The page map of one build over all its volumes, the bundle's title, and the PDF of each volume."""

    title: str
    pdfs: tuple[str, ...]
    rows: tuple[MapRow, ...]

    def address(self, row: MapRow) -> str:
        """A link to one page for a file that lies beside the PDF; "" where there is no PDF."""
        if not self.pdfs:
            return ""
        return f"{quote(self.pdfs[row.volume - 1])}#page={row.physical_index + 1}"


def built_map_of(case: CaseFile, bundle_id: BundleId) -> BuiltMap:
    """The page map of the newest build of a bundle; raises ``Refused`` when it was never built."""
    bundle = case.get(Bundle, bundle_id)
    newest = newest_account(case, bundle_id)
    if newest is None:
        raise Refused(f"The bundle “{bundle.name}” was not built yet, so its pages have no numbers. Build it first.")
    build, account = newest
    return BuiltMap(title=bundle.name, pdfs=_pdfs_of(build), rows=account.rows)


def map_named(case: CaseFile, name: str) -> BuiltMap:
    """A build by its page map's path, or as the case knows it: ``Hearing bundle #1``."""
    if name.endswith(".json") or Path(name).is_file():
        return read_page_map(Path(name))
    build = build_named(case, name)
    title = case.get(Bundle, build.bundle).name if build.bundle is not None else build.filename
    return BuiltMap(title=title, pdfs=_pdfs_of(build), rows=account_of(case, build).rows)


def _pdfs_of(build: Build) -> tuple[str, ...]:
    names = [line.rsplit(" ", 2)[0] for line in build.files]
    pdfs = tuple(name for name in names if name.endswith(".pdf") and not name.endswith(".certificate.pdf"))
    return pdfs or (build.filename,)


def map_of_case(case: CaseFile) -> BuiltMap:
    """Every page of every document, for references that need no bundle: they have no number and no address."""
    rows: list[MapRow] = []
    for entry, document in enumerate(case.all(Document, "urn"), 1):
        for index in range(document.page_count):
            rows.append(
                MapRow(
                    physical_index=len(rows),
                    label="",
                    kind=PageKind.DOCUMENT,
                    entry=entry,
                    urn=document.urn,
                    title=document.title,
                    sha256=document.sha256,
                    source_page_index=index,
                )
            )
    return BuiltMap(title="", pdfs=(), rows=tuple(rows))


def read_page_map(path: Path) -> BuiltMap:
    """The page map that was written beside a bundle, of one volume or of all; raises ``NotFound`` or ``Refused``."""
    volume = _VOLUME.fullmatch(path.name.removesuffix(_MAP_ENDING))
    paths = _volumes_beside(path, volume["stem"]) if volume else [path]
    read = [_read(path) for path in paths]
    return BuiltMap(
        title=read[0][0],
        pdfs=tuple(f"{path.name.removesuffix(_MAP_ENDING)}.pdf" for path in paths),
        rows=tuple(row for _, rows in read for row in rows),
    )


def _volumes_beside(path: Path, stem: str) -> list[Path]:
    """The page maps of all volumes in their order; raises ``Refused`` when one is missing between them."""
    numbered: dict[int, Path] = {}
    for other in path.parent.glob(f"*{_MAP_ENDING}"):
        match = _VOLUME.fullmatch(other.name.removesuffix(_MAP_ENDING))
        if match is not None and match["stem"] == stem:
            numbered[int(match["number"])] = other
    if sorted(numbered) != list(range(1, len(numbered) + 1)) or path not in numbered.values():
        raise Refused(f"The page maps of all volumes of “{stem}” must lie together. Put them into one folder.")
    return [numbered[number] for number in sorted(numbered)]


def _read(path: Path) -> tuple[str, Sequence[MapRow]]:
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        rows = [_row(page) for page in described["pages"]]
        title = str(described.get("title", ""))
    except OSError as error:
        raise NotFound(f"“{path.name}” cannot be read: {error.strerror}. Check the path.") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(_NO_MAP.format(name=path.name)) from None
    if not rows or [row.physical_index for row in rows] != list(range(len(rows))):
        raise Refused(f"The page map “{path.name}” is incomplete: pages are missing in it. Build the bundle again.")
    return title, rows


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
        volume=int(page.get("volume", 1)),
        key=str(page.get("key", "")),
    )
