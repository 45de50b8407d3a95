"""Turns what an importer found, as HTML, into a document with a paginated working copy."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.received import Part, Proposal, Received
from workbench.importers.base import Incoming
from workbench.pdf.paginate import paginate
from workbench.pdf.reading import read_copy


def laid_out(
    incoming: Incoming,
    bodies: Iterable[str],
    *,
    media_type: str,
    kind: str = "document",
    title: str = "",
    proposed_on: Proposal | None = None,
    language: str = "",
    notices: Iterable[str] = (),
    parts: Iterable[Part] = (),
    is_landscape: bool = False,
) -> Received:
    """A document whose pages are made from ``bodies`` and read back from the working copy."""
    copy = paginate(bodies, incoming.tell, is_landscape=is_landscape)
    return from_copy(
        incoming,
        copy,
        media_type=media_type,
        kind=kind,
        title=title,
        proposed_on=proposed_on,
        language=language,
        notices=notices,
        parts=parts,
    )


def from_copy(
    incoming: Incoming,
    copy: bytes,
    *,
    media_type: str,
    kind: str = "document",
    title: str = "",
    proposed_on: Proposal | None = None,
    language: str = "",
    notices: Iterable[str] = (),
    parts: Iterable[Part] = (),
) -> Received:
    """A document with this PDF as its working copy."""
    return Received(
        media_type=media_type,
        kind=kind,
        title=" ".join(title.split())[:300],
        pages=read_copy(copy, incoming.tell),
        working_copy=copy,
        proposed_on=proposed_on,
        language=language,
        notices=tuple(notices),
        parts=tuple(parts),
    )
