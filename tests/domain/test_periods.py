"""A period is read as a stretch of time, in both languages."""

from __future__ import annotations

import pytest

from workbench.domain.periods import period_in_words


@pytest.mark.parametrize(
    ("edtf", "english", "welsh"),
    [
        ("2013/2014", "2013 to 2014", "2013 i 2014"),
        ("2013-03/2014-01-12", "March 2013 to 12 January 2014", "Mawrth 2013 i 12 Ionawr 2014"),
        ("2013/..", "from 2013", "o 2013"),
        ("../2014", "until 2014", "hyd at 2014"),
        ("2014?", "2014 (uncertain)", "2014 (ansicr)"),
        ("", "", ""),
    ],
)
def test_a_period_in_words(edtf: str, english: str, welsh: str) -> None:
    assert period_in_words(edtf) == english
    assert period_in_words(edtf, "cy") == welsh
