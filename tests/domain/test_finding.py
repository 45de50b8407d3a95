"""Typed letters are found whatever capitals, accents and line ends, and the offsets hold the right words."""

from __future__ import annotations

import pytest

from workbench.domain.finding import spans_of


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("The Register of notices", "register", ["Register"]),
        ("a register\n  of notices", "register of", ["register\n  of"]),
        ("Heddlu Dŵr Llŷn agreed", "dwr llyn", ["Dŵr Llŷn"]),
        ("cafe\u0301 and café", "CAFE", ["cafe\u0301", "café"]),
        ("straße", "STRASSE", ["straße"]),
        ("😀 emoji 😀 again", "emoji", ["emoji"]),
        ("שלום עולם", "עולם", ["עולם"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("soft\u00adhyphen", "softhyphen", ["soft\u00adhyphen"]),
        ("nothing", "", []),
        ("nothing", "   ", []),
        ("", "x", []),
    ],
)
def test_the_words_are_found(text: str, wanted: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(text, wanted)] == found
