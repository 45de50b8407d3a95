"""Plans a bundle from the case: what it holds for its audience, where late documents go, how it splits into volumes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.numbering import Late, Scheme
from workbench.domain.page_map import (
    LATE_SECTION,
    BundlePlan,
    FrontCounts,
    PageKind,
    PlannedEntry,
    page_rows,
)
from workbench.domain.page_ranges import parse_page_range
from workbench.domain.profile import Profile
from workbench.services.builds import BuildAccount, where_in
from workbench.services.clearing import Clearing, Withheld
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan for an audience, the letters that sections ask for, and what was left out."""

    plan: BundlePlan
    letters: Mapping[str, str]
    withheld: tuple[Withheld, ...]


def plan_bundle(
    case: CaseFile,
    bundle: Bundle,
    profile: Profile,
    built_at: datetime,
    *,
    clearing: Clearing | None = None,
    marked: Callable[[Document], frozenset[int]] = lambda _document: frozenset(),
) -> Planned:
    """What the bundle will hold, in order; raises ``Refused`` for an empty bundle or an impossible page range."""
    clearing = clearing or Clearing(case, "team", built_at.date())
    entries: list[PlannedEntry] = []
    withheld: list[Withheld] = []
    sections = case.all(Section, "position", bundle=bundle.id)
    elsewhere = where_in(case, bundle.main, clearing.audience)
    for section in sections:
        for entry in case.all(Entry, "position", section=section.id):
            document = case.get(Document, entry.document)
            indices = parse_page_range(entry.pages, document.page_count, where=document.urn)
            hidden = clearing.withheld(document, indices)
            if hidden is not None:
                withheld.append(hidden)
                indices = tuple(i for i in indices if hidden.page_indices and i not in hidden.page_indices)
            if indices:
                burnt = marked(document) & set(indices)
                made = _entry(case, entry, document, section.title, len(entries) + 1, indices, burnt)
                entries.append(replace(made, elsewhere=elsewhere(made)))
    if not entries:
        raise Refused(_nothing(bundle, withheld))
    plan = BundlePlan(
        title=bundle.name,
        subtitle=investigation_of(case).title,
        profile=profile.id,
        sections=tuple(section.title for section in sections),
        entries=tuple(entries),
        built_on=built_at.date().isoformat(),
        audience=clearing.audience,
        kind=bundle.kind,
        has_dividers=bundle.is_divided or profile.has_dividers,
    )
    letters = {section.title: section.letter for section in sections if section.letter}
    return Planned(plan=plan, letters=letters, withheld=tuple(withheld))


def _nothing(bundle: Bundle, withheld: Sequence[Withheld]) -> str:
    if withheld:
        return f"Nothing of the bundle “{bundle.name}” may be shown to this audience, so it was not built: " + " ".join(
            item.sentence for item in withheld[:5]
        )
    return f"The bundle “{bundle.name}” has no documents. Add entries to it first."


def _entry(
    case: CaseFile,
    entry: Entry,
    document: Document,
    section: str,
    number: int,
    indices: tuple[int, ...],
    burnt: frozenset[int],
) -> PlannedEntry:
    letters = case.page_letter_counts(document.sha256)
    return PlannedEntry(
        number=number,
        section=section,
        title=" ".join((entry.title or document.title or document.filename).split()),
        on=entry.on or document.on,
        urn=document.urn,
        sha256=document.sha256,
        source_page_count=document.page_count,
        page_indices=indices,
        # How much a mark leaves of a page is not known here; its own proof looks at that.
        letters=tuple(0 if index in burnt else letters[index] for index in indices),
        is_redacted=bool(burnt),
        bytes=document.bytes,
        kind=document.kind,
    )


def keep_numbers(plan: BundlePlan, profile: Profile, late: Late, given: BuildAccount) -> BundlePlan:
    """The plan with its documents where numbers given in an earlier build can stay.

    Raises ``Refused`` when they cannot: documents gone, pages added to one, or another order.
    """
    labels = {row.key: row.label for row in given.rows}
    keys = _keys_of(plan)
    is_new = [not any(key in labels for key in keys[entry.number]) for entry in plan.entries]
    _refuse_changes(plan, keys, is_new, given, late)
    is_series = profile.numbering.scheme is Scheme.CONTINUOUS
    if late is Late.APPEND and is_series:
        kept = [entry for entry, new in zip(plan.entries, is_new, strict=True) if not new]
        added = [
            replace(entry, section=LATE_SECTION, is_late=True)
            for entry, new in zip(plan.entries, is_new, strict=True)
            if new
        ]
        entries, sections = [*kept, *added], [*plan.sections, *([LATE_SECTION] if added else [])]
    elif late is Late.APPEND:
        order = {section: at for at, section in enumerate(plan.sections)}
        marked = sorted(
            zip(plan.entries, is_new, strict=True), key=lambda pair: (order.get(pair[0].section, 0), pair[1])
        )
        entries, sections = [replace(entry, is_late=new) for entry, new in marked], list(plan.sections)
    else:
        entries = [replace(entry, is_late=False) for entry in plan.entries]
        sections = list(plan.sections)
    front = sum(row.kind is PageKind.INDEX for row in given.rows) if late is Late.APPEND and is_series else 0
    # Sheets put in now would stand between numbers that were given without them.
    has_dividers = any(row.kind is PageKind.DIVIDER for row in given.rows) if late is Late.APPEND else plan.has_dividers
    numbered = tuple(replace(entry, number=number) for number, entry in enumerate(entries, 1))
    return replace(
        plan,
        entries=numbered,
        sections=tuple(dict.fromkeys(sections)),
        front_index_pages=front,
        has_dividers=has_dividers,
    )


