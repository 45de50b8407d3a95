"""Agreement of readers is what the published formulas give, and is not stated where it means nothing."""

from __future__ import annotations

import pytest

from workbench.domain.agreement import ORDERED, Pair, agreements, cohens_kappa
from workbench.domain.analysis import Assessment, Rating, SecondReading
from workbench.domain.ids import AssessmentId, InstitutionId, ScopeParagraphId, SecondReadingId

A, P, I = Rating.ADEQUATE, Rating.PARTLY_ADEQUATE, Rating.INADEQUATE  # noqa: E741
N, OPEN = Rating.NOT_ASSESSABLE, Rating.NOT_YET_ASSESSED


def pairs_of(table: dict[Pair, int]) -> list[Pair]:
    return [pair for pair, count in table.items() for _ in range(count)]


#: Rows: first reader; columns: second reader; both in the order inadequate, partly adequate, adequate.
THREE = {(a, b): n for a, row in zip(ORDERED, ([10, 4, 1], [6, 12, 3], [2, 5, 17]), strict=True)
         for b, n in zip(ORDERED, row, strict=True)}  # fmt: skip


def test_kappa_of_a_published_table() -> None:
    """20 and 15 agreed, 5 and 10 not: po = 35/50, pe = (25 x 30 + 25 x 20) / 50^2 = 0.5, kappa = 0.2 / 0.5."""
    assert cohens_kappa(pairs_of({(A, A): 20, (A, I): 5, (I, A): 10, (I, I): 15})) == pytest.approx(0.4)


def test_kappa_and_linear_weights_of_three_ratings() -> None:
    """sklearn 1.9.1: cohen_kappa_score(first, second) and (..., weights="linear") of the same 60 pairs.

    By hand: po = 39/60, pe = (15 x 18 + 21 x 21 + 24 x 21) / 60^2 = 1215/3600, kappa = (po - pe) / (1 - pe).
    Weighted: 1 - (sum of |i - j| x seen) / (sum of |i - j| x expected) = 1 - 24 / 52.2.
    """
    pairs = pairs_of(THREE)
    assert cohens_kappa(pairs) == pytest.approx(0.4716981132075472)
    assert cohens_kappa(pairs) == pytest.approx((39 / 60 - 1215 / 3600) / (1 - 1215 / 3600))
    assert cohens_kappa(pairs, scale=ORDERED) == pytest.approx(0.5402298850574713)
    assert cohens_kappa(pairs, scale=ORDERED) == pytest.approx(1 - 24 / 52.2)


def test_whole_agreement_is_one_and_whole_disagreement_is_minus_one() -> None:
    assert cohens_kappa([(A, A), (I, I)], scale=ORDERED) == 1.0
    assert cohens_kappa([(A, I), (I, A)]) == -1.0
    assert cohens_kappa([(A, A), (A, A)]) is None and cohens_kappa([]) is None


def read(*ratings: tuple[str, Rating, str, Rating]) -> tuple[list[Assessment], list[SecondReading]]:
    assessments, readings = [], []
    for at, (author, rating, reader, second) in enumerate(ratings):
        identifier = AssessmentId(f"asm_{at}")
        place = {"institution": InstitutionId("ins_1"), "scope": ScopeParagraphId("scp_1")}
        assessments.append(Assessment(id=identifier, rating=rating, author=author, **place))  # type: ignore[arg-type]
        reading = SecondReadingId(f"snd_{at}")
        readings.append(SecondReading(id=reading, assessment=identifier, reader=reader, rating=second))
    return assessments, readings


def test_pairs_of_readers_stand_apart_and_all_together_first() -> None:
    lines = agreements(*read(*[("Ann", a, "Bob", b) for a, b in pairs_of(THREE)], ("Ann", A, "Cai", A)))
    assert [(line.first, line.second, line.n) for line in lines[1:]] == [("Ann", "Bob", 60), ("Ann", "Cai", 1)]
    assert lines[0].n == 61 and "taken together" in " ".join(lines[0].sentences)
    bob, cai = lines[1:]
    assert (bob.agreed, bob.per_cent, bob.sentences) == (39, 65.0, ())
    assert bob.kappa == pytest.approx(0.4716981132075472)
    assert bob.weighted_kappa == pytest.approx(0.5402298850574713)
    assert cai.kappa is None and cai.per_cent == 100.0
    assert "both gave “adequate” every time" in " ".join(cai.sentences)


def test_what_has_no_place_in_the_order_is_left_out_of_the_weighted_and_said() -> None:
    (line,) = agreements(*read(*[("Ann", a, "Bob", b) for a, b in pairs_of(THREE)], ("Ann", N, "Bob", A)))
    assert (line.n, line.ordered) == (61, 60)
    assert line.weighted_kappa == pytest.approx(0.5402298850574713), "the scale's own pairs only"
    assert line.kappa is not None and line.kappa < 0.4716
    assert "1 left out of the weighted kappa" in " ".join(line.sentences)


def test_few_or_outstanding_readings_are_said() -> None:
    (line,) = agreements(*read(("Ann", A, "Bob", A), ("Ann", I, "Bob", P), ("Ann", OPEN, "Bob", P)))
    assert (line.n, line.agreed, line.open) == (2, 1, 1)
    said = " ".join(line.sentences)
    assert "1 not compared" in said and "Only 2 compared" in said
    (nothing,) = agreements(*read(("Ann", OPEN, "Bob", P)))
    assert nothing.per_cent is None and "no agreement to state" in " ".join(nothing.sentences)
    assert agreements([], []) == ()
