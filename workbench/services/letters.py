"""The compartment of the warning letters: the one room that can read what they say and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace

from workbench.domain.analysis import Finding, FindingKind
from workbench.domain.change import Action, Change
from workbench.domain.dates import last_day, parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Institution, Person
from workbench.domain.ids import AnyId, ExcerptId, FindingId, WarningLetterId, new_id
from workbench.domain.protection import LETTER_OUTCOMES, WarningLetter
from workbench.services.case_numbers import finding_numbers
from workbench.services.letter_drafting import drafted, state_put
from workbench.store.case_file import CaseFile
from workbench.store.reading import Reading
from workbench.store.sealing import opened_letter, sealed_letter

#: What people wrote in a letter.
_WRITTEN = ("addressee", "criticism", "facts", "response", "reason", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """Everything a letter says, in clear; kept in memory only for as long as somebody reads it.

    ``body`` is whom the letter is for, an institution or a person, ``body_name`` by name or cipher. ``reason`` says
    why the criticism was changed or not, or why the letter was dispensed with. ``put`` is a digest of the finding as
    it was put to them.
    """

    addressee: str
    body: str = ""
    body_name: str = ""
    criticism: str = ""
    facts: str = ""
    response: str = ""
    reason: str = ""
    note: str = ""
    put: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLetter:
    """A letter with its words; ``body`` is whom it is for, None when nobody of the case is called so.

    ``is_stale`` when the finding's words or evidence are no longer those that were put to them.
    """

    record: WarningLetter
    words: LetterWords
    body: AnyId | None
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What is said of a letter; dates as people type them. Without a ``body`` the addressee names it."""

    addressee: str
    body: AnyId | None = None
    criticism: str = ""
    facts: str = ""
    response: str = ""
    reason: str = ""
    note: str = ""
    sent_on: str = ""
    due_on: str = ""
    answered_on: str = ""
    outcome: str = ""
    is_waived: bool = False
    evidence: tuple[AnyId, ...] = ()
    answer: tuple[AnyId, ...] = ()
    put: str = ""


# Opening and sealing


def open_letter(case: CaseFile, record: WarningLetter) -> LetterWords:
    """What a letter says."""
    opened = opened_letter(case.letters, record.sealed) if record.sealed else {"addressee": record.addressee}
    known = {field.name for field in fields(LetterWords)}
    return LetterWords(**{"addressee": "", **{name: text for name, text in opened.items() if name in known}})


def sealed(case: CaseFile, record: WarningLetter, words: LetterWords) -> WarningLetter:
    """The record with these words sealed in it, and none of them outside."""
    return replace(record, addressee="", note="", sealed=sealed_letter(case.letters, asdict(words)))


class Bodies:
    """Institutions and people of a case, by identifier and by any of their names."""

    def __init__(self, reading: Reading) -> None:
        self.names: dict[str, str] = {}
        self._known: dict[str, AnyId] = {}
        for institution in reading.all(Institution):
            self.names[institution.id] = institution.name
            for name in filter(None, (institution.name, institution.name_cy, *institution.aliases)):
                self._known.setdefault(name.casefold(), AnyId(institution.id))
        for person in reading.all(Person):
            self.names[person.id] = person.cipher
            self._known.setdefault(person.cipher.casefold(), AnyId(person.id))

    def called(self, name: str) -> AnyId | None:
        """Whom a name, a cipher or an address with just one of them in it means; None when nobody is called so."""
        folded = " ".join(name.split()).casefold()
        if folded in self._known:
            return self._known[folded]
        named = [known for known in self._known if re.search(rf"(?<!\w){re.escape(known)}(?!\w)", folded)]
        longest = [known for known in named if not any(known != other and known in other for other in named)]
        found = {self._known[known] for known in longest}
        return found.pop() if len(found) == 1 else None

    def of(self, words: LetterWords) -> AnyId | None:
        """Whom a letter is for: also when institutions were merged or renamed since."""
        if words.body in self.names:
            return AnyId(words.body)
        return self._known.get(words.body_name.casefold()) or self.called(words.addressee)


