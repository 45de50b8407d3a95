"""References are found in every form that inquiries use, nothing else is taken for one, and none is guessed."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.submissions import page_rows
from workbench.domain.citation_styles import Wording, bundle_form, mark_for, render
from workbench.domain.citations import (
    BundlePlace,
    Citation,
    FoundReference,
    Judgment,
    Place,
    Style,
    TabPlace,
    TranscriptPlace,
    citations_from,
    stable_text,
)
from workbench.domain.concordance import Fate, concordance
from workbench.domain.errors import Refused
from workbench.domain.reference_forms import Known, ReferenceForm, find_references, forms_from
from workbench.domain.resolving import Resolver
from workbench.domain.transcripts import printed_pages, sessions_of

FOLDER = Path(__file__).parents[2] / "resources" / "references"
FORMS = [
    form
    for path in sorted(FOLDER.glob("*.toml"))
    for form in forms_from(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
]
KNOWN = Known(urns=frozenset({"INQ004206", "INQ000007", "GB12345678"}), marks=("HB",))


def find(text: str) -> list[FoundReference]:
    return list(find_references(text, FORMS, KNOWN))


def document(urn: str, *ranges: tuple[int, int | None]) -> tuple[Citation, ...]:
    if not ranges:
        return (Citation(urn=urn),)
    return tuple(Citation(urn=urn, page_number=first, last_page=last) for first, last in ranges)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INQ004206", document("INQ004206")),
        ("INQ004206_012", document("INQ004206", (12, None))),
        ("INQ004206_012-014", document("INQ004206", (12, 14))),
        ("INQ004206_012–014", document("INQ004206", (12, 14))),
        ("INQ004206_012 to INQ004206_014", document("INQ004206", (12, 14))),
        ("INQ004206_012, _015", document("INQ004206", (12, None), (15, None))),
        ("INQ004206/12", document("INQ004206", (12, None))),
        ("INQ004206 p. 12", document("INQ004206", (12, None))),
        ("INQ004206 page 12", document("INQ004206", (12, None))),
        ("INQ004206, pp. 12-14", document("INQ004206", (12, 14))),
        ("INQ004206, pp. 112-14", document("INQ004206", (112, 114))),
        ("INQ004206 pages 12, 15 and 17-19", document("INQ004206", (12, None), (15, None), (17, 19))),
        ("{BBA00000178/2}", document("BBA00000178", (2, None))),
        ("{BBA00000178/2-4, 7}", document("BBA00000178", (2, 4), (7, None))),
        ("WITN05780100", document("WITN05780100")),
        ("{A/1/1}", TabPlace(section="A", tab=1, page=1)),
        ("{C/15/20-26}", TabPlace(section="C", tab=15, page=20, last_page=26)),
        ("{A/1}", TabPlace(section="A", tab=1)),
        ("{Day5/112:3}", TranscriptPlace(day=5, page=112, line=3)),
        ("Day 5/112:3-14", TranscriptPlace(day=5, page=112, line=3, last_line=14)),
        ("Day 5 / 112 : 3-14", TranscriptPlace(day=5, page=112, line=3, last_line=14)),
        ("{Day5/112:20-113:2}", TranscriptPlace(day=5, page=112, last_page=113, line=20, last_line=2)),
        ("20 May 2019 15/20-16/5", TranscriptPlace(on="20 May 2019", page=15, last_page=16, line=20, last_line=5)),
        ("[2021] EWHC 2167 (Comm)", Judgment(citation="[2021] EWHC 2167 (Comm)")),
        ("[2020] EWCA Civ 1058", Judgment(citation="[2020] EWCA Civ 1058")),
        ("[A/143]", BundlePlace(mark="A", label="143")),
        ("(B p. 143.1)", BundlePlace(mark="B", label="143.1")),
        ("HB/143", BundlePlace(mark="HB", label="143")),
        ("HB 143-145", BundlePlace(mark="HB", label="143", last_label="145")),
        ("HB p. iv", BundlePlace(mark="HB", label="iv")),
        ("HB Vol 2 p. 391", BundlePlace(mark="HB", label="391")),
    ],
)
@pytest.mark.parametrize("around", ["{}", "See {}, and then.", "({})", "“{}”", "Minutes ({}) of 3 March\n"])
def test_each_form_is_found_whole_wherever_it_stands(text: str, place: Place, around: str) -> None:
    before, after = around.split("{}")
    (found,) = find(before + text + after)
    assert found.place == place
    assert text in found.text
    assert (before + text + after)[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "On Day 5 the board met.",
        "Day 5 of 12",
        "on 15/20 occasions",
        "dated 15/2/2019 and 15/20",
        "IN-A1 agreed with IN-A2",
        "[2021]",
        "the report [2021] and its annex",
        "£12,000 or £4206012",
        "Telephone 020 7946 0123",
        "0207946012",
        "Order no. SC123456, VAT GB123456789",
        "IMG004206 and SCAN00012",
        "ISBN9780141036144",
        "and/or, s/he, 24/7, 1/2",
        "section 19(2)(b)",
        "HBX 143 and XHB 143",
        "a {note} in braces, {1/2}",
        "INQ4206",
        "12 March 2011 to 14 March 2011",
        "paragraph 7.2 of the report",
        "A1234567",
    ],
)
def test_what_only_looks_like_a_reference_is_left(text: str) -> None:
    assert find(text) == []


def test_a_spelling_that_the_case_does_not_use_is_known_by_its_document() -> None:
    assert [one.place for one in find("GB12345678 and inq004206/3, not gb123456789")] == [
        document("GB12345678"),
        document("INQ004206", (3, None)),
    ]


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("INQ004206 §§4 to 46", "4-46"),
        ("INQ004206, paragraph 7.2", "7.2"),
        ("INQ004206 (paragraph 7.2)", "7.2"),
        ("INQ004206_012 at para 9", "9"),
        ("paragraph 7.2 of INQ004206", "7.2"),
        ("INQ004206. Paragraph 7.2 of the report says", ""),
        ("paragraph 7.2 says more than INQ004206", ""),
    ],
)
def test_a_paragraph_goes_to_the_document_beside_it(text: str, paragraph: str) -> None:
    (found,) = find(text)
    assert isinstance(found.place, tuple)
    assert [citation.paragraph for citation in found.place] == [paragraph]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_says_where_it_was_seen_and_finds_its_own_examples(form: ReferenceForm) -> None:
    assert form.source and form.seen and form.examples
    for example in form.examples:
        text = f"INQ004206 {example}" if form.kind == "paragraph" else f"see {example} then"
        found = list(find_references(text, [*FORMS], KNOWN))
        assert [one.form for one in found if one.text in example or one.text == example] == (
            [] if form.kind == "paragraph" else [form.id]
        )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"id": "x", "kind": "document", "pattern": "("}, "lacks 'source'"),
        ({"id": "x", "kind": "document", "pattern": "(", "source": "s", "date": "d"}, "cannot be read"),
        ({"id": "x", "kind": "novel", "pattern": "a", "source": "s", "date": "d"}, "Kinds are: bundle, document"),
    ],
)
def test_a_form_that_cannot_work_is_refused_with_its_name(row: dict[str, str], problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        forms_from({"form": [row]}, "own.toml")


@pytest.mark.parametrize(
    "citation",
    [
        Citation(urn="INQ000001"),
        Citation(urn="INQ000001", page_number=4),
        Citation(urn="INQ000001", page_number=4, last_page=12, paragraph="7.2"),
        Citation(urn="INQ000001", page_number=1004, words="no; “later”, he said = twice", paragraph="4 to 46"),
    ],
)
def test_a_stable_reference_is_read_back(citation: Citation) -> None:
    other = Citation(urn="GNP000002", page_number=2)
    first, second = citations_from(stable_text([citation, other]))
    assert second == other
    assert (first.urn, first.pages) == (citation.urn, citation.pages)
    assert citations_from(first.stable) == (first,)
    with pytest.raises(Refused):
        citations_from("see the letter")


ROWS = page_rows([("Statements", "INQ000007", 3), ("Statements", "INQ000008", 2), ("Minutes", "INQ000009", 4)])


@pytest.mark.parametrize(
    ("reference", "bundle", "published", "urn", "braces"),
    [
        ("INQ000007_002", "HB 4", "INQ000007_002", "INQ000007 p. 2", "{A/1/2}"),
        ("INQ000007_002-003", "HB 4-5", "INQ000007_002-003", "INQ000007 pp. 2-3", "{A/1/2-3}"),
        ("INQ000007", "HB 3-5", "INQ000007", "INQ000007", "{A/1/1-3}"),
        ("INQ000009, pp. 1, 3-4", "HB 8, 10-11", "INQ000009_001; INQ000009_003-004", "INQ000009 pp. 1, 3-4", None),
        ("{A/2/2}", "HB 7", "INQ000008_002", "INQ000008 p. 2", "{A/2/2}"),
        ("{B/1/1-2}", "HB 8-9", "INQ000009_001-002", "INQ000009 pp. 1-2", "{B/1/1-2}"),
        ("HB 5-6", "HB 5-6", "INQ000007_003; INQ000008_001", "INQ000007 p. 3; INQ000008 p. 1", "{A/1/3} {A/2/1}"),
        ("[HB/9]", "HB 9", "INQ000009_002", "INQ000009 p. 2", "{B/1/2}"),
    ],
)
def test_one_reference_is_written_in_every_style(
    reference: str, bundle: str, published: str, urn: str, braces: str | None
) -> None:
    resolver = Resolver(ROWS, marks=("HB",))
    (found,) = find(reference)
    resolution = resolver.resolve(found.place)
    wording = Wording(mark="HB", tabs=resolver.tabs, details={"INQ000007": ("Letter", "2011-03-12")})
    assert render(resolution, Style.BUNDLE, wording) == bundle
    assert render(resolution, Style.PUBLISHED, wording) == published
    assert render(resolution, Style.URN, wording) == urn
    written = render(resolution, Style.BRACES, wording)
    assert written == (braces or "{B/1/1} {B/1/3-4}")
    # What was written is found again and means the same pages.
    for text in (bundle.split(",")[0], *published.split("; ")):
        (again,) = find(text)
        assert set(resolver.resolve(again.place).rows) <= set(resolution.rows)


def test_a_footnote_gives_title_date_reference_and_page() -> None:
    resolver = Resolver(ROWS)
    details = {"INQ000007": ("Letter to the board", "2011-03-12")}
    wording = Wording(details=details)
    place = (Citation(urn="INQ000007", page_number=2, paragraph="7.2"),)
    assert render(resolver.resolve(place), Style.FOOTNOTE, wording) == (
        "Letter to the board, 12 March 2011 (INQ000007), p. 2, paragraph 7.2"
    )
    assert render(resolver.resolve((Citation(urn="INQ000009"),)), Style.FOOTNOTE, wording) == "Minutes 3 (INQ000009)"


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("INQ000007_004", "Page 4 of INQ000007: not in this bundle."),
        ("INQ000007_002-009", "Pages 4 to 9 of INQ000007: not in this bundle."),
        ("INQ000007_003-001", "The pages 3 to 1 run backwards."),
        ("INQ004206_001", "INQ004206 is not in this bundle."),
        ("HB 99", "The bundle has no page 99."),
        ("HB 2", "Page 2 of the bundle is its index, not a document's page."),
        ("HB 6-4", "The pages 6 to 4 run backwards."),
        ("[A/4]", "The bundle has no page A4."),
        ("{A/3/1}", "The bundle has no tab A/3."),
        ("{A/1/4}", "Tab A/1 has 3 pages."),
        ("{A/1/0}", "Tab A/1 has 3 pages."),
        ("Day 5/112:3", "The bundle has no transcript of Day 5 that prints a page number 112."),
        ("[2021] EWHC 2167 (Comm)", "The bundle has no document with “[2021] EWHC 2167 (Comm)” in the title."),
    ],
)
def test_what_is_not_there_is_not_found_and_says_why(reference: str, reason: str) -> None:
    (found,) = find(reference)
    resolution = Resolver(ROWS, marks=("HB",)).resolve(found.place)
    assert not resolution.is_found
    assert resolution.reason == reason


def test_numbers_of_an_older_build_lead_to_the_same_words_in_the_newer() -> None:
    newer = page_rows([("Statements", "INQ000099", 3), ("Minutes", "INQ000009", 4), ("Statements", "INQ000007", 2)])
    resolver = Resolver(newer, marks=("HB",), older=ROWS)
    for reference, label in (("HB 3", "10"), ("HB 8-9", "6-7"), ("{A/1/2}", "11")):
        (found,) = find(reference)
        assert bundle_form(resolver.resolve(found.place).rows, "") == label
    (gone,) = find("HB 5")
    assert resolver.resolve(gone.place).reason == "Page 3 of INQ000007: not in this bundle."
    rows = {(row.urn, row.source_page_number): row for row in concordance(ROWS, newer)}
    assert [(row.old_label, row.new_label, row.fate) for row in (rows["INQ000007", 1], rows["INQ000007", 3])] == [
        ("3", "10", "moved"),
        ("5", "", "gone"),
    ]
    assert [row.fate for row in concordance(ROWS, newer)].count(Fate.ADDED) == 3
    assert {row.fate for row in concordance(ROWS, ROWS)} == {"same"}


def test_letters_and_inserts_are_read_and_written_as_pages_are_numbered() -> None:
    labels = ["i", "ii", "C1", "C1.1", "C2", "C3", "C4", "F1", "F2", "F3", "F4"]
    rows = [replace(row, label=label) for row, label in zip(ROWS, labels, strict=True)]
    resolver = Resolver(rows, marks=("HB",))
    for reference, written in (
        ("INQ000007_002", "HB C1.1"),
        ("[C/1.1]", "HB C1.1"),
        ("[C/1]", "HB C1"),
        ("{F/1/2-3}", "HB F2-F3"),
        ("HB C1.1-C3", "HB C1.1-C3"),
        ("HB/F4", "HB F4"),
    ):
        (found,) = find(reference)
        assert bundle_form(resolver.resolve(found.place).rows, "HB") == written
    (front,) = find("HB ii")
    assert resolver.resolve(front.place).reason == "Page ii of the bundle is its index, not a document's page."
    assert bundle_form([replace(row, label=f"HB{row.label}") for row in ROWS[2:4]], "HB") == "HB3-HB4"


def test_a_bundle_is_marked_by_its_initials() -> None:
    assert mark_for("Hearing bundle") == "HB" and mark_for("Core bundle 2") == "CB2"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("1 Q. Yes.\n2 A. No.\n25 Q. Why?\n28 (Pages 109 to 112)", (109, 110, 111, 112)),
        ("Thursday\nPage 7\n1 Q. Yes.", (7,)),
        ("He turned to\npage 7 of the report\nand page 8", ()),
        ("Page 7\nPage 8", ()),
        ("(Pages 9 to 800)", ()),
    ],
)
def test_a_transcript_says_which_pages_it_prints(text: str, pages: tuple[int, ...]) -> None:
    assert printed_pages(text) == pages


def test_a_transcript_is_known_by_its_title() -> None:
    assert sessions_of("Transcript, Day 05, 20 May 2019") == ("Day 5", "20 May 2019")
    assert sessions_of("Minutes of day 5") == ()
