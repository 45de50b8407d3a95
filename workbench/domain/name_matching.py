"""Finds hundreds of protected terms in a text at once, however they are written, without alarm for longer words.

Two steps. A quick one looks at the set of the text's words (also joined with the next one or two, split at inner
capitals, and runs of single letters) and tells which terms could be there; a careful one proves each of those by
its patterns and looks at what stands before and behind.

Case: a term is found in any case, because file names, addresses and small capitals change it. The one exception is
a single word that is also an ordinary English word (“Mark”): in small letters within a sentence it is reported as
possible only; with a capital, in capitals, or in a file name or address it stops like any other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbench.domain.name_folding import fold, fold_with_places, misread
from workbench.domain.name_patterns import Shape, TermShapes
from workbench.domain.ordinary_words import ORDINARY_WORDS
from workbench.domain.protected_names import ProtectedName

_WORD = re.compile(r"[^\W_]+")
_LETTERS_OR_DIGITS = re.compile(r"[0-9]+|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_HAS_CAMEL = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]|[A-Z]{2}[a-z]")
_SINGLE_LETTERS = re.compile(r"(?:(?<![^\W_])[^\W_] ){2,}[^\W_](?![^\W_])")
_SPACES = {code: (chr(code) if chr(code).isalnum() else " ") for code in range(128)}
_LETTER_KINDS = {
    code: "a" if chr(code).islower() or chr(code).isdigit() else "A" if chr(code).isupper() else " "
    for code in range(128)
}
_ADDRESS_LIKE = re.compile(
    r"://|@|^www\.|_|\\|[a-z0-9]\.[a-z0-9]{2,5}(?:\W*$|/)|/.*/|%[0-9a-f]{2}|[?&=]", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?;:][\"'”’)]*\s")
_LONG_TOKEN, _LONGEST_TOKEN = 8, 400
#: Texts are looked at in pieces, so that the careful step stays close to where something was seen.
_PIECE, _OVERLAP = 1 << 15, 400
_KEPT_TOKENS = 300_000


#: Half-open offsets and the index of a term.
_Span = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class NameHit:
    """Where a term stands (half-open code-point offsets), how it is written, and whether it is certain."""

    index: int
    start: int
    end: int
    form: str
    is_certain: bool


class NameMatcher:
    """Compiled once for many terms; ``index`` of a hit is the term's place in ``names``."""

    def __init__(self, names: Sequence[ProtectedName]) -> None:
        self.names = tuple(names)
        self._terms = [TermShapes(name) for name in self.names]
        self._anchors: dict[str, set[int]] = {}
        self._inside: dict[str, set[int]] = {}
        for index, term in enumerate(self._terms):
            for anchor in term.anchors():
                self._anchors.setdefault(anchor, set()).add(index)
            for whole in term.run_together():
                self._inside.setdefault(whole, set()).add(index)
        self._inside_pattern = re.compile("|".join(map(re.escape, self._inside)) or "(?!)")
        self._harmless: set[str] = set()
        self._scattered: dict[str, list[frozenset[str]]] = {}
        for term in self._terms:
            if len(term.words) > 1:
                self._scattered.setdefault(max(sorted(term.words), key=len), []).append(term.words)
        self._words = frozenset(word for term in self._terms for word in term.words)

    def find(self, text: str, *, is_address: bool = False, is_drawn: bool = False) -> list[NameHit]:
        """Every hit. ``is_address``: a file name or link, where case says nothing; ``is_drawn``: whole words only."""
        if len(text) <= _PIECE:
            return self._find_in(text, is_address=is_address, is_drawn=is_drawn)
        hits: dict[tuple[int, int, int], NameHit] = {}
        for start in range(0, len(text), _PIECE - _OVERLAP):
            for hit in self._find_in(text[start : start + _PIECE], is_address=is_address, is_drawn=is_drawn):
                moved = replace(hit, start=hit.start + start, end=hit.end + start)
                hits.setdefault((moved.index, moved.start, moved.end), moved)
        return list(hits.values())

    @cached_property
    def for_pictures(self) -> NameMatcher:
        """The same terms for texts that were read from pictures and went through ``misread``."""
        return NameMatcher([replace(name, term=misread(name.term)) for name in self.names])

    def may_be_scattered(self, text: str) -> bool:
        """True when all words of some term stand in a text, in whatever order, or when it lies there in crumbs."""
        words = _split(fold(text))
        present = set(words)
        if len(words) > 4 and sum(map(len, words)) < 3 * len(words):
            return True
        return any(term <= present for word in self._scattered.keys() & present for term in self._scattered[word])

    def masked(self, text: str) -> str:
        """The text with every hit as ``[IN-A1]`` and every other word of any term as dashes."""
        return self._masked(text, self._spans(text))

    def excerpt(self, text: str, hit: NameHit, around: int = 40) -> str:
        """Some words on both sides of a hit, everything protected masked."""
        first, last = max(0, hit.start - _OVERLAP), hit.end + _OVERLAP
        window = text[first:last]
        spans = self._spans(window, [(hit.start - first, hit.end - first, hit.index)])
        own = next(span for span in spans if span[0] <= hit.start - first < span[1])
        before = self._masked(window[: own[0]], [span for span in spans if span[1] <= own[0]])
        behind = self._masked(window[own[1] :], [(a - own[1], b - own[1], n) for a, b, n in spans if a >= own[1]])
        label = self.names[hit.index].label
        return " ".join(f"{before[-around:]}[{label}]{behind[:around]}".split())

    def _spans(self, text: str, known: Sequence[_Span] = ()) -> list[_Span]:
        """All hits, those that overlap taken together under the term of the longest."""
        found = [(hit.start, hit.end, hit.index) for hit in self.find(text, is_address=True)]
        merged: list[_Span] = []
        for start, end, index in sorted([*known, *found], key=lambda span: (span[0], -span[1])):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
            else:
                merged.append((start, end, index))
        return merged

    def _masked(self, text: str, spans: Iterable[_Span]) -> str:
        parts, position = [], 0
        for start, end, index in spans:
            parts += [self._without_words(text[position:start]), f"[{self.names[index].label}]"]
            position = end
        return "".join([*parts, self._without_words(text[position:])])

    def _without_words(self, text: str) -> str:
        def hidden(match: re.Match[str]) -> str:
            return "–" * 3 if self._words.intersection(_WORD.findall(fold(match[0]))) else match[0]

        return _WORD.sub(hidden, _CAMEL.sub("\u200b", text)).replace("\u200b", "")

    # ---- the quick step

    def _find_in(self, text: str, *, is_address: bool, is_drawn: bool) -> list[NameHit]:
        folded = fold(text)
        indices = self._whole_words(folded) if is_drawn else self._may_stand(text, folded)
        if not indices:
            return []
        plain, places = fold_with_places(text)
        hits = [
            hit
            for index in sorted(indices)
            for hit in _proven(self._terms[index], index, text, plain, places, is_address=is_address)
        ]
        return _best(hits)

    def _whole_words(self, folded: str) -> set[int]:
        present = self._anchors.keys() & set(_split(folded))
        return {index for word in present for index in self._anchors[word]}

    def _may_stand(self, text: str, folded: str) -> set[int]:
        words = _split(folded)
        keys = self._anchors.keys()
        present = set(words)
        found = keys & present
        pairs = list(map(str.__add__, words, itertools.islice(words, 1, None)))
        found |= keys & set(pairs)
        found |= keys & set(map(str.__add__, pairs, itertools.islice(words, 2, None)))
        if _has_inner_capital(text):
            found |= keys & set(_split(fold(_CAMEL.sub(" ", text))))
        for joined in _spaced_out(words):
            found |= {key for key in keys if key in joined}
        indices = {index for word in found for index in self._anchors[word]}
        return indices | self._inside_words(present)

    def _inside_words(self, present: set[str]) -> set[int]:
        """Terms run together inside longer words, and words beside digits; a word is looked at once."""
        unseen = [word for word in present - self._harmless if len(word) > 2 and _is_unusual(word)]
        found: set[int] = set()
        for word in unseen:
            own = {index for key in self._inside_pattern.findall(word) for index in self._inside[key]}
            if not word.isalpha():
                parts = _LETTERS_OR_DIGITS.findall(word)
                own |= {index for part in parts for index in self._anchors.get(part, ())}
            found |= own
            if not own and len(self._harmless) < _KEPT_TOKENS:
                self._harmless.add(word)
        return found


