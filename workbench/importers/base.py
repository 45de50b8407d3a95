"""What every importer is: the one that recognises one outside format and turns a file into plain facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol

from workbench.domain.received import Received

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file to read: its name as shown, its bytes, and how to give a sign of life."""

    name: str
    content: bytes
    tell: Tell

    @property
    def suffix(self) -> str:
        """``.pdf``; lower case, "" when the name has none."""
        return PurePosixPath(self.name).suffix.lower()


class Importer(Protocol):
    """One outside format. ``claims`` looks at content only; ``suffixes`` decide where content says nothing."""

    @property
    def name(self) -> str: ...

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    def claims(self, incoming: Incoming) -> bool:
        """True when the bytes can only be this format."""
        ...

    def read(self, incoming: Incoming) -> Received:
        """The facts; raises ``FileRefused`` with a sentence. Runs in a child process."""
        ...
