"""Rules about what is seen on the pages: all there, readable, upright, of the right size."""

from __future__ import annotations

import re

from workbench.domain.bundle_expected import Expected
from workbench.domain.bundle_facts import BundleFacts, Glance, PageFacts
from workbench.domain.bundle_verdicts import (
    NO_PLAN,
    E,
    I,
    Rule,
    W,
    counted,
    index_links,
    labels_of,
    printed_number,
    unanswered,
    verdict,
    words_of,
)
from workbench.domain.checks import Check
from workbench.domain.rules_asked import RulesAsked

#: Letters on a page that are more than a stray mark.
_ONE_LINE = 20
#: Letters from which on it can be said which way a page reads.
_ENOUGH_LETTERS = 50
_MOST_TURNED = 0.7
_IS_PICTURE = 0.5


def _b03_all_pages(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "All planned pages are there"
    if expected is None:
        return _all_pages_alone(facts, title)
    planned = len(expected.labels)
    return verdict(
        "B03",
        title,
        facts.page_count != planned,
        f"{facts.page_count} pages where {planned} were planned",
        f"{planned} pages, as planned",
    )


def _all_pages_alone(facts: BundleFacts, title: str) -> Check:
    """Gaps in what is printed: the numbers of neighbouring pages, the index, the bookmarks, the count on the cover."""
    labels = labels_of(facts)
    gaps = _gaps(facts, labels)
    rows = index_links(facts)
    unlisted = [row.page_index for row in rows if not _leads_to_a_page(row.text, labels)]
    lost = sum(row.target < 0 for row in rows) + sum(b.target < 0 for b in facts.bookmarks if b.level <= 1)
    told = _told_count(facts)
    faults = ["printed numbers are left out before these pages"] if gaps else []
    faults += ["the index on these pages names pages that are not there"] if unlisted else []
    faults += [f"{counted(lost, 'link or bookmark')} without a page to lead to"] if lost else []
    faults += [f"the cover tells of {told} pages, there are {facts.page_count}"] if told else []
    if lost or told:
        return verdict("B03", title, True, "; ".join(faults), "")
    held = "no gap in printed numbers, index and bookmarks; without a plan nothing more can be said"
    return verdict("B03", title, [*gaps, *unlisted], "; ".join(faults), held)


def _gaps(facts: BundleFacts, labels: list[str]) -> list[int]:
    """Pages before which the printed numbers leave some out, where they otherwise go up by one."""
    printed = [printed_number(page, labels[n]) for n, page in enumerate(facts.pages)]
    found = []
    for number in range(1, len(printed)):
        before = re.fullmatch(r"(.*?)(\d+)", printed[number - 1])
        after = re.fullmatch(r"(.*?)(\d+)", printed[number])
        if before is None or after is None or before[1] != after[1]:
            continue
        if int(after[2]) > int(before[2]) + 1:
            found.append(number)
    return found


def _leads_to_a_page(row: str, labels: list[str]) -> bool:
    last = (row.split() or [""])[-1]
    if not re.fullmatch(r"[A-Za-z]{0,3}\d+(\.\d+)*", last):
        return True
    known = set(labels)
    return last in known or bool(words_of(last) & known) or (last.isdigit() and int(last) <= len(labels))


def _told_count(facts: BundleFacts) -> int:
    """How many pages the first page says there are, when it says another number than there are; 0 else."""
    text = facts.front_texts[0] if facts.front_texts else ""
    told = re.findall(r"\bdocuments?, ([\d,]+) pages?\b", text)
    count = int(told[0].replace(",", "")) if len(told) == 1 else 0
    return count if count != facts.page_count else 0


def _b04_right_content(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    """By text: a page on which the case reads a line or more, and the bundle nothing but its number, is empty. By
    picture, where pages were drawn: outside its number a page looks as its source does."""
    title = "Every page shows its source"
    if expected is None:
        return unanswered("B04", title, NO_PLAN)
    empty = [
        index
        for index, (page, label, letters) in enumerate(
            zip(facts.pages, expected.labels, expected.letters, strict=False)
        )
        if letters >= _ONE_LINE and page.character_count < len(label) + _ONE_LINE // 4
    ]
    drawn = facts.pictures
    wrong = set(drawn.wrong) if drawn is not None else set()
    faults = ["these pages lost what stands on them"] if empty else []
    faults += ["drawn pages look different from their sources"] if wrong else []
    held = "pages with text show text"
    if drawn is not None:
        held += f"; {drawn.compared:,} of {drawn.pages:,} pages drawn look as their sources do"
        held += f", {counted(len(drawn.other_size), 'page')} of another size not compared" if drawn.other_size else ""
    else:
        held += "; no page was drawn for comparison"
    return verdict("B04", title, {*empty, *wrong}, "; ".join(faults), held)


def _letters_beside_number(page: PageFacts) -> int:
    return page.character_count - len(page.label or page.last_word)


def _b21_text_on_typed_pages(facts: BundleFacts, expected: Expected | None, asked: RulesAsked) -> Check:
    """An error only where somebody could have flagged a page as not typed; W without a plan."""
    title = "Typed pages have text"
    flagged = set(expected.untyped_pages or ()) if expected is not None else set()
    wrong = [
        n
        for n, page in enumerate(facts.pages)
        if page.picture_share > _IS_PICTURE and _letters_beside_number(page) < asked.least_letters and n not in flagged
    ]
    severity = E if expected is not None and expected.untyped_pages is not None else W
    detail = "these pages are pictures without text; read them by OCR or flag them as not typed"
    held = "no picture of a page without text" + (
        f", {counted(len(flagged), 'page')} flagged as not typed" if flagged else ""
    )
    return verdict("B21", title, wrong, detail, held, severity)


def _b22_text_quality(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    title = "Text behind pictures reads as words"
    judged = [n for n, page in enumerate(facts.pages) if page.word_share >= 0]
    if not judged:
        return unanswered("B22", title, "no page has text behind a picture")
    wrong = [n for n in judged if facts.pages[n].word_share < 0.6]
    held = f"words on {counted(len(judged), 'page')}"
    return verdict("B22", title, wrong, "much of the text behind these pages' pictures is no words", held, W)


def _b23_text_selectable(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    """By letters that no reader knows; the order in which a page reads is not judged."""
    wrong = [
        n
        for n, page in enumerate(facts.pages)
        if page.odd_characters >= 10 and page.odd_characters > 0.02 * page.character_count
    ]
    held = "letters are known on every page; reading order was not judged"
    return verdict("B23", "Text can be selected and copied", wrong, "letters here copy as something else", held, W)


def is_turned(page: PageFacts | Glance) -> bool:
    """Whether nearly all letters of a page with enough of them run upside down, upwards or downwards."""
    return _reads(page, 90, 180, 270)


def _reads(page: PageFacts | Glance, *turns: int) -> bool:
    return page.turn in turns and page.turn_share >= _MOST_TURNED and page.character_count >= _ENOUGH_LETTERS


def _b24_not_upside_down(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    """By the way most letters run; scans without text are not judged."""
    down = [n for n, page in enumerate(facts.pages) if _reads(page, 180)]
    across = [n for n, page in enumerate(facts.pages) if _reads(page, 90, 270) and page.width_pt > page.height_pt]
    faults = [f"{counted(len(down), 'page')} upside down"] if down else []
    faults += [f"{counted(len(across), 'landscape page')} not read from left to right"] if across else []
    judged = sum(page.character_count >= _ENOUGH_LETTERS for page in facts.pages)
    held = f"{judged:,} of {facts.page_count:,} pages have enough text to tell, and stand upright"
    return verdict("B24", "Nothing upside down", [*down, *across], ", ".join(faults), held)


def _b25_landscape_shown(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    wrong = [n for n, page in enumerate(facts.pages) if _reads(page, 90, 270) and page.width_pt <= page.height_pt]
    detail = "the text of these upright pages runs sideways"
    return verdict("B25", "Landscape shown as landscape", wrong, detail, "no page whose text runs sideways", W)


def _b26_page_size(facts: BundleFacts, _: Expected | None, asked: RulesAsked) -> Check:
    allowed = (asked.page_size, *asked.allowed_sizes)
    wrong = [n for n, page in enumerate(facts.pages) if not _fits(page, allowed, asked.tolerance_pt)]
    detail = f"{counted(len(wrong), 'page')} of another size than the profile allows"
    return verdict("B26", "Page size", wrong, detail, "every page has a size that the profile allows", W)


def _fits(page: PageFacts, allowed: tuple[tuple[float, float], ...], tolerance: float) -> bool:
    return any(
        abs(page.width_pt - width) <= tolerance and abs(page.height_pt - height) <= tolerance
        for width, height in allowed
    )


def _b27_image_resolution(facts: BundleFacts, _: Expected | None, asked: RulesAsked) -> Check:
    title, highest = "Pictures not too fine", max((page.max_dpi for page in facts.pages), default=0)
    if asked.max_dpi is None:
        return unanswered("B27", title, f"the profile sets no limit; the finest picture has {highest} dots an inch")
    wrong = [n for n, page in enumerate(facts.pages) if page.max_dpi > asked.max_dpi * 1.05]
    detail = f"pictures finer than {asked.max_dpi} dots an inch, the finest {highest}"
    return verdict("B27", title, wrong, detail, f"no picture above {asked.max_dpi} dots an inch", W)


def _b48_opens_fast(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    wrong = [n for n, page in enumerate(facts.pages) if page.is_slow]
    held = "the pages with the most drawing on them were each drawn at 100 % within a second"
    return verdict("B48", "Pages open fast", wrong, "these pages take longer than a second to draw", held, I)


RULES: tuple[Rule, ...] = (
    _b03_all_pages,
    _b04_right_content,
    _b21_text_on_typed_pages,
    _b22_text_quality,
    _b23_text_selectable,
    _b24_not_upside_down,
    _b25_landscape_shown,
    _b26_page_size,
    _b27_image_resolution,
    _b48_opens_fast,
)
