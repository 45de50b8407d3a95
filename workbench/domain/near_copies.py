"""Finds documents that are nearly the same: another version, or a copy with a few words changed."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

#: Of a document's distinct words, so many with the smallest checksums stand for all of them.
_SKETCH = 64
_LEAST_WORDS = 60
#: Two sketches that share so many are compared word by word.
_ALIKE_SKETCH = 0.7
_ALIKE = 0.8
_SHINGLE = 4
#: Words that so many documents have tell nothing; and so many pairs are compared word by word, not more.
_MOST_HOLDERS, _MOST_COMPARED = 300, 2_000


def near_copies(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """(earlier text, later text, how much of their four-word runs they share), for those that share most of them."""
    words = [text.split() for text in texts]
    sketches = [_sketch(own) for own in words]
    holders: dict[int, list[int]] = {}
    compared = 0
    for later, sketch in enumerate(sketches):
        shared: Counter[int] = Counter()
        for mark in sketch:
            having = holders.setdefault(mark, [])
            shared.update(having)
            if len(having) < _MOST_HOLDERS:
                having.append(later)
        for earlier, count in sorted(shared.items()):
            is_alike = count >= _ALIKE_SKETCH * max(len(sketch), len(sketches[earlier]))
            if is_alike and compared < _MOST_COMPARED:
                compared += 1
                share = _share(words[earlier], words[later])
                if share >= _ALIKE:
                    yield earlier, later, share


def _sketch(words: Sequence[str]) -> list[int]:
    if len(words) < _LEAST_WORDS:
        return []
    return sorted({zlib.crc32(word.encode()) for word in set(words)})[:_SKETCH]


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    runs, others = _runs(one), _runs(other)
    return len(runs & others) / len(runs | others)


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1)}
