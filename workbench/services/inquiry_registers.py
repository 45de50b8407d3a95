"""The inquiry's own registers: requests for evidence and what came of them, hearings, parties, the list of issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from workbench.domain.change import Action, Change
from workbench.domain.dates import last_day, parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.frame import ScopeParagraph
from workbench.domain.inquiry import (
    HEARING_KINDS,
    PARTY_ROLES,
    REQUEST_KINDS,
    EvidenceRequest,
    Hearing,
    Issue,
    Party,
)
from workbench.services.names import open_names
from workbench.store.case_file import CaseFile

Entry = EvidenceRequest | Hearing | Party | Issue

ISSUE_STATES = ("open", "answered", "dropped")
_LEAST_NAME = 3
_WHAT: dict[type, str] = {EvidenceRequest: "request", Hearing: "hearing", Party: "party", Issue: "issue"}


def keep_entry(case: CaseFile, entry: Entry) -> Change:
    """Put an entry into its register, or change the one with its identifier; dates as people type them.

    Raises ``Refused`` for what cannot be: no reference, a second one of the same name, days out of order, a protected
    name where a cipher belongs.
    """
    kept = _checked(case, entry)
    with case.change(Action.EDIT_INQUIRY, called(kept)) as step:
        step.put(kept)
    return step.change


def remove_entry(case: CaseFile, entry: Entry) -> Change:
    """Take an entry out of its register; it can be undone. An issue that something is linked to stays."""
    if isinstance(entry, Issue):
        used = len(case.pointing_at(entry.id))
        if used:
            raise Refused(
                f"Issue {entry.number} is used {'once' if used == 1 else f'in {used} places'}. Mark it as dropped "
                "instead, or take it out of there."
            )
    with case.change(Action.EDIT_INQUIRY, f"remove {called(entry)}") as step:
        step.delete(type(entry), entry.id)
    return step.change


def called(entry: Entry) -> str:
    """How people call an entry."""
    if isinstance(entry, EvidenceRequest):
        return f"request {entry.reference}"
    if isinstance(entry, Hearing):
        return f"hearing day {entry.day}" if entry.day else f"hearing of {entry.on}"
    return f"issue {entry.number}" if isinstance(entry, Issue) else f"{entry.role} {entry.name}"


def _checked(case: CaseFile, entry: Entry) -> Entry:
    entry = _tidied(entry)
    if isinstance(entry, EvidenceRequest):
        checked: Entry = _request(case, entry)
    elif isinstance(entry, Hearing):
        checked = _hearing(entry)
    else:
        checked = _party(entry) if isinstance(entry, Party) else _issue(case, entry)
    _refuse_names(case, checked)
    return checked


def _tidied(entry: Entry) -> Entry:
    """Without blanks around what was typed."""
    texts: dict[str, Any] = {
        field.name: value.strip() for field in fields(entry) if isinstance(value := getattr(entry, field.name), str)
    }
    return replace(entry, **texts)


def _request(case: CaseFile, entry: EvidenceRequest) -> EvidenceRequest:
    if not entry.reference:
        raise Refused("Give the request its reference, as the documents that come back will name it: R9-014.")
    _refuse_twice(case.all(EvidenceRequest), entry, same_reference(entry.reference), "request")
    _one_of(entry.kind, REQUEST_KINDS, "kind of request")
    sent, due, answered = (
        _day(text, what)
        for text, what in (
            (entry.sent_on, "The day of sending"),
            (entry.due_on, "The day an answer is due"),
            (entry.answered_on, "The day of the answer"),
        )
    )
    _in_order(sent, due, "An answer cannot be due before the request was sent.")
    _in_order(sent, answered, "A request cannot be answered before it was sent.")
    return replace(entry, sent_on=sent, due_on=due, answered_on=answered)


def _hearing(entry: Hearing) -> Hearing:
    if not entry.on:
        raise Refused("Give the day of the hearing.")
    if entry.day < 0:
        raise Refused("The number of a hearing day is 1 or more; leave it empty when days are not numbered.")
    _one_of(entry.kind, HEARING_KINDS, "kind of hearing")
    witnesses = tuple(dict.fromkeys(name.strip() for name in entry.witnesses if name.strip()))
    return replace(entry, on=_day(entry.on, "The day"), witnesses=witnesses)


def _party(entry: Party) -> Party:
    if not entry.name:
        raise Refused("Say who takes part: an institution, or a person by cipher.")
    _one_of(entry.role, PARTY_ROLES, "role")
    begins, ends = _day(entry.from_on, "The first day"), _day(entry.until_on, "The last day")
    _in_order(begins, ends, "Nobody ceases to take part before they began.")
    return replace(entry, from_on=begins, until_on=ends)


def _issue(case: CaseFile, entry: Issue) -> Issue:
    if not entry.number or not entry.text:
        raise Refused("An issue needs its number and its words.")
    if case.first(ScopeParagraph, id=entry.scope) is None:
        raise Refused("Choose the scope paragraph that the issue belongs to.")
    _one_of(entry.status, ISSUE_STATES, "state of an issue")
    _refuse_twice(case.all(Issue), entry, same_reference(entry.number), "issue")
    return entry


def same_reference(text: str) -> str:
    """A reference as it is compared: without regard to capitals and blanks."""
    return "".join(text.split()).casefold()


def _refuse_twice(known: Sequence[EvidenceRequest | Issue], entry: Entry, name: str, what: str) -> None:
    for other in known:
        number = other.reference if isinstance(other, EvidenceRequest) else other.number
        if other.id != entry.id and same_reference(number) == name:
            raise Refused(f"There is {what} “{number}” already. Edit that one, or give this one another name.")


def _one_of(value: str, choices: Sequence[str], what: str) -> None:
    if value not in choices:
        raise Refused(f"“{value}” is no {what}. Choose one of: {', '.join(choices)}.")


def _day(text: str, what: str) -> str:
    """The date as EDTF; "" for none, a sentence for what is no date."""
    if not text:
        return ""
    try:
        return parse_edtf(text).text
    except Refused as error:
        raise Refused(f"{what}: {error}") from error


def _in_order(first: str, second: str, sentence: str) -> None:
    if first and second and last_day(second) and last_day(second) < parse_edtf(first).earliest:
        raise Refused(sentence)


def _refuse_names(case: CaseFile, entry: Entry) -> None:
    """Registers are handed over, so whoever is under a cipher is named by it."""
    texts = "\n".join(text for *_, text in _written(entry)).casefold()
    for name in open_names(case):
        if len(name.term) >= _LEAST_NAME and name.term.casefold() in texts:
            raise Refused(f"A protected name of {name.cipher} stands in it. Name the cipher instead of the name.")


def written_in_registers(case: CaseFile) -> Iterator[tuple[str, str, str, str]]:
    """(what, where, id, words) of everything that people wrote in the registers, for the breach drill."""
    kinds: tuple[type[EvidenceRequest | Hearing | Party | Issue], ...] = (EvidenceRequest, Hearing, Party, Issue)
    for kind in kinds:
        for entry in case.all(kind):
            yield from _written(entry)


def _written(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    if isinstance(entry, EvidenceRequest):
        words: tuple[str, ...] = (entry.addressee, entry.about, entry.note)
    elif isinstance(entry, Hearing):
        words = (entry.title, entry.venue, *entry.witnesses, entry.note)
    elif isinstance(entry, Party):
        words = (entry.name, entry.representative)
    else:
        words = (entry.text,)
    where = called(entry) if not isinstance(entry, Party) else entry.role
    yield _WHAT[type(entry)], where, entry.id, "\n".join(words)
