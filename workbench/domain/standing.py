"""Which standard stood on a day: certainly, possibly or not; and what is wrong in a chain of its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbench.domain.analysis import Standard
from workbench.domain.dates import in_words, parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.genealogy import first_circle

#: Days before and after all days of the calendar, as ordinals.
_FIRST, _LAST = 0, date.max.toordinal() + 1
#: How far off a doubted or approximate date is taken to be: one of the unit it is known to, by the parts it has.
_DOUBT = {0: 366, 1: 31, 2: 1}


class Standing(StrEnum):
    """Whether a standard stood on a day (that may itself be uncertain)."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"
    NOT = "not"


class Reach(StrEnum):
    """How much of a period a standard stood in."""

    THROUGHOUT = "throughout"
    IN_PART = "in part"
    POSSIBLY = "possibly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day as ordinals."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The days within which a standard began and ended; ``replaced_by`` when its end is the next version's beginning.

    The last day counts: a standard until 31 March stood on 31 March.
    """

    start: Span
    end: Span
    replaced_by: Standard | None = None


def span_of(edtf: str) -> Span:
    """The days a date may mean; one that is doubted or approximate (``?``, ``~``, ``%``) may be off by its unit."""
    day = parse_edtf(edtf)
    left, slash, right = day.text.partition("/")
    first, last = _ordinal(day.earliest, _FIRST), _ordinal(day.latest, _LAST)
    return Span(max(first - _doubt(left), _FIRST), min(last + _doubt(right if slash else left), _LAST))


def _ordinal(day: str, otherwise: int) -> int:
    return date.fromisoformat(day).toordinal() if day > "0001" else otherwise


def _doubt(part: str) -> int:
    if part[-1:] not in ("?", "~", "%"):
        return 0
    days = _DOUBT[part.count("-")]
    return int(days * 10 ** part.count("X")) if "-" not in part else days


def called(standard: Standard) -> str:
    """A standard by its title and version: ``Answers within 24 hours, version 2``."""
    if not standard.version:
        return standard.title
    says_so = any(word in standard.version.casefold() for word in ("version", "edition", "revision"))
    return f"{standard.title}, {'' if says_so else 'version '}{standard.version}"


def refuse_impossible_days(standard: Standard) -> None:
    """Raise ``Refused`` for a standard that ended before it began."""
    if standard.from_on and standard.until_on and span_of(standard.from_on).first > span_of(standard.until_on).last:
        raise Refused(
            f"“{called(standard)}” would end ({in_words(standard.until_on)}) before it begins "
            f"({in_words(standard.from_on)}). Correct one of the dates."
        )


class StandardsInForce:
    """All standards of a case: how long each stood, and which of a chain of versions on a day.

    A version without an end stands until the next one begins; one that nothing replaces still stands. Where no
    beginning is recorded, nothing is certain.
    """

    def __init__(self, standards: Iterable[Standard]) -> None:
        self.standards: dict[str, Standard] = {item.id: item for item in standards}
        self._next: dict[str, list[Standard]] = defaultdict(list)
        for item in self.standards.values():
            if item.replaces is not None:
                self._next[item.replaces].append(item)
        self._validity: dict[str, Validity] = {}
        self._faults: dict[str, tuple[str, ...]] | None = None

    def validity(self, identifier: str) -> Validity:
        """Between which days a standard began, and ended."""
        if identifier not in self._validity:
            self._validity[identifier] = self._worked_out(self.standards[identifier])
        return self._validity[identifier]

    def _worked_out(self, standard: Standard) -> Validity:
        start = span_of(standard.from_on) if standard.from_on else Span(_FIRST, _LAST)
        if standard.until_on:
            return Validity(start=start, end=span_of(standard.until_on))
        following = self._next.get(standard.id, [])
        if not following:
            return Validity(start=start, end=Span(_LAST, _LAST))
        dated = [(span_of(item.from_on), item) for item in following if item.from_on]
        if not dated:
            return Validity(start=start, end=Span(start.first, _LAST), replaced_by=following[0])
        begun, item = min(dated, key=lambda pair: (pair[0].first, pair[0].last))
        return Validity(start=start, end=Span(begun.first - 1, begun.last - 1), replaced_by=item)

    def reach(self, identifier: str, days: Span) -> Reach:
        """How much of a period a standard stood in."""
        valid = self.validity(identifier)
        if valid.start.last <= days.first and days.last <= valid.end.first:
            return Reach.THROUGHOUT
        if max(valid.start.last, days.first) <= min(valid.end.first, days.last):
            return Reach.IN_PART
        could = max(valid.start.first, days.first) <= min(valid.end.last, days.last)
        return Reach.POSSIBLY if could and valid.start.first <= valid.end.last else Reach.NOT

    def standing(self, identifier: str, day: Span) -> Standing:
        """Whether a standard stood on a day that lies somewhere within ``day``."""
        reach = self.reach(identifier, day)
        if reach is Reach.THROUGHOUT:
            return Standing.CERTAINLY
        return Standing.NOT if reach is Reach.NOT else Standing.POSSIBLY

    def begins_after(self, identifier: str, days: Span) -> bool:
        """True when a standard certainly began only after the last of these days."""
        return self.validity(identifier).start.first > days.last

    def chain(self, identifier: str) -> tuple[Standard, ...]:
        """All versions of a standard, first to last; later branches follow one another."""
        first, seen = self.standards[identifier], {identifier}
        while first.replaces in self.standards and first.replaces not in seen:
            seen.add(str(first.replaces))
            first = self.standards[str(first.replaces)]
        found, ahead = [first], list(self._next.get(first.id, []))
        while ahead:
            item = ahead.pop(0)
            if item not in found:
                found.append(item)
                ahead += self._next.get(item.id, [])
        return tuple(found)

    def standing_versions(self, identifier: str, days: Span) -> tuple[Standard, ...]:
        """The versions of a standard that stood, certainly or possibly, on some of these days."""
        return tuple(item for item in self.chain(identifier) if self.reach(item.id, days) is not Reach.NOT)

    def in_words(self, identifier: str) -> str:
        """``from March 2011 until replaced on 1 April 2014``."""
        standard, valid = self.standards[identifier], self.validity(identifier)
        begun = f"from {in_words(standard.from_on)}" if standard.from_on else "beginning not recorded"
        if standard.until_on:
            return f"{begun} until {in_words(standard.until_on)}"
        if valid.replaced_by is None:
            return f"{begun}, still in force"
        on = in_words(valid.replaced_by.from_on)
        return f"{begun} until replaced by “{called(valid.replaced_by)}”" + (f" ({on})" if on else ", day not recorded")

    # What is wrong

    def faults(self) -> Mapping[str, tuple[str, ...]]:
        """For each standard what is wrong with its days or its place in the chain, one sentence each."""
        if self._faults is None:
            self._faults = self._worked_out_faults()
        return self._faults

    def _worked_out_faults(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for item in self.standards.values():
            valid = self.validity(item.id)
            if valid.start.first > valid.end.last and valid.replaced_by is None:
                found[item.id].append(f"“{called(item)}” ends before it begins.")
            following = self._next.get(item.id, [])
            if len(following) > 1:
                names = ", ".join(f"“{called(other)}”" for other in following)
                found[item.id].append(f"“{called(item)}” is replaced by {len(following)} versions: {names}.")
            for other in following:
                fault = self._handover_fault(item, other)
                if fault:
                    found[other.id].append(fault)
        return {identifier: tuple(faults) for identifier, faults in found.items()}

    def _handover_fault(self, earlier: Standard, later: Standard) -> str:
        """What is certainly wrong where one version takes over from another; "" when nothing is."""
        if not later.from_on:
            return f"“{called(later)}” replaces “{called(earlier)}”, but it is not recorded from which day."
        begun, valid = span_of(later.from_on), self.validity(earlier.id)
        if earlier.from_on and begun.last < valid.start.first:
            return (
                f"“{called(later)}” ({in_words(later.from_on)}) replaces “{called(earlier)}”, which began later "
                f"({in_words(earlier.from_on)})."
            )
        if not earlier.until_on:
            return ""
        ended = valid.end
        if ended.first >= begun.last:
            return (
                f"Versions overlap: “{called(earlier)}” stood until {in_words(earlier.until_on)}, but "
                f"“{called(later)}” stood from {in_words(later.from_on)}."
            )
        if ended.last + 1 < begun.first:
            return (
                f"No version stood in between: “{called(earlier)}” ended {in_words(earlier.until_on)}, and "
                f"“{called(later)}” began only {in_words(later.from_on)}."
            )
        return ""


def refuse_circle(standards: Iterable[Standard]) -> None:
    """Raise ``Refused`` when a version would, through others, replace itself."""
    known = {item.id: item for item in standards}
    circle = first_circle({item.id: [item.replaces] if item.replaces else [] for item in known.values()})
    if circle:
        names = " replaces ".join(f"“{called(known[identifier])}”" for identifier in circle)  # type: ignore[index]
        raise Refused(f"The versions make a circle: {names}. Leave one of these out.")
