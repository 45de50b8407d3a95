"""Makes page text findable: words as the index folds them, words joined across line ends, reference tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from workbench.domain.reference_tokens import references

#: Invisible characters that split words for the index: soft hyphen, zero-width space and joiners, marks of order.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad\n+")
_UNUSUAL = "\u00ad\u02bc\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"
_USUAL = {"\u02bc": "’", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_LINE_END = re.compile("[-\u2010]\n{1,2}")
_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
#: No word is longer; keeps the look back from a line end short.
_LONGEST_WORD = 60
#: First parts after which a hyphen at a line end is most often the author's own.
_OWN_HYPHEN = re.compile(
    "all|anti|best|child|co|cross|cyber|day|e|early|end|ex|face|far|fast|first|full|half|hard|high|ill|in|inter|key|"
    "large|law|light|long|low|mid|much|multi|newly|non|off|on|one|open|part|peer|policy|post|pre|pro|re|risk|rule|"
    "second|self|semi|short|single|so|state|sub|third|three|two|user|well|whole|wide|world|year",
    re.IGNORECASE,
)

#: Letters that keep their stroke when the index folds accents away.
_STROKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
_HAS_STROKED = re.compile("[łŁøØđĐħĦŧŦðÐıæÆœŒßẞþÞ]")
_OTHER_FORMS = {"ſ": "s", "ς": "σ", "µ": "μ"}
_ASCII_WORDS = {code: (chr(code).lower() if chr(code).isalnum() or chr(code) == "_" else " ") for code in range(128)}
#: What keeps most pages from being plain ASCII.
_COMMON_SIGNS = "’“”‘–—•£…§\xa0"
#: With the marks that the index takes as part of the letter before them.
_WORD = re.compile("[\\w\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331]+")


def joined_text(text: str) -> str:
    """The text with words joined that a line end had split, "" when nothing was."""
    usual = text if text.isascii() or not any(map(text.__contains__, _UNUSUAL)) else _usual(text)
    parts: list[str] = []
    position = 0
    for start, end, head, tail in split_words(usual):
        parts += (usual[position:start], f"{head}-{tail}" if is_compound(head, tail, usual) else head + tail)
        position = end
    joined = "".join((*parts, usual[position:]))
    return "" if joined == text else joined


def _usual(text: str) -> str:
    text = _INVISIBLE.sub("", _SOFT_HYPHEN_AT_END.sub("", text))
    for unusual, usual in _USUAL.items():
        text = text.replace(unusual, usual)
    return text


def is_compound(head: str, tail: str, text: str) -> bool:
    """True when the hyphen at a line end is most likely the author's own, as in ``well-known``."""
    return _OWN_HYPHEN.fullmatch(head) is not None or f"{head}-{tail}" in text


def split_words(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Words split at a line end: half-open offsets, head and tail; ``IN-A1`` split there is none of them."""
    position = 0
    for gap in _LINE_END.finditer(text):
        head = _LAST_LETTERS.search(text, max(position, gap.start() - _LONGEST_WORD), gap.start())
        tail = _LETTERS.match(text, gap.end())
        if head is not None and tail is not None and tail[0][0].islower():
            position = tail.end()
            yield head.start(), tail.end(), head[0], tail[0]


def reference_terms(text: str) -> str:
    """Everything a page is found by besides its words, joined by spaces.

    Reference tokens; for a word split at a line end the reading that ``joined_text`` did not choose; words
    with stroked letters (``Łódź``) as typed without them.
    """
    terms: dict[str, None] = {}
    for reference in references(text):
        terms[reference.token] = None
        terms.update(dict.fromkeys(reference.within))
    for _, _, head, tail in split_words(text):
        terms[head + tail if is_compound(head, tail, text) else f"{head} {tail}"] = None
    if not text.isascii() and _HAS_STROKED.search(text):
        terms.update((unstroked(word), None) for _, _, word in tokens(text) if _HAS_STROKED.search(word))
    return " ".join(terms)


def fold(word: str) -> str:
    """A word as the index keeps it: small letters without accents."""
    return word.lower() if word.isascii() else _fold(word)


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    return "".join(map(_folded_letter, word.lower()))


def _folded_letter(letter: str) -> str:
    """As the index does it: Latin letters lose their accents, others keep them."""
    parts = unicodedata.normalize("NFD", letter)
    if unicodedata.combining(parts[0]):
        return ""
    return parts[0] if len(parts) > 1 and parts[0].isascii() else _OTHER_FORMS.get(letter, letter)


def unstroked(word: str) -> str:
    """A folded word with ``ł``, ``ø``, ``æ`` and their like as plain letters."""
    return word.translate(_STROKED)


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text as the index cuts and folds them, with half-open offsets."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), fold(match[0])


def words_of(text: str) -> set[str]:
    """The different words of a text, folded; one call a page when the index is filled."""
    if not text.isascii():
        for sign in _COMMON_SIGNS:
            text = text.replace(sign, " ")
    if text.isascii():
        return set(text.translate(_ASCII_WORDS).split())
    return {fold(word) for word in _WORD.findall(text)}
