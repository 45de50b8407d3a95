"""What must not leave: names, addresses, schools and workplaces of people under a cipher, and where one was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: The kinds of a protected term; "term" is one that belongs to no person.
KINDS = ("name", "alias", "address", "school", "workplace", "other", "term")
#: Each alone seldom tells who somebody is; two of them together often do.
WEAK_KINDS = frozenset({"address", "school", "workplace"})
NO_PERSON = "restricted term"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedName:
    """A term in clear; ``person_cipher`` is "" for a restricted term that belongs to nobody."""

    person_cipher: str
    kind: str
    term: str

    def __repr__(self) -> str:
        """Never the term: what is printed by accident ends in logs."""
        return f"ProtectedName({self.label}, {self.kind})"

    @property
    def label(self) -> str:
        """What stands for it in reports: the cipher, or “restricted term”."""
        return self.person_cipher or NO_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A place where a protected term stands; no part of it repeats the term.

    ``page`` is the physical page from 1, 0 where there is none; ``number`` is the term's place in the list that was
    looked for, from 1; ``file`` and ``excerpt`` have every protected word masked.
    """

    file: str
    place: str
    page: int
    label: str
    kind: str
    form: str
    excerpt: str
    number: int

    @property
    def sentence(self) -> str:
        """One sentence for a report: ``IN-A1, name, in the text of page 3 of “Bundle.pdf” (hyphenated).``"""
        who = self.label if self.kind == "term" else f"{self.label}, {self.kind}"
        how = "" if self.form == "as typed" else f" ({self.form})"
        on = f" (page {self.page})" if self.page and f"page {self.page}" not in self.place else ""
        return f"{who}, in {self.place}{on} of “{self.file}”{how}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Jigsaw:
    """Two or more weak identifiers of one person in one export, which together may say who it is."""

    label: str
    kinds: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The warning."""
        return (
            f"{len(self.kinds)} things that point to {self.label} stand in this export ({', '.join(self.kinds)}); "
            "together they may identify the person. Have somebody read the places."
        )


def jigsaw(found: Iterable[Leak]) -> tuple[Jigsaw, ...]:
    """Rule R12: persons of whom two different addresses, schools or workplaces were found."""
    by_person: dict[str, dict[int, Leak]] = {}
    files: dict[str, dict[str, None]] = {}
    for leak in found:
        if leak.kind in WEAK_KINDS and leak.label != NO_PERSON:
            by_person.setdefault(leak.label, {}).setdefault(leak.number, leak)
            files.setdefault(leak.label, {})[leak.file] = None
    return tuple(_jigsaws(by_person, files))


def _jigsaws(by_person: dict[str, dict[int, Leak]], files: dict[str, dict[str, None]]) -> Iterator[Jigsaw]:
    for label, terms in by_person.items():
        if len(terms) > 1:
            kinds = tuple(sorted(leak.kind for leak in terms.values()))
            yield Jigsaw(label=label, kinds=kinds, files=tuple(files[label]))
