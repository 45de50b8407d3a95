"""What people type, and the pages that must come."""

from __future__ import annotations

import pytest

from tests.search.conftest import put_texts
from workbench.domain.search import MARK_END, MARK_START
from workbench.services.searching import search
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile

A, B, C, D = "INQ000001", "INQ000002", "INQ004206", "OHY007098"

FOUND = {
    # Words in any form, accents and quotation marks as they come
    "disclose": {f"{A}_1", f"{B}_1"},
    "disclosing": {f"{A}_1", f"{B}_1"},
    "DISCLOSED": {f"{A}_1", f"{B}_1"},
    "disclosure": {f"{C}_2"},
    '"disclose"': {f"{B}_1"},
    "'disclose'": {f"{B}_1"},
    "Dŵr": {f"{B}_3"},
    "Dwr": {f"{B}_3"},
    "dwr llyn": {f"{B}_3"},
    "Łódź": {f"{B}_3"},
    "Lodz": {f"{B}_3"},
    "lodz": {f"{B}_3"},
    "didn't": {f"{C}_1"},
    "didn’t": {f"{C}_1"},
    "Regulator’s": {f"{A}_1"},
    "“within a day”": {f"{C}_1"},
    '"within a day"': {f"{C}_1"},
    '"to be or not to be"': {f"{D}_2"},
    '"child protection"': {f"{D}_3"},
    "child-protection": {f"{D}_3"},
    # Words split at a line end
    "institution": {f"{C}_1"},
    "institutions": {f"{C}_1"},
    '"institution answered"': {f"{C}_1"},
    "well-known": {f"{C}_1"},
    '"well known"': {f"{C}_1"},
    "known": {f"{C}_1"},
    "wellknown": {f"{C}_1"},
    # Ciphers and references
    "IN-A1": {f"{A}_2"},
    "in-a1": {f"{A}_2"},
    "IN‑A1": {f"{A}_2"},
    "IN-A12": {f"{A}_3"},
    "INQ004206_002": {f"{C}_2", f"{D}_1"},
    "INQ004206_2": {f"{C}_2", f"{D}_1"},
    "INQ004206/2": {f"{C}_2", f"{D}_1"},
    "INQ004206": {f"{C}_1", f"{C}_2", f"{C}_3", f"{C}_4", f"{D}_1"},
    "inq004206": {f"{C}_1", f"{C}_2", f"{C}_3", f"{C}_4", f"{D}_1"},
    "INQ000001": {f"{A}_1", f"{A}_2", f"{A}_3", f"{D}_1"},
    "INQ0042*": {f"{D}_1"},
    "INQ009999": set(),
    # Sections, rules, paragraphs, transcripts, citations
    "19(2)(b)": {f"{A}_3"},
    "19(2)": {f"{A}_3"},
    "s 19(2)(b)": {f"{A}_3"},
    "s.19(2)(b)": {f"{A}_3"},
    "section 19(2)(b)": {f"{A}_3"},
    "section 19 (2) (b)": {f"{A}_3"},
    "s 19": {f"{A}_3", f"{B}_1"},
    "s.19": {f"{A}_3", f"{B}_1"},
    "section 19": {f"{A}_3", f"{B}_1"},
    "s 20": {f"{B}_1"},
    "s 21": {f"{B}_1"},
    "s 21(1)": {f"{B}_1"},
    "s 21(2)": set(),
    "ss 20 and 21": {f"{B}_1"},
    "rule 9": {f"{A}_3"},
    "r 9": {f"{A}_3"},
    "3.5": {f"{B}_2"},
    "para 3.5": {f"{B}_2"},
    "3": {f"{B}_2", f"{C}_3"},
    "5,000": {f"{B}_2"},
    "5000": {f"{B}_2"},
    "£1.2m": {f"{B}_2"},
    "10:30": {f"{B}_3"},
    "{A/1/1}": {f"{C}_2"},
    "A/1/1": {f"{C}_2"},
    "{C/15/22}": {f"{C}_2"},
    "{C/15/27}": set(),
    "Day 5/112:3": {f"{C}_3"},
    "{Day5/112:9}": {f"{C}_3"},
    "Day 5/113": set(),
    "[2021] EWHC 2167": {f"{C}_3"},
    # Wildcards
    "disclos*": {f"{A}_1", f"{B}_1", f"{C}_2"},
    "*olicit*": {f"{C}_2"},
    "d?ta": {f"{D}_2", f"{D}_3"},
    "zz*": set(),
    "*qqq*": set(),
    '"duty to rep*"': {f"{A}_1"},
    # Joining
    "duty report": {f"{A}_1", f"{A}_2"},
    "duty AND report": {f"{A}_1", f"{A}_2"},
    "figures OR data": {f"{A}_1", f"{A}_2", f"{D}_2", f"{D}_3"},
    # Snowball's stems are wider than a grammar: “office” has the stem of “officers”.
    "officers": {f"{B}_2", f"{B}_3", f"{D}_3"},
    '"officers"': {f"{B}_2", f"{D}_3"},
    "duty NOT report": {f"{D}_3"},
    "duty -report": {f"{D}_3"},
    "duty -(report OR data)": set(),
    "(duty OR board) AND (report OR disclose)": {f"{A}_1", f"{A}_2", f"{B}_1"},
    '"duty to report"': {f"{A}_1"},
    '"duty to report"~5': {f"{A}_1"},
    '"duty report"~2': {f"{A}_1"},
    '"duty report"~1': set(),
    '"report duty"~5': {f"{A}_1"},
    '"duty report"~20': {f"{A}_1", f"{A}_2"},
    # Fields
    "kind:minutes cost": {f"{B}_2"},
    "kind:letter": {f"{A}_{n}" for n in (1, 2, 3)},
    "kind:(letter OR report) duty": {f"{A}_1", f"{A}_2", f"{D}_3"},
    "-kind:letter duty": {f"{D}_3"},
    "kind:report OR transcript": {f"{D}_{n}" for n in (1, 2, 3)} | {f"{C}_3"},
    'supplier:"northern platform" IN-A1': {f"{A}_2"},
    "supplier:northern figures": {f"{A}_1", f"{A}_2"},
    "supplier:nobody figures": set(),
    "urn:INQ000002": {f"{B}_{n}" for n in (1, 2, 3)},
    "urn:INQ000002_3": {f"{B}_3"},
    "urn:INQ0000* duty": {f"{A}_1", f"{A}_2"},
    "institution:hr": {f"{A}_{n}" for n in (1, 2, 3)},
    'institution:"rheoleiddiwr yr harbwr" IN-A1': {f"{A}_2"},
    'institution:"northern police unit"': {f"{D}_3"},
    "institution:gogledd": {f"{D}_3"},
    "theme:training": {f"{D}_3"},
    "theme:TRAINING -unit": set(),
    "on:2004": {f"{A}_{n}" for n in (1, 2, 3)},
    "on:2004-05 duty": {f"{A}_1", f"{A}_2"},
    "on:2004-06": set(),
    "on:2005": {f"{B}_{n}" for n in (1, 2, 3)},
    "on:[2004 to 2005] disclose": {f"{A}_1", f"{B}_1"},
    "on:>2005": {f"{C}_{n}" for n in (1, 2, 3, 4)},
    "on:>=2005": {f"{C}_{n}" for n in (1, 2, 3, 4)} | {f"{B}_{n}" for n in (1, 2, 3)},
    "on:<2005": {f"{A}_{n}" for n in (1, 2, 3)},
    "on:2007": {f"{C}_{n}" for n in (1, 2, 3, 4)},
    # NOT by itself
    "NOT (the OR a)": {f"{C}_4"},
    "INQ004206 -data -minutes": {f"{C}_2", f"{C}_3", f"{C}_4", f"{D}_1"},
    "INQ004206 solicitor": {f"{C}_2"},
    "IN-A1 OR INQ000002_1": {f"{A}_2", f"{B}_1"},
}


