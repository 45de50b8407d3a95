"""Writes a warning letter as a Word document to be sent, swept for names and recorded without its words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench.domain.analysis import Finding
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Investigation
from workbench.domain.ids import ExcerptId, FindingId, WarningLetterId
from workbench.domain.progress import Ticket
from workbench.domain.protection import WarningLetter
from workbench.exporters.letter_docx import EvidenceLine, LetterPage, letter_docx
from workbench.runtime.resources import resource_text
from workbench.services.builds import LETTER, ExportRecord
from workbench.services.case_study_clearing import CaseStudyClearing
from workbench.services.clearing import Clearing
from workbench.services.excerpt_list import rows_of_excerpts
from workbench.services.handing_over import hand_over
from workbench.services.letter_drafting import sentences_behind
from workbench.services.letters import Bodies, OpenLetter, draft_letter, letters_of, record_letter
from workbench.services.releasing import marked_words_override, release
from workbench.store.case_file import CaseFile

#: Whose protection counts: whoever gets a letter sees what core participants may see.
AUDIENCE = "core participants"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """The file, and what should be known before it is sent."""

    path: Path
    notices: tuple[str, ...]


def letter_to(case: CaseFile, finding: FindingId, to: str) -> tuple[WarningLetterId, bool]:
    """The letter to somebody about a finding, and whether it was drafted just now because there was none."""
    body = Bodies(case).called(to)
    for letter in letters_of(case, finding):
        if (body is not None and letter.body == body) or letter.words.addressee.casefold() == to.strip().casefold():
            return letter.record.id, False
    return record_letter(case, finding, draft_letter(case, finding, to))[1], True


def write_letter(
    case: CaseFile, identifier: WarningLetterId, folder: Path, *, override: str = "", ticket: Ticket | None = None
) -> WrittenLetter:
    """Write a letter into ``folder`` and put on record that it was, without its words.

    Raises ``LeaksFound`` when a protected name stands in it, ``CheckFailed`` for words that are marked for redaction,
    unless ``override`` gives a reason.
    """
    ticket, notices = ticket or Ticket(), list[str]()
    record = case.get(WarningLetter, identifier)
    letter = next(item for item in letters_of(case, record.finding) if item.record.id == identifier)
    if letter.is_stale:
        notices.append("The finding has changed since this letter was drafted: draft it anew, or check its words.")
    clearing = Clearing(case, AUDIENCE, datetime.now(UTC).date())
    clearing.refuse_unreadable()
    page, name = _page(case, letter, clearing, ticket, notices), _name(case, letter)
    written = [("the criticism", "\n".join(page.criticism)), ("the facts", "\n".join(page.facts))]
    overrides = marked_words_override(case, clearing, "The letter", written, override)
    files = {f"{name}.docx": letter_docx(page)}
    overrides += release(case, clearing, "The letter", files, ticket, override=override).overrides
    export = ExportRecord(
        kind=LETTER,
        title=name,
        audience=AUDIENCE,
        files=files,
        overrides=tuple(f"{item.what} Reason: {item.reason}" for item in overrides),
        keeps_words=False,
    )
    paths = hand_over(case, folder, export, "The letter was")
    return WrittenLetter(path=paths[0], notices=tuple(notices))


def _name(case: CaseFile, letter: OpenLetter) -> str:
    """What the history and the file call it: by the finding's number and the letter's, never by whom it is to."""
    own = [item.record.id for item in letters_of(case, letter.record.finding)]
    return f"warning letter {_number(case, letter)}-{sorted(own).index(letter.record.id) + 1}"


def _number(case: CaseFile, letter: OpenLetter) -> int:
    return [item.id for item in case.all(Finding)].index(letter.record.finding) + 1


def _page(case: CaseFile, letter: OpenLetter, clearing: Clearing, ticket: Ticket, notices: list[str]) -> LetterPage:
    record, words = letter.record, letter.words
    standing = tomllib.loads(resource_text("letters/rule-15.toml"))
    if not words.criticism:
        notices.append("The letter states no criticism yet. Draft it from the finding, or write it.")
    if not record.due_on:
        notices.append("The letter names no day by which to answer. Give one.")
    cleared = CaseStudyClearing(case, clearing, ticket)
    try:
        evidence = tuple(_evidence(case, letter, cleared, standing, notices))
    finally:
        cleared.close()
    return LetterPage(
        inquiry=case.all(Investigation)[0].title,
        reference=f"Reference: {_name(case, letter).removeprefix('warning letter ')}",
        addressee=words.addressee,
        dated=in_words(record.sent_on) or "[date]",
        criticism=_lines(words.criticism),
        facts=_lines(words.facts),
        evidence=evidence,
        due=in_words(record.due_on),
        standing=standing,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _evidence(
    case: CaseFile, letter: OpenLetter, cleared: CaseStudyClearing, standing: dict[str, Any], notices: list[str]
) -> Iterator[EvidenceLine]:
    """The places referred to; words that whoever gets it may not see are not repeated, and it is told."""
    identifiers = [ExcerptId(item) for item in letter.record.evidence if case.first(Excerpt, id=item) is not None]
    bears_on = sentences_behind(case, letter.record.finding)
    rows = rows_of_excerpts(case, identifiers)
    for identifier in identifiers:
        row = rows.get(identifier)
        if row is None:
            continue
        document = case.get(Document, row.excerpt.document)
        is_shown = all(cleared.shown(part) is not None for part in row.parts)
        if not is_shown:
            notices.append(f"The words at {row.reference} are restricted, and are not repeated in the letter.")
        yield EvidenceLine(
            reference=row.reference,
            document=" · ".join(filter(None, (document.title, in_words(document.on)))) if is_shown else "",
            words=(f"“{row.words}”" if row.words else "(marked area)") if is_shown else standing["withheld"],
            bears_on=", ".join(f"1.{number}" for number in bears_on.get(identifier, ())),
        )
