"""The key of a case file, made from the passphrase and the salt at the head of the file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw

SALT_BYTES = 16
KEY_BYTES = 32
_PASSES = 3
_MEMORY_KIB = 64 * 1024
_LANES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKey:
    """What SQLCipher needs to open a case: key and salt, never shown in tracebacks."""

    key: bytes = field(repr=False)
    salt: bytes

    @property
    def pragma(self) -> str:
        """SQLCipher's raw form: key and salt in hex, so that it derives nothing itself."""
        return f"PRAGMA key = \"x'{self.key.hex()}{self.salt.hex()}'\""


def derive_key(passphrase: str, salt: bytes) -> CaseKey:
    """Argon2id over the passphrase (NFC, so that every keyboard gives the same key) and the file's salt."""
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    key = hash_secret_raw(
        secret=secret,
        salt=salt,
        time_cost=_PASSES,
        memory_cost=_MEMORY_KIB,
        parallelism=_LANES,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    return CaseKey(key=key, salt=salt)