def letters_of(case: CaseFile, finding: FindingId | None = None) -> list[OpenLetter]:
    """The letters of one finding, or of all, opened; those sent first come first."""
    records = case.all(WarningLetter, "sent_on, id", **({} if finding is None else {"finding": finding}))
    if not records:
        return []
    bodies, now = Bodies(case), {item: state_put(case, item) for item in {record.finding for record in records}}
    found = []
    for record in records:
        words = open_letter(case, record)
        is_stale = bool(words.put) and words.put != now[record.finding]
        found.append(OpenLetter(record=record, words=words, body=bodies.of(words), is_stale=is_stale))
    return found


def written_in_letters(case: CaseFile) -> Iterator[tuple[str, str, str, str]]:
    """(what, where, id, words) of every letter, for the breach drill, which tells where but not the words."""
    numbers = finding_numbers(case)
    for letter in letters_of(case):
        words = "\n".join(str(getattr(letter.words, name)) for name in _WRITTEN)
        yield "warning letter", f"finding {numbers[letter.record.finding]}", letter.record.id, words


# Writing


def draft_letter(case: CaseFile, finding: FindingId, addressee: str, body: AnyId | None = None) -> LetterFacts:
    """A letter in rule 15's three parts, drafted from the finding itself; nothing is kept yet.

    The criticism is the finding's sentences, the facts what they rest on, the evidence every excerpt behind them.
    """
    _criticism(case, finding)
    draft = drafted(case, finding)
    return LetterFacts(
        addressee=addressee,
        body=body,
        criticism=draft.criticism,
        facts=draft.facts,
        evidence=tuple(AnyId(item) for item in draft.evidence),
        put=draft.put,
    )


def record_letter(
    case: CaseFile, finding: FindingId, facts: LetterFacts, *, identifier: WarningLetterId | None = None
) -> tuple[Change, WarningLetterId]:
    """Keep the letter that a criticism needs before it leaves the team, or (with an id) change one.

    Raises ``Refused`` for what cannot be: no addressee, a second letter to the same body, days out of order, an outcome
    or a waiver without its reason.
    """
    _criticism(case, finding)
    bodies = Bodies(case)
    words = _words(case, finding, facts, bodies)
    _refuse_second(case, finding, words, bodies, identifier)
    sent, due, answered = _days(facts)
    _refuse_unfinished(facts, sent, due, answered)
    record = WarningLetter(
        id=identifier or WarningLetterId(new_id("wrn")),
        finding=finding,
        sent_on=sent,
        due_on=due,
        answered_on=answered,
        evidence=facts.evidence,
        answer=facts.answer,
        outcome=facts.outcome,
        is_waived=facts.is_waived,
    )
    with case.change(Action.EDIT_LETTER, _summary(record)) as step:
        step.put(sealed(case, record, words))
    return step.change, record.id


def link_answer(case: CaseFile, letter: WarningLetterId, excerpts: Iterable[ExcerptId]) -> Change:
    """Add excerpts of the response document to a letter as its answer."""
    record = case.get(WarningLetter, letter)
    wanted = [case.get(Excerpt, excerpt).id for excerpt in excerpts]
    if not wanted:
        raise Refused("Choose the excerpts of the response first.")
    with case.change(Action.EDIT_LETTER, "the response linked") as step:
        step.put(replace(record, answer=tuple(dict.fromkeys((*record.answer, *map(AnyId, wanted))))))
    return step.change


def remove_letter(case: CaseFile, letter: WarningLetterId) -> Change:
    """Take a draft away; a letter that was sent stays on record."""
    record = case.get(WarningLetter, letter)
    if record.sent_on:
        raise Refused("This letter was sent, so it stays on record. Record its outcome, or withdraw the finding.")
    with case.change(Action.EDIT_LETTER, "a draft removed") as step:
        step.delete(WarningLetter, letter)
    return step.change


