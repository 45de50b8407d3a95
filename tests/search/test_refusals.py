"""What cannot be answered rightly is refused with a sentence that says which part and what to do."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.conftest import put_texts
from workbench.domain.errors import QueryRefused
from workbench.search.parsing import parse
from workbench.services.searching import search
from workbench.store.case_file import CaseFile
from workbench.store.match_text import MOST_WORDS

REFUSED = {
    "": "no word to search for",
    "   ": "no word to search for",
    "…": "no word to search for",
    "AND": "no word to search for",
    "()": "nothing between",
    "(a": "is not closed",
    "a)": "without a “(”",
    '"a b': "quotation mark is not closed",
    '""': "no words between the quotation marks",
    "a AND": "“AND” has nothing after it",
    "OR a": "“OR” has nothing before it",
    "a OR OR b": "“OR” has nothing before it",
    "a NOT": "“NOT” has nothing after it",
    "NOT NOT a": "“NOT” stands twice",
    "a ANDMAYBE b": "“ANDMAYBE” only weighs words",
    "a REQUIRE b": "“REQUIRE” only weighs words",
    "duty^2": "cannot be weighed",
    "duty~": "only a phrase in quotes can have it",
    "duty~2": "only a phrase in quotes can have it",
    '"duty report"~': "how many words apart",
    '"duty report"~0': "how many words apart",
    '"duty report"~500': "how many words apart",
    '"duty duty"~5': "same word stands twice",
    '"dut* report"~5': "exact words, without *",
    '"dut* report"': "Only the last word of a phrase may end in *",
    '"*uty report"': "wildcard that a phrase cannot have",
    "*": "alone stands for every word",
    "??": "alone stands for every word",
    "c*ild-protection": "several words to the index",
    "foo:bar": "There is no field “foo”",
    "kind:": "“kind:” has no value",
    "kind: letter": "“kind:” has no value",
    "kind:>letter": "Only “on:” can be compared",
    "kind:[a to b]": "Only “on:” can be compared",
    'theme:""': "quotes behind a field are empty",
    "on:>": "nothing behind “on:>”",
    "on:yesterday": "cannot be read as a date",
    "on:last-year": "cannot be read as a date",
    "on:12/03/1978": "Did you mean 1978-03-12 (day first)?",
    "on:2004-13": "is no day of any calendar",
    "on:[2006 to 2004]": "ends before it begins",
    "a" * 2_001: "longer than 2,000 characters",
    "a " * 201: "more than 200 words",
    "(" * 21 + "a" + ")" * 21: "brackets within brackets",
}


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:20])
def test_refuses_with_a_sentence(query: str):
    with pytest.raises(QueryRefused) as refusal:
        parse(query)
    assert REFUSED[query] in str(refusal.value)
    assert str(refusal.value)[-1] in ".)"


def test_refuses_a_wildcard_that_fits_too_many_words(empty_case: CaseFile):
    from_words = " ".join(f"word{number}" for number in range(MOST_WORDS + 1))
    put_texts(empty_case, "INQ000001", [from_words])
    with pytest.raises(QueryRefused, match=f"“\\*ord\\*” fits more than {MOST_WORDS} different words"):
        search(empty_case, "*ord*")
    assert search(empty_case, "*ord50*").total == 1
    assert search(empty_case, "word*").total == 1


@given(st.text(alphabet="ab19 ()\"~*?:-^>[]{}/'’“”.,&|+<\\§AND OR NOT kind on s .", max_size=30))
def test_whatever_is_typed_is_understood_or_refused(query: str):
    with suppress(QueryRefused):
        assert parse(query).understood_as


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "b",
                "AND",
                "OR",
                "NOT",
                "(",
                ")",
                '"',
                '"a b"',
                "kind:x",
                "on:2004",
                "on:[2004 to 2006]",
                "s 19(2)(b)",
                "IN-A1",
                "~5",
                "a*",
                "-",
                "ANDNOT",
                "kind:(",
                "on:>",
                "{A/1/1}",
                "to",
                "]",
                "[",
            ]
        ),
        max_size=12,
    )
)
def test_whatever_is_put_together_is_understood_or_refused(pieces: list[str]):
    with suppress(QueryRefused):
        assert parse(" ".join(pieces)).understood_as
