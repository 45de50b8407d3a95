"""Lists every criticism with everybody it criticises and how far their warning letter is; never what a letter says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from workbench.domain.analysis import Finding, FindingKind, FindingStatus, Sentence
from workbench.domain.errors import NotFound
from workbench.domain.fairness import ENOUGH, LetterState, days_left, state_of_letter, what_is_missing
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import AnyId
from workbench.domain.protection import WarningLetter
from workbench.services.case_numbers import finding_numbers
from workbench.services.letters import Bodies, OpenLetter, letters_of
from workbench.store.case_file import CaseFile

STALE = "the letter no longer states the criticism as it stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A criticism, one of those it affects, and how far their letter is.

    ``body`` is None where nobody is named, or where a letter is to somebody who is not in the case. ``wants`` is what
    the letter still needs, in words.
    """

    finding: Finding
    number: int
    words: str
    case_study: str = ""
    body: AnyId | None = None
    body_name: str = ""
    is_criticised: bool = True
    letter: WarningLetter | None = None
    state: LetterState = LetterState.NONE
    days_left: int | None = None
    is_stale: bool = False
    wants: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.letter.id if self.letter is not None else f"{self.finding.id}/{self.body or ''}"

    @property
    def is_enough(self) -> bool:
        """True when the criticism may leave as far as this body is concerned."""
        return self.state in ENOUGH


def letter_rows(case: CaseFile, today: date | None = None) -> list[LetterRow]:
    """Every criticism once for each body it affects and each letter; what lacks its letter stands first."""
    day = today or date.today()
    words: dict[str, list[str]] = {}
    for sentence in case.all(Sentence, "position"):
        words.setdefault(sentence.finding, []).append(sentence.text)
    studies = {item.id: item.title for item in case.all(CaseStudy)}
    letters: dict[str, list[OpenLetter]] = {}
    for letter in letters_of(case):
        letters.setdefault(letter.record.finding, []).append(letter)
    bodies, rows = Bodies(case), list[LetterRow]()
    numbers = finding_numbers(case)
    for finding in case.all(Finding):
        own = letters.get(finding.id, [])
        if finding.kind is not FindingKind.CRITICISM or (finding.status is FindingStatus.WITHDRAWN and not own):
            continue
        plain = LetterRow(
            finding=finding,
            number=numbers[finding.id],
            words=" ".join(words.get(finding.id, ())),
            case_study=studies.get(finding.case_study, "") if finding.case_study else "",
        )
        rows += _rows_of(plain, own, bodies, day)
    return sorted(rows, key=lambda row: list(LetterState).index(row.state))


def _rows_of(plain: LetterRow, letters: Sequence[OpenLetter], bodies: Bodies, day: date) -> Iterator[LetterRow]:
    """One row for each letter, and one for each criticised body that has none."""
    criticised = plain.finding.criticised
    for letter in letters:
        yield replace(
            plain,
            body=letter.body,
            body_name=bodies.names.get(letter.body or "", ""),
            is_criticised=not criticised or letter.body in criticised,
            letter=letter.record,
            state=state_of_letter(letter.record, day),
            days_left=days_left(letter.record, day),
            is_stale=letter.is_stale,
            wants=tuple(_wants(letter, day)),
        )
    with_letter = {letter.body for letter in letters}
    for body in criticised:
        if body not in with_letter:
            yield replace(plain, body=body, body_name=bodies.names.get(body, "?"), wants=("a letter",))
    if not criticised and not letters:
        yield replace(plain, wants=("whom it criticises", "a letter"))


def _wants(letter: OpenLetter, day: date) -> Iterator[str]:
    """What a letter still needs: rule 15's three parts, a day to answer by, a response that is considered."""
    record, state = letter.record, state_of_letter(letter.record, day)
    if state is LetterState.WAIVED:
        if not letter.words.reason:
            yield "a reason for the waiver"
        return
    for part, is_there in (
        ("the criticism", letter.words.criticism),
        ("the facts", letter.words.facts),
        ("the evidence", record.evidence),
    ):
        if not is_there:
            yield part
    if state is LetterState.SENT and not record.due_on:
        yield "a day to answer by"
    if state is LetterState.ANSWERED:
        yield "an outcome"
    if letter.is_stale:
        yield STALE


def finding_numbered(case: CaseFile, name: str) -> Finding:
    """A finding by its number in the order of the case, or by its title; raises ``NotFound``."""
    findings = case.all(Finding)
    if name.strip().isdigit() and 1 <= int(name) <= len(findings):
        return findings[int(name) - 1]
    found = [item for item in findings if item.title.casefold() == name.strip().casefold() and item.title]
    if len(found) != 1:
        how = "Several findings have that title" if found else "There is no such finding"
        raise NotFound(f"{how}: “{name}”. Name it by its number; “workbench letters” lists them.")
    return found[0]


class WarningsGiven:
    """What stands between a criticism and an audience beyond the team; findings are named, never quoted."""

    def __init__(self, case: CaseFile, today: date) -> None:
        self._case, self._today = case, today
        self._bodies = Bodies(case)
        self._numbers = finding_numbers(case)
        self._letters: dict[str, list[OpenLetter]] = {}
        for letter in letters_of(case):
            self._letters.setdefault(letter.record.finding, []).append(letter)

    def missing(self, finding: Finding) -> list[str]:
        """A sentence for everybody criticised who could not answer yet."""
        if finding.kind is not FindingKind.CRITICISM:
            return []
        own, name = self._letters.get(finding.id, []), self._named(finding)
        if not finding.criticised:
            lacks = [self._lacks(letter) for letter in own] or ["is missing"]
            return [] if "" in lacks else [f"the warning letter about {name} {lacks[0]}."]
        found = []
        for body in finding.criticised:
            lacks = [self._lacks(letter) for letter in own if letter.body == body] or ["is missing"]
            if "" not in lacks:
                found.append(f"the warning letter to {self._bodies.names.get(body, '?')} about {name} {lacks[0]}.")
        return found

    def _lacks(self, letter: OpenLetter) -> str:
        if letter.record.is_waived and not letter.words.reason:
            return "was dispensed with, but nobody said why"
        return what_is_missing(letter.record, self._today)

    def waived(self, finding: Finding) -> list[str]:
        """A sentence for every letter that was dispensed with."""
        return [
            f"The warning letter{self._to(letter)} about {self._named(finding)} was expressly dispensed with."
            for letter in self._letters.get(finding.id, [])
            if letter.record.is_waived and finding.kind is FindingKind.CRITICISM
        ]

    def notices(self, finding: Finding) -> list[str]:
        """What should be known of the letters although they are enough."""
        if finding.kind is not FindingKind.CRITICISM:
            return []
        found, name = [], self._named(finding)
        for letter in self._letters.get(finding.id, []):
            if state_of_letter(letter.record, self._today) is LetterState.ANSWERED:
                found.append(f"The response{self._to(letter, 'of')} to {name} has no outcome yet: was it considered?")
            if letter.is_stale and not letter.record.is_waived:
                found.append(f"{name.capitalize()}{self._to(letter, 'as put to')} has changed since: {STALE}.")
        return found

    def _to(self, letter: OpenLetter, word: str = "to") -> str:
        return f" {word} {self._bodies.names[letter.body]}" if letter.body in self._bodies.names else ""

    def _named(self, finding: Finding) -> str:
        return f"finding {self._numbers[finding.id]}" + (f" (“{finding.title}”)" if finding.title else "")