def _has_inner_capital(text: str) -> bool:
    if text.isascii():
        kinds = text.translate(_LETTER_KINDS)
        return "aA" in kinds or "AAa" in kinds
    return _HAS_CAMEL.search(text) is not None


def _spaced_out(words: list[str]) -> list[str]:
    """Runs of three and more single letters, joined."""
    line = " ".join(words)
    if line.isascii() and " a a a " not in f" {line.translate(_LETTER_KINDS)} ":
        return []
    return [run.replace(" ", "") for run in _SINGLE_LETTERS.findall(line)]


def _is_unusual(word: str) -> bool:
    return len(word) <= _LONGEST_TOKEN and (len(word) >= _LONG_TOKEN or not word.isalpha()) and not word.isdigit()


def _split(folded: str) -> list[str]:
    if folded.isascii():
        return folded.translate(_SPACES).split()
    return _WORD.findall(folded)


# ---- the careful step


def _proven(
    term: TermShapes, index: int, text: str, plain: str, places: Sequence[int], *, is_address: bool
) -> Iterator[NameHit]:
    for shape in term.shapes:
        for match in shape.pattern.finditer(plain):
            start, end = places[match.start()], places[match.end() - 1] + 1
            found = _Found(term, shape, text, plain, match, start, end, is_address)
            verdict = found.verdict()
            if verdict is not None:
                yield NameHit(index, start, end, verdict[0], verdict[1])


