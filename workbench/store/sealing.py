"""Seals protected names and warning letters: in the tables and the history of a case they are unreadable text only.

Whoever dumps, lists or exports rows without meaning to show them gets sealed text. The key comes from the key of the
case; a case without a passphrase has none to give, and sealing then only keeps them out of sight.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlite_utils import Database

from workbench.domain.errors import CaseDamaged
from workbench.store.keys import CaseKey

_MARK = "sealed:1:"


class Purpose(StrEnum):
    """What is sealed; each has a key of its own. The value goes into that key, so it never changes."""

    NAMES = "workbench protected names"
    LETTERS = "workbench warning letters"


_CALLED = {Purpose.NAMES: "A protected name", Purpose.LETTERS: "A warning letter"}


class Sealer:
    """Seals and opens texts with a key of its own; the same text gives the same seal (RFC 5297, AES-SIV)."""

    def __init__(self, key: CaseKey | None, purpose: Purpose = Purpose.NAMES) -> None:
        secret = key.key if key is not None else b"a case without a passphrase"
        self._cipher = AESSIV(hmac.new(secret, purpose.encode(), hashlib.sha512).digest())
        self._called = _CALLED[purpose]

    def seal(self, text: str) -> str:
        """The sealed form of a text that is not empty."""
        return _MARK + base64.urlsafe_b64encode(self._cipher.encrypt(text.encode(), None)).decode()

    def open(self, sealed: str) -> str:
        """The text again; raises ``CaseDamaged`` when it was sealed elsewhere or altered."""
        try:
            return self._cipher.decrypt(base64.urlsafe_b64decode(sealed.removeprefix(_MARK)), None).decode()
        except (InvalidTag, ValueError):
            raise CaseDamaged(
                f"{self._called} of this case cannot be opened: it was altered. Restore the case from a backup."
            ) from None


def is_sealed(text: str) -> bool:
    """Whether a text is in its sealed form."""
    return text.startswith(_MARK)


def sealed_letter(letters: Sealer, words: Mapping[str, str]) -> str:
    """Everything a warning letter says, sealed as one; what is empty takes no room."""
    return letters.seal(json.dumps({name: text for name, text in words.items() if text}, ensure_ascii=False))


def opened_letter(letters: Sealer, sealed: str) -> dict[str, str]:
    """What ``sealed_letter`` was given, without what was empty."""
    words: dict[str, str] = json.loads(letters.open(sealed))
    return words


def erase_plain_names(db: Database) -> None:
    """Blank the names that older programs wrote into the history as they were; the chain of digests still proves."""
    _erase(db, "protected_term", _is_sealed_term)


def erase_plain_letters(db: Database) -> None:
    """Blank in the history what older programs wrote of warning letters as it was."""
    _erase(db, "warning_letter", _is_sealed_letter)


def _erase(db: Database, table: str, is_sealed_image: Callable[[str], bool]) -> None:
    sql = "SELECT entry, position, before, after FROM history_row WHERE table_name = ?"
    for entry, position, before, after in db.execute(sql, [table]).fetchall():
        kept = [image if image is not None and is_sealed_image(image) else None for image in (before, after)]
        if kept != [before, after]:
            db.execute(
                "UPDATE history_row SET before = ?, after = ? WHERE entry = ? AND position = ?",
                [*kept, entry, position],
            )


def _is_sealed_term(image: str) -> bool:
    return is_sealed(json.loads(image)["term"])


def _is_sealed_letter(image: str) -> bool:
    row = json.loads(image)
    return bool(row.get("sealed")) and not row["addressee"] and not row["note"]
