"""Cuts what was typed into words, phrases, references and signs, so that no sign inside a reference is misread."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.domain.errors import QueryRefused
from workbench.domain.query import FIELDS, Node, Pattern, Phrase, Prefix, Reference, Word
from workbench.domain.reference_tokens import Reference as Found
from workbench.domain.reference_tokens import references
from workbench.domain.terms import fold, tokens

OPERATORS = frozenset({"AND", "OR", "NOT", "ANDNOT", "ANDMAYBE", "REQUIRE"})
_LONGEST_QUERY = 2_000
_MOST_PIECES = 200
_DEEPEST = 20

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\xa0": " "})
_CHUNK = re.compile(r'[^\s()"]+')
_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z_]+):(?!//)")
_DISTANCE = re.compile(r"~(?P<distance>[1-9]\d?)(?=[\s()]|$)")
_RANGE = re.compile(r"\[\s*(?P<first>[^\s\]]*?)\s*\b(?:to|TO)\b\s*(?P<last>[^\s\]]*?)\s*\]")
_COMPARISON = re.compile(r"[<>]=?")
_VALUE = re.compile(r'"(?P<quoted>[^"]*)"|(?P<bare>[^\s()"]+)')
_PAGE_OF_URN = re.compile(r"(?P<urn>[A-Za-z]{2,6})[ -]?(?P<digits>\d{5,10})(?:[_/](?P<page>\d{1,4}))?")
_BETWEEN_NUMBERS = re.compile(r"[\s,&-]*(?:and|or|to)?[\s,&-]*")
_WILD = re.compile(r"[*?]")
_WILD_WORD = re.compile(r"[\w*?]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a query: what kind it is, how it was typed, and what it asks for.

    ``kind``: ``term`` (``node``), ``phrase`` (``chunks``, perhaps ``distance``), ``value`` and ``field`` (``text``),
    ``range`` (``chunks``: first and last), ``comparison``, ``operator``, ``open``, ``close``.
    """

    kind: str
    text: str
    node: Node | None = None
    chunks: tuple[str, ...] = ()
    distance: int = 0


def cut(query: str) -> list[Piece]:
    """The pieces of a query, in order; raises ``QueryRefused`` for what cannot be one."""
    if len(query) > _LONGEST_QUERY:
        raise QueryRefused(f"The search is longer than {_LONGEST_QUERY:,} characters. Shorten it.")
    pieces = _Cutter(query.translate(_QUOTES)).cut()
    if len(pieces) > _MOST_PIECES:
        raise QueryRefused(f"The search has more than {_MOST_PIECES} words. Search in several steps.")
    return pieces


