"""The model of a report: clean words, and numbers that every format takes from one place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report_samples import long_report, sample_report
from workbench.domain.report import (
    Column,
    CrossReference,
    Footnote,
    Heading,
    Link,
    Paragraph,
    Part,
    Report,
    Table,
    Target,
    Text,
    blocks_of,
    cell,
    clean_text,
    footnotes_of,
    plain,
    runs_of,
    text_of,
)
from workbench.domain.report_numbers import contents_of, letters, prepared, roman
from workbench.domain.report_record import report_from, report_record
from workbench.domain.report_text import directed


def _numbers(report: Report) -> list[str]:
    held = (block for _, block in blocks_of(prepared(report).report))
    return [block.number for block in held if isinstance(block, Paragraph | Heading) and block.number]


def test_paragraphs_count_through_their_part_and_headings_beside_them():
    assert _numbers(sample_report()) == ["1.1", "1A", "1.2", "1.3", "1A(i)", "2.1", "2A", "2.2", "A.1", "A(i)", "A.2"]
    assert [note.number for note in footnotes_of(prepared(sample_report()).report)] == [1, 2, 3, 4]


def test_references_are_filled_in_and_those_that_lead_nowhere_are_told():
    made = prepared(sample_report())
    paragraph = next(block for part, block in blocks_of(made.report) if part.title == "What was found")
    assert text_of(tuple(runs_of(paragraph))) == "As said in paragraph 1.3 and in “The Board”, see table 1."
    lost = (CrossReference(anchor="nowhere"), Link(text="there", anchor="nowhere"))
    wrong = prepared(Report(title="T", parts=(Part(title="P", blocks=(Paragraph(runs=lost),)),)))
    assert text_of(tuple(runs_of(wrong.report.parts[0].blocks[0]))) == "paragraph [not in this report]there"
    assert wrong.notes == (
        "A reference leads to “nowhere”, which the report does not hold.",
        "A link leads to “nowhere”, which the report does not hold.",
    )


def test_of_two_places_of_one_name_the_first_is_meant():
    blocks = (Paragraph(is_numbered=True, anchor="x", runs=()), Heading(text="H", anchor="x"))
    made = prepared(Report(title="T", parts=(Part(title="P", blocks=blocks),)))
    assert made.places["x"].number == "1.1"
    assert "Two places" in made.notes[0]
    assert len({line.anchor for line in contents_of(made.report)}) == 2


def test_the_contents_tell_the_paragraphs_below_each_heading():
    lines = contents_of(prepared(long_report(parts=2, paragraphs=9)).report)
    assert [(line.level, line.text, line.paragraphs) for line in lines[:3]] == [
        (1, "Part 1: The response of district 1", "1.1–1.9"),
        (2, "1A What was known by 1980", "1.1–1.8"),
        (2, "1B What was known by 1981", "1.9"),
    ]


def test_rows_that_do_not_fit_their_table_lose_nothing():
    table = Table(columns=(), rows=((cell("a"), cell("b"), cell("c")), ()))
    columns = Report(title="T", parts=(Part(title="P", blocks=(replace(table, columns=_two()),)),))
    made = prepared(columns)
    (held,) = made.report.parts[0].blocks
    assert isinstance(held, Table)
    assert [[text_of(field.runs) for field in row] for row in held.rows] == [["a", "b\nc"], ["", ""]]
    assert "more fields than" in made.notes[0]


def _two() -> tuple[Column, ...]:
    from_sample = next(block for _, block in blocks_of(sample_report()) if isinstance(block, Table))
    return from_sample.columns[:2]


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("plain, ŵ, “quoted”, 日本", "plain, ŵ, “quoted”, 日本", ()),
        ("a\x07b", "a�b", ("A control character (U+0007) was replaced by �.",)),
        ("a\r\nb\x0bc\u2028d", "a\nb\nc\nd", ()),
        ("in\u200bvisible\ufeff\u200b", "invisible", (
            "An invisible character (U+200B) was taken out, 2 times.",
            "An invisible character (U+FEFF) was taken out.",
        )),
        ("abc\u202egpj.exe", "abc�gpj.exe", ("A character that turns the line around (U+202E) was replaced by �.",)),
        ("می\u200cخواهم", "می\u200cخواهم", ()),
        ("a\u200cb", "ab", ("An invisible character (U+200C) was taken out.",)),
        ("\ud800\ufffe", "��", (
            "A control character (U+D800) was replaced by �.",
            "A control character (U+FFFE) was replaced by �.",
        )),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_shown_and_told(text, shown, told):
    assert clean_text(text) == (shown, told)


@given(st.text(st.characters(codec=None)))
def test_clean_text_can_stand_in_any_document_and_cleaning_again_changes_nothing(text):
    cleaned, _ = clean_text(text)
    assert clean_text(cleaned) == (cleaned, ())
    assert all(
        character in "\t\n"
        or "\x20" <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufffd"
        or character > "\uffff"
        for character in cleaned
    )
    assert "".join(piece for piece, _ in directed(cleaned)) == cleaned


def test_words_of_the_other_direction_are_found():
    assert directed("see שלום עולם (2004) now") == [("see ", False), ("שלום עולם", True), (" (2004) now", False)]
    assert directed("") == []


def test_a_report_survives_the_way_to_another_process():
    report = sample_report()
    assert report_from(report_record(report)) == report


def test_a_link_to_a_page_can_be_followed_whatever_the_file_is_called():
    target = Target(file="documents/50% of #4?.pdf", file_page=3)
    assert target.href == "documents/50%25%20of%20%234%3F.pdf#page=3"
    assert Target(urn="X").href == ""
    assert Target(file="javascript:alert(1)").href == "javascript%3Aalert(1)"


def test_a_link_without_words_is_called_after_where_it_leads():
    links = (
        Link(text=" \u200b", target=Target(urn="INQ000101", page_index=1)),
        Link(text="", target=Target(file="a.pdf")),
    )
    made = prepared(Report(title="T", parts=(Part(title="P", blocks=(Paragraph(runs=links),)),)))
    assert text_of(tuple(runs_of(made.report.parts[0].blocks[0]))) == "INQ000101, page 2a.pdf"


def test_a_reference_to_what_bears_no_number_is_told():
    blocks = (Paragraph(runs=(CrossReference(anchor="x"),)), Paragraph(runs=plain("y"), anchor="x"))
    made = prepared(Report(title="T", parts=(Part(title="P", blocks=blocks),)))
    assert text_of(tuple(runs_of(made.report.parts[0].blocks[0]))) == "paragraph [without a number]"
    assert made.notes == ("A reference leads to “x”, which bears no number.",)


def test_footnotes_inside_footnotes_and_numbers_are_counted_as_word_counts():
    assert [letters(number) for number in (1, 26, 27, 53)] == ["A", "Z", "AA", "AAA"]
    assert [roman(number) for number in (4, 9, 14, 40, 90)] == ["iv", "ix", "xiv", "xl", "xc"]
    report = Report(title="T", parts=(Part(title="P", blocks=(Paragraph(runs=(Footnote(runs=plain("x")),)),)),))
    assert next(footnotes_of(prepared(report).report)).runs == (Text(text="x"),)
