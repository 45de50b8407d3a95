"""Draws forms and comments into the pages of a source as they look, and says what cannot be drawn."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, String
from pymupdf import mupdf

from workbench.domain.errors import FileRefused
from workbench.pdf.destinations import Destination, Finder
from workbench.pdf.left_out import acting, counted, file_name, triggered, was

_HIDDEN, _NO_VIEW = 2, 32
_PASSWORD, _COMBO = 1 << 13, 1 << 17
#: Tells the other library what to draw.
_MARK = "/WorkbenchDraw"
_FILMS = frozenset({"/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"})
#: What a comment must hold to show anything, where its look is not in the file.
_SHAPES = {
    "/FreeText": "/Contents", "/Line": "/L", "/Ink": "/InkList", "/Polygon": "/Vertices", "/PolyLine": "/Vertices",
    "/Highlight": "/QuadPoints", "/Underline": "/QuadPoints", "/Squiggly": "/QuadPoints", "/StrikeOut": "/QuadPoints",
    "/Square": "/Rect", "/Circle": "/Rect", "/Stamp": "/Rect", "/Widget": "/V",
}  # fmt: skip
_DEEPEST_FIELD = 32
#: Count, noun, its plural, and what was done.
_DONE = (
    ("fields", "form field", "form fields", "drawn into the page"),
    ("comments", "comment", "comments", "drawn into the page"),
    ("hidden", "hidden comment or field", "hidden comments and fields", "left out"),
    ("films", "film, sound or model", "films, sounds and models", "left out"),
    ("unapplied", "mark for redaction", "marks for redaction", "never applied: what is under it can be read"),
    ("away", "link that leads out of the document", "links that lead out of the document", "taken out"),
)


#: A page of the source, and a place among its comments.
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A link from one page of the source to another."""

    page_index: int
    rect: tuple[float, float, float, float]
    destination: Destination


@dataclass(slots=True)
class Taken:
    """What stood on the pages: links inside the document, counts of the rest, and the kinds of what would act."""

    links: list[SourceLink] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    acting: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    #: Pages of the source on which a look was made: other programs may show them differently.
    redrawn: set[int] = field(default_factory=set)

    def notices(self) -> Iterator[str]:
        """What was done, a sentence for each kind."""
        for key, noun, plural, done in _DONE:
            if number := self.counts[key]:
                yield f"{counted(number, noun, plural)} {was(number)} {done}"
        if made := self.counts["made"]:
            numbers = ", ".join(str(index + 1) for index in sorted(self.redrawn)[:10])
            more = " and others" if len(self.redrawn) > 10 else ""
            yield f"the look of {made} of them is not in the file, so one was made: see its page {numbers}{more}"
        if words := self.counts["words"]:
            yield f"what {counted(words, 'comment says', 'comments say')} when opened is not on the page"
        if self.files:
            yield f"files attached to its pages were taken out ({', '.join(self.files[:10])})"


def take_annotations(
    pdf: pikepdf.Pdf, pages: list[pikepdf.Page], wanted: Iterable[int], finder: Finder, urn: str
) -> Taken:
    """Remember inner links, draw forms and comments into the pages, then take every annotation away.

    Raises ``FileRefused`` naming the page of a comment that shows something nobody here can draw.
    """
    taken = Taken()
    lookless: list[_Place] = []
    for index in wanted:
        page = pages[index].obj
        taken.acting += triggered(page)
        annotations = page.get("/Annots")
        if annotations is None:
            continue
        drawn = [item for item in _dictionaries(annotations) if _sort(taken, index, item, finder)]
        if drawn:
            # The library that makes looks wants every comment to be an object of its own.
            drawn = [item if item.is_indirect else pdf.make_indirect(item) for item in drawn]
            page.Annots = pdf.make_indirect(Array(drawn))
            lookless += [(index, place) for place, item in enumerate(drawn) if not _has_look(item)]
        else:
            del page["/Annots"]
    if taken.counts["fields"] or taken.counts["comments"]:
        lookless += _stale(pdf, pages, wanted)
        if lookless:
            made = _make_looks(pdf, pages, lookless, urn)
            taken.counts["made"], taken.redrawn = len(made), {index for index, _ in made}
        pdf.flatten_annotations("screen")
    return taken