class _Cutter:
    """Walks over a query from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._references = {found.start: found for found in references(text)}
        self._pieces: list[Piece] = []
        #: For every open bracket, whether it holds values of a field.
        self._open: list[bool] = []
        self._is_after_field = False

    def cut(self) -> list[Piece]:
        while self._at < len(self._text):
            self._step()
        if self._open:
            raise QueryRefused("A bracket “(” is not closed. Add “)”, or put the words in quotes to search for them.")
        if self._is_after_field:
            raise self._no_value()
        return self._pieces

    def _step(self) -> None:
        sign = self._text[self._at]
        if sign.isspace():
            if self._is_after_field:
                raise self._no_value()
            self._at += 1
        elif sign == "(" and self._reference() is None:
            self._open_bracket()
        elif sign == ")" and not self._is_after_field:
            self._close_bracket()
        elif self._is_after_field or (self._is_among_values() and not self._is_operator()):
            self._value()
        elif sign == '"':
            self._quoted()
        else:
            self._chunk()

    def _add(self, kind: str, text: str, node: Node | None = None, **more: object) -> None:
        self._pieces.append(Piece(kind, text, node, **more))  # type: ignore[arg-type]

    def _open_bracket(self) -> None:
        self._open.append(self._is_after_field or self._is_among_values())
        if len(self._open) > _DEEPEST:
            raise QueryRefused(f"The search has brackets within brackets, {_DEEPEST} deep. Write it more simply.")
        self._is_after_field = False
        self._add("open", "(")
        self._at += 1

    def _close_bracket(self) -> None:
        if not self._open:
            raise QueryRefused("There is a “)” without a “(” before it. Remove it, or put the words in quotes.")
        if self._pieces[-1].kind == "open":
            raise QueryRefused("There is nothing between “(” and “)”. Write words between them, or remove them.")
        self._open.pop()
        self._add("close", ")")
        self._at += 1

    def _is_among_values(self) -> bool:
        return bool(self._open) and self._open[-1]

    def _is_operator(self) -> bool:
        chunk = _CHUNK.match(self._text, self._at)
        return chunk is not None and (chunk[0] in OPERATORS or chunk[0].startswith("-"))

    def _no_value(self) -> QueryRefused:
        name = self._pieces[-1].text
        return QueryRefused(
            f"“{name}:” has no value. Write it right behind, without a space, such as {_EXAMPLES[name]}."
        )

    # Values of fields

    def _value(self) -> None:
        is_first, self._is_after_field = self._is_after_field, False
        spread = _RANGE.match(self._text, self._at)
        if spread is not None:
            self._at = spread.end()
            self._add("range", spread[0], chunks=(spread["first"], spread["last"]))
            return
        comparison = _COMPARISON.match(self._text, self._at)
        if comparison is not None:
            if not is_first:
                raise QueryRefused(f"“{comparison[0]}” stands right behind its field: write on:>2004 OR on:<1990.")
            self._at = comparison.end()
            self._add("comparison", comparison[0])
        value = _VALUE.match(self._text, self._at)
        if value is None:
            raise (
                self._unclosed()
                if self._text[self._at : self._at + 1] == '"'
                else QueryRefused(
                    f"There is nothing behind “{self._text[: self._at].split()[-1]}”. Write a value, such as on:>2004."
                )
            )
        text = value["quoted"] if value["quoted"] is not None else value["bare"]
        if not text.strip():
            raise QueryRefused("The quotes behind a field are empty. Write the value between them.")
        self._at = value.end()
        self._add("value", " ".join(text.split()))

    def _unclosed(self) -> QueryRefused:
        return QueryRefused("A quotation mark is not closed. Add the second one, or remove the first.")

    # Quoted words

    def _quoted(self) -> None:
        end = self._text.find('"', self._at + 1)
        if end < 0:
            raise self._unclosed()
        content = self._text[self._at + 1 : end]
        self._at = end + 1
        distance = self._distance()
        chunks = tuple(chunk for chunk in content.split() if _WILD.search(chunk) or any(tokens(chunk)))
        if not chunks:
            raise QueryRefused("There are no words between the quotation marks. Write some, or remove the marks.")
        whole = next(iter(references(content.strip())), None)
        if whole is not None and (whole.start, whole.end) == (0, len(content.strip())):
            self._add("term", content, _reference_node(whole, content.strip()))
            return
        self._add("phrase", content, chunks=chunks, distance=distance)

    def _distance(self) -> int:
        if self._text[self._at : self._at + 1] != "~":
            return 0
        match = _DISTANCE.match(self._text, self._at)
        if match is None:
            raise QueryRefused('Behind “~” stands how many words apart, from 1 to 99, such as "duty report"~5.')
        self._at = match.end()
        return int(match["distance"])

    # Everything else

    def _reference(self) -> Found | None:
        found = self._references.get(self._at)
        if found is None or self._text[found.end : found.end + 1] in ("*", "~", "^"):
            return None
        return found

    def _chunk(self) -> None:
        chunk = _CHUNK.match(self._text, self._at)
        if chunk is None:
            raise AssertionError("spaces, brackets and quotes are dealt with before")
        if self._is_sign(chunk[0]) or self._is_field(chunk[0]):
            return
        is_wild = _WILD.search(chunk[0].rstrip("?")) is not None
        found = None if is_wild else self._reference()
        if found is not None:
            self._take(found)
            return
        # Up to the next reference that begins inside the chunk: ``{A/1/1}`` has one behind its brace.
        inside = () if is_wild else (at for at in self._references if self._at < at < chunk.end())
        end = min((at for at in inside if not self._text[at - 1].isalnum()), default=chunk.end())
        self._words(self._text[self._at : end])
        self._at = end

    def _is_sign(self, chunk: str) -> bool:
        if chunk in OPERATORS:
            self._add("operator", chunk)
            self._at += len(chunk)
            return True
        if chunk[0] == "-" and (len(chunk) > 1 or self._text[self._at + 1 : self._at + 2] in ("(", '"')):
            self._add("operator", "NOT")
            self._at += 1
            return True
        if chunk[0] in "+-":
            self._at += 1
            return True
        return False

    def _is_field(self, chunk: str) -> bool:
        match = _FIELD.match(chunk)
        if match is None:
            return False
        name = match["name"].lower()
        has_value = self._text[self._at + match.end() : self._at + match.end() + 1].strip() != ""
        if name not in FIELDS:
            if not has_value:
                return False
            raise QueryRefused(
                f"There is no field “{match['name']}”. The fields are {', '.join(FIELDS[:-1])} and {FIELDS[-1]}; "
                "to search for the words themselves, put them in quotes."
            )
        self._add("field", name)
        self._at += match.end()
        self._is_after_field = True
        return True

    def _take(self, found: Found) -> None:
        shown = self._text[found.start : found.end]
        self._add("term", shown, _reference_node(found, shown))
        self._at = found.end
        # “ss 17 and 19” is two references; the “and” between them belongs to neither.
        following = next((at for at in sorted(self._references) if at >= self._at), None)
        if found.is_listed and following is not None and self._references[following].is_listed:
            gap = self._text[self._at : following]
            if _BETWEEN_NUMBERS.fullmatch(gap):
                self._at = following

    def _words(self, chunk: str) -> None:
        node = node_of_chunk(chunk)
        if node is not None:
            self._add("term", chunk, node)


_EXAMPLES = {
    "kind": "kind:letter",
    "institution": 'institution:"Harbour Regulator"',
    "on": "on:2004",
    "urn": "urn:INQ000123",
    "supplier": 'supplier:"Northern Platform"',
    "theme": "theme:training",
}


def _reference_node(found: Found, shown: str) -> Reference:
    own = _PAGE_OF_URN.fullmatch(shown)
    if own is None:
        return Reference(found.token, shown)
    return Reference(found.token, shown, (own["urn"] + own["digits"]).upper(), int(own["page"] or 0))


def node_of_chunk(chunk: str, *, is_exact: bool = False) -> Node | None:
    """What a run of characters without a space asks for; None when it holds no word.

    ``is_exact``: it stands in quotes, so that no other form of a word is meant.
    """
    if "^" in chunk:
        raise QueryRefused(f"“{chunk}” asks to weigh a word by “^”; words cannot be weighed here. Remove the “^”.")
    if "~" in chunk:
        raise QueryRefused(
            f"“{chunk}” asks for similar words by “~”; only a phrase in quotes can have it "
            '("duty report"~5). Use * and ? for letters you are not sure of.'
        )
    if _WILD.search(chunk):
        return _wild_node(chunk)
    words = [word for _, _, word in tokens(chunk)]
    if words and is_exact:
        return Phrase(tuple(words))
    if len(words) == 1 and chunk.strip(".,;:!") == f"'{words[0]}'":
        return Phrase((words[0],))
    if len(words) == 2 and words[1] == "s" and chunk.lower().rstrip(".,;:!").endswith("'s"):
        return Word(words[0], chunk[: next(tokens(chunk))[1]])
    if len(words) > 1:
        return Phrase(tuple(words))
    start, end, word = next(tokens(chunk), (0, 0, ""))
    return Word(word, chunk[start:end]) if word else None


def _wild_node(chunk: str) -> Node | None:
    words = [fold(word) for word in _WILD_WORD.findall(chunk)]
    if not any(letter.isalnum() for word in words for letter in word):
        raise QueryRefused(f"“{chunk}” alone stands for every word. Add letters, such as disclos* or *port*.")
    if any(_WILD.search(word) for word in words[:-1]) or (len(words) > 1 and _WILD.search(words[-1][:-1])):
        raise QueryRefused(
            f"“{chunk}” is several words to the index, and only the last of several may end in *. "
            "Search for the words one by one."
        )
    last = words[-1]
    if len(words) > 1:
        if last.endswith("?") or last == "*":
            raise QueryRefused(f"“{chunk}” cannot be searched with this wildcard. Write more letters before it.")
        return Phrase((*words[:-1], last.rstrip("*")), is_prefix=last.endswith("*"))
    if last.endswith("*") and not _WILD.search(last[:-1]):
        return Prefix(last[:-1])
    return Pattern(last)
