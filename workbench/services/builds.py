"""Keeps the account of every build: which page of which source got which number, and what was read back from it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from workbench.domain.bundle import Build, Bundle
from workbench.domain.change import Action
from workbench.domain.errors import NotFound
from workbench.domain.ids import BuildId, BundleId, CaseStudyId, new_id
from workbench.domain.page_map import MapRow, PageKind, PlannedEntry
from workbench.store.case_file import CaseFile

#: The kind of the export that holds the whole case with the names of people.
WHOLE_CASE = "json"
#: The kind of a warning letter that was written as a file; nobody is named with it.
LETTER = "letter"
#: Files whose words are kept with the record of an export as they stand.
_TEXT_ENDINGS = (".json", ".csv", ".html", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """What was read back from one page: its words, and a digest of how it looks ("" when it was not drawn)."""

    text: str
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildAccount:
    """The page map of a finished build over all its volumes, and what stands on each page, in the same order.

    ``other_texts`` are the words of files that have no pages (name -> text), for exports that are no bundles.
    """

    rows: tuple[MapRow, ...]
    pages: tuple[PageRead, ...] = ()
    other_texts: dict[str, str] | None = None

    def packed(self) -> bytes:
        """The account as bytes to keep; equal accounts give equal bytes."""
        content = {
            "format": 1,
            "rows": [asdict(row) for row in self.rows],
            "pages": [[page.text, page.picture] for page in self.pages],
            "other_texts": self.other_texts or {},
        }
        return gzip.compress(json.dumps(content, ensure_ascii=False, sort_keys=True).encode(), 6, mtime=0)


def unpacked(content: bytes) -> BuildAccount:
    """The account from its bytes."""
    held: dict[str, Any] = json.loads(gzip.decompress(content))
    return BuildAccount(
        rows=tuple(MapRow(**{**row, "kind": PageKind(row["kind"])}) for row in held["rows"]),
        pages=tuple(PageRead(text=text, picture=picture) for text, picture in held["pages"]),
        other_texts=held["other_texts"],
    )


def account_of(case: CaseFile, build: Build) -> BuildAccount:
    """What was read back from a build; raises ``NotFound`` for builds of versions that kept no account."""
    if not build.account_sha256:
        raise NotFound(
            f"Build {build.number} of “{build.filename}” was made by an older version, which kept no account."
        )
    return unpacked(case.content(build.account_sha256))


def builds_of(case: CaseFile, bundle: BundleId) -> list[Build]:
    """The builds of a bundle, oldest first."""
    return case.all(Build, "number", bundle=bundle)


def newest_account(case: CaseFile, bundle: BundleId, *, audience: str = "") -> tuple[Build, BuildAccount] | None:
    """The newest build of a bundle that kept an account; one for this audience before others."""
    builds = sorted(builds_of(case, bundle), key=lambda build: (build.audience == audience, build.number))
    for build in reversed(builds):
        if build.account_sha256:
            return build, account_of(case, build)
    return None


def build_named(case: CaseFile, name: str) -> Build:
    """A build by its identifier, or by the bundle's name with a number behind it (``Day 1 #2``, the newest without)."""
    found = case.first(Build, id=BuildId(name))
    if found is not None:
        return found
    stem, _, number = name.rpartition("#")
    title = (stem or name).strip() if number.isdigit() else name.strip()
    bundle = next((item for item in case.all(Bundle) if item.name.casefold() == title.casefold()), None)
    builds = builds_of(case, bundle.id) if bundle is not None else []
    chosen = [item for item in builds if item.number == int(number)] if number.isdigit() and stem else builds
    if not chosen:
        raise NotFound(f"There is no build “{name}”. Name a bundle that was built, with “#2” behind it for its second.")
    return chosen[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """An export that is no bundle, as it is put on record: its files by name, and whom it is for.

    ``pdf_words`` are the words of files that are PDFs (name -> text). Without ``keeps_words`` only the checksums are
    kept; for exports that hold names in clear.
    """

    kind: str
    title: str
    audience: str
    files: Mapping[str, bytes]
    case_study: CaseStudyId | None = None
    overrides: tuple[str, ...] = ()
    pdf_words: Mapping[str, str] = field(default_factory=dict)
    keeps_words: bool = True


def record_export(case: CaseFile, export: ExportRecord) -> None:
    """Keep which files left, their checksums, and the words of those that are text, for a breach drill."""
    head, first = case.history_head, next(iter(export.files))
    kept = export.files.items() if export.keeps_words else ()
    texts = {name: content.decode() for name, content in kept if name.endswith(_TEXT_ENDINGS)} | dict(export.pdf_words)
    with case.change(Action.EXPORT, f"{export.title} for {export.audience}") as step:
        step.put(
            Build(
                id=new_id("bld"),
                case_study=export.case_study,
                kind=export.kind,
                number=step.count(Build, kind=export.kind) + 1,
                page_count=0,
                sha256=hashlib.sha256(export.files[first]).hexdigest(),
                filename=first,
                history_head=head,
                built_at=datetime.now(UTC),
                audience=export.audience,
                files=file_lines(export.files),
                account_sha256=step.keep(BuildAccount(rows=(), other_texts=texts).packed()),
                overrides=export.overrides,
            )
        )


def file_lines(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Name, SHA-256 and size of every file, as a build keeps them."""
    return tuple(f"{name} {hashlib.sha256(content).hexdigest()} {len(content)}" for name, content in files.items())


def read_file_line(line: str) -> tuple[str, str, int]:
    """(name, SHA-256, bytes) of a line that ``file_lines`` made."""
    name, sha256, size = line.rsplit(" ", 2)
    return name, sha256, int(size)


def where_in(case: CaseFile, main: BundleId | None, audience: str) -> Callable[[PlannedEntry], str]:
    """Says where an entry's pages stand in the main bundle, for the index of a core bundle; "" without one.

    The numbers are those that this audience was given, where the main bundle was built for it.
    """
    known = newest_account(case, main, audience=audience) if main is not None else None
    if main is None or known is None:
        return lambda _entry: ""
    labels: dict[tuple[str, int], str] = {}
    for row in known[1].rows:
        labels.setdefault((row.sha256, row.source_page_index), row.label)
    name = case.get(Bundle, main).name

    def place(entry: PlannedEntry) -> str:
        found = [labels.get((entry.sha256, index), "") for index in entry.page_indices]
        return f"{name}, {_pages(found)}" if all(found) else f"not in {name}"

    return place


def _pages(labels: Sequence[str]) -> str:
    return f"p. {labels[0]}" if len(labels) == 1 else f"p. {labels[0]}–{labels[-1]}"