@pytest.mark.parametrize("query", FOUND)
def test_finds_exactly_these_pages(case: CaseFile, query: str):
    result = search(case, query, limit=50)
    assert {f"{hit.urn}_{hit.page_number}" for hit in result.hits} == FOUND[query]
    assert result.total == len(FOUND[query])
    assert result.query == query
    assert result.understood_as


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("disclose", {"disclosed", "disclose"}),
        ("s 19(2)(b)", {"section 19(2)(b)"}),
        ("{C/15/22}", {"C/15/20-26"}),
        ("IN-A1", {"IN-A1"}),
        ("3.5", {"paragraph 3.5"}),
        ("Lodz", {"Łódź"}),
        ("institutions", {"institution", "institu- tion"}),
        ("known -duty", {"known", "well- known", "well-known"}),
        ("5000", {"5,000"}),
        ('"duty report"~20 kind:letter', {"duty", "report"}),
        ("INQ004206_002", {"INQ004206_002", None}),
        ("board on:2005", {"board"}),
        ("kind:report OR transcript", {"transcript", None}),
    ],
)
def test_snippets_mark_the_words_and_nothing_else(case: CaseFile, query: str, marked: set[str | None]):
    for hit in search(case, query).hits:
        found = {part.split(MARK_END)[0] for part in hit.snippet.split(MARK_START)[1:]}
        assert found <= marked
        assert found or None in marked
        assert hit.snippet.count(MARK_START) == hit.snippet.count(MARK_END)


