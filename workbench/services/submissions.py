"""Writes a Word submission again for a build: every reference as that build's page number, with a link to the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.domain.citation_styles import mark_for, render
from workbench.domain.citations import Citation, FoundReference, Place, Style, citations_from, stable_text
from workbench.domain.errors import NotFound, Refused
from workbench.domain.progress import Ticket
from workbench.domain.reference_forms import ReferenceFinder
from workbench.domain.resolving import Resolution, Resolver
from workbench.domain.submission import Fate, ReferenceOutcome, summary_of
from workbench.exporters.atomic import whole_files
from workbench.exporters.docx_text import IN_LINK
from workbench.exporters.submission_docx import as_remembered, tooltip
from workbench.exporters.submission_report import report_csv, report_json
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.services.built_maps import BuiltMap
from workbench.services.citing import finder_for, resolver_for, wording_for
from workbench.services.handing_over import telling_of_disk
from workbench.store.case_file import CaseFile

_TASK = "workbench.exporters.submission_docx:make_task"
_LIMITS = Limits(memory_bytes=2 << 30, seconds_per_step=60.0)
#: Lines and days are no part of a page number: such references keep their words and get a link.
_KEEP_THEIR_WORDS = frozenset({"judgment", "transcript"})
_CONTEXT_CHARACTERS = 40
_MORE_NUMBERS = re.compile(r"\s?(?:,|&|\band\b)\s?\d{1,4}(?:\.\d)?(?![\d/]|\s?(?:%|per\b|[A-Z][a-z]+\s\d{4}))")
_CHANGED = "Its words were changed since it was linked, and are no reference now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One reference, written for a build: the words, what they cite for ever, and the page they lead to."""

    written: str
    stable: str
    label: str
    address: str


def cite(
    case: CaseFile, reference: str, built: BuiltMap, *, style: Style, mark: str, older: BuiltMap | None = None
) -> Cited:
    """Write one reference for a build; raises ``NotFound`` with the reason, and never guesses a page."""
    text = reference.strip()
    finder, resolver = _reading(built, mark, older, case)
    found = list(finder.find(text))
    if len(found) != 1 or found[0].start > text.find(found[0].text):
        raise NotFound(f"“{text}” is no reference that the program knows. Write it like INQ000123_004.")
    resolution = resolver.resolve(found[0].place)
    if not resolution.is_found:
        raise NotFound(f"“{text}” was not found: {resolution.reason}")
    return Cited(
        written=render(resolution, style, wording_for(built.rows, mark, case)),
        stable=resolution.stable,
        label=resolution.rows[0].label,
        address=built.address(resolution.rows[0]),
    )