def _keys_of(plan: BundlePlan) -> dict[int, list[str]]:
    """The keys of every entry's pages, as the page map will give them."""
    seen: dict[str, int] = {}
    keys: dict[int, list[str]] = {}
    for entry in plan.entries:
        for index in entry.page_indices:
            stem = f"{entry.sha256}:{index}"
            seen[stem] = seen.get(stem, 0) + 1
            keys.setdefault(entry.number, []).append(f"{stem}:{seen[stem]}")
    return keys


def _refuse_changes(
    plan: BundlePlan, keys: Mapping[int, list[str]], is_new: Sequence[bool], given: BuildAccount, late: Late
) -> None:
    place = {row.key: at for at, row in enumerate(given.rows)}
    there = {key for own in keys.values() for key in own}
    gone = next((row for row in given.rows if row.urn and row.key not in there), None)
    if gone is not None and late is Late.APPEND:
        raise Refused(
            f"{gone.urn} page {gone.source_page_number} had the number {gone.label} and is not in the bundle any more, "
            "so numbers cannot stay. Put it back, or build with new numbers and hand out the concordance."
        )
    last = -1
    for entry, new in zip(plan.entries, is_new, strict=True):
        places = [place[key] for key in keys[entry.number] if key in place]
        if late is Late.APPEND and not new and len(places) < len(keys[entry.number]):
            raise Refused(
                f"{entry.urn} has more pages than when numbers were given, so they cannot stay. "
                "Build with decimals, or with new numbers."
            )
        if any(at < before for before, at in zip([last, *places], places, strict=False)):
            raise Refused(
                f"{entry.urn} stands in another order than when numbers were given, so they cannot stay. "
                "Put it back, or build with new numbers and hand out the concordance."
            )
        last = max([last, *places])


#: Measures the index of a plan; cheap.
Measure = Callable[[BundlePlan], FrontCounts]


def split_into_volumes(
    plan: BundlePlan, measure: Measure, *, most_pages: int, most_bytes: int, sizes: Mapping[int, int] | None = None
) -> list[BundlePlan]:
    """The plan in volumes that stay under the limits (0 for none), split between documents.

    A document larger than a limit gets a volume by itself. ``sizes`` are bytes by entry where they are known better
    than the originals'. A bundle that fits stays whole.
    """
    if not most_pages and not most_bytes:
        return [plan]
    parts: list[list[PlannedEntry]] = [[]]
    for entry in plan.entries:
        candidate = [*parts[-1], entry]
        if parts[-1] and not _fits(plan, candidate, measure, most_pages, most_bytes, sizes or {}):
            parts.append([])
        parts[-1].append(entry)
    if len(parts) == 1:
        return [plan]
    return [
        replace(
            plan,
            entries=tuple(entries),
            sections=tuple(dict.fromkeys(entry.section for entry in entries)),
            volume=number,
            volumes=len(parts),
        )
        for number, entries in enumerate(parts, 1)
    ]


def _fits(
    plan: BundlePlan,
    entries: list[PlannedEntry],
    measure: Measure,
    most_pages: int,
    most_bytes: int,
    sizes: Mapping[int, int],
) -> bool:
    pages = sum(len(entry.page_indices) for entry in entries)
    if most_bytes and sum(sizes.get(entry.number, entry.bytes) for entry in entries) > most_bytes:
        return False
    if not most_pages:
        return True
    if pages + 2 > most_pages:
        return False
    # An index page holds some 28 rows; only near the limit is it worth laying the index out.
    if pages + 2 + len(entries) // 10 <= most_pages:
        return True
    part = replace(plan, entries=tuple(entries), volume=1, volumes=2)
    return len(page_rows(part, measure(part))) <= most_pages
