"""What an importer hands over: facts about one file, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of one page as stored, and its size as displayed, in points.

    ``search_text`` is the same text with words joined that a line end had split ("" when equal to
    ``text``); ``terms`` are the reference tokens found in it (see ``domain/terms.py``), joined by spaces.
    """

    text: str
    width_pt: float
    height_pt: float
    search_text: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something metadata suggests, and where it was found; never a fact."""

    value: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file inside a file: an attachment, a message of a mailbox, a member of an archive."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Everything learned from one file.

    ``working_copy`` is a PDF when the original is not one, else None. A container (archive, mailbox)
    has ``is_container`` set and only parts: it becomes no document itself.
    """

    media_type: str
    kind: str
    title: str = ""
    pages: tuple[PageText, ...] = ()
    working_copy: bytes | None = None
    proposed_on: Proposal | None = None
    language: str = ""
    notices: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    is_container: bool = False