def _dictionaries(array: Any) -> list[Any]:
    return [item for item in array if isinstance(item, Dictionary)] if isinstance(array, Array) else []


def _sort(taken: Taken, index: int, annotation: Any, finder: Finder) -> bool:
    """Count an annotation by what is done with it; True when it is to be drawn."""
    kind = str(annotation.get("/Subtype", ""))
    if kind == "/Link":
        _take_link(taken, index, annotation, finder)
        return False
    taken.acting += [*acting(annotation.get("/A")), *triggered(annotation)]
    if kind == "/Popup":
        return False
    flags = annotation.get("/F", 0)
    if isinstance(flags, int) and flags & (_HIDDEN | _NO_VIEW):
        taken.counts["hidden"] += 1
        return False
    if kind in _FILMS:
        taken.counts["films"] += 1
    if kind == "/FileAttachment":
        taken.files.append(file_name(annotation.get("/FS")))
    taken.counts["unapplied"] += kind == "/Redact"
    taken.counts["words"] += kind not in ("/FreeText", "/Widget") and bool(str(annotation.get("/Contents", "")).strip())
    taken.counts["fields" if kind == "/Widget" else "comments"] += 1
    _keep_layer(annotation)
    return True


def _take_link(taken: Taken, index: int, annotation: Any, finder: Finder) -> None:
    destination, rect = finder.find(annotation), annotation.get("/Rect")
    sides = _sides(rect)
    if destination is not None and sides is not None:
        taken.links.append(SourceLink(index, sides, destination))
    elif kinds := [kind for kind in acting(annotation.get("/A")) if kind not in ("URI", "GoToR", "GoToE")]:
        taken.acting += kinds
    else:
        taken.counts["away"] += 1
    taken.acting += triggered(annotation)


def _sides(rect: Any) -> tuple[float, float, float, float] | None:
    if not isinstance(rect, Array) or len(rect) != 4:
        return None
    try:
        return tuple(float(side) for side in rect)  # type: ignore[return-value]
    except (TypeError, ValueError):
        return None


def _looks(annotation: Any) -> list[Any]:
    """The streams that an annotation may be drawn from: one, or one for each of its states."""
    appearance = annotation.get("/AP")
    normal = appearance.get("/N") if isinstance(appearance, Dictionary) else None
    if isinstance(normal, pikepdf.Stream):
        return [normal]
    states = [normal[key] for key in normal.keys()] if isinstance(normal, Dictionary) else []  # noqa: SIM118
    return [state for state in states if isinstance(state, pikepdf.Stream)]


def _has_look(annotation: Any) -> bool:
    return bool(_looks(annotation))


def _keep_layer(annotation: Any) -> None:
    """A comment on a layer is drawn on that layer: hidden with it."""
    layer = annotation.get("/OC")
    if layer is not None:
        for look in _looks(annotation):
            look.OC = layer


