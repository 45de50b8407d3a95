"""The words for adequacy: what each rating, level of confidence and dimension means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.domain.analysis import Rating
from workbench.domain.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry of the vocabulary: its code, the word shown for it, and what it means."""

    code: str
    title: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdequacyWords:
    """The whole vocabulary, with its version and date."""

    version: str
    date: str
    ratings: tuple[Term, ...]
    confidence: tuple[Term, ...]
    dimensions: tuple[Term, ...]

    def meaning(self, rating: Rating) -> str:
        """What a rating means."""
        return next(term.wording for term in self.ratings if term.code == rating.value)


def adequacy_words_from(described: dict[str, Any]) -> AdequacyWords:
    """The vocabulary as read from its file; raises ``Refused`` where it is wrong or lacks a rating."""
    try:
        words = AdequacyWords(
            version=described["version"],
            date=described["date"],
            ratings=_terms(described["ratings"]),
            confidence=_terms(described["confidence"]),
            dimensions=_terms(described["dimensions"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(f"The vocabulary of adequacy cannot be read: {error}. Compare it with the shipped one.") from None
    missing = {rating.value for rating in Rating} ^ {term.code for term in words.ratings}
    if missing:
        raise Refused(f"The vocabulary of adequacy differs from the ratings of the program in: {', '.join(missing)}.")
    return words


def _terms(described: Sequence[dict[str, Any]]) -> tuple[Term, ...]:
    return tuple(Term(code=item["code"], title=item["title"], wording=item["wording"]) for item in described)
