"""Writes the part of a search that asks for words as an expression of the full-text index."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from workbench.domain.errors import QueryRefused
from workbench.domain.query import And, Near, Node, Not, Or, Pattern, Phrase, Prefix, Reference, Word
from workbench.domain.terms import unstroked
from workbench.store.word_list import Stems, forms_of, words_like

#: A wildcard that fits more words than this would take long and tell little.
MOST_WORDS = 500
#: No text holds this as one word, and no reference is made so.
_NOTHING = '"_nothing_"'


class MatchText:
    """Writes expressions for one search; asks the list of words for other forms and for wildcards.

    Words, phrases and references are looked for in both columns: the text itself, and ``terms``, where
    references and the other reading of words split at line ends stand.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._stems = Stems()

    def expression(self, node: Node) -> str:
        """What to give to MATCH; "" when the node needs more than the text index.

        A ``Not`` can only be subtracted from something, so that a tree of nothing but ``Not`` gives "".
        """
        match node:
            case And(parts):
                return self._and(parts)
            case Or(parts):
                written = [self.expression(part) for part in parts]
                return f"({' OR '.join(written)})" if all(written) else ""
            case _:
                return self._leaf(node)

    def _and(self, parts: tuple[Node, ...]) -> str:
        wanted = [self.expression(part) for part in parts if not isinstance(part, Not)]
        unwanted = [self.expression(part.part) for part in parts if isinstance(part, Not)]
        if not wanted or not all(wanted) or not all(unwanted):
            return ""
        text = " AND ".join(wanted)
        return f"(({text}) NOT ({' OR '.join(unwanted)}))" if unwanted else f"({text})"

    def _leaf(self, node: Node) -> str:
        match node:
            case Word(word):
                return _any_of(forms_of(self._db, self._stems, unstroked(word)))
            case Phrase(words, is_prefix):
                return _quoted(" ".join(words)) + (" *" if is_prefix else "")
            case Near(phrases, distance):
                return f"NEAR({' '.join(_quoted(' '.join(words)) for words in phrases)}, {distance - 1})"
            case Prefix(start):
                return f"{_quoted(start)} *"
            case Pattern(pattern):
                return self._pattern(pattern)
            case Reference(token, _, urn):
                return "" if urn and self._is_document(urn) else _quoted(token)
        return ""

    def _is_document(self, urn: str) -> bool:
        return self._db.execute("SELECT 1 FROM document WHERE urn = ?", [urn]).fetchone() is not None

    def _pattern(self, pattern: str) -> str:
        words = words_like(self._db, pattern, MOST_WORDS + 1)
        if len(words) > MOST_WORDS:
            raise QueryRefused(
                f"“{pattern}” fits more than {MOST_WORDS} different words of this case. Give more of its letters."
            )
        return _any_of(words) if words else _NOTHING


def mention(reference: Reference) -> str:
    """The expression for pages that mention a reference."""
    return _quoted(reference.token)


def _any_of(words: Iterable[str]) -> str:
    listed = list(map(_quoted, words))
    return listed[0] if len(listed) == 1 else f"({' OR '.join(listed)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
