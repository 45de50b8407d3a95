"""Finds references to documents, pages, transcripts and judgments in a text, by forms that are data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.domain.citations import BundlePlace, Citation, FoundReference, Judgment, Place, TabPlace, TranscriptPlace
from workbench.domain.errors import Refused
from workbench.domain.urn import UrnRule

_DASH = "[-\u2010\u2011\u2012\u2013]"
#: What patterns may name: ``@URN@`` a document, ``@PAGES@`` a list of pages, ``@LABEL@`` a page label, and so on.
_MACROS = {
    "URN": r"(?<![^\W_])(?P<urn>[A-Za-z]{2,6}\d{5,10})(?![^\W_])",
    "PAGES": rf"(?P<pages>\d{{1,4}}(?:\s?{_DASH}\s?\d{{1,4}})?(?:(?:,\s?|\s?&\s?|,?\sand\s)"
    rf"\d{{1,4}}(?:\s?{_DASH}\s?\d{{1,4}})?)*)(?![^\W_])(?!\.\d)",
    "RANGE": rf"(?P<pages>\d{{1,4}}(?:\s?{_DASH}\s?\d{{1,4}})?)(?![^\W_])(?!\.\d)",
    "LABEL": r"(?:[A-Z]{0,3}\d{1,5}(?:\.\d{1,3}){0,3}|(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3}))(?![^\W_])",
    "DASH": _DASH,
    "MONTH": "(?:January|February|March|April|May|June|July|August|September|October|November|December)",
}
_ANY_URN = re.compile(_MACROS["URN"])
_ONE_RANGE = re.compile(rf"(\d+)(?:\s?{_DASH}_?\s?(\d+))?")
_KINDS = frozenset({"document", "transcript", "tab", "bundle", "judgment", "paragraph"})
#: Prefixes of numbers that are no documents: cameras, scanners, registers, standards.
_NOT_A_SUPPLIER = frozenset(
    {"IMG", "DSC", "PIC", "SCAN", "DOC", "FILE", "PAGE", "VID", "MVI", "PXL", "COPY", "FAX", "MSG"}
    | {"ISBN", "ISSN", "DOI", "TEL", "REF", "VAT", "ISO", "RFC", "CVE", "NHS", "UPRN"}
)
#: A prefix that this case does not know needs so many letters: ``GB`` and ``SC`` number firms.
_LEAST_LETTERS = 3
_AFTER_DOCUMENT = re.compile(r",?\s{1,2}(?:at\s|\()?|\s?\(")
_BEFORE_DOCUMENT = re.compile(r"\s(?:of|in|to)\s(?:the\s)?[({\[]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceForm:
    """One way in which people write a reference, with where and when it was seen."""

    id: str
    kind: str
    pattern: str
    source: str
    seen: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a reference is compared with: the documents there are, the rule of their numbers, names of bundles."""

    urns: frozenset[str] = frozenset()
    rule: UrnRule = field(default_factory=UrnRule)
    marks: tuple[str, ...] = ()
    #: (prefix, how many digits) of every number that is in use here.
    shapes: frozenset[tuple[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        shapes = {_shape(urn) for urn in self.urns} | {(self.rule.prefix, self.rule.digits)}
        object.__setattr__(self, "shapes", frozenset(shapes))

    def document(self, written: str) -> str | None:
        """The URN meant by ``written``; None for a number that is no document's."""
        spelled = "".join(written.split()).replace("-", "").upper()
        if spelled in self.urns:
            return spelled
        shape = _shape(spelled)
        is_plausible = len(shape[0]) >= _LEAST_LETTERS and shape[0] not in _NOT_A_SUPPLIER
        return spelled if written == spelled and (shape in self.shapes or is_plausible) else None


def _shape(urn: str) -> tuple[str, int]:
    prefix = urn.rstrip("0123456789")
    return prefix, len(urn) - len(prefix)


def forms_from(described: Mapping[str, Any], where: str) -> tuple[ReferenceForm, ...]:
    """The forms of one data file; raises ``Refused`` naming what is wrong in it."""
    forms = []
    for row in described.get("form", []):
        try:
            form = ReferenceForm(
                id=str(row["id"]),
                kind=str(row["kind"]),
                pattern=str(row["pattern"]),
                source=str(row["source"]),
                seen=str(row["date"]),
                examples=tuple(map(str, row.get("examples", ()))),
            )
            _compiled(form, ("HB",))
        except (KeyError, TypeError) as error:
            raise Refused(f"A reference form in “{where}” lacks {error}. Compare it with a shipped form.") from None
        except re.error as error:
            raise Refused(f"The pattern of “{row['id']}” in “{where}” cannot be read: {error}. Correct it.") from None
        if form.kind not in _KINDS:
            raise Refused(
                f"“{form.id}” in “{where}” has the kind “{form.kind}”. Kinds are: {', '.join(sorted(_KINDS))}."
            )
        forms.append(form)
    return tuple(forms)


def _compiled(form: ReferenceForm, marks: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True))
    pattern = form.pattern.replace("@MARK@", f"(?<![^\\W_])(?P<mark>{known})")
    for name, meaning in _MACROS.items():
        pattern = pattern.replace(f"@{name}@", meaning)
    return re.compile(pattern)


class ReferenceFinder:
    """Finds references by a set of forms; made once for many texts."""

    def __init__(self, forms: Iterable[ReferenceForm], known: Known) -> None:
        self._known = known
        usable = [form for form in forms if known.marks or "@MARK@" not in form.pattern]
        self._forms = [(form, _compiled(form, known.marks)) for form in usable]
        # Most pages name no document: one look spares them every form that begins with one.
        self._of_documents = {form.id for form in usable if "@URN@" in form.pattern or form.kind == "paragraph"}

    def find(self, text: str) -> Iterator[FoundReference]:
        """Every reference in order, none inside another; a paragraph's number goes to the document beside it."""
        found = sorted(self._matches(text), key=lambda reference: (reference.start, -reference.end))
        kept: list[FoundReference] = []
        for reference in found:
            if not kept or reference.start >= kept[-1].end:
                kept.append(reference)
        yield from _with_paragraphs(text, kept)

    def _matches(self, text: str) -> Iterator[FoundReference]:
        names_a_document = _ANY_URN.search(text) is not None
        for form, pattern in self._forms:
            if form.id in self._of_documents and not names_a_document:
                continue
            for match in pattern.finditer(text):
                place = _PLACES[form.kind](match, self._known)
                if place is not None:
                    yield FoundReference(
                        start=match.start(), end=match.end(), text=match[0], form=form.id, kind=form.kind, place=place
                    )


def find_references(text: str, forms: Iterable[ReferenceForm], known: Known) -> Iterator[FoundReference]:
    """Every reference in one text."""
    return ReferenceFinder(forms, known).find(text)


def _with_paragraphs(text: str, found: list[FoundReference]) -> Iterator[FoundReference]:
    """References to documents and pages, each with the number of the paragraph that stands right beside it."""
    for number, reference in enumerate(found):
        if reference.kind == "paragraph":
            continue
        if isinstance(reference.place, tuple):
            after = found[number + 1] if number + 1 < len(found) else None
            before = found[number - 1] if number else None
            paragraph = _paragraph_beside(text, before, reference, after)
            if paragraph:
                place = tuple(replace(citation, paragraph=paragraph) for citation in reference.place)
                reference = replace(reference, place=place)
        yield reference


def _paragraph_beside(
    text: str, before: FoundReference | None, reference: FoundReference, after: FoundReference | None
) -> str:
    if (
        after is not None
        and after.kind == "paragraph"
        and _AFTER_DOCUMENT.fullmatch(text, reference.end, after.start)
        and isinstance(after.place, tuple)
    ):
        return after.place[0].paragraph
    if (
        before is not None
        and before.kind == "paragraph"
        and _BEFORE_DOCUMENT.fullmatch(text, before.end, reference.start)
        and isinstance(before.place, tuple)
    ):
        return before.place[0].paragraph
    return ""


def _group(match: re.Match[str], name: str) -> str:
    return (match[name] or "") if name in match.re.groupindex else ""


def _whole(match: re.Match[str], name: str) -> int | None:
    digits = _group(match, name)
    return int(digits) if digits else None


def _document(match: re.Match[str], known: Known) -> Place | None:
    urn = known.document(_group(match, "urn"))
    if urn is None:
        return None
    ranges = [_pages(first, last or _group(match, "last_page")) for first, last in _ranges(match)]
    if not ranges:
        return (Citation(urn=urn),)
    return tuple(Citation(urn=urn, page_number=first, last_page=last) for first, last in ranges)


def _ranges(match: re.Match[str]) -> list[tuple[str, str]]:
    return _ONE_RANGE.findall(_group(match, "pages"))


def _pages(first: str, last: str) -> tuple[int, int | None]:
    """``12``, ``14`` -> 12 to 14; ``112``, ``14`` -> 112 to 114, as pages are abbreviated in print."""
    if last and len(last) < len(first) and int(last) < int(first):
        last = first[: len(first) - len(last)] + last
    return int(first), int(last) if last else None


def _transcript(match: re.Match[str], _: Known) -> Place | None:
    page = _whole(match, "page")
    return TranscriptPlace(
        day=_whole(match, "day"),
        on=_group(match, "on"),
        page=page or 0,
        last_page=_whole(match, "last_page"),
        line=_whole(match, "line"),
        last_line=_whole(match, "last_line"),
    )


def _tab(match: re.Match[str], _: Known) -> Place | None:
    first, last = _pages(_group(match, "page") or "0", _group(match, "last_page"))
    return TabPlace(
        section=match["section"], tab=int(match["tab"]), page=first if _group(match, "page") else None, last_page=last
    )


def _bundle(match: re.Match[str], _: Known) -> Place | None:
    return BundlePlace(mark=match["mark"], label=match["label"], last_label=_group(match, "last_label"))


def _judgment(match: re.Match[str], _: Known) -> Place | None:
    return Judgment(citation=" ".join(match[0].split()))


def _paragraph(match: re.Match[str], _: Known) -> Place | None:
    first, last = match["paragraph"], _group(match, "last_paragraph")
    return (Citation(urn="", paragraph=f"{first}-{last}" if last else first),)


_PLACES: dict[str, Callable[[re.Match[str], Known], Place | None]] = {
    "document": _document,
    "transcript": _transcript,
    "tab": _tab,
    "bundle": _bundle,
    "judgment": _judgment,
    "paragraph": _paragraph,
}
