"""Every rule for finished bundles, each against facts that break it and facts that do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workbench.domain.bundle_expected import (
    Expected,
    ExpectedEntry,
    ExpectedRedaction,
    ExpectedSweep,
    ExpectedVolume,
)
from workbench.domain.bundle_facts import (
    BookmarkFacts,
    BundleFacts,
    MarkFacts,
    NumberFacts,
    ObjectFacts,
    PageFacts,
    PictureFacts,
    RowLink,
)
from workbench.domain.bundle_rules import RULES, judge
from workbench.domain.bundle_verdicts import follows
from workbench.domain.checks import Check, Severity
from workbench.domain.rules_asked import RulesAsked, sheet

IDS = [f"B{number:02}" for number in range(1, 49)] + [f"R{number:02}" for number in range(1, 13)]
PLACE = (100.0, 100.0, 200.0, 120.0)


def page(label: str, **changes: Any) -> PageFacts:
    facts = PageFacts(
        label=label,
        edge_words=("Letter", label),
        last_word=label,
        corner=label,
        is_last_word_upright=True,
        character_count=400,
        number=NumberFacts(is_upright=True, size_pt=11.0),
        width_pt=595.0,
        height_pt=842.0,
        text_digest=f"text {label}",
        text="kept words stand here",
        turn=0,
        turn_share=1.0,
    )
    return replace(facts, **changes)


OBJECTS = ObjectFacts(
    is_repaired=False,
    is_encrypted=False,
    revisions=1,
    opening="[ 5 0 R /XYZ null null 1 ]",
    metadata={"title": "Day 1", "producer": "workbench"},
    live=(),
    attachments=0,
    annotations=(),
    fonts_not_embedded=(),
    page_mode="UseOutlines",
    language="en-GB",
    shows_title=True,
    byte_count=1000,
    sha256="ab" * 32,
    page_counts=(6, 6),
)
FACTS = BundleFacts(
    page_count=6,
    pages=tuple(page(str(number)) for number in range(1, 7)),
    front_texts=("Day 1 2 documents, 6 pages", "Index A 1 Letter 3 2 Minutes 5"),
    row_links=(
        RowLink(page_index=1, text="1 Letter 2011 3", target=2, view="XYZ", zoom=0.0),
        RowLink(page_index=1, text="2 Minutes 2012 5", target=4, view="XYZ", zoom=0.0),
    ),
    bookmarks=(
        BookmarkFacts(level=0, title="A, p. 3", target=2, view="XYZ", zoom=0.0),
        BookmarkFacts(level=1, title="Letter, p. 3", target=2, view="XYZ", zoom=0.0),
        BookmarkFacts(level=1, title="Minutes, p. 5", target=4, view="XYZ", zoom=0.0),
        BookmarkFacts(level=2, title="Chapter", target=5, view="XYZ", zoom=0.0),
    ),
    objects=OBJECTS,
    filename="Day 1.pdf",
)
EXPECTED = Expected(
    title="Day 1",
    labels=("1", "2", "3", "4", "5", "6"),
    letters=(0, 0, 300, 300, 300, 300),
    index_pages=(1,),
    entries=(
        ExpectedEntry(
            title="Letter", section="A", target=2, label="3", pages=2, whole=2, sha256="a", selection=(0, 1), on="2011",
            kind="letter", main_label="103", source_bookmarks=0,
        ),
        ExpectedEntry(
            title="Minutes", section="A", target=4, label="5", pages=2, whole=2, sha256="b", selection=(0, 1),
            on="2012", kind="minutes", main_label="205", source_bookmarks=1,
        ),
    ),
)  # fmt: skip
ASKED = RulesAsked(requires_plain_numbers=True)


def of(rule: str, facts: BundleFacts, expected: Expected | None = None, asked: RulesAsked = ASKED) -> Check:
    return next(check for check in judge(facts, expected, asked) if check.id == rule)


def test_every_rule_is_asked_once_in_order_and_answers_under_its_own_id() -> None:
    assert [check.id for check in judge(FACTS)] == IDS
    assert [check.id for check in judge(FACTS, EXPECTED)] == IDS
    assert [rule.__name__[1:4].upper() for rule in RULES] == IDS
    assert all(check.title and check.detail for check in judge(FACTS, EXPECTED, ASKED))


def test_a_sound_bundle_holds_with_its_plan_and_without() -> None:
    for expected in (None, EXPECTED):
        assert [check for check in judge(FACTS, expected, ASKED) if not check.ok] == []


def on_page(position: int, **changes: Any) -> BundleFacts:
    pages = list(FACTS.pages)
    pages[position - 1] = replace(pages[position - 1], **changes)
    return replace(FACTS, pages=tuple(pages))


def objects(**changes: Any) -> BundleFacts:
    return replace(FACTS, objects=replace(OBJECTS, **changes))


def without_page(number: int) -> BundleFacts:
    """As when a page is taken out of a finished file: labels close up, what is printed stays."""
    kept = [facts for n, facts in enumerate(FACTS.pages, 1) if n != number]
    pages = tuple(replace(facts, label=str(n)) for n, facts in enumerate(kept, 1))
    return replace(FACTS, pages=pages, page_count=5, front_texts=("Day 1", FACTS.front_texts[1]))


def bookmarks(*kept: BookmarkFacts) -> BundleFacts:
    return replace(FACTS, bookmarks=kept)


TURNED = NumberFacts(is_upright=False, size_pt=11.0)
SMALL = NumberFacts(is_upright=True, size_pt=6.0)
COVERED = NumberFacts(is_upright=True, size_pt=11.0, is_clear=False)
BESIDE = NumberFacts(is_upright=True, size_pt=11.0, neighbours=("17",))
FIT = tuple(replace(link, view="Fit") for link in FACTS.row_links)
LABELS = replace(FACTS, pages=tuple(replace(p, label=n) for p, n in zip(FACTS.pages, "123356", strict=True)))

BROKEN: list[tuple[str, BundleFacts]] = [
    ("B01", objects(is_repaired=True)),
    ("B01", objects(page_counts=(6, 7))),
    ("B02", objects(is_encrypted=True)),
    ("B03", without_page(4)),
    ("B03", replace(FACTS, front_texts=("Day 1 2 documents, 7 pages", FACTS.front_texts[1]))),
    ("B03", replace(FACTS, bookmarks=(*FACTS.bookmarks[:2], replace(FACTS.bookmarks[2], target=-1)))),
    ("B05", on_page(3, edge_words=("Letter",))),
    ("B06", on_page(3, edge_words=("4",))),
    ("B06", without_page(4)),
    ("B07", LABELS),
    ("B08", LABELS),
    ("B09", on_page(3, number=SMALL)),
    ("B09", on_page(3, number=COVERED)),
    ("B10", on_page(3, number=BESIDE)),
    ("B11", on_page(3, number=TURNED)),
    ("B12", replace(FACTS, row_links=())),
    ("B13", replace(FACTS, row_links=(FACTS.row_links[0], replace(FACTS.row_links[1], target=-1)))),
    ("B14", replace(FACTS, row_links=(FACTS.row_links[0], replace(FACTS.row_links[1], target=5)))),
    ("B14", replace(FACTS, row_links=(FACTS.row_links[0], replace(FACTS.row_links[1], text="5 Minutes 6")))),
    ("B15", replace(FACTS, row_links=FIT)),
    ("B16", bookmarks(*FACTS.bookmarks[:2])),
    ("B16", bookmarks()),
    ("B18", bookmarks(replace(FACTS.bookmarks[0], title="A"), *FACTS.bookmarks[1:])),
    ("B18", bookmarks(*FACTS.bookmarks[:2], replace(FACTS.bookmarks[2], target=5))),
    ("B21", on_page(3, picture_share=0.9, character_count=1)),
    ("B22", on_page(3, word_share=0.2)),
    ("B23", on_page(3, odd_characters=40)),
    ("B24", on_page(3, turn=180)),
    ("B24", on_page(3, turn=90, width_pt=842.0, height_pt=595.0)),
    ("B25", on_page(3, turn=90)),
    ("B26", on_page(3, width_pt=612.0, height_pt=792.0)),
    ("B27", on_page(3, max_dpi=600)),
    ("B31", objects(opening="[ 5 0 R /Fit ]")),
    ("B32", objects(page_mode="UseNone")),
    ("B33", objects(metadata={"title": "Day 1", "author": "A. Person"})),
    ("B33", objects(metadata={"title": "C:\\Users\\me\\day.doc"})),
    ("B37", on_page(5, text_digest="text 3")),
    ("B40", objects(live=("JavaScript",))),
    ("B41", objects(attachments=1)),
    ("B42", objects(annotations=("Text",))),
    ("B42", on_page(3, annotations=("Ink",))),
    ("B43", on_page(3, has_hidden_text=True)),
    ("B43", objects(layers=2, hidden_layers=("Draft",))),
    ("B44", objects(revisions=2)),
    ("B45", objects(fonts_not_embedded=("Garamond",))),
    ("B47", objects(language="")),
    ("B48", on_page(3, is_slow=True)),
    ("R01", on_page(3, covered=(PLACE,))),
    ("R01", on_page(3, whited=(PLACE,))),
    ("R01", on_page(3, annotations=("Redact",))),
    ("R07", objects(revisions=2)),
]


@pytest.mark.parametrize(("rule", "facts"), BROKEN, ids=[f"{n} {rule}" for n, (rule, _) in enumerate(BROKEN)])
def test_a_rule_sees_what_breaks_it_without_a_plan(rule: str, facts: BundleFacts) -> None:
    assert not of(rule, facts).ok


def marked(**changes: Any) -> tuple[BundleFacts, Expected]:
    mark = MarkFacts(**{"place": PLACE, "letters": (0, 0), "is_uniform": True, **changes})
    return on_page(4, marks=(mark,)), REDACTED


REDACTED = replace(EXPECTED, redactions=(ExpectedRedaction(page_index=3, place=PLACE, basis="order of 3 March"),))
SWEPT = replace(EXPECTED, sweep=ExpectedSweep(terms=9, files=3))
VOLUME = replace(EXPECTED, volume=ExpectedVolume(number=2, of=3, label_before="0"))
CORE = replace(EXPECTED, kind="core")
CORE_FACTS = replace(FACTS, front_texts=("", "Letter (main bundle 103) 3 Minutes (main bundle 205) 5"))
AUTHORITIES = replace(EXPECTED, kind="authorities")


def entries(**changes: Any) -> Expected:
    return replace(EXPECTED, entries=(EXPECTED.entries[0], replace(EXPECTED.entries[1], **changes)))


WITH_PLAN: list[tuple[str, BundleFacts, Expected, BundleFacts, Expected]] = [
    # rule, what holds, what breaks it
    ("B03", FACTS, EXPECTED, without_page(4), EXPECTED),
    ("B04", FACTS, EXPECTED, on_page(4, character_count=1), EXPECTED),
    ("B04", replace(FACTS, pictures=PictureFacts(compared=4, pages=4)), EXPECTED,
     replace(FACTS, pictures=PictureFacts(compared=4, pages=4, wrong=(3,))), EXPECTED),
    ("B05", FACTS, EXPECTED, on_page(4, corner=""), EXPECTED),
    ("B06", FACTS, EXPECTED, on_page(4, last_word="5"), EXPECTED),
    ("B06", FACTS, EXPECTED, on_page(4, label="5"), EXPECTED),
    ("B08", FACTS, VOLUME, FACTS, replace(VOLUME, volume=ExpectedVolume(number=2, of=3, label_before="7"))),
    ("B11", FACTS, EXPECTED, on_page(4, is_last_word_upright=False), EXPECTED),
    ("B12", FACTS, EXPECTED, FACTS, entries(title="Another title")),
    ("B13", FACTS, EXPECTED, replace(FACTS, row_links=FACTS.row_links[:1]), EXPECTED),
    ("B14", FACTS, EXPECTED, FACTS, entries(label="6")),
    ("B16", FACTS, EXPECTED, bookmarks(*FACTS.bookmarks[:2]), EXPECTED),
    ("B17", FACTS, EXPECTED, bookmarks(*FACTS.bookmarks[1:]), EXPECTED),
    ("B17", FACTS, EXPECTED, FACTS, replace(EXPECTED, section_starts=(("A", 1, "2"),))),
    ("B19", FACTS, SWEPT, FACTS, replace(EXPECTED, sweep=ExpectedSweep(terms=9, files=3, bookmark_hits=("p. 4",)))),
    ("B20", FACTS, EXPECTED, bookmarks(*FACTS.bookmarks[:3]), EXPECTED),
    ("B21", on_page(3, picture_share=0.9, character_count=1), replace(EXPECTED, untyped_pages=(2,)),
     on_page(3, picture_share=0.9, character_count=1), replace(EXPECTED, untyped_pages=())),
    ("B29", FACTS, VOLUME, FACTS, entries(whole=3)),
    ("B29", FACTS, VOLUME, FACTS, replace(VOLUME, volume=ExpectedVolume(number=2, of=3, straddling=("Minutes",)))),
    ("B33", FACTS, EXPECTED, FACTS, replace(EXPECTED, title="Day 2")),
    ("B35", CORE_FACTS, CORE, FACTS, CORE),
    ("B36", FACTS, AUTHORITIES, bookmarks(*FACTS.bookmarks[:2]), AUTHORITIES),
    ("B36", FACTS, EXPECTED, FACTS, entries(kind="authority")),
    ("B37", FACTS, EXPECTED, FACTS, entries(sha256="a")),
    ("B38", FACTS, EXPECTED, FACTS, entries(on="2009")),
    ("B38", FACTS, entries(on="2010/2012"), FACTS, entries(on="2010-05")),
    ("B39", on_page(4, link_targets=(4,)), replace(EXPECTED, margin_links=((3, 4),)),
     FACTS, replace(EXPECTED, margin_links=((3, 4),))),
    ("B45", FACTS, EXPECTED, FACTS, entries(title="Mińutes")),
    ("B46", FACTS, replace(EXPECTED, is_same_again=True), FACTS, replace(EXPECTED, is_same_again=False)),
    ("R02", *marked(), *marked(letters=(0, 3))),
    ("R02", *marked(), FACTS, REDACTED),
    ("R03", *marked(), *marked(is_uniform=False)),
    ("R04", *marked(), *marked(drawings=1)),
    ("R05", FACTS, replace(REDACTED, kept_words=((3, "words kept"),)),
     FACTS, replace(REDACTED, kept_words=((3, "words words"),))),
    ("R06", FACTS, SWEPT, FACTS, replace(EXPECTED, sweep=ExpectedSweep(terms=9, files=3, hits=("page 4",)))),
    ("R08", FACTS, REDACTED, FACTS,
     replace(EXPECTED, redactions=(replace(REDACTED.redactions[0], is_fixed_width=False),))),
    ("R09", FACTS, REDACTED, FACTS, replace(EXPECTED, redactions=(replace(REDACTED.redactions[0], basis=" "),))),
    ("R10", FACTS, SWEPT, FACTS, replace(EXPECTED, sweep=ExpectedSweep(terms=9, files=3, other_file_hits=("x.csv",)))),
    ("R11", *marked(), *marked(hidden_letters=2)),
    ("R12", FACTS, replace(EXPECTED, jigsaw=()), FACTS, replace(EXPECTED, jigsaw=("IN-A1",))),
]  # fmt: skip


@pytest.mark.parametrize("case", WITH_PLAN, ids=[f"{n} {case[0]}" for n, case in enumerate(WITH_PLAN)])
def test_a_rule_holds_and_breaks_with_a_plan(case: tuple[str, BundleFacts, Expected, BundleFacts, Expected]) -> None:
    rule, good, planned, bad, told = case
    held = of(rule, good, planned)
    assert held.ok and held.is_checked, held
    assert not of(rule, bad, told).ok


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("B28", RulesAsked(max_bytes=1000), RulesAsked(max_bytes=999)),
        ("B30", RulesAsked(max_pages=6), RulesAsked(max_pages=5)),
        ("B34", RulesAsked(filename_pattern=r"^Day \d+"), RulesAsked(filename_pattern="^Hearing")),
        ("B31", RulesAsked(zoom_percent=100), RulesAsked(zoom_percent=125)),
    ],
)
def test_a_rule_follows_what_the_profile_asks(rule: str, good: RulesAsked, bad: RulesAsked) -> None:
    assert of(rule, FACTS, None, good).ok and of(rule, FACTS, None, good).is_checked
    assert not of(rule, FACTS, None, bad).ok


def test_limits_for_kinds_of_documents_name_the_document() -> None:
    check = of("B30", FACTS, EXPECTED, RulesAsked(document_limits={"Minutes": 1}))
    assert check.pages == (5,) and "“Minutes” has 2 pages, 1 are allowed" in check.detail


def test_a_profile_raises_and_lowers_severities() -> None:
    asked = RulesAsked(severities={"B26": Severity.ERROR, "B06": Severity.INFORMATION, "R02": Severity.WARNING})
    facts = on_page(3, width_pt=612.0, edge_words=())
    assert of("B26", facts, None, asked).severity is Severity.ERROR
    assert of("B06", facts, None, asked).severity is Severity.INFORMATION
    # What could not be asked stays information.
    assert of("R02", facts, None, asked).severity is Severity.INFORMATION


@pytest.mark.parametrize(
    "labels",
    [
        ("i", "ii", "A1", "A2", "B1", "B2"),
        ("1", "2", "3", "3.1", "3.2", "4"),
        ("V2-1", "V2-2", "V2-3", "V2-4", "V2-5", "V2-6"),
        ("iv", "v", "1", "2", "3", "4"),
        ("A1", "A2", "A2.1", "A3", "J1", "J2"),
        ("1", "2", "2.1", "2.1.1", "2.2", "3"),
    ],
)
def test_other_schemes_hold_where_plain_numbers_are_not_required(labels: tuple[str, ...]) -> None:
    facts = replace(FACTS, pages=tuple(page(label) for label in labels))
    for rule in ("B05", "B06", "B07", "B08"):
        assert of(rule, facts, None, RulesAsked()).ok, rule
    expected = replace(EXPECTED, labels=labels)
    for rule in ("B05", "B06", "B07", "B08"):
        assert of(rule, facts, expected, RulesAsked()).ok, rule
    # Where they are required, a plan that keeps given numbers is warned of, a file made elsewhere is wrong.
    assert of("B06", facts, expected, ASKED).severity is Severity.WARNING and not of("B06", facts, expected, ASKED).ok
    assert of("B06", facts, None, ASKED).severity is Severity.ERROR and not of("B06", facts, None, ASKED).ok


@pytest.mark.parametrize(
    ("before", "after", "is_next"),
    [
        ("3", "4", True), ("3", "5", False), ("4", "3", False), ("A9", "A10", True), ("A9", "B1", True),
        ("A9", "B2", False), ("143", "143.1", True), ("143.3", "144", True), ("143.3", "145", False),
        ("iii", "iv", True),
        ("iii", "v", False), ("iv", "1", True), ("A143.1", "A144", True), ("9", "9", False), ("2", "i", False),
    ],
)  # fmt: skip
def test_which_label_follows_which(before: str, after: str, is_next: bool) -> None:
    assert follows(before, after) is is_next


def test_a_later_volume_made_elsewhere_may_begin_above_one() -> None:
    pages = tuple(page(str(number)) for number in range(351, 357))
    check = of("B06", replace(FACTS, pages=pages))
    assert check.ok and "after 350 pages in other files" in check.detail


def test_what_might_leak_is_a_warning_for_the_team_and_stops_everything_else() -> None:
    facts = replace(on_page(3, covered=(PLACE,)), objects=replace(OBJECTS, layers=1, hidden_layers=("Draft",)))
    for rule in ("R01", "B43"):
        assert of(rule, facts).severity is Severity.ERROR
        assert of(rule, facts, EXPECTED).severity is Severity.WARNING
        assert of(rule, facts, replace(EXPECTED, is_beyond_team=True)).severity is Severity.ERROR


def test_a_copied_page_with_much_text_is_found_outside_of_documents_too() -> None:
    facts = replace(on_page(6, text_digest="text 3"), row_links=(), bookmarks=())
    assert of("B37", facts).pages == (6,)
    short = replace(facts, pages=tuple(replace(p, character_count=30) for p in facts.pages))
    assert of("B37", short).ok


def test_a_short_document_is_a_copy_only_when_all_of_it_is_the_same() -> None:
    short = replace(FACTS, pages=tuple(replace(p, character_count=15) for p in FACTS.pages))
    half = replace(short, pages=(*short.pages[:4], replace(short.pages[4], text_digest="text 3"), short.pages[5]))
    whole = replace(half, pages=(*half.pages[:5], replace(half.pages[5], text_digest="text 4")))
    assert of("B37", half).ok
    assert of("B37", whole).detail.endswith("page 5 as page 3")


def test_a_document_with_a_few_words_changed_is_a_near_copy() -> None:
    words = [f"word{number}" for number in range(200)]
    changed = [*words[:90], "other", *words[91:]]
    texts = ["", "", " ".join(words), "", " ".join(changed), ""]
    pages = tuple(replace(p, text=text) for p, text in zip(FACTS.pages, texts, strict=True))
    check = of("B37", replace(FACTS, pages=pages))
    assert check.detail == "nearly the same again from page 5 as page 3 (96%)" and check.pages == (5,)
    other = replace(pages[4], text=" ".join(reversed(words)))
    assert of("B37", replace(FACTS, pages=(*pages[:4], other, pages[5]))).ok


def test_nothing_unknown_is_called_held() -> None:
    unanswered = {check.id for check in judge(FACTS) if not check.is_checked}
    needs_more = {"B04", "B17", "B19", "B20", "B22", "B28", "B29", "B30", "B34", "B35", "B36", "B38", "B39", "B46"}
    assert unanswered == needs_more | {f"R{number:02}" for number in (2, 3, 4, 5, 6, 8, 9, 10, 11, 12)}


def test_sheets_are_known_by_name() -> None:
    assert sheet("A3-landscape") == (1190.55, 841.89)
    assert sheet("a4") == (595.28, 841.89) and sheet("Foolscap") is None


def test_rules_are_functions_of_facts_alone() -> None:
    rule: Callable[..., Check]
    for rule in RULES:
        assert rule(FACTS, EXPECTED, ASKED) == rule(FACTS, EXPECTED, ASKED)
