"""Seals protected names: in the tables, the history and the index of a case they stand as unreadable text only.

Whoever dumps, lists or exports rows without meaning to name anybody gets sealed text. The key comes from the key of the
case; a case without a passphrase has none to give, and sealing then only keeps names out of sight.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlite_utils import Database

from workbench.domain.errors import CaseDamaged
from workbench.store.keys import CaseKey

_MARK = "sealed:1:"
_PURPOSE = b"workbench protected names"


class Sealer:
    """Seals and opens texts with a key of its own; the same text gives the same seal (RFC 5297, AES-SIV)."""

    def __init__(self, key: CaseKey | None) -> None:
        secret = key.key if key is not None else b"a case without a passphrase"
        self._cipher = AESSIV(hmac.new(secret, _PURPOSE, hashlib.sha512).digest())

    def seal(self, text: str) -> str:
        """The sealed form of a text that is not empty."""
        return _MARK + base64.urlsafe_b64encode(self._cipher.encrypt(text.encode(), None)).decode()

    def open(self, sealed: str) -> str:
        """The text again; raises ``CaseDamaged`` when it was sealed elsewhere or altered."""
        try:
            return self._cipher.decrypt(base64.urlsafe_b64decode(sealed.removeprefix(_MARK)), None).decode()
        except (InvalidTag, ValueError):
            raise CaseDamaged(
                "A protected name of this case cannot be opened: it was altered. Restore the case from a backup."
            ) from None


def is_sealed(text: str) -> bool:
    """Whether a text is in its sealed form."""
    return text.startswith(_MARK)


def erase_plain_names(db: Database) -> None:
    """Blank the names that older programs wrote into the history as they were; the chain of digests still proves."""
    sql = "SELECT entry, position, before, after FROM history_row WHERE table_name = 'protected_term'"
    for entry, position, before, after in db.execute(sql).fetchall():
        kept = [image if image is not None and _is_sealed_image(image) else None for image in (before, after)]
        if kept != [before, after]:
            db.execute(
                "UPDATE history_row SET before = ?, after = ? WHERE entry = ? AND position = ?",
                [*kept, entry, position],
            )


def _is_sealed_image(image: str) -> bool:
    return is_sealed(json.loads(image)["term"])
