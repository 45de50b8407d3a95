"""How findings, lessons and recommendations come from one another, and what became of what was asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.analysis import (
    Answer,
    Finding,
    FindingStatus,
    Implementation,
    Lesson,
    Recommendation,
    Response,
)
from workbench.domain.dates import in_words, parse_edtf
from workbench.domain.ids import prefix_of

_Step = Callable[[str], Sequence[str]]
#: Nothing more is waited for once it stands so.
_ENDED = (Implementation.IMPLEMENTED, Implementation.OVERTAKEN, Implementation.ABANDONED)


def first_circle(builds_on: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The first circle among things that build on one another, beginning and ending with the same; () when none."""
    finished: set[str] = set()
    for start in builds_on:
        path: list[str] = []
        ahead = [iter((start,))]
        while ahead:
            item = next(ahead[-1], None)
            if item is None:
                ahead.pop()
                if path:
                    finished.add(path.pop())
            elif item in path:
                return (*path[path.index(item) :], item)
            elif item not in finished:
                path.append(item)
                ahead.append(iter(builds_on.get(item, ())))
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A finding, lesson, recommendation or response by its identifier, and what comes after it."""

    item: str
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """Something that leads nowhere or comes from nowhere; ``is_unfounded`` when no finding that stands leads to it."""

    item: str
    text: str
    is_unfounded: bool = False

    @property
    def kind(self) -> str:
        """``finding``, ``lesson`` or ``recommendation``."""
        return {"fnd": "finding", "lsn": "lesson"}.get(prefix_of(self.item), "recommendation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What has become of a recommendation by some day: its newest answer and state, and what is overdue, in words."""

    answer: Answer
    state: Implementation
    newest: Response | None = None
    overdue: str = ""


class Genealogy:
    """All that was found, learned and recommended, followed both ways; a finding that was withdrawn carries nothing."""

    def __init__(
        self,
        findings: Iterable[Finding],
        lessons: Iterable[Lesson],
        recommendations: Iterable[Recommendation],
        responses: Iterable[Response] = (),
    ) -> None:
        self.findings: dict[str, Finding] = {item.id: item for item in findings}
        self.lessons: dict[str, Lesson] = {item.id: item for item in lessons}
        self.recommendations: dict[str, Recommendation] = {item.id: item for item in recommendations}
        self.responses: dict[str, list[Response]] = defaultdict(list)
        for response in responses:
            self.responses[response.recommendation].append(response)
        self._after: dict[str, list[str]] = defaultdict(list)
        self._before: dict[str, list[str]] = defaultdict(list)
        for lesson in self.lessons.values():
            self._join(lesson.id, (*lesson.findings, *lesson.builds_on))
        for recommendation in self.recommendations.values():
            self._join(recommendation.id, (*recommendation.findings, *recommendation.lessons))

    def _join(self, item: str, sources: Iterable[str]) -> None:
        for source in sources:
            self._after[source].append(item)
            self._before[item].append(source)

    # Both ways

    def forwards(self) -> tuple[Branch, ...]:
        """From each finding, and each lesson that comes from none, to what was learned, recommended and answered."""
        starts = [*self.findings, *(item for item in self.lessons if not self._before[item])]
        starts += [item for item in self.recommendations if not self._before[item]]
        known: dict[str, Branch] = {}
        return tuple(self._branch(item, self._next, (), known) for item in starts)

    def backwards(self) -> tuple[Branch, ...]:
        """From each recommendation, and each lesson that leads to none, back to the findings."""
        starts = [*self.recommendations, *(item for item in self.lessons if not self._after[item])]
        starts += [item for item in self.findings if not self._after[item]]
        known: dict[str, Branch] = {}
        return tuple(self._branch(item, self._before.__getitem__, (), known) for item in starts)

    def _next(self, item: str) -> list[str]:
        return [*self._after[item], *(response.id for response in self.responses[item])]

    def _branch(self, item: str, following: _Step, path: tuple[str, ...], known: dict[str, Branch]) -> Branch:
        """What comes after an item; the same branch wherever it is reached from, and nothing twice in a circle."""
        if item not in known:
            ahead = [other for other in following(item) if other not in path and other != item]
            branches = tuple(self._branch(other, following, (*path, item), known) for other in ahead)
            known[item] = Branch(item=item, branches=branches)
        return known[item]

    def findings_behind(self, item: str) -> tuple[Finding, ...]:
        """Every finding that still stands and that a lesson or recommendation comes from, straight or over lessons."""
        return tuple(
            self.findings[name]
            for name in _reached(item, self._before)
            if name in self.findings and self.findings[name].status is not FindingStatus.WITHDRAWN
        )

    def recommendations_from(self, item: str) -> tuple[Recommendation, ...]:
        """Every recommendation that a finding or lesson leads to."""
        return tuple(self.recommendations[name] for name in _reached(item, self._after) if name in self.recommendations)

    # What is missing

    def orphans(self) -> Iterator[Orphan]:
        """Findings that lead nowhere, lessons from nowhere or to nowhere, recommendations that rest on nothing."""
        for finding in self.findings.values():
            if finding.status is not FindingStatus.WITHDRAWN and not self._after[finding.id]:
                yield Orphan(item=finding.id, text="leads to no lesson and no recommendation")
        for lesson in self.lessons.values():
            if not self.findings_behind(lesson.id):
                yield Orphan(item=lesson.id, text=self._why(lesson.id), is_unfounded=True)
            if not self.recommendations_from(lesson.id):
                yield Orphan(item=lesson.id, text="leads to no recommendation")
        for recommendation in self.recommendations.values():
            if not self.findings_behind(recommendation.id):
                yield Orphan(item=recommendation.id, text=self._why(recommendation.id), is_unfounded=True)

    def _why(self, item: str) -> str:
        if not self._before[item]:
            return "comes from no finding and no lesson"
        withdrawn = [name for name in _reached(item, self._before) if name in self.findings]
        return (
            "comes from findings that were all withdrawn" if withdrawn else "comes from lessons that no finding backs"
        )

    # What became of it

    def standing(self, recommendation: Recommendation, day: str) -> Standing:
        """What has become of a recommendation by a day (``2026-03-01``); answers after that day do not count yet."""
        told = [item for item in self.responses[recommendation.id] if not item.on or _earliest(item.on) <= day]
        newest = max(told, key=lambda item: (_latest(item.on), item.id), default=None)
        answer = Answer.NO_REPLY if newest is None else newest.answer
        state = Implementation.NOT_KNOWN if newest is None else newest.state
        is_ended = state in _ENDED or answer is Answer.REJECTED
        due = _latest(recommendation.due_on)
        overdue = ""
        if due and due < day and not is_ended:
            what = "no reply" if answer is Answer.NO_REPLY else f"{answer.value}, {state.value}"
            overdue = f"due by {in_words(recommendation.due_on)}: {what}"
        return Standing(answer=answer, state=state, newest=newest, overdue=overdue)


def _reached(item: str, following: Mapping[str, Sequence[str]]) -> list[str]:
    """Everything that can be reached from an item, nearest first, without the item itself."""
    found: dict[str, None] = {}
    ahead = list(following.get(item, ()))
    while ahead:
        name = ahead.pop(0)
        if name not in found and name != item:
            found[name] = None
            ahead += following.get(name, ())
    return list(found)


def _latest(on: str) -> str:
    return parse_edtf(on).latest if on else ""


def _earliest(on: str) -> str:
    return parse_edtf(on).earliest