def _stale(pdf: pikepdf.Pdf, pages: list[pikepdf.Page], wanted: Iterable[int]) -> Iterator[_Place]:
    """Where a form only lists its values, viewers make the looks of its text fields themselves; so do we."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary) or not bool(form.get("/NeedAppearances", False)):
        return
    form.NeedAppearances = False
    for index in wanted:
        for place, item in enumerate(_dictionaries(pages[index].obj.get("/Annots"))):
            if item.get("/Subtype") == Name.Widget and _is_text(item) and _has_look(item):
                del item["/AP"]
                yield index, place


def _is_text(widget: Any) -> bool:
    """A text field, or a choice that shows one value; what is chosen in a list is better kept as it was drawn."""
    kind, flags = _inherited(widget, "/FT"), _inherited(widget, "/Ff")
    return kind == Name.Tx or (kind == Name.Ch and isinstance(flags, int) and bool(flags & _COMBO))


def _inherited(widget: Any, key: str) -> Any:
    for _ in range(_DEEPEST_FIELD):
        if not isinstance(widget, Dictionary) or key in widget:
            break
        widget = widget.get("/Parent")
    return widget.get(key) if isinstance(widget, Dictionary) else None


def _make_looks(
    pdf: pikepdf.Pdf, pages: list[pikepdf.Page], places: list[tuple[int, int]], urn: str
) -> list[tuple[int, int]]:
    """Give comments and fields that have no look the one that another library makes for them; those that got one."""
    lookless = [pages[index].obj.Annots[place] for index, place in places]
    for annotation in lookless:
        annotation[_MARK] = True
        _mask_password(annotation)
    plain = io.BytesIO()
    pdf.save(plain)
    made: list[_Place] = []
    with pikepdf.open(io.BytesIO(_with_looks(plain.getvalue(), {index for index, _ in places}))) as looking:
        shown = list(looking.pages)
        for annotation, (index, place) in zip(lookless, places, strict=True):
            others = _dictionaries(shown[index].obj.get("/Annots"))
            if place < len(others) and _has_look(others[place]):
                _take_look(pdf, annotation, looking, others[place])
                made.append((index, place))
            elif _must_show(annotation):
                kind = str(annotation.Subtype)[1:]
                raise FileRefused(
                    f"{urn} has a comment or field ({kind}) on its page {index + 1} whose look is not in the file and "
                    "could not be made; the bundle was not built. Print that document to a new PDF and import that."
                )
    return made


def _mask_password(widget: Any) -> None:
    """A password shows as stars; its field's look must not say it."""
    flags, value = _inherited(widget, "/Ff"), _inherited(widget, "/V")
    if isinstance(flags, int) and flags & _PASSWORD and isinstance(value, String):
        widget.V = String("*" * len(str(value)))


def _take_look(pdf: pikepdf.Pdf, annotation: Any, looking: pikepdf.Pdf, other: Any) -> None:
    annotation.AP = pdf.copy_foreign(looking.make_indirect(other.AP))
    # The look was made for this place; drawn into another it would be stretched.
    annotation.Rect = Array([float(side) for side in other.Rect])
    if "/AS" in other:
        annotation.AS = Name(str(other.AS))
    _keep_layer(annotation)


def _must_show(annotation: Any) -> bool:
    """Whether a viewer would show anything."""
    needed = _SHAPES.get(str(annotation.get("/Subtype", "")))
    value = _inherited(annotation, needed) if needed else None
    if value is None or (needed == "/V" and _inherited(annotation, "/FT") not in (Name.Tx, Name.Ch)):
        return False
    return len(value) > 0 if isinstance(value, Array) else bool(str(value).strip())


def _with_looks(content: bytes, indices: set[int]) -> bytes:
    with pymupdf.open(stream=content, filetype="pdf") as document:
        for index in sorted(indices):
            page = mupdf.pdf_load_page(mupdf.pdf_document_from_fz_document(document.this), index)
            _make_missing(mupdf.pdf_first_annot(page), mupdf.pdf_next_annot)
            _make_missing(mupdf.pdf_first_widget(page), mupdf.pdf_next_widget)
        made: bytes = document.tobytes(no_new_id=True)
    return made


def _make_missing(annotation: Any, following: Any) -> None:
    while annotation.m_internal:
        if mupdf.pdf_dict_gets(mupdf.pdf_annot_obj(annotation), _MARK[1:]).m_internal:
            try:
                mupdf.pdf_annot_request_resynthesis(annotation)
                mupdf.pdf_update_annot(annotation)
            except mupdf.FzErrorBase:
                pass  # whoever asked finds no look and says so
        annotation = following(annotation)
