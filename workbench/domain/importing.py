"""What an import tells: how every file ended."""

from __future__ import annotations

from dataclasses import dataclass

IMPORTED, DUPLICATE, REFUSED = "imported", "duplicate", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """How one file ended: ``status`` is ``imported``, ``duplicate`` or ``refused`` (then with its reason).

    ``pages_without_text`` counts pages that search cannot see.
    """

    path: str
    status: str
    urn: str = ""
    sha256: str = ""
    pages: int = 0
    kind: str = ""
    pages_without_text: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Every file of one import, in the order of their paths, and how long it took."""

    files: tuple[FileOutcome, ...]
    seconds: float

    def count(self, status: str) -> int:
        """How many files ended this way."""
        return sum(outcome.status == status for outcome in self.files)

    @property
    def pages_without_text(self) -> int:
        return sum(outcome.pages_without_text for outcome in self.files if outcome.status == IMPORTED)
