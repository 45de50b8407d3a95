"""The shapes in which one protected term may stand in a text: broken, spaced out, reversed, with initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from workbench.domain.name_folding import spelled_out, term_words
from workbench.domain.protected_names import ProtectedName

#: A word may be broken here: a hyphen, a line end, or both, or a gap that a reader of PDFs saw between two letters.
_BREAK = r"(?:-?[ \t]{0,4}\r?\n\s{0,12}|-|[ \t]{1,2})?"
#: Short words are broken by a hyphen at a line end only; “an n” is no Ann.
_SHORT_BREAK = r"(?:-[ \t]{0,4}\r?\n\s{0,12})?"
_BETWEEN = r"(?:[^a-z0-9\s]{0,3}\s{1,40}[^a-z0-9\s]{0,3}|[\W_]{0,8}?)"
_SPACED = r"[\s.\-_*]{1,3}"
_SHORT = 5
#: Numbers of so many digits are written with gaps anywhere.
_TELEPHONE = 7
_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lady|lord|rev|revd|reverend|father|sister|master"
#: Words of addresses that are often shortened.
_PAIRS = (
    "road rd", "street st", "avenue ave", "lane ln", "close cl", "drive dr", "court ct", "saint st", "crescent cres",
    "gardens gdns", "terrace tce", "square sq", "house hse", "school sch", "place pl", "primary prim", "limited ltd",
)  # fmt: skip


def _forms() -> dict[str, set[str]]:
    """Each such word, long or short, with its other forms."""
    forms: dict[str, set[str]] = {}
    for long, short in map(str.split, _PAIRS):
        forms.setdefault(long, set()).add(short)
        forms.setdefault(short, set()).add(long)
    return forms


_FORMS = _forms()


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing: its pattern over folded text; a shape that is not certain asks for a person's look."""

    pattern: re.Pattern[str]
    form: str
    is_certain: bool


