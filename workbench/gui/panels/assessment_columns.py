"""Which facts the tables of assessments, standards and negative searches show, and in what words."""

from __future__ import annotations

from typing import Any

from workbench.domain.analysis import Rating
from workbench.domain.periods import period_in_words
from workbench.domain.standing import Standing
from workbench.gui.columns import Column, shown_date, shown_instant
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _

#: Worst first, as they sort.
RATING_ORDER = (
    Rating.INADEQUATE,
    Rating.PARTLY_ADEQUATE,
    Rating.ADEQUATE,
    Rating.NOT_ASSESSABLE,
    Rating.NOT_YET_ASSESSED,
)
_WORDS = (
    mark("adequate"),
    mark("partly adequate"),
    mark("inadequate"),
    mark("not assessable"),
    mark("not yet assessed"),
    mark("statute"),
    mark("regulation"),
    mark("guidance"),
    mark("policy"),
    mark("own rule"),
    mark("other"),
    mark("certainly"),
    mark("possibly"),
)


def rating_in_words(row: Any) -> str:
    """The rating, unless it is kept from whoever is to read the assessment a second time."""
    if row.is_veiled:
        return _("hidden")
    shown = _(row.row.assessment.rating.value).capitalize()
    return _("{rating} (contested)").format(rating=shown) if row.row.is_contested else shown


def _state(row: Any) -> str:
    if row.is_veiled:
        return "–"
    faults = len(row.row.faults)
    return f"⚠ {faults}" if faults else "✓"


def _state_said(row: Any) -> str:
    if row.is_veiled:
        return _("Awaits a second reading")
    return "\n".join(row.row.faults) or _("Nothing is missing or wrong")


ASSESSMENT_COLUMNS: tuple[Column, ...] = (
    Column(
        id="institution",
        title=mark("Institution"),
        text=lambda r: r.row.institution,
        sort_key=lambda r: r.row.institution.casefold(),
        width=18,
        stretches=True,
    ),
    Column(
        id="scope",
        title=mark("Scope"),
        text=lambda r: r.row.scope,
        sort_key=lambda r: r.row.scope,
        width=5,
    ),
    Column(
        id="rating",
        title=mark("Rating"),
        text=rating_in_words,
        sort_key=lambda r: (r.is_veiled, RATING_ORDER.index(r.row.assessment.rating) if not r.is_veiled else 0),
        width=13,
        rank=1,
    ),
    Column(
        id="state",
        title=mark("Faults"),
        text=_state,
        sort_key=lambda r: (r.is_veiled, -len(r.row.faults)),
        said=_state_said,
        width=5,
        rank=2,
    ),
    Column(
        id="period",
        title=mark("Period"),
        text=lambda r: period_in_words(r.row.assessment.period, _.language) or "–",
        sort_key=lambda r: r.row.assessment.period,
        width=13,
        rank=3,
    ),
    Column(
        id="readers",
        title=mark("Read by"),
        text=lambda r: ", ".join((r.row.assessment.author or "–", *(item.reader for item in r.row.readings))),
        sort_key=lambda r: r.row.assessment.author.casefold(),
        width=18,
        rank=4,
    ),
    Column(
        id="question",
        title=mark("Question"),
        text=lambda r: r.row.assessment.question,
        sort_key=lambda r: r.row.assessment.question.casefold(),
        width=28,
        rank=5,
    ),
)


def _standing(row: Any) -> str:
    return _(row.standing.value).capitalize() if row.standing is not None else "–"


