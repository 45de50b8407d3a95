"""Periods for reading: a stretch of time that is looked at, not a day that lies somewhere in it."""

from __future__ import annotations

from workbench.domain.dates import in_words

_WORDS = {"en": ("{} to {}", "from {}", "until {}"), "cy": ("{} i {}", "o {}", "hyd at {}")}


def period_in_words(edtf: str, language: str = "en") -> str:
    """``2013 to 2014`` for ``2013/2014``, ``from March 2013``, ``until 2014``; one date as it is; "" stays ""."""
    first, slash, last = edtf.partition("/")
    if not slash:
        return in_words(edtf, language)
    both, begun, ended = _WORDS[language]
    if last in ("", ".."):
        return begun.format(in_words(first, language))
    if first in ("", ".."):
        return ended.format(in_words(last, language))
    return both.format(in_words(first, language), in_words(last, language))
