"""Looks for protected terms in the texts of one file and keeps where each was found, without repeating it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from workbench.domain.file_kinds import kind_of
from workbench.domain.hidden_writing import is_wordlike, packed_inside, readings, strings_of, texts_of
from workbench.domain.name_folding import misread
from workbench.domain.name_matching import NameHit, NameMatcher
from workbench.domain.protected_names import Leak, ProtectedName

#: More places than anybody reads; the file is not clean either way.
MOST_LEAKS = 5_000
#: A page number from 1, or what finds it once it is needed.
Page = int | Callable[[], int]
#: Keeps texts that do not follow each other from being taken for one name.
APART = "|" * 16
_DEEPEST_PACKING = 3
_SHOWN_NAME = 80


@dataclass(slots=True)
class LeakSearch:
    """One file being looked at; ``inner`` collects files found inside it that others must look into."""

    matcher: NameMatcher
    file: str
    leaks: dict[tuple[object, ...], Leak] = field(default_factory=dict)
    possible: dict[tuple[object, ...], Leak] = field(default_factory=dict)
    places: int = 0
    pictures: int = 0
    not_swept: dict[str, None] = field(default_factory=dict)
    inner: list[tuple[str, bytes]] = field(default_factory=list)

    def look(
        self,
        text: str,
        place: str,
        page: Page = 0,
        *,
        form: str = "",
        is_address: bool = False,
        is_drawn: bool = False,
        has_lines: bool = False,
    ) -> None:
        """Find every term in a text and in the other readings of it."""
        self.places += 1
        self._keep(text, place, page, form, is_address=is_address, is_drawn=is_drawn, has_lines=has_lines)
        if not is_drawn and any(sign in text for sign in "&%\\<="):
            for other_form, other in readings(text):
                self._keep(
                    other, place, page, form or other_form, is_address=is_address, is_drawn=False, has_lines=False
                )

    def look_at_picture(self, text: str, place: str, page: Page = 0) -> None:
        """A text read from a picture, in which some letters may be taken for others."""
        self.look(text, place, page)
        for hit in self.matcher.for_pictures.find(misread(text)):
            is_certain = hit.is_certain and len(self.matcher.names[hit.index].term.split()) > 1
            self._add(replace(hit, is_certain=is_certain), text, place, page, "read from a picture")

    def look_at_many(self, texts: Sequence[tuple[str, str]]) -> None:
        """Many short texts, each with its place: first all at once, then one by one where something is."""
        joined = APART.join(text for text, _ in texts)
        if self.matcher.find(joined) or any(self.matcher.find(other) for _, other in readings(joined)):
            for text, place in texts:
                self.look(text, place)
        else:
            self.places += len(texts)

    def look_at_name(self, name: str, place: str, page: Page = 0) -> None:
        """Find terms in the name of a file or folder."""
        self.look(name, place, page, is_address=True)

    def look_at_text(self, content: bytes, place: str, page: Page = 0, *, depth: int = 0) -> None:
        """A text file in its encodings, with what is packed inside it."""
        for text in texts_of(content):
            self.look(text, place, page, has_lines=True)
            self._unpack(text, place, page, depth)

    def look_at_bytes(self, content: bytes, place: str, page: Page = 0, *, is_drawn: bool = False) -> None:
        """Any bytes, as ``strings`` would show them; escapes and the like are undone in what is mostly text only."""
        is_text = is_wordlike(content)
        for text in strings_of(content):
            if is_text:
                self.look(text, place, page, is_drawn=is_drawn)
            else:
                self.places += 1
                self._keep(text, place, page, "", is_address=False, is_drawn=is_drawn, has_lines=False)

    def look_at_font(self, content: bytes, place: str) -> None:
        """A font: no person's words, so that whole words are enough."""
        self.look(content.decode("latin-1"), place, is_drawn=True)

    def unpack(self, text: str, place: str, page: Page = 0) -> None:
        """What stands in a text as base64 or hexadecimal."""
        self._unpack(text, place, page, 0)

    def _unpack(self, text: str, place: str, page: Page, depth: int) -> None:
        for form, content in packed_inside(text):
            if kind_of(content) != "other":
                self.inner.append((f"{place}, {form}", content))
            elif depth >= _DEEPEST_PACKING:
                self.skip(f"what is packed in {place} of “{self.file}” lies too deep and was not swept.")
            else:
                is_text = is_wordlike(content)
                for inner in strings_of(content):
                    self._keep(inner, place, page, form, is_address=False, is_drawn=False, has_lines=False)
                    if is_text:
                        self.look(inner, place, page, form=form)
                        self._unpack(inner, place, page, depth + 1)

    def skip(self, sentence: str) -> None:
        """Something could not be swept; this stops an export as a leak does."""
        where = "" if self.file in sentence else f" It lies in “{self.file}”."
        self.not_swept[self.matcher.masked(sentence + where)] = None

    def _keep(
        self, text: str, place: str, page: Page, form: str, *, is_address: bool, is_drawn: bool, has_lines: bool
    ) -> None:
        line, counted = 1, 0
        for hit in sorted(self.matcher.find(text, is_address=is_address, is_drawn=is_drawn), key=_start):
            line, counted = line + text.count("\n", counted, hit.start), hit.start
            where = f"{place}, line {line}" if has_lines and "\n" in text else place
            self._add(hit, text, where, page, form or hit.form)

    def _add(self, hit: NameHit, text: str, place: str, page: Page, form: str) -> None:
        kept = self.leaks if hit.is_certain else self.possible
        number = page() if callable(page) else page
        key = (place, number, hit.index)
        if key in kept or len(kept) >= MOST_LEAKS:
            return
        name = self.matcher.names[hit.index]
        kept[key] = Leak(
            file=self.matcher.masked(self.file),
            place=self.matcher.masked(place),
            page=number,
            label=name.label,
            kind=name.kind,
            form=form,
            excerpt=self.matcher.excerpt(text, hit),
            number=hit.index + 1,
        )

    def facts(self) -> dict[str, Any]:
        """What a child process answers; ``read_search`` is the other direction."""
        return {
            "leaks": [asdict(leak) for leak in self.leaks.values()],
            "possible": [asdict(leak) for leak in self.possible.values()],
            "places": self.places,
            "pictures": self.pictures,
            "not_swept": list(self.not_swept),
            "inner": [name for name, _ in self.inner],
        }


def _start(hit: NameHit) -> int:
    return hit.start


class Matchers:
    """Keeps the matcher of the last list of names, because a list is asked for many files."""

    def __init__(self) -> None:
        self._names: tuple[ProtectedName, ...] = ()
        self._matcher = NameMatcher(())

    def search(self, request: dict[str, Any]) -> LeakSearch:
        """The search for one request: ``{"file": shown name, "names": [[cipher, kind, term]]}``."""
        names = tuple(ProtectedName(person_cipher=c, kind=k, term=t) for c, k, t in request["names"])
        if names != self._names:
            self._names, self._matcher = names, NameMatcher(names)
        return LeakSearch(self._matcher, str(request["file"]))


def names_for_request(names: Sequence[ProtectedName]) -> list[list[str]]:
    """The names as a request carries them."""
    return [[name.person_cipher, name.kind, name.term] for name in names]


def shown(name: str) -> str:
    """A name short enough for a sentence."""
    return name if len(name) <= _SHOWN_NAME else f"{name[: _SHOWN_NAME - 1]}…"
