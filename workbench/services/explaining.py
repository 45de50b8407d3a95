"""Why a search found nothing: how often each part stands alone, and what to try instead."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.progress import Ticket
from workbench.domain.query import And, Field, Leaf, Near, Node, Pattern, Phrase, Prefix, Reference, Word, leaves
from workbench.search.parsing import parse
from workbench.store import page_search
from workbench.store.case_file import CaseFile
from workbench.store.word_list import words_near


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFound:
    """One part of a query by itself: on how many pages it stands, and words spelled much like it that do."""

    shown: str
    pages: int
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """``parts`` in the order typed; ``never_together`` when each stands somewhere, but no page has all."""

    parts: tuple[PartFound, ...]
    never_together: bool


def explain_nothing(case: CaseFile, query: str, ticket: Ticket) -> Explanation:
    """Look for each part by itself; raises ``QueryRefused`` as the search itself does."""
    database = case.reader()
    found = []
    for leaf in dict.fromkeys(leaves(parse(query).tree)):
        ticket.check()
        pages = page_search.search(database, leaf, 0).total
        instead: Sequence[str] = ()
        if not pages and isinstance(leaf, Word):
            near = words_near(database, leaf.word)
            instead = difflib.get_close_matches(leaf.word, near, n=3, cutoff=0.72)
        found.append(PartFound(shown=in_words(leaf), pages=pages, instead=tuple(instead)))
    together = len(found) > 1 and all(part.pages for part in found) and isinstance(parse(query).tree, And)
    return Explanation(parts=tuple(found), never_together=together)


def in_words(leaf: Leaf | Node) -> str:
    """A part of a query as it may be typed again."""
    match leaf:
        case Word(word, shown):
            return shown or word
        case Phrase(words, is_prefix):
            return f"“{' '.join(words)}{'*' if is_prefix else ''}”"
        case Near(phrases, distance):
            return " ".join(" ".join(words) for words in phrases) + f" (within {distance} words)"
        case Prefix(start):
            return f"{start}*"
        case Pattern(pattern):
            return pattern
        case Reference(shown=shown):
            return shown
        case Field(name, value):
            return f"{name}:{value}"
    return ""
