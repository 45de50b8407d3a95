"""Reads the query language: words, phrases, AND OR NOT, brackets, wildcards, nearness and fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh import query as whoosh
from whoosh.qparser import AndGroup, QueryParser, plugins

from workbench.domain.errors import QueryRefused
from workbench.domain.query import FIELDS, And, Near, Node, Not, Or, Phrase, Prefix, Query
from workbench.search.field_values import compared, field_of, spread
from workbench.search.lexing import Piece, cut, node_of_chunk
from workbench.search.wording import in_words

_ANYWHERE = "anywhere"
#: Stands for one piece while Whoosh finds out how the pieces belong together.
_MARK = "piece{}x"


def parse(text: str) -> Query:
    """The query as a tree and in plain words; raises ``QueryRefused`` with a sentence."""
    pieces = cut(text)
    _prove_order(pieces)
    marked = _Marked(pieces)
    reader = _Reader(marked.meanings)
    tree = reader.node(_parser().parse(marked.text, normalize=False))
    reader.prove_all_used()
    return Query(text=text, tree=tree, understood_as=in_words(tree))


def _parser() -> QueryParser:
    """Only the signs of this language; what Whoosh would quietly mend is refused before it gets here."""
    return QueryParser(
        _ANYWHERE,
        None,
        plugins=[
            plugins.WhitespacePlugin(),
            plugins.SequencePlugin(),
            plugins.FieldsPlugin(expr=rf"(?P<text>{'|'.join(FIELDS)}):", remove_unknown=False),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(),
            plugins.RangePlugin(),
            plugins.GtLtPlugin(),
        ],
        group=AndGroup,
    )


_JOINING = ("AND", "OR", "ANDNOT", "ANDMAYBE", "REQUIRE")


def _prove_order(pieces: Sequence[Piece]) -> None:
    """Refuse operators that have nothing to join; Whoosh would search for their letters."""
    if not any(piece.kind not in ("operator", "open", "close", "comparison") for piece in pieces):
        raise QueryRefused(
            "There is no word to search for. Type words, a phrase in quotes or a reference such as IN-A1."
        )
    before: Piece | None = None
    for piece in (*pieces, None):
        is_start = before is None or before.kind == "open" or before.kind == "operator"
        ends = piece is None or piece.kind == "close"
        if before is not None and before.kind == "operator" and (ends or piece is None):
            raise QueryRefused(f"“{before.text}” has nothing after it. {_LITERAL.format(before.text.lower())}")
        if piece is not None and piece.kind == "operator":
            if piece.text in _JOINING and is_start:
                raise QueryRefused(f"“{piece.text}” has nothing before it. {_LITERAL.format(piece.text.lower())}")
            if piece.text == "NOT" and before is not None and before.text == "NOT" and before.kind == "operator":
                raise QueryRefused("“NOT” stands twice. Remove both, or one.")
        before = piece


_LITERAL = "Write words on both sides, or “{}” in small letters to search for the word."


class _Marked:
    """The query with every piece replaced by a mark, and what each mark means."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.meanings: dict[str, Piece] = {}
        self.text = "".join(map(self._written, pieces)).strip()

    def _mark(self, piece: Piece) -> str:
        mark = _MARK.format(len(self.meanings))
        self.meanings[mark] = piece
        return mark

    def _written(self, piece: Piece) -> str:
        match piece.kind:
            case "open" | "close" | "comparison":
                return piece.text
            case "field":
                return f" {piece.text}:"
            case "operator":
                return f" {piece.text} "
            case "range":
                ends = [self._mark(Piece("value", end)) if end else "" for end in piece.chunks]
                return f"[{ends[0]} to {ends[1]}] "
            case "phrase":
                marks = " ".join(self._mark(Piece("chunk", chunk)) for chunk in piece.chunks)
                return f' "{marks}"{f"~{piece.distance}" if piece.distance else ""} '
            case _:
                return f"{self._mark(piece)} "


