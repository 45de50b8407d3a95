"""Counts the evidence of every cell of the coverage matrix, each piece once, and says how the cell stands.

An excerpt counts in a cell when it is linked to the institution and to the paragraph; being linked to 2.1 is being
linked to the paragraphs above (2) as well, never to those below. It also counts when an assessment of the cell cites
it. Where it is cited, the assessment says on which side it stands; else its links do, to both sides when they disagree.

An excerpt tells of the days of the events it is linked to or a source of; without any, of the day of its document.
With neither it is undated: while a period is looked at, it is shown as undated and counts on no side. What an
assessment for a period cites tells of that period, whatever its days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.domain.analysis import Assessment, Rating, ScopeExclusion, SecondReading
from workbench.domain.coverage import Cell, CellState, Contest, Loose, Matrix, Piece, RulingOut, Side
from workbench.domain.excerpt import Stance
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import AnyId, InstitutionId, ScopeParagraphId
from workbench.domain.spans import ALWAYS, Span, covers, overlap, shortest, span_of, uncovered

Key = tuple[InstitutionId, ScopeParagraphId]
#: Paragraphs of these kinds say how the inquiry works or what it hands in; nobody is judged against them.
_NOT_JUDGED = {"method", "output", "lens"}
#: Set for what is cited by an assessment that names a period.
_PLACED = 16
_BITS = {Stance.SUPPORTS: 1, Stance.UNDERMINES: 2, Stance.CONTEXT: 4, Stance.SILENT: 8}


@dataclass(frozen=True, slots=True)
class Material:
    """What may be evidence: the stretches of days it tells of (none: undated), and whether it can be relied on."""

    spans: tuple[Span, ...] = ()
    is_withdrawn: bool = False
    is_doubtful: bool = False


_UNKNOWN = Material()
_NONE: dict[str, int] = {}
#: By the two bits of those who take a side.
_SIDES = (None, Side.FOR, Side.AGAINST, Side.BOTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRecords:
    """What the matrix is built from. ``links`` are (excerpt, target, stance); ``events`` (event, institutions, scope).

    ``firsts`` leads from a part of an excerpt that runs on over a page end to the excerpt.
    """

    institutions: Sequence[Institution]
    scope: Sequence[ScopeParagraph]
    links: Iterable[tuple[str, str, Stance]] = ()
    material: Mapping[str, Material] = field(default_factory=dict)
    firsts: Mapping[str, str] = field(default_factory=dict)
    events: Iterable[tuple[str, Sequence[str], Sequence[str]]] = ()
    assessments: Sequence[Assessment] = ()
    readings: Sequence[SecondReading] = ()
    exclusions: Sequence[ScopeExclusion] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """What is looked at: one case study or everything, a period (EDTF) or all time, judged paragraphs or all.

    A case study brings its own period unless another is given.
    """

    case_study: CaseStudy | None = None
    period: str = ""
    shows_every_paragraph: bool = False

    @property
    def shown_period(self) -> str:
        """The period that counts."""
        return self.period or (self.case_study.period if self.case_study else "")


def build_matrix(records: CoverageRecords, view: CoverageView) -> Matrix:
    """The matrix of a view."""
    return _Counting(records, view).matrix()


class _Counting:
    """One pass over the records of a case."""

    def __init__(self, records: CoverageRecords, view: CoverageView) -> None:
        self._records, self._view = records, view
        self._span = span_of(view.shown_period)
        self._is_always = self._span == ALWAYS
        self._above = _lineages(records.scope)
        self._institutions = _chosen_institutions(records.institutions, view)
        self._judged = _judged(records.scope)
        self._assessments = [a for a in records.assessments if overlap(span_of(a.period), self._span)]
        self._paragraphs = self._chosen_paragraphs()
        self._rows = {item.id for item in self._institutions}
        self._columns = {item.id for item in self._paragraphs}
        self._linked: dict[Key, dict[str, int]] = defaultdict(dict)
        self._cited: dict[Key, dict[str, int]] = defaultdict(dict)
        self._events: dict[Key, list[AnyId]] = defaultdict(list)
        self._loose_rows: Counter[InstitutionId] = Counter()
        self._loose_columns: Counter[ScopeParagraphId] = Counter()

    def _chosen_paragraphs(self) -> list[ScopeParagraph]:
        """Those that are judged, and any other that somebody was rated under or ruled out of: no rating is hidden."""
        study = self._view.case_study
        within = [p for p in self._records.scope if not study or not study.scope or self._above[p.id] & {*study.scope}]
        if self._view.shows_every_paragraph:
            return within
        used = {a.scope for a in self._assessments} | {e.scope for e in self._records.exclusions}
        return [p for p in within if p.id in self._judged or p.id in used]

    def matrix(self) -> Matrix:
        self._count_links()
        self._count_citations()
        self._count_events()
        about: dict[Key, list[Assessment]] = defaultdict(list)
        for item in sorted(self._assessments, key=lambda a: (span_of(a.period), a.id)):
            about[item.institution, item.scope].append(item)
        ruled_out = self._rulings()
        readings: dict[str, list[SecondReading]] = defaultdict(list)
        for reading in self._records.readings:
            readings[reading.assessment].append(reading)
        keys = {*self._linked, *self._cited, *about, *ruled_out, *self._events}
        shown = sorted(key for key in keys if key[0] in self._rows and key[1] in self._columns)
        cells = {key: self._cell(key, about[key], readings, ruled_out[key]) for key in shown}
        return Matrix(
            institutions=tuple(self._institutions),
            paragraphs=tuple(self._paragraphs),
            judged=self._judged & self._columns,
            cells=cells,
            period=self._view.shown_period,
            case_study=self._view.case_study.title if self._view.case_study else "",
            headings=tuple(item for item in self._records.scope if item.id in {p.parent for p in self._paragraphs}),
            loose=Loose(by_institution=dict(self._loose_rows), by_paragraph=dict(self._loose_columns)),
        )

    # Counting

    def _count_links(self) -> None:
        institutions: dict[str, dict[InstitutionId, int]] = defaultdict(dict)
        paragraphs: dict[str, dict[ScopeParagraphId, int]] = defaultdict(dict)
        for linked, target, stance in self._records.links:
            excerpt, bit = self._records.firsts.get(linked, linked), _BITS[stance]
            if target.startswith("ins_"):
                known = institutions[excerpt]
                known[InstitutionId(target)] = known.get(InstitutionId(target), 0) | bit
            elif target.startswith("scp_"):
                for paragraph in self._above.get(ScopeParagraphId(target), ()):
                    paragraphs[excerpt][paragraph] = paragraphs[excerpt].get(paragraph, 0) | bit
        shown_rows, shown_columns = self._rows, self._columns
        for excerpt, rows in institutions.items():
            columns = paragraphs.get(excerpt, {})
            if not columns:
                self._loose_rows.update(row for row in rows if self._counts(excerpt))
            for row, row_bits in rows.items():
                if row in shown_rows:
                    for column, column_bits in columns.items():
                        if column in shown_columns:
                            self._linked[row, column][excerpt] = row_bits | column_bits
        for excerpt in paragraphs.keys() - institutions.keys():
            self._loose_columns.update(p for p in paragraphs[excerpt] if self._counts(excerpt))

    def _counts(self, excerpt: str) -> bool:
        return self._side(self._records.material.get(excerpt, _UNKNOWN), 1) is Side.FOR

    def _count_citations(self) -> None:
        for item in self._assessments:
            placed = _PLACED if item.period else 0
            for column in self._above.get(item.scope, ()):
                cited = self._cited[item.institution, column]
                for bit, evidence in ((1, item.evidence_for), (2, item.evidence_against)):
                    for piece in evidence:
                        first = self._records.firsts.get(piece, piece)
                        cited[first] = cited.get(first, 0) | bit | placed

    def _count_events(self) -> None:
        for event, institutions, scope in self._records.events:
            spans = self._records.material.get(event, _UNKNOWN).spans
            if not any(overlap(span, self._span) for span in spans or (ALWAYS,)):
                continue
            columns = {above for paragraph in scope for above in self._above.get(ScopeParagraphId(paragraph), ())}
            for row in institutions:
                for column in columns:
                    self._events[InstitutionId(row), column].append(AnyId(event))

    def _rulings(self) -> dict[Key, list[RulingOut]]:
        """What is ruled out, also by a paragraph above; what overlaps the period only in part is no whole ruling."""
        found: dict[Key, list[RulingOut]] = defaultdict(list)
        below: dict[ScopeParagraphId, list[ScopeParagraphId]] = defaultdict(list)
        for column in self._columns:
            for above in self._above[column]:
                below[above].append(column)
        for item in self._records.exclusions:
            span = span_of(item.period)
            if not overlap(span, self._span):
                continue
            is_whole = covers(span, self._span)
            ruling = RulingOut(id=item.id, reason=item.reason, period=item.period, is_whole=is_whole)
            for column in below[item.scope]:
                found[item.institution, column].append(ruling)
        return found

    def _side(self, material: Material, bits: int) -> Side | None:
        """The side of a piece; None when it tells of other days than the period."""
        if not (self._is_always or bits & _PLACED):
            if material.spans and not any(overlap(span, self._span) for span in material.spans):
                return None
            if not material.spans and not material.is_withdrawn:
                return Side.UNDATED
        if material.is_withdrawn:
            return Side.WITHDRAWN
        return _SIDES[bits & 3] or (Side.CONTEXT if bits & 4 else Side.SILENT)

    def _pieces(self, key: Key) -> tuple[Piece, ...]:
        bits, known, found = {**self._linked.get(key, _NONE), **self._cited.get(key, _NONE)}, self._records.material, []
        for identifier in sorted(bits):
            material = known.get(identifier, _UNKNOWN)
            side = self._side(material, bits[identifier])
            if side is not None:
                found.append(Piece(AnyId(identifier), side, material.is_doubtful))
        return tuple(found)

    # How a cell stands

    def _cell(
        self,
        key: Key,
        assessments: Sequence[Assessment],
        readings: Mapping[str, Sequence[SecondReading]],
        ruled_out: Sequence[RulingOut],
    ) -> Cell:
        pieces = self._pieces(key)
        counts: dict[Side, int] = {}
        for piece in pieces:
            counts[piece.side] = counts.get(piece.side, 0) + 1
        own = tuple(reading for item in assessments for reading in readings.get(item.id, ())) if assessments else ()
        rated = [item for item in assessments if item.rating is not Rating.NOT_YET_ASSESSED]
        is_out = any(ruling.is_whole for ruling in ruled_out)
        contests = _contests(counts, rated, own, is_out=is_out)
        return Cell(
            institution=key[0],
            paragraph=key[1],
            state=_state(pieces, assessments, contests, is_rated=bool(rated), is_out=is_out),
            pieces=pieces,
            assessments=tuple(assessments),
            readings=own,
            contests=contests,
            ruled_out=tuple(ruled_out),
            unrated=self._unrated(rated, ruled_out),
            events=tuple(sorted(self._events.get(key, ()))),
            counts=counts,
        )

    def _unrated(self, rated: Sequence[Assessment], ruled_out: Sequence[RulingOut]) -> tuple[str, ...]:
        """What is left of the period beside what is rated or ruled out; nothing while nothing is rated at all."""
        if not rated:
            return ()
        spans = [span_of(period) for period in (*(a.period for a in rated), *(r.period for r in ruled_out))]
        return tuple(shortest(gap) for gap in uncovered(self._span, spans))


def _lineages(scope: Sequence[ScopeParagraph]) -> dict[ScopeParagraphId, frozenset[ScopeParagraphId]]:
    """Each paragraph with itself and all above it; a circle ends where it began."""
    parents = {item.id: item.parent for item in scope}
    found = {}
    for item in scope:
        line: list[ScopeParagraphId] = []
        at: ScopeParagraphId | None = item.id
        while at is not None and at in parents and at not in line:
            line.append(at)
            at = parents[at]
        found[item.id] = frozenset(line)
    return found


def _chosen_institutions(institutions: Sequence[Institution], view: CoverageView) -> list[Institution]:
    study = view.case_study
    within = [item for item in institutions if study is None or not study.institutions or item.id in study.institutions]
    return sorted(within, key=lambda item: (item.name.casefold(), item.id))


def _judged(scope: Sequence[ScopeParagraph]) -> frozenset[ScopeParagraphId]:
    """The adequacy paragraphs; in a scope that has none, all that are not about method, output or outlook."""
    named = frozenset(item.id for item in scope if item.kind == "adequacy")
    return named or frozenset(item.id for item in scope if item.kind not in _NOT_JUDGED)


def _contests(
    counts: Mapping[Side, int], rated: Sequence[Assessment], readings: Sequence[SecondReading], *, is_out: bool
) -> tuple[Contest, ...]:
    if not rated:
        is_both_ways = bool(counts.get(Side.BOTH)) or bool(counts.get(Side.FOR) and counts.get(Side.AGAINST))
        return (Contest.BOTH_WAYS,) if is_both_ways and not is_out else ()
    found = []
    ratings = {item.id: item.rating for item in rated}
    given = [item for item in readings if item.rating is not Rating.NOT_YET_ASSESSED and item.assessment in ratings]
    if any(item.rating is not ratings[item.assessment] for item in given):
        found.append(Contest.READINGS)
    pairs = ((one, other) for at, one in enumerate(rated) for other in rated[at + 1 :])
    if any(a.rating is not b.rating and overlap(span_of(a.period), span_of(b.period)) for a, b in pairs):
        found.append(Contest.RATINGS)
    if is_out:
        found.append(Contest.RULED_OUT)
    return tuple(found)


def _state(
    pieces: Sequence[Piece],
    assessments: Sequence[Assessment],
    contests: Sequence[Contest],
    *,
    is_rated: bool,
    is_out: bool,
) -> CellState:
    if contests:
        return CellState.CONTESTED
    if is_rated:
        return CellState.RATED
    if is_out:
        return CellState.OUT_OF_SCOPE
    return CellState.OUTSTANDING if pieces or assessments else CellState.EMPTY
