"""Whatever becomes of a bundle, no number is given twice, and one that was given stays with its page."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain.concordance import Fate, concordance
from workbench.domain.numbering import Numbering, Scheme
from workbench.domain.page_map import BundlePlan, FrontCounts, MapRow, PlannedEntry, map_volumes

#: (section, document, first page, pages): documents may stand in a bundle more than once.
ENTRY = st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2), st.integers(1, 3))
ENTRIES = st.lists(ENTRY, min_size=1, max_size=5)
RULES = st.builds(
    Numbering,
    scheme=st.sampled_from(list(Scheme)),
    start=st.sampled_from([1, 5]),
    prefix=st.sampled_from(["", "C", "B-", "2."]),
    counts_front_pages=st.booleans(),
)


def _plans(entries: list[tuple[int, int, int, int]], cut: int, has_dividers: bool) -> list[BundlePlan]:
    """One plan, or two volumes cut between entries."""
    planned = [
        PlannedEntry(
            number=number,
            section=f"S{section}",
            title="",
            on="",
            urn=f"INQ{document}",
            sha256=f"sha{document}",
            source_page_count=6,
            page_indices=tuple(range(first, first + count)),
        )
        for number, (section, document, first, count) in enumerate(sorted(entries), 1)
    ]
    parts = [part for part in (planned[:cut], planned[cut:]) if part]
    return [
        BundlePlan(
            title="", subtitle="", profile="", sections=(), entries=tuple(part), built_on="",
            has_dividers=has_dividers, volume=volume if len(parts) > 1 else 0, volumes=len(parts),
        )
        for volume, part in enumerate(parts, 1)
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ENTRIES, st.integers(0, 4)), min_size=2, max_size=4), RULES, st.booleans())
def test_numbers_are_given_once_and_stay(
    builds: list[tuple[list[tuple[int, int, int, int]], int]], rule: Numbering, has_dividers: bool
) -> None:
    rows: list[MapRow] = []
    entries: list[tuple[int, int, int, int]] = []
    for more, cut in builds:
        entries = [*entries, *more]
        labels = {row.key: row.label for row in rows}
        volumes = [(plan, FrontCounts(index_pages=1)) for plan in _plans(entries, cut, has_dividers)]
        maps = map_volumes(volumes, rule, given=labels)
        made = [row for page_map in maps for row in page_map.rows]
        assert len({row.label for row in made}) == len({row.key for row in made}) == len(made)
        assert all(row.label == labels.get(row.key, row.label) for row in made)
        assert all(row.label.startswith(rule.prefix) for row in made if row.section)
        changes = concordance(rows, made)
        assert {change.fate for change in changes} <= {Fate.SAME, Fate.ADDED}
        assert {change.new_label for change in changes} == {row.label for row in made if row.urn}
        rows = made


def test_a_prefix_with_a_full_stop_is_no_decimal() -> None:
    plans = [(plan, FrontCounts(index_pages=1)) for plan in _plans([(0, 1, 0, 2), (1, 1, 2, 2)], 0, False)]
    for scheme, new in ((Scheme.CONTINUOUS, "2.4.1 2.7"), (Scheme.LETTERS, "2.A3 2.B3")):
        rule = Numbering(scheme=scheme, prefix="2.")
        rows = map_volumes(plans, rule)[0].rows
        later = [
            (plan, FrontCounts(index_pages=1))
            for plan in _plans([(0, 1, 0, 2), (0, 2, 0, 1), (1, 1, 2, 2), (1, 3, 0, 1)], 0, False)
        ]
        made = map_volumes(later, rule, given={row.key: row.label for row in rows})[0].rows
        assert " ".join(row.label for row in made if row.urn in ("INQ2", "INQ3")) == new
