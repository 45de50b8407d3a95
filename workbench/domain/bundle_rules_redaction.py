"""Rules about redactions: what lies under them is gone, and nothing else is."""

from __future__ import annotations

from collections import Counter

from workbench.domain.bundle_expected import Expected, ExpectedRedaction
from workbench.domain.bundle_facts import BundleFacts, MarkFacts
from workbench.domain.bundle_verdicts import NO_REDACTIONS, Rule, W, counted, leak_severity, named, unanswered, verdict
from workbench.domain.checks import Check
from workbench.domain.rules_asked import RulesAsked

Marked = list[tuple[ExpectedRedaction, MarkFacts | None]]


def _marked(facts: BundleFacts, expected: Expected | None) -> Marked | None:
    """Every redaction with what was found at its place; None when no redactions are known."""
    if expected is None or expected.redactions is None:
        return None
    found = {(number, mark.place): mark for number, page in enumerate(facts.pages) for mark in page.marks}
    return [(mark, found.get((mark.page_index, mark.place))) for mark in expected.redactions]


def _r01_nothing_under_boxes(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    """Letters under white are a warning: most often a line of a form or a page number that was set again."""
    wrong = [n for n, page in enumerate(facts.pages) if page.covered]
    white = [n for n, page in enumerate(facts.pages) if page.whited]
    waiting = [n for n, page in enumerate(facts.pages) if "Redact" in page.annotations]
    places = sum(len(page.covered) for page in facts.pages)
    faults = [f"letters lie under something opaque in {counted(places, 'place')}"] if wrong else []
    faults += ["marks for redaction were never applied"] if waiting else []
    faults += [f"letters were painted over in white on {counted(len(white), 'page')}"] if white else []
    held = f"no letters under boxes or pictures on {counted(facts.page_count, 'page')}"
    if facts.scans:
        scans = f"{facts.scans_examined:,} of {facts.scans:,} scanned pages"
        held += f"; words behind pictures compared with the picture on {scans}"
    severity = leak_severity(expected) if wrong or waiting or not white else W
    pages = [*wrong, *waiting] or white
    return verdict("R01", "No text under an opaque box", pages, "; ".join(faults), held, severity)


def _r02_text_gone(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title, marks = "Text under redactions is gone", _marked(facts, expected)
    if marks is None:
        return unanswered("R02", title, NO_REDACTIONS)
    allowed = {id(mark): len("".join(mark.label.split())) for mark, _ in marks}
    wrong = [mark.page_index for mark, at in marks if at is None or max(at.letters) > allowed[id(mark)]]
    held = f"two readers find nothing in {counted(len(marks), 'marked place')}"
    return verdict("R02", title, wrong, "a reader finds letters under marks on these pages", held)


def _r03_pixels_gone(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title, marks = "Pixels under redactions are gone", _marked(facts, expected)
    if marks is None:
        return unanswered("R03", title, NO_REDACTIONS)
    wrong = [mark.page_index for mark, at in marks if at is None or not at.is_uniform]
    held = f"one colour in {counted(len(marks), 'marked place')}, but for labels"
    return verdict("R03", title, wrong, "marks on these pages are not of one colour", held)


def _r04_line_art_gone(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title, marks = "Drawings under redactions are gone", _marked(facts, expected)
    if marks is None:
        return unanswered("R04", title, NO_REDACTIONS)
    wrong = [mark.page_index for mark, at in marks if at is None or at.drawings]
    held = f"no lines or shapes in {counted(len(marks), 'marked place')}"
    return verdict("R04", title, wrong, "lines or shapes lie under marks on these pages", held)


def _r05_neighbours_kept(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Words beside redactions are kept"
    if expected is None or expected.redactions is None:
        return unanswered("R05", title, NO_REDACTIONS)
    if not expected.kept_words:
        return unanswered("R05", title, "the words beside the marks are not known")
    lost: list[int] = []
    for page, words in expected.kept_words:
        if page >= len(facts.pages) or Counter(words.split()) - Counter(facts.pages[page].text.split()):
            lost.append(page)
    held = f"no word lost outside the marks on {counted(len(expected.kept_words), 'page')}"
    return verdict("R05", title, lost, "words outside the marks are missing on these pages", held)


def _r06_no_term_left(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "No protected term in the file"
    if expected is None or expected.sweep is None:
        return unanswered("R06", title, "no sweep for protected terms was made")
    sweep = expected.sweep
    held = f"{counted(sweep.terms, 'protected term')} looked for, none found"
    return verdict("R06", title, bool(sweep.hits), f"protected terms were found: {named(sweep.hits)}", held)


def _r07_not_incremental(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    revisions = facts.objects.revisions
    detail = f"{revisions} ends of file: what was removed may lie in an earlier one"
    return verdict("R07", "Saved whole, no earlier version inside", revisions != 1, detail, "one end of file")


def _r08_length_tells_nothing(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "The length of a redaction tells nothing"
    if expected is None or expected.redactions is None:
        return unanswered("R08", title, NO_REDACTIONS)
    wrong = [mark.page_index for mark in expected.redactions if not mark.is_fixed_width]
    held = f"labels of one width in {counted(len(expected.redactions), 'marked place')}"
    detail = "labels have one width, but the boxes on these pages are as long as the words they cover"
    return verdict("R08", title, wrong, detail, held, W)


def _r09_each_has_a_basis(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "Each redaction has a basis"
    if expected is None or expected.redactions is None:
        return unanswered("R09", title, NO_REDACTIONS)
    wrong = [mark.page_index for mark in expected.redactions if not mark.basis.strip()]
    held = f"{counted(len(expected.redactions), 'marked place')}, each with its basis"
    return verdict("R09", title, wrong, "marks on these pages rest on nothing", held, W)


def _r10_no_term_beside(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "No protected term in the files beside it"
    if expected is None or expected.sweep is None:
        return unanswered("R10", title, "no sweep for protected terms was made")
    hits, files = expected.sweep.other_file_hits, expected.sweep.files
    held = f"{counted(files, 'file')} swept, no term found"
    return verdict("R10", title, bool(hits), f"protected terms were found: {named(hits)}", held)


def _r11_ocr_text_gone(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title, marks = "Invisible text under redactions is gone", _marked(facts, expected)
    if marks is None:
        return unanswered("R11", title, NO_REDACTIONS)
    wrong = [mark.page_index for mark, at in marks if at is None or at.hidden_letters]
    held = f"no invisible text in {counted(len(marks), 'marked place')}"
    return verdict("R11", title, wrong, "invisible text lies under marks on these pages", held)


def _r12_no_jigsaw(_: BundleFacts, expected: Expected | None, __: RulesAsked) -> Check:
    title = "No person pieced together from weak details"
    if expected is None or expected.jigsaw is None:
        return unanswered("R12", title, "weak details about protected people were not compared")
    held = "no two weak details about one person in this file"
    detail = f"several weak details stand here about {named(expected.jigsaw)}; a person should look"
    return verdict("R12", title, bool(expected.jigsaw), detail, held, W)


RULES: tuple[Rule, ...] = (
    _r01_nothing_under_boxes,
    _r02_text_gone,
    _r03_pixels_gone,
    _r04_line_art_gone,
    _r05_neighbours_kept,
    _r06_no_term_left,
    _r07_not_incremental,
    _r08_length_tells_nothing,
    _r09_each_has_a_basis,
    _r10_no_term_beside,
    _r11_ocr_text_gone,
    _r12_no_jigsaw,
)