@dataclass(frozen=True, slots=True)
class _Found:
    """A match of a pattern, to be judged by its gaps, its case and its neighbours."""

    term: TermShapes
    shape: Shape
    text: str
    plain: str
    match: re.Match[str]
    start: int
    end: int
    is_address: bool

    def verdict(self) -> tuple[str, bool] | None:
        """The form and whether it is certain; None for a false alarm."""
        if not self._starts_free() or not self._ends_free():
            return self._inside_longer()
        if self.shape.form == "with initials" and not self._has_capital():
            return None
        is_one_name = not self.term.is_personal or self._is_abbreviated() or not _SENTENCE_END.search(self._own())
        if self.shape.form != "as typed":
            return self.shape.form, self.shape.is_certain and is_one_name
        broken = self._broken()
        if broken is None:
            return None
        form, is_certain = broken
        if self.term.is_single_word and self._is_ordinary():
            is_certain = False
        return form, is_certain and is_one_name

    def _own(self) -> str:
        return self.text[self.start : self.end]

    def _starts_free(self) -> bool:
        at = self.match.start()
        if at == 0 or not self.plain[at - 1].isalnum():
            return True
        before, first = self.text[self.start - 1], self.text[self.start]
        return _differ(before, first) or (before.islower() and first.isupper())

    def _ends_free(self) -> bool:
        at = self.match.end()
        if at >= len(self.plain) or not self.plain[at].isalnum():
            return True
        last, behind = self.text[self.end - 1], self.text[min(self.end, len(self.text) - 1)]
        if _differ(last, behind) or (last.islower() and behind.isupper()):
            return True
        return self._is_plural(at)

    def _is_plural(self, at: int) -> bool:
        """“Beresfords”: only where a person's name of some length makes it more than chance."""
        if not self.term.is_personal or self.plain[at] != "s" or self.plain[at + 1 : at + 2].isalnum():
            return False
        return self.match.end() - self.match.start() >= 5

    def _inside_longer(self) -> tuple[str, bool] | None:
        own = self.match[0]
        is_long = not self.term.is_single_word and len(own) >= 8 and own.isalnum()
        return ("inside a longer word", True) if is_long and self.shape.is_certain else None

    def _has_capital(self) -> bool:
        own = self._own()
        return own[0].isupper() and all(word[0].isupper() for word in _WORD.findall(own) if len(word) == 1)

    def _broken(self) -> tuple[str, bool] | None:
        """What the gaps inside the words make of it."""
        own = self.match[0]
        pieces = own.split()
        has_line_end = "\n" in own
        if any(whole.fullmatch(own) for whole in self.term.unbroken):
            if has_line_end:
                return "across a line end", True
            return self._written(), True
        has_hyphen = "-" in own
        if has_hyphen and self.term.is_single_word and not self._is_named(own):
            return "hyphenated", False
        if has_hyphen:
            return "hyphenated", True
        if has_line_end:
            has_capital, is_long = self._own()[0].isupper(), len("".join(pieces)) >= 8
            is_sure = not self.term.is_single_word or (has_capital and is_long)
            return ("across a line end", is_sure) if is_sure or has_capital or is_long else None
        return self._with_gaps(pieces)

    def _with_gaps(self, pieces: list[str]) -> tuple[str, bool] | None:
        own = self._own()
        if not self.term.is_single_word or (len(pieces[0]) == 1 and own.upper() == own and len(pieces) == 2):
            return "with gaps", True
        if own[0].isupper() and own[1:].lower() == own[1:] and len("".join(pieces)) >= 7:
            return "with gaps", False
        return None

    def _is_named(self, own: str) -> bool:
        """Written like a name: with a capital; long names are no accident in small letters either."""
        return self._own()[0].isupper() or sum(map(str.isalpha, own)) >= 8

    def _written(self) -> str:
        own = self._own()
        if "\u00ad" in own or any(sign in own for sign in "\u200b\u200c\u200d\u2060\ufeff"):
            return "with invisible signs"
        if own.isascii() and not self.term.name.term.isascii():
            return "without accents"
        if self.term.name.term.isascii() and any(sign.isalpha() and not sign.isascii() for sign in own):
            return "with other letters"
        if not self.term.is_single_word and self.match[0].isalnum():
            return "run together"
        return "as typed"

    def _is_ordinary(self) -> bool:
        """An ordinary word in small letters, in a sentence."""
        own = self._own()
        if self.is_address or own.lower() != own or self.match[0] not in ORDINARY_WORDS:
            return False
        start, end = self.start, self.end
        while start > 0 and self.start - start < 200 and not self.text[start - 1].isspace():
            start -= 1
        while end < len(self.text) and end - self.end < 200 and not self.text[end].isspace():
            end += 1
        return _ADDRESS_LIKE.search(self.text[start:end]) is None

    def _is_abbreviated(self) -> bool:
        return any(len(word) == 1 for word in self.term.words)


def _differ(one: str, other: str) -> bool:
    """A letter beside a digit, or letters of two scripts that no word mixes."""
    return one.isdigit() != other.isdigit() or (
        one.isascii() != other.isascii() and not (one.islower() or other.islower())
    )


def _best(hits: list[NameHit]) -> list[NameHit]:
    """Of hits of one term that overlap, the certain one, else the first."""
    kept: list[NameHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.index, hit.start)):
        if not kept or hit.index != kept[-1].index or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.is_certain and not kept[-1].is_certain:
            kept[-1] = hit
    return sorted(kept, key=lambda hit: (hit.start, hit.index))