def facts_of(case: CaseFile, record: WarningLetter) -> LetterFacts:
    """What is said of a letter now, to be edited."""
    words, bodies = open_letter(case, record), Bodies(case)
    return LetterFacts(
        addressee=words.addressee,
        body=bodies.of(words),
        criticism=words.criticism,
        facts=words.facts,
        response=words.response,
        reason=words.reason,
        note=words.note,
        sent_on=record.sent_on,
        due_on=record.due_on,
        answered_on=record.answered_on,
        outcome=record.outcome,
        is_waived=record.is_waived,
        evidence=record.evidence,
        answer=record.answer,
        put=words.put,
    )


def _criticism(case: CaseFile, finding: FindingId) -> Finding:
    record = case.get(Finding, finding)
    if record.kind is not FindingKind.CRITICISM:
        raise Refused("Only criticism needs a warning letter. Choose a finding that criticises.")
    return record


def _words(case: CaseFile, finding: FindingId, facts: LetterFacts, bodies: Bodies) -> LetterWords:
    if not facts.addressee.strip():
        raise Refused("Say to whom the warning letter went.")
    body = facts.body or bodies.called(facts.addressee)
    if body is not None and body not in bodies.names:
        raise Refused("Whom the letter is for is not in the case any more. Choose an institution or a person.")
    return LetterWords(
        addressee=facts.addressee.strip(),
        body=body or "",
        body_name=bodies.names[body] if body else "",
        criticism=facts.criticism.strip(),
        facts=facts.facts.strip(),
        response=facts.response.strip(),
        reason=facts.reason.strip(),
        note=facts.note.strip(),
        put=facts.put or state_put(case, finding),
    )


def _refuse_second(
    case: CaseFile, finding: FindingId, words: LetterWords, bodies: Bodies, identifier: WarningLetterId | None
) -> None:
    """One letter for each body: a second one would leave open which of them counts."""
    for letter in letters_of(case, finding):
        is_same = letter.body is not None and letter.body == bodies.of(words)
        is_same = is_same or letter.words.addressee.casefold() == words.addressee.casefold()
        if is_same and letter.record.id != identifier:
            raise Refused("There is a letter to them about this finding already. Edit that one.")


def _days(facts: LetterFacts) -> tuple[str, str, str]:
    sent, due, answered = (
        _day(text, name)
        for text, name in (
            (facts.sent_on, "The day of sending"),
            (facts.due_on, "The day an answer is due"),
            (facts.answered_on, "The day of the answer"),
        )
    )
    return sent, due, answered


def _refuse_unfinished(facts: LetterFacts, sent: str, due: str, answered: str) -> None:
    if _is_before(due, sent):
        raise Refused("An answer cannot be due before the letter was sent.")
    if _is_before(answered, sent):
        raise Refused("A letter cannot be answered before it was sent.")
    if answered and not sent:
        raise Refused("A letter that was answered was sent. Give the day of sending.")
    if facts.outcome not in LETTER_OUTCOMES:
        raise Refused(f"“{facts.outcome}” is no outcome. Choose one of: {', '.join(LETTER_OUTCOMES[1:])}.")
    if facts.outcome and not sent:
        raise Refused("There is no outcome before the letter was sent. Give the day of sending.")
    if (facts.outcome or facts.is_waived) and not facts.reason.strip():
        what = "the letter was dispensed with" if facts.is_waived else f"the criticism was {facts.outcome}"
        raise Refused(f"Say why {what}.")


def _day(text: str, what: str) -> str:
    """The date as EDTF; "" for none, a sentence for what is no date."""
    if not text.strip():
        return ""
    try:
        return parse_edtf(text).text
    except Refused as error:
        raise Refused(f"{what}: {error}") from error


def _is_before(day: str, other: str) -> bool:
    return bool(day and other and last_day(day) and last_day(day) < parse_edtf(other).earliest)


def _summary(record: WarningLetter) -> str:
    """How the history calls a letter: how far it is, never to whom or about what."""
    if record.is_waived:
        return "dispensed with"
    if record.outcome:
        return "answer considered"
    return "answered" if record.answered_on else "sent" if record.sent_on else "a draft"