def test_the_page_that_has_the_reference_comes_before_those_that_mention_it(case: CaseFile):
    first, second = search(case, "INQ004206_002").hits
    assert (first.urn, first.page_number) == ("INQ004206", 2)
    assert second.urn == "OHY007098"


def test_pages_with_more_of_the_word_come_first(case: CaseFile):
    hits = search(case, "report").hits
    assert (hits[0].urn, hits[0].page_number) == ("OHY007098", 2)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_total_counts_more_than_is_shown(case: CaseFile):
    result = search(case, "the", limit=2)
    everything = search(case, "the", limit=50)
    assert len(result.hits) == 2
    assert result.total == everything.total == len(everything.hits) > 2
    assert result.hits == everything.hits[:2]
    assert search(case, "the", limit=2, offset=2).hits == everything.hits[2:4]


def test_in_the_order_of_dates_undated_documents_come_last(case: CaseFile):
    urns = [hit.urn for hit in search(case, "duty OR board OR minutes", order="date").hits]
    assert urns == [A, A, B, C, D]


def test_says_what_was_not_searched(case: CaseFile):
    result = search(case, "duty")
    assert (result.pages_without_text, result.files_refused) == (1, 0)


def test_says_when_a_field_names_nothing_or_something_similar(case: CaseFile):
    assert search(case, "kind:lettre").note == (
        "No kind in this case is called “lettre”. There are: “letter”, “minutes”, “report”."
    )
    assert search(case, "institution:police").note == "“institution:police” was taken for “Northern Police Unit”."
    assert "1 document has no settled date" in search(case, "on:2004").note


def test_finds_nothing_in_an_empty_case(empty_case: CaseFile):
    assert search(empty_case, "duty OR s 19 OR INQ000001 OR kind:letter OR *a*").total == 0


def test_a_capitalised_word_split_at_a_line_end_is_found_either_way(empty_case: CaseFile):
    put_texts(empty_case, "INQ000009", ["The First-\ntier Tribunal and the In-\nformation Commissioner."])
    assert [search(empty_case, query).total for query in ("firsttier", "first", "information", "tier")] == [1, 1, 1, 1]
    assert all(check.ok for check in verify_case(empty_case))
