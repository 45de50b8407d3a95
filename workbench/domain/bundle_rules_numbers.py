"""Rules about the numbers of pages: printed, as labels, and in the file."""

from __future__ import annotations

import re
from collections import Counter

from workbench.domain.bundle_expected import Expected
from workbench.domain.bundle_facts import BundleFacts, PageFacts
from workbench.domain.bundle_verdicts import (
    E,
    I,
    Rule,
    W,
    counted,
    follows,
    is_stamp_of,
    labels_of,
    named,
    unanswered,
    verdict,
)
from workbench.domain.checks import Check
from workbench.domain.rules_asked import RulesAsked


def _b05_number_on_every_page(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    labels = labels_of(facts)
    missing = []
    for number, page in enumerate(facts.pages):
        if expected is None:
            has_number = is_stamp_of(page.edge_words, labels[number]) or any(
                re.search(r"\d", w) for w in page.edge_words
            )
        else:
            planned = expected.labels[number] if number < len(expected.labels) else ""
            has_number = bool(re.search(r"\d", page.corner)) or (bool(planned) and planned in page.corner.split())
        if not has_number:
            missing.append(number)
    return verdict("B05", "Every page carries a number", missing, "no number on these pages", "a number on every page")


def _b06_numbers_agree(facts: BundleFacts, expected: Expected | None, asked: RulesAsked) -> Check:
    """Printed number and label are the same; the file's own number too where the profile asks for that.

    A plan that keeps numbers given before leaves that on purpose, so there it is a warning.
    """
    title = "Printed number, label and PDF number agree"
    labels = labels_of(facts)
    wrong = [n for n, page in enumerate(facts.pages) if not _agrees(page, n, labels[n], expected)]
    if wrong:
        return verdict("B06", title, wrong, "the printed number is not the page's number", "")
    if not asked.requires_plain_numbers:
        return verdict("B06", title, False, "", "printed number and label are the same on every page")
    before = _pages_before(labels, expected)
    shifted = [n for n, label in enumerate(labels) if label != str(asked.first_number + before + n)]
    held = f"the same on every page, after {before:,} pages in other files" if before else "the same on every page"
    severity = W if expected is not None and shifted else E
    return verdict("B06", title, shifted, "these pages' numbers are not their numbers in the file", held, severity)


def _agrees(page: PageFacts, number: int, label: str, expected: Expected | None) -> bool:
    if expected is None:
        return is_stamp_of(page.edge_words, label)
    planned = expected.labels[number] if number < len(expected.labels) else ""
    return page.last_word == planned == label and planned in page.corner.split()


def _pages_before(labels: list[str], expected: Expected | None) -> int:
    """Pages of the volumes before this one; a file made elsewhere that begins above 1 is taken for a later volume."""
    if expected is not None:
        return expected.pages_before
    first = labels[0] if labels else ""
    is_run = all(label == str(int(first) + n) for n, label in enumerate(labels)) if first.isdigit() else False
    return int(first) - 1 if is_run else 0


def _b07_labels_unique(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    labels = labels_of(facts)
    twice = {label for label, count in Counter(labels).items() if count > 1}
    wrong = [number for number, label in enumerate(labels) if not label or label in twice]
    return verdict("B07", "Labels complete and unique", wrong, "labels missing or given twice", "each label once")


def _b08_numbers_follow(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    """A plan that keeps numbers given before may leave some out; only a jump that was not planned is wrong."""
    title, labels = "Numbering is sequential", labels_of(facts)
    jumps = [n for n in range(1, len(labels)) if not follows(labels[n - 1], labels[n])]
    if expected is None:
        return verdict("B08", title, jumps, "the numbering jumps here", "each label follows the last")
    planned = expected.labels
    wrong = [n for n in jumps if labels[n - 1 : n + 1] != list(planned[n - 1 : n + 1])]
    before = expected.volume.label_before if expected.volume is not None else ""
    if before and labels and not follows(before, labels[0]):
        wrong.append(0)
    held = (
        f"each label follows the last, but for {counted(len(jumps), 'planned step')}"
        if jumps
        else "each label follows the last"
    )
    return verdict("B08", title, wrong, "the numbering jumps here", held)


def _b09_number_readable(facts: BundleFacts, _: Expected | None, asked: RulesAsked) -> Check:
    """By size and by what else stands in its place; its contrast is not measured."""
    title = "Numbers readable, masking nothing"
    found = [(n, page.number) for n, page in enumerate(facts.pages) if page.number is not None]
    if not found:
        return unanswered("B09", title, "no page's number was found where it could be measured")
    small = [n for n, number in found if number.size_pt < asked.least_number_pt - 0.2]
    masked = [n for n, number in found if not number.is_clear]
    faults = [f"smaller than {asked.least_number_pt:g} points on {len(small)} pages"] if small else []
    faults += [f"in the same place as other words on {len(masked)} pages"] if masked else []
    held = f"at least {asked.least_number_pt:g} points and clear of other words on {len(found):,} pages"
    return verdict("B09", title, {*small, *masked}, "; ".join(faults), held, W)


def _b10_number_distinct(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    title = "Numbers told apart from older ones"
    found = [page for page in facts.pages if page.number is not None]
    if not found:
        return unanswered("B10", title, "no page's number was found where it could be measured")
    close = {n: page.number.neighbours for n, page in enumerate(facts.pages) if page.number and page.number.neighbours}
    detail = f"other numbers stand within 40 points: {named(word for words in close.values() for word in words)}"
    return verdict("B10", title, list(close), detail, "no other number stands close by", I)


def _b11_numbers_upright(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Numbers stand upright"
    if expected is not None:
        wrong = [number for number, page in enumerate(facts.pages) if not page.is_last_word_upright]
        return verdict("B11", title, wrong, "the number is turned", "upright on every page")
    found = [(n, page.number) for n, page in enumerate(facts.pages) if page.number is not None]
    if not found:
        return unanswered("B11", title, "no page's number was found at its head or foot")
    wrong = [n for n, number in found if not number.is_upright]
    held = f"upright on {len(found):,} of {facts.page_count:,} pages, on the others no number was found"
    return verdict(
        "B11", title, wrong, "the number is turned", held if len(found) < facts.page_count else "upright on every page"
    )


RULES: tuple[Rule, ...] = (
    _b05_number_on_every_page,
    _b06_numbers_agree,
    _b07_labels_unique,
    _b08_numbers_follow,
    _b09_number_readable,
    _b10_number_distinct,
    _b11_numbers_upright,
)