STANDARD_COLUMNS: tuple[Column, ...] = (
    Column(
        id="name",
        title=mark("Standard"),
        text=lambda r: r.name,
        sort_key=lambda r: r.name.casefold(),
        width=18,
        stretches=True,
    ),
    Column(
        id="standing",
        title=mark("Stood"),
        text=_standing,
        sort_key=lambda r: list(Standing).index(r.standing) if r.standing is not None else 9,
        width=9,
        rank=1,
    ),
    Column(
        id="state",
        title=mark("Faults"),
        text=lambda r: f"⚠ {len(r.faults)}" if r.faults else "✓",
        said=lambda r: "\n".join(r.faults) or _("Nothing is missing or wrong"),
        sort_key=lambda r: -len(r.faults),
        width=5,
        rank=2,
    ),
    Column(
        id="from",
        title=mark("From"),
        text=lambda r: shown_date(r.standard.from_on) or "–",
        sort_key=lambda r: r.standard.from_on or "9999",
        width=13,
        rank=3,
    ),
    Column(
        id="kind",
        title=mark("Kind"),
        text=lambda r: _(r.standard.kind.value).capitalize(),
        sort_key=lambda r: r.standard.kind,
        width=9,
        rank=4,
    ),
    Column(
        id="until",
        title=mark("Until"),
        text=lambda r: shown_date(r.standard.until_on) or "–",
        sort_key=lambda r: r.standard.until_on or "9999",
        width=13,
        rank=5,
    ),
    Column(
        id="binds",
        title=mark("Binds"),
        text=lambda r: ", ".join(r.institutions) or _("everybody"),
        sort_key=lambda r: r.institutions,
        width=18,
        rank=6,
    ),
    Column(
        id="source",
        title=mark("Written in"),
        text=lambda r: r.source or "–",
        sort_key=lambda r: r.source,
        width=14,
        rank=7,
    ),
)

SEARCH_COLUMNS: tuple[Column, ...] = (
    Column(
        id="sought",
        title=mark("Looked for"),
        text=lambda r: r.record.sought,
        sort_key=lambda r: r.record.sought.casefold(),
        said=lambda r: r.sentence,
        width=20,
        stretches=True,
    ),
    Column(
        id="state",
        title=mark("State"),
        text=lambda r: _("out of date") if r.documents_since else _("holds"),
        sort_key=lambda r: -r.documents_since,
        said=lambda r: (
            _.count("{n} document came since", "{n} documents came since", r.documents_since)
            if r.documents_since
            else _("Nothing came since")
        ),
        width=9,
        rank=1,
    ),
    Column(
        id="cited",
        title=mark("Cited"),
        text=lambda r: str(r.used or "–"),
        sort_key=lambda r: -r.used,
        width=5,
        rank=2,
        is_number=True,
    ),
    Column(
        id="at",
        title=mark("When"),
        text=lambda r: shown_instant(r.record.searched_at),
        sort_key=lambda r: r.record.searched_at,
        width=17,
        rank=3,
    ),
    Column(
        id="query",
        title=mark("Query"),
        text=lambda r: r.record.query,
        sort_key=lambda r: r.record.query.casefold(),
        width=16,
        rank=4,
    ),
    Column(
        id="by",
        title=mark("By"),
        text=lambda r: r.record.searched_by,
        sort_key=lambda r: r.record.searched_by.casefold(),
        width=12,
        rank=5,
    ),
)

#: The lists of the panel: name, title, columns, and what an empty one says.
ASSESSMENTS, STANDARDS, SEARCHES = "assessments", "standards", "searches"
KINDS: tuple[tuple[str, str, tuple[Column, ...], str, str], ...] = (
    (
        ASSESSMENTS,
        mark("Assessments"),
        ASSESSMENT_COLUMNS,
        mark("No assessments yet"),
        mark("One institution, one scope paragraph, one period: judged by a standard and by evidence on both sides."),
    ),
    (
        STANDARDS,
        mark("Standards in force"),
        STANDARD_COLUMNS,
        mark("No standards here"),
        mark("What ought to have happened: statutes, guidance, policies, own rules, each with the days it stood."),
    ),
    (
        SEARCHES,
        mark("Searches that found nothing"),
        SEARCH_COLUMNS,
        mark("No searches recorded yet"),
        mark(
            "Search, and record that nothing was found. What could not be searched is kept with it, and it is citable."
        ),
    ),
)
