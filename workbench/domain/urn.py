"""Document references (URNs): how an investigation numbers its documents, and how a number is recognised."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Letters that cameras, scanners and mail programs put before a number; they are no references.
_NOT_A_SUPPLIER = frozenset(
    {"IMG", "DSC", "PIC", "SCAN", "DOC", "FILE", "PAGE", "VID", "MVI", "PXL", "COPY", "FAX", "MSG"}
)
_REFERENCE = re.compile(r"(?<![A-Za-z0-9])(?P<prefix>[A-Za-z]{2,5})(?P<digits>[0-9]{5,9})(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrnRule:
    """The rule of an investigation: a prefix and how many digits follow it (``INQ`` and 6: ``INQ000123``)."""

    prefix: str = "INQ"
    digits: int = 6

    def format(self, number: int) -> str:
        """``INQ000123`` for 123."""
        return f"{self.prefix}{number:0{self.digits}d}"

    def number_of(self, urn: str) -> int | None:
        """123 for ``INQ000123``; None when the reference follows another rule."""
        digits = urn.removeprefix(self.prefix)
        is_own = urn.startswith(self.prefix) and digits.isascii() and digits.isdigit() and len(digits) >= self.digits
        return int(digits) if is_own else None

    def find(self, text: str) -> str | None:
        """The first reference in a file name: one of this investigation, else one with another prefix.

        A page part (``INQ000123_004``) is left out. A reference with another prefix has capital letters
        and as many digits as this rule asks for.
        """
        found = [(match["prefix"], match["digits"]) for match in _REFERENCE.finditer(text.replace("_", " "))]
        for prefix, digits in found:
            if prefix.upper() == self.prefix.upper() and len(digits) == self.digits:
                return self.prefix + digits
        for prefix, digits in found:
            if prefix.isupper() and prefix not in _NOT_A_SUPPLIER and len(digits) == self.digits:
                return prefix + digits
        return None


def page_form(urn: str, page_number: int) -> str:
    """The reference of one page: ``INQ000123_004`` for page 4."""
    return f"{urn}_{page_number:03d}"
