"""Which facts the list of warning letters shows, and in what words; never what a letter says."""

from __future__ import annotations

from workbench.domain.fairness import LetterState
from workbench.gui.columns import Column, shown_date
from workbench.gui.wording import shortened
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.letter_list import STALE, LetterRow

_LONGEST = 90
_STATES = {
    LetterState.NONE: mark("no letter"),
    LetterState.DRAFT: mark("draft"),
    LetterState.SENT: mark("sent"),
    LetterState.OVERDUE: mark("time over, no answer"),
    LetterState.ANSWERED: mark("answered"),
    LetterState.CONSIDERED: mark("considered"),
    LetterState.WAIVED: mark("dispensed with"),
}
_WANTS = (
    mark("a letter"), mark("whom it criticises"), mark("the criticism"), mark("the facts"), mark("the evidence"),
    mark("a day to answer by"), mark("an outcome"), mark("a reason for the waiver"), mark(STALE),
)  # fmt: skip


def state_in_words(row: LetterRow) -> str:
    """``due in 6 days``, ``draft``, ``time over, no answer``."""
    if row.state is LetterState.SENT and row.days_left is not None:
        if not row.days_left:
            return _("due today")
        return _.count("due in {n} day", "due in {n} days", row.days_left)
    return _(_STATES[row.state])


def whom(row: LetterRow) -> str:
    """Whom a letter is for, as far as the list may say."""
    if row.body_name:
        return row.body_name
    return _("somebody not in the case") if row.letter is not None else _("nobody named")


def criticism(row: LetterRow) -> str:
    """The finding by its number, and its title or first words."""
    return f"{row.number}  {row.finding.title or shortened(row.words, _LONGEST)}"


def wanting(row: LetterRow) -> str:
    """What a letter still needs, in words."""
    return ", ".join(_(want) for want in row.wants)


def _may_leave(row: LetterRow) -> str:
    return _("the criticism may leave") if row.is_enough else _("the criticism is held back")


LETTER_COLUMNS: tuple[Column, ...] = (
    Column(
        id="sign",
        title=mark("Leaves"),
        text=lambda row: "✓" if row.is_enough else "×",
        sort_key=lambda row: row.is_enough,
        said=_may_leave,
        width=5,
    ),
    Column(
        id="whom",
        title=mark("Letter to"),
        text=whom,
        sort_key=lambda row: whom(row).casefold(),
        width=16,
    ),
    Column(
        id="state",
        title=mark("State"),
        text=state_in_words,
        sort_key=lambda row: (list(LetterState).index(row.state), row.days_left or 0),
        width=15,
    ),
    Column(
        id="criticism",
        title=mark("Criticism"),
        text=criticism,
        sort_key=lambda row: row.number,
        width=16,
        stretches=True,
    ),
    Column(id="wants", title=mark("Still wants"), text=wanting, sort_key=wanting, width=26, rank=1),
    Column(
        id="sent",
        title=mark("Sent"),
        text=lambda row: shown_date(row.letter.sent_on) if row.letter else "–",
        sort_key=lambda row: row.letter.sent_on if row.letter else "",
        width=15,
        rank=2,
    ),
    Column(
        id="due",
        title=mark("Answer due"),
        text=lambda row: shown_date(row.letter.due_on) if row.letter else "–",
        sort_key=lambda row: row.letter.due_on if row.letter else "",
        width=15,
        rank=4,
    ),
    Column(
        id="case_study",
        title=mark("Case study"),
        text=lambda row: row.case_study,
        sort_key=lambda row: row.case_study.casefold(),
        width=18,
        rank=5,
    ),
)
