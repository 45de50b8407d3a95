"""One planted leak: how its file is made, and where the sweep has to find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """``make`` gives the file's bytes with a name in them; ``place``, ``form`` and ``page`` are what is to be said."""

    make: Callable[[str], bytes]
    place: str
    form: str = ""
    page: int = -1
    ending: str = ".pdf"