class _Reader:
    """Turns Whoosh's tree into this program's own."""

    def __init__(self, meanings: dict[str, Piece]) -> None:
        self._meanings = meanings
        self._used: set[str] = set()

    def prove_all_used(self) -> None:
        """Refuse when the parser left something out: a search must never be for less than was typed."""
        left_out = next((piece for mark, piece in self._meanings.items() if mark not in self._used), None)
        if left_out is not None:
            raise QueryRefused(
                f"It is not clear what “{left_out.text}” belongs to. Add brackets, or search in several steps."
            )

    def node(self, query: Any) -> Node:
        match query:
            case whoosh.Term():
                return self._term(query)
            case whoosh.Sequence():
                return self._phrase(query)
            case whoosh.TermRange():
                return self._range(query)
            case whoosh.AndNot():
                return And((self.node(query.a), Not(self.node(query.b))))
            case whoosh.AndMaybe():
                raise QueryRefused("“ANDMAYBE” only weighs words, which cannot be done here. Use AND or OR.")
            case whoosh.Require():
                raise QueryRefused("“REQUIRE” only weighs words, which cannot be done here. Use AND.")
            case whoosh.Not():
                return Not(self.node(query.query))
            case whoosh.Or():
                return _joined(Or, [self.node(part) for part in query.subqueries])
            case whoosh.And():
                return _joined(And, [self.node(part) for part in query.subqueries])
        raise QueryRefused("This search cannot be understood. Write it more simply, one step at a time.")

    def _piece(self, mark: str) -> Piece:
        piece = self._meanings.get(mark)
        if piece is None:
            raise QueryRefused("This search cannot be understood. Put signs that belong to words in quotes.")
        self._used.add(mark)
        return piece

    def _term(self, term: Any) -> Node:
        piece = self._piece(term.text)
        if term.fieldname != _ANYWHERE:
            return field_of(term.fieldname, piece.text)
        if piece.node is None:
            raise QueryRefused(f"“{piece.text}” stands where no value can stand. Put it in quotes to search for it.")
        return piece.node

    def _range(self, query: Any) -> Node:
        ends = [self._piece(end).text if end else "" for end in (query.start, query.end)]
        if query.startexcl or query.endexcl or not all(ends):
            sign = (">" if query.startexcl else ">=") if ends[0] else ("<" if query.endexcl else "<=")
            return compared(query.fieldname, sign, ends[0] or ends[1])
        return spread(query.fieldname, ends[0], ends[1])

    def _phrase(self, query: Any) -> Node:
        chunks = [self._piece(part.text).text for part in query.subqueries]
        nodes = [node for node in map(_exact, chunks) if node is not None]
        if query.slop > 1:
            return _near(nodes, query.slop)
        *first, last = nodes
        if any(isinstance(node, Prefix) or node.is_prefix for node in first):
            raise QueryRefused(
                "Only the last word of a phrase may end in *. Search for the words with AND, or with ~5."
            )
        words = [word for node in first if isinstance(node, Phrase) for word in node.words]
        if isinstance(last, Prefix):
            return Phrase((*words, last.start), is_prefix=True) if words else last
        return Phrase((*words, *last.words), is_prefix=last.is_prefix)


def _exact(chunk: str) -> Phrase | Prefix | None:
    """A run of characters inside quotes: its exact words."""
    node = node_of_chunk(chunk.replace("^", " ").replace("~", " "), is_exact=True)
    if node is None or isinstance(node, Phrase | Prefix):
        return node
    raise QueryRefused(f"“{chunk}” has a wildcard that a phrase cannot have: only * at the end of its last word can.")


def _near(nodes: Sequence[Phrase | Prefix], distance: int) -> Node:
    if any(isinstance(node, Prefix) or node.is_prefix for node in nodes):
        raise QueryRefused("Words near each other are exact words, without *. Write them out.")
    phrases = tuple(node.words for node in nodes if isinstance(node, Phrase))
    if len(phrases) == 1:
        return Phrase(phrases[0])
    if len(set(phrases)) < len(phrases):
        raise QueryRefused("The same word stands twice in a search for words near each other. Write it once.")
    return Near(phrases, distance)


def _joined(group: type[And] | type[Or], nodes: Sequence[Node]) -> Node:
    parts: list[Node] = []
    for node in nodes:
        parts += node.parts if isinstance(node, group) else (node,)
    if not parts:
        raise QueryRefused("A bracket holds no word. Write words between “(” and “)”.")
    return parts[0] if len(parts) == 1 else group(tuple(parts))
