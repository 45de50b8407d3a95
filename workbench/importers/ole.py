"""Opens the container that Office used until 2003 and Outlook still uses, and names what is in it."""

from __future__ import annotations

import io

import olefile

from workbench.domain.errors import FileRefused

OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERRORS = (OSError, IndexError, ValueError, TypeError, AttributeError, KeyError)


def open_ole(content: bytes, what: str) -> olefile.OleFileIO:
    """The container; raises ``FileRefused`` when it is damaged."""
    try:
        return olefile.OleFileIO(io.BytesIO(content))
    except _ERRORS:
        raise FileRefused(
            f"This {what} is damaged. Open it in its own program and save it again, "
            "or ask the supplier for another copy."
        ) from None
