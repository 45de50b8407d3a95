"""Finds pages that carry, out of sight, what another page of the document shows."""

from __future__ import annotations

from typing import Any

import pymupdf

#: A drawing may stand this far over the edge and still be seen whole.
_SLACK_PT = 3.0


def pages_that_share(document: pymupdf.Document, marked: set[int]) -> set[int]:
    """Pages beside ``marked`` that use a drawing of a marked page without showing all of it.

    Two halves of a scanned spread are often one picture on two pages; taking words out of one half only would leave
    them in the other, unseen.
    """
    streams = {xref for index in marked for xref in document[index].get_contents()}
    pictures = {item[0] for index in marked for item in document[index].get_images(full=True)}
    forms = {item[0] for index in marked for item in document[index].get_xobjects()}
    views = {_view(document[index]) for index in marked}
    if not streams | pictures | forms:
        return set()
    found = set()
    for index in set(range(document.page_count)) - marked:
        page = document[index]
        same_view = _view(page) in views
        if (not same_view and _shares_drawing(page, streams, forms)) or _hides_picture(page, pictures):
            found.add(index)
    return found


def _view(page: Any) -> tuple[float, ...]:
    return tuple(round(side, 1) for side in (*page.cropbox, *page.mediabox))


def _shares_drawing(page: Any, streams: set[int], forms: set[int]) -> bool:
    if streams.intersection(page.get_contents()):
        return True
    return any(item[0] in forms and not _fits(pymupdf.Rect(item[3]), page) for item in page.get_xobjects())


def _fits(box: pymupdf.Rect, page: Any) -> bool:
    return bool(box.width <= page.rect.width + _SLACK_PT and box.height <= page.rect.height + _SLACK_PT)


def _hides_picture(page: Any, pictures: set[int]) -> bool:
    if not pictures.intersection(item[0] for item in page.get_images(full=True)):
        return False
    seen = page.rect * page.derotation_matrix + (-_SLACK_PT, -_SLACK_PT, _SLACK_PT, _SLACK_PT)
    return any(
        item["xref"] in pictures and not seen.contains(pymupdf.Rect(item["bbox"]))
        for item in page.get_image_info(xrefs=True)
    )
