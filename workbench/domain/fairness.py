"""How far the warning letter of a criticism has come, and whether the criticism may leave with it.

Inquiry Rules 2006, rules 13 to 15: whoever is criticised was told of the criticism, the facts and the evidence, and
had a reasonable opportunity to answer. Whether the answer was considered is told, but does not hold anything back.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from workbench.domain.dates import last_day
from workbench.domain.protection import WarningLetter


class LetterState(StrEnum):
    """How far a letter has come."""

    NONE = "no letter"
    DRAFT = "draft"
    SENT = "sent"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CONSIDERED = "considered"
    WAIVED = "waived"


#: With these the opportunity to answer was given, or was expressly dispensed with.
ENOUGH = frozenset({LetterState.OVERDUE, LetterState.ANSWERED, LetterState.CONSIDERED, LetterState.WAIVED})


def state_of_letter(letter: WarningLetter | None, today: date) -> LetterState:
    """The state on a day; days to come, and months that are not over, do not count yet."""
    if letter is None:
        return LetterState.NONE
    if letter.is_waived:
        return LetterState.WAIVED
    day = today.isoformat()
    sent, answered, due = map(last_day, (letter.sent_on, letter.answered_on, letter.due_on))
    if not sent or sent > day:
        return LetterState.DRAFT
    if answered and answered <= day:
        return LetterState.CONSIDERED if letter.outcome else LetterState.ANSWERED
    if due and due < day:
        return LetterState.CONSIDERED if letter.outcome else LetterState.OVERDUE
    return LetterState.SENT


def days_left(letter: WarningLetter | None, today: date) -> int | None:
    """Days until the answer is due, below 0 when it was; None when no day was given or nothing is waited for."""
    if state_of_letter(letter, today) not in (LetterState.SENT, LetterState.OVERDUE) or letter is None:
        return None
    due = last_day(letter.due_on)
    return (date.fromisoformat(due) - today).days if due else None


def what_is_missing(letter: WarningLetter | None, today: date) -> str:
    """Why a criticism may not leave with this letter yet, in words to put behind "the letter"; "" when it may."""
    state = state_of_letter(letter, today)
    if state in ENOUGH:
        return ""
    if state is LetterState.NONE or letter is None:
        return "is missing"
    if state is LetterState.DRAFT:
        return "was not sent yet"
    if not letter.due_on:
        return "was sent without a day by which to answer, and is not answered"
    return f"is not answered, and its time to answer runs until {last_day(letter.due_on) or letter.due_on}"