def _reading(
    built: BuiltMap, mark: str, older: BuiltMap | None, case: CaseFile | None
) -> tuple[ReferenceFinder, Resolver]:
    """Finds and resolves references; a bundle that is built again keeps its mark, another has its own."""
    before = ""
    if older is not None:
        before = mark if older.title == built.title else mark_for(older.title)
    marks = tuple(dict.fromkeys(name for name in (mark, before) if name))
    rows = (*built.rows, *(older.rows if older else ()))
    finder = finder_for(rows, marks, case)
    return finder, resolver_for(
        built.rows,
        older=older.rows if older else None,
        marks=marks,
        older_marks=(before,) if before else (),
        case=case,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedSubmission:
    """The submission written again, and what became of each of its references."""

    content: bytes
    report: tuple[ReferenceOutcome, ...]
    notices: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        return summary_of(self.report)

    @property
    def not_found(self) -> tuple[ReferenceOutcome, ...]:
        return tuple(outcome for outcome in self.report if outcome.fate is Fate.NOT_FOUND)


def resolve_submission(
    built: BuiltMap,
    docx: bytes,
    *,
    style: Style = Style.BUNDLE,
    mark: str = "",
    older: BuiltMap | None = None,
    case: CaseFile | None = None,
    ticket: Ticket | None = None,
) -> ResolvedSubmission:
    """Link every reference of a DOCX to its page in ``built``; raises ``FileRefused`` for what is no sound DOCX.

    Page numbers of a bundle are read by the ``older`` map when one is given; references that this function linked
    before are known by what they carry, whatever they read.
    """
    ticket = ticket or Ticket()
    rewriting = _Rewriting(built, style, mark, older, case)
    with Sandbox(_TASK, limits=_LIMITS) as child:
        tell = lambda step: ticket.tick(0, 0, "Reading the submission")  # noqa: E731
        facts = child.call({"do": "read"}, [docx], on_step=tell).facts
        for number, paragraph in enumerate(facts["paragraphs"]):
            ticket.tick(number, len(facts["paragraphs"]), "Looking for references")
            rewriting.look_at(number, paragraph)
        answer = child.call({"do": "write", "changes": rewriting.changes}, on_step=tell)
    return ResolvedSubmission(
        content=answer.blobs[0], report=tuple(rewriting.outcomes), notices=tuple(facts["notices"])
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """A reference in a paragraph, as found or as remembered by its link."""

    start: int
    end: int
    place: Place | None
    keeps_words: bool
    is_linked: bool


class _Rewriting:
    """Decides for each reference what is written, paragraph after paragraph."""

    def __init__(self, built: BuiltMap, style: Style, mark: str, older: BuiltMap | None, case: CaseFile | None) -> None:
        self._built, self._style = built, style
        self._finder, self._resolver = _reading(built, mark, older, case)
        self._wording = wording_for(built.rows, mark, case)
        self.changes: list[dict[str, Any]] = []
        self.outcomes: list[ReferenceOutcome] = []

    def look_at(self, number: int, paragraph: dict[str, Any]) -> None:
        """Find the references of one paragraph and decide what becomes of each."""
        for span in self._spans(paragraph):
            outcome = self._outcome(number, paragraph, span)
            if not paragraph["is_copy"]:
                self.outcomes.append(outcome)

    def _spans(self, paragraph: dict[str, Any]) -> list[_Span]:
        text = str(paragraph["text"])
        found = list(self._finder.find(text))
        spans = []
        for start, end, stable, shown in paragraph["stored"]:
            over = [one for one in found if one.start < end and one.end > start]
            is_as_written = as_remembered(text[start:end]) == shown
            is_as_written &= all(start <= one.start and one.end <= end for one in over)
            place = _remembered(stable) if is_as_written else None
            if place is not None:
                keeps = any((one.start, one.end, one.kind in _KEEP_THEIR_WORDS) == (start, end, True) for one in over)
                spans.append(_Span(start, end, place, keeps, True))
                found = [one for one in found if one not in over]
            elif not over:
                spans.append(_Span(start, end, None, True, True))
        linked = [(start, end) for start, end, *_ in (*paragraph["stored"], *paragraph["forgotten"])]
        spans += [_found_span(one, linked) for one in found]
        return sorted(spans, key=lambda span: span.start)

    def _outcome(self, number: int, paragraph: dict[str, Any], span: _Span) -> ReferenceOutcome:
        text, start, end = str(paragraph["text"]), span.start, span.end
        outcome = ReferenceOutcome(
            fate=Fate.LEFT,
            text=text[start:end],
            where=str(paragraph["where"]),
            paragraph=int(paragraph["number"]),
            page=int(paragraph["page"]),
            context=" ".join(text[max(start - _CONTEXT_CHARACTERS, 0) : end + _CONTEXT_CHARACTERS].split()),
        )
        closed = next((why for first, last, why in _closed(paragraph, span) if first < end and last > start), "")
        if closed:
            return replace(outcome, reason=f"{closed[0].upper()}{closed[1:]}.")
        resolution = Resolution(reason=_CHANGED) if span.place is None else self._resolver.resolve(span.place)
        if not resolution.is_found:
            return self._not_found(number, span, outcome, resolution)
        written = outcome.text if span.keeps_words else self._written(resolution)
        label, address = resolution.rows[0].label, self._built.address(resolution.rows[0])
        self._change(number, span, written, address, resolution.stable)
        return replace(
            outcome,
            fate=Fate.LINKED,
            written=written,
            stable=resolution.stable,
            label=label,
            target=address,
            note=_note(text, end, resolution.citations, span),
        )

    def _written(self, resolution: Resolution) -> str:
        """The reference for this build; the number of a paragraph stays where it stands beside it."""
        plain = tuple(replace(citation, paragraph="") for citation in resolution.citations)
        return render(replace(resolution, citations=plain), self._style, self._wording)

    def _not_found(self, number: int, span: _Span, outcome: ReferenceOutcome, why: Resolution) -> ReferenceOutcome:
        """Left as it is; a reference that was linked before loses its link, and a number that is no longer true."""
        written = outcome.text
        if span.is_linked:
            if not span.keeps_words:
                written = "; ".join(citation.published for citation in why.citations) or written
            self._change(number, span, written, "", "")
        stable = stable_text(why.citations)
        return replace(outcome, fate=Fate.NOT_FOUND, written=written, stable=stable, reason=why.reason)

    def _change(self, number: int, span: _Span, text: str, target: str, stable: str) -> None:
        self.changes.append(
            {
                "paragraph": number,
                "start": span.start,
                "end": span.end,
                "text": text,
                "target": target,
                "tooltip": tooltip(stable, text) if target else "",
            }
        )


def _closed(paragraph: dict[str, Any], span: _Span) -> list[tuple[int, int, str]]:
    """Words that are left alone; a link to a page that remembers nothing may be written anew only as a whole."""
    others = [(start, end) for start, end in paragraph["forgotten"] if (start, end) != (span.start, span.end)]
    return [*map(tuple, paragraph["closed"]), *((start, end, IN_LINK) for start, end in others)]


def _remembered(stable: str) -> tuple[Citation, ...] | None:
    try:
        return citations_from(stable)
    except Refused:
        return None


def _found_span(found: FoundReference, linked: list[tuple[int, int]]) -> _Span:
    is_linked = any(start < found.end and end > found.start for start, end in linked)
    return _Span(found.start, found.end, found.place, found.kind in _KEEP_THEIR_WORDS, is_linked)


def _note(text: str, end: int, citations: tuple[Citation, ...], span: _Span) -> str:
    """Asks for a look where a number that follows might be another page of the same reference."""
    has_pages = any(citation.page_number is not None for citation in citations)
    more = _MORE_NUMBERS.match(text, end) if has_pages and not span.keeps_words else None
    return f"A number follows it (“{more[0].strip()}”): look whether it is a page too." if more else ""


def write_submission(resolved: ResolvedSubmission, built: BuiltMap, source: Path, folder: Path) -> tuple[Path, ...]:
    """The submission and its report as JSON and CSV, for a folder in which the bundle lies; never over the source."""
    target = folder / source.name
    if target.resolve() == source.resolve():
        raise Refused(f"“{folder}” holds the submission itself. Choose another folder, so that yours stays as it is.")
    contents = {
        source.name: resolved.content,
        f"{source.stem}.references.json": report_json(
            resolved.report, resolved.notices, submission=source.name, bundle=built.title
        ).encode(),
        f"{source.stem}.references.csv": report_csv(resolved.report).encode(),
    }
    with telling_of_disk("The submission was", folder), whole_files(folder, contents) as paths:
        return tuple(paths)
