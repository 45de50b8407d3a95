"""Finds short texts that ask for nearly the same in nearly the same words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

#: Two texts that share this much of their words and pairs of words are shown side by side.
ALIKE = 0.5
_WORD = re.compile(r"[^\W_]+")
#: Words that say nothing of what is asked for.
# fmt: off
_IDLE = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "being", "by", "can", "could", "each", "every", "for",
    "from", "has", "have", "in", "into", "is", "it", "its", "must", "of", "on", "or", "shall", "should", "so", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "was", "were",
    "when", "which", "who", "will", "with", "would", "within", "y", "yr", "i", "o", "ar",
})
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two texts by their identifiers, and how much of their words they share (0 to 1)."""

    one: str
    other: str
    share: float


def alike_texts(texts: Mapping[str, str], threshold: float = ALIKE) -> Iterator[Alike]:
    """Pairs of texts that share at least ``threshold`` of their words and pairs of words, in the order given."""
    marks = {identifier: _marks(text) for identifier, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for identifier, own in marks.items():
        shared: Counter[str] = Counter(earlier for mark in own for earlier in holders[mark])
        for earlier in (known for known in marks if known in shared):
            share = shared[earlier] / (len(own) + len(marks[earlier]) - shared[earlier])
            if share >= threshold:
                yield Alike(one=earlier, other=identifier, share=share)
        for mark in own:
            holders[mark].append(identifier)


def _marks(text: str) -> frozenset[str]:
    """The words that matter, without endings of number, and each with the one after it."""
    plain = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [_stem(word) for word in _WORD.findall(bare) if word not in _IDLE]
    return frozenset([*words, *(f"{one} {after}" for one, after in pairwise(words))])


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
