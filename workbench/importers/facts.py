"""Carries what an importer found out of the child process as plain values, and makes records of them again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbench.domain.received import PageText, Part, Proposal, Received
from workbench.domain.terms import joined_text, reference_terms


def facts_of(received: Received) -> dict[str, Any]:
    """All but the bytes; terms and joined text are computed here, in the child."""
    on = received.proposed_on
    return {
        "media_type": received.media_type,
        "kind": received.kind,
        "title": received.title,
        "pages": [_page_facts(page) for page in received.pages],
        "has_copy": received.working_copy is not None,
        "proposed_on": None if on is None else [on.value, on.basis],
        "language": received.language,
        "notices": list(received.notices),
        "parts": [part.name for part in received.parts],
        "is_container": received.is_container,
    }


def _page_facts(page: PageText) -> list[Any]:
    return [page.text, page.width_pt, page.height_pt, joined_text(page.text), reference_terms(page.text)]


def received_from(facts: dict[str, Any], blobs: list[bytes]) -> Received:
    """The facts as the program's own record; raises ``ValueError`` or its like when they are malformed."""
    copies, contents = (blobs[:1], blobs[1:]) if facts["has_copy"] else ([], blobs)
    on = facts["proposed_on"]
    received = Received(
        media_type=str(facts["media_type"]),
        kind=str(facts["kind"]),
        title=str(facts["title"]),
        pages=tuple(_page_from(page) for page in facts["pages"]),
        proposed_on=None if on is None else Proposal(value=str(on[0]), basis=str(on[1])),
        language=str(facts["language"]),
        notices=tuple(str(notice) for notice in facts["notices"]),
        parts=tuple(Part(name=str(name), content=c) for name, c in zip(facts["parts"], contents, strict=True)),
        is_container=bool(facts["is_container"]),
    )
    return replace(received, working_copy=copies[0]) if copies else received


def _page_from(page: list[Any]) -> PageText:
    text, width_pt, height_pt, search_text, terms = page
    return PageText(
        text=str(text),
        width_pt=float(width_pt),
        height_pt=float(height_pt),
        search_text=str(search_text),
        terms=str(terms),
    )
