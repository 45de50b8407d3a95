"""Says in plain words how a search was understood."""

from __future__ import annotations

from workbench.domain.query import And, Field, Near, Node, Not, Or, Pattern, Phrase, Prefix, Reference, Word

_FIELDS = {
    "kind": "the document is of the kind “{}”",
    "institution": "it is of the institution “{}”",
    "urn": "the document is {}",
    "supplier": "it was supplied by “{}”",
    "theme": "an excerpt on it has the theme “{}”",
    "on": "the document is dated {}",
}


def in_words(node: Node, *, is_inner: bool = False) -> str:
    """The tree as a person would say it: ``any form of “disclose”, and not exactly “draft copy”``."""
    match node:
        case And(parts):
            return _joined(parts, ", and ", is_inner=is_inner)
        case Or(parts):
            return _joined(parts, ", or ", is_inner=is_inner)
        case Not(part):
            return f"not {in_words(part, is_inner=True)}"
        case _:
            return _leaf_in_words(node)


def _joined(parts: tuple[Node, ...], between: str, *, is_inner: bool) -> str:
    text = between.join(in_words(part, is_inner=True) for part in parts)
    return f"({text})" if is_inner else text


def _leaf_in_words(node: Node) -> str:
    match node:
        case Word(word, shown):
            return f"“{word}”" if word.isdigit() else f"any form of “{shown or word}”"
        case Phrase(words, is_prefix):
            return f"exactly “{' '.join(words)}{'…' if is_prefix else ''}”"
        case Near(phrases, distance):
            listed = ", ".join(f"“{' '.join(words)}”" for words in phrases)
            return f"exactly {listed} at most {distance} words apart in any order"
        case Prefix(start):
            return f"words that begin with “{start}”"
        case Pattern(pattern):
            return f"words like “{pattern}”"
        case Reference():
            return f"the reference “{' '.join(node.shown.split())}”"
        case Field(name, value):
            return _FIELDS[name].format(value)
    raise AssertionError(f"not a leaf: {node}")
