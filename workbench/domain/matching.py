"""Finds in one page's text the words that a search asks for, by the rules of the index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from workbench.domain.query import Leaf, Near, Node, Pattern, Phrase, Prefix, Reference, Word, leaves
from workbench.domain.reference_tokens import references
from workbench.domain.terms import is_compound, split_words, tokens, unstroked

#: Half-open code-point offsets.
Span = tuple[int, int]
#: A word of the text with its place, folded.
_Token = tuple[int, int, str]


def matching_spans(tree: Node, text: str, stem: Callable[[str], str]) -> list[Span]:
    """Where the words, phrases and references that a tree asks for stand, in order and without overlaps."""
    page = _PageWords(text, stem)
    return _merged(span for leaf in leaves(tree) for span in page.spans(leaf))


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _PageWords:
    """The words of one page: as they follow each other, and the other readings of words split at line ends."""

    def __init__(self, text: str, stem: Callable[[str], str]) -> None:
        self._text = text
        self._stem = stem
        self._runs = [self._main_run(), *self._other_readings()]

    def _main_run(self) -> list[_Token]:
        joined_at = {
            start + len(head): end
            for start, end, head, tail in split_words(self._text)
            if not is_compound(head, tail, self._text)
        }
        run: list[_Token] = []
        for token in tokens(self._text):
            if run and run[-1][1] in joined_at and token[0] < joined_at[run[-1][1]]:
                start, _, head = run[-1]
                run[-1] = (start, token[1], head + token[2])
            else:
                run.append(token)
        return run

    def _other_readings(self) -> Iterator[list[_Token]]:
        for start, end, head, tail in split_words(self._text):
            middle = end - len(tail)
            if is_compound(head, tail, self._text):
                joined = "".join(word for _, _, word in tokens(head + tail))
                yield [(start, end, joined)]
            else:
                yield [
                    *((start, start + len(head), word) for _, _, word in tokens(head)),
                    *((middle, end, word) for _, _, word in tokens(tail)),
                ]
        if not self._text.isascii():
            for start, end, word in tokens(self._text):
                plain = unstroked(word)
                if plain != word:
                    yield [(start, end, plain)]

    @cached_property
    def _references(self) -> list[tuple[Span, set[str]]]:
        return [((found.start, found.end), {found.token, *found.within}) for found in references(self._text)]

    def spans(self, leaf: Leaf) -> Iterator[Span]:
        """Where one thing that was asked for stands."""
        match leaf:
            case Word(word):
                yield from self._where(self._has_stem(unstroked(word)))
                if not word.isalpha():
                    yield from self._cited(word)  # 5000 finds “5,000”
            case Prefix(start):
                yield from self._where(lambda word: word.startswith(start))
            case Pattern(pattern):
                shape = re.compile(re.escape(pattern).replace(r"\*", r"\w*").replace(r"\?", r"\w"))
                yield from self._where(lambda word: shape.fullmatch(word) is not None)
            case Phrase(words, is_prefix):
                for run in self._runs:
                    for at in _places(run, words, is_prefix=is_prefix):
                        yield run[at][0], run[at + len(words) - 1][1]
            case Near(phrases, distance):
                for run in self._runs:
                    yield from _near(run, phrases, distance)
            case Reference(token):
                yield from self._cited(token)
                yield from self._where(lambda word: word == token)

    def _cited(self, token: str) -> Iterator[Span]:
        return (span for span, own in self._references if token in own)

    def _where(self, is_wanted: Callable[[str], bool]) -> Iterator[Span]:
        known: dict[str, bool] = {}
        for run in self._runs:
            for start, end, word in run:
                if word not in known:
                    known[word] = is_wanted(word)
                if known[word]:
                    yield start, end

    def _has_stem(self, wanted: str) -> Callable[[str], bool]:
        stem = self._stem(wanted)
        return lambda word: word == wanted or self._stem(word) == stem


def _places(run: Sequence[_Token], words: Sequence[str], *, is_prefix: bool = False) -> Iterator[int]:
    *first, last = words
    for at in range(len(run) - len(words) + 1):
        ending = run[at + len(first)][2]
        if (ending.startswith(last) if is_prefix else ending == last) and all(
            run[at + n][2] == word for n, word in enumerate(first)
        ):
            yield at


def _near(run: Sequence[_Token], phrases: Sequence[Sequence[str]], distance: int) -> Iterator[Span]:
    """Clusters of all phrases in which every phrase ends fewer than ``distance`` words before the last begins."""
    places = [list(_places(run, phrase)) for phrase in phrases]
    for last in sorted({at for found in places for at in found}):
        cluster = [
            [at for at in found if last - distance - len(phrase) < at <= last]
            for phrase, found in zip(phrases, places, strict=True)
        ]
        if all(cluster):
            for phrase, found in zip(phrases, cluster, strict=True):
                yield from ((run[at][0], run[at + len(phrase) - 1][1]) for at in found)
