"""What a search asks for, as a tree that knows neither the query language nor the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Any form of a word: ``disclose`` finds ``disclosed``. Folded as the index folds it; ``shown`` as typed."""

    word: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words, one after the other; of the last perhaps only the beginning."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Exactly these phrases in any order, the first and the last at most ``distance`` words apart."""

    phrases: tuple[tuple[str, ...], ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    start: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words of this shape; ``*`` stands for any letters, ``?`` for one."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference such as ``IN-A1`` or ``s 19(2)(b)``, by its token (see ``domain/reference_tokens.py``).

    ``urn`` is set when it may be a document's own reference; ``page_number`` when it names one page of it.
    """

    token: str
    shown: str
    urn: str = ""
    page_number: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """The pages of documents with this value; for ``on`` the first and last day, "" where open."""

    name: str
    value: str
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class And:
    """Pages that satisfy every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Pages that satisfy one part or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Pages that do not satisfy the part."""

    part: Node


Leaf = Word | Phrase | Near | Prefix | Pattern | Reference | Field
Node = Leaf | And | Or | Not

#: The fields of the query language, in the order they are offered.
FIELDS = ("kind", "institution", "on", "urn", "supplier", "theme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as typed, as a tree, and as understood in plain words."""

    text: str
    tree: Node
    understood_as: str


def leaves(node: Node) -> Iterator[Leaf]:
    """What is asked to be there: all leaves but those under a ``Not``."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not():
            return
        case _:
            yield node


def is_pure_field(node: Node) -> bool:
    """True when nothing in the tree asks for words on a page."""
    match node:
        case And(parts) | Or(parts):
            return all(map(is_pure_field, parts))
        case Not(part):
            return is_pure_field(part)
        case _:
            return isinstance(node, Field)
