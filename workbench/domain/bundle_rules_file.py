"""Rules about the file as a whole: sound, open, without anything hidden or live in it."""

from __future__ import annotations

import re

from workbench.domain.bundle_expected import Expected
from workbench.domain.bundle_facts import BundleFacts
from workbench.domain.bundle_verdicts import (
    E,
    I,
    Rule,
    W,
    counted,
    folded,
    leak_severity,
    named,
    unanswered,
    verdict,
)
from workbench.domain.checks import Check
from workbench.domain.rules_asked import RulesAsked


def _b01_sound(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    counts = set(facts.objects.page_counts)
    differ = len(counts) > 1
    detail = "the file is damaged and was repaired to read it"
    if differ and not facts.objects.is_repaired:
        detail = f"two readers count its pages differently: {' and '.join(map(str, sorted(counts)))}"
    is_wrong = facts.objects.is_repaired or facts.page_count == 0 or differ
    return verdict("B01", "Opens as a sound PDF", is_wrong, detail, "opens in two readers without repair")


def _b02_no_password(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    return verdict(
        "B02",
        "No password, no restrictions",
        facts.objects.is_encrypted,
        "the file is encrypted or restricts what may be done with it",
        "not encrypted, nothing restricted",
    )


def _b28_file_size(facts: BundleFacts, _: Expected | None, asked: RulesAsked) -> Check:
    title, size = "File size", facts.objects.byte_count
    if asked.max_bytes is None:
        return unanswered("B28", title, f"the profile sets no limit; the file has {size:,} bytes")
    detail = f"{size:,} bytes where {asked.max_bytes:,} are allowed"
    return verdict("B28", title, size > asked.max_bytes, detail, f"{size:,} of {asked.max_bytes:,} bytes")


def _b31_opens_at_full_size(facts: BundleFacts, _: Expected | None, asked: RulesAsked) -> Check:
    opening, zoom = facts.objects.opening, asked.zoom_percent
    found = re.search(r"/XYZ(\s+\S+){2}\s+(\d*\.?\d+)\s*\]", opening)
    is_right = found is not None and abs(float(found[2]) * 100 - zoom) < 0.5
    detail = f"the opening view is not set to {zoom} %"
    return verdict("B31", f"Opens at {zoom} %", not is_right, detail, f"opens at {zoom} %")


def _b32_bookmarks_shown(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    is_shown = facts.objects.page_mode == "UseOutlines"
    return verdict("B32", "Bookmarks shown on opening", not is_shown, "they are not shown", "they are shown", I)


def _b33_metadata_clean(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title, metadata = "Title set, metadata clean", facts.objects.metadata
    faults = [f"{key} “{metadata[key]}”" for key in ("author", "subject", "keywords", "creator") if metadata.get(key)]
    if not metadata.get("title") or (expected is not None and metadata["title"] != expected.title):
        faults.append("the title is missing or another one")
    if re.search(r"[A-Za-z]:\\|/home/|/Users/", " ".join(metadata.values())):
        faults.append("a path of somebody's machine")
    severity = E if expected is not None else W
    return verdict("B33", title, bool(faults), "metadata: " + ", ".join(faults), "only the title", severity)


def _b34_file_name(facts: BundleFacts, _: Expected | None, asked: RulesAsked) -> Check:
    title = "File name"
    if not asked.filename_pattern or not facts.filename:
        return unanswered("B34", title, "the profile asks for no pattern of file names")
    try:
        is_right = re.search(asked.filename_pattern, facts.filename) is not None
    except re.error as error:
        return unanswered("B34", title, f"the profile's pattern for file names cannot be read: {error}")
    detail = f"“{facts.filename}” is not named as the profile asks"
    return verdict("B34", title, not is_right, detail, "named as the profile asks", W)


def _b40_nothing_live(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    found = ", ".join(facts.objects.live)
    return verdict("B40", "No scripts, no outside links", bool(found), f"the file holds {found}", "nothing live found")


def _b41_no_files_inside(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    found = facts.objects.attachments or "FileAttachment" in facts.objects.annotations
    return verdict("B41", "No embedded files", bool(found), "files are embedded", "no file inside")


def _b42_no_comments(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    title = "No live comments or form fields"
    pages = [n for n, page in enumerate(facts.pages) if page.annotations]
    kinds = {*facts.objects.annotations, *(kind for page in facts.pages for kind in page.annotations)}
    if kinds and not pages:
        return verdict("B42", title, True, f"the file holds {named(sorted(kinds), 8)}", "")
    return verdict("B42", title, pages, f"the file holds {named(sorted(kinds), 8)}", "only links")


def _b43_nothing_hidden(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    """Invisible text is what OCR leaves behind a picture; anywhere else somebody hid it."""
    title = "No hidden layers, no invisible text"
    wrong = [n for n, page in enumerate(facts.pages) if page.has_hidden_text and page.picture_share < 0.25]
    hidden = facts.objects.hidden_layers
    faults = [f"hidden layers: {named(hidden)}"] if hidden else []
    faults += ["invisible text on pages without a picture"] if wrong else []
    scanned = sum(page.has_hidden_text for page in facts.pages)
    held = f"{counted(facts.objects.layers, 'layer')}, all shown" if facts.objects.layers else "no layers"
    held += f"; invisible text only behind pictures, on {counted(scanned, 'page')}" if scanned else ""
    return verdict("B43", title, wrong or bool(hidden), "; ".join(faults), held, leak_severity(expected))


def _b44_one_revision(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    revisions = facts.objects.revisions
    detail = f"{revisions} ends of file were found: an earlier version may be inside"
    return verdict("B44", "One revision only", revisions != 1, detail, "one end of file")


def _b45_fonts_embedded(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title = "Fonts embedded, letters right"
    missing = facts.objects.fonts_not_embedded
    if missing:
        return verdict("B45", title, True, f"not embedded: {named(missing)}", "", W)
    base = facts.objects.base_fonts_not_embedded
    held = "every font is inside"
    if base:
        held = f"every font is inside but those that every reader brings: {named(base)}"
    if expected is None:
        return verdict("B45", title, False, "", held, W)
    texts = folded(" ".join(facts.front_texts))
    wrong = [entry.target for entry in expected.entries if folded(entry.title[:60]) not in texts]
    return verdict(
        "B45",
        title,
        wrong,
        "titles of these documents are not read back letter by letter",
        f"{held}; titles as typed",
        W,
    )


def _b46_same_again(facts: BundleFacts, expected: Expected | None, _: RulesAsked) -> Check:
    title, digest = "The same bytes when built again", facts.objects.sha256
    if expected is None or expected.is_same_again is None:
        return unanswered("B46", title, f"it was not built a second time; SHA-256 {digest}")
    detail = f"a second build gave other bytes than SHA-256 {digest}"
    return verdict("B46", title, not expected.is_same_again, detail, f"SHA-256 {digest} both times", I)


def _b47_accessible(facts: BundleFacts, _: Expected | None, __: RulesAsked) -> Check:
    faults = [] if facts.objects.language else ["its language is not given"]
    faults += [] if facts.objects.shows_title else ["readers show the file's name instead of its title"]
    held = f"language {facts.objects.language}, the title is shown"
    return verdict("B47", "Accessible minimum", bool(faults), ", ".join(faults), held, I)


RULES: tuple[Rule, ...] = (
    _b01_sound,
    _b02_no_password,
    _b28_file_size,
    _b31_opens_at_full_size,
    _b32_bookmarks_shown,
    _b33_metadata_clean,
    _b34_file_name,
    _b40_nothing_live,
    _b41_no_files_inside,
    _b42_no_comments,
    _b43_nothing_hidden,
    _b44_one_revision,
    _b45_fonts_embedded,
    _b46_same_again,
    _b47_accessible,
)
