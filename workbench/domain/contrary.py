"""Finds the excerpts that speak against what a finding cites: the same institution and scope, or the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from workbench.domain.analysis import Assessment, Rating
from workbench.domain.excerpt import Stance
from workbench.domain.ids import prefix_of

#: An excerpt, what it is linked to, and what it does for that.
Stated = tuple[str, str, Stance]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What a cited thing is contradicted about, and by which excerpts; by itself when there are none."""

    about: str
    excerpts: tuple[str, ...] = ()


class Contrary:
    """Made once from all links; ``names`` gives institutions by name and scope paragraphs by number.

    An excerpt speaks for (or against) an institution under a scope paragraph when it is linked to both, one of the two
    links saying so and the other not saying the opposite. Once an assessment of the two names evidence against, both
    sides were weighed, and nothing there is a contradiction any more.
    """

    def __init__(
        self,
        links: Iterable[Stated],
        names: Mapping[str, str],
        assessments: Iterable[Assessment] = (),
    ) -> None:
        self._names = names
        self._stances: dict[str, dict[str, set[Stance]]] = defaultdict(dict)
        for excerpt, target, stance in links:
            self._stances[excerpt].setdefault(target, set()).add(stance)
        self._against: dict[tuple[str, str], set[str]] = defaultdict(set)
        for excerpt, targets in self._stances.items():
            for cell in self._cells(excerpt, Stance.UNDERMINES, Stance.SUPPORTS):
                self._against[cell].add(excerpt)
            for target, stances in targets.items():
                if prefix_of(target) == "evt" and Stance.UNDERMINES in stances:
                    self._against[target, ""].add(excerpt)
        for assessment in assessments:
            if assessment.rating is not Rating.NOT_YET_ASSESSED and assessment.evidence_against:
                self._against.pop((assessment.institution, assessment.scope), None)

    def cell_name(self, institution: str, scope: str) -> str:
        """``Office for Online Standards under 2.2``."""
        return f"{self._names.get(institution, institution)} under {self._names.get(scope, scope)}"

    def against(self, item: str, considered: Set[str]) -> Iterator[Contradiction]:
        """What speaks against a cited excerpt or event and is neither ``considered`` nor weighed anywhere."""
        if prefix_of(item) == "evt":
            contrary = self._against.get((item, ""), set()) - considered
            if contrary:
                yield Contradiction(about="", excerpts=tuple(sorted(contrary)))
            return
        for target, stances in self._stances.get(item, {}).items():
            if {Stance.SUPPORTS, Stance.UNDERMINES} <= stances:
                yield Contradiction(about=self._names.get(target, "the same thing"))
        for cell in self._cells(item, Stance.SUPPORTS, Stance.UNDERMINES):
            contrary = self._against.get(cell, set()) - considered
            if contrary:
                yield Contradiction(about=self.cell_name(*cell), excerpts=tuple(sorted(contrary)))

    def misused(self, assessment: Assessment) -> Iterator[tuple[str, str, str]]:
        """(excerpt, side it is counted on, what it is linked as) where an assessment and the links disagree."""
        cell = (assessment.institution, assessment.scope)
        sides = (
            (assessment.evidence_for, "in favour", Stance.UNDERMINES, Stance.SUPPORTS),
            (assessment.evidence_against, "against", Stance.SUPPORTS, Stance.UNDERMINES),
        )
        for evidence, side, stance, opposite in sides:
            for item in evidence:
                if cell in self._cells(item, stance, opposite):
                    yield item, side, "undermining" if stance is Stance.UNDERMINES else "supporting"

    def _cells(self, excerpt: str, stance: Stance, opposite: Stance) -> Iterator[tuple[str, str]]:
        """Pairs of institution and scope paragraph that an excerpt speaks about in this sense."""
        targets = self._stances.get(excerpt, {})
        usable = {t: s for t, s in targets.items() if not s & {opposite, Stance.SILENT}}
        institutions = [t for t in usable if prefix_of(t) == "ins"]
        for scope in (t for t in usable if prefix_of(t) == "scp"):
            for institution in institutions:
                if stance in usable[institution] or stance in usable[scope]:
                    yield institution, scope
