"""The vocabulary of adequacy, as it ships with the program."""

from __future__ import annotations

import tomllib
from functools import cache

from workbench.domain.adequacy_words import AdequacyWords, adequacy_words_from
from workbench.runtime.resources import resource_text


@cache
def adequacy_words() -> AdequacyWords:
    """Ratings, levels of confidence and dimensions, each with its meaning."""
    return adequacy_words_from(tomllib.loads(resource_text("vocabularies/adequacy.toml")))
