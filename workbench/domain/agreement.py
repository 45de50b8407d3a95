"""How far first and second readers agree: per cent, and Cohen's kappa with and without the order of the ratings.

Cohen, J. (1960), "A coefficient of agreement for nominal scales"; Cohen, J. (1968), "Weighted kappa"; linear weights.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.analysis import Assessment, Rating, SecondReading

#: The ratings that have an order, worst first; "not assessable" stands outside it.
ORDERED = (Rating.INADEQUATE, Rating.PARTLY_ADEQUATE, Rating.ADEQUATE)
#: Fewer pairs than this, and one reading more may turn a kappa round; it is said beside the figure.
FEW = 30

Pair = tuple[Rating, Rating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two readers over ``n`` assessments that both rated; figures that cannot be worked out are None, and said.

    ``ordered`` counts the pairs of which both are on the scale; only they enter ``weighted_kappa``. ``table`` counts
    (first rating, second rating).
    """

    first: str
    second: str
    n: int
    agreed: int
    kappa: float | None
    ordered: int
    weighted_kappa: float | None
    open: int
    table: tuple[tuple[Rating, Rating, int], ...]
    sentences: tuple[str, ...]

    @property
    def per_cent(self) -> float | None:
        """In how many of a hundred both gave the same rating."""
        return 100 * self.agreed / self.n if self.n else None


def cohens_kappa(pairs: Sequence[Pair], *, scale: Sequence[Rating] = ()) -> float | None:
    """(observed - expected) / (1 - expected) agreement; over a ``scale``, neighbours agree in part (linear weights).

    None when no agreement is left to chance: there are no pairs, or all of them have one rating.
    """
    if not pairs:
        return None
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    n = len(pairs)
    apart = sum(_distance(a, b, scale) for a, b in pairs) / n
    by_chance = sum(f * s * _distance(a, b, scale) for a, f in firsts.items() for b, s in seconds.items()) / (n * n)
    return None if by_chance == 0 else 1 - apart / by_chance


def _distance(one: Rating, other: Rating, scale: Sequence[Rating]) -> float:
    if not scale:
        return float(one != other)
    return abs(scale.index(one) - scale.index(other)) / (len(scale) - 1)


def agreements(assessments: Iterable[Assessment], readings: Iterable[SecondReading]) -> tuple[Agreement, ...]:
    """One line for each pair of readers, and first one over all of them when there is more than one pair."""
    known = {item.id: item for item in assessments}
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for reading in readings:
        assessment = known[reading.assessment]
        pairs[assessment.author, reading.reader].append((assessment.rating, reading.rating))
    lines = [_agreement(first, second, found) for (first, second), found in sorted(pairs.items())]
    if len(lines) > 1:
        every = [pair for found in pairs.values() for pair in found]
        lines.insert(0, _agreement("", "", every, is_pooled=True))
    return tuple(lines)


def _agreement(first: str, second: str, found: Sequence[Pair], *, is_pooled: bool = False) -> Agreement:
    rated = [pair for pair in found if Rating.NOT_YET_ASSESSED not in pair]
    ordered = [pair for pair in rated if Rating.NOT_ASSESSABLE not in pair]
    kappa, weighted = cohens_kappa(rated), cohens_kappa(ordered, scale=ORDERED)
    counted = Counter(rated)
    table = tuple((a, b, counted[a, b]) for a in Rating for b in Rating if counted[a, b])
    return Agreement(
        first=first if not is_pooled else "all first readers",
        second=second if not is_pooled else "all second readers",
        n=len(rated),
        agreed=sum(a == b for a, b in rated),
        kappa=kappa,
        ordered=len(ordered),
        weighted_kappa=weighted,
        open=len(found) - len(rated),
        table=table,
        sentences=tuple(_said(rated, ordered, kappa, weighted, len(found) - len(rated), is_pooled)),
    )


def _said(
    rated: Sequence[Pair],
    ordered: Sequence[Pair],
    kappa: float | None,
    weighted: float | None,
    unrated: int,
    is_pooled: bool,
) -> Iterable[str]:
    """What a reader of the figures has to know."""
    if unrated:
        yield f"{unrated} not compared: one of the two has not rated yet."
    if not rated:
        yield "Nothing has been rated by both, so there is no agreement to state."
        return
    if kappa is None:
        yield (
            f"Kappa cannot be worked out: both gave “{rated[0][0].value}” every time, and nothing is left to chance."
        )
    elif len(rated) < FEW:
        yield f"Only {len(rated)} compared: too few for a kappa to rely on. Look at the cases themselves."
    left_out = len(rated) - len(ordered)
    if left_out:
        yield f"{left_out} left out of the weighted kappa: “not assessable” has no place in the order."
    if weighted is None and kappa is not None:
        yield "The weighted kappa cannot be worked out: too little is rated on the scale."
    if is_pooled:
        yield "Different readers are taken together here; the lines for each pair say more."