class TermShapes:
    """Everything needed to find one term: the words that give it away, and the patterns that prove it."""

    def __init__(self, name: ProtectedName) -> None:
        self.name = name
        self.is_personal = name.kind in ("name", "alias")
        spellings = [term_words(name.term), term_words(spelled_out(name.term))]
        if self.is_personal:
            spellings = [_without_title(parts) for parts in spellings]
        self.spellings = [parts for n, parts in enumerate(spellings) if parts and parts not in spellings[:n]]

    @property
    def is_single_word(self) -> bool:
        """One word only, so that it may be an ordinary one."""
        return bool(self.spellings) and sum(len(part) for part in self.spellings[0]) == 1

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the term."""
        return frozenset(word for parts in self.spellings for part in parts for word in part)

    def anchors(self) -> Iterator[str]:
        """Words without which the term does not stand in a text, whichever shape it has; also run together."""
        for parts in self.spellings:
            words = [word for part in parts for word in part]
            if self.is_personal:
                tail = ""
                for word in reversed(words):
                    tail = word + tail
                    yield tail
                yield tail + "s"
                yield words[-1] + "s"
                yield "".join(words[-1:] + words[:-1])
                yield "".join([*parts[0], *parts[-1]])
            else:
                yield max((word for word in words if word not in _FORMS), key=len, default=words[0])
                yield "".join(words)
                yield from _number_anchors("".join(words))

    def run_together(self) -> Iterator[str]:
        """Spellings without any gap that are long enough to be no accident inside a longer word."""
        for parts in self.spellings:
            words = [word for part in parts for word in part]
            if len(words) > 1 and len("".join(words)) >= 8:
                yield "".join(words)
                if self.is_personal:
                    yield "".join(words[-1:] + words[:-1])

    @cached_property
    def shapes(self) -> list[Shape]:
        """From the plainest to the loosest."""
        return [shape for parts in self.spellings for shape in self._shapes(parts)]

    @cached_property
    def unbroken(self) -> list[re.Pattern[str]]:
        """What stands there when no word of the term is broken."""
        spellings = ([word for part in parts for word in part] for parts in self.spellings)
        return [re.compile(_BETWEEN.join(map(_unbroken, words))) for words in spellings]

    def _shapes(self, parts: list[list[str]]) -> Iterator[Shape]:
        words = [word for part in parts for word in part]
        yield _shape(_BETWEEN.join(map(_word, words)), "as typed", is_certain=True)
        letters = "".join(words)
        if letters.isdigit() and len(letters) >= _TELEPHONE:
            start = r"(?:0|44\W{0,3}(?:0\W{0,2})?)" if letters[0] == "0" else letters[0]
            grouped = r"[\s\-.()/]{0,3}".join(letters[1:])
            yield _shape(rf"{start}[\s\-.()/]{{0,3}}{grouped}", "with other gaps", is_certain=True)
        if len(letters) > 2 and not letters.isdigit():
            spaced = r"[\W_]{1,6}".join(_SPACED.join(word) for word in words if word)
            yield _shape(spaced, "letters spaced out", is_certain=len(letters) >= 4)
        if self.is_personal and len(parts) > 1:
            yield from _personal(parts)


def _number_anchors(digits: str) -> Iterator[str]:
    """Ends of a telephone number, which is grouped in many ways, with and without the code of the country."""
    if digits.isdigit() and len(digits) >= _TELEPHONE:
        yield from (digits[-length:] for length in range(4, len(digits)))
        yield "44" + digits[1:]
        yield "440" + digits[1:]


def _without_title(parts: list[list[str]]) -> list[list[str]]:
    """“Dr Ann Beresford” is looked for without “Dr”; “Mrs Beresford” stays as it is."""
    return parts[1:] if len(parts) > 2 and "".join(parts[0]) in _TITLES.split("|") else parts


def _personal(parts: list[list[str]]) -> Iterator[Shape]:
    given, last = parts[:-1], parts[-1]
    surname = _BETWEEN.join(map(_word, last))
    first = _BETWEEN.join(_word(word) for part in given for word in part)
    yield _shape(rf"{surname}[\W_]{{0,8}}?{first}", "surname first", is_certain=True)
    if len(given) > 1:
        middle_gone = _BETWEEN.join([*map(_word, given[0]), surname])
        yield _shape(middle_gone, "without middle names", is_certain=True)
    initials = r"[\W_]{0,3}".join(part[0][0] for part in given)
    some = rf"(?:{initials}|{given[0][0][0]})"
    yield _shape(rf"{some}(?:\.[ \t]{{0,3}}|[ \t\n]{{1,3}}){surname}", "with initials", is_certain=False)
    yield _shape(rf"{surname},?[ \t]{{1,3}}{some}\.?(?![a-z0-9])", "with initials", is_certain=False)
    other = r"[\s.]{1,4}(?!(?:and|or|of|to|the|in|for|with|by|at|from)\b)[^\W\d_]{1,20}\.?\s{1,4}"
    yield _shape(rf"{_word(given[0][0])}{other}{surname}", "with another name between", is_certain=False)
    yield _shape(rf"(?:{_TITLES})\.?\s{{1,3}}{surname}", "surname after a title", is_certain=False)


def _shape(pattern: str, form: str, *, is_certain: bool) -> Shape:
    return Shape(re.compile(pattern), form, is_certain)


def _word(word: str) -> str:
    if word.isdigit():
        return re.escape(word)
    broken = (_SHORT_BREAK if len(word) < _SHORT else _BREAK).join(map(re.escape, word))
    return _or_other_form(broken, word)


def _unbroken(word: str) -> str:
    return _or_other_form(word, word)


def _or_other_form(pattern: str, word: str) -> str:
    others = sorted(_FORMS.get(word, ()))
    return f"(?:{'|'.join([pattern, *others])})" if others else pattern
